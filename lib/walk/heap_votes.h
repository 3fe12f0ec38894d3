/* SPDX-License-Identifier: MIT */
/* What memory tells of the heap's keys: candidates vote, and the winner must leave no doubt. */
#ifndef KST_WALK_HEAP_VOTES_H
#define KST_WALK_HEAP_VOTES_H

#include "../decode/segment_heap.h"
#include "target.h"

#define KST__HEAP_SEARCH_MOST 0x10000000u /* bytes that one search reads */

struct kst__slot {
	uint64_t value;
	uint64_t count;
};

/* Give a value a vote; when all slots are taken, everybody loses one (a majority survives that). Returns its votes. */
uint64_t kst__cast(struct kst__slot *slots, size_t count, uint64_t value);

/* The winner and the votes of the second. */
struct kst__slot kst__best(const struct kst__slot *slots, size_t count, uint64_t *second);

/* What the starts of pages vote for. */
struct kst__page_votes {
	uint64_t heap_key; /* by signatures of page segments */
	uint64_t segments; /* votes for it; 0: none, or no agreement */
	uint32_t lfh_key;  /* low 32 bits, by LFH subsegments */
	uint32_t partial;  /* not all of the memory was searched */
	uint64_t lfh;      /* votes for it; 0: not told */
};

/* KST_E_FAULT: nothing tells where memory is; else KST_OK or a failure of the host. */
kst_status kst__page_votes(const struct kst_target *target, struct kst__page_votes *out, struct kst_error *err);

#endif
