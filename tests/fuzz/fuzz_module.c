/* SPDX-License-Identifier: MIT */
/* Loader entries from bytes; the kernel's lists walked over a memory that the input makes. */
#include "fuzz_memory.h"

#include <stdbool.h>

static bool text_ends(const char *text, size_t room)
{
	return memchr(text, '\0', room) != NULL;
}

static void walk_modules(const struct fuzz_machine *m)
{
	struct kst_module module = { .size = sizeof module };
	struct kst_cursor cursor;
	kst_status st;
	uint64_t n = 0;

	if (kst_kernel_modules_begin(&cursor, m->target, NULL) != KST_OK)
		return;
	while ((st = kst_kernel_modules_next(&cursor, &module, NULL)) == KST_OK) {
		TRUTH(++n <= FUZZ_BUDGET && text_ends(module.name, sizeof module.name) &&
		      text_ends(module.path, sizeof module.path));
		TRUTH(module.address >= m->base && module.address < m->base + m->size);
		TRUTH((module.present & KST_MODULE_HAS_NAME) == 0 ||
		      (module.present & KST_MODULE_HAS_NAME_STRING) != 0);
	}
	TRUTH(st == KST_END || st == KST_E_CORRUPT || st == KST_E_LIMIT || st == KST_E_FAULT);
	TRUTH(kst_cursor_end(&cursor) != KST_WALK_RUNNING && kst_cursor_count(&cursor) == n);
	TRUTH(kst_kernel_modules_next(&cursor, &module, NULL) == st);
	if (n > 0 && (module.present & (KST_MODULE_HAS_BASE | KST_MODULE_HAS_SIZE)) != 0 && module.size_of_image > 0) {
		struct kst_module found = { .size = sizeof found };

		if (kst_module_find(m->target, module.base, &found, NULL) == KST_OK)
			TRUTH(found.base <= module.base && module.base - found.base < found.size_of_image);
	}
}

static void walk_unloaded(const struct fuzz_machine *m)
{
	struct kst_unloaded_module module = { .size = sizeof module };
	struct kst_cursor cursor;
	kst_status st;
	uint64_t n = 0;

	if (kst_unloaded_modules_begin(&cursor, m->target, NULL) != KST_OK)
		return;
	while ((st = kst_unloaded_modules_next(&cursor, &module, NULL)) == KST_OK)
		TRUTH(++n <= 50 && text_ends(module.name, sizeof module.name) &&
		      (module.present & KST_UNLOADED_MODULE_HAS_RANGE) != 0);
	TRUTH(st == KST_END && kst_cursor_end(&cursor) == KST_WALK_CLOSED);
	TRUTH(kst_unloaded_modules_next(&cursor, &module, NULL) == KST_END);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct fuzz_machine m;
	struct fuzz_input in = { data, size };
	struct kst_module a[2] = { { .size = sizeof a[0] }, { .size = sizeof a[0] } };
	struct kst_unloaded_module u = { .size = sizeof u };

	fuzz_machine(&m, &in);
	for (int i = 0; i < 2; i++)
		TRUTH(kst_decode_module(m.layout, m.bytes, m.size, m.base, &a[i], NULL) == KST_OK);
	TRUTH(memcmp(&a[0], &a[1], sizeof a[0]) == 0);
	TRUTH(m.size >= 0x1c || (a[0].present & KST_MODULE_HAS_BASE) == 0);
	TRUTH(kst_decode_unloaded_module(m.layout, m.bytes, m.size, m.base, &u, NULL) == KST_OK);
	walk_modules(&m);
	walk_unloaded(&m);
	fuzz_machine_free(&m);
	return 0;
}
