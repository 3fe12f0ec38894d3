/* SPDX-License-Identifier: MIT */
/*
 * All blocks of a heap, or of one segment: segment by segment along the lists of both contexts, range by range, then the
 * tree of large allocations. Each block is told as kst_pool_find() would tell it. What breaks off is told as well, and the
 * walk goes on behind it.
 */
#include "heap_tree.h"
#include "segment_heap.h"

#define PAGE        0x1000u
#define DESCRIPTORS 256u
#define CONTEXTS    8u

enum { PHASE_CONTEXT, PHASE_SEGMENT, PHASE_RANGE, PHASE_VS, PHASE_LFH, PHASE_LARGE, PHASE_END };

struct blocks {
	struct kst__cursor common;
	struct kst_heap_key key;
	uint64_t heap;
	uint64_t context; /* number of it */
	uint64_t segment; /* the one that is looked at */
	uint64_t start;   /* of the range */
	uint64_t end;
	uint64_t at;       /* next chunk, or number of the next LFH block */
	uint64_t previous; /* bytes of the chunk before; 0: none */
	uint64_t large;    /* address of the last large allocation */
	uint32_t phase;
	uint32_t index; /* next descriptor */
	uint32_t shift;
	uint32_t single; /* only this segment */
	uint32_t any_large;
	uint32_t reserved0;
};
KST__CURSOR_FITS(struct blocks);

#define KIND_BLOCKS KST__KIND('h', 'b', 'l', 'k')

/* What a walk over blocks needs to know: the layout, and the key that was given or is found. */
static kst_status prepare(const struct kst_cursor *cursor, const struct kst_target *target,
			  const struct kst_heap_key *key, struct kst_heap_key *ours, struct kst_error *err)
{
	struct kst__pool_format header;
	struct kst__vs_format vs;
	kst_status st;

	if (cursor == NULL || target == NULL)
		return kst__fail(err, KST_E_ARG, 0, "cursor or target is NULL");
	if (!kst__vs_format(&target->layout, &vs) || kst__pool_format(&target->layout, &header, NULL) != KST_OK ||
	    kst__type_size(&target->layout, KST__M_SEG_CONTEXT) == 0 ||
	    !kst__has(&target->layout, KST__M_SEGMENT_HEAP_CONTEXTS) ||
	    !kst__has(&target->layout, KST__M_SEG_CONTEXT_SEGMENT_LIST) ||
	    kst__type_size(&target->layout, KST__M_PAGE_RANGE) == 0)
		return kst__fail(err, KST_E_NO_MEMBER, 0, "the layout does not describe a segment heap");
	if (key == NULL)
		st = kst__heap_key(target, ours, err);
	else
		st = kst__in_read(ours, sizeof *ours, key, sizeof *ours);
	if (st == KST_E_ABI)
		return kst__fail(err, KST_E_ABI, 0, "size of the key is unknown");
	if (st == KST_END || (st == KST_OK && !kst__key_whole(&target->layout, ours)))
		return kst__fail(err, KST_E_FAULT, 0, "the heap's key is not known");
	return st;
}

kst_status kst_heap_blocks_begin(struct kst_cursor *cursor, const struct kst_target *target, uint64_t heap,
				 const struct kst_heap_key *key, struct kst_error *err)
{
	struct kst_heap_key ours = { .size = sizeof ours };
	struct blocks *walk = (struct blocks *)(void *)cursor;
	kst_status failure = KST_OK;
	struct kst__view view;
	uint64_t signature;
	kst_status st = prepare(cursor, target, key, &ours, err);

	if (st != KST_OK)
		return st;
	view = kst__view_target(target, KST_SPACE_KERNEL, heap, &failure);
	if (!kst__get(&view, KST__M_SEGMENT_HEAP_SIGNATURE, &signature))
		return kst__fail(err, failure != KST_OK ? failure : KST_E_FAULT, heap, "the heap cannot be read");
	if (signature != KST__HEAP_SIGNATURE)
		return kst__fail(err, KST_E_CORRUPT, heap, "there is no segment heap");
	kst__cursor_begin(cursor, target, KIND_BLOCKS);
	walk->key = ours;
	walk->heap = heap;
	walk->phase = PHASE_CONTEXT;
	return KST_OK;
}

static struct kst__heap_find question(struct blocks *walk, struct kst_pool_verdict *out, struct kst_error *err)
{
	struct kst__heap_find find = {
		.target = walk->common.target, .out = out, .err = err, .key = walk->key, .failure = KST_OK
	};

	(void)kst__vs_format(&find.target->layout, &find.vs);
	(void)kst__pool_format(&find.target->layout, &find.header, NULL);
	return find;
}

static void blank(struct kst_pool_verdict *out)
{
	memset(out, 0, sizeof *out);
	out->size = sizeof *out;
	out->state = KST_POOL_STATE_UNKNOWN;
	out->region = KST_POOL_REGION_UNKNOWN;
}

/* Prove a segment: KST_OK, then its ranges come next; KST_END: it is not the heap's. */
static kst_status enter(struct blocks *walk, uint64_t segment, struct kst_error *err)
{
	struct kst_pool_verdict out;
	struct kst__heap_find find = question(walk, &out, err);
	uint64_t context = 0, shift, first;
	struct kst__view view;
	kst_status st;

	blank(&out);
	out.address = segment;
	st = kst__heap_prove(&find, segment, &context);
	if (st != KST_OK)
		return st;
	view = kst__heap_look(&find, context);
	if ((walk->heap != 0 && out.heap != walk->heap) || !kst__get(&view, KST__M_SEG_CONTEXT_UNIT_SHIFT, &shift) ||
	    !kst__get(&view, KST__M_SEG_CONTEXT_FIRST_DESCRIPTOR, &first) || shift < 12 || shift > 24)
		return kst__heap_end_of(&find, KST_END);
	walk->heap = out.heap;
	walk->segment = segment;
	walk->shift = (uint32_t)shift;
	walk->index = (uint32_t)first;
	walk->phase = PHASE_RANGE;
	return KST_OK;
}

/* Enter the segment that holds `address`, at the range that holds it. */
static kst_status enter_at(struct blocks *walk, uint64_t address, struct kst_error *err)
{
	static const uint64_t sizes[] = { 0x100000, 0x1000000 };
	const struct kst_target *target = walk->common.target;
	uint64_t stride = kst__type_size(&target->layout, KST__M_PAGE_RANGE);
	kst_status failure = KST_OK, st = KST_END;
	struct kst_heap_range range;
	struct kst__view view;
	uint64_t index;

	for (size_t i = 0; i < KST__COUNT(sizes) && st == KST_END; i++)
		st = enter(walk, address & ~(sizes[i] - 1), err);
	if (st != KST_OK && st != KST_END)
		return st;
	if (st == KST_END || (address - walk->segment) >> walk->shift >= DESCRIPTORS)
		return kst__fail(err, KST_E_FAULT, address, "no segment of a heap holds this");
	index = (address - walk->segment) >> walk->shift;
	view = kst__view_target(target, KST_SPACE_KERNEL, walk->segment, &failure);
	if (index > walk->index && kst__decode_heap_range(&view, index * stride, &range, NULL) == KST_OK &&
	    range.kind == KST_HEAP_RANGE_CONTINUATION && range.anomalies == 0 &&
	    range.unit_offset <= index - walk->index)
		index -= range.unit_offset;
	if (index > walk->index)
		walk->index = (uint32_t)index;
	return failure == KST_OK ? KST_OK : kst__fail(err, failure, walk->segment, "the host could not read");
}

/* Apart from finding the key, below which there is no room for another cursor. */
KST__APART static kst_status begin_segment(struct kst_cursor *cursor, const struct kst_target *target, uint64_t address,
					   const struct kst_heap_key *key, struct kst_error *err)
{
	struct kst_cursor ours;
	struct blocks *walk = (struct blocks *)(void *)kst__cursor_begin(&ours, target, KIND_BLOCKS);
	kst_status st;

	walk->key = *key;
	walk->single = 1;
	st = enter_at(walk, address, err);
	if (st == KST_OK)
		*cursor = ours;
	return st;
}

kst_status kst_heap_blocks_begin_segment(struct kst_cursor *cursor, const struct kst_target *target, uint64_t address,
					 const struct kst_heap_key *key, struct kst_error *err)
{
	struct kst_heap_key ours = { .size = sizeof ours };
	kst_status st = prepare(cursor, target, key, &ours, err);

	return st == KST_OK ? begin_segment(cursor, target, address, &ours, err) : st;
}

/* Something that cannot be told: [at, end) of a range is left out. */
static kst_status skipped(struct blocks *walk, uint64_t at, uint64_t end, struct kst_pool_verdict *out)
{
	walk->common.anomalies |= KST_WALK_ANOMALY_SKIPPED;
	walk->phase = PHASE_RANGE;
	out->kind = KST_POOL_KIND_INCONSISTENT;
	out->state = KST_POOL_STATE_UNKNOWN;
	out->base = out->data = at;
	out->bytes = end - at;
	out->present |= KST_POOL_VERDICT_HAS_EXTENT;
	return KST_OK;
}

static kst_status whole(struct blocks *walk, uint32_t kind, uint32_t state, struct kst_pool_verdict *out)
{
	walk->phase = PHASE_RANGE;
	out->kind = kind;
	out->state = state;
	out->base = out->data = walk->start;
	out->bytes = walk->end - walk->start;
	out->present |= KST_POOL_VERDICT_HAS_EXTENT;
	return KST_OK;
}

/* KST_OK: a range; its kind is in the phase, or the block in *out is it. KST_END: no more. */
static kst_status next_range(struct blocks *walk, struct kst__heap_find *find, struct kst_pool_verdict *out,
			     bool *is_block)
{
	const struct kst_layout *layout = &walk->common.target->layout;
	uint64_t stride = kst__type_size(layout, KST__M_PAGE_RANGE);
	struct kst__view view = kst__view_target(walk->common.target, KST_SPACE_KERNEL, walk->segment, &find->failure);

	for (*is_block = false; walk->index < DESCRIPTORS;) {
		uint32_t index = walk->index++;
		struct kst_heap_range range;

		walk->start = walk->segment + ((uint64_t)index << walk->shift);
		walk->end = walk->start + ((uint64_t)1 << walk->shift);
		if (kst__decode_heap_range(&view, index * stride, &range, NULL) != KST_OK) {
			if (find->failure != KST_OK)
				return KST_END;
			walk->common.anomalies |= KST_WALK_ANOMALY_SKIPPED; /* descriptors that are not there */
			continue;
		}
		if (range.kind == KST_HEAP_RANGE_FREE && range.flags == 0)
			continue;
		*is_block = true;
		if (range.anomalies != 0 || range.kind == KST_HEAP_RANGE_CONTINUATION || range.units == 0 ||
		    range.units > DESCRIPTORS - index ||
		    (range.kind != KST_HEAP_RANGE_FREE &&
		     !kst__heap_range_ends(find, walk->segment, index, range.units)))
			return skipped(walk, walk->start, walk->end, out);
		walk->end = walk->start + ((uint64_t)range.units << walk->shift);
		walk->index = index + range.units;
		out->container = walk->start;
		out->present |= KST_POOL_VERDICT_HAS_CONTAINER;
		out->evidence |= KST_POOL_EVIDENCE_PAGE_RANGE;
		if (range.kind == KST_HEAP_RANGE_FREE)
			return whole(walk, KST_POOL_KIND_NONE, KST_POOL_STATE_FREE, out);
		if (range.kind == KST_HEAP_RANGE_BACKEND)
			return whole(walk, KST_POOL_KIND_HEAP_LARGE, KST_POOL_STATE_ALLOCATED, out);
		if (range.unused_bytes >= walk->end - walk->start)
			return skipped(walk, walk->start, walk->end, out);
		*is_block = false;
		walk->end -= range.unused_bytes; /* the guard page */
		walk->phase = range.kind == KST_HEAP_RANGE_VS ? PHASE_VS : PHASE_LFH;
		walk->at = walk->previous = 0;
		return KST_OK;
	}
	return KST_END;
}

/* KST_OK: a block in *out; KST_END: the range is done. */
static kst_status next_chunk(struct blocks *walk, struct kst__heap_find *find, struct kst_pool_verdict *out)
{
	struct kst__view view = kst__heap_look(find, walk->start);
	struct kst_vs_subsegment sub;
	struct kst_vs_chunk chunk;

	out->container = walk->start;
	out->present |= KST_POOL_VERDICT_HAS_CONTAINER;
	if (kst__decode_vs_subsegment(&view, &sub, NULL) != KST_OK || sub.anomalies != 0 ||
	    sub.bytes > walk->end - walk->start)
		return skipped(walk, walk->at == 0 ? walk->start : walk->at, walk->end, out);
	if (walk->at == 0) {
		walk->at = sub.first_chunk;
		walk->end = sub.address + sub.bytes;
	}
	if (walk->at >= walk->end)
		return KST_END;
	out->evidence |= KST_POOL_EVIDENCE_PAGE_RANGE | KST_POOL_EVIDENCE_VS_SUBSEGMENT;
	if (!kst__heap_read_chunk(find, walk->at, &chunk) || !kst__heap_sound(&chunk) ||
	    chunk.bytes > walk->end - walk->at || (walk->previous != 0 && chunk.previous_bytes != walk->previous) ||
	    ((chunk.present & KST_VS_CHUNK_HAS_SUBSEGMENT) != 0 && chunk.subsegment != sub.address))
		return skipped(walk, walk->at, walk->end, out);
	out->evidence |= KST_POOL_EVIDENCE_VS_CHAIN;
	walk->at += chunk.bytes;
	walk->previous = chunk.bytes;
	out->address = chunk.address + chunk.bytes -
		       1; /* behind its header: what comes before a moved block is no part */
	kst__heap_take_chunk(find, &chunk);
	return KST_OK;
}

static kst_status next_lfh(struct blocks *walk, struct kst__heap_find *find, struct kst_pool_verdict *out)
{
	struct kst__view view = kst__heap_look(find, walk->start);
	struct kst_lfh_subsegment sub;

	out->container = walk->start;
	out->present |= KST_POOL_VERDICT_HAS_CONTAINER;
	if (kst__decode_lfh_subsegment(&view, walk->end - walk->start, &walk->key, &sub, NULL) != KST_OK ||
	    (sub.present & KST__LFH_NEEDS) != KST__LFH_NEEDS || sub.anomalies != 0 ||
	    (walk->at == 0 && kst__heap_lfh_agrees(find, &view, &sub, false) < 0))
		return skipped(walk, walk->start, walk->end, out);
	while (walk->at < kst__lfh_places(&sub) && kst__lfh_withheld(&sub, walk->at))
		walk->at++;
	if (walk->at >= kst__lfh_places(&sub))
		return KST_END;
	out->evidence |= KST_POOL_EVIDENCE_PAGE_RANGE;
	out->address = sub.first_block + walk->at++ * sub.block_bytes;
	return kst__heap_take_lfh(find, &view, &sub);
}

/* The next segment of the context, the next context, or what comes behind them. */
static kst_status next_segment(struct blocks *walk, struct kst_error *err)
{
	const struct kst_target *target = walk->common.target;
	const struct kst__member *contexts = kst__member(&target->layout, KST__M_SEGMENT_HEAP_CONTEXTS);
	uint32_t size = kst__type_size(&target->layout, KST__M_SEG_CONTEXT);
	uint64_t head, link, at;
	kst_status st;

	if (walk->single) {
		walk->phase = PHASE_END;
		return KST_OK;
	}
	if (walk->context >= contexts->length / size || walk->context >= CONTEXTS) {
		walk->phase = PHASE_LARGE;
		return KST_OK;
	}
	head = walk->heap + contexts->offset + walk->context * size +
	       kst__member(&target->layout, KST__M_SEG_CONTEXT_SEGMENT_LIST)->offset;
	at = walk->phase == PHASE_CONTEXT
		     ? head
		     : walk->segment + kst__member(&target->layout, KST__M_PAGE_SEGMENT_LIST_ENTRY)->offset;
	st = kst__read_pointer(target, KST_SPACE_KERNEL, at, &link, err);
	if (st != KST_OK && st != KST_E_FAULT)
		return st;
	if (st == KST_E_FAULT || link == 0)
		walk->common.anomalies |= KST_WALK_ANOMALY_SKIPPED; /* the rest of the list */
	if (st == KST_E_FAULT || link == 0 || link == head) {
		walk->context++;
		walk->phase = PHASE_CONTEXT;
		return KST_OK;
	}
	link -= kst__member(&target->layout, KST__M_PAGE_SEGMENT_LIST_ENTRY)->offset;
	st = kst__cursor_step(&walk->common, link, err);
	if (st != KST_OK)
		return st;
	st = enter(walk, link, err);
	if (st == KST_END) {
		/* it does not belong here: neither do its links */
		walk->common.anomalies |= KST_WALK_ANOMALY_SKIPPED;
		walk->context++;
		walk->phase = PHASE_CONTEXT;
		return KST_OK;
	}
	return st;
}

static kst_status next_large(struct blocks *walk, struct kst_pool_verdict *out, struct kst_error *err)
{
	struct kst_heap_large large;
	kst_status st = kst__heap_tree_next(walk->common.target, walk->heap, walk->large, walk->any_large != 0, &large,
					    err);

	if (st == KST_OK)
		st = kst__cursor_step(&walk->common, large.node, err);
	if (st == KST_E_CORRUPT && walk->common.end == KST_WALK_RUNNING) {
		walk->common.anomalies |= KST_WALK_ANOMALY_SKIPPED; /* of the tree not even the links are sound */
		return KST_END;
	}
	if (st != KST_OK)
		return st;
	walk->large = large.address;
	walk->any_large = 1;
	out->kind = KST_POOL_KIND_HEAP_LARGE;
	out->state = KST_POOL_STATE_ALLOCATED;
	out->evidence |= KST_POOL_EVIDENCE_HEAP_TREE;
	out->base = out->data = large.address;
	out->bytes = large.bytes;
	out->container = large.node;
	out->present |= KST_POOL_VERDICT_HAS_EXTENT | KST_POOL_VERDICT_HAS_CONTAINER;
	return KST_OK;
}

/* One block, or KST_END. */
static kst_status next_block(struct blocks *walk, struct kst_pool_verdict *out, struct kst_error *err)
{
	for (;;) {
		struct kst__heap_find find = question(walk, out, err);
		bool is_block = false;
		kst_status st;

		blank(out);
		out->heap = walk->heap;
		out->present = KST_POOL_VERDICT_HAS_HEAP;
		out->evidence = walk->key.source == KST_HEAP_KEY_SYMBOLS ? KST_POOL_EVIDENCE_KEY_SYMBOLS
									 : KST_POOL_EVIDENCE_KEY_RECOVERED;
		if (walk->phase != PHASE_LARGE)
			out->evidence |= KST_POOL_EVIDENCE_SEGMENT;
		switch (walk->phase) {
		case PHASE_CONTEXT:
		case PHASE_SEGMENT:
			st = next_segment(walk, err);
			if (st != KST_OK)
				return st;
			continue;
		case PHASE_RANGE:
			st = next_range(walk, &find, out, &is_block);
			if (st == KST_END)
				walk->phase = PHASE_SEGMENT;
			break;
		case PHASE_VS:
		case PHASE_LFH:
			st = walk->phase == PHASE_VS ? next_chunk(walk, &find, out) : next_lfh(walk, &find, out);
			is_block = st == KST_OK;
			if (st == KST_END)
				walk->phase = PHASE_RANGE;
			break;
		case PHASE_LARGE:
			st = next_large(walk, out, err);
			if (st != KST_END)
				return st;
			walk->phase = PHASE_END;
			continue;
		default: return kst__cursor_finish(&walk->common, KST_WALK_CLOSED, KST_END);
		}
		if (find.failure != KST_OK)
			return kst__fail(err, find.failure, walk->segment, "the host could not read");
		if (st != KST_OK && st != KST_END)
			return st;
		if (is_block) {
			out->address = out->base;
			return KST_OK;
		}
	}
}

kst_status kst_heap_blocks_next(struct kst_cursor *cursor, struct kst_pool_verdict *out, struct kst_error *err)
{
	struct blocks *walk = (struct blocks *)(void *)cursor;
	struct kst_pool_verdict ours;
	kst_status st = kst__cursor_ready(cursor, KIND_BLOCKS, out, sizeof ours, err);

	if (st != KST_OK)
		return st;
	return kst__cursor_deliver(&walk->common, next_block(walk, &ours, err), out, &ours, sizeof ours, err);
}
