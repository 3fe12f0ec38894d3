/* SPDX-License-Identifier: MIT */
/* Entries of the large-allocation table in their four sizes. */
#include "support/decoding.h"
#include "support/pool_layouts.h"

#define USED      KST_POOL_STATE_ALLOCATED
#define FREE      KST_POOL_STATE_FREE
#define NONE      KST_POOL_REGION_UNKNOWN
#define NONPAGED  KST_POOL_REGION_NONPAGED
#define PAGED     KST_POOL_REGION_PAGED
#define SESSION   KST_POOL_REGION_SESSION
#define MISPLACED KST_LARGE_ALLOCATION_ANOMALY_MISALIGNED
#define USER      KST_LARGE_ALLOCATION_ANOMALY_NOT_KERNEL
#define LENGTH    KST_LARGE_ALLOCATION_ANOMALY_LENGTH

/* What is there: address, length and tag always, then the type, executable, slush; quota as stored, as a process. */
#define PLAIN   0x7
#define TYPE    0xf
#define EXEC    0x1f
#define SLUSH   0x2f
#define LATE_NP 0x3f
#define QUOTA   0x40
#define PROCESS 0xc0

/* What is stored, then what it means. */
struct row {
	const char *name;
	enum pool_layout layout;
	uint64_t va;
	const char *tag;
	uint32_t type, pattern, slush;
	uint64_t length, quota; /* before 6.0 the length is in pages */
	uint32_t state;
	uint64_t bytes;
	uint32_t region, executable;
	uint64_t present, anomalies;
};

#define X86 0x82ba5000
#define X64 0xfffffa800dba5000
#define W10 0xffffe0000dba5000
#define EPA 0xfffffa8005b3c040
#define TOP 0xfffffffffffff000

static const struct row rows[] = {
	{ "10: 7 x64", POOL_7_X64, X64, "Io  ", 0, 0, 0, 0x1fb0, 0, USED, 0x1fb0, NONPAGED, 1, EXEC, 0 },
	{ "10: after its free", POOL_7_X64, X64 | 1, "Io  ", 0, 0, 0, 0x1fb0, 0, FREE, 0x1fb0, NONPAGED, 1, EXEC, 0 },
	{ "never used", POOL_7_X64, 1, "\0\0\0\0", 0, 0, 0, 0, 0, FREE, 0, NONPAGED, 1, EXEC, 0 },
	{ "zeros", POOL_7_X64, 0, "\0\0\0\0", 0, 0, 0, 0, 0, FREE, 0, NONPAGED, 1, EXEC, 0 },
	{ "freed: no longer judged", POOL_7_X64, 0xdba5011, "Io  ", 0, 0, 0, 0, 0, FREE, 0, NONPAGED, 1, EXEC, 0 },
	{ "XP", POOL_XP_X86, X86, "CM  ", 0, 0, 0, 3, 0, USED, 0x3000, NONE, 0, PLAIN, 0 },
	{ "2003 x86", POOL_2003_X86, X86, "Gdev", 0, 0, 0, 2, 0, USED, 0x2000, NONE, 0, PLAIN | QUOTA, 0 },
	{ "2003 x86, charged", POOL_2003_X86, X86, "Gdev", 0, 0, 0, 2, 0x829b0020, USED, 0x2000, NONE, 0,
	  PLAIN | PROCESS, 0 },
	{ "2003 x64", POOL_2003_X64, X64, "CM  ", 0, 0, 0, 0x10203, 0, USED, 0x10203000, NONE, 0, PLAIN | QUOTA, 0 },
	{ "2003 x64, charged", POOL_2003_X64, X64, "CM  ", 0, 0, 0, 1, EPA, USED, 0x1000, NONE, 0, PLAIN | PROCESS, 0 },
	{ "2003 x64, no pointer", POOL_2003_X64, X64, "CM  ", 0, 0, 0, 1, EPA + 4, USED, 0x1000, NONE, 0, PLAIN | QUOTA,
	  0 },
	{ "7 x86, nonpaged", POOL_7_X86, X86, "Gdev", 0, 0, 0, 0x2345, 0, USED, 0x2345, NONPAGED, 1, EXEC, 0 },
	{ "7 x86, paged session", POOL_7_X86, X86, "Gde\xf6", 0x21, 0, 0, 0x2000, 0, USED, 0x2000, SESSION, 0, TYPE,
	  0 },
	{ "7 x64, paged", POOL_7_X64, X64, "Io  ", 1, 0, 0, 0x2000, 0, USED, 0x2000, PAGED, 0, TYPE, 0 },
	{ "8.1, nonpaged Nx", POOL_81_X64, W10, "Io  ", 0x200, 0, 0, 0x2000, 0, USED, 0x2000, NONPAGED, 0, EXEC, 0 },
	{ "8.1, nonpaged session Nx", POOL_81_X64, W10, "Io  ", 0x220, 0, 0, 0x2000, 0, USED, 0x2000, SESSION, 0, EXEC,
	  0 },
	{ "19041, paged, slush", POOL_19041_X64, W10, "Io \xa0", 1, 0x5b, 0xfb0, 0x2000, 0, USED, 0x2000, PAGED, 0,
	  SLUSH, 0 },
	{ "19041, Nx, no slush", POOL_19041_X64, W10, "Io  ", 0x200, 0, 0, 0x2000, 0, USED, 0x2000, NONPAGED, 0,
	  LATE_NP, 0 },
	{ "19041, executable", POOL_19041_X64, W10, "Io  ", 0x810, 0xf1, 0x123, 0x2000, 0, USED, 0x2000, NONPAGED, 1,
	  LATE_NP, 0 },
	/* POOL_FLAGS from 20348 on: quota (1) and Nx (0x40), read as POOL_TYPE, would be paged */
	{ "22000, quota and Nx", POOL_22000_X64, W10, "Io  ", 0x41, 0x5b, 0x12b, 0x2000, 0x81234567899bcdef, USED,
	  0x2000, NONPAGED, 0, LATE_NP | QUOTA, 0 },
	{ "22000, executable and cache-aligned", POOL_22000_X64, W10, "Io  ", 0x88, 0, 0, 0x2000, 0, USED, 0x2000,
	  NONPAGED, 1, LATE_NP, 0 },
	{ "22000, not charged: what is left there", POOL_22000_X64, W10, "Io  ", 0x40, 0, 0, 0x2000, EPA, USED, 0x2000,
	  NONPAGED, 0, LATE_NP, 0 },
	{ "22000, paged", POOL_22000_X64, W10, "Io  ", 0x100, 0, 0, 0x2000, 0, USED, 0x2000, PAGED, 0, SLUSH, 0 },
	{ "22000, paged and quota", POOL_22000_X64, W10, "Io  ", 0x101, 0, 0, 0x2000, 7, USED, 0x2000, PAGED, 0,
	  SLUSH | QUOTA, 0 },
	{ "22000, session", POOL_22000_X64, W10, "Io  ", 0x104, 0, 0, 0x2000, 0, USED, 0x2000, SESSION, 0, SLUSH, 0 },
	{ "22000, no flag", POOL_22000_X64, W10, "Io  ", 0, 0, 0, 0x2000, 0, USED, 0x2000, NONE, 0, SLUSH, 0 },
	{ "22000, quota alone", POOL_22000_X64, W10, "Io  ", 1, 0, 0, 0x2000, 7, USED, 0x2000, NONE, 0, SLUSH | QUOTA,
	  0 },
	{ "misaligned user address without length", POOL_7_X64, 0xdba5010, "Io  ", 0, 0, 0, 0, 0, USED, 0, NONPAGED, 1,
	  EXEC, MISPLACED | USER | LENGTH },
	{ "misaligned", POOL_7_X64, X64 + 0x800, "Io  ", 0, 0, 0, 1, 0, USED, 1, NONPAGED, 1, EXEC, MISPLACED },
	{ "first kernel address", POOL_7_X64, 0xff00000000000000, "Io  ", 0, 0, 0, 1, 0, USED, 1, NONPAGED, 1, EXEC,
	  0 },
	{ "just below it", POOL_7_X64, 0xfefffffffffff000, "Io  ", 0, 0, 0, 1, 0, USED, 1, NONPAGED, 1, EXEC, USER },
	{ "above 4 GiB", POOL_7_X64, 0x180000000, "Io  ", 0, 0, 0, 1, 0, USED, 1, NONPAGED, 1, EXEC, USER },
	{ "x86: first kernel address", POOL_7_X86, 0x80000000, "Io  ", 0, 0, 0, 1, 0, USED, 1, NONPAGED, 1, EXEC, 0 },
	{ "x86: just below it", POOL_7_X86, 0x7ffff000, "Io  ", 0, 0, 0, 1, 0, USED, 1, NONPAGED, 1, EXEC, USER },
	{ "may reach the end", POOL_7_X64, TOP, "Io  ", 0, 0, 0, 0x1000, 0, USED, 0x1000, NONPAGED, 1, EXEC, 0 },
	{ "wraps", POOL_7_X64, TOP, "Io  ", 0, 0, 0, 0x1001, 0, USED, 0x1001, NONPAGED, 1, EXEC, LENGTH },
	{ "x86: may reach the end", POOL_7_X86, 0xfffff000, "Io  ", 0, 0, 0, 0x1000, 0, USED, 0x1000, NONPAGED, 1, EXEC,
	  0 },
	{ "x86: wraps", POOL_7_X86, 0xfffff000, "Io  ", 0, 0, 0, 0x1001, 0, USED, 0x1001, NONPAGED, 1, EXEC, LENGTH },
	{ "a terabyte", POOL_7_X64, X64, "Io  ", 0, 0, 0, 0x10000000000, 0, USED, 0x10000000000, NONPAGED, 1, EXEC,
	  LENGTH },
	{ "almost a terabyte", POOL_7_X64, X64, "Io  ", 0, 0, 0, 0xffffffffff, 0, USED, 0xffffffffff, NONPAGED, 1, EXEC,
	  0 },
};

static uint32_t pointer_of(const struct row *row)
{
	return pool_paging(row->layout) == KST_PAGING_X86 ? 4 : 8;
}

/* Address, tag, and a word; then, but for XP, a number of a pointer's width; from 20348 on another one. */
static size_t forge(const struct row *row, uint8_t entry[32])
{
	bool pages = row->layout <= POOL_2003_X64; /* and the charged process in the last number */
	bool late = row->layout >= POOL_17763_X64;
	uint32_t p = pointer_of(row), word = late ? row->pattern | row->type << 8 | row->slush << 20 : row->type;

	memset(entry, 0, 32);
	put(entry, row->va, p);
	memcpy(entry + p, row->tag, 4);
	put(entry + p + 4, pages ? row->length : word, 4);
	if (row->layout == POOL_XP_X86)
		return 0xc;
	put(entry + p + 8, pages ? row->quota : row->length, p);
	if (row->layout != POOL_22000_X64)
		return 2 * (size_t)p + 8;
	put(entry + 0x18, row->quota, 8);
	return 0x20;
}

/* Which of the present bits the first `len` bytes can give. */
static uint64_t bits_of(const struct row *row, size_t len)
{
	bool pages = row->layout <= POOL_2003_X64;
	uint32_t p = pointer_of(row);
	uint64_t bits = 0;

	if (len >= p)
		bits |= KST_LARGE_ALLOCATION_HAS_ADDRESS;
	if (len >= p + 4)
		bits |= KST_LARGE_ALLOCATION_HAS_TAG;
	if (len >= p + 8)
		bits |= pages ? KST_LARGE_ALLOCATION_HAS_BYTES
			      : KST_LARGE_ALLOCATION_HAS_POOL_TYPE | KST_LARGE_ALLOCATION_HAS_EXECUTABLE |
					KST_LARGE_ALLOCATION_HAS_SLUSH;
	if (len >= 2 * p + 8)
		bits |= pages ? PROCESS : KST_LARGE_ALLOCATION_HAS_BYTES;
	if (len >= 0x20)
		bits |= QUOTA;
	return bits;
}

static void check(const struct row *row, const struct kst_large_allocation *large, uint64_t present)
{
	bool flags = row->layout == POOL_22000_X64;
	bool type = (present & KST_LARGE_ALLOCATION_HAS_POOL_TYPE) != 0;
	bool tag = (present & KST_LARGE_ALLOCATION_HAS_TAG) != 0;
	bool bytes = (present & KST_LARGE_ALLOCATION_HAS_BYTES) != 0;
	bool address = (present & KST_LARGE_ALLOCATION_HAS_ADDRESS) != 0;

	assert_true(large->present == present);
	assert_true(large->anomalies == (!address ? 0 : bytes ? row->anomalies : row->anomalies & ~(uint64_t)LENGTH));
	assert_int_equal(large->size, sizeof *large);
	assert_true(large->address == (address ? row->va & ~(uint64_t)1 : 0));
	assert_int_equal(large->state, address ? row->state : KST_POOL_STATE_UNKNOWN);
	assert_true(large->bytes == (bytes ? row->bytes : 0));
	assert_int_equal(large->pool_type, type ? row->type : 0);
	assert_int_equal(large->flags_form, type && flags);
	assert_int_equal(large->region, type ? row->region : NONE);
	assert_int_equal(large->executable, type ? row->executable : 0);
	assert_int_equal(large->pattern, type ? row->pattern : 0);
	assert_int_equal(large->slush, type ? row->slush : 0);
	assert_true(large->quota_raw == ((present & QUOTA) != 0 ? row->quota : 0));
	assert_true(large->quota_process == ((present & PROCESS) == PROCESS ? row->quota : 0));
	assert_int_equal(large->protected_tag, tag && (row->tag[3] & 0x80) != 0);
	for (size_t i = 0; tag && i < 4; i++) {
		assert_int_equal(large->tag[i], row->tag[i] & 0x7f);
		assert_int_equal(large->tag_text[i], row->tag[i] == 0 ? '.' : row->tag[i] & 0x7f);
	}
	assert_true(large->entry == 0xfffffa80072df018 && large->index == 0);
}

/* The whole entry, and each beginning of it. */
static void decodes(void **state)
{
	const struct row *row = *state;
	struct kst_layout *layout = pool_layout(row->layout);
	uint8_t entry[32];
	size_t size = forge(row, entry);

	for (size_t len = 0; len <= size; len++) {
		struct kst_large_allocation large = { .size = sizeof large };
		uint8_t *bytes = exact_copy(entry, len);

		assert_int_equal(kst_decode_large_allocation(layout, len == 0 ? NULL : bytes, len, 0xfffffa80072df018,
							     &large, NULL),
				 KST_OK);
		check(row, &large, row->present & bits_of(row, len));
		free(bytes);
	}
	free(layout);
}

/* No build counts pages in 64 bits, but a layout may say so: what does not fit is no length. */
static void absurd_pages(void **state)
{
	static const struct member_row wide[] = { ROWS_BIG_PAGES(0x18, 8),
						  { "_POOL_TRACKER_BIG_PAGES", "NumberOfPages", 0x10, 8, 0, 0 } };
	struct kst_layout *layout = layout_from_rows(wide, ROWS_COUNT(wide), 8);
	struct kst_large_allocation large = { .size = sizeof large };
	uint8_t entry[0x18] = { 0 };

	(void)state;
	put(entry, X64, 8);
	put(entry + 0x10, 0xfffffffffffff, 8);
	assert_int_equal(kst_decode_large_allocation(layout, entry, sizeof entry, 0, &large, NULL), KST_OK);
	assert_true(large.bytes == 0xfffffffffffff000 && large.present == PLAIN && large.anomalies == LENGTH);
	put(entry + 0x10, 0x10000000000000, 8);
	assert_int_equal(kst_decode_large_allocation(layout, entry, sizeof entry, 0, &large, NULL), KST_OK);
	assert_true(large.bytes == 0 && large.anomalies == 0);
	assert_true(large.present == (KST_LARGE_ALLOCATION_HAS_ADDRESS | KST_LARGE_ALLOCATION_HAS_TAG));
	free(layout);
}

static void refuses(void **state)
{
	struct kst_layout *layout = pool_layout(POOL_2003_X86), *empty = layout_from_rows(NULL, 0, 8);
	struct kst_large_allocation large = { .size = sizeof large, .bytes = 77, .entry = 78, .pattern = 79 };
	const struct kst_large_allocation before = large;
	struct kst_large_allocation old = { .size = 8, .bytes = 77 };
	struct kst_error err = { .size = sizeof err };
	uint8_t entry[0x10] = { 0 };

	(void)state;
	assert_int_equal(kst_decode_large_allocation(empty, entry, 0x10, X86, &large, &err), KST_E_NO_MEMBER);
	assert_true(err.code == KST_E_NO_MEMBER && err.address == X86);
	assert_int_equal(kst_decode_large_allocation(NULL, entry, 0x10, X86, &large, NULL), KST_E_ARG);
	assert_int_equal(kst_decode_large_allocation(layout, NULL, 0x10, X86, &large, NULL), KST_E_ARG);
	assert_int_equal(kst_decode_large_allocation(layout, entry, 0x10, X86, NULL, NULL), KST_E_ARG);
	assert_memory_equal(&large, &before, sizeof large);
	assert_int_equal(kst_decode_large_allocation(layout, entry, 0x10, X86, &old, &err), KST_E_ABI);
	assert_true(err.code == KST_E_ABI && err.address == X86);
	assert_int_equal(old.bytes, 77);
	free(layout);
	free(empty);
}

static void names(void **state)
{
	static const char *const of_entry[] = { "misaligned", "not-kernel", "length", "overlap" };
	static const char *const of_table[] = { "clamped", "misaligned", "torn", "partial", "overlap", "truncated" };

	(void)state;
	check_bit_names(kst_large_allocation_anomaly_name, of_entry, ROWS_COUNT(of_entry));
	check_bit_names(kst_large_table_anomaly_name, of_table, ROWS_COUNT(of_table));
}

int main(void)
{
	static const struct CMUnitTest tests[] = { cmocka_unit_test(absurd_pages), cmocka_unit_test(refuses),
						   cmocka_unit_test(names) };

	return RUN_TESTS_AND_ROWS("large allocation", tests, rows, decodes);
}
