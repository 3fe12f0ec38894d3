/* SPDX-License-Identifier: MIT */
/**
 * @file callback.h
 * @brief Who asked the kernel to be told: registry, process, thread, image, object and bug-check callbacks.
 *
 * @defgroup callback Callbacks
 * @ingroup topic_kernel
 * @{
 */
#ifndef KSTATE_CALLBACK_H
#define KSTATE_CALLBACK_H

#include <kstate/api.h>
#include <kstate/target.h>

#ifdef __cplusplus
extern "C" {
#endif

/** Kinds of callbacks. */
enum {
	KST_CALLBACK_REGISTRY = 0, /**< CmRegisterCallback: the vector before Vista, the list from Vista on. */
	KST_CALLBACK_PROCESS = 1,  /**< PsSetCreateProcessNotifyRoutine. */
	KST_CALLBACK_THREAD = 2,   /**< PsSetCreateThreadNotifyRoutine. */
	KST_CALLBACK_IMAGE = 3,    /**< PsSetLoadImageNotifyRoutine. */
	KST_CALLBACK_OBJECT = 4,   /**< ObRegisterCallbacks, on process, thread and desktop objects. */
	KST_CALLBACK_BUGCHECK = 5  /**< KeRegisterBugCheckCallback and KeRegisterBugCheckReasonCallback. */
};

/** One callback. */
struct kst_callback {
	uint32_t size;          /**< Set to sizeof by the caller. */
	uint32_t kind;          /**< KST_CALLBACK_… */
	uint64_t present;       /**< KST_CALLBACK_HAS_… */
	uint64_t anomalies;     /**< KST_CALLBACK_ANOMALY_… */
	uint64_t raw;           /**< The slot of an array as stored: a fast reference. */
	uint64_t block;         /**< Address of the routine block, of the list entry, or of the record. */
	uint64_t function;      /**< The routine; of object callbacks the one before the operation. */
	uint64_t post_function; /**< Of object callbacks the routine after the operation; 0: none. */
	uint64_t context;       /**< The caller's context. */
	uint64_t cookie;        /**< Of registry callbacks: what the registration returned. */
	uint64_t object_type;   /**< Of object callbacks: address of the OBJECT_TYPE. */
	uint64_t module_base;   /**< Base of the kernel module that `function` lies in. */
	uint32_t slot;          /**< Index in the array or place in the list, from 0. */
	uint32_t operations;    /**< Of object callbacks: 1 create, 2 duplicate. */
	uint32_t reason;        /**< Of bug-check reason callbacks: KBUGCHECK_CALLBACK_REASON. */
	uint32_t state;  /**< Of bug-check callbacks: 0 empty, 1 inserted, 2 started, 3 finished, 4 incomplete. */
	char module[64]; /**< Name of that module, UTF-8. */
	char name[64];   /**< Altitude of registry and object callbacks, component of bug-check callbacks; UTF-8. */
};

#define KST_CALLBACK_HAS_RAW         0x1   /**< `raw` is valid. */
#define KST_CALLBACK_HAS_FUNCTION    0x2   /**< `function` is valid. */
#define KST_CALLBACK_HAS_CONTEXT     0x4   /**< `context` is valid. */
#define KST_CALLBACK_HAS_COOKIE      0x8   /**< `cookie` is valid. */
#define KST_CALLBACK_HAS_MODULE      0x10  /**< `module_base`, `module` are valid. */
#define KST_CALLBACK_HAS_NAME        0x20  /**< `name` is valid. */
#define KST_CALLBACK_HAS_POST        0x40  /**< `post_function` is valid. */
#define KST_CALLBACK_HAS_OBJECT_TYPE 0x80  /**< `object_type` is valid. */
#define KST_CALLBACK_HAS_OPERATIONS  0x100 /**< `operations` is valid. */
#define KST_CALLBACK_HAS_REASON      0x200 /**< `reason` is valid. */
#define KST_CALLBACK_HAS_STATE       0x400 /**< `state` is valid. */

/** The routine lies in no kernel module that is known: a detection, not an error. */
#define KST_CALLBACK_ANOMALY_NO_MODULE 0x1
/** The slot is not empty and holds no kernel address. */
#define KST_CALLBACK_ANOMALY_RAW 0x2
/** The routine is no kernel address. */
#define KST_CALLBACK_ANOMALY_FUNCTION 0x4
/** The routine block is not in memory. */
#define KST_CALLBACK_ANOMALY_UNREADABLE 0x8
/** The place of the members rests on an inference for this kernel. */
#define KST_CALLBACK_ANOMALY_INFERRED 0x10

/**
 * Decode an EX_CALLBACK_ROUTINE_BLOCK (process, thread, image callbacks; registry callbacks before Vista) from bytes the
 * caller has read. Reads nothing, allocates nothing; thread-safe. Source: public symbols, the same in every build.
 * @param layout  For the size of a pointer.
 * @param bytes   Start of the block; may be NULL if @p len is 0.
 * @param len     Bytes available.
 * @param address Where @p bytes came from; copied to `block`.
 * @param out     `size` set by the caller; the rest is written on success only, `kind` as KST_CALLBACK_PROCESS.
 * @param err     Details on failure; may be NULL.
 * @retval KST_OK    `out->present` tells which members are valid.
 * @retval KST_E_ARG An argument is NULL.
 * @retval KST_E_ABI `out->size` is not a size that this version knows.
 * @since 0.9
 */
KST_API kst_status kst_decode_callback(const struct kst_layout *layout, const void *bytes, size_t len, uint64_t address,
				       struct kst_callback *out, struct kst_error *err);

/**
 * Begin a walk over all callbacks, kind after kind in the order of their numbers. Thread-safe as the reader is.
 * @param cursor State of the walk, in memory of the caller.
 * @param target The target; must outlive the walk.
 * @param kinds  Set of 1 << KST_CALLBACK_…; 0: all.
 * @param err    Details on failure; may be NULL.
 * @retval KST_OK          Begun.
 * @retval KST_E_NO_MEMBER Where none of these kinds is kept is not known: symbols are needed.
 * @retval KST_E_ARG       An argument is NULL, or an unknown kind.
 * @since 0.9
 */
KST_API kst_status kst_callbacks_begin(struct kst_cursor *cursor, const struct kst_target *target, uint32_t kinds,
				       struct kst_error *err);

/**
 * The next callback. A list that breaks or a table that is not in memory is left for the next kind
 * (KST_WALK_ANOMALY_SKIPPED).
 * @param cursor From kst_callbacks_begin().
 * @param out    `size` set by the caller; the rest is written on success only.
 * @param err    Details on failure; may be NULL.
 * @retval KST_OK      One callback.
 * @retval KST_END     No more.
 * @retval KST_E_LIMIT The step budget is used up.
 * @retval KST_E_ARG   The cursor is not of this walk.
 * @retval KST_E_ABI   `out->size` is not a size that this version knows.
 * @retval KST_E_HOST  The reader failed.
 * @since 0.9
 */
KST_API kst_status kst_callbacks_next(struct kst_cursor *cursor, struct kst_callback *out, struct kst_error *err);

/**
 * Which kinds a target's symbols lead to. Thread-safe. @since 0.9
 * @param target The target.
 * @return Set of 1 << KST_CALLBACK_….
 */
KST_API uint32_t kst_callback_kinds(const struct kst_target *target);

/**
 * Name of a kind: "registry", "process", "thread", "image", "object", "bugcheck". Thread-safe. @since 0.9
 * @param kind One of KST_CALLBACK_….
 * @return A static string; "unknown" otherwise.
 */
KST_API const char *kst_callback_kind_name(uint32_t kind);

/**
 * Name of one callback anomaly. Thread-safe. @since 0.9
 * @param bit One KST_CALLBACK_ANOMALY_… bit.
 * @return A static string; NULL for a bit that means nothing in this version.
 */
KST_API const char *kst_callback_anomaly_name(uint64_t bit);

#ifdef __cplusplus
}
#endif
#endif
/** @} */
