/* SPDX-License-Identifier: MIT */
/*
 * Where pool is: the ranges that the kernel's globals tell, from 10 on what its state of virtual memory tells, and on x86
 * from Vista to 8.1 the table of address classes (doc/structures/pool.md).
 */
#include "pool.h"

/* A range by the symbols that bound it; `last`: the end is the address of the last byte. */
struct range_rule {
	uint32_t region;
	enum kst__symbol_id start;
	enum kst__symbol_id end;
	enum kst__symbol_id length; /* KST__SYMBOL_COUNT: none; used where the end is not known */
	enum kst__symbol_id where;  /* ... and where this is known; KST__SYMBOL_COUNT: always */
};

#define NONE KST__SYMBOL_COUNT

/*
 * The first part of nonpaged pool ends at MmNonPagedPoolEnd0 where there are two. Its size is the one it began with: where
 * there is one part (7 x64) it has grown.
 */
static const struct range_rule rules[] = {
	{ KST_POOL_REGION_SPECIAL, KST__S_MmSpecialPoolStart, KST__S_MmSpecialPoolEnd, NONE, NONE },
	{ KST_POOL_REGION_NONPAGED, KST__S_MmNonPagedPoolStart, KST__S_MmNonPagedPoolEnd0,
	  KST__S_MmSizeOfNonPagedPoolInBytes, KST__S_MmNonPagedPoolExpansionStart },
	{ KST_POOL_REGION_NONPAGED, KST__S_MmNonPagedPoolExpansionStart, KST__S_MmNonPagedPoolEnd, NONE, NONE },
	{ KST_POOL_REGION_NONPAGED, KST__S_MmNonPagedPoolStart, KST__S_MmNonPagedPoolEnd, NONE, NONE },
	{ KST_POOL_REGION_PAGED, KST__S_MmPagedPoolStart, KST__S_MmPagedPoolEnd, KST__S_MmSizeOfPagedPoolInBytes,
	  NONE },
	{ KST_POOL_REGION_PAGED, KST__S_MiPagedPoolStart, KST__S_MmPagedPoolEnd, KST__S_MmSizeOfPagedPoolInBytes,
	  NONE },
};

#define RULE_TWO_PARTS 1
#define RULE_EXPANSION 2
#define RULE_ONE_PART  3

/* Signs of 6.0 or later. From there on kernel space is given out piece by piece on x86. */
static bool since_vista(const struct kst_layout *layout)
{
	return kst__has(layout, KST__M_POOL_DESCRIPTOR_THREADS) || kst__has(layout, KST__M_BIG_PAGES_NUMBER_OF_BYTES);
}

/* The value of a global; absent and unreadable are both "not known". */
static kst_status value_of(const struct kst_target *target, enum kst__symbol_id id, uint64_t *out, bool *known,
			   struct kst_error *err)
{
	kst_status st;

	*known = false;
	if (id >= KST__SYMBOL_COUNT)
		return KST_OK;
	st = kst__read_global(target, id, out, err);
	if (st == KST_E_FAULT || st == KST_E_NO_MEMBER)
		return KST_OK;
	*known = st == KST_OK && *out != 0;
	return st;
}

static kst_status range_of(const struct kst_target *target, const struct range_rule *rule, struct kst_pool_range *out,
			   bool *known, struct kst_error *err)
{
	bool has_end = false, has_length = false, other = true;
	uint64_t end = 0, length = 0;
	kst_status st = value_of(target, rule->start, &out->start, known, err);

	if (st == KST_OK && *known)
		st = value_of(target, rule->end, &end, &has_end, err);
	if (st == KST_OK && *known && !has_end && rule->where != NONE)
		st = value_of(target, rule->where, &length, &other, err);
	if (st == KST_OK && *known && !has_end && other)
		st = value_of(target, rule->length, &length, &has_length, err);
	if (st != KST_OK || !*known)
		return st;
	if (!has_end && has_length && length < UINT64_MAX - out->start)
		end = out->start + length;
	if ((end & 0xfff) == 0xfff) /* some globals name the last byte */
		end++;
	out->end = end;
	out->region = rule->region;
	*known = kst__is_kernel(target, out->start) && end > out->start && kst__is_kernel(target, end - 1);
	return KST_OK;
}

/*
 * 10 and later: paged pool by its bitmap, nonpaged pool by the first node. These say where pool may be; whether all of
 * it lies there is not certain, so an address elsewhere stays unknown.
 */
static kst_status state_ranges(const struct kst_target *target, bool nonpaged, bool paged,
			       kst_status (*fn)(void *user, const struct kst_pool_range *, bool all), void *user,
			       struct kst_error *err)
{
	const struct kst_layout *layout = &target->layout;
	const struct kst__member *bitmap = kst__member(layout, KST__M_MI_SYSTEM_PAGED_POOL);
	const struct kst__member *nodes = kst__member(layout, KST__M_MI_SYSTEM_NODES);
	struct kst_pool_range range = { sizeof range, KST_POOL_REGION_PAGED, 0, 0 };
	kst_status failure = KST_OK, st = KST_OK;
	uint64_t state, node, length;
	struct kst__view view;

	if (!kst__symbol(target, KST__S_MiState, &state))
		return KST_OK;
	view = kst__view_target(target, KST_SPACE_KERNEL, state, &failure);
	if (!paged && bitmap->present &&
	    kst__get_at(&view, bitmap->offset, KST__M_MI_DYNAMIC_BITMAP_BASE, &range.start) &&
	    kst__get_at(&view, bitmap->offset, KST__M_MI_DYNAMIC_BITMAP_SIZE, &length) &&
	    kst__is_kernel(target, range.start) && length > 0 &&
	    length <= (UINT64_MAX - range.start) / KST__POOL_PAGE) {
		range.end = range.start + length * KST__POOL_PAGE;
		st = fn(user, &range, false);
	}
	if (st == KST_OK && failure == KST_OK && !nonpaged && nodes->present &&
	    kst__view_pointer(&view, nodes->offset, &node) && kst__is_kernel(target, node)) {
		view = kst__view_target(target, KST_SPACE_KERNEL, node, &failure);
		range.region = KST_POOL_REGION_NONPAGED;
		if (kst__get(&view, KST__M_MI_NODE_NONPAGED_FIRST, &range.start) &&
		    kst__get(&view, KST__M_MI_NODE_NONPAGED_LAST, &range.end) && range.end != UINT64_MAX) {
			if ((range.end & 0xfff) == 0xfff) /* the last byte */
				range.end++;
			if (kst__is_kernel(target, range.start) && range.end > range.start)
				st = fn(user, &range, false);
		}
	}
	return failure != KST_OK ? kst__fail(err, failure, state, "the host could not read") : st;
}

/*
 * Rules in order; the undivided nonpaged rule counts only where the divided one does not. Up to 5.2, and on x86, there are
 * two parts with drivers, sessions and system PTEs between them: their outer ends alone (debugger data block) say where to
 * search, and of no address what it is.
 */
static kst_status each_range(const struct kst_target *target,
			     kst_status (*fn)(void *user, const struct kst_pool_range *, bool all), void *user,
			     struct kst_error *err)
{
	struct kst_pool_range range = { sizeof range, 0, 0, 0 };
	bool two_parts = false, paged = false, nonpaged = false;
	bool one_part = kst__pointer_size(target) == 8 && since_vista(&target->layout);

	for (size_t i = 0; i < KST__COUNT(rules); i++) {
		bool known;
		kst_status st;

		if ((i == RULE_ONE_PART && two_parts) || (i == RULE_EXPANSION && !two_parts) ||
		    (rules[i].region == KST_POOL_REGION_PAGED && paged))
			continue;
		st = range_of(target, &rules[i], &range, &known, err);
		if (st != KST_OK)
			return st;
		if (!known)
			continue;
		if (i == RULE_ONE_PART && !one_part)
			range.region = KST_POOL_REGION_UNKNOWN;
		two_parts = two_parts || i == RULE_TWO_PARTS;
		paged = paged || rules[i].region == KST_POOL_REGION_PAGED;
		nonpaged = nonpaged || rules[i].region == KST_POOL_REGION_NONPAGED;
		st = fn(user, &range, true);
		if (st != KST_OK)
			return st;
	}
	return state_ranges(target, nonpaged, paged, fn, user, err);
}

struct region_query {
	uint64_t address;
	uint64_t length; /* of the range that was taken: the narrowest one counts */
	uint32_t region;
	bool complete[2]; /* nonpaged, paged: some range is known */
};

static kst_status match_region(void *user, const struct kst_pool_range *range, bool all)
{
	struct region_query *query = user;

	if (range->region == KST_POOL_REGION_UNKNOWN)
		return KST_OK;
	if (!all)
		query->complete[range->region == KST_POOL_REGION_PAGED] = false;
	else if (range->region == KST_POOL_REGION_NONPAGED || range->region == KST_POOL_REGION_PAGED)
		query->complete[range->region == KST_POOL_REGION_PAGED] = true;
	if (query->address >= range->start && query->address < range->end &&
	    range->end - range->start < query->length) {
		query->length = range->end - range->start;
		query->region = range->region;
	}
	return KST_OK;
}

/*
 * x86, Vista to 8.1: one byte for each 2 (PAE) or 4 MiB of kernel space. Classes 5, 6, 7 and 13 are pool's; what another
 * class means for pool is not said here.
 */
static kst_status class_region(const struct kst_target *target, uint64_t address, uint32_t *region,
			       struct kst_error *err)
{
	uint32_t shift = target->identity.paging == KST_PAGING_PAE ? 21 : 22;
	uint64_t table, start, class;
	bool known;
	kst_status st;

	if (kst__pointer_size(target) != 4 || !kst__symbol(target, KST__S_MiSystemVaType, &table) ||
	    (target->identity.paging != KST_PAGING_PAE && target->identity.paging != KST_PAGING_X86))
		return KST_OK;
	st = value_of(target, KST__S_MmSystemRangeStart, &start, &known, err);
	if (st != KST_OK || !known || address < start)
		return st;
	st = kst__read_number(target, KST_SPACE_KERNEL, table + ((address - start) >> shift), 1, &class, err);
	if (st != KST_OK)
		return st == KST_E_FAULT ? KST_OK : st;
	if (class == 5)
		*region = KST_POOL_REGION_NONPAGED;
	else if (class == 6)
		*region = KST_POOL_REGION_PAGED;
	else if (class == 7 || class == 13)
		*region = KST_POOL_REGION_SPECIAL;
	return KST_OK;
}

kst_status kst__pool_region(const struct kst_target *target, uint64_t address, uint32_t *region, struct kst_error *err)
{
	struct region_query query = { address, UINT64_MAX, KST_POOL_REGION_UNKNOWN, { false, false } };
	kst_status st;

	*region = KST_POOL_REGION_UNKNOWN;
	st = class_region(target, address, region, err);
	if (st != KST_OK || *region != KST_POOL_REGION_UNKNOWN)
		return st;
	st = each_range(target, match_region, &query, err);
	if (st != KST_OK)
		return st;
	/* where kernel space is given out in pieces, ranges cannot say that there is no pool */
	if (query.region == KST_POOL_REGION_UNKNOWN && query.complete[0] && query.complete[1] &&
	    (kst__pointer_size(target) != 4 || !since_vista(&target->layout)))
		query.region = KST_POOL_REGION_OUTSIDE;
	*region = query.region;
	return KST_OK;
}

static kst_status put_range(void *user, const struct kst_pool_range *range, bool all)
{
	struct kst_pool_range copy = *range;

	(void)all;
	return kst__records_put(user, &copy, sizeof copy) ? KST_OK : KST_E_LIMIT;
}

kst_status kst_pool_ranges(const struct kst_target *target, void *records, size_t stride, size_t count, size_t *done,
			   struct kst_error *err)
{
	struct kst__records array;
	kst_status st;

	if (target == NULL || done == NULL)
		return kst__fail(err, KST_E_ARG, 0, "target or count is NULL");
	*done = 0;
	st = kst__records_begin(&array, records, stride, count, sizeof(struct kst_pool_range), err);
	if (st != KST_OK)
		return st;
	st = each_range(target, put_range, &array, err);
	*done = array.done;
	return st == KST_E_LIMIT ? kst__fail(err, KST_E_LIMIT, 0, "there are more ranges than records") : st;
}

const char *kst_pool_region_name(uint32_t region)
{
	static const char *const names[] = { "unknown", "nonpaged", "paged", "special", "session", "outside" };

	return region < KST__COUNT(names) ? names[region] : "unknown";
}
