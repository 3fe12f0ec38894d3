/* SPDX-License-Identifier: MIT */
/*
 * Pool of the demonstration: a page that is sound, a large allocation whose second page holds a copy of pool headers, and
 * a page in which one block was written past its end.
 */
#include "demo.h"

#include <string.h>

#define PAGE    UINT64_C(0x1000)
#define TABLE   (DEMO_POOL + 0x100000)
#define ENTRIES 64
#define SOUND   (DEMO_POOL + 0x200000)
#define LARGE   (DEMO_POOL + 0x300000)
#define OVERRUN (DEMO_POOL + 0x400000)

struct block {
	uint32_t bytes;
	uint32_t type; /* 0: free */
	const char *tag;
};

static uint32_t key_of(const char *tag)
{
	uint32_t key = 0;

	for (unsigned i = 0; i < 4; i++)
		key |= (uint32_t)(unsigned char)tag[i] << (8 * i);
	return key;
}

static void put_page(const struct demo *demo, uint64_t page)
{
	static const struct block blocks[] = {
		{ 0x180, 2, "File" }, { 0x140, 2, "YdrC" }, { 0xc0, 2, "FMsl" },  { 0x60, 0, "Io  " },
		{ 0x240, 2, "YdrC" }, { 0x680, 2, "Thre" }, { 0x2a0, 2, "YdrL" }, { 0xc0, 2, "Even" },
	};
	uint64_t at = page;
	uint32_t previous = 0;

	image_page(demo->img, page);
	for (size_t i = 0; i < sizeof blocks / sizeof blocks[0]; i++) {
		demo_member(demo, at, "_POOL_HEADER", "PreviousSize", previous / 16);
		demo_member(demo, at, "_POOL_HEADER", "BlockSize", blocks[i].bytes / 16);
		demo_member(demo, at, "_POOL_HEADER", "PoolType", blocks[i].type);
		demo_member(demo, at, "_POOL_HEADER", "PoolTag", key_of(blocks[i].tag));
		previous = blocks[i].bytes;
		at += previous;
	}
}

static void put_large(const struct demo *demo, unsigned index, uint64_t address, uint64_t bytes, const char *tag)
{
	uint64_t entry = TABLE + index * demo_size(demo, "_POOL_TRACKER_BIG_PAGES");

	demo_member(demo, entry, "_POOL_TRACKER_BIG_PAGES", "Va", address);
	demo_member(demo, entry, "_POOL_TRACKER_BIG_PAGES", "Key", key_of(tag));
	demo_member(demo, entry, "_POOL_TRACKER_BIG_PAGES", "NumberOfBytes", bytes);
}

void demo_pool(const struct demo *demo)
{
	for (unsigned i = 0; i < ENTRIES; i++)
		put_large(demo, i, 1, 0, "    "); /* free */
	image_put64(demo->img, demo_symbol(demo, "PoolBigPageTable"), TABLE);
	image_put64(demo->img, demo_symbol(demo, "PoolBigPageTableSize"), ENTRIES);
	put_large(demo, 5, DEMO_POOL + 0x500000, 0x12000, "MmSt");
	put_large(demo, 17, LARGE, 0x3000, "YdrB");
	put_large(demo, 40, DEMO_POOL + 0x600000, 0x1580, "Ntff");
	put_page(demo, SOUND);
	image_page(demo->img, LARGE);
	put_page(demo, LARGE + PAGE); /* a driver's buffer that holds a copy of a page of pool */
	image_page(demo->img, LARGE + 2 * PAGE);
	put_page(demo, OVERRUN);
	for (uint64_t at = OVERRUN + 0x300; at < OVERRUN + 0x398; at += 8) /* zeros past the end at +380 */
		image_put64(demo->img, at, UINT64_C(0x4141414141414141));
}
