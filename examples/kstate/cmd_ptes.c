/* SPDX-License-Identifier: MIT */
/* A range of addresses as runs of pages in the same state. */
#include "kstate.h"

#include <string.h>

int cmd_ptes(struct session *session, int argc, char **argv);

/* START-END, START+LENGTH, or START LENGTH; END is the first byte behind, or the last one (…fff). */
static bool parse_range(int argc, char **argv, uint64_t *first, uint64_t *last)
{
	char text[64];
	size_t at = strcspn(argv[0], "-+");
	uint64_t second;
	bool length = argc == 2 || argv[0][at] == '+';
	const char *rest = argc == 2 ? argv[1] : argv[0][at] != '\0' ? argv[0] + at + 1 : "1000";

	if (at >= sizeof text || (argc == 2 && argv[0][at] != '\0'))
		return false;
	memcpy(text, argv[0], at);
	text[at] = '\0';
	length = length || argv[0][at] == '\0';
	if (!parse_hex(text, first) || !parse_hex(rest, &second) || (length && second == 0))
		return false;
	if (length)
		*last = second - 1 > UINT64_MAX - *first ? UINT64_MAX : *first + (second - 1);
	else
		*last = (second & 0xfff) == 0xfff ? second : second - 1;
	return *last >= *first && (length || second != 0);
}

int cmd_ptes(struct session *session, int argc, char **argv)
{
	struct kst_cursor cursor;
	struct kst_page_run run = { .size = sizeof run };
	struct kst_error error = { .size = sizeof error };
	uint64_t first, last;
	kst_status st;

	if (!parse_range(argc, argv, &first, &last)) {
		fprintf(stderr, "kstate: RANGE is START-END, START+LENGTH or START LENGTH, hexadecimal\n");
		return USAGE;
	}
	if (!need_target(session))
		return CANNOT;
	st = kst_page_runs_begin(&cursor, session->target, session->space, first, last, 0, &error);
	if (st != KST_OK)
		return complain("ptes", st, &error);
	heading(session, "@address           length state         protection             physical");
	while ((st = kst_page_runs_next(&cursor, &run, &error)) == KST_OK) {
		bool physical = (run.present & KST_TRANSLATION_HAS_PHYSICAL) != 0;
		bool protection = (run.present & KST_TRANSLATION_HAS_PROTECTION) != 0;
		json_t *r;

		if (!session->json) {
			const char *text = protection ? kst_pte_protection_text(run.protection) : "";

			printf("%s %16" PRIx64 " ", address_text(session, run.address), run.length);
			if (physical)
				printf("%-13s %-22s %" PRIx64 "\n", kst_pte_state_name(run.state), text, run.physical);
			else
				printf(protection ? "%-13s %s\n" : "%s%s\n", kst_pte_state_name(run.state), text);
			continue;
		}
		r = record("pte_run");
		put_hex(r, "address", run.address);
		put_number(r, "length", run.length);
		put_text(r, "state", kst_pte_state_name(run.state));
		if (protection)
			put_text(r, "protection", kst_pte_protection_name(run.protection));
		else
			put_null(r, "protection");
		if (physical)
			put_hex(r, "physical", run.physical);
		else
			put_null(r, "physical");
		put_text(r, "read", kst_pte_read_name(run.read));
		if (run.present & KST_TRANSLATION_HAS_BREAKPOINT)
			put_bool(r, "breakpoint_owed", run.breakpoint_owed != 0);
		put_anomalies(r, run.anomalies, kst_translation_anomaly_name);
		emit(r);
	}
	return end_walk(session, "ptes", "pte_run", &cursor, st, &error);
}
