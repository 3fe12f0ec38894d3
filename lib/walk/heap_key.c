/* SPDX-License-Identifier: MIT */
/*
 * Keys of the segment heap. Without symbols the chunks in memory tell the heap key: of an allocated chunk everything but
 * the size of its predecessor is known from its POOL_HEADER, so each one is a vote for 48 bits of the key. The other 16
 * are told by a chunk whose predecessor is at hand (doc/structures/segment_heap.md).
 */
#include "heap_key.h"
#include "../decode/pool.h"

#define WINDOW       1024u
#define SLOTS        24u         /* of the vote; more different candidates than this push each other out */
#define VOTES_ENOUGH 64u         /* then nobody can win any more */
#define VOTES_LEAST  3u          /* agreeing on 48 bits */
#define SEARCH_MOST  0x10000000u /* bytes */

struct slot {
	uint64_t value;
	uint64_t count;
};

struct vote {
	const struct kst_target *target;
	struct kst_error *err;
	struct kst__vs_format format;
	struct kst__pool_format header;
	uint64_t told; /* bits of the key that a single chunk tells */
	struct slot slots[SLOTS];
	struct slot pairs[4]; /* values of the remaining bits */
	struct kst_heap_key key;
	uint64_t end; /* addresses below it were searched */
	bool ended;   /* clear before the end of the memory */
};

/* Give a value a vote; when all slots are taken, everybody loses one (a majority survives that). */
static uint64_t cast(struct slot *slots, size_t count, uint64_t value)
{
	struct slot *empty = NULL;

	for (size_t i = 0; i < count; i++) {
		if (slots[i].count > 0 && slots[i].value == value)
			return ++slots[i].count;
		if (slots[i].count == 0)
			empty = &slots[i];
	}
	if (empty != NULL) {
		empty->value = value;
		empty->count = 1;
		return 1;
	}
	for (size_t i = 0; i < count; i++)
		slots[i].count--;
	return 0;
}

/* The winner and the second. */
static struct slot best(const struct slot *slots, size_t count, uint64_t *second)
{
	struct slot winner = { 0, 0 };

	*second = 0;
	for (size_t i = 0; i < count; i++) {
		if (slots[i].count > winner.count) {
			*second = winner.count;
			winner = slots[i];
		} else if (slots[i].count > *second) {
			*second = slots[i].count;
		}
	}
	return winner;
}

/*
 * Could `bytes` (chunk header and POOL_HEADER) be an allocated chunk without slack? Then *value is what it says of the
 * key. Pointers and small numbers make most of the places that look like one: a true word starts with neither once in
 * 32,768 keys, and then nothing is found.
 */
static bool candidate(const struct vote *vote, uint64_t address, const uint8_t *bytes, uint64_t *value)
{
	const struct kst__vs_format *f = &vote->format;
	const uint8_t *header = bytes + f->header_size;
	struct kst__view view = kst__view_bytes(&vote->target->layout, bytes, f->header_size);
	uint64_t stored = kst__le64(bytes), extra;
	uint32_t word = kst__le32(header), size = kst__pool_field(&vote->header, word, KST__POOL_SIZE);

	if (stored >> 48 == 0 || stored >> 48 == 0xffff)
		return false;
	if (size == 0 || kst__pool_field(&vote->header, word, KST__POOL_PREVIOUS) != 0 ||
	    (kst__pool_field(&vote->header, word, KST__POOL_TYPE) & 0x92) != 2 ||
	    !kst__pool_tag_printable(kst__le32(header + vote->header.tag_offset)))
		return false;
	if (kst__get(&view, KST__M_VS_CHUNK_SPARE, &extra) && extra != 0)
		return false;
	if (kst__get(&view, KST__M_VS_CHUNK_UNUSED_BYTES, &extra) && extra != 0)
		return false;
	*value = stored ^ address ^ (uint64_t)1 << f->shift[KST__VS_ALLOCATED] ^
		 (uint64_t)(size + f->header_size / f->unit) << f->shift[KST__VS_SIZE];
	*value &= vote->told;
	return true;
}

static void count_candidate(struct vote *vote, uint64_t value)
{
	uint64_t second;

	vote->key.candidates++;
	if (cast(vote->slots, SLOTS, value) >= VOTES_ENOUGH && best(vote->slots, SLOTS, &second).count > 4 * second)
		vote->ended = true;
}

/* Second pass: count exactly, and ask the chunk behind for the remaining bits. */
static kst_status check_candidate(struct vote *vote, uint64_t address, uint64_t stored, uint64_t value)
{
	const struct kst__vs_format *f = &vote->format;
	struct kst__view view;
	struct kst_vs_chunk chunk;
	kst_status failure = KST_OK;
	uint64_t size, previous;

	if (value != vote->key.key)
		return KST_OK;
	vote->key.votes++;
	size = kst__vs_field(f, stored ^ address ^ value, KST__VS_SIZE);
	if (address > UINT64_MAX - (size + 2) * f->unit)
		return KST_OK;
	view = kst__view_target(vote->target, KST_SPACE_KERNEL, address + size * f->unit, &failure);
	if (kst__decode_vs_chunk(&view, f, 0, &vote->key, &chunk, NULL) != KST_OK)
		return failure == KST_OK ? KST_OK
					 : kst__fail(vote->err, failure, chunk.address, "the host could not read");
	if (failure != KST_OK)
		return kst__fail(vote->err, failure, chunk.address, "the host could not read");
	if (chunk.anomalies != 0)
		return KST_OK;
	previous = (kst__vs_field(f, chunk.plain, KST__VS_PREVIOUS) ^ size) << f->shift[KST__VS_PREVIOUS];
	cast(vote->pairs, KST__COUNT(vote->pairs), previous);
	return KST_OK;
}

static kst_status search_window(struct vote *vote, uint64_t address, const uint8_t *bytes, size_t len, bool second)
{
	size_t need = vote->format.header_size + vote->header.header_size;

	for (size_t at = 0; at + need <= len && !(vote->ended && !second); at += vote->format.unit) {
		uint64_t value;
		kst_status st;

		if (!candidate(vote, address + at, bytes + at, &value))
			continue;
		if (!second) {
			count_candidate(vote, value);
			continue;
		}
		st = check_candidate(vote, address + at, kst__le64(bytes + at), value);
		if (st != KST_OK)
			return st;
	}
	return KST_OK;
}

/* One run of memory: [start, end). */
static kst_status search_run(struct vote *vote, uint64_t start, uint64_t end, bool second)
{
	size_t need = vote->format.header_size + vote->header.header_size;
	uint64_t unit = vote->format.unit, at = (start + unit - 1) / unit * unit;
	uint8_t bytes[WINDOW];

	while (at < end && end - at >= need && !(vote->ended && !second)) {
		size_t want = end - at < sizeof bytes ? (size_t)(end - at) : sizeof bytes, got = 0;
		kst_status st = kst_read(vote->target, KST_SPACE_KERNEL, at, bytes, want, &got, vote->err);

		if (st != KST_OK && st != KST_E_FAULT)
			return st;
		st = search_window(vote, at, bytes, got, second);
		if (st != KST_OK)
			return st;
		if (!second) {
			vote->key.searched += want;
			vote->end = at + want;
			if (vote->key.searched >= SEARCH_MOST)
				vote->ended = true;
		}
		if (end - at <= want)
			break;
		at += want - (need - unit) / unit * unit; /* the next window begins where this one could not look */
	}
	return KST_OK;
}

static kst_status search(struct vote *vote, bool second)
{
	const struct kst_target *target = vote->target;
	uint64_t address = kst__pointer_size(target) == 4 ? 0x80000000u : 0xff00000000000000u;
	uint64_t limit = second ? vote->end : UINT64_MAX;

	while (address < limit && !(vote->ended && !second)) {
		uint64_t start, length, end;
		kst_status st = target->reader.next_range(target->config.reader_user, KST_SPACE_KERNEL, address, &start,
							  &length);

		if (st == KST_END)
			break;
		if (st != KST_OK)
			return kst__fail_host(vote->err, st, address);
		if (length == 0 || start > UINT64_MAX - length || start + length <= address)
			break;
		end = start + length < limit ? start + length : limit;
		if (start < address)
			start = address;
		if (start < end) {
			st = search_run(vote, start, end, second);
			if (st != KST_OK)
				return st;
		}
		address = end;
	}
	return KST_OK;
}

/* Everything the votes tell without doubt. */
static kst_status judge(struct vote *vote)
{
	uint64_t second;
	struct slot winner = best(vote->slots, SLOTS, &second);
	kst_status st;

	vote->key.votes = winner.count;
	if (winner.count < VOTES_LEAST || winner.count < 2 * second)
		return KST_END;
	vote->key.votes = 0;
	vote->key.key = winner.value;
	vote->key.bits_known = vote->told;
	st = search(vote, true);
	if (st != KST_OK)
		return st;
	vote->key.source = KST_HEAP_KEY_RECOVERED;
	winner = best(vote->pairs, KST__COUNT(vote->pairs), &second);
	vote->key.pairs = (uint32_t)winner.count;
	if (second != 0)
		vote->key.anomalies |= KST_HEAP_KEY_ANOMALY_CONTRADICTION;
	if (winner.count == 0 || winner.count <= 4 * second)
		return KST_OK;
	vote->key.key |= winner.value;
	vote->key.bits_known |= kst__vs_mask(&vote->format, KST__VS_PREVIOUS);
	return KST_OK;
}

static kst_status recover(const struct kst_target *target, struct kst_heap_key *out, struct kst_error *err)
{
	struct vote vote = { .target = target, .err = err, .key = { .size = sizeof vote.key } };
	kst_status st;

	/* a 32-bit word has too few bits for a vote that leaves no doubt */
	if (kst__pointer_size(target) != 8 || !kst__vs_format(&target->layout, &vote.format) ||
	    kst__pool_format(&target->layout, &vote.header, NULL) != KST_OK || vote.header.tag_offset == UINT32_MAX)
		return kst__fail(err, KST_E_NO_MEMBER, 0,
				 "the layout describes no 64-bit chunks of a segment heap with pool headers");
	if (target->reader.next_range == NULL || (target->reader.flags & KST_READER_PHYSICAL_ONLY) != 0)
		return kst__fail(err, KST_E_FAULT, 0, "the reader cannot tell where kernel memory is");
	vote.told = ~kst__vs_mask(&vote.format, KST__VS_PREVIOUS);
	st = search(&vote, false);
	if (st == KST_OK) {
		if (vote.ended)
			vote.key.anomalies |= KST_HEAP_KEY_ANOMALY_PARTIAL;
		st = judge(&vote);
	}
	if (st == KST_OK || st == KST_END)
		*out = vote.key;
	if (st == KST_END)
		kst__fail(err, KST_END, 0, "too few chunks of a segment heap are at hand to tell the key");
	return st;
}

/* The keys as the kernel has them. KST_E_FAULT: not at hand. */
static kst_status from_symbols(const struct kst_target *target, struct kst_heap_key *out, struct kst_error *err)
{
	uint64_t globals = 0, state;
	kst_status failure = KST_OK;
	struct kst__view view;

	if (!kst__has(&target->layout, KST__M_HEAP_GLOBALS_HEAP_KEY))
		return kst__fail(err, KST_E_NO_MEMBER, 0, "the layout does not describe _RTLP_HP_HEAP_GLOBALS");
	if (!kst__symbol(target, KST__S_RtlpHpHeapGlobals, &globals)) {
		if (!kst__symbol(target, KST__S_ExPoolState, &state) ||
		    !kst__has(&target->layout, KST__M_HEAP_MANAGER_STATE_MANAGER) ||
		    !kst__has(&target->layout, KST__M_HEAP_MANAGER_GLOBALS))
			return kst__fail(err, KST_E_NO_MEMBER, 0, "RtlpHpHeapGlobals and ExPoolState are not known");
		state += kst__member(&target->layout, KST__M_HEAP_MANAGER_STATE_MANAGER)->offset +
			 kst__member(&target->layout, KST__M_HEAP_MANAGER_GLOBALS)->offset;
		failure = kst__read_pointer(target, KST_SPACE_KERNEL, state, &globals, err);
		if (failure != KST_OK)
			return failure;
	}
	memset(out, 0, sizeof *out);
	out->size = sizeof *out;
	view = kst__view_target(target, KST_SPACE_KERNEL, globals, &failure);
	if (!kst__get(&view, KST__M_HEAP_GLOBALS_HEAP_KEY, &out->key) || out->key == 0)
		return failure != KST_OK ? kst__fail(err, failure, globals, "the host could not read")
					 : kst__fail(err, KST_E_FAULT, globals, "the heap's globals are not at hand");
	out->bits_known = kst__key_mask(&target->layout);
	out->source = KST_HEAP_KEY_SYMBOLS;
	out->lfh_known = kst__get(&view, KST__M_HEAP_GLOBALS_LFH_KEY, &out->lfh_key) && out->lfh_key != 0;
	return failure != KST_OK ? kst__fail(err, failure, globals, "the host could not read") : KST_OK;
}

kst_status kst__heap_key(const struct kst_target *target, struct kst_heap_key *out, struct kst_error *err)
{
	kst_status st = from_symbols(target, out, err);

	if (st != KST_E_NO_MEMBER && st != KST_E_FAULT)
		return st;
	return recover(target, out, err);
}

static kst_status give(const struct kst_target *target, struct kst_heap_key *out, struct kst_error *err,
		       kst_status (*get)(const struct kst_target *, struct kst_heap_key *, struct kst_error *))
{
	struct kst_heap_key ours;
	kst_status st;

	if (target == NULL || out == NULL)
		return kst__fail(err, KST_E_ARG, 0, "target or result is NULL");
	if (!kst__out_ok(out->size, sizeof ours))
		return kst__fail(err, KST_E_ABI, 0, "size of the result is unknown");
	st = get(target, &ours, err);
	if (st == KST_OK || st == KST_END)
		kst__out_write(out, &ours, sizeof ours);
	return st;
}

kst_status kst_heap_key(const struct kst_target *target, struct kst_heap_key *out, struct kst_error *err)
{
	return give(target, out, err, kst__heap_key);
}

kst_status kst_heap_key_recover(const struct kst_target *target, struct kst_heap_key *out, struct kst_error *err)
{
	return give(target, out, err, recover);
}
