/* SPDX-License-Identifier: MIT */
/* The object directory, from the root or from a path, with everything below. */
#include "object_record.h"

#include <stdlib.h>
#include <string.h>

int cmd_directory(struct session *session, int argc, char **argv);

enum { DEPTH_MOST = 17 };

/* The path of what is at one depth, kept for what is below it. */
static char *paths[DEPTH_MOST + 1];

static const char *join(uint32_t depth, const char *name)
{
	const char *above = paths[depth];
	size_t length = strlen(above) + strlen(name) + 2;
	char *path = malloc(length);

	if (path == NULL)
		return name;
	snprintf(path, length, "%s%s%s", above, above[strlen(above) - 1] == '\\' ? "" : "\\", name);
	free(paths[depth + 1]);
	paths[depth + 1] = path;
	return path;
}

static void print_entry(const struct session *session, const struct kst_directory_entry *entry)
{
	struct kst_object object = { .size = sizeof object };
	bool known = (entry->present & KST_DIRECTORY_ENTRY_HAS_OBJECT) != 0 &&
		     !(entry->anomalies & KST_DIRECTORY_ENTRY_ANOMALY_POINTER) &&
		     kst_object_at(session->target, entry->body, KST_OBJECT_AT_BODY, &object, NULL) == KST_OK;
	const char *name = known ? object_name(session, &object) : NULL;
	const char *path = join(entry->depth < DEPTH_MOST ? entry->depth : DEPTH_MOST - 1, name == NULL ? "?" : name);
	json_t *r;

	if (!session->json) {
		printf("%-*s  %-20s %s", address_width(session),
		       known_address(session, (entry->present & KST_DIRECTORY_ENTRY_HAS_OBJECT) != 0, entry->body),
		       object.present & KST_OBJECT_HAS_TYPE_NAME ? printable(object.type_name) : "?", printable(path));
		if (known) {
			object.present &= ~(uint64_t)KST_OBJECT_HAS_NAME; /* the path ends with it */
			print_object_names(session, &object);
		}
		putchar('\n');
		return;
	}
	r = record("directory_entry");
	if (name != NULL)
		put_text(r, "path", path);
	else
		put_null(r, "path");
	if (known)
		put_hex(r, "header", object.header);
	else
		put_null(r, "header");
	if (entry->present & KST_DIRECTORY_ENTRY_HAS_OBJECT)
		put_hex(r, "body", entry->body);
	else
		put_null(r, "body");
	put_object_type(r, &object);
	put_number(r, "depth", entry->depth);
	put_number(r, "bucket", entry->bucket);
	if (known)
		put_object_body(session, r, &object);
	put_anomalies(r, entry->anomalies, kst_directory_entry_anomaly_name);
	emit(r);
}

static kst_status list(const struct session *session, uint64_t directory, struct kst_cursor *cursor,
		       struct kst_error *error)
{
	struct kst_directory_entry entry = { .size = sizeof entry };
	kst_status st = kst_directory_begin(cursor, session->target, directory, KST_DIRECTORY_RECURSE, error);

	if (st != KST_OK)
		return st;
	heading(session, "@object  type                 path");
	while ((st = kst_directory_next(cursor, &entry, error)) == KST_OK)
		print_entry(session, &entry);
	emit_walk(session, "directory_entry", cursor);
	return st;
}

/* PATH may name something that is no directory: then it is the answer itself. */
static bool is_directory(const struct session *session, uint64_t body)
{
	struct kst_object_type type = { .size = sizeof type };

	return kst_object_type_of(session->target, body, &type, NULL) != KST_OK || strcmp(type.name, "Directory") == 0;
}

int cmd_directory(struct session *session, int argc, char **argv)
{
	const char *path = argc == 1 ? argv[0] : "\\";
	struct kst_cursor cursor;
	struct kst_error error = { .size = sizeof error };
	uint64_t body;
	kst_status st;

	if (path[0] != '\\') {
		fprintf(stderr, "kstate: PATH begins with a backslash, such as \\Device\n");
		return USAGE;
	}
	if (!need_target(session))
		return CANNOT;
	st = kst_directory_find(session->target, path, &body, &error);
	if (st == KST_END) {
		fprintf(stderr, "kstate: there is no object %s\n", path);
		return CANNOT;
	}
	if (st != KST_OK)
		return complain("directory", st, &error);
	if (!is_directory(session, body)) {
		struct kst_object object = { .size = sizeof object };

		st = kst_object_at(session->target, body, KST_OBJECT_AT_BODY, &object, &error);
		if (st != KST_OK)
			return complain("directory", st, &error);
		print_object(session, &object, NULL);
		return DONE;
	}
	paths[0] = malloc(strlen(path) + 1);
	if (paths[0] == NULL)
		return CANNOT;
	memcpy(paths[0], path, strlen(path) + 1);
	memset(&cursor, 0, sizeof cursor);
	st = list(session, body, &cursor, &error);
	for (size_t i = 0; i < sizeof paths / sizeof paths[0]; i++)
		free(paths[i]);
	if (st == KST_END &&
	    (kst_cursor_count(&cursor) > 0 || !(kst_cursor_anomalies(&cursor) & KST_WALK_ANOMALY_SKIPPED)))
		return DONE;
	if (st == KST_END)
		st = KST_E_FAULT; /* nothing of it is there: error tells where */
	complain("directory", st, &error);
	return kst_cursor_count(&cursor) > 0 ? DONE : CANNOT;
}
