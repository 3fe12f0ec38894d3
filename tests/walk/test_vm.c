/* SPDX-License-Identifier: MIT */
#include "support/image.h"
#include "support/processes.h"
#include "support/support.h"

#include <stdlib.h>

#define AT 0xfffff80000500000u

static void globals(void **state)
{
	static const struct member_row rows[] = { { "_MMPFNLIST", "Total", 0, 8, 0, 0 } };
	const struct kst_symbol symbols[] = { { AT, "MmAvailablePages" },
					      { AT + 8, "MmZeroedPageListHead" },
					      { AT + 16, "MmNumberOfPagingFiles" },
					      { AT + 24, "MmNumberOfPhysicalPages" },
					      { AT + 0x2000, "MmSharedCommit" } };
	struct kst_layout *layout = layout_from_rows(rows, 1, 8);
	struct image *img = image_new(KST_PAGING_X64);
	struct kst_memory_counters counters = { .size = sizeof counters };
	struct kst_target *t;

	(void)state;
	image_put64(img, AT, 61283);
	image_put64(img, AT + 8, 130724);
	image_put64(img, AT + 16, 0x7700000002); /* 32 bits count */
	image_put64(img, AT + 24, 0x880001fea4); /* ... here too */
	t = image_target_symbols(img, layout, symbols, 5);
	assert_int_equal(kst_memory_counters_read(t, &counters, NULL), KST_OK);
	assert_int_equal(counters.present, 1u << KST_MEMORY_PHYSICAL | 1u << KST_MEMORY_AVAILABLE |
						   1u << KST_MEMORY_ZEROED | 1u << KST_MEMORY_PAGING_FILES);
	assert_int_equal(counters.values[KST_MEMORY_AVAILABLE], 61283);
	assert_int_equal(counters.values[KST_MEMORY_ZEROED], 130724);
	assert_int_equal(counters.values[KST_MEMORY_PAGING_FILES], 2);
	assert_int_equal(counters.values[KST_MEMORY_PHYSICAL], 0x1fea4);
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
	const struct kst_symbol symbols[] = { { AT, "MiSystemPartition" }, { AT + 0x8000, "MiVisibleState" } };
	uint64_t state_at = AT + 0x9000;
	struct image *img = image_new(KST_PAGING_X64);
	struct kst_memory_counters counters = { .size = sizeof counters };
	struct kst_pte_context context = { .size = sizeof context };
	struct kst_target *t;

	(void)state;
	image_put_member(img, layout, AT, "_MI_PARTITION", "Vp.NumberOfPhysicalPages", 1000);
	image_put_member(img, layout, AT, "_MI_PARTITION", "Vp.HighestPhysicalPage", 0x10ffff);
	image_put_member(img, layout, AT, "_MI_PARTITION", "Vp.ModifiedPageListHead.Total", 9);
	image_put_member(img, layout, AT, "_MI_PARTITION", "PageLists.ZeroedPageListHead.Total", 11);
	image_put_member(img, layout, AT, "_MI_PARTITION", "PageLists.FreePageListHead.Total", 12);
	for (uint64_t i = 0; i < 8; i++) /* a list for each priority */
		image_put64(img,
			    AT + place_of(layout, "_MI_PARTITION", "PageLists.StandbyPageListByPriority") + i * 0x28,
			    (uint64_t)1 << i);
	image_put64(img, symbols[1].address, state_at);
	image_put_member(img, layout, state_at, "_MI_VISIBLE_STATE", "ProcessCommit", 21);
	image_put_member(img, layout, state_at, "_MI_VISIBLE_STATE", "DriverCommit", 22);
	image_put_member(img, layout, state_at, "_MI_VISIBLE_STATE", "MaximumNonPagedPoolInPages", 23);
	image_put_member(img, layout, state_at, "_MI_VISIBLE_STATE", "SizeOfPagedPoolInPages", 24);
	t = image_target_symbols(img, layout, symbols, 2);
	assert_int_equal(kst_memory_counters_read(t, &counters, NULL), KST_OK);
	assert_int_equal(counters.values[KST_MEMORY_ZEROED], 11);
	assert_int_equal(counters.values[KST_MEMORY_FREE], 12);
	assert_int_equal(counters.values[KST_MEMORY_STANDBY], 0xff);
	assert_int_equal(counters.values[KST_MEMORY_PROCESS_COMMIT], 21);
	assert_int_equal(counters.values[KST_MEMORY_DRIVER_COMMIT], 22);
	assert_int_equal(counters.values[KST_MEMORY_NONPAGED_POOL_MAXIMUM], 23 * 0x1000);
	assert_int_equal(counters.values[KST_MEMORY_PAGED_POOL_SIZE], 24 * 0x1000);
	/* a pointer that leads nowhere makes no counter */
	image_put64(img, symbols[1].address, 0x1000);
	assert_int_equal(kst_memory_counters_read(t, &counters, NULL), KST_OK);
	assert_int_equal(counters.present >> KST_MEMORY_DRIVER_COMMIT & 1, 0);
	image_put64(img, symbols[1].address, state_at);
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

/* Standby pages: on the one list, or since pages have priorities on eight of which the debugger data block tells nothing. */
static void standby(void **state)
{
	static const struct member_row types[] = { { "_MMPFNLIST", NULL, 0x20, 0, 0, 0 },
						   { "_MMPFNLIST", "Total", 0, 8, 0, 0 },
						   { "_MMPFN", "u4.Priority", 0x28, 8, 60, 3 } };
	const struct kst_symbol symbols[] = { { AT, "MmStandbyPageListHead" },
					      { AT + 0x100, "MmStandbyPageListByPriority" } };
	static const struct {
		size_t first, types, symbols; /* of the tables above */
		bool present;
		uint64_t value;
	} cases[] = {
		{ 0, 2, 2, true, 5 },  { 1, 1, 1, true, 5 },  { 0, 3, 2, true, 0x24 },
		{ 0, 3, 1, false, 0 }, { 1, 2, 2, false, 0 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct kst_layout *layout = layout_from_rows(types + cases[i].first, cases[i].types, 8);
		struct image *img = image_new(KST_PAGING_X64);
		struct kst_memory_counters counters = { .size = sizeof counters };
		struct kst_target *t = image_target_symbols(img, layout, symbols, cases[i].symbols);

		image_put64(img, AT, 5);
		for (uint64_t k = 0; k < 8; k++)
			image_put64(img, AT + 0x100 + k * 0x20, k + 1);
		assert_int_equal(kst_memory_counters_read(t, &counters, NULL),
				 cases[i].present ? KST_OK : KST_E_NO_MEMBER);
		assert_int_equal(counters.present, cases[i].present ? 1u << KST_MEMORY_STANDBY : 0);
		assert_int_equal(counters.values[KST_MEMORY_STANDBY], cases[i].value);
		free(layout);
		image_free(img);
	}
}

#define FILE_AT (AT + 0x10000)
#define RUNS_AT (AT + 0x20000)

/* A table of two page files, of which one is there, and two runs of memory. */
static void files_and_runs(void **state)
{
	static const struct member_row rows[] = { { "_MMPAGING_FILE", "Size", 0, 8, 0, 0 },
						  { "_MMPAGING_FILE", "FreeSpace", 0x18, 8, 0, 0 },
						  { "_MMPAGING_FILE", "MaximumSize", 0x2000, 8, 0, 0 },
						  { "_MMPAGING_FILE", "PageFileName", 0x48, 16, 0, 0 },
						  { "_PHYSICAL_MEMORY_DESCRIPTOR", "NumberOfRuns", 0, 4, 0, 0 },
						  { "_PHYSICAL_MEMORY_DESCRIPTOR", "Run", 0x10, 16, 0, 0 },
						  { "_PHYSICAL_MEMORY_RUN", NULL, 16, 0, 0, 0 },
						  { "_PHYSICAL_MEMORY_RUN", "BasePage", 0, 8, 0, 0 },
						  { "_PHYSICAL_MEMORY_RUN", "PageCount", 8, 8, 0, 0 } };
	const struct kst_symbol symbols[] = { { AT, "MmNumberOfPagingFiles" },
					      { AT + 8, "MmPagingFile" },
					      { AT + 0x100, "MmPhysicalMemoryBlock" } };
	struct kst_layout *layout = layout_from_rows(rows, sizeof rows / sizeof rows[0], 8);
	struct image *img = image_new(KST_PAGING_X64);
	struct kst_page_file file = { .size = sizeof file };
	struct kst_target *t;
	uint64_t first = 77, pages = 77;
	char name[32] = "untouched";

	(void)state;
	image_put32(img, AT, 2);
	image_put64(img, AT + 8, FILE_AT);
	image_put64(img, AT + 0x100, RUNS_AT);
	image_put64(img, FILE_AT, 262144);
	image_put64(img, FILE_AT + 0x18, 262143);
	image_put_string(img, FILE_AT + 0x48, FILE_AT + 0x200, "\\??\\C:\\pagefile.sys");
	image_put32(img, RUNS_AT, 2);
	image_put64(img, RUNS_AT + 0x10, 1);
	image_put64(img, RUNS_AT + 0x18, 0x9e);
	image_put64(img, RUNS_AT + 0x20, 0x100);
	image_put64(img, RUNS_AT + 0x28, 0x1fe06);
	t = image_target_symbols(img, layout, symbols, 3);
	for (unsigned host = 0; host < 2; host++) {
		kst_status st = KST_E_FAULT, with = host != 0 ? (kst_status)-7 : KST_E_FAULT;

		for (uint64_t n = 1; n < 200; n++) {
			image_fail(img, n, true, with);
			file.present = 77;
			memcpy(name, "untouched", 10);
			st = kst_page_file_read(t, 0, &file, name, sizeof name, NULL);
			if (st == KST_OK && image_reads(img) < n)
				break;
			assert_true(host != 0 ? st == KST_E_HOST : st == KST_OK || st == KST_E_FAULT);
			if (st != KST_OK) {
				assert_int_equal(file.present, 77);
				assert_string_equal(name, "untouched");
			}
		}
		assert_int_equal(st, KST_OK);
		assert_int_equal(file.present,
				 KST_PAGE_FILE_HAS_CURRENT | KST_PAGE_FILE_HAS_FREE | KST_PAGE_FILE_HAS_NAME);
		assert_string_equal(name, "\\??\\C:\\pagefile.sys");
		for (uint64_t n = 1; n < 200; n++) {
			image_fail(img, n, true, with);
			first = pages = 77;
			st = kst_memory_run_read(t, 1, &first, &pages, NULL);
			if (st == KST_OK)
				break;
			assert_int_equal(st, host != 0 ? KST_E_HOST : KST_E_FAULT);
			assert_true(first == 77 && pages == 77);
		}
		assert_true(first == 0x100 && pages == 0x1fe06);
	}
	image_fail(img, 0, false, KST_E_FAULT);
	assert_int_equal(file.current_pages, 262144);
	assert_int_equal(file.free_pages, 262143);
	assert_int_equal(kst_page_file_read(t, 0, &file, name, 4, NULL), KST_OK);
	assert_string_equal(name, "\\??");
	assert_int_equal(kst_page_file_read(t, 0, &file, NULL, 0, NULL), KST_OK);
	assert_int_equal(kst_page_file_read(t, 1, &file, name, sizeof name, NULL), KST_E_FAULT);
	assert_int_equal(kst_page_file_read(t, 2, &file, name, sizeof name, NULL), KST_END);
	assert_int_equal(kst_memory_run_read(t, 2, &first, &pages, NULL), KST_END);
	image_put32(img, AT, 0xffffffff);
	image_put32(img, RUNS_AT, 0xffffffff);
	assert_int_equal(kst_page_file_read(t, 16, &file, name, sizeof name, NULL), KST_END);
	assert_int_equal(kst_memory_run_read(t, 0x4000, &first, &pages, NULL), KST_END);
	assert_int_equal(kst_page_file_read(t, 0, &file, NULL, 4, NULL), KST_E_ARG);
	assert_int_equal(kst_memory_run_read(t, 0, NULL, &pages, NULL), KST_E_ARG);
	file.size = 3;
	assert_int_equal(kst_page_file_read(t, 0, &file, name, sizeof name, NULL), KST_E_ABI);
	t = image_target(img, NULL);
	file.size = sizeof file;
	assert_int_equal(kst_page_file_read(t, 0, &file, name, sizeof name, NULL), KST_E_NO_MEMBER);
	assert_int_equal(kst_memory_run_read(t, 0, &first, &pages, NULL), KST_E_NO_MEMBER);
	free(layout);
	image_free(img);
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(globals), cmocka_unit_test(partition),
					    cmocka_unit_test(standby), cmocka_unit_test(files_and_runs) };

	return cmocka_run_group_tests_name("vm", tests, NULL, NULL);
}
