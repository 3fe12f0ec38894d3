/* SPDX-License-Identifier: MIT */
/* Every wanted member of every kernel, out of bytes of any length: a member is there exactly if it lies within. */
#include "fuzz_memory.h"

#include "decode/view.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct fuzz_machine m;
	struct fuzz_input in = { data, size };
	struct kst__view view;

	fuzz_machine(&m, &in);
	view = kst__view_bytes(m.layout, m.bytes, m.size);
	for (int i = 0; i < KST__MEMBER_COUNT; i++) {
		const struct kst__member *place = kst__member(m.layout, (enum kst__member_id)i);
		uint64_t value = 0x5a5a5a5a, base = i % 7 == 0 ? fuzz_u64(&in) : 0;
		bool there = place->present && place->length <= 8 && base <= m.size && m.size - base >= place->offset &&
			     m.size - base - place->offset >= place->length;

		TRUTH(kst__get_at(&view, base, (enum kst__member_id)i, &value) == there);
		TRUTH(there || value == 0x5a5a5a5a);
		TRUTH(!there || place->bit_len == 0 || value <= kst__mask(place->bit_len));
	}
	fuzz_machine_free(&m);
	return 0;
}
