/* SPDX-License-Identifier: MIT */
/*
 * What the starts of pages tell of the heap's keys (doc/structures/segment_heap.md).
 *
 * A page segment's list leads to the context that owns it, and the context to its heap: plain pointers, each proved by
 * the other. So everything in the segment's signature is known but the heap key.
 *
 * An LFH subsegment's word holds the size of its blocks and where the first one lies. Both are told by the POOL_HEADERs of
 * the blocks, so everything in the word is known but the low half of the LFH key.
 */
#include "heap_votes.h"
#include "../decode/pool.h"
#include "kernel_runs.h"

#define PAGE        0x1000u
#define START       0x180u    /* bytes of a page that are looked at */
#define SEGMENT     0x100000u /* the smallest page segment */
#define SLOTS       8u
#define LFH_LEAST   3u /* votes, of at least two different words */
#define SEGMENTS    2u
#define CONTEXTS    8u
#define LFH_BIGGEST 0x4000u
#define LFH_ENOUGH  16u       /* then nobody can win any more ... */
#define READ_ENOUGH 0x180000u /* ... and 4,096 pages were looked at for the sake of the segments */

struct votes {
	const struct kst_target *target;
	struct kst__pool_format header;
	struct kst__slot segments[SLOTS];
	struct kst__slot lfh[SLOTS];
	struct kst__slot other[SLOTS]; /* votes for a key by another word than the first one for it */
	struct {
		uint64_t key;
		uint32_t plain;
		uint32_t used;
	} first[SLOTS]; /* the first word that voted for a key */
};

uint64_t kst__cast(struct kst__slot *slots, size_t count, uint64_t value)
{
	struct kst__slot *empty = NULL;

	for (size_t i = 0; i < count; i++) {
		if (slots[i].count > 0 && slots[i].value == value)
			return ++slots[i].count;
		if (slots[i].count == 0)
			empty = &slots[i];
	}
	if (empty != NULL) {
		empty->value = value;
		empty->count = 1;
		return 1;
	}
	for (size_t i = 0; i < count; i++)
		slots[i].count--;
	return 0;
}

struct kst__slot kst__best(const struct kst__slot *slots, size_t count, uint64_t *second)
{
	struct kst__slot winner = { 0, 0 };

	*second = 0;
	for (size_t i = 0; i < count; i++) {
		if (slots[i].count > winner.count) {
			*second = winner.count;
			winner = slots[i];
		} else if (slots[i].count > *second) {
			*second = slots[i].count;
		}
	}
	return winner;
}

static uint64_t votes_of(const struct kst__slot *slots, uint64_t value)
{
	for (size_t i = 0; i < SLOTS; i++)
		if (slots[i].count > 0 && slots[i].value == value)
			return slots[i].count;
	return 0;
}

/*
 * A systematic mistake about one kind of block would be repeated by all subsegments of that kind; another kind would
 * make another key of it. So the words must differ.
 */
static void cast_lfh(struct votes *votes, uint32_t key, uint32_t plain)
{
	size_t at = 0;

	kst__cast(votes->lfh, SLOTS, key);
	for (size_t i = 0; i < SLOTS; i++) {
		if (votes->first[i].used && votes->first[i].key == key) {
			if (votes->first[i].plain != plain)
				kst__cast(votes->other, SLOTS, key);
			return;
		}
		/* room: never used, or of a key that has lost all votes */
		if (!votes->first[i].used || votes_of(votes->lfh, votes->first[i].key) == 0)
			at = i;
	}
	votes->first[at].used = 1;
	votes->first[at].key = key;
	votes->first[at].plain = plain;
}

KST__APART static void vote_lfh(struct votes *votes, uint64_t address, const uint8_t *bytes, size_t len)
{
	static const struct kst_heap_key none = { .size = sizeof none };
	const struct kst_layout *layout = &votes->target->layout;
	const struct kst__member *list = kst__member(layout, KST__M_LFH_SUBSEGMENT_LIST_ENTRY);
	uint64_t need = KST_LFH_SUBSEGMENT_HAS_BLOCK_COUNT | KST_LFH_SUBSEGMENT_HAS_FREE_COUNT, links[2], end, places;
	uint32_t width = kst__pointer_size(votes->target), unit = votes->header.unit;
	struct kst__view view = kst__view_bytes(layout, bytes, len);
	struct kst_lfh_subsegment sub;

	view.address = address;
	if (!list->present || kst__decode_lfh_subsegment(&view, 0, &none, &sub, NULL) != KST_OK ||
	    (sub.present & need) != need || sub.block_count == 0 || sub.free_count > sub.block_count)
		return;
	for (unsigned i = 0; i < 2; i++)
		if (!kst__view_pointer(&view, list->offset + (uint64_t)i * width, &links[i]) || links[i] % width != 0 ||
		    !kst__is_kernel(votes->target, links[i]))
			return;
	places = kst__lfh_places(&sub);
	end = sub.bitmap - address + (2 * places + 8 * width - 1) / (8 * width) * width;
	for (uint64_t at = (end + unit - 1) / unit * unit; at + votes->header.header_size <= len; at += unit) {
		uint32_t size, plain;
		uint64_t first = at;

		if (!kst__pool_plausible(&votes->header, (uint32_t)at, bytes + at))
			continue;
		size = kst__pool_field(&votes->header, kst__le32(bytes + at), KST__POOL_SIZE) * unit;
		if (size > LFH_BIGGEST)
			return;
		while (first - end >= size)
			first -= size;
		plain = kst__lfh_plain(layout, size, (uint32_t)first);
		cast_lfh(votes, sub.stored ^ kst__lfh_page(layout, address) ^ plain, plain);
		return;
	}
}

/* Is this the context of a heap, and may the segment belong to it? */
KST__APART static bool is_context(const struct kst_target *target, uint64_t context, uint64_t segment,
				  kst_status *failure)
{
	const struct kst__member *contexts = kst__member(&target->layout, KST__M_SEGMENT_HEAP_CONTEXTS);
	uint32_t size = kst__type_size(&target->layout, KST__M_SEG_CONTEXT);
	struct kst__view view = kst__view_target(target, KST_SPACE_KERNEL, context, failure);
	uint64_t heap, mask, signature, distance, below;

	if (!contexts->present || size == 0 || !kst__get(&view, KST__M_SEG_CONTEXT_HEAP, &heap) ||
	    !kst__get(&view, KST__M_SEG_CONTEXT_SEGMENT_MASK, &mask) || context - contexts->offset < heap)
		return false;
	below = ~mask & kst__key_mask(&target->layout);
	if ((segment & below) != 0 || (below & (below + 1)) != 0 || below < SEGMENT - 1)
		return false;
	distance = context - contexts->offset - heap;
	if (distance % size != 0 || distance / size >= contexts->length / size || distance / size >= CONTEXTS)
		return false;
	view = kst__view_target(target, KST_SPACE_KERNEL, heap, failure);
	return kst__get(&view, KST__M_SEGMENT_HEAP_SIGNATURE, &signature) && signature == KST__HEAP_SIGNATURE;
}

KST__APART static void vote_segment(struct votes *votes, uint64_t address, const uint8_t *bytes, size_t len,
				    kst_status *failure)
{
	static const struct kst_heap_key none = { .size = sizeof none };
	const struct kst_layout *layout = &votes->target->layout;
	const struct kst__member *list = kst__member(layout, KST__M_SEG_CONTEXT_SEGMENT_LIST);
	struct kst__view view = kst__view_bytes(layout, bytes, len);
	struct kst_page_segment segment;

	view.address = address;
	if (!list->present || kst__decode_page_segment(&view, &none, &segment, NULL) != KST_OK ||
	    (segment.present & KST_PAGE_SEGMENT_HAS_LINKS) == 0)
		return;
	for (unsigned i = 0; i < 2; i++) {
		uint64_t link = i == 0 ? segment.next : segment.previous;

		/* a link to the next segment tells nothing; one to the list's head does */
		if (link % SEGMENT == 0 || link < list->offset || !kst__is_kernel(votes->target, link) ||
		    !is_context(votes->target, link - list->offset, address, failure))
			continue;
		kst__cast(votes->segments, SLOTS, kst__segment_key(layout, &segment, link - list->offset));
		return;
	}
}

/* Is more reading no use? A large dump without symbols would be read to its end for each address that is asked about. */
static bool is_clear(const struct votes *votes, uint64_t read)
{
	uint64_t second;
	struct kst__slot winner = kst__best(votes->lfh, SLOTS, &second);

	return read >= READ_ENOUGH && winner.count >= LFH_ENOUGH && winner.count > 4 * second &&
	       votes_of(votes->other, winner.value) > 0;
}

KST__APART static kst_status vote_run(struct votes *votes, uint64_t start, uint64_t end, uint64_t *searched,
				      struct kst_error *err)
{
	bool headers = votes->header.tag_offset != UINT32_MAX && votes->header.unit != 0;

	if (start > UINT64_MAX - PAGE)
		return KST_OK;
	for (uint64_t at = (start + PAGE - 1) & ~(uint64_t)(PAGE - 1); at < end && at >= start; at += PAGE) {
		size_t want = end - at < START ? (size_t)(end - at) : START, got = 0;
		kst_status failure = KST_OK, st;
		uint8_t bytes[START];

		if (*searched >= KST__HEAP_SEARCH_MOST || is_clear(votes, *searched))
			return KST_OK;
		st = kst_read(votes->target, KST_SPACE_KERNEL, at, bytes, want, &got, err);
		if (st != KST_OK && st != KST_E_FAULT)
			return st;
		*searched += want;
		if (headers)
			vote_lfh(votes, at, bytes, got);
		if (at % SEGMENT == 0)
			vote_segment(votes, at, bytes, got, &failure);
		if (failure != KST_OK)
			return kst__fail(err, failure, at, "the host could not read");
	}
	return KST_OK;
}

kst_status kst__page_votes(const struct kst_target *target, struct kst__page_votes *out, struct kst_error *err)
{
	struct votes votes = { .target = target };
	struct kst__kernel_runs runs;
	uint64_t start, length, searched = 0, second;
	struct kst__slot winner;
	kst_status st = kst__kernel_runs_begin(&runs, target, err);

	memset(out, 0, sizeof *out);
	if (st != KST_OK)
		return st;
	if (kst__pool_format(&target->layout, &votes.header, NULL) != KST_OK)
		votes.header.unit = 0;
	while ((st = kst__kernel_runs_next(&runs, &start, &length, err)) == KST_OK) {
		st = vote_run(&votes, start, start + length, &searched, err);
		if (st != KST_OK)
			return st;
		if (searched >= KST__HEAP_SEARCH_MOST || is_clear(&votes, searched))
			break;
	}
	if (st != KST_OK && st != KST_END)
		return st;
	out->partial = runs.partial || searched >= KST__HEAP_SEARCH_MOST || is_clear(&votes, searched);
	winner = kst__best(votes.segments, SLOTS, &second);
	if (winner.count > 2 * second) {
		out->heap_key = winner.value;
		out->segments = winner.count;
	}
	winner = kst__best(votes.lfh, SLOTS, &second);
	if (winner.count >= LFH_LEAST && winner.count > 2 * second && votes_of(votes.other, winner.value) > 0) {
		out->lfh_key = (uint32_t)winner.value;
		out->lfh = winner.count;
	}
	return KST_OK;
}
