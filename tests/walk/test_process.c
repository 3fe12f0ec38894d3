/* SPDX-License-Identifier: MIT */
#include "support/processes.h"
#include "support/processor_forge.h"
#include "support/sweep.h"

#include <stdlib.h>

struct system {
	struct image *img;
	struct kst_layout *layout;
	struct kst_target *target;
	uint64_t first, second, third; /* addresses of the processes */
};

struct row {
	const char *name;
	uint32_t paging;
	void (*change)(struct system *s);
	uint64_t count;
	kst_status status;
	uint32_t end;
	uint64_t anomalies;
};

static uint64_t links(const struct system *s, uint64_t process)
{
	return process + place_of(s->layout, "_EPROCESS", "ActiveProcessLinks");
}

static uint64_t head(const struct system *s)
{
	return FORGED_HEAD(s->second < 0x100000000 ? 4 : 8);
}

static void nothing(struct system *s)
{
	(void)s;
}

static void no_one(struct system *s)
{
	forge_process_list(s->img, s->layout, NULL, 0);
}

static void loop_without_head(struct system *s)
{
	image_put_pointer(s->img, links(s, s->third), links(s, s->second));
}

static void back_link_wrong(struct system *s)
{
	image_put_pointer(s->img, links(s, s->third) + (s->third < 0x100000000 ? 4 : 8), links(s, s->first));
}

static void link_to_user(struct system *s)
{
	image_put_pointer(s->img, links(s, s->second), 0x10000);
}

static void last_paged_out(struct system *s)
{
	image_unmap(s->img, links(s, s->third));
}

static void head_paged_out(struct system *s)
{
	image_unmap(s->img, head(s));
}

static const struct row rows[] = {
	{ "x64", KST_PAGING_X64, nothing, 3, KST_END, KST_WALK_CLOSED, 0 },
	{ "x86", KST_PAGING_X86, nothing, 3, KST_END, KST_WALK_CLOSED, 0 },
	{ "pae", KST_PAGING_PAE, nothing, 3, KST_END, KST_WALK_CLOSED, 0 },
	{ "empty", KST_PAGING_X64, no_one, 0, KST_END, KST_WALK_CLOSED, 0 },
	{ "loop", KST_PAGING_X64, loop_without_head, UINT64_MAX, KST_E_CORRUPT, KST_WALK_LOOP,
	  KST_WALK_ANOMALY_BACK_LINK },
	{ "back link", KST_PAGING_X86, back_link_wrong, 3, KST_END, KST_WALK_CLOSED, KST_WALK_ANOMALY_BACK_LINK },
	{ "link to user mode", KST_PAGING_X64, link_to_user, 2, KST_E_CORRUPT, KST_WALK_MISMATCH, 0 },
	{ "last one paged out", KST_PAGING_X64, last_paged_out, 2, KST_E_FAULT, KST_WALK_UNREADABLE, 0 },
	{ "head paged out", KST_PAGING_PAE, head_paged_out, 0, KST_E_FAULT, KST_WALK_UNREADABLE, 0 },
};

static struct system forge(uint32_t paging)
{
	bool wide = paging == KST_PAGING_X64;
	struct system s = { .img = image_new(paging), .layout = wide ? layout_19041_x64() : layout_3790_x86() };
	uint64_t base = wide ? 0xffffa80000010080 : 0x89e10088;
	uint64_t list[3];

	s.first = base;
	s.second = base + 0x10000;
	s.third = base + 0x20000;
	memcpy(list, &s.first, sizeof list);
	forge_process(s.img, s.layout, &(struct forged_process){ s.first, 4, 0, "System", 0x1aa000, 0, 1, 90 });
	forge_process(s.img, s.layout,
		      &(struct forged_process){ s.second, 0x17c, 4, "smss.exe", 0x2aa000, 0x7ffd9000,
						132537600000000000, 2 });
	forge_process(s.img, s.layout,
		      &(struct forged_process){ s.third, 0x204, 0x17c, "csrss.exe", 0x3aa000, 0x7ffd6000,
						132537600010000000, 11 });
	forge_process_list(s.img, s.layout, list, 3);
	s.target = forged_target(s.img, s.layout);
	return s;
}

static void end(struct system *s)
{
	image_free(s->img);
	free(s->layout);
}

static void walks(void **state)
{
	const struct row *row = *state;
	struct system s = forge(row->paging);
	struct kst_process p = { .size = sizeof p };
	struct kst_error err = { .size = sizeof err };
	struct kst_cursor cursor;
	uint64_t count = 0;
	kst_status st;

	row->change(&s);
	assert_int_equal(kst_processes_begin(&cursor, s.target, &err), KST_OK);
	while ((st = kst_processes_next(&cursor, &p, &err)) == KST_OK) {
		static const uint64_t pids[] = { 4, 0x17c, 0x204 };

		if (count < 3) {
			assert_true(p.pid == pids[count]);
			assert_true(p.present & KST_PROCESS_HAS_NAME);
		}
		count++;
		assert_true(count < 20);
	}
	assert_int_equal(st, row->status);
	assert_int_equal(kst_cursor_end(&cursor), row->end);
	if (row->count != UINT64_MAX)
		assert_true(count == row->count);
	assert_true(kst_cursor_count(&cursor) == count);
	assert_true(kst_cursor_anomalies(&cursor) == row->anomalies);
	assert_int_equal(kst_processes_next(&cursor, &p, &err), row->status); /* and stays ended */
	end(&s);
}

/* Each read fails once, alone and from there on: a documented status, nothing touched, no crash. */
static void every_read_may_fail(void **state)
{
	struct system s = forge(KST_PAGING_X64);

	(void)state;
	SWEEP(s.img, kst_process, kst_processes_begin(&sweep.cursor, s.target, &sweep.err), kst_processes_next)
		assert_true(sweep.status == KST_END || sweep.status == KST_E_FAULT || sweep.status == KST_E_HOST);
	end(&s);
}

static void finds(void **state)
{
	struct system s = forge(KST_PAGING_X64);
	struct kst_process p = { .size = sizeof p };
	struct kst_error err = { .size = sizeof err };

	(void)state;
	assert_int_equal(kst_process_find(s.target, 0x204, &p, &err), KST_OK);
	assert_true(p.address == s.third);
	assert_string_equal(p.name, "csrss.exe");
	assert_int_equal(kst_process_find(s.target, 0x208, &p, &err), KST_END);
	assert_true(p.pid == 0x204); /* untouched */
	assert_int_equal(kst_process_find(s.target, 0, &p, &err), KST_E_NO_MEMBER);
	assert_int_equal(kst_process_read(s.target, 0xffffb00000000000, &p, &err), KST_E_FAULT);
	last_paged_out(&s);
	assert_int_equal(kst_process_find(s.target, 0x204, &p, &err), KST_E_FAULT);
	end(&s);
}

/* One that was taken off the list, and one behind the list's break: the table of ids has them. */
static void finds_what_is_not_listed(void **state)
{
	struct system s = forge(KST_PAGING_X64);
	const uint64_t at = 0xffffa80000300000, table = at + 0x100, leaf = at + 0x1000, hidden = s.second;
	const struct kst_symbol symbols[] = { { FORGED_HEAD(8), "PsActiveProcessHead" }, { at, "PspCidTable" } };
	const uint64_t left[] = { s.first, s.third };
	struct kst_layout *layout = layout_builtin(KST_ARCH_X64, 19041, 0);
	struct kst_process p = { .size = sizeof p };

	(void)state;
	image_put64(s.img, at, table);
	image_put64(s.img, table + place_of(layout, "_HANDLE_TABLE", "TableCode"), leaf);
	image_put64(s.img, leaf + 0x17c / 4 * 16, hidden >> 4 << 20 | 1);
	image_put8(s.img, hidden, 3);
	forge_process_list(s.img, layout, left, 2);
	s.target = image_target_symbols(s.img, layout, symbols, 2);
	assert_int_equal(kst_process_find(s.target, 0x17c, &p, NULL), KST_OK);
	assert_true(p.address == hidden && p.pid == 0x17c);
	assert_int_equal(kst_process_find(s.target, 0x208, &p, NULL), KST_END);
	image_put64(s.img, links(&s, s.first), 0x10000);
	assert_int_equal(kst_process_find(s.target, 0x17c, &p, NULL), KST_OK);
	assert_int_equal(kst_process_find(s.target, 0x204, &p, NULL), KST_E_CORRUPT);
	image_put8(s.img, hidden, 6);
	assert_int_equal(kst_process_find(s.target, 0x17c, &p, NULL), KST_E_CORRUPT);
	end(&s);
	free(layout);
}

/* Without a list the processors are asked, as in a triage dump; what a failing host returned is told. */
static void finds_what_runs(void **state)
{
	struct forged_processor f;
	uint64_t process, n = 0;
	bool failed;

	(void)state;
	forge_processor(&f, layout_builtin(KST_ARCH_X64, 19041, 0), 0);
	process = f.thread + 0x8000;
	image_put_member(f.img, f.layout, f.thread, "_KTHREAD", "ApcState.Process", process);
	image_put_member(f.img, f.layout, process, "_EPROCESS", "UniqueProcessId", 0x204);
	do {
		struct kst_process p = { .size = sizeof p };
		struct kst_error err = { .size = sizeof err };
		kst_status st;

		image_fail(f.img, ++n, true, -77);
		st = kst_process_find(f.target, 0x204, &p, &err);
		failed = image_reads(f.img) >= n;
		assert_int_equal(st, failed ? KST_E_HOST : KST_OK);
		assert_true(failed ? err.host_code == -77 : p.address == process);
	} while (failed);
	assert_true(n > 5);
	forge_processor_free(&f);
}

/* Path, number of handles, session and 32-bit PEB lie elsewhere; each is there or not, by itself. */
static void completes(void **state)
{
	struct system s = forge(KST_PAGING_X64);
	struct kst_process p = { .size = sizeof p };
	uint64_t e = s.second;

	(void)state;
	image_put64(s.img, e + place_of(s.layout, "_EPROCESS", "SeAuditProcessCreationInfo"), 0xffffa80000200000);
	image_put_string(s.img, 0xffffa80000200000, 0xffffa80000200010,
			 "\\Device\\HarddiskVolume2\\Windows\\System32\\smss.exe");
	image_put64(s.img, e + place_of(s.layout, "_EPROCESS", "ObjectTable"), 0xffffa80000201000);
	image_put32(s.img,
		    0xffffa80000201000 + place_of(s.layout, "_HANDLE_TABLE", "FreeLists") +
			    place_of(s.layout, "_HANDLE_TABLE_FREE_LIST", "HandleCount"),
		    53);
	image_put64(s.img, e + place_of(s.layout, "_EPROCESS", "WoW64Process"), 0xffffa80000202000);
	image_put64(s.img, 0xffffa80000202000, 0x7efde000);
	image_put16(s.img, 0xffffa80000202008, 0x14c);
	image_put64(s.img, e + place_of(s.layout, "_EPROCESS", "Token"), 0xffffa8000020300f);
	assert_int_equal(kst_process_read(s.target, e, &p, NULL), KST_OK);
	assert_string_equal(p.path, "\\Device\\HarddiskVolume2\\Windows\\System32\\smss.exe");
	assert_int_equal(p.handles, 53);
	assert_true(p.wow64_peb == 0x7efde000);
	assert_int_equal(p.wow64_machine, 0x14c);
	assert_true(p.token == 0xffffa80000203000);
	image_unmap(s.img, 0xffffa80000201000);
	image_unmap(s.img, 0xffffa80000202000);
	assert_int_equal(kst_process_read(s.target, e, &p, NULL), KST_OK);
	assert_true((p.present & (KST_PROCESS_HAS_HANDLES | KST_PROCESS_HAS_WOW64_PEB)) == 0);
	assert_true(p.present & KST_PROCESS_HAS_PATH);
	end(&s);
}

/* A directory table base that maps nothing, as a process keeps it that is gone, and one that does. */
static void address_space_told(void **state)
{
	struct system s = forge(KST_PAGING_X64);
	struct kst_process p = { .size = sizeof p };
	uint64_t dtb = image_new_process(s.img), other = image_new_process(s.img);

	(void)state;
	image_put_in(s.img, dtb, 0x7ffd9000, "peb", 3);
	image_put64(s.img, s.second + place_of(s.layout, "_KPROCESS", "DirectoryTableBase"), dtb);
	image_put64(s.img, s.third + place_of(s.layout, "_KPROCESS", "DirectoryTableBase"), other);
	assert_int_equal(kst_process_read(s.target, s.second, &p, NULL), KST_OK);
	assert_true((p.anomalies & KST_PROCESS_ANOMALY_NO_ADDRESS_SPACE) == 0);
	assert_int_equal(kst_process_read(s.target, s.third, &p, NULL), KST_OK);
	assert_true((p.anomalies & KST_PROCESS_ANOMALY_NO_ADDRESS_SPACE) != 0);
	end(&s);
}

static void refuses(void **state)
{
	struct system s = forge(KST_PAGING_X64);
	struct kst_process p = { .size = 12, .pid = 9 };
	struct kst_thread t = { .size = sizeof t };
	struct kst_error err = { .size = sizeof err };
	struct kst_cursor cursor;

	(void)state;
	assert_int_equal(kst_processes_begin(NULL, s.target, &err), KST_E_ARG);
	assert_int_equal(kst_processes_begin_from(&cursor, s.target, 9, &err), KST_E_ARG);
	assert_int_equal(kst_processes_begin_from(&cursor, s.target, KST_PROCESSES_KERNEL_LIST, &err), KST_E_NO_MEMBER);
	assert_int_equal(kst_processes_begin(&cursor, s.target, &err), KST_OK);
	assert_int_equal(kst_processes_next(&cursor, &p, &err), KST_E_ABI);
	assert_true(p.pid == 9);
	assert_int_equal(kst_threads_next(&cursor, &t, &err), KST_E_ARG);
	assert_int_equal(kst_process_current(s.target, 0, &p, &err), KST_E_NO_MEMBER);
	end(&s);
}

int main(void)
{
	struct CMUnitTest tests[7 + sizeof rows / sizeof rows[0]] = {
		cmocka_unit_test(address_space_told),
		cmocka_unit_test(every_read_may_fail),
		cmocka_unit_test(finds),
		cmocka_unit_test(finds_what_is_not_listed),
		cmocka_unit_test(finds_what_runs),
		cmocka_unit_test(completes),
		cmocka_unit_test(refuses),
	};
	size_t n = 7;

	n += ROWS_TO_TESTS(tests + n, rows, walks);
	return _cmocka_run_group_tests("processes", tests, n, NULL, NULL);
}
