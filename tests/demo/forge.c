/* SPDX-License-Identifier: MIT */
/*
 * The image of `./dev demo` and of the documentation: a small Windows 10 (17763.5933, x64, two processors; the last build
 * whose pool has headers on every block) that crashed inside a DPC, written as a full dump from nothing but the built-in
 * layout. Everything in it is made up; nothing is a copy of a real system.
 */
#include "demo.h"

#include "support/container.h"
#include "support/kernel.h"
#include "support/processes.h"

#include <stdio.h>
#include <stdlib.h>

#define KERNEL       UINT64_C(0xfffff80047a00000)
#define OBJECTS      DEMO_OBJECTS
#define YOURDRV      UINT64_C(0xfffff80062c00000)
#define PRCB(n)      (UINT64_C(0xfffff80044200180) + (uint64_t)(n)*0x10000)
#define DPC_TOP      UINT64_C(0xfffff80046b74000)
#define THREAD_STACK UINT64_C(0xffff850429892000)

/* The crash: the DPC followed a pointer into memory that is not there. */
#define CRASH_IP    (YOURDRV + 0x1337)
#define CRASH_SP    (DPC_TOP - 0x400)
#define BAD_ADDRESS UINT64_C(0xffffc08bdead0018)

static struct image *img;
static struct kst_layout *layout;

static void member(uint64_t object, const char *type, const char *path, uint64_t value)
{
	image_put_member(img, layout, object, type, path, value);
}

static uint64_t symbol(const char *name)
{
	uint64_t rva;

	assert_int_equal(kst_layout_symbol(layout, name, &rva), KST_OK);
	return KERNEL + rva;
}

static uint64_t size_of(const char *type)
{
	struct kst_member m = { .size = sizeof m };

	assert_int_equal(kst_layout_member(layout, type, "", &m), KST_OK);
	return m.length;
}

void demo_member(const struct demo *demo, uint64_t object, const char *type, const char *path, uint64_t value)
{
	(void)demo;
	member(object, type, path, value);
}

uint64_t demo_size(const struct demo *demo, const char *type)
{
	(void)demo;
	return size_of(type);
}

uint64_t demo_symbol(const struct demo *demo, const char *name)
{
	(void)demo;
	return symbol(name);
}

/* TimeDateStamp and SizeOfImage of 10.0.17763.5933: what tells the exact revision. */
static void put_kernel_header(void)
{
	image_put(img, KERNEL, "MZ", 2);
	image_put32(img, KERNEL + 0x3c, 0x100);
	image_put(img, KERNEL + 0x100, "PE\0", 4);
	image_put16(img, KERNEL + 0x104, 0x8664);
	image_put32(img, KERNEL + 0x108, 0xd65b463c);
	image_put16(img, KERNEL + 0x118, 0x20b);
	image_put32(img, KERNEL + 0x150, 0x00a6e000);
}

static void put_modules(void)
{
	static const struct {
		const char *name, *path;
		uint64_t base;
		uint32_t size;
	} modules[] = {
		{ "ntoskrnl.exe", "\\SystemRoot\\system32\\ntoskrnl.exe", KERNEL, 0xa6e000 },
		{ "hal.dll", "\\SystemRoot\\system32\\hal.dll", 0xfffff80047954000, 0xac000 },
		{ "Ntfs.sys", "\\SystemRoot\\System32\\Drivers\\Ntfs.sys", 0xfffff8004b400000, 0x2d9000 },
		{ "tcpip.sys", "\\SystemRoot\\System32\\drivers\\tcpip.sys", 0xfffff8004ba00000, 0x2ec000 },
		{ "yourdrv.sys", "\\??\\C:\\drivers\\yourdrv.sys", YOURDRV, 0x12000 },
	};
	uint64_t entries[sizeof modules / sizeof modules[0]];

	for (size_t i = 0; i < sizeof modules / sizeof modules[0]; i++) {
		uint64_t entry = OBJECTS + 0x10000 + i * 0x1000;

		entries[i] = entry;
		member(entry, "_LDR_DATA_TABLE_ENTRY", "DllBase", modules[i].base);
		member(entry, "_LDR_DATA_TABLE_ENTRY", "SizeOfImage", modules[i].size);
		image_put_string(img, entry + place_of(layout, "_LDR_DATA_TABLE_ENTRY", "FullDllName"), entry + 0x200,
				 modules[i].path);
		image_put_string(img, entry + place_of(layout, "_LDR_DATA_TABLE_ENTRY", "BaseDllName"), entry + 0x400,
				 modules[i].name);
	}
	image_put_list(img, symbol("PsLoadedModuleList"), entries, sizeof entries / sizeof entries[0]);
}

static void put_processes(void)
{
	static const struct {
		const char *name;
		uint64_t pid, parent;
	} processes[] = {
		{ "System", 4, 0 },
		{ "smss.exe", 0x17c, 4 },
		{ "csrss.exe", 0x204, 0x17c },
		{ "lsass.exe", 0x2b8, 0x204 },
		{ "notepad.exe", 0x1e40, 0x11ac },
	};
	uint64_t links[sizeof processes / sizeof processes[0]];

	for (size_t i = 0; i < sizeof processes / sizeof processes[0]; i++) {
		struct forged_process p = { .address = OBJECTS + 0x100000 + i * 0x2000,
					    .pid = processes[i].pid,
					    .parent_pid = processes[i].parent,
					    .name = processes[i].name,
					    .dtb = i == 0 ? image_dtb(img) : image_new_process(img),
					    .peb = i == 4 ? demo_user_peb() : 0,
					    .create_time = 0x1d9f4e0aa5b6c80 + i * 10000000,
					    .active_threads = 1 };
		uint64_t thread = p.address + 0x1000;
		struct forged_thread t = { .address = thread,
					   .pid = p.pid,
					   .tid = p.pid + 4,
					   .process = p.address,
					   .state = 5,
					   .stack_limit = THREAD_STACK + i * 0x10000,
					   .stack_base = THREAD_STACK + i * 0x10000 + 0x6000,
					   .kernel_stack = THREAD_STACK + i * 0x10000 + 0x5000 };

		forge_process(img, layout, &p);
		if (i == 4) {
			t.state = 2; /* running: its stack was taken */
			demo_user(&(struct demo){ img, layout }, &(struct demo_user){ p.address, p.dtb });
		}
		forge_thread(img, layout, &t);
		forge_thread_lists(img, layout, p.address, &thread, 1);
		links[i] = p.address + place_of(layout, "_EPROCESS", "ActiveProcessLinks");
	}
	image_put_list(img, symbol("PsActiveProcessHead"), links, sizeof links / sizeof links[0]);
}

static void put_processors(void)
{
	uint64_t idle = OBJECTS + 0x80000;

	for (unsigned n = 0; n < 2; n++) {
		uint64_t prcb = PRCB(n);

		for (uint64_t at = prcb & ~UINT64_C(0xfff); at < prcb + size_of("_KPRCB"); at += 0x1000)
			image_page(img, at);
		image_put64(img, symbol("KiProcessorBlock") + 8 * n, prcb);
		image_put64(img, prcb - 0x180 + 0x18, prcb - 0x180);
		member(prcb, "_KPRCB", "Number", n);
		member(prcb, "_KPRCB", "CurrentThread",
		       n == 0 ? OBJECTS + 0x100000 + 4 * 0x2000 + 0x1000 : idle + 0x1000);
		member(prcb, "_KPRCB", "IdleThread", idle + n * 0x1000);
		member(prcb, "_KPRCB", "DpcStack", DPC_TOP - 0x50 + n * 0x10000);
	}
}

/*
 * Processor 0 runs a DPC of yourdrv.sys, one of tcpip.sys waits. The thread that was interrupted, notepad's, was inside
 * yourdrv.sys as well.
 */
static void put_dpc(void)
{
	static const struct {
		unsigned at;
		uint64_t value;
	} dpc_stack[] = { { 0x40, YOURDRV + 0x1290 }, { 0x90, KERNEL + 0x0c83f9 }, { 0x1e0, KERNEL + 0x0c7b34 } },
	  thread_stack[] = { { 8, KERNEL + 0x1bcf2a },
			     { 0x40, YOURDRV + 0x2468 },
			     { 0x78, YOURDRV + 0x1e04 },
			     { 0xc8, KERNEL + 0x031939 },
			     { 0x148, KERNEL + 0x5e6a55 } };
	uint64_t prcb = PRCB(0), queue = prcb + place_of(layout, "_KPRCB", "DpcData");
	uint64_t dpc = OBJECTS + 0x90000, active = OBJECTS + 0x91000, thread_sp = THREAD_STACK + 4 * 0x10000 + 0x4eb0;
	uint64_t context = prcb + place_of(layout, "_KPRCB", "ProcessorState") +
			   place_of(layout, "_KPROCESSOR_STATE", "ContextFrame");

	for (unsigned n = 0; n < 2; n++)
		for (unsigned q = 0; q < 2; q++) {
			uint64_t list = PRCB(n) + place_of(layout, "_KPRCB", "DpcData") + q * size_of("_KDPC_DATA");

			image_put64(img, list + 8, list); /* empty */
			member(list, "_KDPC_DATA", "DpcCount", 4711 * (n + 1) + q);
		}
	member(prcb, "_KPRCB", "DpcRoutineActive", 1);
	member(dpc, "_KDPC", "Type", 0x13);
	member(dpc, "_KDPC", "Importance", 1);
	member(dpc, "_KDPC", "DeferredRoutine", 0xfffff8004ba34560);
	member(dpc, "_KDPC", "DpcData", queue);
	image_put64(img, queue, dpc + place_of(layout, "_KDPC", "DpcListEntry"));
	image_put64(img, queue + 8, dpc + place_of(layout, "_KDPC", "DpcListEntry"));
	member(queue, "_KDPC_DATA", "DpcQueueDepth", 1);
	member(active, "_KDPC", "Type", 0x13);
	member(active, "_KDPC", "Importance", 1);
	member(active, "_KDPC", "DeferredRoutine", YOURDRV + 0x1280);
	member(active, "_KDPC", "DeferredContext", OBJECTS + 0x92000);
	member(queue, "_KDPC_DATA", "ActiveDpc", active);
	/* the switch frame: what was left, and where */
	image_put64(img, DPC_TOP - 0x10, thread_sp);
	image_put64(img, DPC_TOP - 0x28, KERNEL + 0x1bc8f5);
	image_put64(img, DPC_TOP - 0x60, thread_sp + 0xc0);
	for (size_t i = 0; i < sizeof thread_stack / sizeof thread_stack[0]; i++)
		image_put64(img, thread_sp + thread_stack[i].at, thread_stack[i].value);
	for (size_t i = 0; i < sizeof dpc_stack / sizeof dpc_stack[0]; i++)
		image_put64(img, CRASH_SP + dpc_stack[i].at, dpc_stack[i].value);
	/* the processor's saved context: inside the driver's DPC */
	image_put64(img, context + 0xf8, CRASH_IP);
	image_put64(img, context + 0x98, CRASH_SP);
	image_page(img, CRASH_SP);
}

static void put_block(void)
{
	uint64_t block = symbol("KdDebuggerDataBlock");
	const struct {
		unsigned offset;
		uint64_t value;
	} rows[] = {
		{ 0x00, block },
		{ 0x08, block },
		{ 0x18, KERNEL },
		{ 0x48, symbol("PsLoadedModuleList") },
		{ 0x50, symbol("PsActiveProcessHead") },
		{ 0x218, symbol("KiProcessorBlock") },
	};

	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
		image_put64(img, block + rows[i].offset, rows[i].value);
	image_put(img, block + 0x10, "KDBG", 4);
	image_put32(img, block + 0x14, 0x380);
	image_put16(img, block + 0x2a8, (uint16_t)size_of("_EPROCESS"));
	image_put16(img, block + 0x2b0, (uint16_t)size_of("_KPRCB"));
}

/* What the header says of the crash: DRIVER_IRQL_NOT_LESS_OR_EQUAL, the registers, the exception. */
static void put_crash(struct container *dump)
{
	uint8_t *context = dump->bytes + 0x348, *exception = dump->bytes + 0xf00;

	memset(context, 0, 0x4d0);
	memset(exception, 0, 0x98);
	container_put32(dump, 0x38, 0xd1);
	container_put64(dump, 0x40, BAD_ADDRESS);
	container_put64(dump, 0x48, 2);
	container_put64(dump, 0x50, 0);
	container_put64(dump, 0x58, CRASH_IP);
	container_put32(dump, 0x348 + 0x30, 0x10001f);
	container_put32(dump, 0x348 + 0x44, 0x10246);
	container_put64(dump, 0x348 + 0x80, BAD_ADDRESS - 0x18); /* rcx */
	container_put64(dump, 0x348 + 0x98, CRASH_SP);
	container_put64(dump, 0x348 + 0xa0, CRASH_SP + 0x60);
	container_put64(dump, 0x348 + 0xf8, CRASH_IP);
	container_put32(dump, 0xf00, 0xc0000005);
	container_put64(dump, 0xf10, CRASH_IP);
	container_put32(dump, 0xf18, 2);
	container_put64(dump, 0xf28, BAD_ADDRESS);
	container_put64(dump, 0xfa8, UINT64_C(0x1d9f4e1f1e2d380));
	container_put64(dump, 0x1030, UINT64_C(0x8cf0a1b20));
}

/* What raw memory is found by, where no header says anything. */
static void put_landmarks(void)
{
	kernel_put_self_map(img, image_dtb(img));
	image_put_utf16(img, 0xfffff78000000030, "C:\\Windows");
	image_put32(img, 0xfffff7800000026c, 10);
	image_put32(img, 0xfffff78000000260, 0xf0000000u | 17763);
}

int main(int argc, char **argv)
{
	struct container dump;
	struct kst_identity *id;
	FILE *out;

	if (argc != 2 && (argc != 3 || strcmp(argv[2], "raw") != 0)) {
		fputs("usage: forge FILE [raw]\n", stderr);
		return 2;
	}
	img = image_new(KST_PAGING_X64);
	layout = layout_builtin(KST_ARCH_X64, 17763, 5933);
	put_kernel_header();
	put_modules();
	put_processes();
	put_processors();
	put_dpc();
	put_block();
	demo_pool(&(struct demo){ img, layout });
	id = image_identity(img);
	id->build = 17763;
	id->processors = 2;
	id->debugger_data = symbol("KdDebuggerDataBlock");
	id->loaded_modules = symbol("PsLoadedModuleList");
	id->active_processes = symbol("PsActiveProcessHead");
	id->present |= KST_IDENTITY_HAS_BUILD | KST_IDENTITY_HAS_PROCESSORS | KST_IDENTITY_HAS_DEBUGGER_DATA |
		       KST_IDENTITY_HAS_LOADED_MODULES | KST_IDENTITY_HAS_ACTIVE_PROCESSES;
	if (argc == 3)
		put_landmarks();
	dump = argc == 3 ? container_raw(img) : container_windows(img, CONTAINER_FULL);
	if (argc == 2)
		put_crash(&dump);
	out = fopen(argv[1], "wb");
	if (out == NULL || fwrite(dump.bytes, 1, dump.size, out) != dump.size || fclose(out) != 0) {
		perror(argv[1]);
		return 1;
	}
	container_free(&dump);
	image_free(img);
	free(layout);
	return 0;
}
