/* SPDX-License-Identifier: MIT */
/* What test_pte.c decodes: types, entries whose meaning was published, and one for every place of the newest formats. */
#ifndef KST_TESTS_PTE_ENTRIES_H
#define KST_TESTS_PTE_ENTRIES_H

#include "support/support.h"

#define B(type, name, low, bits, unit)                                                                                 \
	{                                                                                                              \
		"_MMPTE_" type, name, 0, unit, low, bits                                                               \
	}

static const struct member_row xp_x86[] = {
	{ "_MMPTE", NULL, 4, 0, 0, 0 },
	B("HARDWARE", "Write", 1, 1, 4),
	B("HARDWARE", "PageFrameNumber", 12, 20, 4),
	B("SOFTWARE", "PageFileLow", 1, 4, 4),
	B("SOFTWARE", "Protection", 5, 5, 4),
	B("SOFTWARE", "PageFileHigh", 12, 20, 4),
	B("TRANSITION", "Protection", 5, 5, 4),
	B("TRANSITION", "PageFrameNumber", 12, 20, 4),
	B("PROTOTYPE", "ProtoAddressLow", 1, 7, 4),
	B("PROTOTYPE", "ReadOnly", 8, 1, 4),
	B("PROTOTYPE", "WhichPool", 9, 1, 4),
	B("PROTOTYPE", "ProtoAddressHigh", 11, 21, 4),
	B("SUBSECTION", "SubsectionAddressLow", 1, 4, 4),
	B("SUBSECTION", "Protection", 5, 5, 4),
	B("SUBSECTION", "SubsectionAddressHigh", 11, 20, 4),
	B("SUBSECTION", "WhichPool", 31, 1, 4),
};
static const struct member_row pae_7[] = {
	{ "_MMPTE", NULL, 8, 0, 0, 0 },         B("SOFTWARE", "PageFileLow", 1, 4, 8),
	B("SOFTWARE", "Protection", 5, 5, 8),   B("SOFTWARE", "PageFileHigh", 32, 32, 8),
	B("TRANSITION", "Protection", 5, 5, 8), B("TRANSITION", "PageFrameNumber", 12, 26, 8),
	B("PROTOTYPE", "Protection", 11, 5, 8), B("PROTOTYPE", "ProtoAddress", 32, 32, 8),
	B("SUBSECTION", "Protection", 5, 5, 8), B("SUBSECTION", "SubsectionAddress", 32, 32, 8),
};
static const struct member_row x64_7[] = {
	{ "_MMPTE", NULL, 8, 0, 0, 0 },
	B("HARDWARE", "Write", 11, 1, 8),
	B("HARDWARE", "PageFrameNumber", 12, 36, 8),
	B("SOFTWARE", "PageFileLow", 1, 4, 8),
	B("SOFTWARE", "Protection", 5, 5, 8),
	B("SOFTWARE", "UsedPageTableEntries", 12, 10, 8),
	B("SOFTWARE", "InStore", 22, 1, 8),
	B("SOFTWARE", "PageFileHigh", 32, 32, 8),
	B("TRANSITION", "Protection", 5, 5, 8),
	B("TRANSITION", "PageFrameNumber", 12, 36, 8),
	B("PROTOTYPE", "ReadOnly", 8, 1, 8),
	B("PROTOTYPE", "Protection", 11, 5, 8),
	B("PROTOTYPE", "ProtoAddress", 16, 48, 8),
	B("SUBSECTION", "Protection", 5, 5, 8),
	B("SUBSECTION", "SubsectionAddress", 16, 48, 8),
};

/* Types as no kernel has them: whole bytes, members beyond the entry or too wide. */
static const struct member_row bytes[] = {
	{ "_MMPTE_SOFTWARE", "Protection", 1, 1, 4, 4 },
	{ "_MMPTE_SOFTWARE", "UsedPageTableEntries", 2, 1, 0, 0 },
	{ "_MMPTE_SOFTWARE", "PageFileHigh", 4, 4, 0, 0 },
	{ "_MMPTE_SOFTWARE", "PageFileAllocated", 7, 1, 7, 1 },
	{ "_MMPTE_SOFTWARE", "InStore", 7, 2, 5, 4 },
	{ "_MMPTE_SOFTWARE", "ColdPage", 3, 1, 0, 1 },
	{ "_MMPTE_SOFTWARE", "LocalPartition", 3, 1, 7, 1 },
	{ "_MMPTE_SOFTWARE", "OnStandbyLookaside", 9, 1, 4, 1 },
	B("TRANSITION", "Protection", 12, 6, 8),
	{ "_MMPTE_PROTOTYPE", "Protection", 0, 1, 0, 0 },
	B("SUBSECTION", "Protection", 3, 5, 8),
	B("SUBSECTION", "SubsectionAddress", 8, 56, 8),
};
static const struct member_row halves[] = {
	B("SOFTWARE", "Protection", 5, 5, 4),
	B("PROTOTYPE", "ProtoAddressLow", 11, 17, 4),
	B("PROTOTYPE", "ProtoAddressHigh", 28, 4, 4),
	B("SUBSECTION", "SubsectionAddressLow", 11, 16, 4),
	B("SUBSECTION", "SubsectionAddressHigh", 27, 5, 4),
};
static const struct member_row pool_alone[] = {
	B("SOFTWARE", "Protection", 5, 5, 4),
	B("SUBSECTION", "WhichPool", 31, 1, 4),
};

enum { NONE, XP_X86, PAE_7, X64_7, BYTES, HALVES, POOL_ALONE };

#define MASK    0x0000200000000000u
#define HIGHEST 0x10ffffu

struct row {
	const char *name;
	int layout;
	uint32_t paging, level, flags;
	uint64_t entry;
	uint32_t state;
	uint64_t frame;   /* UINT64_MAX: must be absent */
	int protection;   /* -1: must be absent */
	uint64_t address; /* prototype, subsection, or page-file offset */
	uint64_t anomalies;
	const char *letters;
};

#define ARRAY   KST_PTE_IN_PROTOTYPE_ARRAY
#define NO      UINT64_MAX
#define ASSUMED KST_PTE_ANOMALY_FORMAT_ASSUMED
static const struct row rows[] = {
	/* valid: published outputs of !pte */
	{ "windows 10 user page", NONE, KST_PAGING_X64, 1, 0, 0x8000000001BC4867, KST_PTE_VALID, 0x1bc4, 4, 0, 0,
	  "---DA--UW-V" },
	{ "working-set index", NONE, KST_PAGING_X64, 1, 0, 0x81000000625D5867, KST_PTE_VALID, 0x625d5, 4, 0, 0,
	  "---DA--UW-V" },
	{ "read-only code", NONE, KST_PAGING_X64, 1, 0, 0x0100000006235025, KST_PTE_VALID, 0x6235, 3, 0, 0,
	  "----A--UREV" },
	{ "kernel data", NONE, KST_PAGING_X64, 1, 0, 0x8A000000408FF963, KST_PTE_VALID, 0x408ff, 4, 0, 0,
	  "-G-DA--KW-V" },
	{ "large page, no execute", NONE, KST_PAGING_X64, 2, 0, 0x8A000000048001A1, KST_PTE_VALID, 0x4800, 1, 0, 0,
	  "-GL-A--KR-V" },
	{ "large page", NONE, KST_PAGING_X64, 2, 0, 0x0A00000004A001A1, KST_PTE_VALID, 0x4a00, 3, 0, 0, "-GL-A--KREV" },
	{ "bit 7 of a PTE is no large page", NONE, KST_PAGING_X64, 1, 0, 0x0A00000004A011A1, KST_PTE_VALID, 0x4a01, 3,
	  0, 0, "-G--A--KREV" },
	{ "pae table", NONE, KST_PAGING_PAE, 2, 0, 0x6A1A6867, KST_PTE_VALID, 0x6a1a6, 6, 0, 0, "---DA--UWEV" },
	{ "bit 7 of a PDPT entry is no large page", NONE, KST_PAGING_PAE, 3, 0, 0x6A1A6081, KST_PTE_VALID, 0x6a1a6, 3,
	  0, 0, "-------KREV" },
	{ "x86 2003", XP_X86, KST_PAGING_X86, 1, 0, 0x7EDE6025, KST_PTE_VALID, 0x7ede6, 3, 0, 0, "----A--UREV" },
	{ "x86 table", XP_X86, KST_PAGING_X86, 2, 0, 0x0BA58067, KST_PTE_VALID, 0xba58, 6, 0, 0, "---DA--UWEV" },
	{ "x86 page", XP_X86, KST_PAGING_X86, 1, 0, 0x09DE9067, KST_PTE_VALID, 0x9de9, 6, 0, 0, "---DA--UWEV" },
	{ "x86 kernel table", XP_X86, KST_PAGING_X86, 2, 0, 0x0003B163, KST_PTE_VALID, 0x3b, 6, 0, 0, "-G-DA--KWEV" },
	{ "x86 kernel page", XP_X86, KST_PAGING_X86, 1, 0, 0x00154121, KST_PTE_VALID, 0x154, 3, 0, 0, "-G--A--KREV" },
	{ "x86 4 MiB page with PSE-36", XP_X86, KST_PAGING_X86, 2, 0, 0x004021e3, KST_PTE_VALID, 0x100400, 6, 0, 0,
	  "-GLDA--KWEV" },
	{ "1 GiB page", NONE, KST_PAGING_X64, 3, 0, 0x80000000400000e3, KST_PTE_VALID, 0x40000, 4, 0, 0,
	  "--LDA--KW-V" },
	{ "2 MiB page with a reserved bit", NONE, KST_PAGING_X64, 2, 0, 0x80000000402020e3, KST_PTE_VALID, 0x40200, 4,
	  0, KST_PTE_ANOMALY_RESERVED, "--LDA--KW-V" },
	{ "copy on write", NONE, KST_PAGING_X64, 1, 0, 0x8000000001BC4225, KST_PTE_VALID, 0x1bc4, 5, 0, 0,
	  "C---A--UR-V" },
	{ "frame beyond the type's width", X64_7, KST_PAGING_X64, 1, 0, 0x0001000001BC4867, KST_PTE_VALID, 0x1000001bc4,
	  6, 0, KST_PTE_ANOMALY_RESERVED, "---DA--UWEV" },
	{ "arm64 user page", NONE, KST_PAGING_ARM64, 1, 0, 0x00e0000012345f43, KST_PTE_VALID, 0x12345, 4, 0, 0,
	  "---DA--UW-V" },
	/* transition */
	{ "transition", NONE, KST_PAGING_X64, 1, 0, 0xA1DD0880, KST_PTE_TRANSITION, 0xa1dd0, 4, 0, ASSUMED, "" },
	{ "transition with the mask in it", NONE, KST_PAGING_X64, 1, 0, 0x00002000A1DD0880, KST_PTE_TRANSITION, 0xa1dd0,
	  4, 0, ASSUMED, "" },
	{ "transition stored as it is", NONE, KST_PAGING_X64, 1, 0, 0x00002000A1DD0890, KST_PTE_TRANSITION, NO, 4, 0,
	  ASSUMED | KST_PTE_ANOMALY_FRAME_RANGE, "" },
	{ "transition, windows 7", X64_7, KST_PAGING_X64, 1, 0, 0x166B7880, KST_PTE_TRANSITION, 0x166b7, 4, 0, 0, "" },
	{ "transition in an array, 2003", XP_X86, KST_PAGING_X86, 1, ARRAY, 0x7ede68c0, KST_PTE_TRANSITION, 0x7ede6, 6,
	  0, 0, "" },
	{ "transition, arm64", NONE, KST_PAGING_ARM64, 1, 0, 0x12345808, KST_PTE_TRANSITION, 0x12345, 4, 0, ASSUMED,
	  "" },
	/* prototype, before transition: bit 11 means something else here */
	{ "vad, read-only", NONE, KST_PAGING_X64, 1, 0, 0xFFFFFFFF00000420, KST_PTE_PROTOTYPE_VAD, NO, 1, 0, ASSUMED,
	  "" },
	{ "vad, read-write", NONE, KST_PAGING_X64, 1, 0, 0xFFFFFFFF00000480, KST_PTE_PROTOTYPE_VAD, NO, 4, 0, ASSUMED,
	  "" },
	{ "vad with swizzle bit", NONE, KST_PAGING_X64, 1, 0, 0xFFFFFFFF00000490, KST_PTE_PROTOTYPE_VAD, NO, 4, 0,
	  ASSUMED, "" },
	{ "vad, windows 7", X64_7, KST_PAGING_X64, 1, 0, 0xFFFFFFFF00000480, KST_PTE_PROTOTYPE_VAD, NO, 4, 0, 0, "" },
	{ "vad, x86", XP_X86, KST_PAGING_X86, 1, 0, 0xfffff480, KST_PTE_PROTOTYPE_VAD, NO, 4, 0, 0, "" },
	{ "vad, pae", PAE_7, KST_PAGING_PAE, 1, 0, 0xFFFFFFFF00000480, KST_PTE_PROTOTYPE_VAD, NO, 4, 0, 0, "" },
	{ "prototype with Combined", NONE, KST_PAGING_X64, 1, 0, 0xa30ebf6f00900c80 | 0x10, KST_PTE_PROTOTYPE, NO, 4,
	  0xffffa30ebf6f0090, ASSUMED, "" },
	{ "prototype, windows 7", X64_7, KST_PAGING_X64, 1, 0, 0xf8a00a3e28202400, KST_PTE_PROTOTYPE, NO, 4,
	  0xfffff8a00a3e2820, 0, "" },
	{ "prototype, bit 11 of its protection", X64_7, KST_PAGING_X64, 1, 0, 0xf8a00a3e28200c00, KST_PTE_PROTOTYPE, NO,
	  1, 0xfffff8a00a3e2820, 0, "" },
	{ "prototype, xp", XP_X86, KST_PAGING_X86, 1, 0, 0x00439400 >> 9 << 11 | (0x38 >> 2) << 1 | 0x400,
	  KST_PTE_PROTOTYPE, NO, -1, 0xe1439438, 0, "" },
	{ "prototype, windows 7 x86", NONE, KST_PAGING_X86, 1, 0,
	  (0x8c439438 & 0x7ffffc00) << 1 | (0x38 >> 2) << 1 | 0x400, KST_PTE_PROTOTYPE, NO, -1, 0x8c439438, ASSUMED,
	  "" },
	{ "prototype, pae", PAE_7, KST_PAGING_PAE, 1, 0, 0x8c43943800002400, KST_PTE_PROTOTYPE, NO, 4, 0x8c439438, 0,
	  "" },
	{ "prototype into user space", X64_7, KST_PAGING_X64, 1, 0, 0x78a00a3e28202400, KST_PTE_PROTOTYPE, NO, 4, 0,
	  KST_PTE_ANOMALY_BAD_POINTER, "" },
	{ "prototype not aligned", X64_7, KST_PAGING_X64, 1, 0, 0xf8a00a3e28212400, KST_PTE_PROTOTYPE, NO, 4, 0,
	  KST_PTE_ANOMALY_BAD_POINTER, "" },
	/* subsection: in an array only */
	{ "subsection, 19041", NONE, KST_PAGING_X64, 1, ARRAY, 0xbd0ecbcf74d004c0, KST_PTE_SUBSECTION, NO, 6,
	  0xffffbd0ecbcf74d0, ASSUMED | KST_PTE_ANOMALY_MASK_ASSUMED, "" },
	{ "subsection with ColdPage", NONE, KST_PAGING_X64, 1, ARRAY, 0xbd0ecbcf74d00cd0, KST_PTE_SUBSECTION, NO, 6,
	  0xffffbd0ecbcf74d0, ASSUMED, "" },
	{ "subsection, 2003", XP_X86, KST_PAGING_X86, 1, ARRAY, 0xfc078cca, KST_PTE_SUBSECTION, NO, 6,
	  0x80000000u + 0x7c078a8, 0, "" },
	/* page file, demand zero and the rest */
	{ "page file", NONE, KST_PAGING_X64, 1, 0, 0x001B9EDA00002084, KST_PTE_PAGE_FILE, NO, 4, 0x1b9eda000, ASSUMED,
	  "" },
	{ "page file with the mask in it", NONE, KST_PAGING_X64, 1, 0, 0x001BBEDA00002084, KST_PTE_PAGE_FILE, NO, 4,
	  0x1b9eda000, ASSUMED, "" },
	{ "page file, windows 7", X64_7, KST_PAGING_X64, 1, 0, 0x001BBEDA00000084, KST_PTE_PAGE_FILE, NO, 4,
	  0x1bbeda000, 0, "" },
	{ "page file, x86", XP_X86, KST_PAGING_X86, 1, 0, 0x12345082, KST_PTE_PAGE_FILE, NO, 4, 0x12345000, 0, "" },
	{ "demand zero, x64", NONE, KST_PAGING_X64, 1, 0, 0x80, KST_PTE_DEMAND_ZERO, NO, 4, 0, ASSUMED, "" },
	{ "demand zero, pae", PAE_7, KST_PAGING_PAE, 1, 0, 0x80, KST_PTE_DEMAND_ZERO, NO, 4, 0, 0, "" },
	{ "demand zero, x86", XP_X86, KST_PAGING_X86, 1, 0, 0x80, KST_PTE_DEMAND_ZERO, NO, 4, 0, 0, "" },
	{ "demand zero, arm64", NONE, KST_PAGING_ARM64, 1, 0, 0x8, KST_PTE_DEMAND_ZERO, NO, 4, 0, ASSUMED, "" },
	{ "no access", NONE, KST_PAGING_X64, 1, 0, 0x300, KST_PTE_NO_ACCESS, NO, 0x18, 0, ASSUMED, "" },
	{ "decommitted", NONE, KST_PAGING_X64, 1, 0, 0x200, KST_PTE_DECOMMITTED, NO, 0x10, 0, ASSUMED, "" },
	{ "freed system entry", NONE, KST_PAGING_X64, 1, 0, 0x0000FFFFFFFFF000, KST_PTE_UNKNOWN, NO, 0, 0,
	  ASSUMED | KST_PTE_ANOMALY_LIST_LINK, "" },
	{ "zero", NONE, KST_PAGING_X64, 1, 0, 0, KST_PTE_ZERO, NO, -1, 0, 0, "" },
	/* a layout of the other x86 kernel is not used */
	{ "non-PAE layout, PAE tables", XP_X86, KST_PAGING_PAE, 1, 0, 0x80, KST_PTE_DEMAND_ZERO, NO, 4, 0, ASSUMED,
	  "" },
};

static const struct row unknown_mask[] = {
	{ "page file, as published", NONE, KST_PAGING_X64, 1, 0, 0x001BBEDA00002084, KST_PTE_PAGE_FILE, NO, 4,
	  0x1bbeda000, ASSUMED | KST_PTE_ANOMALY_MASK_ASSUMED, "" },
	{ "bit 45 tried where the frame is impossible", NONE, KST_PAGING_X64, 1, 0, 0x00002000A1DD0880,
	  KST_PTE_TRANSITION, 0xa1dd0, 4, 0, ASSUMED | KST_PTE_ANOMALY_MASK_ASSUMED, "" },
	{ "plain frame kept", NONE, KST_PAGING_X64, 1, 0, 0xA1DD0880, KST_PTE_TRANSITION, 0xa1dd0, 4, 0,
	  ASSUMED | KST_PTE_ANOMALY_MASK_ASSUMED, "" },
	{ "impossible either way", NONE, KST_PAGING_X64, 1, 0, 0x00012000A1DD0880, KST_PTE_TRANSITION, NO, 4, 0,
	  ASSUMED | KST_PTE_ANOMALY_MASK_ASSUMED | KST_PTE_ANOMALY_FRAME_RANGE, "" },
};

#define HAS_PROTECTION KST_PTE_HAS_PROTECTION
#define HAS_FILE       (KST_PTE_HAS_PAGE_FILE | HAS_PROTECTION)
#define HAS_USED       KST_PTE_HAS_USED_ENTRIES
#define HAS_FRAME      (KST_PTE_HAS_FRAME | HAS_PROTECTION)
#define HAS_PROTO      KST_PTE_HAS_PROTO_ADDRESS
#define HAS_SUBSECTION KST_PTE_HAS_SUBSECTION
/* "a" has every other flag, and every other bit of each number set, "b" the others. */
#define SOFTWARE(protection_, present_, bits_, number, offset, used)                                                   \
	{                                                                                                              \
		.state = KST_PTE_PAGE_FILE, .read = KST_PTE_READ_PAGE_FILE, .present = HAS_FILE | (present_),          \
		.anomalies = ASSUMED, .bits = bits_, .protection = protection_, .page_file_number = number,            \
		.page_file_offset = offset, .used_entries = used                                                       \
	}
#define TRANSITION(protection_, bits_, frame_)                                                                         \
	{                                                                                                              \
		.state = KST_PTE_TRANSITION, .read = KST_PTE_READ_TRANSITION, .present = HAS_FRAME,                    \
		.anomalies = ASSUMED, .bits = bits_, .protection = protection_, .frame = frame_                        \
	}
#define PROTOTYPE(protection_, present_, bits_, address)                                                               \
	{                                                                                                              \
		.state = KST_PTE_PROTOTYPE, .read = KST_PTE_READ_PROTOTYPE, .present = HAS_PROTO | (present_),         \
		.anomalies = ASSUMED, .bits = bits_, .protection = protection_, .proto_address = address               \
	}
#define SUBSECTION(protection_, present_, bits_, address)                                                              \
	{                                                                                                              \
		.state = KST_PTE_SUBSECTION, .present = HAS_SUBSECTION | (present_), .anomalies = ASSUMED,             \
		.bits = bits_, .protection = protection_, .subsection = address                                        \
	}

#define UNSOUND(state_, read_, protection_, bits_)                                                                     \
	{                                                                                                              \
		.state = state_, .read = read_, .present = HAS_PROTECTION,                                             \
		.anomalies = ASSUMED | KST_PTE_ANOMALY_BAD_POINTER, .bits = bits_, .protection = protection_           \
	}
#define EMPTY(state_, protection_)                                                                                     \
	{                                                                                                              \
		.state = state_, .present = HAS_PROTECTION | HAS_USED, .anomalies = ASSUMED, .protection = protection_ \
	}

/* Every place of the newest formats, whole entries: what a row does not name is zero. */
static const struct whole {
	const char *name;
	int layout;
	uint32_t paging, flags;
	uint64_t entry;
	struct kst_pte want;
} wholes[] = {
	{ "x86 software a", NONE, KST_PAGING_X86, 0, 0x955552aa, SOFTWARE(0x15, 0, 0, 5, 0x95555000, 0) },
	{ "x86 software b", NONE, KST_PAGING_X86, 0, 0x6aaaa154, SOFTWARE(0xa, 0, 0, 10, 0x6aaaa000, 0) },
	{ "pae software a", NONE, KST_PAGING_PAE, 0, 0x95555555000152aa,
	  SOFTWARE(0x15, 0, 0x400000, 5, 0x95555555000, 0) },
	{ "pae software b", NONE, KST_PAGING_PAE, 0, 0x6aaaaaaa0000a154,
	  SOFTWARE(0xa, 0, 0x808000, 10, 0x6aaaaaaa000, 0) },
	{ "x64 software a", NONE, KST_PAGING_X64, 0, 0x95555555155552aa,
	  SOFTWARE(0x15, HAS_USED, 0x3400000, 5, 0x95555555000, 0x155) },
	{ "x64 software b", NONE, KST_PAGING_X64, 0, 0x6aaaaaaa0aaaa154,
	  SOFTWARE(0xa, HAS_USED, 0x4808000, 10, 0x6aaaaaaa000, 0x2aa) },
	{ "arm64 software a", NONE, KST_PAGING_ARM64, 0, 0x955555550155516a,
	  SOFTWARE(0x15, HAS_USED, 0x1400000, 5, 0x95555555000, 0x155) },
	{ "arm64 software b", NONE, KST_PAGING_ARM64, 0, 0x6aaaaaaa02aaa294,
	  SOFTWARE(0xa, HAS_USED, 0x800000, 10, 0x6aaaaaaa000, 0x2aa) },
	{ "x86 transition a", NONE, KST_PAGING_X86, 0, 0x95555aa2, TRANSITION(0x15, 0x4002, 0x95555) },
	{ "x86 transition b", NONE, KST_PAGING_X86, 0, 0x6aaaa944, TRANSITION(0xa, 0x4000, 0x6aaaa) },
	{ "pae transition a", NONE, KST_PAGING_PAE, 0, 0x6555555aaa, TRANSITION(0x15, 0x10004002, 0x2555555) },
	{ "pae transition b", NONE, KST_PAGING_PAE, 0, 0x1aaaaaa954, TRANSITION(0xa, 0xc000, 0x1aaaaaa) },
	{ "x64 transition a", NONE, KST_PAGING_X64, 0, 0x0019555555555aaa, TRANSITION(0x15, 0x10004002, 0x9555555555) },
	{ "x64 transition b", NONE, KST_PAGING_X64, 0, 0x0006aaaaaaaaa954, TRANSITION(0xa, 0x400c000, 0x6aaaaaaaaa) },
	{ "arm64 transition a", NONE, KST_PAGING_ARM64, 0, 0x0019555555555a6a,
	  TRANSITION(0x15, 0x10004000, 0x9555555555) },
	{ "arm64 transition b", NONE, KST_PAGING_ARM64, 0, 0x0006aaaaaaaaa894, TRANSITION(0xa, 0x4000, 0x6aaaaaaaaa) },
	{ "x86 prototype a", NONE, KST_PAGING_X86, 0, 0xaaaaaeaa, PROTOTYPE(0, 0, 0x80400, 0xd5555554) },
	{ "x86 prototype b", NONE, KST_PAGING_X86, 0, 0x55555554, PROTOTYPE(0, 0, 0x400, 0xaaaaaaa8) },
	{ "pae prototype a", NONE, KST_PAGING_PAE, 0, 0x95555558000016aa,
	  PROTOTYPE(0x15, HAS_PROTECTION, 0xa0400, 0x95555558) },
	{ "pae prototype b", NONE, KST_PAGING_PAE, 0, 0xeaaaaaa800000d54,
	  PROTOTYPE(0xa, HAS_PROTECTION, 0x58400, 0xeaaaaaa8) },
	{ "x64 prototype a", NONE, KST_PAGING_X64, 0, 0x95555555555816aa,
	  PROTOTYPE(0x15, HAS_PROTECTION, 0xa0400, 0xffff955555555558) },
	{ "x64 prototype b", NONE, KST_PAGING_X64, 0, 0xeaaaaaaaaaa80d54,
	  PROTOTYPE(0xa, HAS_PROTECTION, 0x58400, 0xffffeaaaaaaaaaa8) },
	{ "la57 prototype a", NONE, KST_PAGING_LA57, 0, 0x95555555555816aa,
	  PROTOTYPE(0x15, HAS_PROTECTION, 0xa0400, 0xffff955555555558) },
	{ "arm64 prototype a", NONE, KST_PAGING_ARM64, 0, 0x9555555555580daa,
	  PROTOTYPE(0x15, HAS_PROTECTION, 0xa0400, 0xffff955555555558) },
	{ "arm64 prototype b", NONE, KST_PAGING_ARM64, 0, 0xeaaaaaaaaaa81654,
	  PROTOTYPE(0xa, HAS_PROTECTION, 0x50400, 0xffffeaaaaaaaaaa8) },
	{ "x86 subsection a", NONE, KST_PAGING_X86, ARRAY, 0xaaaaaeaa, SUBSECTION(0, 0, 0x400, 0xaaaaad54) },
	{ "x86 subsection b", NONE, KST_PAGING_X86, ARRAY, 0x95555554, SUBSECTION(0, 0, 0x400, 0x955552a8) },
	{ "pae subsection a", NONE, KST_PAGING_PAE, ARRAY, 0x9555555400008eae,
	  SUBSECTION(0x15, HAS_PROTECTION, 0x400, 0x95555554) },
	{ "pae subsection b", NONE, KST_PAGING_PAE, ARRAY, 0xeaaaaaa800000550,
	  SUBSECTION(0xa, HAS_PROTECTION, 0x8400, 0xeaaaaaa8) },
	{ "x64 subsection a", NONE, KST_PAGING_X64, ARRAY, 0x95555555555496a8,
	  SUBSECTION(0x15, HAS_PROTECTION, 0x24000400, 0xffff955555555554) },
	{ "x64 subsection b", NONE, KST_PAGING_X64, ARRAY, 0xeaaaaaaaaaa84d50,
	  SUBSECTION(0xa, HAS_PROTECTION, 0x1008400, 0xffffeaaaaaaaaaa8) },
	{ "arm64 subsection a", NONE, KST_PAGING_ARM64, ARRAY, 0x9555555555540c2a,
	  SUBSECTION(0x15, HAS_PROTECTION, 0x1000400, 0xffff955555555554) },
	{ "arm64 subsection b", NONE, KST_PAGING_ARM64, ARRAY, 0xeaaaaaaaaaa81414,
	  SUBSECTION(0xa, HAS_PROTECTION, 0x400, 0xffffeaaaaaaaaaa8) },
	/* pointers: the kernel's half, aligned for what they point to */
	{ "x64 subsection at an odd address", NONE, KST_PAGING_X64, ARRAY, 0x9555555555550480,
	  UNSOUND(KST_PTE_SUBSECTION, 0, 4, 0x400) },
	{ "x64 prototype aligned by 4", NONE, KST_PAGING_X64, 0, 0x9555555555540480,
	  UNSOUND(KST_PTE_PROTOTYPE, KST_PTE_READ_PROTOTYPE, 4, 0x400) },
	{ "x64 prototype, lowest kernel address", NONE, KST_PAGING_X64, 0, 0x8000000000000480,
	  PROTOTYPE(4, HAS_PROTECTION, 0x400, 0xffff800000000000) },
	{ "pae prototype, lowest kernel address", NONE, KST_PAGING_PAE, 0, 0x8000000000000480,
	  PROTOTYPE(4, HAS_PROTECTION, 0x400, 0x80000000) },
	{ "pae prototype, highest user address", NONE, KST_PAGING_PAE, 0, 0x7ffffff800000480,
	  UNSOUND(KST_PTE_PROTOTYPE, KST_PTE_READ_PROTOTYPE, 4, 0x400) },
	/* what is left when there is no page file */
	{ "demand zero, no cache and guard", NONE, KST_PAGING_X64, 0, 0x120, EMPTY(KST_PTE_DEMAND_ZERO, 9) },
	{ "demand zero, guard", NONE, KST_PAGING_X64, 0, 0x220, EMPTY(KST_PTE_DEMAND_ZERO, 0x11) },
	{ "demand zero, write combine", NONE, KST_PAGING_X64, 0, 0x320, EMPTY(KST_PTE_DEMAND_ZERO, 0x19) },
	{ "nothing but a page file number", NONE, KST_PAGING_X64, 0, 0x2000, EMPTY(KST_PTE_UNKNOWN, 0) },
	/* types: places as they say, none that lies outside of the entry */
	{ "windows 7 store",
	  X64_7,
	  KST_PAGING_X64,
	  0,
	  0x001BBEDA00555086,
	  { .state = KST_PTE_PAGE_FILE,
	    .read = KST_PTE_READ_PAGE_FILE,
	    .present = HAS_FILE | HAS_USED,
	    .bits = KST_PTE_BIT_IN_STORE,
	    .protection = 4,
	    .page_file_number = 3,
	    .page_file_offset = 0x1bbeda000,
	    .used_entries = 0x155 } },
	{ "2003 prototype",
	  XP_X86,
	  KST_PAGING_X86,
	  0,
	  0x00001f72,
	  { .state = KST_PTE_PROTOTYPE,
	    .read = KST_PTE_READ_PROTOTYPE,
	    .present = HAS_PROTO,
	    .bits = 0x180400,
	    .proto_address = 0xe10006e4 } },
	{ "members at bytes",
	  BYTES,
	  KST_PAGING_X64,
	  0,
	  0x8765432181219000,
	  { .state = KST_PTE_PAGE_FILE,
	    .read = KST_PTE_READ_PAGE_FILE,
	    .present = HAS_FILE | HAS_USED,
	    .bits = 0x9800000,
	    .protection = 9,
	    .page_file_offset = 0x87654321000,
	    .used_entries = 0x21 } },
	{ "no page file in the type",
	  HALVES,
	  KST_PAGING_X86,
	  0,
	  0xfffff080,
	  { .state = KST_PTE_DEMAND_ZERO, .present = HAS_PROTECTION, .protection = 4 } },
	{ "no frame in the type, six bits of protection",
	  BYTES,
	  KST_PAGING_X64,
	  0,
	  0x8000000000015800,
	  { .state = KST_PTE_TRANSITION, .bits = KST_PTE_BIT_TRANSITION } },
	{ "no address in the type, eight bits of protection",
	  BYTES,
	  KST_PAGING_X64,
	  0,
	  0x9555555555540480,
	  { .state = KST_PTE_PROTOTYPE, .read = KST_PTE_READ_PROTOTYPE, .bits = KST_PTE_BIT_PROTOTYPE } },
	{ "pointer of 56 bits, not canonical",
	  BYTES,
	  KST_PAGING_X64,
	  ARRAY,
	  0xff00000000000448,
	  { .state = KST_PTE_SUBSECTION,
	    .present = HAS_PROTECTION,
	    .bits = KST_PTE_BIT_PROTOTYPE,
	    .protection = 9,
	    .anomalies = KST_PTE_ANOMALY_BAD_POINTER } },
	{ "lower half of 16 bits",
	  HALVES,
	  KST_PAGING_X86,
	  ARRAY,
	  0x00001c00,
	  { .state = KST_PTE_SUBSECTION, .bits = KST_PTE_BIT_PROTOTYPE, .anomalies = KST_PTE_ANOMALY_BAD_POINTER } },
	{ "lower half of 17 bits",
	  HALVES,
	  KST_PAGING_X86,
	  0,
	  0x00001c00,
	  { .state = KST_PTE_PROTOTYPE, .read = KST_PTE_READ_PROTOTYPE, .bits = KST_PTE_BIT_PROTOTYPE } },
};

#endif
