/* SPDX-License-Identifier: MIT */
/* How kst_pool_find() asks the segment heap. */
#ifndef KST_WALK_SEGMENT_HEAP_H
#define KST_WALK_SEGMENT_HEAP_H

#include "heap_key.h"
#include "pool.h"

#define KST__LFH_NEEDS                                                                                                 \
	(KST_LFH_SUBSEGMENT_HAS_OFFSETS | KST_LFH_SUBSEGMENT_HAS_BLOCK_COUNT | KST_LFH_SUBSEGMENT_HAS_WITHHELD)

/* One question. */
struct kst__heap_find {
	const struct kst_target *target;
	struct kst_pool_verdict *out;
	struct kst_error *err;
	struct kst_heap_key key;
	struct kst__vs_format vs;
	struct kst__pool_format header;
	kst_status failure; /* of the host */
};

/*
 * The block of the segment heap that contains an address. `out` comes with address, region and the evidence so far and is
 * completed: kind, state, extent, evidence bits, anomalies.
 *	KST_OK   a verdict: VS, LFH, HEAP_LARGE, NONE, or INCONSISTENT with candidates
 *	KST_END  the heap's metadata cannot tell (not at hand, no keys, no types); evidence may have grown
 *	KST_E_HOST and the like: failures of the reader
 */
kst_status kst__heap_find(const struct kst_target *target, uint64_t address, struct kst_pool_verdict *out,
			  struct kst_error *err);

/*
 * The segment context and the heap that a segment names: KST_OK when both exist and know the segment. The question's
 * address must lie in the segment; heap and evidence are told in its verdict.
 */
kst_status kst__heap_prove(struct kst__heap_find *find, uint64_t segment, uint64_t *context);

/*
 * Do the descriptors behind an allocated range agree: its last one leads back to the first, the next one does not? What
 * is not there agrees.
 */
bool kst__heap_range_ends(struct kst__heap_find *find, uint64_t segment, uint64_t index, uint64_t units);

/* As kst__heap_find() where no segment is at hand, only pieces of memory (lib/walk/heap_pieces.c). */
kst_status kst__heap_find_in_pieces(struct kst__heap_find *find);

static inline struct kst__view kst__heap_look(struct kst__heap_find *find, uint64_t address)
{
	return kst__view_target(find->target, KST_SPACE_KERNEL, address, &find->failure);
}

static inline kst_status kst__heap_end_of(struct kst__heap_find *find, kst_status st)
{
	if (find->failure != KST_OK)
		return kst__fail(find->err, find->failure, find->out->address, "the host could not read");
	return st;
}

static inline kst_status kst__heap_verdict(struct kst__heap_find *find, uint32_t kind)
{
	find->out->kind = kind;
	return KST_OK;
}

static inline bool kst__heap_sound(const struct kst_vs_chunk *chunk)
{
	uint64_t need = KST_VS_CHUNK_HAS_BYTES | KST_VS_CHUNK_HAS_STATE;

	return (chunk->present & need) == need && chunk->anomalies == 0 && chunk->bytes <= UINT64_MAX - chunk->address;
}

/* Where the block of a chunk begins (lib/walk/segment_heap.c). */
uint64_t kst__heap_block_start(const struct kst__heap_find *find, uint64_t chunk, uint64_t end);

/* The POOL_HEADER of an allocated block of `room` bytes; true when it agrees with the heap. header->size 0: not there. */
bool kst__heap_read_header(struct kst__heap_find *find, uint64_t at, uint64_t room, bool slack,
			   struct kst_pool_header *header);
bool kst__heap_read_chunk(struct kst__heap_find *find, uint64_t at, struct kst_vs_chunk *chunk);
int kst__heap_lfh_agrees(struct kst__heap_find *find, const struct kst__view *view,
			 const struct kst_lfh_subsegment *sub, bool stale);

/* Complete the verdict. */
void kst__heap_add_candidate(struct kst_pool_verdict *out, uint64_t address, uint64_t bytes, const uint8_t tag[4]);
void kst__heap_take_chunk(struct kst__heap_find *find, const struct kst_vs_chunk *chunk);
kst_status kst__heap_take_lfh(struct kst__heap_find *find, const struct kst__view *view,
			      const struct kst_lfh_subsegment *sub);

#endif
