/* SPDX-License-Identifier: MIT */
/* Special pool: where the data is, what fills the rest, and what breaks it (worked example 21). */
#include "support/pool_layouts.h"

#include <stdlib.h>

#define PAGE   0x1000
#define BEFORE KST_SPECIAL_POOL_ANOMALY_BEFORE
#define AFTER  KST_SPECIAL_POOL_ANOMALY_AFTER
#define SIZE   KST_SPECIAL_POOL_ANOMALY_SIZE

struct row {
	const char *name;
	enum pool_layout layout;
	uint64_t page;
	uint32_t record; /* first word */
	bool underrun;
	uint32_t data; /* offset */
	uint32_t harm; /* offset of a byte to spoil; 0: none */
	uint32_t sound, bytes;
	uint64_t anomalies;
};

static const struct row rows[] = {
	{ "21a: 4 bytes", POOL_XP_X86, 0x82a5a000, 0x5a0004, false, 0xff8, 0, 1, 4, 0 },
	{ "21b: 8 bytes", POOL_XP_X86, 0x824ee000, 0x5a0008, false, 0xff8, 0, 1, 8, 0 },
	{ "21c: 16 bytes", POOL_XP_X86, 0x82940000, 0x5a0010, false, 0xff0, 0, 1, 16, 0 },
	{ "x64, 0x123 bytes, paged", POOL_7_X64, 0xfffff98000002000, 0x7f8123, false, 0xed0, 0, 1, 0x123, 0 },
	{ "tracked by the verifier", POOL_7_X64, 0xfffff98000002000, 0x7f4040, false, 0xfc0, 0, 1, 0x40, 0 },
	{ "underrun mode", POOL_7_X64, 0xfffff98000002000, 0x7f0040, true, 0, 0, 1, 0x40, 0 },
	{ "bytes before the data spoiled", POOL_7_X64, 0xfffff98000002000, 0x7f0123, false, 0xed0, 0xec0, 0, 0x123,
	  BEFORE },
	{ "bytes after the data spoiled", POOL_7_X64, 0xfffff98000002000, 0x7f0123, false, 0xed0, 0xffe, 0, 0x123,
	  AFTER },
	/* a page of one byte only: read as a record at the end it would fit itself */
	{ "no size", POOL_7_X64, 0xfffff98000002000, 0x7f0000, false, 0, 0, 0, 0, SIZE },
	{ "a size that leaves no room", POOL_7_X64, 0xfffff98000002000, 0x7f0ff8, false, 0, 0, 0, 0xff8, SIZE },
};

static void decodes(void **state)
{
	const struct row *row = *state;
	struct kst_layout *layout = pool_layout(row->layout);
	uint32_t header = pool_paging(row->layout) == KST_PAGING_X86 ? 8 : 16;
	struct kst_special_pool special = { .size = sizeof special };
	uint32_t at = row->underrun ? PAGE - header : 0;
	uint8_t page[PAGE];

	memset(page, (int)(row->record >> 16), sizeof page);
	memset(page + row->data, 0xd1, row->bytes < PAGE - row->data ? row->bytes : 0);
	for (unsigned i = 0; i < 4; i++) {
		page[at + i] = (uint8_t)(row->record >> (8 * i));
		page[at + 4 + i] = (uint8_t) "Tag!"[i];
	}
	if ((row->record & 0x4000) != 0)
		memset(page + header, 0xee, header == 8 ? 4 : 8);
	if (row->harm != 0)
		page[row->harm] ^= 0xff;
	assert_int_equal(kst_decode_special_pool(layout, page, PAGE, row->page, &special, NULL), KST_OK);
	assert_int_equal(special.sound, row->sound);
	assert_int_equal(special.bytes, row->bytes);
	assert_true(special.anomalies == row->anomalies);
	if (row->sound) {
		assert_true(special.data == row->page + row->data && special.record == row->page + at);
		assert_int_equal(special.underrun, row->underrun);
		assert_int_equal(special.paged, (row->record & 0x8000) != 0);
		assert_int_equal(special.tracked, (row->record & 0x4000) != 0);
		assert_memory_equal(special.tag, "Tag!", 4);
	}
	/* nothing is proved without the fill bytes */
	for (size_t len = 0; len < (row->underrun ? PAGE - header : row->data); len += 61) {
		uint8_t *part = malloc(len == 0 ? 1 : len);

		assert_non_null(part);
		memcpy(part, page, len);
		assert_int_equal(kst_decode_special_pool(layout, part, len, row->page, &special, NULL), KST_OK);
		assert_int_equal(special.sound, 0);
		free(part);
	}
	free(layout);
}

static void refuses(void **state)
{
	struct kst_layout *layout = pool_layout(POOL_7_X64), *empty = layout_from_rows(NULL, 0, 8);
	struct kst_special_pool special = { .size = sizeof special }, old = { .size = 8 };
	uint8_t page[16] = { 0 };

	(void)state;
	assert_int_equal(kst_decode_special_pool(layout, page, 16, 8, &special, NULL), KST_E_ARG);
	assert_int_equal(kst_decode_special_pool(empty, page, 16, 0, &special, NULL), KST_E_NO_MEMBER);
	assert_int_equal(kst_decode_special_pool(layout, page, 16, 0, &old, NULL), KST_E_ABI);
	assert_string_equal(kst_special_pool_anomaly_name(AFTER), "after-data");
	free(layout);
	free(empty);
}

int main(void)
{
	static const struct CMUnitTest tests[] = { cmocka_unit_test(refuses) };

	return RUN_TESTS_AND_ROWS("special pool", tests, rows, decodes);
}
