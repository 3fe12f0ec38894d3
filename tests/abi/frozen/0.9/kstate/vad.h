/* SPDX-License-Identifier: MIT */
/**
 * @file vad.h
 * @brief Virtual address descriptors: what the kernel reserved and mapped in the user half of a process.
 *
 * The kernel's own record: it cannot be edited from user mode, and stays in memory where a process' pages do not. An
 * image that no loader list names is seen here.
 *
 * @defgroup vad Virtual address descriptors
 * @ingroup topic_processes
 * @{
 */
#ifndef KSTATE_VAD_H
#define KSTATE_VAD_H

#include <kstate/api.h>
#include <kstate/layout.h>
#include <kstate/process.h>
#include <kstate/target.h>

#ifdef __cplusplus
extern "C" {
#endif

/** Kinds of a range (MI_VAD_TYPE). */
enum {
	KST_VAD_NONE = 0,              /**< Ordinary memory, or a mapped section. */
	KST_VAD_DEVICE_PHYSICAL = 1,   /**< Physical memory of a device. */
	KST_VAD_IMAGE = 2,             /**< A mapped image. */
	KST_VAD_AWE = 3,               /**< Address windowing extensions. */
	KST_VAD_WRITE_WATCH = 4,       /**< Writes are tracked. */
	KST_VAD_LARGE_PAGES = 5,       /**< Large pages. */
	KST_VAD_ROTATE_PHYSICAL = 6,   /**< Rotates between a device's memory and ordinary memory. */
	KST_VAD_LARGE_PAGE_SECTION = 7 /**< A section of large pages. */
};

/** One range of a process (MMVAD or MMVAD_SHORT). */
struct kst_vad {
	uint32_t size;           /**< Set to sizeof by the caller. */
	uint32_t kind;           /**< KST_VAD_… */
	uint64_t present;        /**< KST_VAD_HAS_… */
	uint64_t anomalies;      /**< KST_VAD_ANOMALY_… */
	uint64_t address;        /**< Address of the descriptor. */
	uint64_t start;          /**< First address of the range. */
	uint64_t end;            /**< Last address of the range. */
	uint64_t flags;          /**< The flags as stored. */
	uint64_t commit;         /**< Pages charged (kernels that keep it in the flags). */
	uint64_t control_area;   /**< CONTROL_AREA of the mapped section. */
	uint64_t file_object;    /**< FILE_OBJECT of the mapped file, reference bits removed. */
	uint32_t protection;     /**< The kernel's protection number, 0 to 31. */
	uint32_t private_memory; /**< 1: memory of its own, not a section's. */
	char path[520];          /**< FileName of the file: the path on its volume, as UTF-8. */
};

#define KST_VAD_HAS_RANGE        0x1   /**< `start`, `end` are valid. */
#define KST_VAD_HAS_FLAGS        0x2   /**< `flags` is valid. */
#define KST_VAD_HAS_KIND         0x4   /**< `kind` is valid. */
#define KST_VAD_HAS_PROTECTION   0x8   /**< `protection` is valid. */
#define KST_VAD_HAS_PRIVATE      0x10  /**< `private_memory` is valid. */
#define KST_VAD_HAS_COMMIT       0x20  /**< `commit` is valid; not where all ones say: not charged. */
#define KST_VAD_HAS_CONTROL_AREA 0x40  /**< `control_area` is valid. */
#define KST_VAD_HAS_FILE_OBJECT  0x80  /**< `file_object` is valid. */
#define KST_VAD_HAS_PATH         0x100 /**< `path` is valid. */

/** The range is empty, or not in user space. */
#define KST_VAD_ANOMALY_RANGE 0x1
/** It overlaps the range before it, or comes before it. */
#define KST_VAD_ANOMALY_ORDER 0x2
/** The path was cut, or is not sound UTF-16. */
#define KST_VAD_ANOMALY_PATH 0x4

/**
 * Decode one descriptor from bytes the caller has read; what lies behind the section stays absent. Thread-safe.
 * @param layout  Offsets to use; not modified.
 * @param bytes   Start of the `_MMVAD`; may be NULL if @p len is 0.
 * @param len     Bytes available; fewer than the whole object is fine.
 * @param address Where @p bytes came from; copied to the result.
 * @param out     `size` set by the caller; the rest is written on success only.
 * @param err     Details on failure; may be NULL.
 * @retval KST_OK    `out->present` tells which members are valid.
 * @retval KST_E_ARG @p layout or @p out is NULL, or @p bytes is NULL with @p len > 0.
 * @retval KST_E_ABI `out->size` is not a size that this version knows.
 * @since 0.9
 */
KST_API kst_status kst_decode_vad(const struct kst_layout *layout, const void *bytes, size_t len, uint64_t address,
				  struct kst_vad *out, struct kst_error *err);

/**
 * Begin a walk over the ranges of a process, in order of their addresses.
 * @param cursor  State of the walk, in memory of the caller.
 * @param target  The target; must outlive the walk.
 * @param process The process, as decoded.
 * @param err     Details on failure; may be NULL.
 * @retval KST_OK          Begun.
 * @retval KST_E_FAULT     The root of the tree is not in the memory at hand.
 * @retval KST_E_NO_MEMBER The place of the tree or of its links is not known.
 * @retval KST_E_ARG       An argument is NULL.
 * @retval KST_E_ABI       `process->size` is not a size that this version knows.
 * @retval KST_E_HOST      The reader failed.
 * @since 0.9
 */
KST_API kst_status kst_vads_begin(struct kst_cursor *cursor, const struct kst_target *target,
				  const struct kst_process *process, struct kst_error *err);

/**
 * The next range. A branch of the tree that cannot be read is stepped over (KST_WALK_ANOMALY_SKIPPED).
 * @param cursor From kst_vads_begin(); not shared between threads.
 * @param out    `size` set by the caller; the rest is written on success only.
 * @param err    Details on failure; may be NULL.
 * @retval KST_OK        One more.
 * @retval KST_END       The whole tree was seen.
 * @retval KST_E_CORRUPT The tree is deeper than any balanced one, or its order is broken (end: mismatch).
 * @retval KST_E_LIMIT   The step budget is used up.
 * @retval KST_E_ARG     The cursor belongs to another walk, or @p out is NULL.
 * @retval KST_E_ABI     `out->size` is not a size that this version knows.
 * @retval KST_E_HOST    The reader failed.
 * @since 0.9
 */
KST_API kst_status kst_vads_next(struct kst_cursor *cursor, struct kst_vad *out, struct kst_error *err);

/**
 * Name of a kind: "none", "device-physical", "image", "awe", "write-watch", "large-pages", "rotate-physical",
 * "large-page-section". Thread-safe. @since 0.9
 * @param kind One of KST_VAD_….
 * @return A static string; "unknown" for any other number.
 */
KST_API const char *kst_vad_kind_name(uint32_t kind);

/**
 * Name of one VAD anomaly. Thread-safe. @since 0.9
 * @param bit One KST_VAD_ANOMALY_… bit.
 * @return A static string; NULL for a bit that means nothing in this version.
 */
KST_API const char *kst_vad_anomaly_name(uint64_t bit);

#ifdef __cplusplus
}
#endif
#endif
/** @} */
