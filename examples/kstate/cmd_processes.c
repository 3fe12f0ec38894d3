/* SPDX-License-Identifier: MIT */
#include "process_records.h"

#include <stdlib.h>

int cmd_processes(struct session *session, int argc, char **argv);

#define SEEN_MOST 256

struct seen {
	uint64_t addresses[SEEN_MOST];
	size_t count;
};

static bool seen_before(struct seen *seen, uint64_t address)
{
	for (size_t i = 0; i < seen->count; i++)
		if (seen->addresses[i] == address)
			return true;
	if (seen->count < SEEN_MOST)
		seen->addresses[seen->count++] = address;
	return false;
}

/* Without a list that can be read to its end: the processes that the processors were running. */
static void show_current(const struct session *session, struct seen *seen)
{
	struct kst_process process = { .size = sizeof process };

	for (uint32_t i = 0; i <= session->identity.processors; i++)
		if (kst_process_current(session->target, i, &process, NULL) == KST_OK &&
		    !seen_before(seen, process.address))
			show_process(session, &process, -1);
}

/* The processes of PspCidTable, which every process and thread id comes from. */
struct cid_table {
	uint64_t *addresses;
	size_t count, room;
	bool whole; /* the table was read to its end */
};

static void cid_add(struct cid_table *cid, uint64_t address)
{
	if (cid->count == cid->room) {
		size_t room = cid->room == 0 ? 256 : 2 * cid->room;
		uint64_t *more = realloc(cid->addresses, room * sizeof *more);

		if (more == NULL) {
			cid->whole = false;
			return;
		}
		cid->addresses = more;
		cid->room = room;
	}
	cid->addresses[cid->count++] = address;
}

static struct cid_table read_cid_table(const struct session *session)
{
	struct cid_table cid = { .addresses = NULL };
	struct kst_handle handle = { .size = sizeof handle };
	struct kst_layout_info info = { .size = sizeof info };
	uint64_t symbol, table = 0;
	uint8_t raw[8] = { 0 };
	struct kst_cursor cursor;
	kst_status st;

	if (kst_target_symbol(session->target, "PspCidTable", &symbol) != KST_OK ||
	    kst_layout_info(kst_target_layout(session->target), &info) != KST_OK ||
	    kst_read(session->target, KST_SPACE_KERNEL, symbol, raw, info.pointer_size, NULL, NULL) != KST_OK)
		return cid;
	for (size_t i = 0; i < sizeof raw; i++)
		table |= (uint64_t)raw[i] << (8 * i);
	if (kst_handles_begin(&cursor, session->target, table, KST_HANDLES_CID, NULL) != KST_OK)
		return cid;
	cid.whole = true;
	while ((st = kst_handles_next(&cursor, &handle, NULL)) == KST_OK) {
		struct kst_process process = { .size = sizeof process };

		/* threads are in it too: what has this number for its process id is a process */
		if ((handle.present & KST_HANDLE_HAS_OBJECT) != 0 &&
		    kst_process_read(session->target, handle.body, &process, NULL) == KST_OK &&
		    (process.present & KST_PROCESS_HAS_PID) != 0 && process.pid == handle.handle)
			cid_add(&cid, handle.body);
	}
	if (st != KST_END || kst_cursor_anomalies(&cursor) != 0)
		cid.whole = false;
	return cid;
}

/* Take an address out of the table; false when it was not there. */
static bool cid_take(struct cid_table *cid, uint64_t address)
{
	for (size_t i = 0; i < cid->count; i++)
		if (cid->addresses[i] == address) {
			cid->addresses[i] = 0;
			return true;
		}
	return false;
}

/* What is left has a process id and is on no list: hidden, or just coming or going. */
static void show_unlisted(const struct session *session, const struct cid_table *cid)
{
	struct kst_process process = { .size = sizeof process };

	for (size_t i = 0; i < cid->count; i++)
		if (cid->addresses[i] != 0 &&
		    kst_process_read(session->target, cid->addresses[i], &process, NULL) == KST_OK) {
			process.anomalies |= KST_PROCESS_ANOMALY_NOT_LISTED;
			show_process(session, &process, 0);
		}
}

int cmd_processes(struct session *session, int argc, char **argv)
{
	struct kst_error error = { .size = sizeof error };
	struct kst_process process = { .size = sizeof process };
	struct seen seen = { .count = 0 };
	struct cid_table cid;
	struct kst_cursor cursor;
	kst_status st;

	(void)argc;
	(void)argv;
	if (!need_target(session))
		return CANNOT;
	if (kst_process_idle(session->target, &process, NULL) == KST_OK) {
		seen_before(&seen, process.address);
		show_process(session, &process, 0);
	}
	cid = read_cid_table(session);
	st = kst_processes_begin(&cursor, session->target, &error);
	if (st == KST_OK) {
		while ((st = kst_processes_next(&cursor, &process, &error)) == KST_OK) {
			seen_before(&seen, process.address);
			if (!cid_take(&cid, process.address) && cid.whole)
				process.anomalies |= KST_PROCESS_ANOMALY_NOT_IN_CID_TABLE;
			show_process(session, &process, 1);
		}
		if (st == KST_END)
			show_unlisted(session, &cid);
		emit_walk(session, "process", &cursor);
	}
	free(cid.addresses);
	if (st != KST_END)
		show_current(session, &seen);
	return st == KST_END || seen.count > 0 ? DONE : complain("processes", st, &error);
}
