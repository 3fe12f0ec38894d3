/* SPDX-License-Identifier: MIT */
/* The processes of a dump, in twenty lines. */
//! [quickstart]
#include <inttypes.h>
#include <kstate/kstate.h>
#include <stdio.h>

int main(int argc, char **argv)
{
	struct kst_error err = { .size = sizeof err };
	struct kst_process process = { .size = sizeof process };
	struct kst_dump *dump = NULL;
	struct kst_target *target = NULL;
	struct kst_cursor cursor;
	kst_status st = kst_dump_open(argc > 1 ? argv[1] : "MEMORY.DMP", &dump, &err);

	if (st == KST_OK)
		st = kst_target_open(dump, NULL, &target, &err);
	if (st == KST_OK)
		st = kst_processes_begin(&cursor, target, &err);
	while (st == KST_OK && (st = kst_processes_next(&cursor, &process, &err)) == KST_OK)
		printf("%6" PRIu64 "  %s\n", process.pid, process.name);
	if (st < 0)
		fprintf(stderr, "%s at %#" PRIx64 ": %s\n", kst_status_name(st), err.address, err.message);
	kst_target_destroy(target);
	kst_dump_close(dump);
	return st < 0;
}
//! [quickstart]
