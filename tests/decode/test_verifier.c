/* SPDX-License-Identifier: MIT */
/* Records of the three logs in several layouts, settings; truncation. */
#include "decode/verifier.h"
#include "support/places.h"

struct row {
	const char *name;
	uint32_t arch, build, log, size, frames, width;
};

static const struct row rows[] = {
	{ "pool, Vista x86", KST_ARCH_X86, 6000, KST_VERIFIER_POOL, 0x40, 13, 4 },
	{ "pool, 7 x64", KST_ARCH_X64, 7600, KST_VERIFIER_POOL, 0x80, 13, 8 },
	{ "pool, 22000", KST_ARCH_X64, 22000, KST_VERIFIER_POOL, 0x1a8, 50, 8 },
	{ "IRP, 8 x86", KST_ARCH_X86, 9200, KST_VERIFIER_IRP, 0x40, 12, 4 },
	{ "IRP, 22000", KST_ARCH_X64, 22000, KST_VERIFIER_IRP, 0x80, 13, 8 },
	{ "critical region, 7 x64", KST_ARCH_X64, 7600, KST_VERIFIER_CRITICAL_REGION, 0x40, 7, 8 },
	{ "critical region, 8 x86", KST_ARCH_X86, 9200, KST_VERIFIER_CRITICAL_REGION, 0x20, 7, 4 },
};

static void decodes(void **state)
{
	const struct row *row = *state;
	struct kst_layout *layout = layout_builtin(row->arch, row->build, 0);
	uint64_t kernel = row->width == 4 ? 0x82000000 : 0xfffff80000000000;
	size_t w = row->width, stack = row->size - row->frames * w;
	uint8_t bytes[0x1a8] = { 0 };

	if (row->log != KST_VERIFIER_CRITICAL_REGION) {
		put_number(bytes, 0, (unsigned)w, kernel + 0x100);
		put_number(bytes, row->log == KST_VERIFIER_POOL ? 2 * w : w, (unsigned)w, kernel + 0x200);
	} else {
		put_number(bytes, 0, (unsigned)w, kernel + 0x200);
	}
	if (row->log == KST_VERIFIER_POOL)
		put_number(bytes, w, (unsigned)w, 0x168);
	if (row->log == KST_VERIFIER_IRP) {
		put_number(bytes, 2 * w, 2, 0xffff);
		put_number(bytes, 2 * w + 2, 2, 0xfffe);
		put_number(bytes, 2 * w + 4, 1, 2);
	}
	for (uint32_t i = 0; i < row->frames; i++)
		put_number(bytes, stack + i * w, (unsigned)w, kernel + 0x1000 + i);
	for (size_t len = 0; len <= row->size; len++) {
		struct kst_verifier_entry e = { .size = sizeof e };
		uint8_t *exact = malloc(len == 0 ? 1 : len);

		assert_non_null(exact);
		memcpy(exact, bytes, len);
		assert_int_equal(kst_decode_verifier_entry(layout, row->log, exact, len, 0x77, &e, NULL), KST_OK);
		assert_true(e.stack_count == (len < stack ? 0 : (len - stack) / w));
		assert_true(len != 0 || e.present == 0);
		if (len == row->size) {
			assert_int_equal(e.stack_count, row->frames);
			assert_true(e.stack[row->frames - 1] == kernel + 0x1000 + row->frames - 1 &&
				    e.thread == kernel + 0x200);
			assert_true(row->log == KST_VERIFIER_CRITICAL_REGION || e.address == kernel + 0x100);
			assert_true(row->log != KST_VERIFIER_POOL || e.bytes == 0x168);
			if (row->log == KST_VERIFIER_IRP)
				assert_true(e.kernel_apc_disable == -1 && e.special_apc_disable == -2 && e.irql == 2);
			assert_int_equal(e.anomalies, 0);
		}
		free(exact);
	}
	put_number(bytes, stack + w, (unsigned)w, 0x1234); /* a user address ends the trace, and that is told */
	struct kst_verifier_entry e = { .size = sizeof e };
	assert_int_equal(kst_decode_verifier_entry(layout, row->log, bytes, row->size, 0, &e, NULL), KST_OK);
	assert_int_equal(e.stack_count, 1);
	assert_int_equal(e.anomalies, KST_VERIFIER_ENTRY_ANOMALY_STACK);
	assert_int_equal(kst_decode_verifier_entry(layout, 0x40, bytes, row->size, 0, &e, NULL), KST_E_ARG);
	free(layout);
}

static kst_status decode_pool(const struct kst_layout *layout, const void *bytes, size_t len, uint64_t address,
			      void *out, struct kst_error *err)
{
	return kst_decode_verifier_entry(layout, KST_VERIFIER_POOL, bytes, len, address, out, err);
}

static kst_status decode_irp(const struct kst_layout *layout, const void *bytes, size_t len, uint64_t address,
			     void *out, struct kst_error *err)
{
	return kst_decode_verifier_entry(layout, KST_VERIFIER_IRP, bytes, len, address, out, err);
}

static kst_status decode_critical_region(const struct kst_layout *layout, const void *bytes, size_t len,
					 uint64_t address, void *out, struct kst_error *err)
{
	return kst_decode_verifier_entry(layout, KST_VERIFIER_CRITICAL_REGION, bytes, len, address, out, err);
}

static kst_status decode_settings(const struct kst_layout *layout, const void *bytes, size_t len, uint64_t address,
				  void *out, struct kst_error *err)
{
	struct kst__view view = kst__view_bytes(layout, bytes, len);
	struct kst_verifier_settings ours;

	(void)address;
	(void)err;
	kst__decode_verifier_settings(&view, &ours);
	ours.size = sizeof ours;
	memcpy(out, &ours, sizeof ours);
	return KST_OK;
}

#define HAS(bit) KST_VERIFIER_ENTRY_HAS_##bit

static const struct kst_verifier_entry pool_zero = { .log = 0x80,
						     .present = HAS(ADDRESS) | HAS(BYTES) | HAS(THREAD) | HAS(STACK),
						     .record = PLACE_ADDRESS };
static const struct kst_verifier_entry irp_zero = {
	.log = 0x100, .present = HAS(ADDRESS) | HAS(THREAD) | HAS(APC) | HAS(IRQL) | HAS(STACK), .record = PLACE_ADDRESS
};
static const struct kst_verifier_entry critical_region_zero = { .log = 0x200,
								.present = HAS(THREAD) | HAS(STACK),
								.record = PLACE_ADDRESS };
static const struct kst_verifier_settings settings_zero = { .present = 0xffff }; /* sixteen numbers */

/* The kinds of structures, and two forms of each: 32-bit, 64-bit; of settings the one of 20348 as well. */
enum { POOL, IRP, CRITICAL_REGION, SETTINGS };
static const struct kind {
	decode_fn *decode;
	uint32_t out_size;
	const void *zero;
	uint32_t builds[3];
	uint16_t sizes[3];
} kinds[] = {
	[POOL] = { decode_pool, sizeof pool_zero, &pool_zero, { 6000, 7600 }, { 0x40, 0x80 } },
	[IRP] = { decode_irp, sizeof irp_zero, &irp_zero, { 9200, 22000 }, { 0x40, 0x80 } },
	[CRITICAL_REGION] = { decode_critical_region,
			      sizeof critical_region_zero,
			      &critical_region_zero,
			      { 9200, 7600 },
			      { 0x20, 0x40 } },
	[SETTINGS] = { decode_settings,
		       sizeof settings_zero,
		       &settings_zero,
		       { 19041, 19041, 20348 },
		       { 0x90, 0xa8, 0xb0 } },
};

#define E(member, bit) INTO(kst_verifier_entry, member), KST_VERIFIER_ENTRY_HAS_##bit
/* Up to AllocationsFailedDeliberately nothing moved; `new` is the place on 20348 and later. */
#define SETTING(name, at, new, member, n)                                                                              \
	{                                                                                                              \
		name, { at, at, new }, 4, INTO(kst_verifier_settings, member), UINT64_C(1) << n, 0x9080f0e0u + n, 0,   \
			0, SETTINGS                                                                                    \
	}

/* Columns as in `kinds`. */
static const struct place placed_rows[] = {
	PLACE_OF(POOL, 0, "pool: Address", AT(0, 0), POINTER, E(address, ADDRESS), 0xfffffa80a2b1ce98, 0),
	PLACE_OF(POOL, 0, "pool: Size", AT(4, 8), POINTER, E(bytes, BYTES), 0x8070605040302164, 0),
	PLACE_OF(POOL, 0, "pool: Thread", AT(8, 0x10), POINTER, E(thread, THREAD), 0xfffffa80968c9400, 0),
	PLACE_OF(IRP, 0, "IRP: Irp", AT(0, 0), POINTER, E(address, ADDRESS), 0xfffffa80b2b1ce98, 0),
	PLACE_OF(IRP, 0, "IRP: Thread", AT(4, 8), POINTER, E(thread, THREAD), 0xfffffa80868c9401, 0),
	PLACE_OF(IRP, 1, "IRP: KernelApcDisable", AT(8, 0x10), 2, E(kernel_apc_disable, APC), 0x7f81, 0),
	PLACE_OF(IRP, 0, "IRP: SpecialApcDisable", AT(0xa, 0x12), 2, E(special_apc_disable, APC), 0x6e92, 0),
	PLACE_OF(IRP, 0, "IRP: Irql", AT(0xc, 0x14), 1, E(irql, IRQL), 0x9f, 0),
	PLACE_OF(CRITICAL_REGION, 0, "critical region: Thread", AT(0, 0), POINTER, E(thread, THREAD),
		 0xfffffa80768c9402, 0),
	SETTING("Level", 0, 0, level, 0),
	SETTING("RaiseIrqls", 4, 4, raise_irqls, 1),
	SETTING("AcquireSpinLocks", 8, 8, acquire_spin_locks, 2),
	SETTING("SynchronizeExecutions", 0xc, 0xc, synchronize_executions, 3),
	SETTING("AllocationsAttempted", 0x10, 0x10, allocations_attempted, 4),
	SETTING("AllocationsSucceeded", 0x14, 0x14, allocations_succeeded, 5),
	SETTING("AllocationsSucceededSpecialPool", 0x18, 0x18, allocations_special_pool, 6),
	SETTING("AllocationsWithNoTag", 0x1c, 0x1c, allocations_no_tag, 7),
	SETTING("TrimRequests", 0x20, 0x20, trim_requests, 8),
	SETTING("Trims", 0x24, 0x24, trims, 9),
	SETTING("AllocationsFailed", 0x28, 0x28, allocations_failed, 10),
	SETTING("AllocationsFailedDeliberately", 0x2c, 0x2c, allocations_failed_deliberately, 11),
	SETTING("Loads", 0x30, 0x34, loads, 12),
	SETTING("Unloads", 0x34, 0x38, unloads, 13),
	SETTING("CurrentPagedPoolAllocations", 0x40, 0x44, paged_allocations, 14),
	SETTING("CurrentNonPagedPoolAllocations", 0x44, 0x48, nonpaged_allocations, 15),
};

static void places(void **state)
{
	const struct place *row = *state;
	const struct kind *kind = &kinds[row->kind];

	for (size_t i = 0; i < 3 && kind->builds[i] != 0; i++) {
		struct kst_layout *layout = layout_builtin(i == 0 ? KST_ARCH_X86 : KST_ARCH_X64, kind->builds[i], 0);
		struct place_form form = { layout, kind->sizes[i], kind->zero };

		place_check_form(row, &form, row->at[i], kind->decode, kind->out_size);
		free(layout);
	}
}

/* A trace ends where it ends, at 0, or where no code of the kernel can be; 64 frames are kept. */
static void traces(void **state)
{
	static const struct {
		const char *name;
		uint32_t width, frames; /* of the layout's trace; 0: it has none */
		uint64_t first, second; /* the others are kernel addresses */
		uint32_t count;
		uint64_t present, anomalies;
	} cases[] = {
		{ "one", 8, 1, 0xfffff80011223344, 0xfffff80011223345, 1, HAS(STACK), 0 },
		{ "63", 8, 63, 0xfffff80011223344, 0xfffff80011223345, 63, HAS(STACK), 0 },
		{ "64", 8, 64, 0xfffff80011223344, 0xfffff80011223345, 64, HAS(STACK), 0 },
		{ "65", 8, 65, 0xfffff80011223344, 0xfffff80011223345, 64, HAS(STACK), KST_VERIFIER_ENTRY_ANOMALY_CUT },
		{ "65 of 32-bit", 4, 65, 0x81223344, 0x81223345, 64, HAS(STACK), KST_VERIFIER_ENTRY_ANOMALY_CUT },
		{ "ends at 0", 8, 3, 0xfffff80011223344, 0, 1, HAS(STACK), 0 },
		{ "empty", 8, 3, 0, 0xfffff80011223344, 0, HAS(STACK), 0 },
		{ "lowest kernel address", 8, 2, 0x8000000000000000, 0xfffff80011223344, 2, HAS(STACK), 0 },
		{ "highest user address", 8, 2, 0x7fffffffffffffff, 0xfffff80011223344, 0, HAS(STACK),
		  KST_VERIFIER_ENTRY_ANOMALY_STACK },
		{ "lowest kernel address of 32 bits", 4, 2, 0x80000000, 0x81223344, 2, HAS(STACK), 0 },
		{ "highest user address of 32 bits", 4, 2, 0x7fffffff, 0x81223344, 0, HAS(STACK),
		  KST_VERIFIER_ENTRY_ANOMALY_STACK },
		{ "no trace", 8, 0, 0xfffff80011223344, 0xfffff80011223345, 0, 0, 0 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		uint32_t w = cases[i].width;
		const struct member_row trace = { "_VF_POOL_TRACE", "StackTrace", 8, cases[i].frames * w, 0, 0 };
		struct kst_layout *layout = layout_from_rows(&trace, cases[i].frames != 0, w);
		struct kst_verifier_entry e;
		uint8_t bytes[0x300];

		memset(bytes, 0xfe, sizeof bytes);
		put_number(bytes, 8, w, cases[i].first);
		put_number(bytes, 8 + w, w, cases[i].second);
		place_decode(decode_pool, layout, bytes, sizeof bytes, &e, sizeof e);
		assert_int_equal(e.stack_count, cases[i].count);
		assert_true(e.present == cases[i].present && e.anomalies == cases[i].anomalies);
		assert_true(e.stack[0] == (e.stack_count > 0 ? cases[i].first : 0));
		assert_true(e.stack[1] == (e.stack_count > 1 ? cases[i].second : 0));
		free(layout);
	}
}

static void calls_and_names(void **state)
{
	struct kst_layout *layout = layout_builtin(KST_ARCH_X64, 7600, 0);

	(void)state;
	refuses_wrong_calls(layout, decode_pool, sizeof(struct kst_verifier_entry));
	assert_string_equal(kst_verifier_log_name(0x80), "pool");
	assert_string_equal(kst_verifier_log_name(0x100), "irp");
	assert_string_equal(kst_verifier_log_name(0x200), "critical-region");
	assert_string_equal(kst_verifier_log_name(0), "unknown");
	assert_string_equal(kst_verifier_log_name(0x400), "unknown");
	NAMES_NUMBERS(kst_verifier_operation_name, "unknown", "unknown", "enter", "leave");
	NAMES_BITS(kst_verifier_entry_anomaly_name, "stack", "cut", "order");
	free(layout);
}

int main(void)
{
	struct CMUnitTest tests[2 + sizeof rows / sizeof rows[0] + sizeof placed_rows / sizeof placed_rows[0]] = {
		cmocka_unit_test(traces), cmocka_unit_test(calls_and_names)
	};
	size_t n = 2;

	n += ROWS_TO_TESTS(tests + n, rows, decodes);
	n += ROWS_TO_TESTS(tests + n, placed_rows, places);
	return _cmocka_run_group_tests("verifier", tests, n, NULL, NULL);
}
