/* SPDX-License-Identifier: MIT */
/* What the pool commands share: one index of the large allocations per run, and verdicts by it. */
#ifndef KSTATE_TOOL_POOL_H
#define KSTATE_TOOL_POOL_H

#include "kstate.h"

#define PAGE        0x1000u
#define MOST_BLOCKS 512
#define MOST_RANGES 16

/* Made on first use; NULL where there is no table. Fails where the reader does. Released by pool_done(). */
kst_status pool_index(struct session *session, const struct kst_large_index **out, struct kst_error *error);
void pool_done(void);

/* As complain(); where the system keeps no table, other dumps of it have none either. */
int pool_complain(const char *what, kst_status status, const struct kst_error *error);

kst_status pool_verdict(struct session *session, uint64_t address, struct kst_pool_verdict *out,
			struct kst_error *error);

/*
 * Where to look for pool: its ranges (room for MOST_RANGES), or kernel space as one where they are not known to be all of
 * it (*known is false). Fails where the reader does.
 */
kst_status pool_places(struct session *session, struct kst_pool_range *places, size_t *count, bool *known,
		       struct kst_error *error);

/* A state as the records have it: "allocated" or "free"; NULL when unknown. */
const char *pool_state_text(uint32_t state);

/* Blocks of a page, the first one `start` bytes from its start; returns their number. */
size_t pool_blocks(struct session *session, uint64_t address, uint32_t start, struct kst_pool_header *blocks,
		   struct kst_pool_page *page, kst_status *status, struct kst_error *error);

/* cmd_pool_map.c: pages as a map of blocks, in the terminal or as SVG. */
int pool_map(struct session *session, uint64_t address, uint64_t length);

#endif
