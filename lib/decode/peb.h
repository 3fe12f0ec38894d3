/* SPDX-License-Identifier: MIT */
#ifndef KST_DECODE_PEB_H
#define KST_DECODE_PEB_H

#include "view.h"

#include <kstate/peb.h>

/*
 * Fill *out (zeroed here) from the PEB that the view shows. `native` is the layout of the system's kernel, which need
 * not have the view's pointer size: it names the bits of BitField, and says how far user space goes.
 */
void kst__decode_peb(const struct kst__view *view, const struct kst_layout *native, uint64_t address,
		     struct kst_peb *out);

/* Add what the PEB_LDR_DATA that the view shows has. */
void kst__decode_ldr(const struct kst__view *view, const struct kst_layout *native, struct kst_peb *out);

void kst__decode_process_parameters(const struct kst__view *view, const struct kst_layout *native, uint64_t address,
				    struct kst_process_parameters *out);

/* A UNICODE_STRING of the view's pointer size at an offset: false when it is not there; *sound tells odd ones. */
bool kst__decode_text(const struct kst__view *view, uint64_t offset, struct kst_text *out, bool *sound);

#endif
