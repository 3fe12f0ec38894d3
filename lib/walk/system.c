/* SPDX-License-Identifier: MIT */
/* The debugger data block, applied to a target. */
#include "target.h"

kst_status kst__target_apply_block(struct kst_target *target, struct kst_error *err)
{
	(void)target;
	(void)err;
	return KST_OK;
}
