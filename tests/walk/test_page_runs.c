/* SPDX-License-Identifier: MIT */
#include "support/page_tables.h"
#include "support/sweep.h"

#include <stdlib.h>

/* Runs cover a range without a gap and say what kst_translate says. */
static void runs_of_a_range(void **state)
{
	const struct paging_row *row = *state;
	struct image *img = image_new(row->paging);
	uint64_t base = row->va & ~(uint64_t)0xfff, at = base - 0x3000;
	struct kst_page_run run = { .size = sizeof run };
	struct kst_cursor cursor;
	struct kst_target *t;
	unsigned n = 0, valid = 0;
	kst_status st;

	for (unsigned i = 0; i < 6; i++)
		image_put64(img, base + i * 0x1000, i);
	image_unmap(img, base + 0x4000);
	make_transition(img, row, base + 0x2000, 1);
	t = image_target(img, NULL);
	assert_int_equal(kst_page_runs_begin(&cursor, t, KST_SPACE_KERNEL, at + 0x123, base + 0x7001, 0, NULL), KST_OK);
	while ((st = kst_page_runs_next(&cursor, &run, NULL)) == KST_OK) {
		assert_true(run.address == at);
		for (uint64_t va = run.address; va < run.address + run.length; va += 0x1000) {
			struct kst_translation one = translated(t, va, 0);

			assert_int_equal(one.state, run.state);
			assert_int_equal(one.read, run.read);
			assert_int_equal(one.breakpoint_owed, run.breakpoint_owed);
			if (run.present & KST_TRANSLATION_HAS_PHYSICAL)
				assert_true(one.physical == run.physical + (va - run.address));
			valid += one.state == KST_PTE_VALID;
		}
		at += run.length;
		n++;
	}
	assert_int_equal(st, KST_END);
	assert_int_equal(kst_cursor_end(&cursor), KST_WALK_CLOSED);
	assert_true(at == base + 0x8000);
	assert_int_equal(valid, 4);
	assert_true(n >= 5 && kst_cursor_count(&cursor) == n); /* hole, two, transition, one, hole, one, hole */
	assert_int_equal(kst_page_runs_next(&cursor, &run, NULL), KST_END);
	/* the whole address space: bounded, and past the addresses that are not canonical */
	assert_int_equal(kst_page_runs_begin(&cursor, t, KST_SPACE_KERNEL, 0, UINT64_MAX, 0, NULL), KST_OK);
	while ((st = kst_page_runs_next(&cursor, &run, NULL)) == KST_OK)
		at = run.address + run.length - 1;
	assert_int_equal(st, KST_END);
	assert_true(at == (row->entry == 4 || row->paging == KST_PAGING_PAE ? UINT32_MAX : UINT64_MAX));
	/* a failing host ends it, and what was found first is given first */
	assert_int_equal(kst_page_runs_begin(&cursor, t, KST_SPACE_KERNEL, base, base + 0xfff, 0, NULL), KST_OK);
	image_fail(img, 1, true, -7);
	run.state = 77;
	assert_int_equal(kst_page_runs_next(&cursor, &run, NULL), KST_E_HOST);
	assert_int_equal(kst_page_runs_next(&cursor, &run, NULL), KST_E_HOST);
	assert_int_equal(run.state, 77);
	image_free(img);
}

/* Tables that lead to themselves are bounded by the budget of the target. */
static void tables_in_a_loop(void **state)
{
	struct image *img = image_new(KST_PAGING_X64);
	struct kst_target_config config = { .size = sizeof config,
					    .step_budget = 5000,
					    .reader = image_reader(img),
					    .reader_user = img,
					    .identity = image_identity(img) };
	struct kst_page_run run = { .size = sizeof run };
	struct kst_cursor cursor;
	struct kst_target *t;
	kst_status st;

	(void)state;
	for (unsigned i = 0; i < 512; i++)
		put_entry(image_physical_page(img, image_dtb(img)) + i * 8, 8,
			  (image_dtb(img) | 0x63) + ((uint64_t)(i & 1) << 52));
	assert_int_equal(kst_target_create(&config, &t, NULL), KST_OK);
	assert_int_equal(translated(t, 0xffffffffffffffff, 0).state, KST_PTE_VALID);
	assert_int_equal(kst_page_runs_begin(&cursor, t, KST_SPACE_KERNEL, 0, UINT64_MAX, 0, NULL), KST_OK);
	while ((st = kst_page_runs_next(&cursor, &run, NULL)) == KST_OK)
		;
	assert_int_equal(st, KST_E_LIMIT);
	assert_int_equal(kst_cursor_end(&cursor), KST_WALK_BUDGET);
	kst_target_destroy(t);
	image_free(img);
}

/* Each argument that is wrong, and each read that fails. */
static void refuses(void **state)
{
	struct image *img = image_new(KST_PAGING_X64);
	struct kst_target *t = image_target(img, NULL);
	struct kst_cursor cursor;

	(void)state;
	assert_int_equal(kst_page_runs_begin(&cursor, t, KST_SPACE_PHYSICAL, 0, 1, 0, NULL), KST_E_ARG);
	assert_int_equal(kst_page_runs_begin(&cursor, t, KST_SPACE_KERNEL, 2, 1, 0, NULL), KST_E_ARG);
	assert_int_equal(kst_page_runs_begin(&cursor, t, KST_SPACE_KERNEL, 0, 1, 2, NULL), KST_E_ARG);
	image_identity(img)->paging = KST_PAGING_NONE;
	image_identity(img)->present &= ~(uint64_t)KST_IDENTITY_HAS_DTB;
	image_virtual(img, true);
	t = image_target(img, NULL);
	assert_int_equal(kst_page_runs_begin(&cursor, t, KST_SPACE_KERNEL, 0, 1, 0, NULL), KST_E_ARG);
	image_free(img);
}

static void every_read_may_fail(void **state)
{
	const struct paging_row *row = *state;
	uint64_t base = row->va & ~(uint64_t)0xfff;
	struct image *whole = image_new(row->paging);
	struct kst_target *machine;

	image_put64(whole, base, 1);
	image_put64(whole, base + 0x2000, 2);
	machine = image_target(whole, NULL);
	SWEEP(whole, kst_page_run,
	      kst_page_runs_begin(&sweep.cursor, machine, KST_SPACE_KERNEL, base, base + 0x2fff, 0, &sweep.err),
	      kst_page_runs_next)
		assert_true(sweep.status == KST_END || sweep.status == KST_E_HOST);
	image_free(whole);
	for (unsigned kind = 0; kind < 4; kind++) {
		kst_status with = kind & 1 ? -7 : KST_E_FAULT;

		for (uint64_t n = 1;; n++) {
			struct image *img = image_new(row->paging);
			struct kst_page_run run = { .size = sizeof run };
			uint64_t covered = 0;
			struct kst_cursor cursor;
			struct kst_target *t;
			bool enough;
			kst_status st;

			image_put64(img, base, 1);
			image_put64(img, base + 0x2000, 2);
			t = image_target(img, NULL);
			image_fail(img, n, (kind & 2) != 0, with);
			assert_int_equal(
				kst_page_runs_begin(&cursor, t, KST_SPACE_KERNEL, base, base + 0x2fff, 0, NULL),
				KST_OK);
			while ((st = kst_page_runs_next(&cursor, &run, NULL)) == KST_OK)
				covered += run.length;
			enough = image_reads(img) < n;
			if (st == KST_E_HOST)
				assert_int_equal(with, -7);
			else
				assert_true(st == KST_END && covered == 0x3000); /* what is missing is a run as well */
			image_free(img);
			if (enough)
				break;
		}
	}
}

int main(void)
{
	struct CMUnitTest tests[2 + 2 * sizeof paging_rows / sizeof paging_rows[0]] = {
		cmocka_unit_test(tables_in_a_loop),
		cmocka_unit_test(refuses),
	};
	size_t n = 2;

	n += ROWS_TO_TESTS(tests + n, paging_rows, runs_of_a_range);
	n += ROWS_TO_TESTS(tests + n, paging_rows, every_read_may_fail);
	return _cmocka_run_group_tests("page runs", tests, n, NULL, NULL);
}
