/* SPDX-License-Identifier: MIT */
/**
 * @file dpc.h
 * @brief Processors, DPC queues, timers, and whose stack a processor took.
 *
 * @defgroup dpc Processors and DPCs
 * @ingroup topic_crash
 * @{
 */
#ifndef KSTATE_DPC_H
#define KSTATE_DPC_H

#include <kstate/api.h>
#include <kstate/target.h>

#ifdef __cplusplus
extern "C" {
#endif

/** One processor: KPRCB and what its KPCR adds. */
struct kst_processor {
	uint32_t size;               /**< Set to sizeof by the caller. */
	uint32_t number;             /**< KPRCB.Number. */
	uint64_t present;            /**< KST_PROCESSOR_HAS_… */
	uint64_t anomalies;          /**< KST_PROCESSOR_ANOMALY_… */
	uint64_t kpcr;               /**< Address of the KPCR. */
	uint64_t kprcb;              /**< Address of the KPRCB. */
	uint64_t current_thread;     /**< The running thread. */
	uint64_t next_thread;        /**< The thread that was selected to run next; 0: none. */
	uint64_t idle_thread;        /**< The idle thread. */
	uint64_t dpc_stack;          /**< KPRCB.DpcStack, as stored. */
	uint64_t isr_stack;          /**< KPRCB.IsrStack, as stored (8.1 and later); 64-bit: the end of the stack. */
	uint64_t exception_stack;    /**< KPRCB.ExceptionStack, as stored (18362 and later). */
	uint64_t saved_rsp;          /**< KPRCB.SavedRsp (2003 and Vista x64). */
	uint64_t dpc_thread;         /**< The thread that runs threaded DPCs. */
	uint64_t context_ip;         /**< Instruction pointer of the saved context; 7 and later: *KPRCB.Context. */
	uint64_t context_sp;         /**< Stack pointer of the saved context. */
	uint64_t context_bp;         /**< Frame pointer of the saved context. */
	uint64_t tss;                /**< Address of the TSS; valid with KST_PROCESSOR_HAS_TSS. */
	uint32_t dpc_routine_active; /**< Not 0 while DPCs are retired here (NT 5 x86: may be a stack address). */
	uint32_t irql;               /**< KPCR.Irql (x64: CR8 is what counts, this may be stale). */
};

#define KST_PROCESSOR_HAS_NUMBER          0x1    /**< `number` is valid. */
#define KST_PROCESSOR_HAS_KPCR            0x2    /**< `kpcr` is valid. */
#define KST_PROCESSOR_HAS_CURRENT_THREAD  0x4    /**< `current_thread` is valid. */
#define KST_PROCESSOR_HAS_NEXT_THREAD     0x8    /**< `next_thread` is valid. */
#define KST_PROCESSOR_HAS_IDLE_THREAD     0x10   /**< `idle_thread` is valid. */
#define KST_PROCESSOR_HAS_DPC_STACK       0x20   /**< `dpc_stack` is valid. */
#define KST_PROCESSOR_HAS_ISR_STACK       0x40   /**< `isr_stack` is valid. */
#define KST_PROCESSOR_HAS_EXCEPTION_STACK 0x80   /**< `exception_stack` is valid. */
#define KST_PROCESSOR_HAS_SAVED_RSP       0x100  /**< `saved_rsp` is valid. */
#define KST_PROCESSOR_HAS_DPC_THREAD      0x200  /**< `dpc_thread` is valid. */
#define KST_PROCESSOR_HAS_CONTEXT         0x400  /**< `context_ip`, `context_sp`, `context_bp` are valid. */
#define KST_PROCESSOR_HAS_DPC_ACTIVE      0x800  /**< `dpc_routine_active` is valid. */
#define KST_PROCESSOR_HAS_IRQL            0x1000 /**< `irql` is valid. */
#define KST_PROCESSOR_HAS_TSS             0x2000 /**< `tss` is valid. */

/** Number differs from the slot that the KPRCB was found in. */
#define KST_PROCESSOR_ANOMALY_NUMBER 0x1
/** KPCR.Self does not point to the KPCR. */
#define KST_PROCESSOR_ANOMALY_SELF 0x2
/** A thread pointer is not a kernel address. */
#define KST_PROCESSOR_ANOMALY_THREAD 0x4

/**
 * Decode a KPRCB from bytes the caller has read. Reads nothing, allocates nothing; thread-safe. A context outside of the
 * KPRCB (7 and later) is left out: kst_processors_next() reads it.
 * @param layout  Offsets to use; not modified.
 * @param bytes   Start of the KPRCB; may be NULL if @p len is 0.
 * @param len     Bytes available; fewer than the whole is fine.
 * @param address Where @p bytes came from; copied to the result.
 * @param out     `size` set by the caller; the rest is written on success only.
 * @param err     Details on failure; may be NULL.
 * @retval KST_OK    `out->present` tells which members are valid.
 * @retval KST_E_ARG An argument is NULL.
 * @retval KST_E_ABI `out->size` is not a size that this version knows.
 * @since 0.9
 */
KST_API kst_status kst_decode_processor(const struct kst_layout *layout, const void *bytes, size_t len,
					uint64_t address, struct kst_processor *out, struct kst_error *err);

/**
 * Begin a walk over all processors: KiProcessorBlock, as many slots as the machine has processors (at most 2048); where
 * the array is not known, the one that the identity's KPCR names. Thread-safe as the reader is.
 * @param cursor State of the walk, in memory of the caller.
 * @param target The target; must outlive the walk.
 * @param err    Details on failure; may be NULL.
 * @retval KST_OK          Begun.
 * @retval KST_E_NO_MEMBER Neither KiProcessorBlock nor a KPCR is known.
 * @retval KST_E_ARG       An argument is NULL.
 * @since 0.9
 */
KST_API kst_status kst_processors_begin(struct kst_cursor *cursor, const struct kst_target *target,
					struct kst_error *err);

/**
 * The next processor. A slot that cannot be read is stepped over (KST_WALK_ANOMALY_SKIPPED).
 * @param cursor From kst_processors_begin().
 * @param out    `size` set by the caller; the rest is written on success only.
 * @param err    Details on failure; may be NULL.
 * @retval KST_OK     One processor.
 * @retval KST_END    No more; kst_cursor_end() says why.
 * @retval KST_E_ARG  The cursor is not of this walk.
 * @retval KST_E_ABI  `out->size` is not a size that this version knows.
 * @retval KST_E_HOST The reader failed.
 * @since 0.9
 */
KST_API kst_status kst_processors_next(struct kst_cursor *cursor, struct kst_processor *out, struct kst_error *err);

/** The two queues of a processor. */
enum {
	KST_DPC_NORMAL = 0,  /**< DpcData[0], or the one queue of XP. */
	KST_DPC_THREADED = 1 /**< DpcData[1]: DPCs that run in a thread at passive level. */
};

/** One queue. */
struct kst_dpc_queue {
	uint32_t size;             /**< Set to sizeof by the caller. */
	uint32_t processor;        /**< Number of the processor; valid with KST_DPC_QUEUE_HAS_PROCESSOR. */
	uint64_t present;          /**< KST_DPC_QUEUE_HAS_… */
	uint64_t anomalies;        /**< KST_DPC_QUEUE_ANOMALY_… */
	uint64_t address;          /**< Address of the KDPC_DATA (XP: of the list head). */
	uint64_t first;            /**< Address of the first KDPC; 0: empty. */
	uint64_t last;             /**< Address of the last KDPC; 0: empty. */
	uint64_t active;           /**< The KDPC that runs now; 0: none (8.1 and later). */
	uint64_t lock;             /**< DpcLock, as stored. */
	uint32_t kind;             /**< KST_DPC_NORMAL or KST_DPC_THREADED. */
	uint32_t depth;            /**< DpcQueueDepth: how many should be queued. */
	uint32_t count;            /**< DpcCount: a running total, not a depth. */
	uint32_t long_dpc_present; /**< LongDpcPresent (20348 and later). */
};

#define KST_DPC_QUEUE_HAS_LIST      0x1  /**< `first`, `last` are valid. */
#define KST_DPC_QUEUE_HAS_DEPTH     0x2  /**< `depth` is valid. */
#define KST_DPC_QUEUE_HAS_COUNT     0x4  /**< `count` is valid. */
#define KST_DPC_QUEUE_HAS_ACTIVE    0x8  /**< `active` is valid. */
#define KST_DPC_QUEUE_HAS_LOCK      0x10 /**< `lock` is valid. */
#define KST_DPC_QUEUE_HAS_LONG      0x20 /**< `long_dpc_present` is valid. */
#define KST_DPC_QUEUE_HAS_PROCESSOR 0x40 /**< `processor` is valid. */

/** The list is empty and the depth is not 0, or the other way round. */
#define KST_DPC_QUEUE_ANOMALY_DEPTH 0x1
/** Only one of the two ends of the list is empty. */
#define KST_DPC_QUEUE_ANOMALY_ENDS 0x2

/**
 * Read one queue of a processor. Thread-safe as the reader is.
 * @param target    The target.
 * @param processor From kst_processors_next().
 * @param kind      KST_DPC_NORMAL or KST_DPC_THREADED.
 * @param out       `size` set by the caller; the rest is written on success only.
 * @param err       Details on failure; may be NULL.
 * @retval KST_OK          `out->present` tells which members are valid.
 * @retval KST_END         This kernel has no such queue (XP has no threaded DPCs).
 * @retval KST_E_NO_MEMBER The layout knows no queue.
 * @retval KST_E_FAULT     The queue is not in memory.
 * @retval KST_E_ARG       An argument is wrong.
 * @retval KST_E_ABI       A struct's `size` is not one that this version knows.
 * @retval KST_E_HOST      The reader failed.
 * @since 0.9
 */
KST_API kst_status kst_dpc_queue(const struct kst_target *target, const struct kst_processor *processor, uint32_t kind,
				 struct kst_dpc_queue *out, struct kst_error *err);

/** One KDPC. */
struct kst_dpc {
	uint32_t size;              /**< Set to sizeof by the caller. */
	uint32_t type;              /**< KOBJECTS number: 0x13 normal; 0x18 or 0x1a threaded. */
	uint64_t present;           /**< KST_DPC_HAS_… */
	uint64_t anomalies;         /**< KST_DPC_ANOMALY_… */
	uint64_t address;           /**< Address of the KDPC. */
	uint64_t routine;           /**< DeferredRoutine. */
	uint64_t context;           /**< DeferredContext. */
	uint64_t arguments[2];      /**< SystemArgument1 and SystemArgument2. */
	uint64_t dpc_data;          /**< DpcData (XP: Lock): not 0 while queued. */
	uint64_t processor_history; /**< ProcessorHistory: a bit per processor (8.1 and later). */
	uint32_t importance;        /**< 0 low, 1 medium, 2 high, 3 medium-high. */
	uint32_t number;    /**< Target processor, as stored: values past the processor table mark a targeted DPC. */
	uint32_t kind;      /**< KST_DPC_NORMAL or KST_DPC_THREADED, by `type`. */
	uint32_t reserved0; /**< 0. */
};

#define KST_DPC_HAS_TYPE       0x1  /**< `type`, `kind` are valid. */
#define KST_DPC_HAS_ROUTINE    0x2  /**< `routine` is valid. */
#define KST_DPC_HAS_CONTEXT    0x4  /**< `context` is valid. */
#define KST_DPC_HAS_ARGUMENTS  0x8  /**< `arguments` is valid. */
#define KST_DPC_HAS_DPC_DATA   0x10 /**< `dpc_data` is valid. */
#define KST_DPC_HAS_HISTORY    0x20 /**< `processor_history` is valid. */
#define KST_DPC_HAS_IMPORTANCE 0x40 /**< `importance` is valid. */
#define KST_DPC_HAS_NUMBER     0x80 /**< `number` is valid. */

/** The type is none of a DPC. */
#define KST_DPC_ANOMALY_TYPE 0x1
/** DpcData says that it is not queued, though it is in a queue. */
#define KST_DPC_ANOMALY_NOT_QUEUED 0x2
/** The routine is not a kernel address. */
#define KST_DPC_ANOMALY_ROUTINE 0x4
/** A threaded DPC in the normal queue, or the other way round. */
#define KST_DPC_ANOMALY_WRONG_QUEUE 0x8

/**
 * Decode a KDPC from bytes the caller has read. Reads nothing, allocates nothing; thread-safe.
 * @param layout  Offsets to use; not modified.
 * @param bytes   Start of the KDPC; may be NULL if @p len is 0.
 * @param len     Bytes available; fewer than the whole is fine.
 * @param address Where @p bytes came from; copied to the result.
 * @param out     `size` set by the caller; the rest is written on success only.
 * @param err     Details on failure; may be NULL.
 * @retval KST_OK    `out->present` tells which members are valid.
 * @retval KST_E_ARG An argument is NULL.
 * @retval KST_E_ABI `out->size` is not a size that this version knows.
 * @since 0.9
 */
KST_API kst_status kst_decode_dpc(const struct kst_layout *layout, const void *bytes, size_t len, uint64_t address,
				  struct kst_dpc *out, struct kst_error *err);

/**
 * Begin a walk over the DPCs of one queue, in the order in which they will run.
 * @param cursor State of the walk, in memory of the caller.
 * @param target The target; must outlive the walk.
 * @param queue  From kst_dpc_queue(). Without KST_DPC_QUEUE_HAS_LIST the walk ends unreadable, before the first DPC.
 * @param err    Details on failure; may be NULL.
 * @retval KST_OK          Begun.
 * @retval KST_E_NO_MEMBER The layout lacks the list entry of KDPC.
 * @retval KST_E_ARG       An argument is NULL.
 * @retval KST_E_ABI       `queue->size` is not a size that this version knows.
 * @since 0.9
 */
KST_API kst_status kst_dpcs_begin(struct kst_cursor *cursor, const struct kst_target *target,
				  const struct kst_dpc_queue *queue, struct kst_error *err);

/**
 * The next DPC. A KDPC that is not in memory ends the walk: the list goes no further.
 * @param cursor From kst_dpcs_begin().
 * @param out    `size` set by the caller; the rest is written on success only.
 * @param err    Details on failure; may be NULL.
 * @retval KST_OK        One DPC.
 * @retval KST_END       No more; kst_cursor_end() says why (closed, terminated, mismatch, unreadable).
 * @retval KST_E_CORRUPT The list runs in a loop.
 * @retval KST_E_LIMIT   The step budget is used up.
 * @retval KST_E_ARG     The cursor is not of this walk.
 * @retval KST_E_ABI     `out->size` is not a size that this version knows.
 * @retval KST_E_HOST    The reader failed.
 * @since 0.9
 */
KST_API kst_status kst_dpcs_next(struct kst_cursor *cursor, struct kst_dpc *out, struct kst_error *err);

/** One timer that waits in a timer table. */
struct kst_timer {
	uint32_t size;      /**< Set to sizeof by the caller. */
	uint32_t processor; /**< Whose table; valid with KST_TIMER_HAS_PROCESSOR. */
	uint64_t present;   /**< KST_TIMER_HAS_… */
	uint64_t anomalies; /**< KST_TIMER_ANOMALY_… */
	uint64_t address;   /**< Address of the KTIMER. */
	uint64_t due_time;  /**< DueTime, 100 ns of interrupt time. */
	uint64_t dpc;       /**< Address of the KDPC, decoded; 0: none. */
	uint32_t period;    /**< Milliseconds; 0: once. */
	uint32_t bucket;    /**< Index of the table's bucket. */
};

#define KST_TIMER_HAS_PROCESSOR 0x1 /**< `processor` is valid. */
#define KST_TIMER_HAS_DUE_TIME  0x2 /**< `due_time` is valid. */
#define KST_TIMER_HAS_DPC       0x4 /**< `dpc` is valid. */
#define KST_TIMER_HAS_PERIOD    0x8 /**< `period` is valid. */

/** The DPC pointer is encoded and the keys (KiWaitNever, KiWaitAlways) are not known. */
#define KST_TIMER_ANOMALY_DPC_ENCODED 0x1
/** The DPC pointer is no kernel address, and left out. */
#define KST_TIMER_ANOMALY_DPC 0x2

/**
 * Begin a walk over all waiting timers: the tables of all processors (7 and later), or KiTimerTableListHead before.
 * @param cursor State of the walk, in memory of the caller.
 * @param target The target; must outlive the walk.
 * @param err    Details on failure; may be NULL.
 * @retval KST_OK          Begun.
 * @retval KST_E_NO_MEMBER Neither the layout nor the symbols tell where the table is.
 * @retval KST_E_ARG       An argument is NULL.
 * @retval KST_E_HOST      The reader failed.
 * @since 0.9
 */
KST_API kst_status kst_timers_begin(struct kst_cursor *cursor, const struct kst_target *target, struct kst_error *err);

/**
 * The next timer. A bucket that is broken or not in memory is left for the next one (KST_WALK_ANOMALY_SKIPPED).
 * @param cursor From kst_timers_begin().
 * @param out    `size` set by the caller; the rest is written on success only.
 * @param err    Details on failure; may be NULL.
 * @retval KST_OK      One timer.
 * @retval KST_END     No more.
 * @retval KST_E_LIMIT The step budget is used up.
 * @retval KST_E_ARG   The cursor is not of this walk.
 * @retval KST_E_ABI   `out->size` is not a size that this version knows.
 * @retval KST_E_HOST  The reader failed.
 * @since 0.9
 */
KST_API kst_status kst_timers_next(struct kst_cursor *cursor, struct kst_timer *out, struct kst_error *err);

/** Kinds of kernel stacks. */
enum {
	KST_STACK_UNKNOWN = 0,       /**< None that the processor tells of. */
	KST_STACK_THREAD = 1,        /**< The current thread's. */
	KST_STACK_DPC = 2,           /**< The processor's DPC stack. */
	KST_STACK_INTERRUPT = 3,     /**< The processor's interrupt stack. */
	KST_STACK_EXCEPTION = 4,     /**< The processor's exception stack. */
	KST_STACK_DOUBLE_FAULT = 5,  /**< The first interrupt stack of the TSS (x64): double faults. */
	KST_STACK_MACHINE_CHECK = 6, /**< The second: machine checks. */
	KST_STACK_NMI = 7,           /**< The third: non-maskable interrupts. */
	KST_STACK_DEBUG = 8          /**< The fourth: debug exceptions. */
};

/** How the registers of a link were found. */
enum {
	KST_REGISTERS_FOUND_CONTEXT = 1, /**< A saved context, or the caller gave them. */
	KST_REGISTERS_FOUND_FRAME = 2,   /**< The frame at the top of the stack that was switched to. */
	KST_REGISTERS_FOUND_FIELD = 3,   /**< A field of the processor block or of the thread. */
	KST_REGISTERS_FOUND_SCAN = 4     /**< A scan of the top of the stack: the weakest. */
};

/** Registers at a point of a stack. */
struct kst_registers {
	uint32_t size;      /**< Set to sizeof by the caller. */
	uint32_t reserved0; /**< 0. */
	uint64_t ip;        /**< Instruction pointer. */
	uint64_t sp;        /**< Stack pointer. */
	uint64_t bp;        /**< Frame pointer. */
};

/** One stack in the chain of switches, the newest first; the last one is the interrupted thread's. */
struct kst_stack_link {
	uint32_t size;      /**< Set to sizeof by the caller. */
	uint32_t processor; /**< Number of the processor; valid with KST_STACK_LINK_HAS_PROCESSOR. */
	uint64_t present;   /**< KST_STACK_LINK_HAS_… */
	uint64_t anomalies; /**< KST_STACK_LINK_ANOMALY_… */
	uint64_t thread;    /**< The thread that is charged: KPRCB.CurrentThread. */
	uint64_t ip;        /**< Instruction pointer on this stack. */
	uint64_t sp;        /**< Stack pointer on this stack. */
	uint64_t bp;        /**< Frame pointer on this stack. */
	uint64_t low;       /**< Lowest address of this stack. */
	uint64_t high;      /**< Address after its last byte. */
	uint32_t stack;     /**< KST_STACK_… */
	uint32_t found;     /**< KST_REGISTERS_FOUND_… */
	uint32_t checked;   /**< 1: `sp` lies within the limits of the stack that it is said to be on. */
	uint32_t notes;     /**< KST_STACK_LINK_NOTE_… */
};

#define KST_STACK_LINK_HAS_PROCESSOR 0x1  /**< `processor` is valid. */
#define KST_STACK_LINK_HAS_THREAD    0x2  /**< `thread` is valid. */
#define KST_STACK_LINK_HAS_IP        0x4  /**< `ip` is valid. */
#define KST_STACK_LINK_HAS_BP        0x8  /**< `bp` is valid. */
#define KST_STACK_LINK_HAS_LIMITS    0x10 /**< `low`, `high` are valid. */

/** The instruction pointer is no kernel address; in user mode, where the stack pointer is none either, that is right. */
#define KST_STACK_LINK_ANOMALY_IP 0x1
/** The position of a saved value rests on an inference, not on a documented or measured frame of this build. */
#define KST_STACK_LINK_ANOMALY_INFERRED 0x2

/** DPCs are retired on the idle thread's own stack: no switch. */
#define KST_STACK_LINK_NOTE_IDLE 0x1
/** The current thread is the one that runs threaded DPCs: no switch. */
#define KST_STACK_LINK_NOTE_DPC_THREAD 0x2

/**
 * Begin at a processor's registers and follow the switches back to the interrupted thread (at most 4).
 * @param cursor    State of the walk, in memory of the caller.
 * @param target    The target; must outlive the walk.
 * @param processor From kst_processors_next().
 * @param start     Registers to begin with; NULL: those of the processor's saved context.
 * @param err       Details on failure; may be NULL.
 * @retval KST_OK      Begun.
 * @retval KST_E_FAULT No registers are known for this processor.
 * @retval KST_E_ARG   An argument is NULL.
 * @retval KST_E_ABI   A struct's `size` is not one that this version knows.
 * @retval KST_E_HOST  The reader failed.
 * @since 0.9
 */
KST_API kst_status kst_stack_begin(struct kst_cursor *cursor, const struct kst_target *target,
				   const struct kst_processor *processor, const struct kst_registers *start,
				   struct kst_error *err);

/**
 * Begin at a thread that does not run: its one link is where it was switched out (KTHREAD.KernelStack).
 * @param cursor State of the walk, in memory of the caller.
 * @param target The target; must outlive the walk.
 * @param thread Address of the KTHREAD.
 * @param err    Details on failure; may be NULL.
 * @retval KST_OK     Begun.
 * @retval KST_E_ARG  An argument is NULL.
 * @retval KST_E_HOST The reader failed.
 * @since 0.9
 */
KST_API kst_status kst_stack_begin_thread(struct kst_cursor *cursor, const struct kst_target *target, uint64_t thread,
					  struct kst_error *err);

/**
 * The next link. The walk ends TERMINATED at a thread's stack or in user mode, UNREADABLE where a switch frame is not in
 * memory, MISMATCH where no saved pointer leads to a stack that was not met yet, and after four switches.
 * @param cursor From kst_stack_begin() or kst_stack_begin_thread().
 * @param out    `size` set by the caller; the rest is written on success only.
 * @param err    Details on failure; may be NULL.
 * @retval KST_OK      One link.
 * @retval KST_END     No more; kst_cursor_end() says why.
 * @retval KST_E_ARG   The cursor is not of this walk.
 * @retval KST_E_ABI   `out->size` is not a size that this version knows.
 * @retval KST_E_HOST  The reader failed.
 * @since 0.9
 */
KST_API kst_status kst_stack_next(struct kst_cursor *cursor, struct kst_stack_link *out, struct kst_error *err);

/** One return address on a stack. */
struct kst_return_address {
	uint32_t size;        /**< Set to sizeof by the caller. */
	uint32_t found;       /**< KST_REGISTERS_FOUND_FRAME (frame-pointer chain, x86) or KST_REGISTERS_FOUND_SCAN. */
	uint64_t slot;        /**< Address on the stack. */
	uint64_t address;     /**< The return address. */
	uint64_t module_base; /**< Base of the module that it lies in. */
	char module_name[64]; /**< Its name, UTF-8. */
};

/**
 * Begin a walk over return addresses of a stack: on x86 the chain of frame pointers from `bp` first, then in every case
 * a scan of all pointers from `sp` up that lie in a kernel module. A scan also shows leftovers: it is no unwinding.
 * @param cursor State of the walk, in memory of the caller.
 * @param target The target; must outlive the walk.
 * @param link   From kst_stack_next(): where to begin and where the stack ends.
 * @param err    Details on failure; may be NULL.
 * @retval KST_OK    Begun.
 * @retval KST_E_ARG An argument is NULL, or the link has no limits.
 * @retval KST_E_ABI `link->size` is not a size that this version knows.
 * @since 0.9
 */
KST_API kst_status kst_return_addresses_begin(struct kst_cursor *cursor, const struct kst_target *target,
					      const struct kst_stack_link *link, struct kst_error *err);

/**
 * The next return address. What is not in memory is stepped over, page by page (KST_WALK_ANOMALY_SKIPPED).
 * @param cursor From kst_return_addresses_begin().
 * @param out    `size` set by the caller; the rest is written on success only.
 * @param err    Details on failure; may be NULL.
 * @retval KST_OK      One return address.
 * @retval KST_END     The stack's end (end: terminated).
 * @retval KST_E_LIMIT The step budget is used up.
 * @retval KST_E_ARG   The cursor is not of this walk.
 * @retval KST_E_ABI   `out->size` is not a size that this version knows.
 * @retval KST_E_HOST  The reader failed.
 * @since 0.9
 */
KST_API kst_status kst_return_addresses_next(struct kst_cursor *cursor, struct kst_return_address *out,
					     struct kst_error *err);

/**
 * Name of a queue kind: "normal", "threaded". Thread-safe. @since 0.9
 * @param kind KST_DPC_NORMAL or KST_DPC_THREADED.
 * @return A static string; "unknown" otherwise.
 */
KST_API const char *kst_dpc_kind_name(uint32_t kind);

/**
 * Name of an importance: "low", "medium", "high", "medium-high". Thread-safe. @since 0.9
 * @param importance kst_dpc.importance.
 * @return A static string; "unknown" otherwise.
 */
KST_API const char *kst_dpc_importance_name(uint32_t importance);

/**
 * Name of a stack kind: "unknown", "thread", "dpc", "interrupt", "exception", "double-fault", "machine-check", "nmi",
 * "debug". Thread-safe. @since 0.9
 * @param stack One of KST_STACK_….
 * @return A static string.
 */
KST_API const char *kst_stack_name(uint32_t stack);

/**
 * Name of how registers were found: "context", "frame", "field", "scan". Thread-safe. @since 0.9
 * @param found One of KST_REGISTERS_FOUND_….
 * @return A static string; "unknown" otherwise.
 */
KST_API const char *kst_registers_found_name(uint32_t found);

/**
 * Name of one processor anomaly. Thread-safe. @since 0.9
 * @param bit One KST_PROCESSOR_ANOMALY_… bit.
 * @return A static string; NULL for a bit that means nothing in this version.
 */
KST_API const char *kst_processor_anomaly_name(uint64_t bit);

/**
 * Name of one queue anomaly. Thread-safe. @since 0.9
 * @param bit One KST_DPC_QUEUE_ANOMALY_… bit.
 * @return A static string; NULL for a bit that means nothing in this version.
 */
KST_API const char *kst_dpc_queue_anomaly_name(uint64_t bit);

/**
 * Name of one DPC anomaly. Thread-safe. @since 0.9
 * @param bit One KST_DPC_ANOMALY_… bit.
 * @return A static string; NULL for a bit that means nothing in this version.
 */
KST_API const char *kst_dpc_anomaly_name(uint64_t bit);

/**
 * Name of one timer anomaly. Thread-safe. @since 0.9
 * @param bit One KST_TIMER_ANOMALY_… bit.
 * @return A static string; NULL for a bit that means nothing in this version.
 */
KST_API const char *kst_timer_anomaly_name(uint64_t bit);

/**
 * Name of one stack anomaly. Thread-safe. @since 0.9
 * @param bit One KST_STACK_LINK_ANOMALY_… bit.
 * @return A static string; NULL for a bit that means nothing in this version.
 */
KST_API const char *kst_stack_link_anomaly_name(uint64_t bit);

#ifdef __cplusplus
}
#endif
#endif
/** @} */
