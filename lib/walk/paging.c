/* SPDX-License-Identifier: MIT */
/* Page-table walks over physical memory: hardware-valid entries only so far. */
#include "target.h"

struct mode {
	unsigned levels;
	unsigned entry_size;
	unsigned top_bits;     /* index bits of the topmost level */
	unsigned index_bits;
	unsigned large_levels; /* bit n: an entry of level n may map a large page */
	uint64_t frame_mask;
	uint64_t root_mask;
};

static const struct mode modes[] = {
	[KST_PAGING_X86] = { 2, 4, 10, 10, 1u << 2, 0xfffff000u, 0xfffff000u },
	[KST_PAGING_PAE] = { 3, 8, 2, 9, 1u << 2, 0x000ffffffffff000u, 0xffffffe0u },
	[KST_PAGING_X64] = { 4, 8, 9, 9, 1u << 2 | 1u << 3, 0x000ffffffffff000u, 0x000ffffffffff000u },
	[KST_PAGING_LA57] = { 5, 8, 9, 9, 1u << 2 | 1u << 3, 0x000ffffffffff000u, 0x000ffffffffff000u },
	[KST_PAGING_ARM64] = { 4, 8, 9, 9, 1u << 2 | 1u << 3, 0x0000fffffffff000u, 0x0000fffffffff000u },
};

static bool is_large(uint32_t paging, uint64_t entry)
{
	return paging == KST_PAGING_ARM64 ? (entry & 2) == 0 : (entry & 0x80) != 0;
}

kst_status kst__resolve(const struct kst_target *target, kst_space space, uint64_t address, struct kst__page *out,
                        struct kst_error *err)
{
	uint32_t paging = target->identity.paging;
	const struct mode *mode;
	uint64_t table;

	memset(out, 0, sizeof *out);
	out->state = KST_PTE_UNREADABLE;
	if (paging == KST_PAGING_NONE || paging >= KST__COUNT(modes))
		return kst__fail(err, KST_E_ARG, address, "the paging mode is not known");
	mode = &modes[paging];
	table = (space == KST_SPACE_KERNEL ? target->identity.dtb : space) & mode->root_mask;
	for (unsigned level = mode->levels; level > 0; level--) {
		unsigned shift = 12 + mode->index_bits * (level - 1);
		uint64_t index = address >> shift & kst__mask(level == mode->levels ? mode->top_bits : mode->index_bits);
		uint64_t page_mask = kst__mask(shift);
		uint64_t entry;
		kst_status st = kst__read_number(target, KST_SPACE_PHYSICAL, table + index * mode->entry_size, mode->entry_size,
		                                 &entry, err);

		if (st != KST_OK)
			return st;
		if ((entry & 1) == 0) {
			out->state = KST_PTE_UNKNOWN;
			return kst__fail(err, KST_E_FAULT, address, "not mapped");
		}
		if (level == 1 || ((mode->large_levels >> level & 1) != 0 && is_large(paging, entry))) {
			out->state = KST_PTE_VALID;
			out->physical = (entry & mode->frame_mask & ~page_mask) | (address & page_mask);
			out->contiguous = page_mask + 1 - (address & page_mask);
			return KST_OK;
		}
		table = entry & mode->frame_mask;
	}
	return kst__fail(err, KST_E_FAULT, address, "not mapped");
}
