/* SPDX-License-Identifier: MIT */
/**
 * @file api.h
 * @brief Version, export, status, error and walk cursor: what every other header builds on.
 *
 * @defgroup api Basics
 * @ingroup topic_reading
 *
 * What holds for every header:
 *
 * - **Calls** return a #kst_status and, where one is handed in, explain a failure in a kst_error. On failure nothing else
 *   is touched. Any call may return KST_E_ARG for a wrong argument and KST_E_ABI for a struct of unknown size.
 * - **Results** are structs that begin with `size`, set to sizeof by the caller. `present` tells which members are valid:
 *   what is not there has a cleared bit, never an invented zero. `anomalies` tells what looked wrong. Both are sets of
 *   bits, `KST_<NOUN>_HAS_…` and `KST_<NOUN>_ANOMALY_…`; `kst_<noun>_anomaly_name()` names a bit.
 * - **Decoders** (`kst_decode_<noun>`) turn bytes that the caller has into a result and read nothing. **Walks**
 *   (`…_begin`, `…_next`) are pulled, one result at a time, until KST_END; kst_cursor_end() tells why they ended. After
 *   the end `…_next` keeps returning the same status. **Names** (`kst_…_name`) are static strings, as the tool prints
 *   them.
 * - **Units**: sizes, lengths and offsets are bytes unless the name says pages. Addresses are 64 bits wide; those of
 *   32-bit systems are zero-extended. Times are FILETIMEs: 100 ns since 1601, UTC. Texts are UTF-8 and end with a NUL; a
 *   text that was cut is an anomaly.
 * - **Threads**: every call may be made from several threads at once, each with its own results, cursors and kst_error.
 *   A call that reads memory is as thread-safe as the reader (#KST_READER_THREAD_SAFE). Targets and indexes do not change
 *   once they are made, a layout only by kst_layout_refine(); whoever ends one sees to it that nobody uses it any more.
 * @{
 */
#ifndef KSTATE_API_H
#define KSTATE_API_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/** Version of this header; the build takes the project's version from these three lines. */
#define KST_VERSION_MAJOR 0
/** @copydoc KST_VERSION_MAJOR */
#define KST_VERSION_MINOR 9
/** @copydoc KST_VERSION_MAJOR */
#define KST_VERSION_PATCH 0

#if defined(_WIN32) && defined(KST_BUILD_SHARED)
#define KST_API __declspec(dllexport)
#elif defined(_WIN32) && defined(KST_USE_SHARED)
#define KST_API __declspec(dllimport)
#elif defined(__GNUC__)
#define KST_API __attribute__((visibility("default")))
#else
/** Marks each symbol that the library exports. */
#define KST_API
#endif

/** Result of a call: 0 success, positive "nothing more", negative a failure in one of four bands. */
typedef int32_t kst_status;

/** Every status there is. A number keeps its meaning for ever; the band tells a tool what to do. */
enum {
	KST_OK = 0,     /**< Done. */
	KST_END = 1,    /**< Nothing more; not an error. */
	KST_E_ARG = -1, /**< An argument is wrong: fix the call. */
	KST_E_ABI = -2, /**< A struct's `size` is not one that this version knows, or it asks for something unknown. */
	KST_E_NO_MEMORY = -3,    /**< A heap allocation failed (never from decoders or walks). */
	KST_E_NO_MEMBER = -20,   /**< Type information lacks a type, member or symbol: give a better layout. */
	KST_E_UNSUPPORTED = -21, /**< The format or build is recognised, but nothing here can decode it. */
	KST_E_FAULT = -40,       /**< The memory is not there: try another source. */
	KST_E_HOST = -41,        /**< The host's callback failed; see kst_error.host_code. */
	KST_E_IO = -42,          /**< The operating system could not open or map a file; `host_code` is errno. */
	KST_E_CORRUPT = -60,     /**< The evidence contradicts itself: a finding to report. */
	KST_E_LIMIT = -61        /**< A budget or the caller's buffer is used up. */
};

/** Details of a failure, in memory that the caller owns and may leave out. */
struct kst_error {
	uint32_t size;     /**< Set to sizeof by the caller. */
	kst_status code;   /**< The status that the call returned. */
	uint64_t address;  /**< Where in the target, or 0. */
	uint32_t detail;   /**< A number that `message` explains, or 0. */
	int32_t host_code; /**< What the host's callback returned, untouched. */
	char message[128]; /**< One line without a newline. */
};

/** Why a walk ended. */
enum {
	KST_WALK_RUNNING = 0,    /**< It has not ended. */
	KST_WALK_CLOSED = 1,     /**< A circular list came back to its head, or a table was read to its end. */
	KST_WALK_TERMINATED = 2, /**< A null link ended a list that ends that way. */
	KST_WALK_MISMATCH = 3,   /**< Links or counts contradict each other. */
	KST_WALK_LOOP = 4,       /**< The list runs in a loop that does not contain its head. */
	KST_WALK_UNREADABLE = 5, /**< The next element is not in the memory at hand. */
	KST_WALK_BUDGET = 6      /**< The step budget of the target is used up. */
};

/**
 * State of a walk: opaque words in caller memory. It may be copied (a bookmark) and needs no cleanup.
 * It must not outlive the target it was begun on.
 */
struct kst_cursor {
	uint64_t words[64]; /**< Private. */
};

/**
 * Version of the library that is running, as major << 16 | minor << 8 | patch.
 * Thread-safe. @since 0.9
 * @return The number.
 */
KST_API uint32_t kst_version(void);

/**
 * Name of a status, such as "KST_E_FAULT". Thread-safe. @since 0.9
 * @param status Any number.
 * @return A static string; "unknown" for a number that is no status.
 */
KST_API const char *kst_status_name(kst_status status);

/**
 * Name of an architecture. Thread-safe. @since 0.9
 * @param arch One of KST_ARCH_… (layout.h).
 * @return A static string: "x86", "x64", "arm64"; "unknown" otherwise.
 */
KST_API const char *kst_arch_name(uint32_t arch);

/**
 * Why a walk ended. Thread-safe as far as the cursor is not shared. @since 0.9
 * @param cursor A cursor that a `…_begin` call has filled.
 * @return One of KST_WALK_…; KST_WALK_RUNNING while there may be more.
 */
KST_API uint32_t kst_cursor_end(const struct kst_cursor *cursor);

/**
 * How many elements a walk has delivered so far. @since 0.9
 * @param cursor A cursor that a `…_begin` call has filled.
 * @return The number.
 */
KST_API uint64_t kst_cursor_count(const struct kst_cursor *cursor);

/**
 * What looked wrong in the walk as a whole (not in one element). @since 0.9
 * @param cursor A cursor that a `…_begin` call has filled.
 * @return A set of KST_WALK_ANOMALY_… bits.
 */
KST_API uint64_t kst_cursor_anomalies(const struct kst_cursor *cursor);

/** The back link of an element does not point to its predecessor. */
#define KST_WALK_ANOMALY_BACK_LINK 0x1
/** The number of elements differs from the number that the target keeps. */
#define KST_WALK_ANOMALY_COUNT 0x2
/** A length or count from the target was cut to a sane bound. */
#define KST_WALK_ANOMALY_CLAMPED 0x4
/** An element could not be read and was stepped over. */
#define KST_WALK_ANOMALY_SKIPPED 0x8

/**
 * Name of an end of a walk: "closed", "terminated", "mismatch", "loop", "unreadable", "budget". Thread-safe. @since 0.9
 * @param end One of KST_WALK_….
 * @return A static string; "running" for KST_WALK_RUNNING, "unknown" otherwise.
 */
KST_API const char *kst_walk_end_name(uint32_t end);

/**
 * Name of one walk anomaly. Thread-safe. @since 0.9
 * @param bit One KST_WALK_ANOMALY_… bit.
 * @return A static string; NULL for a bit that means nothing in this version.
 */
KST_API const char *kst_walk_anomaly_name(uint64_t bit);

#ifdef __cplusplus
}
#endif
#endif
/** @} */
