/* SPDX-License-Identifier: MIT */
/*
 * Handle tables and their entries. Two kinds of entry: up to Windows 7 the header's address with attributes in the low
 * three bits, since Windows 8 bit-fields with a packed pointer. Which one shows in the members.
 */
#include "object.h"

#define OLD_ATTRIBUTES 0x7u
#define OLD_LOCK       0x1u
#define OLD_INHERIT    0x2u
#define OLD_AUDIT      0x4u
#define OLD_PROTECT    0x02000000u /* in GrantedAccess; inferred (doc/structures/handle.md) */
#define LEVEL_MASK     0x3u
#define ADDRESS_TAGS   0x7u
/* More handles than the kernel ever gives one process (public limit: 16 million). */
#define HANDLES_MOST 0x1000000u

static bool kernel_half(const struct kst_layout *layout, uint64_t address)
{
	if (layout->info.pointer_size == 4)
		return address >> 31 == 1;
	return address >> 56 == 0xff;
}

static void set_object(const struct kst_layout *layout, uint64_t header, struct kst_handle *out)
{
	uint64_t body = 0;

	kst__object_body_offset(layout, &body);
	out->header = header;
	out->body = body == 0 ? 0 : (header + body) & kst__object_pointer_mask(layout);
	if (body != 0)
		out->present |= KST_HANDLE_HAS_OBJECT;
	if (!kernel_half(layout, header)) {
		out->state = KST_HANDLE_BAD;
		out->anomalies |= KST_HANDLE_ANOMALY_POINTER;
	}
}

static void decode_old(const struct kst__view *view, struct kst_handle *out)
{
	uint64_t value = 0, access = 0;
	uint32_t bits;

	if (!kst__get(view, KST__M_HANDLE_ENTRY_OBJECT, &value))
		return;
	if (value == 0) {
		out->state = KST_HANDLE_FREE;
		return;
	}
	bits = (uint32_t)value & OLD_ATTRIBUTES;
	/* the lock bit is set while nobody holds the entry: public types call it a lock, live entries have it set */
	out->state = (bits & OLD_LOCK) != 0 ? KST_HANDLE_LIVE : KST_HANDLE_LOCKED;
	set_object(view->layout, value & ~(uint64_t)OLD_ATTRIBUTES, out);
	if ((bits & OLD_INHERIT) != 0)
		out->attributes |= KST_HANDLE_ATTRIBUTE_INHERIT;
	if ((bits & OLD_AUDIT) != 0)
		out->attributes |= KST_HANDLE_ATTRIBUTE_AUDIT;
	out->present |= KST_HANDLE_HAS_ATTRIBUTES;
	if (kst__get(view, KST__M_HANDLE_ENTRY_GRANTED_ACCESS, &access)) {
		if ((access & OLD_PROTECT) != 0)
			out->attributes |= KST_HANDLE_ATTRIBUTE_PROTECT;
		out->access = (uint32_t)
			access; /* as stored: the bit may also be MAXIMUM_ALLOWED, left over from the request */
		out->present |= KST_HANDLE_HAS_ACCESS;
	}
}

/*
 * The pointer stands in the topmost bits of its unit; some type tables give its width but not its place, so the place
 * comes from the width. The low bits that alignment makes zero (3 on x86, 4 elsewhere) are left out.
 */
static bool packed_pointer(const struct kst__view *view, uint64_t *word, uint64_t *header)
{
	const struct kst__member *m = kst__member(view->layout, KST__M_HANDLE_ENTRY_OBJECT_SHIFT);
	unsigned width = 8 * m->length;
	unsigned low = view->layout->info.pointer_size == 4 ? 3 : 4;

	if (m->bit_len == 0 || !kst__view_number(view, m->offset, m->length, word))
		return false;
	/* a layout's bits lie in their unit: 0 to 63, which the mask says plainly */
	*header = *word >> ((width - m->bit_len) & 63);
	if (width == 64)
		*header = kst__sign_extend(*header, m->bit_len) << low;
	else
		*header = *header << low & UINT32_MAX;
	return true;
}

static void decode_packed(const struct kst__view *view, struct kst_handle *out)
{
	uint64_t word, header = 0, value = 0;

	if (!packed_pointer(view, &word, &header))
		return;
	if (header == 0) {
		out->state = KST_HANDLE_FREE;
		return;
	}
	out->state = KST_HANDLE_LIVE;
	if (kst__get(view, KST__M_HANDLE_ENTRY_UNLOCKED, &value) && value == 0)
		out->state = KST_HANDLE_LOCKED;
	set_object(view->layout, header, out);
	if (kst__get(view, KST__M_HANDLE_ENTRY_ATTRIBUTES_SHIFT, &value)) {
		const struct kst__member *m = kst__member(view->layout, KST__M_HANDLE_ENTRY_ATTRIBUTES_SHIFT);

		/* x86 keeps two bits, inherit and audit, as its low pointer bits did before; protect has its own */
		out->attributes = (uint32_t)(m->bit_len == 2 ? value << 1 : value) & OLD_ATTRIBUTES;
		out->present |= KST_HANDLE_HAS_ATTRIBUTES;
	}
	if (kst__get(view, KST__M_HANDLE_ENTRY_PROTECT, &value) && value != 0)
		out->attributes |= KST_HANDLE_ATTRIBUTE_PROTECT;
	if (kst__get(view, KST__M_HANDLE_ENTRY_NO_RIGHTS_UPGRADE, &value) && value != 0)
		out->attributes |= KST_HANDLE_ATTRIBUTE_NO_RIGHTS_UPGRADE;
	if (kst__get32(view, KST__M_HANDLE_ENTRY_ACCESS_BITS, &out->access))
		out->present |= KST_HANDLE_HAS_ACCESS;
}

void kst__decode_handle(const struct kst__view *view, uint64_t address, struct kst_handle *out)
{
	memset(out, 0, sizeof *out);
	out->entry = address;
	if (kst__has(view->layout, KST__M_HANDLE_ENTRY_OBJECT_SHIFT))
		decode_packed(view, out);
	else
		decode_old(view, out);
}

void kst__decode_handle_table(const struct kst__view *view, uint64_t address, struct kst_handle_table *out)
{
	const struct kst__member *list = kst__member(view->layout, KST__M_HANDLE_TABLE_LIST);
	uint64_t value;

	memset(out, 0, sizeof *out);
	out->address = address;
	if (kst__get(view, KST__M_HANDLE_TABLE_TABLE_CODE, &value)) {
		out->levels = (uint32_t)value & LEVEL_MASK;
		out->table = value & ~(uint64_t)ADDRESS_TAGS;
		out->present |= KST_HANDLE_TABLE_HAS_TABLE;
		if (out->levels == LEVEL_MASK)
			out->anomalies |= KST_HANDLE_TABLE_ANOMALY_LEVELS;
		/* the topmost of two tables of pointers is smaller than a page, and need not begin one */
		if (!kernel_half(view->layout, out->table) || (out->levels < 2 && out->table % 0x1000 != 0))
			out->anomalies |= KST_HANDLE_TABLE_ANOMALY_ADDRESS;
	}
	if (kst__get(view, KST__M_HANDLE_TABLE_QUOTA_PROCESS, &out->process))
		out->present |= KST_HANDLE_TABLE_HAS_PROCESS;
	if (kst__get(view, KST__M_HANDLE_TABLE_UNIQUE_PROCESS_ID, &out->pid))
		out->present |= KST_HANDLE_TABLE_HAS_PID;
	if (list->present) {
		out->list_entry = (address + list->offset) & kst__object_pointer_mask(view->layout);
		out->present |= KST_HANDLE_TABLE_HAS_LIST;
	}
	if (kst__get32(view, KST__M_HANDLE_TABLE_HANDLE_COUNT, &out->handles)) {
		out->present |= KST_HANDLE_TABLE_HAS_HANDLES;
		if (out->handles > HANDLES_MOST)
			out->anomalies |= KST_HANDLE_TABLE_ANOMALY_COUNT;
	}
	if (kst__get32(view, KST__M_HANDLE_TABLE_FLAGS, &out->flags))
		out->present |= KST_HANDLE_TABLE_HAS_FLAGS;
	if (kst__get32(view, KST__M_HANDLE_TABLE_LIMIT, &out->limit))
		out->present |= KST_HANDLE_TABLE_HAS_LIMIT;
}

kst_status kst_decode_handle_table(const struct kst_layout *layout, const void *bytes, size_t len, uint64_t address,
				   struct kst_handle_table *out, struct kst_error *err)
{
	struct kst_handle_table ours;
	struct kst__view view;

	if (!kst__given(layout, bytes, len, out))
		return kst__fail(err, KST_E_ARG, address, "layout, bytes or result is NULL");
	if (!kst__out_ok(out->size, sizeof *out))
		return kst__fail(err, KST_E_ABI, address, "kst_handle_table.size is not known");
	view = kst__view_bytes(layout, bytes, len);
	kst__decode_handle_table(&view, address, &ours);
	kst__out_write(out, &ours, sizeof ours);
	return KST_OK;
}

kst_status kst_decode_handle(const struct kst_layout *layout, const void *bytes, size_t len, uint64_t address,
			     struct kst_handle *out, struct kst_error *err)
{
	struct kst_handle ours;
	struct kst__view view;

	if (!kst__given(layout, bytes, len, out))
		return kst__fail(err, KST_E_ARG, address, "layout, bytes or result is NULL");
	if (!kst__out_ok(out->size, sizeof *out))
		return kst__fail(err, KST_E_ABI, address, "kst_handle.size is not known");
	view = kst__view_bytes(layout, bytes, len);
	kst__decode_handle(&view, address, &ours);
	kst__out_write(out, &ours, sizeof ours);
	return KST_OK;
}

const char *kst_handle_table_anomaly_name(uint64_t bit)
{
	static const char *const names[] = { "levels", "address", "count" };

	return kst__bit_name(bit, names, KST__COUNT(names));
}

const char *kst_handle_anomaly_name(uint64_t bit)
{
	static const char *const names[] = { "pointer" };

	return kst__bit_name(bit, names, KST__COUNT(names));
}

const char *kst_handle_attribute_name(uint64_t bit)
{
	static const char *const names[] = { "protect", "inherit", "audit", "no-rights-upgrade" };

	return kst__bit_name(bit, names, KST__COUNT(names));
}

const char *kst_handle_state_name(uint32_t state)
{
	static const char *const names[] = { "unknown", "live", "free", "reserved", "locked", "bad" };

	return state < KST__COUNT(names) ? names[state] : "unknown";
}
