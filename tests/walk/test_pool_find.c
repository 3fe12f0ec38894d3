/* SPDX-License-Identifier: MIT */
/* Which allocation is this: the large table first, the page's whole chain, and no guess where it does not close. */
#include "support/pool_machine.h"

#define EVIDENCE_LARGE KST_POOL_EVIDENCE_LARGE_ENTRY
#define EVIDENCE_NONE  KST_POOL_EVIDENCE_NO_LARGE_ENTRY

static uint64_t page_at(const struct pool_machine *m)
{
	return m->kernel + 0x8e13000;
}

/* Ranges, a table, and the published page with one byte changed. */
static void forge(struct pool_machine *m, enum pool_layout which, uint32_t at, uint8_t value)
{
	uint8_t *page;

	pool_machine_begin(m, which);
	pool_table(m, 64);
	page = image_page(m->img, page_at(m));
	pool_forge(page, which, 0, pool_page_8e13, ROWS_COUNT(pool_page_8e13));
	if (at != 0)
		page[at] = value;
	pool_global(m, "MmNonPagedPoolStart", m->kernel + 0x8000000);
	pool_global(m, "MmNonPagedPoolEnd", m->kernel + 0x9000000);
	pool_global(m, "MmPagedPoolStart", m->kernel + 0x10000000);
	pool_global(m, "MmPagedPoolEnd", m->kernel + 0x10ffffff);
}

static struct kst_pool_verdict find(struct pool_machine *m, uint64_t address)
{
	struct kst_pool_verdict v = { .size = sizeof v }, again = { .size = sizeof again };
	struct kst_large_index *index = malloc(kst_large_index_size(m->entries));
	kst_status st;

	assert_non_null(index);
	assert_int_equal(kst_pool_find(m->target, NULL, address, &v, NULL), KST_OK);
	/* with an index the verdict is the same */
	st = kst_large_index_init(index, kst_large_index_size(m->entries), m->target, NULL, NULL);
	if (st == KST_OK) {
		assert_int_equal(kst_pool_find(m->target, index, address, &again, NULL), KST_OK);
		assert_memory_equal(&v, &again, sizeof v);
	}
	free(index);
	return v;
}

static void classic_block(void **state)
{
	struct kst_pool_verdict v;
	struct pool_machine m;

	(void)state;
	forge(&m, POOL_7_X64, 0, 0);
	pool_machine_finish(&m);
	v = find(&m, page_at(&m) + 0x318);
	assert_int_equal(v.kind, KST_POOL_KIND_CLASSIC);
	assert_true(v.base == page_at(&m) + 0x270 && v.bytes == 0xc0 && v.data == page_at(&m) + 0x280 &&
		    v.header == v.base);
	assert_string_equal(v.tag_text, "FMsl");
	assert_int_equal(v.state, KST_POOL_STATE_ALLOCATED);
	assert_true(v.evidence == (EVIDENCE_NONE | KST_POOL_EVIDENCE_PAGE_CHAIN | KST_POOL_EVIDENCE_REGION_AGREES));
	assert_int_equal(v.region, KST_POOL_REGION_NONPAGED);
	assert_int_equal(v.anomalies, 0);
	/* the first and the last byte of a block belong to it */
	assert_true(find(&m, page_at(&m) + 0x270).base == page_at(&m) + 0x270);
	assert_true(find(&m, page_at(&m) + 0x32f).base == page_at(&m) + 0x270);
	assert_true(find(&m, page_at(&m) + 0x330).base == page_at(&m) + 0x330);
	v = find(&m, page_at(&m) + 0x258);
	assert_int_equal(v.state, KST_POOL_STATE_FREE);
	assert_int_equal(v.anomalies, KST_POOL_VERDICT_ANOMALY_STALE_TAG);
	v = find(&m, page_at(&m));
	assert_int_equal(v.protected_tag, 1);
	assert_string_equal(v.tag_text, "File");
	/* nothing there, and nothing that was ever pool */
	v = find(&m, page_at(&m) + 0x5000);
	assert_int_equal(v.kind, KST_POOL_KIND_NONE);
	assert_true((v.evidence & KST_POOL_EVIDENCE_UNREADABLE) != 0);
	v = find(&m, 0x1000);
	assert_int_equal(v.kind, KST_POOL_KIND_NONE);
	assert_int_equal(v.region, KST_POOL_REGION_OUTSIDE);
	pool_machine_end(&m);
}

/* The published case where a debugger read the contents of a large allocation as headers (worked examples 7 to 10). */
static void large_comes_first(void **state)
{
	static const uint8_t contents[16] = { 1, 0x80, 0x55, 0, 0x42, 0x32, 0x37, 0x32 };
	static const struct pool_block tail[] = { { 0x10, 2, "Frag" }, { 0x40, 0, "Free" } };
	struct kst_pool_verdict v;
	struct pool_machine m;
	uint64_t large;

	(void)state;
	forge(&m, POOL_7_X64, 0, 0);
	large = m.kernel + 0x8a5000;
	pool_large(&m, 11, large, 0x1fb0, "Io  ");
	memcpy(image_page(m.img, large), contents, sizeof contents);
	pool_forge(image_page(m.img, large + 0x1000), POOL_7_X64, 0xfb0, tail, 2);
	/* a page of a large allocation that looks like a perfect pool page is still none */
	pool_large(&m, 12, page_at(&m) - 0x2000, 0x3000, "Look");
	pool_machine_finish(&m);
	for (uint64_t at = large; at < large + 0x1fb0; at += 0x11b) {
		v = find(&m, at);
		assert_int_equal(v.kind, KST_POOL_KIND_LARGE);
		assert_true(v.base == large && v.bytes == 0x1fb0 && v.data == large &&
			    v.container == m.table + 11 * 0x18);
		assert_string_equal(v.tag_text, "Io  ");
		assert_true((v.evidence & EVIDENCE_LARGE) != 0 && (v.present & KST_POOL_VERDICT_HAS_HEADER) == 0);
	}
	v = find(&m, page_at(&m) + 0x318);
	assert_int_equal(v.kind, KST_POOL_KIND_LARGE);
	assert_string_equal(v.tag_text, "Look");
	/* the rest of the last page is blocks again, but lies outside the ranges that this machine knows: no verdict */
	v = find(&m, large + 0x1fb8);
	assert_true((v.evidence & KST_POOL_EVIDENCE_LARGE_TAIL) != 0);
	assert_int_equal(v.kind, KST_POOL_KIND_INCONSISTENT);
	assert_int_equal(v.region, KST_POOL_REGION_OUTSIDE);
	pool_machine_end(&m);
	/* no room for a header behind it: the page's contents are still none */
	pool_machine_begin(&m, POOL_7_X64);
	pool_table(&m, 64);
	pool_large(&m, 12, page_at(&m) - 0x2000, 0x2ff8, "Look");
	pool_forge(image_page(m.img, page_at(&m)), POOL_7_X64, 0, pool_page_8e13, ROWS_COUNT(pool_page_8e13));
	pool_machine_finish(&m);
	v = find(&m, page_at(&m) + 0xffc);
	assert_true((v.evidence & KST_POOL_EVIDENCE_LARGE_TAIL) != 0);
	assert_int_equal(v.kind, KST_POOL_KIND_NONE);
	pool_machine_end(&m);
	/* with no ranges known it is Frag and Free */
	pool_machine_begin(&m, POOL_7_X64);
	pool_table(&m, 64);
	pool_large(&m, 11, large, 0x1fb0, "Io  ");
	pool_forge(image_page(m.img, large + 0x1000), POOL_7_X64, 0xfb0, tail, 2);
	pool_machine_finish(&m);
	v = find(&m, large + 0x1fb8);
	assert_int_equal(v.kind, KST_POOL_KIND_CLASSIC);
	assert_string_equal(v.tag_text, "Frag");
	v = find(&m, large + 0x1ff8);
	assert_int_equal(v.state, KST_POOL_STATE_FREE);
	pool_machine_end(&m);
}

struct row {
	const char *name;
	uint32_t at;
	uint8_t value;
	uint32_t asked, kind, rule, offset;
	uint64_t evidence;
	uint32_t candidates, first, second;
};

#define BROKEN KST_POOL_KIND_INCONSISTENT
static const struct row rows[] = {
	{ "asked before a broken size", 0x272, 0, 0x260, BROKEN, KST_POOL_RULE_ZERO_SIZE, 0x270,
	  KST_POOL_EVIDENCE_CHAIN_TO_BLOCK, 2, 0x250, 0x330 },
	{ "asked in the block of a broken size", 0x272, 0, 0x318, BROKEN, KST_POOL_RULE_ZERO_SIZE, 0x270, 0, 2, 0x250,
	  0x330 },
	{ "asked for its first byte", 0x272, 0, 0x270, BROKEN, KST_POOL_RULE_ZERO_SIZE, 0x270, 0, 2, 0x250, 0x330 },
	{ "asked behind it", 0x272, 0, 0x400, BROKEN, KST_POOL_RULE_ZERO_SIZE, 0x270, 0, 2, 0x330, 0x480 },
	{ "size leaves the page", 0x272, 0xff, 0x318, BROKEN, KST_POOL_RULE_LEAVES_PAGE, 0x270, 0, 2, 0x250, 0x330 },
	{ "neighbours differ", 0x330, 0x0d, 0x318, BROKEN, KST_POOL_RULE_PREVIOUS_DIFFERS, 0x330,
	  KST_POOL_EVIDENCE_CHAIN_TO_BLOCK, 2, 0x270, 0x480 },
	{ "the last header is broken", 0xea2, 0x17, 0xf00, BROKEN, KST_POOL_RULE_LEAVES_PAGE, 0xea0, 0, 1, 0xd40, 0 },
	{ "the first header is broken", 0x002, 0, 0x318, BROKEN, KST_POOL_RULE_ZERO_SIZE, 0, 0, 2, 0x270, 0x330 },
};

static void no_verdict_on_a_damaged_page(void **state)
{
	const struct row *row = *state;
	struct kst_pool_verdict v;
	struct pool_machine m;

	forge(&m, POOL_7_X64, row->at, row->value);
	pool_machine_finish(&m);
	v = find(&m, page_at(&m) + row->asked);
	assert_int_equal(v.kind, row->kind);
	assert_int_equal(v.rule, row->rule);
	assert_int_equal(v.rule_offset, row->offset);
	assert_int_equal(v.present & KST_POOL_VERDICT_HAS_EXTENT, 0);
	assert_true((v.evidence & (KST_POOL_EVIDENCE_CHAIN_TO_BLOCK | KST_POOL_EVIDENCE_PAGE_CHAIN)) == row->evidence);
	assert_true((v.anomalies & KST_POOL_VERDICT_ANOMALY_PAGE_CORRUPT) != 0);
	assert_int_equal(v.candidates_count, row->candidates);
	assert_true(v.candidates[0].address == page_at(&m) + row->first);
	if (row->candidates > 1)
		assert_true(v.candidates[1].address == page_at(&m) + row->second);
	pool_machine_end(&m);
}

static void other_pages(void **state)
{
	static const struct pool_block page_of_paged[] = { { 0x800, 3, "CM31" }, { 0x800, 0x2b, "Gh05" } };
	struct kst_pool_verdict v;
	struct pool_machine m;
	uint8_t *page;

	(void)state;
	forge(&m, POOL_7_X64, 0, 0);
	/* two sound headers and then garbage: data, not a damaged page of pool */
	page = image_page(m.img, page_at(&m) + 0x1000);
	pool_forge(page, POOL_7_X64, 0, pool_page_8e13, 2);
	/* paged blocks in the nonpaged range, and a chain outside of all ranges */
	pool_forge(image_page(m.img, page_at(&m) + 0x2000), POOL_7_X64, 0, page_of_paged, 2);
	pool_forge(image_page(m.img, m.kernel + 0x20000000), POOL_7_X64, 0, page_of_paged, 2);
	pool_machine_finish(&m);
	v = find(&m, page_at(&m) + 0x1010);
	assert_int_equal(v.kind, KST_POOL_KIND_NONE);
	assert_int_equal(v.rule, KST_POOL_RULE_ZERO_SIZE);
	assert_int_equal(v.rule_offset, 0x180);
	v = find(&m, page_at(&m) + 0x2010);
	assert_int_equal(v.kind, KST_POOL_KIND_CLASSIC);
	assert_int_equal(v.anomalies, KST_POOL_VERDICT_ANOMALY_HEADER_SUSPECT);
	v = find(&m, m.kernel + 0x20000010);
	assert_int_equal(v.kind, KST_POOL_KIND_INCONSISTENT);
	assert_true((v.evidence & KST_POOL_EVIDENCE_OUTSIDE_RANGES) != 0);
	/* but a session's pool has ranges of its own */
	v = find(&m, m.kernel + 0x20000810);
	assert_int_equal(v.kind, KST_POOL_KIND_CLASSIC);
	assert_int_equal(v.region, KST_POOL_REGION_SESSION);
	pool_machine_end(&m);
}

static void free_page_and_sign_extension(void **state)
{
	static const struct pool_block blocks[] = { { 0x28, 2, "None" }, { 0xfd8, 1, "Thre" } };
	struct kst_pool_verdict v;
	struct pool_machine m;

	(void)state;
	pool_machine_begin(&m, POOL_PLAIN_X86);
	pool_table(&m, 64);
	pool_global(&m, "MmNonPagedPoolStart", 0xb0000000);
	pool_global(&m, "MmNonPagedPoolEnd0", 0xb1000000);
	memcpy(image_page(m.img, 0xb0241000) + 0xc, "\x33\x4d\x52\x41", 4);
	pool_forge(image_page(m.img, 0xb0242000), POOL_PLAIN_X86, 0, blocks, 2);
	pool_machine_finish(&m);
	v = find(&m, 0xb0241123);
	assert_int_equal(v.kind, KST_POOL_KIND_NONE);
	assert_int_equal(v.state, KST_POOL_STATE_FREE);
	assert_true((v.evidence & KST_POOL_EVIDENCE_FREE_PAGE) != 0);
	v = find(&m, 0xffffffffb0242100);
	assert_int_equal(v.kind, KST_POOL_KIND_CLASSIC);
	assert_true(v.address == 0xb0242100 && v.base == 0xb0242028);
	pool_machine_end(&m);
}

/* 0x40 bytes at the end of a page of special pool. */
static void special_page(uint8_t *page)
{
	memset(page, 0x7f, 0x1000);
	memcpy(page,
	       "\x40\x00\x7f\x00"
	       "Tag!",
	       8);
	memset(page + 0xfc0, 0xd1, 0x40);
}

static void special_pool(void **state)
{
	struct kst_pool_verdict v;
	struct pool_machine m;
	uint64_t special;

	(void)state;
	for (int known = 0; known < 2; known++) {
		uint8_t *page;

		pool_machine_begin(&m, POOL_7_X64);
		pool_table(&m, 64);
		special = m.kernel + 0x30000000;
		if (known) {
			pool_global(&m, "MmSpecialPoolStart", special);
			pool_global(&m, "MmSpecialPoolEnd", special + 0x1000000);
		}
		page = image_page(m.img, special + 0x2000);
		special_page(page);
		pool_machine_finish(&m);
		v = find(&m, special + 0x2fd0);
		assert_int_equal(v.kind, KST_POOL_KIND_SPECIAL);
		assert_true(v.base == special + 0x2fc0 && v.bytes == 0x40 && v.header == special + 0x2000);
		assert_string_equal(v.tag_text, "Tag!");
		assert_true((v.evidence & KST_POOL_EVIDENCE_SPECIAL_PATTERN) != 0);
		assert_int_equal((v.evidence & KST_POOL_EVIDENCE_SPECIAL_RANGE) != 0, known);
		page[0xf00] = 1;
		v = find(&m, special + 0x2fd0);
		assert_int_equal(v.kind, known ? KST_POOL_KIND_INCONSISTENT : KST_POOL_KIND_NONE);
		/* without the guard page behind it, the pattern alone is not enough */
		page[0xf00] = 0x7f;
		image_page(m.img, special + 0x3000);
		v = find(&m, special + 0x2fd0);
		assert_int_equal(v.kind, known ? KST_POOL_KIND_SPECIAL : KST_POOL_KIND_NONE);
		pool_machine_end(&m);
	}
}

/* 7 x64: the ranges of pool are known, that of special pool is not. */
static void special_pool_outside(void **state)
{
	struct kst_pool_verdict v;
	struct pool_machine m;
	uint64_t special;

	(void)state;
	forge(&m, POOL_7_X64, 0, 0);
	special = m.kernel + 0x30000000;
	special_page(image_page(m.img, special));
	pool_machine_finish(&m);
	v = find(&m, special + 0xfd0);
	assert_int_equal(v.kind, KST_POOL_KIND_SPECIAL);
	assert_int_equal(v.region, KST_POOL_REGION_SPECIAL);
	assert_true((v.evidence & KST_POOL_EVIDENCE_OUTSIDE_RANGES) == 0 && v.base == special + 0xfc0);
	/* in a range of pool the pattern is nothing */
	special_page(image_page(m.img, m.kernel + 0x8001000));
	assert_int_equal(find(&m, m.kernel + 0x8001fd0).kind, KST_POOL_KIND_NONE);
	pool_machine_end(&m);
}

static void partial_evidence_is_told(void **state)
{
	static const struct pool_block xp[] = { { 0x28, 5, "None" }, { 0xfd8, 5, "Thre" } };
	struct kst_pool_verdict v;
	struct pool_machine m;

	(void)state;
	forge(&m, POOL_7_X64, 0, 0);
	pool_large(&m, 20, (m.kernel + 0x8000000) | 1, 0x2000, "Gone");
	pool_machine_finish(&m);
	v = find(&m, m.kernel + 0x8000010);
	assert_true(v.evidence == (EVIDENCE_NONE | KST_POOL_EVIDENCE_FREED_ENTRY | KST_POOL_EVIDENCE_UNREADABLE));
	image_unmap(m.img, m.table);
	v = find(&m, page_at(&m) + 0x318);
	assert_int_equal(v.kind, KST_POOL_KIND_CLASSIC);
	assert_true((v.evidence & KST_POOL_EVIDENCE_LARGE_TABLE_PARTIAL) != 0 && (v.evidence & EVIDENCE_NONE) == 0);
	image_unmap(m.img, m.globals);
	v = find(&m, page_at(&m) + 0x318);
	assert_true((v.evidence & KST_POOL_EVIDENCE_NO_LARGE_TABLE) != 0);
	assert_int_equal(v.region, KST_POOL_REGION_UNKNOWN);
	pool_machine_end(&m);
	/* XP without pool tagging: a verdict without a table */
	pool_machine_begin(&m, POOL_XP_X86);
	pool_global(&m, "PoolBigPageTable", 0);
	pool_global(&m, "PoolBigPageTableSize", 0);
	pool_forge(image_page(m.img, 0xb0242000), POOL_XP_X86, 0, xp, ROWS_COUNT(xp));
	pool_machine_finish(&m);
	v = find(&m, 0xb0242100);
	assert_int_equal(v.kind, KST_POOL_KIND_CLASSIC);
	assert_true(v.base == 0xb0242028 && (v.evidence & KST_POOL_EVIDENCE_NO_LARGE_TABLE) != 0);
	pool_machine_end(&m);
}

static void charged_process(void **state)
{
	static const struct pool_block blocks[] = { { 0x100, 0xa, "File" }, { 0xf00, 2, "Ntfx" } };
	struct kst_pool_verdict v;
	struct pool_machine m;
	uint64_t at;

	(void)state;
	pool_machine_begin(&m, POOL_81_X64);
	pool_table(&m, 64);
	pool_global(&m, "ExpPoolQuotaCookie", 0x0123456789abcdef);
	at = page_at(&m);
	pool_forge(image_page(m.img, at), POOL_81_X64, 0, blocks, 2);
	image_put64(m.img, at + 8, 0xfffffa8001234560 ^ 0x0123456789abcdef ^ at);
	pool_machine_finish(&m);
	v = find(&m, at + 0x20);
	assert_true((v.present & KST_POOL_VERDICT_HAS_PROCESS) != 0 && v.process == 0xfffffa8001234560);
	v = find(&m, at + 0x200);
	assert_int_equal(v.present & KST_POOL_VERDICT_HAS_PROCESS, 0);
	pool_machine_end(&m);
}

static kst_status run(struct pool_machine *m, bool failing)
{
	struct kst_pool_verdict v = { .size = sizeof v, .kind = 77 };
	kst_status st = kst_pool_find(m->target, NULL, page_at(m) + 0x318, &v, NULL);

	if (st != KST_OK)
		assert_int_equal(v.kind, 77);
	else if (!failing)
		assert_int_equal(v.kind, KST_POOL_KIND_CLASSIC);
	else if (v.kind == KST_POOL_KIND_CLASSIC)
		assert_true(v.base == page_at(m) + 0x270); /* never another block */
	return st;
}

/* Special pool outside of known ranges: whether its guard page is there is asked as well. */
static kst_status run_special(struct pool_machine *m, bool failing)
{
	struct kst_pool_verdict v = { .size = sizeof v, .kind = 77 };
	kst_status st = kst_pool_find(m->target, NULL, m->kernel + 0x30002fd0, &v, NULL);

	if (st != KST_OK)
		assert_int_equal(v.kind, 77);
	else if (!failing)
		assert_int_equal(v.kind, KST_POOL_KIND_SPECIAL);
	return st;
}

static void survives_failing_reads(void **state)
{
	struct pool_machine m;
	uint8_t *page;

	(void)state;
	forge(&m, POOL_7_X64, 0, 0);
	pool_machine_finish(&m);
	pool_sweep(&m, run);
	pool_machine_end(&m);
	pool_machine_begin(&m, POOL_7_X64);
	page = image_page(m.img, m.kernel + 0x30002000);
	special_page(page);
	pool_machine_finish(&m);
	pool_sweep(&m, run_special);
	pool_machine_end(&m);
}

static void arguments_and_names(void **state)
{
	struct kst_pool_verdict v = { .size = sizeof v }, old = { .size = 8 };
	struct kst_layout *empty = layout_from_rows(NULL, 0, 8);
	struct pool_machine m;
	struct kst_target *bare;

	(void)state;
	forge(&m, POOL_7_X64, 0, 0);
	pool_machine_finish(&m);
	assert_int_equal(kst_pool_find(NULL, NULL, 0, &v, NULL), KST_E_ARG);
	assert_int_equal(kst_pool_find(m.target, NULL, 0, NULL, NULL), KST_E_ARG);
	assert_int_equal(kst_pool_find(m.target, NULL, 0, &old, NULL), KST_E_ABI);
	bare = image_target(m.img, empty);
	assert_int_equal(kst_pool_find(bare, NULL, 0, &v, NULL), KST_E_NO_MEMBER);
	assert_string_equal(kst_pool_kind_name(KST_POOL_KIND_HEAP_LARGE), "heap-large");
	assert_string_equal(kst_pool_kind_name(99), "unknown");
	assert_string_equal(kst_pool_evidence_name(KST_POOL_EVIDENCE_NO_HEAP_METADATA), "no-heap-metadata");
	assert_null(kst_pool_evidence_name((uint64_t)1 << 50));
	assert_string_equal(kst_pool_verdict_anomaly_name(KST_POOL_VERDICT_ANOMALY_PAGE_CORRUPT), "page-corrupt");
	pool_machine_end(&m);
	free(empty);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(classic_block),
		cmocka_unit_test(large_comes_first),
		cmocka_unit_test(other_pages),
		cmocka_unit_test(free_page_and_sign_extension),
		cmocka_unit_test(special_pool),
		cmocka_unit_test(special_pool_outside),
		cmocka_unit_test(partial_evidence_is_told),
		cmocka_unit_test(charged_process),
		cmocka_unit_test(survives_failing_reads),
		cmocka_unit_test(arguments_and_names),
	};

	return RUN_TESTS_AND_ROWS("pool find", tests, rows, no_verdict_on_a_damaged_page);
}
