/* SPDX-License-Identifier: MIT */
/* The blocks of a page from bytes. */
#include "fuzz_pool_machine.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct kst_pool_header a[512], b[512];
	struct fuzz_input in = { data, size };
	const struct kst_layout *layout = fuzz_pool_layout(fuzz_u8(&in));
	uint32_t flags = fuzz_u8(&in) & 1, start = (uint32_t)fuzz_u8(&in) * 16;
	struct kst_pool_page page = { .size = sizeof page }, again = { .size = sizeof again };
	size_t count = fuzz_u8(&in), done, done_again;
	uint64_t end = 0;
	uint8_t *bytes;

	bytes = fuzz_rest(&in, &size);
	count = count > 200 ? 512 : count;
	TRUTH(kst_decode_pool_page(layout, bytes, size, 0x1000, start, flags, a, sizeof a[0], count, &done, &page,
				   NULL) == KST_OK);
	TRUTH(kst_decode_pool_page(layout, bytes, size, 0x1000, start, flags, b, sizeof b[0], count, &done_again,
				   &again, NULL) == KST_OK);
	TRUTH(done == done_again && memcmp(&page, &again, sizeof page) == 0 && memcmp(a, b, done * sizeof a[0]) == 0);
	TRUTH(done <= count && done <= page.blocks && page.blocks <= 512 && page.allocated <= page.blocks);
	TRUTH(page.consistent == (page.rule == KST_POOL_RULE_NONE));
	TRUTH(page.offset <= 0x1000 && (page.consistent == 0 || page.offset == 0x1000));
	TRUTH((flags & KST_POOL_PAGE_RESYNC) != 0 || page.resyncs == 0);
	for (size_t i = 0; i < done; i++) {
		/* blocks neither overlap nor leave the page, and their headers were there */
		TRUTH(a[i].address >= 0x1000 + start && a[i].address >= end && a[i].block_size > 0);
		end = a[i].address + a[i].block_size;
		TRUTH(end <= 0x2000 && a[i].address - 0x1000 + 4 <= size);
		TRUTH((a[i].anomalies & (KST_POOL_HEADER_ANOMALY_ZERO_SIZE | KST_POOL_HEADER_ANOMALY_LEAVES_PAGE)) ==
		      0);
	}
	if (page.consistent && done == page.blocks && done > 0)
		TRUTH(a[0].address == 0x1000 + start && end == 0x2000);
	free(bytes);
	return 0;
}
