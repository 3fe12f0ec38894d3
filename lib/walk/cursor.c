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

kst_status kst__cursor_ready(const struct kst_cursor *cursor, uint64_t kind, const void *out, size_t first,
			     struct kst_error *err)
{
	const struct kst__cursor *c = (const struct kst__cursor *)(const void *)cursor;
	uint32_t size;

	if (c == NULL || c->kind != kind || out == NULL)
		return kst__fail(err, KST_E_ARG, 0, "not a cursor of this walk, or no result");
	memcpy(&size, out, sizeof size);
	if (!kst__out_ok(size, first))
		return kst__fail(err, KST_E_ABI, 0, "size of the result is unknown");
	return c->status == KST_OK ? KST_OK : kst__cursor_again(c, err);
}

kst_status kst__cursor_deliver(struct kst__cursor *cursor, kst_status status, void *out, const void *ours, size_t size,
			       const struct kst_error *err)
{
	if (status != KST_OK)
		return kst__cursor_keep(cursor, status, err);
	cursor->count++;
	kst__out_write(out, ours, size);
	return KST_OK;
}

kst_status kst__cursor_keep(struct kst__cursor *cursor, kst_status status, const struct kst_error *err)
{
	cursor->status = status;
	if (status == KST_E_HOST && err != NULL && kst__out_ok(err->size, sizeof *err))
		cursor->host_code = err->host_code;
	if (status < 0 && cursor->end == KST_WALK_RUNNING)
		cursor->end = status == KST_E_LIMIT ? KST_WALK_BUDGET : KST_WALK_UNREADABLE;
	return status;
}

kst_status kst__cursor_again(const struct kst__cursor *cursor, struct kst_error *err)
{
	if (cursor->status == KST_END)
		return KST_END;
	return cursor->status == KST_E_HOST ? kst__fail_host(err, cursor->host_code, 0)
					    : kst__fail(err, cursor->status, 0, "the walk has ended");
}

kst_status kst__cursor_spend(struct kst__cursor *cursor, uint64_t address, struct kst_error *err)
{
	if (cursor->steps >= cursor->target->config.step_budget)
		return kst__cursor_finish(cursor, KST_WALK_BUDGET,
					  kst__fail(err, KST_E_LIMIT, address, "the step budget is used up"));
	cursor->steps++;
	return KST_OK;
}

kst_status kst__cursor_step(struct kst__cursor *cursor, uint64_t address, struct kst_error *err)
{
	bool seen = cursor->steps > 0 && address == cursor->brent_mark;
	kst_status st = kst__cursor_spend(cursor, address, err);

	if (st != KST_OK)
		return st;
	if (seen)
		return kst__cursor_finish(cursor, KST_WALK_LOOP,
					  kst__fail(err, KST_E_CORRUPT, address, "the list runs in a loop"));
	if (--cursor->brent_left == 0) {
		cursor->brent_mark = address;
		cursor->brent_power *= 2;
		cursor->brent_left = cursor->brent_power;
	}
	return KST_OK;
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
