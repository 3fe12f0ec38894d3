/* SPDX-License-Identifier: MIT */
/*
 * Run a command with its output thrown away; print its seconds, peak resident KiB and exit status. A small program of its
 * own: what a process had resident before exec counts in the peak that the system keeps.
 */
#define _DEFAULT_SOURCE
#include "bench.h"

#include <fcntl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

int main(int argc, char **argv)
{
	struct rusage usage;
	int status = 0, null;
	double start;
	pid_t child;

	if (argc < 2)
		return 2;
	start = now();
	child = fork();
	if (child == 0) {
		null = open("/dev/null", O_RDWR);
		dup2(null, 0);
		dup2(null, 1);
		dup2(null, 2);
		execv(argv[1], argv + 1);
		_exit(127);
	}
	if (child < 0 || wait4(child, &status, 0, &usage) != child)
		return 1;
	printf("%.6f %ld %d\n", now() - start, usage.ru_maxrss, WIFEXITED(status) ? WEXITSTATUS(status) : -1);
	return 0;
}
