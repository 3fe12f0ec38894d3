/* SPDX-License-Identifier: MIT */
#include "process_records.h"

int cmd_vads(struct session *session, int argc, char **argv);

static void vad_record(const struct kst_process *process, const struct kst_vad *vad)
{
	json_t *r = record("vad");

	put_number(r, "pid", process->pid);
	put_hex(r, "address", vad->address);
	if (vad->present & KST_VAD_HAS_RANGE) {
		put_hex(r, "start", vad->start);
		put_hex(r, "end", vad->end);
	}
	if (vad->present & KST_VAD_HAS_FLAGS)
		put_hex(r, "flags", vad->flags);
	if (vad->present & KST_VAD_HAS_KIND)
		put_text(r, "kind", kst_vad_kind_name(vad->kind));
	if (vad->present & KST_VAD_HAS_PRIVATE)
		put_bool(r, "private", vad->private_memory != 0);
	if (vad->present & KST_VAD_HAS_PROTECTION)
		put_number(r, "protection", vad->protection);
	if (vad->present & KST_VAD_HAS_CONTROL_AREA)
		put_hex(r, "control_area", vad->control_area);
	if (vad->present & KST_VAD_HAS_PATH)
		put_text(r, "path", vad->path);
	put_anomalies(r, vad->anomalies, kst_vad_anomaly_name);
	emit(r);
}

static void vad_text(const struct session *session, const struct kst_vad *vad)
{
	bool range = (vad->present & KST_VAD_HAS_RANGE) != 0;

	printf("%s  ", address_text(session, vad->address));
	print_range(session, range, vad->start, range, vad->end);
	printf("  %-8s  %-7s  %s",
	       (vad->present & KST_VAD_HAS_KIND) == 0 ? "?"
	       : vad->kind == KST_VAD_NONE            ? "-"
						      : kst_vad_kind_name(vad->kind),
	       (vad->present & KST_VAD_HAS_PRIVATE) == 0 ? "?"
	       : vad->private_memory                     ? "private"
							 : "mapped",
	       vad->present & KST_VAD_HAS_PROTECTION ? kst_pte_protection_text(vad->protection) : "?");
	if (vad->present & KST_VAD_HAS_PATH) {
		fputs("  ", stdout);
		print_escaped(vad->path);
	}
	putchar('\n');
}

int cmd_vads(struct session *session, int argc, char **argv)
{
	struct kst_error error = { .size = sizeof error };
	struct kst_process process = { 0 };
	struct kst_vad vad = { .size = sizeof vad };
	struct kst_cursor cursor;
	int result = find_process(session, argv[0], &process);
	kst_status st;

	(void)argc;
	if (result != DONE)
		return result;
	st = kst_vads_begin(&cursor, session->target, &process, &error);
	if (st != KST_OK)
		return complain("vads", st, &error);
	heading(session, "@VAD  @start @end  kind      memory   protection");
	while ((st = kst_vads_next(&cursor, &vad, &error)) == KST_OK) {
		if (session->json)
			vad_record(&process, &vad);
		else
			vad_text(session, &vad);
	}
	return end_walk(session, "vads", "vad", &cursor, st, &error);
}
