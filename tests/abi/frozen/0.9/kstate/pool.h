/* SPDX-License-Identifier: MIT */
/**
 * @file pool.h
 * @brief Kernel pool: block headers, pages, large allocations, special pool, tag search, usage, and the allocation that
 *        contains an address.
 *
 * @defgroup pool Pool
 * @ingroup topic_pool
 * @{
 */
#ifndef KSTATE_POOL_H
#define KSTATE_POOL_H

#include <kstate/api.h>
#include <kstate/layout.h>
#include <kstate/target.h>

#ifdef __cplusplus
extern "C" {
#endif

/** Which rules a pool follows. It is told by the members that the layout has, never by a build number. */
enum {
	KST_POOL_GENERATION_UNKNOWN = 0, /**< The layout does not tell; states are then not decoded. */
	/** Type byte before the size byte: POOL_TYPE + 1, in use is bit 7 of PoolIndex. */
	KST_POOL_GENERATION_2000 = 1,
	KST_POOL_GENERATION_NT5 = 2,   /**< (POOL_TYPE + 1) | 4 while in use (5.1, 5.2). */
	KST_POOL_GENERATION_VISTA = 3, /**< POOL_TYPE | 2 while in use (6.0 and later, classic pages). */
	KST_POOL_GENERATION_HEAP = 4,  /**< As VISTA, but the header sits on a segment-heap block (18362 and later). */
	/** POOL_TYPE + 1 while in use, without an in-use bit (5.2 compatible systems). */
	KST_POOL_GENERATION_NT5_PLAIN = 5
};

/** State of a block. */
enum {
	KST_POOL_STATE_UNKNOWN = 0,   /**< Not told by what is there. */
	KST_POOL_STATE_ALLOCATED = 1, /**< In use. */
	KST_POOL_STATE_FREE = 2,      /**< On a free list. */
	KST_POOL_STATE_CACHED = 3     /**< Freed, but type bits are left: on a lookaside list (inferred but for 8.1). */
};

/** Where pool memory is. */
enum {
	KST_POOL_REGION_UNKNOWN = 0,  /**< No range is known that would tell. */
	KST_POOL_REGION_NONPAGED = 1, /**< Nonpaged pool. */
	KST_POOL_REGION_PAGED = 2,    /**< Paged pool. */
	KST_POOL_REGION_SPECIAL = 3,  /**< Special pool. */
	KST_POOL_REGION_SESSION = 4,  /**< Paged pool of a session. */
	KST_POOL_REGION_OUTSIDE = 5   /**< The ranges are known and the address is in none. */
};

/** Rules of a classic page, and the first one that a page breaks. */
enum {
	KST_POOL_RULE_NONE = 0,             /**< All hold. */
	KST_POOL_RULE_FIRST_PREVIOUS = 1,   /**< The first block has a previous size (bug check 0x19 class 6). */
	KST_POOL_RULE_ZERO_SIZE = 2,        /**< A block has no size (class 8). */
	KST_POOL_RULE_LEAVES_PAGE = 3,      /**< A block leaves its page (class 9). */
	KST_POOL_RULE_PREVIOUS_DIFFERS = 4, /**< Previous size is not the size of the block before (class 5). */
	KST_POOL_RULE_NO_PREDECESSOR = 5,   /**< Previous size is zero inside the page (class 7). */
	KST_POOL_RULE_UNREADABLE = 6,       /**< The header is not in the memory at hand. */
	KST_POOL_RULE_NO_CHAIN = 7          /**< Segment heap: headers do not form a chain; heap metadata decides. */
};

/** What kind of allocation an address belongs to. */
enum {
	KST_POOL_KIND_NONE = 0,        /**< No allocation: free, or not pool. */
	KST_POOL_KIND_LARGE = 1,       /**< An entry of the large-allocation table. */
	KST_POOL_KIND_CLASSIC = 2,     /**< A block of a classic page. */
	KST_POOL_KIND_SPECIAL = 3,     /**< Special pool. */
	KST_POOL_KIND_VS = 4,          /**< Segment heap, variable-size chunk. */
	KST_POOL_KIND_LFH = 5,         /**< Segment heap, low-fragmentation block. */
	KST_POOL_KIND_HEAP_LARGE = 6,  /**< Segment heap, a page range or a large allocation of the heap. */
	KST_POOL_KIND_INCONSISTENT = 7 /**< The evidence does not close; candidates may be given. */
};

/** One block header. Sizes are in bytes and include the header. */
struct kst_pool_header {
	uint32_t size;          /**< Set to sizeof by the caller. */
	uint32_t generation;    /**< KST_POOL_GENERATION_… that was used. */
	uint32_t block_size;    /**< BlockSize in bytes. */
	uint32_t previous_size; /**< PreviousSize in bytes. */
	uint32_t state;         /**< KST_POOL_STATE_…; valid with KST_POOL_HEADER_HAS_STATE. */
	uint32_t pool_index;    /**< PoolIndex; without the in-use bit of Windows 2000. */
	uint32_t pool_type;     /**< The byte as stored. */
	/** POOL_TYPE bits of an allocated block: 1 paged, 4 cache-aligned, 8 quota, 0x20 session, 0x40 verifier. */
	uint32_t base_type;
	uint8_t tag[4];         /**< In memory order, protected bit cleared. */
	uint32_t protected_tag; /**< 1: bit 31 of the tag was set (PROTECTED_POOL). */
	uint32_t unit;          /**< Bytes per size unit: 8 or 16. */
	uint32_t header_size;   /**< Bytes of the header: the data begins there. */
	uint64_t present;       /**< KST_POOL_HEADER_HAS_… */
	uint64_t anomalies;     /**< KST_POOL_HEADER_ANOMALY_… */
	uint64_t address;       /**< Of the header. */
	uint64_t quota_raw;     /**< Process pointer as stored (encoded where a cookie is used). */
	uint64_t quota_process; /**< The process that was charged; valid with KST_POOL_HEADER_HAS_QUOTA_PROCESS. */
	char tag_text[8];       /**< Tag with '.' for what cannot be printed. */
};

#define KST_POOL_HEADER_HAS_SIZES         0x1  /**< `block_size` and `previous_size` are valid. */
#define KST_POOL_HEADER_HAS_POOL_INDEX    0x2  /**< `pool_index` is valid. */
#define KST_POOL_HEADER_HAS_POOL_TYPE     0x4  /**< `pool_type` is valid. */
#define KST_POOL_HEADER_HAS_STATE         0x8  /**< `state` is valid. */
#define KST_POOL_HEADER_HAS_BASE_TYPE     0x10 /**< `base_type` is valid. */
#define KST_POOL_HEADER_HAS_TAG           0x20 /**< `tag`, `tag_text` and `protected_tag` are valid. */
#define KST_POOL_HEADER_HAS_QUOTA_RAW     0x40 /**< `quota_raw` is valid: the block is charged to a process. */
#define KST_POOL_HEADER_HAS_QUOTA_PROCESS 0x80 /**< `quota_process` is valid. */

/** The block leaves its page. */
#define KST_POOL_HEADER_ANOMALY_LEAVES_PAGE 0x1
/** BlockSize is zero. */
#define KST_POOL_HEADER_ANOMALY_ZERO_SIZE 0x2
/** PreviousSize points before the start of the page. */
#define KST_POOL_HEADER_ANOMALY_PREVIOUS_LEAVES_PAGE 0x4
/** The header does not lie at a multiple of the size unit. */
#define KST_POOL_HEADER_ANOMALY_MISALIGNED 0x8
/** The type byte is none that this generation stores. */
#define KST_POOL_HEADER_ANOMALY_POOL_TYPE 0x10
/** The tag has bytes that cannot be printed (legal, but rare). */
#define KST_POOL_HEADER_ANOMALY_TAG 0x20
/** Segment heap: the tag is the upper half of a kernel pointer, so a list link overwrote the header. */
#define KST_POOL_HEADER_ANOMALY_OVERWRITTEN 0x40
/** The block was found again after a contradiction (KST_POOL_PAGE_RESYNC), not by the chain from the page's start. */
#define KST_POOL_HEADER_ANOMALY_RESYNC 0x80
/** The block and the one before are both free: they should be one. */
#define KST_POOL_HEADER_ANOMALY_ADJACENT_FREE 0x100

/** What one page showed. */
struct kst_pool_page {
	uint32_t size;           /**< Set to sizeof by the caller. */
	uint32_t rule;           /**< KST_POOL_RULE_…: the first rule that broke, or KST_POOL_RULE_NONE. */
	uint32_t offset;         /**< Where it broke, in bytes from the page's start; 0x1000 when none broke. */
	uint32_t consistent;     /**< 1: the chain closes exactly at the end of the page. */
	uint32_t blocks;         /**< Blocks found, those beyond the caller's array included. */
	uint32_t allocated;      /**< Of these, allocated. */
	uint32_t resyncs;        /**< How often the walk was resumed behind a contradiction. */
	uint32_t bugcheck_class; /**< Parameter 1 of bug check 0x19 that says the same as `rule`; 0: none. */
	uint64_t address;        /**< Of the page. */
	uint64_t anomalies;      /**< KST_POOL_PAGE_ANOMALY_… */
};

/** Paged and nonpaged blocks in one page. */
#define KST_POOL_PAGE_ANOMALY_MIXED_KINDS 0x1
/** Two free blocks are neighbours (suspicious, not illegal). */
#define KST_POOL_PAGE_ANOMALY_ADJACENT_FREE 0x2
/** Blocks overwrite parts of each other's headers: more than one contradiction was met. */
#define KST_POOL_PAGE_ANOMALY_SEVERAL_BREAKS 0x4
/** Parts of the page are not in the memory at hand. */
#define KST_POOL_PAGE_ANOMALY_PARTIAL 0x8
/** The page carries the mark of a free page of nonpaged pool at its start (seen on NT 5.2 compatible systems). */
#define KST_POOL_PAGE_ANOMALY_FREE_PAGE 0x10

/** Behind a contradiction look for the next place from which the chain holds again; such blocks are marked. */
#define KST_POOL_PAGE_RESYNC 0x1

/** One entry of the large-allocation table. */
struct kst_large_allocation {
	uint32_t size;          /**< Set to sizeof by the caller. */
	uint32_t state;         /**< KST_POOL_STATE_ALLOCATED or KST_POOL_STATE_FREE. */
	uint64_t present;       /**< KST_LARGE_ALLOCATION_HAS_… */
	uint64_t anomalies;     /**< KST_LARGE_ALLOCATION_ANOMALY_… */
	uint64_t address;       /**< First byte of the allocation; of a free entry what is left of it, or 0. */
	uint64_t bytes;         /**< Length of the allocation. */
	uint64_t entry;         /**< Address of the table entry. */
	uint64_t index;         /**< Number of the entry in the table. */
	uint64_t quota_raw;     /**< QuotaObject or ProcessBilled as stored. */
	uint64_t quota_process; /**< The process that was charged. */
	uint8_t tag[4];         /**< In memory order, protected bit cleared. */
	uint32_t protected_tag; /**< 1: bit 31 of the tag was set. */
	uint32_t pool_type;     /**< As stored: POOL_TYPE bits, or from 20348 on the low 12 bits of POOL_FLAGS. */
	uint32_t region;        /**< KST_POOL_REGION_NONPAGED, _PAGED or _SESSION by `pool_type`; _UNKNOWN otherwise. */
	uint32_t executable;    /**< 1: executable nonpaged, 0: not; valid with KST_LARGE_ALLOCATION_HAS_EXECUTABLE. */
	uint32_t slush;         /**< Unused bytes at the end that are filled with `pattern`. */
	uint32_t pattern;       /**< Fill byte of the slush. */
	uint32_t flags_form;    /**< 1: `pool_type` holds POOL_FLAGS bits. */
	char tag_text[8];       /**< Tag with '.' for what cannot be printed. */
};

#define KST_LARGE_ALLOCATION_HAS_ADDRESS       0x1   /**< `address` and `state` are valid. */
#define KST_LARGE_ALLOCATION_HAS_BYTES         0x2   /**< `bytes` is valid. */
#define KST_LARGE_ALLOCATION_HAS_TAG           0x4   /**< `tag`, `tag_text` and `protected_tag` are valid. */
#define KST_LARGE_ALLOCATION_HAS_POOL_TYPE     0x8   /**< `pool_type` and `region` are valid. */
#define KST_LARGE_ALLOCATION_HAS_EXECUTABLE    0x10  /**< `executable` is valid. */
#define KST_LARGE_ALLOCATION_HAS_SLUSH         0x20  /**< `slush` and `pattern` are valid. */
#define KST_LARGE_ALLOCATION_HAS_QUOTA_RAW     0x40  /**< `quota_raw` is valid. */
#define KST_LARGE_ALLOCATION_HAS_QUOTA_PROCESS 0x80  /**< `quota_process` is valid. */
#define KST_LARGE_ALLOCATION_HAS_INDEX         0x100 /**< `index` is valid. */

/** The address is not that of a page. */
#define KST_LARGE_ALLOCATION_ANOMALY_MISALIGNED 0x1
/** The address is not a kernel address. */
#define KST_LARGE_ALLOCATION_ANOMALY_NOT_KERNEL 0x2
/** The length is zero, absurd, or wraps around the address space. */
#define KST_LARGE_ALLOCATION_ANOMALY_LENGTH 0x4
/** Another live entry overlaps this one. */
#define KST_LARGE_ALLOCATION_ANOMALY_OVERLAP 0x8

/** A table of large allocations: the system's, or one of a session. */
struct kst_large_table {
	uint32_t size;       /**< Set to sizeof by the caller. */
	uint32_t entry_size; /**< Bytes of one entry. */
	uint64_t anomalies;  /**< KST_LARGE_TABLE_ANOMALY_… */
	uint64_t address;    /**< Of the first entry. */
	uint64_t count;      /**< Number of entries, clamped to 0x1000000. */
	uint64_t in_use;     /**< ExpPoolBigEntriesInUse, or 0 when unknown. */
	kst_space space;     /**< Address space in which the table and its allocations are. */
};

/** The number of entries was absurd and was clamped. */
#define KST_LARGE_TABLE_ANOMALY_CLAMPED 0x1
/** The table is not at a page boundary. */
#define KST_LARGE_TABLE_ANOMALY_MISALIGNED 0x2
/** Pointer or size changed while the table was read (live memory). */
#define KST_LARGE_TABLE_ANOMALY_TORN 0x4
/** Parts of the table could not be read. */
#define KST_LARGE_TABLE_ANOMALY_PARTIAL 0x8
/** Live entries overlap each other. */
#define KST_LARGE_TABLE_ANOMALY_OVERLAP 0x10
/** The caller's memory was too small for all live entries. */
#define KST_LARGE_TABLE_ANOMALY_TRUNCATED 0x20

/** Leave out entries whose allocation was freed. */
#define KST_LARGE_LIVE_ONLY 0x1

struct kst_large_index;

/** What an index of large allocations holds. */
struct kst_large_index_info {
	uint32_t size;        /**< Set to sizeof by the caller. */
	uint32_t reserved0;   /**< 0. */
	uint64_t live;        /**< Live entries in the index. */
	uint64_t freed;       /**< Freed entries met; not all may be kept. */
	uint64_t refused;     /**< Entries that cannot be real (address or length). */
	uint64_t bytes_read;  /**< Bytes of the table that could be read. */
	uint64_t bytes_total; /**< Bytes of the table. */
	uint64_t anomalies;   /**< KST_LARGE_TABLE_ANOMALY_… */
};

/** A page of special pool, or what would have to be one. */
struct kst_special_pool {
	uint32_t size;       /**< Set to sizeof by the caller. */
	uint32_t bytes;      /**< Requested size. */
	uint32_t underrun;   /**< 1: the data starts the page and the record ends it. */
	uint32_t fill;       /**< Fill byte of the unused part. */
	uint8_t tag[4];      /**< In memory order, protected bit cleared. */
	uint32_t paged;      /**< 1: paged. */
	uint32_t tracked;    /**< 1: tracked by the verifier. */
	uint32_t sound;      /**< 1: size, place of the data and every fill byte agree. */
	uint64_t present;    /**< KST_SPECIAL_POOL_HAS_… */
	uint64_t anomalies;  /**< KST_SPECIAL_POOL_ANOMALY_… */
	uint64_t page;       /**< Address of the page. */
	uint64_t data;       /**< Address of the data. */
	uint64_t record;     /**< Address of the record that stands for a header. */
	uint64_t fill_bytes; /**< How many fill bytes were compared. */
};

#define KST_SPECIAL_POOL_HAS_RECORD 0x1 /**< `bytes`, `data`, `record`, `fill` and the flags are valid. */
#define KST_SPECIAL_POOL_HAS_TAG    0x2 /**< `tag` is valid. */
#define KST_SPECIAL_POOL_HAS_FILL   0x4 /**< The fill bytes were compared. */

/** The size cannot be (bug check 0xC1 class 0x21). */
#define KST_SPECIAL_POOL_ANOMALY_SIZE 0x1
/** Bytes before the data differ from the fill byte (class 0x23). */
#define KST_SPECIAL_POOL_ANOMALY_BEFORE 0x2
/** Bytes after the data differ from the fill byte (class 0x24). */
#define KST_SPECIAL_POOL_ANOMALY_AFTER 0x4

/** Counters of one tag, merged over all processors. A count may be negative only where the evidence is incomplete. */
struct kst_pool_usage {
	uint32_t size;           /**< Set to sizeof by the caller. */
	uint32_t tables;         /**< How many tables were added up. */
	uint64_t present;        /**< KST_POOL_USAGE_HAS_… */
	uint64_t anomalies;      /**< KST_POOL_USAGE_ANOMALY_… */
	uint8_t tag[4];          /**< In memory order. */
	uint32_t index;          /**< Slot in the table. */
	int64_t nonpaged_allocs; /**< Allocations from nonpaged pool so far. */
	int64_t nonpaged_frees;  /**< Frees so far. */
	int64_t nonpaged_bytes;  /**< Bytes in use. */
	int64_t paged_allocs;    /**< Allocations from paged pool so far. */
	int64_t paged_frees;     /**< Frees so far. */
	int64_t paged_bytes;     /**< Bytes in use. */
	char tag_text[8];        /**< Tag with '.' for what cannot be printed. */
};

#define KST_POOL_USAGE_HAS_TAG      0x1 /**< `tag` is valid. */
#define KST_POOL_USAGE_HAS_NONPAGED 0x2 /**< The three nonpaged counters are valid. */
#define KST_POOL_USAGE_HAS_PAGED    0x4 /**< The three paged counters are valid. */

/** Some processor's table could not be read, and the counts are too small; or none has the tag, and no counter is present. */
#define KST_POOL_USAGE_ANOMALY_INCOMPLETE 0x1
/** More was freed than allocated. */
#define KST_POOL_USAGE_ANOMALY_NEGATIVE 0x2
/** The last slot: allocations of tags that found no slot. */
#define KST_POOL_USAGE_ANOMALY_OVERFLOW_SLOT 0x4
/** A processor's slot has another tag than the master table. */
#define KST_POOL_USAGE_ANOMALY_KEY_DIFFERS 0x8

/** One range of addresses that holds pool. */
struct kst_pool_range {
	uint32_t size;   /**< Set to sizeof by the caller; of a record in an array set by the library. */
	uint32_t region; /**< KST_POOL_REGION_…; unknown: pool and other things lie there. */
	uint64_t start;  /**< First byte. */
	uint64_t end;    /**< First byte behind the range. */
};

/** A block near an address for which no verdict could be given. */
struct kst_pool_candidate {
	uint64_t address; /**< Of the header. */
	uint32_t bytes;   /**< Of the block, header included. */
	uint8_t tag[4];   /**< In memory order, protected bit cleared. */
};

/** Which allocation an address belongs to, and why. */
struct kst_pool_verdict {
	uint32_t size;      /**< Set to sizeof by the caller. */
	uint32_t kind;      /**< KST_POOL_KIND_… */
	uint32_t state;     /**< KST_POOL_STATE_… */
	uint32_t region;    /**< KST_POOL_REGION_… by the known ranges. */
	uint64_t present;   /**< KST_POOL_VERDICT_HAS_… */
	uint64_t anomalies; /**< KST_POOL_VERDICT_ANOMALY_… */
	uint64_t evidence;  /**< KST_POOL_EVIDENCE_…: what was found out, in favour and against. */
	uint64_t address;   /**< The address that was asked for. */
	uint64_t base;      /**< First byte of the block, its header included; of a large allocation its first byte. */
	uint64_t bytes;     /**< Length from `base`. */
	uint64_t data;      /**< First byte behind the header; the pointer of a cache-aligned owner is further in. */
	uint64_t header;    /**< Address of the POOL_HEADER; valid with KST_POOL_VERDICT_HAS_HEADER. */
	uint64_t process;   /**< The process that was charged. */
	uint64_t container; /**< The page, the heap's subsegment or page range, or the table entry. */
	uint64_t heap;      /**< Segment heap that owns the block. */
	uint8_t tag[4];     /**< In memory order, protected bit cleared. */
	uint32_t protected_tag; /**< 1: bit 31 of the tag was set. */
	uint32_t pool_type;     /**< As stored. */
	uint32_t rule;        /**< KST_POOL_RULE_…: the rule that failed first, where the page is no classic page. */
	uint32_t rule_offset; /**< Where it failed, in bytes from the page's start. */
	uint32_t candidates_count;               /**< Valid elements of `candidates`. */
	char tag_text[8];                        /**< Tag with '.' for what cannot be printed. */
	struct kst_pool_candidate candidates[2]; /**< Nearest sound headers: at or before the address, and behind it. */
};

#define KST_POOL_VERDICT_HAS_EXTENT    0x1  /**< `base`, `bytes` and `data` are valid. */
#define KST_POOL_VERDICT_HAS_TAG       0x2  /**< `tag`, `tag_text` and `protected_tag` are valid. */
#define KST_POOL_VERDICT_HAS_HEADER    0x4  /**< `header` is valid. */
#define KST_POOL_VERDICT_HAS_POOL_TYPE 0x8  /**< `pool_type` is valid. */
#define KST_POOL_VERDICT_HAS_PROCESS   0x10 /**< `process` is valid. */
#define KST_POOL_VERDICT_HAS_CONTAINER 0x20 /**< `container` is valid. */
#define KST_POOL_VERDICT_HAS_HEAP      0x40 /**< `heap` is valid. */
#define KST_POOL_VERDICT_HAS_RULE      0x80 /**< `rule` and `rule_offset` are valid. */

/** A live entry of the large-allocation table contains the address. */
#define KST_POOL_EVIDENCE_LARGE_ENTRY 0x1
/** The whole large-allocation table was read and no live entry contains the address. */
#define KST_POOL_EVIDENCE_NO_LARGE_ENTRY 0x2
/** The large-allocation table is not known or not readable: it could not be asked. */
#define KST_POOL_EVIDENCE_NO_LARGE_TABLE 0x4
/** Only parts of the large-allocation table could be read. */
#define KST_POOL_EVIDENCE_LARGE_TABLE_PARTIAL 0x8
/** A freed entry of the large-allocation table covers the address: history. */
#define KST_POOL_EVIDENCE_FREED_ENTRY 0x10
/** The address is in the unused tail of the last page of a large allocation. */
#define KST_POOL_EVIDENCE_LARGE_TAIL 0x20
/** The chain of headers closes over the whole page. */
#define KST_POOL_EVIDENCE_PAGE_CHAIN 0x40
/** The chain holds from the page's start over the block, but breaks behind it. */
#define KST_POOL_EVIDENCE_CHAIN_TO_BLOCK 0x80
/** Paged or nonpaged by its header, the block lies in the range where such blocks belong. */
#define KST_POOL_EVIDENCE_REGION_AGREES 0x100
/** The address is outside all known pool ranges. */
#define KST_POOL_EVIDENCE_OUTSIDE_RANGES 0x200
/** The page carries the mark of a free nonpaged page. */
#define KST_POOL_EVIDENCE_FREE_PAGE 0x400
/** The address is in the range of special pool. */
#define KST_POOL_EVIDENCE_SPECIAL_RANGE 0x800
/** Size, place and fill bytes are those of a special-pool page. */
#define KST_POOL_EVIDENCE_SPECIAL_PATTERN 0x1000
/** The page cannot be read. */
#define KST_POOL_EVIDENCE_UNREADABLE 0x2000
/** The signature of a heap's page segment decodes to a heap that exists. */
#define KST_POOL_EVIDENCE_SEGMENT 0x4000
/** The page range descriptor is one of an allocated range. */
#define KST_POOL_EVIDENCE_PAGE_RANGE 0x8000
/** The signature of the VS subsegment fits its size. */
#define KST_POOL_EVIDENCE_VS_SUBSEGMENT 0x10000
/** The chain of VS chunks holds from the subsegment's start over the block. */
#define KST_POOL_EVIDENCE_VS_CHAIN 0x20000
/** The VS chunk and its neighbours agree, but the subsegment's start is not at hand. */
#define KST_POOL_EVIDENCE_VS_NEIGHBOURS 0x40000
/** Block size and offsets of the LFH subsegment decode and fit its range. */
#define KST_POOL_EVIDENCE_LFH_SUBSEGMENT 0x80000
/** The LFH bitmap tells the state. */
#define KST_POOL_EVIDENCE_LFH_BITMAP 0x100000
/** The heap's tree of large allocations holds the address. */
#define KST_POOL_EVIDENCE_HEAP_TREE 0x200000
/** The POOL_HEADER's size agrees with the heap's metadata. */
#define KST_POOL_EVIDENCE_HEADER_AGREES 0x400000
/** The heap key came from the kernel's globals. */
#define KST_POOL_EVIDENCE_KEY_SYMBOLS 0x800000
/** The heap key was recovered from the memory itself. */
#define KST_POOL_EVIDENCE_KEY_RECOVERED 0x1000000
/** Without the heap's keys or types its metadata cannot be decoded. */
#define KST_POOL_EVIDENCE_NO_HEAP_METADATA 0x2000000
/** The free VS chunk holds a node of the tree of free chunks. */
#define KST_POOL_EVIDENCE_VS_FREE_NODE 0x4000000
/** The page begins with a segment heap's own header, whose first context names it: the address is no block. */
#define KST_POOL_EVIDENCE_HEAP_OBJECT 0x8000000
/**
 * The block is free for its next user: it is on a processor's lookaside list. In some generations its header looks
 * allocated nevertheless, and `state` says what the header says.
 */
#define KST_POOL_EVIDENCE_ON_LOOKASIDE 0x10000000

/** The header contradicts the region or the heap's metadata. */
#define KST_POOL_VERDICT_ANOMALY_HEADER_SUSPECT 0x1
/** The tag is what the last owner left: the block is free. */
#define KST_POOL_VERDICT_ANOMALY_STALE_TAG 0x2
/** Allocated by the heap's metadata, but a list link overwrote the header: on a lookaside list. */
#define KST_POOL_VERDICT_ANOMALY_LOOKASIDE 0x4
/** More than one live large entry contains the address; the nearest one was taken. */
#define KST_POOL_VERDICT_ANOMALY_OVERLAP 0x8
/** Paged and nonpaged blocks in one page. */
#define KST_POOL_VERDICT_ANOMALY_MIXED_KINDS 0x10
/** The page's chain breaks behind the block. */
#define KST_POOL_VERDICT_ANOMALY_PAGE_CORRUPT 0x20

/** One place where a tag was found. */
struct kst_pool_hit {
	uint32_t size;          /**< Set by the library: records lie in an array. */
	uint32_t state;         /**< KST_POOL_STATE_… by the header alone. */
	uint8_t tag[4];         /**< In memory order, protected bit cleared. */
	uint32_t protected_tag; /**< 1: bit 31 of the tag was set. */
	uint32_t block_size;    /**< In bytes, header included. */
	uint32_t previous_size; /**< In bytes. */
	uint32_t pool_type;     /**< As stored. */
	uint32_t tag_index;     /**< Which of the wanted tags. */
	uint64_t address;       /**< Of the header. */
	uint64_t reasons;       /**< KST_POOL_HIT_…: why it is implausible; 0 for a plausible one. */
};

#define KST_POOL_HIT_ZERO_SIZE   0x1 /**< The block has no size. */
#define KST_POOL_HIT_LEAVES_PAGE 0x2 /**< The block leaves its page. */
/**
 * The previous size leaves the page, is zero inside of it, or (where no header follows in the page) is not the size of the block
 * before; in the segment heap it is not zero.
 */
#define KST_POOL_HIT_PREVIOUS  0x4
#define KST_POOL_HIT_POOL_TYPE 0x8 /**< The type byte is none that this generation stores. */
/** The next header, where it is in the same memory, has another previous size. */
#define KST_POOL_HIT_NEXT_DIFFERS 0x10

/** What to search for. */
struct kst_pool_scan {
	uint32_t size;         /**< Set to sizeof by the caller. */
	uint32_t flags;        /**< KST_POOL_SCAN_… */
	kst_space space;       /**< KST_SPACE_KERNEL, KST_SPACE_PHYSICAL or a directory table base. */
	uint64_t end;          /**< First address that is not searched. */
	uint64_t tags_count;   /**< Number of tags; 1 to 256. */
	uint64_t scratch_size; /**< Bytes at `scratch`: at least 1 KiB. */
	const uint32_t *tags;  /**< Tags as little-endian numbers (memory order); the protected bit is ignored. */
	void *scratch; /**< Optional buffer for reads: larger ones are faster (64 KiB is plenty); NULL: 512 bytes of stack. */
	/** Optional: called about once per MiB with the next address; anything but 0 stops the search. */
	int32_t (*progress)(void *user, uint64_t position);
	void *progress_user; /**< Passed to `progress`. */
};

/** Report implausible hits too, with their reasons. */
#define KST_POOL_SCAN_ALL 0x1

/** @name Decoders
 * Pure: they read nothing from the target and allocate nothing; thread-safe.
 * @{
 */

/**
 * Decode one POOL_HEADER.
 * @param layout  Offsets to use; not modified.
 * @param bytes   Start of the header; may be NULL if @p len is 0.
 * @param len     Bytes available; fewer than the whole header is fine.
 * @param address Where @p bytes came from.
 * @param out     `size` set by the caller; the rest is written on success only.
 * @param err     Details on failure; may be NULL.
 * @retval KST_OK          `out->present` tells which members are valid.
 * @retval KST_E_ARG       An argument is NULL.
 * @retval KST_E_ABI       `out->size` is not a size that this version knows.
 * @retval KST_E_NO_MEMBER The layout does not describe POOL_HEADER.
 * @retval KST_E_FAULT     Not even the sizes are within @p len.
 * @since 0.9
 */
KST_API kst_status kst_decode_pool_header(const struct kst_layout *layout, const void *bytes, size_t len,
					  uint64_t address, struct kst_pool_header *out, struct kst_error *err);

/**
 * The process that a block is charged to, where the pointer is stored encoded (6.2 and later).
 * @param layout  Offsets to use: they tell whether a cookie is used.
 * @param header  A decoded header.
 * @param cookie  Value of ExpPoolQuotaCookie; not used where pointers are plain.
 * @param out     Written on success.
 * @retval KST_OK          Written.
 * @retval KST_E_ARG       An argument is NULL.
 * @retval KST_E_NO_MEMBER The block is charged to nobody.
 * @retval KST_E_CORRUPT   What comes out is no pointer.
 * @since 0.9
 */
KST_API kst_status kst_pool_quota_process(const struct kst_layout *layout, const struct kst_pool_header *header,
					  uint64_t cookie, uint64_t *out);

/**
 * Walk the blocks of one pool page that the caller has read. Every rule of a classic page is checked; the walk keeps
 * what was sound before the first contradiction and says which rule broke where.
 * @param layout  Offsets to use; not modified.
 * @param bytes   The page from its start; may be NULL if @p len is 0.
 * @param len     Bytes available; fewer than 0x1000 make the page a partial one.
 * @param address Address of the page.
 * @param start   Where the first header is: 0, or behind a large allocation's end in its last page.
 * @param flags   KST_POOL_PAGE_…
 * @param records Array of struct kst_pool_header for the blocks; may be NULL if @p count is 0.
 * @param stride  Bytes from one record to the next: sizeof the struct, or a larger multiple of 8.
 * @param count   Records that fit.
 * @param done    Records written; may be NULL.
 * @param out     `size` set by the caller; the rest is written on success only.
 * @param err     Details on failure; may be NULL.
 * @retval KST_OK          The page was walked; `out->consistent` is the verdict.
 * @retval KST_E_ARG       An argument is wrong, @p stride included.
 * @retval KST_E_ABI       `out->size` is not a size that this version knows.
 * @retval KST_E_NO_MEMBER The layout does not describe POOL_HEADER.
 * @since 0.9
 */
KST_API kst_status kst_decode_pool_page(const struct kst_layout *layout, const void *bytes, size_t len,
					uint64_t address, uint32_t start, uint32_t flags, void *records, size_t stride,
					size_t count, size_t *done, struct kst_pool_page *out, struct kst_error *err);

/**
 * Decode one entry of the large-allocation table.
 * @param layout  Offsets to use; not modified.
 * @param bytes   Start of the entry; may be NULL if @p len is 0.
 * @param len     Bytes available; fewer than the whole entry is fine.
 * @param address Where @p bytes came from.
 * @param out     `size` set by the caller; the rest is written on success only.
 * @param err     Details on failure; may be NULL.
 * @retval KST_OK          `out->present` tells which members are valid.
 * @retval KST_E_ARG       An argument is NULL.
 * @retval KST_E_ABI       `out->size` is not a size that this version knows.
 * @retval KST_E_NO_MEMBER The layout does not describe the entry.
 * @since 0.9
 */
KST_API kst_status kst_decode_large_allocation(const struct kst_layout *layout, const void *bytes, size_t len,
					       uint64_t address, struct kst_large_allocation *out,
					       struct kst_error *err);

/**
 * Decode one slot of a tag tracker table.
 * @param layout  Offsets to use; not modified.
 * @param bytes   Start of the slot; may be NULL if @p len is 0.
 * @param len     Bytes available; fewer than the whole slot is fine.
 * @param address Where @p bytes came from.
 * @param out     `size` set by the caller; the rest is written on success only.
 * @param err     Details on failure; may be NULL.
 * @retval KST_OK          `out->present` tells which members are valid.
 * @retval KST_E_ARG       An argument is NULL.
 * @retval KST_E_ABI       `out->size` is not a size that this version knows.
 * @retval KST_E_NO_MEMBER The layout does not describe the slot.
 * @since 0.9
 */
KST_API kst_status kst_decode_pool_usage(const struct kst_layout *layout, const void *bytes, size_t len,
					 uint64_t address, struct kst_pool_usage *out, struct kst_error *err);

/**
 * Check a whole page against the pattern of special pool: record, size, place of the data, fill bytes.
 * @param layout  Offsets to use; not modified.
 * @param bytes   The page.
 * @param len     Bytes available; fewer than 0x1000 leave the fill unchecked.
 * @param address Address of the page.
 * @param out     `size` set by the caller; the rest is written on success only.
 * @param err     Details on failure; may be NULL.
 * @retval KST_OK          `out->sound` is the verdict.
 * @retval KST_E_ARG       An argument is NULL.
 * @retval KST_E_ABI       `out->size` is not a size that this version knows.
 * @retval KST_E_NO_MEMBER The layout does not describe POOL_HEADER.
 * @since 0.9
 */
KST_API kst_status kst_decode_special_pool(const struct kst_layout *layout, const void *bytes, size_t len,
					   uint64_t address, struct kst_special_pool *out, struct kst_error *err);
/** @} */

/** @name Walks
 * Thread-safe as the reader is.
 * @{
 */

/**
 * The ranges that hold pool, as far as the target tells. Where only the outer ends of nonpaged pool's two parts are known, the
 * range between them has the region KST_POOL_REGION_UNKNOWN: it is one to search.
 * @param target  The target.
 * @param records Array of struct kst_pool_range.
 * @param stride  Bytes from one record to the next: sizeof the struct, or a larger multiple of 8.
 * @param count   Records that fit.
 * @param done    Records written.
 * @param err     Details on failure; may be NULL.
 * @retval KST_OK      Written; none when no range is known.
 * @retval KST_E_ARG   An argument is NULL, or @p stride is smaller than a record or no multiple of 8.
 * @retval KST_E_LIMIT @p count is too small; @p done records were written.
 * @retval KST_E_HOST  The reader failed.
 * @since 0.9
 */
KST_API kst_status kst_pool_ranges(const struct kst_target *target, void *records, size_t stride, size_t count,
				   size_t *done, struct kst_error *err);

/**
 * As kst_decode_pool_page(), for a page of the target's memory; unreadable parts are stepped around.
 * @param target  The target.
 * @param space   KST_SPACE_KERNEL, KST_SPACE_PHYSICAL or a directory table base.
 * @param address Any address in the page.
 * @param start   As for kst_decode_pool_page().
 * @param flags   As for kst_decode_pool_page().
 * @param records As for kst_decode_pool_page().
 * @param stride  As for kst_decode_pool_page().
 * @param count   As for kst_decode_pool_page().
 * @param done    As for kst_decode_pool_page(); may be NULL.
 * @param out     As for kst_decode_pool_page().
 * @param err     Details on failure; may be NULL.
 * @retval KST_OK          The page was walked.
 * @retval KST_E_ARG       An argument is wrong, @p stride included.
 * @retval KST_E_ABI       `out->size` is not a size that this version knows.
 * @retval KST_E_NO_MEMBER The layout does not describe POOL_HEADER.
 * @retval KST_E_FAULT     No byte of the page is there.
 * @retval KST_E_HOST      The reader failed.
 * @since 0.9
 */
KST_API kst_status kst_pool_page_read(const struct kst_target *target, kst_space space, uint64_t address,
				      uint32_t start, uint32_t flags, void *records, size_t stride, size_t count,
				      size_t *done, struct kst_pool_page *out, struct kst_error *err);

/**
 * Where the system's table of large allocations is.
 * @param target The target.
 * @param out    `size` set by the caller; the rest is written on success only.
 * @param err    Details on failure; may be NULL.
 * @retval KST_OK          Found.
 * @retval KST_E_ARG       An argument is NULL.
 * @retval KST_E_ABI       `out->size` is not a size that this version knows.
 * @retval KST_E_NO_MEMBER A symbol or the type of the entries is not known.
 * @retval KST_E_FAULT     The globals cannot be read, or the system keeps no table (XP without pool tagging).
 * @retval KST_E_CORRUPT   The pointer is no kernel pointer or the size is zero.
 * @retval KST_E_HOST      The reader failed.
 * @since 0.9
 */
KST_API kst_status kst_large_table_locate(const struct kst_target *target, struct kst_large_table *out,
					  struct kst_error *err);

/**
 * Where the table of a session is.
 * @param target  The target.
 * @param space   Directory table base of a process of the session.
 * @param session Address of its MM_SESSION_SPACE.
 * @param out     `size` set by the caller; the rest is written on success only.
 * @param err     Details on failure; may be NULL.
 * @retval KST_OK          Found.
 * @retval KST_E_ARG       An argument is NULL.
 * @retval KST_E_ABI       `out->size` is not a size that this version knows.
 * @retval KST_E_NO_MEMBER The layout does not describe it.
 * @retval KST_E_FAULT     It cannot be read, or there is no table.
 * @retval KST_E_CORRUPT   The pointer is no kernel pointer or the size is zero.
 * @retval KST_E_HOST      The reader failed.
 * @since 0.9
 */
KST_API kst_status kst_large_table_of_session(const struct kst_target *target, kst_space space, uint64_t session,
					      struct kst_large_table *out, struct kst_error *err);

/**
 * Begin a walk over the entries of a table of large allocations, never-used ones left out.
 * @param cursor Memory for the walk.
 * @param target The target; it must outlive the walk.
 * @param table  The table; NULL: the system's.
 * @param flags  KST_LARGE_LIVE_ONLY or 0.
 * @param err    Details on failure; may be NULL.
 * @retval KST_OK    Begun.
 * @retval KST_E_ARG @p cursor or @p target is NULL, or an unknown flag.
 * @retval KST_E_ABI `table->size` is not a size that this version knows.
 * @return Otherwise as kst_large_table_locate().
 * @since 0.9
 */
KST_API kst_status kst_large_allocations_begin(struct kst_cursor *cursor, const struct kst_target *target,
					       const struct kst_large_table *table, uint32_t flags,
					       struct kst_error *err);

/**
 * The next entry, live or freed. Unreadable parts of the table are stepped over (KST_WALK_ANOMALY_SKIPPED).
 * @param cursor A walk that was begun.
 * @param out    `size` set by the caller; the rest is written on success only.
 * @param err    Details on failure; may be NULL.
 * @retval KST_OK      An entry.
 * @retval KST_END     The table is at its end.
 * @retval KST_E_ARG   Not a walk of this kind.
 * @retval KST_E_ABI   `out->size` is not a size that this version knows.
 * @retval KST_E_LIMIT The step budget is used up.
 * @retval KST_E_HOST  The reader failed.
 * @since 0.9
 */
KST_API kst_status kst_large_allocations_next(struct kst_cursor *cursor, struct kst_large_allocation *out,
					      struct kst_error *err);

/**
 * The live large allocation that contains an address; one linear pass over the table.
 * @param target  The target.
 * @param table   The table; NULL: the system's.
 * @param address Any address.
 * @param out     `size` set by the caller; the rest is written on success only.
 * @param err     Details on failure; may be NULL.
 * @retval KST_OK  Found. With overlapping entries the one that starts nearest to the address.
 * @retval KST_END The whole table was read and no live entry contains the address.
 * @retval KST_E_FAULT Not found, but parts of the table cannot be read, or there is none.
 * @retval KST_E_ARG   An argument is wrong.
 * @retval KST_E_ABI   A struct's size is not one that this version knows.
 * @retval KST_E_NO_MEMBER The table is not known.
 * @retval KST_E_CORRUPT   The table's pointer or size cannot be.
 * @retval KST_E_HOST  The reader failed.
 * @since 0.9
 */
KST_API kst_status kst_large_allocation_find(const struct kst_target *target, const struct kst_large_table *table,
					     uint64_t address, struct kst_large_allocation *out, struct kst_error *err);

/**
 * Memory that an index needs.
 * @param entries Entries of the table (kst_large_table.count); fewer are enough if most are free.
 * @return Bytes, aligned to 8.
 * @since 0.9
 */
KST_API size_t kst_large_index_size(uint64_t entries);

/**
 * Read a table once and keep its live entries sorted by address; freed ones are kept as long as there is room. The index
 * holds no pointers: it may be copied, and shared by threads.
 * @param mem    Memory for the index, aligned to 8; owned by the caller, needs no cleanup.
 * @param size   Bytes at @p mem.
 * @param target The target.
 * @param table  The table; NULL: the system's.
 * @param err    Details on failure; may be NULL.
 * @retval KST_OK      Made; kst_large_index_info.anomalies says how complete it is.
 * @retval KST_E_ARG   An argument is wrong.
 * @retval KST_E_LIMIT Made, but @p size is too small for all live entries (or nothing was made if it is too small for one).
 * @retval KST_E_ABI   `table->size` is not a size that this version knows.
 * @retval KST_E_NO_MEMBER The table is not known.
 * @retval KST_E_FAULT The table's globals cannot be read, or there is no table.
 * @retval KST_E_CORRUPT The table's pointer or size cannot be.
 * @retval KST_E_HOST  The reader failed.
 * @since 0.9
 */
KST_API kst_status kst_large_index_init(struct kst_large_index *mem, size_t size, const struct kst_target *target,
					const struct kst_large_table *table, struct kst_error *err);

/**
 * What an index holds. @since 0.9
 * @param index The index.
 * @param out   `size` set by the caller; the rest is written on success.
 * @retval KST_OK    Written.
 * @retval KST_E_ARG An argument is NULL.
 * @retval KST_E_ABI `out->size` is not a size that this version knows.
 */
KST_API kst_status kst_large_index_info(const struct kst_large_index *index, struct kst_large_index_info *out);

/**
 * The live large allocation that contains an address, by index. Its entry is read again; where that is gone or has
 * changed since, the address and length that the index holds are the answer.
 * @param index   The index.
 * @param target  The target it was made of.
 * @param address Any address.
 * @param out     `size` set by the caller; the rest is written on success only.
 * @param err     Details on failure; may be NULL.
 * @retval KST_OK    Found.
 * @retval KST_END   No live entry contains the address.
 * @retval KST_E_FAULT Not found, but the index does not have the whole table: parts of it could not be read, or there was
 *                     no room for all live entries.
 * @retval KST_E_ARG An argument is NULL.
 * @retval KST_E_ABI `out->size` is not a size that this version knows.
 * @retval KST_E_HOST The reader failed.
 * @since 0.9
 */
KST_API kst_status kst_large_index_find(const struct kst_large_index *index, const struct kst_target *target,
					uint64_t address, struct kst_large_allocation *out, struct kst_error *err);

/**
 * Which allocation an address belongs to. The order: special pool's range, the table of large allocations (always before
 * any header is interpreted), the segment heap or the classic page. Where the evidence does not close the verdict is
 * KST_POOL_KIND_INCONSISTENT with the nearest candidates; it is never a guess.
 * @param target  The target.
 * @param index   Index of the large allocations; NULL: the table is read once.
 * @param address Any address.
 * @param out     `size` set by the caller; the rest is written on success only.
 * @param err     Details on failure; may be NULL.
 * @retval KST_OK          A verdict, KST_POOL_KIND_NONE included.
 * @retval KST_E_ARG       An argument is NULL.
 * @retval KST_E_ABI       `out->size` is not a size that this version knows.
 * @retval KST_E_NO_MEMBER The layout describes neither POOL_HEADER nor the table of large allocations.
 * @retval KST_E_HOST      The reader failed.
 * @since 0.9
 */
KST_API kst_status kst_pool_find(const struct kst_target *target, const struct kst_large_index *index, uint64_t address,
				 struct kst_pool_verdict *out, struct kst_error *err);

/**
 * Search a range for pool tags. Call again with the same @p position to go on; split a range at page boundaries to share
 * it between threads. Memory that is not there is stepped over.
 * @param target   The target.
 * @param scan     What to search for.
 * @param position In: where to start; out: where to go on.
 * @param records  Array of struct kst_pool_hit.
 * @param stride   Bytes from one record to the next: sizeof the struct, or a larger multiple of 8.
 * @param count    Records that fit; at least 1.
 * @param done     Records written.
 * @param err      Details on failure; may be NULL.
 * @retval KST_OK          @p records is full; there may be more.
 * @retval KST_END         The range is at its end.
 * @retval KST_E_LIMIT     `progress` asked to stop; @p position tells where.
 * @retval KST_E_ARG       An argument is wrong, @p stride included.
 * @retval KST_E_ABI       `scan->size` is not a size that this version knows.
 * @retval KST_E_NO_MEMBER The layout does not describe POOL_HEADER.
 * @retval KST_E_HOST      The reader failed.
 * @since 0.9
 */
KST_API kst_status kst_pool_scan(const struct kst_target *target, const struct kst_pool_scan *scan, uint64_t *position,
				 void *records, size_t stride, size_t count, size_t *done, struct kst_error *err);

/**
 * Begin a walk over the tag tracker: the tables of all processors merged, then the expansion table.
 * @param cursor Memory for the walk.
 * @param target The target; it must outlive the walk.
 * @param err    Details on failure; may be NULL.
 * @retval KST_OK          Begun.
 * @retval KST_E_ARG       An argument is NULL.
 * @retval KST_E_NO_MEMBER A symbol or the type of the slots is not known.
 * @retval KST_E_FAULT     The globals cannot be read, or the system keeps no table (XP without pool tagging).
 * @retval KST_E_CORRUPT   The pointer is no kernel pointer or the size is zero.
 * @retval KST_E_HOST      The reader failed.
 * @since 0.9
 */
KST_API kst_status kst_pool_usage_begin(struct kst_cursor *cursor, const struct kst_target *target,
					struct kst_error *err);

/**
 * The next tag. Slots without a tag are left out; unreadable ones are stepped over (KST_WALK_ANOMALY_SKIPPED).
 * @param cursor A walk that was begun.
 * @param out    `size` set by the caller; the rest is written on success only.
 * @param err    Details on failure; may be NULL.
 * @retval KST_OK      A tag.
 * @retval KST_END     The table is at its end.
 * @retval KST_E_ARG   Not a walk of this kind.
 * @retval KST_E_ABI   `out->size` is not a size that this version knows.
 * @retval KST_E_LIMIT The step budget is used up.
 * @retval KST_E_HOST  The reader failed.
 * @since 0.9
 */
KST_API kst_status kst_pool_usage_next(struct kst_cursor *cursor, struct kst_pool_usage *out, struct kst_error *err);
/** @} */

/** @name Names
 * Static strings in lower case with hyphens; thread-safe.
 * @{
 */
/** @param generation One of KST_POOL_GENERATION_… @return Its name; "unknown" otherwise. @since 0.9 */
KST_API const char *kst_pool_generation_name(uint32_t generation);
/** @param state One of KST_POOL_STATE_… @return "allocated", "free", "cached"; "unknown" otherwise. @since 0.9 */
KST_API const char *kst_pool_state_name(uint32_t state);
/**
 * Name of a region: "nonpaged", "paged", "special", "session", "outside". @since 0.9
 * @param region One of KST_POOL_REGION_…
 * @return A static string; "unknown" otherwise.
 */
KST_API const char *kst_pool_region_name(uint32_t region);
/** @param rule One of KST_POOL_RULE_… @return Such as "zero-size"; "none" for none, "unknown" otherwise. @since 0.9 */
KST_API const char *kst_pool_rule_name(uint32_t rule);
/** @param kind One of KST_POOL_KIND_… @return Such as "heap-large"; "unknown" otherwise. @since 0.9 */
KST_API const char *kst_pool_kind_name(uint32_t kind);
/** @param bit One KST_POOL_EVIDENCE_… bit. @return Its name; NULL for a bit that means nothing. @since 0.9 */
KST_API const char *kst_pool_evidence_name(uint64_t bit);
/** @param bit One KST_POOL_HEADER_ANOMALY_… bit. @return Its name; NULL for a bit that means nothing. @since 0.9 */
KST_API const char *kst_pool_header_anomaly_name(uint64_t bit);
/** @param bit One KST_POOL_PAGE_ANOMALY_… bit. @return Its name; NULL for a bit that means nothing. @since 0.9 */
KST_API const char *kst_pool_page_anomaly_name(uint64_t bit);
/** @param bit One KST_POOL_VERDICT_ANOMALY_… bit. @return Its name; NULL for a bit that means nothing. @since 0.9 */
KST_API const char *kst_pool_verdict_anomaly_name(uint64_t bit);
/** @param bit One KST_POOL_HIT_… bit. @return Its name; NULL for a bit that means nothing. @since 0.9 */
KST_API const char *kst_pool_hit_reason_name(uint64_t bit);
/** @param bit One KST_POOL_USAGE_ANOMALY_… bit. @return Its name; NULL for a bit that means nothing. @since 0.9 */
KST_API const char *kst_pool_usage_anomaly_name(uint64_t bit);
/** @param bit One KST_LARGE_ALLOCATION_ANOMALY_… bit. @return Its name; NULL for a bit that means nothing. @since 0.9 */
KST_API const char *kst_large_allocation_anomaly_name(uint64_t bit);
/** @param bit One KST_LARGE_TABLE_ANOMALY_… bit. @return Its name; NULL for a bit that means nothing. @since 0.9 */
KST_API const char *kst_large_table_anomaly_name(uint64_t bit);
/** @param bit One KST_SPECIAL_POOL_ANOMALY_… bit. @return Its name; NULL for a bit that means nothing. @since 0.9 */
KST_API const char *kst_special_pool_anomaly_name(uint64_t bit);
/** @} */

#ifdef __cplusplus
}
#endif
#endif
/** @} */
