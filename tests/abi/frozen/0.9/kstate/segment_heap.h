/* SPDX-License-Identifier: MIT */
/**
 * @file segment_heap.h
 * @brief The segment heap, on which pool lies since 18362: its keys, encoded headers, page segments and blocks.
 *
 * @defgroup segment_heap Segment heap
 * @ingroup topic_pool
 * @{
 */
#ifndef KSTATE_SEGMENT_HEAP_H
#define KSTATE_SEGMENT_HEAP_H

#include <kstate/api.h>
#include <kstate/layout.h>
#include <kstate/pool.h>
#include <kstate/target.h>

#ifdef __cplusplus
extern "C" {
#endif

/** Where a heap key came from. */
enum {
	KST_HEAP_KEY_UNKNOWN = 0,  /**< There is none. */
	KST_HEAP_KEY_SYMBOLS = 1,  /**< Read from RtlpHpHeapGlobals. */
	KST_HEAP_KEY_RECOVERED = 2 /**< Voted for by chunks and segments in memory, without a symbol. */
};

/** The keys that the heap's headers are encoded with. */
struct kst_heap_key {
	uint32_t size;           /**< Set to sizeof by the caller. */
	uint32_t source;         /**< KST_HEAP_KEY_… */
	uint64_t key;            /**< HeapKey; bits outside `bits_known` are 0 and mean nothing. */
	uint64_t bits_known;     /**< Which bits of `key` are known. */
	uint64_t lfh_key;        /**< LfhKey; valid where `lfh_known` is 1. */
	uint32_t lfh_known;      /**< 1: `lfh_key` is known, at least its low 32 bits: no more of it is used. */
	uint32_t pairs;          /**< Pairs of neighbouring chunks that agree with the key. */
	uint64_t votes;          /**< Chunks that agree with the key in every bit that they can tell. */
	uint64_t candidates;     /**< Places that could have been a chunk. */
	uint64_t searched;       /**< Bytes that were searched. */
	uint64_t anomalies;      /**< KST_HEAP_KEY_ANOMALY_… */
	uint64_t segments;       /**< Page segments whose signatures agree with `key`; recovered keys only. */
	uint64_t lfh_bits_known; /**< Which bits of `lfh_key` are known. */
	uint64_t lfh_votes;      /**< LFH subsegments that voted for `lfh_key`; 0: it is from symbols, or not known. */
};

/** Only a part of the memory was searched: the votes were clear, or the budget ended. */
#define KST_HEAP_KEY_ANOMALY_PARTIAL 0x1
/** Neighbouring chunks, or chunks and segments, contradict each other; bits that depend on them are left out. */
#define KST_HEAP_KEY_ANOMALY_CONTRADICTION 0x2

/** Header of a chunk of a VS (variable size) subsegment: _HEAP_VS_CHUNK_HEADER, decoded. */
struct kst_vs_chunk {
	uint32_t size;           /**< Set to sizeof by the caller. */
	uint32_t state;          /**< KST_POOL_STATE_ALLOCATED or _FREE. */
	uint64_t present;        /**< KST_VS_CHUNK_HAS_… */
	uint64_t anomalies;      /**< KST_VS_CHUNK_ANOMALY_… */
	uint64_t address;        /**< Of the chunk. */
	uint64_t bytes;          /**< Length of the chunk, its header included. */
	uint64_t previous_bytes; /**< Length of the chunk before, as this one remembers it. */
	uint64_t stored;         /**< The encoded word. */
	uint64_t plain;          /**< The word decoded; only bits of the key that are known mean something. */
	uint64_t data;           /**< First byte behind the chunk header. */
	uint64_t subsegment;     /**< Where the subsegment begins, by the encoded page offset. */
	uint32_t memory_cost;    /**< MemoryCost; 0 in allocated chunks. */
	uint32_t unused_bytes;   /**< 1: the block is smaller than the chunk by more than the chunk header. */
};

#define KST_VS_CHUNK_HAS_STATE       0x1  /**< `state` is valid. */
#define KST_VS_CHUNK_HAS_BYTES       0x2  /**< `bytes` is valid. */
#define KST_VS_CHUNK_HAS_PREVIOUS    0x4  /**< `previous_bytes` is valid. */
#define KST_VS_CHUNK_HAS_MEMORY_COST 0x8  /**< `memory_cost` is valid. */
#define KST_VS_CHUNK_HAS_SUBSEGMENT  0x10 /**< `subsegment` is valid (allocated chunks only). */
#define KST_VS_CHUNK_HAS_UNUSED      0x20 /**< `unused_bytes` is valid (allocated chunks only). */

/** The chunk has no size, or not even that of its header. */
#define KST_VS_CHUNK_ANOMALY_SIZE 0x1
/** The allocated mark is neither 0 nor 1. */
#define KST_VS_CHUNK_ANOMALY_ALLOCATED 0x2
/** An allocated chunk has a memory cost (never seen in real memory). */
#define KST_VS_CHUNK_ANOMALY_MEMORY_COST 0x4
/** Bits that no field uses are set. */
#define KST_VS_CHUNK_ANOMALY_SPARE 0x8
/** The address is no multiple of the size unit. */
#define KST_VS_CHUNK_ANOMALY_MISALIGNED 0x10
/** The chunk before has another size than this one remembers (found by walks). */
#define KST_VS_CHUNK_ANOMALY_PREVIOUS_DIFFERS 0x20
/** The chunk leaves its subsegment (found by walks). */
#define KST_VS_CHUNK_ANOMALY_LEAVES_SUBSEGMENT 0x40
/** The encoded page offset does not lead to the subsegment that holds the chunk (found by walks). */
#define KST_VS_CHUNK_ANOMALY_PAGE_OFFSET 0x80
/** Marked free, but everything else is that of an allocated chunk with its block (found by walks). */
#define KST_VS_CHUNK_ANOMALY_STATE 0x100

/** Start of a VS subsegment: _HEAP_VS_SUBSEGMENT. */
struct kst_vs_subsegment {
	uint32_t size;        /**< Set to sizeof by the caller. */
	uint32_t full_commit; /**< FullCommit. */
	uint64_t anomalies;   /**< KST_VS_SUBSEGMENT_ANOMALY_… */
	uint64_t address;     /**< Of the subsegment. */
	uint64_t bytes; /**< Size in bytes, whole pages with the subsegment's own header (inferred: the member counts
				   units, and leaves the header out or does not; the pages are the same). */
	uint64_t first_chunk; /**< Address of the first chunk. */
	uint32_t signature;   /**< Signature, 15 bits. */
	uint32_t reserved0;   /**< 0. */
};

/** Signature and size contradict each other: this is no VS subsegment, or a damaged one. */
#define KST_VS_SUBSEGMENT_ANOMALY_SIGNATURE 0x1
/** The size is not even that of the subsegment's own header. */
#define KST_VS_SUBSEGMENT_ANOMALY_SIZE 0x2

/** Start of an LFH (low fragmentation) subsegment: _HEAP_LFH_SUBSEGMENT, decoded. */
struct kst_lfh_subsegment {
	uint32_t size;        /**< Set to sizeof by the caller. */
	uint32_t block_bytes; /**< Size of every block. */
	uint64_t present;     /**< KST_LFH_SUBSEGMENT_HAS_… */
	uint64_t anomalies;   /**< KST_LFH_SUBSEGMENT_ANOMALY_… */
	uint64_t address;     /**< Of the subsegment. */
	uint64_t first_block; /**< Address of the first block. */
	uint64_t bitmap;      /**< Address of the bitmap: two bits per place, bit 0 busy, bit 1 has unused bytes. */
	uint32_t block_count; /**< BlockCount: without the withheld places. */
	uint32_t free_count;  /**< FreeCount. */
	uint32_t stored;      /**< The encoded word. */
	uint32_t plain;       /**< The word decoded. */
	/**
	 * WitheldBlockCount: places that are never given away, since a block there would cross a page. They lie among the
	 * others and are marked busy: there are `block_count` + `withheld_count` places from `first_block` on. Where the
	 * layout lacks the member it is counted, if the range is known.
	 */
	uint32_t withheld_count;
	uint32_t reserved0; /**< 0. */
};

#define KST_LFH_SUBSEGMENT_HAS_OFFSETS     0x1  /**< `block_bytes`, `first_block` and `plain` are valid. */
#define KST_LFH_SUBSEGMENT_HAS_BLOCK_COUNT 0x2  /**< `block_count` is valid. */
#define KST_LFH_SUBSEGMENT_HAS_FREE_COUNT  0x4  /**< `free_count` is valid. */
#define KST_LFH_SUBSEGMENT_HAS_BITMAP      0x8  /**< `bitmap` is valid. */
#define KST_LFH_SUBSEGMENT_HAS_WITHHELD    0x10 /**< `withheld_count` is valid. */

/** The size of blocks is none that the heap uses. */
#define KST_LFH_SUBSEGMENT_ANOMALY_BLOCK_SIZE 0x1
/** The first block overlaps the bitmap, or does not lie at a multiple of the size unit. */
#define KST_LFH_SUBSEGMENT_ANOMALY_FIRST_BLOCK 0x2
/** The places of blocks do not fit into the range, or leave room for one more. */
#define KST_LFH_SUBSEGMENT_ANOMALY_BLOCK_COUNT 0x4
/** More blocks are free than there are. */
#define KST_LFH_SUBSEGMENT_ANOMALY_FREE_COUNT 0x8

/** Start of a page segment: _HEAP_PAGE_SEGMENT. */
struct kst_page_segment {
	uint32_t size;      /**< Set to sizeof by the caller. */
	uint32_t constant;  /**< 1: the signature is encoded with the heap's constant (up to 22631). */
	uint64_t present;   /**< KST_PAGE_SEGMENT_HAS_… */
	uint64_t anomalies; /**< KST_PAGE_SEGMENT_ANOMALY_… */
	uint64_t address;   /**< Of the segment. */
	uint64_t stored;    /**< The encoded signature. */
	uint64_t context;   /**< Address of the _HEAP_SEG_CONTEXT that owns the segment. */
	uint64_t next;      /**< Flink of its list entry. */
	uint64_t previous;  /**< Blink. */
};

#define KST_PAGE_SEGMENT_HAS_CONTEXT 0x1 /**< `context` is valid. */
#define KST_PAGE_SEGMENT_HAS_LINKS   0x2 /**< `next` and `previous` are valid. */

/** The signature does not decode to an address that a segment context can have. */
#define KST_PAGE_SEGMENT_ANOMALY_SIGNATURE 0x1

/** What a range of a page segment is. */
enum {
	KST_HEAP_RANGE_FREE = 0,         /**< Free. */
	KST_HEAP_RANGE_CONTINUATION = 1, /**< Behind the first descriptor of an allocated range. */
	KST_HEAP_RANGE_BACKEND = 2,      /**< One allocation of whole units. */
	KST_HEAP_RANGE_LFH = 3,          /**< An LFH subsegment. */
	KST_HEAP_RANGE_VS = 4,           /**< A VS subsegment. */
	KST_HEAP_RANGE_UNKNOWN = 5       /**< Flags that mean nothing known. */
};

/** Descriptor of a page range: _HEAP_PAGE_RANGE_DESCRIPTOR. */
struct kst_heap_range {
	uint32_t size;         /**< Set to sizeof by the caller. */
	uint32_t kind;         /**< KST_HEAP_RANGE_… */
	uint64_t anomalies;    /**< KST_HEAP_RANGE_ANOMALY_… */
	uint64_t address;      /**< Of the descriptor. */
	uint32_t flags;        /**< RangeFlags. */
	uint32_t units;        /**< Length in units; valid in a first descriptor. */
	uint32_t unit_offset;  /**< Units back to the first descriptor; valid in a continuation. */
	uint32_t committed;    /**< CommittedPageCount. */
	uint32_t unused_bytes; /**< UnusedBytes of an allocated range. */
	uint32_t reserved0;    /**< 0. */
};

/** The first descriptor of an allocated range lacks its signature. */
#define KST_HEAP_RANGE_ANOMALY_SIGNATURE 0x1
/** Flags that mean nothing known. */
#define KST_HEAP_RANGE_ANOMALY_FLAGS 0x2
/** A range without a length, or a continuation that leads nowhere. */
#define KST_HEAP_RANGE_ANOMALY_UNITS 0x4

/** A node of a heap's tree of large allocations: _HEAP_LARGE_ALLOC_DATA. */
struct kst_heap_large {
	uint32_t size;         /**< Set to sizeof by the caller. */
	uint32_t unused_bytes; /**< Bytes of the last page that are not used. */
	uint64_t anomalies;    /**< KST_HEAP_LARGE_ANOMALY_… */
	uint64_t node;         /**< Address of the node. */
	uint64_t address;      /**< First byte of the allocation. */
	uint64_t bytes;        /**< Length: whole pages. */
	uint64_t left;         /**< Links of the tree, as stored (they may be encoded). */
	uint64_t right;        /**< As stored. */
	uint64_t parent;       /**< As stored, with the balance bits. */
};

/** No address or no pages, or the allocation wraps around the address space. */
#define KST_HEAP_LARGE_ANOMALY_EXTENT 0x1

/** @name Decoders
 * Pure: they read nothing from the target and allocate nothing; thread-safe.
 * @{
 */

/**
 * Decode the header of a VS chunk.
 * @param layout  Offsets to use; not modified.
 * @param bytes   Start of the chunk; may be NULL if @p len is 0.
 * @param len     Bytes available; the encoded word is enough.
 * @param address Address of the chunk: it is part of the encoding.
 * @param key     Key, possibly of few known bits; fields that need others are left out.
 * @param out     `size` set by the caller; the rest is written on success only.
 * @param err     Details on failure; may be NULL.
 * @retval KST_OK          `out->present` tells which members are valid, `out->anomalies` whether it can be a chunk.
 * @retval KST_E_ARG       An argument is NULL.
 * @retval KST_E_ABI       A struct's size is not one that this version knows.
 * @retval KST_E_NO_MEMBER The layout does not describe VS chunks.
 * @retval KST_E_FAULT     The encoded word is not within @p len.
 * @since 0.9
 */
KST_API kst_status kst_decode_vs_chunk(const struct kst_layout *layout, const void *bytes, size_t len, uint64_t address,
				       const struct kst_heap_key *key, struct kst_vs_chunk *out, struct kst_error *err);

/**
 * Decode the start of a VS subsegment and check its signature.
 * @param layout  Offsets to use; not modified.
 * @param bytes   Start of the subsegment; may be NULL if @p len is 0.
 * @param len     Bytes available.
 * @param address Address of the subsegment.
 * @param out     `size` set by the caller; the rest is written on success only.
 * @param err     Details on failure; may be NULL.
 * @retval KST_OK          Decoded; `out->anomalies` is 0 if it can be one.
 * @retval KST_E_ARG       An argument is NULL.
 * @retval KST_E_ABI       `out->size` is not a size that this version knows.
 * @retval KST_E_NO_MEMBER The layout does not describe VS subsegments.
 * @retval KST_E_FAULT     Size and signature are not within @p len.
 * @since 0.9
 */
KST_API kst_status kst_decode_vs_subsegment(const struct kst_layout *layout, const void *bytes, size_t len,
					    uint64_t address, struct kst_vs_subsegment *out, struct kst_error *err);

/**
 * Decode the start of an LFH subsegment.
 * @param layout  Offsets to use; not modified.
 * @param bytes   Start of the subsegment; may be NULL if @p len is 0.
 * @param len     Bytes available.
 * @param address Address of the subsegment: it is part of the encoding.
 * @param range   Bytes of the page range that holds the subsegment, without those that its descriptor says are unused
 *                (kst_heap_range.unused_bytes: a guard page); 0: not known, the count is then not checked.
 * @param key     Keys; without the LFH key block size and offset are left out.
 * @param out     `size` set by the caller; the rest is written on success only.
 * @param err     Details on failure; may be NULL.
 * @retval KST_OK          `out->present` tells which members are valid.
 * @retval KST_E_ARG       An argument is NULL.
 * @retval KST_E_ABI       A struct's size is not one that this version knows.
 * @retval KST_E_NO_MEMBER The layout does not describe LFH subsegments.
 * @retval KST_E_FAULT     The encoded word is not within @p len.
 * @since 0.9
 */
KST_API kst_status kst_decode_lfh_subsegment(const struct kst_layout *layout, const void *bytes, size_t len,
					     uint64_t address, uint64_t range, const struct kst_heap_key *key,
					     struct kst_lfh_subsegment *out, struct kst_error *err);

/**
 * Decode the start of a page segment.
 * @param layout  Offsets to use; not modified.
 * @param bytes   Start of the segment; may be NULL if @p len is 0.
 * @param len     Bytes available.
 * @param address Address of the segment: it is part of the encoding.
 * @param key     Keys; without the whole heap key the context is left out.
 * @param out     `size` set by the caller; the rest is written on success only.
 * @param err     Details on failure; may be NULL.
 * @retval KST_OK          `out->present` tells which members are valid.
 * @retval KST_E_ARG       An argument is NULL.
 * @retval KST_E_ABI       A struct's size is not one that this version knows.
 * @retval KST_E_NO_MEMBER The layout does not describe page segments.
 * @retval KST_E_FAULT     The signature is not within @p len.
 * @since 0.9
 */
KST_API kst_status kst_decode_page_segment(const struct kst_layout *layout, const void *bytes, size_t len,
					   uint64_t address, const struct kst_heap_key *key,
					   struct kst_page_segment *out, struct kst_error *err);

/**
 * Decode one page range descriptor.
 * @param layout  Offsets to use; not modified.
 * @param bytes   Start of the descriptor; may be NULL if @p len is 0.
 * @param len     Bytes available.
 * @param address Address of the descriptor.
 * @param out     `size` set by the caller; the rest is written on success only.
 * @param err     Details on failure; may be NULL.
 * @retval KST_OK          Decoded; `out->anomalies` is 0 if it can be one.
 * @retval KST_E_ARG       An argument is NULL.
 * @retval KST_E_ABI       `out->size` is not a size that this version knows.
 * @retval KST_E_NO_MEMBER The layout does not describe range descriptors.
 * @retval KST_E_FAULT     Parts of the descriptor are not within @p len.
 * @since 0.9
 */
KST_API kst_status kst_decode_heap_range(const struct kst_layout *layout, const void *bytes, size_t len,
					 uint64_t address, struct kst_heap_range *out, struct kst_error *err);

/**
 * Decode one node of a heap's tree of large allocations.
 * @param layout  Offsets to use; not modified.
 * @param bytes   Start of the node; may be NULL if @p len is 0.
 * @param len     Bytes available.
 * @param address Address of the node.
 * @param out     `size` set by the caller; the rest is written on success only.
 * @param err     Details on failure; may be NULL.
 * @retval KST_OK          Decoded; `out->anomalies` is 0 if it can be one.
 * @retval KST_E_ARG       An argument is NULL.
 * @retval KST_E_ABI       `out->size` is not a size that this version knows.
 * @retval KST_E_NO_MEMBER The layout does not describe such nodes.
 * @retval KST_E_FAULT     Parts of the node are not within @p len.
 * @since 0.9
 */
KST_API kst_status kst_decode_heap_large(const struct kst_layout *layout, const void *bytes, size_t len,
					 uint64_t address, struct kst_heap_large *out, struct kst_error *err);

/** @} */

/** @name Keys
 * Thread-safe as the reader is.
 * @{
 */

/**
 * The heap's keys: from the kernel's globals where these are known, otherwise recovered from the chunks in memory.
 * @param target The target.
 * @param out    `size` set by the caller; the rest is written on success only.
 * @param err    Details on failure; may be NULL.
 * @retval KST_OK          `out->bits_known` tells which bits were found; there are some.
 * @retval KST_END         The memory has too few chunks to tell a single bit; @p out says how much was searched.
 * @retval KST_E_ARG       An argument is NULL.
 * @retval KST_E_ABI       `out->size` is not a size that this version knows.
 * @retval KST_E_NO_MEMBER The layout does not describe VS chunks: the build has no segment heap, or no types are known.
 * @retval KST_E_FAULT     The globals are not readable, and the reader cannot tell where memory is.
 * @retval KST_E_HOST      The reader failed.
 * @since 0.9
 */
KST_API kst_status kst_heap_key(const struct kst_target *target, struct kst_heap_key *out, struct kst_error *err);

/**
 * Recover the keys from memory alone, without symbols: VS chunks and the signatures of page segments vote for HeapKey,
 * LFH subsegments for LfhKey. A bit is known only if the votes leave no doubt.
 * @param target The target; its reader tells where memory is (next_range), or reads physical memory with page tables.
 * @param out    `size` set by the caller; the rest is written on KST_OK and KST_END.
 * @param err    Details on failure; may be NULL.
 * @retval KST_OK          `out->bits_known` tells which bits were found; there are some.
 * @retval KST_END         Too little to tell a single bit of the heap key; the LFH key may still be known.
 * @retval KST_E_ARG       An argument is NULL.
 * @retval KST_E_ABI       `out->size` is not a size that this version knows.
 * @retval KST_E_NO_MEMBER The layout does not describe VS chunks.
 * @retval KST_E_FAULT     Neither the reader nor page tables tell where memory is.
 * @retval KST_E_HOST      The reader failed.
 * @since 0.9
 */
KST_API kst_status kst_heap_key_recover(const struct kst_target *target, struct kst_heap_key *out,
					struct kst_error *err);

/** @} */

/** @name Blocks of a heap
 * Thread-safe as the reader is.
 * @{
 */

/**
 * Begin a walk over all blocks of a heap: segment by segment along the lists of its contexts, then the tree of its large
 * allocations.
 * @param cursor State of the walk; owned by the caller.
 * @param target The target.
 * @param heap   Address of the _SEGMENT_HEAP.
 * @param key    The keys; NULL: looked up as kst_pool_find() does.
 * @param err    Details on failure; may be NULL.
 * @retval KST_OK          Begun.
 * @retval KST_E_ARG       @p cursor or @p target is NULL.
 * @retval KST_E_ABI       The size of @p key is not one that this version knows.
 * @retval KST_E_NO_MEMBER The layout does not describe segment heaps.
 * @retval KST_E_FAULT     The heap cannot be read, or the whole heap key is not known.
 * @retval KST_E_CORRUPT   There is no segment heap at @p heap.
 * @retval KST_E_HOST      The reader failed.
 * @since 0.9
 */
KST_API kst_status kst_heap_blocks_begin(struct kst_cursor *cursor, const struct kst_target *target, uint64_t heap,
					 const struct kst_heap_key *key, struct kst_error *err);

/**
 * Begin the same walk over one segment, from the page range that holds an address on.
 * @param cursor  State of the walk; owned by the caller.
 * @param target  The target.
 * @param address An address in the segment.
 * @param key     The keys; NULL: looked up as kst_pool_find() does.
 * @param err     Details on failure; may be NULL.
 * @retval KST_OK          Begun.
 * @retval KST_E_ARG       @p cursor or @p target is NULL.
 * @retval KST_E_ABI       The size of @p key is not one that this version knows.
 * @retval KST_E_NO_MEMBER The layout does not describe segment heaps.
 * @retval KST_E_FAULT     No segment at hand holds the address, or the whole heap key is not known.
 * @retval KST_E_HOST      The reader failed.
 * @since 0.9
 */
KST_API kst_status kst_heap_blocks_begin_segment(struct kst_cursor *cursor, const struct kst_target *target,
						 uint64_t address, const struct kst_heap_key *key,
						 struct kst_error *err);

/**
 * The next block, told as kst_pool_find() would tell it: VS, LFH and HEAP_LARGE blocks, allocated or free. Free page
 * ranges come as kind NONE with state free. What cannot be told (a chain that breaks, a range that is not there) comes as
 * kind INCONSISTENT from there to the end of its range, with KST_WALK_ANOMALY_SKIPPED, and the walk goes on behind it.
 * @param cursor From kst_heap_blocks_begin() or kst_heap_blocks_begin_segment().
 * @param out    `size` set by the caller; the rest is written on success only.
 * @param err    Details on failure; may be NULL.
 * @retval KST_OK        One block; KST_POOL_VERDICT_HAS_EXTENT is set.
 * @retval KST_END       There are no more.
 * @retval KST_E_ARG     Not a cursor of this walk, or @p out is NULL.
 * @retval KST_E_ABI     `out->size` is not a size that this version knows.
 * @retval KST_E_CORRUPT The list of segments runs in a loop.
 * @retval KST_E_LIMIT   The step budget is used up.
 * @retval KST_E_HOST    The reader failed.
 * @since 0.9
 */
KST_API kst_status kst_heap_blocks_next(struct kst_cursor *cursor, struct kst_pool_verdict *out, struct kst_error *err);

/** @} */

/** @name Names
 * Thread-safe.
 * @{
 */

/**
 * Name of a key's source: "symbols", "recovered".
 * @param source One of KST_HEAP_KEY_….
 * @return A static string; "unknown" otherwise. @since 0.9
 */
KST_API const char *kst_heap_key_source_name(uint32_t source);
/**
 * Name of a page range's kind.
 * @param kind One of KST_HEAP_RANGE_….
 * @return A static string; "unknown" otherwise. @since 0.9
 */
KST_API const char *kst_heap_range_name(uint32_t kind);
/**
 * Name of one anomaly of a key.
 * @param bit One bit.
 * @return A static string; NULL for a bit without a meaning. @since 0.9
 */
KST_API const char *kst_heap_key_anomaly_name(uint64_t bit);
/**
 * Name of one anomaly of a VS chunk.
 * @param bit One bit.
 * @return A static string; NULL for a bit without a meaning. @since 0.9
 */
KST_API const char *kst_vs_chunk_anomaly_name(uint64_t bit);
/**
 * Name of one anomaly of a VS subsegment.
 * @param bit One bit.
 * @return A static string; NULL for a bit without a meaning. @since 0.9
 */
KST_API const char *kst_vs_subsegment_anomaly_name(uint64_t bit);
/**
 * Name of one anomaly of an LFH subsegment.
 * @param bit One bit.
 * @return A static string; NULL for a bit without a meaning. @since 0.9
 */
KST_API const char *kst_lfh_subsegment_anomaly_name(uint64_t bit);
/**
 * Name of one anomaly of a page segment.
 * @param bit One bit.
 * @return A static string; NULL for a bit without a meaning. @since 0.9
 */
KST_API const char *kst_page_segment_anomaly_name(uint64_t bit);
/**
 * Name of one anomaly of a page range.
 * @param bit One bit.
 * @return A static string; NULL for a bit without a meaning. @since 0.9
 */
KST_API const char *kst_heap_range_anomaly_name(uint64_t bit);
/**
 * Name of one anomaly of a large allocation of a heap.
 * @param bit One bit.
 * @return A static string; NULL for a bit without a meaning. @since 0.9
 */
KST_API const char *kst_heap_large_anomaly_name(uint64_t bit);

/** @} */

#ifdef __cplusplus
}
#endif

#endif
/** @} */
