/* SPDX-License-Identifier: MIT */
/*
 * The loader lists of a running process, through the same callbacks as any dump: on Linux a Wine process by
 * /proc/PID/mem, on Windows any process by ReadProcessMemory. There is no kernel in this target: its "kernel" space is
 * the process, and the fixed layout of user structures is all it needs.
 *
 * usage: live-process PID
 */
#ifndef _WIN32
#define _FILE_OFFSET_BITS 64
#define _XOPEN_SOURCE     700
#endif

#include <inttypes.h>
#include <kstate/kstate.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#ifdef _WIN32
#include <windows.h>
#include <winternl.h>

static HANDLE process;

static kst_status read_live(void *user, kst_space space, uint64_t address, void *buf, size_t len, size_t *done)
{
	SIZE_T got = 0;

	(void)user;
	(void)space;
	if (!ReadProcessMemory(process, (const void *)(uintptr_t)address, buf, len, &got))
		got = 0;
	*done = got;
	return got == len ? KST_OK : KST_E_FAULT;
}

static int open_live(const char *pid)
{
	process = OpenProcess(PROCESS_QUERY_INFORMATION | PROCESS_VM_READ, FALSE, (DWORD)strtoul(pid, NULL, 10));
	return process != NULL;
}

static int find_peb(const struct kst_target *target, struct kst_peb *peb)
{
	PROCESS_BASIC_INFORMATION basic;
	typedef NTSTATUS(NTAPI * query_fn)(HANDLE, PROCESSINFOCLASS, PVOID, ULONG, PULONG);
	FARPROC proc = GetProcAddress(GetModuleHandleA("ntdll.dll"), "NtQueryInformationProcess");
	query_fn query;

	memcpy(&query, &proc, sizeof query);
	return query != NULL && query(process, ProcessBasicInformation, &basic, sizeof basic, NULL) >= 0 &&
	       kst_peb_read(target, KST_SPACE_KERNEL, (uintptr_t)basic.PebBaseAddress, 8 * sizeof(void *), peb, NULL) ==
		       KST_OK &&
	       peb->state == KST_PEB_PRESENT;
}
#else
#include <fcntl.h>
#include <unistd.h>

static int memory = -1;
static char maps_path[64];

static kst_status read_live(void *user, kst_space space, uint64_t address, void *buf, size_t len, size_t *done)
{
	ssize_t got;

	(void)user;
	(void)space;
	*done = 0;
	if (address > INT64_MAX)
		return KST_E_FAULT;
	got = pread(memory, buf, len, (off_t)address);
	*done = got > 0 ? (size_t)got : 0;
	return *done == len ? KST_OK : KST_E_FAULT;
}

static int open_live(const char *pid)
{
	char path[64];

	snprintf(path, sizeof path, "/proc/%s/mem", pid);
	snprintf(maps_path, sizeof maps_path, "/proc/%s/maps", pid);
	memory = open(path, O_RDONLY);
	return memory >= 0;
}

/* Is this a PEB? Its loader data must be sound, and the first module in load order must be the program. */
static int is_peb(const struct kst_target *target, uint64_t address, struct kst_peb *peb)
{
	struct kst_user_module module = { .size = sizeof module };
	struct kst_cursor cursor;

	return kst_peb_read(target, KST_SPACE_KERNEL, address, 64, peb, NULL) == KST_OK &&
	       peb->state == KST_PEB_PRESENT && peb->anomalies == 0 && peb->ldr != 0 && peb->image_base != 0 &&
	       peb->ldr_initialized != 0 &&
	       kst_user_modules_begin(&cursor, target, KST_SPACE_KERNEL, peb, KST_LOADER_LIST_LOAD, NULL) == KST_OK &&
	       kst_user_modules_next(&cursor, &module, NULL) == KST_OK && module.base == peb->image_base;
}

/* Wine keeps the PEB at no fixed place: look at every writable page of the process. */
static int find_peb(const struct kst_target *target, struct kst_peb *peb)
{
	FILE *maps = fopen(maps_path, "r");
	char line[4096];
	int found = 0;

	while (maps != NULL && !found && fgets(line, sizeof line, maps) != NULL) {
		uint64_t start, end;
		char rights[8];

		if (sscanf(line, "%" SCNx64 "-%" SCNx64 " %7s", &start, &end, rights) != 3 || rights[0] != 'r' ||
		    rights[1] != 'w' || end > UINT64_C(0x800000000000))
			continue;
		for (uint64_t page = start; page < end && !found; page += 0x1000)
			found = is_peb(target, page, peb);
	}
	if (maps != NULL)
		fclose(maps);
	return found;
}
#endif

int main(int argc, char **argv)
{
	struct kst_reader_ops ops = { .size = sizeof ops, .read = read_live };
	struct kst_identity identity = { .size = sizeof identity,
					 .arch = sizeof(void *) == 8 ? KST_ARCH_X64 : KST_ARCH_X86,
					 .present = KST_IDENTITY_HAS_ARCH };
	struct kst_target_config config = { .size = sizeof config, .reader = &ops, .identity = &identity };
	struct kst_error error = { .size = sizeof error };
	struct kst_user_module module = { .size = sizeof module };
	struct kst_peb peb = { .size = sizeof peb };
	struct kst_target *target = NULL;
	struct kst_cursor cursor;
	kst_status st;

	if (argc != 2) {
		fputs("usage: live-process PID\n", stderr);
		return 2;
	}
	if (!open_live(argv[1])) {
		fprintf(stderr, "live-process: the memory of %s cannot be opened\n", argv[1]);
		return 1;
	}
	if (kst_target_create(&config, &target, &error) != KST_OK || !find_peb(target, &peb)) {
		fputs("live-process: no PEB found: is this a Windows program?\n", stderr);
		kst_target_destroy(target);
		return 1;
	}
	printf("PEB at %#" PRIx64 "\n", peb.address);
	st = kst_user_modules_begin(&cursor, target, KST_SPACE_KERNEL, &peb, KST_LOADER_LIST_LOAD, &error);
	while (st == KST_OK && (st = kst_user_modules_next(&cursor, &module, &error)) == KST_OK)
		printf("%#" PRIx64 " %#" PRIx32 " %s\n", module.base, module.size_of_image, module.path);
	kst_target_destroy(target);
	if (st != KST_END)
		fprintf(stderr, "live-process: %s: %s\n", kst_status_name(st), error.message);
	return st == KST_END ? 0 : 1;
}
