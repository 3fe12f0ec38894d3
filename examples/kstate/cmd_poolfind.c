/* SPDX-License-Identifier: MIT */
/*
 * poolfind: allocations by tag. Large allocations come from their table; blocks from a search of the pool's ranges, each
 * hit confirmed by the page it is in. Where the ranges are not known to be all, kernel space is searched, and a hit that
 * nothing confirms is shown as such.
 */
#include "pool.h"

#include <stdlib.h>
#include <string.h>

#define MOST_TAGS 256
#define SCRATCH   0x10000
#define BATCH     256

int cmd_poolfind(struct session *session, int argc, char **argv);

struct search {
	struct session *session;
	uint32_t tags[MOST_TAGS];
	size_t tags_count;
	void *scratch;
	uint64_t count;
	uint32_t end;       /* of the table of large allocations: KST_WALK_… */
	uint64_t anomalies; /* KST_WALK_ANOMALY_… */
};

#define SIZE_UNKNOWN UINT64_MAX

static void show(struct search *search, uint64_t address, uint64_t size, const uint8_t tag[4], const char *kind,
		 const char *state, uint64_t reasons)
{
	char text[5];
	json_t *r;

	search->count++;
	if (!search->session->json) {
		tag_text(text, tag);
		printf("%s size: %8s  %-11s %s  %s\n", address_text(search->session, address),
		       known_hex(size != SIZE_UNKNOWN, 0, size), state != NULL ? state : "unknown", text,
		       kind != NULL ? kind : "unconfirmed");
		return;
	}
	r = record("pool_hit");
	put_hex(r, "address", address);
	if (size != SIZE_UNKNOWN)
		put_number(r, "size", size);
	else
		put_null(r, "size");
	put_tag(r, "tag", tag);
	if (kind != NULL)
		put_text(r, "kind", kind);
	else
		put_null(r, "kind");
	if (state != NULL)
		put_text(r, "state", state);
	else
		put_null(r, "state");
	put_anomalies(r, reasons, kst_pool_hit_reason_name);
	emit(r);
}

/* A hit of the search: is it a block? Fails where the reader does. */
static kst_status confirm(struct search *search, const struct kst_pool_hit *hit, bool ranges_known,
			  struct kst_error *error)
{
	struct kst_pool_verdict verdict;
	kst_status st = pool_verdict(search->session, hit->address, &verdict, error);
	bool found = st == KST_OK && (verdict.present & KST_POOL_VERDICT_HAS_HEADER) != 0 &&
		     verdict.header == hit->address;

	if (st == KST_E_HOST)
		return st;
	if (found)
		show(search, verdict.base, verdict.bytes, hit->tag, kst_pool_kind_name(verdict.kind),
		     pool_state_text(verdict.state), 0);
	else if (st == KST_OK && verdict.kind == KST_POOL_KIND_INCONSISTENT)
		show(search, hit->address, hit->block_size, hit->tag, kst_pool_kind_name(verdict.kind),
		     pool_state_text(hit->state), hit->reasons);
	else if (!ranges_known && (st != KST_OK || verdict.kind == KST_POOL_KIND_NONE))
		show(search, hit->address, hit->block_size, hit->tag, NULL, pool_state_text(hit->state), hit->reasons);
	/* anything else is the contents of another allocation, or a page that is none */
	return KST_OK;
}

static kst_status search_range(struct search *search, kst_space space, uint64_t start, uint64_t end, bool ranges_known,
			       struct kst_error *error)
{
	static struct kst_pool_hit hits[BATCH];
	struct kst_pool_scan scan = { .size = sizeof scan,
				      .space = space,
				      .end = end,
				      .tags_count = search->tags_count,
				      .scratch_size = search->scratch != NULL ? SCRATCH : 0,
				      .tags = search->tags,
				      .scratch = search->scratch };
	kst_status st;

	do {
		size_t done = 0;

		st = kst_pool_scan(search->session->target, &scan, &start, hits, sizeof hits[0], BATCH, &done, error);
		for (size_t i = 0; i < done; i++) {
			if (space == KST_SPACE_KERNEL && confirm(search, &hits[i], ranges_known, error) == KST_E_HOST)
				return KST_E_HOST;
			if (space != KST_SPACE_KERNEL)
				show(search, hits[i].address, hits[i].block_size, hits[i].tag, NULL,
				     pool_state_text(hits[i].state), hits[i].reasons);
		}
	} while (st == KST_OK);
	return st;
}

/* Without a table, or where it breaks off, there is what there is; the caller looks for a reader that fails. */
static kst_status find_large(struct search *search, struct kst_error *error)
{
	struct kst_large_allocation large = { .size = sizeof large };
	struct kst_cursor cursor;
	kst_status st = kst_large_allocations_begin(&cursor, search->session->target, NULL, KST_LARGE_LIVE_ONLY, error);
	bool begun = st == KST_OK;

	while (st == KST_OK && (st = kst_large_allocations_next(&cursor, &large, error)) == KST_OK) {
		uint32_t tag = (uint32_t)large.tag[0] | (uint32_t)large.tag[1] << 8 | (uint32_t)large.tag[2] << 16 |
			       (uint32_t)large.tag[3] << 24;

		for (size_t i = 0; i < search->tags_count; i++) {
			if (search->tags[i] == tag) {
				show(search, large.address,
				     (large.present & KST_LARGE_ALLOCATION_HAS_BYTES) != 0 ? large.bytes : SIZE_UNKNOWN,
				     large.tag, kst_pool_kind_name(KST_POOL_KIND_LARGE),
				     kst_pool_state_name(KST_POOL_STATE_ALLOCATED), 0);
				break;
			}
		}
	}
	if (begun)
		search->anomalies |= kst_cursor_anomalies(&cursor);
	else
		search->anomalies |= KST_WALK_ANOMALY_SKIPPED;
	if (begun && st < 0)
		search->end = end_of_failure(st);
	return st;
}

static kst_status find_small(struct search *search, struct kst_error *error)
{
	struct kst_pool_range places[MOST_RANGES];
	struct session *session = search->session;
	size_t count = 0;
	bool known;
	kst_status st;

	if (session->space != KST_SPACE_KERNEL)
		return search_range(search, session->space, 0, UINT64_MAX, false, error);
	if (pool_places(session, places, &count, &known, error) == KST_E_HOST)
		return KST_E_HOST;
	st = KST_END;
	for (size_t i = 0; i < count && st == KST_END; i++)
		st = search_range(search, KST_SPACE_KERNEL, places[i].start, places[i].end, known, error);
	return st;
}

static bool add_tag(struct search *search, const char *text)
{
	size_t length = strlen(text);
	uint32_t tag = 0;

	if (length == 0 || length > 4 || search->tags_count == MOST_TAGS)
		return false;
	for (size_t i = 0; i < 4; i++)
		tag |= (uint32_t)(unsigned char)(i < length ? text[i] : ' ') << (8 * i);
	search->tags[search->tags_count++] = tag & 0x7fffffff;
	return true;
}

int cmd_poolfind(struct session *session, int argc, char **argv)
{
	struct kst_error error = { .size = sizeof error };
	static struct search search;
	kst_status st;

	search = (struct search){ .session = session, .end = KST_WALK_CLOSED };
	for (int i = 0; i < argc; i++) {
		if (!add_tag(&search, argv[i])) {
			fprintf(stderr, "kstate: a tag has one to four characters: %s\n", argv[i]);
			return USAGE;
		}
	}
	if (!need_target(session))
		return CANNOT;
	search.scratch = malloc(SCRATCH);
	st = find_large(&search, &error);
	if (st != KST_E_HOST)
		st = find_small(&search, &error);
	emit_end(session, "pool_hit", search.count, st == KST_END ? search.end : end_of_failure(st), search.anomalies);
	free(search.scratch);
	pool_done();
	return st == KST_END ? DONE : complain("poolfind", st, &error);
}
