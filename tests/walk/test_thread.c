/* SPDX-License-Identifier: MIT */
#include "support/processor_forge.h"
#include "support/sweep.h"
#include "support/user_forge.h"

#include <stdlib.h>

struct world {
	struct image *img;
	struct kst_layout *layout;
	struct kst_target *target;
	uint64_t process[2];
	uint64_t thread[4]; /* three of the first process, one of the second */
	uint64_t dtb;
	uint32_t width;
};

static struct world make(uint32_t paging)
{
	bool wide = paging == KST_PAGING_X64;
	struct world w = { .img = image_new(paging),
			   .layout = wide ? layout_19041_x64() : layout_3790_x86(),
			   .width = wide ? 8 : 4 };
	uint64_t base = wide ? 0xffffa80000010080 : 0x89e10088;

	w.dtb = image_new_process(w.img);
	for (int i = 0; i < 2; i++) {
		w.process[i] = base + (uint64_t)i * 0x10000;
		forge_process(w.img, w.layout,
			      &(struct forged_process){ w.process[i], 4 + 4u * (uint64_t)i, 0, "p", w.dtb, 0x7ffd9000,
							1, 3 });
	}
	for (int i = 0; i < 4; i++) {
		struct forged_thread t = { base + 0x40000 + (uint64_t)i * 0x2000,
					   i < 3 ? 4 : 8,
					   0x100 + 4u * (uint64_t)i,
					   w.process[i < 3 ? 0 : 1],
					   5,
					   6,
					   base + 0x80000,
					   base + 0x7d000,
					   base + 0x7fb3c,
					   0x7ffde000 };

		w.thread[i] = t.address;
		forge_thread(w.img, w.layout, &t);
		image_put_member(w.img, w.layout, t.address, "_KTHREAD", "KernelStackResident", 1);
	}
	forge_thread_lists(w.img, w.layout, w.process[0], w.thread, 3);
	forge_thread_lists(w.img, w.layout, w.process[1], w.thread + 3, 1);
	forge_process_list(w.img, w.layout, w.process, 2);
	put_in(w.img, w.dtb, 0x7ffde000 + user_place(w.width, "_TEB", "NtTib.StackBase"), 0x130000, w.width);
	put_in(w.img, w.dtb, 0x7ffde000 + user_place(w.width, "_TEB", "NtTib.StackLimit"), 0x12c000, w.width);
	w.target = forged_target(w.img, w.layout);
	return w;
}

/* Reading the global that leads to the Idle process fails in the host: that is no missing symbol. */
static void idle_and_the_host(void **state)
{
	struct world w = make(KST_PAGING_X64);
	struct kst_symbol symbols[] = { { 0xffffa80000100000, "PsIdleProcess" },
					{ FORGED_HEAD(8), "PsActiveProcessHead" } };
	struct kst_process process = { .size = sizeof process };
	struct kst_target *t;

	(void)state;
	image_put64(w.img, symbols[0].address, w.process[0]);
	t = image_target_symbols(w.img, w.layout, symbols, 2);
	assert_int_equal(kst_process_idle(t, &process, NULL), KST_OK);
	for (uint64_t n = 1; n < 6; n++) {
		image_fail(w.img, n, false, -99);
		assert_int_equal(kst_process_idle(t, &process, NULL), KST_E_HOST);
	}
	SWEEP(w.img, kst_thread, kst_threads_begin(&sweep.cursor, t, 0, KST_THREADS_EXECUTIVE, &sweep.err),
	      kst_threads_next)
		assert_true(sweep.begun || sweep.status == KST_E_HOST);
	image_free(w.img);
	free(w.layout);
}

/* Without KiProcessorBlock the KPCR that the container knows leads there; a host that fails on the way is told. */
static void current_by_the_kpcr(void **state)
{
	struct kst_thread thread = { .size = sizeof thread };
	struct kst_error err = { .size = sizeof err };
	struct forged_processor f;
	struct kst_target *t;

	(void)state;
	forge_processor(&f, layout_builtin(KST_ARCH_X64, 19041, 0), 0);
	image_identity(f.img)->kpcr = f.kpcr;
	image_identity(f.img)->present |= KST_IDENTITY_HAS_KPCR;
	t = image_target(f.img, f.layout);
	assert_int_equal(kst_thread_current(t, 0, &thread, NULL), KST_OK);
	assert_true(thread.address == f.thread);
	assert_int_equal(kst_thread_current(t, 1, &thread, NULL), KST_E_NO_MEMBER);
	for (uint64_t n = 1;; n++) {
		kst_status st;

		image_fail(f.img, n, false, -99);
		thread.address = 9;
		st = kst_thread_current(t, 0, &thread, &err);
		if (image_reads(f.img) < n)
			break;
		assert_true(st == KST_E_HOST && err.host_code == -99 && thread.address == 9);
	}
	forge_processor_free(&f);
}

static void end(struct world *w)
{
	image_free(w->img);
	free(w->layout);
}

/* With /3GB user mode of x86 reaches to C0000000. */
static void teb_above_two_gibibytes(void **state)
{
	struct world w = make(KST_PAGING_X86);
	struct kst_thread t = { .size = sizeof t };

	(void)state;
	for (uint64_t teb = 0xbfffe000; teb <= 0xc0000000; teb += 0x2000) {
		image_put_member(w.img, w.layout, w.thread[0], "_KTHREAD", "Teb", teb);
		put_in(w.img, w.dtb, teb + user_place(w.width, "_TEB", "NtTib.StackBase"), 0x130000, w.width);
		put_in(w.img, w.dtb, teb + user_place(w.width, "_TEB", "NtTib.StackLimit"), 0x12c000, w.width);
		assert_int_equal(kst_thread_read(w.target, w.thread[0], &t, NULL), KST_OK);
		assert_int_equal((t.present & KST_THREAD_HAS_USER_STACK) != 0, teb < 0xc0000000);
		assert_int_equal((t.anomalies & KST_THREAD_ANOMALY_TEB) != 0, teb >= 0xc0000000);
	}
	end(&w);
}

static uint64_t entry(const struct world *w, int thread)
{
	return w->thread[thread] + place_of(w->layout, "_ETHREAD", "ThreadListEntry");
}

static void nothing(struct world *w)
{
	(void)w;
}

static void loop(struct world *w)
{
	image_put_pointer(w->img, entry(w, 2), entry(w, 1));
}

static void paged_out(struct world *w)
{
	image_unmap(w->img, entry(w, 1));
}

static void to_user(struct world *w)
{
	image_put_pointer(w->img, entry(w, 0), 0x1000);
}

struct row {
	const char *name;
	uint32_t paging;
	void (*change)(struct world *w);
	uint64_t count; /* of the first process; UINT64_MAX: any */
	kst_status status;
	uint32_t end;
	uint64_t all; /* of both processes: the second one is whole */
	uint64_t anomalies;
};

static const struct row rows[] = {
	{ "x64", KST_PAGING_X64, nothing, 3, KST_END, KST_WALK_CLOSED, 4, 0 },
	{ "x86", KST_PAGING_X86, nothing, 3, KST_END, KST_WALK_CLOSED, 4, 0 },
	{ "pae", KST_PAGING_PAE, nothing, 3, KST_END, KST_WALK_CLOSED, 4, 0 },
	{ "loop", KST_PAGING_X64, loop, UINT64_MAX, KST_E_CORRUPT, KST_WALK_LOOP, UINT64_MAX,
	  KST_WALK_ANOMALY_SKIPPED },
	{ "one paged out", KST_PAGING_X86, paged_out, 1, KST_E_FAULT, KST_WALK_UNREADABLE, 2,
	  KST_WALK_ANOMALY_SKIPPED },
	{ "to user mode", KST_PAGING_X64, to_user, 1, KST_E_CORRUPT, KST_WALK_MISMATCH, 2, KST_WALK_ANOMALY_SKIPPED },
};

static void walks(void **state)
{
	const struct row *row = *state;
	struct world w = make(row->paging);
	struct kst_thread t = { .size = sizeof t };
	struct kst_error err = { .size = sizeof err };
	struct kst_cursor cursor;
	uint64_t last = 0;
	kst_status st;

	row->change(&w);
	assert_int_equal(kst_threads_begin(&cursor, w.target, w.process[0], KST_THREADS_EXECUTIVE, &err), KST_OK);
	while ((st = kst_threads_next(&cursor, &t, &err)) == KST_OK) {
		assert_true(kst_cursor_count(&cursor) < 20);
		if (kst_cursor_count(&cursor) > 1)
			continue;
		assert_true(t.address == w.thread[0] && t.pid == 4 && t.tid == 0x100 && t.process == w.process[0]);
		assert_int_equal(t.state, KST_THREAD_WAITING);
		assert_true(t.user_stack_base == 0x130000 && t.user_stack_limit == 0x12c000);
		assert_true(t.anomalies == 0);
		assert_true(t.traits == 0);
	}
	assert_int_equal(st, row->status);
	assert_int_equal(kst_cursor_end(&cursor), row->end);
	if (row->count != UINT64_MAX)
		assert_true(kst_cursor_count(&cursor) == row->count);
	/* of all processes: one broken list does not end it */
	assert_int_equal(kst_threads_begin(&cursor, w.target, 0, KST_THREADS_EXECUTIVE, &err), KST_OK);
	while ((st = kst_threads_next(&cursor, &t, &err)) == KST_OK)
		last = t.address;
	assert_int_equal(st, KST_END);
	assert_true(last == w.thread[3]);
	if (row->all != UINT64_MAX)
		assert_true(kst_cursor_count(&cursor) == row->all);
	assert_true((kst_cursor_anomalies(&cursor) & KST_WALK_ANOMALY_SKIPPED) == row->anomalies);
	assert_int_equal(kst_threads_next(&cursor, &t, &err), KST_END);
	end(&w);
}

/* A thread that one list has and the other has not, or that says another process owns it. */
static void lists_compared(void **state)
{
	struct world w = make(KST_PAGING_X64);
	struct kst_thread t = { .size = sizeof t };
	uint64_t kernel = place_of(w.layout, "_KTHREAD", "ThreadListEntry");
	struct kst_cursor cursor;

	(void)state;
	/* take the second one out of the kernel's list */
	image_put_pointer(w.img, w.thread[0] + kernel, w.thread[2] + kernel);
	image_put_pointer(w.img, w.thread[2] + kernel + 8, w.thread[0] + kernel);
	image_put_member(w.img, w.layout, w.thread[2], "_KTHREAD", "Process", w.process[1]);
	assert_int_equal(kst_threads_begin(&cursor, w.target, w.process[0], KST_THREADS_EXECUTIVE, NULL), KST_OK);
	for (int i = 0; i < 3; i++) {
		static const uint64_t expected[] = { 0, KST_THREAD_ANOMALY_NOT_IN_KERNEL_LIST,
						     KST_THREAD_ANOMALY_OWNER };

		assert_int_equal(kst_threads_next(&cursor, &t, NULL), KST_OK);
		assert_true(t.anomalies == expected[i]);
	}
	assert_int_equal(kst_threads_begin(&cursor, w.target, w.process[0], KST_THREADS_KERNEL, NULL), KST_OK);
	while (kst_threads_next(&cursor, &t, NULL) == KST_OK)
		assert_true(t.address != w.thread[1]);
	assert_int_equal(kst_cursor_count(&cursor), 2);
	end(&w);
}

static void every_read_may_fail(void **state)
{
	struct world w = make(KST_PAGING_X86);

	(void)state;
	for (int all = 0; all < 2; all++)
		SWEEP(w.img, kst_thread,
		      kst_threads_begin(&sweep.cursor, w.target, all ? 0 : w.process[0], KST_THREADS_EXECUTIVE,
					&sweep.err),
		      kst_threads_next)
			assert_true(sweep.status == KST_END || sweep.status == KST_E_FAULT ||
				    sweep.status == KST_E_HOST);
	end(&w);
}

static void refuses(void **state)
{
	struct world w = make(KST_PAGING_X64);
	struct kst_thread t = { .size = 4, .tid = 9 };
	struct kst_cursor cursor;

	(void)state;
	assert_int_equal(kst_threads_begin(&cursor, w.target, w.process[0], 2, NULL), KST_E_ARG);
	assert_int_equal(kst_threads_begin(NULL, w.target, w.process[0], 0, NULL), KST_E_ARG);
	assert_int_equal(kst_threads_begin(&cursor, w.target, w.process[0], 0, NULL), KST_OK);
	assert_int_equal(kst_threads_next(&cursor, &t, NULL), KST_E_ABI);
	assert_true(t.tid == 9);
	t.size = sizeof t;
	assert_int_equal(kst_thread_read(w.target, 0xffffb00000000000, &t, NULL), KST_E_FAULT);
	assert_int_equal(kst_thread_current(w.target, 0, &t, NULL), KST_E_NO_MEMBER);
	end(&w);
}

int main(void)
{
	struct CMUnitTest tests[6 + sizeof rows / sizeof rows[0]] = {
		cmocka_unit_test(lists_compared),    cmocka_unit_test(every_read_may_fail),
		cmocka_unit_test(refuses),           cmocka_unit_test(teb_above_two_gibibytes),
		cmocka_unit_test(idle_and_the_host), cmocka_unit_test(current_by_the_kpcr),
	};
	size_t n = 6;

	n += ROWS_TO_TESTS(tests + n, rows, walks);
	return _cmocka_run_group_tests("threads", tests, n, NULL, NULL);
}
