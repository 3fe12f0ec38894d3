/* SPDX-License-Identifier: MIT */
/* POOL_HEADER against published bytes (worked examples of doc/structures/pool.md, by number). */
#include "support/pool_layouts.h"

#include <stdlib.h>

#define NO_STATE KST_POOL_STATE_UNKNOWN
#define FREE     KST_POOL_STATE_FREE
#define USED     KST_POOL_STATE_ALLOCATED
#define CACHED   KST_POOL_STATE_CACHED

struct row {
	const char *name;
	enum pool_layout layout;
	uint64_t address;
	uint8_t bytes[16];
	size_t len;
	uint32_t size, previous, state, type, base_type;
	const char *tag;
	uint32_t protected_tag;
	uint64_t anomalies;
};

static const struct row rows[] = {
	{ "1: 2000, paged, in use",
	  POOL_2000,
	  0xe1001050,
	  { 1, 0x81, 2, 1, 'O', 'b', 'D', 'i' },
	  8,
	  0x10,
	  0x10,
	  USED,
	  2,
	  1,
	  "ObDi",
	  0,
	  0 },
	{ "2: 2000, 0x40 bytes",
	  POOL_2000,
	  0xe1001080,
	  { 1, 0x81, 2, 4, 'O', 'b', 'D', 'm' },
	  8,
	  0x40,
	  0x10,
	  USED,
	  2,
	  1,
	  "ObDm",
	  0,
	  0 },
	{ "3: 2000, free",
	  POOL_2000,
	  0xe1001040,
	  { 2, 1, 0, 1, 'O', 'b', 'D', 'i' },
	  8,
	  0x10,
	  0x20,
	  FREE,
	  0,
	  0,
	  "ObDi",
	  0,
	  0 },
	{ "4: XP, nonpaged in use",
	  POOL_XP_X86,
	  0x82fd27c8,
	  { 8, 0, 5, 0x0a, 'N', 'o', 'n', 'e' },
	  8,
	  0x28,
	  0x40,
	  USED,
	  5,
	  0,
	  "None",
	  0,
	  0 },
	{ "XP, paged in use",
	  POOL_XP_X86,
	  0xe1000020,
	  { 4, 0, 5, 0x0c, 'C', 'M', ' ', ' ' },
	  8,
	  0x28,
	  0x20,
	  USED,
	  6,
	  1,
	  "CM  ",
	  0,
	  0 },
	{ "XP, session paged in use",
	  POOL_XP_X86,
	  0xe1000020,
	  { 4, 0, 5, 0x4c, 'G', 'l', 'a', '1' },
	  8,
	  0x28,
	  0x20,
	  USED,
	  0x26,
	  0x21,
	  "Gla1",
	  0,
	  0 },
	{ "XP, on a lookaside list",
	  POOL_XP_X86,
	  0x82fd27c8,
	  { 8, 0, 5, 2, 'N', 'o', 'n', 'e' },
	  8,
	  0x28,
	  0x40,
	  CACHED,
	  1,
	  0,
	  "None",
	  0,
	  0 },
	{ "XP, free",
	  POOL_XP_X86,
	  0x82fd27c8,
	  { 8, 0, 5, 0, 'N', 'o', 'n', 'e' },
	  8,
	  0x28,
	  0x40,
	  FREE,
	  0,
	  0,
	  "None",
	  0,
	  0 },
	{ "XP, a type that cannot be",
	  POOL_XP_X86,
	  0x82fd27c8,
	  { 8, 0, 5, 8, 'N', 'o', 'n', 'e' },
	  8,
	  0x28,
	  0x40,
	  USED,
	  4,
	  0,
	  "None",
	  0,
	  KST_POOL_HEADER_ANOMALY_POOL_TYPE },
	{ "5.2 compatible, nonpaged in use",
	  POOL_PLAIN_X86,
	  0xb0241040,
	  { 8, 0, 5, 2, 'T', 'h', 'r', 'e' },
	  8,
	  0x28,
	  0x40,
	  USED,
	  1,
	  0,
	  "Thre",
	  0,
	  0 },
	{ "5.2 compatible, raise on failure",
	  POOL_PLAIN_X86,
	  0xb0241040,
	  { 8, 0, 5, 0x22, 'F', 'S', 'r', 'N' },
	  8,
	  0x28,
	  0x40,
	  USED,
	  0x11,
	  0x10,
	  "FSrN",
	  0,
	  0 },
	{ "6: 7 x86, protected tag",
	  POOL_7_X86,
	  0x85902ec0,
	  { 0x40, 0, 8, 4, 'E', 'v', 'e', 0xee },
	  8,
	  0x40,
	  0x200,
	  USED,
	  2,
	  0,
	  "Even",
	  1,
	  0 },
	{ "7: 7 x64, Frag",
	  POOL_7_X64,
	  0xfffffa800dba6fb0,
	  { 0, 1, 1, 2, 'F', 'r', 'a', 'g' },
	  16,
	  0x10,
	  0,
	  USED,
	  2,
	  0,
	  "Frag",
	  0,
	  0 },
	{ "8: 7 x64, Free",
	  POOL_7_X64,
	  0xfffffa800dba6fc0,
	  { 1, 1, 4, 0, 'F', 'r', 'e', 'e' },
	  16,
	  0x40,
	  0x10,
	  FREE,
	  0,
	  0,
	  "Free",
	  0,
	  0 },
	{ "9: contents of a large allocation",
	  POOL_7_X64,
	  0xfffffa800dba5000,
	  { 1, 0x80, 0x55, 0, 'B', '2', '7', '2' },
	  16,
	  0x550,
	  0x10,
	  FREE,
	  0,
	  0,
	  "B272",
	  0,
	  KST_POOL_HEADER_ANOMALY_PREVIOUS_LEAVES_PAGE },
	{ "12: 7 x64, File protected",
	  POOL_7_X64,
	  0xfffffa8008e13000,
	  { 0, 7, 0x15, 2, 'F', 'i', 'l', 0xe5 },
	  16,
	  0x150,
	  0,
	  USED,
	  2,
	  0,
	  "File",
	  1,
	  0 },
	{ "13: 8.1 x64, paged",
	  POOL_81_X64,
	  0xffffc0000b94f000,
	  { 0, 1, 0x26, 3, 'F', 'M', 'f', 'n' },
	  16,
	  0x260,
	  0,
	  USED,
	  3,
	  1,
	  "FMfn",
	  0,
	  0 },
	{ "14: 8.1 x64, paged and quota",
	  POOL_81_X64,
	  0xffffc0000b94f9d0,
	  { 6, 1, 7, 0xb, 'D', 'x', 'g', 'K' },
	  16,
	  0x70,
	  0x60,
	  USED,
	  0xb,
	  9,
	  "DxgK",
	  0,
	  0 },
	{ "15: 8.1 x64, one free unit",
	  POOL_81_X64,
	  0xffffc0000b94fa40,
	  { 7, 1, 1, 0, 'F', 'r', 'e', 'e' },
	  16,
	  0x10,
	  0x70,
	  FREE,
	  0,
	  0,
	  "Free",
	  0,
	  0 },
	{ "16: 8.1 x64, on a lookaside list",
	  POOL_81_X64,
	  0xffffc0000b94fa50,
	  { 1, 1, 0x18, 5, 'P', 'f', 'R', 'L' },
	  16,
	  0x180,
	  0x10,
	  CACHED,
	  5,
	  1,
	  "PfRL",
	  0,
	  0 },
	{ "17: 8.1 x64, last block",
	  POOL_81_X64,
	  0xffffc0000b94fda0,
	  { 0x1d, 1, 0x26, 3, 'F', 'M', 'f', 'n' },
	  16,
	  0x260,
	  0x1d0,
	  USED,
	  3,
	  1,
	  "FMfn",
	  0,
	  0 },
	{ "18: 1903 on, in use",
	  POOL_19041_X64,
	  0xffffad09df3f8a40,
	  { 0, 0, 0x19, 3, 'V', 'U', 'L', 'N' },
	  16,
	  0x190,
	  0,
	  USED,
	  3,
	  1,
	  "VULN",
	  0,
	  0 },
	{ "19: 1903 on, overwritten size",
	  POOL_19041_X64,
	  0xffffad09df3f8bd0,
	  { 0x15, 0, 0, 4, 'N', 'p', 'A', 't' },
	  16,
	  0,
	  0x150,
	  NO_STATE,
	  4,
	  4,
	  "NpAt",
	  0,
	  KST_POOL_HEADER_ANOMALY_ZERO_SIZE | KST_POOL_HEADER_ANOMALY_POOL_TYPE },
	{ "20: 1903 on, junk index",
	  POOL_19041_X64,
	  0xffffad09df3f8a80,
	  { 0, 0x7d, 0x21, 3, 'N', 'p', 'A', 't', 'B', 'B', 'B', 'B' },
	  16,
	  0x210,
	  0,
	  USED,
	  3,
	  1,
	  "NpAt",
	  0,
	  0 },
	{ "1903 on, list link over the header",
	  POOL_19041_X64,
	  0xffffad09df3f8a80,
	  { 0x10, 0x20, 0x30, 0x4a, 0x09, 0xad, 0xff, 0xff },
	  16,
	  0x300,
	  0x100,
	  USED,
	  0x4a,
	  0x48,
	  "..\xff\x7f",
	  1,
	  KST_POOL_HEADER_ANOMALY_OVERWRITTEN },
	{ "17763 stays classic",
	  POOL_17763_X64,
	  0xffffad09df3f8a80,
	  { 4, 0, 0x10, 0, 'N', 'p', 'A', 't' },
	  16,
	  0x100,
	  0x40,
	  FREE,
	  0,
	  0,
	  "NpAt",
	  0,
	  0 },
	{ "misaligned and too long",
	  POOL_7_X64,
	  0xfffffa8008e13ff8,
	  { 0, 0, 0x15, 2, 'F', 'i', 0, 1 },
	  16,
	  0x150,
	  0,
	  USED,
	  2,
	  0,
	  "Fi..",
	  0,
	  KST_POOL_HEADER_ANOMALY_LEAVES_PAGE | KST_POOL_HEADER_ANOMALY_MISALIGNED | KST_POOL_HEADER_ANOMALY_TAG },
};

static void truncated(const struct row *row);

static void decodes(void **state)
{
	const struct row *row = *state;
	struct kst_layout *layout = pool_layout(row->layout);
	struct kst_pool_header header = { .size = sizeof header };

	assert_int_equal(kst_decode_pool_header(layout, row->bytes, row->len, row->address, &header, NULL), KST_OK);
	assert_int_equal(header.block_size, row->size);
	assert_int_equal(header.previous_size, row->previous);
	assert_int_equal(header.state, row->state);
	assert_int_equal(header.pool_type, row->type);
	assert_int_equal(header.base_type, row->base_type);
	assert_int_equal(header.protected_tag, row->protected_tag);
	assert_true(header.anomalies == row->anomalies);
	for (size_t i = 0; i < 4; i++) {
		unsigned char c = (unsigned char)row->tag[i];

		assert_int_equal(header.tag_text[i], c >= 0x20 && c < 0x7f ? (char)c : '.');
	}
	assert_int_equal(header.address, row->address);
	assert_int_equal((header.present & KST_POOL_HEADER_HAS_STATE) != 0, row->state != NO_STATE);
	assert_int_equal(header.size, sizeof header);
	free(layout);
	truncated(row);
}

/* No length makes the result claim more than there is. */
static void truncated(const struct row *row)
{
	struct kst_layout *layout = pool_layout(row->layout);

	for (size_t len = 0; len <= row->len; len++) {
		uint8_t *bytes = malloc(len == 0 ? 1 : len);
		struct kst_pool_header header = { .size = sizeof header, .block_size = 77 };
		struct kst_error err = { .size = sizeof err };
		kst_status st;

		assert_non_null(bytes);
		memcpy(bytes, row->bytes, len);
		st = kst_decode_pool_header(layout, len == 0 ? NULL : bytes, len, row->address, &header, &err);
		assert_int_equal(st, len < 4 ? KST_E_FAULT : KST_OK);
		if (st != KST_OK)
			assert_int_equal(header.block_size, 77);
		else
			assert_int_equal((header.present & KST_POOL_HEADER_HAS_TAG) != 0, len >= 8);
		if (len < 16)
			assert_int_equal(header.present &
						 (KST_POOL_HEADER_HAS_QUOTA_RAW | KST_POOL_HEADER_HAS_QUOTA_PROCESS),
					 0);
		free(bytes);
	}
	free(layout);
}

static void quota_plain_and_encoded(void **state)
{
	/* synthetic vector: header ffff910ffe692000, cookie 0123456789abcdef, process ffff910fecae0040 */
	static const uint8_t encoded[16] = { 0,    0,    0x19, 0xb,  'V',  'U',  'L',  'N',
					     0xaf, 0xed, 0x6c, 0x9b, 0x67, 0x45, 0x23, 0x01 };
	static const uint8_t nobody[16] = { 0,    0,    0x19, 0xb,  'V',  'U',  'L',  'N',
					    0xef, 0xed, 0xc2, 0x77, 0x68, 0xd4, 0xdc, 0xfe };
	static const uint8_t plain[16] = { 0,    0, 0x15, 0xa,  'F',  'i',  'l',  'e',
					   0x40, 0, 0xae, 0xec, 0x0f, 0xfa, 0xff, 0xff };
	static const uint8_t none[16] = {
		0, 0, 0x15, 2, 'F', 'i', 'l', 'e', 0x40, 0, 0xae, 0xec, 0x0f, 0xfa, 0xff, 0xff
	};
	const uint64_t cookie = 0x0123456789abcdef, address = 0xffff910ffe692000;
	struct kst_layout *late = pool_layout(POOL_19041_X64), *early = pool_layout(POOL_7_X64),
			  *narrow = pool_layout(POOL_2003_X86);
	struct kst_pool_header header = { .size = sizeof header };
	uint8_t block[0x28] = { 0, 0, 5, 0x1a, 'P', 'r', 'o', 'c' };
	uint64_t process = 5;

	(void)state;
	assert_int_equal(kst_decode_pool_header(late, encoded, 16, address, &header, NULL), KST_OK);
	assert_int_equal(header.present & KST_POOL_HEADER_HAS_QUOTA_PROCESS, 0);
	assert_true((header.present & KST_POOL_HEADER_HAS_QUOTA_RAW) != 0 && header.quota_raw == 0x012345679b6cedaf);
	assert_int_equal(kst_pool_quota_process(late, &header, cookie, &process), KST_OK);
	assert_true(process == 0xffff910fecae0040);
	/* a wrong cookie gives no pointer */
	assert_int_equal(kst_pool_quota_process(late, &header, cookie + 1, &process), KST_E_CORRUPT);
	assert_int_equal(kst_decode_pool_header(late, nobody, 16, address, &header, NULL), KST_OK);
	assert_int_equal(kst_pool_quota_process(late, &header, cookie, &process), KST_E_NO_MEMBER);
	assert_int_equal(kst_decode_pool_header(early, plain, 16, 0xfffffa8008e13000, &header, NULL), KST_OK);
	assert_true((header.present & KST_POOL_HEADER_HAS_QUOTA_PROCESS) != 0 &&
		    header.quota_process == 0xfffffa0fecae0040);
	assert_int_equal(kst_decode_pool_header(early, none, 16, 0xfffffa8008e13000, &header, NULL), KST_OK);
	assert_int_equal(header.present & (KST_POOL_HEADER_HAS_QUOTA_RAW | KST_POOL_HEADER_HAS_QUOTA_PROCESS), 0);
	assert_int_equal(kst_pool_quota_process(early, &header, 0, &process), KST_E_NO_MEMBER);
	/* x86: the pointer ends the block */
	memcpy(block + 0x24, "\x20\x00\x9b\x82", 4);
	assert_int_equal(kst_decode_pool_header(narrow, block, sizeof block, 0x82fd27c8, &header, NULL), KST_OK);
	assert_true((header.present & KST_POOL_HEADER_HAS_QUOTA_PROCESS) != 0 && header.quota_process == 0x829b0020);
	assert_int_equal(kst_decode_pool_header(narrow, block, 8, 0x82fd27c8, &header, NULL), KST_OK);
	assert_int_equal(header.present & KST_POOL_HEADER_HAS_QUOTA_RAW, 0);
	assert_int_equal(kst_pool_quota_process(NULL, &header, 0, &process), KST_E_ARG);
	free(late);
	free(early);
	free(narrow);
}

static void generations_by_members(void **state)
{
	static const uint32_t wanted[POOL_LAYOUTS] = {
		KST_POOL_GENERATION_2000,  KST_POOL_GENERATION_NT5,       KST_POOL_GENERATION_NT5,
		KST_POOL_GENERATION_NT5,   KST_POOL_GENERATION_VISTA,     KST_POOL_GENERATION_VISTA,
		KST_POOL_GENERATION_VISTA, KST_POOL_GENERATION_VISTA,     KST_POOL_GENERATION_HEAP,
		KST_POOL_GENERATION_HEAP,  KST_POOL_GENERATION_NT5_PLAIN,
	};
	static const struct member_row bare[] = { ROWS_HEADER_X64 };
	static const uint8_t bytes[16] = { 0, 0, 1, 2 };
	struct kst_pool_header header = { .size = sizeof header };
	struct kst_layout *layout;

	(void)state;
	for (int i = 0; i < POOL_LAYOUTS; i++) {
		layout = pool_layout((enum pool_layout)i);
		assert_int_equal(kst_decode_pool_header(layout, bytes, 16, 0, &header, NULL), KST_OK);
		assert_int_equal(header.generation, wanted[i]);
		assert_int_equal(header.unit,
				 pool_paging((enum pool_layout)i) == KST_PAGING_X86 && i != POOL_2000 ? 8 : 16);
		free(layout);
	}
	/* a header type alone tells no generation, so no state */
	layout = layout_from_rows(bare, ROWS_COUNT(bare), 8);
	assert_int_equal(kst_decode_pool_header(layout, bytes, 16, 0, &header, NULL), KST_OK);
	assert_int_equal(header.generation, KST_POOL_GENERATION_UNKNOWN);
	assert_int_equal(header.present & (KST_POOL_HEADER_HAS_STATE | KST_POOL_HEADER_HAS_BASE_TYPE), 0);
	free(layout);
}

static void refuses(void **state)
{
	static const struct member_row wrong[] = { { "_POOL_HEADER", NULL, 8, 0, 0, 0 },
						   { "_POOL_HEADER", "BlockSize", 0, 2, 0, 9 } };
	static const uint8_t bytes[16] = { 0, 0, 1, 2 };
	struct kst_layout *layout = layout_from_rows(wrong, ROWS_COUNT(wrong), 8), *good = pool_layout(POOL_7_X64);
	struct kst_pool_header header = { .size = sizeof header };
	struct kst_pool_header old = { .size = 16 };

	(void)state;
	assert_int_equal(kst_decode_pool_header(layout, bytes, 16, 0, &header, NULL), KST_E_NO_MEMBER);
	assert_int_equal(kst_decode_pool_header(NULL, bytes, 16, 0, &header, NULL), KST_E_ARG);
	assert_int_equal(kst_decode_pool_header(good, bytes, 16, 0, NULL, NULL), KST_E_ARG);
	assert_int_equal(kst_decode_pool_header(good, bytes, 16, 0, &old, NULL), KST_E_ABI);
	assert_string_equal(kst_pool_state_name(KST_POOL_STATE_CACHED), "cached");
	assert_string_equal(kst_pool_state_name(99), "unknown");
	assert_string_equal(kst_pool_generation_name(KST_POOL_GENERATION_HEAP), "heap");
	assert_string_equal(kst_pool_header_anomaly_name(KST_POOL_HEADER_ANOMALY_ADJACENT_FREE), "adjacent-free");
	assert_null(kst_pool_header_anomaly_name((uint64_t)1 << 40));
	free(layout);
	free(good);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(quota_plain_and_encoded),
		cmocka_unit_test(generations_by_members),
		cmocka_unit_test(refuses),
	};

	return RUN_TESTS_AND_ROWS("pool header", tests, rows, decodes);
}
