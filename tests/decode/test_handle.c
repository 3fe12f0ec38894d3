/* SPDX-License-Identifier: MIT */
#include "support/objects.h"

#include <stdlib.h>

struct row {
	const char *name;
	struct forged_build build;
	uint64_t word, access;
	uint32_t state;
	uint64_t header, body;
	uint32_t granted, attributes;
	uint64_t anomalies;
};

#define B(arch, build, revision)                                                                                       \
	{                                                                                                              \
		"", KST_ARCH_##arch, build, revision                                                                   \
	}

/* Words of Windows 8.1 and later are packed as published: (header >> 4) << 20 | attributes << 17 | references << 1 | 1. */
static const struct row rows[] = {
	{ "XP x86: published header e12751b8", B(X86, 2600, 0), 0xe12751b9, 0x1f0fff, KST_HANDLE_LIVE, 0xe12751b8,
	  0xe12751d0, 0x1f0fff, 0, 0 },
	{ "XP x86: inherit, audit", B(X86, 2600, 0), 0xe12751bf, 3, KST_HANDLE_LIVE, 0xe12751b8, 0xe12751d0, 3,
	  KST_HANDLE_ATTRIBUTE_INHERIT | KST_HANDLE_ATTRIBUTE_AUDIT, 0 },
	{ "XP x86: lock bit clear", B(X86, 2600, 0), 0xe12751b8, 3, KST_HANDLE_LOCKED, 0xe12751b8, 0xe12751d0, 3, 0,
	  0 },
	{ "XP x86: protected", B(X86, 2600, 0), 0xe12751b9, 0x21f03ff, KST_HANDLE_LIVE, 0xe12751b8, 0xe12751d0,
	  0x21f03ff, KST_HANDLE_ATTRIBUTE_PROTECT, 0 },
	{ "XP x86: free", B(X86, 2600, 0), 0, 0x458, KST_HANDLE_FREE, 0, 0, 0, 0, 0 },
	{ "7 x86: user pointer", B(X86, 7600, 0), 0x10001, 3, KST_HANDLE_BAD, 0x10000, 0x10018, 3, 0,
	  KST_HANDLE_ANOMALY_POINTER },
	{ "2003 x64", B(X64, 3790, 0), 0xfffffa8029804551, 0x1f0fff, KST_HANDLE_LIVE, 0xfffffa8029804550,
	  0xfffffa8029804580, 0x1f0fff, 0, 0 },
	{ "8 x64", B(X64, 9200, 0), UINT64_C(0xfffff8a000633ed0) >> 4 << 23 | 2 << 20 | 1, 6, KST_HANDLE_LIVE,
	  0xfffff8a000633ed0, 0xfffff8a000633f00, 6, KST_HANDLE_ATTRIBUTE_INHERIT, 0 },
	{ "8.1 x64: constructed", B(X64, 9600, 0), 0xe0083b85d0320003, 0, KST_HANDLE_LIVE, 0xffffe0083b85d030,
	  0xffffe0083b85d060, 0, KST_HANDLE_ATTRIBUTE_PROTECT, 0 },
	{ "10 x64", B(X64, 19041, 3570), 0xe0083b85d0320003, 0x021fffff, KST_HANDLE_LIVE, 0xffffe0083b85d030,
	  0xffffe0083b85d060, 0x1fffff, KST_HANDLE_ATTRIBUTE_PROTECT | KST_HANDLE_ATTRIBUTE_NO_RIGHTS_UPGRADE, 0 },
	{ "11 x64: table that gives no place for the bits", B(X64, 22621, 382), 0xe0083b85d0320003, 0x1f0003,
	  KST_HANDLE_LIVE, 0xffffe0083b85d030, 0xffffe0083b85d060, 0x1f0003, KST_HANDLE_ATTRIBUTE_PROTECT, 0 },
	{ "10 x64: locked", B(X64, 19041, 3570), 0xe0083b85d0300002, 1, KST_HANDLE_LOCKED, 0xffffe0083b85d030,
	  0xffffe0083b85d060, 1, 0, 0 },
	{ "10 x64: free", B(X64, 19041, 3570), 0, 0xffff900e146f0cc0, KST_HANDLE_FREE, 0, 0, 0, 0, 0 },
	{ "10 x64: user pointer", B(X64, 19041, 3570), 0x70083b85d0300001, 1, KST_HANDLE_BAD, 0x70083b85d030,
	  0x70083b85d060, 1, 0, KST_HANDLE_ANOMALY_POINTER },
	{ "10 x64: all attributes", B(X64, 19041, 3570), 0xe0083b85d03fffff, 0xffffffff, KST_HANDLE_LIVE,
	  0xffffe0083b85d030, 0xffffe0083b85d060, 0x1ffffff, 0xf, 0 },
	{ "10 x86: lowest kernel address, no rights upgrade", B(X86, 19041, 0), 0x80000001, 0x040f00ff, KST_HANDLE_LIVE,
	  0x80000000, 0x80000018, 0xf00ff, KST_HANDLE_ATTRIBUTE_NO_RIGHTS_UPGRADE, 0 },
	{ "10 x86: highest user address", B(X86, 19041, 0), 0x7ffffff9, 1, KST_HANDLE_BAD, 0x7ffffff8, 0x80000010, 1, 0,
	  KST_HANDLE_ANOMALY_POINTER },
	{ "XP x86: at the end of the address space", B(X86, 2600, 0), 0xfffffff9, 1, KST_HANDLE_LIVE, 0xfffffff8, 0x10,
	  1, 0, 0 },
	{ "9200 x86", B(X86, 9200, 0), 0x84001049, 0x02000003, KST_HANDLE_LIVE, 0x84001048, 0x84001060, 3,
	  KST_HANDLE_ATTRIBUTE_PROTECT, 0 },
	{ "10 x86: inherit, audit", B(X86, 19041, 0), 0x8400104f, 3, KST_HANDLE_LIVE, 0x84001048, 0x84001060, 3,
	  KST_HANDLE_ATTRIBUTE_INHERIT | KST_HANDLE_ATTRIBUTE_AUDIT, 0 },
};

static void make(const struct row *row, uint8_t bytes[16])
{
	unsigned width = row->build.arch == KST_ARCH_X86 ? 4 : 8;

	memset(bytes, 0, 16);
	for (unsigned i = 0; i < width; i++) {
		bytes[i] = (uint8_t)(row->word >> (8 * i));
		bytes[width + i] = (uint8_t)(row->access >> (8 * i));
	}
}

static void entries(void **state)
{
	const struct row *row = *state;
	struct kst_layout *layout = layout_builtin(row->build.arch, row->build.build, row->build.revision);
	size_t size = row->build.arch == KST_ARCH_X86 ? 8 : 16;
	uint8_t bytes[16];
	uint64_t before = 0;

	make(row, bytes);
	for (size_t len = 0; len <= size; len++) {
		struct kst_handle h = { .size = sizeof h };
		uint8_t *exact = malloc(len == 0 ? 1 : len);

		memcpy(exact, bytes, len);
		assert_int_equal(kst_decode_handle(layout, exact, len, 0x1000, &h, NULL), KST_OK);
		assert_true((before & ~h.present) == 0);
		before = h.present;
		if (len < size / 2)
			assert_true(h.present == 0 && h.state == KST_HANDLE_UNKNOWN);
		if (len == size) {
			struct kst_handle want = { .size = sizeof want,
						   .state = row->state,
						   .anomalies = row->anomalies };

			/* the entry does not know its number */
			want.present = row->state == KST_HANDLE_FREE ? 0
								     : KST_HANDLE_HAS_OBJECT | KST_HANDLE_HAS_ACCESS |
									       KST_HANDLE_HAS_ATTRIBUTES;
			want.entry = 0x1000;
			want.header = row->header;
			want.body = row->body;
			want.access = row->granted;
			want.attributes = row->attributes;
			assert_memory_equal(&h, &want, sizeof h);
		}
		free(exact);
	}
	free(layout);
}

/* Entries as other sources of types may describe them. */
static void other_types(void **state)
{
	static const struct {
		struct member_row rows[3];
		uint32_t state;
		uint64_t header, present;
	} cases[] = {
		/* without _OBJECT_HEADER.Body the object's place is not known */
		{ { { "_HANDLE_TABLE_ENTRY", "Object", 0, 8, 0, 0 } },
		  KST_HANDLE_LIVE,
		  0xfffffa80298045e8,
		  KST_HANDLE_HAS_ATTRIBUTES },
		{ { { "_HANDLE_TABLE_ENTRY", "ObjectPointerBits", 0, 8, 20, 44 } },
		  KST_HANDLE_LIVE,
		  0xfffffffffa802980,
		  0 },
		{ { { "_HANDLE_TABLE_ENTRY", "ObjectPointerBits", 0, 8, 0, 64 } },
		  KST_HANDLE_LIVE,
		  0xffffa80298045e90,
		  0 },
		{ { { "_HANDLE_TABLE_ENTRY", "ObjectPointerBits", 0, 8, 0, 0 } }, KST_HANDLE_UNKNOWN, 0, 0 },
		{ { { "_HANDLE_TABLE_ENTRY", "ObjectPointerBits", 0, 4, 0, 33 } }, KST_HANDLE_UNKNOWN, 0, 0 },
		{ { { "_HANDLE_TABLE_ENTRY", "ObjectPointerBits", 0, 9, 0, 44 } }, KST_HANDLE_UNKNOWN, 0, 0 },
		{ { { "_HANDLE_TABLE_ENTRY", "ObjectPointerBits", 9, 8, 20, 44 } }, KST_HANDLE_UNKNOWN, 0, 0 },
	};
	static const uint8_t bytes[0x10] = { 0xe9, 0x45, 0x80, 0x29, 0x80, 0xfa, 0xff, 0xff, 0x34, 0x12 };

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct kst_layout *layout = layout_from_rows(cases[i].rows, 1, 8);
		struct kst_handle h = { .size = sizeof h };

		assert_int_equal(kst_decode_handle(layout, bytes, sizeof bytes, 0x1000, &h, NULL), KST_OK);
		assert_int_equal(h.state, cases[i].state);
		assert_true(h.header == cases[i].header);
		assert_true(h.body == 0);
		assert_true(h.present == cases[i].present);
		assert_true(h.anomalies == 0);
		free(layout);
	}
}

struct table_row {
	const char *name;
	struct forged_build build;
	uint64_t code, handles;
	uint32_t levels;
	uint64_t table, anomalies;
};

static const struct table_row tables[] = {
	{ "one leaf", B(X86, 2600, 0), 0xe1002000, 0x1000000, 0, 0xe1002000, 0 },
	{ "one level, tag bit", B(X86, 2600, 0), 0xe1002005, 0, 1, 0xe1002000, 0 },
	{ "two levels", B(X64, 7601, 0), 0xfffff8a000670002, 3, 2, 0xfffff8a000670000, 0 },
	{ "three levels", B(X64, 19041, 3570), 0xffff900e146f0003, 0, 3, 0xffff900e146f0000,
	  KST_HANDLE_TABLE_ANOMALY_LEVELS },
	{ "user address", B(X64, 19041, 3570), 0x146f0000, 0, 0, 0x146f0000, KST_HANDLE_TABLE_ANOMALY_ADDRESS },
	{ "highest user address", B(X86, 7600, 0), 0x7ffff000, 0, 0, 0x7ffff000, KST_HANDLE_TABLE_ANOMALY_ADDRESS },
	{ "lowest kernel address", B(X86, 7600, 0), 0x80000000, 0, 0, 0x80000000, 0 },
	{ "not a page", B(X64, 19041, 3570), 0xffff900e146f0100, 0, 0, 0xffff900e146f0100,
	  KST_HANDLE_TABLE_ANOMALY_ADDRESS },
	{ "of two levels, within a page", B(X64, 19041, 3570), 0xffff900e146f0402, 0, 2, 0xffff900e146f0400, 0 },
	{ "of one level, within a page", B(X64, 19041, 3570), 0xffff900e146f0401, 0, 1, 0xffff900e146f0400,
	  KST_HANDLE_TABLE_ANOMALY_ADDRESS },
	{ "half a page", B(X64, 19041, 3570), 0xffff900e146f0800, 0, 0, 0xffff900e146f0800,
	  KST_HANDLE_TABLE_ANOMALY_ADDRESS },
	{ "more handles than any table has", B(X64, 6002, 0), 0xfffff8a000670000, 0x1000001, 0, 0xfffff8a000670000,
	  KST_HANDLE_TABLE_ANOMALY_COUNT },
};

static void put(const struct kst_layout *layout, uint8_t *bytes, const char *member, uint64_t value)
{
	struct kst_member m = { .size = sizeof m };

	if (kst_layout_member(layout, "_HANDLE_TABLE", member, &m) != KST_OK)
		return;
	for (uint32_t i = 0; i < m.length && i < 8; i++)
		bytes[m.offset + i] = (uint8_t)(value >> (8 * i));
}

/* All there is in a table since Windows 8 (without HandleCount) and before, of 32 and 64 bits. */
static void table_codes(void **state)
{
	const struct table_row *row = *state;
	struct kst_layout *layout = layout_builtin(row->build.arch, row->build.build, row->build.revision);
	bool wide = row->build.arch == KST_ARCH_X64, counted = row->build.build < 9200;
	struct kst_handle_table t = { .size = sizeof t }, want = { .size = sizeof want };
	uint8_t bytes[0x80] = { 0 };

	put(layout, bytes, "TableCode", row->code);
	put(layout, bytes, "HandleCount", row->handles);
	put(layout, bytes, "QuotaProcess", 0xfffffa8081234560);
	put(layout, bytes, "UniqueProcessId", 0x90000abc);
	put(layout, bytes, "Flags", 0xa0000001);
	put(layout, bytes, "NextHandleNeedingPool", 0xb0000800);
	assert_int_equal(kst_decode_handle_table(layout, bytes, sizeof bytes, 0xe1000768, &t, NULL), KST_OK);
	want.levels = row->levels;
	want.table = row->table;
	want.anomalies = row->anomalies;
	want.present = counted ? 0x7f : 0x6f;
	want.address = 0xe1000768;
	want.process = wide ? 0xfffffa8081234560 : 0x81234560;
	want.pid = 0x90000abc;
	want.flags = 0xa0000001;
	want.limit = 0xb0000800;
	want.handles = counted ? (uint32_t)row->handles : 0;
	want.list_entry = t.list_entry; /* by build: see below */
	assert_memory_equal(&t, &want, sizeof t);
	assert_int_equal(kst_decode_handle_table(layout, bytes, 0, 0xe1000768, &t, NULL), KST_OK);
	assert_true(t.present == KST_HANDLE_TABLE_HAS_LIST); /* an address only */
	assert_true(t.table == 0 && t.pid == 0 && t.anomalies == 0);
	free(layout);
}

/* HandleTableList lies at a place of its own in each generation; x86 addresses wrap at 4 GiB. */
static void table_lists(void **state)
{
	static const struct {
		struct forged_build build;
		uint64_t address, list;
	} cases[] = {
		{ B(X86, 2600, 0), 0xe1000768, 0xe1000784 },
		{ B(X86, 7600, 0), 0xfffffff8, 0x8 },
		{ B(X86, 19041, 0), 0x8a000000, 0x8a000010 },
		{ B(X64, 3790, 0), 0xfffffa8000001000, 0xfffffa8000001038 },
		{ B(X64, 7601, 0), 0xfffff8a0fffffff0, 0xfffff8a100000010 },
		{ B(X64, 19041, 3570), 0xffff900e146f0cc0, 0xffff900e146f0cd8 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		const struct forged_build *b = &cases[i].build;
		struct kst_layout *layout = layout_builtin(b->arch, b->build, b->revision);
		struct kst_handle_table t = { .size = sizeof t };

		assert_int_equal(kst_decode_handle_table(layout, NULL, 0, cases[i].address, &t, NULL), KST_OK);
		assert_true(t.list_entry == cases[i].list);
		free(layout);
	}
}

static void refuses(void **state)
{
	struct kst_layout *layout = layout_builtin(KST_ARCH_X64, 19041, 3570);
	struct kst_handle h = { .size = 4, .entry = 7 };
	struct kst_handle_table t = { .size = 4, .address = 7 };
	struct kst_error err = { .size = sizeof err };

	(void)state;
	assert_int_equal(kst_decode_handle(layout, NULL, 0, 0x1111, &h, &err), KST_E_ABI);
	assert_true(err.address == 0x1111);
	assert_string_equal(err.message, "kst_handle.size is not known");
	assert_int_equal(kst_decode_handle_table(layout, NULL, 0, 0x2222, &t, &err), KST_E_ABI);
	assert_true(err.address == 0x2222);
	assert_string_equal(err.message, "kst_handle_table.size is not known");
	assert_true(h.size == 4 && h.entry == 7 && t.size == 4 && t.address == 7);
	assert_int_equal(kst_decode_handle(layout, NULL, 1, 0x3333, &h, &err), KST_E_ARG);
	assert_true(err.address == 0x3333);
	assert_int_equal(kst_decode_handle_table(NULL, NULL, 0, 0x4444, &t, &err), KST_E_ARG);
	assert_true(err.address == 0x4444);
	assert_string_equal(err.message, "layout, bytes or result is NULL");
	assert_int_equal(kst_decode_handle(layout, NULL, 0, 0, NULL, NULL), KST_E_ARG);
	assert_int_equal(kst_decode_handle_table(layout, NULL, 0, 0, NULL, NULL), KST_E_ARG);
	free(layout);
}

static void names(void **state)
{
	static const char *const states[] = { "unknown", "live", "free", "reserved", "locked", "bad", "unknown" };
	static const char *const attributes[] = { "protect", "inherit", "audit", "no-rights-upgrade" };
	static const char *const anomalies[] = { "levels", "address", "count" };

	(void)state;
	for (uint32_t i = 0; i < 7; i++)
		assert_string_equal(kst_handle_state_name(i), states[i]);
	for (unsigned i = 0; i < 4; i++)
		assert_string_equal(kst_handle_attribute_name((uint64_t)1 << i), attributes[i]);
	for (unsigned i = 0; i < 3; i++)
		assert_string_equal(kst_handle_table_anomaly_name((uint64_t)1 << i), anomalies[i]);
	assert_string_equal(kst_handle_anomaly_name(1), "pointer");
	assert_null(kst_handle_attribute_name(0x10));
	assert_null(kst_handle_table_anomaly_name(8));
	assert_null(kst_handle_anomaly_name(2));
	assert_null(kst_handle_anomaly_name(0));
}

int main(void)
{
	struct CMUnitTest tests[64] = {
		cmocka_unit_test(refuses),
		cmocka_unit_test(names),
		cmocka_unit_test(other_types),
		cmocka_unit_test(table_lists),
	};
	size_t n = 4;

	n += ROWS_TO_TESTS(tests + n, rows, entries);
	n += ROWS_TO_TESTS(tests + n, tables, table_codes);
	return _cmocka_run_group_tests("handles", tests, n, NULL, NULL);
}
