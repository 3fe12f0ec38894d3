/* SPDX-License-Identifier: MIT */
/* poolused: allocations by tag, all processors together. */
#include "pool.h"

int cmd_poolused(struct session *session, int argc, char **argv);

static void put_signed(json_t *r, const char *key, bool known, int64_t value)
{
	json_object_set_new(r, key, known ? json_integer((json_int_t)value) : json_null());
}

static void show(const struct session *session, const struct kst_pool_usage *usage)
{
	bool tag = (usage->present & KST_POOL_USAGE_HAS_TAG) != 0;
	bool nonpaged = (usage->present & KST_POOL_USAGE_HAS_NONPAGED) != 0;
	bool paged = (usage->present & KST_POOL_USAGE_HAS_PAGED) != 0;
	json_t *r;

	if (!session->json) {
		printf(" %s %10s %10s %12s", tag ? usage->tag_text : "?   ",
		       known_number(nonpaged, usage->nonpaged_allocs), known_number(nonpaged, usage->nonpaged_frees),
		       known_number(nonpaged, usage->nonpaged_bytes));
		printf("  %10s %10s %12s\n", known_number(paged, usage->paged_allocs),
		       known_number(paged, usage->paged_frees), known_number(paged, usage->paged_bytes));
		return;
	}
	r = record("pool_usage");
	if (tag)
		put_tag(r, "tag", usage->tag);
	else
		put_null(r, "tag");
	put_signed(r, "nonpaged_allocs", nonpaged, usage->nonpaged_allocs);
	put_signed(r, "nonpaged_frees", nonpaged, usage->nonpaged_frees);
	put_signed(r, "nonpaged_bytes", nonpaged, usage->nonpaged_bytes);
	put_signed(r, "paged_allocs", paged, usage->paged_allocs);
	put_signed(r, "paged_frees", paged, usage->paged_frees);
	put_signed(r, "paged_bytes", paged, usage->paged_bytes);
	put_anomalies(r, usage->anomalies, kst_pool_usage_anomaly_name);
	emit(r);
}

int cmd_poolused(struct session *session, int argc, char **argv)
{
	struct kst_error error = { .size = sizeof error };
	struct kst_pool_usage usage = { .size = sizeof usage };
	struct kst_cursor cursor;
	kst_status st;

	(void)argc;
	(void)argv;
	if (!need_target(session))
		return CANNOT;
	st = kst_pool_usage_begin(&cursor, session->target, &error);
	if (st != KST_OK)
		return pool_complain("poolused", st, &error);
	if (!session->json)
		printf("               NonPaged                              Paged\n Tag      Allocs      Frees        "
		       " Used"
		       "      Allocs      Frees         Used\n");
	while ((st = kst_pool_usage_next(&cursor, &usage, &error)) == KST_OK)
		show(session, &usage);
	return end_walk(session, "poolused", "pool_usage", &cursor, st, &error);
}
