/* SPDX-License-Identifier: MIT */
/* ETHREAD from bytes; the threads of one process and of all in a memory that the input makes. */
#include "fuzz_user.h"

static void walk(struct fuzz_machine *m, uint64_t process, uint32_t list)
{
	struct kst_thread t = { .size = sizeof t };
	struct kst_cursor cursor;
	kst_status st;
	uint64_t n = 0;

	if (kst_threads_begin(&cursor, m->target, process, list, NULL) != KST_OK)
		return;
	while ((st = kst_threads_next(&cursor, &t, NULL)) == KST_OK) {
		TRUTH(++n <= 2 * FUZZ_BUDGET && FUZZ_ENDS(t.name));
		TRUTH((t.present & KST_THREAD_HAS_USER_STACK) == 0 || (t.present & KST_THREAD_HAS_TEB) != 0);
		TRUTH((t.present & KST_THREAD_HAS_EXIT_TIME) == 0 || (t.traits & KST_THREAD_IS_TERMINATED) != 0);
	}
	TRUTH(st == KST_END || st == KST_E_CORRUPT || st == KST_E_LIMIT || st == KST_E_FAULT);
	TRUTH(kst_cursor_end(&cursor) != KST_WALK_RUNNING && kst_cursor_count(&cursor) == n);
	TRUTH(kst_threads_next(&cursor, &t, NULL) == st);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct fuzz_machine m;
	struct fuzz_input in = { data, size };
	struct kst_thread t[2] = { { .size = sizeof t[0] }, { .size = sizeof t[0] } };

	fuzz_machine(&m, &in);
	for (int i = 0; i < 2; i++)
		TRUTH(kst_decode_thread(m.layout, m.bytes, m.size, FUZZ_BASE, &t[i], NULL) == KST_OK);
	TRUTH(memcmp(&t[0], &t[1], sizeof t[0]) == 0);
	TRUTH(m.size >= 0x40 || (t[0].present & KST_THREAD_HAS_TID) == 0);
	for (uint32_t list = 0; list < 2; list++) {
		walk(&m, m.base, list);
		walk(&m, 0, list);
	}
	if (kst_thread_current(m.target, 0, &t[0], NULL) == KST_OK)
		TRUTH(FUZZ_ENDS(t[0].name));
	fuzz_machine_free(&m);
	return 0;
}
