/* SPDX-License-Identifier: MIT */
/* A mapped file: control area, segment, two subsections, prototype entries and the page frames of its pages. */
#ifndef KST_TESTS_SECTION_FORGE_H
#define KST_TESTS_SECTION_FORGE_H

#include "image.h"
#include "support.h"

#define AREA    0xfffffa8003c2c770u
#define SUB     (AREA + 0x80)
#define SEGMENT 0xfffff8a00f39d190u
#define PTES    0xfffff8a00a3e2820u
#define FILE    0xfffffa800593dc40u
#define NAME    0xfffff8a00a000000u
#define DB      0xfffffa8100000000u
#define GLOBALS 0xfffff80000500000u

static inline void put(struct image *img, const struct kst_layout *layout, uint64_t at, const char *type,
		       const char *path, uint64_t value)
{
	image_put_member(img, layout, at, type, path, value);
}

/* The data file of a published !ca, with a second subsection, a name, three resident pages and their page frames. */
static inline struct kst_target *forge(struct image *img, struct kst_layout *layout)
{
	const struct kst_symbol symbols[] = { { GLOBALS, "MmHighestPhysicalPage" }, { GLOBALS + 8, "MmPfnDatabase" } };
	struct kst_member name = { .size = sizeof name };

	put(img, layout, AREA, "_CONTROL_AREA", "Segment", SEGMENT);
	put(img, layout, AREA, "_CONTROL_AREA", "u.LongFlags", 0x4080);
	put(img, layout, AREA, "_CONTROL_AREA", "FilePointer", FILE | 5);
	put(img, layout, SEGMENT, "_SEGMENT", "ControlArea", AREA);
	put(img, layout, SEGMENT, "_SEGMENT", "TotalNumberOfPtes", 0xa0);
	for (uint64_t i = 0; i < 2; i++) {
		put(img, layout, SUB + i * 0x100, "_SUBSECTION", "ControlArea", AREA);
		put(img, layout, SUB + i * 0x100, "_SUBSECTION", "SubsectionBase", PTES + i * 0x9d * 8);
		put(img, layout, SUB + i * 0x100, "_SUBSECTION", "PtesInSubsection", i == 0 ? 0x9d : 3);
		put(img, layout, SUB + i * 0x100, "_SUBSECTION", "StartingSector", i * 0x9d);
		put(img, layout, SUB + i * 0x100, "_SUBSECTION", "NextSubsection", i == 0 ? SUB + 0x100 : 0);
	}
	for (uint64_t i = 0; i < 0xa0; i++)
		image_put64(img, PTES + i * 8, (SUB & 0xffffffffffff) << 16 | 6 << 5 | 0x400);
	image_put64(img, PTES + 3 * 8, 0x3000 | 6 << 5 | 0x800);
	image_put64(img, PTES + 4 * 8, 0x4000 | 0x63);
	image_put64(img, PTES + 0x9e * 8, 0x5000 | 6 << 5 | 0x800);
	assert_int_equal(kst_layout_member(layout, "_FILE_OBJECT", "FileName", &name), KST_OK);
	image_put_string(img, FILE + name.offset, NAME, "\\a\\b.txt");
	image_put64(img, GLOBALS, 7);
	image_put64(img, GLOBALS + 8, DB);
	for (uint64_t i = 0; i < 8; i++) {
		put(img, layout, DB + i * 0x30, "_MMPFN", "u3.e1.PageLocation", i == 0 ? 2 : i == 1 ? 3 : 6);
		put(img, layout, DB + i * 0x30, "_MMPFN", "u4.PrototypePte", i < 6);
		put(img, layout, DB + i * 0x30, "_MMPFN", "u2.ShareCount", i);
		put(img, layout, DB + i * 0x30, "_MMPFN", "OriginalPte",
		    i < 4 ? (SUB & 0xffffffffffff) << 16 | 6 << 5 | 0x400 : 0x80);
	}
	return image_target_symbols(img, layout, symbols, 2);
}

#endif
