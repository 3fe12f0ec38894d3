/* SPDX-License-Identifier: MIT */
#include "support/sweep.h"
#include "support/user_forge.h"

#include <stdio.h>
#include <stdlib.h>

/* lsass.exe of the reference's worked example: Windows Server 2008, x86, PAE. */
static const struct forged_module lsass[] = {
	{ "lsass.exe", "C:\\Windows\\system32\\lsass.exe", 0x361480, 0x700000, 0x6000, 0x47918d7c },
	{ "ntdll.dll", "C:\\Windows\\system32\\ntdll.dll", 0x3614f0, 0x770a0000, 0x127000, 0x4791a7a6 },
	{ "kernel32.dll", "C:\\Windows\\system32\\kernel32.dll", 0x361800, 0x76d40000, 0xdb000, 0x4791a76d },
	{ "rasadhlp.dll", "C:\\Windows\\system32\\rasadhlp.dll", 0x3959370, 0x73700000, 0x6000, 0x4549bda2 },
};
static const char *const variables[] = { "=C:=C:\\Windows", "CommonProgramFiles=C:\\Program Files\\Common Files",
					 "ProgramFiles=C:\\Program Files", NULL };

struct world {
	struct image *img;
	struct kst_layout *layout;
	struct kst_target *target;
	struct kst_process process;
	uint64_t dtb;
	uint32_t width;
};

static struct world make(uint32_t paging, uint32_t width)
{
	struct world w = { .img = image_new(paging), .width = width };
	struct forged_user user;
	bool wide = paging == KST_PAGING_X64;
	uint64_t address = wide ? 0xffffa80000010080 : 0x884aed90;

	w.layout = wide ? layout_builtin(KST_ARCH_X64, 19041, 804) : layout_builtin(KST_ARCH_X86, 6001, 0);
	w.dtb = image_new_process(w.img);
	user = user_lsass(w.dtb, width);
	user.current_directory = "C:\\Windows\\system32\\";
	user.image = "C:\\Windows\\system32\\lsass.exe";
	user.command_line = "C:\\Windows\\system32\\lsass.exe -x";
	user.window_title = "lsass";
	user.variables = variables;
	user.modules = lsass;
	user.count = 4;
	forge_user(w.img, &user);
	forge_process(w.img, w.layout,
		      &(struct forged_process){ address, 0x284, 0x21c, "lsass.exe", w.dtb, 0x7ffdd000, 1, 3 });
	if (wide && width == 4)
		image_put64(w.img, address + place_of(w.layout, "_EPROCESS", "WoW64Process"), 0x7ffdd000);
	w.target = forged_target(w.img, w.layout);
	w.process.size = sizeof w.process;
	assert_int_equal(kst_process_read(w.target, address, &w.process, NULL), KST_OK);
	return w;
}

static void end(struct world *w)
{
	image_free(w->img);
	free(w->layout);
}

struct row {
	const char *name;
	uint32_t paging, width;
};

static const struct row rows[] = {
	{ "x86 of 6001", KST_PAGING_X86, 4 },
	{ "pae of 6001", KST_PAGING_PAE, 4 },
	{ "x64", KST_PAGING_X64, 8 },
	{ "wow64", KST_PAGING_X64, 4 },
};

static char *text(const struct world *w, const struct kst_text *t)
{
	static char buf[256];

	assert_int_equal(kst_read_text(w->target, w->dtb, t->address, t->bytes, buf, sizeof buf, NULL, NULL, NULL),
			 KST_OK);
	return buf;
}

static void reads_the_worked_example(void **state)
{
	const struct row *row = *state;
	struct world w = make(row->paging, row->width);
	struct kst_process_parameters p = { .size = sizeof p };
	struct kst_variable v = { .size = sizeof v };
	struct kst_peb peb = { .size = sizeof peb };
	struct kst_cursor cursor;

	assert_int_equal(kst_process_peb(w.target, &w.process, 8 * row->width, &peb, NULL), KST_OK);
	assert_int_equal(peb.state, KST_PEB_PRESENT);
	assert_true(peb.anomalies == 0);
	assert_true(peb.address == 0x7ffdd000 && peb.ldr == 0x77164cc0 && peb.image_base == 0x700000);
	assert_true(peb.process_heap == 0x360000 && peb.parameters == 0x360d90 && peb.subsystem_data == 0);
	assert_int_equal(peb.being_debugged, 0);
	assert_int_equal(peb.ldr_initialized, 1);
	if (row->width == 4) { /* the list heads as the debugger printed them */
		assert_true(peb.init_first == 0x361500 && peb.init_last == 0x3959380);
		assert_true(peb.load_first == 0x361480 && peb.load_last == 0x3959370);
		assert_true(peb.memory_first == 0x361488 && peb.memory_last == 0x3959378);
	}
	assert_int_equal(kst_process_parameters_read(w.target, w.dtb, &peb, &p, NULL), KST_OK);
	assert_true(p.anomalies == 0);
	assert_string_equal(text(&w, &p.current_directory), "C:\\Windows\\system32\\");
	assert_string_equal(text(&w, &p.image_path), "C:\\Windows\\system32\\lsass.exe");
	assert_string_equal(text(&w, &p.command_line), "C:\\Windows\\system32\\lsass.exe -x");
	assert_string_equal(text(&w, &p.window_title), "lsass");
	assert_true(p.environment == 0x3607e8);
	assert_int_equal(kst_environment_begin(&cursor, w.target, w.dtb, p.environment, 0, NULL), KST_OK);
	for (size_t i = 0; variables[i] != NULL; i++) {
		assert_int_equal(kst_environment_next(&cursor, &v, NULL), KST_OK);
		assert_string_equal(text(&w, &v.text), variables[i]);
	}
	assert_int_equal(kst_environment_next(&cursor, &v, NULL), KST_END);
	assert_int_equal(kst_cursor_end(&cursor), KST_WALK_TERMINATED);
	end(&w);
}

/* "PEB is paged out" is an answer, and names the field that could not be read. */
static void paged_out(void **state)
{
	const struct row *row = *state;
	struct world w = make(row->paging, row->width);
	struct kst_process_parameters p = { .size = sizeof p };
	struct kst_peb peb = { .size = sizeof peb };
	uint32_t bits = 8 * row->width;
	uint8_t *entry;

	/* the page of the loader data */
	entry = image_entry(w.img, w.dtb, 0x77164000, 1);
	memset(entry, 0, row->paging == KST_PAGING_X86 ? 4 : 8);
	assert_int_equal(kst_process_peb(w.target, &w.process, bits, &peb, NULL), KST_OK);
	assert_int_equal(peb.state, KST_PEB_PAGED_OUT);
	assert_true(peb.unreadable == 0x77164cc4);
	assert_true(peb.present & KST_PEB_HAS_IMAGE_BASE);
	/* the parameters are still there */
	assert_int_equal(kst_process_parameters_read(w.target, w.dtb, &peb, &p, NULL), KST_OK);
	/* the page of the PEB */
	entry = image_entry(w.img, w.dtb, 0x7ffdd000, 1);
	memset(entry, 0, row->paging == KST_PAGING_X86 ? 4 : 8);
	assert_int_equal(kst_process_peb(w.target, &w.process, bits, &peb, NULL), KST_OK);
	assert_int_equal(peb.state, KST_PEB_PAGED_OUT);
	assert_true(peb.unreadable == 0x7ffdd000 + (row->width == 4 ? 0xcu : 0x18u));
	assert_int_equal(kst_process_parameters_read(w.target, w.dtb, &peb, &p, NULL), KST_E_FAULT);
	end(&w);
}

static void answers_without_a_peb(void **state)
{
	static const struct {
		uint32_t user_state, state;
		uint64_t peb;
	} cases[] = {
		{ KST_USER_STATE_NONE, KST_PEB_NONE, 0 },
		{ KST_USER_STATE_GONE, KST_PEB_GONE, 0x7ffdd000 },
		{ KST_USER_STATE_UNKNOWN, KST_PEB_UNKNOWN, 0 },
		{ KST_USER_STATE_PRESENT, KST_PEB_INVALID, 0xfffff80000001000 },
	};
	struct world w = make(KST_PAGING_X64, 8);

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct kst_process p = w.process;
		struct kst_peb peb = { .size = sizeof peb };

		p.user_state = cases[i].user_state;
		p.peb = cases[i].peb;
		if (p.user_state == KST_USER_STATE_UNKNOWN)
			p.present &= ~(uint64_t)KST_PROCESS_HAS_PEB;
		assert_int_equal(kst_process_peb(w.target, &p, 0, &peb, NULL), KST_OK);
		assert_int_equal(peb.state, cases[i].state);
		assert_true((peb.present & KST_PEB_HAS_LDR) == 0);
	}
	/* a 64-bit process has no 32-bit PEB */
	{
		struct kst_peb peb = { .size = sizeof peb };

		assert_int_equal(kst_process_peb(w.target, &w.process, 32, &peb, NULL), KST_OK);
		assert_int_equal(peb.state, KST_PEB_NONE);
		assert_int_equal(kst_process_peb(w.target, &w.process, 16, &peb, NULL), KST_E_ARG);
		peb.size = 8;
		assert_int_equal(kst_process_peb(w.target, &w.process, 0, &peb, NULL), KST_E_ABI);
	}
	end(&w);
}

static void hostile_environments_end(void **state)
{
	struct world w = make(KST_PAGING_X64, 8);
	struct kst_variable v = { .size = sizeof v };
	struct kst_cursor cursor;

	(void)state;
	/* no empty string, and no end: the page after it is not there */
	for (uint64_t at = 0x500000; at < 0x502000; at += 2)
		put_in(w.img, w.dtb, at, 'A', 2);
	assert_int_equal(kst_environment_begin(&cursor, w.target, w.dtb, 0x500000, 0, NULL), KST_OK);
	assert_int_equal(kst_environment_next(&cursor, &v, NULL), KST_E_FAULT);
	assert_int_equal(kst_cursor_end(&cursor), KST_WALK_UNREADABLE);
	assert_int_equal(kst_environment_next(&cursor, &v, NULL), KST_E_FAULT);
	/* its size is used up first */
	assert_int_equal(kst_environment_begin(&cursor, w.target, w.dtb, 0x500000, 0x100, NULL), KST_OK);
	assert_int_equal(kst_environment_next(&cursor, &v, NULL), KST_END);
	assert_int_equal(kst_cursor_end(&cursor), KST_WALK_MISMATCH);
	/* of any size, and in the kernel */
	assert_int_equal(kst_environment_begin(&cursor, w.target, w.dtb, 0x500000, UINT64_MAX, NULL), KST_OK);
	assert_true(kst_cursor_anomalies(&cursor) & KST_WALK_ANOMALY_CLAMPED);
	assert_int_equal(kst_environment_begin(&cursor, w.target, w.dtb, 0xfffff80000001000, 0, NULL), KST_OK);
	assert_int_equal(kst_environment_next(&cursor, &v, NULL), KST_E_CORRUPT);
	/* more than a megabyte */
	for (uint64_t at = 0x1000000; at < 0x1000000 + 0x110000; at += 0x1000) {
		uint8_t page[0x1000];

		memset(page, 'B', sizeof page);
		image_put_in(w.img, w.dtb, at, page, sizeof page);
	}
	assert_int_equal(kst_environment_begin(&cursor, w.target, w.dtb, 0x1000000, 0, NULL), KST_OK);
	assert_int_equal(kst_environment_next(&cursor, &v, NULL), KST_END);
	assert_int_equal(kst_cursor_end(&cursor), KST_WALK_MISMATCH);
	end(&w);
}

static void texts(void **state)
{
	struct world w = make(KST_PAGING_X64, 8);
	char buf[16], large[2000];
	size_t needed = 0;
	uint32_t notes = 0;

	(void)state;
	/* 300 units with a surrogate pair across the border of the first part that is read (256 bytes) */
	for (uint64_t i = 0; i < 300; i++)
		put_in(w.img, w.dtb, 0x500000 + 2 * i, i == 127 ? 0xd83d : i == 128 ? 0xde00 : 'x', 2);
	assert_int_equal(kst_read_text(w.target, w.dtb, 0x500000, 600, large, sizeof large, &needed, &notes, NULL),
			 KST_OK);
	assert_int_equal(notes, 0);
	assert_int_equal(strlen(large), 302);
	assert_int_equal(needed, 303);
	assert_memory_equal(large + 127, "\xf0\x9f\x98\x80", 4);
	/* cut at a character */
	assert_int_equal(kst_read_text(w.target, w.dtb, 0x500000 + 2 * 117, 40, buf, 12, &needed, &notes, NULL),
			 KST_OK);
	assert_int_equal(notes, KST_TEXT_CUT);
	assert_string_equal(buf, "xxxxxxxxxx");
	assert_int_equal(needed, 10 + 4 + 8 + 1);
	/* the second half alone; memory that ends; nothing there */
	assert_int_equal(kst_read_text(w.target, w.dtb, 0x500000 + 256, 4, buf, sizeof buf, NULL, &notes, NULL),
			 KST_OK);
	assert_int_equal(notes, KST_TEXT_UNSOUND);
	put_in(w.img, w.dtb, 0x500ffc, 'e', 2);
	put_in(w.img, w.dtb, 0x500ffe, 'f', 2);
	assert_int_equal(kst_read_text(w.target, w.dtb, 0x500ffc, 100, buf, sizeof buf, NULL, &notes, NULL), KST_OK);
	assert_string_equal(buf, "ef");
	assert_int_equal(notes, KST_TEXT_PARTIAL);
	assert_int_equal(kst_read_text(w.target, w.dtb, 0x600000, 4, buf, sizeof buf, NULL, NULL, NULL), KST_E_FAULT);
	assert_string_equal(buf, "ef");
	assert_int_equal(kst_read_text(w.target, w.dtb, 0x600000, 0, buf, sizeof buf, &needed, NULL, NULL), KST_OK);
	assert_string_equal(buf, "");
	assert_int_equal(kst_read_text(w.target, w.dtb, UINT64_MAX, 4, buf, sizeof buf, NULL, NULL, NULL), KST_E_FAULT);
	assert_int_equal(kst_read_text(w.target, w.dtb, 0, 4, buf, 0, NULL, NULL, NULL), KST_E_ARG);
	end(&w);
}

static void every_read_may_fail(void **state)
{
	static const kst_status failures[] = { KST_E_FAULT, -777 };
	struct world w = make(KST_PAGING_X86, 4);
	struct kst_process_parameters p;
	struct kst_peb peb;

	(void)state;
	for (size_t f = 0; f < 2; f++)
		for (int on = 0; on < 2; on++)
			for (uint64_t n = 1;; n++) {
				kst_status st;

				p = (struct kst_process_parameters){ .size = sizeof p, .address = 0x5a5a };
				peb = (struct kst_peb){ .size = sizeof peb, .address = 0x5a5a };
				image_fail(w.img, n, on, failures[f]);
				st = kst_process_peb(w.target, &w.process, 0, &peb, NULL);
				if (st != KST_OK)
					assert_true(peb.address == 0x5a5a);
				if (st == KST_OK)
					st = kst_process_parameters_read(w.target, w.dtb, &peb, &p, NULL);
				if (st != KST_OK)
					assert_true(p.address == 0x5a5a);
				assert_true(st == KST_OK || st == KST_E_FAULT || st == KST_E_HOST);
				assert_true((st == KST_E_HOST) == (failures[f] == -777 && image_reads(w.img) >= n));
				if (image_reads(w.img) < n)
					break;
			}
	SWEEP(w.img, kst_variable, kst_environment_begin(&sweep.cursor, w.target, w.dtb, p.environment, 0, &sweep.err),
	      kst_environment_next)
		assert_true(sweep.status == KST_END || sweep.status == KST_E_FAULT || sweep.status == KST_E_HOST);
	end(&w);
}

int main(void)
{
	struct CMUnitTest tests[4 + 2 * sizeof rows / sizeof rows[0]] = {
		cmocka_unit_test(answers_without_a_peb),
		cmocka_unit_test(hostile_environments_end),
		cmocka_unit_test(texts),
		cmocka_unit_test(every_read_may_fail),
	};
	size_t n = 4;

	n += ROWS_TO_TESTS(tests + n, rows, reads_the_worked_example);
	n += ROWS_TO_TESTS(tests + n, rows, paged_out);
	return _cmocka_run_group_tests("peb", tests, n, NULL, NULL);
}
