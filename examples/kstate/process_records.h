/* SPDX-License-Identifier: MIT */
/* How processes, threads, PEBs and user modules are printed: shared by the commands that show them. */
#ifndef KSTATE_TOOL_PROCESS_RECORDS_H
#define KSTATE_TOOL_PROCESS_RECORDS_H

#include "kstate.h"

/* `listed`: 1 on the list of active processes, 0 not on it, -1 not known (the list could not be read). */
/* `sources`: what knows of it; may be NULL. */
void show_process(const struct session *session, const struct kst_process *process, int listed,
		  const struct kst_process_sources *sources);
/* A source that should know the process and does not is an anomaly of the process. */
void judge_sources(struct kst_process *process, const struct kst_process_sources *sources);
void show_thread(const struct session *session, const struct kst_thread *thread);

/* The process with the id that the argument names; complains, returns a status for main. */
int find_process(struct session *session, const char *argument, struct kst_process *out);

/* How many processors to ask for what they were running: 1 where the number is not known, and never without end. */
uint32_t processors_asked(const struct session *session);

/* All threads of a process (0: of all processes); returns a status for main. */
int list_threads(struct session *session, uint64_t process);

#endif
