/* SPDX-License-Identifier: MIT */
/* bigpool: the table of large allocations. */
#include "pool.h"

int cmd_bigpool(struct session *session, int argc, char **argv);

static void show(const struct session *session, const struct kst_large_allocation *large)
{
	bool tag = (large->present & KST_LARGE_ALLOCATION_HAS_TAG) != 0;
	bool freed = large->state == KST_POOL_STATE_FREE;
	json_t *r;

	if (!session->json) {
		printf("%s  %10s  %s%s%s\n", address_text(session, large->address),
		       known_hex((large->present & KST_LARGE_ALLOCATION_HAS_BYTES) != 0, 0, large->bytes),
		       tag ? large->tag_text : "?   ", large->protected_tag ? " (Protected)" : "",
		       freed ? "  (freed)" : "");
		return;
	}
	r = record("large_allocation");
	put_hex(r, "address", large->address);
	if ((large->present & KST_LARGE_ALLOCATION_HAS_BYTES) != 0)
		put_number(r, "size", large->bytes);
	else
		put_null(r, "size");
	if (tag)
		put_tag(r, "tag", large->tag);
	else
		put_null(r, "tag");
	put_bool(r, "free", freed);
	put_number(r, "index", large->index);
	if ((large->present & KST_LARGE_ALLOCATION_HAS_POOL_TYPE) != 0)
		put_number(r, "pool_type", large->pool_type);
	if ((large->present & KST_LARGE_ALLOCATION_HAS_QUOTA_PROCESS) != 0)
		put_hex(r, "process", large->quota_process);
	put_anomalies(r, large->anomalies, kst_large_allocation_anomaly_name);
	emit(r);
}

int cmd_bigpool(struct session *session, int argc, char **argv)
{
	struct kst_error error = { .size = sizeof error };
	struct kst_large_allocation large = { .size = sizeof large };
	struct kst_cursor cursor;
	kst_status st;

	(void)argc;
	(void)argv;
	if (!need_target(session))
		return CANNOT;
	st = kst_large_allocations_begin(&cursor, session->target, NULL, session->option_all ? 0 : KST_LARGE_LIVE_ONLY,
					 &error);
	if (st != KST_OK)
		return pool_complain("bigpool", st, &error);
	heading(session, "@address        size  tag");
	while ((st = kst_large_allocations_next(&cursor, &large, &error)) == KST_OK)
		show(session, &large);
	return end_walk(session, "bigpool", "large_allocation", &cursor, st, &error);
}
