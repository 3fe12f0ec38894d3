/* SPDX-License-Identifier: MIT */
/* POOL_HEADER: layouts of all generations (doc/structures/pool.md). The generation is told by members, not by builds. */
#include "pool.h"

/*
 * Signs: the byte order of the word (2000); NumberOfPages or LockAddress without ThreadsProcessingDeferrals (5.x);
 * a heap manager or its chunks without classic descriptors (18362 on: 17763 has both and stays classic); a system of the 5.2 kind
 * that has a type of its own never sets the in-use bit.
 */
static uint32_t generation_of(const struct kst_layout *layout, const struct kst__pool_format *format)
{
	if (format->mask[KST__POOL_TYPE] != 0 && format->shift[KST__POOL_TYPE] < format->shift[KST__POOL_SIZE])
		return KST_POOL_GENERATION_2000;
	if ((kst__has(layout, KST__M_EX_POOL_HEAP_MANAGER_STATE) || kst__has(layout, KST__M_VS_CHUNK_SIZES)) &&
	    !kst__has(layout, KST__M_POOL_DESCRIPTOR_THREADS))
		return KST_POOL_GENERATION_HEAP;
	if (kst__has(layout, KST__M_BIG_PAGES_NUMBER_OF_BYTES) || kst__has(layout, KST__M_POOL_DESCRIPTOR_THREADS))
		return KST_POOL_GENERATION_VISTA;
	if (kst__has(layout, KST__M_BIG_PAGES_NUMBER_OF_PAGES) || kst__has(layout, KST__M_POOL_DESCRIPTOR_LOCK_ADDRESS))
		return kst__has(layout, KST__M_REGISTRY_CALLBACK_TYPE) ? KST_POOL_GENERATION_NT5_PLAIN
								       : KST_POOL_GENERATION_NT5;
	return KST_POOL_GENERATION_UNKNOWN;
}

bool kst__pool_uses_cookie(const struct kst_layout *layout)
{
	return kst__has(layout, KST__M_KPRCB_PP_NX_PAGED_LOOKASIDE_LIST) ||
	       kst__has(layout, KST__M_BIG_PAGES_PROCESS_BILLED) ||
	       layout->symbols[KST__S_ExpPoolQuotaCookie].present != 0;
}

kst_status kst__pool_format(const struct kst_layout *layout, struct kst__pool_format *out, struct kst_error *err)
{
	static const enum kst__member_id ids[4] = { KST__M_POOL_HEADER_PREVIOUS_SIZE, KST__M_POOL_HEADER_POOL_INDEX,
						    KST__M_POOL_HEADER_BLOCK_SIZE, KST__M_POOL_HEADER_POOL_TYPE };
	uint32_t bits_of_size = 0;

	memset(out, 0, sizeof *out);
	for (unsigned i = 0; i < 4; i++) {
		const struct kst__member *m = kst__member(layout, ids[i]);
		uint32_t bits = m->bit_len != 0 ? m->bit_len : 8 * m->length;
		uint32_t shift = 8 * m->offset + m->bit_pos;

		if (bits == 0 || bits > 16 || shift + bits > 32)
			continue;
		out->shift[i] = (uint8_t)(shift & 31); /* which it is: room for a bit is left */
		out->mask[i] = (uint32_t)kst__mask(bits);
		if (i == KST__POOL_SIZE)
			bits_of_size = bits;
	}
	out->header_size = kst__type_size(layout, KST__M_POOL_HEADER);
	/* the size field spans a page: 9 bits of 8 bytes or 8 bits of 16 */
	if (out->mask[KST__POOL_PREVIOUS] == 0 || bits_of_size < 8 || bits_of_size > 9 ||
	    (out->header_size != 8 && out->header_size != 16))
		return kst__fail(err, KST_E_NO_MEMBER, 0, "the layout does not describe _POOL_HEADER");
	out->unit = KST__POOL_PAGE >> bits_of_size;
	if (out->header_size > out->unit) /* a tag behind its unit would be read behind a buffer's end */
		return kst__fail(err, KST_E_NO_MEMBER, 0, "the layout's _POOL_HEADER is larger than a unit of size");
	out->tag_offset = UINT32_MAX;
	if (kst__has(layout, KST__M_POOL_HEADER_POOL_TAG) &&
	    kst__member(layout, KST__M_POOL_HEADER_POOL_TAG)->offset <= out->header_size - 4)
		out->tag_offset = kst__member(layout, KST__M_POOL_HEADER_POOL_TAG)->offset;
	out->generation = generation_of(layout, out);
	out->cookie = kst__pool_uses_cookie(layout);
	return KST_OK;
}

bool kst__pool_type(uint32_t generation, uint32_t index, uint32_t stored, uint32_t *state, uint32_t *base_type)
{
	uint32_t in_use = generation == KST_POOL_GENERATION_NT5 ? 4 : 2;
	uint32_t type = stored;

	*base_type = 0;
	switch (generation) {
	case KST_POOL_GENERATION_2000:
		*state = (index & 0x80) != 0 ? KST_POOL_STATE_ALLOCATED : KST_POOL_STATE_FREE;
		*base_type = stored == 0 ? 0 : stored - 1;
		return stored != 0 || *state == KST_POOL_STATE_FREE;
	case KST_POOL_GENERATION_NT5:
	case KST_POOL_GENERATION_NT5_PLAIN:
		if (stored == 0) {
			*state = KST_POOL_STATE_FREE;
			return true;
		}
		*state = KST_POOL_STATE_ALLOCATED;
		if (generation == KST_POOL_GENERATION_NT5) {
			*state = (stored & in_use) != 0 ? KST_POOL_STATE_ALLOCATED : KST_POOL_STATE_CACHED;
			type &= ~in_use;
		}
		if ((type & 7) == 0) /* POOL_TYPE + 1 has its lowest bits set, whatever the flags */
			return false;
		*base_type = type - 1;
		return true;
	case KST_POOL_GENERATION_VISTA:
		*state = (stored & in_use) != 0 ? KST_POOL_STATE_ALLOCATED
			 : stored == 0          ? KST_POOL_STATE_FREE
						: KST_POOL_STATE_CACHED;
		*base_type = (stored & in_use) != 0 ? stored & ~in_use
						    : stored & ~6u; /* 8.1 sets bit 2 in cached blocks */
		return true;
	case KST_POOL_GENERATION_HEAP:
		/* stored as (type & 0x6d) | 2; without the bit the header is what a former owner left */
		*state = (stored & in_use) != 0 ? KST_POOL_STATE_ALLOCATED : KST_POOL_STATE_UNKNOWN;
		*base_type = stored & 0x6d;
		return (stored & 0x92) == 2;
	default: *state = KST_POOL_STATE_UNKNOWN; return true;
	}
}

bool kst__pool_tag_printable(uint32_t value)
{
	value &= ~KST__TAG_PROTECTED;
	for (unsigned i = 0; i < 4; i++)
		if ((value >> (8 * i) & 0xff) < 0x20 || (value >> (8 * i) & 0xff) > 0x7e)
			return false;
	return true;
}

void kst__pool_tag(uint32_t value, uint8_t tag[4], uint32_t *protected_tag, char text[8])
{
	*protected_tag = (value & KST__TAG_PROTECTED) != 0;
	value &= ~KST__TAG_PROTECTED;
	memset(text, 0, 8);
	for (unsigned i = 0; i < 4; i++) {
		tag[i] = (uint8_t)(value >> (8 * i));
		text[i] = tag[i] >= 0x20 && tag[i] <= 0x7e ? (char)tag[i] : '.';
	}
}

uint64_t kst__pool_key(const struct kst_layout *layout, uint64_t cookie, uint64_t address)
{
	return kst__pool_uses_cookie(layout) ? cookie ^ address : 0;
}

bool kst__pool_process(const struct kst_layout *layout, uint64_t process, uint64_t *out)
{
	bool wide = layout->info.pointer_size == 8;

	if (!wide)
		process &= UINT32_MAX;
	if (process < (wide ? 0xff00000000000000u : 0x80000000u) || process % layout->info.pointer_size != 0)
		return false;
	*out = process;
	return true;
}

/* Where the pointer to the charged process is: in a 16-byte header, else at the end of the block. */
static void decode_quota(const struct kst__view *view, const struct kst__pool_format *format, uint64_t offset,
			 struct kst_pool_header *out)
{
	uint64_t raw = 0;

	if (out->state != KST_POOL_STATE_ALLOCATED || (out->base_type & 8) == 0)
		return;
	if (format->header_size == 16) {
		if (!kst__get_at(view, offset, KST__M_POOL_HEADER_PROCESS_BILLED, &raw))
			return;
	} else if (out->block_size <= format->header_size ||
		   !kst__view_number(view, offset + out->block_size - 4, 4, &raw)) {
		return;
	}
	out->quota_raw = raw;
	out->present |= KST_POOL_HEADER_HAS_QUOTA_RAW;
	if (!format->cookie && kst__pool_process(view->layout, raw, &out->quota_process))
		out->present |= KST_POOL_HEADER_HAS_QUOTA_PROCESS;
}

static void check_header(const struct kst__pool_format *format, struct kst_pool_header *out)
{
	uint64_t offset = out->address % KST__POOL_PAGE;

	if (out->block_size == 0)
		out->anomalies |= KST_POOL_HEADER_ANOMALY_ZERO_SIZE;
	if (offset + out->block_size > KST__POOL_PAGE)
		out->anomalies |= KST_POOL_HEADER_ANOMALY_LEAVES_PAGE;
	if (out->previous_size > offset)
		out->anomalies |= KST_POOL_HEADER_ANOMALY_PREVIOUS_LEAVES_PAGE;
	if (offset % format->unit != 0)
		out->anomalies |= KST_POOL_HEADER_ANOMALY_MISALIGNED;
}

kst_status kst__decode_pool_header(const struct kst__view *view, const struct kst__pool_format *format, uint64_t offset,
				   struct kst_pool_header *out, struct kst_error *err)
{
	uint64_t word, value = 0;
	uint32_t index;

	if (!kst__view_number(view, offset, 4, &word))
		return kst__fail(err, KST_E_FAULT, view->address + offset, "the header is not there");
	memset(out, 0, sizeof *out);
	out->size = sizeof *out;
	out->generation = format->generation;
	out->unit = format->unit;
	out->header_size = format->header_size;
	out->address = view->address + offset;
	out->block_size = kst__pool_field(format, (uint32_t)word, KST__POOL_SIZE) * format->unit;
	out->previous_size = kst__pool_field(format, (uint32_t)word, KST__POOL_PREVIOUS) * format->unit;
	out->present = KST_POOL_HEADER_HAS_SIZES;
	index = kst__pool_field(format, (uint32_t)word, KST__POOL_INDEX);
	if (format->mask[KST__POOL_INDEX] != 0) {
		out->pool_index = format->generation == KST_POOL_GENERATION_2000 ? index & 0x7f : index;
		out->present |= KST_POOL_HEADER_HAS_POOL_INDEX;
	}
	if (format->mask[KST__POOL_TYPE] != 0) {
		out->pool_type = kst__pool_field(format, (uint32_t)word, KST__POOL_TYPE);
		out->present |= KST_POOL_HEADER_HAS_POOL_TYPE;
		if (!kst__pool_type(format->generation, index, out->pool_type, &out->state, &out->base_type))
			out->anomalies |= KST_POOL_HEADER_ANOMALY_POOL_TYPE;
		if (out->state != KST_POOL_STATE_UNKNOWN)
			out->present |= KST_POOL_HEADER_HAS_STATE;
		if (out->state == KST_POOL_STATE_ALLOCATED || out->state == KST_POOL_STATE_CACHED)
			out->present |= KST_POOL_HEADER_HAS_BASE_TYPE;
	}
	if (format->tag_offset != UINT32_MAX && kst__view_number(view, offset + format->tag_offset, 4, &value)) {
		kst__pool_tag((uint32_t)value, out->tag, &out->protected_tag, out->tag_text);
		out->present |= KST_POOL_HEADER_HAS_TAG;
		/* kernel pointers begin with 0xff with five levels as well, no letter of a tag is that */
		if (format->generation == KST_POOL_GENERATION_HEAP && value >> 24 == 0xff)
			out->anomalies |= KST_POOL_HEADER_ANOMALY_OVERWRITTEN;
		else if (!kst__pool_tag_printable((uint32_t)value))
			out->anomalies |= KST_POOL_HEADER_ANOMALY_TAG;
	}
	check_header(format, out);
	decode_quota(view, format, offset, out);
	return KST_OK;
}

kst_status kst_decode_pool_header(const struct kst_layout *layout, const void *bytes, size_t len, uint64_t address,
				  struct kst_pool_header *out, struct kst_error *err)
{
	struct kst__pool_format format;
	struct kst_pool_header ours;
	struct kst__view view;
	kst_status st;

	if (!kst__given(layout, bytes, len, out))
		return kst__fail(err, KST_E_ARG, address, "layout, bytes or result is NULL");
	if (!kst__out_ok(out->size, sizeof ours))
		return kst__fail(err, KST_E_ABI, address, "size of the result is unknown");
	view = kst__view_bytes(layout, bytes, len);
	view.address = address;
	st = kst__pool_format(layout, &format, err);
	if (st == KST_OK)
		st = kst__decode_pool_header(&view, &format, 0, &ours, err);
	if (st == KST_OK)
		kst__out_write(out, &ours, sizeof ours);
	return st;
}

kst_status kst__pool_begin(const struct kst_layout *layout, const void *bytes, size_t len, uint64_t address,
			   const void *out, size_t first, struct kst__view *view, struct kst_error *err)
{
	uint32_t size;

	if (!kst__given(layout, bytes, len, out))
		return kst__fail(err, KST_E_ARG, address, "layout, bytes or result is NULL");
	memcpy(&size, out, sizeof size);
	if (!kst__out_ok(size, first))
		return kst__fail(err, KST_E_ABI, address, "size of the result is unknown");
	*view = kst__view_bytes(layout, bytes, len);
	view->address = address;
	return KST_OK;
}

kst_status kst_pool_quota_process(const struct kst_layout *layout, const struct kst_pool_header *header,
				  uint64_t cookie, uint64_t *out)
{
	uint64_t top, process;

	if (layout == NULL || header == NULL || out == NULL)
		return KST_E_ARG;
	if ((header->present & KST_POOL_HEADER_HAS_QUOTA_RAW) == 0)
		return KST_E_NO_MEMBER;
	top = layout->info.pointer_size == 8 ? UINT64_MAX : UINT32_MAX;
	process = (header->quota_raw ^ kst__pool_key(layout, cookie, header->address)) & top;
	/* the kernel's own test: 0 and -1 mean nobody */
	if (process == 0 || process == top)
		return KST_E_NO_MEMBER;
	return kst__pool_process(layout, process, out) ? KST_OK : KST_E_CORRUPT;
}

const char *kst_pool_generation_name(uint32_t generation)
{
	static const char *const names[] = { "unknown", "2000", "nt5", "vista", "heap", "nt5-plain" };

	return generation < KST__COUNT(names) ? names[generation] : "unknown";
}

const char *kst_pool_state_name(uint32_t state)
{
	static const char *const names[] = { "unknown", "allocated", "free", "cached" };

	return state < KST__COUNT(names) ? names[state] : "unknown";
}

const char *kst_pool_header_anomaly_name(uint64_t bit)
{
	static const char *const names[] = { "leaves-page", "zero-size", "previous-leaves-page",
					     "misaligned",  "pool-type", "tag",
					     "overwritten", "resync",    "adjacent-free" };

	return kst__bit_name(bit, names, KST__COUNT(names));
}
