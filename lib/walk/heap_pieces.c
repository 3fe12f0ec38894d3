/* SPDX-License-Identifier: MIT */
/*
 * Which block of the segment heap is this, where only pieces of memory are at hand? A chunk word that decodes in 64 bits
 * and agrees with its neighbour or its block leaves no doubt; nor does an LFH subsegment whose blocks have their headers
 * where it says (doc/structures/segment_heap.md).
 */
#include "segment_heap.h"

#define PAGE           0x1000u
#define BACK_MOST      0x10000u /* how far before an address its chunk may begin */
#define LFH_PAGES_MOST 80u      /* how many pages an LFH subsegment may have before the address; seen: 65 */

/* What the chunks next to one say: 1 agree, -1 contradict, 0 not at hand. */
static int neighbours(struct kst__heap_find *find, const struct kst_vs_chunk *chunk)
{
	struct kst_vs_chunk other;
	int said = 0;

	if (kst__heap_read_chunk(find, chunk->address + chunk->bytes, &other) && kst__heap_sound(&other)) {
		if ((other.present & KST_VS_CHUNK_HAS_PREVIOUS) != 0 && other.previous_bytes != chunk->bytes)
			return -1;
		said = 1;
	}
	if ((chunk->present & KST_VS_CHUNK_HAS_PREVIOUS) != 0 && chunk->previous_bytes >= 2 * find->vs.unit &&
	    chunk->previous_bytes < chunk->address &&
	    kst__heap_read_chunk(find, chunk->address - chunk->previous_bytes, &other) && kst__heap_sound(&other)) {
		if (other.bytes != chunk->previous_bytes)
			return said;
		said = 1;
	}
	return said;
}

/* Does the block in an allocated chunk agree with it? */
static bool block_agrees(struct kst__heap_find *find, const struct kst_vs_chunk *chunk)
{
	uint64_t end = chunk->address + chunk->bytes, at = kst__heap_block_start(find, chunk->address, end);
	struct kst_pool_header header;

	return end - at < PAGE && kst__heap_read_header(find, at, end - at, chunk->unused_bytes != 0, &header);
}

/*
 * Is the node in a free chunk one of the tree of free chunks? Its links lead to other nodes, and nodes lie at one place
 * of a chunk; so each link repeats a dozen bits and more.
 */
static bool node_agrees(struct kst__heap_find *find, const struct kst_vs_chunk *chunk)
{
	const struct kst_layout *layout = &find->target->layout;
	static const enum kst__member_id ids[3] = { KST__M_BALANCED_NODE_PARENT, KST__M_BALANCED_NODE_LEFT,
						    KST__M_BALANCED_NODE_RIGHT };
	uint64_t node = kst__member(layout, KST__M_VS_CHUNK_FREE_NODE)->offset;
	struct kst__view view = kst__heap_look(find, chunk->address + node);

	if (!kst__has(layout, KST__M_VS_CHUNK_FREE_NODE) || chunk->bytes < 2 * find->vs.unit)
		return false;
	for (size_t i = 0; i < 3; i++) {
		uint64_t link;

		if (!kst__get_pointer(&view, ids[i], &link))
			return false;
		if (i == 0 && link == 0)
			return false; /* only the root has no parent: too little to tell */
		if (i == 0)
			link &= ~(uint64_t)3;
		if (link != 0 && (!kst__is_kernel(find->target, link) || link % find->vs.unit != node))
			return false;
	}
	return true;
}

/* Does what lies in the chunk agree with its header? */
static bool contents_agree(struct kst__heap_find *find, const struct kst_vs_chunk *chunk)
{
	if (chunk->state == KST_POOL_STATE_ALLOCATED)
		return block_agrees(find, chunk);
	return node_agrees(find, chunk);
}

/* Pieces of memory: the nearest chunk before the address that proves itself and reaches over it. */
static kst_status find_in_piece(struct kst__heap_find *find)
{
	struct kst_pool_verdict *out = find->out;
	uint64_t unit = find->vs.unit, at = out->address - out->address % unit,
		 least = at > BACK_MOST ? at - BACK_MOST : 0;

	for (; at >= least && at >= unit; at -= unit) {
		struct kst_vs_chunk chunk;
		int said;

		if (!kst__heap_read_chunk(find, at, &chunk))
			break;
		if (!kst__heap_sound(&chunk) || chunk.bytes > BACK_MOST)
			continue;
		said = neighbours(find, &chunk);
		if (said == 0 && !contents_agree(find, &chunk))
			continue;
		if (chunk.state == KST_POOL_STATE_FREE && (chunk.present & KST_VS_CHUNK_HAS_PREVIOUS) == 0)
			continue; /* too few bits */
		if (out->address - at >= chunk.bytes)
			return kst__heap_end_of(find, KST_END); /* behind the last chunk that can be told */
		if (said < 0) {
			kst__heap_add_candidate(out, at, chunk.bytes, out->tag);
			return kst__heap_verdict(find, KST_POOL_KIND_INCONSISTENT);
		}
		if (said > 0)
			out->evidence |= KST_POOL_EVIDENCE_VS_NEIGHBOURS;
		if (chunk.state == KST_POOL_STATE_FREE && node_agrees(find, &chunk))
			out->evidence |= KST_POOL_EVIDENCE_VS_FREE_NODE;
		kst__heap_take_chunk(find, &chunk);
		return kst__heap_end_of(find, KST_OK);
	}
	return kst__heap_end_of(find, KST_END);
}

/* Pieces of memory: a page before the address that starts an LFH subsegment which reaches over it, proved by a block. */
static kst_status find_lfh_in_piece(struct kst__heap_find *find)
{
	const struct kst__member *list = kst__member(&find->target->layout, KST__M_LFH_SUBSEGMENT_LIST_ENTRY);
	uint64_t at = find->out->address & ~(uint64_t)(PAGE - 1),
		 need = KST__LFH_NEEDS | KST_LFH_SUBSEGMENT_HAS_FREE_COUNT;

	for (unsigned i = 0; find->key.lfh_known && i < LFH_PAGES_MOST && at >= PAGE; i++, at -= PAGE) {
		struct kst__view view = kst__heap_look(find, at);
		struct kst_lfh_subsegment sub;
		uint64_t link;

		if (kst__decode_lfh_subsegment(&view, 0, &find->key, &sub, NULL) != KST_OK) {
			if (find->failure != KST_OK)
				break;
			continue;
		}
		if ((sub.present & need) != need || sub.anomalies != 0 || find->out->address < sub.first_block ||
		    (find->out->address - sub.first_block) / sub.block_bytes >= kst__lfh_places(&sub) ||
		    !list->present || !kst__view_pointer(&view, list->offset, &link) ||
		    !kst__is_kernel(find->target, link) || kst__heap_lfh_agrees(find, &view, &sub, true) <= 0)
			continue;
		return kst__heap_take_lfh(find, &view, &sub);
	}
	return kst__heap_end_of(find, KST_END);
}

kst_status kst__heap_find_in_pieces(struct kst__heap_find *find)
{
	kst_status st = find_in_piece(find);

	return st == KST_END ? find_lfh_in_piece(find) : st;
}
