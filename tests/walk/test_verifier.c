/* SPDX-License-Identifier: MIT */
/* The published pool listing, a critical-region log with one unmatched enter, hostile rings. */
#include "support/image.h"
#include "support/support.h"
#include "support/sweep.h"

#include <stdlib.h>

#define VARIABLES UINT64_C(0x82100000) /* array, index, length */
#define ARRAY     UINT64_C(0x86000000)
#define LENGTH    0x4000u

/* `!verifier 80 a2b1cf20`: two entries of block a2b1ce98, the free first. */
static const uint32_t freed[] = { 0x808f1be6, 0x808f11c1, 0x808f100f, 0x8088db41, 0x8c588d68, 0x8c588cb5, 0x8088d622,
				  0x8c5954ea, 0x809b2370, 0x808f1781, 0x8c04c68e, 0x809b230c, 0x8ac4a8ba };
static const uint32_t allocated[] = { 0x822af87f, 0x808f1c88, 0x808f11f3, 0x808f1257, 0x80890933,
				      0x8c5889c2, 0x8c05c565, 0x8c07a087, 0x8c079f82, 0x8c06f3ea,
				      0x8217474f, 0x821797a1, 0x8204d16a };

static struct image *img;
static struct kst_layout *layout;

static struct kst_target *machine(uint32_t build, const char *array, const char *index, const char *length)
{
	struct kst_symbol symbols[] = {
		{ VARIABLES, array },
		{ VARIABLES + 4, index },
		{ VARIABLES + 8, length },
		{ 0x82200000, "VerifierKeEnterCriticalRegion" },
		{ 0x82200400, "VerifierKeLeaveCriticalRegion" },
	};

	layout = layout_builtin(KST_ARCH_X86, build, 0);
	img = image_new(KST_PAGING_X86);
	image_put32(img, VARIABLES, (uint32_t)ARRAY);
	image_put32(img, VARIABLES + 4, 5);
	image_put32(img, VARIABLES + 8, LENGTH);
	image_page(img, ARRAY);
	return image_target_symbols(img, layout, symbols, 5);
}

static void put_pool(uint32_t slot, uint32_t block, uint32_t size, const uint32_t *frames)
{
	uint64_t at = ARRAY + slot * 0x40;

	image_put32(img, at, block);
	image_put32(img, at + 4, size);
	image_put32(img, at + 8, block); /* as published: the listing shows the block here too */
	for (unsigned i = 0; i < 13; i++)
		image_put32(img, at + 0xc + 4 * i, frames[i]);
}

static void finish(void)
{
	image_free(img);
	free(layout);
}

static void shows_the_published_listing(void **state)
{
	struct kst_target *t = machine(6000, "VfPoolTraces", "VfPoolTracesIndex", "VfPoolTracesLength");
	struct kst_verifier_entry e = { .size = sizeof e };
	struct kst_cursor cursor;

	(void)state;
	put_pool(5, 0xa2b1ce98, 0x168, freed);
	put_pool(4, 0xa2b1d000, 0x10, allocated); /* does not contain the address */
	put_pool(2, 0xa2b1ce98, 0x164, allocated);
	assert_int_equal(kst_verifier_begin(&cursor, t, KST_VERIFIER_POOL, 0xa2b1cf20, NULL), KST_OK);
	assert_int_equal(kst_verifier_next(&cursor, &e, NULL), KST_OK);
	assert_true(e.address == 0xa2b1ce98 && e.bytes == 0x168 && e.thread == 0xa2b1ce98);
	assert_int_equal(e.stack_count, 13);
	for (unsigned i = 0; i < 13; i++)
		assert_true(e.stack[i] == freed[i]);
	assert_int_equal(kst_verifier_next(&cursor, &e, NULL), KST_OK);
	assert_true(e.address == 0xa2b1ce98 && e.bytes == 0x164);
	for (unsigned i = 0; i < 13; i++)
		assert_true(e.stack[i] == allocated[i]);
	assert_int_equal(kst_verifier_next(&cursor, &e, NULL), KST_END);
	assert_int_equal(kst_cursor_end(&cursor), KST_WALK_CLOSED);
	assert_int_equal(kst_verifier_begin(&cursor, t, KST_VERIFIER_POOL, 0, NULL), KST_OK);
	for (unsigned n = 0; n < 3; n++)
		assert_int_equal(kst_verifier_next(&cursor, &e, NULL), KST_OK);
	assert_int_equal(kst_verifier_next(&cursor, &e, NULL), KST_END);
	/* the ring is longer than what is in memory: told */
	assert_true((kst_cursor_anomalies(&cursor) & KST_WALK_ANOMALY_SKIPPED) != 0);
	finish();
}

/* Enter A, enter B, leave: the newest enter without a leave is A. */
static void finds_the_unmatched_enter(void **state)
{
	static const struct {
		uint32_t thread, frame;
	} log[] = {
		{ 0x85001000, 0x82200010 }, /* enter A: never left */
		{ 0x85002000, 0x82200020 }, /* another thread's enter, not left either */
		{ 0x85001000, 0x82200030 }, /* enter B */
		{ 0x85001000, 0x82200410 }, /* leave B */
	};
	struct kst_target *t = machine(9200, "VfKeCriticalRegionTraces", "VfKeCriticalRegionTracesIndex",
				       "VfKeCriticalRegionTracesLength");
	struct kst_verifier_entry e = { .size = sizeof e };
	struct kst_symbol none[] = { { VARIABLES, "VfKeCriticalRegionTraces" },
				     { VARIABLES + 8, "VfKeCriticalRegionTracesLength" } };
	/* as on 20348: in either order */
	struct kst_symbol near[] = { { VARIABLES, "VfKeCriticalRegionTraces" },
				     { VARIABLES + 4, "VfKeCriticalRegionTracesIndex" },
				     { VARIABLES + 8, "VfKeCriticalRegionTracesLength" },
				     { 0x82200380, "VerifierKeEnterCriticalRegion" },
				     { 0x82200410, "VerifierKeLeaveCriticalRegion" } };
	struct kst_cursor cursor;

	(void)state;
	image_put32(img, VARIABLES + 4, 3);
	for (unsigned i = 0; i < 4; i++) {
		image_put32(img, ARRAY + i * 0x20, log[i].thread);
		image_put32(img, ARRAY + i * 0x20 + 4, log[i].frame);
		image_put32(img, ARRAY + i * 0x20 + 8, 0x8ac40000 + i);
	}
	assert_int_equal(kst_verifier_unmatched_enter(t, 0x85001000, &e, NULL), KST_OK);
	assert_int_equal(e.index, 0);
	assert_int_equal(e.operation, KST_VERIFIER_ENTER);
	assert_true(e.stack[1] == 0x8ac40000);
	assert_int_equal(kst_verifier_unmatched_enter(t, 0x85002000, &e, NULL), KST_OK);
	assert_int_equal(e.index, 1);
	assert_int_equal(kst_verifier_unmatched_enter(t, 0x85003000, &e, NULL), KST_END);
	/* leave begins 0x90 bytes behind enter: each address belongs to the nearest start below */
	for (unsigned i = 0; i < 2; i++) {
		near[3].address = i == 0 ? 0x82200380 : 0x82200410;
		near[4].address = i == 0 ? 0x82200410 : 0x82200380;
		t = image_target_symbols(img, layout, near, 5);
		assert_int_equal(kst_verifier_begin(&cursor, t, KST_VERIFIER_CRITICAL_REGION, 0, NULL), KST_OK);
		assert_int_equal(kst_verifier_next(&cursor, &e, NULL), KST_OK);
		assert_true(e.index == 3 && e.stack[0] == 0x82200410);
		assert_int_equal(e.operation, i == 0 ? KST_VERIFIER_LEAVE : KST_VERIFIER_ENTER);
	}
	/* without symbols nothing tells enters from leaves, and without the counter nothing tells the order */
	t = image_target_symbols(img, layout, none, 2);
	assert_int_equal(kst_verifier_unmatched_enter(t, 0x85001000, &e, NULL), KST_E_NO_MEMBER);
	assert_int_equal(kst_verifier_begin(&cursor, t, KST_VERIFIER_CRITICAL_REGION, 0, NULL), KST_OK);
	assert_int_equal(kst_verifier_next(&cursor, &e, NULL), KST_OK);
	assert_int_equal(e.anomalies, KST_VERIFIER_ENTRY_ANOMALY_ORDER);
	finish();
}

struct ring_row {
	const char *name;
	uint32_t index, length;
	uint64_t anomalies;
};

static const struct ring_row rings[] = {
	{ "an index far beyond the ring", 0xfffffff5, LENGTH, KST_WALK_ANOMALY_SKIPPED },
	{ "a length of 2^32 - 1", 5, UINT32_MAX, KST_WALK_ANOMALY_CLAMPED | KST_WALK_ANOMALY_SKIPPED },
	{ "a length that is no power of two", 5, 40, KST_WALK_ANOMALY_COUNT },
	{ "a length of 0", 5, 0, 0 },
};

static void bounds_hostile_rings(void **state)
{
	const struct ring_row *row = *state;
	struct kst_target *t = machine(6000, "VfPoolTraces", "VfPoolTracesIndex", "VfPoolTracesLength");
	struct kst_verifier_entry e = { .size = sizeof e };
	struct kst_cursor cursor;
	uint64_t n = 0;

	put_pool(1, 0xa2b1ce98, 0x168, freed);
	image_put32(img, VARIABLES + 4, row->index);
	image_put32(img, VARIABLES + 8, row->length);
	assert_int_equal(kst_verifier_begin(&cursor, t, KST_VERIFIER_POOL, 0, NULL), KST_OK);
	while (kst_verifier_next(&cursor, &e, NULL) == KST_OK)
		n++;
	assert_int_equal(n, row->length == 0 ? 0 : 1);
	assert_int_equal(kst_cursor_end(&cursor), KST_WALK_CLOSED);
	assert_true(kst_cursor_anomalies(&cursor) == row->anomalies);
	finish();
}

static void reads_settings_and_survives_failing_reads(void **state)
{
	struct kst_symbol symbol = { 0x82300000, "MmVerifierData" };
	struct kst_verifier_settings s = { .size = sizeof s };
	struct kst_target *t = machine(9200, "VfKeCriticalRegionTraces", "VfKeCriticalRegionTracesIndex",
				       "VfKeCriticalRegionTracesLength");

	(void)state;
	image_put32(img, ARRAY, 0x85001000);
	image_put32(img, VARIABLES + 8, 4);
	SWEEP(img, kst_verifier_entry,
	      kst_verifier_begin(&sweep.cursor, t, KST_VERIFIER_CRITICAL_REGION, 0, &sweep.err), kst_verifier_next)
		assert_true(sweep.status == KST_END || sweep.status == KST_E_FAULT || sweep.status == KST_E_HOST);
	image_put32(img, symbol.address, 0x9bb);
	image_put32(img, symbol.address + 0x30, 17);
	t = image_target_symbols(img, layout, &symbol, 1);
	assert_int_equal(kst_verifier_settings(t, &s, NULL), KST_OK);
	assert_int_equal(s.level, 0x9bb);
	assert_int_equal(s.loads, 17);
	assert_true(s.present == 0xffff);
	assert_int_equal(kst_verifier_settings(image_target(img, layout), &s, NULL), KST_E_NO_MEMBER);
	finish();
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(shows_the_published_listing),
		cmocka_unit_test(finds_the_unmatched_enter),
		cmocka_unit_test(reads_settings_and_survives_failing_reads),
	};

	return RUN_TESTS_AND_ROWS("verifier", tests, rings, bounds_hostile_rings);
}
