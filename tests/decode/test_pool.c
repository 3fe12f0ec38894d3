/* SPDX-License-Identifier: MIT */
/* POOL_HEADER against published bytes (worked examples of doc/structures/pool.md, by number). */
#include "support/decoding.h"
#include "support/pool_layouts.h"

#define UNKNOWN KST_POOL_STATE_UNKNOWN
#define FREE    KST_POOL_STATE_FREE
#define USED    KST_POOL_STATE_ALLOCATED
#define CACHED  KST_POOL_STATE_CACHED

#define LEAVES      KST_POOL_HEADER_ANOMALY_LEAVES_PAGE
#define ZERO        KST_POOL_HEADER_ANOMALY_ZERO_SIZE
#define PREVIOUS    KST_POOL_HEADER_ANOMALY_PREVIOUS_LEAVES_PAGE
#define MISALIGNED  KST_POOL_HEADER_ANOMALY_MISALIGNED
#define TYPE        KST_POOL_HEADER_ANOMALY_POOL_TYPE
#define TAG         KST_POOL_HEADER_ANOMALY_TAG
#define OVERWRITTEN KST_POOL_HEADER_ANOMALY_OVERWRITTEN

/* What is there: sizes, index, type and tag always, then state, POOL_TYPE; the charged process as stored, as a pointer. */
#define STATELESS 0x27
#define IDLE      0x2f
#define BUSY      0x3f
#define CHARGED   0x7f
#define PROCESS   0xff

/* The first word, the tag and ProcessBilled (x64 only) as stored, then what they mean. */
struct row {
	const char *name;
	enum pool_layout layout;
	uint64_t address;
	uint32_t word;
	const char *tag;
	uint64_t billed;
	uint32_t size, previous, index, state, type, base_type;
	uint64_t present, anomalies;
};

#define XP   0x82fd27c8
#define W7   0xfffffa8008e13000
#define W81  0xffffc0000b94f000
#define W10  0xffffad09df3f8a40
#define EPA  0xfffffa800fae0040
#define JUNK 0x1122334455667788

static const struct row rows[] = {
	{ "1: 2000, paged", POOL_2000, 0xe1001050, 0x01028101, "ObDi", 0, 0x10, 0x10, 1, USED, 2, 1, BUSY, 0 },
	{ "2: 2000, 0x40 bytes", POOL_2000, 0xe1001080, 0x04028101, "ObDm", 0, 0x40, 0x10, 1, USED, 2, 1, BUSY, 0 },
	{ "3: 2000, free", POOL_2000, 0xe1001040, 0x01000102, "ObDi", 0, 0x10, 0x20, 1, FREE, 0, 0, IDLE, 0 },
	{ "2000, nonpaged", POOL_2000, 0xe1001050, 0x0201ff03, "ObDi", 0, 0x20, 0x30, 0x7f, USED, 1, 0, BUSY, 0 },
	{ "2000, no type", POOL_2000, 0xe1001050, 0x02008003, "ObDi", 0, 0x20, 0x30, 0, USED, 0, 0, BUSY, TYPE },
	{ "2000, freed with a type", POOL_2000, 0xe1001050, 0x02020103, "ObDi", 0, 0x20, 0x30, 1, FREE, 2, 1, IDLE, 0 },
	{ "4: XP, nonpaged", POOL_XP_X86, XP, 0x0a050008, "None", 0, 0x28, 0x40, 0, USED, 5, 0, BUSY, 0 },
	{ "XP, paged", POOL_XP_X86, XP, 0x0c050004, "CM  ", 0, 0x28, 0x20, 0, USED, 6, 1, BUSY, 0 },
	{ "XP, session paged", POOL_XP_X86, XP, 0x4c050004, "Gla1", 0, 0x28, 0x20, 0, USED, 0x26, 0x21, BUSY, 0 },
	{ "XP, on a lookaside list", POOL_XP_X86, XP, 0x02050008, "None", 0, 0x28, 0x40, 0, CACHED, 1, 0, BUSY, 0 },
	{ "XP, free", POOL_XP_X86, XP, 0x00050008, "None", 0, 0x28, 0x40, 0, FREE, 0, 0, IDLE, 0 },
	{ "XP, in use without a type", POOL_XP_X86, XP, 0x08050008, "None", 0, 0x28, 0x40, 0, USED, 4, 0, BUSY, TYPE },
	{ "XP, in use, a flag alone", POOL_XP_X86, XP, 0x48050008, "None", 0, 0x28, 0x40, 0, USED, 0x24, 0, BUSY,
	  TYPE },
	{ "XP, cached, a flag alone", POOL_XP_X86, XP, 0x50050008, "None", 0, 0x28, 0x40, 0, CACHED, 0x28, 0, BUSY,
	  TYPE },
	{ "XP, largest index", POOL_XP_X86, XP, 0x0a05fe08, "None", 0, 0x28, 0x40, 0x7f, USED, 5, 0, BUSY, 0 },
	{ "XP, largest sizes", POOL_XP_X86, 0x82fd2000, 0x0bff01ff, "None", 0, 0xff8, 0xff8, 0, USED, 5, 0, BUSY,
	  PREVIOUS },
	{ "XP, between two units", POOL_XP_X86, 0x82fd27cc, 0x0a050008, "None", 0, 0x28, 0x40, 0, USED, 5, 0, BUSY,
	  MISALIGNED },
	{ "2003 x64, nonpaged, charged", POOL_2003_X64, W7, 0x0d150000, "Proc", EPA, 0x150, 0, 0, USED, 0xd, 8, PROCESS,
	  0 },
	{ "5.2 compatible, nonpaged", POOL_PLAIN_X86, XP, 0x02050008, "Thre", 0, 0x28, 0x40, 0, USED, 1, 0, BUSY, 0 },
	{ "5.2 compatible, raise on failure", POOL_PLAIN_X86, XP, 0x22050008, "FSrN", 0, 0x28, 0x40, 0, USED, 0x11,
	  0x10, BUSY, 0 },
	{ "5.2 compatible, cache-aligned", POOL_PLAIN_X86, XP, 0x0a050008, "Thre", 0, 0x28, 0x40, 0, USED, 5, 4, BUSY,
	  0 },
	{ "5.2 compatible, free", POOL_PLAIN_X86, XP, 0x00050008, "Thre", 0, 0x28, 0x40, 0, FREE, 0, 0, IDLE, 0 },
	{ "5.2 compatible, a flag alone", POOL_PLAIN_X86, XP, 0x10050008, "Thre", 0, 0x28, 0x40, 0, USED, 8, 0, BUSY,
	  TYPE },
	{ "6: 7 x86, protected", POOL_7_X86, 0x85902ec0, 0x04080040, "Eve\xee", 0, 0x40, 0x200, 0, USED, 2, 0, BUSY,
	  0 },
	{ "7: Frag", POOL_7_X64, 0xfffffa800dba6fb0, 0x02010100, "Frag", 0, 0x10, 0, 1, USED, 2, 0, BUSY, 0 },
	{ "8: Free", POOL_7_X64, 0xfffffa800dba6fc0, 0x00040101, "Free", 0, 0x40, 0x10, 1, FREE, 0, 0, IDLE, 0 },
	{ "9: contents of a large allocation", POOL_7_X64, 0xfffffa800dba5000, 0x00558001, "B272", 0, 0x550, 0x10, 0x80,
	  FREE, 0, 0, IDLE, PREVIOUS },
	{ "12: 7 x64, protected", POOL_7_X64, W7, 0x02150700, "Fil\xe5", JUNK, 0x150, 0, 7, USED, 2, 0, BUSY, 0 },
	{ "7, on a lookaside list", POOL_7_X64, W7, 0x01150000, "Io  ", 0, 0x150, 0, 0, CACHED, 1, 1, BUSY, 0 },
	{ "7, every flag, charged", POOL_7_X64, W7, 0xff150000, "Io  ", EPA, 0x150, 0, 0, USED, 0xff, 0xfd, PROCESS,
	  0 },
	{ "7, paged, not charged", POOL_7_X64, W7, 0x03150000, "Io  ", EPA, 0x150, 0, 0, USED, 3, 1, BUSY, 0 },
	{ "7, was charged", POOL_7_X64, W7, 0x09150000, "Io  ", EPA, 0x150, 0, 0, CACHED, 9, 9, BUSY, 0 },
	{ "7, charged to nobody", POOL_7_X64, W7, 0x0a150000, "Io  ", 0, 0x150, 0, 0, USED, 0xa, 8, CHARGED, 0 },
	{ "7, charged to -1", POOL_7_X64, W7, 0x0a150000, "Io  ", UINT64_MAX, 0x150, 0, 0, USED, 0xa, 8, CHARGED, 0 },
	{ "7, lowest kernel address", POOL_7_X64, W7, 0x0a150000, "Io  ", 0xff00000000000000, 0x150, 0, 0, USED, 0xa, 8,
	  PROCESS, 0 },
	{ "7, below it", POOL_7_X64, W7, 0x0a150000, "Io  ", 0xfefffffffffffff8, 0x150, 0, 0, USED, 0xa, 8, CHARGED,
	  0 },
	{ "7, no pointer", POOL_7_X64, W7, 0x0a150000, "Io  ", EPA + 4, 0x150, 0, 0, USED, 0xa, 8, CHARGED, 0 },
	{ "13: 8.1, paged", POOL_81_X64, W81, 0x03260100, "FMfn", 0, 0x260, 0, 1, USED, 3, 1, BUSY, 0 },
	{ "14: 8.1, charged", POOL_81_X64, W81 + 0x9d0, 0x0b070106, "DxgK", EPA, 0x70, 0x60, 1, USED, 0xb, 9, CHARGED,
	  0 },
	{ "15: 8.1, free unit", POOL_81_X64, W81 + 0xa40, 0x00010107, "Free", 0, 0x10, 0x70, 1, FREE, 0, 0, IDLE, 0 },
	{ "16: 8.1, on a lookaside list", POOL_81_X64, W81 + 0xa50, 0x05180101, "PfRL", 0, 0x180, 0x10, 1, CACHED, 5, 1,
	  BUSY, 0 },
	{ "8.1, cached, nonpaged", POOL_81_X64, W81 + 0xa50, 0x04180101, "PfRL", 0, 0x180, 0x10, 1, CACHED, 4, 0, BUSY,
	  0 },
	{ "8.1, cached, other flags", POOL_81_X64, W81 + 0xa50, 0x7d180101, "PfRL", 0, 0x180, 0x10, 1, CACHED, 0x7d,
	  0x79, BUSY, 0 },
	{ "17: 8.1, last block", POOL_81_X64, W81 + 0xda0, 0x0326011d, "FMfn", 0, 0x260, 0x1d0, 1, USED, 3, 1, BUSY,
	  0 },
	{ "8.1, one unit too long", POOL_81_X64, W81 + 0xdb0, 0x0326011d, "FMfn", 0, 0x260, 0x1d0, 1, USED, 3, 1, BUSY,
	  LEAVES },
	{ "8.1, behind the first block", POOL_81_X64, W81 + 0x1d0, 0x0326011d, "FMfn", 0, 0x260, 0x1d0, 1, USED, 3, 1,
	  BUSY, 0 },
	{ "8.1, before it", POOL_81_X64, W81 + 0x1c0, 0x0326011d, "FMfn", 0, 0x260, 0x1d0, 1, USED, 3, 1, BUSY,
	  PREVIOUS },
	{ "18: 1903 on, in use", POOL_19041_X64, W10, 0x03190000, "VULN", 0, 0x190, 0, 0, USED, 3, 1, BUSY, 0 },
	{ "19: overwritten size", POOL_19041_X64, W10, 0x04000015, "NpAt", 0, 0, 0x150, 0, UNKNOWN, 4, 0, STATELESS,
	  ZERO | TYPE },
	{ "20: junk index", POOL_19041_X64, W10, 0x03217d00, "NpAt", 0x42424242, 0x210, 0, 0x7d, USED, 3, 1, BUSY, 0 },
	{ "1903 on, list link", POOL_19041_X64, W10, 0x4a302010, "\x09\xad\xff\xff", JUNK, 0x300, 0x100, 0x20, USED,
	  0x4a, 0x48, CHARGED, OVERWRITTEN },
	{ "1903 on, list link, five levels", POOL_19041_X64, W10, 0x4a302010, "\x09\xad\x11\xff", JUNK, 0x300, 0x100,
	  0x20, USED, 0x4a, 0x48, CHARGED, OVERWRITTEN },
	{ "1903 on, no list link", POOL_19041_X64, W10, 0x03190000, "\x09\xad\xff\xfe", 0, 0x190, 0, 0, USED, 3, 1,
	  BUSY, TAG },
	{ "1903 on, every flag there is", POOL_19041_X64, W10, 0x6f190000, "VULN", EPA, 0x190, 0, 0, USED, 0x6f, 0x6d,
	  CHARGED, 0 },
	{ "1903 on, raise is not stored", POOL_19041_X64, W10, 0x12190000, "VULN", 0, 0x190, 0, 0, USED, 0x12, 0, BUSY,
	  TYPE },
	{ "1903 on, reserved bit", POOL_19041_X64, W10, 0x82190000, "VULN", 0, 0x190, 0, 0, USED, 0x82, 0, BUSY, TYPE },
	{ "22000, charged", POOL_22000_X64, W10, 0x0b190000, "VULN", EPA, 0x190, 0, 0, USED, 0xb, 9, CHARGED, 0 },
	{ "17763 stays classic", POOL_17763_X64, W10, 0x00100004, "NpAt", 0, 0x100, 0x40, 0, FREE, 0, 0, IDLE, 0 },
	{ "17763, charged", POOL_17763_X64, W10, 0x0b100004, "NpAt", EPA, 0x100, 0x40, 0, USED, 0xb, 9, CHARGED, 0 },
	{ "misaligned and too long", POOL_7_X64, W7 + 0xff8, 0x02150000, "Io  ", 0, 0x150, 0, 0, USED, 2, 0, BUSY,
	  LEAVES | MISALIGNED },
	{ "tag: the first byte", POOL_7_X64, W7, 0x02150000, "\x1f~~ ", 0, 0x150, 0, 0, USED, 2, 0, BUSY, TAG },
	{ "tag: the second byte", POOL_7_X64, W7, 0x02150000, " \x7f~~", 0, 0x150, 0, 0, USED, 2, 0, BUSY, TAG },
	{ "tag: the third byte", POOL_7_X64, W7, 0x02150000, "~ \x80 ", 0, 0x150, 0, 0, USED, 2, 0, BUSY, TAG },
	{ "tag: the fourth byte", POOL_7_X64, W7, 0x02150000, " ~ \xff", 0, 0x150, 0, 0, USED, 2, 0, BUSY, TAG },
	{ "tag: all can be printed", POOL_7_X64, W7, 0x02150000, " ~~\xa0", 0, 0x150, 0, 0, USED, 2, 0, BUSY, 0 },
};

static void check(const struct row *row, const struct kst_pool_header *header, uint64_t present, uint64_t anomalies)
{
	bool narrow = pool_paging(row->layout) == KST_PAGING_X86;

	assert_true(header->present == present);
	assert_true(header->anomalies == anomalies);
	assert_int_equal(header->size, sizeof *header);
	assert_true(header->address == row->address);
	assert_int_equal(header->header_size, narrow ? 8 : 16);
	assert_int_equal(header->unit, narrow && row->layout != POOL_2000 ? 8 : 16);
	assert_int_equal(header->block_size, row->size);
	assert_int_equal(header->previous_size, row->previous);
	assert_int_equal(header->pool_index, row->index);
	assert_int_equal(header->state, row->state);
	assert_int_equal(header->pool_type, row->type);
	if ((present & KST_POOL_HEADER_HAS_BASE_TYPE) != 0)
		assert_int_equal(header->base_type, row->base_type);
	for (size_t i = 0; (present & KST_POOL_HEADER_HAS_TAG) != 0 && i < 4; i++) {
		unsigned char c = (unsigned char)row->tag[i] & (i == 3 ? 0x7f : 0xff);

		assert_int_equal(header->tag[i], c);
		assert_int_equal(header->tag_text[i], c >= 0x20 && c < 0x7f ? (char)c : '.');
	}
	assert_int_equal(header->protected_tag,
			 (present & KST_POOL_HEADER_HAS_TAG) != 0 && ((unsigned char)row->tag[3] & 0x80) != 0);
	assert_true(header->quota_raw == ((present & KST_POOL_HEADER_HAS_QUOTA_RAW) != 0 ? row->billed : 0));
	assert_true(header->quota_process == (present == PROCESS ? row->billed : 0));
}

/* The whole header, and each beginning of it: none claims more than there is. */
static void decodes(void **state)
{
	const struct row *row = *state;
	struct kst_layout *layout = pool_layout(row->layout);
	size_t whole = pool_paging(row->layout) == KST_PAGING_X86 ? 8 : 16;
	uint8_t bytes[16];

	put(bytes, row->word, 4);
	memcpy(bytes + 4, row->tag, 4);
	put(bytes + 8, row->billed, 8);
	for (size_t len = 0; len <= whole; len++) {
		struct kst_pool_header header = { .size = sizeof header, .block_size = 77 };
		struct kst_error err = { .size = sizeof err };
		uint64_t present = row->present, anomalies = row->anomalies;
		uint8_t *part = exact_copy(bytes, len);
		kst_status st = kst_decode_pool_header(layout, len == 0 ? NULL : part, len, row->address, &header,
						       &err);

		if (len < 8) {
			present &= ~(uint64_t)KST_POOL_HEADER_HAS_TAG;
			anomalies &= ~(uint64_t)(TAG | OVERWRITTEN);
		}
		if (len < 16)
			present &= BUSY;
		if (len >= 4) {
			assert_int_equal(st, KST_OK);
			check(row, &header, present, anomalies);
		} else {
			assert_int_equal(st, KST_E_FAULT);
			assert_true(err.code == KST_E_FAULT && err.address == row->address);
			assert_int_equal(header.block_size, 77);
		}
		free(part);
	}
	free(layout);
}

/* Headers of 8 bytes: the pointer to the charged process ends the block. */
static void charged_at_the_end(void **state)
{
	static const struct {
		uint32_t size, len, pointer;
		uint64_t present;
	} cases[] = {
		{ 0x28, 0x28, 0x829b0020, PROCESS }, { 0x28, 0x27, 0x829b0020, BUSY },
		{ 0x10, 0x10, 0x829b0020, PROCESS }, { 8, 0x28, 0x829b0020, BUSY },
		{ 0, 0x28, 0x829b0020, BUSY },       { 0x28, 0x28, 0x829b0022, CHARGED },
		{ 0x28, 0x28, 0x80000000, PROCESS }, { 0x28, 0x28, 0x7ffffffc, CHARGED },
		{ 0x28, 0x28, 0, CHARGED },          { 0x28, 0x28, UINT32_MAX, CHARGED },
	};
	struct kst_layout *layout = pool_layout(POOL_2003_X86);

	(void)state;
	for (size_t i = 0; i < ROWS_COUNT(cases); i++) {
		struct kst_pool_header header = { .size = sizeof header };
		bool raw = (cases[i].present & KST_POOL_HEADER_HAS_QUOTA_RAW) != 0;
		uint8_t block[0x28] = { 0 }, *part;

		put(block, cases[i].size / 8 << 16 | 0xdu << 25, 4);
		memcpy(block + 4, "Proc", 4);
		if (cases[i].size > 8)
			put(block + cases[i].size - 4, cases[i].pointer, 4);
		part = exact_copy(block, cases[i].len);
		assert_int_equal(kst_decode_pool_header(layout, part, cases[i].len, XP, &header, NULL), KST_OK);
		assert_true(header.present == cases[i].present);
		assert_true(header.quota_raw == (raw ? cases[i].pointer : 0));
		assert_true(header.quota_process == (header.present == PROCESS ? cases[i].pointer : 0));
		free(part);
	}
	free(layout);
}

/* Signs that pointers are encoded: the lookasides of 6.2, the large table's own pointer, the cookie's symbol. */
static void signs_of_a_cookie(void **state)
{
	static const struct member_row signs[] = {
		{ "_KPRCB", "PPNxPagedLookasideList", 0x880, 8, 0, 0 },
		{ "_POOL_TRACKER_BIG_PAGES", "ProcessBilled", 0x18, 8, 0, 0 },
		{ "@", "ExpPoolQuotaCookie", 0x1234, 0, 0, 0 },
		{ "_POOL_TRACKER_BIG_PAGES", "QuotaObject", 0x10, 8, 0, 0 },
	};
	struct member_row with[] = { ROWS_HEADER_X64,
				     { "_POOL_TRACKER_BIG_PAGES", "NumberOfBytes", 0x10, 8, 0, 0 },
				     signs[0] };
	uint8_t bytes[16] = { 0, 0, 0x15, 0xa, 'I', 'o', ' ', ' ' };

	(void)state;
	put(bytes + 8, EPA, 8);
	for (size_t i = 0; i < ROWS_COUNT(signs); i++) {
		struct kst_pool_header header = { .size = sizeof header };
		struct kst_layout *layout;

		with[ROWS_COUNT(with) - 1] = signs[i];
		layout = layout_from_rows(with, ROWS_COUNT(with), 8);
		assert_int_equal(kst_decode_pool_header(layout, bytes, 16, W7, &header, NULL), KST_OK);
		assert_true(header.present == (i < 3 ? CHARGED : PROCESS));
		free(layout);
	}
}

/* Synthetic: cookie 0123456789abcdef, header ffff910ffe692000, process ffff910fecae0040; x86 likewise. */
static void decodes_with_the_cookie(void **state)
{
	static const struct {
		enum pool_layout layout;
		uint64_t address, cookie, raw;
		kst_status st;
		uint64_t process;
	} cases[] = {
		{ POOL_19041_X64, 0xffff910ffe692000, 0x0123456789abcdef, 0x012345679b6cedaf, KST_OK,
		  0xffff910fecae0040 },
		/* a wrong cookie */
		{ POOL_19041_X64, 0xffff910ffe692000, 0x0123456789abcdee, 0x012345679b6cedaf, KST_E_CORRUPT, 5 },
		/* 0 and -1 behind the encoding */
		{ POOL_19041_X64, 0xffff910ffe692000, 0x0123456789abcdef, 0xfedcd46877c2edef, KST_E_NO_MEMBER, 5 },
		{ POOL_19041_X64, 0xffff910ffe692000, 0x0123456789abcdef, 0x01232b97883d1210, KST_E_NO_MEMBER, 5 },
		{ POOL_19041_X64, 0xffff910ffe692000, 0x0123456789abcdef, 0x012345679b6cedac, KST_E_CORRUPT, 5 },
		/* stored as it is: the cookie is not used */
		{ POOL_7_X64, W7, 0x0123456789abcdef, EPA, KST_OK, EPA },
		{ POOL_7_X64, W7, 0x0123456789abcdef, 0, KST_E_NO_MEMBER, 5 },
		{ POOL_7_X64, W7, 0, UINT32_MAX, KST_E_CORRUPT, 5 },
		{ POOL_7_X86, XP, 0, 0x829b0020, KST_OK, 0x829b0020 },
		{ POOL_7_X86, XP, 0, 0xf00000000829b002, KST_E_CORRUPT, 5 },
		{ POOL_7_X86, XP, 0, 0xf0000000829b0020, KST_OK, 0x829b0020 },
		{ POOL_7_X86, XP, 0, UINT32_MAX, KST_E_NO_MEMBER, 5 },
	};

	(void)state;
	for (size_t i = 0; i < ROWS_COUNT(cases); i++) {
		struct kst_pool_header header = { .size = sizeof header, .present = CHARGED };
		struct kst_layout *layout = pool_layout(cases[i].layout);
		uint64_t process = 5;

		header.address = cases[i].address;
		header.quota_raw = cases[i].raw;
		assert_int_equal(kst_pool_quota_process(layout, &header, cases[i].cookie, &process), cases[i].st);
		assert_true(process == cases[i].process);
		header.present = BUSY;
		process = 5;
		assert_int_equal(kst_pool_quota_process(layout, &header, cases[i].cookie, &process), KST_E_NO_MEMBER);
		assert_int_equal(kst_pool_quota_process(NULL, &header, 0, &process), KST_E_ARG);
		assert_int_equal(kst_pool_quota_process(layout, NULL, 0, &process), KST_E_ARG);
		assert_int_equal(kst_pool_quota_process(layout, &header, 0, NULL), KST_E_ARG);
		assert_int_equal(process, 5);
		free(layout);
	}
}

/* A header with one field elsewhere (length 0: it is not described) or its tag (0: none): what can be read is read. */
static void layouts_from_elsewhere(void **state)
{
	enum { PREVIOUS_SIZE = 1, POOL_INDEX, BLOCK_SIZE, POOL_TYPE };
	static const struct {
		uint32_t header, field;
		uint32_t offset, length, bit_pos, bit_len; /* of the field */
		uint32_t tag;
		uint32_t unit; /* 0: no header at all */
		uint64_t present;
		uint32_t value; /* of the field as stored */
	} cases[] = {
		{ 16, PREVIOUS_SIZE, 0, 0, 0, 0, 4, 0, 0, 0 },
		{ 16, PREVIOUS_SIZE, 0, 4, 0, 16, 4, 16, BUSY, 0x703 },
		{ 16, PREVIOUS_SIZE, 0, 2, 0, 0, 4, 16, BUSY, 0x703 },
		{ 16, PREVIOUS_SIZE, 0, 4, 0, 17, 4, 0, 0, 0 },
		{ 16, PREVIOUS_SIZE, 0, 4, 0, 0, 4, 0, 0, 0 },
		{ 16, POOL_INDEX, 0, 0, 0, 0, 4, 16, BUSY & ~2, 0 },
		{ 16, POOL_INDEX, 4, 1, 0, 0, 4, 16, BUSY & ~2, 0 },
		{ 16, POOL_INDEX, 0, 8, 25, 8, 4, 16, BUSY & ~2, 0 },
		{ 16, POOL_INDEX, 0, 4, 31, 1, 4, 16, BUSY, 0 },
		{ 16, POOL_INDEX, 0, 4, 25, 1, 4, 16, BUSY, 1 },
		{ 16, BLOCK_SIZE, 0, 0, 0, 0, 4, 0, 0, 0 },
		{ 16, BLOCK_SIZE, 0, 4, 16, 7, 4, 0, 0, 0 },
		{ 8, BLOCK_SIZE, 0, 4, 16, 9, 4, 8, BUSY, 0x15 },
		{ 16, BLOCK_SIZE, 0, 4, 16, 9, 4, 0, 0, 0 }, /* larger than a unit: the next one would lie in it */
		{ 16, BLOCK_SIZE, 0, 4, 16, 10, 4, 0, 0, 0 },
		{ 16, POOL_TYPE, 0, 0, 0, 0, 4, 16, 0x23, 0 },
		{ 16, POOL_TYPE, 3, 1, 0, 0, 4, 16, BUSY, 2 },
		{ 8, POOL_TYPE, 3, 1, 0, 0, 4, 16, BUSY, 2 },
		{ 12, POOL_TYPE, 3, 1, 0, 0, 4, 0, 0, 0 },
		{ 0, POOL_TYPE, 3, 1, 0, 0, 4, 0, 0, 0 },
		{ 16, POOL_TYPE, 3, 1, 0, 0, 0, 16, 0x1f, 2 },
		{ 16, POOL_TYPE, 3, 1, 0, 0, 12, 16, BUSY, 2 },
		{ 16, POOL_TYPE, 3, 1, 0, 0, 13, 16, 0x1f, 2 },
		{ 8, POOL_TYPE, 3, 1, 0, 0, 8, 16, 0x1f, 2 },
	};
	static const char *const fields[] = { NULL, "PreviousSize", "PoolIndex", "BlockSize", "PoolType" };
	static const uint8_t bytes[] = "\x03\x07\x15\x02Tag!Tag!Tag!Tag!";

	(void)state;
	for (size_t i = 0; i < ROWS_COUNT(cases); i++) {
		struct member_row with[] = { { "_POOL_HEADER", NULL, cases[i].header, 0, 0, 0 },
					     { "_POOL_HEADER", "PoolTag", cases[i].tag, 4, 0, 0 },
					     { "_POOL_TRACKER_BIG_PAGES", "NumberOfBytes", 0x10, 8, 0, 0 },
					     { "_POOL_HEADER", NULL, 0, 1, 0, 0 },
					     { "_POOL_HEADER", NULL, 1, 1, 0, 0 },
					     { "_POOL_HEADER", NULL, 2, 1, 0, 0 },
					     { "_POOL_HEADER", NULL, 3, 1, 0, 0 } };
		struct kst_pool_header header = { .size = sizeof header };
		struct kst_error err = { .size = sizeof err };
		struct kst_layout *layout;
		kst_status st;

		for (uint32_t field = 1; field <= 4; field++)
			with[2 + field].path = fields[field];
		with[2 + cases[i].field] = (struct member_row){ "_POOL_HEADER",   fields[cases[i].field],
								cases[i].offset,  cases[i].length,
								cases[i].bit_pos, cases[i].bit_len };
		if (cases[i].tag == 0)
			with[1].length = 0;
		layout = layout_from_rows(with, ROWS_COUNT(with), 8);
		st = kst_decode_pool_header(layout, bytes, sizeof bytes, 0x1000, &header, &err);
		assert_int_equal(st, cases[i].unit == 0 ? KST_E_NO_MEMBER : KST_OK);
		if (st == KST_OK) {
			const uint32_t values[] = { 0, header.previous_size / 16, header.pool_index,
						    header.block_size / 8, header.pool_type };

			assert_int_equal(header.unit, cases[i].unit);
			assert_true(header.present == cases[i].present);
			assert_int_equal(values[cases[i].field], cases[i].value);
			assert_int_equal(header.generation, KST_POOL_GENERATION_VISTA);
		} else {
			assert_true(err.code == KST_E_NO_MEMBER && err.address == 0);
		}
		free(layout);
	}
}

static void generations_by_members(void **state)
{
	static const uint32_t wanted[POOL_LAYOUTS] = {
		KST_POOL_GENERATION_2000,  KST_POOL_GENERATION_NT5,       KST_POOL_GENERATION_NT5,
		KST_POOL_GENERATION_NT5,   KST_POOL_GENERATION_VISTA,     KST_POOL_GENERATION_VISTA,
		KST_POOL_GENERATION_VISTA, KST_POOL_GENERATION_VISTA,     KST_POOL_GENERATION_HEAP,
		KST_POOL_GENERATION_HEAP,  KST_POOL_GENERATION_NT5_PLAIN,
	};
	enum { NOTHING, LOCK, THREADS, CHUNK, CALLBACK };
	static const struct member_row signs[] = {
		{ "_OTHER", "Other", 0, 1, 0, 0 },
		{ "_POOL_DESCRIPTOR", "LockAddress", 0x20, 8, 0, 0 },
		{ "_POOL_DESCRIPTOR", "ThreadsProcessingDeferrals", 0x30, 4, 0, 0 },
		{ "_HEAP_VS_CHUNK_HEADER", "Sizes", 0, 8, 0, 0 },
		{ "REGISTRY_CALLBACK", NULL, 0x28, 0, 0, 0 },
	};
	static const struct {
		int first, second;
		uint32_t generation;
	} cases[] = {
		{ NOTHING, NOTHING, KST_POOL_GENERATION_UNKNOWN }, { NOTHING, CALLBACK, KST_POOL_GENERATION_UNKNOWN },
		{ LOCK, NOTHING, KST_POOL_GENERATION_NT5 },        { LOCK, CALLBACK, KST_POOL_GENERATION_NT5_PLAIN },
		{ LOCK, THREADS, KST_POOL_GENERATION_VISTA },      { THREADS, NOTHING, KST_POOL_GENERATION_VISTA },
		{ CHUNK, NOTHING, KST_POOL_GENERATION_HEAP },      { CHUNK, THREADS, KST_POOL_GENERATION_VISTA },
	};
	static const uint8_t bytes[16] = { 0, 0, 1, 2, 'T', 'a', 'g', '!' };
	struct member_row with[] = { ROWS_HEADER_X64, signs[0], signs[0] };
	struct kst_pool_header header = { .size = sizeof header };
	struct kst_layout *layout;

	(void)state;
	for (int i = 0; i < POOL_LAYOUTS; i++) {
		layout = pool_layout((enum pool_layout)i);
		assert_int_equal(kst_decode_pool_header(layout, bytes, 16, 0, &header, NULL), KST_OK);
		assert_int_equal(header.generation, wanted[i]);
		free(layout);
	}
	for (size_t i = 0; i < ROWS_COUNT(cases); i++) {
		with[ROWS_COUNT(with) - 2] = signs[cases[i].first];
		with[ROWS_COUNT(with) - 1] = signs[cases[i].second];
		layout = layout_from_rows(with, ROWS_COUNT(with), 8);
		assert_int_equal(kst_decode_pool_header(layout, bytes, 16, 0, &header, NULL), KST_OK);
		assert_int_equal(header.generation, cases[i].generation);
		/* a header type alone tells no generation, so no state */
		if (cases[i].generation == KST_POOL_GENERATION_UNKNOWN)
			assert_true(header.present == STATELESS && header.anomalies == 0 && header.pool_type == 2);
		free(layout);
	}
}

static void refuses(void **state)
{
	struct kst_layout *layout = pool_layout(POOL_7_X64), *empty = layout_from_rows(NULL, 0, 8);
	struct kst_pool_header header = { .size = sizeof header, .block_size = 77, .address = 78, .quota_raw = 79 };
	const struct kst_pool_header before = header;
	struct kst_pool_header old = { .size = 16, .block_size = 77 };
	struct kst_error err = { .size = sizeof err };
	uint8_t bytes[16] = { 0, 0, 1, 2 };

	(void)state;
	assert_int_equal(kst_decode_pool_header(empty, bytes, 16, W7, &header, NULL), KST_E_NO_MEMBER);
	assert_int_equal(kst_decode_pool_header(NULL, bytes, 16, W7, &header, &err), KST_E_ARG);
	assert_true(err.code == KST_E_ARG && err.address == W7);
	assert_int_equal(kst_decode_pool_header(layout, NULL, 16, W7, &header, NULL), KST_E_ARG);
	assert_int_equal(kst_decode_pool_header(layout, bytes, 16, W7, NULL, NULL), KST_E_ARG);
	assert_memory_equal(&header, &before, sizeof header);
	assert_int_equal(kst_decode_pool_header(layout, bytes, 16, W7, &old, &err), KST_E_ABI);
	assert_true(err.code == KST_E_ABI && err.address == W7);
	assert_int_equal(old.block_size, 77);
	free(layout);
	free(empty);
}

/* The decoders of table entries begin alike. */
static void entries_refuse_alike(void **state)
{
	struct kst_layout *layout = pool_layout(POOL_7_X64);
	struct kst_large_allocation large = { .size = sizeof large, .bytes = 77 };
	struct kst_pool_usage usage = { .size = sizeof usage, .tables = 77 };
	const uint8_t bytes[0x28] = { 0 };
	struct kst_error err = { .size = sizeof err };

	(void)state;
	assert_int_equal(kst_decode_large_allocation(NULL, bytes, 0x18, W7, &large, &err), KST_E_ARG);
	assert_true(err.code == KST_E_ARG && err.address == W7);
	assert_int_equal(kst_decode_pool_usage(layout, NULL, 0x28, W81, &usage, &err), KST_E_ARG);
	assert_true(err.code == KST_E_ARG && err.address == W81);
	large.size = 8;
	usage.size = sizeof usage + 1;
	assert_int_equal(kst_decode_large_allocation(layout, bytes, 0x18, W7, &large, &err), KST_E_ABI);
	assert_true(err.code == KST_E_ABI && err.address == W7);
	assert_int_equal(kst_decode_pool_usage(layout, bytes, 0x28, W7, &usage, NULL), KST_OK);
	assert_int_equal(usage.tables, 1);
	assert_true(large.bytes == 77);
	free(layout);
}

static void names(void **state)
{
	static const char *const generations[] = { "unknown", "2000", "nt5", "vista", "heap", "nt5-plain" };
	static const char *const states[] = { "unknown", "allocated", "free", "cached" };
	static const char *const anomalies[] = { "leaves-page", "zero-size", "previous-leaves-page",
						 "misaligned",  "pool-type", "tag",
						 "overwritten", "resync",    "adjacent-free" };

	(void)state;
	check_value_names(kst_pool_generation_name, generations, ROWS_COUNT(generations), "unknown");
	check_value_names(kst_pool_state_name, states, ROWS_COUNT(states), "unknown");
	check_bit_names(kst_pool_header_anomaly_name, anomalies, ROWS_COUNT(anomalies));
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(charged_at_the_end),      cmocka_unit_test(signs_of_a_cookie),
		cmocka_unit_test(decodes_with_the_cookie), cmocka_unit_test(layouts_from_elsewhere),
		cmocka_unit_test(generations_by_members),  cmocka_unit_test(refuses),
		cmocka_unit_test(entries_refuse_alike),    cmocka_unit_test(names),
	};

	return RUN_TESTS_AND_ROWS("pool header", tests, rows, decodes);
}
