/* SPDX-License-Identifier: MIT */
/* Any file: recognising it. */
#include "dump_common.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	dump_signed(data, size, "", 0);
	return 0;
}
