/* SPDX-License-Identifier: MIT */
/* Threads: of one process or of all, by either list; what of them lies outside of the ETHREAD. */
#include "../decode/thread.h"

#include "process.h"
#include "user.h"

#define KIND KST__KIND('t', 'h', 'r', 'd')

struct thread_walk {
	struct kst__cursor c;
	struct kst__cursor outer; /* over processes, when all are wanted */
	struct kst__ring processes;
	struct kst__ring threads;
	uint64_t process; /* whose list it is */
	uint64_t list;    /* KST_THREADS_… */
	uint64_t stage;   /* STAGE_… */
};

KST__CURSOR_FITS(struct thread_walk);

enum { STAGE_ONE, STAGE_IDLE, STAGE_PROCESSES };

static const struct {
	uint16_t head;  /* in the process */
	uint16_t entry; /* in the thread */
} lists[] = {
	{ KST__M_EPROCESS_THREAD_LIST_HEAD, KST__M_ETHREAD_THREAD_LIST_ENTRY },
	{ KST__M_KPROCESS_THREAD_LIST_HEAD, KST__M_KTHREAD_THREAD_LIST_ENTRY },
};

/*
 * The TEB begins with NT_TIB: exception list, stack base, stack limit. It lies in the owner's address space (a thread
 * may be attached elsewhere).
 */
static kst_status read_user_stack(const struct kst_target *target, struct kst_thread *out, struct kst_error *err)
{
	const struct kst_layout *layout = kst__user_layout(target, kst__pointer_size(target));
	kst_status failure = KST_OK, st;
	struct kst__view view;
	kst_space space;
	uint64_t base, limit;

	if ((out->present & KST_THREAD_HAS_TEB) == 0 ||
	    !kst__user_range(target, kst__pointer_size(target), out->teb, 3u * kst__pointer_size(target)) ||
	    (out->present & KST_THREAD_HAS_PROCESS) == 0 || !kst__is_kernel(target, out->process))
		return KST_OK;
	st = kst__space_of(target, out->process, &space, err);
	if (st != KST_OK)
		return st == KST_E_HOST ? st : KST_OK;
	view = kst__view_target(target, space, out->teb, &failure);
	view.layout = layout;
	if (kst__get_pointer(&view, KST__M_TEB_STACK_BASE, &base) &&
	    kst__get_pointer(&view, KST__M_TEB_STACK_LIMIT, &limit)) {
		out->present |= KST_THREAD_HAS_USER_STACK;
		out->user_stack_base = base;
		out->user_stack_limit = limit;
	}
	return failure == KST_OK ? KST_OK : kst__fail(err, failure, out->teb, "the reader failed");
}

static kst_status read_name(const struct kst_target *target, struct kst_thread *out, struct kst_error *err)
{
	struct kst__string string;
	kst_status st;

	if ((out->present & KST_THREAD_HAS_NAME_ADDRESS) == 0 || !kst__is_kernel(target, out->name_address))
		return KST_OK;
	st = kst__read_string(target, KST_SPACE_KERNEL, out->name_address, out->name, sizeof out->name, &string, err);
	if (st != KST_OK || !string.readable || string.bytes == 0)
		return st;
	out->present |= KST_THREAD_HAS_NAME;
	if (!string.sound)
		out->anomalies |= KST_THREAD_ANOMALY_NAME;
	return KST_OK;
}

static kst_status read_thread(const struct kst_target *target, uint64_t address, struct kst_thread *out,
			      struct kst_error *err)
{
	kst_status failure = KST_OK;
	struct kst__view view = kst__view_target(target, KST_SPACE_KERNEL, address, &failure);
	kst_status st;

	kst__decode_thread(&view, address, out);
	if (failure != KST_OK)
		return kst__fail(err, failure, address, "the reader failed");
	st = read_user_stack(target, out, err);
	return st == KST_OK ? read_name(target, out, err) : st;
}

kst_status kst_thread_read(const struct kst_target *target, uint64_t address, struct kst_thread *out,
			   struct kst_error *err)
{
	struct kst_thread ours;
	kst_status st;

	if (target == NULL || out == NULL)
		return kst__fail(err, KST_E_ARG, address, "target or result is NULL");
	if (!kst__out_ok(out->size, sizeof *out))
		return kst__fail(err, KST_E_ABI, address, "kst_thread.size is not known");
	if (!kst__thread_known(&target->layout))
		return kst__fail(err, KST_E_NO_MEMBER, address, "_ETHREAD");
	st = read_thread(target, address, &ours, err);
	if (st != KST_OK)
		return st;
	if (ours.present == 0)
		return kst__fail(err, KST_E_FAULT, address, "nothing of the thread is present");
	kst__out_write(out, &ours, sizeof ours);
	return KST_OK;
}

kst_status kst_thread_current(const struct kst_target *target, uint32_t processor, struct kst_thread *out,
			      struct kst_error *err)
{
	uint64_t address;
	kst_status st;

	if (target == NULL || out == NULL)
		return kst__fail(err, KST_E_ARG, 0, "target or result is NULL");
	st = kst__current_thread(target, processor, &address, err);
	return st == KST_OK ? kst_thread_read(target, address, out, err) : st;
}

static void enter_process(struct thread_walk *walk, uint64_t process)
{
	const struct kst_layout *layout = &walk->c.target->layout;

	memset(&walk->threads, 0, sizeof walk->threads);
	walk->process = process;
	walk->threads.head = process + kst__member(layout, (enum kst__member_id)lists[walk->list].head)->offset;
	walk->threads.offset = kst__member(layout, (enum kst__member_id)lists[walk->list].entry)->offset;
	/* another ring: what was seen before says nothing of it; steps go on, so that the budget holds for all */
	walk->c.brent_mark = 0;
	walk->c.brent_power = 1;
	walk->c.brent_left = 1;
}

kst_status kst_threads_begin(struct kst_cursor *cursor, const struct kst_target *target, uint64_t process,
			     uint32_t list, struct kst_error *err)
{
	struct thread_walk *walk = (struct thread_walk *)(void *)cursor;
	struct kst__ring processes;
	uint64_t idle = 0;
	kst_status st = KST_END;

	if (cursor == NULL || target == NULL || list >= KST__COUNT(lists))
		return kst__fail(err, KST_E_ARG, 0, "cursor or target is NULL, or no such list");
	if (!kst__has(&target->layout, (enum kst__member_id)lists[list].head) ||
	    !kst__has(&target->layout, (enum kst__member_id)lists[list].entry))
		return kst__fail(err, KST_E_NO_MEMBER, 0, "ThreadListHead, or ThreadListEntry");
	memset(&processes, 0, sizeof processes);
	if (process == 0) {
		st = kst__processes_ring(target, KST_PROCESSES_ACTIVE, &processes, err);
		if (st == KST_OK)
			st = kst__idle_process(target, &idle, err);
		if (st != KST_OK && st != KST_END)
			return st;
	}
	kst__cursor_begin(cursor, target, KIND);
	walk->processes = processes;
	walk->list = list;
	walk->outer = walk->c;
	walk->stage = process != 0 ? STAGE_ONE : st == KST_OK ? STAGE_IDLE : STAGE_PROCESSES;
	if (walk->stage != STAGE_PROCESSES)
		enter_process(walk, process != 0 ? process : idle);
	return KST_OK;
}

/* The next thread's address; walks on to the next process when all are wanted. */
static kst_status next_address(struct thread_walk *walk, uint64_t *address, struct kst_error *err)
{
	for (;;) {
		uint64_t process;
		kst_status st;

		if (walk->process != 0) {
			st = kst__ring_next(&walk->c, &walk->threads, address, err);
			if (walk->stage == STAGE_ONE || st == KST_OK || st == KST_E_LIMIT || st == KST_E_HOST)
				return st;
			/* the end of one list, whatever it is, is not the end of the walk */
			if (st != KST_END)
				walk->c.anomalies |= KST_WALK_ANOMALY_SKIPPED;
			walk->c.end = KST_WALK_RUNNING;
			walk->process = 0;
		}
		walk->stage = STAGE_PROCESSES;
		st = kst__ring_next(&walk->outer, &walk->processes, &process, err);
		walk->c.anomalies |= walk->outer.anomalies;
		if (st != KST_OK) {
			walk->c.end = walk->outer.end;
			return st;
		}
		enter_process(walk, process);
	}
}

static kst_status check_membership(const struct thread_walk *walk, struct kst_thread *out, struct kst_error *err)
{
	const struct kst_target *target = walk->c.target;
	const struct kst__member *m = kst__member(&target->layout, KST__M_KTHREAD_THREAD_LIST_ENTRY);
	int linked;
	kst_status st;

	if ((out->present & KST_THREAD_HAS_PROCESS) && out->process != walk->process)
		out->anomalies |= KST_THREAD_ANOMALY_OWNER;
	if (walk->list == KST_THREADS_KERNEL || !m->present || (out->traits & KST_THREAD_IS_TERMINATED))
		return KST_OK;
	st = kst__entry_linked(target, out->address + m->offset, &linked, err);
	if (st == KST_OK && linked == 0)
		out->anomalies |= KST_THREAD_ANOMALY_NOT_IN_KERNEL_LIST;
	return st;
}

static kst_status next_thread(struct thread_walk *walk, struct kst_thread *out, struct kst_error *err)
{
	uint64_t address = 0;
	kst_status st = next_address(walk, &address, err);

	if (st == KST_OK)
		st = read_thread(walk->c.target, address, out, err);
	return st == KST_OK ? check_membership(walk, out, err) : st;
}

kst_status kst_threads_next(struct kst_cursor *cursor, struct kst_thread *out, struct kst_error *err)
{
	struct thread_walk *walk = (struct thread_walk *)(void *)cursor;
	struct kst_thread ours;
	kst_status st = kst__cursor_ready(cursor, KIND, out, sizeof ours, err);

	if (st != KST_OK)
		return st;
	return kst__cursor_deliver(&walk->c, next_thread(walk, &ours, err), out, &ours, sizeof ours, err);
}
