/* SPDX-License-Identifier: MIT */
#include "support/processes.h"
#include "support/truncate.h"

static uint64_t decode(const struct kst_layout *layout, const void *bytes, size_t len)
{
	struct kst_thread t = { .size = sizeof t };

	assert_int_equal(kst_decode_thread(layout, bytes, len, 0, &t, NULL), KST_OK);
	return t.present;
}

static void truncation(void **state)
{
	static const struct {
		uint32_t arch, build;
	} builds[] = {
		{ KST_ARCH_X86, 2600 }, { KST_ARCH_X86, 3790 }, { KST_ARCH_X64, 6001 }, { KST_ARCH_X64, 19041 }
	};
	static const uint8_t zeros[0x900];
	const uint64_t wanted = KST_THREAD_HAS_STATE | KST_THREAD_HAS_PID | KST_THREAD_HAS_TID |
				KST_THREAD_HAS_PROCESS | KST_THREAD_HAS_ATTACHED | KST_THREAD_HAS_START |
				KST_THREAD_HAS_STACK_BASE | KST_THREAD_HAS_STACK_LIMIT | KST_THREAD_HAS_KERNEL_STACK |
				KST_THREAD_HAS_TEB | KST_THREAD_HAS_WAIT_REASON;

	(void)state;
	for (size_t i = 0; i < sizeof builds / sizeof builds[0]; i++) {
		struct kst_layout *layout = layout_builtin(builds[i].arch, builds[i].build, 0);

		assert_true((truncate_all(layout, zeros, sizeof zeros, 0, decode) & wanted) == wanted);
		free(layout);
	}
}

struct put {
	const char *type, *path;
	uint64_t value;
};

struct row {
	const char *name;
	struct put put[5];
	uint64_t anomalies, traits;
};

static const struct row rows[] = {
	{ "waiting",
	  { { "_KTHREAD", "State", 5 },
	    { "_KTHREAD", "StackBase", 0x6000 },
	    { "_KTHREAD", "StackLimit", 0x3000 },
	    { "_KTHREAD", "KernelStack", 0x5b3c } },
	  0,
	  0 },
	{ "running: its saved stack pointer means nothing",
	  { { "_KTHREAD", "State", 2 },
	    { "_KTHREAD", "StackBase", 0x6000 },
	    { "_KTHREAD", "StackLimit", 0x3000 },
	    { "_KTHREAD", "KernelStack", 0x9000 } },
	  0,
	  KST_THREAD_IS_RUNNING },
	{ "stack pointer outside",
	  { { "_KTHREAD", "State", 5 },
	    { "_KTHREAD", "StackBase", 0x6000 },
	    { "_KTHREAD", "StackLimit", 0x3000 },
	    { "_KTHREAD", "KernelStack", 0x6000 } },
	  KST_THREAD_ANOMALY_STACK,
	  0 },
	{ "base below limit",
	  { { "_KTHREAD", "State", 5 }, { "_KTHREAD", "StackLimit", 0x3000 } },
	  KST_THREAD_ANOMALY_STACK,
	  0 },
	{ "no such state, no such reason",
	  { { "_KTHREAD", "State", 10 }, { "_KTHREAD", "WaitReason", 0x29 }, { "_KTHREAD", "StackBase", 0x1000 } },
	  KST_THREAD_ANOMALY_STATE | KST_THREAD_ANOMALY_WAIT_REASON,
	  0 },
	{ "TEB in the kernel",
	  { { "_KTHREAD", "State", 4 }, { "_KTHREAD", "Teb", 0xfffff80000001000 } },
	  KST_THREAD_ANOMALY_TEB,
	  KST_THREAD_IS_TERMINATED },
	{ "attached",
	  { { "_KTHREAD", "State", 4 }, { "_KTHREAD", "Process", 0xffffa80000001000 } },
	  0,
	  KST_THREAD_IS_ATTACHED | KST_THREAD_IS_TERMINATED },
	{ "a system thread with a part in VTL 1",
	  { { "_KTHREAD", "State", 4 }, { "_KTHREAD", "SystemThread", 1 }, { "_ETHREAD", "SecureContext", 1 } },
	  0,
	  KST_THREAD_IS_SYSTEM | KST_THREAD_IS_SECURE | KST_THREAD_IS_TERMINATED },
};

static void judges(void **state)
{
	const struct row *row = *state;
	struct kst_layout *layout = layout_19041_x64();
	uint8_t bytes[0x898] = { 0 };
	struct kst_thread t = { .size = sizeof t };

	/* resident unless told otherwise */
	bytes[0x78 + 2] |= 2;
	for (size_t i = 0; i < 5 && row->put[i].type != NULL; i++) {
		struct kst_member m = { .size = sizeof m };
		uint64_t value;

		assert_int_equal(kst_layout_member(layout, row->put[i].type, row->put[i].path, &m), KST_OK);
		value = row->put[i].value << m.bit_pos;
		for (uint32_t k = 0; k < m.length && k < 8; k++)
			bytes[m.offset + k] |= (uint8_t)(value >> (8 * k));
	}
	assert_int_equal(kst_decode_thread(layout, bytes, sizeof bytes, 0, &t, NULL), KST_OK);
	assert_true(t.anomalies == row->anomalies);
	assert_true(t.traits == row->traits);
	/* exit time and status share their place with lists of a living thread */
	assert_int_equal((t.present & KST_THREAD_HAS_EXIT_TIME) != 0, (t.traits & KST_THREAD_IS_TERMINATED) != 0);
	free(layout);
}

/* XP keeps two flags below the time. */
static void create_time_of_xp(void **state)
{
	struct kst_layout *layout = layout_builtin(KST_ARCH_X86, 2600, 0);
	uint64_t at = place_of(layout, "_ETHREAD", "CreateTime");
	uint64_t stored = 0x01c6000000000000u << 3 | 5;
	uint8_t bytes[0x258] = { 0 };
	struct kst_thread t = { .size = sizeof t };

	(void)state;
	for (int k = 0; k < 8; k++)
		bytes[at + (uint64_t)k] = (uint8_t)(stored >> (8 * k));
	assert_int_equal(kst_decode_thread(layout, bytes, sizeof bytes, 0, &t, NULL), KST_OK);
	assert_true(t.create_time == 0x01c6000000000000u);
	free(layout);
}

static void names(void **state)
{
	struct kst_thread t = { .size = 4 };

	(void)state;
	assert_int_equal(kst_decode_thread(NULL, NULL, 0, 0, &t, NULL), KST_E_ARG);
	assert_string_equal(kst_thread_state_name(KST_THREAD_WAITING), "waiting");
	assert_string_equal(kst_thread_state_name(KST_THREAD_WAITING_FOR_PROCESS_IN_SWAP),
			    "waiting-for-process-in-swap");
	assert_string_equal(kst_thread_state_name(10), "unknown");
	assert_string_equal(kst_wait_reason_name(0x10), "wr-lpc-receive");
	assert_string_equal(kst_wait_reason_name(0x28), "wr-io-ring");
	assert_string_equal(kst_wait_reason_name(0x29), "unknown");
	assert_string_equal(kst_thread_anomaly_name(KST_THREAD_ANOMALY_NOT_IN_KERNEL_LIST), "not-in-kernel-list");
	assert_null(kst_thread_anomaly_name(0x100));
}

int main(void)
{
	struct CMUnitTest tests[3 + sizeof rows / sizeof rows[0]] = {
		cmocka_unit_test(truncation),
		cmocka_unit_test(create_time_of_xp),
		cmocka_unit_test(names),
	};
	size_t n = 3;

	n += ROWS_TO_TESTS(tests + n, rows, judges);
	return _cmocka_run_group_tests("thread", tests, n, NULL, NULL);
}
