/* SPDX-License-Identifier: MIT */
/* Every processor: KiProcessorBlock, or the one whose KPCR is known. */
#include "../decode/processor.h"

#include "target.h"

#define KIND KST__KIND('p', 'r', 'c', 'b')

struct processors {
	struct kst__cursor common;
	uint64_t array; /* KiProcessorBlock, or 0 */
	uint64_t only;  /* the one KPRCB, where there is no array */
	uint32_t next;
	uint32_t slots;
};
KST__CURSOR_FITS(struct processors);

kst_status kst_processors_begin(struct kst_cursor *cursor, const struct kst_target *target, struct kst_error *err)
{
	struct processors *walk = (struct processors *)(void *)cursor;
	const struct kst__member *data;
	uint64_t array = 0;

	if (cursor == NULL || target == NULL)
		return kst__fail(err, KST_E_ARG, 0, "an argument is NULL");
	data = kst__member(&target->layout, KST__M_KPCR_PRCB_DATA);
	if (!kst__symbol(target, KST__S_KiProcessorBlock, &array) &&
	    ((target->identity.present & KST_IDENTITY_HAS_KPCR) == 0 || !data->present))
		return kst__fail(err, KST_E_NO_MEMBER, 0, "neither KiProcessorBlock nor a KPCR is known");
	kst__cursor_begin(cursor, target, KIND);
	walk->array = array;
	if ((target->identity.present & KST_IDENTITY_HAS_KPCR) != 0 && data->present)
		walk->only = target->identity.kpcr + data->offset;
	walk->slots = kst__processors(target);
	return KST_OK;
}

/* The KPRCB of the next slot; KST_END after the last. A hole in the middle is stepped over only if the count is known. */
static kst_status next_slot(struct processors *walk, uint64_t *kprcb, uint32_t *slot, struct kst_error *err)
{
	const struct kst_target *target = walk->common.target;

	while (walk->array != 0 && walk->next < walk->slots) {
		bool counted = (target->identity.present & KST_IDENTITY_HAS_PROCESSORS) != 0;
		kst_status st;

		*slot = walk->next++;
		st = kst__read_pointer(target, KST_SPACE_KERNEL,
				       walk->array + (uint64_t)*slot * kst__pointer_size(target), kprcb, err);
		if (st == KST_E_FAULT || (st == KST_OK && (!kst__is_kernel(target, *kprcb) || *kprcb % 8 != 0))) {
			if (!counted)
				break;
			walk->common.anomalies |= KST_WALK_ANOMALY_SKIPPED;
			continue;
		}
		return st;
	}
	walk->next = walk->slots;
	return KST_END;
}

static kst_status decode_one(struct processors *walk, uint64_t kprcb, struct kst_processor *ours)
{
	const struct kst_target *target = walk->common.target;
	const struct kst__member *data = kst__member(&target->layout, KST__M_KPCR_PRCB_DATA);
	const struct kst__member *self = kst__member(&target->layout, KST__M_KPCR_SELF);
	kst_status failure = KST_OK;
	struct kst__view view = kst__view_target(target, KST_SPACE_KERNEL, kprcb, &failure);
	uint64_t value;

	kst__decode_processor(&view, ours);
	if ((ours->present & KST_PROCESSOR_HAS_CONTEXT) == 0 && kst__get(&view, KST__M_KPRCB_CONTEXT, &value) &&
	    kst__is_kernel(target, value)) {
		view = kst__view_target(target, KST_SPACE_KERNEL, value, &failure);
		kst__decode_processor_context(&view, 0, ours);
	}
	ours->kprcb = kprcb;
	if (data->present && kprcb > data->offset) {
		view = kst__view_target(target, KST_SPACE_KERNEL, kprcb - data->offset, &failure);
		if (self->present && kst__view_pointer(&view, self->offset, &value)) {
			ours->kpcr = kprcb - data->offset;
			ours->present |= KST_PROCESSOR_HAS_KPCR;
			if (value != ours->kpcr)
				ours->anomalies |= KST_PROCESSOR_ANOMALY_SELF;
			if (kst__get32(&view, KST__M_KPCR_IRQL, &ours->irql))
				ours->present |= KST_PROCESSOR_HAS_IRQL;
			if (kst__get(&view, KST__M_KPCR_TSS, &ours->tss))
				ours->present |= KST_PROCESSOR_HAS_TSS;
		} else {
			/* not in memory (a triage dump holds the KPRCB alone): the address is arithmetic, not evidence */
			ours->kpcr = kprcb - data->offset;
			ours->present |= KST_PROCESSOR_HAS_KPCR;
		}
	}
	return failure;
}

static kst_status next_processor(struct processors *walk, struct kst_processor *out, struct kst_error *err)
{
	for (;;) {
		uint64_t kprcb = 0;
		uint32_t slot = 0;
		bool in_slot = true;
		kst_status st = next_slot(walk, &kprcb, &slot, err);

		if (st == KST_END && walk->common.count == 0 && walk->only != 0) {
			kprcb = walk->only;
			walk->only = 0;
			in_slot = false;
			st = KST_OK;
		}
		if (st == KST_END)
			return kst__cursor_finish(&walk->common, KST_WALK_CLOSED, KST_END);
		if (st != KST_OK)
			return st;
		st = decode_one(walk, kprcb, out);
		if (st != KST_OK)
			return kst__fail(err, st, kprcb, "the host's callback failed");
		if ((out->present & ~(uint64_t)KST_PROCESSOR_HAS_KPCR) == 0) {
			walk->common.anomalies |= KST_WALK_ANOMALY_SKIPPED;
			continue;
		}
		if ((out->present & KST_PROCESSOR_HAS_NUMBER) != 0 && in_slot && out->number != slot)
			out->anomalies |= KST_PROCESSOR_ANOMALY_NUMBER;
		return KST_OK;
	}
}

kst_status kst_processors_next(struct kst_cursor *cursor, struct kst_processor *out, struct kst_error *err)
{
	struct processors *walk = (struct processors *)(void *)cursor;
	struct kst_processor ours;
	kst_status st = kst__cursor_ready(cursor, KIND, out, sizeof ours, err);

	if (st != KST_OK)
		return st;
	return kst__cursor_deliver(&walk->common, next_processor(walk, &ours, err), out, &ours, sizeof ours, err);
}
