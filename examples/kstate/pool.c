/* SPDX-License-Identifier: MIT */
#include "pool.h"

#include <stdlib.h>
#include <string.h>

static struct kst_large_index *index_memory;
static bool index_tried;

static kst_status make_index(struct session *session, struct kst_error *error)
{
	struct kst_large_table table = { .size = sizeof table };
	kst_status st = kst_large_table_locate(session->target, &table, error);
	size_t size;

	if (st != KST_OK)
		return st;
	size = kst_large_index_size(table.count);
	index_memory = malloc(size);
	if (index_memory == NULL)
		return KST_E_NO_MEMORY;
	st = kst_large_index_init(index_memory, size, session->target, &table, error);
	if (st != KST_OK && st != KST_E_LIMIT)
		pool_done();
	return st;
}

kst_status pool_index(struct session *session, const struct kst_large_index **out, struct kst_error *error)
{
	kst_status st = index_tried ? KST_OK : make_index(session, error);

	index_tried = st != KST_E_HOST;
	*out = index_memory;
	return st == KST_E_HOST ? st : KST_OK;
}

void pool_done(void)
{
	free(index_memory);
	index_memory = NULL;
	index_tried = false;
}

int pool_complain(const char *what, kst_status status, const struct kst_error *error)
{
	if (status != KST_E_FAULT || error->address != 0)
		return complain(what, status, error);
	fprintf(stderr, "kstate: %s: %s\n", what, error->message);
	return CANNOT;
}

kst_status pool_verdict(struct session *session, uint64_t address, struct kst_pool_verdict *out,
			struct kst_error *error)
{
	const struct kst_large_index *index;
	kst_status st = pool_index(session, &index, error);

	memset(out, 0, sizeof *out);
	out->size = sizeof *out;
	return st != KST_OK ? st : kst_pool_find(session->target, index, address, out, error);
}

kst_status pool_places(struct session *session, struct kst_pool_range *places, size_t *count, bool *known,
		       struct kst_error *error)
{
	bool nonpaged = false, paged = false;

	if (kst_pool_ranges(session->target, places, sizeof *places, MOST_RANGES, count, error) == KST_E_HOST)
		return KST_E_HOST;
	for (size_t i = 0; i < *count; i++) {
		nonpaged = nonpaged || places[i].region == KST_POOL_REGION_NONPAGED;
		paged = paged || places[i].region == KST_POOL_REGION_PAGED;
	}
	*known = nonpaged && paged;
	if (*known)
		return KST_OK;
	*count = 1;
	places[0] = (struct kst_pool_range){ .size = sizeof *places, .start = 0xffff800000000000u, .end = UINT64_MAX };
	if (session->identity.arch == KST_ARCH_X86) {
		places[0].start = 0x80000000u;
		places[0].end = 0xfffff000u;
	} else if (session->identity.paging == KST_PAGING_LA57) {
		places[0].start = 0xff00000000000000u;
	}
	return KST_OK;
}

const char *pool_state_text(uint32_t state)
{
	if (state == KST_POOL_STATE_UNKNOWN)
		return NULL;
	return kst_pool_state_name(state == KST_POOL_STATE_CACHED ? KST_POOL_STATE_FREE : state);
}

size_t pool_blocks(struct session *session, uint64_t address, uint32_t start, struct kst_pool_header *blocks,
		   struct kst_pool_page *page, kst_status *status, struct kst_error *error)
{
	size_t done = 0;

	memset(page, 0, sizeof *page);
	page->size = sizeof *page;
	*status = kst_pool_page_read(session->target, session->space, address, start, KST_POOL_PAGE_RESYNC, blocks,
				     sizeof *blocks, MOST_BLOCKS, &done, page, error);
	return done;
}
