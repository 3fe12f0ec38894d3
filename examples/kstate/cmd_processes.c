/* SPDX-License-Identifier: MIT */
#include "process_records.h"

int cmd_processes(struct session *session, int argc, char **argv);

/* Without a readable list: the processes that the processors were running, each once. */
static bool show_current(const struct session *session)
{
	struct kst_process process = { .size = sizeof process };
	uint64_t seen[64];
	size_t count = 0;

	for (uint32_t i = 0; i <= session->identity.processors && count < 64; i++) {
		bool known = false;

		if (kst_process_current(session->target, i, &process, NULL) != KST_OK)
			continue;
		for (size_t k = 0; k < count; k++)
			known = known || seen[k] == process.address;
		if (known)
			continue;
		seen[count++] = process.address;
		show_process(session, &process, -1);
	}
	return count > 0;
}

int cmd_processes(struct session *session, int argc, char **argv)
{
	struct kst_error error = { .size = sizeof error };
	struct kst_process process = { .size = sizeof process };
	struct kst_cursor cursor;
	bool shown = false;
	kst_status st;

	(void)argc;
	(void)argv;
	if (!need_target(session))
		return CANNOT;
	if (kst_process_idle(session->target, &process, NULL) == KST_OK) {
		show_process(session, &process, 0);
		shown = true;
	}
	st = kst_processes_begin(&cursor, session->target, &error);
	if (st != KST_OK)
		return show_current(session) || shown ? DONE : complain("processes", st, &error);
	while ((st = kst_processes_next(&cursor, &process, &error)) == KST_OK) {
		show_process(session, &process, 1);
		shown = true;
	}
	if (st != KST_END && kst_cursor_count(&cursor) == 0)
		shown = show_current(session) || shown;
	emit_walk(session, "processes", &cursor);
	return st == KST_END || shown ? DONE : complain("processes", st, &error);
}
