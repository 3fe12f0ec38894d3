/* SPDX-License-Identifier: MIT */
#include "container.h"

#include "support.h"

#include <stdlib.h>

#define PAGE 0x1000u

void container_free(struct container *c)
{
	free(c->bytes);
	memset(c, 0, sizeof *c);
}

static void reserve(struct container *c, size_t size)
{
	if (size > c->cap) {
		size_t cap = c->cap == 0 ? 0x4000 : c->cap;

		while (cap < size)
			cap *= 2;
		c->bytes = realloc(c->bytes, cap);
		assert_non_null(c->bytes);
		memset(c->bytes + c->cap, 0, cap - c->cap);
		c->cap = cap;
	}
	if (size > c->size)
		c->size = size;
}

void container_put(struct container *c, size_t offset, const void *bytes, size_t len)
{
	reserve(c, offset + len);
	if (len > 0)
		memcpy(c->bytes + offset, bytes, len);
}

static void put_number(struct container *c, size_t offset, uint64_t value, size_t width)
{
	uint8_t raw[8];

	for (size_t i = 0; i < width; i++)
		raw[i] = (uint8_t)(value >> (8 * i));
	container_put(c, offset, raw, width);
}

void container_put16(struct container *c, size_t offset, uint16_t value)
{
	put_number(c, offset, value, 2);
}

void container_put32(struct container *c, size_t offset, uint32_t value)
{
	put_number(c, offset, value, 4);
}

void container_put64(struct container *c, size_t offset, uint64_t value)
{
	put_number(c, offset, value, 8);
}

void container_fill(struct container *c, size_t offset, size_t len, uint8_t value)
{
	reserve(c, offset + len);
	if (len > 0)
		memset(c->bytes + offset, value, len);
}

struct container container_raw(const struct image *img)
{
	struct container c = { 0 };

	for (size_t i = 0; i < image_pages(img); i++)
		container_put(&c, (size_t)image_page_address(img, i), image_page_bytes(img, i), PAGE);
	return c;
}

/* How many pages from page i on follow each other. */
static size_t run_of(const struct image *img, size_t i)
{
	size_t n = 1;

	while (i + n < image_pages(img) && image_page_address(img, i + n) == image_page_address(img, i) + n * PAGE)
		n++;
	return n;
}

struct container container_lime(const struct image *img)
{
	struct container c = { 0 };

	for (size_t i = 0; i < image_pages(img);) {
		size_t n = run_of(img, i), at = c.size;

		container_put(&c, at, "EMiL", 4);
		container_put32(&c, at + 4, 1);
		container_put64(&c, at + 8, image_page_address(img, i));
		container_put64(&c, at + 16, image_page_address(img, i) + n * PAGE - 1);
		container_put64(&c, at + 24, 0);
		for (size_t k = 0; k < n; k++)
			container_put(&c, c.size, image_page_bytes(img, i + k), PAGE);
		i += n;
	}
	return c;
}

/* A note first, as real cores have, so that segment 0 is no load segment. */
struct container container_elf(const struct image *img, bool wide)
{
	struct container c = { 0 };
	uint16_t segments = 1;
	size_t at = wide ? 0x40 : 0x34, size = wide ? 0x38 : 0x20;

	for (size_t i = 0; i < image_pages(img); i += run_of(img, i))
		segments++;
	container_put(&c, 0, wide ? "\177ELF\2\1\1" : "\177ELF\1\1\1", 7);
	container_put16(&c, 0x10, 4);
	container_put16(&c, 0x12, wide ? 62 : 3);
	put_number(&c, wide ? 0x20 : 0x1c, at, wide ? 8 : 4);
	container_put16(&c, wide ? 0x36 : 0x2a, (uint16_t)size);
	container_put16(&c, wide ? 0x38 : 0x2c, segments);
	container_put32(&c, at, 4);
	container_fill(&c, at + size, (size_t)(segments - 1) * size, 0);
	at += size;
	for (size_t i = 0, n; i < image_pages(img); i += n, at += size) {
		size_t data = c.size;

		n = run_of(img, i);
		container_put32(&c, at, 1);
		put_number(&c, at + (wide ? 0x08 : 0x04), data, wide ? 8 : 4);
		put_number(&c, at + (wide ? 0x18 : 0x0c), image_page_address(img, i), wide ? 8 : 4);
		put_number(&c, at + (wide ? 0x20 : 0x10), n * PAGE, wide ? 8 : 4);
		put_number(&c, at + (wide ? 0x28 : 0x14), n * PAGE, wide ? 8 : 4);
		for (size_t k = 0; k < n; k++)
			container_put(&c, c.size, image_page_bytes(img, i + k), PAGE);
	}
	return c;
}

struct kst_dump *container_open(const struct container *c)
{
	struct kst_dump *dump = NULL;
	struct kst_error err = { .size = sizeof err };
	kst_status st = kst_dump_open_memory(c->bytes, c->size, &dump, &err);

	if (st != KST_OK)
		fail_msg("%s: %s", kst_status_name(st), err.message);
	return dump;
}

static kst_status read_some(const struct kst_dump *dump, uint64_t address, uint8_t *buf, size_t len, size_t *done)
{
	*done = SIZE_MAX;
	return kst_dump_reader(dump)->read((void *)(uintptr_t)dump, KST_SPACE_PHYSICAL, address, buf, len, done);
}

static bool is_raw(const struct kst_dump *dump)
{
	struct kst_dump_info info = { .size = sizeof info };

	assert_int_equal(kst_dump_info(dump, &info), KST_OK);
	return info.format == KST_FORMAT_RAW;
}

static void check_run(const struct kst_dump *dump, const struct image *img, size_t i, size_t n)
{
	uint64_t start = image_page_address(img, i), range, length;
	uint8_t buf[2 * PAGE];
	size_t done;

	for (size_t k = 0; k < n; k++) {
		assert_int_equal(read_some(dump, start + k * PAGE, buf, PAGE, &done), KST_OK);
		assert_int_equal(done, PAGE);
		assert_memory_equal(buf, image_page_bytes(img, i + k), PAGE);
		if (k + 1 < n) {
			assert_int_equal(read_some(dump, start + k * PAGE + 0x801, buf, PAGE, &done), KST_OK);
			assert_memory_equal(buf, image_page_bytes(img, i + k) + 0x801, 0x7ff);
			assert_memory_equal(buf + 0x7ff, image_page_bytes(img, i + k + 1), 0x801);
		}
	}
	if (is_raw(dump)) /* holes read as zeros there */
		return;
	assert_int_equal(read_some(dump, start + n * PAGE - 1, buf, 2, &done), KST_E_FAULT);
	assert_int_equal(done, 1);
	assert_int_equal(buf[0], image_page_bytes(img, i + n - 1)[PAGE - 1]);
	assert_int_equal(read_some(dump, start + n * PAGE, buf, 1, &done), KST_E_FAULT);
	assert_int_equal(done, 0);
	if (start > 0)
		assert_int_equal(read_some(dump, start - 1, buf, 1, &done), KST_E_FAULT);
	assert_int_equal(kst_dump_reader(dump)->next_range((void *)(uintptr_t)dump, KST_SPACE_PHYSICAL,
							   start == 0 ? 0 : start - 1, &range, &length),
			 KST_OK);
	assert_int_equal(range, start);
	assert_int_equal(length, n * PAGE);
	assert_int_equal(kst_dump_reader(dump)->next_range((void *)(uintptr_t)dump, KST_SPACE_PHYSICAL, start + 5,
							   &range, &length),
			 KST_OK);
	assert_int_equal(range, start + 5);
	assert_int_equal(length, n * PAGE - 5);
}

void container_check(const struct container *c, const struct image *img)
{
	struct kst_dump *dump = container_open(c);
	struct kst_dump_info info = { .size = sizeof info };
	uint64_t range, length, last = image_page_address(img, image_pages(img) - 1);
	uint8_t byte;
	size_t done;

	assert_int_equal(kst_dump_reader(dump)->flags, KST_READER_PHYSICAL_ONLY | KST_READER_THREAD_SAFE);
	for (size_t i = 0, n; i < image_pages(img); i += n) {
		n = run_of(img, i);
		check_run(dump, img, i, n);
	}
	assert_int_equal(kst_dump_info(dump, &info), KST_OK);
	assert_int_equal(info.file_size, c->size);
	assert_int_equal(info.memory_size, is_raw(dump) ? c->size : image_pages(img) * PAGE);
	assert_int_equal(info.anomalies, 0);
	assert_int_equal(kst_dump_reader(dump)->next_range(dump, KST_SPACE_PHYSICAL, last + PAGE, &range, &length),
			 KST_END);
	assert_int_equal(kst_dump_reader(dump)->next_range(dump, KST_SPACE_KERNEL, 0, &range, &length), KST_END);
	assert_int_equal(kst_dump_reader(dump)->read(dump, KST_SPACE_KERNEL, last, &byte, 1, &done), KST_E_FAULT);
	assert_int_equal(read_some(dump, UINT64_MAX, &byte, 1, &done), KST_E_FAULT);
	kst_dump_close(dump);
}

/* All that a cut file still tells of the image; returns how many bytes. */
static uint64_t check_cut(const struct kst_dump *dump, const struct image *img)
{
	uint64_t total = 0;

	for (size_t i = 0; i < image_pages(img); i++) {
		uint8_t buf[PAGE];
		size_t done;
		kst_status st = read_some(dump, image_page_address(img, i), buf, PAGE, &done);

		assert_true(st == KST_OK || st == KST_E_FAULT);
		assert_true(done <= PAGE && (done == PAGE) == (st == KST_OK));
		assert_memory_equal(buf, image_page_bytes(img, i), done);
		total += done;
	}
	return total;
}

void container_check_truncation(const struct container *c, const struct image *img)
{
	size_t step = c->size / 3000 + 1;

	for (size_t size = 0; size < c->size; size += step) {
		/* an exactly sized block: one byte too far is seen by the sanitizers */
		uint8_t *bytes = malloc(size == 0 ? 1 : size);
		struct kst_dump *dump = NULL;
		kst_status st;

		assert_non_null(bytes);
		memcpy(bytes, c->bytes, size);
		st = kst_dump_open_memory(bytes, size, &dump, NULL);
		if (st == KST_OK) {
			assert_true(check_cut(dump, img) <= size);
			kst_dump_close(dump);
		} else {
			assert_null(dump);
			assert_true(st == KST_E_UNSUPPORTED || st == KST_E_CORRUPT);
		}
		free(bytes);
	}
}
