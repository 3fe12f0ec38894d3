/* SPDX-License-Identifier: MIT */
#include "object_record.h"

const char *object_name(const struct session *session, const struct kst_object *object)
{
	static char text[NAME_CAP];
	kst_status st;

	if (!(object->present & KST_OBJECT_HAS_NAME))
		return NULL;
	if (!(object->anomalies & KST_OBJECT_ANOMALY_NAME_CUT))
		return object->name;
	st = kst_object_name(session->target, object->body, text, sizeof text, NULL);
	return st == KST_OK || st == KST_E_LIMIT || st == KST_E_CORRUPT ? text : object->name;
}

void put_object_type(json_t *record, const struct kst_object *object)
{
	if (object->present & KST_OBJECT_HAS_TYPE_NAME)
		put_text(record, "object_type", object->type_name);
	else
		put_null(record, "object_type");
}

void put_object_name(const struct session *session, json_t *record, const struct kst_object *object)
{
	const char *name = object_name(session, object);

	if (name != NULL)
		put_text(record, "name", name);
	else
		put_null(record, "name");
}

static bool get_body(const struct session *session, const struct kst_object *object, struct kst_object_body *body)
{
	body->size = sizeof *body;
	return kst_object_body(session->target, object, body, NULL) == KST_OK && body->kind != KST_OBJECT_KIND_NONE;
}

void put_object_body(const struct session *session, json_t *record, const struct kst_object *object)
{
	static const struct {
		uint64_t bit;
		const char *key;
		size_t offset;
	} addresses[] = {
		{ KST_OBJECT_BODY_HAS_DEVICE, "device", offsetof(struct kst_object_body, device) },
		{ KST_OBJECT_BODY_HAS_DRIVER, "driver", offsetof(struct kst_object_body, driver) },
		{ KST_OBJECT_BODY_HAS_FILE, "file", offsetof(struct kst_object_body, file) },
	};
	struct kst_object_body body;

	if (!get_body(session, object, &body))
		return;
	put_text(record, "kind", kst_object_kind_name(body.kind));
	if (body.present & KST_OBJECT_BODY_HAS_NAME)
		put_text(record, "body_name", body.name);
	if (body.present & KST_OBJECT_BODY_HAS_DEVICE_NAME)
		put_text(record, "device_name", body.device_name);
	for (size_t i = 0; i < sizeof addresses / sizeof addresses[0]; i++) {
		const uint64_t *value = (const uint64_t *)(const void *)((const char *)&body + addresses[i].offset);

		if ((body.present & addresses[i].bit) && *value != 0)
			put_hex(record, addresses[i].key, *value);
	}
	if (body.present & KST_OBJECT_BODY_HAS_FLAGS)
		put_hex(record, "body_flags", body.flags);
	if (body.kind == KST_OBJECT_KIND_PROCESS && (body.present & KST_OBJECT_BODY_HAS_ID))
		put_number(record, "body_pid", body.id);
	if (body.kind == KST_OBJECT_KIND_THREAD && (body.present & KST_OBJECT_BODY_HAS_ID)) {
		put_number(record, "body_pid", body.pid);
		put_number(record, "body_tid", body.id);
	}
	if (body.anomalies != 0) {
		json_t *list = json_array();

		for (unsigned i = 0; i < 64; i++) {
			const char *text = body.anomalies >> i & 1 ? kst_object_body_anomaly_name((uint64_t)1 << i)
								   : NULL;

			if (text != NULL)
				json_array_append_new(list, json_string(text));
		}
		json_object_set_new(record, "body_anomalies", list);
	}
}

void print_object_names(const struct session *session, const struct kst_object *object)
{
	struct kst_object_body body;
	const char *name = object_name(session, object);

	if (name != NULL)
		printf(" %s", printable(name));
	if (!get_body(session, object, &body))
		return;
	if (body.present & KST_OBJECT_BODY_HAS_NAME)
		printf(" %s", printable(body.name));
	if (body.kind == KST_OBJECT_KIND_PROCESS && (body.present & KST_OBJECT_BODY_HAS_ID))
		printf(" (pid %" PRIu64 ")", body.id);
	if (body.kind == KST_OBJECT_KIND_THREAD && (body.present & KST_OBJECT_BODY_HAS_ID))
		printf(" (cid %" PRIx64 ".%" PRIx64 ")", body.pid, body.id);
	if (body.present & KST_OBJECT_BODY_HAS_DEVICE_NAME)
		printf(" {%s}", printable(body.device_name));
}

static void put_list(json_t *record, const char *key, uint64_t bits, const char *(*name)(uint64_t bit))
{
	json_t *list = json_array();

	for (unsigned i = 0; i < 64; i++) {
		const char *text = bits >> i & 1 ? name((uint64_t)1 << i) : NULL;

		if (text != NULL)
			json_array_append_new(list, json_string(text));
	}
	json_object_set_new(record, key, list);
}

static void put_optional_headers(json_t *r, const struct kst_object *o)
{
	if (o->present & KST_OBJECT_HAS_INFO_MASK)
		put_hex(r, "info_mask", o->info_mask);
	if (o->present & KST_OBJECT_HAS_INFOS)
		put_list(r, "infos", o->infos, kst_object_info_name);
	if (o->present & KST_OBJECT_HAS_TYPE_LIST) {
		put_hex(r, "type_list_flink", o->type_list_flink);
		put_hex(r, "type_list_blink", o->type_list_blink);
	}
	if (o->present & KST_OBJECT_HAS_DIRECTORY)
		put_hex(r, "directory", o->directory);
	if (o->present & KST_OBJECT_HAS_NAME_STRING)
		put_number(r, "name_length", o->name_length);
	if (o->present & KST_OBJECT_HAS_EXCLUSIVE)
		put_hex(r, "exclusive_process", o->exclusive_process);
	if (o->present & KST_OBJECT_HAS_QUOTA) {
		put_number(r, "paged_charge", o->paged_charge);
		put_number(r, "nonpaged_charge", o->nonpaged_charge);
	}
}

static void object_json(const struct session *session, const struct kst_object *o, const char *input)
{
	json_t *r = record("object");

	if (input != NULL)
		put_text(r, "input", input);
	put_hex(r, "header", o->header);
	put_hex(r, "body", o->body);
	put_object_type(r, o);
	put_object_name(session, r, o);
	if (o->present & KST_OBJECT_HAS_CREATOR_PID)
		put_number(r, "creator_pid", o->creator_pid);
	else
		put_null(r, "creator_pid");
	if (o->present & KST_OBJECT_HAS_POINTER_COUNT)
		json_object_set_new(r, "pointer_count", json_integer(o->pointer_count));
	else
		put_null(r, "pointer_count");
	if (o->present & KST_OBJECT_HAS_HANDLE_COUNT)
		json_object_set_new(r, "handle_count", json_integer(o->handle_count));
	else
		put_null(r, "handle_count");
	if (o->present & KST_OBJECT_HAS_TYPE)
		put_hex(r, "type_address", o->type);
	if (o->present & KST_OBJECT_HAS_STORED_INDEX)
		put_hex(r, "stored_type_index", o->stored_type_index);
	if (o->present & KST_OBJECT_HAS_TYPE_INDEX)
		put_number(r, "type_index", o->type_index);
	if (o->present & KST_OBJECT_HAS_FLAGS)
		put_hex(r, "flags", o->flags);
	if (o->present & KST_OBJECT_HAS_SECURITY)
		put_hex(r, "security_descriptor", o->security_descriptor);
	put_optional_headers(r, o);
	put_object_body(session, r, o);
	put_anomalies(r, o->anomalies, kst_object_anomaly_name);
	emit(r);
}

void print_object(const struct session *session, const struct kst_object *o, const char *input)
{
	bool directory = (o->present & KST_OBJECT_HAS_DIRECTORY) != 0;
	bool nameless = (o->present & KST_OBJECT_HAS_INFOS) != 0 && (o->infos & KST_OBJECT_INFO_NAME) == 0;

	if (session->json) {
		object_json(session, o, input);
		return;
	}
	printf("Object: %s  Type: (%s) %s\n", address_text(session, o->body),
	       known_address(session, (o->present & KST_OBJECT_HAS_TYPE) != 0, o->type),
	       o->present & KST_OBJECT_HAS_TYPE_NAME ? printable(o->type_name) : "?");
	printf("    ObjectHeader: %s", address_text(session, o->header));
	for (unsigned i = 0; i < 8; i++)
		if (o->info_address[i] != 0)
			printf("  %s %s", kst_object_info_name((uint64_t)1 << i),
			       address_text(session, o->info_address[i]));
	printf("\n    HandleCount: %s  PointerCount: %s",
	       known_number((o->present & KST_OBJECT_HAS_HANDLE_COUNT) != 0, o->handle_count),
	       known_number((o->present & KST_OBJECT_HAS_POINTER_COUNT) != 0, o->pointer_count));
	if (o->present & KST_OBJECT_HAS_CREATOR_PID)
		printf("  Creator: %" PRIu64, o->creator_pid);
	if (o->present & KST_OBJECT_HAS_STORED_INDEX)
		printf("  TypeIndex: %02x", o->stored_type_index);
	/* the optional header with the name tells; an object without it is in none */
	printf("\n    Directory Object: %s  Name:",
	       known_address(session, directory || nameless, directory ? o->directory : 0));
	print_object_names(session, o);
	putchar('\n');
	for (unsigned i = 0; i < 64; i++)
		if (o->anomalies >> i & 1)
			printf("    ! %s\n", kst_object_anomaly_name((uint64_t)1 << i));
}
