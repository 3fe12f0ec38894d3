/* SPDX-License-Identifier: MIT */
/*
 * The tag tracker. Each processor has a table of its own with the slots of the master, whose counters then mean nothing:
 * only their sum over all processors tells. The expansion table follows the master table.
 */
#include "pool.h"

#define SLOTS_MOST 0x100000u

struct usage_walk {
	struct kst__cursor common;
	uint64_t master;    /* PoolTrackTable */
	uint64_t slots;     /* its slots, the overflow slot included */
	uint64_t expansion; /* PoolTrackTableExpansion, or 0 */
	uint64_t more;      /* its slots */
	uint64_t tables;    /* ExPoolTagTables, or 0 */
	uint64_t processors;
	uint64_t index;
	uint32_t slot_size;
	uint32_t reserved0;
};
KST__CURSOR_FITS(struct usage_walk);

#define KIND_USAGE KST__KIND('p', 'u', 's', 'e')

/* A table by its pointer and size; *address is 0 where it is not known. */
static kst_status table_of(const struct kst_target *target, enum kst__symbol_id pointer, enum kst__symbol_id size,
			   uint64_t *address, uint64_t *slots, struct kst_error *err)
{
	kst_status st = kst__read_global(target, pointer, address, err);

	if (st == KST_OK)
		st = kst__read_global(target, size, slots, err);
	if (st != KST_OK) {
		*address = 0;
		*slots = 0;
	}
	return st;
}

kst_status kst_pool_usage_begin(struct kst_cursor *cursor, const struct kst_target *target, struct kst_error *err)
{
	uint64_t master, slots, expansion, more;
	struct usage_walk *walk;
	kst_status st;

	if (cursor == NULL || target == NULL)
		return kst__fail(err, KST_E_ARG, 0, "cursor or target is NULL");
	if (!kst__has(&target->layout, KST__M_TRACKER_TABLE_KEY) ||
	    kst__type_size(&target->layout, KST__M_TRACKER_TABLE) == 0)
		return kst__fail(err, KST_E_NO_MEMBER, 0, "the layout does not describe _POOL_TRACKER_TABLE");
	st = table_of(target, KST__S_PoolTrackTable, KST__S_PoolTrackTableSize, &master, &slots, err);
	if (st != KST_OK)
		return st;
	/* XP keeps one only where pool tagging is on */
	if (master == 0)
		return kst__fail(err, KST_E_FAULT, 0, "there is no tag tracker");
	if (!kst__is_kernel(target, master) || slots == 0)
		return kst__fail(err, KST_E_CORRUPT, master, "the tag tracker is not where its global says");
	st = table_of(target, KST__S_PoolTrackTableExpansion, KST__S_PoolTrackTableExpansionSize, &expansion, &more,
		      err);
	if (st != KST_OK && st != KST_E_NO_MEMBER && st != KST_E_FAULT)
		return st;
	if (!kst__is_kernel(target, expansion))
		expansion = more = 0;
	walk = (struct usage_walk *)(void *)kst__cursor_begin(cursor, target, KIND_USAGE);
	if (slots > SLOTS_MOST || more > SLOTS_MOST)
		walk->common.anomalies |= KST_WALK_ANOMALY_CLAMPED;
	walk->master = master;
	walk->slots = slots < SLOTS_MOST ? slots : SLOTS_MOST;
	walk->expansion = expansion;
	walk->more = more < SLOTS_MOST ? more : SLOTS_MOST;
	walk->slot_size = kst__type_size(&target->layout, KST__M_TRACKER_TABLE);
	(void)kst__symbol(target, KST__S_ExPoolTagTables, &walk->tables);
	walk->processors = kst__processors(target);
	return KST_OK;
}

/* Counters are kept modulo their width; sums wrap the same way. */
static int64_t add(int64_t a, int64_t b, uint32_t length)
{
	uint64_t sum = (uint64_t)a + (uint64_t)b;

	return (int64_t)kst__sign_extend(sum, length >= 8 ? 64 : 8 * length);
}

static uint32_t width_of(const struct kst_layout *layout, enum kst__member_id id)
{
	uint32_t length = kst__member(layout, id)->length;

	return length == 0 || length > 8 ? 8 : length;
}

static void merge(const struct kst_layout *layout, struct kst_pool_usage *sum, const struct kst_pool_usage *one)
{
	sum->nonpaged_allocs = add(sum->nonpaged_allocs, one->nonpaged_allocs,
				   width_of(layout, KST__M_TRACKER_TABLE_NONPAGED_ALLOCS));
	sum->nonpaged_frees = add(sum->nonpaged_frees, one->nonpaged_frees,
				  width_of(layout, KST__M_TRACKER_TABLE_NONPAGED_FREES));
	sum->nonpaged_bytes = add(sum->nonpaged_bytes, one->nonpaged_bytes,
				  width_of(layout, KST__M_TRACKER_TABLE_NONPAGED_BYTES));
	sum->paged_allocs = add(sum->paged_allocs, one->paged_allocs,
				width_of(layout, KST__M_TRACKER_TABLE_PAGED_ALLOCS));
	sum->paged_frees = add(sum->paged_frees, one->paged_frees, width_of(layout, KST__M_TRACKER_TABLE_PAGED_FREES));
	sum->paged_bytes = add(sum->paged_bytes, one->paged_bytes, width_of(layout, KST__M_TRACKER_TABLE_PAGED_BYTES));
	sum->present &= one->present;
	sum->tables++;
}

static kst_status read_slot(const struct kst_target *target, uint64_t table, uint64_t index, uint32_t slot_size,
			    struct kst_pool_usage *out, struct kst_error *err)
{
	kst_status failure = KST_OK;
	struct kst__view view;
	kst_status st;

	if (index > (UINT64_MAX - table) / slot_size)
		return KST_E_FAULT;
	view = kst__view_target(target, KST_SPACE_KERNEL, table + index * slot_size, &failure);
	st = kst__decode_pool_usage(&view, out, err);
	if (failure != KST_OK)
		return kst__fail(err, failure, view.address, "the host could not read");
	return st == KST_OK && (out->present & KST_POOL_USAGE_HAS_TAG) == 0 ? KST_E_FAULT : st;
}

/* Add up what the processors have in the slot of the master. */
static kst_status sum_processors(const struct usage_walk *walk, struct kst_pool_usage *out, struct kst_error *err)
{
	const struct kst_target *target = walk->common.target;
	uint32_t width = kst__pointer_size(target);
	struct kst_pool_usage sum = *out, one;

	sum.nonpaged_allocs = sum.nonpaged_frees = sum.nonpaged_bytes = 0;
	sum.paged_allocs = sum.paged_frees = sum.paged_bytes = 0;
	sum.present = KST_POOL_USAGE_HAS_TAG | KST_POOL_USAGE_HAS_NONPAGED | KST_POOL_USAGE_HAS_PAGED;
	sum.tables = 0;
	for (uint64_t i = 0; i < walk->processors; i++) {
		uint64_t table;
		kst_status st = kst__read_pointer(target, KST_SPACE_KERNEL, walk->tables + i * width, &table, err);

		if (st == KST_OK && table == 0)
			break;
		if (st == KST_OK && kst__is_kernel(target, table))
			st = read_slot(target, table, walk->index, walk->slot_size, &one, err);
		else if (st == KST_OK)
			st = KST_E_FAULT;
		if (st == KST_E_FAULT) {
			sum.anomalies |= KST_POOL_USAGE_ANOMALY_INCOMPLETE;
			if ((target->identity.present & KST_IDENTITY_HAS_PROCESSORS) == 0)
				break; /* the number of processors is not known: this is the end of the array */
			continue;
		}
		if (st != KST_OK)
			return st;
		if (memcmp(one.tag, sum.tag, sizeof one.tag) != 0) {
			static const uint8_t none[4];

			if (memcmp(one.tag, none, sizeof none) != 0)
				sum.anomalies |= KST_POOL_USAGE_ANOMALY_KEY_DIFFERS;
			continue;
		}
		merge(&target->layout, &sum, &one);
	}
	if (sum.tables == 0) { /* the master has the keys; what it counts means nothing */
		sum.present = KST_POOL_USAGE_HAS_TAG;
		sum.anomalies |= KST_POOL_USAGE_ANOMALY_INCOMPLETE;
	}
	*out = sum;
	return KST_OK;
}

static void judge(const struct usage_walk *walk, struct kst_pool_usage *out)
{
	if (out->nonpaged_allocs < out->nonpaged_frees || out->paged_allocs < out->paged_frees ||
	    out->nonpaged_bytes < 0 || out->paged_bytes < 0)
		out->anomalies |= KST_POOL_USAGE_ANOMALY_NEGATIVE;
	if (walk->index + 1 == walk->slots)
		out->anomalies |= KST_POOL_USAGE_ANOMALY_OVERFLOW_SLOT;
}

static kst_status next_tag(struct usage_walk *walk, struct kst_pool_usage *out, struct kst_error *err)
{
	static const uint8_t none[4];

	while (walk->index < walk->slots + walk->more) {
		bool expanded = walk->index >= walk->slots;
		uint64_t table = expanded ? walk->expansion : walk->master;
		uint64_t slot = expanded ? walk->index - walk->slots : walk->index;
		/* an address may come twice: the tables may overlap */
		kst_status st = kst__cursor_step(&walk->common, walk->index, err);

		if (st != KST_OK)
			return st;
		st = read_slot(walk->common.target, table, slot, walk->slot_size, out, err);
		if (st == KST_OK && memcmp(out->tag, none, sizeof none) != 0 && !expanded && walk->tables != 0)
			st = sum_processors(walk, out, err);
		if (st != KST_OK && st != KST_E_FAULT)
			return st;
		if (st == KST_OK)
			judge(walk, out);
		out->index = (uint32_t)walk->index++;
		if (st == KST_E_FAULT) {
			walk->common.anomalies |= KST_WALK_ANOMALY_SKIPPED;
			continue;
		}
		if (memcmp(out->tag, none, sizeof none) != 0)
			return KST_OK;
	}
	return kst__cursor_finish(&walk->common, KST_WALK_CLOSED, KST_END);
}

kst_status kst_pool_usage_next(struct kst_cursor *cursor, struct kst_pool_usage *out, struct kst_error *err)
{
	struct usage_walk *walk = (struct usage_walk *)(void *)cursor;
	struct kst_pool_usage ours;
	kst_status st = kst__cursor_ready(cursor, KIND_USAGE, out, sizeof ours, err);

	if (st != KST_OK)
		return st;
	return kst__cursor_deliver(&walk->common, next_tag(walk, &ours, err), out, &ours, sizeof ours, err);
}
