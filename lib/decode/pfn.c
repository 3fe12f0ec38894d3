/* SPDX-License-Identifier: MIT */
/*
 * _MMPFN. Members moved in every generation; all places come from the layout. Where a layout names the flags only as a type
 * of their own (_MMPFNENTRY inside the union u3), their place in the union follows from that type's size: two bytes stand
 * behind the reference count (since 2003 SP1), four bytes hold the count in their upper half (XP, 2003).
 */
#include "pfn.h"

static bool in_union(const struct kst_layout *layout, uint32_t *entry, uint32_t *count)
{
	const struct kst__member *u3 = kst__member(layout, KST__M_PFN_U3);
	uint32_t width = kst__type_size(layout, KST__M_PFNENTRY);

	if (!u3->present || (width != 2 && width != 4))
		return false;
	*entry = u3->offset + (width == 2 ? 2 : 0);
	*count = u3->offset + (width == 2 ? 0 : 2);
	return true;
}

#define ABSENT ((struct kst__pfn_place){ 0, 0, 0 })

/*
 * Bits [pos, pos + bits) of the number of `width` bytes at `offset`, in which a layout's bit-fields lie; absent unless the
 * first `len` bytes hold all of it. Neither `len` nor `room` is more than KST__PFN_MOST.
 */
static struct kst__pfn_place place_of(uint64_t offset, uint32_t width, uint32_t pos, uint32_t bits, size_t len,
				      size_t room)
{
	uint64_t last = room - sizeof(uint64_t); /* the last load that does not reach beyond an entry */
	uint64_t at = offset < last ? offset : last;

	if (width > sizeof(uint64_t) || !kst__within(offset, width, len))
		return ABSENT;
	return (struct kst__pfn_place){ (uint8_t)at, (uint8_t)((offset - at) * 8 + pos), (uint8_t)bits };
}

/* A member of the entry, or (inner) of the flags' own type. */
static struct kst__pfn_place find(const struct kst_layout *layout, enum kst__member_id direct,
				  enum kst__member_id inner, size_t len, size_t room)
{
	const struct kst__member *m = kst__member(layout, direct);
	uint32_t base = 0, count;

	if (!m->present && inner != KST__MEMBER_COUNT && in_union(layout, &base, &count))
		m = kst__member(layout, inner);
	if (!m->present)
		return ABSENT;
	return place_of((uint64_t)base + m->offset, m->length, m->bit_pos, m->bit_len != 0 ? m->bit_len : m->length * 8,
			len, room);
}

void kst__pfn_owner(const struct kst_layout *layout, size_t room, struct kst__pfn_place *location,
		    struct kst__pfn_place *pte_address)
{
	*location = find(layout, KST__M_PFN_LOCATION, KST__M_PFNENTRY_LOCATION, room, room);
	*pte_address = find(layout, KST__M_PFN_PTE_ADDRESS, KST__MEMBER_COUNT, room, room);
	if (location->bits > 3)
		location->bits = 3;
}

/* Rows of the table below: members of the entry alone, and those that the flags' own type has as well. */
#define OUTER(id, bits_most, present)                                                                                  \
	{                                                                                                              \
		KST__M_PFN_##id, KST__MEMBER_COUNT, KST__PFN_##id, bits_most, present                                  \
	}
#define INNER(id, bits_most, present)                                                                                  \
	{                                                                                                              \
		KST__M_PFN_##id, KST__M_PFNENTRY_##id, KST__PFN_##id, bits_most, present                               \
	}
#define EVERY_BIT 64
#define NO_BIT    0

void kst__pfn_format(const struct kst_layout *layout, size_t len, size_t room, struct kst__pfn_format *out)
{
	static const struct {
		uint16_t direct, inner;
		uint8_t place;
		uint8_t bits_most; /* of the public member */
		uint32_t present;
	} rows[] = {
		INNER(LOCATION, 3, KST_PFN_HAS_LOCATION),
		INNER(PROTOTYPE, EVERY_BIT, KST_PFN_HAS_PROTOTYPE),
		INNER(MODIFIED, EVERY_BIT, NO_BIT),
		INNER(READ, EVERY_BIT, NO_BIT),
		INNER(WRITE, EVERY_BIT, NO_BIT),
		INNER(ROM, EVERY_BIT, NO_BIT),
		INNER(PARITY_ERROR, EVERY_BIT, NO_BIT),
		INNER(REMOVAL, EVERY_BIT, NO_BIT),
		OUTER(IN_PAGE_ERROR, EVERY_BIT, NO_BIT),
		OUTER(AWE, EVERY_BIT, NO_BIT),
		OUTER(KERNEL_STACK, EVERY_BIT, NO_BIT),
		INNER(CACHE, 2, KST_PFN_HAS_CACHE_ATTRIBUTE),
		OUTER(PTE_ADDRESS, EVERY_BIT, KST_PFN_HAS_PTE_ADDRESS),
		OUTER(ORIGINAL_PTE, EVERY_BIT, KST_PFN_HAS_ORIGINAL_PTE),
		OUTER(U1, EVERY_BIT, KST_PFN_HAS_U1),
		OUTER(U2, EVERY_BIT, KST_PFN_HAS_U2),
		OUTER(U4, EVERY_BIT, KST_PFN_HAS_U4),
		OUTER(FRAME, EVERY_BIT, KST_PFN_HAS_PTE_FRAME),
		OUTER(PRIORITY, EVERY_BIT, KST_PFN_HAS_PRIORITY),
		OUTER(IDENTITY, EVERY_BIT, KST_PFN_HAS_PAGE_IDENTITY),
		OUTER(REFERENCE_COUNT, EVERY_BIT, KST_PFN_HAS_REFERENCE_COUNT),
		OUTER(FLINK, EVERY_BIT, NO_BIT),
		OUTER(BLINK, EVERY_BIT, NO_BIT),
		OUTER(SHARE_COUNT, EVERY_BIT, NO_BIT),
	};
	uint32_t entry, count;

	memset(out, 0, sizeof *out);
	for (size_t i = 0; i < KST__COUNT(rows); i++) {
		struct kst__pfn_place *place = &out->places[rows[i].place];

		*place = find(layout, (enum kst__member_id)rows[i].direct, (enum kst__member_id)rows[i].inner, len,
			      room);
		if (place->bits > rows[i].bits_most)
			place->bits = rows[i].bits_most;
		if (place->bits != 0)
			out->present |= rows[i].present;
	}
	if (!kst__has(layout, KST__M_PFN_REFERENCE_COUNT) && in_union(layout, &entry, &count)) {
		out->places[KST__PFN_REFERENCE_COUNT] = place_of(count, 2, 0, 16, len, room);
		if (out->places[KST__PFN_REFERENCE_COUNT].bits != 0)
			out->present |= KST_PFN_HAS_REFERENCE_COUNT;
	}
	/* where the layout does not name what the unions hold, they are taken whole */
	if (!kst__has(layout, KST__M_PFN_FLINK))
		out->places[KST__PFN_FLINK] = out->places[KST__PFN_U1];
	if (!kst__has(layout, KST__M_PFN_BLINK))
		out->places[KST__PFN_BLINK] = out->places[KST__PFN_U2];
	if (!kst__has(layout, KST__M_PFN_SHARE_COUNT))
		out->places[KST__PFN_SHARE_COUNT] = out->places[KST__PFN_U2];
}

void kst__decode_pfn(const struct kst__pfn_format *format, const uint8_t *bytes, struct kst_pfn *out)
{
	static const uint16_t flags[] = {
		[KST__PFN_MODIFIED] = KST_PFN_BIT_MODIFIED, [KST__PFN_READ] = KST_PFN_BIT_READ,
		[KST__PFN_WRITE] = KST_PFN_BIT_WRITE,       [KST__PFN_PROTOTYPE] = KST_PFN_BIT_PROTOTYPE,
		[KST__PFN_ROM] = KST_PFN_BIT_ROM,           [KST__PFN_PARITY_ERROR] = KST_PFN_BIT_PARITY_ERROR,
		[KST__PFN_REMOVAL] = KST_PFN_BIT_REMOVAL,   [KST__PFN_IN_PAGE_ERROR] = KST_PFN_BIT_IN_PAGE_ERROR,
		[KST__PFN_AWE] = KST_PFN_BIT_AWE,           [KST__PFN_KERNEL_STACK] = KST_PFN_BIT_KERNEL_STACK,
	};
	const struct kst__pfn_place *places = format->places;
	uint64_t present = format->present, bits = 0;
	uint32_t location = (uint32_t)kst__pfn_value(bytes, places[KST__PFN_LOCATION]);
	bool known = (present & KST_PFN_HAS_LOCATION) != 0;
	bool listed = known && location <= KST_PFN_BAD && places[KST__PFN_FLINK].bits != 0 &&
		      places[KST__PFN_BLINK].bits != 0;
	bool counted = known && location > KST_PFN_BAD && places[KST__PFN_SHARE_COUNT].bits != 0;

	for (size_t i = 0; i < KST__COUNT(flags); i++)
		bits |= kst__pfn_value(bytes, places[i]) != 0 ? flags[i] : 0;
	out->location = location;
	out->present = present | (listed ? KST_PFN_HAS_LINKS : counted ? KST_PFN_HAS_SHARE_COUNT : 0);
	out->anomalies = 0;
	out->frame = 0;
	out->pte_address = kst__pfn_value(bytes, places[KST__PFN_PTE_ADDRESS]);
	out->original_pte = kst__pfn_value(bytes, places[KST__PFN_ORIGINAL_PTE]);
	out->u1 = kst__pfn_value(bytes, places[KST__PFN_U1]);
	out->u2 = kst__pfn_value(bytes, places[KST__PFN_U2]);
	out->u4 = kst__pfn_value(bytes, places[KST__PFN_U4]);
	out->flink = listed ? kst__pfn_value(bytes, places[KST__PFN_FLINK]) : 0;
	out->blink = listed ? kst__pfn_value(bytes, places[KST__PFN_BLINK]) : 0;
	out->share_count = counted ? kst__pfn_value(bytes, places[KST__PFN_SHARE_COUNT]) : 0;
	out->pte_frame = kst__pfn_value(bytes, places[KST__PFN_FRAME]);
	out->virtual_address = 0;
	out->bits = bits;
	out->reference_count = (uint32_t)kst__pfn_value(bytes, places[KST__PFN_REFERENCE_COUNT]);
	out->priority = (uint32_t)kst__pfn_value(bytes, places[KST__PFN_PRIORITY]);
	out->cache_attribute = (uint32_t)kst__pfn_value(bytes, places[KST__PFN_CACHE]);
	out->use = KST_PFN_USE_UNKNOWN;
	out->page_identity = (uint32_t)kst__pfn_value(bytes, places[KST__PFN_IDENTITY]);
	out->reserved0 = 0;
	if (known && (location <= KST_PFN_FREE || location == KST_PFN_BAD))
		out->use = KST_PFN_USE_NONE;
	if (known && location <= KST_PFN_FREE && out->reference_count != 0)
		out->anomalies |= KST_PFN_ANOMALY_COUNTS;
}

kst_status kst_decode_pfn(const struct kst_layout *layout, const void *bytes, size_t len, uint64_t address,
			  struct kst_pfn *out, struct kst_error *err)
{
	struct kst__pfn_format format;
	uint8_t raw[KST__PFN_MOST] = { 0 };

	if (!kst__given(layout, bytes, len, out))
		return kst__fail(err, KST_E_ARG, address, "layout, bytes or result is NULL");
	if (!kst__out_ok(out->size, sizeof *out))
		return kst__fail(err, KST_E_ABI, address, "kst_pfn.size is not known");
	if (!kst__has(layout, KST__M_PFN))
		return kst__fail(err, KST_E_NO_MEMBER, address, "_MMPFN");
	if (len > sizeof raw)
		len = sizeof raw;
	if (len > 0)
		memcpy(raw, bytes, len);
	kst__pfn_format(layout, len, sizeof raw, &format);
	kst__decode_pfn(&format, raw, out);
	out->address = address;
	return KST_OK;
}

const char *kst_pfn_location_name(uint32_t location)
{
	static const char *const names[] = { "zeroed", "free",   "standby",   "modified", "modified-no-write",
					     "bad",    "active", "transition" };

	return location < KST__COUNT(names) ? names[location] : "unknown";
}

const char *kst_pfn_use_name(uint32_t use)
{
	static const char *const names[] = { "unknown", "none", "file", "shared", "page-table", "process", "system" };

	return use < KST__COUNT(names) ? names[use] : "unknown";
}

const char *kst_pfn_anomaly_name(uint64_t bit)
{
	static const char *const names[] = { "counts", "frame-range", "link-range" };

	return kst__bit_name(bit, names, KST__COUNT(names));
}
