/* SPDX-License-Identifier: MIT */
/* Encoded headers of the segment heap (doc/structures/segment_heap.md). The keys are given; nothing is looked up. */
#include "segment_heap.h"

#define SEGMENT_CONSTANT 0xa2e64eada2e64eadu /* part of a page segment's signature up to 22631 */
#define VS_CONSTANT      0x2bedu             /* a VS subsegment's signature is its size with this */
#define VS_SIGNATURE     0x7fffu             /* its bits; the highest one is FullCommit */
#define PAGE             0x1000u
#define LFH_BLOCK_MOST   0x4000u /* the largest bucket, rounded up */

/* RangeFlags: bit 0 allocated, bit 1 first descriptor, bits 2 and 3 who divides the range further */
static uint32_t range_kind(uint64_t flags)
{
	switch (flags) {
	case 0x0:
	case 0x2: return KST_HEAP_RANGE_FREE;
	case 0x1: return KST_HEAP_RANGE_CONTINUATION;
	case 0x3: return KST_HEAP_RANGE_BACKEND;
	case 0xb: return KST_HEAP_RANGE_LFH;
	case 0xf: return KST_HEAP_RANGE_VS;
	default: return KST_HEAP_RANGE_UNKNOWN;
	}
}

bool kst__vs_format(const struct kst_layout *layout, struct kst__vs_format *out)
{
	static const enum kst__member_id ids[4] = { KST__M_VS_SIZE_MEMORY_COST, KST__M_VS_SIZE_UNSAFE_SIZE,
						    KST__M_VS_SIZE_UNSAFE_PREV_SIZE, KST__M_VS_SIZE_ALLOCATED };

	out->word = layout->info.pointer_size;
	out->unit = 2 * layout->info.pointer_size;
	out->header_size = kst__type_size(layout, KST__M_VS_CHUNK);
	if (out->header_size != out->unit || !kst__has(layout, KST__M_VS_CHUNK_SIZES) ||
	    kst__member(layout, KST__M_VS_CHUNK_SIZES)->offset + out->word > out->header_size)
		return false;
	for (unsigned i = 0; i < 4; i++) {
		const struct kst__member *m = kst__member(layout, ids[i]);
		uint32_t shift = 8 * m->offset + m->bit_pos;

		/* some tables place the second field of the first word over the first one; fields follow each other */
		if (i == KST__VS_SIZE && shift == out->shift[KST__VS_COST])
			shift += out->bits[KST__VS_COST];
		if (!m->present || m->bit_len == 0 || m->bit_len > 16 || shift + m->bit_len > 8 * out->word)
			return false;
		out->shift[i] = (uint8_t)shift;
		out->bits[i] = m->bit_len;
	}
	return true;
}

/* What stands behind the word of an allocated chunk: how many pages the subsegment begins before it, and flags. */
static void decode_extra(const struct kst__view *view, uint64_t offset, const struct kst_heap_key *key,
			 struct kst_vs_chunk *out)
{
	const struct kst__member *m = kst__member(view->layout, KST__M_VS_CHUNK_PAGE_OFFSET);
	uint64_t value;

	if (kst__get_at(view, offset, KST__M_VS_CHUNK_UNUSED_BYTES, &value)) {
		out->unused_bytes = (uint32_t)value;
		out->present |= KST_VS_CHUNK_HAS_UNUSED;
	}
	if (kst__get_at(view, offset, KST__M_VS_CHUNK_SPARE, &value) && value != 0)
		out->anomalies |= KST_VS_CHUNK_ANOMALY_SPARE;
	if (m->bit_len != 0 && (~key->bits_known & kst__mask(m->bit_len)) == 0 &&
	    kst__get_at(view, offset, KST__M_VS_CHUNK_PAGE_OFFSET, &value)) {
		value = (value ^ key->key ^ out->address) & kst__mask(m->bit_len);
		out->subsegment = (out->address & ~(uint64_t)(PAGE - 1)) - value * PAGE;
		if (view->layout->info.pointer_size == 4)
			out->subsegment &= UINT32_MAX;
		out->present |= KST_VS_CHUNK_HAS_SUBSEGMENT;
	}
}

kst_status kst__decode_vs_chunk(const struct kst__view *view, const struct kst__vs_format *format, uint64_t offset,
				const struct kst_heap_key *key, struct kst_vs_chunk *out, struct kst_error *err)
{
	uint64_t at = offset + kst__member(view->layout, KST__M_VS_CHUNK_SIZES)->offset, used = 0, stored;
	uint64_t known[4];

	if (!kst__view_number(view, at, format->word, &stored))
		return kst__fail(err, KST_E_FAULT, view->address + offset, "the chunk's header is not there");
	memset(out, 0, sizeof *out);
	out->size = sizeof *out;
	out->address = view->address + offset;
	out->data = out->address + format->header_size;
	out->stored = stored;
	out->plain = (stored ^ out->address ^ key->key) & kst__key_mask(view->layout);
	for (unsigned i = 0; i < 4; i++) {
		uint64_t mask = kst__vs_mask(format, i);

		known[i] = (key->bits_known & mask) == mask;
		used |= mask;
	}
	if (out->address % format->unit != 0)
		out->anomalies |= KST_VS_CHUNK_ANOMALY_MISALIGNED;
	if ((out->plain & ~used & key->bits_known & kst__key_mask(view->layout)) != 0)
		out->anomalies |= KST_VS_CHUNK_ANOMALY_SPARE;
	if (known[KST__VS_SIZE]) {
		out->bytes = kst__vs_field(format, out->plain, KST__VS_SIZE) * format->unit;
		out->present |= KST_VS_CHUNK_HAS_BYTES;
		if (out->bytes <= format->header_size)
			out->anomalies |= KST_VS_CHUNK_ANOMALY_SIZE;
	}
	if (known[KST__VS_PREVIOUS]) {
		out->previous_bytes = kst__vs_field(format, out->plain, KST__VS_PREVIOUS) * format->unit;
		out->present |= KST_VS_CHUNK_HAS_PREVIOUS;
	}
	if (known[KST__VS_COST]) {
		out->memory_cost = (uint32_t)kst__vs_field(format, out->plain, KST__VS_COST);
		out->present |= KST_VS_CHUNK_HAS_MEMORY_COST;
	}
	if (known[KST__VS_ALLOCATED]) {
		uint64_t allocated = kst__vs_field(format, out->plain, KST__VS_ALLOCATED);

		out->state = allocated != 0 ? KST_POOL_STATE_ALLOCATED : KST_POOL_STATE_FREE;
		out->present |= KST_VS_CHUNK_HAS_STATE;
		if (allocated > 1)
			out->anomalies |= KST_VS_CHUNK_ANOMALY_ALLOCATED;
		if (allocated != 0 && out->memory_cost != 0)
			out->anomalies |= KST_VS_CHUNK_ANOMALY_MEMORY_COST;
		if (allocated != 0)
			decode_extra(view, offset, key, out);
	}
	return KST_OK;
}

kst_status kst__decode_vs_subsegment(const struct kst__view *view, struct kst_vs_subsegment *out, struct kst_error *err)
{
	uint32_t unit = 2 * view->layout->info.pointer_size,
		 header = kst__type_size(view->layout, KST__M_VS_SUBSEGMENT);
	uint64_t units, signature, full, bytes;

	if (header == 0 || !kst__has(view->layout, KST__M_VS_SUBSEGMENT_SIZE) ||
	    !kst__has(view->layout, KST__M_VS_SUBSEGMENT_SIGNATURE))
		return kst__fail(err, KST_E_NO_MEMBER, view->address,
				 "the layout does not describe _HEAP_VS_SUBSEGMENT");
	if (!kst__get(view, KST__M_VS_SUBSEGMENT_SIZE, &units) ||
	    !kst__get(view, KST__M_VS_SUBSEGMENT_SIGNATURE, &signature))
		return kst__fail(err, KST_E_FAULT, view->address, "the subsegment's header is not there");
	memset(out, 0, sizeof *out);
	out->size = sizeof *out;
	out->address = view->address;
	/* whole pages, whether the size counts the subsegment's own header or leaves it out */
	bytes = units * unit;
	out->bytes = (bytes + PAGE - 1) & ~(uint64_t)(PAGE - 1);
	out->first_chunk = view->address + (header + unit - 1) / unit * unit;
	out->signature = (uint32_t)(signature & VS_SIGNATURE);
	if (kst__get(view, KST__M_VS_SUBSEGMENT_FULL_COMMIT, &full))
		out->full_commit = (uint32_t)full;
	if (((units ^ VS_CONSTANT) & VS_SIGNATURE) != out->signature)
		out->anomalies |= KST_VS_SUBSEGMENT_ANOMALY_SIGNATURE;
	if (bytes <= out->first_chunk - out->address)
		out->anomalies |= KST_VS_SUBSEGMENT_ANOMALY_SIZE;
	return KST_OK;
}

/*
 * Up to 22631 the address is cut to 32 bits before it is shifted, later it is shifted first. The later form has the
 * unit offset of a range descriptor apart from its unit size.
 */
static bool late_form(const struct kst_layout *layout)
{
	return kst__has(layout, KST__M_PAGE_RANGE_UNIT_OFFSET) && kst__has(layout, KST__M_PAGE_RANGE_UNIT_SIZE) &&
	       kst__member(layout, KST__M_PAGE_RANGE_UNIT_OFFSET)->offset !=
		       kst__member(layout, KST__M_PAGE_RANGE_UNIT_SIZE)->offset;
}

uint32_t kst__lfh_page(const struct kst_layout *layout, uint64_t address)
{
	return (uint32_t)((late_form(layout) ? address : address & UINT32_MAX) / PAGE);
}

uint32_t kst__lfh_plain(const struct kst_layout *layout, uint32_t block_bytes, uint32_t first)
{
	return block_bytes << (8 * kst__member(layout, KST__M_LFH_OFFSETS_BLOCK_SIZE)->offset) |
	       first << (8 * kst__member(layout, KST__M_LFH_OFFSETS_FIRST_BLOCK)->offset);
}

bool kst__lfh_withheld(const struct kst_lfh_subsegment *sub, uint64_t place)
{
	return sub->withheld_count != 0 && sub->block_bytes < PAGE &&
	       (sub->first_block + place * sub->block_bytes) % PAGE + sub->block_bytes > PAGE;
}

/* Without WitheldBlockCount: there are none, or the range has room for as many places as cross a page. */
static void count_withheld(uint64_t room, struct kst_lfh_subsegment *out)
{
	uint64_t size = out->block_bytes, places = size == 0 ? 0 : room / size, crossing = 0;

	if (size < PAGE && places <= 2 * UINT16_MAX)
		for (uint64_t at = PAGE - out->first_block % PAGE; at < places * size; at += PAGE)
			crossing += at % size != 0;
	if (out->block_count + crossing == places)
		out->withheld_count = (uint32_t)crossing;
	out->present |= KST_LFH_SUBSEGMENT_HAS_WITHHELD;
}

static void check_lfh(uint64_t range, uint32_t unit, struct kst_lfh_subsegment *out)
{
	uint64_t first = out->first_block - out->address, room = first < range ? range - first : 0, places;

	if ((out->present & KST_LFH_SUBSEGMENT_HAS_WITHHELD) == 0 && out->block_count != 0 && range != 0)
		count_withheld(room, out);
	places = (uint64_t)out->block_count + out->withheld_count;
	if (out->block_bytes == 0 || out->block_bytes % unit != 0 || out->block_bytes > LFH_BLOCK_MOST)
		out->anomalies |= KST_LFH_SUBSEGMENT_ANOMALY_BLOCK_SIZE;
	if (first % unit != 0 || first < out->bitmap - out->address + (2 * places + 7) / 8)
		out->anomalies |= KST_LFH_SUBSEGMENT_ANOMALY_FIRST_BLOCK;
	if ((out->present & KST_LFH_SUBSEGMENT_HAS_BLOCK_COUNT) == 0)
		return;
	if (out->free_count > out->block_count)
		out->anomalies |= KST_LFH_SUBSEGMENT_ANOMALY_FREE_COUNT;
	if (range == 0)
		return;
	if (out->block_count == 0 || places * out->block_bytes > room ||
	    room - places * out->block_bytes >= out->block_bytes)
		out->anomalies |= KST_LFH_SUBSEGMENT_ANOMALY_BLOCK_COUNT;
}

kst_status kst__decode_lfh_subsegment(const struct kst__view *view, uint64_t range, const struct kst_heap_key *key,
				      struct kst_lfh_subsegment *out, struct kst_error *err)
{
	const struct kst__member *offsets = kst__member(view->layout, KST__M_LFH_SUBSEGMENT_BLOCK_OFFSETS);
	const struct kst__member *bytes = kst__member(view->layout, KST__M_LFH_OFFSETS_BLOCK_SIZE);
	const struct kst__member *first = kst__member(view->layout, KST__M_LFH_OFFSETS_FIRST_BLOCK);
	uint64_t stored, value;

	if (!offsets->present || !kst__has(view->layout, KST__M_LFH_SUBSEGMENT_BLOCK_BITMAP) || !bytes->present ||
	    !first->present || bytes->offset + bytes->length > 4 || first->offset + first->length > 4)
		return kst__fail(err, KST_E_NO_MEMBER, view->address,
				 "the layout does not describe _HEAP_LFH_SUBSEGMENT");
	if (!kst__view_number(view, offsets->offset, 4, &stored))
		return kst__fail(err, KST_E_FAULT, view->address, "the subsegment's header is not there");
	memset(out, 0, sizeof *out);
	out->size = sizeof *out;
	out->address = view->address;
	out->stored = (uint32_t)stored;
	out->bitmap = view->address + kst__member(view->layout, KST__M_LFH_SUBSEGMENT_BLOCK_BITMAP)->offset;
	out->present = KST_LFH_SUBSEGMENT_HAS_BITMAP;
	if (kst__get(view, KST__M_LFH_SUBSEGMENT_BLOCK_COUNT, &value)) {
		out->block_count = (uint32_t)value;
		out->present |= KST_LFH_SUBSEGMENT_HAS_BLOCK_COUNT;
	}
	if (kst__get(view, KST__M_LFH_SUBSEGMENT_FREE_COUNT, &value)) {
		out->free_count = (uint32_t)value;
		out->present |= KST_LFH_SUBSEGMENT_HAS_FREE_COUNT;
	}
	if (kst__get(view, KST__M_LFH_SUBSEGMENT_WITHHELD, &value)) {
		out->withheld_count = (uint32_t)value;
		out->present |= KST_LFH_SUBSEGMENT_HAS_WITHHELD;
	}
	if (key->lfh_known) {
		out->plain = (uint32_t)(stored ^ key->lfh_key) ^ kst__lfh_page(view->layout, view->address);
		out->block_bytes = (uint32_t)(out->plain >> (8 * bytes->offset) & kst__mask(8u * bytes->length));
		out->first_block = view->address + (out->plain >> (8 * first->offset) & kst__mask(8u * first->length));
		out->present |= KST_LFH_SUBSEGMENT_HAS_OFFSETS;
		check_lfh(range, 2 * view->layout->info.pointer_size, out);
	}
	return KST_OK;
}

uint64_t kst__segment_key(const struct kst_layout *layout, const struct kst_page_segment *segment, uint64_t context)
{
	return (segment->stored ^ segment->address ^ context ^ (segment->constant ? SEGMENT_CONSTANT : 0)) &
	       kst__key_mask(layout);
}

kst_status kst__decode_page_segment(const struct kst__view *view, const struct kst_heap_key *key,
				    struct kst_page_segment *out, struct kst_error *err)
{
	uint64_t links = kst__member(view->layout, KST__M_PAGE_SEGMENT_LIST_ENTRY)->offset;
	uint64_t width = view->layout->info.pointer_size, stored;

	if (!kst__has(view->layout, KST__M_PAGE_SEGMENT_SIGNATURE))
		return kst__fail(err, KST_E_NO_MEMBER, view->address,
				 "the layout does not describe _HEAP_PAGE_SEGMENT");
	if (!kst__get(view, KST__M_PAGE_SEGMENT_SIGNATURE, &stored))
		return kst__fail(err, KST_E_FAULT, view->address, "the segment's signature is not there");
	memset(out, 0, sizeof *out);
	out->size = sizeof *out;
	out->address = view->address;
	out->stored = stored;
	out->constant = !late_form(view->layout);
	if (kst__has(view->layout, KST__M_PAGE_SEGMENT_LIST_ENTRY) && kst__view_pointer(view, links, &out->next) &&
	    kst__view_pointer(view, links + width, &out->previous))
		out->present |= KST_PAGE_SEGMENT_HAS_LINKS;
	if (kst__key_whole(view->layout, key)) {
		out->context = kst__segment_key(view->layout, out, key->key); /* context and key change places */
		out->present |= KST_PAGE_SEGMENT_HAS_CONTEXT;
		/* a kernel address: the upper half of what the width can hold */
		if (out->context % width != 0 || out->context < (width == 4 ? 0x80000000u : 0xff00000000000000u))
			out->anomalies |= KST_PAGE_SEGMENT_ANOMALY_SIGNATURE;
	}
	return KST_OK;
}

kst_status kst__decode_heap_range(const struct kst__view *view, uint64_t offset, struct kst_heap_range *out,
				  struct kst_error *err)
{
	const struct kst__member *flags_at = kst__member(view->layout, KST__M_PAGE_RANGE_FLAGS);
	const struct kst__member *committed_at = kst__member(view->layout, KST__M_PAGE_RANGE_COMMITTED);
	uint64_t flags, units, back, signature, value;

	if (!flags_at->present || !kst__has(view->layout, KST__M_PAGE_RANGE_UNIT_SIZE) ||
	    !kst__has(view->layout, KST__M_PAGE_RANGE_UNIT_OFFSET) ||
	    !kst__has(view->layout, KST__M_PAGE_RANGE_TREE_SIGNATURE))
		return kst__fail(err, KST_E_NO_MEMBER, view->address,
				 "the layout does not describe _HEAP_PAGE_RANGE_DESCRIPTOR");
	if (!kst__get_at(view, offset, KST__M_PAGE_RANGE_FLAGS, &flags) ||
	    !kst__get_at(view, offset, KST__M_PAGE_RANGE_UNIT_SIZE, &units) ||
	    !kst__get_at(view, offset, KST__M_PAGE_RANGE_UNIT_OFFSET, &back) ||
	    !kst__get_at(view, offset, KST__M_PAGE_RANGE_TREE_SIGNATURE, &signature))
		return kst__fail(err, KST_E_FAULT, view->address + offset, "the descriptor is not there");
	memset(out, 0, sizeof *out);
	out->size = sizeof *out;
	out->address = view->address + offset;
	/* 32-bit types keep the page count in the upper bits of the same byte */
	if (committed_at->present && committed_at->offset == flags_at->offset && flags_at->bit_len == 0)
		flags &= kst__mask(committed_at->bit_pos);
	out->flags = (uint32_t)flags;
	out->kind = range_kind(flags);
	if (kst__get_at(view, offset, KST__M_PAGE_RANGE_COMMITTED, &value))
		out->committed = (uint32_t)value;
	if (out->kind == KST_HEAP_RANGE_UNKNOWN) {
		out->anomalies |= KST_HEAP_RANGE_ANOMALY_FLAGS;
	} else if (out->kind == KST_HEAP_RANGE_CONTINUATION) {
		out->unit_offset = (uint32_t)back;
		if (back == 0)
			out->anomalies |= KST_HEAP_RANGE_ANOMALY_UNITS;
	} else if ((flags & 2) != 0) { /* the first of its range, allocated or free */
		out->units = (uint32_t)units;
		if (units == 0)
			out->anomalies |= KST_HEAP_RANGE_ANOMALY_UNITS;
	}
	if (out->kind >= KST_HEAP_RANGE_BACKEND && out->kind <= KST_HEAP_RANGE_VS) {
		if (signature != KST__RANGE_SIGNATURE)
			out->anomalies |= KST_HEAP_RANGE_ANOMALY_SIGNATURE;
		if (kst__get_at(view, offset, KST__M_PAGE_RANGE_UNUSED_BYTES, &value))
			out->unused_bytes = (uint32_t)value;
	}
	return KST_OK;
}

kst_status kst__decode_heap_large(const struct kst__view *view, struct kst_heap_large *out, struct kst_error *err)
{
	const struct kst__member *node = kst__member(view->layout, KST__M_HEAP_LARGE_DATA_NODE);
	uint64_t address, pages, unused, left, right, parent;

	if (!node->present || !kst__has(view->layout, KST__M_HEAP_LARGE_DATA_ADDRESS) ||
	    !kst__has(view->layout, KST__M_HEAP_LARGE_DATA_PAGES) ||
	    !kst__has(view->layout, KST__M_BALANCED_NODE_LEFT) || !kst__has(view->layout, KST__M_BALANCED_NODE_RIGHT) ||
	    !kst__has(view->layout, KST__M_BALANCED_NODE_PARENT))
		return kst__fail(err, KST_E_NO_MEMBER, view->address,
				 "the layout does not describe _HEAP_LARGE_ALLOC_DATA");
	if (!kst__get(view, KST__M_HEAP_LARGE_DATA_ADDRESS, &address) ||
	    !kst__get(view, KST__M_HEAP_LARGE_DATA_PAGES, &pages) ||
	    !kst__view_pointer(view, node->offset + kst__member(view->layout, KST__M_BALANCED_NODE_LEFT)->offset,
			       &left) ||
	    !kst__view_pointer(view, node->offset + kst__member(view->layout, KST__M_BALANCED_NODE_RIGHT)->offset,
			       &right) ||
	    !kst__view_pointer(view, node->offset + kst__member(view->layout, KST__M_BALANCED_NODE_PARENT)->offset,
			       &parent))
		return kst__fail(err, KST_E_FAULT, view->address, "the node is not there");
	memset(out, 0, sizeof *out);
	out->size = sizeof *out;
	out->node = view->address;
	out->left = left;
	out->right = right;
	out->parent = parent;
	if (kst__get(view, KST__M_HEAP_LARGE_DATA_UNUSED_BYTES, &unused))
		out->unused_bytes = (uint32_t)unused;
	out->address = address & ~(uint64_t)0xffff; /* the low bits are UnusedBytes */
	out->bytes = pages > UINT64_MAX / PAGE ? 0 : pages * PAGE;
	if (out->address == 0 || out->bytes == 0 || out->bytes > kst__key_mask(view->layout) - out->address)
		out->anomalies |= KST_HEAP_LARGE_ANOMALY_EXTENT;
	return KST_OK;
}

/* What every public decoder checks first; key may be NULL where none is used. */
static kst_status begin(const struct kst_layout *layout, const void *bytes, size_t len, uint64_t address,
			const uint32_t *out_size, size_t first, const struct kst_heap_key *key,
			struct kst_heap_key *key_out, struct kst__view *view, struct kst_error *err)
{
	if (!kst__given(layout, bytes, len, out_size) || (key == NULL && key_out != NULL))
		return kst__fail(err, KST_E_ARG, address, "layout, bytes, key or result is NULL");
	if (!kst__out_ok(*out_size, first))
		return kst__fail(err, KST_E_ABI, address, "size of the result is unknown");
	if (key_out != NULL && kst__in_read(key_out, sizeof *key_out, key, sizeof *key_out) != KST_OK)
		return kst__fail(err, KST_E_ABI, address, "size of the key is unknown");
	*view = kst__view_bytes(layout, bytes, len);
	view->address = address;
	return KST_OK;
}

kst_status kst_decode_vs_chunk(const struct kst_layout *layout, const void *bytes, size_t len, uint64_t address,
			       const struct kst_heap_key *key, struct kst_vs_chunk *out, struct kst_error *err)
{
	struct kst_vs_chunk ours;
	struct kst__vs_format format;
	struct kst_heap_key k;
	struct kst__view view;
	kst_status st = begin(layout, bytes, len, address, out == NULL ? NULL : &out->size, sizeof ours, key, &k, &view,
			      err);

	if (st != KST_OK)
		return st;
	if (!kst__vs_format(layout, &format))
		return kst__fail(err, KST_E_NO_MEMBER, address, "the layout does not describe _HEAP_VS_CHUNK_HEADER");
	st = kst__decode_vs_chunk(&view, &format, 0, &k, &ours, err);
	if (st == KST_OK)
		kst__out_write(out, &ours, sizeof ours);
	return st;
}

kst_status kst_decode_vs_subsegment(const struct kst_layout *layout, const void *bytes, size_t len, uint64_t address,
				    struct kst_vs_subsegment *out, struct kst_error *err)
{
	struct kst_vs_subsegment ours;
	struct kst__view view;
	kst_status st = begin(layout, bytes, len, address, out == NULL ? NULL : &out->size, sizeof ours, NULL, NULL,
			      &view, err);

	if (st == KST_OK)
		st = kst__decode_vs_subsegment(&view, &ours, err);
	if (st == KST_OK)
		kst__out_write(out, &ours, sizeof ours);
	return st;
}

kst_status kst_decode_lfh_subsegment(const struct kst_layout *layout, const void *bytes, size_t len, uint64_t address,
				     uint64_t range, const struct kst_heap_key *key, struct kst_lfh_subsegment *out,
				     struct kst_error *err)
{
	struct kst_lfh_subsegment ours;
	struct kst_heap_key k;
	struct kst__view view;
	kst_status st = begin(layout, bytes, len, address, out == NULL ? NULL : &out->size, sizeof ours, key, &k, &view,
			      err);

	if (st == KST_OK)
		st = kst__decode_lfh_subsegment(&view, range, &k, &ours, err);
	if (st == KST_OK)
		kst__out_write(out, &ours, sizeof ours);
	return st;
}

kst_status kst_decode_page_segment(const struct kst_layout *layout, const void *bytes, size_t len, uint64_t address,
				   const struct kst_heap_key *key, struct kst_page_segment *out, struct kst_error *err)
{
	struct kst_page_segment ours;
	struct kst_heap_key k;
	struct kst__view view;
	kst_status st = begin(layout, bytes, len, address, out == NULL ? NULL : &out->size, sizeof ours, key, &k, &view,
			      err);

	if (st == KST_OK)
		st = kst__decode_page_segment(&view, &k, &ours, err);
	if (st == KST_OK)
		kst__out_write(out, &ours, sizeof ours);
	return st;
}

kst_status kst_decode_heap_range(const struct kst_layout *layout, const void *bytes, size_t len, uint64_t address,
				 struct kst_heap_range *out, struct kst_error *err)
{
	struct kst_heap_range ours;
	struct kst__view view;
	kst_status st = begin(layout, bytes, len, address, out == NULL ? NULL : &out->size, sizeof ours, NULL, NULL,
			      &view, err);

	if (st == KST_OK)
		st = kst__decode_heap_range(&view, 0, &ours, err);
	if (st == KST_OK)
		kst__out_write(out, &ours, sizeof ours);
	return st;
}

kst_status kst_decode_heap_large(const struct kst_layout *layout, const void *bytes, size_t len, uint64_t address,
				 struct kst_heap_large *out, struct kst_error *err)
{
	struct kst_heap_large ours;
	struct kst__view view;
	kst_status st = begin(layout, bytes, len, address, out == NULL ? NULL : &out->size, sizeof ours, NULL, NULL,
			      &view, err);

	if (st == KST_OK)
		st = kst__decode_heap_large(&view, &ours, err);
	if (st == KST_OK)
		kst__out_write(out, &ours, sizeof ours);
	return st;
}

const char *kst_heap_key_source_name(uint32_t source)
{
	return source == KST_HEAP_KEY_SYMBOLS ? "symbols" : source == KST_HEAP_KEY_RECOVERED ? "recovered" : "unknown";
}

const char *kst_heap_range_name(uint32_t kind)
{
	static const char *const names[] = { "free", "continuation", "backend", "lfh", "vs" };

	return kind < KST__COUNT(names) ? names[kind] : "unknown";
}

const char *kst_heap_key_anomaly_name(uint64_t bit)
{
	static const char *const names[] = { "partial", "contradiction" };

	return kst__bit_name(bit, names, KST__COUNT(names));
}

const char *kst_vs_chunk_anomaly_name(uint64_t bit)
{
	static const char *const names[] = { "size",       "allocated",        "memory-cost",       "spare",
					     "misaligned", "previous-differs", "leaves-subsegment", "page-offset",
					     "state" };

	return kst__bit_name(bit, names, KST__COUNT(names));
}

const char *kst_vs_subsegment_anomaly_name(uint64_t bit)
{
	static const char *const names[] = { "signature", "size" };

	return kst__bit_name(bit, names, KST__COUNT(names));
}

const char *kst_lfh_subsegment_anomaly_name(uint64_t bit)
{
	static const char *const names[] = { "block-size", "first-block", "block-count", "free-count" };

	return kst__bit_name(bit, names, KST__COUNT(names));
}

const char *kst_page_segment_anomaly_name(uint64_t bit)
{
	static const char *const names[] = { "signature" };

	return kst__bit_name(bit, names, KST__COUNT(names));
}

const char *kst_heap_range_anomaly_name(uint64_t bit)
{
	static const char *const names[] = { "signature", "flags", "units" };

	return kst__bit_name(bit, names, KST__COUNT(names));
}

const char *kst_heap_large_anomaly_name(uint64_t bit)
{
	static const char *const names[] = { "extent" };

	return kst__bit_name(bit, names, KST__COUNT(names));
}
