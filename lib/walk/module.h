/* SPDX-License-Identifier: MIT */
/* Who owns an address: for walks that name a routine's module. */
#ifndef KST_WALK_MODULE_H
#define KST_WALK_MODULE_H

#include "target.h"

#include <kstate/module.h>

/* As kst_module_find(), arguments checked; *ours may be written on failure too. */
kst_status kst__module_find(const struct kst_target *target, uint64_t address, struct kst_module *ours,
			    struct kst_error *err);

#endif
