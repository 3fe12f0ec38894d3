/* SPDX-License-Identifier: MIT */
/* What the entry of a page frame means in this machine: what the frame is used for, and whose it is. */
#include "pfn_use.h"
#include "prototype.h"

/* Bits of a member; 0: it is not known, or is no number. */
static uint32_t width_of(const struct kst_target *target, enum kst__member_id id)
{
	const struct kst__member *m = kst__member(&target->layout, id);

	return !m->present || m->length > 8 ? 0 : m->bit_len != 0 ? m->bit_len : (uint32_t)m->length * 8;
}

/* Links and the table's frame against the machine's memory. */
static void check_bounds(const struct kst_target *target, struct kst_pfn *pfn)
{
	/* a list ends in ones: those of the narrower link, on x86 since Windows 8 a bit-field */
	const uint32_t most = kst__pointer_size(target) == 4 ? 32 : 36, blink = width_of(target, KST__M_PFN_BLINK);
	const uint64_t end = kst__mask(blink != 0 && blink < most ? blink : most), highest = target->pte.highest_frame;
	const uint32_t frame = width_of(target, KST__M_PFN_FRAME);
	const uint64_t most_frame = target->mode == NULL ? UINT64_MAX : target->mode->frame_mask >> 12;

	if ((target->pte.flags & KST_PTE_CONTEXT_HAS_HIGHEST_FRAME) == 0)
		return;
	if ((pfn->present & KST_PFN_HAS_LINKS) != 0 && ((pfn->flink > highest && (pfn->flink & end) != end) ||
							(pfn->blink > highest && (pfn->blink & end) != end)))
		pfn->anomalies |= KST_PFN_ANOMALY_LINK_RANGE;
	/* a number that begins in ones, or that no frame can have, says that there is no table, and why */
	if ((pfn->present & KST_PFN_HAS_PTE_FRAME) != 0 && pfn->use != KST_PFN_USE_NONE && pfn->pte_frame > highest &&
	    pfn->pte_frame <= most_frame && frame > 8 && pfn->pte_frame >> (frame - 8) != 0xff)
		pfn->anomalies |= KST_PFN_ANOMALY_FRAME_RANGE;
}

/*
 * The frame's entry is one of a higher level: it leads to the frame as to a table, or maps it within a large page. Tables
 * of processes are not looked for in the system's.
 */
static kst_status table_or_large(const struct kst_target *target, struct kst_pfn *pfn)
{
	const struct kst__paging_mode *mode = target->mode;
	uint64_t first = pfn->virtual_address, width = mode->entry_size, entry, base;
	uint32_t level = 1, shift;
	kst_status st;

	for (; level < mode->levels && kst__in_self_map(target, first); level++)
		first = kst__mapped_by(target, first);
	pfn->use = KST_PFN_USE_PAGE_TABLE;
	if (!kst__is_kernel(target, first))
		return KST_OK;
	st = kst__plain_number(target, pfn->pte_address & ~(width - 1), (size_t)width, &entry);
	if (st == KST_OK && ((entry & 1) == 0 || !kst__pte_is_leaf(mode, level, entry)))
		return KST_OK;
	if (st != KST_OK) /* absent: the tables of a session are not in the system's space either */
		return st == KST_E_FAULT ? KST_OK : st;
	pfn->use = KST_PFN_USE_UNKNOWN;
	pfn->present &= ~(uint64_t)KST_PFN_HAS_VIRTUAL_ADDRESS;
	pfn->virtual_address = 0;
	shift = 12 + (uint32_t)mode->index_bits * (level - 1);
	base = kst__pte_leaf_base(mode, level, shift, entry) >> 12;
	if (pfn->frame < base || pfn->frame - base > kst__mask(shift - 12))
		return KST_OK; /* the entry maps another page by now */
	pfn->virtual_address = first + ((pfn->frame - base) << 12);
	pfn->present |= KST_PFN_HAS_VIRTUAL_ADDRESS;
	pfn->use = KST_PFN_USE_SYSTEM;
	return KST_OK;
}

kst_status kst__pfn_complete(const struct kst_target *target, uint64_t frame, uint64_t address, struct kst_pfn *pfn)
{
	struct kst_pte pte;

	pfn->frame = frame;
	pfn->address = address;
	pfn->present |= KST_PFN_HAS_ADDRESS;
	check_bounds(target, pfn);
	if (target->mode == NULL || pfn->use == KST_PFN_USE_NONE || (pfn->present & KST_PFN_HAS_LOCATION) == 0)
		return KST_OK;
	if ((pfn->bits & KST_PFN_BIT_PROTOTYPE) != 0) {
		kst__decode_pte(&target->layout, &target->pte, 1, true, pfn->original_pte, &pte);
		pfn->use = pte.state == KST_PTE_SUBSECTION ? KST_PFN_USE_FILE : KST_PFN_USE_SHARED;
		return KST_OK;
	}
	if ((pfn->present & KST_PFN_HAS_PTE_ADDRESS) == 0 || (pfn->present & KST_PFN_HAS_PROTOTYPE) == 0 ||
	    target->pte_base == 0 || !kst__in_self_map(target, pfn->pte_address))
		return KST_OK;
	pfn->virtual_address = kst__mapped_by(target, pfn->pte_address);
	pfn->present |= KST_PFN_HAS_VIRTUAL_ADDRESS;
	if (kst__in_self_map(target, pfn->virtual_address))
		return table_or_large(target, pfn);
	pfn->use = kst__is_kernel(target, pfn->virtual_address) ? KST_PFN_USE_SYSTEM : KST_PFN_USE_PROCESS;
	return KST_OK;
}

/* A number of one entry, read by itself; absent: KST_E_FAULT. Only the bytes that hold it, which do not cross a page. */
static kst_status read_place(const struct kst_target *target, uint64_t entry, struct kst__pfn_place place,
			     uint64_t *out)
{
	uint32_t first = place.shift / 8u, width = (place.shift % 8u + place.bits + 7u) / 8;
	kst_status st = place.bits == 0 ? KST_E_FAULT
					: kst__plain_number(target, entry + place.offset + first, width, out);

	if (st == KST_OK)
		*out = *out >> place.shift % 8u & kst__mask(place.bits);
	return st;
}

kst_status kst__frame_reused(const struct kst_target *target, uint64_t frame, uint64_t entry_address, bool *reused)
{
	/* what a frame in transition can be: anything else has been given out again */
	const uint32_t resting = 1u << KST_PFN_STANDBY | 1u << KST_PFN_MODIFIED | 1u << KST_PFN_MODIFIED_NO_WRITE |
				 1u << KST_PFN_TRANSITION;
	const uint32_t size = kst__type_size(&target->layout, KST__M_PFN);
	struct kst__pfn_place places[2];
	uint64_t at = target->pfn_database, value;

	*reused = false;
	if (!kst__is_kernel(target, at) || size < KST__PFN_LEAST || size > KST__PFN_MOST || frame >= KST__FRAMES_MOST ||
	    UINT64_MAX - at < (frame + 1) * size)
		return KST_OK;
	at += frame * size;
	kst__pfn_owner(&target->layout, size, &places[0], &places[1]);
	for (int i = 0; i < 2; i++) {
		kst_status st = read_place(target, at, places[i], &value);

		if (st != KST_OK && st != KST_E_FAULT)
			return st;
		if (st == KST_E_FAULT || (i == 1 && entry_address == 0))
			continue;
		/* the lowest bits of PteAddress are flags in some builds */
		if (i == 0 ? (resting >> value & 1) == 0
			   : (value ^ entry_address) >> (target->mode->entry_size == 4 ? 2 : 3) != 0)
			*reused = true;
	}
	return KST_OK;
}
