/* SPDX-License-Identifier: MIT */
/**
 * @file reader.h
 * @brief How the caller supplies memory.
 *
 * @defgroup reader Reader
 * @ingroup topic_reading
 * @{
 */
#ifndef KSTATE_READER_H
#define KSTATE_READER_H

#include <kstate/api.h>

#ifdef __cplusplus
extern "C" {
#endif

/** Which address space a read means; any other value is a directory table base (as in `_KPROCESS`, PCID bits allowed). */
typedef uint64_t kst_space;

/** Kernel virtual addresses: the half of the address space that all processes share. */
#define KST_SPACE_KERNEL ((kst_space)0)
/** Guest-physical addresses. */
#define KST_SPACE_PHYSICAL UINT64_MAX

/** The host reads physical memory only; the library translates (the target then needs its paging mode and DTB). */
#define KST_READER_PHYSICAL_ONLY 0x1
/** The host answers calls from several threads at once; without it, callers must not share the target between threads. */
#define KST_READER_THREAD_SAFE 0x2

struct kst_module;
struct kst_unloaded_module;

/**
 * The host's callbacks. The table is copied when a target is made; `user` must outlive the target.
 *
 * Contract of `read`: put `len` bytes found at `address` of `space` into `buf` and the number of *leading* valid bytes
 * into `*done` (always, also on failure; bytes beyond it mean nothing). All bytes: KST_OK. Fewer: KST_E_FAULT, which
 * is an answer, not an error of the host. Any other status stops the walk and comes back as KST_E_HOST with the
 * original in `host_code`. `len` is never 0 and the range never wraps. Two reads of one address may differ (live memory).
 */
struct kst_reader_ops {
	uint32_t size;  /**< Set to sizeof by the host. */
	uint32_t flags; /**< KST_READER_… */
	/** Read memory; required. */
	kst_status (*read)(void *user, kst_space space, uint64_t address, void *buf, size_t len, size_t *done);
	/**
	 * Optional: the first readable run at or after `address`; KST_END when there is none. Runs that touch read as one.
	 * Without it the library probes page by page.
	 */
	kst_status (*next_range)(void *user, kst_space space, uint64_t address, uint64_t *start_out,
				 uint64_t *length_out);
	/**
	 * Optional: read `count` ranges in one call; as `count` times `read`, with the results in `done[i]`. Ranges are
	 * `addresses[i]`, `lengths[i]`, to be put at `bufs[i]`. KST_OK even where some are short.
	 * Used by kst_read() and the walks over tables, where a range of `space` lies in several pages.
	 */
	kst_status (*read_batch)(void *user, kst_space space, size_t count, const uint64_t *addresses,
				 const size_t *lengths, void *const *bufs, size_t *done);
	/**
	 * Optional: kernel module number `index` as the host knows it (a triage dump's driver list); KST_END beyond the last.
	 * Used where the target's own list cannot be read.
	 */
	kst_status (*module)(void *user, uint64_t index, struct kst_module *out);
	/** Optional: the same for unloaded kernel modules. */
	kst_status (*unloaded_module)(void *user, uint64_t index, struct kst_unloaded_module *out);
	/**
	 * Optional: memory that lies in the host's own address space: where the byte at `*start_out` is, of a run of
	 * `*length_out` bytes of `space` that holds `address`; NULL where there is none. The run stays there for as long as any
	 * target uses the table (its contents may change), and holds what `read` gives. With it page tables and arrays are
	 * read without a call and a copy for each entry.
	 */
	const void *(*window)(void *user, kst_space space, uint64_t address, uint64_t *start_out, uint64_t *length_out);
};

#ifdef __cplusplus
}
#endif
#endif
/** @} */
