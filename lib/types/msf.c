/* SPDX-License-Identifier: MIT */
/* The container of a PDB. Offsets of the superblock are those of the format itself; they do not move. */
#include "msf.h"

#include <stdlib.h>

static const char magic[] = "Microsoft C/C++ MSF 7.00\r\n\x1a"
			    "DS\0\0"; /* with the terminator 32 bytes */
static const char old_magic[] = "Microsoft C/C++ program database 2.00\r\n\x1aJG";

_Static_assert(sizeof magic == 32, "the superblock begins with 32 bytes of magic");

#define BLOCK_SIZE      32
#define DIRECTORY_BYTES 44
#define DIRECTORY_MAP   52
#define SUPERBLOCK_SIZE 56

#define BLOCK_LEAST 512
#define BLOCK_MOST  65536
#define NO_STREAM   0xffffffffu /* as a size: deleted */

static uint64_t blocks_of(const struct kst__msf *msf, uint64_t length)
{
	return length / msf->block_size + (length % msf->block_size != 0);
}

/* Gather `length` bytes from the blocks that `numbers` lists (`length` <= the file's). */
static kst_status gather(const struct kst__msf *msf, const uint8_t *numbers, uint64_t length, uint8_t **out,
			 struct kst_error *err)
{
	uint8_t *to = malloc((size_t)length);

	if (to == NULL)
		return kst__fail(err, KST_E_NO_MEMORY, 0, "out of memory");
	for (uint64_t done = 0; done < length; numbers += 4) {
		uint64_t at = (uint64_t)kst__le32(numbers) * msf->block_size;
		uint64_t n = length - done < msf->block_size ? length - done : msf->block_size;

		if (!kst__within(at, n, msf->length)) {
			free(to);
			return kst__fail(err, KST_E_CORRUPT, at,
					 "a block lies outside the file: it is cut off or damaged");
		}
		memcpy(to + done, msf->bytes + at, (size_t)n);
		done += n;
	}
	*out = to;
	return KST_OK;
}

static kst_status read_directory(struct kst__msf *msf, struct kst_error *err)
{
	uint64_t size = kst__le32(msf->bytes + DIRECTORY_BYTES);
	uint64_t map = (uint64_t)kst__le32(msf->bytes + DIRECTORY_MAP) * msf->block_size;
	kst_status st;

	if (size < 4 || size > msf->length)
		return kst__fail(err, KST_E_CORRUPT, DIRECTORY_BYTES, "the size of the stream directory is not sound");
	if (!kst__within(map, blocks_of(msf, size) * 4, msf->length))
		return kst__fail(err, KST_E_CORRUPT, map,
				 "the block map of the stream directory lies outside the file");
	st = gather(msf, msf->bytes + map, size, &msf->directory, err);
	if (st != KST_OK)
		return st;
	msf->directory_size = size;
	msf->streams = kst__le32(msf->directory);
	if (!kst__within(4, (uint64_t)msf->streams * 4, size)) {
		kst__msf_close(msf);
		return kst__fail(err, KST_E_CORRUPT, 0, "more streams than the directory has room for");
	}
	return KST_OK;
}

kst_status kst__msf_open(struct kst__msf *msf, const void *bytes, size_t length, struct kst_error *err)
{
	memset(msf, 0, sizeof *msf);
	msf->bytes = bytes;
	msf->length = length;
	if (length >= sizeof old_magic - 1 && memcmp(bytes, old_magic, sizeof old_magic - 1) == 0)
		return kst__fail(err, KST_E_UNSUPPORTED, 0, "a PDB of the format before MSF 7.00");
	if (length < sizeof magic || memcmp(bytes, magic, sizeof magic) != 0)
		return kst__fail(err, KST_E_UNSUPPORTED, 0, "not a PDB");
	if (length < SUPERBLOCK_SIZE)
		return kst__fail(err, KST_E_CORRUPT, 0, "cut off in the superblock");
	msf->block_size = kst__le32(msf->bytes + BLOCK_SIZE);
	if (msf->block_size < BLOCK_LEAST || msf->block_size > BLOCK_MOST ||
	    (msf->block_size & (msf->block_size - 1)) != 0)
		return kst__fail(err, KST_E_CORRUPT, BLOCK_SIZE, "the block size is not sound");
	return read_directory(msf, err);
}

void kst__msf_close(struct kst__msf *msf)
{
	free(msf->directory);
	msf->directory = NULL;
	msf->streams = 0;
}

static uint32_t stream_size(const struct kst__msf *msf, uint32_t number)
{
	uint32_t size = kst__le32(msf->directory + 4 + (size_t)number * 4);

	return size == NO_STREAM ? 0 : size;
}

kst_status kst__msf_stream(const struct kst__msf *msf, uint32_t number, struct kst__stream *out, struct kst_error *err)
{
	uint64_t at = 4 + (uint64_t)msf->streams * 4;
	uint64_t size;
	kst_status st;

	memset(out, 0, sizeof *out);
	if (number >= msf->streams || stream_size(msf, number) == 0)
		return kst__fail(err, KST_E_NO_MEMBER, number, "the stream is not there");
	size = stream_size(msf, number);
	for (uint32_t i = 0; i < number; i++)
		at += blocks_of(msf, stream_size(msf, i)) * 4; /* at most 2^32 streams of 2^23 blocks: no overflow */
	if (size > msf->length || !kst__within(at, blocks_of(msf, size) * 4, msf->directory_size))
		return kst__fail(err, KST_E_CORRUPT, number,
				 "a stream is larger than the file, or its block list is cut off");
	st = gather(msf, msf->directory + at, size, &out->bytes, err);
	if (st == KST_OK)
		out->length = (size_t)size;
	return st;
}
