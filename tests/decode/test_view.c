/* SPDX-License-Identifier: MIT */
/* The one way in which decoders see an object. */
#include "decode/view.h"
#include "support/support.h"

#include <stdlib.h>

static const struct member_row rows[] = {
	{ "_EPROCESS", "UniqueProcessId", 8, 8, 0, 0 },   { "_KPROCESS", "DirectoryTableBase", 0x10, 4, 0, 0 },
	{ "_POOL_HEADER", "BlockSize", 2, 2, 0, 9 },      { "_POOL_HEADER", "PoolType", 2, 2, 9, 7 },
	{ "_EPROCESS", "ImageFileName", 0x14, 15, 0, 0 },
};

static bool fetch_some(const struct kst__view *view, uint64_t offset, void *buf, size_t len)
{
	memset(buf, (int)offset, len);
	return offset + len <= view->address;
}

static void gets_members_from_bytes_and_from_elsewhere(void **state)
{
	struct kst_layout *layout = layout_from_rows(rows, 5, 8);
	static const uint8_t bytes[0x20] = { [2] = 0x34, [3] = 0x6a, [8] = 4, [15] = 0x80, [0x10] = 0xff, [0x13] = 1 };
	struct kst__view view = kst__view_bytes(layout, bytes, sizeof bytes);
	uint64_t value = 77;
	uint32_t small = 77;

	(void)state;
	assert_true(kst__get(&view, KST__M_EPROCESS_UNIQUE_PROCESS_ID, &value) &&
		    value == UINT64_C(0x8000000000000004));
	assert_false(kst__get32(&view, KST__M_EPROCESS_UNIQUE_PROCESS_ID, &small)); /* does not fit */
	assert_int_equal(small, 77);
	assert_true(kst__get32(&view, KST__M_KPROCESS_DIRECTORY_TABLE_BASE, &small) && small == 0x010000ff);
	assert_true(kst__get(&view, KST__M_POOL_HEADER_BLOCK_SIZE, &value) && value == 0x034);
	assert_true(kst__get(&view, KST__M_POOL_HEADER_POOL_TYPE, &value) && value == 0x35);
	value = 77;
	assert_false(kst__get(&view, KST__M_EPROCESS_PEB, &value));             /* not in the layout */
	assert_false(kst__get(&view, KST__M_EPROCESS_IMAGE_FILE_NAME, &value)); /* no number */
	assert_false(kst__get_at(&view, 0x18, KST__M_EPROCESS_UNIQUE_PROCESS_ID, &value));
	assert_false(kst__get_at(&view, UINT64_MAX - 4, KST__M_EPROCESS_UNIQUE_PROCESS_ID, &value));
	assert_int_equal(value, 77);
	for (size_t len = 0; len <= sizeof bytes; len++) {
		uint8_t *exact = malloc(len == 0 ? 1 : len);

		assert_non_null(exact);
		memcpy(exact, bytes, len);
		view = kst__view_bytes(layout, exact, len);
		assert_true(kst__get(&view, KST__M_EPROCESS_UNIQUE_PROCESS_ID, &value) == (len >= 0x10));
		assert_true(kst__view_pointer(&view, 0, &value) == (len >= 8));
		free(exact);
	}
	view = kst__view_bytes(layout, NULL, 100); /* no bytes at all */
	assert_false(kst__get(&view, KST__M_EPROCESS_UNIQUE_PROCESS_ID, &value));
	view.fetch = fetch_some;
	view.address = 0x10;
	assert_true(kst__get(&view, KST__M_EPROCESS_UNIQUE_PROCESS_ID, &value) &&
		    value == UINT64_C(0x0808080808080808));
	assert_false(kst__get(&view, KST__M_KPROCESS_DIRECTORY_TABLE_BASE, &value));
	free(layout);
}

/* What a decoder needs: a layout, a result, and bytes unless there are none. */
static void given(void **state)
{
	struct kst_layout *layout = layout_from_rows(rows, 5, 8);
	int out;

	(void)state;
	assert_true(kst__given(layout, "", 1, &out));
	assert_true(kst__given(layout, "", 0, &out));
	assert_true(kst__given(layout, NULL, 0, &out));
	assert_false(kst__given(layout, NULL, 1, &out));
	assert_false(kst__given(layout, NULL, 2, &out));
	assert_false(kst__given(NULL, "", 1, &out));
	assert_false(kst__given(NULL, "", 1, NULL));
	assert_false(kst__given(layout, "", 1, NULL));
	free(layout);
}

static const uint8_t count_up[] = { 0x81, 0x82, 0x83, 0x84, 0x85, 0x86, 0x87, 0x88, 0x89 };

static bool fetch_bytes(const struct kst__view *view, uint64_t offset, void *buf, size_t len)
{
	if (offset > view->address || view->address - offset < len)
		return false;
	memcpy(buf, count_up + offset, len);
	return true;
}

/* One view of bytes in hand, one that fetches the same, one of no bytes. */
static void make_views(const struct kst_layout *layout, struct kst__view views[3])
{
	views[0] = kst__view_bytes(layout, count_up, sizeof count_up);
	views[1] = kst__view_bytes(layout, NULL, 0);
	views[1].fetch = fetch_bytes;
	views[1].address = sizeof count_up;
	views[2] = kst__view_bytes(layout, NULL, sizeof count_up);
}

static void numbers_and_raw_bytes(void **state)
{
	static const struct {
		uint64_t offset, value;
		size_t width;
		bool there;
	} cases[] = {
		{ 0, 0x81, 1, true },
		{ 1, 0x8382, 2, true },
		{ 1, 0x848382, 3, true },
		{ 2, 0x86858483, 4, true },
		{ 2, 0x89888786858483, 7, true },
		{ 1, 0x8988878685848382, 8, true },
		{ 2, 0, 8, false }, /* one byte too far */
		{ 8, 0x89, 1, true },
		{ 9, 0, 1, false },
		{ UINT64_MAX, 0, 1, false },
	};
	struct kst_layout *layout = layout_from_rows(rows, 5, 8);
	struct kst__view views[3];

	(void)state;
	make_views(layout, views);
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		for (int v = 0; v < 3; v++) {
			bool there = cases[i].there && v < 2;
			uint8_t raw[8] = { 7, 7, 7, 7, 7, 7, 7, 7 };
			uint64_t value = 77;

			assert_int_equal(kst__view_number(&views[v], cases[i].offset, cases[i].width, &value), there);
			assert_true(value == (there ? cases[i].value : 77));
			assert_int_equal(kst__view_raw(&views[v], cases[i].offset, raw, cases[i].width), there);
			for (size_t k = 0; k < sizeof raw; k++)
				assert_int_equal(raw[k],
						 there && k < cases[i].width ? count_up[cases[i].offset + k] : 7);
		}
	}
	for (int v = 0; v < 3; v++) { /* no number has such a width */
		uint64_t value = 77;

		assert_false(kst__view_number(&views[v], 0, 0, &value));
		assert_false(kst__view_number(&views[v], 0, 9, &value));
		assert_true(value == 77);
	}
	free(layout);
}

static bool fetch_any(const struct kst__view *view, uint64_t offset, void *buf, size_t len)
{
	(void)view;
	memset(buf, (int)(offset & 0xff), len);
	return true;
}

/* A member may lie at the last byte of the address space; no place beyond it wraps to the start. */
static void ends_of_the_address_space(void **state)
{
	static const struct member_row last = { "_EPROCESS", "UniqueProcessId", 0x20, 1, 0, 0 };
	struct kst_layout *layout = layout_from_rows(&last, 1, 8);
	struct kst__view view = kst__view_bytes(layout, NULL, 0);
	uint64_t value = 77;

	(void)state;
	view.fetch = fetch_any;
	assert_true(kst__get_at(&view, UINT64_MAX - 0x20, KST__M_EPROCESS_UNIQUE_PROCESS_ID, &value));
	assert_true(value == 0xff);
	assert_false(kst__get_at(&view, UINT64_MAX - 0x1f, KST__M_EPROCESS_UNIQUE_PROCESS_ID, &value));
	assert_false(kst__get_at(&view, UINT64_MAX, KST__M_EPROCESS_UNIQUE_PROCESS_ID, &value));
	assert_true(value == 0xff);
	free(layout);
}

static void narrowed(void **state)
{
	static const uint8_t largest[8] = { 0xff, 0xff, 0xff, 0xff, 0, 0, 0, 0 };
	static const uint8_t beyond[8] = { 0, 0, 0, 0, 1, 0, 0, 0 };
	static const struct member_row pid = { "_EPROCESS", "UniqueProcessId", 0, 8, 0, 0 };
	struct kst_layout *layout = layout_from_rows(&pid, 1, 8);
	struct kst__view view = kst__view_bytes(layout, largest, sizeof largest);
	uint32_t value = 77;

	(void)state;
	assert_true(kst__get32(&view, KST__M_EPROCESS_UNIQUE_PROCESS_ID, &value));
	assert_true(value == 0xffffffff);
	view = kst__view_bytes(layout, beyond, sizeof beyond);
	assert_false(kst__get32(&view, KST__M_EPROCESS_UNIQUE_PROCESS_ID, &value));
	assert_true(value == 0xffffffff);
	free(layout);
}

/* A table of fields: each by its kind, into 4 or 8 bytes; what does not fit or is not there leaves its place alone. */
static void fields_of_a_struct(void **state)
{
	struct result {
		uint64_t number, pointer, wide;
		uint32_t narrow, fits, unfit, absent;
	};
#define FIELD(id, member, width, kind, bit)                                                                            \
	{                                                                                                              \
		KST__M_EPROCESS_##id, (uint16_t)offsetof(struct result, member), width, KST__FIELD_##kind, bit         \
	}
	static const struct kst__field fields[] = {
		FIELD(FLAGS, number, 8, NUMBER, 0),     FIELD(PEB, pointer, 8, POINTER, 1),
		FIELD(CREATE_TIME, wide, 8, U64, 63),   FIELD(FLAGS, narrow, 4, NUMBER, 3),
		FIELD(EXIT_STATUS, fits, 4, NUMBER, 4), FIELD(CREATE_TIME, unfit, 4, U64, 5),
		FIELD(SESSION, absent, 4, NUMBER, 6),   FIELD(SESSION, absent, 4, POINTER, 7),
		FIELD(SESSION, absent, 4, U64, 8),      FIELD(TOKEN, absent, 4, POINTER, 9),
		FIELD(EXIT_TIME, absent, 4, U64, 10),
	};
	static const struct member_row types[] = {
		{ "_EPROCESS", "Flags", 0, 2, 4, 8 },      { "_EPROCESS", "Peb", 2, 0x10, 0, 0 },
		{ "_EPROCESS", "CreateTime", 4, 2, 0, 0 }, { "_EPROCESS", "ExitStatus", 12, 4, 0, 0 },
		{ "_EPROCESS", "Token", 13, 8, 0, 0 },     { "_EPROCESS", "ExitTime", 9, 8, 0, 0 },
	};
	static const uint8_t bytes[16] = { 0x12, 0x34, 0x56, 0x78, 0x9a, 0xbc, 0xde, 0xf1,
					   0x11, 0x22, 0x33, 0x44, 0xff, 0xff, 0xff, 0xff };
	struct kst_layout *layout = layout_from_rows(types, 6, 4);
	struct kst__view view = kst__view_bytes(layout, bytes, sizeof bytes);
	struct result r = { 7, 7, 7, 7, 7, 7, 7 };

	(void)state;
	assert_true(kst__get_fields(&view, fields, sizeof fields / sizeof fields[0], &r) == 0x800000000000001b);
	assert_true(r.number == 0x41);
	assert_true(r.pointer == 0xbc9a7856); /* 4 bytes, whatever the type's size is */
	assert_true(r.wide == 0x44332211f1debc9a);
	assert_true(r.narrow == 0x41);
	assert_true(r.fits == 0xffffffff);
	assert_true(r.unfit == 7 && r.absent == 7);
	assert_true(kst__get_fields(&view, fields, 1, &r) == 1);
	assert_true(kst__get_fields(&view, fields, 0, &r) == 0);
	free(layout);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(gets_members_from_bytes_and_from_elsewhere),
		cmocka_unit_test(given),
		cmocka_unit_test(numbers_and_raw_bytes),
		cmocka_unit_test(ends_of_the_address_space),
		cmocka_unit_test(narrowed),
		cmocka_unit_test(fields_of_a_struct),
	};

	return cmocka_run_group_tests_name("view", tests, NULL, NULL);
}
