/* SPDX-License-Identifier: MIT */
#include "support/pdb_forge.h"

#include <stdlib.h>

/* What the forged kernel answers. bit_len 0: a plain member; path NULL: the type's size is `offset`. */
struct row {
	const char *name;
	const char *type;
	const char *path;
	kst_status status;
	uint32_t offset, length, bit_pos, bit_len;
};

static const struct row rows[] = {
	{ "size of a struct", "_EPROCESS", NULL, KST_OK, 0x260, 0, 0, 0 },
	{ "size of a struct that was promised first", "_MMPFNENTRY", NULL, KST_OK, 4, 0, 0, 0 },
	{ "size of a class", "_KPROCESS", NULL, KST_OK, 0x6c, 0, 0, 0 },
	{ "size of a type that is not there", "_ETHREAD", NULL, KST_E_NO_MEMBER, 0, 0, 0, 0 },
	{ "name that only begins like one", "_EPROCES", NULL, KST_E_NO_MEMBER, 0, 0, 0, 0 },
	{ "plain member", "_EPROCESS", "UniqueProcessId", KST_OK, 0x84, 4, 0, 0 },
	{ "member of the list's continuation", "_EPROCESS", "ActiveProcessLinks", KST_OK, 0x88, 8, 0, 0 },
	{ "through a struct", "_EPROCESS", "ActiveProcessLinks.Blink", KST_OK, 0x8c, 4, 0, 0 },
	{ "array", "_EPROCESS", "Heads", KST_OK, 0x90, 16, 0, 0 },
	{ "first element of an array", "_EPROCESS", "Heads.Blink", KST_OK, 0x94, 4, 0, 0 },
	{ "array without elements", "_EPROCESS", "Empty", KST_OK, 0xb0, 8, 0, 0 },
	{ "enumeration", "_EPROCESS", "Mode", KST_OK, 0xa0, 4, 0, 0 },
	{ "pointer without a stated size", "_EPROCESS", "Next", KST_OK, 0xa4, 4, 0, 0 },
	{ "not through a pointer", "_EPROCESS", "Next.Flink", KST_E_NO_MEMBER, 0, 0, 0, 0 },
	{ "large offset", "_EPROCESS", "Far", KST_OK, 0x8004, 4, 0, 0 },
	{ "member of an unnamed union", "_EPROCESS", "InUnion", KST_OK, 0xac, 4, 0, 0 },
	{ "member of the base class", "_EPROCESS", "DirectoryTableBase", KST_OK, 0x18, 4, 0, 0 },
	{ "neither static members nor methods nor types", "_EPROCESS", "Other", KST_E_NO_MEMBER, 0, 0, 0, 0 },
	{ "bit-field", "_POOL_HEADER", "PreviousSize", KST_OK, 0, 2, 0, 9 },
	{ "bit-field higher up", "_POOL_HEADER", "PoolIndex", KST_OK, 0, 2, 9, 7 },
	{ "not through a bit-field", "_POOL_HEADER", "PoolIndex.x", KST_E_NO_MEMBER, 0, 0, 0, 0 },
	{ "path through union and forward reference", "_MMPFN", "u3.e1.PageLocation", KST_OK, 0xc, 4, 8, 3 },
	{ "counted names", "_OLD", "Old", KST_OK, 4, 4, 0, 0 },
	{ "newest kind, by its decorated name", "_HOLDER", "Nested", KST_OK, 8, 0x9000, 0, 0 },
	{ "through the newest kind", "_HOLDER", "Nested.Blink", KST_OK, 12, 4, 0, 0 },
	{ "empty path", "_EPROCESS", "", KST_E_NO_MEMBER, 0, 0, 0, 0 },
	{ "path that ends in a dot", "_EPROCESS", "Heads.", KST_E_NO_MEMBER, 0, 0, 0, 0 },
	{ "path that begins with a dot", "_EPROCESS", ".Heads", KST_E_NO_MEMBER, 0, 0, 0, 0 },
};

static kst_status ask(const struct kst_pdb *pdb, const struct row *row, struct kst_member *m)
{
	const struct kst_types_ops *ops = kst_pdb_types(pdb);
	uint64_t size = 0;
	kst_status st;

	*m = (struct kst_member){ .size = sizeof *m };
	if (row->path != NULL)
		return ops->member((void *)(uintptr_t)pdb, row->type, row->path, m);
	st = ops->type_size((void *)(uintptr_t)pdb, row->type, &size);
	m->offset = (uint32_t)size;
	return st;
}

static void check_row(void **state)
{
	const struct row *row = *state;
	struct kst_pdb *pdb = NULL;
	struct kst_member m;
	size_t length;
	uint8_t *file = forge_pdb(FORGE_PLAIN, &length);

	assert_int_equal(kst_pdb_open(file, length, &pdb, NULL), KST_OK);
	assert_int_equal(ask(pdb, row, &m), row->status);
	assert_int_equal(m.offset, row->offset);
	assert_int_equal(m.length, row->length);
	assert_int_equal(m.bit_pos, row->bit_pos);
	assert_int_equal(m.bit_len, row->bit_len);
	kst_pdb_close(pdb);
	free(file);
}

static const struct symbol_row {
	const char *name;
	const char *symbol;
	kst_status status;
	uint64_t plain, omap;
} symbols[] = {
	{ "public with an underscore", "PsActiveProcessHead", KST_OK, 0x83158, 0x21058 },
	{ "its own spelling", "_PsActiveProcessHead", KST_OK, 0x83158, 0x21058 },
	{ "global data", "PsLoadedModuleList", KST_OK, 0x1020, 0x5020 },
	{ "local data", "local", KST_OK, 0x1024, 0x5024 },
	{ "another kind", "Procedure", KST_E_NO_MEMBER, 0, 0 },
	{ "section that is not there", "NoSuchSection", KST_E_NO_MEMBER, 0, 0 },
	{ "absolute", "Absolute", KST_E_NO_MEMBER, 0, 0 },
	{ "unknown", "NoSuchSymbol", KST_E_NO_MEMBER, 0, 0 },
	{ "empty name", "", KST_E_NO_MEMBER, 0, 0 },
};

static void check_symbol(void **state)
{
	const struct symbol_row *row = *state;

	for (int which = FORGE_PLAIN; which <= FORGE_OMAP; which++) {
		struct kst_pdb *pdb = NULL;
		uint64_t rva = 0;
		size_t length;
		uint8_t *file = forge_pdb(which, &length);

		assert_int_equal(kst_pdb_open(file, length, &pdb, NULL), KST_OK);
		assert_int_equal(kst_pdb_types(pdb)->symbol(pdb, row->symbol, &rva), row->status);
		assert_int_equal(rva, which == FORGE_OMAP ? row->omap : row->plain);
		kst_pdb_close(pdb);
		free(file);
	}
}

static void symbol_that_the_map_removes_has_no_address(void **state)
{
	struct kst_pdb *pdb = NULL;
	uint64_t rva = 0;
	size_t length;
	uint8_t *file = forge_pdb(FORGE_OMAP, &length);

	(void)state;
	assert_int_equal(kst_pdb_open(file, length, &pdb, NULL), KST_OK);
	assert_int_equal(kst_pdb_types(pdb)->symbol(pdb, "Removed", &rva), KST_E_NO_MEMBER);
	kst_pdb_close(pdb);
	free(file);
}

static void tells_what_it_is(void **state)
{
	struct kst_pdb_info info = { .size = sizeof info };
	struct kst_type type = { .size = sizeof type };
	struct kst_pdb *pdb = NULL;
	uint32_t structs = 0, unions = 0, i = 0;
	char last[sizeof type.name] = "";
	size_t length;
	uint8_t *file = forge_pdb(FORGE_OMAP, &length);

	(void)state;
	assert_int_equal(kst_pdb_open(file, length, &pdb, NULL), KST_OK);
	assert_int_equal(kst_pdb_info(pdb, &info), KST_OK);
	assert_int_equal(info.arch, KST_ARCH_X86);
	assert_int_equal(info.machine, 0x14c);
	assert_int_equal(info.pointer_size, 4);
	assert_int_equal(info.age, 7);
	assert_int_equal(info.block_size, FORGE_BLOCK);
	assert_int_equal(info.guid[0], 0x10);
	assert_int_equal(info.guid[15], 0x1f);
	assert_int_equal(info.records, 0x23);
	assert_int_equal(info.omap, 5);
	assert_int_equal(info.sections, 2);
	assert_int_equal(info.symbols, 3);
	assert_int_equal(info.anomalies, 0);
	for (; kst_pdb_type(pdb, i, &type) == KST_OK; i++) {
		assert_true(strcmp(last, type.name) <= 0);
		strcpy(last, type.name);
		*(type.kind == KST_TYPE_UNION ? &unions : &structs) += 1;
	}
	assert_int_equal(kst_pdb_type(pdb, i, &type), KST_END);
	assert_int_equal(structs, info.structs);
	assert_int_equal(structs, 10);
	assert_int_equal(unions, info.unions);
	assert_int_equal(unions, 2);
	kst_pdb_close(pdb);
	free(file);
}

static void becomes_a_layout(void **state)
{
	struct kst_layout_info info = { .size = sizeof info };
	struct kst_member m = { .size = sizeof m };
	struct kst_layout *layout = NULL;
	uint64_t rva = 0;
	size_t length;
	uint8_t *file = forge_pdb(FORGE_PLAIN, &length);

	(void)state;
	assert_int_equal(kst_layout_from_pdb(file, length, &layout, NULL), KST_OK);
	free(file); /* the layout does not need it */
	assert_int_equal(kst_layout_info(layout, &info), KST_OK);
	assert_int_equal(info.arch, KST_ARCH_X86);
	assert_string_equal(info.name, "pdb 1312111015141716"
				       "18191A1B1C1D1E1F"
				       "7");
	assert_int_equal(kst_layout_member(layout, "_EPROCESS", "UniqueProcessId", &m), KST_OK);
	assert_int_equal(m.offset, 0x84);
	assert_int_equal(kst_layout_symbol(layout, "PsActiveProcessHead", &rva), KST_OK);
	assert_int_equal(rva, 0x83158);
	kst_layout_destroy(layout);
	kst_layout_destroy(NULL);
}

static void builtin_layouts_live_on_the_heap_too(void **state)
{
	struct kst_layout_key key = { .size = sizeof key, .arch = KST_ARCH_X64, .build = 19041 };
	struct kst_member m = { .size = sizeof m };
	struct kst_layout *layout = NULL;

	(void)state;
	assert_int_equal(kst_layout_from_builtin(&key, &layout, NULL), KST_OK);
	assert_int_equal(kst_layout_member(layout, "_EPROCESS", "ActiveProcessLinks", &m), KST_OK);
	assert_int_equal(m.offset, 0x448);
	kst_layout_destroy(layout);
	layout = NULL;
	assert_int_equal(kst_layout_from_builtin(&key, NULL, NULL), KST_E_ARG);
	assert_int_equal(kst_layout_from_builtin(NULL, &layout, NULL), KST_E_ARG);
	assert_null(layout);
}

static void refuses_wrong_arguments(void **state)
{
	struct kst_pdb_info small = { .size = 4 };
	struct kst_type small_type = { .size = 4 };
	struct kst_member small_member = { .size = 4 };
	struct kst_layout *layout = NULL;
	struct kst_pdb *pdb = NULL;
	size_t length;
	uint8_t *file = forge_pdb(FORGE_PLAIN, &length);

	(void)state;
	assert_int_equal(kst_pdb_open(NULL, 0, &pdb, NULL), KST_E_ARG);
	assert_int_equal(kst_pdb_open(file, length, NULL, NULL), KST_E_ARG);
	assert_int_equal(kst_layout_from_pdb(file, length, NULL, NULL), KST_E_ARG);
	assert_int_equal(kst_layout_from_types(NULL, NULL, NULL, &layout, NULL), KST_E_ARG);
	assert_null(layout);
	assert_null(kst_pdb_types(NULL));
	kst_pdb_close(NULL);
	assert_int_equal(kst_pdb_open(file, length, &pdb, NULL), KST_OK);
	assert_int_equal(kst_pdb_info(pdb, NULL), KST_E_ARG);
	assert_int_equal(kst_pdb_info(pdb, &small), KST_E_ABI);
	assert_int_equal(kst_pdb_type(pdb, 0, &small_type), KST_E_ABI);
	assert_int_equal(kst_pdb_types(pdb)->member(pdb, "_EPROCESS", "Mode", &small_member), KST_E_ABI);
	kst_pdb_close(pdb);
	free(file);
	for (uint64_t bit = 1; bit <= KST_PDB_ANOMALY_NO_ADDRESSES; bit <<= 1)
		assert_non_null(kst_pdb_anomaly_name(bit));
	assert_null(kst_pdb_anomaly_name(KST_PDB_ANOMALY_NO_ADDRESSES << 1));
}

/* Whatever opens answers each question as the whole file does, or not at all. Exactly sized copy: one byte too far is seen. */
static void opens_soundly(const uint8_t *file, size_t length, bool damaged)
{
	struct kst_pdb *pdb = NULL;
	uint8_t *copy = malloc(length == 0 ? 1 : length);
	kst_status st;

	assert_non_null(copy);
	memcpy(copy, file, length);
	st = kst_pdb_open(copy, length, &pdb, NULL);
	assert_true(st == KST_OK || st == KST_E_UNSUPPORTED || st == KST_E_CORRUPT);
	assert_int_equal(pdb != NULL, st == KST_OK);
	for (size_t i = 0; st == KST_OK && i < sizeof rows / sizeof rows[0]; i++) {
		struct kst_member m;
		kst_status answer = ask(pdb, &rows[i], &m);

		assert_true(answer == KST_OK || answer == KST_E_NO_MEMBER);
		if (answer == KST_OK)
			assert_true(m.bit_len == 0 || m.bit_pos + m.bit_len <= m.length * 8);
		if (answer == KST_OK && !damaged) {
			assert_int_equal(m.offset, rows[i].offset);
			assert_int_equal(m.length, rows[i].length);
		}
	}
	for (size_t i = 0; st == KST_OK && i < sizeof symbols / sizeof symbols[0]; i++) {
		uint64_t rva = 0;
		kst_status answer = kst_pdb_types(pdb)->symbol(pdb, symbols[i].symbol, &rva);

		assert_true(answer == KST_OK || answer == KST_E_NO_MEMBER);
		if (answer == KST_OK && !damaged)
			assert_int_equal(rva, symbols[i].omap);
	}
	kst_pdb_close(pdb);
	free(copy);
}

static void survives_every_length(void **state)
{
	size_t length;
	uint8_t *file = forge_pdb(FORGE_OMAP, &length);

	(void)state;
	for (size_t n = 0; n <= length; n++)
		opens_soundly(file, n, false);
	free(file);
}

static void survives_every_damaged_byte(void **state)
{
	static const uint8_t values[] = { 0x00, 0xff, 0x7f };
	size_t length;
	uint8_t *file = forge_pdb(FORGE_OMAP, &length);

	(void)state;
	for (size_t i = 0; i < length; i++) {
		uint8_t was = file[i];

		for (size_t k = 0; k < sizeof values; k++) {
			file[i] = values[k];
			opens_soundly(file, length, true);
		}
		file[i] = was;
	}
	free(file);
}

/* One word of the file replaced, and what opening then says. */
static const struct hostile_row {
	const char *name;
	size_t at;
	uint32_t value;
	kst_status status;
	uint64_t anomalies;
} hostile[] = {
	{ "untouched", 36, 1, KST_OK, 0 },
	{ "block size 0", 32, 0, KST_E_CORRUPT, 0 },
	{ "block size not a power of two", 32, 513, KST_E_CORRUPT, 0 },
	{ "block size huge", 32, 0x80000000, KST_E_CORRUPT, 0 },
	{ "directory size 0", 44, 0, KST_E_CORRUPT, 0 },
	{ "directory larger than the file", 44, 0xffffffff, KST_E_CORRUPT, 0 },
	{ "map beyond the file", 52, 0xffffffff, KST_E_CORRUPT, 0 },
	{ "directory beyond the file", 3 * FORGE_BLOCK, 0xffffffff, KST_E_CORRUPT, 0 },
	{ "more streams than room", 4 * FORGE_BLOCK, 0xffffffff, KST_E_CORRUPT, 0 },
	{ "no streams", 4 * FORGE_BLOCK, 0, KST_E_CORRUPT, 0 },
	{ "no type stream", 4 * FORGE_BLOCK + 12, 0, KST_E_CORRUPT, 0 },
	{ "deleted type stream", 4 * FORGE_BLOCK + 12, 0xffffffff, KST_E_CORRUPT, 0 },
	{ "type stream larger than the file", 4 * FORGE_BLOCK + 12, 0xfffffffe, KST_E_CORRUPT, 0 },
	{ "type stream shorter than its header", 4 * FORGE_BLOCK + 12, 19, KST_E_CORRUPT, 0 },
	{ "a block of the types beyond the file", 4 * FORGE_BLOCK + 40, 0xffffffff, KST_E_CORRUPT, 0 },
	{ "information stream lost", 4 * FORGE_BLOCK + 36, 0xffffffff, KST_OK, KST_PDB_ANOMALY_STREAM_LOST },
};

static void check_hostile(void **state)
{
	const struct hostile_row *row = *state;
	struct kst_pdb_info info = { .size = sizeof info };
	struct kst_error err = { .size = sizeof err };
	struct kst_pdb *pdb = NULL;
	size_t length;
	uint8_t *file = forge_pdb(FORGE_PLAIN, &length);

	for (unsigned i = 0; i < 4; i++)
		file[row->at + i] = (uint8_t)(row->value >> 8 * i);
	assert_int_equal(kst_pdb_open(file, length, &pdb, &err), row->status);
	if (row->status == KST_OK) {
		assert_int_equal(kst_pdb_info(pdb, &info), KST_OK);
		assert_int_equal(info.anomalies, row->anomalies);
	} else {
		assert_int_equal(err.code, row->status);
		assert_null(pdb);
	}
	kst_pdb_close(pdb);
	free(file);
}

static void old_format_is_named(void **state)
{
	static const char old[] = "Microsoft C/C++ program database 2.00\r\n\x1aJG\0\0 and more";
	struct kst_error err = { .size = sizeof err };
	struct kst_pdb *pdb = NULL;

	(void)state;
	assert_int_equal(kst_pdb_open(old, sizeof old, &pdb, &err), KST_E_UNSUPPORTED);
	assert_non_null(strstr(err.message, "before MSF 7.00"));
	assert_int_equal(kst_pdb_open("MDMP", 4, &pdb, &err), KST_E_UNSUPPORTED);
}

/* Types that refer to themselves: every question ends. */
static void cycles_end(void **state)
{
	static struct forge f;
	struct kst_member m = { .size = sizeof m };
	struct kst_pdb *pdb = NULL;
	size_t length, record;
	uint8_t *file;

	(void)state;
	f.length = 0;
	record = forge_record(&f, 0x1203); /* 1000: goes on in itself */
	forge_u16(&f, 0x1404);
	forge_u16(&f, 0);
	forge_u32(&f, 0x1000);
	forge_end(&f, record);
	forge_struct(&f, 0x1505, 0, 0x1000, 8, "list"); /* 1001 */
	record = forge_record(&f, 0x1001);              /* 1002: a modifier of itself */
	forge_u32(&f, 0x1002);
	forge_u16(&f, 1);
	forge_end(&f, record);
	record = forge_record(&f, 0x1203); /* 1003: unnamed members of the own type, many times */
	forge_member(&f, 0x1002, 0, "modifier");
	for (int i = 0; i < 20; i++)
		forge_member(&f, 0x1004, 0, "");
	forge_end(&f, record);
	forge_struct(&f, 0x1505, 0, 0x1003, 8, "self"); /* 1004 */
	record = forge_record(&f, 0x1503);              /* 1005: an array of itself */
	forge_u32(&f, 0x1005);
	forge_u32(&f, 0x22);
	forge_u16(&f, 8);
	forge_text(&f, "");
	forge_end(&f, record);
	record = forge_record(&f, 0x1203); /* 1006 */
	forge_member(&f, 0x1005, 0, "array");
	forge_member(&f, 0x1008, 0, "promise");
	forge_member(&f, 0x7fffffff, 0, "nowhere");
	forge_member(&f, 0x1006, 0, "fields");
	forge_end(&f, record);
	forge_struct(&f, 0x1505, 0, 0x1006, 8, "arrays");    /* 1007 */
	forge_struct(&f, 0x1505, 0x80, 0x1006, 8, "broken"); /* 1008: never kept */
	file = forge_pdb_of_types(&f, 9, &length);
	assert_int_equal(kst_pdb_open(file, length, &pdb, NULL), KST_OK);
	assert_int_equal(kst_pdb_types(pdb)->pointer_size, 0);
	static const char *const questions[][2] = {
		{ "list", "x" },         { "self", "modifier" },  { "self", "x" },        { "arrays", "array" },
		{ "arrays", "promise" }, { "arrays", "nowhere" }, { "arrays", "fields" }, { "broken", "array" },
	};
	for (size_t i = 0; i < sizeof questions / sizeof questions[0]; i++)
		assert_int_equal(kst_pdb_types(pdb)->member(pdb, questions[i][0], questions[i][1], &m),
				 KST_E_NO_MEMBER);
	kst_pdb_close(pdb);
	/* nobody says how large a pointer is */
	struct kst_layout *layout = NULL;
	assert_int_equal(kst_layout_from_pdb(file, length, &layout, NULL), KST_E_UNSUPPORTED);
	assert_null(layout);
	free(file);
}

/* Of several complete types of one name the most complete answers: the longest, then the one with most members. */
static void the_most_complete_answers(void **state)
{
	static const struct row questions[] = {
		{ "longest", "_TWICE", NULL, KST_OK, 8, 0, 0, 0 },
		{ "most members", "_TWICE", "High", KST_OK, 4, 4, 0, 0 },
		{ "longest, whatever its members", "_TWICE", "Short", KST_E_NO_MEMBER, 0, 0, 0, 0 },
		{ "promised", "_HOLDER", "Nested", KST_OK, 8, 8, 0, 0 },
		{ "path through what was promised", "_HOLDER", "Nested.High", KST_OK, 12, 4, 0, 0 },
		{ "newest kind of union", "_UNION", NULL, KST_OK, 4, 0, 0, 0 },
		{ "member of the newest kind of union", "_UNION", "Short", KST_OK, 0, 4, 0, 0 },
	};
	static const struct {
		uint32_t fields, size;
		unsigned members;
	} twice[] = { { 0x1000, 4, 9 }, { 0x1000, 8, 1 }, { 0x1001, 8, 2 }, { 0x1000, 8, 2 } };
	static struct forge f;
	struct kst_pdb *pdb = NULL;
	size_t length, record;
	uint8_t *file;

	(void)state;
	f.length = 0;
	record = forge_record(&f, 0x1203); /* 1000 */
	forge_member(&f, 0x22, 0, "Short");
	forge_end(&f, record);
	record = forge_record(&f, 0x1203); /* 1001 */
	forge_member(&f, 0x22, 0, "Low");
	forge_member(&f, 0x22, 4, "High");
	forge_end(&f, record);
	forge_struct(&f, 0x1505, 0x80, 0, 0, "_TWICE"); /* 1002: a promise */
	record = forge_record(&f, 0x1203);              /* 1003 */
	forge_member(&f, 0x1002, 8, "Nested");
	forge_end(&f, record);
	forge_struct(&f, 0x1505, 0, 0x1003, 0x10, "_HOLDER");         /* 1004 */
	for (size_t i = 0; i < sizeof twice / sizeof twice[0]; i++) { /* 1005 to 1008 */
		record = forge_record(&f, 0x1609);
		forge_u32(&f, 0);
		forge_u32(&f, twice[i].fields);
		forge_u32(&f, 0);
		forge_u32(&f, 0);
		forge_u16(&f, twice[i].members);
		forge_u16(&f, twice[i].size);
		forge_text(&f, "_TWICE");
		forge_end(&f, record);
	}
	record = forge_record(&f, 0x160a); /* 1009: no derivation list, no shape */
	forge_u32(&f, 0);
	forge_u32(&f, 0x1000);
	forge_u16(&f, 1);
	forge_u16(&f, 4);
	forge_text(&f, "_UNION");
	forge_end(&f, record);
	file = forge_pdb_of_types(&f, 10, &length);
	assert_int_equal(kst_pdb_open(file, length, &pdb, NULL), KST_OK);
	for (size_t i = 0; i < sizeof questions / sizeof questions[0]; i++) {
		struct kst_member m;

		assert_int_equal(ask(pdb, &questions[i], &m), questions[i].status);
		assert_int_equal(m.offset, questions[i].offset);
		assert_int_equal(m.length, questions[i].length);
	}
	kst_pdb_close(pdb);
	free(file);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(symbol_that_the_map_removes_has_no_address),
		cmocka_unit_test(tells_what_it_is),
		cmocka_unit_test(becomes_a_layout),
		cmocka_unit_test(builtin_layouts_live_on_the_heap_too),
		cmocka_unit_test(refuses_wrong_arguments),
		cmocka_unit_test(survives_every_length),
		cmocka_unit_test(survives_every_damaged_byte),
		cmocka_unit_test(old_format_is_named),
		cmocka_unit_test(cycles_end),
		cmocka_unit_test(the_most_complete_answers),
	};
	struct CMUnitTest row_tests[64] = { { 0 } };
	size_t count = ROWS_TO_TESTS(row_tests, symbols, check_symbol);

	count += ROWS_TO_TESTS(row_tests + count, hostile, check_hostile);
	count += ROWS_TO_TESTS(row_tests + count, rows, check_row);
	for (size_t i = 0; i < sizeof tests / sizeof tests[0]; i++)
		row_tests[count++] = tests[i];
	return _cmocka_run_group_tests("pdb", row_tests, count, NULL, NULL);
}
