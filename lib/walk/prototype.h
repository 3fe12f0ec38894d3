/* SPDX-License-Identifier: MIT */
/*
 * Entries that are not valid, and how they are followed. Reading on the way is plain: the kernel's memory through valid
 * entries and nothing else (the array of prototypes may be in transition), so that following one entry never means
 * following another.
 */
#ifndef KST_WALK_PROTOTYPE_H
#define KST_WALK_PROTOTYPE_H

#include "target.h"

/* What became of an entry that is not valid. */
struct kst__fate {
	struct kst__vad_hint *hint; /* set by the caller */
	uint64_t present;           /* KST_TRANSLATION_HAS_… */
	uint64_t anomalies;         /* KST_TRANSLATION_ANOMALY_… */
	uint64_t base;              /* physical address of the page, with HAS_PHYSICAL */
	uint64_t proto_address, proto_entry, subsection, page_file_offset;
	uint32_t state, proto_state, page_file_number, protection;
};

/*
 * Follow an entry of `level` that maps `address` and is not valid. `scratch` is for entries on the way (stack is scarce:
 * every read of every walk may come here). KST_OK, or a host's failure as it came.
 */
kst_status kst__follow(const struct kst_target *target, kst_space space, uint64_t address, uint32_t level,
		       uint64_t entry, uint32_t flags, struct kst_pte *scratch, struct kst__fate *fate);

/* A number of the kernel's memory, read plainly. KST_E_FAULT, or a host's failure as it came. */
kst_status kst__plain_number(const struct kst_target *target, uint64_t address, size_t width, uint64_t *out);

/*
 * Is the frame that an entry in transition names still that entry's (lib/walk/pfn_use.c)? `entry_address`: of the entry, 0:
 * not known. KST_OK with *reused false also where the database cannot be read; else a host's failure as it came.
 */
kst_status kst__frame_reused(const struct kst_target *target, uint64_t frame, uint64_t entry_address, bool *reused);

#endif
