/* SPDX-License-Identifier: MIT */
/*
 * Which allocation an address belongs to. The table of large allocations is asked before any header is interpreted:
 * the contents of a large allocation may look like headers, and the other order prints them as such.
 */
#include "pool.h"
#include "segment_heap.h"

#define DAMAGED_AT_LEAST 4  /* linked headers that make a broken page a damaged pool page rather than none */
#define FILL_AT_LEAST    64 /* fill bytes that make special pool of a page whose range is not known */

struct find {
	const struct kst_target *target;
	const struct kst_large_index *index;
	const struct kst__pool_format *format; /* NULL: headers cannot be read */
	struct kst_pool_verdict *out;
	struct kst_error *err;
	uint32_t start;     /* where headers begin in the page of the address */
	kst_status failure; /* of the host */
};

static bool soft(kst_status st)
{
	return st == KST_E_NO_MEMBER || st == KST_E_FAULT || st == KST_E_CORRUPT;
}

static void take_large(struct kst_pool_verdict *out, const struct kst_large_allocation *large)
{
	out->kind = KST_POOL_KIND_LARGE;
	out->state = KST_POOL_STATE_ALLOCATED;
	out->evidence |= KST_POOL_EVIDENCE_LARGE_ENTRY;
	out->base = out->data = large->address;
	out->bytes = large->bytes;
	out->container = large->entry;
	out->present |= KST_POOL_VERDICT_HAS_EXTENT | KST_POOL_VERDICT_HAS_CONTAINER;
	if ((large->present & KST_LARGE_ALLOCATION_HAS_TAG) != 0) {
		memcpy(out->tag, large->tag, sizeof out->tag);
		memcpy(out->tag_text, large->tag_text, sizeof out->tag_text);
		out->protected_tag = large->protected_tag;
		out->present |= KST_POOL_VERDICT_HAS_TAG;
	}
	if ((large->present & KST_LARGE_ALLOCATION_HAS_POOL_TYPE) != 0) {
		out->pool_type = large->pool_type;
		out->present |= KST_POOL_VERDICT_HAS_POOL_TYPE;
		if (out->region == KST_POOL_REGION_UNKNOWN)
			out->region = large->region;
		else if (out->region == large->region)
			out->evidence |= KST_POOL_EVIDENCE_REGION_AGREES;
	}
	if ((large->present & KST_LARGE_ALLOCATION_HAS_QUOTA_PROCESS) != 0) {
		out->process = large->quota_process;
		out->present |= KST_POOL_VERDICT_HAS_PROCESS;
	}
	if ((large->anomalies & KST_LARGE_ALLOCATION_ANOMALY_OVERLAP) != 0)
		out->anomalies |= KST_POOL_VERDICT_ANOMALY_OVERLAP;
}

/* KST_OK: a large allocation; KST_END: none as far as the table tells. */
KST__APART static kst_status find_large(struct find *find)
{
	struct kst_pool_verdict *out = find->out;
	struct kst_large_allocation large;
	struct kst__large_hit hit;
	kst_status st = kst__large_lookup(find->target, find->index, NULL, out->address, &large, &hit, find->err);

	if (st == KST_OK) {
		take_large(out, &large);
		return KST_OK;
	}
	if (soft(st)) {
		out->evidence |= KST_POOL_EVIDENCE_NO_LARGE_TABLE;
		return KST_END;
	}
	if (st != KST_END)
		return st;
	out->evidence |= hit.partial ? KST_POOL_EVIDENCE_LARGE_TABLE_PARTIAL : KST_POOL_EVIDENCE_NO_LARGE_ENTRY;
	if (hit.freed)
		out->evidence |= KST_POOL_EVIDENCE_FREED_ENTRY;
	/* lengths in bytes: the rest of an allocation's last page may be blocks of its own */
	if (find->format == NULL || !kst__has(&find->target->layout, KST__M_BIG_PAGES_NUMBER_OF_BYTES) ||
	    out->address % KST__POOL_PAGE == 0)
		return KST_END;
	st = kst__large_lookup(find->target, find->index, NULL, out->address & ~(uint64_t)(KST__POOL_PAGE - 1), &large,
			       &hit, find->err);
	if (st == KST_OK) {
		uint64_t end = (large.address + large.bytes) % KST__POOL_PAGE, unit = find->format->unit;

		out->evidence |= KST_POOL_EVIDENCE_LARGE_TAIL;
		find->start = (uint32_t)((end + unit - 1) / unit * unit); /* the page's end: there is no room for one */
		return KST_END;
	}
	return st == KST_END || soft(st) ? KST_END : st;
}

static void take_header(struct kst_pool_verdict *out, const struct kst_pool_header *header)
{
	out->base = out->header = header->address;
	out->bytes = header->block_size;
	out->data = header->address + header->header_size;
	out->present |= KST_POOL_VERDICT_HAS_EXTENT | KST_POOL_VERDICT_HAS_HEADER;
	if ((header->present & KST_POOL_HEADER_HAS_STATE) != 0)
		out->state = header->state;
	if ((header->present & KST_POOL_HEADER_HAS_TAG) != 0) {
		memcpy(out->tag, header->tag, sizeof out->tag);
		memcpy(out->tag_text, header->tag_text, sizeof out->tag_text);
		out->protected_tag = header->protected_tag;
		out->present |= KST_POOL_VERDICT_HAS_TAG;
		if (out->state == KST_POOL_STATE_FREE || out->state == KST_POOL_STATE_CACHED)
			out->anomalies |= KST_POOL_VERDICT_ANOMALY_STALE_TAG;
	}
	if ((header->present & KST_POOL_HEADER_HAS_POOL_TYPE) != 0) {
		out->pool_type = header->pool_type;
		out->present |= KST_POOL_VERDICT_HAS_POOL_TYPE;
	}
	if ((header->present & KST_POOL_HEADER_HAS_QUOTA_PROCESS) != 0) {
		out->process = header->quota_process;
		out->present |= KST_POOL_VERDICT_HAS_PROCESS;
	}
}

/* Does the header's kind fit the region? */
static void judge_region(struct kst_pool_verdict *out, const struct kst_pool_header *header)
{
	uint32_t expected;

	if ((header->present & KST_POOL_HEADER_HAS_BASE_TYPE) == 0)
		return;
	expected = (header->base_type & 0x20) != 0 ? KST_POOL_REGION_SESSION
		   : (header->base_type & 1) != 0  ? KST_POOL_REGION_PAGED
						   : KST_POOL_REGION_NONPAGED;
	if (expected == KST_POOL_REGION_SESSION && out->region == KST_POOL_REGION_OUTSIDE) {
		out->region = expected; /* session pool has ranges of its own */
		out->evidence &= ~(uint64_t)KST_POOL_EVIDENCE_OUTSIDE_RANGES;
	}
	if (out->region == expected)
		out->evidence |= KST_POOL_EVIDENCE_REGION_AGREES;
	else if (out->region == KST_POOL_REGION_NONPAGED || out->region == KST_POOL_REGION_PAGED)
		out->anomalies |= KST_POOL_VERDICT_ANOMALY_HEADER_SUSPECT;
}

static void add_candidate(struct find *find, const struct kst__view *page, uint32_t offset)
{
	struct kst_pool_verdict *out = find->out;
	struct kst_pool_header header;
	struct kst_pool_candidate *candidate = &out->candidates[out->candidates_count];

	if (offset == UINT32_MAX || kst__decode_pool_header(page, find->format, offset, &header, NULL) != KST_OK)
		return;
	candidate->address = header.address;
	candidate->bytes = header.block_size;
	memcpy(candidate->tag, header.tag, sizeof candidate->tag);
	out->candidates_count++;
}

/* Is the page behind this one missing, as a guard page is? */
static bool guarded(struct find *find, uint64_t page)
{
	uint8_t guard[1];
	kst_status st = kst__read(find->target, KST_SPACE_KERNEL, page + KST__POOL_PAGE, guard, 1, find->err);

	if (st != KST_OK && st != KST_E_FAULT)
		find->failure = st;
	return st == KST_E_FAULT;
}

/* Special pool by its pattern. In its range the pattern decides; elsewhere it must be beyond doubt. */
static bool take_special(struct find *find, const struct kst__view *page, bool in_range)
{
	struct kst_pool_verdict *out = find->out;
	struct kst_special_pool special;
	bool printable = true;

	if (kst__decode_special_pool(page, &special, NULL) != KST_OK || !special.sound)
		return false;
	for (size_t i = 0; i < 4; i++)
		printable = printable && special.tag[i] >= 0x20 && special.tag[i] <= 0x7e;
	if (!in_range &&
	    (!printable || special.fill == 0 || special.fill_bytes < FILL_AT_LEAST || !guarded(find, page->address)))
		return false;
	out->kind = KST_POOL_KIND_SPECIAL;
	out->state = KST_POOL_STATE_ALLOCATED;
	out->region = KST_POOL_REGION_SPECIAL;
	out->evidence |= KST_POOL_EVIDENCE_SPECIAL_PATTERN;
	out->base = out->data = special.data;
	out->bytes = special.bytes;
	out->header = special.record;
	out->container = page->address;
	out->present |= KST_POOL_VERDICT_HAS_EXTENT | KST_POOL_VERDICT_HAS_HEADER | KST_POOL_VERDICT_HAS_CONTAINER;
	memcpy(out->tag, special.tag, sizeof out->tag);
	for (size_t i = 0; i < 4; i++)
		out->tag_text[i] = special.tag[i] >= 0x20 && special.tag[i] <= 0x7e ? (char)special.tag[i] : '.';
	out->present |= KST_POOL_VERDICT_HAS_TAG;
	return true;
}

/* The page's chain closed: the block that contains the address is the answer, if the page may be pool at all. */
static kst_status take_classic(struct find *find, const struct kst__view *page, const struct kst__pool_watch *watch,
			       const struct kst_pool_page *walked)
{
	struct kst_pool_verdict *out = find->out;
	struct kst_pool_header header;
	kst_status failure = KST_OK;

	/* between a large allocation's end and the first header behind it */
	if (watch->containing == UINT32_MAX ||
	    kst__decode_pool_header(page, find->format, watch->containing, &header, NULL) != KST_OK) {
		out->kind = KST_POOL_KIND_NONE;
		return KST_OK;
	}
	out->evidence |= KST_POOL_EVIDENCE_PAGE_CHAIN;
	if ((walked->anomalies & KST_POOL_PAGE_ANOMALY_MIXED_KINDS) != 0)
		out->anomalies |= KST_POOL_VERDICT_ANOMALY_MIXED_KINDS;
	kst__pool_charge(find->target, &header, &failure);
	if (failure != KST_OK)
		return kst__fail(find->err, failure, header.address, "the host could not read");
	judge_region(out, &header);
	if (out->region == KST_POOL_REGION_OUTSIDE) {
		out->kind = KST_POOL_KIND_INCONSISTENT;
		add_candidate(find, page, watch->containing);
		return KST_OK;
	}
	out->kind = KST_POOL_KIND_CLASSIC;
	out->container = page->address;
	out->present |= KST_POOL_VERDICT_HAS_CONTAINER;
	take_header(out, &header);
	if (kst__pool_on_lookaside(find->target, out->data, header.block_size / find->format->unit, &failure))
		out->evidence |= KST_POOL_EVIDENCE_ON_LOOKASIDE;
	return failure == KST_OK ? KST_OK : kst__fail(find->err, failure, header.address, "the host could not read");
}

/* The chain does not close: free, damaged, special, or no page of pool at all. */
static void take_broken(struct find *find, const struct kst__view *page, const struct kst__pool_watch *watch,
			const struct kst_pool_page *walked)
{
	struct kst_pool_verdict *out = find->out;
	bool heap = find->format->generation == KST_POOL_GENERATION_HEAP;
	bool partial = walked->rule == KST_POOL_RULE_UNREADABLE && walked->blocks > 0;

	out->rule = walked->rule;
	out->rule_offset = walked->offset;
	out->present |= KST_POOL_VERDICT_HAS_RULE;
	out->kind = KST_POOL_KIND_NONE;
	if ((walked->anomalies & KST_POOL_PAGE_ANOMALY_FREE_PAGE) != 0 && out->region != KST_POOL_REGION_PAGED) {
		out->evidence |= KST_POOL_EVIDENCE_FREE_PAGE;
		out->state = KST_POOL_STATE_FREE;
		return;
	}
	/* special pool has a range of its own, which may be unknown where those of pool are not (7 x64) */
	if ((out->region == KST_POOL_REGION_UNKNOWN || out->region == KST_POOL_REGION_OUTSIDE) && !heap &&
	    take_special(find, page, false)) {
		out->present &= ~(uint64_t)KST_POOL_VERDICT_HAS_RULE;
		out->evidence &= ~(uint64_t)KST_POOL_EVIDENCE_OUTSIDE_RANGES;
		return;
	}
	if (!heap && !partial && walked->blocks < DAMAGED_AT_LEAST)
		return;
	if (heap && watch->before == UINT32_MAX && watch->after == UINT32_MAX)
		return;
	out->kind = KST_POOL_KIND_INCONSISTENT;
	if (!heap)
		out->anomalies |= partial ? 0 : KST_POOL_VERDICT_ANOMALY_PAGE_CORRUPT;
	if (watch->containing != UINT32_MAX && !heap)
		out->evidence |= KST_POOL_EVIDENCE_CHAIN_TO_BLOCK;
	add_candidate(find, page, watch->before);
	add_candidate(find, page, watch->after);
}

KST__APART static kst_status find_in_page(struct find *find)
{
	struct kst_pool_verdict *out = find->out;
	struct kst__pool_watch watch = { .offset = (uint32_t)(out->address % KST__POOL_PAGE) };
	struct kst__pool_window window;
	struct kst_pool_page walked;
	struct kst__view page;
	uint8_t probe[1];
	kst_status st = KST_OK;

	kst__pool_window_begin(&window, find->target, KST_SPACE_KERNEL, out->address - watch.offset, find->err);
	page = kst__pool_window_view(&window);
	if (out->region == KST_POOL_REGION_SPECIAL) {
		out->evidence |= KST_POOL_EVIDENCE_SPECIAL_RANGE;
		if (!take_special(find, &page, true))
			out->kind = window.readable ? KST_POOL_KIND_INCONSISTENT : KST_POOL_KIND_NONE;
	} else {
		kst__pool_page_walk(&page, find->format, find->start, KST_POOL_PAGE_RESYNC, NULL, &watch, &walked);
		if (walked.consistent)
			st = take_classic(find, &page, &watch, &walked);
		else
			take_broken(find, &page, &watch, &walked);
	}
	if (window.failure == KST_OK && !kst__view_raw(&page, watch.offset, probe, 1))
		out->evidence |= KST_POOL_EVIDENCE_UNREADABLE;
	if (window.failure != KST_OK)
		return window.failure;
	return find->failure != KST_OK ? find->failure : st;
}

static kst_status find_all(struct find *find)
{
	struct kst_pool_verdict *out = find->out;
	kst_status st = kst__pool_region(find->target, out->address, &out->region, find->err);

	if (st != KST_OK)
		return st;
	if (out->region == KST_POOL_REGION_OUTSIDE)
		out->evidence |= KST_POOL_EVIDENCE_OUTSIDE_RANGES;
	if (out->region != KST_POOL_REGION_SPECIAL) {
		st = find_large(find);
		if (st != KST_END)
			return st;
	}
	if (find->format == NULL) {
		out->kind = KST_POOL_KIND_NONE;
		return KST_OK;
	}
	if (find->format->generation == KST_POOL_GENERATION_HEAP) {
		st = kst__heap_find(find->target, out->address, out, find->err);
		if (st != KST_END)
			return st;
	}
	return find_in_page(find);
}

kst_status kst_pool_find(const struct kst_target *target, const struct kst_large_index *index, uint64_t address,
			 struct kst_pool_verdict *out, struct kst_error *err)
{
	struct kst_pool_verdict ours = { .size = sizeof ours };
	struct find find = { target, index, NULL, &ours, err, 0, KST_OK };
	struct kst__pool_format format;
	kst_status st;

	if (target == NULL || out == NULL)
		return kst__fail(err, KST_E_ARG, address, "target or result is NULL");
	if (!kst__out_ok(out->size, sizeof ours))
		return kst__fail(err, KST_E_ABI, address, "size of the result is unknown");
	if (kst__pool_format(&target->layout, &format, err) == KST_OK)
		find.format = &format;
	else if (!kst__has(&target->layout, KST__M_BIG_PAGES_VA))
		return kst__fail(err, KST_E_NO_MEMBER, address,
				 "the layout describes neither headers nor large allocations");
	/* x86 addresses may come sign-extended */
	if (kst__pointer_size(target) == 4 && address >> 32 == UINT32_MAX)
		address &= UINT32_MAX;
	ours.address = address;
	st = find_all(&find);
	if (st == KST_OK)
		kst__out_write(out, &ours, sizeof ours);
	return st;
}

const char *kst_pool_kind_name(uint32_t kind)
{
	static const char *const names[] = { "none", "large", "classic",    "special",
					     "vs",   "lfh",   "heap-large", "inconsistent" };

	return kind < KST__COUNT(names) ? names[kind] : "unknown";
}

const char *kst_pool_evidence_name(uint64_t bit)
{
	static const char *const names[] = {
		"large-entry",      "no-large-entry", "no-large-table",  "large-table-partial", "freed-large-entry",
		"large-tail",       "page-chain",     "chain-to-block",  "region-agrees",       "outside-pool-ranges",
		"free-page",        "special-range",  "special-pattern", "unreadable",          "segment-signature",
		"page-range",       "vs-subsegment",  "vs-chain",        "vs-neighbours",       "lfh-subsegment",
		"lfh-bitmap",       "heap-tree",      "header-agrees",   "key-symbols",         "key-recovered",
		"no-heap-metadata", "vs-free-node",   "heap-object",     "on-lookaside",
	};

	return kst__bit_name(bit, names, KST__COUNT(names));
}

const char *kst_pool_verdict_anomaly_name(uint64_t bit)
{
	static const char *const names[] = { "header-suspect", "stale-tag",   "lookaside",
					     "overlap",        "mixed-kinds", "page-corrupt" };

	return kst__bit_name(bit, names, KST__COUNT(names));
}
