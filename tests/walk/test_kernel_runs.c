/* SPDX-License-Identifier: MIT */
/* Where kernel memory is, and keys from physical memory alone: where the page tables say, the self-map left out. */
#include "../../lib/walk/kernel_runs.h"
#include "support/heap_forge.h"
#include "support/image.h"
#include "support/kernel.h"
#include "support/page_tables.h"
#include "support/support.h"

#include <stdlib.h>

/* A machine with the pages of a forged heap, whose reader has physical memory only. */
static struct image *machine(const struct heap_forge *f, bool self_map)
{
	struct image *img = image_new(f->width == 8 ? KST_PAGING_X64 : KST_PAGING_PAE);

	if (self_map)
		kernel_put_self_map(img, image_dtb(img));
	for (size_t i = 0; i < f->page_count; i++)
		image_put(img, f->page_at[i], f->page_bytes[i], 0x1000);
	return img;
}

static struct kst_layout *layout_of(enum heap_build build)
{
	return build == HEAP_19041_X86 ? layout_builtin(KST_ARCH_X86, 19041, 0)
				       : layout_builtin(KST_ARCH_X64, 19041, 0);
}

static void recovered(void **state)
{
	static const enum heap_build builds[] = { HEAP_19041, HEAP_19041_X86 };

	(void)state;
	for (unsigned i = 0; i < 4; i++) {
		struct heap_forge *f = heap_forge_new(builds[i / 2]);
		struct image *img = machine(f, i % 2 != 0);
		struct kst_layout *layout = layout_of(builds[i / 2]);
		struct kst_target *target = image_target(img, layout);
		struct kst_heap_key key = { .size = sizeof key };
		struct kst_pool_verdict v = { .size = sizeof v };

		assert_int_equal(kst_heap_key_recover(target, &key, NULL), KST_OK);
		assert_true(key.key == f->heap_key && key.segments == 2 &&
			    (key.anomalies & ~(uint64_t)KST_HEAP_KEY_ANOMALY_PARTIAL) == 0);
		assert_true(key.lfh_key == (f->lfh_key & UINT32_MAX) && key.lfh_votes == 5);
		/* one address is not worth a walk over all page tables */
		assert_int_equal(kst_pool_find(target, NULL, f->blocks[4].base, &v, NULL), KST_OK);
		assert_true((v.evidence & KST_POOL_EVIDENCE_NO_HEAP_METADATA) != 0);
		image_free(img);
		free(layout);
		heap_forge_free(f);
	}
}

static void failing_reads(void **state)
{
	struct heap_forge *f = heap_forge_new(HEAP_19041);
	struct image *img;
	struct kst_layout *layout = layout_of(HEAP_19041);
	struct kst_target *target;

	(void)state;
	heap_forge_keep(f, f->vs, 2);
	img = machine(f, false);
	target = image_target(img, layout);
	for (unsigned i = 0; i < 4; i++) {
		kst_status with = (i & 1) != 0 ? KST_E_IO : KST_E_FAULT;
		bool more = true;

		for (uint64_t n = 1; more; n += n < 16 ? 1 : n / 3) {
			struct kst_heap_key key, before;
			kst_status st;

			memset(&before, 0x77, sizeof before);
			before.size = sizeof before;
			key = before;
			image_fail(img, n, (i & 2) != 0, with);
			st = kst_heap_key_recover(target, &key, NULL);
			more = image_reads(img) >= n;
			if (with == KST_E_IO && more) {
				assert_int_equal(st, KST_E_HOST);
				assert_memory_equal(&key, &before, sizeof key);
			} else {
				assert_true(st == KST_OK || st == KST_END);
				assert_true((key.key ^ (f->heap_key & key.bits_known)) == 0);
			}
		}
	}
	image_free(img);
	free(layout);
	heap_forge_free(f);
}

/* Nothing tells where memory is: a virtual reader that has no ranges. */
static kst_status nothing(void *user, kst_space space, uint64_t address, void *buf, size_t len, size_t *done)
{
	(void)user;
	(void)space;
	(void)address;
	(void)buf;
	(void)len;
	*done = 0;
	return KST_E_FAULT;
}

static void nowhere(void **state)
{
	const struct kst_reader_ops ops = { .size = sizeof ops, .read = nothing };
	const struct kst_identity identity = { .size = sizeof identity,
					       .arch = KST_ARCH_X64,
					       .present = KST_IDENTITY_HAS_ARCH };
	struct kst_layout *layout = layout_of(HEAP_19041);
	struct kst_target_config config = {
		.size = sizeof config, .reader = &ops, .layout = layout, .identity = &identity
	};
	struct kst_heap_key key = { .size = sizeof key };
	struct kst_target *target;

	(void)state;
	assert_int_equal(kst_target_create(&config, &target, NULL), KST_OK);
	assert_int_equal(kst_heap_key_recover(target, &key, NULL), KST_E_FAULT);
	kst_target_destroy(target);
	free(layout);
}

/* Pages around the self-map are memory; what is in it are the tables, and they are not. */
static void around_the_self_map(void **state)
{
	static const struct {
		uint32_t paging;
		unsigned level; /* of the entry that maps the root; 0: kernel_put_self_map makes it */
		uint64_t base, size;
	} rows[] = {
		{ KST_PAGING_X86, 0, 0xc0000000, 0x400000 },
		{ KST_PAGING_PAE, 0, 0xc0000000, 0x800000 },
		{ KST_PAGING_X64, 4, 0xfffff68000000000, (uint64_t)1 << 39 },
		{ KST_PAGING_X64, 4, 0xffffff8000000000, (uint64_t)1 << 39 }, /* nothing is behind it */
		{ KST_PAGING_LA57, 5, 0xff40000000000000, (uint64_t)1 << 48 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		struct image *img = image_new(rows[i].paging);
		uint64_t want[2] = { rows[i].base - 0x1000, rows[i].base + rows[i].size }, start, length;
		size_t count = want[1] == 0 ? 1 : 2, n = 0;
		struct kst__kernel_runs runs;
		kst_status st;

		for (size_t k = 0; k < count; k++)
			image_put64(img, want[k], 42);
		if (rows[i].level == 0)
			kernel_put_self_map(img, image_dtb(img));
		else
			put_entry(image_entry(img, image_dtb(img), rows[i].base, rows[i].level), 8,
				  image_dtb(img) | 0x63);
		assert_int_equal(kst__kernel_runs_begin(&runs, image_target(img, NULL), NULL), KST_OK);
		while ((st = kst__kernel_runs_next(&runs, &start, &length, NULL)) == KST_OK) {
			assert_true(n < count && start == want[n] && length == 0x1000);
			n++;
		}
		assert_int_equal(st, KST_END);
		assert_int_equal(runs.partial, 0);
		assert_int_equal(n, count);
		image_free(img);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(around_the_self_map),
		cmocka_unit_test(recovered),
		cmocka_unit_test(failing_reads),
		cmocka_unit_test(nowhere),
	};

	return cmocka_run_group_tests_name("kernel runs", tests, NULL, NULL);
}
