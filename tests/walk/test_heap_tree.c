/* SPDX-License-Identifier: MIT */
/* Large allocations of a heap: links stored plainly or encoded in either way, and trees that are none. */
#include "support/heap_forge.h"
#include "support/support.h"

#define FIRST 0xffffa10000000000u

static uint32_t kind_at(struct heap_forge *f, uint64_t address)
{
	struct kst_pool_verdict v = { .size = sizeof v };

	assert_int_equal(kst_pool_find(f->target, NULL, address, &v, NULL), KST_OK);
	if (v.kind == KST_POOL_KIND_HEAP_LARGE) {
		assert_true((v.evidence & KST_POOL_EVIDENCE_HEAP_TREE) != 0 && v.heap == f->heaps[1]);
		assert_true(address >= v.base && address - v.base < v.bytes && v.base % 0x10000 == 0);
	}
	return v.kind;
}

static void put64(struct heap_forge *f, uint64_t va, uint64_t value)
{
	for (unsigned i = 0; i < 8; i++)
		*heap_forge_byte(f, va + i) = (uint8_t)(value >> (8 * i));
}

static uint64_t get64(struct heap_forge *f, uint64_t va)
{
	uint64_t value = 0;

	for (unsigned i = 0; i < 8; i++)
		value |= (uint64_t)*heap_forge_byte(f, va + i) << (8 * i);
	return value;
}

/* way 0: plain; 1: every link with the tree's address; 2: every link with the address of what holds it. */
static void encode(struct heap_forge *f, unsigned way)
{
	uint64_t tree = f->heaps[1] + f->large_tree, root = get64(f, tree);

	if (way == 0)
		return;
	put64(f, tree, root ^ tree);
	for (unsigned i = 0; i < 3; i++)
		for (unsigned k = 0; k < 3; k++) {
			uint64_t node = f->tree + i * 0x40, link = get64(f, node + 8 * k);

			if ((link & ~(uint64_t)3) != 0)
				put64(f, node + 8 * k, link ^ (way == 1 ? tree : node));
		}
}

static void found(void **state)
{
	(void)state;
	for (unsigned build = 0; build < HEAP_18362_X86; build++)
		for (unsigned way = 0; way < 3; way++) {
			struct heap_forge *f = heap_forge_new((enum heap_build)build);

			encode(f, way);
			heap_forge_target(f, true);
			for (unsigned i = 0; i < 3; i++) {
				uint64_t va = FIRST + i * 0x10000000u;
				uint64_t bytes = (i == 1 ? 0x900u : i == 0 ? 0x901u : 0x902u) * 0x1000u;

				assert_int_equal(kind_at(f, va), KST_POOL_KIND_HEAP_LARGE);
				assert_int_equal(kind_at(f, va + bytes - 1), KST_POOL_KIND_HEAP_LARGE);
				assert_int_equal(kind_at(f, va + bytes), KST_POOL_KIND_NONE);
				assert_int_equal(kind_at(f, va - 1), KST_POOL_KIND_NONE);
			}
			heap_forge_free(f);
		}
}

static void damaged(void **state)
{
	struct heap_forge *f = heap_forge_new(HEAP_22000);

	(void)state;
	heap_forge_target(f, true);
	/* a circle ends, since a node names its parent */
	put64(f, f->tree + 0x40, f->tree);
	assert_int_equal(kind_at(f, FIRST + 0x5000), KST_POOL_KIND_HEAP_LARGE);
	assert_int_equal(kind_at(f, FIRST - 0x5000), KST_POOL_KIND_NONE);
	/* a node that disowns its parent */
	put64(f, f->tree + 0x50, f->tree + 0x80);
	assert_int_equal(kind_at(f, FIRST + 0x5000), KST_POOL_KIND_NONE);
	assert_int_equal(kind_at(f, FIRST + 0x10005000), KST_POOL_KIND_HEAP_LARGE);
	/* no pages, no heap, no state */
	put64(f, f->tree + 0x20, 0);
	assert_int_equal(kind_at(f, FIRST + 0x10005000), KST_POOL_KIND_NONE);
	put64(f, f->tree + 0x20, 0x900000);
	assert_int_equal(kind_at(f, FIRST + 0x10005000), KST_POOL_KIND_HEAP_LARGE);
	*heap_forge_byte(f, f->heaps[1] + 0x10) ^= 1;
	assert_int_equal(kind_at(f, FIRST + 0x10005000), KST_POOL_KIND_NONE);
	*heap_forge_byte(f, f->heaps[1] + 0x10) ^= 1;
	heap_forge_drop(f, f->state + 0x3900);
	assert_int_equal(kind_at(f, FIRST + 0x10005000), KST_POOL_KIND_NONE);
	heap_forge_free(f);
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(found), cmocka_unit_test(damaged) };

	return cmocka_run_group_tests_name("heap tree", tests, NULL, NULL);
}
