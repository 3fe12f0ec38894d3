/* SPDX-License-Identifier: MIT */
#include "decode/vad.h"
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

/* Whole descriptors, as 32-bit words from the first member on: every member by hand, form by form. */
static const struct member_row no_union[] = {
	/* the flags' union is not described: behind the node, where there is one */
	{ "_MMADDRESS_NODE", NULL, 0x10, 0, 0, 0 },
	{ "_MMVAD_FLAGS", NULL, 4, 0, 0, 0 },
	{ "_MMVAD_FLAGS", "VadType", 0, 4, 20, 3 },
	{ "_MMVAD_FLAGS", "Protection", 0, 4, 0, 0 }, /* no bit-field: in no known place */
	{ "_MMVAD_FLAGS", "PrivateMemory", 0, 4, 31, 1 },
	{ "_MMVAD", "ControlArea", 0x18, 4, 0, 0 },
};
static const struct member_row odd_flags[] = {
	/* flags of a size that no kernel had */
	{ "_MMVAD", "u", 0x10, 4, 0, 0 },
	{ "_MMVAD_FLAGS", NULL, 3, 0, 0, 0 },
	{ "_MMVAD_FLAGS", "VadType", 0, 4, 20, 3 },
};
static const struct member_row no_private[] = {
	{ "_MMVAD", "u", 0x10, 4, 0, 0 },
	{ "_MMVAD_FLAGS", NULL, 4, 0, 0, 0 },
	{ "_MMVAD_FLAGS", "ImageMap", 0, 4, 4, 1 },
	{ "_MMVAD", "ControlArea", 0x18, 4, 0, 0 },
};

#define BUILD(arch, build, revision) NULL, 0, KST_ARCH_##arch, build, revision
#define TYPES(table, count)          table, count, 0, 0, 0
static const struct whole {
	const char *name;
	const struct member_row *types; /* NULL: the build's */
	size_t types_count;
	uint32_t arch, build, revision;
	uint32_t words[16];
	size_t len;
	struct kst_vad want;
} wholes[] = {
	{ "xp image",
	  BUILD(X86, 2600, 5512),
	  { 0x77f10, 0x77f9a, 1, 2, 3, 0x87100007, 0x8a5b6c70 },
	  0x28,
	  { .present = 0x3f,
	    .start = 0x77f10000,
	    .end = 0x77f9afff,
	    .flags = 0x87100007,
	    .kind = KST_VAD_IMAGE,
	    .commit = 7,
	    .protection = 7,
	    .private_memory = 1 } },
	{ "xp section",
	  BUILD(X86, 2600, 5512),
	  { 0x10, 0x10, 1, 2, 3, 0x1b07ffff, 0x8a5b6c70 },
	  0x28,
	  { .present = 0x5f, /* not charged */
	    .start = 0x10000,
	    .end = 0x10fff,
	    .flags = 0x1b07ffff,
	    .protection = 0x1b,
	    .control_area = 0x8a5b6c70 } },
	{ "xp device",
	  BUILD(X86, 2600, 5512),
	  { 0x10, 0x10, 1, 2, 3, 0x80080000 },
	  0x28,
	  { .present = 0x3f,
	    .start = 0x10000,
	    .end = 0x10fff,
	    .flags = 0x80080000,
	    .kind = KST_VAD_DEVICE_PHYSICAL,
	    .private_memory = 1 } },
	{ "xp awe",
	  BUILD(X86, 2600, 5512),
	  { 0x10, 0x10, 1, 2, 3, 0x80200000 },
	  0x28,
	  { .present = 0x3f,
	    .start = 0x10000,
	    .end = 0x10fff,
	    .flags = 0x80200000,
	    .kind = KST_VAD_AWE,
	    .private_memory = 1 } },
	{ "xp write watch",
	  BUILD(X86, 2600, 5512),
	  { 0x10, 0x10, 1, 2, 3, 0x80800000 },
	  0x28,
	  { .present = 0x3f,
	    .start = 0x10000,
	    .end = 0x10fff,
	    .flags = 0x80800000,
	    .kind = KST_VAD_WRITE_WATCH,
	    .private_memory = 1 } },
	{ "xp large pages",
	  BUILD(X86, 2600, 5512),
	  { 0x10, 0x10, 1, 2, 3, 0xa0000000 },
	  0x28,
	  { .present = 0x3f,
	    .start = 0x10000,
	    .end = 0x10fff,
	    .flags = 0xa0000000,
	    .kind = KST_VAD_LARGE_PAGES,
	    .private_memory = 1 } },
	{ "xp, several: the first",
	  BUILD(X86, 2600, 5512),
	  { 0x10, 0x10, 1, 2, 3, 0xa0b00000 },
	  0x28,
	  { .present = 0x3f,
	    .start = 0x10000,
	    .end = 0x10fff,
	    .flags = 0xa0b00000,
	    .kind = KST_VAD_IMAGE,
	    .private_memory = 1 } },
	{ "7 x64, not charged",
	  BUILD(X64, 7601, 0),
	  { 1, 0, 2, 0, 3, 0, 0x10, 0, 0x10, 0, 0xffffffff, 0x8007ffff },
	  0x78,
	  { .present = 0x1f, .start = 0x10000, .end = 0x10fff, .flags = 0x8007ffffffffffff, .private_memory = 1 } },
	{ "7 x86",
	  BUILD(X86, 7601, 0),
	  { 1, 2, 3, 0x7ffe0, 0xbffff, 0xfff80001 },
	  0x3c,
	  { .present = 0x3f,
	    .start = 0x7ffe0000,
	    .end = 0xbfffffff,
	    .flags = 0xfff80001,
	    .kind = 7,
	    .commit = 1,
	    .protection = 0x1f,
	    .private_memory = 1 } },
	{ "7 x64",
	  BUILD(X64, 7601, 0),
	  { 1, 0, 2, 0, 3, 0, 0xff660000, 7, 0xff660010, 7, 0x87654321, 0xe45a8765 },
	  0x78,
	  { .present = 0x3f,
	    .start = 0x7ff660000000,
	    .end = 0x7ff660010fff,
	    .flags = 0xe45a876587654321,
	    .kind = 5,
	    .commit = 0x2876587654321,
	    .protection = 4,
	    .private_memory = 1 } },
	{ "10 x64",
	  BUILD(X64, 19041, 3570),
	  { 1, 0, 2, 0, 3, 0, 0xff660000, 0xff660010, 0x00000807, 0, 0, 0, 0x00000c90 },
	  0x88,
	  { .present = 0x1f,
	    .start = 0x7ff660000000,
	    .end = 0x8ff660010fff,
	    .flags = 0xc90,
	    .kind = 1,
	    .protection = 0x19 } },
	{ "10 x64, private",
	  BUILD(X64, 19041, 3570),
	  { 1, 0, 2, 0, 3, 0, 0x10, 0x1f, 0, 0, 0, 0, 0xfff0020f },
	  0x88,
	  { .present = 0x1f,
	    .start = 0x10000,
	    .end = 0x1ffff,
	    .flags = 0xfff0020f,
	    .protection = 4,
	    .private_memory = 1 } },
	{ "10 x64, upper part of the end cut off",
	  BUILD(X64, 19041, 3570),
	  { 1, 0, 2, 0, 3, 0, 0x10, 0x1f, 0 },
	  0x21,
	  { .present = 0 } },
	{ "10 x64, upper part of the start cut off",
	  BUILD(X64, 19041, 3570),
	  { 1, 0, 2, 0, 3, 0, 0x10, 0x1f },
	  0x20,
	  { .present = 0 } },
	{ "7 x86, end cut off", BUILD(X86, 7601, 0), { 1, 2, 3, 0x7ffe0, 0xbffff }, 0x13, { .present = 0 } },
	{ "highest user page",
	  BUILD(X64, 7601, 0),
	  { 1, 0, 2, 0, 3, 0, 0xffffffff, 0xfff, 0xffffffff, 0xfff },
	  0x78,
	  { .present = 0x3f, .start = 0xfffffffffff000, .end = 0xffffffffffffff } },
	{ "beyond 2^56",
	  BUILD(X64, 7601, 0),
	  { 1, 0, 2, 0, 3, 0, 0x10, 0, 0, 0x1000 },
	  0x78,
	  { .present = 0x3f, .anomalies = 1, .start = 0x10000, .end = 0x100000000000fff } },
	{ "page number of 53 bits",
	  BUILD(X64, 7601, 0),
	  { 1, 0, 2, 0, 3, 0, 0x10, 0, 0x20, 0x100000 },
	  0x78,
	  { .present = 0x3f, .anomalies = 1, .start = 0x10000, .end = 0x20fff } },
	{ "one page",
	  BUILD(X86, 7601, 0),
	  { 1, 2, 3, 0x10, 0x10 },
	  0x3c,
	  { .present = 0x3f, .start = 0x10000, .end = 0x10fff } },
	{ "end before start",
	  BUILD(X86, 7601, 0),
	  { 1, 2, 3, 0x11, 0x10 },
	  0x3c,
	  { .present = 0x3f, .anomalies = 1, .start = 0x11000, .end = 0x10fff } },
	{ "in the kernel",
	  BUILD(X86, 7601, 0),
	  { 1, 2, 3, 0x10, 0xc0000 },
	  0x3c,
	  { .present = 0x3f, .anomalies = 1, .start = 0x10000, .end = 0xc0000fff } },
	{ "flags behind the node",
	  TYPES(no_union, 6),
	  { 1, 2, 3, 4, 0x00600001, 5, 0x8a5b6c70 },
	  0x1c,
	  { .present = 0x56, .flags = 0x600001, .kind = 6, .control_area = 0x8a5b6c70 } },
	{ "neither union nor node",
	  TYPES(no_union + 1, 5),
	  { 0x00600001, 2, 3, 4, 0x00600001, 5, 0x8a5b6c70 },
	  0x1c,
	  { .present = 0 } },
	{ "flags of three bytes", TYPES(odd_flags, 3), { 1, 2, 3, 4, 0x00600001 }, 0x1c, { .present = 0 } },
	{ "not known whether private",
	  TYPES(no_private, 4),
	  { 1, 2, 3, 4, 0x10, 5, 0x8a5b6c70 },
	  0x1c,
	  { .present = 0x6, .flags = 0x10, .kind = KST_VAD_IMAGE } },
};

static void whole(void **state)
{
	const struct whole *row = *state;
	struct kst_layout *layout = row->types != NULL ? layout_from_rows(row->types, row->types_count, 4)
						       : layout_builtin(row->arch, row->build, row->revision);
	struct kst_vad v, want = row->want;
	uint8_t bytes[0x88] = { 0 };
	uint8_t *exact = malloc(row->len);

	for (size_t i = 0; i < sizeof row->words; i++)
		bytes[i] = (uint8_t)(row->words[i / 4] >> (8 * (i % 4)));
	assert_non_null(exact);
	memcpy(exact, bytes, row->len);
	memset(&v, 0x5a, sizeof v);
	v.size = want.size = sizeof v;
	want.address = 0xffff8000deadbee0;
	assert_int_equal(kst_decode_vad(layout, exact, row->len, want.address, &v, NULL), KST_OK);
	assert_memory_equal(&v, &want, sizeof v);
	free(exact);
	free(layout);
}

static void refuses(void **state)
{
	struct kst_layout *layout = layout_builtin(KST_ARCH_X64, 19041, 0);
	const struct {
		const struct kst_layout *layout;
		const void *bytes;
		uint32_t size;
		kst_status want;
	} cases[] = {
		{ NULL, "", sizeof(struct kst_vad), KST_E_ARG },
		{ layout, NULL, sizeof(struct kst_vad), KST_E_ARG },
		{ layout, "", sizeof(struct kst_vad) - 1, KST_E_ABI },
		{ layout, "", 0, KST_E_ABI },
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct kst_error err = { .size = sizeof err };
		struct kst_vad v, before;

		memset(&v, 0x5a, sizeof v);
		v.size = cases[i].size;
		before = v;
		assert_int_equal(kst_decode_vad(cases[i].layout, cases[i].bytes, 1, 0x8000000000001234, &v, &err),
				 cases[i].want);
		assert_memory_equal(&v, &before, sizeof v);
		assert_true(err.code == cases[i].want && err.address == 0x8000000000001234 && err.message[0] != 0);
	}
	assert_int_equal(kst_decode_vad(layout, "", 1, 0, NULL, NULL), KST_E_ARG);
	free(layout);
}

static void names(void **state)
{
	static const char *const kinds[] = {
		"none",        "device-physical", "image",           "awe",
		"write-watch", "large-pages",     "rotate-physical", "large-page-section"
	};
	static const char *const anomalies[] = { "range", "order", "path" };

	(void)state;
	for (uint32_t i = 0; i < 10; i++)
		assert_string_equal(kst_vad_kind_name(i), i < 8 ? kinds[i] : "unknown");
	for (uint32_t i = 0; i < 64; i++) {
		const char *name = kst_vad_anomaly_name(UINT64_C(1) << i);

		assert_true(name == NULL ? i >= 3 : i < 3 && strcmp(name, anomalies[i]) == 0);
	}
	assert_null(kst_vad_anomaly_name(0));
}

/* Where the pointer to the top of the tree is, told by the types there are. */
static void tops(void **state)
{
	static const struct member_row types[] = {
		{ "_MM_AVL_TABLE", "BalancedRoot.RightChild", 0x10, 8, 0, 0 },
		{ "_MMVAD_SHORT", "VadNode.Left", 8, 8, 0, 0 },
	};
	struct kst_layout *table = layout_from_rows(types, 1, 8), *both = layout_from_rows(types, 2, 8);
	struct kst_layout *node = layout_from_rows(types + 1, 1, 8), *neither = layout_from_rows(types, 0, 8);

	(void)state;
	assert_true(kst__vad_top(table, 0xfffffa8000000448) == 0xfffffa8000000458);
	assert_true(kst__vad_top(both, 0xfffffa8000000448) == 0xfffffa8000000448);
	assert_true(kst__vad_top(node, 0xfffffa8000000448) == 0xfffffa8000000448);
	assert_true(kst__vad_top(neither, 0xfffffa8000000448) == 0xfffffa8000000448);
	free(table);
	free(both);
	free(node);
	free(neither);
}

#define COUNT(table) (sizeof(table) / sizeof((table)[0]))

int main(void)
{
	struct CMUnitTest tests[3 + COUNT(rows) + COUNT(wholes)] = {
		cmocka_unit_test(refuses),
		cmocka_unit_test(names),
		cmocka_unit_test(tops),
	};
	size_t n = 3;

	n += ROWS_TO_TESTS(tests + n, rows, decodes);
	n += ROWS_TO_TESTS(tests + n, wholes, whole);
	return _cmocka_run_group_tests("vad", tests, n, NULL, NULL);
}
