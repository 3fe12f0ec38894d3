/* SPDX-License-Identifier: MIT */
/* Entries of the large-allocation table (_POOL_TRACKER_BIG_PAGES): 0xc, 0x10, 0x18 and 0x20 bytes. */
#include "pool.h"

#define LENGTH_MOST ((uint64_t)1 << 40) /* no allocation is that long */

/* From 20348 on the type holds POOL_FLAGS; the entry got the charged process in the same build. */
static void decode_type(const struct kst__view *view, struct kst_large_allocation *out)
{
	uint64_t type = 0;

	if (!kst__get(view, KST__M_BIG_PAGES_POOL_TYPE, &type))
		return;
	out->pool_type = (uint32_t)type;
	out->present |= KST_LARGE_ALLOCATION_HAS_POOL_TYPE;
	if (kst__has(view->layout, KST__M_BIG_PAGES_PROCESS_BILLED)) {
		out->flags_form = 1;
		out->region = (type & 0x100) != 0  ? (type & 0x4) != 0 ? KST_POOL_REGION_SESSION : KST_POOL_REGION_PAGED
			      : (type & 0xc0) != 0 ? KST_POOL_REGION_NONPAGED
						   : KST_POOL_REGION_UNKNOWN;
		if ((type & 0xc0) != 0) {
			out->executable = (type & 0x80) != 0;
			out->present |= KST_LARGE_ALLOCATION_HAS_EXECUTABLE;
		}
		return;
	}
	out->region = (type & 0x20) != 0 ? KST_POOL_REGION_SESSION
		      : (type & 1) != 0  ? KST_POOL_REGION_PAGED
					 : KST_POOL_REGION_NONPAGED;
	/* NonPagedPoolNx is there from 6.2 on; before that all nonpaged pool was executable */
	if ((type & 1) == 0) {
		out->executable = (type & 0x200) == 0;
		out->present |= KST_LARGE_ALLOCATION_HAS_EXECUTABLE;
	}
}

static void decode_length(const struct kst__view *view, struct kst_large_allocation *out)
{
	uint64_t pages = 0, slush = 0, pattern = 0;

	if (kst__get(view, KST__M_BIG_PAGES_NUMBER_OF_BYTES, &out->bytes)) {
		out->present |= KST_LARGE_ALLOCATION_HAS_BYTES;
	} else if (kst__get(view, KST__M_BIG_PAGES_NUMBER_OF_PAGES, &pages) && pages <= UINT64_MAX / KST__POOL_PAGE) {
		out->bytes = pages * KST__POOL_PAGE;
		out->present |= KST_LARGE_ALLOCATION_HAS_BYTES;
	}
	if (kst__get(view, KST__M_BIG_PAGES_SLUSH_SIZE, &slush) && kst__get(view, KST__M_BIG_PAGES_PATTERN, &pattern)) {
		out->slush = (uint32_t)slush;
		out->pattern = (uint32_t)pattern;
		out->present |= KST_LARGE_ALLOCATION_HAS_SLUSH;
	}
}

static void decode_quota(const struct kst__view *view, struct kst_large_allocation *out)
{
	if (kst__get(view, KST__M_BIG_PAGES_PROCESS_BILLED, &out->quota_raw)) {
		/* POOL_FLAG_USE_QUOTA, not set where there is no type; encoded, so that the walk with its cookie decides */
		if ((out->pool_type & 1) != 0)
			out->present |= KST_LARGE_ALLOCATION_HAS_QUOTA_RAW;
		else
			out->quota_raw = 0;
	} else if (kst__get(view, KST__M_BIG_PAGES_QUOTA_OBJECT, &out->quota_raw)) {
		out->present |= KST_LARGE_ALLOCATION_HAS_QUOTA_RAW;
		if (kst__pool_process(view->layout, out->quota_raw, &out->quota_process))
			out->present |= KST_LARGE_ALLOCATION_HAS_QUOTA_PROCESS;
	}
}

static void check_entry(const struct kst__view *view, struct kst_large_allocation *out)
{
	uint64_t top = view->layout->info.pointer_size == 8 ? UINT64_MAX : UINT32_MAX;

	if (out->address % KST__POOL_PAGE != 0)
		out->anomalies |= KST_LARGE_ALLOCATION_ANOMALY_MISALIGNED;
	if (out->address < (view->layout->info.pointer_size == 8 ? 0xff00000000000000u : 0x80000000u))
		out->anomalies |= KST_LARGE_ALLOCATION_ANOMALY_NOT_KERNEL;
	if ((out->present & KST_LARGE_ALLOCATION_HAS_BYTES) != 0 &&
	    (out->bytes == 0 || out->bytes >= LENGTH_MOST || out->bytes - 1 > top - out->address))
		out->anomalies |= KST_LARGE_ALLOCATION_ANOMALY_LENGTH;
}

kst_status kst__decode_large_allocation(const struct kst__view *view, struct kst_large_allocation *out,
					struct kst_error *err)
{
	uint64_t va = 0, key = 0;

	if (!kst__has(view->layout, KST__M_BIG_PAGES_VA))
		return kst__fail(err, KST_E_NO_MEMBER, view->address,
				 "the layout does not describe _POOL_TRACKER_BIG_PAGES");
	memset(out, 0, sizeof *out);
	out->size = sizeof *out;
	out->entry = view->address;
	if (kst__get(view, KST__M_BIG_PAGES_VA, &va)) {
		/* bit 0 marks a free slot: 1 was never used, anything else is what was freed; 0 is a torn or unused one */
		out->address = va & ~(uint64_t)1;
		out->state = (va & 1) != 0 || va == 0 ? KST_POOL_STATE_FREE : KST_POOL_STATE_ALLOCATED;
		out->present |= KST_LARGE_ALLOCATION_HAS_ADDRESS;
	}
	if (kst__get(view, KST__M_BIG_PAGES_KEY, &key)) {
		kst__pool_tag((uint32_t)key, out->tag, &out->protected_tag, out->tag_text);
		out->present |= KST_LARGE_ALLOCATION_HAS_TAG;
	}
	decode_type(view, out);
	decode_length(view, out);
	decode_quota(view, out);
	if (out->state == KST_POOL_STATE_ALLOCATED)
		check_entry(view, out);
	return KST_OK;
}

kst_status kst_decode_large_allocation(const struct kst_layout *layout, const void *bytes, size_t len, uint64_t address,
				       struct kst_large_allocation *out, struct kst_error *err)
{
	struct kst_large_allocation ours;
	struct kst__view view;
	kst_status st = kst__pool_begin(layout, bytes, len, address, out, sizeof ours, &view, err);

	if (st == KST_OK)
		st = kst__decode_large_allocation(&view, &ours, err);
	if (st == KST_OK)
		kst__out_write(out, &ours, sizeof ours);
	return st;
}

const char *kst_large_allocation_anomaly_name(uint64_t bit)
{
	static const char *const names[] = { "misaligned", "not-kernel", "length", "overlap" };

	return kst__bit_name(bit, names, KST__COUNT(names));
}

const char *kst_large_table_anomaly_name(uint64_t bit)
{
	static const char *const names[] = { "clamped", "misaligned", "torn", "partial", "overlap", "truncated" };

	return kst__bit_name(bit, names, KST__COUNT(names));
}
