/* SPDX-License-Identifier: MIT */
/* Translation and scan of the page frames, as ratios to a bare loop over the same bytes. */
#define _POSIX_C_SOURCE 200809L
#include <inttypes.h>
#include <kstate/kstate.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define SIZE   ((uint64_t)64 << 20)
#define FRAMES ((SIZE >> 12) * 16) /* the database of 1 GiB */
#define VA     0xfffff80000000000u
#define DB     0xfffffa8000000000u

static uint8_t *memory;
static uint64_t used = 0x1000;

static double now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec * 1e9 + (double)t.tv_nsec;
}

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

/* Time of one translation: reading a byte costs a translation and a copy of one byte. */
static double translations(const struct kst_target *t, uint64_t pages, uint64_t stride, unsigned rounds)
{
	uint64_t n = 0, at = 0;
	uint8_t byte;
	double start = now();

	for (unsigned r = 0; r < rounds; r++) {
		for (uint64_t i = 0; i < pages; i++, n++) {
			at = (at + stride) % pages;
			if (kst_read(t, KST_SPACE_KERNEL, VA + (at << 12), &byte, 1, NULL, NULL) != KST_OK)
				abort();
		}
	}
	return (now() - start) / (double)n;
}

/* The least that any translation costs: four dependent reads through the host's callback, called through a pointer. */
static double bare_walks(const struct kst_reader_ops *ops, uint64_t pages, uint64_t stride, unsigned rounds)
{
	uint64_t n = 0, at = 0, sum = 0;
	double start = now();

	for (unsigned r = 0; r < rounds; r++) {
		for (uint64_t i = 0; i < pages; i++, n++) {
			uint64_t table = 0, entry = 0, va;
			size_t done = 0;

			at = (at + stride) % pages;
			va = VA + (at << 12);
			for (unsigned shift = 39; shift >= 12; shift -= 9) {
				if (ops->read(NULL, KST_SPACE_PHYSICAL, table + (va >> shift & 511) * 8, &entry, 8,
					      &done) != KST_OK)
					abort();
				table = entry & 0xffffffffff000u;
			}
			sum += table;
		}
	}
	__asm__ volatile("" : : "r"(sum));
	return (now() - start) / (double)n;
}

/* With every level kept and what the entries mean. */
static double recorded(const struct kst_target *t, uint64_t pages, uint64_t stride, unsigned rounds)
{
	struct kst_translation out = { .size = sizeof out };
	uint64_t n = 0, at = 0;
	double start = now();

	for (unsigned r = 0; r < rounds; r++) {
		for (uint64_t i = 0; i < pages; i++, n++) {
			at = (at + stride) % pages;
			if (kst_translate(t, KST_SPACE_KERNEL, VA + (at << 12), 0, &out, NULL) != KST_OK)
				abort();
		}
	}
	return (now() - start) / (double)n;
}

static double copies(uint8_t *copy)
{
	double start = now();

	for (uint64_t i = 0; i + 0x600 <= FRAMES * 0x30; i += 0x600) {
		memcpy(copy, memory + 0x10000 + i, 0x600);
		__asm__ volatile("" : : "r"(copy) : "memory");
	}
	return now() - start;
}

static double scans(const struct kst_target *target, struct kst_pfn_counts *counts)
{
	double start = now();

	if (kst_pfn_count(target, counts, NULL) != KST_OK || counts->total != FRAMES)
		abort();
	return now() - start;
}

static double ranges(const struct kst_target *target, uint64_t pages)
{
	struct kst_page_run run = { .size = sizeof run };
	struct kst_cursor cursor;
	double start = now();

	if (kst_page_runs_begin(&cursor, target, KST_SPACE_KERNEL, VA, VA + (pages << 12) - 1, 0, NULL) != KST_OK)
		abort();
	while (kst_page_runs_next(&cursor, &run, NULL) == KST_OK)
		continue;
	return (now() - start) / (double)pages;
}

/* The best of many: the machine may be busy with something else. */
#define BEST(into, call)                                                                                               \
	do {                                                                                                           \
		into = call;                                                                                           \
		for (int best_ = 0; best_ < 40; best_++) {                                                             \
			double again_ = call;                                                                          \
			into = again_ < into ? again_ : into;                                                          \
		}                                                                                                      \
	} while (0)

static void show(const char *what, double ns, double base)
{
	printf("%-52s %6.1f ns, %.2f of four bare reads\n", what, ns, ns / base);
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
	struct kst_pfn_counts counts = { .size = sizeof counts };
	struct kst_target *target = NULL;
	const struct kst_reader_ops *volatile ops_of_bare; /* so that the call stays a call */
	uint64_t db = DB, highest = FRAMES - 1, pages = 2048;
	double bare, scan, walk;
	uint8_t *copy = malloc(0x600);

	memory = calloc(1, SIZE);
	if (memory == NULL || copy == NULL || layout == NULL ||
	    kst_layout_init_builtin(layout, kst_layout_size(), &key, NULL) != KST_OK)
		return 1;
	for (uint64_t i = 0; i < pages; i++)
		map(VA + (i << 12));
	for (uint64_t i = 0; i < FRAMES * 0x30; i += 0x1000)
		map(DB + i);
	if (kst_target_create(&config, &target, NULL) != KST_OK)
		return 1;
	for (uint64_t i = 0; i < 2; i++) {
		struct kst_translation t = { .size = sizeof t };

		if (kst_translate(target, KST_SPACE_KERNEL, VA + 8 * i, 0, &t, NULL) != KST_OK)
			return 1;
		memcpy(memory + t.physical, i == 0 ? &db : &highest, 8);
	}
	kst_target_destroy(target);
	if (kst_target_create(&config, &target, NULL) != KST_OK)
		return 1;
	ops_of_bare = &ops;
	BEST(bare, bare_walks(ops_of_bare, 16, 1, 2000));
	printf("four bare reads, warm: %.1f ns\n", bare);
	BEST(walk, translations(target, 16, 1, 2000));
	show("translation and one byte, warm", walk, bare);
	BEST(walk, recorded(target, 16, 1, 2000));
	show("kst_translate, warm", walk, bare);
	BEST(bare, bare_walks(ops_of_bare, pages, 1021, 20));
	printf("four bare reads, all pages in a scattered order: %.1f ns\n", bare);
	BEST(walk, translations(target, pages, 1021, 20));
	show("translation and one byte, scattered", walk, bare);
	BEST(walk, recorded(target, pages, 1021, 20));
	show("kst_translate, scattered", walk, bare);
	BEST(walk, ranges(target, pages));
	printf("range walk: %.1f ns a page\n", walk);
	BEST(bare, copies(copy));
	BEST(scan, scans(target, &counts));
	printf("page frames: %.2f ms for %" PRIu64 " entries, %.2f of memcpy's speed\n", scan / 1e6, counts.total,
	       bare / scan);
	kst_target_destroy(target);
	free(memory);
	free(copy);
	free(layout);
	return 0;
}
