/* SPDX-License-Identifier: MIT */
/* Timers in the tables of processors, and in the one table of older kernels. */
#include "support/processor_forge.h"
#include "support/sweep.h"

#include <stdlib.h>

#define NEVER  0x1234567890abcd07u
#define ALWAYS 0xfedcba9876543210u

static uint64_t swap(uint64_t v)
{
	uint64_t out = 0;

	for (int i = 0; i < 8; i++)
		out |= (v >> (8 * i) & 0xff) << (56 - 8 * i);
	return out;
}

/* The kernel's own encoding, written from its description: the inverse of what the decoder does. */
static uint64_t encode(uint64_t dpc, uint64_t timer)
{
	uint64_t v = swap(dpc ^ ALWAYS) ^ timer;
	unsigned by = NEVER & 0x3f;

	return (v >> by | v << (64 - by)) ^ NEVER;
}

static uint64_t bucket_at(const struct forged_processor *f, unsigned index)
{
	return f->kprcb + forge_offset(f->layout, "_KPRCB", "TimerTable") +
	       forge_offset(f->layout, "_KTIMER_TABLE", "TimerEntries") +
	       index * forge_size(f->layout, "_KTIMER_TABLE_ENTRY") +
	       forge_offset(f->layout, "_KTIMER_TABLE_ENTRY", "Entry");
}

static void walks_the_processors_table(void **state)
{
	struct forged_processor f;
	struct kst_timer timer = { .size = sizeof timer };
	struct kst_cursor cursor;
	struct kst_target *t;
	struct kst_symbol symbols[3] = { { 0, "KiProcessorBlock" }, { 0, "KiWaitNever" }, { 0, "KiWaitAlways" } };
	uint64_t timers[2], links[2], link;

	(void)state;
	forge_processor(&f, layout_builtin(KST_ARCH_X64, 19041, 0), 0);
	link = forge_offset(f.layout, "_KTIMER", "TimerListEntry");
	for (unsigned i = 0; i < 256; i++)
		image_put_list(f.img, bucket_at(&f, i), NULL, 0);
	for (unsigned i = 0; i < 2; i++) {
		timers[i] = f.kprcb + 0x40000 + 0x100 * i;
		links[i] = timers[i] + link;
		image_put_member(f.img, f.layout, timers[i], "_KTIMER", "DueTime", 5000 + i);
		image_put_member(f.img, f.layout, timers[i], "_KTIMER", "Period", 100 * i);
		image_put_member(f.img, f.layout, timers[i], "_KTIMER", "Dpc",
				 encode(i == 0 ? 0 : f.dpcs[0], timers[i]));
	}
	image_put_list(f.img, bucket_at(&f, 7), links, 2);
	assert_int_equal(kst_timers_begin(&cursor, f.target, NULL), KST_OK);
	assert_int_equal(kst_timers_next(&cursor, &timer, NULL), KST_OK);
	assert_int_equal(timer.anomalies, KST_TIMER_ANOMALY_DPC_ENCODED);
	assert_true((timer.present & KST_TIMER_HAS_DPC) == 0);
	symbols[0].address = f.kpcr - 0x10000;
	symbols[1].address = f.kprcb + 0x50000;
	symbols[2].address = f.kprcb + 0x50008;
	image_put64(f.img, symbols[1].address, NEVER);
	image_put64(f.img, symbols[2].address, ALWAYS);
	t = image_target_symbols(f.img, f.layout, symbols, 3);
	assert_int_equal(kst_timers_begin(&cursor, t, NULL), KST_OK);
	for (unsigned i = 0; i < 2; i++) {
		assert_int_equal(kst_timers_next(&cursor, &timer, NULL), KST_OK);
		assert_true(timer.address == timers[i] && timer.due_time == 5000 + i && timer.period == 100 * i);
		assert_true(timer.dpc == (i == 0 ? 0 : f.dpcs[0]));
		assert_int_equal(timer.bucket, 7);
		assert_int_equal(timer.processor, 0);
		assert_int_equal(timer.anomalies, 0);
	}
	assert_int_equal(kst_timers_next(&cursor, &timer, NULL), KST_END);
	assert_int_equal(kst_cursor_end(&cursor), KST_WALK_CLOSED);
	/* a loop in one bucket: the others are still walked */
	image_put_pointer(f.img, links[1], links[0]);
	links[0] = timers[0] + 0x1000 + link;
	image_put_list(f.img, bucket_at(&f, 9), links, 1);
	assert_int_equal(kst_timers_begin(&cursor, t, NULL), KST_OK);
	for (unsigned n = 0; kst_timers_next(&cursor, &timer, NULL) == KST_OK; n++)
		assert_true(n < 20);
	assert_int_equal(timer.bucket, 9);
	assert_true((kst_cursor_anomalies(&cursor) & KST_WALK_ANOMALY_SKIPPED) != 0);
	forge_processor_free(&f);
}

/* The one table for all processors: where its buckets are in each of its shapes. */
struct global_table {
	const char *name;
	uint32_t arch, build, revision;
	uint32_t stride, buckets;
};

static const struct global_table tables[] = {
	{ "XP", KST_ARCH_X86, 2600, 0, 8, 256 },
	{ "2003", KST_ARCH_X86, 3790, 1, 8, 256 },
	{ "2003 SP1: the type is not public", KST_ARCH_X86, 3790, 1830, 16, 512 },
	{ "2003 SP2", KST_ARCH_X86, 3790, 3959, 16, 512 },
	{ "Vista", KST_ARCH_X86, 6002, 0, 16, 512 },
	{ "XP x64, 2003 SP1 x64: the type is not public", KST_ARCH_X64, 3790, 1830, 24, 512 },
	{ "2003 SP2 x64", KST_ARCH_X64, 3790, 3959, 24, 512 },
	{ "Vista x64", KST_ARCH_X64, 6000, 0, 24, 512 },
};

static void walks_a_global_table(void **state)
{
	const struct global_table *row = *state;
	bool wide = row->arch == KST_ARCH_X64;
	struct kst_layout *layout = layout_builtin(row->arch, row->build, row->revision);
	struct image *img = image_new(wide ? KST_PAGING_X64 : KST_PAGING_X86);
	uint64_t table = wide ? UINT64_C(0xfffff80000550000) : 0x80550000;
	uint64_t first = wide ? UINT64_C(0xfffffa8002000000) : 0x82000000;
	struct kst_symbol symbol = { table, "KiTimerTableListHead" };
	const uint32_t used[] = { 0, 1, row->buckets / 2 + 1, row->buckets - 1 };
	struct kst_timer timer = { .size = sizeof timer };
	struct kst_cursor cursor;
	struct kst_target *t;

	/* beyond the array something that would do as a bucket, if it were one */
	for (uint32_t i = 0; i <= row->buckets; i++) {
		image_put_list(img, table + (uint64_t)i * row->stride, NULL, 0);
		if (row->stride > 2 * (wide ? 8u : 4u))
			image_put64(img, table + (uint64_t)(i + 1) * row->stride - 8, 0x12345678); /* Time */
	}
	for (unsigned i = 0; i < 5; i++) {
		uint64_t entry = first + 0x100 * i + forge_offset(layout, "_KTIMER", "TimerListEntry");

		image_put_member(img, layout, first + 0x100 * i, "_KTIMER", "DueTime", 77 + i);
		image_put_list(img, table + (uint64_t)(i < 4 ? used[i] : row->buckets) * row->stride, &entry, 1);
	}
	t = image_target_symbols(img, layout, &symbol, 1);
	assert_int_equal(kst_timers_begin(&cursor, t, NULL), KST_OK);
	for (unsigned i = 0; i < 4; i++) {
		assert_int_equal(kst_timers_next(&cursor, &timer, NULL), KST_OK);
		assert_true(timer.address == first + 0x100 * i && timer.due_time == 77 + i);
		assert_int_equal(timer.bucket, used[i]);
		assert_true((timer.present & KST_TIMER_HAS_PROCESSOR) == 0);
	}
	assert_int_equal(kst_timers_next(&cursor, &timer, NULL), KST_END);
	assert_int_equal(kst_cursor_end(&cursor), KST_WALK_CLOSED);
	assert_true(kst_cursor_anomalies(&cursor) == 0);
	/* no list head where one should be: the others are walked, and that one is told */
	image_put_pointer(img, table + row->stride, 0);
	assert_int_equal(kst_timers_begin(&cursor, t, NULL), KST_OK);
	for (unsigned i = 0; i < 4; i += i == 0 ? 2 : 1) {
		assert_int_equal(kst_timers_next(&cursor, &timer, NULL), KST_OK);
		assert_int_equal(timer.bucket, used[i]);
	}
	assert_int_equal(kst_timers_next(&cursor, &timer, NULL), KST_END);
	assert_true(kst_cursor_anomalies(&cursor) == KST_WALK_ANOMALY_SKIPPED);
	image_free(img);
	free(layout);
}

static void walks_the_one_table_of_xp(void **state)
{
	struct kst_layout *layout = layout_builtin(KST_ARCH_X86, 2600, 0);
	struct image *img = image_new(KST_PAGING_X86);
	struct kst_symbol symbol = { 0x80550000, "KiTimerTableListHead" };
	struct kst_timer timer = { .size = sizeof timer };
	struct kst_cursor cursor;
	uint64_t entry = 0x82000000 + forge_offset(layout, "_KTIMER", "TimerListEntry");
	struct kst_target *t;

	(void)state;
	for (unsigned i = 0; i < 256; i++)
		image_put_list(img, 0x80550000 + 8 * i, NULL, 0);
	image_put_list(img, 0x80550000 + 8 * 200, &entry, 1);
	image_put_member(img, layout, 0x82000000, "_KTIMER", "Dpc", 0x82001000);
	t = image_target_symbols(img, layout, &symbol, 1);
	assert_int_equal(kst_timers_begin(&cursor, t, NULL), KST_OK);
	assert_int_equal(kst_timers_next(&cursor, &timer, NULL), KST_OK);
	assert_true(timer.address == 0x82000000 && timer.dpc == 0x82001000 && timer.bucket == 200);
	assert_true((timer.present & KST_TIMER_HAS_PROCESSOR) == 0);
	assert_int_equal(kst_timers_next(&cursor, &timer, NULL), KST_END);
	SWEEP(img, kst_timer, kst_timers_begin(&sweep.cursor, t, &sweep.err), kst_timers_next)
		assert_true(sweep.status == KST_END || sweep.status == KST_E_HOST);
	image_free(img);
	free(layout);
}

/* A host that fails while the keys are read does not make the pointers merely encoded. */
static void keys_and_the_host(void **state)
{
	struct kst_layout *layout = layout_builtin(KST_ARCH_X86, 2600, 0);
	struct image *img = image_new(KST_PAGING_X86);
	struct kst_symbol symbols[] = { { 0x80550000, "KiTimerTableListHead" },
					{ 0x80560000, "KiWaitNever" },
					{ 0x80561000, "KiWaitAlways" } };
	struct kst_cursor cursor;
	struct kst_target *t;

	(void)state;
	image_put32(img, symbols[1].address, 1);
	image_put32(img, symbols[2].address, 2);
	t = image_target_symbols(img, layout, symbols, 3);
	image_fail(img, 0, false, KST_OK);
	assert_int_equal(kst_timers_begin(&cursor, t, NULL), KST_OK);
	for (uint64_t n = image_reads(img); n > 0; n--) {
		image_fail(img, n, false, -99);
		assert_int_equal(kst_timers_begin(&cursor, t, NULL), KST_E_HOST);
		image_fail(img, n, false, KST_E_FAULT);
		assert_int_equal(kst_timers_begin(&cursor, t, NULL), KST_OK);
	}
	SWEEP(img, kst_timer, kst_timers_begin(&sweep.cursor, t, &sweep.err), kst_timers_next)
		assert_true(sweep.begun || sweep.status == KST_E_HOST);
	image_free(img);
	free(layout);
}

int main(void)
{
	struct CMUnitTest tests[3 + sizeof tables / sizeof tables[0]] = {
		cmocka_unit_test(walks_the_processors_table),
		cmocka_unit_test(walks_the_one_table_of_xp),
		cmocka_unit_test(keys_and_the_host),
	};
	size_t n = 3;

	n += ROWS_TO_TESTS(tests + n, tables, walks_a_global_table);
	return _cmocka_run_group_tests("timers", tests, n, NULL, NULL);
}
