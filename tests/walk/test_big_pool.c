/* SPDX-License-Identifier: MIT */
/* The table of large allocations over a forged machine: walk, lookup by any address, holes, hostile globals. */
#include "support/pool_machine.h"
#include "support/sweep.h"

static void forge(struct pool_machine *m, enum pool_layout which, uint64_t entries)
{
	pool_machine_begin(m, which);
	pool_table(m, entries);
	pool_large(m, 3, m->kernel + 0x400000, 0x3000, "Larg");
	pool_large(m, entries - 1, m->kernel + 0x500000, 0x1000, "Last");
	pool_large(m, 7, (m->kernel + 0x600000) | 1, 0x2000, "Gone");
	pool_machine_finish(m);
}

struct row {
	const char *name;
	enum pool_layout layout;
	uint64_t entry_size;
};

static const struct row rows[] = {
	{ "0xc bytes", POOL_XP_X86, 0xc },
	{ "0x10 bytes, 2003", POOL_2003_X86, 0x10 },
	{ "0x18 bytes, 2003", POOL_2003_X64, 0x18 },
	{ "0x10 bytes, 7", POOL_7_X86, 0x10 },
	{ "0x18 bytes, 7", POOL_7_X64, 0x18 },
	{ "0x18 bytes, 19041", POOL_19041_X64, 0x18 },
	{ "0x20 bytes, 22000", POOL_22000_X64, 0x20 },
};

static void walks_and_finds(void **state)
{
	const struct row *row = *state;
	struct kst_large_allocation large = { .size = sizeof large };
	struct kst_large_table table = { .size = sizeof table };
	struct kst_cursor cursor;
	struct pool_machine m;
	uint64_t base;

	forge(&m, row->layout, 600);
	base = m.kernel + 0x400000;
	assert_int_equal(kst_large_table_locate(m.target, &table, NULL), KST_OK);
	assert_int_equal(table.entry_size, row->entry_size);
	assert_true(table.address == m.table && table.count == 600 && table.anomalies == 0);
	assert_int_equal(kst_large_allocations_begin(&cursor, m.target, NULL, 0, NULL), KST_OK);
	assert_int_equal(kst_large_allocations_next(&cursor, &large, NULL), KST_OK);
	assert_true(large.index == 3 && large.address == base && large.bytes == 0x3000);
	assert_true(large.entry == m.table + 3 * row->entry_size);
	assert_int_equal(kst_large_allocations_next(&cursor, &large, NULL), KST_OK);
	assert_true(large.index == 7 && large.state == KST_POOL_STATE_FREE && large.address == m.kernel + 0x600000);
	assert_int_equal(kst_large_allocations_next(&cursor, &large, NULL), KST_OK);
	assert_true(large.index == 599 && large.state == KST_POOL_STATE_ALLOCATED);
	assert_int_equal(kst_large_allocations_next(&cursor, &large, NULL), KST_END);
	assert_int_equal(kst_large_allocations_next(&cursor, &large, NULL), KST_END);
	assert_int_equal(kst_cursor_end(&cursor), KST_WALK_CLOSED);
	assert_true(kst_cursor_count(&cursor) == 3);
	assert_int_equal(kst_large_allocations_begin(&cursor, m.target, &table, KST_LARGE_LIVE_ONLY, NULL), KST_OK);
	for (int i = 0; i < 2; i++)
		assert_int_equal(kst_large_allocations_next(&cursor, &large, NULL), KST_OK);
	assert_int_equal(kst_large_allocations_next(&cursor, &large, NULL), KST_END);
	/* any address inside, none outside, none in what was freed */
	for (uint64_t at = base; at < base + 0x3000; at += 0x7ff) {
		assert_int_equal(kst_large_allocation_find(m.target, NULL, at, &large, NULL), KST_OK);
		assert_true(large.address == base && large.index == 3);
	}
	assert_int_equal(kst_large_allocation_find(m.target, NULL, base - 1, &large, NULL), KST_END);
	assert_int_equal(kst_large_allocation_find(m.target, NULL, base + 0x3000, &large, NULL), KST_END);
	assert_int_equal(kst_large_allocation_find(m.target, NULL, m.kernel + 0x600010, &large, NULL), KST_END);
	pool_machine_end(&m);
}

static void holes_are_stepped_over(void **state)
{
	struct kst_large_allocation large = { .size = sizeof large };
	struct kst_error err = { .size = sizeof err };
	struct kst_cursor cursor;
	struct pool_machine m;

	(void)state;
	forge(&m, POOL_7_X64, 600); /* 0x3840 bytes: four pages */
	image_unmap(m.img, m.table + 0x1000);
	assert_int_equal(kst_large_allocations_begin(&cursor, m.target, NULL, KST_LARGE_LIVE_ONLY, NULL), KST_OK);
	assert_int_equal(kst_large_allocations_next(&cursor, &large, NULL), KST_OK);
	assert_int_equal(kst_large_allocations_next(&cursor, &large, NULL), KST_OK);
	assert_int_equal(large.index, 599);
	assert_int_equal(kst_large_allocations_next(&cursor, &large, NULL), KST_END);
	assert_true((kst_cursor_anomalies(&cursor) & KST_WALK_ANOMALY_SKIPPED) != 0);
	assert_int_equal(kst_large_allocation_find(m.target, NULL, m.kernel + 0x500000, &large, NULL), KST_OK);
	/* not found is not certain any more */
	assert_int_equal(kst_large_allocation_find(m.target, NULL, m.kernel + 0x700000, &large, &err), KST_E_FAULT);
	pool_machine_end(&m);
}

static void overlaps_take_the_nearest(void **state)
{
	struct kst_large_allocation large = { .size = sizeof large };
	struct pool_machine m;

	(void)state;
	pool_machine_begin(&m, POOL_7_X64);
	pool_table(&m, 64);
	pool_large(&m, 9, m.kernel + 0x400000, 0x8000, "Big1");
	pool_large(&m, 4, m.kernel + 0x402000, 0x1000, "Big2");
	/* cannot be real: misaligned, endless, in user space */
	pool_large(&m, 5, m.kernel + 0x402010, 0x1000, "Bad1");
	pool_large(&m, 6, m.kernel + 0x402000, (uint64_t)1 << 41, "Bad2");
	pool_large(&m, 8, 0x402000, 0x1000, "Bad3");
	pool_machine_finish(&m);
	assert_int_equal(kst_large_allocation_find(m.target, NULL, m.kernel + 0x402800, &large, NULL), KST_OK);
	assert_int_equal(large.index, 4);
	assert_true((large.anomalies & KST_LARGE_ALLOCATION_ANOMALY_OVERLAP) != 0);
	assert_int_equal(kst_large_allocation_find(m.target, NULL, m.kernel + 0x403800, &large, NULL), KST_OK);
	assert_int_equal(large.index, 9);
	assert_int_equal(kst_large_allocation_find(m.target, NULL, 0x402800, &large, NULL), KST_END);
	pool_machine_end(&m);
}

static void hostile_globals(void **state)
{
	static const struct {
		uint64_t pointer, count;
		kst_status status;
		uint64_t clamped;
	} cases[] = {
		{ 0, 64, KST_E_FAULT, 0 }, /* XP without pool tagging: no table is no contradiction */
		{ 0, 0, KST_E_FAULT, 0 },
		{ 0x1000, 64, KST_E_CORRUPT, 0 },
		{ 0xfffffa8000020000, 0, KST_E_CORRUPT, 0 },
		{ 0xfffffa8000020000, UINT64_MAX, KST_OK, 0x1000000 },
		{ 0xfffffffffffff000, 0x1000, KST_OK, 0xfff / 0x18 },
	};

	(void)state;
	for (size_t i = 0; i < ROWS_COUNT(cases); i++) {
		struct kst_large_table table = { .size = sizeof table };
		struct pool_machine m;

		pool_machine_begin(&m, POOL_7_X64);
		pool_global(&m, "PoolBigPageTable", cases[i].pointer);
		pool_global(&m, "PoolBigPageTableSize", cases[i].count);
		pool_machine_finish(&m);
		assert_int_equal(kst_large_table_locate(m.target, &table, NULL), cases[i].status);
		if (cases[i].status == KST_OK) {
			assert_true(table.count == cases[i].clamped);
			assert_true((table.anomalies & KST_LARGE_TABLE_ANOMALY_CLAMPED) != 0);
		}
		pool_machine_end(&m);
	}
}

static void table_of_a_session(void **state)
{
	struct kst_large_allocation large = { .size = sizeof large };
	struct kst_large_table table = { .size = sizeof table };
	struct pool_machine m;
	uint64_t session;

	(void)state;
	forge(&m, POOL_7_X64, 64);
	session = m.kernel + 0x30000;
	image_put_member(m.img, m.layout, session, "_MM_SESSION_SPACE", "PoolTrackBigPages", m.table);
	image_put_member(m.img, m.layout, session, "_MM_SESSION_SPACE", "PoolTrackBigPagesSize", 8);
	assert_int_equal(kst_large_table_of_session(m.target, image_dtb(m.img), session, &table, NULL), KST_OK);
	assert_true(table.count == 8 && table.space == image_dtb(m.img));
	assert_int_equal(kst_large_allocation_find(m.target, &table, m.kernel + 0x400000, &large, NULL), KST_OK);
	assert_int_equal(kst_large_allocation_find(m.target, &table, m.kernel + 0x500000, &large, NULL), KST_END);
	assert_int_equal(kst_large_table_of_session(m.target, image_dtb(m.img), session + 0x100000, &table, NULL),
			 KST_E_FAULT);
	pool_machine_end(&m);
	forge(&m, POOL_2003_X64, 64);
	assert_int_equal(kst_large_table_of_session(m.target, image_dtb(m.img), session, &table, NULL),
			 KST_E_NO_MEMBER);
	pool_machine_end(&m);
}

static kst_status run_find(struct pool_machine *m, bool failing)
{
	struct kst_large_allocation large = { .size = sizeof large, .index = 77 };
	kst_status st = kst_large_allocation_find(m->target, NULL, m->kernel + 0x500800, &large, NULL);

	assert_true(st == KST_OK ? large.index == 149 : large.index == 77);
	if (!failing)
		assert_int_equal(st, KST_OK);
	return st;
}

static void survives_failing_reads(void **state)
{
	struct pool_machine m;

	(void)state;
	forge(&m, POOL_7_X64, 150);
	SWEEP(m.img, kst_large_allocation, kst_large_allocations_begin(&sweep.cursor, m.target, NULL, 0, &sweep.err),
	      kst_large_allocations_next)
		assert_true(sweep.status == KST_END || sweep.status == KST_E_FAULT || sweep.status == KST_E_HOST);
	pool_sweep(&m, run_find);
	pool_machine_end(&m);
}

static void arguments(void **state)
{
	struct kst_large_allocation large = { .size = sizeof large }, old = { .size = 8 };
	struct kst_large_table table = { .size = sizeof table };
	struct kst_cursor cursor;
	struct pool_machine m;

	(void)state;
	forge(&m, POOL_7_X64, 64);
	assert_int_equal(kst_large_table_locate(NULL, &table, NULL), KST_E_ARG);
	assert_int_equal(kst_large_allocations_begin(NULL, m.target, NULL, 0, NULL), KST_E_ARG);
	assert_int_equal(kst_large_allocations_begin(&cursor, m.target, NULL, 6, NULL), KST_E_ARG);
	assert_int_equal(kst_large_table_locate(m.target, &table, NULL), KST_OK);
	table.entry_size = 0x14;
	assert_int_equal(kst_large_allocations_begin(&cursor, m.target, &table, 0, NULL), KST_E_ARG);
	table.size = 8;
	assert_int_equal(kst_large_allocations_begin(&cursor, m.target, &table, 0, NULL), KST_E_ABI);
	assert_int_equal(kst_large_allocations_begin(&cursor, m.target, NULL, 0, NULL), KST_OK);
	assert_int_equal(kst_large_allocations_next(&cursor, &old, NULL), KST_E_ABI);
	assert_int_equal(kst_large_allocation_find(m.target, NULL, 0, &old, NULL), KST_E_ABI);
	memset(&cursor, 0, sizeof cursor);
	assert_int_equal(kst_large_allocations_next(&cursor, &large, NULL), KST_E_ARG);
	pool_machine_end(&m);
	/* no symbols: said so */
	pool_machine_begin(&m, POOL_7_X64);
	pool_machine_finish(&m);
	table.size = sizeof table;
	assert_int_equal(kst_large_table_locate(m.target, &table, NULL), KST_E_NO_MEMBER);
	pool_machine_end(&m);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(holes_are_stepped_over), cmocka_unit_test(overlaps_take_the_nearest),
		cmocka_unit_test(hostile_globals),        cmocka_unit_test(table_of_a_session),
		cmocka_unit_test(survives_failing_reads), cmocka_unit_test(arguments),
	};

	return RUN_TESTS_AND_ROWS("large allocations", tests, rows, walks_and_finds);
}
