/* SPDX-License-Identifier: MIT */
/* Slots of the tag tracker in their layouts. */
#include "support/decoding.h"
#include "support/pool_layouts.h"

#define OWN_ROWS POOL_LAYOUTS /* the slot of 16299 and later on x86 */

struct row {
	const char *name;
	uint32_t layout; /* enum pool_layout, or OWN_ROWS */
	size_t size;
	uint8_t at[6]; /* allocs, frees, bytes: nonpaged, then paged */
	uint8_t width[6];
};

static const struct row rows[] = {
	{ "0x1c bytes, XP to 15063 x86", POOL_XP_X86, 0x1c, { 4, 8, 0xc, 0x10, 0x14, 0x18 }, { 4, 4, 4, 4, 4, 4 } },
	{ "0x28 bytes, 2003 to 15063 x64", POOL_7_X64, 0x28, { 4, 8, 0x10, 0x18, 0x1c, 0x20 }, { 4, 4, 8, 4, 4, 8 } },
	{ "0x30 bytes, 16299 on x86", OWN_ROWS, 0x30, { 8, 0x10, 4, 0x20, 0x28, 0x18 }, { 8, 8, 4, 8, 8, 4 } },
	{ "0x38 bytes, 16299 to 19045",
	  POOL_19041_X64,
	  0x38,
	  { 0x10, 0x18, 8, 0x28, 0x30, 0x20 },
	  { 8, 8, 8, 8, 8, 8 } },
	{ "0x50 bytes, 20348 on", POOL_22000_X64, 0x50, { 0x10, 0x18, 8, 0x28, 0x30, 0x20 }, { 8, 8, 8, 8, 8, 8 } },
};

static struct kst_layout *layout_of(const struct row *row)
{
	static const struct member_row own[] = {
		{ "_POOL_TRACKER_TABLE", NULL, 0x30, 0, 0, 0 },
		{ "_POOL_TRACKER_TABLE", "Key", 0, 4, 0, 0 },
		{ "_POOL_TRACKER_TABLE", "NonPagedBytes", 4, 4, 0, 0 },
		{ "_POOL_TRACKER_TABLE", "NonPagedAllocs", 8, 8, 0, 0 },
		{ "_POOL_TRACKER_TABLE", "NonPagedFrees", 0x10, 8, 0, 0 },
		{ "_POOL_TRACKER_TABLE", "PagedBytes", 0x18, 4, 0, 0 },
		{ "_POOL_TRACKER_TABLE", "PagedAllocs", 0x20, 8, 0, 0 },
		{ "_POOL_TRACKER_TABLE", "PagedFrees", 0x28, 8, 0, 0 },
	};

	return row->layout == OWN_ROWS ? layout_from_rows(own, ROWS_COUNT(own), 4)
				       : pool_layout((enum pool_layout)row->layout);
}

/* Which of three counters lie in the first `len` bytes, in order: one that is missing hides those behind it. */
static size_t counters_in(const struct row *row, size_t pool, size_t len)
{
	size_t count = 0;

	while (count < 3 && (size_t)row->at[3 * pool + count] + row->width[3 * pool + count] <= len)
		count++;
	return count;
}

/* The whole slot, and each beginning of it. */
static void decodes(void **state)
{
	const struct row *row = *state;
	/* one counter is below zero: a processor that only frees */
	static const int64_t narrow[6] = { 0x7edcba98, 0x12345678, 0x23456789, 0x3456789a, 0x456789ab, -2 };
	static const int64_t wide[6] = { 0x7edcba9876543210, 0x123456789abcdef0, 0x23456789abcdef01,
					 0x3456789abcdef012, 0x456789abcdef0123, INT64_MIN };
	struct kst_layout *layout = layout_of(row);
	uint8_t bytes[0x50] = { 'P', 'r', 'o', 0xe3 };

	for (size_t i = 0; i < 6; i++)
		for (size_t k = 0; k < row->width[i]; k++)
			bytes[row->at[i] + k] = (uint8_t)((uint64_t)(row->width[i] == 4 ? narrow : wide)[i] >> (8 * k));
	for (size_t len = 0; len <= row->size; len++) {
		struct kst_pool_usage usage = { .size = sizeof usage };
		uint8_t *part = exact_copy(bytes, len);
		uint64_t present = len >= 4 ? KST_POOL_USAGE_HAS_TAG : 0;
		int64_t got[6];

		assert_int_equal(kst_decode_pool_usage(layout, len == 0 ? NULL : part, len, 0, &usage, NULL), KST_OK);
		if (counters_in(row, 0, len) == 3)
			present |= KST_POOL_USAGE_HAS_NONPAGED;
		if (counters_in(row, 1, len) == 3)
			present |= KST_POOL_USAGE_HAS_PAGED;
		assert_true(usage.present == present);
		assert_true(usage.size == sizeof usage && usage.tables == 1 && usage.anomalies == 0 &&
			    usage.index == 0);
		assert_string_equal(usage.tag_text, len >= 4 ? "Proc" : "");
		assert_memory_equal(usage.tag, len >= 4 ? "Proc" : "\0\0\0\0", 4);
		memcpy(got, (const uint8_t *)&usage + offsetof(struct kst_pool_usage, nonpaged_allocs), sizeof got);
		for (size_t i = 0; i < 6; i++)
			assert_true(got[i] == (i % 3 >= counters_in(row, i / 3, len) ? 0
					       : row->width[i] == 4                  ? narrow[i]
										     : wide[i]));
		free(part);
	}
	free(layout);
}

static void refuses(void **state)
{
	struct kst_layout *layout = pool_layout(POOL_7_X64), *empty = layout_from_rows(NULL, 0, 8);
	struct kst_pool_usage usage = { .size = sizeof usage, .tables = 77, .paged_bytes = 78 };
	const struct kst_pool_usage before = usage;
	struct kst_pool_usage old = { .size = 8, .tables = 77 };
	struct kst_error err = { .size = sizeof err };
	uint8_t bytes[0x28] = { 0 };

	(void)state;
	assert_int_equal(kst_decode_pool_usage(empty, bytes, sizeof bytes, 0x1234, &usage, &err), KST_E_NO_MEMBER);
	assert_true(err.code == KST_E_NO_MEMBER && err.address == 0x1234);
	assert_int_equal(kst_decode_pool_usage(NULL, bytes, sizeof bytes, 0, &usage, NULL), KST_E_ARG);
	assert_int_equal(kst_decode_pool_usage(layout, NULL, sizeof bytes, 0, &usage, NULL), KST_E_ARG);
	assert_int_equal(kst_decode_pool_usage(layout, bytes, sizeof bytes, 0, NULL, NULL), KST_E_ARG);
	assert_memory_equal(&usage, &before, sizeof usage);
	assert_int_equal(kst_decode_pool_usage(layout, bytes, sizeof bytes, 0, &old, NULL), KST_E_ABI);
	assert_int_equal(old.tables, 77);
	free(layout);
	free(empty);
}

static void names(void **state)
{
	static const char *const anomalies[] = { "incomplete", "negative", "overflow-slot", "key-differs" };

	(void)state;
	check_bit_names(kst_pool_usage_anomaly_name, anomalies, ROWS_COUNT(anomalies));
}

int main(void)
{
	static const struct CMUnitTest tests[] = { cmocka_unit_test(refuses), cmocka_unit_test(names) };

	return RUN_TESTS_AND_ROWS("pool usage", tests, rows, decodes);
}
