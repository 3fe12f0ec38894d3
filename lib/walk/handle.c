/* SPDX-License-Identifier: MIT */
/*
 * Handle tables. TableCode's low two bits say how many levels of tables lie above the leaves; each is one page, but for the
 * topmost of two, which has only as many pointers as the most handles need. The handle is the entry's index times four, the
 * first entry of each leaf is never a handle.
 */
#include "object.h"

#define KIND KST__KIND('h', 'n', 'd', 'l')
#define PAGE 0x1000u
/* No process has more handles than this (public limit: 16 million). */
#define INDEXES_MOST 0x1000000u

enum { STATES = KST_HANDLE_BAD + 1 };

struct handles {
	struct kst__cursor c;
	uint64_t table; /* the top page */
	uint64_t levels;
	uint64_t index;
	uint64_t leaf;
	uint64_t flags;
	uint64_t expected;
	uint64_t has_expected;
	uint64_t met[STATES];
};
KST__CURSOR_FITS(struct handles);

static kst_status table_read(const struct kst_target *target, uint64_t address, struct kst_handle_table *out,
			     struct kst_error *err)
{
	kst_status failure = KST_OK;
	struct kst__view view = kst__view_target(target, KST_SPACE_KERNEL, address, &failure);
	const uint64_t derived = KST_HANDLE_TABLE_HAS_LIST; /* an address, not something read */

	kst__decode_handle_table(&view, address, out);
	if (failure != KST_OK)
		return kst__fail(err, failure, address, "the host failed to read a handle table");
	if ((out->present & ~derived) == 0)
		return kst__fail(err, KST_E_FAULT, address, "the handle table is not present");
	return KST_OK;
}

kst_status kst_handle_table_at(const struct kst_target *target, uint64_t address, struct kst_handle_table *out,
			       struct kst_error *err)
{
	struct kst_handle_table ours;
	kst_status st;

	if (target == NULL || out == NULL)
		return kst__fail(err, KST_E_ARG, address, "target or result is NULL");
	if (!kst__out_ok(out->size, sizeof *out))
		return kst__fail(err, KST_E_ABI, address, "kst_handle_table.size is not known");
	st = table_read(target, address, &ours, err);
	if (st == KST_OK)
		kst__out_write(out, &ours, sizeof ours);
	return st;
}

kst_status kst_handles_begin(struct kst_cursor *cursor, const struct kst_target *target, uint64_t table, uint32_t flags,
			     struct kst_error *err)
{
	struct kst_handle_table decoded;
	struct handles *handles;
	uint32_t entry_size;
	kst_status st;

	if (cursor == NULL || target == NULL || (flags & ~(uint32_t)(KST_HANDLES_CID | KST_HANDLES_ALL)) != 0)
		return kst__fail(err, KST_E_ARG, table, "cursor or target is NULL, or a flag unknown");
	entry_size = kst__handle_entry_size(&target->layout);
	if (entry_size == 0 || entry_size > PAGE / 2 || !kst__has(&target->layout, KST__M_HANDLE_TABLE_TABLE_CODE) ||
	    (!kst__has(&target->layout, KST__M_HANDLE_ENTRY_OBJECT) &&
	     !kst__has(&target->layout, KST__M_HANDLE_ENTRY_OBJECT_SHIFT)))
		return kst__fail(err, KST_E_NO_MEMBER, table, "the form of handle tables is not known");
	st = table_read(target, table, &decoded, err);
	if (st != KST_OK)
		return st;
	if ((decoded.present & KST_HANDLE_TABLE_HAS_TABLE) == 0)
		return kst__fail(err, KST_E_FAULT, table, "TableCode is not present");
	if ((decoded.anomalies & KST_HANDLE_TABLE_ANOMALY_LEVELS) != 0 || !kst__is_kernel(target, decoded.table))
		return kst__fail(err, KST_E_CORRUPT, table, "TableCode leads nowhere");
	handles = (struct handles *)(void *)kst__cursor_begin(cursor, target, KIND);
	handles->table = decoded.table;
	handles->levels = decoded.levels;
	handles->flags = flags;
	handles->expected = decoded.handles;
	handles->has_expected = (decoded.present & KST_HANDLE_TABLE_HAS_HANDLES) != 0;
	return KST_OK;
}

static kst_status close_handles(struct handles *handles)
{
	uint64_t found = handles->met[KST_HANDLE_LIVE] + handles->met[KST_HANDLE_LOCKED] + handles->met[KST_HANDLE_BAD];

	if (handles->has_expected != 0 && handles->expected != found)
		handles->c.anomalies |= KST_WALK_ANOMALY_COUNT;
	return kst__cursor_finish(&handles->c, KST_WALK_CLOSED, KST_END);
}

/*
 * One pointer of a table page. *page is 0 for what is to be stepped over: an empty slot, or one that leads nowhere
 * (told). A page that is its own parent ends the walk.
 */
static kst_status follow(struct handles *handles, uint64_t table, uint64_t slot, uint64_t *page, struct kst_error *err)
{
	const struct kst_target *target = handles->c.target;
	kst_status st = kst__read_pointer(target, KST_SPACE_KERNEL, table + slot * kst__pointer_size(target), page,
					  err);

	if (st == KST_E_FAULT) {
		handles->c.anomalies |= KST_WALK_ANOMALY_SKIPPED;
		*page = 0;
		return KST_OK;
	}
	if (st != KST_OK || *page == 0)
		return st;
	if (!kst__is_kernel(target, *page)) {
		handles->c.anomalies |= KST_WALK_ANOMALY_SKIPPED;
		*page = 0;
		return KST_OK;
	}
	if (*page == table || *page == handles->table)
		return kst__cursor_finish(&handles->c, KST_WALK_LOOP,
					  kst__fail(err, KST_E_CORRUPT, *page, "a handle table contains itself"));
	return KST_OK;
}

/* Find the leaf of handles->index; 0 and a moved index when there is none. KST_END at the end of the tables. */
static kst_status find_leaf(struct handles *handles, uint64_t per_leaf, struct kst_error *err)
{
	uint64_t per_table = PAGE / kst__pointer_size(handles->c.target);
	uint64_t slot = handles->index / per_leaf;
	uint64_t table = handles->table;
	kst_status st = KST_OK;

	if (handles->index >= INDEXES_MOST)
		return KST_END;
	handles->leaf = handles->table;
	if (handles->levels == 0)
		return slot == 0 ? KST_OK : KST_END;
	if (slot >= (handles->levels == 1 ? per_table : per_table * per_table))
		return KST_END;
	if (handles->levels == 2) {
		st = follow(handles, handles->table, slot / per_table, &table, err);
		handles->leaf = 0;
		if (st != KST_OK || table == 0) {
			handles->index += per_leaf * per_table - handles->index % (per_leaf * per_table);
			return st;
		}
	}
	st = follow(handles, table, slot % per_table, &handles->leaf, err);
	if (st == KST_OK && handles->leaf == 0)
		handles->index += per_leaf;
	return st;
}

/* Go to the next entry that there is: its address. */
static kst_status next_entry(struct handles *handles, uint64_t *entry, struct kst_error *err)
{
	uint32_t size = kst__handle_entry_size(&handles->c.target->layout);
	uint64_t per_leaf = PAGE / size;
	kst_status st;

	while (handles->index % per_leaf == 0) {
		st = find_leaf(handles, per_leaf, err);
		if (st == KST_END)
			return close_handles(handles);
		if (st != KST_OK)
			return st;
		st = kst__cursor_step(&handles->c, handles->leaf != 0 ? handles->leaf : handles->index, err);
		if (st != KST_OK)
			return st;
		if (handles->leaf != 0)
			break;
	}
	*entry = handles->leaf + handles->index % per_leaf * size;
	return KST_OK;
}

static kst_status entry_read(struct handles *handles, uint64_t entry, struct kst_handle *out, struct kst_error *err)
{
	const struct kst_target *target = handles->c.target;
	kst_status failure = KST_OK;
	struct kst__view view = kst__view_target(target, KST_SPACE_KERNEL, entry, &failure);

	kst__decode_handle(&view, entry, out);
	if (failure != KST_OK)
		return kst__fail(err, failure, entry, "the host failed to read a handle");
	if (handles->index % (PAGE / kst__handle_entry_size(&target->layout)) == 0)
		out->state = KST_HANDLE_RESERVED;
	if ((handles->flags & KST_HANDLES_CID) != 0 && (out->present & KST_HANDLE_HAS_OBJECT) != 0) {
		uint64_t body = out->header;

		out->header = (body - (out->body - out->header)) & kst__object_pointer_mask(&target->layout);
		out->body = body;
	}
	if (out->state == KST_HANDLE_UNKNOWN)
		handles->c.anomalies |= KST_WALK_ANOMALY_SKIPPED;
	if ((out->present & KST_HANDLE_HAS_OBJECT) != 0 && out->state != KST_HANDLE_RESERVED &&
	    !kst__is_kernel(target, out->body)) {
		out->state = KST_HANDLE_BAD;
		out->anomalies |= KST_HANDLE_ANOMALY_POINTER;
	}
	out->handle = handles->index * 4;
	out->present |= KST_HANDLE_HAS_HANDLE;
	return KST_OK;
}

static kst_status next_handle(struct handles *handles, struct kst_handle *out, struct kst_error *err)
{
	for (;;) {
		uint64_t entry = 0;
		kst_status st = next_entry(handles, &entry, err);

		if (st == KST_OK)
			st = entry_read(handles, entry, out, err);
		if (st != KST_OK)
			return st;
		handles->index++;
		handles->met[out->state]++;
		if ((handles->flags & KST_HANDLES_ALL) != 0 || out->state == KST_HANDLE_LIVE ||
		    out->state == KST_HANDLE_LOCKED || out->state == KST_HANDLE_BAD)
			return KST_OK;
	}
}

kst_status kst_handles_next(struct kst_cursor *cursor, struct kst_handle *out, struct kst_error *err)
{
	struct handles *walk = (struct handles *)(void *)cursor;
	struct kst_handle ours;
	kst_status st = kst__cursor_ready(cursor, KIND, out, sizeof ours, err);

	if (st != KST_OK)
		return st;
	return kst__cursor_deliver(&walk->c, next_handle(walk, &ours, err), out, &ours, sizeof ours, err);
}

kst_status kst__handle_lookup(const struct kst_target *target, uint64_t table, uint32_t flags, uint64_t value,
			      struct kst_handle *out, struct kst_error *err)
{
	uint32_t size = kst__handle_entry_size(&target->layout);
	uint64_t index = value / 4, per_leaf;
	struct kst_cursor memory;
	struct handles *handles = (struct handles *)(void *)&memory;
	kst_status st = kst_handles_begin(&memory, target, table, flags, err);

	if (st != KST_OK)
		return st;
	per_leaf = PAGE / size;
	if (value % 4 != 0 || index >= INDEXES_MOST || index % per_leaf == 0)
		return KST_END; /* no handle has such a value */
	handles->index = index;
	st = find_leaf(handles, per_leaf, err);
	if (st != KST_OK)
		return st;
	if (handles->leaf == 0)
		return (handles->c.anomalies & KST_WALK_ANOMALY_SKIPPED) == 0
			       ? KST_END
			       : kst__fail(err, KST_E_FAULT, value, "the part of the table with this handle is absent");
	st = entry_read(handles, handles->leaf + index % per_leaf * size, out, err);
	if (st == KST_OK && out->state == KST_HANDLE_UNKNOWN)
		return kst__fail(err, KST_E_FAULT, out->entry, "the handle's entry is not present");
	return st;
}

uint64_t kst_handles_met(const struct kst_cursor *cursor, uint32_t state)
{
	const struct handles *handles = (const struct handles *)(const void *)cursor;

	return cursor == NULL || handles->c.kind != KIND || state >= STATES ? 0 : handles->met[state];
}
