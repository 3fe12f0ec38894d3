/* SPDX-License-Identifier: MIT */
#include "../../lib/layout/builtin.h"
#include "support/support.h"

#include <stdlib.h>

struct row {
	const char *name;
	uint32_t stamp, size;
	uint32_t arch, build, revision, la57, ambiguous;
};

/* The kernels of real triage dumps, one of each kind of image, and the only pair that two versions share. */
static const struct row rows[] = {
	{ "19041.804", 0x0d8333e6, 0x1046000, KST_ARCH_X64, 19041, 804, 0, 0 },
	{ "19041.3448", 0xcfee68af, 0x1046000, KST_ARCH_X64, 19041, 3448, 0, 0 },
	{ "19041.4522", 0xa03d2496, 0x1046000, KST_ARCH_X64, 19041, 4522, 0, 0 },
	{ "19041.5129", 0xf5e79fc4, 0x1046000, KST_ARCH_X64, 19041, 5129, 0, 0 },
	{ "17763.973", 0x11b35b7e, 0xa6e000, KST_ARCH_X64, 17763, 973, 0, 0 },
	{ "26100.2314", 0x3c5028de, 0x144f000, KST_ARCH_X64, 26100, 2314, 0, 0 },
	{ "26100.2314 with 5 levels", 0x8f8d6d39, 0x1249000, KST_ARCH_X64, 26100, 2314, 1, 0 },
	{ "the first in the list", 0x54be00cf, 0x80b000, KST_ARCH_X64, 9926, 0, 0, 0 },
	{ "22621.1483 or .1485", 0x7a5ef578, 0x1047000, KST_ARCH_X64, 22621, 1483, 0, 1 },
};

static void identifies(void **state)
{
	const struct row *row = *state;
	struct kst_kernel_version v = { .size = sizeof v };

	assert_int_equal(kst_kernel_identify(row->stamp, row->size, &v), KST_OK);
	assert_int_equal(v.arch, row->arch);
	assert_int_equal(v.major, 10);
	assert_int_equal(v.minor, 0);
	assert_int_equal(v.build, row->build);
	assert_int_equal(v.revision, row->revision);
	assert_int_equal(v.la57, row->la57);
	assert_int_equal(v.ambiguous, row->ambiguous);
}

static void does_not_know_others(void **state)
{
	static const uint32_t pairs[][2] = {
		{ 0, 0 },
		{ 0x0d8333e6, 0x1047000 },
		{ 0x0d8333e7, 0x1046000 },
		{ 0x0d8333e6, 0x1046001 },
		{ UINT32_MAX, UINT32_MAX },
		{ UINT32_MAX, 0xfffff000 },
	};
	struct kst_kernel_version v = { .size = sizeof v, .build = 77 };

	(void)state;
	for (size_t i = 0; i < sizeof pairs / sizeof pairs[0]; i++)
		assert_int_equal(kst_kernel_identify(pairs[i][0], pairs[i][1], &v), KST_E_NO_MEMBER);
	assert_int_equal(v.build, 77);
	assert_int_equal(kst_kernel_identify(1, 1, NULL), KST_E_ARG);
	v.size = 3;
	assert_int_equal(kst_kernel_identify(0x0d8333e6, 0x1046000, &v), KST_E_ABI);
}

static void every_kernel_is_found(void **state)
{
	uint32_t ambiguous = 0;

	(void)state;
	assert_int_equal(kst__kernel_count, 3658);
	for (uint32_t i = 0; i < kst__kernel_count; i++) {
		struct kst_kernel_version v = { .size = sizeof v };
		struct kst_layout_key key = { .size = sizeof key };

		assert_int_equal(kst_kernel_identify(kst__kernel_stamp[i], (uint32_t)kst__kernel_pages[i] << 12, &v),
				 KST_OK);
		ambiguous += v.ambiguous;
		assert_true(v.ambiguous || (v.build == kst__kernel_build[i] && v.revision == kst__kernel_revision[i]));
		assert_true(kst__kernel_fields[i] < kst__field_set_count);
		if (i % 16 == 0) { /* each has a layout, full or in part */
			struct kst_layout *layout = malloc(kst_layout_size());

			key.arch = v.arch;
			key.time_date_stamp = kst__kernel_stamp[i];
			key.size_of_image = (uint32_t)kst__kernel_pages[i] << 12;
			assert_non_null(layout);
			assert_int_equal(kst_layout_init_builtin(layout, kst_layout_size(), &key, NULL), KST_OK);
			free(layout);
		}
	}
	assert_int_equal(ambiguous, 2);
}

/* Two sources that know nothing of each other: the tables by revision, and the offsets known of each kernel. */
static void kernels_agree_with_their_tables(void **state)
{
	struct kst_layout *table = malloc(kst_layout_size()), *kernel = malloc(kst_layout_size());
	uint32_t compared = 0;

	(void)state;
	assert_non_null(table);
	assert_non_null(kernel);
	for (uint32_t i = 0; i < kst__kernel_count; i++) {
		struct kst_layout_key key = { .size = sizeof key,
					      .arch = KST_ARCH_X64,
					      .build = kst__kernel_build[i],
					      .revision = kst__kernel_revision[i] };
		struct kst_layout_info info = { .size = sizeof info };

		if (kst__kernel_kind[i] != KST_ARCH_X64 ||
		    kst_layout_init_builtin(table, kst_layout_size(), &key, NULL) != KST_OK)
			continue;
		assert_int_equal(kst_layout_info(table, &info), KST_OK);
		if ((info.anomalies & KST_LAYOUT_ANOMALY_PARTIAL) != 0)
			continue;
		key.time_date_stamp = kst__kernel_stamp[i];
		key.size_of_image = (uint32_t)kst__kernel_pages[i] << 12;
		assert_int_equal(kst_layout_init_builtin(kernel, kst_layout_size(), &key, NULL), KST_OK);
		if (!kst__kernel_ambiguous(i) && (i == 0 || !kst__kernel_ambiguous(i - 1)))
			assert_memory_equal(table->members, kernel->members, sizeof table->members);
		compared++;
	}
	assert_true(compared > 500);
	free(table);
	free(kernel);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(does_not_know_others),
		cmocka_unit_test(every_kernel_is_found),
		cmocka_unit_test(kernels_agree_with_their_tables),
	};

	return RUN_TESTS_AND_ROWS("identity", tests, rows, identifies);
}
