/* SPDX-License-Identifier: MIT */
/*
 * The PFN database: an array of _MMPFN, one for each page frame, of which only the parts that describe real memory are
 * mapped. Read in blocks; holes are stepped over by the size of the page-table entry that is missing.
 */
#include "pfn_use.h"
#include "prototype.h"

#define KIND KST__KIND('p', 'f', 'n', 's')

struct database {
	uint64_t base;
	uint64_t last; /* frame number */
	uint64_t first;
	uint32_t entry; /* bytes */
};

struct pfns {
	struct kst__cursor common;
	struct database db;
	uint64_t next;
	uint64_t in_buffer; /* frame number of the first entry there */
	uint32_t count;     /* entries in the buffer */
	uint32_t reserved0;
	struct kst__pfn_format format;
	uint8_t buffer[0xf0];
};
KST__CURSOR_FITS(struct pfns);

/* A dump's header names the variable, or (seen on 26100) holds its value. */
kst_status kst__pfn_database(const struct kst_target *target, uint64_t *out)
{
	const size_t width = kst__pointer_size(target);
	uint64_t at;
	kst_status st = kst__symbol(target, KST__S_MmPfnDatabase, &at) ? kst__plain_number(target, at, width, out)
								       : KST_E_FAULT;

	if (st == KST_E_FAULT && (target->identity.present & KST_IDENTITY_HAS_PFN_DATABASE) != 0) {
		at = target->identity.pfn_database;
		st = kst__plain_number(target, at, width, out);
		if (((st == KST_OK && !kst__is_kernel(target, *out)) || st == KST_E_FAULT) && (at & 0xfff) == 0) {
			*out = at;
			st = KST_OK;
		}
	}
	if (st == KST_OK && !kst__is_kernel(target, *out)) {
		*out = 0;
		return KST_E_FAULT;
	}
	return st;
}

KST__APART static kst_status open_database(const struct kst_target *target, struct database *db, struct kst_error *err)
{
	uint64_t top = kst__pointer_size(target) == 4 ? UINT32_MAX : UINT64_MAX, at;

	db->entry = kst__type_size(&target->layout, KST__M_PFN);
	if (db->entry < KST__PFN_LEAST || db->entry > KST__PFN_MOST)
		return kst__fail(err, KST_E_NO_MEMBER, 0, "_MMPFN");
	db->base = target->pfn_database;
	if (db->base == 0 && !kst__symbol(target, KST__S_MmPfnDatabase, &at) &&
	    (target->identity.present & KST_IDENTITY_HAS_PFN_DATABASE) == 0)
		return kst__fail(err, KST_E_NO_MEMBER, 0, "MmPfnDatabase");
	if (db->base == 0)
		return kst__fail(err, KST_E_FAULT, 0, "MmPfnDatabase is not present, or holds no kernel address");
	if (top - db->base < db->entry - 1)
		return kst__fail(err, KST_E_FAULT, db->base, "the database runs over the end of the address space");
	db->last = (top - db->base - (db->entry - 1)) / db->entry;
	if ((target->pte.flags & KST_PTE_CONTEXT_HAS_HIGHEST_FRAME) != 0 && target->pte.highest_frame < db->last)
		db->last = target->pte.highest_frame;
	if (db->last >= KST__FRAMES_MOST)
		db->last = KST__FRAMES_MOST - 1;
	db->first = target->lowest_frame <= db->last ? target->lowest_frame : 0;
	return KST_OK;
}

kst_status kst_pfn_read(const struct kst_target *target, uint64_t frame, struct kst_pfn *out, struct kst_error *err)
{
	struct database db;
	struct kst__pfn_format format;
	uint8_t raw[KST__PFN_MOST];
	struct kst_pfn pfn;
	uint64_t address;
	kst_status st;

	if (target == NULL || out == NULL)
		return kst__fail(err, KST_E_ARG, 0, "target or result is NULL");
	if (!kst__out_ok(out->size, sizeof *out))
		return kst__fail(err, KST_E_ABI, 0, "kst_pfn.size is not known");
	st = open_database(target, &db, err);
	if (st != KST_OK)
		return st;
	if (frame > db.last)
		return kst__fail(err, KST_E_ARG, 0, "there is no such page frame");
	address = db.base + frame * db.entry;
	st = kst__read(target, KST_SPACE_KERNEL, address, raw, db.entry, err);
	if (st != KST_OK)
		return st;
	kst__pfn_format(&target->layout, db.entry, db.entry, &format);
	kst__decode_pfn(&format, raw, &pfn);
	st = kst__pfn_complete(target, frame, address, &pfn);
	if (st != KST_OK)
		return kst__fail_host(err, st, address);
	kst__out_write(out, &pfn, sizeof pfn);
	return KST_OK;
}

/* First address behind the hole at `address`; 0 when there is nothing more. */
KST__APART static kst_status behind_hole(const struct kst_target *target, uint64_t address, uint64_t *out,
					 struct kst_error *err)
{
	struct kst_translation t = { .size = sizeof t };
	kst_status st;

	if ((target->reader.flags & KST_READER_PHYSICAL_ONLY) == 0) {
		st = kst__behind_hole(target, KST_SPACE_KERNEL, address, out);
		if (st == KST_END)
			*out = 0;
		return st == KST_OK || st == KST_END ? KST_OK : kst__fail_host(err, st, address);
	}
	*out = (address | 0xfff) + 1;
	st = kst_translate(target, KST_SPACE_KERNEL, address, 0, &t, err);
	if (st != KST_OK && st != KST_E_FAULT)
		return st == KST_E_ARG ? KST_OK : st;
	if (st == KST_OK && t.read == KST_PTE_READ_NONE && t.page_size > 0x1000)
		*out = (address | (t.page_size - 1)) + 1;
	return KST_OK;
}

/* The part of the array whose place in physical memory was found last. */
struct window {
	uint64_t address, physical, size;
	const uint8_t *bytes; /* of the host, for the first `held` of them */
	uint64_t held;
};

/* Move the window to `address`; a failure leaves it where it was. KST_E_FAULT: kst_read will meet it again and tell. */
static kst_status move_window(const struct kst_target *target, struct window *window, uint64_t address,
			      struct kst_error *err)
{
	struct kst__window host = target->root;
	struct kst__trouble trouble;
	struct kst__page page;
	kst_status st = kst__resolve(target, KST_SPACE_KERNEL, address, NULL, &page, &trouble);
	uint64_t held;

	if (st != KST_OK)
		return trouble.message == NULL ? kst__fail_host(err, st, address) : KST_E_FAULT;
	*window = (struct window){ address, page.physical, page.contiguous, NULL, 0 };
	if (!kst__in_window(&host, page.physical, 1) &&
	    !kst__window_find(target, KST_SPACE_PHYSICAL, page.physical, &host))
		return KST_OK;
	held = host.length - (page.physical - host.start);
	window->bytes = kst__window_at(&host, page.physical);
	window->held = held < page.contiguous ? held : page.contiguous;
	return KST_OK;
}

/* As kst_read, translating once for each page (or large page), not for each block. */
static kst_status read_block(const struct kst_target *target, struct window *window, uint64_t address, uint8_t *buffer,
			     size_t len, size_t *done, struct kst_error *err)
{
	size_t total = 0, rest = 0;
	kst_status st;

	*done = 0;
	while ((target->reader.flags & KST_READER_PHYSICAL_ONLY) != 0 && total < len) {
		uint64_t at = address + total, in = at - window->address;
		size_t part, got = 0;

		if (in >= window->size) {
			st = move_window(target, window, at, err);
			if (st == KST_E_FAULT)
				break;
			if (st != KST_OK)
				return st;
			in = 0;
		}
		part = window->size - in < len - total ? (size_t)(window->size - in) : len - total;
		if (window->bytes != NULL && kst__within(in, part, window->held)) {
			memcpy(buffer + total, window->bytes + (size_t)in, part);
			total += part;
			continue;
		}
		st = target->reader.read(target->config.reader_user, KST_SPACE_PHYSICAL, window->physical + in,
					 buffer + total, part, &got);
		if (st != KST_OK && st != KST_E_FAULT)
			return kst__fail_host(err, st, at);
		if (st != KST_OK || got != part)
			break;
		total += part;
	}
	if (total < len) {
		/* what is not plainly there is kst_read's to judge */
		st = kst_read(target, KST_SPACE_KERNEL, address + total, buffer + total, len - total, &rest, err);
		*done = total + rest;
		return st;
	}
	*done = total;
	return KST_OK;
}

/*
 * Entries from frame *next on into a buffer: how many, and from which one on. KST_END when there are no more, KST_OK with
 * *count 0 when a hole was stepped over.
 */
static kst_status fill(const struct kst_target *target, const struct database *db, struct window *window,
		       uint64_t *next, uint8_t *buffer, uint32_t room, uint32_t *count, struct kst_error *err)
{
	uint64_t want = db->last - *next + 1, behind, address = db->base + *next * db->entry;
	size_t done = 0;
	kst_status st;

	*count = 0;
	if (*next > db->last)
		return KST_END;
	if (want > room / db->entry)
		want = room / db->entry;
	st = read_block(target, window, address, buffer, (size_t)want * db->entry, &done, err);
	if (st != KST_OK && st != KST_E_FAULT)
		return st;
	*count = (uint32_t)(done / db->entry);
	if (*count > 0)
		return KST_OK;
	st = behind_hole(target, address + done, &behind, err);
	if (st != KST_OK)
		return st;
	if (behind <= address)
		return KST_END;
	*next = (behind - db->base + db->entry - 1) / db->entry;
	return KST_OK;
}

kst_status kst_pfns_begin(struct kst_cursor *cursor, const struct kst_target *target, uint64_t first, uint64_t last,
			  struct kst_error *err)
{
	struct pfns *pfns = (struct pfns *)(void *)cursor;
	struct database db;
	kst_status st;

	if (cursor == NULL || target == NULL || last < first)
		return kst__fail(err, KST_E_ARG, 0, "no cursor, no target, or an empty range");
	st = open_database(target, &db, err);
	if (st != KST_OK)
		return st;
	kst__cursor_begin(cursor, target, KIND);
	pfns->db = db;
	kst__pfn_format(&target->layout, db.entry, db.entry, &pfns->format);
	if (last < db.last)
		pfns->db.last = last;
	pfns->next = first > db.first ? first : db.first;
	return KST_OK;
}

/* Of the database: what a step is spent for, however many reads it takes. */
static uint64_t page_of(const struct database *db, uint64_t frame)
{
	return (db->base + frame * db->entry) >> 12;
}

static kst_status next_pfn(struct pfns *pfns, struct kst_pfn *out, struct kst_error *err)
{
	const struct kst_target *target = pfns->common.target;
	uint64_t address;
	kst_status st;

	while (pfns->next - pfns->in_buffer >= pfns->count) {
		st = KST_OK;
		if (pfns->count == 0 || page_of(&pfns->db, pfns->next) != page_of(&pfns->db, pfns->in_buffer))
			st = kst__cursor_spend(&pfns->common, pfns->db.base, err);
		if (st == KST_OK)
			st = fill(target, &pfns->db, &(struct window){ 0 }, &pfns->next, pfns->buffer,
				  sizeof pfns->buffer, &pfns->count, err);
		if (st == KST_END)
			return kst__cursor_finish(&pfns->common, KST_WALK_CLOSED, KST_END);
		if (st != KST_OK)
			return st;
		pfns->in_buffer = pfns->next;
		if (pfns->count == 0)
			pfns->common.anomalies |= KST_WALK_ANOMALY_SKIPPED;
	}
	address = pfns->db.base + pfns->next * pfns->db.entry;
	kst__decode_pfn(&pfns->format, pfns->buffer + (pfns->next - pfns->in_buffer) * pfns->db.entry, out);
	st = kst__pfn_complete(target, pfns->next, address, out);
	if (st != KST_OK)
		return kst__fail_host(err, st, address);
	pfns->next++;
	return KST_OK;
}

kst_status kst_pfns_next(struct kst_cursor *cursor, struct kst_pfn *out, struct kst_error *err)
{
	struct pfns *walk = (struct pfns *)(void *)cursor;
	struct kst_pfn ours;
	kst_status st = kst__cursor_ready(cursor, KIND, out, sizeof ours, err);

	if (st != KST_OK)
		return st;
	return kst__cursor_deliver(&walk->common, next_pfn(walk, &ours, err), out, &ours, sizeof ours, err);
}

/* Entries from `next` on that lie in the host's memory as they are: how many, 0 when they must be read. */
static kst_status in_place(const struct kst_target *target, const struct database *db, struct window *window,
			   uint64_t next, const uint8_t **bytes, uint64_t *count, struct kst_error *err)
{
	uint64_t address = db->base + next * db->entry, in = address - window->address, most, want;

	*count = 0;
	if (next > db->last || (target->reader.flags & KST_READER_PHYSICAL_ONLY) == 0)
		return KST_OK;
	if (in >= window->size) {
		kst_status st = move_window(target, window, address, err);

		if (st != KST_OK)
			return st == KST_E_FAULT ? KST_OK : st;
		in = 0;
	}
	if (in >= window->held)
		return KST_OK;
	most = (window->held - in) / db->entry;
	want = db->last - next + 1;
	*bytes = window->bytes + (size_t)in;
	*count = most < want ? most : want;
	return KST_OK;
}

/* A number of up to three bits in one byte of an entry, looked up: shifts by a variable are what would cost most. */
struct spot {
	uint32_t byte;
	uint8_t value[256];
};

static bool spot_of(struct kst__pfn_place place, struct spot *out)
{
	uint32_t bit = place.shift % 8u;

	if (place.bits == 0 || place.bits > 3 || bit + place.bits > 8)
		return false;
	out->byte = place.offset + place.shift / 8u;
	for (uint32_t i = 0; i < 256; i++)
		out->value[i] = (uint8_t)(i >> bit & kst__mask(place.bits));
	return true;
}

#define TOGETHER 252u /* entries for which counters of eight bits suffice */

/* Eight counters of eight bits in one word: no entry waits for another's store. */
static const uint64_t one_of[8] = { (uint64_t)1,       (uint64_t)1 << 8,  (uint64_t)1 << 16, (uint64_t)1 << 24,
				    (uint64_t)1 << 32, (uint64_t)1 << 40, (uint64_t)1 << 48, (uint64_t)1 << 56 };

static uint64_t count_location(const uint8_t *bytes, uint64_t count, uint32_t step, const struct spot *location)
{
	const uint8_t *at = bytes + location->byte;
	uint64_t packed[2] = { 0, 0 };

	for (uint64_t i = 0; i + 2 <= count; i += 2, at += (size_t)step * 2) {
		packed[0] += one_of[location->value[at[0]]];
		packed[1] += one_of[location->value[at[step]]];
	}
	if (count % 2 != 0)
		packed[0] += one_of[location->value[*at]];
	return packed[0] + packed[1];
}

/* The same by priority, of the entries on the standby list; no branch depends on what an entry holds. */
static uint64_t count_standby(const uint8_t *bytes, uint64_t count, uint32_t step, const struct spot *location,
			      const struct spot *priority)
{
	uint64_t packed = 0;

	for (uint64_t i = 0; i < count; i++, bytes += step) {
		uint64_t standby = location->value[bytes[location->byte]] == KST_PFN_STANDBY;

		packed += one_of[priority->value[bytes[priority->byte]]] & (0 - standby);
	}
	return packed;
}

static void count_locations(struct kst_pfn_counts *counts, const uint8_t *bytes, uint64_t count, uint32_t step,
			    const struct spot *location, const struct spot *priority)
{
	for (uint64_t part; count > 0; count -= part, bytes += part * step) {
		uint64_t packed, standby = 0;

		part = count < TOGETHER ? count : TOGETHER;
		packed = count_location(bytes, part, step, location);
		if (priority != NULL && (packed >> KST_PFN_STANDBY * 8 & 0xff) != 0)
			standby = count_standby(bytes, part, step, location, priority);
		for (uint32_t i = 0; i < 8; i++) {
			counts->pages[i] += packed >> i * 8 & 0xff;
			counts->standby[i] += standby >> i * 8 & 0xff;
		}
	}
}

kst_status kst_pfn_count(const struct kst_target *target, struct kst_pfn_counts *out, struct kst_error *err)
{
	struct kst_pfn_counts counts = { 0 };
	struct kst__pfn_format format;
	struct window window = { 0 };
	struct spot location, priority;
	uint8_t buffer[0x200];
	struct database db;
	uint64_t next, page = 0, steps = 0;
	bool prioritised;
	kst_status st;

	if (target == NULL || out == NULL)
		return kst__fail(err, KST_E_ARG, 0, "target or result is NULL");
	if (!kst__out_ok(out->size, sizeof *out))
		return kst__fail(err, KST_E_ABI, 0, "kst_pfn_counts.size is not known");
	st = open_database(target, &db, err);
	if (st != KST_OK)
		return st;
	kst__pfn_format(&target->layout, db.entry, db.entry, &format);
	if (!spot_of(format.places[KST__PFN_LOCATION], &location))
		return kst__fail(err, KST_E_NO_MEMBER, 0, "_MMPFN.u3.e1.PageLocation");
	prioritised = spot_of(format.places[KST__PFN_PRIORITY], &priority);
	counts.lowest = UINT64_MAX;
	for (next = db.first;;) {
		const uint8_t *bytes = buffer;
		uint64_t count;

		if (page_of(&db, next) != page && steps++ >= target->config.step_budget)
			return kst__fail(err, KST_E_LIMIT, db.base, "the step budget is used up");
		page = page_of(&db, next);
		st = in_place(target, &db, &window, next, &bytes, &count, err);
		if (st != KST_OK)
			return st;
		if (count == 0) {
			uint32_t copied;

			st = fill(target, &db, &window, &next, buffer, sizeof buffer, &copied, err);
			if (st == KST_END)
				break;
			if (st != KST_OK)
				return st;
			count = copied;
			bytes = buffer;
		}
		count_locations(&counts, bytes, count, db.entry, &location, prioritised ? &priority : NULL);
		if (count > 0) {
			counts.lowest = next < counts.lowest ? next : counts.lowest;
			counts.highest = next + count - 1;
		}
		counts.total += count;
		next += count;
	}
	if (counts.total == 0)
		counts.lowest = 0;
	kst__out_write(out, &counts, sizeof counts);
	return KST_OK;
}
