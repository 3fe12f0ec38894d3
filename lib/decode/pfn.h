/* SPDX-License-Identifier: MIT */
#ifndef KST_DECODE_PFN_H
#define KST_DECODE_PFN_H

#include "view.h"

#include <kstate/pfn.h>

/* Everything that the entry itself tells; *out is written whole. */
void kst__decode_pfn(const struct kst__view *view, struct kst_pfn *out);

/* Place of PageLocation in an entry: byte, lowest bit. False when the layout lacks it. */
bool kst__pfn_location_place(const struct kst_layout *layout, uint32_t *byte, uint32_t *bit);

#endif
