/* SPDX-License-Identifier: MIT */
#include "support/truncate.h"

static uint64_t decode(const struct kst_layout *layout, const void *bytes, size_t len)
{
	struct kst_vad v = { .size = sizeof v };

	assert_int_equal(kst_decode_vad(layout, bytes, len, 0, &v, NULL), KST_OK);
	return v.present;
}

struct row {
	const char *name;
	uint32_t arch, build;
	/* {offset, value, width}, from the type tables of the builds */
	struct {
		uint32_t offset;
		uint64_t value;
		uint32_t width;
	} put[5];
	uint64_t start, end;
	uint32_t kind, private_memory;
	uint64_t anomalies;
};

static const struct row rows[] = {
	{ "xp image",
	  KST_ARCH_X86,
	  2600,
	  { { 0, 0x400, 4 }, { 4, 0x40f, 4 }, { 0x14, 1u << 20, 4 } },
	  0x400000,
	  0x40ffff,
	  KST_VAD_IMAGE,
	  0,
	  0 },
	{ "xp private",
	  KST_ARCH_X86,
	  2600,
	  { { 0, 0x10, 4 }, { 4, 0x10, 4 }, { 0x14, 1u << 31, 4 } },
	  0x10000,
	  0x10fff,
	  KST_VAD_NONE,
	  1,
	  0 },
	{ "7 x64 image",
	  KST_ARCH_X64,
	  7601,
	  { { 0x18, 0x7ff66, 8 }, { 0x20, 0x7ff70, 8 }, { 0x28, UINT64_C(2) << 52, 8 } },
	  0x7ff66000,
	  0x7ff70fff,
	  KST_VAD_IMAGE,
	  0,
	  0 },
	{ "10 x64, page numbers in two parts",
	  KST_ARCH_X64,
	  19041,
	  { { 0x18, 0xff660000, 4 },
	    { 0x1c, 0xff660010, 4 },
	    { 0x20, 0x7, 1 },
	    { 0x21, 0x7, 1 },
	    { 0x30, 2u << 4, 4 } },
	  0x7ff660000000,
	  0x7ff660010fff,
	  KST_VAD_IMAGE,
	  0,
	  0 },
	{ "ends before it begins",
	  KST_ARCH_X86,
	  7601,
	  { { 0xc, 0x10, 4 }, { 0x10, 0xf, 4 } },
	  0x10000,
	  0xffff,
	  0,
	  0,
	  KST_VAD_ANOMALY_RANGE },
	{ "in the kernel",
	  KST_ARCH_X86,
	  7601,
	  { { 0xc, 0xc0000, 4 }, { 0x10, 0xc0001, 4 } },
	  0xc0000000,
	  0xc0001fff,
	  0,
	  0,
	  KST_VAD_ANOMALY_RANGE },
};

static void decodes(void **state)
{
	const struct row *row = *state;
	struct kst_layout *layout = layout_builtin(row->arch, row->build, 0);
	uint8_t bytes[0x88] = { 0 };
	struct kst_vad v = { .size = sizeof v };
	uint64_t wanted = KST_VAD_HAS_RANGE | KST_VAD_HAS_FLAGS | KST_VAD_HAS_KIND | KST_VAD_HAS_PROTECTION |
			  KST_VAD_HAS_PRIVATE;

	for (size_t i = 0; i < 5; i++)
		for (uint32_t k = 0; k < row->put[i].width; k++)
			bytes[row->put[i].offset + k] = (uint8_t)(row->put[i].value >> (8 * k));
	assert_int_equal(kst_decode_vad(layout, bytes, sizeof bytes, 0, &v, NULL), KST_OK);
	assert_true((v.present & wanted) == wanted);
	assert_true(v.start == row->start && v.end == row->end);
	assert_int_equal(v.kind, row->kind);
	assert_int_equal(v.private_memory, row->private_memory);
	assert_true(v.anomalies == row->anomalies);
	truncate_all(layout, bytes, sizeof bytes, 0, decode);
	free(layout);
}

static void names(void **state)
{
	struct kst_vad v = { .size = 4 };
	struct kst_layout *layout = layout_builtin(KST_ARCH_X64, 19041, 0);

	(void)state;
	assert_int_equal(kst_decode_vad(layout, "", 1, 0, &v, NULL), KST_E_ABI);
	assert_int_equal(kst_decode_vad(NULL, "", 1, 0, &v, NULL), KST_E_ARG);
	assert_string_equal(kst_vad_kind_name(KST_VAD_IMAGE), "image");
	assert_string_equal(kst_vad_kind_name(8), "unknown");
	assert_string_equal(kst_vad_anomaly_name(KST_VAD_ANOMALY_ORDER), "order");
	free(layout);
}

int main(void)
{
	struct CMUnitTest tests[1 + sizeof rows / sizeof rows[0]] = { cmocka_unit_test(names) };

	return _cmocka_run_group_tests("vad", tests, 1 + ROWS_TO_TESTS(tests + 1, rows, decodes), NULL, NULL);
}
