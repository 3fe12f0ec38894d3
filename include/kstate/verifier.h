/* SPDX-License-Identifier: MIT */
/**
 * @file verifier.h
 * @brief What Driver Verifier saw: its logs, settings and counters.
 *
 * @defgroup verifier Driver Verifier
 * @ingroup topic_kernel
 * @{
 */
#ifndef KSTATE_VERIFIER_H
#define KSTATE_VERIFIER_H

#include <kstate/api.h>
#include <kstate/target.h>

#ifdef __cplusplus
extern "C" {
#endif

/** Logs, by the flag that the debugger's command takes. */
enum {
	KST_VERIFIER_POOL = 0x80,            /**< Pool allocations and frees. */
	KST_VERIFIER_IRP = 0x100,            /**< IoCallDriver, IoCompleteRequest, IoCancelIrp. */
	KST_VERIFIER_CRITICAL_REGION = 0x200 /**< KeEnterCriticalRegion, KeLeaveCriticalRegion. */
};

/** What an entry recorded, where the first return address tells. */
enum {
	KST_VERIFIER_UNKNOWN = 0, /**< The symbols that would tell are not known. */
	KST_VERIFIER_ENTER = 1,   /**< A critical region was entered. */
	KST_VERIFIER_LEAVE = 2    /**< A critical region was left. */
};

/** One entry of a log. */
struct kst_verifier_entry {
	uint32_t size;               /**< Set to sizeof by the caller. */
	uint32_t log;                /**< KST_VERIFIER_POOL, _IRP or _CRITICAL_REGION. */
	uint64_t present;            /**< KST_VERIFIER_ENTRY_HAS_… */
	uint64_t anomalies;          /**< KST_VERIFIER_ENTRY_ANOMALY_… */
	uint64_t record;             /**< Address of the record. */
	uint64_t address;            /**< The pool block, or the IRP. */
	uint64_t bytes;              /**< Size of the pool block in bytes. */
	uint64_t thread;             /**< The thread that made the call. */
	uint32_t index;              /**< Slot in the ring. */
	uint32_t operation;          /**< KST_VERIFIER_UNKNOWN, _ENTER or _LEAVE. */
	int32_t kernel_apc_disable;  /**< KTHREAD.KernelApcDisable at the time. */
	int32_t special_apc_disable; /**< KTHREAD.SpecialApcDisable at the time. */
	uint32_t irql;               /**< IRQL at the time. */
	uint32_t stack_count;        /**< Elements of `stack`. */
	uint64_t stack[64];          /**< Return addresses, the innermost first. */
};

#define KST_VERIFIER_ENTRY_HAS_ADDRESS 0x1  /**< `address` is valid. */
#define KST_VERIFIER_ENTRY_HAS_BYTES   0x2  /**< `bytes` is valid. */
#define KST_VERIFIER_ENTRY_HAS_THREAD  0x4  /**< `thread` is valid. */
#define KST_VERIFIER_ENTRY_HAS_APC     0x8  /**< `kernel_apc_disable`, `special_apc_disable` are valid. */
#define KST_VERIFIER_ENTRY_HAS_IRQL    0x10 /**< `irql` is valid. */
#define KST_VERIFIER_ENTRY_HAS_STACK   0x20 /**< `stack_count`, `stack` are valid. */

/** A return address is no kernel address: the stack was cut there. */
#define KST_VERIFIER_ENTRY_ANOMALY_STACK 0x1
/** The record's trace is longer than `stack` and was cut. */
#define KST_VERIFIER_ENTRY_ANOMALY_CUT 0x2
/** The ring's index is not known: the order of entries means nothing. */
#define KST_VERIFIER_ENTRY_ANOMALY_ORDER 0x4

/**
 * Decode one record of a log from bytes the caller has read. Reads nothing, allocates nothing; thread-safe. Places come
 * from the layout (types _VF_POOL_TRACE, _IOV_IRP_TRACE, _VF_KE_CRITICAL_REGION_TRACE of the public symbols).
 * @param layout  Offsets to use; not modified.
 * @param log     KST_VERIFIER_POOL, _IRP or _CRITICAL_REGION.
 * @param bytes   Start of the record; may be NULL if @p len is 0.
 * @param len     Bytes available; fewer than the whole is fine.
 * @param address Where @p bytes came from; copied to `record`.
 * @param out     `size` set by the caller; the rest is written on success only.
 * @param err     Details on failure; may be NULL.
 * @retval KST_OK    `out->present` tells which members are valid.
 * @retval KST_E_ARG An argument is NULL, or no such log.
 * @retval KST_E_ABI `out->size` is not a size that this version knows.
 * @since 0.9
 */
KST_API kst_status kst_decode_verifier_entry(const struct kst_layout *layout, uint32_t log, const void *bytes,
					     size_t len, uint64_t address, struct kst_verifier_entry *out,
					     struct kst_error *err);

/**
 * Begin a walk over a log, the newest entry first (the order is an inference from the ring's counter). Thread-safe as
 * the reader is.
 * @param cursor State of the walk, in memory of the caller.
 * @param target The target; must outlive the walk.
 * @param log    KST_VERIFIER_POOL, _IRP or _CRITICAL_REGION.
 * @param filter Only entries of this address: pool blocks that contain it, this IRP, or this thread; 0: all.
 * @param err    Details on failure; may be NULL.
 * @retval KST_OK          Begun.
 * @retval KST_E_NO_MEMBER The log's symbol or its record type is not known.
 * @retval KST_E_FAULT     The log's variables are not in memory.
 * @retval KST_E_ARG       An argument is wrong.
 * @retval KST_E_HOST      The reader failed.
 * @since 0.9
 */
KST_API kst_status kst_verifier_begin(struct kst_cursor *cursor, const struct kst_target *target, uint32_t log,
				      uint64_t filter, struct kst_error *err);

/**
 * The next entry. Slots that were never used and slots that are not in memory are stepped over (the latter:
 * KST_WALK_ANOMALY_SKIPPED).
 * @param cursor From kst_verifier_begin().
 * @param out    `size` set by the caller; the rest is written on success only.
 * @param err    Details on failure; may be NULL.
 * @retval KST_OK      One entry.
 * @retval KST_END     No more; kst_cursor_end() is CLOSED.
 * @retval KST_E_LIMIT The step budget is used up.
 * @retval KST_E_ARG   The cursor is not of this walk.
 * @retval KST_E_ABI   `out->size` is not a size that this version knows.
 * @retval KST_E_HOST  The reader failed.
 * @since 0.9
 */
KST_API kst_status kst_verifier_next(struct kst_cursor *cursor, struct kst_verifier_entry *out, struct kst_error *err);

/**
 * The newest enter of a critical region by a thread that no leave matches: what an APC_INDEX_MISMATCH crash looks for.
 * Needs symbols that tell enters from leaves.
 * @param target The target.
 * @param thread The thread.
 * @param out    `size` set by the caller; the rest is written on success only.
 * @param err    Details on failure; may be NULL.
 * @retval KST_OK          Written.
 * @retval KST_END         Every enter in the log has its leave.
 * @retval KST_E_NO_MEMBER The log, or what tells enters from leaves, is not known.
 * @retval KST_E_ARG       An argument is NULL.
 * @retval KST_E_ABI       `out->size` is not a size that this version knows.
 * @return Otherwise what the walk returned.
 * @since 0.9
 */
KST_API kst_status kst_verifier_unmatched_enter(const struct kst_target *target, uint64_t thread,
						struct kst_verifier_entry *out, struct kst_error *err);

/** Settings and counters (MM_DRIVER_VERIFIER_DATA). */
struct kst_verifier_settings {
	uint32_t size;        /**< Set to sizeof by the caller. */
	uint32_t level;       /**< Flags: 1 special pool, 2 IRQL checking, 4 low resources, 8 pool tracking, … */
	uint64_t present;     /**< Bit 0: `level` is valid; bit n: the n-th counter below is. */
	uint32_t raise_irqls; /**< Counter. */
	uint32_t acquire_spin_locks;              /**< Counter. */
	uint32_t synchronize_executions;          /**< Counter. */
	uint32_t allocations_attempted;           /**< Counter. */
	uint32_t allocations_succeeded;           /**< Counter. */
	uint32_t allocations_special_pool;        /**< Counter. */
	uint32_t allocations_no_tag;              /**< Counter. */
	uint32_t trim_requests;                   /**< Counter. */
	uint32_t trims;                           /**< Counter. */
	uint32_t allocations_failed;              /**< Counter. */
	uint32_t allocations_failed_deliberately; /**< Counter. */
	uint32_t loads;                           /**< Verified drivers loaded. */
	uint32_t unloads;                         /**< Verified drivers unloaded. */
	uint32_t paged_allocations;               /**< Outstanding now. */
	uint32_t nonpaged_allocations;            /**< Outstanding now. */
	uint32_t reserved0;                       /**< 0. */
};

/**
 * Read Verifier's settings and counters (MmVerifierData). Thread-safe as the reader is. @since 0.9
 * @param target The target.
 * @param out    `size` set by the caller; the rest is written on success only.
 * @param err    Details on failure; may be NULL.
 * @retval KST_OK          `out->present` tells which members are valid.
 * @retval KST_E_NO_MEMBER MmVerifierData or its type is not known.
 * @retval KST_E_FAULT     It is not in memory.
 * @retval KST_E_ARG       An argument is NULL.
 * @retval KST_E_ABI       `out->size` is not a size that this version knows.
 * @retval KST_E_HOST      The reader failed.
 */
KST_API kst_status kst_verifier_settings(const struct kst_target *target, struct kst_verifier_settings *out,
					 struct kst_error *err);

/**
 * Name of a log: "pool", "irp", "critical-region". Thread-safe. @since 0.9
 * @param log One of KST_VERIFIER_POOL, _IRP, _CRITICAL_REGION.
 * @return A static string; "unknown" otherwise.
 */
KST_API const char *kst_verifier_log_name(uint32_t log);

/**
 * Name of an operation: "unknown", "enter", "leave". Thread-safe. @since 0.9
 * @param operation kst_verifier_entry.operation.
 * @return A static string.
 */
KST_API const char *kst_verifier_operation_name(uint32_t operation);

/**
 * Name of one entry anomaly. Thread-safe. @since 0.9
 * @param bit One KST_VERIFIER_ENTRY_ANOMALY_… bit.
 * @return A static string; NULL for a bit that means nothing in this version.
 */
KST_API const char *kst_verifier_entry_anomaly_name(uint64_t bit);

#ifdef __cplusplus
}
#endif
#endif
/** @} */
