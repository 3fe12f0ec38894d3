/* SPDX-License-Identifier: MIT */
#include "view.h"

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

	if (width == 0 || width > sizeof raw || !kst__view_raw(view, offset, raw, width))
		return false;
	*out = kst__le(raw, width);
	return true;
}

bool kst__get_at(const struct kst__view *view, uint64_t base, enum kst__member_id id, uint64_t *out)
{
	const struct kst__member *m = kst__member(view->layout, id);
	uint64_t value;

	if (!m->present || !kst__view_number(view, base + m->offset, m->length, &value))
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
