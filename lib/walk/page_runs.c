/* SPDX-License-Identifier: MIT */
/* A range of virtual addresses as runs of pages in the same state. */
#include "page_runs.h"

#define KIND KST__KIND('p', 'g', 'r', 'n')

KST__CURSOR_FITS(struct kst__page_runs);

void kst__page_runs_begin(struct kst__page_runs *runs, const struct kst_target *target, kst_space space,
			  uint64_t address, uint64_t last, uint32_t flags)
{
	memset(runs, 0, sizeof *runs);
	runs->common.target = target;
	runs->space = space;
	runs->next = address & ~(uint64_t)0xfff;
	runs->last = last | 0xfff;
	runs->flags = flags;
}

kst_status kst_page_runs_begin(struct kst_cursor *cursor, const struct kst_target *target, kst_space space,
			       uint64_t address, uint64_t last, uint32_t flags, struct kst_error *err)
{
	struct kst__page_runs *runs = (struct kst__page_runs *)(void *)cursor;
	struct kst__cursor bound;

	if (cursor == NULL || target == NULL || space == KST_SPACE_PHYSICAL || last < address ||
	    (flags & ~(uint32_t)KST_TRANSLATE_HARDWARE_ONLY) != 0)
		return kst__fail(err, KST_E_ARG, address,
				 "no cursor or target, a physical space, an empty range or an unknown flag");
	if (target->mode == NULL)
		return kst__fail(err, KST_E_ARG, address, "the paging mode is not known");
	bound = *kst__cursor_begin(cursor, target, KIND);
	kst__page_runs_begin(runs, target, space, address, last, flags);
	runs->common = bound;
	return KST_OK;
}

/* Step over the addresses between the halves; false at the end of the range. */
static bool settle(struct kst__page_runs *runs)
{
	const struct kst__paging_mode *mode = runs->common.target->mode;

	if (runs->done)
		return false;
	if (mode->va_bits == 32 && runs->last > UINT32_MAX)
		runs->last = UINT32_MAX;
	if (!kst__next_canonical(mode, &runs->next) || runs->next > runs->last)
		runs->done = 1;
	return !runs->done;
}

/* The last address for which an entry of this level stands that stands for `address`. */
static uint64_t reach(const struct kst__paging_mode *mode, uint64_t address, uint32_t level)
{
	return address | kst__mask(12 + (uint32_t)mode->index_bits * (level - 1));
}

/*
 * Where tables are read through the self-map, in pieces as in a triage dump: the last address for which the same entries
 * are at hand as for `address`, whose page cannot be told. Those that `t` has may have come from physical memory.
 */
static kst_status last_alike(const struct kst__page_runs *runs, uint64_t address, const struct kst_translation *t,
			     uint64_t *last, struct kst_error *err)
{
	const struct kst_target *target = runs->common.target;
	const struct kst__paging_mode *mode = target->mode;
	const uint64_t width = mode->entry_size, half = (uint64_t)1 << (mode->va_bits - 1u);
	uint64_t entry = address;

	*last = mode->va_bits != 32 && address < half ? half - 1 : UINT64_MAX;
	for (uint32_t level = 1; level <= mode->levels; level++) {
		uint64_t start = 0, length = 0, end = reach(mode, address, level);
		kst_status st;

		entry = kst__pte_address(target, entry);
		st = target->reader.next_range(target->config.reader_user, runs->space, entry, &start, &length);
		if (st == KST_END)
			continue;
		if (st != KST_OK && st != KST_E_FAULT)
			return kst__fail_host(err, st, entry);
		if (st == KST_E_FAULT) { /* it does not tell */
			end = reach(mode, address, mode->levels);
		} else if (start > entry) {
			/* what the next one of this level stands for; 0: there is none */
			start = (start + width - 1) & ~(width - 1);
			for (uint32_t n = 0; n < level && start != 0; n++)
				start = kst__in_self_map(target, start) ? kst__mapped_by(target, start) : 0;
			end = start - 1;
		}
		if (end < *last)
			*last = end;
	}
	for (uint32_t i = 0; i < t->levels_count; i++)
		if (t->levels[i].state != KST_PTE_UNREADABLE && reach(mode, address, t->levels[i].level) < *last)
			*last = reach(mode, address, t->levels[i].level);
	return KST_OK;
}

static kst_status one_piece(struct kst__page_runs *runs, struct kst_page_run *piece, struct kst_error *err)
{
	const struct kst_target *target = runs->common.target;
	struct kst_translation t = { .size = sizeof t };
	kst_status st = kst__translate(target, runs->space, runs->next, runs->flags, &runs->hint, &t, err);
	bool in_pieces = (target->reader.flags & KST_READER_PHYSICAL_ONLY) == 0 && target->pte_base != 0 &&
			 target->reader.next_range != NULL;
	uint64_t end;

	memset(piece, 0, sizeof *piece);
	piece->address = runs->next;
	if (st == KST_E_FAULT) {
		t.state = KST_PTE_UNREADABLE;
		t.present = 0;
		t.anomalies = 0;
		t.read = KST_PTE_READ_NONE;
		t.page_size = in_pieces ? 0x1000 : reach(target->mode, 0, target->mode->levels) + 1;
	} else if (st != KST_OK) {
		return st;
	}
	piece->state = t.state;
	piece->present = t.present & (KST_TRANSLATION_HAS_PHYSICAL | KST_TRANSLATION_HAS_PROTECTION |
				      KST_TRANSLATION_HAS_BREAKPOINT);
	piece->anomalies = t.anomalies;
	piece->physical = t.present & KST_TRANSLATION_HAS_PHYSICAL ? t.physical : 0;
	piece->page_size = t.page_size;
	piece->protection = t.protection;
	piece->read = t.read;
	piece->breakpoint_owed = t.breakpoint_owed;
	end = runs->next | (t.page_size - 1);
	if (in_pieces && t.state == KST_PTE_UNREADABLE) {
		st = last_alike(runs, runs->next, &t, &end, err);
		if (st != KST_OK)
			return st;
	}
	if (end >= runs->last) {
		end = runs->last;
		runs->done = 1;
	}
	piece->length = end - runs->next + 1;
	runs->next = end + 1;
	return KST_OK;
}

static bool joins(const struct kst_page_run *run, const struct kst_page_run *piece)
{
	return run->state == piece->state && run->present == piece->present && run->anomalies == piece->anomalies &&
	       run->protection == piece->protection && run->read == piece->read &&
	       run->breakpoint_owed == piece->breakpoint_owed && run->address + run->length == piece->address &&
	       ((run->present & KST_TRANSLATION_HAS_PHYSICAL) == 0 || run->physical + run->length == piece->physical);
}

kst_status kst__page_runs_next(struct kst__page_runs *runs, struct kst_page_run *run, struct kst_error *err)
{
	bool have = runs->has_pending != 0;

	if (runs->common.status != KST_OK)
		return kst__cursor_again(&runs->common, err);
	*run = runs->pending;
	runs->has_pending = 0;
	while (settle(runs)) {
		struct kst_page_run piece;
		kst_status st = kst__cursor_spend(&runs->common, runs->next, err);

		if (st == KST_OK)
			st = one_piece(runs, &piece, err);
		if (st != KST_OK) {
			kst__cursor_keep(&runs->common, st, err);
			if (!have)
				return st;
			break; /* first what was found */
		}
		if (!have) {
			*run = piece;
			have = true;
		} else if (joins(run, &piece)) {
			run->length += piece.length;
		} else {
			runs->pending = piece;
			runs->has_pending = 1;
			break;
		}
	}
	return have ? KST_OK : kst__cursor_finish(&runs->common, KST_WALK_CLOSED, KST_END);
}

kst_status kst_page_runs_next(struct kst_cursor *cursor, struct kst_page_run *out, struct kst_error *err)
{
	struct kst__page_runs *walk = (struct kst__page_runs *)(void *)cursor;
	struct kst_page_run ours;
	kst_status st = kst__cursor_ready(cursor, KIND, out, sizeof ours, err);

	if (st != KST_OK)
		return st;
	return kst__cursor_deliver(&walk->common, kst__page_runs_next(walk, &ours, err), out, &ours, sizeof ours, err);
}
