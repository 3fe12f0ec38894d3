/* SPDX-License-Identifier: MIT */
#include "support/support.h"

#include <stdbool.h>
#include <stdlib.h>

static void put(uint8_t *at, unsigned width, uint64_t value)
{
	for (unsigned i = 0; i < width; i++)
		at[i] = (uint8_t)(value >> (8 * i));
}

struct row {
	const char *name;
	uint32_t pointer_size;
	uint64_t base;
	uint32_t image;
	uint16_t length, maximum;
	uint64_t buffer;
	uint64_t anomalies;
};

static const struct row rows[] = {
	{ "x64", 8, 0xfffff80000400000, 0x283000, 24, 24, 0xfffff80000001000, 0 },
	{ "x86", 4, 0x80400000, 0x2a2000, 24, 26, 0x80001000, 0 },
	{ "base off a page", 8, 0xfffff80000400010, 0x1000, 24, 24, 0xfffff80000001000, KST_MODULE_ANOMALY_RANGE },
	{ "no size", 8, 0xfffff80000400000, 0, 24, 24, 0xfffff80000001000, KST_MODULE_ANOMALY_RANGE },
	{ "absurd size", 8, 0xfffff80000400000, 0x40000001, 24, 24, 0xfffff80000001000, KST_MODULE_ANOMALY_RANGE },
	{ "range wraps", 8, 0xfffffffffffff000, 0x2000, 24, 24, 0xfffff80000001000, KST_MODULE_ANOMALY_RANGE },
	{ "odd name", 8, 0xfffff80000400000, 0x1000, 23, 24, 0xfffff80000001000, KST_MODULE_ANOMALY_NAME },
	{ "name beyond its buffer", 8, 0xfffff80000400000, 0x1000, 26, 24, 0xfffff80000001000,
	  KST_MODULE_ANOMALY_NAME },
	{ "name without a buffer", 8, 0xfffff80000400000, 0x1000, 24, 24, 0, KST_MODULE_ANOMALY_NAME },
};

static void fill(uint8_t *entry, const struct row *row)
{
	bool wide = row->pointer_size == 8;
	unsigned name = wide ? 0x58 : 0x2c;

	put(entry + (wide ? 0x30 : 0x18), row->pointer_size, row->base);
	put(entry + (wide ? 0x38 : 0x1c), row->pointer_size, row->base + 0x100);
	put(entry + (wide ? 0x40 : 0x20), 4, row->image);
	put(entry + name, 2, row->length);
	put(entry + name + 2, 2, row->maximum);
	put(entry + name + row->pointer_size, row->pointer_size, row->buffer);
	put(entry + (wide ? 0x68 : 0x34), 4, 0x4000);
	put(entry + (wide ? 0x6c : 0x38), 2, 3);
	put(entry + (wide ? 0x78 : 0x40), 4, 0xa5938c);
	put(entry + 0x9c, 4, 0xd8333e6);
}

/* What must be claimed when so many bytes are there, x64 without a layout. */
static uint64_t expected64(size_t len, bool stamp)
{
	return (len >= 0x38 ? KST_MODULE_HAS_BASE : 0u) | (len >= 0x44 ? KST_MODULE_HAS_SIZE : 0u) |
	       (len >= 0x40 ? KST_MODULE_HAS_ENTRY_POINT : 0u) | (len >= 0x6c ? KST_MODULE_HAS_FLAGS : 0u) |
	       (len >= 0x6e ? KST_MODULE_HAS_LOAD_COUNT : 0u) | (len >= 0x7c ? KST_MODULE_HAS_CHECKSUM : 0u) |
	       (len >= 0x68 ? KST_MODULE_HAS_NAME_STRING : 0u) | (len >= 0x58 ? KST_MODULE_HAS_PATH_STRING : 0u) |
	       (stamp && len >= 0xa0 ? KST_MODULE_HAS_STAMP : 0u);
}

static void decodes(void **state)
{
	static const struct member_row stamp_rows[] = { { "_KLDR_DATA_TABLE_ENTRY", "TimeDateStamp", 0x9c, 4, 0, 0 } };
	const struct row *row = *state;

	for (int with = 0; with < 2; with++) {
		struct kst_layout *layout = layout_from_rows(stamp_rows, (size_t)with, row->pointer_size);
		uint8_t entry[0xa0] = { 0 };

		fill(entry, row);
		for (size_t len = 0; len <= sizeof entry; len++) {
			struct kst_module m = { .size = sizeof m };
			uint8_t *exact = malloc(len + 1);

			assert_non_null(exact);
			memcpy(exact, entry, len);
			assert_int_equal(kst_decode_module(layout, exact, len, 0xfffff80000123000, &m, NULL), KST_OK);
			if (row->pointer_size == 8)
				assert_true(m.present == expected64(len, with));
			if (len == sizeof entry) {
				assert_true(m.address == 0xfffff80000123000 && m.base == row->base);
				assert_true(m.size_of_image == row->image && m.name_bytes == row->length);
				assert_true(m.name_address == row->buffer && m.anomalies == row->anomalies);
				assert_true(m.flags == 0x4000 && m.load_count == 3 && m.checksum == 0xa5938c);
				assert_true(m.time_date_stamp == (with ? 0xd8333e6u : 0));
				assert_int_equal(m.size, sizeof m);
			}
			free(exact);
		}
		free(layout);
	}
}

static void a_layout_wins(void **state)
{
	static const struct member_row moved[] = { { "_KLDR_DATA_TABLE_ENTRY", "DllBase", 0x50, 8, 0, 0 } };
	struct kst_layout *layout = layout_from_rows(moved, 1, 8);
	struct kst_module m = { .size = sizeof m };
	uint8_t entry[0xa0] = { 0 };

	(void)state;
	put(entry + 0x50, 8, 0xfffff80011111000);
	assert_int_equal(kst_decode_module(layout, entry, sizeof entry, 0, &m, NULL), KST_OK);
	assert_true(m.base == 0xfffff80011111000);
	free(layout);
}

struct unloaded_row {
	const char *name;
	uint32_t pointer_size;
	uint64_t start, end;
	uint64_t anomalies;
};

static const struct unloaded_row unloaded_rows[] = {
	{ "x64 dam.sys", 8, 0xfffff80487de0000, 0xfffff80487dfc000, 0 },
	{ "x86", 4, 0xf8a00000, 0xf8a10000, 0 },
	{ "ends before it starts", 8, 0xfffff80487de0000, 0xfffff80487ddc000, KST_MODULE_ANOMALY_RANGE },
	{ "absurd", 8, 0xfffff80487de0000, 0xfffff804f7de0000, KST_MODULE_ANOMALY_RANGE },
};

static void unloaded(void **state)
{
	const struct unloaded_row *row = *state;
	struct kst_layout *layout = layout_from_rows(NULL, 0, row->pointer_size);
	uint32_t w = row->pointer_size;
	uint8_t entry[0x28] = { 0 };
	size_t size = w == 8 ? 0x28 : 0x18;

	put(entry + 2 * w, w, row->start);
	put(entry + 3 * w, w, row->end);
	put(entry + 4 * w, 8, 0x1d707f23dbb3399);
	for (size_t len = 0; len <= size; len++) {
		struct kst_unloaded_module m = { .size = sizeof m };
		uint8_t *exact = malloc(len + 1);

		assert_non_null(exact);
		memcpy(exact, entry, len);
		assert_int_equal(kst_decode_unloaded_module(layout, exact, len, 0, &m, NULL), KST_OK);
		assert_true(m.present == ((len >= 4 * w ? KST_UNLOADED_MODULE_HAS_RANGE : 0u) |
					  (len >= size ? KST_UNLOADED_MODULE_HAS_TIME : 0u)));
		if (len == size)
			assert_true(m.start == row->start && m.end == row->end && m.time == 0x1d707f23dbb3399 &&
				    m.anomalies == row->anomalies);
		free(exact);
	}
	free(layout);
}

static void arguments(void **state)
{
	struct kst_layout *layout = layout_from_rows(NULL, 0, 8);
	struct kst_unloaded_module u = { .size = 4 };
	struct kst_module m = { .size = 4 };
	uint8_t byte = 0;

	(void)state;
	assert_int_equal(kst_decode_module(layout, &byte, 1, 0, &m, NULL), KST_E_ABI);
	assert_int_equal(kst_decode_module(NULL, &byte, 1, 0, &m, NULL), KST_E_ARG);
	assert_int_equal(kst_decode_module(layout, NULL, 1, 0, &m, NULL), KST_E_ARG);
	assert_int_equal(kst_decode_unloaded_module(layout, &byte, 1, 0, &u, NULL), KST_E_ABI);
	assert_int_equal(kst_decode_unloaded_module(layout, &byte, 1, 0, NULL, NULL), KST_E_ARG);
	assert_string_equal(kst_module_anomaly_name(KST_MODULE_ANOMALY_NAME_CUT), "name-cut");
	assert_null(kst_module_anomaly_name(0x80));
	free(layout);
}

int main(void)
{
	struct CMUnitTest tests[96] = {
		cmocka_unit_test(a_layout_wins),
		cmocka_unit_test(arguments),
	};
	size_t n = 2;

	n += ROWS_TO_TESTS(tests + n, rows, decodes);
	n += ROWS_TO_TESTS(tests + n, unloaded_rows, unloaded);
	return _cmocka_run_group_tests("module", tests, n, NULL, NULL);
}
