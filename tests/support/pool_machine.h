/* SPDX-License-Identifier: MIT */
/* A forged machine with pool: globals by name, a table of large allocations, pages of blocks. */
#ifndef KST_TESTS_POOL_MACHINE_H
#define KST_TESTS_POOL_MACHINE_H

#include "image.h"
#include "pool_layouts.h"

#include <stdlib.h>

#define HOST_FAILURE (-777)

struct pool_machine {
	struct image *img;
	struct kst_layout *layout;
	struct kst_target *target;
	enum pool_layout which;
	uint64_t kernel; /* first address of kernel space */
	uint64_t globals;
	uint64_t table; /* of large allocations */
	uint64_t entry_size;
	uint64_t entries;
	size_t count;
	struct kst_symbol symbols[24];
};

static inline void pool_machine_begin(struct pool_machine *m, enum pool_layout which)
{
	memset(m, 0, sizeof *m);
	m->which = which;
	m->layout = pool_layout(which);
	m->img = image_new(pool_paging(which));
	m->kernel = pool_paging(which) == KST_PAGING_X86 ? 0x80000000 : 0xfffffa8000000000;
	m->globals = m->kernel + 0x10000;
	m->table = m->kernel + 0x20000;
}

/* A pointer-sized global; returns where it is. */
static inline uint64_t pool_global(struct pool_machine *m, const char *name, uint64_t value)
{
	uint64_t at = m->globals + 8 * m->count;

	assert_true(m->count < sizeof m->symbols / sizeof m->symbols[0]);
	image_put_pointer(m->img, at, value);
	m->symbols[m->count].address = at;
	m->symbols[m->count++].name = name;
	return at;
}

/* A table of free entries. */
static inline void pool_table(struct pool_machine *m, uint64_t entries)
{
	struct kst_member size = { .size = sizeof size };

	assert_int_equal(kst_layout_member(m->layout, "_POOL_TRACKER_BIG_PAGES", "", &size), KST_OK);
	m->entry_size = size.length;
	m->entries = entries;
	for (uint64_t i = 0; i < entries; i++)
		image_put_member(m->img, m->layout, m->table + i * m->entry_size, "_POOL_TRACKER_BIG_PAGES", "Va", 1);
	pool_global(m, "PoolBigPageTable", m->table);
	pool_global(m, "PoolBigPageTableSize", entries);
}

static inline void pool_large(struct pool_machine *m, uint64_t index, uint64_t va, uint64_t bytes, const char *tag)
{
	struct kst_member pages = { .size = sizeof pages };
	uint64_t entry = m->table + index * m->entry_size;
	uint32_t key = (uint32_t)(unsigned char)tag[0] | (uint32_t)(unsigned char)tag[1] << 8 |
		       (uint32_t)(unsigned char)tag[2] << 16 | (uint32_t)(unsigned char)tag[3] << 24;

	image_put_member(m->img, m->layout, entry, "_POOL_TRACKER_BIG_PAGES", "Va", va);
	image_put_member(m->img, m->layout, entry, "_POOL_TRACKER_BIG_PAGES", "Key", key);
	if (kst_layout_member(m->layout, "_POOL_TRACKER_BIG_PAGES", "NumberOfPages", &pages) == KST_OK)
		image_put_member(m->img, m->layout, entry, "_POOL_TRACKER_BIG_PAGES", "NumberOfPages", bytes / 0x1000);
	else
		image_put_member(m->img, m->layout, entry, "_POOL_TRACKER_BIG_PAGES", "NumberOfBytes", bytes);
}

static inline void pool_machine_finish(struct pool_machine *m)
{
	m->target = image_target_symbols(m->img, m->layout, m->symbols, m->count);
}

static inline void pool_machine_end(struct pool_machine *m)
{
	image_free(m->img);
	free(m->layout);
}

/*
 * Let read 1, 2, 3 ... fail, once alone and once from there on, with absence and with a failure of the host, until no
 * more reads are needed. `run` checks that nothing was touched on failure and returns its status.
 */
static inline void pool_sweep(struct pool_machine *m, kst_status (*run)(struct pool_machine *m, bool failing))
{
	for (int from = 0; from < 2; from++) {
		for (int host = 0; host < 2; host++) {
			for (uint64_t n = 1;; n++) {
				kst_status st;

				assert_true(n < 100000);
				image_fail(m->img, n, from != 0, host ? HOST_FAILURE : KST_E_FAULT);
				st = run(m, true);
				if (image_reads(m->img) < n)
					break;
				if (host)
					assert_int_equal(st, KST_E_HOST);
				else
					assert_true(st == KST_OK || st == KST_END || st == KST_E_FAULT);
			}
		}
	}
	image_fail(m->img, 0, false, KST_OK);
	(void)run(m, false);
}

#endif
