/* SPDX-License-Identifier: MIT */
/* Processes: by list, by address, by id; what of them lies outside of the EPROCESS. */
#include "process.h"

#include "../decode/process.h"

#define KIND           KST__KIND('p', 'r', 'o', 'c')
#define PROCESS_OBJECT 3 /* first byte of a KPROCESS: the dispatcher header's type */

struct process_walk {
	struct kst__cursor c;
	struct kst__ring ring;
	uint64_t source;
};

KST__CURSOR_FITS(struct process_walk);

kst_status kst__ring_next(struct kst__cursor *cursor, struct kst__ring *ring, uint64_t *object, struct kst_error *err)
{
	const struct kst_target *target = cursor->target;
	uint64_t flink, blink;
	kst_status st;

	if (ring->at == 0) {
		st = kst__read_links(target, KST_SPACE_KERNEL, ring->head, &flink, &blink, err);
		if (st == KST_E_FAULT)
			return kst__cursor_finish(cursor, KST_WALK_UNREADABLE, st);
		if (st != KST_OK)
			return st;
		ring->at = flink;
		ring->previous = ring->head;
	}
	if (ring->at == ring->head)
		return kst__cursor_finish(cursor, KST_WALK_CLOSED, KST_END);
	if (!kst__is_kernel(target, ring->at) || ring->at % kst__pointer_size(target) != 0) {
		cursor->end = KST_WALK_MISMATCH;
		return kst__fail(err, KST_E_CORRUPT, ring->at, "a link leads out of the kernel");
	}
	st = kst__cursor_step(cursor, ring->at, err);
	if (st != KST_OK)
		return st;
	st = kst__read_links(target, KST_SPACE_KERNEL, ring->at, &flink, &blink, err);
	if (st == KST_E_FAULT)
		return kst__cursor_finish(cursor, KST_WALK_UNREADABLE, st);
	if (st != KST_OK)
		return st;
	if (blink != ring->previous)
		cursor->anomalies |= KST_WALK_ANOMALY_BACK_LINK;
	*object = ring->at - ring->offset;
	ring->previous = ring->at;
	ring->at = flink;
	return KST_OK;
}

kst_status kst__processes_ring(const struct kst_target *target, uint32_t source, struct kst__ring *out,
			       struct kst_error *err)
{
	static const struct {
		uint16_t symbol;
		uint16_t member;
	} sources[] = {
		{ KST__S_PsActiveProcessHead, KST__M_EPROCESS_ACTIVE_PROCESS_LINKS },
		{ KST__S_KiProcessListHead, KST__M_KPROCESS_PROCESS_LIST_ENTRY },
	};
	const struct kst__member *m;

	if (source >= KST__COUNT(sources))
		return kst__fail(err, KST_E_ARG, 0, "no such source of processes");
	memset(out, 0, sizeof *out);
	m = kst__member(&target->layout, (enum kst__member_id)sources[source].member);
	if (!kst__symbol(target, (enum kst__symbol_id)sources[source].symbol, &out->head))
		return kst__fail(err, KST_E_NO_MEMBER, 0,
				 kst__symbol_names((enum kst__symbol_id)sources[source].symbol));
	if (!m->present)
		return kst__fail(err, KST_E_NO_MEMBER, 0,
				 kst__member_path((enum kst__member_id)sources[source].member));
	out->offset = m->offset;
	return KST_OK;
}

kst_status kst__idle_process(const struct kst_target *target, uint64_t *out, struct kst_error *err)
{
	uint64_t address = 0;
	kst_status st = kst__read_global(target, KST__S_PsIdleProcess, &address, err);

	if (st == KST_OK && kst__is_kernel(target, address)) {
		*out = address;
		return KST_OK;
	}
	if (st == KST_E_HOST)
		return st;
	return kst__symbol(target, KST__S_KiInitialProcess, out) ? KST_OK
								 : KST_END; /* the process itself, not a pointer */
}

kst_status kst__entry_linked(const struct kst_target *target, uint64_t entry, int *out, struct kst_error *err)
{
	uint64_t flink, blink, back, forth, ignored;
	kst_status st = kst__read_links(target, KST_SPACE_KERNEL, entry, &flink, &blink, err);

	*out = -1;
	if (st == KST_E_FAULT)
		return KST_OK;
	if (st != KST_OK)
		return st;
	if (flink == 0 && blink == 0)
		return KST_OK; /* never used on this kernel */
	st = kst__read_links(target, KST_SPACE_KERNEL, flink, &ignored, &back, err);
	if (st == KST_OK)
		st = kst__read_links(target, KST_SPACE_KERNEL, blink, &forth, &ignored, err);
	if (st == KST_E_FAULT)
		return KST_OK;
	if (st == KST_OK)
		*out = flink != entry && back == entry && forth == entry;
	return st;
}

/*
 * The KPRCB of a processor from KiProcessorBlock; where that is not in memory (some triage dumps), the one that the
 * container knows, if it is that processor's.
 */
static kst_status find_kprcb(const struct kst_target *target, uint32_t processor, uint64_t *out, struct kst_error *err)
{
	const struct kst__member *data = kst__member(&target->layout, KST__M_KPCR_PRCB_DATA);
	uint64_t block, number = 0;
	kst_status failure = KST_OK;
	struct kst__view view;
	kst_status st = kst__fail(err, KST_E_NO_MEMBER, 0, "KiProcessorBlock");

	if (kst__symbol(target, KST__S_KiProcessorBlock, &block))
		st = kst__read_pointer(target, KST_SPACE_KERNEL,
				       block + (uint64_t)processor * kst__pointer_size(target), out, err);
	if (st == KST_OK && !kst__is_kernel(target, *out))
		return kst__fail(err, KST_E_FAULT, *out, "no such processor");
	if ((st != KST_E_FAULT && st != KST_E_NO_MEMBER) || !data->present ||
	    (target->identity.present & KST_IDENTITY_HAS_KPCR) == 0)
		return st;
	view = kst__view_target(target, KST_SPACE_KERNEL, target->identity.kpcr + data->offset, &failure);
	if (!kst__get(&view, KST__M_KPRCB_NUMBER, &number) || number != processor)
		return failure == KST_OK ? st : kst__fail(err, failure, view.address, "the reader failed");
	*out = view.address;
	return KST_OK;
}

kst_status kst__current_thread(const struct kst_target *target, uint32_t processor, uint64_t *out,
			       struct kst_error *err)
{
	const struct kst__member *m = kst__member(&target->layout, KST__M_KPRCB_CURRENT_THREAD);
	uint64_t prcb = 0;
	kst_status st;

	if (!m->present)
		return kst__fail(err, KST_E_NO_MEMBER, 0, "KPRCB.CurrentThread");
	st = find_kprcb(target, processor, &prcb, err);
	return st == KST_OK ? kst__read_pointer(target, KST_SPACE_KERNEL, prcb + m->offset, out, err) : st;
}

/* HandleCount up to 7; later a table keeps its count in its free list (one per table in every public layout). */
static void read_handles(const struct kst__view *table, struct kst_process *out)
{
	const struct kst__member *lists = kst__member(table->layout, KST__M_HANDLE_TABLE_FREE_LISTS);
	uint64_t count;
	bool got = kst__get(table, KST__M_HANDLE_TABLE_HANDLE_COUNT, &count);

	if (!got && lists->present)
		got = kst__get_at(table, lists->offset, KST__M_HANDLE_TABLE_FREE_LIST_HANDLE_COUNT, &count);
	if (!got || count > INT32_MAX)
		return;
	out->present |= KST_PROCESS_HAS_HANDLES;
	out->handles = (uint32_t)count;
}

static void read_wow64(const struct kst__view *wow64, struct kst_process *out)
{
	uint64_t value;

	if (kst__get(wow64, KST__M_WOW64_PROCESS_MACHINE, &value)) {
		out->present |= KST_PROCESS_HAS_WOW64_MACHINE;
		out->wow64_machine = (uint32_t)value;
	}
	/* The pointer to the 32-bit PEB stands first in every form of the struct. */
	if (!kst__get_pointer(wow64, KST__M_WOW64_PROCESS_PEB, &value) && !kst__view_pointer(wow64, 0, &value))
		return;
	out->present |= KST_PROCESS_HAS_WOW64_PEB;
	out->wow64_peb = value;
	if (value > UINT32_MAX)
		out->anomalies |= KST_PROCESS_ANOMALY_WOW64_PEB;
}

/* What lies outside of the EPROCESS, but for its path. Failures that are no absence end up in *failure. */
KST__APART static kst_status complete(const struct kst_target *target, struct kst_process *out, struct kst_error *err)
{
	kst_status failure = KST_OK;
	struct kst__view view;
	uint64_t value;

	if ((out->present & KST_PROCESS_HAS_HANDLE_TABLE) && kst__is_kernel(target, out->handle_table)) {
		view = kst__view_target(target, KST_SPACE_KERNEL, out->handle_table, &failure);
		read_handles(&view, out);
	}
	if ((out->present & KST_PROCESS_HAS_SESSION) && kst__is_kernel(target, out->session)) {
		/* session space is mapped in the processes of the session only */
		view = kst__view_target(target, (out->present & KST_PROCESS_HAS_DTB) ? out->dtb : KST_SPACE_KERNEL,
					out->session, &failure);
		if (kst__get(&view, KST__M_SESSION_SPACE_SESSION_ID, &value) && value <= UINT32_MAX) {
			out->present |= KST_PROCESS_HAS_SESSION_ID;
			out->session_id = (uint32_t)value;
		}
	}
	if ((out->traits & KST_PROCESS_IS_WOW64) && kst__is_kernel(target, out->wow64_process)) {
		view = kst__view_target(target, KST_SPACE_KERNEL, out->wow64_process, &failure);
		read_wow64(&view, out);
	}
	return failure == KST_OK ? KST_OK : kst__fail(err, failure, out->address, "the reader failed");
}

/*
 * Does the stored directory table base lead anywhere? A deleted process may keep a freed one, and a swapped-out one has
 * no directory in memory. Told only where page tables can be read at all.
 */
KST__APART static kst_status check_address_space(const struct kst_target *target, struct kst_process *out,
						 struct kst_error *err)
{
	struct kst_translation where = { .size = sizeof where };
	kst_space space;
	kst_status st;

	if (out->user_state != KST_USER_STATE_PRESENT || target->identity.paging == KST_PAGING_NONE ||
	    (target->reader.flags & KST_READER_PHYSICAL_ONLY) == 0 ||
	    !kst__is_user_address(kst__pointer_size(target), out->peb) || kst__process_space(out, &space) != KST_OK)
		return KST_OK;
	st = kst_translate(target, space, out->peb, KST_TRANSLATE_HARDWARE_ONLY, &where, err);
	if (st == KST_E_HOST)
		return st;
	if (st == KST_E_FAULT || (st == KST_OK && where.levels_count > 0 && where.levels[0].state != KST_PTE_VALID))
		out->anomalies |= KST_PROCESS_ANOMALY_NO_ADDRESS_SPACE;
	return KST_OK;
}

static kst_status check_kernel_list(const struct kst_target *target, struct kst_process *out, struct kst_error *err)
{
	const struct kst__member *m = kst__member(&target->layout, KST__M_KPROCESS_PROCESS_LIST_ENTRY);
	int linked;
	kst_status st;

	if (!m->present || (out->traits & KST_PROCESS_IS_EXITING))
		return KST_OK;
	st = kst__entry_linked(target, out->address + m->offset, &linked, err);
	if (st == KST_OK && linked == 0)
		out->anomalies |= KST_PROCESS_ANOMALY_NOT_IN_KERNEL_LIST;
	return st;
}

KST__APART static kst_status decode(const struct kst_target *target, uint64_t address, struct kst_process *out,
				    struct kst_error *err)
{
	kst_status failure = KST_OK;
	struct kst__view view = kst__view_target(target, KST_SPACE_KERNEL, address, &failure);

	kst__decode_process(&view, address, out);
	return failure == KST_OK ? KST_OK : kst__fail(err, failure, address, "the reader failed");
}

/* Decode and complete; *out is ours, not the caller's. */
static kst_status read_process(const struct kst_target *target, uint64_t address, struct kst_process *out,
			       struct kst_error *err)
{
	kst_status st = decode(target, address, out, err);

	if (st != KST_OK)
		return st;
	st = kst__process_path(target, out, err);
	if (st == KST_OK)
		st = complete(target, out, err);
	kst__process_judge(out);
	return st == KST_OK ? check_address_space(target, out, err) : st;
}

kst_status kst_process_read(const struct kst_target *target, uint64_t address, struct kst_process *out,
			    struct kst_error *err)
{
	struct kst_process ours;
	kst_status st;

	if (target == NULL || out == NULL)
		return kst__fail(err, KST_E_ARG, address, "target or result is NULL");
	if (!kst__out_ok(out->size, sizeof *out))
		return kst__fail(err, KST_E_ABI, address, "kst_process.size is not known");
	if (!kst__process_known(&target->layout))
		return kst__fail(err, KST_E_NO_MEMBER, address, "_EPROCESS");
	st = read_process(target, address, &ours, err);
	if (st != KST_OK)
		return st;
	if ((ours.present & ~(uint64_t)KST_PROCESS_HAS_VAD_ROOT) == 0)
		return kst__fail(err, KST_E_FAULT, address, "nothing of the process is present");
	kst__out_write(out, &ours, sizeof ours);
	return KST_OK;
}

kst_status kst_processes_begin_from(struct kst_cursor *cursor, const struct kst_target *target, uint32_t source,
				    struct kst_error *err)
{
	struct process_walk *walk = (struct process_walk *)(void *)cursor;
	struct kst__ring ring;
	kst_status st;

	if (cursor == NULL || target == NULL)
		return kst__fail(err, KST_E_ARG, 0, "cursor or target is NULL");
	st = kst__processes_ring(target, source, &ring, err);
	if (st != KST_OK)
		return st;
	kst__cursor_begin(cursor, target, KIND);
	walk->ring = ring;
	walk->source = source;
	return KST_OK;
}

kst_status kst_processes_begin(struct kst_cursor *cursor, const struct kst_target *target, struct kst_error *err)
{
	return kst_processes_begin_from(cursor, target, KST_PROCESSES_ACTIVE, err);
}

static kst_status next_process(struct process_walk *walk, struct kst_process *out, struct kst_error *err)
{
	uint64_t address = 0;
	kst_status st = kst__ring_next(&walk->c, &walk->ring, &address, err);

	if (st == KST_OK)
		st = read_process(walk->c.target, address, out, err);
	return st == KST_OK ? check_kernel_list(walk->c.target, out, err) : st;
}

kst_status kst_processes_next(struct kst_cursor *cursor, struct kst_process *out, struct kst_error *err)
{
	struct process_walk *walk = (struct process_walk *)(void *)cursor;
	struct kst_process ours;
	kst_status st = kst__cursor_ready(cursor, KIND, out, sizeof ours, err);

	if (st != KST_OK)
		return st;
	return kst__cursor_deliver(&walk->c, next_process(walk, &ours, err), out, &ours, sizeof ours, err);
}

kst_status kst_process_idle(const struct kst_target *target, struct kst_process *out, struct kst_error *err)
{
	uint64_t address;
	kst_status st;

	if (target == NULL || out == NULL)
		return kst__fail(err, KST_E_ARG, 0, "target or result is NULL");
	st = kst__idle_process(target, &address, err);
	if (st == KST_END)
		return kst__fail(err, KST_E_NO_MEMBER, 0, "PsIdleProcess");
	return st == KST_OK ? kst_process_read(target, address, out, err) : st;
}

/* The address space that a processor used: the attached process of its current thread, else the owner. */
static kst_status current_process(const struct kst_target *target, uint32_t processor, uint64_t *out,
				  struct kst_error *err)
{
	const struct kst__member *apc = kst__member(&target->layout, KST__M_KTHREAD_APC_STATE);
	kst_status failure = KST_OK;
	struct kst__view view;
	uint64_t thread;
	kst_status st = kst__current_thread(target, processor, &thread, err);

	if (st != KST_OK)
		return st;
	view = kst__view_target(target, KST_SPACE_KERNEL, thread, &failure);
	if (kst__get_pointer(&view, KST__M_KTHREAD_APC_STATE_PROCESS, out) ||
	    (apc->present && kst__view_pointer(&view, (uint64_t)apc->offset + 4u * kst__pointer_size(target), out)) ||
	    kst__get_pointer(&view, KST__M_KTHREAD_PROCESS, out) ||
	    kst__get_pointer(&view, KST__M_ETHREAD_THREADS_PROCESS, out))
		return KST_OK;
	if (failure != KST_OK)
		return kst__fail(err, failure, thread, "the reader failed");
	return kst__fail(err, KST_E_FAULT, thread, "the thread's process is not present");
}

kst_status kst_process_current(const struct kst_target *target, uint32_t processor, struct kst_process *out,
			       struct kst_error *err)
{
	uint64_t address;
	kst_status st;

	if (target == NULL || out == NULL)
		return kst__fail(err, KST_E_ARG, 0, "target or result is NULL");
	st = current_process(target, processor, &address, err);
	return st == KST_OK ? kst_process_read(target, address, out, err) : st;
}

/* The current processes of the processors: all there is in a triage dump. Only a failure of the host is told in *err. */
KST__APART static kst_status find_current(const struct kst_target *target, uint64_t pid, uint64_t *out,
					  struct kst_error *err)
{
	const struct kst__member *m = kst__member(&target->layout, KST__M_EPROCESS_UNIQUE_PROCESS_ID);
	uint32_t count = target->identity.present & KST_IDENTITY_HAS_PROCESSORS ? target->identity.processors : 1;
	struct kst_error theirs = { .size = sizeof theirs };

	for (uint32_t i = 0; i < count; i++) {
		uint64_t value = 0;
		kst_status st = current_process(target, i, out, &theirs);

		if (st == KST_OK)
			st = kst__read_pointer(target, KST_SPACE_KERNEL, *out + m->offset, &value, &theirs);
		if (st == KST_OK && value == pid)
			return KST_OK;
		if (st == KST_E_HOST)
			return kst__fail_host(err, theirs.host_code, theirs.address);
		if (st != KST_OK && st != KST_E_FAULT)
			return st;
	}
	return KST_END;
}

/* The table of ids: for a process that is on no list, or behind the break of one. As find_current(). */
KST__APART static kst_status find_by_id(const struct kst_target *target, uint64_t pid, uint64_t *out,
					struct kst_error *err)
{
	const struct kst__member *m = kst__member(&target->layout, KST__M_EPROCESS_UNIQUE_PROCESS_ID);
	struct kst_error theirs = { .size = sizeof theirs };
	uint64_t type = 0, value = 0;
	kst_status st = kst__cid_object(target, pid, out, &theirs);

	/* threads are in it too: a process says so, and has this number */
	if (st == KST_OK)
		st = kst__read_number(target, KST_SPACE_KERNEL, *out, 1, &type, &theirs);
	if (st == KST_OK)
		st = kst__read_pointer(target, KST_SPACE_KERNEL, *out + m->offset, &value, &theirs);
	if (st == KST_E_HOST)
		return kst__fail_host(err, theirs.host_code, theirs.address);
	return st == KST_OK && (type & 0x7f) == PROCESS_OBJECT && value == pid ? KST_OK : KST_END;
}

/* Address of the process in the list; KST_END: the list is whole and does not have it. */
KST__APART static kst_status find_listed(const struct kst_target *target, uint64_t pid, uint64_t *out,
					 struct kst_error *err)
{
	const struct kst__member *m = kst__member(&target->layout, KST__M_EPROCESS_UNIQUE_PROCESS_ID);
	struct kst_cursor memory;
	struct process_walk *walk = (struct process_walk *)(void *)&memory;
	kst_status st = m->present ? kst_processes_begin(&memory, target, err)
				   : kst__fail(err, KST_E_NO_MEMBER, 0, "UniqueProcessId");

	while (st == KST_OK) {
		uint64_t value;
		kst_status got;

		st = kst__ring_next(&walk->c, &walk->ring, out, err);
		if (st != KST_OK)
			break;
		got = kst__read_pointer(target, KST_SPACE_KERNEL, *out + m->offset, &value, err);
		if (got == KST_OK && value == pid)
			break;
		if (got != KST_OK && got != KST_E_FAULT)
			return got;
	}
	return st;
}

kst_status kst_process_find(const struct kst_target *target, uint64_t pid, struct kst_process *out,
			    struct kst_error *err)
{
	uint64_t address;
	kst_status st;

	if (target == NULL || out == NULL)
		return kst__fail(err, KST_E_ARG, 0, "target or result is NULL");
	if (!kst__out_ok(out->size, sizeof *out))
		return kst__fail(err, KST_E_ABI, 0, "kst_process.size is not known");
	if (pid == 0)
		return kst_process_idle(target, out, err);
	st = find_listed(target, pid, &address, err);
	if (st != KST_OK && st != KST_E_HOST && kst__has(&target->layout, KST__M_EPROCESS_UNIQUE_PROCESS_ID)) {
		kst_status other = find_by_id(target, pid, &address, err);

		if (other == KST_END && st != KST_END)
			other = find_current(target, pid, &address, err);
		if (other == KST_OK || other == KST_E_HOST)
			st = other;
	}
	/* where nothing else helps, the list's end or its error is the answer */
	return st == KST_OK ? kst_process_read(target, address, out, err) : st;
}
