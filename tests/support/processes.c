/* SPDX-License-Identifier: MIT */
#include "processes.h"

#include <stdlib.h>

/* clang-format off */
const struct member_row rows_19041_x64[] = {
	{ "_LIST_ENTRY", NULL, 0x10, 0, 0, 0 },
	{ "_LIST_ENTRY", "Blink", 0x8, 0x8, 0, 0 },
	{ "_UNICODE_STRING", NULL, 0x10, 0, 0, 0 },
	{ "_UNICODE_STRING", "MaximumLength", 0x2, 0x2, 0, 0 },
	{ "_UNICODE_STRING", "Buffer", 0x8, 0x8, 0, 0 },
	{ "_EPROCESS", NULL, 0xa40, 0, 0, 0 },
	{ "_EPROCESS", "UniqueProcessId", 0x440, 0x8, 0, 0 },
	{ "_EPROCESS", "ActiveProcessLinks", 0x448, 0x10, 0, 0 },
	{ "_EPROCESS", "InheritedFromUniqueProcessId", 0x540, 0x8, 0, 0 },
	{ "_EPROCESS", "CreateTime", 0x468, 0x8, 0, 0 },
	{ "_EPROCESS", "ExitTime", 0x840, 0x8, 0, 0 },
	{ "_EPROCESS", "ExitStatus", 0x7d4, 0x4, 0, 0 },
	{ "_EPROCESS", "Token", 0x4b8, 0x8, 0, 0 },
	{ "_EPROCESS", "SectionObject", 0x518, 0x8, 0, 0 },
	{ "_EPROCESS", "SectionBaseAddress", 0x520, 0x8, 0, 0 },
	{ "_EPROCESS", "Session", 0x558, 0x8, 0, 0 },
	{ "_EPROCESS", "ObjectTable", 0x570, 0x8, 0, 0 },
	{ "_EPROCESS", "WoW64Process", 0x580, 0x8, 0, 0 },
	{ "_EPROCESS", "ImageFilePointer", 0x5a0, 0x8, 0, 0 },
	{ "_EPROCESS", "ImageFileName", 0x5a8, 0xf, 0, 0 },
	{ "_EPROCESS", "ThreadListHead", 0x5e0, 0x10, 0, 0 },
	{ "_EPROCESS", "ActiveThreads", 0x5f0, 0x4, 0, 0 },
	{ "_EPROCESS", "VadRoot", 0x7d8, 0x8, 0, 0 },
	{ "_EPROCESS", "SeAuditProcessCreationInfo", 0x5c0, 0x8, 0, 0 },
	{ "_EPROCESS", "Protection", 0x87a, 0x1, 0, 0 },
	{ "_EPROCESS", "Flags", 0x464, 0x4, 0, 0 },
	{ "_EPROCESS", "Minimal", 0x87c, 4, 0, 1 },
	{ "_EPROCESS", "ProcessExiting", 0x464, 4, 2, 1 },
	{ "_EPROCESS", "ProcessDelete", 0x464, 4, 3, 1 },
	{ "_EPROCESS", "VmDeleted", 0x464, 4, 5, 1 },
	{ "_EPROCESS", "Peb", 0x550, 0x8, 0, 0 },
	{ "_KPROCESS", "DirectoryTableBase", 0x28, 0x8, 0, 0 },
	{ "_KPROCESS", "UserDirectoryTableBase", 0x388, 0x8, 0, 0 },
	{ "_KPROCESS", "ThreadListHead", 0x30, 0x10, 0, 0 },
	{ "_KPROCESS", "ProcessListEntry", 0x350, 0x10, 0, 0 },
	{ "_KPROCESS", "BasePriority", 0x280, 0x1, 0, 0 },
	{ "_KPROCESS", "KernelTime", 0x37c, 0x4, 0, 0 },
	{ "_KPROCESS", "UserTime", 0x380, 0x4, 0, 0 },
	{ "_KPROCESS", "SecureState", 0x3e0, 0x8, 0, 0 },
	{ "_EWOW64PROCESS", "Peb", 0x0, 0x8, 0, 0 },
	{ "_EWOW64PROCESS", "Machine", 0x8, 0x2, 0, 0 },
	{ "_HANDLE_TABLE", "FreeLists", 0x40, 0x40, 0, 0 },
	{ "_HANDLE_TABLE_FREE_LIST", "HandleCount", 0x18, 0x4, 0, 0 },
	{ "_MM_SESSION_SPACE", "SessionId", 0x8, 0x4, 0, 0 },
	{ "_ETHREAD", NULL, 0x898, 0, 0, 0 },
	{ "_ETHREAD", "CreateTime", 0x430, 0x8, 0, 0 },
	{ "_ETHREAD", "ExitTime", 0x438, 0x8, 0, 0 },
	{ "_ETHREAD", "ExitStatus", 0x548, 0x4, 0, 0 },
	{ "_ETHREAD", "StartAddress", 0x450, 0x8, 0, 0 },
	{ "_ETHREAD", "Win32StartAddress", 0x4d0, 0x8, 0, 0 },
	{ "_ETHREAD", "Cid", 0x478, 0x10, 0, 0 },
	{ "_ETHREAD", "ThreadListEntry", 0x4e8, 0x10, 0, 0 },
	{ "_ETHREAD", "CrossThreadFlags", 0x510, 0x4, 0, 0 },
	{ "_ETHREAD", "Terminated", 0x510, 4, 0, 1 },
	{ "_ETHREAD", "SecureContext", 0x514, 4, 9, 1 },
	{ "_ETHREAD", "ThreadName", 0x610, 0x8, 0, 0 },
	{ "_KTHREAD", "InitialStack", 0x28, 0x8, 0, 0 },
	{ "_KTHREAD", "StackBase", 0x38, 0x8, 0, 0 },
	{ "_KTHREAD", "StackLimit", 0x30, 0x8, 0, 0 },
	{ "_KTHREAD", "KernelStack", 0x58, 0x8, 0, 0 },
	{ "_KTHREAD", "KernelStackResident", 0x78, 4, 17, 1 },
	{ "_KTHREAD", "TrapFrame", 0x90, 0x8, 0, 0 },
	{ "_KTHREAD", "Teb", 0xf0, 0x8, 0, 0 },
	{ "_KTHREAD", "State", 0x184, 0x1, 0, 0 },
	{ "_KTHREAD", "WaitReason", 0x283, 0x1, 0, 0 },
	{ "_KTHREAD", "WaitMode", 0x187, 0x1, 0, 0 },
	{ "_KTHREAD", "WaitIrql", 0x186, 0x1, 0, 0 },
	{ "_KTHREAD", "WaitTime", 0x1b4, 0x4, 0, 0 },
	{ "_KTHREAD", "ContextSwitches", 0x154, 0x4, 0, 0 },
	{ "_KTHREAD", "NextProcessor", 0x218, 0x4, 0, 0 },
	{ "_KTHREAD", "Priority", 0xc3, 0x1, 0, 0 },
	{ "_KTHREAD", "BasePriority", 0x233, 0x1, 0, 0 },
	{ "_KTHREAD", "Process", 0x220, 0x8, 0, 0 },
	{ "_KTHREAD", "ApcState", 0x98, 0x30, 0, 0 },
	{ "_KTHREAD", "ThreadListEntry", 0x2f8, 0x10, 0, 0 },
	{ "_KTHREAD", "Win32Thread", 0x1c8, 0x8, 0, 0 },
	{ "_KTHREAD", "KernelTime", 0x28c, 0x4, 0, 0 },
	{ "_KTHREAD", "UserTime", 0x2dc, 0x4, 0, 0 },
	{ "_KTHREAD", "Running", 0x71, 0x1, 0, 0 },
	{ "_KTHREAD", "SystemThread", 0x74, 4, 10, 1 },
	{ "_KTHREAD", "SecureThreadCookie", 0x31c, 0x4, 0, 0 },
	{ "_KPRCB", "CurrentThread", 0x8, 0x8, 0, 0 },
};
const size_t rows_19041_x64_count = sizeof rows_19041_x64 / sizeof rows_19041_x64[0];

const struct member_row rows_3790_x86[] = {
	{ "_LIST_ENTRY", NULL, 0x8, 0, 0, 0 },
	{ "_LIST_ENTRY", "Blink", 0x4, 0x4, 0, 0 },
	{ "_UNICODE_STRING", NULL, 0x8, 0, 0, 0 },
	{ "_UNICODE_STRING", "MaximumLength", 0x2, 0x2, 0, 0 },
	{ "_UNICODE_STRING", "Buffer", 0x4, 0x4, 0, 0 },
	{ "_EPROCESS", NULL, 0x278, 0, 0, 0 },
	{ "_EPROCESS", "UniqueProcessId", 0x94, 0x4, 0, 0 },
	{ "_EPROCESS", "ActiveProcessLinks", 0x98, 0x8, 0, 0 },
	{ "_EPROCESS", "InheritedFromUniqueProcessId", 0x138, 0x4, 0, 0 },
	{ "_EPROCESS", "CreateTime", 0x80, 0x8, 0, 0 },
	{ "_EPROCESS", "ExitTime", 0x88, 0x8, 0, 0 },
	{ "_EPROCESS", "ExitStatus", 0x244, 0x4, 0, 0 },
	{ "_EPROCESS", "Token", 0xd8, 0x4, 0, 0 },
	{ "_EPROCESS", "SectionObject", 0x124, 0x4, 0, 0 },
	{ "_EPROCESS", "SectionBaseAddress", 0x128, 0x4, 0, 0 },
	{ "_EPROCESS", "Session", 0x160, 0x4, 0, 0 },
	{ "_EPROCESS", "ObjectTable", 0xd4, 0x4, 0, 0 },
	{ "_EPROCESS", "ImageFileName", 0x164, 0x10, 0, 0 },
	{ "_EPROCESS", "ThreadListHead", 0x180, 0x8, 0, 0 },
	{ "_EPROCESS", "ActiveThreads", 0x190, 0x4, 0, 0 },
	{ "_EPROCESS", "VadRoot", 0x250, 0x20, 0, 0 },
	{ "_EPROCESS", "SeAuditProcessCreationInfo", 0x1e4, 0x4, 0, 0 },
	{ "_EPROCESS", "Flags", 0x240, 0x4, 0, 0 },
	{ "_EPROCESS", "ProcessExiting", 0x240, 4, 2, 1 },
	{ "_EPROCESS", "ProcessDelete", 0x240, 4, 3, 1 },
	{ "_EPROCESS", "VmDeleted", 0x240, 4, 5, 1 },
	{ "_EPROCESS", "Peb", 0x1a0, 0x4, 0, 0 },
	{ "_KPROCESS", "DirectoryTableBase", 0x18, 0x8, 0, 0 },
	{ "_KPROCESS", "ThreadListHead", 0x50, 0x8, 0, 0 },
	{ "_KPROCESS", "ProcessListEntry", 0x70, 0x8, 0, 0 },
	{ "_KPROCESS", "BasePriority", 0x64, 0x1, 0, 0 },
	{ "_KPROCESS", "KernelTime", 0x38, 0x4, 0, 0 },
	{ "_KPROCESS", "UserTime", 0x3c, 0x4, 0, 0 },
	{ "_HANDLE_TABLE", "HandleCount", 0x3c, 0x4, 0, 0 },
	{ "_MM_SESSION_SPACE", "SessionId", 0xc, 0x4, 0, 0 },
	{ "_ETHREAD", NULL, 0x250, 0, 0, 0 },
	{ "_ETHREAD", "CreateTime", 0x1b8, 0x8, 0, 0 },
	{ "_ETHREAD", "ExitTime", 0x1c0, 0x8, 0, 0 },
	{ "_ETHREAD", "ExitStatus", 0x1c8, 0x4, 0, 0 },
	{ "_ETHREAD", "StartAddress", 0x21c, 0x4, 0, 0 },
	{ "_ETHREAD", "Win32StartAddress", 0x220, 0x4, 0, 0 },
	{ "_ETHREAD", "Cid", 0x1e4, 0x8, 0, 0 },
	{ "_ETHREAD", "ThreadListEntry", 0x224, 0x8, 0, 0 },
	{ "_ETHREAD", "CrossThreadFlags", 0x240, 0x4, 0, 0 },
	{ "_ETHREAD", "Terminated", 0x240, 4, 0, 1 },
	{ "_ETHREAD", "SystemThread", 0x240, 4, 4, 1 },
	{ "_KTHREAD", "InitialStack", 0x18, 0x4, 0, 0 },
	{ "_KTHREAD", "StackBase", 0x158, 0x4, 0, 0 },
	{ "_KTHREAD", "StackLimit", 0x1c, 0x4, 0, 0 },
	{ "_KTHREAD", "KernelStack", 0x20, 0x4, 0, 0 },
	{ "_KTHREAD", "KernelStackResident", 0x120, 0x1, 0, 0 },
	{ "_KTHREAD", "TrapFrame", 0x110, 0x4, 0, 0 },
	{ "_KTHREAD", "Teb", 0x74, 0x4, 0, 0 },
	{ "_KTHREAD", "State", 0x4c, 0x1, 0, 0 },
	{ "_KTHREAD", "WaitReason", 0x5a, 0x1, 0, 0 },
	{ "_KTHREAD", "WaitMode", 0x4f, 0x1, 0, 0 },
	{ "_KTHREAD", "WaitIrql", 0x4e, 0x1, 0, 0 },
	{ "_KTHREAD", "WaitTime", 0x6c, 0x4, 0, 0 },
	{ "_KTHREAD", "ContextSwitches", 0x48, 0x4, 0, 0 },
	{ "_KTHREAD", "NextProcessor", 0x40, 0x1, 0, 0 },
	{ "_KTHREAD", "Priority", 0x5b, 0x1, 0, 0 },
	{ "_KTHREAD", "BasePriority", 0x121, 0x1, 0, 0 },
	{ "_KTHREAD", "Process", 0x128, 0x4, 0, 0 },
	{ "_KTHREAD", "ApcState", 0x28, 0x18, 0, 0 },
	{ "_KTHREAD", "ThreadListEntry", 0x1a8, 0x8, 0, 0 },
	{ "_KTHREAD", "Win32Thread", 0x154, 0x4, 0, 0 },
	{ "_KTHREAD", "KernelTime", 0x160, 0x4, 0, 0 },
	{ "_KTHREAD", "UserTime", 0x18c, 0x4, 0, 0 },
	{ "_KPRCB", "CurrentThread", 0x4, 0x4, 0, 0 },
};
const size_t rows_3790_x86_count = sizeof rows_3790_x86 / sizeof rows_3790_x86[0];

/* clang-format on */

struct kst_layout *layout_19041_x64(void)
{
	return layout_from_rows(rows_19041_x64, rows_19041_x64_count, 8);
}

struct kst_layout *layout_3790_x86(void)
{
	return layout_from_rows(rows_3790_x86, rows_3790_x86_count, 4);
}

static struct kst_layout_info info_of(const struct kst_layout *layout)
{
	struct kst_layout_info info = { .size = sizeof info };

	assert_int_equal(kst_layout_info(layout, &info), KST_OK);
	return info;
}

uint64_t place_of(const struct kst_layout *layout, const char *type, const char *path)
{
	struct kst_member m = { .size = sizeof m };

	assert_int_equal(kst_layout_member(layout, type, path, &m), KST_OK);
	return m.offset;
}

/* A pointer at the start of a member that may be wider (an array, a struct). */
static void put_pointer(struct image *img, const struct kst_layout *layout, uint64_t object, const char *type,
			const char *path, uint64_t value)
{
	image_put_pointer(img, object + place_of(layout, type, path), value);
}

void forge_process(struct image *img, const struct kst_layout *layout, const struct forged_process *p)
{
	size_t n = strlen(p->name);

	put_pointer(img, layout, p->address, "_EPROCESS", "UniqueProcessId", p->pid);
	put_pointer(img, layout, p->address, "_EPROCESS", "InheritedFromUniqueProcessId", p->parent_pid);
	put_pointer(img, layout, p->address, "_EPROCESS", "Peb", p->peb);
	put_pointer(img, layout, p->address, "_KPROCESS", "DirectoryTableBase", p->dtb);
	image_put64(img, p->address + place_of(layout, "_EPROCESS", "CreateTime"), p->create_time);
	image_put_member(img, layout, p->address, "_EPROCESS", "ActiveThreads", p->active_threads);
	image_put(img, p->address + place_of(layout, "_EPROCESS", "ImageFileName"), p->name, n < 14 ? n + 1 : 14);
	image_put_list(img, p->address + place_of(layout, "_EPROCESS", "ThreadListHead"), NULL, 0);
	image_put_list(img, p->address + place_of(layout, "_KPROCESS", "ThreadListHead"), NULL, 0);
}

static void put_list_of(struct image *img, uint64_t head, uint64_t offset, const uint64_t *objects, size_t count)
{
	uint64_t entries[64];

	assert_true(count <= 64);
	for (size_t i = 0; i < count; i++)
		entries[i] = objects[i] + offset;
	image_put_list(img, head, entries, count);
}

void forge_process_list(struct image *img, const struct kst_layout *layout, const uint64_t *processes, size_t count)
{
	put_list_of(img, FORGED_HEAD(info_of(layout).pointer_size), place_of(layout, "_EPROCESS", "ActiveProcessLinks"),
		    processes, count);
}

void forge_thread(struct image *img, const struct kst_layout *layout, const struct forged_thread *t)
{
	uint64_t cid = t->address + place_of(layout, "_ETHREAD", "Cid");

	image_put_pointer(img, cid, t->pid);
	image_put_pointer(img, cid + info_of(layout).pointer_size, t->tid);
	image_put_member(img, layout, t->address, "_KTHREAD", "State", t->state);
	image_put_member(img, layout, t->address, "_KTHREAD", "WaitReason", t->wait_reason);
	put_pointer(img, layout, t->address, "_KTHREAD", "StackBase", t->stack_base);
	put_pointer(img, layout, t->address, "_KTHREAD", "InitialStack", t->stack_base);
	put_pointer(img, layout, t->address, "_KTHREAD", "StackLimit", t->stack_limit);
	put_pointer(img, layout, t->address, "_KTHREAD", "KernelStack", t->kernel_stack);
	put_pointer(img, layout, t->address, "_KTHREAD", "Teb", t->teb);
	put_pointer(img, layout, t->address, "_KTHREAD", "Process", t->process);
	/* KAPC_STATE.Process follows two list heads */
	image_put_pointer(img,
			  t->address + place_of(layout, "_KTHREAD", "ApcState") + 4u * info_of(layout).pointer_size,
			  t->process);
}

void forge_thread_lists(struct image *img, const struct kst_layout *layout, uint64_t process, const uint64_t *threads,
			size_t count)
{
	put_list_of(img, process + place_of(layout, "_EPROCESS", "ThreadListHead"),
		    place_of(layout, "_ETHREAD", "ThreadListEntry"), threads, count);
	put_list_of(img, process + place_of(layout, "_KPROCESS", "ThreadListHead"),
		    place_of(layout, "_KTHREAD", "ThreadListEntry"), threads, count);
}

struct kst_target *forged_target(struct image *img, const struct kst_layout *layout)
{
	struct kst_symbol head = { FORGED_HEAD(info_of(layout).pointer_size), "PsActiveProcessHead" };

	return image_target_symbols(img, layout, &head, 1);
}
