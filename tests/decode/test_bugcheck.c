/* SPDX-License-Identifier: MIT */
#include "support/support.h"

#include <stdlib.h>

struct name_row {
	const char *name; /* expected; "-" for none */
	uint32_t code;
	int32_t manual;
};

static const struct name_row name_rows[] = {
	{ "MEMORY_MANAGEMENT", 0x1a, 0 },
	{ "KMODE_EXCEPTION_NOT_HANDLED", 0x1e, 0 },
	{ "SYSTEM_THREAD_EXCEPTION_NOT_HANDLED", 0x7e, 0 },
	{ "SYSTEM_THREAD_EXCEPTION_NOT_HANDLED_M", 0x1000007e, 0 },
	{ "KERNEL_MODE_HEAP_CORRUPTION", 0x13a, 0 },
	{ "MANUALLY_INITIATED_CRASH", 0xe2, 1 },
	{ "NMI_HARDWARE_FAILURE", 0x80, 1 },
	{ "MANUALLY_INITIATED_CRASH1", 0xdeaddead, 1 },
	{ "APC_INDEX_MISMATCH", 0x1, 0 },
	{ "CRITICAL_PROCESS_DIED", 0xef, 0 },
	{ "LIVE_SYSTEM_DUMP", 0x161, 0 },
	{ "-", 0, 0 },
	{ "-", 0xfffffffe, 0 },
	{ "-", 0x12345, 0 },
};

static void check_name(void **state)
{
	const struct name_row *row = *state;
	const char *name = kst_bugcheck_name(row->code);

	assert_string_equal(name == NULL ? "-" : name, row->name);
	assert_int_equal(kst_bugcheck_is_manual(row->code, NULL), row->manual);
}

static void put(uint8_t *at, unsigned width, uint64_t value)
{
	for (unsigned i = 0; i < width; i++)
		at[i] = (uint8_t)(value >> (8 * i));
}

static void exceptions_of_both_widths(void **state)
{
	uint8_t wide[0x98] = { 0 }, narrow[0x50] = { 0 };
	struct kst_exception e = { .size = sizeof e };

	(void)state;
	put(wide, 4, 0x80000003); /* the reference's x64 example */
	put(wide + 0x10, 8, 0xfffff8047bdf5a80);
	put(wide + 0x18, 4, 1);
	put(wide + 0x20, 8, 0x1122334455667788);
	assert_int_equal(kst_decode_exception(8, wide, sizeof wide, 5, &e, NULL), KST_OK);
	assert_true(e.code == 0x80000003 && e.exception_address == 0xfffff8047bdf5a80 && e.address == 5);
	assert_true(e.information_count == 1 && e.information[0] == 0x1122334455667788 && e.anomalies == 0);
	assert_true(e.present == (KST_EXCEPTION_HAS_CODE | KST_EXCEPTION_HAS_ADDRESS | KST_EXCEPTION_HAS_INFORMATION));
	put(narrow, 4, 0xc0000005);
	put(narrow + 4, 4, 1);
	put(narrow + 8, 4, 0x81234560);
	put(narrow + 0xc, 4, 0x804d8123);
	put(narrow + 0x10, 4, 99);
	put(narrow + 0x14 + 4 * 14, 4, 0xabcd);
	assert_int_equal(kst_decode_exception(4, narrow, sizeof narrow, 0, &e, NULL), KST_OK);
	assert_true(e.code == 0xc0000005 && e.flags == 1 && e.next == 0x81234560 && e.exception_address == 0x804d8123);
	assert_true(e.information_count == 15 && e.information[14] == 0xabcd &&
		    e.anomalies == KST_EXCEPTION_ANOMALY_COUNT);
	for (size_t i = 0; i < sizeof narrow; i++)
		narrow[i] = (uint8_t) "PAGE"[i % 4];
	assert_int_equal(kst_decode_exception(4, narrow, sizeof narrow, 0, &e, NULL), KST_OK);
	assert_true(e.present == 0 && e.anomalies == KST_EXCEPTION_ANOMALY_FILL);
}

static void exceptions_cut_anywhere(void **state)
{
	uint8_t record[0x98] = { 0 };

	(void)state;
	put(record, 4, 0xc0000005);
	put(record + 0x18, 4, 2);
	for (size_t len = 0; len <= sizeof record; len++) {
		struct kst_exception e = { .size = sizeof e };
		uint8_t *exact = malloc(len + 1);
		uint64_t expected = (len >= 8 ? KST_EXCEPTION_HAS_CODE : 0u) |
				    (len >= 0x18 ? KST_EXCEPTION_HAS_ADDRESS : 0u) |
				    (len >= 0x30 ? KST_EXCEPTION_HAS_INFORMATION : 0u);

		assert_non_null(exact);
		memcpy(exact, record, len);
		assert_int_equal(kst_decode_exception(8, exact, len, 0, &e, NULL), KST_OK);
		assert_true(e.present == expected);
		free(exact);
	}
}

struct context_row {
	const char *name;
	uint32_t arch;
	size_t length;
	unsigned flags_at;
	uint32_t flags;
	unsigned ip_at, sp_at, fp_at, width;
	unsigned gpr, gpr_at; /* one register and its place */
	uint64_t present;
	uint64_t anomalies;
};

#define ALL (KST_CONTEXT_HAS_FLAGS | KST_CONTEXT_HAS_CONTROL | KST_CONTEXT_HAS_INTEGER)

static const struct context_row context_rows[] = {
	{ "x86", KST_ARCH_X86, 0x2cc, 0, 0x10007, 0xb8, 0xc4, 0xb4, 4, 0, 0xb0, ALL | KST_CONTEXT_HAS_SEGMENTS, 0 },
	{ "x64 of a dump", KST_ARCH_X64, 0x4d0, 0x30, 0x10001f, 0xf8, 0x98, 0xa0, 8, 15, 0xf0,
	  ALL | KST_CONTEXT_HAS_SEGMENTS, 0 },
	{ "x64 control only", KST_ARCH_X64, 0x4d0, 0x30, 0x100001, 0xf8, 0x98, 0xa0, 8, 16, 0x78,
	  KST_CONTEXT_HAS_FLAGS | KST_CONTEXT_HAS_CONTROL, 0 },
	{ "arm64", KST_ARCH_ARM64, 0x390, 0, 0x400007, 0x108, 0x100, 0xf0, 8, 28, 0xe8, ALL, 0 },
	{ "x64 read as x86", KST_ARCH_X86, 0x4d0, 0, 0x10001f, 0xb8, 0xc4, 0xb4, 4, 16, 0, KST_CONTEXT_HAS_FLAGS,
	  KST_CONTEXT_ANOMALY_ARCH },
	{ "flags are fill", KST_ARCH_X64, 0x4d0, 0x30, 0x45470000, 0xf8, 0x98, 0xa0, 8, 16, 0, KST_CONTEXT_HAS_FLAGS,
	  KST_CONTEXT_ANOMALY_ARCH },
};

static void check_context(void **state)
{
	const struct context_row *row = *state;
	uint8_t record[0x4d0] = { 0 };

	put(record + row->ip_at, row->width, 0x87654321);
	put(record + row->sp_at, row->width, 0x76543210);
	put(record + row->fp_at, row->width, 0x65432100);
	if (row->gpr < 16 || row->arch == KST_ARCH_ARM64)
		put(record + row->gpr_at, row->width, 0x13579bdf);
	put(record + row->flags_at, 4, row->flags);
	for (size_t len = 0; len <= row->length; len++) {
		struct kst_context c = { .size = sizeof c };
		uint8_t *exact = malloc(len + 1);

		assert_non_null(exact);
		memcpy(exact, record, len);
		assert_int_equal(kst_decode_context(row->arch, exact, len, 7, &c, NULL), KST_OK);
		assert_true((c.present & ~row->present) == 0 && c.address == 7 && c.arch == row->arch);
		if ((c.present & KST_CONTEXT_HAS_CONTROL) != 0) {
			assert_true(len >= row->ip_at + row->width && len >= row->sp_at + row->width);
			assert_true(c.ip == 0x87654321 && c.sp == 0x76543210);
		}
		if ((c.present & KST_CONTEXT_HAS_INTEGER) != 0)
			assert_true(c.gpr[row->gpr] == 0x13579bdf && c.gpr_count > row->gpr);
		if (len == row->length) {
			assert_true(c.present == row->present && c.anomalies == row->anomalies);
			assert_true((c.present & KST_CONTEXT_HAS_CONTROL) == 0 || c.fp == 0x65432100);
		}
		free(exact);
	}
}

static void arguments(void **state)
{
	struct kst_exception e = { .size = sizeof e };
	struct kst_context c = { .size = sizeof c };
	uint8_t byte = 0;

	(void)state;
	assert_int_equal(kst_decode_exception(5, &byte, 1, 0, &e, NULL), KST_E_ARG);
	assert_int_equal(kst_decode_exception(4, NULL, 1, 0, &e, NULL), KST_E_ARG);
	assert_int_equal(kst_decode_context(KST_ARCH_X64, &byte, 1, 0, NULL, NULL), KST_E_ARG);
	assert_int_equal(kst_decode_context(KST_ARCH_UNKNOWN, &byte, 1, 0, &c, NULL), KST_E_UNSUPPORTED);
	e.size = 1;
	c.size = 1;
	assert_int_equal(kst_decode_exception(4, &byte, 1, 0, &e, NULL), KST_E_ABI);
	assert_int_equal(kst_decode_context(KST_ARCH_X64, &byte, 1, 0, &c, NULL), KST_E_ABI);
	assert_string_equal(kst_exception_anomaly_name(KST_EXCEPTION_ANOMALY_FILL), "fill");
	assert_string_equal(kst_context_anomaly_name(KST_CONTEXT_ANOMALY_ARCH), "arch");
	assert_null(kst_context_anomaly_name(0x8));
}

int main(void)
{
	struct CMUnitTest tests[96] = {
		cmocka_unit_test(exceptions_of_both_widths),
		cmocka_unit_test(exceptions_cut_anywhere),
		cmocka_unit_test(arguments),
	};
	size_t n = 3;

	n += ROWS_TO_TESTS(tests + n, name_rows, check_name);
	n += ROWS_TO_TESTS(tests + n, context_rows, check_context);
	return _cmocka_run_group_tests("exceptions", tests, n, NULL, NULL);
}
