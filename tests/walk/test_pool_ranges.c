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
	assert_int_equal(kst_pool_ranges(m.target, ranges, 8, 2, &done, NULL), KST_E_ABI);
	assert_int_equal(kst_pool_ranges(m.target, ranges, 8, 2, NULL, NULL), KST_E_ARG);
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

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(two_parts),
		cmocka_unit_test(by_length_and_unknown),
		cmocka_unit_test(survives_failing_reads),
	};

	return cmocka_run_group_tests_name("pool ranges", tests, NULL, NULL);
}
