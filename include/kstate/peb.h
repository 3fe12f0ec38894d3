/* SPDX-License-Identifier: MIT */
/**
 * @file peb.h
 * @brief User-mode state of a process as the kernel sees it: PEB, loader data, process parameters, environment.
 *
 * Everything is read through the address space of one process, which is a value (kst_process_space()): there is no
 * current process that a result could be confused with. User memory is often paged out; that is an answer here.
 *
 * @defgroup peb Process environment block
 * @ingroup topic_processes
 * @{
 */
#ifndef KSTATE_PEB_H
#define KSTATE_PEB_H

#include <kstate/api.h>
#include <kstate/layout.h>
#include <kstate/process.h>
#include <kstate/reader.h>
#include <kstate/target.h>

#ifdef __cplusplus
extern "C" {
#endif

/** A text in the target: UTF-16 that kst_read_text() brings. */
struct kst_text {
	uint64_t address; /**< Where it is; 0: nowhere. */
	uint32_t bytes;   /**< Its length in bytes. */
	uint32_t maximum; /**< Bytes that were reserved for it. */
};

/** What could be told of a PEB. */
enum {
	KST_PEB_UNKNOWN = 0, /**< The process is not known well enough. */
	KST_PEB_PRESENT = 1, /**< The PEB and its loader data are there. */
	/** The PEB, or the loader data it names, is not in the memory at hand; see `unreadable`. */
	KST_PEB_PAGED_OUT = 2,
	KST_PEB_NONE = 3,   /**< The process has no user mode (or not of this width). */
	KST_PEB_GONE = 4,   /**< The process has exited; its address space is deleted. */
	KST_PEB_INVALID = 5 /**< The stored address cannot be a PEB's. */
};

/** A PEB and its PEB_LDR_DATA. */
struct kst_peb {
	uint32_t size;              /**< Set to sizeof by the caller. */
	uint32_t state;             /**< KST_PEB_… */
	uint64_t present;           /**< KST_PEB_HAS_… */
	uint64_t anomalies;         /**< KST_PEB_ANOMALY_… */
	uint64_t address;           /**< Address of the PEB. */
	uint64_t unreadable;        /**< With KST_PEB_PAGED_OUT: address of the first field that could not be read. */
	uint64_t image_base;        /**< ImageBaseAddress. */
	uint64_t ldr;               /**< PEB_LDR_DATA; 0: the loader has not run. */
	uint64_t parameters;        /**< RTL_USER_PROCESS_PARAMETERS. */
	uint64_t subsystem_data;    /**< SubSystemData. */
	uint64_t process_heap;      /**< ProcessHeap. */
	uint64_t process_heaps;     /**< Array of `heaps` pointers. */
	uint64_t load_first;        /**< Flink of InLoadOrderModuleList: the node in the first entry. */
	uint64_t load_last;         /**< Blink of InLoadOrderModuleList. */
	uint64_t memory_first;      /**< Flink of InMemoryOrderModuleList. */
	uint64_t memory_last;       /**< Blink of InMemoryOrderModuleList. */
	uint64_t init_first;        /**< Flink of InInitializationOrderModuleList. */
	uint64_t init_last;         /**< Blink of InInitializationOrderModuleList. */
	uint64_t entry_in_progress; /**< Entry being loaded; 0: none. */
	uint32_t bits;              /**< 32 or 64. */
	uint32_t flags;             /**< KST_PEB_IS_…: what BitField means on this build. */
	uint32_t inherited_address_space;      /**< InheritedAddressSpace. */
	uint32_t read_image_file_exec_options; /**< ReadImageFileExecOptions. */
	uint32_t being_debugged;               /**< BeingDebugged; anything but 0 is yes. */
	uint32_t bit_field;                    /**< BitField as stored. */
	uint32_t cross_process_flags;          /**< CrossProcessFlags (Vista and later). */
	uint32_t nt_global_flag;               /**< NtGlobalFlag. */
	uint32_t processors;                   /**< NumberOfProcessors. */
	uint32_t heaps;                        /**< NumberOfHeaps. */
	uint32_t os_major;                     /**< OSMajorVersion. */
	uint32_t os_minor;                     /**< OSMinorVersion. */
	uint32_t os_build;                     /**< OSBuildNumber. */
	uint32_t os_service_pack;              /**< OSCSDVersion. */
	uint32_t os_platform;                  /**< OSPlatformId. */
	uint32_t image_subsystem;              /**< ImageSubsystem. */
	uint32_t session_id;                   /**< SessionId. */
	uint32_t ldr_length;                   /**< Length of PEB_LDR_DATA. */
	uint32_t ldr_initialized;              /**< Initialized; 0: the loader has not run. */
	uint32_t shutdown_in_progress;         /**< ShutdownInProgress. */
	struct kst_text csd_version;           /**< CSDVersion. */
};

/** `inherited_address_space`, `read_image_file_exec_options`, `being_debugged` are valid. */
#define KST_PEB_HAS_FLAG_BYTES          0x1
#define KST_PEB_HAS_BIT_FIELD           0x2       /**< `bit_field`, `flags` are valid. */
#define KST_PEB_HAS_IMAGE_BASE          0x4       /**< `image_base` is valid. */
#define KST_PEB_HAS_LDR                 0x8       /**< `ldr` is valid. */
#define KST_PEB_HAS_PARAMETERS          0x10      /**< `parameters` is valid. */
#define KST_PEB_HAS_SUBSYSTEM_DATA      0x20      /**< `subsystem_data` is valid. */
#define KST_PEB_HAS_PROCESS_HEAP        0x40      /**< `process_heap` is valid. */
#define KST_PEB_HAS_PROCESS_HEAPS       0x80      /**< `process_heaps` is valid. */
#define KST_PEB_HAS_CROSS_PROCESS_FLAGS 0x100     /**< `cross_process_flags` is valid. */
#define KST_PEB_HAS_NT_GLOBAL_FLAG      0x200     /**< `nt_global_flag` is valid. */
#define KST_PEB_HAS_PROCESSORS          0x400     /**< `processors` is valid. */
#define KST_PEB_HAS_HEAPS               0x800     /**< `heaps` is valid. */
#define KST_PEB_HAS_OS_MAJOR            0x1000    /**< `os_major` is valid. */
#define KST_PEB_HAS_OS_MINOR            0x2000    /**< `os_minor` is valid. */
#define KST_PEB_HAS_OS_BUILD            0x4000    /**< `os_build` is valid. */
#define KST_PEB_HAS_OS_SERVICE_PACK     0x8000    /**< `os_service_pack` is valid. */
#define KST_PEB_HAS_OS_PLATFORM         0x10000   /**< `os_platform` is valid. */
#define KST_PEB_HAS_IMAGE_SUBSYSTEM     0x20000   /**< `image_subsystem` is valid. */
#define KST_PEB_HAS_SESSION_ID          0x40000   /**< `session_id` is valid. */
#define KST_PEB_HAS_CSD_VERSION         0x80000   /**< `csd_version` is valid. */
#define KST_PEB_HAS_LDR_LENGTH          0x100000  /**< `ldr_length` is valid. */
#define KST_PEB_HAS_LDR_INITIALIZED     0x200000  /**< `ldr_initialized` is valid. */
#define KST_PEB_HAS_LOAD_LIST           0x400000  /**< `load_first`, `load_last` are valid. */
#define KST_PEB_HAS_MEMORY_LIST         0x800000  /**< `memory_first`, `memory_last` are valid. */
#define KST_PEB_HAS_INIT_LIST           0x1000000 /**< `init_first`, `init_last` are valid. */
#define KST_PEB_HAS_ENTRY_IN_PROGRESS   0x2000000 /**< `entry_in_progress` is valid. */
#define KST_PEB_HAS_SHUTDOWN            0x4000000 /**< `shutdown_in_progress` is valid. */

#define KST_PEB_IS_LARGE_PAGES     0x1   /**< ImageUsesLargePages. */
#define KST_PEB_IS_PROTECTED       0x2   /**< IsProtectedProcess. */
#define KST_PEB_IS_LEGACY          0x4   /**< IsLegacyProcess (Vista, 7). */
#define KST_PEB_IS_RELOCATED       0x8   /**< IsImageDynamicallyRelocated. */
#define KST_PEB_IS_SKIP_PATCHING   0x10  /**< SkipPatchingUser32Forwarders. */
#define KST_PEB_IS_PACKAGED        0x20  /**< IsPackagedProcess. */
#define KST_PEB_IS_APP_CONTAINER   0x40  /**< IsAppContainer. */
#define KST_PEB_IS_PROTECTED_LIGHT 0x80  /**< IsProtectedProcessLight. */
#define KST_PEB_IS_LONG_PATH_AWARE 0x100 /**< IsLongPathAwareProcess. */

/** A pointer in the PEB or the loader data leads out of user space. */
#define KST_PEB_ANOMALY_POINTER 0x1
/** The PEB itself is not at a user address. */
#define KST_PEB_ANOMALY_ADDRESS 0x2
/** The length of the loader data is none that a version has. */
#define KST_PEB_ANOMALY_LDR_LENGTH 0x4

/** RTL_USER_PROCESS_PARAMETERS. */
struct kst_process_parameters {
	uint32_t size;                     /**< Set to sizeof by the caller. */
	uint32_t flags;                    /**< Flags; bit 0: pointers are addresses, not offsets. */
	uint64_t present;                  /**< KST_PROCESS_PARAMETERS_HAS_… */
	uint64_t anomalies;                /**< KST_PROCESS_PARAMETERS_ANOMALY_… */
	uint64_t address;                  /**< Where it is. */
	uint64_t environment;              /**< Address of the environment. */
	uint64_t environment_size;         /**< Bytes reserved for it (Vista and later). */
	uint64_t console_handle;           /**< ConsoleHandle. */
	uint64_t standard_input;           /**< StandardInput. */
	uint64_t standard_output;          /**< StandardOutput. */
	uint64_t standard_error;           /**< StandardError. */
	uint64_t current_directory_handle; /**< CurrentDirectory.Handle. */
	uint32_t maximum_length;           /**< MaximumLength. */
	uint32_t length;                   /**< Length. */
	uint32_t window_flags;             /**< WindowFlags. */
	uint32_t bits;                     /**< 32 or 64. */
	struct kst_text current_directory; /**< CurrentDirectory.DosPath. */
	struct kst_text dll_path;          /**< DllPath; null since 8 in practice. */
	struct kst_text image_path;        /**< ImagePathName. */
	struct kst_text command_line;      /**< CommandLine. */
	struct kst_text window_title;      /**< WindowTitle. */
	struct kst_text desktop_info;      /**< DesktopInfo. */
	struct kst_text shell_info;        /**< ShellInfo. */
	struct kst_text runtime_data;      /**< RuntimeData; not text. */
};

#define KST_PROCESS_PARAMETERS_HAS_FLAGS            0x1 /**< `flags` is valid. */
#define KST_PROCESS_PARAMETERS_HAS_LENGTHS          0x2 /**< `maximum_length`, `length` are valid. */
#define KST_PROCESS_PARAMETERS_HAS_ENVIRONMENT      0x4 /**< `environment` is valid. */
#define KST_PROCESS_PARAMETERS_HAS_ENVIRONMENT_SIZE 0x8 /**< `environment_size` is valid. */
/** `console_handle`, `standard_input`, `standard_output`, `standard_error` are valid. */
#define KST_PROCESS_PARAMETERS_HAS_HANDLES           0x10
#define KST_PROCESS_PARAMETERS_HAS_CURRENT_DIRECTORY 0x20   /**< `current_directory`, its handle are valid. */
#define KST_PROCESS_PARAMETERS_HAS_DLL_PATH          0x40   /**< `dll_path` is valid. */
#define KST_PROCESS_PARAMETERS_HAS_IMAGE_PATH        0x80   /**< `image_path` is valid. */
#define KST_PROCESS_PARAMETERS_HAS_COMMAND_LINE      0x100  /**< `command_line` is valid. */
#define KST_PROCESS_PARAMETERS_HAS_WINDOW_TITLE      0x200  /**< `window_title` is valid. */
#define KST_PROCESS_PARAMETERS_HAS_DESKTOP_INFO      0x400  /**< `desktop_info` is valid. */
#define KST_PROCESS_PARAMETERS_HAS_SHELL_INFO        0x800  /**< `shell_info` is valid. */
#define KST_PROCESS_PARAMETERS_HAS_RUNTIME_DATA      0x1000 /**< `runtime_data` is valid. */
#define KST_PROCESS_PARAMETERS_HAS_WINDOW_FLAGS      0x2000 /**< `window_flags` is valid. */

/** A string's length is odd, beyond its maximum, or set without a buffer. */
#define KST_PROCESS_PARAMETERS_ANOMALY_STRING 0x1
/** A pointer leads out of user space. */
#define KST_PROCESS_PARAMETERS_ANOMALY_POINTER 0x2
/** Not normalised: pointers were offsets and have been added to the block's address. */
#define KST_PROCESS_PARAMETERS_ANOMALY_NOT_NORMALIZED 0x4

/**
 * Make the layout of user-mode structures that have stood still since XP: PEB, PEB_LDR_DATA, LDR_DATA_TABLE_ENTRY,
 * RTL_USER_PROCESS_PARAMETERS, the head of the TEB. The kernel's symbols lack them for 32-bit programs on 64-bit
 * kernels; members that came later than XP are in it too. Thread-safe. @since 0.9
 * @param mem          Memory for the layout, kst_layout_size() bytes aligned to 8; owned by the caller.
 * @param size         Bytes at @p mem.
 * @param pointer_size 4 or 8.
 * @param err          Details on failure; may be NULL.
 * @retval KST_OK      Made.
 * @retval KST_E_ARG   @p mem is NULL or misaligned, or no such pointer size.
 * @retval KST_E_LIMIT @p size is too small.
 */
KST_API kst_status kst_layout_init_user(struct kst_layout *mem, size_t size, uint32_t pointer_size,
					struct kst_error *err);

/**
 * Decode a PEB from bytes the caller has read; the loader data stays absent. Thread-safe. @since 0.9
 * @param layout  Offsets to use, see also kst_layout_init_user(); not modified.
 * @param bytes   Start of the `_PEB`; may be NULL if @p len is 0.
 * @param len     Bytes available; fewer than the whole object is fine.
 * @param address Where @p bytes came from; copied to the result.
 * @param out     `size` set by the caller; the rest is written on success only.
 * @param err     Details on failure; may be NULL.
 * @retval KST_OK    `out->present` tells which members are valid.
 * @retval KST_E_ARG @p layout or @p out is NULL, or @p bytes is NULL with @p len > 0.
 * @retval KST_E_ABI `out->size` is not a size that this version knows.
 */
KST_API kst_status kst_decode_peb(const struct kst_layout *layout, const void *bytes, size_t len, uint64_t address,
				  struct kst_peb *out, struct kst_error *err);

/**
 * Decode process parameters from bytes the caller has read; the texts are brought by kst_read_text().
 * Thread-safe. @since 0.9
 * @param layout  Offsets to use; not modified.
 * @param bytes   Start of the `_RTL_USER_PROCESS_PARAMETERS`; may be NULL if @p len is 0.
 * @param len     Bytes available; fewer than the whole object is fine.
 * @param address Where @p bytes came from.
 * @param out     `size` set by the caller; the rest is written on success only.
 * @param err     Details on failure; may be NULL.
 * @retval KST_OK    `out->present` tells which members are valid.
 * @retval KST_E_ARG @p layout or @p out is NULL, or @p bytes is NULL with @p len > 0.
 * @retval KST_E_ABI `out->size` is not a size that this version knows.
 */
KST_API kst_status kst_decode_process_parameters(const struct kst_layout *layout, const void *bytes, size_t len,
						 uint64_t address, struct kst_process_parameters *out,
						 struct kst_error *err);

/**
 * Read the PEB of a process, and its loader data. Thread-safe as the reader is. @since 0.9
 * @param target  The target.
 * @param process The process, as decoded.
 * @param bits    0: the native PEB; 32: the 32-bit PEB (of a WOW64 process on a 64-bit kernel); 64: the 64-bit PEB.
 * @param out     `size` set by the caller; the rest is written on success only.
 * @param err     Details on failure; may be NULL.
 * @retval KST_OK    `out->state` says what is there: a PEB that is paged out, or none, is an answer too.
 * @retval KST_E_ARG An argument is NULL, or no such width.
 * @retval KST_E_ABI A struct's `size` is not one that this version knows.
 * @retval KST_E_NO_MEMBER The address space of the process is not known.
 * @retval KST_E_CORRUPT The address space of the process cannot be one.
 * @retval KST_E_HOST The reader failed.
 */
KST_API kst_status kst_process_peb(const struct kst_target *target, const struct kst_process *process, uint32_t bits,
				   struct kst_peb *out, struct kst_error *err);

/**
 * Read a PEB at an address of a space, for a target that has no kernel (a live process). Thread-safe. @since 0.9
 * @param target  The target.
 * @param space   Where the address is meant.
 * @param address Of the PEB.
 * @param bits    32 or 64.
 * @param out     `size` set by the caller; the rest is written on success only.
 * @param err     Details on failure; may be NULL.
 * @retval KST_OK     `out->state` says what is there.
 * @retval KST_E_ARG  An argument is NULL, or no such width.
 * @retval KST_E_ABI  `out->size` is not a size that this version knows.
 * @retval KST_E_HOST The reader failed.
 */
KST_API kst_status kst_peb_read(const struct kst_target *target, kst_space space, uint64_t address, uint32_t bits,
				struct kst_peb *out, struct kst_error *err);

/**
 * Read the process parameters that a PEB names. Thread-safe. @since 0.9
 * @param target The target.
 * @param space  Space of the process.
 * @param peb    The PEB, as read.
 * @param out    `size` set by the caller; the rest is written on success only.
 * @param err    Details on failure; may be NULL.
 * @retval KST_OK      `out->present` tells which members are valid; at least one is.
 * @retval KST_E_FAULT The PEB names none, or they are not in the memory at hand.
 * @retval KST_E_ARG   An argument is NULL.
 * @retval KST_E_ABI   A struct's `size` is not one that this version knows.
 * @retval KST_E_HOST  The reader failed.
 */
KST_API kst_status kst_process_parameters_read(const struct kst_target *target, kst_space space,
					       const struct kst_peb *peb, struct kst_process_parameters *out,
					       struct kst_error *err);

/** A text was cut because the buffer is too small; `needed_out` says what is needed. */
#define KST_TEXT_CUT 0x1
/** The text is not sound UTF-16; U+FFFD stands where it is not. */
#define KST_TEXT_UNSOUND 0x2
/** Part of the text is not in the memory at hand. */
#define KST_TEXT_PARTIAL 0x4

/**
 * Bring UTF-16 text into the caller's buffer as UTF-8. Thread-safe. @since 0.9
 * @param target     The target.
 * @param space      Space of the process (or KST_SPACE_KERNEL).
 * @param address    Of the text.
 * @param bytes      Of the text; the odd byte of an odd length is left out.
 * @param buf        The caller's buffer; a NUL ends the text in it.
 * @param cap        Its size, at least 1.
 * @param needed_out Bytes needed for all that could be read, NUL included; may be NULL.
 * @param notes_out  KST_TEXT_… bits; may be NULL.
 * @param err        Details on failure; may be NULL.
 * @retval KST_OK      Written, perhaps cut or in part: see @p notes_out.
 * @retval KST_E_FAULT Nothing of it is in the memory at hand; the buffer is untouched.
 * @retval KST_E_ARG   An argument is NULL or @p cap is 0.
 * @retval KST_E_HOST  The reader failed; there is no text in the buffer.
 */
KST_API kst_status kst_read_text(const struct kst_target *target, kst_space space, uint64_t address, uint64_t bytes,
				 char *buf, size_t cap, size_t *needed_out, uint32_t *notes_out, struct kst_error *err);

/** One variable of an environment, "NAME=value"; names may begin with '='. */
struct kst_variable {
	uint32_t size;        /**< Set to sizeof by the caller. */
	uint32_t reserved0;   /**< 0. */
	struct kst_text text; /**< Where it is; bring it with kst_read_text(). */
};

/**
 * Begin a walk over an environment. It ends at an empty string, at @p most bytes (clamped to 1 MiB), or where memory
 * ends; nothing in it is trusted.
 * @param cursor  State of the walk, in memory of the caller.
 * @param target  The target; must outlive the walk.
 * @param space   Space of the process.
 * @param address Of the environment.
 * @param most    Bytes that belong to it at most (EnvironmentSize); 0: not known.
 * @param err     Details on failure; may be NULL.
 * @retval KST_OK    Begun.
 * @retval KST_E_ARG An argument is NULL.
 * @since 0.9
 */
KST_API kst_status kst_environment_begin(struct kst_cursor *cursor, const struct kst_target *target, kst_space space,
					 uint64_t address, uint64_t most, struct kst_error *err);

/**
 * The next variable.
 * @param cursor From kst_environment_begin(); not shared between threads.
 * @param out    `size` set by the caller; the rest is written on success only.
 * @param err    Details on failure; may be NULL.
 * @retval KST_OK      One more.
 * @retval KST_END     The empty string (end: terminated), or the size is used up (end: mismatch: no empty string came).
 * @retval KST_E_FAULT The rest is not in the memory at hand (end: unreadable).
 * @retval KST_E_CORRUPT It is not in user space (end: mismatch).
 * @retval KST_E_ARG   The cursor belongs to another walk, or @p out is NULL.
 * @retval KST_E_ABI   `out->size` is not a size that this version knows.
 * @retval KST_E_LIMIT The step budget is used up.
 * @retval KST_E_HOST  The reader failed.
 * @since 0.9
 */
KST_API kst_status kst_environment_next(struct kst_cursor *cursor, struct kst_variable *out, struct kst_error *err);

/**
 * Name of a PEB state: "unknown", "present", "paged-out", "none", "gone", "invalid". Thread-safe. @since 0.9
 * @param state KST_PEB_UNKNOWN to KST_PEB_INVALID.
 * @return A static string; "unknown" for any other number.
 */
KST_API const char *kst_peb_state_name(uint32_t state);

/**
 * Name of one PEB anomaly. Thread-safe. @since 0.9
 * @param bit One KST_PEB_ANOMALY_… bit.
 * @return A static string; NULL for a bit that means nothing in this version.
 */
KST_API const char *kst_peb_anomaly_name(uint64_t bit);

/**
 * Name of one anomaly of process parameters. Thread-safe. @since 0.9
 * @param bit One KST_PROCESS_PARAMETERS_ANOMALY_… bit.
 * @return A static string; NULL for a bit that means nothing in this version.
 */
KST_API const char *kst_process_parameters_anomaly_name(uint64_t bit);

#ifdef __cplusplus
}
#endif
#endif
/** @} */
