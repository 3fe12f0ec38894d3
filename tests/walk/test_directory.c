/* SPDX-License-Identifier: MIT */
#include "support/objects.h"
#include "support/sweep.h"

#include <stdlib.h>

struct system {
	struct forged_objects f;
	uint64_t type, event;
	uint64_t root, device, null, deep, lone;
};

/* \Device\Null, \Device\Deep\ (empty), \Lone */
static struct system forge(uint32_t arch, uint32_t build, uint32_t revision)
{
	struct system s = { .f = objects_begin(arch, build, revision) };
	uint64_t in_root[2], in_device[2];

	s.type = objects_type(&s.f, "Directory");
	s.event = objects_type(&s.f, "Event");
	s.root = objects_add(&s.f, s.type, "\\", 0, 4);
	s.device = objects_add(&s.f, s.type, "Device", s.root, 4);
	s.lone = objects_add(&s.f, s.event, "Lone", s.root, 4);
	s.null = objects_add(&s.f, s.event, "Null", s.device, 4);
	s.deep = objects_add(&s.f, s.type, "Deep", s.device, 4);
	in_root[0] = s.device;
	in_root[1] = s.lone;
	in_device[0] = s.null;
	in_device[1] = s.deep;
	objects_directory(&s.f, s.root, in_root, 2);
	objects_directory(&s.f, s.device, in_device, 2);
	image_put_pointer(s.f.img, objects_symbol(&s.f, FORGED_OBP_ROOT), s.root);
	objects_target(&s.f);
	return s;
}

static uint64_t bucket(const struct system *s, uint64_t directory, uint64_t number)
{
	return directory + number * s->f.width;
}

static void every_layout(void **state)
{
	const struct forged_build *b = *state;
	struct system s = forge(b->arch, b->build, b->revision);
	const struct {
		uint64_t body;
		uint32_t depth;
	} expected[] = { { s.device, 0 }, { s.null, 1 }, { s.deep, 1 }, { s.lone, 0 } };
	struct kst_directory_entry e = { .size = sizeof e };
	struct kst_cursor cursor;
	uint64_t body = 0;

	assert_int_equal(kst_directory_begin(&cursor, s.f.target, 0, KST_DIRECTORY_RECURSE, NULL), KST_OK);
	for (size_t i = 0; i < 4; i++) {
		assert_int_equal(kst_directory_next(&cursor, &e, NULL), KST_OK);
		assert_true(e.body == expected[i].body);
		assert_int_equal(e.depth, expected[i].depth);
		assert_true(e.anomalies == 0);
	}
	assert_int_equal(kst_directory_next(&cursor, &e, NULL), KST_END);
	assert_int_equal(kst_directory_next(&cursor, &e, NULL), KST_END);
	assert_int_equal(kst_cursor_end(&cursor), KST_WALK_CLOSED);
	assert_true(kst_cursor_count(&cursor) == 4 && kst_cursor_anomalies(&cursor) == 0);
	assert_int_equal(kst_directory_begin(&cursor, s.f.target, s.root, 0, NULL), KST_OK);
	assert_int_equal(kst_directory_next(&cursor, &e, NULL), KST_OK);
	assert_int_equal(kst_directory_next(&cursor, &e, NULL), KST_OK);
	assert_true(e.body == s.lone);
	assert_int_equal(kst_directory_next(&cursor, &e, NULL), KST_END);
	assert_int_equal(kst_directory_find(s.f.target, "\\device\\NULL", &body, NULL), KST_OK);
	assert_true(body == s.null);
	assert_int_equal(kst_directory_find(s.f.target, "\\", &body, NULL), KST_OK);
	assert_true(body == s.root);
	assert_int_equal(kst_directory_find(s.f.target, "\\Device\\", &body, NULL), KST_OK);
	assert_true(body == s.device);
	assert_int_equal(kst_directory_find(s.f.target, "\\Device\\Nul", &body, NULL), KST_END);
	assert_int_equal(kst_directory_find(s.f.target, "\\Nothing\\Null", &body, NULL), KST_END);
	assert_true(body == s.device);
	assert_int_equal(kst_directory_find(s.f.target, "Device", &body, NULL), KST_E_ARG);
	objects_end(&s.f);
}

struct row {
	const char *name;
	void (*change)(struct system *s);
	uint64_t count; /* UINT64_MAX: any */
	kst_status status;
	uint32_t end;
	uint64_t walk_anomalies, entry_anomalies;
};

static uint64_t first_entry(const struct system *s)
{
	return s->lone + 0x100000; /* a place of its own */
}

static void chain_on_itself(struct system *s)
{
	uint64_t entry = first_entry(s);

	image_put_pointer(s->f.img, bucket(s, s->root, 7), entry);
	image_put_pointer(s->f.img, entry, entry);
	image_put_pointer(s->f.img, entry + s->f.width, s->lone);
	image_put32(s->f.img, entry + 2 * (uint64_t)s->f.width, 7);
}

static void contains_root(struct system *s)
{
	uint64_t entry = first_entry(s);

	image_put_pointer(s->f.img, bucket(s, s->device, 7), entry);
	image_put_pointer(s->f.img, entry, 0);
	image_put_pointer(s->f.img, entry + s->f.width, s->root);
	image_put32(s->f.img, entry + 2 * (uint64_t)s->f.width, 7);
	/* and says so itself */
	image_put_pointer(s->f.img, objects_entry(&s->f, s->root) - 4 * (uint64_t)s->f.width, s->device);
}

static void other_parent(struct system *s)
{
	image_put_pointer(s->f.img, objects_entry(&s->f, s->device) - 4 * (uint64_t)s->f.width, s->lone);
}

static void bucket_in_user_memory(struct system *s)
{
	image_put_pointer(s->f.img, bucket(s, s->root, 7), 0x10000);
}

static void bucket_to_nowhere(struct system *s)
{
	image_put_pointer(s->f.img, bucket(s, s->root, 7), s->lone + 0x1000000);
}

static void object_in_user_memory(struct system *s)
{
	uint64_t entry = first_entry(s);

	image_put_pointer(s->f.img, bucket(s, s->root, 7), entry);
	image_put_pointer(s->f.img, entry, 0);
	image_put_pointer(s->f.img, entry + s->f.width, 0x10000);
	image_put32(s->f.img, entry + 2 * (uint64_t)s->f.width, 7);
}

static void wrong_bucket(struct system *s)
{
	uint64_t entry = first_entry(s);

	image_put_pointer(s->f.img, bucket(s, s->root, 7), entry);
	image_put_pointer(s->f.img, entry, 0);
	image_put_pointer(s->f.img, entry + s->f.width, s->lone);
	image_put32(s->f.img, entry + 2 * (uint64_t)s->f.width, 8);
}

static void nothing(struct system *s)
{
	(void)s;
}

static const struct row rows[] = {
	{ "whole", nothing, 4, KST_END, KST_WALK_CLOSED, 0, 0 },
	{ "chain on itself", chain_on_itself, UINT64_MAX, KST_E_CORRUPT, KST_WALK_LOOP, 0, 0 },
	{ "contains the root", contains_root, 5, KST_END, KST_WALK_CLOSED, 0, KST_DIRECTORY_ENTRY_ANOMALY_NOT_ENTERED },
	{ "of another parent", other_parent, 2, KST_END, KST_WALK_CLOSED, 0,
	  KST_DIRECTORY_ENTRY_ANOMALY_PARENT | KST_DIRECTORY_ENTRY_ANOMALY_NOT_ENTERED },
	{ "bucket in user memory", bucket_in_user_memory, 4, KST_END, KST_WALK_CLOSED, KST_WALK_ANOMALY_SKIPPED, 0 },
	{ "bucket to nowhere", bucket_to_nowhere, 4, KST_END, KST_WALK_CLOSED, KST_WALK_ANOMALY_SKIPPED, 0 },
	{ "object in user memory", object_in_user_memory, 5, KST_END, KST_WALK_CLOSED, 0,
	  KST_DIRECTORY_ENTRY_ANOMALY_POINTER },
	{ "wrong bucket", wrong_bucket, 5, KST_END, KST_WALK_CLOSED, 0, KST_DIRECTORY_ENTRY_ANOMALY_BUCKET },
};

static void hostile(void **state)
{
	const struct row *row = *state;

	for (int wide = 0; wide < 2; wide++) {
		struct system s = wide ? forge(KST_ARCH_X64, 19041, 3570) : forge(KST_ARCH_X86, 7600, 0);
		struct kst_directory_entry e = { .size = sizeof e };
		struct kst_cursor cursor;
		uint64_t count = 0, anomalies = 0;
		kst_status st;

		row->change(&s);
		assert_int_equal(kst_directory_begin(&cursor, s.f.target, 0, KST_DIRECTORY_RECURSE, NULL), KST_OK);
		while ((st = kst_directory_next(&cursor, &e, NULL)) == KST_OK) {
			anomalies |= e.anomalies;
			assert_true(count++ < 64);
		}
		assert_int_equal(st, row->status);
		assert_int_equal(kst_directory_next(&cursor, &e, NULL), row->status);
		assert_int_equal(kst_cursor_end(&cursor), row->end);
		assert_true(kst_cursor_anomalies(&cursor) == row->walk_anomalies);
		assert_true(anomalies == row->entry_anomalies);
		assert_true(row->count == UINT64_MAX || count == row->count);
		objects_end(&s.f);
	}
}

/* Deeper than any real one: told, not entered. */
static void too_deep(void **state)
{
	struct system s = forge(KST_ARCH_X64, 19041, 3570);
	struct kst_directory_entry e = { .size = sizeof e };
	struct kst_cursor cursor;
	uint64_t above = s.deep, count = 0;
	bool told = false;

	(void)state;
	for (int i = 0; i < 40; i++) {
		uint64_t below = objects_add(&s.f, s.type, "x", above, 4);

		objects_directory(&s.f, above, &below, 1);
		above = below;
	}
	assert_int_equal(kst_directory_begin(&cursor, s.f.target, 0, KST_DIRECTORY_RECURSE, NULL), KST_OK);
	while (kst_directory_next(&cursor, &e, NULL) == KST_OK) {
		told = told || (e.anomalies & KST_DIRECTORY_ENTRY_ANOMALY_NOT_ENTERED) != 0;
		assert_true(e.depth < 16);
		count++;
	}
	assert_true(told && count < 25);
	objects_end(&s.f);
}

static void every_read_may_fail(void **state)
{
	struct system s = forge(KST_ARCH_X64, 19041, 3570);

	(void)state;
	SWEEP(s.f.img, kst_directory_entry,
	      kst_directory_begin(&sweep.cursor, s.f.target, 0, KST_DIRECTORY_RECURSE, &sweep.err), kst_directory_next)
		assert_true(sweep.status == KST_END || sweep.status == KST_E_FAULT || sweep.status == KST_E_HOST);
	objects_end(&s.f);
}

static void refuses(void **state)
{
	struct system s = forge(KST_ARCH_X64, 19041, 3570);
	struct kst_directory_entry e = { .size = 4 };
	struct kst_cursor cursor;
	uint64_t body;

	(void)state;
	assert_int_equal(kst_directory_begin(NULL, s.f.target, 0, 0, NULL), KST_E_ARG);
	assert_int_equal(kst_directory_begin(&cursor, s.f.target, 0, 2, NULL), KST_E_ARG);
	assert_int_equal(kst_directory_begin(&cursor, s.f.target, 0x10000, 0, NULL), KST_E_FAULT);
	assert_int_equal(kst_directory_begin(&cursor, image_target(s.f.img, s.f.layout), 0, 0, NULL), KST_E_NO_MEMBER);
	assert_int_equal(kst_directory_begin(&cursor, s.f.target, 0, 0, NULL), KST_OK);
	assert_int_equal(kst_directory_next(&cursor, &e, NULL), KST_E_ABI);
	assert_int_equal(kst_directory_next(&cursor, NULL, NULL), KST_E_ARG);
	assert_int_equal(kst_directory_find(s.f.target, NULL, &body, NULL), KST_E_ARG);
	objects_end(&s.f);
}

int main(void)
{
	struct CMUnitTest tests[80] = {
		cmocka_unit_test(too_deep),
		cmocka_unit_test(every_read_may_fail),
		cmocka_unit_test(refuses),
	};
	size_t n = 3;

	n += ROWS_TO_TESTS(tests + n, rows, hostile);
	n += rows_to_tests(tests + n, forged_builds, forged_builds_count, sizeof forged_builds[0], every_layout);
	return _cmocka_run_group_tests("directories", tests, n, NULL, NULL);
}
