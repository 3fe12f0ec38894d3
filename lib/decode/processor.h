/* SPDX-License-Identifier: MIT */
#ifndef KST_DECODE_PROCESSOR_H
#define KST_DECODE_PROCESSOR_H

#include "view.h"

#include <kstate/dpc.h>

/* The KPRCB behind a view; the KPCR's share is added by the walk. */
void kst__decode_processor(const struct kst__view *view, struct kst_processor *out);

#endif
