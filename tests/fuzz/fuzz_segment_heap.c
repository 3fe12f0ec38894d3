/* SPDX-License-Identifier: MIT */
/*
 * The segment heap: the input is the descriptors and the contents of a page segment (VS, LFH, page ranges) whose owner is
 * forged, so that every input is looked into. Its words may be given plain: the harness encodes those that are marked.
 */
#include "fuzz.h"

#define KEY     UINT64_C(0x620e994736767ee6)
#define LFH_KEY UINT64_C(0x99aabbccddeeff00)
#define HEAP    UINT64_C(0xffffa10100000000)
#define SEGMENT UINT64_C(0xffffa10300100000)
#define GLOBALS UINT64_C(0xfffff80000b00000)
#define FIRST   0x2000u /* of the range that the input fills */
#define MOST    0x2000u

struct memory {
	uint8_t heap[0x1000], segment[FIRST + MOST], globals[16];
};

static void put(uint8_t *at, uint64_t value, size_t width)
{
	for (size_t i = 0; i < width; i++)
		at[i] = (uint8_t)(value >> (8 * i));
}

static kst_status read_memory(void *user, kst_space space, uint64_t address, void *buf, size_t len, size_t *done)
{
	struct memory *m = user;
	const struct {
		uint64_t at;
		size_t size;
		const uint8_t *bytes;
	} parts[] = { { HEAP, sizeof m->heap, m->heap },
		      { SEGMENT, sizeof m->segment, m->segment },
		      { GLOBALS, sizeof m->globals, m->globals } };

	(void)space;
	*done = 0;
	for (size_t i = 0; i < 3; i++) {
		uint64_t off = address - parts[i].at;

		if (address < parts[i].at || off >= parts[i].size)
			continue;
		*done = len < parts[i].size - off ? len : (size_t)(parts[i].size - off);
		memcpy(buf, parts[i].bytes + off, *done);
	}
	return *done == len ? KST_OK : KST_E_FAULT;
}

/* Where memory is: the heap, the segment, the globals; in ascending order. */
static kst_status next_range(void *user, kst_space space, uint64_t address, uint64_t *start, uint64_t *length)
{
	static const struct {
		uint64_t at, size;
	} parts[] = { { HEAP, 0x1000 }, { SEGMENT, FIRST + MOST }, { GLOBALS, 16 } };

	(void)user;
	(void)space;
	for (size_t i = 0; i < 3; i++)
		if (address < parts[i].at + parts[i].size) {
			*start = address < parts[i].at ? parts[i].at : address;
			*length = parts[i].at + parts[i].size - *start;
			return KST_OK;
		}
	return KST_END;
}

/* A word whose highest byte is 0xee is a plain chunk word and gets encoded; so do the offsets of an LFH subsegment. */
static void encode(struct memory *m, size_t size)
{
	uint8_t *range = m->segment + FIRST;

	for (size_t at = 0; at < size; at += 16) {
		uint64_t plain = 0;

		if (range[at + 7] != 0xee)
			continue;
		for (size_t i = 0; i < 7; i++)
			plain |= (uint64_t)range[at + i] << (8 * i);
		put(range + at, plain ^ (SEGMENT + FIRST + at) ^ KEY, 8);
		range[at + 8] ^= (uint8_t)((SEGMENT + FIRST + at) ^ KEY);
	}
	put(range + 0x28,
	    ((uint32_t)range[0x28] | (uint32_t)range[0x29] << 8 | (uint32_t)range[0x2a] << 16 |
	     (uint32_t)range[0x2b] << 24) ^
		    (uint32_t)LFH_KEY ^ (uint32_t)((SEGMENT + FIRST) & UINT32_MAX) >> 12,
	    4);
}

/* What does not depend on the input is made once per build: making it is most of the work. */
static struct machine {
	struct kst_layout *layout;
	struct kst_target *target;
	struct memory memory;
} machines[4];

static struct machine *machine(uint32_t which)
{
	static const uint32_t builds[] = { 18362, 19041, 20348, 22000 };
	struct machine *m = &machines[which];
	uint32_t contexts = which < 2 ? 0x100 : 0x140;
	struct kst_identity identity = { .size = sizeof identity,
					 .arch = KST_ARCH_X64,
					 .build = builds[which],
					 .present = KST_IDENTITY_HAS_ARCH | KST_IDENTITY_HAS_BUILD };
	const struct kst_layout_key key = { .size = sizeof key, .arch = KST_ARCH_X64, .build = builds[which] };
	const struct kst_symbol symbols[] = { { GLOBALS, "RtlpHpHeapGlobals" } };
	struct kst_reader_ops ops = { .size = sizeof ops, .read = read_memory, .next_range = next_range };
	struct kst_target_config config = { .size = sizeof config,
					    .reader = &ops,
					    .reader_user = &m->memory,
					    .identity = &identity,
					    .symbols = symbols,
					    .symbols_count = 1 };

	if (m->target != NULL)
		return m;
	m->layout = malloc(kst_layout_size());
	TRUTH(m->layout != NULL);
	TRUTH(kst_layout_init_builtin(m->layout, kst_layout_size(), &key, NULL) == KST_OK);
	config.layout = m->layout;
	TRUTH(kst_target_create(&config, &m->target, NULL) == KST_OK);
	put(m->memory.heap + 0x10, 0xddeeddee, 4);
	put(m->memory.heap + contexts, ~UINT64_C(0xfffff), 8);
	put(m->memory.heap + contexts + 0x38, HEAP, 8);
	for (uint32_t i = 0; i < 4; i++) { /* lists: of one segment, and empty */
		uint64_t list = HEAP + contexts + (i / 2) * 0xc0 + 0x48;

		put(m->memory.heap + (list - HEAP) + 8 * (i % 2), i / 2 == 0 ? SEGMENT : list, 8);
		put(m->memory.segment + 8 * (i % 2), HEAP + contexts + 0x48, 8);
	}
	m->memory.heap[contexts + 8] = 12;
	m->memory.heap[contexts + 0xa] = 2;
	put(m->memory.segment + 0x10, SEGMENT ^ (HEAP + contexts) ^ KEY ^ UINT64_C(0xa2e64eada2e64ead), 8);
	put(m->memory.globals, KEY, 8);
	put(m->memory.globals + 8, LFH_KEY, 8);
	return m;
}

static void decoders(const struct kst_layout *layout, const uint8_t *bytes, size_t size)
{
	const struct kst_heap_key key = {
		.size = sizeof key, .key = KEY, .bits_known = UINT64_MAX, .lfh_key = LFH_KEY, .lfh_known = 1
	};
	struct kst_vs_chunk chunk = { .size = sizeof chunk };
	struct kst_vs_subsegment vs = { .size = sizeof vs };
	struct kst_lfh_subsegment lfh = { .size = sizeof lfh };
	struct kst_page_segment segment = { .size = sizeof segment };
	struct kst_heap_range range = { .size = sizeof range };
	struct kst_heap_large large = { .size = sizeof large };

	if (kst_decode_vs_chunk(layout, bytes, size, SEGMENT, &key, &chunk, NULL) == KST_OK)
		TRUTH(size >= 8 && chunk.bytes <= 0xffff0 && chunk.data == SEGMENT + 16);
	if (kst_decode_vs_subsegment(layout, bytes, size, SEGMENT, &vs, NULL) == KST_OK)
		TRUTH(vs.bytes <= 0x100000 && vs.bytes % 0x1000 == 0 && vs.first_chunk == SEGMENT + 0x30);
	if (kst_decode_lfh_subsegment(layout, bytes, size, SEGMENT, MOST, &key, &lfh, NULL) == KST_OK &&
	    lfh.anomalies == 0)
		TRUTH(lfh.block_bytes > 0 &&
		      ((lfh.present & KST_LFH_SUBSEGMENT_HAS_BLOCK_COUNT) == 0 ||
		       lfh.first_block + (uint64_t)lfh.block_bytes * (lfh.block_count + lfh.withheld_count) <=
			       SEGMENT + MOST));
	if (kst_decode_page_segment(layout, bytes, size, SEGMENT, &key, &segment, NULL) == KST_OK)
		TRUTH(size >= 0x18);
	if (kst_decode_heap_range(layout, bytes, size, SEGMENT, &range, NULL) == KST_OK)
		TRUTH(kst_heap_range_name(range.kind) != NULL && range.units < 256);
	if (kst_decode_heap_large(layout, bytes, size, SEGMENT, &large, NULL) == KST_OK && large.anomalies == 0)
		TRUTH(large.address + large.bytes > large.address);
}

static void find(const struct kst_target *target, uint64_t address, int twice)
{
	struct kst_pool_verdict a = { .size = sizeof a }, b = { .size = sizeof b };

	TRUTH(kst_pool_find(target, NULL, address, &a, NULL) == KST_OK);
	if (a.kind == KST_POOL_KIND_VS || a.kind == KST_POOL_KIND_LFH || a.kind == KST_POOL_KIND_HEAP_LARGE)
		TRUTH(a.base <= address && address - a.base < a.bytes && a.heap == HEAP);
	if (!twice)
		return;
	TRUTH(kst_pool_find(target, NULL, address, &b, NULL) == KST_OK);
	TRUTH(memcmp(&a, &b, sizeof a) == 0);
}

/* All blocks of the segment: ascending, inside of it, and as kst_pool_find() tells them. */
static void walk(const struct kst_target *target)
{
	struct kst_pool_verdict b = { .size = sizeof b }, v = { .size = sizeof v };
	struct kst_cursor cursor;
	uint64_t end = SEGMENT, n = 0;

	TRUTH(kst_heap_blocks_begin(&cursor, target, HEAP, NULL, NULL) == KST_OK);
	while (kst_heap_blocks_next(&cursor, &b, NULL) == KST_OK) {
		TRUTH((b.present & KST_POOL_VERDICT_HAS_EXTENT) != 0 && b.bytes > 0 && b.heap == HEAP);
		TRUTH(b.base >= end && b.base < SEGMENT + 0x100000 && b.bytes <= SEGMENT + 0x100000 - b.base);
		end = b.base + b.bytes;
		if (n++ % 16 != 0 || b.kind == KST_POOL_KIND_NONE || b.kind == KST_POOL_KIND_INCONSISTENT)
			continue;
		TRUTH(kst_pool_find(target, NULL, b.base, &v, NULL) == KST_OK);
		TRUTH(v.kind == KST_POOL_KIND_INCONSISTENT ||
		      (v.kind == b.kind && v.bytes == b.bytes && v.state == b.state && v.container == b.container));
	}
	TRUTH(kst_cursor_end(&cursor) == KST_WALK_CLOSED && kst_cursor_count(&cursor) == n);
}

/* Whatever votes there are, what is told of the keys is one of few things. */
static void keys(const struct kst_target *target)
{
	struct kst_heap_key key = { .size = sizeof key };
	kst_status st = kst_heap_key_recover(target, &key, NULL);

	TRUTH(st == KST_OK || st == KST_END);
	TRUTH((key.key & ~key.bits_known) == 0 && (key.lfh_key & ~key.lfh_bits_known) == 0);
	TRUTH((st == KST_OK) == (key.bits_known != 0) && (key.lfh_known != 0) == (key.lfh_votes >= 3));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct fuzz_input in = { data, size };
	uint8_t which = fuzz_u8(&in);
	struct machine *m = machine(which % 4);
	uint64_t at = fuzz_u8(&in) * 0x49u % MOST;
	uint8_t *rest;

	for (size_t i = 0; i < 8; i++) { /* four descriptors: flags and units */
		m->memory.segment[(2 + i / 2) * 0x20 + (i % 2 == 0 ? 0x18 : 0x1f)] = fuzz_u8(&in);
		put(m->memory.segment + (2 + i / 2) * 0x20, 0xccddccdd, 4);
		/* the last page guards the range */
		put(m->memory.segment + (2 + i / 2) * 0x20 + 4, (which & 0x10) != 0 ? 0x1000 : 0, 4);
	}
	rest = fuzz_rest(&in, &size);
	decoders(m->layout, rest, size);
	size = size < MOST ? size : MOST;
	memcpy(m->memory.segment + FIRST, rest, size);
	encode(&m->memory, size);
	find(m->target, SEGMENT + FIRST + at, size % 4 == 0);
	if (size % 4 == 1)
		walk(m->target);
	if (size % 8 == 2)
		keys(m->target);
	memset(m->memory.segment + FIRST, 0, size < 0x30 ? 0x30 : size);
	free(rest);
	return 0;
}
