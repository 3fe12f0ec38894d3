/* SPDX-License-Identifier: MIT */
/* Keys of the segment heap: from the globals, from pieces of memory, and never a bit that is wrong. */
#include "support/heap_forge.h"
#include "support/support.h"

#define PARTLY 0xffff0000ffffffffu

static uint64_t all_bits(const struct heap_forge *f)
{
	return f->width == 8 ? UINT64_MAX : UINT32_MAX;
}

static struct kst_heap_key ask(struct kst_target *target, kst_status expected)
{
	struct kst_heap_key key = { .size = sizeof key };

	assert_int_equal(kst_heap_key(target, &key, NULL), expected);
	return key;
}

static void from_globals(void **state)
{
	(void)state;
	for (unsigned build = 0; build < HEAP_BUILDS; build++) {
		struct heap_forge *f = heap_forge_new((enum heap_build)build);
		struct kst_heap_key key = ask(heap_forge_target(f, true), KST_OK);

		assert_true(key.key == f->heap_key && key.bits_known == all_bits(f) &&
			    key.source == KST_HEAP_KEY_SYMBOLS);
		assert_true(key.lfh_known && key.lfh_key == f->lfh_key && key.lfh_bits_known == all_bits(f));
		assert_true(key.segments == 0 && key.lfh_votes == 0);
		heap_forge_free(f);
	}
}

static void from_memory(void **state)
{
	(void)state;
	for (unsigned build = 0; build < HEAP_BUILDS; build++) {
		struct heap_forge *f = heap_forge_new((enum heap_build)build);
		struct kst_heap_key key = ask(heap_forge_target(f, false), KST_OK);

		assert_true(key.key == f->heap_key && key.bits_known == all_bits(f) &&
			    key.source == KST_HEAP_KEY_RECOVERED);
		/* 32-bit words are too short for a vote of chunks: there it is the two segments alone */
		if (f->width == 8)
			assert_true(key.votes >= 20 && key.pairs >= 20 && key.candidates >= key.votes);
		assert_true(key.segments == 2 && (key.anomalies & ~(uint64_t)KST_HEAP_KEY_ANOMALY_PARTIAL) == 0);
		assert_true(key.lfh_known && key.lfh_bits_known == UINT32_MAX && key.lfh_votes == 5 &&
			    key.lfh_key == (f->lfh_key & UINT32_MAX));
		/* known, but not at hand: recovered as well */
		heap_forge_drop(f, f->globals);
		key = ask(heap_forge_target(f, true), KST_OK);
		assert_true(key.key == f->heap_key && key.source == KST_HEAP_KEY_RECOVERED);
		heap_forge_free(f);
	}
}

/* Small pieces: cut away everything but some chunks, and see that whatever is told is true. */
static void from_pieces(void **state)
{
	unsigned whole = 0, partly = 0, nothing = 0;

	(void)state;
	for (unsigned step = 1; step < 64; step += step < 8 ? 1 : 8) {
		struct heap_forge *f = heap_forge_new(HEAP_19041);
		struct kst_heap_key key = { .size = sizeof key };
		unsigned n = 0;
		kst_status st;

		heap_forge_keep(f, f->vs, 16);
		/* only every step-th chunk keeps its word */
		for (size_t i = 0; i < f->block_count; i++) {
			uint8_t *word = f->blocks[i].word == 0 ? NULL : heap_forge_byte(f, f->blocks[i].word);

			if (word != NULL && n++ % step != 0)
				memset(word, 0, 16);
		}
		st = kst_heap_key(heap_forge_target(f, false), &key, NULL);
		assert_true(st == KST_OK || st == KST_END);
		assert_true((key.key & ~key.bits_known) == 0 && (key.key ^ (f->heap_key & key.bits_known)) == 0);
		whole += key.bits_known == UINT64_MAX;
		partly += key.bits_known == PARTLY;
		nothing += key.bits_known == 0;
		assert_true((st == KST_END) == (key.bits_known == 0));
		heap_forge_free(f);
	}
	assert_true(whole >= 1 && partly >= 3 && nothing >= 1);
}

/* Contents that vote for another key, in smaller numbers, change nothing; in equal numbers nothing is told. */
static void disputed(void **state)
{
	(void)state;
	for (unsigned rivals = 0; rivals < 16; rivals += 3) {
		struct heap_forge *f = heap_forge_new(HEAP_22000);
		struct kst_heap_key key = { .size = sizeof key };
		unsigned n = 0;
		kst_status st;

		heap_forge_keep(f, f->vs, 16);
		for (size_t i = 0; i < f->block_count && n < rivals; i++) {
			uint8_t *word = f->blocks[i].word == 0 ? NULL : heap_forge_byte(f, f->blocks[i].word);

			if (word == NULL || !f->blocks[i].allocated)
				continue;
			for (unsigned b = 0; b < 8; b++)
				word[b] ^= 0x5a;
			n++;
		}
		st = kst_heap_key(heap_forge_target(f, false), &key, NULL);
		/* a third of the votes cannot win, nor can half of them */
		if (st == KST_OK)
			assert_true((key.key ^ (f->heap_key & key.bits_known)) == 0);
		if (rivals == 0)
			assert_int_equal(st, KST_OK);
		heap_forge_free(f);
	}
}

static void failing_reads(void **state)
{
	static const kst_status with[] = { KST_E_FAULT, KST_E_IO };

	(void)state;
	for (unsigned i = 0; i < 4; i++) {
		struct heap_forge *f = heap_forge_new(HEAP_19041);
		struct kst_target *target;
		bool more = true;

		heap_forge_keep(f, f->vs, 4);
		target = heap_forge_target(f, (i & 1) != 0);
		for (uint64_t n = 1; more; n++) {
			struct kst_heap_key key, before;
			kst_status st;

			memset(&before, 0x77, sizeof before);
			before.size = sizeof before;
			key = before;
			f->reads = 0;
			f->fail_at = n;
			f->fail_on = (i & 2) != 0;
			f->fail_with = with[n % 2];
			st = kst_heap_key(target, &key, NULL);
			more = f->reads >= n;
			if (with[n % 2] == KST_E_IO && more)
				assert_int_equal(st, KST_E_HOST);
			else
				assert_true(st == KST_OK || st == KST_END);
			if (st == KST_OK)
				assert_true((key.key ^ (f->heap_key & key.bits_known)) == 0);
			if (st == KST_E_HOST)
				assert_memory_equal(&key, &before, sizeof key);
			assert_true(n < 5000);
		}
		heap_forge_free(f);
	}
}

static void refuses(void **state)
{
	struct heap_forge *f = heap_forge_new(HEAP_18362);
	struct kst_target *target = heap_forge_target(f, true);
	struct kst_heap_key key = { .size = sizeof key }, odd = { .size = 12 };

	(void)state;
	assert_int_equal(kst_heap_key(NULL, &key, NULL), KST_E_ARG);
	assert_int_equal(kst_heap_key(target, NULL, NULL), KST_E_ARG);
	assert_int_equal(kst_heap_key(target, &odd, NULL), KST_E_ABI);
	assert_int_equal(kst_heap_key_recover(target, &odd, NULL), KST_E_ABI);
	assert_int_equal(kst_heap_key_recover(target, &key, NULL), KST_OK);
	assert_true(key.key == f->heap_key && key.source == KST_HEAP_KEY_RECOVERED);
	heap_forge_keep(f, 0, 0);
	assert_int_equal(kst_heap_key(heap_forge_target(f, true), &key, NULL), KST_END);
	assert_true(key.key == 0 && key.bits_known == 0 && key.votes == 0);
	heap_forge_free(f);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(from_globals), cmocka_unit_test(from_memory),   cmocka_unit_test(from_pieces),
		cmocka_unit_test(disputed),     cmocka_unit_test(failing_reads), cmocka_unit_test(refuses),
	};

	return cmocka_run_group_tests_name("heap key", tests, NULL, NULL);
}
