/* SPDX-License-Identifier: MIT */
/* Values are those of public type information (Microsoft's symbols), one row per build that differs. */
#include "../../lib/layout/builtin.h"
#include "support/support.h"

#include <stdlib.h>

#define GUESSED KST_LAYOUT_ANOMALY_REVISION_GUESSED
#define REDUCED KST_LAYOUT_ANOMALY_PAE_REDUCED
#define DIFFERS KST_LAYOUT_ANOMALY_BLOCK_DIFFERS
#define PARTIAL KST_LAYOUT_ANOMALY_PARTIAL

static struct kst_layout *make(const struct kst_layout_key *key, kst_status want)
{
	struct kst_layout *layout = malloc(kst_layout_size());
	struct kst_layout_key mine = *key;

	assert_non_null(layout);
	mine.size = sizeof mine;
	assert_int_equal(kst_layout_init_builtin(layout, kst_layout_size(), &mine, NULL), want);
	return layout;
}

/* Offset of a member, or a type's size; -1 when absent. */
static int64_t place(const struct kst_layout *layout, const char *type, const char *path)
{
	struct kst_member m = { .size = sizeof m };

	if (kst_layout_member(layout, type, path, &m) != KST_OK)
		return -1;
	return path[0] == '\0' ? m.length : m.offset;
}

struct row {
	const char *name;
	struct kst_layout_key key;
	kst_status status;
	const char *table; /* the layout that is taken; NULL: not looked at */
	uint64_t anomalies;
	const char *type, *path; /* NULL: no member is looked at */
	int64_t value;
};

#define VALUE(type, path, value) KST_OK, NULL, 0, (type), (path), (value)
#define TABLE(name, anomalies)   KST_OK, (name), (anomalies), NULL, NULL, 0
#define FAILS(status)            (status), NULL, 0, NULL, NULL, 0

#define X64(b, r)                                                                                                      \
	{                                                                                                              \
		.arch = KST_ARCH_X64, .build = (b), .revision = (r)                                                    \
	}
#define X86(b, r, p)                                                                                                   \
	{                                                                                                              \
		.arch = KST_ARCH_X86, .build = (b), .revision = (r), .pae = (p)                                        \
	}

static const struct row rows[] = {
	{ "XP SP2 EPROCESS", X86(2600, 2180, 2), VALUE("_EPROCESS", "", 0x260) },
	{ "XP SP3 links", X86(2600, 5512, 2), VALUE("_EPROCESS", "ActiveProcessLinks", 0x88) },
	{ "XP SP3 updated", X86(2600, 6532, 2), VALUE("_KPRCB", "", 0xc50) },
	{ "2003 SP1 links x86", X86(3790, 1830, 2), VALUE("_EPROCESS", "ActiveProcessLinks", 0x98) },
	{ "2003 SP2 links x64", X64(3790, 3959), VALUE("_EPROCESS", "ActiveProcessLinks", 0xe0) },
	{ "2003 SP1 links x64", X64(3790, 1830), VALUE("_EPROCESS", "ActiveProcessLinks", 0xe0) },
	{ "Vista EPROCESS x64", X64(6000, 0), VALUE("_EPROCESS", "", 0x3e8) },
	{ "7 links x64", X64(7600, 0), VALUE("_EPROCESS", "ActiveProcessLinks", 0x188) },
	{ "7 last revision", X64(7601, 24540), VALUE("_EPROCESS", "", 0x4f8) },
	{ "8 links x64", X64(9200, 0), VALUE("_EPROCESS", "ActiveProcessLinks", 0x2e8) },
	{ "8 PAE PTE", X86(9200, 0, 1), VALUE("_EPROCESS", "ActiveProcessLinks", 0xb8) },
	{ "8.1 EPROCESS 20237", X64(9600, 20237), VALUE("_EPROCESS", "", 0x700) },
	{ "8.1 EPROCESS 20302", X64(9600, 20302), VALUE("_EPROCESS", "", 0x708) },
	{ "17763 EPROCESS 437", X64(17763, 437), VALUE("_EPROCESS", "", 0x850) },
	{ "17763 EPROCESS 2928", X64(17763, 2928), VALUE("_EPROCESS", "", 0x858) },
	{ "17763 ETHREAD 437", X64(17763, 437), VALUE("_ETHREAD", "", 0x810) },
	{ "17763 ETHREAD 2114", X64(17763, 2114), VALUE("_ETHREAD", "", 0x810) },
	{ "17763 PTE mask", X64(17763, 1), VALUE("_MI_SYSTEM_INFORMATION", "Hardware.InvalidPteMask", 0x1700) },
	{ "17763 PTE mask 379", X64(17763, 379), VALUE("_MI_SYSTEM_INFORMATION", "Hardware.InvalidPteMask", 0x1680) },
	{ "17763 PTE mask 2928", X64(17763, 2928), VALUE("_MI_SYSTEM_INFORMATION", "Hardware.InvalidPteMask", 0x1680) },
	{ "17763 nodes 2114", X64(17763, 2114),
	  VALUE("_MI_SYSTEM_INFORMATION", "Hardware.SystemNodeInformation", 0x1618) },
	{ "19041 links", X64(19041, 804), VALUE("_EPROCESS", "ActiveProcessLinks", 0x448) },
	{ "19041 size", X64(19041, 804), VALUE("_EPROCESS", "", 0xa40) },
	{ "19041 KPRCB", X64(19041, 804), VALUE("_KPRCB", "", 0xaf00) },
	{ "19045 is 19041", X64(19045, 3570), VALUE("_EPROCESS", "UniqueProcessId", 0x440) },
	{ "22000 EPROCESS", X64(22000, 318), VALUE("_EPROCESS", "", 0xb80) },
	{ "20348 EPROCESS 643", X64(20348, 643), VALUE("_EPROCESS", "", 0xb80) },
	{ "22631 is 22621", X64(22631, 2428), VALUE("_EPROCESS", "ActiveProcessLinks", 0x448) },
	{ "22621 KPRCB as far as stated", X64(22621, 382), VALUE("_KPRCB", "Number", 0x24) },
	{ "19045 x86 KPRCB stated", X86(19045, 2965, 1), VALUE("_KPRCB", "DpcStack", 0x2210) },
	{ "19045 x86 embedded KPRCB", X86(19045, 2965, 1), VALUE("_KPCR", "PrcbData", 0x120) },
	{ "22621 has no KPRCB", X64(22621, 382), VALUE("_KPRCB", "", -1) },
	{ "22621 has no KPCR size", X64(22621, 382), VALUE("_KPCR", "", -1) },
	{ "x86 Windows 10", X86(19045, 2965, 1), VALUE("_EPROCESS", "", 0x500) },
	{ "exact revision", X64(19041, 3570), TABLE("10.0.19041.3570 x64", 0) },
	{ "last of a run", X64(19041, 630), TABLE("10.0.19041.572 x64", 0) },
	{ "gap before a change", X64(9600, 20250), TABLE("6.3.9600.19962 x64", GUESSED) },
	{ "after all", X64(19041, 5129), TABLE("10.0.19041.3570 x64", GUESSED) },
	{ "only table of its build", X64(15063, 2000), TABLE("10.0.15063 x64", GUESSED) },
	{ "only table of its build, first update", X86(17763, 1, 1), TABLE("10.0.17763 x86", GUESSED) },
	{ "before the first seen", X64(20348, 200), TABLE("10.0.20348.350 x64", GUESSED) },
	{ "no revision", X64(17763, 0), TABLE("10.0.17763.5933 x64", GUESSED) },
	{ "no revision, one table", X64(9200, 0), TABLE("6.2.9200 x64", GUESSED) },
	{ "sizes tell",
	  { .arch = KST_ARCH_X64, .build = 9600, .prcb_size = 0x5bc0, .eprocess_size = 0x6b8, .ethread_size = 0x778 },
	  TABLE("6.3.9600 x64", 0) },
	{ "sizes tell half",
	  { .arch = KST_ARCH_X64, .build = 9600, .eprocess_size = 0x6b8, .ethread_size = 0x778 },
	  TABLE("6.3.9600 x64", GUESSED) },
	{ "sizes of the only table",
	  { .arch = KST_ARCH_X64, .build = 7600, .prcb_size = 0x4d00, .eprocess_size = 0x4d0, .ethread_size = 0x498 },
	  TABLE("6.1.7600 x64", 0) },
	{ "sizes that the only table does not have",
	  { .arch = KST_ARCH_X64, .build = 7600, .prcb_size = 0x6f00, .eprocess_size = 0x4d0, .ethread_size = 0x498 },
	  TABLE("6.1.7600 x64", GUESSED | DIFFERS) },
	{ "sizes in a gap",
	  { .arch = KST_ARCH_X64, .build = 17763, .revision = 2800, .eprocess_size = 0x858 },
	  TABLE("10.0.17763.2928 x64", GUESSED) },
	{ "sizes that no table has",
	  { .arch = KST_ARCH_X64, .build = 19041, .eprocess_size = 0xa48 },
	  TABLE("10.0.19041.3570 x64", GUESSED | DIFFERS) },
	{ "service pack 2, PAE", X86(2600, 2180, 1), TABLE("5.1.2600.sp2pae x86", 0) },
	{ "service pack 2", X86(2600, 2180, 2), TABLE("5.1.2600.sp2 x86", 0) },
	{ "service pack 3, PAE", X86(2600, 5512, 1), TABLE("5.1.2600.sp2pae x86", 0) },
	{ "service pack 3 updated, PAE", X86(2600, 6532, 1), TABLE("5.1.2600.sp2pae x86", 0) },
	{ "service pack 3, PAE or not", X86(2600, 5512, 0), TABLE("5.1.2600.sp3 x86", 0) },
	{ "service pack 3, PAE PTE", X86(2600, 5512, 1), VALUE("_MMPTE", "", 8) },
	{ "service pack 3", X86(2600, 5512, 2), TABLE("5.1.2600.sp3 x86", 0) },
	{ "XP, PAE, no service pack", X86(2600, 0, 1), TABLE("5.1.2600.sp2pae x86", GUESSED) },
	{ "7, PAE", X86(7600, 0, 1), TABLE("6.1.7600 x86", GUESSED | REDUCED) },
	{ "7 SP1, PAE, no revision", X86(7601, 0, 1), TABLE("6.1.7601.24000 x86", GUESSED) },
	{ "7 SP1, PAE, sizes of one table",
	  { .arch = KST_ARCH_X86,
	    .build = 7601,
	    .pae = 1,
	    .prcb_size = 0x3628,
	    .eprocess_size = 0x2e0,
	    .ethread_size = 0x2b8 },
	  TABLE("6.1.7601.24000 x86", 0) },
	{ "7 SP1, PAE, late", X86(7601, 24214, 1), TABLE("6.1.7601.24000 x86", GUESSED) },
	{ "7 SP1, not PAE, late", X86(7601, 24214, 2), TABLE("6.1.7601.24000 x86", GUESSED | REDUCED) },
	{ "entries before August 2018", X64(17134, 191), VALUE("_MMPTE_SOFTWARE", "PageFileLow", 0) },
	{ "entries since then", X64(17134, 228), VALUE("_MMPTE_SOFTWARE", "PageFileLow", -1) },
	{ "prototypes since then", X64(10240, 17946), VALUE("_MMPTE_PROTOTYPE", "ProtoAddress", -1) },
	{ "PAE entries since then", X86(15063, 1266, 1), VALUE("_MMPTE_TRANSITION", "PageFrameNumber", -1) },
	{ "entries since then, valid ones", X64(16299, 611), VALUE("_MMPTE_HARDWARE", "PageFrameNumber", 0) },
	{ "entries since then by a table", X64(14393, 4583), VALUE("_MMPTE_SOFTWARE", "PageFileLow", 0) },
	{ "entries since then before that table", X64(14393, 2430), VALUE("_MMPTE_SOFTWARE", "PageFileLow", -1) },
	{ "6003 is 6002 updated", X64(6003, 20489), TABLE("6.0.6002 x64", GUESSED) },
	{ "6003 whatever its sizes",
	  { .arch = KST_ARCH_X64, .build = 6003, .prcb_size = 0x3b20, .eprocess_size = 0x3e8, .ethread_size = 0x450 },
	  KST_OK,
	  "6.0.6002 x64",
	  GUESSED,
	  NULL,
	  NULL,
	  0 },
	{ "26200 is 26100", X64(26200, 6584), TABLE("10.0.26100.6584 x64", PARTIAL) },
	{ "stated of 26100", X64(26200, 6584), VALUE("_KPROCESS", "DirectoryTableBase", 0x28) },
	{ "unknown build", X64(27842, 0), FAILS(KST_E_UNSUPPORTED) },
	{ "a build of which little is known", X64(26100, 9999), TABLE("10.0.26100.9999 x64", PARTIAL) },
	{ "stated of a build", X64(26100, 0), VALUE("_EPROCESS", "ActiveProcessLinks", 0x1d8) },
	{ "optional object headers as stated", X64(26100, 0), VALUE("_OBJECT_HEADER_EXTENDED_INFO", "", 0x10) },
	{ "not stated of it", X64(26100, 0), VALUE("_EPROCESS", "ThreadListLock", -1) },
	{ "fixed by public headers", X64(26100, 0), VALUE("_UNICODE_STRING", "Buffer", 8) },
	{ "no build", X64(0, 0), FAILS(KST_E_UNSUPPORTED) },
	{ "arm64", { .arch = KST_ARCH_ARM64, .build = 19041 }, FAILS(KST_E_UNSUPPORTED) },
	{ "no architecture", { .build = 19041 }, FAILS(KST_E_ARG) },
	{ "nonsense architecture", { .arch = 77, .build = 19041 }, FAILS(KST_E_ARG) },
	{ "x86 of a build without one", X86(22000, 318, 1), FAILS(KST_E_UNSUPPORTED) },
};

static void picks_a_layout(void **state)
{
	const struct row *row = *state;
	struct kst_layout *layout = make(&row->key, row->status);
	struct kst_layout_info info = { .size = sizeof info };

	if (row->status == KST_OK) {
		assert_int_equal(kst_layout_info(layout, &info), KST_OK);
		assert_int_equal(info.arch, row->key.arch);
		assert_int_equal(info.pointer_size, row->key.arch == KST_ARCH_X86 ? 4 : 8);
	}
	if (row->table != NULL) {
		assert_string_equal(info.name, row->table);
		assert_int_equal(info.anomalies, row->anomalies);
	}
	if (row->type != NULL)
		assert_int_equal(place(layout, row->type, row->path), row->value);
	free(layout);
}

static void all_layouts_can_be_made(void **state)
{
	(void)state;
	for (uint32_t i = 0; i < kst__builtin_count; i++) {
		const struct kst__builtin *b = &kst__builtins[i];
		struct kst_layout_key key = { .arch = b->arch,
					      .build = b->build,
					      .revision = b->last == 65535 ? b->first : b->last,
					      .pae = b->mode == KST__PTE_WIDE     ? 1
						     : b->mode == KST__PTE_NARROW ? 2
										  : 0 };
		struct kst_layout_info info = { .size = sizeof info };
		struct kst_layout *layout;

		if (b->last == 0) { /* has no revision to ask for it by */
			key.prcb_size = b->prcb_size;
			key.eprocess_size = b->eprocess_size;
			key.ethread_size = b->ethread_size;
		}
		layout = make(&key, KST_OK);
		assert_int_equal(kst_layout_info(layout, &info), KST_OK);
		assert_true(info.present > info.wanted / 4);
		assert_int_equal(place(layout, "_EPROCESS", ""), b->eprocess_size);
		assert_int_equal(place(layout, "_LIST_ENTRY", "Blink"), info.pointer_size);
		if (b->prcb_size != 0)
			assert_int_equal(place(layout, "_KPRCB", ""), b->prcb_size);
		free(layout);
	}
}

static void the_stream_is_read_to_its_end(void **state)
{
	const uint8_t *at = kst__builtin_stream, *end = at + kst__builtin_bytes;

	(void)state;
	for (uint32_t id = 0; id < KST__MEMBER_COUNT; id++) {
		uint32_t covered = 0;

		while (covered < kst__builtin_count) {
			uint32_t numbers[3] = { 0, 0, 0 };
			unsigned count = 2;

			for (unsigned n = 0; n < count; n++) {
				for (unsigned shift = 0;; shift += 7) {
					assert_true(at < end);
					numbers[n] |= (uint32_t)(*at & 0x7f) << shift;
					if ((*at++ & 0x80) == 0)
						break;
				}
				if (n == 1 && (numbers[1] & 3) >= 2)
					count = 3;
			}
			if ((numbers[1] & 3) == 3)
				at += 2;
			assert_true(numbers[0] > 0);
			covered += numbers[0];
		}
		assert_int_equal(covered, kst__builtin_count);
	}
	assert_ptr_equal(at, end);
}

static void symbols_belong_to_one_revision(void **state)
{
	struct kst_layout *exact = layout_builtin(KST_ARCH_X64, 19041, 3570);
	struct kst_layout *other = layout_builtin(KST_ARCH_X64, 19041, 3448);
	uint64_t rva = 0;

	(void)state;
	assert_int_equal(kst_layout_symbol(exact, "PsActiveProcessHead", &rva), KST_OK);
	assert_int_equal(rva, 0xc1e090);
	assert_int_equal(kst_layout_symbol(other, "PsActiveProcessHead", &rva), KST_E_NO_MEMBER);
	free(exact);
	free(other);
}

static void the_block_has_the_last_word_on_sizes(void **state)
{
	const struct kst_layout_key key = {
		.arch = KST_ARCH_X64, .build = 22621, .revision = 382, .prcb_size = 0xc000, .eprocess_size = 0xb88
	};
	struct kst_layout *layout = make(&key, KST_OK);
	struct kst_layout_info info = { .size = sizeof info };

	(void)state;
	assert_int_equal(kst_layout_info(layout, &info), KST_OK);
	assert_int_equal(place(layout, "_KPRCB", ""), 0xc000); /* not in the table: no contradiction */
	assert_int_equal(place(layout, "_EPROCESS", ""), 0xb88);
	assert_int_equal(info.anomalies, DIFFERS);
	free(layout);
}

/* Windows 11 24H2: a few offsets are known of the kernel, nothing else may be claimed. */
static void a_kernel_without_types_gets_what_is_known(void **state)
{
	const struct kst_layout_key key = {
		.arch = KST_ARCH_X64, .build = 27842, .time_date_stamp = 0xd7a2e9c7, .size_of_image = 0x1000
	};

	(void)state;
	free(make(&key, KST_E_UNSUPPORTED)); /* not a pair that is known */
	for (uint32_t i = 0; i < kst__kernel_count; i++) {
		struct kst_layout_key known = { .arch = kst__kernel_kind[i] & KST__KERNEL_ARCH,
						.time_date_stamp = kst__kernel_stamp[i],
						.size_of_image = (uint32_t)kst__kernel_pages[i] << 12,
						.eprocess_size = 0x840 };
		struct kst_layout_info info = { .size = sizeof info };
		struct kst_member m = { .size = sizeof m };
		struct kst_layout *layout;

		if (kst__kernel_build[i] != 26100 || known.arch != KST_ARCH_X64)
			continue;
		layout = make(&known, KST_OK);
		assert_int_equal(kst_layout_info(layout, &info), KST_OK);
		assert_int_equal(info.anomalies & PARTIAL, PARTIAL);
		assert_int_equal(info.build, 26100);
		assert_int_equal(place(layout, "_EPROCESS", ""), 0x840);
		assert_int_equal(kst_layout_member(layout, "_HANDLE_TABLE_ENTRY", "ObjectPointerBits", &m), KST_OK);
		assert_int_equal(m.bit_pos, 0x14);
		assert_int_equal(m.bit_len, 44);
		assert_int_equal(kst_layout_member(layout, "_HANDLE_TABLE_ENTRY", "Attributes", &m), KST_OK);
		assert_int_equal(m.bit_pos, 0x11);
		assert_int_equal(m.bit_len, 3);
		assert_int_equal(place(layout, "_EPROCESS", "ActiveProcessLinks"), 0x1d8);
		assert_int_equal(place(layout, "_KPROCESS", "ThreadListHead"), -1);
		assert_int_equal(place(layout, "_KPRCB", ""), -1);
		free(layout);
		return;
	}
	fail_msg("%s", "no 26100 kernel in the list");
}

static void refuses_wrong_calls(void **state)
{
	struct kst_layout_key key = { .size = 4, .arch = KST_ARCH_X64, .build = 19041 };
	uint64_t small[8];

	(void)state;
	assert_int_equal(kst_layout_init_builtin((struct kst_layout *)small, sizeof small, NULL, NULL), KST_E_ARG);
	assert_int_equal(kst_layout_init_builtin((struct kst_layout *)small, sizeof small, &key, NULL), KST_E_ABI);
	key.size = sizeof key;
	assert_int_equal(kst_layout_init_builtin((struct kst_layout *)small, sizeof small, &key, NULL), KST_E_LIMIT);
	assert_int_equal(kst_layout_init_builtin(NULL, 0, &key, NULL), KST_E_ARG);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(all_layouts_can_be_made),
		cmocka_unit_test(the_stream_is_read_to_its_end),
		cmocka_unit_test(symbols_belong_to_one_revision),
		cmocka_unit_test(the_block_has_the_last_word_on_sizes),
		cmocka_unit_test(a_kernel_without_types_gets_what_is_known),
		cmocka_unit_test(refuses_wrong_calls),
	};

	return RUN_TESTS_AND_ROWS("built-in layouts", tests, rows, picks_a_layout);
}
