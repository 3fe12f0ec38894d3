/* SPDX-License-Identifier: MIT */
/*
 * The table of large allocations. It is a hash table, but its hash changed at least three times: entries are found by
 * reading it whole, in chunks, never by hash.
 */
#include "big_pool.h"

#define CHUNK       1008u /* a multiple of 0xc, 0x10 and 0x18 */
#define LENGTH_MOST ((uint64_t)1 << 40)

#define KIND_LARGE KST__KIND('b', 'i', 'g', 'p')

struct large_walk {
	struct kst__cursor common;
	struct kst_large_table table;
	uint64_t index;
	uint64_t first; /* index of the chunk's first entry */
	uint64_t valid; /* bytes of the chunk */
	uint64_t flags;
	uint8_t chunk[240]; /* a multiple of 0xc, 0x10 and 0x18 */
};
KST__CURSOR_FITS(struct large_walk);

static bool number_member(const struct kst_layout *layout, enum kst__member_id id, uint32_t size, uint32_t *offset,
			  uint32_t *width)
{
	const struct kst__member *m = kst__member(layout, id);

	*offset = m->offset;
	*width = m->length;
	return m->present && m->bit_len == 0 && m->length <= 8 && kst__within(m->offset, m->length, size);
}

kst_status kst__large_format(const struct kst_layout *layout, struct kst__large_format *out, struct kst_error *err)
{
	memset(out, 0, sizeof *out);
	out->size = kst__type_size(layout, KST__M_BIG_PAGES);
	out->lowest = layout->info.pointer_size == 8 ? 0xff00000000000000u : 0x80000000u;
	out->top = layout->info.pointer_size == 8 ? UINT64_MAX : UINT32_MAX;
	if (out->size == 0 || out->size > KST__LARGE_ENTRY_MOST ||
	    !number_member(layout, KST__M_BIG_PAGES_VA, out->size, &out->va, &out->va_width))
		return kst__fail(err, KST_E_NO_MEMBER, 0, "the layout does not describe _POOL_TRACKER_BIG_PAGES");
	if (number_member(layout, KST__M_BIG_PAGES_NUMBER_OF_BYTES, out->size, &out->length, &out->length_width))
		return KST_OK;
	out->length_shift = 12;
	if (number_member(layout, KST__M_BIG_PAGES_NUMBER_OF_PAGES, out->size, &out->length, &out->length_width))
		return KST_OK;
	return kst__fail(err, KST_E_NO_MEMBER, 0, "the layout tells no length of a large allocation");
}

static uint64_t load(const uint8_t *p, uint32_t width)
{
	return width == 8 ? kst__le64(p) : width == 4 ? kst__le32(p) : kst__le(p, width);
}

/* Address (bit 0: freed) and length of an entry; false when it is empty or cannot be real. */
bool kst__large_parse(const struct kst__large_format *format, const uint8_t *entry, uint64_t *va, uint64_t *bytes,
		      bool *refused)
{
	uint64_t length;

	*va = load(entry + format->va, format->va_width);
	if (*va <= 1)
		return false;
	length = load(entry + format->length, format->length_width);
	*bytes = length << format->length_shift;
	*refused = (*va & 0xffe) != 0 || *va < format->lowest || length == 0 ||
		   length >= LENGTH_MOST >> format->length_shift || *bytes - 1 > format->top - (*va & ~(uint64_t)1);
	return !*refused;
}

static kst_status complete_table(const struct kst_target *target, struct kst_large_table *table, uint64_t pointer,
				 uint64_t count, struct kst_error *err)
{
	/* XP keeps one only where pool tagging is on */
	if (pointer == 0)
		return kst__fail(err, KST_E_FAULT, 0, "there is no table of large allocations");
	if (!kst__is_kernel(target, pointer) || count == 0)
		return kst__fail(err, KST_E_CORRUPT, pointer,
				 "the table of large allocations is not where its global says");
	table->address = pointer;
	table->count = count;
	if (count > KST__LARGE_ENTRIES_MOST) {
		table->count = KST__LARGE_ENTRIES_MOST;
		table->anomalies |= KST_LARGE_TABLE_ANOMALY_CLAMPED;
	}
	if (pointer % KST__POOL_PAGE != 0)
		table->anomalies |= KST_LARGE_TABLE_ANOMALY_MISALIGNED;
	if (table->count > (UINT64_MAX - pointer) / table->entry_size) {
		table->count = (UINT64_MAX - pointer) / table->entry_size;
		table->anomalies |= KST_LARGE_TABLE_ANOMALY_CLAMPED;
	}
	return KST_OK;
}

static kst_status locate(const struct kst_target *target, struct kst_large_table *ours, struct kst_error *err)
{
	struct kst__large_format format;
	uint64_t pointer, count, address;
	kst_status st = kst__large_format(&target->layout, &format, err);

	memset(ours, 0, sizeof *ours);
	ours->size = sizeof *ours;
	ours->space = KST_SPACE_KERNEL;
	if (st != KST_OK)
		return st;
	ours->entry_size = format.size;
	st = kst__read_global(target, KST__S_PoolBigPageTable, &pointer, err);
	if (st == KST_OK)
		st = kst__read_global(target, KST__S_PoolBigPageTableSize, &count, err);
	if (st == KST_OK)
		st = complete_table(target, ours, pointer, count, err);
	if (st != KST_OK)
		return st;
	if (kst__symbol(target, KST__S_ExpPoolBigEntriesInUse, &address)) {
		st = kst__read_number(target, KST_SPACE_KERNEL, address, 4, &ours->in_use, err);
		if (st != KST_OK && st != KST_E_FAULT)
			return st;
	}
	return KST_OK;
}

kst_status kst_large_table_locate(const struct kst_target *target, struct kst_large_table *out, struct kst_error *err)
{
	struct kst_large_table ours;
	kst_status st;

	if (target == NULL || out == NULL)
		return kst__fail(err, KST_E_ARG, 0, "target or result is NULL");
	if (!kst__out_ok(out->size, sizeof ours))
		return kst__fail(err, KST_E_ABI, 0, "size of the result is unknown");
	st = locate(target, &ours, err);
	if (st == KST_OK)
		kst__out_write(out, &ours, sizeof ours);
	return st;
}

kst_status kst_large_table_of_session(const struct kst_target *target, kst_space space, uint64_t session,
				      struct kst_large_table *out, struct kst_error *err)
{
	kst_status failure = KST_OK, st;
	struct kst_large_table ours = { .size = sizeof ours, .space = space };
	struct kst__large_format format;
	struct kst__view view;
	uint64_t pointer, count;

	if (target == NULL || out == NULL)
		return kst__fail(err, KST_E_ARG, session, "target or result is NULL");
	if (!kst__out_ok(out->size, sizeof ours))
		return kst__fail(err, KST_E_ABI, session, "size of the result is unknown");
	if (!kst__has(&target->layout, KST__M_SESSION_POOL_TRACK_BIG_PAGES) ||
	    !kst__has(&target->layout, KST__M_SESSION_POOL_TRACK_BIG_PAGES_SIZE))
		return kst__fail(err, KST_E_NO_MEMBER, session, "the layout tells no table of a session");
	st = kst__large_format(&target->layout, &format, err);
	if (st != KST_OK)
		return st;
	ours.entry_size = format.size;
	view = kst__view_target(target, space, session, &failure);
	if (!kst__get(&view, KST__M_SESSION_POOL_TRACK_BIG_PAGES, &pointer) ||
	    !kst__get(&view, KST__M_SESSION_POOL_TRACK_BIG_PAGES_SIZE, &count))
		return kst__fail(err, failure != KST_OK ? failure : KST_E_FAULT, session, "the session cannot be read");
	st = complete_table(target, &ours, pointer, count, err);
	if (st == KST_OK)
		kst__out_write(out, &ours, sizeof ours);
	return st;
}

/* The table that was given, checked, or the system's. */
kst_status kst__large_table(const struct kst_target *target, const struct kst_large_table *given,
			    struct kst_large_table *out, struct kst_error *err)
{
	kst_status st;

	if (given == NULL)
		return locate(target, out, err);
	memset(out, 0, sizeof *out);
	st = kst__in_read(out, sizeof *out, given, sizeof *out);
	if (st != KST_OK)
		return kst__fail(err, st, 0, "size of the table is unknown");
	if (out->entry_size == 0 || out->entry_size > KST__LARGE_ENTRY_MOST || out->count > KST__LARGE_ENTRIES_MOST ||
	    out->count > (UINT64_MAX - out->address) / out->entry_size ||
	    out->entry_size != kst__type_size(&target->layout, KST__M_BIG_PAGES))
		return kst__fail(err, KST_E_ARG, out->address, "not a table of large allocations of this target");
	return KST_OK;
}

/* Read the whole table; `visit` sees the entries of each chunk. *missing counts bytes that are not there. */
kst_status kst__large_each(const struct kst_target *target, const struct kst_large_table *table,
			   void (*visit)(void *user, const uint8_t *entries, uint64_t first, size_t count), void *user,
			   uint64_t *missing, struct kst_error *err)
{
	uint32_t size = table->entry_size;
	uint64_t index = 0;
	uint8_t chunk[CHUNK];

	*missing = 0;
	while (index < table->count) {
		uint64_t left = table->count - index, address = table->address + index * size;
		size_t want = (left < sizeof chunk / size ? (size_t)left : sizeof chunk / size) * size, done = 0;
		kst_status st = kst_read(target, table->space, address, chunk, want, &done, err);

		if (st != KST_OK && st != KST_E_FAULT)
			return st;
		visit(user, chunk, index, done / size);
		index += done / size;
		if (st == KST_E_FAULT) {
			/* step over the page that is not there, to the first entry that begins behind it */
			uint64_t hole = ((address + done) | (KST__POOL_PAGE - 1)) - table->address;
			uint64_t next = hole / size + 1;

			if (next > table->count)
				next = table->count;
			*missing += (next - index) * size;
			index = next;
		}
	}
	return KST_OK;
}

struct lookup {
	const struct kst__large_format *format;
	uint64_t address;
	uint64_t best; /* address of the best entry so far */
	uint64_t index;
	uint64_t found; /* live entries that contain the address */
	bool freed;
	uint8_t entry[KST__LARGE_ENTRY_MOST];
};

static void visit_lookup(void *user, const uint8_t *entries, uint64_t first, size_t count)
{
	struct lookup *lookup = user;
	const struct kst__large_format *format = lookup->format;
	const uint8_t *entry = entries;

	for (size_t i = 0; i < count; i++, entry += format->size) {
		uint64_t va = load(entry + format->va, format->va_width), bytes;
		bool refused;

		if (va > (lookup->address | 1) || !kst__large_parse(format, entry, &va, &bytes, &refused))
			continue;
		if (lookup->address - (va & ~(uint64_t)1) >= bytes)
			continue;
		if ((va & 1) != 0) {
			lookup->freed = true;
			continue;
		}
		if (lookup->found++ == 0 || va > lookup->best) {
			lookup->best = va;
			lookup->index = first + i;
			memcpy(lookup->entry, entry, format->size);
		}
	}
}

/* The charged process of an entry whose pointer is encoded. */
static kst_status charge(const struct kst_target *target, struct kst_large_allocation *out, struct kst_error *err)
{
	kst_status failure = KST_OK;
	uint64_t cookie;

	if ((out->present & KST_LARGE_ALLOCATION_HAS_QUOTA_RAW) != 0 &&
	    (out->present & KST_LARGE_ALLOCATION_HAS_QUOTA_PROCESS) == 0 &&
	    kst__pool_cookie(target, &cookie, &failure) &&
	    kst__pool_process(&target->layout, out->quota_raw ^ kst__pool_key(&target->layout, cookie, out->address),
			      &out->quota_process))
		out->present |= KST_LARGE_ALLOCATION_HAS_QUOTA_PROCESS;
	return failure == KST_OK ? KST_OK : kst__fail(err, failure, out->entry, "the host could not read");
}

kst_status kst__large_decode(const struct kst_target *target, const struct kst_large_table *table, uint64_t index,
			     const uint8_t *bytes, struct kst_large_allocation *out, struct kst_error *err)
{
	struct kst__view view = kst__view_bytes(&target->layout, bytes, table->entry_size);
	kst_status st;

	view.address = table->address + index * table->entry_size;
	st = kst__decode_large_allocation(&view, out, err);
	if (st != KST_OK)
		return st;
	out->index = index;
	out->present |= KST_LARGE_ALLOCATION_HAS_INDEX;
	return charge(target, out, err);
}

static kst_status lookup_linear(const struct kst_target *target, const struct kst_large_table *table, uint64_t address,
				struct kst_large_allocation *out, struct kst__large_hit *hit, struct kst_error *err)
{
	struct kst__large_format format;
	struct lookup lookup = { .format = &format, .address = address };
	uint64_t missing;
	kst_status st = kst__large_format(&target->layout, &format, err);

	if (st == KST_OK)
		st = kst__large_each(target, table, visit_lookup, &lookup, &missing, err);
	if (st != KST_OK)
		return st;
	hit->freed = lookup.freed;
	hit->partial = missing > 0 || (table->anomalies & KST_LARGE_TABLE_ANOMALY_CLAMPED) != 0;
	hit->overlap = lookup.found > 1;
	if (lookup.found == 0)
		return KST_END;
	st = kst__large_decode(target, table, lookup.index, lookup.entry, out, err);
	if (hit->overlap)
		out->anomalies |= KST_LARGE_ALLOCATION_ANOMALY_OVERLAP;
	return st;
}

kst_status kst__large_lookup(const struct kst_target *target, const struct kst_large_index *index,
			     const struct kst_large_table *table, uint64_t address, struct kst_large_allocation *out,
			     struct kst__large_hit *hit, struct kst_error *err)
{
	struct kst_large_table ours;
	kst_status st;

	memset(hit, 0, sizeof *hit);
	if (index != NULL)
		return kst__large_lookup_index(index, target, address, out, hit, err);
	st = kst__large_table(target, table, &ours, err);
	return st == KST_OK ? lookup_linear(target, &ours, address, out, hit, err) : st;
}

kst_status kst_large_allocation_find(const struct kst_target *target, const struct kst_large_table *table,
				     uint64_t address, struct kst_large_allocation *out, struct kst_error *err)
{
	struct kst_large_allocation ours;
	struct kst__large_hit hit;
	kst_status st;

	if (target == NULL || out == NULL)
		return kst__fail(err, KST_E_ARG, address, "target or result is NULL");
	if (!kst__out_ok(out->size, sizeof ours))
		return kst__fail(err, KST_E_ABI, address, "size of the result is unknown");
	st = kst__large_lookup(target, NULL, table, address, &ours, &hit, err);
	if (st == KST_OK)
		kst__out_write(out, &ours, sizeof ours);
	if (st == KST_END && hit.partial)
		return kst__fail(err, KST_E_FAULT, address, "not found, but parts of the table are not present");
	return st;
}

kst_status kst_large_allocations_begin(struct kst_cursor *cursor, const struct kst_target *target,
				       const struct kst_large_table *table, uint32_t flags, struct kst_error *err)
{
	struct kst_large_table ours;
	struct large_walk *walk;
	kst_status st;

	if (cursor == NULL || target == NULL || (flags & ~(uint32_t)KST_LARGE_LIVE_ONLY) != 0)
		return kst__fail(err, KST_E_ARG, 0, "cursor or target is NULL, or unknown flags");
	if (!kst__has(&target->layout, KST__M_BIG_PAGES_VA))
		return kst__fail(err, KST_E_NO_MEMBER, 0, "the layout does not describe _POOL_TRACKER_BIG_PAGES");
	st = kst__large_table(target, table, &ours, err);
	if (st != KST_OK)
		return st;
	walk = (struct large_walk *)(void *)kst__cursor_begin(cursor, target, KIND_LARGE);
	walk->table = ours;
	walk->flags = flags;
	if ((ours.anomalies & KST_LARGE_TABLE_ANOMALY_CLAMPED) != 0)
		walk->common.anomalies |= KST_WALK_ANOMALY_CLAMPED;
	return KST_OK;
}

/* The next entry's bytes; KST_E_FAULT after stepping over what is not there. */
static kst_status next_entry(struct large_walk *walk, const uint8_t **entry, struct kst_error *err)
{
	uint32_t size = walk->table.entry_size;
	uint64_t address = walk->table.address + walk->index * size;

	if (walk->index < walk->first || (walk->index - walk->first + 1) * size > walk->valid) {
		uint64_t left = walk->table.count - walk->index, fits = sizeof walk->chunk / size;
		size_t done = 0;
		kst_status st = kst_read(walk->common.target, walk->table.space, address, walk->chunk,
					 (size_t)(left < fits ? left : fits) * size, &done, err);

		walk->first = walk->index;
		walk->valid = done;
		if (st != KST_OK && st != KST_E_FAULT) {
			walk->valid = 0;
			return st;
		}
		if (done < size) {
			uint64_t hole = ((address + done) | (KST__POOL_PAGE - 1)) - walk->table.address;

			walk->valid = 0;
			walk->index = hole / size + 1 < walk->table.count ? hole / size + 1 : walk->table.count;
			walk->common.anomalies |= KST_WALK_ANOMALY_SKIPPED;
			return KST_E_FAULT;
		}
	}
	*entry = walk->chunk + (walk->index - walk->first) * size;
	return KST_OK;
}

static kst_status next_allocation(struct large_walk *walk, struct kst_large_allocation *out, struct kst_error *err)
{
	while (walk->index < walk->table.count) {
		const uint8_t *entry;
		kst_status st = next_entry(walk, &entry, err);

		if (st == KST_E_FAULT)
			continue;
		if (st == KST_OK)
			st = kst__large_decode(walk->common.target, &walk->table, walk->index, entry, out, err);
		if (st == KST_OK)
			st = kst__cursor_step(&walk->common, out->entry, err);
		if (st != KST_OK)
			return st;
		walk->index++;
		if ((out->present & KST_LARGE_ALLOCATION_HAS_ADDRESS) != 0 && out->address != 0 &&
		    ((walk->flags & KST_LARGE_LIVE_ONLY) == 0 || out->state == KST_POOL_STATE_ALLOCATED))
			return KST_OK;
	}
	return kst__cursor_finish(&walk->common, KST_WALK_CLOSED, KST_END);
}

kst_status kst_large_allocations_next(struct kst_cursor *cursor, struct kst_large_allocation *out,
				      struct kst_error *err)
{
	struct large_walk *walk = (struct large_walk *)(void *)cursor;
	struct kst_large_allocation ours;
	kst_status st = kst__cursor_ready(cursor, KIND_LARGE, out, sizeof ours, err);

	if (st != KST_OK)
		return st;
	return kst__cursor_deliver(&walk->common, next_allocation(walk, &ours, err), out, &ours, sizeof ours, err);
}
