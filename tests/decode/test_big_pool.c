/* SPDX-License-Identifier: MIT */
/* Entries of the large-allocation table in their four sizes. */
#include "support/pool_layouts.h"

#include <stdlib.h>

#define USED KST_POOL_STATE_ALLOCATED
#define FREE KST_POOL_STATE_FREE

struct row {
	const char *name;
	enum pool_layout layout;
	uint8_t bytes[32];
	size_t len;
	uint64_t address, length;
	const char *tag;
	uint32_t state, region, executable;
	uint64_t anomalies;
};

#define REGION_NONE KST_POOL_REGION_UNKNOWN

static const struct row rows[] = {
	{ "10: 7 x64",
	  POOL_7_X64,
	  { 0, 0x50, 0xba, 0x0d, 0x80, 0xfa, 0xff, 0xff, 'I', 'o', ' ', ' ', 0, 0, 0, 0, 0xb0, 0x1f },
	  0x18,
	  0xfffffa800dba5000,
	  0x1fb0,
	  "Io  ",
	  USED,
	  KST_POOL_REGION_NONPAGED,
	  1,
	  0 },
	{ "10: the same after its free",
	  POOL_7_X64,
	  { 1, 0x50, 0xba, 0x0d, 0x80, 0xfa, 0xff, 0xff, 'I', 'o', ' ', ' ', 0, 0, 0, 0, 0xb0, 0x1f },
	  0x18,
	  0xfffffa800dba5000,
	  0x1fb0,
	  "Io  ",
	  FREE,
	  KST_POOL_REGION_NONPAGED,
	  1,
	  0 },
	{ "never used", POOL_7_X64, { 1 }, 0x18, 0, 0, "....", FREE, KST_POOL_REGION_NONPAGED, 1, 0 },
	{ "zeros", POOL_7_X64, { 0 }, 0x18, 0, 0, "....", FREE, KST_POOL_REGION_NONPAGED, 1, 0 },
	{ "XP, 0xc bytes",
	  POOL_XP_X86,
	  { 0, 0x50, 0xba, 0x82, 'C', 'M', ' ', ' ', 3 },
	  0xc,
	  0x82ba5000,
	  0x3000,
	  "CM  ",
	  USED,
	  REGION_NONE,
	  0,
	  0 },
	{ "2003 x86, 0x10 bytes",
	  POOL_2003_X86,
	  { 0, 0x60, 0x12, 0xe1, 'G', 'd', 'e', 'v', 2 },
	  0x10,
	  0xe1126000,
	  0x2000,
	  "Gdev",
	  USED,
	  REGION_NONE,
	  0,
	  0 },
	{ "2003 x64, 0x18 bytes",
	  POOL_2003_X64,
	  { 0, 0xb0, 0x23, 0, 0xa0, 0xf8, 0xff, 0xff, 'C', 'M', ' ', ' ', 1 },
	  0x18,
	  0xfffff8a00023b000,
	  0x1000,
	  "CM  ",
	  USED,
	  REGION_NONE,
	  0,
	  0 },
	{ "7 x86, paged session",
	  POOL_7_X86,
	  { 0, 0x60, 0x12, 0xfe, 'G', 'd', 'e', 0xf6, 0x21, 0, 0, 0, 0, 0x20 },
	  0x10,
	  0xfe126000,
	  0x2000,
	  "Gdev",
	  USED,
	  KST_POOL_REGION_SESSION,
	  0,
	  0 },
	{ "8.1, Nx",
	  POOL_81_X64,
	  { 0, 0x50, 0xba, 0x0d, 0, 0xe0, 0xff, 0xff, 'I', 'o', ' ', ' ', 0, 2, 0, 0, 0, 0x20 },
	  0x18,
	  0xffffe0000dba5000,
	  0x2000,
	  "Io  ",
	  USED,
	  KST_POOL_REGION_NONPAGED,
	  0,
	  0 },
	{ "19041, pattern and slush",
	  POOL_19041_X64,
	  { 0, 0x50, 0xba, 0x0d, 0, 0xe0, 0xff, 0xff, 'I', 'o', ' ', ' ', 0x5b, 1, 0, 0x2a, 0, 0x20 },
	  0x18,
	  0xffffe0000dba5000,
	  0x2000,
	  "Io  ",
	  USED,
	  KST_POOL_REGION_PAGED,
	  0,
	  0 },
	/* quota (1) and Nx (0x40) of POOL_FLAGS: read as POOL_TYPE this would be paged */
	{ "22000, flags: quota and nonpaged",
	  POOL_22000_X64,
	  { 0, 0x50, 0xba, 0x0d, 0, 0xe0, 0xff, 0xff, 'I', 'o', ' ', ' ', 0, 0x41, 0, 0, 0, 0x20 },
	  0x20,
	  0xffffe0000dba5000,
	  0x2000,
	  "Io  ",
	  USED,
	  KST_POOL_REGION_NONPAGED,
	  0,
	  0 },
	{ "22000, flags: executable",
	  POOL_22000_X64,
	  { 0, 0x50, 0xba, 0x0d, 0, 0xe0, 0xff, 0xff, 'I', 'o', ' ', ' ', 0, 0x88, 0, 0, 0, 0x20 },
	  0x20,
	  0xffffe0000dba5000,
	  0x2000,
	  "Io  ",
	  USED,
	  KST_POOL_REGION_NONPAGED,
	  1,
	  0 },
	{ "22000, flags: paged",
	  POOL_22000_X64,
	  { 0, 0x50, 0xba, 0x0d, 0, 0xe0, 0xff, 0xff, 'I', 'o', ' ', ' ', 0, 0, 1, 0, 0, 0x20 },
	  0x20,
	  0xffffe0000dba5000,
	  0x2000,
	  "Io  ",
	  USED,
	  KST_POOL_REGION_PAGED,
	  0,
	  0 },
	{ "misaligned user address without length",
	  POOL_7_X64,
	  { 0x10, 0x50, 0xba, 0x0d, 0, 0, 0, 0, 'I', 'o', ' ', ' ' },
	  0x18,
	  0x0dba5010,
	  0,
	  "Io  ",
	  USED,
	  KST_POOL_REGION_NONPAGED,
	  1,
	  KST_LARGE_ALLOCATION_ANOMALY_MISALIGNED | KST_LARGE_ALLOCATION_ANOMALY_NOT_KERNEL |
		  KST_LARGE_ALLOCATION_ANOMALY_LENGTH },
	{ "length wraps",
	  POOL_7_X64,
	  { 0, 0xf0, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 'I', 'o', ' ', ' ', 0, 0, 0, 0, 1, 0x10 },
	  0x18,
	  0xfffffffffffff000,
	  0x1001,
	  "Io  ",
	  USED,
	  KST_POOL_REGION_NONPAGED,
	  1,
	  KST_LARGE_ALLOCATION_ANOMALY_LENGTH },
	{ "length may reach the end",
	  POOL_7_X64,
	  { 0, 0xf0, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 'I', 'o', ' ', ' ', 0, 0, 0, 0, 0, 0x10 },
	  0x18,
	  0xfffffffffffff000,
	  0x1000,
	  "Io  ",
	  USED,
	  KST_POOL_REGION_NONPAGED,
	  1,
	  0 },
};

static void decodes(void **state)
{
	const struct row *row = *state;
	struct kst_layout *layout = pool_layout(row->layout);
	struct kst_large_allocation large = { .size = sizeof large };

	assert_int_equal(kst_decode_large_allocation(layout, row->bytes, row->len, 0x1234, &large, NULL), KST_OK);
	assert_true(large.address == row->address && large.bytes == row->length);
	assert_string_equal(large.tag_text, row->tag);
	assert_int_equal(large.state, row->state);
	assert_int_equal(large.region, row->region);
	assert_int_equal(large.executable, row->executable);
	assert_true(large.anomalies == row->anomalies);
	assert_int_equal(large.entry, 0x1234);
	for (size_t len = 0; len <= row->len; len++) {
		uint8_t *bytes = malloc(len == 0 ? 1 : len);
		struct kst_large_allocation part = { .size = sizeof part };
		uint32_t pointer = pool_paging(row->layout) == KST_PAGING_X86 ? 4 : 8;

		assert_non_null(bytes);
		memcpy(bytes, row->bytes, len);
		assert_int_equal(kst_decode_large_allocation(layout, len == 0 ? NULL : bytes, len, 0, &part, NULL),
				 KST_OK);
		assert_int_equal((part.present & KST_LARGE_ALLOCATION_HAS_ADDRESS) != 0, len >= pointer);
		assert_int_equal((part.present & KST_LARGE_ALLOCATION_HAS_TAG) != 0, len >= pointer + 4);
		if (len < row->len)
			assert_true((part.present & large.present) == part.present);
		free(bytes);
	}
	free(layout);
}

static void details(void **state)
{
	static const uint8_t slush[0x18] = { 0,   0x50, 0xba, 0x0d, 0, 0xe0, 0xff, 0xff, 'I',
					     'o', ' ',  0xa0, 0x5b, 1, 0xb0, 0x12, 0,    0x20 };
	static const uint8_t quota[0x10] = { 0, 0x60, 0x12, 0xe1, 'G', 'd', 'e', 'v', 2, 0, 0, 0, 0x20, 0, 0x9b, 0x82 };
	struct kst_layout *late = pool_layout(POOL_19041_X64), *early = pool_layout(POOL_2003_X86),
			  *empty = layout_from_rows(NULL, 0, 8);
	struct kst_large_allocation large = { .size = sizeof large }, old = { .size = 8 };

	(void)state;
	assert_int_equal(kst_decode_large_allocation(late, slush, sizeof slush, 0, &large, NULL), KST_OK);
	assert_true((large.present & KST_LARGE_ALLOCATION_HAS_SLUSH) != 0);
	assert_int_equal(large.pattern, 0x5b);
	assert_int_equal(large.slush, 0x12b);
	assert_int_equal(large.protected_tag, 1);
	assert_int_equal(kst_decode_large_allocation(early, quota, sizeof quota, 0, &large, NULL), KST_OK);
	assert_true((large.present & KST_LARGE_ALLOCATION_HAS_QUOTA_PROCESS) != 0 && large.quota_process == 0x829b0020);
	assert_int_equal(kst_decode_large_allocation(empty, quota, sizeof quota, 0, &large, NULL), KST_E_NO_MEMBER);
	assert_int_equal(kst_decode_large_allocation(NULL, quota, sizeof quota, 0, &large, NULL), KST_E_ARG);
	assert_int_equal(kst_decode_large_allocation(early, quota, sizeof quota, 0, &old, NULL), KST_E_ABI);
	assert_string_equal(kst_large_allocation_anomaly_name(KST_LARGE_ALLOCATION_ANOMALY_OVERLAP), "overlap");
	assert_string_equal(kst_large_table_anomaly_name(KST_LARGE_TABLE_ANOMALY_TRUNCATED), "truncated");
	free(late);
	free(early);
	free(empty);
}

int main(void)
{
	static const struct CMUnitTest tests[] = { cmocka_unit_test(details) };

	return RUN_TESTS_AND_ROWS("large allocation", tests, rows, decodes);
}
