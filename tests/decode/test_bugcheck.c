/* SPDX-License-Identifier: MIT */
/* Codes and names of bug checks; exception records and contexts as the public headers of each architecture have them. */
#include "support/support.h"

#include <stdbool.h>
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
	{ "WINLOGON_FATAL_ERROR", 0xc000021a, 0 },
	{ "MANUALLY_INITIATED_CRASH1", 0xdeaddead, 1 },
	{ "APC_INDEX_MISMATCH", 0x1, 0 },
	{ "CRITICAL_PROCESS_DIED", 0xef, 0 },
	{ "LIVE_SYSTEM_DUMP", 0x161, 0 },
	{ "MAXIMUM_WAIT_OBJECTS_EXCEEDED", 0xc, 0 },
	{ "KERNEL_SECURITY_CHECK_FAILURE", 0x139, 0 },
	{ "IPI_WATCHDOG_TIMEOUT", 0x1db, 0 },
	{ "BC_BTHMINI_VERIFIER_FAULT", 0xbff, 0 },
	{ "HYPERVISOR_ERROR", 0x20001, 0 },
	{ "THREAD_TERMINATE_HELD_MUTEX", 0x4000008a, 0 },
	{ "STATUS_IMAGE_CHECKSUM_MISMATCH", 0xc0000221, 0 },
	{ "-", 0, 0 },
	{ "-", 0x13, 0 },
	{ "-", 0x12345, 0 },
	{ "-", 0xdeaddeac, 0 },
	{ "-", 0xdeaddeae, 0 },
	{ "-", 0xffffffff, 0 },
};

static void check_name(void **state)
{
	const struct name_row *row = *state;
	const uint64_t parameters[4] = { 1, 2, 3, 4 };
	const char *name = kst_bugcheck_name(row->code);

	assert_string_equal(name == NULL ? "-" : name, row->name);
	assert_int_equal(kst_bugcheck_is_manual(row->code, NULL), row->manual);
	assert_int_equal(kst_bugcheck_is_manual(row->code, parameters), row->manual);
}

/* 338 codes below 10000 are documented, and none of them twice. */
static void every_code_is_found(void **state)
{
	unsigned found = 0, manual = 0;

	(void)state;
	for (uint32_t code = 0; code < 0x10000; code++) {
		const char *name = kst_bugcheck_name(code);

		found += name != NULL && name[0] >= 'A' && name[0] <= 'Z';
		manual += kst_bugcheck_is_manual(code, NULL) != 0;
	}
	assert_int_equal(found, 338);
	assert_int_equal(manual, 2);
}

static void put(uint8_t *at, unsigned width, uint64_t value)
{
	for (unsigned i = 0; i < width; i++)
		at[i] = (uint8_t)(value >> (8 * i));
}

static uint64_t number(const uint8_t *at, unsigned width)
{
	uint64_t value = 0;

	for (unsigned i = 0; i < width; i++)
		value |= (uint64_t)at[i] << (8 * i);
	return value;
}

/* Bytes of which no two neighbouring numbers are the same, all with their top bit set. */
static void fill_pattern(uint8_t *record, size_t len)
{
	for (size_t i = 0; i < len; i++)
		record[i] = (uint8_t)(0x80 | (i * 0x3b + i / 128 * 0x11));
}

/* EXCEPTION_RECORD32 and 64 (winnt.h): code at 0, flags at 4, next at 8. */
struct exception_row {
	const char *name;
	uint32_t pointer_size, count;
	unsigned address_at, count_at, information_at, whole;
	uint32_t taken;
	uint64_t anomalies;
};

#define WIDE   0x10, 0x18, 0x20, 0x98
#define NARROW 0x0c, 0x10, 0x14, 0x50

static const struct exception_row exception_rows[] = {
	{ "x64, no parameters", 8, 0, WIDE, 0, 0 },
	{ "x64, one parameter", 8, 1, WIDE, 1, 0 },
	{ "x64, an access violation's two", 8, 2, WIDE, 2, 0 },
	{ "x64, all parameters", 8, 15, WIDE, 15, 0 },
	{ "x64, one too many", 8, 16, WIDE, 15, KST_EXCEPTION_ANOMALY_COUNT },
	{ "x64, far too many", 8, 0xffffffff, WIDE, 15, KST_EXCEPTION_ANOMALY_COUNT },
	{ "x86, no parameters", 4, 0, NARROW, 0, 0 },
	{ "x86, one parameter", 4, 1, NARROW, 1, 0 },
	{ "x86, all parameters", 4, 15, NARROW, 15, 0 },
	{ "x86, one too many", 4, 16, NARROW, 15, KST_EXCEPTION_ANOMALY_COUNT },
	{ "x86, far too many", 4, 0x80000001, NARROW, 15, KST_EXCEPTION_ANOMALY_COUNT },
};

/* At every length: what is claimed lies within it, and has its value. */
static void check_exception(void **state)
{
	const struct exception_row *row = *state;
	uint8_t record[0x98];

	fill_pattern(record, sizeof record);
	put(record, 4, 0xc0000005);
	put(record + 4, 4, 0x81000001);
	put(record + row->count_at, 4, row->count);
	for (size_t len = 0; len <= row->whole; len++) {
		struct kst_exception e = { .size = sizeof e };
		uint8_t *exact = malloc(len == 0 ? 1 : len);
		unsigned end = row->information_at + row->taken * row->pointer_size;
		uint64_t present = (len >= 8 ? 0x1u : 0) | (len >= row->address_at + row->pointer_size ? 0x2u : 0) |
				   (len >= end ? 0x4u : 0);

		assert_non_null(exact);
		memcpy(exact, record, len);
		assert_int_equal(kst_decode_exception(row->pointer_size, exact, len, 0x1235, &e, NULL), KST_OK);
		free(exact);
		assert_true(e.size == sizeof e && e.address == 0x1235 && e.present == present);
		assert_true(e.anomalies == (len >= row->count_at + 4 ? row->anomalies : 0));
		assert_true(e.code == (len >= 8 ? 0xc0000005 : 0) && e.flags == (len >= 8 ? 0x81000001 : 0));
		if ((present & KST_EXCEPTION_HAS_ADDRESS) != 0)
			assert_true(e.next == number(record + 8, row->pointer_size) &&
				    e.exception_address == number(record + row->address_at, row->pointer_size));
		else
			assert_true(e.next == 0 && e.exception_address == 0);
		assert_int_equal(e.information_count, len >= end ? row->taken : 0);
		for (unsigned i = 0; i < 15; i++)
			assert_true(e.information[i] == (i < e.information_count ? number(record + row->information_at +
												  i * row->pointer_size,
											  row->pointer_size)
										 : 0));
	}
}

/* The reference's x64 example: the breakpoint of the writer of a dump. */
static void published_exception(void **state)
{
	uint8_t wide[0x98] = { 0 };
	struct kst_exception e = { .size = sizeof e };

	(void)state;
	put(wide, 4, 0x80000003);
	put(wide + 0x10, 8, 0xfffff8047bdf5a80);
	put(wide + 0x18, 4, 1);
	assert_int_equal(kst_decode_exception(8, wide, sizeof wide, 5, &e, NULL), KST_OK);
	assert_true(e.code == 0x80000003 && e.exception_address == 0xfffff8047bdf5a80 && e.address == 5);
	assert_true(e.information_count == 1 && e.information[0] == 0 && e.anomalies == 0 && e.present == 0x7);
}

/* Only both words of it are the fill pattern; one of them may be a code or flags. */
static void fill_is_no_exception(void **state)
{
	uint8_t fill[0x98], damaged[0x98];
	struct kst_exception e = { .size = sizeof e };

	(void)state;
	for (size_t i = 0; i < sizeof fill; i++)
		fill[i] = (uint8_t) "PAGE"[i % 4];
	for (size_t len = 0; len <= sizeof fill; len++) {
		for (uint32_t pointer_size = 4; pointer_size <= 8; pointer_size += 4) {
			assert_int_equal(kst_decode_exception(pointer_size, fill, len, 0, &e, NULL), KST_OK);
			assert_true(e.present == 0 && e.anomalies == (len >= 8 ? KST_EXCEPTION_ANOMALY_FILL : 0u));
			assert_true(e.code == 0 && e.flags == 0 && e.next == 0 && e.information_count == 0);
		}
	}
	for (size_t i = 0; i < 8; i++) {
		memcpy(damaged, fill, sizeof fill);
		damaged[i] ^= 0x80;
		assert_int_equal(kst_decode_exception(8, damaged, sizeof damaged, 0, &e, NULL), KST_OK);
		assert_true(e.present == 0x7 && e.anomalies == KST_EXCEPTION_ANOMALY_COUNT);
		assert_true(e.code == (i < 4 ? 0x45474150u ^ 0x80u << (8 * i) : 0x45474150u));
		assert_true(e.flags == (i < 4 ? 0x45474150u : 0x45474150u ^ 0x80u << (8 * (i - 4))));
	}
}

/* Where winnt.h has what, and how many bytes each group of ContextFlags needs. */
struct machine {
	const char *name;
	uint32_t arch, arch_flag;
	unsigned flags_at, eflags, ip, sp, fp, width;
	unsigned cs, ds, es, fs, gs, ss;
	unsigned control_end, integers_end, segments_end; /* segments_end 0: there are none */
	unsigned gpr_count;
	unsigned gpr[33];
};

/* clang-format off */
static const struct machine machines[] = {
	{ .name = "x86", .arch = KST_ARCH_X86, .arch_flag = 0x10000, .flags_at = 0x0, .eflags = 0xc0,
	  .ip = 0xb8, .sp = 0xc4, .fp = 0xb4, .width = 4,
	  .cs = 0xbc, .ds = 0x98, .es = 0x94, .fs = 0x90, .gs = 0x8c, .ss = 0xc8,
	  .control_end = 0xcc, .integers_end = 0xc8, .segments_end = 0x9c, .gpr_count = 8,
	  .gpr = { 0xb0, 0xac, 0xa8, 0xa4, 0xc4, 0xb4, 0xa0, 0x9c } },
	{ .name = "x64", .arch = KST_ARCH_X64, .arch_flag = 0x100000, .flags_at = 0x30, .eflags = 0x44,
	  .ip = 0xf8, .sp = 0x98, .fp = 0xa0, .width = 8,
	  .cs = 0x38, .ds = 0x3a, .es = 0x3c, .fs = 0x3e, .gs = 0x40, .ss = 0x42,
	  .control_end = 0x100, .integers_end = 0xf8, .segments_end = 0x42, .gpr_count = 16,
	  .gpr = { 0x78, 0x80, 0x88, 0x90, 0x98, 0xa0, 0xa8, 0xb0, 0xb8, 0xc0, 0xc8, 0xd0, 0xd8, 0xe0, 0xe8, 0xf0 } },
	{ .name = "arm64", .arch = KST_ARCH_ARM64, .arch_flag = 0x400000, .flags_at = 0x0, .eflags = 0x4,
	  .ip = 0x108, .sp = 0x100, .fp = 0xf0, .width = 8,
	  .control_end = 0x110, .integers_end = 0x110, .segments_end = 0, .gpr_count = 33,
	  .gpr = { 0x8, 0x10, 0x18, 0x20, 0x28, 0x30, 0x38, 0x40, 0x48, 0x50, 0x58, 0x60, 0x68, 0x70, 0x78, 0x80, 0x88,
		   0x90, 0x98, 0xa0, 0xa8, 0xb0, 0xb8, 0xc0, 0xc8, 0xd0, 0xd8, 0xe0, 0xe8, 0xf0, 0xf8, 0x100, 0x108 } },
};
/* clang-format on */

static void check_registers(const struct machine *m, const uint8_t *record, size_t len, uint32_t flags,
			    const struct kst_context *c)
{
	bool segments = m->segments_end != 0;
	uint64_t present = 0, fp = 0;

	if (len >= m->flags_at + 4) {
		present = KST_CONTEXT_HAS_FLAGS |
			  ((flags & 1) != 0 && len >= m->control_end ? KST_CONTEXT_HAS_CONTROL : 0u) |
			  ((flags & 2) != 0 && len >= m->integers_end ? KST_CONTEXT_HAS_INTEGER : 0u) |
			  ((flags & 4) != 0 && segments && len >= m->segments_end ? KST_CONTEXT_HAS_SEGMENTS : 0u);
		if ((flags & 3) != 0 && len >= m->fp + m->width)
			fp = number(record + m->fp, m->width);
	}
	assert_true(c->present == present && c->anomalies == 0);
	assert_true(c->size == sizeof *c && c->arch == m->arch && c->address == 0x77 && c->gpr_count == m->gpr_count);
	assert_true(c->context_flags == ((present & KST_CONTEXT_HAS_FLAGS) != 0 ? flags : 0));
	assert_true(c->fp == fp);
	if ((present & KST_CONTEXT_HAS_CONTROL) != 0) {
		assert_true(c->ip == number(record + m->ip, m->width) && c->sp == number(record + m->sp, m->width));
		assert_true(c->eflags == number(record + m->eflags, 4));
		/* selectors have 16 bits, also where they are stored in 32 */
		assert_true(c->cs == (segments ? number(record + m->cs, 2) : 0) &&
			    c->ss == (segments ? number(record + m->ss, 2) : 0));
	} else {
		assert_true(c->eflags == 0 && c->cs == 0 && c->ss == 0);
	}
	for (unsigned i = 0; i < m->gpr_count && (present & KST_CONTEXT_HAS_INTEGER) != 0; i++)
		assert_true(c->gpr[i] == number(record + m->gpr[i], m->width));
	for (unsigned i = m->gpr_count; i < 33; i++)
		assert_true(c->gpr[i] == 0);
	if ((present & KST_CONTEXT_HAS_SEGMENTS) != 0)
		assert_true(c->ds == number(record + m->ds, 2) && c->es == number(record + m->es, 2) &&
			    c->fs == number(record + m->fs, 2) && c->gs == number(record + m->gs, 2));
	else
		assert_true(c->ds == 0 && c->es == 0 && c->fs == 0 && c->gs == 0);
}

/* Every choice of the groups control, integer, segments; at every length. */
static void check_machine(void **state)
{
	const struct machine *m = *state;
	uint8_t record[0x4d0];

	for (uint32_t groups = 0; groups < 8; groups++) {
		uint32_t flags = m->arch_flag | 0x80000018 | groups; /* with others that mean nothing here */

		fill_pattern(record, sizeof record);
		put(record + m->flags_at, 4, flags);
		for (size_t len = 0; len <= 0x120; len++) {
			struct kst_context c = { .size = sizeof c };
			uint8_t *exact = malloc(len == 0 ? 1 : len);

			assert_non_null(exact);
			memcpy(exact, record, len);
			assert_int_equal(kst_decode_context(m->arch, exact, len, 0x77, &c, NULL), KST_OK);
			check_registers(m, record, len, flags, &c);
			free(exact);
		}
	}
}

/* A record of another architecture, or of none: its flags are told, nothing else is believed. */
static void context_of_another_machine(void **state)
{
	static const struct kst_context empty;
	static const uint32_t foreign[][6] = { { 0x10001f, 0x400007, 0x20007, 0x8007, 0x45400000, 0xffeeffff },
					       { 0x10007, 0x400007, 0x200007, 0x80007, 0x45470000, 0xffefffff },
					       { 0x10007, 0x10001f, 0x200007, 0x800007, 0x45070000, 0xffbfffff } };

	(void)state;
	for (size_t i = 0; i < 3; i++) {
		for (size_t k = 0; k < 6; k++) {
			struct kst_context c = { .size = sizeof c }, expected = empty;
			uint8_t record[0x4d0];

			fill_pattern(record, sizeof record);
			put(record + machines[i].flags_at, 4, foreign[i][k]);
			expected.size = sizeof expected;
			expected.arch = machines[i].arch;
			expected.present = KST_CONTEXT_HAS_FLAGS;
			expected.anomalies = KST_CONTEXT_ANOMALY_ARCH;
			expected.address = 0xfffff80012345678;
			expected.context_flags = foreign[i][k];
			expected.gpr_count = machines[i].gpr_count;
			assert_int_equal(kst_decode_context(machines[i].arch, record, sizeof record, 0xfffff80012345678,
							    &c, NULL),
					 KST_OK);
			assert_memory_equal(&c, &expected, sizeof c);
		}
	}
}

static void arguments(void **state)
{
	struct kst_exception e, e_before;
	struct kst_context c, c_before;
	struct kst_error err = { .size = sizeof err };
	uint8_t byte = 0;

	(void)state;
	memset(&e_before, 0x5a, sizeof e_before);
	memset(&c_before, 0x5a, sizeof c_before);
	e_before.size = sizeof e;
	c_before.size = sizeof c;
	e = e_before;
	c = c_before;
	for (uint32_t size = 0; size < 10; size++)
		if (size != 4 && size != 8)
			assert_int_equal(kst_decode_exception(size, &byte, 1, 9, &e, &err), KST_E_ARG);
	assert_true(err.code == KST_E_ARG && err.address == 9);
	assert_int_equal(kst_decode_exception(4, NULL, 1, 0, &e, NULL), KST_E_ARG);
	assert_int_equal(kst_decode_exception(4, &byte, 1, 0, NULL, NULL), KST_E_ARG);
	assert_int_equal(kst_decode_context(KST_ARCH_X64, &byte, 1, 8, NULL, &err), KST_E_ARG);
	assert_true(err.code == KST_E_ARG && err.address == 8);
	assert_int_equal(kst_decode_context(KST_ARCH_X64, NULL, 1, 0, &c, NULL), KST_E_ARG);
	assert_int_equal(kst_decode_context(KST_ARCH_UNKNOWN, &byte, 1, 7, &c, &err), KST_E_UNSUPPORTED);
	assert_true(err.code == KST_E_UNSUPPORTED && err.address == 7);
	assert_int_equal(kst_decode_context(4, &byte, 1, 7, &c, NULL), KST_E_UNSUPPORTED);
	e.size = e_before.size = sizeof e - 1;
	c.size = c_before.size = sizeof c - 1;
	assert_int_equal(kst_decode_exception(4, &byte, 1, 6, &e, &err), KST_E_ABI);
	assert_true(err.code == KST_E_ABI && err.address == 6);
	assert_int_equal(kst_decode_context(KST_ARCH_X64, &byte, 1, 5, &c, &err), KST_E_ABI);
	assert_true(err.code == KST_E_ABI && err.address == 5);
	assert_memory_equal(&e, &e_before, sizeof e);
	assert_memory_equal(&c, &c_before, sizeof c);
	/* no bytes are a record of which nothing is there */
	e.size = sizeof e;
	c.size = sizeof c;
	assert_int_equal(kst_decode_exception(4, NULL, 0, 0, &e, NULL), KST_OK);
	assert_int_equal(kst_decode_context(KST_ARCH_X86, NULL, 0, 0, &c, NULL), KST_OK);
	assert_true(e.present == 0 && e.anomalies == 0 && c.present == 0 && c.anomalies == 0);
}

static void anomaly_names(void **state)
{
	(void)state;
	assert_string_equal(kst_exception_anomaly_name(KST_EXCEPTION_ANOMALY_COUNT), "count");
	assert_string_equal(kst_exception_anomaly_name(KST_EXCEPTION_ANOMALY_FILL), "fill");
	assert_null(kst_exception_anomaly_name(0));
	assert_null(kst_exception_anomaly_name(0x4));
	assert_string_equal(kst_context_anomaly_name(KST_CONTEXT_ANOMALY_ARCH), "arch");
	assert_null(kst_context_anomaly_name(0));
	assert_null(kst_context_anomaly_name(0x2));
}

int main(void)
{
	struct CMUnitTest tests[96] = {
		cmocka_unit_test(every_code_is_found),
		cmocka_unit_test(published_exception),
		cmocka_unit_test(fill_is_no_exception),
		cmocka_unit_test(context_of_another_machine),
		cmocka_unit_test(arguments),
		cmocka_unit_test(anomaly_names),
	};
	size_t n = 6;

	n += ROWS_TO_TESTS(tests + n, name_rows, check_name);
	n += ROWS_TO_TESTS(tests + n, exception_rows, check_exception);
	n += ROWS_TO_TESTS(tests + n, machines, check_machine);
	return _cmocka_run_group_tests("exceptions", tests, n, NULL, NULL);
}
