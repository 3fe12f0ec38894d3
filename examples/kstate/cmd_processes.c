/* SPDX-License-Identifier: MIT */
#include "process_records.h"

#include <stdlib.h>

int cmd_processes(struct session *session, int argc, char **argv);

#define LISTED_UNKNOWN (-1) /* for show_process(): the list of active processes was not read to its end */

/* The processes that one source knows, apart from the list of active ones; or those that were shown. */
struct known {
	uint64_t *addresses;
	size_t count, room;
	uint64_t source; /* KST_PROCESS_SOURCE_… */
	bool whole;      /* the source was read to its end */
};

static void known_add(struct known *known, uint64_t address)
{
	if (known->count == known->room) {
		size_t room = known->room == 0 ? 256 : 2 * known->room;
		uint64_t *more = realloc(known->addresses, room * sizeof *more);

		if (more == NULL) {
			known->whole = false;
			return;
		}
		known->addresses = more;
		known->room = room;
	}
	known->addresses[known->count++] = address;
}

/* Take an address out; false when it was not there. */
static bool known_take(struct known *known, uint64_t address)
{
	for (size_t i = 0; i < known->count; i++)
		if (known->addresses[i] == address) {
			known->addresses[i] = 0;
			return true;
		}
	return false;
}

static bool known_has(const struct known *known, uint64_t address)
{
	for (size_t i = 0; i < known->count; i++)
		if (known->addresses[i] == address)
			return true;
	return false;
}

/* Without a list that can be read to its end: the processes that the processors were running. */
static void show_current(const struct session *session, struct known *shown)
{
	struct kst_process process = { .size = sizeof process };

	for (uint32_t i = 0; i < processors_asked(session); i++)
		if (kst_process_current(session->target, i, &process, NULL) == KST_OK &&
		    !known_has(shown, process.address)) {
			known_add(shown, process.address);
			show_process(session, &process, LISTED_UNKNOWN, NULL);
		}
}

/* PspCidTable: every process and thread id comes from it. */
static struct known read_cid_table(const struct session *session)
{
	struct known cid = { .source = KST_PROCESS_SOURCE_CID_TABLE };
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
			known_add(&cid, handle.body);
	}
	if (st != KST_END || kst_cursor_anomalies(&cursor) != 0)
		cid.whole = false;
	return cid;
}

/* The list of all objects of type Process. Where it is not kept, its number of entries is not that of the objects. */
static struct known read_object_list(const struct session *session)
{
	struct known objects = { .source = KST_PROCESS_SOURCE_OBJECT_LIST };
	struct kst_object_type type = { .size = sizeof type };
	struct kst_object object = { .size = sizeof object };
	struct kst_cursor cursor;
	kst_status st;

	if (kst_object_type_find(session->target, "Process", 0, &type, NULL) != KST_OK ||
	    kst_objects_begin(&cursor, session->target, type.address, 0, NULL) != KST_OK)
		return objects;
	objects.whole = true;
	while ((st = kst_objects_next(&cursor, &object, NULL)) == KST_OK)
		known_add(&objects, object.body);
	if (st != KST_END || kst_cursor_anomalies(&cursor) != 0 || objects.count == 0)
		objects.whole = false;
	return objects;
}

/* What was walked to its end tells more than the links of one process. */
static void show_compared(const struct session *session, struct kst_process *process, int listed, struct known *known,
			  size_t count)
{
	struct kst_process_sources sources = { .size = sizeof sources };

	if (kst_process_sources(session->target, process->address, &sources, NULL) != KST_OK)
		sources.present = sources.found = 0;
	sources.present &= ~(uint64_t)KST_PROCESS_SOURCE_LIST;
	sources.found &= ~(uint64_t)KST_PROCESS_SOURCE_LIST;
	sources.present |= listed != LISTED_UNKNOWN ? KST_PROCESS_SOURCE_LIST : 0;
	sources.found |= listed > 0 ? KST_PROCESS_SOURCE_LIST : 0;
	for (size_t i = 0; i < count; i++) {
		bool found = known_take(&known[i], process->address);

		if (!found && !known[i].whole)
			continue;
		sources.present |= known[i].source;
		sources.found &= ~known[i].source;
		sources.found |= found ? known[i].source : 0;
	}
	judge_sources(process, &sources);
	show_process(session, process, listed, &sources);
}

/*
 * What is left is on no list of active processes: hidden, or just coming or going. Where that list breaks off nothing is
 * said of it.
 */
static void show_unlisted(const struct session *session, int listed, struct known *known, size_t count,
			  struct known *shown)
{
	struct kst_process process = { .size = sizeof process };

	for (size_t i = 0; i < count; i++)
		for (size_t k = 0; k < known[i].count; k++)
			if (known[i].addresses[k] != 0 &&
			    kst_process_read(session->target, known[i].addresses[k], &process, NULL) == KST_OK) {
				known_add(shown, process.address);
				show_compared(session, &process, listed, known, count);
			}
}

int cmd_processes(struct session *session, int argc, char **argv)
{
	struct kst_error error = { .size = sizeof error };
	struct kst_process process = { .size = sizeof process };
	struct known known[2], shown = { .count = 0 };
	struct kst_cursor cursor;
	bool begun;
	kst_status st;

	(void)argc;
	(void)argv;
	if (!need_target(session))
		return CANNOT;
	if (kst_process_idle(session->target, &process, NULL) == KST_OK) {
		known_add(&shown, process.address);
		show_process(session, &process, 0, NULL);
	}
	known[0] = read_cid_table(session);
	known[1] = read_object_list(session);
	st = kst_processes_begin(&cursor, session->target, &error);
	begun = st == KST_OK;
	while (st == KST_OK && (st = kst_processes_next(&cursor, &process, &error)) == KST_OK) {
		known_add(&shown, process.address);
		show_compared(session, &process, true, known, 2);
	}
	if (st != KST_E_HOST)
		show_unlisted(session, st == KST_END ? false : LISTED_UNKNOWN, known, 2, &shown);
	if (st != KST_END && st != KST_E_HOST)
		show_current(session, &shown);
	emit_end(session, "process", st == KST_END ? kst_cursor_count(&cursor) : shown.count,
		 begun ? kst_cursor_end(&cursor) : KST_WALK_UNREADABLE, begun ? kst_cursor_anomalies(&cursor) : 0);
	free(known[0].addresses);
	free(known[1].addresses);
	free(shown.addresses);
	if (st == KST_END)
		return DONE;
	complain("processes", st, &error);
	return st != KST_E_HOST && shown.count > 0 ? DONE : CANNOT;
}
