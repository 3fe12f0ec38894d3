/* SPDX-License-Identifier: MIT */
/* Object types. The flags of the initializer were bytes up to 2003 and are bits since Vista: one set here. */
#include "object.h"

struct flag_row {
	uint16_t id;
	uint16_t flag;
};

static const struct flag_row flag_rows[] = {
	{ KST__M_OBJECT_TYPE_CASE_INSENSITIVE, KST_OBJECT_TYPE_CASE_INSENSITIVE },
	{ KST__M_OBJECT_TYPE_UNNAMED_ONLY, KST_OBJECT_TYPE_UNNAMED_ONLY },
	{ KST__M_OBJECT_TYPE_USE_DEFAULT, KST_OBJECT_TYPE_USE_DEFAULT },
	{ KST__M_OBJECT_TYPE_SECURITY_REQUIRED, KST_OBJECT_TYPE_SECURITY_REQUIRED },
	{ KST__M_OBJECT_TYPE_MAINTAIN_HANDLES, KST_OBJECT_TYPE_MAINTAIN_HANDLES },
	{ KST__M_OBJECT_TYPE_MAINTAIN_LIST, KST_OBJECT_TYPE_MAINTAIN_LIST },
	{ KST__M_OBJECT_TYPE_SUPPORTS_CALLBACKS, KST_OBJECT_TYPE_CALLBACKS },
	{ KST__M_OBJECT_TYPE_CACHE_ALIGNED, KST_OBJECT_TYPE_CACHE_ALIGNED },
};

static void decode_list(const struct kst__view *view, struct kst_object_type *out)
{
	const struct kst__member *list = kst__member(view->layout, KST__M_OBJECT_TYPE_TYPE_LIST);
	uint64_t flink, blink;

	if (!list->present || !kst__view_pointer(view, list->offset, &flink) ||
	    !kst__view_pointer(view, (uint64_t)list->offset + view->layout->info.pointer_size, &blink))
		return;
	out->list_head = (out->address + list->offset) & kst__object_pointer_mask(view->layout);
	out->list_flink = flink;
	out->list_blink = blink;
	out->present |= KST_OBJECT_TYPE_HAS_LIST;
	if ((flink == out->list_head) != (blink == out->list_head))
		out->anomalies |= KST_OBJECT_TYPE_ANOMALY_LIST;
}

static void decode_name(const struct kst__view *view, struct kst_object_type *out)
{
	const struct kst__member *name = kst__member(view->layout, KST__M_OBJECT_TYPE_NAME);
	uint64_t length, maximum, buffer;

	if (!name->present || !kst__view_number(view, name->offset, 2, &length) ||
	    !kst__view_number(view, (uint64_t)name->offset + 2, 2, &maximum) ||
	    !kst__view_pointer(view, (uint64_t)name->offset + view->layout->info.pointer_size, &buffer))
		return;
	out->name_length = (uint32_t)length;
	out->name_maximum = (uint32_t)maximum;
	out->name_buffer = buffer;
	out->present |= KST_OBJECT_TYPE_HAS_NAME_STRING;
	if (length % 2 != 0 || length > maximum)
		out->anomalies |= KST_OBJECT_TYPE_ANOMALY_NAME;
}

static void decode_numbers(const struct kst__view *view, struct kst_object_type *out)
{
	const struct kst__member *key = kst__member(view->layout, KST__M_OBJECT_TYPE_KEY);

	if (kst__get32(view, KST__M_OBJECT_TYPE_INDEX, &out->index))
		out->present |= KST_OBJECT_TYPE_HAS_INDEX;
	if (kst__get32(view, KST__M_OBJECT_TYPE_OBJECTS, &out->objects))
		out->present |= KST_OBJECT_TYPE_HAS_OBJECTS;
	if (kst__get32(view, KST__M_OBJECT_TYPE_HANDLES, &out->handles))
		out->present |= KST_OBJECT_TYPE_HAS_HANDLES;
	if (kst__get32(view, KST__M_OBJECT_TYPE_HIGH_OBJECTS, &out->high_objects) &&
	    kst__get32(view, KST__M_OBJECT_TYPE_HIGH_HANDLES, &out->high_handles))
		out->present |= KST_OBJECT_TYPE_HAS_HIGH;
	if ((out->present & KST_OBJECT_TYPE_HAS_HIGH) != 0 &&
	    (out->high_objects < out->objects || out->high_handles < out->handles))
		out->anomalies |= KST_OBJECT_TYPE_ANOMALY_COUNTS;
	if (key->present && kst__view_raw(view, key->offset, out->key, sizeof out->key))
		out->present |= KST_OBJECT_TYPE_HAS_KEY;
	if (kst__get32(view, KST__M_OBJECT_TYPE_VALID_ACCESS, &out->valid_access))
		out->present |= KST_OBJECT_TYPE_HAS_VALID_ACCESS;
	if (kst__get32(view, KST__M_OBJECT_TYPE_POOL_TYPE, &out->pool_type))
		out->present |= KST_OBJECT_TYPE_HAS_POOL_TYPE;
	if (kst__get(view, KST__M_OBJECT_TYPE_DEFAULT_OBJECT, &out->default_object))
		out->present |= KST_OBJECT_TYPE_HAS_DEFAULT;
}

void kst__decode_object_type(const struct kst__view *view, uint64_t address, struct kst_object_type *out)
{
	const struct kst__member *callbacks = kst__member(view->layout, KST__M_OBJECT_TYPE_CALLBACK_LIST);
	uint64_t value;

	memset(out, 0, sizeof *out);
	out->address = address;
	decode_list(view, out);
	decode_name(view, out);
	decode_numbers(view, out);
	for (size_t i = 0; i < KST__COUNT(flag_rows); i++) {
		if (!kst__get(view, (enum kst__member_id)flag_rows[i].id, &value))
			continue;
		if (flag_rows[i].flag == KST_OBJECT_TYPE_MAINTAIN_LIST)
			out->present |= KST_OBJECT_TYPE_HAS_FLAGS;
		if (value != 0)
			out->flags |= flag_rows[i].flag;
	}
	if (callbacks->present && kst__view_pointer(view, callbacks->offset, &value)) {
		out->callback_head = (address + callbacks->offset) & kst__object_pointer_mask(view->layout);
		out->callback_flink = value;
		out->present |= KST_OBJECT_TYPE_HAS_CALLBACKS;
	}
}

kst_status kst_decode_object_type(const struct kst_layout *layout, const void *bytes, size_t len, uint64_t address,
				  struct kst_object_type *out, struct kst_error *err)
{
	struct kst_object_type ours;
	struct kst__view view;

	if (!kst__given(layout, bytes, len, out))
		return kst__fail(err, KST_E_ARG, address, "layout, bytes or result is NULL");
	if (!kst__out_ok(out->size, sizeof *out))
		return kst__fail(err, KST_E_ABI, address, "kst_object_type.size is not known");
	view = kst__view_bytes(layout, bytes, len);
	kst__decode_object_type(&view, address, &ours);
	kst__out_write(out, &ours, sizeof ours);
	return KST_OK;
}

const char *kst_object_type_anomaly_name(uint64_t bit)
{
	static const char *const names[] = { "name", "index", "list", "not-a-type", "counts" };

	return kst__bit_name(bit, names, KST__COUNT(names));
}

const char *kst_object_tracking_name(uint32_t tracking)
{
	static const char *const names[] = { "unknown", "off", "type", "global" };

	return tracking < KST__COUNT(names) ? names[tracking] : "unknown";
}
