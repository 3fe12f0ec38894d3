/* SPDX-License-Identifier: MIT */
/* One POOL_HEADER from bytes. */
#include "fuzz_pool_machine.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct fuzz_input in = { data, size };
	const struct kst_layout *layout = fuzz_pool_layout(fuzz_u8(&in));
	uint64_t address = fuzz_u32(&in), process, cookie = fuzz_u8(&in);
	struct kst_pool_header a = { .size = sizeof a }, b = { .size = sizeof b };
	uint8_t *bytes = fuzz_rest(&in, &size);
	kst_status st = kst_decode_pool_header(layout, bytes, size, address, &a, NULL);

	TRUTH(st == (size < 4 ? KST_E_FAULT : KST_OK));
	TRUTH(kst_decode_pool_header(layout, bytes, size, address, &b, NULL) == st);
	TRUTH(memcmp(&a, &b, sizeof a) == 0);
	if (st == KST_OK) {
		TRUTH(a.unit == 8 || a.unit == 16);
		TRUTH(a.block_size % a.unit == 0 && a.block_size < 0x1000 && a.previous_size < 0x1000);
		TRUTH((a.present & KST_POOL_HEADER_HAS_TAG) == 0 || size >= 8);
		TRUTH((a.present & KST_POOL_HEADER_HAS_QUOTA_PROCESS) == 0 ||
		      (a.present & KST_POOL_HEADER_HAS_QUOTA_RAW) != 0);
		TRUTH((a.present & KST_POOL_HEADER_HAS_QUOTA_RAW) == 0 || (size >= 12 && (a.base_type & 8) != 0));
		TRUTH(((a.anomalies & KST_POOL_HEADER_ANOMALY_ZERO_SIZE) != 0) == (a.block_size == 0));
		st = kst_pool_quota_process(layout, &a, cookie, &process);
		TRUTH(st == KST_OK || st == KST_E_NO_MEMBER || st == KST_E_CORRUPT);
	}
	free(bytes);
	return 0;
}
