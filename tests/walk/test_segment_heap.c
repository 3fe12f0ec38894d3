/* SPDX-License-Identifier: MIT */
/* The block that contains an address, in a segment heap that another encoder has built; and every bit of its headers. */
#include "support/heap_forge.h"
#include "support/support.h"

static struct kst_pool_verdict ask(struct heap_forge *f, uint64_t address)
{
	struct kst_pool_verdict v = { .size = sizeof v };

	assert_int_equal(kst_pool_find(f->target, NULL, address, &v, NULL), KST_OK);
	return v;
}

/* Is this verdict the block? */
static bool is(const struct kst_pool_verdict *v, const struct heap_block *b)
{
	bool free_range = b->kind == KST_POOL_KIND_HEAP_LARGE && !b->allocated;

	if (free_range)
		return v->kind == KST_POOL_KIND_NONE && v->state == KST_POOL_STATE_FREE;
	return v->kind == b->kind && v->base == b->base && v->bytes == b->bytes &&
	       v->state == (b->allocated ? KST_POOL_STATE_ALLOCATED : KST_POOL_STATE_FREE) &&
	       (!b->header || !b->allocated || memcmp(v->tag, b->tag, 4) == 0);
}

static bool detected(const struct kst_pool_verdict *v)
{
	return v->kind == KST_POOL_KIND_INCONSISTENT || v->anomalies != 0;
}

static void every_block(void **state)
{
	(void)state;
	for (unsigned build = 0; build < HEAP_BUILDS; build++) {
		struct heap_forge *f = heap_forge_new((enum heap_build)build);
		unsigned kinds[8][2] = { { 0 } };

		heap_forge_target(f, true);
		for (size_t i = 0; i < f->block_count; i++) {
			const struct heap_block *b = &f->blocks[i];
			const uint64_t at[] = { b->base, b->base + b->bytes / 2, b->base + b->bytes - 1 };

			for (size_t k = 0; k < 3; k++) {
				struct kst_pool_verdict v = ask(f, at[k]);

				if (!is(&v, b))
					print_message("build %u block %u: kind %u base %llx bytes %llx\n", build,
						      (unsigned)i, v.kind, (unsigned long long)v.base,
						      (unsigned long long)v.bytes);
				assert_true(is(&v, b));
				assert_true((v.evidence & KST_POOL_EVIDENCE_KEY_SYMBOLS) != 0);
				assert_int_equal(v.anomalies & ~(uint64_t)KST_POOL_VERDICT_ANOMALY_STALE_TAG, 0);
				if (b->header && b->allocated)
					assert_true((v.evidence & KST_POOL_EVIDENCE_HEADER_AGREES) != 0 &&
						    v.header == b->base && v.data == b->base + f->header);
				if (v.kind != KST_POOL_KIND_NONE)
					assert_true((v.present & KST_POOL_VERDICT_HAS_HEAP) != 0 &&
						    v.heap == f->heaps[1]);
			}
			kinds[b->kind][b->allocated]++;
		}
		assert_true(kinds[KST_POOL_KIND_VS][0] > 10 && kinds[KST_POOL_KIND_VS][1] > 50);
		assert_true(kinds[KST_POOL_KIND_LFH][0] > 10 && kinds[KST_POOL_KIND_LFH][1] > 30);
		assert_true(kinds[KST_POOL_KIND_HEAP_LARGE][0] == 3 && kinds[KST_POOL_KIND_HEAP_LARGE][1] == 5);
		/* the chunk header belongs to its chunk; a subsegment's own header to nobody */
		for (size_t i = 0; i < f->block_count; i++)
			if (f->blocks[i].word != 0)
				assert_true(ask(f, f->blocks[i].word).base == f->blocks[i].word);
		assert_int_equal(ask(f, f->segment + 8).kind, KST_POOL_KIND_NONE);
		/* nor do places that cross a page and guard pages */
		assert_true(f->own_count > 2 * 15);
		for (size_t i = 0; i < f->own_count; i++)
			assert_int_equal(ask(f, f->own[i] + 8).kind, KST_POOL_KIND_NONE);
		/* the heap itself is no block of it */
		assert_int_equal(ask(f, f->heaps[2] + 0x140).kind, KST_POOL_KIND_NONE);
		assert_true(ask(f, f->heaps[2] + 0x140).evidence & KST_POOL_EVIDENCE_HEAP_OBJECT);
		assert_true(ask(f, f->heaps[2] + 0x140).heap == f->heaps[2]);
		heap_forge_free(f);
	}
}

/* Flip every bit of `count` bytes at va: the block at `address` is still found, or the damage is seen. */
static unsigned flip(struct heap_forge *f, uint64_t va, size_t count, uint64_t address, const struct heap_block *b)
{
	unsigned seen = 0;

	for (size_t bit = 0; bit < 8 * count; bit++) {
		uint8_t *byte = heap_forge_byte(f, va + bit / 8);
		struct kst_pool_verdict v;

		*byte ^= (uint8_t)(1u << bit % 8);
		v = ask(f, address);
		if (!is(&v, b) && !detected(&v))
			print_message("bit %u at %llx: kind %u base %llx bytes %llx state %u\n", (unsigned)bit,
				      (unsigned long long)va, v.kind, (unsigned long long)v.base,
				      (unsigned long long)v.bytes, v.state);
		assert_true(is(&v, b) || detected(&v));
		seen += detected(&v);
		*byte ^= (uint8_t)(1u << bit % 8);
	}
	return seen;
}

static void every_bit(void **state)
{
	(void)state;
	for (unsigned build = 0; build < HEAP_BUILDS; build++) {
		struct heap_forge *f = heap_forge_new((enum heap_build)build);
		unsigned chunks = 0, lfh = 0;

		heap_forge_target(f, true);
		for (size_t i = 0; i < f->block_count; i++) {
			const struct heap_block *b = &f->blocks[i];

			if (b->word != 0 && b->word < f->vs + 0x6000 && chunks < 30) {
				/* all bits are part of the chain, but the cost of a free chunk and what is before the first */
				unsigned bits = 8 * f->width, seen = flip(f, b->word, f->width, b->base, b);
				bool first = b->word == f->vs + (f->width == 8 ? 0x30 : 0x18);

				assert_true(seen == bits || ((!b->allocated || first) && seen >= bits - 16));
				if (b->allocated)
					flip(f, b->word + f->width, 4, b->base, b);
				chunks++;
			}
			if (b->kind == KST_POOL_KIND_LFH && b->base < f->lfh + 0x1000 && lfh < 20) {
				assert_int_equal(flip(f, f->lfh + f->lfh_word, 4, b->base, b), 32);
				lfh++;
			}
		}
		assert_true(chunks == 30 && lfh == 20);
		/* signatures: of the subsegment (its highest bit is no part of it), the range, the segment */
		flip(f, f->vs + f->vs_header, 4, f->blocks[4].base, &f->blocks[4]);
		flip(f, f->descriptors, 4, f->blocks[4].base, &f->blocks[4]);
		flip(f, f->segment + f->signature, f->width, f->blocks[4].base, &f->blocks[4]);
		heap_forge_free(f);
	}
}

/* Range descriptors: kind, length, and the way back from the middle of a range. */
static void every_bit_of_a_range(void **state)
{
	(void)state;
	for (unsigned build = 0; build < HEAP_BUILDS; build++) {
		struct heap_forge *f = heap_forge_new((enum heap_build)build);
		unsigned ranges = 0;

		heap_forge_target(f, true);
		for (size_t i = 0; i < f->block_count; i++) {
			const struct heap_block *b = &f->blocks[i];
			uint64_t segment = b->base & ~(uint64_t)0xfffff, at = b->base + b->bytes / 2, descriptor;

			if (segment != f->segment || !b->allocated || i % 7 != 0)
				continue;
			descriptor = segment + (at - segment) / 0x1000 * f->descriptor_size;
			flip(f, descriptor, 4, at, b);
			flip(f, descriptor + 4, 4, at, b); /* unused bytes */
			flip(f, descriptor + f->unit_at, 1, at, b);
			/*
			 * Kinds are not encoded: one bit makes a backend allocation of an LFH subsegment (b and 3), and what
			 * is left in its memory proves nothing. Every other bit is seen.
			 */
			if (b->kind != KST_POOL_KIND_LFH || heap_forge_byte(f, descriptor + f->flags_at)[0] % 0x20 == 1)
				flip(f, descriptor + f->flags_at, 1, at, b);
			ranges++;
		}
		for (size_t i = 0; i < f->block_count; i++) {
			const struct heap_block *b = &f->blocks[i];
			uint64_t index = (b->base - f->segment) / 0x1000;

			if (b->kind != KST_POOL_KIND_HEAP_LARGE || b->base < f->segment || index >= 256)
				continue;
			/* a range of whole pages: its length is repeated by the descriptors of its pages */
			if (b->allocated)
				flip(f, f->segment + index * f->descriptor_size + f->unit_at, 1, b->base, b);
			ranges++;
		}
		assert_true(ranges > 20);
		heap_forge_free(f);
	}
}

static void failing_reads(void **state)
{
	static const kst_status with[] = { KST_E_FAULT, KST_E_IO };

	(void)state;
	for (unsigned i = 0; i < 8; i++) {
		struct heap_forge *f = heap_forge_new(HEAP_20348);
		bool more = true;
		size_t which = 0;

		while (f->blocks[which].kind != ((i & 4) != 0 ? KST_POOL_KIND_LFH : KST_POOL_KIND_VS) ||
		       !f->blocks[which].allocated)
			which++;
		which += 4;
		heap_forge_target(f, true);
		for (uint64_t n = 1; more; n++) {
			struct kst_pool_verdict v, before;
			kst_status st;

			memset(&before, 0x33, sizeof before);
			before.size = sizeof before;
			v = before;
			f->reads = 0;
			f->fail_at = n;
			f->fail_on = (i & 2) != 0;
			f->fail_with = with[i & 1];
			st = kst_pool_find(f->target, NULL, f->blocks[which].base, &v, NULL);
			more = f->reads >= n;
			if ((i & 1) != 0 && more) {
				assert_int_equal(st, KST_E_HOST);
				assert_memory_equal(&v, &before, sizeof v);
			} else {
				assert_int_equal(st, KST_OK);
				if (v.kind == KST_POOL_KIND_VS || v.kind == KST_POOL_KIND_LFH)
					assert_true(v.base == f->blocks[which].base &&
						    v.bytes == f->blocks[which].bytes);
			}
			assert_true(n < 20000);
		}
		heap_forge_free(f);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_block),
		cmocka_unit_test(every_bit),
		cmocka_unit_test(every_bit_of_a_range),
		cmocka_unit_test(failing_reads),
	};

	return cmocka_run_group_tests_name("segment heap", tests, NULL, NULL);
}
