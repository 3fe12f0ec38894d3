/* SPDX-License-Identifier: MIT */
#include "support/decoding.h"

#include <stdlib.h>

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

/* The three decoders behind one face. */
union result {
	uint32_t size;
	struct kst_control_area area;
	struct kst_segment segment;
	struct kst_subsection sub;
};
enum { AREA, SEGMENT, SUBSECTION };
static const uint32_t sizes[] = { sizeof(struct kst_control_area), sizeof(struct kst_segment),
				  sizeof(struct kst_subsection) };
#define FROM 0x8000000000001230

static kst_status decode(int which, const struct kst_layout *layout, uint32_t flags, const void *bytes, size_t len,
			 union result *out, struct kst_error *err)
{
	if (which == AREA)
		return kst_decode_control_area(layout, bytes, len, FROM, out == NULL ? NULL : &out->area, err);
	if (which == SEGMENT)
		return kst_decode_segment(layout, bytes, len, FROM, out == NULL ? NULL : &out->segment, err);
	return kst_decode_subsection(layout, flags, bytes, len, FROM, out == NULL ? NULL : &out->sub, err);
}

/* Byte n of the memory is 255 - n: the value of a member tells its place. */
static const struct whole {
	const char *name;
	uint32_t arch, build, revision;
	size_t len;
	int which;
	uint32_t flags;
	union result want;
} wholes[] = {
#define OF(name, arch, build, revision, len, which, flags) name, KST_ARCH_##arch, build, revision, len, which, flags
	{ OF("2003", X86, 3790, 1, 0x30, AREA, 0),
	  { .area = { .kind = KST_SECTION_DATA,
		      .present = 0xdff,
		      .segment = 0xfcfdfeff,
		      .flink = 0xf8f9fafb,
		      .blink = 0xf4f5f6f7,
		      .file_object = 0xd8d9dad8,
		      .first_subsection = 0x8000000000001260,
		      .section_references = 0xf0f1f2f3,
		      .pfn_references = 0xecedeeef,
		      .mapped_views = 0xe8e9eaeb,
		      .user_references = 0xe0e1e2e3,
		      .flags = 0xdcdddedf,
		      .modified_write_count = 0xd2d3,
		      .traits = 0xbbdf,
		      .wait_for_deletion = 0xd4d5d6d7,
		      .address = FROM } } },
	{ OF("7 x86, an image", X86, 7601, 0, 0x50, AREA, 0),
	  { .area = { .kind = KST_SECTION_IMAGE,
		      .present = 0x5ff,
		      .segment = 0xfcfdfeff,
		      .flink = 0xf8f9fafb,
		      .blink = 0xf4f5f6f7,
		      .file_object = 0xd8d9dad8,
		      .first_subsection = 0x8000000000001280,
		      .section_references = 0xf0f1f2f3,
		      .pfn_references = 0xecedeeef,
		      .mapped_views = 0xe8e9eaeb,
		      .user_references = 0xe4e5e6e7,
		      .flags = 0xe0e1e2e3,
		      .modified_write_count = 0xd0d1d2d3,
		      .traits = 0x34e3,
		      .address = FROM } } },
	{ OF("2003 x64", X64, 3790, 3959, 0x48, AREA, 0),
	  { .area = { .kind = KST_SECTION_DATA,
		      .present = 0xfff,
		      .segment = 0xf8f9fafbfcfdfeff,
		      .flink = 0xf0f1f2f3f4f5f6f7,
		      .blink = 0xe8e9eaebecedeeef,
		      .file_object = 0xc8c9cacbcccdcec0,
		      .first_subsection = 0x8000000000001278,
		      .section_references = 0xe4e5e6e7,
		      .pfn_references = 0xe0e1e2e3,
		      .mapped_views = 0xdcdddedf,
		      .user_references = 0xd4d5d6d7,
		      .flags = 0xd0d1d2d3,
		      .modified_write_count = 0xbebf,
		      .writable_references = 0xb8b9babb,
		      .traits = 0x32d3,
		      .wait_for_deletion = 0xc0c1c2c3c4c5c6c7,
		      .address = FROM } } },
	{ OF("11", X64, 22631, 2428, 0x80, AREA, 0),
	  { .area = { .kind = KST_SECTION_DATA,
		      .present = 0x7ff,
		      .segment = 0xf8f9fafbfcfdfeff,
		      .flink = 0xf0f1f2f3f4f5f6f7,
		      .blink = 0xe8e9eaebecedeeef,
		      .file_object = 0xb8b9babbbcbdbeb0,
		      .first_subsection = 0x80000000000012b0,
		      .section_references = 0xe0e1e2e3e4e5e6e7,
		      .pfn_references = 0xd8d9dadbdcdddedf,
		      .mapped_views = 0xd0d1d2d3d4d5d6d7,
		      .user_references = 0xc8c9cacbcccdcecf,
		      .flags = 0xc4c5c6c7,
		      .modified_write_count = 0xb0b1b2b3,
		      .writable_references = 0xa0a1a2a3,
		      .traits = 0xb1c7,
		      .address = FROM } } },
	{ OF("xp", X86, 2600, 5512, 0x38, SEGMENT, 0),
	  { .segment = { .present = 0x3f,
			 .control_area = 0xfcfdfeff,
			 .total_ptes = 0xf8f9fafb,
			 .size_of_segment = 0xe8e9eaebecedeeef,
			 .committed_pages = 0xe0e1e2e3,
			 .based_address = 0xd4d5d6d7,
			 .prototype_ptes = 0xc8c9cacb,
			 .address = FROM } } },
	{ OF("2003", X86, 3790, 1, 0x38, SEGMENT, 0),
	  { .segment = { .flags = 0xd8d9dadb,
			 .present = 0x7f,
			 .control_area = 0xfcfdfeff,
			 .total_ptes = 0x2dbf8f9fafb,
			 .size_of_segment = 0xe8e9eaebecedeeef,
			 .committed_pages = 0xe0e1e2e3,
			 .based_address = 0xd4d5d6d7,
			 .prototype_ptes = 0xc8c9cacb,
			 .address = FROM } } },
	{ OF("7 x86", X86, 7601, 0, 0x30, SEGMENT, 0),
	  { .segment = { .flags = 0xf4f5f6f7,
			 .present = 0xff,
			 .control_area = 0xfcfdfeff,
			 .total_ptes = 0x2f7f8f9fafb,
			 .size_of_segment = 0xe8e9eaebecedeeef,
			 .committed_pages = 0xf0f1f2f3,
			 .based_address = 0xe4e5e6e7,
			 .prototype_ptes = 0xd4d5d6d7,
			 .protection = 0x1a,
			 .address = FROM } } },
	{ OF("11", X64, 22631, 2428, 0x48, SEGMENT, 0),
	  { .segment = { .flags = 0xf0f1f2f3,
			 .present = 0xff,
			 .control_area = 0xf8f9fafbfcfdfeff,
			 .total_ptes = 0x2f3f4f5f6f7,
			 .size_of_segment = 0xe0e1e2e3e4e5e6e7,
			 .committed_pages = 0xe8e9eaebecedeeef,
			 .based_address = 0xd8d9dadbdcdddedf,
			 .prototype_ptes = 0xb8b9babbbcbdbebf,
			 .protection = 0x18,
			 .address = FROM } } },
	{ OF("2003", X86, 3790, 1, 0x20, SUBSECTION, 0),
	  { .sub = { .flags = 0xf8f9fafb,
		     .present = 0xff,
		     .anomalies = 0x3,
		     .control_area = 0xfcfdfeff,
		     .base = 0xecedeeef,
		     .next = 0xe0e1e2e3,
		     .starting_sector = 0x27ef4f5f6f7,
		     .ptes = 0xe4e5e6e7,
		     .unused_ptes = 0xe8e9eaeb,
		     .full_sectors = 0xf0f1f2f3,
		     .protection = 0xf,
		     .sector_end_offset = 0xf8f,
		     .address = FROM } } },
	{ OF("7 x86, of a data file", X86, 7601, 0, 0x3c, SUBSECTION, KST_SUBSECTION_MAPPED),
	  { .sub = { .flags = 0xe8e9eaeb,
		     .present = 0x7ff,
		     .anomalies = 0x3,
		     .control_area = 0xfcfdfeff,
		     .base = 0xf8f9fafb,
		     .next = 0xf4f5f6f7,
		     .starting_sector = 0x3abe4e5e6e7,
		     .mapped_views = 0xc8c9cacb,
		     .ptes = 0xf0f1f2f3,
		     .unused_ptes = 0xecedeeef,
		     .full_sectors = 0xe0e1e2e3,
		     .protection = 0x15,
		     .sector_end_offset = 0xe8e,
		     .pfn_references = 0xc4c5c6c7,
		     .flink = 0xd0d1d2d3,
		     .blink = 0xcccdcecf,
		     .address = FROM } } },
	{ OF("11, of a data file", X64, 22631, 2428, 0x6c, SUBSECTION, KST_SUBSECTION_MAPPED),
	  { .sub = { .flags = 0xdcdddedf,
		     .present = 0x7ff,
		     .anomalies = 0x3,
		     .control_area = 0xf8f9fafbfcfdfeff,
		     .base = 0xf0f1f2f3f4f5f6f7,
		     .next = 0xe8e9eaebecedeeef,
		     .starting_sector = 0x37bd8d9dadb,
		     .mapped_views = 0x98999a9b9c9d9e9f,
		     .ptes = 0xd0d1d2d3,
		     .unused_ptes = 0x8c9cacb,
		     .full_sectors = 0xd4d5d6d7,
		     .protection = 0xf,
		     .sector_end_offset = 0xdcd,
		     .pfn_references = 0x94959697,
		     .flink = 0xa8a9aaabacadaeaf,
		     .blink = 0xa0a1a2a3a4a5a6a7,
		     .address = FROM } } },
};

static void whole(void **state)
{
	const struct whole *row = *state;
	struct kst_layout *layout = layout_builtin(row->arch, row->build, row->revision);
	union result result, want = row->want;
	uint8_t raw[0x80];

	for (size_t i = 0; i < sizeof raw; i++)
		raw[i] = (uint8_t)(0xff - i);
	memset(&result, 0x5a, sizeof result);
	result.size = want.size = sizes[row->which];
	assert_int_equal(decode(row->which, layout, row->flags, raw, row->len, &result, NULL), KST_OK);
	assert_memory_equal(&result, &want, sizes[row->which]);
	free(layout);
}

/* _MMSECTION_FLAGS, bit by bit; Accessed moved away after Windows 7 and is believed only where the types have it. */
static void traits(void **state)
{
	static const struct {
		uint32_t flags, traits, kind;
		const char *text;
	} bits[] = {
		{ 0x1, 0x1, KST_SECTION_PAGEFILE, "BeingDeleted" },
		{ 0x2, 0x2, KST_SECTION_PAGEFILE, "BeingCreated" },
		{ 0x4, 0x4, KST_SECTION_PAGEFILE, "BeingPurged" },
		{ 0x8, 0x8, KST_SECTION_PAGEFILE, "NoModifiedWriting" },
		{ 0x10, 0x10, KST_SECTION_PAGEFILE, "FailAllIo" },
		{ 0x20, 0x20, KST_SECTION_IMAGE, "Image" },
		{ 0x40, 0x40, KST_SECTION_PAGEFILE, "Based" },
		{ 0x80, 0x80, KST_SECTION_DATA, "File" },
		{ 0x400, 0x100, KST_SECTION_PHYSICAL, "PhysicalMemory" },
		{ 0x1000, 0x200, KST_SECTION_PAGEFILE, "Reserve" },
		{ 0x2000, 0x400, KST_SECTION_PAGEFILE, "Commit" },
		{ 0x8000, 0x1000, KST_SECTION_PAGEFILE, "WasPurged" },
		{ 0x10000, 0x2000, KST_SECTION_PAGEFILE, "UserReference" },
		{ 0x20000, 0x4000, KST_SECTION_PAGEFILE, "GlobalMemory" },
		{ 0x40000, 0x8000, KST_SECTION_PAGEFILE, "DeleteOnClose" },
		{ 0x8000000, 0x800, KST_SECTION_PAGEFILE, "Accessed" }, /* as 2003 has it */
		{ 0xf7f84b00, 0, KST_SECTION_PAGEFILE, NULL },
	};
	struct kst_layout *layout = layout_builtin(KST_ARCH_X86, 3790, 1);
	struct kst_control_area area = { .size = sizeof area };
	uint8_t raw[0x30] = { 0 };

	(void)state;
	for (size_t i = 0; i < sizeof bits / sizeof bits[0]; i++) {
		put(raw + 0x20, bits[i].flags, 4);
		assert_int_equal(kst_decode_control_area(layout, raw, sizeof raw, 0, &area, NULL), KST_OK);
		assert_int_equal(area.flags, bits[i].flags);
		assert_int_equal(area.traits, bits[i].traits);
		assert_int_equal(area.kind, bits[i].kind);
		if (bits[i].text != NULL)
			assert_string_equal(kst_control_area_trait_text(bits[i].traits), bits[i].text);
	}
	assert_string_equal(kst_control_area_trait_text(0), "unknown");
	assert_string_equal(kst_control_area_trait_text(3), "unknown");
	assert_string_equal(kst_control_area_trait_text(0x10000), "unknown");
	free(layout);
}

/* Where the types put Accessed: a single bit of the flags, or it is not believed. */
static void accessed(void **state)
{
	static const struct {
		uint32_t pos, bits, traits;
	} rows[] = { { 31, 1, 0x801 }, { 32, 1, 1 }, { 30, 2, 1 }, { 0, 0, 1 } };

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		const struct member_row types[] = {
			{ "_CONTROL_AREA", "Segment", 0, 8, 0, 0 },
			{ "_CONTROL_AREA", "u.LongFlags", 8, 4, 0, 0 },
			{ "_MMSECTION_FLAGS", "Accessed", 0, 8, rows[i].pos, rows[i].bits },
		};
		struct kst_layout *layout = layout_from_rows(types, 3, 8);
		struct kst_control_area area = { .size = sizeof area };
		uint8_t raw[12] = { 0 };

		put(raw + 8, 0xc0000801, 4); /* BeingDeleted, and 31 and 30 */
		assert_int_equal(kst_decode_control_area(layout, raw, sizeof raw, 0, &area, NULL), KST_OK);
		assert_int_equal(area.traits, rows[i].traits);
		assert_int_equal(area.present, KST_CONTROL_AREA_HAS_SEGMENT | KST_CONTROL_AREA_HAS_FLAGS);
		free(layout);
	}
}

/* Kinds: the image bit, then a file, then physical memory. */
static void kinds_of_areas(void **state)
{
	static const struct {
		uint32_t flags, kind;
		uint64_t file;
	} rows[] = {
		{ 0x10004a0, KST_SECTION_IMAGE, 0xfffffa800593dc40 },
		{ 0x480, KST_SECTION_DATA, 0 },
		{ 0x400, KST_SECTION_DATA, 0xfffffa800593dc40 },
		{ 0x2000, KST_SECTION_PAGEFILE, 7 }, /* references of no object */
		{ 0x400, KST_SECTION_PHYSICAL, 0 },
	};
	struct kst_layout *layout = layout_builtin(KST_ARCH_X64, 7601, 0);
	struct kst_control_area area = { .size = sizeof area };
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
	free(layout);
}

/* What a subsection is not believed. */
static void subsection_anomalies(void **state)
{
	static const struct {
		uint32_t arch, build, base_at, ptes_at;
		uint64_t base;
		uint32_t ptes;
		uint64_t anomalies;
	} rows[] = {
		{ KST_ARCH_X64, 7601, 8, 0x18, 0, 0x10000000, 0 },
		{ KST_ARCH_X64, 7601, 8, 0x18, 0, 0x10000001, KST_SUBSECTION_ANOMALY_PTES },
		{ KST_ARCH_X64, 7601, 8, 0x18, 0xff00000000000000, 1, 0 },
		{ KST_ARCH_X64, 7601, 8, 0x18, 0xfefffffffffffff8, 1, KST_SUBSECTION_ANOMALY_BASE },
		{ KST_ARCH_X64, 7601, 8, 0x18, 0xfffff8a00a3e2824, 1, KST_SUBSECTION_ANOMALY_BASE },
		{ KST_ARCH_X64, 7601, 8, 0x18, 8, 0x20000000,
		  KST_SUBSECTION_ANOMALY_BASE | KST_SUBSECTION_ANOMALY_PTES },
		{ KST_ARCH_X86, 7601, 4, 0xc, 0x80000004, 1, 0 }, /* entries of four bytes */
		{ KST_ARCH_X86, 7601, 4, 0xc, 0x80000000, 1, 0 },
		{ KST_ARCH_X86, 7601, 4, 0xc, 0x7ffffffc, 1, KST_SUBSECTION_ANOMALY_BASE },
		{ KST_ARCH_X86, 7601, 4, 0xc, 0x80000002, 1, KST_SUBSECTION_ANOMALY_BASE },
		{ KST_ARCH_X86, 9600, 4, 0xc, 0x80000004, 1, KST_SUBSECTION_ANOMALY_BASE }, /* of eight */
		{ KST_ARCH_X86, 9600, 4, 0xc, 0x80000008, 1, 0 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		struct kst_layout *layout = layout_builtin(rows[i].arch, rows[i].build, 0);
		struct kst_subsection sub = { .size = sizeof sub };
		uint8_t raw[0x38] = { 0 };

		put(raw + rows[i].base_at, rows[i].base, rows[i].arch == KST_ARCH_X86 ? 4 : 8);
		put(raw + rows[i].ptes_at, rows[i].ptes, 4);
		assert_int_equal(kst_decode_subsection(layout, 0, raw, sizeof raw, 0, &sub, NULL), KST_OK);
		assert_int_equal(sub.anomalies, rows[i].anomalies);
		assert_int_equal(sub.present, 0xff);
		free(layout);
	}
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

/* A type without its flags, and flags without their type. */
static void flags_of_no_place(void **state)
{
	static const struct member_row types[] = {
		{ "_SEGMENT", "ControlArea", 0, 4, 0, 0 },
		{ "_SEGMENT", "TotalNumberOfPtes", 4, 4, 0, 0 },
		{ "_SEGMENT_FLAGS", "TotalNumberOfPtes4132", 0, 4, 0, 10 },
		{ "_SEGMENT_FLAGS", "DefaultProtectionMask", 0, 4, 0, 6 },
		{ "_SUBSECTION", "ControlArea", 0, 4, 0, 0 },
		{ "_SUBSECTION", "StartingSector", 4, 4, 0, 0 },
		{ "_MMSUBSECTION_FLAGS", "StartingSector4132", 0, 4, 10, 10 },
		{ "_MSUBSECTION", "NumberOfMappedViews", 4, 4, 0, 0 },
		{ "_SEGMENT", "SegmentFlags", 8, 4, 0, 0 }, /* only in the second layout */
	};
	struct kst_layout *without = layout_from_rows(types, 8, 4), *with = layout_from_rows(types, 9, 4);
	struct kst_segment segment = { .size = sizeof segment };
	struct kst_subsection sub = { .size = sizeof sub };
	uint8_t raw[12];

	(void)state;
	memset(raw, 0xff, sizeof raw);
	assert_int_equal(kst_decode_segment(without, raw, sizeof raw, 0, &segment, NULL), KST_OK);
	assert_int_equal(segment.present, KST_SEGMENT_HAS_CONTROL_AREA | KST_SEGMENT_HAS_TOTAL_PTES);
	assert_true(segment.total_ptes == 0xffffffff && segment.protection == 0 && segment.flags == 0);
	assert_int_equal(kst_decode_segment(with, raw, sizeof raw, 0, &segment, NULL), KST_OK);
	assert_true(segment.total_ptes == 0x3ffffffffff && segment.flags == 0xffffffff);
	assert_int_equal(segment.protection, 0x1f);
	assert_int_equal(kst_decode_subsection(without, KST_SUBSECTION_MAPPED, raw, sizeof raw, 0, &sub, NULL), KST_OK);
	assert_int_equal(sub.present, KST_SUBSECTION_HAS_CONTROL_AREA | KST_SUBSECTION_HAS_STARTING_SECTOR |
					      KST_SUBSECTION_HAS_MAPPED_VIEWS);
	assert_true(sub.starting_sector == 0xffffffff && sub.mapped_views == 0xffffffff);
	free(without);
	free(with);
}

static void refuses(void **state)
{
	static const struct member_row none[] = { { "_EPROCESS", NULL, 0x260, 0, 0, 0 } };
	static const char *const types[] = { "_CONTROL_AREA", "_SEGMENT", "_SUBSECTION" };
	struct kst_layout *layout = layout_builtin(KST_ARCH_X64, 7601, 0), *without = layout_from_rows(none, 1, 8);
	uint8_t raw[1] = { 0 };

	(void)state;
	for (int which = AREA; which <= SUBSECTION; which++) {
		const struct {
			const struct kst_layout *layout;
			const void *bytes;
			uint32_t size, flags;
			kst_status want;
		} rows[] = {
			{ NULL, raw, sizes[which], 0, KST_E_ARG },
			{ layout, NULL, sizes[which], 0, KST_E_ARG },
			{ layout, raw, sizes[which] - 1, 0, KST_E_ABI },
			{ layout, raw, 0, 2, KST_E_ABI },
			{ without, raw, sizes[which], 0, KST_E_NO_MEMBER },
			{ layout, raw, sizes[which], 2, KST_E_ARG }, /* subsections have flags */
			{ layout, raw, sizes[which], 0x80000001u, KST_E_ARG },
		};

		for (size_t i = 0; i < (which == SUBSECTION ? 7 : 5); i++) {
			struct kst_error err = { .size = sizeof err };
			union result result, before;

			memset(&result, 0x5a, sizeof result);
			result.size = rows[i].size;
			before = result;
			assert_int_equal(decode(which, rows[i].layout, rows[i].flags, rows[i].bytes, 1, &result, &err),
					 rows[i].want);
			assert_memory_equal(&result, &before, sizeof result);
			assert_true(err.code == rows[i].want && err.address == FROM);
			if (rows[i].want == KST_E_NO_MEMBER)
				assert_string_equal(err.message, types[which]);
		}
		assert_int_equal(decode(which, layout, 0, raw, 1, NULL, NULL), KST_E_ARG);
	}
	free(layout);
	free(without);
}

static void names(void **state)
{
	static const char *const kinds[] = { "pagefile", "data", "image", "physical" };
	static const char *const of_area[] = { "segment", "subsection", "unproved", "pointer" };
	static const char *const of_subsection[] = { "base", "ptes" };

	(void)state;
	for (uint32_t i = 0; i < 6; i++)
		assert_string_equal(kst_section_kind_name(i), i < 4 ? kinds[i] : "unknown");
	for (uint32_t i = 0; i < 64; i++) {
		const char *area = kst_control_area_anomaly_name(UINT64_C(1) << i);
		const char *sub = kst_subsection_anomaly_name(UINT64_C(1) << i);

		assert_true(area == NULL ? i >= 4 : i < 4 && strcmp(area, of_area[i]) == 0);
		assert_true(sub == NULL ? i >= 2 : i < 2 && strcmp(sub, of_subsection[i]) == 0);
	}
	assert_null(kst_control_area_anomaly_name(0));
	assert_null(kst_subsection_anomaly_name(0));
}

#define COUNT(table) (sizeof(table) / sizeof((table)[0]))

int main(void)
{
	struct CMUnitTest tests[9 + COUNT(wholes)] = {
		cmocka_unit_test(published_7),
		cmocka_unit_test(traits),
		cmocka_unit_test(accessed),
		cmocka_unit_test(kinds_of_areas),
		cmocka_unit_test(subsection_anomalies),
		cmocka_unit_test(cut_at_every_length),
		cmocka_unit_test(refuses),
		cmocka_unit_test(flags_of_no_place),
		cmocka_unit_test(names),
	};
	size_t n = 9;

	n += ROWS_TO_TESTS(tests + n, wholes, whole);
	return _cmocka_run_group_tests("section", tests, n, NULL, NULL);
}
