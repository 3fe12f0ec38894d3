/* SPDX-License-Identifier: MIT */
/* Full Windows dumps: the input is the physical memory block of the header, then the memory. */
#include "dump_common.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	dump_windows(data, size, 1, 0x100);
	return 0;
}
