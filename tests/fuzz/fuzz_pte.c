/* SPDX-License-Identifier: MIT */
/* One entry under any paging mode, level and layout: what is claimed follows from the entry. */
#include "fuzz.h"

static struct kst_layout *layouts[6];

static void make_layouts(void)
{
	static const struct {
		uint32_t arch, build;
	} keys[] = { { KST_ARCH_X86, 2600 },
		     { KST_ARCH_X64, 7601 },
		     { KST_ARCH_X64, 10240 },
		     { KST_ARCH_X64, 19041 },
		     { KST_ARCH_X86, 9200 } };

	for (size_t i = 0; i < sizeof keys / sizeof keys[0] && layouts[i] == NULL; i++) {
		struct kst_layout_key key = { .size = sizeof key, .arch = keys[i].arch, .build = keys[i].build };

		layouts[i] = malloc(kst_layout_size());
		TRUTH(layouts[i] != NULL);
		TRUTH(kst_layout_init_builtin(layouts[i], kst_layout_size(), &key, NULL) == KST_OK);
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct fuzz_input in = { data, size };
	struct kst_pte_context context = { .size = sizeof context };
	struct kst_pte pte = { .size = sizeof pte }, again = { .size = sizeof again };
	const struct kst_layout *layout;
	uint32_t level, flags;
	uint64_t entry;

	make_layouts();
	layout = layouts[fuzz_u8(&in) % 6];
	context.paging = fuzz_u8(&in) % 6;
	context.flags = fuzz_u8(&in) & 0x1f;
	context.invalid_mask = fuzz_u64(&in);
	context.highest_frame = fuzz_u64(&in);
	context.paged_pool_start = fuzz_u32(&in);
	context.subsection_base = fuzz_u32(&in);
	context.nonpaged_pool_end = fuzz_u32(&in);
	level = fuzz_u8(&in) % 7;
	flags = fuzz_u8(&in) & 1;
	entry = fuzz_u64(&in);
	if (kst_decode_pte(layout, &context, level, flags, entry, &pte, NULL) != KST_OK)
		return 0;
	TRUTH(kst_decode_pte(layout, &context, level, flags, entry, &again, NULL) == KST_OK);
	TRUTH(memcmp(&pte, &again, sizeof pte) == 0);
	TRUTH((pte.state == KST_PTE_VALID) == ((entry & 1) != 0));
	TRUTH((pte.state == KST_PTE_ZERO) == (pte.entry == 0));
	TRUTH(pte.protection < 32 && pte.page_file_number < 16);
	TRUTH((pte.present & KST_PTE_HAS_SUBSECTION) == 0 || flags != 0);
	TRUTH((pte.present & KST_PTE_HAS_PROTO_ADDRESS) == 0 || flags == 0);
	/* bit 11 of an entry with the prototype bit never makes it a transition entry */
	TRUTH((entry & 0x401) != 0x400 || pte.state != KST_PTE_TRANSITION);
	if ((pte.state == KST_PTE_TRANSITION) && (pte.present & KST_PTE_HAS_FRAME) != 0 &&
	    (context.flags & KST_PTE_CONTEXT_HAS_HIGHEST_FRAME) != 0)
		TRUTH(pte.frame <= context.highest_frame);
	TRUTH(memchr(pte.letters, 0, sizeof pte.letters) != NULL);
	return 0;
}
