/* SPDX-License-Identifier: MIT */
#include "support/objects.h"

#include <stdlib.h>

#define BELOW 0x400u /* bytes before the header */
#define SIZE  (BELOW + 0x80)

struct field {
	const char *type, *path;
	int64_t base; /* from the header */
	uint64_t value;
};

struct row {
	const char *name;
	struct forged_build build;
	uint64_t header;
	struct field put[8];
	uint32_t infos;
	uint32_t distance[8]; /* of optional header n below the header; 0: none */
	uint64_t anomalies;
};

#define SEVEN_X86                                                                                                      \
	{                                                                                                              \
		"", KST_ARCH_X86, 7600, 0                                                                              \
	}
#define SEVEN_X64                                                                                                      \
	{                                                                                                              \
		"", KST_ARCH_X64, 7601, 0                                                                              \
	}
#define EIGHT_ONE_X64                                                                                                  \
	{                                                                                                              \
		"", KST_ARCH_X64, 9600, 0                                                                              \
	}
#define TEN_X64                                                                                                        \
	{                                                                                                              \
		"", KST_ARCH_X64, 19041, 3570                                                                          \
	}
#define TEN_FIRST_X64                                                                                                  \
	{                                                                                                              \
		"", KST_ARCH_X64, 10240, 0                                                                             \
	}
#define XP_X86                                                                                                         \
	{                                                                                                              \
		"", KST_ARCH_X86, 2600, 0                                                                              \
	}
#define VISTA_X64                                                                                                      \
	{                                                                                                              \
		"", KST_ARCH_X64, 6002, 0                                                                              \
	}
#define MASK(value)                                                                                                    \
	{                                                                                                              \
		"_OBJECT_HEADER", "InfoMask", 0, value                                                                 \
	}
#define FLAGS(value)                                                                                                   \
	{                                                                                                              \
		"_OBJECT_HEADER", "Flags", 0, value                                                                    \
	}

#define NAME_OFFSET(value)                                                                                             \
	{                                                                                                              \
		"_OBJECT_HEADER", "NameInfoOffset", 0, value                                                           \
	}
#define HANDLE_OFFSET(value)                                                                                           \
	{                                                                                                              \
		"_OBJECT_HEADER", "HandleInfoOffset", 0, value                                                         \
	}
#define QUOTA_OFFSET(value)                                                                                            \
	{                                                                                                              \
		"_OBJECT_HEADER", "QuotaInfoOffset", 0, value                                                          \
	}

/* The distances are worked examples of the published mask rule; 8.1 x64 is Microsoft's own !object output. */
static const struct row rows[] = {
	{ "8.1 x64, name only", EIGHT_ONE_X64, 0xffffe0083b85d030, { MASK(0x02) }, 0x02, { 0, 0x20 }, 0 },
	{ "x64 mask 03", TEN_X64, 0xffffbb0e3b8f7e50, { MASK(0x03) }, 0x03, { 0x20, 0x40 }, 0 },
	{ "x64 mask 0e", SEVEN_X64, 0xfffffa8000001030, { MASK(0x0e) }, 0x0e, { 0, 0x20, 0x30, 0x50 }, 0 },
	{ "x86 mask 0f", SEVEN_X86, 0x84001048, { MASK(0x0f) }, 0x0f, { 0x10, 0x20, 0x28, 0x38 }, 0 },
	{ "x64 mask 5f: audit",
	  TEN_X64,
	  0xffffa80000001030,
	  { MASK(0x5f) },
	  0x5f,
	  { 0x20, 0x40, 0x50, 0x70, 0x80, 0, 0x90 },
	  0 },
	{ "x64 mask 81: extended",
	  TEN_X64,
	  0xffffa80000001030,
	  { MASK(0x81) },
	  0x81,
	  { 0x20, 0, 0, 0, 0, 0, 0, 0x30 },
	  0 },
	{ "10240 mask 80: revocation",
	  TEN_FIRST_X64,
	  0xffffa80000001030,
	  { MASK(0x80) },
	  0x80,
	  { 0, 0, 0, 0, 0, 0, 0, 0x20 },
	  0 },
	{ "none", TEN_X64, 0xffffa80000001030, { MASK(0) }, 0, { 0 }, 0 },
	{ "mask bit that Windows 7 does not have",
	  SEVEN_X86,
	  0x84001048,
	  { MASK(0x41) },
	  0x01,
	  { 0x10 },
	  KST_OBJECT_ANOMALY_INFO_UNKNOWN },
	{ "padding of 40",
	  TEN_X64,
	  0xffffa80000001030,
	  { MASK(0x61), { "_OBJECT_HEADER_PADDING_INFO", "PaddingAmount", -0x24, 0x40 } },
	  0x61,
	  { 0x20, 0, 0, 0, 0, 0x24, 0x20 + 0x40 + 0x10 },
	  0 },
	{ "padding of 4 GiB",
	  TEN_X64,
	  0xffffa80000001030,
	  { MASK(0x20), { "_OBJECT_HEADER_PADDING_INFO", "PaddingAmount", -4, 0xffffffff } },
	  0x20,
	  { 0, 0, 0, 0, 0, 4 },
	  KST_OBJECT_ANOMALY_PADDING },
	{ "XP, all",
	  XP_X86,
	  0x84001048,
	  { FLAGS(4), NAME_OFFSET(0x20), HANDLE_OFFSET(0x28), QUOTA_OFFSET(0x38) },
	  0x0f,
	  { 0x10, 0x20, 0x28, 0x38 },
	  0 },
	{ "XP, name without creator", XP_X86, 0x84001048, { NAME_OFFSET(0x10) }, 0x02, { 0, 0x10 }, 0 },
	{ "XP, name where the creator is",
	  XP_X86,
	  0x84001048,
	  { FLAGS(4), NAME_OFFSET(0x10) },
	  0x01,
	  { 0x10 },
	  KST_OBJECT_ANOMALY_INFO_OFFSET },
	{ "XP, odd offset", XP_X86, 0x84001048, { QUOTA_OFFSET(0x3b) }, 0, { 0 }, KST_OBJECT_ANOMALY_INFO_OFFSET },
	{ "Vista x64", VISTA_X64, 0xfffffa8000001030, { FLAGS(6), NAME_OFFSET(0x40) }, 0x03, { 0x20, 0x40 }, 0 },
	{ "unaligned", TEN_X64, 0xffffa80000001038, { MASK(0) }, 0, { 0 }, KST_OBJECT_ANOMALY_UNALIGNED },
	{ "more handles than references",
	  TEN_X64,
	  0xffffa80000001030,
	  { MASK(0), { "_OBJECT_HEADER", "HandleCount", 0, 2 }, { "_OBJECT_HEADER", "PointerCount", 0, 1 } },
	  0,
	  { 0 },
	  KST_OBJECT_ANOMALY_COUNTS },
	{ "negative references",
	  SEVEN_X86,
	  0x84001048,
	  { MASK(0), { "_OBJECT_HEADER", "PointerCount", 0, 0xffffffff } },
	  0,
	  { 0 },
	  KST_OBJECT_ANOMALY_COUNTS },
	{ "name of 64 KiB",
	  TEN_X64,
	  0xffffa80000001030,
	  { MASK(2), { "_OBJECT_HEADER_NAME_INFO", "Name", -0x20, 0xffff } },
	  0x02,
	  { 0, 0x20 },
	  KST_OBJECT_ANOMALY_NAME_LENGTH },
};

static void put(const struct kst_layout *layout, uint8_t *bytes, const struct field *f)
{
	struct kst_member m = { .size = sizeof m };
	size_t at;

	assert_int_equal(kst_layout_member(layout, f->type, f->path, &m), KST_OK);
	at = (size_t)((int64_t)BELOW + f->base) + m.offset;
	for (size_t i = 0; i < (m.length < 8 ? m.length : 8); i++)
		bytes[at + i] = (uint8_t)(f->value >> (8 * i));
}

static void headers(void **state)
{
	const struct row *row = *state;
	struct kst_layout *layout = layout_builtin(row->build.arch, row->build.build, row->build.revision);
	struct kst_object o = { .size = sizeof o };
	uint8_t bytes[SIZE] = { 0 };
	uint64_t body = row->header + (row->build.arch == KST_ARCH_X86 ? 0x18 : 0x30);

	for (size_t i = 0; i < 8 && row->put[i].type != NULL; i++)
		put(layout, bytes, &row->put[i]);
	assert_int_equal(kst_decode_object(layout, bytes, SIZE, row->header - BELOW, row->header, &o, NULL), KST_OK);
	assert_true(o.header == row->header && o.body == body);
	assert_int_equal(o.infos, row->infos);
	for (size_t i = 0; i < 8; i++)
		assert_true(o.info_address[i] == (row->distance[i] == 0 ? 0 : row->header - row->distance[i]));
	assert_true(o.anomalies == row->anomalies);
	free(layout);
}

/* Never a member beyond the bytes: what a shorter piece gives is a part of what a longer one gives. */
static void truncated(void **state)
{
	const struct row *row = *state;
	struct kst_layout *layout = layout_builtin(row->build.arch, row->build.build, row->build.revision);
	uint8_t bytes[SIZE] = { 0 };
	uint64_t before = 0;

	for (size_t i = 0; i < 8 && row->put[i].type != NULL; i++)
		put(layout, bytes, &row->put[i]);
	for (size_t len = BELOW; len <= SIZE; len++) {
		struct kst_object o = { .size = sizeof o };
		uint8_t *exact = malloc(len);

		memcpy(exact, bytes, len);
		assert_int_equal(kst_decode_object(layout, exact, len, row->header - BELOW, row->header, &o, NULL),
				 KST_OK);
		assert_true((before & ~o.present) == 0);
		before = o.present;
		if (len == BELOW)
			assert_true(o.present == 0);
		free(exact);
	}
	before = 0;
	for (size_t skip = BELOW + 1; skip-- > 0;) { /* and from the other side */
		struct kst_object o = { .size = sizeof o };
		uint8_t *exact = malloc(SIZE - skip);

		memcpy(exact, bytes + skip, SIZE - skip);
		assert_int_equal(kst_decode_object(layout, exact, SIZE - skip, row->header - BELOW + skip, row->header,
						   &o, NULL),
				 KST_OK);
		assert_true((before & ~o.present) == 0);
		before = o.present;
		if (skip == BELOW)
			assert_true((o.present & (KST_OBJECT_HAS_CREATOR_PID | KST_OBJECT_HAS_NAME_STRING)) == 0);
		free(exact);
	}
	free(layout);
}

/* Values of a real ObjT chunk (build 19041): creator and name header, index not decoded without the cookie. */
static void values(void **state)
{
	static const struct field fields[] = {
		{ "_OBJECT_HEADER", "PointerCount", 0, 2 },
		{ "_OBJECT_HEADER", "TypeIndex", 0, 0xa2 },
		MASK(3),
		FLAGS(0x13),
		{ "_OBJECT_HEADER", "SecurityDescriptor", 0, 0xffff900e0f206c6f },
		{ "_OBJECT_HEADER_CREATOR_INFO", "TypeList", -0x20, 0xffffbb0e3b8f8930 },
		{ "_OBJECT_HEADER_CREATOR_INFO", "CreatorUniqueProcess", -0x20, 4 },
		{ "_OBJECT_HEADER_NAME_INFO", "Directory", -0x40, 0xffff900e0f25be10 },
		{ "_OBJECT_HEADER_NAME_INFO", "Name", -0x40, 0x00080006 },
	};
	struct kst_layout *layout = layout_builtin(KST_ARCH_X64, 19041, 3570);
	struct kst_object o = { .size = sizeof o };
	uint8_t bytes[SIZE] = { 0 };
	uint64_t header = 0xffffbb0e3b8f7e50;

	(void)state;
	for (size_t i = 0; i < sizeof fields / sizeof fields[0]; i++)
		put(layout, bytes, &fields[i]);
	assert_int_equal(kst_decode_object(layout, bytes, SIZE, header - BELOW, header, &o, NULL), KST_OK);
	assert_true(o.pointer_count == 2 && o.handle_count == 0);
	assert_int_equal(o.flags, 0x13);
	assert_int_equal(o.stored_type_index, 0xa2);
	assert_true((o.present & (KST_OBJECT_HAS_TYPE_INDEX | KST_OBJECT_HAS_TYPE)) == 0);
	assert_true(o.security_descriptor == 0xffff900e0f206c60);
	assert_int_equal(o.security_references, 0xf);
	assert_true(o.type_list_flink == 0xffffbb0e3b8f8930);
	assert_true(o.creator_pid == 4);
	assert_true(o.directory == 0xffff900e0f25be10);
	assert_int_equal(o.name_length, 6);
	assert_int_equal(o.name_maximum, 8);
	free(layout);
}

static void single_handle_entry(void **state)
{
	static const struct field fields[] = {
		MASK(4),
		FLAGS(0x40),
		{ "_OBJECT_HEADER_HANDLE_INFO", "HandleCountDataBase", -0x10, 0xffffbb0e3b8f7080 },
		{ "_OBJECT_HANDLE_COUNT_ENTRY", "HandleCount", -0x10, 0x01000003 },
	};
	struct kst_layout *layout = layout_builtin(KST_ARCH_X64, 19041, 3570);
	struct kst_object o = { .size = sizeof o };
	uint8_t bytes[SIZE] = { 0 };

	(void)state;
	for (size_t i = 0; i < sizeof fields / sizeof fields[0]; i++)
		put(layout, bytes, &fields[i]);
	assert_int_equal(
		kst_decode_object(layout, bytes, SIZE, 0xffffa80000001000, 0xffffa80000001000 + BELOW, &o, NULL),
		KST_OK);
	assert_true(o.handle_info == 0xffffbb0e3b8f7080);
	assert_true(o.handle_info_count == 3); /* the lock count above it is cut off */
	free(layout);
}

static void type_index(void **state)
{
	(void)state;
	assert_int_equal(kst_object_type_index(0x3a, 0xffffe0083b85d030, 0x21), 0xcb);
	assert_int_equal(kst_object_type_index(0xf4, 0xffffe0083b85d030, 0x21), 5);
}

static void refuses(void **state)
{
	struct kst_layout *layout = layout_builtin(KST_ARCH_X64, 19041, 3570);
	struct kst_layout *empty = malloc(kst_layout_size());
	struct kst_object o = { .size = sizeof o, .header = 7 };
	uint8_t bytes[0x40] = { 0 };

	(void)state;
	assert_int_equal(kst_layout_init_empty(empty, kst_layout_size(), 8, NULL), KST_OK);
	assert_int_equal(kst_decode_object(NULL, bytes, 0x40, 0x1000, 0x1000, &o, NULL), KST_E_ARG);
	assert_int_equal(kst_decode_object(layout, NULL, 1, 0x1000, 0x1000, &o, NULL), KST_E_ARG);
	assert_int_equal(kst_decode_object(layout, bytes, 0x40, 0x1000, 0xfff, &o, NULL), KST_E_ARG);
	assert_int_equal(kst_decode_object(layout, bytes, 0x40, 0x1000, 0x1041, &o, NULL), KST_E_ARG);
	assert_int_equal(kst_decode_object(empty, bytes, 0x40, 0x1000, 0x1000, &o, NULL), KST_E_NO_MEMBER);
	assert_int_equal(kst_decode_object(layout, NULL, 0, 0x1000, 0x1000, &o, NULL), KST_OK);
	assert_true(o.header == 0x1000 && o.present == 0);
	o.size = 4;
	o.header = 7;
	assert_int_equal(kst_decode_object(layout, bytes, 0x40, 0x1000, 0x1000, &o, NULL), KST_E_ABI);
	assert_true(o.header == 7);
	free(empty);
	free(layout);
}

static void names(void **state)
{
	(void)state;
	assert_string_equal(kst_object_anomaly_name(KST_OBJECT_ANOMALY_UNALIGNED), "unaligned");
	assert_string_equal(kst_object_anomaly_name(KST_OBJECT_ANOMALY_NO_CREATOR), "no-creator");
	assert_null(kst_object_anomaly_name(KST_OBJECT_ANOMALY_NO_CREATOR << 1));
	assert_string_equal(kst_object_info_name(KST_OBJECT_INFO_EXTENDED), "extended");
	assert_null(kst_object_info_name(0x100));
	assert_string_equal(kst_object_flag_name(4, 0), "creator-info");
	assert_string_equal(kst_object_flag_name(4, 1), "kernel-only-access");
	assert_string_equal(kst_object_flag_name(0x80, 1), "deleted-inline");
}

int main(void)
{
	struct CMUnitTest tests[64] = {
		cmocka_unit_test(values),     cmocka_unit_test(single_handle_entry),
		cmocka_unit_test(type_index), cmocka_unit_test(refuses),
		cmocka_unit_test(names),
	};
	size_t n = 5;

	n += ROWS_TO_TESTS(tests + n, rows, headers);
	n += ROWS_TO_TESTS(tests + n, rows, truncated);
	return _cmocka_run_group_tests("object headers", tests, n, NULL, NULL);
}
