/* SPDX-License-Identifier: MIT */
#include "support/image.h"
#include "support/support.h"

#include <stdlib.h>

#define AREA    0xfffffa8003c2c770u
#define SUB     (AREA + 0x80)
#define SEGMENT 0xfffff8a00f39d190u
#define PTES    0xfffff8a00a3e2820u
#define FILE    0xfffffa800593dc40u
#define NAME    0xfffff8a00a000000u
#define DB      0xfffffa8100000000u
#define GLOBALS 0xfffff80000500000u

static void put(struct image *img, const struct kst_layout *layout, uint64_t at, const char *type, const char *path,
		uint64_t value)
{
	image_put_member(img, layout, at, type, path, value);
}

/* The data file of a published !ca, with a second subsection, a name, three resident pages and their page frames. */
static struct kst_target *forge(struct image *img, struct kst_layout *layout)
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
			assert_true(page.file_offset == offsets[found]);
			assert_true(page.physical == 0x3000 + found * 0x1000);
			found++;
		}
		assert_int_equal(st, KST_END);
	}
	assert_int_equal(st, KST_END);
	assert_int_equal(kst_cursor_end(&cursor), KST_WALK_TERMINATED);
	assert_int_equal(n, 2);
	assert_int_equal(found, 3);
	free(layout);
	image_free(img);
}

static void usage_by_page_frames(void **state)
{
	struct kst_layout *layout = layout_builtin(KST_ARCH_X64, 7601, 0);
	struct image *img = image_new(KST_PAGING_X64);
	struct kst_target *t = forge(img, layout);
	struct kst_section_usage usages[16];
	size_t done = 0, of_area = 0;

	(void)state;
	assert_int_equal(kst_section_usages(t, usages, sizeof usages[0], 16, &done, NULL), KST_OK);
	assert_int_equal(done, 2);
	for (size_t i = 0; i < 16; i++) {
		if (usages[i].size == 0)
			continue;
		if (usages[i].control_area == AREA) {
			of_area++;
			assert_int_equal(usages[i].standby, 1);
			assert_int_equal(usages[i].dirty, 1);
			assert_int_equal(usages[i].valid, 2);
			assert_int_equal(usages[i].shared, 2);
		} else {
			assert_true(usages[i].control_area == 0 && usages[i].valid == 2);
		}
	}
	assert_int_equal(of_area, 1);
	assert_int_equal(kst_section_usages(t, usages, sizeof usages[0], 1, &done, NULL), KST_E_LIMIT);
	assert_int_equal(done, 1);
	assert_int_equal(kst_section_usages(t, usages, 12, 1, &done, NULL), KST_E_ARG);
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

static void sweep(void **state)
{
	struct kst_layout *layout = layout_builtin(KST_ARCH_X64, 7601, 0);

	(void)state;
	for (unsigned kind = 0; kind < 4; kind++) {
		kst_status with = kind & 1 ? -7 : KST_E_FAULT;

		for (uint64_t n = 1; n < 400; n += n < 60 ? 1 : 9) {
			struct image *img = image_new(KST_PAGING_X64);
			struct kst_target *t = forge(img, layout);
			struct kst_control_area area = { .size = sizeof area, .kind = 77 };
			struct kst_segment segment = { .size = sizeof segment };
			struct kst_subsection sub = { .size = sizeof sub };
			struct kst_cursor cursor;
			bool over;
			kst_status st;

			image_fail(img, n, (kind & 2) != 0, with);
			st = kst_control_area_read(t, AREA, &area, &segment, NULL);
			if (st != KST_OK) {
				assert_int_equal(st, with == -7 ? KST_E_HOST : KST_E_FAULT);
				assert_int_equal(area.kind, 77);
			} else if (kst_subsections_begin(&cursor, t, &area, NULL) == KST_OK) {
				while ((st = kst_subsections_next(&cursor, &sub, NULL)) == KST_OK)
					;
				if (st != KST_END)
					assert_true(st == (with == -7 ? KST_E_HOST : KST_E_FAULT));
			}
			over = image_reads(img) < n;
			image_free(img);
			if (over)
				break;
		}
	}
	free(layout);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(from_area_to_pages),
		cmocka_unit_test(usage_by_page_frames),
		cmocka_unit_test(contradictions),
		cmocka_unit_test(sweep),
	};

	return cmocka_run_group_tests_name("section walk", tests, NULL, NULL);
}
