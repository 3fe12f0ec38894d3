/* SPDX-License-Identifier: MIT */
#include "process_records.h"
#include "user_records.h"

int cmd_lmu(struct session *session, int argc, char **argv);

int cmd_lmu(struct session *session, int argc, char **argv)
{
	struct kst_process process = { 0 };
	int result = find_process(session, argv[0], &process);

	(void)argc;
	return result == DONE ? list_user_modules(session, &process) : result;
}
