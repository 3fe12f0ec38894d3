/* SPDX-License-Identifier: MIT */
/* A page against the pattern of special pool. */
#include "fuzz_pool_machine.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct fuzz_input in = { data, size };
	const struct kst_layout *layout = fuzz_pool_layout(fuzz_u8(&in));
	struct kst_special_pool a = { .size = sizeof a }, b = { .size = sizeof b };
	bool filled = (fuzz_u8(&in) & 1) != 0;
	uint8_t *bytes;

	/* a whole page made of the input and its last byte, else the input alone */
	if (filled) {
		bytes = malloc(0x1000);
		TRUTH(bytes != NULL);
		memset(bytes, in.size > 0 ? in.data[in.size - 1] : 0, 0x1000);
		if (in.size > 0)
			memcpy(bytes, in.data, in.size < 0x1000 ? in.size : 0x1000);
		size = 0x1000;
	} else {
		bytes = fuzz_rest(&in, &size);
	}
	TRUTH(kst_decode_special_pool(layout, bytes, size, 0x5000, &a, NULL) == KST_OK);
	TRUTH(kst_decode_special_pool(layout, bytes, size, 0x5000, &b, NULL) == KST_OK);
	TRUTH(memcmp(&a, &b, sizeof a) == 0);
	if (a.sound) {
		TRUTH(a.anomalies == 0 && a.bytes > 0 && a.bytes < 0x1000 &&
		      (a.present & KST_SPECIAL_POOL_HAS_FILL) != 0);
		TRUTH(a.data >= 0x5000 && a.data + a.bytes <= 0x6000 && a.fill_bytes >= 8);
	}
	free(bytes);
	return 0;
}
