/* SPDX-License-Identifier: MIT */
/* What a target finds of its machine's tables: the self-map, the mask of entries that are not valid, the highest frame. */
#include "support/page_tables.h"

#include <stdlib.h>

static struct kst_pte_context context_of(const struct kst_target *t)
{
	struct kst_pte_context context = { .size = sizeof context };

	assert_int_equal(kst_target_pte_context(t, &context), KST_OK);
	return context;
}

/* The root's entry that leads to the root: the address that a walk gives of each entry holds it. */
static void in_the_root(void **state)
{
	const struct paging_row *row = *state;
	struct image *img = image_new(row->paging);
	struct kst_translation out;
	struct kst_target *t;

	image_put64(img, row->va & ~(uint64_t)7, 42);
	t = image_target(img, NULL);
	out = translated(t, row->va, 0);
	assert_true(out.levels[0].entry_virtual == 0); /* there is none yet, and none is made up */
	if (row->self_level == 0) {
		image_free(img);
		return;
	}
	put_entry(image_entry(img, image_dtb(img), row->pte_base, row->self_level), row->entry,
		  image_dtb(img) | (row->paging == KST_PAGING_ARM64 ? 0x703 : 0x63));
	t = image_target(img, NULL);
	out = translated(t, row->va, 0);
	assert_true(out.levels[out.levels_count - 1].entry_virtual ==
		    row->pte_base + ((row->va & (row->paging == KST_PAGING_X86    ? 0xffffffff
						 : row->paging == KST_PAGING_LA57 ? 0x1ffffffffffffff
										  : 0xffffffffffff)) >>
				     12) * row->entry);
	for (uint32_t i = 0; i < out.levels_count; i++) {
		struct kst_translation entry = translated(t, out.levels[i].entry_virtual, 0);

		assert_true(entry.physical == out.levels[i].entry_physical);
	}
	image_free(img);
}

/* PAE maps its four page directories, not the four entries above them. */
static void of_pae(void **state)
{
	struct image *img = image_new(KST_PAGING_PAE);
	const uint64_t va = 0x80401ff8, base = 0xc0000000;
	struct kst_translation out;
	struct kst_target *t;

	(void)state;
	image_put64(img, va, 42);
	for (uint64_t i = 0; i < 4; i++) {
		uint64_t directory;

		image_entry(img, image_dtb(img), i << 30, 2); /* makes it */
		directory = get_entry(image_entry(img, image_dtb(img), i << 30, 3), 8) & 0xfffff000;
		put_entry(image_entry(img, image_dtb(img), base + (i << 21), 2), 8, directory | 0x63);
	}
	t = image_target(img, NULL);
	out = translated(t, va, 0);
	assert_int_equal(out.levels_count, 3);
	assert_true(out.levels[0].entry_virtual == 0);
	assert_true(out.levels[1].entry_virtual == 0xc0600000 + (va >> 21) * 8);
	assert_true(out.levels[2].entry_virtual == base + (va >> 12) * 8);
	for (uint32_t i = 1; i < 3; i++)
		assert_true(translated(t, out.levels[i].entry_virtual, 0).physical == out.levels[i].entry_physical);
	image_free(img);
}

/* A reader of virtual memory: the way down goes through the self-map, and may begin below a missing entry. */
static void through_the_self_map(void **state)
{
	struct image *img = image_new(KST_PAGING_X64);
	uint64_t va = 0xfffff80000401ff8, base = 0xffffec8000000000, pte;
	struct kst_symbol symbol = { 0xfffff80000500000, "MmPteBase" };
	struct kst_translation out;
	struct kst_target *t;

	(void)state;
	image_put64(img, va, 42);
	put_entry(image_entry(img, image_dtb(img), base, 4), 8, image_dtb(img) | 0x63);
	image_put64(img, symbol.address, base);
	image_virtual(img, true);
	t = image_target_symbols(img, NULL, &symbol, 1);
	out = translated(t, va, 0);
	assert_int_equal(out.state, KST_PTE_VALID);
	assert_true(out.physical == image_physical(img, va));
	assert_int_equal(out.levels_count, 4);
	pte = base + ((va & 0xffffffffffff) >> 12) * 8;
	assert_true(out.levels[3].entry_virtual == pte);
	assert_true(out.levels[3].entry_physical != 0);
	/* without the topmost entry: those below are read for themselves, where they are in physical memory is not known */
	image_fail(img, 2, false, KST_E_FAULT); /* the first was asked of physical memory */
	out = translated(t, va, 0);
	assert_int_equal(out.state, KST_PTE_VALID);
	assert_true(out.physical == image_physical(img, va));
	assert_int_equal(out.levels_count, 4);
	assert_int_equal(out.levels[0].state, KST_PTE_UNREADABLE);
	assert_true(out.levels[0].entry == 0 && out.levels[0].entry_physical != 0 && out.levels[0].entry_virtual != 0);
	assert_int_equal(out.levels[1].state, KST_PTE_VALID);
	assert_true(out.levels[1].entry != 0 && out.levels[1].entry_physical == 0);
	assert_true(out.levels[2].entry_physical == (out.levels[1].entry & 0xffffff000) + (va >> 21 & 511) * 8);
	image_free(img);
}

/* From the debugger data block where it is this kernel's and new enough, and the address sound. */
static void in_the_block(void **state)
{
	static const struct {
		uint32_t paging, tag, size;
		uint64_t base, kernel_base;
		bool taken;
	} cases[] = {
		{ KST_PAGING_X64, 0x4742444b, 0x380, 0xfffffd8000000000, 0xfffff80000200000, true },
		{ KST_PAGING_X64, 0x4742444b, 0x340, 0xfffffd8000000000, 0xfffff80000200000, false },
		{ KST_PAGING_X64, 0x12345678, 0x380, 0xfffffd8000000000, 0xfffff80000200000, false },
		{ KST_PAGING_X64, 0x4742444b, 0x380, 0xfffffd8000001000, 0xfffff80000200000, false },
		{ KST_PAGING_X64, 0x4742444b, 0x380, 0x00007d8000000000, 0xfffff80000200000, false },
		{ KST_PAGING_X64, 0x4742444b, 0x380, 0xfffffd8000000000, 0xfffff80000300000, false },
		{ KST_PAGING_LA57, 0x4742444b, 0x380, 0xff40000000000000, 0xfffff80000200000, true },
		{ KST_PAGING_LA57, 0x4742444b, 0x380, 0xff40008000000000, 0xfffff80000200000, false },
	};
	uint64_t block = 0xfffff80000500000, va = 0xfffff80000401000;

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct image *img = image_new(cases[i].paging);
		struct kst_translation out;

		image_put64(img, va, 42);
		image_put64(img, block, block + 0x1000); /* a list of one */
		image_put64(img, block + 8, block + 0x1000);
		image_put32(img, block + 0x10, cases[i].tag);
		image_put32(img, block + 0x14, cases[i].size);
		image_put64(img, block + 0x18, 0xfffff80000200000);
		image_put64(img, block + 0x360, cases[i].base);
		image_identity(img)->debugger_data = block;
		image_identity(img)->kernel_base = cases[i].kernel_base;
		image_identity(img)->present |= KST_IDENTITY_HAS_DEBUGGER_DATA | KST_IDENTITY_HAS_KERNEL_BASE;
		out = translated(image_target(img, NULL), va, 0);
		assert_int_equal(out.levels[out.levels_count - 1].entry_virtual != 0, cases[i].taken);
		image_free(img);
	}
}

/* Windows 10's mask: through MiState, a global of its own, or from the caller, who wins. */
static void mask(void **state)
{
	struct kst_layout *layout = layout_builtin(KST_ARCH_X64, 19041, 3570);
	const struct kst_symbol symbols[] = { { 0xfffff80000500000, "MiState" },
					      { 0xfffff80000510000, "MmHighestPhysicalPage" } };
	struct image *img = image_new(KST_PAGING_X64);
	struct kst_target_config config = { .size = sizeof config,
					    .flags = KST_TARGET_HAS_PTE_MASK,
					    .invalid_pte_mask = 0x1000000000000,
					    .reader = image_reader(img),
					    .reader_user = img,
					    .layout = layout,
					    .identity = image_identity(img),
					    .symbols = symbols,
					    .symbols_count = 2 };
	struct kst_member m = { .size = sizeof m };
	struct kst_pte_context context;
	struct kst_target *t;

	(void)state;
	context = context_of(image_target_symbols(img, layout, symbols, 2));
	assert_int_equal(context.flags, 0); /* neither is in memory */
	assert_int_equal(kst_layout_member(layout, "_MI_SYSTEM_INFORMATION", "Hardware.InvalidPteMask", &m), KST_OK);
	image_put64(img, symbols[0].address + m.offset, 0x200000000000);
	image_put64(img, symbols[1].address, 0x12345);
	context = context_of(image_target_symbols(img, layout, symbols, 2));
	assert_true(context.flags == (KST_PTE_CONTEXT_HAS_MASK | KST_PTE_CONTEXT_HAS_HIGHEST_FRAME));
	assert_true(context.invalid_mask == 0x200000000000 && context.highest_frame == 0x12345);
	assert_int_equal(kst_target_create(&config, &t, NULL), KST_OK);
	assert_true(context_of(t).invalid_mask == 0x1000000000000);
	kst_target_destroy(t);
	/* a mask over the bits of a page is none */
	image_put64(img, symbols[0].address + m.offset, 0x200000000010);
	assert_int_equal(context_of(image_target_symbols(img, layout, symbols, 2)).flags & KST_PTE_CONTEXT_HAS_MASK, 0);
	/* a host that fails ends it */
	image_fail(img, 3, true, -7);
	assert_int_equal(kst_target_create(&config, &t, NULL), KST_E_HOST);
	image_free(img);
	free(layout);
}

/* Entries without a swizzle bit have no mask, where the layout is surely the kernel's; else servicing may have brought one. */
static void no_mask(void **state)
{
	static const struct {
		uint32_t build, revision, flags;
	} cases[] = {
		{ 3790, 3959, KST_PTE_CONTEXT_HAS_MASK },
		{ 7601, 24000, KST_PTE_CONTEXT_HAS_MASK },
		{ 7601, 24214, 0 },
		{ 17134, 0, 0 },
		{ 17134, 228, 0 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct kst_layout *layout = layout_builtin(KST_ARCH_X64, cases[i].build, cases[i].revision);
		struct image *img = image_new(KST_PAGING_X64);

		assert_int_equal(context_of(image_target(img, layout)).flags, cases[i].flags);
		image_free(img);
		free(layout);
	}
}

int main(void)
{
	struct CMUnitTest tests[5 + sizeof paging_rows / sizeof paging_rows[0]] = {
		cmocka_unit_test(of_pae),       cmocka_unit_test(through_the_self_map),
		cmocka_unit_test(in_the_block), cmocka_unit_test(mask),
		cmocka_unit_test(no_mask),
	};
	size_t n = 5;

	n += ROWS_TO_TESTS(tests + n, paging_rows, in_the_root);
	return _cmocka_run_group_tests("selfmap", tests, n, NULL, NULL);
}
