/* SPDX-License-Identifier: MIT */
/**
 * @file layout.h
 * @brief Where the members of the kernel's types are.
 *
 * A layout holds the offsets of all members that the library wants, resolved once and then read in constant time. It is
 * immutable once made and may be shared by threads. Presence of a member decides behaviour, never a build number.
 *
 * @defgroup layout Layouts
 * @ingroup topic_types
 * @{
 */
#ifndef KSTATE_LAYOUT_H
#define KSTATE_LAYOUT_H

#include <kstate/api.h>

#ifdef __cplusplus
extern "C" {
#endif

/** Processor architectures. */
enum {
	KST_ARCH_UNKNOWN = 0, /**< Not known. */
	KST_ARCH_X86 = 1,     /**< 32-bit x86, PAE or not. */
	KST_ARCH_X64 = 2,     /**< x86-64. */
	KST_ARCH_ARM64 = 3    /**< AArch64. */
};

/** Place of one member, or the size of a type. */
struct kst_member {
	uint32_t size;    /**< Set to sizeof by whoever makes the struct. */
	uint32_t offset;  /**< Bytes from the start of the type; 0 for the type itself. */
	uint32_t length;  /**< Bytes; of a bit-field the bytes of its storage unit. */
	uint32_t bit_pos; /**< Lowest bit of a bit-field. */
	uint32_t bit_len; /**< Bits of a bit-field; 0 for a plain member. */
};

/** A source of type information: the host's own symbol engine, by name. */
struct kst_types_ops {
	uint32_t size;         /**< Set to sizeof by the host. */
	uint32_t pointer_size; /**< 4 or 8. */
	/** Size of a type in bytes; KST_E_NO_MEMBER when unknown. Required. */
	kst_status (*type_size)(void *user, const char *type, uint64_t *size_out);
	/**
	 * Place of a member, asked for by path ("u3.e1.PageLocation" of "_MMPFN"); unnamed structs on the way are
	 * transparent. KST_E_NO_MEMBER when unknown. `out->size` is set by the caller. Required.
	 */
	kst_status (*member)(void *user, const char *type, const char *path, struct kst_member *out);
	/** Offset of a symbol from the kernel's base; KST_E_NO_MEMBER when unknown. Optional. */
	kst_status (*symbol)(void *user, const char *name, uint64_t *rva_out);
};

/**
 * What picks a built-in layout. Zero means unknown.
 *
 * The kernel's time stamp and image size come first: where they are known (kst_kernel_identify()) they give build and
 * revision. Otherwise `build` and `revision` pick the table whose revisions include it. A revision between two that
 * were seen with different layouts, or beyond all that were seen, gets the earlier table (the later one if only its
 * sizes are those given here) and KST_LAYOUT_ANOMALY_REVISION_GUESSED; so does every revision of a build of which only
 * the release was seen. Without a revision the sizes decide, and of several tables that fit them the newest is taken,
 * with that anomaly unless all three sizes are given and only one table has them. For builds 2600 and 3790 a revision
 * is that of the kernel file and tells the service pack: 5.1.2600.2180 is service pack 2, .5512 service pack 3;
 * 5.2.3790.1830 service pack 1, .3959 service pack 2; each table serves until the next service pack, and the PAE table
 * of 2600 serves both.
 */
struct kst_layout_key {
	uint32_t size;            /**< Set to sizeof by the caller. */
	uint32_t arch;            /**< KST_ARCH_…; needed. */
	uint32_t build;           /**< NT build number, such as 19041; 19042 to 19045 are known as that kernel, too. */
	uint32_t revision;        /**< Update revision, when known. */
	uint32_t time_date_stamp; /**< PE header of the kernel image. */
	uint32_t size_of_image;   /**< PE header of the kernel image. */
	uint32_t pae;             /**< x86 only: 1 PAE kernel, 2 non-PAE kernel. */
	uint32_t prcb_size;       /**< SizePrcb of the debugger data block: tells revisions apart. */
	uint32_t eprocess_size;   /**< SizeEProcess of the debugger data block. */
	uint32_t ethread_size;    /**< SizeEThread of the debugger data block. */
};

/**
 * The revision was not known, or not one that was seen (or the image is the 5-level-paging kernel, and the table is of
 * its twin); of several candidates the best fitting one was taken.
 */
#define KST_LAYOUT_ANOMALY_REVISION_GUESSED 0x1
/** No table for this build: only members that are known for every kernel of its identity are there. */
#define KST_LAYOUT_ANOMALY_PARTIAL 0x2
/** A value of the debugger data block contradicts the table; the block's value was taken. */
#define KST_LAYOUT_ANOMALY_BLOCK_DIFFERS 0x4
/** No table for this width of PTE (PAE or not): members whose place depends on it were left out. */
#define KST_LAYOUT_ANOMALY_PAE_REDUCED 0x8

/** What a layout is. */
struct kst_layout_info {
	uint32_t size;         /**< Set to sizeof by the caller. */
	uint32_t arch;         /**< KST_ARCH_…, or unknown when its source did not say. */
	uint32_t pointer_size; /**< 4 or 8. */
	uint32_t build;        /**< Of the built-in table, or 0. */
	uint32_t revision;     /**< First revision that the built-in table describes, or 0. */
	uint32_t wanted;       /**< Members that the library wants. */
	uint32_t present;      /**< How many of them are there. */
	uint32_t symbols;      /**< How many wanted symbols have an address. */
	uint64_t anomalies;    /**< KST_LAYOUT_ANOMALY_… */
	char name[64];         /**< Such as "10.0.19041.3570 x64", "pdb", "host". */
};

struct kst_layout;

/** @return Bytes that a `struct kst_layout` needs (aligned to 8). Thread-safe. @since 0.9 */
KST_API size_t kst_layout_size(void);

/**
 * Make a layout from the host's answers. Asks for every wanted member once. Thread-safe. @since 0.9
 * @param mem   Memory for the layout, aligned to 8; owned by the caller, needs no cleanup.
 * @param size  Bytes at @p mem, at least kst_layout_size().
 * @param ops   The host's callbacks; used during this call only.
 * @param user  Passed to the callbacks.
 * @param name  What to call it, at most 63 bytes are kept; may be NULL.
 * @param err   Details on failure; may be NULL.
 * @retval KST_OK    Made; absent members are simply absent.
 * @retval KST_E_ARG @p mem is NULL or misaligned, or a required callback is missing.
 * @retval KST_E_ABI `ops->size` is not a size that this version knows.
 * @retval KST_E_LIMIT @p size is too small.
 * @retval KST_E_HOST A callback failed with anything but KST_E_NO_MEMBER.
 */
KST_API kst_status kst_layout_init(struct kst_layout *mem, size_t size, const struct kst_types_ops *ops, void *user,
				   const char *name, struct kst_error *err);

/**
 * Make a layout from the built-in tables. Thread-safe. @since 0.9
 * @param mem  As for kst_layout_init().
 * @param size As for kst_layout_init().
 * @param key  What is known of the kernel.
 * @param err  Details on failure; may be NULL.
 * @retval KST_OK          Made; kst_layout_info.anomalies says how sure it is.
 * @retval KST_E_UNSUPPORTED No table describes this kernel, not even in part.
 * @retval KST_E_ARG       An argument is wrong.
 * @retval KST_E_ABI       `key->size` is not a size that this version knows.
 * @retval KST_E_LIMIT     @p size is too small.
 */
KST_API kst_status kst_layout_init_builtin(struct kst_layout *mem, size_t size, const struct kst_layout_key *key,
					   struct kst_error *err);

struct kst_debugger_data;

/**
 * Bring in what a debugger data block says of the kernel's structs: a few offsets and sizes, of the kernel that ran.
 * They fill gaps and win over a table's. A target does so with its own copy of the layout (kst_target_create()); this is
 * for decoding without one. Thread-safe as far as @p layout is not shared yet. @since 0.9
 * @param layout A layout that any kst_layout_init…() call has made.
 * @param block  A decoded block (system.h); what it does not tell is left as it is.
 * @param err    Details on failure; may be NULL.
 * @retval KST_OK    Done; KST_LAYOUT_ANOMALY_BLOCK_DIFFERS tells that a value was replaced.
 * @retval KST_E_ARG An argument is NULL.
 * @retval KST_E_ABI `block->size` is not a size that this version knows.
 */
KST_API kst_status kst_layout_refine(struct kst_layout *layout, const struct kst_debugger_data *block,
				     struct kst_error *err);

/**
 * Make an empty layout of a pointer size: every member is absent. Thread-safe. @since 0.9
 * @param mem          As for kst_layout_init().
 * @param size         As for kst_layout_init().
 * @param pointer_size 4 or 8.
 * @param err          Details on failure; may be NULL.
 * @retval KST_OK      Made.
 * @retval KST_E_ARG   An argument is wrong.
 * @retval KST_E_LIMIT @p size is too small.
 */
KST_API kst_status kst_layout_init_empty(struct kst_layout *mem, size_t size, uint32_t pointer_size,
					 struct kst_error *err);

/**
 * What a layout is. Thread-safe. @since 0.9
 * @param layout The layout.
 * @param out    `size` set by the caller; the rest is written on success only.
 * @retval KST_OK    Written.
 * @retval KST_E_ARG An argument is NULL.
 * @retval KST_E_ABI `out->size` is not a size that this version knows.
 */
KST_API kst_status kst_layout_info(const struct kst_layout *layout, struct kst_layout_info *out);

/**
 * Place of one wanted member. Thread-safe. @since 0.9
 * @param layout The layout.
 * @param type   Type as Microsoft's symbols spell it, such as "_EPROCESS".
 * @param path   Member path, or "" for the type's size in `out->length`.
 * @param out    `size` set by the caller; the rest is written on success only.
 * @retval KST_OK          Written.
 * @retval KST_E_NO_MEMBER The member is absent here, or not one that the library wants.
 * @retval KST_E_ARG       An argument is NULL.
 * @retval KST_E_ABI       `out->size` is not a size that this version knows.
 */
KST_API kst_status kst_layout_member(const struct kst_layout *layout, const char *type, const char *path,
				     struct kst_member *out);

/**
 * Offset of one wanted symbol from the kernel's base. Thread-safe. @since 0.9
 * @param layout  The layout.
 * @param name    Such as "PsActiveProcessHead".
 * @param rva_out Written on success.
 * @retval KST_OK          Written.
 * @retval KST_E_NO_MEMBER The symbol is absent here, or not one that the library wants.
 * @retval KST_E_ARG       An argument is NULL.
 */
KST_API kst_status kst_layout_symbol(const struct kst_layout *layout, const char *name, uint64_t *rva_out);

/**
 * Names of the wanted members, to list what a layout has and lacks. Thread-safe. @since 0.9
 * @param index    From 0.
 * @param type_out Set to a static string; alternatives are separated by '|'.
 * @param path_out Set to a static string; alternatives are separated by '|', "" means the type's size.
 * @retval KST_OK    Written.
 * @retval KST_END   @p index is beyond the last one.
 * @retval KST_E_ARG An argument is NULL.
 */
KST_API kst_status kst_layout_wanted(uint32_t index, const char **type_out, const char **path_out);

/**
 * Names of the wanted symbols. Thread-safe. @since 0.9
 * @param index    From 0.
 * @param name_out Set to a static string; alternatives are separated by '|'.
 * @retval KST_OK    Written.
 * @retval KST_END   @p index is beyond the last one.
 * @retval KST_E_ARG @p name_out is NULL.
 */
KST_API kst_status kst_layout_wanted_symbol(uint32_t index, const char **name_out);

/** The exact version of a kernel image. */
struct kst_kernel_version {
	uint32_t size;      /**< Set to sizeof by the caller. */
	uint32_t arch;      /**< KST_ARCH_… */
	uint32_t major;     /**< Such as 10. */
	uint32_t minor;     /**< Such as 0. */
	uint32_t build;     /**< Such as 19041. */
	uint32_t revision;  /**< Such as 804. */
	uint32_t la57;      /**< 1: the image is the 5-level-paging kernel (ntkrla57.exe). */
	uint32_t ambiguous; /**< 1: more than one version has this pair; the first was given. */
};

/**
 * The exact version of a kernel by two values of its PE header (of builds 9926 and later). Thread-safe. @since 0.9
 * @param time_date_stamp TimeDateStamp of the kernel image.
 * @param size_of_image   SizeOfImage of the kernel image.
 * @param out             `size` set by the caller; the rest is written on success only.
 * @retval KST_OK          Written.
 * @retval KST_E_NO_MEMBER Not a kernel that is known.
 * @retval KST_E_ARG       @p out is NULL.
 * @retval KST_E_ABI       `out->size` is not a size that this version knows.
 */
KST_API kst_status kst_kernel_identify(uint32_t time_date_stamp, uint32_t size_of_image,
				       struct kst_kernel_version *out);

/**
 * Name of one layout anomaly. Thread-safe. @since 0.9
 * @param bit One KST_LAYOUT_ANOMALY_… bit.
 * @return A static string; NULL for a bit that means nothing in this version.
 */
KST_API const char *kst_layout_anomaly_name(uint64_t bit);

#ifdef __cplusplus
}
#endif
#endif
/** @} */
