/* SPDX-License-Identifier: MIT */
/**
 * @file target.h
 * @brief A target: reader, layout, paging mode and the addresses of the kernel's globals, put together once.
 *
 * @defgroup target Target
 * @ingroup topic_reading
 * @{
 */
#ifndef KSTATE_TARGET_H
#define KSTATE_TARGET_H

#include <kstate/api.h>
#include <kstate/layout.h>
#include <kstate/reader.h>

#ifdef __cplusplus
extern "C" {
#endif

/** How virtual addresses are translated. */
enum {
	KST_PAGING_NONE = 0, /**< Not known, or the reader translates. */
	KST_PAGING_X86 = 1,  /**< x86, 2 levels, 4-byte entries. */
	KST_PAGING_PAE = 2,  /**< x86 PAE, 3 levels, 8-byte entries. */
	KST_PAGING_X64 = 3,  /**< x64, 4 levels. */
	KST_PAGING_LA57 = 4, /**< x64, 5 levels. */
	KST_PAGING_ARM64 = 5 /**< ARM64, 4 KiB granule, 4 levels. */
};

/** The address of a global, given by the caller. */
struct kst_symbol {
	uint64_t address; /**< Absolute virtual address. */
	const char *name; /**< Such as "PsActiveProcessHead". */
};

/** What a machine says of itself without symbols: filled by a dump's header, by kst_identify(), or by the caller. */
struct kst_identity {
	uint32_t size;             /**< Set to sizeof by the caller. */
	uint32_t arch;             /**< KST_ARCH_… */
	uint32_t paging;           /**< KST_PAGING_… */
	uint32_t build;            /**< NT build number. */
	uint32_t revision;         /**< Update revision; valid with KST_IDENTITY_HAS_REVISION. */
	uint32_t processors;       /**< Number of processors; a target takes 0 and more than 2048 as not known. */
	uint32_t time_date_stamp;  /**< Of the kernel image. */
	uint32_t size_of_image;    /**< Of the kernel image. */
	uint64_t present;          /**< KST_IDENTITY_HAS_… */
	uint64_t anomalies;        /**< KST_IDENTITY_ANOMALY_… */
	uint64_t dtb;              /**< System directory table base, as stored. */
	uint64_t kernel_base;      /**< Base of the kernel image. */
	uint64_t debugger_data;    /**< Address of KDDEBUGGER_DATA64. */
	uint64_t loaded_modules;   /**< Address of PsLoadedModuleList. */
	uint64_t active_processes; /**< Address of PsActiveProcessHead. */
	uint64_t pfn_database;     /**< Header's PfnDataBase: address of MmPfnDatabase, or (seen on 26100) its value. */
	uint64_t kpcr; /**< Address of processor 0's KPCR; in a triage dump that of the processor which crashed. */
};

#define KST_IDENTITY_HAS_ARCH             0x1    /**< `arch` is valid. */
#define KST_IDENTITY_HAS_PAGING           0x2    /**< `paging` is valid. */
#define KST_IDENTITY_HAS_BUILD            0x4    /**< `build` is valid. */
#define KST_IDENTITY_HAS_REVISION         0x8    /**< `revision` is valid. */
#define KST_IDENTITY_HAS_PROCESSORS       0x10   /**< `processors` is valid. */
#define KST_IDENTITY_HAS_TIME_DATE_STAMP  0x20   /**< `time_date_stamp` is valid. */
#define KST_IDENTITY_HAS_SIZE_OF_IMAGE    0x40   /**< `size_of_image` is valid. */
#define KST_IDENTITY_HAS_DTB              0x80   /**< `dtb` is valid. */
#define KST_IDENTITY_HAS_KERNEL_BASE      0x100  /**< `kernel_base` is valid. */
#define KST_IDENTITY_HAS_DEBUGGER_DATA    0x200  /**< `debugger_data` is valid. */
#define KST_IDENTITY_HAS_LOADED_MODULES   0x400  /**< `loaded_modules` is valid. */
#define KST_IDENTITY_HAS_ACTIVE_PROCESSES 0x800  /**< `active_processes` is valid. */
#define KST_IDENTITY_HAS_PFN_DATABASE     0x1000 /**< `pfn_database` is valid. */
#define KST_IDENTITY_HAS_KPCR             0x2000 /**< `kpcr` is valid. */

/** More than one directory table base fits; the best one was taken. */
#define KST_IDENTITY_ANOMALY_DTB_GUESSED 0x1
/** The debugger data block is encoded and could not be decoded. */
#define KST_IDENTITY_ANOMALY_BLOCK_ENCODED 0x2
/** Time stamp and size of the kernel image belong to more than one version. */
#define KST_IDENTITY_ANOMALY_REVISION_AMBIGUOUS 0x4
/** Header fields contradict what the memory shows; the memory was believed. */
#define KST_IDENTITY_ANOMALY_HEADER_DIFFERS 0x8

/** Everything a target is made from. Zero members mean: not known, find it where the memory tells. */
struct kst_target_config {
	uint32_t size;                       /**< Set to sizeof by the caller. */
	uint32_t flags;                      /**< KST_TARGET_… */
	uint64_t step_budget;                /**< Elements, and modules, that a walk may visit; 0: 0x1000000. */
	uint64_t invalid_pte_mask;           /**< MiInvalidPteMask, the swizzle mask; with KST_TARGET_HAS_PTE_MASK. */
	uint64_t symbols_count;              /**< Elements at `symbols`. */
	const struct kst_reader_ops *reader; /**< Copied. Required. */
	void *reader_user;                   /**< Must outlive the target. */
	const struct kst_layout *layout;     /**< Copied; NULL: nothing but what the memory describes itself. */
	const struct kst_identity *identity; /**< Copied; NULL: nothing known. */
	const struct kst_symbol *symbols;    /**< Copied; they win over all other sources. */
	/**
	 * Optional: read from a page file; as kst_reader_ops.read, with the page file's number and the byte offset in it.
	 * Without it a paged-out address is KST_E_FAULT.
	 */
	kst_status (*read_page_file)(void *user, uint32_t number, uint64_t offset, void *buf, size_t len, size_t *done);
	void *page_file_user; /**< Passed to `read_page_file`; must outlive the target. */
};

/** Translate as the hardware does: do not follow transition, prototype and page-file entries. */
#define KST_TARGET_HARDWARE_ONLY 0x1
/** `invalid_pte_mask` is given (0 included). */
#define KST_TARGET_HAS_PTE_MASK 0x2

struct kst_target;

/** @return Bytes that a `struct kst_target` needs (aligned to 8). Thread-safe. @since 0.9 */
KST_API size_t kst_target_size(void);

/**
 * Make a target in caller memory. Reads the debugger data block if its address is known, the root page table (for its
 * self-map) and the few globals that software page-table entries depend on. The target is immutable; it may be shared by
 * threads if the reader has KST_READER_THREAD_SAFE. It holds nothing and needs no cleanup.
 * @param mem    Memory for the target, aligned to 8.
 * @param size   Bytes at @p mem, at least kst_target_size().
 * @param config What it is made from.
 * @param err    Details on failure; may be NULL.
 * @retval KST_OK      Made.
 * @retval KST_E_ARG   No reader, or @p mem is NULL or misaligned, or a physical-only reader without paging mode or DTB.
 * @retval KST_E_ABI   A struct's `size` is not one that this version knows.
 * @retval KST_E_LIMIT @p size is too small.
 * @retval KST_E_HOST  The reader failed with anything but KST_E_FAULT.
 * @since 0.9
 */
KST_API kst_status kst_target_init(struct kst_target *mem, size_t size, const struct kst_target_config *config,
				   struct kst_error *err);

/**
 * As kst_target_init(), in memory from the heap. Thread-safe.
 * @param config What it is made from.
 * @param out    Set on success; the caller ends it with kst_target_destroy().
 * @param err    Details on failure; may be NULL.
 * @retval KST_OK          Made.
 * @retval KST_E_NO_MEMORY No memory.
 * @retval KST_E_ARG       As for kst_target_init().
 * @retval KST_E_ABI       As for kst_target_init().
 * @retval KST_E_HOST      As for kst_target_init().
 * @since 0.9
 */
KST_API kst_status kst_target_create(const struct kst_target_config *config, struct kst_target **out,
				     struct kst_error *err);

/**
 * From memory of any kind to a target in one call: finds out what the machine is (kst_identify()), takes the built-in
 * layout that fits and makes the target (kst_target_create()). For dump files: kst_target_open(). Thread-safe.
 * @param config The reader, and what the caller knows better: `layout`, `identity` (then nothing is searched), `symbols`,
 *               flags, page files.
 * @param out    Set on success; the caller ends it with kst_target_destroy().
 * @param err    Details on failure; may be NULL.
 * @retval KST_OK          Made; a kernel that no built-in table describes gives a layout with few or no members.
 * @retval KST_E_FAULT     No Windows kernel was found in this memory.
 * @retval KST_E_ARG       An argument or the reader is NULL, or the given identity lacks paging mode or DTB.
 * @retval KST_E_ABI       A struct's `size` is not one that this version knows.
 * @retval KST_E_NO_MEMORY No memory.
 * @retval KST_E_HOST      The reader failed with anything but KST_E_FAULT.
 * @since 0.9
 */
KST_API kst_status kst_target_open_reader(const struct kst_target_config *config, struct kst_target **out,
					  struct kst_error *err);

/**
 * End a target that kst_target_create() or a kst_target_open…() made. @since 0.9
 * @param target The target; NULL is fine.
 */
KST_API void kst_target_destroy(struct kst_target *target);

/**
 * The layout that a target uses: the given one, completed and corrected by the debugger data block. Thread-safe.
 * @param target The target.
 * @return The layout; it lives as long as the target.
 * @since 0.9
 */
KST_API const struct kst_layout *kst_target_layout(const struct kst_target *target);

/**
 * What a target knows of the machine. Thread-safe. @since 0.9
 * @param target The target.
 * @param out    `size` set by the caller; the rest is written on success only.
 * @retval KST_OK    Written.
 * @retval KST_E_ARG An argument is NULL.
 * @retval KST_E_ABI `out->size` is not a size that this version knows.
 */
KST_API kst_status kst_target_identity(const struct kst_target *target, struct kst_identity *out);

/**
 * Address of a global: the caller's symbols first, then the debugger data block, the dump header, the layout's RVAs.
 * Thread-safe. @since 0.9
 * @param target      The target.
 * @param name        Such as "PsActiveProcessHead".
 * @param address_out Written on success.
 * @retval KST_OK          Written.
 * @retval KST_E_NO_MEMBER Not known here, or not one that the library wants.
 * @retval KST_E_ARG       An argument is NULL.
 */
KST_API kst_status kst_target_symbol(const struct kst_target *target, const char *name, uint64_t *address_out);

/**
 * Read memory of a target in any space, translating where the reader does not: through valid entries, those in transition
 * (unless the frame was given out again), prototypes (also those that the VAD tree of a listed process knows) and page
 * files; kst_translate() tells which. What no entry leads to is not there: zeros are never made up. Thread-safe as the
 * reader is.
 * @param target  The target.
 * @param space   KST_SPACE_KERNEL, KST_SPACE_PHYSICAL or a directory table base.
 * @param address Where.
 * @param buf     At least @p len bytes; owned by the caller.
 * @param len     How many bytes; 0 succeeds.
 * @param done    Number of leading valid bytes; may be NULL. Written always.
 * @param err     Details on failure; may be NULL.
 * @retval KST_OK      All bytes.
 * @retval KST_E_FAULT Fewer; `err->address` is the first one missing.
 * @retval KST_E_ARG   @p target or @p buf is NULL, or the range wraps.
 * @retval KST_E_HOST  The reader failed.
 * @since 0.9
 */
KST_API kst_status kst_read(const struct kst_target *target, kst_space space, uint64_t address, void *buf, size_t len,
			    size_t *done, struct kst_error *err);

/**
 * Find out what a machine is, without symbols: fills what @p identity lacks. Members that are present are hints and
 * are kept unless the memory contradicts them. A physical-only reader is searched for directory table bases (by their
 * self-map) and the kernel for its debugger data block; that costs one pass over the memory at most.
 * @param reader   The host's callbacks.
 * @param user     Passed to the callbacks; may be NULL.
 * @param identity `size` set by the caller; hints in, answers out.
 * @param err      Details on failure; may be NULL.
 * @retval KST_OK      Something was found; `present` says what.
 * @retval KST_E_FAULT Nothing was found.
 * @retval KST_E_ARG   An argument is wrong.
 * @retval KST_E_ABI   A struct's `size` is not one that this version knows.
 * @retval KST_E_HOST  The reader failed.
 * @since 0.9
 */
KST_API kst_status kst_identify(const struct kst_reader_ops *reader, void *user, struct kst_identity *identity,
				struct kst_error *err);

/**
 * Name of a paging mode: "x86", "pae", "x64", "la57", "arm64". Thread-safe. @since 0.9
 * @param paging One of KST_PAGING_….
 * @return A static string; "none" for KST_PAGING_NONE, "unknown" otherwise.
 */
KST_API const char *kst_paging_name(uint32_t paging);

/**
 * Name of one identity anomaly. Thread-safe. @since 0.9
 * @param bit One KST_IDENTITY_ANOMALY_… bit.
 * @return A static string; NULL for a bit that means nothing in this version.
 */
KST_API const char *kst_identity_anomaly_name(uint64_t bit);

#ifdef __cplusplus
}
#endif
#endif
/** @} */
