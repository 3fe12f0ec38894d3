/* SPDX-License-Identifier: MIT */
#include "kstate.h"

int cmd_callbacks(struct session *session, int argc, char **argv);

static void show_text(const struct session *session, const struct kst_callback *c)
{
	printf("%-8s %4u  %s", kst_callback_kind_name(c->kind), c->slot, address_text(session, c->block));
	if (c->present & KST_CALLBACK_HAS_FUNCTION) {
		uint64_t routine = c->function != 0 ? c->function : c->post_function;

		printf("  %s", address_text(session, routine));
		if (c->present & KST_CALLBACK_HAS_MODULE)
			printf("  %s+0x%" PRIx64, printable(c->module), routine - c->module_base);
		else if (c->anomalies & KST_CALLBACK_ANOMALY_NO_MODULE)
			fputs("  ** in no module **", stdout);
	} else {
		fputs("  ?", stdout);
	}
	if (c->present & KST_CALLBACK_HAS_NAME)
		printf("  %s", printable(c->name));
	putchar('\n');
}

static void show(const struct session *session, const struct kst_callback *c)
{
	json_t *r;

	if (!session->json) {
		show_text(session, c);
		return;
	}
	r = record("callback");
	put_text(r, "kind", kst_callback_kind_name(c->kind));
	put_number(r, "slot", c->slot);
	if (c->present & KST_CALLBACK_HAS_RAW)
		put_hex(r, "raw", c->raw);
	put_hex(r, "block", c->block);
	if (c->present & KST_CALLBACK_HAS_FUNCTION)
		put_hex(r, "function", c->function);
	else
		put_null(r, "function");
	if (c->present & KST_CALLBACK_HAS_POST)
		put_hex(r, "post_function", c->post_function);
	if (c->present & KST_CALLBACK_HAS_CONTEXT)
		put_hex(r, "context", c->context);
	if (c->present & KST_CALLBACK_HAS_MODULE)
		put_text(r, "module", c->module);
	else
		put_null(r, "module");
	if (c->present & KST_CALLBACK_HAS_COOKIE)
		put_hex(r, "cookie", c->cookie);
	if (c->present & KST_CALLBACK_HAS_OBJECT_TYPE)
		put_hex(r, "object_type", c->object_type);
	if (c->present & KST_CALLBACK_HAS_OPERATIONS)
		put_hex(r, "operations", c->operations);
	if (c->present & KST_CALLBACK_HAS_REASON)
		put_number(r, "reason", c->reason);
	if (c->present & KST_CALLBACK_HAS_STATE)
		put_number(r, "state", c->state);
	if (c->present & KST_CALLBACK_HAS_NAME)
		put_text(r, c->kind == KST_CALLBACK_BUGCHECK ? "component" : "altitude", c->name);
	put_anomalies(r, c->anomalies, kst_callback_anomaly_name);
	emit(r);
}

static void show_not_looked_for(const struct session *session, uint32_t kind)
{
	json_t *r;

	if (!session->json) {
		printf("-- %s callbacks: not looked for, no symbol tells where they are\n",
		       kst_callback_kind_name(kind));
		return;
	}
	r = record("callback_kind");
	put_text(r, "kind", kst_callback_kind_name(kind));
	put_bool(r, "looked_for", false);
	emit(r);
}

int cmd_callbacks(struct session *session, int argc, char **argv)
{
	struct kst_error error = { .size = sizeof error };
	struct kst_callback callback = { .size = sizeof callback };
	struct kst_cursor cursor;
	kst_status st;

	(void)argc;
	(void)argv;
	if (!need_target(session))
		return CANNOT;
	st = kst_callbacks_begin(&cursor, session->target, 0, &error);
	if (st != KST_OK)
		return complain("callbacks", st, &error);
	heading(session, "kind     slot  @block  @function  module");
	while ((st = kst_callbacks_next(&cursor, &callback, &error)) == KST_OK)
		show(session, &callback);
	for (uint32_t kind = 0, known = kst_callback_kinds(session->target); kind <= KST_CALLBACK_BUGCHECK; kind++)
		if ((known >> kind & 1) == 0)
			show_not_looked_for(session, kind);
	return end_walk(session, "callbacks", "callback", &cursor, st, &error);
}
