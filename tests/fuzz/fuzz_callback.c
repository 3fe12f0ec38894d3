/* SPDX-License-Identifier: MIT */
/* The routine block from bytes; all callbacks of a memory that the input makes. */
#include "fuzz_memory.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct fuzz_machine m;
	struct fuzz_input in = { data, size };
	struct kst_callback c[2] = { { .size = sizeof c[0] }, { .size = sizeof c[0] } };
	struct kst_cursor cursor;
	uint64_t n = 0;

	fuzz_machine(&m, &in);
	for (int i = 0; i < 2; i++)
		TRUTH(kst_decode_callback(m.layout, m.bytes, m.size, FUZZ_BASE, &c[i], NULL) == KST_OK);
	TRUTH(memcmp(&c[0], &c[1], sizeof c[0]) == 0);
	TRUTH(m.size >= 8 || (c[0].present & KST_CALLBACK_HAS_FUNCTION) == 0);
	if (kst_callbacks_begin(&cursor, m.target, 0, NULL) == KST_OK) {
		while (n < 64 && kst_callbacks_next(&cursor, &c[0], NULL) == KST_OK) {
			n++;
			TRUTH(c[0].kind <= KST_CALLBACK_BUGCHECK);
			TRUTH((c[0].present & KST_CALLBACK_HAS_FUNCTION) != 0 || c[0].function == 0);
			TRUTH(memchr(c[0].name, 0, sizeof c[0].name) != NULL &&
			      memchr(c[0].module, 0, sizeof c[0].module) != NULL);
		}
		TRUTH(n == 64 || kst_callbacks_next(&cursor, &c[0], NULL) != KST_OK);
	}
	fuzz_machine_free(&m);
	return 0;
}
