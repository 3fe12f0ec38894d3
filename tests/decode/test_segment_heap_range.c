/* SPDX-License-Identifier: MIT */
/* Encoded headers of the segment heap: page segments, their ranges, LFH subsegments in them, and large allocations. */
#include "decode/segment_heap.h"

#include "support/heap_types.h"

#include <stdlib.h>

struct lfh_row {
	const char *name;
	uint32_t arch;
	uint16_t block, first, count, free;
	uint64_t range, anomalies;
	uint8_t withheld;
};

/* The bitmap lies at 30 (x64) or 20 (x86) and has two bits for each block. */
static const struct lfh_row lfh_rows[] = {
	{ "a page of blocks of 80", X64, 0x80, 0x280, 0x1b, 3, 0x1000, 0, 0 },
	{ "blocks end with the range", X64, 0x80, 0x80, 0x1f, 0, 0x1000, 0, 0 },
	{ "all of them free", X64, 0x80, 0x280, 0x1b, 0x1b, 0x1000, 0, 0 },
	{ "one more is free", X64, 0x80, 0x280, 0x1b, 0x1c, 0x1000, 0x8, 0 },
	{ "one more is free, no range", X64, 0x80, 0x280, 0x1b, 0x1c, 0, 0x8, 0 },
	{ "blocks of 0", X64, 0, 0x280, 0, 0, 0, 0x1, 0 },
	{ "blocks of half a unit", X64, 0x88, 0x280, 1, 0, 0, 0x1, 0 },
	{ "smallest blocks", X64, 0x10, 0x280, 1, 0, 0, 0, 0 },
	{ "largest blocks", X64, 0x4000, 0x280, 1, 0, 0, 0, 0 },
	{ "larger ones", X64, 0x4010, 0x280, 1, 0, 0, 0x1, 0 },
	{ "first half a unit off", X64, 0x80, 0x288, 1, 0, 0, 0x2, 0 },
	{ "first one byte off", X64, 0x80, 0x281, 1, 0, 0, 0x2, 0 },
	{ "first at the bitmap's end", X64, 0x80, 0x40, 0x40, 0, 0, 0, 0 },
	{ "first within the bitmap", X64, 0x80, 0x40, 0x41, 0, 0, 0x2, 0 },
	{ "first before the bitmap", X64, 0x80, 0x20, 1, 0, 0, 0x2, 0 },
	{ "first at the bitmap, no blocks", X64, 0x80, 0x30, 0, 0, 0, 0, 0 },
	{ "no blocks in a range", X64, 0x1000, 0x280, 0, 0, 0x1000, 0x4, 0 },
	{ "room for one more", X64, 0x80, 0x280, 0x1a, 0, 0x1000, 0x4, 0 },
	{ "one too many", X64, 0x80, 0x280, 0x1c, 0, 0x1000, 0x4, 0 },
	{ "rest of a block but one unit", X64, 0x100, 0x290, 0xd, 0, 0x1000, 0, 0 },
	{ "one unit too few", X64, 0x100, 0x310, 0xd, 0, 0x1000, 0x4, 0 },
	{ "first at the range's end", X64, 0x80, 0x1000, 1, 0, 0x1000, 0x4, 0 },
	{ "block of a byte at the range's end", X64, 1, 0x1000, 1, 0, 0x1000, 0x5, 0 },
	{ "first behind the range", X64, 0x80, 0x1010, 1, 0, 0x1000, 0x4, 0 },
	{ "blocks of 0 in a range", X64, 0, 0x280, 1, 0, 0x1000, 0x5, 0 },
	{ "all wrong", X64, 0x4008, 0x8, 2, 3, 0x1000, 0xf, 0 },
	{ "places that cross a page", X64, 0x190, 0x50, 37, 0, 0x4000, 0, 3 },
	{ "a place too many", X64, 0x190, 0x50, 37, 0, 0x4000, 0x4, 4 },
	{ "a place too few", X64, 0x190, 0x50, 37, 0, 0x4000, 0x4, 2 },
	{ "the guard page is no room", X64, 0x190, 0x50, 37, 0, 0x5000, 0x4, 3 },
	{ "nothing but withheld places", X64, 0x190, 0x50, 0, 0, 0x4000, 0x4, 40 },
	{ "a withheld place is free", X64, 0x190, 0x50, 37, 38, 0x4000, 0x8, 3 },
	{ "bits of withheld places before the first", X64, 0x80, 0x40, 0x3f, 0, 0, 0, 1 },
	{ "bits of withheld places behind the first", X64, 0x80, 0x40, 0x3f, 0, 0, 0x2, 2 },
	{ "x86, places that cross a page", X86, 0xd0, 0x38, 38, 1, 0x2000, 0, 1 },
	{ "x86, a page of blocks of 40", X86, 0x40, 0x100, 0x3c, 1, 0x1000, 0, 0 },
	{ "x86, half a unit", X86, 0x44, 0x104, 1, 0, 0, 0x3, 0 },
	{ "x86, one unit", X86, 0x48, 0x108, 1, 0, 0, 0, 0 },
	{ "x86, first within the bitmap", X86, 0x40, 0x30, 0x41, 0, 0, 0x2, 0 },
};

static void check_lfh(void **state)
{
	const struct lfh_row *row = *state;
	struct kst_layout *layout = layout_builtin(row->arch, 19041, 0);
	bool wide = row->arch == X64;
	uint64_t at = wide ? 0xffff910ffe613000 : 0x9a413000;
	uint32_t page = wide ? 0x000fe613 : 0x0009a413, plain = (uint32_t)row->first << 16 | row->block;
	struct kst_lfh_subsegment s = { .size = sizeof s };
	struct kst_heap_key none = heap_keys;
	uint8_t bytes[0x38] = { 0 };

	put(bytes + (wide ? 0x20 : 0x10), row->free, 2);
	put(bytes + (wide ? 0x22 : 0x12), row->count, 2);
	put(bytes + (wide ? 0x27 : 0x17), row->withheld, 1);
	put(bytes + (wide ? 0x28 : 0x18), plain ^ 0xddeeff00 ^ page, 4);
	assert_int_equal(kst_decode_lfh_subsegment(layout, bytes, sizeof bytes, at, row->range, &heap_keys, &s, NULL),
			 KST_OK);
	assert_true(s.size == sizeof s && s.address == at && s.present == 0x1f && s.anomalies == row->anomalies);
	assert_true(s.plain == plain && s.stored == (plain ^ 0xddeeff00 ^ page) &&
		    s.bitmap == at + (wide ? 0x30 : 0x20));
	assert_true(s.block_bytes == row->block && s.first_block == at + row->first);
	assert_true(s.block_count == row->count && s.free_count == row->free && s.withheld_count == row->withheld);
	/* without the LFH key nothing can be wrong */
	none.lfh_known = 0;
	assert_int_equal(kst_decode_lfh_subsegment(layout, bytes, sizeof bytes, at, row->range, &none, &s, NULL),
			 KST_OK);
	assert_true(s.present == 0x1e && s.anomalies == 0 && s.plain == 0 && s.block_bytes == 0 && s.first_block == 0);
	assert_true(s.block_count == row->count && s.free_count == row->free && s.withheld_count == row->withheld);
	free(layout);
}

/* Other types of LFH subsegments: fewer members, fields at other places of the word, or beyond it. */
static const struct other_row {
	const char *name;
	const char *member;
	struct member_row other;
	kst_status status;
	uint32_t block, first;
	uint64_t present, anomalies;
} others[] = {
	{ "no free count", "free count", { 0 }, KST_OK, 0x80, 0x380, 0x1b, 0x4 },
	{ "no block count to contradict", "block count", { 0 }, KST_OK, 0x80, 0x380, 0x1d, 0 },
	{ "block size in the upper half", "block size", { NULL, NULL, 2, 2, 0, 0 }, KST_OK, 0x380, 0x380, 0x1f, 0x4 },
	{ "block size of a byte", "block size", { NULL, NULL, 0, 1, 0, 0 }, KST_OK, 0x80, 0x380, 0x1f, 0x4 },
	{ "block size leaves the word", "block size", { NULL, NULL, 3, 2, 0, 0 }, KST_E_NO_MEMBER, 0, 0, 0, 0 },
	{ "first block leaves the word", "first block", { NULL, NULL, 3, 2, 0, 0 }, KST_E_NO_MEMBER, 0, 0, 0, 0 },
	{ "first block is the last byte", "first block", { NULL, NULL, 3, 1, 0, 0 }, KST_OK, 0x80, 0x3, 0x1f, 0x6 },
	{ "first block of a byte", "first block", { NULL, NULL, 2, 1, 0, 0 }, KST_OK, 0x80, 0x80, 0x1f, 0x4 },
	{ "no withheld count", "withheld", { 0 }, KST_OK, 0x80, 0x380, 0x1f, 0x4 },
};

static void check_other(void **state)
{
	const struct other_row *row = *state;
	struct kst_layout *layout = layout_but(row->member, row->other);
	struct kst_lfh_subsegment s = { .size = sizeof s };
	uint8_t bytes[0x38] = { 0 };

	put(bytes + 0x20, 0x3, 2);
	put(bytes + 0x22, 0x1a, 2);
	put(bytes + 0x28, 0x03800080 ^ 0xddeeff00 ^ 0x000fe613, 4);
	assert_int_equal(kst_decode_lfh_subsegment(layout, bytes, sizeof bytes, 0xffff910ffe613000, 0x1000, &heap_keys,
						   &s, NULL),
			 row->status);
	if (row->status == KST_OK) {
		assert_true(s.present == row->present && s.anomalies == row->anomalies);
		assert_true(s.block_bytes == row->block && s.first_block == 0xffff910ffe613000 + row->first);
	}
	free(layout);
}

/* Without WitheldBlockCount the places that cross a page are counted: no others can be missing. */
static void counted(void **state)
{
	static const struct {
		uint16_t block, first, count;
		uint32_t range;
		uint64_t present, withheld, anomalies;
	} rows[] = {
		{ 0x190, 0x50, 37, 0x4000, 0x1f, 3, 0 },   /* all that cross are withheld */
		{ 0x190, 0x50, 40, 0x4000, 0x1f, 0, 0 },   /* none is */
		{ 0x190, 0x50, 38, 0x4000, 0x1f, 0, 0x4 }, /* one is missing that does not cross */
		{ 0x190, 0x50, 37, 0, 0xf, 0, 0 },         /* a range is not known */
		{ 0x80, 0x80, 31, 0x1000, 0x1f, 0, 0 },    /* blocks end with the page */
		{ 0x80, 0x80, 63, 0x2000, 0x1f, 0, 0 },    /* and begin with the next */
		{ 0x80, 0x90, 62, 0x2000, 0x1f, 0, 0 },    /* one crosses, and is none */
		{ 0x80, 0x90, 61, 0x2000, 0x1f, 1, 0 },
		{ 0x1000, 0x100, 2, 0x3000, 0x1f, 0, 0 }, /* pages: all would cross */
		{ 0, 0x100, 2, 0x3000, 0x1f, 0, 0x5 },
		{ 0x80, 0x2000, 2, 0x2000, 0x1f, 0, 0x4 }, /* no room */
		{ 0x80, 0x80, 0, 0x1000, 0xf, 0, 0x4 },    /* nothing to compare with */
	};
	struct kst_layout *layout = layout_but("withheld", HEAP_ABSENT);

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		uint32_t plain = (uint32_t)rows[i].first << 16 | rows[i].block;
		struct kst_lfh_subsegment s = { .size = sizeof s };
		uint8_t bytes[0x38] = { 0 };

		put(bytes + 0x22, rows[i].count, 2);
		put(bytes + 0x28, plain ^ 0xddeeff00 ^ 0x000fe613, 4);
		bytes[0x27] = 0xff; /* whatever lies there */
		assert_int_equal(kst_decode_lfh_subsegment(layout, bytes, sizeof bytes, 0xffff910ffe613000,
							   rows[i].range, &heap_keys, &s, NULL),
				 KST_OK);
		if (s.present != rows[i].present || s.anomalies != rows[i].anomalies)
			print_message("row %u: %llx %llx\n", (unsigned)i, (unsigned long long)s.present,
				      (unsigned long long)s.anomalies);
		assert_true(s.present == rows[i].present && s.anomalies == rows[i].anomalies);
		assert_int_equal(s.withheld_count, rows[i].withheld);
	}
	free(layout);
}

/* Which places are withheld: those that cross a page, if any is and if a block has room in a page. */
static void withheld_places(void **state)
{
	static const struct {
		uint32_t block, first, withheld;
		uint64_t place;
		bool is;
	} rows[] = {
		{ 0x190, 0x50, 3, 9, false },  { 0x190, 0x50, 3, 10, true }, { 0x190, 0x50, 3, 11, false },
		{ 0x190, 0x50, 0, 10, false }, { 0x80, 0x80, 1, 30, false }, { 0x80, 0x80, 1, 31, false },
		{ 0x80, 0x90, 1, 29, false },  { 0x80, 0x90, 1, 30, true },  { 0x80, 0x90, 1, 31, false },
		{ 0xff0, 0x20, 1, 0, true },   { 0xff0, 0x10, 1, 0, false }, { 0x1000, 0x40, 1, 0, false },
		{ 0x1010, 0x40, 1, 0, false },
	};

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		struct kst_lfh_subsegment s = { .size = sizeof s,
						.address = 0xffff910ffe613000,
						.first_block = 0xffff910ffe613000 + rows[i].first,
						.block_bytes = rows[i].block,
						.withheld_count = rows[i].withheld };

		assert_int_equal(kst__lfh_withheld(&s, rows[i].place), rows[i].is);
	}
}

/* The word of the reference, decoded and made; in types that have its halves the other way round as well. */
static void lfh_word(void **state)
{
	static const struct member_row turned[] = {
		{ "_HEAP_LFH_SUBSEGMENT", "BlockOffsets", 0, 4, 0, 0 },
		{ "_HEAP_LFH_SUBSEGMENT", "BlockBitmap", 0x30, 8, 0, 0 },
		{ OFFSETS, "BlockSize", 2, 2, 0, 0 },
		{ OFFSETS, "FirstBlockOffset", 0, 2, 0, 0 },
	};
	struct kst_layout *layout = layout_of(19041), *other = layout_from_rows(turned, 4, 8);
	struct kst_lfh_subsegment s = { .size = sizeof s };
	uint8_t bytes[0x38] = { 0 };

	(void)state;
	put(bytes + 0x28, 0xdf611993, 4);
	assert_int_equal(
		kst_decode_lfh_subsegment(layout, bytes, sizeof bytes, 0xffff910ffe613000, 0, &heap_keys, &s, NULL),
		KST_OK);
	assert_true(s.plain == 0x02800080 && s.stored == 0xdf611993);
	put(bytes, 0x00800280 ^ 0xddeeff00 ^ 0x000fe613, 4);
	assert_int_equal(
		kst_decode_lfh_subsegment(other, bytes, sizeof bytes, 0xffff910ffe613000, 0, &heap_keys, &s, NULL),
		KST_OK);
	assert_true(s.plain == 0x00800280 && s.block_bytes == 0x80 && s.first_block == 0xffff910ffe613280);
	assert_int_equal(kst__lfh_plain(layout, 0x80, 0x280), 0x02800080);
	assert_int_equal(kst__lfh_plain(other, 0x80, 0x280), 0x00800280);
	free(layout);
	free(other);
}

/* Types with a unit offset of its own are those of 26100: no constant, and the whole address is shifted. */
static void late_and_early_forms(void **state)
{
	static const struct {
		const char *member;
		struct member_row other;
		uint32_t page, constant;
	} rows[] = {
		{ "unit offset", { NULL, NULL, 0x1f, 1, 0, 0 }, 0x000fe613, 1 },
		{ "unit offset", { NULL, NULL, 0x1a, 1, 0, 0 }, 0x10ffe613, 0 },
		{ "unit offset", { 0 }, 0x000fe613, 1 },
		{ "unit size", { 0 }, 0x000fe613, 1 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		struct kst_layout *layout = layout_but(rows[i].member, rows[i].other);
		struct kst_page_segment s = { .size = sizeof s };
		struct kst_lfh_subsegment l = { .size = sizeof l };
		uint8_t bytes[0x38] = { 0 };

		assert_int_equal(kst__lfh_page(layout, 0xffff910ffe613000), rows[i].page);
		put(bytes + 0x10, rows[i].constant ? 0xb3c47de9e4f03865 : 0x11223344461676c8, 8);
		put(bytes + 0x28, rows[i].constant ? 0xdf611993 : 0xcf911993, 4);
		assert_int_equal(
			kst_decode_page_segment(layout, bytes, sizeof bytes, 0xffff910ffe600000, &heap_keys, &s, NULL),
			KST_OK);
		assert_true(s.context == 0xffff910fed100140 && s.constant == rows[i].constant && s.anomalies == 0);
		assert_true(kst__segment_key(layout, &s, 0xffff910fed100140) == HEAP_KEY);
		assert_int_equal(kst_decode_lfh_subsegment(layout, bytes, sizeof bytes, 0xffff910ffe613000, 0,
							   &heap_keys, &l, NULL),
				 KST_OK);
		assert_int_equal(l.plain, 0x02800080);
		free(layout);
	}
}

struct segment_row {
	const char *name;
	uint32_t arch;
	uint64_t context, anomalies;
};

static const struct segment_row segments[] = {
	{ "published", X64, 0xffff910fed100140, 0 },
	{ "lowest of the kernel", X64, 0xff00000000000000, 0 },
	{ "below it", X64, 0xfefffffffffffff8, 0x1 },
	{ "of a process", X64, 0x00007ff6ed100140, 0x1 },
	{ "half a pointer off", X64, 0xffff910fed100144, 0x1 },
	{ "one byte off", X64, 0xffff910fed100141, 0x1 },
	{ "x86", X86, 0x8a412184, 0 },
	{ "x86, lowest of the kernel", X86, 0x80000000, 0 },
	{ "x86, below it", X86, 0x7ffffffc, 0x1 },
	{ "x86, half a pointer off", X86, 0x8a412182, 0x1 },
};

/* The context wants the whole key: without any bit of it only the links are known. */
static void check_segment(void **state)
{
	const struct segment_row *row = *state;
	struct kst_layout *layout = layout_builtin(row->arch, 19041, 0);
	bool wide = row->arch == X64;
	unsigned width = wide ? 8 : 4;
	uint64_t at = wide ? 0xffff910ffe600000 : 0x9a400000;
	uint64_t stored = row->context ^ at ^ HEAP_KEY ^ 0xa2e64eada2e64ead;
	struct kst_page_segment s = { .size = sizeof s };
	struct kst_heap_key partly = heap_keys;
	uint8_t bytes[0x18];

	put(bytes, 0xffff910f81223340, width);
	put(bytes + width, 0xffff9110a1223350, width);
	put(bytes + 2 * width, stored, width);
	stored &= wide ? UINT64_MAX : UINT32_MAX;
	assert_int_equal(kst_decode_page_segment(layout, bytes, 3 * width, at, &heap_keys, &s, NULL), KST_OK);
	assert_true(s.size == sizeof s && s.address == at && s.stored == stored && s.constant == 1);
	assert_true(s.present == 0x3 && s.context == row->context && s.anomalies == row->anomalies);
	assert_true(s.next == (wide ? 0xffff910f81223340 : 0x81223340) &&
		    s.previous == (wide ? 0xffff9110a1223350 : 0xa1223350));
	assert_true(kst__segment_key(layout, &s, row->context) == (wide ? HEAP_KEY : 0x55667788));
	for (unsigned bit = 0; bit < 64; bit++) {
		partly.bits_known = ~((uint64_t)1 << bit);
		assert_int_equal(kst_decode_page_segment(layout, bytes, 3 * width, at, &partly, &s, NULL), KST_OK);
		if (bit < 8 * width)
			assert_true(s.present == 0x2 && s.context == 0 && s.anomalies == 0);
		else
			assert_true(s.present == 0x3 && s.context == row->context);
	}
	free(layout);
}

/* Links behind the signature may be cut off; types without a list have none. */
static void segment_links(void **state)
{
	struct kst_layout *behind = layout_but("list entry", HEAP_AT(0x18, 0x10, 0, 0));
	struct kst_layout *none = layout_but("list entry", HEAP_ABSENT);
	struct kst_page_segment s = { .size = sizeof s };
	uint8_t bytes[0x28];

	(void)state;
	for (unsigned i = 0; i < 5; i++)
		put(bytes + 8 * i, 0xffff910fed100100 + i, 8);
	for (size_t len = 0x18; len <= sizeof bytes; len++) {
		assert_int_equal(kst_decode_page_segment(behind, bytes, len, 0, &heap_keys, &s, NULL), KST_OK);
		assert_true(s.stored == 0xffff910fed100102 && s.present == (len < 0x28 ? 0x1 : 0x3));
	}
	assert_true(s.next == 0xffff910fed100103 && s.previous == 0xffff910fed100104);
	assert_int_equal(kst_decode_page_segment(none, bytes, sizeof bytes, 0, &heap_keys, &s, NULL), KST_OK);
	assert_true(s.present == 0x1 && s.next == 0 && s.previous == 0);
	free(behind);
	free(none);
}

struct range_row {
	const char *name;
	uint8_t flags, size, back; /* back: of types that have it apart from the size */
	uint32_t signature, kind, units, unused;
	uint64_t anomalies;
};

static const struct range_row ranges[] = {
	{ "free", 0x0, 4, 5, 0, KST_HEAP_RANGE_FREE, 0, 0, 0 },
	{ "first of a free one", 0x2, 7, 0, 0, KST_HEAP_RANGE_FREE, 7, 0, 0 },
	{ "first of a free one without a length", 0x2, 0, 1, 0, KST_HEAP_RANGE_FREE, 0, 0, 0x4 },
	{ "continuation", 0x1, 3, 3, 0, KST_HEAP_RANGE_CONTINUATION, 0, 0, 0 },
	{ "continuation of nothing", 0x1, 0, 0, 0, KST_HEAP_RANGE_CONTINUATION, 0, 0, 0x4 },
	{ "backend", 0x3, 2, 0, 0xccddccdd, KST_HEAP_RANGE_BACKEND, 2, 0xa1b2c3d4, 0 },
	{ "backend without a length", 0x3, 0, 1, 0xccddccdd, KST_HEAP_RANGE_BACKEND, 0, 0xa1b2c3d4, 0x4 },
	{ "backend without a signature", 0x3, 0xff, 0, 0xccddccd5, KST_HEAP_RANGE_BACKEND, 0xff, 0xa1b2c3d4, 0x1 },
	{ "LFH", 0xb, 1, 0, 0xccddccdd, KST_HEAP_RANGE_LFH, 1, 0xa1b2c3d4, 0 },
	{ "VS", 0xf, 16, 0, 0xccddccdd, KST_HEAP_RANGE_VS, 16, 0xa1b2c3d4, 0 },
	{ "VS without anything", 0xf, 0, 0, 0x4cddccdd, KST_HEAP_RANGE_VS, 0, 0xa1b2c3d4, 0x5 },
	{ "unknown 4", 0x4, 1, 1, 0xccddccdd, KST_HEAP_RANGE_UNKNOWN, 0, 0, 0x2 },
	{ "unknown 5", 0x5, 1, 1, 0xccddccdd, KST_HEAP_RANGE_UNKNOWN, 0, 0, 0x2 },
	{ "unknown 6", 0x6, 0, 0, 0, KST_HEAP_RANGE_UNKNOWN, 0, 0, 0x2 },
	{ "unknown 7", 0x7, 1, 1, 0xccddccdd, KST_HEAP_RANGE_UNKNOWN, 0, 0, 0x2 },
	{ "unknown 8", 0x8, 1, 1, 0xccddccdd, KST_HEAP_RANGE_UNKNOWN, 0, 0, 0x2 },
	{ "unknown 9", 0x9, 1, 1, 0xccddccdd, KST_HEAP_RANGE_UNKNOWN, 0, 0, 0x2 },
	{ "unknown a", 0xa, 1, 1, 0xccddccdd, KST_HEAP_RANGE_UNKNOWN, 0, 0, 0x2 },
	{ "unknown c", 0xc, 1, 1, 0xccddccdd, KST_HEAP_RANGE_UNKNOWN, 0, 0, 0x2 },
	{ "unknown d", 0xd, 1, 1, 0xccddccdd, KST_HEAP_RANGE_UNKNOWN, 0, 0, 0x2 },
	{ "unknown e", 0xe, 1, 1, 0xccddccdd, KST_HEAP_RANGE_UNKNOWN, 0, 0, 0x2 },
	{ "unknown 10", 0x10, 1, 1, 0xccddccdd, KST_HEAP_RANGE_UNKNOWN, 0, 0, 0x2 },
	{ "unknown 1f", 0x1f, 1, 1, 0xccddccdd, KST_HEAP_RANGE_UNKNOWN, 0, 0, 0x2 },
};

/* Types up to 22631, of 26100 (unit offset apart at 1a), and of x86 (the committed pages in the flags' upper bits). */
static void check_range(void **state)
{
	const struct range_row *row = *state;
	struct kst_layout *forms[] = { layout_of(20348), layout_but("unit offset", HEAP_AT(0x1a, 1, 0, 0)),
				       layout_x86() };

	for (size_t i = 0; i < 3; i++) {
		struct kst_heap_range r = { .size = sizeof r };
		unsigned at = i == 2 ? 0xc : 0x18, back = i == 1 ? row->back : row->size;
		uint8_t bytes[0x20] = { 0 };

		put(bytes, row->signature, 4);
		put(bytes + 4, 0xa1b2c3d4, 4);
		bytes[at] = (uint8_t)(row->flags | (i == 2 ? 5u << 5 : 0));
		bytes[0x19] = 0x85;
		bytes[0x1a] = row->back;
		bytes[i == 2 ? 0xf : 0x1f] = row->size;
		assert_int_equal(kst_decode_heap_range(forms[i], bytes, sizeof bytes, 0xffff910ffe600020, &r, NULL),
				 KST_OK);
		assert_true(r.size == sizeof r && r.address == 0xffff910ffe600020 && r.flags == row->flags);
		assert_true(r.kind == row->kind && r.anomalies == row->anomalies && r.units == row->units);
		assert_int_equal(r.unit_offset, row->kind == KST_HEAP_RANGE_CONTINUATION ? back : 0);
		assert_int_equal(r.committed, i == 2 ? 5 : 0x85);
		assert_int_equal(r.unused_bytes, row->unused);
		free(forms[i]);
	}
}

/* Flags and committed pages in one byte, whichever of them the types say is a bit-field; or flags alone. */
static void flags_of_other_types(void **state)
{
	static const struct {
		struct member_row flags, committed;
		uint32_t byte_at, byte, expected, pages;
	} rows[] = {
		{ { RANGES, "RangeFlags", 8, 1, 0, 0 }, { RANGES, "CommittedPageCount", 8, 1, 5, 3 }, 8, 0xaf, 0xf, 5 },
		{ { RANGES, "RangeFlags", 8, 1, 0, 5 }, { RANGES, "CommittedPageCount", 8, 1, 5, 3 }, 8, 0xaf, 0xf, 5 },
		{ { RANGES, "RangeFlags", 8, 1, 3, 5 }, { RANGES, "CommittedPageCount", 8, 1, 0, 3 }, 8, 0x7d, 0xf, 5 },
		{ { RANGES, "RangeFlags", 0, 1, 0, 0 }, { RANGES, "Other", 8, 1, 0, 0 }, 0, 0xf, 0xf, 0 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		const struct member_row types_of_row[] = { rows[i].flags,
							   rows[i].committed,
							   { RANGES, "TreeSignature", 4, 4, 0, 0 },
							   { RANGES, "UnitOffset", 9, 1, 0, 0 },
							   { RANGES, "UnitSize", 10, 1, 0, 0 } };
		struct kst_layout *layout = layout_from_rows(types_of_row, 5, 4);
		struct kst_heap_range r = { .size = sizeof r };
		uint8_t bytes[0x10] = { 0 };

		put(bytes + 4, 0xccddccdd, 4);
		bytes[rows[i].byte_at] = (uint8_t)rows[i].byte;
		bytes[10] = 9;
		assert_int_equal(kst_decode_heap_range(layout, bytes, sizeof bytes, 0, &r, NULL), KST_OK);
		assert_true(r.flags == rows[i].expected && r.committed == rows[i].pages && r.anomalies == 0);
		assert_true(r.kind == KST_HEAP_RANGE_VS && r.units == 9);
		free(layout);
	}
}

struct large_row {
	const char *name;
	uint32_t arch;
	uint64_t address, pages; /* as stored */
	uint64_t start, bytes;
	uint32_t unused;
	uint64_t anomalies;
};

/* The address shares its low 16 bits with UnusedBytes, the pages their low 12 with marks. */
static const struct large_row larges[] = {
	{ "x64", X64, 0xffff910f00001234, 0x801001, 0xffff910f00000000, 0x801000, 0x1234, 0 },
	{ "x64, all marks", X64, 0xffff910f0001ffff, 0x801fff, 0xffff910f00010000, 0x801000, 0xffff, 0 },
	{ "x64, no address", X64, 0xffff, 0x801001, 0, 0x801000, 0xffff, 0x1 },
	{ "x64, no pages", X64, 0xffff910f00000000, 0xfff, 0xffff910f00000000, 0, 0, 0x1 },
	{ "x64, up to the last page but one", X64, 0xffffffffffff0000, 0xf000, 0xffffffffffff0000, 0xf000, 0, 0 },
	{ "x64, wraps around", X64, 0xffffffffffff0000, 0x10000, 0xffffffffffff0000, 0x10000, 0, 0x1 },
	{ "x64, all pages there can be", X64, 0x10000, 0xfffffffffffff000, 0x10000, 0xfffffffffffff000, 0, 0x1 },
	{ "x86", X86, 0x8f001234, 0x801001, 0x8f000000, 0x801000, 0x1234, 0 },
	{ "x86, no address", X86, 0xffff, 0x801001, 0, 0x801000, 0xffff, 0x1 },
	{ "x86, up to the last page but one", X86, 0xffff0000, 0xf000, 0xffff0000, 0xf000, 0, 0 },
	{ "x86, wraps around", X86, 0xffff0000, 0x10000, 0xffff0000, 0x10000, 0, 0x1 },
	{ "x86, all pages there can be", X86, 0x10000, 0xfffff000, 0x10000, 0xfffff000, 0, 0x1 },
};

static void check_large(void **state)
{
	const struct large_row *row = *state;
	struct kst_layout *layout = layout_builtin(row->arch, 19041, 0);
	struct kst_heap_large l = { .size = sizeof l };
	unsigned width = row->arch == X64 ? 8 : 4;
	uint64_t upper = row->arch == X64 ? 0xffff910f00000000 : 0;
	uint8_t bytes[0x28] = { 0 };

	put(bytes, upper | 0xfe001000, width);
	put(bytes + width, upper | 0xfe002000, width);
	put(bytes + 2 * width, upper | 0xfe003001, width);
	put(bytes + 3 * width, row->address, width);
	put(bytes + 4 * width, row->pages, width);
	assert_int_equal(kst_decode_heap_large(layout, bytes, 5 * width, 0xffff910ffe000000, &l, NULL), KST_OK);
	assert_true(l.size == sizeof l && l.node == 0xffff910ffe000000);
	assert_true(l.address == row->start && l.bytes == row->bytes && l.unused_bytes == row->unused);
	assert_true(l.anomalies == row->anomalies);
	assert_true(l.left == (upper | 0xfe001000) && l.right == (upper | 0xfe002000) &&
		    l.parent == (upper | 0xfe003001));
	free(layout);
}

/* A count of pages that is no bit-field may be more than an address space has; UnusedBytes may be missing, links be last. */
static void large_of_other_types(void **state)
{
	struct kst_layout *plain = layout_but("pages", HEAP_AT(0x20, 8, 0, 0)),
			  *none = layout_but("large unused", HEAP_ABSENT);
	struct kst_layout *behind = layout_but("tree node", HEAP_AT(0x28, 0x18, 0, 0)),
			  *left_last = layout_but("left", HEAP_AT(0x10, 8, 0, 0));
	struct kst_heap_large l = { .size = sizeof l };
	uint8_t bytes[0x40] = { 0 };

	(void)state;
	put(bytes + 0x18, 0x11234, 8);
	put(bytes + 0x20, 0x000fffffffffffff, 8);
	assert_int_equal(kst_decode_heap_large(plain, bytes, sizeof bytes, 0, &l, NULL), KST_OK);
	assert_true(l.bytes == 0xfffffffffffff000 && l.unused_bytes == 0x1234 && l.anomalies == 0x1);
	put(bytes + 0x20, 0x0010000000000001, 8);
	assert_int_equal(kst_decode_heap_large(plain, bytes, sizeof bytes, 0, &l, NULL), KST_OK);
	assert_true(l.bytes == 0 && l.anomalies == 0x1);
	assert_int_equal(kst_decode_heap_large(none, bytes, sizeof bytes, 0, &l, NULL), KST_OK);
	assert_true(l.unused_bytes == 0 && l.address == 0x10000);
	for (unsigned i = 0; i < 3; i++)
		put(bytes + 0x28 + 8 * i, 0xffff910ffe001000 + i, 8);
	for (size_t len = 0x28; len <= 0x40; len++)
		assert_int_equal(kst_decode_heap_large(behind, bytes, len, 0, &l, NULL),
				 len < 0x40 ? KST_E_FAULT : KST_OK);
	assert_true(l.left == 0xffff910ffe001000 && l.right == 0xffff910ffe001001 && l.parent == 0xffff910ffe001002);
	put(bytes + 0x10, 0xffff910ffe002000, 8);
	assert_int_equal(kst_decode_heap_large(left_last, bytes, sizeof bytes, 0, &l, NULL), KST_OK);
	assert_true(l.left == 0xffff910ffe002000);
	free(left_last);
	free(behind);
	free(plain);
	free(none);
}

int main(void)
{
	struct CMUnitTest tests[160] = {
		cmocka_unit_test(lfh_word),
		cmocka_unit_test(counted),
		cmocka_unit_test(withheld_places),
		cmocka_unit_test(late_and_early_forms),
		cmocka_unit_test(segment_links),
		cmocka_unit_test(flags_of_other_types),
		cmocka_unit_test(large_of_other_types),
	};
	size_t n = 7;

	n += ROWS_TO_TESTS(tests + n, lfh_rows, check_lfh);
	n += ROWS_TO_TESTS(tests + n, others, check_other);
	n += ROWS_TO_TESTS(tests + n, segments, check_segment);
	n += ROWS_TO_TESTS(tests + n, ranges, check_range);
	n += ROWS_TO_TESTS(tests + n, larges, check_large);
	return _cmocka_run_group_tests("segment heap ranges", tests, n, NULL, NULL);
}
