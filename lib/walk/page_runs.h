/* SPDX-License-Identifier: MIT */
/* Runs of pages, for walks that look for mapped memory: smaller than a cursor. */
#ifndef KST_WALK_PAGE_RUNS_H
#define KST_WALK_PAGE_RUNS_H

#include "target.h"

/* The first address of the mode at `*address` or behind it: between the halves there is none. False: nor is one behind. */
static inline bool kst__next_canonical(const struct kst__paging_mode *mode, uint64_t *address)
{
	uint64_t half = (uint64_t)1 << (mode->va_bits - 1u);

	if (mode->va_bits == 32)
		return *address <= UINT32_MAX;
	if (*address >= half && *address < ~(half - 1))
		*address = ~(half - 1);
	return true;
}

struct kst__page_runs {
	struct kst__cursor common;
	uint64_t next;
	uint64_t last;
	kst_space space;
	struct kst_page_run pending;
	struct kst__vad_hint hint;
	uint32_t flags;
	uint32_t has_pending;
	uint32_t done;
};

/* As kst_page_runs_begin() and kst_page_runs_next(), arguments checked; *run may be written on failure too. */
void kst__page_runs_begin(struct kst__page_runs *runs, const struct kst_target *target, kst_space space,
			  uint64_t address, uint64_t last, uint32_t flags);
kst_status kst__page_runs_next(struct kst__page_runs *runs, struct kst_page_run *run, struct kst_error *err);

#endif
