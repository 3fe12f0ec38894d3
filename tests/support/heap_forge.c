/* SPDX-License-Identifier: MIT */
#include "heap_forge.h"
#include "support.h"

#include <stdlib.h>

#define PAGE 0x1000u

/* Offsets by build: published types, not the library's tables. */
static const struct places {
	uint32_t build, revision, width;
	uint32_t pools, nodes, special, special_count; /* _EX_POOL_HEAP_MANAGER_STATE */
	uint32_t tree, contexts, context_size;         /* _SEGMENT_HEAP */
	struct {
		uint32_t shift, first, heap, list, count;
	} context; /* _HEAP_SEG_CONTEXT */
	struct {
		uint32_t size, flags, unit;
	} range; /* _HEAP_PAGE_RANGE_DESCRIPTOR */
	struct {
		uint32_t size, first;
	} vs; /* _HEAP_VS_SUBSEGMENT */
	struct {
		uint32_t free, offsets, bitmap;
	} lfh;          /* _HEAP_LFH_SUBSEGMENT; the count follows the free count */
	uint32_t large; /* _HEAP_LARGE_ALLOC_DATA.VirtualAddress; pages follow it */
} places[HEAP_BUILDS] = {
#define X64 { 0x8, 0xa, 0x38, 0x48, 0x58 }, { 0x20, 0x18, 0x1f }, { 0x20, 0x30 }, { 0x20, 0x28, 0x30 }, 0x18
#define X86 { 0x4, 0x6, 0x24, 0x44, 0x4c }, { 0x10, 0xc, 0xf }, { 0x14, 0x18 }, { 0x10, 0x18, 0x20 }, 0xc
	{ 18362, 0, 8, 0x38d0, 0x3900, 0x86900, 3, 0x48, 0x100, 0xc0, X64 },
	{ 19041, 0, 8, 0x38d0, 0x3900, 0x86900, 4, 0x48, 0x100, 0xc0, X64 },
	{ 20348, 0, 8, 0x38e0, 0x3900, 0x86900, 4, 0x48, 0x140, 0xc0, X64 },
	{ 22000, 0, 8, 0x38e0, 0x3900, 0x86900, 4, 0x48, 0x140, 0xc0, X64 },
	{ 22621, 0, 8, 0x38e0, 0x3900, 0x86900, 4, 0x48, 0x140, 0xc0, X64 },
	{ 22631, 0, 8, 0x38e0, 0x3900, 0x86900, 4, 0x48, 0x140, 0xc0, X64 },
	{ 18362, 0, 4, 0x1c70, 0x1c80, 0x22880, 3, 0x44, 0x100, 0x80, X86 },
	{ 19041, 0, 4, 0x1c70, 0x1c80, 0x22880, 4, 0x44, 0x100, 0x80, X86 },
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

/* What is no block although it lies in a range. */
static void add_own(struct heap_forge *f, uint64_t at)
{
	if (f->own_count == HEAP_OWN)
		abort();
	f->own[f->own_count++] = at;
}

/* POOL_HEADER: previous size 0, an index that means nothing, size, nonpaged in use, tag. */
static void put_header(struct heap_forge *f, struct heap_block *b, uint64_t size, const char *tag)
{
	uint64_t index = b->base >> 4 & 0x3;

	if (f->width == 8)
		put(f, b->base, 0x02000000u | (uint64_t)(size / 16) << 16 | index << 8, 4);
	else
		put(f, b->base, (uint32_t)2 << 25 | (uint64_t)(size / 8) << 16 | index << 9, 4);
	for (unsigned i = 0; i < 4; i++)
		put(f, b->base + 4 + i, (uint8_t)tag[i], 1);
	memcpy(b->tag, tag, 4);
	b->header = true;
	for (uint64_t at = b->base + f->header; at < b->base + size; at += 8)
		put(f, at, at * 0x9e3779b97f4a7c15u >> 3, 8); /* some contents */
}

/* The word of a chunk: cost, size, size of the one before, allocated. */
static uint64_t chunk_word(const struct heap_forge *f, uint64_t bytes, uint64_t previous, bool allocated, uint64_t cost)
{
	if (f->width == 8)
		return cost | bytes / 16 << 16 | previous / 16 << 32 | (uint64_t)allocated << 48;
	return (cost & 1) | bytes / 8 << 1 | previous / 8 << 16 | (uint64_t)allocated << 31;
}

/*
 * A VS subsegment of whole pages. Sizes repeat a pattern; the last chunk takes what is left. Published descriptions differ
 * about whether the size counts the subsegment's own header: `without` leaves it out.
 */
static void put_vs(struct heap_forge *f, uint64_t at, uint64_t bytes, bool without)
{
	static const uint16_t sizes[] = { 0x90,  0x30, 0x1a0, 0x50,  0x210, 0x70,  0x3c0, 0x40, 0xa10,
					  0x110, 0x80, 0x60,  0x2f0, 0x30,  0xe70, 0x190, 0xf0, 0x540 };
	const struct places *p = &places[f->build];
	uint64_t chunk = at + p->vs.first, end = at + bytes, previous = 0x30,
		 units = (bytes - (without ? p->vs.first : 0)) / f->header;
	unsigned n = 0;

	add_own(f, at);
	put(f, at, at, f->width); /* list entry: alone */
	put(f, at + f->width, at, f->width);
	put(f, at + p->vs.size, units, 2);
	put(f, at + p->vs.size + 2, (units ^ 0x2bed) & 0x7fff, 2);
	while (chunk < end) {
		uint64_t size = sizes[n % (sizeof sizes / sizeof sizes[0])], rest = PAGE - chunk % PAGE, header, stored;
		bool allocated = n % 5 != 3, slack = n % 7 == 4;
		struct heap_block *b;

		/* a block that is smaller than a page does not cross one: the chunk before grows up to the boundary */
		if (size > rest || rest - size < 0x40)
			size = rest;
		if (end - chunk < size + 0x40)
			size = end - chunk;
		if (size < 0x30)
			allocated = false;
		stored = chunk_word(f, size, previous, allocated, !allocated && size > 0x300 ? 9 : 0);
		header = chunk + f->header;
		put(f, chunk, stored ^ chunk ^ f->heap_key, f->width);
		if (allocated) {
			static const char tags[4][5] = { "Proc", "Thre", "MmSt", "Even" };
			uint64_t size_in_header = chunk + size - header;

			slack = slack && size_in_header > 0x40;
			if (slack)
				size_in_header -= f->header;
			put(f, chunk + f->width,
			    (((chunk - at) / PAGE) ^ ((chunk ^ f->heap_key) & 0xff)) | (slack ? 0x100 : 0), 4);
			if (f->width == 8)
				put(f, chunk + 12, at >> 32, 4); /* what was there before */
			b = add(f, header, chunk + size - header, KST_POOL_KIND_VS, true);
			put_header(f, b, size_in_header, tags[n % 4]);
		} else {
			/* node of the tree of free chunks, behind the word: left, right, parent */
			put(f, chunk + f->width, n % 2 ? at + p->vs.first + f->width : 0, f->width);
			if (size >= 4 * f->width) {
				put(f, chunk + 2 * f->width, 0, f->width);
				put(f, chunk + 3 * f->width, (at + p->vs.first + 4 * f->header + f->width) | (n & 1),
				    f->width);
			}
			b = add(f, chunk + f->header, size - f->header, KST_POOL_KIND_VS, false);
		}
		b->word = chunk;
		previous = size;
		chunk += size;
		n++;
	}
}

/*
 * An LFH subsegment of whole pages; its blocks before `from` are free. As found in dumps: the range has a place for each
 * block and for each one that would cross a page; those are marked busy, are no part of the block count and hold nothing.
 * The bitmap has two bits for each place; behind it lie two bytes for each page, then the places.
 */
static void put_lfh(struct heap_forge *f, uint64_t at, uint64_t bytes, uint32_t block, uint64_t busy, uint32_t from)
{
	const struct places *p = &places[f->build];
	uint32_t count = (uint32_t)(bytes / block), first, state, pages = (uint32_t)(bytes / PAGE), word = 8 * f->width;
	uint32_t free_count = 0, withheld = 0;

	/* the places end where the pages end, but for less than one block */
	for (;; count--) {
		state = p->lfh.bitmap + (2 * count + word - 1) / word * f->width;
		first = (state + 2 * pages + f->header - 1) / f->header * f->header;
		if (first + (uint64_t)count * block <= bytes)
			break;
	}
	add_own(f, at);
	put(f, at, at, f->width); /* list entry: alone */
	put(f, at + f->width, at, f->width);
	for (uint32_t i = 0; i < count; i++) {
		uint64_t base = at + first + (uint64_t)i * block, byte = at + p->lfh.bitmap + i / 4;
		bool crosses = base / PAGE != (base + block - 1) / PAGE,
		     allocated = crosses || (i >= from && (busy >> i % 61 & 1) != 0);
		uint32_t bits = crosses ? 1 : !allocated ? 0 : i % 9 == 0 ? 3 : 1;

		put(f, byte, *heap_forge_byte(f, byte) | bits << (2 * (i % 4)), 1);
		if (crosses) {
			withheld++;
			add_own(f, base);
			add_own(f, base + block - 9);
		} else {
			struct heap_block *b = add(f, base, block, KST_POOL_KIND_LFH, allocated);

			put_header(f, b, block, allocated ? "LfhA" : "LfhF");
			b->bitmap = byte;
			free_count += !allocated;
		}
	}
	put(f, at + p->lfh.free, free_count, 2);
	put(f, at + p->lfh.free + 2, count - withheld, 2);
	put(f, at + p->lfh.free + 7, withheld, 1);
	put(f, at + p->lfh.offsets, (uint32_t)(block | first << 16) ^ (uint32_t)f->lfh_key ^ ((uint32_t)at >> 12), 4);
	put(f, at + p->lfh.offsets + 4, 12, 1); /* commit units: pages */
	put(f, at + p->lfh.offsets + 5, pages, 1);
	put(f, at + p->lfh.offsets + 6, state, 2);
}

/* With `guard` the last unit is a guard page: told as unused bytes of the range, and not there. */
static void put_range(struct heap_forge *f, uint64_t segment, unsigned index, unsigned units, uint8_t flags, bool guard)
{
	const struct places *p = &places[f->build];
	uint64_t at = segment + (uint64_t)index * p->range.size;
	uint8_t committed = f->width == 4 ? 5u << 5 : 0; /* shares a byte with the flags */

	if ((flags & 1) != 0)
		put(f, at, 0xccddccdd, 4);
	if (guard) {
		put(f, at + 4, PAGE, 4);
		add_own(f, segment + (index + units - 1) * (uint64_t)PAGE);
	}
	put(f, at + p->range.flags, flags | committed, 1);
	put(f, at + p->range.unit, units, 1);
	for (unsigned i = 1; (flags & 1) != 0 && i < units; i++) {
		put(f, at + (uint64_t)i * p->range.size + p->range.flags, 1, 1);
		put(f, at + (uint64_t)i * p->range.size + p->range.unit, i, 1);
	}
}

static void put_segment(struct heap_forge *f, uint64_t segment, uint64_t context)
{
	const struct places *p = &places[f->build];
	uint64_t list = context + p->context.list;

	put(f, segment, list, f->width); /* the only one of its list */
	put(f, segment + f->width, list, f->width);
	put(f, segment + 2 * f->width, segment ^ context ^ f->heap_key ^ 0xa2e64eada2e64eadu, f->width);
	put(f, segment + 256 * p->range.size - 1, 0, 1);
	put(f, list, segment, f->width);
	put(f, list + f->width, segment, f->width);
	put(f, context + p->context.count, 1, f->width);
}

static void put_heap(struct heap_forge *f, uint64_t heap)
{
	const struct places *p = &places[f->build];

	put(f, heap + 2 * f->width, 0xddeeddee, 4);
	put(f, heap + 0x83f, 0, 1);
	for (unsigned i = 0; i < 2; i++) {
		uint64_t context = heap + p->contexts + (uint64_t)i * p->context_size, list = context + p->context.list;

		put(f, context, i == 0 ? ~(uint64_t)0xfffff : ~(uint64_t)0xffffff, f->width);
		put(f, context + p->context.shift, i == 0 ? 12 : 16, 1);
		put(f, context + p->context.first, i == 0 ? 2 : 1, 1);
		put(f, context + p->context.heap, heap, f->width);
		put(f, list, list, f->width);
		put(f, list + f->width, list, f->width);
	}
}

/* Three nodes of the tree of large allocations, the middle one the root; plain links. */
static void put_large(struct heap_forge *f, uint64_t heap)
{
	static const uint64_t order[3] = { 1, 0, 2 }; /* node 0 is the root and the middle allocation */
	const struct places *p = &places[f->build];
	uint64_t base = f->width == 8 ? 0xffffa10000000000 : 0x90000000, step = f->width == 8 ? 0x10000000 : 0x2000000;

	for (unsigned i = 0; i < 3; i++) {
		uint64_t node = f->tree + i * 0x40, va = base + order[i] * step, pages = 0x900 + i;

		put(f, node, i == 0 ? f->tree + 0x40 : 0, f->width);
		put(f, node + f->width, i == 0 ? f->tree + 0x80 : 0, f->width);
		put(f, node + 2 * f->width, (i == 0 ? 0 : f->tree) | (i & 1), f->width);
		put(f, node + p->large, va | 0x123, f->width);
		put(f, node + p->large + f->width, pages << 12, f->width);
		add(f, va, pages * PAGE, KST_POOL_KIND_HEAP_LARGE, true);
	}
	put(f, heap + p->tree, f->tree, f->width);
	put(f, heap + p->tree + f->width, f->tree + 0x40, f->width);
}

struct heap_forge *heap_forge_new(enum heap_build build)
{
	struct heap_forge *f = calloc(1, sizeof *f);
	const struct places *p = &places[build];
	bool wide = p->width == 8;
	uint64_t context;

	if (f == NULL)
		abort();
	f->build = build;
	f->width = p->width;
	f->header = 2 * p->width;
	f->fail_with = KST_E_FAULT;
	f->heap_key = (0x620e994736767ee6u + build * 0x0101010101010101u) & (wide ? UINT64_MAX : UINT32_MAX);
	f->lfh_key = (0x99aabbccddeeff00u + build) & (wide ? UINT64_MAX : UINT32_MAX);
	f->state = wide ? 0xfffff80000c00000 : 0x80c00000;
	f->globals = wide ? 0xfffff80000b00100 : 0x80b00100;
	f->tree = wide ? 0xffffa10200000000 : 0x82000000;
	f->segment = wide ? 0xffffa10300100000 : 0x83100000;
	f->big_segment = wide ? 0xffffa10301000000 : 0x84000000;
	f->vs = f->segment + 2 * PAGE;
	for (unsigned i = 0; i < 5; i++) {
		static const unsigned pages[] = { 19, 20, 49, 50, 52 };

		f->lfh_at[i] = f->segment + pages[i] * PAGE;
	}
	f->lfh = f->lfh_at[0];
	f->descriptor_size = p->range.size;
	f->descriptors = f->segment + 2 * p->range.size;
	f->flags_at = p->range.flags;
	f->unit_at = p->range.unit;
	f->vs_header = p->vs.size;
	f->lfh_word = p->lfh.offsets;
	f->signature = 2 * p->width;
	f->large_tree = p->tree;
	put(f, f->globals, f->heap_key, f->width);
	put(f, f->globals + f->width, f->lfh_key, f->width);
	put(f, f->state, f->globals, f->width);
	put(f, f->state + p->pools, 1, 4);
	for (unsigned i = 0; i < 4; i++) {
		f->heaps[i] = (wide ? 0xffffa10100000000 : 0x81000000) + i * 0x100000u;
		put_heap(f, f->heaps[i]);
		put(f, f->state + p->nodes + (uint64_t)f->width * i, f->heaps[i], f->width);
		if (i < p->special_count)
			put(f, f->state + p->special + (uint64_t)f->width * i, 0, f->width);
	}
	put_large(f, f->heaps[1]);

	context = f->heaps[1] + p->contexts;
	put_segment(f, f->segment, context);
	put_range(f, f->segment, 2, 17, 0xf, true);
	put_vs(f, f->vs, 16 * PAGE, true);
	put_range(f, f->segment, 19, 1, 0xb, false);
	put_lfh(f, f->lfh_at[0], PAGE, 0x80, 0x1f7d6ef3755, 0);
	put_range(f, f->segment, 20, 4, 0xb, false);
	put_lfh(f, f->lfh_at[1], 4 * PAGE, 0x190, 0x5a3ffffffe1, 0);
	put_range(f, f->segment, 24, 5, 0x3, false);
	add(f, f->segment + 24 * PAGE, 5 * PAGE, KST_POOL_KIND_HEAP_LARGE, true);
	put_range(f, f->segment, 29, 3, 2, false);
	add(f, f->segment + 29 * PAGE, 3 * PAGE, KST_POOL_KIND_HEAP_LARGE, false);
	put_range(f, f->segment, 32, 17, 0xf, true);
	put_vs(f, f->segment + 32 * PAGE, 16 * PAGE, false);
	put_range(f, f->segment, 49, 1, 0xb, false);
	put_lfh(f, f->lfh_at[2], PAGE, 0x40, 0x15a5bffdff3, 0);
	put_range(f, f->segment, 50, 2, 0xb, false);
	put_lfh(f, f->lfh_at[3], 2 * PAGE, 0x30, 0x1ffedcba95, 0);
	/* the first busy bits are all of withheld places */
	put_range(f, f->segment, 52, 17, 0xb, true);
	put_lfh(f, f->lfh_at[4], 16 * PAGE, 0xd0, 0x1ffedcba9, 220);
	put_range(f, f->segment, 69, 187, 2, false);
	add(f, f->segment + 69 * PAGE, 187 * PAGE, KST_POOL_KIND_HEAP_LARGE, false);

	put_segment(f, f->big_segment, context + p->context_size);
	put_range(f, f->big_segment, 1, 10, 0x3, false);
	add(f, f->big_segment + 0x10000, 10 * 0x10000, KST_POOL_KIND_HEAP_LARGE, true);
	put_range(f, f->big_segment, 11, 245, 2, false);
	add(f, f->big_segment + 11 * 0x10000, 245 * 0x10000, KST_POOL_KIND_HEAP_LARGE, false);
	return f;
}

struct kst_target *heap_forge_target(struct heap_forge *f, bool symbols)
{
	const struct kst_symbol known[] = { { f->state, "ExPoolState" }, { f->globals, "RtlpHpHeapGlobals" } };
	struct kst_reader_ops ops = { .size = sizeof ops, .read = read_forge, .next_range = next_range };
	struct kst_identity identity = { .size = sizeof identity,
					 .arch = f->width == 8 ? KST_ARCH_X64 : KST_ARCH_X86,
					 .paging = f->width == 8 ? KST_PAGING_X64 : KST_PAGING_PAE,
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
		f->layout = layout_builtin(identity.arch, places[f->build].build, places[f->build].revision);
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
