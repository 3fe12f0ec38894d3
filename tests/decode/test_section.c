/* SPDX-License-Identifier: MIT */
#include "support/support.h"

#include <stdlib.h>

static void put(uint8_t *at, uint64_t value, size_t width)
{
	for (size_t i = 0; i < width; i++)
		at[i] = (uint8_t)(value >> (8 * i));
}

/* Windows 7 x64, a published !ca: control area, segment and subsection of a 0x9cd10-byte data file. */
static void published_7(void **state)
{
	struct kst_layout *layout = layout_builtin(KST_ARCH_X64, 7600, 0);
	struct kst_control_area area = { .size = sizeof area };
	struct kst_segment segment = { .size = sizeof segment };
	struct kst_subsection sub = { .size = sizeof sub };
	uint8_t raw[0x80] = { 0 };

	(void)state;
	put(raw, 0xfffff8a00f39d190, 8);
	put(raw + 8, 0xfffffa8003c2c3f8, 8);
	put(raw + 0x10, 0xfffffa8003c2c778, 8);
	put(raw + 0x20, 1, 8);
	put(raw + 0x38, 0x4080, 4);
	put(raw + 0x40, 0xfffffa800593dc4f, 8); /* with the reference bits of a fast reference */
	assert_int_equal(kst_decode_control_area(layout, raw, sizeof raw, 0xfffffa8003c2c770, &area, NULL), KST_OK);
	assert_true(area.segment == 0xfffff8a00f39d190 && area.flink == 0xfffffa8003c2c3f8);
	assert_true(area.file_object == 0xfffffa800593dc40);
	assert_int_equal(area.flags, 0x4080);
	assert_int_equal(area.traits, KST_CONTROL_AREA_IS_FILE | KST_CONTROL_AREA_IS_ACCESSED);
	assert_true((area.present & KST_CONTROL_AREA_HAS_WAIT_FOR_DELETION) != 0 && area.wait_for_deletion == 0);
	assert_string_equal(kst_control_area_trait_text(KST_CONTROL_AREA_IS_ACCESSED), "Accessed");
	assert_string_equal(kst_control_area_trait_text(0), "unknown");
	assert_int_equal(area.kind, KST_SECTION_DATA);
	assert_int_equal(area.pfn_references, 1);
	assert_int_equal(area.section_references + area.user_references + area.modified_write_count +
				 area.writable_references,
			 0);
	assert_true(area.first_subsection == 0xfffffa8003c2c7f0);
	memset(raw, 0, sizeof raw);
	put(raw, 0xfffffa8003c2c770, 8);
	put(raw + 8, 0x9d, 4);
	put(raw + 0xc, 0xc0000, 4);
	put(raw + 0x18, 0x9cd10, 8);
	assert_int_equal(kst_decode_segment(layout, raw, 0x50, 0xfffff8a00f39d190, &segment, NULL), KST_OK);
	assert_true(segment.control_area == 0xfffffa8003c2c770 && segment.size_of_segment == 0x9cd10);
	assert_int_equal(segment.total_ptes, 0x9d);
	assert_int_equal(segment.flags, 0xc0000);
	assert_int_equal(segment.protection, 6);
	memset(raw, 0, sizeof raw);
	put(raw, 0xfffffa8003c2c770, 8);
	put(raw + 8, 0xfffff8a00a3e2820, 8);
	put(raw + 0x18, 0x9d, 4);
	put(raw + 0x28, 0xd100000d, 4);
	put(raw + 0x50, 0xfffffa8003c2c4c0, 8);
	put(raw + 0x58, 0xfffffa8006a1cae0, 8);
	put(raw + 0x60, 2, 8);
	assert_int_equal(
		kst_decode_subsection(layout, KST_SUBSECTION_MAPPED, raw, 0x68, 0xfffffa8003c2c7f0, &sub, NULL),
		KST_OK);
	assert_true((sub.present & KST_SUBSECTION_HAS_LINKS) != 0 && sub.flink == 0xfffffa8003c2c4c0 &&
		    sub.blink == 0xfffffa8006a1cae0);
	assert_true(sub.base == 0xfffff8a00a3e2820 && sub.next == 0);
	assert_int_equal(sub.ptes, 0x9d);
	assert_int_equal(sub.sector_end_offset, 0xd10);
	assert_int_equal(sub.protection, 6);
	assert_int_equal(sub.mapped_views, 2);
	assert_int_equal(sub.anomalies, 0);
	free(layout);
}

/* Kinds, and what is not believed. */
static void kinds_and_anomalies(void **state)
{
	static const struct {
		uint32_t flags, kind;
		uint64_t file;
	} rows[] = {
		{ 0x10000a0, KST_SECTION_IMAGE, 0xfffffa800593dc40 },
		{ 0x80, KST_SECTION_DATA, 0 },
		{ 0, KST_SECTION_DATA, 0xfffffa800593dc40 },
		{ 0x2000, KST_SECTION_PAGEFILE, 7 },
		{ 0x400, KST_SECTION_PHYSICAL, 0 },
	};
	struct kst_layout *layout = layout_builtin(KST_ARCH_X64, 7601, 0);
	struct kst_control_area area = { .size = sizeof area };
	struct kst_subsection sub = { .size = sizeof sub };
	uint8_t raw[0x80] = { 0 };

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		put(raw + 0x38, rows[i].flags, 4);
		put(raw + 0x40, rows[i].file, 8);
		assert_int_equal(kst_decode_control_area(layout, raw, sizeof raw, 0, &area, NULL), KST_OK);
		assert_int_equal(area.kind, rows[i].kind);
		assert_int_equal((area.present & KST_CONTROL_AREA_HAS_WRITABLE_REFERENCES) != 0,
				 rows[i].kind != KST_SECTION_IMAGE);
	}
	put(raw + 8, 0x7ff000001234, 8);
	put(raw + 0x18, 0x20000000, 4);
	assert_int_equal(kst_decode_subsection(layout, 0, raw, 0x38, 0, &sub, NULL), KST_OK);
	assert_int_equal(sub.anomalies, KST_SUBSECTION_ANOMALY_BASE | KST_SUBSECTION_ANOMALY_PTES);
	assert_int_equal(sub.present & KST_SUBSECTION_HAS_MAPPED_VIEWS, 0);
	free(layout);
}

static void cut_at_every_length(void **state)
{
	struct kst_layout *layout = layout_builtin(KST_ARCH_X64, 19041, 3570);
	uint8_t raw[0x98];

	(void)state;
	memset(raw, 0xff, sizeof raw);
	for (size_t len = 0; len <= sizeof raw; len++) {
		struct kst_control_area area = { .size = sizeof area };
		struct kst_segment segment = { .size = sizeof segment };
		struct kst_subsection sub = { .size = sizeof sub };
		uint8_t *exact = malloc(len == 0 ? 1 : len);

		assert_non_null(exact);
		memcpy(exact, raw, len);
		assert_int_equal(kst_decode_control_area(layout, exact, len, 0x1000, &area, NULL), KST_OK);
		assert_int_equal(kst_decode_segment(layout, exact, len, 0x1000, &segment, NULL), KST_OK);
		assert_int_equal(kst_decode_subsection(layout, KST_SUBSECTION_MAPPED, exact, len, 0x1000, &sub, NULL),
				 KST_OK);
		assert_int_equal((area.present & KST_CONTROL_AREA_HAS_SEGMENT) != 0, len >= 8);
		assert_int_equal((area.present & KST_CONTROL_AREA_HAS_FLAGS) != 0, len >= 0x3c);
		assert_int_equal((segment.present & KST_SEGMENT_HAS_SIZE) != 0, len >= 0x20);
		assert_int_equal((sub.present & KST_SUBSECTION_HAS_PTES) != 0, len >= 0x30);
		assert_int_equal((sub.present & KST_SUBSECTION_HAS_PFN_REFERENCES) != 0, len >= 0x6c);
		free(exact);
	}
	free(layout);
}

static void refuses(void **state)
{
	static const struct member_row none[] = { { "_EPROCESS", NULL, 0x260, 0, 0, 0 } };
	struct kst_layout *layout = layout_builtin(KST_ARCH_X64, 7601, 0), *without = layout_from_rows(none, 1, 8);
	struct kst_control_area area = { .size = sizeof area, .kind = 77 };
	struct kst_subsection sub = { .size = sizeof sub };
	struct kst_segment segment = { .size = 3 };
	uint8_t raw[0x80] = { 0 };

	(void)state;
	assert_int_equal(kst_decode_control_area(NULL, raw, 1, 0, &area, NULL), KST_E_ARG);
	assert_int_equal(kst_decode_control_area(layout, NULL, 1, 0, &area, NULL), KST_E_ARG);
	assert_int_equal(kst_decode_control_area(layout, raw, 1, 0, NULL, NULL), KST_E_ARG);
	assert_int_equal(kst_decode_control_area(without, raw, 1, 0, &area, NULL), KST_E_NO_MEMBER);
	assert_int_equal(kst_decode_segment(layout, raw, 1, 0, &segment, NULL), KST_E_ABI);
	assert_int_equal(kst_decode_subsection(layout, 2, raw, 1, 0, &sub, NULL), KST_E_ARG);
	assert_int_equal(area.kind, 77);
	assert_string_equal(kst_section_kind_name(KST_SECTION_PHYSICAL), "physical");
	assert_string_equal(kst_section_kind_name(9), "unknown");
	assert_string_equal(kst_control_area_anomaly_name(KST_CONTROL_AREA_ANOMALY_UNPROVED), "unproved");
	assert_string_equal(kst_subsection_anomaly_name(KST_SUBSECTION_ANOMALY_PTES), "ptes");
	assert_null(kst_subsection_anomaly_name(0x100));
	free(layout);
	free(without);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(published_7),
		cmocka_unit_test(kinds_and_anomalies),
		cmocka_unit_test(cut_at_every_length),
		cmocka_unit_test(refuses),
	};

	return cmocka_run_group_tests_name("section", tests, NULL, NULL);
}
