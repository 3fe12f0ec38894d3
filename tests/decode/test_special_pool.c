/* SPDX-License-Identifier: MIT */
/* Special pool: where the data is, what fills the rest, and what breaks it (worked example 21). */
#include "support/decoding.h"
#include "support/pool_layouts.h"

#define PAGE   0x1000
#define BEFORE KST_SPECIAL_POOL_ANOMALY_BEFORE
#define AFTER  KST_SPECIAL_POOL_ANOMALY_AFTER
#define SIZE   KST_SPECIAL_POOL_ANOMALY_SIZE
#define RECORD KST_SPECIAL_POOL_HAS_RECORD
#define TAG    KST_SPECIAL_POOL_HAS_TAG
#define WHOLE  (KST_SPECIAL_POOL_HAS_RECORD | KST_SPECIAL_POOL_HAS_TAG | KST_SPECIAL_POOL_HAS_FILL)
#define X64    0xfffff98000002000

struct row {
	const char *name;
	enum pool_layout layout;
	uint64_t page;
	uint32_t word; /* first one of the record */
	bool underrun;
	uint32_t data; /* offset */
	uint32_t harm; /* offset of a byte to spoil; 0: none */
	uint32_t sound, bytes, fill_bytes;
	uint64_t anomalies;
};

static const struct row rows[] = {
	{ "21a: 4 bytes", POOL_XP_X86, 0x82a5a000, 0x5a0004, false, 0xff8, 0, 1, 4, 0xff4, 0 },
	{ "21b: 8 bytes", POOL_XP_X86, 0x824ee000, 0x5a0008, false, 0xff8, 0, 1, 8, 0xff0, 0 },
	{ "21c: 16 bytes", POOL_XP_X86, 0x82940000, 0x5a0010, false, 0xff0, 0, 1, 16, 0xfe8, 0 },
	{ "x64, 0x123 bytes, paged", POOL_7_X64, X64, 0x7f8123, false, 0xed0, 0, 1, 0x123, 0xecd, 0 },
	{ "tracked: a pointer follows the header", POOL_7_X64, X64, 0x7f4040, false, 0xfc0, 0, 1, 0x40, 0xfa8, 0 },
	{ "tracked, 2003: a pointer", POOL_2003_X86, 0x82a5a000, 0xa74040, false, 0xfc0, 0, 1, 0x40, 0xfb4, 0 },
	{ "tracked, XP: a number and a pointer", POOL_XP_X86, 0x82a5a000, 0xa74040, false, 0xfc0, 0, 1, 0x40, 0xfb0,
	  0 },
	{ "underrun mode", POOL_7_X64, X64, 0x7f0040, true, 0, 0, 1, 0x40, 0xfb0, 0 },
	{ "underrun mode, paged and tracked", POOL_XP_X86, 0x82940000, 0x5ac123, true, 0, 0, 1, 0x123, 0xed5, 0 },
	{ "first fill byte spoiled", POOL_7_X64, X64, 0x7f0123, false, 0xed0, 0x10, 0, 0x123, 0xecd, BEFORE },
	{ "last byte before the data spoiled", POOL_7_X64, X64, 0x7f0123, false, 0xed0, 0xecf, 0, 0x123, 0xecd,
	  BEFORE },
	{ "first byte after the data spoiled", POOL_7_X64, X64, 0x7f0123, false, 0xed0, 0xff3, 0, 0x123, 0xecd, AFTER },
	{ "last byte of the page spoiled", POOL_7_X64, X64, 0x7f0123, false, 0xed0, 0xfff, 0, 0x123, 0xecd, AFTER },
	{ "first fill byte of a tracked one", POOL_7_X64, X64, 0x7f4040, false, 0xfc0, 0x18, 0, 0x40, 0xfa8, BEFORE },
	/* eight fill bytes are the least that proves anything */
	{ "eight fill bytes", POOL_7_X64, X64, 0x7f0fe8, false, 0x10, 0, 1, 0xfe8, 8, 0 },
	{ "seven fill bytes", POOL_7_X64, X64, 0x7f0fe9, false, 0x10, 0, 0, 0xfe9, 7, 0 },
	{ "no fill byte", POOL_7_X64, X64, 0x7f0ff0, false, 0x10, 0, 0, 0xff0, 0, 0 },
	{ "tracked, but no room for that", POOL_7_X64, X64, 0x7f4fe8, false, 0x10, 0, 1, 0xfe8, 8, 0 },
	{ "underrun, eight fill bytes", POOL_7_X64, X64, 0x7f0fe8, true, 0, 0, 1, 0xfe8, 8, 0 },
	/* a page of one byte only: read as a record at the end it would fit itself */
	{ "no size", POOL_7_X64, X64, 0x7f0000, false, 0, 0, 0, 0, 0, SIZE },
	{ "a size that leaves no room", POOL_7_X64, X64, 0x7f0ff1, false, 0, 0, 0, 0xff1, 0, SIZE },
	{ "four equal bytes are fill", POOL_7_X64, X64, 0x12121212, false, 0, 0, 0, 0x212, 0, SIZE },
};

static uint32_t header_of(const struct row *row)
{
	return pool_paging(row->layout) == KST_PAGING_X86 ? 8 : 16;
}

static void forge(const struct row *row, uint8_t page[PAGE])
{
	uint32_t header = header_of(row), at = row->underrun ? PAGE - header : 0;

	memset(page, (int)(row->word >> 16), PAGE);
	if ((row->word & 0x4000) != 0 && !row->underrun)
		memset(page + header, 0xee, header == 16 || row->layout == POOL_XP_X86 ? 8 : 4);
	memset(page + row->data, 0xd1, row->bytes <= PAGE - row->data ? row->bytes : 0);
	for (unsigned i = 0; i < 4; i++) {
		page[at + i] = (uint8_t)(row->word >> (8 * i));
		page[at + 4 + i] = (uint8_t) "Tag\xa1"[i]; /* protected: bit 31 is no part of the tag */
	}
	if (row->harm != 0)
		page[row->harm] ^= 0xff;
}

static struct kst_special_pool decode(const struct kst_layout *layout, const uint8_t *page, size_t len,
				      uint64_t address)
{
	struct kst_special_pool special = { .size = sizeof special };

	assert_int_equal(kst_decode_special_pool(layout, page, len, address, &special, NULL), KST_OK);
	assert_int_equal(special.size, sizeof special);
	assert_true(special.page == address);
	return special;
}

static void decodes(void **state)
{
	const struct row *row = *state;
	struct kst_layout *layout = pool_layout(row->layout);
	uint32_t at = row->underrun ? PAGE - header_of(row) : 0;
	bool size = row->anomalies == SIZE;
	struct kst_special_pool special;
	uint8_t page[PAGE];

	forge(row, page);
	special = decode(layout, page, PAGE, row->page);
	assert_true(special.present == (size ? RECORD : WHOLE));
	assert_true(special.anomalies == row->anomalies);
	assert_int_equal(special.sound, row->sound);
	assert_int_equal(special.bytes, row->bytes);
	assert_int_equal(special.fill_bytes, row->fill_bytes);
	assert_int_equal(special.fill, row->word >> 16 & 0xff);
	assert_int_equal(special.underrun, row->underrun);
	assert_int_equal(special.paged, (row->word & 0x8000) != 0);
	assert_int_equal(special.tracked, (row->word & 0x4000) != 0);
	assert_true(special.record == row->page + at);
	assert_true(special.data == (size ? 0 : row->page + row->data));
	assert_memory_equal(special.tag, size ? "\0\0\0\0" : "Tag!", 4);
	free(layout);
}

/* Nothing is proved without the fill bytes: what is behind the length is not looked at. */
static void truncated(void **state)
{
	const struct row *row = *state;
	struct kst_layout *layout = pool_layout(row->layout);
	bool size = row->underrun || row->anomalies == SIZE; /* data of underrun mode read as a record */
	uint8_t page[PAGE], *part;
	struct kst_special_pool special;

	forge(row, page);
	for (size_t len = 0; len < (row->underrun ? PAGE - header_of(row) : row->data); len += len < 16 ? 1 : 61) {
		special = decode(layout, page, len, row->page);
		assert_int_equal(special.sound, 0);
		assert_true(special.record == (len < 4 ? 0 : row->page));
		if (row->harm == 0 && (size || row->fill_bytes > 0)) {
			assert_int_equal(special.fill_bytes, 0);
			assert_true(special.present == (len < 4 ? 0 : len < 8 || size ? RECORD : RECORD | TAG));
			assert_true(special.anomalies == (size && len >= 4 ? SIZE : 0));
		}
		part = exact_copy(page, len);
		special = decode(layout, len == 0 ? NULL : part, len, row->page);
		assert_int_equal(special.sound, 0);
		free(part);
	}
	free(layout);
}

static void refuses(void **state)
{
	struct kst_layout *layout = pool_layout(POOL_7_X64), *empty = layout_from_rows(NULL, 0, 8);
	struct kst_special_pool special = { .size = sizeof special, .bytes = 77, .page = 78, .fill_bytes = 79 };
	const struct kst_special_pool before = special;
	struct kst_special_pool old = { .size = 8, .bytes = 77 };
	struct kst_error err = { .size = sizeof err };
	uint8_t page[16] = { 0 };

	(void)state;
	assert_int_equal(kst_decode_special_pool(layout, page, 16, X64 + 8, &special, &err), KST_E_ARG);
	assert_true(err.code == KST_E_ARG && err.address == X64 + 8);
	assert_int_equal(kst_decode_special_pool(layout, page, 16, X64 + 0x800, &special, NULL), KST_E_ARG);
	assert_int_equal(kst_decode_special_pool(NULL, page, 16, X64, &special, NULL), KST_E_ARG);
	assert_int_equal(kst_decode_special_pool(layout, NULL, 16, X64, &special, NULL), KST_E_ARG);
	assert_int_equal(kst_decode_special_pool(layout, page, 16, X64, NULL, NULL), KST_E_ARG);
	assert_int_equal(kst_decode_special_pool(empty, page, 16, X64, &special, &err), KST_E_NO_MEMBER);
	assert_int_equal(err.code, KST_E_NO_MEMBER);
	assert_memory_equal(&special, &before, sizeof special);
	assert_int_equal(kst_decode_special_pool(layout, page, 16, X64, &old, &err), KST_E_ABI);
	assert_true(err.code == KST_E_ABI && err.address == X64);
	assert_int_equal(old.bytes, 77);
	free(layout);
	free(empty);
}

static void names(void **state)
{
	static const char *const anomalies[] = { "size", "before-data", "after-data" };

	(void)state;
	check_bit_names(kst_special_pool_anomaly_name, anomalies, ROWS_COUNT(anomalies));
}

int main(void)
{
	struct CMUnitTest tests[2 + ROWS_COUNT(rows)] = { cmocka_unit_test(refuses), cmocka_unit_test(names) };

	ROWS_TO_TESTS(tests + 2, rows, truncated);
	return RUN_TESTS_AND_ROWS("special pool", tests, rows, decodes);
}
