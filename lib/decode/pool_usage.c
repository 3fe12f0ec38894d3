/* SPDX-License-Identifier: MIT */
/* One slot of a tag tracker (_POOL_TRACKER_TABLE): 0x1c, 0x28, 0x30, 0x38 and 0x50 bytes. */
#include "pool.h"

/* A counter of the layout's width; a processor's own one may have run below zero. */
static bool counter(const struct kst__view *view, enum kst__member_id id, int64_t *out)
{
	uint32_t length = kst__member(view->layout, id)->length;
	uint64_t value;

	if (length > 8 || !kst__get(view, id, &value))
		return false;
	*out = (int64_t)kst__sign_extend(value, 8 * length);
	return true;
}

kst_status kst__decode_pool_usage(const struct kst__view *view, struct kst_pool_usage *out, struct kst_error *err)
{
	uint32_t protected_tag;
	uint64_t key;

	if (!kst__has(view->layout, KST__M_TRACKER_TABLE_KEY))
		return kst__fail(err, KST_E_NO_MEMBER, view->address,
				 "the layout does not describe _POOL_TRACKER_TABLE");
	memset(out, 0, sizeof *out);
	out->size = sizeof *out;
	out->tables = 1;
	if (kst__get(view, KST__M_TRACKER_TABLE_KEY, &key)) {
		kst__pool_tag((uint32_t)key, out->tag, &protected_tag, out->tag_text);
		out->present |= KST_POOL_USAGE_HAS_TAG;
	}
	if (counter(view, KST__M_TRACKER_TABLE_NONPAGED_ALLOCS, &out->nonpaged_allocs) &&
	    counter(view, KST__M_TRACKER_TABLE_NONPAGED_FREES, &out->nonpaged_frees) &&
	    counter(view, KST__M_TRACKER_TABLE_NONPAGED_BYTES, &out->nonpaged_bytes))
		out->present |= KST_POOL_USAGE_HAS_NONPAGED;
	if (counter(view, KST__M_TRACKER_TABLE_PAGED_ALLOCS, &out->paged_allocs) &&
	    counter(view, KST__M_TRACKER_TABLE_PAGED_FREES, &out->paged_frees) &&
	    counter(view, KST__M_TRACKER_TABLE_PAGED_BYTES, &out->paged_bytes))
		out->present |= KST_POOL_USAGE_HAS_PAGED;
	return KST_OK;
}

kst_status kst_decode_pool_usage(const struct kst_layout *layout, const void *bytes, size_t len, uint64_t address,
				 struct kst_pool_usage *out, struct kst_error *err)
{
	struct kst_pool_usage ours;
	struct kst__view view;
	kst_status st = kst__pool_begin(layout, bytes, len, address, out, sizeof ours, &view, err);

	if (st == KST_OK)
		st = kst__decode_pool_usage(&view, &ours, err);
	if (st == KST_OK)
		kst__out_write(out, &ours, sizeof ours);
	return st;
}

const char *kst_pool_usage_anomaly_name(uint64_t bit)
{
	static const char *const names[] = { "incomplete", "negative", "overflow-slot", "key-differs" };

	return kst__bit_name(bit, names, KST__COUNT(names));
}
