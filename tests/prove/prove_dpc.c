/* SPDX-License-Identifier: MIT */
/* KDPC: prove.h says what is given. */
#include "prove.h"

#include <kstate/dpc.h>

int main(void)
{
	static struct kst_dpc dpc;
	size_t len = any_bytes();
	kst_status st;

	any_layout();
	dpc.size = any_u32();
	st = kst_decode_dpc(&layout, bytes, len, any_u64(), &dpc, any_error());
	//@ check documented: st == 0 || st == -2;
	return 0;
}
