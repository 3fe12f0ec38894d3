/* SPDX-License-Identifier: MIT */
/*
 * Keys of the segment heap. Without symbols the chunks in memory tell the heap key: of an allocated chunk everything but
 * the size of its predecessor is known from its POOL_HEADER, so each one is a vote for 48 bits of the key. The other 16
 * are told by a chunk whose predecessor is at hand (doc/structures/segment_heap.md).
 */
#include "heap_key.h"
#include "../decode/pool.h"
#include "heap_votes.h"
#include "kernel_runs.h"

#define WINDOW         256u
#define SLOTS          24u /* of the vote; more different candidates than this push each other out */
#define VOTES_ENOUGH   64u /* then nobody can win any more */
#define VOTES_LEAST    3u  /* agreeing on 48 bits */
#define SEGMENTS_LEAST 2u  /* signatures that agree, where no chunk can be asked */

struct vote {
	const struct kst_target *target;
	struct kst_error *err;
	struct kst__vs_format format;
	struct kst__pool_format header;
	uint64_t told; /* bits of the key that a single chunk tells */
	struct kst__slot slots[SLOTS];
	struct kst__slot pairs[4]; /* values of the remaining bits */
	struct kst_heap_key key;
	uint64_t end; /* addresses below it were searched */
	bool ended;   /* clear before the end of the memory */
};

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
	if (kst__cast(vote->slots, SLOTS, value) >= VOTES_ENOUGH &&
	    kst__best(vote->slots, SLOTS, &second).count > 4 * second)
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

	if (value != (vote->key.key & vote->told))
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
	kst__cast(vote->pairs, KST__COUNT(vote->pairs), previous);
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
KST__APART static kst_status search_run(struct vote *vote, uint64_t start, uint64_t end, bool second)
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
			if (vote->key.searched >= KST__HEAP_SEARCH_MOST)
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
	struct kst__kernel_runs runs;
	uint64_t start, length;
	kst_status st = kst__kernel_runs_begin(&runs, vote->target, vote->err);

	while (st == KST_OK && !(vote->ended && !second)) {
		st = kst__kernel_runs_next(&runs, &start, &length, vote->err);
		if (st != KST_OK || (second && start >= vote->end))
			break;
		if (second && vote->end - start < length)
			length = vote->end - start;
		st = search_run(vote, start, start + length, second);
	}
	if (runs.partial)
		vote->key.anomalies |= KST_HEAP_KEY_ANOMALY_PARTIAL;
	return st == KST_END ? KST_OK : st;
}

/* Second pass, with what is known of the key: how many chunks agree, and what their neighbours say of the other bits. */
static kst_status ask_chunks(struct vote *vote)
{
	uint64_t mask = kst__vs_mask(&vote->format, KST__VS_PREVIOUS), second;
	struct kst__slot winner;
	kst_status st;

	vote->key.votes = 0;
	st = search(vote, true);
	if (st != KST_OK)
		return st;
	winner = kst__best(vote->pairs, KST__COUNT(vote->pairs), &second);
	vote->key.pairs = (uint32_t)winner.count;
	if (second != 0)
		vote->key.anomalies |= KST_HEAP_KEY_ANOMALY_CONTRADICTION;
	if (winner.count == 0 || winner.count <= 4 * second)
		return KST_OK;
	if ((vote->key.bits_known & mask) != 0) {
		/* these bits came from a signature: the neighbours must say the same */
		if (winner.value != 0) {
			vote->key.anomalies |= KST_HEAP_KEY_ANOMALY_CONTRADICTION;
			vote->key.bits_known &= ~mask;
			vote->key.key &= ~mask;
		}
		return KST_OK;
	}
	vote->key.key |= winner.value;
	vote->key.bits_known |= mask;
	return KST_OK;
}

/* Everything the votes tell without doubt. */
static kst_status judge(struct vote *vote, const struct kst__page_votes *pages)
{
	uint64_t second;
	struct kst__slot winner = kst__best(vote->slots, SLOTS, &second);
	bool chunks = winner.count >= VOTES_LEAST && winner.count >= 2 * second;
	bool agree = chunks && pages->segments > 0 && (pages->heap_key & vote->told) == winner.value;

	vote->key.votes = winner.count;
	if (chunks && pages->segments > 0 && !agree)
		vote->key.anomalies |= KST_HEAP_KEY_ANOMALY_CONTRADICTION;
	/* several chunks and several segments that contradict each other: nobody is believed */
	if (chunks && !agree && pages->segments >= SEGMENTS_LEAST)
		return KST_END;
	if (agree || (!chunks && pages->segments >= SEGMENTS_LEAST)) {
		vote->key.key = pages->heap_key;
		vote->key.bits_known = kst__key_mask(&vote->target->layout);
		vote->key.segments = pages->segments;
	} else if (chunks) {
		vote->key.key = winner.value;
		vote->key.bits_known = vote->told;
	} else {
		return KST_END;
	}
	vote->key.source = KST_HEAP_KEY_RECOVERED;
	return vote->told != 0 ? ask_chunks(vote) : KST_OK;
}

/* With what the starts of pages told. */
KST__APART static kst_status recover_with(const struct kst_target *target, const struct kst__page_votes *pages,
					  struct kst_heap_key *out, struct kst_error *err)
{
	struct vote vote = { .target = target, .err = err, .key = { .size = sizeof vote.key } };
	kst_status st = KST_OK;

	if (!kst__vs_format(&target->layout, &vote.format) ||
	    kst__pool_format(&target->layout, &vote.header, NULL) != KST_OK || vote.header.tag_offset == UINT32_MAX)
		return kst__fail(err, KST_E_NO_MEMBER, 0,
				 "the layout describes no chunks of a segment heap with pool headers");
	/* a 32-bit word has too few bits for a vote of chunks that leaves no doubt */
	if (kst__pointer_size(target) == 8) {
		vote.told = ~kst__vs_mask(&vote.format, KST__VS_PREVIOUS);
		st = search(&vote, false);
	}
	if (st == KST_OK) {
		if (vote.ended || pages->partial)
			vote.key.anomalies |= KST_HEAP_KEY_ANOMALY_PARTIAL;
		st = judge(&vote, pages);
	}
	if (st != KST_OK && st != KST_END)
		return st;
	*out = vote.key;
	if (pages->lfh > 0) {
		out->lfh_key = pages->lfh_key;
		out->lfh_bits_known = UINT32_MAX;
		out->lfh_known = 1;
		out->lfh_votes = pages->lfh;
	}
	if (st == KST_END)
		kst__fail(err, KST_END, 0, "too few chunks and segments of a heap are at hand to tell the key");
	return st;
}

static kst_status recover(const struct kst_target *target, struct kst_heap_key *out, struct kst_error *err)
{
	struct kst__page_votes pages;
	kst_status st = kst__page_votes(target, &pages, err);

	return st == KST_OK ? recover_with(target, &pages, out, err) : st;
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
	out->lfh_bits_known = out->lfh_known ? kst__key_mask(&target->layout) : 0;
	return failure != KST_OK ? kst__fail(err, failure, globals, "the host could not read") : KST_OK;
}

kst_status kst__heap_key(const struct kst_target *target, struct kst_heap_key *out, struct kst_error *err)
{
	kst_status st = from_symbols(target, out, err);

	if (st != KST_E_NO_MEMBER && st != KST_E_FAULT)
		return st;
	/* not for every address that is asked: all page tables would be walked */
	if ((target->reader.flags & KST_READER_PHYSICAL_ONLY) != 0)
		return kst__fail(err, KST_E_FAULT, 0,
				 "the keys are not known, and the reader has physical memory only");
	return recover(target, out, err);
}

static kst_status symbols_or_memory(const struct kst_target *target, struct kst_heap_key *out, struct kst_error *err)
{
	kst_status st = from_symbols(target, out, err);

	return st != KST_E_NO_MEMBER && st != KST_E_FAULT ? st : recover(target, out, err);
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
	return give(target, out, err, symbols_or_memory);
}

kst_status kst_heap_key_recover(const struct kst_target *target, struct kst_heap_key *out, struct kst_error *err)
{
	return give(target, out, err, recover);
}
