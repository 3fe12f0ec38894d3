/* SPDX-License-Identifier: MIT */
/* Triage dumps: the input follows the header. */
#include "dump_common.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	dump_windows(data, size, 4, 0);
	return 0;
}
