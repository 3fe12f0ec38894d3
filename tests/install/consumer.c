/* SPDX-License-Identifier: MIT */
/* Somebody else's program in C: the processes of a dump, and which library it runs with. */
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
	kst_status st;

	if (argc != 2)
		return 2;
	printf("version %" PRIu32 ".%" PRIu32 ".%" PRIu32 "\n", kst_version() >> 16, kst_version() >> 8 & 255,
	       kst_version() & 255);
	st = kst_dump_open(argv[1], &dump, &err);
	if (st == KST_OK)
		st = kst_target_open(dump, NULL, &target, &err);
	if (st == KST_OK)
		st = kst_processes_begin(&cursor, target, &err);
	while (st == KST_OK && (st = kst_processes_next(&cursor, &process, &err)) == KST_OK)
		printf("%" PRIu64 " %s\n", process.pid, process.name);
	if (st < 0)
		fprintf(stderr, "%s: %s\n", kst_status_name(st), err.message);
	kst_target_destroy(target);
	kst_dump_close(dump);
	return st < 0;
}
