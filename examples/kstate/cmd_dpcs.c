/* SPDX-License-Identifier: MIT */
#include "kstate.h"

int cmd_dpcs(struct session *session, int argc, char **argv);

static const char *processor_text(const struct kst_dpc_queue *queue)
{
	return known_number((queue->present & KST_DPC_QUEUE_HAS_PROCESSOR) != 0, queue->processor);
}

static const char *kind_text(uint32_t kind)
{
	return kind == KST_DPC_NORMAL ? "Normal" : "Threaded";
}

static void show_dpc(const struct session *session, const struct kst_dpc_queue *queue, const struct kst_dpc *d)
{
	json_t *r, *arguments;
	char text[32];

	if (!session->json) {
		printf("%3s: %-8s : %s  %s\n", processor_text(queue), kind_text(queue->kind),
		       address_text(session, d->address),
		       d->present & KST_DPC_HAS_ROUTINE ? place_text(session, d->routine) : "?");
		return;
	}
	r = record("dpc");
	if (queue->present & KST_DPC_QUEUE_HAS_PROCESSOR)
		put_number(r, "processor", queue->processor);
	put_text(r, "kind", kst_dpc_kind_name(queue->kind));
	put_hex(r, "address", d->address);
	if (d->present & KST_DPC_HAS_ROUTINE)
		put_hex(r, "routine", d->routine);
	if (d->present & KST_DPC_HAS_CONTEXT)
		put_hex(r, "context", d->context);
	if (d->present & KST_DPC_HAS_ARGUMENTS) {
		arguments = json_array();
		for (size_t i = 0; i < 2; i++) {
			snprintf(text, sizeof text, "0x%" PRIx64, d->arguments[i]);
			json_array_append_new(arguments, json_string(text));
		}
		json_object_set_new(r, "arguments", arguments);
	}
	if (d->present & KST_DPC_HAS_IMPORTANCE)
		put_text(r, "importance", kst_dpc_importance_name(d->importance));
	put_anomalies(r, d->anomalies, kst_dpc_anomaly_name);
	emit(r);
}

static void show_queue(const struct session *session, const struct kst_dpc_queue *q, uint32_t end, uint64_t seen)
{
	struct kst_dpc active;
	json_t *r;

	if (!session->json) {
		bool depth = (q->present & KST_DPC_QUEUE_HAS_DEPTH) != 0;
		bool empty = (q->present & KST_DPC_QUEUE_HAS_LIST) != 0 && q->first == 0 && (!depth || q->depth == 0);
		bool running = (q->present & KST_DPC_QUEUE_HAS_ACTIVE) != 0 && q->active != 0;

		printf("%3s: %-8s   depth %s, count %s%s", processor_text(q), kind_text(q->kind),
		       known_number(depth, q->depth),
		       known_number((q->present & KST_DPC_QUEUE_HAS_COUNT) != 0, q->count), empty ? ", empty" : "");
		if (running)
			printf(", active %s", address_text(session, q->active));
		if (running && dpc_at(session, q->active, &active))
			printf("  %s", place_text(session, active.routine));
		if (end != KST_WALK_CLOSED && end != KST_WALK_TERMINATED)
			printf(" -- the list ended: %s after %" PRIu64, kst_walk_end_name(end), seen);
		putchar('\n');
		return;
	}
	r = record("dpc_queue");
	if (q->present & KST_DPC_QUEUE_HAS_PROCESSOR)
		put_number(r, "processor", q->processor);
	put_text(r, "kind", kst_dpc_kind_name(q->kind));
	put_hex(r, "address", q->address);
	if (q->present & KST_DPC_QUEUE_HAS_DEPTH)
		put_number(r, "depth", q->depth);
	if (q->present & KST_DPC_QUEUE_HAS_COUNT)
		put_number(r, "count", q->count);
	if (q->present & KST_DPC_QUEUE_HAS_ACTIVE)
		put_hex(r, "active", q->active);
	if (q->present & KST_DPC_QUEUE_HAS_LIST) {
		put_hex(r, "first", q->first);
		put_hex(r, "last", q->last);
	}
	put_text(r, "end", kst_walk_end_name(end));
	put_anomalies(r, q->anomalies, kst_dpc_queue_anomaly_name);
	emit(r);
}

/* The queue's record comes first and says how its list ends, so the list is walked twice: silent, then shown. */
static int walk_queue(struct session *session, const struct kst_dpc_queue *queue, bool shown, struct kst_cursor *cursor,
		      struct kst_error *error)
{
	struct kst_dpc dpc = { .size = sizeof dpc };
	kst_status st = kst_dpcs_begin(cursor, session->target, queue, error);

	while (st == KST_OK && (st = kst_dpcs_next(cursor, &dpc, error)) == KST_OK)
		if (shown)
			show_dpc(session, queue, &dpc);
	return st == KST_E_HOST || st == KST_E_NO_MEMBER ? complain("dpcs", st, error) : DONE;
}

/* The queues of all processors. */
struct queues {
	uint64_t shown;
	uint64_t anomalies; /* KST_WALK_ANOMALY_… */
};

static int queue_of(struct session *session, const struct kst_processor *processor, uint32_t kind,
		    struct queues *queues, struct kst_error *error)
{
	struct kst_dpc_queue queue = { .size = sizeof queue };
	struct kst_cursor cursor;
	kst_status st = kst_dpc_queue(session->target, processor, kind, &queue, error);
	int result;

	if (st == KST_END)
		return DONE;
	if (st == KST_E_FAULT) {
		queues->anomalies |= KST_WALK_ANOMALY_SKIPPED;
		if (!session->json)
			printf("%3s: %-8s   not in this source\n",
			       known_number((processor->present & KST_PROCESSOR_HAS_NUMBER) != 0, processor->number),
			       kind_text(kind));
		return DONE;
	}
	if (st != KST_OK)
		return complain("dpcs", st, error);
	result = walk_queue(session, &queue, false, &cursor, error);
	if (result != DONE)
		return result;
	queues->shown++;
	show_queue(session, &queue, kst_cursor_end(&cursor), kst_cursor_count(&cursor));
	result = walk_queue(session, &queue, true, &cursor, error);
	if (result == DONE && session->json)
		emit_walk(session, "dpc", &cursor);
	return result;
}

int cmd_dpcs(struct session *session, int argc, char **argv)
{
	struct kst_error error = { .size = sizeof error };
	struct kst_processor processor = { .size = sizeof processor };
	struct queues queues = { 0 };
	struct kst_cursor cursor;
	int result = DONE;
	bool begun;
	kst_status st;

	(void)argc;
	(void)argv;
	if (!need_target(session))
		return CANNOT;
	if (!session->json)
		puts("CPU  Type       KDPC / queue");
	st = kst_processors_begin(&cursor, session->target, &error);
	begun = st == KST_OK;
	while (st == KST_OK && result == DONE && (st = kst_processors_next(&cursor, &processor, &error)) == KST_OK)
		for (uint32_t kind = KST_DPC_NORMAL; kind <= KST_DPC_THREADED && result == DONE; kind++)
			result = queue_of(session, &processor, kind, &queues, &error);
	if (begun && result == DONE)
		emit_end(session, "dpc_queue", queues.shown, kst_cursor_end(&cursor),
			 kst_cursor_anomalies(&cursor) | queues.anomalies);
	return st < 0 ? complain("dpcs", st, &error) : result;
}
