/* SPDX-License-Identifier: MIT */
/* Records from bytes; the logs of a memory that the input makes. */
#include "fuzz_memory.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const uint32_t logs[] = { KST_VERIFIER_POOL, KST_VERIFIER_IRP, KST_VERIFIER_CRITICAL_REGION };
	struct fuzz_machine m;
	struct fuzz_input in = { data, size };
	struct kst_verifier_settings settings = { .size = sizeof settings };

	fuzz_machine(&m, &in);
	for (size_t i = 0; i < 3; i++) {
		struct kst_verifier_entry e[2] = { { .size = sizeof e[0] }, { .size = sizeof e[0] } };
		struct kst_cursor cursor;
		uint32_t n = 0;

		for (int k = 0; k < 2; k++)
			TRUTH(kst_decode_verifier_entry(m.layout, logs[i], m.bytes, m.size, FUZZ_BASE, &e[k], NULL) ==
			      KST_OK);
		TRUTH(memcmp(&e[0], &e[1], sizeof e[0]) == 0);
		TRUTH(e[0].stack_count <= 64 && (m.size > 0 || e[0].present == 0));
		if (kst_verifier_begin(&cursor, m.target, logs[i], 0, NULL) != KST_OK)
			continue;
		while (kst_verifier_next(&cursor, &e[0], NULL) == KST_OK)
			TRUTH(++n <= FUZZ_BUDGET && e[0].stack_count <= 64);
		TRUTH(kst_cursor_end(&cursor) != KST_WALK_RUNNING);
	}
	(void)kst_verifier_settings(m.target, &settings, NULL);
	fuzz_machine_free(&m);
	return 0;
}
