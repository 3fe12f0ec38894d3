/* SPDX-License-Identifier: MIT */
#include "kstate.h"

int cmd_unloaded(struct session *session, int argc, char **argv);

static void unloaded_json(const struct kst_unloaded_module *m)
{
	json_t *r = record("unloaded_module");

	if (m->present & KST_UNLOADED_MODULE_HAS_RANGE) {
		put_hex(r, "start", m->start);
		put_hex(r, "end", m->end);
	}
	if (m->present & KST_UNLOADED_MODULE_HAS_NAME)
		put_text(r, "name", m->name);
	if (m->present & KST_UNLOADED_MODULE_HAS_TIME)
		put_time(r, "time", m->time);
	put_anomalies(r, m->anomalies, kst_module_anomaly_name);
	emit(r);
}

static void unloaded_text(const struct session *session, const struct kst_unloaded_module *m)
{
	bool range = (m->present & KST_UNLOADED_MODULE_HAS_RANGE) != 0;

	print_range(session, range, m->start, range, m->end);
	printf("   %s\n", m->present & KST_UNLOADED_MODULE_HAS_NAME ? printable(m->name) : "?");
}

int cmd_unloaded(struct session *session, int argc, char **argv)
{
	struct kst_unloaded_module module = { .size = sizeof module };
	struct kst_error error = { .size = sizeof error };
	struct kst_cursor cursor;
	kst_status st;

	(void)argc;
	(void)argv;
	if (!need_target(session))
		return CANNOT;
	st = kst_unloaded_modules_begin(&cursor, session->target, &error);
	if (st != KST_OK)
		return complain("unloaded", st, &error);
	if (!session->json)
		puts("Unloaded modules:");
	while ((st = kst_unloaded_modules_next(&cursor, &module, &error)) == KST_OK) {
		if (session->json)
			unloaded_json(&module);
		else
			unloaded_text(session, &module);
	}
	return end_walk(session, "unloaded", "unloaded_module", &cursor, st, &error);
}
