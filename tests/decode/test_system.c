/* SPDX-License-Identifier: MIT */
#include "support/support.h"

#include <stdlib.h>

#define BLOCK 0x380u

static void put(uint8_t *block, unsigned at, unsigned width, uint64_t value)
{
	for (unsigned i = 0; i < width; i++)
		block[at + i] = (uint8_t)(value >> (8 * i));
}

/* The values that a real x64 19041 block holds (reference). */
static void fill_x64(uint8_t *block)
{
	static const struct {
		uint16_t at;
		uint16_t value;
	} words[] = {
		{ 0x298, 0x218 },  { 0x29a, 0xf0 },   { 0x29c, 0x58 },   { 0x29e, 0x28 },   { 0x2a0, 0xb8 },
		{ 0x2a2, 0x184 },  { 0x2a8, 0xa40 },  { 0x2aa, 0x550 },  { 0x2ac, 0x540 },  { 0x2ae, 0x28 },
		{ 0x2b0, 0xaf00 }, { 0x2b2, 0x312a }, { 0x2c0, 0x898 },  { 0x2e0, 0xb080 }, { 0x2ba, 0x8590 },
		{ 0x2bc, 0x1f0 },  { 0x2f2, 0x100 },  { 0x338, 0x85c0 }, { 0x350, 0x18 },   { 0x352, 0x312c },
		{ 0x354, 0x3110 }, { 0x356, 0x85d8 }, { 0x358, 0x50 },   { 0x35a, 0x2a0 },  { 0x35c, 0x283 },
	};

	memset(block, 0, BLOCK);
	put(block, 0, 8, 0xfffff8047c600c80);
	put(block, 8, 8, 0xfffff8047c600c80);
	put(block, 0x10, 4, 0x4742444b);
	put(block, 0x14, 4, BLOCK);
	put(block, 0x18, 8, 0xfffff8047ba00000);
	put(block, 0x48, 8, 0xfffff8047c62a390);
	put(block, 0x340, 4, 0x30);
	put(block, 0x344, 4, 0x38);
	put(block, 0x348, 4, 0x208);
	put(block, 0x34c, 4, 0x4b0);
	put(block, 0x360, 8, 0xffff840000000000);
	for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
		put(block, words[i].at, 2, words[i].value);
}

static struct kst_layout *empty(uint32_t pointer_size)
{
	return layout_from_rows(NULL, 0, pointer_size);
}

static void every_field_has_its_place(void **state)
{
	struct kst_debugger_data d = { .size = sizeof d };
	struct kst_layout *layout = empty(8);
	uint8_t block[BLOCK];

	(void)state;
	fill_x64(block);
	assert_int_equal(kst_decode_debugger_data(layout, block, sizeof block, 0xfffff8047c600b20, &d, NULL), KST_OK);
	assert_int_equal(d.size, sizeof d);
	assert_int_equal(d.valid_length, BLOCK);
	assert_true(d.address == 0xfffff8047c600b20 && d.anomalies == 0);
	assert_true(d.kernel_base == 0xfffff8047ba00000 && d.loaded_modules == 0xfffff8047c62a390);
	assert_int_equal(d.kthread_next_processor, 0x218);
	assert_int_equal(d.kthread_state, 0x184);
	assert_int_equal(d.size_eprocess, 0xa40);
	assert_int_equal(d.eprocess_peb, 0x550);
	assert_int_equal(d.eprocess_parent_cid, 0x540);
	assert_int_equal(d.eprocess_directory_table_base, 0x28);
	assert_int_equal(d.size_prcb, 0xaf00);
	assert_int_equal(d.prcb_dpc_routine, 0x312a);
	assert_int_equal(d.prcb_vendor_string, 0x8590);
	assert_int_equal(d.prcb_processor_state_context, 0x1f0);
	assert_int_equal(d.prcb_special_registers, 0x100);
	assert_int_equal(d.prcb_context, 0x85c0);
	assert_int_equal(d.size_ethread, 0x898);
	assert_int_equal(d.size_pcr, 0xb080);
	assert_int_equal(d.kthread_stack_limit, 0x30);
	assert_int_equal(d.kthread_stack_base, 0x38);
	assert_int_equal(d.kthread_queue_list_entry, 0x208);
	assert_int_equal(d.ethread_irp_list, 0x4b0);
	assert_int_equal(d.prcb_idle_thread, 0x18);
	assert_int_equal(d.prcb_normal_dpc_state, 0x312c);
	assert_int_equal(d.prcb_dpc_stack, 0x3110);
	assert_int_equal(d.prcb_isr_stack, 0x85d8);
	assert_int_equal(d.size_kdpc_stack_frame, 0x50);
	assert_int_equal(d.kpri_queue_thread_list, 0x2a0);
	assert_int_equal(d.kthread_wait_reason, 0x283);
	assert_true(d.pte_base == 0xffff840000000000);
	assert_int_equal(d.prcb_exception_stack, 0); /* beyond this block */
	free(layout);
}

static void a_cut_block_says_where_it_ends(void **state)
{
	struct kst_layout *layout = empty(8);
	uint8_t block[BLOCK];

	(void)state;
	fill_x64(block);
	for (size_t len = 0; len < BLOCK; len++) {
		struct kst_debugger_data d = { .size = sizeof d, .valid_length = 77 };
		uint8_t *exact = malloc(len + 1);
		kst_status st;

		assert_non_null(exact);
		memcpy(exact, block, len);
		st = kst_decode_debugger_data(layout, exact, len, 0, &d, NULL);
		if (len < 0x20) {
			assert_int_equal(st, KST_E_FAULT);
			assert_int_equal(d.valid_length, 77);
		} else {
			const uint8_t *bytes = (const uint8_t *)&d;

			assert_int_equal(st, KST_OK);
			assert_int_equal(d.valid_length, len);
			assert_true(d.anomalies == KST_DEBUGGER_DATA_ANOMALY_TRUNCATED);
			for (size_t i = len; i < sizeof d; i++)
				assert_int_equal(bytes[i], 0);
		}
		free(exact);
	}
	free(layout);
}

struct row {
	const char *name;
	uint32_t pointer_size;
	unsigned at, width;
	uint64_t value;
	kst_status status;
	uint64_t anomalies;
};

static const struct row rows[] = {
	{ "sound", 8, 0x20, 8, 0, KST_OK, 0 },
	{ "no tag", 8, 0x10, 4, 0x12345678, KST_E_CORRUPT, 0 },
	{ "size below all", 8, 0x14, 4, 0x1ff, KST_E_CORRUPT, 0 },
	{ "size above all", 8, 0x14, 4, 0x401, KST_E_CORRUPT, 0 },
	{ "size above what is known", 8, 0x14, 4, 0x400, KST_OK,
	  KST_DEBUGGER_DATA_ANOMALY_NEWER | KST_DEBUGGER_DATA_ANOMALY_TRUNCATED },
	{ "base not on a page", 8, 0x18, 8, 0xfffff8047ba00001, KST_OK, KST_DEBUGGER_DATA_ANOMALY_KERNEL_BASE },
	{ "base in user space", 8, 0x18, 8, 0x7ffe0000, KST_OK, KST_DEBUGGER_DATA_ANOMALY_KERNEL_BASE },
	{ "two blocks in the list", 8, 0x0, 8, 0xfffff8047c600000, KST_OK, KST_DEBUGGER_DATA_ANOMALY_LIST },
	{ "an x64 block is no x86 one", 4, 0x20, 8, 0, KST_OK,
	  KST_DEBUGGER_DATA_ANOMALY_LIST | KST_DEBUGGER_DATA_ANOMALY_KERNEL_BASE },
};

static void heads(void **state)
{
	const struct row *row = *state;
	struct kst_debugger_data d = { .size = sizeof d };
	struct kst_layout *layout = empty(row->pointer_size);
	uint8_t block[BLOCK];

	fill_x64(block);
	put(block, row->at, row->width, row->value);
	assert_int_equal(kst_decode_debugger_data(layout, block, sizeof block, 0, &d, NULL), row->status);
	assert_true(d.anomalies == row->anomalies);
	free(layout);
}

static void x86_pointers_are_32_bits(void **state)
{
	struct kst_debugger_data d = { .size = sizeof d };
	struct kst_layout *layout = empty(4);
	uint8_t block[BLOCK] = { 0 };

	(void)state;
	put(block, 0, 4, 0x80638ec4);
	put(block, 4, 4, 0x80638ec4);
	put(block, 0x10, 4, 0x4742444b);
	put(block, 0x14, 4, 0x318);
	put(block, 0x18, 8, 0x0000000080400000);
	put(block, 0x48, 8, 0xffffffff806440a4); /* sign-extended in some blocks */
	assert_int_equal(kst_decode_debugger_data(layout, block, sizeof block, 0x805ad240, &d, NULL), KST_OK);
	assert_int_equal(d.valid_length, 0x318);
	assert_true(d.anomalies == 0 && d.kernel_base == 0x80400000 && d.loaded_modules == 0x806440a4);
	free(layout);
}

static uint64_t rotate_right(uint64_t v, unsigned by)
{
	by %= 64;
	return by == 0 ? v : v >> by | v << (64 - by);
}

static uint64_t swap(uint64_t v)
{
	uint64_t out = 0;

	for (unsigned i = 0; i < 8; i++)
		out |= (v >> (8 * i) & 0xff) << (56 - 8 * i);
	return out;
}

static void encoding_is_undone(void **state)
{
	static const uint64_t nevers[] = { 0x8f3c5a7712345640, 0x0123456789abcd00, 0xdeadbeefcafe0007,
					   0xffffffffffffffff };
	uint64_t always = 0x55aa1122334477ff, flag = 0xfffff80312345678;
	uint8_t plain[BLOCK], encoded[BLOCK];

	(void)state;
	fill_x64(plain);
	for (size_t k = 0; k < sizeof nevers / sizeof nevers[0]; k++) {
		for (unsigned at = 0; at < BLOCK; at += 8) { /* the inverse of the reference's steps, last first */
			uint64_t v = 0;

			for (unsigned i = 0; i < 8; i++)
				v |= (uint64_t)plain[at + i] << (8 * i);
			v = swap(v ^ always) ^ (flag | 0xffff000000000000);
			put(encoded, at, 8, rotate_right(v, (unsigned)(nevers[k] & 0xff)) ^ nevers[k]);
		}
		assert_memory_not_equal(encoded, plain, BLOCK);
		assert_int_equal(kst_debugger_data_unveil(encoded, BLOCK, nevers[k], always, flag, encoded, NULL),
				 KST_OK);
		assert_memory_equal(encoded, plain, BLOCK);
	}
	assert_int_equal(kst_debugger_data_unveil(encoded, 7, 0, 0, 0, encoded, NULL), KST_E_ARG);
	assert_int_equal(kst_debugger_data_unveil(NULL, 8, 0, 0, 0, encoded, NULL), KST_E_ARG);
}

static void arguments(void **state)
{
	struct kst_debugger_data d = { .size = sizeof d };
	struct kst_layout *layout = empty(8);
	uint8_t block[BLOCK];

	(void)state;
	fill_x64(block);
	assert_int_equal(kst_decode_debugger_data(NULL, block, BLOCK, 0, &d, NULL), KST_E_ARG);
	assert_int_equal(kst_decode_debugger_data(layout, NULL, 1, 0, &d, NULL), KST_E_ARG);
	assert_int_equal(kst_decode_debugger_data(layout, block, BLOCK, 0, NULL, NULL), KST_E_ARG);
	d.size = 8;
	assert_int_equal(kst_decode_debugger_data(layout, block, BLOCK, 0, &d, NULL), KST_E_ABI);
	assert_string_equal(kst_debugger_data_anomaly_name(KST_DEBUGGER_DATA_ANOMALY_ENCODED), "encoded");
	assert_null(kst_debugger_data_anomaly_name(0x20));
	free(layout);
}

int main(void)
{
	struct CMUnitTest tests[96] = {
		cmocka_unit_test(every_field_has_its_place),
		cmocka_unit_test(a_cut_block_says_where_it_ends),
		cmocka_unit_test(x86_pointers_are_32_bits),
		cmocka_unit_test(encoding_is_undone),
		cmocka_unit_test(arguments),
	};
	size_t n = 5;

	n += ROWS_TO_TESTS(tests + n, rows, heads);
	return _cmocka_run_group_tests("debugger data", tests, n, NULL, NULL);
}
