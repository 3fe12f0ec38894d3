/* SPDX-License-Identifier: MIT */
/*
 * Windows dumps with a bitmap: bit i says whether page frame i is in the file; the pages follow in order. A page's place
 * is the number of bits set below its own: a table holds that number for each block of bits, so that any page costs one
 * look-up and at most one block, and a bitmap of 2^31 bits costs 4 MiB, not a table of its runs.
 */
#include "source.h"

#include <stdlib.h>

#define BLOCK_BYTES  0x200u
#define BLOCK_BITS   (8u * BLOCK_BYTES)
#define FRAMES_LIMIT ((uint64_t)1 << 40)
#define COUNT_BLOCKS 32u

static unsigned ones(uint64_t x)
{
	x -= x >> 1 & 0x5555555555555555u;
	x = (x & 0x3333333333333333u) + (x >> 2 & 0x3333333333333333u);
	x = (x + (x >> 4)) & 0x0f0f0f0f0f0f0f0fu;
	return (unsigned)(x * 0x0101010101010101u >> 56);
}

/* The bytes of some blocks; bits beyond the end of the bitmap are 0. */
static void load_blocks(const struct kst_dump *dump, uint64_t block, uint8_t *raw, size_t size)
{
	const struct kst__bitmap *map = &dump->bitmap;
	uint64_t rest = map->bits - block * BLOCK_BITS;
	size_t bytes = rest / 8 < size ? (size_t)((rest + 7) / 8) : size;

	memset(raw, 0, size);
	kst__file_load(&dump->file, map->offset + block * BLOCK_BYTES, raw, bytes);
	if (rest / 8 < size && rest % 8 != 0)
		raw[bytes - 1] &= (uint8_t)kst__mask((unsigned)(rest % 8));
}

static uint64_t blocks_of(const struct kst__bitmap *map)
{
	return (map->bits + BLOCK_BITS - 1) / BLOCK_BITS;
}

static uint64_t in_block(const struct kst__bitmap *map, uint64_t block)
{
	return map->ranks[block + 1] - map->ranks[block];
}

/* The first frame at or after `frame` and before `end` whose bit is `set`; `end` when there is none. */
static uint64_t find(const struct kst_dump *dump, uint64_t frame, uint64_t end, bool set)
{
	const struct kst__bitmap *map = &dump->bitmap;
	uint8_t raw[BLOCK_BYTES];

	for (uint64_t block = frame / BLOCK_BITS; frame < end; block++, frame = block * BLOCK_BITS) {
		if (in_block(map, block) == (set ? 0 : BLOCK_BITS))
			continue;
		load_blocks(dump, block, raw, sizeof raw);
		for (uint64_t i = frame % BLOCK_BITS; i < BLOCK_BITS; i = (i / 64 + 1) * 64) {
			uint64_t held = kst__le64(raw + i / 64 * 8);
			uint64_t word = (set ? held : ~held) & ~kst__mask((unsigned)(i % 64));

			if (word != 0) {
				uint64_t at = block * BLOCK_BITS + i / 64 * 64 + ones((word & (~word + 1)) - 1);

				return at < end ? at : end;
			}
		}
	}
	return end;
}

static uint64_t rank(const struct kst_dump *dump, uint64_t frame)
{
	uint8_t raw[BLOCK_BYTES];
	uint64_t block = frame / BLOCK_BITS, sum = dump->bitmap.ranks[block];
	unsigned bit = (unsigned)(frame % BLOCK_BITS);

	if (in_block(&dump->bitmap, block) == BLOCK_BITS)
		return sum + bit;
	load_blocks(dump, block, raw, sizeof raw);
	for (unsigned i = 0; i < bit / 64; i++)
		sum += ones(kst__le64(raw + 8 * i));
	return sum + ones(kst__le64(raw + bit / 64 * 8) & kst__mask(bit % 64));
}

static kst_status locate(const struct kst_dump *dump, uint64_t address, uint64_t want, struct kst__run *out)
{
	const struct kst__bitmap *map = &dump->bitmap;
	uint64_t frame = address / KST__PAGE;
	uint64_t first = frame < map->bits ? find(dump, frame, map->bits, true) : map->bits;
	uint64_t end, held;

	if (first == map->bits)
		return KST_END;
	out->first = first == frame ? address : first * KST__PAGE;
	/* a small read needs no search for the end of its run, any other only as far as it wants */
	end = first + want / KST__PAGE + 2;
	end = want <= KST__PAGE - out->first % KST__PAGE ? first + 1
							 : find(dump, first, end < map->bits ? end : map->bits, false);
	out->last = end * KST__PAGE - 1;
	out->offset = map->first_page + rank(dump, first) * KST__PAGE + out->first % KST__PAGE;
	held = out->offset < dump->file.size ? dump->file.size - out->offset : 0;
	if (held == 0)
		return KST_END; /* pages are in order: nothing further is in the file either */
	if (out->last - out->first >= held)
		out->last = out->first + (held - 1);
	return KST_OK;
}

static kst_status count(struct kst_dump *dump, uint64_t present, struct kst_error *err)
{
	struct kst__bitmap *map = &dump->bitmap;
	uint8_t raw[COUNT_BLOCKS *
		    BLOCK_BYTES]; /* many blocks at once: a call each would take seconds on some systems */
	uint64_t blocks = blocks_of(map), sum = 0, held, carry = 0;

	if (blocks + 1 > SIZE_MAX / sizeof *map->ranks)
		return kst__fail(err, KST_E_NO_MEMORY, 0, "out of memory");
	map->ranks = calloc((size_t)blocks + 1, sizeof *map->ranks);
	if (map->ranks == NULL)
		return kst__fail(err, KST_E_NO_MEMORY, 0, "out of memory");
	for (uint64_t block = 0; block < blocks; block++) {
		const uint8_t *bytes = raw + block % COUNT_BLOCKS * BLOCK_BYTES;

		if (block % COUNT_BLOCKS == 0)
			load_blocks(dump, block, raw, sizeof raw);
		for (size_t i = 0; i < BLOCK_BYTES; i += 8) {
			uint64_t word = kst__le64(bytes + i);

			sum += ones(word);
			/* a run begins at each set bit whose lower neighbour is clear */
			dump->info.runs += ones(word & ~(word << 1 | carry));
			carry = word >> 63;
		}
		map->ranks[block + 1] = sum;
	}
	held = dump->file.size > map->first_page ? dump->file.size - map->first_page : 0;
	if (held < sum * KST__PAGE)
		dump->info.anomalies |= KST_DUMP_ANOMALY_TRUNCATED;
	else
		held = sum * KST__PAGE;
	dump->info.memory_size = held;
	if (sum != present)
		dump->info.anomalies |= KST_DUMP_ANOMALY_COUNT_DIFFERS;
	return KST_OK;
}

/*
 * Two headers are in use: the usual one with 64-bit numbers, and that of kernel summaries up to Windows 7, which has the
 * offset of the first page where the usual one has nothing; its bitmap follows an RTL_BITMAP of the system's own width.
 */
static uint64_t take_map(struct kst_dump *dump)
{
	const struct kst__file *file = &dump->file;
	struct kst__bitmap *map = &dump->bitmap;
	uint64_t at = dump->header_size;
	uint32_t old_first = kst__file_u32(file, at + 0x0c);
	bool wide = dump->header_size != 0x1000;
	uint64_t present;

	if ((!wide || dump->info.dump_type == 2) && old_first > dump->header_size && old_first % KST__PAGE == 0) {
		map->first_page = old_first;
		map->bits = kst__file_u32(file, at + 0x18);
		map->offset = at + (wide ? 0x28 : 0x20);
		return kst__file_u32(file, at + 0x14);
	}
	map->first_page = kst__file_u64(file, at + 0x20);
	present = kst__file_u64(file, at + 0x28);
	map->bits = kst__file_u64(file, at + 0x30);
	map->offset = at + 0x38;
	if (present > map->bits) {
		/* some writers swap the two numbers; there cannot be more pages than bits */
		uint64_t bits = present;

		present = map->bits;
		map->bits = bits;
	}
	return present;
}

kst_status kst__open_bitmap(struct kst_dump *dump, struct kst_error *err)
{
	struct kst__bitmap *map = &dump->bitmap;
	bool full = kst__file_is(&dump->file, dump->header_size, "FDMP", 4);
	uint64_t present = take_map(dump);
	uint64_t room, end;
	kst_status st;

	if (full)
		dump->info.format = KST_FORMAT_BITMAP_FULL;
	else
		dump->info.format = dump->info.dump_type == 2 ? KST_FORMAT_SUMMARY : KST_FORMAT_BITMAP_KERNEL;
	if (map->first_page % KST__PAGE != 0 || map->first_page < map->offset || map->first_page > UINT64_MAX / 2)
		return kst__fail(err, KST_E_CORRUPT, dump->header_size,
				 "the first page of the dump lies inside its bitmap");
	end = map->first_page < dump->file.size ? map->first_page : dump->file.size;
	room = end > map->offset ? 8 * (end - map->offset) : 0;
	if (map->bits > room) {
		dump->info.anomalies |= end < map->first_page ? KST_DUMP_ANOMALY_TRUNCATED : KST_DUMP_ANOMALY_CLAMPED;
		map->bits = room;
	}
	if (map->bits > FRAMES_LIMIT) {
		map->bits = FRAMES_LIMIT;
		dump->info.anomalies |= KST_DUMP_ANOMALY_CLAMPED;
	}
	st = count(dump, present, err);
	dump->locate = locate;
	return st;
}
