/* SPDX-License-Identifier: MIT */
/* Windows dumps with page ranges ("RDMP", types 8, 9 and a): a list of ranges, then their pages in list order. */
#include "source.h"

#define LIST         0x30u /* of the first range, from the end of the dump header */
#define LIST_ENTRY   0x10u
#define COMPLETE     0x0au
#define TYPE_KERNEL  8u
#define FRAMES_LIMIT ((uint64_t)1 << 40)

kst_status kst__open_rdmp(struct kst_dump *dump, struct kst_error *err)
{
	const struct kst__file *file = &dump->file;
	uint64_t header = dump->header_size;
	uint64_t metadata = kst__file_u64(file, header + 0x10);
	uint64_t pages_at = kst__file_u64(file, header + 0x18);
	uint64_t total = kst__file_u64(file, header + 0x28);
	bool complete = dump->info.dump_type == COMPLETE;
	uint64_t at = header + LIST, end = pages_at, offset = pages_at, seen = 0;

	dump->info.format = KST_FORMAT_RDMP;
	if (pages_at < at)
		return kst__fail(err, KST_E_CORRUPT, header + 0x18,
				 "the first page of the dump lies inside its header");
	if (metadata != pages_at - (header + 0x20))
		dump->info.anomalies |= KST_DUMP_ANOMALY_COUNT_DIFFERS;
	if (pages_at > file->size) {
		end = at; /* not one page is in the file */
		dump->info.anomalies |= KST_DUMP_ANOMALY_TRUNCATED;
	}
	for (; kst__within(at, LIST_ENTRY, end) && !(complete && seen >= total); at += LIST_ENTRY) {
		uint64_t frame = kst__file_u64(file, at);
		uint64_t count = kst__file_u64(file, at + 8);

		if (frame == 0 && (count == 0 || !complete))
			break;
		if (frame >= FRAMES_LIMIT || count > FRAMES_LIMIT - frame) {
			dump->info.anomalies |= KST_DUMP_ANOMALY_CLAMPED; /* what follows cannot be placed */
			break;
		}
		if (kst__runs_add(dump, frame * KST__PAGE, count * KST__PAGE, offset) != KST_OK)
			return kst__fail(err, KST_E_NO_MEMORY, 0, "out of memory");
		offset += count * KST__PAGE;
		if (offset > UINT64_MAX / 2)
			break;
		seen += count;
	}
	if (complete && seen != total)
		dump->info.anomalies |= KST_DUMP_ANOMALY_COUNT_DIFFERS;
	return kst__runs_settle(dump, err);
}
