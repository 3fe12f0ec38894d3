/* SPDX-License-Identifier: MIT */
#include "support/support.h"

#include <stdbool.h>
#include <stdlib.h>

static void put(uint8_t *at, uint64_t value, size_t width)
{
	for (size_t i = 0; i < width; i++)
		at[i] = (uint8_t)(value >> (8 * i));
}

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

static void refuses(void **state)
{
	struct kst_layout *layout = layout_builtin(KST_ARCH_X64, 7601, 0);
	static const struct member_row none[] = { { "_EPROCESS", NULL, 0x260, 0, 0, 0 } };
	struct kst_layout *without = layout_from_rows(none, 1, 8);
	struct kst_pfn pfn = { .size = sizeof pfn, .location = 77 };
	uint8_t raw[0x30] = { 0 };

	(void)state;
	assert_int_equal(kst_decode_pfn(NULL, raw, sizeof raw, 0, &pfn, NULL), KST_E_ARG);
	assert_int_equal(kst_decode_pfn(layout, NULL, 1, 0, &pfn, NULL), KST_E_ARG);
	assert_int_equal(kst_decode_pfn(layout, raw, sizeof raw, 0, NULL, NULL), KST_E_ARG);
	assert_int_equal(kst_decode_pfn(without, raw, sizeof raw, 0, &pfn, NULL), KST_E_NO_MEMBER);
	pfn.size = 5;
	assert_int_equal(kst_decode_pfn(layout, raw, sizeof raw, 0, &pfn, NULL), KST_E_ABI);
	assert_int_equal(pfn.location, 77);
	assert_string_equal(kst_pfn_location_name(4), "modified-no-write");
	assert_string_equal(kst_pfn_location_name(8), "unknown");
	assert_string_equal(kst_pfn_use_name(KST_PFN_USE_PAGE_TABLE), "page-table");
	assert_string_equal(kst_pfn_use_name(99), "unknown");
	assert_string_equal(kst_pfn_anomaly_name(KST_PFN_ANOMALY_LINK_RANGE), "link-range");
	free(layout);
	free(without);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(published_2003),
		cmocka_unit_test(refuses),
	};

	return run_tests_and_rows("pfn", tests, 2, rows, sizeof rows / sizeof rows[0], sizeof rows[0],
				  every_generation);
}
