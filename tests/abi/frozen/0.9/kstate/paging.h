/* SPDX-License-Identifier: MIT */
/**
 * @file paging.h
 * @brief Virtual to physical: what the hardware sees and what a debugger may read.
 *
 * @defgroup paging Paging
 * @ingroup topic_memory
 * @{
 */
#ifndef KSTATE_PAGING_H
#define KSTATE_PAGING_H

#include <kstate/api.h>
#include <kstate/pte.h>
#include <kstate/reader.h>
#include <kstate/target.h>

#ifdef __cplusplus
extern "C" {
#endif

/** One level of a page walk. */
struct kst_page_level {
	uint64_t entry_physical; /**< Physical address of the entry; 0: not known, it was read through the self-map. */
	uint64_t entry_virtual;  /**< Its address in the self-map; 0 when the self-map is not known. */
	uint64_t entry;          /**< The entry; 0 with KST_PTE_UNREADABLE. */
	uint32_t level;          /**< 1 PTE, 2 PDE, 3 PPE, 4 PXE, 5 the level above. */
	uint32_t state;          /**< KST_PTE_… */
};

/** Where a virtual address leads. */
struct kst_translation {
	uint32_t size;      /**< Set to sizeof by the caller. */
	uint32_t state;     /**< KST_PTE_… of the entry that decided. */
	uint64_t present;   /**< KST_TRANSLATION_HAS_… */
	uint64_t anomalies; /**< KST_TRANSLATION_ANOMALY_… */
	uint64_t address;   /**< The virtual address. */
	uint64_t physical;  /**< Physical address of the byte. */
	uint64_t page_size; /**< Bytes the deciding entry stands for: 0x1000 and more, of a large page or a table. */
	/** Virtual address of the prototype entry; with KST_PTE_PROTOTYPE_VAD it was found in the VAD tree. */
	uint64_t proto_address;
	uint64_t proto_entry;            /**< The prototype entry. */
	uint64_t subsection;             /**< Virtual address of the subsection that the prototype entry names. */
	uint64_t page_file_offset;       /**< Byte offset of the page in the page file. */
	uint32_t page_file_number;       /**< Number of the page file. */
	uint32_t level;                  /**< Level of the entry that decided: 1 PTE … 5. */
	uint32_t levels_count;           /**< Elements of `levels`, topmost first. */
	uint32_t proto_state;            /**< KST_PTE_… of the prototype entry. */
	uint32_t protection;             /**< Of the entry that decided, see kst_pte_protection_name(). */
	uint32_t read;                   /**< KST_PTE_READ_…: how a debugger reads this page, everything followed. */
	uint32_t breakpoint_owed;        /**< 1: no valid leaf entry: a software breakpoint cannot be placed now. */
	uint32_t reserved0;              /**< 0. */
	struct kst_page_level levels[5]; /**< Every entry that was read, and the one that could not be. */
};

#define KST_TRANSLATION_HAS_PHYSICAL    0x1  /**< `physical` is valid: the byte is in physical memory. */
#define KST_TRANSLATION_HAS_PROTO       0x2  /**< `proto_address` is valid. */
#define KST_TRANSLATION_HAS_PAGE_FILE   0x4  /**< `page_file_number`, `page_file_offset` are valid. */
#define KST_TRANSLATION_HAS_PROTO_ENTRY 0x8  /**< `proto_entry` and `proto_state` are valid. */
#define KST_TRANSLATION_HAS_SUBSECTION  0x10 /**< `subsection` is valid. */
#define KST_TRANSLATION_HAS_PROTECTION  0x20 /**< `protection` is valid. */
#define KST_TRANSLATION_HAS_BREAKPOINT  0x40 /**< `breakpoint_owed` is valid: every entry that decides was at hand. */

/** The page frame of a transition entry is above all memory, also with the swizzle mask applied. */
#define KST_TRANSLATION_ANOMALY_FRAME_RANGE 0x1
/** An upper-level entry was not valid in hardware and was followed as a transition entry. */
#define KST_TRANSLATION_ANOMALY_UPPER_TRANSITION 0x2
/** The page of a prototype entry is itself reached through a prototype entry; it was not followed. */
#define KST_TRANSLATION_ANOMALY_PROTO_CHAIN 0x4
/** Bits that must be zero are set. */
#define KST_TRANSLATION_ANOMALY_RESERVED 0x8
/** The swizzle mask is not known and was assumed to be zero. */
#define KST_TRANSLATION_ANOMALY_MASK_ASSUMED 0x10
/** No type information for entries: the newest known format of this paging mode was assumed. */
#define KST_TRANSLATION_ANOMALY_FORMAT_ASSUMED 0x20
/** A prototype or subsection pointer is no aligned kernel address. */
#define KST_TRANSLATION_ANOMALY_BAD_POINTER 0x40
/** The frame that an entry in transition names is in use for something else, as its _MMPFN says: it is not read. */
#define KST_TRANSLATION_ANOMALY_REUSED 0x80

/** Follow hardware-valid entries only, whatever the target says. */
#define KST_TRANSLATE_HARDWARE_ONLY 0x1

/**
 * Translate one virtual address. Reads page tables through the target's reader: physical memory, or, where the reader
 * has none of it (a triage dump), the self-map of the kernel's space. An entry that leaves its prototype to the VAD tree
 * is resolved there where the process that @p space belongs to is on the kernel's list; it keeps its own protection, where
 * one that points to a prototype has the prototype's. A frame in transition is checked against its _MMPFN where that can
 * be read. Allocates nothing; thread-safe as the reader is.
 * @param target  The target; its paging mode must be known.
 * @param space   KST_SPACE_KERNEL or a directory table base.
 * @param address Virtual address.
 * @param flags   KST_TRANSLATE_… or 0.
 * @param out     `size` set by the caller; the rest is written with KST_OK.
 * @param err     Details on failure; may be NULL.
 * @retval KST_OK      `out` says where the address leads; KST_TRANSLATION_HAS_PHYSICAL where it is in memory.
 * @retval KST_E_FAULT Not even the topmost entry is there.
 * @retval KST_E_ARG   An argument is wrong: no paging mode, space physical, unknown flag, address not canonical.
 * @retval KST_E_ABI   `out->size` is not a size that this version knows.
 * @retval KST_E_HOST  The reader failed.
 * @since 0.9
 */
KST_API kst_status kst_translate(const struct kst_target *target, kst_space space, uint64_t address, uint32_t flags,
				 struct kst_translation *out, struct kst_error *err);

/** Neighbouring pages that are in the same state: one run of a range. */
struct kst_page_run {
	uint32_t size;            /**< Set to sizeof by the caller. */
	uint32_t state;           /**< KST_PTE_… of the entries that decided. */
	uint64_t present;         /**< KST_TRANSLATION_HAS_PHYSICAL, _PROTECTION, _BREAKPOINT */
	uint64_t anomalies;       /**< KST_TRANSLATION_ANOMALY_… */
	uint64_t address;         /**< First byte. */
	uint64_t length;          /**< Bytes; 0 only where the run is a whole 64-bit address space. */
	uint64_t physical;        /**< Physical address of the first byte; the run is contiguous there. */
	uint64_t page_size;       /**< Bytes that the first entry stands for. */
	uint32_t protection;      /**< See kst_pte_protection_name(). */
	uint32_t read;            /**< KST_PTE_READ_… */
	uint32_t breakpoint_owed; /**< 1: no valid leaf entry maps these pages. */
	uint32_t reserved0;       /**< 0. */
};

/**
 * Begin a walk over the pages of a range. What is not mapped is a run as well, so that the runs cover the range without
 * a gap, except for addresses that are not canonical.
 * @param cursor  State of the walk; owned by the caller.
 * @param target  The target; its paging mode must be known.
 * @param space   KST_SPACE_KERNEL or a directory table base.
 * @param address First byte; rounded down to its page.
 * @param last    Last byte; included, rounded up to the end of its page.
 * @param flags   KST_TRANSLATE_… or 0.
 * @param err     Details on failure; may be NULL.
 * @retval KST_OK    Begun.
 * @retval KST_E_ARG An argument is wrong: no paging mode, space physical, unknown flag, @p last below @p address.
 * @since 0.9
 */
KST_API kst_status kst_page_runs_begin(struct kst_cursor *cursor, const struct kst_target *target, kst_space space,
				       uint64_t address, uint64_t last, uint32_t flags, struct kst_error *err);

/**
 * The next run. Entries that cannot be read are runs of state KST_PTE_UNREADABLE, not an end. Thread-safe as the reader
 * is.
 * @param cursor From kst_page_runs_begin().
 * @param out    `size` set by the caller; the rest is written with KST_OK.
 * @param err    Details on failure; may be NULL.
 * @retval KST_OK      One run.
 * @retval KST_END     The range is done.
 * @retval KST_E_LIMIT The step budget is used up (one step for each page-table entry).
 * @retval KST_E_ARG   Not a cursor of this walk, or an argument is NULL.
 * @retval KST_E_ABI   `out->size` is not a size that this version knows.
 * @retval KST_E_HOST  The reader failed.
 * @since 0.9
 */
KST_API kst_status kst_page_runs_next(struct kst_cursor *cursor, struct kst_page_run *out, struct kst_error *err);

/**
 * Name of one translation anomaly. Thread-safe. @since 0.9
 * @param bit One KST_TRANSLATION_ANOMALY_… bit.
 * @return A static string; NULL for a bit that means nothing in this version.
 */
KST_API const char *kst_translation_anomaly_name(uint64_t bit);

#ifdef __cplusplus
}
#endif
#endif
/** @} */
