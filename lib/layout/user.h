/* SPDX-License-Identifier: MIT */
/*
 * User-mode structures that programs read directly have stood still since XP: PEB, loader data, process parameters and
 * the head of the TEB, one table per pointer size. They serve the 32-bit side of WOW64 processes, whose types the
 * kernel's symbols lack, and kernels of which only the kernel's own types are known.
 */
#ifndef KST_LAYOUT_USER_H
#define KST_LAYOUT_USER_H

#include "layout.h"

/* The fixed layout for pointers of 4 or 8 bytes; NULL for another size. */
const struct kst_layout *kst__layout_user(uint32_t pointer_size);

#endif
