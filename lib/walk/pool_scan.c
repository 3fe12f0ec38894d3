/* SPDX-License-Identifier: MIT */
/*
 * Search for pool tags. A tag lies at a fixed place of a size unit, so one in two or four words is looked at; several at a
 * time where the compiler has vectors (SSE2, NEON and others come out of the same lines).
 */
#include "page_runs.h"
#include "pool.h"

#define TAGS_MOST     256u
#define FEW_TAGS      16u /* up to here each tag is compared; above, a filter of hashed bits goes first */
#define FILTER_BITS   4096u
#define STACK_CHUNK   512u
#define PROGRESS      0x100000u
#define UNMAPPED_STEP 0x40000000u /* where the topmost table is missing nothing says how much is: 1 GiB a time */

#if defined(__has_builtin) && (defined(__SSE2__) || defined(__ARM_NEON) || defined(__VSX__))
#if __has_builtin(__builtin_shufflevector)
#define HAS_VECTORS 1
#endif
#endif

struct tag_set {
	const uint32_t *tags;
	size_t count;
	uint32_t first[FEW_TAGS]; /* protected bit cleared */
	uint32_t filter[FILTER_BITS / 32];
};

/* Where the tags are in a run of units. */
struct shape {
	uint32_t unit;
	uint32_t tag_offset;
};

static uint32_t hash_of(uint32_t tag)
{
	return tag * 0x9e3779b1u >> 20; /* 12 bits */
}

static void set_init(struct tag_set *set, const struct kst_pool_scan *scan)
{
	memset(set, 0, sizeof *set);
	set->tags = scan->tags;
	set->count = (size_t)scan->tags_count;
	for (size_t i = 0; i < set->count; i++) {
		uint32_t tag = scan->tags[i] & ~KST__TAG_PROTECTED, bit = hash_of(tag);

		if (i < FEW_TAGS)
			set->first[i] = tag;
		set->filter[bit / 32] |= (uint32_t)1 << (bit % 32);
	}
}

static uint32_t tag_index(const struct tag_set *set, uint32_t tag)
{
	for (size_t i = 0; i < set->count; i++)
		if ((set->tags[i] & ~KST__TAG_PROTECTED) == tag)
			return (uint32_t)i;
	return UINT32_MAX;
}

static bool wanted(const struct tag_set *set, uint32_t tag)
{
	uint32_t bit = hash_of(tag);

	return (set->filter[bit / 32] >> (bit % 32) & 1) != 0 && tag_index(set, tag) != UINT32_MAX;
}

/* First unit of n, from `at` on, whose tag is wanted; n when there is none. */
static size_t next_plain(const struct tag_set *set, const struct shape *shape, const uint8_t *bytes, size_t at,
			 size_t n)
{
	const uint8_t *tag = bytes + shape->tag_offset;

	for (; at < n; at++)
		if (wanted(set, kst__le32(tag + at * shape->unit) & ~KST__TAG_PROTECTED))
			return at;
	return n;
}

#ifdef HAS_VECTORS
typedef uint32_t vector __attribute__((vector_size(16)));
typedef uint64_t halves __attribute__((vector_size(16)));

#define STEP 8 /* units per round */

static inline vector load(const uint8_t *p)
{
	vector v;

	memcpy(&v, p, sizeof v);
	return v;
}

/* The second words of four units of 16 bytes, or of four units of 8. */
static inline vector tags_of_16(const uint8_t *p)
{
	vector ab = __builtin_shufflevector(load(p), load(p + 16), 1, 5, 3, 7);
	vector cd = __builtin_shufflevector(load(p + 32), load(p + 48), 1, 5, 3, 7);

	return __builtin_shufflevector(ab, cd, 0, 1, 4, 5);
}

static inline vector tags_of_8(const uint8_t *p)
{
	return __builtin_shufflevector(load(p), load(p + 16), 1, 3, 5, 7);
}

static size_t next_vector(const struct tag_set *set, const struct shape *shape, const uint8_t *bytes, size_t at,
			  size_t n)
{
	const vector mask = { 0x7fffffff, 0x7fffffff, 0x7fffffff, 0x7fffffff };
	vector tags[FEW_TAGS];

	for (size_t i = 0; i < set->count; i++)
		tags[i] = (vector){ set->first[i], set->first[i], set->first[i], set->first[i] };
	for (; at + STEP <= n; at += STEP) {
		const uint8_t *p = bytes + at * shape->unit;
		vector a = (shape->unit == 16 ? tags_of_16(p) : tags_of_8(p)) & mask;
		vector b = (shape->unit == 16 ? tags_of_16(p + 64) : tags_of_8(p + 32)) & mask;
		vector hit = (vector)(a == tags[0]) | (vector)(b == tags[0]);
		halves any;

		for (size_t i = 1; i < set->count; i++)
			hit |= (vector)(a == tags[i]) | (vector)(b == tags[i]);
		any = (halves)hit;
		if ((any[0] | any[1]) != 0)
			break;
	}
	return next_plain(set, shape, bytes, at, n);
}
#endif

static bool little_endian(void)
{
	const uint16_t one = 1;
	uint8_t first;

	memcpy(&first, &one, 1);
	return first == 1;
}

static size_t next_unit(const struct tag_set *set, const struct shape *shape, const uint8_t *bytes, size_t at, size_t n)
{
#ifdef HAS_VECTORS
	if (set->count <= FEW_TAGS && shape->tag_offset == 4 && little_endian())
		return next_vector(set, shape, bytes, at, n);
#else
	(void)little_endian;
#endif
	return next_plain(set, shape, bytes, at, n);
}

/*
 * Why a header cannot be one. A cache-aligned allocation has a second header in itself: its previous size is the way back to
 * the first one, where a chain has the size of the block before, and the segment heap 0.
 */
static kst_status judge(const struct kst_target *target, const struct kst_pool_scan *scan,
			const struct kst__pool_format *format, bool type_sound, struct kst_pool_hit *hit,
			struct kst_error *err)
{
	uint32_t offset = (uint32_t)(hit->address % KST__POOL_PAGE);
	bool heap = format->generation == KST_POOL_GENERATION_HEAP, last = offset + hit->block_size >= KST__POOL_PAGE;
	uint64_t neighbour = last ? hit->address - hit->previous_size : hit->address + hit->block_size;
	uint8_t raw[4];
	kst_status st;

	if (hit->block_size == 0)
		hit->reasons |= KST_POOL_HIT_ZERO_SIZE;
	if (offset + hit->block_size > KST__POOL_PAGE)
		hit->reasons |= KST_POOL_HIT_LEAVES_PAGE;
	if (hit->previous_size > offset || (heap ? hit->previous_size != 0 : offset != 0 && hit->previous_size == 0))
		hit->reasons |= KST_POOL_HIT_PREVIOUS;
	if (!type_sound)
		hit->reasons |= KST_POOL_HIT_POOL_TYPE;
	if (heap || hit->reasons != 0 || neighbour == hit->address)
		return KST_OK;
	st = kst__read(target, scan->space, neighbour, raw, sizeof raw, err);
	if (st != KST_OK)
		return st == KST_E_FAULT ? KST_OK : st;
	if (last && kst__pool_field(format, kst__le32(raw), KST__POOL_SIZE) * format->unit != hit->previous_size)
		hit->reasons |= KST_POOL_HIT_PREVIOUS;
	if (!last && kst__pool_field(format, kst__le32(raw), KST__POOL_PREVIOUS) * format->unit != hit->block_size)
		hit->reasons |= KST_POOL_HIT_NEXT_DIFFERS;
	return KST_OK;
}

static kst_status decode_hit(const struct kst_target *target, const struct kst_pool_scan *scan,
			     const struct kst__pool_format *format, const struct tag_set *set, uint64_t address,
			     const uint8_t *bytes, struct kst_pool_hit *hit, struct kst_error *err)
{
	uint32_t word = kst__le32(bytes), tag = kst__le32(bytes + format->tag_offset), base_type;
	bool sound = true;
	char text[8];

	memset(hit, 0, sizeof *hit);
	hit->address = address;
	hit->tag_index = tag_index(set, tag & ~KST__TAG_PROTECTED);
	kst__pool_tag(tag, hit->tag, &hit->protected_tag, text);
	hit->block_size = kst__pool_field(format, word, KST__POOL_SIZE) * format->unit;
	hit->previous_size = kst__pool_field(format, word, KST__POOL_PREVIOUS) * format->unit;
	if (format->mask[KST__POOL_TYPE] != 0) {
		hit->pool_type = kst__pool_field(format, word, KST__POOL_TYPE);
		sound = kst__pool_type(format->generation, kst__pool_field(format, word, KST__POOL_INDEX),
				       hit->pool_type, &hit->state, &base_type) &&
			(base_type & 0x80) == 0;
	}
	return judge(target, scan, format, sound, hit, err);
}

/*
 * The same where the library translates: page tables tell how much of the space is missing at once, an empty entry of the
 * topmost table half a terabyte.
 */
static kst_status skip_unmapped(const struct kst_target *target, const struct kst_pool_scan *scan, uint64_t address,
				uint64_t *next, struct kst_error *err)
{
	struct kst_translation t = { .size = sizeof t };
	uint64_t unmapped = KST__POOL_PAGE;
	kst_status st = kst_translate(target, scan->space, address, 0, &t, err);

	if (st == KST_E_HOST)
		return st;
	if (st == KST_E_ARG && target->mode != NULL) { /* no address of the mode */
		*next = address;
		if (!kst__next_canonical(target->mode, next))
			*next = scan->end;
		return KST_OK;
	}
	if (st == KST_E_FAULT)
		unmapped = UNMAPPED_STEP;
	else if (st == KST_OK && (t.present & KST_TRANSLATION_HAS_PHYSICAL) == 0 && t.page_size > unmapped)
		unmapped = t.page_size;
	*next = (address | (unmapped - 1)) + 1;
	if (*next == 0)
		*next = scan->end;
	return KST_OK;
}

/* Where memory goes on behind a hole at `address`; the end when there is none before it. */
static kst_status skip_hole(const struct kst_target *target, const struct kst_pool_scan *scan, uint64_t address,
			    uint64_t *next, struct kst_error *err)
{
	kst_status st;

	if (scan->space != KST_SPACE_PHYSICAL && (target->reader.flags & KST_READER_PHYSICAL_ONLY) != 0)
		return skip_unmapped(target, scan, address, next, err);
	st = kst__behind_hole(target, scan->space, address, next);
	if (st == KST_END)
		*next = scan->end;
	return st == KST_OK || st == KST_END ? KST_OK : kst__fail_host(err, st, address);
}

static kst_status check_args(const struct kst_target *target, const struct kst_pool_scan *scan,
			     const uint64_t *position, size_t count, const size_t *done, struct kst_error *err)
{
	if (target == NULL || scan == NULL || position == NULL || done == NULL || count == 0)
		return kst__fail(err, KST_E_ARG, 0, "an argument is NULL, or there is room for no record");
	return KST_OK;
}

/* Look through what was read; *used is how far. Returns KST_END when all was looked at. */
static kst_status search(const struct kst_target *target, const struct kst_pool_scan *scan,
			 const struct kst__pool_format *format, const struct tag_set *set, uint64_t address,
			 const uint8_t *bytes, size_t units, struct kst__records *records, size_t *used,
			 struct kst_error *err)
{
	const struct shape shape = { format->unit, format->tag_offset };

	*used = 0;
	for (;;) {
		size_t at = next_unit(set, &shape, bytes, *used, units);
		struct kst_pool_hit hit;
		kst_status st;

		*used = at;
		if (at == units)
			return KST_END;
		st = decode_hit(target, scan, format, set, address + at * format->unit, bytes + at * format->unit, &hit,
				err);
		if (st != KST_OK)
			return st;
		*used = at + 1;
		if ((hit.reasons == 0 || (scan->flags & KST_POOL_SCAN_ALL) != 0) &&
		    kst__records_put(records, &hit, sizeof hit) && records->done == records->count)
			return KST_OK;
	}
}

static kst_status scan_range(const struct kst_target *target, const struct kst_pool_scan *scan,
			     const struct kst__pool_format *format, uint64_t *position, struct kst__records *records,
			     uint8_t *chunk, size_t chunk_size, struct kst_error *err)
{
	struct tag_set set;
	uint64_t reported = *position;

	set_init(&set, scan);
	while (*position < scan->end && scan->end - *position >= format->header_size) {
		uint64_t left = scan->end - *position;
		size_t want = left < chunk_size ? (size_t)left : chunk_size, done = 0, used;
		kst_status st = kst_read(target, scan->space, *position, chunk, want, &done, err);
		bool hole = st == KST_E_FAULT;

		if (st != KST_OK && st != KST_E_FAULT)
			return st;
		st = search(target, scan, format, &set, *position, chunk, done / format->unit, records, &used, err);
		if (st != KST_END) {
			*position += used * format->unit;
			return st;
		}
		if (hole) {
			st = skip_hole(target, scan, *position + done, position, err);
			/* at the end of all addresses this would wrap */
			if (*position < scan->end)
				*position = *position > UINT64_MAX - format->unit
						    ? scan->end
						    : (*position + format->unit - 1) & ~(uint64_t)(format->unit - 1);
			if (st != KST_OK)
				return st;
		} else {
			*position += done < format->unit ? left : done / format->unit * format->unit;
		}
		if (scan->progress != NULL && *position - reported >= PROGRESS) {
			reported = *position;
			if (scan->progress(scan->progress_user, *position) != 0)
				return kst__fail(err, KST_E_LIMIT, *position, "the search was stopped");
		}
	}
	*position = scan->end;
	return KST_END;
}

kst_status kst_pool_scan(const struct kst_target *target, const struct kst_pool_scan *scan, uint64_t *position,
			 void *records, size_t stride, size_t count, size_t *done, struct kst_error *err)
{
	struct kst_pool_scan ours = { .size = sizeof ours };
	struct kst__pool_format format;
	struct kst__records array;
	uint8_t chunk[STACK_CHUNK];
	uint64_t at;
	kst_status st = check_args(target, scan, position, count, done, err);

	if (st != KST_OK)
		return st;
	*done = 0;
	st = kst__in_read(&ours, sizeof ours, scan, sizeof ours);
	if (st != KST_OK)
		return kst__fail(err, st, 0, "size of the search is unknown");
	if (ours.tags == NULL || ours.tags_count == 0 || ours.tags_count > TAGS_MOST ||
	    (ours.flags & ~(uint32_t)KST_POOL_SCAN_ALL) != 0 || (ours.scratch != NULL && ours.scratch_size < 1024))
		return kst__fail(err, KST_E_ARG, 0, "no tags, too many, unknown flags, or less than 1 KiB of scratch");
	st = kst__records_begin(&array, records, stride, count, sizeof(struct kst_pool_hit), err);
	if (st == KST_OK)
		st = kst__pool_format(&target->layout, &format, err);
	if (st == KST_OK && format.tag_offset == UINT32_MAX)
		st = kst__fail(err, KST_E_NO_MEMBER, 0, "the layout tells no tag");
	if (st != KST_OK)
		return st;
	at = *position > UINT64_MAX - format.unit ? ours.end
						  : (*position + format.unit - 1) & ~(uint64_t)(format.unit - 1);
	st = scan_range(target, &ours, &format, &at, &array, ours.scratch != NULL ? ours.scratch : chunk,
			ours.scratch != NULL ? (size_t)(ours.scratch_size & ~(uint64_t)15) : sizeof chunk, err);
	*position = at;
	*done = array.done;
	return st;
}

const char *kst_pool_hit_reason_name(uint64_t bit)
{
	static const char *const names[] = { "zero-size", "leaves-page", "previous-size", "pool-type", "next-differs" };

	return kst__bit_name(bit, names, KST__COUNT(names));
}
