/* SPDX-License-Identifier: MIT */
/* Timers that wait: one table per processor (7 and later), one for all before. */
#include "../decode/dpc.h"

#include "target.h"

#define KIND           KST__KIND('t', 'i', 'm', 'r')
#define GLOBAL_BUCKETS 512u /* XP x64, 2003 SP1 to Vista */
#define XP_BUCKETS     256u /* XP and 2003 without a service pack: plain list heads */
#define BUCKETS_MOST   2048u

struct timers {
	struct kst__cursor common;
	struct kst_cursor_place {
		uint64_t prcb;
		uint32_t slot; /* next slot of KiProcessorBlock */
		uint32_t slots;
	} place;
	uint64_t table; /* address of bucket 0; 0: go to the next processor */
	uint64_t array; /* KiProcessorBlock; 0: the global table */
	uint64_t entry; /* next list entry; 0: go to the next bucket */
	uint64_t head;  /* list head of the current bucket */
	uint32_t bucket;
	uint32_t buckets;
	uint32_t stride;
	uint32_t link; /* of the list head in a bucket */
	uint32_t number;
	uint32_t has_keys;
	struct kst__timer_keys keys;
};
KST__CURSOR_FITS(struct timers);

static void bucket_shape(struct timers *walk, const struct kst_layout *layout)
{
	const struct kst__member *entries = kst__member(layout, KST__M_KTIMER_TABLE_ENTRIES);
	uint32_t size = kst__type_size(layout, KST__M_KTIMER_TABLE_ENTRY);

	if (size == 0) {
		/* {list head, due time} came with 2003 SP1 as KPROCESS.ProcessListEntry did; its type is public from SP2 on */
		bool timed = kst__has(layout, KST__M_KPROCESS_PROCESS_LIST_ENTRY);

		walk->stride = 2 * layout->info.pointer_size + (timed ? 8 : 0);
		walk->buckets = timed ? GLOBAL_BUCKETS : XP_BUCKETS;
		return;
	}
	walk->stride = size;
	walk->link = kst__member(layout, KST__M_KTIMER_TABLE_ENTRY_ENTRY)->offset;
	walk->buckets = walk->array == 0 ? GLOBAL_BUCKETS : entries->length >= 2 * size ? entries->length / size : 256;
	if (walk->buckets > BUCKETS_MOST)
		walk->buckets = BUCKETS_MOST;
}

kst_status kst_timers_begin(struct kst_cursor *cursor, const struct kst_target *target, struct kst_error *err)
{
	struct timers *walk = (struct timers *)(void *)cursor;
	const struct kst_layout *layout;
	struct kst__timer_keys keys = { 0 };
	uint64_t array = 0, table = 0;
	bool per_processor;
	kst_status st;

	if (cursor == NULL || target == NULL)
		return kst__fail(err, KST_E_ARG, 0, "an argument is NULL");
	layout = &target->layout;
	per_processor = kst__has(layout, KST__M_KPRCB_TIMER_TABLE) && kst__has(layout, KST__M_KTIMER_TABLE_ENTRIES) &&
			kst__symbol(target, KST__S_KiProcessorBlock, &array);
	if (!kst__has(layout, KST__M_KTIMER_LIST_ENTRY) ||
	    (!per_processor && !kst__symbol(target, KST__S_KiTimerTableListHead, &table)))
		return kst__fail(err, KST_E_NO_MEMBER, 0,
				 "_KTIMER, _KPRCB.TimerTable or KiTimerTableListHead is not known");
	st = kst__read_global(target, KST__S_KiWaitNever, &keys.never, err);
	if (st == KST_OK)
		st = kst__read_global(target, KST__S_KiWaitAlways, &keys.always, err);
	if (st == KST_E_HOST)
		return st;
	kst__cursor_begin(cursor, target, KIND);
	walk->array = array;
	walk->table = table;
	walk->keys = keys;
	walk->has_keys = st == KST_OK;
	walk->place.slots = kst__processors(target);
	bucket_shape(walk, layout);
	return KST_OK;
}

/* Go to the table of the next processor; KST_END after the last. */
static kst_status next_table(struct timers *walk, struct kst_error *err)
{
	const struct kst_target *target = walk->common.target;
	const struct kst_layout *layout = &target->layout;

	while (walk->array != 0 && walk->place.slot < walk->place.slots) {
		uint32_t slot = walk->place.slot++;
		uint64_t prcb;
		kst_status st = kst__read_pointer(target, KST_SPACE_KERNEL,
						  walk->array + (uint64_t)slot * kst__pointer_size(target), &prcb, err);

		if (st != KST_OK && st != KST_E_FAULT)
			return st;
		if (st == KST_E_FAULT || !kst__is_kernel(target, prcb)) {
			if ((target->identity.present & KST_IDENTITY_HAS_PROCESSORS) == 0)
				break;
			walk->common.anomalies |= KST_WALK_ANOMALY_SKIPPED;
			continue;
		}
		walk->number = slot;
		walk->table = prcb + kst__member(layout, KST__M_KPRCB_TIMER_TABLE)->offset +
			      kst__member(layout, KST__M_KTIMER_TABLE_ENTRIES)->offset;
		walk->bucket = 0;
		return KST_OK;
	}
	return KST_END;
}

/* Go to the first entry of the next bucket that has one. */
static kst_status next_bucket(struct timers *walk, struct kst_error *err)
{
	const struct kst_target *target = walk->common.target;

	for (;;) {
		uint64_t flink, blink, head;
		kst_status st;

		if (walk->table == 0 || walk->bucket == walk->buckets) {
			walk->table = 0;
			st = next_table(walk, err);
			if (st != KST_OK)
				return st;
		}
		head = walk->table + (uint64_t)walk->bucket++ * walk->stride + walk->link;
		st = kst__read_links(target, KST_SPACE_KERNEL, head, &flink, &blink, err);
		if (st != KST_OK && st != KST_E_FAULT)
			return st;
		if (st == KST_E_FAULT || !kst__is_kernel(target, flink) || !kst__is_kernel(target, blink)) {
			walk->common.anomalies |= KST_WALK_ANOMALY_SKIPPED;
			continue;
		}
		if (flink == head)
			continue;
		walk->head = head;
		walk->entry = flink;
		/* loops are looked for within a bucket */
		walk->common.brent_power = 1;
		walk->common.brent_left = 1;
		walk->common.brent_mark = 0;
		return KST_OK;
	}
}

static kst_status next_timer(struct timers *walk, struct kst_timer *out, struct kst_error *err)
{
	const struct kst_target *target = walk->common.target;

	for (;;) {
		uint64_t flink, blink, address;
		struct kst__view view;
		kst_status failure = KST_OK;
		kst_status st = walk->entry == 0 ? next_bucket(walk, err) : KST_OK;

		if (st == KST_END)
			return kst__cursor_finish(&walk->common, KST_WALK_CLOSED, KST_END);
		if (st == KST_OK)
			st = kst__cursor_step(&walk->common, walk->entry, err);
		if (st == KST_E_LIMIT)
			return st;
		if (st == KST_E_CORRUPT) { /* a loop in one bucket does not end the walk */
			walk->common.end = KST_WALK_RUNNING;
			walk->common.anomalies |= KST_WALK_ANOMALY_SKIPPED;
			walk->entry = 0;
			continue;
		}
		if (st == KST_OK)
			st = kst__read_links(target, KST_SPACE_KERNEL, walk->entry, &flink, &blink, err);
		if (st != KST_OK && st != KST_E_FAULT)
			return st;
		if (st == KST_E_FAULT) {
			walk->common.anomalies |= KST_WALK_ANOMALY_SKIPPED;
			walk->entry = 0;
			continue;
		}
		address = walk->entry - kst__member(&target->layout, KST__M_KTIMER_LIST_ENTRY)->offset;
		view = kst__view_target(target, KST_SPACE_KERNEL, address, &failure);
		kst__decode_timer(&view, walk->has_keys ? &walk->keys : NULL, out);
		if (failure != KST_OK)
			return kst__fail(err, failure, address, "the host's callback failed");
		walk->entry = flink == walk->head ? 0 : flink;
		out->bucket = walk->bucket - 1;
		if (walk->array != 0) {
			out->processor = walk->number;
			out->present |= KST_TIMER_HAS_PROCESSOR;
		}
		return KST_OK;
	}
}

kst_status kst_timers_next(struct kst_cursor *cursor, struct kst_timer *out, struct kst_error *err)
{
	struct timers *walk = (struct timers *)(void *)cursor;
	struct kst_timer ours;
	kst_status st = kst__cursor_ready(cursor, KIND, out, sizeof ours, err);

	if (st != KST_OK)
		return st;
	return kst__cursor_deliver(&walk->common, next_timer(walk, &ours, err), out, &ours, sizeof ours, err);
}
