/* SPDX-License-Identifier: MIT */
/* Walking processes, for the walks that need every process and no more of each than its address. */
#ifndef KST_WALK_PROCESS_H
#define KST_WALK_PROCESS_H

#include "target.h"

#include <kstate/process.h>

/* One circular list whose entries lie at a fixed offset of their objects. */
struct kst__ring {
	uint64_t head;     /* address of the list head */
	uint64_t at;       /* entry to visit next; 0: not begun */
	uint64_t previous; /* the entry before it */
	uint64_t offset;   /* of the entry in the object */
};

/*
 * The next object of a ring: KST_OK, KST_END at the head (end: closed), KST_E_FAULT (unreadable), KST_E_CORRUPT (loop,
 * mismatch), KST_E_LIMIT. Sets cursor->end; a back link that is wrong sets the cursor's anomaly.
 */
kst_status kst__ring_next(struct kst__cursor *cursor, struct kst__ring *ring, uint64_t *object, struct kst_error *err);

/* The list that a source names; KST_E_NO_MEMBER when its address or offset is not known. */
kst_status kst__processes_ring(const struct kst_target *target, uint32_t source, struct kst__ring *out,
			       struct kst_error *err);

/* Address of the Idle process: KST_OK, KST_END when it is not known, KST_E_HOST. */
kst_status kst__idle_process(const struct kst_target *target, uint64_t *out, struct kst_error *err);

/* Full path of the image into *out, with its present and anomaly bits. KST_OK whether or not there is one. */
kst_status kst__process_path(const struct kst_target *target, struct kst_process *out, struct kst_error *err);

/* Are the neighbours of a list entry linked with it? 1 yes, 0 no, -1 it cannot be told. KST_OK or KST_E_HOST. */
kst_status kst__entry_linked(const struct kst_target *target, uint64_t entry, int *out, struct kst_error *err);

/* The process or thread that PspCidTable has for an id; KST_END: the table has none; else as kst__handle_lookup(). */
kst_status kst__cid_object(const struct kst_target *target, uint64_t id, uint64_t *body, struct kst_error *err);

/* A member of the current thread's KPRCB: KPRCB.CurrentThread of a processor. */
kst_status kst__current_thread(const struct kst_target *target, uint32_t processor, uint64_t *out,
			       struct kst_error *err);

#endif
