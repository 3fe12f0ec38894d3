/* SPDX-License-Identifier: MIT */
/* Entries of object directories: one chain per hash bucket. */
#include "object.h"

void kst__decode_directory_entry(const struct kst__view *view, uint64_t address, struct kst_directory_entry *out)
{
	memset(out, 0, sizeof *out);
	out->entry = address;
	if (kst__get(view, KST__M_OBJECT_DIRECTORY_ENTRY_OBJECT, &out->body))
		out->present |= KST_DIRECTORY_ENTRY_HAS_OBJECT;
	if (kst__get(view, KST__M_OBJECT_DIRECTORY_ENTRY_CHAIN, &out->chain))
		out->present |= KST_DIRECTORY_ENTRY_HAS_CHAIN;
	if (kst__get32(view, KST__M_OBJECT_DIRECTORY_ENTRY_HASH, &out->hash))
		out->present |= KST_DIRECTORY_ENTRY_HAS_HASH;
}

kst_status kst_decode_directory_entry(const struct kst_layout *layout, const void *bytes, size_t len, uint64_t address,
				      struct kst_directory_entry *out, struct kst_error *err)
{
	struct kst_directory_entry ours;
	struct kst__view view;

	if (!kst__given(layout, bytes, len, out))
		return kst__fail(err, KST_E_ARG, address, "layout, bytes or result is NULL");
	if (!kst__out_ok(out->size, sizeof *out))
		return kst__fail(err, KST_E_ABI, address, "kst_directory_entry.size is not known");
	view = kst__view_bytes(layout, bytes, len);
	kst__decode_directory_entry(&view, address, &ours);
	kst__out_write(out, &ours, sizeof ours);
	return KST_OK;
}

const char *kst_directory_entry_anomaly_name(uint64_t bit)
{
	static const char *const names[] = { "parent", "bucket", "not-entered", "pointer" };

	return kst__bit_name(bit, names, KST__COUNT(names));
}
