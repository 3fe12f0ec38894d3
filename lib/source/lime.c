/* SPDX-License-Identifier: MIT */
/* LiME: ranges of physical memory, each after its own header. */
#include "source.h"

#define HEADER 0x20u
#define MAGIC  0x4c694d45u

static bool header_at(const struct kst_dump *dump, uint64_t offset)
{
	return kst__file_u32(&dump->file, offset) == MAGIC && kst__file_u32(&dump->file, offset + 4) == 1;
}

/*
 * The end is inclusive. Some writers put the first address after the range: there, what follows tells, if the end is
 * page aligned.
 */
static uint64_t range_length(const struct kst_dump *dump, uint64_t start, uint64_t end, uint64_t data)
{
	uint64_t length = end - start;

	if (end % KST__PAGE == 0 && kst__within(data, length, dump->file.size) &&
	    (data + length == dump->file.size || header_at(dump, data + length)))
		return length;
	return length == UINT64_MAX ? length : length + 1;
}

kst_status kst__open_lime(struct kst_dump *dump, struct kst_error *err)
{
	uint64_t at = 0;

	dump->info.format = KST_FORMAT_LIME;
	if (kst__file_u32(&dump->file, 4) != 1)
		return kst__fail(err, KST_E_UNSUPPORTED, 0, "LiME of another version than 1");
	while (kst__within(at, HEADER, dump->file.size) && header_at(dump, at)) {
		uint64_t start = kst__file_u64(&dump->file, at + 8);
		uint64_t end = kst__file_u64(&dump->file, at + 0x10);
		uint64_t length;

		at += HEADER;
		if (end < start && end != start - 1)
			return kst__fail(err, KST_E_CORRUPT, at - HEADER, "a LiME range ends before it starts");
		length = end < start ? 0 : range_length(dump, start, end, at);
		if (kst__runs_add(dump, start, length, at) != KST_OK)
			return kst__fail(err, KST_E_NO_MEMORY, 0, "out of memory");
		at += length < dump->file.size - at ? length : dump->file.size - at;
	}
	if (at != dump->file.size)
		dump->info.anomalies |= KST_DUMP_ANOMALY_TRUNCATED; /* what follows is no whole header */
	return kst__runs_settle(dump, err);
}
