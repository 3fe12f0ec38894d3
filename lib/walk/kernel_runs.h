/* SPDX-License-Identifier: MIT */
/* Where kernel memory is, for searches through all of it. */
#ifndef KST_WALK_KERNEL_RUNS_H
#define KST_WALK_KERNEL_RUNS_H

#include "page_runs.h"

struct kst__kernel_runs {
	const struct kst_target *target;
	uint64_t address;            /* everything below was told */
	uint64_t last;               /* paged: of the part that `pages` walks */
	uint32_t paged;              /* by the page tables, not by the reader */
	uint32_t partial;            /* the budget ended */
	struct kst__page_runs pages; /* paged */
};

/* KST_E_FAULT: neither the reader tells where memory is nor are there page tables. */
kst_status kst__kernel_runs_begin(struct kst__kernel_runs *runs, const struct kst_target *target,
				  struct kst_error *err);

/* The next run of memory, ascending; *length > 0, and nothing wraps. KST_END; a failure of the host. */
kst_status kst__kernel_runs_next(struct kst__kernel_runs *runs, uint64_t *start, uint64_t *length,
				 struct kst_error *err);

#endif
