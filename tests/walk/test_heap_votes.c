/* SPDX-License-Identifier: MIT */
/* What page segments and LFH subsegments tell of the keys; and that too few, or contradicting ones, tell nothing. */
#include "support/heap_forge.h"
#include "support/support.h"

static struct kst_heap_key ask(struct heap_forge *f, kst_status expected)
{
	struct kst_heap_key key = { .size = sizeof key };

	assert_int_equal(kst_heap_key_recover(heap_forge_target(f, false), &key, NULL), expected);
	return key;
}

static void no_chunks(struct heap_forge *f)
{
	for (size_t i = 0; i < f->block_count; i++)
		if (f->blocks[i].word != 0)
			for (unsigned b = 0; b < f->width; b++)
				*heap_forge_byte(f, f->blocks[i].word + b) = 0;
}

/* Two segments of different contexts, no chunk at all. */
static void segments(void **state)
{
	(void)state;
	for (unsigned build = 0; build < HEAP_BUILDS; build++) {
		struct heap_forge *f = heap_forge_new((enum heap_build)build);
		struct kst_heap_key key;

		no_chunks(f);
		key = ask(f, KST_OK);
		assert_true(key.key == f->heap_key && key.votes == 0 && key.segments == 2);
		assert_true(key.bits_known == (f->width == 8 ? UINT64_MAX : UINT32_MAX) &&
			    (key.anomalies & ~(uint64_t)KST_HEAP_KEY_ANOMALY_PARTIAL) == 0);
		/* one alone tells nothing ... */
		heap_forge_drop(f, f->big_segment);
		key = ask(f, KST_END);
		assert_true(key.key == 0 && key.bits_known == 0 && key.source == KST_HEAP_KEY_UNKNOWN);
		heap_forge_free(f);
		/* ... but completes what the chunks say */
		f = heap_forge_new((enum heap_build)build);
		heap_forge_drop(f, f->big_segment);
		if (f->width == 8) {
			key = ask(f, KST_OK);
			assert_true(key.key == f->heap_key && key.segments == 1 && key.votes > 20 && key.pairs > 20);
		} else {
			ask(f, KST_END);
		}
		heap_forge_free(f);
	}
}

/* Every bit of a signature: the other segment does not agree, and a segment against the chunks is told. */
static void damaged_signature(void **state)
{
	(void)state;
	for (unsigned build = HEAP_19041; build < HEAP_BUILDS; build += HEAP_19041_X86 - HEAP_19041) {
		struct heap_forge *f = heap_forge_new((enum heap_build)build);

		for (unsigned bit = 0; bit < 8 * f->width; bit++) {
			uint8_t *byte = heap_forge_byte(f, f->segment + f->signature + bit / 8);
			struct kst_heap_key key;

			*byte ^= (uint8_t)(1u << bit % 8);
			key = ask(f, f->width == 8 ? KST_OK : KST_END);
			assert_true((key.key ^ (f->heap_key & key.bits_known)) == 0);
			*byte ^= (uint8_t)(1u << bit % 8);
		}
		heap_forge_free(f);
	}
}

/* Two segments agree on a key that the chunks contradict: nothing is told. */
static void contradiction(void **state)
{
	struct heap_forge *f = heap_forge_new(HEAP_22000);
	struct kst_heap_key key;

	(void)state;
	heap_forge_byte(f, f->segment + f->signature)[0] ^= 1;
	heap_forge_byte(f, f->big_segment + f->signature)[0] ^= 1;
	key = ask(f, KST_END);
	assert_true(key.key == 0 && key.bits_known == 0 && (key.anomalies & KST_HEAP_KEY_ANOMALY_CONTRADICTION) != 0);
	heap_forge_free(f);
}

/* What is no heap, or another context's segment, has no vote. */
static void unproved(void **state)
{
	struct heap_forge *f = heap_forge_new(HEAP_20348);
	struct kst_heap_key key;

	(void)state;
	no_chunks(f);
	heap_forge_byte(f, f->heaps[1] + 0x10)[0] ^= 1;
	key = ask(f, KST_END);
	assert_true(key.segments == 0);
	heap_forge_byte(f, f->heaps[1] + 0x10)[0] ^= 1;
	assert_int_equal(ask(f, KST_OK).segments, 2);
	heap_forge_byte(f, f->heaps[1] + 0x140 + 0x38)[2] ^= 1; /* the context's heap */
	key = ask(f, KST_END);
	assert_true(key.bits_known == 0);
	heap_forge_free(f);
}

/* Subsegments vote in threes and with words that differ; a flipped word loses its vote and changes nothing. */
static void lfh(void **state)
{
	(void)state;
	for (unsigned build = 0; build < HEAP_BUILDS; build++) {
		struct heap_forge *f = heap_forge_new((enum heap_build)build);

		for (unsigned bit = 0; bit < 32; bit++) {
			uint8_t *byte = heap_forge_byte(f, f->lfh + f->lfh_word + bit / 8);
			struct kst_heap_key key;

			*byte ^= (uint8_t)(1u << bit % 8);
			key = ask(f, KST_OK);
			assert_true(key.lfh_known && key.lfh_votes == 4 && key.lfh_key == (f->lfh_key & UINT32_MAX));
			*byte ^= (uint8_t)(1u << bit % 8);
		}
		for (unsigned i = 0; i < 2; i++) {
			heap_forge_drop(f, f->lfh_at[i]);
			assert_int_equal(ask(f, KST_OK).lfh_votes, 4 - i);
		}
		heap_forge_drop(f, f->lfh_at[2]);
		assert_int_equal(ask(f, KST_OK).lfh_known, 0);
		heap_forge_free(f);
	}
}

/* Any number of subsegments of one kind repeat one mistake: they do not count. */
static void lfh_of_one_kind(void **state)
{
	struct heap_forge *f = heap_forge_new(HEAP_19041);
	const uint8_t *first = heap_forge_byte(f, f->lfh);
	struct kst_heap_key key;

	(void)state;
	/* copies of the first subsegment in the place of the others, as it would be stored there */
	for (unsigned i = 1; i < 5; i++) {
		uint64_t at = f->lfh_at[i];
		uint32_t page = (uint32_t)at >> 12 ^ (uint32_t)f->lfh >> 12;
		uint8_t *to = heap_forge_byte(f, at);

		memcpy(to, first, 0x1000);
		for (unsigned k = 0; k < 4; k++)
			to[f->lfh_word + k] ^= (uint8_t)(page >> (8 * k));
	}
	key = ask(f, KST_OK);
	assert_true(!key.lfh_known && key.lfh_key == 0 && key.lfh_bits_known == 0);
	heap_forge_free(f);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(segments),      cmocka_unit_test(damaged_signature),
		cmocka_unit_test(contradiction), cmocka_unit_test(unproved),
		cmocka_unit_test(lfh),           cmocka_unit_test(lfh_of_one_kind),
	};

	return cmocka_run_group_tests_name("heap votes", tests, NULL, NULL);
}
