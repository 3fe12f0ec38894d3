/* SPDX-License-Identifier: MIT */
/* A Windows program that loads a dozen libraries, says what it has, and waits: what live-process is compared with. */
#include <windows.h>
/* after windows.h, which it needs */
#include <psapi.h>
#include <stdio.h>

int main(void)
{
	static const char *const names[] = { "user32",  "gdi32", "advapi32", "ole32",   "shell32", "ws2_32",
					     "version", "winmm", "crypt32",  "shlwapi", "rpcrt4",  "psapi" };
	HMODULE modules[256];
	DWORD bytes = 0;

	for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
		LoadLibraryA(names[i]);
	if (!EnumProcessModules(GetCurrentProcess(), modules, sizeof modules, &bytes))
		return 1;
	for (DWORD i = 0; i < bytes / sizeof modules[0]; i++) {
		MODULEINFO info = { 0 };
		char path[MAX_PATH];

		GetModuleFileNameA(modules[i], path, sizeof path);
		GetModuleInformation(GetCurrentProcess(), modules[i], &info, sizeof info);
		printf("%p %lx %s\n", (void *)modules[i], info.SizeOfImage, path);
	}
	puts("ready");
	fflush(stdout);
	getchar();
	return 0;
}
