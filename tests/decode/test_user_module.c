/* SPDX-License-Identifier: MIT */
#include "support/truncate.h"
#include "support/user_forge.h"

static uint64_t decode_module(const struct kst_layout *layout, const void *bytes, size_t len)
{
	struct kst_user_module m = { .size = sizeof m };

	assert_int_equal(kst_decode_user_module(layout, bytes, len, 0, &m, NULL), KST_OK);
	return m.present;
}

static uint64_t decode_unloaded(const struct kst_layout *layout, const void *bytes, size_t len)
{
	struct kst_layout_info info = { .size = sizeof info };
	struct kst_unloaded_user_module u = { .size = sizeof u };

	assert_int_equal(kst_layout_info(layout, &info), KST_OK);
	assert_int_equal(kst_decode_unloaded_user_module(info.pointer_size, bytes, len, 0, &u, NULL), KST_OK);
	return u.present;
}

struct row {
	const char *name;
	uint32_t arch, build;
	uint64_t present; /* of a whole entry */
};

#define ALWAYS                                                                                                         \
	(KST_USER_MODULE_HAS_BASE | KST_USER_MODULE_HAS_SIZE | KST_USER_MODULE_HAS_ENTRY_POINT |                       \
	 KST_USER_MODULE_HAS_STAMP | KST_USER_MODULE_HAS_FLAGS | KST_USER_MODULE_HAS_LOAD_COUNT |                      \
	 KST_USER_MODULE_HAS_TLS_INDEX | KST_USER_MODULE_HAS_NAME_TEXT | KST_USER_MODULE_HAS_PATH_TEXT)

/* Every generation of the entry. */
static const struct row rows[] = {
	{ "xp", KST_ARCH_X86, 2600, ALWAYS },
	{ "2003", KST_ARCH_X64, 3790, ALWAYS },
	{ "vista", KST_ARCH_X86, 6000, ALWAYS },
	{ "7", KST_ARCH_X64, 7601, ALWAYS | KST_USER_MODULE_HAS_ORIGINAL_BASE | KST_USER_MODULE_HAS_LOAD_TIME },
	{ "8", KST_ARCH_X86, 9200,
	  ALWAYS | KST_USER_MODULE_HAS_ORIGINAL_BASE | KST_USER_MODULE_HAS_LOAD_TIME |
		  KST_USER_MODULE_HAS_LOAD_REASON },
	{ "10", KST_ARCH_X64, 19041,
	  ALWAYS | KST_USER_MODULE_HAS_ORIGINAL_BASE | KST_USER_MODULE_HAS_LOAD_TIME |
		  KST_USER_MODULE_HAS_LOAD_REASON },
	{ "11", KST_ARCH_X64, 22621,
	  ALWAYS | KST_USER_MODULE_HAS_ORIGINAL_BASE | KST_USER_MODULE_HAS_LOAD_TIME |
		  KST_USER_MODULE_HAS_LOAD_REASON },
};

static void truncation(void **state)
{
	static const uint8_t zeros[0x200];
	const struct row *row = *state;
	struct kst_layout *layout = layout_builtin(row->arch, row->build, 0);

	assert_true(truncate_all(layout, zeros, sizeof zeros, 0, decode_module) == row->present);
	assert_true(truncate_all(layout, zeros, 0x68, 0, decode_unloaded) == 2 * KST_UNLOADED_USER_MODULE_HAS_NAME - 1);
	free(layout);
}

static void contradictions(void **state)
{
	static const struct {
		uint64_t base, entry_point;
		uint32_t size;
		uint64_t anomalies;
	} cases[] = {
		{ 0x7ffb7000000, 0x7ffb7001000, 0x5000, 0 },
		{ 0x7ffb7000000, 0, 0x5000, 0 },
		{ 0x7ffb7000000, 0x7ffb7005000, 0x5000, KST_USER_MODULE_ANOMALY_ENTRY_POINT },
		{ 0x7ffb7000010, 0, 0x5000, KST_USER_MODULE_ANOMALY_RANGE },
		{ 0x7ffb7000000, 0, 0, KST_USER_MODULE_ANOMALY_RANGE },
		{ 0xfffff80000000000, 0, 0x1000, KST_USER_MODULE_ANOMALY_RANGE },
		{ 0xfffffffffffff000, 0, 0xffffffff, KST_USER_MODULE_ANOMALY_RANGE },
	};
	struct kst_layout *layout = layout_builtin(KST_ARCH_X64, 19041, 0);

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		uint8_t bytes[0x120] = { 0 };
		struct kst_user_module m = { .size = sizeof m };

		for (int k = 0; k < 8; k++) {
			bytes[0x30 + k] = (uint8_t)(cases[i].base >> (8 * k));
			bytes[0x38 + k] = (uint8_t)(cases[i].entry_point >> (8 * k));
			bytes[0x40 + k % 4] = (uint8_t)(cases[i].size >> (8 * (k % 4)));
		}
		assert_int_equal(kst_decode_user_module(layout, bytes, sizeof bytes, 0, &m, NULL), KST_OK);
		assert_true(m.anomalies == cases[i].anomalies);
	}
	free(layout);
}

static void names(void **state)
{
	struct kst_layout *layout = layout_builtin(KST_ARCH_X64, 19041, 0);
	struct kst_unloaded_user_module u = { .size = sizeof u };
	struct kst_user_module m = { .size = 4 };

	(void)state;
	assert_int_equal(kst_decode_user_module(layout, "", 1, 0, &m, NULL), KST_E_ABI);
	m.size = sizeof m;
	assert_int_equal(kst_decode_user_module(NULL, "", 1, 0, &m, NULL), KST_E_ARG);
	assert_int_equal(kst_decode_unloaded_user_module(5, "", 1, 0, &u, NULL), KST_E_ARG);
	assert_string_equal(kst_loader_list_name(KST_LOADER_LIST_INIT), "init");
	assert_string_equal(kst_loader_list_name(3), "unknown");
	assert_string_equal(kst_load_reason_name(4), "dynamic-load");
	assert_string_equal(kst_load_reason_name(0xffffffff), "unknown");
	assert_string_equal(kst_user_module_anomaly_name(KST_USER_MODULE_ANOMALY_BACK_LINK), "back-link");
	assert_string_equal(kst_unloaded_user_module_anomaly_name(KST_UNLOADED_USER_MODULE_ANOMALY_SLOT), "slot");
	free(layout);
}

int main(void)
{
	struct CMUnitTest tests[2 + sizeof rows / sizeof rows[0]] = { cmocka_unit_test(contradictions),
								      cmocka_unit_test(names) };
	size_t n = 2;

	n += ROWS_TO_TESTS(tests + n, rows, truncation);
	return _cmocka_run_group_tests("user module", tests, n, NULL, NULL);
}
