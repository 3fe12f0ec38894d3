/* SPDX-License-Identifier: MIT */
/* Tag search: every way of comparing gives the same hits; plausibility, resuming, stopping, holes. */
#include "support/pool_machine.h"

#include <stdlib.h>

#define PAGES 40

static struct kst_pool_hit hits[4096];

static uint32_t tag_of(const char *text)
{
	return (uint32_t)(unsigned char)text[0] | (uint32_t)(unsigned char)text[1] << 8 |
	       (uint32_t)(unsigned char)text[2] << 16 | (uint32_t)(unsigned char)text[3] << 24;
}

static uint64_t first_page(const struct pool_machine *m)
{
	return m->kernel + 0x8e13000;
}

static void forge(struct pool_machine *m, enum pool_layout which)
{
	static const struct pool_block narrow[] = {
		{ 0x28, 5, "None" }, { 0x158, 5, "Fil\xe5" }, { 0x10, 0, "Ntfx" }, { 0xe70, 6, "Ntfx" }
	};

	pool_machine_begin(m, which);
	for (unsigned i = 0; i < PAGES; i++) {
		uint8_t *page = image_page(m->img, first_page(m) + i * 0x1000);

		if (pool_paging(which) == KST_PAGING_X86)
			pool_forge(page, which, 0, narrow, ROWS_COUNT(narrow));
		else
			pool_forge(page, which, 0, pool_page_8e13, ROWS_COUNT(pool_page_8e13));
		memcpy(page + 0xf04, "Ntfx", 4); /* a word that is no header */
		memcpy(page + 0xf19, "Ntfx", 4); /* not aligned */
	}
	pool_machine_finish(m);
}

static size_t scan_all(struct pool_machine *m, const uint32_t *tags, size_t count, uint32_t flags, size_t batch,
		       void *scratch, size_t scratch_size)
{
	struct kst_pool_scan scan = { .size = sizeof scan,
				      .flags = flags,
				      .space = KST_SPACE_KERNEL,
				      .end = first_page(m) + PAGES * 0x1000,
				      .tags_count = count,
				      .scratch_size = scratch_size,
				      .tags = tags,
				      .scratch = scratch };
	uint64_t position = first_page(m);
	size_t total = 0, done;
	kst_status st;

	do {
		st = kst_pool_scan(m->target, &scan, &position, hits + total, sizeof hits[0], batch, &done, NULL);
		total += done;
		assert_true(total + batch <= ROWS_COUNT(hits));
	} while (st == KST_OK);
	assert_int_equal(st, KST_END);
	assert_true(position == scan.end);
	return total;
}

struct row {
	const char *name;
	enum pool_layout layout;
	size_t tags; /* fillers around the ones that are there */
	size_t batch;
	size_t scratch;
	size_t per_page;
};

/* 7 blocks of Ntfx and 2 of File in a page of 16-byte units; 2 and 1 in one of 8-byte units */
static const struct row rows[] = {
	{ "two tags, units of 16", POOL_7_X64, 0, 256, 0, 8 },
	{ "two tags one by one", POOL_7_X64, 0, 1, 0, 8 },
	{ "ten tags, large scratch", POOL_7_X64, 8, 256, 0x10000, 8 },
	{ "16 tags", POOL_7_X64, 14, 256, 0x1800, 8 },
	{ "17 tags", POOL_7_X64, 15, 256, 0, 8 },
	{ "256 tags", POOL_7_X64, 254, 256, 0, 8 },
	{ "two tags, units of 8", POOL_XP_X86, 0, 256, 0, 3 },
	{ "ten tags, units of 8, odd scratch", POOL_XP_X86, 8, 3, 0x40f, 3 },
	{ "100 tags, units of 8", POOL_XP_X86, 98, 7, 0, 3 },
};

static void finds_the_same(void **state)
{
	const struct row *row = *state;
	uint8_t *scratch = row->scratch == 0 ? NULL : malloc(row->scratch);
	struct pool_machine m;
	uint32_t tags[256];
	size_t count = 0, found, seen = 0;

	forge(&m, row->layout);
	for (; count < row->tags / 2; count++)
		tags[count] = 0x7a000000u + (uint32_t)count * 0x10203;
	tags[count++] = tag_of("Ntfx");
	tags[count++] = tag_of("File"); /* without its protected bit */
	for (; count < row->tags + 2; count++)
		tags[count] = 0x79000000u + (uint32_t)count * 0x10203;
	found = scan_all(&m, tags, count, 0, row->batch, scratch, row->scratch);
	assert_int_equal(found, PAGES * row->per_page);
	/* against a walk over each page */
	for (unsigned i = 0; i < PAGES; i++) {
		static struct kst_pool_header blocks[512];
		struct kst_pool_page page = { .size = sizeof page };
		size_t blocks_count;

		assert_int_equal(kst_pool_page_read(m.target, KST_SPACE_KERNEL, first_page(&m) + i * 0x1000, 0, 0,
						    blocks, sizeof blocks[0], 512, &blocks_count, &page, NULL),
				 KST_OK);
		for (size_t b = 0; b < blocks_count; b++) {
			if (strcmp(blocks[b].tag_text, "Ntfx") != 0 && strcmp(blocks[b].tag_text, "File") != 0)
				continue;
			assert_true(hits[seen].address == blocks[b].address &&
				    hits[seen].block_size == blocks[b].block_size);
			assert_int_equal(hits[seen].state, blocks[b].state);
			assert_int_equal(hits[seen].protected_tag, blocks[b].protected_tag);
			assert_int_equal(tags[hits[seen].tag_index] == tag_of("Ntfx"),
					 strcmp(blocks[b].tag_text, "Ntfx") == 0);
			seen++;
		}
	}
	assert_int_equal(seen, found);
	free(scratch);
	pool_machine_end(&m);
}

static void implausible_hits_have_reasons(void **state)
{
	const uint32_t tag = tag_of("Bad!");
	uint8_t *page;
	struct pool_machine m;
	size_t found;

	(void)state;
	forge(&m, POOL_7_X64);
	page = image_page(m.img, first_page(&m));
	/* zero size; leaves the page; previous size zero inside, or before the page; the next header differs */
	memcpy(page + 0x20,
	       "\x01\x00\x00\x02"
	       "Bad!",
	       8);
	memcpy(page + 0xff0,
	       "\x10\x00\x02\x02"
	       "Bad!",
	       8);
	memcpy(page + 0x60,
	       "\x00\x00\x02\x02"
	       "Bad!",
	       8);
	memcpy(page + 0xa0,
	       "\xff\x00\x02\x02"
	       "Bad!",
	       8);
	memcpy(page + 0xc0,
	       "\x01\x00\x02\x02"
	       "Bad!",
	       8);
	assert_int_equal(scan_all(&m, &tag, 1, 0, 16, NULL, 0), 0);
	found = scan_all(&m, &tag, 1, KST_POOL_SCAN_ALL, 16, NULL, 0);
	assert_int_equal(found, 5);
	assert_int_equal(hits[0].reasons, KST_POOL_HIT_ZERO_SIZE);
	assert_int_equal(hits[1].reasons, KST_POOL_HIT_PREVIOUS);
	assert_int_equal(hits[2].reasons, KST_POOL_HIT_PREVIOUS);
	assert_int_equal(hits[3].reasons, KST_POOL_HIT_NEXT_DIFFERS);
	assert_int_equal(hits[4].reasons, KST_POOL_HIT_LEAVES_PAGE);
	assert_string_equal(kst_pool_hit_reason_name(KST_POOL_HIT_NEXT_DIFFERS), "next-differs");
	assert_null(kst_pool_hit_reason_name((uint64_t)1 << 60));
	pool_machine_end(&m);
}

/* A cache-aligned allocation: the second header, in the block, is none of its own; also at the end of a page. */
static void aligned_allocations_come_once(void **state)
{
	static const enum pool_layout layouts[] = { POOL_7_X64, POOL_19041_X64 };
	const uint32_t tag = tag_of("Algn");

	(void)state;
	for (size_t i = 0; i < ROWS_COUNT(layouts); i++) {
		bool heap = layouts[i] == POOL_19041_X64;
		struct pool_machine m;
		uint8_t *page;

		forge(&m, layouts[i]);
		page = image_page(m.img, first_page(&m));
		memset(page, 0, 0x1000);
		memcpy(page,
		       "\x00\x00\xc0\x02"
		       "None",
		       8);
		memcpy(page + 0xc00,
		       "\xc0\x00\x20\x02"
		       "Algn",
		       8);
		memcpy(page + 0xc20,
		       "\x02\x00\x1e\x06"
		       "Algn",
		       8);
		memcpy(page + 0xe00,
		       "\x20\x00\x20\x02"
		       "Algn",
		       8);
		memcpy(page + 0xe30,
		       "\x03\x00\x1d\x06"
		       "Algn",
		       8);
		if (heap)
			page[0xc00] = page[0xe00] = 0;
		assert_int_equal(scan_all(&m, &tag, 1, 0, 16, NULL, 0), 2);
		assert_true(hits[0].address == first_page(&m) + 0xc00 && hits[1].address == first_page(&m) + 0xe00);
		assert_int_equal(scan_all(&m, &tag, 1, KST_POOL_SCAN_ALL, 16, NULL, 0), 4);
		assert_true(hits[1].address == first_page(&m) + 0xc20 && hits[3].address == first_page(&m) + 0xe30);
		assert_int_equal(hits[1].reasons, heap ? KST_POOL_HIT_PREVIOUS : KST_POOL_HIT_NEXT_DIFFERS);
		assert_int_equal(hits[3].reasons, KST_POOL_HIT_PREVIOUS);
		pool_machine_end(&m);
	}
}

static int32_t stop_at_once(void *user, uint64_t position)
{
	*(uint64_t *)user = position;
	return 1;
}

/* Stops a search that does not end: it asks once for each MiB, or for each larger hole. */
static int count_steps(void *user, uint64_t position)
{
	unsigned *steps = user;

	(void)position;
	return ++*steps > 20000;
}

static void holes_stops_and_arguments(void **state)
{
	uint32_t tag = tag_of("Ntfx");
	uint64_t stopped = 0, position;
	struct kst_pool_scan scan = { .size = sizeof scan, .space = KST_SPACE_KERNEL, .tags_count = 1, .tags = &tag };
	struct pool_machine m;
	unsigned steps;
	size_t done;

	(void)state;
	forge(&m, POOL_7_X64);
	image_unmap(m.img, first_page(&m) + 0x3000);
	image_unmap(m.img, first_page(&m) + 0x4000);
	assert_int_equal(scan_all(&m, &tag, 1, 0, 256, NULL, 0), (PAGES - 2) * 6);
	/* a long range with little in it: asked once per MiB whether to go on */
	scan.end = first_page(&m) + 0x1000000;
	scan.progress = stop_at_once;
	scan.progress_user = &stopped;
	position = first_page(&m);
	assert_int_equal(kst_pool_scan(m.target, &scan, &position, hits, sizeof hits[0], 4096, &done, NULL),
			 KST_E_LIMIT);
	assert_true(stopped == position && position < first_page(&m) + 0x200000 && done == (PAGES - 2) * 6);
	scan.progress = NULL;
	assert_int_equal(kst_pool_scan(m.target, &scan, &position, hits, sizeof hits[0], 4096, &done, NULL), KST_END);
	assert_int_equal(done, 0);
	/* the kernel's whole half: where tables are missing the search does not go page by page */
	scan.end = UINT64_MAX & ~UINT64_C(0xfff);
	position = 0xffff800000000000;
	image_fail(m.img, 0, false, KST_OK);
	assert_int_equal(kst_pool_scan(m.target, &scan, &position, hits, sizeof hits[0], 4096, &done, NULL), KST_END);
	assert_int_equal(done, (PAGES - 2) * 6);
	assert_true(image_reads(m.img) < 20000);
	/* all addresses: between the halves there are none */
	position = 0;
	steps = 0;
	scan.progress = count_steps;
	scan.progress_user = &steps;
	image_fail(m.img, 0, false, KST_OK);
	assert_int_equal(kst_pool_scan(m.target, &scan, &position, hits, sizeof hits[0], 4096, &done, NULL), KST_END);
	assert_int_equal(done, (PAGES - 2) * 6);
	scan.progress = NULL;
	/* split in two, the halves find what the whole finds */
	scan.end = first_page(&m) + 0x14000;
	position = first_page(&m);
	assert_int_equal(kst_pool_scan(m.target, &scan, &position, hits, sizeof hits[0], 4096, &done, NULL), KST_END);
	assert_int_equal(done, 18 * 6);
	assert_int_equal(kst_pool_scan(NULL, &scan, &position, hits, sizeof hits[0], 1, &done, NULL), KST_E_ARG);
	assert_int_equal(kst_pool_scan(m.target, &scan, &position, hits, sizeof hits[0], 0, &done, NULL), KST_E_ARG);
	assert_int_equal(kst_pool_scan(m.target, &scan, &position, hits, 8, 1, &done, NULL), KST_E_ARG);
	scan.tags_count = 257;
	assert_int_equal(kst_pool_scan(m.target, &scan, &position, hits, sizeof hits[0], 1, &done, NULL), KST_E_ARG);
	scan.tags_count = 0;
	assert_int_equal(kst_pool_scan(m.target, &scan, &position, hits, sizeof hits[0], 1, &done, NULL), KST_E_ARG);
	scan.tags_count = 1;
	scan.scratch = hits;
	scan.scratch_size = 100;
	assert_int_equal(kst_pool_scan(m.target, &scan, &position, hits, sizeof hits[0], 1, &done, NULL), KST_E_ARG);
	scan.size = 4;
	assert_int_equal(kst_pool_scan(m.target, &scan, &position, hits, sizeof hits[0], 1, &done, NULL), KST_E_ABI);
	/* the very end of the address space does not wrap */
	scan = (struct kst_pool_scan){
		.size = sizeof scan, .space = KST_SPACE_KERNEL, .end = UINT64_MAX, .tags_count = 1, .tags = &tag
	};
	position = UINT64_MAX - 3;
	assert_int_equal(kst_pool_scan(m.target, &scan, &position, hits, sizeof hits[0], 1, &done, NULL), KST_END);
	pool_machine_end(&m);
	/* 32 bits: behind them there is nothing */
	forge(&m, POOL_7_X86);
	scan.progress = count_steps;
	scan.progress_user = &steps;
	position = 0;
	steps = 0;
	assert_int_equal(kst_pool_scan(m.target, &scan, &position, hits, sizeof hits[0], 4096, &done, NULL), KST_END);
	assert_true(position == UINT64_MAX && done == scan_all(&m, &tag, 1, 0, 256, NULL, 0) && done >= PAGES);
	pool_machine_end(&m);
}

static kst_status run(struct pool_machine *m, bool failing)
{
	uint32_t tag = tag_of("File");
	struct kst_pool_scan scan = { .size = sizeof scan,
				      .space = KST_SPACE_KERNEL,
				      .end = first_page(m) + 0x3000,
				      .tags_count = 1,
				      .tags = &tag };
	uint64_t position = first_page(m);
	size_t done = 99;
	kst_status st = kst_pool_scan(m->target, &scan, &position, hits, sizeof hits[0], 64, &done, NULL);

	assert_true(done <= 6 && position >= first_page(m) && position <= scan.end);
	if (!failing)
		assert_true(st == KST_END && done == 6);
	return st;
}

/* A page at the end of all addresses, and a piece that begins where rounding up would wrap to 0. */
struct top {
	uint64_t start; /* what is there, up to the last byte */
	unsigned reads;
};

static kst_status read_top(void *user, kst_space space, uint64_t address, void *buf, size_t len, size_t *done)
{
	struct top *top = user;
	size_t left = (size_t)(UINT64_MAX - address) + 1;

	(void)space;
	*done = 0;
	assert_true(++top->reads < 1000);
	if (address < top->start)
		return KST_E_FAULT;
	*done = left != 0 && len > left ? left : len;
	memset(buf, 'N', *done);
	return *done == len ? KST_OK : KST_E_FAULT;
}

static kst_status range_top(void *user, kst_space space, uint64_t address, uint64_t *start, uint64_t *length)
{
	const struct top *top = user;

	(void)space;
	*start = address < top->start ? top->start : address;
	*length = UINT64_MAX - *start;
	return *length == 0 ? KST_END : KST_OK;
}

static void ends_at_the_end_of_all_addresses(void **state)
{
	static const uint64_t starts[] = { UINT64_MAX - 0xfff, UINT64_MAX - 0x1000, UINT64_MAX - 31, UINT64_MAX - 15,
					   UINT64_MAX - 14,    UINT64_MAX - 8,      UINT64_MAX - 3,  UINT64_MAX - 1 };
	struct kst_layout *layout = layout_builtin(KST_ARCH_X64, 7601, 0);
	const uint32_t tag = 0x4e4e4e4e;

	(void)state;
	for (size_t i = 0; i < ROWS_COUNT(starts); i++)
		for (unsigned with = 0; with < 2; with++)
			for (uint64_t from = 0; from < 0x40; from++) {
				struct top top = { starts[i], 0 };
				const struct kst_reader_ops ops = { .size = sizeof ops,
								    .read = read_top,
								    .next_range = with ? range_top : NULL };
				struct kst_target_config config = {
					.size = sizeof config, .reader = &ops, .reader_user = &top, .layout = layout
				};
				struct kst_pool_scan scan = { .size = sizeof scan,
							      .flags = KST_POOL_SCAN_ALL,
							      .space = KST_SPACE_PHYSICAL,
							      .end = UINT64_MAX - from % 8,
							      .tags_count = 1,
							      .tags = &tag };
				uint64_t position = UINT64_MAX - 0x1020 + from * 0x41;
				struct kst_target *target;
				size_t done, batches = 0;
				kst_status st;

				assert_int_equal(kst_target_create(&config, &target, NULL), KST_OK);
				do {
					uint64_t before = position;

					st = kst_pool_scan(target, &scan, &position, hits, sizeof hits[0], 64, &done,
							   NULL);
					assert_true(st == KST_OK || st == KST_END);
					assert_true(position >= before || before > scan.end);
					for (size_t k = 0; k < done; k++)
						assert_true(hits[k].address >= before &&
							    hits[k].address <= UINT64_MAX - 15);
					assert_true(++batches < 100);
				} while (st == KST_OK);
				kst_target_destroy(target);
			}
	free(layout);
}

static void survives_failing_reads(void **state)
{
	struct pool_machine m;

	(void)state;
	forge(&m, POOL_7_X64);
	pool_sweep(&m, run);
	pool_machine_end(&m);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(implausible_hits_have_reasons), cmocka_unit_test(aligned_allocations_come_once),
		cmocka_unit_test(holes_stops_and_arguments),     cmocka_unit_test(ends_at_the_end_of_all_addresses),
		cmocka_unit_test(survives_failing_reads),
	};

	return RUN_TESTS_AND_ROWS("pool scan", tests, rows, finds_the_same);
}
