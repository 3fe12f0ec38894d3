/* SPDX-License-Identifier: MIT */
/* MMVAD: three forms of node (XP; 2003 to 8; 8.1 and later), one meaning. */
#include "vad.h"

#include "process.h"

#define PAGE_SHIFT 12

/* A page number in one member, or (8.1 and later, 64-bit) in a low and a high one. */
static bool page_number(const struct kst__view *view, enum kst__member_id low, enum kst__member_id high, uint64_t *out)
{
	uint64_t bits;

	if (!kst__get(view, low, out))
		return false;
	if (!kst__has(view->layout, high))
		return true;
	if (!kst__get(view, high, &bits))
		return false;
	*out |= bits << 32;
	return true;
}

static bool pages_of(const struct kst__view *view, uint64_t *first, uint64_t *last)
{
	return page_number(view, KST__M_VAD_START, KST__M_VAD_START_HIGH, first) &&
	       page_number(view, KST__M_VAD_END, KST__M_VAD_END_HIGH, last);
}

uint32_t kst__vad_levels(const struct kst_layout *layout)
{
	bool balanced = kst__has(layout, KST__M_VAD_NODE_BALANCED) || kst__has(layout, KST__M_VAD_TABLE_RIGHT);

	return balanced ? KST__VAD_BALANCED : 0x1000;
}

uint64_t kst__vad_top(const struct kst_layout *layout, uint64_t root)
{
	/* RTL_AVL_TREE begins with its root; in MM_AVL_TABLE a node is embedded, whose right child is the tree; XP: a pointer */
	if (!kst__has(layout, KST__M_VAD_NODE_BALANCED) && kst__has(layout, KST__M_VAD_TABLE_RIGHT))
		return root + kst__member(layout, KST__M_VAD_TABLE_RIGHT)->offset;
	return root;
}

static void decode_range(const struct kst__view *view, struct kst_vad *out)
{
	uint64_t first, last;

	if (!pages_of(view, &first, &last))
		return;
	out->present |= KST_VAD_HAS_RANGE;
	out->start = first << PAGE_SHIFT;
	out->end = (last << PAGE_SHIFT) + 0xfff;
	if (last < first || last >> (64 - PAGE_SHIFT) != 0 ||
	    !kst__is_user_address(view->layout->info.pointer_size, out->end))
		out->anomalies |= KST_VAD_ANOMALY_RANGE;
}

/* The flags are a union whose type not every source of types describes: it follows the node where there is one. */
static bool read_flags(const struct kst__view *view, uint64_t *out)
{
	const struct kst__member *u = kst__member(view->layout, KST__M_VAD_U);
	uint32_t node = kst__type_size(view->layout, KST__M_VAD_ADDRESS_NODE);
	uint32_t width = kst__type_size(view->layout, KST__M_VAD_FLAGS);

	if (width != 4 && width != 8)
		return false;
	if (u->present)
		return kst__view_number(view, u->offset, width, out);
	return node != 0 && kst__view_number(view, node, width, out);
}

static bool flag(const struct kst_layout *layout, enum kst__member_id id, uint64_t flags, uint64_t *out)
{
	const struct kst__member *m = kst__member(layout, id);

	if (!m->present || m->bit_len == 0)
		return false;
	*out = flags >> m->bit_pos & kst__mask(m->bit_len);
	return true;
}

/* XP and 2003 RTM have a bit for each kind, later kernels a number. */
static bool kind_of(const struct kst_layout *layout, uint64_t flags, uint64_t *out)
{
	static const struct {
		uint16_t id, kind;
	} bits[] = {
		{ KST__M_VAD_FLAGS_PHYSICAL_MAPPING, KST_VAD_DEVICE_PHYSICAL },
		{ KST__M_VAD_FLAGS_IMAGE_MAP, KST_VAD_IMAGE },
		{ KST__M_VAD_FLAGS_USER_PHYSICAL_PAGES, KST_VAD_AWE },
		{ KST__M_VAD_FLAGS_WRITE_WATCH, KST_VAD_WRITE_WATCH },
		{ KST__M_VAD_FLAGS_LARGE_PAGES, KST_VAD_LARGE_PAGES },
	};
	bool known = false;
	uint64_t value;

	if (flag(layout, KST__M_VAD_FLAGS_TYPE, flags, out))
		return true;
	*out = KST_VAD_NONE;
	for (size_t i = 0; i < KST__COUNT(bits); i++) {
		if (!flag(layout, (enum kst__member_id)bits[i].id, flags, &value))
			continue;
		known = true;
		if (value != 0 && *out == KST_VAD_NONE)
			*out = bits[i].kind;
	}
	return known;
}

static void decode_flags(const struct kst__view *view, struct kst_vad *out)
{
	uint64_t value;

	if (!read_flags(view, &out->flags))
		return;
	out->present |= KST_VAD_HAS_FLAGS;
	if (kind_of(view->layout, out->flags, &value)) {
		out->present |= KST_VAD_HAS_KIND;
		out->kind = (uint32_t)value;
	}
	if (flag(view->layout, KST__M_VAD_FLAGS_PROTECTION, out->flags, &value)) {
		out->present |= KST_VAD_HAS_PROTECTION;
		out->protection = (uint32_t)value;
	}
	if (flag(view->layout, KST__M_VAD_FLAGS_PRIVATE, out->flags, &value)) {
		out->present |= KST_VAD_HAS_PRIVATE;
		out->private_memory = (uint32_t)value;
	}
	/* all ones (MM_MAX_COMMIT): it is not charged */
	if (flag(view->layout, KST__M_VAD_FLAGS_COMMIT, out->flags, &value) &&
	    value != kst__mask(kst__member(view->layout, KST__M_VAD_FLAGS_COMMIT)->bit_len)) {
		out->present |= KST_VAD_HAS_COMMIT;
		out->commit = value;
	}
}

void kst__decode_vad(const struct kst__view *view, uint64_t address, struct kst_vad *out)
{
	memset(out, 0, sizeof *out);
	out->address = address;
	decode_range(view, out);
	decode_flags(view, out);
	/* private memory has the short form: what follows is another block of pool */
	if ((out->present & KST_VAD_HAS_PRIVATE) && !out->private_memory &&
	    kst__get_pointer(view, KST__M_VAD_CONTROL_AREA, &out->control_area))
		out->present |= KST_VAD_HAS_CONTROL_AREA;
}

kst_status kst_decode_vad(const struct kst_layout *layout, const void *bytes, size_t len, uint64_t address,
			  struct kst_vad *out, struct kst_error *err)
{
	struct kst_vad ours;
	struct kst__view view;

	if (!kst__given(layout, bytes, len, out))
		return kst__fail(err, KST_E_ARG, address, "layout, bytes or result is NULL");
	if (!kst__out_ok(out->size, sizeof *out))
		return kst__fail(err, KST_E_ABI, address, "kst_vad.size is not known");
	view = kst__view_bytes(layout, bytes, len);
	kst__decode_vad(&view, address, &ours);
	kst__out_write(out, &ours, sizeof ours);
	return KST_OK;
}

const char *kst_vad_kind_name(uint32_t kind)
{
	static const char *const names[] = {
		"none",        "device-physical", "image",           "awe",
		"write-watch", "large-pages",     "rotate-physical", "large-page-section"
	};

	return kind < KST__COUNT(names) ? names[kind] : "unknown";
}

const char *kst_vad_anomaly_name(uint64_t bit)
{
	static const char *const names[] = { "range", "order", "path" };

	return kst__bit_name(bit, names, KST__COUNT(names));
}
