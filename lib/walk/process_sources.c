/* SPDX-License-Identifier: MIT */
/*
 * Which sources know a process. Each is asked for this one process: a list by whether the neighbours point back, the
 * table of ids by the one entry that belongs to the process id. What cannot be asked stays absent.
 */
#include "object.h"
#include "process.h"

struct question {
	const struct kst_target *target;
	struct kst_process_sources *out;
	struct kst_error *err;
};

static void answer(const struct question *q, uint64_t source, bool known)
{
	q->out->present |= source;
	if (known)
		q->out->found |= source;
}

static kst_status ask_entry(const struct question *q, uint64_t source, uint64_t entry)
{
	int linked;
	kst_status st = kst__entry_linked(q->target, entry, &linked, q->err);

	if (st == KST_OK && linked >= 0)
		answer(q, source, linked != 0);
	return st;
}

static kst_status ask_list(const struct question *q, uint64_t source, enum kst__member_id id)
{
	const struct kst__member *m = kst__member(&q->target->layout, id);

	return m->present ? ask_entry(q, source, q->out->address + m->offset) : KST_OK;
}

/* The creator header holds the links; where the list of the type is not kept, there is no such header. */
static kst_status ask_object_list(const struct question *q)
{
	const struct kst__member *m = kst__member(&q->target->layout, KST__M_OBJECT_CREATOR_INFO_TYPE_LIST);
	struct kst_object object = { .size = sizeof object };
	uint64_t header;
	kst_status st = kst__object_header_of(q->target, q->out->address, &header, q->err);

	if (st == KST_OK)
		st = kst__object_read(q->target, header, &object, q->err);
	if (st != KST_OK)
		return kst__is_absence(st) ? KST_OK : st;
	if (!m->present || (object.present & KST_OBJECT_HAS_INFOS) == 0 ||
	    (object.infos & KST_OBJECT_INFO_CREATOR) == 0)
		return KST_OK;
	return ask_entry(q, KST_PROCESS_SOURCE_OBJECT_LIST, object.info_address[0] + m->offset);
}

kst_status kst__cid_object(const struct kst_target *target, uint64_t id, uint64_t *body, struct kst_error *err)
{
	struct kst_handle handle = { .size = sizeof handle };
	uint64_t table;
	kst_status st = kst__read_global(target, KST__S_PspCidTable, &table, err);

	if (st == KST_OK)
		st = kst__handle_lookup(target, table, KST_HANDLES_CID, id, &handle, err);
	if (st != KST_OK)
		return st;
	*body = handle.body;
	return (handle.state == KST_HANDLE_LIVE || handle.state == KST_HANDLE_LOCKED) &&
			       (handle.present & KST_HANDLE_HAS_OBJECT) != 0
		       ? KST_OK
		       : KST_END;
}

static kst_status ask_cid_table(const struct question *q)
{
	const struct kst__member *m = kst__member(&q->target->layout, KST__M_EPROCESS_UNIQUE_PROCESS_ID);
	uint64_t pid, body = 0;
	kst_status st;

	if (!m->present)
		return KST_OK;
	st = kst__read_pointer(q->target, KST_SPACE_KERNEL, q->out->address + m->offset, &pid, q->err);
	if (st == KST_OK && pid == 0)
		return KST_OK; /* the Idle process has no entry */
	if (st == KST_OK)
		st = kst__cid_object(q->target, pid, &body, q->err);
	if (st == KST_OK || st == KST_END)
		answer(q, KST_PROCESS_SOURCE_CID_TABLE, st == KST_OK && body == q->out->address);
	return st == KST_END || kst__is_absence(st) ? KST_OK : st;
}

kst_status kst_process_sources(const struct kst_target *target, uint64_t address, struct kst_process_sources *out,
			       struct kst_error *err)
{
	struct kst_process_sources ours = { .size = sizeof ours, .address = address };
	struct question q = { target, &ours, err };
	kst_status st;

	if (target == NULL || out == NULL)
		return kst__fail(err, KST_E_ARG, address, "target or result is NULL");
	if (!kst__out_ok(out->size, sizeof *out))
		return kst__fail(err, KST_E_ABI, address, "kst_process_sources.size is not known");
	st = ask_list(&q, KST_PROCESS_SOURCE_LIST, KST__M_EPROCESS_ACTIVE_PROCESS_LINKS);
	if (st == KST_OK)
		st = ask_list(&q, KST_PROCESS_SOURCE_KERNEL_LIST, KST__M_KPROCESS_PROCESS_LIST_ENTRY);
	if (st == KST_OK)
		st = ask_cid_table(&q);
	if (st == KST_OK)
		st = ask_object_list(&q);
	if (st == KST_OK)
		kst__out_write(out, &ours, sizeof ours);
	return st;
}
