/* SPDX-License-Identifier: MIT */
#include "process_records.h"

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

int cmd_processes(struct session *session, int argc, char **argv)
{
	struct kst_error error = { .size = sizeof error };
	struct kst_process process = { .size = sizeof process };
	struct seen seen = { .count = 0 };
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
	st = kst_processes_begin(&cursor, session->target, &error);
	if (st == KST_OK) {
		while ((st = kst_processes_next(&cursor, &process, &error)) == KST_OK) {
			seen_before(&seen, process.address);
			show_process(session, &process, 1);
		}
		emit_walk(session, "process", &cursor);
	}
	if (st != KST_END)
		show_current(session, &seen);
	return st == KST_END || seen.count > 0 ? DONE : complain("processes", st, &error);
}
