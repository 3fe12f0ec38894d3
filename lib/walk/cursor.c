/* SPDX-License-Identifier: MIT */
/* What all walks share: budget, loop detection (Brent), the reason for the end. */
#include "target.h"

KST__CURSOR_FITS(struct kst__cursor);

struct kst__cursor *kst__cursor_begin(struct kst_cursor *cursor, const struct kst_target *target, uint64_t kind)
{
	struct kst__cursor *c = (struct kst__cursor *)(void *)cursor;

	memset(cursor, 0, sizeof *cursor);
	c->kind = kind;
	c->target = target;
	c->brent_power = 1;
	c->brent_left = 1;
	return c;
}

struct kst__cursor *kst__cursor_of(struct kst_cursor *cursor, uint64_t kind)
{
	struct kst__cursor *c = (struct kst__cursor *)(void *)cursor;

	return c != NULL && c->kind == kind ? c : NULL;
}

kst_status kst__cursor_step(struct kst__cursor *cursor, uint64_t address, struct kst_error *err)
{
	if (cursor->steps >= cursor->target->config.step_budget) {
		cursor->end = KST_WALK_BUDGET;
		return kst__fail(err, KST_E_LIMIT, address, "the step budget is used up");
	}
	if (cursor->steps > 0 && address == cursor->brent_mark) {
		cursor->end = KST_WALK_LOOP;
		return kst__fail(err, KST_E_CORRUPT, address, "the list runs in a loop");
	}
	cursor->steps++;
	if (--cursor->brent_left == 0) {
		cursor->brent_mark = address;
		cursor->brent_power *= 2;
		cursor->brent_left = cursor->brent_power;
	}
	return KST_OK;
}

kst_status kst__cursor_again(int64_t status, uint64_t address, struct kst_error *err)
{
	return status == KST_END ? KST_END : kst__fail(err, (kst_status)status, address, "the walk has ended");
}

kst_status kst__cursor_finish(struct kst__cursor *cursor, uint32_t end, kst_status status)
{
	cursor->end = end;
	return status;
}

uint32_t kst_cursor_end(const struct kst_cursor *cursor)
{
	return cursor == NULL ? KST_WALK_RUNNING : (uint32_t)((const struct kst__cursor *)(const void *)cursor)->end;
}

uint64_t kst_cursor_count(const struct kst_cursor *cursor)
{
	return cursor == NULL ? 0 : ((const struct kst__cursor *)(const void *)cursor)->count;
}

uint64_t kst_cursor_anomalies(const struct kst_cursor *cursor)
{
	return cursor == NULL ? 0 : ((const struct kst__cursor *)(const void *)cursor)->anomalies;
}
