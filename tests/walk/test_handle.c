/* SPDX-License-Identifier: MIT */
#include "support/objects.h"
#include "support/sweep.h"

#include <stdlib.h>

enum { HANDLES = 5 };

struct system {
	struct forged_objects f;
	uint64_t table; /* _HANDLE_TABLE */
	uint64_t top;   /* first page of its tables */
	uint64_t bodies[HANDLES];
	uint64_t handles[HANDLES];
	bool packed;
};

static uint64_t entry_size(const struct system *s)
{
	return 2 * (uint64_t)s->f.width;
}

static void put_entry(struct system *s, uint64_t leaf, uint64_t handle, uint64_t header, uint32_t access)
{
	uint64_t entry = leaf + handle / 4 % (0x1000 / entry_size(s)) * entry_size(s);

	image_put_pointer(s->f.img, entry,
			  !s->packed        ? header | 1
			  : s->f.width == 8 ? header >> 4 << 20 | 1
					    : header | 1);
	image_put32(s->f.img, entry + s->f.width, access);
}

static void zero_page(struct system *s, uint64_t page)
{
	memset(image_page(s->f.img, page), 0, 0x1000);
}

/* A table of 0, 1 or 2 levels; handle number i is in another leaf, if there can be more than one. */
static struct system forge(uint32_t arch, uint32_t build, uint32_t revision, unsigned levels, bool cid)
{
	struct system s = { .f = objects_begin(arch, build, revision), .packed = build >= 9200 };
	uint64_t per_leaf, per_table = 0x1000 / s.f.width, mid;
	uint64_t type = objects_type(&s.f, "Event");

	per_leaf = 0x1000 / entry_size(&s);
	s.table = objects_room(&s.f, 0x100);
	for (size_t i = 0; i < HANDLES; i++)
		s.bodies[i] = objects_add(&s.f, type, NULL, 0, 4);
	s.top = (s.f.at + 0x1fff) & ~(uint64_t)0xfff;
	mid = s.top + 0x1000;
	zero_page(&s, s.top);
	if (levels == 2) {
		zero_page(&s, mid);
		zero_page(&s, mid + 0x1000);
		image_put_pointer(s.f.img, s.top, mid);
		image_put_pointer(s.f.img, s.top + s.f.width, mid + 0x1000);
	}
	for (size_t i = 0; i < HANDLES; i++) {
		uint64_t slot = levels == 0 ? 0 : levels == 1 ? 3 * i : i < 3 ? 2 * i : per_table + i;
		uint64_t leaf = levels == 0 ? s.top : s.top + 0x10000 + 0x1000 * i;

		s.handles[i] = 4 * (slot * per_leaf + 1 + 7 * i);
		if (levels != 0)
			zero_page(&s, leaf);
		if (levels == 1)
			image_put_pointer(s.f.img, s.top + slot * s.f.width, leaf);
		if (levels == 2)
			image_put_pointer(s.f.img, mid + (slot / per_table) * 0x1000 + slot % per_table * s.f.width,
					  leaf);
		put_entry(&s, leaf, s.handles[i], cid ? s.bodies[i] : objects_header(&s.f, s.bodies[i]), 0x1f0003);
	}
	image_put_pointer(s.f.img, s.table + place_of(s.f.layout, "_HANDLE_TABLE", "TableCode"), s.top | levels);
	if (!s.packed)
		image_put_member(s.f.img, s.f.layout, s.table, "_HANDLE_TABLE", "HandleCount", HANDLES);
	objects_target(&s.f);
	return s;
}

struct form {
	const char *name;
	uint32_t arch, build, revision;
	unsigned levels;
	uint32_t flags;
};

static const struct form forms[] = {
	{ "XP x86, one leaf", KST_ARCH_X86, 2600, 0, 0, 0 },
	{ "XP x86, one level", KST_ARCH_X86, 2600, 0, 1, 0 },
	{ "XP x86, two levels", KST_ARCH_X86, 2600, 0, 2, 0 },
	{ "2003 x64, two levels", KST_ARCH_X64, 3790, 0, 2, 0 },
	{ "7 x64, one level", KST_ARCH_X64, 7601, 0, 1, 0 },
	{ "8 x86, one level", KST_ARCH_X86, 9200, 0, 1, 0 },
	{ "8.1 x64, one leaf", KST_ARCH_X64, 9600, 0, 0, 0 },
	{ "10 x64, one level", KST_ARCH_X64, 19041, 3570, 1, 0 },
	{ "10 x64, two levels", KST_ARCH_X64, 19041, 3570, 2, 0 },
	{ "11 x64, two levels", KST_ARCH_X64, 22621, 382, 2, 0 },
	{ "10 x86, two levels", KST_ARCH_X86, 19041, 0, 2, 0 },
	{ "7 x64, ids", KST_ARCH_X64, 7601, 0, 1, KST_HANDLES_CID },
	{ "10 x64, ids", KST_ARCH_X64, 19041, 3570, 1, KST_HANDLES_CID },
};

static void every_form(void **state)
{
	const struct form *form = *state;
	struct system s = forge(form->arch, form->build, form->revision, form->levels, form->flags != 0);
	struct kst_handle h = { .size = sizeof h };
	struct kst_cursor cursor;
	uint64_t leaves = form->levels == 0 ? 1 : HANDLES;

	assert_int_equal(kst_handles_begin(&cursor, s.f.target, s.table, form->flags, NULL), KST_OK);
	for (size_t i = 0; i < HANDLES; i++) {
		assert_int_equal(kst_handles_next(&cursor, &h, NULL), KST_OK);
		assert_true(h.handle == s.handles[i]);
		assert_true(h.body == s.bodies[i]);
		assert_true(h.header == objects_header(&s.f, s.bodies[i]));
		assert_int_equal(h.access, 0x1f0003);
		assert_int_equal(h.state, KST_HANDLE_LIVE);
		assert_true(h.anomalies == 0);
	}
	assert_int_equal(kst_handles_next(&cursor, &h, NULL), KST_END);
	assert_int_equal(kst_handles_next(&cursor, &h, NULL), KST_END);
	assert_int_equal(kst_cursor_end(&cursor), KST_WALK_CLOSED);
	assert_true(kst_cursor_anomalies(&cursor) == 0);
	assert_true(kst_handles_met(&cursor, KST_HANDLE_LIVE) == HANDLES);
	assert_true(kst_handles_met(&cursor, KST_HANDLE_RESERVED) == leaves);
	assert_true(kst_handles_met(&cursor, KST_HANDLE_FREE) == leaves * (0x1000 / entry_size(&s) - 1) - HANDLES);
	assert_true(kst_handles_met(&cursor, 77) == 0);
	objects_end(&s.f);
}

static void all_entries(void **state)
{
	struct system s = forge(KST_ARCH_X86, 2600, 0, 0, false);
	struct kst_handle h = { .size = sizeof h };
	struct kst_cursor cursor;
	uint64_t count = 0;

	(void)state;
	assert_int_equal(kst_handles_begin(&cursor, s.f.target, s.table, KST_HANDLES_ALL, NULL), KST_OK);
	while (kst_handles_next(&cursor, &h, NULL) == KST_OK) {
		assert_true(h.handle == 4 * count++);
		assert_int_equal(h.state == KST_HANDLE_RESERVED, h.handle == 0);
	}
	assert_true(count == 0x200);
	objects_end(&s.f);
}

struct row {
	const char *name;
	unsigned levels;
	void (*change)(struct system *s);
	kst_status begin;
	uint64_t count; /* UINT64_MAX: any */
	kst_status status;
	uint32_t end;
	uint64_t anomalies;
};

static void three_levels(struct system *s)
{
	image_put_pointer(s->f.img, s->table + place_of(s->f.layout, "_HANDLE_TABLE", "TableCode"), s->top | 3);
}

static void user_table(struct system *s)
{
	image_put_pointer(s->f.img, s->table + place_of(s->f.layout, "_HANDLE_TABLE", "TableCode"), 0x10000);
}

static void contains_itself(struct system *s)
{
	image_put_pointer(s->f.img, s->top + 3 * (uint64_t)s->f.width, s->top);
}

static void all_the_same(struct system *s)
{
	for (uint64_t at = 0; at < 0x1000; at += s->f.width)
		image_put_pointer(s->f.img, s->top + at, s->top + 0x10000);
}

/* As many pointers as the most handles need; what lies behind them is something else. */
static void top_within_a_page(struct system *s)
{
	uint64_t at = s->top + 0x8408, width = s->f.width, count = s->f.width == 4 ? 32 : 128;

	for (uint64_t i = 0; i < count + 8; i++)
		image_put_pointer(s->f.img, at + i * width, i < 2 || i >= count ? s->top + 0x1000 * (1 + i % 2) : 0);
	image_put_pointer(s->f.img, s->table + place_of(s->f.layout, "_HANDLE_TABLE", "TableCode"), at | 2);
}

static void leaf_in_user_memory(struct system *s)
{
	image_put_pointer(s->f.img, s->top + 3 * (uint64_t)s->f.width, 0x12345000);
}

static void leaf_gone(struct system *s)
{
	image_unmap(s->f.img, s->top + 0x11000);
}

static void top_gone(struct system *s)
{
	image_unmap(s->f.img, s->top);
}

static void count_of_billions(struct system *s)
{
	image_put_member(s->f.img, s->f.layout, s->table, "_HANDLE_TABLE", "HandleCount", 0xffffffff);
}

static void bad_pointer(struct system *s)
{
	put_entry(s, s->top + 0x11000, s->handles[1], 0x20000, 1);
}

static void nothing(struct system *s)
{
	(void)s;
}

static const struct row rows[] = {
	{ "whole", 1, nothing, KST_OK, 5, KST_END, KST_WALK_CLOSED, 0 },
	{ "three levels", 1, three_levels, KST_E_CORRUPT, 0, 0, 0, 0 },
	{ "table in user memory", 1, user_table, KST_E_CORRUPT, 0, 0, 0, 0 },
	{ "contains itself", 1, contains_itself, KST_OK, 1, KST_E_CORRUPT, KST_WALK_LOOP, 0 },
	{ "every leaf the same", 1, all_the_same, KST_OK, UINT64_MAX, KST_E_CORRUPT, KST_WALK_LOOP, 0 },
	{ "middle is the top", 2, contains_itself, KST_OK, 5, KST_E_CORRUPT, KST_WALK_LOOP, 0 },
	{ "top within a page", 2, top_within_a_page, KST_OK, 5, KST_END, KST_WALK_CLOSED, 0 },
	{ "leaf in user memory", 1, leaf_in_user_memory, KST_OK, 4, KST_END, KST_WALK_CLOSED,
	  KST_WALK_ANOMALY_SKIPPED | KST_WALK_ANOMALY_COUNT },
	{ "leaf gone", 1, leaf_gone, KST_OK, 4, KST_END, KST_WALK_CLOSED,
	  KST_WALK_ANOMALY_SKIPPED | KST_WALK_ANOMALY_COUNT },
	{ "top gone", 1, top_gone, KST_OK, 0, KST_END, KST_WALK_CLOSED,
	  KST_WALK_ANOMALY_SKIPPED | KST_WALK_ANOMALY_COUNT },
	{ "count of 2^32", 1, count_of_billions, KST_OK, 5, KST_END, KST_WALK_CLOSED, KST_WALK_ANOMALY_COUNT },
	{ "bad pointer", 1, bad_pointer, KST_OK, 5, KST_END, KST_WALK_CLOSED, 0 },
};

static void hostile(void **state)
{
	const struct row *row = *state;

	for (int wide = 0; wide < 2; wide++) {
		struct system s = wide ? forge(KST_ARCH_X64, 7601, 0, row->levels, false)
				       : forge(KST_ARCH_X86, 2600, 0, row->levels, false);
		struct kst_handle h = { .size = sizeof h };
		struct kst_cursor cursor;
		uint64_t count = 0;
		kst_status st;

		row->change(&s);
		assert_int_equal(kst_handles_begin(&cursor, s.f.target, s.table, 0, NULL), row->begin);
		if (row->begin == KST_OK) {
			while ((st = kst_handles_next(&cursor, &h, NULL)) == KST_OK) {
				assert_int_equal(h.state == KST_HANDLE_BAD,
						 (h.anomalies & KST_HANDLE_ANOMALY_POINTER) != 0);
				assert_true(count++ < 100);
			}
			assert_int_equal(st, row->status);
			assert_int_equal(kst_handles_next(&cursor, &h, NULL), row->status);
			assert_int_equal(kst_cursor_end(&cursor), row->end);
			assert_true(kst_cursor_anomalies(&cursor) == row->anomalies);
			assert_true(row->count == UINT64_MAX || count == row->count);
		}
		objects_end(&s.f);
	}
}

static void tables(void **state)
{
	struct system s = forge(KST_ARCH_X64, 7601, 0, 2, false);
	struct kst_handle_table t = { .size = sizeof t };

	(void)state;
	assert_int_equal(kst_handle_table_at(s.f.target, s.table, &t, NULL), KST_OK);
	assert_true(t.table == s.top && t.levels == 2 && t.handles == HANDLES);
	assert_true(t.list_entry == s.table + place_of(s.f.layout, "_HANDLE_TABLE", "HandleTableList"));
	assert_int_equal(kst_handle_table_at(s.f.target, s.top + 0x1000000, &t, NULL), KST_E_FAULT);
	assert_int_equal(kst_handle_table_at(NULL, s.table, &t, NULL), KST_E_ARG);
	t.size = 4;
	assert_int_equal(kst_handle_table_at(s.f.target, s.table, &t, NULL), KST_E_ABI);
	objects_end(&s.f);
}

/* Published entries: XP handles 170 (free) and 14 of the table page e1002000, Windows 8 handle 40 of fffff8a000670000. */
static void published(void **state)
{
	struct forged_objects f = objects_begin(KST_ARCH_X86, 2600, 0);
	struct kst_handle h = { .size = sizeof h };
	struct kst_cursor cursor;
	uint64_t table = objects_room(&f, 0x80);

	(void)state;
	memset(image_page(f.img, 0xe1002000), 0, 0x1000);
	image_put32(f.img, 0xe1002004, 0xfffffffe);
	image_put32(f.img, 0xe1002028, 0xe12751b9);
	image_put32(f.img, 0xe10022e4, 0x458);
	image_put_pointer(f.img, table, 0xe1002000);
	objects_target(&f);
	assert_int_equal(kst_handles_begin(&cursor, f.target, table, KST_HANDLES_ALL, NULL), KST_OK);
	while (kst_handles_next(&cursor, &h, NULL) == KST_OK) {
		if (h.handle == 0)
			assert_int_equal(h.state, KST_HANDLE_RESERVED);
		if (h.handle == 0x170)
			assert_true(h.entry == 0xe10022e0 && h.state == KST_HANDLE_FREE);
		if (h.handle == 0x14)
			assert_true(h.header == 0xe12751b8 && h.body == 0xe12751d0);
	}
	assert_true(kst_handles_met(&cursor, KST_HANDLE_LIVE) == 1);
	objects_end(&f);
	f = objects_begin(KST_ARCH_X64, 9200, 0);
	table = objects_room(&f, 0x80);
	memset(image_page(f.img, 0xfffff8a000670000), 0, 0x1000);
	image_put64(f.img, 0xfffff8a000670100, UINT64_C(0xfffff8a000633ed0) >> 4 << 23 | 2 << 20 | 1);
	image_put32(f.img, 0xfffff8a000670108, 6);
	image_put64(f.img, table + 8, 0xfffff8a000670000);
	objects_target(&f);
	assert_int_equal(kst_handles_begin(&cursor, f.target, table, 0, NULL), KST_OK);
	assert_int_equal(kst_handles_next(&cursor, &h, NULL), KST_OK);
	assert_true(h.handle == 0x40 && h.entry == 0xfffff8a000670100);
	assert_true(h.header == 0xfffff8a000633ed0 && h.body == 0xfffff8a000633f00);
	assert_true(h.access == 6 && h.attributes == KST_HANDLE_ATTRIBUTE_INHERIT);
	assert_int_equal(kst_handles_next(&cursor, &h, NULL), KST_END);
	objects_end(&f);
}

static void every_read_may_fail(void **state)
{
	struct system s = forge(KST_ARCH_X64, 19041, 3570, 0, false);

	(void)state;
	SWEEP(s.f.img, kst_handle, kst_handles_begin(&sweep.cursor, s.f.target, s.table, 0, &sweep.err),
	      kst_handles_next)
		assert_true(sweep.status == KST_END || sweep.status == KST_E_FAULT || sweep.status == KST_E_HOST);
	objects_end(&s.f);
}

static void refuses(void **state)
{
	struct system s = forge(KST_ARCH_X64, 19041, 3570, 0, false);
	struct kst_handle h = { .size = 4 };
	struct kst_cursor cursor;

	(void)state;
	assert_int_equal(kst_handles_begin(NULL, s.f.target, s.table, 0, NULL), KST_E_ARG);
	assert_int_equal(kst_handles_begin(&cursor, s.f.target, s.table, 4, NULL), KST_E_ARG);
	assert_int_equal(kst_handles_begin(&cursor, s.f.target, s.table + 0x1000000, 0, NULL), KST_E_FAULT);
	assert_int_equal(kst_handles_begin(&cursor, s.f.target, s.table, 0, NULL), KST_OK);
	assert_int_equal(kst_handles_next(&cursor, &h, NULL), KST_E_ABI);
	assert_int_equal(kst_handles_next(&cursor, NULL, NULL), KST_E_ARG);
	objects_end(&s.f);
}

int main(void)
{
	struct CMUnitTest tests[64] = {
		cmocka_unit_test(all_entries),         cmocka_unit_test(published), cmocka_unit_test(tables),
		cmocka_unit_test(every_read_may_fail), cmocka_unit_test(refuses),
	};
	size_t n = 5;

	n += ROWS_TO_TESTS(tests + n, forms, every_form);
	n += ROWS_TO_TESTS(tests + n, rows, hostile);
	return _cmocka_run_group_tests("handle tables", tests, n, NULL, NULL);
}
