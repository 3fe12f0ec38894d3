/* SPDX-License-Identifier: MIT */
/* How PEBs and the modules of a process are printed. */
#ifndef KSTATE_TOOL_USER_RECORDS_H
#define KSTATE_TOOL_USER_RECORDS_H

#include "kstate.h"

/* The PEB of one width as !peb prints it; a PEB that is paged out, or none, is said. Returns a status for main. */
int show_peb(const struct session *session, const struct kst_process *process, uint32_t bits);

/* The three loader lists of every loader that the process has (64- and 32-bit). Returns a status for main. */
int list_user_modules(const struct session *session, const struct kst_process *process);

/* The text of a kst_text, from the heap: free() it. NULL when nothing of it is in memory. */
char *text_of(const struct session *session, kst_space space, const struct kst_text *text);

#endif
