/* SPDX-License-Identifier: MIT */
/* Control areas through the page frames: a page of a file keeps the address of its subsection in OriginalPte. */
#include "../decode/section.h"
#include "target.h"

#include <kstate/pfn.h>

struct table {
	uint8_t *records;
	size_t stride;
	size_t count;
	size_t used;
};

static struct kst_section_usage *record(const struct table *table, size_t index)
{
	return (struct kst_section_usage *)(void *)(table->records + index * table->stride);
}

/* The record of a control area, made if needed; NULL when all are in use. */
static struct kst_section_usage *find(struct table *table, uint64_t area)
{
	size_t at = (size_t)((area >> 4) * 0x9e3779b97f4a7c15u >> 20) % table->count;

	for (size_t tries = 0; tries < table->count; tries++, at = at + 1 == table->count ? 0 : at + 1) {
		struct kst_section_usage *r = record(table, at);

		if (r->size != 0 && r->control_area == area)
			return r;
		if (r->size == 0) {
			r->size = table->stride < sizeof *r ? (uint32_t)table->stride : (uint32_t)sizeof *r;
			r->control_area = area;
			table->used++;
			return r;
		}
	}
	return NULL;
}

static void add(struct kst_section_usage *r, const struct kst_pfn *pfn)
{
	if (pfn->location == KST_PFN_STANDBY)
		r->standby++;
	else if (pfn->location == KST_PFN_MODIFIED || pfn->location == KST_PFN_MODIFIED_NO_WRITE)
		r->dirty++;
	else if (pfn->location == KST_PFN_ACTIVE)
		r->valid++;
	if (pfn->location == KST_PFN_ACTIVE && pfn->share_count > 1)
		r->shared++;
	if (pfn->reference_count > 1)
		r->locked++;
}

/* The control area that a page belongs to; 0 with KST_OK for the page file's, KST_E_FAULT when it cannot be told. */
static kst_status area_of(const struct kst_target *target, const struct kst_pfn *pfn, uint64_t *last_subsection,
			  uint64_t *last_area, uint64_t *out, struct kst_error *err)
{
	const struct kst__member *back = kst__member(&target->layout, KST__M_SUBSECTION_CONTROL_AREA);
	struct kst_pte pte;
	kst_status st;

	*out = 0;
	if (pfn->use == KST_PFN_USE_SHARED)
		return KST_OK;
	kst__decode_pte(&target->layout, &target->pte, 1, true, pfn->original_pte, &pte);
	if ((pte.present & KST_PTE_HAS_SUBSECTION) == 0)
		return KST_E_FAULT;
	if (pte.subsection != *last_subsection) {
		st = kst__read_pointer(target, KST_SPACE_KERNEL, pte.subsection + back->offset, out, err);
		if (st != KST_OK)
			return st;
		if (!kst__is_kernel(target, *out))
			return KST_E_FAULT;
		*last_subsection = pte.subsection;
		*last_area = *out;
	}
	*out = *last_area;
	return KST_OK;
}

kst_status kst_section_usages(const struct kst_target *target, void *records, size_t stride, size_t count, size_t *done,
			      struct kst_error *err)
{
	struct table table = { records, stride, count, 0 };
	struct kst_pfn pfn = { .size = sizeof pfn };
	uint64_t last_subsection = 0, last_area = 0, area;
	struct kst_cursor cursor;
	kst_status st;

	if (done != NULL)
		*done = 0;
	if (target == NULL || records == NULL || done == NULL || count == 0 || stride % 8 != 0 ||
	    stride < sizeof(struct kst_section_usage) || (uintptr_t)records % 8 != 0)
		return kst__fail(err, KST_E_ARG, 0, "no target, no records, or their stride is wrong");
	if (!kst__has(&target->layout, KST__M_SUBSECTION_CONTROL_AREA))
		return kst__fail(err, KST_E_NO_MEMBER, 0, "_SUBSECTION.ControlArea");
	for (size_t i = 0; i < count; i++)
		memset(table.records + i * stride, 0, stride);
	st = kst_pfns_begin(&cursor, target, 0, UINT64_MAX, err);
	while (st == KST_OK && (st = kst_pfns_next(&cursor, &pfn, err)) == KST_OK) {
		struct kst_section_usage *r;

		if (pfn.use != KST_PFN_USE_FILE && pfn.use != KST_PFN_USE_SHARED)
			continue;
		st = area_of(target, &pfn, &last_subsection, &last_area, &area, err);
		if (st == KST_E_FAULT) {
			st = KST_OK;
			continue;
		}
		if (st != KST_OK)
			break;
		r = find(&table, area);
		if (r == NULL) {
			st = kst__fail(err, KST_E_LIMIT, area, "more control areas than records");
			break;
		}
		add(r, &pfn);
	}
	*done = table.used;
	return st == KST_END ? KST_OK : st;
}
