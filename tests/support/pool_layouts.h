/* SPDX-License-Identifier: MIT */
/* Layouts of pool types by generation, from rows (reference builds are named in doc/structures/pool.md). */
#ifndef KST_TESTS_POOL_LAYOUTS_H
#define KST_TESTS_POOL_LAYOUTS_H

#include "support.h"

#include <stdbool.h>
#include <stdlib.h>

enum pool_layout {
	POOL_2000,
	POOL_XP_X86,
	POOL_2003_X86,
	POOL_2003_X64,
	POOL_7_X86,
	POOL_7_X64,
	POOL_81_X64,
	POOL_17763_X64,
	POOL_19041_X64,
	POOL_22000_X64,
	POOL_PLAIN_X86,
	POOL_LAYOUTS
};

#define ROWS_HEADER_X86                                                                                                \
	{ "_POOL_HEADER", NULL, 8, 0, 0, 0 }, { "_POOL_HEADER", "PreviousSize", 0, 2, 0, 9 },                          \
		{ "_POOL_HEADER", "PoolIndex", 0, 2, 9, 7 }, { "_POOL_HEADER", "BlockSize", 2, 2, 0, 9 },              \
		{ "_POOL_HEADER", "PoolType", 2, 2, 9, 7 },                                                            \
	{                                                                                                              \
		"_POOL_HEADER", "PoolTag", 4, 4, 0, 0                                                                  \
	}
/* up to 9200 as u32 bit-fields, from 9600 on as u16 ones: the same bytes */
#define ROWS_HEADER_X64                                                                                                \
	{ "_POOL_HEADER", NULL, 16, 0, 0, 0 }, { "_POOL_HEADER", "PreviousSize", 0, 4, 0, 8 },                         \
		{ "_POOL_HEADER", "PoolIndex", 0, 4, 8, 8 }, { "_POOL_HEADER", "BlockSize", 0, 4, 16, 8 },             \
		{ "_POOL_HEADER", "PoolType", 0, 4, 24, 8 }, { "_POOL_HEADER", "PoolTag", 4, 4, 0, 0 },                \
	{                                                                                                              \
		"_POOL_HEADER", "ProcessBilled", 8, 8, 0, 0                                                            \
	}
#define ROWS_HEADER_X64_LATE                                                                                           \
	{ "_POOL_HEADER", NULL, 16, 0, 0, 0 }, { "_POOL_HEADER", "PreviousSize", 0, 2, 0, 8 },                         \
		{ "_POOL_HEADER", "PoolIndex", 0, 2, 8, 8 }, { "_POOL_HEADER", "BlockSize", 2, 2, 0, 8 },              \
		{ "_POOL_HEADER", "PoolType", 2, 2, 8, 8 }, { "_POOL_HEADER", "PoolTag", 4, 4, 0, 0 },                 \
	{                                                                                                              \
		"_POOL_HEADER", "ProcessBilled", 8, 8, 0, 0                                                            \
	}
#define ROWS_BIG_PAGES(size, pointer)                                                                                  \
	{ "_POOL_TRACKER_BIG_PAGES", NULL, size, 0, 0, 0 }, { "_POOL_TRACKER_BIG_PAGES", "Va", 0, pointer, 0, 0 },     \
	{                                                                                                              \
		"_POOL_TRACKER_BIG_PAGES", "Key", pointer, 4, 0, 0                                                     \
	}
#define ROWS_BIG_PAGES_64                                                                                              \
	ROWS_BIG_PAGES(0x18, 8), { "_POOL_TRACKER_BIG_PAGES", "PoolType", 0xc, 4, 0, 0 },                              \
	{                                                                                                              \
		"_POOL_TRACKER_BIG_PAGES", "NumberOfBytes", 0x10, 8, 0, 0                                              \
	}
#define ROWS_BIG_PAGES_64_LATE(size)                                                                                   \
	ROWS_BIG_PAGES(size, 8), { "_POOL_TRACKER_BIG_PAGES", "Pattern", 0xc, 4, 0, 8 },                               \
		{ "_POOL_TRACKER_BIG_PAGES", "PoolType", 0xc, 4, 8, 12 },                                              \
		{ "_POOL_TRACKER_BIG_PAGES", "SlushSize", 0xc, 4, 20, 12 },                                            \
	{                                                                                                              \
		"_POOL_TRACKER_BIG_PAGES", "NumberOfBytes", 0x10, 8, 0, 0                                              \
	}
#define ROWS_TRACKER_28                                                                                                \
	{ "_POOL_TRACKER_TABLE", NULL, 0x28, 0, 0, 0 }, { "_POOL_TRACKER_TABLE", "Key", 0, 4, 0, 0 },                  \
		{ "_POOL_TRACKER_TABLE", "NonPagedAllocs", 4, 4, 0, 0 },                                               \
		{ "_POOL_TRACKER_TABLE", "NonPagedFrees", 8, 4, 0, 0 },                                                \
		{ "_POOL_TRACKER_TABLE", "NonPagedBytes", 0x10, 8, 0, 0 },                                             \
		{ "_POOL_TRACKER_TABLE", "PagedAllocs", 0x18, 4, 0, 0 },                                               \
		{ "_POOL_TRACKER_TABLE", "PagedFrees", 0x1c, 4, 0, 0 },                                                \
	{                                                                                                              \
		"_POOL_TRACKER_TABLE", "PagedBytes", 0x20, 8, 0, 0                                                     \
	}
#define ROWS_TRACKER_1C                                                                                                \
	{ "_POOL_TRACKER_TABLE", NULL, 0x1c, 0, 0, 0 }, { "_POOL_TRACKER_TABLE", "Key", 0, 4, 0, 0 },                  \
		{ "_POOL_TRACKER_TABLE", "NonPagedAllocs", 4, 4, 0, 0 },                                               \
		{ "_POOL_TRACKER_TABLE", "NonPagedFrees", 8, 4, 0, 0 },                                                \
		{ "_POOL_TRACKER_TABLE", "NonPagedBytes", 0xc, 4, 0, 0 },                                              \
		{ "_POOL_TRACKER_TABLE", "PagedAllocs", 0x10, 4, 0, 0 },                                               \
		{ "_POOL_TRACKER_TABLE", "PagedFrees", 0x14, 4, 0, 0 },                                                \
	{                                                                                                              \
		"_POOL_TRACKER_TABLE", "PagedBytes", 0x18, 4, 0, 0                                                     \
	}
#define ROWS_TRACKER_38(size)                                                                                          \
	{ "_POOL_TRACKER_TABLE", NULL, size, 0, 0, 0 }, { "_POOL_TRACKER_TABLE", "Key", 0, 4, 0, 0 },                  \
		{ "_POOL_TRACKER_TABLE", "NonPagedBytes", 8, 8, 0, 0 },                                                \
		{ "_POOL_TRACKER_TABLE", "NonPagedAllocs", 0x10, 8, 0, 0 },                                            \
		{ "_POOL_TRACKER_TABLE", "NonPagedFrees", 0x18, 8, 0, 0 },                                             \
		{ "_POOL_TRACKER_TABLE", "PagedBytes", 0x20, 8, 0, 0 },                                                \
		{ "_POOL_TRACKER_TABLE", "PagedAllocs", 0x28, 8, 0, 0 },                                               \
	{                                                                                                              \
		"_POOL_TRACKER_TABLE", "PagedFrees", 0x30, 8, 0, 0                                                     \
	}
#define ROWS_COUNT(rows) (sizeof(rows) / sizeof((rows)[0]))

/* The layout of a generation; free() it. */
static inline struct kst_layout *pool_layout(enum pool_layout which)
{
	static const struct member_row r2000[] = {
		{ "_POOL_HEADER", NULL, 8, 0, 0, 0 },        { "_POOL_HEADER", "PreviousSize", 0, 1, 0, 0 },
		{ "_POOL_HEADER", "PoolIndex", 1, 1, 0, 0 }, { "_POOL_HEADER", "PoolType", 2, 1, 0, 0 },
		{ "_POOL_HEADER", "BlockSize", 3, 1, 0, 0 }, { "_POOL_HEADER", "PoolTag", 4, 4, 0, 0 },
	};
	static const struct member_row xp[] = {
		ROWS_HEADER_X86,
		ROWS_BIG_PAGES(0xc, 4),
		{ "_POOL_TRACKER_BIG_PAGES", "NumberOfPages", 8, 4, 0, 0 },
		ROWS_TRACKER_1C,
		{ "_MI_VERIFIER_POOL_HEADER", NULL, 8, 0, 0, 0 },
	};
	static const struct member_row r2003_x86[] = {
		ROWS_HEADER_X86,
		ROWS_BIG_PAGES(0x10, 4),
		{ "_POOL_TRACKER_BIG_PAGES", "NumberOfPages", 8, 4, 0, 0 },
		{ "_POOL_TRACKER_BIG_PAGES", "QuotaObject", 0xc, 4, 0, 0 },
		ROWS_TRACKER_1C,
		{ "_MI_VERIFIER_POOL_HEADER", NULL, 4, 0, 0, 0 },
	};
	static const struct member_row plain[] = {
		ROWS_HEADER_X86,
		ROWS_BIG_PAGES(0x10, 4),
		{ "_POOL_TRACKER_BIG_PAGES", "NumberOfPages", 8, 4, 0, 0 },
		{ "_POOL_TRACKER_BIG_PAGES", "QuotaObject", 0xc, 4, 0, 0 },
		ROWS_TRACKER_1C,
		{ "REGISTRY_CALLBACK", NULL, 0x28, 0, 0, 0 },
	};
	static const struct member_row r2003_x64[] = {
		ROWS_HEADER_X64,
		ROWS_BIG_PAGES(0x18, 8),
		{ "_POOL_TRACKER_BIG_PAGES", "NumberOfPages", 0xc, 4, 0, 0 },
		{ "_POOL_TRACKER_BIG_PAGES", "QuotaObject", 0x10, 8, 0, 0 },
		ROWS_TRACKER_28,
	};
	static const struct member_row r7_x86[] = {
		ROWS_HEADER_X86,
		ROWS_BIG_PAGES(0x10, 4),
		{ "_POOL_TRACKER_BIG_PAGES", "PoolType", 8, 4, 0, 0 },
		{ "_POOL_TRACKER_BIG_PAGES", "NumberOfBytes", 0xc, 4, 0, 0 },
		ROWS_TRACKER_1C,
	};
	static const struct member_row r7_x64[] = {
		ROWS_HEADER_X64,
		ROWS_BIG_PAGES_64,
		ROWS_TRACKER_28,
		{ "_MM_SESSION_SPACE", "PoolTrackBigPages", 0x1f40, 8, 0, 0 },
		{ "_MM_SESSION_SPACE", "PoolTrackBigPagesSize", 0x1f48, 8, 0, 0 },
	};
	static const struct member_row r81_x64[] = {
		ROWS_HEADER_X64_LATE,
		ROWS_BIG_PAGES_64,
		ROWS_TRACKER_28,
		{ "_KPRCB", "PPNxPagedLookasideList", 0x880, 8, 0, 0 },
	};
	static const struct member_row r17763_x64[] = {
		ROWS_HEADER_X64_LATE,
		ROWS_BIG_PAGES_64_LATE(0x18),
		ROWS_TRACKER_38(0x38),
		{ "_POOL_DESCRIPTOR", "ThreadsProcessingDeferrals", 0x108, 4, 0, 0 },
		{ "_EX_POOL_HEAP_MANAGER_STATE", NULL, 0x86940, 0, 0, 0 },
		{ "_KPRCB", "PPNxPagedLookasideList", 0x900, 8, 0, 0 },
	};
	static const struct member_row r19041_x64[] = {
		ROWS_HEADER_X64_LATE,
		ROWS_BIG_PAGES_64_LATE(0x18),
		ROWS_TRACKER_38(0x38),
		{ "_EX_POOL_HEAP_MANAGER_STATE", NULL, 0x86940, 0, 0, 0 },
		{ "_KPRCB", "PPNxPagedLookasideList", 0x900, 8, 0, 0 },
	};
	static const struct member_row r22000_x64[] = {
		ROWS_HEADER_X64_LATE,
		ROWS_BIG_PAGES_64_LATE(0x20),
		ROWS_TRACKER_38(0x50),
		{ "_POOL_TRACKER_BIG_PAGES", "ProcessBilled", 0x18, 8, 0, 0 },
		{ "_EX_POOL_HEAP_MANAGER_STATE", NULL, 0x86940, 0, 0, 0 },
	};

	switch (which) {
	case POOL_2000: return layout_from_rows(r2000, ROWS_COUNT(r2000), 4);
	case POOL_XP_X86: return layout_from_rows(xp, ROWS_COUNT(xp), 4);
	case POOL_2003_X86: return layout_from_rows(r2003_x86, ROWS_COUNT(r2003_x86), 4);
	case POOL_PLAIN_X86: return layout_from_rows(plain, ROWS_COUNT(plain), 4);
	case POOL_2003_X64: return layout_from_rows(r2003_x64, ROWS_COUNT(r2003_x64), 8);
	case POOL_7_X86: return layout_from_rows(r7_x86, ROWS_COUNT(r7_x86), 4);
	case POOL_7_X64: return layout_from_rows(r7_x64, ROWS_COUNT(r7_x64), 8);
	case POOL_81_X64: return layout_from_rows(r81_x64, ROWS_COUNT(r81_x64), 8);
	case POOL_17763_X64: return layout_from_rows(r17763_x64, ROWS_COUNT(r17763_x64), 8);
	case POOL_19041_X64: return layout_from_rows(r19041_x64, ROWS_COUNT(r19041_x64), 8);
	default: return layout_from_rows(r22000_x64, ROWS_COUNT(r22000_x64), 8);
	}
}

static inline uint32_t pool_paging(enum pool_layout which)
{
	return which == POOL_2000 || which == POOL_XP_X86 || which == POOL_2003_X86 || which == POOL_7_X86 ||
			       which == POOL_PLAIN_X86
		       ? KST_PAGING_X86
		       : KST_PAGING_X64;
}

/* A block of a forged page, in bytes. */
struct pool_block {
	uint32_t size;
	uint32_t type; /* as stored */
	const char *tag;
};

/* Write a chain of classic blocks; the previous sizes follow from the sizes. Independent of the decoder. */
static inline void pool_forge(uint8_t *page, enum pool_layout which, uint32_t start, const struct pool_block *blocks,
			      size_t count)
{
	bool narrow = pool_paging(which) == KST_PAGING_X86 && which != POOL_2000;
	uint32_t unit = narrow ? 8 : 16, at = start, previous = 0;

	for (size_t i = 0; i < count; i++) {
		uint32_t size = blocks[i].size / unit, word;

		if (which == POOL_2000)
			word = previous | blocks[i].type << 16 | size << 24;
		else if (narrow)
			word = previous | size << 16 | blocks[i].type << 25;
		else
			word = previous | size << 16 | blocks[i].type << 24;
		for (unsigned k = 0; k < 4; k++) {
			page[at + k] = (uint8_t)(word >> (8 * k));
			page[at + 4 + k] = (uint8_t)blocks[i].tag[k];
		}
		previous = size;
		at += blocks[i].size;
	}
}

/* The two pages of the published listings (7 x64); tags with bytes that cannot be printed as they were shown. */
static const struct pool_block pool_page_8e13[] = {
	{ 0x150, 2, "Fil\xe5" }, { 0x30, 2, "Io  " },  { 0x50, 2, "VadS" },     { 0x80, 2, "MmSd" },
	{ 0x20, 0, "Io  " },     { 0xc0, 2, "FMsl" },  { 0x150, 2, "Fil\xe5" }, { 0xe0, 2, "NV  " },
	{ 0x160, 2, "Ntfx" },    { 0x160, 2, "Ntfx" }, { 0x20, 0, "FIPc" },     { 0x50, 2, "VadS" },
	{ 0x160, 2, "Ntfx" },    { 0xc0, 2, "FMsl" },  { 0x160, 2, "Ntfx" },    { 0xc0, 2, "FMsl" },
	{ 0x10, 0, "FIPc" },     { 0x60, 2, "Io  " },  { 0x160, 2, "Ntfx" },    { 0x160, 2, "Ntfx" },
};
static const struct pool_block pool_page_d106[] = {
	{ 0x130, 3, "Ntfo" }, { 0x140, 3, "MPsc" },    { 0x10, 0, "\x01tFs" },  { 0x40, 3, "NtFs" },
	{ 0x110, 3, ";oNm" }, { 0x190, 3, "\x02Mfn" }, { 0x4d0, 3, "\xcatff" }, { 0x40, 3, "NtFs" },
	{ 0x180, 3, "{Mfn" }, { 0xc0, 3, "oIcs" },     { 0x40, 3, "MmSm" },     { 0x40, 3, "\x7ftFs" },
	{ 0x190, 3, "FMfn" }, { 0x140, 3, "APsc" },
};

#endif
