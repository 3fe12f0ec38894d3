/* SPDX-License-Identifier: MIT */
#include "support/section_forge.h"
#include "support/sweep.h"

#include <stdlib.h>

/* The frame of an entry in transition, kept for it. */
static void put_kept(struct image *img, const struct kst_layout *layout, uint64_t frame, uint64_t entry)
{
	put(img, layout, DB + frame * 0x30, "_MMPFN", "u3.e1.PageLocation", KST_PFN_STANDBY);
	put(img, layout, DB + frame * 0x30, "_MMPFN", "PteAddress", entry);
}

static void from_area_to_pages(void **state)
{
	static const uint64_t offsets[] = { 0x3000, 0x4000, 0x9e000 };
	struct kst_layout *layout = layout_builtin(KST_ARCH_X64, 7601, 0);
	struct image *img = image_new(KST_PAGING_X64);
	struct kst_target *t = forge(img, layout);
	struct kst_control_area area = { .size = sizeof area };
	struct kst_segment segment = { .size = sizeof segment };
	struct kst_subsection sub = { .size = sizeof sub };
	struct kst_section_page page = { .size = sizeof page };
	struct kst_cursor cursor, pages;
	char name[64];
	unsigned n = 0, found = 0;
	kst_status st;

	(void)state;
	put_kept(img, layout, 3, PTES + 3 * 8);
	put_kept(img, layout, 5, PTES + 0x9e * 8);
	assert_int_equal(kst_control_area_read(t, AREA, &area, &segment, NULL), KST_OK);
	assert_int_equal(area.anomalies, 0);
	assert_true(area.file_object == FILE && segment.total_ptes == 0xa0);
	assert_int_equal(kst_control_area_file(t, &area, name, sizeof name, NULL), KST_OK);
	assert_string_equal(name, "\\a\\b.txt");
	assert_int_equal(kst_control_area_file(t, &area, name, 4, NULL), KST_OK);
	assert_string_equal(name, "\\a\\");
	assert_int_equal(kst_subsections_begin(&cursor, t, &area, NULL), KST_OK);
	while ((st = kst_subsections_next(&cursor, &sub, NULL)) == KST_OK) {
		n++;
		assert_int_equal(kst_section_pages_begin(&pages, t, area.kind, &sub, NULL), KST_OK);
		while ((st = kst_section_pages_next(&pages, &page, NULL)) == KST_OK) {
			assert_true(page.present == KST_SECTION_PAGE_HAS_FILE_OFFSET);
			assert_true(page.file_offset == offsets[found]);
			assert_true(page.physical == 0x3000 + found * 0x1000);
			found++;
		}
		assert_int_equal(st, KST_END);
		/* where in the file is not known without the starting sector */
		sub.present &= ~(uint64_t)KST_SUBSECTION_HAS_STARTING_SECTOR;
		assert_int_equal(kst_section_pages_begin(&pages, t, area.kind, &sub, NULL), KST_OK);
		while ((st = kst_section_pages_next(&pages, &page, NULL)) == KST_OK)
			assert_true(page.present == 0 && page.file_offset == 0 && page.physical != 0);
		assert_int_equal(st, KST_END);
	}
	assert_int_equal(st, KST_END);
	assert_int_equal(kst_cursor_end(&cursor), KST_WALK_TERMINATED);
	assert_int_equal(n, 2);
	assert_int_equal(found, 3);
	free(layout);
	image_free(img);
}

#define DATABASE 0xffffa90000000000u

/* A frame in transition that belongs to something else by now holds no page of the section. */
static void given_out_again(void **state)
{
	static const struct {
		uint32_t location;
		uint64_t off; /* PteAddress, from the right one */
		unsigned found;
	} cases[] = {
		{ KST_PFN_STANDBY, 0, 1 },
		{ KST_PFN_MODIFIED, 0, 1 },
		{ KST_PFN_ACTIVE, 0, 0 },
		{ KST_PFN_STANDBY, 0x10, 0 },
	};
	struct kst_layout *layout = layout_builtin(KST_ARCH_X64, 7601, 0);
	struct image *img = image_new(KST_PAGING_X64);
	const struct kst_symbol symbol = { 0xfffff80000700000, "MmPfnDatabase" };
	const uint64_t entries = 0xfffff8a000800000, at = DATABASE + 0x555 * 0x30;
	const struct kst_subsection sub = { .size = sizeof sub,
					    .present = KST_SUBSECTION_HAS_BASE | KST_SUBSECTION_HAS_PTES,
					    .base = entries,
					    .ptes = 2 };
	struct kst_target *t;

	(void)state;
	image_put64(img, symbol.address, DATABASE);
	image_put64(img, entries + 8, 0x555880);
	t = image_target_symbols(img, layout, &symbol, 1);
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct kst_section_page page = { .size = sizeof page };
		struct kst_cursor cursor;
		unsigned n = 0;

		put(img, layout, at, "_MMPFN", "u3.e1.PageLocation", cases[i].location);
		put(img, layout, at, "_MMPFN", "PteAddress", entries + 8 + cases[i].off);
		assert_int_equal(kst_section_pages_begin(&cursor, t, KST_SECTION_DATA, &sub, NULL), KST_OK);
		while (kst_section_pages_next(&cursor, &page, NULL) == KST_OK) {
			assert_true(page.index == 1 && page.physical == 0x555000);
			assert_int_equal(page.state, KST_PTE_TRANSITION);
			n++;
		}
		assert_int_equal(kst_cursor_end(&cursor), KST_WALK_CLOSED);
		assert_int_equal(n, cases[i].found);
	}
	SWEEP(img, kst_section_page, kst_section_pages_begin(&sweep.cursor, t, KST_SECTION_DATA, &sub, &sweep.err),
	      kst_section_pages_next)
		assert_true(sweep.status == KST_END || sweep.status == KST_E_HOST);
	free(layout);
	image_free(img);
}

static void contradictions(void **state)
{
	struct kst_layout *layout = layout_builtin(KST_ARCH_X64, 7601, 0);
	struct image *img = image_new(KST_PAGING_X64);
	struct kst_target *t = forge(img, layout);
	struct kst_control_area area = { .size = sizeof area };
	struct kst_subsection sub = { .size = sizeof sub };
	struct kst_cursor cursor;
	kst_status st;

	(void)state;
	/* a list in a loop */
	put(img, layout, SUB + 0x100, "_SUBSECTION", "NextSubsection", SUB);
	assert_int_equal(kst_control_area_read(t, AREA, &area, NULL, NULL), KST_OK);
	assert_int_equal(kst_subsections_begin(&cursor, t, &area, NULL), KST_OK);
	while ((st = kst_subsections_next(&cursor, &sub, NULL)) == KST_OK)
		;
	assert_int_equal(st, KST_E_CORRUPT);
	assert_int_equal(kst_cursor_end(&cursor), KST_WALK_LOOP);
	/* ... and one that leaves its control area */
	put(img, layout, SUB + 0x100, "_SUBSECTION", "ControlArea", AREA + 8);
	assert_int_equal(kst_subsections_begin(&cursor, t, &area, NULL), KST_OK);
	while ((st = kst_subsections_next(&cursor, &sub, NULL)) == KST_OK)
		;
	assert_int_equal(st, KST_E_CORRUPT);
	assert_int_equal(kst_cursor_end(&cursor), KST_WALK_MISMATCH);
	assert_int_equal(kst_subsections_next(&cursor, &sub, NULL), KST_E_CORRUPT);
	put(img, layout, SEGMENT, "_SEGMENT", "ControlArea", 0);
	put(img, layout, SUB, "_SUBSECTION", "ControlArea", 0);
	assert_int_equal(kst_control_area_read(t, AREA, &area, NULL, NULL), KST_OK);
	assert_int_equal(area.anomalies, KST_CONTROL_AREA_ANOMALY_SEGMENT | KST_CONTROL_AREA_ANOMALY_SUBSECTION);
	put(img, layout, AREA, "_CONTROL_AREA", "Segment", 0x1000);
	image_put64(img, SUB, 0);
	assert_int_equal(kst_control_area_read(t, AREA, &area, NULL, NULL), KST_OK);
	assert_true((area.anomalies & KST_CONTROL_AREA_ANOMALY_POINTER) != 0);
	assert_int_equal(kst_control_area_read(t, 0xfffff70000000000, &area, NULL, NULL), KST_E_FAULT);
	free(layout);
	image_free(img);
}

static void every_read_may_fail(void **state)
{
	struct kst_layout *layout = layout_builtin(KST_ARCH_X64, 7601, 0);
	struct image *img = image_new(KST_PAGING_X64);
	struct kst_target *t = forge(img, layout);
	struct kst_control_area area;
	struct kst_subsection sub = { .size = sizeof sub };
	struct kst_cursor cursor;

	(void)state;
	for (unsigned kind = 0; kind < 4; kind++) {
		kst_status with = kind & 1 ? -7 : KST_E_FAULT;

		for (uint64_t n = 1;; n++) {
			struct kst_segment segment = { .size = sizeof segment };
			kst_status st;

			area = (struct kst_control_area){ .size = sizeof area, .kind = 77 };
			image_fail(img, n, (kind & 2) != 0, with);
			st = kst_control_area_read(t, AREA, &area, &segment, NULL);
			if (st != KST_OK) {
				assert_int_equal(st, with == -7 ? KST_E_HOST : KST_E_FAULT);
				assert_int_equal(area.kind, 77);
			}
			if (image_reads(img) < n)
				break;
		}
	}
	image_fail(img, 0, false, KST_OK);
	SWEEP(img, kst_subsection, kst_subsections_begin(&sweep.cursor, t, &area, &sweep.err), kst_subsections_next)
		assert_true(sweep.status == KST_END || sweep.status == KST_E_FAULT || sweep.status == KST_E_HOST);
	assert_int_equal(kst_subsections_begin(&cursor, t, &area, NULL), KST_OK);
	assert_int_equal(kst_subsections_next(&cursor, &sub, NULL), KST_OK);
	SWEEP(img, kst_section_page, kst_section_pages_begin(&sweep.cursor, t, area.kind, &sub, &sweep.err),
	      kst_section_pages_next)
		assert_true(sweep.status == KST_END || sweep.status == KST_E_HOST);
	free(layout);
	image_free(img);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(from_area_to_pages),
		cmocka_unit_test(given_out_again),
		cmocka_unit_test(contradictions),
		cmocka_unit_test(every_read_may_fail),
	};

	return cmocka_run_group_tests_name("section walk", tests, NULL, NULL);
}
