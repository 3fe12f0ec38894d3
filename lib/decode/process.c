/* SPDX-License-Identifier: MIT */
/* EPROCESS and the KPROCESS it begins with (member Pcb, at its start in every build). */
#include "process.h"

#define ROW(id, member, kind, bit)                                                                                     \
	{                                                                                                              \
		KST__M_##id, (uint16_t)offsetof(struct kst_process, member),                                           \
			sizeof(((struct kst_process *)0)->member), KST__FIELD_##kind, bit                              \
	}

static const struct kst__field fields[] = {
	ROW(EPROCESS_UNIQUE_PROCESS_ID, pid, POINTER, 0),
	ROW(EPROCESS_PARENT, parent_pid, POINTER, 1),
	ROW(KPROCESS_DIRECTORY_TABLE_BASE, dtb, POINTER,
	    3), /* up to Vista an array of two, the second for hyperspace */
	ROW(KPROCESS_USER_DIRECTORY_TABLE_BASE, user_dtb, POINTER, 4),
	ROW(EPROCESS_PEB, peb, POINTER, 5),
	ROW(EPROCESS_WOW64, wow64_process, POINTER, 6),
	ROW(EPROCESS_OBJECT_TABLE, handle_table, POINTER, 8),
	ROW(EPROCESS_ACTIVE_THREADS, threads, NUMBER, 10),
	ROW(EPROCESS_CREATE_TIME, create_time, U64, 11),
	ROW(EPROCESS_EXIT_TIME, exit_time, U64, 12),
	ROW(EPROCESS_EXIT_STATUS, exit_status, NUMBER, 13),
	ROW(EPROCESS_TOKEN, token, POINTER, 14),
	ROW(EPROCESS_SESSION, session, POINTER, 15),
	ROW(EPROCESS_SECTION_OBJECT, section, POINTER, 17),
	ROW(EPROCESS_SECTION_BASE, section_base, POINTER, 18),
	ROW(EPROCESS_FLAGS, flags, NUMBER, 20),
	ROW(KPROCESS_BASE_PRIORITY, base_priority, NUMBER, 25),
	ROW(KPROCESS_KERNEL_TIME, kernel_time, NUMBER, 26),
	ROW(KPROCESS_USER_TIME, user_time, NUMBER, 27),
	ROW(EPROCESS_IMAGE_FILE_POINTER, file_object, POINTER, 28),
	ROW(EPROCESS_AUDIT, audit_name, POINTER, 29),
	ROW(EPROCESS_TRUSTLET_IDENTITY, trustlet_identity, U64, 31),
};

#define NAME_BYTES_MOST 16
#define PID_BITS        0xfffffffcu /* of a process id: a multiple of 4 of 32 bits */

static void decode_name(const struct kst__view *view, struct kst_process *out)
{
	const struct kst__member *m = kst__member(view->layout, KST__M_EPROCESS_IMAGE_FILE_NAME);
	size_t len = m->length < NAME_BYTES_MOST ? m->length : NAME_BYTES_MOST;
	uint8_t raw[NAME_BYTES_MOST];

	if (!m->present || !kst__view_raw(view, m->offset, raw, len))
		return;
	kst__ascii_text(out->name, sizeof out->name, raw, len);
	out->present |= KST_PROCESS_HAS_NAME;
	for (size_t i = 0; i < len && raw[i] != 0; i++)
		if (raw[i] < 0x20 || raw[i] == 0x7f)
			out->anomalies |= KST_PROCESS_ANOMALY_NAME;
}

/*
 * Bits of Flags (their places are the same in all builds, but the layout says so itself). ProcessDelete says that
 * termination was asked for, before the first thread ends; VmDeleted that the address space is gone. Where the latter is
 * not known, a process that was told to end and has an exit time has lost its last thread, and its memory with it.
 */
static void decode_exit(const struct kst__view *view, struct kst_process *out)
{
	uint64_t exiting, deleted, vm_deleted = 0;

	if (!kst__get(view, KST__M_EPROCESS_PROCESS_EXITING, &exiting) ||
	    !kst__get(view, KST__M_EPROCESS_PROCESS_DELETE, &deleted))
		return;
	kst__get(view, KST__M_EPROCESS_VM_DELETED, &vm_deleted);
	out->present |= KST_PROCESS_HAS_EXITING;
	if (exiting || deleted || vm_deleted)
		out->traits |= KST_PROCESS_IS_EXITING;
	if (vm_deleted || (deleted && out->exit_time != 0 && !kst__has(view->layout, KST__M_EPROCESS_VM_DELETED)))
		out->traits |= KST_PROCESS_IS_DELETED;
}

/*
 * Isolated user mode: SecurePid (10240 to 15063), then SecureState, whose lowest bit says SecureProcess. A KPROCESS that
 * is known and has neither belongs to a kernel without it.
 */
static void decode_secure(const struct kst__view *view, struct kst_process *out)
{
	bool by_state = kst__has(view->layout, KST__M_KPROCESS_SECURE_STATE);
	bool by_pid = kst__has(view->layout, KST__M_KPROCESS_SECURE_PID);
	uint64_t value;

	if (!by_state && !by_pid) {
		if (kst__has(view->layout, KST__M_KPROCESS_THREAD_LIST_HEAD) && out->present != 0)
			out->present |= KST_PROCESS_HAS_SECURE;
		return;
	}
	if (!kst__get_u64(view, by_state ? KST__M_KPROCESS_SECURE_STATE : KST__M_KPROCESS_SECURE_PID, &value))
		return;
	out->present |= KST_PROCESS_HAS_SECURE | KST_PROCESS_HAS_SECURE_STATE;
	out->secure_state = value;
	if (by_state ? value & 1 : value != 0)
		out->traits |= KST_PROCESS_IS_SECURE;
	else if (value != 0)
		out->anomalies |= KST_PROCESS_ANOMALY_SECURE_STATE;
}

static void decode_kind(const struct kst__view *view, struct kst_process *out)
{
	const struct kst__member *protection = kst__member(view->layout, KST__M_EPROCESS_PROTECTION);
	uint64_t value;

	if (kst__get(view, KST__M_EPROCESS_MINIMAL, &value)) {
		out->present |= KST_PROCESS_HAS_MINIMAL;
		out->traits |= value ? KST_PROCESS_IS_MINIMAL : 0;
	}
	if (protection->present && kst__view_number(view, protection->offset, 1, &value)) {
		out->present |= KST_PROCESS_HAS_PROTECTION;
		out->protection = (uint32_t)value;
	}
	if (kst__has(view->layout, KST__M_EPROCESS_VAD_ROOT)) {
		out->present |= KST_PROCESS_HAS_VAD_ROOT;
		out->vad_root = out->address + kst__member(view->layout, KST__M_EPROCESS_VAD_ROOT)->offset;
	}
	/* up to 10240 the member is the 32-bit PEB itself, or leads to it through kernel memory: its range tells */
	if (out->wow64_process == 0)
		return;
	out->traits |= KST_PROCESS_IS_WOW64;
	if (out->wow64_process <= UINT32_MAX) {
		out->present |= KST_PROCESS_HAS_WOW64_PEB;
		out->wow64_peb = out->wow64_process;
	}
}

static bool dtb_sound(uint32_t pointer_size, uint64_t dtb)
{
	if (pointer_size == 4)
		return dtb != 0 && dtb % 0x20 == 0; /* a PAE directory pointer table is aligned to 32 only */
	return (dtb & 0x000ffffffffff000u) != 0 && dtb >> 52 == 0;
}

/* What is absent is 0, which only as a directory table base is not sound. */
static void check(uint32_t pointer_size, struct kst_process *out)
{
	if ((out->pid & ~(uint64_t)PID_BITS) != 0)
		out->anomalies |= KST_PROCESS_ANOMALY_PID;
	if ((out->present & KST_PROCESS_HAS_DTB) && !dtb_sound(pointer_size, out->dtb))
		out->anomalies |= KST_PROCESS_ANOMALY_DTB;
	if (!kst__is_user_address(pointer_size, out->peb))
		out->anomalies |= KST_PROCESS_ANOMALY_PEB;
	if (out->exit_time != 0) {
		out->traits |= KST_PROCESS_IS_EXITING;
		if (out->exit_time < out->create_time)
			out->anomalies |= KST_PROCESS_ANOMALY_TIMES;
	}
}

bool kst__process_known(const struct kst_layout *layout)
{
	for (size_t i = 0; i < KST__COUNT(fields); i++)
		if (kst__has(layout, (enum kst__member_id)fields[i].id))
			return true;
	return kst__has(layout, KST__M_EPROCESS_IMAGE_FILE_NAME);
}

void kst__process_judge(struct kst_process *out)
{
	if (out->traits & KST_PROCESS_IS_DELETED)
		out->user_state = KST_USER_STATE_GONE;
	else if (out->traits & KST_PROCESS_IS_SECURE)
		out->user_state = KST_USER_STATE_SECURE;
	else if ((out->present & KST_PROCESS_HAS_PEB) == 0)
		out->user_state = KST_USER_STATE_UNKNOWN;
	else
		out->user_state = out->peb != 0 ? KST_USER_STATE_PRESENT : KST_USER_STATE_NONE;
}

void kst__decode_process(const struct kst__view *view, uint64_t address, struct kst_process *out)
{
	uint32_t pointer_size = view->layout->info.pointer_size;

	memset(out, 0, sizeof *out);
	out->address = address;
	out->present = kst__get_fields(view, fields, KST__COUNT(fields), out);
	out->token &= ~(uint64_t)(pointer_size == 4 ? 7 : 15); /* EX_FAST_REF: the low bits count references */
	decode_name(view, out);
	decode_exit(view, out);
	decode_secure(view, out);
	decode_kind(view, out);
	check(pointer_size, out);
	kst__process_judge(out);
}

kst_status kst_decode_process(const struct kst_layout *layout, const void *bytes, size_t len, uint64_t address,
			      struct kst_process *out, struct kst_error *err)
{
	struct kst_process ours;
	struct kst__view view;

	if (!kst__given(layout, bytes, len, out))
		return kst__fail(err, KST_E_ARG, address, "layout, bytes or result is NULL");
	if (!kst__out_ok(out->size, sizeof *out))
		return kst__fail(err, KST_E_ABI, address, "kst_process.size is not known");
	view = kst__view_bytes(layout, bytes, len);
	kst__decode_process(&view, address, &ours);
	kst__out_write(out, &ours, sizeof ours);
	return KST_OK;
}

kst_status kst__process_space(const struct kst_process *process, kst_space *space_out)
{
	if ((process->present & KST_PROCESS_HAS_DTB) == 0)
		return KST_E_NO_MEMBER;
	/* two values mean other spaces; bits beyond any mode's would be taken for an address */
	if (process->dtb == KST_SPACE_KERNEL || process->dtb == KST_SPACE_PHYSICAL ||
	    (process->anomalies & KST_PROCESS_ANOMALY_DTB))
		return KST_E_CORRUPT;
	*space_out = process->dtb;
	return KST_OK;
}

kst_status kst_process_space(const struct kst_process *process, kst_space *space_out, struct kst_error *err)
{
	kst_status st;

	if (process == NULL || space_out == NULL)
		return kst__fail(err, KST_E_ARG, 0, "process or result is NULL");
	if (!kst__out_ok(process->size, sizeof *process))
		return kst__fail(err, KST_E_ABI, process->address, "kst_process.size is not known");
	st = kst__process_space(process, space_out);
	if (st == KST_OK)
		return KST_OK;
	return kst__fail(err, st, process->address,
			 st == KST_E_NO_MEMBER ? "the process has no known directory table base"
					       : "the process has no sound directory table base");
}

const char *kst_user_state_name(uint32_t state)
{
	static const char *const names[] = { "unknown", "present", "none", "gone", "secure" };

	return state < KST__COUNT(names) ? names[state] : "unknown";
}

const char *kst_process_anomaly_name(uint64_t bit)
{
	static const char *const names[] = { "pid",
					     "dtb",
					     "peb-address",
					     "name",
					     "times",
					     "path",
					     "wow64-peb",
					     "secure-state",
					     "not-listed",
					     "not-in-cid-table",
					     "not-in-kernel-list",
					     "no-address-space",
					     "not-in-object-list" };

	return kst__bit_name(bit, names, KST__COUNT(names));
}

const char *kst_process_source_name(uint64_t bit)
{
	static const char *const names[] = { "list", "kernel-list", "cid-table", "object-list" };

	return kst__bit_name(bit, names, KST__COUNT(names));
}
