/* SPDX-License-Identifier: MIT */
#include "support/container.h"
#include "support/support.h"

static struct image *some_pages(void)
{
	struct image *img = image_new(KST_PAGING_PAE);
	static const uint64_t pages[] = { 0x0, 0x3000, 0x4000, 0x90000000 };

	for (size_t i = 0; i < sizeof pages / sizeof pages[0]; i++)
		for (size_t k = 0; k < 0x1000; k++)
			image_physical_page(img, pages[i])[k] = (uint8_t)(k * 3 + i);
	return img;
}

static void round_trip(void **state)
{
	struct image *img = some_pages();

	(void)state;
	for (int wide = 0; wide < 2; wide++) {
		struct container c = container_elf(img, wide);

		container_check(&c, img);
		container_check_truncation(&c, img);
		container_free(&c);
	}
	image_free(img);
}

/* 70,000 segments: more than the header's 16 bits can count, so the first section header does. */
static void many_segments(void **state)
{
	struct container c = { 0 };
	struct kst_dump_info info = { .size = sizeof info };
	struct kst_dump *dump;
	const uint32_t count = 70000;
	uint32_t value;
	size_t done, data;

	(void)state;
	container_put(&c, 0, "\177ELF\2\1\1", 7);
	container_put16(&c, 0x10, 4);
	container_put64(&c, 0x20, 0x80);
	container_put64(&c, 0x28, 0x40);
	container_put16(&c, 0x36, 0x38);
	container_put16(&c, 0x38, 0xffff);
	container_put32(&c, 0x40 + 0x2c, count);
	data = 0x80 + (size_t)count * 0x38;
	container_fill(&c, data + 4 * (size_t)count, 0x10, 0);
	for (uint32_t i = 0; i < count; i++) {
		size_t at = 0x80 + (size_t)i * 0x38;

		container_put32(&c, at, 1);
		container_put64(&c, at + 0x08, data + 4 * (size_t)i);
		container_put64(&c, at + 0x18, 0x1000 + (uint64_t)(count - i) * 8); /* descending */
		container_put64(&c, at + 0x20, 4);
		container_put32(&c, data + 4 * (size_t)i, i);
	}
	dump = container_open(&c);
	assert_int_equal(kst_dump_info(dump, &info), KST_OK);
	assert_int_equal(info.runs, count);
	assert_int_equal(info.anomalies, 0);
	for (uint32_t i = 0; i < count; i += 999) {
		uint64_t at = 0x1000 + (uint64_t)(count - i) * 8;

		assert_int_equal(kst_dump_reader(dump)->read(dump, KST_SPACE_PHYSICAL, at, &value, 4, &done), KST_OK);
		assert_memory_equal(&value, c.bytes + data + 4 * (size_t)i, 4);
		assert_int_equal(kst_dump_reader(dump)->read(dump, KST_SPACE_PHYSICAL, at + 4, &value, 4, &done),
				 KST_E_FAULT);
	}
	kst_dump_close(dump);
	container_free(&c);
}

/* A page with three mappings has three segments (QEMU dump-guest-memory -p) but is once in the file; another has a say of its own. */
static void one_page_in_several_segments(void **state)
{
	static const struct {
		uint64_t physical, offset, size;
	} segments[] = { { 0x1000, 0, 0x1000 }, { 0x1000, 0, 0x1000 }, { 0x1800, 0x800, 0x800 }, { 0x1c00, 0, 0x10 } };
	const size_t data = 0x40 + sizeof segments / sizeof segments[0] * 0x38;

	(void)state;
	for (uint16_t count = 3; count <= 4; count++) {
		struct container c = { 0 };
		struct kst_dump_info info = { .size = sizeof info };
		struct kst_dump *dump;

		container_put(&c, 0, "\177ELF\2\1\1", 7);
		container_put16(&c, 0x10, 4);
		container_put64(&c, 0x20, 0x40);
		container_put16(&c, 0x36, 0x38);
		container_put16(&c, 0x38, count);
		container_fill(&c, data, 0x1000, 0x11);
		for (uint16_t i = 0; i < count; i++) {
			size_t at = 0x40 + i * (size_t)0x38;

			container_put32(&c, at, 1);
			container_put64(&c, at + 0x08, data + segments[i].offset);
			container_put64(&c, at + 0x18, segments[i].physical);
			container_put64(&c, at + 0x20, segments[i].size);
		}
		dump = container_open(&c);
		assert_int_equal(kst_dump_info(dump, &info), KST_OK);
		assert_int_equal(info.anomalies, count == 3 ? 0 : KST_DUMP_ANOMALY_OVERLAP);
		assert_int_equal(info.runs, 1);
		assert_int_equal(info.memory_size, 0x1000);
		kst_dump_close(dump);
		container_free(&c);
	}
}

/* A change to a sound 64-bit core: `width` bytes at `offset`. */
static const struct row {
	const char *name;
	size_t offset;
	uint64_t value;
	size_t width;
	kst_status open;
	uint64_t anomalies;
} rows[] = {
	{ "sound", 0, 0x7f, 1, KST_OK, 0 },
	{ "big-endian", 5, 2, 1, KST_E_UNSUPPORTED, 0 },
	{ "class unknown", 4, 3, 1, KST_E_CORRUPT, 0 },
	{ "executable", 0x10, 2, 2, KST_E_UNSUPPORTED, 0 },
	{ "program headers too small", 0x36, 0x20, 2, KST_E_CORRUPT, 0 },
	{ "more program headers than the file holds", 0x38, 0xfffe, 2, KST_OK, KST_DUMP_ANOMALY_CLAMPED },
	{ "program headers beyond the file", 0x20, UINT64_MAX - 7, 8, KST_OK, KST_DUMP_ANOMALY_CLAMPED },
	{ "section header beyond the file", 0x38, 0xffff, 2, KST_OK, KST_DUMP_ANOMALY_CLAMPED },
	{ "segment wraps", 0x40 + 0x38 + 0x18, UINT64_MAX - 0xfff, 8, KST_OK, 0 },
	{ "segment offset beyond the file", 0x40 + 0x38 + 8, UINT64_MAX, 8, KST_OK, KST_DUMP_ANOMALY_TRUNCATED },
	{ "segment size absurd", 0x40 + 0x38 + 0x20, UINT64_MAX, 8, KST_OK,
	  KST_DUMP_ANOMALY_TRUNCATED | KST_DUMP_ANOMALY_OVERLAP },
	{ "segments overlap", 0x40 + 2 * 0x38 + 0x18, 0, 8, KST_OK, KST_DUMP_ANOMALY_OVERLAP },
};

static void check_row(void **state)
{
	const struct row *row = *state;
	struct image *img = some_pages();
	struct container c = container_elf(img, true);
	struct kst_dump_info info = { .size = sizeof info };
	struct kst_dump *dump = NULL;

	for (size_t i = 0; i < row->width; i++)
		c.bytes[row->offset + i] = (uint8_t)(row->value >> (8 * i));
	assert_int_equal(kst_dump_open_memory(c.bytes, c.size, &dump, NULL), row->open);
	if (row->open == KST_OK) {
		assert_int_equal(kst_dump_info(dump, &info), KST_OK);
		assert_int_equal(info.anomalies, row->anomalies);
		if ((info.anomalies & KST_DUMP_ANOMALY_TRUNCATED) == 0) /* else two segments may share bytes */
			assert_true(info.memory_size <= c.size);
	}
	kst_dump_close(dump);
	container_free(&c);
	image_free(img);
}

static void a_process_is_refused(void **state)
{
	struct image *img = some_pages();
	struct container c = container_elf(img, false);
	struct kst_error err = { .size = sizeof err };
	struct kst_dump *dump = NULL;

	(void)state;
	for (size_t at = 0x34; c.bytes[at] == 1 || c.bytes[at] == 4; at += 0x20)
		container_put32(&c, at + 0x0c, 0);
	assert_int_equal(kst_dump_open_memory(c.bytes, c.size, &dump, &err), KST_E_UNSUPPORTED);
	assert_non_null(strstr(err.message, "process"));
	container_free(&c);
	image_free(img);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(round_trip),
		cmocka_unit_test(many_segments),
		cmocka_unit_test(one_page_in_several_segments),
		cmocka_unit_test(a_process_is_refused),
	};

	return RUN_TESTS_AND_ROWS("elf", tests, rows, check_row);
}
