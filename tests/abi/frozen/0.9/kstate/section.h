/* SPDX-License-Identifier: MIT */
/**
 * @file section.h
 * @brief Control areas: mapped files, images and shared memory, down to the pages that are resident.
 *
 * @defgroup section Control areas
 * @ingroup topic_memory
 * @{
 */
#ifndef KSTATE_SECTION_H
#define KSTATE_SECTION_H

#include <kstate/api.h>
#include <kstate/layout.h>
#include <kstate/target.h>

#ifdef __cplusplus
extern "C" {
#endif

/** What a control area is of. */
enum {
	KST_SECTION_PAGEFILE = 0, /**< Backed by the page file. */
	KST_SECTION_DATA = 1,     /**< A data file. */
	KST_SECTION_IMAGE = 2,    /**< An image. */
	KST_SECTION_PHYSICAL = 3  /**< Physical memory. */
};

/** One decoded CONTROL_AREA. */
struct kst_control_area {
	uint32_t size;                 /**< Set to sizeof by the caller. */
	uint32_t kind;                 /**< KST_SECTION_… */
	uint64_t present;              /**< KST_CONTROL_AREA_HAS_… */
	uint64_t anomalies;            /**< KST_CONTROL_AREA_ANOMALY_… */
	uint64_t address;              /**< Of the control area. */
	uint64_t segment;              /**< Address of its SEGMENT. */
	uint64_t flink;                /**< Dereference list: next. */
	uint64_t blink;                /**< Dereference list: previous. */
	uint64_t file_object;          /**< FILE_OBJECT, reference bits taken off; 0: none. */
	uint64_t first_subsection;     /**< Address behind the control area, where the first subsection stands. */
	uint64_t section_references;   /**< NumberOfSectionReferences. */
	uint64_t pfn_references;       /**< NumberOfPfnReferences. */
	uint64_t mapped_views;         /**< NumberOfMappedViews. */
	uint64_t user_references;      /**< NumberOfUserReferences. */
	uint32_t flags;                /**< _MMSECTION_FLAGS, raw. */
	uint32_t modified_write_count; /**< ModifiedWriteCount. */
	uint32_t writable_references;  /**< WritableUserReferences; not of images. */
	uint32_t traits; /**< KST_CONTROL_AREA_IS_…: `flags` with a meaning that is the same in all builds. */
	uint64_t wait_for_deletion; /**< WaitingForDeletion, an address or 0. */
};

#define KST_CONTROL_AREA_HAS_SEGMENT              0x1   /**< `segment` is valid. */
#define KST_CONTROL_AREA_HAS_LINKS                0x2   /**< `flink` and `blink` are valid. */
#define KST_CONTROL_AREA_HAS_FILE_OBJECT          0x4   /**< `file_object` is valid (0 included). */
#define KST_CONTROL_AREA_HAS_FLAGS                0x8   /**< `flags` and `kind` are valid. */
#define KST_CONTROL_AREA_HAS_SECTION_REFERENCES   0x10  /**< `section_references` is valid. */
#define KST_CONTROL_AREA_HAS_PFN_REFERENCES       0x20  /**< `pfn_references` is valid. */
#define KST_CONTROL_AREA_HAS_MAPPED_VIEWS         0x40  /**< `mapped_views` is valid. */
#define KST_CONTROL_AREA_HAS_USER_REFERENCES      0x80  /**< `user_references` is valid. */
#define KST_CONTROL_AREA_HAS_MODIFIED_WRITE_COUNT 0x100 /**< `modified_write_count` is valid. */
#define KST_CONTROL_AREA_HAS_WRITABLE_REFERENCES  0x200 /**< `writable_references` is valid. */
#define KST_CONTROL_AREA_HAS_FIRST_SUBSECTION     0x400 /**< `first_subsection` is valid. */
#define KST_CONTROL_AREA_HAS_WAIT_FOR_DELETION    0x800 /**< `wait_for_deletion` is valid. */

#define KST_CONTROL_AREA_IS_BEING_DELETED       0x1    /**< BeingDeleted. */
#define KST_CONTROL_AREA_IS_BEING_CREATED       0x2    /**< BeingCreated. */
#define KST_CONTROL_AREA_IS_BEING_PURGED        0x4    /**< BeingPurged. */
#define KST_CONTROL_AREA_IS_NO_MODIFIED_WRITING 0x8    /**< NoModifiedWriting. */
#define KST_CONTROL_AREA_IS_FAIL_ALL_IO         0x10   /**< FailAllIo. */
#define KST_CONTROL_AREA_IS_IMAGE               0x20   /**< Image. */
#define KST_CONTROL_AREA_IS_BASED               0x40   /**< Based. */
#define KST_CONTROL_AREA_IS_FILE                0x80   /**< File. */
#define KST_CONTROL_AREA_IS_PHYSICAL_MEMORY     0x100  /**< PhysicalMemory. */
#define KST_CONTROL_AREA_IS_RESERVE             0x200  /**< Reserve. */
#define KST_CONTROL_AREA_IS_COMMIT              0x400  /**< Commit. */
#define KST_CONTROL_AREA_IS_ACCESSED            0x800  /**< Accessed (up to Windows 7). */
#define KST_CONTROL_AREA_IS_WAS_PURGED          0x1000 /**< WasPurged. */
#define KST_CONTROL_AREA_IS_USER_REFERENCE      0x2000 /**< UserReference. */
#define KST_CONTROL_AREA_IS_GLOBAL_MEMORY       0x4000 /**< GlobalMemory. */
#define KST_CONTROL_AREA_IS_DELETE_ON_CLOSE     0x8000 /**< DeleteOnClose. */

/** The segment is there and names another control area: this is none. */
#define KST_CONTROL_AREA_ANOMALY_SEGMENT 0x1
/** The first subsection is there and names another control area. */
#define KST_CONTROL_AREA_ANOMALY_SUBSECTION 0x2
/** Neither could be read: nothing proves that this is a control area. */
#define KST_CONTROL_AREA_ANOMALY_UNPROVED 0x4
/** The segment pointer is no kernel address. */
#define KST_CONTROL_AREA_ANOMALY_POINTER 0x8

/** One decoded SEGMENT. */
struct kst_segment {
	uint32_t size;            /**< Set to sizeof by the caller. */
	uint32_t flags;           /**< _SEGMENT_FLAGS, raw. */
	uint64_t present;         /**< KST_SEGMENT_HAS_… */
	uint64_t address;         /**< Of the segment. */
	uint64_t control_area;    /**< Back pointer. */
	uint64_t total_ptes;      /**< Prototype entries, upper bits included. */
	uint64_t size_of_segment; /**< Bytes. */
	uint64_t committed_pages; /**< NumberOfCommittedPages. */
	uint64_t based_address;   /**< Base of an image or a based section. */
	uint64_t prototype_ptes;  /**< Address of the first prototype entry. */
	uint32_t protection;      /**< DefaultProtectionMask, see kst_pte_protection_name(). */
	uint32_t reserved0;       /**< 0. */
};

#define KST_SEGMENT_HAS_CONTROL_AREA    0x1  /**< `control_area` is valid. */
#define KST_SEGMENT_HAS_TOTAL_PTES      0x2  /**< `total_ptes` is valid. */
#define KST_SEGMENT_HAS_SIZE            0x4  /**< `size_of_segment` is valid. */
#define KST_SEGMENT_HAS_COMMITTED_PAGES 0x8  /**< `committed_pages` is valid. */
#define KST_SEGMENT_HAS_BASED_ADDRESS   0x10 /**< `based_address` is valid. */
#define KST_SEGMENT_HAS_PROTOTYPE_PTES  0x20 /**< `prototype_ptes` is valid. */
#define KST_SEGMENT_HAS_FLAGS           0x40 /**< `flags` is valid. */
#define KST_SEGMENT_HAS_PROTECTION      0x80 /**< `protection` is valid. */

/** One decoded SUBSECTION or MSUBSECTION. */
struct kst_subsection {
	uint32_t size;            /**< Set to sizeof by the caller. */
	uint32_t flags;           /**< _MMSUBSECTION_FLAGS, raw. */
	uint64_t present;         /**< KST_SUBSECTION_HAS_… */
	uint64_t anomalies;       /**< KST_SUBSECTION_ANOMALY_… */
	uint64_t address;         /**< Of the subsection. */
	uint64_t control_area;    /**< Back pointer. */
	uint64_t base;            /**< SubsectionBase: address of the first prototype entry; 0 while there are none. */
	uint64_t next;            /**< NextSubsection; 0 at the end. */
	uint64_t starting_sector; /**< With its upper bits: sectors of 512 bytes (images) or pages (data files). */
	uint64_t mapped_views;    /**< MSUBSECTION: NumberOfMappedViews. */
	uint32_t ptes;            /**< PtesInSubsection. */
	uint32_t unused_ptes;     /**< UnusedPtes. */
	uint32_t full_sectors;    /**< NumberOfFullSectors. */
	uint32_t protection;      /**< See kst_pte_protection_name(). */
	uint32_t sector_end_offset; /**< Bytes of the last page that are used. */
	uint32_t pfn_references;    /**< MSUBSECTION: NumberOfPfnReferences. */
	uint64_t flink;             /**< MSUBSECTION: DereferenceList, next. */
	uint64_t blink;             /**< MSUBSECTION: DereferenceList, previous. */
};

#define KST_SUBSECTION_HAS_CONTROL_AREA    0x1   /**< `control_area` is valid. */
#define KST_SUBSECTION_HAS_BASE            0x2   /**< `base` is valid. */
#define KST_SUBSECTION_HAS_NEXT            0x4   /**< `next` is valid. */
#define KST_SUBSECTION_HAS_STARTING_SECTOR 0x8   /**< `starting_sector` is valid. */
#define KST_SUBSECTION_HAS_PTES            0x10  /**< `ptes` is valid. */
#define KST_SUBSECTION_HAS_UNUSED_PTES     0x20  /**< `unused_ptes` is valid. */
#define KST_SUBSECTION_HAS_FULL_SECTORS    0x40  /**< `full_sectors` is valid. */
#define KST_SUBSECTION_HAS_FLAGS           0x80  /**< `flags`, `protection`, `sector_end_offset` are valid. */
#define KST_SUBSECTION_HAS_MAPPED_VIEWS    0x100 /**< `mapped_views` is valid: it is an MSUBSECTION. */
#define KST_SUBSECTION_HAS_PFN_REFERENCES  0x200 /**< `pfn_references` is valid: it is an MSUBSECTION. */
#define KST_SUBSECTION_HAS_LINKS           0x400 /**< `flink` and `blink` are valid: it is an MSUBSECTION. */

/** SubsectionBase is no aligned kernel address. */
#define KST_SUBSECTION_ANOMALY_BASE 0x1
/** PtesInSubsection is more than any section can have. */
#define KST_SUBSECTION_ANOMALY_PTES 0x2

/** The subsection belongs to a data file: it is an MSUBSECTION. */
#define KST_SUBSECTION_MAPPED 0x1

/** One page of a section that is in memory. */
struct kst_section_page {
	uint32_t size;          /**< Set to sizeof by the caller. */
	uint32_t state;         /**< KST_PTE_VALID or KST_PTE_TRANSITION, of its prototype entry. */
	uint64_t present;       /**< KST_SECTION_PAGE_HAS_… */
	uint64_t index;         /**< Entry of the subsection. */
	uint64_t entry_address; /**< Of the prototype entry. */
	uint64_t entry;         /**< The prototype entry. */
	uint64_t physical;      /**< Physical address of the page. */
	uint64_t file_offset;   /**< Where in the file the page belongs. */
};

/** `file_offset` is valid: the subsection's starting sector is known. */
#define KST_SECTION_PAGE_HAS_FILE_OFFSET 0x1

/** What a pass over the page frames found of one control area (a row of !memusage), in pages. */
struct kst_section_usage {
	uint32_t size;         /**< Set by the library: records lie in an array. */
	uint32_t reserved0;    /**< 0. */
	uint64_t control_area; /**< Its address; 0: pages of sections that the page file backs. */
	uint64_t valid;        /**< Active pages. */
	uint64_t standby;      /**< Standby pages. */
	uint64_t dirty;        /**< Modified pages. */
	uint64_t shared;       /**< Active pages that more than one entry maps. */
	uint64_t locked;       /**< Pages with more than one reference. */
};

/**
 * Decode a CONTROL_AREA. Reads nothing from the target, allocates nothing; thread-safe.
 * @param layout  Where the members are.
 * @param bytes   The control area; may be NULL if @p len is 0.
 * @param len     Bytes available.
 * @param address Where it came from.
 * @param out     `size` set by the caller; the rest is written on success only.
 * @param err     Details on failure; may be NULL.
 * @retval KST_OK          `out->present` says what is valid.
 * @retval KST_E_NO_MEMBER The layout has no _CONTROL_AREA.
 * @retval KST_E_ARG       An argument is NULL.
 * @retval KST_E_ABI       `out->size` is not a size that this version knows.
 * @since 0.9
 */
KST_API kst_status kst_decode_control_area(const struct kst_layout *layout, const void *bytes, size_t len,
					   uint64_t address, struct kst_control_area *out, struct kst_error *err);

/**
 * Decode a SEGMENT; as kst_decode_control_area().
 * @param layout  Where the members are.
 * @param bytes   The segment; may be NULL if @p len is 0.
 * @param len     Bytes available.
 * @param address Where it came from.
 * @param out     `size` set by the caller; the rest is written on success only.
 * @param err     Details on failure; may be NULL.
 * @retval KST_OK          `out->present` says what is valid.
 * @retval KST_E_NO_MEMBER The layout has no _SEGMENT.
 * @retval KST_E_ARG       An argument is NULL.
 * @retval KST_E_ABI       `out->size` is not a size that this version knows.
 * @since 0.9
 */
KST_API kst_status kst_decode_segment(const struct kst_layout *layout, const void *bytes, size_t len, uint64_t address,
				      struct kst_segment *out, struct kst_error *err);

/**
 * Decode a SUBSECTION or MSUBSECTION; as kst_decode_control_area().
 * @param layout  Where the members are.
 * @param flags   KST_SUBSECTION_MAPPED or 0.
 * @param bytes   The subsection; may be NULL if @p len is 0.
 * @param len     Bytes available.
 * @param address Where it came from.
 * @param out     `size` set by the caller; the rest is written on success only.
 * @param err     Details on failure; may be NULL.
 * @retval KST_OK          `out->present` says what is valid.
 * @retval KST_E_NO_MEMBER The layout has no _SUBSECTION.
 * @retval KST_E_ARG       An argument is NULL, or an unknown flag.
 * @retval KST_E_ABI       `out->size` is not a size that this version knows.
 * @since 0.9
 */
KST_API kst_status kst_decode_subsection(const struct kst_layout *layout, uint32_t flags, const void *bytes, size_t len,
					 uint64_t address, struct kst_subsection *out, struct kst_error *err);

/**
 * Read a control area with its segment, and check that they name each other. Thread-safe as the reader is.
 * @param target  The target.
 * @param address Of the control area.
 * @param out     `size` set by the caller; the rest is written on success only.
 * @param segment The same; may be NULL. Its `present` is 0 where it is not in memory.
 * @param err     Details on failure; may be NULL.
 * @retval KST_OK          Read; `out->anomalies` says what contradicts that this is a control area.
 * @retval KST_E_FAULT     Nothing of it is there.
 * @retval KST_E_NO_MEMBER The layout has no _CONTROL_AREA.
 * @retval KST_E_ARG       An argument is NULL.
 * @retval KST_E_ABI       A struct's `size` is not one that this version knows.
 * @retval KST_E_HOST      The reader failed.
 * @since 0.9
 */
KST_API kst_status kst_control_area_read(const struct kst_target *target, uint64_t address,
					 struct kst_control_area *out, struct kst_segment *segment,
					 struct kst_error *err);

/**
 * Name of the file of a control area, as its FILE_OBJECT has it. Thread-safe as the reader is.
 * @param target The target.
 * @param area   From kst_control_area_read().
 * @param text   Receives the name as UTF-8 with a NUL, cut at a character.
 * @param cap    Bytes at @p text, at least 1.
 * @param err    Details on failure; may be NULL.
 * @retval KST_OK          The name.
 * @retval KST_END         There is no file.
 * @retval KST_E_FAULT     The name is not in the memory at hand.
 * @retval KST_E_NO_MEMBER The layout has no _FILE_OBJECT.FileName.
 * @retval KST_E_ARG       An argument is wrong.
 * @retval KST_E_ABI       `area->size` is not a size that this version knows.
 * @retval KST_E_HOST      The reader failed.
 * @since 0.9
 */
KST_API kst_status kst_control_area_file(const struct kst_target *target, const struct kst_control_area *area,
					 char *text, size_t cap, struct kst_error *err);

/**
 * Begin a walk over the subsections of a control area.
 * @param cursor State of the walk; owned by the caller.
 * @param target The target.
 * @param area   From kst_control_area_read().
 * @param err    Details on failure; may be NULL.
 * @retval KST_OK          Begun.
 * @retval KST_E_NO_MEMBER The layout has no _SUBSECTION.
 * @retval KST_E_ARG       An argument is NULL.
 * @retval KST_E_ABI       `area->size` is not a size that this version knows.
 * @since 0.9
 */
KST_API kst_status kst_subsections_begin(struct kst_cursor *cursor, const struct kst_target *target,
					 const struct kst_control_area *area, struct kst_error *err);

/**
 * The next subsection. Thread-safe as the reader is.
 * @param cursor From kst_subsections_begin().
 * @param out    `size` set by the caller; the rest is written with KST_OK.
 * @param err    Details on failure; may be NULL.
 * @retval KST_OK        One subsection.
 * @retval KST_END       No more.
 * @retval KST_E_FAULT   The next one is not in the memory at hand.
 * @retval KST_E_CORRUPT The list runs in a loop, or leaves the control area.
 * @retval KST_E_LIMIT   The step budget is used up.
 * @retval KST_E_ARG     Not a cursor of this walk, or an argument is NULL.
 * @retval KST_E_ABI     `out->size` is not a size that this version knows.
 * @retval KST_E_HOST    The reader failed.
 * @since 0.9
 */
KST_API kst_status kst_subsections_next(struct kst_cursor *cursor, struct kst_subsection *out, struct kst_error *err);

/**
 * Begin a walk over the resident pages of a subsection.
 * @param cursor     State of the walk; owned by the caller.
 * @param target     The target; its paging mode must be known.
 * @param kind       KST_SECTION_… of the control area: what file offsets count in.
 * @param subsection From kst_subsections_next().
 * @param err        Details on failure; may be NULL.
 * @retval KST_OK    Begun.
 * @retval KST_E_ARG An argument is wrong, or the paging mode is not known.
 * @retval KST_E_ABI `subsection->size` is not a size that this version knows.
 * @since 0.9
 */
KST_API kst_status kst_section_pages_begin(struct kst_cursor *cursor, const struct kst_target *target, uint32_t kind,
					   const struct kst_subsection *subsection, struct kst_error *err);

/**
 * The next page that is in memory. Entries that cannot be read are stepped over (KST_WALK_ANOMALY_SKIPPED). A frame in
 * transition is checked against its _MMPFN where that can be read, as by kst_translate().
 * @param cursor From kst_section_pages_begin().
 * @param out    `size` set by the caller; the rest is written with KST_OK.
 * @param err    Details on failure; may be NULL.
 * @retval KST_OK      One page.
 * @retval KST_END     No more.
 * @retval KST_E_LIMIT The step budget is used up.
 * @retval KST_E_ARG   Not a cursor of this walk, or an argument is NULL.
 * @retval KST_E_ABI   `out->size` is not a size that this version knows.
 * @retval KST_E_HOST  The reader failed.
 * @since 0.9
 */
KST_API kst_status kst_section_pages_next(struct kst_cursor *cursor, struct kst_section_page *out,
					  struct kst_error *err);

/**
 * Find control areas through the page frames (as !memusage does) and sum up their pages. Only areas with resident pages
 * are found. The records are used as a hash table while it runs and lie in no order; unused ones have size 0.
 * @param target  The target.
 * @param records Array of struct kst_section_usage, zeroed by the library.
 * @param stride  Bytes from one record to the next: sizeof the struct, or a larger multiple of 8.
 * @param count   Records that fit; the more are free, the faster.
 * @param done    Records used.
 * @param err     Details on failure; may be NULL.
 * @retval KST_OK          Every page frame was looked at.
 * @retval KST_E_LIMIT     @p count is too small, or the step budget is used up: the records hold what was found.
 * @retval KST_E_FAULT     The address of the database cannot be read.
 * @retval KST_E_NO_MEMBER The layout lacks what is needed.
 * @retval KST_E_ARG       An argument is NULL or 0, or @p stride is smaller than a record or no multiple of 8.
 * @retval KST_E_HOST      The reader failed.
 * @since 0.9
 */
KST_API kst_status kst_section_usages(const struct kst_target *target, void *records, size_t stride, size_t count,
				      size_t *done, struct kst_error *err);

/**
 * WinDbg's word for a trait of a control area, such as "Accessed". Thread-safe. @since 0.9
 * @param trait One KST_CONTROL_AREA_IS_… bit.
 * @return A static string; "unknown" otherwise.
 */
KST_API const char *kst_control_area_trait_text(uint32_t trait);

/**
 * Name of a kind of section: "pagefile", "data", "image", "physical". Thread-safe. @since 0.9
 * @param kind One of KST_SECTION_….
 * @return A static string; "unknown" otherwise.
 */
KST_API const char *kst_section_kind_name(uint32_t kind);

/**
 * Name of one anomaly of a control area. Thread-safe. @since 0.9
 * @param bit One KST_CONTROL_AREA_ANOMALY_… bit.
 * @return A static string; NULL for a bit that means nothing in this version.
 */
KST_API const char *kst_control_area_anomaly_name(uint64_t bit);

/**
 * Name of one anomaly of a subsection. Thread-safe. @since 0.9
 * @param bit One KST_SUBSECTION_ANOMALY_… bit.
 * @return A static string; NULL for a bit that means nothing in this version.
 */
KST_API const char *kst_subsection_anomaly_name(uint64_t bit);

#ifdef __cplusplus
}
#endif
#endif
/** @} */
