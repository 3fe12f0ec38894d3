/* SPDX-License-Identifier: MIT */
/**
 * @file module.h
 * @brief Loaded and unloaded modules: the kernel's, and those of a process.
 *
 * @defgroup module Modules
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

#define KST_MODULE_HAS_BASE 0x1        /**< `base` is valid. */
#define KST_MODULE_HAS_SIZE 0x2        /**< `size_of_image` is valid. */
#define KST_MODULE_HAS_NAME 0x4        /**< `name` is valid. */
#define KST_MODULE_HAS_PATH 0x8        /**< `path` is valid. */
#define KST_MODULE_HAS_ENTRY_POINT 0x10 /**< `entry_point` is valid. */
#define KST_MODULE_HAS_STAMP 0x20      /**< `time_date_stamp` is valid. */
#define KST_MODULE_HAS_CHECKSUM 0x40   /**< `checksum` is valid. */
#define KST_MODULE_HAS_FLAGS 0x80      /**< `flags` is valid. */
#define KST_MODULE_HAS_LOAD_COUNT 0x100 /**< `load_count` is valid. */

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
	uint64_t present;   /**< KST_UNLOADED_HAS_… */
	uint64_t anomalies; /**< KST_MODULE_ANOMALY_… */
	uint64_t start;     /**< First address. */
	uint64_t end;       /**< Address after the last. */
	uint64_t time;      /**< FILETIME of the unload, UTC. */
	char name[64];      /**< UTF-8. */
};

#define KST_UNLOADED_HAS_RANGE 0x1 /**< `start`, `end` are valid. */
#define KST_UNLOADED_HAS_NAME 0x2  /**< `name` is valid. */
#define KST_UNLOADED_HAS_TIME 0x4  /**< `time` is valid. */

#ifdef __cplusplus
}
#endif
#endif
/** @} */
