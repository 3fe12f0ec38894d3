/* SPDX-License-Identifier: MIT */
#include "kstate.h"

int cmd_verifier(struct session *session, int argc, char **argv);

static void show_frame(const struct session *session, uint64_t address)
{
	struct kst_module module = { .size = sizeof module };

	if (kst_module_find(session->target, address, &module, NULL) == KST_OK)
		printf("%s %s+0x%" PRIx64 "\n", address_text(session, address), printable(module.name),
		       address - module.base);
	else
		printf("%s\n", address_text(session, address));
}

static void show_text(const struct session *session, const struct kst_verifier_entry *e)
{
	const char *address = known_address(session, (e->present & KST_VERIFIER_ENTRY_HAS_ADDRESS) != 0, e->address);
	const char *thread = known_address(session, (e->present & KST_VERIFIER_ENTRY_HAS_THREAD) != 0, e->thread);
	bool apc = (e->present & KST_VERIFIER_ENTRY_HAS_APC) != 0;

	if (e->log == KST_VERIFIER_POOL)
		printf("Pool block %s, Size %s, Thread %s\n", address,
		       known_hex((e->present & KST_VERIFIER_ENTRY_HAS_BYTES) != 0, 8, e->bytes), thread);
	else if (e->log == KST_VERIFIER_IRP)
		printf("IRP %s, Thread %s, IRQL = %s, KernelApcDisable = %s, SpecialApcDisable = %s\n", address, thread,
		       known_number((e->present & KST_VERIFIER_ENTRY_HAS_IRQL) != 0, e->irql),
		       known_number(apc, e->kernel_apc_disable), known_number(apc, e->special_apc_disable));
	else
		printf("Thread %s%s%s\n", thread, e->operation != KST_VERIFIER_UNKNOWN ? ", " : "",
		       e->operation != KST_VERIFIER_UNKNOWN ? kst_verifier_operation_name(e->operation) : "");
	for (uint32_t i = 0; i < e->stack_count; i++)
		show_frame(session, e->stack[i]);
}

static void show(const struct session *session, const struct kst_verifier_entry *e, bool unmatched)
{
	json_t *r, *stack;

	if (!session->json) {
		show_text(session, e);
		return;
	}
	r = record("verifier_entry");
	put_text(r, "log", kst_verifier_log_name(e->log));
	if (e->present & KST_VERIFIER_ENTRY_HAS_ADDRESS)
		put_hex(r, "address", e->address);
	if (e->present & KST_VERIFIER_ENTRY_HAS_BYTES)
		put_number(r, "size", e->bytes);
	if (e->present & KST_VERIFIER_ENTRY_HAS_THREAD)
		put_hex(r, "thread", e->thread);
	if (e->present & KST_VERIFIER_ENTRY_HAS_IRQL)
		put_number(r, "irql", e->irql);
	if (e->present & KST_VERIFIER_ENTRY_HAS_APC) {
		put_number(r, "kernel_apc_disable", (uint64_t)(int64_t)e->kernel_apc_disable);
		put_number(r, "special_apc_disable", (uint64_t)(int64_t)e->special_apc_disable);
	}
	if (unmatched)
		put_bool(r, "unmatched", true);
	if (e->operation != KST_VERIFIER_UNKNOWN)
		put_text(r, "operation", kst_verifier_operation_name(e->operation));
	stack = json_array();
	for (uint32_t i = 0; i < e->stack_count; i++) {
		char text[24];

		snprintf(text, sizeof text, "0x%" PRIx64, e->stack[i]);
		json_array_append_new(stack, json_string(text));
	}
	json_object_set_new(r, "stack", stack);
	put_anomalies(r, e->anomalies, kst_verifier_entry_anomaly_name);
	emit(r);
}

static int settings(struct session *session)
{
	struct kst_error error = { .size = sizeof error };
	struct kst_verifier_settings s = { .size = sizeof s };
	kst_status st = kst_verifier_settings(session->target, &s, &error);
	const struct {
		const char *key, *text;
		uint32_t value;
	} rows[] = {
		{ "raise_irqls", "RaiseIrqls", s.raise_irqls },
		{ "acquire_spin_locks", "AcquireSpinLocks", s.acquire_spin_locks },
		{ "synchronize_executions", "Synch Executions", s.synchronize_executions },
		{ "allocations_attempted", "Pool Allocations Attempted", s.allocations_attempted },
		{ "allocations_succeeded", "Pool Allocations Succeeded", s.allocations_succeeded },
		{ "allocations_special_pool", "Pool Allocations Succeeded SpecialPool", s.allocations_special_pool },
		{ "allocations_no_tag", "Pool Allocations With NO TAG", s.allocations_no_tag },
		{ "trim_requests", "Trim Requests", s.trim_requests },
		{ "trims", "Trims", s.trims },
		{ "allocations_failed", "Pool Allocations Failed", s.allocations_failed },
		{ "allocations_failed_deliberately", "Pool Allocations Failed Deliberately",
		  s.allocations_failed_deliberately },
		{ "loads", "Driver Loads", s.loads },
		{ "unloads", "Driver Unloads", s.unloads },
		{ "paged_allocations", "Current paged pool allocations", s.paged_allocations },
		{ "nonpaged_allocations", "Current nonpaged pool allocations", s.nonpaged_allocations },
	};
	json_t *r;

	if (st != KST_OK)
		return complain("verifier", st, &error);
	if (!session->json) {
		if ((s.present & 1) != 0)
			printf("Verify Level %x ... %s\n\n", s.level, s.level == 0 ? "off" : "enabled options");
		else
			puts("Verify Level ?\n");
		for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
			if ((s.present >> (i + 1) & 1) != 0)
				printf("%-42s 0x%x\n", rows[i].text, rows[i].value);
		return DONE;
	}
	r = record("verifier_settings");
	if (s.present & 1)
		put_hex(r, "level", s.level);
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
		if ((s.present >> (i + 1) & 1) != 0)
			put_number(r, rows[i].key, rows[i].value);
	emit(r);
	return DONE;
}

int cmd_verifier(struct session *session, int argc, char **argv)
{
	struct kst_error error = { .size = sizeof error };
	struct kst_verifier_entry entry = { .size = sizeof entry }, enter = { .size = sizeof enter };
	struct kst_cursor cursor;
	uint64_t log = 0, filter = 0;
	bool unmatched = false;
	int result;
	kst_status st;

	if ((argc > 0 && (!parse_hex(argv[0], &log) || (log != KST_VERIFIER_POOL && log != KST_VERIFIER_IRP &&
							log != KST_VERIFIER_CRITICAL_REGION))) ||
	    (argc > 1 && !parse_hex(argv[1], &filter))) {
		fputs("kstate: verifier takes 80 (pool), 100 (IRPs) or 200 (critical regions), and an address\n",
		      stderr);
		return USAGE;
	}
	if (!need_target(session))
		return CANNOT;
	if (argc == 0)
		return settings(session);
	st = kst_verifier_begin(&cursor, session->target, (uint32_t)log, filter, &error);
	if (st != KST_OK)
		return complain("verifier", st, &error);
	if (log == KST_VERIFIER_CRITICAL_REGION && filter != 0) {
		st = kst_verifier_unmatched_enter(session->target, filter, &enter, &error);
		if (st == KST_E_HOST)
			return complain("verifier", st, &error);
		unmatched = st == KST_OK;
	}
	while ((st = kst_verifier_next(&cursor, &entry, &error)) == KST_OK)
		show(session, &entry, unmatched && entry.record == enter.record);
	result = end_walk(session, "verifier", "verifier_entry", &cursor, st, &error);
	if (result == DONE && unmatched && !session->json) {
		puts("\nThe newest enter without a leave:");
		show_text(session, &enter);
	}
	return result;
}
