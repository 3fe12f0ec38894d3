/* SPDX-License-Identifier: MIT */
/* Verdicts and tag search over a memory that the input makes. */
#include "fuzz_pool_machine.h"

static void check(const struct kst_pool_verdict *v, uint64_t address)
{
	TRUTH(v->address == address && v->candidates_count <= 2);
	TRUTH(v->kind <= KST_POOL_KIND_INCONSISTENT && v->evidence < 0x20000000);
	if ((v->present & KST_POOL_VERDICT_HAS_EXTENT) == 0) {
		TRUTH(v->kind == KST_POOL_KIND_NONE || v->kind == KST_POOL_KIND_INCONSISTENT);
		return;
	}
	TRUTH(v->kind != KST_POOL_KIND_NONE && v->kind != KST_POOL_KIND_INCONSISTENT && v->bytes > 0);
	/* special pool's verdict is the page's one allocation; all others contain the address */
	TRUTH(v->kind == KST_POOL_KIND_SPECIAL || (v->base <= address && address - v->base < v->bytes));
	TRUTH(v->kind != KST_POOL_KIND_LARGE || (v->evidence & KST_POOL_EVIDENCE_LARGE_ENTRY) != 0);
	TRUTH(v->kind != KST_POOL_KIND_CLASSIC || (v->evidence & KST_POOL_EVIDENCE_PAGE_CHAIN) != 0);
}

static void search(const struct fuzz_pool *m, uint64_t from_offset)
{
	static const uint32_t tags[] = { 0x636f7250, 0x656c6946, 0x20202020, 0 };
	struct kst_pool_scan scan = { .size = sizeof scan,
				      .flags = KST_POOL_SCAN_ALL,
				      .end = m->memory + from_offset + 0x1000,
				      .tags_count = 4,
				      .tags = tags };
	uint64_t position = m->memory + from_offset, before = 0;
	struct kst_pool_hit hits[8];
	kst_status st;
	size_t done;

	do {
		uint64_t from = position;

		st = kst_pool_scan(m->target, &scan, &position, hits, sizeof hits[0], 8, &done, NULL);
		TRUTH(done <= 8 && position >= from && (st == KST_OK || st == KST_END));
		for (size_t i = 0; i < done; i++) {
			TRUTH(hits[i].address > before && hits[i].address < position && hits[i].tag_index < 4);
			before = hits[i].address;
		}
	} while (st == KST_OK);
	TRUTH(position == scan.end);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct fuzz_input in = { data, size };
	uint32_t where = fuzz_u32(&in);
	struct fuzz_pool *m = fuzz_pool_machine(&in);
	struct kst_pool_verdict a = { .size = sizeof a }, b = { .size = sizeof b };
	uint64_t address = m->memory + (where & 0x1fff);

	TRUTH(kst_pool_find(m->target, NULL, address, &a, NULL) == KST_OK);
	check(&a, address);
	/* one input in four asks twice, another one searches: neither is worth half of the time */
	if ((where >> 16 & 3) == 1) {
		TRUTH(kst_pool_find(m->target, NULL, address, &b, NULL) == KST_OK);
		TRUTH(memcmp(&a, &b, sizeof a) == 0);
	}
	if ((where >> 16 & 3) == 0)
		search(m, where & 0x1fff);
	fuzz_pool_machine_free(m);
	return 0;
}
