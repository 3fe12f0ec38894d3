/* SPDX-License-Identifier: MIT */
/* The list of all objects of a type, in both directions, over a memory that the input makes. */
#include "fuzz_memory.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct fuzz_machine m;
	struct fuzz_input in = { data, size };
	struct kst_object o = { .size = sizeof o };
	struct kst_object_list list = { .size = sizeof list };
	struct kst_cursor cursor;
	uint64_t type, counts[2] = { 0, 0 };
	int began = 0;

	fuzz_machine(&m, &in);
	type = m.base + 0x40;
	for (uint32_t flags = 0; flags < 2; flags++) {
		kst_status st = kst_objects_begin(&cursor, m.target, type, flags, NULL);

		if (st != KST_OK)
			continue;
		began = 1;
		while ((st = kst_objects_next(&cursor, &o, NULL)) == KST_OK) {
			TRUTH(counts[flags]++ <= FUZZ_BUDGET);
			TRUTH(memchr(o.name, 0, sizeof o.name) != NULL);
			TRUTH((o.anomalies & KST_OBJECT_ANOMALY_OTHER_TYPE) == 0 || o.type != type);
		}
		TRUTH(st == KST_END || st == KST_E_FAULT || st == KST_E_CORRUPT || st == KST_E_LIMIT);
		TRUTH((st == KST_END) == (kst_cursor_end(&cursor) == KST_WALK_CLOSED));
		TRUTH(kst_cursor_count(&cursor) == counts[flags]);
		TRUTH(kst_objects_next(&cursor, &o, NULL) == st);
	}
	if (kst_object_list_check(m.target, type, &list, NULL) == KST_OK) {
		TRUTH(began && list.forward == counts[0] && list.backward == counts[1]);
		TRUTH(!list.agree || (list.forward == list.backward && list.forward_end == KST_WALK_CLOSED));
	}
	fuzz_machine_free(&m);
	return 0;
}
