/* SPDX-License-Identifier: MIT */
/* Windows dumps with a bitmap: the input follows the header. */
#include "dump_common.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	dump_windows(data, size, size > 1 && data[1] == (uint8_t)0x46 ? 5 : 6, 0);
	return 0;
}
