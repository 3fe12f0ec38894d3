/* SPDX-License-Identifier: MIT */
/*
 * Every heap keeps its large allocations in a tree ordered by address. The links may be encoded, and sources differ how:
 * each way is tried, and one is believed only where every node names the one above as its parent.
 */
#include "heap_tree.h"

#define DEPTH_MOST 128u
#define POOLS_MOST 64u

enum { LINKS_PLAIN, LINKS_TREE, LINKS_NODE, LINKS_WAYS };

/* A link that is stored in `holder` (the tree for the root). */
static uint64_t decode(unsigned way, uint64_t stored, uint64_t tree, uint64_t holder)
{
	if (stored == 0 || way == LINKS_PLAIN)
		return stored;
	return stored ^ (way == LINKS_TREE ? tree : holder);
}

/* One node, with everything checked that can be: KST_OK, KST_E_CORRUPT, or a failure of the host. */
static kst_status read_node(const struct kst_target *target, unsigned way, uint64_t tree, uint64_t node, uint64_t above,
			    struct kst_heap_large *out)
{
	kst_status failure = KST_OK;
	struct kst__view view = kst__view_target(target, KST_SPACE_KERNEL, node, &failure);
	uint64_t parent;

	if (node % kst__pointer_size(target) != 0 || !kst__is_kernel(target, node) ||
	    kst__decode_heap_large(&view, out, NULL) != KST_OK)
		return failure == KST_OK ? KST_E_CORRUPT : failure;
	parent = out->parent & ~(uint64_t)3;
	/* the root has no parent, or names the tree */
	if (parent != 0)
		parent = decode(way, out->parent, tree, node) & ~(uint64_t)3;
	if (out->anomalies != 0 || (above != 0 ? parent != above : parent != 0 && parent != tree))
		return KST_E_CORRUPT;
	return KST_OK;
}

static kst_status descend(const struct kst_target *target, unsigned way, uint64_t tree, uint64_t root, uint64_t address,
			  struct kst_heap_large *out)
{
	uint64_t node = decode(way, root, tree, tree), above = 0;

	for (unsigned depth = 0; node != 0 && depth < DEPTH_MOST; depth++) {
		kst_status st = read_node(target, way, tree, node, above, out);

		if (st != KST_OK)
			return st == KST_E_CORRUPT ? KST_END : st;
		if (address >= out->address && address - out->address < out->bytes)
			return KST_OK;
		above = node;
		node = decode(way, address < out->address ? out->left : out->right, tree, node);
	}
	return KST_END;
}

static kst_status search(const struct kst_target *target, uint64_t heap, uint64_t address, struct kst_heap_large *out)
{
	const struct kst__member *at = kst__member(&target->layout, KST__M_SEGMENT_HEAP_LARGE_TREE);
	kst_status failure = KST_OK, st = KST_END;
	uint64_t signature, root;
	struct kst__view view = kst__view_target(target, KST_SPACE_KERNEL, heap, &failure);

	if (!kst__get(&view, KST__M_SEGMENT_HEAP_SIGNATURE, &signature) || signature != KST__HEAP_SIGNATURE ||
	    !kst__view_pointer(&view, at->offset + kst__member(&target->layout, KST__M_RB_TREE_ROOT)->offset, &root))
		return failure == KST_OK ? KST_END : failure;
	for (unsigned way = 0; way < LINKS_WAYS && st == KST_END && root != 0; way++)
		st = descend(target, way, heap + at->offset, root, address, out);
	return st;
}

kst_status kst__heap_tree_find(const struct kst_target *target, uint64_t address, struct kst_heap_large *out,
			       uint64_t *heap_out, struct kst_error *err)
{
	const struct kst_layout *layout = &target->layout;
	const struct kst__member *heaps = kst__member(layout, KST__M_HEAP_POOL_NODE_HEAPS);
	const struct kst__member *nodes = kst__member(layout, KST__M_HEAP_MANAGER_STATE_NODES);
	uint64_t state, pools, size = kst__type_size(layout, KST__M_HEAP_POOL_NODE), width = kst__pointer_size(target);
	kst_status failure = KST_OK;
	struct kst__view view;

	if (!kst__symbol(target, KST__S_ExPoolState, &state) || !heaps->present || !nodes->present || size == 0 ||
	    !kst__has(layout, KST__M_SEGMENT_HEAP_LARGE_TREE) || !kst__has(layout, KST__M_RB_TREE_ROOT))
		return KST_END;
	view = kst__view_target(target, KST_SPACE_KERNEL, state, &failure);
	if (!kst__get(&view, KST__M_HEAP_MANAGER_STATE_POOLS, &pools) || pools > POOLS_MOST ||
	    pools > nodes->length / size)
		pools = 0;
	for (uint64_t i = 0; i < pools * (heaps->length / width) && failure == KST_OK; i++) {
		uint64_t node = i / (heaps->length / width), slot = i % (heaps->length / width), heap;
		kst_status st;

		if (!kst__view_pointer(&view, nodes->offset + node * size + heaps->offset + slot * width, &heap) ||
		    heap == 0)
			continue;
		st = search(target, heap, address, out);
		if (st == KST_OK) {
			*heap_out = heap;
			return KST_OK;
		}
		if (st != KST_END)
			failure = st;
	}
	return failure == KST_OK ? KST_END : kst__fail(err, failure, address, "the host could not read");
}

/* The allocation with the lowest address behind `after`. KST_END: none; KST_E_CORRUPT: the links are not stored this way. */
static kst_status successor(const struct kst_target *target, unsigned way, uint64_t tree, uint64_t root, uint64_t after,
			    bool any, struct kst_heap_large *out)
{
	uint64_t node = decode(way, root, tree, tree), above = 0;
	struct kst_heap_large here;
	bool found = false;

	for (unsigned depth = 0; node != 0; depth++) {
		kst_status st = depth < DEPTH_MOST ? read_node(target, way, tree, node, above, &here) : KST_E_CORRUPT;
		bool right = st == KST_OK && any && here.address <= after;

		if (st != KST_OK)
			return st;
		if (!right) {
			*out = here;
			found = true;
		}
		above = node;
		node = decode(way, right ? here.right : here.left, tree, node);
	}
	return found ? KST_OK : KST_END;
}

kst_status kst__heap_tree_next(const struct kst_target *target, uint64_t heap, uint64_t after, bool any,
			       struct kst_heap_large *out, struct kst_error *err)
{
	const struct kst__member *at = kst__member(&target->layout, KST__M_SEGMENT_HEAP_LARGE_TREE);
	kst_status failure = KST_OK, st = KST_E_CORRUPT;
	struct kst__view view = kst__view_target(target, KST_SPACE_KERNEL, heap, &failure);
	uint64_t root;

	if (!at->present || !kst__has(&target->layout, KST__M_RB_TREE_ROOT))
		return KST_END;
	if (!kst__view_pointer(&view, at->offset + kst__member(&target->layout, KST__M_RB_TREE_ROOT)->offset, &root))
		st = failure == KST_OK ? KST_E_CORRUPT : failure;
	else if (root == 0)
		st = KST_END;
	else
		for (unsigned way = 0; way < LINKS_WAYS && st == KST_E_CORRUPT; way++)
			st = successor(target, way, heap + at->offset, root, after, any, out);
	return st == KST_OK || st == KST_END ? st
	       : st == KST_E_CORRUPT         ? kst__fail(err, st, heap, "the tree of large allocations is not sound")
					     : kst__fail(err, st, heap, "the host could not read");
}
