/* SPDX-License-Identifier: MIT */
/* LDR_DATA_TABLE_ENTRY of user mode, and RTL_UNLOAD_EVENT_TRACE. */
#include "user_module.h"

#include "../layout/user.h"
#include "peb.h"
#include "process.h"

#define ROW(id, member, kind, bit)                                                                                     \
	{                                                                                                              \
		KST__M_##id, (uint16_t)offsetof(struct kst_user_module, member),                                       \
			sizeof(((struct kst_user_module *)0)->member), KST__FIELD_##kind, bit                          \
	}

static const struct kst__field fields[] = {
	ROW(USER_LDR_BASE, base, POINTER, 0),
	ROW(USER_LDR_SIZE, size_of_image, NUMBER, 1),
	ROW(USER_LDR_ENTRY_POINT, entry_point, POINTER, 4),
	ROW(USER_LDR_TIME_DATE_STAMP, time_date_stamp, NUMBER, 5),
	ROW(USER_LDR_FLAGS, flags, NUMBER, 6),
	ROW(USER_LDR_LOAD_COUNT, load_count, NUMBER, 7),
	ROW(USER_LDR_TLS_INDEX, tls_index, NUMBER, 8),
	ROW(USER_LDR_ORIGINAL_BASE, original_base, POINTER, 9),
	ROW(USER_LDR_LOAD_TIME, load_time, U64, 10),
	ROW(USER_LDR_LOAD_REASON, load_reason, NUMBER, 11),
};

/* RTL_UNLOAD_EVENT_TRACE is public and fixed: {32-bit, 64-bit} offsets; the name is 32 characters. */
enum { TRACE_BASE, TRACE_SIZE, TRACE_SEQUENCE, TRACE_STAMP, TRACE_CHECKSUM, TRACE_NAME };
static const uint8_t trace[][2] = { { 0x00, 0x00 }, { 0x04, 0x08 }, { 0x08, 0x10 },
				    { 0x0c, 0x14 }, { 0x10, 0x18 }, { 0x14, 0x1c } };
#define TRACE_NAME_BYTES 64

static void decode_name(const struct kst__view *view, const struct kst_layout *native, enum kst__member_id id,
			struct kst_text *text, uint64_t present, struct kst_user_module *out)
{
	const struct kst__member *m = kst__member(view->layout, id);
	bool sound;

	if (!m->present || !kst__decode_text(view, m->offset, text, &sound))
		return;
	out->present |= present;
	if (!sound)
		out->anomalies |= KST_USER_MODULE_ANOMALY_NAME;
	if (!kst__points_well(view->layout, native, text->address)) {
		out->anomalies |= KST_USER_MODULE_ANOMALY_POINTER;
		text->bytes = 0;
	}
}

static void check(const struct kst__view *view, const struct kst_layout *native, struct kst_user_module *out)
{
	uint64_t has = out->present;
	uint64_t last = out->base + (out->size_of_image == 0 ? 0 : out->size_of_image - 1u);

	if ((has & KST_USER_MODULE_HAS_BASE) &&
	    (out->base == 0 || out->base % 0x1000 != 0 || !kst__points_well(view->layout, native, out->base)))
		out->anomalies |= KST_USER_MODULE_ANOMALY_RANGE;
	if ((has & KST_USER_MODULE_HAS_BASE) && (has & KST_USER_MODULE_HAS_SIZE) &&
	    (out->size_of_image == 0 || last < out->base || !kst__points_well(view->layout, native, last)))
		out->anomalies |= KST_USER_MODULE_ANOMALY_RANGE;
	/* an absent entry point is 0, as that of a module without one */
	if ((has & KST_USER_MODULE_HAS_BASE) && (has & KST_USER_MODULE_HAS_SIZE) && out->entry_point != 0 &&
	    (out->entry_point < out->base || out->entry_point > last))
		out->anomalies |= KST_USER_MODULE_ANOMALY_ENTRY_POINT;
}

void kst__decode_user_module(const struct kst__view *view, const struct kst_layout *native, uint64_t address,
			     struct kst_user_module *out)
{
	memset(out, 0, sizeof *out);
	out->address = address;
	out->bits = 8 * view->layout->info.pointer_size;
	out->present = kst__get_fields(view, fields, KST__COUNT(fields), out);
	decode_name(view, native, KST__M_USER_LDR_BASE_NAME, &out->name_text, KST_USER_MODULE_HAS_NAME_TEXT, out);
	decode_name(view, native, KST__M_USER_LDR_FULL_NAME, &out->path_text, KST_USER_MODULE_HAS_PATH_TEXT, out);
	check(view, native, out);
}

kst_status kst_decode_user_module(const struct kst_layout *layout, const void *bytes, size_t len, uint64_t address,
				  struct kst_user_module *out, struct kst_error *err)
{
	struct kst_user_module ours;
	struct kst__view view;

	if (!kst__given(layout, bytes, len, out))
		return kst__fail(err, KST_E_ARG, address, "layout, bytes or result is NULL");
	if (!kst__out_ok(out->size, sizeof *out))
		return kst__fail(err, KST_E_ABI, address, "kst_user_module.size is not known");
	view = kst__view_bytes(layout, bytes, len);
	kst__decode_user_module(&view, layout, address, &ours);
	kst__out_write(out, &ours, sizeof ours);
	return KST_OK;
}

static bool trace_number(const struct kst__view *view, int member, size_t width, uint64_t *out)
{
	return kst__view_number(view, trace[member][view->layout->info.pointer_size == 8], width, out);
}

void kst__decode_unloaded_user_module(const struct kst__view *view, uint64_t address,
				      struct kst_unloaded_user_module *out)
{
	uint32_t pointer_size = view->layout->info.pointer_size;
	uint8_t raw[TRACE_NAME_BYTES];
	size_t bytes = 0;
	uint64_t value;

	memset(out, 0, sizeof *out);
	out->address = address;
	if (trace_number(view, TRACE_BASE, pointer_size, &out->base))
		out->present |= KST_UNLOADED_USER_MODULE_HAS_BASE;
	if (trace_number(view, TRACE_SIZE, pointer_size, &out->size_of_image))
		out->present |= KST_UNLOADED_USER_MODULE_HAS_SIZE;
	if (trace_number(view, TRACE_SEQUENCE, 4, &value)) {
		out->present |= KST_UNLOADED_USER_MODULE_HAS_SEQUENCE;
		out->sequence = (uint32_t)value;
	}
	if (trace_number(view, TRACE_STAMP, 4, &value)) {
		out->present |= KST_UNLOADED_USER_MODULE_HAS_STAMP;
		out->time_date_stamp = (uint32_t)value;
	}
	if (trace_number(view, TRACE_CHECKSUM, 4, &value)) {
		out->present |= KST_UNLOADED_USER_MODULE_HAS_CHECKSUM;
		out->checksum = (uint32_t)value;
	}
	if (kst__view_raw(view, trace[TRACE_NAME][pointer_size == 8], raw, sizeof raw)) {
		while (bytes < sizeof raw && kst__le16(raw + bytes) != 0)
			bytes += 2; /* a name of 32 characters has no terminator */
		out->present |= KST_UNLOADED_USER_MODULE_HAS_NAME;
		if (!kst__utf16_text(out->name, sizeof out->name, raw, bytes))
			out->anomalies |= KST_UNLOADED_USER_MODULE_ANOMALY_NAME;
	}
	/* an absent base is 0, and so is that of an unused slot */
	if (out->base % 0x1000 != 0 || (pointer_size == 8 && !kst__is_user_address(8, out->base)))
		out->anomalies |= KST_UNLOADED_USER_MODULE_ANOMALY_RANGE;
}

kst_status kst_decode_unloaded_user_module(uint32_t pointer_size, const void *bytes, size_t len, uint64_t address,
					   struct kst_unloaded_user_module *out, struct kst_error *err)
{
	const struct kst_layout *layout = kst__layout_user(pointer_size);
	struct kst_unloaded_user_module ours;
	struct kst__view view;

	if (!kst__given(layout, bytes, len, out))
		return kst__fail(err, KST_E_ARG, address, "no such pointer size, or bytes or result is NULL");
	if (!kst__out_ok(out->size, sizeof *out))
		return kst__fail(err, KST_E_ABI, address, "kst_unloaded_user_module.size is not known");
	view = kst__view_bytes(layout, bytes, len);
	kst__decode_unloaded_user_module(&view, address, &ours);
	kst__out_write(out, &ours, sizeof ours);
	return KST_OK;
}

const char *kst_loader_list_name(uint32_t list)
{
	static const char *const names[] = { "load", "memory", "init" };

	return list < KST__COUNT(names) ? names[list] : "unknown";
}

const char *kst_load_reason_name(uint32_t reason)
{
	static const char *const names[] = { "static-dependency",
					     "static-forwarder-dependency",
					     "dynamic-forwarder-dependency",
					     "delayload-dependency",
					     "dynamic-load",
					     "as-image-load",
					     "as-data-load",
					     "enclave-primary",
					     "enclave-dependency" };

	return reason < KST__COUNT(names) ? names[reason] : "unknown";
}

const char *kst_user_module_anomaly_name(uint64_t bit)
{
	static const char *const names[] = {
		"name-cut",    "name",     "range", "pointer", "not-in-load-order", "not-in-memory-order",
		"entry-point", "back-link"
	};

	return kst__bit_name(bit, names, KST__COUNT(names));
}

const char *kst_unloaded_user_module_anomaly_name(uint64_t bit)
{
	static const char *const names[] = { "name", "range", "slot" };

	return kst__bit_name(bit, names, KST__COUNT(names));
}
