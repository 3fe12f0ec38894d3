/* SPDX-License-Identifier: MIT */
#ifndef KST_DECODE_VAD_H
#define KST_DECODE_VAD_H

#include "view.h"

#include <kstate/vad.h>

/* Fill *out (zeroed here) from the descriptor that the view shows. */
void kst__decode_vad(const struct kst__view *view, uint64_t address, struct kst_vad *out);

/* Is the tree balanced? XP's is not: no bound but the number of ranges holds for its depth. */
bool kst__vad_balanced(const struct kst_layout *layout);

/* Where the pointer to the top of a tree is: the three forms are told apart by the types there are. */
uint64_t kst__vad_top(const struct kst_layout *layout, uint64_t root);

#endif
