/* SPDX-License-Identifier: MIT */
/*
 * The processes of a virtual machine through LibVMI: vmi_read_pa() behind the library's reader callback.
 *
 * With LibVMI, open the instance before, and stop the machine while its lists are walked:
 *
 *	vmi_init(&vmi, mode, "name of the machine", VMI_INIT_DOMAINNAME, NULL, NULL);
 *	vmi_pause_vm(vmi); … list_processes(vmi); vmi_resume_vm(vmi);
 *
 * LibVMI needs nothing of the guest for that, no profile and no symbols. It is in few distributions, so this program
 * runs the reader over a stand-in (standin.c) that answers the same calls from a file of raw memory.
 *
 * usage: libvmi-reader RAW-FILE [HOLE-START-HOLE-END | broken]
 */
#include "libvmi_reader.h"
#include "standin.h"

#include <inttypes.h>
#include <stdio.h>

static kst_status list_processes(vmi_instance_t vmi, struct kst_error *err)
{
	struct kst_process process = { .size = sizeof process };
	struct kst_target_config config = { .size = sizeof config, .reader = libvmi_reader(), .reader_user = vmi };
	struct kst_target *target = NULL;
	struct kst_cursor cursor;
	kst_status st = kst_target_open_reader(&config, &target, err);

	if (st == KST_OK)
		st = kst_processes_begin(&cursor, target, err);
	while (st == KST_OK && (st = kst_processes_next(&cursor, &process, err)) == KST_OK)
		printf("%6" PRIu64 "  %s\n", process.pid, process.name);
	kst_target_destroy(target);
	return st;
}

int main(int argc, char **argv)
{
	struct kst_error err = { .size = sizeof err };
	vmi_instance_t vmi;
	kst_status st;

	if (argc < 2 || argc > 3) {
		fputs("usage: libvmi-reader RAW-FILE [HOLE-START-HOLE-END | broken]\n", stderr);
		return 2;
	}
	vmi = standin_open(argv[1], argc > 2 ? argv[2] : "");
	if (vmi == NULL) {
		fputs("libvmi-reader: the file cannot be read\n", stderr);
		return 1;
	}
	st = list_processes(vmi, &err);
	if (st < 0)
		fprintf(stderr, "%s (%" PRId32 "): %s\n", kst_status_name(st), err.host_code, err.message);
	standin_close(vmi);
	return st < 0;
}
