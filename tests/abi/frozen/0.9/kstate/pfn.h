/* SPDX-License-Identifier: MIT */
/**
 * @file pfn.h
 * @brief Page frames: what the memory manager keeps of each page of physical memory.
 *
 * @defgroup pfn Page frames
 * @ingroup topic_memory
 * @{
 */
#ifndef KSTATE_PFN_H
#define KSTATE_PFN_H

#include <kstate/api.h>
#include <kstate/layout.h>
#include <kstate/target.h>

#ifdef __cplusplus
extern "C" {
#endif

/** Where a page is: the values of MMLISTS, the same in all builds. */
enum {
	KST_PFN_ZEROED = 0,            /**< On the list of zeroed pages. */
	KST_PFN_FREE = 1,              /**< On the list of free pages. */
	KST_PFN_STANDBY = 2,           /**< On a standby list: kept, and free if needed. */
	KST_PFN_MODIFIED = 3,          /**< On the modified list: to be written. */
	KST_PFN_MODIFIED_NO_WRITE = 4, /**< On the list of modified pages that must not be written yet. */
	KST_PFN_BAD = 5,               /**< On the list of bad pages. */
	KST_PFN_ACTIVE = 6,            /**< In use. */
	KST_PFN_TRANSITION = 7         /**< Between two states: I/O in progress, or in use without a normal owner. */
};

/** What a page is used for, as far as its entry proves it. */
enum {
	KST_PFN_USE_UNKNOWN = 0,    /**< Not known. */
	KST_PFN_USE_NONE = 1,       /**< Nothing: zeroed, free or bad. */
	KST_PFN_USE_FILE = 2,       /**< A page of a mapped file or image: its prototype entry names a subsection. */
	KST_PFN_USE_SHARED = 3,     /**< A page of a section that the page file backs. */
	KST_PFN_USE_PAGE_TABLE = 4, /**< A page table. */
	KST_PFN_USE_PROCESS = 5,    /**< Private memory of a process. */
	KST_PFN_USE_SYSTEM = 6      /**< Memory of the system: pool, stacks, drivers, cache. */
};

/** One decoded _MMPFN. */
struct kst_pfn {
	uint32_t size;            /**< Set to sizeof by the caller. */
	uint32_t location;        /**< KST_PFN_… */
	uint64_t present;         /**< KST_PFN_HAS_… */
	uint64_t anomalies;       /**< KST_PFN_ANOMALY_… */
	uint64_t frame;           /**< Number of the page frame. */
	uint64_t address;         /**< Virtual address of the entry. */
	uint64_t pte_address;     /**< PteAddress as it is stored; its lowest bits are flags in some builds. */
	uint64_t original_pte;    /**< The entry to put back when the page leaves. */
	uint64_t u1;              /**< First union, raw: forward link, event, working-set index. */
	uint64_t u2;              /**< Second union, raw: back link or share count. */
	uint64_t u4;              /**< Last union, raw. */
	uint64_t flink;           /**< On a list: next page frame. */
	uint64_t blink;           /**< On a list: previous page frame. */
	uint64_t share_count;     /**< In use: valid entries that map the page. */
	uint64_t pte_frame;       /**< Page frame of the table that holds the entry of this page. */
	uint64_t virtual_address; /**< Where the page is mapped, as its entry's place in the self-map says. */
	uint64_t bits;            /**< KST_PFN_BIT_… */
	uint32_t reference_count; /**< References. */
	uint32_t priority;        /**< 0 to 7. */
	uint32_t cache_attribute; /**< 0 not cached, 1 cached, 2 write combined, 3 not mapped. */
	uint32_t use;             /**< KST_PFN_USE_… */
	uint32_t page_identity;   /**< PageIdentity (Windows 8 and later). */
	uint32_t reserved0;       /**< 0. */
};

#define KST_PFN_HAS_LOCATION        0x1    /**< `location` is valid. */
#define KST_PFN_HAS_PTE_ADDRESS     0x2    /**< `pte_address` is valid. */
#define KST_PFN_HAS_ORIGINAL_PTE    0x4    /**< `original_pte` is valid. */
#define KST_PFN_HAS_U1              0x8    /**< `u1` is valid. */
#define KST_PFN_HAS_U2              0x10   /**< `u2` is valid. */
#define KST_PFN_HAS_U4              0x20   /**< `u4` is valid. */
#define KST_PFN_HAS_LINKS           0x40   /**< `flink` and `blink` are valid: the page is on a list. */
#define KST_PFN_HAS_SHARE_COUNT     0x80   /**< `share_count` is valid: the page is on no list. */
#define KST_PFN_HAS_PTE_FRAME       0x100  /**< `pte_frame` is valid. */
#define KST_PFN_HAS_VIRTUAL_ADDRESS 0x200  /**< `virtual_address` is valid. */
#define KST_PFN_HAS_REFERENCE_COUNT 0x400  /**< `reference_count` is valid. */
#define KST_PFN_HAS_PRIORITY        0x800  /**< `priority` is valid. */
#define KST_PFN_HAS_CACHE_ATTRIBUTE 0x1000 /**< `cache_attribute` is valid. */
#define KST_PFN_HAS_PAGE_IDENTITY   0x2000 /**< `page_identity` is valid. */
#define KST_PFN_HAS_PROTOTYPE       0x4000 /**< KST_PFN_BIT_PROTOTYPE means something. */
#define KST_PFN_HAS_ADDRESS         0x8000 /**< `frame` and `address` are valid. */

#define KST_PFN_BIT_MODIFIED      0x1   /**< Modified. */
#define KST_PFN_BIT_READ          0x2   /**< A read is in progress. */
#define KST_PFN_BIT_WRITE         0x4   /**< A write is in progress. */
#define KST_PFN_BIT_PROTOTYPE     0x8   /**< The entry of this page is a prototype entry. */
#define KST_PFN_BIT_ROM           0x10  /**< Rom. */
#define KST_PFN_BIT_PARITY_ERROR  0x20  /**< ParityError. */
#define KST_PFN_BIT_REMOVAL       0x40  /**< RemovalRequested. */
#define KST_PFN_BIT_IN_PAGE_ERROR 0x80  /**< InPageError. */
#define KST_PFN_BIT_AWE           0x100 /**< AweAllocation. */
#define KST_PFN_BIT_KERNEL_STACK  0x200 /**< KernelStack. */

/** A page on a free list has references. */
#define KST_PFN_ANOMALY_COUNTS 0x1
/** The frame of the containing table is above all memory, and no mark for a page without one. */
#define KST_PFN_ANOMALY_FRAME_RANGE 0x2
/** A list link is above all memory and not the end mark. */
#define KST_PFN_ANOMALY_LINK_RANGE 0x4

/** Pages per location over the whole database. */
struct kst_pfn_counts {
	uint32_t size;       /**< Set to sizeof by the caller. */
	uint32_t reserved0;  /**< 0. */
	uint64_t pages[8];   /**< By KST_PFN_… */
	uint64_t standby[8]; /**< Standby pages by priority; all zero where the layout has no priority. */
	uint64_t total;      /**< Entries that were read. */
	uint64_t lowest;     /**< Lowest frame number of them. */
	uint64_t highest;    /**< Highest frame number of them. */
};

/**
 * Decode one _MMPFN. Reads nothing from the target, allocates nothing; thread-safe.
 * @param layout  Where the members are.
 * @param bytes   The entry; may be NULL if @p len is 0.
 * @param len     Bytes available; fewer than the whole entry is fine.
 * @param address Where it came from; copied to the result.
 * @param out     `size` set by the caller; the rest is written on success only.
 * @param err     Details on failure; may be NULL.
 * @retval KST_OK          `out->present` says what is valid.
 * @retval KST_E_NO_MEMBER The layout has no _MMPFN.
 * @retval KST_E_ARG       An argument is NULL.
 * @retval KST_E_ABI       `out->size` is not a size that this version knows.
 * @since 0.9
 */
KST_API kst_status kst_decode_pfn(const struct kst_layout *layout, const void *bytes, size_t len, uint64_t address,
				  struct kst_pfn *out, struct kst_error *err);

/**
 * Read the entry of one page frame. Thread-safe as the reader is.
 * @param target The target.
 * @param frame  Number of the page frame.
 * @param out    `size` set by the caller; the rest is written on success only.
 * @param err    Details on failure; may be NULL.
 * @retval KST_OK          Read.
 * @retval KST_E_FAULT     The entry is not in the memory at hand.
 * @retval KST_E_NO_MEMBER The layout has no _MMPFN, or the database is not known.
 * @retval KST_E_ARG       An argument is NULL, or there can be no such frame.
 * @retval KST_E_ABI       `out->size` is not a size that this version knows.
 * @retval KST_E_HOST      The reader failed.
 * @since 0.9
 */
KST_API kst_status kst_pfn_read(const struct kst_target *target, uint64_t frame, struct kst_pfn *out,
				struct kst_error *err);

/**
 * Begin a walk over the database, in ascending order. Parts that are not mapped are stepped over.
 * @param cursor State of the walk; owned by the caller.
 * @param target The target.
 * @param first  First frame number.
 * @param last   Last frame number; UINT64_MAX: to the end.
 * @param err    Details on failure; may be NULL.
 * @retval KST_OK          Begun.
 * @retval KST_E_FAULT     The address of the database cannot be read.
 * @retval KST_E_NO_MEMBER The layout has no _MMPFN, or the database is not known.
 * @retval KST_E_ARG       An argument is wrong.
 * @retval KST_E_HOST      The reader failed.
 * @since 0.9
 */
KST_API kst_status kst_pfns_begin(struct kst_cursor *cursor, const struct kst_target *target, uint64_t first,
				  uint64_t last, struct kst_error *err);

/**
 * The next entry that is there. Thread-safe as the reader is.
 * @param cursor From kst_pfns_begin().
 * @param out    `size` set by the caller; the rest is written with KST_OK.
 * @param err    Details on failure; may be NULL.
 * @retval KST_OK      One entry.
 * @retval KST_END     No more.
 * @retval KST_E_LIMIT The step budget is used up (a step for each page of the database that is there, or hole).
 * @retval KST_E_ARG   Not a cursor of this walk, or an argument is NULL.
 * @retval KST_E_ABI   `out->size` is not a size that this version knows.
 * @retval KST_E_HOST  The reader failed.
 * @since 0.9
 */
KST_API kst_status kst_pfns_next(struct kst_cursor *cursor, struct kst_pfn *out, struct kst_error *err);

/**
 * Count the pages of each location. Thread-safe as the reader is.
 * @param target The target.
 * @param out    `size` set by the caller; the rest is written on success only.
 * @param err    Details on failure; may be NULL.
 * @retval KST_OK          Counted.
 * @retval KST_E_FAULT     The address of the database cannot be read.
 * @retval KST_E_NO_MEMBER The layout has no _MMPFN, or the database is not known.
 * @retval KST_E_LIMIT     The step budget is used up.
 * @retval KST_E_ARG       An argument is NULL.
 * @retval KST_E_ABI       `out->size` is not a size that this version knows.
 * @retval KST_E_HOST      The reader failed.
 * @since 0.9
 */
KST_API kst_status kst_pfn_count(const struct kst_target *target, struct kst_pfn_counts *out, struct kst_error *err);

/**
 * Name of a location: "zeroed", "free", "standby", "modified", "modified-no-write", "bad", "active", "transition".
 * Thread-safe. @since 0.9
 * @param location One of KST_PFN_….
 * @return A static string; "unknown" otherwise.
 */
KST_API const char *kst_pfn_location_name(uint32_t location);

/**
 * Name of a use: "unknown", "none", "file", "shared", "page-table", "process", "system". Thread-safe. @since 0.9
 * @param use One of KST_PFN_USE_….
 * @return A static string; "unknown" otherwise.
 */
KST_API const char *kst_pfn_use_name(uint32_t use);

/**
 * Name of one anomaly of a page frame. Thread-safe. @since 0.9
 * @param bit One KST_PFN_ANOMALY_… bit.
 * @return A static string; NULL for a bit that means nothing in this version.
 */
KST_API const char *kst_pfn_anomaly_name(uint64_t bit);

#ifdef __cplusplus
}
#endif
#endif
/** @} */
