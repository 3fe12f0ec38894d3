/* SPDX-License-Identifier: MIT */
#include "process_records.h"
#include "user_records.h"

int cmd_lmu(struct session *session, int argc, char **argv);

#define HAS(object, bit) (((object)->present & (bit)) != 0)

static void unloaded_record(const struct kst_process *process, const struct kst_unloaded_user_module *m)
{
	json_t *r = record("unloaded_module");

	put_number(r, "pid", process->pid);
	if (HAS(m, KST_UNLOADED_USER_MODULE_HAS_BASE) && HAS(m, KST_UNLOADED_USER_MODULE_HAS_SIZE)) {
		put_hex(r, "start", m->base);
		put_hex(r, "end", m->base + m->size_of_image);
	}
	if (HAS(m, KST_UNLOADED_USER_MODULE_HAS_NAME))
		put_text(r, "name", m->name);
	if (HAS(m, KST_UNLOADED_USER_MODULE_HAS_SEQUENCE))
		put_number(r, "sequence", m->sequence);
	if (HAS(m, KST_UNLOADED_USER_MODULE_HAS_STAMP))
		put_hex(r, "time_date_stamp", m->time_date_stamp);
	put_anomalies(r, m->anomalies, kst_unloaded_user_module_anomaly_name);
	emit(r);
}

static void unloaded_text(const struct session *session, const struct kst_unloaded_user_module *m)
{
	bool base = HAS(m, KST_UNLOADED_USER_MODULE_HAS_BASE);

	print_range(session, base, m->base, base && HAS(m, KST_UNLOADED_USER_MODULE_HAS_SIZE),
		    m->base + m->size_of_image);
	fputs("   ", stdout);
	print_escaped(HAS(m, KST_UNLOADED_USER_MODULE_HAS_NAME) ? m->name : "< Name not readable >");
	for (uint64_t bit = 1; bit != 0; bit <<= 1)
		if ((m->anomalies & bit) != 0 && kst_unloaded_user_module_anomaly_name(bit) != NULL)
			printf("  !! %s", kst_unloaded_user_module_anomaly_name(bit));
	putchar('\n');
}

/* Only ntdll's symbols tell where the loader keeps what it unloaded: --symbol RtlpUnloadEventTrace=ADDRESS. */
static int list_unloaded(const struct session *session, const struct kst_process *process)
{
	struct kst_unloaded_user_module module = { .size = sizeof module };
	struct kst_error error = { .size = sizeof error };
	struct kst_cursor cursor;
	uint64_t trace;
	kst_space space;
	uint32_t bits = session->identity.arch == KST_ARCH_X86 ? 32 : 64;
	kst_status st;

	if (process->user_state != KST_USER_STATE_PRESENT ||
	    kst_target_symbol(session->target, "RtlpUnloadEventTrace", &trace) != KST_OK)
		return DONE;
	/* of a WOW64 process the 32-bit ntdll lies below 4 GiB, the other one above */
	if (HAS(process, KST_PROCESS_HAS_WOW64_PEB) && trace <= UINT32_MAX)
		bits = 32;
	st = kst_process_space(process, &space, &error);
	if (st == KST_OK)
		st = kst_unloaded_user_modules_begin(&cursor, session->target, space, bits, trace, 0, 0, &error);
	if (st != KST_OK)
		return complain("unloaded modules", st, &error);
	if (!session->json)
		puts("Unloaded modules:");
	while ((st = kst_unloaded_user_modules_next(&cursor, &module, &error)) == KST_OK) {
		if (session->json)
			unloaded_record(process, &module);
		else
			unloaded_text(session, &module);
	}
	return end_walk(session, "unloaded modules", "unloaded_module", &cursor, st, &error);
}

int cmd_lmu(struct session *session, int argc, char **argv)
{
	struct kst_process process = { 0 };
	int result = find_process(session, argv[0], &process);

	(void)argc;
	if (result == DONE)
		result = list_user_modules(session, &process);
	return result == DONE ? list_unloaded(session, &process) : result;
}
