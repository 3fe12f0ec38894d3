/* SPDX-License-Identifier: MIT */
/* A slot from bytes; the tag tracker over a memory that the input makes. */
#include "fuzz_pool_machine.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct fuzz_input in = { data, size };
	struct kst_pool_usage a = { .size = sizeof a }, b = { .size = sizeof b };
	struct kst_cursor cursor;
	struct fuzz_pool *m;
	uint64_t n = 0;

	m = fuzz_pool_machine(&in);
	TRUTH(kst_decode_pool_usage(m->layout, m->bytes, m->size, m->memory, &a, NULL) == KST_OK);
	TRUTH(kst_decode_pool_usage(m->layout, m->bytes, m->size, m->memory, &b, NULL) == KST_OK);
	TRUTH(memcmp(&a, &b, sizeof a) == 0);
	TRUTH((a.present & KST_POOL_USAGE_HAS_TAG) == 0 || m->size >= 4);
	TRUTH((a.present & KST_POOL_USAGE_HAS_PAGED) == 0 || m->size >= 0x1c);
	if (kst_pool_usage_begin(&cursor, m->target, NULL) == KST_OK) {
		while (kst_pool_usage_next(&cursor, &a, NULL) == KST_OK)
			TRUTH(++n <= 256 + 8 && (a.tag[0] | a.tag[1] | a.tag[2] | a.tag[3]) != 0 && a.tables <= 2);
		TRUTH(kst_cursor_end(&cursor) == KST_WALK_CLOSED && kst_cursor_count(&cursor) == n);
		TRUTH(kst_pool_usage_next(&cursor, &a, NULL) == KST_END);
	}
	fuzz_pool_machine_free(m);
	return 0;
}
