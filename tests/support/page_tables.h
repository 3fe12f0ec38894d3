/* SPDX-License-Identifier: MIT */
/* One row for each paging mode, and entries of its tables. */
#ifndef KST_TESTS_PAGE_TABLES_H
#define KST_TESTS_PAGE_TABLES_H

#include "image.h"
#include "support.h"

struct paging_row {
	const char *name;
	uint32_t paging;
	uint64_t va;
	uint64_t user_va;
	unsigned entry;
	uint64_t pte_base;   /* self-map to be made */
	unsigned self_level; /* level whose entry for pte_base maps the root */
};

static const struct paging_row paging_rows[] = {
	{ "x86", KST_PAGING_X86, 0x80401ff8, 0x12f980, 4, 0xc0000000, 2 },
	{ "pae", KST_PAGING_PAE, 0x80401ff8, 0x12f980, 8, 0, 0 },
	{ "x64", KST_PAGING_X64, 0xfffff80000401ff8, 0x1a42ea30240, 8, 0xffffec8000000000, 4 },
	{ "la57", KST_PAGING_LA57, 0xffff800000401ff8, 0x1a42ea30240, 8, 0xff40000000000000, 5 },
	{ "arm64", KST_PAGING_ARM64, 0xfffff80000401ff8, 0x1a42ea30240, 8, 0xffffa88000000000, 4 },
};

static inline void put_entry(uint8_t *at, unsigned width, uint64_t value)
{
	for (unsigned i = 0; i < width; i++)
		at[i] = (uint8_t)(value >> (8 * i));
}

static inline uint64_t get_entry(const uint8_t *at, unsigned width)
{
	uint64_t value = 0;

	for (unsigned i = 0; i < width; i++)
		value |= (uint64_t)at[i] << (8 * i);
	return value;
}

static inline struct kst_translation translated(const struct kst_target *t, uint64_t va, uint32_t flags)
{
	struct kst_translation out = { .size = sizeof out };

	assert_int_equal(kst_translate(t, KST_SPACE_KERNEL, va, flags, &out, NULL), KST_OK);
	assert_true(out.address == va);
	return out;
}

/* The image's valid entry: transition keeps the frame. */
static inline void make_transition(struct image *img, const struct paging_row *row, uint64_t va, unsigned level)
{
	uint8_t *at = image_entry(img, image_dtb(img), va, level);
	uint64_t frame = get_entry(at, row->entry) & 0xfffff000;

	put_entry(at, row->entry, row->paging == KST_PAGING_ARM64 ? frame | 0x808 : frame | 0x880);
}

#endif
