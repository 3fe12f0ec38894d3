/* SPDX-License-Identifier: MIT */
#include "support/container.h"
#include "support/support.h"

/* Three runs: one page, two pages, one page at the top. */
static struct image *three_runs(void)
{
	struct image *img = image_new(KST_PAGING_X86);
	static const uint64_t pages[] = { 0x0, 0x5000, 0x6000, 0xfffff000 };

	for (size_t i = 0; i < sizeof pages / sizeof pages[0]; i++)
		for (size_t k = 0; k < 0x1000; k++)
			image_physical_page(img, pages[i])[k] = (uint8_t)(k * 7 + i);
	return img;
}

static void round_trip(void **state)
{
	struct image *img = three_runs();
	struct container c = container_lime(img);

	(void)state;
	container_check(&c, img);
	container_check_truncation(&c, img);
	container_free(&c);
	image_free(img);
}

struct range {
	uint64_t start, end; /* as stored */
	size_t data;         /* bytes that follow */
};

static const struct row {
	const char *name;
	struct range ranges[3];
	kst_status open;
	uint64_t memory, anomalies, runs;
} rows[] = {
	{ "one range", { { 0x1000, 0x1fff, 0x1000 } }, KST_OK, 0x1000, 0, 1 },
	{ "neighbours join", { { 0x1000, 0x1fff, 0x1000 }, { 0x2000, 0x2fff, 0x1000 } }, KST_OK, 0x2000, 0, 2 },
	{ "not ascending", { { 0x5000, 0x5fff, 0x1000 }, { 0x1000, 0x1fff, 0x1000 } }, KST_OK, 0x2000, 0, 2 },
	{ "end is exclusive, another header follows",
	  { { 0x1000, 0x2000, 0x1000 }, { 0x8000, 0x8fff, 0x1000 } },
	  KST_OK,
	  0x2000,
	  0,
	  2 },
	{ "end is exclusive, last range", { { 0x1000, 0x2000, 0x1000 } }, KST_OK, 0x1000, 0, 1 },
	{ "overlap",
	  { { 0x1000, 0x2fff, 0x2000 }, { 0x2000, 0x3fff, 0x2000 } },
	  KST_OK,
	  0x3000,
	  KST_DUMP_ANOMALY_OVERLAP,
	  2 },
	{ "the second begins first and overlaps",
	  { { 0x2000, 0x3fff, 0x2000 }, { 0x1000, 0x4fff, 0x4000 } },
	  KST_OK,
	  0x4000,
	  KST_DUMP_ANOMALY_OVERLAP,
	  3 },
	{ "data cut", { { 0x1000, 0x4fff, 0x1234 } }, KST_OK, 0x1234, KST_DUMP_ANOMALY_TRUNCATED, 1 },
	{ "half a header at the end", { { 0x1000, 0x1fff, 0x1010 } }, KST_OK, 0x1000, KST_DUMP_ANOMALY_TRUNCATED, 1 },
	{ "empty range", { { 0x1000, 0xfff, 0 }, { 0x4000, 0x4fff, 0x1000 } }, KST_OK, 0x1000, 0, 1 },
	{ "ends before it starts", { { 0x5000, 0x1fff, 0x1000 } }, KST_E_CORRUPT, 0, 0, 0 },
	{ "the whole address space", { { 0, UINT64_MAX, 0x800 } }, KST_OK, 0x800, KST_DUMP_ANOMALY_TRUNCATED, 1 },
	{ "to the last byte", { { UINT64_MAX - 0x7ff, UINT64_MAX, 0x800 } }, KST_OK, 0x800, 0, 1 },
};

static void check_row(void **state)
{
	const struct row *row = *state;
	struct container c = { 0 };
	struct kst_dump_info info = { .size = sizeof info };
	struct kst_error err = { .size = sizeof err };
	struct kst_dump *dump = NULL;

	for (size_t i = 0; i < 3 && row->ranges[i].end != 0; i++) {
		size_t at = c.size;

		container_put(&c, at, "EMiL\1\0\0\0", 8);
		container_put64(&c, at + 8, row->ranges[i].start);
		container_put64(&c, at + 16, row->ranges[i].end);
		container_put64(&c, at + 24, 0);
		container_fill(&c, at + 32, row->ranges[i].data, (uint8_t)(0x10 + i));
	}
	assert_int_equal(kst_dump_open_memory(c.bytes, c.size, &dump, &err), row->open);
	if (row->open == KST_OK) {
		uint8_t byte = 0;
		size_t done = 0;

		assert_int_equal(kst_dump_info(dump, &info), KST_OK);
		assert_int_equal(info.format, KST_FORMAT_LIME);
		assert_int_equal(info.memory_size, row->memory);
		assert_int_equal(info.anomalies, row->anomalies);
		assert_int_equal(info.runs, row->runs);
		/* the first range wins wherever it is */
		if (row->ranges[0].data > 0) {
			uint64_t at = row->ranges[0].start +
				      (row->memory < row->ranges[0].data ? row->memory : row->ranges[0].data) - 1;

			assert_int_equal(kst_dump_reader(dump)->read(dump, KST_SPACE_PHYSICAL, at, &byte, 1, &done),
					 KST_OK);
			assert_int_equal(byte, 0x10);
		}
	} else {
		assert_int_equal(err.code, row->open);
		assert_null(dump);
	}
	kst_dump_close(dump);
	container_free(&c);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(round_trip),
	};

	return RUN_TESTS_AND_ROWS("lime", tests, rows, check_row);
}
