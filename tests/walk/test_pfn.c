/* SPDX-License-Identifier: MIT */
#include "support/image.h"
#include "support/support.h"
#include "support/sweep.h"
#include "walk/target.h"

#include <stdlib.h>

#define BASE 0xfffffa8000000000u
#define HIGH 0xfffff80000500000u

/* A database of 200 frames with a hole of one page in it. */
static struct kst_target *forge(struct image *img, struct kst_layout *layout, uint64_t highest)
{
	const struct kst_symbol symbols[] = { { HIGH, "MmHighestPhysicalPage" }, { HIGH + 8, "MmPfnDatabase" } };

	image_put64(img, HIGH, highest);
	image_put64(img, HIGH + 8, BASE);
	for (uint64_t i = 0; i < 256; i++) {
		uint64_t at = BASE + i * 0x30;

		image_put_member(img, layout, at, "_MMPFN", "u3.e1.PageLocation", i % 8);
		image_put_member(img, layout, at, "_MMPFN", "PteAddress", 0xfffff68000000000 + i * 8);
		image_put_member(img, layout, at, "_MMPFN", "OriginalPte", 0x80);
	}
	image_unmap(img, BASE + 0x1000);
	return image_target_symbols(img, layout, symbols, 2);
}

static void walks_over_a_hole(void **state)
{
	struct kst_layout *layout = layout_builtin(KST_ARCH_X64, 7601, 0);
	struct image *img = image_new(KST_PAGING_X64);
	struct kst_target *t = forge(img, layout, 199);
	struct kst_pfn pfn = { .size = sizeof pfn };
	struct kst_pfn_counts counts = { .size = sizeof counts };
	struct kst_cursor cursor;
	uint64_t expected = 0, n = 0, by[8] = { 0 };
	kst_status st;

	(void)state;
	assert_int_equal(kst_pfns_begin(&cursor, t, 0, UINT64_MAX, NULL), KST_OK);
	while ((st = kst_pfns_next(&cursor, &pfn, NULL)) == KST_OK) {
		if (expected == 0x55) /* entries that touch the page that is not there */
			expected = 0xab;
		assert_true(pfn.frame == expected && pfn.address == BASE + expected * 0x30);
		assert_int_equal(pfn.location, expected % 8);
		by[pfn.location]++;
		expected++;
		n++;
	}
	assert_int_equal(st, KST_END);
	assert_int_equal(kst_cursor_end(&cursor), KST_WALK_CLOSED);
	assert_int_equal(kst_cursor_anomalies(&cursor), KST_WALK_ANOMALY_SKIPPED);
	assert_true(expected == 200 && n == 200 - (0xab - 0x55));
	assert_int_equal(kst_pfn_count(t, &counts, NULL), KST_OK);
	assert_true(counts.total == n && counts.lowest == 0 && counts.highest == 199);
	assert_memory_equal(counts.pages, by, sizeof by);
	assert_int_equal(kst_pfn_read(t, 5, &pfn, NULL), KST_OK);
	assert_int_equal(pfn.location, 5);
	assert_int_equal(kst_pfn_read(t, 0x60, &pfn, NULL), KST_E_FAULT);
	assert_int_equal(kst_pfn_read(t, 200, &pfn, NULL), KST_E_ARG);
	free(layout);
	image_free(img);
}

/* Published for a kernel without PAE: where the entries of frames 3b and 154 are, and what they say. */
static void published(void **state)
{
	static const struct {
		uint64_t frame, address, pte, original, containing;
	} rows[] = {
		{ 0x3b, 0x82350588, 0xc0300800, 0, 0x39 },
		{ 0x154, 0x82351fe0, 0xc0200550, 0x60, 0x3b },
	};
	static const struct kst_symbol symbols[] = { { 0x80500000, "MmHighestPhysicalPage" },
						     { 0x80500004, "MmPfnDatabase" } };
	struct kst_layout *layout = layout_builtin(KST_ARCH_X86, 3790, 0);
	struct image *img = image_new(KST_PAGING_X86);
	struct kst_target *t;

	(void)state;
	image_put32(img, symbols[0].address, 0x7fff);
	image_put32(img, symbols[1].address, 0x82350000);
	for (size_t i = 0; i < 2; i++) {
		image_put_member(img, layout, rows[i].address, "_MMPFN", "PteAddress", rows[i].pte);
		image_put_member(img, layout, rows[i].address, "_MMPFN", "OriginalPte", rows[i].original);
		image_put_member(img, layout, rows[i].address, "_MMPFN", "u4.PteFrame", rows[i].containing);
		image_put_member(img, layout, rows[i].address, "_MMPFN", "u3.e1.PageLocation", 6);
	}
	t = image_target_symbols(img, layout, symbols, 2);
	for (size_t i = 0; i < 2; i++) {
		struct kst_pfn pfn = { .size = sizeof pfn };

		assert_int_equal(kst_pfn_read(t, rows[i].frame, &pfn, NULL), KST_OK);
		assert_true(pfn.address == rows[i].address && pfn.pte_address == rows[i].pte);
		assert_true(pfn.original_pte == rows[i].original && pfn.pte_frame == rows[i].containing);
		assert_int_equal(pfn.location, KST_PFN_ACTIVE);
	}
	free(layout);
	image_free(img);
}

/* Pieces of virtual memory, as a triage dump has them: all zeros but for the globals. */
static const struct piece {
	uint64_t start, length;
} pieces[] = { { HIGH, 16 }, { BASE + 0x10, 0x80 }, { BASE + 0x118, 0x98 }, { BASE + 0x3000, 0x30 } };

static kst_status read_piece(void *user, kst_space space, uint64_t address, void *buf, size_t len, size_t *done)
{
	uint8_t globals[16] = { 0x10, 1 };

	*done = 0;
	if (space == KST_SPACE_PHYSICAL)
		return KST_E_FAULT;
	for (unsigned i = 0; i < 8; i++)
		globals[8 + i] = (uint8_t)(BASE >> (8 * i));
	for (size_t i = 0; i < sizeof pieces / sizeof pieces[0]; i++) {
		uint64_t in = address - pieces[i].start;

		if (in >= pieces[i].length)
			continue;
		*done = len < pieces[i].length - in ? len : (size_t)(pieces[i].length - in);
		memset(buf, 0, *done);
		if (i == 0)
			memcpy(buf, globals + in, *done);
		return *done == len ? KST_OK : KST_E_FAULT;
	}
	(void)user;
	return KST_E_FAULT;
}

static kst_status next_piece(void *user, kst_space space, uint64_t address, uint64_t *start, uint64_t *length)
{
	size_t at = sizeof pieces / sizeof pieces[0];

	(void)user;
	for (size_t i = 0; i < sizeof pieces / sizeof pieces[0]; i++)
		if (space != KST_SPACE_PHYSICAL && pieces[i].start + pieces[i].length > address &&
		    (at == sizeof pieces / sizeof pieces[0] || pieces[i].start < pieces[at].start))
			at = i;
	if (at == sizeof pieces / sizeof pieces[0])
		return KST_END;
	*start = pieces[at].start < address ? address : pieces[at].start;
	*length = pieces[at].start + pieces[at].length - *start;
	return KST_OK;
}

/* Every whole entry is found, also behind a hole within a page. */
static void in_pieces(void **state)
{
	static const uint64_t frames[] = { 1, 2, 6, 7, 8, 0x100 };
	const struct kst_symbol symbols[] = { { HIGH, "MmHighestPhysicalPage" }, { HIGH + 8, "MmPfnDatabase" } };
	const struct kst_reader_ops ops = { .size = sizeof ops, .read = read_piece, .next_range = next_piece };
	const struct kst_identity identity = { .size = sizeof identity,
					       .arch = KST_ARCH_X64,
					       .paging = KST_PAGING_X64,
					       .present = KST_IDENTITY_HAS_ARCH };
	struct kst_layout *layout = layout_builtin(KST_ARCH_X64, 7601, 0);
	const struct kst_target_config config = { .size = sizeof config,
						  .reader = &ops,
						  .layout = layout,
						  .identity = &identity,
						  .symbols = symbols,
						  .symbols_count = 2 };
	struct kst_pfn pfn = { .size = sizeof pfn };
	struct kst_cursor cursor;
	struct kst_target *t;
	kst_status st;
	size_t n = 0;

	(void)state;
	assert_int_equal(kst_target_create(&config, &t, NULL), KST_OK);
	assert_int_equal(kst_pfns_begin(&cursor, t, 0, UINT64_MAX, NULL), KST_OK);
	while ((st = kst_pfns_next(&cursor, &pfn, NULL)) == KST_OK) {
		assert_true(n < sizeof frames / sizeof frames[0] && pfn.frame == frames[n]);
		n++;
	}
	assert_int_equal(st, KST_END);
	assert_int_equal(n, sizeof frames / sizeof frames[0]);
	kst_target_destroy(t);
	free(layout);
}

/* What the dump's header says stands in where no symbol does; what is told leads into the kernel or nowhere. */
static void not_known(void **state)
{
	static const struct {
		uint64_t symbol, header; /* 0: not told */
		kst_status want;
	} cases[] = {
		{ HIGH + 8, 0, KST_OK },         { 0, HIGH + 8, KST_OK },           { 0, BASE, KST_OK },
		{ HIGH + 0x8008, BASE, KST_OK }, { HIGH + 0x8008, 0, KST_E_FAULT }, { HIGH + 16, BASE, KST_E_FAULT },
		{ 0, HIGH + 16, KST_E_FAULT },   { 0, 0, KST_E_NO_MEMBER },
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct kst_layout *layout = layout_builtin(KST_ARCH_X64, 7601, 0);
		struct image *img = image_new(KST_PAGING_X64);
		const struct kst_symbol symbol = { cases[i].symbol, "MmPfnDatabase" };
		struct kst_error err = { .size = sizeof err };
		struct kst_pfn pfn = { .size = sizeof pfn };
		struct kst_target *t;

		image_put64(img, HIGH + 16, 0x1000); /* no address of the kernel */
		forge(img, layout, 40);
		image_identity(img)->pfn_database = cases[i].header;
		if (cases[i].header != 0)
			image_identity(img)->present |= KST_IDENTITY_HAS_PFN_DATABASE;
		t = image_target_symbols(img, layout, &symbol, cases[i].symbol != 0);
		assert_int_equal(kst_pfn_read(t, 5, &pfn, &err), cases[i].want);
		assert_true(cases[i].want == KST_OK ? pfn.address == BASE + 5 * 0x30 : err.code == cases[i].want);
		assert_true(t->pfn_database == (cases[i].want == KST_OK ? BASE : 0));
		free(layout);
		image_free(img);
	}
}

/* A step for each page of the database: 200 frames on three pages, of which one is not there. */
static void budget(void **state)
{
	struct kst_layout *layout = layout_builtin(KST_ARCH_X64, 7601, 0);
	struct image *img = image_new(KST_PAGING_X64);
	struct kst_target *t = forge(img, layout, 199);
	struct kst_pfn pfn = { .size = sizeof pfn };
	struct kst_cursor cursor;
	kst_status ends[2] = { KST_OK, KST_OK };

	(void)state;
	for (uint64_t enough = 0; enough < 2; enough++) {
		struct kst_pfn_counts counts = { .size = sizeof counts, .total = 77 };

		t->config.step_budget = enough ? 2 : 1;
		assert_int_equal(kst_pfns_begin(&cursor, t, 0, UINT64_MAX, NULL), KST_OK);
		while ((ends[enough] = kst_pfns_next(&cursor, &pfn, NULL)) == KST_OK)
			;
		assert_int_equal(kst_pfn_count(t, &counts, NULL), enough ? KST_OK : KST_E_LIMIT);
		assert_int_equal(counts.total, enough ? kst_cursor_count(&cursor) : 77);
	}
	assert_true(ends[0] == KST_E_LIMIT && ends[1] == KST_END);
	free(layout);
	image_free(img);
}

/* A highest frame that memory made up: bounded by what is mapped. */
static void absurd_size(void **state)
{
	struct kst_layout *layout = layout_builtin(KST_ARCH_X64, 7601, 0);
	struct image *img = image_new(KST_PAGING_X64);
	struct kst_target *t = forge(img, layout, UINT64_MAX);
	struct kst_pfn_counts counts = { .size = sizeof counts };

	(void)state;
	assert_int_equal(kst_pfn_count(t, &counts, NULL), KST_OK);
	assert_true(counts.total < 512);
	free(layout);
	image_free(img);
}

static void every_read_may_fail(void **state)
{
	struct kst_layout *layout = layout_builtin(KST_ARCH_X64, 7601, 0);
	struct image *img = image_new(KST_PAGING_X64);
	struct kst_target *t = forge(img, layout, 40);

	(void)state;
	SWEEP(img, kst_pfn, kst_pfns_begin(&sweep.cursor, t, 0, UINT64_MAX, &sweep.err), kst_pfns_next)
		assert_true(sweep.status == KST_END || sweep.status == KST_E_FAULT || sweep.status == KST_E_HOST);
	for (uint64_t n = 1; n < 100; n++) {
		struct kst_pfn_counts counts = { .size = sizeof counts, .total = 77 };

		image_fail(img, n, false, SWEEP_HOST);
		if (kst_pfn_count(t, &counts, NULL) == KST_OK) {
			assert_true(image_reads(img) < n);
			break;
		}
		assert_true(image_reads(img) >= n && counts.total == 77);
	}
	image_free(img);
	free(layout);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(walks_over_a_hole),   cmocka_unit_test(published), cmocka_unit_test(absurd_size),
		cmocka_unit_test(in_pieces),           cmocka_unit_test(budget),    cmocka_unit_test(not_known),
		cmocka_unit_test(every_read_may_fail),
	};

	return cmocka_run_group_tests_name("pfn walk", tests, NULL, NULL);
}
