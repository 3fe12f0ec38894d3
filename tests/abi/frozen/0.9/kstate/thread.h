/* SPDX-License-Identifier: MIT */
/**
 * @file thread.h
 * @brief Threads: state, wait, stacks, owning and attached process.
 *
 * @defgroup thread Threads
 * @ingroup topic_processes
 * @{
 */
#ifndef KSTATE_THREAD_H
#define KSTATE_THREAD_H

#include <kstate/api.h>
#include <kstate/layout.h>
#include <kstate/target.h>

#ifdef __cplusplus
extern "C" {
#endif

/** Scheduler states (KTHREAD.State). */
enum {
	KST_THREAD_INITIALIZED = 0,                /**< Not started. */
	KST_THREAD_READY = 1,                      /**< Waits for a processor. */
	KST_THREAD_RUNNING = 2,                    /**< Runs. */
	KST_THREAD_STANDBY = 3,                    /**< Chosen to run next. */
	KST_THREAD_TERMINATED = 4,                 /**< Has exited. */
	KST_THREAD_WAITING = 5,                    /**< Waits; `wait_reason` says for what. */
	KST_THREAD_TRANSITION = 6,                 /**< Ready, its kernel stack is paged out. */
	KST_THREAD_DEFERRED_READY = 7,             /**< Ready, not yet on a processor's queue. */
	KST_THREAD_GATE_WAIT = 8,                  /**< Waits on a gate (obsolete in later builds). */
	KST_THREAD_WAITING_FOR_PROCESS_IN_SWAP = 9 /**< Its process is swapped out. */
};

/** One thread (ETHREAD and the KTHREAD it begins with). */
struct kst_thread {
	uint32_t size;             /**< Set to sizeof by the caller. */
	uint32_t state;            /**< KST_THREAD_… */
	uint64_t present;          /**< KST_THREAD_HAS_… */
	uint64_t anomalies;        /**< KST_THREAD_ANOMALY_… */
	uint64_t traits;           /**< KST_THREAD_IS_… */
	uint64_t address;          /**< Address of the ETHREAD. */
	uint64_t pid;              /**< Cid.UniqueProcess. */
	uint64_t tid;              /**< Cid.UniqueThread. */
	uint64_t process;          /**< EPROCESS that owns it. */
	uint64_t attached_process; /**< EPROCESS whose address space it uses (ApcState.Process). */
	uint64_t start;            /**< StartAddress. */
	uint64_t win32_start;      /**< Win32StartAddress. */
	uint64_t initial_stack;    /**< InitialStack: where the stack pointer began. */
	uint64_t stack_base;       /**< Address after the kernel stack. */
	uint64_t stack_limit;      /**< Lowest address of the kernel stack. */
	uint64_t kernel_stack;     /**< Saved stack pointer; means nothing while the thread runs. */
	uint64_t teb;              /**< TEB; 0: none. */
	uint64_t user_stack_base;  /**< From the TEB: address after the user stack. */
	uint64_t user_stack_limit; /**< From the TEB: lowest committed address of the user stack. */
	uint64_t trap_frame;       /**< KTRAP_FRAME; 0: none. */
	uint64_t win32_thread;     /**< Win32Thread; 0: never called a window function. */
	uint64_t create_time;      /**< FILETIME, UTC. */
	uint64_t exit_time;        /**< FILETIME, UTC; means something once the thread has exited. */
	uint64_t name_address;     /**< UNICODE_STRING with the thread's name (14393 and later); 0: none. */
	uint32_t wait_reason;      /**< KWAIT_REASON; kst_wait_reason_name() names it. */
	uint32_t wait_mode;        /**< 0 kernel, 1 user. */
	uint32_t wait_irql;        /**< IRQL to come back to. */
	uint32_t wait_time;        /**< Clock tick at which the wait began (low 32 bits). */
	uint32_t context_switches; /**< ContextSwitches. */
	uint32_t next_processor;   /**< Processor it runs on, or is to run on. */
	uint32_t priority;         /**< Priority, 0 to 31. */
	uint32_t base_priority;    /**< BasePriority. */
	uint32_t flags;            /**< CrossThreadFlags. */
	uint32_t exit_status;      /**< NTSTATUS. */
	uint32_t kernel_time;      /**< Clock ticks in kernel mode. */
	uint32_t user_time;        /**< Clock ticks in user mode. */
	uint32_t secure_cookie;    /**< SecureThreadCookie; not 0: it has a part in VTL 1. */
	uint32_t reserved0;        /**< 0. */
	char name[128];            /**< Thread name as UTF-8, cut at a character. */
};

#define KST_THREAD_HAS_STATE            0x1        /**< `state` is valid. */
#define KST_THREAD_HAS_PID              0x2        /**< `pid` is valid. */
#define KST_THREAD_HAS_TID              0x4        /**< `tid` is valid. */
#define KST_THREAD_HAS_PROCESS          0x8        /**< `process` is valid. */
#define KST_THREAD_HAS_ATTACHED         0x10       /**< `attached_process` is valid. */
#define KST_THREAD_HAS_START            0x20       /**< `start` is valid. */
#define KST_THREAD_HAS_WIN32_START      0x40       /**< `win32_start` is valid. */
#define KST_THREAD_HAS_INITIAL_STACK    0x80       /**< `initial_stack` is valid. */
#define KST_THREAD_HAS_STACK_BASE       0x100      /**< `stack_base` is valid. */
#define KST_THREAD_HAS_STACK_LIMIT      0x200      /**< `stack_limit` is valid. */
#define KST_THREAD_HAS_KERNEL_STACK     0x400      /**< `kernel_stack` is valid. */
#define KST_THREAD_HAS_TEB              0x800      /**< `teb` is valid. */
#define KST_THREAD_HAS_USER_STACK       0x1000     /**< `user_stack_base`, `user_stack_limit` are valid. */
#define KST_THREAD_HAS_TRAP_FRAME       0x2000     /**< `trap_frame` is valid. */
#define KST_THREAD_HAS_WIN32_THREAD     0x4000     /**< `win32_thread` is valid. */
#define KST_THREAD_HAS_CREATE_TIME      0x8000     /**< `create_time` is valid. */
#define KST_THREAD_HAS_EXIT_TIME        0x10000    /**< `exit_time` is valid: it has exited. */
#define KST_THREAD_HAS_WAIT_REASON      0x20000    /**< `wait_reason` is valid. */
#define KST_THREAD_HAS_WAIT_MODE        0x40000    /**< `wait_mode` is valid. */
#define KST_THREAD_HAS_WAIT_IRQL        0x80000    /**< `wait_irql` is valid. */
#define KST_THREAD_HAS_WAIT_TIME        0x100000   /**< `wait_time` is valid. */
#define KST_THREAD_HAS_CONTEXT_SWITCHES 0x200000   /**< `context_switches` is valid. */
#define KST_THREAD_HAS_NEXT_PROCESSOR   0x400000   /**< `next_processor` is valid. */
#define KST_THREAD_HAS_PRIORITY         0x800000   /**< `priority` is valid. */
#define KST_THREAD_HAS_BASE_PRIORITY    0x1000000  /**< `base_priority` is valid. */
#define KST_THREAD_HAS_FLAGS            0x2000000  /**< `flags` is valid. */
#define KST_THREAD_HAS_EXIT_STATUS      0x4000000  /**< `exit_status` is valid: it has exited. */
#define KST_THREAD_HAS_KERNEL_TIME      0x8000000  /**< `kernel_time` is valid. */
#define KST_THREAD_HAS_USER_TIME        0x10000000 /**< `user_time` is valid. */
#define KST_THREAD_HAS_SECURE_COOKIE    0x20000000 /**< `secure_cookie` is valid. */
#define KST_THREAD_HAS_NAME_ADDRESS     0x40000000 /**< `name_address` is valid. */
#define KST_THREAD_HAS_NAME             0x80000000 /**< `name` is valid. */

#define KST_THREAD_IS_TERMINATED 0x1  /**< It was told to end (CrossThreadFlags: Terminated), or has exited. */
#define KST_THREAD_IS_SYSTEM     0x2  /**< A system thread. */
#define KST_THREAD_IS_SECURE     0x4  /**< It has a part in VTL 1. */
#define KST_THREAD_IS_RUNNING    0x8  /**< On a processor now: `kernel_stack` is stale. */
#define KST_THREAD_IS_STACK_OUT  0x10 /**< Its kernel stack is paged out. */
#define KST_THREAD_IS_ATTACHED   0x20 /**< It uses the address space of another process than its own. */

/** The stack pointer is outside of the stack, or base and limit contradict each other. */
#define KST_THREAD_ANOMALY_STACK 0x1
/** The state is none of the known ones. */
#define KST_THREAD_ANOMALY_STATE 0x2
/** The wait reason is none of the known ones. */
#define KST_THREAD_ANOMALY_WAIT_REASON 0x4
/** The thread id is no multiple of 4, or beyond 32 bits. */
#define KST_THREAD_ANOMALY_TID 0x8
/** The TEB is not at a user address. */
#define KST_THREAD_ANOMALY_TEB 0x10
/** It says that another process owns it than the one on whose list it is. */
#define KST_THREAD_ANOMALY_OWNER 0x20
/** KTHREAD.ThreadListEntry is not linked with its neighbours, though the thread has not terminated. */
#define KST_THREAD_ANOMALY_NOT_IN_KERNEL_LIST 0x40
/** The name was cut, or is not sound UTF-16. */
#define KST_THREAD_ANOMALY_NAME 0x80

/** Which list of a process a walk follows. They normally agree except for terminated threads. */
enum {
	KST_THREADS_EXECUTIVE = 0, /**< EPROCESS.ThreadListHead. */
	KST_THREADS_KERNEL = 1     /**< KPROCESS.ThreadListHead. */
};

/**
 * Decode one thread from bytes the caller has read. Reads nothing from the target: user stack and name stay absent;
 * kst_thread_read() completes them. Thread-safe. @since 0.9
 * @param layout  Offsets to use; not modified.
 * @param bytes   Start of the `_ETHREAD`; may be NULL if @p len is 0.
 * @param len     Bytes available; fewer than the whole object is fine.
 * @param address Where @p bytes came from; copied to the result.
 * @param out     `size` set by the caller; the rest is written on success only.
 * @param err     Details on failure; may be NULL.
 * @retval KST_OK    `out->present` tells which members are valid.
 * @retval KST_E_ARG @p layout or @p out is NULL, or @p bytes is NULL with @p len > 0.
 * @retval KST_E_ABI `out->size` is not a size that this version knows.
 */
KST_API kst_status kst_decode_thread(const struct kst_layout *layout, const void *bytes, size_t len, uint64_t address,
				     struct kst_thread *out, struct kst_error *err);

/**
 * Read and complete the thread at an address. Thread-safe as the reader is. @since 0.9
 * @param target  The target.
 * @param address Address of the ETHREAD.
 * @param out     `size` set by the caller; the rest is written on success only.
 * @param err     Details on failure; may be NULL.
 * @retval KST_OK      `out->present` tells which members are valid; at least one is.
 * @retval KST_E_FAULT Nothing of the thread is in the memory at hand.
 * @retval KST_E_NO_MEMBER The layout knows no member of a thread.
 * @retval KST_E_ARG   An argument is NULL.
 * @retval KST_E_ABI   `out->size` is not a size that this version knows.
 * @retval KST_E_HOST  The reader failed.
 */
KST_API kst_status kst_thread_read(const struct kst_target *target, uint64_t address, struct kst_thread *out,
				   struct kst_error *err);

/**
 * Begin a walk over threads.
 * @param cursor  State of the walk, in memory of the caller.
 * @param target  The target; must outlive the walk.
 * @param process Address of an EPROCESS; 0: the threads of all processes, Idle first. A process whose list breaks is
 *                then left with KST_WALK_ANOMALY_SKIPPED; with one process it ends the walk.
 * @param list    KST_THREADS_…
 * @param err     Details on failure; may be NULL.
 * @retval KST_OK          Begun.
 * @retval KST_E_ARG       An argument is NULL or no list.
 * @retval KST_E_NO_MEMBER The place of the list or of its links is not known.
 * @retval KST_E_HOST      The reader failed.
 * @since 0.9
 */
KST_API kst_status kst_threads_begin(struct kst_cursor *cursor, const struct kst_target *target, uint64_t process,
				     uint32_t list, struct kst_error *err);

/**
 * The next thread; delivered as far as present.
 * @param cursor From kst_threads_begin(); not shared between threads.
 * @param out    `size` set by the caller; the rest is written on success only.
 * @param err    Details on failure; may be NULL.
 * @retval KST_OK        One more.
 * @retval KST_END       All lists came back to their heads.
 * @retval KST_E_FAULT   The next links are not in the memory at hand (end: unreadable).
 * @retval KST_E_CORRUPT A list runs in a loop without its head, or leads out of the kernel (end: loop, mismatch).
 * @retval KST_E_LIMIT   The step budget is used up.
 * @retval KST_E_ARG     The cursor belongs to another walk, or an argument is NULL.
 * @retval KST_E_ABI     `out->size` is not a size that this version knows.
 * @retval KST_E_HOST    The reader failed.
 * @since 0.9
 */
KST_API kst_status kst_threads_next(struct kst_cursor *cursor, struct kst_thread *out, struct kst_error *err);

/**
 * The thread that a processor was running. Thread-safe. @since 0.9
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
KST_API kst_status kst_thread_current(const struct kst_target *target, uint32_t processor, struct kst_thread *out,
				      struct kst_error *err);

/**
 * Name of a thread state: "initialized", "ready", "running", "standby", "terminated", "waiting", "transition",
 * "deferred-ready", "gate-wait", "waiting-for-process-in-swap". Thread-safe. @since 0.9
 * @param state One of KST_THREAD_….
 * @return A static string; "unknown" for any other number.
 */
KST_API const char *kst_thread_state_name(uint32_t state);

/**
 * Name of a wait reason as KWAIT_REASON spells it, in lower case with hyphens: "executive", "user-request",
 * "wr-lpc-receive"… (numbers 0 to 0x2a, the last ones added in Windows 11). Thread-safe. @since 0.9
 * @param reason The number.
 * @return A static string; "unknown" for any other number.
 */
KST_API const char *kst_wait_reason_name(uint32_t reason);

/**
 * Name of one thread anomaly. Thread-safe. @since 0.9
 * @param bit One KST_THREAD_ANOMALY_… bit.
 * @return A static string; NULL for a bit that means nothing in this version.
 */
KST_API const char *kst_thread_anomaly_name(uint64_t bit);

#ifdef __cplusplus
}
#endif
#endif
/** @} */
