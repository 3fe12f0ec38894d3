/* SPDX-License-Identifier: MIT */
/* Published entries, every place of every format, valid entries bit by bit, and what is said when little is known. */
#include "decode/pte.h"
#include "decode/pte_entries.h"
#include "support/decoding.h"

#include <stdlib.h>

static struct kst_layout *layout_of(int which)
{
	switch (which) {
	case XP_X86: return layout_from_rows(xp_x86, sizeof xp_x86 / sizeof xp_x86[0], 4);
	case PAE_7: return layout_from_rows(pae_7, sizeof pae_7 / sizeof pae_7[0], 4);
	case BYTES: return layout_from_rows(bytes, sizeof bytes / sizeof bytes[0], 8);
	case HALVES: return layout_from_rows(halves, sizeof halves / sizeof halves[0], 4);
	case POOL_ALONE: return layout_from_rows(pool_alone, sizeof pool_alone / sizeof pool_alone[0], 4);
	case X64_7: return layout_from_rows(x64_7, sizeof x64_7 / sizeof x64_7[0], 8);
	default: return NULL;
	}
}

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

static void every_place(void **state)
{
	const struct whole *row = *state;
	struct kst_layout *layout = layout_of(row->layout);
	struct kst_pte_context context = { .size = sizeof context,
					   .paging = row->paging,
					   .paged_pool_start = 0xe1000000u,
					   .flags = KST_PTE_CONTEXT_HAS_MASK | KST_PTE_CONTEXT_HAS_PAGED_POOL_START };
	struct kst_pte pte = { .size = sizeof pte }, want = row->want;

	want.size = sizeof want;
	want.entry = want.plain = row->entry;
	assert_int_equal(kst_decode_pte(layout, &context, 1, row->flags, row->entry, &pte, NULL), KST_OK);
	free(layout);
	assert_memory_equal(&pte, &want, sizeof pte);
}

/* Valid entries, bit by bit. */
static const struct valid {
	const char *name;
	int layout;
	uint32_t paging, level;
	uint64_t entry, bits, frame, page_size;
	uint32_t protection;
	uint64_t anomalies;
	const char *letters;
} valids[] = {
#define X64_BIT(name, bit, bits, protection, letters)                                                                  \
	{                                                                                                              \
		"x64 " name, NONE, KST_PAGING_X64, 1, UINT64_C(1) << (bit) | 1, bits, 0, 0x1000, protection, 0,        \
			letters                                                                                        \
	}
	X64_BIT("valid", 0, 0x1, 3, "-------KREV"),
	X64_BIT("write", 1, 0x3, 6, "-------KWEV"),
	X64_BIT("owner", 2, 0x5, 3, "-------UREV"),
	X64_BIT("write through", 3, 0x9, 3, "------TKREV"),
	X64_BIT("cache disable", 4, 0x11, 3, "-----N-KREV"),
	X64_BIT("accessed", 5, 0x21, 3, "----A--KREV"),
	X64_BIT("dirty", 6, 0x41, 3, "---D---KREV"),
	X64_BIT("attribute table", 7, 0x2001, 3, "-------KREV"),
	X64_BIT("global", 8, 0x101, 3, "-G-----KREV"),
	X64_BIT("copy on write", 9, 0x201, 7, "C------KREV"),
	X64_BIT("prototype", 10, 0x401, 3, "-------KREV"),
	X64_BIT("software write", 11, 0x801, 6, "-------KREV"),
	X64_BIT("software bit 52", 52, 0x1, 3, "-------KREV"),
	X64_BIT("working set", 62, 0x1, 3, "-------KREV"),
	X64_BIT("no execute", 63, 0x1001, 1, "-------KR-V"),
#define ARM64_BIT(name, bit, bits, protection, letters)                                                                \
	{                                                                                                              \
		"arm64 " name, NONE, KST_PAGING_ARM64, 1, UINT64_C(1) << (bit) | 3, bits, 0, 0x1000, protection, 0,    \
			letters                                                                                        \
	}
	ARM64_BIT("valid", 0, 0x143, 6, "-G-D---KWEV"),
	ARM64_BIT("not secure", 5, 0x40000143, 6, "-G-D---KWEV"),
	ARM64_BIT("owner", 6, 0x147, 6, "-G-D---UWEV"),
	ARM64_BIT("not dirty", 7, 0x101, 3, "-G-----KREV"),
	ARM64_BIT("sharability", 8, 0x143, 6, "-G-D---KWEV"),
	ARM64_BIT("sharability", 9, 0x143, 6, "-G-D---KWEV"),
	ARM64_BIT("accessed", 10, 0x163, 6, "-G-DA--KWEV"),
	ARM64_BIT("not global", 11, 0x43, 6, "---D---KWEV"),
	ARM64_BIT("contiguous", 52, 0x80000143, 6, "-G-D---KWEV"),
	ARM64_BIT("privileged no execute", 53, 0x1143, 4, "-G-D---KW-V"),
	ARM64_BIT("user no execute, kernel page", 54, 0x143, 6, "-G-D---KWEV"),
	ARM64_BIT("writable", 55, 0x943, 6, "-G-D---KWEV"),
	ARM64_BIT("copy on write", 56, 0x343, 7, "CG-D---KWEV"),
	ARM64_BIT("page directory locked", 57, 0x143, 6, "-G-D---KWEV"),
	{ "arm64 writable, not dirty", NONE, KST_PAGING_ARM64, 1, 0x0080000000000083, 0x901, 0, 0x1000, 6, 0,
	  "-G-----KREV" },
	{ "arm64 user page, privileged no execute", NONE, KST_PAGING_ARM64, 1, 0x0020000000000043, 0x147, 0, 0x1000, 6,
	  0, "-G-D---UWEV" },
	{ "arm64 user page, user no execute", NONE, KST_PAGING_ARM64, 1, 0x0040000000000043, 0x1147, 0, 0x1000, 4, 0,
	  "-G-D---UW-V" },
	{ "arm64 highest frame", NONE, KST_PAGING_ARM64, 1, 0x0000fffffffff003, 0x143, 0xfffffffff, 0x1000, 6, 0,
	  "-G-D---KWEV" },
	{ "arm64 reserved 48", NONE, KST_PAGING_ARM64, 1, 0x0001000000000003, 0x143, 0, 0x1000, 6, 0, "-G-D---KWEV" },
	{ "arm64 block of 2 MiB", NONE, KST_PAGING_ARM64, 2, 0x00600001, 0x1c3, 0x600, 0x200000, 6, 0, "-GLD---KWEV" },
	{ "arm64 block of 1 GiB", NONE, KST_PAGING_ARM64, 3, 0xc0000001, 0x1c3, 0xc0000, 0x40000000, 6, 0,
	  "-GLD---KWEV" },
	{ "arm64 table", NONE, KST_PAGING_ARM64, 2, 0x12345003, 0x143, 0x12345, 0, 6, 0, "-G-D---KWEV" },
	{ "arm64 no block at the top", NONE, KST_PAGING_ARM64, 4, 0x12345001, 0x143, 0x12345, 0, 6, 0, "-G-D---KWEV" },
	{ "x64 highest frame", NONE, KST_PAGING_X64, 1, 0x000ffffffffff001, 0x1, 0xffffffffff, 0x1000, 3, 0,
	  "-------KREV" },
	{ "x64 lowest frame", NONE, KST_PAGING_X64, 1, 0x1001, 0x1, 1, 0x1000, 3, 0, "-------KREV" },
	{ "x64 table, bit 12 is of its frame", NONE, KST_PAGING_X64, 2, 0x1001, 0x1, 1, 0, 3, 0, "-------KREV" },
	{ "x64 2 MiB, attribute table", NONE, KST_PAGING_X64, 2, 0x201081, 0x2081, 0x200, 0x200000, 3, 0,
	  "--L----KREV" },
	{ "x64 2 MiB, lowest reserved bit", NONE, KST_PAGING_X64, 2, 0x202081, 0x81, 0x200, 0x200000, 3,
	  KST_PTE_ANOMALY_RESERVED, "--L----KREV" },
	{ "x64 2 MiB, highest reserved bit", NONE, KST_PAGING_X64, 2, 0x300081, 0x81, 0x200, 0x200000, 3,
	  KST_PTE_ANOMALY_RESERVED, "--L----KREV" },
	{ "x64 1 GiB, highest reserved bit", NONE, KST_PAGING_X64, 3, 0x60000081, 0x81, 0x40000, 0x40000000, 3,
	  KST_PTE_ANOMALY_RESERVED, "--L----KREV" },
	{ "x64 1 GiB", NONE, KST_PAGING_X64, 3, 0x40000081, 0x81, 0x40000, 0x40000000, 3, 0, "--L----KREV" },
	{ "x64 no large page at the top", NONE, KST_PAGING_X64, 4, 0x40002081, 0x1, 0x40002, 0, 3, 0, "-------KREV" },
	{ "la57 no large page at the top", NONE, KST_PAGING_LA57, 5, 0x40002081, 0x1, 0x40002, 0, 3, 0, "-------KREV" },
	{ "la57 1 GiB", NONE, KST_PAGING_LA57, 3, 0x40000081, 0x81, 0x40000, 0x40000000, 3, 0, "--L----KREV" },
	{ "la57 2 MiB", NONE, KST_PAGING_LA57, 2, 0x00600081, 0x81, 0x600, 0x200000, 3, 0, "--L----KREV" },
	{ "pae 2 MiB", NONE, KST_PAGING_PAE, 2, 0x8000000000601085, 0x3085, 0x600, 0x200000, 1, 0, "--L----UR-V" },
	{ "pae software write", NONE, KST_PAGING_PAE, 1, 0x801, 0x801, 0, 0x1000, 6, 0, "-------KREV" },
	{ "pae frame above the software write bit", NONE, KST_PAGING_PAE, 1, 0x1001, 0x1, 1, 0x1000, 3, 0,
	  "-------KREV" },
	{ "x86 owner", NONE, KST_PAGING_X86, 1, 0x12345005, 0x5, 0x12345, 0x1000, 3, 0, "-------UREV" },
	{ "x86 no software write", NONE, KST_PAGING_X86, 1, 0x801, 0x801, 0, 0x1000, 3, 0, "-------KREV" },
	{ "x86 has 32 bits", NONE, KST_PAGING_X86, 1, 0x8000000112345001, 0x1, 0x12345, 0x1000, 3, 0, "-------KREV" },
	{ "x86 4 MiB, bits 32 to 39 from 13 to 20", NONE, KST_PAGING_X86, 2, 0x005ff081, 0x2081, 0xff00400, 0x400000, 3,
	  0, "--L----KREV" },
	{ "type with 36 bits of frame, highest", X64_7, KST_PAGING_X64, 1, 0x0000800000000001, 0x1, 0x800000000, 0x1000,
	  3, 0, "-------KREV" },
	{ "type with 36 bits of frame, large page", X64_7, KST_PAGING_X64, 2, 0x0001000000000081, 0x81, 0x1000000000,
	  0x200000, 3, KST_PTE_ANOMALY_RESERVED, "--L----KREV" },
	{ "type with 36 bits of frame, table", X64_7, KST_PAGING_X64, 3, 0x0001000000002001, 0x1, 0x1000000002, 0, 3,
	  KST_PTE_ANOMALY_RESERVED, "-------KREV" },
	{ "type without a frame", BYTES, KST_PAGING_X64, 1, 0x0008000000000801, 0x801, 0x8000000000, 0x1000, 3, 0,
	  "-------KREV" },
};

static void valid_entries(void **state)
{
	const struct valid *row = *state;
	struct kst_layout *layout = layout_of(row->layout);
	struct kst_pte_context context = { .size = sizeof context, .paging = row->paging };
	struct kst_pte pte = { .size = sizeof pte };
	struct kst_pte want = { .size = sizeof want,
				.state = KST_PTE_VALID,
				.read = KST_PTE_READ_HARDWARE,
				.present = HAS_FRAME,
				.anomalies = row->anomalies,
				.bits = row->bits,
				.frame = row->frame,
				.page_size = row->page_size,
				.protection = row->protection };

	want.entry = want.plain = row->paging == KST_PAGING_X86 ? row->entry & 0xffffffffu : row->entry;
	memcpy(want.letters, row->letters, strlen(row->letters));
	assert_int_equal(kst_decode_pte(layout, &context, row->level, 0, row->entry, &pte, NULL), KST_OK);
	free(layout);
	assert_memory_equal(&pte, &want, sizeof pte);
}

/* What the caller knows of the machine decides what can be said. */
#define KNOWN   KST_PTE_CONTEXT_HAS_MASK
#define BOUND   KST_PTE_CONTEXT_HAS_HIGHEST_FRAME
#define POOL    KST_PTE_CONTEXT_HAS_PAGED_POOL_START
#define BASE    KST_PTE_CONTEXT_HAS_SUBSECTION_BASE
#define END     KST_PTE_CONTEXT_HAS_NONPAGED_POOL_END
#define NO_MASK KST_PTE_ANOMALY_MASK_ASSUMED
#define RANGE   KST_PTE_ANOMALY_FRAME_RANGE
static const struct knowledge {
	const char *name;
	int layout;
	uint32_t paging, array, flags;
	uint64_t highest, entry, plain;
	uint32_t state;
	uint64_t present, value; /* frame, address or offset */
	uint64_t anomalies;
} knowledges[] = {
#define X64_KNOWS(name, flags, highest, entry, plain, state, present, value, anomalies)                                \
	{                                                                                                              \
		name, NONE, KST_PAGING_X64, 0, flags, highest, entry, plain, KST_PTE_##state, present, value,          \
			ASSUMED | (anomalies)                                                                          \
	}
	X64_KNOWS("frame at the bound", BOUND | KNOWN, 0x10ffff, 0x10ffff880, 0x10ffff880, TRANSITION, HAS_FRAME,
		  0x10ffff, 0),
	X64_KNOWS("frame above the bound", BOUND | KNOWN, 0x10ffff, 0x110000880, 0x110000880, TRANSITION,
		  HAS_PROTECTION, 0, RANGE),
	X64_KNOWS("no bound", KNOWN, 0x10ffff, 0x110000880, 0x110000880, TRANSITION, HAS_FRAME, 0x110000, 0),
	X64_KNOWS("neither bound nor mask", 0, 0, 0x00002000a1dd0880, 0x00002000a1dd0880, TRANSITION, HAS_FRAME,
		  0x2000a1dd0, NO_MASK),
	X64_KNOWS("no mask, bit 45 at the bound", BOUND, 0x200000000, 0x0000200000000880, 0x0000200000000880,
		  TRANSITION, HAS_FRAME, 0x200000000, NO_MASK),
	X64_KNOWS("no mask, bit 45 above the bound", BOUND, 0x1ffffffff, 0x0000200000005880, 0x5880, TRANSITION,
		  HAS_FRAME, 5, NO_MASK),
	X64_KNOWS("bit 45 is not tried where the mask is known", BOUND | KNOWN, 5, 0x0000600000005880,
		  0x0000400000005880, TRANSITION, HAS_PROTECTION, 0, RANGE),
	X64_KNOWS("no mask, demand zero", 0, 0, 0x80, 0x80, DEMAND_ZERO, HAS_PROTECTION | HAS_USED, 0, 0),
	X64_KNOWS("no mask, no access", 0, 0, 0x300, 0x300, NO_ACCESS, HAS_PROTECTION | HAS_USED, 0, 0),
	X64_KNOWS("no mask, decommitted", 0, 0, 0x200, 0x200, DECOMMITTED, HAS_PROTECTION | HAS_USED, 0, 0),
	X64_KNOWS("no mask, vad", 0, 0, 0xffffffff00000480, 0xffffffff00000480, PROTOTYPE_VAD, HAS_PROTECTION, 0, 0),
	X64_KNOWS("no mask, unknown", 0, 0, 0x2000, 0x2000, UNKNOWN, HAS_PROTECTION | HAS_USED, 0, NO_MASK),
	X64_KNOWS("vad without the mask's bit", KNOWN, 0, 0xffffdfff00000480, 0xffffdfff00000480 & ~MASK, PROTOTYPE_VAD,
		  HAS_PROTECTION, 0, 0),
	X64_KNOWS("a mask that is not known is none", 0, 0, 0xffffdfff00000480, 0xffffdfff00000480, PROTOTYPE,
		  HAS_PROTECTION | HAS_PROTO, 0xffffffffdfff0000, NO_MASK),
	X64_KNOWS("no vad: one bit short", KNOWN, 0, 0xfffffffe00000490, 0xfffffffe00000490, PROTOTYPE,
		  HAS_PROTECTION | HAS_PROTO, 0xfffffffffffe0000, 0),
	{ "x86 has no mask", NONE, KST_PAGING_X86, 0, 0, 0, 0x12345080, 0x12345080, KST_PTE_PAGE_FILE, HAS_FILE,
	  0x12345000, ASSUMED },
	{ "arm64 has no mask", NONE, KST_PAGING_ARM64, 0, KNOWN, 0, 0x0000200000000008, 0x0000200000000008,
	  KST_PTE_PAGE_FILE, HAS_FILE | HAS_USED, 0x2000000, ASSUMED },
	{ "windows 7 has no mask", X64_7, KST_PAGING_X64, 0, 0, 0, 0x00002000a1dd0880, 0x00002000a1dd0880,
	  KST_PTE_TRANSITION, HAS_FRAME, 0x2000a1dd0, 0 },
	{ "prototype in paged pool", XP_X86, KST_PAGING_X86, 0, POOL, 0, 0x1c72, 0x1c72, KST_PTE_PROTOTYPE, HAS_PROTO,
	  0xe10006e4, 0 },
	{ "prototype, pool not known", XP_X86, KST_PAGING_X86, 0, BASE | END, 0, 0x1c72, 0x1c72, KST_PTE_PROTOTYPE, 0,
	  0, 0 },
	{ "a pool, but no offset in it", POOL_ALONE, KST_PAGING_X86, 1, BASE | END, 0, 0x80001c6a, 0x80001c6a,
	  KST_PTE_SUBSECTION, 0, 0, 0 },
	{ "subsection above its base", XP_X86, KST_PAGING_X86, 1, BASE, 0, 0x80001c6a, 0x80001c6a, KST_PTE_SUBSECTION,
	  HAS_SUBSECTION | HAS_PROTECTION, 0x820001a8, 0 },
	{ "subsection, base not known", XP_X86, KST_PAGING_X86, 1, POOL | END, 0, 0x80001c6a, 0x80001c6a,
	  KST_PTE_SUBSECTION, HAS_PROTECTION, 0, 0 },
	{ "subsection below the end of pool", XP_X86, KST_PAGING_X86, 1, END, 0, 0x00001c6a, 0x00001c6a,
	  KST_PTE_SUBSECTION, HAS_SUBSECTION | HAS_PROTECTION, 0xffbefe58, 0 },
	{ "subsection, end of pool not known", XP_X86, KST_PAGING_X86, 1, POOL | BASE, 0, 0x00001c6a, 0x00001c6a,
	  KST_PTE_SUBSECTION, HAS_PROTECTION, 0, 0 },
};

static void what_is_known(void **state)
{
	const struct knowledge *row = *state;
	struct kst_layout *layout = layout_of(row->layout);
	struct kst_pte_context context = { .size = sizeof context,
					   .paging = row->paging,
					   .flags = row->flags,
					   .invalid_mask = MASK,
					   .highest_frame = row->highest,
					   .paged_pool_start = 0xe1000000u,
					   .subsection_base = 0x82000000u,
					   .nonpaged_pool_end = 0xffbf0000u };
	struct kst_pte pte = { .size = sizeof pte };

	assert_int_equal(kst_decode_pte(layout, &context, 1, row->array, row->entry, &pte, NULL), KST_OK);
	free(layout);
	assert_string_equal(kst_pte_state_name(pte.state), kst_pte_state_name(row->state));
	assert_true(pte.entry == row->entry && pte.plain == row->plain);
	assert_true(pte.present == row->present && pte.anomalies == row->anomalies);
	assert_true((pte.frame | pte.proto_address | pte.subsection | pte.page_file_offset) == row->value);
}

/* Shapes of the paging modes, and what takes the flags off a directory table base. */
static void modes(void **state)
{
	static const struct {
		uint32_t paging;
		uint8_t levels, entry_size, top_bits, index_bits, va_bits;
		uint64_t frames, roots; /* of all ones, these are left */
	} cases[] = {
		{ KST_PAGING_X86, 2, 4, 10, 10, 32, 0xfffff000, 0xfffff000 },
		{ KST_PAGING_PAE, 3, 8, 2, 9, 32, 0x000ffffffffff000, 0xffffffe0 },
		{ KST_PAGING_X64, 4, 8, 9, 9, 48, 0x000ffffffffff000, 0x000ffffffffff000 },
		{ KST_PAGING_LA57, 5, 8, 9, 9, 57, 0x000ffffffffff000, 0x000ffffffffff000 },
		{ KST_PAGING_ARM64, 4, 8, 9, 9, 48, 0x0000fffffffff000, 0x0000fffffffff000 },
	};
	struct kst_pte pte = { .size = sizeof pte };

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		const struct kst__paging_mode *mode = kst__paging_mode(cases[i].paging);
		struct kst_pte_context context = { .size = sizeof context, .paging = cases[i].paging };

		assert_int_equal(mode->levels, cases[i].levels);
		assert_int_equal(mode->entry_size, cases[i].entry_size);
		assert_int_equal(mode->top_bits, cases[i].top_bits);
		assert_int_equal(mode->index_bits, cases[i].index_bits);
		assert_int_equal(mode->va_bits, cases[i].va_bits);
		assert_true(mode->frame_mask == cases[i].frames && mode->root_mask == cases[i].roots);
		assert_int_equal(kst_decode_pte(NULL, &context, mode->levels, 0, 1, &pte, NULL), KST_OK);
		assert_int_equal(kst_decode_pte(NULL, &context, mode->levels + 1u, 0, 1, &pte, NULL), KST_E_ARG);
		assert_int_equal(kst_decode_pte(NULL, &context, 0, 0, 1, &pte, NULL), KST_E_ARG);
	}
	assert_null(kst__paging_mode(KST_PAGING_NONE));
	assert_null(kst__paging_mode(KST_PAGING_ARM64 + 1));
	assert_null(kst__paging_mode(UINT32_MAX));
}

static void refuses(void **state)
{
	struct kst_pte_context context = { .size = sizeof context, .paging = KST_PAGING_X86 }, small = context;
	struct kst_pte_context none = context, other = context;
	struct kst_pte pte, before;
	const struct {
		const struct kst_pte_context *context;
		uint32_t level, flags, size;
		kst_status want;
	} cases[] = {
		{ &context, 1, 2, sizeof pte, KST_E_ARG },
		{ &context, 1, 0x80000001u, sizeof pte, KST_E_ARG },
		{ NULL, 1, 0, sizeof pte, KST_E_ARG },
		{ &none, 1, 0, sizeof pte, KST_E_ARG },
		{ &other, 1, 0, sizeof pte, KST_E_ARG },
		{ &small, 1, 0, sizeof pte, KST_E_ABI },
		{ &context, 1, 0, sizeof pte - 1, KST_E_ABI },
		{ &context, 1, 0, 0, KST_E_ABI },
		{ &context, UINT32_MAX, 0, sizeof pte, KST_E_ARG },
	};

	(void)state;
	small.size--;
	none.paging = KST_PAGING_NONE;
	other.paging = 99;
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct kst_error err = { .size = sizeof err, .address = 77 };

		memset(&pte, 0x5a, sizeof pte);
		pte.size = cases[i].size;
		before = pte;
		assert_int_equal(kst_decode_pte(NULL, cases[i].context, cases[i].level, cases[i].flags, 1, &pte, &err),
				 cases[i].want);
		assert_memory_equal(&pte, &before, sizeof pte);
		assert_int_equal(err.code, cases[i].want);
		assert_true(err.address == 0 && err.message[0] != 0);
	}
	assert_int_equal(kst_decode_pte(NULL, &context, 1, 0, 1, NULL, NULL), KST_E_ARG);
}

static void names(void **state)
{
	static const char *const states[] = { "zero",          "valid",       "transition", "prototype",
					      "prototype-vad", "subsection",  "page-file",  "demand-zero",
					      "no-access",     "decommitted", "unreadable", "unknown" };
	static const char *const reads[] = { "none", "hardware", "transition", "prototype", "page-file" };
	static const char *const anomalies[] = { "format-assumed", "mask-assumed", "frame-range",
						 "reserved",       "bad-pointer",  "list-link" };
	static const char *const words[] = {
		"",           "read-only",          "execute",           "execute-read", "read-write",
		"write-copy", "execute-read-write", "execute-write-copy"
	};
	static const char *const texts[] = { "",          "ReadOnly",  "Execute",          "ExecuteRead",
					     "ReadWrite", "WriteCopy", "ExecuteReadWrite", "ExecuteWriteCopy" };
	static const struct {
		const char *name, *text, *alone_name, *alone_text;
	} modifiers[] = { { "", "", "no-access", "NoAccess" },
			  { "-no-cache", " NoCache", "no-access-no-cache", "NoAccess NoCache" },
			  { "-guard", " Guard", "decommitted", "Decommitted" },
			  { "-write-combine", " WriteCombine", "no-access", "NoAccess" } };

	(void)state;
	check_value_names(kst_pte_state_name, states, 12, "unknown");
	check_value_names(kst_pte_read_name, reads, 5, "unknown");
	for (uint32_t i = 0; i < 32; i++) {
		const char *name = kst_pte_protection_name(i), *text = kst_pte_protection_text(i);
		size_t n = strlen(words[i % 8]), t = strlen(texts[i % 8]);

		if (i % 8 == 0) {
			assert_string_equal(name, modifiers[i / 8].alone_name);
			assert_string_equal(text, modifiers[i / 8].alone_text);
			continue;
		}
		assert_memory_equal(name, words[i % 8], n);
		assert_string_equal(name + n, modifiers[i / 8].name);
		assert_memory_equal(text, texts[i % 8], t);
		assert_string_equal(text + t, modifiers[i / 8].text);
	}
	assert_string_equal(kst_pte_protection_name(32), "unknown");
	assert_string_equal(kst_pte_protection_text(32), "Unknown");
	for (uint32_t i = 0; i < 64; i++) {
		const char *name = kst_pte_anomaly_name(UINT64_C(1) << i);

		if (i < 6)
			assert_string_equal(name, anomalies[i]);
		else
			assert_null(name);
	}
	assert_null(kst_pte_anomaly_name(0));
	assert_null(kst_pte_anomaly_name(3));
}

#define COUNT(table) (sizeof(table) / sizeof((table)[0]))

int main(void)
{
	struct CMUnitTest
		tests[3 + COUNT(rows) + COUNT(unknown_mask) + COUNT(wholes) + COUNT(valids) + COUNT(knowledges)] = {
			cmocka_unit_test(modes),
			cmocka_unit_test(refuses),
			cmocka_unit_test(names),
		};
	size_t n = 3;

	n += ROWS_TO_TESTS(tests + n, rows, decodes);
	n += ROWS_TO_TESTS(tests + n, unknown_mask, decodes);
	n += ROWS_TO_TESTS(tests + n, wholes, every_place);
	n += ROWS_TO_TESTS(tests + n, valids, valid_entries);
	n += ROWS_TO_TESTS(tests + n, knowledges, what_is_known);
	return _cmocka_run_group_tests("pte", tests, n, NULL, NULL);
}
