/* SPDX-License-Identifier: MIT */
/* POOL_HEADER of every generation. */
#include "prove.h"

#include <kstate/pool.h>

int main(void)
{
	static struct kst_pool_header header;
	size_t len = any_bytes();
	kst_status st;

	any_layout();
	header.size = any_u32();
	st = kst_decode_pool_header(&layout, bytes, len, any_u64(), &header, any_error());
	//@ check documented: st == 0 || st == -2 || st == -20 || st == -40;
	return 0;
}
