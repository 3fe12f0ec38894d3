/* SPDX-License-Identifier: MIT */
/**
 * @file dump.h
 * @brief Dump containers: files that hold a machine's memory.
 *
 * The only part of the library that opens files. Files are mapped, never read whole.
 *
 * @defgroup dump Dump files
 * @ingroup topic_reading
 * @{
 */
#ifndef KSTATE_DUMP_H
#define KSTATE_DUMP_H

#include <kstate/api.h>
#include <kstate/reader.h>
#include <kstate/target.h>

#ifdef __cplusplus
extern "C" {
#endif

/** Container formats. */
enum {
	KST_FORMAT_UNKNOWN = 0,       /**< Not recognised. */
	KST_FORMAT_RAW = 1,           /**< Physical memory from address 0. */
	KST_FORMAT_LIME = 2,          /**< LiME. */
	KST_FORMAT_ELF = 3,           /**< ELF core with physical segments. */
	KST_FORMAT_FULL = 4,          /**< Windows dump, physical runs (type 1). */
	KST_FORMAT_SUMMARY = 5,       /**< Windows dump, kernel summary (type 2). */
	KST_FORMAT_HEADER_ONLY = 6,   /**< Windows dump header, no memory. */
	KST_FORMAT_TRIAGE = 7,        /**< Windows dump, virtual pieces (type 4). */
	KST_FORMAT_BITMAP_FULL = 8,   /**< Windows dump, bitmap (type 5). */
	KST_FORMAT_BITMAP_KERNEL = 9, /**< Windows dump, bitmap (types 6 and 7; live dumps too). */
	KST_FORMAT_RDMP = 10          /**< Windows dump, page ranges (types 8, 9, 10). */
};

/** What a container says of itself and of the machine. */
struct kst_dump_info {
	uint32_t size;                   /**< Set to sizeof by the caller. */
	uint32_t format;                 /**< KST_FORMAT_… */
	uint64_t present;                /**< KST_DUMP_HAS_… */
	uint64_t anomalies;              /**< KST_DUMP_ANOMALY_… */
	uint64_t file_size;              /**< Bytes. */
	uint64_t memory_size;            /**< Bytes of memory in it that the file really holds. */
	uint64_t runs;                   /**< Runs or pieces of memory. */
	uint32_t dump_type;              /**< DumpType of the header, as stored. */
	uint32_t bugcheck_code;          /**< BugCheckCode of the header. */
	uint64_t bugcheck_parameters[4]; /**< BugCheckCodeParameter of the header. */
	uint64_t system_time;            /**< FILETIME, 100 ns since 1601 UTC. */
	uint64_t up_time;                /**< 100 ns. */
	uint32_t product_type;           /**< 1 workstation, 2 domain controller, 3 server. */
	uint32_t suite_mask;             /**< As stored. */
	uint64_t secondary_offset;       /**< File offset of the secondary data ("DumpBlob"). */
};

#define KST_DUMP_HAS_TYPE        0x1  /**< `dump_type` is valid. */
#define KST_DUMP_HAS_BUGCHECK    0x2  /**< `bugcheck_code`, `bugcheck_parameters` are valid. */
#define KST_DUMP_HAS_SYSTEM_TIME 0x4  /**< `system_time` is valid. */
#define KST_DUMP_HAS_UP_TIME     0x8  /**< `up_time` is valid. */
#define KST_DUMP_HAS_PRODUCT     0x10 /**< `product_type` is valid. */
#define KST_DUMP_HAS_SUITE       0x20 /**< `suite_mask` is valid. */
#define KST_DUMP_HAS_SECONDARY   0x40 /**< `secondary_offset` is valid. */

/** The file ends before its last page or piece. */
#define KST_DUMP_ANOMALY_TRUNCATED 0x1
/** Header type and layout disagree; the layout was believed. */
#define KST_DUMP_ANOMALY_TYPE_DIFFERS 0x2
/** Runs overlap with other bytes of the file, or pieces of a triage dump with different bytes; the first one wins. */
#define KST_DUMP_ANOMALY_OVERLAP 0x4
/** A count or an offset points beyond the file and was cut. */
#define KST_DUMP_ANOMALY_CLAMPED 0x8
/** A total in the header differs from what the map says; the map was believed. */
#define KST_DUMP_ANOMALY_COUNT_DIFFERS 0x10
/** The triage end mark is missing. */
#define KST_DUMP_ANOMALY_NO_END_MARK 0x20

struct kst_dump;

/**
 * Open a file; the format is recognised by content. Thread-safe.
 * @param path File name in the system's encoding (UTF-8 on Windows).
 * @param out  Set on success; the caller ends it with kst_dump_close().
 * @param err  Details on failure; may be NULL.
 * @retval KST_OK            Opened.
 * @retval KST_E_ARG         An argument is NULL.
 * @retval KST_E_IO          The file could not be opened or mapped; `host_code` is errno.
 * @retval KST_E_UNSUPPORTED The format is not known, or known and not covered; the message says which.
 * @retval KST_E_CORRUPT     The header contradicts itself.
 * @retval KST_E_NO_MEMORY   No memory.
 * @since 0.9
 */
KST_API kst_status kst_dump_open(const char *path, struct kst_dump **out, struct kst_error *err);

/**
 * Open a dump that is in memory. Thread-safe.
 * @param bytes  The whole file; must outlive the dump.
 * @param length Bytes.
 * @param out    Set on success; the caller ends it with kst_dump_close().
 * @param err    Details on failure; may be NULL.
 * @retval KST_OK            Opened.
 * @retval KST_E_ARG         An argument is NULL.
 * @retval KST_E_UNSUPPORTED As for kst_dump_open().
 * @retval KST_E_CORRUPT     As for kst_dump_open().
 * @retval KST_E_NO_MEMORY   No memory.
 * @since 0.9
 */
KST_API kst_status kst_dump_open_memory(const void *bytes, size_t length, struct kst_dump **out, struct kst_error *err);

/**
 * Close a dump. Targets made on it must not be used any more. @since 0.9
 * @param dump The dump; NULL is fine.
 */
KST_API void kst_dump_close(struct kst_dump *dump);

/**
 * What the container says. Thread-safe. @since 0.9
 * @param dump The dump.
 * @param out  `size` set by the caller; the rest is written on success only.
 * @retval KST_OK    Written.
 * @retval KST_E_ARG An argument is NULL.
 * @retval KST_E_ABI `out->size` is not a size that this version knows.
 */
KST_API kst_status kst_dump_info(const struct kst_dump *dump, struct kst_dump_info *out);

/**
 * What the container's header says of the machine: hints for kst_identify(). Thread-safe. @since 0.9
 * @param dump The dump.
 * @param out  `size` set by the caller; the rest is written on success only.
 * @retval KST_OK    Written; `present` may be 0 (raw, LiME).
 * @retval KST_E_ARG An argument is NULL.
 * @retval KST_E_ABI `out->size` is not a size that this version knows.
 */
KST_API kst_status kst_dump_identity(const struct kst_dump *dump, struct kst_identity *out);

/**
 * The reader of a dump; its `user` is the dump itself. Thread-safe. @since 0.9
 * @param dump The dump.
 * @return The callbacks; they live as long as the dump. Physical containers have KST_READER_PHYSICAL_ONLY.
 */
KST_API const struct kst_reader_ops *kst_dump_reader(const struct kst_dump *dump);

/**
 * From a dump to a target in one call: kst_target_open_reader() with the dump's reader, and its header's word as hints.
 * Thread-safe.
 * @param dump   The dump; must outlive the target.
 * @param wishes What the caller knows better: `layout`, `identity` (then nothing is searched), `symbols`, flags, page
 *               files; its reader is not looked at. NULL: nothing.
 * @param out    Set on success; the caller ends it with kst_target_destroy().
 * @param err    Details on failure; may be NULL.
 * @retval KST_OK          Made; a kernel that no built-in table describes gives a layout with few or no members.
 * @retval KST_E_FAULT     No Windows kernel was found in this memory.
 * @retval KST_E_ARG       An argument is NULL, or the given identity lacks paging mode or DTB.
 * @retval KST_E_ABI       A struct's `size` is not one that this version knows.
 * @retval KST_E_NO_MEMORY No memory.
 * @retval KST_E_HOST      The dump could not be read.
 * @since 0.9
 */
KST_API kst_status kst_target_open(struct kst_dump *dump, const struct kst_target_config *wishes,
				   struct kst_target **out, struct kst_error *err);

/**
 * Raw bytes of the context record that the container holds. Thread-safe. @since 0.9
 * @param dump The dump.
 * @param buf  The caller's buffer.
 * @param len  Its size.
 * @param done How many bytes were written; set on success only.
 * @retval KST_OK          Written, as much as there is and fits.
 * @retval KST_E_NO_MEMBER There is none.
 * @retval KST_E_IO        The file cannot be read.
 * @retval KST_E_ARG       An argument is NULL.
 */
KST_API kst_status kst_dump_context(const struct kst_dump *dump, void *buf, size_t len, size_t *done);

/**
 * Raw bytes of the exception record that the container holds. Thread-safe. @since 0.9
 * @param dump The dump.
 * @param buf  The caller's buffer.
 * @param len  Its size.
 * @param done How many bytes were written; set on success only.
 * @retval KST_OK          Written, as much as there is and fits.
 * @retval KST_E_NO_MEMBER There is none.
 * @retval KST_E_IO        The file cannot be read.
 * @retval KST_E_ARG       An argument is NULL.
 */
KST_API kst_status kst_dump_exception(const struct kst_dump *dump, void *buf, size_t len, size_t *done);

/**
 * Name of a format: "raw", "lime", "elf", "full", "summary", "header-only", "triage", "bitmap-full", "bitmap-kernel",
 * "rdmp". Thread-safe. @since 0.9
 * @param format One of KST_FORMAT_….
 * @return A static string; "unknown" otherwise.
 */
KST_API const char *kst_format_name(uint32_t format);

/**
 * Name of one dump anomaly. Thread-safe. @since 0.9
 * @param bit One KST_DUMP_ANOMALY_… bit.
 * @return A static string; NULL for a bit that means nothing in this version.
 */
KST_API const char *kst_dump_anomaly_name(uint64_t bit);

#ifdef __cplusplus
}
#endif
#endif
/** @} */
