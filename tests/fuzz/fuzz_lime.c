/* SPDX-License-Identifier: MIT */
/* LiME: the input is the file, its signature is put right. */
#include "dump_common.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	dump_signed(data, size, "EMiL\1\0\0", 8);
	return 0;
}
