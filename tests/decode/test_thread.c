/* SPDX-License-Identifier: MIT */
#include "decode/thread.h"
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
	uint32_t beyond; /* the start of the member */
};

struct row {
	const char *name;
	struct put put[5];
	uint64_t anomalies, traits;
};

#define E(member, value, beyond)                                                                                       \
	{                                                                                                              \
		"_ETHREAD", member, value, beyond                                                                      \
	}
#define K(member, value)                                                                                               \
	{                                                                                                              \
		"_KTHREAD", member, value, 0                                                                           \
	}

/* clang-format off */
static const struct row rows[] = {
	{ "waiting",
	  { K("State", 5), K("StackBase", 0x6000), K("StackLimit", 0x3000), K("KernelStack", 0x5b3c) }, 0, 0 },
	{ "running: its saved stack pointer means nothing",
	  { K("State", 2), K("StackBase", 0x6000), K("StackLimit", 0x3000), K("KernelStack", 0x9000) }, 0,
	  KST_THREAD_IS_RUNNING },
	{ "stack pointer outside",
	  { K("State", 5), K("StackBase", 0x6000), K("StackLimit", 0x3000), K("KernelStack", 0x6000) },
	  KST_THREAD_ANOMALY_STACK, 0 },
	{ "stack pointer at the limit",
	  { K("State", 5), K("StackBase", 0x6000), K("StackLimit", 0x3000), K("KernelStack", 0x3000) }, 0, 0 },
	{ "stack pointer below the limit",
	  { K("State", 5), K("StackBase", 0x6000), K("StackLimit", 0x3000), K("KernelStack", 0x2fff) },
	  KST_THREAD_ANOMALY_STACK, 0 },
	{ "running on an empty stack",
	  { K("State", 2), K("StackBase", 0x3000), K("StackLimit", 0x3000) }, 0, KST_THREAD_IS_RUNNING },
	{ "on a processor, whatever its state", { K("State", 3), K("Running", 1) }, 0, KST_THREAD_IS_RUNNING },
	{ "terminated by its flags: nothing is said of its stack",
	  { K("State", 5), K("StackLimit", 0x3000), E("Terminated", 1, 0) }, 0, KST_THREAD_IS_TERMINATED },
	{ "thread id of 33 bits",
	  { K("State", 4), E("Cid", 0x100000000, 8) }, KST_THREAD_ANOMALY_TID, KST_THREAD_IS_TERMINATED },
	{ "thread id that is not a multiple of 4",
	  { K("State", 4), E("Cid", 0x22, 8) }, KST_THREAD_ANOMALY_TID, KST_THREAD_IS_TERMINATED },
	{ "odd thread id", { K("State", 4), E("Cid", 0x21, 8) }, KST_THREAD_ANOMALY_TID, KST_THREAD_IS_TERMINATED },
	{ "highest thread id", { K("State", 4), E("Cid", 0xfffffffc, 8) }, 0, KST_THREAD_IS_TERMINATED },
	{ "last state, last reason", { K("State", 9), K("WaitReason", 0x2a), K("StackBase", 0x1000) }, 0, 0 },
	{ "a secure cookie",
	  { K("State", 4), K("SecureThreadCookie", 1) }, 0, KST_THREAD_IS_SECURE | KST_THREAD_IS_TERMINATED },
	{ "attached, the owner being 0",
	  { K("State", 4), { "_KTHREAD", "ApcState", 0xffffa80000001000, 0x20 } }, 0,
	  KST_THREAD_IS_ATTACHED | KST_THREAD_IS_TERMINATED },
	{ "base below limit", { K("State", 5), K("StackLimit", 0x3000) }, KST_THREAD_ANOMALY_STACK, 0 },
	{ "no such state, no such reason",
	  { K("State", 10), K("WaitReason", 0x2b), K("StackBase", 0x1000) },
	  KST_THREAD_ANOMALY_STATE | KST_THREAD_ANOMALY_WAIT_REASON, 0 },
	{ "TEB in the kernel",
	  { K("State", 4), K("Teb", 0xfffff80000001000) }, KST_THREAD_ANOMALY_TEB, KST_THREAD_IS_TERMINATED },
	{ "attached",
	  { K("State", 4), K("Process", 0xffffa80000001000) }, 0,
	  KST_THREAD_IS_ATTACHED | KST_THREAD_IS_TERMINATED },
	{ "a system thread with a part in VTL 1",
	  { K("State", 4), K("SystemThread", 1), E("SecureContext", 1, 0) }, 0,
	  KST_THREAD_IS_SYSTEM | KST_THREAD_IS_SECURE | KST_THREAD_IS_TERMINATED },
};
/* clang-format on */

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
			bytes[m.offset + row->put[i].beyond + k] |= (uint8_t)(value >> (8 * k));
	}
	assert_int_equal(kst_decode_thread(layout, bytes, sizeof bytes, 0, &t, NULL), KST_OK);
	assert_true(t.anomalies == row->anomalies);
	assert_true(t.traits == row->traits);
	/* exit time and status share their place with lists of a thread that has not exited, told to end or not */
	assert_int_equal((t.present & KST_THREAD_HAS_EXIT_TIME) != 0, t.state == KST_THREAD_TERMINATED);
	assert_int_equal((t.present & KST_THREAD_HAS_EXIT_STATUS) != 0, t.state == KST_THREAD_TERMINATED);
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

/* A thread with all it can have in its build, each value of its own, and all that is read of it. */
struct whole {
	const char *name;
	uint32_t arch, build, revision;
	struct put put[40];
	struct kst_thread thread;
};

/* clang-format off */
static const struct whole wholes[] = {
	{ "19041 x64, terminated", KST_ARCH_X64, 19041, 3570,
	  { K("State", 4), E("Cid", 0x80000000000004d0, 0), E("Cid", 0xf1f2f3f4, 8), K("Process", 0xffffb30411111080),
	    K("ApcState.Process", 0xffffb30422222080), E("StartAddress", 0x7ffa33333330, 0),
	    E("Win32StartAddress", 0x7ff644444440, 0), K("InitialStack", 0xffff820655555c50),
	    K("StackBase", 0xffff820655556000), K("StackLimit", 0xffff820655550000),
	    K("KernelStack", 0xffff820655555830),
	    K("Teb", 0x000000a166666000), K("TrapFrame", 0xffff820655555a90), K("Win32Thread", 0xffffc30177777770),
	    E("CreateTime", 0x81d9f00088888888, 0), E("ExitTime", 0x81d9f00099999999, 0), K("WaitReason", 0x28),
	    K("WaitMode", 0x81), K("WaitIrql", 0x92), K("WaitTime", 0xa0000003), K("ContextSwitches", 0xb0000004),
	    K("NextProcessor", 0x70000005), K("Priority", 0x1f), K("BasePriority", 0x8e),
	    E("CrossThreadFlags", 0xc0000003, 0), E("ExitStatus", 0xc000013a, 0), K("KernelTime", 0xd0000006),
	    K("UserTime", 0xe0000007), K("SecureThreadCookie", 0xf0000008), E("ThreadName", 0xffffb304aaaaaab0, 0),
	    K("SystemThread", 1) },
	  { .state = 4, .present = 0x7fffefff, .traits = 0x37, .address = 0xffffb30433333080, .pid = 0x80000000000004d0,
	    .tid = 0xf1f2f3f4, .process = 0xffffb30411111080, .attached_process = 0xffffb30422222080,
	    .start = 0x7ffa33333330, .win32_start = 0x7ff644444440, .initial_stack = 0xffff820655555c50,
	    .stack_base = 0xffff820655556000, .stack_limit = 0xffff820655550000, .kernel_stack = 0xffff820655555830,
	    .teb = 0x000000a166666000, .trap_frame = 0xffff820655555a90, .win32_thread = 0xffffc30177777770,
	    .create_time = 0x81d9f00088888888, .exit_time = 0x81d9f00099999999, .name_address = 0xffffb304aaaaaab0,
	    .wait_reason = 0x28, .wait_mode = 0x81, .wait_irql = 0x92, .wait_time = 0xa0000003,
	    .context_switches = 0xb0000004, .next_processor = 0x70000005, .priority = 0x1f, .base_priority = 0x8e,
	    .flags = 0xc0000003, .exit_status = 0xc000013a, .kernel_time = 0xd0000006, .user_time = 0xe0000007,
	    .secure_cookie = 0xf0000008 } },
	{ "XP x86, waiting: the owner is ThreadsProcess", KST_ARCH_X86, 2600, 0,
	  { K("State", 5), E("Cid", 0x800006a4, 0), E("Cid", 0xf00006a8, 4), E("ThreadsProcess", 0x819a5020, 0),
	    K("ApcState.Process", 0x819a5020), E("StartAddress", 0x7c810867, 0), E("Win32StartAddress", 0x01012475, 0),
	    K("InitialStack", 0xf8a04000), K("StackLimit", 0xf8a01000), K("KernelStack", 0xf8a03ca0),
	    K("Teb", 0x7ffde000), K("TrapFrame", 0xf8a03d64), K("Win32Thread", 0xe1b2c3d8),
	    E("CreateTime", 0xfedcba9876543215, 0), E("ExitTime", 0x1234, 0), E("ExitStatus", 0x103, 0),
	    K("WaitReason", 0x0d), K("WaitMode", 1), K("WaitIrql", 2), K("WaitTime", 0x00012345),
	    K("ContextSwitches", 0x456), K("NextProcessor", 3), K("Priority", 9),
	    K("BasePriority", 8), E("CrossThreadFlags", 0x10, 0), K("KernelTime", 0x77), K("UserTime", 0x88),
	    K("StackBase", 0xf8a04000), K("KernelStackResident", 1) },
	  { .state = 5, .present = 0x1bfeefff, .traits = 2, .address = 0x81985da8, .pid = 0x800006a4, .tid = 0xf00006a8,
	    .process = 0x819a5020, .attached_process = 0x819a5020, .start = 0x7c810867, .win32_start = 0x01012475,
	    .initial_stack = 0xf8a04000, .stack_base = 0xf8a04000, .stack_limit = 0xf8a01000,
	    .kernel_stack = 0xf8a03ca0,
	    .teb = 0x7ffde000, .trap_frame = 0xf8a03d64, .win32_thread = 0xe1b2c3d8,
	    .create_time = 0x1fdb97530eca8642, .exit_time = 0x1234, .wait_reason = 0x0d, .wait_mode = 1, .wait_irql = 2,
	    .wait_time = 0x12345, .context_switches = 0x456, .next_processor = 3, .priority = 9, .base_priority = 8,
	    .flags = 0x10, .exit_status = 0x103, .kernel_time = 0x77, .user_time = 0x88 } },
};
/* clang-format on */

static void whole_threads(void **state)
{
	const struct whole *row = *state;
	struct kst_layout *layout = layout_builtin(row->arch, row->build, row->revision);
	struct kst_thread want = row->thread, t = { .size = sizeof t };
	uint8_t bytes[0x900] = { 0 };

	want.size = sizeof t;
	for (size_t i = 0; i < 40 && row->put[i].type != NULL; i++) {
		struct kst_member m = { .size = sizeof m };
		uint64_t value = row->put[i].value;

		assert_int_equal(kst_layout_member(layout, row->put[i].type, row->put[i].path, &m), KST_OK);
		for (uint32_t k = 0; k < m.length - row->put[i].beyond && k < 8; k++)
			bytes[m.offset + row->put[i].beyond + k] |= (uint8_t)(value << m.bit_pos >> (8 * k));
	}
	assert_int_equal(kst_decode_thread(layout, bytes, sizeof bytes, want.address, &t, NULL), KST_OK);
	assert_memory_equal(&t, &want, sizeof t);
	free(layout);
}

/* Types that know little: what is not known says nothing and contradicts nothing. */
static void few_members(void **state)
{
	static const struct {
		struct member_row rows[4];
		uint64_t present, traits, anomalies;
		bool known;
	} cases[] = {
		{ { { "_KTHREAD", "State", 0x20, 1, 0, 0 } }, KST_THREAD_HAS_STATE, 0, 0, true },
		{ { { "_ETHREAD", "ThreadName", 0, 8, 0, 0 } }, KST_THREAD_HAS_NAME_ADDRESS, 0, 0, true },
		{ { { "_ETHREAD", "Cid", 0, 16, 0, 0 } }, KST_THREAD_HAS_PID | KST_THREAD_HAS_TID, 0, 0, true },
		{ { { "_KTHREAD", "ApcState", 0, 48, 0, 0 } }, KST_THREAD_HAS_ATTACHED, 0, 0, false },
		/* attached to another process than its own: both must be known */
		{ { { "_KTHREAD", "ApcState.Process", 8, 8, 0, 0 } }, KST_THREAD_HAS_ATTACHED, 0, 0, true },
		{ { { "_KTHREAD", "Process", 8, 8, 0, 0 } }, KST_THREAD_HAS_PROCESS, 0, 0, true },
		{ { { "_ETHREAD", "ThreadsProcess", 8, 8, 0, 0 }, { "_KTHREAD", "ApcState", 0, 48, 0, 0 } },
		  KST_THREAD_HAS_PROCESS | KST_THREAD_HAS_ATTACHED,
		  KST_THREAD_IS_ATTACHED,
		  0,
		  false },
		/* of a stack both ends must be known */
		{ { { "_KTHREAD", "StackLimit", 8, 8, 0, 0 } }, KST_THREAD_HAS_STACK_LIMIT, 0, 0, true },
		{ { { "_KTHREAD", "StackBase", 0, 8, 0, 0 }, { "_KTHREAD", "KernelStack", 8, 8, 0, 0 } },
		  KST_THREAD_HAS_STACK_BASE | KST_THREAD_HAS_KERNEL_STACK,
		  0,
		  0,
		  true },
		{ { { "_KTHREAD", "StackBase", 8, 8, 0, 0 }, { "_KTHREAD", "StackLimit", 0, 8, 0, 0 } },
		  KST_THREAD_HAS_STACK_BASE | KST_THREAD_HAS_STACK_LIMIT,
		  0,
		  0,
		  true },
		{ { { "_KTHREAD", "StackBase", 0, 8, 0, 0 }, { "_KTHREAD", "StackLimit", 8, 8, 0, 0 } },
		  KST_THREAD_HAS_STACK_BASE | KST_THREAD_HAS_STACK_LIMIT,
		  0,
		  KST_THREAD_ANOMALY_STACK,
		  true },
		/* exit time and status mean something for a terminated thread only */
		{ { { "_ETHREAD", "ExitTime", 0, 8, 0, 0 }, { "_ETHREAD", "ExitStatus", 0, 4, 0, 0 } }, 0, 0, 0, true },
		{ { { "_ETHREAD", "ExitTime", 0, 8, 0, 0 }, { "_ETHREAD", "Terminated", 8, 4, 4, 1 } },
		  KST_THREAD_HAS_EXIT_TIME,
		  KST_THREAD_IS_TERMINATED,
		  0,
		  true },
		/* told to end, its state not known: no time lies before the creation, or is a list's address */
		{ { { "_ETHREAD", "ExitTime", 0, 8, 0, 0 },
		    { "_ETHREAD", "Terminated", 8, 4, 4, 1 },
		    { "_ETHREAD", "CreateTime", 8, 8, 0, 0 } },
		  KST_THREAD_HAS_CREATE_TIME,
		  KST_THREAD_IS_TERMINATED,
		  0,
		  true },
		{ { { "_ETHREAD", "ExitTime", 0x10, 8, 0, 0 },
		    { "_ETHREAD", "Terminated", 8, 4, 4, 1 },
		    { "_ETHREAD", "ExitStatus", 0x10, 4, 0, 0 } },
		  0,
		  KST_THREAD_IS_TERMINATED,
		  0,
		  true },
		{ { { "_KTHREAD", "KernelStackResident", 0, 1, 0, 0 } }, 0, 0, 0, false },
		{ { { "_KTHREAD", "KernelStackResident", 0x20, 1, 0, 0 } }, 0, KST_THREAD_IS_STACK_OUT, 0, false },
		{ { { "_KTHREAD", "KernelStackResident", 0x40, 1, 0, 0 } }, 0, 0, 0, false }, /* beyond the bytes */
		{ { { "_ETHREAD", "SystemThread", 8, 4, 4, 1 } }, 0, KST_THREAD_IS_SYSTEM, 0, false },
		{ { { "_KTHREAD", "SystemThread", 8, 4, 4, 1 } }, 0, KST_THREAD_IS_SYSTEM, 0, false },
		{ { { "_KTHREAD", "SystemThread", 8, 4, 3, 1 } }, 0, 0, 0, false },
	};
	static const uint8_t bytes[0x40] = { [0] = 8, [8] = 0x10, [0x17] = 0x80 };

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct kst_layout *layout = layout_from_rows(cases[i].rows,
							     cases[i].rows[1].type == NULL   ? 1
							     : cases[i].rows[2].type == NULL ? 2
											     : 3,
							     8);
		struct kst_thread t = { .size = sizeof t };

		assert_int_equal(kst_decode_thread(layout, bytes, sizeof bytes, 0, &t, NULL), KST_OK);
		assert_true(t.present == cases[i].present);
		assert_true(t.traits == cases[i].traits);
		assert_true(t.anomalies == cases[i].anomalies);
		assert_int_equal(kst__thread_known(layout), cases[i].known);
		free(layout);
	}
}

/* Only where a counter lies in its low bits is the creation time shifted. */
static void create_times(void **state)
{
	static const struct {
		uint32_t time, counter; /* offsets; 0xff: not known */
		uint64_t create_time;
	} cases[] = {
		{ 8, 8, 0x002468acf13579bd },
		{ 8, 0, 0x0123456789abcdef },
		{ 8, 0xff, 0x0123456789abcdef },
		{ 0, 0xff, 0x0807060504030201 },
	};
	static const uint8_t bytes[16] = { 1, 2, 3, 4, 5, 6, 7, 8, 0xef, 0xcd, 0xab, 0x89, 0x67, 0x45, 0x23, 0x01 };

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		const struct member_row types[] = {
			{ "_ETHREAD", "CreateTime", cases[i].time, 8, 0, 0 },
			{ "_ETHREAD", "NestedFaultCount", cases[i].counter, 4, 0, 2 },
		};
		struct kst_layout *layout = layout_from_rows(types, cases[i].counter == 0xff ? 1 : 2, 4);
		struct kst_thread t = { .size = sizeof t };

		assert_int_equal(kst_decode_thread(layout, bytes, sizeof bytes, 0, &t, NULL), KST_OK);
		assert_true(t.present == KST_THREAD_HAS_CREATE_TIME);
		assert_true(t.create_time == cases[i].create_time);
		free(layout);
	}
}

static void refuses(void **state)
{
	struct kst_layout *layout = layout_19041_x64();
	struct kst_thread t = { .size = 4, .tid = 77 };
	struct kst_error err = { .size = sizeof err };

	(void)state;
	assert_int_equal(kst_decode_thread(layout, NULL, 0, 0x1234, &t, &err), KST_E_ABI);
	assert_true(err.address == 0x1234);
	assert_string_equal(err.message, "kst_thread.size is not known");
	assert_int_equal(t.size, 4);
	assert_true(t.tid == 77);
	t.size = sizeof t;
	assert_int_equal(kst_decode_thread(layout, NULL, 1, 0x5678, &t, &err), KST_E_ARG);
	assert_true(err.address == 0x5678);
	assert_string_equal(err.message, "layout, bytes or result is NULL");
	assert_int_equal(kst_decode_thread(NULL, NULL, 0, 0, &t, NULL), KST_E_ARG);
	assert_int_equal(kst_decode_thread(layout, NULL, 0, 0, NULL, NULL), KST_E_ARG);
	free(layout);
}

static void names(void **state)
{
	static const char *const states[] = {
		"initialized", "ready",      "running",        "standby",   "terminated",
		"waiting",     "transition", "deferred-ready", "gate-wait", "waiting-for-process-in-swap",
		"unknown"
	};
	/* KWAIT_REASON as public headers give it; seven names are twice in it, the second time with Wr */
	static const char *const reasons[] = { "executive",
					       "free-page",
					       "page-in",
					       "pool-allocation",
					       "delay-execution",
					       "suspended",
					       "user-request",
					       "wr-executive",
					       "wr-free-page",
					       "wr-page-in",
					       "wr-pool-allocation",
					       "wr-delay-execution",
					       "wr-suspended",
					       "wr-user-request",
					       "wr-event-pair",
					       "wr-queue",
					       "wr-lpc-receive",
					       "wr-lpc-reply",
					       "wr-virtual-memory",
					       "wr-page-out",
					       "wr-rendezvous",
					       "wr-keyed-event",
					       "wr-terminated",
					       "wr-process-in-swap",
					       "wr-cpu-rate-control",
					       "wr-callout-stack",
					       "wr-kernel",
					       "wr-resource",
					       "wr-push-lock",
					       "wr-mutex",
					       "wr-quantum-end",
					       "wr-dispatch-int",
					       "wr-preempted",
					       "wr-yield-execution",
					       "wr-fast-mutex",
					       "wr-guarded-mutex",
					       "wr-rundown",
					       "wr-alert-by-thread-id",
					       "wr-deferred-preempt",
					       "wr-physical-fault",
					       "wr-io-ring",
					       "wr-mdl-cache",
					       "wr-rcu",
					       "unknown" };
	static const char *const anomalies[] = { "stack",       "state", "wait-reason",        "tid",
						 "teb-address", "owner", "not-in-kernel-list", "name" };

	(void)state;
	for (uint32_t i = 0; i < 11; i++)
		assert_string_equal(kst_thread_state_name(i), states[i]);
	for (uint32_t i = 0; i < 0x2c; i++)
		assert_string_equal(kst_wait_reason_name(i), reasons[i]);
	for (unsigned i = 0; i < 8; i++)
		assert_string_equal(kst_thread_anomaly_name((uint64_t)1 << i), anomalies[i]);
	assert_null(kst_thread_anomaly_name(0x100));
	assert_null(kst_thread_anomaly_name(3));
}

int main(void)
{
	struct CMUnitTest tests[6 + sizeof rows / sizeof rows[0] + sizeof wholes / sizeof wholes[0]] = {
		cmocka_unit_test(truncation),  cmocka_unit_test(create_time_of_xp), cmocka_unit_test(create_times),
		cmocka_unit_test(few_members), cmocka_unit_test(refuses),           cmocka_unit_test(names),
	};
	size_t n = 6;

	n += ROWS_TO_TESTS(tests + n, rows, judges);
	n += ROWS_TO_TESTS(tests + n, wholes, whole_threads);
	return _cmocka_run_group_tests("thread", tests, n, NULL, NULL);
}
