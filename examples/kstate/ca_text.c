/* SPDX-License-Identifier: MIT */
/* Control areas as !ca prints them: the same fields, in its columns; what the source does not have is left out. */
#include "ca_text.h"

#include <string.h>

static int digits(const struct session *session)
{
	return session->identity.arch == KST_ARCH_X86 ? 8 : 16;
}

/* Two spaces, a label of a column's width, and a value that is an address (with zeros) or a number. */
static void address_field(const struct session *session, int width, const char *label, bool known, uint64_t value)
{
	if (known)
		printf("  %-*s%0*" PRIx64, width - 2, label, digits(session), value);
}

static void number_field(const struct session *session, int width, const char *label, bool known, uint64_t value)
{
	if (known)
		printf("  %s%*" PRIx64, label, width - 2 + digits(session) - (int)strlen(label), value);
}

static void short_field(const char *label, bool known, uint64_t value)
{
	if (known)
		printf("  %s%*" PRIx64, label, 24 - (int)strlen(label), value);
}

void text_section_file(const struct session *session, const struct kst_control_area *area)
{
	char name[1024];
	kst_status st = kst_control_area_file(session->target, area, name, sizeof name, NULL);

	if (st == KST_END)
		puts("Pagefile-backed section");
	else
		printf("%s: %s\n", area->kind == KST_SECTION_IMAGE ? "Image" : "File",
		       st == KST_OK ? printable(name) : "(name not in memory)");
}

static void text_segment(const struct session *session, const struct kst_control_area *a, const struct kst_segment *s)
{
	if (s->present == 0) {
		puts("Segment: not in this source");
		return;
	}
	printf("Segment @ %0*" PRIx64 "\n", digits(session), s->address);
	address_field(session, 18, "ControlArea", s->present & KST_SEGMENT_HAS_CONTROL_AREA, s->control_area);
	address_field(session, 16, a->kind == KST_SECTION_IMAGE ? "BasedAddress" : "ExtendInfo",
		      s->present & KST_SEGMENT_HAS_BASED_ADDRESS, s->based_address);
	puts("");
	number_field(session, 18, "Total Ptes", s->present & KST_SEGMENT_HAS_TOTAL_PTES, s->total_ptes);
	puts("");
	number_field(session, 18, "Segment Size", s->present & KST_SEGMENT_HAS_SIZE, s->size_of_segment);
	number_field(session, 16, "Committed", s->present & KST_SEGMENT_HAS_COMMITTED_PAGES, s->committed_pages);
	puts("");
	address_field(session, 18, "ProtoPtes", s->present & KST_SEGMENT_HAS_PROTOTYPE_PTES, s->prototype_ptes);
	puts("");
	if (s->present & KST_SEGMENT_HAS_FLAGS) {
		printf("  Flags (%x) ProtectionMask", s->flags);
		if (s->present & KST_SEGMENT_HAS_PROTECTION)
			printf(" %x (%s)", s->protection, kst_pte_protection_text(s->protection));
		puts("");
	}
}

static void text_subsection(const struct session *session, unsigned number, const struct kst_subsection *s)
{
	bool flags = (s->present & KST_SUBSECTION_HAS_FLAGS) != 0, links = (s->present & KST_SUBSECTION_HAS_LINKS) != 0;

	printf("Subsection %u @ %0*" PRIx64 "\n", number, digits(session), s->address);
	address_field(session, 15, "ControlArea", s->present & KST_SUBSECTION_HAS_CONTROL_AREA, s->control_area);
	short_field("Starting Sector", s->present & KST_SUBSECTION_HAS_STARTING_SECTOR, s->starting_sector);
	short_field("Number Of Sectors", s->present & KST_SUBSECTION_HAS_FULL_SECTORS, s->full_sectors);
	puts("");
	address_field(session, 15, "Base Pte", s->present & KST_SUBSECTION_HAS_BASE, s->base);
	short_field("Ptes In Subsect", s->present & KST_SUBSECTION_HAS_PTES, s->ptes);
	short_field("Unused Ptes", s->present & KST_SUBSECTION_HAS_UNUSED_PTES, s->unused_ptes);
	puts("");
	number_field(session, 15, "Flags", flags, s->flags);
	short_field("Sector Offset", flags, s->sector_end_offset);
	short_field("Protection", flags, s->protection);
	puts("");
	address_field(session, 15, "Flink", links, s->flink);
	address_field(session, 10, "Blink", links, s->blink);
	number_field(session, 15, "MappedViews", s->present & KST_SUBSECTION_HAS_MAPPED_VIEWS, s->mapped_views);
	if (links)
		puts("");
}

void text_control_area(const struct session *session, const struct kst_control_area *a,
		       const struct kst_segment *segment)
{
	struct kst_subsection sub = { .size = sizeof sub };
	struct kst_cursor cursor;
	bool links = (a->present & KST_CONTROL_AREA_HAS_LINKS) != 0;
	unsigned n = 0;

	printf("ControlArea  @ %0*" PRIx64 "\n", digits(session), a->address);
	address_field(session, 15, "Segment", a->present & KST_CONTROL_AREA_HAS_SEGMENT, a->segment);
	address_field(session, 13, "Flink", links, a->flink);
	address_field(session, 15, "Blink", links, a->blink);
	puts("");
	number_field(session, 15, "Section Ref", a->present & KST_CONTROL_AREA_HAS_SECTION_REFERENCES,
		     a->section_references);
	number_field(session, 13, "Pfn Ref", a->present & KST_CONTROL_AREA_HAS_PFN_REFERENCES, a->pfn_references);
	number_field(session, 15, "Mapped Views", a->present & KST_CONTROL_AREA_HAS_MAPPED_VIEWS, a->mapped_views);
	puts("");
	number_field(session, 15, "User Ref", a->present & KST_CONTROL_AREA_HAS_USER_REFERENCES, a->user_references);
	number_field(session, 13, "WaitForDel", a->present & KST_CONTROL_AREA_HAS_WAIT_FOR_DELETION,
		     a->wait_for_deletion);
	puts("");
	address_field(session, 15, "File Object", a->present & KST_CONTROL_AREA_HAS_FILE_OBJECT, a->file_object);
	number_field(session, 13, "ModWriteCount", a->present & KST_CONTROL_AREA_HAS_MODIFIED_WRITE_COUNT,
		     a->modified_write_count);
	puts("");
	if (a->present & KST_CONTROL_AREA_HAS_WRITABLE_REFERENCES) {
		number_field(session, 15, "WritableRefs", true, a->writable_references);
		puts("");
	}
	if (a->present & KST_CONTROL_AREA_HAS_FLAGS) {
		printf("  Flags (%x)", a->flags);
		for (uint32_t trait = 1; trait != 0; trait <<= 1)
			if ((a->traits & trait) != 0)
				printf(" %s", kst_control_area_trait_text(trait));
		puts("");
	}
	text_section_file(session, a);
	for (uint64_t bit = 1; bit != 0; bit <<= 1)
		if ((a->anomalies & bit) != 0)
			printf("  doubtful: %s\n", kst_control_area_anomaly_name(bit));
	text_segment(session, a, segment);
	if (kst_subsections_begin(&cursor, session->target, a, NULL) != KST_OK)
		return;
	while (kst_subsections_next(&cursor, &sub, NULL) == KST_OK)
		text_subsection(session, ++n, &sub);
	emit_walk(session, "subsection", &cursor);
}
