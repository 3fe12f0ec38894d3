/* SPDX-License-Identifier: MIT */
/* What every benchmark includes: time, and figures that are shown and kept (doc/benchmarks.md). */
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

static inline const char *setting(const char *name, const char *otherwise)
{
	const char *value = getenv(name);

	return value != NULL && value[0] != '\0' ? value : otherwise;
}

/*
 * One figure: its name in the history, what it is, the value with its unit, and how near it is to the machine's limit in
 * the same run (1: as fast as that limit; 0: no limit applies). With KSTATE_BENCH_HISTORY=FILE a line of JSON is
 * appended there.
 */
static inline void figure(const char *name, const char *what, double value, const char *unit, double ratio,
			  const char *limit)
{
	const char *history = setting("KSTATE_BENCH_HISTORY", NULL);
	char date[32] = "";
	time_t seconds = time(NULL);
	FILE *file;

	printf("%-58s %10.3f %s", what, value, unit);
	if (ratio != 0)
		printf(", %.2f of %s", ratio, limit);
	putchar('\n');
	fflush(stdout);
	if (history == NULL)
		return;
	file = fopen(history, "a");
	if (file == NULL) {
		perror(history);
		exit(1);
	}
	strftime(date, sizeof date, "%Y-%m-%dT%H:%M:%SZ", gmtime(&seconds));
	fprintf(file,
		"{\"commit\": \"%s\", \"date\": \"%s\", \"machine\": \"%s\", \"name\": \"%s\", \"value\": %.6g, "
		"\"unit\": \"%s\", \"ratio\": %.4g, \"limit\": \"%s\"}\n",
		setting("KSTATE_BENCH_COMMIT", "unknown"), date, setting("KSTATE_BENCH_MACHINE", "unknown"), name,
		value, unit, ratio, ratio != 0 ? limit : "");
	fclose(file);
}

/* The least of many runs of `call`, which gives a time: other programs only ever add to it. */
#define LEAST(into, rounds, call)                                                                                      \
	do {                                                                                                           \
		(into) = (call);                                                                                       \
		for (int round_ = 1; round_ < (rounds); round_++) {                                                    \
			double again_ = (call);                                                                        \
			(into) = again_ < (into) ? again_ : (into);                                                    \
		}                                                                                                      \
	} while (0)

#endif
