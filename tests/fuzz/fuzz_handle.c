/* SPDX-License-Identifier: MIT */
/* Handle tables and entries from bytes; the walk of a table over a memory that the input makes. */
#include "fuzz_memory.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct fuzz_machine m;
	struct fuzz_input in = { data, size };
	struct kst_handle_table t[2] = { { .size = sizeof t[0] }, { .size = sizeof t[0] } };
	struct kst_handle h[2] = { { .size = sizeof h[0] }, { .size = sizeof h[0] } };
	uint32_t flags = fuzz_u8(&in) % 4;
	struct kst_cursor cursor;
	kst_status st;

	fuzz_machine(&m, &in);
	for (int i = 0; i < 2; i++) {
		TRUTH(kst_decode_handle_table(m.layout, m.bytes, m.size, m.base, &t[i], NULL) == KST_OK);
		TRUTH(kst_decode_handle(m.layout, m.bytes, m.size, m.base, &h[i], NULL) == KST_OK);
	}
	TRUTH(memcmp(&t[0], &t[1], sizeof t[0]) == 0 && memcmp(&h[0], &h[1], sizeof h[0]) == 0);
	TRUTH(t[0].levels <= 3 && h[0].state <= KST_HANDLE_BAD);
	TRUTH((h[0].state == KST_HANDLE_BAD) == ((h[0].anomalies & KST_HANDLE_ANOMALY_POINTER) != 0));
	TRUTH(m.size >= 4 || (h[0].present == 0 && h[0].state == KST_HANDLE_UNKNOWN));
	st = kst_handles_begin(&cursor, m.target, m.base, flags, NULL);
	if (st == KST_OK) {
		uint64_t n = 0, last = 0, met = 0;

		while ((st = kst_handles_next(&cursor, &h[0], NULL)) == KST_OK) {
			TRUTH(n == 0 || h[0].handle > last);
			TRUTH(h[0].handle % 4 == 0 && (h[0].present & KST_HANDLE_HAS_HANDLE) != 0);
			last = h[0].handle;
			n++;
		}
		TRUTH(st == KST_END || st == KST_E_CORRUPT || st == KST_E_LIMIT);
		TRUTH(kst_cursor_end(&cursor) != KST_WALK_RUNNING && kst_cursor_count(&cursor) == n);
		TRUTH(kst_handles_next(&cursor, &h[0], NULL) == st);
		for (uint32_t state = 0; state <= KST_HANDLE_BAD; state++)
			met += kst_handles_met(&cursor, state);
		TRUTH((flags & KST_HANDLES_ALL) == 0 ? met >= n : met == n);
	} else {
		TRUTH(st == KST_E_FAULT || st == KST_E_CORRUPT || st == KST_E_NO_MEMBER);
	}
	fuzz_machine_free(&m);
	return 0;
}
