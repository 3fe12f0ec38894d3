/* SPDX-License-Identifier: MIT */
#include "support/container.h"
#include "support/support.h"

static void round_trip(void **state)
{
	struct image *img = image_new(KST_PAGING_X64);
	struct container c;
	struct kst_dump *dump;
	struct kst_target_config config = { .size = sizeof config, .identity = image_identity(img) };
	struct kst_target *target = NULL;
	uint64_t value = 0;

	(void)state;
	image_put64(img, 0xfffff80000012340, 0x1122334455667788);
	c = container_raw(img);
	container_check(&c, img);
	/* and through translation */
	dump = container_open(&c);
	config.reader = kst_dump_reader(dump);
	config.reader_user = dump;
	assert_int_equal(kst_target_create(&config, &target, NULL), KST_OK);
	assert_int_equal(kst_read(target, KST_SPACE_KERNEL, 0xfffff80000012340, &value, 8, NULL, NULL), KST_OK);
	assert_memory_equal(&value, "\x88\x77\x66\x55\x44\x33\x22\x11", 8);
	kst_target_destroy(target);
	kst_dump_close(dump);
	container_free(&c);
	image_free(img);
}

static const struct row {
	const char *name;
	size_t size;
	kst_status open;
	uint64_t anomalies;
} rows[] = {
	{ "empty", 0, KST_E_UNSUPPORTED, 0 },
	{ "tiny", 1, KST_E_UNSUPPORTED, 0 },
	{ "smaller than any memory", 0xffff, KST_E_UNSUPPORTED, 0 },
	{ "smallest", 0x10000, KST_OK, 0 },
	{ "a part of a page at the end", 0x10001, KST_OK, KST_DUMP_ANOMALY_TRUNCATED },
};

static void check_row(void **state)
{
	const struct row *row = *state;
	struct container c = { 0 };
	struct kst_dump_info info = { .size = sizeof info };
	struct kst_error err = { .size = sizeof err };
	struct kst_dump *dump = NULL;

	container_fill(&c, 0, row->size, 0xa5);
	assert_int_equal(kst_dump_open_memory(c.bytes == NULL ? (uint8_t *)"" : c.bytes, row->size, &dump, &err),
			 row->open);
	if (row->open == KST_OK) {
		uint8_t buf[2];
		size_t done;

		assert_int_equal(kst_dump_info(dump, &info), KST_OK);
		assert_int_equal(info.format, KST_FORMAT_RAW);
		assert_int_equal(info.memory_size, row->size);
		assert_int_equal(info.anomalies, row->anomalies);
		assert_int_equal(kst_dump_reader(dump)->read(dump, KST_SPACE_PHYSICAL, row->size - 1, buf, 2, &done),
				 KST_E_FAULT);
		assert_int_equal(done, 1);
	} else {
		assert_true(strlen(err.message) > 10);
	}
	kst_dump_close(dump);
	container_free(&c);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(round_trip),
	};

	return RUN_TESTS_AND_ROWS("raw", tests, rows, check_row);
}
