/* SPDX-License-Identifier: MIT */
/* OBJECT_HEADER with the optional headers below it. */
#include "prove.h"

#include <kstate/object.h>

int main(void)
{
	static struct kst_object object;
	size_t len = any_bytes();
	kst_status st;

	any_layout();
	object.size = any_u32();
	st = kst_decode_object(&layout, bytes, len, any_u64(), any_u64(), &object, any_error());
	//@ check documented: st == 0 || st == -1 || st == -2 || st == -20;
	return 0;
}
