/* SPDX-License-Identifier: MIT */
#ifndef KST_DECODE_VERIFIER_H
#define KST_DECODE_VERIFIER_H

#include "view.h"

#include <kstate/verifier.h>

/* Members of one kind of record; KST__MEMBER_COUNT: it has none. */
struct kst__verifier_record {
	uint32_t log;
	uint16_t type, address, bytes, thread, stack, kernel_apc, special_apc, irql;
};

/* NULL for no such log. */
const struct kst__verifier_record *kst__verifier_record(uint32_t log);

/* Operation and index are the walk's. */
void kst__decode_verifier_entry(const struct kst__view *view, const struct kst__verifier_record *record,
				struct kst_verifier_entry *out);

void kst__decode_verifier_settings(const struct kst__view *view, struct kst_verifier_settings *out);

#endif
