/* SPDX-License-Identifier: MIT */
/*
 * Large allocations sorted by address, in the caller's memory. Freed entries are kept where there is room: they tell
 * history.
 */
#include "big_pool.h"

#define INDEX_MAGIC 0x7865646e6967626cu

struct slot {
	uint64_t va; /* bit 0: freed */
	uint64_t bytes;
	uint64_t index;
	uint64_t reach; /* furthest end of this slot and all before it, once sorted */
};

struct kst_large_index {
	uint64_t magic;
	struct kst_large_table table;
	struct kst_large_index_info info;
	uint64_t count;
	struct slot slots[];
};

/* Number of slots whose address is not above `address`. */
static uint64_t upper_bound(const struct kst_large_index *index, uint64_t address)
{
	uint64_t low = 0, high = index->count;

	while (low < high) {
		uint64_t middle = low + (high - low) / 2;

		if ((index->slots[middle].va & ~(uint64_t)1) <= address)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

/* The little that the index itself holds. */
static void take_slot(const struct kst_large_table *table, const struct slot *slot, struct kst_large_allocation *out)
{
	memset(out, 0, sizeof *out);
	out->size = sizeof *out;
	out->state = KST_POOL_STATE_ALLOCATED;
	out->address = slot->va;
	out->bytes = slot->bytes;
	out->index = slot->index;
	out->entry = table->address + slot->index * table->entry_size;
	out->present = KST_LARGE_ALLOCATION_HAS_ADDRESS | KST_LARGE_ALLOCATION_HAS_BYTES |
		       KST_LARGE_ALLOCATION_HAS_INDEX;
}

kst_status kst__large_lookup_index(const struct kst_large_index *index, const struct kst_target *target,
				   uint64_t address, struct kst_large_allocation *out, struct kst__large_hit *hit,
				   struct kst_error *err)
{
	const struct slot *best = NULL;
	uint8_t entry[KST__LARGE_ENTRY_MOST];
	kst_status st;

	for (uint64_t i = upper_bound(index, address); i > 0 && index->slots[i - 1].reach > address; i--) {
		const struct slot *slot = &index->slots[i - 1];

		if (address - (slot->va & ~(uint64_t)1) >= slot->bytes)
			continue;
		if ((slot->va & 1) != 0)
			hit->freed = true;
		else if (best == NULL)
			best = slot;
		else
			hit->overlap = true;
	}
	hit->partial = (index->info.anomalies & (KST_LARGE_TABLE_ANOMALY_PARTIAL | KST_LARGE_TABLE_ANOMALY_CLAMPED |
						 KST_LARGE_TABLE_ANOMALY_TRUNCATED)) != 0;
	if (best == NULL)
		return KST_END;
	st = kst__read(target, index->table.space, index->table.address + best->index * index->table.entry_size, entry,
		       index->table.entry_size, err);
	if (st == KST_OK)
		st = kst__large_decode(target, &index->table, best->index, entry, out, err);
	/* what the index knows stands, even if the entry is gone or has changed since (live memory) */
	if (st == KST_E_FAULT || (st == KST_OK && (out->state != KST_POOL_STATE_ALLOCATED || out->address != best->va ||
						   out->bytes != best->bytes))) {
		take_slot(&index->table, best, out);
		st = KST_OK;
	}
	if (st == KST_OK && hit->overlap)
		out->anomalies |= KST_LARGE_ALLOCATION_ANOMALY_OVERLAP;
	return st;
}

size_t kst_large_index_size(uint64_t entries)
{
	if (entries > KST__LARGE_ENTRIES_MOST)
		entries = KST__LARGE_ENTRIES_MOST;
	return sizeof(struct kst_large_index) + (size_t)entries * sizeof(struct slot);
}

struct build {
	const struct kst__large_format *format;
	struct kst_large_index *index;
	uint64_t capacity;
	uint64_t freed; /* before this slot no freed entry is left */
};

/* A place for an entry: behind the others, or, for a live one, that of a freed one. NULL: there is none. */
static struct slot *place(struct build *build, bool live)
{
	struct kst_large_index *index = build->index;

	if (index->count < build->capacity)
		return &index->slots[index->count++];
	for (; live && build->freed < index->count; build->freed++)
		if ((index->slots[build->freed].va & 1) != 0)
			return &index->slots[build->freed++];
	return NULL;
}

static void visit_build(void *user, const uint8_t *entries, uint64_t first, size_t count)
{
	struct build *build = user;
	struct kst_large_index *index = build->index;

	for (size_t i = 0; i < count; i++, entries += build->format->size) {
		struct slot slot = { 0, 0, first + i, 0 };
		bool refused = false, live;
		struct slot *at;

		if (!kst__large_parse(build->format, entries, &slot.va, &slot.bytes, &refused)) {
			index->info.refused += refused;
			continue;
		}
		live = (slot.va & 1) == 0;
		at = place(build, live);
		if (at != NULL)
			*at = slot;
		else if (live)
			index->info.anomalies |= KST_LARGE_TABLE_ANOMALY_TRUNCATED;
		index->info.freed += !live;
		index->info.live += live && at != NULL;
	}
}

/* By address; of equal ones the first of the table is last, so that it is met first. */
static bool before(const struct slot *a, const struct slot *b)
{
	uint64_t left = a->va & ~(uint64_t)1, right = b->va & ~(uint64_t)1;

	return left != right ? left < right : a->index > b->index;
}

static void sift(struct slot *slots, uint64_t root, uint64_t count)
{
	struct slot top = slots[root];

	for (;;) {
		uint64_t child = 2 * root + 1;

		if (child >= count)
			break;
		if (child + 1 < count && before(&slots[child], &slots[child + 1]))
			child++;
		if (!before(&top, &slots[child]))
			break;
		slots[root] = slots[child];
		root = child;
	}
	slots[root] = top;
}

static void sort(struct kst_large_index *index)
{
	uint64_t reach = 0, live_reach = 0;

	for (uint64_t i = index->count / 2; i > 0; i--)
		sift(index->slots, i - 1, index->count);
	for (uint64_t i = index->count; i > 1; i--) {
		struct slot last = index->slots[i - 1];

		index->slots[i - 1] = index->slots[0];
		index->slots[0] = last;
		sift(index->slots, 0, i - 1);
	}
	for (uint64_t i = 0; i < index->count; i++) {
		struct slot *slot = &index->slots[i];
		uint64_t start = slot->va & ~(uint64_t)1, end = start + (slot->bytes - 1);

		if ((slot->va & 1) == 0) {
			if (live_reach > start)
				index->info.anomalies |= KST_LARGE_TABLE_ANOMALY_OVERLAP;
			if (end > live_reach)
				live_reach = end;
		}
		if (end > reach)
			reach = end;
		slot->reach = reach == UINT64_MAX ? reach : reach + 1;
	}
}

/* Live memory: did the table move while it was read? */
static kst_status check_torn(const struct kst_target *target, struct kst_large_index *index, struct kst_error *err)
{
	uint64_t pointer, count;
	kst_status st = kst__read_global(target, KST__S_PoolBigPageTable, &pointer, err);

	if (st == KST_OK)
		st = kst__read_global(target, KST__S_PoolBigPageTableSize, &count, err);
	if (st == KST_OK &&
	    (pointer != index->table.address ||
	     (count != index->table.count && (index->table.anomalies & KST_LARGE_TABLE_ANOMALY_CLAMPED) == 0)))
		index->info.anomalies |= KST_LARGE_TABLE_ANOMALY_TORN;
	return st == KST_E_FAULT || st == KST_E_NO_MEMBER ? KST_OK : st;
}

kst_status kst_large_index_init(struct kst_large_index *mem, size_t size, const struct kst_target *target,
				const struct kst_large_table *table, struct kst_error *err)
{
	struct kst__large_format format;
	struct build build = { &format, mem, 0, 0 };
	struct kst_large_table ours;
	uint64_t missing;
	kst_status st;

	if (mem == NULL || (uintptr_t)mem % 8 != 0 || target == NULL)
		return kst__fail(err, KST_E_ARG, 0, "memory or target is NULL, or the memory is misaligned");
	if (size < kst_large_index_size(1))
		return kst__fail(err, KST_E_LIMIT, 0, "the memory is too small for one entry");
	st = kst__large_table(target, table, &ours, err);
	if (st == KST_OK)
		st = kst__large_format(&target->layout, &format, err);
	if (st != KST_OK)
		return st;
	memset(mem, 0, sizeof *mem);
	mem->table = ours;
	mem->info.size = sizeof mem->info;
	mem->info.bytes_total = ours.count * ours.entry_size;
	mem->info.anomalies = ours.anomalies;
	build.capacity = (size - sizeof *mem) / sizeof(struct slot);
	st = kst__large_each(target, &ours, visit_build, &build, &missing, err);
	if (st == KST_OK && table == NULL)
		st = check_torn(target, mem, err);
	if (st != KST_OK)
		return st;
	mem->info.bytes_read = mem->info.bytes_total - missing;
	if (missing > 0)
		mem->info.anomalies |= KST_LARGE_TABLE_ANOMALY_PARTIAL;
	sort(mem);
	mem->magic = INDEX_MAGIC;
	if ((mem->info.anomalies & KST_LARGE_TABLE_ANOMALY_TRUNCATED) != 0)
		return kst__fail(err, KST_E_LIMIT, 0, "the memory is too small for all entries");
	return KST_OK;
}

kst_status kst_large_index_info(const struct kst_large_index *index, struct kst_large_index_info *out)
{
	if (index == NULL || out == NULL || index->magic != INDEX_MAGIC)
		return KST_E_ARG;
	if (!kst__out_ok(out->size, sizeof index->info))
		return KST_E_ABI;
	kst__out_write(out, &index->info, sizeof index->info);
	return KST_OK;
}

kst_status kst_large_index_find(const struct kst_large_index *index, const struct kst_target *target, uint64_t address,
				struct kst_large_allocation *out, struct kst_error *err)
{
	struct kst_large_allocation ours;
	struct kst__large_hit hit;
	kst_status st;

	if (index == NULL || target == NULL || out == NULL || index->magic != INDEX_MAGIC)
		return kst__fail(err, KST_E_ARG, address, "index, target or result is NULL");
	if (!kst__out_ok(out->size, sizeof ours))
		return kst__fail(err, KST_E_ABI, address, "size of the result is unknown");
	st = kst__large_lookup(target, index, NULL, address, &ours, &hit, err);
	if (st == KST_OK)
		kst__out_write(out, &ours, sizeof ours);
	if (st == KST_END && hit.partial)
		return kst__fail(err, KST_E_FAULT, address, "not found, but the index does not have the whole table");
	return st;
}
