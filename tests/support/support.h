/* SPDX-License-Identifier: MIT */
/* What every test includes: cmocka, rows, layouts from tables. */
#ifndef KST_TESTS_SUPPORT_H
#define KST_TESTS_SUPPORT_H

/* cmocka needs these four first */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <kstate/kstate.h>
#include <string.h>

/*
 * One cmocka test per row of a table; the row is the test's state (*state) and begins with `const char *name`.
 *	static int run(void) { return RUN_ROWS("pool header", rows, check_row); }
 */
int run_rows(const char *group, const void *rows, size_t count, size_t stride, CMUnitTestFunction fn);
#define RUN_ROWS(group, rows, fn) run_rows(group, rows, sizeof(rows) / sizeof((rows)[0]), sizeof((rows)[0]), fn)

/* The same with plain tests before the rows: a program has one plan. */
int run_tests_and_rows(const char *group, const struct CMUnitTest *first, size_t first_count, const void *rows,
		       size_t count, size_t stride, CMUnitTestFunction fn);
#define RUN_TESTS_AND_ROWS(group, tests, rows, fn)                                                                     \
	run_tests_and_rows(group, tests, sizeof(tests) / sizeof((tests)[0]), rows, sizeof(rows) / sizeof((rows)[0]),   \
			   sizeof((rows)[0]), fn)

/* For a program of several tables: write one zeroed test per row and return how many these are. */
size_t rows_to_tests(struct CMUnitTest *tests, const void *rows, size_t count, size_t stride, CMUnitTestFunction fn);
#define ROWS_TO_TESTS(tests, rows, fn)                                                                                 \
	rows_to_tests(tests, rows, sizeof(rows) / sizeof((rows)[0]), sizeof((rows)[0]), fn)

/* A layout made from rows; { type, NULL, size } gives a type's size, { "@", name, rva } a symbol. */
struct member_row {
	const char *type;
	const char *path;
	uint32_t offset;
	uint32_t length;
	uint32_t bit_pos;
	uint32_t bit_len;
};
struct kst_layout *layout_from_rows(const struct member_row *rows, size_t count, uint32_t pointer_size); /* free() it */

/* The built-in layout of a build and revision (0: none); fails the test when there is none. free() it. */
struct kst_layout *layout_builtin(uint32_t arch, uint32_t build, uint32_t revision);

/* Path of a file below the real test data; NULL when the data is absent (the suite "real" then says so and skips). */
const char *real_data(const char *relative);

#endif
