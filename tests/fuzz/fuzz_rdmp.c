/* SPDX-License-Identifier: MIT */
/* Windows dumps with page ranges: the input follows the header; bit 1 of its first byte tells which kind. */
#include "dump_common.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	dump_windows(data, size, size > 0 && (data[0] & 2) != 0 ? 10 : 8, 0);
	return 0;
}
