/* SPDX-License-Identifier: MIT */
/* KDPC from bytes, and queues and timers walked over a memory that the input makes. */
#include "fuzz_memory.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct fuzz_machine m;
	struct fuzz_input in = { data, size };
	struct kst_processor p = { .size = sizeof p };
	struct kst_timer timer = { .size = sizeof timer };
	struct kst_cursor cursor;
	uint64_t n = 0;

	fuzz_machine(&m, &in);
	for (int twice = 0; twice < 2; twice++) {
		struct kst_dpc d[2] = { { .size = sizeof d[0] }, { .size = sizeof d[0] } };

		TRUTH(kst_decode_dpc(m.layout, m.bytes, m.size, FUZZ_BASE, &d[0], NULL) == KST_OK);
		TRUTH(kst_decode_dpc(m.layout, m.bytes, m.size, FUZZ_BASE, &d[1], NULL) == KST_OK);
		TRUTH(memcmp(&d[0], &d[1], sizeof d[0]) == 0);
		TRUTH(m.size >= 0x20 || (d[0].present & KST_DPC_HAS_DPC_DATA) == 0);
	}
	p.kprcb = m.base;
	for (uint32_t kind = 0; kind < 2; kind++) {
		struct kst_dpc_queue q = { .size = sizeof q };
		struct kst_dpc d = { .size = sizeof d };
		kst_status st = kst_dpc_queue(m.target, &p, kind, &q, NULL);

		if (st != KST_OK || kst_dpcs_begin(&cursor, m.target, &q, NULL) != KST_OK)
			continue;
		for (n = 0; (st = kst_dpcs_next(&cursor, &d, NULL)) == KST_OK; n++)
			TRUTH(n <= FUZZ_BUDGET && d.present != 0);
		TRUTH(st == KST_END || st == KST_E_CORRUPT || st == KST_E_LIMIT);
		TRUTH(kst_cursor_end(&cursor) != KST_WALK_RUNNING);
		TRUTH(kst_dpcs_next(&cursor, &d, NULL) == st);
	}
	if (kst_timers_begin(&cursor, m.target, NULL) == KST_OK)
		for (n = 0; kst_timers_next(&cursor, &timer, NULL) == KST_OK; n++)
			TRUTH(n <= FUZZ_BUDGET);
	fuzz_machine_free(&m);
	return 0;
}
