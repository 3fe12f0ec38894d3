/* SPDX-License-Identifier: MIT */
/* What the entry of a page frame means in this machine. */
#ifndef KST_WALK_PFN_USE_H
#define KST_WALK_PFN_USE_H

#include "../decode/pfn.h"
#include "target.h"

#define KST__FRAMES_MOST ((uint64_t)1 << 40) /* 52 bits of physical address */

/* The address of the database. KST_E_FAULT where it is not known, cannot be read or is none; a host's failure as it came. */
kst_status kst__pfn_database(const struct kst_target *target, uint64_t *out);

/*
 * The rest of a decoded entry: frame number and address, bounds, virtual address and use. KST_OK, or a host's failure as it
 * came (the entry of a table is looked at).
 */
kst_status kst__pfn_complete(const struct kst_target *target, uint64_t frame, uint64_t address, struct kst_pfn *pfn);

#endif
