/* SPDX-License-Identifier: MIT */
/* Member paths, the same for every reader of type files. */
#include "types.h"

int kst__name_compare(struct kst__name a, struct kst__name b)
{
	size_t n = a.length < b.length ? a.length : b.length;
	int order = n == 0 ? 0 : memcmp(a.text, b.text, n);

	if (order != 0)
		return order;
	return a.length < b.length ? -1 : a.length > b.length;
}

struct kst__name kst__name_of(const char *text)
{
	return (struct kst__name){ text, strlen(text) };
}

bool kst__name_is_unnamed(struct kst__name name)
{
	static const char starts[][16] = { "<unnamed", "<anonymous", "__unnamed", "unnamed_field_" };

	for (size_t i = 0; i < KST__COUNT(starts); i++) {
		size_t n = strlen(starts[i]);

		if (name.length >= n && memcmp(name.text, starts[i], n) == 0)
			return true;
	}
	return name.length == 0;
}

kst_status kst__path_resolve(const void *reader, kst__place_find *find, uint64_t type, const char *path,
			     struct kst_member *out)
{
	uint32_t budget = KST__TYPES_BUDGET;
	uint64_t offset = 0;
	struct kst__place field;
	struct kst_member ours = { 0 };

	for (;;) {
		const char *dot = strchr(path, '.');
		struct kst__name step = { path, dot == NULL ? strlen(path) : (size_t)(dot - path) };

		memset(&field, 0, sizeof field);
		if (type == 0 || step.length == 0 || !find(reader, type, step, &budget, &field) ||
		    field.offset > UINT32_MAX - offset || field.length > UINT32_MAX)
			return KST_E_NO_MEMBER;
		offset += field.offset;
		if (dot == NULL)
			break;
		if (field.bit_len != 0)
			return KST_E_NO_MEMBER;
		type = field.type;
		path = dot + 1;
	}
	ours.offset = (uint32_t)offset;
	ours.length = (uint32_t)field.length;
	ours.bit_pos = field.bit_pos;
	ours.bit_len = field.bit_len;
	kst__out_write(out, &ours, sizeof ours);
	return KST_OK;
}
