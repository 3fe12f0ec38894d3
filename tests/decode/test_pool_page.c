/* SPDX-License-Identifier: MIT */
/* Pages of blocks: the two published listings line by line, and every rule broken in turn. */
#include "support/decoding.h"
#include "support/pool_layouts.h"

#include <stdio.h>

#define PAGE     0x1000
#define NONPAGED 0xfffffa8008e13000
#define ADJACENT KST_POOL_PAGE_ANOMALY_ADJACENT_FREE
#define MIXED    KST_POOL_PAGE_ANOMALY_MIXED_KINDS
#define SEVERAL  KST_POOL_PAGE_ANOMALY_SEVERAL_BREAKS
#define PARTIAL  KST_POOL_PAGE_ANOMALY_PARTIAL
#define MARKED   KST_POOL_PAGE_ANOMALY_FREE_PAGE
#define RESYNC   KST_POOL_HEADER_ANOMALY_RESYNC

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
	assert_int_equal(out->size, sizeof *out);
	assert_true(out->address == address);
	assert_int_equal(done, out->blocks);
	return done;
}

static void check_listing(const struct pool_block *forged, size_t count, size_t allocated, uint64_t address,
			  uint64_t asked, const char *const *lines)
{
	struct kst_layout *layout = pool_layout(POOL_7_X64);
	uint8_t page[PAGE] = { 0 };
	struct kst_pool_page out;

	pool_forge(page, POOL_7_X64, 0, forged, count);
	assert_int_equal(walk(layout, page, PAGE, address, 0, 0, &out), count);
	assert_int_equal(out.consistent, 1);
	assert_int_equal(out.rule, KST_POOL_RULE_NONE);
	assert_int_equal(out.offset, PAGE);
	assert_int_equal(out.allocated, allocated);
	assert_int_equal(out.resyncs, 0);
	assert_int_equal(out.anomalies, 0);
	for (size_t i = 0; i < count; i++) {
		const struct kst_pool_header *b = &blocks[i];
		const char *star = asked >= b->address && asked - b->address < b->block_size ? "*" : "";
		char line[128];

		assert_int_equal(b->size, sizeof *b);
		assert_int_equal(b->anomalies & ~(uint64_t)KST_POOL_HEADER_ANOMALY_TAG, 0);
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
	check_listing(pool_page_8e13, ROWS_COUNT(pool_page_8e13), 17, NONPAGED, 0xfffffa8008e13318, listing_8e13);
	check_listing(pool_page_d106, ROWS_COUNT(pool_page_d106), 13, 0xfffff8a00d106000, 0xfffff8a00d106d58,
		      listing_d106);
}

/* A byte or two of the first page changed, the page cut: what the walk finds, and what it finds when it goes on behind. */
struct row {
	const char *name;
	size_t at;
	uint8_t value;
	size_t second;
	uint8_t second_value;
	size_t len;
	uint32_t rule, offset, bugcheck_class, blocks, allocated;
	uint64_t anomalies;
	uint32_t resyncs, all, all_allocated;
	uint64_t all_anomalies;
};

#define AS_IS 7, 0xe5, 7, 0xe5
#define ZERO  0x272, 0, 7, 0xe5

static const struct row rows[] = {
	{ "nothing changed", AS_IS, PAGE, KST_POOL_RULE_NONE, PAGE, 0, 20, 17, 0, 0, 20, 17, 0 },
	{ "zero size at 270", ZERO, PAGE, KST_POOL_RULE_ZERO_SIZE, 0x270, 8, 5, 4, 0, 1, 19, 16, 0 },
	{ "270 leaves the page", 0x272, 0xda, 7, 0xe5, PAGE, KST_POOL_RULE_LEAVES_PAGE, 0x270, 9, 5, 4, 0, 1, 19, 16,
	  0 },
	{ "270 reaches its end", 0x272, 0xd9, 7, 0xe5, PAGE, KST_POOL_RULE_NONE, PAGE, 0, 6, 5, 0, 0, 6, 5, 0 },
	{ "previous size of 330 differs", 0x330, 0xd, 7, 0xe5, PAGE, KST_POOL_RULE_PREVIOUS_DIFFERS, 0x330, 5, 6, 5, 0,
	  1, 19, 16, 0 },
	{ "previous size of 330 is zero", 0x330, 0, 7, 0xe5, PAGE, KST_POOL_RULE_NO_PREDECESSOR, 0x330, 7, 6, 5, 0, 1,
	  19, 16, 0 },
	{ "first block has a previous size", 0, 1, 7, 0xe5, PAGE, KST_POOL_RULE_FIRST_PREVIOUS, 0, 6, 0, 0, 0, 1, 19,
	  16, 0 },
	{ "270 is free, beside a free block", 0x273, 0, 7, 0xe5, PAGE, KST_POOL_RULE_NONE, PAGE, 0, 20, 16, ADJACENT, 0,
	  20, 16, ADJACENT },
	{ "270 is paged", 0x273, 3, 7, 0xe5, PAGE, KST_POOL_RULE_NONE, PAGE, 0, 20, 17, MIXED, 0, 20, 17, MIXED },
	{ "270 is cached, paged", 0x273, 1, 7, 0xe5, PAGE, KST_POOL_RULE_NONE, PAGE, 0, 20, 16, MIXED, 0, 20, 16,
	  MIXED },
	{ "270 is cached, nonpaged", 0x273, 8, 7, 0xe5, PAGE, KST_POOL_RULE_NONE, PAGE, 0, 20, 16, 0, 0, 20, 16, 0 },
	{ "free on both sides of a break", 0x272, 0, 0x333, 0, PAGE, KST_POOL_RULE_ZERO_SIZE, 0x270, 8, 5, 4, 0, 1, 19,
	  15, 0 },
	{ "cut before a header", AS_IS, 0x823, KST_POOL_RULE_UNREADABLE, 0x820, 0, 10, 9, PARTIAL, 0, 10, 9, PARTIAL },
	{ "cut behind its first word", AS_IS, 0x824, KST_POOL_RULE_UNREADABLE, 0x840, 0, 11, 9, PARTIAL, 0, 11, 9,
	  PARTIAL },
	{ "cut behind the last header", AS_IS, 0xea8, KST_POOL_RULE_NONE, PAGE, 0, 20, 17, 0, 0, 20, 17, 0 },
	{ "nothing there", AS_IS, 0, KST_POOL_RULE_UNREADABLE, 0, 0, 0, 0, PARTIAL, 0, 0, 0, PARTIAL },
	/* a chain that reaches the end may be of one block; one that breaks again must be of three */
	{ "only the last one is left", 0xd42, 0, 7, 0xe5, PAGE, KST_POOL_RULE_ZERO_SIZE, 0xd40, 8, 18, 15, 0, 1, 19, 16,
	  0 },
	{ "the last one is broken", 0xea2, 0, 7, 0xe5, PAGE, KST_POOL_RULE_ZERO_SIZE, 0xea0, 8, 19, 16, 0, 0, 19, 16,
	  0 },
	{ "three blocks between two breaks", 0x272, 0, 0x6c0, 0xff, PAGE, KST_POOL_RULE_ZERO_SIZE, 0x270, 8, 5, 4, 0, 2,
	  18, 15, SEVERAL },
	{ "two blocks between two breaks", 0x272, 0, 0x560, 0x11, PAGE, KST_POOL_RULE_ZERO_SIZE, 0x270, 8, 5, 4, 0, 1,
	  17, 14, 0 },
	{ "seven blocks between two breaks", 0x272, 0, 0x9f0, 0xff, PAGE, KST_POOL_RULE_ZERO_SIZE, 0x270, 8, 5, 4, 0, 2,
	  18, 15, SEVERAL },
	/* one that goes on in what is not there must be of two */
	{ "broken and cut behind one block", ZERO, 0x48f, KST_POOL_RULE_ZERO_SIZE, 0x270, 8, 5, 4, 0, 0, 5, 4, 0 },
	{ "broken and cut behind two", ZERO, 0x490, KST_POOL_RULE_ZERO_SIZE, 0x270, 8, 5, 4, 0, 1, 7, 6, PARTIAL },
	{ "broken and cut behind three", ZERO, 0x570, KST_POOL_RULE_ZERO_SIZE, 0x270, 8, 5, 4, 0, 1, 8, 7, PARTIAL },
};

static void breaks(void **state)
{
	const struct row *row = *state;
	struct kst_layout *layout = pool_layout(POOL_7_X64);
	struct kst_pool_page plain, resynced;
	uint8_t page[PAGE] = { 0 }, *bytes;
	size_t count;

	pool_forge(page, POOL_7_X64, 0, pool_page_8e13, ROWS_COUNT(pool_page_8e13));
	page[row->at] = row->value;
	page[row->second] = row->second_value;
	bytes = exact_copy(page, row->len);
	count = walk(layout, row->len == 0 ? NULL : bytes, row->len, NONPAGED, 0, 0, &plain);
	assert_int_equal(plain.rule, row->rule);
	assert_int_equal(plain.offset, row->offset);
	assert_int_equal(plain.consistent, row->rule == KST_POOL_RULE_NONE);
	assert_int_equal(plain.blocks, row->blocks);
	assert_int_equal(plain.allocated, row->allocated);
	assert_int_equal(plain.bugcheck_class, row->bugcheck_class);
	assert_int_equal(plain.resyncs, 0);
	assert_int_equal(plain.anomalies, row->anomalies);
	for (size_t i = 0; i < count; i++)
		assert_int_equal(blocks[i].anomalies, (row->anomalies & ADJACENT) != 0 && i == 5
							      ? KST_POOL_HEADER_ANOMALY_ADJACENT_FREE
							      : 0);
	/* with resynchronisation the blocks behind the break come back, marked */
	count = walk(layout, row->len == 0 ? NULL : bytes, row->len, NONPAGED, 0, KST_POOL_PAGE_RESYNC, &resynced);
	assert_int_equal(resynced.rule, row->rule);
	assert_int_equal(resynced.offset, row->offset);
	assert_int_equal(resynced.blocks, row->all);
	assert_int_equal(resynced.allocated, row->all_allocated);
	assert_int_equal(resynced.resyncs, row->resyncs);
	assert_int_equal(resynced.anomalies, row->all_anomalies);
	for (size_t i = row->blocks; i < count; i++)
		assert_int_equal(blocks[i].anomalies & ~(uint64_t)KST_POOL_HEADER_ANOMALY_PREVIOUS_LEAVES_PAGE, RESYNC);
	if (row->resyncs > 0 && row->len == PAGE)
		assert_true(blocks[count - 1].address == NONPAGED + 0xea0);
	free(bytes);
	free(layout);
}

/* Behind a break: a word at 280 that is taken for a header, or not (then the next one is at 330). */
static void what_resynchronises(void **state)
{
	static const struct {
		uint32_t word;
		bool taken;
		uint64_t anomalies;
	} cases[] = {
		{ 0x02d80000, true, 0 },     /* up to the page's end */
		{ 0x02d80028, true, 0 },     /* the one before would begin the page */
		{ 0x03d80000, true, MIXED }, /* paged */
		{ 0x02d80029, false, 0 },    /* it would begin before the page */
		{ 0x02d800ff, false, 0 },    /* likewise */
		{ 0x02d90000, false, 0 },    /* leaves the page */
		{ 0x02000000, false, 0 },    /* no size */
		{ 0x82d80000, false, 0 },    /* a type of no generation */
		{ 0x020b0000, false, 0 },    /* the next header tells another size */
	};
	struct kst_layout *layout = pool_layout(POOL_7_X64);
	uint8_t page[PAGE] = { 0 };
	struct kst_pool_page out;

	(void)state;
	pool_forge(page, POOL_7_X64, 0, pool_page_8e13, ROWS_COUNT(pool_page_8e13));
	page[0x272] = 0;
	for (size_t i = 0; i < ROWS_COUNT(cases); i++) {
		for (unsigned k = 0; k < 4; k++)
			page[0x280 + k] = (uint8_t)(cases[i].word >> (8 * k));
		assert_int_equal(walk(layout, page, PAGE, NONPAGED, 0, KST_POOL_PAGE_RESYNC, &out),
				 cases[i].taken ? 6 : 19);
		assert_true(blocks[5].address == NONPAGED + (cases[i].taken ? 0x280 : 0x330));
		assert_true(out.anomalies == cases[i].anomalies);
		assert_int_equal(out.resyncs, 1);
	}
	free(layout);
}

/* Without a type nothing is said of states, and no header stands for itself. */
static void layout_without_a_type(void **state)
{
	static const struct member_row with[] = { ROWS_BIG_PAGES_64, ROWS_HEADER_X64 };
	struct member_row without[ROWS_COUNT(with)];
	struct kst_layout *layout;
	uint8_t page[PAGE] = { 0 };
	struct kst_pool_page out;

	(void)state;
	memcpy(without, with, sizeof with);
	for (size_t i = 0; i < ROWS_COUNT(with); i++)
		if (with[i].path != NULL && strcmp(with[i].path, "PoolType") == 0 && with[i].offset == 0)
			without[i].path = "Other";
	layout = layout_from_rows(without, ROWS_COUNT(without), 8);
	pool_forge(page, POOL_7_X64, 0, pool_page_8e13, ROWS_COUNT(pool_page_8e13));
	page[0x273] = 0;
	assert_int_equal(walk(layout, page, PAGE, NONPAGED, 0, 0, &out), 20);
	assert_int_equal(out.consistent, 1);
	assert_true(out.allocated == 0 && out.anomalies == 0);
	assert_true(blocks[0].present ==
		    (KST_POOL_HEADER_HAS_SIZES | KST_POOL_HEADER_HAS_POOL_INDEX | KST_POOL_HEADER_HAS_TAG));
	page[0x272] = 0;
	assert_int_equal(walk(layout, page, PAGE, NONPAGED, 0, KST_POOL_PAGE_RESYNC, &out), 5);
	assert_true(out.resyncs == 0 && out.anomalies == 0);
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
		/* 5 is nonpaged in use up to 5.2; later it would be paged and not in use */
		assert_int_equal(out.allocated, layouts[i] == POOL_7_X86 ? 0 : 2);
		assert_int_equal(out.anomalies, 0);
		free(layout);
	}
}

/* Windows 2000: in use is a bit of the index. */
static void page_of_2000(void **state)
{
	static const struct pool_block forged[] = {
		{ 0x20, 2, "Used" }, { 0x40, 0, "Free" }, { 0x10, 0, "Free" }, { 0xf90, 2, "Used" }
	};
	struct kst_layout *layout = pool_layout(POOL_2000);
	uint8_t page[PAGE] = { 0 };
	struct kst_pool_page out;

	(void)state;
	pool_forge(page, POOL_2000, 0, forged, ROWS_COUNT(forged));
	page[1] = 0x81;
	page[0x21] = page[0x61] = 1;
	page[0x71] = 0x81;
	assert_int_equal(walk(layout, page, PAGE, 0xe1001000, 0, 0, &out), 4);
	assert_true(out.consistent == 1 && out.allocated == 2 && out.anomalies == ADJACENT);
	assert_int_equal(blocks[1].anomalies, 0);
	assert_int_equal(blocks[2].anomalies, KST_POOL_HEADER_ANOMALY_ADJACENT_FREE);
	/* a freed block may keep its type: alone the bit of the index tells the two apart */
	page[0x22] = 2;
	assert_int_equal(walk(layout, page, PAGE, 0xe1001000, 0, 0, &out), 4);
	assert_true(out.allocated == 2 && out.anomalies == ADJACENT);
	page[0x61] = 0x81;
	page[0x62] = 1;
	assert_int_equal(walk(layout, page, PAGE, 0xe1001000, 0, 0, &out), 4);
	assert_true(out.allocated == 3 && out.anomalies == MIXED);
	free(layout);
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
	assert_true(out.consistent == 1 && out.allocated == 1 && out.anomalies == 0);
	assert_string_equal(blocks[0].tag_text, "Frag");
	assert_true(blocks[1].address == 0xfffffa800dba6fc0 && blocks[1].state == KST_POOL_STATE_FREE);
	walk(layout, page, PAGE, 0xfffffa800dba6000, 0, 0, &out);
	assert_int_equal(out.consistent, 0);
	assert_int_equal(out.rule, KST_POOL_RULE_FIRST_PREVIOUS);
	free(layout);
}

/* Headers on a segment-heap page form no chain: those that stand for themselves are listed, never called consistent. */
static void segment_heap_page(void **state)
{
	struct kst_layout *layout = pool_layout(POOL_19041_X64);
	static const uint8_t vuln[8] = { 0, 0, 0x19, 3, 'V', 'U', 'L', 'N' };
	const uint64_t address = 0xffffad09df3f8000;
	uint8_t page[PAGE] = { 0 };
	struct kst_pool_page out;

	(void)state;
	for (size_t at = 0xa0; at + 0x190 <= PAGE; at += 0x190)
		memcpy(page + at, vuln, sizeof vuln);
	assert_int_equal(walk(layout, page, PAGE, address, 0, KST_POOL_PAGE_RESYNC, &out), 9);
	assert_true(out.consistent == 0 && out.offset == 0 && out.allocated == 9 && out.anomalies == 0);
	assert_true(out.rule == KST_POOL_RULE_NO_CHAIN && out.bugcheck_class == 0 && out.resyncs == 0);
	for (size_t i = 0; i < 9; i++) {
		assert_true(blocks[i].address == address + 0xa0 + i * 0x190 && blocks[i].block_size == 0x190);
		assert_int_equal(blocks[i].anomalies, RESYNC);
	}
	/* from a place on, a page that is cut, and one with a block of the other kind */
	assert_int_equal(walk(layout, page, PAGE, address, 0x240, 0, &out), 7);
	assert_true(blocks[0].address == address + 0x3c0);
	assert_int_equal(walk(layout, page, 0x3d0, address, 0, 0, &out), 3);
	assert_true(out.anomalies == PARTIAL);
	assert_int_equal(walk(layout, page, 0x3cf, address, 0, 0, &out), 2);
	page[0x233] = 2;
	assert_int_equal(walk(layout, page, PAGE, address, 0, 0, &out), 9);
	assert_true(out.anomalies == MIXED);
	memset(page, 0, sizeof page);
	assert_int_equal(walk(layout, page, PAGE, address, 0, 0, &out), 0);
	free(layout);
}

static void what_stands_for_itself(void **state)
{
	static const struct {
		uint32_t at, word;
		const char *tag;
		size_t blocks;
	} cases[] = {
		{ 0, 0x03190000, "VULN", 1 },       { 0xe70, 0x03190000, "VULN", 1 }, /* ends with the page */
		{ 0xe80, 0x03190000, "VULN", 0 },                                     /* leaves it */
		{ 0x40, 0x03000000, "VULN", 0 },                                      /* no size */
		{ 0x40, 0x03010000, "VULN", 0 },                                      /* a header without data */
		{ 0x40, 0x03020000, "VULN", 1 },    { 0x40, 0x03190001, "VULN", 0 },  /* a previous size */
		{ 0x40, 0x01190000, "VULN", 0 },                                      /* not in use */
		{ 0x40, 0x13190000, "VULN", 0 },                                      /* a bit that is never stored */
		{ 0x40, 0x03190000, "VUL\x01", 0 }, { 0x40, 0x03190000, "    ", 0 },
		{ 0x40, 0x03190000, "V   ", 1 },    { 0x40, 0x03190000, "VUL\xce", 1 },
	};
	static const struct member_row untagged[] = {
		{ "_POOL_HEADER", NULL, 16, 0, 0, 0 },
		{ "_POOL_HEADER", "PreviousSize", 0, 1, 0, 0 },
		{ "_POOL_HEADER", "BlockSize", 2, 1, 0, 0 },
		{ "_POOL_HEADER", "PoolType", 3, 1, 0, 0 },
		{ "_EX_POOL_HEAP_MANAGER_STATE", NULL, 0x86940, 0, 0, 0 },
	};
	struct kst_layout *layout = pool_layout(POOL_19041_X64), *bare;
	struct kst_pool_page out;

	(void)state;
	bare = layout_from_rows(untagged, ROWS_COUNT(untagged), 8);
	for (size_t i = 0; i < ROWS_COUNT(cases); i++) {
		uint8_t page[PAGE] = { 0 };

		for (unsigned k = 0; k < 4; k++) {
			page[cases[i].at + k] = (uint8_t)(cases[i].word >> (8 * k));
			page[cases[i].at + 4 + k] = (uint8_t)cases[i].tag[k];
		}
		assert_int_equal(walk(layout, page, PAGE, 0xffffad09df3f8000, 0, 0, &out), cases[i].blocks);
		assert_int_equal(walk(bare, page, PAGE, 0xffffad09df3f8000, 0, 0, &out), 0);
	}
	free(layout);
	free(bare);
}

/* The mark lies behind two pointers and a number; it tells only of a page that is no chain of blocks. */
static void free_page_of_a_compatible_system(void **state)
{
	static const struct {
		enum pool_layout layout;
		uint32_t at, start;
		size_t len;
		const char *mark;
		uint64_t anomalies;
	} cases[] = {
		{ POOL_PLAIN_X86, 0xc, 0, PAGE, "3MRA", MARKED }, { POOL_PLAIN_X86, 0xc, 0, 0x10, "3MRA", MARKED },
		{ POOL_PLAIN_X86, 0xc, 0, 0xf, "3MRA", 0 },       { POOL_PLAIN_X86, 0xc, 0, PAGE, "3MRB", 0 },
		{ POOL_PLAIN_X86, 0x14, 0, PAGE, "3MRA", 0 },     { POOL_PLAIN_X86, 0xc, 0x800, PAGE, "3MRA", 0 },
		{ POOL_2003_X64, 0x14, 0, PAGE, "3MRA", MARKED }, { POOL_2003_X64, 0xc, 0, PAGE, "3MRA", 0 },
	};
	static const struct pool_block whole[] = { { 0x800, 2, "Used" }, { 0x800, 2, "Used" } };
	struct kst_layout *layout;
	struct kst_pool_page out;
	uint8_t page[PAGE] = { 0 };

	(void)state;
	for (size_t i = 0; i < ROWS_COUNT(cases); i++) {
		uint8_t *part;

		memset(page, 0, sizeof page);
		memcpy(page + cases[i].at, cases[i].mark, 4);
		part = exact_copy(page, cases[i].len);
		layout = pool_layout(cases[i].layout);
		assert_int_equal(walk(layout, part, cases[i].len, 0xb0241000, cases[i].start, 0, &out), 0);
		assert_true(out.consistent == 0 && out.rule == KST_POOL_RULE_ZERO_SIZE &&
			    out.anomalies == cases[i].anomalies);
		free(layout);
		free(part);
	}
	layout = pool_layout(POOL_PLAIN_X86);
	memcpy(page + 0xc, "3MRA", 4);
	pool_forge(page, POOL_PLAIN_X86, 0, whole, 2);
	assert_int_equal(walk(layout, page, PAGE, 0xb0241000, 0, 0, &out), 2);
	assert_true(out.consistent == 1 && out.anomalies == 0);
	free(layout);
}

/* Records lie in the caller's array, which may be too small or have a larger stride. */
static void records(void **state)
{
	enum { STRIDE = sizeof(struct kst_pool_header) + 8 };
	struct kst_layout *layout = pool_layout(POOL_7_X64);
	struct kst_pool_page out = { .size = sizeof out };
	struct kst_pool_header header;
	uint8_t page[PAGE] = { 0 }, array[4 * STRIDE];
	size_t done = 9;

	(void)state;
	pool_forge(page, POOL_7_X64, 0, pool_page_8e13, ROWS_COUNT(pool_page_8e13));
	memset(array, 0xcc, sizeof array);
	assert_int_equal(kst_decode_pool_page(layout, page, PAGE, NONPAGED, 0, 0, array, STRIDE, 3, &done, &out, NULL),
			 KST_OK);
	assert_int_equal(done, 3);
	assert_int_equal(out.blocks, 20);
	for (size_t i = 0; i < 4; i++) {
		static const uint64_t addresses[] = { NONPAGED, NONPAGED + 0x150, NONPAGED + 0x180,
						      0xcccccccccccccccc };

		memcpy(&header, array + i * STRIDE, sizeof header);
		assert_true(header.address == addresses[i]);
		assert_int_equal(header.size, i < 3 ? sizeof header : 0xcccccccc);
		assert_memory_equal(array + i * STRIDE + sizeof header, "\xcc\xcc\xcc\xcc\xcc\xcc\xcc\xcc", 8);
	}
	assert_int_equal(kst_decode_pool_page(layout, page, PAGE, NONPAGED, 0, 0, NULL, 0, 0, NULL, &out, NULL),
			 KST_OK);
	assert_int_equal(out.consistent, 1);
	free(layout);
}

static void arguments(void **state)
{
	enum { RECORD = sizeof(struct kst_pool_header) };
	static const struct {
		uint64_t address;
		uint32_t start, flags;
		bool array;
		size_t stride, count;
		uint32_t size;
		kst_status st;
		uint64_t where;
	} cases[] = {
		{ NONPAGED + 8, 0, 0, true, RECORD, 9, sizeof(struct kst_pool_page), KST_E_ARG, NONPAGED + 8 },
		{ NONPAGED + 0x800, 0, 0, true, RECORD, 9, sizeof(struct kst_pool_page), KST_E_ARG, NONPAGED + 0x800 },
		{ NONPAGED, 8, 0, true, RECORD, 9, sizeof(struct kst_pool_page), KST_E_ARG, NONPAGED },
		{ NONPAGED, PAGE, 0, true, RECORD, 9, sizeof(struct kst_pool_page), KST_E_ARG, NONPAGED },
		{ NONPAGED, 0, 2, true, RECORD, 9, sizeof(struct kst_pool_page), KST_E_ARG, NONPAGED },
		{ NONPAGED, 0, 0x80000001, true, RECORD, 9, sizeof(struct kst_pool_page), KST_E_ARG, NONPAGED },
		{ NONPAGED, 0, 0, false, RECORD, 9, sizeof(struct kst_pool_page), KST_E_ARG, 0 },
		{ NONPAGED, 0, 0, true, RECORD + 4, 9, sizeof(struct kst_pool_page), KST_E_ARG, 0 },
		{ NONPAGED, 0, 0, true, RECORD - 8, 9, sizeof(struct kst_pool_page), KST_E_ARG, 0 },
		{ NONPAGED, 0, 0, true, RECORD, 9, 8, KST_E_ABI, NONPAGED },
	};
	struct kst_layout *layout = pool_layout(POOL_7_X64), *empty = layout_from_rows(NULL, 0, 8);
	struct kst_pool_page out = { .size = sizeof out, .blocks = 77, .address = 78 };
	struct kst_error err = { .size = sizeof err };
	uint8_t page[PAGE] = { 0 };
	size_t done;

	(void)state;
	for (size_t i = 0; i < ROWS_COUNT(cases); i++) {
		struct kst_pool_page before = out;

		done = 9;
		before.size = out.size = cases[i].size;
		assert_int_equal(kst_decode_pool_page(layout, page, PAGE, cases[i].address, cases[i].start,
						      cases[i].flags, cases[i].array ? blocks : NULL, cases[i].stride,
						      cases[i].count, &done, &out, &err),
				 cases[i].st);
		assert_int_equal(done, 0);
		assert_true(err.code == cases[i].st && err.address == cases[i].where);
		assert_memory_equal(&out, &before, sizeof out);
	}
	out.size = sizeof out;
	assert_int_equal(kst_decode_pool_page(NULL, page, PAGE, NONPAGED, 0, 0, NULL, 0, 0, NULL, &out, NULL),
			 KST_E_ARG);
	assert_int_equal(kst_decode_pool_page(layout, NULL, PAGE, NONPAGED, 0, 0, NULL, 0, 0, NULL, &out, NULL),
			 KST_E_ARG);
	assert_int_equal(kst_decode_pool_page(layout, page, PAGE, NONPAGED, 0, 0, NULL, 0, 0, NULL, NULL, NULL),
			 KST_E_ARG);
	assert_int_equal(kst_decode_pool_page(empty, page, PAGE, NONPAGED, 0, 0, NULL, 0, 0, NULL, &out, NULL),
			 KST_E_NO_MEMBER);
	free(layout);
	free(empty);
}

static void names(void **state)
{
	static const char *const rules[] = {
		"none",           "first-previous-size", "zero-size", "leaves-page", "previous-size-differs",
		"no-predecessor", "unreadable",          "no-chain"
	};
	static const char *const anomalies[] = { "mixed-kinds", "adjacent-free", "several-breaks", "partial",
						 "free-page" };

	(void)state;
	check_value_names(kst_pool_rule_name, rules, ROWS_COUNT(rules), "unknown");
	check_bit_names(kst_pool_page_anomaly_name, anomalies, ROWS_COUNT(anomalies));
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(published_listings),
		cmocka_unit_test(what_resynchronises),
		cmocka_unit_test(layout_without_a_type),
		cmocka_unit_test(x86_units),
		cmocka_unit_test(page_of_2000),
		cmocka_unit_test(tail_of_a_large_allocation),
		cmocka_unit_test(segment_heap_page),
		cmocka_unit_test(what_stands_for_itself),
		cmocka_unit_test(free_page_of_a_compatible_system),
		cmocka_unit_test(records),
		cmocka_unit_test(arguments),
		cmocka_unit_test(names),
	};

	return RUN_TESTS_AND_ROWS("pool page", tests, rows, breaks);
}
