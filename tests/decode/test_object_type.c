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

/* A published dt of the type File, Windows 7 x86: flags are not in it. */
static const struct field seed[] = {
	{ "TypeList", 0, 0x83d8bb38, 4 },
	{ "TypeList", 4, 0x846022d0, 4 },
	{ "Name", 0, 0x000a0008, 4 },
	{ "Name", 4, 0x8b0011f8, 4 },
	{ "DefaultObject", 0, 0x5c, 0 },
	{ "Index", 0, 0x1c, 0 },
	{ "TotalNumberOfObjects", 0, 0x2d3, 0 },
	{ "TotalNumberOfHandles", 0, 0xaa, 0 },
	{ "HighWaterNumberOfObjects", 0, 0x691, 0 },
	{ "HighWaterNumberOfHandles", 0, 0xb6, 0 },
	{ "Key", 0, 0x656c6946, 0 },
	{ "CallbackList", 0, 0x83d65760, 4 },
};

static void fill(const struct kst_layout *layout, uint8_t *bytes)
{
	for (size_t i = 0; i < sizeof seed / sizeof seed[0]; i++)
		put(layout, bytes, &seed[i]);
}

static void published(void **state)
{
	struct kst_layout *layout = layout_builtin(KST_ARCH_X86, 7600, 0);
	struct kst_object_type t = { .size = sizeof t };
	uint8_t bytes[0x88] = { 0 };

	(void)state;
	fill(layout, bytes);
	assert_int_equal(kst_decode_object_type(layout, bytes, sizeof bytes, 0x83d656e0, &t, NULL), KST_OK);
	assert_true(t.list_head == 0x83d656e0);
	assert_true(t.list_flink == 0x83d8bb38 && t.list_blink == 0x846022d0);
	assert_true(t.default_object == 0x5c);
	assert_int_equal(t.index, 0x1c);
	assert_int_equal(t.objects, 723);
	assert_int_equal(t.handles, 0xaa);
	assert_int_equal(t.high_objects, 0x691);
	assert_int_equal(t.high_handles, 0xb6);
	assert_memory_equal(t.key, "File", 4);
	assert_true(t.callback_head == 0x83d65760 && t.callback_flink == 0x83d65760); /* no callbacks */
	assert_int_equal(t.name_length, 8);
	assert_true(t.anomalies == 0);
	assert_true((t.present & KST_OBJECT_TYPE_HAS_NAME) == 0); /* the text lies elsewhere */
	free(layout);
}

static void truncated(void **state)
{
	struct kst_layout *layout = layout_builtin(KST_ARCH_X86, 7600, 0);
	uint8_t bytes[0x88] = { 0 };
	uint64_t before = 0;

	(void)state;
	fill(layout, bytes);
	for (size_t len = 0; len <= sizeof bytes; len++) {
		struct kst_object_type t = { .size = sizeof t };
		uint8_t *exact = malloc(len == 0 ? 1 : len);

		memcpy(exact, bytes, len);
		assert_int_equal(kst_decode_object_type(layout, exact, len, 0x83d656e0, &t, NULL), KST_OK);
		assert_true((before & ~t.present) == 0);
		if (len < 8)
			assert_true(t.present == 0);
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
	{ "more objects than ever", { { "TotalNumberOfObjects", 0, 0xffffffff, 0 } }, KST_OBJECT_TYPE_ANOMALY_COUNTS },
};

static void contradictions(void **state)
{
	const struct row *row = *state;
	struct kst_layout *layout = layout_builtin(KST_ARCH_X86, 7600, 0);
	struct kst_object_type t = { .size = sizeof t };
	uint8_t bytes[0x88] = { 0 };

	fill(layout, bytes);
	for (size_t i = 0; i < 3 && row->put[i].path != NULL; i++)
		put(layout, bytes, &row->put[i]);
	assert_int_equal(kst_decode_object_type(layout, bytes, sizeof bytes, 0x83d656e0, &t, NULL), KST_OK);
	assert_true(t.anomalies == row->anomalies);
	free(layout);
}

static void refuses(void **state)
{
	struct kst_layout *layout = layout_builtin(KST_ARCH_X86, 7600, 0);
	struct kst_object_type t = { .size = 4, .address = 7 };

	(void)state;
	assert_int_equal(kst_decode_object_type(layout, NULL, 0, 0, &t, NULL), KST_E_ABI);
	assert_true(t.address == 7);
	assert_int_equal(kst_decode_object_type(layout, NULL, 1, 0, &t, NULL), KST_E_ARG);
	assert_int_equal(kst_decode_object_type(layout, NULL, 0, 0, NULL, NULL), KST_E_ARG);
	assert_string_equal(kst_object_type_anomaly_name(KST_OBJECT_TYPE_ANOMALY_COUNTS), "counts");
	assert_null(kst_object_type_anomaly_name(0x20));
	assert_string_equal(kst_tracking_name(KST_TRACKING_GLOBAL), "global");
	assert_string_equal(kst_tracking_name(9), "unknown");
	free(layout);
}

int main(void)
{
	struct CMUnitTest tests[80] = {
		cmocka_unit_test(published),
		cmocka_unit_test(truncated),
		cmocka_unit_test(refuses),
	};
	size_t n = 3;

	n += ROWS_TO_TESTS(tests + n, rows, contradictions);
	n += rows_to_tests(tests + n, forged_builds, forged_builds_count, sizeof forged_builds[0], flags);
	return _cmocka_run_group_tests("object types", tests, n, NULL, NULL);
}
