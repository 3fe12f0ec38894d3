/* SPDX-License-Identifier: MIT */
/* One page frame in any generation, from any number of bytes; and a database over memory that repeats the input. */
#include "fuzz.h"

static const struct {
	uint32_t arch, build, entry;
} keys[] = { { KST_ARCH_X86, 2600, 4 }, { KST_ARCH_X86, 9200, 8 },  { KST_ARCH_X64, 3790, 8 },
	     { KST_ARCH_X64, 7601, 8 }, { KST_ARCH_X64, 19041, 8 }, { KST_ARCH_X64, 22631, 8 } };
static struct kst_layout *layouts[6];

static const struct kst_layout *layout_of(size_t i)
{
	struct kst_layout_key key = { .size = sizeof key, .arch = keys[i].arch, .build = keys[i].build };

	if (layouts[i] == NULL) {
		layouts[i] = malloc(kst_layout_size());
		TRUTH(layouts[i] != NULL &&
		      kst_layout_init_builtin(layouts[i], kst_layout_size(), &key, NULL) == KST_OK);
	}
	return layouts[i];
}

struct memory {
	uint8_t *bytes;
	size_t size;
};

static kst_status read_memory(void *user, kst_space space, uint64_t address, void *buf, size_t len, size_t *done)
{
	const struct memory *m = user;
	size_t there = (size_t)(0x2000 - address % 0x2000); /* every fourth 8 KiB is a hole */

	*done = 0;
	if (space != KST_SPACE_KERNEL || m->size == 0 || (address >> 13 & 3) == 3)
		return KST_E_FAULT;
	*done = len < there || (address >> 13 & 3) != 2 ? len : there;
	fuzz_tile(m->bytes, m->size, address, buf, *done);
	return *done == len ? KST_OK : KST_E_FAULT;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct fuzz_input in = { data, size };
	size_t which = fuzz_u8(&in) % 6;
	const struct kst_layout *layout = layout_of(which);
	struct kst_symbol symbol = { fuzz_u64(&in), "MmPfnDatabase" };
	struct memory memory = { 0 };
	struct kst_reader_ops ops = { .size = sizeof ops, .read = read_memory };
	struct kst_identity identity = { .size = sizeof identity,
					 .arch = keys[which].arch,
					 .paging = keys[which].arch == KST_ARCH_X64 ? KST_PAGING_X64
						   : keys[which].entry == 4         ? KST_PAGING_X86
										    : KST_PAGING_PAE };
	struct kst_target_config config = { .size = sizeof config,
					    .step_budget = 8,
					    .symbols_count = 1,
					    .reader = &ops,
					    .reader_user = &memory,
					    .layout = layout,
					    .identity = &identity,
					    .symbols = &symbol };
	struct kst_pfn pfn = { .size = sizeof pfn };
	struct kst_pfn_counts counts = { .size = sizeof counts };
	struct kst_target *target = NULL;
	struct kst_cursor cursor;
	kst_status st;

	memory.bytes = fuzz_rest(&in, &memory.size);
	TRUTH(kst_decode_pfn(layout, memory.bytes, memory.size, 0, &pfn, NULL) == KST_OK);
	TRUTH(memory.size != 0 || pfn.present == 0);
	TRUTH(pfn.location < 8 && pfn.priority < 8);
	TRUTH((pfn.present & (KST_PFN_HAS_LINKS | KST_PFN_HAS_SHARE_COUNT)) !=
	      (KST_PFN_HAS_LINKS | KST_PFN_HAS_SHARE_COUNT));
	if (kst_target_create(&config, &target, NULL) == KST_OK) {
		st = kst_pfns_begin(&cursor, target, 0, UINT64_MAX, NULL);
		if (st == KST_OK) {
			uint64_t next = 0;

			while ((st = kst_pfns_next(&cursor, &pfn, NULL)) == KST_OK) {
				TRUTH(pfn.frame >= next);
				next = pfn.frame + 1;
			}
			TRUTH(st == KST_END || st == KST_E_LIMIT);
			TRUTH(kst_cursor_end(&cursor) != KST_WALK_RUNNING);
		}
		st = kst_pfn_count(target, &counts, NULL);
		if (st == KST_OK) {
			uint64_t sum = 0;

			for (int i = 0; i < 8; i++)
				sum += counts.pages[i];
			TRUTH(sum == counts.total);
		}
		kst_target_destroy(target);
	}
	free(memory.bytes);
	return 0;
}
