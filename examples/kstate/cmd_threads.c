/* SPDX-License-Identifier: MIT */
#include "process_records.h"

int cmd_threads(struct session *session, int argc, char **argv);

int cmd_threads(struct session *session, int argc, char **argv)
{
	struct kst_process process = { 0 };
	int result = DONE;

	if (argc > 0)
		result = find_process(session, argv[0], &process);
	else if (!need_target(session))
		return CANNOT;
	return result == DONE ? list_threads(session, process.address) : result;
}
