/* SPDX-License-Identifier: MIT */
#include "support.h"

#include <stdio.h>
#include <stdlib.h>

size_t rows_to_tests(struct CMUnitTest *tests, const void *rows, size_t count, size_t stride, CMUnitTestFunction fn)
{
	for (size_t i = 0; i < count; i++) {
		const char *row = (const char *)rows + i * stride;

		memcpy(&tests[i].name, row, sizeof tests[i].name);
		tests[i].test_func = fn;
		tests[i].initial_state = (void *)(uintptr_t)row;
	}
	return count;
}

int run_tests_and_rows(const char *group, const struct CMUnitTest *first, size_t first_count, const void *rows,
		       size_t count, size_t stride, CMUnitTestFunction fn)
{
	struct CMUnitTest *tests = calloc(first_count + count, sizeof *tests);
	int failed;

	if (tests == NULL)
		return 1;
	for (size_t i = 0; i < first_count; i++)
		tests[i] = first[i];
	rows_to_tests(tests + first_count, rows, count, stride, fn);
	failed = _cmocka_run_group_tests(group, tests, first_count + count, NULL, NULL);
	free(tests);
	return failed;
}

int run_rows(const char *group, const void *rows, size_t count, size_t stride, CMUnitTestFunction fn)
{
	return run_tests_and_rows(group, NULL, 0, rows, count, stride, fn);
}

struct table {
	const struct member_row *rows;
	size_t count;
};

static kst_status table_size(void *user, const char *type, uint64_t *size_out)
{
	const struct table *t = user;

	for (size_t i = 0; i < t->count; i++) {
		if (t->rows[i].path == NULL && strcmp(t->rows[i].type, type) == 0) {
			*size_out = t->rows[i].offset;
			return KST_OK;
		}
	}
	return KST_E_NO_MEMBER;
}

static kst_status table_member(void *user, const char *type, const char *path, struct kst_member *out)
{
	const struct table *t = user;

	for (size_t i = 0; i < t->count; i++) {
		const struct member_row *r = &t->rows[i];

		if (r->path != NULL && strcmp(r->type, type) == 0 && strcmp(r->path, path) == 0) {
			out->offset = r->offset;
			out->length = r->length;
			out->bit_pos = r->bit_pos;
			out->bit_len = r->bit_len;
			return KST_OK;
		}
	}
	return KST_E_NO_MEMBER;
}

static kst_status table_symbol(void *user, const char *name, uint64_t *rva_out)
{
	struct kst_member m = { .size = sizeof m };

	if (table_member(user, "@", name, &m) != KST_OK)
		return KST_E_NO_MEMBER;
	*rva_out = m.offset;
	return KST_OK;
}

struct kst_layout *layout_from_rows(const struct member_row *rows, size_t count, uint32_t pointer_size)
{
	struct table table = { rows, count };
	struct kst_types_ops ops = { sizeof ops, pointer_size, table_size, table_member, table_symbol };
	struct kst_layout *layout = malloc(kst_layout_size());

	assert_non_null(layout);
	assert_int_equal(kst_layout_init(layout, kst_layout_size(), &ops, &table, "rows", NULL), KST_OK);
	return layout;
}

struct kst_layout *layout_builtin(uint32_t arch, uint32_t build, uint32_t revision)
{
	struct kst_layout_key key = { .size = sizeof key, .arch = arch, .build = build, .revision = revision };
	struct kst_layout *layout = malloc(kst_layout_size());

	assert_non_null(layout);
	assert_int_equal(kst_layout_init_builtin(layout, kst_layout_size(), &key, NULL), KST_OK);
	return layout;
}

const char *real_data(const char *relative)
{
	static char path[2048];
	const char *root = getenv("KSTATE_TEST_DATA");
	FILE *f;

	if (root == NULL)
		return NULL;
	if (snprintf(path, sizeof path, "%s/%s", root, relative) >= (int)sizeof path)
		return NULL;
	f = fopen(path, "rb");
	if (f == NULL)
		return NULL;
	fclose(f);
	return path;
}
