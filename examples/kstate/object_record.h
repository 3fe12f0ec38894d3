/* SPDX-License-Identifier: MIT */
/* How the commands about objects print one. */
#ifndef KSTATE_TOOL_OBJECT_RECORD_H
#define KSTATE_TOOL_OBJECT_RECORD_H

#include "kstate.h"

#define NAME_CAP 0x20000 /* a name has 32767 characters at most */

/* The whole name of an object in one static buffer; NULL when it has none, or it could not be read. */
const char *object_name(const struct session *session, const struct kst_object *object);

/* "object_type" and "name" as text or null. */
void put_object_type(json_t *record, const struct kst_object *object);
void put_object_name(const struct session *session, json_t *record, const struct kst_object *object);

/* What the body tells, as "kind", "body_name" and others; nothing for a body that tells none. */
void put_object_body(const struct session *session, json_t *record, const struct kst_object *object);

/* One whole record "object" (input may be NULL), or one line of text. */
void print_object(const struct session *session, const struct kst_object *object, const char *input);

/* Name and body in words, to end a line with. */
void print_object_names(const struct session *session, const struct kst_object *object);

#endif
