/* SPDX-License-Identifier: MIT */
/**
 * @file user_module.h
 * @brief Modules of a process: the three loader lists, and what the loader has unloaded. Images that are mapped whatever the
 *        lists say: vad.h.
 *
 * @defgroup user_module Modules of a process
 * @ingroup topic_processes
 * @{
 */
#ifndef KSTATE_USER_MODULE_H
#define KSTATE_USER_MODULE_H

#include <kstate/api.h>
#include <kstate/layout.h>
#include <kstate/peb.h>
#include <kstate/reader.h>
#include <kstate/target.h>

#ifdef __cplusplus
extern "C" {
#endif

/** Loader lists. */
enum {
	KST_LOADER_LIST_LOAD = 0,   /**< InLoadOrderModuleList: the program first, then ntdll. */
	KST_LOADER_LIST_MEMORY = 1, /**< InMemoryOrderModuleList. */
	KST_LOADER_LIST_INIT = 2    /**< InInitializationOrderModuleList: without the program. */
};

/** One module of a process (LDR_DATA_TABLE_ENTRY). */
struct kst_user_module {
	uint32_t size;             /**< Set to sizeof by the caller. */
	uint32_t bits;             /**< 32 or 64: width of the loader it belongs to. */
	uint64_t present;          /**< KST_USER_MODULE_HAS_… */
	uint64_t anomalies;        /**< KST_USER_MODULE_ANOMALY_… */
	uint64_t address;          /**< Address of the loader entry. */
	uint64_t base;             /**< DllBase. */
	uint64_t entry_point;      /**< EntryPoint. */
	uint64_t original_base;    /**< OriginalBase (7 and later). */
	uint64_t load_time;        /**< FILETIME, UTC (7 and later). */
	struct kst_text name_text; /**< BaseDllName. */
	struct kst_text path_text; /**< FullDllName. */
	uint32_t size_of_image;    /**< Bytes. */
	uint32_t flags;            /**< Flags as stored. */
	uint32_t load_count;       /**< LoadCount (ObsoleteLoadCount since 8). */
	uint32_t tls_index;        /**< TlsIndex. */
	uint32_t time_date_stamp;  /**< Of the image: seconds since 1970, UTC. */
	uint32_t load_reason;      /**< LDR_DLL_LOAD_REASON (8 and later); 0xffffffff: unknown. */
	uint32_t linked; /**< Lists whose links at the entry hold with their neighbours: bit n is KST_LOADER_LIST_ n. */
	uint32_t checked; /**< Lists for which that could be told, as the bits of `linked`. */
	char name[128];   /**< BaseDllName as UTF-8, cut at a character. */
	char path[520];   /**< FullDllName as UTF-8, cut at a character. */
};

#define KST_USER_MODULE_HAS_BASE          0x1    /**< `base` is valid. */
#define KST_USER_MODULE_HAS_SIZE          0x2    /**< `size_of_image` is valid. */
#define KST_USER_MODULE_HAS_NAME          0x4    /**< `name` is valid. */
#define KST_USER_MODULE_HAS_PATH          0x8    /**< `path` is valid. */
#define KST_USER_MODULE_HAS_ENTRY_POINT   0x10   /**< `entry_point` is valid. */
#define KST_USER_MODULE_HAS_STAMP         0x20   /**< `time_date_stamp` is valid. */
#define KST_USER_MODULE_HAS_FLAGS         0x40   /**< `flags` is valid. */
#define KST_USER_MODULE_HAS_LOAD_COUNT    0x80   /**< `load_count` is valid. */
#define KST_USER_MODULE_HAS_TLS_INDEX     0x100  /**< `tls_index` is valid. */
#define KST_USER_MODULE_HAS_ORIGINAL_BASE 0x200  /**< `original_base` is valid. */
#define KST_USER_MODULE_HAS_LOAD_TIME     0x400  /**< `load_time` is valid. */
#define KST_USER_MODULE_HAS_LOAD_REASON   0x800  /**< `load_reason` is valid. */
#define KST_USER_MODULE_HAS_NAME_TEXT     0x1000 /**< `name_text` is valid. */
#define KST_USER_MODULE_HAS_PATH_TEXT     0x2000 /**< `path_text` is valid. */

/** A name is longer than its array and was cut. */
#define KST_USER_MODULE_ANOMALY_NAME_CUT 0x1
/** A name is not sound: odd length, length beyond its maximum, broken UTF-16. */
#define KST_USER_MODULE_ANOMALY_NAME 0x2
/** Base or size is not page aligned, or they leave user space. */
#define KST_USER_MODULE_ANOMALY_RANGE 0x4
/** A pointer of the entry leads out of user space. */
#define KST_USER_MODULE_ANOMALY_POINTER 0x8
/** Not linked in load order. */
#define KST_USER_MODULE_ANOMALY_NOT_IN_LOAD_ORDER 0x10
/** Not linked in memory order. */
#define KST_USER_MODULE_ANOMALY_NOT_IN_MEMORY_ORDER 0x20
/** The entry point lies outside of the image. */
#define KST_USER_MODULE_ANOMALY_ENTRY_POINT 0x40
/** The back link does not lead to the entry before. */
#define KST_USER_MODULE_ANOMALY_BACK_LINK 0x80

/**
 * Decode one loader entry from bytes the caller has read; names stay absent but for their places. Thread-safe.
 * @param layout  Offsets to use, see also kst_layout_init_user(); not modified.
 * @param bytes   Start of the `_LDR_DATA_TABLE_ENTRY`; may be NULL if @p len is 0.
 * @param len     Bytes available; fewer than the whole object is fine.
 * @param address Where @p bytes came from; copied to the result.
 * @param out     `size` set by the caller; the rest is written on success only.
 * @param err     Details on failure; may be NULL.
 * @retval KST_OK    `out->present` tells which members are valid.
 * @retval KST_E_ARG @p layout or @p out is NULL, or @p bytes is NULL with @p len > 0.
 * @retval KST_E_ABI `out->size` is not a size that this version knows.
 * @since 0.9
 */
KST_API kst_status kst_decode_user_module(const struct kst_layout *layout, const void *bytes, size_t len,
					  uint64_t address, struct kst_user_module *out, struct kst_error *err);

/**
 * Begin a walk over one loader list of a process. A loader that has not run yet has no modules: the walk then ends at
 * once, terminated. At most 4096 modules are delivered.
 * @param cursor State of the walk, in memory of the caller.
 * @param target The target; must outlive the walk.
 * @param space  Space of the process.
 * @param peb    The PEB, as read by kst_process_peb() or kst_peb_read(); copied.
 * @param list   KST_LOADER_LIST_…
 * @param err    Details on failure; may be NULL.
 * @retval KST_OK      Begun.
 * @retval KST_E_FAULT The list's head is not in the memory at hand.
 * @retval KST_E_ARG   An argument is NULL or no list.
 * @retval KST_E_ABI   `peb->size` is not a size that this version knows.
 * @since 0.9
 */
KST_API kst_status kst_user_modules_begin(struct kst_cursor *cursor, const struct kst_target *target, kst_space space,
					  const struct kst_peb *peb, uint32_t list, struct kst_error *err);

/**
 * The next module; an entry of which only a part is present is delivered so far.
 * @param cursor From kst_user_modules_begin(); not shared between threads.
 * @param out    `size` set by the caller; the rest is written on success only.
 * @param err    Details on failure; may be NULL.
 * @retval KST_OK        One more.
 * @retval KST_END       The list came back to its head, or there is none.
 * @retval KST_E_FAULT   The next links are not in the memory at hand (end: unreadable).
 * @retval KST_E_CORRUPT The list runs in a loop without its head, or leads out of user space (end: loop, mismatch).
 * @retval KST_E_LIMIT   4096 modules, or the step budget is used up.
 * @retval KST_E_ARG     The cursor belongs to another walk, or @p out is NULL.
 * @retval KST_E_ABI     `out->size` is not a size that this version knows.
 * @retval KST_E_HOST    The reader failed.
 * @since 0.9
 */
KST_API kst_status kst_user_modules_next(struct kst_cursor *cursor, struct kst_user_module *out, struct kst_error *err);

/** One unloaded module of a process (RTL_UNLOAD_EVENT_TRACE). */
struct kst_unloaded_user_module {
	uint32_t size;            /**< Set to sizeof by the caller. */
	uint32_t sequence;        /**< Sequence: the higher, the newer. */
	uint64_t present;         /**< KST_UNLOADED_USER_MODULE_HAS_… */
	uint64_t anomalies;       /**< KST_UNLOADED_USER_MODULE_ANOMALY_… */
	uint64_t address;         /**< Address of the record. */
	uint64_t base;            /**< BaseAddress. */
	uint64_t size_of_image;   /**< Bytes. */
	uint32_t time_date_stamp; /**< Of the image. */
	uint32_t checksum;        /**< Of the image. */
	char name[104];           /**< ImageName as UTF-8: 32 characters at most. */
};

#define KST_UNLOADED_USER_MODULE_HAS_BASE     0x1  /**< `base` is valid. */
#define KST_UNLOADED_USER_MODULE_HAS_SIZE     0x2  /**< `size_of_image` is valid. */
#define KST_UNLOADED_USER_MODULE_HAS_SEQUENCE 0x4  /**< `sequence` is valid. */
#define KST_UNLOADED_USER_MODULE_HAS_STAMP    0x8  /**< `time_date_stamp` is valid. */
#define KST_UNLOADED_USER_MODULE_HAS_CHECKSUM 0x10 /**< `checksum` is valid. */
#define KST_UNLOADED_USER_MODULE_HAS_NAME     0x20 /**< `name` is valid. */

/** The name is not sound UTF-16. */
#define KST_UNLOADED_USER_MODULE_ANOMALY_NAME 0x1
/** The base is not at a user address, or not page aligned. */
#define KST_UNLOADED_USER_MODULE_ANOMALY_RANGE 0x2
/** The record is not in the slot that its sequence number gives. */
#define KST_UNLOADED_USER_MODULE_ANOMALY_SLOT 0x4

/**
 * Decode one record of the loader's unload trace. Thread-safe. @since 0.9
 * @param pointer_size 4 or 8: width of the loader it belongs to.
 * @param bytes        Start of the record; may be NULL if @p len is 0.
 * @param len          Bytes available.
 * @param address      Where @p bytes came from; copied to the result.
 * @param out          `size` set by the caller; the rest is written on success only.
 * @param err          Details on failure; may be NULL.
 * @retval KST_OK    `out->present` tells which members are valid.
 * @retval KST_E_ARG No such pointer size, @p out is NULL, or @p bytes is NULL with @p len > 0.
 * @retval KST_E_ABI `out->size` is not a size that this version knows.
 */
KST_API kst_status kst_decode_unloaded_user_module(uint32_t pointer_size, const void *bytes, size_t len,
						   uint64_t address, struct kst_unloaded_user_module *out,
						   struct kst_error *err);

/**
 * Begin a walk over the unloaded modules of a process, newest first. Where the trace is must be known from ntdll's
 * symbols (RtlpUnloadEventTrace; RtlGetUnloadEventTraceEx tells size and count too).
 * @param cursor       State of the walk, in memory of the caller.
 * @param target       The target; must outlive the walk.
 * @param space        Space of the process.
 * @param bits         32 or 64: width of the loader.
 * @param address      Of the array.
 * @param element_size Bytes of an element; 0: as current versions have it (0x5c with 4-byte pointers, 0x68 with 8-byte ones).
 * @param count        Elements, up to 4096; 0: 64 as in current versions (16 in older ones).
 * @param err          Details on failure; may be NULL.
 * @retval KST_OK      Begun.
 * @retval KST_E_FAULT No element of the array is in the memory at hand.
 * @retval KST_E_ARG   An argument is NULL or out of range.
 * @retval KST_E_HOST  The reader failed.
 * @since 0.9
 */
KST_API kst_status kst_unloaded_user_modules_begin(struct kst_cursor *cursor, const struct kst_target *target,
						   kst_space space, uint32_t bits, uint64_t address,
						   uint32_t element_size, uint32_t count, struct kst_error *err);

/**
 * The next unloaded module, newest first; slots that cannot be read are stepped over (KST_WALK_ANOMALY_SKIPPED).
 * @param cursor From kst_unloaded_user_modules_begin(); not shared between threads.
 * @param out    `size` set by the caller; the rest is written on success only.
 * @param err    Details on failure; may be NULL.
 * @retval KST_OK     One more.
 * @retval KST_END    All slots were seen, or an unused one ends it.
 * @retval KST_E_ARG  The cursor belongs to another walk, or @p out is NULL.
 * @retval KST_E_ABI  `out->size` is not a size that this version knows.
 * @retval KST_E_HOST The reader failed.
 * @since 0.9
 */
KST_API kst_status kst_unloaded_user_modules_next(struct kst_cursor *cursor, struct kst_unloaded_user_module *out,
						  struct kst_error *err);

/**
 * Name of a loader list: "load", "memory", "init". Thread-safe. @since 0.9
 * @param list One of KST_LOADER_LIST_….
 * @return A static string; "unknown" for any other number.
 */
KST_API const char *kst_loader_list_name(uint32_t list);

/**
 * Name of a load reason: "static-dependency", "static-forwarder-dependency", "dynamic-forwarder-dependency",
 * "delayload-dependency", "dynamic-load", "as-image-load", "as-data-load", "enclave-primary", "enclave-dependency".
 * Thread-safe. @since 0.9
 * @param reason The number.
 * @return A static string; "unknown" for any other number.
 */
KST_API const char *kst_load_reason_name(uint32_t reason);

/**
 * Name of one user module anomaly. Thread-safe. @since 0.9
 * @param bit One KST_USER_MODULE_ANOMALY_… bit.
 * @return A static string; NULL for a bit that means nothing in this version.
 */
KST_API const char *kst_user_module_anomaly_name(uint64_t bit);

/**
 * Name of one anomaly of an unloaded user module. Thread-safe. @since 0.9
 * @param bit One KST_UNLOADED_USER_MODULE_ANOMALY_… bit.
 * @return A static string; NULL for a bit that means nothing in this version.
 */
KST_API const char *kst_unloaded_user_module_anomaly_name(uint64_t bit);

#ifdef __cplusplus
}
#endif
#endif
/** @} */
