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
	assert_int_equal(kst_cursor_end(NULL), KST_WALK_RUNNING);
	assert_int_equal(kst_cursor_count(NULL), 0);
	assert_int_equal(kst_cursor_anomalies(NULL), 0);
	kst_target_destroy(t);
	kst_target_destroy(NULL);
	image_free(img);
}

/* A wrong argument says so and leaves the walk as it was; what ends it comes again, whatever the argument. */
static void refuses(void **state)
{
	struct image *img = image_new(KST_PAGING_X64);
	struct kst_target *t = image_target(img, NULL);
	struct kst_dpc out = { .size = sizeof out };
	struct kst_error err = { .size = sizeof err };
	struct kst_cursor cursor, before;
	struct kst__cursor *c = kst__cursor_begin(&cursor, t, 1);

	(void)state;
	before = cursor;
	assert_int_equal(kst__cursor_ready(NULL, 1, &out, sizeof out, &err), KST_E_ARG);
	assert_int_equal(kst__cursor_ready(&cursor, 2, &out, sizeof out, &err), KST_E_ARG);
	assert_int_equal(kst__cursor_ready(&cursor, 1, NULL, sizeof out, &err), KST_E_ARG);
	out.size = sizeof out - 1;
	assert_int_equal(kst__cursor_ready(&cursor, 1, &out, sizeof out, &err), KST_E_ABI);
	assert_int_equal(err.code, KST_E_ABI);
	assert_memory_equal(&cursor, &before, sizeof cursor);
	out.size = sizeof out;
	assert_int_equal(kst__cursor_ready(&cursor, 1, &out, sizeof out, &err), KST_OK);
	kst__cursor_keep(c, KST_E_CORRUPT, NULL);
	out.size = 0;
	assert_int_equal(kst__cursor_ready(&cursor, 1, &out, sizeof out, &err), KST_E_ABI);
	out.size = sizeof out;
	assert_int_equal(kst__cursor_ready(&cursor, 1, &out, sizeof out, &err), KST_E_CORRUPT);
	assert_int_equal(err.code, KST_E_CORRUPT);
	image_free(img);
}

struct end_row {
	const char *name;
	kst_status status;
	uint32_t named; /* the end that the walk gave itself */
	uint32_t end;
};

static const struct end_row end_rows[] = {
	{ "closed", KST_END, KST_WALK_CLOSED, KST_WALK_CLOSED },
	{ "unreadable without a failure", KST_END, KST_WALK_UNREADABLE, KST_WALK_UNREADABLE },
	{ "not in memory", KST_E_FAULT, KST_WALK_RUNNING, KST_WALK_UNREADABLE },
	{ "the host failed", KST_E_HOST, KST_WALK_RUNNING, KST_WALK_UNREADABLE },
	{ "a limit", KST_E_LIMIT, KST_WALK_RUNNING, KST_WALK_BUDGET },
	{ "a loop", KST_E_CORRUPT, KST_WALK_LOOP, KST_WALK_LOOP },
	{ "a mismatch", KST_E_CORRUPT, KST_WALK_MISMATCH, KST_WALK_MISMATCH },
};

/* What ends a walk is kept; elements before it are counted, nothing is written after it. */
static void keeps_the_end(void **state)
{
	const struct end_row *row = *state;
	struct image *img = image_new(KST_PAGING_X64);
	struct kst_target *t = image_target(img, NULL);
	struct kst_dpc out = { .size = sizeof out }, ours = { .address = 7 };
	struct kst_cursor cursor;
	struct kst__cursor *c = kst__cursor_begin(&cursor, t, 1);

	assert_int_equal(kst__cursor_deliver(c, KST_OK, &out, &ours, sizeof ours, NULL), KST_OK);
	assert_int_equal(out.address, 7);
	assert_int_equal(out.size, sizeof out);
	assert_int_equal(kst_cursor_end(&cursor), KST_WALK_RUNNING);
	ours.address = 8;
	if (row->named != KST_WALK_RUNNING)
		assert_int_equal(kst__cursor_finish(c, row->named, row->status), row->status);
	assert_int_equal(kst__cursor_deliver(c, row->status, &out, &ours, sizeof ours, NULL), row->status);
	for (int i = 0; i < 2; i++) {
		assert_int_equal(out.address, 7);
		assert_int_equal(kst_cursor_end(&cursor), row->end);
		assert_int_equal(kst_cursor_count(&cursor), 1);
		assert_int_equal(kst__cursor_ready(&cursor, 1, &out, sizeof out, NULL), row->status);
	}
	image_free(img);
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(finds_every_loop), cmocka_unit_test(keeps_the_budget),
					    cmocka_unit_test(refuses) };

	return RUN_TESTS_AND_ROWS("cursor", tests, end_rows, keeps_the_end);
}
