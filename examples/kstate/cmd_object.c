/* SPDX-License-Identifier: MIT */
/* One object, by the address of its body or its header. */
#include "object_record.h"

int cmd_object(struct session *session, int argc, char **argv);

static int one(struct session *session, uint64_t address, const char *input)
{
	struct kst_object object = { .size = sizeof object };
	struct kst_error error = { .size = sizeof error };
	kst_status st = kst_object_at(session->target, address, KST_OBJECT_AT_EITHER, &object, &error);

	if (st == KST_OK) {
		print_object(session, &object, input);
		return DONE;
	}
	if (!answers_line(input, st))
		return complain("object", st, &error);
	if (session->json) {
		static const char *const keys[] = { "header",      "body",          "object_type", "name",
						    "creator_pid", "pointer_count", "handle_count" };
		json_t *r = record("object");

		put_text(r, "input", input);
		for (size_t i = 0; i < sizeof keys / sizeof keys[0]; i++)
			put_null(r, keys[i]);
		emit(r);
	} else {
		printf("%s: no object: %s\n", input, error.message);
	}
	return DONE;
}

int cmd_object(struct session *session, int argc, char **argv)
{
	(void)argc;
	if (!need_target(session))
		return CANNOT;
	return each_address(session, argv[0], false, one);
}
