/* SPDX-License-Identifier: MIT */
#include "support/image.h"
#include "support/support.h"

struct row {
	const char *name;
	uint32_t paging;
	uint64_t va;
};

static const struct row rows[] = {
	{ "x86", KST_PAGING_X86, 0x80401ff8 },
	{ "pae", KST_PAGING_PAE, 0x80401ff8 },
	{ "x64", KST_PAGING_X64, 0xfffff80000401ff8 },
	{ "la57", KST_PAGING_LA57, 0xff00000000401ff8 },
	{ "arm64", KST_PAGING_ARM64, 0xfffff80000401ff8 },
};

static void reads_across_pages_and_stops_at_holes(void **state)
{
	const struct row *row = *state;
	struct image *img = image_new(row->paging);
	struct kst_error err = { .size = sizeof err };
	struct kst_target *t;
	uint8_t buf[32];
	size_t done;

	image_put(img, row->va, "0123456789abcdef", 16);
	t = image_target(img, NULL);
	assert_int_equal(kst_read(t, KST_SPACE_KERNEL, row->va, buf, 16, &done, &err), KST_OK);
	assert_int_equal(done, 16);
	assert_memory_equal(buf, "0123456789abcdef", 16);
	image_unmap(img, row->va + 8);
	assert_int_equal(kst_read(t, KST_SPACE_KERNEL, row->va, buf, 16, &done, &err), KST_E_FAULT);
	assert_int_equal(done, 8);
	assert_true(err.address == row->va + 8);
	image_fail(img, 1, true, -7);
	assert_int_equal(kst_read(t, KST_SPACE_KERNEL, row->va, buf, 8, &done, &err), KST_E_HOST);
	assert_int_equal(err.host_code, -7);
	image_free(img);
}

/* Whatever windows a host offers, the answers are the same. */
static void windows(void **state)
{
	const struct row *row = *state;

	for (uint32_t kind = IMAGE_WINDOWS_NONE; kind <= IMAGE_WINDOWS_BROKEN; kind++) {
		struct image *img = image_new(row->paging);
		struct kst_translation out = { .size = sizeof out };
		struct kst_target *t;
		uint64_t dtb, first;
		uint8_t buf[32];
		size_t done;

		image_put(img, row->va, "0123456789abcdef", 16);
		dtb = image_new_process(img);
		image_put_in(img, dtb, 0x10ff8, "user's own data.", 16);
		image_windows(img, kind);
		t = image_target(img, NULL);
		assert_int_equal(kst_read(t, KST_SPACE_KERNEL, row->va, buf, 16, &done, NULL), KST_OK);
		assert_memory_equal(buf, "0123456789abcdef", 16);
		assert_int_equal(kst_read(t, KST_SPACE_KERNEL, row->va + 3, buf, 1, &done, NULL), KST_OK);
		assert_int_equal(buf[0], '3');
		assert_int_equal(kst_read(t, dtb, 0x10ff8, buf, 16, &done, NULL), KST_OK);
		assert_memory_equal(buf, "user's own data.", 16);
		assert_int_equal(kst_translate(t, KST_SPACE_KERNEL, row->va, 0, &out, NULL), KST_OK);
		first = image_physical(img, row->va);
		assert_true(out.physical == first);
		/* nothing is kept from one call to the next: the tables change, the answers with them */
		image_unmap(img, row->va + 8);
		assert_int_equal(kst_read(t, KST_SPACE_KERNEL, row->va, buf, 16, &done, NULL), KST_E_FAULT);
		assert_int_equal(done, 8);
		assert_int_equal(kst_translate(t, KST_SPACE_KERNEL, row->va + 8, 0, &out, NULL), KST_OK);
		assert_int_equal(out.state, KST_PTE_ZERO);
		image_fail(img, 1, true, -7);
		if (kind == IMAGE_WINDOWS_PAGES) /* the tables need no call; the data do, unless near the root */
			assert_int_equal(kst_translate(t, KST_SPACE_KERNEL, row->va, 0, &out, NULL), KST_OK);
		else
			assert_int_equal(kst_translate(t, KST_SPACE_KERNEL, row->va, 0, &out, NULL), KST_E_HOST);
		image_free(img);
	}
}

static struct {
	size_t calls, most;
	kst_status answer;
	size_t keep; /* bytes of the last range of a call that are not there */
} batches;

static kst_status batch(void *user, kst_space space, size_t count, const uint64_t *addresses, const size_t *lengths,
			void *const *bufs, size_t *done)
{
	batches.calls++;
	batches.most = count > batches.most ? count : batches.most;
	for (size_t i = 0; i < count; i++) {
		image_reader(user)->read(user, space, addresses[i], bufs[i], lengths[i], &done[i]);
		if (i + 1 == count)
			done[i] -= batches.keep;
	}
	return batches.answer;
}

/* A host that takes several pages at once is asked so, and the answers are the same. */
static void asks_for_several_pages_at_once(void **state)
{
	const struct row *row = *state;
	struct image *img = image_new(row->paging);
	struct kst_reader_ops ops = *image_reader(img);
	struct kst_target_config config = {
		.size = sizeof config, .reader = &ops, .reader_user = img, .identity = image_identity(img)
	};
	struct kst_error err = { .size = sizeof err };
	struct kst_target *t = NULL;
	uint8_t want[0x6000], got[sizeof want];
	size_t done;

	for (size_t i = 0; i < sizeof want; i++)
		want[i] = (uint8_t)(i * 7 + i / 0x100);
	image_put(img, row->va, want, sizeof want);
	ops.read_batch = batch;
	assert_int_equal(kst_target_create(&config, &t, NULL), KST_OK);
	memset(&batches, 0, sizeof batches);
	assert_int_equal(kst_read(t, KST_SPACE_KERNEL, row->va, got, sizeof got, &done, NULL), KST_OK);
	assert_int_equal(done, sizeof want);
	assert_memory_equal(got, want, sizeof want);
	assert_true(batches.calls > 0 && batches.calls <= 2 && batches.most <= 4);
	batches.calls = 0;
	assert_int_equal(kst_read(t, KST_SPACE_KERNEL, row->va, got, 8, &done, NULL), KST_OK);
	assert_int_equal(batches.calls, 0); /* one page: nothing to gather */

	batches.keep = 5;
	assert_int_equal(kst_read(t, KST_SPACE_KERNEL, row->va, got, 0x1000, &done, &err), KST_E_FAULT);
	assert_int_equal(done, 0x1000 - 5);
	assert_true(err.address == row->va + 0x1000 - 5);
	batches.keep = 0;
	image_unmap(img, row->va + 0x2008);
	assert_int_equal(kst_read(t, KST_SPACE_KERNEL, row->va, got, sizeof got, &done, &err), KST_E_FAULT);
	assert_int_equal(done, 0x2008); /* the first page that is gone */
	assert_memory_equal(got, want, done);
	batches.answer = KST_E_FAULT; /* not asked for: what came counts */
	assert_int_equal(kst_read(t, KST_SPACE_KERNEL, row->va, got, 0x1000, &done, &err), KST_OK);
	batches.keep = (size_t)-1; /* one byte more than there was room for */
	assert_int_equal(kst_read(t, KST_SPACE_KERNEL, row->va, got, 0x1000, &done, &err), KST_E_HOST);
	batches.keep = 0;
	batches.answer = -7;
	assert_int_equal(kst_read(t, KST_SPACE_KERNEL, row->va, got, 0x1000, &done, &err), KST_E_HOST);
	assert_int_equal(err.host_code, -7);
	kst_target_destroy(t);
	image_free(img);
}

static void check_row(void **state)
{
	reads_across_pages_and_stops_at_holes(state);
	asks_for_several_pages_at_once(state);
	windows(state);
}

int main(void)
{
	return RUN_ROWS("memory", rows, check_row);
}
