/* SPDX-License-Identifier: MIT */
/* Slots of the tag tracker in their layouts. */
#include "support/pool_layouts.h"

#include <stdlib.h>

struct row {
	const char *name;
	enum pool_layout layout;
	size_t size;
	uint8_t at[6]; /* allocs, frees, bytes: nonpaged, then paged */
	uint8_t width[6];
};

static const struct row rows[] = {
	{ "0x1c bytes, XP to 15063 x86", POOL_XP_X86, 0x1c, { 4, 8, 0xc, 0x10, 0x14, 0x18 }, { 4, 4, 4, 4, 4, 4 } },
	{ "0x28 bytes, 2003 to 15063 x64", POOL_7_X64, 0x28, { 4, 8, 0x10, 0x18, 0x1c, 0x20 }, { 4, 4, 8, 4, 4, 8 } },
	{ "0x38 bytes, 16299 to 19045",
	  POOL_19041_X64,
	  0x38,
	  { 0x10, 0x18, 8, 0x28, 0x30, 0x20 },
	  { 8, 8, 8, 8, 8, 8 } },
	{ "0x50 bytes, 20348 on", POOL_22000_X64, 0x50, { 0x10, 0x18, 8, 0x28, 0x30, 0x20 }, { 8, 8, 8, 8, 8, 8 } },
};

static void decodes(void **state)
{
	const struct row *row = *state;
	struct kst_layout *layout = pool_layout(row->layout);
	uint8_t bytes[0x50] = { 'P', 'r', 'o', 0xe3 };
	struct kst_pool_usage usage = { .size = sizeof usage };

	for (size_t i = 0; i < 6; i++)
		bytes[row->at[i]] = (uint8_t)(i + 1);
	/* one counter below zero: a processor that only frees */
	memset(bytes + row->at[5], 0xff, row->width[5]);
	assert_int_equal(kst_decode_pool_usage(layout, bytes, row->size, 0, &usage, NULL), KST_OK);
	assert_string_equal(usage.tag_text, "Proc");
	assert_true(usage.nonpaged_allocs == 1 && usage.nonpaged_frees == 2 && usage.nonpaged_bytes == 3);
	assert_true(usage.paged_allocs == 4 && usage.paged_frees == 5 && usage.paged_bytes == -1);
	for (size_t len = 0; len < row->size; len++) {
		uint8_t *part = malloc(len == 0 ? 1 : len);

		assert_non_null(part);
		memcpy(part, bytes, len);
		assert_int_equal(kst_decode_pool_usage(layout, part, len, 0, &usage, NULL), KST_OK);
		assert_int_equal((usage.present & KST_POOL_USAGE_HAS_TAG) != 0, len >= 4);
		for (size_t pool = 0; pool < 2; pool++) {
			bool whole = true;

			for (size_t i = 3 * pool; i < 3 * pool + 3; i++)
				whole = whole && (size_t)row->at[i] + row->width[i] <= len;
			assert_int_equal((usage.present &
					  (pool == 0 ? KST_POOL_USAGE_HAS_NONPAGED : KST_POOL_USAGE_HAS_PAGED)) != 0,
					 whole);
		}
		free(part);
	}
	free(layout);
}

static void refuses(void **state)
{
	struct kst_layout *layout = pool_layout(POOL_7_X64), *empty = layout_from_rows(NULL, 0, 8);
	struct kst_pool_usage usage = { .size = sizeof usage }, old = { .size = 8 };
	uint8_t bytes[0x28] = { 0 };

	(void)state;
	assert_int_equal(kst_decode_pool_usage(empty, bytes, sizeof bytes, 0, &usage, NULL), KST_E_NO_MEMBER);
	assert_int_equal(kst_decode_pool_usage(NULL, bytes, sizeof bytes, 0, &usage, NULL), KST_E_ARG);
	assert_int_equal(kst_decode_pool_usage(layout, bytes, sizeof bytes, 0, &old, NULL), KST_E_ABI);
	assert_string_equal(kst_pool_usage_anomaly_name(KST_POOL_USAGE_ANOMALY_OVERFLOW_SLOT), "overflow-slot");
	free(layout);
	free(empty);
}

int main(void)
{
	static const struct CMUnitTest tests[] = { cmocka_unit_test(refuses) };

	return RUN_TESTS_AND_ROWS("pool usage", tests, rows, decodes);
}
