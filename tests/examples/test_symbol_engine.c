/* SPDX-License-Identifier: MIT */
/*
 * The adapter for symbol engines against the library's own reader of the same file: what both say of every member must
 * be the same, though the one walks types by DbgHelp's calls and the other does not.
 */
#include "../../examples/symbol-engine/isf_engine.h"
#include "support/support.h"

#include <lzma.h>
#include <stdio.h>
#include <stdlib.h>

#define BASE UINT64_C(0xfffff80000000000)

static const char text[] =
	"{\"metadata\": {\"format\": \"6.1.0\", \"windows\": {\"pdb\": {\"GUID\": \"5278AFF86C341677D7D7835C85B7B844\","
	" \"age\": 3, \"database\": \"ntkrnlmp.pdb\", \"machine_type\": 34404}}},"
	" \"base_types\": {\"pointer\": {\"kind\": \"int\", \"size\": 8}, \"unsigned short\": {\"kind\": \"int\", "
	"\"size\": 2},"
	"  \"unsigned char\": {\"kind\": \"char\", \"size\": 1}, \"void\": {\"kind\": \"void\", \"size\": 0},"
	"  \"unsigned long\": {\"kind\": \"int\", \"size\": 4}},"
	" \"enums\": {\"_MODE\": {\"base\": \"unsigned long\", \"constants\": {\"KernelMode\": 0}, \"size\": 4}},"
	" \"user_types\": {"
	"  \"_LIST_ENTRY\": {\"kind\": \"struct\", \"size\": 16, \"fields\": {"
	"   \"Flink\": {\"offset\": 0, \"type\": {\"kind\": \"pointer\", \"subtype\": {\"kind\": \"struct\", \"name\": "
	"\"_LIST_ENTRY\"}}},"
	"   \"Blink\": {\"offset\": 8, \"type\": {\"kind\": \"pointer\", \"subtype\": {\"kind\": \"struct\", \"name\": "
	"\"_LIST_ENTRY\"}}}}},"
	"  \"_EPROCESS\": {\"kind\": \"struct\", \"size\": 2624, \"fields\": {"
	"   \"UniqueProcessId\": {\"offset\": 1088, \"type\": {\"kind\": \"pointer\", \"subtype\": {\"kind\": "
	"\"base\", "
	"\"name\": \"void\"}}},"
	"   \"ActiveProcessLinks\": {\"offset\": 1096, \"type\": {\"kind\": \"struct\", \"name\": \"_LIST_ENTRY\"}},"
	"   \"ImageFileName\": {\"offset\": 1448, \"type\": {\"kind\": \"array\", \"count\": 15, \"subtype\": "
	"{\"kind\": "
	"\"base\", \"name\": \"unsigned char\"}}},"
	"   \"Heads\": {\"offset\": 1120, \"type\": {\"kind\": \"array\", \"count\": 2, \"subtype\": {\"kind\": "
	"\"struct\", "
	"\"name\": \"_LIST_ENTRY\"}}},"
	"   \"Mode\": {\"offset\": 1152, \"type\": {\"kind\": \"enum\", \"name\": \"_MODE\"}},"
	"   \"Opaque\": {\"offset\": 1152, \"type\": {\"kind\": \"struct\", \"name\": \"_NO_SUCH_TYPE\"}},"
	"   \"unnamed_field_488\": {\"offset\": 1160, \"type\": {\"kind\": \"union\", \"name\": \"__unnamed_1\"}},"
	"   \"holder\": {\"offset\": 1168, \"anonymous\": true, \"type\": {\"kind\": \"struct\", \"name\": "
	"\"__unnamed_2\"}},"
	"   \"named\": {\"offset\": 1172, \"type\": {\"kind\": \"struct\", \"name\": \"__unnamed_2\"}}}},"
	"  \"__unnamed_1\": {\"kind\": \"union\", \"size\": 8, \"fields\": {"
	"   \"InUnion\": {\"offset\": 4, \"type\": {\"kind\": \"base\", \"name\": \"unsigned long\"}},"
	"   \"unnamed_field_0\": {\"offset\": 2, \"type\": {\"kind\": \"struct\", \"name\": \"_POOL_HEADER\"}}}},"
	"  \"__unnamed_2\": {\"kind\": \"struct\", \"size\": 8, \"fields\": {"
	"   \"InHolder\": {\"offset\": 1, \"type\": {\"kind\": \"base\", \"name\": \"unsigned char\"}}}},"
	"  \"_POOL_HEADER\": {\"kind\": \"struct\", \"size\": 16, \"fields\": {"
	"   \"PreviousSize\": {\"offset\": 0, \"type\": {\"kind\": \"bitfield\", \"bit_position\": 0, \"bit_length\": "
	"8, "
	"\"type\": {\"kind\": \"base\", \"name\": \"unsigned short\"}}},"
	"   \"PoolType\": {\"offset\": 2, \"type\": {\"kind\": \"bitfield\", \"bit_position\": 8, \"bit_length\": 8, "
	"\"type\": {\"kind\": \"base\", \"name\": \"unsigned short\"}}}}}},"
	" \"symbols\": {\"PsActiveProcessHead\": {\"address\": 12706304}, \"Negative\": {\"address\": -1}}}";

static const struct row {
	const char *name; /* type, a space, path */
	kst_status status;
	uint32_t offset;
} rows[] = {
	{ "_EPROCESS UniqueProcessId", KST_OK, 1088 },
	{ "_EPROCESS ActiveProcessLinks", KST_OK, 1096 },
	{ "_EPROCESS ActiveProcessLinks.Blink", KST_OK, 1104 },
	{ "_EPROCESS ImageFileName", KST_OK, 1448 },
	{ "_EPROCESS Heads", KST_OK, 1120 },
	{ "_EPROCESS Heads.Blink", KST_OK, 1128 },
	{ "_EPROCESS Mode", KST_OK, 1152 },
	{ "_EPROCESS InUnion", KST_OK, 1164 },
	{ "_EPROCESS PoolType", KST_OK, 1164 },
	{ "_EPROCESS InHolder", KST_OK, 1169 },
	{ "_EPROCESS named.InHolder", KST_OK, 1173 },
	{ "_POOL_HEADER PreviousSize", KST_OK, 0 },
	{ "_POOL_HEADER PoolType", KST_OK, 2 },
	{ "_LIST_ENTRY Flink.Blink", KST_E_NO_MEMBER, 0 },
	{ "_EPROCESS Opaque", KST_E_NO_MEMBER, 0 },
	{ "_EPROCESS Heads.", KST_E_NO_MEMBER, 0 },
	{ "_EPROCESS Absent", KST_E_NO_MEMBER, 0 },
	{ "_EPROCESS Uniqu", KST_E_NO_MEMBER, 0 },
	{ "_ETHREAD Cid", KST_E_NO_MEMBER, 0 },
};

static void check_row(void **state)
{
	const struct row *row = *state;
	struct kst_types_ops ops = symbol_engine_types(8);
	struct isf_engine *engine = isf_engine_open(text, sizeof text - 1);
	struct symbol_engine calls;
	struct kst_member ours = { .size = sizeof ours }, theirs = { .size = sizeof theirs };
	struct kst_isf *isf = NULL;
	char type[64];
	const char *path = strchr(row->name, ' ');

	assert_non_null(engine);
	snprintf(type, sizeof type, "%.*s", (int)(path - row->name), row->name);
	path++;
	calls = isf_engine_calls(engine, BASE);
	assert_int_equal(kst_isf_open(text, sizeof text - 1, &isf, NULL), KST_OK);
	assert_int_equal(ops.member(&calls, type, path, &ours), row->status);
	assert_int_equal(kst_isf_types(isf)->member(isf, type, path, &theirs), row->status);
	if (row->status == KST_OK) {
		assert_int_equal(ours.offset, row->offset);
		assert_memory_equal(&ours, &theirs, sizeof ours);
	}
	kst_isf_close(isf);
	isf_engine_close(engine);
}

/* Every member and symbol that the library wants, by both ways. */
static uint32_t compare(const char *json, size_t length)
{
	struct kst_types_ops ops = symbol_engine_types(8);
	struct isf_engine *engine = isf_engine_open(json, length);
	struct symbol_engine calls;
	struct kst_layout *ours = NULL, *theirs = NULL;
	const char *type, *path;
	uint32_t found = 0;

	assert_non_null(engine);
	calls = isf_engine_calls(engine, BASE);
	assert_int_equal(kst_layout_from_types(&ops, &calls, "engine", &ours, NULL), KST_OK);
	assert_int_equal(kst_layout_from_isf(json, length, &theirs, NULL), KST_OK);
	for (uint32_t i = 0; kst_layout_wanted(i, &type, &path) == KST_OK; i++) {
		struct kst_member a = { .size = sizeof a }, b = { .size = sizeof b };
		kst_status st = kst_layout_member(theirs, type, path, &b);

		if (kst_layout_member(ours, type, path, &a) != st || memcmp(&a, &b, sizeof a) != 0)
			fail_msg("%s.%s: %#x+%u bits %u+%u, and %#x+%u bits %u+%u", type, path, a.offset, a.length,
				 a.bit_pos, a.bit_len, b.offset, b.length, b.bit_pos, b.bit_len);
		found += st == KST_OK;
	}
	for (uint32_t i = 0; kst_layout_wanted_symbol(i, &type) == KST_OK; i++) {
		uint64_t a = 0, b = 0;

		assert_int_equal(kst_layout_symbol(ours, type, &a), kst_layout_symbol(theirs, type, &b));
		assert_int_equal(a, b);
	}
	kst_layout_destroy(ours);
	kst_layout_destroy(theirs);
	isf_engine_close(engine);
	return found;
}

static void forged_file(void **state)
{
	(void)state;
	assert_true(compare(text, sizeof text - 1) >= 5);
}

#define REAL_FILE "isf/ntkrnlmp-19041.804-5278AFF86C341677D7D7835C85B7B844-1.json.xz"

/* The types of a real kernel, where they are at hand. */
static void real_file(void **state)
{
	const char *path = real_data(REAL_FILE);
	static uint8_t packed[0x200000];
	uint64_t memory = 0x8000000;
	size_t in = 0, out = 0, room = 0x2000000;
	uint8_t *json;
	FILE *file;
	size_t n;

	(void)state;
	file = fopen(path, "rb");
	assert_non_null(file);
	n = fread(packed, 1, sizeof packed, file);
	fclose(file);
	json = malloc(room);
	assert_non_null(json);
	assert_int_equal(lzma_stream_buffer_decode(&memory, 0, NULL, packed, &in, n, json, &out, room), LZMA_OK);
	assert_true(compare((const char *)json, out) > 300);
	free(json);
}

/* What is no symbol table gives no engine; a module that is somewhere else has no types. */
static void no_types(void **state)
{
	struct kst_types_ops ops = symbol_engine_types(8);
	struct isf_engine *engine = isf_engine_open(text, sizeof text - 1);
	struct symbol_engine calls;
	uint64_t value = 7;

	(void)state;
	assert_null(isf_engine_open("{}", 2));
	assert_null(isf_engine_open("", 0));
	calls = isf_engine_calls(engine, BASE);
	assert_int_equal(ops.symbol(&calls, "PsActiveProcessHead", &value), KST_OK);
	assert_int_equal(value, 12706304);
	assert_int_equal(ops.symbol(&calls, "Negative", &value), KST_E_NO_MEMBER);
	assert_int_equal(ops.type_size(&calls, "_EPROCESS", &value), KST_OK);
	assert_int_equal(value, 2624);
	calls.base += 0x1000;
	assert_int_equal(ops.type_size(&calls, "_EPROCESS", &value), KST_E_NO_MEMBER);
	assert_int_equal(ops.symbol(&calls, "PsActiveProcessHead", &value), KST_OK);
	assert_int_equal(value, 12706304 - 0x1000);
	isf_engine_close(engine);
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(forged_file), cmocka_unit_test(no_types),
					    cmocka_unit_test(real_file) };
	size_t count = sizeof tests / sizeof tests[0];

	if (real_data(REAL_FILE) == NULL) { /* cmocka's "skip" is a failure in TAP */
		print_message("# left out: no real symbol table here\n");
		count--;
	}
	return run_tests_and_rows("symbol engine", tests, count, rows, sizeof rows / sizeof rows[0], sizeof rows[0],
				  check_row);
}
