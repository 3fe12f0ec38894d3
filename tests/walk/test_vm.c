/* SPDX-License-Identifier: MIT */
#include "support/image.h"
#include "support/support.h"

#include <stdlib.h>

#define AT 0xfffff80000500000u

static void globals(void **state)
{
	static const struct member_row rows[] = { { "_MMPFNLIST", "Total", 0, 8, 0, 0 } };
	const struct kst_symbol symbols[] = { { AT, "MmAvailablePages" },
					      { AT + 8, "MmZeroedPageListHead" },
					      { AT + 16, "MmNumberOfPagingFiles" },
					      { AT + 0x2000, "MmSharedCommit" } };
	struct kst_layout *layout = layout_from_rows(rows, 1, 8);
	struct image *img = image_new(KST_PAGING_X64);
	struct kst_memory_counters counters = { .size = sizeof counters };
	struct kst_target *t;

	(void)state;
	image_put64(img, AT, 61283);
	image_put64(img, AT + 8, 130724);
	image_put64(img, AT + 16, 0x7700000002); /* 32 bits count */
	t = image_target_symbols(img, layout, symbols, 4);
	assert_int_equal(kst_memory_counters_read(t, &counters, NULL), KST_OK);
	assert_int_equal(counters.present,
			 1u << KST_MEMORY_AVAILABLE | 1u << KST_MEMORY_ZEROED | 1u << KST_MEMORY_PAGING_FILES);
	assert_int_equal(counters.values[KST_MEMORY_AVAILABLE], 61283);
	assert_int_equal(counters.values[KST_MEMORY_ZEROED], 130724);
	assert_int_equal(counters.values[KST_MEMORY_PAGING_FILES], 2);
	counters.present = 77;
	image_fail(img, 1, true, KST_E_FAULT);
	assert_int_equal(kst_memory_counters_read(t, &counters, NULL), KST_E_FAULT);
	image_fail(img, 2, true, -7);
	assert_int_equal(kst_memory_counters_read(t, &counters, NULL), KST_E_HOST);
	assert_int_equal(counters.present, 77);
	image_fail(img, 0, false, KST_E_FAULT);
	assert_int_equal(kst_memory_counters_read(image_target(img, NULL), &counters, NULL), KST_E_NO_MEMBER);
	assert_int_equal(kst_memory_counters_read(NULL, &counters, NULL), KST_E_ARG);
	counters.size = 3;
	assert_int_equal(kst_memory_counters_read(t, &counters, NULL), KST_E_ABI);
	free(layout);
	image_free(img);
}

/* Windows 10: the partition's members, and its bounds of physical memory. */
static void partition(void **state)
{
	struct kst_layout *layout = layout_builtin(KST_ARCH_X64, 19041, 3570);
	const struct kst_symbol symbol = { AT, "MiSystemPartition" };
	struct image *img = image_new(KST_PAGING_X64);
	struct kst_memory_counters counters = { .size = sizeof counters };
	struct kst_pte_context context = { .size = sizeof context };
	struct kst_target *t;

	(void)state;
	image_put_member(img, layout, AT, "_MI_PARTITION", "Vp.NumberOfPhysicalPages", 1000);
	image_put_member(img, layout, AT, "_MI_PARTITION", "Vp.HighestPhysicalPage", 0x10ffff);
	image_put_member(img, layout, AT, "_MI_PARTITION", "Vp.ModifiedPageListHead.Total", 9);
	t = image_target_symbols(img, layout, &symbol, 1);
	assert_int_equal(kst_memory_counters_read(t, &counters, NULL), KST_OK);
	assert_int_equal(counters.values[KST_MEMORY_PHYSICAL], 1000);
	assert_int_equal(counters.values[KST_MEMORY_MODIFIED], 9);
	assert_int_equal(counters.values[KST_MEMORY_HIGHEST_PAGE], 0x10ffff);
	assert_int_equal(kst_target_pte_context(t, &context), KST_OK);
	assert_int_equal(context.highest_frame, 0x10ffff);
	assert_string_equal(kst_memory_counter_name(KST_MEMORY_COMMIT_LIMIT), "commit-limit");
	assert_string_equal(kst_memory_counter_name(99), "unknown");
	free(layout);
	image_free(img);
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(globals), cmocka_unit_test(partition) };

	return cmocka_run_group_tests_name("vm", tests, NULL, NULL);
}
