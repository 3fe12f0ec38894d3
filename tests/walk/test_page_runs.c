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

/* A machine of which a few bytes are at hand, as in a triage dump. */
struct pieces {
	struct image *img;
	size_t count;
	struct {
		uint64_t start, length;
	} at[8];
};

static kst_status read_pieces(void *user, kst_space space, uint64_t address, void *buf, size_t len, size_t *done)
{
	const struct pieces *p = user;

	for (size_t i = 0; i < p->count; i++) {
		uint64_t in = address - p->at[i].start;

		if (in < p->at[i].length && len <= p->at[i].length - in)
			return image_reader(p->img)->read(p->img, space, address, buf, len, done);
	}
	*done = 0;
	return KST_E_FAULT;
}

static kst_status next_of_pieces(void *user, kst_space space, uint64_t address, uint64_t *start, uint64_t *length)
{
	const struct pieces *p = user;
	size_t found = p->count;

	for (size_t i = 0; i < p->count; i++)
		if (space != KST_SPACE_PHYSICAL && p->at[i].start + p->at[i].length - 1 >= address &&
		    (found == p->count || p->at[i].start < p->at[found].start))
			found = i;
	if (found == p->count)
		return KST_END;
	*start = p->at[found].start > address ? p->at[found].start : address;
	*length = p->at[found].start + p->at[found].length - *start;
	return KST_OK;
}

static kst_status no_ranges(void *user, kst_space space, uint64_t address, uint64_t *start, uint64_t *length)
{
	(void)user, (void)space, (void)address, (void)start, (void)length;
	return KST_E_FAULT;
}

static uint64_t entry_at(uint64_t va, unsigned level)
{
	while (level-- > 0)
		va = 0xffffec8000000000 + ((va & 0xffffffffffff) >> 12) * 8;
	return va;
}

/* A reader that cannot tell where memory is: what is absent is stepped over by the largest tables. */
static void steps_without_ranges(void **state)
{
	static const struct row_of_ranges {
		kst_status (*next_range)(void *, kst_space, uint64_t, uint64_t *, uint64_t *);
	} rows[] = { { NULL }, { no_ranges } };

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		const struct kst_symbol symbol = { 0xfffff80000500000, "MmPteBase" };
		struct pieces p = { .img = image_new(KST_PAGING_X64), .count = 1 };
		const struct kst_reader_ops ops = { .size = sizeof ops,
						    .read = read_pieces,
						    .next_range = rows[i].next_range };
		const struct kst_target_config config = { .size = sizeof config,
							  .step_budget = 300,
							  .reader = &ops,
							  .reader_user = &p,
							  .identity = image_identity(p.img),
							  .symbols = &symbol,
							  .symbols_count = 1 };
		struct kst_page_run run = { .size = sizeof run };
		struct kst_cursor cursor;
		struct kst_target *t;

		image_put64(p.img, symbol.address, 0xffffec8000000000);
		p.at[0].start = symbol.address;
		p.at[0].length = 8;
		image_virtual(p.img, true);
		assert_int_equal(kst_target_create(&config, &t, NULL), KST_OK);
		assert_int_equal(kst_page_runs_begin(&cursor, t, 0x7000, 0, 0x7fffffffffff, 0, NULL), KST_OK);
		assert_int_equal(kst_page_runs_next(&cursor, &run, NULL), KST_OK);
		assert_int_equal(run.state, KST_PTE_UNREADABLE);
		assert_true(run.length == 0x800000000000);
		assert_int_equal(kst_page_runs_next(&cursor, &run, NULL), KST_END);
		kst_target_destroy(t);
		image_free(p.img);
	}
}

/* Entries in pieces are found wherever they are, and the way to them is short. */
static void entries_in_pieces(void **state)
{
	static const struct {
		uint64_t va;
		unsigned level;
		uint64_t length;
	} known[] = {
		{ 0xffff900000123000, 1, 0x1000 },   { 0xffff900000125000, 1, 0x1000 },
		{ 0xfffff80040000000, 2, 0x200000 }, { 0xfffff80100401000, 1, 0x1000 },
		{ 0xfffffffffffff000, 1, 0x1000 },
	};
	const size_t count = sizeof known / sizeof known[0];
	const uint64_t base = 0xffffec8000000000;
	const struct kst_symbol symbol = { 0xfffff80000500000, "MmPteBase" };
	struct pieces p = { .img = image_new(KST_PAGING_X64), .count = count + 2 };
	const struct kst_reader_ops ops = { .size = sizeof ops, .read = read_pieces, .next_range = next_of_pieces };
	struct kst_identity identity = *image_identity(p.img);
	const struct kst_target_config config = { .size = sizeof config,
						  .step_budget = 100,
						  .reader = &ops,
						  .reader_user = &p,
						  .identity = &identity,
						  .symbols = &symbol,
						  .symbols_count = 1 };
	struct kst_page_run run = { .size = sizeof run };
	uint64_t at = 0xffff800000000000;
	struct kst_cursor cursor;
	struct kst_target *t;
	size_t n = 0;
	kst_status st;

	(void)state;
	image_put64(p.img, symbol.address, base);
	put_entry(image_entry(p.img, image_dtb(p.img), base, 4), 8, image_dtb(p.img) | 0x63);
	p.at[0].start = symbol.address;
	p.at[0].length = 8;
	for (size_t i = 0; i < count; i++) {
		put_entry(image_entry(p.img, image_dtb(p.img), known[i].va, known[i].level), 8,
			  0x40000000 + i * 0x400000 + (known[i].level == 1 ? 0x63 : 0xe3));
		p.at[i + 1].start = entry_at(known[i].va, known[i].level);
		p.at[i + 1].length = 8;
	}
	/* a table's entry without the table, and a part of an entry */
	p.at[count + 1].start = entry_at(known[3].va, 2) - 4;
	p.at[count + 1].length = 12;
	image_virtual(p.img, true);
	assert_int_equal(kst_target_create(&config, &t, NULL), KST_OK);
	assert_int_equal(kst_page_runs_begin(&cursor, t, KST_SPACE_KERNEL, at, UINT64_MAX, 0, NULL), KST_OK);
	while ((st = kst_page_runs_next(&cursor, &run, NULL)) == KST_OK) {
		assert_true(run.address == at);
		at += run.length;
		/* in the self-map the same entries map the tables */
		if (run.state == KST_PTE_UNREADABLE || run.address - base < (uint64_t)1 << 39)
			continue;
		assert_true(n < count && run.address == known[n].va && run.length == known[n].length);
		assert_int_equal(run.state, KST_PTE_VALID);
		assert_true(run.physical == 0x40000000 + n * 0x400000);
		n++;
	}
	assert_int_equal(st, KST_END);
	assert_true(at == 0);
	assert_int_equal(n, count);
	kst_target_destroy(t);
	image_free(p.img);
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
	struct CMUnitTest tests[4 + 2 * sizeof paging_rows / sizeof paging_rows[0]] = {
		cmocka_unit_test(tables_in_a_loop),
		cmocka_unit_test(refuses),
		cmocka_unit_test(entries_in_pieces),
		cmocka_unit_test(steps_without_ranges),
	};
	size_t n = 4;

	n += ROWS_TO_TESTS(tests + n, paging_rows, runs_of_a_range);
	n += ROWS_TO_TESTS(tests + n, paging_rows, every_read_may_fail);
	return _cmocka_run_group_tests("page runs", tests, n, NULL, NULL);
}
