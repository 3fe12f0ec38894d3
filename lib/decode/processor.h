/* SPDX-License-Identifier: MIT */
#ifndef KST_DECODE_PROCESSOR_H
#define KST_DECODE_PROCESSOR_H

#include "view.h"

#include <kstate/dpc.h>

/* The KPRCB behind a view; the KPCR's share, and a context outside of the KPRCB, are added by the walk. */
void kst__decode_processor(const struct kst__view *view, struct kst_processor *out);

/* Ip, sp and bp of the CONTEXT at `base` of a view; nothing where it is not at hand or was never written. */
void kst__decode_processor_context(const struct kst__view *view, uint64_t base, struct kst_processor *out);

#endif
