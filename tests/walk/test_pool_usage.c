/* SPDX-License-Identifier: MIT */
/* The tag tracker: one table, tables of several processors, the expansion table. */
#include "support/pool_machine.h"
#include "support/sweep.h"

#define SLOTS 9

static void put_slot(struct pool_machine *m, uint64_t table, uint64_t slot, const char *tag, int64_t allocs,
		     int64_t frees, int64_t bytes)
{
	struct kst_member size = { .size = sizeof size };
	uint64_t at;

	assert_int_equal(kst_layout_member(m->layout, "_POOL_TRACKER_TABLE", "", &size), KST_OK);
	at = table + slot * size.length;
	image_put_member(m->img, m->layout, at, "_POOL_TRACKER_TABLE", "Key",
			 (uint32_t)(unsigned char)tag[0] | (uint32_t)(unsigned char)tag[1] << 8 |
				 (uint32_t)(unsigned char)tag[2] << 16 | (uint32_t)(unsigned char)tag[3] << 24);
	image_put_member(m->img, m->layout, at, "_POOL_TRACKER_TABLE", "NonPagedAllocs", (uint64_t)allocs);
	image_put_member(m->img, m->layout, at, "_POOL_TRACKER_TABLE", "NonPagedFrees", (uint64_t)frees);
	image_put_member(m->img, m->layout, at, "_POOL_TRACKER_TABLE", "NonPagedBytes", (uint64_t)bytes);
	image_put_member(m->img, m->layout, at, "_POOL_TRACKER_TABLE", "PagedFrees", 0);
}

static uint64_t table_at(const struct pool_machine *m, unsigned n)
{
	return m->kernel + 0x100000 + 0x10000 * (uint64_t)n;
}

static void forge(struct pool_machine *m, enum pool_layout which, unsigned processors)
{
	uint64_t array;

	pool_machine_begin(m, which);
	for (unsigned cpu = 0; cpu <= processors; cpu++)
		for (uint64_t i = 0; i < SLOTS; i++)
			put_slot(m, table_at(m, cpu), i, "\0\0\0\0", 0, 0, 0);
	put_slot(m, table_at(m, 0), 2, "Proc", 10, 4, 600);
	put_slot(m, table_at(m, 0), 8, "Ovfl", 1, 0, 16);
	pool_global(m, "PoolTrackTable", table_at(m, 0));
	pool_global(m, "PoolTrackTableSize", SLOTS);
	put_slot(m, table_at(m, 9), 0, "More", 3, 1, 32);
	pool_global(m, "PoolTrackTableExpansion", table_at(m, 9));
	pool_global(m, "PoolTrackTableExpansionSize", 1);
	if (processors > 0) {
		array = pool_global(m, "ExPoolTagTables", table_at(m, 1));
		image_identity(m->img)->processors = processors;
		image_identity(m->img)->present |= KST_IDENTITY_HAS_PROCESSORS;
		m->count += 3; /* room behind: the array has one element per processor */
		for (unsigned cpu = 1; cpu <= processors; cpu++) {
			image_put_pointer(m->img, array + (cpu - 1) * (m->kernel == 0x80000000 ? 4 : 8),
					  table_at(m, cpu));
			/* the last one only freed: its own counters are below zero */
			put_slot(m, table_at(m, cpu), 2, "Proc", cpu == processors ? 0 : 100,
				 cpu == processors ? 30 : 1, cpu == processors ? -2000 : 5000);
		}
		m->count -= 3;
	}
	pool_machine_finish(m);
}

struct row {
	const char *name;
	enum pool_layout layout;
	unsigned processors;
	int64_t allocs, frees, bytes;
};

static const struct row rows[] = {
	{ "one table, 0x1c bytes", POOL_XP_X86, 0, 10, 4, 600 },
	{ "one table, 0x28 bytes", POOL_7_X64, 0, 10, 4, 600 },
	{ "two processors, 0x28 bytes", POOL_7_X64, 2, 100, 31, 3000 },
	{ "two processors, 0x1c bytes", POOL_7_X86, 2, 100, 31, 3000 },
	{ "three processors, 0x38 bytes", POOL_19041_X64, 3, 200, 32, 8000 },
	{ "three processors, 0x50 bytes", POOL_22000_X64, 3, 200, 32, 8000 },
};

static void merges(void **state)
{
	const struct row *row = *state;
	struct kst_pool_usage usage = { .size = sizeof usage };
	struct kst_cursor cursor;
	struct pool_machine m;

	forge(&m, row->layout, row->processors);
	assert_int_equal(kst_pool_usage_begin(&cursor, m.target, NULL), KST_OK);
	assert_int_equal(kst_pool_usage_next(&cursor, &usage, NULL), KST_OK);
	assert_string_equal(usage.tag_text, "Proc");
	assert_int_equal(usage.tables, row->processors == 0 ? 1 : row->processors);
	assert_true(usage.nonpaged_allocs == row->allocs && usage.nonpaged_frees == row->frees &&
		    usage.nonpaged_bytes == row->bytes);
	assert_int_equal(usage.anomalies, 0);
	assert_int_equal(usage.index, 2);
	assert_int_equal(kst_pool_usage_next(&cursor, &usage, NULL), KST_OK);
	assert_string_equal(usage.tag_text, "Ovfl");
	assert_true((usage.anomalies & KST_POOL_USAGE_ANOMALY_OVERFLOW_SLOT) != 0);
	/* no processor has this slot: what the master counts means nothing */
	if (row->processors != 0)
		assert_true(usage.present == KST_POOL_USAGE_HAS_TAG && usage.tables == 0 &&
			    usage.nonpaged_allocs == 0 && usage.nonpaged_bytes == 0 &&
			    (usage.anomalies & KST_POOL_USAGE_ANOMALY_INCOMPLETE) != 0);
	else
		assert_true(usage.nonpaged_allocs == 1 && usage.nonpaged_bytes == 16);
	assert_int_equal(kst_pool_usage_next(&cursor, &usage, NULL), KST_OK);
	assert_string_equal(usage.tag_text, "More");
	assert_int_equal(kst_pool_usage_next(&cursor, &usage, NULL), KST_END);
	assert_int_equal(kst_pool_usage_next(&cursor, &usage, NULL), KST_END);
	assert_int_equal(kst_cursor_end(&cursor), KST_WALK_CLOSED);
	assert_true(kst_cursor_count(&cursor) == 3);
	pool_machine_end(&m);
}

static void incomplete_tables(void **state)
{
	struct kst_pool_usage usage = { .size = sizeof usage }, old = { .size = 8 };
	struct kst_cursor cursor;
	struct pool_machine m;

	(void)state;
	forge(&m, POOL_7_X64, 3);
	image_unmap(m.img, table_at(&m, 2));
	put_slot(&m, table_at(&m, 3), 2, "Thre", 0, 0, 0);
	assert_int_equal(kst_pool_usage_begin(&cursor, m.target, NULL), KST_OK);
	assert_int_equal(kst_pool_usage_next(&cursor, &old, NULL), KST_E_ABI);
	assert_int_equal(kst_pool_usage_next(&cursor, &usage, NULL), KST_OK);
	assert_true(usage.anomalies == (KST_POOL_USAGE_ANOMALY_INCOMPLETE | KST_POOL_USAGE_ANOMALY_KEY_DIFFERS));
	assert_true(usage.tables == 1 && usage.nonpaged_allocs == 100);
	pool_machine_end(&m);
	/* no table of a processor, or not even where they are */
	for (unsigned what = 0; what < 3; what++) {
		forge(&m, POOL_7_X64, 2);
		for (unsigned cpu = 1; cpu <= 2 && what < 2; cpu++) {
			if (what == 0)
				image_unmap(m.img, table_at(&m, cpu));
			else
				put_slot(&m, table_at(&m, cpu), 2, "Thre", 1, 0, 16);
		}
		if (what == 2)
			image_put_pointer(m.img, m.globals + 8 * 4, 0);
		assert_int_equal(kst_pool_usage_begin(&cursor, m.target, NULL), KST_OK);
		assert_int_equal(kst_pool_usage_next(&cursor, &usage, NULL), KST_OK);
		assert_string_equal(usage.tag_text, "Proc");
		assert_int_equal(usage.anomalies, KST_POOL_USAGE_ANOMALY_INCOMPLETE |
							  (what == 1 ? KST_POOL_USAGE_ANOMALY_KEY_DIFFERS : 0));
		assert_true(usage.present == KST_POOL_USAGE_HAS_TAG && usage.tables == 0);
		assert_true(usage.nonpaged_allocs == 0 && usage.nonpaged_frees == 0 && usage.nonpaged_bytes == 0);
		pool_machine_end(&m);
	}
	/* more freed than allocated */
	forge(&m, POOL_7_X64, 0);
	put_slot(&m, table_at(&m, 0), 2, "Proc", 1, 2, 0);
	assert_int_equal(kst_pool_usage_begin(&cursor, m.target, NULL), KST_OK);
	assert_int_equal(kst_pool_usage_next(&cursor, &usage, NULL), KST_OK);
	assert_int_equal(usage.anomalies, KST_POOL_USAGE_ANOMALY_NEGATIVE);
	/* the table goes away */
	image_unmap(m.img, table_at(&m, 0));
	assert_int_equal(kst_pool_usage_next(&cursor, &usage, NULL), KST_OK);
	assert_string_equal(usage.tag_text, "More");
	assert_true((kst_cursor_anomalies(&cursor) & KST_WALK_ANOMALY_SKIPPED) != 0);
	memset(&cursor, 0, sizeof cursor);
	assert_int_equal(kst_pool_usage_next(&cursor, &usage, NULL), KST_E_ARG);
	pool_machine_end(&m);
	/* XP without pool tagging */
	pool_machine_begin(&m, POOL_XP_X86);
	pool_global(&m, "PoolTrackTable", 0);
	pool_global(&m, "PoolTrackTableSize", 0);
	pool_machine_finish(&m);
	assert_int_equal(kst_pool_usage_begin(&cursor, m.target, NULL), KST_E_FAULT);
	pool_machine_end(&m);
	pool_machine_begin(&m, POOL_7_X64);
	pool_global(&m, "PoolTrackTable", 0x1000);
	pool_global(&m, "PoolTrackTableSize", SLOTS);
	pool_machine_finish(&m);
	assert_int_equal(kst_pool_usage_begin(&cursor, m.target, NULL), KST_E_CORRUPT);
	pool_machine_end(&m);
	pool_machine_begin(&m, POOL_7_X64);
	pool_machine_finish(&m);
	assert_int_equal(kst_pool_usage_begin(&cursor, m.target, NULL), KST_E_NO_MEMBER);
	assert_int_equal(kst_pool_usage_begin(NULL, m.target, NULL), KST_E_ARG);
	pool_machine_end(&m);
}

static void survives_failing_reads(void **state)
{
	struct pool_machine m;

	(void)state;
	forge(&m, POOL_7_X64, 2);
	SWEEP(m.img, kst_pool_usage, kst_pool_usage_begin(&sweep.cursor, m.target, &sweep.err), kst_pool_usage_next)
		assert_true(sweep.status == KST_END || sweep.status == KST_E_FAULT || sweep.status == KST_E_HOST);
	pool_machine_end(&m);
}

int main(void)
{
	static const struct CMUnitTest tests[] = { cmocka_unit_test(incomplete_tables),
						   cmocka_unit_test(survives_failing_reads) };

	return RUN_TESTS_AND_ROWS("pool usage", tests, rows, merges);
}
