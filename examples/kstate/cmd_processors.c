/* SPDX-License-Identifier: MIT */
#include "kstate.h"

int cmd_processors(struct session *session, int argc, char **argv);

static void show(const struct session *session, const struct kst_processor *p)
{
	const struct {
		const char *key;
		uint64_t value, bit;
	} fields[] = {
		{ "kpcr", p->kpcr, KST_PROCESSOR_HAS_KPCR },
		{ "kprcb", p->kprcb, 0 },
		{ "current_thread", p->current_thread, KST_PROCESSOR_HAS_CURRENT_THREAD },
		{ "next_thread", p->next_thread, KST_PROCESSOR_HAS_NEXT_THREAD },
		{ "idle_thread", p->idle_thread, KST_PROCESSOR_HAS_IDLE_THREAD },
		{ "dpc_stack", p->dpc_stack, KST_PROCESSOR_HAS_DPC_STACK },
		{ "isr_stack", p->isr_stack, KST_PROCESSOR_HAS_ISR_STACK },
		{ "exception_stack", p->exception_stack, KST_PROCESSOR_HAS_EXCEPTION_STACK },
	};
	json_t *r;

	if (!session->json) {
		bool next = (p->present & KST_PROCESSOR_HAS_NEXT_THREAD) != 0;
		bool active = (p->present & KST_PROCESSOR_HAS_DPC_ACTIVE) != 0;

		printf("%3s  KPRCB %s  current %s  next %s  idle %s  DPC stack %s%s\n",
		       known_number((p->present & KST_PROCESSOR_HAS_NUMBER) != 0, p->number),
		       address_text(session, p->kprcb),
		       known_address(session, (p->present & KST_PROCESSOR_HAS_CURRENT_THREAD) != 0, p->current_thread),
		       next && p->next_thread == 0 ? "-" : known_address(session, next, p->next_thread),
		       known_address(session, (p->present & KST_PROCESSOR_HAS_IDLE_THREAD) != 0, p->idle_thread),
		       known_address(session, (p->present & KST_PROCESSOR_HAS_DPC_STACK) != 0, p->dpc_stack),
		       !active                      ? "  DPC ?"
		       : p->dpc_routine_active != 0 ? "  DPC active"
						    : "");
		return;
	}
	r = record("processor");
	if (p->present & KST_PROCESSOR_HAS_NUMBER)
		put_number(r, "number", p->number);
	for (size_t i = 0; i < sizeof fields / sizeof fields[0]; i++)
		if (fields[i].bit == 0 || (p->present & fields[i].bit) != 0)
			put_hex(r, fields[i].key, fields[i].value);
	if (p->present & KST_PROCESSOR_HAS_DPC_ACTIVE)
		put_bool(r, "dpc_active", p->dpc_routine_active != 0);
	if (p->present & KST_PROCESSOR_HAS_IRQL)
		put_number(r, "irql", p->irql);
	put_anomalies(r, p->anomalies, kst_processor_anomaly_name);
	emit(r);
}

int cmd_processors(struct session *session, int argc, char **argv)
{
	struct kst_error error = { .size = sizeof error };
	struct kst_processor processor = { .size = sizeof processor };
	struct kst_cursor cursor;
	kst_status st;

	(void)argc;
	(void)argv;
	if (!need_target(session))
		return CANNOT;
	st = kst_processors_begin(&cursor, session->target, &error);
	if (st != KST_OK)
		return complain("processors", st, &error);
	while ((st = kst_processors_next(&cursor, &processor, &error)) == KST_OK)
		show(session, &processor);
	return end_walk(session, "processors", "processor", &cursor, st, &error);
}
