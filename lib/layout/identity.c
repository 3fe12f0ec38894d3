/* SPDX-License-Identifier: MIT */
/* Kernels by time stamp and size of their image, and the few offsets that are known without a table. */
#include "builtin.h"

static bool is_pair(uint32_t i, uint32_t stamp, uint32_t pages)
{
	return i < kst__kernel_count && kst__kernel_stamp[i] == stamp && kst__kernel_pages[i] == pages;
}

uint32_t kst__kernel_find(uint32_t time_date_stamp, uint32_t size_of_image)
{
	uint32_t pages = size_of_image >> 12;
	uint32_t low = 0, high = kst__kernel_count;

	if (size_of_image % 0x1000 != 0)
		return kst__kernel_count;
	while (low < high) {
		uint32_t mid = (low + high) / 2;

		if (kst__kernel_stamp[mid] < time_date_stamp ||
		    (kst__kernel_stamp[mid] == time_date_stamp && kst__kernel_pages[mid] < pages))
			low = mid + 1;
		else
			high = mid;
	}
	return is_pair(low, time_date_stamp, pages) ? low : kst__kernel_count;
}

bool kst__kernel_ambiguous(uint32_t kernel)
{
	return is_pair(kernel + 1, kst__kernel_stamp[kernel], kst__kernel_pages[kernel]);
}

void kst__kernel_lay(struct kst_layout *layout, uint32_t kernel)
{
	const uint16_t *values = kst__field_values + (size_t)kst__kernel_fields[kernel] * kst__field_count;
	uint16_t pointer = values[kst__field_count - 2]; /* the shifts come last */

	for (uint32_t i = 0; i < kst__field_use_count; i++) {
		const struct kst__field_use *use = &kst__field_uses[i];
		enum kst__member_id id = (enum kst__member_id)use->member;
		uint16_t value = values[use->field];

		if (value == KST__FIELD_ABSENT)
			continue;
		if (use->kind == KST__FIELD_PLAIN)
			kst__layout_set(layout, id, value, use->length, 0, 0);
		else if (use->kind == KST__FIELD_POINTER_SHIFT)
			kst__layout_set(layout, id, 0, use->length, value, 64u - value);
		else if (pointer > value && pointer <= 64)
			kst__layout_set(layout, id, 0, use->length, value, (unsigned)pointer - value);
	}
}

bool kst__stated_of(uint32_t arch, uint32_t build)
{
	for (uint32_t i = 0; i < kst__stated_count; i++) {
		if (kst__stateds[i].arch == arch && kst__stateds[i].build == build)
			return build != 0;
	}
	return false;
}

void kst__stated_lay(struct kst_layout *layout, uint32_t arch, uint32_t build, bool without_table)
{
	for (uint32_t i = 0; i < kst__stated_count; i++) {
		const struct kst__stated *s = &kst__stateds[i];
		enum kst__member_id id = (enum kst__member_id)s->member;

		if (s->arch == arch && (s->build == 0 ? without_table : s->build == build) && !kst__has(layout, id))
			kst__layout_set(layout, id, s->offset, s->length, s->bit_pos, s->bit_len);
	}
}

kst_status kst_kernel_identify(uint32_t time_date_stamp, uint32_t size_of_image, struct kst_kernel_version *out)
{
	struct kst_kernel_version ours = { .major = 10 };
	uint32_t kernel;

	if (out == NULL)
		return KST_E_ARG;
	if (!kst__out_ok(out->size, sizeof *out))
		return KST_E_ABI;
	kernel = kst__kernel_find(time_date_stamp, size_of_image);
	if (kernel == kst__kernel_count)
		return KST_E_NO_MEMBER;
	ours.arch = kst__kernel_kind[kernel] & KST__KERNEL_ARCH;
	ours.build = kst__kernel_build[kernel];
	ours.revision = kst__kernel_revision[kernel];
	ours.la57 = (kst__kernel_kind[kernel] & KST__KERNEL_LA57) != 0;
	ours.ambiguous = kst__kernel_ambiguous(kernel);
	kst__out_write(out, &ours, sizeof ours);
	return KST_OK;
}
