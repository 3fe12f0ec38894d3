/* SPDX-License-Identifier: MIT */
#ifndef KST_DECODE_USER_MODULE_H
#define KST_DECODE_USER_MODULE_H

#include "view.h"

#include <kstate/user_module.h>

/* Fill *out (zeroed here) from the loader entry that the view shows; names stay absent but for their places. */
void kst__decode_user_module(const struct kst__view *view, const struct kst_layout *native, uint64_t address,
			     struct kst_user_module *out);

/* The same for a record of the unload trace; the view's layout gives the pointer size only. */
void kst__decode_unloaded_user_module(const struct kst__view *view, uint64_t address,
				      struct kst_unloaded_user_module *out);

#endif
