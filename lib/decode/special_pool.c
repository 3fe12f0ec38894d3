/* SPDX-License-Identifier: MIT */
/*
 * Special pool: one allocation per page, pushed against one end, the rest filled with one byte. A record that has the
 * place and size of a POOL_HEADER tells the requested size, the fill byte and the tag.
 */
#include "pool.h"

#define RECORD_PAGED   0x8000u
#define RECORD_TRACKED 0x4000u
#define RECORD_SIZE    0x0fffu /* classic; 0x1fff on heap-backed pages, whose sizes are below 0x1000 as well */

/* Compare [from, to) of the page with the fill byte. */
static bool filled(const struct kst__view *page, uint64_t from, uint64_t to, uint32_t fill, bool *readable)
{
	uint8_t part[64];

	while (from < to) {
		size_t n = to - from < sizeof part ? (size_t)(to - from) : sizeof part;

		if (!kst__view_raw(page, from, part, n)) {
			*readable = false;
			return false;
		}
		for (size_t i = 0; i < n; i++)
			if (part[i] != fill)
				return false;
		from += n;
	}
	return true;
}

/* What follows the header of a tracked block: on XP a number and a pointer, since then (1903 on without a type) a pointer. */
static uint32_t verifier_record(const struct kst_layout *layout)
{
	uint32_t size = kst__type_size(layout, KST__M_MI_VERIFIER_POOL_HEADER);

	return size != 0 ? size : layout->info.pointer_size;
}

/* What a record at `at` would mean; false when it cannot be one. */
static bool decode_record(const struct kst__view *page, const struct kst__pool_format *format, bool underrun,
			  struct kst_special_pool *out)
{
	uint64_t at = underrun ? KST__POOL_PAGE - format->header_size : 0;
	uint64_t align = format->header_size, place, word, tag;
	uint32_t slop, protected_tag;
	bool readable = true;
	char text[8];

	if (!kst__view_number(page, at, 4, &word))
		return false;
	memset(out, 0, sizeof *out);
	out->size = sizeof *out;
	out->page = page->address;
	out->underrun = underrun;
	out->record = page->address + at;
	out->bytes = (uint32_t)(word & RECORD_SIZE);
	out->paged = (word & RECORD_PAGED) != 0;
	out->tracked = (word & RECORD_TRACKED) != 0;
	out->fill = (uint32_t)(word >> 16 & 0xff);
	out->present = KST_SPECIAL_POOL_HAS_RECORD;
	/* four equal bytes are fill, not a record */
	if (out->bytes == 0 || out->bytes > KST__POOL_PAGE - format->header_size || word == out->fill * 0x01010101u) {
		out->anomalies = KST_SPECIAL_POOL_ANOMALY_SIZE;
		return true;
	}
	place = underrun ? 0 : (KST__POOL_PAGE - out->bytes) & ~(align - 1);
	out->data = page->address + place;
	if (format->tag_offset != UINT32_MAX && kst__view_number(page, at + format->tag_offset, 4, &tag)) {
		kst__pool_tag((uint32_t)tag, out->tag, &protected_tag, text);
		out->present |= KST_SPECIAL_POOL_HAS_TAG;
	}
	slop = underrun ? out->bytes : format->header_size + (out->tracked ? verifier_record(page->layout) : 0);
	if (!underrun && slop > place)
		slop = (uint32_t)place;
	if (!underrun && !filled(page, slop, place, out->fill, &readable))
		out->anomalies |= KST_SPECIAL_POOL_ANOMALY_BEFORE;
	if (underrun ? !filled(page, slop, at, out->fill, &readable)
		     : !filled(page, place + out->bytes, KST__POOL_PAGE, out->fill, &readable))
		out->anomalies |= KST_SPECIAL_POOL_ANOMALY_AFTER;
	if (!readable) {
		out->anomalies = 0;
		return true;
	}
	out->present |= KST_SPECIAL_POOL_HAS_FILL;
	out->fill_bytes = underrun ? at - slop : place - slop + (KST__POOL_PAGE - place - out->bytes);
	/* a full page has no fill to prove anything */
	out->sound = out->anomalies == 0 && out->fill_bytes >= 8;
	return true;
}

kst_status kst__decode_special_pool(const struct kst__view *page, struct kst_special_pool *out, struct kst_error *err)
{
	struct kst__pool_format format;
	struct kst_special_pool other;
	kst_status st = kst__pool_format(page->layout, &format, err);

	if (st != KST_OK)
		return st;
	if (!decode_record(page, &format, false, out)) {
		memset(out, 0, sizeof *out);
		out->size = sizeof *out;
		out->page = page->address;
	}
	if (!out->sound && decode_record(page, &format, true, &other) && other.sound)
		*out = other;
	return KST_OK;
}

kst_status kst_decode_special_pool(const struct kst_layout *layout, const void *bytes, size_t len, uint64_t address,
				   struct kst_special_pool *out, struct kst_error *err)
{
	struct kst_special_pool ours;
	struct kst__view view;
	kst_status st;

	if (!kst__given(layout, bytes, len, out) || address % KST__POOL_PAGE != 0)
		return kst__fail(err, KST_E_ARG, address, "layout, bytes or result is NULL, or no page address");
	if (!kst__out_ok(out->size, sizeof ours))
		return kst__fail(err, KST_E_ABI, address, "size of the result is unknown");
	view = kst__view_bytes(layout, bytes, len < KST__POOL_PAGE ? len : KST__POOL_PAGE);
	view.address = address;
	st = kst__decode_special_pool(&view, &ours, err);
	if (st == KST_OK)
		kst__out_write(out, &ours, sizeof ours);
	return st;
}

const char *kst_special_pool_anomaly_name(uint64_t bit)
{
	static const char *const names[] = { "size", "before-data", "after-data" };

	return kst__bit_name(bit, names, KST__COUNT(names));
}
