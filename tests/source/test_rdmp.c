/* SPDX-License-Identifier: MIT */
#include "support/container.h"
#include "support/support.h"

static struct image *some_pages(void)
{
	struct image *img = image_new(KST_PAGING_X64);
	static const uint64_t pages[] = { 0x1000, 0x3000, 0x4000, 0x5000, 0x1fffff000 };

	for (size_t i = 0; i < sizeof pages / sizeof pages[0]; i++)
		for (size_t k = 0; k < 0x1000; k++)
			image_physical_page(img, pages[i])[k] = (uint8_t)(k * 3 + i);
	return img;
}

static void round_trips(void **state)
{
	struct image *img = some_pages();

	(void)state;
	for (int complete = 0; complete < 2; complete++) {
		struct container c = container_windows(img, complete ? CONTAINER_RDMP_COMPLETE : CONTAINER_RDMP_KERNEL);
		struct kst_dump *dump = container_open(&c);
		struct kst_dump_info info = { .size = sizeof info };

		assert_int_equal(kst_dump_info(dump, &info), KST_OK);
		assert_int_equal(info.format, KST_FORMAT_RDMP);
		assert_int_equal(info.dump_type, complete ? 10 : 8);
		kst_dump_close(dump);
		container_check(&c, img);
		container_check_truncation(&c, img);
		container_free(&c);
	}
	image_free(img);
}

/* A change to a sound complete dump: 6 pages in 4 ranges. */
static const struct row {
	const char *name;
	size_t offset;
	uint64_t value;
	kst_status open;
	uint64_t anomalies, memory;
} rows[] = {
	{ "sound", 0x2028, 6, KST_OK, 0, 0x6000 },
	{ "total smaller: the list ends there", 0x2028, 4, KST_OK, 0, 0x4000 },
	{ "total larger", 0x2028, 9, KST_OK, KST_DUMP_ANOMALY_COUNT_DIFFERS, 0x6000 },
	{ "metadata size differs", 0x2010, 0x1000, KST_OK, KST_DUMP_ANOMALY_COUNT_DIFFERS, 0x6000 },
	{ "first page in the header", 0x2018, 0x2000, KST_E_CORRUPT, 0, 0 },
	{ "first page beyond the file", 0x2018, UINT64_MAX, KST_OK, KST_DUMP_ANOMALY_TRUNCATED, 0 },
	{ "first page a little beyond the file", 0x2018, 0x9000, KST_OK, KST_DUMP_ANOMALY_TRUNCATED, 0 },
	{ "frame absurd", 0x2040, UINT64_MAX, KST_OK, KST_DUMP_ANOMALY_CLAMPED, 0x1000 },
	{ "count absurd", 0x2048, UINT64_MAX, KST_OK, KST_DUMP_ANOMALY_CLAMPED, 0x1000 },
	{ "range beyond the file", 0x2068, 0x100, KST_OK, KST_DUMP_ANOMALY_TRUNCATED, 0x6000 },
	{ "ranges overlap", 0x2040, 1, KST_OK, KST_DUMP_ANOMALY_OVERLAP, 0x5000 },
};

static void check_row(void **state)
{
	const struct row *row = *state;
	struct image *img = some_pages();
	struct container c = container_windows(img, CONTAINER_RDMP_COMPLETE);
	struct kst_dump_info info = { .size = sizeof info };
	struct kst_dump *dump = NULL;

	container_put64(&c, row->offset, row->value);
	assert_int_equal(kst_dump_open_memory(c.bytes, c.size, &dump, NULL), row->open);
	if (row->open == KST_OK) {
		assert_int_equal(kst_dump_info(dump, &info), KST_OK);
		assert_true((info.anomalies & row->anomalies) == row->anomalies);
		assert_true(row->anomalies != 0 || info.anomalies == 0);
		assert_int_equal(info.memory_size, row->memory);
	}
	kst_dump_close(dump);
	container_free(&c);
	image_free(img);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(round_trips),
	};

	return RUN_TESTS_AND_ROWS("rdmp", tests, rows, check_row);
}
