/* SPDX-License-Identifier: MIT */
/* Return addresses: frame pointers on x86, a scan everywhere, bounded by the stack. */
#include "support/image.h"
#include "support/support.h"
#include "support/sweep.h"
#include "walk/target.h"

#include <stdlib.h>

#define MODULES UINT64_C(0x80550000)
#define MODULE  UINT64_C(0xf7a00000)
#define STACK   UINT64_C(0xf715d000)

static struct image *img;
static struct kst_layout *layout;

static struct kst_target *machine(void)
{
	struct kst_symbol symbol = { MODULES, "PsLoadedModuleList" };
	struct kst_member m = { .size = sizeof m };
	uint64_t entry = MODULES + 0x1000;

	layout = layout_builtin(KST_ARCH_X86, 2600, 0);
	img = image_new(KST_PAGING_X86);
	image_put_list(img, MODULES, &entry, 1);
	image_put_member(img, layout, entry, "_LDR_DATA_TABLE_ENTRY", "DllBase", MODULE);
	image_put_member(img, layout, entry, "_LDR_DATA_TABLE_ENTRY", "SizeOfImage", 0x10000);
	assert_int_equal(kst_layout_member(layout, "_LDR_DATA_TABLE_ENTRY", "BaseDllName", &m), KST_OK);
	image_put_string(img, entry + m.offset, entry + 0x200, "nic.sys");
	image_page(img, STACK);
	return image_target_symbols(img, layout, &symbol, 1);
}

static struct kst_stack_link link_at(uint64_t sp, uint64_t bp)
{
	struct kst_stack_link l = { .size = sizeof l,
				    .present = KST_STACK_LINK_HAS_LIMITS | KST_STACK_LINK_HAS_BP,
				    .sp = sp,
				    .bp = bp,
				    .low = STACK,
				    .high = STACK + 0x1000 };

	return l;
}

static void follows_frames_then_scans(void **state)
{
	struct kst_target *t = machine();
	struct kst_stack_link l = link_at(STACK + 0x800, STACK + 0x810);
	struct kst_return_address r = { .size = sizeof r };
	struct kst_cursor cursor;
	static const struct {
		uint32_t found;
		uint64_t slot, address;
	} expected[] = {
		{ KST_REGISTERS_FOUND_FRAME, STACK + 0x814, MODULE + 0x1111 },
		{ KST_REGISTERS_FOUND_FRAME, STACK + 0x844, MODULE + 0x2222 },
		{ KST_REGISTERS_FOUND_SCAN, STACK + 0x814, MODULE + 0x1111 },
		{ KST_REGISTERS_FOUND_SCAN, STACK + 0x830, MODULE + 0x3333 },
		{ KST_REGISTERS_FOUND_SCAN, STACK + 0x844, MODULE + 0x2222 },
	};

	(void)state;
	image_put32(img, STACK + 0x810, (uint32_t)(STACK + 0x840)); /* saved ebp */
	image_put32(img, STACK + 0x814, (uint32_t)(MODULE + 0x1111));
	image_put32(img, STACK + 0x830, (uint32_t)(MODULE + 0x3333)); /* a leftover that only a scan sees */
	image_put32(img, STACK + 0x840, (uint32_t)(STACK + 0x810));   /* a chain must not go down again */
	image_put32(img, STACK + 0x844, (uint32_t)(MODULE + 0x2222));
	image_put32(img, STACK + 0x838, (uint32_t)MODULE);            /* a pointer to the image itself */
	image_put32(img, STACK + 0x700, (uint32_t)(MODULE + 0x4444)); /* below sp */
	assert_int_equal(kst_return_addresses_begin(&cursor, t, &l, NULL), KST_OK);
	for (size_t i = 0; i < sizeof expected / sizeof expected[0]; i++) {
		assert_int_equal(kst_return_addresses_next(&cursor, &r, NULL), KST_OK);
		assert_int_equal(r.found, expected[i].found);
		assert_true(r.slot == expected[i].slot && r.address == expected[i].address && r.module_base == MODULE);
		assert_string_equal(r.module_name, "nic.sys");
	}
	assert_int_equal(kst_return_addresses_next(&cursor, &r, NULL), KST_END);
	assert_int_equal(kst_cursor_end(&cursor), KST_WALK_TERMINATED);
	assert_int_equal(kst_return_addresses_next(&cursor, &r, NULL), KST_END);
	l.present = 0;
	assert_int_equal(kst_return_addresses_begin(&cursor, t, &l, NULL), KST_E_ARG);
	image_free(img);
	free(layout);
}

static void survives_failing_reads(void **state)
{
	struct kst_target *t = machine();
	struct kst_stack_link l = link_at(STACK + 0xf00, STACK + 0xf10);

	(void)state;
	image_put32(img, STACK + 0xf14, (uint32_t)MODULE);
	SWEEP(img, kst_return_address, kst_return_addresses_begin(&sweep.cursor, t, &l, &sweep.err),
	      kst_return_addresses_next)
		assert_true(sweep.status == KST_END || sweep.status == KST_E_HOST);
	image_free(img);
	free(layout);
}

/* All look-ups of one walk share a budget: a long list of modules under a stack of pointers into none ends it. */
static void bounds_the_look_ups(void **state)
{
	enum { MANY = 50 };
	struct kst_target *t = machine();
	struct kst_stack_link l = link_at(STACK + 0xf00, 0);
	struct kst_return_address r = { .size = sizeof r };
	struct kst_cursor cursor;
	uint64_t entries[MANY];

	(void)state;
	for (uint32_t i = 0; i < MANY; i++)
		entries[i] = MODULES + 0x1000 + 0x400 * i;
	image_put_list(img, MODULES, entries, MANY);
	for (uint32_t i = 0; i < 0x100; i += 4)
		image_put32(img, STACK + 0xf00 + i, (uint32_t)(MODULE + 0x20000 + i));
	image_put32(img, STACK + 0xf08, (uint32_t)(MODULE + 0x2000));
	for (uint64_t budget = 1; budget < 3; budget++) {
		uint64_t all = 2 * MANY + 1 +
			       61 * MANY; /* up to the one in a module, which is the first, and after it */

		t->config.step_budget = budget == 1 ? all - 1 : all;
		assert_int_equal(kst_return_addresses_begin(&cursor, t, &l, NULL), KST_OK);
		assert_int_equal(kst_return_addresses_next(&cursor, &r, NULL), KST_OK);
		assert_true(r.address == MODULE + 0x2000);
		assert_int_equal(kst_return_addresses_next(&cursor, &r, NULL), budget == 1 ? KST_E_LIMIT : KST_END);
		assert_int_equal(kst_cursor_end(&cursor), budget == 1 ? KST_WALK_BUDGET : KST_WALK_TERMINATED);
	}
	image_free(img);
	free(layout);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(follows_frames_then_scans),
		cmocka_unit_test(survives_failing_reads),
		cmocka_unit_test(bounds_the_look_ups),
	};

	return cmocka_run_group_tests_name("return addresses", tests, NULL, NULL);
}
