/* SPDX-License-Identifier: MIT */
#include "support/truncate.h"
#include "support/user_forge.h"

static uint64_t decode_peb(const struct kst_layout *layout, const void *bytes, size_t len)
{
	struct kst_peb p = { .size = sizeof p };

	assert_int_equal(kst_decode_peb(layout, bytes, len, 0x7ffdd000, &p, NULL), KST_OK);
	return p.present;
}

static uint64_t decode_parameters(const struct kst_layout *layout, const void *bytes, size_t len)
{
	struct kst_process_parameters p = { .size = sizeof p };

	assert_int_equal(kst_decode_process_parameters(layout, bytes, len, 0x20000, &p, NULL), KST_OK);
	return p.present;
}

static struct kst_layout *user_layout(uint32_t pointer_size)
{
	struct kst_layout *layout = malloc(kst_layout_size());

	assert_non_null(layout);
	assert_int_equal(kst_layout_init_user(layout, kst_layout_size(), pointer_size, NULL), KST_OK);
	return layout;
}

static void truncation(void **state)
{
	static const uint8_t zeros[0x480];

	(void)state;
	for (uint32_t width = 4; width <= 8; width += 4) {
		struct kst_layout *layout = user_layout(width);

		assert_true(truncate_all(layout, zeros, sizeof zeros, 0, decode_peb) ==
			    (KST_PEB_HAS_LDR_LENGTH - 1)); /* everything but the loader data */
		assert_true(truncate_all(layout, zeros, sizeof zeros, 0, decode_parameters) ==
			    2 * KST_PROCESS_PARAMETERS_HAS_WINDOW_FLAGS - 1);
		free(layout);
	}
}

/* The fixed layout says what the tables of each build say. */
static void fixed_layout_agrees_with_all_builds(void **state)
{
	static const struct {
		uint32_t arch, build;
	} builds[] = { { KST_ARCH_X86, 2600 },  { KST_ARCH_X86, 3790 }, { KST_ARCH_X86, 6001 },
		       { KST_ARCH_X86, 7601 },  { KST_ARCH_X86, 9200 }, { KST_ARCH_X86, 10240 },
		       { KST_ARCH_X86, 19041 }, { KST_ARCH_X64, 3790 }, { KST_ARCH_X64, 6001 },
		       { KST_ARCH_X64, 7601 },  { KST_ARCH_X64, 9600 }, { KST_ARCH_X64, 14393 },
		       { KST_ARCH_X64, 19041 }, { KST_ARCH_X64, 22621 } };
	static const struct {
		const char *type, *path;
	} members[] = {
		{ "_PEB", "Ldr" },
		{ "_PEB", "ProcessParameters" },
		{ "_PEB", "ProcessHeap" },
		{ "_PEB", "NtGlobalFlag" },
		{ "_PEB", "OSBuildNumber" },
		{ "_PEB", "SessionId" },
		{ "_PEB", "CSDVersion" },
		{ "_PEB_LDR_DATA", "Initialized" },
		{ "_PEB_LDR_DATA", "InLoadOrderModuleList" },
		{ "_PEB_LDR_DATA", "InMemoryOrderModuleList" },
		{ "_PEB_LDR_DATA", "InInitializationOrderModuleList" },
		{ "_LDR_DATA_TABLE_ENTRY", "DllBase" },
		{ "_LDR_DATA_TABLE_ENTRY", "SizeOfImage" },
		{ "_LDR_DATA_TABLE_ENTRY", "FullDllName" },
		{ "_LDR_DATA_TABLE_ENTRY", "BaseDllName" },
		{ "_LDR_DATA_TABLE_ENTRY", "TimeDateStamp" },
		{ "_RTL_USER_PROCESS_PARAMETERS", "CurrentDirectory" },
		{ "_RTL_USER_PROCESS_PARAMETERS", "ImagePathName" },
		{ "_RTL_USER_PROCESS_PARAMETERS", "CommandLine" },
		{ "_RTL_USER_PROCESS_PARAMETERS", "Environment" },
		{ "_RTL_USER_PROCESS_PARAMETERS", "WindowTitle" },
		{ "_TEB", "NtTib.StackBase" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof builds / sizeof builds[0]; i++) {
		struct kst_layout *layout = layout_builtin(builds[i].arch, builds[i].build, 0);
		uint32_t width = builds[i].arch == KST_ARCH_X86 ? 4 : 8;

		for (size_t k = 0; k < sizeof members / sizeof members[0]; k++)
			assert_int_equal(place_of(layout, members[k].type, members[k].path),
					 user_place(width, members[k].type, members[k].path));
		free(layout);
	}
}

/* BitField means different things in different builds: the reference's constructed test. */
static void bits_by_build(void **state)
{
	static const struct {
		uint32_t arch, build;
		uint8_t byte;
		uint32_t flags;
	} cases[] = {
		{ KST_ARCH_X86, 7601, 0x08, KST_PEB_IS_RELOCATED },
		{ KST_ARCH_X86, 19041, 0x08, KST_PEB_IS_SKIP_PATCHING },
		{ KST_ARCH_X64, 6001, 0x04, KST_PEB_IS_LEGACY },
		{ KST_ARCH_X64, 19041, 0x04, KST_PEB_IS_RELOCATED },
		{ KST_ARCH_X64, 19041, 0xc1,
		  KST_PEB_IS_LARGE_PAGES | KST_PEB_IS_PROTECTED_LIGHT | KST_PEB_IS_LONG_PATH_AWARE },
		{ KST_ARCH_X86, 2600, 0xff, 0 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct kst_layout *layout = layout_builtin(cases[i].arch, cases[i].build, 0);
		uint8_t bytes[4] = { 0, 0, 1, cases[i].byte };
		struct kst_peb p = { .size = sizeof p };

		assert_int_equal(kst_decode_peb(layout, bytes, sizeof bytes, 0, &p, NULL), KST_OK);
		assert_int_equal(p.being_debugged, 1);
		assert_int_equal(p.flags, cases[i].flags);
		free(layout);
	}
}

static void odd_strings(void **state)
{
	struct kst_layout *layout = user_layout(8);
	uint8_t bytes[0x400] = { 0 };
	struct kst_process_parameters p = { .size = sizeof p };

	(void)state;
	bytes[8] = 1; /* normalized */
	bytes[0x60] = 5;
	bytes[0x62] = 8; /* ImagePathName: odd length */
	bytes[0x68] = 0x10;
	bytes[0x70] = 8; /* CommandLine: longer than its maximum */
	bytes[0x72] = 4;
	bytes[0x78] = 0x10;
	bytes[0xb0] = 8; /* WindowTitle: no buffer */
	bytes[0xb2] = 8;
	assert_int_equal(kst_decode_process_parameters(layout, bytes, sizeof bytes, 0x20000, &p, NULL), KST_OK);
	assert_true(p.anomalies == KST_PROCESS_PARAMETERS_ANOMALY_STRING);
	assert_int_equal(p.image_path.bytes, 4);
	assert_int_equal(p.command_line.bytes, 8);
	assert_int_equal(p.window_title.bytes, 0);
	/* not normalised: offsets from the start of the block; a kernel address is none */
	bytes[8] = 0;
	bytes[0] = 0x00;
	bytes[1] = 0x04; /* MaximumLength 400 */
	memset(bytes + 0x78, 0xff, 8);
	assert_int_equal(kst_decode_process_parameters(layout, bytes, sizeof bytes, 0x20000, &p, NULL), KST_OK);
	assert_true(p.anomalies & KST_PROCESS_PARAMETERS_ANOMALY_NOT_NORMALIZED);
	assert_true(p.anomalies & KST_PROCESS_PARAMETERS_ANOMALY_POINTER);
	assert_true(p.image_path.address == 0x20010);
	assert_int_equal(p.command_line.bytes, 0);
	free(layout);
}

static void refuses(void **state)
{
	struct kst_layout *layout = user_layout(8);
	struct kst_process_parameters parameters = { .size = 4 };
	struct kst_peb p = { .size = 4 };

	(void)state;
	assert_int_equal(kst_decode_peb(layout, "", 1, 0, &p, NULL), KST_E_ABI);
	assert_int_equal(kst_decode_process_parameters(layout, "", 1, 0, &parameters, NULL), KST_E_ABI);
	p.size = sizeof p;
	assert_int_equal(kst_decode_peb(layout, NULL, 1, 0, &p, NULL), KST_E_ARG);
	assert_int_equal(kst_layout_init_user(layout, kst_layout_size(), 5, NULL), KST_E_ARG);
	assert_int_equal(kst_layout_init_user(layout, 8, 4, NULL), KST_E_LIMIT);
	assert_string_equal(kst_peb_state_name(KST_PEB_PAGED_OUT), "paged-out");
	assert_string_equal(kst_peb_anomaly_name(KST_PEB_ANOMALY_LDR_LENGTH), "ldr-length");
	assert_string_equal(kst_process_parameters_anomaly_name(KST_PROCESS_PARAMETERS_ANOMALY_NOT_NORMALIZED),
			    "not-normalized");
	free(layout);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(truncation),    cmocka_unit_test(fixed_layout_agrees_with_all_builds),
		cmocka_unit_test(bits_by_build), cmocka_unit_test(odd_strings),
		cmocka_unit_test(refuses),
	};

	return cmocka_run_group_tests_name("peb", tests, NULL, NULL);
}
