/* SPDX-License-Identifier: MIT */
/**
 * @file bugcheck.h
 * @brief Why a system stopped: bug-check codes, exception records, register contexts.
 *
 * @defgroup bugcheck Bug check
 * @ingroup topic_crash
 * @{
 */
#ifndef KSTATE_BUGCHECK_H
#define KSTATE_BUGCHECK_H

#include <kstate/api.h>

#ifdef __cplusplus
extern "C" {
#endif

/** An EXCEPTION_RECORD of either width. */
struct kst_exception {
	uint32_t size;              /**< Set to sizeof by the caller. */
	uint32_t code;              /**< ExceptionCode, an NTSTATUS. */
	uint64_t present;           /**< KST_EXCEPTION_HAS_… */
	uint64_t anomalies;         /**< KST_EXCEPTION_ANOMALY_… */
	uint64_t address;           /**< Where the record is. */
	uint64_t exception_address; /**< ExceptionAddress: where it happened. */
	uint64_t next;              /**< ExceptionRecord: the chained record, or 0. */
	uint32_t flags;             /**< ExceptionFlags. */
	uint32_t information_count; /**< NumberParameters, at most 15. */
	uint64_t information[15];   /**< ExceptionInformation, the first `information_count`. */
};

#define KST_EXCEPTION_HAS_CODE        0x1 /**< `code` and `flags` are valid. */
#define KST_EXCEPTION_HAS_ADDRESS     0x2 /**< `exception_address` and `next` are valid. */
#define KST_EXCEPTION_HAS_INFORMATION 0x4 /**< `information_count` and so many of `information` are valid. */

/** NumberParameters is above 15 and was cut. */
#define KST_EXCEPTION_ANOMALY_COUNT 0x1
/** The record's bytes are the fill pattern of a dump header: nothing was written there. */
#define KST_EXCEPTION_ANOMALY_FILL 0x2

/** A CONTEXT record: the registers of a processor. */
struct kst_context {
	uint32_t size;          /**< Set to sizeof by the caller. */
	uint32_t arch;          /**< KST_ARCH_…, as asked for. */
	uint64_t present;       /**< KST_CONTEXT_HAS_…: by ContextFlags and by what is at hand. */
	uint64_t anomalies;     /**< KST_CONTEXT_ANOMALY_… */
	uint64_t address;       /**< Where the record is. */
	uint64_t ip;            /**< Eip, Rip, Pc. */
	uint64_t sp;            /**< Esp, Rsp, Sp. */
	uint64_t fp;            /**< Ebp, Rbp, Fp. */
	uint32_t context_flags; /**< ContextFlags as stored. */
	uint32_t eflags;        /**< EFlags; ARM64: Cpsr. */
	uint16_t cs;            /**< SegCs. */
	uint16_t ds;            /**< SegDs. */
	uint16_t es;            /**< SegEs. */
	uint16_t fs;            /**< SegFs. */
	uint16_t gs;            /**< SegGs. */
	uint16_t ss;            /**< SegSs. */
	uint32_t gpr_count;     /**< General registers of the architecture: 8, 16 or 33. */
	/**
	 * In the order of the instruction encoding: eax ecx edx ebx esp ebp esi edi; rax … rdi, r8 … r15; x0 … x28, fp, lr,
	 * sp, pc.
	 */
	uint64_t gpr[33];
};

#define KST_CONTEXT_HAS_FLAGS    0x1 /**< `context_flags` is valid. */
#define KST_CONTEXT_HAS_CONTROL  0x2 /**< `ip`, `sp`, `eflags` (and where the architecture says so `fp`, `cs`, `ss`). */
#define KST_CONTEXT_HAS_INTEGER  0x4 /**< `gpr` is valid but for registers of the control group. */
#define KST_CONTEXT_HAS_SEGMENTS 0x8 /**< `ds`, `es`, `fs`, `gs` are valid. */

/** ContextFlags does not name the architecture; nothing else was taken. */
#define KST_CONTEXT_ANOMALY_ARCH 0x1

/**
 * Name of a bug-check code, such as "MEMORY_MANAGEMENT" for 0x1a. Thread-safe. @since 0.9
 * @param code The code.
 * @return A static string; NULL for a code that this version does not know.
 */
KST_API const char *kst_bugcheck_name(uint32_t code);

/**
 * Was the system stopped on purpose: by keyboard, tool or NMI button (0xE2, 0x80, 0xDEADDEAD)? Thread-safe. @since 0.9
 * @param code       The code.
 * @param parameters The four parameters; may be NULL.
 * @return 1 or 0.
 */
KST_API int32_t kst_bugcheck_is_manual(uint32_t code, const uint64_t *parameters);

/**
 * Decode an exception record. Reads nothing from the target, allocates nothing; thread-safe.
 * @param pointer_size 4 or 8: EXCEPTION_RECORD32 or 64.
 * @param bytes        Start of the record; may be NULL if @p len is 0.
 * @param len          Bytes available; fewer than the whole record is fine.
 * @param address      Where @p bytes came from; copied to the result.
 * @param out          `size` set by the caller; the rest is written on success only.
 * @param err          Details on failure; may be NULL.
 * @retval KST_OK    `out->present` tells which members are valid.
 * @retval KST_E_ARG @p pointer_size is neither 4 nor 8, or a pointer is NULL.
 * @retval KST_E_ABI `out->size` is not a size that this version knows.
 * @since 0.9
 */
KST_API kst_status kst_decode_exception(uint32_t pointer_size, const void *bytes, size_t len, uint64_t address,
					struct kst_exception *out, struct kst_error *err);

/**
 * Decode a register context. Reads nothing from the target, allocates nothing; thread-safe.
 * @param arch    KST_ARCH_… (layout.h): the form of the record.
 * @param bytes   Start of the CONTEXT; may be NULL if @p len is 0.
 * @param len     Bytes available; fewer than the whole record is fine.
 * @param address Where @p bytes came from; copied to the result.
 * @param out     `size` set by the caller; the rest is written on success only.
 * @param err     Details on failure; may be NULL.
 * @retval KST_OK            `out->present` tells which members are valid.
 * @retval KST_E_ARG         A pointer is NULL.
 * @retval KST_E_UNSUPPORTED No form of the record is known for @p arch.
 * @retval KST_E_ABI         `out->size` is not a size that this version knows.
 * @since 0.9
 */
KST_API kst_status kst_decode_context(uint32_t arch, const void *bytes, size_t len, uint64_t address,
				      struct kst_context *out, struct kst_error *err);

/**
 * Name of one anomaly of an exception record. Thread-safe. @since 0.9
 * @param bit One KST_EXCEPTION_ANOMALY_… bit.
 * @return A static string; NULL for a bit that means nothing in this version.
 */
KST_API const char *kst_exception_anomaly_name(uint64_t bit);

/**
 * Name of one anomaly of a context. Thread-safe. @since 0.9
 * @param bit One KST_CONTEXT_ANOMALY_… bit.
 * @return A static string; NULL for a bit that means nothing in this version.
 */
KST_API const char *kst_context_anomaly_name(uint64_t bit);

#ifdef __cplusplus
}
#endif
#endif
/** @} */
