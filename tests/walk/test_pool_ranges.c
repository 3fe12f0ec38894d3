/* SPDX-License-Identifier: MIT */
/* Ranges of pool from the kernel's globals. */
#include "support/pool_machine.h"

static struct kst_pool_range ranges[8];

static size_t ask(struct pool_machine *m)
{
	size_t done = 99;

	assert_int_equal(kst_pool_ranges(m->target, ranges, sizeof ranges[0], ROWS_COUNT(ranges), &done, NULL), KST_OK);
	return done;
}

static void two_parts(void **state)
{
	struct pool_machine m;
	size_t done;

	(void)state;
	pool_machine_begin(&m, POOL_PLAIN_X86);
	pool_global(&m, "MmNonPagedPoolStart", 0xb0241000);
	pool_global(&m, "MmNonPagedPoolEnd0", 0xb0a09000);
	pool_global(&m, "MmNonPagedPoolExpansionStart", 0xfa245000);
	pool_global(&m, "MmNonPagedPoolEnd", 0xffbe0000);
	pool_global(&m, "MmPagedPoolStart", 0xe1000000);
	pool_global(&m, "MmPagedPoolEnd", 0xed3fffff);
	pool_global(&m, "MmSpecialPoolStart", 0xf0000000);
	pool_global(&m, "MmSpecialPoolEnd", 0xf1000000);
	pool_machine_finish(&m);
	assert_int_equal(ask(&m), 4);
	assert_int_equal(ranges[0].region, KST_POOL_REGION_SPECIAL);
	assert_true(ranges[1].start == 0xb0241000 && ranges[1].end == 0xb0a09000);
	assert_true(ranges[2].start == 0xfa245000 && ranges[2].end == 0xffbe0000);
	assert_true(ranges[3].region == KST_POOL_REGION_PAGED && ranges[3].end == 0xed400000);
	assert_int_equal(ranges[3].size, sizeof ranges[0]);
	assert_int_equal(kst_pool_ranges(m.target, ranges, sizeof ranges[0], 2, &done, NULL), KST_E_LIMIT);
	assert_int_equal(done, 2);
	assert_int_equal(kst_pool_ranges(m.target, ranges, 12, 2, &done, NULL), KST_E_ARG);
	assert_int_equal(kst_pool_ranges(m.target, ranges, 8, 2, &done, NULL), KST_E_ARG);
	assert_int_equal(kst_pool_ranges(m.target, ranges, 8, 2, NULL, NULL), KST_E_ARG);
	pool_machine_end(&m);
}

/* The size of nonpaged pool is that of its first part: it bounds a part only where there is a second one. */
static void first_part_by_length(void **state)
{
	struct pool_machine m;

	(void)state;
	pool_machine_begin(&m, POOL_PLAIN_X86);
	pool_global(&m, "MmNonPagedPoolStart", 0xb0241000);
	pool_global(&m, "MmSizeOfNonPagedPoolInBytes", 0x7c8000);
	pool_global(&m, "MmNonPagedPoolExpansionStart", 0xfa245000);
	pool_global(&m, "MmNonPagedPoolEnd", 0xffbe0000);
	pool_machine_finish(&m);
	assert_int_equal(ask(&m), 2);
	assert_true(ranges[0].start == 0xb0241000 && ranges[0].end == 0xb0a09000);
	assert_true(ranges[1].start == 0xfa245000 && ranges[1].end == 0xffbe0000);
	pool_machine_end(&m);
	/* 7 x64: one part, larger than its first size */
	pool_machine_begin(&m, POOL_7_X64);
	pool_global(&m, "MmNonPagedPoolStart", 0xfffffa8000c00000);
	pool_global(&m, "MmSizeOfNonPagedPoolInBytes", 0x1000000);
	pool_global(&m, "MmNonPagedPoolEnd", 0xfffffa8040000000);
	pool_machine_finish(&m);
	assert_int_equal(ask(&m), 1);
	assert_true(ranges[0].region == KST_POOL_REGION_NONPAGED && ranges[0].start == 0xfffffa8000c00000 &&
		    ranges[0].end == 0xfffffa8040000000);
	pool_machine_end(&m);
	/* 5.x and x86 have two parts: what lies between their outer ends may be anything */
	for (int i = 0; i < 2; i++) {
		struct kst_pool_verdict v = { .size = sizeof v };

		pool_machine_begin(&m, i == 0 ? POOL_XP_X86 : POOL_7_X86);
		pool_global(&m, "MmNonPagedPoolStart", 0x81000000);
		pool_global(&m, "MmNonPagedPoolEnd", 0xffbe0000);
		pool_global(&m, "MmPagedPoolStart", 0xe1000000);
		pool_global(&m, "MmPagedPoolEnd", 0xed3fffff);
		pool_machine_finish(&m);
		assert_int_equal(ask(&m), 2);
		assert_true(ranges[0].region == KST_POOL_REGION_UNKNOWN && ranges[0].start == 0x81000000 &&
			    ranges[0].end == 0xffbe0000);
		assert_int_equal(ranges[1].region, KST_POOL_REGION_PAGED);
		assert_int_equal(kst_pool_find(m.target, NULL, 0xf8001230, &v, NULL), KST_OK);
		assert_int_equal(v.region, KST_POOL_REGION_UNKNOWN);
		assert_int_equal(kst_pool_find(m.target, NULL, 0xe8001230, &v, NULL), KST_OK);
		assert_int_equal(v.region, KST_POOL_REGION_PAGED);
		pool_machine_end(&m);
	}
	/* nor does it bound one part whose end is not known */
	pool_machine_begin(&m, POOL_7_X64);
	pool_global(&m, "MmNonPagedPoolStart", 0xfffffa8000c00000);
	pool_global(&m, "MmSizeOfNonPagedPoolInBytes", 0x1000000);
	pool_machine_finish(&m);
	assert_int_equal(ask(&m), 0);
	pool_machine_end(&m);
}

static void by_length_and_unknown(void **state)
{
	struct pool_machine m;

	(void)state;
	/* a paged start and a length, as on 8 x64 */
	pool_machine_begin(&m, POOL_81_X64);
	pool_global(&m, "MiPagedPoolStart", 0xffffc00000000000);
	pool_global(&m, "MmSizeOfPagedPoolInBytes", 0x100000000);
	pool_machine_finish(&m);
	assert_int_equal(ask(&m), 1);
	assert_true(ranges[0].start == 0xffffc00000000000 && ranges[0].end == 0xffffc00100000000);
	pool_machine_end(&m);
	/* globals that are zero, in user space or the wrong way round are no ranges */
	pool_machine_begin(&m, POOL_7_X64);
	pool_global(&m, "MmPagedPoolStart", 0);
	pool_global(&m, "MmPagedPoolEnd", 0xfffff8a000000000);
	pool_global(&m, "MmNonPagedPoolStart", 0xfffffa8010000000);
	pool_global(&m, "MmNonPagedPoolEnd", 0xfffffa8000000000);
	pool_machine_finish(&m);
	assert_int_equal(ask(&m), 0);
	pool_machine_end(&m);
	pool_machine_begin(&m, POOL_7_X64);
	pool_machine_finish(&m);
	assert_int_equal(ask(&m), 0);
	assert_string_equal(kst_pool_region_name(KST_POOL_REGION_SESSION), "session");
	assert_string_equal(kst_pool_region_name(99), "unknown");
	pool_machine_end(&m);
}

static kst_status run(struct pool_machine *m, bool failing)
{
	size_t done = 77;
	kst_status st = kst_pool_ranges(m->target, ranges, sizeof ranges[0], ROWS_COUNT(ranges), &done, NULL);

	assert_true(done <= 2);
	if (!failing)
		assert_true(st == KST_OK && done == 2);
	return st;
}

static void survives_failing_reads(void **state)
{
	struct pool_machine m;

	(void)state;
	pool_machine_begin(&m, POOL_7_X64);
	pool_global(&m, "MmNonPagedPoolStart", 0xfffffa8000000000);
	pool_global(&m, "MmNonPagedPoolEnd", 0xfffffa8010000000);
	pool_global(&m, "MmPagedPoolStart", 0xfffff8a000000000);
	pool_global(&m, "MmPagedPoolEnd", 0xfffff8bfffffffff);
	pool_machine_finish(&m);
	pool_sweep(&m, run);
	pool_machine_end(&m);
}

/* 10 and later: the state of virtual memory. It says where pool may be, never that an address is none. */
static void of_state(void **state)
{
	static const struct {
		uint32_t build, revision;
		uint32_t paged, nodes, first; /* from MiState; in the node */
	} rows[] = {
		{ 14393, 6252, 0x680 + 0x100, 0x560 + 0x10, 0x148 },
		{ 17763, 5933, 0x1780 + 0x130, 0x1600 + 0x18, 0x140 },
		{ 19041, 0, 0x1780 + 0x130, 0x15c0 + 0x20, 0xa0 },
		{ 22000, 318, 0x2840 + 0x178, 0x1680 + 0x20, 0x60 },
	};
	static const uint64_t mistate = 0xfffff80000700000, node = 0xffffe00000001000;

	(void)state;
	for (size_t i = 0; i < ROWS_COUNT(rows); i++) {
		struct image *img = image_new(KST_PAGING_X64);
		struct kst_layout *layout = layout_builtin(KST_ARCH_X64, rows[i].build, rows[i].revision);
		const struct kst_symbol symbol = { mistate, "MiState" };
		struct kst_pool_verdict v = { .size = sizeof v };
		struct kst_target *target;
		size_t done = 0;

		image_put64(img, mistate + rows[i].paged + 0x20, 0xffffc00000000000);
		image_put64(img, mistate + rows[i].paged + 0x10, 0x100000); /* pages */
		image_put64(img, mistate + rows[i].nodes, node);
		image_put64(img, node + rows[i].first, 0xffffe00000000000);
		image_put64(img, node + rows[i].first + 8, 0xffffe0000fffffff);
		target = image_target_symbols(img, layout, &symbol, 1);
		assert_int_equal(kst_pool_ranges(target, ranges, sizeof ranges[0], ROWS_COUNT(ranges), &done, NULL),
				 KST_OK);
		assert_int_equal(done, 2);
		assert_true(ranges[0].region == KST_POOL_REGION_PAGED && ranges[0].start == 0xffffc00000000000 &&
			    ranges[0].end == 0xffffc00100000000);
		assert_true(ranges[1].region == KST_POOL_REGION_NONPAGED && ranges[1].start == 0xffffe00000000000 &&
			    ranges[1].end == 0xffffe00010000000);
		assert_int_equal(kst_pool_find(target, NULL, 0xffffc00000123450, &v, NULL), KST_OK);
		assert_int_equal(v.region, KST_POOL_REGION_PAGED);
		assert_int_equal(kst_pool_find(target, NULL, 0xffffe00000123450, &v, NULL), KST_OK);
		assert_int_equal(v.region, KST_POOL_REGION_NONPAGED);
		assert_int_equal(kst_pool_find(target, NULL, 0xfffff00000123450, &v, NULL), KST_OK);
		assert_int_equal(v.region, KST_POOL_REGION_UNKNOWN);
		/* nonsense is no range */
		image_put64(img, mistate + rows[i].paged + 0x10, UINT64_MAX);
		image_put64(img, node + rows[i].first + 8, 0xffffe00000000000);
		assert_int_equal(kst_pool_ranges(target, ranges, sizeof ranges[0], ROWS_COUNT(ranges), &done, NULL),
				 KST_OK);
		assert_int_equal(done, 0);
		for (uint64_t n = 1; n < 12; n++) {
			image_fail(img, n, n % 2 != 0, HOST_FAILURE);
			assert_true(kst_pool_ranges(target, ranges, sizeof ranges[0], ROWS_COUNT(ranges), &done,
						    NULL) == (image_reads(img) >= n ? KST_E_HOST : KST_OK));
			image_fail(img, n, n % 2 != 0, KST_E_FAULT);
			assert_int_equal(
				kst_pool_ranges(target, ranges, sizeof ranges[0], ROWS_COUNT(ranges), &done, NULL),
				KST_OK);
		}
		image_free(img);
		free(layout);
	}
}

/* x86 since Vista: ranges of globals cannot say that there is no pool, also where the table of classes is not known. */
static void of_pieces(void **state)
{
	static const struct {
		enum pool_layout which;
		uint32_t region;
	} rows[] = { { POOL_XP_X86, KST_POOL_REGION_OUTSIDE }, { POOL_7_X86, KST_POOL_REGION_UNKNOWN } };

	(void)state;
	for (size_t i = 0; i < ROWS_COUNT(rows); i++) {
		struct kst_pool_verdict v = { .size = sizeof v };
		struct pool_machine m;

		pool_machine_begin(&m, rows[i].which);
		pool_global(&m, "MmNonPagedPoolStart", 0xb0241000);
		pool_global(&m, "MmNonPagedPoolEnd0", 0xb0a09000);
		pool_global(&m, "MmPagedPoolStart", 0xe1000000);
		pool_global(&m, "MmPagedPoolEnd", 0xed3fffff);
		pool_machine_finish(&m);
		assert_int_equal(kst_pool_find(m.target, NULL, 0xb0301230, &v, NULL), KST_OK);
		assert_int_equal(v.region, KST_POOL_REGION_NONPAGED);
		assert_int_equal(kst_pool_find(m.target, NULL, 0xf8001230, &v, NULL), KST_OK);
		assert_int_equal(v.region, rows[i].region);
		pool_machine_end(&m);
	}
}

/* x86, Vista to 8.1: a class for each part of kernel space, which is finer than the ranges of globals. */
static void of_classes(void **state)
{
	static const struct {
		uint32_t paging, shift;
	} rows[] = { { KST_PAGING_X86, 22 }, { KST_PAGING_PAE, 21 } };
	static const uint8_t classes[] = { 5, 6, 7, 13, 8, 0 };
	static const uint32_t regions[] = {
		KST_POOL_REGION_NONPAGED, KST_POOL_REGION_PAGED,   KST_POOL_REGION_SPECIAL,
		KST_POOL_REGION_SPECIAL,  KST_POOL_REGION_UNKNOWN, KST_POOL_REGION_UNKNOWN
	};
	static const uint64_t table = 0x82700000, start_at = 0x82701000;

	(void)state;
	for (size_t i = 0; i < ROWS_COUNT(rows); i++) {
		struct image *img = image_new(rows[i].paging);
		struct kst_layout *layout = layout_builtin(KST_ARCH_X86, 7601, 0);
		const struct kst_symbol symbols[] = { { table, "MiSystemVaType" },
						      { start_at, "MmSystemRangeStart" },
						      { start_at + 4, "MmPagedPoolStart" },
						      { start_at + 8, "MmPagedPoolEnd" } };
		struct kst_target *target;

		image_put32(img, start_at, 0x80000000);
		image_put32(img, start_at + 4, 0x80000000u + (0x40u << rows[i].shift));
		image_put32(img, start_at + 8, 0x80000000u + (0x44u << rows[i].shift) - 1);
		image_put(img, table + 0x40, classes, sizeof classes);
		target = image_target_symbols(img, layout, symbols, ROWS_COUNT(symbols));
		for (size_t k = 0; k < sizeof classes; k++) {
			uint64_t address = 0x80000000u + ((uint64_t)(0x40 + k) << rows[i].shift) + 0x12340;
			struct kst_pool_verdict v = { .size = sizeof v };

			assert_int_equal(kst_pool_find(target, NULL, address, &v, NULL), KST_OK);
			assert_int_equal(v.region, regions[k]);
			image_fail(img, 2, true, HOST_FAILURE);
			assert_int_equal(kst_pool_find(target, NULL, address, &v, NULL), KST_E_HOST);
			image_fail(img, 0, false, KST_OK);
		}
		image_free(img);
		free(layout);
	}
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(two_parts),
		cmocka_unit_test(first_part_by_length),
		cmocka_unit_test(by_length_and_unknown),
		cmocka_unit_test(of_state),
		cmocka_unit_test(of_pieces),
		cmocka_unit_test(of_classes),
		cmocka_unit_test(survives_failing_reads),
	};

	return cmocka_run_group_tests_name("pool ranges", tests, NULL, NULL);
}
