/* SPDX-License-Identifier: MIT */
#include "support/objects.h"

#include <stdlib.h>

struct system {
	struct forged_objects f;
	uint64_t text; /* where the next text goes */
};

static struct system forge(uint32_t arch, uint32_t build, uint32_t revision)
{
	struct system s = { .f = objects_begin(arch, build, revision) };

	return s;
}

static void put(struct system *s, uint64_t at, const char *type, const char *path, uint64_t value)
{
	image_put_member(s->f.img, s->f.layout, at, type, path, value);
}

static void put_string(struct system *s, uint64_t at, const char *type, const char *path, const char *text)
{
	image_put_string(s->f.img, at + place_of(s->f.layout, type, path), objects_room(&s->f, 2 * strlen(text) + 8),
			 text);
}

static struct kst_object_body body_of(struct system *s, uint64_t body)
{
	struct kst_object o = { .size = sizeof o };
	struct kst_object_body b = { .size = sizeof b };

	if (s->f.target == NULL)
		objects_target(&s->f);
	assert_int_equal(kst_object_at(s->f.target, body, KST_OBJECT_AT_BODY, &o, NULL), KST_OK);
	assert_int_equal(kst_object_body(s->f.target, &o, &b, NULL), KST_OK);
	return b;
}

static uint64_t add_driver(struct system *s, uint64_t type)
{
	uint64_t driver = objects_add(&s->f, type, "PnpManager", 0, 4);

	put(s, driver, "_DRIVER_OBJECT", "Type", 4);
	put(s, driver, "_DRIVER_OBJECT", "DriverSize", 0x12000);
	put_string(s, driver, "_DRIVER_OBJECT", "DriverName", "\\Driver\\PnpManager");
	return driver;
}

/* A file on a device without a name tells the driver's; with one, its path. In every built-in layout. */
static void files(void **state)
{
	const struct forged_build *b = *state;
	struct system s = forge(b->arch, b->build, b->revision);
	uint64_t driver = add_driver(&s, objects_type(&s.f, "Driver"));
	uint64_t device_type = objects_type(&s.f, "Device");
	uint64_t directory_type = objects_type(&s.f, "Directory");
	uint64_t root = objects_add(&s.f, directory_type, "\\", 0, 4);
	uint64_t folder = objects_add(&s.f, directory_type, "Device", root, 4);
	uint64_t nameless = objects_add(&s.f, device_type, NULL, 0, 4);
	uint64_t named = objects_add(&s.f, device_type, "CdRom0", folder, 4);
	uint64_t file = objects_add(&s.f, objects_type(&s.f, "File"), NULL, 0, 4);
	struct kst_object_body body;

	put(&s, nameless, "_DEVICE_OBJECT", "Type", 3);
	put(&s, nameless, "_DEVICE_OBJECT", "DriverObject", driver);
	put(&s, named, "_DEVICE_OBJECT", "Type", 3);
	put(&s, file, "_FILE_OBJECT", "Type", 5);
	put(&s, file, "_FILE_OBJECT", "Flags", 0x44042);
	put(&s, file, "_FILE_OBJECT", "DeviceObject", nameless);
	put_string(&s, file, "_FILE_OBJECT", "FileName", "\\reactos\\system32\\calc.exe");
	body = body_of(&s, file);
	assert_int_equal(body.kind, KST_OBJECT_KIND_FILE);
	assert_string_equal(body.name, "\\reactos\\system32\\calc.exe");
	assert_string_equal(body.device_name, "\\Driver\\PnpManager");
	assert_int_equal(body.flags, 0x44042);
	assert_true(body.device == nameless && body.driver == driver);
	put(&s, file, "_FILE_OBJECT", "DeviceObject", named);
	body = body_of(&s, file);
	assert_string_equal(body.device_name, "\\Device\\CdRom0");
	/* a device that is none: the file stands, nothing of the device does */
	put(&s, file, "_FILE_OBJECT", "DeviceObject", driver);
	body = body_of(&s, file);
	assert_true(body.anomalies == KST_OBJECT_BODY_ANOMALY_REFERENCE);
	assert_true(body.device == driver && (body.present & KST_OBJECT_BODY_HAS_NAME) != 0);
	assert_true((body.present & (KST_OBJECT_BODY_HAS_DRIVER | KST_OBJECT_BODY_HAS_DEVICE_NAME)) == 0);
	assert_string_equal(body.device_name, "");
	put(&s, file, "_FILE_OBJECT", "DeviceObject", named);
	body = body_of(&s, nameless);
	assert_int_equal(body.kind, KST_OBJECT_KIND_DEVICE);
	assert_string_equal(body.device_name, "\\Driver\\PnpManager");
	body = body_of(&s, driver);
	assert_int_equal(body.kind, KST_OBJECT_KIND_DRIVER);
	assert_string_equal(body.name, "\\Driver\\PnpManager");
	assert_true(body.id == 0x12000);
	/* the first bytes are not a file's: nothing is believed */
	put(&s, file, "_FILE_OBJECT", "Type", 3);
	body = body_of(&s, file);
	assert_true(body.anomalies == KST_OBJECT_BODY_ANOMALY_SIGNATURE);
	assert_true(body.present == 0);
	objects_end(&s.f);
}

static uint64_t add_block(struct system *s, uint64_t parent, const char *name, bool compressed)
{
	uint64_t block = objects_room(&s->f, 0x140), names = objects_room(&s->f, 0x80);
	uint64_t text = names + place_of(s->f.layout, "_CM_NAME_CONTROL_BLOCK", "Name");
	size_t length = strlen(name);

	put(s, block, "_CM_KEY_CONTROL_BLOCK", "ParentKcb", parent);
	put(s, block, "_CM_KEY_CONTROL_BLOCK", "NameBlock", names);
	put(s, names, "_CM_NAME_CONTROL_BLOCK", "Compressed", compressed);
	put(s, names, "_CM_NAME_CONTROL_BLOCK", "NameLength", compressed ? length : 2 * length);
	if (compressed)
		image_put(s->f.img, text, name, length);
	else
		image_put_utf16(s->f.img, text, name);
	return block;
}

static void keys(void **state)
{
	const struct forged_build *b = *state;
	struct system s = forge(b->arch, b->build, b->revision);
	uint64_t root = add_block(&s, 0, "REGISTRY", true);
	uint64_t machine = add_block(&s, root, "MACHINE", true);
	uint64_t system = add_block(&s, machine, "System", false);
	uint64_t key = objects_add(&s.f, objects_type(&s.f, "Key"), NULL, 0, 4);
	struct kst_object_body body;

	put(&s, key, "_CM_KEY_BODY", "Type", 0x6b793032);
	put(&s, key, "_CM_KEY_BODY", "KeyControlBlock", system);
	put(&s, key, "_CM_KEY_BODY", "ProcessID", 0x44);
	body = body_of(&s, key);
	assert_int_equal(body.kind, KST_OBJECT_KIND_KEY);
	assert_string_equal(body.name, "\\REGISTRY\\MACHINE\\System");
	assert_true(body.anomalies == 0);
	assert_true(body.pid == 0x44 && body.start == system);
	/* parents without an end */
	put(&s, root, "_CM_KEY_CONTROL_BLOCK", "ParentKcb", system);
	body = body_of(&s, key);
	assert_true(body.anomalies == KST_OBJECT_BODY_ANOMALY_PARENTS);
	/* a name of 64 KiB */
	put(&s, root, "_CM_KEY_CONTROL_BLOCK", "ParentKcb", 0);
	put(&s, system + 0x150, "_CM_NAME_CONTROL_BLOCK", "NameLength", 0xffff);
	body = body_of(&s, key);
	assert_true((body.anomalies & KST_OBJECT_BODY_ANOMALY_NAME_CUT) != 0);
	put(&s, key, "_CM_KEY_BODY", "Type", 0x6b793033);
	body = body_of(&s, key);
	assert_true(body.anomalies == KST_OBJECT_BODY_ANOMALY_SIGNATURE && body.present == 0);
	objects_end(&s.f);
}

static void sections(void **state)
{
	const struct forged_build *b = *state;
	struct system s = forge(b->arch, b->build, b->revision);
	uint64_t section = objects_add(&s.f, objects_type(&s.f, "Section"), NULL, 0, 4);
	uint64_t file = objects_add(&s.f, objects_type(&s.f, "File"), NULL, 0, 4);
	uint64_t other = objects_add(&s.f, objects_type(&s.f, "File"), NULL, 0, 4);
	uint64_t area = objects_room(&s.f, 0x100), segment = objects_room(&s.f, 0x100);
	struct kst_object_body body;
	struct kst_member m = { .size = sizeof m };

	put(&s, file, "_FILE_OBJECT", "Type", 5);
	put_string(&s, file, "_FILE_OBJECT", "FileName", "\\Windows\\System32\\ntdll.dll");
	put(&s, other, "_FILE_OBJECT", "Type", 5);
	put_string(&s, other, "_FILE_OBJECT", "FileName", "\\other");
	put(&s, area, "_CONTROL_AREA", "Segment", segment);
	put(&s, area, "_CONTROL_AREA", "FilePointer", file | (b->build >= 6000 ? 5 : 0));
	put(&s, segment, "_SEGMENT", "ControlArea", area);
	if (kst_layout_member(s.f.layout, "_SECTION", "u1.ControlArea", &m) == KST_OK)
		put(&s, section, "_SECTION", "u1.ControlArea", area);
	else if (kst_layout_member(s.f.layout, "_SECTION_OBJECT", "Segment", &m) == KST_OK)
		put(&s, section, "_SECTION_OBJECT", "Segment", segment);
	else
		fail();
	body = body_of(&s, section);
	assert_int_equal(body.kind, KST_OBJECT_KIND_SECTION);
	assert_true(body.start == area && body.file == file);
	assert_string_equal(body.name, "\\Windows\\System32\\ntdll.dll");
	/* a remote file: in place of the control area, with a bit that says as what; there is none to be told */
	for (uint64_t bits = 1; bits <= 3 && kst_layout_member(s.f.layout, "_SECTION", "u1.ControlArea", &m) == KST_OK;
	     bits++) {
		put(&s, section, "_SECTION", "u1.ControlArea", file | bits);
		/* what would be taken for its control area's file */
		put(&s, file, "_CONTROL_AREA", "FilePointer", other);
		body = body_of(&s, section);
		assert_true(body.present == (KST_OBJECT_BODY_HAS_FILE | KST_OBJECT_BODY_HAS_NAME));
		assert_true(body.file == file && body.start == 0 && body.anomalies == 0);
		assert_string_equal(body.name, "\\Windows\\System32\\ntdll.dll");
		put(&s, section, "_SECTION", "u1.ControlArea", area | bits); /* what it names is no file */
		body = body_of(&s, section);
		assert_true(body.present == KST_OBJECT_BODY_HAS_FILE && body.file == area);
		assert_true(body.anomalies == KST_OBJECT_BODY_ANOMALY_REFERENCE);
		put(&s, section, "_SECTION", "u1.ControlArea", 0x10000 | bits);
		body = body_of(&s, section);
		assert_true(body.present == 0 && body.anomalies == 0);
		put(&s, section, "_SECTION", "u1.ControlArea", area);
	}
	put(&s, area, "_CONTROL_AREA", "FilePointer", 0); /* backed by the page file */
	body = body_of(&s, section);
	assert_true((body.present & (KST_OBJECT_BODY_HAS_FILE | KST_OBJECT_BODY_HAS_NAME)) == 0);
	if (kst_layout_member(s.f.layout, "_SECTION", "u1.ControlArea", &m) != KST_OK) {
		put(&s, area, "_CONTROL_AREA", "Segment", segment + 8); /* not its own */
		body = body_of(&s, section);
		assert_true(body.present == 0);
	}
	objects_end(&s.f);
}

static void others(void **state)
{
	struct system s = forge(KST_ARCH_X64, 19041, 3570);
	uint64_t link = objects_add(&s.f, objects_type(&s.f, "SymbolicLink"), "C:", 0, 4);
	uint64_t process_type = objects_type(&s.f, "Process");
	uint64_t event = objects_add(&s.f, objects_type(&s.f, "Event"), NULL, 0, 4);
	uint64_t process, thread;
	struct kst_object_body body;
	struct kst_object_body small = { .size = 4 };
	struct kst_object o = { .size = sizeof o };

	(void)state;
	s.f.at += 0x2000; /* room for the processes' own size */
	process = objects_add(&s.f, process_type, NULL, 0, 4);
	s.f.at += 0x2000;
	thread = objects_add(&s.f, objects_type(&s.f, "Thread"), NULL, 0, 4);
	put_string(&s, link, "_OBJECT_SYMBOLIC_LINK", "LinkTarget", "\\Device\\HarddiskVolume1");
	put(&s, process, "_EPROCESS", "UniqueProcessId", 0x1d4);
	image_put(s.f.img, process + place_of(s.f.layout, "_EPROCESS", "ImageFileName"), "notmyfault64.e", 15);
	image_put64(s.f.img, thread + place_of(s.f.layout, "_ETHREAD", "Cid"), 0x1d4);
	image_put64(s.f.img, thread + place_of(s.f.layout, "_ETHREAD", "Cid") + 8, 0x1d8);
	body = body_of(&s, link);
	assert_string_equal(body.name, "\\Device\\HarddiskVolume1");
	put(&s, link, "_OBJECT_SYMBOLIC_LINK", "Flags", 0x10); /* a callback stands in place of the text */
	body = body_of(&s, link);
	assert_true((body.present & KST_OBJECT_BODY_HAS_NAME) == 0);
	body = body_of(&s, process);
	assert_true(body.kind == KST_OBJECT_KIND_PROCESS && body.id == 0x1d4);
	assert_string_equal(body.name, "notmyfault64.e");
	body = body_of(&s, thread);
	assert_true(body.kind == KST_OBJECT_KIND_THREAD && body.pid == 0x1d4 && body.id == 0x1d8);
	body = body_of(&s, event);
	assert_true(body.kind == KST_OBJECT_KIND_NONE && body.present == 0);
	assert_int_equal(kst_object_body(s.f.target, &o, &small, NULL), KST_E_ABI);
	assert_int_equal(kst_object_body(s.f.target, NULL, &body, NULL), KST_E_ARG);
	assert_string_equal(kst_object_kind_name(KST_OBJECT_KIND_LINK), "link");
	assert_string_equal(kst_object_kind_name(99), "unknown");
	assert_string_equal(kst_object_body_anomaly_name(2), "name-cut");
	assert_string_equal(kst_object_body_anomaly_name(8), "reference");
	assert_null(kst_object_body_anomaly_name(16));
	objects_end(&s.f);
}

/* Microsoft's !devobj output of an XP-era kernel: device 80e204f8 of \\Driver\\PnpManager 80e20610, Flags 1000. */
static void published(void **state)
{
	struct system s = forge(KST_ARCH_X86, 2600, 0);
	uint64_t type = objects_type(&s.f, "Device");
	struct kst_object_body body;

	(void)state;
	image_put32(s.f.img, 0x80e204e0, 1);
	image_put_member(s.f.img, s.f.layout, 0x80e204e0, "_OBJECT_HEADER", "Type", type);
	image_put32(s.f.img, 0x80e204f8, 0x00b80003);
	image_put32(s.f.img, 0x80e204f8 + 8, 0x80e20610);
	image_put32(s.f.img, 0x80e204f8 + 0x1c, 0x1000);
	image_put_string(s.f.img, 0x80e20610 + 0x1c, objects_room(&s.f, 0x40), "\\Driver\\PnpManager");
	body = body_of(&s, 0x80e204f8);
	assert_int_equal(body.kind, KST_OBJECT_KIND_DEVICE);
	assert_true(body.driver == 0x80e20610);
	assert_int_equal(body.flags, 0x1000);
	assert_string_equal(body.device_name, "\\Driver\\PnpManager");
	objects_end(&s.f);
}

static void sweep_of(uint32_t build, const char *section_type, const char *member)
{
	static const kst_status failures[] = { KST_E_FAULT, -777 };
	struct system s = forge(KST_ARCH_X64, build, 0);
	uint64_t root = add_block(&s, 0, "REGISTRY", true);
	uint64_t key = objects_add(&s.f, objects_type(&s.f, "Key"), NULL, 0, 4);
	uint64_t driver = add_driver(&s, objects_type(&s.f, "Driver"));
	uint64_t device = objects_add(&s.f, objects_type(&s.f, "Device"), NULL, 0, 4);
	uint64_t file = objects_add(&s.f, objects_type(&s.f, "File"), NULL, 0, 4);
	uint64_t section = objects_add(&s.f, objects_type(&s.f, "Section"), NULL, 0, 4);
	uint64_t area = objects_room(&s.f, 0x100), segment = objects_room(&s.f, 0x100);
	uint64_t bodies[3] = { key, file, section };

	put(&s, key, "_CM_KEY_BODY", "Type", 0x6b793032);
	put(&s, key, "_CM_KEY_BODY", "KeyControlBlock", root);
	put(&s, device, "_DEVICE_OBJECT", "Type", 3);
	put(&s, device, "_DEVICE_OBJECT", "DriverObject", driver);
	put(&s, file, "_FILE_OBJECT", "Type", 5);
	put(&s, file, "_FILE_OBJECT", "DeviceObject", device);
	put(&s, area, "_CONTROL_AREA", "Segment", segment);
	put(&s, area, "_CONTROL_AREA", "FilePointer", file);
	put(&s, segment, "_SEGMENT", "ControlArea", area);
	put(&s, section, section_type, member, build < 10240 ? segment : area);
	objects_target(&s.f);
	for (size_t which = 0; which < 3; which++) {
		struct kst_object o = { .size = sizeof o };

		image_fail(s.f.img, 0, false, KST_OK);
		assert_int_equal(kst_object_at(s.f.target, bodies[which], KST_OBJECT_AT_BODY, &o, NULL), KST_OK);
		for (size_t k = 0; k < 2; k++)
			for (int on = 0; on < 2; on++)
				for (uint64_t n = 1;; n++) {
					struct kst_object_body b = { .size = sizeof b, .kind = 77 };
					struct kst_error err = { .size = sizeof err };
					kst_status st;

					image_fail(s.f.img, n, on, failures[k]);
					st = kst_object_body(s.f.target, &o, &b, &err);
					assert_true(st == KST_OK || st == KST_E_HOST);
					assert_int_equal(b.kind == 77, st != KST_OK);
					if (failures[k] != KST_E_FAULT && image_reads(s.f.img) >= n)
						assert_int_equal(st, KST_E_HOST);
					if (image_reads(s.f.img) < n)
						break;
				}
	}
	objects_end(&s.f);
}

static void sweep(void **state)
{
	(void)state;
	sweep_of(19041, "_SECTION", "u1.ControlArea");
	sweep_of(7601, "_SECTION_OBJECT", "Segment");
}

int main(void)
{
	struct CMUnitTest tests[160] = { cmocka_unit_test(others), cmocka_unit_test(published),
					 cmocka_unit_test(sweep) };
	size_t n = 3;

	n += rows_to_tests(tests + n, forged_builds, forged_builds_count, sizeof forged_builds[0], files);
	n += rows_to_tests(tests + n, forged_builds, forged_builds_count, sizeof forged_builds[0], keys);
	n += rows_to_tests(tests + n, forged_builds, forged_builds_count, sizeof forged_builds[0], sections);
	return _cmocka_run_group_tests("bodies", tests, n, NULL, NULL);
}
