/* SPDX-License-Identifier: MIT */
#include "kstate.h"

#include <string.h>

int cmd_vm(struct session *session, int argc, char **argv);

static bool counts_pages(uint32_t counter)
{
	return counter <= KST_MEMORY_PAGED_POOL_COMMIT || counter >= KST_MEMORY_FREE_SYSTEM_PTES;
}

/* "Label:" and a number of pages that ends in column 28, as !vm prints it. */
static void line(const char *label, uint64_t pages)
{
	printf("%s:%*" PRIu64 " (%10" PRIu64 " Kb)\n", label, 27 - (int)strlen(label), pages, pages * 4);
}

static void text_file(const struct kst_page_file *file, const char *name)
{
	printf("Page File: %s\n", file->present & KST_PAGE_FILE_HAS_NAME ? printable(name) : "(name not in memory)");
	if (file->present & KST_PAGE_FILE_HAS_CURRENT)
		printf("   Current: %9" PRIu64 " Kb", file->current_pages * 4);
	if (file->present & KST_PAGE_FILE_HAS_FREE)
		printf("  Free Space: %9" PRIu64 " Kb", file->free_pages * 4);
	puts("");
	if (file->present & KST_PAGE_FILE_HAS_MINIMUM)
		printf("   Minimum: %9" PRIu64 " Kb", file->minimum_pages * 4);
	if (file->present & KST_PAGE_FILE_HAS_MAXIMUM)
		printf("  Maximum:    %9" PRIu64 " Kb", file->maximum_pages * 4);
	puts("");
}

static void json_file(json_t *list, const struct kst_page_file *file, const char *name)
{
	const struct {
		uint64_t bit, value;
		const char *key;
	} rows[] = {
		{ KST_PAGE_FILE_HAS_CURRENT, file->current_pages, "current_pages" },
		{ KST_PAGE_FILE_HAS_MINIMUM, file->minimum_pages, "minimum_pages" },
		{ KST_PAGE_FILE_HAS_MAXIMUM, file->maximum_pages, "maximum_pages" },
		{ KST_PAGE_FILE_HAS_FREE, file->free_pages, "free_pages" },
	};
	json_t *f = json_object();

	put_number(f, "number", file->number);
	put_hex(f, "address", file->address);
	if (file->present & KST_PAGE_FILE_HAS_NAME)
		put_text(f, "name", name);
	else
		put_null(f, "name");
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
		if (file->present & rows[i].bit)
			put_number(f, rows[i].key, rows[i].value);
	json_array_append_new(list, f);
}

/* Page files and runs of memory; a list that cannot be found is left out. */
static void show_files(const struct session *session, json_t *r)
{
	struct kst_page_file file = { .size = sizeof file };
	json_t *list = json_array();
	char name[264];
	kst_status st;

	for (uint32_t i = 0; (st = kst_page_file_read(session->target, i, &file, name, sizeof name, NULL)) == KST_OK;
	     i++)
		if (r != NULL)
			json_file(list, &file, name);
		else
			text_file(&file, name);
	if (r != NULL && (st == KST_END || json_array_size(list) > 0))
		json_object_set_new(r, "page_files", json_incref(list));
	json_decref(list);
}

static void show_runs(const struct session *session, json_t *r)
{
	json_t *list = json_array();
	uint64_t first, pages;
	kst_status st;

	for (uint32_t i = 0; (st = kst_memory_run_read(session->target, i, &first, &pages, NULL)) == KST_OK; i++) {
		json_t *run = json_object();

		put_hex(run, "first_page", first);
		put_number(run, "pages", pages);
		json_array_append_new(list, run);
		if (r == NULL)
			printf("%s%8" PRIx64 " - %8" PRIx64 " (%10" PRIu64 " Kb)\n",
			       i == 0 ? "\nMemory runs (page frames):\n" : "", first, first + pages - 1, pages * 4);
	}
	if (r != NULL && (st == KST_END || json_array_size(list) > 0))
		json_object_set_new(r, "runs", json_incref(list));
	json_decref(list);
}

static void text_counters(const struct session *session, const struct kst_memory_counters *c)
{
	static const struct {
		const char *label;
		uint32_t counter;
		uint32_t unit; /* bytes of what is counted; 0: pages */
	} rows[] = {
		{ "Physical Memory", KST_MEMORY_PHYSICAL, 0 },
		{ "Available Pages", KST_MEMORY_AVAILABLE, 0 },
		{ "ResAvail Pages", KST_MEMORY_RESIDENT_AVAILABLE, 0 },
		{ "Zeroed Pages", KST_MEMORY_ZEROED, 0 },
		{ "Free Pages", KST_MEMORY_FREE, 0 },
		{ "Standby Pages", KST_MEMORY_STANDBY, 0 },
		{ "Free System PTEs", KST_MEMORY_FREE_SYSTEM_PTES, 0 },
		{ "Modified Pages", KST_MEMORY_MODIFIED, 0 },
		{ "Modified PF Pages", KST_MEMORY_MODIFIED_PAGE_FILE, 0 },
		{ "Modified No Write Pages", KST_MEMORY_MODIFIED_NO_WRITE, 0 },
		{ "NonPagedPoolNx Usage", KST_MEMORY_NONPAGED_POOL, 0 },
		{ "NonPagedPool Max", KST_MEMORY_NONPAGED_POOL_MAXIMUM, 1 },
		{ "PagedPool Usage", KST_MEMORY_PAGED_POOL, 0 },
		{ "PagedPool Maximum", KST_MEMORY_PAGED_POOL_SIZE, 1 },
		{ "Shared Commit", KST_MEMORY_SHARED_COMMIT, 0 },
		{ "Shared Process", KST_MEMORY_PROCESS_COMMIT, 0 },
		{ "PagedPool Commit", KST_MEMORY_PAGED_POOL_COMMIT, 0 },
		{ "Driver Commit", KST_MEMORY_DRIVER_COMMIT, 0 },
		{ "Committed pages", KST_MEMORY_COMMITTED, 0 },
		{ "Commit limit", KST_MEMORY_COMMIT_LIMIT, 0 },
		{ "Commit peak", KST_MEMORY_COMMIT_PEAK, 0 },
	};

	puts("*** Virtual Memory Usage ***");
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		uint64_t value = c->values[rows[i].counter];

		if ((c->present >> rows[i].counter & 1) != 0)
			line(rows[i].label, rows[i].unit != 0 ? value / 4096 : value);
		if (i == 0)
			show_files(session, NULL);
	}
	show_runs(session, NULL);
}

static void json_counters(const struct session *session, const struct kst_memory_counters *c)
{
	json_t *r = record("memory");

	for (uint32_t i = 0; i < KST_MEMORY_COUNT; i++) {
		char key[40];

		if ((c->present >> i & 1) == 0)
			continue;
		snprintf(key, sizeof key, "%s%s", kst_memory_counter_name(i), counts_pages(i) ? "_pages" : "");
		for (char *k = key; *k != '\0'; k++)
			*k = *k == '-' ? '_' : *k;
		put_number(r, key, c->values[i]);
	}
	show_files(session, r);
	show_runs(session, r);
	emit(r);
}

int cmd_vm(struct session *session, int argc, char **argv)
{
	struct kst_memory_counters counters = { .size = sizeof counters };
	struct kst_error error = { .size = sizeof error };
	kst_status st;

	(void)argc;
	(void)argv;
	if (!need_target(session))
		return CANNOT;
	st = kst_memory_counters_read(session->target, &counters, &error);
	if (st != KST_OK)
		return complain("vm", st, &error);
	if (session->json)
		json_counters(session, &counters);
	else
		text_counters(session, &counters);
	return DONE;
}
