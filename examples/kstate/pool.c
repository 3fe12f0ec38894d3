/* SPDX-License-Identifier: MIT */
#include "pool.h"

#include <stdlib.h>
#include <string.h>

static struct kst_large_index *index_memory;
static bool index_tried;

const struct kst_large_index *pool_index(struct session *session)
{
	struct kst_large_table table = { .size = sizeof table };
	struct kst_error error = { .size = sizeof error };
	kst_status st;
	size_t size;

	if (index_tried)
		return index_memory;
	index_tried = true;
	if (kst_large_table_locate(session->target, &table, &error) != KST_OK)
		return NULL;
	size = kst_large_index_size(table.count);
	index_memory = malloc(size);
	if (index_memory == NULL)
		return NULL;
	st = kst_large_index_init(index_memory, size, session->target, &table, &error);
	if (st != KST_OK && st != KST_E_LIMIT)
		pool_done();
	return index_memory;
}

void pool_done(void)
{
	free(index_memory);
	index_memory = NULL;
}

kst_status pool_verdict(struct session *session, uint64_t address, struct kst_pool_verdict *out,
			struct kst_error *error)
{
	memset(out, 0, sizeof *out);
	out->size = sizeof *out;
	return kst_pool_find(session->target, pool_index(session), address, out, error);
}

const char *pool_state_text(uint32_t state)
{
	if (state == KST_POOL_STATE_UNKNOWN)
		return NULL;
	return kst_pool_state_name(state == KST_POOL_STATE_CACHED ? KST_POOL_STATE_FREE : state);
}

size_t pool_blocks(struct session *session, uint64_t address, struct kst_pool_header *blocks,
		   struct kst_pool_page *page, kst_status *status, struct kst_error *error)
{
	size_t done = 0;

	memset(page, 0, sizeof *page);
	page->size = sizeof *page;
	*status = kst_pool_page_read(session->target, session->space, address, 0, KST_POOL_PAGE_RESYNC, blocks,
				     sizeof *blocks, MOST_BLOCKS, &done, page, error);
	return done;
}
