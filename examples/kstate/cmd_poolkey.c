/* SPDX-License-Identifier: MIT */
/* poolkey: the key that headers of the segment heap are encoded with. */
#include "kstate.h"

int cmd_poolkey(struct session *session, int argc, char **argv);

int cmd_poolkey(struct session *session, int argc, char **argv)
{
	struct kst_error error = { .size = sizeof error };
	struct kst_heap_key key = { .size = sizeof key };
	kst_status st;
	json_t *r;

	(void)argc;
	(void)argv;
	if (!need_target(session))
		return CANNOT;
	st = kst_heap_key(session->target, &key, &error);
	/* not to know a single bit is an answer: no types, no globals, no chunks */
	if (st != KST_OK && st != KST_END && st != KST_E_NO_MEMBER && st != KST_E_FAULT)
		return complain("poolkey", st, &error);
	if (session->json) {
		r = record("heap_key");
		put_hex(r, "key", key.key);
		put_hex(r, "bits_known", key.bits_known);
		put_number(r, "votes", key.votes);
		if (st == KST_OK)
			put_text(r, "source", kst_heap_key_source_name(key.source));
		else
			put_null(r, "source");
		put_number(r, "pairs", key.pairs);
		put_number(r, "candidates", key.candidates);
		put_number(r, "segments", key.segments);
		if (key.lfh_known) {
			put_hex(r, "lfh_key", key.lfh_key);
			put_hex(r, "lfh_bits_known", key.lfh_bits_known);
			put_number(r, "lfh_votes", key.lfh_votes);
		}
		put_anomalies(r, key.anomalies, kst_heap_key_anomaly_name);
		if (st != KST_OK)
			put_text(r, "missing", error.message);
		emit(r);
	} else if (st != KST_OK) {
		printf("Heap key: not known: %s\n", error.message);
	} else {
		printf("Heap key: %016" PRIx64 "  known bits: %016" PRIx64 "  (%s", key.key, key.bits_known,
		       kst_heap_key_source_name(key.source));
		if (key.source == KST_HEAP_KEY_RECOVERED)
			printf(", %" PRIu64 " votes, %u pairs of neighbours, %" PRIu64 " segments", key.votes,
			       (unsigned)key.pairs, key.segments);
		printf(")\n");
	}
	if (!session->json && key.lfh_known) {
		printf("LFH key:  %016" PRIx64 "  known bits: %016" PRIx64, key.lfh_key, key.lfh_bits_known);
		if (key.lfh_votes > 0)
			printf("  (%s, %" PRIu64 " subsegments)", kst_heap_key_source_name(KST_HEAP_KEY_RECOVERED),
			       key.lfh_votes);
		printf("\n");
	}
	return DONE;
}
