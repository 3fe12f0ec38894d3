/* SPDX-License-Identifier: MIT */
/*
 * The blocks of one page. A classic page is a chain: each header tells its own size and that of the one before, and the
 * last block ends with the page. On segment-heap pages there is no chain, only headers that may be real.
 */
#include "pool.h"

#define FREE_PAGE_MARK  0x41524d33u /* at two pointers and a u32 from the start of a free page, 5.2 compatible systems */
#define RESYNC_AT_LEAST 3           /* headers that must agree where a chain does not reach the page's end */

struct walk {
	const struct kst__view *page;
	const struct kst__pool_format *format;
	struct kst__records *records;
	struct kst__pool_watch *watch;
	struct kst_pool_page *out;
	uint32_t last_state;
	uint32_t kinds; /* 1: nonpaged seen, 2: paged seen */
	/* what the type met last means: most blocks of a page are alike */
	uint32_t known; /* its bits of the word; UINT32_MAX: none yet */
	uint32_t state;
	uint32_t base_type;
};

kst_status kst__records_begin(struct kst__records *records, void *at, size_t stride, size_t count, size_t first,
			      struct kst_error *err)
{
	records->at = at;
	records->stride = stride;
	records->count = count;
	records->done = 0;
	if (count == 0)
		return KST_OK;
	if (at == NULL || stride % 8 != 0)
		return kst__fail(err, KST_E_ARG, 0, "no array, or its stride is not a multiple of 8");
	return stride < first ? kst__fail(err, KST_E_ARG, 0, "the stride is smaller than a record") : KST_OK;
}

bool kst__records_put(struct kst__records *records, void *record, size_t size)
{
	uint32_t written = (uint32_t)(records->stride < size ? records->stride : size);

	if (records->done >= records->count)
		return false;
	memcpy(record, &written, sizeof written); /* each record begins with its size */
	memcpy(records->at + records->done * records->stride, record, written);
	records->done++;
	return true;
}

bool kst__pool_plausible(const struct kst__pool_format *format, uint32_t offset, const uint8_t header[16])
{
	uint32_t word = kst__le32(header);
	uint32_t size = kst__pool_field(format, word, KST__POOL_SIZE) * format->unit;
	uint32_t previous = kst__pool_field(format, word, KST__POOL_PREVIOUS) * format->unit;
	uint32_t state, base_type;

	if (size == 0 || offset + size > KST__POOL_PAGE || previous > offset)
		return false;
	if (format->mask[KST__POOL_TYPE] == 0 ||
	    !kst__pool_type(format->generation, kst__pool_field(format, word, KST__POOL_INDEX),
			    kst__pool_field(format, word, KST__POOL_TYPE), &state, &base_type))
		return false;
	if (format->generation != KST_POOL_GENERATION_HEAP)
		return (base_type & 0x80) == 0; /* reserved */
	/* nothing but the header speaks for itself: it must be whole, plain and, which its type says, in use */
	return previous == 0 && size > format->unit && format->tag_offset != UINT32_MAX &&
	       kst__pool_tag_printable(kst__le32(header + format->tag_offset)) &&
	       kst__le32(header + format->tag_offset) != 0x20202020;
}

/* The first word of a header; false when it is not there. */
static inline bool word_at(const struct walk *walk, uint32_t offset, uint32_t *word)
{
	uint8_t raw[4];

	if (walk->page->fetch == NULL && kst__within(offset, sizeof raw, walk->page->len)) {
		*word = kst__le32(walk->page->bytes + offset);
		return true;
	}

	if (!kst__view_raw(walk->page, offset, raw, sizeof raw))
		return false;
	*word = kst__le32(raw);
	return true;
}

static uint32_t check(const struct kst__pool_format *format, uint32_t offset, uint32_t word, bool first,
		      uint32_t previous)
{
	uint32_t size = kst__pool_field(format, word, KST__POOL_SIZE) * format->unit;
	uint32_t told = kst__pool_field(format, word, KST__POOL_PREVIOUS) * format->unit;

	if (first && told != 0)
		return KST_POOL_RULE_FIRST_PREVIOUS;
	if (size == 0)
		return KST_POOL_RULE_ZERO_SIZE;
	if (offset + size > KST__POOL_PAGE)
		return KST_POOL_RULE_LEAVES_PAGE;
	if (first || told == previous)
		return KST_POOL_RULE_NONE;
	return told == 0 ? KST_POOL_RULE_NO_PREDECESSOR : KST_POOL_RULE_PREVIOUS_DIFFERS;
}

static inline void count_block(struct walk *walk, uint32_t word, uint64_t *marks)
{
	const struct kst__pool_format *format = walk->format;
	uint32_t index, type, known;

	walk->out->blocks++;
	if (format->mask[KST__POOL_TYPE] == 0)
		return;
	index = format->generation == KST_POOL_GENERATION_2000 ? kst__pool_field(format, word, KST__POOL_INDEX) : 0;
	type = kst__pool_field(format, word, KST__POOL_TYPE);
	known = index << 16 | type;
	if (known != walk->known) {
		(void)kst__pool_type(format->generation, index, type, &walk->state, &walk->base_type);
		walk->known = known;
	}
	if (walk->state == KST_POOL_STATE_ALLOCATED)
		walk->out->allocated++;
	if (walk->state == KST_POOL_STATE_ALLOCATED || walk->state == KST_POOL_STATE_CACHED)
		walk->kinds |= 1u << (walk->base_type & 1);
	if (walk->state == KST_POOL_STATE_FREE && walk->last_state == KST_POOL_STATE_FREE) {
		walk->out->anomalies |= KST_POOL_PAGE_ANOMALY_ADJACENT_FREE;
		*marks |= KST_POOL_HEADER_ANOMALY_ADJACENT_FREE;
	}
	walk->last_state = walk->state;
}

static void watch_block(struct kst__pool_watch *watch, uint32_t offset, uint32_t size, uint64_t marks)
{
	if (offset > watch->offset) {
		if (watch->after == UINT32_MAX)
			watch->after = offset;
		return;
	}
	watch->before = offset;
	if (watch->offset - offset < size && (marks & KST_POOL_HEADER_ANOMALY_RESYNC) == 0)
		watch->containing = offset;
}

static void record_block(struct walk *walk, uint32_t offset, uint32_t word, uint64_t marks)
{
	struct kst_pool_header header;

	count_block(walk, word, &marks);
	if (walk->watch != NULL)
		watch_block(walk->watch, offset,
			    kst__pool_field(walk->format, word, KST__POOL_SIZE) * walk->format->unit, marks);
	if (walk->records == NULL || walk->records->done >= walk->records->count ||
	    kst__decode_pool_header(walk->page, walk->format, offset, &header, NULL) != KST_OK)
		return;
	header.anomalies |= marks;
	(void)kst__records_put(walk->records, &header, sizeof header);
}

/* Follow the chain from offset; returns where it broke (KST__POOL_PAGE: nowhere) and the rule. */
static uint32_t follow(struct walk *walk, uint32_t offset, bool first, uint64_t marks, uint32_t *rule)
{
	uint32_t previous = 0, word;

	*rule = KST_POOL_RULE_NONE;
	while (offset < KST__POOL_PAGE) {
		*rule = word_at(walk, offset, &word) ? check(walk->format, offset, word, first, previous)
						     : KST_POOL_RULE_UNREADABLE;
		if (*rule != KST_POOL_RULE_NONE)
			break;
		record_block(walk, offset, word, marks);
		previous = kst__pool_field(walk->format, word, KST__POOL_SIZE) * walk->format->unit;
		offset += previous;
		first = false;
	}
	return offset;
}

/* Does a chain begin here that is worth going on with? It must reach the page's end or be long. */
static bool holds_from(const struct walk *walk, uint32_t offset)
{
	const struct kst__pool_format *format = walk->format;
	uint32_t previous = 0, word, headers = 0;
	uint8_t raw[16];

	while (offset < KST__POOL_PAGE) {
		if (!kst__view_raw(walk->page, offset, raw, format->header_size))
			return headers >= 2;
		word = kst__le32(raw);
		if (!kst__pool_plausible(format, offset, raw) ||
		    (headers > 0 && kst__pool_field(format, word, KST__POOL_PREVIOUS) * format->unit != previous))
			return headers >= RESYNC_AT_LEAST;
		previous = kst__pool_field(format, word, KST__POOL_SIZE) * format->unit;
		offset += previous;
		headers++;
	}
	return true;
}

/* Take the chain that begins at offset; returns where it ends. */
static uint32_t take_chain(struct walk *walk, uint32_t offset)
{
	uint32_t previous, word = 0;

	(void)word_at(walk, offset, &word);
	record_block(walk, offset, word, KST_POOL_HEADER_ANOMALY_RESYNC);
	for (;;) {
		previous = kst__pool_field(walk->format, word, KST__POOL_SIZE) * walk->format->unit;
		offset += previous;
		if (offset >= KST__POOL_PAGE)
			return offset;
		if (!word_at(walk, offset, &word)) {
			walk->out->anomalies |= KST_POOL_PAGE_ANOMALY_PARTIAL;
			return offset;
		}
		if (check(walk->format, offset, word, false, previous) != KST_POOL_RULE_NONE) {
			walk->out->anomalies |= KST_POOL_PAGE_ANOMALY_SEVERAL_BREAKS;
			return offset;
		}
		record_block(walk, offset, word, KST_POOL_HEADER_ANOMALY_RESYNC);
	}
}

static void resync(struct walk *walk, uint32_t offset)
{
	for (offset += walk->format->unit; offset < KST__POOL_PAGE; offset += walk->format->unit) {
		if (!holds_from(walk, offset))
			continue;
		walk->out->resyncs++;
		walk->last_state = KST_POOL_STATE_UNKNOWN;
		offset = take_chain(walk, offset);
	}
}

/* Segment heap: every header that stands for itself. */
static void collect(struct walk *walk, uint32_t offset)
{
	uint8_t raw[16];

	while (offset < KST__POOL_PAGE) {
		if (!kst__view_raw(walk->page, offset, raw, walk->format->header_size)) {
			walk->out->anomalies |= KST_POOL_PAGE_ANOMALY_PARTIAL;
			offset += walk->format->unit;
			continue;
		}
		if (kst__pool_plausible(walk->format, offset, raw)) {
			record_block(walk, offset, kst__le32(raw), KST_POOL_HEADER_ANOMALY_RESYNC);
			offset += kst__pool_field(walk->format, kst__le32(raw), KST__POOL_SIZE) * walk->format->unit;
		} else {
			offset += walk->format->unit;
		}
	}
	walk->out->rule = KST_POOL_RULE_NO_CHAIN;
}

static bool free_page(const struct kst__view *page)
{
	uint64_t mark;

	return kst__view_number(page, 2 * page->layout->info.pointer_size + 4, 4, &mark) && mark == FREE_PAGE_MARK;
}

/* Each header tells where the next one is: without help the walk waits for memory at every step. */
static void prefetch(const struct kst__view *page)
{
#if defined(__GNUC__)
	if (page->fetch == NULL)
		for (size_t i = 0; i < page->len; i += 64)
			__builtin_prefetch(page->bytes + i);
#else
	(void)page;
#endif
}

void kst__pool_page_walk(const struct kst__view *page, const struct kst__pool_format *format, uint32_t start,
			 uint32_t flags, struct kst__records *records, struct kst__pool_watch *watch,
			 struct kst_pool_page *out)
{
	/* bug check 0x19 says the same with these numbers */
	static const uint8_t classes[] = { 0, 6, 8, 9, 5, 7, 0, 0 };
	struct walk walk = { .page = page,
			     .format = format,
			     .records = records,
			     .watch = watch,
			     .out = out,
			     .last_state = KST_POOL_STATE_UNKNOWN,
			     .known = UINT32_MAX };

	memset(out, 0, sizeof *out);
	out->size = sizeof *out;
	out->address = page->address;
	prefetch(page);
	if (watch != NULL)
		watch->containing = watch->before = watch->after = UINT32_MAX;
	if (format->generation == KST_POOL_GENERATION_HEAP) {
		collect(&walk, start);
	} else {
		out->offset = follow(&walk, start, true, 0, &out->rule);
		out->consistent = out->rule == KST_POOL_RULE_NONE;
		if (out->rule == KST_POOL_RULE_UNREADABLE)
			out->anomalies |= KST_POOL_PAGE_ANOMALY_PARTIAL;
		if (!out->consistent && (flags & KST_POOL_PAGE_RESYNC) != 0)
			resync(&walk, out->offset);
		if (!out->consistent && start == 0 && free_page(page))
			out->anomalies |= KST_POOL_PAGE_ANOMALY_FREE_PAGE;
	}
	if (walk.kinds == 3)
		out->anomalies |= KST_POOL_PAGE_ANOMALY_MIXED_KINDS;
	out->bugcheck_class = classes[out->rule];
}

kst_status kst_decode_pool_page(const struct kst_layout *layout, const void *bytes, size_t len, uint64_t address,
				uint32_t start, uint32_t flags, void *records, size_t stride, size_t count,
				size_t *done, struct kst_pool_page *out, struct kst_error *err)
{
	struct kst__pool_format format;
	struct kst__records array;
	struct kst_pool_page ours;
	struct kst__view view;
	kst_status st;

	if (done != NULL)
		*done = 0;
	if (!kst__given(layout, bytes, len, out) || address % KST__POOL_PAGE != 0 ||
	    (flags & ~(uint32_t)KST_POOL_PAGE_RESYNC) != 0)
		return kst__fail(err, KST_E_ARG, address,
				 "layout, bytes or result is NULL, no page address, or unknown flags");
	if (!kst__out_ok(out->size, sizeof ours))
		return kst__fail(err, KST_E_ABI, address, "size of the result is unknown");
	st = kst__records_begin(&array, records, stride, count, sizeof(struct kst_pool_header), err);
	if (st == KST_OK)
		st = kst__pool_format(layout, &format, err);
	if (st != KST_OK)
		return st;
	if (start >= KST__POOL_PAGE || start % format.unit != 0)
		return kst__fail(err, KST_E_ARG, address, "the start is no place of a header");
	view = kst__view_bytes(layout, bytes, len < KST__POOL_PAGE ? len : KST__POOL_PAGE);
	view.address = address;
	kst__pool_page_walk(&view, &format, start, flags, &array, NULL, &ours);
	if (done != NULL)
		*done = array.done;
	kst__out_write(out, &ours, sizeof ours);
	return KST_OK;
}

const char *kst_pool_rule_name(uint32_t rule)
{
	static const char *const names[] = {
		"none",           "first-previous-size", "zero-size", "leaves-page", "previous-size-differs",
		"no-predecessor", "unreadable",          "no-chain"
	};

	return rule < KST__COUNT(names) ? names[rule] : "unknown";
}

const char *kst_pool_page_anomaly_name(uint64_t bit)
{
	static const char *const names[] = { "mixed-kinds", "adjacent-free", "several-breaks", "partial", "free-page" };

	return kst__bit_name(bit, names, KST__COUNT(names));
}
