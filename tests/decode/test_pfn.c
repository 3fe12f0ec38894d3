/* SPDX-License-Identifier: MIT */
#include "decode/pfn.h"
#include "support/decoding.h"

#include <stdbool.h>
#include <stdlib.h>

/* Server 2003 without service pack: published dwords of page frame 7ede6 before and after a fault brought it back. */
static void published_2003(void **state)
{
	static const uint32_t before[] = { 0x0007eda5, 0xe1439454, 0x0007ee27, 0x00001208, 0xfc078cca, 0x00000537 };
	static const uint32_t after[] = { 0, 0xe1439454, 1, 0x00011608, 0xfc078cca, 0x00000537 };
	struct kst_layout *layout = layout_builtin(KST_ARCH_X86, 3790, 1);
	struct kst_pfn pfn = { .size = sizeof pfn };
	uint8_t raw[0x18];

	(void)state;
	for (size_t i = 0; i < 6; i++)
		put(raw + 4 * i, before[i], 4);
	assert_int_equal(kst_decode_pfn(layout, raw, sizeof raw, 0x81be5590, &pfn, NULL), KST_OK);
	assert_int_equal(pfn.location, KST_PFN_STANDBY);
	assert_true(pfn.flink == 0x7eda5 && pfn.blink == 0x7ee27 && (pfn.present & KST_PFN_HAS_LINKS) != 0);
	assert_int_equal(pfn.present & KST_PFN_HAS_SHARE_COUNT, 0);
	assert_true(pfn.pte_address == 0xe1439454 && pfn.original_pte == 0xfc078cca && pfn.pte_frame == 0x537);
	assert_int_equal(pfn.bits, KST_PFN_BIT_PROTOTYPE);
	assert_int_equal(pfn.cache_attribute, 1);
	assert_int_equal(pfn.reference_count, 0);
	for (size_t i = 0; i < 6; i++)
		put(raw + 4 * i, after[i], 4);
	assert_int_equal(kst_decode_pfn(layout, raw, sizeof raw, 0x81be5590, &pfn, NULL), KST_OK);
	assert_int_equal(pfn.location, KST_PFN_ACTIVE);
	assert_int_equal(pfn.share_count, 1);
	assert_int_equal(pfn.reference_count, 1);
	assert_int_equal(pfn.present & KST_PFN_HAS_LINKS, 0);
	free(layout);
}

/* Every generation: the same facts written by its layout are read back, whole and cut at every length. */
struct row {
	const char *name;
	uint32_t arch, build, revision;
};

static const struct row rows[] = {
	{ "xp sp3", KST_ARCH_X86, 2600, 5512 },    { "2003 sp2 x64", KST_ARCH_X64, 3790, 3959 },
	{ "vista x64", KST_ARCH_X64, 6001, 0 },    { "7 x64", KST_ARCH_X64, 7601, 0 },
	{ "8 x64", KST_ARCH_X64, 9200, 0 },        { "8.1 x64", KST_ARCH_X64, 9600, 0 },
	{ "10240 x64", KST_ARCH_X64, 10240, 0 },   { "19041 x64", KST_ARCH_X64, 19041, 3570 },
	{ "20348 x64", KST_ARCH_X64, 20348, 350 }, { "22631 x64", KST_ARCH_X64, 22631, 2428 },
	{ "10240 x86", KST_ARCH_X86, 10240, 0 },
};

/* Put a value at one of the alternatives "A|B" of a wanted member. */
static bool put_member(const struct kst_layout *layout, uint8_t *raw, const char *path, uint64_t value)
{
	struct kst_member m = { .size = sizeof m };
	uint64_t old = 0, mask;

	if (kst_layout_member(layout, "_MMPFN", path, &m) != KST_OK)
		return false;
	for (uint32_t i = 0; i < m.length; i++)
		old |= (uint64_t)raw[m.offset + i] << (8 * i);
	mask = m.bit_len == 0 || m.bit_len >= 64 ? UINT64_MAX : (((uint64_t)1 << m.bit_len) - 1) << m.bit_pos;
	put(raw + m.offset, (old & ~mask) | (value << m.bit_pos & mask), m.length);
	return true;
}

static void every_generation(void **state)
{
	const struct row *row = *state;
	struct kst_layout *layout = layout_builtin(row->arch, row->build, row->revision);
	struct kst_pfn whole = { .size = sizeof whole }, pfn = { .size = sizeof pfn };
	struct kst_member size = { .size = sizeof size };
	uint8_t raw[0x80] = { 0 };

	assert_int_equal(kst_layout_member(layout, "_MMPFN", "", &size), KST_OK);
	assert_true(size.length <= sizeof raw);
	assert_true(put_member(layout, raw, "u3.e1.PageLocation", KST_PFN_ACTIVE));
	assert_true(put_member(layout, raw, "u3.e1.Modified", 1));
	assert_true(put_member(layout, raw, "u3.e2.ReferenceCount", 3) ||
		    put_member(layout, raw, "u3.ReferenceCount", 3));
	assert_true(put_member(layout, raw, "u2.LockNotUsed", 5) || put_member(layout, raw, "u2.ShareCount", 5));
	assert_true(put_member(layout, raw, "u3.e1.PrototypePte", 1) || put_member(layout, raw, "u4.PrototypePte", 1));
	assert_true(put_member(layout, raw, "PteAddress", 0xc0201238));
	assert_true(put_member(layout, raw, "OriginalPte", 0x80));
	assert_true(put_member(layout, raw, "u4.PteFrame", 0x12345));
	assert_int_equal(kst_decode_pfn(layout, raw, size.length, 0x1000, &whole, NULL), KST_OK);
	assert_int_equal(whole.location, KST_PFN_ACTIVE);
	assert_int_equal(whole.bits, KST_PFN_BIT_MODIFIED | KST_PFN_BIT_PROTOTYPE);
	assert_int_equal(whole.reference_count, 3);
	assert_int_equal(whole.share_count, 5);
	assert_true(whole.pte_address == 0xc0201238 && whole.original_pte == 0x80 && whole.pte_frame == 0x12345);
	for (size_t len = 0; len <= size.length; len++) {
		uint8_t *exact = malloc(len == 0 ? 1 : len);

		assert_non_null(exact);
		memcpy(exact, raw, len);
		assert_int_equal(kst_decode_pfn(layout, len == 0 ? NULL : exact, len, 0x1000, &pfn, NULL), KST_OK);
		assert_int_equal(pfn.present & ~whole.present, 0);
		if (len == 0)
			assert_int_equal(pfn.present, 0);
		if (pfn.present & KST_PFN_HAS_PTE_ADDRESS)
			assert_true(pfn.pte_address == whole.pte_address);
		if (pfn.present & KST_PFN_HAS_LOCATION)
			assert_int_equal(pfn.location, whole.location);
		free(exact);
	}
	assert_int_equal(pfn.present, whole.present);
	free(layout);
}

/* Whole entries, as 32-bit words: every member by hand, generation by generation. */
static const struct member_row flags_of_2[] = {
	/* the flags as a type of two bytes, behind the count */
	{ "_MMPFN", NULL, 0x20, 0, 0, 0 },
	{ "_MMPFN", "u3", 8, 4, 0, 0 },
	{ "_MMPFN", "u1", 0, 8, 0, 0 },
	{ "_MMPFN", "u2", 0x10, 8, 0, 0 },
	{ "_MMPFN", "u4.PteFrame", 0x18, 8, 0, 0 },
	{ "_MMPFN", "u4.Priority", 0xc, 4, 0, 0 },
	{ "_MMPFNENTRY", NULL, 2, 0, 0, 0 },
	{ "_MMPFNENTRY", "PageLocation", 0, 1, 0, 4 },
	{ "_MMPFNENTRY", "CacheAttribute", 1, 1, 0, 3 },
	{ "_MMPFNENTRY", "Modified", 1, 1, 7, 1 },
	{ "_MMPFNENTRY", "Rom", 1, 1, 6, 1 },
};
static const struct member_row flags_of_4[] = {
	/* of four, with the count in their upper half */
	{ "_MMPFN", NULL, 0x20, 0, 0, 0 },
	{ "_MMPFN", "u3", 8, 4, 0, 0 },
	{ "_MMPFN", "u1", 0, 8, 0, 0 },
	{ "_MMPFN", "u2", 0x10, 8, 0, 0 },
	{ "_MMPFN", "u4.PageIdentity", 0x18, 8, 0, 33 },
	{ "_MMPFN", "u3.e1.InPageError", 0x1e, 2, 4, 12 },
	{ "_MMPFN", "u4.AweAllocation", 0x1f, 2, 0, 1 },
	{ "_MMPFN", "u4.KernelStack", 0x1f, 1, 4, 5 },
	{ "_MMPFN", "PteAddress", 0x10, 9, 0, 0 },
	{ "_MMPFNENTRY", NULL, 4, 0, 0, 0 },
	{ "_MMPFNENTRY", "PageLocation", 0, 4, 8, 3 },
	{ "_MMPFNENTRY", "PrototypePte", 0, 4, 3, 1 },
	{ "_MMPFNENTRY", "RemovalRequested", 0, 4, 11, 1 },
};
static const struct member_row flags_of_3[] = {
	/* of no size that a kernel had */
	{ "_MMPFN", NULL, 0x20, 0, 0, 0 },
	{ "_MMPFN", "u3", 8, 4, 0, 0 },
	{ "_MMPFN", "u1", 0, 8, 0, 0 },
	{ "_MMPFN", "u1.Flink", 0, 8, 0, 40 },
	{ "_MMPFN", "u3.e1.PageLocation", 8, 1, 0, 3 },
	{ "_MMPFN", "u2.ShareCount", 0x10, 8, 0, 0 },
	{ "_MMPFN", "u2.Blink", 0x10, 8, 0, 40 },
	{ "_MMPFNENTRY", NULL, 3, 0, 0, 0 },
	{ "_MMPFNENTRY", "Modified", 0, 1, 4, 1 },
};
static const struct member_row one_link[] = {
	/* rows 0 to 2: forward, 1 to 3: back */
	{ "_MMPFN", "u1", 0, 8, 0, 0 },
	{ "_MMPFN", NULL, 0x20, 0, 0, 0 },
	{ "_MMPFN", "u3.e1.PageLocation", 8, 1, 0, 3 },
	{ "_MMPFN", "u2", 0x10, 8, 0, 0 },
};
static const struct member_row flags_without_union[] = {
	{ "_MMPFN", NULL, 0x20, 0, 0, 0 },
	{ "_MMPFNENTRY", NULL, 2, 0, 0, 0 },
	{ "_MMPFNENTRY", "PageLocation", 0, 1, 0, 3 },
	{ "_MMPFN", "u3.e1.Modified", 0, 1, 7, 1 },
};

#define ROWS_OF(table) table, sizeof(table) / sizeof((table)[0])

struct entry_row {
	const char *name;
	const struct member_row *types; /* NULL: the build's */
	size_t types_count;
	uint32_t arch, build, revision;
	uint32_t words[12];
	size_t len;
	struct kst_pfn want;
};

#define BUILD(arch, build, revision) NULL, 0, KST_ARCH_##arch, build, revision
#define TYPES(table)                 ROWS_OF(table), 0, 0, 0

static const struct entry_row entries[] = {
	{ "2003, standby",
	  BUILD(X86, 3790, 1),
	  { 0x8a7b6c5d, 0xe1439455, 0x9b8c7d6e, 0xffffaa0a, 0xfc078cca, 0x56789abc },
	  0x18,
	  { .location = KST_PFN_STANDBY,
	    .present = 0x557f,
	    .pte_address = 0xe1439455,
	    .original_pte = 0xfc078cca,
	    .u1 = 0x8a7b6c5d,
	    .u2 = 0x9b8c7d6e,
	    .u4 = 0x56789abc,
	    .flink = 0x8a7b6c5d,
	    .blink = 0x9b8c7d6e,
	    .pte_frame = 0x2789abc,
	    .bits = 0x3ea,
	    .reference_count = 0xffff,
	    .cache_attribute = 2 } },
	{ "2003, active",
	  BUILD(X86, 3790, 1),
	  { 0x8a7b6c5d, 0xe1439455, 0x9b8c7d6e, 0x800156f5, 0xfc078cca, 0xac000537 },
	  0x18,
	  { .location = KST_PFN_ACTIVE,
	    .present = 0x55bf,
	    .pte_address = 0xe1439455,
	    .original_pte = 0xfc078cca,
	    .u1 = 0x8a7b6c5d,
	    .u2 = 0x9b8c7d6e,
	    .u4 = 0xac000537,
	    .share_count = 0x9b8c7d6e,
	    .pte_frame = 0x537,
	    .bits = 0x95,
	    .reference_count = 0x8001,
	    .cache_attribute = 1 } },
	{ "7, modified",
	  BUILD(X64, 7601, 0),
	  { 0x44332211, 0x88776655, 0x0c0b0a09, 0x100f0e0d, 0x00123459, 0xfffff680, 0x95abbeef, 0, 0xe5f60718,
	    0xa1b2c3d4, 0x87654321, 0x01fabcde },
	  0x30,
	  { .location = KST_PFN_MODIFIED,
	    .present = 0x5d7f,
	    .pte_address = 0xfffff68000123459,
	    .original_pte = 0xa1b2c3d4e5f60718,
	    .u1 = 0x8877665544332211,
	    .u2 = 0x100f0e0d0c0b0a09,
	    .u4 = 0x01fabcde87654321,
	    .flink = 0x8877665544332211,
	    .blink = 0x100f0e0d0c0b0a09,
	    .pte_frame = 0xabcde87654321,
	    .bits = 0x1a6,
	    .reference_count = 0xbeef,
	    .priority = 5,
	    .cache_attribute = 2 } },
	{ "7, active",
	  BUILD(X64, 7601, 0),
	  { 0x44332211, 0x88776655, 0x0c0b0a09, 0x100f0e0d, 0x00123459, 0xfffff680, 0x4a560001, 0, 0xe5f60718,
	    0xa1b2c3d4, 0x87654321, 0x820abcde },
	  0x30,
	  { .location = KST_PFN_ACTIVE,
	    .present = 0x5dbf,
	    .pte_address = 0xfffff68000123459,
	    .original_pte = 0xa1b2c3d4e5f60718,
	    .u1 = 0x8877665544332211,
	    .u2 = 0x100f0e0d0c0b0a09,
	    .u4 = 0x820abcde87654321,
	    .share_count = 0x100f0e0d0c0b0a09,
	    .pte_frame = 0xabcde87654321,
	    .bits = 0x59,
	    .reference_count = 1,
	    .priority = 2,
	    .cache_attribute = 1 } },
	{ "11, standby",
	  BUILD(X64, 22631, 2428),
	  { 0x44332211, 0x88776655, 0x00123459, 0xfffff680, 0xe5f60718, 0xa1b2c3d4, 0x22334455, 0xc0ffee11, 0x95aabeef,
	    0, 0x87654321, 0xdabcdef9 },
	  0x30,
	  { .location = KST_PFN_STANDBY,
	    .present = 0x7d7f,
	    .pte_address = 0xfffff68000123459,
	    .original_pte = 0xa1b2c3d4e5f60718,
	    .u1 = 0x8877665544332211,
	    .u2 = 0xc0ffee1122334455,
	    .u4 = 0xdabcdef987654321,
	    .flink = 0x5544332211,
	    .blink = 0x1122334455,
	    .pte_frame = 0xf987654321,
	    .bits = 0xae,
	    .reference_count = 0xbeef,
	    .priority = 5,
	    .cache_attribute = 2,
	    .page_identity = 5 } },
	{ "11, transition",
	  BUILD(X64, 22631, 2428),
	  { 0x44332211, 0x88776655, 0x00123459, 0xfffff680, 0xe5f60718, 0xa1b2c3d4, 0x22334455, 0xc0ffee11, 0x4a570002,
	    0, 0x87654321, 0x2abcdef9 },
	  0x30,
	  { .location = KST_PFN_TRANSITION,
	    .present = 0x7dbf,
	    .pte_address = 0xfffff68000123459,
	    .original_pte = 0xa1b2c3d4e5f60718,
	    .u1 = 0x8877665544332211,
	    .u2 = 0xc0ffee1122334455,
	    .u4 = 0x2abcdef987654321,
	    .share_count = 0xffee1122334455,
	    .pte_frame = 0xf987654321,
	    .bits = 0x41,
	    .reference_count = 2,
	    .priority = 2,
	    .cache_attribute = 1,
	    .page_identity = 2 } },
	{ "flags of two bytes",
	  TYPES(flags_of_2),
	  { 0x44332211, 0x88776655, 0x868bc0de, 0x9badf00d, 0x0c0b0a09, 0x100f0e0d, 0x00000065, 0x80000000 },
	  0x20,
	  { .location = KST_PFN_MODIFIED,
	    .present = 0x1d59,
	    .u1 = 0x8877665544332211,
	    .u2 = 0x100f0e0d0c0b0a09,
	    .flink = 0x8877665544332211,
	    .blink = 0x100f0e0d0c0b0a09,
	    .pte_frame = 0x8000000000000065,
	    .bits = KST_PFN_BIT_MODIFIED,
	    .reference_count = 0xc0de,
	    .priority = 0x9badf00d,
	    .cache_attribute = 2 } },
	{ "flags of four bytes",
	  TYPES(flags_of_4),
	  { 0x44332211, 0x88776655, 0xc0d30e08, 0, 0x0c0b0a09, 0x100f0e0d, 0x87654321, 0x11100001 },
	  0x20,
	  { .location = KST_PFN_ACTIVE,
	    .present = 0x6499,
	    .u1 = 0x8877665544332211,
	    .u2 = 0x100f0e0d0c0b0a09,
	    .share_count = 0x100f0e0d0c0b0a09,
	    .bits = 0xc8,
	    .reference_count = 0xc0d3,
	    .page_identity = 0x87654321 } },
	{ "flags of three bytes are not believed",
	  TYPES(flags_of_3),
	  { 0x44332211, 0x88776655, 0xffffff13, 0, 0x0c0b0a09, 0x100f0e0d },
	  0x20,
	  { .location = KST_PFN_MODIFIED,
	    .present = 0x59,
	    .u1 = 0x8877665544332211,
	    .u2 = 0x100f0e0d0c0b0a09,
	    .flink = 0x5544332211,
	    .blink = 0x0d0c0b0a09 } },
	{ "no back link, no links",
	  one_link,
	  3,
	  0,
	  0,
	  0,
	  { 0x44332211, 0x88776655, 0xffffff03, 0, 0x0c0b0a09, 0x100f0e0d },
	  0x20,
	  { .location = KST_PFN_MODIFIED, .present = 0x9, .u1 = 0x8877665544332211 } },
	{ "no forward link, no links",
	  one_link + 1,
	  3,
	  0,
	  0,
	  0,
	  { 0x44332211, 0x88776655, 0xffffff03, 0, 0x0c0b0a09, 0x100f0e0d },
	  0x20,
	  { .location = KST_PFN_MODIFIED, .present = 0x11, .u2 = 0x100f0e0d0c0b0a09 } },
	{ "no share count",
	  one_link,
	  3,
	  0,
	  0,
	  0,
	  { 0x44332211, 0x88776655, 0xffffff06, 0, 0x0c0b0a09, 0x100f0e0d },
	  0x20,
	  { .location = KST_PFN_ACTIVE, .present = 0x9, .u1 = 0x8877665544332211 } },
	{ "cut behind the count",
	  TYPES(flags_of_2),
	  { 0x44332211, 0x88776655, 0x868bc0de },
	  0xa,
	  { .present = 0x408, .u1 = 0x8877665544332211, .reference_count = 0xc0de } },
	{ "flags without a place",
	  TYPES(flags_without_union),
	  { 0xffffffff, 0xffffffff },
	  0x20,
	  { .bits = KST_PFN_BIT_MODIFIED } },
	/* cut: what is not wholly there is not given */
	{ "7, cut in the flags",
	  BUILD(X64, 7601, 0),
	  { 0x44332211, 0x88776655, 0x0c0b0a09, 0x100f0e0d, 0x00123459, 0xfffff680, 0x95abbeef },
	  0x1b,
	  { .location = KST_PFN_MODIFIED,
	    .present = 0x145b,
	    .pte_address = 0xfffff68000123459,
	    .u1 = 0x8877665544332211,
	    .u2 = 0x100f0e0d0c0b0a09,
	    .flink = 0x8877665544332211,
	    .blink = 0x100f0e0d0c0b0a09,
	    .bits = 0x6,
	    .reference_count = 0xbeef,
	    .cache_attribute = 2 } },
	{ "cut in the count",
	  TYPES(flags_of_2),
	  { 0x44332211, 0x88776655, 0x868bc0de },
	  9,
	  { .present = 0x8, .u1 = 0x8877665544332211 } },
	{ "one byte", TYPES(flags_without_union), { 0x44332291 }, 1, { .bits = KST_PFN_BIT_MODIFIED } },
};

static void whole_entries(void **state)
{
	const struct entry_row *row = *state;
	struct kst_layout *layout = row->types != NULL ? layout_from_rows(row->types, row->types_count, 8)
						       : layout_builtin(row->arch, row->build, row->revision);
	struct kst_pfn pfn, want = row->want;
	uint8_t raw[sizeof row->words];
	uint8_t *exact = malloc(row->len);

	for (size_t i = 0; i < 12; i++)
		put(raw + 4 * i, row->words[i], 4);
	assert_non_null(exact);
	memcpy(exact, raw, row->len);
	memset(&pfn, 0x5a, sizeof pfn);
	pfn.size = want.size = sizeof pfn;
	want.address = 0xfffffa8000123450;
	assert_int_equal(kst_decode_pfn(layout, exact, row->len, want.address, &pfn, NULL), KST_OK);
	assert_memory_equal(&pfn, &want, sizeof pfn);
	free(exact);
	free(layout);
}

/* What each list says of links, counts and use. */
static void locations(void **state)
{
	static const struct {
		uint32_t location, references, use;
		uint64_t listed, anomalies;
	} lists[] = {
		{ KST_PFN_ZEROED, 0, KST_PFN_USE_NONE, KST_PFN_HAS_LINKS, 0 },
		{ KST_PFN_ZEROED, 1, KST_PFN_USE_NONE, KST_PFN_HAS_LINKS, KST_PFN_ANOMALY_COUNTS },
		{ KST_PFN_FREE, 0, KST_PFN_USE_NONE, KST_PFN_HAS_LINKS, 0 },
		{ KST_PFN_FREE, 0x8000, KST_PFN_USE_NONE, KST_PFN_HAS_LINKS, KST_PFN_ANOMALY_COUNTS },
		{ KST_PFN_STANDBY, 1, KST_PFN_USE_UNKNOWN, KST_PFN_HAS_LINKS, 0 },
		{ KST_PFN_MODIFIED, 1, KST_PFN_USE_UNKNOWN, KST_PFN_HAS_LINKS, 0 },
		{ KST_PFN_MODIFIED_NO_WRITE, 1, KST_PFN_USE_UNKNOWN, KST_PFN_HAS_LINKS, 0 },
		{ KST_PFN_BAD, 1, KST_PFN_USE_NONE, KST_PFN_HAS_LINKS, 0 },
		{ KST_PFN_ACTIVE, 1, KST_PFN_USE_UNKNOWN, KST_PFN_HAS_SHARE_COUNT, 0 },
		{ KST_PFN_TRANSITION, 1, KST_PFN_USE_UNKNOWN, KST_PFN_HAS_SHARE_COUNT, 0 },
	};
	struct kst_layout *layout = layout_builtin(KST_ARCH_X64, 7601, 0);
	struct kst_pfn pfn = { .size = sizeof pfn };
	uint8_t raw[0x30] = { 0 };

	(void)state;
	put(raw, 0x1111, 8);
	put(raw + 8, 0x2222, 8);
	for (size_t i = 0; i < sizeof lists / sizeof lists[0]; i++) {
		bool listed = lists[i].listed == KST_PFN_HAS_LINKS;

		put(raw + 0x18, lists[i].references, 2);
		put(raw + 0x1a, lists[i].location, 1);
		assert_int_equal(kst_decode_pfn(layout, raw, sizeof raw, 0, &pfn, NULL), KST_OK);
		assert_int_equal(pfn.location, lists[i].location);
		assert_int_equal(pfn.use, lists[i].use);
		assert_int_equal(pfn.present & (KST_PFN_HAS_LINKS | KST_PFN_HAS_SHARE_COUNT), lists[i].listed);
		assert_int_equal(pfn.anomalies, lists[i].anomalies);
		assert_true(pfn.flink == (listed ? 0x1111u : 0) && pfn.blink == (listed ? 0x2222u : 0));
		assert_true(pfn.share_count == (listed ? 0 : 0x2222u));
	}
	free(layout);
}

/* The two members that a scan for owners reads: eight bytes that do not reach beyond an entry, shift, bits. */
static void owners(void **state)
{
	static const struct {
		const char *name;
		const struct member_row *types;
		size_t types_count, entry;
		struct kst__pfn_place location, pte_address;
	} shapes[] = {
		{ "7", NULL, 0, 0x30, { 0x1a, 0, 3 }, { 0x10, 0, 64 } },
		{ "four bits", ROWS_OF(flags_of_2), 0x20, { 0xa, 0, 3 }, { 0, 0, 0 } },
		{ "at the end of an entry", ROWS_OF(flags_of_2), 0x10, { 8, 16, 3 }, { 0, 0, 0 } },
		{ "no location", ROWS_OF(flags_without_union), 0x20, { 0, 0, 0 }, { 0, 0, 0 } },
	};

	(void)state;
	for (size_t i = 0; i < sizeof shapes / sizeof shapes[0]; i++) {
		struct kst_layout *layout = shapes[i].types == NULL
						    ? layout_builtin(KST_ARCH_X64, 7601, 0)
						    : layout_from_rows(shapes[i].types, shapes[i].types_count, 8);
		struct kst__pfn_place location, pte_address;

		kst__pfn_owner(layout, shapes[i].entry, &location, &pte_address);
		assert_memory_equal(&location, &shapes[i].location, sizeof location);
		assert_memory_equal(&pte_address, &shapes[i].pte_address, sizeof pte_address);
		free(layout);
	}
}

static void refuses(void **state)
{
	struct kst_layout *layout = layout_builtin(KST_ARCH_X64, 7601, 0);
	static const struct member_row none[] = { { "_EPROCESS", NULL, 0x260, 0, 0, 0 } };
	struct kst_layout *without = layout_from_rows(none, 1, 8);
	uint8_t raw[0x30] = { 0 };
	const struct {
		const struct kst_layout *layout;
		const void *bytes;
		uint32_t size;
		kst_status want;
	} cases[] = {
		{ NULL, raw, sizeof(struct kst_pfn), KST_E_ARG },
		{ layout, NULL, sizeof(struct kst_pfn), KST_E_ARG },
		{ without, raw, sizeof(struct kst_pfn), KST_E_NO_MEMBER },
		{ layout, raw, sizeof(struct kst_pfn) - 1, KST_E_ABI },
		{ layout, raw, 0, KST_E_ABI },
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct kst_error err = { .size = sizeof err };
		struct kst_pfn pfn, before;

		memset(&pfn, 0x5a, sizeof pfn);
		pfn.size = cases[i].size;
		before = pfn;
		assert_int_equal(
			kst_decode_pfn(cases[i].layout, cases[i].bytes, sizeof raw, 0x8000000000001234, &pfn, &err),
			cases[i].want);
		assert_memory_equal(&pfn, &before, sizeof pfn);
		assert_int_equal(err.code, cases[i].want);
		assert_true(err.address == 0x8000000000001234 && err.message[0] != 0);
	}
	assert_int_equal(kst_decode_pfn(layout, raw, sizeof raw, 0, NULL, NULL), KST_E_ARG);
	free(layout);
	free(without);
}

static void names(void **state)
{
	static const char *const lists[] = { "zeroed", "free",   "standby",   "modified", "modified-no-write",
					     "bad",    "active", "transition" };
	static const char *const uses[] = { "unknown", "none", "file", "shared", "page-table", "process", "system" };
	static const char *const anomalies[] = { "counts", "frame-range", "link-range" };

	(void)state;
	for (uint32_t i = 0; i < 10; i++) {
		assert_string_equal(kst_pfn_location_name(i), i < 8 ? lists[i] : "unknown");
		assert_string_equal(kst_pfn_use_name(i), i < 7 ? uses[i] : "unknown");
	}
	for (uint32_t i = 0; i < 64; i++) {
		const char *name = kst_pfn_anomaly_name(UINT64_C(1) << i);

		if (i < 3)
			assert_string_equal(name, anomalies[i]);
		else
			assert_null(name);
	}
	assert_null(kst_pfn_anomaly_name(0));
}

#define COUNT(table) (sizeof(table) / sizeof((table)[0]))

int main(void)
{
	struct CMUnitTest tests[5 + COUNT(rows) + COUNT(entries)] = {
		cmocka_unit_test(published_2003), cmocka_unit_test(locations), cmocka_unit_test(owners),
		cmocka_unit_test(refuses),        cmocka_unit_test(names),
	};
	size_t n = 5;

	n += ROWS_TO_TESTS(tests + n, rows, every_generation);
	n += ROWS_TO_TESTS(tests + n, entries, whole_entries);
	return _cmocka_run_group_tests("pfn", tests, n, NULL, NULL);
}
