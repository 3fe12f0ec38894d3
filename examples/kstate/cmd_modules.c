/* SPDX-License-Identifier: MIT */
#include "kstate.h"

int cmd_modules(struct session *session, int argc, char **argv);

static void module_json(const struct kst_module *m)
{
	json_t *r = record("module");

	if (m->present & KST_MODULE_HAS_BASE)
		put_hex(r, "base", m->base);
	if (m->present & KST_MODULE_HAS_SIZE)
		put_number(r, "size", m->size_of_image);
	if (m->present & KST_MODULE_HAS_NAME)
		put_text(r, "name", m->name);
	if (m->present & KST_MODULE_HAS_PATH)
		put_text(r, "path", m->path);
	if (m->address != 0)
		put_hex(r, "entry", m->address);
	if (m->present & KST_MODULE_HAS_ENTRY_POINT)
		put_hex(r, "entry_point", m->entry_point);
	if (m->present & KST_MODULE_HAS_STAMP)
		put_hex(r, "time_date_stamp", m->time_date_stamp);
	if (m->present & KST_MODULE_HAS_CHECKSUM)
		put_hex(r, "checksum", m->checksum);
	put_anomalies(r, m->anomalies, kst_module_anomaly_name);
	emit(r);
}

static void module_text(const struct session *session, const struct kst_module *m)
{
	bool base = (m->present & KST_MODULE_HAS_BASE) != 0;

	print_range(session, base, m->base, base && (m->present & KST_MODULE_HAS_SIZE) != 0,
		    m->base + m->size_of_image);
	printf("   %-16s %s\n", m->present & KST_MODULE_HAS_NAME ? printable(m->name) : "?",
	       m->present & KST_MODULE_HAS_PATH ? printable(m->path) : "");
}

int cmd_modules(struct session *session, int argc, char **argv)
{
	struct kst_module module = { .size = sizeof module };
	struct kst_error error = { .size = sizeof error };
	struct kst_cursor cursor;
	kst_status st;

	(void)argc;
	(void)argv;
	if (!need_target(session))
		return CANNOT;
	st = kst_kernel_modules_begin(&cursor, session->target, &error);
	if (st != KST_OK)
		return complain("modules", st, &error);
	heading(session, "@start @end   module name");
	while ((st = kst_kernel_modules_next(&cursor, &module, &error)) == KST_OK) {
		if (session->json)
			module_json(&module);
		else
			module_text(session, &module);
	}
	return end_walk(session, "modules", "module", &cursor, st, &error);
}
