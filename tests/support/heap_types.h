/* SPDX-License-Identifier: MIT */
/* What the tests of the segment heap's decoders share: keys, the types of a published build, and these with one changed. */
#ifndef KST_TESTS_HEAP_TYPES_H
#define KST_TESTS_HEAP_TYPES_H

#include "decoding.h"

#include <stdbool.h>

#define HEAP_KEY 0x1122334455667788u
#define LFH_KEY  0x99aabbccddeeff00u

static const struct kst_heap_key heap_keys = { .size = sizeof heap_keys,
					       .source = KST_HEAP_KEY_SYMBOLS,
					       .key = HEAP_KEY,
					       .bits_known = UINT64_MAX,
					       .lfh_key = LFH_KEY,
					       .lfh_known = 1 };

#define X64 KST_ARCH_X64
#define X86 KST_ARCH_X86

static inline struct kst_layout *layout_of(uint32_t build)
{
	return layout_builtin(KST_ARCH_X64, build, 0);
}

static inline struct kst_layout *layout_x86(void)
{
	return layout_builtin(KST_ARCH_X86, 19041, 0);
}

/* The types of x64 18362 to 19041, one row for each member that a decoder uses, and which decoders cannot do without. */
enum { CHUNK = 0x1, VS = 0x2, LFH = 0x4, SEGMENT = 0x8, RANGE = 0x10, LARGE = 0x20 };

#define CHUNKS  "_HEAP_VS_CHUNK_HEADER"
#define SIZES   "_HEAP_VS_CHUNK_HEADER_SIZE"
#define OFFSETS "_HEAP_LFH_SUBSEGMENT_ENCODED_OFFSETS"
#define RANGES  "_HEAP_PAGE_RANGE_DESCRIPTOR"
#define NODE    "_HEAP_LARGE_ALLOC_DATA"

struct heap_type {
	const char *name;
	struct member_row m;
	unsigned needed_by;
};

static const struct heap_type heap_types[] = {
	{ "chunk", { CHUNKS, NULL, 0x10, 0, 0, 0 }, CHUNK },
	{ "sizes", { CHUNKS, "Sizes", 0, 8, 0, 0 }, CHUNK },
	{ "page offset", { CHUNKS, "EncodedSegmentPageOffset", 8, 4, 0, 8 }, 0 },
	{ "chunk unused", { CHUNKS, "UnusedBytes", 8, 4, 8, 1 }, 0 },
	{ "spare", { CHUNKS, "Spare", 8, 4, 10, 22 }, 0 },
	{ "cost", { SIZES, "MemoryCost", 0, 4, 0, 16 }, CHUNK },
	{ "unsafe size", { SIZES, "UnsafeSize", 0, 4, 16, 16 }, CHUNK },
	{ "unsafe previous size", { SIZES, "UnsafePrevSize", 4, 4, 0, 16 }, CHUNK },
	{ "allocated", { SIZES, "Allocated", 4, 4, 16, 8 }, CHUNK },
	{ "vs", { "_HEAP_VS_SUBSEGMENT", NULL, 0x28, 0, 0, 0 }, VS },
	{ "vs size", { "_HEAP_VS_SUBSEGMENT", "Size", 0x20, 2, 0, 0 }, VS },
	{ "vs signature", { "_HEAP_VS_SUBSEGMENT", "Signature", 0x22, 2, 0, 15 }, VS },
	{ "full commit", { "_HEAP_VS_SUBSEGMENT", "FullCommit", 0x22, 2, 15, 1 }, 0 },
	{ "free count", { "_HEAP_LFH_SUBSEGMENT", "FreeCount", 0x20, 2, 0, 0 }, 0 },
	{ "block count", { "_HEAP_LFH_SUBSEGMENT", "BlockCount", 0x22, 2, 0, 0 }, 0 },
	{ "withheld", { "_HEAP_LFH_SUBSEGMENT", "WitheldBlockCount", 0x27, 1, 0, 0 }, 0 },
	{ "block offsets", { "_HEAP_LFH_SUBSEGMENT", "BlockOffsets", 0x28, 4, 0, 0 }, LFH },
	{ "bitmap", { "_HEAP_LFH_SUBSEGMENT", "BlockBitmap", 0x30, 8, 0, 0 }, LFH },
	{ "block size", { OFFSETS, "BlockSize", 0, 2, 0, 0 }, LFH },
	{ "first block", { OFFSETS, "FirstBlockOffset", 2, 2, 0, 0 }, LFH },
	{ "list entry", { "_HEAP_PAGE_SEGMENT", "ListEntry", 0, 0x10, 0, 0 }, 0 },
	{ "segment signature", { "_HEAP_PAGE_SEGMENT", "Signature", 0x10, 8, 0, 0 }, SEGMENT },
	{ "tree signature", { RANGES, "TreeSignature", 0, 4, 0, 0 }, RANGE },
	{ "range unused", { RANGES, "UnusedBytes", 4, 4, 0, 0 }, 0 },
	{ "flags", { RANGES, "RangeFlags", 0x18, 1, 0, 0 }, RANGE },
	{ "committed", { RANGES, "CommittedPageCount", 0x19, 1, 0, 0 }, 0 },
	{ "unit offset", { RANGES, "UnitOffset", 0x1f, 1, 0, 0 }, RANGE },
	{ "unit size", { RANGES, "UnitSize", 0x1f, 1, 0, 0 }, RANGE },
	{ "tree node", { NODE, "TreeNode", 0, 0x18, 0, 0 }, LARGE },
	{ "address", { NODE, "VirtualAddress", 0x18, 8, 0, 0 }, LARGE },
	{ "large unused", { NODE, "UnusedBytes", 0x18, 8, 0, 16 }, 0 },
	{ "pages", { NODE, "AllocatedPages", 0x20, 8, 12, 52 }, LARGE },
	{ "left", { "_RTL_BALANCED_NODE", "Left", 0, 8, 0, 0 }, LARGE },
	{ "right", { "_RTL_BALANCED_NODE", "Right", 8, 8, 0, 0 }, LARGE },
	{ "parent", { "_RTL_BALANCED_NODE", "ParentValue", 0x10, 8, 0, 0 }, LARGE },
};

#define HEAP_TYPES (sizeof heap_types / sizeof heap_types[0])

/* These types with one of them at another place; a row without a length takes its member away. */
static inline struct kst_layout *layout_but(const char *name, struct member_row other)
{
	struct member_row rows[HEAP_TYPES];
	size_t n = 0, changed = 0;

	for (size_t i = 0; i < HEAP_TYPES; i++) {
		bool this_one = strcmp(heap_types[i].name, name) == 0;

		changed += this_one;
		if (this_one && other.offset == 0 && other.length == 0)
			continue;
		rows[n] = heap_types[i].m;
		if (this_one) {
			rows[n].offset = other.offset;
			rows[n].length = other.length;
			rows[n].bit_pos = other.bit_pos;
			rows[n].bit_len = other.bit_len;
		}
		n++;
	}
	assert_int_equal(changed, 1);
	return layout_from_rows(rows, n, 8);
}

#define HEAP_AT(offset, length, pos, bits) ((struct member_row){ NULL, NULL, offset, length, pos, bits })
#define HEAP_ABSENT                        HEAP_AT(0, 0, 0, 0)

#endif
