/* SPDX-License-Identifier: MIT */
/* KDPC: published values, and truncation at every length. */
#include "support/support.h"

#include <stdlib.h>

struct row {
	const char *name;
	uint32_t arch, build;
	uint64_t words[8];
	uint32_t type, kind, importance, number;
	uint64_t routine, context;
	uint64_t anomalies;
};

/* The 64-bit rows are read from a public triage dump of 19041 (bug check 133). */
static const struct row rows[] = {
	{ "normal, targeted",
	  KST_ARCH_X64,
	  19041,
	  { 0x05040313, 0xffffbd815b417548, 0x10, 0xfffff80056c525e0, 0xffffa8806b500180, 0, 0, 1 },
	  0x13,
	  KST_DPC_NORMAL,
	  3,
	  0x504,
	  0xfffff80056c525e0,
	  0xffffa8806b500180,
	  0 },
	{ "threaded",
	  KST_ARCH_X64,
	  19041,
	  { 0x0504021a, 0, 0x10, 0xfffff80056d26130, 4, 0, 0, 1 },
	  0x1a,
	  KST_DPC_THREADED,
	  2,
	  0x504,
	  0xfffff80056d26130,
	  4,
	  0 },
	{ "active, no longer queued",
	  KST_ARCH_X64,
	  19041,
	  { 0x113, 0, 0, 0xfffff80470b669c0, 0xffffd68fe390e408, 0, 0, 0 },
	  0x13,
	  KST_DPC_NORMAL,
	  1,
	  0,
	  0xfffff80470b669c0,
	  0xffffd68fe390e408,
	  0 },
	{ "no DPC at all",
	  KST_ARCH_X64,
	  19041,
	  { 0x05, 0, 0, 0x1000, 0, 0, 0, 0 },
	  5,
	  KST_DPC_NORMAL,
	  0,
	  0,
	  0x1000,
	  0,
	  KST_DPC_ANOMALY_TYPE | KST_DPC_ANOMALY_ROUTINE },
};

static void decodes(void **state)
{
	const struct row *row = *state;
	struct kst_layout *layout = layout_builtin(row->arch, row->build, 0);
	struct kst_dpc d = { .size = sizeof d };
	uint8_t bytes[64];
	uint64_t before = 0;

	for (size_t i = 0; i < 64; i++)
		bytes[i] = (uint8_t)(row->words[i / 8] >> (8 * (i % 8)));
	assert_int_equal(kst_decode_dpc(layout, bytes, sizeof bytes, 0xffffa8806b508290, &d, NULL), KST_OK);
	assert_int_equal(d.type, row->type);
	assert_int_equal(d.kind, row->kind);
	assert_int_equal(d.importance, row->importance);
	assert_int_equal(d.number, row->number);
	assert_true(d.address == 0xffffa8806b508290 && d.routine == row->routine && d.context == row->context);
	assert_true(d.dpc_data == row->words[7] && d.processor_history == row->words[2]);
	assert_int_equal(d.anomalies, row->anomalies);
	assert_int_equal(d.present, 0xff);
	for (size_t len = 0; len <= 64; len++) {
		uint8_t *exact = malloc(len == 0 ? 1 : len);

		assert_non_null(exact);
		memcpy(exact, bytes, len);
		d = (struct kst_dpc){ .size = sizeof d };
		assert_int_equal(kst_decode_dpc(layout, exact, len, 0, &d, NULL), KST_OK);
		assert_true((d.present & before) == before); /* more bytes, never less */
		assert_true(((d.present & KST_DPC_HAS_ROUTINE) != 0) == (len >= 0x20));
		assert_true(((d.present & KST_DPC_HAS_DPC_DATA) != 0) == (len >= 0x40));
		before = d.present;
		free(exact);
	}
	free(layout);
}

static void refuses_wrong_calls(void **state)
{
	struct kst_dpc d = { .size = 8, .type = 77 };

	(void)state;
	assert_int_equal(kst_decode_dpc(NULL, NULL, 0, 0, &d, NULL), KST_E_ARG);
	struct kst_layout *layout = layout_builtin(KST_ARCH_X86, 2600, 0);
	assert_int_equal(kst_decode_dpc(layout, NULL, 0, 0, &d, NULL), KST_E_ABI);
	assert_int_equal(d.type, 77);
	free(layout);
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(refuses_wrong_calls) };

	return RUN_TESTS_AND_ROWS("dpc", tests, rows, decodes);
}
