/* SPDX-License-Identifier: MIT */
/**
 * @file image.h
 * @brief What an image in memory says of itself: its header, and the PDB that describes it.
 *
 * @defgroup image Image headers
 * @ingroup topic_types
 * @{
 */
#ifndef KSTATE_IMAGE_H
#define KSTATE_IMAGE_H

#include <kstate/api.h>
#include <kstate/target.h>

#ifdef __cplusplus
extern "C" {
#endif

/** What a PE image in memory says of itself. */
struct kst_image {
	uint32_t size;            /**< Set to sizeof by the caller. */
	uint32_t machine;         /**< IMAGE_FILE_MACHINE_… of the header. */
	uint64_t present;         /**< KST_IMAGE_HAS_… */
	uint64_t anomalies;       /**< KST_IMAGE_ANOMALY_… */
	uint64_t base;            /**< Where the image is. */
	uint32_t time_date_stamp; /**< Of the header. */
	uint32_t size_of_image;   /**< Bytes. */
	uint32_t pdb_age;         /**< Age of the PDB. */
	uint32_t reserved0;       /**< 0. */
	uint8_t pdb_guid[16]; /**< GUID of the PDB, as stored: kst_pdb_info.guid of the matching file is the same. */
	char pdb_name[128];   /**< File name of the PDB without its folder, as text. */
};

#define KST_IMAGE_HAS_HEADER 0x1 /**< `machine`, `time_date_stamp` and `size_of_image` are valid. */
#define KST_IMAGE_HAS_PDB    0x2 /**< `pdb_guid` and `pdb_age` are valid. */
#define KST_IMAGE_HAS_NAME   0x4 /**< `pdb_name` is valid. */

/** The debug directory, or what it names, lies outside the image. */
#define KST_IMAGE_ANOMALY_RANGE 0x1
/** The debug directory states more entries than are sane; the first ones were looked at. */
#define KST_IMAGE_ANOMALY_CLAMPED 0x2
/** The name of the PDB does not end, or is longer than its array, and was cut. */
#define KST_IMAGE_ANOMALY_NAME_CUT 0x4

/**
 * Read the header of an image in memory and the identity of its PDB (a CodeView record of kind RSDS). Allocates nothing;
 * thread-safe. Triage dumps hold the header of the kernel at most, not its debug directory. @since 0.9
 * @param target The target.
 * @param space  Where to read: KST_SPACE_KERNEL for the kernel and drivers.
 * @param base   Where the image is.
 * @param out    `size` set by the caller; the rest is written on success only.
 * @param err    Details on failure; may be NULL.
 * @retval KST_OK        `out->present` tells what is there.
 * @retval KST_E_ARG     An argument is NULL.
 * @retval KST_E_ABI     `out->size` is not a size that this version knows.
 * @retval KST_E_FAULT   The header is not in the memory at hand.
 * @retval KST_E_CORRUPT There is no image header at @p base.
 * @retval KST_E_HOST    The reader failed.
 */
KST_API kst_status kst_image_read(const struct kst_target *target, kst_space space, uint64_t base,
				  struct kst_image *out, struct kst_error *err);

/**
 * Name of one image anomaly. Thread-safe. @since 0.9
 * @param bit One KST_IMAGE_ANOMALY_… bit.
 * @return A static string; NULL for a bit that means nothing in this version.
 */
KST_API const char *kst_image_anomaly_name(uint64_t bit);

#ifdef __cplusplus
}
#endif
#endif
/** @} */
