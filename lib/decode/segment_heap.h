/* SPDX-License-Identifier: MIT */
/* What the segment-heap decoders share with the walks: encodings, and the decoders over any view. */
#ifndef KST_DECODE_SEGMENT_HEAP_H
#define KST_DECODE_SEGMENT_HEAP_H

#include "view.h"

#include <kstate/segment_heap.h>

#define KST__HEAP_SIGNATURE  0xddeeddeeu /* _SEGMENT_HEAP.Signature */
#define KST__RANGE_SIGNATURE 0xccddccddu /* TreeSignature of an allocated range */

/* How a layout's VS chunks are read: four fields of the encoded word. */
struct kst__vs_format {
	uint32_t word;        /* bytes of the encoded word */
	uint32_t header_size; /* bytes of the chunk header */
	uint32_t unit;        /* bytes per unit of size */
	uint8_t shift[4];
	uint8_t bits[4];
};

enum { KST__VS_COST, KST__VS_SIZE, KST__VS_PREVIOUS, KST__VS_ALLOCATED };

/* False when the layout does not describe VS chunks. */
bool kst__vs_format(const struct kst_layout *layout, struct kst__vs_format *out);

static inline uint64_t kst__vs_field(const struct kst__vs_format *format, uint64_t plain, unsigned which)
{
	return plain >> format->shift[which] & kst__mask(format->bits[which]);
}

/* The bits of the word that belong to a field. */
static inline uint64_t kst__vs_mask(const struct kst__vs_format *format, unsigned which)
{
	return kst__mask(format->bits[which]) << format->shift[which];
}

static inline uint64_t kst__key_mask(const struct kst_layout *layout)
{
	return layout->info.pointer_size == 4 ? UINT32_MAX : UINT64_MAX;
}

/* Is every bit of the heap key known? */
static inline bool kst__key_whole(const struct kst_layout *layout, const struct kst_heap_key *key)
{
	return (~key->bits_known & kst__key_mask(layout)) == 0;
}

/* What a page of an LFH subsegment adds to its encoded word; the word of a block size and a first block, plain. */
uint32_t kst__lfh_page(const struct kst_layout *layout, uint64_t address);
uint32_t kst__lfh_plain(const struct kst_layout *layout, uint32_t block_bytes, uint32_t first);

/* Is this place of a subsegment one that is never given away? Its offsets and counts are valid. */
bool kst__lfh_withheld(const struct kst_lfh_subsegment *sub, uint64_t place);

static inline uint64_t kst__lfh_places(const struct kst_lfh_subsegment *sub)
{
	return (uint64_t)sub->block_count + sub->withheld_count;
}

/* The heap key that would make `context` the owner of a decoded page segment. */
uint64_t kst__segment_key(const struct kst_layout *layout, const struct kst_page_segment *segment, uint64_t context);

/* The decoders, at `offset` of a view. They overwrite *out, which has the size of this version. */
kst_status kst__decode_vs_chunk(const struct kst__view *view, const struct kst__vs_format *format, uint64_t offset,
				const struct kst_heap_key *key, struct kst_vs_chunk *out, struct kst_error *err);
kst_status kst__decode_vs_subsegment(const struct kst__view *view, struct kst_vs_subsegment *out,
				     struct kst_error *err);
kst_status kst__decode_lfh_subsegment(const struct kst__view *view, uint64_t range, const struct kst_heap_key *key,
				      struct kst_lfh_subsegment *out, struct kst_error *err);
kst_status kst__decode_page_segment(const struct kst__view *view, const struct kst_heap_key *key,
				    struct kst_page_segment *out, struct kst_error *err);
kst_status kst__decode_heap_range(const struct kst__view *view, uint64_t offset, struct kst_heap_range *out,
				  struct kst_error *err);
kst_status kst__decode_heap_large(const struct kst__view *view, struct kst_heap_large *out, struct kst_error *err);

#endif
