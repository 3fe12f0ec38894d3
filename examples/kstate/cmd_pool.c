/* SPDX-License-Identifier: MIT */
/* pool: the blocks of a page as a debugger lists them, then which allocation the address belongs to, and why. */
#include "pool.h"

#include <stdlib.h>
#include <string.h>

int cmd_pool(struct session *session, int argc, char **argv);

static uint64_t map_length;

/* WinDbg's pool commands print addresses without the separator. */
static const char *plain(const struct session *session, uint64_t address)
{
	static char texts[2][20];
	static unsigned next;
	char *text = texts[next++ % 2];

	snprintf(text, sizeof texts[0], session->identity.arch == KST_ARCH_X86 ? "%08" PRIx64 : "%016" PRIx64, address);
	return text;
}

static const char *region_text(uint32_t region)
{
	switch (region) {
	case KST_POOL_REGION_NONPAGED: return "Nonpaged pool";
	case KST_POOL_REGION_PAGED: return "Paged pool";
	case KST_POOL_REGION_SPECIAL: return "Special pool";
	case KST_POOL_REGION_SESSION: return "Session paged pool";
	default: return "Unknown";
	}
}

static void text_block(const struct session *session, const struct kst_pool_header *block, bool starred)
{
	const char *state = block->state == KST_POOL_STATE_ALLOCATED ? "(Allocated)"
			    : pool_state_text(block->state) != NULL  ? "(Free)"
								     : "(Unknown)";

	printf("%c%s size: %4x previous size: %4x  %-11s %c%s%s\n", starred ? '*' : ' ', plain(session, block->address),
	       block->block_size, block->previous_size, state, starred ? '*' : ' ',
	       (block->present & KST_POOL_HEADER_HAS_TAG) != 0 ? block->tag_text : "?",
	       block->protected_tag ? " (Protected)" : "");
}

static void json_block(const struct kst_pool_header *block)
{
	const char *state = (block->present & KST_POOL_HEADER_HAS_STATE) != 0 ? pool_state_text(block->state) : NULL;
	json_t *r = record("pool_block");

	put_hex(r, "address", block->address);
	put_number(r, "size", block->block_size);
	put_number(r, "previous_size", block->previous_size);
	if (state != NULL)
		put_text(r, "state", state);
	else
		put_null(r, "state");
	if (block->state == KST_POOL_STATE_CACHED)
		put_bool(r, "cached", true);
	if ((block->present & KST_POOL_HEADER_HAS_TAG) != 0) {
		put_tag(r, "tag", block->tag);
		put_bool(r, "protected", block->protected_tag != 0);
	} else {
		put_null(r, "tag");
	}
	if ((block->present & KST_POOL_HEADER_HAS_POOL_TYPE) != 0)
		put_number(r, "pool_type", block->pool_type);
	else
		put_null(r, "pool_type");
	if ((block->present & KST_POOL_HEADER_HAS_QUOTA_PROCESS) != 0)
		put_hex(r, "process", block->quota_process);
	put_anomalies(r, block->anomalies, kst_pool_header_anomaly_name);
	emit(r);
}

static json_t *names_of(uint64_t bits, const char *(*name)(uint64_t bit))
{
	json_t *list = json_array();

	for (unsigned i = 0; i < 64; i++) {
		const char *text = (bits >> i & 1) != 0 ? name((uint64_t)1 << i) : NULL;

		if (text != NULL)
			json_array_append_new(list, json_string(text));
	}
	return list;
}

static void put_where(json_t *r, const char *key, const struct kst_pool_verdict *verdict, uint64_t bit, uint64_t value)
{
	if ((verdict->present & bit) != 0)
		put_hex(r, key, value);
}

static void json_verdict(const struct kst_pool_verdict *verdict, const char *input)
{
	json_t *r = record("pool_verdict");
	bool extent = (verdict->present & KST_POOL_VERDICT_HAS_EXTENT) != 0;

	if (input != NULL)
		put_text(r, "input", input);
	put_hex(r, "address", verdict->address);
	put_text(r, "kind", kst_pool_kind_name(verdict->kind));
	if (extent) {
		put_hex(r, "base", verdict->base);
		put_number(r, "size", verdict->bytes);
	} else {
		put_null(r, "base");
		put_null(r, "size");
	}
	if ((verdict->present & KST_POOL_VERDICT_HAS_TAG) != 0)
		put_tag(r, "tag", verdict->tag);
	else
		put_null(r, "tag");
	if (pool_state_text(verdict->state) != NULL)
		put_text(r, "state", pool_state_text(verdict->state));
	else
		put_null(r, "state");
	json_object_set_new(r, "evidence", names_of(verdict->evidence, kst_pool_evidence_name));
	put_text(r, "region", kst_pool_region_name(verdict->region));
	put_where(r, "data", verdict, KST_POOL_VERDICT_HAS_EXTENT, verdict->data);
	put_where(r, "header", verdict, KST_POOL_VERDICT_HAS_HEADER, verdict->header);
	put_where(r, "process", verdict, KST_POOL_VERDICT_HAS_PROCESS, verdict->process);
	put_where(r, "container", verdict, KST_POOL_VERDICT_HAS_CONTAINER, verdict->container);
	put_where(r, "heap", verdict, KST_POOL_VERDICT_HAS_HEAP, verdict->heap);
	if ((verdict->present & KST_POOL_VERDICT_HAS_RULE) != 0) {
		put_text(r, "rule", kst_pool_rule_name(verdict->rule));
		put_number(r, "offset", verdict->rule_offset);
	}
	if (verdict->candidates_count > 0) {
		json_t *list = json_array();

		for (uint32_t i = 0; i < verdict->candidates_count; i++) {
			json_t *one = json_object();

			put_hex(one, "address", verdict->candidates[i].address);
			put_number(one, "size", verdict->candidates[i].bytes);
			put_tag(one, "tag", verdict->candidates[i].tag);
			json_array_append_new(list, one);
		}
		json_object_set_new(r, "candidates", list);
	}
	put_anomalies(r, verdict->anomalies, kst_pool_verdict_anomaly_name);
	emit(r);
}

static void text_names(uint64_t bits, const char *(*name)(uint64_t bit))
{
	const char *separator = "";

	for (unsigned i = 0; i < 64; i++) {
		const char *text = (bits >> i & 1) != 0 ? name((uint64_t)1 << i) : NULL;

		if (text != NULL) {
			printf("%s%s", separator, text);
			separator = ", ";
		}
	}
}

static void text_verdict(const struct session *session, const struct kst_pool_verdict *verdict)
{
	const char *tag = (verdict->present & KST_POOL_VERDICT_HAS_TAG) != 0 ? verdict->tag_text : "?";

	if (verdict->kind == KST_POOL_KIND_LARGE && (verdict->present & KST_POOL_VERDICT_HAS_EXTENT) != 0)
		printf("*%s : large page allocation, Tag is %s%s, size is 0x%" PRIx64 " bytes\n",
		       plain(session, verdict->base), tag, verdict->protected_tag ? " (Protected)" : "",
		       verdict->bytes);
	else if (verdict->kind == KST_POOL_KIND_SPECIAL && (verdict->present & KST_POOL_VERDICT_HAS_EXTENT) != 0)
		printf("*%s size: %4" PRIx64 " special pool, Tag is %s\n", plain(session, verdict->base),
		       verdict->bytes, tag);
	printf("%s is %s", plain(session, verdict->address), kst_pool_kind_name(verdict->kind));
	if ((verdict->present & KST_POOL_VERDICT_HAS_EXTENT) != 0)
		printf(" %s, 0x%" PRIx64 " bytes, %s%s%s", plain(session, verdict->base), verdict->bytes,
		       kst_pool_state_name(verdict->state),
		       (verdict->present & KST_POOL_VERDICT_HAS_TAG) != 0 ? ", tag " : "",
		       (verdict->present & KST_POOL_VERDICT_HAS_TAG) != 0 ? verdict->tag_text : "");
	if ((verdict->present & KST_POOL_VERDICT_HAS_PROCESS) != 0)
		printf(", charged to %s", plain(session, verdict->process));
	printf(": ");
	text_names(verdict->evidence, kst_pool_evidence_name);
	if ((verdict->present & KST_POOL_VERDICT_HAS_RULE) != 0 && verdict->rule != KST_POOL_RULE_NONE)
		printf("; the page breaks rule %s at +%x", kst_pool_rule_name(verdict->rule), verdict->rule_offset);
	if (verdict->anomalies != 0) {
		printf("; ");
		text_names(verdict->anomalies, kst_pool_verdict_anomaly_name);
	}
	putchar('\n');
	for (uint32_t i = 0; i < verdict->candidates_count; i++) {
		char near[5];

		tag_text(near, verdict->candidates[i].tag);
		printf("  near: %s size: %4x  %s\n", plain(session, verdict->candidates[i].address),
		       verdict->candidates[i].bytes, near);
	}
}

/* Where blocks begin in the page of a verdict: behind the large allocation that ends in it, whose contents are no headers. */
static kst_status first_block(struct session *session, const struct kst_pool_verdict *verdict, uint32_t *start,
			      struct kst_error *error)
{
	struct kst_large_allocation large = { .size = sizeof large };
	uint32_t unit = session->identity.arch == KST_ARCH_X86 ? 8 : 16;
	const struct kst_large_index *index;
	kst_status st;

	*start = 0;
	if ((verdict->evidence & KST_POOL_EVIDENCE_LARGE_TAIL) == 0)
		return KST_OK;
	st = pool_index(session, &index, error);
	if (st == KST_OK)
		st = kst_large_index_find(index, session->target, verdict->address & ~(uint64_t)(PAGE - 1), &large,
					  error);
	if (st == KST_OK)
		*start = (uint32_t)((large.address + large.bytes) % PAGE + unit - 1) / unit * unit;
	return st;
}

/* The page's blocks; not where the address is in a large allocation: its contents are no headers. */
static int list_page(struct session *session, const struct kst_pool_verdict *verdict)
{
	static struct kst_pool_header blocks[MOST_BLOCKS];
	struct kst_error error = { .size = sizeof error };
	struct kst_pool_page page;
	uint32_t start;
	kst_status st;
	size_t count;

	if (verdict->kind == KST_POOL_KIND_LARGE || verdict->kind == KST_POOL_KIND_SPECIAL ||
	    verdict->kind == KST_POOL_KIND_NONE || (verdict->evidence & KST_POOL_EVIDENCE_FREE_PAGE) != 0)
		return DONE;
	st = first_block(session, verdict, &start, &error);
	count = st == KST_OK ? pool_blocks(session, verdict->address, start, blocks, &page, &st, &error) : 0;
	if (st == KST_E_HOST)
		return complain("pool", st, &error);
	for (size_t i = 0; i < count; i++) {
		bool starred = verdict->address >= blocks[i].address &&
			       verdict->address - blocks[i].address < blocks[i].block_size;

		if (session->json)
			json_block(&blocks[i]);
		else
			text_block(session, &blocks[i], starred);
	}
	return DONE;
}

static int pool_one(struct session *session, uint64_t address, const char *input)
{
	struct kst_error error = { .size = sizeof error };
	struct kst_pool_verdict verdict;
	kst_status st;

	if (session->option_map)
		return pool_map(session, address, map_length);
	st = pool_verdict(session, address, &verdict, &error);
	if (st != KST_OK && !answers_line(input, st))
		return complain("pool", st, &error);
	if (st != KST_OK && session->json) {
		json_t *r = record("pool_verdict");

		put_text(r, "input", input);
		put_hex(r, "address", address);
		put_null(r, "kind");
		emit(r);
		return DONE;
	}
	if (st != KST_OK) {
		printf("%s: %s\n", plain(session, address), error.message);
		return DONE;
	}
	if (input == NULL) {
		if (!session->json)
			printf("Pool page %s region is %s\n", plain(session, address), region_text(verdict.region));
		if (list_page(session, &verdict) != DONE)
			return CANNOT;
	}
	if (session->json)
		json_verdict(&verdict, input);
	else
		text_verdict(session, &verdict);
	return DONE;
}

int cmd_pool(struct session *session, int argc, char **argv)
{
	int result;

	map_length = PAGE;
	if (argc == 2 && (!session->option_map || !parse_hex(argv[1], &map_length) || map_length == 0)) {
		fputs("kstate: a LENGTH is hexadecimal and goes with --map\n", stderr);
		return USAGE;
	}
	if (!need_target(session))
		return CANNOT;
	result = each_address(session, argv[0], false, pool_one);
	pool_done();
	return result;
}
