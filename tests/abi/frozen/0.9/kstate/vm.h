/* SPDX-License-Identifier: MIT */
/**
 * @file vm.h
 * @brief The memory manager's counters.
 *
 * @defgroup vm Memory counters
 * @ingroup topic_memory
 * @{
 */
#ifndef KSTATE_VM_H
#define KSTATE_VM_H

#include <kstate/api.h>
#include <kstate/target.h>

#ifdef __cplusplus
extern "C" {
#endif

/** The counters, indexes of kst_memory_counters.values; all in pages unless stated. */
enum {
	KST_MEMORY_PHYSICAL = 0,               /**< Pages of physical memory. */
	KST_MEMORY_AVAILABLE = 1,              /**< Zeroed, free and standby pages. */
	KST_MEMORY_RESIDENT_AVAILABLE = 2,     /**< Pages that could still be made resident for good. */
	KST_MEMORY_ZEROED = 3,                 /**< On the list of zeroed pages. */
	KST_MEMORY_FREE = 4,                   /**< On the list of free pages. */
	KST_MEMORY_STANDBY = 5,                /**< On the standby lists of all priorities. */
	KST_MEMORY_MODIFIED = 6,               /**< On the modified list. */
	KST_MEMORY_MODIFIED_NO_WRITE = 7,      /**< On the modified no-write list. */
	KST_MEMORY_COMMITTED = 8,              /**< Committed pages. */
	KST_MEMORY_COMMIT_LIMIT = 9,           /**< Limit of committed pages. */
	KST_MEMORY_COMMIT_PEAK = 10,           /**< Most pages ever committed. */
	KST_MEMORY_SHARED_COMMIT = 11,         /**< Committed for shared memory. */
	KST_MEMORY_PROCESS_COMMIT = 12,        /**< Committed for processes. */
	KST_MEMORY_DRIVER_COMMIT = 13,         /**< Committed for drivers. */
	KST_MEMORY_PAGED_POOL_COMMIT = 14,     /**< Committed for paged pool. */
	KST_MEMORY_PAGING_FILES = 15,          /**< Number of page files. */
	KST_MEMORY_NONPAGED_POOL_MAXIMUM = 16, /**< Bytes of nonpaged pool at most. */
	KST_MEMORY_PAGED_POOL_SIZE = 17,       /**< Bytes of paged pool at most. */
	KST_MEMORY_LOWEST_PAGE = 18,           /**< Lowest page frame number. */
	KST_MEMORY_HIGHEST_PAGE = 19,          /**< Highest page frame number. */
	KST_MEMORY_FREE_SYSTEM_PTES = 20,      /**< Entries that system mappings can still take. */
	KST_MEMORY_MODIFIED_PAGE_FILE = 21,    /**< Modified pages that belong into a page file. */
	KST_MEMORY_NONPAGED_POOL = 22,         /**< Nonpaged pool in use. */
	KST_MEMORY_PAGED_POOL = 23,            /**< Paged pool in use. */
	KST_MEMORY_COUNT = 24                  /**< How many there are in this version. */
};

/** What the memory manager counts. */
struct kst_memory_counters {
	uint32_t size;       /**< Set to sizeof by the caller. */
	uint32_t reserved0;  /**< 0. */
	uint64_t present;    /**< Bit n: `values[n]` is valid. */
	uint64_t values[24]; /**< By KST_MEMORY_… */
};

/**
 * Read the counters: from globals (up to Windows 8.1), or from the system partition and the state that partitions share
 * (Windows 10 and later), as far as the layout and the memory have them. Thread-safe as the reader is.
 * @param target The target.
 * @param out    `size` set by the caller; the rest is written on success only.
 * @param err    Details on failure; may be NULL.
 * @retval KST_OK          At least one was read.
 * @retval KST_E_NO_MEMBER None is known here.
 * @retval KST_E_FAULT     Some are known, but none is in the memory at hand.
 * @retval KST_E_ARG       An argument is NULL.
 * @retval KST_E_ABI       `out->size` is not a size that this version knows.
 * @retval KST_E_HOST      The reader failed.
 * @since 0.9
 */
KST_API kst_status kst_memory_counters_read(const struct kst_target *target, struct kst_memory_counters *out,
					    struct kst_error *err);

/** One page file; sizes in pages. */
struct kst_page_file {
	uint32_t size;          /**< Set to sizeof by the caller. */
	uint32_t number;        /**< Which one, from 0. */
	uint64_t present;       /**< KST_PAGE_FILE_HAS_… */
	uint64_t address;       /**< Of the _MMPAGING_FILE. */
	uint64_t current_pages; /**< Size of the file now. */
	uint64_t minimum_pages; /**< Smallest size. */
	uint64_t maximum_pages; /**< Largest size. */
	uint64_t free_pages;    /**< Of the current size: not in use. */
};

#define KST_PAGE_FILE_HAS_CURRENT 0x1  /**< `current_pages` is valid. */
#define KST_PAGE_FILE_HAS_MINIMUM 0x2  /**< `minimum_pages` is valid. */
#define KST_PAGE_FILE_HAS_MAXIMUM 0x4  /**< `maximum_pages` is valid. */
#define KST_PAGE_FILE_HAS_FREE    0x8  /**< `free_pages` is valid. */
#define KST_PAGE_FILE_HAS_NAME    0x10 /**< The name was read. */

/**
 * One page file of the system. Thread-safe as the reader is.
 * @param target The target.
 * @param number Which one, from 0.
 * @param out    `size` set by the caller; the rest is written on success only.
 * @param name   Its path as UTF-8, with a NUL; written on success only; may be NULL when `cap` is 0.
 * @param cap    Bytes at `name`; a longer path is cut.
 * @param err    Details on failure; may be NULL.
 * @retval KST_OK          There is one; what could not be read is not in `present`.
 * @retval KST_END         There are not that many.
 * @retval KST_E_NO_MEMBER The table of page files is not known here.
 * @retval KST_E_FAULT     It is not in the memory at hand.
 * @retval KST_E_ARG       An argument is NULL.
 * @retval KST_E_ABI       `out->size` is not a size that this version knows.
 * @retval KST_E_HOST      The reader failed.
 * @since 0.9
 */
KST_API kst_status kst_page_file_read(const struct kst_target *target, uint32_t number, struct kst_page_file *out,
				      char *name, size_t cap, struct kst_error *err);

/**
 * One run of the physical memory that the kernel manages (MmPhysicalMemoryBlock). Thread-safe as the reader is.
 * @param target The target.
 * @param number Which one, from 0.
 * @param first  Its first page frame; written on success only.
 * @param pages  How many pages it has; written on success only.
 * @param err    Details on failure; may be NULL.
 * @retval KST_OK          There is one.
 * @retval KST_END         There are not that many.
 * @retval KST_E_NO_MEMBER The list is not known here.
 * @retval KST_E_FAULT     It is not in the memory at hand.
 * @retval KST_E_ARG       An argument is NULL.
 * @retval KST_E_HOST      The reader failed.
 * @since 0.9
 */
KST_API kst_status kst_memory_run_read(const struct kst_target *target, uint32_t number, uint64_t *first,
				       uint64_t *pages, struct kst_error *err);

/**
 * Name of a counter, such as "available". Thread-safe. @since 0.9
 * @param counter One of KST_MEMORY_….
 * @return A static string; "unknown" otherwise.
 */
KST_API const char *kst_memory_counter_name(uint32_t counter);

#ifdef __cplusplus
}
#endif
#endif
/** @} */
