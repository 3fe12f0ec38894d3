/* SPDX-License-Identifier: MIT */
#include "process_records.h"
#include "user_records.h"

int cmd_process(struct session *session, int argc, char **argv);

/* Everything of one process, like !process PID 1f without symbols. */
int cmd_process(struct session *session, int argc, char **argv)
{
	struct kst_process process = { 0 };
	struct kst_process_sources sources = { .size = sizeof sources };
	int result = find_process(session, argv[0], &process);
	bool asked;

	(void)argc;
	if (result != DONE)
		return result;
	asked = process.pid != 0 && /* the Idle process is in no source */
		kst_process_sources(session->target, process.address, &sources, NULL) == KST_OK;
	if (asked)
		judge_sources(&process, &sources);
	show_process(session, &process, process.pid == 0 ? 0 : -1, asked ? &sources : NULL);
	list_threads(session, process.address); /* what is missing of one part says nothing of the others */
	list_user_modules(session, &process);
	result = show_peb(session, &process, 0);
	if (result == DONE && session->identity.arch != KST_ARCH_X86)
		result = show_peb(session, &process, 32);
	return result;
}
