/* SPDX-License-Identifier: MIT */
/* KPRCB: every member at its place in five generations, the saved context of each architecture, nothing invented. */
#include "layout/layout.h"
#include "support/places.h"

static kst_status decode(const struct kst_layout *layout, const void *bytes, size_t len, uint64_t address, void *out,
			 struct kst_error *err)
{
	return kst_decode_processor(layout, bytes, len, address, out, err);
}

#define HAS_COMMON                                                                                                     \
	(KST_PROCESSOR_HAS_NUMBER | KST_PROCESSOR_HAS_CURRENT_THREAD | KST_PROCESSOR_HAS_NEXT_THREAD |                 \
	 KST_PROCESSOR_HAS_IDLE_THREAD | KST_PROCESSOR_HAS_DPC_STACK | KST_PROCESSOR_HAS_DPC_ACTIVE)

/* What each generation has; a current thread of 0 is no kernel address. */
static const struct generation {
	uint32_t arch, build;
	uint32_t size; /* of the KPRCB */
	uint64_t present;
} generations[PLACE_FORMS] = {
	{ KST_ARCH_X86, 2600, 0xc50, HAS_COMMON },
	{ KST_ARCH_X64, 3790, 0x2480, HAS_COMMON | KST_PROCESSOR_HAS_SAVED_RSP | KST_PROCESSOR_HAS_DPC_THREAD },
	{ KST_ARCH_X86, 9600, 0x4610, HAS_COMMON | KST_PROCESSOR_HAS_ISR_STACK },
	{ KST_ARCH_X64, 19041, 0xaf00, HAS_COMMON | KST_PROCESSOR_HAS_ISR_STACK | KST_PROCESSOR_HAS_EXCEPTION_STACK },
	{ KST_ARCH_X64, 20348, 0xbf00,
	  HAS_COMMON | KST_PROCESSOR_HAS_ISR_STACK | KST_PROCESSOR_HAS_EXCEPTION_STACK | KST_PROCESSOR_HAS_DPC_THREAD },
};

#define P(member, bit) INTO(kst_processor, member), KST_PROCESSOR_HAS_##bit
#define NO             NOWHERE

/* Columns as in `generations`; places from the public symbols. */
static const struct place places[] = {
	PLACE("CurrentThread", AT(4, 8, 4, 8, 8), POINTER, P(current_thread, CURRENT_THREAD), 0xffff80065b87d080, 0),
	PLACE("NextThread", AT(8, 0x10, 8, 0x10, 0x10), POINTER, P(next_thread, NEXT_THREAD), 0xffffa80191a2b3c4, 0),
	PLACE("IdleThread", AT(0xc, 0x18, 0xc, 0x18, 0x18), POINTER, P(idle_thread, IDLE_THREAD), 0xfffff8038c527a00,
	      0),
	PLACE("Number, a byte", AT(0x10, 4, NO, NO, NO), 1, P(number, NUMBER), 0x9d, 0),
	PLACE("Number", AT(NO, NO, 0x3cc, 0x24, 0x24), 4, P(number, NUMBER), 0x800007ff, 0),
	PLACE("DpcStack", AT(0x868, 0x1f40, 0x2210, 0x3110, 0x33a0), POINTER, P(dpc_stack, DPC_STACK),
	      0xfffff80311a7dfb0, 0),
	PLACE("IsrStack", AT(NO, NO, 0x419c, 0x85d8, 0x8998), POINTER, P(isr_stack, ISR_STACK), 0xfffff80312a84001, 0),
	PLACE("ExceptionStack", AT(NO, NO, NO, 0x7f28, 0x8228), POINTER, P(exception_stack, EXCEPTION_STACK),
	      0xfffff80313a8bfb2, 0),
	PLACE("SavedRsp", AT(NO, 0x1f48, NO, NO, NO), POINTER, P(saved_rsp, SAVED_RSP), 0xfffffadf9a8b7c6d, 0),
	PLACE("DpcThread", AT(NO, 0x1f80, NO, NO, NO), POINTER, P(dpc_thread, DPC_THREAD), 0xfffffadf99887766, 0),
	PLACE("DpcDelegateThread", AT(NO, NO, NO, NO, 0x3338), POINTER, P(dpc_thread, DPC_THREAD), 0xffffd98877665544,
	      0),
	PLACE("DpcRoutineActive, a word", AT(0x874, NO, NO, NO, NO), 4, P(dpc_routine_active, DPC_ACTIVE), 0xf9e8d7c6,
	      0),
	PLACE("DpcRoutineActive", AT(NO, 0x1f5e, 0x223a, 0x312a, 0x33ba), 1, P(dpc_routine_active, DPC_ACTIVE), 0x81,
	      0),
};

static void places_of_all_generations(void **state)
{
	for (size_t i = 0; i < PLACE_FORMS; i++) {
		const struct generation *g = &generations[i];
		struct kst_layout *layout = layout_builtin(g->arch, g->build, 0);
		const struct kst_processor zero = { .present = g->present,
						    .anomalies = KST_PROCESSOR_ANOMALY_THREAD,
						    .kprcb = PLACE_ADDRESS };
		const struct place *p = *state;

		if (p->at[i] != NOWHERE)
			place_check_form(p, &(struct place_form){ layout, g->size, &zero }, p->at[i], decode,
					 sizeof zero);
		free(layout);
	}
}

/* Where a KPRCB keeps the CONTEXT of a processor that was stopped: ProcessorState, in it ContextFrame. */
static const struct member_row state_rows[] = { { "_KPRCB", "ProcessorState", 0x40, 0x390, 0, 0 },
						{ "_KPROCESSOR_STATE", "ContextFrame", 0x320, 0x70, 0, 0 } };

static const struct context {
	uint32_t arch, build; /* 0: state_rows */
	uint16_t ip, sp, bp;
} contexts[] = {
	{ KST_ARCH_X86, 2600, 0x1c + 0xb8, 0x1c + 0xc4, 0x1c + 0xb4 },
	{ KST_ARCH_X86, 7601, 0x18 + 0xb8, 0x18 + 0xc4, 0x18 + 0xb4 },
	{ KST_ARCH_X64, 7601, 0x120 + 0xf8, 0x120 + 0x98, 0x120 + 0xa0 },
	{ KST_ARCH_X64, 19041, 0x1f0 + 0xf8, 0x1f0 + 0x98, 0x1f0 + 0xa0 },
	{ KST_ARCH_ARM64, 0, 0x360 + 0x108, 0x360 + 0x100, 0x360 + 0xf0 },
};

static struct kst_processor decode_bytes(const struct kst_layout *layout, const uint8_t *bytes, size_t len)
{
	struct kst_processor p;

	place_decode(decode, layout, bytes, len, &p, sizeof p);
	return p;
}

static void saved_contexts(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof contexts / sizeof contexts[0]; i++) {
		const struct context *c = &contexts[i];
		struct kst_layout *layout = c->build != 0 ? layout_builtin(c->arch, c->build, 0)
							  : layout_from_rows(state_rows, 2, 8);
		unsigned w = c->arch == KST_ARCH_X86 ? 4 : 8;
		uint64_t cut = w == 4 ? 0xffffffff : UINT64_MAX;
		size_t end = (c->ip > c->sp ? c->ip : c->sp) + w;
		uint8_t bytes[0x500] = { 0 };
		struct kst_processor p;

		if (c->build == 0)
			layout->info.arch = c->arch;
		/* a frame pointer alone is none: a processor that was not stopped has nothing in it */
		put_number(bytes, c->bp, w, 0xffffd08192a3b4c5);
		p = decode_bytes(layout, bytes, sizeof bytes);
		assert_true((p.present & KST_PROCESSOR_HAS_CONTEXT) == 0 && p.context_bp == 0);
		put_number(bytes, c->sp, w, 0xffffd081a0b1c2d3);
		p = decode_bytes(layout, bytes, sizeof bytes);
		assert_true((p.present & KST_PROCESSOR_HAS_CONTEXT) != 0);
		assert_true(p.context_ip == 0 && p.context_sp == (0xffffd081a0b1c2d3 & cut));
		put_number(bytes, c->ip, w, 0xfffff803e1f2a3b4);
		p = decode_bytes(layout, bytes, end);
		assert_true((p.present & KST_PROCESSOR_HAS_CONTEXT) != 0);
		assert_true(p.context_ip == (0xfffff803e1f2a3b4 & cut) && p.context_sp == (0xffffd081a0b1c2d3 & cut) &&
			    p.context_bp == (0xffffd08192a3b4c5 & cut));
		p = decode_bytes(layout, bytes, end - 1);
		assert_true((p.present & KST_PROCESSOR_HAS_CONTEXT) == 0);
		assert_true(p.context_ip == 0 && p.context_sp == 0 && p.context_bp == 0);
		put_number(bytes, c->sp, w, 0);
		p = decode_bytes(layout, bytes, sizeof bytes);
		assert_true((p.present & KST_PROCESSOR_HAS_CONTEXT) != 0 && p.context_sp == 0);
		free(layout);
	}
}

/* Since 7 a pointer tells where the context is: ContextFrame counts only if it is that place. */
static void contexts_elsewhere(void **state)
{
	static const struct {
		uint32_t arch, build;
		uint32_t pointer, frame;
	} rows[] = { { KST_ARCH_X86, 7601, 0x3618, 0x18 }, { KST_ARCH_X64, 19041, 0x85c0, 0x1f0 } };

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		struct kst_layout *layout = layout_builtin(rows[i].arch, rows[i].build, 0);
		unsigned w = rows[i].arch == KST_ARCH_X86 ? 4 : 8;
		uint8_t *bytes = calloc(1, 0xaf00);
		const uint64_t address = 0x80501000;
		const uint64_t pointers[] = { 0, address + rows[i].frame, address + rows[i].frame + 0x10, 1 };

		assert_non_null(bytes);
		put_number(bytes, rows[i].frame + (w == 4 ? 0xc4 : 0x98), w, 0x8192a3b4);
		for (unsigned n = 0; n < 4; n++) {
			struct kst_processor p = { .size = sizeof p };

			put_number(bytes, rows[i].pointer, w, pointers[n]);
			assert_int_equal(kst_decode_processor(layout, bytes, 0xaf00, address, &p, NULL), KST_OK);
			assert_true(((p.present & KST_PROCESSOR_HAS_CONTEXT) != 0) == (n < 2));
			assert_true(p.context_sp == (n < 2 ? 0x8192a3b4 : 0));
		}
		free(bytes);
		free(layout);
	}
}

/* Either of the two members alone says nothing of where a context is. */
static void no_context_without_its_place(void **state)
{
	uint8_t bytes[0x500];

	(void)state;
	memset(bytes, 0xff, sizeof bytes);
	for (size_t i = 0; i < 2; i++) {
		struct kst_layout *layout = layout_from_rows(&state_rows[i], 1, 8);
		struct kst_processor p = decode_bytes(layout, bytes, sizeof bytes);

		assert_true(p.present == 0 && p.context_ip == 0 && p.context_sp == 0 && p.context_bp == 0);
		free(layout);
	}
}

/* A context of which one register is not in memory is none. */
static void contexts_in_part(void **state)
{
	static const struct member_row at_the_end[] = { { "_KPRCB", "ProcessorState", 0x200, 0x390, 0, 0 },
							{ "_KPROCESSOR_STATE", "ContextFrame", 0, 0x70, 0, 0 } };
	struct kst_layout *layout = layout_from_rows(at_the_end, 2, 8);
	uint8_t bytes[0x300];

	(void)state;
	memset(bytes, 0xff, sizeof bytes);
	assert_true(decode_bytes(layout, bytes, 0x200 + 0x98).present == 0);
	assert_true(decode_bytes(layout, bytes, 0x200 + 0xa0).present == 0);
	assert_true(decode_bytes(layout, bytes, 0x200 + 0xa8).present == 0);
	assert_true(decode_bytes(layout, bytes, 0x200 + 0x100).present == KST_PROCESSOR_HAS_CONTEXT);
	free(layout);
}

/* Threads are kernel objects; of the next one 0 means that none was selected. */
static void threads_in_kernel_space(void **state)
{
	static const struct {
		uint32_t arch, build;
		uint64_t current, next, idle, anomalies;
	} rows[] = {
		{ KST_ARCH_X86, 2600, 0x80000000, 0, 0x80000000, 0 },
		{ KST_ARCH_X86, 2600, 0x80000000, 0x80000000, 0x80000000, 0 },
		{ KST_ARCH_X86, 2600, 0x7fffffff, 0, 0x80000000, KST_PROCESSOR_ANOMALY_THREAD },
		{ KST_ARCH_X86, 2600, 0x80000000, 0x7fffffff, 0x80000000, KST_PROCESSOR_ANOMALY_THREAD },
		{ KST_ARCH_X86, 2600, 0x80000000, 0, 0x7fffffff, KST_PROCESSOR_ANOMALY_THREAD },
		{ KST_ARCH_X64, 19041, 0x8000000000000000, 0, 0x8000000000000000, 0 },
		{ KST_ARCH_X64, 19041, 0x8000000000000000, 0x8000000000000000, 0x8000000000000000, 0 },
		{ KST_ARCH_X64, 19041, 0x7fffffffffffffff, 0, 0x8000000000000000, KST_PROCESSOR_ANOMALY_THREAD },
		{ KST_ARCH_X64, 19041, 0x8000000000000000, 1, 0x8000000000000000, KST_PROCESSOR_ANOMALY_THREAD },
		{ KST_ARCH_X64, 19041, 0x8000000000000000, 0, 0x7fffffffffffffff, KST_PROCESSOR_ANOMALY_THREAD },
	};

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		struct kst_layout *layout = layout_builtin(rows[i].arch, rows[i].build, 0);
		unsigned w = rows[i].arch == KST_ARCH_X86 ? 4 : 8;
		uint8_t bytes[0x20] = { 0 };
		struct kst_processor p;

		put_number(bytes, w, w, rows[i].current);
		put_number(bytes, 2 * w, w, rows[i].next);
		put_number(bytes, 3 * w, w, rows[i].idle);
		p = decode_bytes(layout, bytes, 4 * w);
		assert_true(p.anomalies == rows[i].anomalies);
		/* what is not there is no contradiction */
		p = decode_bytes(layout, bytes, 0);
		assert_true(p.present == 0 && p.anomalies == 0);
		put_number(bytes, w, w, UINT64_MAX);
		p = decode_bytes(layout, bytes, 2 * w);
		assert_true((p.present & ~(uint64_t)KST_PROCESSOR_HAS_NUMBER) == KST_PROCESSOR_HAS_CURRENT_THREAD);
		assert_true(p.anomalies == 0);
		free(layout);
	}
}

static void calls_and_names(void **state)
{
	struct kst_layout *layout = layout_builtin(KST_ARCH_X64, 19041, 0);

	(void)state;
	refuses_wrong_calls(layout, decode, sizeof(struct kst_processor));
	NAMES_BITS(kst_processor_anomaly_name, "number", "self", "thread");
	free(layout);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(saved_contexts),   cmocka_unit_test(no_context_without_its_place),
		cmocka_unit_test(contexts_in_part), cmocka_unit_test(threads_in_kernel_space),
		cmocka_unit_test(calls_and_names),  cmocka_unit_test(contexts_elsewhere),
	};

	return RUN_TESTS_AND_ROWS("processor", tests, places, places_of_all_generations);
}
