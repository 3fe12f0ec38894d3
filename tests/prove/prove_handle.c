/* SPDX-License-Identifier: MIT */
/* One entry of a handle table. */
#include "prove.h"

#include <kstate/object.h>

int main(void)
{
	static struct kst_handle handle;
	size_t len = any_bytes();
	kst_status st;

	any_layout();
	handle.size = any_u32();
	st = kst_decode_handle(&layout, bytes, len, any_u64(), &handle, any_error());
	//@ check documented: st == 0 || st == -2;
	return 0;
}
