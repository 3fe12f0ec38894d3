/* SPDX-License-Identifier: MIT */
/**
 * @file object.h
 * @brief Kernel objects: headers, types, lists of all objects of a type, handles, the object directory.
 *
 * @defgroup object Objects
 * @ingroup topic_objects
 * @{
 */
#ifndef KSTATE_OBJECT_H
#define KSTATE_OBJECT_H

#include <kstate/api.h>
#include <kstate/layout.h>
#include <kstate/target.h>

#ifdef __cplusplus
extern "C" {
#endif

/**
 * One object: its `_OBJECT_HEADER` and the optional headers below it. Two generations: up to Vista three offset bytes
 * and a flag tell which optional headers there are and a pointer gives the type; since Windows 7 one mask and one index
 * into a table do (public symbols of both).
 */
struct kst_object {
	uint32_t size;         /**< Set to sizeof by the caller. */
	uint32_t flags;        /**< Flags byte, as stored. */
	uint64_t present;      /**< KST_OBJECT_HAS_… */
	uint64_t anomalies;    /**< KST_OBJECT_ANOMALY_… */
	uint64_t header;       /**< Address of the `_OBJECT_HEADER`. */
	uint64_t body;         /**< Address of the object itself: header + offset of Body. */
	uint64_t type;         /**< Address of the `_OBJECT_TYPE`; a decoder gives it only where the header holds it. */
	int64_t pointer_count; /**< References; large since Windows 8 while handles are open (each charges many ahead). */
	int64_t handle_count;       /**< Open handles. */
	uint32_t stored_type_index; /**< TypeIndex as stored (Windows 7 and later). */
	uint32_t type_index;        /**< Index into the type table; since Windows 10 decoded with the header cookie. */
	uint32_t info_mask;         /**< InfoMask (Windows 7 and later). */
	uint32_t infos;             /**< KST_OBJECT_INFO_…: the optional headers there are, of either generation. */
	uint64_t create_info;       /**< ObjectCreateInfo while flag 0x1 is set, else the quota block charged. */
	uint64_t security_descriptor; /**< Address, count bits removed. */
	uint32_t security_references; /**< Count bits of the fast reference. */
	uint32_t creator_backtrace;   /**< CreatorBackTraceIndex. */
	uint64_t info_address[8];     /**< Where optional header number n (bit n of `infos`) is; 0: none. */
	uint64_t creator_pid;         /**< Process that created it. */
	uint64_t type_list_flink;     /**< Links of the list of all objects of the type (creator header). */
	uint64_t type_list_blink;     /**< @copydoc type_list_flink */
	uint64_t directory;           /**< Body of the directory that holds it (name header); 0: none. */
	uint64_t name_buffer;         /**< Address of the name's UTF-16 text. */
	uint32_t name_length;         /**< Bytes of the name, as stored. */
	uint32_t name_maximum;        /**< Bytes at `name_buffer`, as stored. */
	uint32_t name_references;     /**< Reference count of the name header. */
	uint32_t paged_charge;        /**< Bytes of paged pool charged (quota header). */
	uint32_t nonpaged_charge;     /**< Bytes of nonpaged pool charged (quota header). */
	uint32_t padding;             /**< PaddingAmount, clamped to a page. */
	uint64_t handle_info; /**< The one process with handles (flag 0x40), else the database of handle counts. */
	uint64_t handle_info_count; /**< Handles of that process; only with flag 0x40. */
	/** Process that has it to itself (quota header up to Vista, process header later). */
	uint64_t exclusive_process;
	uint64_t audit_descriptor; /**< Security descriptor for audits (audit header). */
	uint64_t footer;    /**< `_OBJECT_FOOTER` (extended header, 14393 and later), or the revocation block before. */
	char type_name[64]; /**< Name of the type, UTF-8; walks only. */
	char name[256];     /**< Name in the name header, UTF-8; walks only. Longer: kst_object_name(). */
};

#define KST_OBJECT_HAS_POINTER_COUNT     0x1       /**< `pointer_count` is valid. */
#define KST_OBJECT_HAS_HANDLE_COUNT      0x2       /**< `handle_count` is valid. */
#define KST_OBJECT_HAS_FLAGS             0x4       /**< `flags` is valid. */
#define KST_OBJECT_HAS_TYPE              0x8       /**< `type` is valid. */
#define KST_OBJECT_HAS_STORED_INDEX      0x10      /**< `stored_type_index` is valid. */
#define KST_OBJECT_HAS_TYPE_INDEX        0x20      /**< `type_index` is valid. */
#define KST_OBJECT_HAS_INFO_MASK         0x40      /**< `info_mask` is valid. */
#define KST_OBJECT_HAS_INFOS             0x80      /**< `infos` and `info_address` are valid. */
#define KST_OBJECT_HAS_CREATE_INFO       0x100     /**< `create_info` is valid. */
#define KST_OBJECT_HAS_SECURITY          0x200     /**< `security_descriptor` and `security_references` are valid. */
#define KST_OBJECT_HAS_CREATOR_PID       0x400     /**< `creator_pid` is valid. */
#define KST_OBJECT_HAS_TYPE_LIST         0x800     /**< `type_list_flink` and `type_list_blink` are valid. */
#define KST_OBJECT_HAS_BACKTRACE         0x1000    /**< `creator_backtrace` is valid. */
#define KST_OBJECT_HAS_DIRECTORY         0x2000    /**< `directory` is valid. */
#define KST_OBJECT_HAS_NAME_STRING       0x4000    /**< `name_buffer`, `name_length` and `name_maximum` are valid. */
#define KST_OBJECT_HAS_NAME_REFERENCES   0x8000    /**< `name_references` is valid. */
#define KST_OBJECT_HAS_QUOTA             0x10000   /**< `paged_charge` and `nonpaged_charge` are valid. */
#define KST_OBJECT_HAS_HANDLE_INFO       0x20000   /**< `handle_info` is valid. */
#define KST_OBJECT_HAS_HANDLE_INFO_COUNT 0x40000   /**< `handle_info_count` is valid. */
#define KST_OBJECT_HAS_EXCLUSIVE         0x80000   /**< `exclusive_process` is valid. */
#define KST_OBJECT_HAS_PADDING           0x100000  /**< `padding` is valid. */
#define KST_OBJECT_HAS_AUDIT             0x200000  /**< `audit_descriptor` is valid. */
#define KST_OBJECT_HAS_FOOTER            0x400000  /**< `footer` is valid. */
#define KST_OBJECT_HAS_TYPE_NAME         0x800000  /**< `type_name` is valid. */
#define KST_OBJECT_HAS_NAME              0x1000000 /**< `name` is valid: the object has a name and it could be read. */

/** The header is not aligned to two pointers. */
#define KST_OBJECT_ANOMALY_UNALIGNED 0x1
/** InfoMask has a bit whose header is not known here. */
#define KST_OBJECT_ANOMALY_INFO_UNKNOWN 0x2
/** An offset byte (up to Vista) points into the header's neighbour or is not a multiple of four. */
#define KST_OBJECT_ANOMALY_INFO_OFFSET 0x4
/** PaddingAmount exceeds a page and was cut. */
#define KST_OBJECT_ANOMALY_PADDING 0x8
/** The name's length is odd, or exceeds its buffer. */
#define KST_OBJECT_ANOMALY_NAME_LENGTH 0x10
/** The name does not fit `name`, or is not sound UTF-16. */
#define KST_OBJECT_ANOMALY_NAME_CUT 0x20
/** A count is negative, or there are more handles than references. */
#define KST_OBJECT_ANOMALY_COUNTS 0x40
/** The type index needs the header cookie, or it is not known whether it does, and the cookie is not known. */
#define KST_OBJECT_ANOMALY_COOKIE_UNKNOWN 0x80
/** The type index is beyond the type table, or its slot is empty. */
#define KST_OBJECT_ANOMALY_TYPE_INDEX 0x100
/** What should be the type is no object of type Type. */
#define KST_OBJECT_ANOMALY_NOT_A_TYPE 0x200
/** The neighbours in the list of the type do not point back. */
#define KST_OBJECT_ANOMALY_BACK_LINK 0x400
/** In the list of a type, but of another type. */
#define KST_OBJECT_ANOMALY_OTHER_TYPE 0x800
/** In the list of a type, but its header says it has no creator header. */
#define KST_OBJECT_ANOMALY_NO_CREATOR 0x1000

#define KST_OBJECT_INFO_CREATOR 0x1  /**< `_OBJECT_HEADER_CREATOR_INFO`; `info_address[0]`. */
#define KST_OBJECT_INFO_NAME    0x2  /**< `_OBJECT_HEADER_NAME_INFO`; `info_address[1]`. */
#define KST_OBJECT_INFO_HANDLE  0x4  /**< `_OBJECT_HEADER_HANDLE_INFO`; `info_address[2]`. */
#define KST_OBJECT_INFO_QUOTA   0x8  /**< `_OBJECT_HEADER_QUOTA_INFO`; `info_address[3]`. */
#define KST_OBJECT_INFO_PROCESS 0x10 /**< `_OBJECT_HEADER_PROCESS_INFO`; `info_address[4]`. */
#define KST_OBJECT_INFO_PADDING 0x20 /**< `_OBJECT_HEADER_PADDING_INFO`; `info_address[5]`. */
#define KST_OBJECT_INFO_AUDIT   0x40 /**< `_OBJECT_HEADER_AUDIT_INFO`; `info_address[6]`. */
/** `_OBJECT_HEADER_EXTENDED_INFO`, in 10240 and 10586 `_OBJECT_HEADER_HANDLE_REVOCATION_INFO`; `info_address[7]`. */
#define KST_OBJECT_INFO_EXTENDED 0x80

/** How an address means an object. */
enum {
	KST_OBJECT_AT_BODY = 0,   /**< It is the object's body: what pointers to objects hold. */
	KST_OBJECT_AT_HEADER = 1, /**< It is the header. */
	KST_OBJECT_AT_EITHER = 2  /**< Take it as body if a header that makes sense lies before it, else as header. */
};

/**
 * Decode one object from bytes the caller has read. Optional headers lie below the header, so give bytes from before it
 * where there are any. Reads nothing from the target, allocates nothing; thread-safe.
 * @param layout  Offsets to use; not modified.
 * @param bytes   Memory around the header; may be NULL if @p len is 0.
 * @param len     Bytes available.
 * @param address Where @p bytes came from.
 * @param header  Address of the `_OBJECT_HEADER`, from @p address to @p address + @p len.
 * @param out     `size` set by the caller; the rest is written on success only.
 * @param err     Details on failure; may be NULL.
 * @retval KST_OK          `out->present` tells which members are valid.
 * @retval KST_E_ARG       An argument is NULL, or @p header lies outside of the bytes.
 * @retval KST_E_ABI       `out->size` is not a size that this version knows.
 * @retval KST_E_NO_MEMBER The layout does not know where the body is in a header.
 * @since 0.9
 */
KST_API kst_status kst_decode_object(const struct kst_layout *layout, const void *bytes, size_t len, uint64_t address,
				     uint64_t header, struct kst_object *out, struct kst_error *err);

/**
 * The type index that a header holds, decoded: stored byte ^ second byte of the header's address ^ cookie (Windows 10
 * and later). Pure; thread-safe. @since 0.9
 * @param stored TypeIndex as stored.
 * @param header Address of the `_OBJECT_HEADER` (not of the body).
 * @param cookie The byte at `ObHeaderCookie`.
 * @return The index, 0 to 255.
 */
KST_API uint32_t kst_object_type_index(uint32_t stored, uint64_t header, uint32_t cookie);

/**
 * One object of a target with its type and name. Thread-safe as the reader is.
 * @param target  The target.
 * @param address Where.
 * @param at      KST_OBJECT_AT_…
 * @param out     `size` set by the caller; the rest is written on success only.
 * @param err     Details on failure; may be NULL.
 * @retval KST_OK          `out->present` tells which members are valid.
 * @retval KST_E_FAULT     The header is not in the memory at hand.
 * @retval KST_E_CORRUPT   With KST_OBJECT_AT_EITHER: no header that makes sense is there.
 * @retval KST_E_NO_MEMBER The layout does not know the header.
 * @retval KST_E_ARG       An argument is NULL or unknown.
 * @retval KST_E_ABI       `out->size` is not a size that this version knows.
 * @retval KST_E_HOST      The reader failed.
 * @since 0.9
 */
KST_API kst_status kst_object_at(const struct kst_target *target, uint64_t address, uint32_t at, struct kst_object *out,
				 struct kst_error *err);

/**
 * The whole name in an object's name header. Thread-safe as the reader is. @since 0.9
 * @param target The target.
 * @param body   Address of the object's body.
 * @param text   Gets UTF-8 with a NUL; owned by the caller.
 * @param cap    Bytes at @p text, at least 1.
 * @param err    Details on failure; may be NULL.
 * @retval KST_OK          Written; "" when the object has no name.
 * @retval KST_E_LIMIT     @p cap is too small; the text is cut at a character.
 * @retval KST_E_CORRUPT   The text is not sound UTF-16; U+FFFD stands for what is not.
 * @retval KST_E_FAULT     Header or text is not in the memory at hand.
 * @retval KST_E_NO_MEMBER The layout does not know the header.
 * @retval KST_E_ARG       An argument is NULL.
 * @retval KST_E_HOST      The reader failed.
 */
KST_API kst_status kst_object_name(const struct kst_target *target, uint64_t body, char *text, size_t cap,
				   struct kst_error *err);

/**
 * The path of an object in the object directory, by the directories that its name headers point to. Thread-safe as the
 * reader is. @since 0.9
 * @param target The target.
 * @param body   Address of the object's body.
 * @param text   Gets UTF-8 with a NUL, such as "\Device\Null"; "" for an object in no directory. A path that does not begin
 *               with a backslash hangs off a directory that is in no other and is not the root; where that has no name,
 *               it begins with "(not the root)". Owned by the caller.
 * @param cap    Bytes at @p text, at least 1.
 * @param err    Details on failure; may be NULL.
 * @retval KST_OK          Written.
 * @retval KST_E_LIMIT     @p cap is too small, or the directories are nested more than 32 deep; the front is left out.
 * @retval KST_E_CORRUPT   A directory contains itself.
 * @retval KST_E_FAULT     A header or text is not in the memory at hand.
 * @retval KST_E_NO_MEMBER The layout does not know the header.
 * @retval KST_E_ARG       An argument is NULL.
 * @retval KST_E_HOST      The reader failed.
 */
KST_API kst_status kst_object_path(const struct kst_target *target, uint64_t body, char *text, size_t cap,
				   struct kst_error *err);

/** What an object's body tells about its name. */
struct kst_object_body {
	uint32_t size;      /**< Set to sizeof by the caller. */
	uint32_t kind;      /**< KST_OBJECT_KIND_… */
	uint64_t present;   /**< KST_OBJECT_BODY_HAS_… */
	uint64_t anomalies; /**< KST_OBJECT_BODY_ANOMALY_… */
	uint64_t device;    /**< File: the `_DEVICE_OBJECT` it is open on. */
	uint64_t driver;    /**< Device, or the device of a file: its `_DRIVER_OBJECT`. */
	uint64_t file;      /**< Section: the `_FILE_OBJECT` that backs it; file: the one it was opened relative to. */
	uint64_t start;     /**< Driver: address of its image; section: its `_CONTROL_AREA`; key: its control block. */
	uint64_t id;        /**< Process: its pid; thread: its tid; driver: size of its image. */
	uint64_t pid;       /**< Thread: pid of its process; key: pid that opened it. */
	uint32_t flags;     /**< Flags of a file, device or driver object, as stored. */
	uint32_t reserved0; /**< 0. */
	char device_name[64]; /**< Name of the device or, where it has none, of its driver. */
	/** UTF-8. File: FileName; key: path; driver: DriverName; link: target; section: file name; process: image name. */
	char name[512];
};

#define KST_OBJECT_BODY_HAS_DEVICE      0x1   /**< `device` is valid. */
#define KST_OBJECT_BODY_HAS_DRIVER      0x2   /**< `driver` is valid. */
#define KST_OBJECT_BODY_HAS_FILE        0x4   /**< `file` is valid. */
#define KST_OBJECT_BODY_HAS_START       0x8   /**< `start` is valid. */
#define KST_OBJECT_BODY_HAS_ID          0x10  /**< `id` is valid. */
#define KST_OBJECT_BODY_HAS_PID         0x20  /**< `pid` is valid. */
#define KST_OBJECT_BODY_HAS_FLAGS       0x40  /**< `flags` is valid. */
#define KST_OBJECT_BODY_HAS_DEVICE_NAME 0x80  /**< `device_name` is valid. */
#define KST_OBJECT_BODY_HAS_NAME        0x100 /**< `name` is valid. */

/** The body's own signature is not that of its type: nothing of it was believed. */
#define KST_OBJECT_BODY_ANOMALY_SIGNATURE 0x1
/** The name does not fit `name`, or is not sound text. */
#define KST_OBJECT_BODY_ANOMALY_NAME_CUT 0x2
/** The key's parents do not end: the path's front is left out. */
#define KST_OBJECT_BODY_ANOMALY_PARENTS 0x4
/** What it names (a file's device, a section's file) lacks the signature of its type: nothing of that one was believed. */
#define KST_OBJECT_BODY_ANOMALY_REFERENCE 0x8

/** Kinds of body that tell a name. */
enum {
	KST_OBJECT_KIND_NONE = 0,    /**< Its body tells no name. */
	KST_OBJECT_KIND_FILE = 1,    /**< `_FILE_OBJECT`. */
	KST_OBJECT_KIND_DEVICE = 2,  /**< `_DEVICE_OBJECT`. */
	KST_OBJECT_KIND_DRIVER = 3,  /**< `_DRIVER_OBJECT`. */
	KST_OBJECT_KIND_KEY = 4,     /**< `_CM_KEY_BODY`. */
	KST_OBJECT_KIND_SECTION = 5, /**< `_SECTION` or `_SECTION_OBJECT`. */
	KST_OBJECT_KIND_LINK = 6,    /**< `_OBJECT_SYMBOLIC_LINK`. */
	KST_OBJECT_KIND_PROCESS = 7, /**< `_EPROCESS`. */
	KST_OBJECT_KIND_THREAD = 8   /**< `_ETHREAD`. */
};

/**
 * What an object's body tells about its name. Thread-safe as the reader is. @since 0.9
 * @param target The target.
 * @param object The object, as kst_object_at() gave it; its type's name picks the body's form.
 * @param out    `size` set by the caller; the rest is written on success only.
 * @param err    Details on failure; may be NULL.
 * @retval KST_OK    Written; KST_OBJECT_KIND_NONE for a type whose body tells no name.
 * @retval KST_E_ARG An argument is NULL.
 * @retval KST_E_ABI A struct's `size` is not one that this version knows.
 * @retval KST_E_HOST The reader failed.
 */
KST_API kst_status kst_object_body(const struct kst_target *target, const struct kst_object *object,
				   struct kst_object_body *out, struct kst_error *err);

/** One `_OBJECT_TYPE`. */
struct kst_object_type {
	uint32_t size;           /**< Set to sizeof by the caller. */
	uint32_t index;          /**< Index; since Windows 7 the slot in the type table. */
	uint64_t present;        /**< KST_OBJECT_TYPE_HAS_… */
	uint64_t anomalies;      /**< KST_OBJECT_TYPE_ANOMALY_… */
	uint64_t address;        /**< Of the `_OBJECT_TYPE`. */
	uint64_t list_head;      /**< Address of TypeList, the head of the list of all objects of this type. */
	uint64_t list_flink;     /**< First entry of the list. */
	uint64_t list_blink;     /**< Last entry of the list. */
	uint64_t default_object; /**< DefaultObject, as stored. */
	uint64_t name_buffer;    /**< Address of the name's UTF-16 text. */
	uint32_t name_length;    /**< Bytes of the name, as stored. */
	uint32_t name_maximum;   /**< Bytes at `name_buffer`, as stored. */
	uint32_t objects;        /**< TotalNumberOfObjects. */
	uint32_t handles;        /**< TotalNumberOfHandles. */
	uint32_t high_objects;   /**< HighWaterNumberOfObjects. */
	uint32_t high_handles;   /**< HighWaterNumberOfHandles. */
	uint8_t key[4];          /**< Pool tag of its objects. */
	uint32_t flags;          /**< KST_OBJECT_TYPE_… flags of the initializer. */
	uint32_t valid_access;   /**< ValidAccessMask. */
	uint32_t pool_type;      /**< PoolType, as stored. */
	uint64_t callback_flink; /**< First entry of CallbackList (Vista SP1 and later). */
	uint64_t callback_head;  /**< Address of CallbackList. */
	uint32_t tracking;       /**< KST_OBJECT_TRACKING_…; walks only. */
	uint32_t reserved0;      /**< 0. */
	char name[64];           /**< UTF-8; walks only. */
};

#define KST_OBJECT_TYPE_HAS_LIST         0x1    /**< `list_head`, `list_flink` and `list_blink` are valid. */
#define KST_OBJECT_TYPE_HAS_NAME_STRING  0x2    /**< `name_buffer`, `name_length` and `name_maximum` are valid. */
#define KST_OBJECT_TYPE_HAS_DEFAULT      0x4    /**< `default_object` is valid. */
#define KST_OBJECT_TYPE_HAS_INDEX        0x8    /**< `index` is valid. */
#define KST_OBJECT_TYPE_HAS_OBJECTS      0x10   /**< `objects` is valid. */
#define KST_OBJECT_TYPE_HAS_HANDLES      0x20   /**< `handles` is valid. */
#define KST_OBJECT_TYPE_HAS_HIGH         0x40   /**< `high_objects` and `high_handles` are valid. */
#define KST_OBJECT_TYPE_HAS_KEY          0x80   /**< `key` is valid. */
#define KST_OBJECT_TYPE_HAS_FLAGS        0x100  /**< `flags` is valid. */
#define KST_OBJECT_TYPE_HAS_VALID_ACCESS 0x200  /**< `valid_access` is valid. */
#define KST_OBJECT_TYPE_HAS_POOL_TYPE    0x400  /**< `pool_type` is valid. */
#define KST_OBJECT_TYPE_HAS_CALLBACKS    0x800  /**< `callback_head` and `callback_flink` are valid. */
#define KST_OBJECT_TYPE_HAS_NAME         0x1000 /**< `name` is valid. */

#define KST_OBJECT_TYPE_CASE_INSENSITIVE  0x1  /**< Names are compared without case. */
#define KST_OBJECT_TYPE_UNNAMED_ONLY      0x2  /**< Objects have no names. */
#define KST_OBJECT_TYPE_USE_DEFAULT       0x4  /**< Waits use a default object. */
#define KST_OBJECT_TYPE_SECURITY_REQUIRED 0x8  /**< Every object has a security descriptor. */
#define KST_OBJECT_TYPE_MAINTAIN_HANDLES  0x10 /**< Handles are counted per process. */
#define KST_OBJECT_TYPE_MAINTAIN_LIST     0x20 /**< Every object is linked at TypeList. */
#define KST_OBJECT_TYPE_CALLBACKS         0x40 /**< Callbacks may be registered (Vista SP1 and later). */
#define KST_OBJECT_TYPE_CACHE_ALIGNED     0x80 /**< Objects are aligned to cache lines (8.1 and later). */

/** The name's length is odd, or exceeds its buffer, or its text cannot be shown whole. */
#define KST_OBJECT_TYPE_ANOMALY_NAME 0x1
/** Index is not the slot of the type table that leads here. */
#define KST_OBJECT_TYPE_ANOMALY_INDEX 0x2
/** One link of TypeList leads to its head, the other does not. */
#define KST_OBJECT_TYPE_ANOMALY_LIST 0x4
/** Its own header does not say that it is an object of type Type. */
#define KST_OBJECT_TYPE_ANOMALY_NOT_A_TYPE 0x8
/** A high-water mark is below the number it is the mark of. */
#define KST_OBJECT_TYPE_ANOMALY_COUNTS 0x10

/** Whether the objects of a type are linked into a list. */
enum {
	KST_OBJECT_TRACKING_UNKNOWN = 0, /**< Neither the global flag nor the type's own bit is known. */
	/** Not linked: the list is empty whatever there is. Use handles, the directory, pool tags. */
	KST_OBJECT_TRACKING_OFF = 1,
	KST_OBJECT_TRACKING_TYPE = 2,  /**< The type asked for it (MaintainTypeList). */
	KST_OBJECT_TRACKING_GLOBAL = 3 /**< Global flag 0x4000 (`otl`) at boot: every type. */
};

/**
 * Decode one `_OBJECT_TYPE` from bytes the caller has read. Reads nothing from the target, allocates nothing;
 * thread-safe.
 * @param layout  Offsets to use; not modified.
 * @param bytes   Start of the type; may be NULL if @p len is 0.
 * @param len     Bytes available; fewer than the whole type is fine.
 * @param address Where @p bytes came from; copied to the result.
 * @param out     `size` set by the caller; the rest is written on success only.
 * @param err     Details on failure; may be NULL.
 * @retval KST_OK    `out->present` tells which members are valid.
 * @retval KST_E_ARG An argument is NULL.
 * @retval KST_E_ABI `out->size` is not a size that this version knows.
 * @since 0.9
 */
KST_API kst_status kst_decode_object_type(const struct kst_layout *layout, const void *bytes, size_t len,
					  uint64_t address, struct kst_object_type *out, struct kst_error *err);

/**
 * The type at an address. Thread-safe as the reader is.
 * @param target  The target.
 * @param address Of the `_OBJECT_TYPE`.
 * @param out     `size` set by the caller; the rest is written on success only.
 * @param err     Details on failure; may be NULL.
 * @retval KST_OK      `out->present` tells which members are valid.
 * @retval KST_E_FAULT Nothing of it is in the memory at hand.
 * @retval KST_E_ARG   An argument is NULL.
 * @retval KST_E_ABI   `out->size` is not a size that this version knows.
 * @retval KST_E_HOST  The reader failed.
 * @since 0.9
 */
KST_API kst_status kst_object_type_at(const struct kst_target *target, uint64_t address, struct kst_object_type *out,
				      struct kst_error *err);

/**
 * The type of an object. Thread-safe as the reader is.
 * @param target The target.
 * @param body   Address of the object's body.
 * @param out    `size` set by the caller; the rest is written on success only.
 * @param err    Details on failure; may be NULL.
 * @retval KST_OK          Written.
 * @retval KST_E_FAULT     Header, type table or type is not in the memory at hand.
 * @retval KST_E_CORRUPT   The header names no type.
 * @retval KST_E_NO_MEMBER The layout does not know the header, or type table or cookie are not known.
 * @retval KST_E_ARG       An argument is NULL.
 * @retval KST_E_ABI       `out->size` is not a size that this version knows.
 * @retval KST_E_HOST      The reader failed.
 * @since 0.9
 */
KST_API kst_status kst_object_type_of(const struct kst_target *target, uint64_t body, struct kst_object_type *out,
				      struct kst_error *err);

/**
 * Begin to walk all types: by `ObTypeIndexTable` where there is one (Windows 7 and later), else by the list of the type
 * Type, `ObpObjectTypes`, or the directory of types.
 * @param cursor State of the walk, in memory of the caller.
 * @param target The target; must outlive the walk.
 * @param err    Details on failure; may be NULL.
 * @retval KST_OK          Begun.
 * @retval KST_E_NO_MEMBER None of these is known.
 * @retval KST_E_FAULT     None of these is in the memory at hand.
 * @retval KST_E_ARG       An argument is NULL.
 * @retval KST_E_HOST      The reader failed.
 * @since 0.9
 */
KST_API kst_status kst_object_types_begin(struct kst_cursor *cursor, const struct kst_target *target,
					  struct kst_error *err);

/**
 * The next type. A slot that leads nowhere is stepped over and told by KST_WALK_ANOMALY_SKIPPED.
 * @param cursor From kst_object_types_begin().
 * @param out    `size` set by the caller; the rest is written on success only.
 * @param err    Details on failure; may be NULL.
 * @retval KST_OK      Written.
 * @retval KST_END     No more.
 * @retval KST_E_FAULT The list cannot be read on.
 * @retval KST_E_CORRUPT The list runs in a loop.
 * @retval KST_E_LIMIT The step budget is used up.
 * @retval KST_E_ARG   @p cursor is not one of this walk, or an argument is NULL.
 * @retval KST_E_ABI   `out->size` is not a size that this version knows.
 * @retval KST_E_HOST  The reader failed.
 * @since 0.9
 */
KST_API kst_status kst_object_types_next(struct kst_cursor *cursor, struct kst_object_type *out, struct kst_error *err);

/**
 * Find a type by its name (case does not matter) or, where @p name is NULL, by its index. Thread-safe as the reader is.
 * @param target The target.
 * @param name   Such as "File", or NULL.
 * @param index  Used when @p name is NULL.
 * @param out    `size` set by the caller; the rest is written on success only.
 * @param err    Details on failure; may be NULL.
 * @retval KST_OK          Written.
 * @retval KST_END         There is no such type.
 * @retval KST_E_NO_MEMBER The types are not known here.
 * @retval KST_E_FAULT     The types are not in the memory at hand.
 * @retval KST_E_CORRUPT   The list of types runs in a loop.
 * @retval KST_E_LIMIT     The step budget is used up.
 * @retval KST_E_ARG       An argument is NULL.
 * @retval KST_E_ABI       `out->size` is not a size that this version knows.
 * @retval KST_E_HOST      The reader failed.
 * @since 0.9
 */
KST_API kst_status kst_object_type_find(const struct kst_target *target, const char *name, uint32_t index,
					struct kst_object_type *out, struct kst_error *err);

/** Walk from the last object to the first, by the back links. */
#define KST_OBJECTS_BACKWARDS 0x1

/**
 * Begin to walk all objects of a type: TypeList -> creator headers -> objects. The list is empty unless the type is
 * tracked (kst_object_type.tracking). At its end the number is compared with TotalNumberOfObjects:
 * KST_WALK_ANOMALY_COUNT.
 * @param cursor State of the walk, in memory of the caller.
 * @param target The target; must outlive the walk.
 * @param type   Address of the `_OBJECT_TYPE`.
 * @param flags  0 or KST_OBJECTS_BACKWARDS.
 * @param err    Details on failure; may be NULL.
 * @retval KST_OK          Begun.
 * @retval KST_E_NO_MEMBER The layout lacks TypeList, the creator header's size or the body's offset.
 * @retval KST_E_FAULT     The list head is not in the memory at hand.
 * @retval KST_E_ARG       An argument is NULL or unknown.
 * @retval KST_E_HOST      The reader failed.
 * @since 0.9
 */
KST_API kst_status kst_objects_begin(struct kst_cursor *cursor, const struct kst_target *target, uint64_t type,
				     uint32_t flags, struct kst_error *err);

/**
 * The next object of a type. An entry that cannot be read ends the walk: what follows it is reached backwards.
 * @param cursor From kst_objects_begin().
 * @param out    `size` set by the caller; the rest is written on success only.
 * @param err    Details on failure; may be NULL.
 * @retval KST_OK        Written.
 * @retval KST_END       The list closed.
 * @retval KST_E_FAULT   The next entry is not in the memory at hand.
 * @retval KST_E_CORRUPT The list runs in a loop, or leaves kernel memory.
 * @retval KST_E_LIMIT   The step budget is used up.
 * @retval KST_E_ARG     @p cursor is not one of this walk, or an argument is NULL.
 * @retval KST_E_ABI     `out->size` is not a size that this version knows.
 * @retval KST_E_HOST    The reader failed.
 * @since 0.9
 */
KST_API kst_status kst_objects_next(struct kst_cursor *cursor, struct kst_object *out, struct kst_error *err);

/** The list of a type walked in both directions. */
struct kst_object_list {
	uint32_t size;  /**< Set to sizeof by the caller. */
	uint32_t agree; /**< 1: both directions closed with the same number, and each link was answered by one back. */
	uint32_t forward_end;   /**< KST_WALK_… of the walk forwards. */
	uint32_t backward_end;  /**< KST_WALK_… of the walk backwards. */
	uint64_t forward;       /**< Entries found forwards. */
	uint64_t backward;      /**< Entries found backwards. */
	uint64_t forward_last;  /**< Last entry reached forwards; 0: none. */
	uint64_t backward_last; /**< Last entry reached backwards; 0: none. */
};

/**
 * Walk the list of a type forwards and backwards and compare. Reads the links only. Thread-safe as the reader is.
 * @param target The target.
 * @param type   Address of the `_OBJECT_TYPE`.
 * @param out    `size` set by the caller; the rest is written on success only.
 * @param err    Details on failure; may be NULL.
 * @retval KST_OK          Written, however the walks ended.
 * @retval KST_E_NO_MEMBER As for kst_objects_begin().
 * @retval KST_E_FAULT     The list head is not in the memory at hand.
 * @retval KST_E_ARG       An argument is NULL.
 * @retval KST_E_ABI       `out->size` is not a size that this version knows.
 * @retval KST_E_HOST      The reader failed.
 * @since 0.9
 */
KST_API kst_status kst_object_list_check(const struct kst_target *target, uint64_t type, struct kst_object_list *out,
					 struct kst_error *err);

/** One `_HANDLE_TABLE`. */
struct kst_handle_table {
	uint32_t size;       /**< Set to sizeof by the caller. */
	uint32_t levels;     /**< Levels of tables above the leaves, 0 to 2. */
	uint64_t present;    /**< KST_HANDLE_TABLE_HAS_… */
	uint64_t anomalies;  /**< KST_HANDLE_TABLE_ANOMALY_… */
	uint64_t address;    /**< Of the `_HANDLE_TABLE`. */
	uint64_t table;      /**< Address of the top table, or of the one leaf. */
	uint64_t process;    /**< `_EPROCESS` that is charged; 0: none. */
	uint64_t pid;        /**< UniqueProcessId. */
	uint64_t list_entry; /**< Address of HandleTableList. */
	uint32_t handles;    /**< HandleCount, as stored; absent since Windows 8. */
	uint32_t flags;      /**< Flags, as stored. */
	uint32_t limit;      /**< NextHandleNeedingPool: no handle from here on. */
	uint32_t reserved0;  /**< 0. */
};

#define KST_HANDLE_TABLE_HAS_TABLE   0x1  /**< `table` and `levels` are valid. */
#define KST_HANDLE_TABLE_HAS_PROCESS 0x2  /**< `process` is valid. */
#define KST_HANDLE_TABLE_HAS_PID     0x4  /**< `pid` is valid. */
#define KST_HANDLE_TABLE_HAS_LIST    0x8  /**< `list_entry` is valid. */
#define KST_HANDLE_TABLE_HAS_HANDLES 0x10 /**< `handles` is valid. */
#define KST_HANDLE_TABLE_HAS_FLAGS   0x20 /**< `flags` is valid. */
#define KST_HANDLE_TABLE_HAS_LIMIT   0x40 /**< `limit` is valid. */

/** TableCode says three levels: there is no such table. */
#define KST_HANDLE_TABLE_ANOMALY_LEVELS 0x1
/** TableCode's address is none of the kernel, or, of fewer than two levels, not at the start of a page. */
#define KST_HANDLE_TABLE_ANOMALY_ADDRESS 0x2
/** HandleCount exceeds what a table can hold. */
#define KST_HANDLE_TABLE_ANOMALY_COUNT 0x4

/** One handle: an entry of a handle table. */
struct kst_handle {
	uint32_t size;       /**< Set to sizeof by the caller. */
	uint32_t state;      /**< KST_HANDLE_… */
	uint64_t present;    /**< KST_HANDLE_HAS_… */
	uint64_t anomalies;  /**< KST_HANDLE_ANOMALY_… */
	uint64_t handle;     /**< Its value: index times 4; walks only. In PspCidTable a pid or tid. */
	uint64_t entry;      /**< Address of the `_HANDLE_TABLE_ENTRY`. */
	uint64_t header;     /**< `_OBJECT_HEADER` of the object. */
	uint64_t body;       /**< The object. */
	uint32_t access;     /**< Granted access. */
	uint32_t attributes; /**< KST_HANDLE_ATTRIBUTE_… */
};

#define KST_HANDLE_HAS_HANDLE     0x1 /**< `handle` is valid. */
#define KST_HANDLE_HAS_OBJECT     0x2 /**< `header` and `body` are valid. */
#define KST_HANDLE_HAS_ACCESS     0x4 /**< `access` is valid. */
#define KST_HANDLE_HAS_ATTRIBUTES 0x8 /**< `attributes` is valid. */

/** The pointer is none of the kernel, or not aligned. */
#define KST_HANDLE_ANOMALY_POINTER 0x1

#define KST_HANDLE_ATTRIBUTE_PROTECT           0x1 /**< Protected from close. */
#define KST_HANDLE_ATTRIBUTE_INHERIT           0x2 /**< Inherited by child processes. */
#define KST_HANDLE_ATTRIBUTE_AUDIT             0x4 /**< Closing it is audited. */
#define KST_HANDLE_ATTRIBUTE_NO_RIGHTS_UPGRADE 0x8 /**< NoRightsUpgrade (8.1 and later). */

/** What an entry of a handle table is. */
enum {
	KST_HANDLE_UNKNOWN = 0,  /**< The entry is not in the memory at hand. */
	KST_HANDLE_LIVE = 1,     /**< A handle. */
	KST_HANDLE_FREE = 2,     /**< Not in use: no object. */
	KST_HANDLE_RESERVED = 3, /**< The first entry of a leaf: never a handle. */
	KST_HANDLE_LOCKED = 4,   /**< A handle that somebody is working on (the lock bit says so). */
	KST_HANDLE_BAD = 5       /**< Its pointer is none of the kernel. */
};

/**
 * Decode one `_HANDLE_TABLE` from bytes the caller has read. Reads nothing from the target, allocates nothing;
 * thread-safe.
 * @param layout  Offsets to use; not modified.
 * @param bytes   Start of the table; may be NULL if @p len is 0.
 * @param len     Bytes available; fewer than the whole table is fine.
 * @param address Where @p bytes came from; copied to the result.
 * @param out     `size` set by the caller; the rest is written on success only.
 * @param err     Details on failure; may be NULL.
 * @retval KST_OK    `out->present` tells which members are valid.
 * @retval KST_E_ARG An argument is NULL.
 * @retval KST_E_ABI `out->size` is not a size that this version knows.
 * @since 0.9
 */
KST_API kst_status kst_decode_handle_table(const struct kst_layout *layout, const void *bytes, size_t len,
					   uint64_t address, struct kst_handle_table *out, struct kst_error *err);

/**
 * Decode one `_HANDLE_TABLE_ENTRY` from bytes the caller has read. Up to Windows 7 it holds the header's address with
 * the attributes in its low bits, later a packed pointer. Reads nothing from the target, allocates nothing; thread-safe.
 * @param layout  Offsets to use; not modified.
 * @param bytes   Start of the entry; may be NULL if @p len is 0.
 * @param len     Bytes available.
 * @param address Where @p bytes came from; copied to the result.
 * @param out     `size` set by the caller; the rest is written on success only.
 * @param err     Details on failure; may be NULL.
 * @retval KST_OK    `out->present` and `out->state` tell what it is.
 * @retval KST_E_ARG An argument is NULL.
 * @retval KST_E_ABI `out->size` is not a size that this version knows.
 * @since 0.9
 */
KST_API kst_status kst_decode_handle(const struct kst_layout *layout, const void *bytes, size_t len, uint64_t address,
				     struct kst_handle *out, struct kst_error *err);

/**
 * The handle table at an address. Thread-safe as the reader is.
 * @param target  The target.
 * @param address Of the `_HANDLE_TABLE`.
 * @param out     `size` set by the caller; the rest is written on success only.
 * @param err     Details on failure; may be NULL.
 * @retval KST_OK      `out->present` tells which members are valid.
 * @retval KST_E_FAULT Nothing of it is in the memory at hand.
 * @retval KST_E_ARG   An argument is NULL.
 * @retval KST_E_ABI   `out->size` is not a size that this version knows.
 * @retval KST_E_HOST  The reader failed.
 * @since 0.9
 */
KST_API kst_status kst_handle_table_at(const struct kst_target *target, uint64_t address, struct kst_handle_table *out,
				       struct kst_error *err);

/** The entries hold bodies, not headers, and handles are process and thread ids (PspCidTable). */
#define KST_HANDLES_CID 0x1
/** Deliver every entry, free ones too: `state` tells what each is. */
#define KST_HANDLES_ALL 0x2

/**
 * Begin to walk a handle table. At its end the number of handles is compared with HandleCount, where that is kept:
 * KST_WALK_ANOMALY_COUNT.
 * @param cursor State of the walk, in memory of the caller.
 * @param target The target; must outlive the walk.
 * @param table  Address of the `_HANDLE_TABLE` (EPROCESS.ObjectTable, or the value of ObpKernelHandleTable, PspCidTable).
 * @param flags  KST_HANDLES_…
 * @param err    Details on failure; may be NULL.
 * @retval KST_OK          Begun.
 * @retval KST_E_NO_MEMBER The layout lacks the table's or the entry's members.
 * @retval KST_E_FAULT     The table is not in the memory at hand.
 * @retval KST_E_CORRUPT   TableCode is none.
 * @retval KST_E_ARG       An argument is NULL or unknown.
 * @retval KST_E_HOST      The reader failed.
 * @since 0.9
 */
KST_API kst_status kst_handles_begin(struct kst_cursor *cursor, const struct kst_target *target, uint64_t table,
				     uint32_t flags, struct kst_error *err);

/**
 * The next handle. Parts that are not in the memory at hand are stepped over: KST_WALK_ANOMALY_SKIPPED.
 * @param cursor From kst_handles_begin().
 * @param out    `size` set by the caller; the rest is written on success only.
 * @param err    Details on failure; may be NULL.
 * @retval KST_OK        Written.
 * @retval KST_END       No more.
 * @retval KST_E_CORRUPT The tables run in a loop.
 * @retval KST_E_LIMIT   The step budget is used up.
 * @retval KST_E_ARG     @p cursor is not one of this walk, or an argument is NULL.
 * @retval KST_E_ABI     `out->size` is not a size that this version knows.
 * @retval KST_E_HOST    The reader failed.
 * @since 0.9
 */
KST_API kst_status kst_handles_next(struct kst_cursor *cursor, struct kst_handle *out, struct kst_error *err);

/**
 * How many entries of one state a walk of handles has met so far, delivered or not. @since 0.9
 * @param cursor From kst_handles_begin().
 * @param state  KST_HANDLE_…
 * @return The number; 0 for another cursor or an unknown state.
 */
KST_API uint64_t kst_handles_met(const struct kst_cursor *cursor, uint32_t state);

/** One entry of an object directory. */
struct kst_directory_entry {
	uint32_t size;      /**< Set to sizeof by the caller. */
	uint32_t depth;     /**< 0 in the directory that the walk began with. */
	uint64_t present;   /**< KST_DIRECTORY_ENTRY_HAS_… */
	uint64_t anomalies; /**< KST_DIRECTORY_ENTRY_ANOMALY_… */
	uint64_t entry;     /**< Address of the `_OBJECT_DIRECTORY_ENTRY`. */
	uint64_t directory; /**< Body of the directory that holds it. */
	uint64_t body;      /**< The object. */
	uint64_t chain;     /**< ChainLink: the next entry of the bucket; 0: none. */
	uint32_t bucket;    /**< Hash bucket, 0 to 36; walks only. */
	uint32_t hash;      /**< HashValue (2003 SP1 and later). */
};

#define KST_DIRECTORY_ENTRY_HAS_OBJECT 0x1 /**< `body` is valid. */
#define KST_DIRECTORY_ENTRY_HAS_CHAIN  0x2 /**< `chain` is valid. */
#define KST_DIRECTORY_ENTRY_HAS_HASH   0x4 /**< `hash` is valid. */

/** The object's name header does not point back to the directory. */
#define KST_DIRECTORY_ENTRY_ANOMALY_PARENT 0x1
/** The hash does not belong into the bucket. */
#define KST_DIRECTORY_ENTRY_ANOMALY_BUCKET 0x2
/** A directory that was not entered: too deep, or one that contains itself. */
#define KST_DIRECTORY_ENTRY_ANOMALY_NOT_ENTERED 0x4
/** The object's pointer is none of the kernel. */
#define KST_DIRECTORY_ENTRY_ANOMALY_POINTER 0x8

/**
 * Decode one `_OBJECT_DIRECTORY_ENTRY` from bytes the caller has read. Reads nothing from the target, allocates nothing;
 * thread-safe.
 * @param layout  Offsets to use; not modified.
 * @param bytes   Start of the entry; may be NULL if @p len is 0.
 * @param len     Bytes available.
 * @param address Where @p bytes came from; copied to the result.
 * @param out     `size` set by the caller; the rest is written on success only.
 * @param err     Details on failure; may be NULL.
 * @retval KST_OK    `out->present` tells which members are valid.
 * @retval KST_E_ARG An argument is NULL.
 * @retval KST_E_ABI `out->size` is not a size that this version knows.
 * @since 0.9
 */
KST_API kst_status kst_decode_directory_entry(const struct kst_layout *layout, const void *bytes, size_t len,
					      uint64_t address, struct kst_directory_entry *out, struct kst_error *err);

/** Enter the directories that are met, each right after its own entry. */
#define KST_DIRECTORY_RECURSE 0x1

/**
 * Begin to walk an object directory.
 * @param cursor    State of the walk, in memory of the caller.
 * @param target    The target; must outlive the walk.
 * @param directory Body of the directory; 0: the root directory.
 * @param flags     0 or KST_DIRECTORY_RECURSE.
 * @param err       Details on failure; may be NULL.
 * @retval KST_OK          Begun.
 * @retval KST_E_NO_MEMBER The layout lacks a directory's members, or the root directory is not known.
 * @retval KST_E_FAULT     The root directory's global is not in the memory at hand.
 * @retval KST_E_ARG       An argument is NULL or unknown.
 * @retval KST_E_HOST      The reader failed.
 * @since 0.9
 */
KST_API kst_status kst_directory_begin(struct kst_cursor *cursor, const struct kst_target *target, uint64_t directory,
				       uint32_t flags, struct kst_error *err);

/**
 * The next entry. Buckets that are not in the memory at hand are stepped over: KST_WALK_ANOMALY_SKIPPED.
 * @param cursor From kst_directory_begin().
 * @param out    `size` set by the caller; the rest is written on success only.
 * @param err    Details on failure; may be NULL.
 * @retval KST_OK        Written.
 * @retval KST_END       No more.
 * @retval KST_E_CORRUPT A bucket's chain runs in a loop.
 * @retval KST_E_LIMIT   The step budget is used up.
 * @retval KST_E_ARG     @p cursor is not one of this walk, or an argument is NULL.
 * @retval KST_E_ABI     `out->size` is not a size that this version knows.
 * @retval KST_E_HOST    The reader failed.
 * @since 0.9
 */
KST_API kst_status kst_directory_next(struct kst_cursor *cursor, struct kst_directory_entry *out,
				      struct kst_error *err);

/**
 * Find an object by its path in the object directory; case does not matter. Thread-safe as the reader is.
 * @param target   The target.
 * @param path     Such as "\Device\Null"; "\" is the root directory.
 * @param body_out Written on success.
 * @param err      Details on failure; may be NULL.
 * @retval KST_OK          Written.
 * @retval KST_END         There is no such object.
 * @retval KST_E_NO_MEMBER As for kst_directory_begin().
 * @retval KST_E_FAULT     The root directory's global is not in the memory at hand.
 * @retval KST_E_CORRUPT   A bucket's chain runs in a loop.
 * @retval KST_E_LIMIT     The step budget is used up.
 * @retval KST_E_ARG       An argument is NULL, or @p path does not begin with a backslash.
 * @retval KST_E_HOST      The reader failed.
 * @since 0.9
 */
KST_API kst_status kst_directory_find(const struct kst_target *target, const char *path, uint64_t *body_out,
				      struct kst_error *err);

/** @return Name of one KST_OBJECT_ANOMALY_… bit; NULL for none. Thread-safe. @since 0.9 @param bit The bit. */
KST_API const char *kst_object_anomaly_name(uint64_t bit);
/** @return Name of one KST_OBJECT_INFO_… bit; NULL for none. Thread-safe. @since 0.9 @param bit The bit. */
KST_API const char *kst_object_info_name(uint64_t bit);
/**
 * @return Name of one bit of the Flags byte; NULL for none. Thread-safe. @since 0.9
 * @param bit       The bit.
 * @param info_mask 1: of a header with InfoMask (Windows 7 and later), where bit 0x4 means something else.
 */
KST_API const char *kst_object_flag_name(uint64_t bit, uint32_t info_mask);
/** @return Name of one KST_OBJECT_BODY_ANOMALY_… bit; NULL for none. Thread-safe. @since 0.9 @param bit The bit. */
KST_API const char *kst_object_body_anomaly_name(uint64_t bit);
/** @return Name of one KST_OBJECT_KIND_…; "unknown" otherwise. Thread-safe. @since 0.9 @param kind The kind. */
KST_API const char *kst_object_kind_name(uint32_t kind);
/** @return Name of one KST_OBJECT_TYPE_ANOMALY_… bit; NULL for none. Thread-safe. @since 0.9 @param bit The bit. */
KST_API const char *kst_object_type_anomaly_name(uint64_t bit);
/** @return Name of one KST_OBJECT_TRACKING_…; "unknown" otherwise. Thread-safe. @since 0.9 @param tracking The value. */
KST_API const char *kst_object_tracking_name(uint32_t tracking);
/** @return Name of one KST_HANDLE_TABLE_ANOMALY_… bit; NULL for none. Thread-safe. @since 0.9 @param bit The bit. */
KST_API const char *kst_handle_table_anomaly_name(uint64_t bit);
/** @return Name of one KST_HANDLE_ANOMALY_… bit; NULL for none. Thread-safe. @since 0.9 @param bit The bit. */
KST_API const char *kst_handle_anomaly_name(uint64_t bit);
/** @return Name of one KST_HANDLE_ATTRIBUTE_… bit; NULL for none. Thread-safe. @since 0.9 @param bit The bit. */
KST_API const char *kst_handle_attribute_name(uint64_t bit);
/** @return Name of one KST_HANDLE_… state; "unknown" otherwise. Thread-safe. @since 0.9 @param state The state. */
KST_API const char *kst_handle_state_name(uint32_t state);
/** @return Name of one KST_DIRECTORY_ENTRY_ANOMALY_… bit; NULL for none. Thread-safe. @since 0.9 @param bit The bit. */
KST_API const char *kst_directory_entry_anomaly_name(uint64_t bit);

#ifdef __cplusplus
}
#endif
#endif
/** @} */
