/* SPDX-License-Identifier: MIT */
#include "process_records.h"
#include "user_records.h"

int cmd_peb(struct session *session, int argc, char **argv);

int cmd_peb(struct session *session, int argc, char **argv)
{
	struct kst_process process = { 0 };
	int result = find_process(session, argv[0], &process);

	(void)argc;
	if (result == DONE)
		result = show_peb(session, &process, 0);
	if (result == DONE && session->identity.arch != KST_ARCH_X86)
		result = show_peb(session, &process, 32); /* prints nothing unless it is a WOW64 process */
	return result;
}
