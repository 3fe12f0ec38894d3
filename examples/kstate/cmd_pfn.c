/* SPDX-License-Identifier: MIT */
/* Page frames: one, or all. */
#include "kstate.h"

int cmd_pfn(struct session *session, int argc, char **argv);
int cmd_pfnlist(struct session *session, int argc, char **argv);

static void put_or_null(json_t *r, const struct kst_pfn *p, uint64_t bit, const char *key, uint64_t value)
{
	if (p->present & bit)
		put_hex(r, key, value);
	else
		put_null(r, key);
}

static void json_pfn(const struct kst_pfn *p, const char *input)
{
	static const char *const flags[] = { "modified",     "read",    "write",         "prototype", "rom",
					     "parity-error", "removal", "in-page-error", "awe",       "kernel-stack" };
	json_t *r = record("pfn"), *list = json_array();

	if (input != NULL)
		put_text(r, "input", input);
	put_number(r, "pfn", p->frame);
	put_hex(r, "address", p->address);
	if (p->present & KST_PFN_HAS_LOCATION)
		put_text(r, "location", kst_pfn_location_name(p->location));
	else
		put_null(r, "location");
	if (p->present & KST_PFN_HAS_REFERENCE_COUNT)
		put_number(r, "reference_count", p->reference_count);
	else
		put_null(r, "reference_count");
	/* the field as it is stored: of a page on a list it holds the back link, which is given as such too */
	if (p->present & KST_PFN_HAS_SHARE_COUNT)
		put_number(r, "share_count", p->share_count);
	else if (p->present & KST_PFN_HAS_U2)
		put_number(r, "share_count", p->u2);
	else
		put_null(r, "share_count");
	put_or_null(r, p, KST_PFN_HAS_PTE_ADDRESS, "pte_address", p->pte_address);
	put_or_null(r, p, KST_PFN_HAS_ORIGINAL_PTE, "original_pte", p->original_pte);
	if (p->present & KST_PFN_HAS_LINKS) {
		put_hex(r, "flink", p->flink);
		put_hex(r, "blink", p->blink);
	}
	put_or_null(r, p, KST_PFN_HAS_U1, "u1", p->u1);
	put_or_null(r, p, KST_PFN_HAS_U2, "u2", p->u2);
	put_or_null(r, p, KST_PFN_HAS_U4, "u4", p->u4);
	if (p->present & KST_PFN_HAS_PTE_FRAME)
		put_number(r, "pte_frame", p->pte_frame);
	if (p->present & KST_PFN_HAS_PRIORITY)
		put_number(r, "priority", p->priority);
	if (p->present & KST_PFN_HAS_VIRTUAL_ADDRESS)
		put_hex(r, "virtual_address", p->virtual_address);
	put_text(r, "use", kst_pfn_use_name(p->use));
	for (size_t i = 0; i < sizeof flags / sizeof flags[0]; i++)
		if (p->bits >> i & 1)
			json_array_append_new(list, json_string(flags[i]));
	json_object_set_new(r, "flags", list);
	put_anomalies(r, p->anomalies, kst_pfn_anomaly_name);
	emit(r);
}

#define HAS(pfn, bit) (((pfn)->present & KST_PFN_HAS_##bit) != 0)

/* As !pfn prints numbers. One of four static buffers. */
static const char *upper_hex(bool known, int digits, uint64_t value)
{
	static char texts[4][24];
	static unsigned next;
	char *text = texts[next++ % 4];

	snprintf(text, sizeof texts[0], "%0*" PRIX64, digits, value);
	return known ? text : "?";
}

static const char *location_text(const struct kst_pfn *p)
{
	return HAS(p, LOCATION) ? kst_pfn_location_name(p->location) : "?";
}

static void text_pfn(const struct session *session, const struct kst_pfn *p)
{
	const char *location = HAS(p, LOCATION) && p->location == KST_PFN_ACTIVE ? "Active" : location_text(p);

	printf("    PFN %08" PRIX64 " at address %s\n", p->frame, address_text(session, p->address));
	if (p->present & KST_PFN_HAS_LINKS)
		printf("    flink       %08" PRIX64 "  blink %08" PRIX64, p->flink, p->blink);
	else
		printf("    flink       %s  share count %s", upper_hex(HAS(p, U1), 8, p->u1),
		       upper_hex(HAS(p, SHARE_COUNT), 8, p->share_count));
	printf("  pteaddress %s\n", known_address(session, HAS(p, PTE_ADDRESS), p->pte_address));
	printf("    reference count %s  ", upper_hex(HAS(p, REFERENCE_COUNT), 4, p->reference_count));
	if (p->present & KST_PFN_HAS_CACHE_ATTRIBUTE) {
		static const char *const caches[] = { "NonCached", "Cached", "WriteComb", "NotMapped" };

		printf("  %-9s", caches[p->cache_attribute & 3]);
	}
	if (p->present & KST_PFN_HAS_PRIORITY)
		printf("  priority %u", p->priority);
	printf("\n    restore pte %s  containing page %s  %s", upper_hex(HAS(p, ORIGINAL_PTE), 8, p->original_pte),
	       upper_hex(HAS(p, PTE_FRAME), 6, p->pte_frame), location);
	printf("%s%s%s%s\n", p->bits & KST_PFN_BIT_MODIFIED ? "  M" : "", p->bits & KST_PFN_BIT_PROTOTYPE ? "  P" : "",
	       p->bits & KST_PFN_BIT_READ ? "  R" : "", p->bits & KST_PFN_BIT_WRITE ? "  W" : "");
	if (p->present & KST_PFN_HAS_VIRTUAL_ADDRESS)
		printf("    mapped at %s (%s)\n", address_text(session, p->virtual_address), kst_pfn_use_name(p->use));
}

static int pfn_one(struct session *session, uint64_t frame, const char *input)
{
	struct kst_pfn pfn = { .size = sizeof pfn };
	struct kst_error error = { .size = sizeof error };
	kst_status st = kst_pfn_read(session->target, frame, &pfn, &error);

	if (st != KST_OK) {
		json_t *r;

		if (!answers_line(input, st))
			return complain("pfn", st, &error);
		if (!session->json) {
			printf("    PFN %08" PRIX64 ": %s\n", frame, error.message);
			return DONE;
		}
		r = record("pfn");
		put_text(r, "input", input);
		put_number(r, "pfn", frame);
		put_null(r, "location");
		put_null(r, "reference_count");
		put_null(r, "share_count");
		put_null(r, "pte_address");
		put_null(r, "original_pte");
		emit(r);
	} else if (session->json) {
		json_pfn(&pfn, input);
	} else {
		text_pfn(session, &pfn);
	}
	return DONE;
}

int cmd_pfn(struct session *session, int argc, char **argv)
{
	(void)argc;
	return need_target(session) ? each_address(session, argv[0], true, pfn_one) : CANNOT;
}

int cmd_pfnlist(struct session *session, int argc, char **argv)
{
	struct kst_cursor cursor;
	struct kst_pfn pfn = { .size = sizeof pfn };
	struct kst_error error = { .size = sizeof error };
	kst_status st;

	(void)argc;
	(void)argv;
	if (!need_target(session))
		return CANNOT;
	st = kst_pfns_begin(&cursor, session->target, 0, UINT64_MAX, &error);
	if (st != KST_OK)
		return complain("pfnlist", st, &error);
	if (!session->json)
		puts("     pfn location            refs      share/blink pte address        original pte");
	while ((st = kst_pfns_next(&cursor, &pfn, &error)) == KST_OK) {
		if (session->json)
			json_pfn(&pfn, NULL);
		else
			printf("%8" PRIx64 " %-17s %6s %16s %-*s %16s %s\n", pfn.frame, location_text(&pfn),
			       known_number(HAS(&pfn, REFERENCE_COUNT), pfn.reference_count),
			       known_hex(HAS(&pfn, U2), 0, pfn.u2), address_width(session),
			       known_address(session, HAS(&pfn, PTE_ADDRESS), pfn.pte_address),
			       known_hex(HAS(&pfn, ORIGINAL_PTE), 0, pfn.original_pte), kst_pfn_use_name(pfn.use));
	}
	return end_walk(session, "pfnlist", "pfn", &cursor, st, &error);
}
