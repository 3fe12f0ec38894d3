/* SPDX-License-Identifier: MIT */
/* DPC queues of a processor. */
#include "../decode/dpc.h"

#include "target.h"

#define KIND KST__KIND('k', 'd', 'p', 'c')

struct dpcs {
	struct kst__cursor common;
	uint64_t next; /* address of the next KDPC; 0: none */
	uint64_t last;
	uint64_t list; /* address of a circular list's head; 0: singly linked */
	uint32_t depth;
	uint32_t has_depth;
	uint32_t kind;
	uint32_t seen_last;
	uint32_t has_list;
};
KST__CURSOR_FITS(struct dpcs);

static bool is_xp(const struct kst_layout *layout)
{
	return kst__has(layout, KST__M_KPRCB_DPC_LIST_HEAD) && !kst__has(layout, KST__M_KPRCB_DPC_DATA);
}

kst_status kst_dpc_queue(const struct kst_target *target, const struct kst_processor *processor, uint32_t kind,
			 struct kst_dpc_queue *out, struct kst_error *err)
{
	struct kst_processor from;
	struct kst_dpc_queue ours;
	struct kst__view view;
	kst_status failure = KST_OK;
	const struct kst_layout *layout;
	uint64_t at;

	if (target == NULL || processor == NULL || out == NULL || kind > KST_DPC_THREADED)
		return kst__fail(err, KST_E_ARG, 0, "an argument is NULL, or no such kind of queue");
	if (!kst__out_ok(out->size, sizeof *out) || kst__in_read(&from, sizeof from, processor, sizeof from) != KST_OK)
		return kst__fail(err, KST_E_ABI, 0, "a struct's size is not known");
	layout = &target->layout;
	at = from.kprcb;
	if (is_xp(layout)) {
		if (kind == KST_DPC_THREADED)
			return KST_END;
	} else {
		const struct kst__member *data = kst__member(layout, KST__M_KPRCB_DPC_DATA);

		if (!data->present || kst__type_size(layout, KST__M_KDPC_DATA) == 0)
			return kst__fail(err, KST_E_NO_MEMBER, 0, "_KPRCB.DpcData or _KDPC_DATA is not in the layout");
		at += data->offset + (uint64_t)kind * kst__type_size(layout, KST__M_KDPC_DATA);
	}
	view = kst__view_target(target, KST_SPACE_KERNEL, at, &failure);
	kst__decode_dpc_queue(&view, &ours);
	if (failure != KST_OK)
		return kst__fail(err, failure, at, "the host's callback failed");
	if (ours.present == 0)
		return kst__fail(err, KST_E_FAULT, at, "the queue is not in memory");
	if ((from.present & KST_PROCESSOR_HAS_NUMBER) != 0) {
		ours.processor = from.number;
		ours.present |= KST_DPC_QUEUE_HAS_PROCESSOR;
	}
	ours.kind = kind;
	kst__out_write(out, &ours, sizeof ours);
	return KST_OK;
}

kst_status kst_dpcs_begin(struct kst_cursor *cursor, const struct kst_target *target, const struct kst_dpc_queue *queue,
			  struct kst_error *err)
{
	struct dpcs *walk = (struct dpcs *)(void *)cursor;
	struct kst_dpc_queue from;
	const struct kst__member *head;

	if (cursor == NULL || target == NULL || queue == NULL)
		return kst__fail(err, KST_E_ARG, 0, "an argument is NULL");
	if (kst__in_read(&from, sizeof from, queue, sizeof from) != KST_OK)
		return kst__fail(err, KST_E_ABI, 0, "kst_dpc_queue.size is not known");
	if (!kst__has(&target->layout, KST__M_KDPC_LIST_ENTRY))
		return kst__fail(err, KST_E_NO_MEMBER, 0, "_KDPC.DpcListEntry is not in the layout");
	kst__cursor_begin(cursor, target, KIND);
	head = kst__member(&target->layout, KST__M_KDPC_DATA_LIST_HEAD);
	walk->next = from.first;
	walk->last = from.last;
	walk->list = is_xp(&target->layout) ? from.address : head->present ? from.address + head->offset : 0;
	walk->depth = from.depth;
	walk->has_depth = (from.present & KST_DPC_QUEUE_HAS_DEPTH) != 0;
	walk->kind = from.kind;
	walk->has_list = (from.present & KST_DPC_QUEUE_HAS_LIST) != 0;
	return KST_OK;
}

static kst_status finish(struct dpcs *walk)
{
	uint32_t end = walk->list != 0 ? KST_WALK_CLOSED : KST_WALK_TERMINATED;

	if (walk->has_depth && walk->depth != walk->common.count) {
		walk->common.anomalies |= KST_WALK_ANOMALY_COUNT;
		end = KST_WALK_MISMATCH;
	}
	if (walk->common.count > 0 && walk->last != 0 && !walk->seen_last)
		end = KST_WALK_MISMATCH;
	return kst__cursor_finish(&walk->common, end, KST_END);
}

/* The link of the KDPC at `address`: to the next KDPC, 0 at the end; for circular lists the back link is checked. */
static kst_status follow(struct dpcs *walk, uint64_t address, uint64_t *next, struct kst_error *err)
{
	const struct kst_target *target = walk->common.target;
	uint64_t link = kst__member(&target->layout, KST__M_KDPC_LIST_ENTRY)->offset;
	uint64_t flink, blink;
	kst_status st;

	if (walk->list == 0) {
		st = kst__read_pointer(target, KST_SPACE_KERNEL, address + link, &flink, err);
		if (st == KST_OK)
			*next = flink == 0 ? 0 : flink - link;
		return st;
	}
	st = kst__read_links(target, KST_SPACE_KERNEL, address + link, &flink, &blink, err);
	if (st != KST_OK)
		return st;
	*next = flink == walk->list ? 0 : flink - link;
	if (*next != 0) {
		uint64_t theirs, back;

		st = kst__read_links(target, KST_SPACE_KERNEL, flink, &theirs, &back, err);
		if (st == KST_OK && back != address + link)
			walk->common.anomalies |= KST_WALK_ANOMALY_BACK_LINK;
		if (st == KST_E_FAULT)
			st = KST_OK; /* said when the walk gets there */
	}
	return st;
}

static kst_status next_dpc(struct dpcs *walk, struct kst_dpc *out, struct kst_error *err)
{
	struct kst__view view;
	kst_status failure = KST_OK;
	uint64_t address, next = 0;
	kst_status st;

	if (!walk->has_list)
		return kst__cursor_finish(&walk->common, KST_WALK_UNREADABLE, KST_END);
	if (walk->next == 0)
		return finish(walk);
	address = walk->next;
	st = kst__cursor_step(&walk->common, address, err);
	if (st != KST_OK)
		return st;
	view = kst__view_target(walk->common.target, KST_SPACE_KERNEL, address, &failure);
	if (!kst__decode_dpc(&view, out) && failure == KST_OK)
		return kst__cursor_finish(&walk->common, KST_WALK_UNREADABLE, KST_END);
	if (failure != KST_OK)
		return kst__fail(err, failure, address, "the host's callback failed");
	st = follow(walk, address, &next, err);
	if (st != KST_OK && st != KST_E_FAULT)
		return st;
	if (st == KST_E_FAULT) /* this one is the last */
		kst__cursor_keep(&walk->common, kst__cursor_finish(&walk->common, KST_WALK_UNREADABLE, KST_END), NULL);
	walk->seen_last |= address == walk->last;
	walk->next = next;
	if ((out->present & KST_DPC_HAS_DPC_DATA) != 0 && out->dpc_data == 0)
		out->anomalies |= KST_DPC_ANOMALY_NOT_QUEUED;
	if ((out->present & KST_DPC_HAS_TYPE) != 0 && (out->anomalies & KST_DPC_ANOMALY_TYPE) == 0 &&
	    out->kind != walk->kind)
		out->anomalies |= KST_DPC_ANOMALY_WRONG_QUEUE;
	return KST_OK;
}

kst_status kst_dpcs_next(struct kst_cursor *cursor, struct kst_dpc *out, struct kst_error *err)
{
	struct dpcs *walk = (struct dpcs *)(void *)cursor;
	struct kst_dpc ours;
	kst_status st = kst__cursor_ready(cursor, KIND, out, sizeof ours, err);

	if (st != KST_OK)
		return st;
	return kst__cursor_deliver(&walk->common, next_dpc(walk, &ours, err), out, &ours, sizeof ours, err);
}
