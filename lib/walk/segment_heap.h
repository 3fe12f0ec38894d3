/* SPDX-License-Identifier: MIT */
/* How kst_pool_find() asks the segment heap. */
#ifndef KST_WALK_SEGMENT_HEAP_H
#define KST_WALK_SEGMENT_HEAP_H

#include "target.h"

#include <kstate/pool.h>

/*
 * The block of the segment heap that contains an address. `out` comes with address, region and the evidence so far and is
 * completed: kind, state, extent, evidence bits, anomalies.
 *	KST_OK   a verdict: VS, LFH, HEAP_LARGE, NONE, or INCONSISTENT with candidates
 *	KST_END  the heap's metadata cannot tell (not at hand, no keys, no types); evidence may have grown
 *	KST_E_HOST and the like: failures of the reader
 */
kst_status kst__heap_find(const struct kst_target *target, uint64_t address, struct kst_pool_verdict *out,
			  struct kst_error *err);

#endif
