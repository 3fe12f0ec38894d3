/* SPDX-License-Identifier: MIT */
#include "user.h"

const struct kst_layout *kst__user_layout(const struct kst_target *target, uint32_t pointer_size)
{
	const struct kst_layout *own = &target->layout;

	if (pointer_size == own->info.pointer_size && kst__has(own, KST__M_PEB_LDR) &&
	    kst__has(own, KST__M_LDR_DATA_LOAD_LIST) && kst__has(own, KST__M_USER_LDR_BASE) &&
	    kst__has(own, KST__M_RUPP_COMMAND_LINE))
		return own;
	return kst__layout_user(pointer_size == 4 ? 4 : 8);
}

kst_status kst__space_of(const struct kst_target *target, uint64_t process, kst_space *out, struct kst_error *err)
{
	const struct kst__member *m = kst__member(&target->layout, KST__M_KPROCESS_DIRECTORY_TABLE_BASE);
	uint64_t dtb;
	kst_status st;

	if (!m->present)
		return KST_E_NO_MEMBER;
	st = kst__read_pointer(target, KST_SPACE_KERNEL, process + m->offset, &dtb, err);
	if (st != KST_OK)
		return st;
	if (dtb == KST_SPACE_KERNEL || dtb == KST_SPACE_PHYSICAL)
		return KST_E_FAULT;
	*out = dtb;
	return KST_OK;
}

bool kst__user_range(const struct kst_target *target, uint32_t pointer_size, uint64_t address, uint64_t bytes)
{
	uint64_t last;

	if (address == 0 || bytes == 0 || address > UINT64_MAX - (bytes - 1))
		return false;
	last = address + (bytes - 1);
	/* 32-bit programs may use 3 GiB on x86 and 4 GiB on x64 when they ask for it */
	if (kst__pointer_size(target) == 4)
		return last < 0xc0000000u;
	if (pointer_size == 4)
		return last <= UINT32_MAX;
	/* below the canonical hole; where the paging mode is not known, the widest one's */
	return !kst__is_kernel(target, last) &&
	       last < (uint64_t)1 << (target->identity.paging == KST_PAGING_X64 ? 47 : 56);
}

struct kst__view kst__user_view(const struct kst_target *target, kst_space space, const struct kst_layout *layout,
				uint64_t address, kst_status *failure)
{
	struct kst__view view = kst__view_target(target, space, address, failure);

	view.layout = layout;
	return view;
}
