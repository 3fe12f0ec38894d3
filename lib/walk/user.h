/* SPDX-License-Identifier: MIT */
/* Reading user mode from the kernel's side: whose address space, which layout, which addresses can be meant. */
#ifndef KST_WALK_USER_H
#define KST_WALK_USER_H

#include "../layout/user.h"
#include "target.h"

/*
 * The layout of user structures with pointers of a size: the target's own if it has the types, else the fixed one.
 * Never NULL for sizes 4 and 8.
 */
const struct kst_layout *kst__user_layout(const struct kst_target *target, uint32_t pointer_size);

/* The directory table base of the process at an EPROCESS. KST_E_FAULT, KST_E_NO_MEMBER, KST_E_HOST. */
kst_status kst__space_of(const struct kst_target *target, uint64_t process, kst_space *out, struct kst_error *err);

/* May a user-mode structure point there? Not null, not the kernel's, and `bytes` do not run out of user space. */
bool kst__user_range(const struct kst_target *target, uint32_t pointer_size, uint64_t address, uint64_t bytes);

/* A view of a user structure. `failure` as for kst__view_target. */
struct kst__view kst__user_view(const struct kst_target *target, kst_space space, const struct kst_layout *layout,
				uint64_t address, kst_status *failure);

#endif
