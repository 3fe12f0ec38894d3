/* SPDX-License-Identifier: MIT */
#include "support/places.h"
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

static kst_status decode_entry(const struct kst_layout *layout, const void *bytes, size_t len, uint64_t address,
			       void *out, struct kst_error *err)
{
	return kst_decode_user_module(layout, bytes, len, address, out, err);
}

static kst_status decode_trace(const struct kst_layout *layout, const void *bytes, size_t len, uint64_t address,
			       void *out, struct kst_error *err)
{
	return kst_decode_unloaded_user_module(layout == NULL ? 0 : pointer_size_of(layout), bytes, len, address, out,
					       err);
}

enum { LOADED, UNLOADED };
#define M(member, bit) INTO(kst_user_module, member), KST_USER_MODULE_HAS_##bit
#define U(member, bit) INTO(kst_unloaded_user_module, member), KST_UNLOADED_USER_MODULE_HAS_##bit
#define RANGE          KST_USER_MODULE_ANOMALY_RANGE
#define ENTRY          KST_USER_MODULE_ANOMALY_ENTRY_POINT
#define NO             NOWHERE

/* Columns: the fixed 32- and 64-bit layouts (8 and later), 7 x86 and x64. A module at 0 without a size has no range. */
static const struct place place_rows[] = {
	PLACE_OF(LOADED, 0, "DllBase", AT(0x18, 0x30, 0x18, 0x30), POINTER, M(base, BASE), 0x00a1b2c3a4b5c000, 0),
	PLACE_OF(LOADED, 0, "EntryPoint", AT(0x1c, 0x38, 0x1c, 0x38), POINTER, M(entry_point, ENTRY_POINT),
		 0x00a1b2c3a4b5d6e7, ENTRY),
	PLACE_OF(LOADED, 0, "SizeOfImage", AT(0x20, 0x40, 0x20, 0x40), 4, M(size_of_image, SIZE), 0x81726354, 0),
	PLACE_OF(LOADED, 1, "FullDllName.MaximumLength", AT(0x26, 0x4a, 0x26, 0x4a), 2, M(path_text.maximum, PATH_TEXT),
		 0x8182, 0),
	PLACE_OF(LOADED, 0, "FullDllName.Buffer", AT(0x28, 0x50, 0x28, 0x50), POINTER, M(path_text.address, PATH_TEXT),
		 0x0081b2c3a4b5c6d7, 0),
	PLACE_OF(LOADED, 1, "BaseDllName.MaximumLength", AT(0x2e, 0x5a, 0x2e, 0x5a), 2, M(name_text.maximum, NAME_TEXT),
		 0x8384, 0),
	PLACE_OF(LOADED, 0, "BaseDllName.Buffer", AT(0x30, 0x60, 0x30, 0x60), POINTER, M(name_text.address, NAME_TEXT),
		 0x0082b3c4a5b6c7d8, 0),
	PLACE_OF(LOADED, 0, "Flags", AT(0x34, 0x68, 0x34, 0x68), 4, M(flags, FLAGS), 0x80a2c4e6, 0),
	PLACE_OF(LOADED, 0, "LoadCount", AT(0x38, 0x6c, 0x38, 0x6c), 2, M(load_count, LOAD_COUNT), 0xfffe, 0),
	PLACE_OF(LOADED, 0, "TlsIndex", AT(0x3a, 0x6e, 0x3a, 0x6e), 2, M(tls_index, TLS_INDEX), 0xfdfc, 0),
	PLACE_OF(LOADED, 0, "TimeDateStamp", AT(0x44, 0x80, 0x44, 0x80), 4, M(time_date_stamp, STAMP), 0xc7918d7c, 0),
	PLACE_OF(LOADED, 0, "OriginalBase", AT(0x80, 0xf8, 0x6c, 0xd0), POINTER, M(original_base, ORIGINAL_BASE),
		 0xf0e1d2c3b4a59687, 0),
	PLACE_OF(LOADED, 0, "LoadTime", AT(0x88, 0x100, 0x70, 0xd8), 8, M(load_time, LOAD_TIME), 0x81d707f23dbb3399, 0),
	PLACE_OF(LOADED, 0, "LoadReason", AT(0x94, 0x10c, NO, NO), 4, M(load_reason, LOAD_REASON), 0xfffefdfc, 0),
	PLACE_OF(UNLOADED, 0, "unloaded: BaseAddress", AT(0, 0, NO, NO), POINTER, U(base, BASE), 0x00a1b2c3a4b5c000, 0),
	PLACE_OF(UNLOADED, 0, "unloaded: SizeOfImage", AT(4, 8, NO, NO), POINTER, U(size_of_image, SIZE),
		 0x8172635445362718, 0),
	PLACE_OF(UNLOADED, 0, "unloaded: Sequence", AT(8, 0x10, NO, NO), 4, U(sequence, SEQUENCE), 0x80000041, 0),
	PLACE_OF(UNLOADED, 0, "unloaded: TimeDateStamp", AT(0xc, 0x14, NO, NO), 4, U(time_date_stamp, STAMP),
		 0xc791a7a6, 0),
	PLACE_OF(UNLOADED, 0, "unloaded: CheckSum", AT(0x10, 0x18, NO, NO), 4, U(checksum, CHECKSUM), 0x8002a6d3, 0),
};

static void places(void **state)
{
	const uint64_t seven = ALWAYS | KST_USER_MODULE_HAS_ORIGINAL_BASE | KST_USER_MODULE_HAS_LOAD_TIME;
	const struct kst_user_module zeros[] = {
		{ .bits = 32,
		  .present = seven | KST_USER_MODULE_HAS_LOAD_REASON,
		  .anomalies = RANGE,
		  .address = PLACE_ADDRESS },
		{ .bits = 64,
		  .present = seven | KST_USER_MODULE_HAS_LOAD_REASON,
		  .anomalies = RANGE,
		  .address = PLACE_ADDRESS },
		{ .bits = 32, .present = seven, .anomalies = RANGE, .address = PLACE_ADDRESS },
		{ .bits = 64, .present = seven, .anomalies = RANGE, .address = PLACE_ADDRESS },
	};
	static const struct kst_unloaded_user_module unused = { .present = 0x3f, .address = PLACE_ADDRESS };
	struct kst_layout *layouts[] = { malloc(kst_layout_size()), malloc(kst_layout_size()),
					 layout_builtin(KST_ARCH_X86, 7601, 0), layout_builtin(KST_ARCH_X64, 7601, 0) };
	const struct place *p = *state;

	for (uint32_t i = 0; i < 2; i++)
		assert_int_equal(kst_layout_init_user(layouts[i], kst_layout_size(), 4 + 4 * i, NULL), KST_OK);
	if (p->kind == LOADED) {
		const struct place_form forms[] = { { layouts[0], 0xa8, &zeros[0] },
						    { layouts[1], 0x120, &zeros[1] },
						    { layouts[2], 0x78, &zeros[2] },
						    { layouts[3], 0xe0, &zeros[3] } };

		place_check(p, forms, 4, decode_entry, sizeof zeros[0]);
	} else {
		const struct place_form forms[] = { { layouts[0], 0x54, &unused }, { layouts[1], 0x5c, &unused } };

		place_check(p, forms, 2, decode_trace, sizeof unused);
	}
	for (size_t i = 0; i < 4; i++)
		free(layouts[i]);
}

/* Base, size and entry point: each alone is no contradiction. */
static void contradictions(void **state)
{
	static const struct {
		uint32_t pointer_size;
		uint64_t base, entry_point;
		uint32_t size;
		uint64_t anomalies;
	} cases[] = {
		{ 8, 0x7ffb7000000, 0x7ffb7001000, 0x5000, 0 },
		{ 8, 0x7ffb7000000, 0, 0x5000, 0 },
		{ 8, 0x7ffb7000000, 0x7ffb7000000, 0x5000, 0 },
		{ 8, 0x7ffb7000000, 0x7ffb7004fff, 0x5000, 0 },
		{ 8, 0x7ffb7000000, 0x7ffb7005000, 0x5000, ENTRY },
		{ 8, 0x7ffb7000000, 0x7ffb6ffffff, 0x5000, ENTRY },
		{ 8, 0x7ffb7000000, 1, 0x5000, ENTRY },
		{ 8, 0x7ffb7000000, 0, 1, 0 },
		{ 8, 0x7ffb7000010, 0, 0x5000, RANGE },
		{ 8, 0x7ffb7000800, 0, 0x5000, RANGE },
		{ 8, 0, 0, 0x1000, RANGE },
		{ 8, 0x7ffb7000000, 0, 0, RANGE },
		{ 8, 0x7ffb7000000, 0x7ffb7000000, 0, RANGE },
		{ 8, 0x7ffb7000000, 0x7ffb7000001, 0, RANGE | ENTRY },
		{ 8, 0xfffff80000000000, 0, 0x1000, RANGE },
		{ 8, 0xfffffffffffff000, 0, 0xffffffff, RANGE },
		{ 8, 0x00fffffffffff000, 0, 0x1000, 0 },
		{ 8, 0x00fffffffffff000, 0, 0x1001, RANGE },
		{ 8, 0x0100000000000000, 0, 0x1000, RANGE },
		{ 4, 0xbffff000, 0, 0x1000, 0 },
		{ 4, 0xbffff000, 0, 0x1001, RANGE },
		{ 4, 0xc0000000, 0, 0x1000, RANGE },
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		uint32_t w = cases[i].pointer_size;
		const struct member_row members[] = {
			{ "_LDR_DATA_TABLE_ENTRY", "DllBase", 0, w, 0, 0 },
			{ "_LDR_DATA_TABLE_ENTRY", "SizeOfImage", 8, 4, 0, 0 },
			{ "_LDR_DATA_TABLE_ENTRY", "EntryPoint", 0x10, w, 0, 0 },
		};
		static const struct {
			size_t first, count;
			uint64_t present, anomalies; /* those of the whole that need no more than this */
		} parts[] = {
			{ 0, 3, KST_USER_MODULE_HAS_BASE | KST_USER_MODULE_HAS_SIZE | KST_USER_MODULE_HAS_ENTRY_POINT,
			  RANGE | ENTRY },
			{ 0, 2, KST_USER_MODULE_HAS_BASE | KST_USER_MODULE_HAS_SIZE, RANGE },
			{ 1, 1, KST_USER_MODULE_HAS_SIZE, 0 },
			{ 1, 2, KST_USER_MODULE_HAS_SIZE | KST_USER_MODULE_HAS_ENTRY_POINT, 0 },
			{ 2, 1, KST_USER_MODULE_HAS_ENTRY_POINT, 0 },
		};
		uint8_t bytes[0x18] = { 0 };

		put_number(bytes, 0, w, cases[i].base);
		put_number(bytes, 8, 4, cases[i].size);
		put_number(bytes, 0x10, w, cases[i].entry_point);
		for (size_t k = 0; k < sizeof parts / sizeof parts[0]; k++) {
			struct kst_layout *layout = layout_from_rows(members + parts[k].first, parts[k].count, w);
			struct kst_user_module m;

			place_decode(decode_entry, layout, bytes, sizeof bytes, &m, sizeof m);
			assert_true(m.present == parts[k].present);
			assert_true(m.anomalies == (cases[i].anomalies & parts[k].anomalies));
			free(layout);
		}
	}
}

/* A base without a size: only where it lies can be told; an entry point then says nothing. */
static void base_without_a_size(void **state)
{
	static const struct member_row members[] = { { "_LDR_DATA_TABLE_ENTRY", "DllBase", 0, 8, 0, 0 },
						     { "_LDR_DATA_TABLE_ENTRY", "EntryPoint", 0x10, 8, 0, 0 } };
	struct kst_layout *layout = layout_from_rows(members, 2, 8);
	uint8_t bytes[0x18] = { 0 };
	struct kst_user_module m;

	(void)state;
	put_number(bytes, 0, 8, 0x7ffb7000000);
	put_number(bytes, 0x10, 8, 0x7ffb6000000);
	place_decode(decode_entry, layout, bytes, sizeof bytes, &m, sizeof m);
	assert_true(m.present == (KST_USER_MODULE_HAS_BASE | KST_USER_MODULE_HAS_ENTRY_POINT) && m.anomalies == 0);
	put_number(bytes, 0, 8, 0xfffff80000000000);
	place_decode(decode_entry, layout, bytes, sizeof bytes, &m, sizeof m);
	assert_true(m.anomalies == RANGE);
	free(layout);
}

/* Where the names are; of a name that leads out of user space nothing is to be read. */
static void places_of_names(void **state)
{
	static const struct {
		uint16_t length, maximum;
		uint64_t buffer;
		uint32_t bytes;
		uint64_t anomalies;
	} cases[] = {
		{ 0x8182, 0x8184, 0x00ffffffffffffff, 0x8182, 0 },
		{ 0x8182, 0x8182, 0x7ffb7000000, 0x8182, 0 },
		{ 0x8183, 0x8184, 0x7ffb7000000, 0x8182, KST_USER_MODULE_ANOMALY_NAME },
		{ 0x8184, 0x8183, 0x7ffb7000000, 0x8184, KST_USER_MODULE_ANOMALY_NAME },
		{ 0x8182, 0x8184, 0, 0, KST_USER_MODULE_ANOMALY_NAME },
		{ 0x8182, 0x8184, 0x0100000000000000, 0, KST_USER_MODULE_ANOMALY_POINTER },
		{ 0x8183, 0x8184, 0xfffff80000000000, 0,
		  KST_USER_MODULE_ANOMALY_POINTER | KST_USER_MODULE_ANOMALY_NAME },
	};
	struct kst_layout *layout = layout_builtin(KST_ARCH_X64, 19041, 0);

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		for (size_t at = 0x48; at <= 0x58; at += 0x10) {
			uint8_t bytes[0x120] = { 0 };
			struct kst_user_module m;
			const struct kst_text *text = at == 0x48 ? &m.path_text : &m.name_text;
			const struct kst_text *other = at == 0x48 ? &m.name_text : &m.path_text;

			put_number(bytes, 0x30, 8, 0x7ffb7000000);
			put_number(bytes, 0x40, 4, 0x1000);
			put_number(bytes, at, 2, cases[i].length);
			put_number(bytes, at + 2, 2, cases[i].maximum);
			put_number(bytes, at + 8, 8, cases[i].buffer);
			place_decode(decode_entry, layout, bytes, sizeof bytes, &m, sizeof m);
			assert_true(text->address == cases[i].buffer && text->bytes == cases[i].bytes &&
				    text->maximum == cases[i].maximum);
			assert_true(other->address == 0 && other->bytes == 0 && other->maximum == 0);
			assert_true(m.anomalies == cases[i].anomalies);
		}
	}
	free(layout);
}

/* ImageName ends at NUL or with the record. */
static void unloaded_names(void **state)
{
	static const struct {
		const char *text; /* each byte one character */
		uint16_t last;    /* character after them */
		const char *name;
		uint64_t anomalies;
	} cases[] = {
		{ "", 0, "", 0 },
		{ "rasadhlp.dll", 0, "rasadhlp.dll", 0 },
		{ "a\001b", 0, "a\001b", 0 },
		{ "0123456789abcdef0123456789abcde", 0, "0123456789abcdef0123456789abcde", 0 },
		{ "0123456789abcdef0123456789abcde", 'f', "0123456789abcdef0123456789abcdef", 0 },
		{ "", 0x20ac, "\xe2\x82\xac", 0 },
		{ "odd", 0xd800, "odd\xef\xbf\xbd", KST_UNLOADED_USER_MODULE_ANOMALY_NAME },
	};

	(void)state;
	for (uint32_t w = 4; w <= 8; w += 4) {
		size_t at = w == 4 ? 0x14 : 0x1c;

		for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
			struct kst_unloaded_user_module u = { .size = sizeof u };
			uint8_t bytes[0x5c] = { 0 };
			size_t n = strlen(cases[i].text);

			for (size_t k = 0; k < n; k++)
				bytes[at + 2 * k] = (uint8_t)cases[i].text[k];
			put_number(bytes, at + 2 * n, 2, cases[i].last);
			assert_int_equal(kst_decode_unloaded_user_module(w, bytes, at + 64, 0, &u, NULL), KST_OK);
			assert_string_equal(u.name, cases[i].name);
			assert_true(u.present == 0x3f && u.anomalies == cases[i].anomalies);
			assert_int_equal(kst_decode_unloaded_user_module(w, bytes, at + 63, 0, &u, NULL), KST_OK);
			assert_true(u.present == 0x1f && u.anomalies == 0 && u.name[0] == '\0');
		}
	}
}

/* Programs may have all of 4 GiB, never kernel space on 64-bit; 0 is an unused slot. */
static void unloaded_bases(void **state)
{
	static const struct {
		uint32_t pointer_size;
		uint64_t base, anomalies;
	} cases[] = {
		{ 4, 0, 0 },
		{ 4, 0xfffff000, 0 },
		{ 4, 1, KST_UNLOADED_USER_MODULE_ANOMALY_RANGE },
		{ 4, 0x73700800, KST_UNLOADED_USER_MODULE_ANOMALY_RANGE },
		{ 8, 0, 0 },
		{ 8, 0x00fffffffffff000, 0 },
		{ 8, 0x00fffffffffff800, KST_UNLOADED_USER_MODULE_ANOMALY_RANGE },
		{ 8, 0x0100000000000000, KST_UNLOADED_USER_MODULE_ANOMALY_RANGE },
		{ 8, 0xfffff80000000000, KST_UNLOADED_USER_MODULE_ANOMALY_RANGE },
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct kst_unloaded_user_module u = { .size = sizeof u };
		uint8_t bytes[8] = { 0 };

		put_number(bytes, 0, cases[i].pointer_size, cases[i].base);
		assert_int_equal(
			kst_decode_unloaded_user_module(cases[i].pointer_size, bytes, sizeof bytes, 0, &u, NULL),
			KST_OK);
		assert_true(u.base == cases[i].base && u.anomalies == cases[i].anomalies);
	}
}

static void calls_and_names(void **state)
{
	struct kst_layout *layout = layout_builtin(KST_ARCH_X64, 19041, 0);
	struct kst_unloaded_user_module u = { .size = sizeof u };

	(void)state;
	refuses_wrong_calls(layout, decode_entry, sizeof(struct kst_user_module));
	refuses_wrong_calls(layout, decode_trace, sizeof(struct kst_unloaded_user_module));
	assert_int_equal(kst_decode_unloaded_user_module(5, "", 1, 0, &u, NULL), KST_E_ARG);
	NAMES_NUMBERS(kst_loader_list_name, "unknown", "load", "memory", "init");
	NAMES_NUMBERS(kst_load_reason_name, "unknown", "static-dependency", "static-forwarder-dependency",
		      "dynamic-forwarder-dependency", "delayload-dependency", "dynamic-load", "as-image-load",
		      "as-data-load", "enclave-primary", "enclave-dependency");
	NAMES_BITS(kst_user_module_anomaly_name, "name-cut", "name", "range", "pointer", "not-in-load-order",
		   "not-in-memory-order", "entry-point", "back-link");
	NAMES_BITS(kst_unloaded_user_module_anomaly_name, "name", "range", "slot");
	free(layout);
}

int main(void)
{
	struct CMUnitTest tests[64] = {
		cmocka_unit_test(contradictions),  cmocka_unit_test(base_without_a_size),
		cmocka_unit_test(places_of_names), cmocka_unit_test(unloaded_names),
		cmocka_unit_test(unloaded_bases),  cmocka_unit_test(calls_and_names),
	};
	size_t n = 6;

	n += ROWS_TO_TESTS(tests + n, rows, truncation);
	n += ROWS_TO_TESTS(tests + n, place_rows, places);
	return _cmocka_run_group_tests("user module", tests, n, NULL, NULL);
}
