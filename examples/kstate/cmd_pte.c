/* SPDX-License-Identifier: MIT */
/* The entries that map an address, as !pte shows them. */
#include "kstate.h"

#include <string.h>

int cmd_pte(struct session *session, int argc, char **argv);

struct level {
	const struct kst_page_level *at;
	struct kst_pte pte;
};

/* One decoded entry; false when it is not at hand. */
static bool decode(const struct session *session, const struct kst_page_level *at, struct kst_pte *pte)
{
	struct kst_pte_context context = { .size = sizeof context };

	pte->size = sizeof *pte;
	return at->state != KST_PTE_UNREADABLE && kst_target_pte_context(session->target, &context) == KST_OK &&
	       kst_decode_pte(kst_target_layout(session->target), &context, at->level, 0, at->entry, pte, NULL) ==
		       KST_OK;
}

static void put_protection(json_t *r, const struct kst_pte *pte)
{
	if (pte->present & KST_PTE_HAS_PROTECTION) {
		put_text(r, "protection", kst_pte_protection_name(pte->protection));
		put_number(r, "protection_mask", pte->protection);
	} else {
		put_null(r, "protection");
	}
	if (pte->letters[0] != '\0')
		put_text(r, "letters", pte->letters);
}

static void json_level(const struct session *session, const struct kst_translation *t, uint32_t index,
		       const char *input)
{
	const struct kst_page_level *at = &t->levels[index];
	bool leaf = index + 1 == t->levels_count;
	struct kst_pte pte = { 0 };
	bool known = decode(session, at, &pte);
	json_t *r = record("pte");

	if (input != NULL)
		put_text(r, "input", input);
	put_hex(r, "address", t->address);
	put_number(r, "level", at->level);
	if (at->entry_virtual != 0)
		put_hex(r, "entry_address", at->entry_virtual);
	else
		put_null(r, "entry_address");
	if (at->entry_physical != 0)
		put_hex(r, "entry_physical", at->entry_physical);
	if (known)
		put_hex(r, "entry", at->entry);
	else
		put_null(r, "entry");
	put_text(r, "state", kst_pte_state_name(at->state));
	if (leaf && (t->present & KST_TRANSLATION_HAS_PHYSICAL) != 0)
		put_hex(r, "physical", t->physical);
	else if (!leaf && (pte.present & KST_PTE_HAS_FRAME) != 0)
		put_hex(r, "physical", pte.frame << 12);
	else
		put_null(r, "physical");
	put_protection(r, &pte);
	if (leaf) {
		put_text(r, "read", kst_pte_read_name(t->read));
		if (t->present & KST_TRANSLATION_HAS_BREAKPOINT) {
			put_bool(r, "readable", t->read != KST_PTE_READ_NONE && t->read != KST_PTE_READ_PAGE_FILE);
			put_bool(r, "breakpoint_owed", t->breakpoint_owed != 0);
		} else {
			put_null(r, "readable");
			put_null(r, "breakpoint_owed");
		}
		if (t->present & KST_TRANSLATION_HAS_PROTO)
			put_hex(r, "proto_address", t->proto_address);
		if (t->present & KST_TRANSLATION_HAS_PROTO_ENTRY) {
			put_hex(r, "proto_entry", t->proto_entry);
			put_text(r, "proto_state", kst_pte_state_name(t->proto_state));
		}
		if (t->present & KST_TRANSLATION_HAS_SUBSECTION)
			put_hex(r, "subsection", t->subsection);
		if (t->present & KST_TRANSLATION_HAS_PAGE_FILE) {
			put_number(r, "page_file", t->page_file_number);
			put_number(r, "page_file_offset", t->page_file_offset);
		}
		put_anomalies(r, t->anomalies, kst_translation_anomaly_name);
	} else {
		put_anomalies(r, pte.anomalies, kst_pte_anomaly_name);
	}
	emit(r);
}

/* An address for which not even the topmost entry is there. */
static void json_nothing(uint64_t address, const char *input, kst_status st)
{
	json_t *r = record("pte");

	put_text(r, "input", input);
	put_hex(r, "address", address);
	for (size_t i = 0; i < 7; i++) {
		static const char *const keys[] = { "level",      "entry_address", "entry",          "physical",
						    "protection", "readable",      "breakpoint_owed" };

		put_null(r, keys[i]);
	}
	if (st == KST_E_FAULT)
		put_text(r, "state", kst_pte_state_name(KST_PTE_UNREADABLE));
	else
		put_null(r, "state");
	emit(r);
}

static void text_fate(const struct session *session, const struct kst_translation *t, const struct kst_pte *pte)
{
	bool known;

	switch (t->state) {
	case KST_PTE_VALID: break;
	case KST_PTE_TRANSITION:
		printf("not valid\n Transition: %s\n",
		       known_hex((pte->present & KST_PTE_HAS_FRAME) != 0, 0, pte->frame));
		break;
	case KST_PTE_PROTOTYPE:
		printf("not valid\n Proto: %s\n",
		       known_address(session, (t->present & KST_TRANSLATION_HAS_PROTO) != 0, t->proto_address));
		break;
	case KST_PTE_PROTOTYPE_VAD:
		puts("not valid\n Proto: VAD");
		if (t->present & KST_TRANSLATION_HAS_PROTO)
			printf(" Prototype PTE: %s\n", address_text(session, t->proto_address));
		break;
	case KST_PTE_PAGE_FILE:
		known = (t->present & KST_TRANSLATION_HAS_PAGE_FILE) != 0;
		printf("not valid\n PageFile:  %s\n Offset: %s\n", known_number(known, t->page_file_number),
		       known_hex(known, 0, t->page_file_offset >> 12));
		break;
	case KST_PTE_DEMAND_ZERO: puts("not valid\n DemandZero"); break;
	case KST_PTE_UNREADABLE: puts("not present in this source"); break;
	default: printf("not valid\n (%s)\n", kst_pte_state_name(t->state)); break;
	}
	if (t->present & KST_TRANSLATION_HAS_PROTO_ENTRY)
		printf(" contains %016" PRIx64 " (%s)\n", t->proto_entry, kst_pte_state_name(t->proto_state));
	if (t->present & KST_TRANSLATION_HAS_SUBSECTION)
		printf(" Subsection: %s\n", address_text(session, t->subsection));
	if (t->state != KST_PTE_VALID && (t->present & KST_TRANSLATION_HAS_PROTECTION) != 0)
		printf(" Protect: %x - %s\n", t->protection, kst_pte_protection_text(t->protection));
	if (t->anomalies & KST_TRANSLATION_ANOMALY_REUSED)
		puts(" the page frame is in use for something else now: not read");
	if (t->present & KST_TRANSLATION_HAS_PHYSICAL)
		printf("physical %" PRIx64 "\n", t->physical);
	if ((t->present & KST_TRANSLATION_HAS_BREAKPOINT) != 0 && t->breakpoint_owed != 0)
		puts(t->read == KST_PTE_READ_NONE
			     ? "a software breakpoint would be owed: no valid entry maps this address"
			     : "readable, but a software breakpoint would be owed; use a hardware breakpoint (ba)");
}

static void text_levels(const struct session *session, const struct kst_translation *t)
{
	static const char *const names[] = { "", "PTE", "PDE", "PPE", "PXE", "P5E" };
	struct kst_pte pte[5] = { { 0 } };
	char cell[64];

	printf("%*sVA %s\n", 40, "", address_text(session, t->address));
	for (int line = 0; line < 3; line++) {
		for (uint32_t i = 0; i < t->levels_count; i++) {
			const struct kst_page_level *at = &t->levels[i];

			if (line == 0)
				snprintf(cell, sizeof cell, "%s at %016" PRIX64, names[at->level],
					 at->entry_virtual != 0 ? at->entry_virtual : at->entry_physical);
			else if (line == 1 && decode(session, at, &pte[i]))
				snprintf(cell, sizeof cell, "contains %016" PRIX64, at->entry);
			else if (line == 2 && at->state == KST_PTE_VALID)
				snprintf(cell, sizeof cell, "pfn %-9s %s",
					 known_hex((pte[i].present & KST_PTE_HAS_FRAME) != 0, 0, pte[i].frame),
					 pte[i].letters);
			else
				snprintf(cell, sizeof cell, "%s",
					 line == 1                         ? "not present"
					 : at->state == KST_PTE_UNREADABLE ? ""
									   : "not valid");
			printf("%s%s", i == 0 ? "" : "    ", cell);
			if (i + 1 < t->levels_count)
				printf("%*s", (int)(26 - strlen(cell) % 26), "");
		}
		putchar('\n');
	}
	text_fate(session, t, &pte[t->levels_count - 1]);
}

static int pte_one(struct session *session, uint64_t address, const char *input)
{
	struct kst_translation t = { .size = sizeof t };
	struct kst_error error = { .size = sizeof error };
	kst_status st = kst_translate(session->target, session->space, address, 0, &t, &error);

	if (st != KST_OK && !answers_line(input, st))
		return complain("pte", st, &error);
	if (!session->json && st != KST_OK) {
		printf("VA %s\n%s\n", address_text(session, address), error.message);
	} else if (!session->json) {
		text_levels(session, &t);
	} else if (st != KST_OK) {
		json_nothing(address, input, st);
	} else {
		/* one record for each line of a batch: the entry that decides */
		for (uint32_t i = input != NULL ? t.levels_count - 1 : 0; i < t.levels_count; i++)
			json_level(session, &t, i, input);
	}
	return DONE;
}

int cmd_pte(struct session *session, int argc, char **argv)
{
	(void)argc;
	return need_target(session) ? each_address(session, argv[0], false, pte_one) : CANNOT;
}
