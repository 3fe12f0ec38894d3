/* SPDX-License-Identifier: MIT */
/*
 * A walk over a forged machine while read 1, 2, 3 … fails, only that one or all from there on, in memory or in the host,
 * until no failing read is needed any more. What every walk promises is held against each run:
 *
 * - a failure of `begin` touches nothing of the caller's; one of `next` leaves the result alone;
 * - the walk ends with a documented status and says why. Then `next` returns the same status again and again, nothing is
 *   read, and end, count and anomalies stay as they are;
 * - a host that failed ends the walk with KST_E_HOST and its own code, whatever it would answer later.
 *
 *	SWEEP(img, kst_timer, kst_timers_begin(&sweep.cursor, t, &sweep.err), kst_timers_next)
 *		assert_true(sweep.status == KST_END || sweep.status == KST_E_HOST);
 *
 * The statement is done once for each run, when it is over; `out` then is what was delivered last. SWEEP_WITH() is for a
 * machine that is no image.
 */
#ifndef KST_TESTS_SWEEP_H
#define KST_TESTS_SWEEP_H

#include "image.h"

typedef void (*sweep_fail_fn)(void *machine, uint64_t n, bool on, kst_status with);
typedef uint64_t (*sweep_reads_fn)(const void *machine);

struct sweep {
	void *machine;
	sweep_fail_fn fails;  /* as image_fail() */
	sweep_reads_fn reads; /* as image_reads() */
	uint64_t n;           /* the read that fails */
	unsigned how;
	bool begun, over;
	struct kst_cursor cursor, before;
	struct kst_error err;
	kst_status status; /* what the run ended with */
	unsigned agains;
	uint64_t count, needed;
	uint8_t last[0x1000]; /* the result as it must stay */
};

#define SWEEP_HOST (-777)

#define SWEEP_WITH(of, let_fail, count, kind, begin, next)                                                             \
	for (struct sweep sweep = { .machine = (of), .fails = (let_fail), .reads = (count) }; sweep_run(&sweep);)      \
		for (struct kind out = { .size = sizeof out };                                                         \
		     sweep_goes_on(&sweep, &out, sizeof out) &&                                                        \
		     sweep_step(&sweep, sweep.begun ? next(&sweep.cursor, &out, &sweep.err) : (begin), &out,           \
				sizeof out);)                                                                          \
			if (sweep.over)
#define SWEEP(image, kind, begin, next) SWEEP_WITH(image, sweep_image_fail, sweep_image_reads, kind, begin, next)

void sweep_image_fail(void *machine, uint64_t n, bool on, kst_status with);
uint64_t sweep_image_reads(const void *machine);
bool sweep_run(struct sweep *sweep);
bool sweep_goes_on(struct sweep *sweep, void *out, size_t size);
bool sweep_step(struct sweep *sweep, kst_status st, const void *out, size_t size);

#endif
