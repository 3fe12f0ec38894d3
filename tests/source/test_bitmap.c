/* SPDX-License-Identifier: MIT */
#include "../../lib/source/source.h"
#include "support/container.h"
#include "support/support.h"

/* Pages around the borders of words (64 frames), blocks (4096 frames) and of the bitmap. */
static struct image *some_pages(uint32_t paging)
{
	struct image *img = image_new(paging);
	static const uint64_t frames[] = {
		0, 1, 62, 63, 64, 65, 130, 4094, 4095, 4096, 4097, 8191, 12288, 12289, 20001
	};

	for (size_t i = 0; i < sizeof frames / sizeof frames[0]; i++)
		for (size_t k = 0; k < 0x1000; k++)
			image_physical_page(img, frames[i] * 0x1000)[k] = (uint8_t)(k * 3 + i);
	return img;
}

static const struct kind_row {
	uint32_t paging;
	enum container_kind kind;
	uint32_t format;
} kinds[] = {
	{ KST_PAGING_X64, CONTAINER_SUMMARY, KST_FORMAT_SUMMARY },
	{ KST_PAGING_X64, CONTAINER_BITMAP_FULL, KST_FORMAT_BITMAP_FULL },
	{ KST_PAGING_X64, CONTAINER_BITMAP_KERNEL, KST_FORMAT_BITMAP_KERNEL },
	{ KST_PAGING_X86, CONTAINER_SUMMARY, KST_FORMAT_SUMMARY },
	{ KST_PAGING_PAE, CONTAINER_BITMAP_KERNEL, KST_FORMAT_BITMAP_KERNEL },
};

static void round_trips(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++) {
		struct image *img = some_pages(kinds[i].paging);
		struct container c = container_windows(img, kinds[i].kind);
		struct kst_dump *dump = container_open(&c);
		struct kst_dump_info info = { .size = sizeof info };

		container_check(&c, img);
		container_check_truncation(&c, img);
		assert_int_equal(kst_dump_info(dump, &info), KST_OK);
		assert_int_equal(info.format, kinds[i].format);
		assert_int_equal(info.runs, 8); /* the image's own root table at 100000 is one */
		kst_dump_close(dump);
		container_free(&c);
		image_free(img);
	}
}

/* Whole blocks set and whole blocks clear: those are answered from the ranks alone. */
static void long_runs(void **state)
{
	struct container c = { 0 };
	struct kst_dump_info info = { .size = sizeof info };
	struct image *img = some_pages(KST_PAGING_X64);
	const uint64_t set = 3 * 4096, clear = 5 * 4096, tail = 7;
	struct kst_dump *dump;
	uint64_t start, length;
	uint8_t buf[4];
	struct kst__run run;
	size_t done, map = 0x2038, first;

	(void)state;
	c = container_windows(img, CONTAINER_BITMAP_KERNEL);
	first = 0x2000 + 0x2000;
	container_fill(&c, 0x2020, c.size - 0x2020, 0);
	container_put64(&c, 0x2020, first);
	container_put64(&c, 0x2028, set + tail);
	container_put64(&c, 0x2030, set + clear + tail);
	container_fill(&c, map, set / 8, 0xff);
	container_fill(&c, map + (set + clear) / 8, 1, 0xff); /* the eighth bit lies beyond the bitmap */
	container_fill(&c, first, (set + tail) * 0x1000, 0x11);
	container_put(&c, first + set * 0x1000 - 2, "ab", 2);
	container_put(&c, first + set * 0x1000, "cd", 2);
	dump = container_open(&c);
	assert_int_equal(kst_dump_info(dump, &info), KST_OK);
	assert_int_equal(info.anomalies, 0);
	assert_int_equal(info.runs, 2);
	assert_int_equal(info.memory_size, (set + tail) * 0x1000);
	assert_int_equal(kst_dump_reader(dump)->next_range(dump, KST_SPACE_PHYSICAL, 0, &start, &length), KST_OK);
	assert_int_equal(start, 0);
	assert_int_equal(length, set * 0x1000);
	assert_int_equal(kst_dump_reader(dump)->next_range(dump, KST_SPACE_PHYSICAL, length, &start, &length), KST_OK);
	assert_int_equal(start, (set + clear) * 0x1000);
	assert_int_equal(length, tail * 0x1000);
	assert_int_equal(kst_dump_reader(dump)->next_range(dump, KST_SPACE_PHYSICAL, start + length, &start, &length),
			 KST_END);
	assert_int_equal(kst_dump_reader(dump)->read(dump, KST_SPACE_PHYSICAL, set * 0x1000 - 2, buf, 4, &done),
			 KST_E_FAULT);
	assert_int_equal(done, 2);
	assert_memory_equal(buf, "ab", 2);
	assert_int_equal(kst_dump_reader(dump)->read(dump, KST_SPACE_PHYSICAL, (set + clear) * 0x1000, buf, 2, &done),
			 KST_OK);
	assert_memory_equal(buf, "cd", 2);
	/* a read looks no further than it wants */
	assert_int_equal(dump->locate(dump, 0x10ff8, 0x1010, &run), KST_OK);
	assert_true(run.first == 0x10ff8 && run.last >= 0x10ff8 + 0x1010 - 1 && run.last < 0x10ff8 + 0x4000);
	kst_dump_close(dump);
	container_free(&c);
	image_free(img);
}

/* A change to a sound 64-bit bitmap dump of 16 pages and 20006 bits. */
static const struct row {
	const char *name;
	size_t offset;
	uint64_t value;
	kst_status open;
	uint64_t anomalies;
} rows[] = {
	{ "sound", 0x2028, 16, KST_OK, 0 },
	{ "the usual header in a dump of type 2", 0xf98, 2, KST_OK, 0 },
	{ "total differs", 0x2028, 15, KST_OK, KST_DUMP_ANOMALY_COUNT_DIFFERS },
	{ "more pages than bits: the numbers are swapped", 0x2028, 20040, KST_OK, KST_DUMP_ANOMALY_COUNT_DIFFERS },
	{ "bits reach into the pages", 0x2030, 0x40000000, KST_OK, KST_DUMP_ANOMALY_CLAMPED },
	{ "bits absurd", 0x2030, UINT64_MAX, KST_OK, KST_DUMP_ANOMALY_CLAMPED },
	{ "no bits", 0x2030, 0, KST_OK, KST_DUMP_ANOMALY_COUNT_DIFFERS },
	{ "first page inside the bitmap header", 0x2020, 0x2000, KST_E_CORRUPT, 0 },
	{ "first page not aligned", 0x2020, 0x4001, KST_E_CORRUPT, 0 },
	{ "first page beyond the file", 0x2020, 0x1000000000, KST_OK, KST_DUMP_ANOMALY_TRUNCATED },
	{ "first page absurd", 0x2020, UINT64_MAX - 0xfff, KST_E_CORRUPT, 0 },
};

static void check_row(void **state)
{
	const struct row *row = *state;
	struct image *img = some_pages(KST_PAGING_X64);
	struct container c = container_windows(img, CONTAINER_BITMAP_KERNEL);
	struct kst_dump_info info = { .size = sizeof info };
	struct kst_dump *dump = NULL;

	container_put64(&c, row->offset, row->value);
	assert_int_equal(kst_dump_open_memory(c.bytes, c.size, &dump, NULL), row->open);
	if (row->open == KST_OK) {
		assert_int_equal(kst_dump_info(dump, &info), KST_OK);
		assert_true((info.anomalies & row->anomalies) == row->anomalies);
		assert_true(row->anomalies != 0 || info.anomalies == 0);
		assert_true(info.memory_size <= c.size);
	}
	kst_dump_close(dump);
	container_free(&c);
	image_free(img);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(round_trips),
		cmocka_unit_test(long_runs),
	};

	return RUN_TESTS_AND_ROWS("bitmap", tests, rows, check_row);
}
