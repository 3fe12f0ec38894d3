/* SPDX-License-Identifier: MIT */
/* Return addresses on a stack: the chain of frame pointers on x86, else a scan, which is no unwinding. */
#include <kstate/dpc.h>

#include "module.h"

#define HEADER 0x1000u /* no code lies in the page of an image's headers */
#define KIND   KST__KIND('r', 'e', 't', 'n')

struct returns {
	struct kst__cursor common;
	uint64_t sp, bp, high;
	uint64_t frames; /* 1: still on the chain of frame pointers */
	uint64_t looked; /* steps in the list of modules */
};
KST__CURSOR_FITS(struct returns);

kst_status kst_return_addresses_begin(struct kst_cursor *cursor, const struct kst_target *target,
				      const struct kst_stack_link *link, struct kst_error *err)
{
	struct returns *walk = (struct returns *)(void *)cursor;
	struct kst_stack_link from;

	if (cursor == NULL || target == NULL || link == NULL)
		return kst__fail(err, KST_E_ARG, 0, "an argument is NULL");
	if (kst__in_read(&from, sizeof from, link, sizeof from) != KST_OK)
		return kst__fail(err, KST_E_ABI, 0, "kst_stack_link.size is not known");
	if ((from.present & KST_STACK_LINK_HAS_LIMITS) == 0)
		return kst__fail(err, KST_E_ARG, from.sp, "the link has no limits");
	kst__cursor_begin(cursor, target, KIND);
	walk->sp = from.sp & ~(uint64_t)(kst__pointer_size(target) - 1);
	walk->bp = from.bp;
	walk->high = from.high;
	walk->frames = kst__pointer_size(target) == 4 && (from.present & KST_STACK_LINK_HAS_BP) != 0;
	return KST_OK;
}

/* One candidate: does it lie in a module? KST_END when it does not. */
static kst_status judge(struct returns *walk, uint64_t at, uint64_t value, uint32_t found,
			struct kst_return_address *out, struct kst_error *err)
{
	struct kst_module module;
	kst_status st;

	if (!kst__is_kernel(walk->common.target, value))
		return KST_END;
	st = kst__module_find(walk->common.target, value, &walk->looked, &module, err);
	if (st != KST_OK) /* in no module, or the list of modules does not tell */
		return st == KST_E_HOST || st == KST_E_LIMIT ? st : KST_END;
	if (value - module.base < HEADER) /* a pointer to the image, not into its code */
		return KST_END;
	memset(out, 0, sizeof *out);
	out->found = found;
	out->slot = at;
	out->address = value;
	out->module_base = module.base;
	memcpy(out->module_name, module.name, sizeof out->module_name - 1);
	return KST_OK;
}

/* The next frame of the chain: [bp] is the caller's bp, [bp + 4] the return address. */
static kst_status next_frame(struct returns *walk, uint64_t *at, uint64_t *value, struct kst_error *err)
{
	uint64_t caller;
	kst_status st;

	if (walk->bp < walk->sp || walk->bp >= walk->high || walk->bp % 4 != 0)
		return KST_END;
	*at = walk->bp + 4;
	st = kst__read_pointer(walk->common.target, KST_SPACE_KERNEL, walk->bp, &caller, err);
	if (st == KST_OK)
		st = kst__read_pointer(walk->common.target, KST_SPACE_KERNEL, *at, value, err);
	if (st != KST_OK)
		return st == KST_E_FAULT ? KST_END : st;
	walk->bp = caller > walk->bp ? caller : 0; /* frames go up only */
	return KST_OK;
}

static kst_status next_address(struct returns *walk, struct kst_return_address *out, struct kst_error *err)
{
	const struct kst_target *target = walk->common.target;

	for (;;) {
		uint32_t found = walk->frames ? KST_REGISTERS_FOUND_FRAME : KST_REGISTERS_FOUND_SCAN;
		uint64_t at = walk->sp, value = 0;
		kst_status st;

		if (walk->frames) {
			st = next_frame(walk, &at, &value, err);
			if (st == KST_END) {
				walk->frames = 0;
				continue;
			}
		} else {
			if (walk->sp >= walk->high)
				return kst__cursor_finish(&walk->common, KST_WALK_TERMINATED, KST_END);
			st = kst__cursor_spend(&walk->common, at, err);
			if (st != KST_OK)
				return st;
			walk->sp += kst__pointer_size(target);
			st = kst__read_pointer(target, KST_SPACE_KERNEL, at, &value, err);
			if (st == KST_E_FAULT) {
				walk->common.anomalies |= KST_WALK_ANOMALY_SKIPPED;
				walk->sp = (at | 0xfff) + 1; /* a hole: go on at the next page */
				continue;
			}
		}
		if (st == KST_OK)
			st = judge(walk, at, value, found, out, err);
		if (st != KST_END)
			return st;
	}
}

kst_status kst_return_addresses_next(struct kst_cursor *cursor, struct kst_return_address *out, struct kst_error *err)
{
	struct returns *walk = (struct returns *)(void *)cursor;
	struct kst_return_address ours;
	kst_status st = kst__cursor_ready(cursor, KIND, out, sizeof ours, err);

	if (st != KST_OK)
		return st;
	return kst__cursor_deliver(&walk->common, next_address(walk, &ours, err), out, &ours, sizeof ours, err);
}
