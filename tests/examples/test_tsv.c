/* SPDX-License-Identifier: MIT */
/* The layout table reader of the tool. The rows below are spelled as the different kinds of tables spell them. */
#include "../../examples/kstate/tsv.h"
#include "support/support.h"

#include <stdio.h>
#include <stdlib.h>

static const char table[] = "# type\tsize\n"
			    "_LIST_ENTRY\t0x10\r\n"
			    "_LIST_ENTRY.Flink\t0x0\tptr _LIST_ENTRY\n"
			    "_LIST_ENTRY.Blink\t0x8\tstruct__LIST_ENTRY_*\n"
			    "\n"
			    "_EPROCESS\t0x400\n"
			    "_EPROCESS.Pcb\t0x0\tKPROCESS\n"
			    "_EPROCESS.ActiveProcessLinks\t0x88\tvolatile_struct__LIST_ENTRY\n"
			    "_EPROCESS.Name\t0x98\tarray 15 unsigned_char\n"
			    "_EPROCESS.Short\t0xa8\tUSHORT_[3]\n"
			    "_EPROCESS.Queues\t0xb0\tLIST_ENTRY_[2][3]\n"
			    "_EPROCESS.Old\t0x110\tarray 4 array 2 unsigned_long_long\n"
			    "_EPROCESS.Job\t0x150\tPEJOB\n"
			    "_EPROCESS.Power\t0x158\tPOWER_STATE\n"
			    "_EPROCESS.Spare\t0x160\tPVOID_[3]\n"
			    "_EPROCESS.Kind\t0x178\tenum long 0=A,1=B\n"
			    "_EPROCESS.Mode\t0x17c\tenum unsigned_char 0=A\n"
			    "_EPROCESS.Lock\t0x180\tEX_PUSH_LOCK\n"
			    "_EPROCESS.u\t0x188\tunnamed\n"
			    "_EPROCESS.u.e1\t0x18a\t_FLAGS\n"
			    "_EPROCESS.u.e2\t0x18c\tunnamed\n"
			    "_EPROCESS.u.e2.Count\t0x18c\tUSHORT\n"
			    "_EPROCESS.v\t0x190\t__unnamed_12ab\n"
			    "_EPROCESS.Wide\t0x198\tbits 20 64 unsigned_long_long\n"
			    "_EPROCESS.Broken\t0x1a0\tbits 20 64 unsigned_long\n"
			    "_EPROCESS.Backward\t0x1a0\tbits 5 5 unsigned_long\n"
			    "_EPROCESS.What\t0x1a8\tSOME_STRUCT\n"
			    "_EPROCESS.Empty\t0x1a8\tarray 0 unsigned_long\n"
			    "_EPROCESS.Huge\t0x1a8\tarray 99999999999999999999 unsigned_long\n"
			    "_EPROCESS.Three\t0x1a8\tarray 3 Pointer\n"
			    "_EPROCESS.Level\t0x1a8\t_SECURITY_IMPERSONATION_LEVEL\n"
			    "_EPROCESS.Self\t0x1b0\t_EPROCESS\n"
			    "_FLAGS\t0x4\n"
			    "_FLAGS.Low\t0x0\tbits 0 3 ULONG\n"
			    "__unnamed_12ab\t0x8\n"
			    "__unnamed_12ab.Inner\t0x4\tULONG\n"
			    "_KPROCESS\t0x60\n"
			    "_KPROCESS.Header\t0x8\t_LIST_ENTRY\n"
			    "_POWER_STATE\t0x2\n"
			    "_EX_PUSH_LOCK\t0x8\n"
			    "@PsActiveProcessHead\t0x83158\n"
			    "@PsActiveProcessHead\t0x1\n";

struct row {
	const char *name; /* "type path" */
	kst_status status;
	uint32_t offset, length, bit_pos, bit_len;
};

static const struct row rows[] = {
	{ "_EPROCESS Pcb", KST_OK, 0, 0x60, 0, 0 },
	{ "EPROCESS Pcb", KST_OK, 0, 0x60, 0, 0 },
	{ "_EPROCESS Pcb.Header.Blink", KST_OK, 0x10, 8, 0, 0 },
	{ "_EPROCESS ActiveProcessLinks", KST_OK, 0x88, 0x10, 0, 0 },
	{ "_EPROCESS ActiveProcessLinks.Blink", KST_OK, 0x90, 8, 0, 0 },
	{ "_EPROCESS ActiveProcessLinks.Blink.Flink", KST_E_NO_MEMBER, 0, 0, 0, 0 }, /* through a pointer */
	{ "_EPROCESS Name", KST_OK, 0x98, 15, 0, 0 },
	{ "_EPROCESS Name[3]", KST_OK, 0x9b, 1, 0, 0 },
	{ "_EPROCESS Name[15]", KST_E_NO_MEMBER, 0, 0, 0, 0 },
	{ "_EPROCESS Short", KST_OK, 0xa8, 6, 0, 0 },
	{ "_EPROCESS Queues", KST_OK, 0xb0, 0x60, 0, 0 },
	{ "_EPROCESS Queues[1]", KST_OK, 0xe0, 0x30, 0, 0 },
	{ "_EPROCESS Queues[1].Blink", KST_OK, 0xe8, 8, 0, 0 },
	{ "_EPROCESS Queues.Blink", KST_OK, 0xb8, 8, 0, 0 },
	{ "_EPROCESS Old", KST_OK, 0x110, 64, 0, 0 },
	{ "_EPROCESS Job", KST_OK, 0x150, 8, 0, 0 },
	{ "_EPROCESS Power", KST_OK, 0x158, 2, 0, 0 }, /* begins with P, but is a type */
	{ "_EPROCESS Spare", KST_OK, 0x160, 24, 0, 0 },
	{ "_EPROCESS Kind", KST_OK, 0x178, 4, 0, 0 },
	{ "_EPROCESS Mode", KST_OK, 0x17c, 1, 0, 0 },
	{ "_EPROCESS Lock", KST_OK, 0x180, 8, 0, 0 },
	{ "_EPROCESS u.e1.Low", KST_OK, 0x18a, 4, 0, 3 },
	{ "_EPROCESS u", KST_OK, 0x188, 6, 0, 0 }, /* as long as its members reach */
	{ "_EPROCESS u.e2", KST_OK, 0x18c, 2, 0, 0 },
	{ "_EPROCESS u.e2.Count", KST_OK, 0x18c, 2, 0, 0 },
	{ "_EPROCESS v.Inner", KST_OK, 0x194, 4, 0, 0 },
	{ "_EPROCESS Wide", KST_OK, 0x198, 8, 20, 44 },
	{ "_EPROCESS Broken", KST_E_NO_MEMBER, 0, 0, 0, 0 },
	{ "_EPROCESS Backward", KST_E_NO_MEMBER, 0, 0, 0, 0 },
	{ "_EPROCESS What", KST_E_NO_MEMBER, 0, 0, 0, 0 },
	{ "_EPROCESS Empty", KST_OK, 0x1a8, 4, 0, 0 },
	{ "_EPROCESS Huge", KST_E_NO_MEMBER, 0, 0, 0, 0 },
	{ "_EPROCESS Three", KST_OK, 0x1a8, 24, 0, 0 },
	{ "_EPROCESS Level", KST_OK, 0x1a8, 4, 0, 0 },
	{ "_EPROCESS Self.Self.Name", KST_OK, 0x3f8, 15, 0, 0 },
	{ "_EPROCESS Nothing", KST_E_NO_MEMBER, 0, 0, 0, 0 },
	{ "_EPROCESS .", KST_E_NO_MEMBER, 0, 0, 0, 0 },
	{ "_EPROCESS [0]", KST_E_NO_MEMBER, 0, 0, 0, 0 },
	{ "_NOTHING Name", KST_E_NO_MEMBER, 0, 0, 0, 0 },
};

static void finds_by_path(void **state)
{
	const struct row *row = *state;
	char message[160] = "", type[64];
	struct tsv *tsv = tsv_parse(table, sizeof table - 1, message, sizeof message);
	struct kst_member m = { .size = sizeof m };
	size_t n = strcspn(row->name, " ");

	assert_string_equal(message, "");
	assert_non_null(tsv);
	memcpy(type, row->name, n);
	type[n] = '\0';
	assert_int_equal(tsv_ops(tsv)->member(tsv, type, row->name + n + 1, &m), row->status);
	if (row->status == KST_OK) {
		assert_int_equal(m.offset, row->offset);
		assert_int_equal(m.length, row->length);
		assert_int_equal(m.bit_pos, row->bit_pos);
		assert_int_equal(m.bit_len, row->bit_len);
	}
	tsv_free(tsv);
}

static void sizes_and_symbols(void **state)
{
	char message[160] = "";
	struct tsv *tsv = tsv_parse(table, sizeof table - 1, message, sizeof message);
	const struct kst_types_ops *ops;
	uint64_t value = 0;

	(void)state;
	assert_non_null(tsv);
	ops = tsv_ops(tsv);
	assert_int_equal(ops->pointer_size, 8);
	assert_int_equal(ops->type_size(tsv, "_EPROCESS", &value), KST_OK);
	assert_int_equal(value, 0x400);
	assert_int_equal(ops->type_size(tsv, "_EPROCESS.Pcb", &value), KST_E_NO_MEMBER);
	assert_int_equal(ops->type_size(tsv, "@PsActiveProcessHead", &value), KST_E_NO_MEMBER);
	assert_int_equal(ops->symbol(tsv, "PsActiveProcessHead", &value), KST_OK);
	assert_int_equal(value, 0x83158); /* the first of two rows */
	assert_int_equal(ops->symbol(tsv, "NoSuchSymbol", &value), KST_E_NO_MEMBER);
	tsv_free(tsv);
	tsv_free(NULL);
}

static void wrong_files_are_refused_with_a_reason(void **state)
{
	static const char *const files[][2] = {
		{ "", "_LIST_ENTRY" },
		{ "_EPROCESS\t0x260\n", "_LIST_ENTRY" },
		{ "_LIST_ENTRY\t0x7\n", "_LIST_ENTRY" },
		{ "_LIST_ENTRY\t8\n", "line 1" },
		{ "_LIST_ENTRY\t0x\n", "line 1" },
		{ "_LIST_ENTRY\t0x8\t\n", "line 1" },
		{ "_LIST_ENTRY\t0x10000000000000000\n", "line 1" },
		{ "# table\n_LIST_ENTRY\t0x8\nThis is a letter.\n", "line 3" },
		{ "_LIST_ENTRY\t0x8\n\t0x8\n", "line 2" },
		{ "_LIST_ENTRY\t0x8\n_A.b\t0x8\n", "line 2" },
		{ "_LIST_ENTRY\t0x8\n@a\t0x8\tULONG\n", "line 2" },
		{ "_LIST_ENTRY\t0x8\n_A.b\t0x8\tULONG\tmore\n", "line 2" },
	};
	char message[160];

	(void)state;
	for (size_t i = 0; i < sizeof files / sizeof files[0]; i++) {
		assert_null(tsv_parse(files[i][0], strlen(files[i][0]), message, sizeof message));
		assert_non_null(strstr(message, files[i][1]));
	}
	assert_null(tsv_parse("_LIST_ENTRY\t0x8\n\0", 17, message, sizeof message));
	assert_string_equal(message, "not a text file");
	assert_null(tsv_load("/no/such/file.tsv", message, sizeof message));
	assert_string_equal(message, "cannot be opened");
}

static void cut_anywhere_it_is_sound(void **state)
{
	char message[160];
	size_t made = 0;

	(void)state;
	for (size_t len = 0; len < sizeof table; len++) {
		char *bytes = malloc(len == 0 ? 1 : len); /* exactly sized: one byte too far is seen */
		struct tsv *tsv;

		assert_non_null(bytes);
		memcpy(bytes, table, len);
		tsv = tsv_parse(bytes, len, message, sizeof message);
		free(bytes);
		if (tsv != NULL) {
			struct kst_layout *layout = malloc(kst_layout_size());

			made++;
			assert_non_null(layout);
			assert_int_equal(kst_layout_init(layout, kst_layout_size(), tsv_ops(tsv), tsv, "table", NULL),
					 KST_OK);
			free(layout);
		}
		tsv_free(tsv);
	}
	assert_true(made > sizeof table / 20);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(sizes_and_symbols),
		cmocka_unit_test(wrong_files_are_refused_with_a_reason),
		cmocka_unit_test(cut_anywhere_it_is_sound),
	};

	return RUN_TESTS_AND_ROWS("layout tables", tests, rows, finds_by_path);
}
