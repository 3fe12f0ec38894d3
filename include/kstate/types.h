/* SPDX-License-Identifier: MIT */
/**
 * @file types.h
 * @brief Type information from files: PDB and ISF, and layouts on the heap.
 *
 * Both readers work on bytes in memory; nothing here opens a file. They answer by name through kst_types_ops, so that
 * what they know goes into a layout like the answers of any host. This part of the library allocates.
 *
 * @defgroup types Type files
 * @ingroup topic_types
 * @{
 */
#ifndef KSTATE_TYPES_H
#define KSTATE_TYPES_H

#include <kstate/api.h>
#include <kstate/layout.h>

#ifdef __cplusplus
extern "C" {
#endif

/** Kinds of types that have members. */
enum {
	KST_TYPE_STRUCT = 1, /**< A struct or a class. */
	KST_TYPE_UNION = 2   /**< A union. */
};

/** One type with members. */
struct kst_type {
	uint32_t size;      /**< Set to sizeof by the caller. */
	uint32_t kind;      /**< KST_TYPE_… */
	uint64_t length;    /**< Bytes that one object takes. */
	uint32_t members;   /**< Number of members that the source states. */
	uint32_t reserved0; /**< Zero. */
	char name[128];     /**< As the source spells it; cut when longer. */
};

/** The type records end inside a record or hold one that is not sound: later types are missing. */
#define KST_PDB_ANOMALY_TYPES_CUT 0x1
/** The symbol records end inside a record or hold one that is not sound: later symbols are missing. */
#define KST_PDB_ANOMALY_SYMBOLS_CUT 0x2
/** A stream that the file names has blocks outside the file: what it describes is missing. */
#define KST_PDB_ANOMALY_STREAM_LOST 0x4
/** The sections or the address map are missing or not sound: no symbol has an address. */
#define KST_PDB_ANOMALY_NO_ADDRESSES 0x8

/** What a PDB is. */
struct kst_pdb_info {
	uint32_t size; /**< Set to sizeof by the caller. */
	uint32_t arch; /**< KST_ARCH_…, by the machine number; x86 when an old file has none but 32-bit pointers. */
	uint32_t machine;      /**< IMAGE_FILE_MACHINE_… of the image; 0 when the file does not say. */
	uint32_t pointer_size; /**< 4 or 8; 0 when neither the machine nor the types tell. */
	uint32_t age;          /**< With the GUID it names the build of the image: as in the image's debug directory. */
	uint32_t block_size;   /**< Bytes of one block of the container. */
	uint8_t guid[16];      /**< As stored: the first three parts are little-endian. */
	uint32_t structs;      /**< Complete structs and classes. */
	uint32_t unions;       /**< Complete unions. */
	uint32_t records;      /**< Type records of all kinds. */
	uint32_t symbols;      /**< Public and data symbols. */
	uint32_t omap;      /**< Entries of the map from original to final addresses; 0: the image was not reordered. */
	uint32_t sections;  /**< Sections that addresses of symbols refer to. */
	uint64_t anomalies; /**< KST_PDB_ANOMALY_… */
};

struct kst_pdb;

/**
 * Read a PDB (MSF 7.00): types with members, public and data symbols. Thread-safe. @since 0.9
 *
 * What is damaged is left out and shown in kst_pdb_info.anomalies, as long as the types can be found at all.
 * @param bytes  The whole file; must outlive the result.
 * @param length Bytes at @p bytes.
 * @param out    Set on success; release with kst_pdb_close().
 * @param err    Details on failure; may be NULL.
 * @retval KST_OK            Opened.
 * @retval KST_E_ARG         An argument is NULL.
 * @retval KST_E_UNSUPPORTED Not a PDB, or one of the format before MSF 7.00.
 * @retval KST_E_CORRUPT     The container or the type stream is not sound or cut off.
 * @retval KST_E_NO_MEMORY   An allocation failed.
 */
KST_API kst_status kst_pdb_open(const void *bytes, size_t length, struct kst_pdb **out, struct kst_error *err);

/**
 * Release a PDB. Its callbacks must not be used any more. @since 0.9
 * @param pdb May be NULL.
 */
KST_API void kst_pdb_close(struct kst_pdb *pdb);

/**
 * The callbacks that answer from a PDB; their `user` is the PDB itself. They may be called by several threads. @since 0.9
 *
 * A path through an array goes on in its first element; unnamed members and base classes are transparent. A symbol
 * of a 32-bit image is also found without its leading underscore.
 * @param pdb An open PDB.
 * @return The table, valid until kst_pdb_close(); NULL when @p pdb is NULL.
 */
KST_API const struct kst_types_ops *kst_pdb_types(const struct kst_pdb *pdb);

/**
 * What a PDB is. Thread-safe. @since 0.9
 * @param pdb An open PDB.
 * @param out `size` set by the caller; the rest is written on success only.
 * @retval KST_OK    Written.
 * @retval KST_E_ARG An argument is NULL.
 * @retval KST_E_ABI `out->size` is not a size that this version knows.
 */
KST_API kst_status kst_pdb_info(const struct kst_pdb *pdb, struct kst_pdb_info *out);

/**
 * One of the complete types with members, in the order of their names. Thread-safe. @since 0.9
 * @param pdb   An open PDB.
 * @param index From 0.
 * @param out   `size` set by the caller; the rest is written on success only.
 * @retval KST_OK    Written.
 * @retval KST_END   @p index is beyond the last one.
 * @retval KST_E_ARG An argument is NULL.
 * @retval KST_E_ABI `out->size` is not a size that this version knows.
 */
KST_API kst_status kst_pdb_type(const struct kst_pdb *pdb, uint32_t index, struct kst_type *out);

/**
 * Name of one PDB anomaly. Thread-safe. @since 0.9
 * @param bit One KST_PDB_ANOMALY_… bit.
 * @return A static string; NULL for a bit that means nothing in this version.
 */
KST_API const char *kst_pdb_anomaly_name(uint64_t bit);

/** Members guid, age, machine and pdb_name of kst_isf_info are there. */
#define KST_ISF_HAS_IDENTITY 0x1

/** What an ISF file is. */
struct kst_isf_info {
	uint32_t size;         /**< Set to sizeof by the caller. */
	uint32_t arch;         /**< KST_ARCH_…, by the machine number. */
	uint32_t machine;      /**< IMAGE_FILE_MACHINE_… of the image. */
	uint32_t pointer_size; /**< 4 or 8; 0 when the file does not say. */
	uint32_t age;          /**< Of the PDB that the file was made from. */
	uint32_t structs;      /**< Structs and classes. */
	uint32_t unions;       /**< Unions. */
	uint32_t symbols;      /**< Symbols with an address. */
	uint8_t guid[16];      /**< Of that PDB, as a PDB stores it. */
	uint64_t present;      /**< KST_ISF_HAS_… */
	char pdb_name[64];     /**< Name of that PDB; cut when longer. */
};

struct kst_isf;

/**
 * Read an ISF file (Volatility 3 symbol table, JSON), plain or xz-compressed. Thread-safe. @since 0.9
 * @param bytes  The whole file; not needed after the call.
 * @param length Bytes at @p bytes.
 * @param out    Set on success; release with kst_isf_close().
 * @param err    Details on failure; may be NULL.
 * @retval KST_OK            Opened.
 * @retval KST_E_ARG         An argument is NULL.
 * @retval KST_E_UNSUPPORTED Not an ISF file, or this build of the library cannot read them.
 * @retval KST_E_CORRUPT     The compressed data or the JSON text is not sound or cut off.
 * @retval KST_E_LIMIT       The text is larger than 64 MiB, or needs more memory to unpack than 128 MiB.
 * @retval KST_E_NO_MEMORY   An allocation failed.
 */
KST_API kst_status kst_isf_open(const void *bytes, size_t length, struct kst_isf **out, struct kst_error *err);

/**
 * Release an ISF file. Its callbacks must not be used any more. @since 0.9
 * @param isf May be NULL.
 */
KST_API void kst_isf_close(struct kst_isf *isf);

/**
 * The callbacks that answer from an ISF file, as kst_pdb_types() does; their `user` is the object itself. They may be
 * called by several threads. @since 0.9
 * @param isf An open ISF file.
 * @return The table, valid until kst_isf_close(); NULL when @p isf is NULL.
 */
KST_API const struct kst_types_ops *kst_isf_types(const struct kst_isf *isf);

/**
 * What an ISF file is. Thread-safe. @since 0.9
 * @param isf An open ISF file.
 * @param out `size` set by the caller; the rest is written on success only.
 * @retval KST_OK    Written.
 * @retval KST_E_ARG An argument is NULL.
 * @retval KST_E_ABI `out->size` is not a size that this version knows.
 */
KST_API kst_status kst_isf_info(const struct kst_isf *isf, struct kst_isf_info *out);

/**
 * One of the types with members, in the order of their names. Thread-safe. @since 0.9
 * @param isf   An open ISF file.
 * @param index From 0.
 * @param out   `size` set by the caller; the rest is written on success only.
 * @retval KST_OK    Written.
 * @retval KST_END   @p index is beyond the last one.
 * @retval KST_E_ARG An argument is NULL.
 * @retval KST_E_ABI `out->size` is not a size that this version knows.
 */
KST_API kst_status kst_isf_type(const struct kst_isf *isf, uint32_t index, struct kst_type *out);

/**
 * Make a layout on the heap from a PDB. Thread-safe. @since 0.9
 * @param bytes  The whole file; not needed after the call.
 * @param length Bytes at @p bytes.
 * @param out    Set on success; release with kst_layout_destroy().
 * @param err    Details on failure; may be NULL.
 * @retval KST_OK            Made; kst_layout_info.name holds "pdb" with GUID and age.
 * @retval KST_E_UNSUPPORTED Not a PDB that kst_pdb_open() knows, or one that does not tell its pointer size.
 * @return Otherwise what kst_pdb_open() returned.
 */
KST_API kst_status kst_layout_from_pdb(const void *bytes, size_t length, struct kst_layout **out,
				       struct kst_error *err);

/**
 * Make a layout on the heap from an ISF file. Thread-safe. @since 0.9
 * @param bytes  The whole file; not needed after the call.
 * @param length Bytes at @p bytes.
 * @param out    Set on success; release with kst_layout_destroy().
 * @param err    Details on failure; may be NULL.
 * @retval KST_OK            Made; kst_layout_info.name holds "isf" with GUID and age where the file has them.
 * @retval KST_E_UNSUPPORTED Not an ISF file, or one that does not tell its pointer size.
 * @return Otherwise what kst_isf_open() returned.
 */
KST_API kst_status kst_layout_from_isf(const void *bytes, size_t length, struct kst_layout **out,
				       struct kst_error *err);

/**
 * kst_layout_init() on the heap. Thread-safe. @since 0.9
 * @param ops  The host's callbacks; used during this call only.
 * @param user Passed to the callbacks.
 * @param name What to call it; may be NULL.
 * @param out  Set on success; release with kst_layout_destroy().
 * @param err  Details on failure; may be NULL.
 * @retval KST_OK          Made.
 * @retval KST_E_ARG       @p out is NULL.
 * @retval KST_E_NO_MEMORY The allocation failed.
 * @return Otherwise what kst_layout_init() returned.
 */
KST_API kst_status kst_layout_from_types(const struct kst_types_ops *ops, void *user, const char *name,
					 struct kst_layout **out, struct kst_error *err);

/**
 * kst_layout_init_builtin() on the heap. Thread-safe. @since 0.9
 * @param key What is known of the kernel.
 * @param out Set on success; release with kst_layout_destroy().
 * @param err Details on failure; may be NULL.
 * @retval KST_OK          Made; kst_layout_info.anomalies says how sure it is.
 * @retval KST_E_ARG       @p out is NULL.
 * @retval KST_E_NO_MEMORY The allocation failed.
 * @return Otherwise what kst_layout_init_builtin() returned.
 */
KST_API kst_status kst_layout_from_builtin(const struct kst_layout_key *key, struct kst_layout **out,
					   struct kst_error *err);

/**
 * Release a layout that a kst_layout_from_… call has made. @since 0.9
 * @param layout May be NULL.
 */
KST_API void kst_layout_destroy(struct kst_layout *layout);

#ifdef __cplusplus
}
#endif
#endif
/** @} */
