/* SPDX-License-Identifier: MIT */
/**
 * @file paging.h
 * @brief Virtual to physical: what the hardware sees and what a debugger may read.
 *
 * @defgroup paging Paging
 * @{
 */
#ifndef KSTATE_PAGING_H
#define KSTATE_PAGING_H

#include <kstate/api.h>
#include <kstate/reader.h>
#include <kstate/target.h>

#ifdef __cplusplus
extern "C" {
#endif

/** What an entry of a page table is (reference: order of tests, prototype before transition). */
enum {
	KST_PTE_ZERO = 0,         /**< All bits zero: the VAD decides. */
	KST_PTE_VALID = 1,        /**< The hardware translates through it. */
	KST_PTE_TRANSITION = 2,   /**< Not valid, the page is still in memory. */
	KST_PTE_PROTOTYPE = 3,    /**< Points to a prototype entry. */
	KST_PTE_PROTOTYPE_VAD = 4, /**< The prototype entry is found through the VAD. */
	KST_PTE_SUBSECTION = 5,   /**< In a prototype array: the page is in a file. */
	KST_PTE_PAGE_FILE = 6,    /**< In a page file. */
	KST_PTE_DEMAND_ZERO = 7,  /**< A zeroed page is made on first use. */
	KST_PTE_NO_ACCESS = 8,    /**< No access. */
	KST_PTE_DECOMMITTED = 9,  /**< Decommitted. */
	KST_PTE_UNREADABLE = 10,  /**< The entry itself is not in the memory at hand. */
	KST_PTE_UNKNOWN = 11      /**< None of these. */
};

/** One level of a page walk. */
struct kst_page_level {
	uint64_t entry_physical; /**< Physical address of the entry. */
	uint64_t entry_virtual;  /**< Its address in the self-map; 0 when the self-map is not known. */
	uint64_t entry;          /**< The entry. */
	uint32_t level;          /**< 1 PTE, 2 PDE, 3 PPE, 4 PXE, 5 the level above. */
	uint32_t state;          /**< KST_PTE_… */
};

/** Where a virtual address leads. */
struct kst_translation {
	uint32_t size;       /**< Set to sizeof by the caller. */
	uint32_t state;      /**< KST_PTE_… of the entry that decided. */
	uint64_t present;    /**< KST_TRANSLATION_HAS_… */
	uint64_t anomalies;  /**< KST_TRANSLATION_ANOMALY_… */
	uint64_t address;    /**< The virtual address. */
	uint64_t physical;   /**< Physical address of the byte. */
	uint64_t page_size;  /**< Bytes that the deciding entry covers: 0x1000, 0x200000, 0x400000, 0x40000000. */
	uint64_t proto_address; /**< Virtual address of the prototype entry. */
	uint64_t proto_entry;   /**< The prototype entry. */
	uint64_t page_file_offset; /**< Byte offset of the page in the page file. */
	uint32_t page_file_number; /**< Number of the page file. */
	uint32_t level;      /**< Level of the entry that decided: 1 PTE … 5. */
	uint32_t levels_count; /**< Elements of `levels`, topmost first. */
	uint32_t proto_state;  /**< KST_PTE_… of the prototype entry. */
	struct kst_page_level levels[5]; /**< Every entry that was read. */
};

#define KST_TRANSLATION_HAS_PHYSICAL 0x1  /**< `physical` is valid: the byte is in physical memory. */
#define KST_TRANSLATION_HAS_PROTO 0x2     /**< `proto_address`, `proto_entry`, `proto_state` are valid. */
#define KST_TRANSLATION_HAS_PAGE_FILE 0x4 /**< `page_file_number`, `page_file_offset` are valid. */

/** The page frame of a transition entry is above all memory, also with the swizzle mask applied. */
#define KST_TRANSLATION_ANOMALY_FRAME_RANGE 0x1
/** An upper-level entry was not valid in hardware and was followed as a transition entry. */
#define KST_TRANSLATION_ANOMALY_UPPER_TRANSITION 0x2
/** A prototype entry led to another prototype entry; it was not followed. */
#define KST_TRANSLATION_ANOMALY_PROTO_CHAIN 0x4
/** Bits that must be zero are set. */
#define KST_TRANSLATION_ANOMALY_RESERVED 0x8
/** The swizzle mask is not known and was assumed to be zero. */
#define KST_TRANSLATION_ANOMALY_MASK_ASSUMED 0x10

/** Follow hardware-valid entries only, whatever the target says. */
#define KST_TRANSLATE_HARDWARE_ONLY 0x1

/**
 * Translate one virtual address. Reads page tables through the target's reader; allocates nothing; thread-safe as the
 * reader is.
 * @param target  The target; its paging mode must be known.
 * @param space   KST_SPACE_KERNEL or a directory table base.
 * @param address Virtual address.
 * @param flags   KST_TRANSLATE_… or 0.
 * @param out     `size` set by the caller; the rest is written with KST_OK.
 * @param err     Details on failure; may be NULL.
 * @retval KST_OK      `out` says where the address leads; KST_TRANSLATION_HAS_PHYSICAL where it is in memory.
 * @retval KST_E_FAULT Physical memory or the page tables are not there at all (a triage dump).
 * @retval KST_E_ARG   An argument is wrong: no paging mode, space physical, unknown flag, address not canonical.
 * @retval KST_E_ABI   `out->size` is not a size that this version knows.
 * @retval KST_E_HOST  The reader failed.
 * @since 0.9
 */
KST_API kst_status kst_translate(const struct kst_target *target, kst_space space, uint64_t address, uint32_t flags,
                                 struct kst_translation *out, struct kst_error *err);

/**
 * Name of a PTE state: "zero", "valid", "transition", "prototype", "prototype-vad", "subsection", "page-file",
 * "demand-zero", "no-access", "decommitted", "unreadable", "unknown". Thread-safe. @since 0.9
 * @param state One of KST_PTE_….
 * @return A static string.
 */
KST_API const char *kst_pte_state_name(uint32_t state);

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
