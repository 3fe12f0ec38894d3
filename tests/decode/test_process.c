/* SPDX-License-Identifier: MIT */
#include "support/processes.h"

#include <stdlib.h>

struct row {
	const char *name;
	struct kst_layout *(*layout)(void);
	/* what is put into the bytes: {type, member, value, width} */
	struct {
		const char *type, *path;
		uint64_t value;
		unsigned width;
	} put[6];
	uint64_t anomalies, traits;
	uint32_t user_state;
};

static const struct row rows[] = {
	{ "x64 user process",
	  layout_19041_x64,
	  { { "_EPROCESS", "UniqueProcessId", 0x4d0, 8 },
	    { "_KPROCESS", "DirectoryTableBase", 0x13c77e002, 8 },
	    { "_EPROCESS", "Peb", 0x2a5d90b000, 8 } },
	  0,
	  0,
	  KST_USER_STATE_PRESENT },
	{ "x64 System",
	  layout_19041_x64,
	  { { "_EPROCESS", "UniqueProcessId", 4, 8 },
	    { "_KPROCESS", "DirectoryTableBase", 0x1ad002, 8 },
	    { "_KPROCESS", "UserDirectoryTableBase", 0xe00001, 8 } },
	  0,
	  0,
	  KST_USER_STATE_NONE },
	{ "x64 minimal",
	  layout_19041_x64,
	  { { "_KPROCESS", "DirectoryTableBase", 0x1ad002, 8 }, { "_EPROCESS", "Minimal", 1, 4 } },
	  0,
	  KST_PROCESS_IS_MINIMAL,
	  KST_USER_STATE_NONE },
	{ "x64 trustlet",
	  layout_19041_x64,
	  { { "_KPROCESS", "DirectoryTableBase", 0x1ad002, 8 },
	    { "_EPROCESS", "Peb", 0x2a5d90b000, 8 },
	    { "_KPROCESS", "SecureState", 0x140000001, 8 } },
	  0,
	  KST_PROCESS_IS_SECURE,
	  KST_USER_STATE_SECURE },
	{ "x64 secure state without its bit",
	  layout_19041_x64,
	  { { "_KPROCESS", "DirectoryTableBase", 0x1ad002, 8 }, { "_KPROCESS", "SecureState", 0x140000002, 8 } },
	  KST_PROCESS_ANOMALY_SECURE_STATE,
	  0,
	  KST_USER_STATE_NONE },
	{ "x64 odd pid, DTB beyond any memory",
	  layout_19041_x64,
	  { { "_EPROCESS", "UniqueProcessId", 0x4d1, 8 }, { "_KPROCESS", "DirectoryTableBase", UINT64_MAX, 8 } },
	  KST_PROCESS_ANOMALY_PID | KST_PROCESS_ANOMALY_DTB,
	  0,
	  KST_USER_STATE_NONE },
	{ "x64 PEB in the kernel",
	  layout_19041_x64,
	  { { "_KPROCESS", "DirectoryTableBase", 0x1ad002, 8 }, { "_EPROCESS", "Peb", 0xfffff80000001000, 8 } },
	  KST_PROCESS_ANOMALY_PEB,
	  0,
	  KST_USER_STATE_PRESENT },
	{ "x64 address space deleted",
	  layout_19041_x64,
	  { { "_KPROCESS", "DirectoryTableBase", 0x1ad002, 8 },
	    { "_EPROCESS", "Peb", 0x2a5d90b000, 8 },
	    { "_EPROCESS", "Flags", 0x24, 4 } },
	  0,
	  KST_PROCESS_IS_EXITING | KST_PROCESS_IS_DELETED,
	  KST_USER_STATE_GONE },
	{ "x64 exited before it was created",
	  layout_19041_x64,
	  { { "_KPROCESS", "DirectoryTableBase", 0x1ad002, 8 },
	    { "_EPROCESS", "CreateTime", 200, 8 },
	    { "_EPROCESS", "ExitTime", 100, 8 } },
	  KST_PROCESS_ANOMALY_TIMES,
	  KST_PROCESS_IS_EXITING,
	  KST_USER_STATE_NONE },
	{ "x64 WOW64 by 32-bit pointer",
	  layout_19041_x64,
	  { { "_KPROCESS", "DirectoryTableBase", 0x1ad002, 8 },
	    { "_EPROCESS", "Peb", 0x7efdf000, 8 },
	    { "_EPROCESS", "WoW64Process", 0x7efde000, 8 } },
	  0,
	  KST_PROCESS_IS_WOW64,
	  KST_USER_STATE_PRESENT },
	{ "x86 PAE lsass of the reference",
	  layout_3790_x86,
	  { { "_EPROCESS", "UniqueProcessId", 0x284, 4 },
	    { "_KPROCESS", "DirectoryTableBase", 0x1f7c90e0, 4 },
	    { "_EPROCESS", "Peb", 0x7ffdd000, 4 } },
	  0,
	  0,
	  KST_USER_STATE_PRESENT },
};

/* Value of a present bit's member, so that a result can be checked against the bytes. */
static void fill(uint8_t *bytes, const struct kst_layout *layout, const struct row *row)
{
	for (size_t i = 0; i < 6 && row->put[i].type != NULL; i++) {
		uint64_t at = place_of(layout, row->put[i].type, row->put[i].path);

		for (unsigned k = 0; k < row->put[i].width; k++)
			bytes[at + k] = (uint8_t)(row->put[i].value >> (8 * k));
	}
}

static size_t size_of_object(const struct kst_layout *layout)
{
	struct kst_member m = { .size = sizeof m };

	assert_int_equal(kst_layout_member(layout, "_EPROCESS", "", &m), KST_OK);
	return m.length;
}

static void decodes(void **state)
{
	const struct row *row = *state;
	struct kst_layout *layout = row->layout();
	size_t size = size_of_object(layout);
	uint8_t *bytes = calloc(1, size);
	struct kst_process p = { .size = sizeof p };

	assert_non_null(bytes);
	fill(bytes, layout, row);
	assert_int_equal(kst_decode_process(layout, bytes, size, 0xffff800012345080, &p, NULL), KST_OK);
	assert_true(p.address == 0xffff800012345080);
	assert_true(p.anomalies == row->anomalies);
	assert_true(p.traits == row->traits);
	assert_int_equal(p.user_state, row->user_state);
	if (p.traits & KST_PROCESS_IS_WOW64)
		assert_true(p.wow64_peb == 0x7efde000);
	free(bytes);
	free(layout);
}

/* At every length: what is claimed lies within the bytes, and more bytes never take anything away. */
static void truncation(void **state)
{
	const struct row *row = *state;
	struct kst_layout *layout = row->layout();
	size_t size = size_of_object(layout);
	uint8_t *bytes = calloc(1, size);
	uint64_t before = 0;

	assert_non_null(bytes);
	fill(bytes, layout, row);
	for (size_t len = 0; len <= size; len++) {
		struct kst_process p = { .size = sizeof p };
		uint8_t *exact = malloc(len == 0 ? 1 : len);
		uint64_t place_only = KST_PROCESS_HAS_VAD_ROOT;

		assert_non_null(exact);
		memcpy(exact, bytes, len);
		assert_int_equal(kst_decode_process(layout, len == 0 ? NULL : exact, len, 0, &p, NULL), KST_OK);
		assert_true((before & ~p.present) == 0);
		if (len == 0)
			assert_true((p.present & ~place_only) == 0);
		if (p.present & KST_PROCESS_HAS_PID)
			assert_true(len >= place_of(layout, "_EPROCESS", "UniqueProcessId") + 4);
		before = p.present;
		free(exact);
	}
	assert_true((before & KST_PROCESS_HAS_PID) && (before & KST_PROCESS_HAS_NAME) &&
		    (before & KST_PROCESS_HAS_PEB));
	free(bytes);
	free(layout);
}

static void refuses(void **state)
{
	struct kst_layout *layout = layout_19041_x64();
	struct kst_process p = { .size = 8, .pid = 77 };
	struct kst_process whole = { .size = sizeof whole };
	struct kst_error err = { .size = sizeof err };
	kst_space space = 99;

	(void)state;
	assert_int_equal(kst_decode_process(layout, "", 1, 0, &p, &err), KST_E_ABI);
	assert_true(p.pid == 77);
	assert_int_equal(kst_decode_process(layout, NULL, 1, 0, &whole, &err), KST_E_ARG);
	assert_int_equal(kst_decode_process(NULL, NULL, 0, 0, &whole, &err), KST_E_ARG);
	assert_int_equal(kst_process_space(&whole, &space, &err), KST_E_NO_MEMBER);
	whole.present = KST_PROCESS_HAS_DTB;
	whole.dtb = UINT64_MAX; /* would be physical memory */
	assert_int_equal(kst_process_space(&whole, &space, &err), KST_E_CORRUPT);
	whole.dtb = 0; /* would be the kernel's own space */
	assert_int_equal(kst_process_space(&whole, &space, &err), KST_E_CORRUPT);
	assert_true(space == 99);
	whole.dtb = 0x13c77e002;
	assert_int_equal(kst_process_space(&whole, &space, &err), KST_OK);
	assert_true(space == 0x13c77e002);
	assert_string_equal(kst_user_state_name(KST_USER_STATE_SECURE), "secure");
	assert_string_equal(kst_user_state_name(99), "unknown");
	assert_string_equal(kst_process_anomaly_name(KST_PROCESS_ANOMALY_NO_ADDRESS_SPACE), "no-address-space");
	assert_null(kst_process_anomaly_name(0x2000));
	free(layout);
}

/* A layout that knows the member by another name of its time. */
static void other_names(void **state)
{
	static const struct member_row vista[] = {
		{ "_EPROCESS", "Wow64Process", 0x10, 8, 0, 0 },
		{ "_KPROCESS", "SecurePid", 0x18, 8, 0, 0 },
		{ "_EPROCESS", "ImageFileName", 0x20, 16, 0, 0 },
	};
	struct kst_layout *layout = layout_from_rows(vista, 3, 8);
	uint8_t bytes[0x30] = { 0 };
	struct kst_process p = { .size = sizeof p };

	(void)state;
	memcpy(bytes + 0x10, "\x00\x10\x00\x40\x80\xfa\xff\xff", 8);
	bytes[0x18] = 0x40;
	memset(bytes + 0x20, 'x', 16);
	bytes[0x21] = 7;
	assert_int_equal(kst_decode_process(layout, bytes, sizeof bytes, 0, &p, NULL), KST_OK);
	assert_true((p.present & KST_PROCESS_HAS_WOW64_PEB) == 0); /* it lies behind a pointer */
	assert_true(p.traits == (KST_PROCESS_IS_WOW64 | KST_PROCESS_IS_SECURE));
	assert_string_equal(p.name, "x.xxxxxxxxxxxxxx");
	assert_true(p.anomalies == KST_PROCESS_ANOMALY_NAME);
	assert_true((p.present & (KST_PROCESS_HAS_PID | KST_PROCESS_HAS_DTB | KST_PROCESS_HAS_EXITING)) == 0);
	free(layout);
}

int main(void)
{
	struct CMUnitTest tests[2 + 2 * sizeof rows / sizeof rows[0]] = {
		cmocka_unit_test(refuses),
		cmocka_unit_test(other_names),
	};
	size_t n = 2;

	n += ROWS_TO_TESTS(tests + n, rows, decodes);
	n += ROWS_TO_TESTS(tests + n, rows, truncation);
	return _cmocka_run_group_tests("process", tests, n, NULL, NULL);
}
