/* SPDX-License-Identifier: MIT */
#ifndef KST_DECODE_CALLBACK_H
#define KST_DECODE_CALLBACK_H

#include "view.h"

#include <kstate/callback.h>

/* What lies behind a slot or a list entry; each fills function, context and what else its form has. */
void kst__decode_callback_block(const struct kst__view *view, struct kst_callback *out);

/* CM_CALLBACK_CONTEXT_BLOCK, or REGISTRY_CALLBACK where the layout has that. `altitude` is the address of the string. */
void kst__decode_registry_callback(const struct kst__view *view, struct kst_callback *out, uint64_t *altitude);

/* The entry of an OBJECT_TYPE's CallbackList; `registration` is the address of its registration block. */
void kst__decode_object_callback(const struct kst__view *view, struct kst_callback *out, uint64_t *registration);

/* KBUGCHECK_CALLBACK_RECORD or KBUGCHECK_REASON_CALLBACK_RECORD; `component` is the address of an ASCII name. */
void kst__decode_bugcheck_callback(const struct kst__view *view, bool reason, struct kst_callback *out,
				   uint64_t *component);

#endif
