/* SPDX-License-Identifier: MIT */
#include "support/image.h"
#include "support/support.h"

#define BASE_64 0xfffff80012340000u
#define BASE_32 0x80400000u

static const uint8_t guid[16] = { 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16 };

/* An image of 64 KiB whose debug directory at 0x2000 has two entries; the second names the record at 0x3000. */
static uint64_t forge(struct image *img, bool wide)
{
	uint64_t base = wide ? BASE_64 : BASE_32;
	uint64_t nt = base + 0x100, optional = nt + 24, directory = optional + (wide ? 112 : 96) + 6 * 8;

	image_put16(img, base, 0x5a4d);
	image_put32(img, base + 0x3c, 0x100);
	image_put32(img, nt, 0x4550);
	image_put16(img, nt + 4, wide ? 0x8664 : 0x14c);
	image_put32(img, nt + 8, 0x12345678);
	image_put16(img, optional, wide ? 0x20b : 0x10b);
	image_put32(img, optional + 56, 0x10000);
	image_put32(img, optional + (wide ? 108 : 92), 16);
	image_put32(img, directory, 0x2000);
	image_put32(img, directory + 4, 2 * 28);
	image_put32(img, base + 0x2000 + 12, 13); /* another kind of debug data */
	image_put32(img, base + 0x201c + 12, 2);
	image_put32(img, base + 0x201c + 16, 24 + 13 + 9);
	image_put32(img, base + 0x201c + 20, 0x3000);
	image_put(img, base + 0x3000, "RSDS", 4);
	image_put(img, base + 0x3004, guid, sizeof guid);
	image_put32(img, base + 0x3014, 3);
	image_put(img, base + 0x3018, "d:\\obj\\ntkrnlmp.pdb", 20);
	return base;
}

static void check(const struct kst_image *im, uint64_t base)
{
	assert_true(im->base == base);
	assert_int_equal(im->present, KST_IMAGE_HAS_HEADER | KST_IMAGE_HAS_PDB | KST_IMAGE_HAS_NAME);
	assert_int_equal(im->anomalies, 0);
	assert_int_equal(im->time_date_stamp, 0x12345678);
	assert_int_equal(im->size_of_image, 0x10000);
	assert_memory_equal(im->pdb_guid, guid, sizeof guid);
	assert_int_equal(im->pdb_age, 3);
	assert_string_equal(im->pdb_name, "ntkrnlmp.pdb");
}

static void names_the_pdb_of_an_image(void **state)
{
	(void)state;
	for (int wide = 0; wide < 2; wide++) {
		struct image *img = image_new(wide ? KST_PAGING_X64 : KST_PAGING_PAE);
		struct kst_image im = { .size = sizeof im };
		uint64_t base = forge(img, wide);

		assert_int_equal(kst_image_read(image_target(img, NULL), KST_SPACE_KERNEL, base, &im, NULL), KST_OK);
		check(&im, base);
		assert_int_equal(im.machine, wide ? 0x8664 : 0x14c);
		image_free(img);
	}
}

/* One number of the forged x64 image replaced (offset from its base), and what is then told. */
static const struct row {
	const char *name;
	uint32_t at, value;
	kst_status status;
	uint64_t present, anomalies;
} rows[] = {
	{ "no MZ", 0, 0, KST_E_CORRUPT, 0, 0 },
	{ "new header far away", 0x3c, 0x20000, KST_E_CORRUPT, 0, 0 },
	{ "no PE", 0x100, 0, KST_E_CORRUPT, 0, 0 },
	{ "new header not there", 0x3c, 0x8000, KST_E_FAULT, 0, 0 },
	{ "neither PE32 nor PE32+", 0x118, 0x107, KST_E_CORRUPT, 0, 0 },
	{ "no debug directory", 0x118 + 108, 6, KST_OK, 0x1, 0 },
	{ "debug directory beyond the image", 0x118 + 112 + 48, 0xffffff00, KST_OK, 0x1, KST_IMAGE_ANOMALY_RANGE },
	{ "debug directory larger than the image", 0x118 + 112 + 52, 0xffffffff, KST_OK, 0x1, KST_IMAGE_ANOMALY_RANGE },
	{ "debug directory too long", 0x118 + 112 + 52, 0x8000, KST_OK, 0x7, KST_IMAGE_ANOMALY_CLAMPED },
	{ "debug directory shorter than an entry", 0x118 + 112 + 52, 27, KST_OK, 0x1, 0 },
	{ "debug directory not there", 0x118 + 112 + 48, 0x5000, KST_OK, 0x1, 0 },
	{ "only other debug data", 0x201c + 12, 4, KST_OK, 0x1, 0 },
	{ "record beyond the image", 0x201c + 20, 0xffffff, KST_OK, 0x1, KST_IMAGE_ANOMALY_RANGE },
	{ "record not mapped", 0x201c + 20, 0, KST_OK, 0x1, KST_IMAGE_ANOMALY_RANGE },
	{ "record not there", 0x201c + 20, 0x5000, KST_OK, 0x1, 0 },
	{ "record too short", 0x201c + 16, 23, KST_OK, 0x1, 0 },
	{ "another record", 0x3000, 0x3031424e, KST_OK, 0x1, 0 },
	{ "name that does not end", 0x201c + 16, 24 + 18, KST_OK, 0x7, KST_IMAGE_ANOMALY_NAME_CUT },
	{ "no name", 0x3018, 0, KST_OK, 0x3, 0 },
	{ "no room for a name", 0x201c + 16, 24, KST_OK, 0x3, KST_IMAGE_ANOMALY_NAME_CUT },
	{ "image of no size", 0x118 + 56, 0, KST_OK, 0x1, KST_IMAGE_ANOMALY_RANGE },
};

static void check_row(void **state)
{
	const struct row *row = *state;
	struct image *img = image_new(KST_PAGING_X64);
	struct kst_image im = { .size = sizeof im };
	struct kst_error err = { .size = sizeof err };
	uint64_t base = forge(img, true);

	image_put32(img, base + row->at, row->value);
	assert_int_equal(kst_image_read(image_target(img, NULL), KST_SPACE_KERNEL, base, &im, &err), row->status);
	assert_int_equal(im.present, row->present);
	assert_int_equal(im.anomalies, row->anomalies);
	assert_int_equal(err.code, row->status == KST_OK ? 0 : row->status);
	image_free(img);
}

/* Every read fails once, alone and from there on: a documented status, and nothing claimed that was not read. */
static void survives_failing_reads(void **state)
{
	static const kst_status with[] = { KST_E_FAULT, -99 };
	struct image *img = image_new(KST_PAGING_X64);
	struct kst_target *target;
	uint64_t base = forge(img, true);

	(void)state;
	target = image_target(img, NULL);
	for (int i = 0; i < 4; i++) {
		for (uint64_t n = 1;; n++) {
			struct kst_image im = { .size = sizeof im };
			struct kst_error err = { .size = sizeof err };
			kst_status st;

			image_fail(img, n, i % 2 != 0, with[i / 2]);
			st = kst_image_read(target, KST_SPACE_KERNEL, base, &im, &err);
			if (image_reads(img) < n) {
				check(&im, base);
				break;
			}
			if (i / 2 == 1) {
				assert_int_equal(st, KST_E_HOST);
				assert_int_equal(err.host_code, -99);
			} else {
				assert_true(st == KST_OK || st == KST_E_FAULT);
			}
			if (st != KST_OK) {
				assert_int_equal(im.present, 0);
				continue;
			}
			/* an entry that cannot be read is stepped over; what is told is true */
			assert_true((im.present & KST_IMAGE_HAS_HEADER) != 0);
			assert_int_equal(im.size_of_image, 0x10000);
			if ((im.present & KST_IMAGE_HAS_PDB) != 0)
				assert_memory_equal(im.pdb_guid, guid, sizeof guid);
			if ((im.present & KST_IMAGE_HAS_NAME) != 0)
				assert_string_equal(im.pdb_name, "ntkrnlmp.pdb");
		}
	}
	image_free(img);
}

static void refuses_wrong_arguments(void **state)
{
	struct image *img = image_new(KST_PAGING_X64);
	struct kst_target *target = image_target(img, NULL);
	struct kst_image im = { .size = 4 };

	(void)state;
	assert_int_equal(kst_image_read(NULL, KST_SPACE_KERNEL, BASE_64, &im, NULL), KST_E_ARG);
	assert_int_equal(kst_image_read(target, KST_SPACE_KERNEL, BASE_64, NULL, NULL), KST_E_ARG);
	assert_int_equal(kst_image_read(target, KST_SPACE_KERNEL, BASE_64, &im, NULL), KST_E_ABI);
	im.size = sizeof im;
	assert_int_equal(kst_image_read(target, KST_SPACE_KERNEL, UINT64_MAX, &im, NULL), KST_E_FAULT);
	assert_int_equal(kst_image_read(target, KST_SPACE_KERNEL, BASE_64, &im, NULL), KST_E_FAULT);
	image_free(img);
	for (uint64_t bit = 1; bit <= KST_IMAGE_ANOMALY_NAME_CUT; bit <<= 1)
		assert_non_null(kst_image_anomaly_name(bit));
	assert_null(kst_image_anomaly_name(KST_IMAGE_ANOMALY_NAME_CUT << 1));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(names_the_pdb_of_an_image),
		cmocka_unit_test(survives_failing_reads),
		cmocka_unit_test(refuses_wrong_arguments),
	};

	return RUN_TESTS_AND_ROWS("image", tests, rows, check_row);
}
