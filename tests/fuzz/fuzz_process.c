/* SPDX-License-Identifier: MIT */
/* EPROCESS from bytes; the list of processes, the Idle process and the current ones of a memory that the input makes. */
#include "fuzz_user.h"

static void truths(const struct kst_process *p)
{
	TRUTH(FUZZ_ENDS(p->name) && FUZZ_ENDS(p->path));
	TRUTH(p->user_state <= KST_USER_STATE_SECURE);
	TRUTH((p->present & KST_PROCESS_HAS_PID) != 0 || p->pid == 0);
	TRUTH((p->present & KST_PROCESS_HAS_PATH) != 0 || p->path_bytes == 0);
}

static void ask(const struct fuzz_machine *m, uint64_t address)
{
	struct kst_process_sources s = { .size = sizeof s };

	TRUTH(kst_process_sources(m->target, address, &s, NULL) == KST_OK);
	TRUTH(s.address == address && (s.found & ~s.present) == 0);
	TRUTH(s.present <= (KST_PROCESS_SOURCE_OBJECT_LIST << 1) - 1);
}

static void walk(struct fuzz_machine *m, uint32_t source)
{
	struct kst_process p = { .size = sizeof p };
	struct kst_cursor cursor;
	kst_space space;
	kst_status st;
	uint64_t n = 0;

	if (kst_processes_begin_from(&cursor, m->target, source, NULL) != KST_OK)
		return;
	while ((st = kst_processes_next(&cursor, &p, NULL)) == KST_OK) {
		TRUTH(++n <= FUZZ_BUDGET);
		truths(&p);
		ask(m, p.address);
		if (kst_process_space(&p, &space, NULL) == KST_OK)
			TRUTH(space != KST_SPACE_KERNEL && space != KST_SPACE_PHYSICAL);
	}
	TRUTH(st == KST_END || st == KST_E_CORRUPT || st == KST_E_LIMIT || st == KST_E_FAULT);
	TRUTH(kst_cursor_end(&cursor) != KST_WALK_RUNNING && kst_cursor_count(&cursor) == n);
	TRUTH(kst_processes_next(&cursor, &p, NULL) == st);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct fuzz_machine m;
	struct fuzz_input in = { data, size };
	struct kst_process p[2] = { { .size = sizeof p[0] }, { .size = sizeof p[0] } };

	fuzz_machine(&m, &in);
	for (int i = 0; i < 2; i++)
		TRUTH(kst_decode_process(m.layout, m.bytes, m.size, FUZZ_BASE, &p[i], NULL) == KST_OK);
	TRUTH(memcmp(&p[0], &p[1], sizeof p[0]) == 0);
	TRUTH(m.size >= 0x80 || (p[0].present & KST_PROCESS_HAS_PID) == 0);
	truths(&p[0]);
	ask(&m, FUZZ_BASE);
	walk(&m, KST_PROCESSES_ACTIVE);
	walk(&m, KST_PROCESSES_KERNEL_LIST);
	if (kst_process_idle(m.target, &p[0], NULL) == KST_OK)
		truths(&p[0]);
	if (kst_process_current(m.target, 0, &p[0], NULL) == KST_OK)
		truths(&p[0]);
	if (kst_process_find(m.target, 4, &p[0], NULL) == KST_OK)
		TRUTH(p[0].pid == 4 || (p[0].present & KST_PROCESS_HAS_PID) == 0);
	fuzz_machine_free(&m);
	return 0;
}
