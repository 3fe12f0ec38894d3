/* SPDX-License-Identifier: MIT */
/* Who owns an address: for walks that name a routine's module. */
#ifndef KST_WALK_MODULE_H
#define KST_WALK_MODULE_H

#include "target.h"

#include <kstate/module.h>

/*
 * As kst_module_find(), arguments checked; *ours may be written on failure too. *steps counts those of all look-ups of a
 * walk, which share one step budget: with a list of modules as long as hostile memory likes, each alone would take it.
 */
kst_status kst__module_find(const struct kst_target *target, uint64_t address, uint64_t *steps, struct kst_module *ours,
			    struct kst_error *err);

#endif
