/* SPDX-License-Identifier: MIT */
/* An entry from bytes; the table, its index and lookups over a memory that the input makes. */
#include "fuzz_pool_machine.h"

static void decode(const struct fuzz_pool *m)
{
	struct kst_large_allocation a = { .size = sizeof a }, b = { .size = sizeof b };

	TRUTH(kst_decode_large_allocation(m->layout, m->bytes, m->size, m->memory, &a, NULL) == KST_OK);
	TRUTH(kst_decode_large_allocation(m->layout, m->bytes, m->size, m->memory, &b, NULL) == KST_OK);
	TRUTH(memcmp(&a, &b, sizeof a) == 0);
	TRUTH((a.present & KST_LARGE_ALLOCATION_HAS_ADDRESS) == 0 || m->size >= m->width);
	TRUTH((a.present & KST_LARGE_ALLOCATION_HAS_BYTES) == 0 || m->size >= 0xc);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct fuzz_input in = { data, size };
	struct kst_large_allocation large = { .size = sizeof large };
	struct kst_large_index_info info = { .size = sizeof info };
	static struct kst_large_index *index;
	struct kst_cursor cursor;
	struct fuzz_pool *m;
	uint64_t n = 0, last = 0;

	if (index == NULL)
		index = malloc(kst_large_index_size(256));
	TRUTH(index != NULL);
	m = fuzz_pool_machine(&in);
	decode(m);
	if (kst_large_allocations_begin(&cursor, m->target, NULL, 0, NULL) == KST_OK) {
		while (kst_large_allocations_next(&cursor, &large, NULL) == KST_OK) {
			TRUTH(n == 0 || large.index > last);
			last = large.index;
			TRUTH(++n <= 256 && large.address != 0);
		}
		TRUTH(kst_cursor_end(&cursor) == KST_WALK_CLOSED && kst_cursor_count(&cursor) == n);
		TRUTH(kst_large_index_init(index, kst_large_index_size(256), m->target, NULL, NULL) == KST_OK);
		TRUTH(kst_large_index_info(index, &info) == KST_OK && info.live + info.freed <= n &&
		      info.bytes_read <= info.bytes_total);
		for (uint64_t at = 0; at < 0x2000; at += 0x4ff) {
			struct kst_large_allocation one = { .size = sizeof one }, two = { .size = sizeof two };
			kst_status st = kst_large_allocation_find(m->target, NULL, m->memory + at, &one, NULL);
			kst_status by = kst_large_index_find(index, m->target, m->memory + at, &two, NULL);

			TRUTH(st == KST_OK || st == KST_END || st == KST_E_FAULT);
			TRUTH(st == by);
			if (st != KST_OK)
				continue;
			TRUTH(memcmp(&one, &two, sizeof one) == 0);
			TRUTH(one.address <= m->memory + at && m->memory + at - one.address < one.bytes &&
			      one.state == KST_POOL_STATE_ALLOCATED);
		}
	}
	fuzz_pool_machine_free(m);
	return 0;
}
