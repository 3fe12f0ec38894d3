/* SPDX-License-Identifier: MIT */
/*
 * Every public function that returns a status, with one argument wrong: refused as its documentation says, and nothing
 * is touched. The calls and rows are made from the headers (arguments.py).
 */
#include "support/container.h"
#include "support/support.h"

#include <stdlib.h>

#define GIVEN_ADDRESS UINT64_C(0xfffff80000000000)
#define STRUCT_MOST   0x4000

struct row {
	const char *name;
	kst_status (*run)(int wrong);
	int null;
	int size; /* the argument whose size is wrong */
	kst_status status;
};

static struct {
	struct kst_layout *layout;
	struct kst_target *target;
	struct kst_dump *dump;
	struct kst_large_index *index;
	struct kst_reader_ops ops;
	struct kst_cursor cursor;
	uint8_t bytes[0x200], out[0x1000];
	uint64_t numbers[8], number;
	uint32_t number32;
	size_t done;
	bool other_walk;
	uint32_t wrong_size; /* of struct number wrong_struct */
	int wrong_struct;
	struct {
		uint64_t words[STRUCT_MOST / 8];
	} structs[32];
	size_t struct_size[32];
} given;

static void *given_struct(int which, size_t size)
{
	uint8_t *at = (uint8_t *)given.structs[which].words;
	uint32_t as = which == given.wrong_struct ? given.wrong_size : (uint32_t)size;

	assert_true(size <= STRUCT_MOST);
	memset(at, 0, size);
	memcpy(at, &as, sizeof as);
	given.struct_size[which] = size;
	return at;
}

/* Memory of zeros. */
static kst_status read_zeros(void *user, kst_space space, uint64_t address, void *buf, size_t len, size_t *done)
{
	(void)user;
	(void)space;
	(void)address;
	memset(buf, 0, len);
	*done = len;
	return KST_OK;
}

/* Every wanted global is at the same address. */
static size_t find_symbols(struct kst_symbol *symbols, char (*names)[64], size_t most)
{
	const char *name;
	size_t count = 0;

	while (count < most && kst_layout_wanted_symbol((uint32_t)count, &name) == KST_OK) {
		size_t length = strcspn(name, "|");

		memcpy(names[count], name, length);
		symbols[count].name = names[count];
		symbols[count++].address = GIVEN_ADDRESS + 0x1000;
	}
	return count;
}

#include "arguments.inc"

static bool untouched(void)
{
	for (size_t i = 0; i < 16; i++)
		for (size_t k = 4; k < given.struct_size[i]; k++)
			if (((const uint8_t *)given.structs[i].words)[k] != 0)
				return false;
	for (size_t i = 0; i < sizeof given.out; i++)
		if (given.out[i] != 0)
			return false;
	return given.done == 0 && given.number == 0 && given.number32 == 0;
}

static void reset(void)
{
	memset(given.structs, 0, sizeof given.structs);
	memset(given.struct_size, 0, sizeof given.struct_size);
	memset(given.out, 0, sizeof given.out);
	memset(&given.cursor, 0, sizeof given.cursor);
	given.done = 0;
	given.number = 0;
	given.number32 = 0;
	given.wrong_struct = -1;
	given.other_walk = false;
}

static void refused(void **state)
{
	static const uint32_t sizes[] = { 0, 3, 0x7fffffff };
	const struct row *row = *state;
	kst_status right, wrong;

	reset();
	right = row->run(-1);

	for (size_t i = 0; i < (row->size < 0 ? 1 : sizeof sizes / sizeof sizes[0]); i++) {
		reset();
		given.wrong_struct = row->size;
		given.wrong_size = sizes[i];
		given.other_walk = row->null < 0 && row->size < 0;
		wrong = row->run(row->null);
		/* memory of zeros may be refused first, and a walk over it may not have begun */
		if (right < 0 && row->size >= 0)
			assert_true(wrong == row->status || wrong == right);
		else
			assert_int_equal(wrong, row->status);
		assert_true(untouched());
	}
}

int main(void)
{
	static struct CMUnitTest tests[sizeof rows / sizeof rows[0]];
	struct kst_reader_ops ops = { .size = sizeof ops, .read = read_zeros };
	struct kst_identity identity = { .size = sizeof identity,
					 .arch = KST_ARCH_X64,
					 .kernel_base = GIVEN_ADDRESS,
					 .present = KST_IDENTITY_HAS_ARCH | KST_IDENTITY_HAS_KERNEL_BASE };
	struct kst_target_config config = {
		.size = sizeof config, .step_budget = 64, .reader = &ops, .identity = &identity
	};
	static struct kst_symbol symbols[512];
	static char names[512][64];
	size_t count = ROWS_TO_TESTS(tests, rows, refused);
	int failed;

	given.layout = layout_builtin(KST_ARCH_X64, 19041, 0);
	given.ops = ops;
	config.layout = given.layout;
	config.symbols = symbols;
	config.symbols_count = find_symbols(symbols, names, 512);
	if (kst_target_create(&config, &given.target, NULL) != KST_OK)
		return 1;
	failed = _cmocka_run_group_tests("arguments", tests, count, NULL, NULL);
	kst_target_destroy(given.target);
	free(given.layout);
	return failed;
}
