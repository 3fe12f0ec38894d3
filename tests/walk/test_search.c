/* SPDX-License-Identifier: MIT */
#include "support/kernel.h"
#include "support/support.h"
#include "walk/search.h"

static struct kst__probe probe_of(struct image *img)
{
	return (struct kst__probe){ image_reader(img), img, NULL, image_dtb(img), image_identity(img)->paging, KST_OK };
}

struct row {
	const char *name;
	uint32_t paging;
	uint32_t pointer_size;
	uint64_t kernel, user;
};

static const struct row rows[] = {
	{ "x86", KST_PAGING_X86, 4, 0x80401ff8, 0x40000000 },
	{ "pae", KST_PAGING_PAE, 4, 0x80401ff8, 0x40000000 },
	{ "x64", KST_PAGING_X64, 8, 0xfffff80000401ff8, 0x7ff000000000 },
	{ "la57", KST_PAGING_LA57, 8, 0xff00000000401ff8, 0xfe00000000000000 },
	{ "arm64", KST_PAGING_ARM64, 8, 0xfffff80000401ff8, 0x7ff000000000 },
};

static void reads_and_spans(void **state)
{
	const struct row *row = *state;
	struct image *img = image_new(row->paging);
	struct kst__probe p = probe_of(img);
	uint64_t physical = 0, span = 0, value = 0;
	uint8_t buf[16];

	image_put(img, row->kernel, "0123456789abcdef", 16); /* crosses a page */
	assert_int_equal(kst__probe_pointer_size(&p), row->pointer_size);
	assert_true(kst__probe_is_kernel(&p, row->kernel) && !kst__probe_is_kernel(&p, row->user));
	assert_true(kst__probe_read(&p, row->kernel, buf, sizeof buf));
	assert_memory_equal(buf, "0123456789abcdef", 16);
	assert_true(kst__probe_number(&p, row->kernel, 2, &value) && value == 0x3130);
	assert_true(kst__probe_translate(&p, row->kernel, &physical, &span));
	assert_true(physical == image_physical(img, row->kernel) && span == 8);
	image_unmap(img, row->kernel + 8);
	assert_false(kst__probe_read(&p, row->kernel, buf, sizeof buf));
	assert_false(kst__probe_translate(&p, row->kernel + 8, &physical, &span));
	assert_int_equal(span, 0x1000);
	/* nothing below the topmost level: the span is that of its entry */
	assert_false(kst__probe_translate(&p, row->user, &physical, &span));
	assert_true(span > 0x10000);
	assert_int_equal(p.failure, KST_OK);
	image_fail(img, 1, false, -5);
	assert_false(kst__probe_read(&p, row->kernel, buf, 4));
	assert_int_equal(p.failure, KST_E_HOST);
	assert_false(kst__probe_read(&p, row->kernel, buf, 4)); /* and nothing after it */
	image_free(img);
}

static void roots_by_their_self_map(void **state)
{
	const struct row *row = *state;
	struct image *img = image_new(row->paging);
	struct kst__probe p = probe_of(img);
	struct kst__search s;

	assert_false(kst__root_maps_itself(&p, row->paging, image_dtb(img)));
	assert_int_equal(kst__root_score(&p, row->paging, image_dtb(img)), 0);
	kernel_put_self_map(img, image_dtb(img));
	assert_true(kst__root_maps_itself(&p, row->paging, image_dtb(img)));
	assert_false(kst__root_maps_itself(&p, row->paging, image_dtb(img) + 8));
	memset(&s, 0, sizeof s);
	s.want_roots = 1;
	kst__search_physical(&p, &s); /* maps itself, but not what every Windows maps */
	assert_int_equal(s.roots_count, 0);
	kernel_put(img, image_dtb(img));
	assert_int_equal(kst__root_score(&p, row->paging, image_dtb(img)), 2);
	assert_int_equal(kst__root_paging(&p, KST_ARCH_UNKNOWN, image_dtb(img)), row->paging);
	kst__search_physical(&p, &s);
	assert_int_equal(s.roots_count, 1);
	assert_int_equal(s.tags_count, 1);
	assert_true(s.roots[0].dtb == image_dtb(img) && s.roots[0].paging == row->paging && s.roots[0].score == 2);
	/* the text may be missing, the mapping not */
	image_put16(img, (row->pointer_size == 4 ? 0xffdf0000 : 0xfffff78000000000) + 0x32, 'x');
	assert_int_equal(kst__root_score(&p, row->paging, image_dtb(img)), 1);
	/* an architecture that is known restricts the search */
	memset(&s, 0, sizeof s);
	s.want_roots = 1;
	s.arch = row->pointer_size == 4 ? KST_ARCH_ARM64 : KST_ARCH_X86;
	kst__search_physical(&p, &s);
	assert_int_equal(s.roots_count, 0);
	image_free(img);
}

/* A reader whose answers would not end. */
static kst_status stuck(void *user, kst_space space, uint64_t address, uint64_t *start, uint64_t *length)
{
	const uint64_t *answer = user;

	(void)space;
	(void)address;
	*start = answer[0];
	*length = answer[1];
	return KST_OK;
}

static kst_status no_memory(void *user, kst_space space, uint64_t address, void *buf, size_t len, size_t *done)
{
	(void)user, (void)space, (void)address, (void)buf, (void)len;
	*done = 0;
	return KST_E_FAULT;
}

static kst_status broken(void *user, kst_space space, uint64_t address, uint64_t *start, uint64_t *length)
{
	(void)user, (void)space, (void)address, (void)start, (void)length;
	return -77;
}

static void every_search_ends(void **state)
{
	static const uint64_t answers[][2] = {
		{ 0, 0 },        { 0, 0x1000 }, { 0x5000, 1 }, { UINT64_MAX - 0x800, 0x800 }, { 0x1000, UINT64_MAX },
		{ 0x800, 0x900 }
	};
	struct kst_reader_ops ops = {
		.size = sizeof ops, .flags = KST_READER_PHYSICAL_ONLY, .read = no_memory, .next_range = stuck
	};
	struct kst_error err = { .size = sizeof err };

	(void)state;
	for (size_t i = 0; i < sizeof answers / sizeof answers[0]; i++) {
		uint64_t answer[2] = { answers[i][0], answers[i][1] };
		struct kst__probe p = { &ops, answer, NULL, 0, KST_PAGING_NONE, KST_OK };
		struct kst__search s = { .want_roots = 1 };

		kst__search_physical(&p, &s);
		assert_int_equal(s.roots_count + s.tags_count, 0);
		assert_int_equal(p.failure, KST_OK);
	}
	ops.next_range = broken;
	{
		struct kst__probe p = { &ops, NULL, &err, 0, KST_PAGING_NONE, KST_OK };
		struct kst__search s = { .want_roots = 1 };

		kst__search_physical(&p, &s);
		assert_int_equal(p.failure, KST_E_HOST);
		assert_int_equal(err.host_code, -77);
	}
}

static void more_roots_than_room(void **state)
{
	struct image *img = image_new(KST_PAGING_X86);
	struct kst__probe p = probe_of(img);
	struct kst__search s = { .want_roots = 1 };

	(void)state;
	kernel_put(img, image_dtb(img));
	kernel_put_self_map(img, image_dtb(img));
	for (int i = 0; i < KST__ROOTS_MOST + 3; i++)
		kernel_put_self_map(img, image_new_process(img));
	kst__search_physical(&p, &s);
	assert_int_equal(s.roots_count, KST__ROOTS_MOST);
	assert_int_equal(s.roots_seen, KST__ROOTS_MOST + 4);
	image_free(img);
}

int main(void)
{
	struct CMUnitTest tests[96] = {
		cmocka_unit_test(every_search_ends),
		cmocka_unit_test(more_roots_than_room),
	};
	size_t n = 2;

	n += ROWS_TO_TESTS(tests + n, rows, reads_and_spans);
	n += ROWS_TO_TESTS(tests + n, rows, roots_by_their_self_map);
	return _cmocka_run_group_tests("search", tests, n, NULL, NULL);
}
