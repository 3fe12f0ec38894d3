/* SPDX-License-Identifier: MIT */
#include "support/support.h"

#include <lzma.h>
#include <stdlib.h>

/* What Volatility 3 writes for a kernel, in small, and with a member that stands for its own (other converters). */
static const char text[] =
	"{\"metadata\": {\"format\": \"6.1.0\", \"windows\": {\"pdb\": {\"GUID\": \"5278AFF86C341677D7D7835C85B7B844\","
	" \"age\": 3, \"database\": \"ntkrnlmp.pdb\", \"machine_type\": 34404}}},"
	" \"base_types\": {"
	"  \"pointer\": {\"kind\": \"int\", \"size\": 8, \"signed\": false, \"endian\": \"little\"},"
	"  \"pointer32\": {\"kind\": \"int\", \"size\": 4},"
	"  \"unsigned short\": {\"kind\": \"int\", \"size\": 2},"
	"  \"unsigned char\": {\"kind\": \"char\", \"size\": 1},"
	"  \"void\": {\"kind\": \"void\", \"size\": 0},"
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
	"\"base\", \"name\": "
	"\"void\"}}},"
	"   \"ActiveProcessLinks\": {\"offset\": 1096, \"type\": {\"kind\": \"struct\", \"name\": \"_LIST_ENTRY\"}},"
	"   \"Wow\": {\"offset\": 1112, \"type\": {\"kind\": \"pointer\", \"base\": \"pointer32\", \"subtype\": "
	"{\"kind\": \"base\", "
	"\"name\": \"void\"}}},"
	"   \"Heads\": {\"offset\": 1120, \"type\": {\"kind\": \"array\", \"count\": 2, \"subtype\": {\"kind\": "
	"\"struct\", \"name\": "
	"\"_LIST_ENTRY\"}}},"
	"   \"Grid\": {\"offset\": 1120, \"type\": {\"kind\": \"array\", \"count\": 3, \"subtype\": {\"kind\": "
	"\"array\", \"count\": 4, "
	"\"subtype\": {\"kind\": \"base\", \"name\": \"unsigned short\"}}}},"
	"   \"Empty\": {\"offset\": 1160, \"type\": {\"kind\": \"array\", \"count\": 0, \"subtype\": {\"kind\": "
	"\"base\", \"name\": "
	"\"unsigned long\"}}},"
	"   \"Mode\": {\"offset\": 1152, \"type\": {\"kind\": \"enum\", \"name\": \"_MODE\"}},"
	"   \"Routine\": {\"offset\": 1152, \"type\": {\"kind\": \"function\"}},"
	"   \"Opaque\": {\"offset\": 1152, \"type\": {\"kind\": \"struct\", \"name\": \"_NO_SUCH_TYPE\"}},"
	"   \"Nothing\": {\"offset\": 1152, \"type\": {\"kind\": \"base\", \"name\": \"void\"}},"
	"   \"NegativeOffset\": {\"offset\": -8, \"type\": {\"kind\": \"base\", \"name\": \"unsigned long\"}},"
	"   \"TextOffset\": {\"offset\": \"8\", \"type\": {\"kind\": \"base\", \"name\": \"unsigned long\"}},"
	"   \"FarOffset\": {\"offset\": 4294967296, \"type\": {\"kind\": \"base\", \"name\": \"unsigned long\"}},"
	"   \"HugeArray\": {\"offset\": 0, \"type\": {\"kind\": \"array\", \"count\": 4294967295, \"subtype\": "
	"{\"kind\": \"array\", "
	"\"count\": 4294967295, \"subtype\": {\"kind\": \"base\", \"name\": \"unsigned long\"}}}},"
	"   \"WideBits\": {\"offset\": 0, \"type\": {\"kind\": \"bitfield\", \"bit_position\": 10, \"bit_length\": 7, "
	"\"type\": "
	"{\"kind\": \"base\", \"name\": \"unsigned short\"}}},"
	"   \"NoType\": {\"offset\": 0},"
	"   \"NotAnObject\": 7,"
	"   \"unnamed_field_488\": {\"offset\": 1160, \"type\": {\"kind\": \"union\", \"name\": \"__unnamed_1\"}},"
	"   \"holder\": {\"offset\": 1168, \"anonymous\": true, \"type\": {\"kind\": \"struct\", \"name\": "
	"\"__unnamed_2\"}},"
	"   \"named\": {\"offset\": 1172, \"type\": {\"kind\": \"struct\", \"name\": \"__unnamed_3\"}}}},"
	"  \"__unnamed_1\": {\"kind\": \"union\", \"size\": 8, \"fields\": {"
	"   \"InUnion\": {\"offset\": 4, \"type\": {\"kind\": \"base\", \"name\": \"unsigned long\"}}}},"
	"  \"__unnamed_2\": {\"kind\": \"struct\", \"size\": 8, \"fields\": {"
	"   \"InHolder\": {\"offset\": 1, \"type\": {\"kind\": \"base\", \"name\": \"unsigned char\"}}}},"
	"  \"__unnamed_3\": {\"kind\": \"class\", \"size\": 8, \"fields\": {"
	"   \"InNamed\": {\"offset\": 2, \"type\": {\"kind\": \"base\", \"name\": \"unsigned char\"}}}},"
	"  \"_POOL_HEADER\": {\"kind\": \"struct\", \"size\": 16, \"fields\": {"
	"   \"PreviousSize\": {\"offset\": 0, \"type\": {\"kind\": \"bitfield\", \"bit_position\": 0, \"bit_length\": "
	"8, \"type\": "
	"{\"kind\": \"base\", \"name\": \"unsigned short\"}}},"
	"   \"PoolType\": {\"offset\": 2, \"type\": {\"kind\": \"bitfield\", \"bit_position\": 8, \"bit_length\": 8, "
	"\"type\": "
	"{\"kind\": \"base\", \"name\": \"unsigned short\"}}}}}},"
	" \"symbols\": {\"PsActiveProcessHead\": {\"address\": 12706304}, \"Negative\": {\"address\": -1}, "
	"\"_Decorated\": "
	"{\"address\": 16}}}";

static const struct row {
	const char *name;
	const char *type;
	const char *path; /* NULL: the type's size is `offset`; type NULL: a symbol */
	kst_status status;
	uint32_t offset, length, bit_pos, bit_len;
} rows[] = {
	{ "size", "_EPROCESS", NULL, KST_OK, 2624, 0, 0, 0 },
	{ "size of a type that is not there", "_ETHREAD", NULL, KST_E_NO_MEMBER, 0, 0, 0, 0 },
	{ "pointer", "_EPROCESS", "UniqueProcessId", KST_OK, 1088, 8, 0, 0 },
	{ "pointer of another size", "_EPROCESS", "Wow", KST_OK, 1112, 4, 0, 0 },
	{ "struct", "_EPROCESS", "ActiveProcessLinks", KST_OK, 1096, 16, 0, 0 },
	{ "through a struct", "_EPROCESS", "ActiveProcessLinks.Blink", KST_OK, 1104, 8, 0, 0 },
	{ "not through a pointer", "_LIST_ENTRY", "Flink.Blink", KST_E_NO_MEMBER, 0, 0, 0, 0 },
	{ "array", "_EPROCESS", "Heads", KST_OK, 1120, 32, 0, 0 },
	{ "first element of an array", "_EPROCESS", "Heads.Blink", KST_OK, 1128, 8, 0, 0 },
	{ "array of arrays", "_EPROCESS", "Grid", KST_OK, 1120, 24, 0, 0 },
	{ "array without elements", "_EPROCESS", "Empty", KST_OK, 1160, 4, 0, 0 },
	{ "enumeration", "_EPROCESS", "Mode", KST_OK, 1152, 4, 0, 0 },
	{ "member of an unnamed union", "_EPROCESS", "InUnion", KST_OK, 1164, 4, 0, 0 },
	{ "member of an anonymous holder", "_EPROCESS", "InHolder", KST_OK, 1169, 1, 0, 0 },
	{ "member of a named holder by path", "_EPROCESS", "named.InNamed", KST_OK, 1174, 1, 0, 0 },
	{ "member of a named holder by itself", "_EPROCESS", "InNamed", KST_E_NO_MEMBER, 0, 0, 0, 0 },
	{ "bit-field", "_POOL_HEADER", "PreviousSize", KST_OK, 0, 2, 0, 8 },
	{ "bit-field higher up", "_POOL_HEADER", "PoolType", KST_OK, 2, 2, 8, 8 },
	{ "function", "_EPROCESS", "Routine", KST_E_NO_MEMBER, 0, 0, 0, 0 },
	{ "type that is not described", "_EPROCESS", "Opaque", KST_E_NO_MEMBER, 0, 0, 0, 0 },
	{ "nothing", "_EPROCESS", "Nothing", KST_E_NO_MEMBER, 0, 0, 0, 0 },
	{ "negative offset", "_EPROCESS", "NegativeOffset", KST_E_NO_MEMBER, 0, 0, 0, 0 },
	{ "offset that is text", "_EPROCESS", "TextOffset", KST_E_NO_MEMBER, 0, 0, 0, 0 },
	{ "offset beyond 32 bits", "_EPROCESS", "FarOffset", KST_E_NO_MEMBER, 0, 0, 0, 0 },
	{ "array beyond 32 bits", "_EPROCESS", "HugeArray", KST_E_NO_MEMBER, 0, 0, 0, 0 },
	{ "bit-field beyond its unit", "_EPROCESS", "WideBits", KST_E_NO_MEMBER, 0, 0, 0, 0 },
	{ "member without a type", "_EPROCESS", "NoType", KST_E_NO_MEMBER, 0, 0, 0, 0 },
	{ "member that is no object", "_EPROCESS", "NotAnObject", KST_E_NO_MEMBER, 0, 0, 0, 0 },
	{ "empty path", "_EPROCESS", "", KST_E_NO_MEMBER, 0, 0, 0, 0 },
	{ "symbol", NULL, "PsActiveProcessHead", KST_OK, 12706304, 0, 0, 0 },
	{ "symbol at a negative address", NULL, "Negative", KST_E_NO_MEMBER, 0, 0, 0, 0 },
	{ "underscores stay in 64-bit names", NULL, "Decorated", KST_E_NO_MEMBER, 0, 0, 0, 0 },
	{ "unknown symbol", NULL, "NoSuchSymbol", KST_E_NO_MEMBER, 0, 0, 0, 0 },
};

static kst_status ask(struct kst_isf *isf, const struct row *row, struct kst_member *m)
{
	const struct kst_types_ops *ops = kst_isf_types(isf);
	uint64_t value = 0;
	kst_status st;

	*m = (struct kst_member){ .size = sizeof *m };
	if (row->type != NULL && row->path != NULL)
		return ops->member(isf, row->type, row->path, m);
	st = row->type == NULL ? ops->symbol(isf, row->path, &value) : ops->type_size(isf, row->type, &value);
	m->offset = (uint32_t)value;
	return st;
}

static uint8_t *compressed(const void *bytes, size_t length, size_t *length_out)
{
	size_t room = lzma_stream_buffer_bound(length);
	uint8_t *xz = malloc(room);

	assert_non_null(xz);
	*length_out = 0;
	assert_int_equal(lzma_easy_buffer_encode(1, LZMA_CHECK_CRC64, NULL, bytes, length, xz, length_out, room),
			 LZMA_OK);
	return xz;
}

static void check_row(void **state)
{
	const struct row *row = *state;
	struct kst_isf *isf = NULL;
	struct kst_member m;

	assert_int_equal(kst_isf_open(text, sizeof text - 1, &isf, NULL), KST_OK);
	assert_int_equal(ask(isf, row, &m), row->status);
	assert_int_equal(m.offset, row->offset);
	assert_int_equal(m.length, row->length);
	assert_int_equal(m.bit_pos, row->bit_pos);
	assert_int_equal(m.bit_len, row->bit_len);
	kst_isf_close(isf);
}

static void tells_what_it_is(void **state)
{
	static const uint8_t guid[16] = { 0xf8, 0xaf, 0x78, 0x52, 0x34, 0x6c, 0x77, 0x16,
					  0xd7, 0xd7, 0x83, 0x5c, 0x85, 0xb7, 0xb8, 0x44 };
	struct kst_isf_info info = { .size = sizeof info };
	struct kst_type type = { .size = sizeof type };
	struct kst_isf *isf = NULL;

	(void)state;
	assert_int_equal(kst_isf_open(text, sizeof text - 1, &isf, NULL), KST_OK);
	assert_int_equal(kst_isf_info(isf, &info), KST_OK);
	assert_int_equal(info.present, KST_ISF_HAS_IDENTITY);
	assert_memory_equal(info.guid, guid, sizeof guid);
	assert_int_equal(info.age, 3);
	assert_int_equal(info.machine, 0x8664);
	assert_int_equal(info.arch, KST_ARCH_X64);
	assert_int_equal(info.pointer_size, 8);
	assert_int_equal(info.structs, 5);
	assert_int_equal(info.unions, 1);
	assert_int_equal(info.symbols, 3);
	assert_string_equal(info.pdb_name, "ntkrnlmp.pdb");
	assert_int_equal(kst_isf_type(isf, 0, &type), KST_OK);
	assert_string_equal(type.name, "_EPROCESS");
	assert_int_equal(type.length, 2624);
	assert_int_equal(kst_isf_type(isf, 5, &type), KST_OK);
	assert_string_equal(type.name, "__unnamed_3");
	assert_int_equal(type.kind, KST_TYPE_STRUCT);
	assert_int_equal(kst_isf_type(isf, 6, &type), KST_END);
	kst_isf_close(isf);
}

static void becomes_a_layout_packed_or_not(void **state)
{
	size_t length;
	uint8_t *xz = compressed(text, sizeof text - 1, &length);

	(void)state;
	for (int packed = 0; packed < 2; packed++) {
		struct kst_layout_info info = { .size = sizeof info };
		struct kst_member m = { .size = sizeof m };
		struct kst_layout *layout = NULL;

		assert_int_equal(packed ? kst_layout_from_isf(xz, length, &layout, NULL)
					: kst_layout_from_isf(text, sizeof text - 1, &layout, NULL),
				 KST_OK);
		assert_int_equal(kst_layout_info(layout, &info), KST_OK);
		assert_int_equal(info.arch, KST_ARCH_X64);
		assert_int_equal(info.pointer_size, 8);
		assert_string_equal(info.name, "isf 5278AFF86C341677D7D7835C85B7B8443");
		assert_int_equal(kst_layout_member(layout, "_EPROCESS", "ActiveProcessLinks", &m), KST_OK);
		assert_int_equal(m.offset, 1096);
		kst_layout_destroy(layout);
	}
	free(xz);
}

static void underscores_are_stripped_for_32_bits(void **state)
{
	static const char x86[] = "\n {\"base_types\": {\"pointer\": {\"size\": 4}}, \"user_types\": {},"
				  " \"symbols\": {\"_Decorated\": {\"address\": 16}}}";
	struct kst_isf_info info = { .size = sizeof info };
	struct kst_isf *isf = NULL;
	uint64_t rva = 0;

	(void)state;
	assert_int_equal(kst_isf_open(x86, sizeof x86 - 1, &isf, NULL), KST_OK);
	assert_int_equal(kst_isf_types(isf)->symbol(isf, "Decorated", &rva), KST_OK);
	assert_int_equal(rva, 16);
	assert_int_equal(kst_isf_info(isf, &info), KST_OK);
	assert_int_equal(info.present, 0);
	kst_isf_close(isf);
}

static void types_that_hold_themselves_end(void **state)
{
	static const char self[] =
		"{\"base_types\": {\"pointer\": {\"size\": 8}}, \"user_types\": {\"S\": {\"kind\": \"struct\","
		" \"size\": 8, \"fields\": {"
		"\"\": {\"offset\": 0, \"type\": {\"kind\": \"struct\", \"name\": \"S\"}},"
		"\"unnamed_field_0\": {\"offset\": 0, \"type\": {\"kind\": \"struct\", \"name\": \"S\"}},"
		"\"<unnamed>\": {\"offset\": 0, \"type\": {\"kind\": \"struct\", \"name\": \"S\"}}}}}}";
	struct kst_member m = { .size = sizeof m };
	struct kst_isf *isf = NULL;

	(void)state;
	assert_int_equal(kst_isf_open(self, sizeof self - 1, &isf, NULL), KST_OK);
	assert_int_equal(kst_isf_types(isf)->member(isf, "S", "x", &m), KST_E_NO_MEMBER);
	kst_isf_close(isf);
}

/* A constant of 64 bits is no integer of the JSON parser; the rest of the file must not suffer. */
static void large_constants_do_no_harm(void **state)
{
	char *copy = malloc(sizeof text + 32), *at;
	struct kst_isf *isf = NULL;
	struct kst_member m;

	(void)state;
	assert_non_null(copy);
	strcpy(copy, text);
	at = strstr(copy, "\"KernelMode\": 0");
	assert_non_null(at);
	at += strlen("\"KernelMode\": ");
	memmove(at + 19, at, strlen(at) + 1);
	memcpy(at, "1844674407370955161", 19); /* with the 0 after it 2^64 - 6 */
	assert_int_equal(kst_isf_open(copy, strlen(copy), &isf, NULL), KST_OK);
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		assert_int_equal(ask(isf, &rows[i], &m), rows[i].status);
		assert_int_equal(m.offset, rows[i].offset);
		assert_int_equal(m.length, rows[i].length);
	}
	kst_isf_close(isf);
	free(copy);
}

static const struct damage_row {
	const char *name;
	const char *text;
	kst_status status;
} damage[] = {
	{ "nothing", "", KST_E_UNSUPPORTED },
	{ "blanks", " \n\t", KST_E_UNSUPPORTED },
	{ "a PDB", "Microsoft C/C++ MSF 7.00", KST_E_UNSUPPORTED },
	{ "cut off", "{\"base_types\": {", KST_E_CORRUPT },
	{ "other JSON", "{\"a\": 1}", KST_E_UNSUPPORTED },
	{ "no types", "{\"base_types\": {}}", KST_E_UNSUPPORTED },
	{ "types that are no object", "{\"base_types\": {}, \"user_types\": [1]}", KST_E_UNSUPPORTED },
	{ "two texts", "{\"base_types\": {}, \"user_types\": {}} {}", KST_E_CORRUPT },
	{ "number beyond all", "{\"base_types\": {}, \"user_types\": {}, \"a\": 1e999}", KST_E_CORRUPT },
	{ "a NUL in a text", "{\"base_types\": {}, \"user_types\": {}, \"a\": \"\\u0000\"}", KST_OK },
	{ "empty tables", "{\"base_types\": {}, \"user_types\": {}}", KST_OK },
};

static void check_damage(void **state)
{
	const struct damage_row *row = *state;
	struct kst_error err = { .size = sizeof err };
	struct kst_layout *layout = NULL;
	struct kst_isf *isf = NULL;

	assert_int_equal(kst_isf_open(row->text, strlen(row->text), &isf, &err), row->status);
	assert_int_equal(isf != NULL, row->status == KST_OK);
	kst_isf_close(isf);
	/* none of them tells the size of a pointer */
	assert_int_equal(kst_layout_from_isf(row->text, strlen(row->text), &layout, &err),
			 row->status == KST_OK ? KST_E_UNSUPPORTED : row->status);
	assert_null(layout);
}

/* An exactly sized copy; only the whole may open. */
static void must_not_open(const void *bytes, size_t length)
{
	struct kst_isf *isf = NULL;
	uint8_t *copy = malloc(length == 0 ? 1 : length);
	kst_status st;

	assert_non_null(copy);
	memcpy(copy, bytes, length);
	st = kst_isf_open(copy, length, &isf, NULL);
	assert_true(st == KST_E_CORRUPT || st == KST_E_UNSUPPORTED);
	assert_null(isf);
	free(copy);
}

static void no_part_of_it_opens(void **state)
{
	size_t length;
	uint8_t *xz = compressed(text, sizeof text - 1, &length);

	(void)state;
	for (size_t n = 0; n < sizeof text - 1; n++)
		must_not_open(text, n);
	for (size_t n = 0; n < length; n++)
		must_not_open(xz, n);
	for (size_t i = 0; i < length; i++) { /* every byte of an xz file is checked by some sum */
		xz[i] ^= 0x21;
		must_not_open(xz, length);
		xz[i] ^= 0x21;
	}
	free(xz);
}

/* Any byte of the text may be anything: it opens or not, and answers soundly or not at all. */
static void survives_every_damaged_byte(void **state)
{
	static const char values[] = { '{', '}', '"', '9', '-', '\0' };
	char *copy = malloc(sizeof text);

	(void)state;
	assert_non_null(copy);
	memcpy(copy, text, sizeof text);
	for (size_t i = 0; i < sizeof text - 1; i++) {
		struct kst_isf *isf = NULL;

		copy[i] = values[i % sizeof values];
		if (kst_isf_open(copy, sizeof text - 1, &isf, NULL) == KST_OK) {
			for (size_t k = 0; k < sizeof rows / sizeof rows[0]; k++) {
				struct kst_member m;
				kst_status st = ask(isf, &rows[k], &m);

				assert_true(st == KST_OK || st == KST_E_NO_MEMBER);
				if (st == KST_OK)
					assert_true(m.bit_len == 0 || m.bit_pos + m.bit_len <= m.length * 8);
			}
		}
		kst_isf_close(isf);
		copy[i] = text[i];
	}
	free(copy);
}

/* 65 MiB of blanks pack into some 10 KiB. */
static void bombs_are_refused(void **state)
{
	size_t size = (size_t)65 << 20, length;
	uint8_t *blanks = malloc(size);
	uint8_t *xz;
	struct kst_error err = { .size = sizeof err };
	struct kst_isf *isf = NULL;

	(void)state;
	assert_non_null(blanks);
	memset(blanks, ' ', size);
	blanks[0] = '{';
	assert_int_equal(kst_isf_open(blanks, size, &isf, &err), KST_E_LIMIT);
	xz = compressed(blanks, size, &length);
	free(blanks);
	assert_true(length < 0x10000);
	assert_int_equal(kst_isf_open(xz, length, &isf, &err), KST_E_LIMIT);
	assert_null(isf);
	free(xz);
}

static void refuses_wrong_arguments(void **state)
{
	struct kst_isf_info small = { .size = 4 };
	struct kst_type small_type = { .size = 4 };
	struct kst_member small_member = { .size = 4 };
	struct kst_isf *isf = NULL;

	(void)state;
	assert_int_equal(kst_isf_open(NULL, 0, &isf, NULL), KST_E_ARG);
	assert_int_equal(kst_isf_open(text, sizeof text - 1, NULL, NULL), KST_E_ARG);
	assert_int_equal(kst_layout_from_isf(text, sizeof text - 1, NULL, NULL), KST_E_ARG);
	assert_null(kst_isf_types(NULL));
	kst_isf_close(NULL);
	assert_int_equal(kst_isf_open(text, sizeof text - 1, &isf, NULL), KST_OK);
	assert_int_equal(kst_isf_info(isf, &small), KST_E_ABI);
	assert_int_equal(kst_isf_info(isf, NULL), KST_E_ARG);
	assert_int_equal(kst_isf_type(isf, 0, &small_type), KST_E_ABI);
	assert_int_equal(kst_isf_types(isf)->member(isf, "_EPROCESS", "Mode", &small_member), KST_E_ABI);
	kst_isf_close(isf);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(tells_what_it_is),           cmocka_unit_test(becomes_a_layout_packed_or_not),
		cmocka_unit_test(no_part_of_it_opens),        cmocka_unit_test(survives_every_damaged_byte),
		cmocka_unit_test(bombs_are_refused),          cmocka_unit_test(underscores_are_stripped_for_32_bits),
		cmocka_unit_test(refuses_wrong_arguments),    cmocka_unit_test(types_that_hold_themselves_end),
		cmocka_unit_test(large_constants_do_no_harm),
	};
	struct CMUnitTest row_tests[64] = { { 0 } };
	size_t count = ROWS_TO_TESTS(row_tests, damage, check_damage);

	count += ROWS_TO_TESTS(row_tests + count, rows, check_row);
	for (size_t i = 0; i < sizeof tests / sizeof tests[0]; i++)
		row_tests[count++] = tests[i];
	return _cmocka_run_group_tests("isf", row_tests, count, NULL, NULL);
}
