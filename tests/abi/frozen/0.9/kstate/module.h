/* SPDX-License-Identifier: MIT */
/**
 * @file module.h
 * @brief Kernel modules, loaded and unloaded, and the one that an address lies in.
 *
 * @defgroup module Kernel modules
 * @ingroup topic_kernel
 * @{
 */
#ifndef KSTATE_MODULE_H
#define KSTATE_MODULE_H

#include <kstate/api.h>
#include <kstate/target.h>

#ifdef __cplusplus
extern "C" {
#endif

/** One kernel module (KLDR_DATA_TABLE_ENTRY). */
struct kst_module {
	uint32_t size;            /**< Set to sizeof by the caller. */
	uint32_t size_of_image;   /**< Bytes. */
	uint64_t present;         /**< KST_MODULE_HAS_… */
	uint64_t anomalies;       /**< KST_MODULE_ANOMALY_… */
	uint64_t address;         /**< Address of the loader entry; 0 when the host told of the module. */
	uint64_t base;            /**< DllBase. */
	uint64_t entry_point;     /**< EntryPoint. */
	uint64_t name_address;    /**< Buffer of BaseDllName. */
	uint64_t path_address;    /**< Buffer of FullDllName. */
	uint32_t name_bytes;      /**< Length of BaseDllName in bytes of UTF-16. */
	uint32_t path_bytes;      /**< Length of FullDllName in bytes of UTF-16. */
	uint32_t time_date_stamp; /**< Of the image. */
	uint32_t checksum;        /**< Of the image. */
	uint32_t flags;           /**< Flags of the loader entry. */
	uint32_t load_count;      /**< LoadCount. */
	char name[128];           /**< BaseDllName as UTF-8, cut at a character. */
	char path[520];           /**< FullDllName as UTF-8, cut at a character. */
};

#define KST_MODULE_HAS_BASE        0x1   /**< `base` is valid. */
#define KST_MODULE_HAS_SIZE        0x2   /**< `size_of_image` is valid. */
#define KST_MODULE_HAS_NAME        0x4   /**< `name` is valid. */
#define KST_MODULE_HAS_PATH        0x8   /**< `path` is valid. */
#define KST_MODULE_HAS_ENTRY_POINT 0x10  /**< `entry_point` is valid. */
#define KST_MODULE_HAS_STAMP       0x20  /**< `time_date_stamp` is valid. */
#define KST_MODULE_HAS_CHECKSUM    0x40  /**< `checksum` is valid. */
#define KST_MODULE_HAS_FLAGS       0x80  /**< `flags` is valid. */
#define KST_MODULE_HAS_LOAD_COUNT  0x100 /**< `load_count` is valid. */
#define KST_MODULE_HAS_NAME_STRING 0x200 /**< `name_address` and `name_bytes` are valid. */
#define KST_MODULE_HAS_PATH_STRING 0x400 /**< `path_address` and `path_bytes` are valid. */

/** A name is longer than its array and was cut. */
#define KST_MODULE_ANOMALY_NAME_CUT 0x1
/** Base or size is not page aligned, or the size is absurd. */
#define KST_MODULE_ANOMALY_RANGE 0x2
/** A name is not sound UTF-16 (odd length, length beyond its maximum, broken surrogates). */
#define KST_MODULE_ANOMALY_NAME 0x4

/** One unloaded kernel module. */
struct kst_unloaded_module {
	uint32_t size;      /**< Set to sizeof by the caller. */
	uint32_t reserved0; /**< 0. */
	uint64_t present;   /**< KST_UNLOADED_MODULE_HAS_… */
	uint64_t anomalies; /**< KST_MODULE_ANOMALY_… */
	uint64_t start;     /**< First address. */
	uint64_t end;       /**< Address after the last. */
	uint64_t time;      /**< FILETIME of the unload, UTC. */
	char name[64];      /**< UTF-8. */
};

#define KST_UNLOADED_MODULE_HAS_RANGE 0x1 /**< `start`, `end` are valid. */
#define KST_UNLOADED_MODULE_HAS_NAME  0x2 /**< `name` is valid. */
#define KST_UNLOADED_MODULE_HAS_TIME  0x4 /**< `time` is valid. */

/**
 * Decode one loader entry of the kernel. Reads nothing from the target, allocates nothing; thread-safe. The texts of the
 * names are elsewhere: only their places are decoded. What the layout lacks is taken from the place that it has had in
 * every version (public symbols of 5.1 to 10.0); the time stamp has none.
 * @param layout  Offsets to use; not modified.
 * @param bytes   Start of the KLDR_DATA_TABLE_ENTRY; may be NULL if @p len is 0.
 * @param len     Bytes available; fewer than the whole object is fine.
 * @param address Where @p bytes came from; copied to the result.
 * @param out     `size` set by the caller; the rest is written on success only.
 * @param err     Details on failure; may be NULL.
 * @retval KST_OK    `out->present` tells which members are valid.
 * @retval KST_E_ARG @p layout or @p out is NULL, or @p bytes is NULL with @p len above 0.
 * @retval KST_E_ABI `out->size` is not a size that this version knows.
 * @since 0.9
 */
KST_API kst_status kst_decode_module(const struct kst_layout *layout, const void *bytes, size_t len, uint64_t address,
				     struct kst_module *out, struct kst_error *err);

/**
 * Decode one entry of MmUnloadedDrivers. Reads nothing from the target, allocates nothing; thread-safe.
 * @param layout  Tells the pointer size; not modified.
 * @param bytes   Start of the entry (0x18 bytes, or 0x28 with 8-byte pointers); may be NULL if @p len is 0.
 * @param len     Bytes available; fewer are fine.
 * @param address Where @p bytes came from.
 * @param out     `size` set by the caller; the rest is written on success only; the name's text is elsewhere.
 * @param err     Details on failure; may be NULL.
 * @retval KST_OK    `out->present` tells which members are valid.
 * @retval KST_E_ARG @p layout or @p out is NULL, or @p bytes is NULL with @p len above 0.
 * @retval KST_E_ABI `out->size` is not a size that this version knows.
 * @since 0.9
 */
KST_API kst_status kst_decode_unloaded_module(const struct kst_layout *layout, const void *bytes, size_t len,
					      uint64_t address, struct kst_unloaded_module *out, struct kst_error *err);

/**
 * Walk the kernel's modules in load order: PsLoadedModuleList or, where not even its first entry can be read, the list
 * that the reader keeps (a triage dump's drivers). Thread-safe as the reader is; the cursor is the caller's.
 * @param cursor State of the walk, in memory of the caller.
 * @param target The target; must outlive the walk.
 * @param err    Details on failure; may be NULL.
 * @retval KST_OK          Begun.
 * @retval KST_E_ARG       An argument is NULL.
 * @retval KST_E_NO_MEMBER The list's address is not known and the reader keeps none.
 * @retval KST_E_FAULT     The list's head is not there and the reader keeps none.
 * @retval KST_E_HOST      The reader failed.
 * @since 0.9
 */
KST_API kst_status kst_kernel_modules_begin(struct kst_cursor *cursor, const struct kst_target *target,
					    struct kst_error *err);

/**
 * The next module of the walk. A name that cannot be read is a missing present bit. After the end the same answer comes
 * again; an entry that cannot be read is not stepped over.
 * @param cursor Begun by kst_kernel_modules_begin().
 * @param out    `size` set by the caller; the rest is written on success only.
 * @param err    Details on failure; may be NULL.
 * @retval KST_OK        Written.
 * @retval KST_END       No more; kst_cursor_end() tells why.
 * @retval KST_E_ARG     An argument is NULL, or a cursor of another walk.
 * @retval KST_E_ABI     `out->size` is not a size that this version knows.
 * @retval KST_E_FAULT   The next entry is not there.
 * @retval KST_E_CORRUPT The list leads out of the kernel, or runs in a loop.
 * @retval KST_E_LIMIT   The step budget is used up.
 * @retval KST_E_HOST    The reader failed.
 * @since 0.9
 */
KST_API kst_status kst_kernel_modules_next(struct kst_cursor *cursor, struct kst_module *out, struct kst_error *err);

/**
 * Walk the kernel's unloaded modules, newest first: MmUnloadedDrivers or, where it cannot be read, the list that the
 * reader keeps. Thread-safe as the reader is.
 * @param cursor State of the walk, in memory of the caller.
 * @param target The target; must outlive the walk.
 * @param err    Details on failure; may be NULL.
 * @retval KST_OK          Begun.
 * @retval KST_E_ARG       An argument is NULL.
 * @retval KST_E_NO_MEMBER The table's address is not known and the reader keeps no list.
 * @retval KST_E_FAULT     The table is not there and the reader keeps no list.
 * @retval KST_E_HOST      The reader failed.
 * @since 0.9
 */
KST_API kst_status kst_unloaded_modules_begin(struct kst_cursor *cursor, const struct kst_target *target,
					      struct kst_error *err);

/**
 * The next unloaded module. An entry that cannot be read is stepped over (KST_WALK_ANOMALY_SKIPPED).
 * @param cursor Begun by kst_unloaded_modules_begin().
 * @param out    `size` set by the caller; the rest is written on success only.
 * @param err    Details on failure; may be NULL.
 * @retval KST_OK      Written.
 * @retval KST_END     No more.
 * @retval KST_E_ARG   An argument is NULL, or a cursor of another walk.
 * @retval KST_E_ABI   `out->size` is not a size that this version knows.
 * @retval KST_E_LIMIT The step budget is used up.
 * @retval KST_E_HOST  The reader failed.
 * @since 0.9
 */
KST_API kst_status kst_unloaded_modules_next(struct kst_cursor *cursor, struct kst_unloaded_module *out,
					     struct kst_error *err);

/**
 * The kernel module that an address lies in. Walks the list once. Thread-safe as the reader is.
 * @param target  The target.
 * @param address A kernel address.
 * @param out     `size` set by the caller; the rest is written on success only.
 * @param err     Details on failure; may be NULL.
 * @retval KST_OK  Written.
 * @retval KST_END No module of the list owns the address.
 * @retval KST_E_ARG An argument is NULL.
 * @retval KST_E_ABI `out->size` is not a size that this version knows.
 * @return Otherwise what the walk returned; a list that ends early says nothing about modules behind its end.
 * @since 0.9
 */
KST_API kst_status kst_module_find(const struct kst_target *target, uint64_t address, struct kst_module *out,
				   struct kst_error *err);

/**
 * Name of one module anomaly. Thread-safe. @since 0.9
 * @param bit One KST_MODULE_ANOMALY_… bit.
 * @return A static string; NULL for a bit that means nothing in this version.
 */
KST_API const char *kst_module_anomaly_name(uint64_t bit);

#ifdef __cplusplus
}
#endif
#endif
/** @} */
