/* SPDX-License-Identifier: MIT */
#include "support/objects.h"

#include <stdlib.h>

/* In every built-in layout: link, object, and a hash since 2003 SP1; never a member beyond the bytes. */
static void entries(void **state)
{
	const struct forged_build *b = *state;
	struct kst_layout *layout = layout_builtin(b->arch, b->build, b->revision);
	size_t width = b->arch == KST_ARCH_X86 ? 4 : 8;
	uint8_t bytes[24] = { 0 };
	uint64_t before = 0;

	bytes[0] = 0x11;
	bytes[width] = 0x22;
	bytes[2 * width] = 0x33;
	for (size_t len = 0; len <= 3 * width; len++) {
		struct kst_directory_entry e = { .size = sizeof e };
		uint8_t *exact = malloc(len == 0 ? 1 : len);

		memcpy(exact, bytes, len);
		assert_int_equal(kst_decode_directory_entry(layout, exact, len, 0x1000, &e, NULL), KST_OK);
		assert_true((before & ~e.present) == 0);
		before = e.present;
		assert_int_equal((e.present & KST_DIRECTORY_ENTRY_HAS_CHAIN) != 0, len >= width);
		assert_int_equal((e.present & KST_DIRECTORY_ENTRY_HAS_OBJECT) != 0, len >= 2 * width);
		if (len == 3 * width) {
			assert_true(e.entry == 0x1000 && e.chain == 0x11 && e.body == 0x22);
			assert_true((e.present & KST_DIRECTORY_ENTRY_HAS_HASH) == 0 || e.hash == 0x33);
			if (b->build >= 6000)
				assert_true(e.present & KST_DIRECTORY_ENTRY_HAS_HASH);
		}
		free(exact);
	}
	free(layout);
}

static void refuses(void **state)
{
	struct kst_layout *layout = layout_builtin(KST_ARCH_X64, 19041, 3570);
	struct kst_directory_entry e = { .size = 4, .entry = 7 };

	(void)state;
	assert_int_equal(kst_decode_directory_entry(layout, NULL, 0, 0, &e, NULL), KST_E_ABI);
	assert_true(e.entry == 7);
	assert_int_equal(kst_decode_directory_entry(layout, NULL, 1, 0, &e, NULL), KST_E_ARG);
	assert_string_equal(kst_directory_entry_anomaly_name(4), "not-entered");
	assert_null(kst_directory_entry_anomaly_name(16));
	free(layout);
}

int main(void)
{
	struct CMUnitTest tests[64] = { cmocka_unit_test(refuses) };
	size_t n = 1;

	n += rows_to_tests(tests + n, forged_builds, forged_builds_count, sizeof forged_builds[0], entries);
	return _cmocka_run_group_tests("directory entries", tests, n, NULL, NULL);
}
