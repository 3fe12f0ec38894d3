/* SPDX-License-Identifier: MIT */
#include "module.h"

#define LARGEST_IMAGE 0x40000000u

/*
 * Where a member is: by layout or, where that says nothing, at the place that it has in every public symbol file from
 * NT 5.1 to 10.0.22631 (reference layouts; 26100 by its triage driver entries). width 0: a pointer.
 */
struct place {
	uint16_t member;
	uint8_t at32;
	uint8_t at64;
	uint8_t width;
};

enum { BASE, SIZE, ENTRY_POINT, FLAGS, LOAD_COUNT, CHECKSUM };

static const struct place places[] = {
	[BASE] = { KST__M_KLDR_BASE, 0x18, 0x30, 0 },
	[SIZE] = { KST__M_KLDR_SIZE, 0x20, 0x40, 4 },
	[ENTRY_POINT] = { KST__M_KLDR_ENTRY_POINT, 0x1c, 0x38, 0 },
	[FLAGS] = { KST__M_KLDR_FLAGS, 0x34, 0x68, 4 },
	[LOAD_COUNT] = { KST__M_KLDR_LOAD_COUNT, 0x38, 0x6c, 2 },
	[CHECKSUM] = { KST__M_KLDR_CHECKSUM, 0x40, 0x78, 4 },
};

static const struct place full_name = { KST__M_KLDR_FULL_NAME, 0x24, 0x48, 0 };
static const struct place base_name = { KST__M_KLDR_BASE_NAME, 0x2c, 0x58, 0 };

static uint64_t offset_of(const struct kst__view *view, const struct place *p)
{
	const struct kst__member *m = kst__member(view->layout, (enum kst__member_id)p->member);

	if (m->present)
		return m->offset;
	return view->layout->info.pointer_size == 4 ? p->at32 : p->at64;
}

static bool get(const struct kst__view *view, unsigned which, uint64_t *out)
{
	const struct place *p = &places[which];

	return kst__view_number(view, offset_of(view, p), p->width == 0 ? view->layout->info.pointer_size : p->width,
				out);
}

bool kst__module_range(const struct kst__view *view, uint64_t *base_out, uint32_t *size_out)
{
	uint64_t base, size;

	if (!get(view, BASE, &base) || !get(view, SIZE, &size))
		return false;
	*base_out = base;
	*size_out = (uint32_t)size;
	return true;
}

/* A UNICODE_STRING; false when it is not there. */
static bool get_string(const struct kst__view *view, uint64_t offset, uint64_t *buffer, uint32_t *bytes, bool *sound)
{
	uint32_t width = view->layout->info.pointer_size;
	uint64_t length, maximum;

	if (!kst__view_number(view, offset, 2, &length) || !kst__view_number(view, offset + 2, 2, &maximum) ||
	    !kst__view_number(view, offset + width, width, buffer))
		return false;
	*bytes = (uint32_t)length;
	*sound = length % 2 == 0 && length <= maximum && (length == 0 || *buffer != 0);
	return true;
}

void kst__decode_module(const struct kst__view *view, uint64_t address, struct kst_module *out)
{
	uint64_t value;
	bool sound;

	memset((uint8_t *)out + sizeof out->size, 0, sizeof *out - sizeof out->size);
	out->address = address;
	if (get(view, BASE, &out->base))
		out->present |= KST_MODULE_HAS_BASE;
	if (get(view, SIZE, &value)) {
		out->size_of_image = (uint32_t)value;
		out->present |= KST_MODULE_HAS_SIZE;
		if (value == 0 || value > LARGEST_IMAGE)
			out->anomalies |= KST_MODULE_ANOMALY_RANGE;
	}
	if (out->base % 0x1000 != 0 || out->size_of_image > UINT64_MAX - out->base) /* an absent base is 0 */
		out->anomalies |= KST_MODULE_ANOMALY_RANGE;
	if (get(view, ENTRY_POINT, &out->entry_point))
		out->present |= KST_MODULE_HAS_ENTRY_POINT;
	if (get(view, FLAGS, &value)) {
		out->flags = (uint32_t)value;
		out->present |= KST_MODULE_HAS_FLAGS;
	}
	if (get(view, LOAD_COUNT, &value)) {
		out->load_count = (uint32_t)value;
		out->present |= KST_MODULE_HAS_LOAD_COUNT;
	}
	if (get(view, CHECKSUM, &value)) {
		out->checksum = (uint32_t)value;
		out->present |= KST_MODULE_HAS_CHECKSUM;
	}
	if (kst__get32(view, KST__M_KLDR_TIME_DATE_STAMP, &out->time_date_stamp))
		out->present |= KST_MODULE_HAS_STAMP;
	if (get_string(view, offset_of(view, &base_name), &out->name_address, &out->name_bytes, &sound)) {
		out->present |= KST_MODULE_HAS_NAME_STRING;
		out->anomalies |= sound ? 0 : KST_MODULE_ANOMALY_NAME;
	}
	if (get_string(view, offset_of(view, &full_name), &out->path_address, &out->path_bytes, &sound)) {
		out->present |= KST_MODULE_HAS_PATH_STRING;
		out->anomalies |= sound ? 0 : KST_MODULE_ANOMALY_NAME;
	}
}

kst_status kst_decode_module(const struct kst_layout *layout, const void *bytes, size_t len, uint64_t address,
			     struct kst_module *out, struct kst_error *err)
{
	struct kst__view view = kst__view_bytes(layout, bytes, len);
	struct kst_module ours;

	if (!kst__given(layout, bytes, len, out))
		return kst__fail(err, KST_E_ARG, address, "layout, bytes or result is NULL");
	if (!kst__out_ok(out->size, sizeof *out))
		return kst__fail(err, KST_E_ABI, address, "kst_module.size is not known");
	kst__decode_module(&view, address, &ours);
	kst__out_write(out, &ours, sizeof ours);
	return KST_OK;
}

void kst__decode_unloaded_module(const struct kst__view *view, struct kst_unloaded_module *out, uint64_t *name_address,
				 uint32_t *name_bytes)
{
	uint32_t width = view->layout->info.pointer_size;
	uint64_t at = 2u * width; /* after the UNICODE_STRING */
	bool sound;

	memset((uint8_t *)out + sizeof out->size, 0, sizeof *out - sizeof out->size);
	*name_address = 0;
	*name_bytes = 0;
	if (get_string(view, 0, name_address, name_bytes, &sound) && !sound)
		out->anomalies |= KST_MODULE_ANOMALY_NAME;
	if (kst__view_number(view, at, width, &out->start) && kst__view_number(view, at + width, width, &out->end)) {
		out->present |= KST_UNLOADED_MODULE_HAS_RANGE;
		if (out->end < out->start || out->start % 0x1000 != 0 || out->end - out->start > LARGEST_IMAGE)
			out->anomalies |= KST_MODULE_ANOMALY_RANGE;
	}
	if (kst__view_number(view, at + 2u * width, 8, &out->time))
		out->present |= KST_UNLOADED_MODULE_HAS_TIME;
}

kst_status kst_decode_unloaded_module(const struct kst_layout *layout, const void *bytes, size_t len, uint64_t address,
				      struct kst_unloaded_module *out, struct kst_error *err)
{
	struct kst__view view = kst__view_bytes(layout, bytes, len);
	struct kst_unloaded_module ours;
	uint64_t name;
	uint32_t name_bytes;

	if (!kst__given(layout, bytes, len, out))
		return kst__fail(err, KST_E_ARG, address, "layout, bytes or result is NULL");
	if (!kst__out_ok(out->size, sizeof *out))
		return kst__fail(err, KST_E_ABI, address, "kst_unloaded_module.size is not known");
	kst__decode_unloaded_module(&view, &ours, &name, &name_bytes);
	kst__out_write(out, &ours, sizeof ours);
	return KST_OK;
}

const char *kst_module_anomaly_name(uint64_t bit)
{
	static const char *const names[] = { "name-cut", "range", "name" };

	return kst__bit_name(bit, names, KST__COUNT(names));
}
