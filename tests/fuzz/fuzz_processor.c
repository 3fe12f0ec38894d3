/* SPDX-License-Identifier: MIT */
/* KPRCB from bytes; processors and their stacks walked over a memory that the input makes. */
#include "fuzz_memory.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct fuzz_machine m;
	struct fuzz_input in = { data, size };
	struct kst_processor p[2] = { { .size = sizeof p[0] }, { .size = sizeof p[0] } };
	struct kst_cursor cursor;

	fuzz_machine(&m, &in);
	for (int i = 0; i < 2; i++)
		TRUTH(kst_decode_processor(m.layout, m.bytes, m.size, FUZZ_BASE, &p[i], NULL) == KST_OK);
	TRUTH(memcmp(&p[0], &p[1], sizeof p[0]) == 0);
	TRUTH(m.size >= 8 || (p[0].present & KST_PROCESSOR_HAS_CURRENT_THREAD) == 0);
	if (kst_processors_begin(&cursor, m.target, NULL) == KST_OK) {
		uint64_t n = 0;

		while (kst_processors_next(&cursor, &p[0], NULL) == KST_OK && n < 4) {
			struct kst_registers start = { sizeof start, 0, fuzz_u64(&in),
						       m.base + (fuzz_u32(&in) & 0xffff), m.base };
			struct kst_stack_link l = { .size = sizeof l };
			struct kst_return_address r = { .size = sizeof r };
			struct kst_cursor stack;
			uint32_t links = 0;

			n++;
			if (kst_stack_begin(&stack, m.target, &p[0], &start, NULL) != KST_OK)
				continue;
			while (kst_stack_next(&stack, &l, NULL) == KST_OK) {
				struct kst_cursor returns;
				uint32_t found = 0;

				TRUTH(++links <= 5);
				TRUTH(!l.checked || (l.sp >= l.low && l.sp < l.high));
				TRUTH((l.present & KST_STACK_LINK_HAS_IP) != 0 || l.ip == 0);
				if (kst_return_addresses_begin(&returns, m.target, &l, NULL) == KST_OK)
					while (found < 16 && kst_return_addresses_next(&returns, &r, NULL) == KST_OK)
						found++;
			}
			TRUTH(kst_cursor_end(&stack) != KST_WALK_RUNNING);
		}
	}
	fuzz_machine_free(&m);
	return 0;
}
