/* SPDX-License-Identifier: MIT */
/*
 * The user half of the demonstration: 32-bit notepad.exe under WOW64. Its 64-bit loader knows five modules, its 32-bit
 * loader four; a fifth has unlinked itself from the load and memory order lists, a sixth from all three. The kernel's
 * ranges know them all.
 */
#include "demo.h"

#include "support/user_forge.h"

#define PEB64    UINT64_C(0x7f5000)
#define PEB32    UINT64_C(0x7f6000)
#define DATA64   UINT64_C(0x7ff8e4b90000) /* the loader's data in ntdll */
#define DATA32   UINT64_C(0x77d80000)
#define HEAP64   UINT64_C(0xb30000)
#define HEAP32   UINT64_C(0xb70000)
#define WOW64    (DEMO_OBJECTS + 0x200000)
#define VADS     (DEMO_OBJECTS + 0x210000)
#define SYSTEM   "C:\\Windows\\System32\\"
#define SYSWOW   "C:\\Windows\\SysWOW64\\"
#define UNLINKED "C:\\ProgramData\\hk32.dll"

uint64_t demo_user_peb(void)
{
	return PEB64;
}

static const struct forged_module modules64[] = {
	{ "notepad.exe", SYSWOW "notepad.exe", HEAP64 + 0x2000, 0x4b0000, 0x2c000, 0x9de5a1b3 },
	{ "ntdll.dll", SYSTEM "ntdll.dll", HEAP64 + 0x2200, 0x7ff8e4a20000, 0x1ed000, 0xb29ecf52 },
	{ "wow64.dll", SYSTEM "wow64.dll", HEAP64 + 0x2400, 0x77a20000, 0x53000, 0x6f84d7ae },
	{ "wow64win.dll", SYSTEM "wow64win.dll", HEAP64 + 0x2600, 0x77a80000, 0x7d000, 0xd4f3af50 },
	{ "wow64cpu.dll", SYSTEM "wow64cpu.dll", HEAP64 + 0x2800, 0x77b00000, 0xa000, 0x8e1b6c4d },
};

static const struct forged_module modules32[] = {
	{ "notepad.exe", SYSWOW "notepad.exe", HEAP32 + 0x2000, 0x4b0000, 0x2c000, 0x9de5a1b3 },
	{ "ntdll.dll", SYSWOW "ntdll.dll", HEAP32 + 0x2200, 0x77c60000, 0x19a000, 0x5e7b10f6 },
	{ "KERNEL32.DLL", SYSWOW "KERNEL32.DLL", HEAP32 + 0x2400, 0x76a10000, 0xe0000, 0xa71cd0e4 },
	{ "hk32.dll", UNLINKED, HEAP32 + 0x2600, 0x10000000, 0x9000, 0x60310a11 },
	{ "USER32.dll", SYSWOW "USER32.dll", HEAP32 + 0x2800, 0x75f30000, 0x198000, 0x3cb5f0d2 },
};

static const char *const variables64[] = { "SystemRoot=C:\\Windows", NULL };
static const char *const variables32[] = { "PROCESSOR_ARCHITECTURE=x86", "SystemRoot=C:\\Windows", "TEMP=C:\\Temp",
					   NULL };

static void put_loaders(const struct demo *demo, uint64_t dtb)
{
	struct forged_user wide = { .dtb = dtb,
				    .pointer_size = 8,
				    .peb = PEB64,
				    .ldr = DATA64,
				    .parameters = HEAP64,
				    .environment = HEAP64 + 0x1000,
				    .strings = HEAP64 + 0x3000,
				    .image_base = 0x4b0000,
				    .process_heap = HEAP64,
				    .current_directory = "C:\\Users\\ann\\",
				    .image = SYSWOW "notepad.exe",
				    .command_line = "notepad.exe todo.txt",
				    .window_title = SYSWOW "notepad.exe",
				    .variables = variables64,
				    .modules = modules64,
				    .count = sizeof modules64 / sizeof modules64[0] };
	struct forged_user narrow = wide;

	forge_user(demo->img, &wide);
	narrow.pointer_size = 4;
	narrow.peb = PEB32;
	narrow.ldr = DATA32;
	narrow.parameters = narrow.process_heap = HEAP32;
	narrow.environment = HEAP32 + 0x1000;
	narrow.strings = HEAP32 + 0x3000;
	narrow.variables = variables32;
	narrow.modules = modules32;
	narrow.count = sizeof modules32 / sizeof modules32[0];
	forge_user(demo->img, &narrow);
}

/* Take the hidden module's entry out of one list, as RemoveEntryList does: its own links stay. */
static void unlink_from(const struct demo *demo, uint64_t dtb, const char *links)
{
	uint64_t offset = user_place(4, "_LDR_DATA_TABLE_ENTRY", links);

	put_in(demo->img, dtb, modules32[2].entry + offset, modules32[4].entry + offset, 4);
	put_in(demo->img, dtb, modules32[4].entry + offset + 4, modules32[2].entry + offset, 4);
}

struct range {
	uint64_t start, end;
	const char *file; /* NULL: memory of its own */
};

/* A descriptor with all that leads to its file's name. */
static void put_range(const struct demo *demo, uint64_t at, const struct range *range)
{
	uint64_t subsection = at + 0x200, area = at + 0x300, file = at + 0x400;

	image_page(demo->img, at);
	demo_member(demo, at, "_MMVAD_SHORT", "StartingVpn", range->start >> 12 & UINT32_MAX);
	demo_member(demo, at, "_MMVAD_SHORT", "StartingVpnHigh", range->start >> 44);
	demo_member(demo, at, "_MMVAD_SHORT", "EndingVpn", range->end >> 12 & UINT32_MAX);
	demo_member(demo, at, "_MMVAD_SHORT", "EndingVpnHigh", range->end >> 44);
	demo_member(demo, at + place_of(demo->layout, "_MMVAD_SHORT", "u.LongFlags"), "_MMVAD_FLAGS", "Protection",
		    range->file == NULL ? 4 : 7);
	demo_member(demo, at + place_of(demo->layout, "_MMVAD_SHORT", "u.LongFlags"), "_MMVAD_FLAGS", "VadType",
		    range->file == NULL ? KST_VAD_NONE : KST_VAD_IMAGE);
	demo_member(demo, at + place_of(demo->layout, "_MMVAD_SHORT", "u.LongFlags"), "_MMVAD_FLAGS", "PrivateMemory",
		    range->file == NULL);
	if (range->file == NULL)
		return;
	demo_member(demo, at, "_MMVAD", "Subsection", subsection);
	demo_member(demo, subsection, "_SUBSECTION", "ControlArea", area);
	image_put64(demo->img, area + place_of(demo->layout, "_CONTROL_AREA", "FilePointer"), file | 9);
	image_put_string(demo->img, file + place_of(demo->layout, "_FILE_OBJECT", "FileName"), file + 0x200,
			 range->file);
}

/* A search tree over ranges first … first + count, in order; returns its root. */
static uint64_t put_tree(const struct demo *demo, size_t first, size_t count)
{
	size_t middle = first + count / 2;
	uint64_t node = VADS + middle * 0x1000;

	if (count == 0)
		return 0;
	demo_member(demo, node, "_MMVAD_SHORT", "VadNode.Left", put_tree(demo, first, count / 2));
	demo_member(demo, node, "_MMVAD_SHORT", "VadNode.Right", put_tree(demo, middle + 1, count - count / 2 - 1));
	return node;
}

static void put_ranges(const struct demo *demo, uint64_t process)
{
	static const struct range ranges[] = {
		{ 0x4b0000, 0x4dbfff, "\\Windows\\SysWOW64\\notepad.exe" },
		{ 0x7f5000, 0x7f8fff, NULL },
		{ 0xb30000, 0xb3ffff, NULL },
		{ 0xb70000, 0xb7ffff, NULL },
		{ 0x10000000, 0x10008fff, "\\ProgramData\\hk32.dll" },
		{ 0x6e8a0000, 0x6e8abfff, "\\ProgramData\\payload.dll" },
		{ 0x75f30000, 0x760c7fff, "\\Windows\\SysWOW64\\user32.dll" },
		{ 0x76a10000, 0x76aeffff, "\\Windows\\SysWOW64\\kernel32.dll" },
		{ 0x77a20000, 0x77a72fff, "\\Windows\\System32\\wow64.dll" },
		{ 0x77a80000, 0x77afcfff, "\\Windows\\System32\\wow64win.dll" },
		{ 0x77b00000, 0x77b09fff, "\\Windows\\System32\\wow64cpu.dll" },
		{ 0x77c60000, 0x77df9fff, "\\Windows\\SysWOW64\\ntdll.dll" },
		{ 0x7ff8e4a20000, 0x7ff8e4c0cfff, "\\Windows\\System32\\ntdll.dll" },
	};
	size_t count = sizeof ranges / sizeof ranges[0];

	for (size_t i = 0; i < count; i++)
		put_range(demo, VADS + i * 0x1000, &ranges[i]);
	image_put64(demo->img, process + place_of(demo->layout, "_EPROCESS", "VadRoot"), put_tree(demo, 0, count));
}

/* A page of code that the memory manager has trimmed: still there, not valid for the processor. */
static void put_transition(const struct demo *demo, uint64_t dtb, uint64_t va)
{
	static const uint8_t code[] = { 0x8b, 0xff, 0x55, 0x8b, 0xec, 0x83, 0xec, 0x10 };
	uint8_t *entry;
	uint64_t value = 0;

	image_put_in(demo->img, dtb, va, code, sizeof code);
	entry = image_entry(demo->img, dtb, va, 1);
	for (unsigned i = 0; i < 8; i++)
		value |= (uint64_t)entry[i] << (8 * i);
	value = (value & UINT64_C(0xffffff000)) | 0x860; /* transition; protection 3, execute and read */
	for (unsigned i = 0; i < 8; i++)
		entry[i] = (uint8_t)(value >> (8 * i));
}

void demo_user(const struct demo *demo, const struct demo_user *user)
{
	put_loaders(demo, user->dtb);
	unlink_from(demo, user->dtb, "InLoadOrderLinks");
	unlink_from(demo, user->dtb, "InMemoryOrderLinks");
	image_put64(demo->img, user->process + place_of(demo->layout, "_EPROCESS", "WoW64Process"), WOW64);
	image_put64(demo->img, WOW64 + place_of(demo->layout, "_EWOW64PROCESS", "Peb"), PEB32);
	demo_member(demo, WOW64, "_EWOW64PROCESS", "Machine", 0x14c);
	put_ranges(demo, user->process);
	put_transition(demo, user->dtb, 0x76a21a40);
}
