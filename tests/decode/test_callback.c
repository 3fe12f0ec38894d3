/* SPDX-License-Identifier: MIT */
/* The routine block: function after the rundown word, on both pointer sizes; truncation. */
#include "support/support.h"

#include <stdlib.h>

struct row {
	const char *name;
	uint32_t arch, build, width;
	uint64_t function, context, anomalies;
};

static const struct row rows[] = {
	{ "x86", KST_ARCH_X86, 2600, 4, 0xf9b9328a, 0x10, 0 },
	{ "x64", KST_ARCH_X64, 7601, 8, 0xfffff880011d1ea8, 0x4c616221, 0 },
	{ "a routine in user memory", KST_ARCH_X64, 19041, 8, 0x7ff612340000, 0, KST_CALLBACK_ANOMALY_FUNCTION },
};

static void decodes(void **state)
{
	const struct row *row = *state;
	struct kst_layout *layout = layout_builtin(row->arch, row->build, 0);
	uint8_t bytes[24] = { 0x10 };

	for (size_t i = 0; i < row->width; i++) {
		bytes[row->width + i] = (uint8_t)(row->function >> (8 * i));
		bytes[2 * row->width + i] = (uint8_t)(row->context >> (8 * i));
	}
	for (size_t len = 0; len <= 3 * row->width; len++) {
		struct kst_callback c = { .size = sizeof c };
		uint8_t *exact = malloc(len == 0 ? 1 : len);

		assert_non_null(exact);
		memcpy(exact, bytes, len);
		assert_int_equal(kst_decode_callback(layout, exact, len, 0xe101e578, &c, NULL), KST_OK);
		assert_true(((c.present & KST_CALLBACK_HAS_FUNCTION) != 0) == (len >= 2 * row->width));
		assert_true(((c.present & KST_CALLBACK_HAS_CONTEXT) != 0) == (len >= 3 * row->width));
		assert_true(c.block == 0xe101e578);
		if (len == 3 * row->width) {
			assert_true(c.function == row->function && c.context == row->context);
			assert_int_equal(c.anomalies, row->anomalies);
		}
		free(exact);
	}
	free(layout);
}

int main(void)
{
	return RUN_ROWS("callback", rows, decodes);
}
