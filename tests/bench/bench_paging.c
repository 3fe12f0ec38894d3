/* SPDX-License-Identifier: MIT */
/* Translation, ranges and the scan of the page frames, against bare loops over the same bytes. */
#include "bench.h"

#include <kstate/kstate.h>

#define SIZE   ((uint64_t)64 << 20)
#define FRAMES ((SIZE >> 12) * 16) /* the database of 1 GiB */
#define VA     0xfffff80000000000u
#define DB     0xfffffa8000000000u
#define PAGES  2048u
#define BLOCK  0x600u

static uint8_t *memory;
static uint64_t used = 0x1000;

static kst_status read_memory(void *user, kst_space space, uint64_t address, void *buf, size_t len, size_t *done)
{
	(void)user;
	if (space != KST_SPACE_PHYSICAL || address > SIZE || SIZE - address < len) {
		*done = 0;
		return KST_E_FAULT;
	}
	memcpy(buf, memory + address, len);
	*done = len;
	return KST_OK;
}

static const void *window(void *user, kst_space space, uint64_t address, uint64_t *start_out, uint64_t *length_out)
{
	(void)user;
	if (space != KST_SPACE_PHYSICAL || address >= SIZE)
		return NULL;
	*start_out = 0;
	*length_out = SIZE;
	return memory;
}

static void map(uint64_t va)
{
	uint64_t table = 0;

	for (unsigned shift = 39;; shift -= 9) {
		uint8_t *at = memory + table + (va >> shift & 511) * 8;
		uint64_t entry;

		memcpy(&entry, at, 8);
		if (entry == 0) {
			entry = used | 0x63;
			used += 0x1000;
			memcpy(at, &entry, 8);
		}
		if (shift == 12)
			return;
		table = entry & 0xffffffffff000u;
	}
}

/* Which pages, and in which order: `count` of them, each `stride` behind the one before. */
struct order {
	uint64_t count, stride, rounds;
};

/* The work that is measured: one address. */
typedef uint64_t one(const void *what, uint64_t va);

/*
 * Seconds for each address. An address depends on the answer before (by a zero that the compiler does not know), as in a
 * walk over a list: no two of them overlap.
 */
static double each(one *work, const void *what, struct order order)
{
	static volatile uint64_t none;
	const uint64_t mask = none;
	uint64_t n = 0, at = 0, chain = 0;
	double start = now();

	for (uint64_t r = 0; r < order.rounds; r++) {
		for (uint64_t i = 0; i < order.count; i++, n++) {
			at += order.stride;
			at = at >= order.count ? at - order.count : at;
			chain = work(what, VA + (at << 12) + (chain & mask));
		}
	}
	__asm__ volatile("" : : "r"(chain));
	return (now() - start) / (double)n;
}

static uint64_t read_byte(const void *what, uint64_t va)
{
	uint8_t byte = 0;

	if (kst_read(what, KST_SPACE_KERNEL, va, &byte, 1, NULL, NULL) != KST_OK)
		abort();
	return byte;
}

/* With every level kept and what the entries mean. */
static uint64_t translate(const void *what, uint64_t va)
{
	struct kst_translation out;

	out.size = sizeof out;
	if (kst_translate(what, KST_SPACE_KERNEL, va, 0, &out, NULL) != KST_OK)
		abort();
	return out.physical;
}

/* The least that a translation costs over mapped memory: four dependent loads. */
static uint64_t four_loads(const void *what, uint64_t va)
{
	uint64_t table = 0, entry = 0;

	for (unsigned shift = 39; shift >= 12; shift -= 9) {
		memcpy(&entry, (const uint8_t *)what + table + (va >> shift & 511) * 8, 8);
		table = entry & 0xffffffffff000u;
	}
	return table;
}

/* ... and where the host is called for each. */
static uint64_t four_calls(const void *what, uint64_t va)
{
	const struct kst_reader_ops *ops = what;
	uint64_t table = 0, entry = 0;
	size_t done = 0;

	for (unsigned shift = 39; shift >= 12; shift -= 9) {
		if (ops->read(NULL, KST_SPACE_PHYSICAL, table + (va >> shift & 511) * 8, &entry, 8, &done) != KST_OK)
			abort();
		table = entry & 0xffffffffff000u;
	}
	return table;
}

/* The same bytes; the database is one run of physical memory but for a page table now and then. */
static double copies(uint8_t *copy)
{
	const uint8_t *database = memory + four_loads(memory, DB);
	double start = now();

	for (uint64_t i = 0; i + BLOCK <= FRAMES * 0x30; i += BLOCK) {
		memcpy(copy, database + i, BLOCK);
		__asm__ volatile("" : : "r"(copy) : "memory");
	}
	return now() - start;
}

static double scans(const struct kst_target *target)
{
	struct kst_pfn_counts counts = { .size = sizeof counts };
	double start = now();

	if (kst_pfn_count(target, &counts, NULL) != KST_OK || counts.total != FRAMES)
		abort();
	return now() - start;
}

static double frames(const struct kst_target *target)
{
	struct kst_pfn pfn = { .size = sizeof pfn };
	struct kst_cursor cursor;
	double start = now();

	if (kst_pfns_begin(&cursor, target, 0, 0xffff, NULL) != KST_OK)
		abort();
	while (kst_pfns_next(&cursor, &pfn, NULL) == KST_OK)
		continue;
	return (now() - start) / 0x10000;
}

static double ranges(const struct kst_target *target)
{
	struct kst_page_run run = { .size = sizeof run };
	struct kst_cursor cursor;
	double start = now();

	if (kst_page_runs_begin(&cursor, target, KST_SPACE_KERNEL, VA, VA + ((uint64_t)PAGES << 12) - 1, 0, NULL) !=
	    KST_OK)
		abort();
	while (kst_page_runs_next(&cursor, &run, NULL) == KST_OK)
		continue;
	return (now() - start) / PAGES;
}

/*
 * Warm: 16 pages over and over, their entries in the first-level cache; nothing that the library keeps makes it so, it holds
 * no translations. Scattered: 2,048 pages, whose 20 KiB of tables do not all stay there.
 */
static void translations(const struct kst_target *mapped, const struct kst_target *called,
			 const struct kst_reader_ops *ops)
{
	static const struct {
		const char *name, *what;
		struct order order;
	} rows[] = {
		{ "warm", "warm", { 16, 1, 4000 } },
		{ "scattered", "2,048 pages scattered", { PAGES, 1021, 40 } },
	};

	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		double loads, calls, t;
		char name[64], what[96];

		LEAST(loads, 60, each(four_loads, memory, rows[i].order));
		LEAST(calls, 60, each(four_calls, ops, rows[i].order));
		printf("%s: four loads %.1f ns, four calls of the host %.1f ns\n", rows[i].what, loads * 1e9,
		       calls * 1e9);
#define ROW(key, text, work, target, base, limit)                                                                      \
	LEAST(t, 60, each(work, target, rows[i].order));                                                               \
	snprintf(name, sizeof name, "%s-%s", key, rows[i].name);                                                       \
	snprintf(what, sizeof what, "%s, %s", text, rows[i].what);                                                     \
	figure(name, what, t * 1e9, "ns", (base) / t, limit)
		ROW("read-byte-mapped", "kst_read of a byte, mapped memory", read_byte, mapped, loads, "four loads");
		ROW("translate-mapped", "kst_translate, mapped memory", translate, mapped, loads, "four loads");
		ROW("read-byte-called", "kst_read of a byte, by calls", read_byte, called, calls, "four calls");
		ROW("translate-called", "kst_translate, by calls", translate, called, calls, "four calls");
#undef ROW
	}
}

static struct kst_target *make(struct kst_target_config *config)
{
	struct kst_target *target = NULL;

	if (kst_target_create(config, &target, NULL) != KST_OK)
		exit(1);
	return target;
}

int main(void)
{
	struct kst_reader_ops ops = { .size = sizeof ops, .flags = KST_READER_PHYSICAL_ONLY, .read = read_memory };
	struct kst_identity identity = { .size = sizeof identity,
					 .arch = KST_ARCH_X64,
					 .paging = KST_PAGING_X64,
					 .present = KST_IDENTITY_HAS_ARCH | KST_IDENTITY_HAS_PAGING |
						    KST_IDENTITY_HAS_DTB };
	struct kst_layout_key key = { .size = sizeof key, .arch = KST_ARCH_X64, .build = 7601 };
	struct kst_layout *layout = malloc(kst_layout_size());
	const struct kst_symbol symbols[] = { { VA, "MmPfnDatabase" }, { VA + 8, "MmHighestPhysicalPage" } };
	struct kst_target_config config = { .size = sizeof config,
					    .symbols_count = 2,
					    .reader = &ops,
					    .layout = layout,
					    .identity = &identity,
					    .symbols = symbols };
	struct kst_target *mapped, *called;
	uint64_t globals[2] = { DB, FRAMES - 1 }, self_map = 0x63;
	uint8_t *copy = malloc(BLOCK);
	double bare, t;

	memory = calloc(1, SIZE);
	if (memory == NULL || copy == NULL || layout == NULL ||
	    kst_layout_init_builtin(layout, kst_layout_size(), &key, NULL) != KST_OK)
		return 1;
	memcpy(memory + 0x1ed * 8, &self_map, sizeof self_map);
	for (uint64_t i = 0; i < PAGES; i++)
		map(VA + (i << 12));
	for (uint64_t i = 0; i < FRAMES * 0x30; i += 0x1000)
		map(DB + i);
	memcpy(memory + four_loads(memory, VA), globals, sizeof globals);
	for (uint64_t i = 0; i < FRAMES * 0x30;
	     i++) { /* memory that was never written is one page of zeros to the host */
		uint64_t va = DB + i;

		memory[four_loads(memory, va) + (va & 0xfff)] = (uint8_t)(i * 0x9e3779b9u >> 13);
	}
	called = make(&config);
	ops.window = window;
	mapped = make(&config);
	translations(mapped, called, &ops);
	LEAST(t, 60, ranges(mapped));
	LEAST(bare, 60, each(four_loads, memory, (struct order){ PAGES, 1, 40 }));
	figure("range-page-mapped", "a page of a range, mapped memory", t * 1e9, "ns", bare / t, "four loads");
	LEAST(t, 60, ranges(called));
	LEAST(bare, 60, each(four_calls, &ops, (struct order){ PAGES, 1, 40 }));
	figure("range-page-called", "a page of a range, by calls", t * 1e9, "ns", bare / t, "four calls");
	LEAST(bare, 60, copies(copy));
	printf("page frames: %u entries, memcpy of them in blocks of %u bytes: %.3f ms\n", (unsigned)FRAMES, BLOCK,
	       bare * 1e3);
	LEAST(t, 60, scans(mapped));
	figure("pfn-count-mapped", "counting page frames, mapped memory", t * 1e3, "ms", bare / t, "memcpy");
	LEAST(t, 60, scans(called));
	figure("pfn-count-called", "counting page frames, by calls", t * 1e3, "ms", bare / t, "memcpy");
	LEAST(t, 20, frames(mapped));
	figure("pfn-decode-mapped", "one page frame decoded, mapped memory", t * 1e9, "ns", bare / FRAMES / t,
	       "memcpy");
	LEAST(t, 20, frames(called));
	figure("pfn-decode-called", "one page frame decoded, by calls", t * 1e9, "ns", bare / FRAMES / t, "memcpy");
	kst_target_destroy(mapped);
	kst_target_destroy(called);
	free(memory);
	free(copy);
	free(layout);
	return 0;
}
