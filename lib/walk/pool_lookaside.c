/* SPDX-License-Identifier: MIT */
/*
 * Blocks that a processor keeps for the next allocation of their size. Freed as they are, their headers tell so in some
 * generations only; the lists tell it in all of them (doc/structures/pool.md).
 */
#include "pool.h"

#define BUCKETS         32u
#define PROCESSORS_MOST 256u
#define DEPTH_MOST      512u

/* A pointer of the lists; *failure: the host failed. */
static bool pointer_at(const struct kst_target *target, uint64_t address, uint64_t *out, kst_status *failure)
{
	struct kst__view view = kst__view_target(target, KST_SPACE_KERNEL, address, failure);

	return kst__view_pointer(&view, 0, out);
}

/* KST_OK: the KPRCB of a processor; KST_END: there is none of this number. */
static kst_status kprcb_of(const struct kst_target *target, uint64_t number, uint64_t *out, kst_status *failure)
{
	const struct kst__member *data = kst__member(&target->layout, KST__M_KPCR_PRCB_DATA);
	uint64_t block;

	if (!kst__symbol(target, KST__S_KiProcessorBlock, &block)) {
		if (number != 0 || !data->present || (target->identity.present & KST_IDENTITY_HAS_KPCR) == 0)
			return KST_END;
		*out = target->identity.kpcr + data->offset;
		return KST_OK;
	}
	return pointer_at(target, block + number * kst__pointer_size(target), out, failure) &&
			       kst__is_kernel(target, *out)
		       ? KST_OK
		       : KST_END;
}

/*
 * The first element of an SLIST_HEADER. x64: behind depth and sequence; up to 7, on processors that cannot exchange 16 bytes,
 * HeaderType (bit 0 of the second quadword) is 0, and bits 4 to 42 of the address are above bit 25 of the first one.
 */
static bool first_of(const struct kst_target *target, uint64_t head, uint64_t *out, kst_status *failure)
{
	if (kst__pointer_size(target) != 8)
		return pointer_at(target, head, out, failure);
	if (!pointer_at(target, head + 8, out, failure))
		return false;
	if ((*out & 1) != 0 || kst__is_kernel(target, *out) ||
	    kst__has(&target->layout, KST__M_KPRCB_PP_NX_PAGED_LOOKASIDE_LIST))
		return true;
	if (!pointer_at(target, head, out, failure))
		return false;
	*out >>= 25;
	if (*out != 0)
		*out = 0xfffff80000000000 | *out << 4;
	return true;
}

/* Does the list whose SLIST_HEADER is at `head` lead to `data`? */
static bool on_list(const struct kst_target *target, uint64_t head, uint64_t data, kst_status *failure)
{
	uint64_t at, low = 2 * kst__pointer_size(target) - 1; /* low bits of the header's pointer are not part of it */
	bool read = first_of(target, head, &at, failure);

	for (unsigned n = 0; n < DEPTH_MOST && read; n++) {
		at &= ~low;
		if (at == data)
			return true;
		if (!kst__is_kernel(target, at))
			return false;
		read = pointer_at(target, at, &at, failure);
	}
	return false;
}

bool kst__pool_on_lookaside(const struct kst_target *target, uint64_t data, uint32_t units, kst_status *failure)
{
	static const enum kst__member_id ids[] = { KST__M_KPRCB_PP_NPAGED_LOOKASIDE_LIST,
						   KST__M_KPRCB_PP_PAGED_LOOKASIDE_LIST,
						   KST__M_KPRCB_PP_NX_PAGED_LOOKASIDE_LIST };
	const struct kst_layout *layout = &target->layout;
	const struct kst__member *nonpaged = kst__member(layout, ids[0]), *paged = kst__member(layout, ids[1]);
	uint32_t width = kst__pointer_size(target), stride;
	uint64_t processors = kst__processors(target);
	uint64_t kprcb;

	if (units == 0 || units > BUCKETS || !nonpaged->present || !paged->present || paged->offset <= nonpaged->offset)
		return false;
	/* the arrays follow each other: lists, or up to 5.2 pairs of pointers to lists */
	stride = (paged->offset - nonpaged->offset) / BUCKETS;
	if (stride < 2 * width)
		return false;
	for (uint64_t i = 0; i < processors && i < PROCESSORS_MOST && *failure == KST_OK; i++) {
		if (kprcb_of(target, i, &kprcb, failure) != KST_OK)
			break;
		for (size_t k = 0; k < KST__COUNT(ids) && *failure == KST_OK; k++) {
			uint64_t at = kprcb + kst__member(layout, ids[k])->offset + (uint64_t)(units - 1) * stride;

			if (!kst__has(layout, ids[k]))
				continue;
			if (stride != 2 * width) {
				if (on_list(target, at, data, failure))
					return *failure == KST_OK;
				continue;
			}
			for (unsigned which = 0; which < 2 && *failure == KST_OK; which++) {
				uint64_t head;

				if (pointer_at(target, at + which * width, &head, failure) &&
				    kst__is_kernel(target, head) && on_list(target, head, data, failure))
					return *failure == KST_OK;
			}
		}
	}
	return false;
}
