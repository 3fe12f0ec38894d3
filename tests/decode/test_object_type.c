/* SPDX-License-Identifier: MIT */
#include "support/objects.h"

#include <stdlib.h>

struct field {
	const char *path;
	uint64_t offset; /* beyond the member's */
	uint64_t value;
	unsigned width; /* 0: the member's */
};

static void put(const struct kst_layout *layout, uint8_t *bytes, const struct field *f)
{
	struct kst_member m = { .size = sizeof m };
	unsigned width;
	uint64_t value = f->value;

	assert_int_equal(kst_layout_member(layout, "_OBJECT_TYPE", f->path, &m), KST_OK);
	width = f->width != 0 ? f->width : m.length;
	if (m.bit_len != 0)
		value = bytes[m.offset] | f->value << m.bit_pos;
	for (size_t i = 0; i < width; i++)
		bytes[m.offset + f->offset + i] = (uint8_t)(value >> (8 * i));
}

/* Types with all they can have in their builds, each value of its own, and all that is read of them. */
struct whole {
	const char *name;
	struct forged_build build;
	struct field put[24];
	struct kst_object_type type;
};

/* clang-format off */
static const struct whole wholes[] = {
	{ "19041 x64", { "", KST_ARCH_X64, 19041, 3570 },
	  { { "TypeList", 0, 0xffffb30411111110, 8 }, { "TypeList", 8, 0xffffb30422222220, 8 },
	    { "Name", 0, 0xeeeeeeeefffefffc, 8 }, { "Name", 8, 0xffffc30133333330, 8 },
	    { "DefaultObject", 0, 0xfffff80144444440, 0 }, { "Index", 0, 0xa5, 0 }, { "Index", 1, 0xffffff, 3 },
	    { "TotalNumberOfObjects", 0, 0x80000001, 0 }, { "TotalNumberOfHandles", 0, 0x90000002, 0 },
	    { "HighWaterNumberOfObjects", 0, 0x80000001, 0 }, { "HighWaterNumberOfHandles", 0, 0x90000002, 0 },
	    { "Key", 0, 0xe56c6946, 0 }, { "TypeInfo.ValidAccessMask", 0, 0xa01f01ff, 0 },
	    { "TypeInfo.PoolType", 0, 0x80000200, 0 }, { "CallbackList", 0, 0xffffb30455555550, 8 },
	    { "TypeInfo.CaseInsensitive", 0, 1, 0 }, { "TypeInfo.UnnamedObjectsOnly", 0, 1, 0 },
	    { "TypeInfo.UseDefaultObject", 0, 1, 0 }, { "TypeInfo.SecurityRequired", 0, 1, 0 },
	    { "TypeInfo.MaintainHandleCount", 0, 1, 0 }, { "TypeInfo.MaintainTypeList", 0, 1, 0 },
	    { "TypeInfo.SupportsObjectCallbacks", 0, 1, 0 }, { "TypeInfo.CacheAligned", 0, 1, 0 } },
	  { .index = 0xa5, .present = 0xfff, .address = 0xffffb30466666640, .list_head = 0xffffb30466666640,
	    .list_flink = 0xffffb30411111110, .list_blink = 0xffffb30422222220, .default_object = 0xfffff80144444440,
	    .name_buffer = 0xffffc30133333330, .name_length = 0xfffc, .name_maximum = 0xfffe, .objects = 0x80000001,
	    .handles = 0x90000002, .high_objects = 0x80000001, .high_handles = 0x90000002,
	    .key = { 0x46, 0x69, 0x6c, 0xe5 }, .flags = 0xff, .valid_access = 0xa01f01ff, .pool_type = 0x80000200,
	    .callback_flink = 0xffffb30455555550, .callback_head = 0xffffb30466666708 } },
	{ "7 x86: the published dt of the type File, without its flags", { "", KST_ARCH_X86, 7600, 0 },
	  { { "TypeList", 0, 0x83d8bb38, 4 }, { "TypeList", 4, 0x846022d0, 4 }, { "Name", 0, 0x000a0008, 4 },
	    { "Name", 4, 0x8b0011f8, 4 }, { "DefaultObject", 0, 0x5c, 0 }, { "Index", 0, 0x1c, 0 },
	    { "TotalNumberOfObjects", 0, 0x2d3, 0 }, { "TotalNumberOfHandles", 0, 0xaa, 0 },
	    { "HighWaterNumberOfObjects", 0, 0x691, 0 }, { "HighWaterNumberOfHandles", 0, 0xb6, 0 },
	    { "Key", 0, 0x656c6946, 0 }, { "CallbackList", 0, 0x83d65760, 4 } },
	  { .index = 0x1c, .present = 0xfff, .address = 0x83d656e0, .list_head = 0x83d656e0, .list_flink = 0x83d8bb38,
	    .list_blink = 0x846022d0, .default_object = 0x5c, .name_buffer = 0x8b0011f8, .name_length = 8,
	    .name_maximum = 10, .objects = 723, .handles = 0xaa, .high_objects = 0x691, .high_handles = 0xb6,
	    .key = { 'F', 'i', 'l', 'e' }, .callback_flink = 0x83d65760, .callback_head = 0x83d65760 } },
	{ "XP x86: the list is not at the start, there are no callbacks", { "", KST_ARCH_X86, 2600, 0 },
	  { { "TypeList", 0, 0xffffffd0, 4 }, { "TypeList", 4, 0x8180000c, 4 }, { "Name", 0, 0x00140012, 4 },
	    { "Name", 4, 0xe10062e0, 4 }, { "DefaultObject", 0, 0x80561234, 0 }, { "Index", 0, 0x80000005, 0 },
	    { "TotalNumberOfObjects", 0, 1, 0 }, { "TotalNumberOfHandles", 0, 2, 0 },
	    { "HighWaterNumberOfObjects", 0, 3, 0 }, { "HighWaterNumberOfHandles", 0, 4, 0 },
	    { "Key", 0, 0x636f7250, 0 }, { "TypeInfo.ValidAccessMask", 0, 0x1f0fff, 0 },
	    { "TypeInfo.PoolType", 0, 1, 0 } },
	  { .index = 0x80000005, .present = 0x7ff, .address = 0xfffffff0, .list_head = 0x28, .list_flink = 0xffffffd0,
	    .list_blink = 0x8180000c, .default_object = 0x80561234, .name_buffer = 0xe10062e0, .name_length = 0x12,
	    .name_maximum = 0x14, .objects = 1, .handles = 2, .high_objects = 3, .high_handles = 4,
	    .key = { 'P', 'r', 'o', 'c' }, .valid_access = 0x1f0fff, .pool_type = 1 } },
};
/* clang-format on */

static void whole_types(void **state)
{
	const struct whole *row = *state;
	struct kst_layout *layout = layout_builtin(row->build.arch, row->build.build, row->build.revision);
	struct kst_object_type want = row->type, t = { .size = sizeof t };
	uint8_t bytes[0x300] = { 0 };

	want.size = sizeof want;
	for (size_t i = 0; i < 24 && row->put[i].path != NULL; i++)
		put(layout, bytes, &row->put[i]);
	assert_int_equal(kst_decode_object_type(layout, bytes, sizeof bytes, want.address, &t, NULL), KST_OK);
	assert_memory_equal(&t, &want, sizeof t); /* the text of the name lies elsewhere */
	free(layout);
}

/* The published type File of Windows 7 x86. */
static void file_type(const struct kst_layout *layout, uint8_t *bytes)
{
	for (size_t i = 0; i < 24 && wholes[1].put[i].path != NULL; i++)
		put(layout, bytes, &wholes[1].put[i]);
}

static void truncated(void **state)
{
	struct kst_layout *layout = layout_builtin(KST_ARCH_X86, 7600, 0);
	uint8_t bytes[0x88] = { 0 };
	uint64_t before = 0;

	(void)state;
	file_type(layout, bytes);
	for (size_t len = 0; len <= sizeof bytes; len++) {
		struct kst_object_type t = { .size = sizeof t };
		uint8_t *exact = malloc(len == 0 ? 1 : len);

		memcpy(exact, bytes, len);
		assert_int_equal(kst_decode_object_type(layout, exact, len, 0x83d656e0, &t, NULL), KST_OK);
		assert_true((before & ~t.present) == 0);
		if (len < 8)
			assert_true(t.present == 0);
		assert_true(t.anomalies == 0); /* what is cut off contradicts nothing */
		before = t.present;
		free(exact);
	}
	free(layout);
}

/* The initializer's flags were bytes up to 2003 and are bits since: one set of ours, in every built-in layout. */
static void flags(void **state)
{
	const struct forged_build *b = *state;
	struct kst_layout *layout = layout_builtin(b->arch, b->build, b->revision);
	static const struct {
		const char *path;
		uint32_t flag;
	} all[] = {
		{ "TypeInfo.CaseInsensitive", KST_OBJECT_TYPE_CASE_INSENSITIVE },
		{ "TypeInfo.UseDefaultObject", KST_OBJECT_TYPE_USE_DEFAULT },
		{ "TypeInfo.SecurityRequired", KST_OBJECT_TYPE_SECURITY_REQUIRED },
		{ "TypeInfo.MaintainHandleCount", KST_OBJECT_TYPE_MAINTAIN_HANDLES },
		{ "TypeInfo.MaintainTypeList", KST_OBJECT_TYPE_MAINTAIN_LIST },
	};

	for (size_t i = 0; i < sizeof all / sizeof all[0]; i++) {
		struct kst_object_type t = { .size = sizeof t };
		uint8_t bytes[0x300] = { 0 };
		struct field f = { all[i].path, 0, 1, 0 };

		put(layout, bytes, &f);
		assert_int_equal(kst_decode_object_type(layout, bytes, sizeof bytes, 0x84000000, &t, NULL), KST_OK);
		assert_true(t.present & KST_OBJECT_TYPE_HAS_FLAGS);
		assert_int_equal(t.flags, all[i].flag);
	}
	free(layout);
}

struct row {
	const char *name;
	struct field put[3];
	uint64_t anomalies;
};

static const struct row rows[] = {
	{ "list half empty", { { "TypeList", 0, 0x83d656e0, 4 } }, KST_OBJECT_TYPE_ANOMALY_LIST },
	{ "name longer than its buffer", { { "Name", 0, 0x0008000a, 4 } }, KST_OBJECT_TYPE_ANOMALY_NAME },
	{ "name of odd length", { { "Name", 0, 0x000a0007, 4 } }, KST_OBJECT_TYPE_ANOMALY_NAME },
	{ "list half empty, the other half", { { "TypeList", 4, 0x83d656e0, 4 } }, KST_OBJECT_TYPE_ANOMALY_LIST },
	{ "list empty", { { "TypeList", 0, 0x83d656e0, 4 }, { "TypeList", 4, 0x83d656e0, 4 } }, 0 },
	{ "name as long as its buffer", { { "Name", 0, 0x00080008, 4 } }, 0 },
	{ "one object more than ever", { { "TotalNumberOfObjects", 0, 0x692, 0 } }, KST_OBJECT_TYPE_ANOMALY_COUNTS },
	{ "as many objects as ever", { { "TotalNumberOfObjects", 0, 0x691, 0 } }, 0 },
	{ "one handle more than ever", { { "TotalNumberOfHandles", 0, 0xb7, 0 } }, KST_OBJECT_TYPE_ANOMALY_COUNTS },
	{ "more objects than ever", { { "TotalNumberOfObjects", 0, 0xffffffff, 0 } }, KST_OBJECT_TYPE_ANOMALY_COUNTS },
};

static void contradictions(void **state)
{
	const struct row *row = *state;
	struct kst_layout *layout = layout_builtin(KST_ARCH_X86, 7600, 0);
	struct kst_object_type t = { .size = sizeof t };
	uint8_t bytes[0x88] = { 0 };

	file_type(layout, bytes);
	for (size_t i = 0; i < 3 && row->put[i].path != NULL; i++)
		put(layout, bytes, &row->put[i]);
	assert_int_equal(kst_decode_object_type(layout, bytes, sizeof bytes, 0x83d656e0, &t, NULL), KST_OK);
	assert_true(t.anomalies == row->anomalies);
	free(layout);
}

/* The flags are known where MaintainTypeList is, which all builds have. */
static void few_members(void **state)
{
	static const struct {
		struct member_row row;
		uint64_t present;
		uint32_t flags;
	} cases[] = {
		{ { "_OBJECT_TYPE", "TypeInfo.MaintainTypeList", 0, 1, 5, 1 }, KST_OBJECT_TYPE_HAS_FLAGS, 0x20 },
		{ { "_OBJECT_TYPE", "TypeInfo.MaintainTypeList", 0, 1, 4, 1 }, KST_OBJECT_TYPE_HAS_FLAGS, 0 },
		{ { "_OBJECT_TYPE", "TypeInfo.CaseInsensitive", 0, 1, 5, 1 }, 0, 1 },
		{ { "_OBJECT_TYPE", "TypeInfo.UnnamedObjectsOnly", 0, 1, 5, 1 }, 0, 2 },
		{ { "_OBJECT_TYPE", "TypeInfo.CacheAligned", 0, 1, 4, 1 }, 0, 0 },
		/* one high water mark alone says nothing */
		{ { "_OBJECT_TYPE", "HighWaterNumberOfObjects", 0, 1, 0, 0 }, 0, 0 },
		{ { "_OBJECT_TYPE", "TotalNumberOfObjects", 0, 1, 0, 0 }, KST_OBJECT_TYPE_HAS_OBJECTS, 0 },
	};
	static const uint8_t bytes[] = { 0x20 };

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct kst_layout *layout = layout_from_rows(&cases[i].row, 1, 8);
		struct kst_object_type t = { .size = sizeof t };

		assert_int_equal(kst_decode_object_type(layout, bytes, sizeof bytes, 0, &t, NULL), KST_OK);
		assert_true(t.present == cases[i].present);
		assert_int_equal(t.flags, cases[i].flags);
		assert_true(t.anomalies == 0);
		free(layout);
	}
}

static void refuses(void **state)
{
	struct kst_layout *layout = layout_builtin(KST_ARCH_X86, 7600, 0);
	struct kst_object_type t = { .size = 4, .address = 7 };
	struct kst_error err = { .size = sizeof err };

	(void)state;
	assert_int_equal(kst_decode_object_type(layout, NULL, 0, 0x1234, &t, &err), KST_E_ABI);
	assert_true(err.address == 0x1234);
	assert_string_equal(err.message, "kst_object_type.size is not known");
	assert_true(t.size == 4 && t.address == 7);
	assert_int_equal(kst_decode_object_type(layout, NULL, 1, 0x5678, &t, &err), KST_E_ARG);
	assert_true(err.address == 0x5678);
	assert_string_equal(err.message, "layout, bytes or result is NULL");
	assert_int_equal(kst_decode_object_type(layout, NULL, 0, 0, NULL, NULL), KST_E_ARG);
	free(layout);
}

static void names(void **state)
{
	static const char *const anomalies[] = { "name", "index", "list", "not-a-type", "counts" };
	static const char *const trackings[] = { "unknown", "off", "type", "global", "unknown" };

	(void)state;
	for (unsigned i = 0; i < 5; i++) {
		assert_string_equal(kst_object_type_anomaly_name((uint64_t)1 << i), anomalies[i]);
		assert_string_equal(kst_object_tracking_name(i), trackings[i]);
	}
	assert_null(kst_object_type_anomaly_name(0x20));
	assert_null(kst_object_type_anomaly_name(3));
}

int main(void)
{
	struct CMUnitTest tests[80] = {
		cmocka_unit_test(truncated),
		cmocka_unit_test(few_members),
		cmocka_unit_test(refuses),
		cmocka_unit_test(names),
	};
	size_t n = 4;

	n += ROWS_TO_TESTS(tests + n, wholes, whole_types);
	n += ROWS_TO_TESTS(tests + n, rows, contradictions);
	n += rows_to_tests(tests + n, forged_builds, forged_builds_count, sizeof forged_builds[0], flags);
	return _cmocka_run_group_tests("object types", tests, n, NULL, NULL);
}
