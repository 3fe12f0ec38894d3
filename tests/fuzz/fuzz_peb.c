/* SPDX-License-Identifier: MIT */
/* PEB and process parameters from bytes; a PEB, its parameters, texts and environment in a memory that the input makes. */
#include "fuzz_user.h"

static void read_text(const struct fuzz_machine *m, const struct kst_text *text)
{
	char buf[64];
	size_t needed = 0;
	uint32_t notes = 0;

	memset(buf, 'x', sizeof buf);
	if (kst_read_text(m->target, FUZZ_SPACE, text->address, text->bytes, buf, sizeof buf, &needed, &notes, NULL) !=
	    KST_OK)
		return;
	TRUTH(FUZZ_ENDS(buf) && needed <= (size_t)text->bytes / 2 * 3 + 1);
	TRUTH((notes & KST_TEXT_CUT) != 0 || strlen(buf) + 1 == needed);
}

static void walk_environment(const struct fuzz_machine *m, const struct kst_process_parameters *p)
{
	struct kst_variable v = { .size = sizeof v };
	struct kst_cursor cursor;
	uint64_t next = p->environment;
	kst_status st;

	TRUTH(kst_environment_begin(&cursor, m->target, FUZZ_SPACE, p->environment, p->environment_size, NULL) ==
	      KST_OK);
	while ((st = kst_environment_next(&cursor, &v, NULL)) == KST_OK) {
		TRUTH(v.text.address == next && v.text.bytes > 0 && v.text.bytes % 2 == 0);
		next = v.text.address + v.text.bytes + 2;
		TRUTH(next - p->environment <= 0x100002);
		read_text(m, &v.text);
	}
	TRUTH(st == KST_END || st == KST_E_CORRUPT || st == KST_E_LIMIT || st == KST_E_FAULT);
	TRUTH(kst_cursor_end(&cursor) != KST_WALK_RUNNING);
	TRUTH(kst_environment_next(&cursor, &v, NULL) == st);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct fuzz_machine m;
	struct fuzz_input in = { data, size };
	struct kst_peb p[2] = { { .size = sizeof p[0] }, { .size = sizeof p[0] } };
	struct kst_process_parameters parameters = { .size = sizeof parameters };

	fuzz_machine(&m, &in);
	fuzz_to_user(&m, fuzz_width(&m));
	for (int i = 0; i < 2; i++)
		TRUTH(kst_decode_peb(m.layout, m.bytes, m.size, FUZZ_USER, &p[i], NULL) == KST_OK);
	TRUTH(memcmp(&p[0], &p[1], sizeof p[0]) == 0);
	TRUTH(m.size >= 0xc || (p[0].present & KST_PEB_HAS_LDR) == 0);
	TRUTH(kst_decode_process_parameters(m.layout, m.bytes, m.size, FUZZ_USER, &parameters, NULL) == KST_OK);
	for (uint32_t bits = 32; bits <= 64; bits += 32) {
		if (kst_peb_read(m.target, FUZZ_SPACE, FUZZ_USER, bits, &p[0], NULL) != KST_OK)
			continue;
		TRUTH(p[0].state == KST_PEB_PRESENT || p[0].state == KST_PEB_PAGED_OUT);
		TRUTH((p[0].state == KST_PEB_PAGED_OUT) == (p[0].unreadable != 0));
		TRUTH(p[0].bits == bits);
		if (kst_process_parameters_read(m.target, FUZZ_SPACE, &p[0], &parameters, NULL) != KST_OK)
			continue;
		read_text(&m, &parameters.command_line);
		read_text(&m, &parameters.image_path);
		walk_environment(&m, &parameters);
	}
	fuzz_machine_free(&m);
	return 0;
}
