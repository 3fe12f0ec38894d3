/* SPDX-License-Identifier: MIT */
/*
 * A full dump of a made-up Windows Server 2008 (6001, x86, PAE) in which lsass.exe has the values of a published !peb:
 * what check_peb.py prints and compares.
 */
#include "support/container.h"
#include "support/user_forge.h"

#include <stdio.h>
#include <stdlib.h>

static const struct forged_module modules[] = {
	{ "lsass.exe", "C:\\Windows\\system32\\lsass.exe", 0x361480, 0x700000, 0x6000, 0x47918d7c },
	{ "ntdll.dll", "C:\\Windows\\system32\\ntdll.dll", 0x3614f0, 0x770a0000, 0x127000, 0x4791a7a6 },
	{ "kernel32.dll", "C:\\Windows\\system32\\kernel32.dll", 0x361800, 0x76d40000, 0xdb000, 0x4791a76d },
	{ "ADVAPI32.dll", "C:\\Windows\\system32\\ADVAPI32.dll", 0x361900, 0x76800000, 0xc6000, 0x4791a64b },
	{ "rasadhlp.dll", "C:\\Windows\\system32\\rasadhlp.dll", 0x3959370, 0x73700000, 0x6000, 0x4549bda2 },
};
static const char *const variables[] = { "CommonProgramFiles=C:\\Program Files\\Common Files",
					 "PROCESSOR_IDENTIFIER=x86 Family 6 Model 23 Stepping 6, GenuineIntel",
					 "ProgramFiles=C:\\Program Files", NULL };

int main(int argc, char **argv)
{
	struct image *img = image_new(KST_PAGING_PAE);
	struct kst_layout *layout = layout_builtin(KST_ARCH_X86, 6001, 0);
	struct kst_identity *id = image_identity(img);
	uint64_t lsass = 0x884aed90;
	struct forged_user user = user_lsass(image_new_process(img), 4);
	struct container file;
	FILE *out;

	user.current_directory = "C:\\Windows\\system32\\";
	user.image = "C:\\Windows\\system32\\lsass.exe";
	user.command_line = "C:\\Windows\\system32\\lsass.exe";
	user.window_title = "C:\\Windows\\system32\\lsass.exe";
	user.dll_path = "C:\\Windows\\system32;.";
	user.variables = variables;
	user.modules = modules;
	user.count = sizeof modules / sizeof modules[0];
	forge_process(img, layout,
		      &(struct forged_process){ lsass, 0x284, 0x21c, "lsass.exe", user.dtb, 0x7ffdd000, 1, 0 });
	forge_process_list(img, layout, &lsass, 1);
	forge_user(img, &user);
	id->build = 6001;
	id->active_processes = FORGED_HEAD(4);
	id->present |= KST_IDENTITY_HAS_BUILD | KST_IDENTITY_HAS_ACTIVE_PROCESSES;
	file = container_windows(img, CONTAINER_FULL);
	out = argc == 2 ? fopen(argv[1], "wb") : NULL;
	if (out == NULL || fwrite(file.bytes, 1, file.size, out) != file.size || fclose(out) != 0)
		return 1;
	container_free(&file);
	image_free(img);
	free(layout);
	return 0;
}
