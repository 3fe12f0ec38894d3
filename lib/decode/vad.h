/* SPDX-License-Identifier: MIT */
#ifndef KST_DECODE_VAD_H
#define KST_DECODE_VAD_H

#include "view.h"

#include <kstate/vad.h>

/* Fill *out (zeroed here) from the descriptor that the view shows. */
void kst__decode_vad(const struct kst__view *view, uint64_t address, struct kst_vad *out);

/* How many levels a tree may have. A balanced one of a million ranges has 29; XP's is not balanced. */
#define KST__VAD_BALANCED 40u
uint32_t kst__vad_levels(const struct kst_layout *layout);

/* Where the pointer to the top of a tree is: the three forms are told apart by the types there are. */
uint64_t kst__vad_top(const struct kst_layout *layout, uint64_t root);

#endif
