/* SPDX-License-Identifier: MIT */
/* poolval: does a page of pool hold together, and if not, where does it break? */
#include "pool.h"

#include <string.h>

int cmd_poolval(struct session *session, int argc, char **argv);

static void json_page(uint64_t address, const struct kst_pool_page *page, const char *rule, const char *input)
{
	json_t *r = record("pool_page");

	if (input != NULL)
		put_text(r, "input", input);
	put_hex(r, "address", address);
	if (page == NULL) {
		put_null(r, "blocks");
		put_null(r, "consistent");
	} else {
		put_number(r, "blocks", page->blocks);
		put_bool(r, "consistent", page->consistent != 0);
	}
	if (rule == NULL) {
		put_null(r, "rule");
		put_null(r, "offset");
	} else {
		put_text(r, "rule", rule);
		put_number(r, "offset", page != NULL ? page->offset : 0);
	}
	if (page != NULL) {
		if (page->bugcheck_class != 0)
			put_number(r, "bugcheck_class", page->bugcheck_class);
		put_anomalies(r, page->anomalies, kst_pool_page_anomaly_name);
	}
	emit(r);
}

static void text_page(const struct session *session, uint64_t address, const struct kst_pool_page *page,
		      const char *rule, const struct kst_large_allocation *large)
{
	if (large->bytes != 0)
		printf("Pool page %s: no blocks, it lies in the large allocation %s, 0x%" PRIx64 " bytes, Tag is %s\n",
		       address_text(session, address), address_text(session, large->address), large->bytes,
		       large->tag_text);
	else if (page->consistent)
		printf("Pool page %s: %u blocks, no errors\n", address_text(session, address), page->blocks);
	else
		printf("Pool page %s: %u blocks, breaks rule %s at +%x (BAD_POOL_HEADER class %x)\n",
		       address_text(session, address), page->blocks, rule, page->offset, page->bugcheck_class);
}

static int poolval_one(struct session *session, uint64_t address, const char *input)
{
	struct kst_error error = { .size = sizeof error };
	struct kst_large_allocation large = { .size = sizeof large };
	struct kst_pool_page page = { .size = sizeof page };
	const struct kst_large_index *index;
	uint64_t start = address & ~(uint64_t)(PAGE - 1);
	const char *rule = NULL;
	kst_status st = pool_index(session, &index, &error);

	/* contents of a large allocation are no headers, whatever they look like */
	if (st == KST_OK && index != NULL) {
		st = kst_large_index_find(index, session->target, start, &large, &error);
		if (st == KST_OK)
			rule = "large-allocation";
	}
	if (st != KST_E_HOST && rule == NULL) {
		st = kst_pool_page_read(session->target, session->space, start, 0, 0, NULL, 0, 0, NULL, &page, &error);
		if (st == KST_OK && !page.consistent)
			rule = kst_pool_rule_name(page.rule);
		else if (st == KST_E_FAULT)
			rule = kst_pool_rule_name(KST_POOL_RULE_UNREADABLE);
	}
	if (st != KST_OK && !answers_line(input, st) && !(st == KST_E_FAULT && session->json))
		return complain("poolval", st, &error);
	if (session->json)
		json_page(start, st == KST_OK ? &page : NULL, rule, input);
	else if (st == KST_OK)
		text_page(session, start, &page, rule, &large);
	else
		printf("Pool page %s: %s\n", address_text(session, start), error.message);
	return DONE;
}

int cmd_poolval(struct session *session, int argc, char **argv)
{
	int result;

	(void)argc;
	if (!need_target(session))
		return CANNOT;
	result = each_address(session, argv[0], false, poolval_one);
	pool_done();
	return result;
}
