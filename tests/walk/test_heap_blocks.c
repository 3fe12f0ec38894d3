/* SPDX-License-Identifier: MIT */
/* All blocks of a forged heap: each one exactly once, nothing else, and damage is told and stepped over. */
#include "support/heap_forge.h"
#include "support/support.h"
#include "support/sweep.h"

#include <stdlib.h>

struct found {
	size_t count, inconsistent;
	uint64_t left_out;
	struct kst_pool_verdict all[HEAP_BLOCKS + 16];
};

static kst_status collect(struct kst_cursor *cursor, struct found *found)
{
	kst_status st;

	memset(found, 0, sizeof *found);
	for (;;) {
		struct kst_pool_verdict *v = &found->all[found->count];

		v->size = sizeof *v;
		st = kst_heap_blocks_next(cursor, v, NULL);
		if (st != KST_OK)
			return st;
		assert_true((v->present & KST_POOL_VERDICT_HAS_EXTENT) != 0 && v->bytes > 0);
		if (v->kind == KST_POOL_KIND_INCONSISTENT) {
			found->inconsistent++;
			found->left_out += v->bytes;
		}
		found->count++;
		assert_true(found->count < HEAP_BLOCKS + 16);
	}
}

static const struct kst_pool_verdict *at(const struct found *found, uint64_t base)
{
	for (size_t i = 0; i < found->count; i++)
		if (found->all[i].base == base)
			return &found->all[i];
	return NULL;
}

static bool is(const struct kst_pool_verdict *v, const struct heap_block *b)
{
	bool free_range = b->kind == KST_POOL_KIND_HEAP_LARGE && !b->allocated;

	return v != NULL && v->kind == (free_range ? KST_POOL_KIND_NONE : b->kind) && v->bytes == b->bytes &&
	       v->state == (b->allocated ? KST_POOL_STATE_ALLOCATED : KST_POOL_STATE_FREE) &&
	       (!b->header || !b->allocated || memcmp(v->tag, b->tag, 4) == 0);
}

static void every_block(void **state)
{
	struct found *found = malloc(sizeof *found);

	(void)state;
	assert_non_null(found);
	for (unsigned build = 0; build < HEAP_BUILDS; build++) {
		struct heap_forge *f = heap_forge_new((enum heap_build)build);
		struct kst_heap_key key = { .size = sizeof key };
		struct kst_cursor cursor;

		assert_int_equal(kst_heap_key(heap_forge_target(f, true), &key, NULL), KST_OK);
		for (unsigned given = 0; given < 2; given++) {
			assert_int_equal(
				kst_heap_blocks_begin(&cursor, f->target, f->heaps[1], given ? &key : NULL, NULL),
				KST_OK);
			assert_int_equal(collect(&cursor, found), KST_END);
			assert_int_equal(kst_heap_blocks_next(&cursor, &found->all[found->count], NULL), KST_END);
			assert_int_equal(kst_cursor_end(&cursor), KST_WALK_CLOSED);
			assert_true(kst_cursor_anomalies(&cursor) == 0 && kst_cursor_count(&cursor) == found->count);
			assert_int_equal(found->count, f->block_count);
			for (size_t i = 0; i < f->block_count; i++)
				assert_true(is(at(found, f->blocks[i].base), &f->blocks[i]));
		}
		/* as kst_pool_find() tells them */
		for (size_t i = 0; i < found->count; i++) {
			const struct kst_pool_verdict *b = &found->all[i];
			struct kst_pool_verdict v = { .size = sizeof v };

			if (b->kind == KST_POOL_KIND_NONE)
				continue;
			assert_int_equal(kst_pool_find(f->target, NULL, b->base, &v, NULL), KST_OK);
			assert_true(v.kind == b->kind && v.bytes == b->bytes && v.state == b->state &&
				    v.header == b->header && v.data == b->data && v.heap == b->heap &&
				    v.container == b->container && v.anomalies == b->anomalies &&
				    memcmp(v.tag, b->tag, 4) == 0);
		}
		/* a heap without segments, and one segment alone */
		assert_int_equal(kst_heap_blocks_begin(&cursor, f->target, f->heaps[2], NULL, NULL), KST_OK);
		assert_int_equal(collect(&cursor, found), KST_END);
		assert_int_equal(found->count, 0);
		assert_int_equal(kst_heap_blocks_begin_segment(&cursor, f->target, f->lfh + 0x123, NULL, NULL), KST_OK);
		assert_int_equal(collect(&cursor, found), KST_END);
		for (size_t i = 0; i < f->block_count; i++) {
			const struct heap_block *b = &f->blocks[i];
			bool here = b->base >= f->lfh && b->base < f->segment + 0x100000;

			assert_true(here ? is(at(found, b->base), b) : at(found, b->base) == NULL);
		}
		heap_forge_free(f);
	}
	free(found);
}

/* One damage each; the blocks of other ranges are found nevertheless, and what is left out is told. */
static void damaged(void **state)
{
	struct found *found = malloc(sizeof *found);

	(void)state;
	assert_non_null(found);
	for (unsigned what = 0; what < 9; what++) {
		struct heap_forge *f = heap_forge_new(HEAP_19041);
		struct kst_cursor cursor;
		uint64_t from = f->vs, to = f->vs + 0x10000;
		size_t hit = 0;

		while (f->blocks[hit].word < f->vs + 0x4000)
			hit++;
		switch (what) {
		case 0: heap_forge_byte(f, f->blocks[hit].word)[2] ^= 4; break;  /* a chunk's size */
		case 1: heap_forge_byte(f, f->vs + f->vs_header)[0] ^= 1; break; /* the subsegment's */
		case 2: heap_forge_drop(f, f->vs + 0x5000); break;               /* a page of it */
		case 3: heap_forge_byte(f, f->descriptors)[0] ^= 1; break;       /* the range's signature */
		case 4: heap_forge_byte(f, f->descriptors + f->unit_at)[0] = 0xff; break;
		case 5: /* LFH: the offsets */
			heap_forge_byte(f, f->lfh + f->lfh_word)[0] ^= 0x7f;
			from = f->lfh;
			to = f->lfh + 0x1000;
			break;
		case 6: { /* the range's last unit says that it is a range of its own */
			uint8_t *last = heap_forge_byte(f, f->descriptors + 16 * 0x20);

			memcpy(last, heap_forge_byte(f, f->descriptors), 0x20);
			last[f->unit_at] = 1;
			break;
		}
		case 7: /* nothing of the range is used */
			heap_forge_byte(f, f->descriptors + 4)[1] = 0x10;
			heap_forge_byte(f, f->descriptors + 4)[2] = 0x01;
			break;
		default: /* links of the tree */
			heap_forge_byte(f, f->tree + 2 * f->width)[1] ^= 0x40;
			from = 0;
			to = f->segment;
			break;
		}
		heap_forge_target(f, true);
		assert_int_equal(kst_heap_blocks_begin(&cursor, f->target, f->heaps[1], NULL, NULL), KST_OK);
		assert_int_equal(collect(&cursor, found), KST_END);
		assert_true((kst_cursor_anomalies(&cursor) & KST_WALK_ANOMALY_SKIPPED) != 0);
		assert_true(what == 8 || (found->inconsistent > 0 && found->left_out > 0));
		for (size_t i = 0; i < f->block_count; i++) {
			const struct heap_block *b = &f->blocks[i];

			if (b->base < from || b->base >= to)
				assert_true(is(at(found, b->base), b));
		}
		/* two ranges claim one page: kst_pool_find() does not choose either */
		if (what == 6) {
			struct kst_pool_verdict v = { .size = sizeof v };

			assert_int_equal(kst_pool_find(f->target, NULL, f->vs + 0xf000, &v, NULL), KST_OK);
			assert_int_equal(v.kind, KST_POOL_KIND_INCONSISTENT);
		}
		/* before the damage the chain is told as well */
		if (what == 0 || what == 2)
			assert_true(is(at(found, f->blocks[3].base), &f->blocks[3]));
		heap_forge_free(f);
	}
	free(found);
}

/* A list of segments that runs in a circle, and one that leads out of the heap. */
static void lists(void **state)
{
	struct found *found = malloc(sizeof *found);
	struct heap_forge *f = heap_forge_new(HEAP_22621);
	struct kst_cursor cursor;

	(void)state;
	assert_non_null(found);
	for (unsigned i = 0; i < 8; i++) /* the only segment is its own successor */
		*heap_forge_byte(f, f->segment + i) = (uint8_t)(f->segment >> (8 * i));
	heap_forge_target(f, true);
	assert_int_equal(kst_heap_blocks_begin(&cursor, f->target, f->heaps[1], NULL, NULL), KST_OK);
	found->count = 0;
	for (;;) {
		struct kst_pool_verdict v = { .size = sizeof v };
		kst_status st = kst_heap_blocks_next(&cursor, &v, NULL);

		if (st != KST_OK) {
			assert_int_equal(st, KST_E_CORRUPT);
			assert_int_equal(kst_heap_blocks_next(&cursor, &v, NULL), KST_E_CORRUPT);
			break;
		}
		assert_true(++found->count < 4 * HEAP_BLOCKS);
	}
	assert_int_equal(kst_cursor_end(&cursor), KST_WALK_LOOP);
	*heap_forge_byte(f,
			 f->segment + 3) ^= 0x10; /* not there: the other context and the tree are told all the same */
	assert_int_equal(kst_heap_blocks_begin(&cursor, f->target, f->heaps[1], NULL, NULL), KST_OK);
	assert_int_equal(collect(&cursor, found), KST_END);
	assert_true((kst_cursor_anomalies(&cursor) & KST_WALK_ANOMALY_SKIPPED) != 0);
	assert_non_null(at(found, f->big_segment + 0x10000));
	assert_non_null(at(found, f->blocks[0].base));
	heap_forge_free(f);
	free(found);
}

static void let_fail(void *machine, uint64_t n, bool on, kst_status with)
{
	struct heap_forge *f = machine;

	f->reads = 0;
	f->fail_at = n;
	f->fail_on = on;
	f->fail_with = with;
}

static uint64_t reads(const void *machine)
{
	return ((const struct heap_forge *)machine)->reads;
}

static void failing_reads(void **state)
{
	struct heap_forge *f = heap_forge_new(HEAP_19041_X86);

	(void)state;
	heap_forge_target(f, true);
	SWEEP_WITH(f, let_fail, reads, kst_pool_verdict,
		   kst_heap_blocks_begin(&sweep.cursor, f->target, f->heaps[1], NULL, &sweep.err), kst_heap_blocks_next)
		assert_true(sweep.status == KST_END || sweep.status == KST_E_FAULT || sweep.status == KST_E_HOST);
	SWEEP_WITH(f, let_fail, reads, kst_pool_verdict,
		   kst_heap_blocks_begin_segment(&sweep.cursor, f->target, f->vs + 0x1000, NULL, &sweep.err),
		   kst_heap_blocks_next)
		assert_true(sweep.status == KST_END || sweep.status == KST_E_FAULT || sweep.status == KST_E_HOST);
	heap_forge_free(f);
}

static void refuses(void **state)
{
	struct heap_forge *f = heap_forge_new(HEAP_18362);
	struct kst_pool_verdict v = { .size = sizeof v }, odd = { .size = 4 };
	struct kst_heap_key bad = { .size = 4 }, none = { .size = sizeof none };
	struct kst_cursor cursor = { { 0 } }, before = cursor;

	(void)state;
	heap_forge_target(f, true);
	assert_int_equal(kst_heap_blocks_begin(NULL, f->target, f->heaps[1], NULL, NULL), KST_E_ARG);
	assert_int_equal(kst_heap_blocks_begin(&cursor, NULL, f->heaps[1], NULL, NULL), KST_E_ARG);
	assert_int_equal(kst_heap_blocks_begin(&cursor, f->target, f->heaps[1], &bad, NULL), KST_E_ABI);
	assert_int_equal(kst_heap_blocks_begin(&cursor, f->target, f->heaps[1], &none, NULL), KST_E_FAULT);
	assert_int_equal(kst_heap_blocks_begin(&cursor, f->target, f->segment, NULL, NULL), KST_E_CORRUPT);
	assert_int_equal(kst_heap_blocks_begin(&cursor, f->target, 0xffffa1ffffff0000, NULL, NULL), KST_E_FAULT);
	assert_int_equal(kst_heap_blocks_next(&cursor, &v, NULL), KST_E_ARG);
	assert_int_equal(kst_heap_blocks_begin_segment(&cursor, f->target, f->tree, NULL, NULL), KST_E_FAULT);
	assert_int_equal(kst_heap_blocks_next(&cursor, &v, NULL), KST_E_ARG);
	assert_memory_equal(&cursor, &before, sizeof cursor); /* what did not begin left nothing behind */
	assert_int_equal(kst_heap_blocks_begin(&cursor, f->target, f->heaps[1], NULL, NULL), KST_OK);
	assert_int_equal(kst_heap_blocks_next(&cursor, &odd, NULL), KST_E_ABI);
	assert_int_equal(kst_heap_blocks_next(&cursor, NULL, NULL), KST_E_ARG);
	heap_forge_free(f);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_block),   cmocka_unit_test(damaged), cmocka_unit_test(lists),
		cmocka_unit_test(failing_reads), cmocka_unit_test(refuses),
	};

	return cmocka_run_group_tests_name("heap blocks", tests, NULL, NULL);
}
