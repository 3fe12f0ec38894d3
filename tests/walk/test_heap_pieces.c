/* SPDX-License-Identifier: MIT */
/* Blocks of the segment heap where only pieces of memory are at hand: what is told is true, and most is told. */
#include "support/heap_forge.h"
#include "support/support.h"

static struct kst_pool_verdict ask(struct heap_forge *f, uint64_t address)
{
	struct kst_pool_verdict v = { .size = sizeof v };

	assert_int_equal(kst_pool_find(f->target, NULL, address, &v, NULL), KST_OK);
	return v;
}

/* Whatever the verdict says of a block is true; returns whether it says anything. */
static bool true_of(const struct kst_pool_verdict *v, const struct heap_block *b)
{
	if (v->kind != KST_POOL_KIND_VS && v->kind != KST_POOL_KIND_LFH)
		return false;
	assert_int_equal(v->kind, b->kind);
	assert_true(v->base == b->base && v->bytes == b->bytes);
	assert_int_equal(v->state, b->allocated ? KST_POOL_STATE_ALLOCATED : KST_POOL_STATE_FREE);
	if (b->header && b->allocated)
		assert_memory_equal(v->tag, b->tag, 4);
	assert_true((v->evidence & KST_POOL_EVIDENCE_KEY_RECOVERED) != 0);
	return true;
}

static void chunks(void **state)
{
	(void)state;
	for (unsigned build = 0; build < HEAP_BUILDS; build++) {
		struct heap_forge *f = heap_forge_new((enum heap_build)build);
		unsigned told = 0, untold = 0;

		heap_forge_keep(f, f->vs + 0x1000, 7);
		heap_forge_target(f, false);
		for (size_t i = 0; i < f->block_count; i++) {
			const struct heap_block *b = &f->blocks[i];
			struct kst_pool_verdict v;

			if (b->word < f->vs + 0x1000 || b->word >= f->vs + 0x8000)
				continue;
			v = ask(f, b->base + 8);
			if (true_of(&v, b))
				told++;
			else
				untold++;
		}
		if (f->width == 8)
			assert_true(told > 20 && untold <= 1);
		else
			assert_true(told == 0); /* 32-bit words are too short for a vote */
		heap_forge_free(f);
	}
}

/* The pages of all ranges, without the segment's own: LFH subsegments vote for their key and tell their blocks. */
static void subsegments(void **state)
{
	(void)state;
	for (unsigned build = 0; build < HEAP_BUILDS; build++) {
		struct heap_forge *f = heap_forge_new((enum heap_build)build);
		unsigned told[2] = { 0, 0 };

		for (unsigned i = 0; i < 2; i++)
			heap_forge_drop(f, f->segment + i * 0x1000u);
		heap_forge_drop(f, f->globals);
		heap_forge_target(f, false);
		for (size_t i = 0; i < f->block_count; i++) {
			const struct heap_block *b = &f->blocks[i];
			struct kst_pool_verdict v;

			if (b->kind != KST_POOL_KIND_LFH)
				continue;
			v = ask(f, b->base + b->bytes / 2);
			/* x86: with the first segment its heap key lost the second vote */
			if (true_of(&v, b))
				told[b->allocated]++;
			else
				assert_true(f->width == 4);
		}
		if (f->width == 8)
			assert_true(told[0] > 20 && told[1] > 100);
		heap_forge_free(f);
	}
}

/* A subsegment none of whose blocks is where it says is not believed. */
static void no_header_agrees(void **state)
{
	struct heap_forge *f = heap_forge_new(HEAP_19041);
	const struct heap_block *b = NULL;

	(void)state;
	for (unsigned i = 0; i < 2; i++)
		heap_forge_drop(f, f->segment + i * 0x1000u);
	for (size_t i = 0; i < f->block_count; i++) {
		if (f->blocks[i].kind != KST_POOL_KIND_LFH || (f->blocks[i].base & ~(uint64_t)0xfff) != f->lfh)
			continue;
		b = &f->blocks[i];
		*heap_forge_byte(f, b->base + 2) ^= 0x40; /* another size */
	}
	assert_non_null(b);
	heap_forge_target(f, false);
	assert_int_not_equal(ask(f, b->base + 8).kind, KST_POOL_KIND_LFH);
	heap_forge_free(f);
}

static void failing_reads(void **state)
{
	struct heap_forge *f = heap_forge_new(HEAP_19041);
	const struct heap_block *b = NULL;
	bool more = true;

	(void)state;
	for (size_t i = 0; b == NULL; i++)
		if (f->blocks[i].kind == KST_POOL_KIND_LFH && f->blocks[i].allocated)
			b = &f->blocks[i];
	heap_forge_keep(f, f->vs, 24);
	heap_forge_target(f, false);
	for (uint64_t n = 1; more; n += n < 40 ? 1 : 37) {
		struct kst_pool_verdict v, before;
		kst_status st;

		memset(&before, 0x33, sizeof before);
		before.size = sizeof before;
		v = before;
		f->reads = 0;
		f->fail_at = n;
		f->fail_with = n % 2 == 0 ? KST_E_FAULT : KST_E_IO;
		st = kst_pool_find(f->target, NULL, b->base + 8, &v, NULL);
		more = f->reads >= n;
		if (n % 2 != 0 && more) {
			assert_int_equal(st, KST_E_HOST);
			assert_memory_equal(&v, &before, sizeof v);
		} else {
			assert_int_equal(st, KST_OK);
			(void)true_of(&v, b);
		}
	}
	heap_forge_free(f);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(chunks),
		cmocka_unit_test(subsegments),
		cmocka_unit_test(no_header_agrees),
		cmocka_unit_test(failing_reads),
	};

	return cmocka_run_group_tests_name("heap pieces", tests, NULL, NULL);
}
