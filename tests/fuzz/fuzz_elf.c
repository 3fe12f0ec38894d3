/* SPDX-License-Identifier: MIT */
/* ELF cores: the input is the file, its signature is put right. */
#include "dump_common.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	dump_signed(data, size, "\177ELF", 4);
	return 0;
}
