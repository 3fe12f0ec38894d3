/* SPDX-License-Identifier: MIT */
/* What a dump's container says of the crash: bug check, exception record, registers. */
#ifndef KSTATE_TOOL_CRASH_RECORDS_H
#define KSTATE_TOOL_CRASH_RECORDS_H

#include "kstate.h"

void put_crash(const struct session *session, json_t *record);
void crash_text(const struct session *session); /* as .bugcheck, .exr and .cxr print it */

#endif
