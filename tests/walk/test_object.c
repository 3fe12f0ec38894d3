/* SPDX-License-Identifier: MIT */
#include "support/objects.h"

#include <stdlib.h>

/* Type, name, counts by body, by header and by either, in every built-in layout. */
static void every_layout(void **state)
{
	const struct forged_build *b = *state;
	struct forged_objects f = objects_begin(b->arch, b->build, b->revision);
	uint64_t event = objects_type(&f, "Event");
	uint64_t body = objects_add(&f, event, "LowMemoryCondition", 0, 4);
	const uint64_t addresses[] = { body, objects_header(&f, body), body, objects_header(&f, body) };
	const uint32_t at[] = { KST_OBJECT_AT_BODY, KST_OBJECT_AT_HEADER, KST_OBJECT_AT_EITHER, KST_OBJECT_AT_EITHER };

	objects_target(&f);
	for (size_t i = 0; i < 4; i++) {
		struct kst_object o = { .size = sizeof o };

		assert_int_equal(kst_object_at(f.target, addresses[i], at[i], &o, NULL), KST_OK);
		assert_true(o.body == body);
		assert_true(o.type == event);
		assert_string_equal(o.type_name, "Event");
		assert_string_equal(o.name, "LowMemoryCondition");
		assert_true(o.creator_pid == 4 && o.pointer_count == 3 && o.handle_count == 1);
		assert_true(o.anomalies == 0);
		assert_int_equal(o.size, sizeof o);
	}
	objects_end(&f);
}

struct row {
	const char *name;
	uint32_t arch, build, revision;
	void (*change)(struct forged_objects *f, uint64_t body);
	bool typed;
	uint64_t anomalies;
};

static void nothing(struct forged_objects *f, uint64_t body)
{
	(void)f;
	(void)body;
}

static void index_beyond(struct forged_objects *f, uint64_t body)
{
	uint64_t header = objects_header(f, body);

	image_put_member(f->img, f->layout, header, "_OBJECT_HEADER", "TypeIndex",
			 f->build >= 10240 ? kst_object_type_index(0x40, header, f->cookie) : 0x40);
}

static void index_of_poison(struct forged_objects *f, uint64_t body)
{
	uint64_t header = objects_header(f, body);

	image_put_pointer(f->img, objects_symbol(f, FORGED_TABLE) + f->width, f->type_type);
	image_put_member(f->img, f->layout, header, "_OBJECT_HEADER", "TypeIndex",
			 f->build >= 10240 ? kst_object_type_index(1, header, f->cookie) : 1);
}

static void slot_of_another(struct forged_objects *f, uint64_t body)
{
	(void)body;
	image_put_pointer(f->img, objects_symbol(f, FORGED_TABLE) + 3 * (uint64_t)f->width, f->type_type);
}

static void type_is_no_type(struct forged_objects *f, uint64_t body)
{
	image_put_member(f->img, f->layout, objects_header(f, body), "_OBJECT_HEADER", "Type", body);
}

static void type_in_user_memory(struct forged_objects *f, uint64_t body)
{
	image_put_member(f->img, f->layout, objects_header(f, body), "_OBJECT_HEADER", "Type", 0x10000);
}

static void cookie_paged_out(struct forged_objects *f, uint64_t body)
{
	(void)body;
	image_unmap(f->img, f->symbols);
}

static const struct row rows[] = {
	{ "7 x86", KST_ARCH_X86, 7600, 0, nothing, true, 0 },
	{ "7: index beyond the table", KST_ARCH_X86, 7600, 0, index_beyond, false, KST_OBJECT_ANOMALY_TYPE_INDEX },
	{ "10: index beyond the table", KST_ARCH_X64, 19041, 3570, index_beyond, false, KST_OBJECT_ANOMALY_TYPE_INDEX },
	{ "10: index of the poisoned slot", KST_ARCH_X64, 19041, 3570, index_of_poison, false,
	  KST_OBJECT_ANOMALY_TYPE_INDEX },
	{ "10: slot leads to another type", KST_ARCH_X64, 19041, 3570, slot_of_another, false,
	  KST_OBJECT_ANOMALY_NOT_A_TYPE },
	{ "10: globals paged out", KST_ARCH_X64, 19041, 3570, cookie_paged_out, false,
	  KST_OBJECT_ANOMALY_COOKIE_UNKNOWN },
	{ "26100: optional headers as far as stated", KST_ARCH_X64, 26100, 2314, nothing, true, 0 },
	{ "26100: index beyond the table", KST_ARCH_X64, 26100, 2314, index_beyond, false,
	  KST_OBJECT_ANOMALY_TYPE_INDEX },
	{ "Vista: type is no type", KST_ARCH_X64, 6002, 0, type_is_no_type, false, KST_OBJECT_ANOMALY_NOT_A_TYPE },
	{ "XP: type in user memory", KST_ARCH_X86, 2600, 0, type_in_user_memory, false, KST_OBJECT_ANOMALY_NOT_A_TYPE },
};

static void types_of_objects(void **state)
{
	const struct row *row = *state;
	struct forged_objects f = objects_begin(row->arch, row->build, row->revision);
	uint64_t event = objects_type(&f, "Event");
	uint64_t body = objects_add(&f, event, "E", 0, 4);
	struct kst_object o = { .size = sizeof o };

	row->change(&f, body);
	objects_target(&f);
	assert_int_equal(kst_object_at(f.target, body, KST_OBJECT_AT_BODY, &o, NULL), KST_OK);
	assert_int_equal((o.present & KST_OBJECT_HAS_TYPE) != 0, row->typed);
	assert_int_equal((o.present & KST_OBJECT_HAS_TYPE_NAME) != 0, row->typed);
	assert_true(o.anomalies == row->anomalies);
	assert_string_equal(o.name, "E"); /* that is read all the same */
	objects_end(&f);
}

/* Without the cookie's symbol the types themselves show it, if two of them agree. */
static void cookie_recovered(void **state)
{
	struct forged_objects f = objects_begin(KST_ARCH_X64, 19041, 3570);
	uint64_t event = objects_type(&f, "Event");
	uint64_t body = objects_add(&f, event, NULL, 0, 4);
	struct kst_symbol table = { objects_symbol(&f, FORGED_TABLE), "ObTypeIndexTable" };
	struct kst_target *target = image_target_symbols(f.img, f.layout, &table, 1);
	struct kst_object o = { .size = sizeof o };

	(void)state;
	assert_int_equal(kst_object_at(target, body, KST_OBJECT_AT_BODY, &o, NULL), KST_OK);
	assert_string_equal(o.type_name, "Event");
	image_put_member(f.img, f.layout, objects_header(&f, event), "_OBJECT_HEADER", "TypeIndex", 0x55);
	assert_int_equal(kst_object_at(target, body, KST_OBJECT_AT_BODY, &o, NULL), KST_OK);
	assert_true(o.anomalies == KST_OBJECT_ANOMALY_COOKIE_UNKNOWN);
	objects_end(&f);
}

/* Types that know the header and no optional one: whether the index is encoded shows in there being a cookie only. */
static void index_of_unknown_form(void **state)
{
	static const struct member_row rows_of[] = {
		{ "_OBJECT_HEADER", "PointerCount", 0, 8, 0, 0 }, { "_OBJECT_HEADER", "HandleCount", 8, 8, 0, 0 },
		{ "_OBJECT_HEADER", "TypeIndex", 0x18, 1, 0, 0 }, { "_OBJECT_HEADER", "InfoMask", 0x1a, 1, 0, 0 },
		{ "_OBJECT_HEADER", "Flags", 0x1b, 1, 0, 0 },     { "_OBJECT_HEADER", "Body", 0x30, 8, 0, 0 },
		{ "_OBJECT_TYPE", "Name", 0x10, 16, 0, 0 },       { "_OBJECT_TYPE", "Index", 0x28, 1, 0, 0 },
	};
	struct forged_objects f = objects_begin(KST_ARCH_X64, 19041, 3570);
	uint64_t event = objects_type(&f, "Event");
	uint64_t body = objects_add(&f, event, "E", 0, 4);
	const struct kst_symbol symbols[] = { { objects_symbol(&f, FORGED_TABLE), "ObTypeIndexTable" },
					      { objects_symbol(&f, FORGED_OB_HEADER_COOKIE), "ObHeaderCookie" } };
	struct kst_layout *partial = layout_from_rows(rows_of, sizeof rows_of / sizeof rows_of[0], 8);

	(void)state;
	/* as it is stored the byte is the index of another type, which would be believed */
	image_put8(f.img, objects_symbol(&f, FORGED_OB_HEADER_COOKIE), (objects_header(&f, body) >> 8 ^ 1) & 0xff);
	image_put_member(f.img, f.layout, objects_header(&f, body), "_OBJECT_HEADER", "TypeIndex", 2);
	for (size_t known = 1; known <= 2; known++) {
		struct kst_target *target = image_target_symbols(f.img, partial, symbols, known);

		for (uint32_t at = KST_OBJECT_AT_BODY; at <= KST_OBJECT_AT_EITHER; at += KST_OBJECT_AT_EITHER) {
			struct kst_object o = { .size = sizeof o };

			assert_int_equal(kst_object_at(target, body, at, &o, NULL), KST_OK);
			assert_true(o.body == body && o.stored_type_index == 2);
			assert_int_equal((o.present & KST_OBJECT_HAS_TYPE_INDEX) != 0, known == 2);
			assert_int_equal((o.present & KST_OBJECT_HAS_TYPE) != 0, known == 2);
			assert_true(o.type == (known == 2 ? event : 0));
			assert_string_equal(o.type_name, known == 2 ? "Event" : "");
			assert_true(o.anomalies ==
				    (known == 2 ? KST_OBJECT_ANOMALY_INFO_UNKNOWN
						: KST_OBJECT_ANOMALY_INFO_UNKNOWN | KST_OBJECT_ANOMALY_COOKIE_UNKNOWN));
		}
	}
	free(partial);
	objects_end(&f);
}

static void either(void **state)
{
	struct forged_objects f = objects_begin(KST_ARCH_X64, 7601, 0);
	struct kst_object o = { .size = sizeof o, .body = 7 };
	uint64_t zeros = objects_room(&f, 0x400) + 0x200;

	(void)state;
	objects_target(&f);
	assert_int_equal(kst_object_at(f.target, zeros, KST_OBJECT_AT_EITHER, &o, NULL), KST_E_CORRUPT);
	assert_int_equal(kst_object_at(f.target, 0xffffb00000000000, KST_OBJECT_AT_EITHER, &o, NULL), KST_E_FAULT);
	assert_int_equal(kst_object_at(f.target, 0, KST_OBJECT_AT_EITHER, &o, NULL), KST_E_FAULT);
	assert_int_equal(kst_object_at(f.target, UINT64_MAX, KST_OBJECT_AT_HEADER, &o, NULL), KST_E_FAULT);
	assert_int_equal(kst_object_at(f.target, 0x10, KST_OBJECT_AT_BODY, &o, NULL), KST_E_FAULT);
	assert_int_equal(kst_object_at(f.target, zeros, 3, &o, NULL), KST_E_ARG);
	assert_int_equal(kst_object_at(NULL, zeros, 0, &o, NULL), KST_E_ARG);
	assert_true(o.body == 7);
	o.size = 12;
	assert_int_equal(kst_object_at(f.target, zeros, 0, &o, NULL), KST_E_ABI);
	objects_end(&f);
}

static void long_names(void **state)
{
	struct forged_objects f = objects_begin(KST_ARCH_X64, 19041, 3570);
	uint64_t event = objects_type(&f, "Event");
	struct kst_object o = { .size = sizeof o };
	static char name[2001], text[8192];
	uint64_t body, name_info;

	(void)state;
	for (size_t i = 0; i < 2000; i++)
		name[i] = (char)('a' + i % 26);
	body = objects_add(&f, event, name, 0, 4);
	name_info = objects_header(&f, body) - 0x40;
	objects_target(&f);
	assert_int_equal(kst_object_at(f.target, body, KST_OBJECT_AT_BODY, &o, NULL), KST_OK);
	assert_true(o.anomalies == KST_OBJECT_ANOMALY_NAME_CUT);
	assert_true(strlen(o.name) == sizeof o.name - 1 && memcmp(o.name, name, sizeof o.name - 1) == 0);
	assert_int_equal(kst_object_name(f.target, body, text, sizeof text, NULL), KST_OK);
	assert_string_equal(text, name);
	assert_int_equal(kst_object_name(f.target, body, text, 100, NULL), KST_E_LIMIT);
	assert_true(strlen(text) == 99);
	/* a character of four bytes across the border of two pieces, then an unpaired surrogate */
	image_put16(f.img, o.name_buffer + 254, 0xd83d);
	image_put16(f.img, o.name_buffer + 256, 0xde00);
	assert_int_equal(kst_object_name(f.target, body, text, sizeof text, NULL), KST_OK);
	assert_memory_equal(text + 127, "\xf0\x9f\x98\x80", 4);
	assert_true(strlen(text) == 2002);
	image_put16(f.img, o.name_buffer + 256, 0x61);
	assert_int_equal(kst_object_name(f.target, body, text, sizeof text, NULL), KST_E_CORRUPT);
	/* 64 KiB, of which the end is not there */
	image_put16(f.img, name_info + 8, 0xfffe);
	image_put16(f.img, name_info + 10, 0xfffe);
	assert_int_equal(kst_object_name(f.target, body, text, sizeof text, NULL), KST_E_FAULT);
	image_put64(f.img, name_info + 16, UINT64_MAX - 0x10);
	assert_int_equal(kst_object_name(f.target, body, text, sizeof text, NULL), KST_E_FAULT);
	assert_int_equal(kst_object_name(f.target, event - 0x1000000, text, sizeof text, NULL), KST_E_FAULT);
	assert_int_equal(kst_object_name(f.target, body, text, 0, NULL), KST_E_ARG);
	objects_end(&f);
}

static void paths(void **state)
{
	const struct forged_build *b = *state;
	struct forged_objects f = objects_begin(b->arch, b->build, b->revision);
	uint64_t directory = objects_type(&f, "Directory");
	uint64_t root = objects_add(&f, directory, "\\", 0, 4);
	uint64_t device = objects_add(&f, directory, "Device", root, 4);
	uint64_t null = objects_add(&f, directory, "Null", device, 4);
	uint64_t loose = objects_add(&f, directory, "Loose", 0, 4);
	uint64_t nameless = objects_add(&f, directory, NULL, 0, 4);
	uint64_t evil = objects_add(&f, directory, "\\Evil", 0, 4);
	char text[64];

	objects_target(&f);
	assert_int_equal(kst_object_path(f.target, null, text, sizeof text, NULL), KST_OK);
	assert_string_equal(text, "\\Device\\Null");
	assert_int_equal(kst_object_path(f.target, root, text, sizeof text, NULL), KST_OK);
	assert_string_equal(text, "\\");
	assert_int_equal(kst_object_path(f.target, loose, text, sizeof text, NULL), KST_OK);
	assert_string_equal(text, "");
	image_put_pointer(f.img, objects_entry(&f, device) - 4 * (uint64_t)f.width, loose);
	assert_int_equal(kst_object_path(f.target, null, text, sizeof text, NULL), KST_OK);
	assert_string_equal(text, "Loose\\Device\\Null"); /* not below the root */
	image_put_pointer(f.img, objects_entry(&f, device) - 4 * (uint64_t)f.width, root);
	assert_int_equal(kst_object_path(f.target, nameless, text, sizeof text, NULL), KST_OK);
	assert_string_equal(text, "");
	assert_int_equal(kst_object_path(f.target, null, text, 9, NULL), KST_E_LIMIT);
	/* below a directory without a name, and below one whose name pretends to be a path: neither is in the root */
	for (int slash = 0; slash < 2; slash++) {
		static const char *const paths_of[] = { "(not the root)\\Device\\Null",
							"(not the root)\\Evil\\Device\\Null" };
		size_t length = strlen(paths_of[slash]);

		image_put_pointer(f.img, objects_entry(&f, device) - 4 * (uint64_t)f.width, slash ? evil : nameless);
		assert_int_equal(kst_object_path(f.target, null, text, sizeof text, NULL), KST_OK);
		assert_string_equal(text, paths_of[slash]);
		for (size_t cap = 1; cap <= length + 1; cap++)
			assert_int_equal(kst_object_path(f.target, null, text, cap, NULL),
					 cap == length + 1 ? KST_OK : KST_E_LIMIT);
	}
	image_put_pointer(f.img, objects_entry(&f, device) - 4 * (uint64_t)f.width, root);
	/* a directory that contains itself */
	image_put_pointer(f.img, objects_entry(&f, root) - 4 * (uint64_t)f.width, device);
	assert_int_equal(kst_object_path(f.target, null, text, sizeof text, NULL), KST_E_CORRUPT);
	image_put_pointer(f.img, objects_entry(&f, device) - 4 * (uint64_t)f.width, device);
	assert_int_equal(kst_object_path(f.target, device, text, sizeof text, NULL), KST_E_CORRUPT);
	objects_end(&f);
}

static void sweep(void **state)
{
	static const kst_status failures[] = { KST_E_FAULT, -777 };
	static const struct forged_build builds[] = { { "", KST_ARCH_X64, 19041, 3570 },
						      { "", KST_ARCH_X86, 3790, 0 } };

	(void)state;
	for (size_t b = 0; b < 2; b++) {
		struct forged_objects f = objects_begin(builds[b].arch, builds[b].build, builds[b].revision);
		uint64_t event = objects_type(&f, "Event");
		uint64_t body = objects_add(&f, event, "E", 0, 4);

		objects_target(&f);
		for (size_t k = 0; k < 2; k++)
			for (int on = 0; on < 2; on++)
				for (uint64_t n = 1;; n++) {
					struct kst_object o = { .size = sizeof o, .body = 0x5a5a };
					struct kst_error err = { .size = sizeof err };
					kst_status st;

					image_fail(f.img, n, on, failures[k]);
					st = kst_object_at(f.target, body, KST_OBJECT_AT_EITHER, &o, &err);
					assert_true(st == KST_OK || st == KST_E_FAULT || st == KST_E_HOST ||
						    st == KST_E_CORRUPT);
					assert_true(st == KST_OK ? o.body != 0x5a5a : o.body == 0x5a5a);
					if (failures[k] != KST_E_FAULT && image_reads(f.img) >= n)
						assert_int_equal(st, KST_E_HOST);
					if (image_reads(f.img) < n)
						break;
				}
		objects_end(&f);
	}
}

/* Microsoft's !object output: "USBPDO-8" of Windows 8.1, in a directory that is not at hand. */
static void published(void **state)
{
	struct forged_objects f = objects_begin(KST_ARCH_X64, 9600, 0);
	uint64_t device = objects_type(&f, "Device");
	struct kst_object o = { .size = sizeof o };
	uint64_t header = 0xffffe0083b85d030;
	char text[32];

	(void)state;
	image_put_member(f.img, f.layout, header, "_OBJECT_HEADER", "PointerCount", 10);
	image_put_member(f.img, f.layout, header, "_OBJECT_HEADER", "TypeIndex", 3);
	image_put_member(f.img, f.layout, header, "_OBJECT_HEADER", "InfoMask", 2);
	image_put64(f.img, 0xffffe0083b85d010, 0xffffc00b074166a0);
	image_put_string(f.img, 0xffffe0083b85d018, objects_room(&f, 0x40), "USBPDO-8");
	objects_target(&f);
	assert_int_equal(kst_object_at(f.target, 0xffffe0083b85d060, KST_OBJECT_AT_EITHER, &o, NULL), KST_OK);
	assert_true(o.header == header && o.type == device);
	assert_true(o.info_address[1] == 0xffffe0083b85d010);
	assert_true(o.directory == 0xffffc00b074166a0);
	assert_string_equal(o.name, "USBPDO-8");
	assert_int_equal(kst_object_path(f.target, o.body, text, sizeof text, NULL), KST_E_FAULT);
	objects_end(&f);
}

int main(void)
{
	struct CMUnitTest tests[128] = {
		cmocka_unit_test(published), cmocka_unit_test(cookie_recovered),
		cmocka_unit_test(either),    cmocka_unit_test(long_names),
		cmocka_unit_test(sweep),     cmocka_unit_test(index_of_unknown_form),
	};
	size_t n = 6;

	n += ROWS_TO_TESTS(tests + n, rows, types_of_objects);
	n += rows_to_tests(tests + n, forged_builds, forged_builds_count, sizeof forged_builds[0], every_layout);
	n += rows_to_tests(tests + n, forged_builds, forged_builds_count, sizeof forged_builds[0], paths);
	return _cmocka_run_group_tests("objects", tests, n, NULL, NULL);
}
