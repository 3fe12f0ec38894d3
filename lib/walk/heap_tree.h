/* SPDX-License-Identifier: MIT */
/* Large allocations of segment heaps, by the heaps' own trees. */
#ifndef KST_WALK_HEAP_TREE_H
#define KST_WALK_HEAP_TREE_H

#include "../decode/segment_heap.h"
#include "target.h"

/* The large allocation that contains an address, in any heap that ExPoolState names. KST_END: none, or not at hand. */
kst_status kst__heap_tree_find(const struct kst_target *target, uint64_t address, struct kst_heap_large *out,
			       uint64_t *heap_out, struct kst_error *err);

/*
 * The large allocation of a heap with the lowest address behind `after` (any: false: the first one). KST_END: no more;
 * KST_E_CORRUPT: the tree cannot be followed.
 */
kst_status kst__heap_tree_next(const struct kst_target *target, uint64_t heap, uint64_t after, bool any,
			       struct kst_heap_large *out, struct kst_error *err);

#endif
