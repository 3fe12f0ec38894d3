/* SPDX-License-Identifier: MIT */
#ifndef KST_DECODE_VAD_H
#define KST_DECODE_VAD_H

#include "view.h"

#include <kstate/vad.h>

/* Fill *out (zeroed here) from the descriptor that the view shows. */
void kst__decode_vad(const struct kst__view *view, uint64_t address, struct kst_vad *out);

#endif
