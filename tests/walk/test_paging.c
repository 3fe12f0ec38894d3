/* SPDX-License-Identifier: MIT */
#include "support/page_tables.h"

#include <stdlib.h>

static void valid(void **state)
{
	const struct paging_row *row = *state;
	struct image *img = image_new(row->paging);
	struct kst_translation out;
	struct kst_target *t;

	image_put64(img, row->va & ~(uint64_t)7, 42);
	t = image_target(img, NULL);
	out = translated(t, row->va, 0);
	assert_int_equal(out.state, KST_PTE_VALID);
	assert_int_equal(out.read, KST_PTE_READ_HARDWARE);
	assert_int_equal(out.level, 1);
	assert_true(out.page_size == 0x1000);
	assert_true(out.physical == image_physical(img, row->va));
	assert_true((out.present & KST_TRANSLATION_HAS_PHYSICAL) != 0);
	assert_int_equal(out.breakpoint_owed, 0);
	image_free(img);
}

static void transition(void **state)
{
	const struct paging_row *row = *state;
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
	const struct paging_row *row = *state;
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
	assert_int_equal(out.levels[out.levels_count - 2].state, KST_PTE_TRANSITION);
	assert_int_equal(out.levels[out.levels_count - 1].state, KST_PTE_VALID);
	assert_true((out.anomalies & KST_TRANSLATION_ANOMALY_UPPER_TRANSITION) != 0);
	out = translated(image_target(img, NULL), row->va, KST_TRANSLATE_HARDWARE_ONLY);
	assert_int_equal(out.level, 2);
	assert_int_equal(out.state, KST_PTE_TRANSITION);
	image_free(img);
}

static uint64_t pointer_entry(const struct paging_row *row, uint64_t proto)
{
	if (row->paging == KST_PAGING_X86)
		return (proto & 0x7ffffc00) << 1 | (proto & 0x3fc) >> 1 | 0x400;
	if (row->paging == KST_PAGING_PAE)
		return proto << 32 | 0x410;
	return proto << 16 | (row->paging == KST_PAGING_ARM64 ? 0x400 : 0x410);
}

static void prototypes(void **state)
{
	const struct paging_row *row = *state;
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

static kst_status no_page_file(void *user, uint32_t number, uint64_t offset, void *buf, size_t len, size_t *done)
{
	(void)user, (void)number, (void)offset, (void)buf, (void)len, (void)done;
	fail_msg("%s", "the page file was read");
	return KST_E_FAULT;
}

/* A table in a page file says where the table is, nothing of the page; and the processor reads no page file. */
static void not_from_the_page_file(void **state)
{
	const struct paging_row *row = *state;
	const uint64_t entry = row->paging == KST_PAGING_ARM64 ? 0x1234500000088
			       : row->entry == 4               ? 0x12345084
							       : 0x1234500002084;

	for (unsigned level = 1; level <= 2; level++) {
		struct image *img = image_new(row->paging);
		struct kst_target_config config = { .size = sizeof config,
						    .flags = level == 1 ? KST_TARGET_HARDWARE_ONLY : 0,
						    .reader = image_reader(img),
						    .reader_user = img,
						    .identity = image_identity(img),
						    .read_page_file = no_page_file };
		struct kst_error err = { .size = sizeof err };
		struct kst_translation out;
		struct kst_target *t;
		char buf[8];
		size_t done;

		image_put64(img, row->va & ~(uint64_t)7, 42);
		put_entry(image_entry(img, image_dtb(img), row->va, level), row->entry, entry);
		assert_int_equal(kst_target_create(&config, &t, NULL), KST_OK);
		assert_int_equal(kst_read(t, KST_SPACE_KERNEL, row->va, buf, sizeof buf, &done, &err), KST_E_FAULT);
		assert_int_equal(done, 0);
		assert_true(err.address == row->va);
		out = translated(t, row->va, 0);
		assert_int_equal(out.level, level);
		assert_int_equal(out.state, KST_PTE_PAGE_FILE);
		assert_int_equal(out.read, KST_PTE_READ_NONE);
		assert_int_equal(out.present & KST_TRANSLATION_HAS_PAGE_FILE, 0);
		assert_int_equal(out.page_file_number, 0);
		assert_true(out.page_file_offset == 0);
		kst_target_destroy(t);
		image_free(img);
	}
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

/* Every read of a translation through a prototype fails in turn. */
static void sweep(void **state)
{
	const struct paging_row *row = *state;
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

/* Published ways down: the entries from the root on, and what a debugger printed of them; 0: not printed. */
static const struct published {
	const char *name;
	uint32_t paging;
	uint64_t root, pte_base, va;
	uint64_t entries[4];
	uint64_t virtuals[4]; /* addresses of the entries in the self-map */
	uint32_t state, level;
	uint64_t physical;
} published_rows[] = {
	{ "x86 0012f980",
	  KST_PAGING_X86,
	  0x098fd000,
	  0xc0000000,
	  0x0012f980,
	  { 0x0ba58067, 0x09de9067 },
	  { 0xc0300000, 0xc00004bc },
	  KST_PTE_VALID,
	  1,
	  0x09de9980 },
	{ "x86 7ec61921",
	  KST_PAGING_X86,
	  0x039000,
	  0xc0000000,
	  0xe1439418,
	  { 0x01c40067, 0x7ec61921 },
	  { 0 },
	  KST_PTE_VALID,
	  1,
	  0x7ec61418 },
	{ "pae 06c602c0",
	  KST_PAGING_PAE,
	  0x06c602c0,
	  0,
	  0x7ffdb000,
	  { 0x01bc4001, 0x6a1a6867, 0x06235025 },
	  { 0 },
	  KST_PTE_VALID,
	  1,
	  0x06235000 },
	{ "x64 1a42ea30240",
	  KST_PAGING_X64,
	  0x1ad000,
	  0xffffec8000000000,
	  0x1a42ea30240,
	  { 0x0a0000000ecc0867, 0x0a00000013341867, 0x0a000000077af867, 0x00000000166b7880 },
	  { 0xffffecf67b3d9018, 0, 0xffffecf640690ba8, 0xffffec80d2175180 },
	  KST_PTE_TRANSITION,
	  1,
	  0x166b7240 },
	{ "x64 large page",
	  KST_PAGING_X64,
	  0x1ad000,
	  0xffffec8000000000,
	  0xfffff80123103ba0,
	  { 0x04a08063, 0x04a09063, 0x0a000000050001a1 },
	  { 0 },
	  KST_PTE_VALID,
	  2,
	  0x5103ba0 },
	{ "x64 bases fd8",
	  KST_PAGING_X64,
	  0x1ad000,
	  0xfffffd8000000000,
	  0,
	  { 0x2063, 0x3063, 0x4063, 0x5063 },
	  { 0xfffffdfeff7fb000, 0xfffffdfeff600000, 0xfffffdfec0000000, 0xfffffd8000000000 },
	  KST_PTE_VALID,
	  1,
	  0x5000 },
	{ "x64 bases f58",
	  KST_PAGING_X64,
	  0x1ad000,
	  0xfffff58000000000,
	  0,
	  { 0x2063, 0x3063, 0x4063, 0x5063 },
	  { 0xfffff5fafd7eb000, 0, 0, 0xfffff58000000000 },
	  KST_PTE_VALID,
	  1,
	  0x5000 },
	{ "arm64 bases a88",
	  KST_PAGING_ARM64,
	  0x946aa000,
	  0xffffa88000000000,
	  0,
	  { 0x2703, 0x3703, 0x4703, 0x5703 },
	  { 0xffffa8d46a351000, 0, 0, 0xffffa88000000000 },
	  KST_PTE_VALID,
	  1,
	  0x5000 },
};

static void published(void **state)
{
	const struct published *row = *state;
	unsigned width = row->paging == KST_PAGING_X86 ? 4 : 8, bits = row->paging == KST_PAGING_X86 ? 10 : 9;
	unsigned levels = row->paging == KST_PAGING_X86 ? 2 : row->paging == KST_PAGING_PAE ? 3 : 4;
	struct image *img = image_new(row->paging);
	struct kst_translation out = { .size = sizeof out };
	uint64_t table = row->root;

	for (unsigned i = 0; i < levels && row->entries[i] != 0; i++) {
		unsigned shift = 12 + bits * (levels - 1 - i);
		uint64_t at = table + (row->va >> shift & (((uint64_t)1 << bits) - 1)) * width;

		put_entry(image_physical_page(img, at & ~(uint64_t)0xfff) + (at & 0xfff), width, row->entries[i]);
		table = row->entries[i] & 0xfffffff000;
	}
	if (row->pte_base != 0) /* in the system's root, as in every process's */
		put_entry(image_entry(img, image_dtb(img), row->pte_base, levels), width,
			  image_dtb(img) | (row->paging == KST_PAGING_ARM64 ? 0x703 : 0x63));
	assert_int_equal(kst_translate(image_target(img, NULL), row->root, row->va, 0, &out, NULL), KST_OK);
	assert_int_equal(out.state, row->state);
	assert_int_equal(out.level, row->level);
	assert_true(out.physical == row->physical);
	assert_true(out.levels[0].entry_physical >= row->root && out.levels[0].entry_physical < row->root + 0x1000);
	for (unsigned i = 0; i < out.levels_count; i++) {
		assert_true(out.levels[i].entry == row->entries[i]);
		assert_int_equal(out.levels[i].state, i + 1 < out.levels_count ? KST_PTE_VALID : row->state);
		assert_int_equal(out.levels[i].level, levels - i);
		assert_true(row->virtuals[i] == 0 || out.levels[i].entry_virtual == row->virtuals[i]);
	}
	image_free(img);
}

int main(void)
{
	struct CMUnitTest tests[2 + sizeof published_rows / sizeof published_rows[0] +
				6 * sizeof paging_rows / sizeof paging_rows[0]] = {
		cmocka_unit_test(paged_out),
		cmocka_unit_test(refuses),
	};
	size_t n = 2;

	n += ROWS_TO_TESTS(tests + n, published_rows, published);
	n += ROWS_TO_TESTS(tests + n, paging_rows, valid);
	n += ROWS_TO_TESTS(tests + n, paging_rows, transition);
	n += ROWS_TO_TESTS(tests + n, paging_rows, table_in_transition);
	n += ROWS_TO_TESTS(tests + n, paging_rows, prototypes);
	n += ROWS_TO_TESTS(tests + n, paging_rows, not_from_the_page_file);
	n += ROWS_TO_TESTS(tests + n, paging_rows, sweep);
	return _cmocka_run_group_tests("paging", tests, n, NULL, NULL);
}
