/* SPDX-License-Identifier: MIT */
#include "kstate.h"

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

static void put_bugcheck(const struct session *session, json_t *r)
{
	const struct kst_dump_info *info = &session->dump_info;
	const char *name = kst_bugcheck_name(info->bugcheck_code);
	json_t *list;

	if ((info->present & KST_DUMP_HAS_BUGCHECK) == 0)
		return;
	put_hex(r, "bugcheck", info->bugcheck_code);
	list = json_array();
	for (int i = 0; i < 4; i++) {
		char text[24];

		snprintf(text, sizeof text, "0x%" PRIx64, info->bugcheck_parameters[i]);
		json_array_append_new(list, json_string(text));
	}
	json_object_set_new(r, "parameters", list);
	if (name != NULL)
		put_text(r, "bugcheck_name", name);
	put_bool(r, "manual_crash", kst_bugcheck_is_manual(info->bugcheck_code, info->bugcheck_parameters) != 0);
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

/* Types without a single place are told by name; `user` is the last one told. */
static void missing_text(void *user, const char *type, const char *path)
{
	char *last = user;

	if (path[0] != '\0' || strcmp(last, type) == 0)
		return;
	printf("%s %s", last[0] == '\0' ? "  of unknown size:" : ",", type);
	snprintf(last, NAME_BYTES, "%s", type);
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
	put_bugcheck(session, r);
	if (has(session, KST_IDENTITY_HAS_PAGING))
		put_text(r, "paging", kst_paging_name(id->paging));
	if (has(session, KST_IDENTITY_HAS_DEBUGGER_DATA))
		put_hex(r, "debugger_data", id->debugger_data);
	if (has(session, KST_IDENTITY_HAS_KPCR))
		put_hex(r, "kpcr", id->kpcr);
	if (has(session, KST_IDENTITY_HAS_TIME_DATE_STAMP))
		put_hex(r, "time_date_stamp", id->time_date_stamp);
	if (has(session, KST_IDENTITY_HAS_SIZE_OF_IMAGE))
		put_hex(r, "size_of_image", id->size_of_image);
	if (session->dump_info.present & KST_DUMP_HAS_SYSTEM_TIME)
		put_time(r, "system_time", session->dump_info.system_time);
	if (session->dump_info.present & KST_DUMP_HAS_UP_TIME)
		put_number(r, "up_time", session->dump_info.up_time);
	if (find_kernel_pdb(session, &pdb)) {
		put_text(r, "pdb", pdb.name);
		put_text(r, "pdb_identity", pdb.identity);
	}
	put_text(r, "layout", layout->present > 0 || !session->no_types ? layout->name : "none");
	put_number(r, "layout_members", layout->present);
	if (session->no_types || (layout->anomalies & KST_LAYOUT_ANOMALY_PARTIAL) != 0) {
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

static void bugcheck_text(const struct kst_dump_info *info)
{
	const char *name = kst_bugcheck_name(info->bugcheck_code);

	printf("Bugcheck code %08" PRIX32 "%s%s%s\nArguments", info->bugcheck_code, name == NULL ? "" : " ",
	       name == NULL ? "" : name,
	       kst_bugcheck_is_manual(info->bugcheck_code, info->bugcheck_parameters) ? " (started by hand)" : "");
	for (int i = 0; i < 4; i++)
		printf(" %016" PRIx64, info->bugcheck_parameters[i]);
	putchar('\n');
}

static void anomaly_text(uint64_t bits, const char *(*name)(uint64_t bit))
{
	for (unsigned i = 0; i < 64; i++)
		if ((bits >> i & 1) != 0 && name((uint64_t)1 << i) != NULL)
			printf("-- %s\n", name((uint64_t)1 << i));
}

static void info_text(const struct session *session, const struct kst_layout_info *layout,
		      const struct kst_layout *used)
{
	const struct kst_dump_info *info = &session->dump_info;
	const struct kst_identity *id = &session->identity;
	struct kernel_pdb pdb;

	printf("%s: %s\n", session->path, kst_format_name(info->format));
	fputs("Windows kernel", stdout);
	if (has(session, KST_IDENTITY_HAS_BUILD))
		printf(" version %" PRIu32, id->build);
	if (has(session, KST_IDENTITY_HAS_REVISION))
		printf(".%" PRIu32, id->revision);
	if (has(session, KST_IDENTITY_HAS_PROCESSORS))
		printf(" MP (%" PRIu32 " procs)", id->processors);
	printf(" %s\n", arch_text(id));
	if (has(session, KST_IDENTITY_HAS_KERNEL_BASE))
		printf("Kernel base = %s", address_text(session, id->kernel_base));
	if (id->loaded_modules != 0)
		printf(" PsLoadedModuleList = %s", address_text(session, id->loaded_modules));
	if (has(session, KST_IDENTITY_HAS_KERNEL_BASE) || id->loaded_modules != 0)
		putchar('\n');
	if (has(session, KST_IDENTITY_HAS_DTB))
		printf("System DirBase = %s (%s)\n", address_text(session, id->dtb), kst_paging_name(id->paging));
	if (has(session, KST_IDENTITY_HAS_DEBUGGER_DATA))
		printf("KdDebuggerDataBlock = %s\n", address_text(session, id->debugger_data));
	if (info->present & KST_DUMP_HAS_SYSTEM_TIME)
		time_text("Debug session time: ", info->system_time, true);
	if (info->present & KST_DUMP_HAS_UP_TIME)
		time_text("System Uptime: ", info->up_time, false);
	if (info->present & KST_DUMP_HAS_BUGCHECK)
		bugcheck_text(info);
	if (find_kernel_pdb(session, &pdb))
		printf("Kernel PDB: %s %s\n", pdb.name, pdb.identity);
	printf("Types: %s, %" PRIu32 " of %" PRIu32 " members known\n", layout->name, layout->present, layout->wanted);
	if (session->no_types || (layout->anomalies & KST_LAYOUT_ANOMALY_PARTIAL) != 0) {
		char last[NAME_BYTES] = "";

		each_missing(used, missing_text, last);
		fputs(last[0] == '\0' ? "" : "\n", stdout);
	}
	if (session->no_types)
		fputs("  no built-in types for this build; give --layout FILE (.pdb, .json, .json.xz, .tsv)\n", stdout);
	anomaly_text(id->anomalies, kst_identity_anomaly_name);
	anomaly_text(layout->anomalies, kst_layout_anomaly_name);
	anomaly_text(info->anomalies, kst_dump_anomaly_name);
}

int cmd_info(struct session *session, int argc, char **argv)
{
	struct kst_layout_info layout = { .size = sizeof layout };
	const struct kst_layout *used = session->target != NULL ? kst_target_layout(session->target) : session->layout;

	(void)argc;
	(void)argv;
	kst_layout_info(used, &layout);
	if (session->json)
		info_json(session, &layout, used);
	else
		info_text(session, &layout, used);
	return DONE;
}
