/* SPDX-License-Identifier: MIT */
/* MMVAD from bytes; the tree of a process in a memory that the input makes. */
#include "fuzz_user.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct fuzz_machine m;
	struct fuzz_input in = { data, size };
	struct kst_vad v[2] = { { .size = sizeof v[0] }, { .size = sizeof v[0] } };
	struct kst_process p = { .size = sizeof p, .present = KST_PROCESS_HAS_VAD_ROOT };
	struct kst_cursor cursor;
	uint64_t n = 0, last = 0;
	kst_status st;

	fuzz_machine(&m, &in);
	for (int i = 0; i < 2; i++)
		TRUTH(kst_decode_vad(m.layout, m.bytes, m.size, FUZZ_BASE, &v[i], NULL) == KST_OK);
	TRUTH(memcmp(&v[0], &v[1], sizeof v[0]) == 0);
	TRUTH(m.size >= 8 || (v[0].present & KST_VAD_HAS_RANGE) == 0);
	p.vad_root = m.base;
	if (kst_vads_begin(&cursor, m.target, &p, NULL) == KST_OK) {
		while ((st = kst_vads_next(&cursor, &v[0], NULL)) == KST_OK) {
			TRUTH(++n <= FUZZ_BUDGET && FUZZ_ENDS(v[0].path));
			if (v[0].present & KST_VAD_HAS_RANGE) {
				TRUTH(n == 1 || v[0].end > last);
				last = v[0].end;
			}
		}
		TRUTH(st == KST_END || st == KST_E_CORRUPT || st == KST_E_LIMIT);
		TRUTH(kst_cursor_end(&cursor) != KST_WALK_RUNNING && kst_cursor_count(&cursor) == n);
		TRUTH(kst_vads_next(&cursor, &v[0], NULL) == st);
	}
	fuzz_machine_free(&m);
	return 0;
}
