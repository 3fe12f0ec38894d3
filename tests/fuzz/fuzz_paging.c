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

	*done = 0;
	m->reads++;
	if (space != KST_SPACE_PHYSICAL || m->size == 0 || address > 0x100000000u)
		return KST_E_FAULT;
	fuzz_tile(m->bytes, m->size, address, buf, len);
	*done = len;
	return KST_OK;
}

/* None, or one of the mode's: with it the VAD tree and the page frames are asked as well. */
static const struct kst_layout *layout_of(uint32_t paging, uint32_t which)
{
	static const struct {
		uint32_t arch, build[2];
	} keys[6] = {
		[KST_PAGING_X86] = { KST_ARCH_X86, { 2600, 7601 } },
		[KST_PAGING_PAE] = { KST_ARCH_X86, { 9600, 19041 } },
		[KST_PAGING_X64] = { KST_ARCH_X64, { 7601, 19041 } },
		[KST_PAGING_LA57] = { KST_ARCH_X64, { 22621, 22631 } },
		[KST_PAGING_ARM64] = { KST_ARCH_X64, { 19041, 22631 } }, /* nearest that has these members */
	};
	static struct kst_layout *made[6][2];
	struct kst_layout **layout = &made[paging][which & 1];
	struct kst_layout_key key = { .size = sizeof key,
				      .arch = keys[paging].arch,
				      .build = keys[paging].build[which & 1] };

	if ((which & 2) == 0)
		return NULL;
	if (*layout == NULL) {
		*layout = malloc(kst_layout_size());
		TRUTH(*layout != NULL && kst_layout_init_builtin(*layout, kst_layout_size(), &key, NULL) == KST_OK);
	}
	return *layout;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct fuzz_input in = { data, size };
	struct memory memory = { 0 };
	struct kst_reader_ops ops = { .size = sizeof ops, .flags = KST_READER_PHYSICAL_ONLY, .read = read_memory };
	struct kst_identity identity = { .size = sizeof identity };
	struct kst_symbol symbols[] = { { 0, "PsActiveProcessHead" }, { 0, "MmPfnDatabase" } };
	struct kst_target_config config = { .size = sizeof config,
					    .step_budget = 16,
					    .reader = &ops,
					    .reader_user = &memory,
					    .identity = &identity,
					    .symbols = symbols };
	struct kst_translation t = { .size = sizeof t };
	struct kst_page_run run = { .size = sizeof run };
	struct kst_target *target = NULL;
	struct kst_cursor cursor;
	uint8_t byte, choice = fuzz_u8(&in);
	uint64_t va, before;
	kst_status st;

	identity.paging = 1 + choice % 5;
	identity.arch = identity.paging <= KST_PAGING_PAE     ? KST_ARCH_X86
			: identity.paging == KST_PAGING_ARM64 ? KST_ARCH_ARM64
							      : KST_ARCH_X64;
	identity.dtb = fuzz_u32(&in);
	identity.present = KST_IDENTITY_HAS_ARCH | KST_IDENTITY_HAS_PAGING | KST_IDENTITY_HAS_DTB;
	va = fuzz_u64(&in);
	if (identity.arch == KST_ARCH_X86)
		va &= 0xffffffffu;
	config.layout = layout_of(identity.paging, choice >> 4);
	if (config.layout != NULL) {
		for (size_t i = 0; i < 2; i++)
			symbols[i].address = (identity.arch == KST_ARCH_X86 ? 0x80000000u : 0xffff800000000000u) +
					     fuzz_u32(&in) % 0x70000000;
		config.symbols_count = 2;
	}
	memory.bytes = fuzz_rest(&in, &memory.size);
	if (kst_target_create(&config, &target, NULL) == KST_OK) {
		before = memory.reads;
		st = kst_translate(target, KST_SPACE_KERNEL, va, 0, &t, NULL);
		/* five levels, and five more for a prototype entry; with a layout the process list and its tree */
		TRUTH(memory.reads - before <= 16 || (config.layout != NULL && memory.reads - before < 0x200000));
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
