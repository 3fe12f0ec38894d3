/* SPDX-License-Identifier: MIT */
/* The interrupted thread behind switched stacks. */
#include "support/processor_forge.h"
#include "support/sweep.h"

#include <stdlib.h>

static struct kst_processor only_processor(const struct forged_processor *f)
{
	struct kst_processor p = { .size = sizeof p };
	struct kst_cursor cursor;

	assert_int_equal(kst_processors_begin(&cursor, f->target, NULL), KST_OK);
	assert_int_equal(kst_processors_next(&cursor, &p, NULL), KST_OK);
	return p;
}

/* Put a switch frame at the top of a stack: what was left, and where. */
static void put_frame(struct forged_processor *f, uint64_t top, uint64_t ip, uint64_t sp, uint64_t bp)
{
	for (uint64_t at = f->dpc_stack - 0x7000; at < f->dpc_stack; at += 0x1000)
		image_page(f->img, at & ~(uint64_t)0xfff);
	if (f->x86) {
		image_put32(f->img, top - 4, (uint32_t)(sp - 0xc));
		image_put32(f->img, (sp - 0xc) + 4, (uint32_t)bp);
		image_put32(f->img, (sp - 0xc) + 8, (uint32_t)ip);
	} else {
		image_put64(f->img, top - 0x10, sp);
		image_put64(f->img, top - 0x28, ip);
		image_put64(f->img, top - 0x60, bp);
	}
}

static uint64_t dpc_top(const struct forged_processor *f)
{
	return f->x86 ? f->dpc_stack : (f->dpc_stack | 0xfff) + 1;
}

static void recovers_the_thread(void **state)
{
	const struct forge_build *row = *state;
	struct kst_registers start = { .size = sizeof start };
	struct kst_stack_link l = { .size = sizeof l };
	struct forged_processor f;
	struct kst_processor p;
	struct kst_cursor cursor;
	/* the frame is certain on XP and from 17763 on */
	uint64_t sp, bp, ip,
		anomalies = row->build == 2600 || row->build >= 17763 ? 0 : KST_STACK_LINK_ANOMALY_INFERRED;

	if (row->arch == KST_ARCH_X86 && row->build > 2600)
		anomalies = KST_STACK_LINK_ANOMALY_INFERRED;
	forge_processor(&f, layout_builtin(row->arch, row->build, 0), 0);
	sp = f.stack_high - 0x200;
	bp = f.stack_high - 0x180;
	ip = f.kprcb + 0x123456;
	put_frame(&f, dpc_top(&f), ip, sp, bp);
	p = only_processor(&f);
	start.ip = ip + 0x10;
	start.sp = dpc_top(&f) - 0x400;
	assert_int_equal(kst_stack_begin(&cursor, f.target, &p, &start, NULL), KST_OK);
	assert_int_equal(kst_stack_next(&cursor, &l, NULL), KST_OK);
	assert_int_equal(l.stack, KST_STACK_DPC);
	assert_int_equal(l.found, KST_REGISTERS_FOUND_CONTEXT);
	assert_int_equal(kst_stack_next(&cursor, &l, NULL), KST_OK);
	assert_int_equal(l.stack, KST_STACK_THREAD);
	assert_int_equal(l.found, KST_REGISTERS_FOUND_FRAME);
	assert_int_equal(l.checked, 1);
	assert_int_equal(l.anomalies, anomalies);
	assert_true(l.thread == f.thread && l.sp == sp && l.ip == ip && l.bp == bp);
	assert_true(l.low == f.stack_low && l.high == f.stack_high);
	assert_int_equal(kst_stack_next(&cursor, &l, NULL), KST_END);
	assert_int_equal(kst_cursor_end(&cursor), KST_WALK_TERMINATED);
	assert_true((l.present & KST_STACK_LINK_HAS_PROCESSOR) != 0 && l.processor == 0);
	/* a context of the thread's own stack needs no switch; whose processor it is may not be known */
	start.sp = sp;
	p.present &= ~(uint64_t)KST_PROCESSOR_HAS_NUMBER;
	assert_int_equal(kst_stack_begin(&cursor, f.target, &p, &start, NULL), KST_OK);
	assert_int_equal(kst_stack_next(&cursor, &l, NULL), KST_OK);
	assert_int_equal(l.stack, KST_STACK_THREAD);
	assert_int_equal(l.present & KST_STACK_LINK_HAS_PROCESSOR, 0);
	assert_int_equal(kst_stack_next(&cursor, &l, NULL), KST_END);
	forge_processor_free(&f);
}

/*
 * The published XP case: PCR ffdff000, list head +980, DpcStack +988; [D - 4] = f715da00; the debugger's command is
 * `k = [f715da04] f715da0c [f715da08]`.
 */
static void recovers_the_published_xp_case(void **state)
{
	struct kst_layout *layout = layout_builtin(KST_ARCH_X86, 2600, 0);
	struct image *img = image_new(KST_PAGING_X86);
	struct kst_identity *id = image_identity(img);
	struct kst_processor p = { .size = sizeof p };
	struct kst_registers start = { sizeof start, 0, 0x80500000, 0xf7a01e00, 0 };
	struct kst_stack_link l = { .size = sizeof l };
	struct kst_dpc_queue q = { .size = sizeof q };
	struct kst_cursor cursor;
	struct kst_target *t;

	(void)state;
	image_put32(img, 0xffdff01c, 0xffdff000);
	image_put32(img, 0xffdff124, 0x82201020);
	image_put32(img, 0xffdff980, 0xffdff980);
	image_put32(img, 0xffdff984, 0xffdff980);
	image_put32(img, 0xffdff988, 0xf7a02000);
	image_put_member(img, layout, 0x82201020, "_KTHREAD", "StackLimit", 0xf715b000);
	image_put_member(img, layout, 0x82201020, "_KTHREAD", "StackBase", 0xf715e000);
	image_put32(img, 0xf7a01ffc, 0xf715da00);
	image_put32(img, 0xf715da04, 0xf715da50);
	image_put32(img, 0xf715da08, 0x806d0c9b);
	id->kpcr = 0xffdff000;
	id->present |= KST_IDENTITY_HAS_KPCR;
	t = image_target(img, layout);
	assert_int_equal(kst_processors_begin(&cursor, t, NULL), KST_OK);
	assert_int_equal(kst_processors_next(&cursor, &p, NULL), KST_OK);
	assert_true(p.kprcb == 0xffdff120 && p.dpc_stack == 0xf7a02000);
	assert_int_equal(kst_dpc_queue(t, &p, KST_DPC_NORMAL, &q, NULL), KST_OK);
	assert_true(q.address == 0xffdff980 && q.first == 0);
	assert_int_equal(kst_stack_begin(&cursor, t, &p, &start, NULL), KST_OK);
	assert_int_equal(kst_stack_next(&cursor, &l, NULL), KST_OK);
	assert_int_equal(l.stack, KST_STACK_DPC);
	assert_int_equal(kst_stack_next(&cursor, &l, NULL), KST_OK);
	assert_int_equal(l.stack, KST_STACK_THREAD);
	assert_true(l.ip == 0x806d0c9b && l.sp == 0xf715da0c && l.bp == 0xf715da50);
	assert_int_equal(l.anomalies, 0);
	image_free(img);
	free(layout);
}

/* Exception stack -> DPC stack -> thread, as in real dumps of 19041. */
static void follows_two_switches(void **state)
{
	struct kst_registers start = { .size = sizeof start };
	struct kst_stack_link l = { .size = sizeof l };
	struct forged_processor f;
	struct kst_processor p;
	struct kst_cursor cursor;
	uint64_t exception;

	(void)state;
	forge_processor(&f, layout_builtin(KST_ARCH_X64, 19041, 0), 0);
	exception = f.dpc_stack + 0x10050; /* the top of the exception stack */
	image_put_member(f.img, f.layout, f.kprcb, "_KPRCB", "ExceptionStack", exception - 0x50);
	put_frame(&f, dpc_top(&f), f.kprcb + 0x1000000, f.stack_high - 0x1150, f.stack_high - 0x1090);
	put_frame(&f, exception, f.kprcb + 0x2000000, dpc_top(&f) - 0xea8, 0);
	p = only_processor(&f);
	start.ip = f.kprcb;
	start.sp = exception - 0xea8;
	assert_int_equal(kst_stack_begin(&cursor, f.target, &p, &start, NULL), KST_OK);
	assert_int_equal(kst_stack_next(&cursor, &l, NULL), KST_OK);
	assert_int_equal(l.stack, KST_STACK_EXCEPTION);
	assert_int_equal(kst_stack_next(&cursor, &l, NULL), KST_OK);
	assert_int_equal(l.stack, KST_STACK_DPC);
	assert_true(l.ip == f.kprcb + 0x2000000 && (l.present & KST_STACK_LINK_HAS_BP) == 0);
	assert_int_equal(kst_stack_next(&cursor, &l, NULL), KST_OK);
	assert_int_equal(l.stack, KST_STACK_THREAD);
	assert_true(l.ip == f.kprcb + 0x1000000 && l.bp == f.stack_high - 0x1090);
	assert_int_equal(kst_stack_next(&cursor, &l, NULL), KST_END);
	/* a saved pointer back into the same stack must not loop: nothing on the top leads to the thread either */
	put_frame(&f, dpc_top(&f), f.kprcb, dpc_top(&f) - 0x100, 0);
	start.sp = dpc_top(&f) - 0x400;
	assert_int_equal(kst_stack_begin(&cursor, f.target, &p, &start, NULL), KST_OK);
	assert_int_equal(kst_stack_next(&cursor, &l, NULL), KST_OK);
	assert_int_equal(kst_stack_next(&cursor, &l, NULL), KST_END);
	assert_int_equal(kst_cursor_end(&cursor), KST_WALK_MISMATCH);
	/* the saved pointer is elsewhere on the top: found by scan, and said so */
	image_put64(f.img, dpc_top(&f) - 0x38, f.stack_high - 0x800);
	assert_int_equal(kst_stack_begin(&cursor, f.target, &p, &start, NULL), KST_OK);
	assert_int_equal(kst_stack_next(&cursor, &l, NULL), KST_OK);
	assert_int_equal(kst_stack_next(&cursor, &l, NULL), KST_OK);
	assert_int_equal(l.found, KST_REGISTERS_FOUND_SCAN);
	assert_true(l.sp == f.stack_high - 0x800 && (l.present & KST_STACK_LINK_HAS_IP) == 0);
	forge_processor_free(&f);
}

/* An NMI takes its stack from the TSS, and the processor pushes what it left. */
static void leaves_the_stacks_of_the_tss(void **state)
{
	struct kst_registers start = { .size = sizeof start };
	struct kst_stack_link l = { .size = sizeof l };
	struct forged_processor f;
	struct kst_processor p;
	struct kst_cursor cursor;
	uint64_t tss, tops[4];

	(void)state;
	forge_processor(&f, layout_builtin(KST_ARCH_X64, 19041, 0), 0);
	tss = f.kpcr + 0x20000;
	image_put64(f.img, f.kpcr + forge_offset(f.layout, "_KPCR", "TssBase"), tss);
	for (unsigned i = 0; i < 4; i++) {
		tops[i] = f.kpcr + 0x200000 + 0x2000 * (i + 1);
		image_put64(f.img, tss + 0x24 + 8 * i, tops[i]);
		put_frame(&f, tops[i], f.kprcb + 0x1000 * i, f.stack_high - 0x100 * (i + 1), 0);
	}
	p = only_processor(&f);
	assert_true((p.present & KST_PROCESSOR_HAS_TSS) != 0 && p.tss == tss);
	for (unsigned i = 0; i < 4; i++) {
		start.ip = f.kprcb;
		start.sp = tops[i] - 0x300;
		assert_int_equal(kst_stack_begin(&cursor, f.target, &p, &start, NULL), KST_OK);
		assert_int_equal(kst_stack_next(&cursor, &l, NULL), KST_OK);
		assert_int_equal(l.stack, KST_STACK_DOUBLE_FAULT + i);
		assert_int_equal(kst_stack_next(&cursor, &l, NULL), KST_OK);
		assert_true(l.stack == KST_STACK_THREAD && l.sp == f.stack_high - 0x100 * (i + 1));
		assert_true(l.ip == f.kprcb + 0x1000 * i && l.found == KST_REGISTERS_FOUND_FRAME);
		assert_int_equal(kst_stack_next(&cursor, &l, NULL), KST_END);
	}
	assert_string_equal(kst_stack_name(KST_STACK_NMI), "nmi");
	assert_string_equal(kst_stack_name(99), "unknown");
	forge_processor_free(&f);
}

/* What ARM64 keeps at the top of a switched stack is not known: a word that looks right there makes no link. */
static void makes_no_link_on_arm64(void **state)
{
	struct kst_registers start = { .size = sizeof start };
	struct kst_stack_link l = { .size = sizeof l };
	struct forged_processor f;
	struct kst_processor p;
	struct kst_cursor cursor;
	struct kst_target *target;

	(void)state;
	forge_processor(&f, layout_builtin(KST_ARCH_X64, 19041, 0), 0);
	put_frame(&f, dpc_top(&f), f.kprcb, f.stack_high - 0x200, f.stack_high - 0x180);
	p = only_processor(&f);
	start.sp = dpc_top(&f) - 0x400;
	image_identity(f.img)->arch = KST_ARCH_ARM64;
	target = image_target(f.img, f.layout);
	assert_int_equal(kst_stack_begin(&cursor, target, &p, &start, NULL), KST_OK);
	assert_int_equal(kst_stack_next(&cursor, &l, NULL), KST_OK);
	assert_int_equal(l.stack, KST_STACK_DPC);
	assert_int_equal(kst_stack_next(&cursor, &l, NULL), KST_END);
	assert_int_equal(kst_cursor_end(&cursor), KST_WALK_MISMATCH);
	forge_processor_free(&f);
}

/* A processor that another one stopped in user mode: both registers are right, and no kernel stack is told. */
static void begins_in_user_mode(void **state)
{
	static const struct {
		uint64_t ip, sp, anomalies;
		uint32_t end;
	} rows[] = {
		{ 0x7ffa9ed41874, 0xd0804779f0, 0, KST_WALK_TERMINATED },
		{ 0x7ffa9ed41874, 0xffffd081a0b1c2d0, KST_STACK_LINK_ANOMALY_IP, KST_WALK_MISMATCH },
		{ 0x8000000000000000, 0xd0804779f0, KST_STACK_LINK_ANOMALY_IP, KST_WALK_MISMATCH },
		{ 0xfffff80411112222, 0xd0804779f0, 0, KST_WALK_MISMATCH },
	};
	struct forged_processor f;
	struct kst_processor p;

	(void)state;
	forge_processor(&f, layout_builtin(KST_ARCH_X64, 19041, 0), 0);
	p = only_processor(&f);
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		struct kst_registers start = { sizeof start, 0, rows[i].ip, rows[i].sp, 0 };
		struct kst_stack_link l = { .size = sizeof l };
		struct kst_cursor cursor;

		assert_int_equal(kst_stack_begin(&cursor, f.target, &p, &start, NULL), KST_OK);
		assert_int_equal(kst_stack_next(&cursor, &l, NULL), KST_OK);
		assert_true(l.stack == KST_STACK_UNKNOWN && l.checked == 0 && l.anomalies == rows[i].anomalies);
		assert_int_equal(kst_stack_next(&cursor, &l, NULL), KST_END);
		assert_int_equal(kst_cursor_end(&cursor), rows[i].end);
	}
	forge_processor_free(&f);
}

/* nt52-x64: DpcStack is the end of the stack, on a page boundary. */
static void ends_at_an_aligned_dpc_stack(void **state)
{
	struct kst_registers start = { sizeof start, 0, 0xfffff80001020304, 0xfffff88005158f00, 0 };
	struct kst_stack_link l = { .size = sizeof l };
	struct forged_processor f;
	struct kst_processor p;
	struct kst_cursor cursor;

	(void)state;
	forge_processor(&f, layout_builtin(KST_ARCH_X64, 3790, 0), 0);
	image_put_member(f.img, f.layout, f.kprcb, "_KPRCB", "DpcStack", 0xfffff88005159000);
	p = only_processor(&f);
	assert_int_equal(kst_stack_begin(&cursor, f.target, &p, &start, NULL), KST_OK);
	assert_int_equal(kst_stack_next(&cursor, &l, NULL), KST_OK);
	assert_true(l.stack == KST_STACK_DPC && l.low == 0xfffff88005152000 && l.high == 0xfffff88005159000);
	start.sp = 0xfffff88005159000;
	assert_int_equal(kst_stack_begin(&cursor, f.target, &p, &start, NULL), KST_OK);
	assert_int_equal(kst_stack_next(&cursor, &l, NULL), KST_OK);
	assert_int_equal(l.stack, KST_STACK_UNKNOWN);
	forge_processor_free(&f);
}

/* IsrStack is the end of a stack on 64-bit kernels; of x86 nothing is claimed. */
static void takes_no_interrupt_stack_on_x86(void **state)
{
	(void)state;
	for (int x86 = 0; x86 < 2; x86++) {
		struct kst_registers start = { .size = sizeof start };
		struct kst_stack_link l = { .size = sizeof l };
		struct forged_processor f;
		struct kst_processor p;
		struct kst_cursor cursor;
		uint64_t top;

		forge_processor(&f, layout_builtin(x86 ? KST_ARCH_X86 : KST_ARCH_X64, 9600, 0), 0);
		top = f.kpcr + 0x100000;
		image_put_member(f.img, f.layout, f.kprcb, "_KPRCB", "IsrStack", top);
		p = only_processor(&f);
		start.ip = f.kprcb;
		start.sp = top - 0x400;
		assert_int_equal(kst_stack_begin(&cursor, f.target, &p, &start, NULL), KST_OK);
		assert_int_equal(kst_stack_next(&cursor, &l, NULL), KST_OK);
		assert_int_equal(l.stack, x86 ? KST_STACK_UNKNOWN : KST_STACK_INTERRUPT);
		forge_processor_free(&f);
	}
}

static void tells_what_has_no_switch(void **state)
{
	struct kst_registers start = { .size = sizeof start };
	struct kst_stack_link l = { .size = sizeof l };
	struct forged_processor f;
	struct kst_processor p;
	struct kst_cursor cursor;

	(void)state;
	forge_processor(&f, layout_builtin(KST_ARCH_X64, 22000, 0), 0);
	image_put_member(f.img, f.layout, f.kprcb, "_KPRCB", "DpcRoutineActive", 1);
	image_put_member(f.img, f.layout, f.kprcb, "_KPRCB", "IdleThread", f.thread);
	image_put_member(f.img, f.layout, f.kprcb, "_KPRCB", "DpcDelegateThread", f.thread);
	p = only_processor(&f);
	start.sp = f.stack_high - 0x100;
	assert_int_equal(kst_stack_begin(&cursor, f.target, &p, &start, NULL), KST_OK);
	assert_int_equal(kst_stack_next(&cursor, &l, NULL), KST_OK);
	assert_int_equal(l.notes, KST_STACK_LINK_NOTE_IDLE | KST_STACK_LINK_NOTE_DPC_THREAD);
	/* no context was saved for this processor, and none is made up */
	assert_int_equal(kst_stack_begin(&cursor, f.target, &p, NULL, NULL), KST_E_FAULT);
	/* a thread that does not run */
	image_put_member(f.img, f.layout, f.thread, "_KTHREAD", "KernelStack", f.stack_high - 0x300);
	assert_int_equal(kst_stack_begin_thread(&cursor, f.target, f.thread, NULL), KST_OK);
	assert_int_equal(kst_stack_next(&cursor, &l, NULL), KST_OK);
	assert_true(l.sp == f.stack_high - 0x300 && l.found == KST_REGISTERS_FOUND_FIELD && l.checked == 1);
	assert_int_equal(kst_stack_next(&cursor, &l, NULL), KST_END);
	forge_processor_free(&f);
}

static void survives_every_failing_read(void **state)
{
	(void)state;
	for (int x86 = 0; x86 < 2; x86++) {
		struct forged_processor f;
		struct kst_processor p;

		forge_processor(&f, layout_builtin(x86 ? KST_ARCH_X86 : KST_ARCH_X64, x86 ? 2600 : 19041, 0), 0);
		put_frame(&f, dpc_top(&f), f.kprcb, f.stack_high - 0x200, f.stack_high - 0x100);
		p = only_processor(&f);
		struct kst_registers start = { sizeof start, 0, f.kprcb, dpc_top(&f) - 0x400, 0 };

		SWEEP(f.img, kst_stack_link, kst_stack_begin(&sweep.cursor, f.target, &p, &start, &sweep.err),
		      kst_stack_next)
			assert_true(sweep.status == KST_END || sweep.status == KST_E_HOST);
		SWEEP(f.img, kst_stack_link, kst_stack_begin_thread(&sweep.cursor, f.target, f.thread, &sweep.err),
		      kst_stack_next)
			assert_true(sweep.status == KST_END || sweep.status == KST_E_HOST);
		forge_processor_free(&f);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(recovers_the_published_xp_case),
		cmocka_unit_test(follows_two_switches),
		cmocka_unit_test(tells_what_has_no_switch),
		cmocka_unit_test(leaves_the_stacks_of_the_tss),
		cmocka_unit_test(survives_every_failing_read),
		cmocka_unit_test(makes_no_link_on_arm64),
		cmocka_unit_test(ends_at_an_aligned_dpc_stack),
		cmocka_unit_test(takes_no_interrupt_stack_on_x86),
		cmocka_unit_test(begins_in_user_mode),
	};

	return run_tests_and_rows("stacks", tests, sizeof tests / sizeof tests[0], forge_builds, forge_builds_count,
				  sizeof forge_builds[0], recovers_the_thread);
}
