/* SPDX-License-Identifier: MIT */
/* Directory entries from bytes; the object directory of a memory that the input makes. */
#include "fuzz_memory.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct fuzz_machine m;
	struct fuzz_input in = { data, size };
	struct kst_directory_entry e[2] = { { .size = sizeof e[0] }, { .size = sizeof e[0] } };
	struct kst_cursor cursor;
	uint64_t body = 0;
	kst_status st;

	fuzz_machine(&m, &in);
	for (int i = 0; i < 2; i++)
		TRUTH(kst_decode_directory_entry(m.layout, m.bytes, m.size, m.base, &e[i], NULL) == KST_OK);
	TRUTH(memcmp(&e[0], &e[1], sizeof e[0]) == 0);
	TRUTH(m.size >= 4 || e[0].present == 0);
	for (uint32_t flags = 0; flags < 2; flags++) {
		uint64_t n = 0;

		st = kst_directory_begin(&cursor, m.target, m.base + 0x100, flags, NULL);
		if (st != KST_OK)
			continue;
		while ((st = kst_directory_next(&cursor, &e[0], NULL)) == KST_OK) {
			TRUTH(n++ <= FUZZ_BUDGET);
			TRUTH(e[0].bucket < 37 && e[0].depth < 16 && e[0].present != 0);
			TRUTH(flags != 0 || e[0].depth == 0);
		}
		TRUTH(st == KST_END || st == KST_E_CORRUPT || st == KST_E_LIMIT);
		TRUTH(kst_cursor_end(&cursor) != KST_WALK_RUNNING && kst_cursor_count(&cursor) == n);
		TRUTH(kst_directory_next(&cursor, &e[0], NULL) == st);
	}
	st = kst_directory_find(m.target, "\\a\\b", &body, NULL);
	TRUTH(st != KST_OK || body != 0);
	fuzz_machine_free(&m);
	return 0;
}
