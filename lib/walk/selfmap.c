/* SPDX-License-Identifier: MIT */
/*
 * What the entries of a machine depend on besides their format: the self-map's place, the swizzle mask, the highest page
 * frame. Found once when a target is made; what cannot be read is simply not known.
 */
#include "pfn_use.h"

static bool fatal(kst_status st)
{
	return st != KST_OK && st != KST_E_FAULT && st != KST_E_NO_MEMBER;
}

/* A candidate is the address of entry 0 of a self-mapped root: the index must repeat at every level by construction. */
static bool sound_base(const struct kst__paging_mode *mode, uint64_t base)
{
	return mode->va_bits > 32 && kst__sign_extend(base, mode->va_bits) == base &&
	       base % kst__self_map_size(mode) == 0 && base >> 63 != 0;
}

static kst_status base_from_symbol(struct kst_target *target, const struct kst__paging_mode *mode,
				   struct kst_error *err)
{
	uint64_t base;
	kst_status st = kst__read_global(target, KST__S_MmPteBase, &base, err);

	if (st == KST_OK && sound_base(mode, base))
		target->pte_base = base;
	return st;
}

/* An entry of the upper half of the root that leads to the root itself. */
static kst_status base_from_root(struct kst_target *target, const struct kst__paging_mode *mode, struct kst_error *err)
{
	uint64_t root = target->identity.dtb & mode->root_mask;
	uint8_t raw[256];

	if ((target->identity.present & KST_IDENTITY_HAS_DTB) == 0 || root == 0)
		return KST_E_NO_MEMBER;
	for (uint64_t at = 0x800; at < 0x1000; at += sizeof raw) {
		kst_status st = kst__read(target, KST_SPACE_PHYSICAL, root + at, raw, sizeof raw, err);

		if (st != KST_OK)
			return st;
		for (uint64_t i = 0; i < sizeof raw; i += 8) {
			uint64_t entry = kst__le64(raw + i);

			if ((entry & 1) != 0 && (entry & mode->large_mask) != mode->large_is &&
			    (entry & mode->frame_mask) == root) {
				target->pte_base = kst__sign_extend((at + i) / 8 << (mode->va_bits - 9u),
								    mode->va_bits);
				return KST_OK;
			}
		}
	}
	return KST_E_NO_MEMBER;
}

/* 32-bit kernels keep their tables at c0000000; believed when the tables say so. */
static kst_status base_32_bit(struct kst_target *target, const struct kst__paging_mode *mode, struct kst_error *err)
{
	bool pae = mode->entry_size == 8;
	uint64_t root = target->identity.dtb & mode->root_mask, table = root, entry;
	kst_status st;

	if ((target->identity.present & KST_IDENTITY_HAS_DTB) == 0)
		return KST_E_NO_MEMBER;
	if (pae) {
		st = kst__read_number(target, KST_SPACE_PHYSICAL, root + 3 * 8, 8, &entry, err);
		if (st != KST_OK || (entry & 1) == 0)
			return st == KST_OK ? KST_E_NO_MEMBER : st;
		table = entry & mode->frame_mask;
	}
	st = kst__read_number(target, KST_SPACE_PHYSICAL, table + (pae ? 3 * 8 : 0x300 * 4), mode->entry_size, &entry,
			      err);
	if (st == KST_OK && (entry & 1) != 0 && (entry & mode->frame_mask) == table)
		target->pte_base = 0xc0000000u;
	return st;
}

static kst_status find_base(struct kst_target *target, struct kst_error *err)
{
	const struct kst__paging_mode *mode = target->mode;
	uint64_t told = target->pte_base; /* by the debugger data block */
	kst_status st;

	target->pte_base = 0;
	if (mode->va_bits == 32)
		return base_32_bit(target, mode, err);
	st = base_from_root(target, mode, err);
	if (target->pte_base == 0 && sound_base(mode, told))
		target->pte_base = told;
	if (!fatal(st) && target->pte_base == 0)
		st = base_from_symbol(target, mode, err);
	return st;
}

/* The PTE address of a PTE address is the PDE's, and so on; the four entries of PAE's topmost level are not in the map. */
static void map_levels(struct kst_target *target)
{
	const struct kst__paging_mode *mode = target->mode;
	uint32_t mapped = target->identity.paging == KST_PAGING_PAE ? 2 : mode->levels;
	uint64_t first = 0;

	for (uint32_t level = 1; level <= mapped && target->pte_base != 0; level++) {
		first = target->pte_base + ((first & kst__mask(mode->va_bits)) >> 12) * mode->entry_size;
		target->self_map[level] = first;
	}
}

static kst_status find_mask(struct kst_target *target, struct kst_error *err)
{
	const struct kst__member *m = kst__member(&target->layout, KST__M_MI_INVALID_PTE_MASK);
	uint64_t state, mask;
	kst_status st;

	if ((target->config.flags & KST_TARGET_HAS_PTE_MASK) != 0) {
		target->pte.invalid_mask = target->config.invalid_pte_mask;
		target->pte.flags |= KST_PTE_CONTEXT_HAS_MASK;
		return KST_OK;
	}
	if (kst__has(&target->layout, KST__M_PTE_SOFTWARE_PROTECTION) &&
	    !kst__has(&target->layout, KST__M_PTE_SOFTWARE_SWIZZLE) &&
	    (target->layout.info.anomalies & KST_LAYOUT_ANOMALY_REVISION_GUESSED) == 0) {
		target->pte.flags |= KST_PTE_CONTEXT_HAS_MASK; /* this format has none */
		return KST_OK;
	}
	if (kst__symbol(target, KST__S_MiInvalidPteMask, &state))
		st = kst__read_number(target, KST_SPACE_KERNEL, state, 8, &mask, err);
	else if (m->present && kst__symbol(target, KST__S_MiState, &state))
		st = kst__read_number(target, KST_SPACE_KERNEL, state + m->offset, m->length <= 8 ? m->length : 8,
				      &mask, err);
	else
		return KST_E_NO_MEMBER;
	if (st == KST_OK && (mask & 0xfff) == 0) {
		target->pte.invalid_mask = mask;
		target->pte.flags |= KST_PTE_CONTEXT_HAS_MASK;
	}
	return st;
}

/* Since Windows 10 the bounds of physical memory stand in the system partition. */
static kst_status frames_of_partition(struct kst_target *target, struct kst_error *err)
{
	const struct kst__member *low = kst__member(&target->layout, KST__M_MI_LOWEST_PAGE);
	const struct kst__member *high = kst__member(&target->layout, KST__M_MI_HIGHEST_PAGE);
	uint64_t partition, value;
	kst_status st;

	if (!high->present || !kst__symbol(target, KST__S_MiSystemPartition, &partition))
		return KST_E_NO_MEMBER;
	st = kst__read_pointer(target, KST_SPACE_KERNEL, partition + high->offset, &value, err);
	if (st == KST_OK && value != 0 && value < (uint64_t)1 << 40) {
		target->pte.highest_frame = value;
		target->pte.flags |= KST_PTE_CONTEXT_HAS_HIGHEST_FRAME;
	}
	if (st == KST_OK && low->present)
		st = kst__read_pointer(target, KST_SPACE_KERNEL, partition + low->offset, &target->lowest_frame, err);
	return st;
}

kst_status kst__paging_init(struct kst_target *target, struct kst_error *err)
{
	const struct {
		enum kst__symbol_id symbol;
		uint32_t flag;
		uint64_t *value;
	} globals[] = {
		{ KST__S_MmHighestPhysicalPage, KST_PTE_CONTEXT_HAS_HIGHEST_FRAME, &target->pte.highest_frame },
		{ KST__S_MmLowestPhysicalPage, 0, &target->lowest_frame },
		{ KST__S_MmPagedPoolStart, KST_PTE_CONTEXT_HAS_PAGED_POOL_START, &target->pte.paged_pool_start },
		{ KST__S_MmSubsectionBase, KST_PTE_CONTEXT_HAS_SUBSECTION_BASE, &target->pte.subsection_base },
		{ KST__S_MmNonPagedPoolEnd, KST_PTE_CONTEXT_HAS_NONPAGED_POOL_END, &target->pte.nonpaged_pool_end },
	};
	kst_status st = kst__pfn_database(target, &target->pfn_database);

	if (fatal(st))
		return kst__fail_host(err, st, 0);
	if (target->mode == NULL)
		return KST_OK;
	kst__leaf_format(&target->layout, &target->pte, &target->leaf);
	if ((target->identity.present & KST_IDENTITY_HAS_DTB) != 0)
		kst__window_find(target, KST_SPACE_PHYSICAL, target->identity.dtb & target->mode->root_mask,
				 &target->root);
	st = find_base(target, err);
	map_levels(target);
	if (!fatal(st))
		st = find_mask(target, err);
	for (size_t i = 0; i < KST__COUNT(globals) && !fatal(st); i++) {
		uint64_t value;

		st = kst__read_global(target, globals[i].symbol, &value, err);
		if (st == KST_OK && value != 0) {
			*globals[i].value = value;
			target->pte.flags |= globals[i].flag;
		}
	}
	if (!fatal(st))
		st = frames_of_partition(target, err);
	return fatal(st) ? st : KST_OK;
}

kst_status kst_target_pte_context(const struct kst_target *target, struct kst_pte_context *out)
{
	if (target == NULL || out == NULL)
		return KST_E_ARG;
	if (!kst__out_ok(out->size, sizeof *out))
		return KST_E_ABI;
	kst__out_write(out, &target->pte, sizeof target->pte);
	return KST_OK;
}
