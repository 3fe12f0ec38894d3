/* SPDX-License-Identifier: MIT */
/* Unpack an .xz file in memory, with bounds on what a hostile one can cost. */
#include "isf.h"

#include <lzma.h>
#include <stdlib.h>

#define FIRST_BYTES 0x100000u

bool kst__xz_is(const uint8_t *bytes, size_t length)
{
	return length >= 6 && memcmp(bytes,
				     "\xfd"
				     "7zXZ",
				     6) == 0;
}

/* Twice the room, up to the limit. */
static kst_status grow(uint8_t **buffer, size_t *room, struct kst_error *err)
{
	size_t more = *room == 0 ? FIRST_BYTES : *room * 2;
	uint8_t *moved;

	if (*room >= KST__ISF_TEXT_MOST)
		return kst__fail(err, KST_E_LIMIT, 0, "unpacks to more than 64 MiB");
	moved = realloc(*buffer, more);
	if (moved == NULL)
		return kst__fail(err, KST_E_NO_MEMORY, 0, "out of memory");
	*buffer = moved;
	*room = more;
	return KST_OK;
}

static kst_status failure(lzma_ret result, struct kst_error *err)
{
	switch (result) {
	case LZMA_MEM_ERROR: return kst__fail(err, KST_E_NO_MEMORY, 0, "out of memory");
	case LZMA_MEMLIMIT_ERROR: return kst__fail(err, KST_E_LIMIT, 0, "needs more than 128 MiB of memory to unpack");
	case LZMA_OPTIONS_ERROR: return kst__fail(err, KST_E_CORRUPT, 0, "the xz data asks for something unknown");
	case LZMA_BUF_ERROR: return kst__fail(err, KST_E_CORRUPT, 0, "the xz data is cut off");
	default: return kst__fail(err, KST_E_CORRUPT, 0, "the xz data is damaged");
	}
}

kst_status kst__xz_unpack(const uint8_t *bytes, size_t length, uint8_t **out, size_t *length_out, struct kst_error *err)
{
	lzma_stream stream = LZMA_STREAM_INIT;
	lzma_ret result = lzma_stream_decoder(&stream, KST__ISF_MEMORY_MOST, LZMA_CONCATENATED);
	uint8_t *buffer = NULL;
	size_t room = 0, used = 0;
	kst_status st = KST_OK;

	stream.next_in = bytes;
	stream.avail_in = length;
	while (st == KST_OK && result == LZMA_OK) {
		if (used == room)
			st = grow(&buffer, &room, err);
		if (st != KST_OK)
			break;
		stream.next_out = buffer + used;
		stream.avail_out = room - used;
		result = lzma_code(&stream, LZMA_FINISH);
		used = room - stream.avail_out;
	}
	lzma_end(&stream);
	if (st == KST_OK && result != LZMA_STREAM_END)
		st = failure(result, err);
	if (st != KST_OK) {
		free(buffer);
		return st;
	}
	*out = buffer;
	*length_out = used;
	return KST_OK;
}
