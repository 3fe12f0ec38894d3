/* SPDX-License-Identifier: MIT */
#include "decode/process.h"
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

#define E(member, ...)                                                                                                 \
	{                                                                                                              \
		"_EPROCESS", member, __VA_ARGS__                                                                       \
	}
#define K(member, ...)                                                                                                 \
	{                                                                                                              \
		"_KPROCESS", member, __VA_ARGS__                                                                       \
	}

/* clang-format off */
static const struct row rows[] = {
	{ "x64 user process", layout_19041_x64,
	  { E("UniqueProcessId", 0x4d0, 8), K("DirectoryTableBase", 0x13c77e002, 8), E("Peb", 0x2a5d90b000, 8) },
	  0, 0, KST_USER_STATE_PRESENT },
	{ "x64 System", layout_19041_x64,
	  { E("UniqueProcessId", 4, 8), K("DirectoryTableBase", 0x1ad002, 8),
	  K("UserDirectoryTableBase", 0xe00001, 8) }, 0, 0, KST_USER_STATE_NONE },
	{ "x64 minimal", layout_19041_x64,
	  { K("DirectoryTableBase", 0x1ad002, 8), E("Minimal", 1, 4) }, 0,
	  KST_PROCESS_IS_MINIMAL, KST_USER_STATE_NONE },
	{ "x64 trustlet", layout_19041_x64,
	  { K("DirectoryTableBase", 0x1ad002, 8), E("Peb", 0x2a5d90b000, 8), K("SecureState", 0x140000001, 8) },
	  0, KST_PROCESS_IS_SECURE, KST_USER_STATE_SECURE },
	{ "x64 secure state without its bit", layout_19041_x64,
	  { K("DirectoryTableBase", 0x1ad002, 8), K("SecureState", 0x140000002, 8) },
	  KST_PROCESS_ANOMALY_SECURE_STATE, 0, KST_USER_STATE_NONE },
	{ "x64 odd pid, DTB beyond any memory", layout_19041_x64,
	  { E("UniqueProcessId", 0x4d1, 8), K("DirectoryTableBase", UINT64_MAX, 8) },
	  KST_PROCESS_ANOMALY_PID | KST_PROCESS_ANOMALY_DTB, 0, KST_USER_STATE_NONE },
	{ "x64 PEB in the kernel", layout_19041_x64,
	  { K("DirectoryTableBase", 0x1ad002, 8), E("Peb", 0xfffff80000001000, 8) },
	  KST_PROCESS_ANOMALY_PEB, 0, KST_USER_STATE_PRESENT },
	{ "x64 address space deleted", layout_19041_x64,
	  { K("DirectoryTableBase", 0x1ad002, 8), E("Peb", 0x2a5d90b000, 8), E("Flags", 0x24, 4) }, 0,
	  KST_PROCESS_IS_EXITING | KST_PROCESS_IS_DELETED, KST_USER_STATE_GONE },
	{ "x64 exiting", layout_19041_x64,
	  { K("DirectoryTableBase", 0x1000, 8), E("Flags", 4, 4) }, 0, KST_PROCESS_IS_EXITING,
	  KST_USER_STATE_NONE },
	{ "x64 deleted", layout_19041_x64,
	  { K("DirectoryTableBase", 0x000ffffffffff000, 8), E("Flags", 0x20, 4) }, 0,
	  KST_PROCESS_IS_EXITING | KST_PROCESS_IS_DELETED, KST_USER_STATE_GONE },
	{ "x64 termination was asked for: nothing is gone yet", layout_19041_x64,
	  { K("DirectoryTableBase", 0x1ad002, 8), E("Peb", 0x2a5d90b000, 8), E("Flags", 8, 4) }, 0,
	  KST_PROCESS_IS_EXITING, KST_USER_STATE_PRESENT },
	{ "x64 the last thread has ended, the memory is not gone yet", layout_19041_x64,
	  { K("DirectoryTableBase", 0x1ad002, 8), E("Peb", 0x2a5d90b000, 8), E("Flags", 0xc, 4),
	  E("ExitTime", 100, 8) }, 0, KST_PROCESS_IS_EXITING, KST_USER_STATE_PRESENT },
	{ "x86 termination was asked for: nothing is gone yet", layout_3790_x86,
	  { K("DirectoryTableBase", 0x1f7c90e0, 4), E("Peb", 0x7ffdd000, 4), E("Flags", 8, 4) }, 0,
	  KST_PROCESS_IS_EXITING, KST_USER_STATE_PRESENT },
	{ "x64 highest pid, directory table beyond 52 bits", layout_19041_x64,
	  { E("UniqueProcessId", 0xfffffffc, 8), K("DirectoryTableBase", 0x0010000000001000, 8) },
	  KST_PROCESS_ANOMALY_DTB, 0, KST_USER_STATE_NONE },
	{ "x64 pid of 33 bits, directory table without a page", layout_19041_x64,
	  { E("UniqueProcessId", 0x100000000, 8), K("DirectoryTableBase", 0xfff, 8) },
	  KST_PROCESS_ANOMALY_PID | KST_PROCESS_ANOMALY_DTB, 0, KST_USER_STATE_NONE },
	{ "x64 pid not a multiple of 4, no directory table", layout_19041_x64,
	  { E("UniqueProcessId", 6, 8) }, KST_PROCESS_ANOMALY_PID | KST_PROCESS_ANOMALY_DTB,
	  0, KST_USER_STATE_NONE },
	{ "x64 exited when it was created", layout_19041_x64,
	  { K("DirectoryTableBase", 0x1ad002, 8), E("CreateTime", 200, 8), E("ExitTime", 200, 8) }, 0,
	  KST_PROCESS_IS_EXITING, KST_USER_STATE_NONE },
	{ "x64 has not exited", layout_19041_x64,
	  { K("DirectoryTableBase", 0x1ad002, 8), E("CreateTime", 200, 8) }, 0, 0,
	  KST_USER_STATE_NONE },
	{ "x86 PAE: a directory pointer table at the lowest place", layout_3790_x86,
	  { K("DirectoryTableBase", 0x20, 4) }, 0, 0, KST_USER_STATE_NONE },
	{ "x86 PAE: aligned to 16 only", layout_3790_x86,
	  { K("DirectoryTableBase", 0x1f7c90f0, 4) }, KST_PROCESS_ANOMALY_DTB, 0,
	  KST_USER_STATE_NONE },
	{ "x86: no directory table, PEB in the kernel", layout_3790_x86,
	  { E("Peb", 0xc0000000, 4) }, KST_PROCESS_ANOMALY_DTB | KST_PROCESS_ANOMALY_PEB, 0,
	  KST_USER_STATE_PRESENT },
	{ "x64 exited before it was created", layout_19041_x64,
	  { K("DirectoryTableBase", 0x1ad002, 8), E("CreateTime", 200, 8), E("ExitTime", 100, 8) },
	  KST_PROCESS_ANOMALY_TIMES, KST_PROCESS_IS_EXITING, KST_USER_STATE_NONE },
	{ "x64 WOW64 by 32-bit pointer", layout_19041_x64,
	  { K("DirectoryTableBase", 0x1ad002, 8), E("Peb", 0x7efdf000, 8), E("WoW64Process", 0x7efde000, 8) },
	  0, KST_PROCESS_IS_WOW64, KST_USER_STATE_PRESENT },
	{ "x86 PAE lsass of the reference", layout_3790_x86,
	  { E("UniqueProcessId", 0x284, 4), K("DirectoryTableBase", 0x1f7c90e0, 4), E("Peb", 0x7ffdd000, 4) },
	  0, 0, KST_USER_STATE_PRESENT },
};
/* clang-format on */

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

/* A process with all it can have in its build, each value of its own, and all that is read of it. */
struct whole {
	const char *name;
	uint32_t arch, build, revision;
	struct {
		const char *type, *path;
		uint64_t value;
	} put[28];
	struct kst_process process;
};

/* clang-format off */
static const struct whole wholes[] = {
	{ "19041 x64", KST_ARCH_X64, 19041, 3570,
	  { E("UniqueProcessId", 0xfedcba98), E("InheritedFromUniqueProcessId", 0x8000000000000123),
	    K("DirectoryTableBase", 0x000f13c77e002345), K("UserDirectoryTableBase", 0x8000000013c77f11),
	    E("Peb", 0x00000091a2b3c000), E("WoW64Process", 0xffffffff), E("ObjectTable", 0xffff8f0123456780),
	    E("ActiveThreads", 0x81234567), E("CreateTime", 0x01d9f00011112222), E("ExitTime", 0x01d9f00011112223),
	    E("ExitStatus", 0xc0000005), E("Token", 0xffff8f0fedcba98e), E("Session", 0xffffc30111111000),
	    E("SectionObject", 0xffff8f0222222220), E("SectionBaseAddress", 0x00007ff633330000), E("Flags", 0xd0000000),
	    K("BasePriority", 0x88), K("KernelTime", 0x91000001), K("UserTime", 0xa2000002),
	    E("ImageFilePointer", 0xffffb30444444440), E("SeAuditProcessCreationInfo", 0xffffb30555555550),
	    E("ImageFileName", 0x6578652e6e747663), E("Protection", 0x161), E("Minimal", 1),
	    K("SecureState", 0x8000000340000001) },
	  { .user_state = KST_USER_STATE_SECURE, .present = 0x13ffefdff, .traits = 0x1d, .address = 0xffffb30466600080,
	    .pid = 0xfedcba98, .parent_pid = 0x8000000000000123, .dtb = 0x000f13c77e002345,
	    .user_dtb = 0x8000000013c77f11,
	    .peb = 0x00000091a2b3c000, .wow64_process = 0xffffffff, .wow64_peb = 0xffffffff,
	    .handle_table = 0xffff8f0123456780, .token = 0xffff8f0fedcba980, .session = 0xffffc30111111000,
	    .section = 0xffff8f0222222220, .section_base = 0x00007ff633330000, .vad_root = 0xffffb30466600858,
	    .file_object = 0xffffb30444444440, .audit_name = 0xffffb30555555550, .create_time = 0x01d9f00011112222,
	    .exit_time = 0x01d9f00011112223, .secure_state = 0x8000000340000001, .threads = 0x81234567,
	    .exit_status = 0xc0000005, .flags = 0xd0000000, .protection = 0x61, .base_priority = 0x88,
	    .kernel_time = 0x91000001, .user_time = 0xa2000002, .name = "cvtn.exe" } },
	{ "10240 x64: SecurePid and TrustletIdentity", KST_ARCH_X64, 10240, 0,
	  { E("UniqueProcessId", 0x1c8), K("DirectoryTableBase", 0x1ad000), E("Peb", 0x7ff7f2ee1000),
	    E("WoW64Process", 0x100000000), E("TrustletIdentity", 0x8000000000000001), K("SecurePid", 1),
	    E("ImageFileName", 0x6578652e6973736c) },
	  { .user_state = KST_USER_STATE_SECURE, .present = 0x1affefd7f, .traits = 0x18, .address = 0xffffb30466600080,
	    .pid = 0x1c8, .dtb = 0x1ad000, .peb = 0x7ff7f2ee1000, .wow64_process = 0x100000000,
	    .vad_root = 0xffffb30466600688, .trustlet_identity = 0x8000000000000001, .secure_state = 1,
	    .name = "lssi.exe" } },
	{ "10240 x64: no secure process", KST_ARCH_X64, 10240, 0,
	  { K("DirectoryTableBase", 0x1ad000), E("Peb", 0x7ff7f2ee1000) },
	  { .user_state = KST_USER_STATE_PRESENT, .present = 0x1affefd7f, .address = 0xffffb30466600080,
	    .dtb = 0x1ad000, .peb = 0x7ff7f2ee1000, .vad_root = 0xffffb30466600688 } },
	{ "XP x86: pointers are 4 bytes, what follows is not theirs", KST_ARCH_X86, 2600, 0,
	  { E("UniqueProcessId", 0x6a4), E("InheritedFromUniqueProcessId", 0x80000284),
	    K("DirectoryTableBase", 0xabcdef01091c02a0), E("Peb", 0x7ffdf000), E("ObjectTable", 0xe1a2b3c8),
	    E("ActiveThreads", 0x11), E("CreateTime", 0x01c6a000f1f2f3f4), E("ExitTime", 0x01c6a000f1f2f3f5),
	    E("ExitStatus", 0x103), E("Token", 0xe18d709f), E("Session", 0xf8a2b000), E("SectionObject", 0xe1716128),
	    E("SectionBaseAddress", 0x81000000), E("Flags", 0x80000044), K("BasePriority", 8), K("KernelTime", 0x21),
	    K("UserTime", 0x32), E("SeAuditProcessCreationInfo", 0x819a1234), E("ImageFileName", 0x6578652e676c7663) },
	  { .user_state = KST_USER_STATE_PRESENT, .present = 0x2f5efd2f, .traits = 1, .address = 0x819a5020,
	    .pid = 0x6a4, .parent_pid = 0x80000284, .dtb = 0x091c02a0, .peb = 0x7ffdf000, .handle_table = 0xe1a2b3c8,
	    .token = 0xe18d7098, .session = 0xf8a2b000, .section = 0xe1716128, .section_base = 0x81000000,
	    .vad_root = 0x819a513c, .audit_name = 0x819a1234, .create_time = 0x01c6a000f1f2f3f4,
	    .exit_time = 0x01c6a000f1f2f3f5, .threads = 0x11, .exit_status = 0x103, .flags = 0x80000044,
	    .base_priority = 8, .kernel_time = 0x21, .user_time = 0x32, .name = "cvlg.exe" } },
};
/* clang-format on */

static void whole_processes(void **state)
{
	const struct whole *row = *state;
	struct kst_layout *layout = layout_builtin(row->arch, row->build, row->revision);
	struct kst_process want = row->process, p = { .size = sizeof p };
	uint8_t bytes[0xb80] = { 0 };

	want.size = sizeof p;
	for (size_t i = 0; i < 28 && row->put[i].type != NULL; i++) {
		struct kst_member m = { .size = sizeof m };

		assert_int_equal(kst_layout_member(layout, row->put[i].type, row->put[i].path, &m), KST_OK);
		/* a value may be longer than a member of one byte: what follows is not the member's */
		for (uint32_t k = 0; k < 8 && (k < m.length || m.length < 4); k++)
			bytes[m.offset + k] |= (uint8_t)(row->put[i].value << m.bit_pos >> (8 * k));
	}
	assert_int_equal(kst_decode_process(layout, bytes, sizeof bytes, want.address, &p, NULL), KST_OK);
	assert_memory_equal(&p, &want, sizeof p);
	free(layout);
}

/* ImageFileName is printable text up to a zero; other bytes show as dots, and control characters are strange. */
static void names_of_images(void **state)
{
	static const struct {
		const char *bytes, *name;
		uint64_t anomalies;
	} cases[] = {
		{ "System\0\0\0\0\0\0\0\0\0\2", "System", 0 },
		{ "123456789abcdef\2", "123456789abcdef", 0 }, /* the byte after it is the priority class */
		{ "\x1f"
		  "a.exe\0\0\0\0\0\0\0\0\0",
		  ".a.exe", KST_PROCESS_ANOMALY_NAME },
		{ " a.exe\0\0\0\0\0\0\0\0\0", " a.exe", 0 },
		{ "a~.exe\0\0\0\0\0\0\0\0\0", "a~.exe", 0 },
		{ "a\x7f.exe\0\0\0\0\0\0\0\0\0", "a..exe", KST_PROCESS_ANOMALY_NAME },
		{ "a\x80.exe\0\0\0\0\0\0\0\0\0", "a..exe", 0 },
		{ "a\0\1\2\3\0\0\0\0\0\0\0\0\0\0", "a", 0 },
	};
	static const struct member_row type = { "_EPROCESS", "ImageFileName", 0, 15, 0, 0 };
	struct kst_layout *layout = layout_from_rows(&type, 1, 8);

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct kst_process p = { .size = sizeof p };

		assert_int_equal(kst_decode_process(layout, cases[i].bytes, 16, 0, &p, NULL), KST_OK);
		assert_true(p.present == KST_PROCESS_HAS_NAME);
		assert_string_equal(p.name, cases[i].name);
		assert_true(p.anomalies == cases[i].anomalies);
		assert_int_equal(p.user_state, KST_USER_STATE_UNKNOWN); /* no PEB is known */
	}
	free(layout);
}

/* Types that know little: what is not known says nothing and contradicts nothing. */
static void few_members(void **state)
{
	static const struct {
		struct member_row rows[3];
		uint64_t present, traits, anomalies;
		bool known;
	} cases[] = {
		{ { { "_EPROCESS", "UniqueProcessId", 0, 8, 0, 0 } }, 1, 0, KST_PROCESS_ANOMALY_PID, true },
		{ { { "_EPROCESS", "TrustletIdentity", 0, 8, 0, 0 } }, KST_PROCESS_HAS_TRUSTLET, 0, 0, true },
		{ { { "_EPROCESS", "ImageFileName", 0x18, 15, 0, 0 } }, KST_PROCESS_HAS_NAME, 0, 0, true },
		{ { { "_EPROCESS", "VadRoot", 0, 8, 0, 0 } }, KST_PROCESS_HAS_VAD_ROOT, 0, 0, false },
		/* an exit time tells of itself */
		{ { { "_EPROCESS", "ExitTime", 0, 8, 0, 0 } },
		  KST_PROCESS_HAS_EXIT_TIME,
		  KST_PROCESS_IS_EXITING,
		  0,
		  true },
		/* VmDeleted is younger than the other two */
		{ { { "_EPROCESS", "ProcessExiting", 0, 4, 2, 1 }, { "_EPROCESS", "ProcessDelete", 0, 4, 3, 1 } },
		  KST_PROCESS_HAS_EXITING,
		  0,
		  0,
		  false },
		{ { { "_EPROCESS", "ProcessExiting", 0, 4, 0, 1 }, { "_EPROCESS", "ProcessDelete", 0, 4, 3, 1 } },
		  KST_PROCESS_HAS_EXITING,
		  KST_PROCESS_IS_EXITING,
		  0,
		  false },
		{ { { "_EPROCESS", "ProcessExiting", 0, 4, 0, 1 } }, 0, 0, 0, false },
		/* a kernel without isolated user mode: not secure; without any member it is not known to be there */
		{ { { "_KPROCESS", "ThreadListHead", 0, 16, 0, 0 } }, 0, 0, 0, false },
		{ { { "_KPROCESS", "ThreadListHead", 0, 16, 0, 0 }, { "_KPROCESS", "UserTime", 0, 4, 0, 0 } },
		  KST_PROCESS_HAS_SECURE | KST_PROCESS_HAS_USER_TIME,
		  0,
		  0,
		  true },
		{ { { "_KPROCESS", "SecureState", 0x18, 8, 0, 0 } }, 0, 0, 0, false }, /* beyond the bytes */
	};
	static const uint8_t bytes[0x19] = { [0] = 1, [1] = 2, [0x18] = 'a' };

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct kst_layout *layout = layout_from_rows(cases[i].rows, cases[i].rows[1].type == NULL ? 1 : 2, 8);
		struct kst_process p = { .size = sizeof p };
		size_t len = strcmp(cases[i].rows[0].path, "ImageFileName") == 0 ? 0x27 : sizeof bytes;
		uint8_t longer[0x27] = { 0 };

		memcpy(longer, bytes, sizeof bytes);
		assert_int_equal(kst_decode_process(layout, longer, len, 0, &p, NULL), KST_OK);
		assert_true(p.present == cases[i].present);
		assert_true(p.traits == cases[i].traits);
		assert_true(p.anomalies == cases[i].anomalies);
		assert_int_equal(p.user_state, KST_USER_STATE_UNKNOWN);
		assert_int_equal(kst__process_known(layout), cases[i].known);
		free(layout);
	}
}

/* Types without VmDeleted: told to end, and the last thread has left its time. */
static void without_vm_deleted(void **state)
{
	static const struct member_row rows_of[] = {
		{ "_EPROCESS", "ProcessExiting", 0, 4, 2, 1 },
		{ "_EPROCESS", "ProcessDelete", 0, 4, 3, 1 },
		{ "_EPROCESS", "ExitTime", 8, 8, 0, 0 },
		{ "_EPROCESS", "Peb", 16, 8, 0, 0 },
	};
	static const struct {
		uint8_t flags, exit_time;
		uint64_t traits;
		uint32_t user_state;
	} cases[] = {
		{ 0, 0, 0, KST_USER_STATE_PRESENT },
		{ 0, 1, KST_PROCESS_IS_EXITING, KST_USER_STATE_PRESENT },
		{ 4, 1, KST_PROCESS_IS_EXITING, KST_USER_STATE_PRESENT },
		{ 8, 0, KST_PROCESS_IS_EXITING, KST_USER_STATE_PRESENT },
		{ 8, 1, KST_PROCESS_IS_EXITING | KST_PROCESS_IS_DELETED, KST_USER_STATE_GONE },
		{ 0x20, 1, KST_PROCESS_IS_EXITING, KST_USER_STATE_PRESENT }, /* a bit of no known meaning */
	};
	struct kst_layout *layout = layout_from_rows(rows_of, sizeof rows_of / sizeof rows_of[0], 8);

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		const uint8_t bytes[24] = { [0] = cases[i].flags, [8] = cases[i].exit_time, [18] = 1 };
		struct kst_process p = { .size = sizeof p };

		assert_int_equal(kst_decode_process(layout, bytes, sizeof bytes, 0, &p, NULL), KST_OK);
		assert_true(p.traits == cases[i].traits);
		assert_int_equal(p.user_state, cases[i].user_state);
	}
	free(layout);
}

static void refuses(void **state)
{
	struct kst_layout *layout = layout_19041_x64();
	struct kst_process p = { .size = 8, .pid = 77 };
	struct kst_process whole = { .size = sizeof whole };
	struct kst_error err = { .size = sizeof err };

	(void)state;
	assert_int_equal(kst_decode_process(layout, "", 1, 0x1234, &p, &err), KST_E_ABI);
	assert_true(err.address == 0x1234);
	assert_string_equal(err.message, "kst_process.size is not known");
	assert_int_equal(p.size, 8);
	assert_true(p.pid == 77);
	assert_int_equal(kst_decode_process(layout, NULL, 1, 0x5678, &whole, &err), KST_E_ARG);
	assert_true(err.address == 0x5678);
	assert_string_equal(err.message, "layout, bytes or result is NULL");
	assert_int_equal(kst_decode_process(NULL, NULL, 0, 0, &whole, &err), KST_E_ARG);
	assert_int_equal(kst_decode_process(layout, NULL, 0, 0, NULL, &err), KST_E_ARG);
	free(layout);
}

/* The space of a process is its directory table base, unless that means another space or none. */
static void spaces(void **state)
{
	static const char none[] = "the process has no known directory table base";
	static const char unsound[] = "the process has no sound directory table base";
	static const struct {
		uint64_t present, dtb, anomalies;
		kst_status status;
		const char *message;
	} cases[] = {
		{ 0, 0x13c77e002, 0, KST_E_NO_MEMBER, none },
		{ ~(uint64_t)KST_PROCESS_HAS_DTB, 0x13c77e002, 0, KST_E_NO_MEMBER, none },
		{ KST_PROCESS_HAS_DTB, 0x13c77e002, 0, KST_OK, "" },
		{ KST_PROCESS_HAS_DTB, 0x13c77e002, ~(uint64_t)KST_PROCESS_ANOMALY_DTB, KST_OK, "" },
		{ KST_PROCESS_HAS_DTB, 0x13c77e002, KST_PROCESS_ANOMALY_DTB, KST_E_CORRUPT, unsound },
		{ KST_PROCESS_HAS_DTB, UINT64_MAX, 0, KST_E_CORRUPT, unsound }, /* would be physical memory */
		{ KST_PROCESS_HAS_DTB, 0, 0, KST_E_CORRUPT, unsound },          /* would be the kernel's own space */
	};
	struct kst_process p = { .size = sizeof p, .address = 0xffffb30466600080 };
	struct kst_error err = { .size = sizeof err };
	kst_space space = 99;

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		space = 99;
		memset(&err, 0, sizeof err);
		err.size = sizeof err;
		p.present = cases[i].present;
		p.dtb = cases[i].dtb;
		p.anomalies = cases[i].anomalies;
		assert_int_equal(kst_process_space(&p, &space, &err), cases[i].status);
		assert_true(space == (cases[i].status == KST_OK ? 0x13c77e002 : 99));
		assert_true(err.address == (cases[i].status == KST_OK ? 0 : 0xffffb30466600080));
		assert_string_equal(err.message, cases[i].message);
	}
	assert_int_equal(kst_process_space(NULL, &space, &err), KST_E_ARG);
	assert_true(err.address == 0);
	assert_string_equal(err.message, "process or result is NULL");
	assert_int_equal(kst_process_space(&p, NULL, &err), KST_E_ARG);
	p.size = 8;
	assert_int_equal(kst_process_space(&p, &space, &err), KST_E_ABI);
	assert_true(err.address == 0xffffb30466600080);
	assert_string_equal(err.message, "kst_process.size is not known");
}

/* What an address space says of user mode: gone before secure before what the PEB tells. */
static void user_states(void **state)
{
	static const struct {
		uint64_t traits, present, peb;
		uint32_t user_state;
	} cases[] = {
		{ 0x1f, KST_PROCESS_HAS_PEB, 0x7ffdf000, KST_USER_STATE_GONE },
		{ 0x1d, KST_PROCESS_HAS_PEB, 0x7ffdf000, KST_USER_STATE_SECURE },
		{ 0x15, KST_PROCESS_HAS_PEB, 0x7ffdf000, KST_USER_STATE_PRESENT },
		{ 0x15, KST_PROCESS_HAS_PEB, 0, KST_USER_STATE_NONE },
		{ 0x15, ~(uint64_t)KST_PROCESS_HAS_PEB, 0, KST_USER_STATE_UNKNOWN },
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct kst_process p = { .traits = cases[i].traits, .present = cases[i].present, .peb = cases[i].peb };

		kst__process_judge(&p);
		assert_int_equal(p.user_state, cases[i].user_state);
	}
}

static void names(void **state)
{
	static const char *const states[] = { "unknown", "present", "none", "gone", "secure", "unknown" };
	static const char *const anomalies[] = { "pid",
						 "dtb",
						 "peb-address",
						 "name",
						 "times",
						 "path",
						 "wow64-peb",
						 "secure-state",
						 "not-listed",
						 "not-in-cid-table",
						 "not-in-kernel-list",
						 "no-address-space",
						 "not-in-object-list" };
	static const char *const sources[] = { "list", "kernel-list", "cid-table", "object-list" };

	(void)state;
	for (uint32_t i = 0; i < 6; i++)
		assert_string_equal(kst_user_state_name(i), states[i]);
	for (unsigned i = 0; i < 13; i++)
		assert_string_equal(kst_process_anomaly_name((uint64_t)1 << i), anomalies[i]);
	for (unsigned i = 0; i < 4; i++)
		assert_string_equal(kst_process_source_name((uint64_t)1 << i), sources[i]);
	assert_null(kst_process_anomaly_name(0x2000));
	assert_null(kst_process_anomaly_name(3));
	assert_null(kst_process_source_name(0x10));
	assert_null(kst_process_source_name(0));
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
	struct CMUnitTest tests[8 + 2 * sizeof rows / sizeof rows[0] + sizeof wholes / sizeof wholes[0]] = {
		cmocka_unit_test(refuses),         cmocka_unit_test(spaces),      cmocka_unit_test(user_states),
		cmocka_unit_test(names),           cmocka_unit_test(few_members), cmocka_unit_test(without_vm_deleted),
		cmocka_unit_test(names_of_images), cmocka_unit_test(other_names),
	};
	size_t n = 8;

	n += ROWS_TO_TESTS(tests + n, rows, decodes);
	n += ROWS_TO_TESTS(tests + n, rows, truncation);
	n += ROWS_TO_TESTS(tests + n, wholes, whole_processes);
	return _cmocka_run_group_tests("process", tests, n, NULL, NULL);
}
