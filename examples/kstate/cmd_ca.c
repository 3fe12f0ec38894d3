/* SPDX-License-Identifier: MIT */
/*
 * ca: one control area, or all that can be found, by pool tags (MmCa, MmCi) and through the page frames.
 * memusage: those of the page frames with their pages.
 */
#include "ca_text.h"
#include "pool.h"

#include <stdlib.h>
#include <string.h>

#define USAGES_FIRST 0x4000
#define USAGES_MOST  0x100000
#define HITS         256
#define SCRATCH      0x10000

#define FOUND_TAG     1u
#define FOUND_PFN     2u
#define FOUND_ADDRESS 4u

int cmd_ca(struct session *session, int argc, char **argv);
int cmd_memusage(struct session *session, int argc, char **argv);

struct found {
	uint64_t address;
	uint32_t how;
	struct kst_section_usage usage; /* with FOUND_PFN */
};

struct list {
	struct found *items;
	size_t count, room;
	bool tags, frames;  /* which searches could be made */
	uint32_t end;       /* of all of them: KST_WALK_… */
	uint64_t anomalies; /* KST_WALK_ANOMALY_… */
};

/* A search that broke off: what it did not reach is not known. */
static void broke_off(struct list *list, kst_status st)
{
	if (st < 0)
		list->end = end_of_failure(st);
}

static const char *found_text(uint32_t how)
{
	return how & FOUND_TAG ? "tag" : how & FOUND_PFN ? "pfn" : "address";
}

static json_t *json_subsections(struct session *session, const struct kst_control_area *area, json_t *resident,
				uint64_t *pages, bool *whole)
{
	struct kst_cursor cursor, page_cursor;
	struct kst_subsection sub = { .size = sizeof sub };
	struct kst_section_page page = { .size = sizeof page };
	json_t *list = json_array();

	*pages = 0;
	*whole = false;
	if (kst_subsections_begin(&cursor, session->target, area, NULL) != KST_OK)
		return list;
	*whole = true;
	while (kst_subsections_next(&cursor, &sub, NULL) == KST_OK) {
		json_t *s = json_object();

		put_hex(s, "address", sub.address);
		if (sub.present & KST_SUBSECTION_HAS_BASE)
			put_hex(s, "base", sub.base);
		if (sub.present & KST_SUBSECTION_HAS_PTES)
			put_number(s, "ptes", sub.ptes);
		if (sub.present & KST_SUBSECTION_HAS_UNUSED_PTES)
			put_number(s, "unused_ptes", sub.unused_ptes);
		if (sub.present & KST_SUBSECTION_HAS_STARTING_SECTOR)
			put_number(s, "starting_sector", sub.starting_sector);
		if (sub.present & KST_SUBSECTION_HAS_FULL_SECTORS)
			put_number(s, "full_sectors", sub.full_sectors);
		if (sub.present & KST_SUBSECTION_HAS_FLAGS) {
			put_hex(s, "flags", sub.flags);
			put_text(s, "protection", kst_pte_protection_name(sub.protection));
			put_number(s, "sector_end_offset", sub.sector_end_offset);
		}
		if (sub.present & KST_SUBSECTION_HAS_MAPPED_VIEWS)
			put_number(s, "mapped_views", sub.mapped_views);
		if (sub.present & KST_SUBSECTION_HAS_PFN_REFERENCES)
			put_number(s, "pfn_references", sub.pfn_references);
		put_anomalies(s, sub.anomalies, kst_subsection_anomaly_name);
		json_array_append_new(list, s);
		if (kst_section_pages_begin(&page_cursor, session->target, area->kind, &sub, NULL) != KST_OK)
			continue;
		while (kst_section_pages_next(&page_cursor, &page, NULL) == KST_OK) {
			json_t *p;

			(*pages)++;
			if (resident == NULL)
				continue;
			p = json_object();
			if (page.present & KST_SECTION_PAGE_HAS_FILE_OFFSET)
				put_number(p, "offset", page.file_offset);
			put_hex(p, "physical", page.physical);
			put_text(p, "state", kst_pte_state_name(page.state));
			put_hex(p, "entry_address", page.entry_address);
			put_hex(p, "entry", page.entry);
			json_array_append_new(resident, p);
		}
		if (kst_cursor_anomalies(&page_cursor) != 0 || kst_cursor_end(&page_cursor) != KST_WALK_CLOSED)
			*whole = false;
	}
	if (kst_cursor_end(&cursor) != KST_WALK_TERMINATED)
		*whole = false;
	return list;
}

static void put_file(struct session *session, const struct kst_control_area *area, json_t *r)
{
	char name[1024];

	if (kst_control_area_file(session->target, area, name, sizeof name, NULL) == KST_OK)
		put_text(r, "file", name);
	else
		put_null(r, "file");
}

static void json_usage(json_t *r, const struct kst_section_usage *u)
{
	put_number(r, "valid", u->valid);
	put_number(r, "standby", u->standby);
	put_number(r, "dirty", u->dirty);
	put_number(r, "shared", u->shared);
	put_number(r, "locked", u->locked);
}

static void json_area(struct session *session, const struct kst_control_area *area, const struct kst_segment *segment,
		      const struct found *found, const char *input, bool pages_too)
{
	json_t *r = record("control_area"), *resident = pages_too ? json_array() : NULL, *list, *how = json_array();
	uint64_t pages;
	bool whole;

	if (input != NULL)
		put_text(r, "input", input);
	put_hex(r, "address", area->address);
	if (area->present & KST_CONTROL_AREA_HAS_SEGMENT)
		put_hex(r, "segment", area->segment);
	else
		put_null(r, "segment");
	put_file(session, area, r);
	if (area->present & KST_CONTROL_AREA_HAS_FLAGS) {
		put_text(r, "kind", kst_section_kind_name(area->kind));
		put_hex(r, "flags", area->flags);
	} else {
		put_null(r, "kind");
		put_null(r, "flags");
	}
	put_text(r, "found", found_text(found->how));
	if (found->how & FOUND_TAG)
		json_array_append_new(how, json_string("tag"));
	if (found->how & FOUND_PFN)
		json_array_append_new(how, json_string("pfn"));
	if (found->how & FOUND_ADDRESS)
		json_array_append_new(how, json_string("address"));
	json_object_set_new(r, "found_by", how);
	if (area->present & KST_CONTROL_AREA_HAS_FILE_OBJECT)
		put_hex(r, "file_object", area->file_object);
	if (area->present & KST_CONTROL_AREA_HAS_SECTION_REFERENCES)
		put_number(r, "section_references", area->section_references);
	if (area->present & KST_CONTROL_AREA_HAS_PFN_REFERENCES)
		put_number(r, "pfn_references", area->pfn_references);
	if (area->present & KST_CONTROL_AREA_HAS_MAPPED_VIEWS)
		put_number(r, "mapped_views", area->mapped_views);
	if (area->present & KST_CONTROL_AREA_HAS_USER_REFERENCES)
		put_number(r, "user_references", area->user_references);
	if (segment->present & KST_SEGMENT_HAS_TOTAL_PTES)
		put_number(r, "total_ptes", segment->total_ptes);
	if (segment->present & KST_SEGMENT_HAS_SIZE)
		put_number(r, "segment_size", segment->size_of_segment);
	if (segment->present & KST_SEGMENT_HAS_PROTECTION)
		put_text(r, "protection", kst_pte_protection_name(segment->protection));
	list = json_subsections(session, area, resident, &pages, &whole);
	json_object_set_new(r, "subsections", list);
	put_number(r, "pages", pages);
	if (!whole)
		put_bool(r, "pages_complete", false);
	if (resident != NULL)
		json_object_set_new(r, "resident", resident);
	if (found->how & FOUND_PFN)
		json_usage(r, &found->usage);
	put_anomalies(r, area->anomalies, kst_control_area_anomaly_name);
	emit(r);
}

static int ca_one(struct session *session, uint64_t address, const char *input)
{
	struct kst_control_area area = { .size = sizeof area };
	struct kst_segment segment = { .size = sizeof segment };
	struct kst_error error = { .size = sizeof error };
	struct found found = { .address = address, .how = FOUND_ADDRESS };
	kst_status st = kst_control_area_read(session->target, address, &area, &segment, &error);

	if (st != KST_OK && !answers_line(input, st))
		return complain("ca", st, &error);
	if (st != KST_OK && session->json) {
		json_t *r = record("control_area");

		put_text(r, "input", input);
		put_hex(r, "address", address);
		put_null(r, "segment");
		put_null(r, "file");
		put_null(r, "kind");
		emit(r);
	} else if (st != KST_OK) {
		printf("%s: %s\n", address_text(session, address), error.message);
	} else if (session->json) {
		json_area(session, &area, &segment, &found, input, true);
	} else {
		text_control_area(session, &area, &segment);
	}
	return DONE;
}

static struct found *add(struct list *list, uint64_t address, uint32_t how)
{
	if (list->count == list->room) {
		size_t room = list->room == 0 ? 256 : list->room * 2;
		struct found *items = realloc(list->items, room * sizeof *items);

		if (items == NULL) {
			broke_off(list, KST_E_LIMIT);
			return NULL;
		}
		list->items = items;
		list->room = room;
	}
	list->items[list->count] = (struct found){ .address = address, .how = how };
	return &list->items[list->count++];
}

static int by_address(const void *a, const void *b)
{
	const struct found *x = a, *y = b;

	return x->address != y->address ? (x->address > y->address) - (x->address < y->address)
					: (int)y->how - (int)x->how;
}

/* One place found twice becomes one entry. */
static void merge(struct list *list)
{
	size_t n = 0;

	if (list->count > 0)
		qsort(list->items, list->count, sizeof *list->items, by_address);
	for (size_t i = 0; i < list->count; i++) {
		if (n > 0 && list->items[n - 1].address == list->items[i].address) {
			list->items[n - 1].how |= list->items[i].how;
			if (list->items[i].how & FOUND_PFN)
				list->items[n - 1].usage = list->items[i].usage;
		} else {
			list->items[n++] = list->items[i];
		}
	}
	list->count = n;
}

static kst_status search_range(struct session *session, struct list *list, uint64_t start, uint64_t end, void *scratch,
			       struct kst_error *error)
{
	static const uint32_t tags[] = { 0x61436d4d, 0x69436d4d }; /* MmCa, MmCi */
	static struct kst_pool_hit hits[HITS];
	struct kst_pool_scan scan = { .size = sizeof scan,
				      .space = KST_SPACE_KERNEL,
				      .end = end,
				      .tags_count = 2,
				      .scratch_size = scratch != NULL ? SCRATCH : 0,
				      .tags = tags,
				      .scratch = scratch };
	uint64_t header = session->identity.arch == KST_ARCH_X86 ? 8 : 16;
	kst_status st;

	do {
		size_t done = 0;

		st = kst_pool_scan(session->target, &scan, &start, hits, sizeof hits[0], HITS, &done, error);
		for (size_t i = 0; i < done; i++)
			if (hits[i].state != KST_POOL_STATE_FREE)
				add(list, hits[i].address + header, FOUND_TAG);
	} while (st == KST_OK);
	if (st == KST_END)
		list->tags = true;
	broke_off(list, st);
	return st;
}

/* Fails where the reader does. */
static kst_status find_by_tag(struct session *session, struct list *list, struct kst_error *error)
{
	struct kst_large_allocation large = { .size = sizeof large };
	struct kst_pool_range places[MOST_RANGES];
	struct kst_cursor cursor;
	void *scratch = malloc(SCRATCH);
	size_t count = 0;
	bool known;
	kst_status st = kst_large_allocations_begin(&cursor, session->target, NULL, KST_LARGE_LIVE_ONLY, error);

	if (st == KST_OK) {
		while ((st = kst_large_allocations_next(&cursor, &large, error)) == KST_OK)
			if (memcmp(large.tag, "MmCa", 4) == 0 || memcmp(large.tag, "MmCi", 4) == 0)
				add(list, large.address, FOUND_TAG);
		broke_off(list, st);
		list->anomalies |= kst_cursor_anomalies(&cursor);
	} else {
		list->anomalies |= KST_WALK_ANOMALY_SKIPPED;
	}
	if (st != KST_E_HOST)
		st = pool_places(session, places, &count, &known, error);
	for (size_t i = 0; i < count && st != KST_E_HOST; i++)
		st = search_range(session, list, places[i].start, places[i].end, scratch, error);
	free(scratch);
	return st;
}

static kst_status find_by_frame(struct session *session, struct list *list, struct kst_error *error)
{
	struct kst_section_usage *usages = NULL;
	size_t done = 0, room = USAGES_FIRST / 4;
	kst_status st;

	do { /* records are written all, used or not: as few as will do */
		room *= 4;
		free(usages);
		usages = calloc(room, sizeof *usages);
		if (usages == NULL) {
			broke_off(list, KST_E_LIMIT);
			return KST_E_LIMIT;
		}
		st = kst_section_usages(session->target, usages, sizeof *usages, room, &done, error);
	} while (st == KST_E_LIMIT && done == room && room < USAGES_MOST);
	list->frames = st == KST_OK || done > 0;
	broke_off(list, st);
	if (st != KST_OK && st != KST_E_HOST)
		fprintf(stderr, "kstate: the page frames could not be used%s: %s %s\n", done > 0 ? " to the end" : "",
			kst_status_name(st), error->message);
	for (size_t i = 0; done > 0 && i < room; i++) {
		struct found *f = usages[i].size == 0 ? NULL : add(list, usages[i].control_area, FOUND_PFN);

		if (f != NULL)
			f->usage = usages[i];
	}
	free(usages);
	return st;
}

static void show_pagefile_pages(const struct session *session, const struct kst_section_usage *u, bool usage)
{
	if (session->json) {
		json_t *r = record("control_area");

		put_null(r, "address");
		put_text(r, "kind", kst_section_kind_name(KST_SECTION_PAGEFILE));
		put_text(r, "found", "pfn");
		put_number(r, "pages", u->valid + u->standby + u->dirty);
		json_usage(r, u);
		emit(r);
	} else if (!usage) {
		printf("-- page-file sections: %" PRIu64
		       " pages, of which the page frames do not name the control area\n",
		       u->valid + u->standby + u->dirty);
	} else {
		printf("%-17s %8" PRIu64 " %8" PRIu64 " %8" PRIu64 " %8" PRIu64 " %8" PRIu64 "  Page File Section\n",
		       "-", 4 * u->valid, 4 * u->standby, 4 * u->dirty, 4 * u->shared, 4 * u->locked);
	}
}

/* What was found, and how the searches ended. `st`: of the last one. */
static int show_list(struct session *session, const char *command, struct list *list, bool usage, kst_status st,
		     struct kst_error *error)
{
	uint64_t shown = 0;

	for (size_t i = 0; i < list->count && st != KST_E_HOST; i++) {
		struct kst_control_area area = { .size = sizeof area };
		struct kst_segment segment = { .size = sizeof segment };
		const struct found *f = &list->items[i];

		if (f->address == 0) {
			show_pagefile_pages(session, &f->usage, usage);
			shown++;
			continue;
		}
		st = kst_control_area_read(session->target, f->address, &area, &segment, error);
		if (st != KST_OK)
			continue;
		/* a tag in memory proves nothing; what the pool block holds does */
		if ((f->how & FOUND_PFN) == 0 && area.anomalies != 0)
			continue;
		shown++;
		if (session->json) {
			json_area(session, &area, &segment, f, NULL, false);
			continue;
		}
		printf("%s ", address_text(session, f->address));
		if (usage)
			printf("%8" PRIu64 " %8" PRIu64 " %8" PRIu64 " %8" PRIu64 " %8" PRIu64 "  ", 4 * f->usage.valid,
			       4 * f->usage.standby, 4 * f->usage.dirty, 4 * f->usage.shared, 4 * f->usage.locked);
		else
			printf("%s %-3s ",
			       known_number((area.present & KST_CONTROL_AREA_HAS_SECTION_REFERENCES) != 0,
					    area.section_references != 0),
			       found_text(f->how));
		text_section_file(session, &area);
	}
	emit_end(session, "control_area", shown, st == KST_E_HOST ? KST_WALK_UNREADABLE : list->end, list->anomalies);
	free(list->items);
	return st == KST_E_HOST ? complain(command, st, error) : DONE;
}

int cmd_ca(struct session *session, int argc, char **argv)
{
	struct kst_error error = { .size = sizeof error };
	struct list list = { .end = KST_WALK_CLOSED };
	kst_status st;

	if (!need_target(session))
		return CANNOT;
	if (argc == 1)
		return each_address(session, argv[0], false, ca_one);
	st = find_by_tag(session, &list, &error);
	if (st != KST_E_HOST)
		st = find_by_frame(session, &list, &error);
	merge(&list);
	if (!list.tags && !list.frames && st != KST_E_HOST)
		fprintf(stderr, "kstate: ca: neither the pool nor the page frames can be searched in this source\n");
	if (!list.tags || !list.frames)
		list.anomalies |= KST_WALK_ANOMALY_SKIPPED;
	if (show_list(session, "ca", &list, false, st, &error) != DONE)
		return CANNOT;
	return list.tags || list.frames ? DONE : CANNOT;
}

static void show_counts(const struct session *session, const struct kst_pfn_counts *counts)
{
	json_t *r = session->json ? record("page_counts") : NULL;

	for (uint32_t i = 0; i < 8; i++) {
		if (r != NULL)
			put_number(r, kst_pfn_location_name(i), counts->pages[i]);
		else
			printf("%20s: %8" PRIu64 " (%9" PRIu64 " kb)\n", kst_pfn_location_name(i), counts->pages[i],
			       counts->pages[i] * 4);
	}
	if (r != NULL) {
		put_number(r, "total", counts->total);
		emit(r);
	} else {
		printf("%20s: %8" PRIu64 " (%9" PRIu64 " kb)\n\n", "total", counts->total, counts->total * 4);
		puts("  Control             Valid  Standby    Dirty   Shared   Locked  name (kb)");
	}
}

int cmd_memusage(struct session *session, int argc, char **argv)
{
	struct kst_pfn_counts counts = { .size = sizeof counts };
	struct kst_error error = { .size = sizeof error };
	struct list list = { .end = KST_WALK_CLOSED };
	kst_status st;

	(void)argc;
	(void)argv;
	if (!need_target(session))
		return CANNOT;
	st = kst_pfn_count(session->target, &counts, &error);
	if (st != KST_OK)
		return complain("memusage", st, &error);
	show_counts(session, &counts);
	st = find_by_frame(session, &list, &error);
	merge(&list);
	return show_list(session, "memusage", &list, true, st, &error);
}
