/* SPDX-License-Identifier: MIT */
#include "sweep.h"

#include "support.h"

enum { ON = 1, IN_HOST = 2, WAYS = 4 };

void sweep_image_fail(void *machine, uint64_t n, bool on, kst_status with)
{
	image_fail(machine, n, on, with);
}

uint64_t sweep_image_reads(const void *machine)
{
	return image_reads(machine);
}

/* The next run: another read, or another way of failing when the last run needed no read that fails. */
bool sweep_run(struct sweep *sweep)
{
	if (sweep->n > 0 && sweep->reads(sweep->machine) < sweep->n) {
		assert_true(sweep->n > 1); /* a walk reads something */
		sweep->how++;
		sweep->n = 0;
	}
	if (sweep->how == WAYS) {
		sweep->fails(sweep->machine, 0, false, KST_OK);
		return false;
	}
	sweep->n += sweep->n < 200 ? 1 : 17; /* elements far in are all alike */
	sweep->begun = sweep->over = false;
	sweep->agains = 0;
	sweep->count = 0;
	memset(&sweep->cursor, 0x5a, sizeof sweep->cursor);
	sweep->before = sweep->cursor;
	sweep->fails(sweep->machine, sweep->n, (sweep->how & ON) != 0,
		     (sweep->how & IN_HOST) != 0 ? SWEEP_HOST : KST_E_FAULT);
	return true;
}

/* Before each call: false when the run is over and its statement has been done. */
bool sweep_goes_on(struct sweep *sweep, void *out, size_t size)
{
	if (sweep->over)
		return false;
	if (!sweep->begun) {
		assert_true(size <= sizeof sweep->last);
		memset((uint8_t *)out + sizeof(uint32_t), 0x5a, size - sizeof(uint32_t));
		memcpy(sweep->last, out, size);
	}
	sweep->err = (struct kst_error){ .size = sizeof sweep->err };
	return true;
}

static void failed_or_ended(const struct sweep *sweep, kst_status st)
{
	bool failed = (sweep->how & IN_HOST) != 0 && sweep->reads(sweep->machine) >= sweep->n;

	assert_true(st == KST_END || st == KST_E_FAULT || st == KST_E_HOST || st == KST_E_CORRUPT ||
		    st == KST_E_LIMIT || st == KST_E_NO_MEMBER);
	assert_int_equal(st == KST_E_HOST, failed);
	if (st < 0)
		assert_int_equal(sweep->err.code, st);
	assert_int_equal(sweep->err.host_code, failed ? SWEEP_HOST : 0);
}

/* After each call; always true. */
bool sweep_step(struct sweep *sweep, kst_status st, const void *out, size_t size)
{
	if (st == KST_OK && !sweep->begun) {
		assert_memory_equal(out, sweep->last, size);
		sweep->begun = true;
		return true;
	}
	if (st == KST_OK) {
		assert_int_equal(sweep->agains, 0);
		assert_int_equal(kst_cursor_count(&sweep->cursor), ++sweep->count);
		assert_true(sweep->count < 100000);
		memcpy(sweep->last, out, size);
		return true;
	}
	failed_or_ended(sweep, st);
	assert_memory_equal(out, sweep->last, size);
	if (!sweep->begun) {
		assert_memory_equal(&sweep->cursor, &sweep->before, sizeof sweep->cursor);
	} else if (sweep->agains == 0) {
		assert_true(kst_cursor_end(&sweep->cursor) != KST_WALK_RUNNING);
		assert_int_equal(kst_cursor_count(&sweep->cursor), sweep->count);
		sweep->before = sweep->cursor;
		sweep->needed = sweep->reads(sweep->machine);
	} else {
		assert_int_equal(st, sweep->status);
		assert_int_equal(kst_cursor_end(&sweep->cursor), kst_cursor_end(&sweep->before));
		assert_int_equal(kst_cursor_count(&sweep->cursor), sweep->count);
		assert_int_equal(kst_cursor_anomalies(&sweep->cursor), kst_cursor_anomalies(&sweep->before));
		assert_int_equal(sweep->reads(sweep->machine), sweep->needed);
	}
	sweep->status = st;
	sweep->over = !sweep->begun || ++sweep->agains == 3;
	return true;
}
