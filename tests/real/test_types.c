/* SPDX-License-Identifier: MIT */
/*
 * Real PDBs and ISF files: facts known from elsewhere, and agreement with the built-in tables, which were made from other
 * sources by other code. Each test skips visibly when the data is absent.
 */
#include "support/support.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

static uint8_t *load(const char *relative, size_t *length)
{
	const char *path = real_data(relative);
	FILE *file;
	long size;
	uint8_t *bytes;

	assert_non_null(path);
	file = fopen(path, "rb");
	assert_non_null(file);
	assert_int_equal(fseek(file, 0, SEEK_END), 0);
	size = ftell(file);
	assert_true(size > 0);
	rewind(file);
	bytes = malloc((size_t)size);
	assert_non_null(bytes);
	assert_int_equal(fread(bytes, 1, (size_t)size, file), (size_t)size);
	fclose(file);
	*length = (size_t)size;
	return bytes;
}

static struct kst_layout *builtin(uint32_t arch, uint32_t build, uint32_t revision, uint32_t pae)
{
	struct kst_layout_key key = {
		.size = sizeof key, .arch = arch, .build = build, .revision = revision, .pae = pae
	};
	struct kst_layout *layout = NULL;

	assert_int_equal(kst_layout_from_builtin(&key, &layout, NULL), KST_OK);
	return layout;
}

/* One wanted member of a layout; all zero when it is absent. */
static struct kst_member wanted(const struct kst_layout *layout, uint32_t index, char name[256])
{
	struct kst_member m = { .size = sizeof m };
	const char *type = "", *path = "";
	char first_type[128] = "", first_path[128] = "";

	assert_int_equal(kst_layout_wanted(index, &type, &path), KST_OK);
	snprintf(name, 256, "%s.%s", type, path);
	snprintf(first_type, sizeof first_type, "%.*s", (int)strcspn(type, "|"), type);
	snprintf(first_path, sizeof first_path, "%.*s", (int)strcspn(path, "|"), path);
	kst_layout_member(layout, first_type, first_path, &m);
	return m;
}

static uint32_t wanted_count(const struct kst_layout *layout)
{
	struct kst_layout_info info = { .size = sizeof info };

	assert_int_equal(kst_layout_info(layout, &info), KST_OK);
	return info.wanted;
}

/* Names the members that are not the same in both; returns how many they are, *same_out how many are there and the same. */
static uint32_t differences(const struct kst_layout *a, const struct kst_layout *b, uint32_t *same_out)
{
	uint32_t different = 0, same = 0;

	for (uint32_t i = 0; i < wanted_count(a); i++) {
		char name[256];
		struct kst_member x = wanted(a, i, name), y = wanted(b, i, name);

		if (memcmp(&x, &y, sizeof x) != 0) {
			different++;
			print_message("# differs: %s %#x %u bytes bits %u+%u; table %#x %u bytes bits %u+%u\n", name,
				      x.offset, x.length, x.bit_pos, x.bit_len, y.offset, y.length, y.bit_pos,
				      y.bit_len);
		} else if (x.length != 0) {
			same++;
		}
	}
	*same_out = same;
	return different;
}

static void xp_kernel_has_the_known_facts(void **state)
{
	static const struct {
		const char *name;
		uint64_t rva;
	} symbols[] = {
		/* addresses read on such a machine, less its kernel base 804d7000 */
		{ "PsActiveProcessHead", 0x8055a158 - 0x804d7000 },
		{ "PoolBigPageTable", 0x8055c5f4 - 0x804d7000 },
		{ "KiProcessorBlock", 0x80552e40 - 0x804d7000 },
		{ "MmPfnDatabase", 0x80558968 - 0x804d7000 },
	};
	static const struct {
		const char *path;
		uint32_t offset, bit_pos, bit_len;
	} header[] = {
		{ "PreviousSize", 0, 0, 9 }, { "PoolIndex", 0, 9, 7 }, { "BlockSize", 2, 0, 9 }, { "PoolType", 2, 9, 7 }
	};
	struct kst_type type = { .size = sizeof type };
	struct kst_pdb_info info = { .size = sizeof info };
	struct kst_pdb *pdb = NULL;
	const struct kst_types_ops *ops;
	char last[sizeof type.name] = "";
	uint32_t structs = 0;
	uint64_t value = 0;
	size_t length;
	uint8_t *bytes = load("pdb/ntkrnlpa-xpsp3-pae.pdb", &length);

	(void)state;
	assert_int_equal(kst_pdb_open(bytes, length, &pdb, NULL), KST_OK);
	assert_int_equal(kst_pdb_info(pdb, &info), KST_OK);
	assert_int_equal(info.arch, KST_ARCH_X86);
	assert_int_equal(info.pointer_size, 4);
	assert_int_equal(info.anomalies, 0);
	for (uint32_t i = 0; kst_pdb_type(pdb, i, &type) == KST_OK; i++) {
		if (type.kind != KST_TYPE_STRUCT)
			continue; /* unions share a name with structs: the made-up one */
		structs += strcmp(last, type.name) != 0;
		strcpy(last, type.name);
	}
	print_message("# %u structs of different names, %u in all, %u symbols\n", structs, info.structs, info.symbols);
	assert_true(structs >= 434);
	ops = kst_pdb_types(pdb);
	assert_int_equal(ops->type_size(pdb, "_EPROCESS", &value), KST_OK);
	assert_int_equal(value, 0x260);
	assert_int_equal(ops->type_size(pdb, "_POOL_HEADER", &value), KST_OK);
	assert_int_equal(value, 8);
	for (size_t i = 0; i < sizeof header / sizeof header[0]; i++) {
		struct kst_member m = { .size = sizeof m };

		assert_int_equal(ops->member(pdb, "_POOL_HEADER", header[i].path, &m), KST_OK);
		assert_int_equal(m.offset, header[i].offset);
		assert_int_equal(m.length, 2);
		assert_int_equal(m.bit_pos, header[i].bit_pos);
		assert_int_equal(m.bit_len, header[i].bit_len);
	}
	for (size_t i = 0; i < sizeof symbols / sizeof symbols[0]; i++) {
		assert_int_equal(ops->symbol(pdb, symbols[i].name, &value), KST_OK);
		assert_int_equal(value, symbols[i].rva);
	}
	kst_pdb_close(pdb);
	free(bytes);
}

static void xp_kernel_agrees_with_the_tables_except_for_pae(void **state)
{
	struct kst_layout_info info = { .size = sizeof info };
	struct kst_layout *file = NULL, *pae, *plain;
	uint32_t same = 0;
	size_t length;
	uint8_t *bytes = load("pdb/ntkrnlpa-xpsp3-pae.pdb", &length);
	clock_t start = clock();

	(void)state;
	assert_int_equal(kst_layout_from_pdb(bytes, length, &file, NULL), KST_OK);
	assert_true((double)(clock() - start) / CLOCKS_PER_SEC < 0.1);
	assert_int_equal(kst_layout_info(file, &info), KST_OK);
	assert_string_equal(info.name, "pdb 30B5FB31AE7E4ACAABA750AA241FF3311");
	pae = builtin(KST_ARCH_X86, 2600, 0, 1);
	plain = builtin(KST_ARCH_X86, 2600, 0, 2);
	assert_int_equal(kst_layout_info(plain, &info), KST_OK);
	assert_string_equal(info.name, "5.1.2600.sp3 x86");
	assert_int_equal(differences(file, pae, &same), 0);
	assert_true(same > 100);
	/* against the kernel without PAE only page-table entries differ, and what holds them: each 8 bytes, not 4 */
	assert_true(differences(file, plain, &same) > 0);
	for (uint32_t i = 0; i < wanted_count(file); i++) {
		char name[256];
		struct kst_member a = wanted(file, i, name), b = wanted(plain, i, name), c = wanted(pae, i, name);

		assert_true(memcmp(&a, &b, sizeof a) == 0 || memcmp(&b, &c, sizeof b) != 0);
		if (strncmp(name, "_EPROCESS.", 10) == 0 || strncmp(name, "_KPRCB.", 7) == 0 ||
		    strncmp(name, "_KTHREAD.", 9) == 0)
			assert_memory_equal(&a, &b, sizeof a);
	}
	kst_layout_destroy(file);
	kst_layout_destroy(pae);
	kst_layout_destroy(plain);
	free(bytes);
}

static const struct pdb_row {
	const char *name;
	const char *file;
	uint32_t arch;
	uint32_t structs, unions, symbols;
} pdbs[] = {
	{ "minimal.pdb", "pdb/minimal.pdb", KST_ARCH_X86, 3, 2, 7 },
	{ "SimplePDB.pdb", "pdb/SimplePDB.pdb", KST_ARCH_X86, 45, 7, 153 },
	{ "ntdll-win10-x64.pdb", "pdb/ntdll-win10-x64.pdb", KST_ARCH_X64, 529, 67, 6304 },
};

static void pdb_opens(void **state)
{
	const struct pdb_row *row = *state;
	struct kst_pdb_info info = { .size = sizeof info };
	struct kst_pdb *pdb = NULL;
	size_t length;
	uint8_t *bytes = load(row->file, &length);

	assert_int_equal(kst_pdb_open(bytes, length, &pdb, NULL), KST_OK);
	assert_int_equal(kst_pdb_info(pdb, &info), KST_OK);
	assert_int_equal(info.arch, row->arch);
	assert_int_equal(info.structs, row->structs);
	assert_int_equal(info.unions, row->unions);
	assert_int_equal(info.symbols, row->symbols);
	assert_int_equal(info.anomalies, 0);
	kst_pdb_close(pdb);
	free(bytes);
}

/* A file that somebody's fuzzer broke: its directory lies beyond its end. */
static void broken_pdb_fails_cleanly(void **state)
{
	struct kst_error err = { .size = sizeof err };
	struct kst_pdb *pdb = NULL;
	size_t length;
	uint8_t *bytes = load("pdb/fuzzed.pdb", &length);

	(void)state;
	assert_int_equal(kst_pdb_open(bytes, length, &pdb, &err), KST_E_CORRUPT);
	assert_null(pdb);
	assert_true(err.message[0] != '\0');
	free(bytes);
}

/* A real file cut at forty places: a clean failure, or what is left. */
static void cut_pdb_fails_cleanly(void **state)
{
	size_t length;
	uint8_t *bytes = load("pdb/ntkrnlpa-xpsp3-pae.pdb", &length);

	(void)state;
	for (size_t n = 0; n < length; n += length / 40 + 1) {
		struct kst_pdb *pdb = NULL;
		uint8_t *copy = malloc(n == 0 ? 1 : n);
		kst_status st;

		assert_non_null(copy);
		memcpy(copy, bytes, n);
		st = kst_pdb_open(copy, n, &pdb, NULL);
		assert_true(st == KST_OK || st == KST_E_CORRUPT || st == KST_E_UNSUPPORTED);
		kst_pdb_close(pdb);
		free(copy);
	}
	free(bytes);
}

static const struct isf_row {
	const char *name;
	const char *file;
	uint32_t build, revision;
	const char *identity;
	uint64_t eprocess, active_process_head;
} isfs[] = {
	{ "7601.24540", "isf/ntkrnlmp-7601.24540-339E74133576439CBCDF7E0229DA3773-1.json.xz", 7601, 24540,
	  "isf 339E74133576439CBCDF7E0229DA37731", 0x4f8, 0x21b940 },
	{ "17763.5933", "isf/ntkrnlmp-17763.5933-1806D020A6E46538D7AC3325FAC114D8-1.json.xz", 17763, 5933,
	  "isf 1806D020A6E46538D7AC3325FAC114D81", 0x858, 0x40e3a0 },
	{ "19041.804", "isf/ntkrnlmp-19041.804-5278AFF86C341677D7D7835C85B7B844-1.json.xz", 19041, 804,
	  "isf 5278AFF86C341677D7D7835C85B7B8441", 0xa40, 0xc1e200 },
	{ "19041.3448", "isf/ntkrnlmp-19041.3448-79BE8C368BEC7DD9677EA9B355ACE784-1.json.xz", 19041, 3448,
	  "isf 79BE8C368BEC7DD9677EA9B355ACE7841", 0xa40, 0xc1e0c0 },
	{ "22000.2538", "isf/ntkrnlmp-22000.2538-0CE4A95C0CD782A7596B034D8648E585-1.json.xz", 22000, 2538,
	  "isf 0CE4A95C0CD782A7596B034D8648E5851", 0xb80, 0xc1bfa0 },
};

/* The built-in table of the revision range that this kernel falls into, member by member and symbol by symbol. */
static void isf_agrees_with_the_table(void **state)
{
	const struct isf_row *row = *state;
	struct kst_layout_info info = { .size = sizeof info };
	struct kst_layout *file = NULL, *table;
	struct kst_member m = { .size = sizeof m };
	const char *names;
	uint32_t same = 0, symbols = 0;
	uint64_t rva = 0;
	size_t length;
	uint8_t *bytes = load(row->file, &length);

	assert_int_equal(kst_layout_from_isf(bytes, length, &file, NULL), KST_OK);
	free(bytes);
	assert_int_equal(kst_layout_info(file, &info), KST_OK);
	assert_string_equal(info.name, row->identity);
	assert_int_equal(info.arch, KST_ARCH_X64);
	assert_int_equal(kst_layout_member(file, "_EPROCESS", "", &m), KST_OK);
	assert_int_equal(m.length, row->eprocess);
	assert_int_equal(kst_layout_symbol(file, "PsActiveProcessHead", &rva), KST_OK);
	assert_int_equal(rva, row->active_process_head);
	table = builtin(KST_ARCH_X64, row->build, row->revision, 0);
	assert_int_equal(differences(file, table, &same), 0);
	assert_true(same > 100);
	for (uint32_t i = 0; kst_layout_wanted_symbol(i, &names) == KST_OK; i++) {
		char name[128];
		uint64_t other;

		snprintf(name, sizeof name, "%.*s", (int)strcspn(names, "|"), names);
		if (kst_layout_symbol(table, name, &other) == KST_OK) {
			assert_int_equal(kst_layout_symbol(file, name, &rva), KST_OK);
			assert_int_equal(rva, other);
			symbols++;
		}
	}
	assert_int_equal(kst_layout_info(table, &info), KST_OK);
	print_message("# %s: %u members and %u symbols as in the table %s\n", row->name, same, symbols, info.name);
	kst_layout_destroy(file);
	kst_layout_destroy(table);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(xp_kernel_has_the_known_facts),
		cmocka_unit_test(xp_kernel_agrees_with_the_tables_except_for_pae),
		cmocka_unit_test(broken_pdb_fails_cleanly),
		cmocka_unit_test(cut_pdb_fails_cleanly),
	};
	struct CMUnitTest row_tests[16] = { { 0 } };
	struct kst_error err = { .size = sizeof err };
	struct kst_isf *isf = NULL;
	size_t count;

	if (real_data("pdb/minimal.pdb") == NULL) {
		printf("1..0 # SKIP no type files below KSTATE_TEST_DATA\n");
		return 0;
	}
	count = ROWS_TO_TESTS(row_tests, pdbs, pdb_opens);

	if (kst_isf_open("{", 1, &isf, &err) == KST_E_UNSUPPORTED)
		printf("# skipped: %s\n", err.message);
	else
		count += ROWS_TO_TESTS(row_tests + count, isfs, isf_agrees_with_the_table);
	for (size_t i = 0; i < sizeof tests / sizeof tests[0]; i++)
		row_tests[count++] = tests[i];
	return _cmocka_run_group_tests("type files", row_tests, count, NULL, NULL);
}
