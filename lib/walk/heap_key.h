/* SPDX-License-Identifier: MIT */
/* Keys of the segment heap, for the walks. */
#ifndef KST_WALK_HEAP_KEY_H
#define KST_WALK_HEAP_KEY_H

#include "../decode/segment_heap.h"
#include "target.h"

/*
 * The keys, from symbols or recovered. KST_END: the memory tells nothing; KST_E_NO_MEMBER, KST_E_FAULT: it cannot be
 * asked; else a failure of the host. Nothing is left out of *out on KST_OK and KST_END.
 */
kst_status kst__heap_key(const struct kst_target *target, struct kst_heap_key *out, struct kst_error *err);

#endif
