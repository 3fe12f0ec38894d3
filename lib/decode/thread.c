/* SPDX-License-Identifier: MIT */
/* ETHREAD and the KTHREAD it begins with (member Tcb, at its start in every build). */
#include "thread.h"

#include "process.h"

#define ROW(id, member, kind, bit)                                                                                     \
	{                                                                                                              \
		KST__M_##id, (uint16_t)offsetof(struct kst_thread, member), sizeof(((struct kst_thread *)0)->member),  \
			KST__FIELD_##kind, bit                                                                         \
	}

static const struct kst__field fields[] = {
	ROW(KTHREAD_STATE, state, NUMBER, 0),
	ROW(KTHREAD_PROCESS, process, POINTER, 3),
	ROW(KTHREAD_APC_STATE_PROCESS, attached_process, POINTER, 4),
	ROW(ETHREAD_START_ADDRESS, start, POINTER, 5),
	ROW(ETHREAD_WIN32_START_ADDRESS, win32_start, POINTER, 6),
	ROW(KTHREAD_INITIAL_STACK, initial_stack, POINTER, 7),
	ROW(KTHREAD_STACK_BASE, stack_base, POINTER, 8),
	ROW(KTHREAD_STACK_LIMIT, stack_limit, POINTER, 9),
	ROW(KTHREAD_KERNEL_STACK, kernel_stack, POINTER, 10),
	ROW(KTHREAD_TEB, teb, POINTER, 11),
	ROW(KTHREAD_TRAP_FRAME, trap_frame, POINTER, 13),
	ROW(KTHREAD_WIN32_THREAD, win32_thread, POINTER, 14),
	ROW(ETHREAD_CREATE_TIME, create_time, U64, 15),
	ROW(ETHREAD_EXIT_TIME, exit_time, U64, 16),
	ROW(KTHREAD_WAIT_REASON, wait_reason, NUMBER, 17),
	ROW(KTHREAD_WAIT_MODE, wait_mode, NUMBER, 18),
	ROW(KTHREAD_WAIT_IRQL, wait_irql, NUMBER, 19),
	ROW(KTHREAD_WAIT_TIME, wait_time, NUMBER, 20),
	ROW(KTHREAD_CONTEXT_SWITCHES, context_switches, NUMBER, 21),
	ROW(KTHREAD_NEXT_PROCESSOR, next_processor, NUMBER, 22),
	ROW(KTHREAD_PRIORITY, priority, NUMBER, 23),
	ROW(KTHREAD_BASE_PRIORITY, base_priority, NUMBER, 24),
	ROW(ETHREAD_CROSS_THREAD_FLAGS, flags, NUMBER, 25),
	ROW(ETHREAD_EXIT_STATUS, exit_status, NUMBER, 26),
	ROW(KTHREAD_KERNEL_TIME, kernel_time, NUMBER, 27),
	ROW(KTHREAD_USER_TIME, user_time, NUMBER, 28),
	ROW(KTHREAD_SECURE_THREAD_COOKIE, secure_cookie, NUMBER, 29),
	ROW(ETHREAD_THREAD_NAME, name_address, POINTER, 30),
};

#define TID_BITS 0xfffffffcu /* of a thread id: a multiple of 4 of 32 bits */

/* In the order of KWAIT_REASON. */
static const char *const reasons[] = {
	"executive",
	"free-page",
	"page-in",
	"pool-allocation",
	"delay-execution",
	"suspended",
	"user-request",
	"wr-executive",
	"wr-free-page",
	"wr-page-in",
	"wr-pool-allocation",
	"wr-delay-execution",
	"wr-suspended",
	"wr-user-request",
	"wr-event-pair",
	"wr-queue",
	"wr-lpc-receive",
	"wr-lpc-reply",
	"wr-virtual-memory",
	"wr-page-out",
	"wr-rendezvous",
	"wr-keyed-event",
	"wr-terminated",
	"wr-process-in-swap",
	"wr-cpu-rate-control",
	"wr-callout-stack",
	"wr-kernel",
	"wr-resource",
	"wr-push-lock",
	"wr-mutex",
	"wr-quantum-end",
	"wr-dispatch-int",
	"wr-preempted",
	"wr-yield-execution",
	"wr-fast-mutex",
	"wr-guarded-mutex",
	"wr-rundown",
	"wr-alert-by-thread-id",
	"wr-deferred-preempt",
	"wr-physical-fault",
	"wr-io-ring",
	"wr-mdl-cache",
	"wr-rcu",
};

static const char *const states[] = {
	"initialized", "ready",      "running",        "standby",   "terminated",
	"waiting",     "transition", "deferred-ready", "gate-wait", "waiting-for-process-in-swap",
};

/* CLIENT_ID: two pointers, the process first. */
static void decode_cid(const struct kst__view *view, struct kst_thread *out)
{
	const struct kst__member *cid = kst__member(view->layout, KST__M_ETHREAD_CID);

	if (!cid->present)
		return;
	if (kst__view_pointer(view, cid->offset, &out->pid))
		out->present |= KST_THREAD_HAS_PID;
	if (kst__view_pointer(view, (uint64_t)cid->offset + view->layout->info.pointer_size, &out->tid))
		out->present |= KST_THREAD_HAS_TID;
}

/*
 * The attached process is KAPC_STATE.Process, which follows two list heads in every build; the owner is KTHREAD.Process,
 * on XP ETHREAD.ThreadsProcess.
 */
static void decode_processes(const struct kst__view *view, struct kst_thread *out)
{
	const struct kst__member *apc = kst__member(view->layout, KST__M_KTHREAD_APC_STATE);

	if ((out->present & KST_THREAD_HAS_ATTACHED) == 0 && apc->present &&
	    kst__view_pointer(view, (uint64_t)apc->offset + 4u * view->layout->info.pointer_size,
			      &out->attached_process))
		out->present |= KST_THREAD_HAS_ATTACHED;
	if ((out->present & KST_THREAD_HAS_PROCESS) == 0 &&
	    kst__get_pointer(view, KST__M_ETHREAD_THREADS_PROCESS, &out->process))
		out->present |= KST_THREAD_HAS_PROCESS;
	if ((out->present & KST_THREAD_HAS_ATTACHED) && (out->present & KST_THREAD_HAS_PROCESS) &&
	    out->attached_process != out->process)
		out->traits |= KST_THREAD_IS_ATTACHED;
}

/* Until the thread has exited, the slots of its exit time and status hold lists (KeyedWaitChain, OfsChain). */
static bool has_exited(const struct kst_thread *t)
{
	if (t->present & KST_THREAD_HAS_STATE)
		return t->state == KST_THREAD_TERMINATED;
	return (t->traits & KST_THREAD_IS_TERMINATED) != 0 && t->exit_time >> 63 == 0 && t->exit_time >= t->create_time;
}

static void decode_traits(const struct kst__view *view, struct kst_thread *out)
{
	uint64_t value;

	if (kst__get(view, KST__M_ETHREAD_TERMINATED, &value) && value)
		out->traits |= KST_THREAD_IS_TERMINATED;
	if ((kst__get(view, KST__M_ETHREAD_SYSTEM_THREAD, &value) && value) ||
	    (kst__get(view, KST__M_KTHREAD_SYSTEM_THREAD, &value) && value))
		out->traits |= KST_THREAD_IS_SYSTEM;
	if (kst__get(view, KST__M_ETHREAD_SECURE_CONTEXT, &value) && value)
		out->traits |= KST_THREAD_IS_SECURE;
	if (out->secure_cookie != 0)
		out->traits |= KST_THREAD_IS_SECURE;
	if (kst__get(view, KST__M_KTHREAD_RUNNING, &value) && value)
		out->traits |= KST_THREAD_IS_RUNNING;
	if (kst__get(view, KST__M_KTHREAD_KERNEL_STACK_RESIDENT, &value) && !value)
		out->traits |= KST_THREAD_IS_STACK_OUT;
	if (out->state == KST_THREAD_RUNNING)
		out->traits |= KST_THREAD_IS_RUNNING;
	if (out->state == KST_THREAD_TERMINATED)
		out->traits |= KST_THREAD_IS_TERMINATED;
	/* XP and 2003 keep a counter in the low bits of the time (inferred: the time is shifted by three) */
	if (kst__has(view->layout, KST__M_ETHREAD_NESTED_FAULT_COUNT) &&
	    kst__member(view->layout, KST__M_ETHREAD_NESTED_FAULT_COUNT)->offset ==
		    kst__member(view->layout, KST__M_ETHREAD_CREATE_TIME)->offset)
		out->create_time >>= 3;
	if (!has_exited(out))
		out->present &= ~(uint64_t)(KST_THREAD_HAS_EXIT_TIME | KST_THREAD_HAS_EXIT_STATUS);
}

/* What is absent is 0, which contradicts nothing but the bounds of a stack. */
static void check(uint32_t pointer_size, struct kst_thread *out)
{
	uint64_t has = out->present;

	if (out->state >= KST__COUNT(states))
		out->anomalies |= KST_THREAD_ANOMALY_STATE;
	if (out->wait_reason >= KST__COUNT(reasons))
		out->anomalies |= KST_THREAD_ANOMALY_WAIT_REASON;
	if ((out->tid & ~(uint64_t)TID_BITS) != 0)
		out->anomalies |= KST_THREAD_ANOMALY_TID;
	if (!kst__is_user_address(pointer_size, out->teb))
		out->anomalies |= KST_THREAD_ANOMALY_TEB;
	if ((has & KST_THREAD_HAS_STACK_BASE) && (has & KST_THREAD_HAS_STACK_LIMIT) &&
	    (out->traits & KST_THREAD_IS_TERMINATED) == 0) {
		if (out->stack_base < out->stack_limit)
			out->anomalies |= KST_THREAD_ANOMALY_STACK;
		else if ((has & KST_THREAD_HAS_KERNEL_STACK) && (out->traits & KST_THREAD_IS_RUNNING) == 0 &&
			 (out->kernel_stack < out->stack_limit || out->kernel_stack >= out->stack_base))
			out->anomalies |= KST_THREAD_ANOMALY_STACK;
	}
}

bool kst__thread_known(const struct kst_layout *layout)
{
	for (size_t i = 0; i < KST__COUNT(fields); i++)
		if (kst__has(layout, (enum kst__member_id)fields[i].id))
			return true;
	return kst__has(layout, KST__M_ETHREAD_CID);
}

void kst__decode_thread(const struct kst__view *view, uint64_t address, struct kst_thread *out)
{
	memset(out, 0, sizeof *out);
	out->address = address;
	out->present = kst__get_fields(view, fields, KST__COUNT(fields), out);
	decode_cid(view, out);
	decode_processes(view, out);
	decode_traits(view, out);
	check(view->layout->info.pointer_size, out);
}

kst_status kst_decode_thread(const struct kst_layout *layout, const void *bytes, size_t len, uint64_t address,
			     struct kst_thread *out, struct kst_error *err)
{
	struct kst_thread ours;
	struct kst__view view;

	if (!kst__given(layout, bytes, len, out))
		return kst__fail(err, KST_E_ARG, address, "layout, bytes or result is NULL");
	if (!kst__out_ok(out->size, sizeof *out))
		return kst__fail(err, KST_E_ABI, address, "kst_thread.size is not known");
	view = kst__view_bytes(layout, bytes, len);
	kst__decode_thread(&view, address, &ours);
	kst__out_write(out, &ours, sizeof ours);
	return KST_OK;
}

const char *kst_thread_state_name(uint32_t state)
{
	return state < KST__COUNT(states) ? states[state] : "unknown";
}

const char *kst_wait_reason_name(uint32_t reason)
{
	return reason < KST__COUNT(reasons) ? reasons[reason] : "unknown";
}

const char *kst_thread_anomaly_name(uint64_t bit)
{
	static const char *const names[] = { "stack",       "state", "wait-reason",        "tid",
					     "teb-address", "owner", "not-in-kernel-list", "name" };

	return kst__bit_name(bit, names, KST__COUNT(names));
}
