/* SPDX-License-Identifier: MIT */
/* What all walks share: loops are found wherever they begin, budgets hold, cursors of other walks are refused. */
#include "support/image.h"
#include "support/support.h"
#include "walk/target.h"

static void finds_every_loop(void **state)
{
	struct image *img = image_new(KST_PAGING_X64);
	struct kst_target *t = image_target(img, NULL);

	(void)state;
	for (uint64_t lead = 0; lead < 40; lead += 3) {
		for (uint64_t loop = 1; loop < 40; loop += 3) {
			struct kst_cursor cursor;
			struct kst__cursor *c = kst__cursor_begin(&cursor, t, KST__KIND('t', 'e', 's', 't'));
			uint64_t at = 0, steps = 0;
			kst_status st;

			while ((st = kst__cursor_step(c, 0x1000 + at, NULL)) == KST_OK) {
				at = at + 1 < lead + loop ? at + 1 : lead;
				assert_true(++steps < 8 * (lead + loop) + 8);
			}
			assert_int_equal(st, KST_E_CORRUPT);
			assert_int_equal(kst_cursor_end(&cursor), KST_WALK_LOOP);
			assert_true(steps >= lead + loop); /* never before something was seen twice */
		}
	}
	image_free(img);
}

static void keeps_the_budget(void **state)
{
	struct image *img = image_new(KST_PAGING_X64);
	struct kst_target_config config = { .size = sizeof config,
					    .step_budget = 10,
					    .reader = image_reader(img),
					    .reader_user = img,
					    .identity = image_identity(img) };
	struct kst_target *t = NULL;
	struct kst_cursor cursor;
	struct kst__cursor *c;
	uint64_t n = 0;

	(void)state;
	assert_int_equal(kst_target_create(&config, &t, NULL), KST_OK);
	c = kst__cursor_begin(&cursor, t, 1);
	while (kst__cursor_step(c, 0x1000 + n, NULL) == KST_OK)
		n++;
	assert_int_equal(n, 10);
	assert_int_equal(kst_cursor_end(&cursor), KST_WALK_BUDGET);
	assert_null(kst__cursor_of(&cursor, 2));
	assert_non_null(kst__cursor_of(&cursor, 1));
	assert_int_equal(kst_cursor_end(NULL), KST_WALK_RUNNING);
	assert_int_equal(kst_cursor_count(NULL), 0);
	assert_int_equal(kst_cursor_anomalies(NULL), 0);
	kst_target_destroy(t);
	kst_target_destroy(NULL);
	image_free(img);
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(finds_every_loop), cmocka_unit_test(keeps_the_budget) };

	return cmocka_run_group_tests_name("cursor", tests, NULL, NULL);
}
