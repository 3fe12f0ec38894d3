/* SPDX-License-Identifier: MIT */
/* Values of the first row set are those of a real 26100 block (published). */
#include "support/support.h"

#include <stdlib.h>

static int64_t place(const struct kst_layout *layout, const char *type, const char *path)
{
	struct kst_member m = { .size = sizeof m };

	if (kst_layout_member(layout, type, path, &m) != KST_OK)
		return -1;
	return path[0] == '\0' ? m.length : m.offset;
}

static struct kst_debugger_data block_26100(void)
{
	return (struct kst_debugger_data){ .size = sizeof(struct kst_debugger_data),
					   .valid_length = sizeof(struct kst_debugger_data),
					   .kthread_teb = 0xf0,
					   .kthread_kernel_stack = 0x58,
					   .kthread_initial_stack = 0x28,
					   .kthread_state = 0x184,
					   .size_eprocess = 0x840,
					   .eprocess_peb = 0x2e0,
					   .eprocess_parent_cid = 0x2d0,
					   .eprocess_directory_table_base = 0x28,
					   .size_prcb = 0xcf00,
					   .prcb_current_thread = 8,
					   .prcb_number = 0x24,
					   .size_ethread = 0x788,
					   .size_pcr = 0xd080,
					   .pcr_self = 0x18,
					   .pcr_current_prcb = 0x20,
					   .pcr_contained_prcb = 0x180,
					   .kthread_stack_limit = 0x30,
					   .kthread_stack_base = 0x38,
					   .prcb_idle_thread = 0x18 };
}

static struct kst_layout *empty(uint32_t pointer_size)
{
	struct kst_layout *layout = malloc(kst_layout_size());

	assert_non_null(layout);
	assert_int_equal(kst_layout_init_empty(layout, kst_layout_size(), pointer_size, NULL), KST_OK);
	return layout;
}

static void fills_an_empty_layout(void **state)
{
	struct kst_debugger_data block = block_26100();
	struct kst_layout *layout = empty(8);
	struct kst_layout_info info = { .size = sizeof info };
	struct kst_member m = { .size = sizeof m };

	(void)state;
	assert_int_equal(kst_layout_refine(layout, &block, NULL), KST_OK);
	assert_int_equal(place(layout, "_EPROCESS", ""), 0x840);
	assert_int_equal(place(layout, "_EPROCESS", "Peb"), 0x2e0);
	assert_int_equal(place(layout, "_EPROCESS", "InheritedFromUniqueProcessId"), 0x2d0);
	assert_int_equal(place(layout, "_EPROCESS", "UniqueProcessId"), -1); /* nothing is guessed */
	assert_int_equal(place(layout, "_KPRCB", "Number"), 0x24);
	assert_int_equal(place(layout, "_KTHREAD", "StackBase"), 0x38);
	assert_int_equal(kst_layout_member(layout, "_KPCR", "PrcbData", &m), KST_OK);
	assert_int_equal(m.offset, 0x180);
	assert_int_equal(m.length, 0xcf00);
	assert_int_equal(kst_layout_info(layout, &info), KST_OK);
	assert_int_equal(info.anomalies, 0);
	assert_true(info.present >= 15);
	free(layout);
}

static void agrees_with_the_right_table(void **state)
{
	struct kst_debugger_data block = block_26100();
	struct kst_layout *layout = layout_builtin(KST_ARCH_X64, 19041, 3570);
	struct kst_layout_info info = { .size = sizeof info };
	uint32_t present;

	(void)state;
	block.size_eprocess = 0xa40;
	block.eprocess_peb = 0x550;
	block.eprocess_parent_cid = 0x540;
	block.size_prcb = 0xaf00;
	block.size_ethread = 0x898;
	block.size_pcr = 0xb080;
	assert_int_equal(kst_layout_info(layout, &info), KST_OK);
	present = info.present;
	assert_int_equal(kst_layout_refine(layout, &block, NULL), KST_OK);
	assert_int_equal(kst_layout_info(layout, &info), KST_OK);
	assert_int_equal(info.anomalies, 0);
	assert_int_equal(info.present, present);
	free(layout);
}

static void wins_over_a_table_and_says_so(void **state)
{
	struct kst_debugger_data block = block_26100();
	struct kst_layout *layout = layout_builtin(KST_ARCH_X64, 19041, 3570);
	struct kst_layout_info info = { .size = sizeof info };

	(void)state;
	assert_int_equal(kst_layout_refine(layout, &block, NULL), KST_OK);
	assert_int_equal(place(layout, "_EPROCESS", "Peb"), 0x2e0);
	assert_int_equal(place(layout, "_EPROCESS", "UniqueProcessId"), 0x440);
	assert_int_equal(kst_layout_info(layout, &info), KST_OK);
	assert_int_equal(info.anomalies, KST_LAYOUT_ANOMALY_BLOCK_DIFFERS);
	free(layout);
}

static void takes_no_more_than_the_block_has(void **state)
{
	(void)state;
	for (uint32_t length = 0; length <= sizeof(struct kst_debugger_data); length++) {
		struct kst_debugger_data block = block_26100();
		struct kst_layout *layout = empty(8);

		block.valid_length = length;
		assert_int_equal(kst_layout_refine(layout, &block, NULL), KST_OK);
		assert_int_equal(place(layout, "_EPROCESS", "Peb"),
				 length >= offsetof(struct kst_debugger_data, eprocess_peb) + 2 ? 0x2e0 : -1);
		free(layout);
	}
}

static void refuses_offsets_beyond_their_struct(void **state)
{
	struct kst_debugger_data block = block_26100();
	struct kst_layout *layout = empty(4);

	(void)state;
	block.eprocess_peb = 0x83d; /* 4 bytes do not fit into 0x840 */
	block.kthread_stack_base = UINT32_MAX;
	block.prcb_number = 0xcefc; /* just fits */
	assert_int_equal(kst_layout_refine(layout, &block, NULL), KST_OK);
	assert_int_equal(place(layout, "_EPROCESS", "Peb"), -1);
	assert_int_equal(place(layout, "_KTHREAD", "StackBase"), -1);
	assert_int_equal(place(layout, "_KPRCB", "Number"), 0xcefc);
	free(layout);
}

static void an_absurd_offset_is_no_place(void **state)
{
	struct kst_debugger_data block = { .size = sizeof block,
					   .valid_length = sizeof block,
					   .kthread_stack_limit = 0x20000000,
					   .kthread_stack_base = 0xfff8 };
	struct kst_layout *layout = empty(8);

	(void)state;
	assert_int_equal(kst_layout_refine(layout, &block, NULL), KST_OK);
	assert_int_equal(place(layout, "_KTHREAD", "StackLimit"), -1);
	assert_int_equal(place(layout, "_KTHREAD", "StackBase"), 0xfff8);
	free(layout);
}

static void refuses_wrong_calls(void **state)
{
	struct kst_debugger_data block = block_26100();
	struct kst_layout *layout = empty(8);

	(void)state;
	assert_int_equal(kst_layout_refine(NULL, &block, NULL), KST_E_ARG);
	assert_int_equal(kst_layout_refine(layout, NULL, NULL), KST_E_ARG);
	block.size = 8;
	assert_int_equal(kst_layout_refine(layout, &block, NULL), KST_E_ABI);
	free(layout);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(fills_an_empty_layout),
		cmocka_unit_test(agrees_with_the_right_table),
		cmocka_unit_test(wins_over_a_table_and_says_so),
		cmocka_unit_test(takes_no_more_than_the_block_has),
		cmocka_unit_test(refuses_offsets_beyond_their_struct),
		cmocka_unit_test(an_absurd_offset_is_no_place),
		cmocka_unit_test(refuses_wrong_calls),
	};

	return cmocka_run_group_tests_name("refine", tests, NULL, NULL);
}
