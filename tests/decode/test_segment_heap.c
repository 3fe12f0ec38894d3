/* SPDX-License-Identifier: MIT */
/*
 * Encoded headers of the segment heap: what every decoder refuses; chunks and subsegments of variable size (VS), vectors
 * computed from the published rules and chunks of real systems. The rest is in test_segment_heap_range.c.
 */
#include "decode/segment_heap.h"

#include "support/heap_types.h"

#include <stdlib.h>

/* All decoders by one form. */
union any {
	uint32_t size;
	struct kst_vs_chunk chunk;
	struct kst_vs_subsegment vs;
	struct kst_lfh_subsegment lfh;
	struct kst_page_segment segment;
	struct kst_heap_range range;
	struct kst_heap_large large;
};

static kst_status call(unsigned which, const struct kst_layout *layout, const void *bytes, size_t len, uint64_t address,
		       const struct kst_heap_key *key, union any *out, struct kst_error *err)
{
	switch (which) {
	case CHUNK: return kst_decode_vs_chunk(layout, bytes, len, address, key, out == NULL ? NULL : &out->chunk, err);
	case VS: return kst_decode_vs_subsegment(layout, bytes, len, address, out == NULL ? NULL : &out->vs, err);
	case LFH:
		return kst_decode_lfh_subsegment(layout, bytes, len, address, 0, key, out == NULL ? NULL : &out->lfh,
						 err);
	case SEGMENT:
		return kst_decode_page_segment(layout, bytes, len, address, key, out == NULL ? NULL : &out->segment,
					       err);
	case RANGE: return kst_decode_heap_range(layout, bytes, len, address, out == NULL ? NULL : &out->range, err);
	default: return kst_decode_heap_large(layout, bytes, len, address, out == NULL ? NULL : &out->large, err);
	}
}

static const struct call_row {
	const char *name;
	unsigned which;
	uint32_t size;         /* of the result */
	unsigned need, need32; /* bytes without which there is nothing */
	int keyed;
	const char *no_member, *fault;
} calls[] = {
	{ "VS chunk", CHUNK, sizeof(struct kst_vs_chunk), 8, 4, 1, "the layout does not describe _HEAP_VS_CHUNK_HEADER",
	  "the chunk's header is not there" },
	{ "VS subsegment", VS, sizeof(struct kst_vs_subsegment), 0x24, 0x18, 0,
	  "the layout does not describe _HEAP_VS_SUBSEGMENT", "the subsegment's header is not there" },
	{ "LFH subsegment", LFH, sizeof(struct kst_lfh_subsegment), 0x2c, 0x1c, 1,
	  "the layout does not describe _HEAP_LFH_SUBSEGMENT", "the subsegment's header is not there" },
	{ "page segment", SEGMENT, sizeof(struct kst_page_segment), 0x18, 0xc, 1,
	  "the layout does not describe _HEAP_PAGE_SEGMENT", "the segment's signature is not there" },
	{ "page range", RANGE, sizeof(struct kst_heap_range), 0x20, 0x10, 0,
	  "the layout does not describe _HEAP_PAGE_RANGE_DESCRIPTOR", "the descriptor is not there" },
	{ "large allocation", LARGE, sizeof(struct kst_heap_large), 0x28, 0x14, 0,
	  "the layout does not describe _HEAP_LARGE_ALLOC_DATA", "the node is not there" },
};

/* What every decoder refuses; it says where, and touches nothing. */
static void check_refusals(void **state)
{
	static const uint32_t wrong[] = { 0, sizeof(struct kst_heap_key) - 1, 4097 };
	const struct call_row *row = *state;
	struct kst_layout *layout = layout_of(19041), *x86 = layout_x86(), *old = layout_of(17134);
	const uint64_t at = 0xffff910ffe690010;
	struct kst_heap_key bad = heap_keys;
	struct kst_error e = { .size = sizeof e };
	uint8_t bytes[0x40] = { 0 };
	union any out, before;

	memset(&before, 0x5a, sizeof before);
	before.size = row->size;
	out = before;
	assert_int_equal(call(row->which, NULL, bytes, 0x40, at, &heap_keys, &out, &e), KST_E_ARG);
	assert_true(e.code == KST_E_ARG && e.address == at);
	assert_string_equal(e.message, "layout, bytes, key or result is NULL");
	assert_int_equal(call(row->which, layout, NULL, 1, at, &heap_keys, &out, NULL), KST_E_ARG);
	assert_int_equal(call(row->which, layout, bytes, 0x40, at, &heap_keys, NULL, NULL), KST_E_ARG);
	assert_int_equal(call(row->which, layout, bytes, 0x40, at, NULL, &out, NULL), row->keyed ? KST_E_ARG : KST_OK);
	out = before;
	for (size_t i = 0; row->keyed && i < sizeof wrong / sizeof wrong[0]; i++) {
		bad.size = wrong[i];
		assert_int_equal(call(row->which, layout, bytes, 0x40, at, &bad, &out, &e), KST_E_ABI);
		assert_true(e.code == KST_E_ABI && e.address == at);
		assert_string_equal(e.message, "size of the key is unknown");
	}
	assert_int_equal(call(row->which, old, bytes, 0x40, at, &heap_keys, &out, &e), KST_E_NO_MEMBER);
	assert_true(e.code == KST_E_NO_MEMBER && e.address == at);
	assert_string_equal(e.message, row->no_member);
	out.size = row->size - 1;
	assert_int_equal(call(row->which, layout, bytes, 0x40, at, &heap_keys, &out, &e), KST_E_ABI);
	assert_true(e.code == KST_E_ABI && e.address == at);
	assert_string_equal(e.message, "size of the result is unknown");
	out.size = row->size;
	assert_int_equal(call(row->which, layout, NULL, 0, at, &heap_keys, &out, NULL), KST_E_FAULT);
	for (size_t len = 1; len < 0x40; len++) {
		uint8_t *exact = calloc(1, len);

		assert_non_null(exact);
		out = before;
		assert_int_equal(call(row->which, layout, exact, len, at, &heap_keys, &out, &e),
				 len < row->need ? KST_E_FAULT : KST_OK);
		if (len < row->need) {
			assert_true(e.code == KST_E_FAULT && e.address == at);
			assert_string_equal(e.message, row->fault);
			assert_memory_equal(&out, &before, sizeof out);
		}
		assert_int_equal(call(row->which, x86, exact, len, at, &heap_keys, &out, NULL),
				 len < row->need32 ? KST_E_FAULT : KST_OK);
		free(exact);
	}
	free(layout);
	free(x86);
	free(old);
}

/* Of types that lack one member: who needs it says so, all others decode. */
static void check_type(void **state)
{
	const struct heap_type *row = *state;
	struct kst_layout *layout = layout_but(row->name, HEAP_ABSENT);
	uint8_t bytes[0x40] = { 0 };

	for (size_t i = 0; i < sizeof calls / sizeof calls[0]; i++) {
		union any out;

		out.size = calls[i].size;
		assert_int_equal(call(calls[i].which, layout, bytes, sizeof bytes, 0, &heap_keys, &out, NULL),
				 (row->needed_by & calls[i].which) != 0 ? KST_E_NO_MEMBER : KST_OK);
	}
	free(layout);
}

struct chunk_row {
	const char *name;
	uint64_t key, address, stored;
	uint64_t bytes, previous;
	uint32_t state;
};

/* The first is computed; the others are chunks of real systems. */
static const struct chunk_row chunks[] = {
	{ "computed", HEAP_KEY, 0xffff910ffe691ff0, 0xeedca25bab266878, 0x290, 0x100, KST_POOL_STATE_ALLOCATED },
	{ "real, MmSt", 0x620e994736767ee6, 0xffffad0ec1204bc0, 0x9df03453f74c3526, 0x1a0, 0x1a0,
	  KST_POOL_STATE_ALLOCATED },
	{ "real, MmDT", 0x7a9036e21d9a9b5d, 0xffff900e0f203e90, 0x856ea6e912b2a5cd, 0x80, 0x50,
	  KST_POOL_STATE_ALLOCATED },
};

static void decode_chunk(void **state)
{
	static const uint32_t builds[] = { 18362, 19041, 20348, 22000, 22621, 22631 };
	const struct chunk_row *row = *state;

	for (size_t i = 0; i < sizeof builds / sizeof builds[0]; i++) {
		struct kst_layout *layout = layout_of(builds[i]);
		struct kst_heap_key key = heap_keys;
		struct kst_vs_chunk c = { .size = sizeof c };
		uint8_t bytes[16] = { 0 };

		key.key = row->key;
		put(bytes, row->stored, 8);
		bytes[8] = (uint8_t)((row->address ^ row->key ^ 3) & 0xff);
		for (size_t len = 8; len <= 16; len++) { /* what stands behind the word is not always there */
			assert_int_equal(kst_decode_vs_chunk(layout, bytes, len, row->address, &key, &c, NULL), KST_OK);
			assert_true(c.size == sizeof c && c.anomalies == 0 && c.present == (len < 12 ? 0xf : 0x3f));
			assert_true(c.bytes == row->bytes && c.previous_bytes == row->previous &&
				    c.state == row->state);
			assert_true(c.address == row->address && c.stored == row->stored &&
				    c.plain == (row->stored ^ row->address ^ row->key));
			assert_true(c.data == row->address + 16 && c.memory_cost == 0 && c.unused_bytes == 0);
			assert_true(c.subsegment == (len < 12 ? 0 : (row->address & 0xfffffffffffff000) - 0x3000));
		}
		free(layout);
	}
}

/* The reference's 32-bit vector; pages back from there wrap within 32 bits. */
static void chunk_of_32_bits(void **state)
{
	struct kst_layout *layout = layout_x86();
	struct kst_heap_key key = { .size = sizeof key, .key = 0x55667788, .bits_known = UINT32_MAX };
	struct kst_vs_chunk c = { .size = sizeof c };
	uint8_t bytes[8] = { 0xac, 0x57, 0x2f, 0x4f, 0x88, 0x01 };

	(void)state;
	assert_int_equal(kst_decode_vs_chunk(layout, bytes, 8, 0x9a412000, &key, &c, NULL), KST_OK);
	assert_true(c.anomalies == 0 && c.present == 0x3f && c.stored == 0x4f2f57ac);
	assert_true(c.plain == 0x80080024 && c.bytes == 0x90 && c.previous_bytes == 0x40 && c.unused_bytes == 1);
	assert_int_equal(c.state, KST_POOL_STATE_ALLOCATED);
	assert_true(c.subsegment == 0x9a412000 && c.data == 0x9a412008);
	put(bytes, 0x80080024 ^ 0x55667788 ^ 0x2008, 4);
	bytes[4] = 0x80 ^ 3; /* 3 pages before page 2 */
	assert_int_equal(kst_decode_vs_chunk(layout, bytes, 8, 0x2008, &key, &c, NULL), KST_OK);
	assert_true(c.plain == 0x80080024 && c.subsegment == 0xfffff000);
	free(layout);
}

struct plain_row {
	const char *name;
	uint32_t arch;
	uint64_t plain;
	uint32_t extra; /* what stands behind the word, as stored; its low byte tells the page */
	uint64_t address, bytes, previous;
	uint32_t cost, unused;
	uint64_t present, anomalies;
};

/* Fields as published: cost 0-15, size 16-31, previous 32-47, allocated 48-55; x86: 0, 1-15, 16-30, 31. */
static const struct plain_row plains[] = {
	{ "sound", X64, 0x0001000400050000, 0, 0x10, 0x50, 0x40, 0, 0, 0x3f, 0 },
	{ "free, with a cost", X64, 0x0000000400050007, 0, 0x10, 0x50, 0x40, 7, 0, 0xf, 0 },
	{ "largest of all", X64, 0x0000ffffffffffff, 0, 0x10, 0xffff0, 0xffff0, 0xffff, 0, 0xf, 0 },
	{ "no size", X64, 0x0001000400000000, 0, 0x10, 0, 0x40, 0, 0, 0x3f, 0x1 },
	{ "only a header", X64, 0x0001000400010000, 0, 0x10, 0x10, 0x40, 0, 0, 0x3f, 0x1 },
	{ "one unit more", X64, 0x0001000400020000, 0, 0x10, 0x20, 0x40, 0, 0, 0x3f, 0 },
	{ "allocated twice", X64, 0x0002000400050000, 0, 0x10, 0x50, 0x40, 0, 0, 0x3f, 0x2 },
	{ "allocated 255 times", X64, 0x00ff000400050000, 0, 0x10, 0x50, 0x40, 0, 0, 0x3f, 0x2 },
	{ "allocated, with a cost", X64, 0x0001000400050001, 0, 0x10, 0x50, 0x40, 1, 0, 0x3f, 0x4 },
	{ "lowest bit without a field", X64, 0x0101000400050000, 0, 0x10, 0x50, 0x40, 0, 0, 0x3f, 0x8 },
	{ "highest bit without a field", X64, 0x8000000400050000, 0, 0x10, 0x50, 0x40, 0, 0, 0xf, 0x8 },
	{ "unused bytes", X64, 0x0001000400050000, 0x100, 0x10, 0x50, 0x40, 0, 1, 0x3f, 0 },
	{ "skip during walk", X64, 0x0001000400050000, 0x200, 0x10, 0x50, 0x40, 0, 0, 0x3f, 0 },
	{ "lowest spare bit", X64, 0x0001000400050000, 0x400, 0x10, 0x50, 0x40, 0, 0, 0x3f, 0x8 },
	{ "highest spare bit", X64, 0x0001000400050000, 0x80000000, 0x10, 0x50, 0x40, 0, 0, 0x3f, 0x8 },
	{ "spare bits of a free chunk", X64, 0x0000000400050000, 0xfffffc00, 0x10, 0x50, 0x40, 0, 0, 0xf, 0 },
	{ "half a unit off", X64, 0x0001000400050000, 0, 0x18, 0x50, 0x40, 0, 0, 0x3f, 0x10 },
	{ "one byte off", X64, 0x0001000400050000, 0, 0x1, 0x50, 0x40, 0, 0, 0x3f, 0x10 },
	{ "x86, sound", X86, 0x80040006, 0, 0x8, 0x18, 0x20, 0, 0, 0x3f, 0 },
	{ "x86, free, with a cost", X86, 0x00040007, 0, 0x8, 0x18, 0x20, 1, 0, 0xf, 0 },
	{ "x86, largest of all", X86, 0x7fffffff, 0, 0x8, 0x3fff8, 0x3fff8, 1, 0, 0xf, 0 },
	{ "x86, only a header", X86, 0x80040002, 0, 0x8, 0x8, 0x20, 0, 0, 0x3f, 0x1 },
	{ "x86, allocated, with a cost", X86, 0x80040005, 0, 0x8, 0x10, 0x20, 1, 0, 0x3f, 0x4 },
	{ "x86, spare bit", X86, 0x80040006, 0x400, 0x8, 0x18, 0x20, 0, 0, 0x3f, 0x8 },
	{ "x86, half a unit off", X86, 0x80040006, 0, 0x4, 0x18, 0x20, 0, 0, 0x3f, 0x10 },
};

static void check_plain(void **state)
{
	const struct plain_row *row = *state;
	uint64_t address = (row->arch == X86 ? 0x9a410000 : 0xffff910ffe690000) + row->address;
	struct kst_layout *layout = layout_builtin(row->arch, 19041, 0);
	struct kst_vs_chunk c = { .size = sizeof c };
	unsigned word = row->arch == X86 ? 4 : 8;
	uint8_t bytes[16];

	put(bytes, row->plain ^ address ^ HEAP_KEY, word);
	put(bytes + word, row->extra | ((address ^ 0x88) & 0xff), 4); /* the subsegment begins in this page */
	assert_int_equal(kst_decode_vs_chunk(layout, bytes, word + 4, address, &heap_keys, &c, NULL), KST_OK);
	assert_true(c.plain == row->plain && c.anomalies == row->anomalies && c.present == row->present);
	assert_true(c.bytes == row->bytes && c.previous_bytes == row->previous);
	assert_true(c.memory_cost == row->cost && c.unused_bytes == row->unused);
	assert_true(c.subsegment == ((row->present & 0x10) != 0 ? address - row->address : 0));
	assert_int_equal(c.state, (row->present & 0x10) != 0 ? KST_POOL_STATE_ALLOCATED : KST_POOL_STATE_FREE);
	free(layout);
}

/* A bit of the key that nobody knows takes its field away and no other; the page offset is encoded as well. */
static void chunk_of_a_key_in_part(void **state)
{
	(void)state;
	for (unsigned width = 4; width <= 8; width += 4) {
		struct kst_layout *layout = width == 4 ? layout_x86() : layout_of(19041);
		uint64_t plain = width == 4 ? 0x80040006 : 0x8001000400050000;
		struct kst_heap_key key = heap_keys;
		struct kst_vs_chunk c = { .size = sizeof c };
		uint8_t bytes[16] = { 0 };

		for (unsigned bit = 0; bit < 8 * width; bit++) {
			uint64_t gone;

			if (width == 8)
				gone = bit < 16 ? 0x8 : bit < 32 ? 0x2 : bit < 48 ? 0x4 : bit < 56 ? 0x31 : 0;
			else
				gone = bit < 1 ? 0x8 : bit < 16 ? 0x2 : bit < 31 ? 0x4 : 0x31;
			gone |= bit < 8 ? 0x10 : 0;
			key.bits_known = ~((uint64_t)1 << bit);
			key.key = HEAP_KEY & key.bits_known;
			put(bytes, plain ^ 0x9a410010 ^ HEAP_KEY, width);
			assert_int_equal(kst_decode_vs_chunk(layout, bytes, width + 4, 0x9a410010, &key, &c, NULL),
					 KST_OK);
			assert_true(c.present == (0x3f & ~gone));
			assert_true(c.anomalies == (width == 8 && bit != 63 ? KST_VS_CHUNK_ANOMALY_SPARE : 0u));
		}
		key.bits_known = 0;
		key.key = 0;
		assert_int_equal(kst_decode_vs_chunk(layout, bytes, width + 4, 0x9a410010, &key, &c, NULL), KST_OK);
		assert_true(c.present == 0 && c.anomalies == 0);
		free(layout);
	}
}

/* Types that are no VS chunks: fields that leave the word, a header that is not one unit. */
static const struct format_row {
	const char *name;
	const char *member;
	struct member_row other;
	uint64_t plain, present, anomalies; /* plain 0: it cannot be decoded */
} formats[] = {
	{ "header of half a unit", "chunk", { NULL, NULL, 8, 0, 0, 0 }, 0, 0, 0 },
	{ "header of two units", "chunk", { NULL, NULL, 0x20, 0, 0, 0 }, 0, 0, 0 },
	{ "word over the marks", "sizes", { NULL, NULL, 8, 8, 0, 0 }, 0x0001000400050000, 0x3f, 0x8 },
	{ "word leaves the header", "sizes", { NULL, NULL, 9, 8, 0, 0 }, 0, 0, 0 },
	{ "lowest bit of no field", "cost", { NULL, NULL, 0, 4, 1, 15 }, 0x0001000400050001, 0x3f, 0x8 },
	{ "field is no bit-field", "allocated", { NULL, NULL, 6, 1, 0, 0 }, 0, 0, 0 },
	{ "field of 17 bits", "allocated", { NULL, NULL, 4, 4, 0, 17 }, 0, 0, 0 },
	{ "field of the last bits", "allocated", { NULL, NULL, 4, 4, 16, 16 }, 0x0001000400050000, 0x3f, 0 },
	{ "field leaves the word", "allocated", { NULL, NULL, 8, 4, 0, 8 }, 0, 0, 0 },
	{ "field leaves it by one bit", "allocated", { NULL, NULL, 4, 8, 25, 8 }, 0, 0, 0 },
	{ "page offset is no bit-field", "page offset", { NULL, NULL, 8, 1, 0, 0 }, 0x0001000400050000, 0x2f, 0 },
};

static void check_format(void **state)
{
	const struct format_row *row = *state;
	struct kst_layout *layout = layout_but(row->member, row->other);
	struct kst_vs_chunk c = { .size = sizeof c };
	uint8_t bytes[0x20] = { 0 };
	unsigned at = strcmp(row->member, "sizes") == 0 ? row->other.offset : 0;

	put(bytes + at, row->plain ^ 0xffff910ffe690010 ^ HEAP_KEY, 8);
	assert_int_equal(kst_decode_vs_chunk(layout, bytes, sizeof bytes, 0xffff910ffe690010, &heap_keys, &c, NULL),
			 row->plain == 0 ? KST_E_NO_MEMBER : KST_OK);
	if (row->plain != 0)
		assert_true(c.plain == row->plain && c.bytes == 0x50 && c.present == row->present &&
			    c.anomalies == row->anomalies);
	free(layout);
}

/* Some tables place the size over the cost: it follows it. So it may leave the word, though each of them lies in it. */
static void fields_over_each_other(void **state)
{
	struct member_row rows[] = {
		{ CHUNKS, NULL, 0x10, 0, 0, 0 },         { CHUNKS, "Sizes", 0, 8, 0, 0 },
		{ SIZES, "MemoryCost", 0, 8, 0, 16 },    { SIZES, "UnsafeSize", 0, 8, 0, 16 },
		{ SIZES, "UnsafePrevSize", 0, 8, 0, 8 }, { SIZES, "Allocated", 0, 8, 0, 1 },
	};

	(void)state;
	for (uint32_t pos = 0; pos <= 48; pos++) {
		struct kst_layout *layout;
		struct kst__vs_format format;

		rows[2].bit_pos = rows[3].bit_pos = pos;
		layout = layout_from_rows(rows, 6, 8);
		assert_int_equal(kst__vs_format(layout, &format), pos <= 32);
		if (pos <= 32) {
			assert_int_equal(format.shift[KST__VS_COST], pos);
			assert_int_equal(format.shift[KST__VS_SIZE], pos + 16);
			assert_true(format.word == 8 && format.unit == 16 && format.header_size == 16);
		}
		free(layout);
	}
}

/* Walks decode in the midst of a view: address and failure are those of that place. */
static void in_the_midst_of_a_view(void **state)
{
	struct kst_layout *layout = layout_of(19041);
	struct kst__vs_format format;
	struct kst_vs_chunk c;
	struct kst_heap_range r;
	struct kst_error e = { .size = sizeof e };
	uint8_t bytes[0x60] = { 0 };
	struct kst__view view = kst__view_bytes(layout, bytes, 0x50);

	(void)state;
	view.address = 0xffff910ffe690000;
	put(bytes + 0x40, 0x0001000400050000 ^ 0xffff910ffe690040 ^ HEAP_KEY, 8);
	assert_true(kst__vs_format(layout, &format));
	assert_int_equal(kst__decode_vs_chunk(&view, &format, 0x40, &heap_keys, &c, &e), KST_OK);
	assert_true(c.address == 0xffff910ffe690040 && c.data == 0xffff910ffe690050 && c.plain == 0x0001000400050000);
	assert_int_equal(kst__decode_vs_chunk(&view, &format, 0x50, &heap_keys, &c, &e), KST_E_FAULT);
	assert_true(e.address == 0xffff910ffe690050);
	view.len = 0x60;
	put(bytes + 0x40, 0xccddccdd, 4);
	bytes[0x58] = 0x3;
	bytes[0x5f] = 9;
	assert_int_equal(kst__decode_heap_range(&view, 0x40, &r, &e), KST_OK);
	assert_true(r.address == 0xffff910ffe690040 && r.units == 9 && r.anomalies == 0);
	assert_int_equal(kst__decode_heap_range(&view, 0x41, &r, &e), KST_E_FAULT);
	assert_true(e.address == 0xffff910ffe690041);
	free(layout);
}

struct vs_row {
	const char *name;
	uint32_t arch;
	uint16_t units, signature;
	uint64_t bytes;
	uint32_t plain_signature, full_commit;
	uint64_t anomalies;
};

/*
 * The signature is the size with 2bed; its highest bit is FullCommit. The size may leave out the subsegment's own header:
 * a subsegment has whole pages.
 */
static const struct vs_row vs_rows[] = {
	{ "x64, 16 pages", X64, 0x1000, 0x3bed, 0x10000, 0x3bed, 0, 0 },
	{ "x64, 16 pages, without its header", X64, 0xffd, 0x2410, 0x10000, 0x2410, 0, 0 },
	{ "x64, one unit more", X64, 0x1001, 0x3bec, 0x11000, 0x3bec, 0, 0 },
	{ "x64, committed", X64, 0x100, 0xaaed, 0x1000, 0x2aed, 1, 0 },
	{ "x64, smallest", X64, 0x4, 0x2be9, 0x1000, 0x2be9, 0, 0 },
	{ "x64, only its header", X64, 0x3, 0x2bee, 0x1000, 0x2bee, 0, 0x2 },
	{ "x64, empty", X64, 0, 0x2bed, 0, 0x2bed, 0, 0x2 },
	{ "x64, largest", X64, 0xffff, 0x5412, 0x100000, 0x5412, 0, 0 },
	{ "x64, top bit of the size is in no signature", X64, 0x8010, 0x2bfd, 0x81000, 0x2bfd, 0, 0 },
	{ "x64, empty and damaged", X64, 0, 0x2bec, 0, 0x2bec, 0, 0x3 },
	{ "x86, 16 pages", X86, 0x2000, 0x0bed, 0x10000, 0x0bed, 0, 0 },
	{ "x86, 16 pages, without its header", X86, 0x1ffd, 0x3410, 0x10000, 0x3410, 0, 0 },
	{ "x86, committed", X86, 0x200, 0xa9ed, 0x1000, 0x29ed, 1, 0 },
	{ "x86, smallest", X86, 0x4, 0x2be9, 0x1000, 0x2be9, 0, 0 },
	{ "x86, only its header", X86, 0x3, 0x2bee, 0x1000, 0x2bee, 0, 0x2 },
};

static void check_vs(void **state)
{
	const struct vs_row *row = *state;
	struct kst_layout *layout = layout_builtin(row->arch, 19041, 0);
	uint64_t at = row->arch == X86 ? 0x9a412000 : 0xffff910ffe690000;
	unsigned size_at = row->arch == X86 ? 0x14 : 0x20;
	struct kst_vs_subsegment s = { .size = sizeof s };
	uint8_t bytes[0x28] = { 0 };

	put(bytes + size_at, row->units, 2);
	put(bytes + size_at + 2, row->signature, 2);
	assert_int_equal(kst_decode_vs_subsegment(layout, bytes, sizeof bytes, at, &s, NULL), KST_OK);
	assert_true(s.size == sizeof s && s.address == at && s.bytes == row->bytes && s.anomalies == row->anomalies);
	assert_true(s.first_chunk == at + (row->arch == X86 ? 0x18 : 0x30));
	assert_true(s.signature == row->plain_signature && s.full_commit == row->full_commit);
	for (unsigned bit = 0; bit < 31; bit++) { /* every bit of either but the two top ones */
		uint64_t anomalies;

		if (bit == 15)
			continue;
		bytes[size_at + bit / 8] ^= (uint8_t)(1u << bit % 8);
		assert_int_equal(kst_decode_vs_subsegment(layout, bytes, sizeof bytes, at, &s, NULL), KST_OK);
		anomalies = s.anomalies;
		bytes[size_at + bit / 8] ^= (uint8_t)(1u << bit % 8);
		if ((row->anomalies & KST_VS_SUBSEGMENT_ANOMALY_SIGNATURE) == 0)
			assert_true((anomalies & KST_VS_SUBSEGMENT_ANOMALY_SIGNATURE) != 0);
	}
	free(layout);
}

/* The first chunk lies at the next whole unit behind the subsegment's header. */
static void vs_headers(void **state)
{
	static const struct {
		uint32_t header, first;
	} rows[] = { { 0x20, 0x20 }, { 0x21, 0x30 }, { 0x28, 0x30 }, { 0x30, 0x30 }, { 0x31, 0x40 } };

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		struct kst_layout *layout = layout_but("vs", HEAP_AT(rows[i].header, 0, 0, 0));
		struct kst_vs_subsegment s = { .size = sizeof s };
		uint8_t bytes[0x28] = { 0 };

		assert_int_equal(kst_decode_vs_subsegment(layout, bytes, sizeof bytes, 0xffff910ffe690000, &s, NULL),
				 KST_OK);
		assert_true(s.first_chunk == 0xffff910ffe690000 + rows[i].first);
		free(layout);
	}
}

struct name_row {
	const char *name;
	const char *(*of)(uint64_t bit);
	const char *names[10]; /* of the lowest bits */
};

static const struct name_row names[] = {
	{ "key anomalies", kst_heap_key_anomaly_name, { "partial", "contradiction" } },
	{ "VS chunk anomalies",
	  kst_vs_chunk_anomaly_name,
	  { "size", "allocated", "memory-cost", "spare", "misaligned", "previous-differs", "leaves-subsegment",
	    "page-offset", "state" } },
	{ "VS subsegment anomalies", kst_vs_subsegment_anomaly_name, { "signature", "size" } },
	{ "LFH subsegment anomalies",
	  kst_lfh_subsegment_anomaly_name,
	  { "block-size", "first-block", "block-count", "free-count" } },
	{ "page segment anomalies", kst_page_segment_anomaly_name, { "signature" } },
	{ "page range anomalies", kst_heap_range_anomaly_name, { "signature", "flags", "units" } },
	{ "large allocation anomalies", kst_heap_large_anomaly_name, { "extent" } },
};

static void check_names(void **state)
{
	const struct name_row *row = *state;
	bool named = true;

	assert_null(row->of(0));
	for (unsigned bit = 0; bit < 64; bit++) {
		named = named && bit < 10 && row->names[bit] != NULL;
		if (named)
			assert_string_equal(row->of((uint64_t)1 << bit), row->names[bit]);
		else
			assert_null(row->of((uint64_t)1 << bit));
	}
}

static void names_of_kinds(void **state)
{
	static const char *const sources[] = { "unknown", "symbols", "recovered", "unknown" };
	static const char *const kinds[] = { "free", "continuation", "backend", "lfh", "vs", "unknown", "unknown" };

	(void)state;
	for (uint32_t i = 0; i < 4; i++)
		assert_string_equal(kst_heap_key_source_name(i), sources[i]);
	for (uint32_t i = 0; i < 7; i++)
		assert_string_equal(kst_heap_range_name(i), kinds[i]);
}

int main(void)
{
	struct CMUnitTest tests[160] = {
		cmocka_unit_test(chunk_of_32_bits),       cmocka_unit_test(chunk_of_a_key_in_part),
		cmocka_unit_test(fields_over_each_other), cmocka_unit_test(in_the_midst_of_a_view),
		cmocka_unit_test(names_of_kinds),         cmocka_unit_test(vs_headers),
	};
	size_t n = 6;

	n += ROWS_TO_TESTS(tests + n, calls, check_refusals);
	n += ROWS_TO_TESTS(tests + n, heap_types, check_type);
	n += ROWS_TO_TESTS(tests + n, chunks, decode_chunk);
	n += ROWS_TO_TESTS(tests + n, plains, check_plain);
	n += ROWS_TO_TESTS(tests + n, formats, check_format);
	n += ROWS_TO_TESTS(tests + n, vs_rows, check_vs);
	n += ROWS_TO_TESTS(tests + n, names, check_names);
	return _cmocka_run_group_tests("segment heap", tests, n, NULL, NULL);
}
