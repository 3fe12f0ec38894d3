/* SPDX-License-Identifier: MIT */
/* Every object type. */
#include "kstate.h"

int cmd_types(struct session *session, int argc, char **argv);

static void type_json(const struct kst_object_type *t)
{
	json_t *r = record("object_type");

	put_hex(r, "address", t->address);
	if (t->present & KST_OBJECT_TYPE_HAS_NAME)
		put_text(r, "name", t->name);
	else
		put_null(r, "name");
	if (t->present & KST_OBJECT_TYPE_HAS_INDEX)
		put_number(r, "index", t->index);
	else
		put_null(r, "index");
	if (t->present & KST_OBJECT_TYPE_HAS_KEY)
		put_tag(r, "key", t->key);
	else
		put_null(r, "key");
	if (t->present & KST_OBJECT_TYPE_HAS_OBJECTS)
		put_number(r, "objects", t->objects);
	else
		put_null(r, "objects");
	if (t->present & KST_OBJECT_TYPE_HAS_HANDLES)
		put_number(r, "handles", t->handles);
	else
		put_null(r, "handles");
	if (t->tracking != KST_OBJECT_TRACKING_UNKNOWN)
		put_bool(r, "tracked", t->tracking != KST_OBJECT_TRACKING_OFF);
	else
		put_null(r, "tracked");
	put_text(r, "tracking", kst_object_tracking_name(t->tracking));
	if (t->present & KST_OBJECT_TYPE_HAS_HIGH) {
		put_number(r, "high_objects", t->high_objects);
		put_number(r, "high_handles", t->high_handles);
	}
	if (t->present & KST_OBJECT_TYPE_HAS_POOL_TYPE)
		put_number(r, "pool_type", t->pool_type);
	if (t->present & KST_OBJECT_TYPE_HAS_VALID_ACCESS)
		put_hex(r, "valid_access", t->valid_access);
	if (t->present & KST_OBJECT_TYPE_HAS_LIST)
		put_hex(r, "list_head", t->list_head);
	put_anomalies(r, t->anomalies, kst_object_type_anomaly_name);
	emit(r);
}

static void type_text(const struct session *session, const struct kst_object_type *t)
{
	char tag[5] = "?   ";

	if (t->present & KST_OBJECT_TYPE_HAS_KEY)
		tag_text(tag, t->key);
	printf("%s  %5s %s %8s %8s  %-7s  %s\n", address_text(session, t->address),
	       known_number((t->present & KST_OBJECT_TYPE_HAS_INDEX) != 0, t->index), tag,
	       known_number((t->present & KST_OBJECT_TYPE_HAS_OBJECTS) != 0, t->objects),
	       known_number((t->present & KST_OBJECT_TYPE_HAS_HANDLES) != 0, t->handles),
	       kst_object_tracking_name(t->tracking), t->present & KST_OBJECT_TYPE_HAS_NAME ? printable(t->name) : "?");
}

int cmd_types(struct session *session, int argc, char **argv)
{
	struct kst_cursor cursor;
	struct kst_object_type type = { .size = sizeof type };
	struct kst_error error = { .size = sizeof error };
	kst_status st;

	(void)argc;
	(void)argv;
	if (!need_target(session))
		return CANNOT;
	st = kst_object_types_begin(&cursor, session->target, &error);
	if (st != KST_OK)
		return complain("types", st, &error);
	heading(session, "@address  index key   objects  handles  list     type");
	while ((st = kst_object_types_next(&cursor, &type, &error)) == KST_OK) {
		if (session->json)
			type_json(&type);
		else
			type_text(session, &type);
	}
	return end_walk(session, "types", "object_type", &cursor, st, &error);
}
