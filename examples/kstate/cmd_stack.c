/* SPDX-License-Identifier: MIT */
#include "kstate.h"

int cmd_stack(struct session *session, int argc, char **argv);

#define RETURNS_SHOWN 64

/* Ip, sp and bp of the context that the dump's container holds: that of the processor that crashed. */
static bool dump_registers(const struct session *session, struct kst_registers *out)
{
	struct kst_context context = { .size = sizeof context };
	uint8_t bytes[0x600];
	size_t done = 0;

	if (session->dump == NULL || kst_dump_context(session->dump, bytes, sizeof bytes, &done) != KST_OK ||
	    kst_decode_context(session->identity.arch, bytes, done, 0, &context, NULL) != KST_OK)
		return false;
	*out = (struct kst_registers){ sizeof *out, 0, context.ip, context.sp, context.fp };
	return true;
}

/* Stopped in user mode: the registers are right, and on no stack of the kernel. */
static bool in_user_mode(const struct session *session, const struct kst_stack_link *l)
{
	return (l->present & KST_STACK_LINK_HAS_IP) != 0 && (l->anomalies & KST_STACK_LINK_ANOMALY_IP) == 0 &&
	       l->ip >> (session->identity.arch == KST_ARCH_X86 ? 31 : 63) == 0;
}

static void show_link(const struct session *session, const struct kst_stack_link *l)
{
	json_t *r;

	if (!session->json) {
		printf("  %-9s stack  sp %s", kst_stack_name(l->stack), address_text(session, l->sp));
		if (l->present & KST_STACK_LINK_HAS_IP)
			printf("  ip %s", address_text(session, l->ip));
		if (l->present & KST_STACK_LINK_HAS_LIMITS)
			printf("  (%s - %s)", address_text(session, l->low), address_text(session, l->high));
		printf("  found by %s%s\n", kst_registers_found_name(l->found),
		       l->checked                 ? ""
		       : in_user_mode(session, l) ? ", in user mode"
						  : ", NOT on a stack that is known");
		if (l->notes & KST_STACK_LINK_NOTE_IDLE)
			puts("            DPCs are retired on the idle thread's own stack: no switch");
		if (l->notes & KST_STACK_LINK_NOTE_DPC_THREAD)
			puts("            this thread runs threaded DPCs: no switch");
		return;
	}
	r = record("stack_link");
	if (l->present & KST_STACK_LINK_HAS_PROCESSOR)
		put_number(r, "processor", l->processor);
	if (l->present & KST_STACK_LINK_HAS_THREAD)
		put_hex(r, "thread", l->thread);
	put_text(r, "stack", kst_stack_name(l->stack));
	if (l->present & KST_STACK_LINK_HAS_IP)
		put_hex(r, "ip", l->ip);
	put_hex(r, "sp", l->sp);
	if (l->present & KST_STACK_LINK_HAS_BP)
		put_hex(r, "bp", l->bp);
	if (l->present & KST_STACK_LINK_HAS_LIMITS) {
		put_hex(r, "low", l->low);
		put_hex(r, "high", l->high);
	}
	put_text(r, "found", kst_registers_found_name(l->found));
	put_bool(r, "checked", l->checked != 0);
	if (l->notes != 0) {
		json_t *notes = json_array();

		if (l->notes & KST_STACK_LINK_NOTE_IDLE)
			json_array_append_new(notes, json_string("idle"));
		if (l->notes & KST_STACK_LINK_NOTE_DPC_THREAD)
			json_array_append_new(notes, json_string("dpc-thread"));
		json_object_set_new(r, "notes", notes);
	}
	put_anomalies(r, l->anomalies, kst_stack_link_anomaly_name);
	emit(r);
}

/* What a debugger needs to show the frames of a recovered stack. */
static void show_debugger_command(const struct session *session, const struct kst_stack_link *l)
{
	if (session->json || l->found == KST_REGISTERS_FOUND_CONTEXT || (l->present & KST_STACK_LINK_HAS_IP) == 0)
		return;
	printf("  the interrupted side in a debugger: k = %s %s %s\n",
	       address_text(session, (l->present & KST_STACK_LINK_HAS_BP) != 0 ? l->bp : l->sp),
	       address_text(session, l->sp), address_text(session, l->ip));
}

static int show_returns(const struct session *session, const struct kst_stack_link *l, struct kst_error *error)
{
	struct kst_return_address at = { .size = sizeof at };
	struct kst_cursor cursor;
	kst_status st;

	if (session->json || (l->present & KST_STACK_LINK_HAS_LIMITS) == 0)
		return DONE;
	st = kst_return_addresses_begin(&cursor, session->target, l, error);
	for (int i = 0; i < RETURNS_SHOWN && st == KST_OK; i++) {
		st = kst_return_addresses_next(&cursor, &at, error);
		if (st == KST_OK)
			printf("    %s %s  %s+0x%" PRIx64 "\n",
			       at.found == KST_REGISTERS_FOUND_SCAN ? "(scan)" : "      ",
			       address_text(session, at.slot), printable(at.module_name), at.address - at.module_base);
	}
	return st == KST_E_HOST ? complain("stack", st, error) : DONE;
}

static int walk(struct session *session, struct kst_cursor *cursor, struct kst_error *error)
{
	struct kst_stack_link link = { .size = sizeof link };
	int result = DONE;
	kst_status st;

	while ((st = kst_stack_next(cursor, &link, error)) == KST_OK && result == DONE) {
		show_link(session, &link);
		show_debugger_command(session, &link);
		result = show_returns(session, &link, error);
	}
	if (st < 0)
		return complain("stack", st, error);
	if (result == DONE)
		emit_walk(session, "stack_link", cursor);
	return result;
}

/* The dump's context belongs to the processor on one of whose stacks it lies. */
static bool belongs(const struct session *session, const struct kst_processor *processor,
		    const struct kst_registers *registers)
{
	struct kst_stack_link link = { .size = sizeof link };
	struct kst_cursor cursor;

	return kst_stack_begin(&cursor, session->target, processor, registers, NULL) == KST_OK &&
	       kst_stack_next(&cursor, &link, NULL) == KST_OK && link.checked != 0;
}

static int one_processor(struct session *session, const struct kst_processor *processor, bool asked, unsigned *shown,
			 struct kst_error *error)
{
	struct kst_registers registers;
	struct kst_cursor cursor;
	bool ours = dump_registers(session, &registers) && belongs(session, processor, &registers);
	kst_status st = kst_stack_begin(&cursor, session->target, processor, ours ? &registers : NULL, error);

	if (st == KST_E_FAULT) /* most processors of a dump were not stopped at a known place */
		return asked ? complain("stack", st, error) : DONE;
	if (st != KST_OK)
		return complain("stack", st, error);
	*shown += 1;
	if (!session->json)
		printf("Processor %s, thread %s\n",
		       known_number((processor->present & KST_PROCESSOR_HAS_NUMBER) != 0, processor->number),
		       known_address(session, (processor->present & KST_PROCESSOR_HAS_CURRENT_THREAD) != 0,
				     processor->current_thread));
	return walk(session, &cursor, error);
}

static int one_thread(struct session *session, uint64_t thread, struct kst_error *error)
{
	struct kst_processor processor = { .size = sizeof processor };
	struct kst_cursor cursor;
	kst_status st = kst_processors_begin(&cursor, session->target, error);
	unsigned shown = 0;

	/* a running thread's stack begins with its processor's registers */
	while (st == KST_OK && (st = kst_processors_next(&cursor, &processor, error)) == KST_OK)
		if ((processor.present & KST_PROCESSOR_HAS_CURRENT_THREAD) != 0 && processor.current_thread == thread)
			return one_processor(session, &processor, true, &shown, error);
	if (st == KST_E_HOST)
		return complain("stack", st, error);
	st = kst_stack_begin_thread(&cursor, session->target, thread, error);
	return st != KST_OK ? complain("stack", st, error) : walk(session, &cursor, error);
}

static void nothing_saved(const struct session *session)
{
	json_t *r;

	if (!session->json) {
		puts("No processor's registers are saved in this source; --thread ADDRESS shows where a thread was "
		     "switched out.");
		return;
	}
	r = record("walk");
	put_text(r, "of", "stack_link");
	put_number(r, "count", 0);
	put_text(r, "end", kst_walk_end_name(KST_WALK_UNREADABLE));
	emit(r);
}

int cmd_stack(struct session *session, int argc, char **argv)
{
	struct kst_error error = { .size = sizeof error };
	struct kst_processor processor = { .size = sizeof processor };
	struct kst_cursor cursor;
	uint64_t number = UINT64_MAX, thread;
	bool found = false;
	unsigned shown = 0;
	int result = DONE;
	kst_status st;

	(void)argc;
	(void)argv;
	if ((session->option_processor != NULL && !parse_decimal(session->option_processor, &number)) ||
	    (session->option_thread != NULL && !parse_hex(session->option_thread, &thread))) {
		fputs("kstate: --processor N is decimal, --thread ADDRESS hexadecimal\n", stderr);
		return USAGE;
	}
	if (!need_target(session))
		return CANNOT;
	if (session->option_thread != NULL)
		return one_thread(session, thread, &error);
	st = kst_processors_begin(&cursor, session->target, &error);
	while (st == KST_OK && result == DONE && (st = kst_processors_next(&cursor, &processor, &error)) == KST_OK) {
		if (session->option_processor != NULL &&
		    ((processor.present & KST_PROCESSOR_HAS_NUMBER) == 0 || processor.number != number))
			continue;
		found = true;
		result = one_processor(session, &processor, session->option_processor != NULL, &shown, &error);
	}
	if (st < 0)
		return complain("stack", st, &error);
	if (session->option_processor != NULL && !found) {
		fprintf(stderr, "kstate: no processor has the number %" PRIu64 "\n", number);
		return CANNOT;
	}
	if (shown == 0 && result == DONE)
		nothing_saved(session);
	return result;
}
