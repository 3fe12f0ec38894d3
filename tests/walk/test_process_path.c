/* SPDX-License-Identifier: MIT */
#include "support/objects.h"

#include <stdlib.h>

#define AUDIT     "\\Device\\HarddiskVolume1\\audit.exe"
#define FILE_NAME "\\Windows\\System32\\smss.exe"

struct system {
	struct forged_objects f;
	uint64_t process, file, device, audit;
};

static void put_text(struct system *s, uint64_t at, const char *text)
{
	image_put_string(s->f.img, at, objects_room(&s->f, 2 * strlen(text) + 8), text);
}

static void put_member(struct system *s, uint64_t at, const char *type, const char *path, uint64_t value)
{
	image_put_member(s->f.img, s->f.layout, at, type, path, value);
}

/* A process without a name for audits, and the file object of its image on \Device\HarddiskVolume2. */
static struct system forge(uint32_t arch, uint32_t build, uint32_t revision)
{
	struct system s = { .f = objects_begin(arch, build, revision) };
	uint64_t directory = objects_type(&s.f, "Directory");
	uint64_t root = objects_add(&s.f, directory, "\\", 0, 4);
	uint64_t devices = objects_add(&s.f, directory, "Device", root, 4);

	s.device = objects_add(&s.f, objects_type(&s.f, "Device"), "HarddiskVolume2", devices, 4);
	s.process = objects_room(&s.f, 0xc00);
	s.file = objects_room(&s.f, 0x100);
	s.audit = objects_room(&s.f, 0x10);
	put_member(&s, s.process, "_EPROCESS", "UniqueProcessId", 4);
	put_member(&s, s.process, "_EPROCESS", "ImageFilePointer", s.file);
	put_member(&s, s.file, "_FILE_OBJECT", "Type", 5);
	put_member(&s, s.file, "_FILE_OBJECT", "DeviceObject", s.device);
	put_text(&s, s.file + place_of(s.f.layout, "_FILE_OBJECT", "FileName"), FILE_NAME);
	put_text(&s, s.audit, AUDIT);
	objects_target(&s.f);
	return s;
}

static void set_audit(struct system *s, uint64_t address)
{
	image_put_pointer(s->f.img, s->process + place_of(s->f.layout, "_EPROCESS", "SeAuditProcessCreationInfo"),
			  address);
}

static void rename_file(struct system *s, const char *name)
{
	put_text(s, s->file + place_of(s->f.layout, "_FILE_OBJECT", "FileName"), name);
}

static void nothing(struct system *s)
{
	(void)s;
}

static void for_audits(struct system *s)
{
	set_audit(s, s->audit);
}

static void audit_paged_out(struct system *s)
{
	set_audit(s, s->audit + 0x10000000);
}

static void no_file(struct system *s)
{
	put_member(s, s->process, "_EPROCESS", "ImageFilePointer", 0);
}

static void file_paged_out(struct system *s)
{
	put_member(s, s->process, "_EPROCESS", "ImageFilePointer", s->file + 0x10000000);
}

static void no_file_object(struct system *s)
{
	put_member(s, s->file, "_FILE_OBJECT", "Type", 3);
}

static void device_in_user_memory(struct system *s)
{
	put_member(s, s->file, "_FILE_OBJECT", "DeviceObject", 0x10000);
}

static void device_without_name(struct system *s)
{
	put_member(s, objects_header(&s->f, s->device), "_OBJECT_HEADER", "InfoMask", 0);
}

static void relative(struct system *s)
{
	rename_file(s, "smss.exe");
}

static void no_name(struct system *s)
{
	image_put16(s->f.img, s->file + place_of(s->f.layout, "_FILE_OBJECT", "FileName"), 0);
}

static const struct row {
	const char *name;
	void (*change)(struct system *s);
	const char *path; /* NULL: none */
} rows[] = {
	{ "by the file object", nothing, "\\Device\\HarddiskVolume2" FILE_NAME },
	{ "the name for audits comes first", for_audits, AUDIT },
	{ "the name for audits is paged out", audit_paged_out, "\\Device\\HarddiskVolume2" FILE_NAME },
	{ "no file", no_file, NULL },
	{ "the file object is paged out", file_paged_out, NULL },
	{ "no file object", no_file_object, NULL },
	{ "device in user memory", device_in_user_memory, NULL },
	{ "device without a name", device_without_name, NULL },
	{ "a relative name", relative, NULL },
	{ "no name", no_name, NULL },
};

static const struct forged_build builds[] = {
	{ "10 x64", KST_ARCH_X64, 19041, 3570 },
	{ "10 x86", KST_ARCH_X86, 19041, 0 },
	{ "11 x64", KST_ARCH_X64, 22631, 2428 },
};

static void paths(void **state)
{
	const struct row *row = *state;

	for (size_t i = 0; i < sizeof builds / sizeof builds[0]; i++) {
		struct system s = forge(builds[i].arch, builds[i].build, builds[i].revision);
		struct kst_process p = { .size = sizeof p };

		row->change(&s);
		assert_int_equal(kst_process_read(s.f.target, s.process, &p, NULL), KST_OK);
		assert_int_equal((p.present & KST_PROCESS_HAS_PATH) != 0, row->path != NULL);
		assert_string_equal(p.path, row->path != NULL ? row->path : "");
		assert_int_equal(p.path_bytes, row->path != NULL ? 2 * strlen(row->path) : 0);
		assert_true((p.anomalies & KST_PROCESS_ANOMALY_PATH) == 0);
		objects_end(&s.f);
	}
}

/* A name that is too long for the result is cut and told. */
static void cut(void **state)
{
	struct system s = forge(KST_ARCH_X64, 19041, 3570);
	struct kst_process p = { .size = sizeof p };
	char name[601];

	(void)state;
	memset(name, 'a', sizeof name - 1);
	name[0] = '\\';
	name[sizeof name - 1] = '\0';
	rename_file(&s, name);
	assert_int_equal(kst_process_read(s.f.target, s.process, &p, NULL), KST_OK);
	assert_true((p.present & KST_PROCESS_HAS_PATH) != 0 && (p.anomalies & KST_PROCESS_ANOMALY_PATH) != 0);
	assert_true(strlen(p.path) < sizeof p.path && strncmp(p.path, "\\Device\\HarddiskVolume2\\aaa", 26) == 0);
	assert_int_equal(p.path_bytes, 2 * (600 + strlen("\\Device\\HarddiskVolume2")));
	objects_end(&s.f);
}

/* Each read fails: the whole path, or none; a host failure is told. */
static void sweep(void **state)
{
	static const kst_status failures[] = { KST_E_FAULT, -777 };
	struct system s = forge(KST_ARCH_X64, 19041, 3570);

	(void)state;
	for (size_t f = 0; f < 2; f++)
		for (int on = 0; on < 2; on++)
			for (uint64_t n = 1;; n++) {
				struct kst_process p = { .size = sizeof p, .pid = 0x5a5a };
				kst_status st;

				image_fail(s.f.img, n, on, failures[f]);
				st = kst_process_read(s.f.target, s.process, &p, NULL);
				if (image_reads(s.f.img) < n) {
					assert_int_equal(st, KST_OK);
					assert_string_equal(p.path, "\\Device\\HarddiskVolume2" FILE_NAME);
					break;
				}
				if (failures[f] != KST_E_FAULT)
					assert_int_equal(st, KST_E_HOST);
				assert_true(st == KST_OK || p.pid == 0x5a5a);
				if (st == KST_OK && p.path[0] != '\0')
					assert_string_equal(p.path, "\\Device\\HarddiskVolume2" FILE_NAME);
			}
	objects_end(&s.f);
}

int main(void)
{
	struct CMUnitTest tests[2 + sizeof rows / sizeof rows[0]] = {
		cmocka_unit_test(cut),
		cmocka_unit_test(sweep),
	};
	size_t n = 2;

	n += ROWS_TO_TESTS(tests + n, rows, paths);
	return _cmocka_run_group_tests("process path", tests, n, NULL, NULL);
}
