/* SPDX-License-Identifier: MIT */
/*
 * Where kernel memory is: the ranges that the reader tells or, where it reads physical memory only, what the page tables
 * map. The self-map is left out: it is the tables themselves.
 */
#include "kernel_runs.h"

static void begin_pages(struct kst__kernel_runs *runs, uint64_t first)
{
	const struct kst_target *target = runs->target;

	runs->last = target->mode->va_bits == 32 ? UINT32_MAX : UINT64_MAX;
	if (target->pte_base >= first)
		runs->last = target->pte_base - 1;
	kst__page_runs_begin(&runs->pages, target, KST_SPACE_KERNEL, first, runs->last, 0);
}

kst_status kst__kernel_runs_begin(struct kst__kernel_runs *runs, const struct kst_target *target, struct kst_error *err)
{
	bool physical = (target->reader.flags & KST_READER_PHYSICAL_ONLY) != 0;

	memset(runs, 0, sizeof *runs);
	runs->target = target;
	runs->address = kst__pointer_size(target) == 4 ? 0x80000000u : 0xff00000000000000u;
	if (!physical && target->reader.next_range != NULL)
		return KST_OK;
	runs->paged = 1;
	if (!physical || target->mode == NULL)
		return kst__fail(err, KST_E_FAULT, 0, "nothing tells where kernel memory is");
	begin_pages(runs, runs->address);
	return KST_OK;
}

static kst_status next_mapped(struct kst__kernel_runs *runs, uint64_t *start, uint64_t *length, struct kst_error *err)
{
	const struct kst_target *target = runs->target;

	for (;;) {
		struct kst_page_run run;
		kst_status st = kst__page_runs_next(&runs->pages, &run, err);

		if (st == KST_END && target->pte_base != 0 && runs->last == target->pte_base - 1) {
			uint64_t behind = target->pte_base + kst__self_map_size(target->mode);

			if (behind != 0) { /* it may be the last there is */
				begin_pages(runs, behind);
				continue;
			}
		}
		if (st == KST_E_LIMIT) {
			runs->partial = 1;
			st = KST_END;
		}
		if (st != KST_OK)
			return st;
		if ((run.present & KST_TRANSLATION_HAS_PHYSICAL) == 0 || run.length == 0)
			continue;
		*start = run.address;
		*length = run.length;
		return KST_OK;
	}
}

kst_status kst__kernel_runs_next(struct kst__kernel_runs *runs, uint64_t *start, uint64_t *length,
				 struct kst_error *err)
{
	kst_status st;

	if (runs->paged)
		return next_mapped(runs, start, length, err);
	if (runs->address == UINT64_MAX)
		return KST_END;
	st = runs->target->reader.next_range(runs->target->config.reader_user, KST_SPACE_KERNEL, runs->address, start,
					     length);
	if (st == KST_END)
		return KST_END;
	if (st != KST_OK)
		return kst__fail_host(err, st, runs->address);
	if (*length == 0 || *start > UINT64_MAX - *length || *start + *length <= runs->address)
		return KST_END;
	if (*start < runs->address) {
		*length -= runs->address - *start;
		*start = runs->address;
	}
	runs->address = *start + *length;
	return KST_OK;
}
