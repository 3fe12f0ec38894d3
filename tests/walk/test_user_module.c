/* SPDX-License-Identifier: MIT */
#include "support/container.h"
#include "support/sweep.h"
#include "support/user_forge.h"

#include <stdlib.h>
#ifndef _WIN32
#include <pthread.h>
#endif

/* Two processes with different programs: the stale module list of a debugger was that of the other one. */
static const struct forged_module notepad[] = {
	{ "notepad.exe", "C:\\Windows\\notepad.exe", 0x361480, 0x1000000, 0x14000, 0x48025287 },
	{ "ntdll.dll", "C:\\Windows\\system32\\ntdll.dll", 0x361580, 0x7c900000, 0xb0000, 0x4791a7a6 },
	{ "kernel32.dll", "C:\\Windows\\system32\\kernel32.dll", 0x361680, 0x7c800000, 0xf5000, 0x4791a76d },
	{ "comdlg32.dll", "C:\\Windows\\system32\\comdlg32.dll", 0x361780, 0x763b0000, 0x49000, 0x4791a64b },
};
static const struct forged_module vmware[] = {
	{ "VMwareUser.exe", "C:\\Program Files\\VMware\\VMwareUser.exe", 0x361480, 0x400000, 0x28000, 0x47000000 },
	{ "ntdll.dll", "C:\\Windows\\system32\\ntdll.dll", 0x361580, 0x7c900000, 0xb0000, 0x4791a7a6 },
	{ "wsock32.dll", "C:\\Windows\\system32\\wsock32.dll", 0x361680, 0x71ad0000, 0x9000, 0x48000000 },
};

struct world {
	struct image *img;
	struct kst_layout *layout;
	struct kst_target *target;
	uint32_t width; /* pointer size of the processes */
	uint64_t dtb[2];
	struct forged_user user[2];
};

static struct forged_user user_of(const struct world *w, int which)
{
	return (struct forged_user){
		.dtb = w->dtb[which],
		.pointer_size = w->width,
		.peb = 0x7ffdd000,
		.ldr = 0x77164cc0,
		.parameters = 0x20000,
		.environment = 0x10000,
		.strings = 0x370000,
		.image_base = which == 0 ? 0x1000000 : 0x400000,
		.process_heap = 0x360000,
		.command_line = "x",
		.modules = which == 0 ? notepad : vmware,
		.count = which == 0 ? 4 : 3,
	};
}

static struct world make(uint32_t paging, uint32_t width)
{
	bool wide = paging == KST_PAGING_X64;
	struct world w = { .img = image_new(paging),
			   .layout = wide ? layout_19041_x64() : layout_3790_x86(),
			   .width = width };

	for (int i = 0; i < 2; i++) {
		w.dtb[i] = image_new_process(w.img);
		w.user[i] = user_of(&w, i);
		forge_user(w.img, &w.user[i]);
	}
	w.target = forged_target(w.img, w.layout);
	return w;
}

static void end(struct world *w)
{
	image_free(w->img);
	free(w->layout);
}

static struct kst_peb peb_of(const struct world *w, int which)
{
	struct kst_peb peb = { .size = sizeof peb };

	assert_int_equal(kst_peb_read(w->target, w->dtb[which], 0x7ffdd000, 8 * w->width, &peb, NULL), KST_OK);
	return peb;
}

static uint64_t node(const struct world *w, uint64_t entry, const char *links)
{
	return entry + user_place(w->width, "_LDR_DATA_TABLE_ENTRY", links);
}

struct row {
	const char *name;
	uint32_t paging, width;
};

static const struct row rows[] = {
	{ "x86", KST_PAGING_X86, 4 },
	{ "pae", KST_PAGING_PAE, 4 },
	{ "x64", KST_PAGING_X64, 8 },
	{ "wow64", KST_PAGING_X64, 4 },
};

static void lists_in_order(void **state)
{
	const struct row *row = *state;
	struct world w = make(row->paging, row->width);
	struct kst_peb peb = peb_of(&w, 0);

	assert_int_equal(peb.state, KST_PEB_PRESENT);
	for (uint32_t list = KST_LOADER_LIST_LOAD; list <= KST_LOADER_LIST_INIT; list++) {
		struct kst_user_module m = { .size = sizeof m };
		struct kst_cursor cursor;
		size_t i = list == KST_LOADER_LIST_INIT ? 1 : 0;
		kst_status st;

		assert_int_equal(kst_user_modules_begin(&cursor, w.target, w.dtb[0], &peb, list, NULL), KST_OK);
		for (; (st = kst_user_modules_next(&cursor, &m, NULL)) == KST_OK; i++) {
			assert_true(i < 4);
			assert_true(m.address == notepad[i].entry);
			assert_true(m.base == notepad[i].base);
			assert_int_equal(m.size_of_image, notepad[i].size);
			assert_int_equal(m.time_date_stamp, notepad[i].stamp);
			assert_string_equal(m.name, notepad[i].name);
			assert_string_equal(m.path, notepad[i].path);
			assert_int_equal(m.bits, 8 * row->width);
			assert_true(m.anomalies == 0);
			assert_int_equal(m.linked, i == 0 ? 3 : 7);
		}
		assert_int_equal(st, KST_END);
		assert_int_equal(i, 4);
		assert_int_equal(kst_cursor_end(&cursor), KST_WALK_CLOSED);
	}
	end(&w);
}

/* Module lists of two processes, walked step by step in turn: each name and each base is its own. */
static void two_processes_never_mix(void **state)
{
	const struct row *row = *state;
	struct world w = make(row->paging, row->width);
	struct kst_peb pebs[2] = { peb_of(&w, 0), peb_of(&w, 1) };
	struct kst_cursor cursors[2];
	bool more[2] = { true, true };

	for (int k = 0; k < 2; k++)
		assert_int_equal(
			kst_user_modules_begin(&cursors[k], w.target, w.dtb[k], &pebs[k], KST_LOADER_LIST_LOAD, NULL),
			KST_OK);
	for (size_t i = 0; more[0] || more[1]; i++)
		for (int k = 0; k < 2; k++) {
			struct kst_user_module m = { .size = sizeof m };

			if (!more[k])
				continue;
			more[k] = kst_user_modules_next(&cursors[k], &m, NULL) == KST_OK;
			if (!more[k])
				assert_int_equal(i, w.user[k].count);
			else
				assert_string_equal(m.path, w.user[k].modules[i].path);
		}
	end(&w);
}

#ifndef _WIN32
/* What one thread of the test does: one process' modules, many times, on a target that both share. */
struct walker {
	const struct kst_target *target;
	const struct world *world;
	int which;
	int wrong;
};

static void *walk_often(void *argument)
{
	struct walker *walker = argument;
	const struct forged_user *user = &walker->world->user[walker->which];

	for (int round = 0; round < 200; round++) {
		struct kst_user_module m = { .size = sizeof m };
		struct kst_peb peb = { .size = sizeof peb };
		struct kst_cursor cursor;
		size_t i = 0;

		if (kst_peb_read(walker->target, user->dtb, user->peb, 64, &peb, NULL) != KST_OK ||
		    kst_user_modules_begin(&cursor, walker->target, user->dtb, &peb, KST_LOADER_LIST_LOAD, NULL) !=
			    KST_OK)
			walker->wrong++;
		else
			for (; kst_user_modules_next(&cursor, &m, NULL) == KST_OK; i++)
				if (i >= user->count || strcmp(m.path, user->modules[i].path) != 0)
					walker->wrong++;
		if (i != user->count)
			walker->wrong++;
	}
	return NULL;
}

/* Two processes walked side by side from two threads; the reader is that of a dump, which several threads may use. */
static void two_threads_share_a_target(void **state)
{
	struct world w = make(KST_PAGING_X64, 8);
	struct container file = container_windows(w.img, CONTAINER_FULL);
	struct kst_target_config config = { .size = sizeof config,
					    .layout = w.layout,
					    .identity = image_identity(w.img) };
	struct walker walkers[2];
	struct kst_target *target = NULL;
	struct kst_dump *dump = NULL;
	pthread_t threads[2];

	(void)state;
	assert_int_equal(kst_dump_open_memory(file.bytes, file.size, &dump, NULL), KST_OK);
	config.reader = kst_dump_reader(dump);
	config.reader_user = dump;
	assert_true(config.reader->flags & KST_READER_THREAD_SAFE);
	assert_int_equal(kst_target_create(&config, &target, NULL), KST_OK);
	for (int i = 0; i < 2; i++) {
		walkers[i] = (struct walker){ target, &w, i, 0 };
		assert_int_equal(pthread_create(&threads[i], NULL, walk_often, &walkers[i]), 0);
	}
	for (int i = 0; i < 2; i++) {
		assert_int_equal(pthread_join(threads[i], NULL), 0);
		assert_int_equal(walkers[i].wrong, 0);
	}
	kst_target_destroy(target);
	kst_dump_close(dump);
	container_free(&file);
	end(&w);
}
#endif

static void unlinked_module_shows(void **state)
{
	const struct row *row = *state;
	struct world w = make(row->paging, row->width);
	uint64_t before = node(&w, 0x361580, "InLoadOrderLinks"), after = node(&w, 0x361780, "InLoadOrderLinks");
	struct kst_user_module m = { .size = sizeof m };
	struct kst_cursor cursor;
	struct kst_peb peb;

	/* hidden from load order: its neighbours are joined, its own links stay */
	put_in(w.img, w.dtb[0], before, after, w.width);
	put_in(w.img, w.dtb[0], after + w.width, before, w.width);
	peb = peb_of(&w, 0);
	assert_int_equal(kst_user_modules_begin(&cursor, w.target, w.dtb[0], &peb, KST_LOADER_LIST_LOAD, NULL), KST_OK);
	while (kst_user_modules_next(&cursor, &m, NULL) == KST_OK)
		assert_string_not_equal(m.name, "kernel32.dll");
	assert_int_equal(kst_cursor_count(&cursor), 3);
	assert_int_equal(kst_user_modules_begin(&cursor, w.target, w.dtb[0], &peb, KST_LOADER_LIST_MEMORY, NULL),
			 KST_OK);
	while (kst_user_modules_next(&cursor, &m, NULL) == KST_OK)
		assert_true(m.anomalies ==
			    (strcmp(m.name, "kernel32.dll") == 0 ? KST_USER_MODULE_ANOMALY_NOT_IN_LOAD_ORDER : 0));
	assert_int_equal(kst_cursor_count(&cursor), 4);
	end(&w);
}

struct hostile {
	const char *name;
	void (*change)(struct world *w);
	uint64_t count; /* UINT64_MAX: any, but it ends */
	kst_status status;
	uint32_t end;
};

static void loop(struct world *w)
{
	put_in(w->img, w->dtb[0], node(w, 0x361780, "InLoadOrderLinks"), node(w, 0x361580, "InLoadOrderLinks"), 8);
}

static void into_another_list(struct world *w)
{
	put_in(w->img, w->dtb[0], node(w, 0x361580, "InLoadOrderLinks"), node(w, 0x361680, "InMemoryOrderLinks"), 8);
}

static void to_the_kernel(struct world *w)
{
	put_in(w->img, w->dtb[0], node(w, 0x361580, "InLoadOrderLinks"), 0xfffff80000001000, 8);
}

static void to_null(struct world *w)
{
	put_in(w->img, w->dtb[0], node(w, 0x361580, "InLoadOrderLinks"), 0, 8);
}

static void misaligned(struct world *w)
{
	put_in(w->img, w->dtb[0], node(w, 0x361580, "InLoadOrderLinks"), 0x361681, 8);
}

static void elsewhere(struct world *w)
{
	put_in(w->img, w->dtb[0], node(w, 0x361580, "InLoadOrderLinks"), 0x10000000000, 8); /* not mapped */
}

static void not_initialised(struct world *w)
{
	put_in(w->img, w->dtb[0], 0x7ffdd000 + user_place(8, "_PEB", "Ldr"), 0, 8);
}

static void empty(struct world *w)
{
	uint64_t head = 0x77164cc0 + user_place(8, "_PEB_LDR_DATA", "InLoadOrderModuleList");

	put_in(w->img, w->dtb[0], head, head, 8);
	put_in(w->img, w->dtb[0], head + 8, head, 8);
}

static const struct hostile hostiles[] = {
	{ "loop", loop, UINT64_MAX, KST_E_CORRUPT, KST_WALK_LOOP },
	/* in the memory list it goes on to that list's head, which leads back in: a loop without its own head */
	{ "into another list", into_another_list, UINT64_MAX, KST_E_CORRUPT, KST_WALK_LOOP },
	{ "to the kernel", to_the_kernel, 2, KST_E_CORRUPT, KST_WALK_MISMATCH },
	{ "to null", to_null, 2, KST_E_CORRUPT, KST_WALK_MISMATCH },
	{ "misaligned", misaligned, 2, KST_E_CORRUPT, KST_WALK_MISMATCH },
	{ "to what is not mapped", elsewhere, 2, KST_E_FAULT, KST_WALK_UNREADABLE },
	{ "loader has not run", not_initialised, 0, KST_END, KST_WALK_TERMINATED },
	{ "empty", empty, 0, KST_END, KST_WALK_CLOSED },
};

static void hostile_lists_end(void **state)
{
	const struct hostile *row = *state;
	struct world w = make(KST_PAGING_X64, 8);
	struct kst_user_module m = { .size = sizeof m };
	struct kst_error err = { .size = sizeof err };
	struct kst_cursor cursor;
	struct kst_peb peb;
	kst_status st;

	row->change(&w);
	peb = peb_of(&w, 0);
	assert_int_equal(kst_user_modules_begin(&cursor, w.target, w.dtb[0], &peb, KST_LOADER_LIST_LOAD, &err), KST_OK);
	while ((st = kst_user_modules_next(&cursor, &m, &err)) == KST_OK)
		assert_true(kst_cursor_count(&cursor) < 100);
	assert_int_equal(st, row->status);
	assert_int_equal(kst_cursor_end(&cursor), row->end);
	if (row->count != UINT64_MAX)
		assert_true(kst_cursor_count(&cursor) == row->count);
	assert_int_equal(kst_user_modules_next(&cursor, &m, &err), row->status);
	/* the other two lists still tell everything where only this one is broken */
	if (row->change != not_initialised && row->change != empty) {
		assert_int_equal(
			kst_user_modules_begin(&cursor, w.target, w.dtb[0], &peb, KST_LOADER_LIST_MEMORY, &err),
			KST_OK);
		while ((st = kst_user_modules_next(&cursor, &m, &err)) == KST_OK)
			assert_true(m.present & KST_USER_MODULE_HAS_BASE);
		assert_int_equal(st, KST_END);
		assert_int_equal(kst_cursor_count(&cursor), 4);
	}
	end(&w);
}

/* Names that point elsewhere, are longer than memory, or are paged out: told, and never read from the kernel. */
static void hostile_names(void **state)
{
	struct world w = make(KST_PAGING_X64, 8);
	uint64_t entry = 0x361480;
	struct kst_user_module m = { .size = sizeof m };
	struct kst_cursor cursor;
	struct kst_peb peb;

	(void)state;
	image_put_utf16(w.img, 0xfffff80000100000, "secret of the kernel");
	put_in(w.img, w.dtb[0], entry + user_place(8, "_LDR_DATA_TABLE_ENTRY", "BaseDllName") + 8, 0xfffff80000100000,
	       8);
	put_in(w.img, w.dtb[0], entry + user_place(8, "_LDR_DATA_TABLE_ENTRY", "FullDllName"), 0xffff,
	       2); /* odd, and long */
	put_in(w.img, w.dtb[0], entry + user_place(8, "_LDR_DATA_TABLE_ENTRY", "SizeOfImage"), 0xffffffff, 4);
	put_in(w.img, w.dtb[0], entry + user_place(8, "_LDR_DATA_TABLE_ENTRY", "DllBase"), 0x7fffffff1234, 8);
	peb = peb_of(&w, 0);
	assert_int_equal(kst_user_modules_begin(&cursor, w.target, w.dtb[0], &peb, KST_LOADER_LIST_LOAD, NULL), KST_OK);
	assert_int_equal(kst_user_modules_next(&cursor, &m, NULL), KST_OK);
	assert_true(m.anomalies & KST_USER_MODULE_ANOMALY_POINTER);
	assert_true(m.anomalies & KST_USER_MODULE_ANOMALY_NAME);
	assert_true(m.anomalies & KST_USER_MODULE_ANOMALY_RANGE);
	assert_string_equal(m.name, "");
	assert_int_equal(m.path_text.bytes, 0xfffe);
	end(&w);
}

static void every_read_may_fail(void **state)
{
	static const kst_status failures[] = { KST_E_FAULT, -777 };
	struct world w = make(KST_PAGING_X86, 4);
	struct kst_peb peb;

	(void)state;
	for (size_t f = 0; f < 2; f++)
		for (int on = 0; on < 2; on++)
			for (uint64_t n = 1;; n++) {
				kst_status st;

				peb = (struct kst_peb){ .size = sizeof peb, .ldr = 0x5a5a };
				image_fail(w.img, n, on, failures[f]);
				st = kst_peb_read(w.target, w.dtb[0], 0x7ffdd000, 32, &peb, NULL);
				if (st != KST_OK)
					assert_true(peb.ldr == 0x5a5a);
				assert_true(st == KST_OK || st == KST_E_HOST);
				assert_true((st == KST_E_HOST) == (failures[f] == -777 && image_reads(w.img) >= n));
				if (image_reads(w.img) < n)
					break;
			}
	image_fail(w.img, 0, false, KST_OK);
	peb = peb_of(&w, 0);
	SWEEP(w.img, kst_user_module,
	      kst_user_modules_begin(&sweep.cursor, w.target, w.dtb[0], &peb, KST_LOADER_LIST_LOAD, &sweep.err),
	      kst_user_modules_next)
		assert_true(sweep.status == KST_END || sweep.status == KST_E_FAULT || sweep.status == KST_E_HOST);
	end(&w);
}

/* A ring of four: sequences 5, 6, 3, 4 in slots 1, 2, 3, 0. */
static void unloaded_newest_first(void **state)
{
	const struct row *row = *state;
	struct world w = make(row->paging, row->width);
	uint32_t element = row->width == 4 ? 0x5c : 0x68;
	struct kst_unloaded_user_module u = { .size = sizeof u };
	struct kst_cursor cursor;

	for (uint32_t sequence = 3; sequence <= 6; sequence++) {
		uint64_t at = 0x500000 + sequence % 4 * element;
		uint64_t tail = at + (row->width == 4 ? 8 : 0x10);

		put_in(w.img, w.dtb[0], at, 0x70000000 + sequence * 0x10000, row->width);
		put_in(w.img, w.dtb[0], at + row->width, 0x5000, row->width);
		put_in(w.img, w.dtb[0], tail, sequence, 4);
		put_in(w.img, w.dtb[0], tail + 4, 0x4791a7a6, 4);
		for (int i = 0; i < 32; i++) /* fills the name: no terminator */
			put_in(w.img, w.dtb[0], tail + 12 + 2 * (uint64_t)i, 'a' + sequence, 2);
	}
	assert_int_equal(
		kst_unloaded_user_modules_begin(&cursor, w.target, w.dtb[0], 8 * row->width, 0x500000, 0, 4, NULL),
		KST_OK);
	for (uint32_t sequence = 6; sequence >= 3; sequence--) {
		assert_int_equal(kst_unloaded_user_modules_next(&cursor, &u, NULL), KST_OK);
		assert_int_equal(u.sequence, sequence);
		assert_true(u.base == 0x70000000 + sequence * 0x10000);
		assert_int_equal(strlen(u.name), 32);
		assert_int_equal(u.name[31], 'a' + sequence);
		assert_true(u.anomalies == 0);
	}
	assert_int_equal(kst_unloaded_user_modules_next(&cursor, &u, NULL), KST_END);
	assert_int_equal(kst_cursor_end(&cursor), KST_WALK_CLOSED);
	assert_int_equal(
		kst_unloaded_user_modules_begin(&cursor, w.target, w.dtb[0], 8 * row->width, 0x600000, 0, 4, NULL),
		KST_E_FAULT);
	assert_int_equal(kst_unloaded_user_modules_begin(&cursor, w.target, w.dtb[0], 16, 0x500000, 0, 4, NULL),
			 KST_E_ARG);
	SWEEP(w.img, kst_unloaded_user_module,
	      kst_unloaded_user_modules_begin(&sweep.cursor, w.target, w.dtb[0], 8 * row->width, 0x500000, 0, 4,
					      &sweep.err),
	      kst_unloaded_user_modules_next)
		assert_true(sweep.status == KST_END || sweep.status == KST_E_FAULT || sweep.status == KST_E_HOST);
	end(&w);
}

static void refuses(void **state)
{
	struct world w = make(KST_PAGING_X64, 8);
	struct kst_user_module m = { .size = 4, .base = 9 };
	struct kst_peb peb = peb_of(&w, 0), gone = peb;
	struct kst_cursor cursor;

	(void)state;
	assert_int_equal(kst_user_modules_begin(&cursor, w.target, w.dtb[0], &peb, 3, NULL), KST_E_ARG);
	assert_int_equal(kst_user_modules_begin(&cursor, NULL, w.dtb[0], &peb, 0, NULL), KST_E_ARG);
	gone.present = 0;
	assert_int_equal(kst_user_modules_begin(&cursor, w.target, w.dtb[0], &gone, 0, NULL), KST_E_FAULT);
	assert_int_equal(kst_user_modules_begin(&cursor, w.target, w.dtb[0], &peb, 0, NULL), KST_OK);
	assert_int_equal(kst_user_modules_next(&cursor, &m, NULL), KST_E_ABI);
	assert_true(m.base == 9);
	end(&w);
}

int main(void)
{
	struct CMUnitTest tests[4 + 4 * sizeof rows / sizeof rows[0] + sizeof hostiles / sizeof hostiles[0]] = {
		cmocka_unit_test(hostile_names),
		cmocka_unit_test(every_read_may_fail),
		cmocka_unit_test(refuses),
	};
	size_t n = 3;

#ifndef _WIN32
	tests[n++] = (struct CMUnitTest)cmocka_unit_test(two_threads_share_a_target);
#endif
	n += ROWS_TO_TESTS(tests + n, rows, lists_in_order);
	n += ROWS_TO_TESTS(tests + n, rows, two_processes_never_mix);
	n += ROWS_TO_TESTS(tests + n, rows, unlinked_module_shows);
	n += ROWS_TO_TESTS(tests + n, rows, unloaded_newest_first);
	n += ROWS_TO_TESTS(tests + n, hostiles, hostile_lists_end);
	return _cmocka_run_group_tests("user modules", tests, n, NULL, NULL);
}
