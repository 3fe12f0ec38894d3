/* SPDX-License-Identifier: MIT */
/* A target on the heap: the one thing that lib/walk must not do. */
#include "../core/core.h"

#include <kstate/target.h>
#include <stdlib.h>

kst_status kst_target_create(const struct kst_target_config *config, struct kst_target **out, struct kst_error *err)
{
	struct kst_target *target;
	kst_status st;

	if (out == NULL)
		return kst__fail(err, KST_E_ARG, 0, "no place for the result");
	target = malloc(kst_target_size());
	if (target == NULL)
		return kst__fail(err, KST_E_NO_MEMORY, 0, "out of memory");
	st = kst_target_init(target, kst_target_size(), config, err);
	if (st == KST_OK)
		*out = target;
	else
		free(target);
	return st;
}

void kst_target_destroy(struct kst_target *target)
{
	free(target);
}
