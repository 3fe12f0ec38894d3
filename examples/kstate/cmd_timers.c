/* SPDX-License-Identifier: MIT */
#include "kstate.h"

int cmd_timers(struct session *session, int argc, char **argv);

static void show(const struct session *session, const struct kst_timer *t)
{
	struct kst_dpc dpc;
	/* the routine, where the timer's DPC is in memory */
	bool has_routine = dpc_at(session, (t->present & KST_TIMER_HAS_DPC) != 0 ? t->dpc : 0, &dpc);
	json_t *r;

	if (!session->json) {
		printf("%3s  %s  %16s  %11s  %s",
		       known_number((t->present & KST_TIMER_HAS_PROCESSOR) != 0, t->processor),
		       address_text(session, t->address),
		       known_hex((t->present & KST_TIMER_HAS_DUE_TIME) != 0, 16, t->due_time),
		       known_number((t->present & KST_TIMER_HAS_PERIOD) != 0, t->period),
		       (t->anomalies & KST_TIMER_ANOMALY_DPC_ENCODED) != 0
			       ? "(encoded)"
			       : known_address(session, (t->present & KST_TIMER_HAS_DPC) != 0, t->dpc));
		printf("%s%s\n", has_routine ? "  " : "", has_routine ? place_text(session, dpc.routine) : "");
		return;
	}
	r = record("timer");
	if (t->present & KST_TIMER_HAS_PROCESSOR)
		put_number(r, "processor", t->processor);
	put_hex(r, "address", t->address);
	if (t->present & KST_TIMER_HAS_DUE_TIME)
		put_hex(r, "due", t->due_time);
	if (t->present & KST_TIMER_HAS_PERIOD)
		put_number(r, "period", t->period);
	if (t->present & KST_TIMER_HAS_DPC)
		put_hex(r, "dpc", t->dpc);
	if (has_routine)
		put_hex(r, "routine", dpc.routine);
	put_anomalies(r, t->anomalies, kst_timer_anomaly_name);
	emit(r);
}

int cmd_timers(struct session *session, int argc, char **argv)
{
	struct kst_error error = { .size = sizeof error };
	struct kst_timer timer = { .size = sizeof timer };
	struct kst_cursor cursor;
	kst_status st;

	(void)argc;
	(void)argv;
	if (!need_target(session))
		return CANNOT;
	st = kst_timers_begin(&cursor, session->target, &error);
	if (st != KST_OK)
		return complain("timers", st, &error);
	heading(session, "CPU  @timer  due               period (ms)  @DPC  routine");
	while ((st = kst_timers_next(&cursor, &timer, &error)) == KST_OK)
		show(session, &timer);
	return end_walk(session, "timers", "timer", &cursor, st, &error);
}
