/* SPDX-License-Identifier: MIT */
#ifndef KST_DECODE_THREAD_H
#define KST_DECODE_THREAD_H

#include "view.h"

#include <kstate/thread.h>

/* Fill *out (zeroed here) from the ETHREAD that the view shows. */
void kst__decode_thread(const struct kst__view *view, uint64_t address, struct kst_thread *out);

/* Does the layout know any member of a thread? */
bool kst__thread_known(const struct kst_layout *layout);

#endif
