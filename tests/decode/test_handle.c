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
			assert_int_equal(h.state, row->state);
			assert_true(h.header == row->header && h.body == row->body);
			assert_int_equal(h.access, row->granted);
			assert_int_equal(h.attributes, row->attributes);
			assert_true(h.anomalies == row->anomalies);
			assert_true((h.present & KST_HANDLE_HAS_HANDLE) == 0); /* the entry does not know its number */
		}
		free(exact);
	}
	free(layout);
}

struct table_row {
	const char *name;
	struct forged_build build;
	uint64_t code;
	uint32_t levels;
	uint64_t table, anomalies;
};

static const struct table_row tables[] = {
	{ "one leaf", B(X86, 2600, 0), 0xe1002000, 0, 0xe1002000, 0 },
	{ "two levels", B(X64, 7601, 0), 0xfffff8a000670002, 2, 0xfffff8a000670000, 0 },
	{ "three levels", B(X64, 19041, 3570), 0xffff900e146f0003, 3, 0xffff900e146f0000,
	  KST_HANDLE_TABLE_ANOMALY_LEVELS },
	{ "user address", B(X64, 19041, 3570), 0x146f0000, 0, 0x146f0000, KST_HANDLE_TABLE_ANOMALY_ADDRESS },
	{ "not a page", B(X64, 19041, 3570), 0xffff900e146f0100, 0, 0xffff900e146f0100,
	  KST_HANDLE_TABLE_ANOMALY_ADDRESS },
};

static void table_codes(void **state)
{
	const struct table_row *row = *state;
	struct kst_layout *layout = layout_builtin(row->build.arch, row->build.build, row->build.revision);
	struct kst_handle_table t = { .size = sizeof t };
	uint8_t bytes[0x80] = { 0 };
	uint64_t at = place_of(layout, "_HANDLE_TABLE", "TableCode");

	for (unsigned i = 0; i < (row->build.arch == KST_ARCH_X86 ? 4 : 8); i++)
		bytes[at + i] = (uint8_t)(row->code >> (8 * i));
	bytes[place_of(layout, "_HANDLE_TABLE", "UniqueProcessId")] = 0x2c;
	assert_int_equal(kst_decode_handle_table(layout, bytes, sizeof bytes, 0xe1000768, &t, NULL), KST_OK);
	assert_int_equal(t.levels, row->levels);
	assert_true(t.table == row->table);
	assert_true(t.anomalies == row->anomalies);
	assert_true(t.pid == 0x2c);
	assert_int_equal((t.present & KST_HANDLE_TABLE_HAS_HANDLES) != 0, row->build.build < 9200);
	assert_int_equal(kst_decode_handle_table(layout, bytes, 0, 0xe1000768, &t, NULL), KST_OK);
	assert_true(t.present == KST_HANDLE_TABLE_HAS_LIST); /* an address only */
	free(layout);
}

static void refuses(void **state)
{
	struct kst_layout *layout = layout_builtin(KST_ARCH_X64, 19041, 3570);
	struct kst_handle h = { .size = 4, .entry = 7 };
	struct kst_handle_table t = { .size = 4, .address = 7 };

	(void)state;
	assert_int_equal(kst_decode_handle(layout, NULL, 0, 0, &h, NULL), KST_E_ABI);
	assert_int_equal(kst_decode_handle_table(layout, NULL, 0, 0, &t, NULL), KST_E_ABI);
	assert_true(h.entry == 7 && t.address == 7);
	assert_int_equal(kst_decode_handle(layout, NULL, 1, 0, &h, NULL), KST_E_ARG);
	assert_int_equal(kst_decode_handle_table(NULL, NULL, 0, 0, &t, NULL), KST_E_ARG);
	assert_string_equal(kst_handle_state_name(KST_HANDLE_RESERVED), "reserved");
	assert_string_equal(kst_handle_state_name(99), "unknown");
	assert_string_equal(kst_handle_attribute_name(KST_HANDLE_ATTRIBUTE_INHERIT), "inherit");
	assert_string_equal(kst_handle_anomaly_name(1), "pointer");
	assert_string_equal(kst_handle_table_anomaly_name(2), "address");
	assert_null(kst_handle_table_anomaly_name(8));
	free(layout);
}

int main(void)
{
	struct CMUnitTest tests[64] = { cmocka_unit_test(refuses) };
	size_t n = 1;

	n += ROWS_TO_TESTS(tests + n, rows, entries);
	n += ROWS_TO_TESTS(tests + n, tables, table_codes);
	return _cmocka_run_group_tests("handles", tests, n, NULL, NULL);
}
