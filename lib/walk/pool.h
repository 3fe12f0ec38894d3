/* SPDX-License-Identifier: MIT */
/* What the pool walks share. */
#ifndef KST_WALK_POOL_H
#define KST_WALK_POOL_H

#include "../decode/pool.h"
#include "target.h"

/* A page seen through a small window: a walk over it costs a few reads and little stack. */
#define KST__POOL_WINDOW 512u
struct kst__pool_window {
	const struct kst_target *target;
	kst_space space;
	uint64_t page;
	uint64_t start;      /* of the window in the page; UINT64_MAX: nothing read yet */
	size_t valid;        /* leading bytes that are there */
	uint64_t hole_start; /* of the page, known to be missing: [hole_start, hole_end) */
	uint64_t hole_end;
	bool readable;      /* some byte of the page was there */
	kst_status failure; /* of the host; everything but KST_E_FAULT */
	struct kst_error *err;
	uint8_t bytes[KST__POOL_WINDOW];
};
void kst__pool_window_begin(struct kst__pool_window *window, const struct kst_target *target, kst_space space,
			    uint64_t page, struct kst_error *err);
struct kst__view kst__pool_window_view(struct kst__pool_window *window);

/* Value of ExpPoolQuotaCookie; false when it is not known. *failure as in kst__view_target. */
bool kst__pool_cookie(const struct kst_target *target, uint64_t *cookie, kst_status *failure);

/* Complete quota_process where the pointer is encoded and the cookie is known. */
void kst__pool_charge(const struct kst_target *target, struct kst_pool_header *header, kst_status *failure);

/*
 * Is the block whose data begins at `data` on a lookaside list of some processor (lib/walk/pool_lookaside.c)? units: its
 * size. *failure as in kst__view_target.
 */
bool kst__pool_on_lookaside(const struct kst_target *target, uint64_t data, uint32_t units, kst_status *failure);

/* The region of an address by the known ranges (lib/walk/pool_ranges.c). */
kst_status kst__pool_region(const struct kst_target *target, uint64_t address, uint32_t *region, struct kst_error *err);

/*
 * The table entry that contains an address. *freed: a freed entry covers it. *partial: parts of the table are missing.
 * KST_OK: *out is a live entry; KST_END: none; KST_E_NO_MEMBER, KST_E_FAULT, KST_E_CORRUPT: no table.
 */
struct kst__large_hit {
	bool freed;
	bool partial;
	bool overlap;
};
kst_status kst__large_lookup(const struct kst_target *target, const struct kst_large_index *index,
			     const struct kst_large_table *table, uint64_t address, struct kst_large_allocation *out,
			     struct kst__large_hit *hit, struct kst_error *err);

#endif
