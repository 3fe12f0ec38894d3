/* SPDX-License-Identifier: MIT */
/**
 * @file process.h
 * @brief Processes, and the address space of one as a value.
 *
 * @defgroup process Processes
 * @ingroup topic_processes
 * @{
 */
#ifndef KSTATE_PROCESS_H
#define KSTATE_PROCESS_H

#include <kstate/api.h>
#include <kstate/layout.h>
#include <kstate/target.h>

#ifdef __cplusplus
extern "C" {
#endif

/** What there is of a process below the kernel. */
enum {
	KST_USER_STATE_UNKNOWN = 0, /**< The members that tell are not known here. */
	KST_USER_STATE_PRESENT = 1, /**< It has a PEB. */
	KST_USER_STATE_NONE = 2,    /**< It never had user mode: Idle, System, minimal processes. */
	KST_USER_STATE_GONE = 3,    /**< It has exited; its address space is deleted. */
	/** Isolated user mode: part of it runs, and lies, in VTL 1, which VTL 0 cannot read. */
	KST_USER_STATE_SECURE = 4
};

/** One process (EPROCESS and the KPROCESS it begins with). */
struct kst_process {
	uint32_t size;              /**< Set to sizeof by the caller. */
	uint32_t user_state;        /**< KST_USER_STATE_… */
	uint64_t present;           /**< KST_PROCESS_HAS_… */
	uint64_t anomalies;         /**< KST_PROCESS_ANOMALY_… */
	uint64_t traits;            /**< KST_PROCESS_IS_… */
	uint64_t address;           /**< Address of the EPROCESS. */
	uint64_t pid;               /**< UniqueProcessId. */
	uint64_t parent_pid;        /**< InheritedFromUniqueProcessId: the creator, which may be long gone. */
	uint64_t dtb;               /**< DirectoryTableBase as stored (PCID bits included); maps everything. */
	uint64_t user_dtb;          /**< UserDirectoryTableBase as stored; 0: not shadowed. */
	uint64_t peb;               /**< PEB (of a WOW64 process the 64-bit one); 0: none. */
	uint64_t wow64_process;     /**< Value of the WOW64 member; 0: not a WOW64 process. */
	uint64_t wow64_peb;         /**< 32-bit PEB. */
	uint64_t handle_table;      /**< HANDLE_TABLE. */
	uint64_t token;             /**< TOKEN object, reference bits removed. */
	uint64_t session;           /**< MM_SESSION_SPACE; 0: in no session. */
	uint64_t section;           /**< Section object of the image. */
	uint64_t section_base;      /**< Address of the image. */
	uint64_t vad_root;          /**< Address of the member VadRoot. */
	uint64_t file_object;       /**< FILE_OBJECT of the image. */
	uint64_t audit_name;        /**< OBJECT_NAME_INFORMATION with the image's path. */
	uint64_t create_time;       /**< FILETIME, UTC. */
	uint64_t exit_time;         /**< FILETIME, UTC; 0: it has not exited. */
	uint64_t trustlet_identity; /**< TrustletIdentity (10240 to 17134). */
	uint64_t secure_state;      /**< SecureState, or SecurePid up to 15063. */
	uint32_t threads;           /**< ActiveThreads. */
	uint32_t handles;           /**< Handles in its table. */
	uint32_t exit_status;       /**< NTSTATUS. */
	uint32_t flags;             /**< EPROCESS.Flags. */
	uint32_t session_id;        /**< Number of the session. */
	uint32_t protection;        /**< PS_PROTECTION: bits 0-2 type (1 light, 2 full), 3 audit, 4-7 signer. */
	uint32_t base_priority;     /**< BasePriority. */
	uint32_t kernel_time;       /**< Clock ticks in kernel mode. */
	uint32_t user_time;         /**< Clock ticks in user mode. */
	uint32_t wow64_machine;     /**< PE machine of the WOW64 side: 0x14c, 0x1c4. */
	uint32_t path_bytes;        /**< Length of the path in bytes of UTF-16. */
	uint32_t reserved0;         /**< 0. */
	char name[24];              /**< ImageFileName: 14 characters at most in practice. */
	char path[520];             /**< Full path as UTF-8, cut at a character. */
};

#define KST_PROCESS_HAS_PID           0x1         /**< `pid` is valid. */
#define KST_PROCESS_HAS_PARENT_PID    0x2         /**< `parent_pid` is valid. */
#define KST_PROCESS_HAS_NAME          0x4         /**< `name` is valid. */
#define KST_PROCESS_HAS_DTB           0x8         /**< `dtb` is valid. */
#define KST_PROCESS_HAS_USER_DTB      0x10        /**< `user_dtb` is valid. */
#define KST_PROCESS_HAS_PEB           0x20        /**< `peb` is valid. */
#define KST_PROCESS_HAS_WOW64         0x40        /**< `wow64_process` is valid. */
#define KST_PROCESS_HAS_WOW64_PEB     0x80        /**< `wow64_peb` is valid. */
#define KST_PROCESS_HAS_HANDLE_TABLE  0x100       /**< `handle_table` is valid. */
#define KST_PROCESS_HAS_HANDLES       0x200       /**< `handles` is valid. */
#define KST_PROCESS_HAS_THREADS       0x400       /**< `threads` is valid. */
#define KST_PROCESS_HAS_CREATE_TIME   0x800       /**< `create_time` is valid. */
#define KST_PROCESS_HAS_EXIT_TIME     0x1000      /**< `exit_time` is valid. */
#define KST_PROCESS_HAS_EXIT_STATUS   0x2000      /**< `exit_status` is valid. */
#define KST_PROCESS_HAS_TOKEN         0x4000      /**< `token` is valid. */
#define KST_PROCESS_HAS_SESSION       0x8000      /**< `session` is valid. */
#define KST_PROCESS_HAS_SESSION_ID    0x10000     /**< `session_id` is valid. */
#define KST_PROCESS_HAS_SECTION       0x20000     /**< `section` is valid. */
#define KST_PROCESS_HAS_SECTION_BASE  0x40000     /**< `section_base` is valid. */
#define KST_PROCESS_HAS_VAD_ROOT      0x80000     /**< `vad_root` is valid. */
#define KST_PROCESS_HAS_FLAGS         0x100000    /**< `flags` is valid. */
#define KST_PROCESS_HAS_PROTECTION    0x200000    /**< `protection` is valid. */
#define KST_PROCESS_HAS_SECURE        0x400000    /**< KST_PROCESS_IS_SECURE is known. */
#define KST_PROCESS_HAS_MINIMAL       0x800000    /**< KST_PROCESS_IS_MINIMAL is known. */
#define KST_PROCESS_HAS_EXITING       0x1000000   /**< KST_PROCESS_IS_EXITING and …_DELETED are known. */
#define KST_PROCESS_HAS_BASE_PRIORITY 0x2000000   /**< `base_priority` is valid. */
#define KST_PROCESS_HAS_KERNEL_TIME   0x4000000   /**< `kernel_time` is valid. */
#define KST_PROCESS_HAS_USER_TIME     0x8000000   /**< `user_time` is valid. */
#define KST_PROCESS_HAS_FILE_OBJECT   0x10000000  /**< `file_object` is valid. */
#define KST_PROCESS_HAS_AUDIT_NAME    0x20000000  /**< `audit_name` is valid. */
#define KST_PROCESS_HAS_PATH          0x40000000  /**< `path`, `path_bytes` are valid. */
#define KST_PROCESS_HAS_TRUSTLET      0x80000000  /**< `trustlet_identity` is valid. */
#define KST_PROCESS_HAS_SECURE_STATE  0x100000000 /**< `secure_state` is valid. */
#define KST_PROCESS_HAS_WOW64_MACHINE 0x200000000 /**< `wow64_machine` is valid. */

/** Flags: ProcessExiting or ProcessDelete (termination was asked for), or an exit time. Its memory may all be there. */
#define KST_PROCESS_IS_EXITING 0x1
/** The address space is gone. Flags: VmDeleted; where that is not known, ProcessDelete with an exit time. */
#define KST_PROCESS_IS_DELETED 0x2
#define KST_PROCESS_IS_MINIMAL 0x4  /**< A minimal process: no PEB, no ntdll (8.1 and later). */
#define KST_PROCESS_IS_SECURE  0x8  /**< It has a part in VTL 1 (a trustlet). */
#define KST_PROCESS_IS_WOW64   0x10 /**< A 32-bit process on a 64-bit kernel. */

/** The process id is no multiple of 4, or beyond 32 bits. */
#define KST_PROCESS_ANOMALY_PID 0x1
/** The directory table base is 0 or has bits that no mode allows. */
#define KST_PROCESS_ANOMALY_DTB 0x2
/** The PEB is not at a user address. */
#define KST_PROCESS_ANOMALY_PEB 0x4
/** The image name holds bytes that no name has. */
#define KST_PROCESS_ANOMALY_NAME 0x8
/** Exited before it was created. */
#define KST_PROCESS_ANOMALY_TIMES 0x10
/** The path was cut, or is not sound UTF-16. */
#define KST_PROCESS_ANOMALY_PATH 0x20
/** The 32-bit PEB is not in the low 4 GiB. */
#define KST_PROCESS_ANOMALY_WOW64_PEB 0x40
/** SecureState is set without its lowest bit. */
#define KST_PROCESS_ANOMALY_SECURE_STATE 0x80
/** Found elsewhere, but not on PsActiveProcessHead. */
#define KST_PROCESS_ANOMALY_NOT_LISTED 0x100
/** On PsActiveProcessHead, but not in PspCidTable. */
#define KST_PROCESS_ANOMALY_NOT_IN_CID_TABLE 0x200
/** KPROCESS.ProcessListEntry is not linked with its neighbours. */
#define KST_PROCESS_ANOMALY_NOT_IN_KERNEL_LIST 0x400
/** No directory table base was found, or the one stored maps nothing: its user memory cannot be read. */
#define KST_PROCESS_ANOMALY_NO_ADDRESS_SPACE 0x800
/** Known elsewhere, but not on the list of all objects of type Process, where the kernel keeps one. */
#define KST_PROCESS_ANOMALY_NOT_IN_OBJECT_LIST 0x1000

/** What knows of one process: kst_process_sources(). */
struct kst_process_sources {
	uint32_t size;      /**< Set to sizeof by the caller. */
	uint32_t reserved0; /**< 0. */
	uint64_t address;   /**< Address of the EPROCESS. */
	uint64_t present;   /**< KST_PROCESS_SOURCE_…: those that could be asked. */
	uint64_t found;     /**< KST_PROCESS_SOURCE_…: of these, those that know the process. */
};

#define KST_PROCESS_SOURCE_LIST        0x1 /**< Linked with its neighbours on the list of active processes. */
#define KST_PROCESS_SOURCE_KERNEL_LIST 0x2 /**< The same of KPROCESS.ProcessListEntry (2003 SP1 and later). */
#define KST_PROCESS_SOURCE_CID_TABLE   0x4 /**< PspCidTable has it under its process id. */
/** Linked with its neighbours on the list of all objects of its type, which few kernels keep (`otl`, NtGlobalFlag). */
#define KST_PROCESS_SOURCE_OBJECT_LIST 0x8

/** Where processes are looked for. */
enum {
	KST_PROCESSES_ACTIVE = 0,     /**< PsActiveProcessHead. */
	KST_PROCESSES_KERNEL_LIST = 1 /**< KiProcessListHead (KPROCESS.ProcessListEntry, 2003 SP1 and later). */
};

/**
 * Decode one process from bytes the caller has read. Reads nothing from the target: what lies elsewhere (path, number
 * of handles, session number, 32-bit PEB of 10586 and later) stays absent; kst_process_read() completes it.
 * Thread-safe. @since 0.9
 * @param layout  Offsets to use; not modified.
 * @param bytes   Start of the `_EPROCESS`; may be NULL if @p len is 0.
 * @param len     Bytes available; fewer than the whole object is fine.
 * @param address Where @p bytes came from; copied to the result.
 * @param out     `size` set by the caller; the rest is written on success only.
 * @param err     Details on failure; may be NULL.
 * @retval KST_OK    `out->present` tells which members are valid.
 * @retval KST_E_ARG @p layout or @p out is NULL, or @p bytes is NULL with @p len > 0.
 * @retval KST_E_ABI `out->size` is not a size that this version knows.
 */
KST_API kst_status kst_decode_process(const struct kst_layout *layout, const void *bytes, size_t len, uint64_t address,
				      struct kst_process *out, struct kst_error *err);

/**
 * Read and complete the process at an address. Thread-safe as the reader is. @since 0.9
 * @param target  The target.
 * @param address Address of the EPROCESS.
 * @param out     `size` set by the caller; the rest is written on success only.
 * @param err     Details on failure; may be NULL.
 * @retval KST_OK      `out->present` tells which members are valid; at least one is.
 * @retval KST_E_FAULT Nothing of the process is in the memory at hand.
 * @retval KST_E_NO_MEMBER The layout knows no member of a process.
 * @retval KST_E_ARG   An argument is NULL.
 * @retval KST_E_ABI   `out->size` is not a size that this version knows.
 * @retval KST_E_HOST  The reader failed.
 */
KST_API kst_status kst_process_read(const struct kst_target *target, uint64_t address, struct kst_process *out,
				    struct kst_error *err);

/**
 * Begin a walk over the processes on PsActiveProcessHead. The Idle process is not on it, see kst_process_idle().
 * @param cursor State of the walk, in memory of the caller.
 * @param target The target; must outlive the walk.
 * @param err    Details on failure; may be NULL.
 * @retval KST_OK          Begun.
 * @retval KST_E_ARG       An argument is NULL.
 * @retval KST_E_NO_MEMBER The list's address or the place of its links is not known.
 * @since 0.9
 */
KST_API kst_status kst_processes_begin(struct kst_cursor *cursor, const struct kst_target *target,
				       struct kst_error *err);

/**
 * As kst_processes_begin(), from another list. @since 0.9
 * @param cursor State of the walk, in memory of the caller.
 * @param target The target; must outlive the walk.
 * @param source KST_PROCESSES_…
 * @param err    Details on failure; may be NULL.
 * @retval KST_OK          Begun.
 * @retval KST_E_ARG       An argument is NULL or no source.
 * @retval KST_E_NO_MEMBER The list's address or the place of its links is not known.
 */
KST_API kst_status kst_processes_begin_from(struct kst_cursor *cursor, const struct kst_target *target, uint32_t source,
					    struct kst_error *err);

/**
 * The next process. Steps over nothing: a process of which only the links are there is delivered as far as present.
 * @param cursor From kst_processes_begin(); not shared between threads.
 * @param out    `size` set by the caller; the rest is written on success only.
 * @param err    Details on failure; may be NULL.
 * @retval KST_OK        One more.
 * @retval KST_END       The list came back to its head.
 * @retval KST_E_FAULT   The next links are not in the memory at hand (end: unreadable).
 * @retval KST_E_CORRUPT The list runs in a loop without its head, or leads out of the kernel (end: loop, mismatch).
 * @retval KST_E_LIMIT   The step budget is used up.
 * @retval KST_E_ARG     The cursor belongs to another walk, or an argument is NULL.
 * @retval KST_E_ABI     `out->size` is not a size that this version knows.
 * @retval KST_E_HOST    The reader failed.
 * @since 0.9
 */
KST_API kst_status kst_processes_next(struct kst_cursor *cursor, struct kst_process *out, struct kst_error *err);

/**
 * The Idle process, which is on no list of processes (PsIdleProcess, else KiInitialProcess). Thread-safe. @since 0.9
 * @param target The target.
 * @param out    `size` set by the caller; the rest is written on success only.
 * @param err    Details on failure; may be NULL.
 * @retval KST_OK          Written.
 * @retval KST_E_NO_MEMBER Its address is not known.
 * @retval KST_E_FAULT     It is not in the memory at hand.
 * @retval KST_E_ARG       An argument is NULL.
 * @retval KST_E_ABI       `out->size` is not a size that this version knows.
 * @retval KST_E_HOST      The reader failed.
 */
KST_API kst_status kst_process_idle(const struct kst_target *target, struct kst_process *out, struct kst_error *err);

/**
 * Find a process by its id: the list of active processes; for one that is not on it, or behind its break, the table of
 * ids (PspCidTable); where the list is not whole, the current processes of the processors, too (a triage dump has neither
 * list nor table). 0 is the Idle process. Thread-safe. @since 0.9
 * @param target The target.
 * @param pid    Process id.
 * @param out    `size` set by the caller; the rest is written on success only.
 * @param err    Details on failure; may be NULL.
 * @retval KST_OK          Found.
 * @retval KST_END         The whole list was seen, and no process on it or in the table of ids has this id.
 * @retval KST_E_FAULT     Not found, and the list could not be read to its end.
 * @retval KST_E_CORRUPT   Not found, and the list contradicts itself.
 * @retval KST_E_LIMIT     Not found within the step budget.
 * @retval KST_E_NO_MEMBER The list's address or its links are not known.
 * @retval KST_E_ARG       An argument is NULL.
 * @retval KST_E_ABI       `out->size` is not a size that this version knows.
 * @retval KST_E_HOST      The reader failed.
 */
KST_API kst_status kst_process_find(const struct kst_target *target, uint64_t pid, struct kst_process *out,
				    struct kst_error *err);

/**
 * The process that a processor was running (through the current thread's attached process); the crashing process of a
 * triage dump. Thread-safe. @since 0.9
 * @param target    The target.
 * @param processor Processor number, from 0.
 * @param out       `size` set by the caller; the rest is written on success only.
 * @param err       Details on failure; may be NULL.
 * @retval KST_OK          Written.
 * @retval KST_E_NO_MEMBER KiProcessorBlock or a member on the way is not known.
 * @retval KST_E_FAULT     Something on the way is not in the memory at hand, or the number is too high.
 * @retval KST_E_ARG       An argument is NULL.
 * @retval KST_E_ABI       `out->size` is not a size that this version knows.
 * @retval KST_E_HOST      The reader failed.
 */
KST_API kst_status kst_process_current(const struct kst_target *target, uint32_t processor, struct kst_process *out,
				       struct kst_error *err);

/**
 * Which sources of processes know one process? A process that one source knows and another does not is hidden, or just
 * coming or going. Each source is asked for this process alone, with a bounded number of reads: of a list it is known
 * whether the neighbours point back, not whether its head is reached (a walk tells that). Thread-safe. @since 0.9
 * @param target  The target.
 * @param address Address of the EPROCESS.
 * @param out     `size` set by the caller; the rest is written on success only.
 * @param err     Details on failure; may be NULL.
 * @retval KST_OK     Written; `present` is 0 where no source could be asked.
 * @retval KST_E_ARG  An argument is NULL.
 * @retval KST_E_ABI  `out->size` is not a size that this version knows.
 * @retval KST_E_HOST The reader failed.
 */
KST_API kst_status kst_process_sources(const struct kst_target *target, uint64_t address,
				       struct kst_process_sources *out, struct kst_error *err);

/**
 * The address space of a process: a value that every reader, walk and translation takes. Two of them never mix: there
 * is no current process anywhere in the library. Thread-safe. @since 0.9
 * @param process   A decoded process.
 * @param space_out Written on success.
 * @param err       Details on failure; may be NULL.
 * @retval KST_OK          Written.
 * @retval KST_E_NO_MEMBER The directory table base of the process is not known.
 * @retval KST_E_CORRUPT   The stored value cannot be a directory table base.
 * @retval KST_E_ARG       An argument is NULL.
 * @retval KST_E_ABI       `process->size` is not a size that this version knows.
 */
KST_API kst_status kst_process_space(const struct kst_process *process, kst_space *space_out, struct kst_error *err);

/**
 * Name of a user state: "unknown", "present", "none", "gone", "secure". Thread-safe. @since 0.9
 * @param state One of KST_USER_STATE_….
 * @return A static string; "unknown" for any other number.
 */
KST_API const char *kst_user_state_name(uint32_t state);

/**
 * Name of one source of processes: "list", "kernel-list", "cid-table", "object-list". Thread-safe. @since 0.9
 * @param bit One KST_PROCESS_SOURCE_… bit.
 * @return A static string; NULL for a bit that means nothing in this version.
 */
KST_API const char *kst_process_source_name(uint64_t bit);

/**
 * Name of one process anomaly. Thread-safe. @since 0.9
 * @param bit One KST_PROCESS_ANOMALY_… bit.
 * @return A static string; NULL for a bit that means nothing in this version.
 */
KST_API const char *kst_process_anomaly_name(uint64_t bit);

#ifdef __cplusplus
}
#endif
#endif
/** @} */
