/* SPDX-License-Identifier: MIT */
/* Raw memory: the file's offset is the physical address. */
#include "source.h"

/* Smaller files without a known signature are more likely something else altogether. */
#define RAW_LEAST 0x10000u

kst_status kst__open_raw(struct kst_dump *dump, struct kst_error *err)
{
	if (dump->file.size == 0)
		return kst__fail(err, KST_E_UNSUPPORTED, 0, "the file is empty");
	if (dump->file.size < RAW_LEAST)
		return kst__fail(err, KST_E_UNSUPPORTED, 0,
				 "unknown format: no known signature, and too small for raw memory");
	dump->info.format = KST_FORMAT_RAW;
	if (dump->file.size % KST__PAGE != 0)
		dump->info.anomalies |= KST_DUMP_ANOMALY_TRUNCATED; /* a part of a page at the end */
	if (kst__runs_add(dump, 0, dump->file.size, 0) != KST_OK)
		return kst__fail(err, KST_E_NO_MEMORY, 0, "out of memory");
	return kst__runs_settle(dump, err);
}
