/* SPDX-License-Identifier: MIT */
/* Object types from bytes; all types of a memory that the input makes, by table, list, array or directory. */
#include "fuzz_memory.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct fuzz_machine m;
	struct fuzz_input in = { data, size };
	struct kst_object_type t[2] = { { .size = sizeof t[0] }, { .size = sizeof t[0] } };
	struct kst_cursor cursor;
	uint64_t n = 0;

	fuzz_machine(&m, &in);
	for (int i = 0; i < 2; i++)
		TRUTH(kst_decode_object_type(m.layout, m.bytes, m.size, m.base, &t[i], NULL) == KST_OK);
	TRUTH(memcmp(&t[0], &t[1], sizeof t[0]) == 0);
	TRUTH(m.size >= 8 || t[0].present == 0);
	TRUTH(t[0].tracking == KST_OBJECT_TRACKING_UNKNOWN);
	if (kst_object_types_begin(&cursor, m.target, NULL) == KST_OK) {
		kst_status st;

		while ((st = kst_object_types_next(&cursor, &t[0], NULL)) == KST_OK) {
			TRUTH(n++ <= FUZZ_BUDGET);
			TRUTH(t[0].present != 0 && memchr(t[0].name, 0, sizeof t[0].name) != NULL);
		}
		TRUTH(kst_cursor_count(&cursor) == n);
		TRUTH(kst_cursor_end(&cursor) != KST_WALK_RUNNING);
		TRUTH(st == KST_END || st == KST_E_FAULT || st == KST_E_CORRUPT || st == KST_E_LIMIT);
		TRUTH(kst_object_types_next(&cursor, &t[0], NULL) == st);
	}
	kst_object_type_of(m.target, m.base + 0x200, &t[1], NULL);
	fuzz_machine_free(&m);
	return 0;
}
