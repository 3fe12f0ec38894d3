/* SPDX-License-Identifier: MIT */
#ifndef KST_DECODE_DPC_H
#define KST_DECODE_DPC_H

#include "view.h"

#include <kstate/dpc.h>

/* Public symbols, all builds: KOBJECTS numbers (threaded: 18 up to 8, 1a from 8.1 on). */
#define KST__DPC_OBJECT              0x13u
#define KST__THREADED_DPC_OBJECT_OLD 0x18u
#define KST__THREADED_DPC_OBJECT     0x1au

/* Returns false when nothing at all of the KDPC is there. */
bool kst__decode_dpc(const struct kst__view *view, struct kst_dpc *out);

/* The KDPC_DATA behind a view (XP: the KPRCB itself); addresses of first and last are those of KDPCs. */
void kst__decode_dpc_queue(const struct kst__view *view, struct kst_dpc_queue *out);

/* KTIMER, without its bucket; keys may be NULL. */
struct kst__timer_keys {
	uint64_t never, always;
};
void kst__decode_timer(const struct kst__view *view, const struct kst__timer_keys *keys, struct kst_timer *out);

#endif
