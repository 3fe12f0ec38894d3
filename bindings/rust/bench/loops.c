/* SPDX-License-Identifier: MIT */
/* What the example `bench` is measured against: the same walks by a caller in C. */
#include <kstate/kstate.h>

uint64_t loop_pfns(const struct kst_target *target, uint64_t first, uint64_t last);
uint64_t loop_pool(const struct kst_target *target, const uint64_t *pages, size_t count);

uint64_t loop_pfns(const struct kst_target *target, uint64_t first, uint64_t last)
{
	struct kst_pfn pfn = { .size = sizeof pfn };
	struct kst_cursor cursor;
	uint64_t n = 0;

	if (kst_pfns_begin(&cursor, target, first, last, NULL) != KST_OK)
		return 0;
	while (kst_pfns_next(&cursor, &pfn, NULL) == KST_OK)
		n++;
	return n;
}

uint64_t loop_pool(const struct kst_target *target, const uint64_t *pages, size_t count)
{
	struct kst_pool_page page = { .size = sizeof page };
	struct kst_pool_header blocks[512];
	uint64_t n = 0;
	size_t done;

	for (size_t i = 0; i < count; i++) {
		if (kst_pool_page_read(target, KST_SPACE_KERNEL, pages[i], 0, 0, blocks, sizeof blocks[0], 512, &done,
				       &page, NULL) == KST_OK)
			n += done;
	}
	return n;
}
