/* SPDX-License-Identifier: MIT */
#include "support/image.h"
#include "support/support.h"

#include <stdlib.h>

struct row {
	const char *name;
	uint32_t paging;
	uint64_t va;
	uint64_t user_va;
	unsigned entry;
	uint64_t pte_base;   /* self-map to be made */
	unsigned self_level; /* level whose entry for pte_base maps the root */
};

static const struct row rows[] = {
	{ "x86", KST_PAGING_X86, 0x80401ff8, 0x12f980, 4, 0xc0000000, 2 },
	{ "pae", KST_PAGING_PAE, 0x80401ff8, 0x12f980, 8, 0, 0 },
	{ "x64", KST_PAGING_X64, 0xfffff80000401ff8, 0x1a42ea30240, 8, 0xffffec8000000000, 4 },
	{ "la57", KST_PAGING_LA57, 0xffff800000401ff8, 0x1a42ea30240, 8, 0xff40000000000000, 5 },
	{ "arm64", KST_PAGING_ARM64, 0xfffff80000401ff8, 0x1a42ea30240, 8, 0xffffa88000000000, 4 },
};

static void put_entry(uint8_t *at, unsigned width, uint64_t value)
{
	for (unsigned i = 0; i < width; i++)
		at[i] = (uint8_t)(value >> (8 * i));
}

static uint64_t get_entry(const uint8_t *at, unsigned width)
{
	uint64_t value = 0;

	for (unsigned i = 0; i < width; i++)
		value |= (uint64_t)at[i] << (8 * i);
	return value;
}

static struct kst_translation translated(const struct kst_target *t, uint64_t va, uint32_t flags)
{
	struct kst_translation out = { .size = sizeof out };

	assert_int_equal(kst_translate(t, KST_SPACE_KERNEL, va, flags, &out, NULL), KST_OK);
	assert_true(out.address == va);
	return out;
}

/* The image's valid entry: transition keeps the frame. */
static void make_transition(struct image *img, const struct row *row, uint64_t va, unsigned level)
{
	uint8_t *at = image_entry(img, image_dtb(img), va, level);
	uint64_t frame = get_entry(at, row->entry) & 0xfffff000;

	put_entry(at, row->entry, row->paging == KST_PAGING_ARM64 ? frame | 0x808 : frame | 0x880);
}

static void valid_and_self_map(void **state)
{
	const struct row *row = *state;
	struct image *img = image_new(row->paging);
	struct kst_translation out;
	struct kst_target *t;

	image_put64(img, row->va & ~(uint64_t)7, 42);
	if (row->self_level != 0)
		put_entry(image_entry(img, image_dtb(img), row->pte_base, row->self_level), row->entry,
			  image_dtb(img) | (row->paging == KST_PAGING_ARM64 ? 0x703 : 0x63));
	t = image_target(img, NULL);
	out = translated(t, row->va, 0);
	assert_int_equal(out.state, KST_PTE_VALID);
	assert_int_equal(out.read, KST_PTE_READ_HARDWARE);
	assert_int_equal(out.level, 1);
	assert_true(out.page_size == 0x1000);
	assert_true(out.physical == image_physical(img, row->va));
	assert_true((out.present & KST_TRANSLATION_HAS_PHYSICAL) != 0);
	assert_int_equal(out.breakpoint_owed, 0);
	for (uint32_t i = 0; i < out.levels_count && row->self_level != 0; i++) {
		struct kst_translation entry = translated(t, out.levels[i].entry_virtual, 0);

		assert_true(entry.physical == out.levels[i].entry_physical);
	}
	image_free(img);
}

static void transition(void **state)
{
	const struct row *row = *state;
	struct image *img = image_new(row->paging);
	struct kst_translation out;
	struct kst_target *t;
	uint64_t physical;
	char buf[4];

	image_put(img, row->va & ~(uint64_t)0xff, "kept", 4);
	physical = image_physical(img, row->va);
	make_transition(img, row, row->va, 1);
	t = image_target(img, NULL);
	out = translated(t, row->va, 0);
	assert_int_equal(out.state, KST_PTE_TRANSITION);
	assert_int_equal(out.read, KST_PTE_READ_TRANSITION);
	assert_true(out.physical == physical);
	assert_int_equal(out.protection, 4);
	assert_int_equal(out.breakpoint_owed, 1);
	assert_true((out.anomalies & KST_TRANSLATION_ANOMALY_FORMAT_ASSUMED) != 0);
	assert_int_equal(kst_read(t, KST_SPACE_KERNEL, row->va & ~(uint64_t)0xff, buf, 4, NULL, NULL), KST_OK);
	assert_memory_equal(buf, "kept", 4);
	out = translated(t, row->va, KST_TRANSLATE_HARDWARE_ONLY);
	assert_int_equal(out.state, KST_PTE_TRANSITION);
	assert_int_equal(out.present & KST_TRANSLATION_HAS_PHYSICAL, 0);
	assert_int_equal(out.read, KST_PTE_READ_NONE);
	image_free(img);
}

static void table_in_transition(void **state)
{
	const struct row *row = *state;
	struct image *img = image_new(row->paging);
	struct kst_translation out;
	uint64_t physical;

	image_put64(img, row->va & ~(uint64_t)7, 42);
	physical = image_physical(img, row->va);
	make_transition(img, row, row->va, 2);
	out = translated(image_target(img, NULL), row->va, 0);
	assert_int_equal(out.state, KST_PTE_VALID);
	assert_true(out.physical == physical);
	assert_int_equal(out.breakpoint_owed, 1);
	assert_true((out.anomalies & KST_TRANSLATION_ANOMALY_UPPER_TRANSITION) != 0);
	out = translated(image_target(img, NULL), row->va, KST_TRANSLATE_HARDWARE_ONLY);
	assert_int_equal(out.level, 2);
	assert_int_equal(out.state, KST_PTE_TRANSITION);
	image_free(img);
}

static uint64_t pointer_entry(const struct row *row, uint64_t proto)
{
	if (row->paging == KST_PAGING_X86)
		return (proto & 0x7ffffc00) << 1 | (proto & 0x3fc) >> 1 | 0x400;
	if (row->paging == KST_PAGING_PAE)
		return proto << 32 | 0x410;
	return proto << 16 | (row->paging == KST_PAGING_ARM64 ? 0x400 : 0x410);
}

static void prototypes(void **state)
{
	const struct row *row = *state;
	struct image *img = image_new(row->paging);
	uint64_t proto = (row->va & ~(uint64_t)0xfff) + 0x5000;
	uint8_t *entry = image_entry(img, image_dtb(img), row->user_va, 1);
	struct kst_translation out;
	struct kst_target *t;
	uint8_t raw[8] = { 0 };
	uint64_t page;

	image_put(img, row->user_va & ~(uint64_t)0xff, "text", 4);
	page = get_entry(entry, row->entry);
	put_entry(raw, row->entry, page);
	image_put(img, proto, raw, row->entry);
	put_entry(entry, row->entry, pointer_entry(row, proto));
	t = image_target(img, NULL);
	out = translated(t, row->user_va, 0);
	assert_int_equal(out.state, KST_PTE_PROTOTYPE);
	assert_true(out.proto_address == proto);
	assert_int_equal(out.proto_state, KST_PTE_VALID);
	assert_int_equal(out.read, KST_PTE_READ_PROTOTYPE);
	assert_true(out.physical == ((page & 0xfffff000) | (row->user_va & 0xfff)));
	assert_int_equal(out.breakpoint_owed, 1);
	/* the array's page itself in transition: still followed */
	make_transition(img, row, proto, 1);
	out = translated(t, row->user_va, 0);
	assert_int_equal(out.proto_state, KST_PTE_VALID);
	/* ... itself reached through a prototype: not followed */
	put_entry(image_entry(img, image_dtb(img), proto, 1), row->entry, pointer_entry(row, proto));
	out = translated(t, row->user_va, 0);
	assert_true((out.anomalies & KST_TRANSLATION_ANOMALY_PROTO_CHAIN) != 0);
	assert_int_equal(out.present & (KST_TRANSLATION_HAS_PROTO_ENTRY | KST_TRANSLATION_HAS_PHYSICAL), 0);
	assert_int_equal(out.read, KST_PTE_READ_NONE);
	image_free(img);
}

static kst_status page_file(void *user, uint32_t number, uint64_t offset, void *buf, size_t len, size_t *done)
{
	assert_null(user);
	assert_int_equal(number, 2);
	assert_true(offset == 0x1bbeda010);
	memset(buf, 'p', len);
	*done = len;
	return KST_OK;
}

static void paged_out(void **state)
{
	struct image *img = image_new(KST_PAGING_X64);
	uint64_t va = 0xfffff80000401000;
	struct kst_target_config config = { .size = sizeof config,
					    .flags = KST_TARGET_HAS_PTE_MASK,
					    .reader = image_reader(img),
					    .reader_user = img,
					    .identity = image_identity(img),
					    .read_page_file = page_file };
	struct kst_target *t, *without;
	struct kst_translation out;
	char buf[4];

	(void)state;
	put_entry(image_entry(img, image_dtb(img), va, 1), 8, 0x001BBEDA00002084);
	put_entry(image_entry(img, image_dtb(img), va + 0x1000, 1), 8, 0x80);
	assert_int_equal(kst_target_create(&config, &t, NULL), KST_OK);
	out = translated(t, va, 0);
	assert_int_equal(out.state, KST_PTE_PAGE_FILE);
	assert_int_equal(out.read, KST_PTE_READ_PAGE_FILE);
	assert_int_equal(out.page_file_number, 2);
	assert_true(out.page_file_offset == 0x1bbeda000);
	assert_int_equal(out.anomalies, KST_TRANSLATION_ANOMALY_FORMAT_ASSUMED);
	assert_int_equal(kst_read(t, KST_SPACE_KERNEL, va + 0x10, buf, 4, NULL, NULL), KST_OK);
	assert_memory_equal(buf, "pppp", 4);
	/* zeros are never invented */
	assert_int_equal(translated(t, va + 0x1000, 0).state, KST_PTE_DEMAND_ZERO);
	assert_int_equal(kst_read(t, KST_SPACE_KERNEL, va + 0x1000, buf, 4, NULL, NULL), KST_E_FAULT);
	without = image_target(img, NULL);
	assert_int_equal(kst_read(without, KST_SPACE_KERNEL, va + 0x10, buf, 4, NULL, NULL), KST_E_FAULT);
	kst_target_destroy(t);
	image_free(img);
}

/* A reader of virtual memory: the way down goes through the self-map, and may begin below a missing entry. */
static void through_the_self_map(void **state)
{
	struct image *img = image_new(KST_PAGING_X64);
	uint64_t va = 0xfffff80000401ff8, base = 0xffffec8000000000, pte;
	struct kst_symbol symbol = { 0xfffff80000500000, "MmPteBase" };
	struct kst_translation out;
	struct kst_target *t;

	(void)state;
	image_put64(img, va, 42);
	put_entry(image_entry(img, image_dtb(img), base, 4), 8, image_dtb(img) | 0x63);
	image_put64(img, symbol.address, base);
	image_virtual(img, true);
	t = image_target_symbols(img, NULL, &symbol, 1);
	out = translated(t, va, 0);
	assert_int_equal(out.state, KST_PTE_VALID);
	assert_true(out.physical == image_physical(img, va));
	assert_int_equal(out.levels_count, 4);
	pte = base + ((va & 0xffffffffffff) >> 12) * 8;
	assert_true(out.levels[3].entry_virtual == pte);
	assert_true(out.levels[3].entry_physical != 0);
	image_free(img);
}

static void refuses(void **state)
{
	struct image *img = image_new(KST_PAGING_X64);
	struct kst_target *t = image_target(img, NULL);
	struct kst_translation out = { .size = sizeof out, .state = 77 };
	struct kst_error err = { .size = sizeof err };

	(void)state;
	assert_int_equal(kst_translate(NULL, KST_SPACE_KERNEL, 0, 0, &out, &err), KST_E_ARG);
	assert_int_equal(kst_translate(t, KST_SPACE_PHYSICAL, 0, 0, &out, &err), KST_E_ARG);
	assert_int_equal(kst_translate(t, KST_SPACE_KERNEL, 0x0000800000000000, 0, &out, &err), KST_E_ARG);
	assert_int_equal(kst_translate(t, KST_SPACE_KERNEL, 0, 2, &out, &err), KST_E_ARG);
	out.size = 1;
	assert_int_equal(kst_translate(t, KST_SPACE_KERNEL, 0, 0, &out, &err), KST_E_ABI);
	out.size = sizeof out;
	assert_int_equal(kst_translate(t, 0x7fffffff000, 0, 0, &out, &err), KST_E_FAULT); /* no such root */
	image_fail(img, 1, true, -7);
	assert_int_equal(kst_translate(t, KST_SPACE_KERNEL, 0, 0, &out, &err), KST_E_HOST);
	assert_int_equal(err.host_code, -7);
	assert_int_equal(out.state, 77);
	assert_string_equal(kst_translation_anomaly_name(KST_TRANSLATION_ANOMALY_PROTO_CHAIN), "proto-chain");
	image_free(img);
}

/* Runs cover a range without a gap and say what kst_translate says. */
static void runs_of_a_range(void **state)
{
	const struct row *row = *state;
	struct image *img = image_new(row->paging);
	uint64_t base = row->va & ~(uint64_t)0xfff, at = base - 0x3000;
	struct kst_page_run run = { .size = sizeof run };
	struct kst_cursor cursor;
	struct kst_target *t;
	unsigned n = 0, valid = 0;
	kst_status st;

	for (unsigned i = 0; i < 6; i++)
		image_put64(img, base + i * 0x1000, i);
	image_unmap(img, base + 0x4000);
	make_transition(img, row, base + 0x2000, 1);
	t = image_target(img, NULL);
	assert_int_equal(kst_page_runs_begin(&cursor, t, KST_SPACE_KERNEL, at + 0x123, base + 0x7001, 0, NULL), KST_OK);
	while ((st = kst_page_runs_next(&cursor, &run, NULL)) == KST_OK) {
		assert_true(run.address == at);
		for (uint64_t va = run.address; va < run.address + run.length; va += 0x1000) {
			struct kst_translation one = translated(t, va, 0);

			assert_int_equal(one.state, run.state);
			assert_int_equal(one.read, run.read);
			assert_int_equal(one.breakpoint_owed, run.breakpoint_owed);
			if (run.present & KST_TRANSLATION_HAS_PHYSICAL)
				assert_true(one.physical == run.physical + (va - run.address));
			valid += one.state == KST_PTE_VALID;
		}
		at += run.length;
		n++;
	}
	assert_int_equal(st, KST_END);
	assert_int_equal(kst_cursor_end(&cursor), KST_WALK_CLOSED);
	assert_true(at == base + 0x8000);
	assert_int_equal(valid, 4);
	assert_true(n >= 5 && kst_cursor_count(&cursor) == n); /* hole, two, transition, one, hole, one, hole */
	assert_int_equal(kst_page_runs_next(&cursor, &run, NULL), KST_END);
	/* the whole address space: bounded, and past the addresses that are not canonical */
	assert_int_equal(kst_page_runs_begin(&cursor, t, KST_SPACE_KERNEL, 0, UINT64_MAX, 0, NULL), KST_OK);
	while ((st = kst_page_runs_next(&cursor, &run, NULL)) == KST_OK)
		at = run.address + run.length - 1;
	assert_int_equal(st, KST_END);
	assert_true(at == (row->entry == 4 || row->paging == KST_PAGING_PAE ? UINT32_MAX : UINT64_MAX));
	/* a failing host ends it, and what was found first is given first */
	assert_int_equal(kst_page_runs_begin(&cursor, t, KST_SPACE_KERNEL, base, base + 0xfff, 0, NULL), KST_OK);
	image_fail(img, 1, true, -7);
	run.state = 77;
	assert_int_equal(kst_page_runs_next(&cursor, &run, NULL), KST_E_HOST);
	assert_int_equal(kst_page_runs_next(&cursor, &run, NULL), KST_E_HOST);
	assert_int_equal(run.state, 77);
	image_free(img);
}

/* Tables that lead to themselves are bounded by the budget of the target. */
static void tables_in_a_loop(void **state)
{
	struct image *img = image_new(KST_PAGING_X64);
	struct kst_target_config config = { .size = sizeof config,
					    .step_budget = 5000,
					    .reader = image_reader(img),
					    .reader_user = img,
					    .identity = image_identity(img) };
	struct kst_page_run run = { .size = sizeof run };
	struct kst_cursor cursor;
	struct kst_target *t;
	kst_status st;

	(void)state;
	for (unsigned i = 0; i < 512; i++)
		put_entry(image_physical_page(img, image_dtb(img)) + i * 8, 8,
			  (image_dtb(img) | 0x63) + ((uint64_t)(i & 1) << 52));
	assert_int_equal(kst_target_create(&config, &t, NULL), KST_OK);
	assert_int_equal(translated(t, 0xffffffffffffffff, 0).state, KST_PTE_VALID);
	assert_int_equal(kst_page_runs_begin(&cursor, t, KST_SPACE_KERNEL, 0, UINT64_MAX, 0, NULL), KST_OK);
	while ((st = kst_page_runs_next(&cursor, &run, NULL)) == KST_OK)
		;
	assert_int_equal(st, KST_E_LIMIT);
	assert_int_equal(kst_cursor_end(&cursor), KST_WALK_BUDGET);
	kst_target_destroy(t);
	image_free(img);
}

/* Every read of a translation through a prototype fails in turn. */
static void sweep(void **state)
{
	const struct row *row = *state;
	uint64_t proto = (row->va & ~(uint64_t)0xfff) + 0x5000;

	for (unsigned kind = 0; kind < 4; kind++) {
		kst_status with = kind & 1 ? -7 : KST_E_FAULT;
		bool on = (kind & 2) != 0;

		for (uint64_t n = 1; n < 40; n++) {
			struct image *img = image_new(row->paging);
			struct kst_translation out = { .size = sizeof out, .state = 77 };
			struct kst_error err = { .size = sizeof err };
			struct kst_target *t;
			kst_status st;

			image_put64(img, proto, 0x80);
			put_entry(image_entry(img, image_dtb(img), row->user_va, 1), row->entry,
				  pointer_entry(row, proto));
			t = image_target(img, NULL);
			image_fail(img, n, on, with);
			st = kst_translate(t, KST_SPACE_KERNEL, row->user_va, 0, &out, &err);
			if (image_reads(img) < n) {
				assert_int_equal(st, KST_OK);
				assert_int_equal(out.state, KST_PTE_PROTOTYPE);
				image_free(img);
				break;
			}
			if (st != KST_OK) {
				assert_int_equal(st, with == -7 ? KST_E_HOST : KST_E_FAULT);
				assert_int_equal(out.state, 77);
			} else {
				assert_int_equal(with, KST_E_FAULT);
				assert_int_equal(out.present & KST_TRANSLATION_HAS_PHYSICAL, 0);
			}
			image_free(img);
		}
	}
}

int main(void)
{
	struct CMUnitTest tests[4 + 6 * sizeof rows / sizeof rows[0]] = {
		cmocka_unit_test(paged_out),
		cmocka_unit_test(through_the_self_map),
		cmocka_unit_test(refuses),
		cmocka_unit_test(tables_in_a_loop),
	};
	size_t n = 4;

	n += ROWS_TO_TESTS(tests + n, rows, valid_and_self_map);
	n += ROWS_TO_TESTS(tests + n, rows, transition);
	n += ROWS_TO_TESTS(tests + n, rows, table_in_transition);
	n += ROWS_TO_TESTS(tests + n, rows, prototypes);
	n += ROWS_TO_TESTS(tests + n, rows, sweep);
	n += ROWS_TO_TESTS(tests + n, rows, runs_of_a_range);
	return _cmocka_run_group_tests("paging", tests, n, NULL, NULL);
}
