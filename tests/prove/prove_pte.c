/* SPDX-License-Identifier: MIT */
/* One page-table entry of every paging mode (x86, PAE, x64 with 4 and 5 levels, ARM64) and level, in a table or a prototype array. */
#include "prove.h"

#include <kstate/pte.h>
#include <kstate/target.h>

int main(void)
{
	static struct kst_pte pte;
	static struct kst_pte_context context;

	any_layout();
	Frama_C_make_unknown((char *)&context, sizeof context);
	context.size = sizeof context;
	//@ loop unroll 8;
	for (uint32_t paging = 0; paging <= KST_PAGING_ARM64 + 1; paging++) {
		//@ loop unroll 8;
		for (uint32_t level = 0; level < 7; level++) {
			kst_status st;

			context.paging = paging;
			pte.size = any_u32();
			st = kst_decode_pte(any_up_to(1) != 0 ? &layout : NULL, &context, level, any_u32(), any_u64(),
					    &pte, any_error());
			//@ check documented: st == 0 || st == -1 || st == -2;
		}
	}
	return 0;
}
