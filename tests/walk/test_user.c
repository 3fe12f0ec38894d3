/* SPDX-License-Identifier: MIT */
/* Which addresses a user-mode structure may have, which layout reads it, and whose address space it is in. */
#include "support/image.h"
#include "support/support.h"
#include "walk/user.h"

#include <stdlib.h>

struct row {
	const char *name;
	uint32_t paging, pointer_size;
	uint64_t address, bytes;
	bool may;
};

static const struct row rows[] = {
	{ "null", KST_PAGING_X64, 8, 0, 8, false },
	{ "x64, ordinary", KST_PAGING_X64, 8, 0x7ff612340000, 0x1000, true },
	{ "x64, last bytes", KST_PAGING_X64, 8, 0x7ffffffeff00, 0x100, true },
	{ "x64, a kernel address", KST_PAGING_X64, 8, 0xfffff80000000000, 8, false },
	{ "x64, not canonical", KST_PAGING_X64, 8, 0x0001000000000000, 8, false },
	{ "x64, runs into the hole", KST_PAGING_X64, 8, 0x7ffffffffff8, 0x1000, false },
	{ "wraps", KST_PAGING_X64, 8, 0x7ff612340000, UINT64_MAX, false },
	{ "WOW64, ordinary", KST_PAGING_X64, 4, 0x7ffdd000, 0x1000, true },
	{ "WOW64, above 4 GiB", KST_PAGING_X64, 4, 0x100000000, 8, false },
	{ "x86, ordinary", KST_PAGING_X86, 4, 0x7ffdd000, 0x1000, true },
	{ "x86, a large-address program", KST_PAGING_X86, 4, 0xbffff000, 0x1000, true },
	{ "x86, a kernel address", KST_PAGING_X86, 4, 0xc0000000, 8, false },
};

static void knows_user_addresses(void **state)
{
	const struct row *row = *state;
	struct image *img = image_new(row->paging);
	struct kst_layout *layout = layout_builtin(row->paging == KST_PAGING_X64 ? KST_ARCH_X64 : KST_ARCH_X86,
						   row->paging == KST_PAGING_X64 ? 19041 : 2600, 0);
	struct kst_target *t = image_target(img, layout);

	assert_int_equal(kst__user_range(t, row->pointer_size, row->address, row->bytes), row->may);
	assert_int_equal(kst__user_layout(t, row->pointer_size)->info.pointer_size, row->pointer_size);
	image_free(img);
	free(layout);
}

static void takes_the_space_of_a_process(void **state)
{
	struct image *img = image_new(KST_PAGING_X64);
	struct kst_layout *layout = layout_builtin(KST_ARCH_X64, 19041, 0);
	struct kst_target *t = image_target(img, layout);
	uint64_t process = 0xffffc08bde9e1080;
	kst_space space = 77;

	(void)state;
	assert_int_equal(kst__space_of(t, process, &space, NULL), KST_E_FAULT);
	assert_true(space == 77);
	image_put_member(img, layout, process, "_KPROCESS", "DirectoryTableBase", 0x1ad002);
	assert_int_equal(kst__space_of(t, process, &space, NULL), KST_OK);
	assert_true((space & ~UINT64_C(0xfff)) == 0x1ad000);
	assert_int_equal(kst__space_of(image_target(img, NULL), process, &space, NULL), KST_E_NO_MEMBER);
	image_fail(img, 1, true, -99);
	assert_int_equal(kst__space_of(t, process, &space, NULL), KST_E_HOST);
	image_free(img);
	free(layout);
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(takes_the_space_of_a_process) };

	return RUN_TESTS_AND_ROWS("user", tests, rows, knows_user_addresses);
}
