/* SPDX-License-Identifier: MIT */
#include "support/image.h"
#include "support/support.h"
#include "support/sweep.h"

#include <stdio.h>
#include <stdlib.h>

#define MODULES 3u

struct row {
	const char *name;
	uint32_t paging;
	uint32_t pointer_size;
	uint64_t head, entries, texts, images, unloaded;
};

static const struct row rows[] = {
	{ "x86", KST_PAGING_X86, 4, 0x80440000, 0x81001000, 0x81002000, 0x80400000, 0x81004000 },
	{ "x64", KST_PAGING_X64, 8, 0xfffff80000440000, 0xfffffa8000001000, 0xfffffa8000002000, 0xfffff80000400000,
	  0xfffffa8000004000 },
};

struct machine {
	struct image *img;
	struct kst_target *target;
	struct kst_layout *layout;
	uint64_t entry[MODULES];
	const struct row *row;
};

static const char *const names[MODULES] = { "ntoskrnl.exe", "hal.dll", "a.sys" };

static struct machine machine_new(const struct row *row)
{
	struct machine m = { image_new(row->paging), NULL, layout_from_rows(NULL, 0, row->pointer_size), { 0 }, row };
	struct kst_symbol symbols[] = { { row->head, "PsLoadedModuleList" },
					{ row->head + 0x100, "MmUnloadedDrivers" },
					{ row->head + 0x108, "MmLastUnloadedDriver" } };
	bool wide = row->pointer_size == 8;

	for (unsigned i = 0; i < MODULES; i++) {
		char path[64];
		uint64_t at = m.entry[i] = row->entries + 0x200 * i;

		snprintf(path, sizeof path, "\\SystemRoot\\%s", names[i]);
		image_put_pointer(m.img, at + (wide ? 0x30 : 0x18), row->images + 0x100000 * i);
		image_put32(m.img, at + (wide ? 0x40 : 0x20), 0x8000 + 0x1000 * i);
		image_put_string(m.img, at + (wide ? 0x48 : 0x24), row->texts + 0x200 * i, path);
		image_put_string(m.img, at + (wide ? 0x58 : 0x2c), row->texts + 0x200 * i + 0x100, names[i]);
	}
	image_put_list(m.img, row->head, m.entry, MODULES);
	image_put_pointer(m.img, row->head + 0x100, 0);
	m.target = image_target_symbols(m.img, m.layout, symbols, 3);
	return m;
}

static void machine_free(struct machine *m)
{
	image_free(m->img);
	free(m->layout);
}

/* The whole walk: its last status; what it found in *count. */
static kst_status walk(const struct machine *m, uint64_t *count, uint32_t *end, uint64_t *anomalies)
{
	struct kst_module module = { .size = sizeof module };
	struct kst_cursor cursor;
	kst_status st = kst_kernel_modules_begin(&cursor, m->target, NULL);

	*count = 0;
	if (st != KST_OK)
		return st;
	while ((st = kst_kernel_modules_next(&cursor, &module, NULL)) == KST_OK)
		(*count)++;
	*end = kst_cursor_end(&cursor);
	*anomalies = kst_cursor_anomalies(&cursor);
	assert_true(kst_cursor_count(&cursor) == *count);
	assert_int_equal(kst_kernel_modules_next(&cursor, &module, NULL), st); /* the same answer again */
	return st;
}

static void lists_in_load_order(void **state)
{
	struct machine m = machine_new(*state);
	struct kst_module module = { .size = sizeof module };
	struct kst_cursor cursor;

	assert_int_equal(kst_kernel_modules_begin(&cursor, m.target, NULL), KST_OK);
	for (unsigned i = 0; i < MODULES; i++) {
		char path[64];

		snprintf(path, sizeof path, "\\SystemRoot\\%s", names[i]);
		assert_int_equal(kst_kernel_modules_next(&cursor, &module, NULL), KST_OK);
		assert_string_equal(module.name, names[i]);
		assert_string_equal(module.path, path);
		assert_true(module.address == m.entry[i] && module.base == m.row->images + 0x100000 * i);
		assert_int_equal(module.size_of_image, 0x8000 + 0x1000 * i);
		assert_int_equal(module.anomalies, 0);
	}
	assert_int_equal(kst_kernel_modules_next(&cursor, &module, NULL), KST_END);
	assert_int_equal(kst_cursor_end(&cursor), KST_WALK_CLOSED);
	assert_true(kst_cursor_anomalies(&cursor) == 0);
	machine_free(&m);
}

static void who_owns_an_address(void **state)
{
	struct machine m = machine_new(*state);
	struct kst_module module = { .size = sizeof module };
	uint64_t base = m.row->images + 0x100000;

	assert_int_equal(kst_module_find(m.target, base, &module, NULL), KST_OK);
	assert_string_equal(module.name, "hal.dll");
	assert_int_equal(kst_module_find(m.target, base + 0x8fff, &module, NULL), KST_OK);
	assert_string_equal(module.name, "hal.dll");
	strcpy(module.name, "untouched");
	assert_int_equal(kst_module_find(m.target, base + 0x9000, &module, NULL), KST_END);
	assert_int_equal(kst_module_find(m.target, base - 1, &module, NULL), KST_END);
	assert_string_equal(module.name, "untouched");
	assert_int_equal(kst_module_find(m.target, base, NULL, NULL), KST_E_ARG);
	assert_int_equal(kst_module_find(NULL, base, &module, NULL), KST_E_ARG);
	module.size = 8;
	assert_int_equal(kst_module_find(m.target, base, &module, NULL), KST_E_ABI);
	machine_free(&m);
}

struct bad {
	const char *name;
	unsigned entry; /* whose link is changed; MODULES: the head's */
	unsigned back;  /* 1: the back link */
	uint64_t link;
	kst_status status;
	uint32_t end;
	uint64_t count;
	uint64_t anomalies;
};

static const struct bad bad_rows[] = {
	{ "loop past the head", 2, 0, 0xfffffa8000001200, KST_E_CORRUPT, KST_WALK_LOOP, 4, KST_WALK_ANOMALY_BACK_LINK },
	{ "to itself", 0, 0, 0xfffffa8000001000, KST_E_CORRUPT, KST_WALK_LOOP, 1, 0 },
	{ "null link", 1, 0, 0, KST_E_CORRUPT, KST_WALK_MISMATCH, 2, 0 },
	{ "user address", 1, 0, 0x7ffe0000, KST_E_CORRUPT, KST_WALK_MISMATCH, 2, 0 },
	{ "unreadable", 1, 0, 0xfffffa8000100000, KST_E_FAULT, KST_WALK_UNREADABLE, 2, 0 },
	{ "back link", 1, 1, 0xfffffa8000001400, KST_END, KST_WALK_CLOSED, 3, KST_WALK_ANOMALY_BACK_LINK },
	{ "head's back link", 3, 1, 0xfffffa8000001000, KST_END, KST_WALK_CLOSED, 3, KST_WALK_ANOMALY_BACK_LINK },
	{ "first entry lost", 3, 0, 0xfffffa8000100000, KST_E_FAULT, KST_WALK_UNREADABLE, 0, 0 },
	{ "empty list", 3, 0, 0xfffff80000440000, KST_END, KST_WALK_CLOSED, 0, KST_WALK_ANOMALY_BACK_LINK },
	{ "end of the address space", 1, 0, 0xfffffffffffffff8, KST_E_FAULT, KST_WALK_UNREADABLE, 2, 0 },
};

static void broken_lists_end(void **state)
{
	const struct bad *row = *state;
	struct machine m = machine_new(&rows[1]);
	uint64_t at = row->entry == MODULES ? m.row->head : m.entry[row->entry];
	uint64_t count, anomalies = 0;
	uint32_t end = 0;

	image_put64(m.img, at + 8 * row->back, row->link);
	assert_int_equal(walk(&m, &count, &end, &anomalies), row->status);
	assert_int_equal(end, row->end);
	if (row->end == KST_WALK_LOOP)
		assert_true(count >= row->count && count < 16); /* Brent's method needs a few more steps */
	else
		assert_true(count == row->count);
	assert_true(anomalies == row->anomalies);
	machine_free(&m);
}

static void names_are_evidence_too(void **state)
{
	struct machine m = machine_new(&rows[1]);
	struct kst_module module = { .size = sizeof module };
	struct kst_cursor cursor;

	(void)state;
	image_put64(m.img, m.entry[0] + 0x58 + 8, 0xfffffa8000200000); /* text paged out */
	image_put16(m.img, m.entry[1] + 0x58, 13);                     /* odd, below its maximum */
	for (unsigned i = 0; i < 300; i++)
		image_put16(m.img, 0xfffffa8000009000 + 2 * i, 'n');
	image_put16(m.img, m.entry[2] + 0x58, 600);
	image_put16(m.img, m.entry[2] + 0x58 + 2, 600);
	image_put64(m.img, m.entry[2] + 0x58 + 8, 0xfffffa8000009000);
	assert_int_equal(kst_kernel_modules_begin(&cursor, m.target, NULL), KST_OK);
	assert_int_equal(kst_kernel_modules_next(&cursor, &module, NULL), KST_OK);
	assert_true((module.present & KST_MODULE_HAS_NAME) == 0 && (module.present & KST_MODULE_HAS_PATH) != 0);
	assert_string_equal(module.name, "");
	assert_int_equal(kst_kernel_modules_next(&cursor, &module, NULL), KST_OK);
	assert_true((module.anomalies & KST_MODULE_ANOMALY_NAME) != 0);
	assert_int_equal(kst_kernel_modules_next(&cursor, &module, NULL), KST_OK);
	assert_true(module.anomalies == KST_MODULE_ANOMALY_NAME_CUT);
	assert_int_equal(strlen(module.name), sizeof module.name - 1);
	machine_free(&m);
}

/* What a reader tells where the list is not there. */
static kst_status host_module(void *user, uint64_t index, struct kst_module *out)
{
	(void)user;
	if (index == 7)
		return -66;
	if (index >= 2)
		return KST_END;
	out->present = KST_MODULE_HAS_BASE | KST_MODULE_HAS_SIZE | KST_MODULE_HAS_NAME;
	out->base = 0xfffff80000400000 + 0x10000 * index;
	out->size_of_image = 0x2000;
	out->address = 0x1234; /* a host has none to give */
	strcpy(out->name, index == 0 ? "host.exe" : "host.sys");
	return KST_OK;
}

static kst_status host_unloaded(void *user, uint64_t index, struct kst_unloaded_module *out)
{
	(void)user;
	if (index >= 1)
		return KST_END;
	out->present = KST_UNLOADED_MODULE_HAS_RANGE;
	out->start = 0xfffff80087de0000;
	out->end = 0xfffff80087dfc000;
	return KST_OK;
}

static void the_readers_list_stands_in(void **state)
{
	struct machine m = machine_new(&rows[1]);
	struct kst_reader_ops ops = *image_reader(m.img);
	struct kst_symbol head = { 0xfffff800f0000000, "PsLoadedModuleList" };
	struct kst_target_config config = { .size = sizeof config,
					    .symbols_count = 1,
					    .reader = &ops,
					    .reader_user = m.img,
					    .layout = m.layout,
					    .identity = image_identity(m.img),
					    .symbols = &head };
	struct kst_module module = { .size = sizeof module };
	struct kst_unloaded_module gone = { .size = sizeof gone };
	struct kst_target *target = NULL;
	struct kst_cursor cursor;

	(void)state;
	ops.module = host_module;
	ops.unloaded_module = host_unloaded;
	assert_int_equal(kst_target_create(&config, &target, NULL), KST_OK);
	assert_int_equal(kst_kernel_modules_begin(&cursor, target, NULL), KST_OK);
	assert_int_equal(kst_kernel_modules_next(&cursor, &module, NULL), KST_OK);
	assert_string_equal(module.name, "host.exe");
	assert_true(module.address == 0);
	assert_int_equal(kst_kernel_modules_next(&cursor, &module, NULL), KST_OK);
	assert_int_equal(kst_kernel_modules_next(&cursor, &module, NULL), KST_END);
	assert_int_equal(kst_kernel_modules_next(&cursor, &module, NULL), KST_END);
	assert_int_equal(kst_module_find(target, 0xfffff80000411fff, &module, NULL), KST_OK);
	assert_string_equal(module.name, "host.sys");
	assert_int_equal(kst_module_find(target, 0xfffff80000412000, &module, NULL), KST_END);
	assert_int_equal(kst_unloaded_modules_begin(&cursor, target, NULL), KST_OK);
	assert_int_equal(kst_unloaded_modules_next(&cursor, &gone, NULL), KST_OK);
	assert_true(gone.start == 0xfffff80087de0000);
	assert_int_equal(kst_unloaded_modules_next(&cursor, &gone, NULL), KST_END);
	kst_target_destroy(target);
	/* without either there is no answer */
	ops.module = NULL;
	ops.unloaded_module = NULL;
	assert_int_equal(kst_target_create(&config, &target, NULL), KST_OK);
	assert_int_equal(kst_kernel_modules_begin(&cursor, target, NULL), KST_E_FAULT);
	assert_int_equal(kst_unloaded_modules_begin(&cursor, target, NULL), KST_E_NO_MEMBER);
	kst_target_destroy(target);
	machine_free(&m);
}

/* The table is a ring of 50; the newest is before the index. */
static void unloaded_newest_first(void **state)
{
	const struct row *row = *state;
	struct machine m = machine_new(row);
	uint64_t size = row->pointer_size == 8 ? 0x28 : 0x18;
	struct kst_unloaded_module module = { .size = sizeof module };
	struct kst_cursor cursor;
	unsigned seen = 0;

	assert_int_equal(kst_unloaded_modules_begin(&cursor, m.target, NULL), KST_OK); /* no table yet: none */
	assert_int_equal(kst_unloaded_modules_next(&cursor, &module, NULL), KST_END);
	image_put_pointer(m.img, row->head + 0x100, row->unloaded);
	image_put32(m.img, row->head + 0x108, 2);
	image_put(m.img, row->unloaded, "", 1);
	image_put(m.img, row->unloaded + 50 * size - 1, "", 1);
	for (unsigned i = 0; i < 4; i++) { /* slots 48, 49, 0, 1 */
		uint64_t at = row->unloaded + (48 + i) % 50 * size;
		char name[8];

		snprintf(name, sizeof name, "d%u.sys", i);
		image_put_string(m.img, at, row->texts + 0x800 + 0x20 * i, name);
		image_put_pointer(m.img, at + 2 * row->pointer_size, row->images + 0x10000 * i);
		image_put_pointer(m.img, at + 3 * row->pointer_size, row->images + 0x10000 * i + 0x8000);
		image_put64(m.img, at + 4 * row->pointer_size, 0x1d707f23dbb3399 + i);
	}
	assert_int_equal(kst_unloaded_modules_begin(&cursor, m.target, NULL), KST_OK);
	while (kst_unloaded_modules_next(&cursor, &module, NULL) == KST_OK) {
		char name[8];

		snprintf(name, sizeof name, "d%u.sys", 3 - seen);
		assert_string_equal(module.name, name);
		assert_true(module.start == row->images + 0x10000 * (3 - seen) && module.end == module.start + 0x8000);
		assert_true(module.time == UINT64_C(0x1d707f23dbb3399) + 3 - seen);
		assert_true(module.present == (KST_UNLOADED_MODULE_HAS_RANGE | KST_UNLOADED_MODULE_HAS_NAME |
					       KST_UNLOADED_MODULE_HAS_TIME));
		seen++;
	}
	assert_int_equal(seen, 4);
	assert_int_equal(kst_cursor_end(&cursor), KST_WALK_CLOSED);
	/* an index out of bounds is cut; a page of the table that is lost is stepped over */
	image_put32(m.img, row->head + 0x108, 52);
	image_unmap(m.img, row->unloaded);
	assert_int_equal(kst_unloaded_modules_begin(&cursor, m.target, NULL), KST_OK);
	assert_int_equal(kst_unloaded_modules_next(&cursor, &module, NULL), KST_END);
	assert_true(kst_cursor_anomalies(&cursor) == (KST_WALK_ANOMALY_CLAMPED | KST_WALK_ANOMALY_SKIPPED));
	machine_free(&m);
}

static void every_read_may_fail(void **state)
{
	struct machine m = machine_new(*state);
	uint64_t count, anomalies = 0, needed;
	uint32_t end = 0;

	image_put_pointer(m.img, m.row->head + 0x100, m.row->unloaded);
	image_put32(m.img, m.row->head + 0x108, 1);
	image_put_string(m.img, m.row->unloaded, m.row->texts + 0x800, "d.sys");
	image_fail(m.img, 0, false, KST_OK);
	assert_int_equal(walk(&m, &count, &end, &anomalies), KST_END);
	needed = image_reads(m.img);
	for (uint64_t n = 1; n <= needed; n++) {
		for (int on = 0; on < 2; on++) {
			kst_status st;

			image_fail(m.img, n, on, KST_E_FAULT);
			st = walk(&m, &count, &end, &anomalies);
			assert_true(st == KST_END || st == KST_E_FAULT);
			assert_true(st == KST_END ? count == MODULES : count < MODULES);
			image_fail(m.img, n, on, -3);
			assert_int_equal(walk(&m, &count, &end, &anomalies), KST_E_HOST);
		}
	}
	SWEEP(m.img, kst_module, kst_kernel_modules_begin(&sweep.cursor, m.target, &sweep.err), kst_kernel_modules_next)
		assert_true(sweep.status == KST_END || sweep.status == KST_E_FAULT || sweep.status == KST_E_HOST);
	SWEEP(m.img, kst_unloaded_module, kst_unloaded_modules_begin(&sweep.cursor, m.target, &sweep.err),
	      kst_unloaded_modules_next)
		assert_true(sweep.status == KST_END || sweep.status == KST_E_FAULT || sweep.status == KST_E_HOST);
	machine_free(&m);
}

static void arguments(void **state)
{
	struct machine m = machine_new(&rows[1]);
	struct kst_module module = { .size = sizeof module };
	struct kst_unloaded_module gone = { .size = sizeof gone };
	struct kst_cursor cursor;

	(void)state;
	assert_int_equal(kst_kernel_modules_begin(NULL, m.target, NULL), KST_E_ARG);
	assert_int_equal(kst_kernel_modules_begin(&cursor, NULL, NULL), KST_E_ARG);
	assert_int_equal(kst_unloaded_modules_begin(&cursor, NULL, NULL), KST_E_ARG);
	assert_int_equal(kst_kernel_modules_begin(&cursor, m.target, NULL), KST_OK);
	assert_int_equal(kst_unloaded_modules_next(&cursor, &gone, NULL), KST_E_ARG);
	assert_int_equal(kst_kernel_modules_next(&cursor, NULL, NULL), KST_E_ARG);
	module.size = 12;
	assert_int_equal(kst_kernel_modules_next(&cursor, &module, NULL), KST_E_ABI);
	module.size = sizeof module;
	assert_int_equal(kst_kernel_modules_next(&cursor, &module, NULL), KST_OK);
	assert_int_equal(module.size, sizeof module);
	machine_free(&m);
}

int main(void)
{
	struct CMUnitTest tests[96] = {
		cmocka_unit_test(names_are_evidence_too),
		cmocka_unit_test(the_readers_list_stands_in),
		cmocka_unit_test(arguments),
	};
	size_t n = 3;

	n += ROWS_TO_TESTS(tests + n, rows, lists_in_load_order);
	n += ROWS_TO_TESTS(tests + n, rows, who_owns_an_address);
	n += ROWS_TO_TESTS(tests + n, bad_rows, broken_lists_end);
	n += ROWS_TO_TESTS(tests + n, rows, unloaded_newest_first);
	n += ROWS_TO_TESTS(tests + n, rows, every_read_may_fail);
	return _cmocka_run_group_tests("module", tests, n, NULL, NULL);
}
