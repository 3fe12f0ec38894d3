/* SPDX-License-Identifier: MIT */
/* One entry of the table of large allocations. */
#include "prove.h"

#include <kstate/pool.h>

int main(void)
{
	static struct kst_large_allocation entry;
	size_t len = any_bytes();
	kst_status st;

	any_layout();
	entry.size = any_u32();
	st = kst_decode_large_allocation(&layout, bytes, len, any_u64(), &entry, any_error());
	//@ check documented: st == 0 || st == -2 || st == -20 || st == -40;
	return 0;
}
