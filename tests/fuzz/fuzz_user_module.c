/* SPDX-License-Identifier: MIT */
/* Loader entries and unload records from bytes; the three lists and the ring in a memory that the input makes. */
#include "fuzz_user.h"

static void walk(const struct fuzz_machine *m, const struct kst_peb *peb, uint32_t list)
{
	struct kst_user_module module = { .size = sizeof module };
	struct kst_cursor cursor;
	kst_status st;
	uint64_t n = 0;

	if (kst_user_modules_begin(&cursor, m->target, FUZZ_SPACE, peb, list, NULL) != KST_OK)
		return;
	while ((st = kst_user_modules_next(&cursor, &module, NULL)) == KST_OK) {
		TRUTH(++n <= 4096 && FUZZ_ENDS(module.name) && FUZZ_ENDS(module.path));
		/* the links are in memory; what lies before them may not be */
		TRUTH(module.address + 0x30 > m->base && module.address < m->base + m->size);
		TRUTH((module.linked & ~module.checked) == 0 && module.checked < 8);
	}
	TRUTH(st == KST_END || st == KST_E_CORRUPT || st == KST_E_LIMIT || st == KST_E_FAULT);
	TRUTH(kst_cursor_end(&cursor) != KST_WALK_RUNNING && kst_cursor_count(&cursor) == n);
	TRUTH(kst_user_modules_next(&cursor, &module, NULL) == st);
}

static void walk_unloaded(const struct fuzz_machine *m, uint32_t bits)
{
	struct kst_unloaded_user_module u = { .size = sizeof u };
	struct kst_cursor cursor;
	uint64_t n = 0;

	if (kst_unloaded_user_modules_begin(&cursor, m->target, FUZZ_SPACE, bits, FUZZ_USER, 0, 16, NULL) != KST_OK)
		return;
	while (kst_unloaded_user_modules_next(&cursor, &u, NULL) == KST_OK)
		TRUTH(++n <= 16 && FUZZ_ENDS(u.name) && u.base != 0);
	TRUTH(kst_cursor_end(&cursor) != KST_WALK_RUNNING);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct fuzz_machine m;
	struct fuzz_input in = { data, size };
	struct kst_user_module a[2] = { { .size = sizeof a[0] }, { .size = sizeof a[0] } };
	struct kst_unloaded_user_module u = { .size = sizeof u };
	struct kst_peb peb = { .size = sizeof peb };

	fuzz_machine(&m, &in);
	fuzz_to_user(&m, fuzz_width(&m));
	for (int i = 0; i < 2; i++)
		TRUTH(kst_decode_user_module(m.layout, m.bytes, m.size, FUZZ_USER, &a[i], NULL) == KST_OK);
	TRUTH(memcmp(&a[0], &a[1], sizeof a[0]) == 0);
	TRUTH(m.size >= 0x18 || (a[0].present & KST_USER_MODULE_HAS_BASE) == 0);
	TRUTH(kst_decode_unloaded_user_module(fuzz_width(&m), m.bytes, m.size, FUZZ_USER, &u, NULL) == KST_OK);
	TRUTH(FUZZ_ENDS(u.name));
	for (uint32_t bits = 32; bits <= 64; bits += 32) {
		if (kst_peb_read(m.target, FUZZ_SPACE, FUZZ_USER, bits, &peb, NULL) == KST_OK)
			for (uint32_t list = 0; list < 3; list++)
				walk(&m, &peb, list);
		walk_unloaded(&m, bits);
	}
	fuzz_machine_free(&m);
	return 0;
}
