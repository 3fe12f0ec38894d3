/* SPDX-License-Identifier: MIT */
/*
 * The view that every decoder reads through: for every length the bytes end where the buffer ends, so that one byte too
 * far is outside of everything.
 */
#include "prove.h"

#include "../../lib/decode/view.h"

#define LENGTHS 40

int main(void)
{
	any_layout();
	any_bytes();
	//@ loop unroll LENGTHS + 1;
	for (size_t len = 0; len <= LENGTHS; len++) {
		struct kst__view view = kst__view_bytes(&layout, bytes + (sizeof bytes - len), len);
		uint64_t value = 0;
		bool got = kst__view_number(&view, any_u64(), any_up_to(16), &value);

		//@ check answer: got == 0 || got == 1;
	}
	return 0;
}
