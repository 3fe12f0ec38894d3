/* SPDX-License-Identifier: MIT */
/* The debugger data block from bytes, plain and encoded, and applied to a target that the input makes. */
#include "fuzz_memory.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct fuzz_machine m;
	struct fuzz_input in = { data, size };
	struct kst_debugger_data d[2] = { { .size = sizeof d[0] }, { .size = sizeof d[0] } };
	kst_status st;

	fuzz_machine(&m, &in);
	st = kst_decode_debugger_data(m.layout, m.bytes, m.size, m.base, &d[0], NULL);
	TRUTH(st == KST_OK || st == KST_E_FAULT || st == KST_E_CORRUPT);
	TRUTH(kst_decode_debugger_data(m.layout, m.bytes, m.size, m.base, &d[1], NULL) == st);
	TRUTH(memcmp(&d[0], &d[1], sizeof d[0]) == 0);
	if (st == KST_OK) {
		const uint8_t *bytes = (const uint8_t *)&d[0];

		TRUTH(d[0].valid_length <= m.size && d[0].valid_length <= sizeof d[0] && d[0].valid_length >= 0x20);
		for (size_t i = d[0].valid_length; i < sizeof d[0]; i++)
			TRUTH(bytes[i] == 0);
	}
	if (m.size >= 24) {
		uint8_t *plain = malloc(m.size & ~(size_t)7);

		TRUTH(plain != NULL);
		TRUTH(kst_debugger_data_unveil(m.bytes, m.size & ~(size_t)7, m.bytes[0], m.bytes[8], m.bytes[16], plain,
					       NULL) == KST_OK);
		free(plain);
	}
	st = kst_debugger_data_read(m.target, &d[0], NULL);
	TRUTH(st == KST_OK || st == KST_E_FAULT || st == KST_E_CORRUPT || st == KST_E_NO_MEMBER);
	fuzz_machine_free(&m);
	return 0;
}
