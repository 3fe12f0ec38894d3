/* SPDX-License-Identifier: MIT */
/* The one way in which decoders see an object. */
#include "decode/view.h"
#include "support/support.h"

#include <stdlib.h>

static const struct member_row rows[] = {
	{ "_EPROCESS", "UniqueProcessId", 8, 8, 0, 0 },   { "_KPROCESS", "DirectoryTableBase", 0x10, 4, 0, 0 },
	{ "_POOL_HEADER", "BlockSize", 2, 2, 0, 9 },      { "_POOL_HEADER", "PoolType", 2, 2, 9, 7 },
	{ "_EPROCESS", "ImageFileName", 0x14, 15, 0, 0 },
};

static bool fetch_some(const struct kst__view *view, uint64_t offset, void *buf, size_t len)
{
	memset(buf, (int)offset, len);
	return offset + len <= view->address;
}

static void gets_members_from_bytes_and_from_elsewhere(void **state)
{
	struct kst_layout *layout = layout_from_rows(rows, 5, 8);
	static const uint8_t bytes[0x20] = { [2] = 0x34, [3] = 0x6a, [8] = 4, [15] = 0x80, [0x10] = 0xff, [0x13] = 1 };
	struct kst__view view = kst__view_bytes(layout, bytes, sizeof bytes);
	uint64_t value = 77;
	uint32_t small = 77;

	(void)state;
	assert_true(kst__get(&view, KST__M_EPROCESS_UNIQUE_PROCESS_ID, &value) &&
		    value == UINT64_C(0x8000000000000004));
	assert_false(kst__get32(&view, KST__M_EPROCESS_UNIQUE_PROCESS_ID, &small)); /* does not fit */
	assert_int_equal(small, 77);
	assert_true(kst__get32(&view, KST__M_KPROCESS_DIRECTORY_TABLE_BASE, &small) && small == 0x010000ff);
	assert_true(kst__get(&view, KST__M_POOL_HEADER_BLOCK_SIZE, &value) && value == 0x034);
	assert_true(kst__get(&view, KST__M_POOL_HEADER_POOL_TYPE, &value) && value == 0x35);
	value = 77;
	assert_false(kst__get(&view, KST__M_EPROCESS_PEB, &value));             /* not in the layout */
	assert_false(kst__get(&view, KST__M_EPROCESS_IMAGE_FILE_NAME, &value)); /* no number */
	assert_false(kst__get_at(&view, 0x18, KST__M_EPROCESS_UNIQUE_PROCESS_ID, &value));
	assert_false(kst__get_at(&view, UINT64_MAX - 4, KST__M_EPROCESS_UNIQUE_PROCESS_ID, &value));
	assert_int_equal(value, 77);
	for (size_t len = 0; len <= sizeof bytes; len++) {
		uint8_t *exact = malloc(len == 0 ? 1 : len);

		assert_non_null(exact);
		memcpy(exact, bytes, len);
		view = kst__view_bytes(layout, exact, len);
		assert_true(kst__get(&view, KST__M_EPROCESS_UNIQUE_PROCESS_ID, &value) == (len >= 0x10));
		assert_true(kst__view_pointer(&view, 0, &value) == (len >= 8));
		free(exact);
	}
	view = kst__view_bytes(layout, NULL, 100); /* no bytes at all */
	assert_false(kst__get(&view, KST__M_EPROCESS_UNIQUE_PROCESS_ID, &value));
	view.fetch = fetch_some;
	view.address = 0x10;
	assert_true(kst__get(&view, KST__M_EPROCESS_UNIQUE_PROCESS_ID, &value) &&
		    value == UINT64_C(0x0808080808080808));
	assert_false(kst__get(&view, KST__M_KPROCESS_DIRECTORY_TABLE_BASE, &value));
	free(layout);
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(gets_members_from_bytes_and_from_elsewhere) };

	return cmocka_run_group_tests_name("view", tests, NULL, NULL);
}
