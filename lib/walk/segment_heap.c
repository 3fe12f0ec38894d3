/* SPDX-License-Identifier: MIT */
/*
 * Which block of the segment heap is this? From the page segment that a signature proves, through the descriptor of the
 * range to its VS chunks or LFH blocks. Where only pieces of memory are at hand, from the chunks around the address: a
 * chunk word that decodes in 64 bits and agrees with its neighbour or its block leaves no doubt
 * (doc/structures/segment_heap.md).
 */
#include "segment_heap.h"
#include "heap_key.h"
#include "heap_tree.h"
#include "pool.h"

#define PAGE        0x1000u
#define DESCRIPTORS 256u

/* A page range of a segment that was proved; of a VS or LFH range without the guard page behind it. */
struct range {
	uint64_t start;
	uint64_t bytes;
};

void kst__heap_add_candidate(struct kst_pool_verdict *out, uint64_t address, uint64_t bytes, const uint8_t tag[4])
{
	struct kst_pool_candidate *candidate;

	if (out->candidates_count >= KST__COUNT(out->candidates))
		return;
	candidate = &out->candidates[out->candidates_count++];
	candidate->address = address;
	candidate->bytes = bytes <= UINT32_MAX ? (uint32_t)bytes : UINT32_MAX;
	memcpy(candidate->tag, tag, sizeof candidate->tag);
}

/*
 * Where the block of a chunk begins: behind the chunk header, unless that leaves no room in the page, or a block smaller
 * than a page would cross into the next one.
 */
uint64_t kst__heap_block_start(const struct kst__heap_find *find, uint64_t chunk, uint64_t end)
{
	uint64_t at = chunk + find->vs.header_size, next = (at | (PAGE - 1)) + 1;

	if (next < end && at % PAGE + find->header.header_size >= PAGE)
		return next;
	if (end - at < PAGE && next < end)
		return next;
	return at;
}

/* The POOL_HEADER of an allocated block of `room` bytes; true when it agrees with the heap. */
bool kst__heap_read_header(struct kst__heap_find *find, uint64_t at, uint64_t room, bool slack,
			   struct kst_pool_header *header)
{
	struct kst__view view = kst__heap_look(find, at & ~(uint64_t)(PAGE - 1));

	header->size = 0;
	if (kst__decode_pool_header(&view, &find->header, at % PAGE, header, NULL) != KST_OK) {
		header->size = 0;
		return false;
	}
	return header->block_size != 0 && header->previous_size == 0 && header->state == KST_POOL_STATE_ALLOCATED &&
	       (header->block_size == room || (slack && header->block_size < room));
}

/* Complete a verdict about an allocated block: its header tells tag and type, the heap its size. */
static void take_block(struct kst__heap_find *find, uint64_t base, uint64_t bytes, bool slack)
{
	struct kst_pool_verdict *out = find->out;
	struct kst_pool_header header;
	bool agrees;

	out->base = base;
	out->bytes = bytes;
	out->data = base;
	out->present |= KST_POOL_VERDICT_HAS_EXTENT;
	/* what does not fit into the size field has no header */
	if (bytes >= PAGE)
		return;
	agrees = kst__heap_read_header(find, base, bytes, slack, &header);
	if (header.size == 0)
		return;
	if (agrees)
		out->evidence |= KST_POOL_EVIDENCE_HEADER_AGREES;
	else if (out->state == KST_POOL_STATE_ALLOCATED)
		out->anomalies |= (header.anomalies & KST_POOL_HEADER_ANOMALY_OVERWRITTEN) != 0
					  ? KST_POOL_VERDICT_ANOMALY_LOOKASIDE
					  : KST_POOL_VERDICT_ANOMALY_HEADER_SUSPECT;
	if (!agrees && out->state == KST_POOL_STATE_ALLOCATED)
		return;
	out->header = base;
	out->data = base + find->header.header_size;
	out->present |= KST_POOL_VERDICT_HAS_HEADER;
	if ((header.present & KST_POOL_HEADER_HAS_TAG) != 0) {
		memcpy(out->tag, header.tag, sizeof out->tag);
		memcpy(out->tag_text, header.tag_text, sizeof out->tag_text);
		out->protected_tag = header.protected_tag;
		out->present |= KST_POOL_VERDICT_HAS_TAG;
		if (out->state != KST_POOL_STATE_ALLOCATED)
			out->anomalies |= KST_POOL_VERDICT_ANOMALY_STALE_TAG;
	}
	if (out->state != KST_POOL_STATE_ALLOCATED)
		return;
	if ((header.present & KST_POOL_HEADER_HAS_POOL_TYPE) != 0) {
		out->pool_type = header.pool_type;
		out->present |= KST_POOL_VERDICT_HAS_POOL_TYPE;
	}
	kst__pool_charge(find->target, &header, &find->failure);
	if ((header.present & KST_POOL_HEADER_HAS_QUOTA_PROCESS) != 0) {
		out->process = header.quota_process;
		out->present |= KST_POOL_VERDICT_HAS_PROCESS;
	}
}

void kst__heap_take_chunk(struct kst__heap_find *find, const struct kst_vs_chunk *chunk)
{
	struct kst_pool_verdict *out = find->out;
	uint64_t end = chunk->address + chunk->bytes;

	out->kind = KST_POOL_KIND_VS;
	out->state = chunk->state;
	if (chunk->state == KST_POOL_STATE_ALLOCATED) {
		take_block(find, kst__heap_block_start(find, chunk->address, end),
			   end - kst__heap_block_start(find, chunk->address, end), chunk->unused_bytes != 0);
	} else {
		out->base = out->data = chunk->data;
		out->bytes = chunk->bytes - (chunk->data - chunk->address);
		out->present |= KST_POOL_VERDICT_HAS_EXTENT;
	}
	/* the chunk's own header and what is left before a moved block belong to the chunk as well */
	if (out->address < out->base) {
		out->bytes += out->base - chunk->address;
		out->base = chunk->address;
	}
}

/* Marked free, but the block in it is one in use, and what stands behind the word is that of an allocated chunk. */
static bool contradicts_free(struct kst__heap_find *find, const struct kst_vs_chunk *chunk)
{
	uint64_t end = chunk->address + chunk->bytes, at = kst__heap_block_start(find, chunk->address, end), extra;
	struct kst__view view = kst__heap_look(find, chunk->address);
	struct kst_pool_header header;

	return end - at < PAGE && kst__heap_read_header(find, at, end - at, true, &header) &&
	       header.block_size + 4 * find->vs.unit > end - at && kst__get(&view, KST__M_VS_CHUNK_SPARE, &extra) &&
	       extra == 0;
}

bool kst__heap_read_chunk(struct kst__heap_find *find, uint64_t at, struct kst_vs_chunk *chunk)
{
	struct kst__view view = kst__heap_look(find, at);

	return kst__decode_vs_chunk(&view, &find->vs, 0, &find->key, chunk, NULL) == KST_OK;
}

static kst_status find_vs(struct kst__heap_find *find, const struct range *range)
{
	struct kst_pool_verdict *out = find->out;
	struct kst__view view = kst__heap_look(find, range->start);
	struct kst_vs_subsegment sub;
	struct kst_vs_chunk chunk, next;
	uint64_t at, end, previous = 0;

	if (kst__decode_vs_subsegment(&view, &sub, NULL) != KST_OK)
		return kst__heap_end_of(find, KST_END);
	if (sub.anomalies != 0 || sub.bytes > range->bytes)
		return kst__heap_verdict(find, KST_POOL_KIND_INCONSISTENT);
	out->evidence |= KST_POOL_EVIDENCE_VS_SUBSEGMENT;
	end = sub.address + sub.bytes;
	if (out->address < sub.first_chunk || out->address >= end)
		return kst__heap_verdict(find, KST_POOL_KIND_NONE); /* the heap's own */
	for (at = sub.first_chunk; at < end; at += chunk.bytes) {
		if (!kst__heap_read_chunk(find, at, &chunk))
			return kst__heap_end_of(find, KST_END);
		if (!kst__heap_sound(&chunk) || chunk.bytes > end - at ||
		    (previous != 0 && chunk.previous_bytes != previous) ||
		    ((chunk.present & KST_VS_CHUNK_HAS_SUBSEGMENT) != 0 && chunk.subsegment != sub.address)) {
			kst__heap_add_candidate(out, at - previous, previous, out->tag);
			return kst__heap_verdict(find, KST_POOL_KIND_INCONSISTENT);
		}
		if (out->address - at < chunk.bytes)
			break;
		previous = chunk.bytes;
	}
	if (at + chunk.bytes < end && kst__heap_read_chunk(find, at + chunk.bytes, &next) &&
	    (!kst__heap_sound(&next) || next.previous_bytes != chunk.bytes)) {
		kst__heap_add_candidate(out, at, chunk.bytes, out->tag);
		return kst__heap_verdict(find, KST_POOL_KIND_INCONSISTENT);
	}
	if (chunk.state == KST_POOL_STATE_FREE && contradicts_free(find, &chunk)) {
		kst__heap_add_candidate(out, at, chunk.bytes, out->tag);
		return kst__heap_verdict(find, KST_POOL_KIND_INCONSISTENT);
	}
	out->evidence |= KST_POOL_EVIDENCE_VS_CHAIN;
	kst__heap_take_chunk(find, &chunk);
	return kst__heap_end_of(find, KST_OK);
}

/*
 * Do blocks have their headers where the subsegment says they are? 1: one does; -1: those at hand do not; 0: none is at
 * hand. The first busy blocks are asked; `stale`: what is left of a header in a free block counts as well.
 */
int kst__heap_lfh_agrees(struct kst__heap_find *find, const struct kst__view *view,
			 const struct kst_lfh_subsegment *sub, bool stale)
{
	unsigned asked = 0;

	for (uint64_t i = 0; i < kst__lfh_places(sub) && asked < 8; i++) {
		struct kst_pool_header header;
		uint64_t bits;
		bool busy;

		if (kst__lfh_withheld(sub, i) || !kst__view_number(view, sub->bitmap - sub->address + i / 4, 1, &bits))
			continue;
		busy = (bits >> (2 * (i % 4)) & 1) != 0;
		if (!busy && !stale)
			continue;
		if (kst__heap_read_header(find, sub->first_block + i * sub->block_bytes, sub->block_bytes, false,
					  &header))
			return 1;
		asked += busy && header.size != 0;
		if (stale && i >= 64)
			break;
	}
	return asked == 0 ? 0 : -1;
}

/* The block of a sound subsegment that holds the address; `sub` has its offsets and count. */
kst_status kst__heap_take_lfh(struct kst__heap_find *find, const struct kst__view *view,
			      const struct kst_lfh_subsegment *sub)
{
	struct kst_pool_verdict *out = find->out;
	uint64_t index = out->address < sub->first_block ? UINT64_MAX
							 : (out->address - sub->first_block) / sub->block_bytes;
	uint64_t bits;

	out->evidence |= KST_POOL_EVIDENCE_LFH_SUBSEGMENT;
	if (index >= kst__lfh_places(sub) || kst__lfh_withheld(sub, index))
		return kst__heap_verdict(find, KST_POOL_KIND_NONE); /* the heap's own */
	if (kst__view_number(view, sub->bitmap - sub->address + index / 4, 1, &bits)) {
		/* bit 0: busy; bit 1: not all of its bytes are used */
		out->state = (bits >> (2 * (index % 4)) & 1) != 0 ? KST_POOL_STATE_ALLOCATED : KST_POOL_STATE_FREE;
		out->evidence |= KST_POOL_EVIDENCE_LFH_BITMAP;
	}
	out->kind = KST_POOL_KIND_LFH;
	take_block(find, sub->first_block + index * sub->block_bytes, sub->block_bytes, true);
	return kst__heap_end_of(find, KST_OK);
}

static kst_status find_lfh(struct kst__heap_find *find, const struct range *range)
{
	struct kst__view view = kst__heap_look(find, range->start);
	struct kst_lfh_subsegment sub;

	if (kst__decode_lfh_subsegment(&view, range->bytes, &find->key, &sub, NULL) != KST_OK ||
	    (sub.present & KST__LFH_NEEDS) != KST__LFH_NEEDS)
		return kst__heap_end_of(find, KST_END);
	if (sub.anomalies != 0 || kst__heap_lfh_agrees(find, &view, &sub, false) < 0)
		return kst__heap_end_of(find, kst__heap_verdict(find, KST_POOL_KIND_INCONSISTENT));
	return kst__heap_take_lfh(find, &view, &sub);
}

/* The segment context and the heap that a segment names: KST_OK when both exist and know the segment. */
kst_status kst__heap_prove(struct kst__heap_find *find, uint64_t segment, uint64_t *context)
{
	const struct kst_layout *layout = &find->target->layout;
	const struct kst__member *contexts = kst__member(layout, KST__M_SEGMENT_HEAP_CONTEXTS);
	uint32_t size = kst__type_size(layout, KST__M_SEG_CONTEXT);
	struct kst__view view = kst__heap_look(find, segment);
	struct kst_page_segment header;

	if (!contexts->present || size == 0 || kst__decode_page_segment(&view, &find->key, &header, NULL) != KST_OK ||
	    (header.present & KST_PAGE_SEGMENT_HAS_CONTEXT) == 0 || header.anomalies != 0)
		return kst__heap_end_of(find, KST_END);
	for (uint32_t i = 0; i < contexts->length / size && i < 8; i++) {
		uint64_t heap = header.context - contexts->offset - (uint64_t)i * size, signature, mask;

		view = kst__heap_look(find, heap);
		if (!kst__get(&view, KST__M_SEGMENT_HEAP_SIGNATURE, &signature) || signature != KST__HEAP_SIGNATURE)
			continue;
		view = kst__heap_look(find, header.context);
		if (!kst__get(&view, KST__M_SEG_CONTEXT_SEGMENT_MASK, &mask) || (find->out->address & mask) != segment)
			continue;
		find->out->heap = heap;
		find->out->present |= KST_POOL_VERDICT_HAS_HEAP;
		find->out->evidence |= KST_POOL_EVIDENCE_SEGMENT;
		*context = header.context;
		return kst__heap_end_of(find, KST_OK);
	}
	return kst__heap_end_of(find, KST_END);
}

bool kst__heap_range_ends(struct kst__heap_find *find, uint64_t segment, uint64_t index, uint64_t units)
{
	uint64_t stride = kst__type_size(&find->target->layout, KST__M_PAGE_RANGE);
	struct kst__view view = kst__heap_look(find, segment);
	struct kst_heap_range other;

	if (units > 1 && kst__decode_heap_range(&view, (index + units - 1) * stride, &other, NULL) == KST_OK &&
	    (other.kind != KST_HEAP_RANGE_CONTINUATION || other.unit_offset != units - 1))
		return false;
	return index + units >= DESCRIPTORS ||
	       kst__decode_heap_range(&view, (index + units) * stride, &other, NULL) != KST_OK ||
	       other.kind != KST_HEAP_RANGE_CONTINUATION;
}

/* Not a continuation: does an allocated range before it reach over it all the same? */
static bool inside_allocated(struct kst__heap_find *find, uint64_t segment, uint64_t index, uint64_t first)
{
	uint64_t stride = kst__type_size(&find->target->layout, KST__M_PAGE_RANGE);
	struct kst__view view = kst__heap_look(find, segment);
	struct kst_heap_range other;

	for (uint64_t at = index; at > first; at--) {
		if (kst__decode_heap_range(&view, (at - 1) * stride, &other, NULL) != KST_OK)
			return false;
		if (other.kind == KST_HEAP_RANGE_CONTINUATION || other.flags == 0)
			continue;
		return other.kind != KST_HEAP_RANGE_FREE && at - 1 + other.units > index;
	}
	return false;
}

KST__APART static kst_status find_in_segment(struct kst__heap_find *find, uint64_t segment)
{
	const struct kst_layout *layout = &find->target->layout;
	uint64_t stride = kst__type_size(layout, KST__M_PAGE_RANGE), context = 0, shift, first, index;
	struct kst_pool_verdict *out = find->out;
	struct kst_heap_range descriptor;
	struct range range;
	struct kst__view view;
	kst_status st = kst__heap_prove(find, segment, &context);

	if (st != KST_OK)
		return st;
	view = kst__heap_look(find, context);
	if (stride == 0 || !kst__get(&view, KST__M_SEG_CONTEXT_UNIT_SHIFT, &shift) ||
	    !kst__get(&view, KST__M_SEG_CONTEXT_FIRST_DESCRIPTOR, &first))
		return kst__heap_end_of(find, KST_END);
	if (shift < 12 || shift > 24)
		return kst__heap_verdict(find, KST_POOL_KIND_INCONSISTENT);
	index = (out->address - segment) >> shift;
	if (index < first || index >= DESCRIPTORS)
		return kst__heap_verdict(find, KST_POOL_KIND_NONE);
	view = kst__heap_look(find, segment);
	st = kst__decode_heap_range(&view, index * stride, &descriptor, NULL);
	if (st == KST_OK && descriptor.kind == KST_HEAP_RANGE_CONTINUATION) {
		if (descriptor.anomalies != 0 || descriptor.unit_offset > index - first)
			return kst__heap_verdict(find, KST_POOL_KIND_INCONSISTENT);
		index -= descriptor.unit_offset;
		st = kst__decode_heap_range(&view, index * stride, &descriptor, NULL);
		if (st == KST_OK && (descriptor.kind < KST_HEAP_RANGE_BACKEND || descriptor.kind > KST_HEAP_RANGE_VS))
			return kst__heap_verdict(find, KST_POOL_KIND_INCONSISTENT);
	}
	if (st != KST_OK)
		return kst__heap_end_of(find, KST_END);
	range.start = segment + (index << shift);
	range.bytes = (uint64_t)descriptor.units << shift;
	if (descriptor.anomalies != 0)
		return kst__heap_verdict(find, KST_POOL_KIND_INCONSISTENT);
	out->evidence |= KST_POOL_EVIDENCE_PAGE_RANGE;
	if (inside_allocated(find, segment, index, first))
		return kst__heap_end_of(find, kst__heap_verdict(find, KST_POOL_KIND_INCONSISTENT));
	if (descriptor.kind == KST_HEAP_RANGE_FREE) {
		out->state = KST_POOL_STATE_FREE;
		return kst__heap_verdict(find, KST_POOL_KIND_NONE);
	}
	if (index + descriptor.units > DESCRIPTORS || out->address - range.start >= range.bytes ||
	    !kst__heap_range_ends(find, segment, index, descriptor.units))
		return kst__heap_end_of(find, kst__heap_verdict(find, KST_POOL_KIND_INCONSISTENT));
	out->container = range.start;
	out->present |= KST_POOL_VERDICT_HAS_CONTAINER;
	if (descriptor.kind != KST_HEAP_RANGE_BACKEND) {
		if (descriptor.unused_bytes >= range.bytes)
			return kst__heap_verdict(find, KST_POOL_KIND_INCONSISTENT);
		range.bytes -= descriptor.unused_bytes;
	}
	if (descriptor.kind == KST_HEAP_RANGE_VS)
		return find_vs(find, &range);
	if (descriptor.kind == KST_HEAP_RANGE_LFH)
		return find_lfh(find, &range);
	out->kind = KST_POOL_KIND_HEAP_LARGE;
	out->state = KST_POOL_STATE_ALLOCATED;
	out->base = out->data = range.start;
	out->bytes = range.bytes;
	out->present |= KST_POOL_VERDICT_HAS_EXTENT;
	return KST_OK;
}

KST__APART static kst_status find_large(struct kst__heap_find *find)
{
	struct kst_pool_verdict *out = find->out;
	struct kst_heap_large large;
	uint64_t heap;
	kst_status st = kst__heap_tree_find(find->target, out->address, &large, &heap, find->err);

	if (st != KST_OK)
		return st;
	out->kind = KST_POOL_KIND_HEAP_LARGE;
	out->state = KST_POOL_STATE_ALLOCATED;
	out->evidence |= KST_POOL_EVIDENCE_HEAP_TREE;
	out->base = out->data = large.address;
	out->bytes = large.bytes;
	out->heap = heap;
	out->container = large.node;
	out->present |= KST_POOL_VERDICT_HAS_EXTENT | KST_POOL_VERDICT_HAS_HEAP | KST_POOL_VERDICT_HAS_CONTAINER;
	return KST_OK;
}

/* Is this page the start of a heap itself? Plain, so it can be told without a key. */
KST__APART static bool heap_object(struct kst__heap_find *find)
{
	const struct kst_layout *layout = &find->target->layout;
	const struct kst__member *contexts = kst__member(layout, KST__M_SEGMENT_HEAP_CONTEXTS);
	uint64_t heap = find->out->address & ~(uint64_t)(PAGE - 1), signature, named;
	struct kst__view view = kst__heap_look(find, heap), context = kst__heap_look(find, heap + contexts->offset);

	if (!contexts->present || !kst__get(&view, KST__M_SEGMENT_HEAP_SIGNATURE, &signature) ||
	    signature != KST__HEAP_SIGNATURE || !kst__get(&context, KST__M_SEG_CONTEXT_HEAP, &named) || named != heap)
		return false;
	find->out->heap = heap;
	find->out->present |= KST_POOL_VERDICT_HAS_HEAP;
	find->out->evidence |= KST_POOL_EVIDENCE_HEAP_OBJECT;
	return true;
}

kst_status kst__heap_find(const struct kst_target *target, uint64_t address, struct kst_pool_verdict *out,
			  struct kst_error *err)
{
	/* sizes of segments; the context's own mask is asked before one is believed */
	static const uint64_t sizes[] = { 0x100000, 0x1000000 };
	struct kst__heap_find find = { .target = target, .out = out, .err = err, .failure = KST_OK };
	kst_status st;

	if (!kst__vs_format(&target->layout, &find.vs) ||
	    kst__pool_format(&target->layout, &find.header, NULL) != KST_OK) {
		out->evidence |= KST_POOL_EVIDENCE_NO_HEAP_METADATA;
		return KST_END;
	}
	if (heap_object(&find))
		return kst__heap_end_of(&find, kst__heap_verdict(&find, KST_POOL_KIND_NONE));
	if (find.failure != KST_OK)
		return kst__heap_end_of(&find, KST_END);
	st = kst__heap_key(target, &find.key, err);
	if (st == KST_E_NO_MEMBER || st == KST_E_FAULT || st == KST_END) {
		out->evidence |= KST_POOL_EVIDENCE_NO_HEAP_METADATA;
		return KST_END;
	}
	if (st != KST_OK)
		return st;
	for (size_t i = 0; i < KST__COUNT(sizes); i++) {
		st = find_in_segment(&find, address & ~(sizes[i] - 1));
		if (st != KST_END)
			break;
	}
	if (st == KST_END)
		st = find_large(&find);
	if (st == KST_END)
		st = kst__heap_find_in_pieces(&find);
	if (st == KST_OK)
		out->evidence |= find.key.source == KST_HEAP_KEY_SYMBOLS ? KST_POOL_EVIDENCE_KEY_SYMBOLS
									 : KST_POOL_EVIDENCE_KEY_RECOVERED;
	return st;
}
