/* SPDX-License-Identifier: MIT */
/* Records of the three logs in several layouts; truncation. */
#include "support/support.h"

#include <stdlib.h>

struct row {
	const char *name;
	uint32_t arch, build, log, size, frames, width;
};

static const struct row rows[] = {
	{ "pool, Vista x86", KST_ARCH_X86, 6000, KST_VERIFIER_POOL, 0x40, 13, 4 },
	{ "pool, 7 x64", KST_ARCH_X64, 7600, KST_VERIFIER_POOL, 0x80, 13, 8 },
	{ "pool, 22000", KST_ARCH_X64, 22000, KST_VERIFIER_POOL, 0x1a8, 50, 8 },
	{ "IRP, 8 x86", KST_ARCH_X86, 9200, KST_VERIFIER_IRP, 0x40, 12, 4 },
	{ "IRP, 22000", KST_ARCH_X64, 22000, KST_VERIFIER_IRP, 0x80, 13, 8 },
	{ "critical region, 7 x64", KST_ARCH_X64, 7600, KST_VERIFIER_CRITICAL_REGION, 0x40, 7, 8 },
	{ "critical region, 8 x86", KST_ARCH_X86, 9200, KST_VERIFIER_CRITICAL_REGION, 0x20, 7, 4 },
};

static void put(uint8_t *bytes, size_t at, uint64_t value, size_t width)
{
	for (size_t i = 0; i < width; i++)
		bytes[at + i] = (uint8_t)(value >> (8 * i));
}

static void decodes(void **state)
{
	const struct row *row = *state;
	struct kst_layout *layout = layout_builtin(row->arch, row->build, 0);
	uint64_t kernel = row->width == 4 ? 0x82000000 : 0xfffff80000000000;
	size_t w = row->width, stack = row->size - row->frames * w;
	uint8_t bytes[0x1a8] = { 0 };

	if (row->log != KST_VERIFIER_CRITICAL_REGION) {
		put(bytes, 0, kernel + 0x100, w);
		put(bytes, row->log == KST_VERIFIER_POOL ? 2 * w : w, kernel + 0x200, w);
	} else {
		put(bytes, 0, kernel + 0x200, w);
	}
	if (row->log == KST_VERIFIER_POOL)
		put(bytes, w, 0x168, w);
	if (row->log == KST_VERIFIER_IRP) {
		put(bytes, 2 * w, 0xffff, 2);
		put(bytes, 2 * w + 2, 0xfffe, 2);
		put(bytes, 2 * w + 4, 2, 1);
	}
	for (uint32_t i = 0; i < row->frames; i++)
		put(bytes, stack + i * w, kernel + 0x1000 + i, w);
	for (size_t len = 0; len <= row->size; len++) {
		struct kst_verifier_entry e = { .size = sizeof e };
		uint8_t *exact = malloc(len == 0 ? 1 : len);

		assert_non_null(exact);
		memcpy(exact, bytes, len);
		assert_int_equal(kst_decode_verifier_entry(layout, row->log, exact, len, 0x77, &e, NULL), KST_OK);
		assert_true(e.stack_count == (len < stack ? 0 : (len - stack) / w));
		assert_true(len != 0 || e.present == 0);
		if (len == row->size) {
			assert_int_equal(e.stack_count, row->frames);
			assert_true(e.stack[row->frames - 1] == kernel + 0x1000 + row->frames - 1 &&
				    e.thread == kernel + 0x200);
			assert_true(row->log == KST_VERIFIER_CRITICAL_REGION || e.address == kernel + 0x100);
			assert_true(row->log != KST_VERIFIER_POOL || e.bytes == 0x168);
			if (row->log == KST_VERIFIER_IRP)
				assert_true(e.kernel_apc_disable == -1 && e.special_apc_disable == -2 && e.irql == 2);
			assert_int_equal(e.anomalies, 0);
		}
		free(exact);
	}
	put(bytes, stack + w, 0x1234, w); /* a user address ends the trace, and that is told */
	struct kst_verifier_entry e = { .size = sizeof e };
	assert_int_equal(kst_decode_verifier_entry(layout, row->log, bytes, row->size, 0, &e, NULL), KST_OK);
	assert_int_equal(e.stack_count, 1);
	assert_int_equal(e.anomalies, KST_VERIFIER_ENTRY_ANOMALY_STACK);
	assert_int_equal(kst_decode_verifier_entry(layout, 0x40, bytes, row->size, 0, &e, NULL), KST_E_ARG);
	free(layout);
}

int main(void)
{
	return RUN_ROWS("verifier", rows, decodes);
}
