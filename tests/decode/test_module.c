/* SPDX-License-Identifier: MIT */
/* Loader entries of the kernel, and the records of unloaded modules. */
#include "decode/module.h"
#include "support/places.h"

#include <stdbool.h>

struct row {
	const char *name;
	uint32_t pointer_size;
	uint64_t base;
	uint32_t image;
	uint16_t length, maximum;
	uint64_t buffer;
	uint64_t anomalies;
};

static const struct row rows[] = {
	{ "x64", 8, 0xfffff80000400000, 0x283000, 24, 24, 0xfffff80000001000, 0 },
	{ "x86", 4, 0x80400000, 0x2a2000, 24, 26, 0x80001000, 0 },
	{ "base off a page", 8, 0xfffff80000400010, 0x1000, 24, 24, 0xfffff80000001000, KST_MODULE_ANOMALY_RANGE },
	{ "no size", 8, 0xfffff80000400000, 0, 24, 24, 0xfffff80000001000, KST_MODULE_ANOMALY_RANGE },
	{ "largest size", 8, 0xfffff80000400000, 0x40000000, 24, 24, 0xfffff80000001000, 0 },
	{ "absurd size", 8, 0xfffff80000400000, 0x40000001, 24, 24, 0xfffff80000001000, KST_MODULE_ANOMALY_RANGE },
	{ "range to the last byte but one", 8, 0xfffffffffffff000, 0xfff, 24, 24, 0xfffff80000001000, 0 },
	{ "range wraps", 8, 0xfffffffffffff000, 0x1000, 24, 24, 0xfffff80000001000, KST_MODULE_ANOMALY_RANGE },
	{ "odd name", 8, 0xfffff80000400000, 0x1000, 23, 24, 0xfffff80000001000, KST_MODULE_ANOMALY_NAME },
	{ "name beyond its buffer", 8, 0xfffff80000400000, 0x1000, 26, 24, 0xfffff80000001000,
	  KST_MODULE_ANOMALY_NAME },
	{ "name beyond its buffer, x86", 4, 0x80400000, 0x1000, 26, 24, 0x800010ff, KST_MODULE_ANOMALY_NAME },
	{ "name without a buffer", 8, 0xfffff80000400000, 0x1000, 24, 24, 0, KST_MODULE_ANOMALY_NAME },
};

static void fill(uint8_t *entry, const struct row *row)
{
	bool wide = row->pointer_size == 8;
	unsigned name = wide ? 0x58 : 0x2c;

	put_number(entry, wide ? 0x30 : 0x18, row->pointer_size, row->base);
	put_number(entry, wide ? 0x38 : 0x1c, row->pointer_size, row->base + 0x100);
	put_number(entry, wide ? 0x40 : 0x20, 4, row->image);
	put_number(entry, name, 2, row->length);
	put_number(entry, name + 2, 2, row->maximum);
	put_number(entry, name + row->pointer_size, row->pointer_size, row->buffer);
	put_number(entry, wide ? 0x68 : 0x34, 4, 0x4000);
	put_number(entry, wide ? 0x6c : 0x38, 2, 3);
	put_number(entry, wide ? 0x78 : 0x40, 4, 0xa5938c);
	put_number(entry, 0x9c, 4, 0xd8333e6);
}

/* What must be claimed when so many bytes are there, x64 without a layout. */
static uint64_t expected64(size_t len, bool stamp)
{
	return (len >= 0x38 ? KST_MODULE_HAS_BASE : 0u) | (len >= 0x44 ? KST_MODULE_HAS_SIZE : 0u) |
	       (len >= 0x40 ? KST_MODULE_HAS_ENTRY_POINT : 0u) | (len >= 0x6c ? KST_MODULE_HAS_FLAGS : 0u) |
	       (len >= 0x6e ? KST_MODULE_HAS_LOAD_COUNT : 0u) | (len >= 0x7c ? KST_MODULE_HAS_CHECKSUM : 0u) |
	       (len >= 0x68 ? KST_MODULE_HAS_NAME_STRING : 0u) | (len >= 0x58 ? KST_MODULE_HAS_PATH_STRING : 0u) |
	       (stamp && len >= 0xa0 ? KST_MODULE_HAS_STAMP : 0u);
}

static void decodes(void **state)
{
	static const struct member_row stamp_rows[] = { { "_KLDR_DATA_TABLE_ENTRY", "TimeDateStamp", 0x9c, 4, 0, 0 } };
	const struct row *row = *state;

	for (int with = 0; with < 2; with++) {
		struct kst_layout *layout = layout_from_rows(stamp_rows, (size_t)with, row->pointer_size);
		uint8_t entry[0xa0] = { 0 };

		fill(entry, row);
		for (size_t len = 0; len <= sizeof entry; len++) {
			struct kst_module m = { .size = sizeof m };
			uint8_t *exact = malloc(len + 1);

			assert_non_null(exact);
			memcpy(exact, entry, len);
			assert_int_equal(kst_decode_module(layout, exact, len, 0xfffff80000123000, &m, NULL), KST_OK);
			if (row->pointer_size == 8)
				assert_true(m.present == expected64(len, with));
			if (len == sizeof entry) {
				assert_true(m.address == 0xfffff80000123000 && m.base == row->base);
				assert_true(m.size_of_image == row->image && m.name_bytes == row->length);
				assert_true(m.name_address == row->buffer && m.anomalies == row->anomalies);
				assert_true(m.flags == 0x4000 && m.load_count == 3 && m.checksum == 0xa5938c);
				assert_true(m.time_date_stamp == (with ? 0xd8333e6u : 0));
				assert_int_equal(m.size, sizeof m);
			}
			free(exact);
		}
		free(layout);
	}
}

static void a_layout_wins(void **state)
{
	static const struct member_row moved[] = { { "_KLDR_DATA_TABLE_ENTRY", "DllBase", 0x50, 8, 0, 0 } };
	struct kst_layout *layout = layout_from_rows(moved, 1, 8);
	struct kst_module m = { .size = sizeof m };
	uint8_t entry[0xa0] = { 0 };

	(void)state;
	put_number(entry, 0x50, 8, 0xfffff80011111000);
	assert_int_equal(kst_decode_module(layout, entry, sizeof entry, 0, &m, NULL), KST_OK);
	assert_true(m.base == 0xfffff80011111000);
	free(layout);
}

struct unloaded_row {
	const char *name;
	uint32_t pointer_size;
	uint16_t length, maximum; /* of the name */
	uint64_t buffer, start, end;
	uint64_t anomalies;
};

static const struct unloaded_row unloaded_rows[] = {
	{ "x64 dam.sys", 8, 14, 14, 0xffffe00112233440, 0xfffff80487de0000, 0xfffff80487dfc000, 0 },
	{ "x86", 4, 14, 16, 0x81122330, 0xf8a00000, 0xf8a10000, 0 },
	{ "no name", 8, 0, 0, 0, 0xfffff80487de0000, 0xfffff80487dfc000, 0 },
	{ "odd name", 8, 13, 14, 0xffffe00112233440, 0xf8a00000, 0xf8a10000, KST_MODULE_ANOMALY_NAME },
	{ "name beyond its buffer", 4, 14, 12, 0x811223ff, 0xf8a00000, 0xf8a10000, KST_MODULE_ANOMALY_NAME },
	{ "name without a buffer", 8, 14, 14, 0, 0xf8a00000, 0xf8a10000, KST_MODULE_ANOMALY_NAME },
	{ "ends before it starts", 8, 0, 0, 0, 0xfffff80487de0000, 0xfffff80487ddc000, KST_MODULE_ANOMALY_RANGE },
	{ "ends after the last address", 8, 0, 0, 0, 0xfffffffffffff000, 0x1000, KST_MODULE_ANOMALY_RANGE },
	{ "starts off a page", 8, 0, 0, 0, 0xfffff80487de0001, 0xfffff80487dfc000, KST_MODULE_ANOMALY_RANGE },
	{ "starts at half a page", 4, 0, 0, 0, 0xf8a00800, 0xf8a10000, KST_MODULE_ANOMALY_RANGE },
	{ "largest", 8, 0, 0, 0, 0xfffff80487de0000, 0xfffff804c7de0000, 0 },
	{ "absurd", 8, 0, 0, 0, 0xfffff80487de0000, 0xfffff804c7de0001, KST_MODULE_ANOMALY_RANGE },
};

static void unloaded(void **state)
{
	const struct unloaded_row *row = *state;
	struct kst_layout *layout = layout_from_rows(NULL, 0, row->pointer_size);
	uint32_t w = row->pointer_size;
	uint8_t entry[0x28] = { 0 };
	size_t size = w == 8 ? 0x28 : 0x18;

	put_number(entry, 0, 2, row->length);
	put_number(entry, 2, 2, row->maximum);
	put_number(entry, w, w, row->buffer);
	put_number(entry, 2 * w, w, row->start);
	put_number(entry, 3 * w, w, row->end);
	put_number(entry, 4 * w, 8, 0x1d707f23dbb3399);
	for (size_t len = 0; len <= size; len++) {
		struct kst_unloaded_module m = { .size = sizeof m };
		uint8_t *exact = malloc(len + 1);

		assert_non_null(exact);
		memcpy(exact, entry, len);
		assert_int_equal(kst_decode_unloaded_module(layout, exact, len, 0, &m, NULL), KST_OK);
		assert_true(m.present == ((len >= 4 * w ? KST_UNLOADED_MODULE_HAS_RANGE : 0u) |
					  (len >= size ? KST_UNLOADED_MODULE_HAS_TIME : 0u)));
		if (len == size)
			assert_true(m.start == row->start && m.end == row->end && m.time == 0x1d707f23dbb3399 &&
				    m.anomalies == row->anomalies);
		free(exact);
	}
	free(layout);
}

/* What a walk sees: the caller's memory is written whole, but for the size. */
static kst_status decode_entry(const struct kst_layout *layout, const void *bytes, size_t len, uint64_t address,
			       void *out, struct kst_error *err)
{
	struct kst__view view = kst__view_bytes(layout, bytes, len);

	(void)err;
	kst__decode_module(&view, address, out);
	return KST_OK;
}

struct seen_unloaded {
	struct kst_unloaded_module u;
	uint64_t name_address;
	uint32_t name_bytes, reserved0;
};

static kst_status decode_unloaded_entry(const struct kst_layout *layout, const void *bytes, size_t len,
					uint64_t address, void *out, struct kst_error *err)
{
	struct kst__view view = kst__view_bytes(layout, bytes, len);
	struct seen_unloaded *seen = out;

	(void)address;
	(void)err;
	seen->reserved0 = 0;
	kst__decode_unloaded_module(&view, &seen->u, &seen->name_address, &seen->name_bytes);
	return KST_OK;
}

enum { LOADED, UNLOADED };
#define M(member, bit) INTO(kst_module, member), KST_MODULE_HAS_##bit
#define U(member, bit) INTO(seen_unloaded, member), bit
#define RANGE          KST_MODULE_ANOMALY_RANGE
#define NAME           KST_MODULE_ANOMALY_NAME
#define NO             NOWHERE
#define HAS_ALL                                                                                                        \
	(KST_MODULE_HAS_BASE | KST_MODULE_HAS_SIZE | KST_MODULE_HAS_ENTRY_POINT | KST_MODULE_HAS_CHECKSUM |            \
	 KST_MODULE_HAS_FLAGS | KST_MODULE_HAS_LOAD_COUNT | KST_MODULE_HAS_NAME_STRING | KST_MODULE_HAS_PATH_STRING)

/*
 * Columns of loaded modules: 32- and 64-bit without a layout, 10.0.19041 x86 and x64 with theirs. A size of 0 is
 * absurd; a length without a buffer is none. Only 10 has a time stamp.
 */
static const struct place place_rows[] = {
	PLACE_OF(LOADED, 0, "DllBase", AT(0x18, 0x30, 0x18, 0x30), POINTER, M(base, BASE), 0xfffff803a1b2c000, 0),
	PLACE_OF(LOADED, 0, "EntryPoint", AT(0x1c, 0x38, 0x1c, 0x38), POINTER, M(entry_point, ENTRY_POINT),
		 0xfffff803a1b2d3e4, 0),
	PLACE_OF(LOADED, 0, "SizeOfImage", AT(0x20, 0x40, 0x20, 0x40), 4, M(size_of_image, SIZE), 0x3f4e5d6c, RANGE),
	PLACE_OF(LOADED, 1, "FullDllName.Length", AT(0x24, 0x48, 0x24, 0x48), 2, M(path_bytes, PATH_STRING), 0x8182,
		 NAME),
	PLACE_OF(LOADED, 0, "FullDllName.Buffer", AT(0x28, 0x50, 0x28, 0x50), POINTER, M(path_address, PATH_STRING),
		 0xffffa803b1c2d3e4, 0),
	PLACE_OF(LOADED, 1, "BaseDllName.Length", AT(0x2c, 0x58, 0x2c, 0x58), 2, M(name_bytes, NAME_STRING), 0x8384,
		 NAME),
	PLACE_OF(LOADED, 0, "BaseDllName.Buffer", AT(0x30, 0x60, 0x30, 0x60), POINTER, M(name_address, NAME_STRING),
		 0xffffa803b5c6d7e8, 0),
	PLACE_OF(LOADED, 0, "Flags", AT(0x34, 0x68, 0x34, 0x68), 4, M(flags, FLAGS), 0x89a04000, 0),
	PLACE_OF(LOADED, 0, "LoadCount", AT(0x38, 0x6c, 0x38, 0x6c), 2, M(load_count, LOAD_COUNT), 0xfefd, 0),
	PLACE_OF(LOADED, 0, "CheckSum", AT(0x40, 0x78, 0x40, 0x78), 4, M(checksum, CHECKSUM), 0x80a5938c, 0),
	PLACE_OF(LOADED, 0, "TimeDateStamp", AT(NO, NO, 0x58, 0x9c), 4, M(time_date_stamp, STAMP), 0xad8333e6, 0),
	PLACE_OF(UNLOADED, 1, "unloaded: Name.Length", AT(0, 0), 2, U(name_bytes, 0), 0x8182, NAME),
	PLACE_OF(UNLOADED, 0, "unloaded: Name.Buffer", AT(4, 8), POINTER, U(name_address, 0), 0xffffa803b1c2d3e4, 0),
	PLACE_OF(UNLOADED, 1, "unloaded: StartAddress", AT(8, 0x10), POINTER, U(u.start, KST_UNLOADED_MODULE_HAS_RANGE),
		 0xfffff803a1b2c000, RANGE),
	PLACE_OF(UNLOADED, 0, "unloaded: EndAddress", AT(0xc, 0x18), POINTER, U(u.end, KST_UNLOADED_MODULE_HAS_RANGE),
		 0x3fb2c3d4, 0),
	PLACE_OF(UNLOADED, 0, "unloaded: CurrentTime", AT(0x10, 0x20), 8, U(u.time, KST_UNLOADED_MODULE_HAS_TIME),
		 0x81d707f23dbb3399, 0),
};

static void places(void **state)
{
	static const struct kst_module plain = { .present = HAS_ALL, .anomalies = RANGE, .address = PLACE_ADDRESS };
	static const struct kst_module stamped = { .present = HAS_ALL | KST_MODULE_HAS_STAMP,
						   .anomalies = RANGE,
						   .address = PLACE_ADDRESS };
	static const struct seen_unloaded empty = { .u = { .present = KST_UNLOADED_MODULE_HAS_RANGE |
								      KST_UNLOADED_MODULE_HAS_TIME } };
	struct kst_layout *layouts[] = { layout_from_rows(NULL, 0, 4), layout_from_rows(NULL, 0, 8),
					 layout_builtin(KST_ARCH_X86, 19041, 0),
					 layout_builtin(KST_ARCH_X64, 19041, 0) };
	const struct place *p = *state;

	if (p->kind == LOADED) {
		const struct place_form forms[] = { { layouts[0], 0x5c, &plain },
						    { layouts[1], 0xa0, &plain },
						    { layouts[2], 0x5c, &stamped },
						    { layouts[3], 0xa0, &stamped } };

		place_check(p, forms, 4, decode_entry, sizeof plain);
	} else {
		const struct place_form forms[] = { { layouts[0], 0x18, &empty }, { layouts[1], 0x28, &empty } };

		place_check(p, forms, 2, decode_unloaded_entry, sizeof empty);
	}
	for (size_t i = 0; i < 4; i++)
		free(layouts[i]);
}

/* Base and size alone, for searches: both or nothing. */
static void ranges(void **state)
{
	struct kst_layout *layout = layout_from_rows(NULL, 0, 8);
	uint8_t entry[0x44] = { 0 };
	struct kst__view view;
	uint64_t base = 77;
	uint32_t size = 77;

	(void)state;
	put_number(entry, 0x30, 8, 0xfffff803a1b2c000);
	put_number(entry, 0x40, 4, 0x8f4e5d6c);
	view = kst__view_bytes(layout, entry, 0x43);
	assert_false(kst__module_range(&view, &base, &size));
	assert_true(base == 77 && size == 77);
	view = kst__view_bytes(layout, entry, 0x44);
	assert_true(kst__module_range(&view, &base, &size));
	assert_true(base == 0xfffff803a1b2c000 && size == 0x8f4e5d6c);
	free(layout);
}

static kst_status decode_public(const struct kst_layout *layout, const void *bytes, size_t len, uint64_t address,
				void *out, struct kst_error *err)
{
	return kst_decode_module(layout, bytes, len, address, out, err);
}

static kst_status decode_unloaded_public(const struct kst_layout *layout, const void *bytes, size_t len,
					 uint64_t address, void *out, struct kst_error *err)
{
	return kst_decode_unloaded_module(layout, bytes, len, address, out, err);
}

static void calls_and_names(void **state)
{
	struct kst_layout *layout = layout_from_rows(NULL, 0, 8);

	(void)state;
	refuses_wrong_calls(layout, decode_public, sizeof(struct kst_module));
	refuses_wrong_calls(layout, decode_unloaded_public, sizeof(struct kst_unloaded_module));
	NAMES_BITS(kst_module_anomaly_name, "name-cut", "range", "name");
	free(layout);
}

int main(void)
{
	struct CMUnitTest tests[96] = {
		cmocka_unit_test(a_layout_wins),
		cmocka_unit_test(ranges),
		cmocka_unit_test(calls_and_names),
	};
	size_t n = 3;

	n += ROWS_TO_TESTS(tests + n, rows, decodes);
	n += ROWS_TO_TESTS(tests + n, unloaded_rows, unloaded);
	n += ROWS_TO_TESTS(tests + n, place_rows, places);
	return _cmocka_run_group_tests("module", tests, n, NULL, NULL);
}
