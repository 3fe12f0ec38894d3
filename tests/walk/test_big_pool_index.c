/* SPDX-License-Identifier: MIT */
/* The index of large allocations gives the linear lookup's answers. */
#include "support/pool_machine.h"

#define ENTRIES 512

static void forge(struct pool_machine *m, enum pool_layout which)
{
	uint64_t seed = 88172645463325252u;

	pool_machine_begin(m, which);
	pool_table(m, ENTRIES);
	for (uint64_t i = 0; i < ENTRIES; i += 1 + seed % 3) {
		uint64_t va, pages;

		seed ^= seed << 13;
		seed ^= seed >> 7;
		seed ^= seed << 17;
		va = m->kernel + 0x400000 + (seed >> 20) % 0x800 * 0x1000;
		pages = 1 + (seed >> 40) % 4; /* overlaps happen */
		pool_large(m, i, va | (i % 5 == 0), pages * 0x1000, "Larg");
	}
	pool_machine_finish(m);
}

static void agrees_with_the_linear_lookup(void **state)
{
	static const enum pool_layout layouts[] = { POOL_7_X64, POOL_2003_X86 };

	(void)state;
	for (size_t i = 0; i < ROWS_COUNT(layouts); i++) {
		struct kst_large_index_info info = { .size = sizeof info };
		struct kst_large_index *index = malloc(kst_large_index_size(ENTRIES));
		struct pool_machine m;

		assert_non_null(index);
		forge(&m, layouts[i]);
		assert_int_equal(kst_large_index_init(index, kst_large_index_size(ENTRIES), m.target, NULL, NULL),
				 KST_OK);
		assert_int_equal(kst_large_index_info(index, &info), KST_OK);
		assert_true(info.live > 100 && info.freed > 20 && info.refused == 0);
		assert_true(info.bytes_read == info.bytes_total && info.bytes_total == ENTRIES * m.entry_size);
		for (uint64_t page = 0x3f0; page < 0xc20; page++) {
			struct kst_large_allocation a = { .size = sizeof a }, b = { .size = sizeof b };
			uint64_t address = m.kernel + page * 0x1000 + 0x123;
			kst_status st = kst_large_allocation_find(m.target, NULL, address, &a, NULL);

			assert_int_equal(kst_large_index_find(index, m.target, address, &b, NULL), st);
			if (st == KST_OK)
				assert_memory_equal(&a, &b, sizeof a);
		}
		pool_machine_end(&m);
		free(index);
	}
}

static void too_small(void **state)
{
	struct kst_large_index_info info = { .size = sizeof info };
	size_t size = kst_large_index_size(10);
	struct kst_large_index *index = malloc(size);
	struct pool_machine m;

	(void)state;
	assert_non_null(index);
	forge(&m, POOL_7_X64);
	assert_int_equal(kst_large_index_init(index, size, m.target, NULL, NULL), KST_E_LIMIT);
	assert_int_equal(kst_large_index_info(index, &info), KST_OK);
	assert_true((info.anomalies & KST_LARGE_TABLE_ANOMALY_TRUNCATED) != 0);
	assert_int_equal(kst_large_index_init(index, 16, m.target, NULL, NULL), KST_E_LIMIT);
	assert_int_equal(kst_large_index_init(NULL, size, m.target, NULL, NULL), KST_E_ARG);
	pool_machine_end(&m);
	free(index);
}

/* What is full keeps every live entry as long as there is a freed one to give up. */
static void live_entries_first(void **state)
{
	static const struct {
		uint64_t capacity;
		kst_status status;
		uint64_t live;
	} rows[] = {
		{ 12, KST_OK, 6 }, { 7, KST_OK, 6 }, { 6, KST_OK, 6 }, { 5, KST_E_LIMIT, 5 }, { 1, KST_E_LIMIT, 1 }
	};

	(void)state;
	for (size_t i = 0; i < ROWS_COUNT(rows) * 2; i++) {
		size_t size = kst_large_index_size(rows[i / 2].capacity);
		struct kst_large_index_info info = { .size = sizeof info };
		struct kst_large_allocation large = { .size = sizeof large };
		struct kst_large_index *index = malloc(size);
		struct pool_machine m;
		uint64_t found = 0;

		assert_non_null(index);
		pool_machine_begin(&m, POOL_7_X64);
		pool_table(&m, 64);
		for (uint64_t k = 0; k < 12; k++) { /* freed ones first, or in turns */
			bool freed = i % 2 == 0 ? k < 6 : k % 2 == 0;

			pool_large(&m, k, (m.kernel + 0x400000 + k * 0x10000) | freed, 0x3000, "Larg");
		}
		pool_machine_finish(&m);
		assert_int_equal(kst_large_index_init(index, size, m.target, NULL, NULL), rows[i / 2].status);
		assert_int_equal(kst_large_index_info(index, &info), KST_OK);
		assert_int_equal(info.anomalies, rows[i / 2].status == KST_OK ? 0 : KST_LARGE_TABLE_ANOMALY_TRUNCATED);
		assert_true(info.live == rows[i / 2].live && info.freed == 6);
		for (uint64_t k = 0; k < 12; k++) {
			uint64_t address = m.kernel + 0x401234 + k * 0x10000;
			kst_status st = kst_large_index_find(index, m.target, address, &large, NULL);

			if (st == KST_OK)
				assert_true(large.index == k && ++found != 0);
			else /* one that is not whole cannot say that there is none */
				assert_int_equal(st, rows[i / 2].status == KST_OK ? KST_END : KST_E_FAULT);
		}
		assert_int_equal(found, rows[i / 2].live);
		pool_machine_end(&m);
		free(index);
	}
}

static void holes_and_refused_entries(void **state)
{
	struct kst_large_index_info info = { .size = sizeof info };
	struct kst_large_index *index = malloc(kst_large_index_size(ENTRIES));
	struct pool_machine m;

	(void)state;
	assert_non_null(index);
	forge(&m, POOL_7_X64);
	pool_large(&m, 0, m.kernel + 0x402010, 0x1000, "Bad1");
	image_unmap(m.img, m.table + 0x1000);
	assert_int_equal(kst_large_index_init(index, kst_large_index_size(ENTRIES), m.target, NULL, NULL), KST_OK);
	assert_int_equal(kst_large_index_info(index, &info), KST_OK);
	assert_true((info.anomalies & KST_LARGE_TABLE_ANOMALY_PARTIAL) != 0);
	assert_int_equal(info.refused, 1);
	assert_true(info.bytes_read < info.bytes_total && info.bytes_read + 0x1030 >= info.bytes_total);
	/* what is not found may be in the part that is missing */
	for (uint64_t page = 0x3f0; page < 0xc20; page++) {
		struct kst_large_allocation a = { .size = sizeof a }, b = { .size = sizeof b };
		uint64_t address = m.kernel + page * 0x1000 + 0x123;
		kst_status st = kst_large_allocation_find(m.target, NULL, address, &a, NULL);

		assert_true(st == KST_OK || st == KST_E_FAULT);
		assert_int_equal(kst_large_index_find(index, m.target, address, &b, NULL), st);
	}
	pool_machine_end(&m);
	free(index);
}

/* Live memory: what the index knows outlives the entry. */
static void entry_that_went_away(void **state)
{
	struct kst_large_index *index = malloc(kst_large_index_size(64));
	struct kst_large_allocation large = { .size = sizeof large };
	struct pool_machine m;

	(void)state;
	assert_non_null(index);
	pool_machine_begin(&m, POOL_7_X64);
	pool_table(&m, 64);
	pool_large(&m, 5, m.kernel + 0x400000, 0x3000, "Larg");
	pool_machine_finish(&m);
	assert_int_equal(kst_large_index_init(index, kst_large_index_size(64), m.target, NULL, NULL), KST_OK);
	pool_large(&m, 5, m.kernel + 0x700000, 0x3000, "Othr");
	assert_int_equal(kst_large_index_find(index, m.target, m.kernel + 0x401234, &large, NULL), KST_OK);
	assert_true(large.address == m.kernel + 0x400000 && large.bytes == 0x3000 && large.index == 5);
	assert_int_equal(large.present & KST_LARGE_ALLOCATION_HAS_TAG, 0);
	image_unmap(m.img, m.table);
	assert_int_equal(kst_large_index_find(index, m.target, m.kernel + 0x401234, &large, NULL), KST_OK);
	assert_true(large.address == m.kernel + 0x400000 && large.bytes == 0x3000);
	pool_machine_end(&m);
	free(index);
}

static struct kst_large_index *shared;

static kst_status run_build(struct pool_machine *m, bool failing)
{
	kst_status st = kst_large_index_init(shared, kst_large_index_size(ENTRIES), m->target, NULL, NULL);
	struct kst_large_index_info info = { .size = sizeof info };

	if (st == KST_OK && !failing) {
		assert_int_equal(kst_large_index_info(shared, &info), KST_OK);
		assert_int_equal(info.anomalies & KST_LARGE_TABLE_ANOMALY_PARTIAL, 0);
	}
	return st;
}

static kst_status run_find(struct pool_machine *m, bool failing)
{
	struct kst_large_allocation large = { .size = sizeof large, .index = 7777 };
	kst_status st = kst_large_index_find(shared, m->target, m->kernel + 0x400000 + 0x20123, &large, NULL);

	(void)failing;
	if (st != KST_OK)
		assert_int_equal(large.index, 7777);
	return st;
}

static void survives_failing_reads(void **state)
{
	struct pool_machine m;

	(void)state;
	shared = malloc(kst_large_index_size(ENTRIES));
	assert_non_null(shared);
	forge(&m, POOL_7_X64);
	pool_sweep(&m, run_build);
	pool_sweep(&m, run_find);
	pool_machine_end(&m);
	free(shared);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(agrees_with_the_linear_lookup),
		cmocka_unit_test(too_small),
		cmocka_unit_test(live_entries_first),
		cmocka_unit_test(holes_and_refused_entries),
		cmocka_unit_test(entry_that_went_away),
		cmocka_unit_test(survives_failing_reads),
	};

	return cmocka_run_group_tests_name("large index", tests, NULL, NULL);
}
