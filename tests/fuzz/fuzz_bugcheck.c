/* SPDX-License-Identifier: MIT */
/* Exception and context records from bytes. */
#include "fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct fuzz_input in = { data, size };
	uint32_t arch = fuzz_u8(&in) % 5u;
	uint32_t pointer_size = fuzz_u8(&in) & 1 ? 4 : 8;
	uint32_t code = fuzz_u32(&in);
	size_t length;
	uint8_t *bytes = fuzz_rest(&in, &length);
	const char *name = kst_bugcheck_name(code);

	TRUTH(name == NULL || (strlen(name) > 3 && strlen(name) < 64));
	for (int i = 0; i < 2; i++) {
		struct kst_exception e[2] = { { .size = sizeof e[0] }, { .size = sizeof e[0] } };
		struct kst_context c[2] = { { .size = sizeof c[0] }, { .size = sizeof c[0] } };
		kst_status st = kst_decode_context(arch, bytes, length, 1, &c[0], NULL);

		TRUTH(kst_decode_exception(pointer_size, bytes, length, 1, &e[0], NULL) == KST_OK);
		TRUTH(kst_decode_exception(pointer_size, bytes, length, 1, &e[1], NULL) == KST_OK);
		TRUTH(memcmp(&e[0], &e[1], sizeof e[0]) == 0);
		TRUTH(e[0].information_count <= 15);
		TRUTH((e[0].present & KST_EXCEPTION_HAS_INFORMATION) == 0 ||
		      length >= 0x14 + 4 * e[0].information_count);
		TRUTH(st == KST_OK || st == KST_E_UNSUPPORTED);
		TRUTH(kst_decode_context(arch, bytes, length, 1, &c[1], NULL) == st);
		TRUTH(memcmp(&c[0], &c[1], sizeof c[0]) == 0);
		TRUTH((c[0].present & KST_CONTEXT_HAS_CONTROL) == 0 || length >= 0xb8);
		TRUTH(c[0].gpr_count <= 33);
	}
	free(bytes);
	return 0;
}
