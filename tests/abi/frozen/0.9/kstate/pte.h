/* SPDX-License-Identifier: MIT */
/**
 * @file pte.h
 * @brief One entry of a page table or of a prototype array, as data.
 *
 * @defgroup pte Page-table entries
 * @ingroup topic_memory
 * @{
 */
#ifndef KSTATE_PTE_H
#define KSTATE_PTE_H

#include <kstate/api.h>
#include <kstate/layout.h>
#include <kstate/target.h>

#ifdef __cplusplus
extern "C" {
#endif

/** What an entry of a page table is. The prototype bit is tested before the transition bit. */
enum {
	KST_PTE_ZERO = 0,          /**< All bits zero: the VAD decides. */
	KST_PTE_VALID = 1,         /**< The hardware translates through it. */
	KST_PTE_TRANSITION = 2,    /**< Not valid, the page is still in memory. */
	KST_PTE_PROTOTYPE = 3,     /**< Points to a prototype entry. */
	KST_PTE_PROTOTYPE_VAD = 4, /**< The prototype entry is found through the VAD. */
	KST_PTE_SUBSECTION = 5,    /**< In a prototype array: the page is in a file. */
	KST_PTE_PAGE_FILE = 6,     /**< In a page file. */
	KST_PTE_DEMAND_ZERO = 7,   /**< A zeroed page is made on first use. */
	KST_PTE_NO_ACCESS = 8,     /**< No access. */
	KST_PTE_DECOMMITTED = 9,   /**< Decommitted. */
	KST_PTE_UNREADABLE = 10,   /**< The entry itself is not in the memory at hand. */
	KST_PTE_UNKNOWN = 11       /**< None of these. */
};

/** How a debugger gets at the page that an entry stands for. */
enum {
	KST_PTE_READ_NONE = 0,       /**< Not in memory and not in a page file. */
	KST_PTE_READ_HARDWARE = 1,   /**< As the processor does. */
	KST_PTE_READ_TRANSITION = 2, /**< By its page frame: the page is still in memory. */
	KST_PTE_READ_PROTOTYPE = 3,  /**< Through a prototype entry. */
	KST_PTE_READ_PAGE_FILE = 4   /**< From a page file. */
};

/** What an entry is decoded with besides the layout. Members without their flag are not known. */
struct kst_pte_context {
	uint32_t size;              /**< Set to sizeof by the caller. */
	uint32_t paging;            /**< KST_PAGING_…: the format. */
	uint32_t flags;             /**< KST_PTE_CONTEXT_… */
	uint32_t reserved0;         /**< 0. */
	uint64_t invalid_mask;      /**< Swizzle mask: bits inverted in software entries whose SwizzleBit is clear. */
	uint64_t highest_frame;     /**< Highest page frame number of the machine. */
	uint64_t paged_pool_start;  /**< x86 without PAE, before Vista: what prototype addresses are relative to. */
	uint64_t subsection_base;   /**< x86 without PAE, before Vista: MmSubsectionBase. */
	uint64_t nonpaged_pool_end; /**< x86 without PAE, before Vista: MmNonPagedPoolEnd. */
};

#define KST_PTE_CONTEXT_HAS_MASK              0x1  /**< `invalid_mask` is known (0 included). */
#define KST_PTE_CONTEXT_HAS_HIGHEST_FRAME     0x2  /**< `highest_frame` is known. */
#define KST_PTE_CONTEXT_HAS_PAGED_POOL_START  0x4  /**< `paged_pool_start` is known. */
#define KST_PTE_CONTEXT_HAS_SUBSECTION_BASE   0x8  /**< `subsection_base` is known. */
#define KST_PTE_CONTEXT_HAS_NONPAGED_POOL_END 0x10 /**< `nonpaged_pool_end` is known. */

/** The entry stands in a prototype array (of a segment), not in a page table. */
#define KST_PTE_IN_PROTOTYPE_ARRAY 0x1

/** One decoded entry. */
struct kst_pte {
	uint32_t size;             /**< Set to sizeof by the caller. */
	uint32_t state;            /**< KST_PTE_… */
	uint64_t present;          /**< KST_PTE_HAS_… */
	uint64_t anomalies;        /**< KST_PTE_ANOMALY_… */
	uint64_t entry;            /**< The entry as it is stored. */
	uint64_t plain;            /**< The entry with the swizzle mask taken out. */
	uint64_t bits;             /**< KST_PTE_BIT_…: single bits, the same for every format. */
	uint64_t frame;            /**< Page frame number: of the page, or of the next table at an upper level. */
	uint64_t page_size;        /**< Bytes that a valid entry maps; 0 for an entry that leads to a table. */
	uint64_t proto_address;    /**< Virtual address of the prototype entry. */
	uint64_t subsection;       /**< Virtual address of the subsection. */
	uint64_t page_file_offset; /**< Byte offset of the page in its page file. */
	uint32_t page_file_number; /**< Number of the page file, 0 to 15. */
	uint32_t protection;   /**< Five bits, see kst_pte_protection_name(). Of a valid entry: what its bits allow. */
	uint32_t used_entries; /**< Entries in use of the page table that a software entry of an upper level counts. */
	uint32_t read;         /**< KST_PTE_READ_…: how the page could be read, this entry alone considered. */
	char letters[16];      /**< A valid entry in the debugger's letters, such as "---DA--UWEV"; empty otherwise. */
};

#define KST_PTE_HAS_FRAME         0x1  /**< `frame` is valid. */
#define KST_PTE_HAS_PROTECTION    0x2  /**< `protection` is valid. */
#define KST_PTE_HAS_PROTO_ADDRESS 0x4  /**< `proto_address` is valid. */
#define KST_PTE_HAS_SUBSECTION    0x8  /**< `subsection` is valid. */
#define KST_PTE_HAS_PAGE_FILE     0x10 /**< `page_file_number`, `page_file_offset` are valid. */
#define KST_PTE_HAS_USED_ENTRIES  0x20 /**< `used_entries` is valid. */

#define KST_PTE_BIT_VALID             0x1   /**< Valid. */
#define KST_PTE_BIT_WRITE             0x2   /**< The hardware lets writes pass (Vista and later: Dirty1). */
#define KST_PTE_BIT_USER              0x4   /**< Owner: user mode may use it. */
#define KST_PTE_BIT_WRITE_THROUGH     0x8   /**< Write-through. */
#define KST_PTE_BIT_CACHE_DISABLE     0x10  /**< Not cached. */
#define KST_PTE_BIT_ACCESSED          0x20  /**< Accessed. */
#define KST_PTE_BIT_DIRTY             0x40  /**< Dirty. */
#define KST_PTE_BIT_LARGE             0x80  /**< Maps a large page (never at level 1). */
#define KST_PTE_BIT_GLOBAL            0x100 /**< Global. */
#define KST_PTE_BIT_COPY_ON_WRITE     0x200 /**< Copy on write. */
#define KST_PTE_BIT_PROTOTYPE         0x400 /**< Prototype. */
#define KST_PTE_BIT_SOFTWARE_WRITE    0x800 /**< Valid entries: the page is writable, whatever the hardware bit says. */
#define KST_PTE_BIT_NO_EXECUTE        0x1000     /**< No execute. */
#define KST_PTE_BIT_PAT               0x2000     /**< Page attribute table bit. */
#define KST_PTE_BIT_TRANSITION        0x4000     /**< Transition. */
#define KST_PTE_BIT_SWIZZLE           0x8000     /**< SwizzleBit: stored as it is. */
#define KST_PTE_BIT_COMBINED          0x10000    /**< Prototype pointer to a combined page. */
#define KST_PTE_BIT_DEMAND_FILL       0x20000    /**< Prototype pointer: demand fill. */
#define KST_PTE_BIT_HIBER_VERIFY      0x40000    /**< Prototype pointer: HiberVerifyConverted. */
#define KST_PTE_BIT_READ_ONLY         0x80000    /**< Prototype pointer: read only. */
#define KST_PTE_BIT_WHICH_POOL        0x100000   /**< x86 before Vista: which pool the address is relative to. */
#define KST_PTE_BIT_IN_STORE          0x200000   /**< The page is in the compression store. */
#define KST_PTE_BIT_FILE_RESERVED     0x400000   /**< PageFileReserved. */
#define KST_PTE_BIT_FILE_ALLOCATED    0x800000   /**< PageFileAllocated. */
#define KST_PTE_BIT_COLD              0x1000000  /**< ColdPage. */
#define KST_PTE_BIT_SHADOW_STACK      0x2000000  /**< ShadowStack. */
#define KST_PTE_BIT_LOOKASIDE         0x4000000  /**< OnStandbyLookaside. */
#define KST_PTE_BIT_LOCAL_PARTITION   0x8000000  /**< LocalPartition. */
#define KST_PTE_BIT_IO_TRACKER        0x10000000 /**< IoTracker. */
#define KST_PTE_BIT_EXECUTE_PRIVILEGE 0x20000000 /**< ExecutePrivilege. */
#define KST_PTE_BIT_NOT_SECURE        0x40000000 /**< ARM64: NonSecure. */
#define KST_PTE_BIT_CONTIGUOUS        0x80000000 /**< ARM64: contiguous hint. */

/** No type information for entries: the newest known format of this paging mode was assumed. */
#define KST_PTE_ANOMALY_FORMAT_ASSUMED 0x1
/** The swizzle mask is not known and was assumed to be zero (or bit 45, where zero gives an impossible frame). */
#define KST_PTE_ANOMALY_MASK_ASSUMED 0x2
/** The page frame of a transition entry is above all memory; it is not given. */
#define KST_PTE_ANOMALY_FRAME_RANGE 0x4
/** Bits that must be zero are set. */
#define KST_PTE_ANOMALY_RESERVED 0x8
/** A prototype or subsection pointer is no aligned kernel address. */
#define KST_PTE_ANOMALY_BAD_POINTER 0x10
/** Looks like a free system entry (a list link), which outside of such ranges means nothing. */
#define KST_PTE_ANOMALY_LIST_LINK 0x20

/**
 * Decode one entry. Reads nothing from the target, allocates nothing; thread-safe.
 * @param layout  Bit positions of software entries; NULL or without them: the newest known format is assumed.
 * @param context Paging mode and what is known of the machine.
 * @param level   1 PTE, 2 PDE, 3 PPE, 4 PXE, 5 the level above; 1 in a prototype array.
 * @param flags   KST_PTE_IN_PROTOTYPE_ARRAY or 0.
 * @param entry   The entry.
 * @param out     `size` set by the caller; the rest is written on success only.
 * @param err     Details on failure; may be NULL.
 * @retval KST_OK    Decoded.
 * @retval KST_E_ARG No paging mode, a level that it does not have, an unknown flag, or an argument is NULL.
 * @retval KST_E_ABI A struct's `size` is not one that this version knows.
 * @since 0.9
 */
KST_API kst_status kst_decode_pte(const struct kst_layout *layout, const struct kst_pte_context *context,
				  uint32_t level, uint32_t flags, uint64_t entry, struct kst_pte *out,
				  struct kst_error *err);

/**
 * What entries of a target are decoded with. Thread-safe.
 * @param target The target.
 * @param out    `size` set by the caller; the rest is written on success.
 * @retval KST_OK    Written.
 * @retval KST_E_ARG An argument is NULL.
 * @retval KST_E_ABI `out->size` is not a size that this version knows.
 * @since 0.9
 */
KST_API kst_status kst_target_pte_context(const struct kst_target *target, struct kst_pte_context *out);

/**
 * Name of a PTE state: "zero", "valid", "transition", "prototype", "prototype-vad", "subsection", "page-file",
 * "demand-zero", "no-access", "decommitted", "unreadable", "unknown". Thread-safe. @since 0.9
 * @param state One of KST_PTE_….
 * @return A static string.
 */
KST_API const char *kst_pte_state_name(uint32_t state);

/**
 * Name of a way to read a page: "none", "hardware", "transition", "prototype", "page-file". Thread-safe. @since 0.9
 * @param read One of KST_PTE_READ_….
 * @return A static string; "unknown" otherwise.
 */
KST_API const char *kst_pte_read_name(uint32_t read);

/**
 * Name of a five-bit protection: "read-only", "execute-read", "read-write-no-cache" and so on. Thread-safe. @since 0.9
 * @param protection 0 to 31.
 * @return A static string; "unknown" otherwise.
 */
KST_API const char *kst_pte_protection_name(uint32_t protection);

/**
 * The same in the debugger's words: "ReadOnly", "ExecuteRead", "ReadWrite NoCache" and so on. Thread-safe. @since 0.9
 * @param protection 0 to 31.
 * @return A static string; "Unknown" otherwise.
 */
KST_API const char *kst_pte_protection_text(uint32_t protection);

/**
 * Name of one PTE anomaly. Thread-safe. @since 0.9
 * @param bit One KST_PTE_ANOMALY_… bit.
 * @return A static string; NULL for a bit that means nothing in this version.
 */
KST_API const char *kst_pte_anomaly_name(uint64_t bit);

#ifdef __cplusplus
}
#endif
#endif
/** @} */
