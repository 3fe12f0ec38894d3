/* SPDX-License-Identifier: MIT */
#include "libvmi_reader.h"

#define PAGE     0x1000u
#define RUN_MOST 0x4000u /* pages that one answer looks at: runs that touch read as one */

//! [reader]
static kst_status read_physical(void *user, kst_space space, uint64_t address, void *buf, size_t len, size_t *done)
{
	size_t got = 0;
	status_t st;

	*done = 0;
	if (space != KST_SPACE_PHYSICAL)
		return KST_E_FAULT;
	st = vmi_read_pa(user, address, len, buf, &got);
	if (got > len)
		return LIBVMI_READER_BROKEN;
	*done = got;
	/* LibVMI does not tell why it failed: memory that is not there is by far the most frequent reason */
	return st == VMI_SUCCESS && got == len ? KST_OK : KST_E_FAULT;
}

static int is_there(vmi_instance_t vmi, uint64_t page)
{
	uint8_t byte;

	return vmi_read_pa(vmi, page, 1, &byte, NULL) == VMI_SUCCESS;
}

static kst_status next_range(void *user, kst_space space, uint64_t address, uint64_t *start_out, uint64_t *length_out)
{
	uint64_t end = vmi_get_max_physical_address(user), page = address & ~(uint64_t)(PAGE - 1), after;

	if (space != KST_SPACE_PHYSICAL)
		return KST_END;
	while (page < end && !is_there(user, page))
		page += PAGE;
	if (page >= end)
		return KST_END;
	for (after = page + PAGE; after < end && after - page < (uint64_t)RUN_MOST * PAGE && is_there(user, after);)
		after += PAGE;
	*start_out = page > address ? page : address;
	*length_out = after - *start_out;
	return KST_OK;
}

const struct kst_reader_ops *libvmi_reader(void)
{
	static const struct kst_reader_ops ops = {
		.size = sizeof ops, .flags = KST_READER_PHYSICAL_ONLY, .read = read_physical, .next_range = next_range
	};

	return &ops;
}
//! [reader]
