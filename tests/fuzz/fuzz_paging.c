/* SPDX-License-Identifier: MIT */
/* Page tables made of the input: every walk ends, and reading agrees with translating. */
#include "fuzz.h"

#include <stdbool.h>

struct memory {
	uint8_t *bytes;
	size_t size;
	uint64_t reads;
};

/* The input repeats through physical memory, so that tables lead somewhere, often to themselves. */
static kst_status read_memory(void *user, kst_space space, uint64_t address, void *buf, size_t len, size_t *done)
{
	struct memory *m = user;
	uint8_t *out = buf;

	*done = 0;
	m->reads++;
	if (space != KST_SPACE_PHYSICAL || m->size == 0 || address > 0x100000000u)
		return KST_E_FAULT;
	for (size_t i = 0; i < len; i++)
		out[i] = m->bytes[(address + i) % m->size];
	*done = len;
	return KST_OK;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct fuzz_input in = { data, size };
	struct memory memory = { 0 };
	struct kst_reader_ops ops = { .size = sizeof ops, .flags = KST_READER_PHYSICAL_ONLY, .read = read_memory };
	struct kst_identity identity = { .size = sizeof identity };
	struct kst_target_config config = {
		.size = sizeof config, .step_budget = 300, .reader = &ops, .reader_user = &memory, .identity = &identity
	};
	struct kst_translation t = { .size = sizeof t };
	struct kst_page_run run = { .size = sizeof run };
	struct kst_target *target = NULL;
	struct kst_cursor cursor;
	uint64_t va, before;
	uint8_t byte;
	kst_status st;

	identity.paging = 1 + fuzz_u8(&in) % 5;
	identity.arch = identity.paging <= KST_PAGING_PAE     ? KST_ARCH_X86
			: identity.paging == KST_PAGING_ARM64 ? KST_ARCH_ARM64
							      : KST_ARCH_X64;
	identity.dtb = fuzz_u32(&in);
	identity.present = KST_IDENTITY_HAS_ARCH | KST_IDENTITY_HAS_PAGING | KST_IDENTITY_HAS_DTB;
	va = fuzz_u64(&in);
	if (identity.arch == KST_ARCH_X86)
		va &= 0xffffffffu;
	memory.bytes = fuzz_rest(&in, &memory.size);
	if (kst_target_create(&config, &target, NULL) == KST_OK) {
		before = memory.reads;
		st = kst_translate(target, KST_SPACE_KERNEL, va, 0, &t, NULL);
		TRUTH(memory.reads - before <= 16); /* five levels, and five more for a prototype entry */
		TRUTH(st == KST_OK || st == KST_E_FAULT || st == KST_E_ARG);
		if (st == KST_OK) {
			size_t done = 0;
			bool physical = (t.present & KST_TRANSLATION_HAS_PHYSICAL) != 0;

			TRUTH(t.levels_count >= 1 && t.levels_count <= 5);
			TRUTH(physical ==
			      (t.read == KST_PTE_READ_HARDWARE || t.read == KST_PTE_READ_TRANSITION ||
			       (t.read == KST_PTE_READ_PROTOTYPE && (t.present & KST_TRANSLATION_HAS_PAGE_FILE) == 0)));
			TRUTH(t.state == KST_PTE_VALID || t.breakpoint_owed == 1 ||
			      (t.present & KST_TRANSLATION_HAS_BREAKPOINT) == 0);
			st = kst_read(target, KST_SPACE_KERNEL, va, &byte, 1, &done, NULL);
			TRUTH((st == KST_OK) == (physical && t.physical <= 0x100000000u));
		}
		if (kst_page_runs_begin(&cursor, target, KST_SPACE_KERNEL, va, UINT64_MAX, 0, NULL) == KST_OK) {
			uint64_t last = 0;

			while ((st = kst_page_runs_next(&cursor, &run, NULL)) == KST_OK) {
				TRUTH(run.address >= last && run.length != 0);
				last = run.address + (run.length - 1);
				TRUTH(last >= run.address);
			}
			TRUTH(st == KST_END || st == KST_E_LIMIT);
			TRUTH(kst_cursor_end(&cursor) != KST_WALK_RUNNING);
		}
		kst_target_destroy(target);
	}
	free(memory.bytes);
	return 0;
}
