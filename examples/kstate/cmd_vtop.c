/* SPDX-License-Identifier: MIT */
#include "kstate.h"

int cmd_vtop(struct session *session, int argc, char **argv);

static const char *const level_names[] = { "", "PTE", "PDE", "PPE", "PXE", "PML5E" };

static void json_translation(uint64_t address, const char *input, kst_status st, const struct kst_translation *t)
{
	json_t *r = record("translation");

	if (input != NULL)
		put_text(r, "input", input);
	put_hex(r, "address", address);
	if (st == KST_OK && (t->present & KST_TRANSLATION_HAS_PHYSICAL) != 0)
		put_hex(r, "physical", t->physical);
	else
		put_null(r, "physical");
	if (st == KST_OK || st == KST_E_FAULT)
		put_text(r, "state", kst_pte_state_name(st == KST_OK ? t->state : KST_PTE_UNREADABLE));
	else
		put_null(r, "state"); /* not an address of this machine */
	if (st == KST_OK) {
		put_number(r, "page_size", t->page_size);
		put_number(r, "level", t->level);
		if (t->present & KST_TRANSLATION_HAS_PROTO)
			put_hex(r, "proto_address", t->proto_address);
		if (t->present & KST_TRANSLATION_HAS_PROTO_ENTRY) {
			put_hex(r, "proto_entry", t->proto_entry);
			put_text(r, "proto_state", kst_pte_state_name(t->proto_state));
		}
		if (t->present & KST_TRANSLATION_HAS_PAGE_FILE) {
			put_number(r, "page_file", t->page_file_number);
			put_number(r, "page_file_offset", t->page_file_offset);
		}
		put_anomalies(r, t->anomalies, kst_translation_anomaly_name);
	} else {
		put_null(r, "page_size");
		put_null(r, "level");
	}
	emit(r);
}

static void text_translation(const struct session *session, const struct kst_translation *t)
{
	printf("VA %s\n", address_text(session, t->address));
	for (uint32_t i = 0; i < t->levels_count; i++) {
		const struct kst_page_level *l = &t->levels[i];

		if (l->entry_physical != 0)
			printf("  %-5s @ %16" PRIx64 " phys", level_names[l->level], l->entry_physical);
		else
			printf("  %-5s @ %s virt", level_names[l->level], address_text(session, l->entry_virtual));
		if (l->state == KST_PTE_UNREADABLE)
			puts("  not present in this source");
		else
			printf("  %016" PRIx64 "  %s\n", l->entry, kst_pte_state_name(l->state));
	}
	if (t->present & KST_TRANSLATION_HAS_PROTO_ENTRY)
		printf("  proto @ %s  %016" PRIx64 "  %s\n", address_text(session, t->proto_address), t->proto_entry,
		       kst_pte_state_name(t->proto_state));
	if (t->present & KST_TRANSLATION_HAS_PHYSICAL)
		printf("  physical %" PRIx64 " (%s, page of 0x%" PRIx64 " bytes)\n", t->physical,
		       kst_pte_state_name(t->state), t->page_size);
	else if (t->present & KST_TRANSLATION_HAS_PAGE_FILE)
		printf("  page file %u, offset %" PRIx64 "\n", t->page_file_number, t->page_file_offset);
	else
		printf("  no physical address (%s)\n", kst_pte_state_name(t->state));
}

static int vtop_one(struct session *session, uint64_t address, const char *input)
{
	struct kst_translation t = { .size = sizeof t };
	struct kst_error error = { .size = sizeof error };
	kst_status st = kst_translate(session->target, session->space, address, 0, &t, &error);

	if (st != KST_OK && !answers_line(input, st))
		return complain("vtop", st, &error);
	if (session->json)
		json_translation(address, input, st, &t);
	else if (st == KST_OK)
		text_translation(session, &t);
	else
		printf("VA %s\n  %s\n", address_text(session, address), error.message);
	return DONE;
}

int cmd_vtop(struct session *session, int argc, char **argv)
{
	(void)argc;
	return need_target(session) ? each_address(session, argv[0], false, vtop_one) : CANNOT;
}
