/* SPDX-License-Identifier: MIT */
/*
 * Addresses on standard input: each line has one answer, whatever is there; what is no answer (a reader that fails, types
 * that are missing) ends the batch and is the exit status.
 */
#define _POSIX_C_SOURCE 200809L /* fileno */
#include "../../examples/kstate/commands.h"
#include "../../examples/kstate/kstate.h"
#include "capture.h"
#include "support/pool_machine.h"
#include "support/support.h"

#define PAGE_HERE 0xfffff80000010000u
#define PFNS      0xfffffa8000000000u /* the page-frame database */
#define LINES     4

static const struct row {
	const char *name;
	int (*run)(struct session *session, int argc, char **argv);
	int argc;
	const char *lines[LINES]; /* there, not there, no address of this machine, at the end of all addresses */
} rows[] = {
	{ "read", cmd_read, 2, { "fffff80000010000", "fffff80000020000", "123456789abcdef0", "ffffffffffffffff" } },
	{ "vtop", cmd_vtop, 1, { "fffff80000010000", "fffff80000020000", "123456789abcdef0", "ffffffffffffffff" } },
	{ "pte", cmd_pte, 1, { "fffff80000010000", "fffff80000020000", "123456789abcdef0", "ffffffffffffffff" } },
	{ "pool", cmd_pool, 1, { "fffff80000010000", "fffff80000020000", "123456789abcdef0", "ffffffffffffffff" } },
	{ "poolval",
	  cmd_poolval,
	  1,
	  { "fffff80000010000", "fffff80000020000", "123456789abcdef0", "ffffffffffffffff" } },
	{ "object", cmd_object, 1, { "fffff80000010000", "fffff80000020000", "123456789abcdef0", "ffffffffffffffff" } },
	{ "pfn", cmd_pfn, 1, { "0", "1048576", "0xffffffffffff", "0xffffffffffffffff" } },
	{ "ca", cmd_ca, 1, { "fffff80000010000", "fffff80000020000", "123456789abcdef0", "ffffffffffffffff" } },
};

struct machine {
	struct image *img;
	struct kst_layout *layout;
	struct session session;
};

static void machine_begin(struct machine *m, struct kst_layout *layout)
{
	static const struct kst_symbol symbols[] = { { PAGE_HERE + 0x800, "MmPfnDatabase" } };

	memset(m, 0, sizeof *m);
	m->layout = layout;
	m->img = image_new(KST_PAGING_X64);
	image_put64(m->img, PAGE_HERE + 0x800, PFNS);
	image_put64(m->img, PFNS, 1);
	m->session.target = image_target_symbols(m->img, layout, symbols, 1);
	m->session.space = KST_SPACE_KERNEL;
	m->session.identity = *image_identity(m->img);
	m->session.path = "forged";
}

static void machine_end(struct machine *m)
{
	image_free(m->img);
	free(m->layout);
}

struct answer {
	char out[0x4000], errors[0x1000];
	int status;
};

/* A batch of some lines. */
static void ask(struct machine *m, const struct row *row, bool json, const char *const *lines, size_t count,
		struct answer *answer)
{
	char words[2][16] = { "-", "10" };
	char *argv[] = { words[0], words[1] };
	char path[] = "/tmp/kstate-batch-XXXXXX";
	int fd = mkstemp(path);
	struct capture out, errors;
	FILE *file = fd < 0 ? NULL : fdopen(fd, "w");

	assert_non_null(file);
	for (size_t i = 0; i < count; i++)
		fprintf(file, "%s\n", lines[i]);
	fclose(file);
	assert_non_null(freopen(path, "r", stdin));
	unlink(path);
	m->session.json = json;
	out = capture_begin(stdout, 1);
	errors = capture_begin(stderr, 2);
	answer->status = row->run(&m->session, row->argc, argv);
	capture_end(&errors, answer->errors, sizeof answer->errors);
	capture_end(&out, answer->out, sizeof answer->out);
}

static void each_line_is_answered(void **state)
{
	const struct row *row = *state;
	struct answer answer;
	struct machine m;
	size_t count = 0;

	machine_begin(&m, layout_builtin(KST_ARCH_X64, 7601, 0));
	ask(&m, row, true, row->lines, LINES, &answer);
	assert_int_equal(answer.status, DONE);
	assert_string_equal(answer.errors, "");
	for (char *line = strtok(answer.out, "\n"); line != NULL; line = strtok(NULL, "\n")) {
		json_t *r = json_loads(line, 0, NULL);

		assert_non_null(r);
		assert_true(count < LINES);
		assert_string_equal(json_string_value(json_object_get(r, "input")), row->lines[count++]);
		json_decref(r);
	}
	assert_int_equal(count, LINES);
	/* as text: something for each of them */
	for (size_t i = 0; i < LINES; i++) {
		ask(&m, row, false, &row->lines[i], 1, &answer);
		assert_int_equal(answer.status, DONE);
		assert_string_equal(answer.errors, "");
		assert_true(strchr(answer.out, '\n') != NULL);
	}
	machine_end(&m);
}

/* Whichever read it is that the host cannot do: the exit status tells. */
static void a_failing_reader_is_no_answer(void **state)
{
	const struct row *row = *state;
	struct answer answer;
	struct machine m;

	machine_begin(&m, layout_builtin(KST_ARCH_X64, 7601, 0));
	for (int json = 0; json < 2; json++) {
		for (uint64_t n = 1;; n++) {
			image_fail(m.img, n, true, -99);
			ask(&m, row, json != 0, row->lines, LINES, &answer);
			if (image_reads(m.img) < n)
				break;
			if (answer.status != CANNOT)
				fail_msg("read %u failed, and the status is %d:\n%s", (unsigned)n, answer.status,
					 answer.out);
			assert_true(strncmp(answer.errors, "kstate: ", 8) == 0);
			assert_true(n > 1 || answer.out[0] == '\0');
		}
		assert_int_equal(answer.status, DONE);
	}
	image_fail(m.img, 0, false, KST_OK);
	machine_end(&m);
}

/* Without types nothing can be said of any line; what needs none answers. */
static void missing_types_are_no_answer(void **state)
{
	static const struct member_row none[] = { { "_LIST_ENTRY", NULL, 16, 0, 0, 0 } };

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		bool bare = rows[i].run == cmd_read || rows[i].run == cmd_vtop || rows[i].run == cmd_pte;
		struct answer answer;
		struct machine m;

		machine_begin(&m, layout_from_rows(none, 1, 8));
		ask(&m, &rows[i], true, rows[i].lines, LINES, &answer);
		assert_int_equal(answer.status, bare ? DONE : CANNOT);
		assert_true((answer.out[0] != '\0') == bare);
		machine_end(&m);
	}
}

static int find(struct session *session, const char *tag, char *out, size_t size)
{
	char word[8];
	char *argv[] = { word };
	struct capture shown, errors;
	char ignored[0x1000];
	int status;

	snprintf(word, sizeof word, "%s", tag);
	shown = capture_begin(stdout, 1);
	errors = capture_begin(stderr, 2);
	status = cmd_poolfind(session, 1, argv);
	capture_end(&errors, ignored, sizeof ignored);
	capture_end(&shown, out, size);
	return status;
}

/* No batch, but many sources of one answer: the table of large allocations, the ranges, the pages. */
static void a_failing_reader_finds_no_tag(void **state)
{
	static char out[0x4000];

	(void)state;
	for (int ranges = 0; ranges < 2; ranges++) { /* without ranges kernel space is searched */
		struct session session = { .json = true, .space = KST_SPACE_KERNEL, .path = "forged" };
		struct pool_machine m;
		uint64_t n = 1;

		pool_machine_begin(&m, POOL_7_X64);
		pool_table(&m, 8);
		pool_large(&m, 3, m.kernel + 0x400000, 0x3000, "Larg");
		image_page(m.img, m.kernel + 0x30000);
		if (ranges) {
			pool_global(&m, "MmNonPagedPoolStart", m.kernel + 0x30000);
			pool_global(&m, "MmNonPagedPoolEnd", m.kernel + 0x31000);
			pool_global(&m, "MmPagedPoolStart", m.kernel + 0x38000);
			pool_global(&m, "MmPagedPoolEnd", m.kernel + 0x39000);
		}
		pool_machine_finish(&m);
		session.target = m.target;
		session.identity = *image_identity(m.img);
		for (;; n += n < 64 ? 1 : n / 2) { /* thousands of physical memory, all from one place */
			int status;

			image_fail(m.img, n, false, -99);
			status = find(&session, "Larg", out, sizeof out);
			if (image_reads(m.img) < n) {
				assert_int_equal(status, DONE);
				break;
			}
			if (status != CANNOT)
				fail_msg("read %u failed, and the status is %d:\n%s", (unsigned)n, status, out);
			assert_non_null(strstr(out, "\"unreadable\""));
		}
		assert_true(n > 3 && strstr(out, "\"large\"") != NULL);
		pool_machine_end(&m);
	}
}

/* Where one kind of pool has a known range, the other is elsewhere: all of kernel space is searched. */
static void half_of_the_ranges_are_none(void **state)
{
	static const struct {
		const char *start, *end;
	} halves[] = { { "MmNonPagedPoolStart", "MmNonPagedPoolEnd" }, { "MmPagedPoolStart", "MmPagedPoolEnd" } };
	static const struct pool_block blocks[] = { { 0x100, 2, "Blck" }, { 0xf00, 2, "Rest" } };
	static char out[0x4000];

	(void)state;
	for (size_t i = 0; i < sizeof halves / sizeof halves[0]; i++) {
		struct session session = { .json = true, .space = KST_SPACE_KERNEL, .path = "forged" };
		struct pool_machine m;

		pool_machine_begin(&m, POOL_7_X64);
		pool_table(&m, 8);
		image_page(m.img, m.kernel + 0x30000);
		pool_forge(image_page(m.img, m.kernel + 0x50000), m.which, 0, blocks, 2);
		pool_global(&m, halves[i].start, m.kernel + 0x30000);
		pool_global(&m, halves[i].end, m.kernel + 0x31000);
		pool_machine_finish(&m);
		session.target = m.target;
		session.identity = *image_identity(m.img);
		assert_int_equal(find(&session, "Blck", out, sizeof out), DONE);
		assert_non_null(strstr(out, "\"Blck\""));
		assert_non_null(strstr(out, "fffffa8000050000"));
		pool_machine_end(&m);
	}
}

int main(void)
{
	struct CMUnitTest tests[32] = { { 0 } };
	size_t count = ROWS_TO_TESTS(tests, rows, each_line_is_answered);

	count += ROWS_TO_TESTS(tests + count, rows, a_failing_reader_is_no_answer);
	tests[count++] = (struct CMUnitTest)cmocka_unit_test(missing_types_are_no_answer);
	tests[count++] = (struct CMUnitTest)cmocka_unit_test(a_failing_reader_finds_no_tag);
	tests[count++] = (struct CMUnitTest)cmocka_unit_test(half_of_the_ranges_are_none);
	return _cmocka_run_group_tests("batch", tests, count, NULL, NULL);
}
