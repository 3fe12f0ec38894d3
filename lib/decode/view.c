/* SPDX-License-Identifier: MIT */
#include "view.h"

bool kst__given(const struct kst_layout *layout, const void *bytes, size_t len, const void *out)
{
	return layout != NULL && out != NULL && (bytes != NULL || len == 0);
}

bool kst__view_raw(const struct kst__view *view, uint64_t offset, void *buf, size_t len)
{
	if (view->fetch != NULL)
		return view->fetch(view, offset, buf, len);
	if (view->bytes == NULL || !kst__within(offset, len, view->len))
		return false;
	memcpy(buf, view->bytes + offset, len);
	return true;
}

bool kst__view_number(const struct kst__view *view, uint64_t offset, size_t width, uint64_t *out)
{
	uint8_t raw[8];

	if (width == 0 || width > sizeof raw)
		return false;
	//@ split width;
	if (view->fetch == NULL) { /* bytes in hand: no copy */
		if (view->bytes == NULL || !kst__within(offset, width, view->len))
			return false;
		*out = kst__le(view->bytes + offset, width);
		return true;
	}
	if (!view->fetch(view, offset, raw, width))
		return false;
	*out = kst__le(raw, width);
	return true;
}

bool kst__get_at(const struct kst__view *view, uint64_t base, enum kst__member_id id, uint64_t *out)
{
	const struct kst__member *m = kst__member(view->layout, id);
	uint64_t value;

	if (!m->present || base > UINT64_MAX - m->offset ||
	    !kst__view_number(view, base + m->offset, m->length, &value))
		return false;
	*out = m->bit_len == 0 ? value : value >> m->bit_pos & kst__mask(m->bit_len);
	return true;
}

bool kst__get(const struct kst__view *view, enum kst__member_id id, uint64_t *out)
{
	return kst__get_at(view, 0, id, out);
}

bool kst__get32(const struct kst__view *view, enum kst__member_id id, uint32_t *out)
{
	uint64_t value;

	if (!kst__get(view, id, &value) || value > UINT32_MAX)
		return false;
	*out = (uint32_t)value;
	return true;
}

bool kst__view_pointer(const struct kst__view *view, uint64_t offset, uint64_t *out)
{
	return kst__view_number(view, offset, view->layout->info.pointer_size, out);
}

bool kst__get_pointer(const struct kst__view *view, enum kst__member_id id, uint64_t *out)
{
	return kst__has(view->layout, id) && kst__view_pointer(view, kst__member(view->layout, id)->offset, out);
}

bool kst__get_u64(const struct kst__view *view, enum kst__member_id id, uint64_t *out)
{
	return kst__has(view->layout, id) && kst__view_number(view, kst__member(view->layout, id)->offset, 8, out);
}

uint64_t kst__get_fields(const struct kst__view *view, const struct kst__field *fields, size_t count, void *out)
{
	uint64_t present = 0;

	for (size_t i = 0; i < count; i++) {
		const struct kst__field *f = &fields[i];
		enum kst__member_id id = (enum kst__member_id)f->id;
		uint8_t *to = (uint8_t *)out + f->offset;
		uint64_t value;
		bool got;

		if (f->kind == KST__FIELD_POINTER)
			got = kst__get_pointer(view, id, &value);
		else if (f->kind == KST__FIELD_U64)
			got = kst__get_u64(view, id, &value);
		else
			got = kst__get(view, id, &value);
		if (!got || (f->width == 4 && value > UINT32_MAX))
			continue;
		if (f->width == 4) {
			uint32_t narrow = (uint32_t)value;

			memcpy(to, &narrow, sizeof narrow);
		} else {
			memcpy(to, &value, sizeof value);
		}
		present |= (uint64_t)1 << f->bit;
	}
	return present;
}
