/* SPDX-License-Identifier: MIT */
/* Every object of a type: `objects File`, or as in the debugger `objects 0 File`. */
#include "object_record.h"

#include <string.h>

int cmd_objects(struct session *session, int argc, char **argv);

/* A type by name, by index (decimal), or by the address of its _OBJECT_TYPE. */
static kst_status find(const struct session *session, const char *text, struct kst_object_type *type,
		       struct kst_error *error)
{
	uint64_t number;
	kst_status st = kst_object_type_find(session->target, text, 0, type, error);

	if (st == KST_OK || st == KST_E_HOST)
		return st;
	if (parse_decimal(text, &number) && number <= 0xff &&
	    kst_object_type_find(session->target, NULL, (uint32_t)number, type, error) == KST_OK)
		return KST_OK;
	if (parse_hex(text, &number) && number > 0xffff)
		return kst_object_type_at(session->target, number, type, error);
	return st;
}

static void tell_tracking(const struct kst_object_type *type)
{
	static const char *const reasons[] = {
		"whether objects of this type are linked is not known here",
		"objects of this type are not linked (global flag 0x4000 was off at boot): see handles, directory, "
		"poolfind",
	};

	if (type->tracking < sizeof reasons / sizeof reasons[0])
		fprintf(stderr, "kstate: %s\n", reasons[type->tracking]);
}

static kst_status walk(const struct session *session, uint64_t type, uint32_t flags, struct kst_cursor *cursor,
		       struct kst_error *error)
{
	struct kst_object object = { .size = sizeof object };
	kst_status st = kst_objects_begin(cursor, session->target, type, flags, error);

	if (st != KST_OK)
		return st;
	while ((st = kst_objects_next(cursor, &object, error)) == KST_OK)
		print_object(session, &object, NULL);
	emit_walk(session, flags & KST_OBJECTS_BACKWARDS ? "object-backwards" : "object", cursor);
	return st;
}

int cmd_objects(struct session *session, int argc, char **argv)
{
	struct kst_object_type type = { .size = sizeof type };
	struct kst_object_list list = { .size = sizeof list };
	struct kst_error error = { .size = sizeof error };
	struct kst_cursor cursor = { 0 };
	const char *name = argv[argc - 1];
	bool counted;
	kst_status st;

	if (argc == 2 && strcmp(argv[0], "0") != 0) {
		fprintf(stderr, "kstate: usage: objects SOURCE [0] TYPE\n");
		return USAGE;
	}
	if (!need_target(session))
		return CANNOT;
	st = find(session, name, &type, &error);
	if (st == KST_END) {
		fprintf(stderr, "kstate: there is no object type %s; `kstate types` lists what there is\n", name);
		return CANNOT;
	}
	if (st != KST_OK)
		return complain("objects", st, &error);
	counted = (type.present & KST_OBJECT_TYPE_HAS_OBJECTS) != 0;
	if (!session->json)
		printf("Scanning %s objects of type '%s'\n", known_number(counted, type.objects),
		       type.present & KST_OBJECT_TYPE_HAS_NAME ? printable(type.name) : "?");
	st = walk(session, type.address, 0, &cursor, &error);
	if (st == KST_END && kst_cursor_count(&cursor) == 0)
		tell_tracking(&type);
	if (st == KST_END) {
		if (!session->json && counted && kst_cursor_anomalies(&cursor) & KST_WALK_ANOMALY_COUNT)
			printf("-- %" PRIu64 " in the list, the type counts %u\n", kst_cursor_count(&cursor),
			       (unsigned)type.objects);
		return DONE;
	}
	complain("objects", st, &error);
	if (st != KST_E_HOST && kst_object_list_check(session->target, type.address, &list, &error) == KST_OK &&
	    list.backward > 0)
		st = walk(session, type.address, KST_OBJECTS_BACKWARDS, &cursor, &error);
	return st != KST_E_HOST && kst_cursor_count(&cursor) > 0 ? DONE : CANNOT;
}
