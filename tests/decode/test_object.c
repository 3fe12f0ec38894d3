/* SPDX-License-Identifier: MIT */
#include "decode/object.h"
#include "support/objects.h"

#include <stdlib.h>

#define BELOW 0x400u /* bytes before the header */
#define SIZE  (BELOW + 0x80)
#define PUTS  28

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

/* clang-format off */
#define SEVEN_X86            { "", KST_ARCH_X86, 7600, 0 }
#define SEVEN_X64            { "", KST_ARCH_X64, 7601, 0 }
#define EIGHT_ONE_X64        { "", KST_ARCH_X64, 9600, 0 }
#define TEN_X64              { "", KST_ARCH_X64, 19041, 3570 }
#define TEN_FIRST_X64        { "", KST_ARCH_X64, 10240, 0 }
#define XP_X86               { "", KST_ARCH_X86, 2600, 0 }
#define VISTA_X64            { "", KST_ARCH_X64, 6002, 0 }
#define H(member, value)     { "_OBJECT_HEADER", member, 0, value }
#define I(type, member, base, value) { "_OBJECT_HEADER_" type, member, base, value }

/* The distances are worked examples of the published mask rule; 8.1 x64 is Microsoft's own !object output. */
static const struct row rows[] = {
	{ "8.1 x64, name only", EIGHT_ONE_X64, 0xffffe0083b85d030, { H("InfoMask", 0x02) }, 0x02, { 0, 0x20 }, 0 },
	{ "x64 mask 03", TEN_X64, 0xffffbb0e3b8f7e50, { H("InfoMask", 0x03) }, 0x03, { 0x20, 0x40 }, 0 },
	{ "x64 mask 0e", SEVEN_X64, 0xfffffa8000001030, { H("InfoMask", 0x0e) }, 0x0e, { 0, 0x20, 0x30, 0x50 }, 0 },
	{ "x86 mask 0f", SEVEN_X86, 0x84001048, { H("InfoMask", 0x0f) }, 0x0f, { 0x10, 0x20, 0x28, 0x38 }, 0 },
	{ "x64 mask 5f: audit", TEN_X64, 0xffffa80000001030,
	  { H("InfoMask", 0x5f) }, 0x5f, { 0x20, 0x40, 0x50, 0x70, 0x80, 0, 0x90 }, 0 },
	{ "x64 mask 81: extended", TEN_X64, 0xffffa80000001030,
	  { H("InfoMask", 0x81) }, 0x81, { 0x20, 0, 0, 0, 0, 0, 0, 0x30 }, 0 },
	{ "10240 mask 80: revocation", TEN_FIRST_X64, 0xffffa80000001030,
	  { H("InfoMask", 0x80) }, 0x80, { 0, 0, 0, 0, 0, 0, 0, 0x20 }, 0 },
	{ "mask bit that Windows 7 does not have", SEVEN_X86, 0x84001048,
	  { H("InfoMask", 0x41) }, 0x01, { 0x10 }, KST_OBJECT_ANOMALY_INFO_UNKNOWN },
	{ "padding of 40", TEN_X64, 0xffffa80000001030,
	  { H("InfoMask", 0x61), I("PADDING_INFO", "PaddingAmount", -0x24, 0x40) }, 0x61,
	  { 0x20, 0, 0, 0, 0, 0x24, 0x20 + 0x40 + 0x10 }, 0 },
	{ "padding of 4 GiB", TEN_X64, 0xffffa80000001030,
	  { H("InfoMask", 0x20), I("PADDING_INFO", "PaddingAmount", -4, 0xffffffff) }, 0x20,
	  { 0, 0, 0, 0, 0, 4 }, KST_OBJECT_ANOMALY_PADDING },
	{ "padding of a page", TEN_X64, 0xffffa80000001030,
	  { H("InfoMask", 0x60), I("PADDING_INFO", "PaddingAmount", -4, 0x1000) }, 0x60,
	  { 0, 0, 0, 0, 0, 4, 0x1010 }, 0 },
	{ "padding of more than a page", TEN_X64, 0xffffa80000001030,
	  { H("InfoMask", 0x60), I("PADDING_INFO", "PaddingAmount", -4, 0x1001) }, 0x60,
	  { 0, 0, 0, 0, 0, 4, 0x1010 }, KST_OBJECT_ANOMALY_PADDING },
	{ "XP, all", XP_X86, 0x84001048,
	  { H("Flags", 4), H("NameInfoOffset", 0x20), H("HandleInfoOffset", 0x28), H("QuotaInfoOffset", 0x38) },
	  0x0f, { 0x10, 0x20, 0x28, 0x38 }, 0 },
	{ "XP, name without creator", XP_X86, 0x84001048, { H("NameInfoOffset", 0x10) }, 0x02, { 0, 0x10 }, 0 },
	{ "XP, name where the creator is", XP_X86, 0x84001048,
	  { H("Flags", 4), H("NameInfoOffset", 0x10) }, 0x01, { 0x10 }, KST_OBJECT_ANOMALY_INFO_OFFSET },
	{ "XP, odd offset", XP_X86, 0x84001048,
	  { H("QuotaInfoOffset", 0x3b) }, 0, { 0 }, KST_OBJECT_ANOMALY_INFO_OFFSET },
	{ "Vista x64", VISTA_X64, 0xfffffa8000001030,
	  { H("Flags", 6), H("NameInfoOffset", 0x40) }, 0x03, { 0x20, 0x40 }, 0 },
	{ "unaligned", TEN_X64, 0xffffa80000001038, { H("InfoMask", 0) }, 0, { 0 }, KST_OBJECT_ANOMALY_UNALIGNED },
	{ "more handles than references", TEN_X64, 0xffffa80000001030,
	  { H("InfoMask", 0), H("HandleCount", 2), H("PointerCount", 1) }, 0, { 0 }, KST_OBJECT_ANOMALY_COUNTS },
	{ "negative references", SEVEN_X86, 0x84001048,
	  { H("InfoMask", 0), H("PointerCount", 0xffffffff) }, 0, { 0 }, KST_OBJECT_ANOMALY_COUNTS },
	{ "negative handles, no reference", SEVEN_X86, 0x84001048,
	  { H("InfoMask", 0), H("HandleCount", 0xffffffff) }, 0, { 0 }, KST_OBJECT_ANOMALY_COUNTS },
	{ "name of odd length", TEN_X64, 0xffffa80000001030,
	  { H("InfoMask", 2), I("NAME_INFO", "Name", -0x20, 0x80007) }, 2, { 0, 0x20 },
	  KST_OBJECT_ANOMALY_NAME_LENGTH },
	{ "name longer than its buffer", TEN_X64, 0xffffa80000001030,
	  { H("InfoMask", 2), I("NAME_INFO", "Name", -0x20, 0x6000a) }, 2, { 0, 0x20 },
	  KST_OBJECT_ANOMALY_NAME_LENGTH },
	{ "name of 64 KiB", TEN_X64, 0xffffa80000001030,
	  { H("InfoMask", 2), I("NAME_INFO", "Name", -0x20, 0xffff) }, 2, { 0, 0x20 }, KST_OBJECT_ANOMALY_NAME_LENGTH },
};
/* clang-format on */

static void put(const struct kst_layout *layout, uint8_t *bytes, const struct field *f)
{
	struct kst_member m = { .size = sizeof m };
	size_t at;

	assert_int_equal(kst_layout_member(layout, f->type, f->path, &m), KST_OK);
	at = (size_t)((int64_t)BELOW + f->base) + m.offset;
	for (size_t i = 0; i < (m.length < 8 ? m.length : 8); i++)
		bytes[at + i] = (uint8_t)(f->value >> (8 * i));
}

static struct kst_layout *forge(const struct forged_build *build, const struct field *fields, size_t most,
				uint8_t bytes[SIZE])
{
	struct kst_layout *layout = layout_builtin(build->arch, build->build, build->revision);

	memset(bytes, 0, SIZE);
	for (size_t i = 0; i < most && fields[i].type != NULL; i++)
		put(layout, bytes, &fields[i]);
	return layout;
}

static void headers(void **state)
{
	const struct row *row = *state;
	struct kst_object o = { .size = sizeof o };
	uint8_t bytes[SIZE];
	struct kst_layout *layout = forge(&row->build, row->put, 8, bytes);
	uint64_t body = row->header + (row->build.arch == KST_ARCH_X86 ? 0x18 : 0x30);

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
	uint8_t bytes[SIZE];
	struct kst_layout *layout = forge(&row->build, row->put, 8, bytes);
	uint64_t before = 0;

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

/* An object with all it can have in its build, and all that is read of it. */
struct whole {
	const char *name;
	struct forged_build build;
	struct field put[PUTS];
	struct kst_object object;
};

/* clang-format off */
static const struct whole wholes[] = {
	/* header, index, creator list, name and security of a real object (build 19041), the rest made up */
	{ "19041 x64, mask ff", TEN_X64,
	  { H("PointerCount", 0x7ffe), H("HandleCount", 3), H("TypeIndex", 0xa2), H("InfoMask", 0xff),
	    H("Flags", 0xd3), H("ObjectCreateInfo", 0xffffbb0e39e05c40), H("SecurityDescriptor", 0xffff900e0f206c6f),
	    I("CREATOR_INFO", "TypeList", -0x20, 0xffffbb0e3b8f8930),
	    I("CREATOR_INFO", "TypeList", -0x18, 0xffffbb0e3b8f4930),
	    I("CREATOR_INFO", "CreatorUniqueProcess", -0x20, 0xf1f2f3f4f5f6f7f8),
	    I("CREATOR_INFO", "CreatorBackTraceIndex", -0x20, 0xfedc),
	    I("NAME_INFO", "Directory", -0x40, 0xffff900e0f25be10), I("NAME_INFO", "Name", -0x40, 0xeeeeeeee00080006),
	    I("NAME_INFO", "Name", -0x38, 0xffff900e0f111a20), I("NAME_INFO", "ReferenceCount", -0x40, 0x80000009),
	    I("HANDLE_INFO", "HandleCountDataBase", -0x50, 0xffffbb0e3b8f7080),
	    { "_OBJECT_HANDLE_COUNT_ENTRY", "HandleCount", -0x50, 0x01fedcb3 },
	    I("QUOTA_INFO", "PagedPoolCharge", -0x70, 0x80000400),
	    I("QUOTA_INFO", "NonPagedPoolCharge", -0x70, 0x90000a58),
	    I("PROCESS_INFO", "ExclusiveProcess", -0x80, 0xffffbb0e3a0c6080),
	    I("PADDING_INFO", "PaddingAmount", -0x84, 0x24),
	    I("AUDIT_INFO", "SecurityDescriptor", -0xb4, 0xffff900e0f2077a0),
	    I("EXTENDED_INFO", "Footer", -0xc4, 0xffffbb0e3b8f7f40) },
	  { .flags = 0xd3, .present = 0x7fffd7, .header = 0xffffbb0e3b8f7e50, .body = 0xffffbb0e3b8f7e80,
	    .pointer_count = 0x7ffe, .handle_count = 3, .stored_type_index = 0xa2, /* not decoded without the cookie */
	    .info_mask = 0xff, .infos = 0xff,
	    .create_info = 0xffffbb0e39e05c40, .security_descriptor = 0xffff900e0f206c60,
	    .security_references = 0xf, .creator_backtrace = 0xfedc,
	    .info_address = { 0xffffbb0e3b8f7e30, 0xffffbb0e3b8f7e10, 0xffffbb0e3b8f7e00, 0xffffbb0e3b8f7de0,
			      0xffffbb0e3b8f7dd0, 0xffffbb0e3b8f7dcc, 0xffffbb0e3b8f7d9c, 0xffffbb0e3b8f7d8c },
	    .creator_pid = 0xf1f2f3f4f5f6f7f8, .type_list_flink = 0xffffbb0e3b8f8930,
	    .type_list_blink = 0xffffbb0e3b8f4930, .directory = 0xffff900e0f25be10,
	    .name_buffer = 0xffff900e0f111a20, .name_length = 6, .name_maximum = 8,
	    .name_references = 0x80000009, .paged_charge = 0x80000400, .nonpaged_charge = 0x90000a58,
	    .padding = 0x24, .handle_info = 0xffffbb0e3b8f7080,
	    .handle_info_count = 0xfedcb3, /* the lock count above it is cut off */
	    .exclusive_process = 0xffffbb0e3a0c6080,
	    .audit_descriptor = 0xffff900e0f2077a0, .footer = 0xffffbb0e3b8f7f40 } },
	{ "7 x86, mask 1f: the index is plain, the handle header leads to a database", SEVEN_X86,
	  { H("PointerCount", 0x7ffffffe), H("HandleCount", 0x7ffffffd), H("TypeIndex", 0x9c),
	    H("InfoMask", 0x1f), H("Flags", 0xb1), H("QuotaBlockCharged", 0x84f4c508),
	    H("SecurityDescriptor", 0x8f0c1a3e), I("CREATOR_INFO", "TypeList", -0x10, 0x846022d083d8bb38),
	    I("CREATOR_INFO", "CreatorUniqueProcess", -0x10, 0x80000abc),
	    I("CREATOR_INFO", "CreatorBackTraceIndex", -0x10, 0x8123),
	    I("NAME_INFO", "Directory", -0x20, 0x8b0011f8), I("NAME_INFO", "Name", -0x20, 0x8f2020e0fffefffc),
	    I("NAME_INFO", "ReferenceCount", -0x20, 0x90000001),
	    I("HANDLE_INFO", "HandleCountDataBase", -0x28, 0x85a0b0c8),
	    { "_OBJECT_HANDLE_COUNT_ENTRY", "HandleCount", -0x28, 0x01000003 },
	    I("QUOTA_INFO", "PagedPoolCharge", -0x38, 0xa0000401),
	    I("QUOTA_INFO", "NonPagedPoolCharge", -0x38, 0xb0000302),
	    I("PROCESS_INFO", "ExclusiveProcess", -0x40, 0x85dc4b30) },
	  { .flags = 0xb1, .present = 0x0bfff7, .header = 0x84001048, .body = 0x84001060,
	    .pointer_count = 0x7ffffffe, .handle_count = 0x7ffffffd, .stored_type_index = 0x9c,
	    .type_index = 0x9c, .info_mask = 0x1f, .infos = 0x1f, .create_info = 0x84f4c508,
	    .security_descriptor = 0x8f0c1a38, .security_references = 6, .creator_backtrace = 0x8123,
	    .info_address = { 0x84001038, 0x84001028, 0x84001020, 0x84001010, 0x84001008 },
	    .creator_pid = 0x80000abc, .type_list_flink = 0x83d8bb38, .type_list_blink = 0x846022d0,
	    .directory = 0x8b0011f8, .name_buffer = 0x8f2020e0, .name_length = 0xfffc, .name_maximum = 0xfffe,
	    .name_references = 0x90000001, .paged_charge = 0xa0000401, .nonpaged_charge = 0xb0000302,
	    .handle_info = 0x85a0b0c8, .exclusive_process = 0x85dc4b30 } },
	{ "Vista x64: the type is a pointer, the exclusive process is in the quota header", VISTA_X64,
	  { H("PointerCount", 0x11), H("HandleCount", 0x10), H("Type", 0xfffffa8000c8e660),
	    H("NameInfoOffset", 0x40), H("HandleInfoOffset", 0x50), H("QuotaInfoOffset", 0x70),
	    H("Flags", 0x44), H("ObjectCreateInfo", 0xfffff80001b5ea00), H("SecurityDescriptor", 0xfffff8a0000b1b75),
	    I("CREATOR_INFO", "TypeList", -0x20, 0xfffffa8001000010),
	    I("CREATOR_INFO", "TypeList", -0x18, 0xfffffa8002000020),
	    I("CREATOR_INFO", "CreatorUniqueProcess", -0x20, 0x1f4),
	    I("CREATOR_INFO", "CreatorBackTraceIndex", -0x20, 0x7654),
	    I("NAME_INFO", "Directory", -0x40, 0xfffff88000e05060), I("NAME_INFO", "Name", -0x40, 0x002a0028),
	    I("NAME_INFO", "Name", -0x38, 0xfffff880009aabb0), I("NAME_INFO", "QueryReferences", -0x40, 0x40000001),
	    I("HANDLE_INFO", "HandleCountDataBase", -0x50, 0xfffffa8003000330),
	    { "_OBJECT_HANDLE_COUNT_ENTRY", "HandleCount", -0x50, 0x800002 },
	    I("QUOTA_INFO", "PagedPoolCharge", -0x70, 0x111), I("QUOTA_INFO", "NonPagedPoolCharge", -0x70, 0x222),
	    I("QUOTA_INFO", "ExclusiveProcess", -0x70, 0xfffffa8004000440) },
	  { .flags = 0x44, .present = 0x0fff8f, .header = 0xfffffa8000001030, .body = 0xfffffa8000001060,
	    .type = 0xfffffa8000c8e660, .pointer_count = 0x11, .handle_count = 0x10, .infos = 0x0f,
	    .create_info = 0xfffff80001b5ea00, .security_descriptor = 0xfffff8a0000b1b70,
	    .security_references = 5, .creator_backtrace = 0x7654,
	    .info_address = { 0xfffffa8000001010, 0xfffffa8000000ff0, 0xfffffa8000000fe0, 0xfffffa8000000fc0 },
	    .creator_pid = 0x1f4, .type_list_flink = 0xfffffa8001000010, .type_list_blink = 0xfffffa8002000020,
	    .directory = 0xfffff88000e05060, .name_buffer = 0xfffff880009aabb0, .name_length = 0x28,
	    .name_maximum = 0x2a, .name_references = 0x40000001, .paged_charge = 0x111,
	    .nonpaged_charge = 0x222, .handle_info = 0xfffffa8003000330, .handle_info_count = 0x800002,
	    .exclusive_process = 0xfffffa8004000440 } },
	{ "XP x86: creator and name", XP_X86,
	  { H("PointerCount", 2), H("HandleCount", 1), H("Type", 0x819f3730), H("NameInfoOffset", 0x20),
	    H("Flags", 0x17), H("QuotaBlockCharged", 0x80558f20), H("SecurityDescriptor", 0xe1005eb7),
	    I("CREATOR_INFO", "TypeList", -0x10, 0x8180000c81900008),
	    I("CREATOR_INFO", "CreatorUniqueProcess", -0x10, 0x6c4),
	    I("CREATOR_INFO", "CreatorBackTraceIndex", -0x10, 0xabcd),
	    I("NAME_INFO", "Directory", -0x20, 0xe1004b40), I("NAME_INFO", "Name", -0x20, 0xe10062e000140012),
	    I("NAME_INFO", "QueryReferences", -0x20, 3) },
	  { .flags = 0x17, .present = 0x00ff8f, .header = 0x819a1048, .body = 0x819a1060, .type = 0x819f3730,
	    .pointer_count = 2, .handle_count = 1, .infos = 3, .create_info = 0x80558f20,
	    .security_descriptor = 0xe1005eb0, .security_references = 7, .creator_backtrace = 0xabcd,
	    .info_address = { 0x819a1038, 0x819a1028 }, .creator_pid = 0x6c4, .type_list_flink = 0x81900008,
	    .type_list_blink = 0x8180000c, .directory = 0xe1004b40, .name_buffer = 0xe10062e0,
	    .name_length = 0x12, .name_maximum = 0x14, .name_references = 3 } },
	{ "10240 x64: bit 80 is the revocation header", TEN_FIRST_X64,
	  { H("InfoMask", 0x80), I("HANDLE_REVOCATION_INFO", "RevocationBlock", -0x20, 0xffffe00012345670) },
	  { .present = 0x4003d7, .header = 0xffffe00000001030, .body = 0xffffe00000001060, .info_mask = 0x80,
	    .infos = 0x80, .info_address = { [7] = 0xffffe00000001010 }, .footer = 0xffffe00012345670 } },
};
/* clang-format on */

static void whole_objects(void **state)
{
	const struct whole *row = *state;
	struct kst_object want = row->object, o = { .size = sizeof o };
	uint8_t bytes[SIZE];
	struct kst_layout *layout = forge(&row->build, row->put, PUTS, bytes);

	want.size = sizeof o;
	assert_int_equal(kst_decode_object(layout, bytes, SIZE, want.header - BELOW, want.header, &o, NULL), KST_OK);
	assert_memory_equal(&o, &want, sizeof o);
	free(layout);
}

/* A byte of a whole object that cannot be read takes away what lies there, and what would be told by it. */
struct hole {
	const char *name;
	const struct whole *object;
	int at; /* from the header */
	uint64_t lost;
};

#define TEN   &wholes[0]
#define VISTA &wholes[2]
static const struct hole holes[] = {
	{ "nowhere", TEN, 0x70, 0 },
	{ "PointerCount: nothing to compare handles with", TEN, 0, KST_OBJECT_HAS_POINTER_COUNT },
	{ "HandleCount", TEN, 8, KST_OBJECT_HAS_HANDLE_COUNT },
	{ "TypeIndex", TEN, 0x18, KST_OBJECT_HAS_STORED_INDEX },
	{ "InfoMask: all optional headers", TEN, 0x1a, 0x7ffcc0 },
	{ "Flags: whose count it is", TEN, 0x1b, KST_OBJECT_HAS_FLAGS | KST_OBJECT_HAS_HANDLE_INFO_COUNT },
	{ "ObjectCreateInfo", TEN, 0x20, KST_OBJECT_HAS_CREATE_INFO },
	{ "SecurityDescriptor", TEN, 0x28, KST_OBJECT_HAS_SECURITY },
	{ "TypeList.Flink", TEN, -0x20, KST_OBJECT_HAS_TYPE_LIST },
	{ "TypeList.Blink", TEN, -0x18, KST_OBJECT_HAS_TYPE_LIST },
	{ "CreatorUniqueProcess", TEN, -0x10, KST_OBJECT_HAS_CREATOR_PID },
	{ "CreatorBackTraceIndex", TEN, -8, KST_OBJECT_HAS_BACKTRACE },
	{ "Directory", TEN, -0x40, KST_OBJECT_HAS_DIRECTORY },
	{ "Name.Length", TEN, -0x38, KST_OBJECT_HAS_NAME_STRING },
	{ "Name.MaximumLength", TEN, -0x36, KST_OBJECT_HAS_NAME_STRING },
	{ "Name.Buffer", TEN, -0x30, KST_OBJECT_HAS_NAME_STRING },
	{ "ReferenceCount of the name", TEN, -0x28, KST_OBJECT_HAS_NAME_REFERENCES },
	{ "HandleCountDataBase", TEN, -0x50, KST_OBJECT_HAS_HANDLE_INFO | KST_OBJECT_HAS_HANDLE_INFO_COUNT },
	{ "SingleEntry.HandleCount", TEN, -0x48, KST_OBJECT_HAS_HANDLE_INFO_COUNT },
	{ "PagedPoolCharge", TEN, -0x70, KST_OBJECT_HAS_QUOTA },
	{ "NonPagedPoolCharge", TEN, -0x6c, KST_OBJECT_HAS_QUOTA },
	{ "ExclusiveProcess", TEN, -0x80, KST_OBJECT_HAS_EXCLUSIVE },
	{ "PaddingAmount", TEN, -0x84, KST_OBJECT_HAS_PADDING },
	{ "SecurityDescriptor for audits", TEN, -0xb4, KST_OBJECT_HAS_AUDIT },
	{ "Footer", TEN, -0xc4, KST_OBJECT_HAS_FOOTER },
	{ "Vista, Type", VISTA, 0x10, KST_OBJECT_HAS_TYPE },
	{ "Vista, Flags: where the others can be", VISTA, 0x1b, 0x0ffc84 },
	{ "Vista, NameInfoOffset: the creator header alone", VISTA, 0x18, 0x0fe080 },
	{ "Vista, HandleInfoOffset: creator and name", VISTA, 0x19, 0x0f0080 },
	{ "Vista, QuotaInfoOffset: all but the quota header", VISTA, 0x1a, 0x090080 },
	{ "Vista, ExclusiveProcess", VISTA, -0x60, KST_OBJECT_HAS_EXCLUSIVE },
};

static bool fetch_around(const struct kst__view *view, uint64_t offset, void *buf, size_t len)
{
	if (offset > SIZE || SIZE - offset < len || (offset <= view->address && view->address - offset < len))
		return false;
	memcpy(buf, (const uint8_t *)view->target + offset, len);
	return true;
}

static void with_hole(void **state)
{
	const struct hole *row = *state;
	const struct kst_object *want = &row->object->object;
	uint8_t bytes[SIZE];
	struct kst_layout *layout = forge(&row->object->build, row->object->put, PUTS, bytes);
	struct kst__view view = kst__view_bytes(layout, NULL, 0);
	struct kst_object o;

	view.fetch = fetch_around;
	view.target = bytes;
	view.address = (uint64_t)((int)BELOW + row->at);
	kst__decode_object(&view, want->header - BELOW, BELOW, &o);
	assert_true(o.present == (want->present & ~row->lost));
	assert_true(o.anomalies == 0);
	free(layout);
}

/* Optional headers that begin below the first byte the caller has are placed, but not taken in part. */
static void lowest_byte(void **state)
{
	static const struct {
		uint32_t below;
		uint64_t lost;
	} cases[] = {
		{ 0x40, 0x7f0000 }, { 0x3f, 0x7fe000 }, { 0x38, 0x7fe000 },
		{ 0x20, 0x7fe000 }, { 0x1f, 0x7ffc00 }, { 0, 0x7ffc00 },
	};
	uint8_t bytes[SIZE];
	struct kst_layout *layout = forge(&wholes[0].build, wholes[0].put, PUTS, bytes);

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct kst_object o = { .size = sizeof o };

		assert_int_equal(
			kst_decode_object(layout, bytes + BELOW - cases[i].below, SIZE - BELOW + cases[i].below,
					  wholes[0].object.header - cases[i].below, wholes[0].object.header, &o, NULL),
			KST_OK);
		assert_true(o.present == (wholes[0].object.present & ~cases[i].lost));
		assert_int_equal(o.infos, 0xff);
	}
	free(layout);
}

/* At the lowest addresses a header can have room below it or not; address 0 is no optional header. */
static void lowest_address(void **state)
{
	static const struct {
		uint64_t header;
		uint32_t mask, infos;
		uint64_t present, anomalies;
	} cases[] = {
		{ 0x20, 1, 1, 0x1fd7, 0 }, { 0x10, 1, 0, 0x3d7, KST_OBJECT_ANOMALY_INFO_OFFSET },
		{ 0x40, 3, 3, 0xffd7, 0 }, { 0x30, 3, 1, 0x1fd7, KST_OBJECT_ANOMALY_INFO_OFFSET },
		{ 0x80, 0, 0, 0x3d7, 0 },
	};
	struct kst_layout *layout = layout_builtin(KST_ARCH_X64, 19041, 3570);

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct kst_object o = { .size = sizeof o };
		uint8_t bytes[0x100] = { 0 };

		memset(bytes, 2, (size_t)cases[i].header);
		bytes[cases[i].header + 0x1a] = (uint8_t)cases[i].mask;
		assert_int_equal(kst_decode_object(layout, bytes, sizeof bytes, 0, cases[i].header, &o, NULL), KST_OK);
		assert_int_equal(o.infos, cases[i].infos);
		assert_true(o.present == cases[i].present);
		assert_true(o.anomalies == cases[i].anomalies);
	}
	free(layout);
}

/* Types as other sources of types may give them: a creator header of another size and order, or none. */
static void other_types(void **state)
{
	static const struct {
		uint32_t creator, list; /* size of the creator header, offset of TypeList; 0: not known */
		uint32_t infos;
		uint64_t present, flink, blink, anomalies;
	} cases[] = {
		{ 0x100, 8, 1, 0x8c4, 0xf7f6f5f4f3f2f1f0, 0xfffefdfcfbfaf9f8, 0 },
		{ 0x101, 8, 0, 0xc4, 0, 0, KST_OBJECT_ANOMALY_INFO_UNKNOWN },
		{ 0x20, 0, 1, 0xc4, 0, 0, 0 },
		{ 0, 0, 0, 0xc4, 0, 0, KST_OBJECT_ANOMALY_INFO_UNKNOWN },
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		const struct member_row rows_of[] = {
			{ "_OBJECT_HEADER", "Body", 0x30, 8, 0, 0 },
			{ "_OBJECT_HEADER", "InfoMask", 0x1a, 1, 0, 0 },
			{ "_OBJECT_HEADER", "Flags", 0x1b, 1, 0, 0 },
			{ cases[i].creator != 0 ? "_OBJECT_HEADER_CREATOR_INFO" : "", NULL, cases[i].creator, 0, 0, 0 },
			{ cases[i].list != 0 ? "_OBJECT_HEADER_CREATOR_INFO" : "", "TypeList", cases[i].list, 16, 0,
			  0 },
		};
		struct kst_layout *layout = layout_from_rows(rows_of, 5, 8);
		struct kst_object o = { .size = sizeof o };
		uint8_t bytes[SIZE] = { 0 };

		for (unsigned k = 0; k < 0x10; k++)
			bytes[BELOW - 0xf8 + k] = (uint8_t)(0xf0 + k);
		bytes[BELOW + 0x1a] = 1;
		assert_int_equal(kst_decode_object(layout, bytes, SIZE, 0x10000, 0x10000 + BELOW, &o, NULL), KST_OK);
		assert_int_equal(o.infos, cases[i].infos);
		assert_true(o.present == cases[i].present);
		assert_true(o.type_list_flink == cases[i].flink && o.type_list_blink == cases[i].blink);
		assert_true(o.anomalies == cases[i].anomalies);
		free(layout);
	}
}

/* Before InfoMask, with a flag for a creator header of unknown size. */
static void old_creator_of_unknown_size(void **state)
{
	static const struct member_row types[] = {
		{ "_OBJECT_HEADER", "Body", 0x18, 8, 0, 0 },
		{ "_OBJECT_HEADER", "NameInfoOffset", 0xc, 1, 0, 0 },
		{ "_OBJECT_HEADER", "HandleInfoOffset", 0xd, 1, 0, 0 },
		{ "_OBJECT_HEADER", "QuotaInfoOffset", 0xe, 1, 0, 0 },
		{ "_OBJECT_HEADER", "Flags", 0xf, 1, 0, 0 },
	};
	struct kst_layout *layout = layout_from_rows(types, 5, 4);
	static const uint8_t bytes[0x18] = { [0xf] = 4 };
	struct kst_object o = { .size = sizeof o };

	(void)state;
	assert_int_equal(kst_decode_object(layout, bytes, sizeof bytes, 0xfffffff8, 0xfffffff8, &o, NULL), KST_OK);
	assert_true(o.present == (KST_OBJECT_HAS_FLAGS | KST_OBJECT_HAS_INFOS));
	assert_int_equal(o.infos, 0);
	assert_true(o.anomalies == KST_OBJECT_ANOMALY_INFO_UNKNOWN);
	assert_true(o.body == 0x10); /* x86 addresses wrap at 4 GiB */
	free(layout);
}

/* The low bits of a fast reference count: as many as the types say, else 3 of 32 and 4 of 64. */
static void fast_references(void **state)
{
	static const struct {
		uint32_t pointer_size, present, bits;
		uint64_t value, object;
		uint32_t references;
	} cases[] = {
		{ 8, 0, 0, 0xffff900e0f206c6f, 0xffff900e0f206c60, 15 },
		{ 4, 0, 0, 0x8f0c1a3f, 0x8f0c1a38, 7 },
		{ 8, 1, 0, 0xffff900e0f206c6f, 0xffff900e0f206c60, 15 },
		{ 8, 1, 1, 0xffff900e0f206c6f, 0xffff900e0f206c6e, 1 },
		{ 8, 1, 3, 0xffff900e0f206c6f, 0xffff900e0f206c68, 7 },
		{ 4, 1, 4, 0x8f0c1a3f, 0x8f0c1a30, 15 },
		{ 8, 1, 5, 0xffff900e0f206c7f, 0xffff900e0f206c70, 15 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		const struct member_row type = { "_EX_FAST_REF", "RefCnt", 0, 4, 0, cases[i].bits };
		struct kst_layout *layout = layout_from_rows(&type, cases[i].present, cases[i].pointer_size);
		uint64_t object;
		uint32_t references;

		kst__fast_reference(layout, cases[i].value, &object, &references);
		assert_true(object == cases[i].object);
		assert_int_equal(references, cases[i].references);
		free(layout);
	}
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
	static const struct member_row no_body = { "_OBJECT_HEADER", "Body", 0, 8, 0, 0 };
	struct kst_layout *headerless = layout_from_rows(&no_body, 1, 8);
	struct kst_layout *empty = layout_from_rows(&no_body, 0, 8);
	struct kst_error err = { .size = sizeof err };
	struct kst_object o = { .size = sizeof o, .header = 7 };
	uint8_t bytes[0x40] = { 0 };

	(void)state;
	assert_int_equal(kst_decode_object(NULL, bytes, 0x40, 0x1000, 0x1000, &o, NULL), KST_E_ARG);
	assert_int_equal(kst_decode_object(layout, NULL, 1, 0x1000, 0x1000, &o, NULL), KST_E_ARG);
	assert_int_equal(kst_decode_object(layout, bytes, 0x40, 0x1000, 0xfff, &o, NULL), KST_E_ARG);
	assert_int_equal(kst_decode_object(layout, bytes, 0x40, 0x1000, 0x1041, &o, NULL), KST_E_ARG);
	assert_int_equal(kst_decode_object(empty, bytes, 0x40, 0x1000, 0x1000, &o, NULL), KST_E_NO_MEMBER);
	assert_int_equal(kst_decode_object(headerless, bytes, 0x40, 0x1000, 0x1010, &o, &err), KST_E_NO_MEMBER);
	assert_true(err.address == 0x1010);
	assert_string_equal(err.message, "_OBJECT_HEADER.Body is not known");
	assert_true(o.header == 7);
	assert_int_equal(kst_decode_object(layout, NULL, 0, 0x1000, 0x1000, &o, NULL), KST_OK);
	assert_true(o.header == 0x1000 && o.present == 0);
	o.size = 4;
	o.header = 7;
	assert_int_equal(kst_decode_object(layout, bytes, 0x40, 0x1000, 0x1000, &o, NULL), KST_E_ABI);
	assert_true(o.header == 7);
	free(headerless);
	free(empty);
	free(layout);
}

static void names(void **state)
{
	static const char *const anomalies[] = { "unaligned",   "info-unknown", "info-offset", "padding",
						 "name-length", "name-cut",     "counts",      "cookie-unknown",
						 "type-index",  "not-a-type",   "back-link",   "other-type",
						 "no-creator" };
	static const char *const infos[] = { "creator", "name",    "handle", "quota",
					     "process", "padding", "audit",  "extended" };
	static const char *const flags[] = { "new",
					     "kernel",
					     "kernel-only-access",
					     "exclusive",
					     "permanent",
					     "default-security-quota",
					     "single-handle-entry",
					     "deleted-inline" };

	(void)state;
	for (unsigned i = 0; i < 13; i++)
		assert_string_equal(kst_object_anomaly_name((uint64_t)1 << i), anomalies[i]);
	for (unsigned i = 0; i < 8; i++) {
		assert_string_equal(kst_object_info_name((uint64_t)1 << i), infos[i]);
		assert_string_equal(kst_object_flag_name((uint64_t)1 << i, 1), flags[i]);
		assert_string_equal(kst_object_flag_name((uint64_t)1 << i, 0), i == 2 ? "creator-info" : flags[i]);
	}
	assert_null(kst_object_anomaly_name(0x2000));
	assert_null(kst_object_anomaly_name(3));
	assert_null(kst_object_info_name(0x100));
	assert_null(kst_object_info_name(0));
	assert_null(kst_object_flag_name(0x100, 0));
	assert_null(kst_object_flag_name(5, 0));
}

int main(void)
{
	struct CMUnitTest tests[128] = {
		cmocka_unit_test(lowest_byte),     cmocka_unit_test(lowest_address),
		cmocka_unit_test(other_types),     cmocka_unit_test(old_creator_of_unknown_size),
		cmocka_unit_test(fast_references), cmocka_unit_test(type_index),
		cmocka_unit_test(refuses),         cmocka_unit_test(names),
	};
	size_t n = 8;

	n += ROWS_TO_TESTS(tests + n, rows, headers);
	n += ROWS_TO_TESTS(tests + n, rows, truncated);
	n += ROWS_TO_TESTS(tests + n, wholes, whole_objects);
	n += ROWS_TO_TESTS(tests + n, holes, with_hole);
	return _cmocka_run_group_tests("object headers", tests, n, NULL, NULL);
}
