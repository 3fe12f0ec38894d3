/* SPDX-License-Identifier: MIT */
/* Loader entries of the kernel, seen through a view. */
#ifndef KST_DECODE_MODULE_H
#define KST_DECODE_MODULE_H

#include "view.h"

#include <kstate/module.h>

#define KST__UNLOADED_SIZE_32 0x18u
#define KST__UNLOADED_SIZE_64 0x28u

/* All but the texts; out->size is left alone, everything else is written. */
void kst__decode_module(const struct kst__view *view, uint64_t address, struct kst_module *out);

/* Base and size alone: cheap enough for a search. */
bool kst__module_range(const struct kst__view *view, uint64_t *base_out, uint32_t *size_out);

/* All but the text, whose place goes to *name_address and *name_bytes (0: none). */
void kst__decode_unloaded_module(const struct kst__view *view, struct kst_unloaded_module *out, uint64_t *name_address,
				 uint32_t *name_bytes);

#endif
