/* SPDX-License-Identifier: MIT */
#include "support/objects.h"
#include "support/sweep.h"

#include <stdlib.h>

enum { OBJECTS = 4 };

struct system {
	struct forged_objects f;
	uint64_t file; /* the type */
	uint64_t bodies[OBJECTS];
};

static struct system forge(uint32_t arch, uint32_t build, uint32_t revision)
{
	struct system s = { .f = objects_begin(arch, build, revision) };
	static const char *const names[OBJECTS] = { "one", NULL, "three", NULL };

	s.file = objects_type(&s.f, "File");
	for (size_t i = 0; i < OBJECTS; i++)
		s.bodies[i] = objects_add(&s.f, s.file, names[i], 0, 4 + 4 * i);
	objects_link(&s.f, s.file, s.bodies, OBJECTS);
	objects_target(&s.f);
	return s;
}

static uint64_t head(const struct system *s)
{
	return s->file + place_of(s->f.layout, "_OBJECT_TYPE", "TypeList");
}

static uint64_t entry(const struct system *s, size_t i)
{
	return objects_entry(&s->f, s->bodies[i]);
}

/* The rule holds in every built-in layout: body = entry + size of the creator header + offset of Body. */
static void every_layout(void **state)
{
	const struct forged_build *b = *state;
	struct system s = forge(b->arch, b->build, b->revision);
	struct kst_object o = { .size = sizeof o };
	struct kst_object_list list = { .size = sizeof list };
	struct kst_cursor cursor;
	uint64_t formula = s.f.width == 4 ? 0x10 + 0x18 : 0x20 + 0x30;

	assert_int_equal(kst_objects_begin(&cursor, s.f.target, s.file, 0, NULL), KST_OK);
	for (size_t i = 0; i < OBJECTS; i++) {
		assert_int_equal(kst_objects_next(&cursor, &o, NULL), KST_OK);
		assert_true(o.body == s.bodies[i]);
		assert_true(o.body == entry(&s, i) + formula);
		assert_true(o.creator_pid == 4 + 4 * i);
		assert_string_equal(o.type_name, "File");
		assert_true(o.anomalies == 0);
		assert_int_equal((o.present & KST_OBJECT_HAS_NAME) != 0, i % 2 == 0);
	}
	assert_int_equal(kst_objects_next(&cursor, &o, NULL), KST_END);
	assert_int_equal(kst_cursor_end(&cursor), KST_WALK_CLOSED);
	assert_true(kst_cursor_anomalies(&cursor) == 0);
	assert_int_equal(kst_objects_begin(&cursor, s.f.target, s.file, KST_OBJECTS_BACKWARDS, NULL), KST_OK);
	for (size_t i = OBJECTS; i-- > 0;) {
		assert_int_equal(kst_objects_next(&cursor, &o, NULL), KST_OK);
		assert_true(o.body == s.bodies[i]);
	}
	assert_int_equal(kst_objects_next(&cursor, &o, NULL), KST_END);
	assert_int_equal(kst_object_list_check(s.f.target, s.file, &list, NULL), KST_OK);
	assert_int_equal(list.agree, 1);
	assert_true(list.forward == OBJECTS && list.backward == OBJECTS);
	assert_true(list.forward_last == entry(&s, OBJECTS - 1) && list.backward_last == entry(&s, 0));
	objects_end(&s.f);
}

struct row {
	const char *name;
	void (*change)(struct system *s);
	uint64_t count; /* UINT64_MAX: any */
	kst_status status;
	uint32_t end;
	uint64_t anomalies;
	uint64_t backward;
};

static void nothing(struct system *s)
{
	(void)s;
}

static void empty(struct system *s)
{
	image_put_list(s->f.img, head(s), NULL, 0);
}

static void loop_forwards(struct system *s)
{
	image_put_pointer(s->f.img, entry(s, 3), entry(s, 3));
}

static void loop_into_the_middle(struct system *s)
{
	image_put_pointer(s->f.img, entry(s, 3), entry(s, 1));
}

static void loop_backwards(struct system *s)
{
	image_put_pointer(s->f.img, entry(s, 1) + s->f.width, entry(s, 2));
}

static void into_user_memory(struct system *s)
{
	image_put_pointer(s->f.img, entry(s, 1), 0x10000);
}

static void misaligned(struct system *s)
{
	image_put_pointer(s->f.img, entry(s, 1), entry(s, 2) + 1);
}

static void into_nothing(struct system *s)
{
	image_put_pointer(s->f.img, entry(s, 1), s->f.symbols + 0x100000);
}

static void wrong_count(struct system *s)
{
	image_put_member(s->f.img, s->f.layout, s->file, "_OBJECT_TYPE", "TotalNumberOfObjects", 0xffffffff);
}

static void skipped_forwards(struct system *s)
{
	image_put_pointer(s->f.img, entry(s, 0), entry(s, 2));
}

static const struct row rows[] = {
	{ "whole", nothing, 4, KST_END, KST_WALK_CLOSED, 0, 4 },
	{ "empty", empty, 0, KST_END, KST_WALK_CLOSED, KST_WALK_ANOMALY_COUNT, 0 },
	{ "loop on itself", loop_forwards, UINT64_MAX, KST_E_CORRUPT, KST_WALK_LOOP, KST_WALK_ANOMALY_BACK_LINK, 4 },
	{ "loop into the middle", loop_into_the_middle, UINT64_MAX, KST_E_CORRUPT, KST_WALK_LOOP,
	  KST_WALK_ANOMALY_BACK_LINK, 4 },
	{ "loop of back links", loop_backwards, 4, KST_END, KST_WALK_CLOSED, KST_WALK_ANOMALY_BACK_LINK, UINT64_MAX },
	{ "into user memory", into_user_memory, 2, KST_E_CORRUPT, KST_WALK_MISMATCH, 0, 4 },
	{ "misaligned", misaligned, 2, KST_E_CORRUPT, KST_WALK_MISMATCH, 0, 4 },
	{ "into nothing", into_nothing, 2, KST_E_FAULT, KST_WALK_UNREADABLE, 0, 4 },
	{ "count of 2^32", wrong_count, 4, KST_END, KST_WALK_CLOSED, KST_WALK_ANOMALY_COUNT, 4 },
	{ "one skipped forwards", skipped_forwards, 3, KST_END, KST_WALK_CLOSED,
	  KST_WALK_ANOMALY_BACK_LINK | KST_WALK_ANOMALY_COUNT, 4 },
};

static void hostile(void **state)
{
	const struct row *row = *state;

	for (int wide = 0; wide < 2; wide++) {
		struct system s = wide ? forge(KST_ARCH_X64, 19041, 3570) : forge(KST_ARCH_X86, 7600, 0);
		struct kst_object o = { .size = sizeof o };
		struct kst_object_list list = { .size = sizeof list };
		struct kst_cursor cursor;
		uint64_t count = 0;
		kst_status st;

		row->change(&s);
		assert_int_equal(kst_objects_begin(&cursor, s.f.target, s.file, 0, NULL), KST_OK);
		while ((st = kst_objects_next(&cursor, &o, NULL)) == KST_OK)
			assert_true(count++ < 64);
		assert_int_equal(st, row->status);
		assert_int_equal(kst_objects_next(&cursor, &o, NULL), row->status); /* it stays ended */
		assert_int_equal(kst_cursor_end(&cursor), row->end);
		assert_true(kst_cursor_anomalies(&cursor) == row->anomalies);
		assert_true(row->count == UINT64_MAX || count == row->count);
		assert_int_equal(kst_object_list_check(s.f.target, s.file, &list, NULL), KST_OK);
		assert_true(row->backward == UINT64_MAX || list.backward == row->backward);
		assert_true(list.forward_end == row->end);
		assert_int_equal(list.agree, row->end == KST_WALK_CLOSED && list.backward == list.forward &&
						     (row->anomalies & KST_WALK_ANOMALY_BACK_LINK) == 0);
		objects_end(&s.f);
	}
}

/* An entry whose header denies it, is of another type, or is not there, is told, not dropped. */
static void doubtful_entries(void **state)
{
	struct system s = forge(KST_ARCH_X64, 6002, 0);
	struct kst_object o = { .size = sizeof o };
	struct kst_cursor cursor;
	uint64_t other = objects_type(&s.f, "Event");

	(void)state;
	image_put_member(s.f.img, s.f.layout, objects_header(&s.f, s.bodies[0]), "_OBJECT_HEADER", "Type", other);
	image_put_member(s.f.img, s.f.layout, objects_header(&s.f, s.bodies[1]), "_OBJECT_HEADER", "Flags", 0);
	assert_int_equal(kst_objects_begin(&cursor, s.f.target, s.file, 0, NULL), KST_OK);
	assert_int_equal(kst_objects_next(&cursor, &o, NULL), KST_OK);
	assert_true(o.anomalies == KST_OBJECT_ANOMALY_OTHER_TYPE);
	assert_string_equal(o.type_name, "Event");
	assert_int_equal(kst_objects_next(&cursor, &o, NULL), KST_OK);
	assert_true(o.anomalies == KST_OBJECT_ANOMALY_NO_CREATOR);
	assert_true(o.creator_pid == 8); /* the entry tells it all the same */
	objects_end(&s.f);
}

/* The page border falls between the list entry and the header: the entry still names the object. */
static void header_not_present(void **state)
{
	struct forged_objects f = objects_begin(KST_ARCH_X64, 19041, 3570);
	uint64_t file = objects_type(&f, "File");
	struct kst_object o = { .size = sizeof o };
	struct kst_cursor cursor;
	uint64_t body;

	(void)state;
	f.at = (f.at & ~(uint64_t)0xfff) + 0x1f30; /* so that the header begins a page */
	body = objects_add(&f, file, NULL, 0, 0x44);
	assert_true(objects_header(&f, body) % 0x1000 == 0);
	objects_link(&f, file, &body, 1);
	objects_target(&f);
	image_unmap(f.img, body);
	assert_int_equal(kst_objects_begin(&cursor, f.target, file, 0, NULL), KST_OK);
	assert_int_equal(kst_objects_next(&cursor, &o, NULL), KST_OK);
	assert_true(o.body == body && o.creator_pid == 0x44);
	assert_true(o.present == KST_OBJECT_HAS_CREATOR_PID);
	assert_int_equal(kst_objects_next(&cursor, &o, NULL), KST_END);
	objects_end(&f);
}

/*
 * The published File type of Windows 7 x86: type 83d656e0, list 83d8bb38 ... 846022d0, 723 objects. Of the list only the
 * two ends are known; the first object is 83d8bb60, and its header 83d8bb48 is the one an old debugger warned of.
 */
static void published(void **state)
{
	static const uint32_t entries[2] = { 0x83d8bb38, 0x846022d0 };
	struct forged_objects f = objects_begin(KST_ARCH_X86, 7600, 0);
	uint64_t type = 0x83d656e0, links[2] = { 0x83d8bb38, 0x846022d0 };
	struct kst_object_type t = { .size = sizeof t };
	struct kst_object o = { .size = sizeof o };
	struct kst_cursor cursor;

	(void)state;
	image_put_list(f.img, type, links, 2);
	image_put_string(f.img, type + 8, objects_room(&f, 0x20), "File");
	image_put32(f.img, type + 0x10, 0x5c);
	image_put8(f.img, type + 0x14, 0x1c);
	image_put32(f.img, type + 0x18, 0x2d3);
	image_put32(f.img, type + 0x1c, 0xaa);
	image_put32(f.img, type + 0x20, 0x691);
	image_put32(f.img, type + 0x24, 0xb6);
	image_put32(f.img, type + 0x7c, 0x656c6946);
	image_put32(f.img, type + 0x80, 0x83d65760);
	image_put32(f.img, type + 0x84, 0x83d65760);
	for (unsigned i = 2; i < 0x1c; i++) /* the types between are of no interest here */
		image_put_pointer(f.img, objects_symbol(&f, FORGED_TABLE) + 4 * i, f.type_type);
	image_put_pointer(f.img, objects_symbol(&f, FORGED_TABLE) + 4 * 0x1c, type);
	for (size_t i = 0; i < 2; i++) {
		image_put32(f.img, entries[i] + 0x10, 1);
		image_put8(f.img, entries[i] + 0x1c, 0x1c);
		image_put8(f.img, entries[i] + 0x1e, 1);
		image_put8(f.img, entries[i] + 0x1f, 0x42); /* the flag of the warning: it does not matter any more */
	}
	objects_target(&f);
	assert_int_equal(kst_object_type_find(f.target, "File", 0, &t, NULL), KST_OK);
	assert_true(t.address == type && t.index == 0x1c && t.objects == 723 && t.handles == 0xaa);
	assert_memory_equal(t.key, "File", 4);
	assert_true(t.callback_flink == t.callback_head);
	assert_int_equal(kst_objects_begin(&cursor, f.target, type, 0, NULL), KST_OK);
	assert_int_equal(kst_objects_next(&cursor, &o, NULL), KST_OK);
	assert_true(o.header == 0x83d8bb48 && o.body == 0x83d8bb60);
	assert_int_equal(o.flags, 0x42);
	assert_string_equal(o.type_name, "File");
	assert_true(o.anomalies == 0);
	assert_int_equal(kst_objects_next(&cursor, &o, NULL), KST_OK);
	assert_true(o.body == 0x846022d0 + 0x28);
	assert_int_equal(kst_objects_next(&cursor, &o, NULL), KST_END);
	assert_true(kst_cursor_anomalies(&cursor) == KST_WALK_ANOMALY_COUNT); /* two are not 723 */
	objects_end(&f);
}

static void every_read_may_fail(void **state)
{
	struct system s = forge(KST_ARCH_X64, 19041, 3570);

	(void)state;
	SWEEP(s.f.img, kst_object, kst_objects_begin(&sweep.cursor, s.f.target, s.file, 0, &sweep.err),
	      kst_objects_next)
		assert_true(sweep.status == KST_END || sweep.status == KST_E_FAULT || sweep.status == KST_E_HOST);
	objects_end(&s.f);
}

static void refuses(void **state)
{
	struct system s = forge(KST_ARCH_X86, 3790, 0);
	struct kst_object o = { .size = 8, .body = 7 };
	struct kst_object_list list = { .size = 4 };
	struct kst_cursor cursor;

	(void)state;
	assert_int_equal(kst_objects_begin(NULL, s.f.target, s.file, 0, NULL), KST_E_ARG);
	assert_int_equal(kst_objects_begin(&cursor, s.f.target, s.file, 2, NULL), KST_E_ARG);
	assert_int_equal(kst_objects_begin(&cursor, s.f.target, 0x84f00000, 0, NULL), KST_E_FAULT);
	assert_int_equal(kst_objects_begin(&cursor, s.f.target, s.file, 0, NULL), KST_OK);
	assert_int_equal(kst_objects_next(&cursor, &o, NULL), KST_E_ABI);
	assert_true(o.body == 7);
	assert_int_equal(kst_objects_next(&cursor, NULL, NULL), KST_E_ARG);
	assert_int_equal(kst_object_list_check(s.f.target, s.file, &list, NULL), KST_E_ABI);
	assert_int_equal(kst_object_list_check(s.f.target, s.file, NULL, NULL), KST_E_ARG);
	objects_end(&s.f);
}

int main(void)
{
	struct CMUnitTest tests[80] = {
		cmocka_unit_test(doubtful_entries), cmocka_unit_test(header_not_present),
		cmocka_unit_test(published),        cmocka_unit_test(every_read_may_fail),
		cmocka_unit_test(refuses),
	};
	size_t n = 5;

	n += ROWS_TO_TESTS(tests + n, rows, hostile);
	n += rows_to_tests(tests + n, forged_builds, forged_builds_count, sizeof forged_builds[0], every_layout);
	return _cmocka_run_group_tests("object lists", tests, n, NULL, NULL);
}
