/* SPDX-License-Identifier: MIT */
/* Processors of every generation, found and identified. */
#include "support/processor_forge.h"
#include "support/sweep.h"

static void finds_the_processor(void **state)
{
	const struct forge_build *row = *state;
	struct kst_processor p = { .size = sizeof p };
	struct forged_processor f;
	struct kst_cursor cursor;

	forge_processor(&f, layout_builtin(row->arch, row->build, 0), 0);
	assert_int_equal(kst_processors_begin(&cursor, f.target, NULL), KST_OK);
	assert_int_equal(kst_processors_next(&cursor, &p, NULL), KST_OK);
	assert_true(p.kprcb == f.kprcb && p.current_thread == f.thread && p.idle_thread == f.idle &&
		    p.dpc_stack == f.dpc_stack);
	assert_int_equal(p.number, 0);
	assert_int_equal(p.anomalies, 0);
	if (p.present & KST_PROCESSOR_HAS_KPCR)
		assert_true(p.kpcr == f.kpcr);
	assert_int_equal(kst_processors_next(&cursor, &p, NULL), KST_END);
	assert_int_equal(kst_processors_next(&cursor, &p, NULL), KST_END);
	assert_int_equal(kst_cursor_end(&cursor), KST_WALK_CLOSED);
	forge_processor_free(&f);
}

static void bounds_a_claim_of_65535_processors(void)
{
	struct kst_processor p = { .size = sizeof p };
	struct forged_processor f;
	struct kst_cursor cursor;
	struct kst_target *t;
	struct kst_symbol symbol = { 0, "KiProcessorBlock" };
	uint64_t count = 0;

	forge_processor(&f, layout_builtin(KST_ARCH_X64, 19041, 0), 0);
	symbol.address = f.kpcr - 0x10000;
	for (unsigned i = 0; i < 0x2000 / 8; i++) /* every slot names the same KPRCB */
		image_put_pointer(f.img, symbol.address + 8 * i, f.kprcb);
	image_identity(f.img)->processors = 65535;
	t = image_target_symbols(f.img, f.layout, &symbol, 1);
	assert_int_equal(kst_processors_begin(&cursor, t, NULL), KST_OK);
	while (kst_processors_next(&cursor, &p, NULL) == KST_OK) {
		assert_true(((p.anomalies & KST_PROCESSOR_ANOMALY_NUMBER) != 0) == (count != 0));
		count++;
	}
	assert_true(count <= 2048 && count >= 0x2000 / 8);
	forge_processor_free(&f);
}

/* An array of which no slot can be used: the KPRCB of the known KPCR was in none, and is compared with none. */
static void takes_the_known_one_without_a_slot(void)
{
	for (uint32_t number = 0; number < 3; number++) {
		struct kst_processor p = { .size = sizeof p };
		struct forged_processor f;
		struct kst_cursor cursor;
		struct kst_target *t;
		struct kst_symbol symbol = { 0, "KiProcessorBlock" };

		forge_processor(&f, layout_builtin(KST_ARCH_X64, 19041, 0), 0);
		symbol.address = f.kpcr - 0x10000;
		image_put_pointer(f.img, symbol.address, 0x10000);
		image_put_pointer(f.img, symbol.address + 8, 0x10000);
		image_put_member(f.img, f.layout, f.kprcb, "_KPRCB", "Number", number);
		image_identity(f.img)->processors = 2;
		image_identity(f.img)->kpcr = f.kpcr;
		image_identity(f.img)->present |= KST_IDENTITY_HAS_KPCR;
		t = image_target_symbols(f.img, f.layout, &symbol, 1);
		assert_int_equal(kst_processors_begin(&cursor, t, NULL), KST_OK);
		assert_int_equal(kst_processors_next(&cursor, &p, NULL), KST_OK);
		assert_true(p.kprcb == f.kprcb && p.number == number && p.anomalies == 0);
		assert_int_equal(kst_processors_next(&cursor, &p, NULL), KST_END);
		assert_true(kst_cursor_anomalies(&cursor) == KST_WALK_ANOMALY_SKIPPED);
		forge_processor_free(&f);
	}
}

static struct kst_processor first(const struct forged_processor *f)
{
	struct kst_processor p = { .size = sizeof p };
	struct kst_cursor cursor;

	assert_int_equal(kst_processors_begin(&cursor, f->target, NULL), KST_OK);
	assert_int_equal(kst_processors_next(&cursor, &p, NULL), KST_OK);
	return p;
}

/* Registers at KPRCB.Context, outside of the KPRCB; ContextFrame holds what was never saved there. */
static void put_context(const struct forged_processor *f, uint64_t context, uint64_t ip, uint64_t sp, uint64_t bp)
{
	uint64_t frame = f->kprcb + forge_offset(f->layout, "_KPRCB", "ProcessorState") +
			 forge_offset(f->layout, "_KPROCESSOR_STATE", "ContextFrame");

	image_put_member(f->img, f->layout, f->kprcb, "_KPRCB", "Context", context);
	image_put_pointer(f->img, frame + (f->x86 ? 0xc4 : 0x98), f->stack_low);
	image_put_pointer(f->img, context + (f->x86 ? 0xb8 : 0xf8), ip);
	image_put_pointer(f->img, context + (f->x86 ? 0xc4 : 0x98), sp);
	image_put_pointer(f->img, context + (f->x86 ? 0xb4 : 0xa0), bp);
}

static void follows_the_saved_context(void)
{
	for (int x86 = 0; x86 < 2; x86++) {
		struct forged_processor f;
		struct kst_processor p;
		uint64_t context;

		forge_processor(&f, layout_builtin(x86 ? KST_ARCH_X86 : KST_ARCH_X64, x86 ? 7601 : 19041, 0), 0);
		context = f.kpcr + 0x20000;
		put_context(&f, context, f.kprcb, f.stack_high - 0x100, f.stack_high - 0x80);
		p = first(&f);
		assert_true((p.present & KST_PROCESSOR_HAS_CONTEXT) != 0 && p.context_ip == f.kprcb);
		assert_true(p.context_sp == f.stack_high - 0x100 && p.context_bp == f.stack_high - 0x80);
		assert_true(p.kprcb == f.kprcb && p.kpcr == f.kpcr && p.anomalies == 0);
		/* never written; not in memory; no kernel address: none, and ContextFrame does not stand in for it */
		put_context(&f, context, 0, 0, 1);
		assert_true((first(&f).present & KST_PROCESSOR_HAS_CONTEXT) == 0);
		image_put_member(f.img, f.layout, f.kprcb, "_KPRCB", "Context", f.kpcr + 0x800000);
		assert_true((first(&f).present & KST_PROCESSOR_HAS_CONTEXT) == 0);
		put_context(&f, 0x10000, f.kprcb, f.stack_high, 0);
		assert_true((first(&f).present & KST_PROCESSOR_HAS_CONTEXT) == 0);
		/* no pointer, as on a kernel before 7 */
		image_put_member(f.img, f.layout, f.kprcb, "_KPRCB", "Context", 0);
		p = first(&f);
		assert_true((p.present & KST_PROCESSOR_HAS_CONTEXT) != 0 && p.context_sp == f.stack_low);
		forge_processor_free(&f);
	}
}

static void survives_every_failing_read(void)
{
	struct forged_processor f;

	forge_processor(&f, layout_builtin(KST_ARCH_X64, 19041, 0), 0);
	put_context(&f, f.kpcr + 0x20000, f.kprcb, f.stack_high, 0);
	SWEEP(f.img, kst_processor, kst_processors_begin(&sweep.cursor, f.target, &sweep.err), kst_processors_next)
		assert_true(sweep.status == KST_END || sweep.status == KST_E_HOST);
	forge_processor_free(&f);
}

static void rest(void **state)
{
	(void)state;
	bounds_a_claim_of_65535_processors();
	takes_the_known_one_without_a_slot();
	follows_the_saved_context();
	survives_every_failing_read();
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(rest) };

	return run_tests_and_rows("processors", tests, 1, forge_builds, forge_builds_count, sizeof forge_builds[0],
				  finds_the_processor);
}
