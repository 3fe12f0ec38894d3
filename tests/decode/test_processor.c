/* SPDX-License-Identifier: MIT */
/* KPRCB: every member at its place, truncation, nothing invented. */
#include "support/support.h"

#include <stdlib.h>

static void decodes_and_truncates(void **state)
{
	struct kst_layout *layout = layout_builtin(KST_ARCH_X64, 19041, 0);
	struct kst_processor p = { .size = sizeof p };
	uint8_t *bytes = calloc(1, 0xaf00);
	const struct {
		size_t at;
		uint64_t value;
	} words[] = {
		{ 8, 0xffff80065b87d080 },      { 0x18, 0xfffff8030c527a00 },   { 0x3110, 0xfffff80311a7dfb0 },
		{ 0x85d8, 0xfffff80311a84000 }, { 0x7f28, 0xfffff80311a8bfb0 },
	};

	(void)state;
	assert_non_null(bytes);
	for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
		for (size_t k = 0; k < 8; k++)
			bytes[words[i].at + k] = (uint8_t)(words[i].value >> (8 * k));
	bytes[0x24] = 3;
	bytes[0x312a] = 1;
	assert_int_equal(kst_decode_processor(layout, bytes, 0xaf00, 0xfffff80309064180, &p, NULL), KST_OK);
	assert_true(p.kprcb == 0xfffff80309064180 && p.current_thread == words[0].value &&
		    p.idle_thread == words[1].value);
	assert_true(p.dpc_stack == words[2].value && p.isr_stack == words[3].value &&
		    p.exception_stack == words[4].value);
	assert_int_equal(p.number, 3);
	assert_int_equal(p.dpc_routine_active, 1);
	assert_int_equal(p.anomalies, 0);
	assert_true((p.present & KST_PROCESSOR_HAS_CONTEXT) == 0); /* all zero: never saved */
	for (size_t len = 0; len <= 0xaf00; len += len < 0x40 ? 1 : 0x101) {
		uint8_t *exact = malloc(len == 0 ? 1 : len);

		assert_non_null(exact);
		memcpy(exact, bytes, len);
		p = (struct kst_processor){ .size = sizeof p };
		assert_int_equal(kst_decode_processor(layout, exact, len, 0, &p, NULL), KST_OK);
		assert_true(((p.present & KST_PROCESSOR_HAS_CURRENT_THREAD) != 0) == (len >= 0x10));
		assert_true(((p.present & KST_PROCESSOR_HAS_DPC_STACK) != 0) == (len >= 0x3118));
		assert_true(((p.present & KST_PROCESSOR_HAS_ISR_STACK) != 0) == (len >= 0x85e0));
		free(exact);
	}
	bytes[8 + 7] = 0; /* a thread in user memory */
	assert_int_equal(kst_decode_processor(layout, bytes, 0xaf00, 0, &p, NULL), KST_OK);
	assert_int_equal(p.anomalies, KST_PROCESSOR_ANOMALY_THREAD);
	free(bytes);
	free(layout);
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(decodes_and_truncates) };

	return cmocka_run_group_tests_name("processor", tests, NULL, NULL);
}
