/* SPDX-License-Identifier: MIT */
/* Entries whose meaning was published, format by format. */
#include "support/support.h"

#include <stdlib.h>

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

enum { NONE, XP_X86, PAE_7, X64_7 };

static struct kst_layout *layout_of(int which)
{
	switch (which) {
	case XP_X86: return layout_from_rows(xp_x86, sizeof xp_x86 / sizeof xp_x86[0], 4);
	case PAE_7: return layout_from_rows(pae_7, sizeof pae_7 / sizeof pae_7[0], 4);
	case X64_7: return layout_from_rows(x64_7, sizeof x64_7 / sizeof x64_7[0], 8);
	default: return NULL;
	}
}

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

static void decodes(void **state)
{
	const struct row *row = *state;
	struct kst_layout *layout = layout_of(row->layout);
	struct kst_pte_context context = { .size = sizeof context,
					   .paging = row->paging,
					   .invalid_mask = MASK,
					   .highest_frame = row->paging == KST_PAGING_X64 ? HIGHEST : 0,
					   .paged_pool_start = 0xe1000000u,
					   .subsection_base = 0x80000000u,
					   .flags = KST_PTE_CONTEXT_HAS_MASK | KST_PTE_CONTEXT_HAS_PAGED_POOL_START |
						    KST_PTE_CONTEXT_HAS_SUBSECTION_BASE };
	struct kst_pte pte = { .size = sizeof pte };
	uint64_t address;

	if (row->paging == KST_PAGING_X64)
		context.flags |= KST_PTE_CONTEXT_HAS_HIGHEST_FRAME;
	if ((row->anomalies & KST_PTE_ANOMALY_MASK_ASSUMED) != 0)
		context.flags &= ~(uint32_t)KST_PTE_CONTEXT_HAS_MASK;
	assert_int_equal(kst_decode_pte(layout, &context, row->level, row->flags, row->entry, &pte, NULL), KST_OK);
	free(layout);
	assert_string_equal(kst_pte_state_name(pte.state), kst_pte_state_name(row->state));
	assert_int_equal((pte.present & KST_PTE_HAS_FRAME) != 0, row->frame != NO);
	if (row->frame != NO)
		assert_true(pte.frame == row->frame);
	assert_int_equal((pte.present & KST_PTE_HAS_PROTECTION) != 0, row->protection >= 0);
	if (row->protection >= 0)
		assert_int_equal(pte.protection, row->protection);
	address = pte.present & KST_PTE_HAS_PROTO_ADDRESS ? pte.proto_address
		  : pte.present & KST_PTE_HAS_SUBSECTION  ? pte.subsection
		  : pte.present & KST_PTE_HAS_PAGE_FILE   ? pte.page_file_offset
							  : 0;
	assert_true(address == row->address);
	assert_true(pte.anomalies == row->anomalies);
	assert_string_equal(pte.letters, row->letters);
	assert_true(pte.entry == row->entry);
}

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

static void page_file_numbers(void **state)
{
	struct kst_pte_context context = { .size = sizeof context, .paging = KST_PAGING_X64 };
	struct kst_layout *old = layout_of(X64_7);
	struct kst_pte pte = { .size = sizeof pte };

	(void)state;
	assert_int_equal(kst_decode_pte(NULL, &context, 1, 0, 0x001BBEDA00002084, &pte, NULL), KST_OK);
	assert_int_equal(pte.page_file_number, 2);
	assert_true((pte.bits & KST_PTE_BIT_FILE_ALLOCATED) != 0);
	assert_int_equal(kst_decode_pte(old, &context, 1, 0, 0x001BBEDA00400086, &pte, NULL), KST_OK);
	assert_int_equal(pte.page_file_number, 3);
	assert_true((pte.bits & KST_PTE_BIT_IN_STORE) != 0);
	free(old);
}

static void refuses(void **state)
{
	struct kst_pte_context context = { .size = sizeof context, .paging = KST_PAGING_X86 };
	struct kst_pte pte = { .size = sizeof pte, .state = 77 };

	(void)state;
	assert_int_equal(kst_decode_pte(NULL, &context, 3, 0, 1, &pte, NULL), KST_E_ARG);
	assert_int_equal(kst_decode_pte(NULL, &context, 0, 0, 1, &pte, NULL), KST_E_ARG);
	assert_int_equal(kst_decode_pte(NULL, &context, 1, 2, 1, &pte, NULL), KST_E_ARG);
	assert_int_equal(kst_decode_pte(NULL, NULL, 1, 0, 1, &pte, NULL), KST_E_ARG);
	context.paging = KST_PAGING_NONE;
	assert_int_equal(kst_decode_pte(NULL, &context, 1, 0, 1, &pte, NULL), KST_E_ARG);
	context.paging = KST_PAGING_X86;
	pte.size = 3;
	assert_int_equal(kst_decode_pte(NULL, &context, 1, 0, 1, &pte, NULL), KST_E_ABI);
	pte.size = sizeof pte;
	context.size = 3;
	assert_int_equal(kst_decode_pte(NULL, &context, 1, 0, 1, &pte, NULL), KST_E_ABI);
	assert_int_equal(pte.state, 77);
}

static void names(void **state)
{
	(void)state;
	assert_string_equal(kst_pte_protection_name(4), "read-write");
	assert_string_equal(kst_pte_protection_name(0x0c), "read-write-no-cache");
	assert_string_equal(kst_pte_protection_name(0x10), "decommitted");
	assert_string_equal(kst_pte_protection_name(0x14), "read-write-guard");
	assert_string_equal(kst_pte_protection_name(0x18), "no-access");
	assert_string_equal(kst_pte_protection_name(0x1c), "read-write-write-combine");
	assert_string_equal(kst_pte_protection_name(32), "unknown");
	assert_string_equal(kst_pte_protection_text(7), "ExecuteWriteCopy");
	assert_string_equal(kst_pte_protection_text(0x19), "ReadOnly WriteCombine");
	assert_string_equal(kst_pte_protection_text(32), "Unknown");
	assert_string_equal(kst_pte_read_name(KST_PTE_READ_PAGE_FILE), "page-file");
	assert_string_equal(kst_pte_read_name(99), "unknown");
	assert_string_equal(kst_pte_state_name(99), "unknown");
	assert_string_equal(kst_pte_anomaly_name(KST_PTE_ANOMALY_LIST_LINK), "list-link");
	assert_null(kst_pte_anomaly_name(0x8000));
}

int main(void)
{
	struct CMUnitTest tests[sizeof rows / sizeof rows[0] + sizeof unknown_mask / sizeof unknown_mask[0] + 3] = {
		cmocka_unit_test(page_file_numbers),
		cmocka_unit_test(refuses),
		cmocka_unit_test(names),
	};
	size_t n = 3;

	n += ROWS_TO_TESTS(tests + n, rows, decodes);
	n += ROWS_TO_TESTS(tests + n, unknown_mask, decodes);
	return _cmocka_run_group_tests("pte", tests, n, NULL, NULL);
}
