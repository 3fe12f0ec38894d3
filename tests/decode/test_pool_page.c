/* SPDX-License-Identifier: MIT */
/* Pages of blocks: the two published listings line by line, and every rule broken in turn. */
#include "support/pool_layouts.h"

#include <stdio.h>
#include <stdlib.h>

#define PAGE     0x1000
#define NONPAGED 0xfffffa8008e13000
#define ADJACENT KST_POOL_PAGE_ANOMALY_ADJACENT_FREE

static struct kst_pool_header blocks[512];

/* What a debugger printed for the two pages, one space where columns were. */
static const char *const listing_8e13[] = {
	"fffffa8008e13000 size: 150 previous size: 0 (Allocated) File (Protected)",
	"fffffa8008e13150 size: 30 previous size: 150 (Allocated) Io  ",
	"fffffa8008e13180 size: 50 previous size: 30 (Allocated) VadS",
	"fffffa8008e131d0 size: 80 previous size: 50 (Allocated) MmSd",
	"fffffa8008e13250 size: 20 previous size: 80 (Free) Io  ",
	"*fffffa8008e13270 size: c0 previous size: 20 (Allocated) *FMsl",
	"fffffa8008e13330 size: 150 previous size: c0 (Allocated) File (Protected)",
	"fffffa8008e13480 size: e0 previous size: 150 (Allocated) NV  ",
	"fffffa8008e13560 size: 160 previous size: e0 (Allocated) Ntfx",
	"fffffa8008e136c0 size: 160 previous size: 160 (Allocated) Ntfx",
	"fffffa8008e13820 size: 20 previous size: 160 (Free) FIPc",
	"fffffa8008e13840 size: 50 previous size: 20 (Allocated) VadS",
	"fffffa8008e13890 size: 160 previous size: 50 (Allocated) Ntfx",
	"fffffa8008e139f0 size: c0 previous size: 160 (Allocated) FMsl",
	"fffffa8008e13ab0 size: 160 previous size: c0 (Allocated) Ntfx",
	"fffffa8008e13c10 size: c0 previous size: 160 (Allocated) FMsl",
	"fffffa8008e13cd0 size: 10 previous size: c0 (Free) FIPc",
	"fffffa8008e13ce0 size: 60 previous size: 10 (Allocated) Io  ",
	"fffffa8008e13d40 size: 160 previous size: 60 (Allocated) Ntfx",
	"fffffa8008e13ea0 size: 160 previous size: 160 (Allocated) Ntfx",
};
static const char *const listing_d106[] = {
	"fffff8a00d106000 size: 130 previous size: 0 (Allocated) Ntfo",
	"fffff8a00d106130 size: 140 previous size: 130 (Allocated) MPsc",
	"fffff8a00d106270 size: 10 previous size: 140 (Free) .tFs",
	"fffff8a00d106280 size: 40 previous size: 10 (Allocated) NtFs",
	"fffff8a00d1062c0 size: 110 previous size: 40 (Allocated) ;oNm",
	"fffff8a00d1063d0 size: 190 previous size: 110 (Allocated) .Mfn",
	"fffff8a00d106560 size: 4d0 previous size: 190 (Allocated) .tff",
	"fffff8a00d106a30 size: 40 previous size: 4d0 (Allocated) NtFs",
	"fffff8a00d106a70 size: 180 previous size: 40 (Allocated) {Mfn",
	"fffff8a00d106bf0 size: c0 previous size: 180 (Allocated) oIcs",
	"fffff8a00d106cb0 size: 40 previous size: c0 (Allocated) MmSm",
	"fffff8a00d106cf0 size: 40 previous size: 40 (Allocated) .tFs",
	"*fffff8a00d106d30 size: 190 previous size: 40 (Allocated) *FMfn",
	"fffff8a00d106ec0 size: 140 previous size: 190 (Allocated) APsc",
};

static size_t walk(struct kst_layout *layout, const uint8_t *page, size_t len, uint64_t address, uint32_t start,
		   uint32_t flags, struct kst_pool_page *out)
{
	size_t done = 0;

	memset(out, 0, sizeof *out);
	out->size = sizeof *out;
	assert_int_equal(kst_decode_pool_page(layout, page, len, address, start, flags, blocks, sizeof blocks[0], 512,
					      &done, out, NULL),
			 KST_OK);
	return done;
}

static void check_listing(const struct pool_block *forged, size_t count, uint64_t address, uint64_t asked,
			  const char *const *lines)
{
	struct kst_layout *layout = pool_layout(POOL_7_X64);
	uint8_t page[PAGE] = { 0 };
	struct kst_pool_page out;

	pool_forge(page, POOL_7_X64, 0, forged, count);
	assert_int_equal(walk(layout, page, PAGE, address, 0, 0, &out), count);
	assert_int_equal(out.consistent, 1);
	assert_int_equal(out.rule, KST_POOL_RULE_NONE);
	assert_int_equal(out.offset, PAGE);
	assert_int_equal(out.blocks, count);
	assert_int_equal(out.anomalies, 0);
	for (size_t i = 0; i < count; i++) {
		const struct kst_pool_header *b = &blocks[i];
		const char *star = asked >= b->address && asked - b->address < b->block_size ? "*" : "";
		char line[128];

		snprintf(line, sizeof line, "%s%016llx size: %x previous size: %x %s %s%s%s", star,
			 (unsigned long long)b->address, b->block_size, b->previous_size,
			 b->state == KST_POOL_STATE_ALLOCATED ? "(Allocated)" : "(Free)", star, b->tag_text,
			 b->protected_tag ? " (Protected)" : "");
		assert_string_equal(line, lines[i]);
	}
	free(layout);
}

static void published_listings(void **state)
{
	(void)state;
	assert_int_equal(ROWS_COUNT(pool_page_8e13), ROWS_COUNT(listing_8e13));
	assert_int_equal(ROWS_COUNT(pool_page_d106), ROWS_COUNT(listing_d106));
	check_listing(pool_page_8e13, ROWS_COUNT(pool_page_8e13), NONPAGED, 0xfffffa8008e13318, listing_8e13);
	check_listing(pool_page_d106, ROWS_COUNT(pool_page_d106), 0xfffff8a00d106000, 0xfffff8a00d106d58, listing_d106);
}

/* One byte of the first page changed. */
struct row {
	const char *name;
	size_t at;
	uint8_t value;
	size_t len;
	uint32_t rule, offset, blocks, bugcheck_class, resyncs;
	uint64_t anomalies;
};

static const struct row rows[] = {
	{ "nothing changed", 7, 0xe5, PAGE, KST_POOL_RULE_NONE, PAGE, 20, 0, 0, 0 },
	{ "zero size at 270", 0x272, 0, PAGE, KST_POOL_RULE_ZERO_SIZE, 0x270, 5, 8, 1, 0 },
	{ "size leaves the page at 270", 0x272, 0xff, PAGE, KST_POOL_RULE_LEAVES_PAGE, 0x270, 5, 9, 1, 0 },
	{ "previous size of 330 differs", 0x330, 0x0d, PAGE, KST_POOL_RULE_PREVIOUS_DIFFERS, 0x330, 6, 5, 1, 0 },
	{ "previous size of 330 is zero", 0x330, 0, PAGE, KST_POOL_RULE_NO_PREDECESSOR, 0x330, 6, 7, 1, 0 },
	{ "first block has a previous size", 0, 1, PAGE, KST_POOL_RULE_FIRST_PREVIOUS, 0, 0, 6, 1, 0 },
	{ "270 is free: consistent, beside another free block", 0x273, 0, PAGE, KST_POOL_RULE_NONE, PAGE, 20, 0, 0,
	  ADJACENT },
	{ "270 is paged: consistent, but of two kinds", 0x273, 3, PAGE, KST_POOL_RULE_NONE, PAGE, 20, 0, 0,
	  KST_POOL_PAGE_ANOMALY_MIXED_KINDS },
	{ "page cut at 800", 7, 0xe5, 0x800, KST_POOL_RULE_UNREADABLE, 0x820, 10, 0, 0, KST_POOL_PAGE_ANOMALY_PARTIAL },
	{ "nothing there", 7, 0xe5, 0, KST_POOL_RULE_UNREADABLE, 0, 0, 0, 0, KST_POOL_PAGE_ANOMALY_PARTIAL },
};

static void breaks(void **state)
{
	const struct row *row = *state;
	struct kst_layout *layout = pool_layout(POOL_7_X64);
	struct kst_pool_page plain, resynced;
	uint8_t page[PAGE] = { 0 }, *bytes = malloc(row->len + 1);
	size_t count;

	assert_non_null(bytes);
	pool_forge(page, POOL_7_X64, 0, pool_page_8e13, ROWS_COUNT(pool_page_8e13));
	page[row->at] = row->value;
	memcpy(bytes, page, row->len);
	count = walk(layout, row->len == 0 ? NULL : bytes, row->len, NONPAGED, 0, 0, &plain);
	assert_int_equal(plain.rule, row->rule);
	assert_int_equal(plain.offset, row->offset);
	assert_int_equal(plain.consistent, row->rule == KST_POOL_RULE_NONE);
	assert_int_equal(plain.blocks, row->blocks);
	assert_int_equal(plain.bugcheck_class, row->bugcheck_class);
	assert_int_equal(plain.anomalies, row->anomalies);
	assert_int_equal(count, row->blocks);
	for (size_t i = 0; i < count; i++)
		assert_int_equal(blocks[i].anomalies & KST_POOL_HEADER_ANOMALY_RESYNC, 0);
	/* with resynchronisation the blocks behind the break come back, marked */
	count = walk(layout, row->len == 0 ? NULL : bytes, row->len, NONPAGED, 0, KST_POOL_PAGE_RESYNC, &resynced);
	assert_int_equal(resynced.rule, row->rule);
	assert_int_equal(resynced.offset, row->offset);
	assert_int_equal(resynced.resyncs, row->resyncs);
	if (row->resyncs > 0) {
		assert_true(count >= 18);
		assert_true((blocks[count - 1].anomalies & KST_POOL_HEADER_ANOMALY_RESYNC) != 0);
		assert_true(blocks[count - 1].address == NONPAGED + 0xea0);
	}
	free(bytes);
	free(layout);
}

static void x86_units(void **state)
{
	static const struct pool_block forged[] = { { 0x28, 5, "None" }, { 0x10, 0, "Free" }, { 0xfc8, 5, "Huge" } };
	static const enum pool_layout layouts[] = { POOL_XP_X86, POOL_2003_X86, POOL_7_X86 };
	uint8_t page[PAGE] = { 0 };
	struct kst_pool_page out;

	(void)state;
	for (size_t i = 0; i < ROWS_COUNT(layouts); i++) {
		struct kst_layout *layout = pool_layout(layouts[i]);

		pool_forge(page, layouts[i], 0, forged, ROWS_COUNT(forged));
		assert_int_equal(walk(layout, page, PAGE, 0x82fd2000, 0, 0, &out), 3);
		assert_int_equal(out.consistent, 1);
		assert_int_equal(blocks[2].previous_size, 0x10);
		free(layout);
	}
}

/* Blocks behind a large allocation's end: the first has no predecessor, off the page's start. */
static void tail_of_a_large_allocation(void **state)
{
	static const struct pool_block forged[] = { { 0x10, 2, "Frag" }, { 0x40, 0, "Free" } };
	struct kst_layout *layout = pool_layout(POOL_7_X64);
	uint8_t page[PAGE];
	struct kst_pool_page out;

	(void)state;
	memset(page, 0xaa, sizeof page);
	memset(page + 0xfb0, 0, 0x50);
	pool_forge(page, POOL_7_X64, 0xfb0, forged, 2);
	assert_int_equal(walk(layout, page, PAGE, 0xfffffa800dba6000, 0xfb0, 0, &out), 2);
	assert_int_equal(out.consistent, 1);
	assert_string_equal(blocks[0].tag_text, "Frag");
	assert_true(blocks[1].address == 0xfffffa800dba6fc0 && blocks[1].state == KST_POOL_STATE_FREE);
	walk(layout, page, PAGE, 0xfffffa800dba6000, 0, 0, &out);
	assert_int_equal(out.consistent, 0);
	free(layout);
}

/* Headers on a segment-heap page form no chain: those that stand for themselves are listed, never called consistent. */
static void segment_heap_page(void **state)
{
	struct kst_layout *layout = pool_layout(POOL_19041_X64);
	static const uint8_t vuln[8] = { 0, 0, 0x19, 3, 'V', 'U', 'L', 'N' };
	uint8_t page[PAGE] = { 0 };
	struct kst_pool_page out;

	(void)state;
	for (size_t at = 0xa0; at + 0x190 <= PAGE; at += 0x190)
		memcpy(page + at, vuln, sizeof vuln);
	assert_int_equal(walk(layout, page, PAGE, 0xffffad09df3f8000, 0, 0, &out), (PAGE - 0xa0) / 0x190);
	assert_int_equal(out.consistent, 0);
	assert_int_equal(out.rule, KST_POOL_RULE_NO_CHAIN);
	assert_true(blocks[0].address == 0xffffad09df3f80a0 && blocks[0].block_size == 0x190);
	memset(page, 0, sizeof page);
	assert_int_equal(walk(layout, page, PAGE, 0xffffad09df3f8000, 0, 0, &out), 0);
	free(layout);
}

static void free_page_of_a_compatible_system(void **state)
{
	struct kst_layout *layout = pool_layout(POOL_PLAIN_X86);
	uint8_t page[PAGE] = { 0 };
	struct kst_pool_page out;

	(void)state;
	memcpy(page + 0xc, "\x33\x4d\x52\x41", 4);
	walk(layout, page, PAGE, 0xb0241000, 0, 0, &out);
	assert_int_equal(out.consistent, 0);
	assert_true((out.anomalies & KST_POOL_PAGE_ANOMALY_FREE_PAGE) != 0);
	free(layout);
}

static void arguments(void **state)
{
	struct kst_layout *layout = pool_layout(POOL_7_X64), *empty;
	struct kst_pool_page out = { .size = sizeof out, .blocks = 77 }, old = { .size = 8 };
	uint8_t page[PAGE] = { 0 };
	size_t done = 9;
	kst_status st;

	(void)state;
	pool_forge(page, POOL_7_X64, 0, pool_page_8e13, ROWS_COUNT(pool_page_8e13));
	/* fewer records than blocks: what fits is written, all are counted */
	assert_int_equal(kst_decode_pool_page(layout, page, PAGE, NONPAGED, 0, 0, blocks, sizeof blocks[0], 3, &done,
					      &out, NULL),
			 KST_OK);
	assert_int_equal(done, 3);
	assert_int_equal(out.blocks, 20);
	assert_int_equal(kst_decode_pool_page(layout, page, PAGE, NONPAGED, 0, 0, NULL, 0, 0, NULL, &out, NULL),
			 KST_OK);
	assert_int_equal(out.consistent, 1);
	assert_int_equal(kst_decode_pool_page(layout, page, PAGE, NONPAGED + 8, 0, 0, NULL, 0, 0, NULL, &out, NULL),
			 KST_E_ARG);
	assert_int_equal(kst_decode_pool_page(layout, page, PAGE, NONPAGED, 8, 0, NULL, 0, 0, NULL, &out, NULL),
			 KST_E_ARG);
	assert_int_equal(kst_decode_pool_page(layout, page, PAGE, NONPAGED, 0, 8, NULL, 0, 0, NULL, &out, NULL),
			 KST_E_ARG);
	assert_int_equal(kst_decode_pool_page(layout, page, PAGE, NONPAGED, 0, 0, NULL, 8, 3, NULL, &out, NULL),
			 KST_E_ARG);
	assert_int_equal(kst_decode_pool_page(layout, page, PAGE, NONPAGED, 0, 0, blocks, 12, 3, NULL, &out, NULL),
			 KST_E_ARG);
	assert_int_equal(kst_decode_pool_page(layout, page, PAGE, NONPAGED, 0, 0, blocks, 16, 3, NULL, &out, NULL),
			 KST_E_ABI);
	assert_int_equal(kst_decode_pool_page(layout, page, PAGE, NONPAGED, 0, 0, NULL, 0, 0, NULL, &old, NULL),
			 KST_E_ABI);
	empty = layout_from_rows(NULL, 0, 8);
	st = kst_decode_pool_page(empty, page, PAGE, NONPAGED, 0, 0, NULL, 0, 0, NULL, &out, NULL);
	assert_int_equal(st, KST_E_NO_MEMBER);
	assert_string_equal(kst_pool_rule_name(KST_POOL_RULE_PREVIOUS_DIFFERS), "previous-size-differs");
	assert_string_equal(kst_pool_rule_name(77), "unknown");
	assert_string_equal(kst_pool_page_anomaly_name(KST_POOL_PAGE_ANOMALY_FREE_PAGE), "free-page");
	free(layout);
	free(empty);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(published_listings),
		cmocka_unit_test(x86_units),
		cmocka_unit_test(tail_of_a_large_allocation),
		cmocka_unit_test(segment_heap_page),
		cmocka_unit_test(free_page_of_a_compatible_system),
		cmocka_unit_test(arguments),
	};

	return RUN_TESTS_AND_ROWS("pool page", tests, rows, breaks);
}
