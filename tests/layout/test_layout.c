/* SPDX-License-Identifier: MIT */
#include "support/support.h"

#include <stdlib.h>

static const struct member_row rows[] = {
	{ "_EPROCESS", NULL, 0x260, 0, 0, 0 },
	{ "_EPROCESS", "UniqueProcessId", 0x84, 4, 0, 0 },
	{ "_KPCR", "SelfPcr", 0x1c, 4, 0, 0 }, /* an alternative path of a wanted member */
	{ "@", "PsActiveProcessHead", 0x83158, 0, 0, 0 },
};

static void resolves_members_and_alternatives(void **state)
{
	struct kst_layout *layout = layout_from_rows(rows, 4, 4);
	struct kst_member m = { .size = sizeof m };
	struct kst_layout_info info = { .size = sizeof info };
	uint64_t rva = 0;

	(void)state;
	assert_int_equal(kst_layout_member(layout, "_EPROCESS", "UniqueProcessId", &m), KST_OK);
	assert_int_equal(m.offset, 0x84);
	assert_int_equal(m.length, 4);
	assert_int_equal(kst_layout_member(layout, "_EPROCESS", "", &m), KST_OK);
	assert_int_equal(m.length, 0x260);
	assert_int_equal(kst_layout_member(layout, "_KPCR", "SelfPcr", &m), KST_OK);
	assert_int_equal(m.offset, 0x1c);
	assert_int_equal(kst_layout_member(layout, "_EPROCESS", "Peb", &m), KST_E_NO_MEMBER);
	assert_int_equal(kst_layout_symbol(layout, "PsActiveProcessHead", &rva), KST_OK);
	assert_int_equal(rva, 0x83158);
	assert_int_equal(kst_layout_symbol(layout, "NoSuchSymbol", &rva), KST_E_NO_MEMBER);
	assert_int_equal(kst_layout_info(layout, &info), KST_OK);
	assert_int_equal(info.present, 3);
	assert_int_equal(info.symbols, 1);
	free(layout);
}

static void refuses_wrong_memory(void **state)
{
	uint64_t small[4];
	struct kst_error err = { .size = sizeof err };

	(void)state;
	assert_int_equal(kst_layout_init_empty(NULL, 0, 8, &err), KST_E_ARG);
	assert_int_equal(kst_layout_init_empty((struct kst_layout *)small, sizeof small, 8, &err), KST_E_LIMIT);
	assert_int_equal(err.code, KST_E_LIMIT);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(resolves_members_and_alternatives),
		cmocka_unit_test(refuses_wrong_memory),
	};

	return cmocka_run_group_tests_name("layout", tests, NULL, NULL);
}
