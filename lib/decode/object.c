/* SPDX-License-Identifier: MIT */
/*
 * Object headers. Which generation it is shows in the members: InfoMask (Windows 7 and later) or the three offset bytes
 * (before). Optional headers lie below the header, the creator header nearest.
 */
#include "object.h"

#define PADDING_MOST 0x1000u
/* Before InfoMask: the flag that says there is a creator header. */
#define OLD_FLAG_CREATOR  0x4u
#define FLAG_SINGLE_ENTRY 0x40u

/* Sizes of the optional headers, by bit number. */
static const uint16_t info_sizes[] = {
	KST__M_OBJECT_CREATOR_INFO, KST__M_OBJECT_NAME_INFO,    KST__M_OBJECT_HANDLE_INFO, KST__M_OBJECT_QUOTA_INFO,
	KST__M_OBJECT_PROCESS_INFO, KST__M_OBJECT_PADDING_INFO, KST__M_OBJECT_AUDIT_INFO,  KST__M_OBJECT_EXTENDED_INFO,
};

/* What is being decoded. `at` of an optional header counts from the start of the view. */
struct header {
	const struct kst__view *view;
	uint64_t view_address;
	uint64_t offset;
	struct kst_object *out;
};

bool kst__object_infos_known(const struct kst_layout *layout)
{
	for (size_t i = 0; i < KST__COUNT(info_sizes); i++)
		if (kst__has(layout, (enum kst__member_id)info_sizes[i]))
			return true;
	return false;
}

enum kst__index_form kst__object_index_form(const struct kst_layout *layout)
{
	if (kst__has(layout, KST__M_OBJECT_EXTENDED_INFO))
		return KST__OBJECT_INDEX_ENCODED;
	return kst__object_infos_known(layout) ? KST__OBJECT_INDEX_PLAIN : KST__OBJECT_INDEX_UNKNOWN;
}

bool kst__object_body_offset(const struct kst_layout *layout, uint64_t *out)
{
	const struct kst__member *m = kst__member(layout, KST__M_OBJECT_HEADER_BODY);

	if (!m->present || m->offset == 0)
		return false;
	*out = m->offset;
	return true;
}

void kst__fast_reference(const struct kst_layout *layout, uint64_t value, uint64_t *object, uint32_t *references)
{
	const struct kst__member *m = kst__member(layout, KST__M_EX_FAST_REF_COUNT);
	unsigned bits = m->present && m->bit_len > 0 && m->bit_len <= 4 ? m->bit_len
			: layout->info.pointer_size == 4                ? 3
									: 4;

	*object = value & ~kst__mask(bits);
	*references = (uint32_t)(value & kst__mask(bits));
}

uint32_t kst_object_type_index(uint32_t stored, uint64_t header, uint32_t cookie)
{
	return (stored ^ (uint32_t)(header >> 8) ^ cookie) & 0xff;
}

static bool header_get(const struct header *h, enum kst__member_id id, uint64_t *out)
{
	return kst__get_at(h->view, h->offset, id, out);
}

static bool header_get_signed(const struct header *h, enum kst__member_id id, int64_t *out)
{
	uint64_t value;

	if (!header_get(h, id, &value))
		return false;
	*out = (int64_t)kst__sign_extend(value, 8 * kst__member(h->view->layout, id)->length);
	return true;
}

/* A member of optional header number n. */
static bool info_get(const struct header *h, unsigned n, enum kst__member_id id, uint64_t *out)
{
	uint64_t address = h->out->info_address[n];

	if (address < h->view_address)
		return false; /* below what the caller has read */
	return kst__get_at(h->view, address - h->view_address, id, out);
}

static bool info_get32(const struct header *h, unsigned n, enum kst__member_id id, uint32_t *out)
{
	uint64_t value;

	if (!info_get(h, n, id, &value))
		return false;
	*out = (uint32_t)value;
	return true;
}

static void place(struct kst_object *out, unsigned n, uint64_t distance)
{
	if (distance > out->header) {
		out->anomalies |= KST_OBJECT_ANOMALY_INFO_OFFSET;
		return;
	}
	out->infos |= 1u << n;
	out->info_address[n] = out->header - distance;
}

/*
 * Windows 7 and later: header of bit b lies below the header by the sum of the sizes of all headers of bits up to b.
 * The padding header tells of more bytes above those that follow it.
 */
static void place_by_mask(const struct header *h)
{
	struct kst_object *out = h->out;
	uint64_t distance = 0;

	for (unsigned n = 0; n < KST__COUNT(info_sizes); n++) {
		uint32_t size = kst__type_size(h->view->layout, (enum kst__member_id)info_sizes[n]);
		uint64_t amount = 0;

		if ((out->info_mask >> n & 1) == 0)
			continue;
		if (size == 0 || size > 0x100) {
			out->anomalies |= KST_OBJECT_ANOMALY_INFO_UNKNOWN;
			break; /* everything further away has no known place */
		}
		distance += size;
		place(out, n, distance);
		if (1u << n != KST_OBJECT_INFO_PADDING || !info_get(h, n, KST__M_OBJECT_PADDING_INFO_AMOUNT, &amount))
			continue;
		if (amount > PADDING_MOST) {
			out->anomalies |= KST_OBJECT_ANOMALY_PADDING;
			amount = PADDING_MOST;
		}
		out->padding = (uint32_t)amount;
		out->present |= KST_OBJECT_HAS_PADDING;
		if (amount > size)
			distance += amount - size;
	}
	out->present |= KST_OBJECT_HAS_INFOS;
}

/* Up to Vista: one byte of distance for each but the creator header, which a flag tells and which is nearest. */
static void place_by_offsets(const struct header *h)
{
	static const uint16_t offsets[] = { KST__M_OBJECT_HEADER_NAME_INFO_OFFSET,
					    KST__M_OBJECT_HEADER_HANDLE_INFO_OFFSET,
					    KST__M_OBJECT_HEADER_QUOTA_INFO_OFFSET };
	struct kst_object *out = h->out;
	uint32_t nearest = kst__type_size(h->view->layout, KST__M_OBJECT_CREATOR_INFO);
	uint64_t distance = 0;

	if ((out->present & KST_OBJECT_HAS_FLAGS) == 0)
		return; /* whether there is a creator header decides where the others can be */
	if ((out->flags & OLD_FLAG_CREATOR) != 0) {
		if (nearest == 0)
			out->anomalies |= KST_OBJECT_ANOMALY_INFO_UNKNOWN;
		else
			place(out, 0, nearest);
	} else {
		nearest = 0;
	}
	for (unsigned i = 0; i < KST__COUNT(offsets); i++) {
		uint32_t size = kst__type_size(h->view->layout, (enum kst__member_id)info_sizes[i + 1]);

		if (!header_get(h, (enum kst__member_id)offsets[i], &distance))
			return;
		if (distance == 0)
			continue;
		if (distance % 4 != 0 || distance < (uint64_t)nearest + size)
			out->anomalies |= KST_OBJECT_ANOMALY_INFO_OFFSET;
		else
			place(out, i + 1, distance);
	}
	out->present |= KST_OBJECT_HAS_INFOS;
}

static void decode_creator(const struct header *h)
{
	const struct kst_layout *layout = h->view->layout;
	const struct kst__member *list = kst__member(layout, KST__M_OBJECT_CREATOR_INFO_TYPE_LIST);
	struct kst_object *out = h->out;

	if ((out->infos & KST_OBJECT_INFO_CREATOR) == 0)
		return;
	if (info_get(h, 0, KST__M_OBJECT_CREATOR_INFO_PROCESS, &out->creator_pid))
		out->present |= KST_OBJECT_HAS_CREATOR_PID;
	if (info_get32(h, 0, KST__M_OBJECT_CREATOR_INFO_BACK_TRACE, &out->creator_backtrace))
		out->present |= KST_OBJECT_HAS_BACKTRACE;
	if (list->present && out->info_address[0] >= h->view_address) {
		uint64_t at = out->info_address[0] - h->view_address + list->offset;
		uint64_t flink = 0, blink = 0;

		if (kst__view_pointer(h->view, at, &flink) &&
		    kst__view_pointer(h->view, at + layout->info.pointer_size, &blink)) {
			out->type_list_flink = flink;
			out->type_list_blink = blink;
			out->present |= KST_OBJECT_HAS_TYPE_LIST;
		}
	}
}

static void decode_name(const struct header *h)
{
	const struct kst_layout *layout = h->view->layout;
	const struct kst__member *name = kst__member(layout, KST__M_OBJECT_NAME_INFO_NAME);
	struct kst_object *out = h->out;
	uint64_t at, length = 0, maximum = 0, buffer = 0;

	if ((out->infos & KST_OBJECT_INFO_NAME) == 0)
		return;
	if (info_get(h, 1, KST__M_OBJECT_NAME_INFO_DIRECTORY, &out->directory))
		out->present |= KST_OBJECT_HAS_DIRECTORY;
	if (info_get32(h, 1, KST__M_OBJECT_NAME_INFO_REFERENCES, &out->name_references))
		out->present |= KST_OBJECT_HAS_NAME_REFERENCES;
	if (!name->present || out->info_address[1] < h->view_address)
		return;
	at = out->info_address[1] - h->view_address + name->offset;
	if (!kst__view_number(h->view, at, 2, &length) || !kst__view_number(h->view, at + 2, 2, &maximum) ||
	    !kst__view_pointer(h->view, at + layout->info.pointer_size, &buffer))
		return;
	out->name_length = (uint32_t)length;
	out->name_maximum = (uint32_t)maximum;
	out->name_buffer = buffer;
	out->present |= KST_OBJECT_HAS_NAME_STRING;
	if (length % 2 != 0 || length > maximum)
		out->anomalies |= KST_OBJECT_ANOMALY_NAME_LENGTH;
}

static void decode_handle_info(const struct header *h)
{
	struct kst_object *out = h->out;

	if ((out->infos & KST_OBJECT_INFO_HANDLE) == 0 ||
	    !info_get(h, 2, KST__M_OBJECT_HANDLE_INFO_DATABASE, &out->handle_info))
		return;
	out->present |= KST_OBJECT_HAS_HANDLE_INFO;
	/* the one entry {process, count} stands in place of the pointer to the database */
	if ((out->flags & FLAG_SINGLE_ENTRY) != 0 &&
	    info_get(h, 2, KST__M_OBJECT_HANDLE_COUNT_ENTRY_COUNT, &out->handle_info_count))
		out->present |= KST_OBJECT_HAS_HANDLE_INFO_COUNT;
}

static void decode_rest(const struct header *h)
{
	struct kst_object *out = h->out;

	if ((out->infos & KST_OBJECT_INFO_QUOTA) != 0) {
		if (info_get32(h, 3, KST__M_OBJECT_QUOTA_INFO_PAGED, &out->paged_charge) &&
		    info_get32(h, 3, KST__M_OBJECT_QUOTA_INFO_NONPAGED, &out->nonpaged_charge))
			out->present |= KST_OBJECT_HAS_QUOTA;
		if (info_get(h, 3, KST__M_OBJECT_QUOTA_INFO_EXCLUSIVE, &out->exclusive_process))
			out->present |= KST_OBJECT_HAS_EXCLUSIVE;
	}
	if ((out->infos & KST_OBJECT_INFO_PROCESS) != 0 &&
	    info_get(h, 4, KST__M_OBJECT_PROCESS_INFO_EXCLUSIVE, &out->exclusive_process))
		out->present |= KST_OBJECT_HAS_EXCLUSIVE;
	if ((out->infos & KST_OBJECT_INFO_AUDIT) != 0 &&
	    info_get(h, 6, KST__M_OBJECT_AUDIT_INFO_DESCRIPTOR, &out->audit_descriptor))
		out->present |= KST_OBJECT_HAS_AUDIT;
	if ((out->infos & KST_OBJECT_INFO_EXTENDED) != 0 &&
	    info_get(h, 7, KST__M_OBJECT_EXTENDED_INFO_FOOTER, &out->footer))
		out->present |= KST_OBJECT_HAS_FOOTER;
}

static void decode_counts(const struct header *h)
{
	struct kst_object *out = h->out;

	if (header_get_signed(h, KST__M_OBJECT_HEADER_POINTER_COUNT, &out->pointer_count))
		out->present |= KST_OBJECT_HAS_POINTER_COUNT;
	if (header_get_signed(h, KST__M_OBJECT_HEADER_HANDLE_COUNT, &out->handle_count))
		out->present |= KST_OBJECT_HAS_HANDLE_COUNT;
	/* absent counts are 0 and contradict nothing; negative references are less than any count of handles */
	if (out->handle_count < 0 ||
	    ((out->present & KST_OBJECT_HAS_POINTER_COUNT) != 0 && out->handle_count > out->pointer_count))
		out->anomalies |= KST_OBJECT_ANOMALY_COUNTS;
}

static void decode_type(const struct header *h)
{
	const struct kst_layout *layout = h->view->layout;
	struct kst_object *out = h->out;
	uint64_t value = 0;

	if (header_get(h, KST__M_OBJECT_HEADER_TYPE, &out->type))
		out->present |= KST_OBJECT_HAS_TYPE;
	if (!header_get(h, KST__M_OBJECT_HEADER_TYPE_INDEX, &value))
		return;
	out->stored_type_index = (uint32_t)value;
	out->present |= KST_OBJECT_HAS_STORED_INDEX;
	if (kst__object_index_form(layout) == KST__OBJECT_INDEX_PLAIN) {
		out->type_index = out->stored_type_index;
		out->present |= KST_OBJECT_HAS_TYPE_INDEX;
	}
}

void kst__decode_object(const struct kst__view *view, uint64_t view_address, uint64_t offset, struct kst_object *out)
{
	const struct kst_layout *layout = view->layout;
	const struct header h = { view, view_address, offset, out };
	uint64_t value = 0;

	memset(out, 0, sizeof *out);
	out->header = view_address + offset;
	out->body = (out->header + kst__member(layout, KST__M_OBJECT_HEADER_BODY)->offset) &
		    kst__object_pointer_mask(layout);
	if (out->header % (2u * layout->info.pointer_size) != 0)
		out->anomalies |= KST_OBJECT_ANOMALY_UNALIGNED;
	decode_counts(&h);
	if (header_get(&h, KST__M_OBJECT_HEADER_FLAGS, &value)) {
		out->flags = (uint32_t)value;
		out->present |= KST_OBJECT_HAS_FLAGS;
	}
	decode_type(&h);
	if (header_get(&h, KST__M_OBJECT_HEADER_CREATE_INFO, &out->create_info))
		out->present |= KST_OBJECT_HAS_CREATE_INFO;
	if (header_get(&h, KST__M_OBJECT_HEADER_SECURITY_DESCRIPTOR, &value)) {
		kst__fast_reference(layout, value, &out->security_descriptor, &out->security_references);
		out->present |= KST_OBJECT_HAS_SECURITY;
	}
	if (header_get(&h, KST__M_OBJECT_HEADER_INFO_MASK, &value)) {
		out->info_mask = (uint32_t)value;
		out->present |= KST_OBJECT_HAS_INFO_MASK;
		place_by_mask(&h);
	} else if (!kst__has(layout, KST__M_OBJECT_HEADER_INFO_MASK)) {
		place_by_offsets(&h);
	}
	decode_creator(&h);
	decode_name(&h);
	decode_handle_info(&h);
	decode_rest(&h);
}

kst_status kst_decode_object(const struct kst_layout *layout, const void *bytes, size_t len, uint64_t address,
			     uint64_t header, struct kst_object *out, struct kst_error *err)
{
	struct kst_object ours;
	struct kst__view view;
	uint64_t body;

	if (!kst__given(layout, bytes, len, out))
		return kst__fail(err, KST_E_ARG, address, "layout, bytes or result is NULL");
	if (!kst__out_ok(out->size, sizeof *out))
		return kst__fail(err, KST_E_ABI, address, "kst_object.size is not known");
	if (header < address || header - address > len)
		return kst__fail(err, KST_E_ARG, header, "the header is not in the bytes");
	if (!kst__object_body_offset(layout, &body))
		return kst__fail(err, KST_E_NO_MEMBER, header, "_OBJECT_HEADER.Body is not known");
	view = kst__view_bytes(layout, bytes, len);
	kst__decode_object(&view, address, header - address, &ours);
	kst__out_write(out, &ours, sizeof ours);
	return KST_OK;
}

const char *kst_object_anomaly_name(uint64_t bit)
{
	static const char *const names[] = { "unaligned", "info-unknown", "info-offset",    "padding",    "name-length",
					     "name-cut",  "counts",       "cookie-unknown", "type-index", "not-a-type",
					     "back-link", "other-type",   "no-creator" };

	return kst__bit_name(bit, names, KST__COUNT(names));
}

const char *kst_object_info_name(uint64_t bit)
{
	static const char *const names[] = { "creator", "name",    "handle", "quota",
					     "process", "padding", "audit",  "extended" };

	return kst__bit_name(bit, names, KST__COUNT(names));
}

const char *kst_object_flag_name(uint64_t bit, uint32_t info_mask)
{
	static const char *const names[] = { "new",
					     "kernel",
					     "kernel-only-access",
					     "exclusive",
					     "permanent",
					     "default-security-quota",
					     "single-handle-entry",
					     "deleted-inline" };

	if (bit == OLD_FLAG_CREATOR && info_mask == 0)
		return "creator-info";
	return kst__bit_name(bit, names, KST__COUNT(names));
}
