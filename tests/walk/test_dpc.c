/* SPDX-License-Identifier: MIT */
/* Queues of every generation; broken ones end with a reason. */
#include "support/processor_forge.h"
#include "support/sweep.h"

static struct kst_processor only_processor(const struct forged_processor *f)
{
	struct kst_processor p = { .size = sizeof p };
	struct kst_cursor cursor;

	assert_int_equal(kst_processors_begin(&cursor, f->target, NULL), KST_OK);
	assert_int_equal(kst_processors_next(&cursor, &p, NULL), KST_OK);
	return p;
}

static void walks_the_queue(void **state)
{
	const struct forge_build *row = *state;

	for (size_t count = 0; count <= 3; count++) {
		struct kst_dpc_queue q = { .size = sizeof q };
		struct kst_dpc d = { .size = sizeof d };
		struct forged_processor f;
		struct kst_processor p;
		struct kst_cursor cursor;
		kst_status threaded;

		forge_processor(&f, layout_builtin(row->arch, row->build, 0), count);
		p = only_processor(&f);
		assert_int_equal(kst_dpc_queue(f.target, &p, KST_DPC_NORMAL, &q, NULL), KST_OK);
		assert_int_equal(q.depth, count);
		assert_true((q.present & KST_DPC_QUEUE_HAS_PROCESSOR) != 0 && q.processor == 0);
		assert_int_equal(q.anomalies, 0);
		assert_true(q.first == (count == 0 ? 0 : f.dpcs[0]) && q.last == (count == 0 ? 0 : f.dpcs[count - 1]));
		assert_int_equal(kst_dpcs_begin(&cursor, f.target, &q, NULL), KST_OK);
		for (size_t i = 0; i < count; i++) {
			assert_int_equal(kst_dpcs_next(&cursor, &d, NULL), KST_OK);
			assert_true(d.address == f.dpcs[i]);
			assert_int_equal(d.anomalies, 0);
			assert_int_equal(d.importance, i % 4);
			assert_true(d.routine == f.kprcb + 0x100000 + i && d.context == 0x1000 + i);
			assert_true(d.arguments[0] == 1 && d.arguments[1] == 2);
		}
		assert_int_equal(kst_dpcs_next(&cursor, &d, NULL), KST_END);
		assert_int_equal(kst_cursor_end(&cursor), f.singly ? KST_WALK_TERMINATED : KST_WALK_CLOSED);
		threaded = kst_dpc_queue(f.target, &p, KST_DPC_THREADED, &q, NULL);
		assert_int_equal(threaded, f.xp ? KST_END : KST_OK);
		if (!f.xp) {
			assert_int_equal(q.depth, 0);
			assert_true(q.first == 0);
			assert_int_equal(q.anomalies, 0);
		}
		forge_processor_free(&f);
	}
}

/* A number that the processor's block does not tell is not made up. */
static void number_is_not_known(void **state)
{
	struct kst_dpc_queue q = { .size = sizeof q };
	struct forged_processor f;
	struct kst_processor p;

	(void)state;
	forge_processor(&f, layout_builtin(KST_ARCH_X64, 19041, 0), 1);
	p = only_processor(&f);
	p.present &= ~(uint64_t)KST_PROCESSOR_HAS_NUMBER;
	p.number = 7;
	assert_int_equal(kst_dpc_queue(f.target, &p, KST_DPC_NORMAL, &q, NULL), KST_OK);
	assert_int_equal(q.present & KST_DPC_QUEUE_HAS_PROCESSOR, 0);
	assert_int_equal(q.processor, 0);
	assert_int_equal(q.depth, 1);
	forge_processor_free(&f);
}

/* What is broken, and how the walk must end. */
enum { LOOP, CUT, DEPTH, TYPE, USER_LINK, NO_LIST };
struct broken {
	const char *name;
	uint32_t arch, build;
	int what;
	uint64_t count;
	uint32_t end;
};

static const struct broken broken[] = {
	{ "singly linked list in a loop", KST_ARCH_X64, 19041, LOOP, 0, KST_WALK_LOOP },
	{ "circular list in a loop past its head", KST_ARCH_X64, 7601, LOOP, 0, KST_WALK_LOOP },
	{ "second KDPC not in memory", KST_ARCH_X64, 19041, CUT, 1, KST_WALK_UNREADABLE },
	{ "second KDPC not in memory, 7", KST_ARCH_X86, 7601, CUT, 1, KST_WALK_UNREADABLE },
	{ "depth says more", KST_ARCH_X64, 22000, DEPTH, 3, KST_WALK_MISMATCH },
	{ "an object of another type", KST_ARCH_X64, 22000, TYPE, 3, KST_WALK_TERMINATED },
	{ "a link into user memory", KST_ARCH_X64, 19041, USER_LINK, 1, KST_WALK_UNREADABLE },
	{ "the list is not known", KST_ARCH_X64, 19041, NO_LIST, 0, KST_WALK_UNREADABLE },
	{ "the list is not known, 7", KST_ARCH_X86, 7601, NO_LIST, 0, KST_WALK_UNREADABLE },
};

static void ends_with_a_reason(void **state)
{
	const struct broken *row = *state;
	struct kst_dpc_queue q = { .size = sizeof q };
	struct kst_dpc d = { .size = sizeof d };
	struct forged_processor f;
	struct kst_processor p;
	struct kst_cursor cursor;
	uint64_t seen = 0, anomalies = 0, link;
	kst_status st;

	forge_processor(&f, layout_builtin(row->arch, row->build, 0), 3);
	link = forge_offset(f.layout, "_KDPC", "DpcListEntry");
	if (row->what == LOOP)
		image_put_pointer(f.img, f.dpcs[2] + link, f.dpcs[0] + link);
	if (row->what == CUT)
		image_unmap(f.img, f.dpcs[1]);
	if (row->what == DEPTH)
		image_put_member(f.img, f.layout, f.queue, "_KDPC_DATA", "DpcQueueDepth", 9);
	if (row->what == TYPE)
		image_put_member(f.img, f.layout, f.dpcs[1], "_KDPC", "Type", 5);
	if (row->what == USER_LINK)
		image_put_pointer(f.img, f.dpcs[0] + link, 0x10000);
	p = only_processor(&f);
	assert_int_equal(kst_dpc_queue(f.target, &p, KST_DPC_NORMAL, &q, NULL), KST_OK);
	if (row->what == NO_LIST) { /* as where the memory ends before the list head */
		q.present = 0;
		q.first = q.last = q.depth = 0;
	}
	assert_int_equal(kst_dpcs_begin(&cursor, f.target, &q, NULL), KST_OK);
	while ((st = kst_dpcs_next(&cursor, &d, NULL)) == KST_OK && seen < 100) {
		seen++;
		anomalies |= d.anomalies;
	}
	assert_int_equal(kst_cursor_end(&cursor), row->end);
	assert_int_equal(st, row->end == KST_WALK_LOOP ? KST_E_CORRUPT : KST_END);
	if (row->count != 0 || row->what == NO_LIST)
		assert_int_equal(seen, row->count);
	assert_true(((anomalies & KST_DPC_ANOMALY_TYPE) != 0) == (row->what == TYPE));
	assert_int_equal(kst_dpcs_next(&cursor, &d, NULL), st);
	assert_int_equal(kst_cursor_end(&cursor), row->end);
	forge_processor_free(&f);
}

static void survives_every_failing_read(void **state)
{
	(void)state;
	for (int old = 0; old < 2; old++) {
		struct kst_dpc_queue q = { .size = sizeof q };
		struct forged_processor f;
		struct kst_processor p;

		forge_processor(&f, layout_builtin(KST_ARCH_X64, old ? 7601 : 19041, 0), 3);
		p = only_processor(&f);
		assert_int_equal(kst_dpc_queue(f.target, &p, KST_DPC_NORMAL, &q, NULL), KST_OK);
		SWEEP(f.img, kst_dpc, kst_dpcs_begin(&sweep.cursor, f.target, &q, &sweep.err), kst_dpcs_next)
			assert_true(sweep.status == KST_END || sweep.status == KST_E_HOST);
		forge_processor_free(&f);
	}
}

int main(void)
{
	struct CMUnitTest tests[64] = { { 0 } };
	size_t count = rows_to_tests(tests, forge_builds, forge_builds_count, sizeof forge_builds[0], walks_the_queue);

	count += ROWS_TO_TESTS(tests + count, broken, ends_with_a_reason);
	tests[count++] = (struct CMUnitTest)cmocka_unit_test(survives_every_failing_read);
	tests[count++] = (struct CMUnitTest)cmocka_unit_test(number_is_not_known);
	return _cmocka_run_group_tests("dpc queues", tests, count, NULL, NULL);
}
