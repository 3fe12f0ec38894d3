/* SPDX-License-Identifier: MIT */
/*
 * The image of `./dev demo`: a small Windows 10 (19041.804, x64, two processors) that crashed inside a DPC, written as a
 * full dump from nothing but the built-in layout. Everything in it is made up; nothing is a copy of a real system.
 */
#include "support/container.h"
#include "support/processes.h"

#include <stdio.h>
#include <stdlib.h>

#define KERNEL       UINT64_C(0xfffff80047a00000)
#define BLOCK        (KERNEL + 0xc00b20)
#define MODULES      (KERNEL + 0xc2a390)
#define PROCESSES    (KERNEL + 0xc1e200)
#define PROCESSORS   (KERNEL + 0xcfdcc0)
#define OBJECTS      UINT64_C(0xffffc08bde000000)
#define PRCB(n)      (UINT64_C(0xfffff80044200180) + (uint64_t)(n)*0x10000)
#define DPC_TOP      UINT64_C(0xfffff80046b74000)
#define THREAD_STACK UINT64_C(0xffff850429892000)

static struct image *img;
static struct kst_layout *layout;

static void member(uint64_t object, const char *type, const char *path, uint64_t value)
{
	image_put_member(img, layout, object, type, path, value);
}

/* TimeDateStamp and SizeOfImage of 10.0.19041.804: what tells the exact revision. */
static void put_kernel_header(void)
{
	image_put(img, KERNEL, "MZ", 2);
	image_put32(img, KERNEL + 0x3c, 0x100);
	image_put(img, KERNEL + 0x100, "PE\0", 4);
	image_put16(img, KERNEL + 0x104, 0x8664);
	image_put32(img, KERNEL + 0x108, 0x0d8333e6);
	image_put16(img, KERNEL + 0x118, 0x20b);
	image_put32(img, KERNEL + 0x150, 0x01046000);
}

static void put_modules(void)
{
	static const struct {
		const char *name, *path;
		uint64_t base;
		uint32_t size;
	} modules[] = {
		{ "ntoskrnl.exe", "\\SystemRoot\\system32\\ntoskrnl.exe", KERNEL, 0x1046000 },
		{ "hal.dll", "\\SystemRoot\\system32\\hal.dll", 0xfffff80047954000, 0xac000 },
		{ "Ntfs.sys", "\\SystemRoot\\System32\\Drivers\\Ntfs.sys", 0xfffff8004b400000, 0x2d9000 },
		{ "tcpip.sys", "\\SystemRoot\\System32\\drivers\\tcpip.sys", 0xfffff8004ba00000, 0x2ec000 },
		{ "yourdrv.sys", "\\??\\C:\\drivers\\yourdrv.sys", 0xfffff80062c00000, 0x12000 },
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
	image_put_list(img, MODULES, entries, sizeof entries / sizeof entries[0]);
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
					    .create_time = 0x1d707f1e00000000 + i * 10000000,
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
		if (i == 4)
			t.state = 2; /* running: its stack was taken */
		forge_thread(img, layout, &t);
		forge_thread_lists(img, layout, p.address, &thread, 1);
		links[i] = p.address + place_of(layout, "_EPROCESS", "ActiveProcessLinks");
	}
	image_put_list(img, PROCESSES, links, sizeof links / sizeof links[0]);
}

static void put_processors(void)
{
	uint64_t idle = OBJECTS + 0x80000;

	for (unsigned n = 0; n < 2; n++) {
		uint64_t prcb = PRCB(n);

		for (uint64_t at = prcb & ~UINT64_C(0xfff); at < prcb + 0xb000; at += 0x1000)
			image_page(img, at);
		image_put64(img, PROCESSORS + 8 * n, prcb);
		image_put64(img, prcb - 0x180 + 0x18, prcb - 0x180);
		member(prcb, "_KPRCB", "Number", n);
		member(prcb, "_KPRCB", "CurrentThread",
		       n == 0 ? OBJECTS + 0x100000 + 4 * 0x2000 + 0x1000 : idle + 0x1000);
		member(prcb, "_KPRCB", "IdleThread", idle + n * 0x1000);
		member(prcb, "_KPRCB", "DpcStack", DPC_TOP - 0x50 + n * 0x10000);
	}
}

/* Processor 0 runs a DPC of yourdrv.sys, one more is queued; the interrupted thread is notepad's. */
static void put_dpc(void)
{
	uint64_t prcb = PRCB(0), queue = prcb + place_of(layout, "_KPRCB", "DpcData");
	uint64_t dpc = OBJECTS + 0x90000, thread_sp = THREAD_STACK + 4 * 0x10000 + 0x4eb0;

	for (unsigned n = 0; n < 2; n++)
		for (unsigned q = 0; q < 2; q++) {
			uint64_t list = PRCB(n) + place_of(layout, "_KPRCB", "DpcData") + q * UINT64_C(0x28);

			image_put64(img, list + 8, list); /* empty */
			member(list, "_KDPC_DATA", "DpcCount", 4711 * (n + 1) + q);
		}
	member(prcb, "_KPRCB", "DpcRoutineActive", 1);
	member(dpc, "_KDPC", "Type", 0x13);
	member(dpc, "_KDPC", "Importance", 1);
	member(dpc, "_KDPC", "DeferredRoutine", 0xfffff8004ba34560);
	member(dpc, "_KDPC", "DpcData", 1);
	image_put64(img, queue, dpc + place_of(layout, "_KDPC", "DpcListEntry"));
	image_put64(img, queue + 8, dpc + place_of(layout, "_KDPC", "DpcListEntry"));
	member(queue, "_KDPC_DATA", "DpcQueueDepth", 1);
	/* the switch frame: what was left, and where */
	image_put64(img, DPC_TOP - 0x10, thread_sp);
	image_put64(img, DPC_TOP - 0x28, KERNEL + 0x4061f0);
	image_put64(img, DPC_TOP - 0x60, thread_sp + 0xc0);
	image_put64(img, thread_sp + 8, KERNEL + 0x32d83a);
	/* the processor's saved context: inside the driver's DPC */
	image_put64(img, prcb + 0x100 + 0xf0 + 0xf8, 0xfffff80062c01337);
	image_put64(img, prcb + 0x100 + 0xf0 + 0x98, DPC_TOP - 0x400);
	image_page(img, DPC_TOP - 0x400);
}

static void put_block(void)
{
	static const struct {
		unsigned offset;
		uint64_t value;
	} rows[] = {
		{ 0x00, BLOCK },   { 0x08, BLOCK },     { 0x18, KERNEL },
		{ 0x48, MODULES }, { 0x50, PROCESSES }, { 0x218, PROCESSORS },
	};

	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
		image_put64(img, BLOCK + rows[i].offset, rows[i].value);
	image_put(img, BLOCK + 0x10, "KDBG", 4);
	image_put32(img, BLOCK + 0x14, 0x380);
	image_put16(img, BLOCK + 0x2a8, 0xa40);
	image_put16(img, BLOCK + 0x2b0, 0xaf00);
}

int main(int argc, char **argv)
{
	struct container dump;
	struct kst_identity *id;
	FILE *out;

	if (argc != 2) {
		fputs("usage: forge FILE\n", stderr);
		return 2;
	}
	img = image_new(KST_PAGING_X64);
	layout = layout_builtin(KST_ARCH_X64, 19041, 804);
	put_kernel_header();
	put_modules();
	put_processes();
	put_processors();
	put_dpc();
	put_block();
	id = image_identity(img);
	id->build = 19041;
	id->processors = 2;
	id->debugger_data = BLOCK;
	id->loaded_modules = MODULES;
	id->active_processes = PROCESSES;
	id->present |= KST_IDENTITY_HAS_BUILD | KST_IDENTITY_HAS_PROCESSORS | KST_IDENTITY_HAS_DEBUGGER_DATA |
		       KST_IDENTITY_HAS_LOADED_MODULES | KST_IDENTITY_HAS_ACTIVE_PROCESSES;
	dump = container_windows(img, CONTAINER_FULL);
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
