/* SPDX-License-Identifier: MIT */
/* Where pool is: the ranges that the kernel's globals tell (doc/structures/pool.md). */
#include "pool.h"

/* A range by the symbols that bound it; `last`: the end is the address of the last byte. */
struct range_rule {
	uint32_t region;
	enum kst__symbol_id start;
	enum kst__symbol_id end;
	enum kst__symbol_id length; /* KST__SYMBOL_COUNT: none; used where the end is not known */
};

/* The first part of nonpaged pool ends at MmNonPagedPoolEnd0 where there are two. */
static const struct range_rule rules[] = {
	{ KST_POOL_REGION_SPECIAL, KST__S_MmSpecialPoolStart, KST__S_MmSpecialPoolEnd, KST__SYMBOL_COUNT },
	{ KST_POOL_REGION_NONPAGED, KST__S_MmNonPagedPoolStart, KST__S_MmNonPagedPoolEnd0,
	  KST__S_MmSizeOfNonPagedPoolInBytes },
	{ KST_POOL_REGION_NONPAGED, KST__S_MmNonPagedPoolExpansionStart, KST__S_MmNonPagedPoolEnd, KST__SYMBOL_COUNT },
	{ KST_POOL_REGION_NONPAGED, KST__S_MmNonPagedPoolStart, KST__S_MmNonPagedPoolEnd, KST__SYMBOL_COUNT },
	{ KST_POOL_REGION_PAGED, KST__S_MmPagedPoolStart, KST__S_MmPagedPoolEnd, KST__S_MmSizeOfPagedPoolInBytes },
	{ KST_POOL_REGION_PAGED, KST__S_MiPagedPoolStart, KST__S_MmPagedPoolEnd, KST__S_MmSizeOfPagedPoolInBytes },
};

#define RULE_TWO_PARTS 1
#define RULE_EXPANSION 2
#define RULE_ONE_PART  3

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
	bool has_end = false, has_length = false;
	uint64_t end = 0, length = 0;
	kst_status st = value_of(target, rule->start, &out->start, known, err);

	if (st == KST_OK && *known)
		st = value_of(target, rule->end, &end, &has_end, err);
	if (st == KST_OK && *known && !has_end)
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

/* Rules in order; the undivided nonpaged rule counts only where the divided one does not. */
static kst_status each_range(const struct kst_target *target,
			     kst_status (*fn)(void *user, const struct kst_pool_range *), void *user,
			     struct kst_error *err)
{
	struct kst_pool_range range = { sizeof range, 0, 0, 0 };
	bool two_parts = false, paged = false;

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
		two_parts = two_parts || i == RULE_TWO_PARTS;
		paged = paged || rules[i].region == KST_POOL_REGION_PAGED;
		st = fn(user, &range);
		if (st != KST_OK)
			return st;
	}
	return KST_OK;
}

struct region_query {
	uint64_t address;
	uint64_t length; /* of the range that was taken: the narrowest one counts */
	uint32_t region;
	bool complete[2]; /* nonpaged, paged: some range is known */
};

static kst_status match_region(void *user, const struct kst_pool_range *range)
{
	struct region_query *query = user;

	if (range->region == KST_POOL_REGION_NONPAGED || range->region == KST_POOL_REGION_PAGED)
		query->complete[range->region == KST_POOL_REGION_PAGED] = true;
	if (query->address >= range->start && query->address < range->end &&
	    range->end - range->start < query->length) {
		query->length = range->end - range->start;
		query->region = range->region;
	}
	return KST_OK;
}

kst_status kst__pool_region(const struct kst_target *target, uint64_t address, uint32_t *region, struct kst_error *err)
{
	struct region_query query = { address, UINT64_MAX, KST_POOL_REGION_UNKNOWN, { false, false } };
	kst_status st = each_range(target, match_region, &query, err);

	if (st != KST_OK)
		return st;
	if (query.region == KST_POOL_REGION_UNKNOWN && query.complete[0] && query.complete[1])
		query.region = KST_POOL_REGION_OUTSIDE;
	*region = query.region;
	return KST_OK;
}

static kst_status put_range(void *user, const struct kst_pool_range *range)
{
	struct kst_pool_range copy = *range;

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
