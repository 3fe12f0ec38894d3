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

bool kst__pfn_location_place(const struct kst_layout *layout, uint32_t *byte, uint32_t *bit)
{
	const struct kst__member *m = kst__member(layout, KST__M_PFN_LOCATION);
	uint32_t base = 0, count;

	if (!m->present) {
		m = kst__member(layout, KST__M_PFNENTRY_LOCATION);
		if (!m->present || !in_union(layout, &base, &count))
			return false;
	}
	*byte = base + m->offset + m->bit_pos / 8u;
	*bit = m->bit_pos % 8u;
	return m->bit_len == 3 && *bit <= 5;
}

static bool flag(const struct kst__view *view, enum kst__member_id direct, enum kst__member_id inner, uint64_t *out)
{
	uint32_t entry, count;

	if (kst__get(view, direct, out))
		return true;
	return !kst__has(view->layout, direct) && inner != KST__MEMBER_COUNT &&
	       in_union(view->layout, &entry, &count) && kst__get_at(view, entry, inner, out);
}

static void decode_flags(const struct kst__view *view, struct kst_pfn *out)
{
	static const struct {
		uint16_t direct, inner;
		uint32_t bit;
	} rows[] = {
		{ KST__M_PFN_MODIFIED, KST__M_PFNENTRY_MODIFIED, KST_PFN_BIT_MODIFIED },
		{ KST__M_PFN_READ, KST__M_PFNENTRY_READ, KST_PFN_BIT_READ },
		{ KST__M_PFN_WRITE, KST__M_PFNENTRY_WRITE, KST_PFN_BIT_WRITE },
		{ KST__M_PFN_PROTOTYPE, KST__M_PFNENTRY_PROTOTYPE, KST_PFN_BIT_PROTOTYPE },
		{ KST__M_PFN_ROM, KST__M_PFNENTRY_ROM, KST_PFN_BIT_ROM },
		{ KST__M_PFN_PARITY_ERROR, KST__M_PFNENTRY_PARITY_ERROR, KST_PFN_BIT_PARITY_ERROR },
		{ KST__M_PFN_REMOVAL, KST__M_PFNENTRY_REMOVAL, KST_PFN_BIT_REMOVAL },
		{ KST__M_PFN_IN_PAGE_ERROR, KST__MEMBER_COUNT, KST_PFN_BIT_IN_PAGE_ERROR },
		{ KST__M_PFN_AWE, KST__MEMBER_COUNT, KST_PFN_BIT_AWE },
		{ KST__M_PFN_KERNEL_STACK, KST__MEMBER_COUNT, KST_PFN_BIT_KERNEL_STACK },
	};
	uint64_t value;

	for (size_t i = 0; i < KST__COUNT(rows); i++) {
		if (!flag(view, (enum kst__member_id)rows[i].direct, (enum kst__member_id)rows[i].inner, &value))
			continue;
		if (rows[i].bit == KST_PFN_BIT_PROTOTYPE)
			out->present |= KST_PFN_HAS_PROTOTYPE;
		if (value != 0)
			out->bits |= rows[i].bit;
	}
	if (flag(view, KST__M_PFN_LOCATION, KST__M_PFNENTRY_LOCATION, &value)) {
		out->location = (uint32_t)value & 7;
		out->present |= KST_PFN_HAS_LOCATION;
	}
	if (flag(view, KST__M_PFN_CACHE, KST__M_PFNENTRY_CACHE, &value)) {
		out->cache_attribute = (uint32_t)value & 3;
		out->present |= KST_PFN_HAS_CACHE_ATTRIBUTE;
	}
}

static void take(const struct kst__view *view, enum kst__member_id id, uint64_t *out, struct kst_pfn *pfn, uint64_t bit)
{
	if (kst__get(view, id, out))
		pfn->present |= bit;
}

static void take32(const struct kst__view *view, enum kst__member_id id, uint32_t *out, struct kst_pfn *pfn,
		   uint64_t bit)
{
	if (kst__get32(view, id, out))
		pfn->present |= bit;
}

/* Links and share count are one field: which of them it is, the location says. */
static void decode_unions(const struct kst__view *view, struct kst_pfn *out)
{
	bool on_list = out->location <= KST_PFN_BAD;
	uint64_t flink, blink, count;

	if ((out->present & KST_PFN_HAS_LOCATION) == 0)
		return;
	if (!on_list) {
		if (kst__get(view, KST__M_PFN_SHARE_COUNT, &count) ||
		    (!kst__has(view->layout, KST__M_PFN_SHARE_COUNT) && kst__get(view, KST__M_PFN_U2, &count))) {
			out->share_count = count;
			out->present |= KST_PFN_HAS_SHARE_COUNT;
		}
		return;
	}
	if (!kst__get(view, KST__M_PFN_FLINK, &flink)) {
		if (kst__has(view->layout, KST__M_PFN_FLINK) || !kst__get(view, KST__M_PFN_U1, &flink))
			return;
	}
	if (!kst__get(view, KST__M_PFN_BLINK, &blink)) {
		if (kst__has(view->layout, KST__M_PFN_BLINK) || !kst__get(view, KST__M_PFN_U2, &blink))
			return;
	}
	out->flink = flink;
	out->blink = blink;
	out->present |= KST_PFN_HAS_LINKS;
}

void kst__decode_pfn(const struct kst__view *view, struct kst_pfn *out)
{
	uint32_t entry, count;
	uint64_t value;

	memset(out, 0, sizeof *out);
	decode_flags(view, out);
	take(view, KST__M_PFN_PTE_ADDRESS, &out->pte_address, out, KST_PFN_HAS_PTE_ADDRESS);
	take(view, KST__M_PFN_ORIGINAL_PTE, &out->original_pte, out, KST_PFN_HAS_ORIGINAL_PTE);
	take(view, KST__M_PFN_U1, &out->u1, out, KST_PFN_HAS_U1);
	take(view, KST__M_PFN_U2, &out->u2, out, KST_PFN_HAS_U2);
	take(view, KST__M_PFN_U4, &out->u4, out, KST_PFN_HAS_U4);
	take(view, KST__M_PFN_FRAME, &out->pte_frame, out, KST_PFN_HAS_PTE_FRAME);
	take32(view, KST__M_PFN_PRIORITY, &out->priority, out, KST_PFN_HAS_PRIORITY);
	take32(view, KST__M_PFN_IDENTITY, &out->page_identity, out, KST_PFN_HAS_PAGE_IDENTITY);
	take32(view, KST__M_PFN_REFERENCE_COUNT, &out->reference_count, out, KST_PFN_HAS_REFERENCE_COUNT);
	if (!kst__has(view->layout, KST__M_PFN_REFERENCE_COUNT) && in_union(view->layout, &entry, &count) &&
	    kst__view_number(view, count, 2, &value)) {
		out->reference_count = (uint32_t)value;
		out->present |= KST_PFN_HAS_REFERENCE_COUNT;
	}
	decode_unions(view, out);
	if ((out->present & KST_PFN_HAS_LOCATION) != 0 && out->location <= KST_PFN_FREE) {
		out->use = KST_PFN_USE_NONE;
		if ((out->present & KST_PFN_HAS_REFERENCE_COUNT) != 0 && out->reference_count != 0)
			out->anomalies |= KST_PFN_ANOMALY_COUNTS;
	}
}

kst_status kst_decode_pfn(const struct kst_layout *layout, const void *bytes, size_t len, uint64_t address,
			  struct kst_pfn *out, struct kst_error *err)
{
	struct kst__view view;
	struct kst_pfn pfn;

	if (!kst__given(layout, bytes, len, out))
		return kst__fail(err, KST_E_ARG, address, "layout, bytes or result is NULL");
	if (!kst__out_ok(out->size, sizeof *out))
		return kst__fail(err, KST_E_ABI, address, "kst_pfn.size is not known");
	if (!kst__has(layout, KST__M_PFN))
		return kst__fail(err, KST_E_NO_MEMBER, address, "_MMPFN");
	view = kst__view_bytes(layout, bytes, len);
	kst__decode_pfn(&view, &pfn);
	pfn.address = address;
	kst__out_write(out, &pfn, sizeof pfn);
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
