/* SPDX-License-Identifier: MIT */
/* What every benchmark includes. */
#ifndef KST_TESTS_BENCH_H
#define KST_TESTS_BENCH_H

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

/* Seconds. */
static inline double now(void)
{
	struct timespec t;

	(void)timespec_get(&t, TIME_UTC);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

#endif
