/* SPDX-License-Identifier: MIT */
#include "heap_forge.h"
#include "support.h"

#include <stdlib.h>

#define PAGE 0x1000u

/* x64 offsets by build: published types, not the library's tables. */
static const struct places {
	uint32_t build;
	uint32_t contexts;      /* _SEGMENT_HEAP.SegContexts */
	uint32_t pools;         /* _EX_POOL_HEAP_MANAGER_STATE.NumberOfPools */
	uint32_t special_count; /* SpecialHeaps at 86900 */
} places[HEAP_BUILDS] = {
	{ 18362, 0x100, 0x38d0, 3 },
	{ 19041, 0x100, 0x38d0, 4 },
	{ 20348, 0x140, 0x38e0, 4 },
	{ 22000, 0x140, 0x38e0, 4 },
};

static uint8_t *page_of(struct heap_forge *f, uint64_t va, bool make)
{
	uint64_t page = va & ~(uint64_t)(PAGE - 1);
	size_t low = 0, high = f->page_count;

	while (low < high) {
		size_t middle = (low + high) / 2;

		if (f->page_at[middle] < page)
			low = middle + 1;
		else
			high = middle;
	}
	if (low < f->page_count && f->page_at[low] == page)
		return f->page_bytes[low];
	if (!make)
		return NULL;
	if (f->page_count == HEAP_PAGES)
		abort();
	memmove(&f->page_at[low + 1], &f->page_at[low], (f->page_count - low) * sizeof f->page_at[0]);
	memmove(&f->page_bytes[low + 1], &f->page_bytes[low], (f->page_count - low) * sizeof f->page_bytes[0]);
	f->page_at[low] = page;
	f->page_bytes[low] = calloc(1, PAGE);
	if (f->page_bytes[low] == NULL)
		abort();
	f->page_count++;
	return f->page_bytes[low];
}

static void put(struct heap_forge *f, uint64_t va, uint64_t value, size_t width)
{
	for (size_t i = 0; i < width; i++)
		page_of(f, va + i, true)[(va + i) % PAGE] = (uint8_t)(value >> (8 * i));
}

uint8_t *heap_forge_byte(struct heap_forge *f, uint64_t va)
{
	uint8_t *page = page_of(f, va, false);

	return page == NULL ? NULL : page + va % PAGE;
}

void heap_forge_keep(struct heap_forge *f, uint64_t va, size_t count)
{
	size_t kept = 0;

	for (size_t i = 0; i < f->page_count; i++) {
		if (f->page_at[i] >= va && f->page_at[i] < va + count * PAGE) {
			f->page_at[kept] = f->page_at[i];
			f->page_bytes[kept++] = f->page_bytes[i];
		} else {
			free(f->page_bytes[i]);
		}
	}
	f->page_count = kept;
}

void heap_forge_drop(struct heap_forge *f, uint64_t va)
{
	size_t kept = 0;

	for (size_t i = 0; i < f->page_count; i++) {
		if (f->page_at[i] != (va & ~(uint64_t)(PAGE - 1))) {
			f->page_at[kept] = f->page_at[i];
			f->page_bytes[kept++] = f->page_bytes[i];
		} else {
			free(f->page_bytes[i]);
		}
	}
	f->page_count = kept;
}

static kst_status read_forge(void *user, kst_space space, uint64_t address, void *buf, size_t len, size_t *done)
{
	struct heap_forge *f = user;

	*done = 0;
	f->reads++;
	if (f->fail_at != 0 && (f->reads == f->fail_at || (f->fail_on && f->reads > f->fail_at)))
		return f->fail_with;
	if (space == KST_SPACE_PHYSICAL)
		return KST_E_FAULT;
	while (*done < len) {
		uint64_t at = address + *done;
		const uint8_t *page = page_of(f, at, false);
		size_t part = PAGE - at % PAGE;

		if (page == NULL)
			return KST_E_FAULT;
		if (part > len - *done)
			part = len - *done;
		memcpy((uint8_t *)buf + *done, page + at % PAGE, part);
		*done += part;
	}
	return KST_OK;
}

static kst_status next_range(void *user, kst_space space, uint64_t address, uint64_t *start, uint64_t *length)
{
	struct heap_forge *f = user;
	size_t at = 0;

	if (space == KST_SPACE_PHYSICAL)
		return KST_END;
	while (at < f->page_count && f->page_at[at] + PAGE <= address)
		at++;
	if (at == f->page_count)
		return KST_END;
	*start = f->page_at[at] < address ? address : f->page_at[at];
	while (at + 1 < f->page_count && f->page_at[at + 1] == f->page_at[at] + PAGE)
		at++;
	*length = f->page_at[at] + PAGE - *start;
	return KST_OK;
}

static struct heap_block *add(struct heap_forge *f, uint64_t base, uint64_t bytes, uint32_t kind, bool allocated)
{
	struct heap_block *b = &f->blocks[f->block_count];

	if (f->block_count == HEAP_BLOCKS)
		abort();
	memset(b, 0, sizeof *b);
	b->base = base;
	b->bytes = bytes;
	b->kind = kind;
	b->allocated = allocated;
	f->block_count++;
	return b;
}

/* POOL_HEADER: previous size 0, an index that means nothing, size, nonpaged in use, tag. */
static void put_header(struct heap_forge *f, struct heap_block *b, uint64_t size, const char *tag)
{
	put(f, b->base, 0x02000000u | (uint64_t)(size / 16) << 16 | (b->base >> 4 & 0x3) << 8, 4);
	for (unsigned i = 0; i < 4; i++)
		put(f, b->base + 4 + i, (uint8_t)tag[i], 1);
	memcpy(b->tag, tag, 4);
	b->header = true;
	for (uint64_t at = b->base + 16; at < b->base + size; at += 8)
		put(f, at, at * 0x9e3779b97f4a7c15u >> 3, 8); /* some contents */
}

/* A VS subsegment that fills its range. Sizes repeat a pattern; the last chunk takes what is left. */
static void put_vs(struct heap_forge *f, uint64_t at, uint64_t bytes)
{
	static const uint16_t sizes[] = { 0x90,  0x30, 0x1a0, 0x50,  0x210, 0x70,  0x3c0, 0x40, 0xa10,
					  0x110, 0x80, 0x60,  0x2f0, 0x30,  0xe70, 0x190, 0xf0, 0x540 };
	uint64_t chunk = at + 0x30, end = at + bytes, previous = 3;
	unsigned n = 0;

	put(f, at, at, 8); /* list entry: alone */
	put(f, at + 8, at, 8);
	put(f, at + 0x20, bytes / 16, 2);
	put(f, at + 0x22, ((bytes / 16) ^ 0x2bed) & 0x7fff, 2);
	while (chunk < end) {
		uint64_t size = sizes[n % (sizeof sizes / sizeof sizes[0])], rest = PAGE - chunk % PAGE, header, plain;
		bool allocated = n % 5 != 3, slack = n % 7 == 4;
		struct heap_block *b;

		/* a block that is smaller than a page does not cross one: the chunk before grows up to the boundary */
		if (size > rest || rest - size < 0x40)
			size = rest;
		if (end - chunk < size + 0x40)
			size = end - chunk;
		if (size < 0x30)
			allocated = false;
		plain = size / 16 << 16 | previous << 32;
		header = chunk + 0x10;
		if (allocated)
			plain |= (uint64_t)1 << 48;
		else if (size > 0x300)
			plain |= 0x9; /* memory cost */
		put(f, chunk, plain ^ chunk ^ f->heap_key, 8);
		if (allocated) {
			static const char tags[4][5] = { "Proc", "Thre", "MmSt", "Even" };
			uint64_t size_in_header = chunk + size - header;

			slack = slack && size_in_header > 0x40;
			if (slack)
				size_in_header -= 0x10;
			put(f, chunk + 8,
			    (((chunk - at) / PAGE) ^ ((chunk ^ f->heap_key) & 0xff)) | (slack ? 0x100 : 0), 4);
			put(f, chunk + 12, at >> 32, 4); /* what was there before */
			b = add(f, header, chunk + size - header, KST_POOL_KIND_VS, true);
			put_header(f, b, size_in_header, tags[n % 4]);
		} else {
			/* node of the tree of free chunks */
			put(f, chunk + 8, n % 2 ? at + 0x38 : 0, 8);
			if (size >= 0x20) {
				put(f, chunk + 16, 0, 8);
				put(f, chunk + 24, (at + 0x78) | (n & 1), 8);
			}
			b = add(f, chunk + 0x10, size - 0x10, KST_POOL_KIND_VS, false);
		}
		b->word = chunk;
		previous = size / 16;
		chunk += size;
		n++;
	}
}

static void put_lfh(struct heap_forge *f, uint64_t at, uint64_t bytes, uint32_t block, uint64_t busy)
{
	uint32_t count = (uint32_t)((bytes - 0x40) / block), first, free_count = 0;

	/* two bits per block from 0x30 on, then the blocks */
	for (;; count--) {
		first = (0x30 + (2 * count + 63) / 64 * 8 + 15) / 16 * 16;
		if (first + (uint64_t)count * block <= bytes)
			break;
	}
	/* the blocks end where the range ends, but for less than one block */
	for (uint32_t i = 0; i < count; i++) {
		uint64_t base = at + first + (uint64_t)i * block, byte = at + 0x30 + i / 4;
		bool allocated = (busy >> i % 61 & 1) != 0;
		struct heap_block *b = add(f, base, block, KST_POOL_KIND_LFH, allocated);

		put_header(f, b, block, allocated ? "LfhA" : "LfhF");
		b->bitmap = byte;
		put(f, byte, *heap_forge_byte(f, byte) | (allocated ? (i % 9 == 0 ? 3u : 1u) : 0u) << (2 * (i % 4)), 1);
		free_count += !allocated;
	}
	put(f, at, at, 8);
	put(f, at + 8, at, 8);
	put(f, at + 0x20, free_count, 2);
	put(f, at + 0x22, count, 2);
	put(f, at + 0x28, (uint32_t)(block | first << 16) ^ (uint32_t)f->lfh_key ^ ((uint32_t)at >> 12), 4);
}

static void put_range(struct heap_forge *f, uint64_t segment, unsigned index, unsigned units, uint8_t flags)
{
	uint64_t at = segment + index * 0x20u;

	if ((flags & 1) != 0)
		put(f, at, 0xccddccdd, 4);
	put(f, at + 0x18, flags, 1);
	put(f, at + 0x1f, units, 1);
	for (unsigned i = 1; (flags & 1) != 0 && i < units; i++) {
		put(f, at + i * 0x20u + 0x18, 1, 1);
		put(f, at + i * 0x20u + 0x1f, i, 1);
	}
}

static void put_segment(struct heap_forge *f, uint64_t segment, uint64_t context)
{
	put(f, segment, context + 0x48, 8); /* the only one of its list */
	put(f, segment + 8, context + 0x48, 8);
	put(f, segment + 0x10, segment ^ context ^ f->heap_key ^ 0xa2e64eada2e64eadu, 8);
	put(f, segment + 0x1fff, 0, 1);
	put(f, context + 0x48, segment, 8);
	put(f, context + 0x50, segment, 8);
	put(f, context + 0x58, 1, 8);
}

static void put_heap(struct heap_forge *f, uint64_t heap)
{
	put(f, heap + 0x10, 0xddeeddee, 4);
	put(f, heap + 0x83f, 0, 1);
	for (unsigned i = 0; i < 2; i++) {
		uint64_t context = heap + places[f->build].contexts + i * 0xc0u;

		put(f, context, i == 0 ? ~(uint64_t)0xfffff : ~(uint64_t)0xffffff, 8);
		put(f, context + 8, i == 0 ? 12 : 16, 1);
		put(f, context + 0xa, i == 0 ? 2 : 1, 1);
		put(f, context + 0x38, heap, 8);
		put(f, context + 0x48, context + 0x48, 8);
		put(f, context + 0x50, context + 0x48, 8);
	}
}

/* Three nodes of the tree of large allocations, the middle one the root; plain links. */
static void put_large(struct heap_forge *f, uint64_t heap)
{
	static const uint64_t order[3] = { 1, 0, 2 }; /* node 0 is the root and the middle allocation */

	for (unsigned i = 0; i < 3; i++) {
		uint64_t node = f->tree + i * 0x40, va = 0xffffa10000000000 + order[i] * 0x10000000, pages = 0x900 + i;

		put(f, node, i == 0 ? f->tree + 0x40 : 0, 8);
		put(f, node + 8, i == 0 ? f->tree + 0x80 : 0, 8);
		put(f, node + 16, (i == 0 ? 0 : f->tree) | (i & 1), 8);
		put(f, node + 0x18, va | 0x123, 8);
		put(f, node + 0x20, pages << 12, 8);
		add(f, va, pages * PAGE, KST_POOL_KIND_HEAP_LARGE, true);
	}
	put(f, heap + 0x48, f->tree, 8);
	put(f, heap + 0x50, f->tree + 0x40, 8);
}

struct heap_forge *heap_forge_new(enum heap_build build)
{
	struct heap_forge *f = calloc(1, sizeof *f);
	uint64_t context;

	if (f == NULL)
		abort();
	f->build = build;
	f->fail_with = KST_E_FAULT;
	f->heap_key = 0x620e994736767ee6u + build * 0x0101010101010101u;
	f->lfh_key = 0x99aabbccddeeff00u + build;
	f->state = 0xfffff80000c00000;
	f->globals = 0xfffff80000b00100;
	put(f, f->globals, f->heap_key, 8);
	put(f, f->globals + 8, f->lfh_key, 8);
	put(f, f->state, f->globals, 8);
	put(f, f->state + places[build].pools, 1, 4);
	for (unsigned i = 0; i < 4; i++) {
		f->heaps[i] = 0xffffa10100000000 + i * 0x100000u;
		put_heap(f, f->heaps[i]);
		put(f, f->state + 0x3900 + 8 * i, f->heaps[i], 8);
		if (i < places[build].special_count)
			put(f, f->state + 0x86900 + 8 * i, 0, 8);
	}
	f->tree = 0xffffa10200000000;
	put_large(f, f->heaps[1]);

	context = f->heaps[1] + places[build].contexts;
	f->segment = 0xffffa10300100000;
	put_segment(f, f->segment, context);
	f->vs = f->segment + 2 * PAGE;
	put_range(f, f->segment, 2, 16, 0xf);
	put_vs(f, f->vs, 16 * PAGE);
	f->lfh = f->segment + 18 * PAGE;
	put_range(f, f->segment, 18, 1, 0xb);
	put_lfh(f, f->lfh, PAGE, 0x80, 0x1f7d6ef3755);
	put_range(f, f->segment, 19, 4, 0xb);
	put_lfh(f, f->segment + 19 * PAGE, 4 * PAGE, 0x190, 0x5a3ffffffe1);
	put_range(f, f->segment, 23, 5, 0x3);
	add(f, f->segment + 23 * PAGE, 5 * PAGE, KST_POOL_KIND_HEAP_LARGE, true);
	put_range(f, f->segment, 28, 3, 2);
	add(f, f->segment + 28 * PAGE, 3 * PAGE, KST_POOL_KIND_HEAP_LARGE, false);
	put_range(f, f->segment, 31, 16, 0xf);
	put_vs(f, f->segment + 31 * PAGE, 16 * PAGE);
	put_range(f, f->segment, 47, 209, 2);
	add(f, f->segment + 47 * PAGE, 209 * PAGE, KST_POOL_KIND_HEAP_LARGE, false);

	f->big_segment = 0xffffa10301000000;
	put_segment(f, f->big_segment, context + 0xc0);
	put_range(f, f->big_segment, 1, 10, 0x3);
	add(f, f->big_segment + 0x10000, 10 * 0x10000, KST_POOL_KIND_HEAP_LARGE, true);
	put_range(f, f->big_segment, 11, 245, 2);
	add(f, f->big_segment + 11 * 0x10000, 245 * 0x10000, KST_POOL_KIND_HEAP_LARGE, false);
	return f;
}

struct kst_target *heap_forge_target(struct heap_forge *f, bool symbols)
{
	const struct kst_symbol known[] = { { f->state, "ExPoolState" }, { f->globals, "RtlpHpHeapGlobals" } };
	struct kst_reader_ops ops = { .size = sizeof ops, .read = read_forge, .next_range = next_range };
	struct kst_identity identity = { .size = sizeof identity,
					 .arch = KST_ARCH_X64,
					 .paging = KST_PAGING_X64,
					 .build = places[f->build].build,
					 .present = KST_IDENTITY_HAS_ARCH | KST_IDENTITY_HAS_PAGING |
						    KST_IDENTITY_HAS_BUILD };
	struct kst_target_config config = { .size = sizeof config,
					    .reader = &ops,
					    .reader_user = f,
					    .identity = &identity,
					    .symbols = symbols ? known : NULL,
					    .symbols_count = symbols ? 2 : 0 };

	if (f->layout == NULL)
		f->layout = layout_builtin(KST_ARCH_X64, places[f->build].build, 0);
	config.layout = f->layout;
	kst_target_destroy(f->target);
	f->target = NULL;
	f->fail_at = 0;
	assert_int_equal(kst_target_create(&config, &f->target, NULL), KST_OK);
	return f->target;
}

void heap_forge_free(struct heap_forge *f)
{
	kst_target_destroy(f->target);
	free(f->layout);
	for (size_t i = 0; i < f->page_count; i++)
		free(f->page_bytes[i]);
	free(f);
}
