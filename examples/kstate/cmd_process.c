/* SPDX-License-Identifier: MIT */
#include "process_records.h"
#include "user_records.h"

int cmd_process(struct session *session, int argc, char **argv);

/* Everything of one process, like !process PID 1f without symbols. */
int cmd_process(struct session *session, int argc, char **argv)
{
	struct kst_process process = { 0 };
	int result = find_process(session, argv[0], &process);

	(void)argc;
	if (result != DONE)
		return result;
	show_process(session, &process, process.pid == 0 ? 0 : -1);
	list_threads(session, process.address); /* what is missing of one part says nothing of the others */
	list_user_modules(session, &process);
	result = show_peb(session, &process, 0);
	if (result == DONE && session->identity.arch != KST_ARCH_X86)
		result = show_peb(session, &process, 32);
	return result;
}
