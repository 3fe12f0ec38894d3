/* SPDX-License-Identifier: MIT */
#ifndef KST_DECODE_PROCESS_H
#define KST_DECODE_PROCESS_H

#include "view.h"

#include <kstate/process.h>

/* Fill *out (zeroed here, `size` kept) from the EPROCESS that the view shows. */
void kst__decode_process(const struct kst__view *view, uint64_t address, struct kst_process *out);

/* Set user_state from what is known: again after the walk has completed the struct. */
void kst__process_judge(struct kst_process *out);

/* kst_process_space() of a struct that is still being made (its `size` is not set). */
kst_status kst__process_space(const struct kst_process *process, kst_space *space_out);

/* Does the layout know any member of a process? */
bool kst__process_known(const struct kst_layout *layout);

/* Is this an address that user mode of a kernel with such pointers can have? */
static inline bool kst__is_user_address(uint32_t pointer_size, uint64_t address)
{
	/* /3GB moves the border of x86 to C0000000; x64 user space ends at 2^47, with 57-bit addresses at 2^56 */
	return pointer_size == 4 ? address < 0xc0000000u : address < (uint64_t)1 << 56;
}

/* The same for a pointer in a structure of `layout` on a kernel of `native`: 32-bit programs on x64 may have 4 GiB. */
static inline bool kst__points_well(const struct kst_layout *layout, const struct kst_layout *native, uint64_t pointer)
{
	if (layout->info.pointer_size == 4 && native->info.pointer_size == 8)
		return pointer <= UINT32_MAX;
	return kst__is_user_address(layout->info.pointer_size, pointer);
}

#endif
