/* SPDX-License-Identifier: MIT */
#include "support/objects.h"
#include "support/sweep.h"

#include <stdlib.h>

static const char *const names[] = { "Type", "Directory", "Process", "File" };
enum { TYPES = sizeof names / sizeof names[0] };

struct system {
	struct forged_objects f;
	uint64_t types[TYPES];
};

static struct system forge(uint32_t arch, uint32_t build, uint32_t revision)
{
	struct system s = { .f = objects_begin(arch, build, revision) };

	s.types[0] = s.f.type_type;
	for (size_t i = 1; i < TYPES; i++)
		s.types[i] = objects_type(&s.f, names[i]);
	objects_link(&s.f, s.f.type_type, s.types, TYPES);
	return s;
}

static void expect_all(const struct kst_target *target, const struct system *s)
{
	struct kst_object_type t = { .size = sizeof t };
	struct kst_cursor cursor;
	size_t found = 0;

	assert_int_equal(kst_object_types_begin(&cursor, target, NULL), KST_OK);
	for (; kst_object_types_next(&cursor, &t, NULL) == KST_OK; found++) {
		size_t i = 0;

		while (i < TYPES && strcmp(t.name, names[i]) != 0)
			i++;
		assert_true(i < TYPES && t.address == s->types[i]);
		assert_int_equal(t.index, i + (s->f.build >= 7600 ? 2 : 1));
		assert_true(t.anomalies == 0);
	}
	assert_int_equal(found, TYPES);
	assert_int_equal(kst_cursor_end(&cursor), KST_WALK_CLOSED);
	assert_true(kst_cursor_count(&cursor) == TYPES);
	assert_int_equal(kst_object_types_next(&cursor, &t, NULL), KST_END);
}

/* By table or by list, whichever the layout's kernel has. */
static void every_layout(void **state)
{
	const struct forged_build *b = *state;
	struct system s = forge(b->arch, b->build, b->revision);
	struct kst_object_type t = { .size = sizeof t };
	uint64_t file = objects_add(&s.f, s.types[3], NULL, 0, 4);

	objects_target(&s.f);
	expect_all(s.f.target, &s);
	assert_int_equal(kst_object_type_find(s.f.target, "fIle", 0, &t, NULL), KST_OK);
	assert_true(t.address == s.types[3]);
	assert_int_equal(t.tracking, KST_OBJECT_TRACKING_GLOBAL);
	assert_int_equal(kst_object_type_find(s.f.target, NULL, t.index - 1, &t, NULL), KST_OK);
	assert_true(t.address == s.types[2]);
	assert_int_equal(kst_object_type_find(s.f.target, "Fil", 0, &t, NULL), KST_END);
	assert_int_equal(kst_object_type_find(s.f.target, "Files", 0, &t, NULL), KST_END);
	assert_int_equal(kst_object_type_of(s.f.target, file, &t, NULL), KST_OK);
	assert_string_equal(t.name, "File");
	assert_int_equal(kst_object_type_of(s.f.target, s.types[3], &t, NULL), KST_OK);
	assert_string_equal(t.name, "Type");
	objects_end(&s.f);
}

/* Without type lists: the array, then the directory of types. */
static void other_ways(void **state)
{
	struct system s = forge(KST_ARCH_X86, 2600, 0);
	uint64_t array = objects_room(&s.f, 0x80), root, folder;
	struct kst_symbol symbols[3] = { { array, "ObpObjectTypes" } };
	struct kst_object_type t = { .size = sizeof t };
	struct kst_cursor cursor;

	(void)state;
	for (size_t i = 0; i < TYPES; i++)
		image_put_pointer(s.f.img, array + 4 * i, s.types[i]);
	expect_all(image_target_symbols(s.f.img, s.f.layout, symbols, 1), &s);

	root = objects_add(&s.f, s.types[1], "\\", 0, 4);
	folder = objects_add(&s.f, s.types[1], "ObjectTypes", root, 4);
	objects_directory(&s.f, root, &folder, 1);
	objects_directory(&s.f, folder, s.types, TYPES);
	image_put_pointer(s.f.img, objects_symbol(&s.f, FORGED_OBP_ROOT), root);
	symbols[0] = (struct kst_symbol){ objects_symbol(&s.f, FORGED_OBP_ROOT), "ObpRootDirectoryObject" };
	expect_all(image_target_symbols(s.f.img, s.f.layout, symbols, 1), &s);

	image_put_pointer(s.f.img, objects_symbol(&s.f, FORGED_OBP_TYPE_DIRECTORY), folder);
	symbols[0] = (struct kst_symbol){ objects_symbol(&s.f, FORGED_OBP_TYPE_DIRECTORY), "ObpTypeDirectoryObject" };
	expect_all(image_target_symbols(s.f.img, s.f.layout, symbols, 1), &s);

	assert_int_equal(kst_object_types_begin(&cursor, image_target(s.f.img, s.f.layout), NULL), KST_E_NO_MEMBER);
	assert_int_equal(kst_object_type_find(image_target(s.f.img, s.f.layout), "File", 0, &t, NULL), KST_E_NO_MEMBER);
	image_unmap(s.f.img, objects_symbol(&s.f, FORGED_OBP_TYPE_DIRECTORY));
	assert_int_equal(kst_object_types_begin(&cursor, image_target_symbols(s.f.img, s.f.layout, symbols, 1), NULL),
			 KST_E_FAULT);
	objects_end(&s.f);
}

static void tracking(void **state)
{
	static const struct {
		uint32_t global;
		uint64_t own;
		bool known;
		uint32_t tracking;
	} cases[] = {
		{ 0, 0, true, KST_OBJECT_TRACKING_OFF },         { 0, 1, true, KST_OBJECT_TRACKING_TYPE },
		{ 0x4000, 0, true, KST_OBJECT_TRACKING_GLOBAL }, { 0x4400, 1, true, KST_OBJECT_TRACKING_GLOBAL },
		{ 0, 0, false, KST_OBJECT_TRACKING_UNKNOWN },    { 0, 1, false, KST_OBJECT_TRACKING_TYPE },
	};
	struct system s = forge(KST_ARCH_X64, 19041, 3570);
	struct kst_object_type t = { .size = sizeof t };

	(void)state;
	objects_target(&s.f);
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		const struct kst_target *target = cases[i].known ? s.f.target : image_target(s.f.img, s.f.layout);

		image_put32(s.f.img, objects_symbol(&s.f, FORGED_NT_GLOBAL_FLAG), cases[i].global);
		image_put_member(s.f.img, s.f.layout, s.types[3], "_OBJECT_TYPE", "TypeInfo.MaintainTypeList",
				 cases[i].own);
		assert_int_equal(kst_object_type_at(target, s.types[3], &t, NULL), KST_OK);
		assert_int_equal(t.tracking, cases[i].tracking);
	}
	objects_end(&s.f);
}

/* A table slot that leads astray, a type whose index is another's, a type object that is none. */
static void hostile(void **state)
{
	struct system s = forge(KST_ARCH_X64, 19041, 3570);
	uint64_t table = objects_symbol(&s.f, FORGED_TABLE);
	struct kst_object_type t = { .size = sizeof t };
	struct kst_cursor cursor;
	unsigned count = 0;

	(void)state;
	objects_target(&s.f);
	image_put64(s.f.img, table + 3 * 8, 0xbad0b0b0);
	image_put64(s.f.img, table + 4 * 8, s.types[3]);
	image_put64(s.f.img, table + 6 * 8, 0xffffb00000000000);
	assert_int_equal(kst_object_types_begin(&cursor, s.f.target, NULL), KST_OK);
	while (kst_object_types_next(&cursor, &t, NULL) == KST_OK) {
		if (count == 1)
			assert_true(t.anomalies & KST_OBJECT_TYPE_ANOMALY_INDEX);
		count++;
	}
	assert_int_equal(count, 3);
	assert_true(kst_cursor_anomalies(&cursor) == KST_WALK_ANOMALY_SKIPPED);
	for (unsigned i = 2; i < 0x100; i++) /* a table without an end */
		image_put64(s.f.img, table + i * 8, s.types[3]);
	count = 0;
	assert_int_equal(kst_object_types_begin(&cursor, s.f.target, NULL), KST_OK);
	while (kst_object_types_next(&cursor, &t, NULL) == KST_OK)
		count++;
	assert_int_equal(count, 0xfe);
	objects_end(&s.f);

	s = forge(KST_ARCH_X86, 3790, 0);
	objects_target(&s.f);
	image_put_member(s.f.img, s.f.layout, objects_header(&s.f, s.types[3]), "_OBJECT_HEADER", "Type", s.types[2]);
	assert_int_equal(kst_object_type_at(s.f.target, s.types[3], &t, NULL), KST_OK);
	assert_true(t.anomalies == KST_OBJECT_TYPE_ANOMALY_NOT_A_TYPE);
	image_put_pointer(s.f.img, objects_entry(&s.f, s.types[3]), objects_entry(&s.f, s.types[1]));
	assert_int_equal(kst_object_type_find(s.f.target, "Nothing", 0, &t, NULL), KST_E_CORRUPT); /* the list loops */
	objects_end(&s.f);
}

static void no_type(void **state)
{
	struct system s = forge(KST_ARCH_X64, 19041, 3570);
	uint64_t file = objects_add(&s.f, s.types[3], NULL, 0, 4);
	uint64_t header = objects_header(&s.f, file);
	struct kst_symbol table = { objects_symbol(&s.f, FORGED_TABLE), "ObTypeIndexTable" };
	struct kst_object_type t = { .size = sizeof t, .address = 7 };

	(void)state;
	objects_target(&s.f);
	assert_int_equal(kst_object_type_of(image_target(s.f.img, s.f.layout), file, &t, NULL), KST_E_NO_MEMBER);
	image_put_member(s.f.img, s.f.layout, header, "_OBJECT_HEADER", "TypeIndex",
			 kst_object_type_index(0x90, header, s.f.cookie));
	assert_int_equal(kst_object_type_of(s.f.target, file, &t, NULL), KST_E_CORRUPT);
	assert_int_equal(kst_object_type_of(s.f.target, file + 0x1000000, &t, NULL), KST_E_FAULT);
	assert_int_equal(kst_object_type_at(s.f.target, file + 0x1000000, &t, NULL), KST_E_FAULT);
	assert_int_equal(kst_object_type_of(NULL, file, &t, NULL), KST_E_ARG);
	assert_int_equal(kst_object_types_begin(NULL, s.f.target, NULL), KST_E_ARG);
	assert_true(t.address == 7);
	t.size = 4;
	assert_int_equal(kst_object_type_at(s.f.target, s.types[3], &t, NULL), KST_E_ABI);
	assert_int_equal(kst_object_type_find(s.f.target, "File", 0, &t, NULL), KST_E_ABI);
	(void)table;
	objects_end(&s.f);
}

static void every_read_may_fail(void **state)
{
	static const struct forged_build builds[] = { { "", KST_ARCH_X64, 19041, 3570 },
						      { "", KST_ARCH_X86, 3790, 0 } };

	(void)state;
	for (size_t b = 0; b < 2; b++) {
		struct system s = forge(builds[b].arch, builds[b].build, builds[b].revision);

		objects_target(&s.f);
		SWEEP(s.f.img, kst_object_type, kst_object_types_begin(&sweep.cursor, s.f.target, &sweep.err),
		      kst_object_types_next)
			assert_true(sweep.status != KST_E_LIMIT && sweep.status != KST_E_CORRUPT);
		objects_end(&s.f);
	}
}

int main(void)
{
	struct CMUnitTest tests[64] = {
		cmocka_unit_test(other_ways),
		cmocka_unit_test(tracking),
		cmocka_unit_test(hostile),
		cmocka_unit_test(no_type),
		cmocka_unit_test(every_read_may_fail),
	};
	size_t n = 5;

	n += rows_to_tests(tests + n, forged_builds, forged_builds_count, sizeof forged_builds[0], every_layout);
	return _cmocka_run_group_tests("object types", tests, n, NULL, NULL);
}
