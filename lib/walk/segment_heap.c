/* SPDX-License-Identifier: MIT */
/* The segment heap's answer to "which block is this?". */
#include "segment_heap.h"

kst_status kst__heap_find(const struct kst_target *target, uint64_t address, struct kst_pool_verdict *out,
			  struct kst_error *err)
{
	(void)target;
	(void)address;
	(void)err;
	out->evidence |= KST_POOL_EVIDENCE_NO_HEAP_METADATA;
	return KST_END;
}
