/* SPDX-License-Identifier: MIT */
#include "crash_records.h"

#include <string.h>

int cmd_info(struct session *session, int argc, char **argv);

static const char *arch_text(const struct kst_identity *id)
{
	return id->arch == KST_ARCH_X86 && id->paging == KST_PAGING_PAE ? "x86-pae" : kst_arch_name(id->arch);
}

static bool has(const struct session *session, uint64_t what)
{
	return (session->identity.present & what) != 0;
}

static bool no_kernel(const struct session *session)
{
	return !has(session, KST_IDENTITY_HAS_ARCH | KST_IDENTITY_HAS_BUILD);
}

/* No built-in table describes this build, and --layout gives no other. */
static bool no_types(const struct session *session, const struct kst_layout_info *layout)
{
	return session->layout == NULL && layout->build == 0;
}

static const char *layout_name(const struct session *session, const struct kst_layout_info *layout)
{
	if (!no_types(session, layout))
		return layout->name;
	return layout->present > 0 ? "debugger data block" : "none";
}

#define NAME_BYTES 160

/* The first of the alternatives "A|B|C". */
static void first_of(char out[NAME_BYTES], const char *alternatives)
{
	snprintf(out, NAME_BYTES, "%.*s", (int)strcspn(alternatives, "|"), alternatives);
}

/* Calls fn for each wanted member that the layout lacks: "" as the path stands for the type's size. */
static void each_missing(const struct kst_layout *layout, void (*fn)(void *user, const char *type, const char *path),
			 void *user)
{
	char type[NAME_BYTES], path[NAME_BYTES];
	const char *types, *paths;

	for (uint32_t i = 0; kst_layout_wanted(i, &types, &paths) == KST_OK; i++) {
		struct kst_member member = { .size = sizeof member };

		first_of(type, types);
		first_of(path, paths);
		if (layout == NULL || kst_layout_member(layout, type, path, &member) == KST_E_NO_MEMBER)
			fn(user, type, path);
	}
}

static void missing_json(void *user, const char *type, const char *path)
{
	json_array_append_new(user, json_sprintf(path[0] == '\0' ? "%s%s" : "%s.%s", type, path));
}

/* Types without a single place are told by name, in lines of this width. */
#define WIDTH 100

struct missing_text {
	char last[NAME_BYTES];
	int column; /* 0: nothing said yet */
};

static void missing_text(void *user, const char *type, const char *path)
{
	struct missing_text *text = user;
	int length = (int)strlen(type);

	if (path[0] != '\0' || strcmp(text->last, type) == 0)
		return;
	if (text->column == 0)
		text->column = printf("  not described:");
	else
		text->column += printf(",");
	if (text->column + length + 1 > WIDTH)
		text->column = printf("\n   ") - 1;
	text->column += printf(" %s", type);
	snprintf(text->last, NAME_BYTES, "%s", type);
}

static void info_json(const struct session *session, const struct kst_layout_info *layout,
		      const struct kst_layout *used)
{
	const struct kst_identity *id = &session->identity;
	json_t *r = record("target");
	struct kernel_pdb pdb;

	put_text(r, "format", kst_format_name(session->dump_info.format));
	if (has(session, KST_IDENTITY_HAS_ARCH))
		put_text(r, "arch", arch_text(id));
	if (has(session, KST_IDENTITY_HAS_BUILD))
		put_number(r, "build", id->build);
	if (has(session, KST_IDENTITY_HAS_REVISION))
		put_number(r, "revision", id->revision);
	if (has(session, KST_IDENTITY_HAS_PROCESSORS))
		put_number(r, "processors", id->processors);
	if (has(session, KST_IDENTITY_HAS_KERNEL_BASE))
		put_hex(r, "kernel_base", id->kernel_base);
	if (has(session, KST_IDENTITY_HAS_DTB))
		put_hex(r, "dtb", id->dtb);
	put_crash(session, r);
	if (has(session, KST_IDENTITY_HAS_PAGING))
		put_text(r, "paging", kst_paging_name(id->paging));
	if (has(session, KST_IDENTITY_HAS_DEBUGGER_DATA))
		put_hex(r, "debugger_data", id->debugger_data);
	if (has(session, KST_IDENTITY_HAS_KPCR))
		put_hex(r, "kpcr", id->kpcr);
	if (has(session, KST_IDENTITY_HAS_TIME_DATE_STAMP))
		put_hex(r, "time_date_stamp", id->time_date_stamp);
	if (has(session, KST_IDENTITY_HAS_SIZE_OF_IMAGE))
		put_number(r, "size_of_image", id->size_of_image);
	if (session->dump_info.present & KST_DUMP_HAS_SYSTEM_TIME)
		put_time(r, "system_time", session->dump_info.system_time);
	if (session->dump_info.present & KST_DUMP_HAS_UP_TIME)
		put_number(r, "up_time", session->dump_info.up_time);
	if (find_kernel_pdb(session, &pdb)) {
		put_text(r, "pdb", pdb.name);
		put_text(r, "pdb_identity", pdb.identity);
	}
	put_text(r, "layout", layout_name(session, layout));
	put_number(r, "layout_members", layout->present);
	if (no_types(session, layout) || (layout->anomalies & KST_LAYOUT_ANOMALY_PARTIAL) != 0) {
		json_t *missing = json_array();

		each_missing(used, missing_json, missing);
		json_object_set_new(r, "layout_missing", missing);
	}
	put_anomalies(r, id->anomalies, kst_identity_anomaly_name);
	put_anomalies(r, layout->anomalies, kst_layout_anomaly_name);
	put_anomalies(r, session->dump_info.anomalies, kst_dump_anomaly_name);
	emit(r);
}

static void time_text(const char *what, uint64_t value, bool date)
{
	json_t *r = json_object();

	if (date) {
		put_time(r, "t", value);
		printf("%s%s\n", what, json_string_value(json_object_get(r, "t")));
	} else {
		uint64_t seconds = value / 10000000;

		printf("%s%" PRIu64 " days %" PRIu64 ":%02" PRIu64 ":%02" PRIu64 ".%03" PRIu64 "\n", what,
		       seconds / 86400, seconds / 3600 % 24, seconds / 60 % 60, seconds % 60, value / 10000 % 1000);
	}
	json_decref(r);
}

/* What a reader can make of an anomaly. */
static const char *meaning_of(const char *anomaly)
{
	static const struct {
		const char *name, *text;
	} meanings[] = {
		{ "truncated", "the file ends before what its header promises" },
		{ "type-differs", "the header names another kind of dump than the file is" },
		{ "overlap", "pieces of the file contradict each other; the first one is used" },
		{ "clamped", "a count or an offset leads out of the file and was cut" },
		{ "count-differs", "totals in the header differ from its map" },
		{ "no-end-mark", "the end mark of a triage dump is missing" },
		{ "dtb-guessed", "several directory bases fit; --dtb ADDR chooses another" },
		{ "block-encoded", "the debugger data block is encoded and was not used" },
		{ "revision-ambiguous", "several revisions have this kernel's time stamp and size" },
		{ "header-differs", "the memory contradicts the header and was believed" },
		{ "revision-guessed",
		  "types of the nearest revision that is known; --layout FILE gives the exact ones" },
		{ "partial", "few types of this build are public; --layout FILE gives the others" },
		{ "block-differs", "the debugger data block corrected the types" },
		{ "pae-reduced", "members that depend on the width of page-table entries are left out" },
	};

	for (size_t i = 0; i < sizeof meanings / sizeof meanings[0]; i++)
		if (strcmp(meanings[i].name, anomaly) == 0)
			return meanings[i].text;
	return NULL;
}

static void anomaly_text(uint64_t bits, const char *(*name)(uint64_t bit))
{
	for (unsigned i = 0; i < 64; i++) {
		const char *anomaly = (bits >> i & 1) != 0 ? name((uint64_t)1 << i) : NULL;
		const char *meaning = anomaly != NULL ? meaning_of(anomaly) : NULL;

		if (anomaly != NULL)
			printf("-- %s%s%s\n", anomaly, meaning != NULL ? ": " : "", meaning != NULL ? meaning : "");
	}
}

static void kernel_text(const struct session *session)
{
	const struct kst_identity *id = &session->identity;

	fputs("Windows kernel", stdout);
	if (has(session, KST_IDENTITY_HAS_BUILD))
		printf(" version %" PRIu32, id->build);
	if (has(session, KST_IDENTITY_HAS_REVISION))
		printf(".%" PRIu32, id->revision);
	if (has(session, KST_IDENTITY_HAS_PROCESSORS))
		printf(" MP (%" PRIu32 " procs)", id->processors);
	printf(" %s\n", arch_text(id));
}

static void types_text(const struct session *session, const struct kst_layout_info *layout,
		       const struct kst_layout *used)
{
	printf("Types: %s, %" PRIu32 " of %" PRIu32 " members known\n", layout_name(session, layout), layout->present,
	       layout->wanted);
	if (no_types(session, layout) || (layout->anomalies & KST_LAYOUT_ANOMALY_PARTIAL) != 0) {
		struct missing_text text = { .column = 0 };

		each_missing(used, missing_text, &text);
		fputs(text.column == 0 ? "" : "\n", stdout);
	}
	if (no_types(session, layout))
		fputs("  no built-in types for this build; give --layout FILE (.pdb, .json, .json.xz, .tsv)\n", stdout);
}

static void info_text(const struct session *session, const struct kst_layout_info *layout,
		      const struct kst_layout *used)
{
	const struct kst_dump_info *info = &session->dump_info;
	const struct kst_identity *id = &session->identity;
	struct kernel_pdb pdb;

	printf("%s: %s\n", session->path, kst_format_name(info->format));
	if (no_kernel(session))
		puts("No Windows kernel was found");
	else
		kernel_text(session);
	if (has(session, KST_IDENTITY_HAS_KERNEL_BASE))
		printf("Kernel base = %s%s", address_text(session, id->kernel_base),
		       id->loaded_modules != 0 ? " " : "");
	if (id->loaded_modules != 0)
		printf("PsLoadedModuleList = %s", address_text(session, id->loaded_modules));
	if (has(session, KST_IDENTITY_HAS_KERNEL_BASE) || id->loaded_modules != 0)
		putchar('\n');
	if (has(session, KST_IDENTITY_HAS_DTB))
		printf("System DirBase = %s (%s)\n", address_text(session, id->dtb),
		       has(session, KST_IDENTITY_HAS_PAGING) ? kst_paging_name(id->paging) : "paging not known");
	if (has(session, KST_IDENTITY_HAS_DEBUGGER_DATA))
		printf("KdDebuggerDataBlock = %s\n", address_text(session, id->debugger_data));
	if (info->present & KST_DUMP_HAS_SYSTEM_TIME)
		time_text("Debug session time: ", info->system_time, true);
	if (info->present & KST_DUMP_HAS_UP_TIME)
		time_text("System Uptime: ", info->up_time, false);
	crash_text(session);
	if (find_kernel_pdb(session, &pdb))
		printf("Kernel PDB: %s %s\n", printable(pdb.name), pdb.identity);
	if (!no_kernel(session))
		types_text(session, layout, used);
	anomaly_text(id->anomalies, kst_identity_anomaly_name);
	anomaly_text(layout->anomalies, kst_layout_anomaly_name);
	anomaly_text(info->anomalies, kst_dump_anomaly_name);
}

int cmd_info(struct session *session, int argc, char **argv)
{
	struct kst_layout_info layout = { .size = sizeof layout };
	const struct kst_layout *used = kst_target_layout(session->target);

	(void)argc;
	(void)argv;
	kst_layout_info(used, &layout);
	if (session->json)
		info_json(session, &layout, used);
	else
		info_text(session, &layout, used);
	return DONE;
}
