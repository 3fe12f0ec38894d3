/* SPDX-License-Identifier: MIT */
/* Files far larger than what may be resident: sparse ones, made in the build folder. */
#define _FILE_OFFSET_BITS 64
#define _DEFAULT_SOURCE
#include "support/container.h"
#include "support/support.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#define MIB ((uint64_t)1 << 20)
#define GIB ((uint64_t)1 << 30)

/* The largest resident set so far in bytes; 0 where the system does not tell. */
static uint64_t peak(void)
{
	FILE *f = fopen("/proc/self/status", "r");
	char line[256];
	unsigned long kib = 0;

	while (f != NULL && fgets(line, sizeof line, f) != NULL)
		if (sscanf(line, "VmHWM: %lu", &kib) == 1)
			break;
	if (f != NULL)
		fclose(f);
	return (uint64_t)kib << 10;
}

/* Not under an emulator, a sanitizer or valgrind: those take memory and time of their own. Set by main. */
static bool is_plain;

static const char *file_name(void)
{
	static char name[64];

	if (name[0] == '\0')
		snprintf(name, sizeof name, "test_large_%p.tmp", (void *)name);
	return name;
}

/* Some bytes at some places of a file of a size; the rest is a hole. */
static void make_file(uint64_t size, const struct container *head, uint64_t at, const void *bytes, size_t len)
{
	FILE *f = fopen(file_name(), "wb");

	assert_non_null(f);
	if (head != NULL)
		assert_true(fwrite(head->bytes, 1, head->size, f) == head->size);
	assert_int_equal(fflush(f), 0);
#ifdef _WIN32
	assert_int_equal(fseeko64(f, (off64_t)at, SEEK_SET), 0);
#else
	assert_int_equal(fseeko(f, (off_t)at, SEEK_SET), 0);
#endif
	assert_true(fwrite(bytes, 1, len, f) == len);
	assert_int_equal(fflush(f), 0);
#ifdef _WIN32
	assert_int_equal(ftruncate64(fileno(f), (off64_t)size), 0);
#else
	assert_int_equal(ftruncate(fileno(f), (off_t)size), 0);
#endif
	fclose(f);
}

static struct kst_dump *open_file(double most_seconds)
{
	struct kst_dump *dump = NULL;
	struct kst_error err = { .size = sizeof err };
	clock_t begin = clock(); /* of this process: a busy machine does not count */
	kst_status st = kst_dump_open(file_name(), &dump, &err);
	double seconds = (double)(clock() - begin) / CLOCKS_PER_SEC;

	if (st != KST_OK)
		fail_msg("%s", err.message);
	if (is_plain && seconds > most_seconds)
		fail_msg("opening took %.3f s", seconds);
	return dump;
}

static void check_peak(uint64_t before)
{
	if (before == 0 || !is_plain) /* an emulator's or a sanitizer's memory is not ours */
		return;
	assert_true(peak() - before < 32 * MIB);
	assert_true(peak() < 64 * MIB);
}

static void expect(const struct kst_dump *dump, uint64_t address, const char *text)
{
	char buf[16];
	size_t done, len = strlen(text);

	assert_int_equal(
		kst_dump_reader(dump)->read((void *)(uintptr_t)dump, KST_SPACE_PHYSICAL, address, buf, len, &done),
		KST_OK);
	assert_memory_equal(buf, text, len);
}

static void expect_zero(const struct kst_dump *dump, uint64_t address)
{
	uint8_t byte = 1;
	size_t done;

	assert_int_equal(
		kst_dump_reader(dump)->read((void *)(uintptr_t)dump, KST_SPACE_PHYSICAL, address, &byte, 1, &done),
		KST_OK);
	assert_int_equal(byte, 0);
}

static void raw_of_4_gib(void **state)
{
	uint64_t before = peak(), start, length;
	struct kst_dump *dump;

	(void)state;
	make_file(4 * GIB + 0x3000, NULL, 4 * GIB, "above", 5);
	dump = open_file(0.1);
	expect(dump, 4 * GIB, "above");
	assert_int_equal(kst_dump_reader(dump)->next_range(dump, KST_SPACE_PHYSICAL, 0x123, &start, &length), KST_OK);
	assert_true(start == 0x123 && length == 4 * GIB + 0x3000 - 0x123);
	/* small reads all over: what they map is given back */
	for (uint64_t at = 0; at < GIB / 4; at += 0x1000)
		expect_zero(dump, at + 0x500);
	check_peak(before);
	kst_dump_close(dump);
	remove(file_name());
}

static void full_of_2_gib(void **state)
{
	struct image *img = image_new(KST_PAGING_X64);
	struct container c = container_windows(img, CONTAINER_FULL);
	uint64_t before = peak();
	struct kst_dump_info info = { .size = sizeof info };
	struct kst_dump *dump;

	(void)state;
	/* two runs: 1 GiB from 1000, and 1 GiB from 8 GiB */
	c.size = 0x2000;
	container_put32(&c, 0x88, 2);
	container_put64(&c, 0x90, 2 * GIB / 0x1000);
	container_put64(&c, 0x98, 1);
	container_put64(&c, 0xa0, GIB / 0x1000);
	container_put64(&c, 0xa8, 8 * GIB / 0x1000);
	container_put64(&c, 0xb0, GIB / 0x1000);
	make_file(0x2000 + 2 * GIB, &c, 0x2000 + 2 * GIB - 8, "last one", 8);
	dump = open_file(0.1);
	assert_int_equal(kst_dump_info(dump, &info), KST_OK);
	assert_int_equal(info.anomalies, 0);
	assert_true(info.memory_size == 2 * GIB);
	expect(dump, 9 * GIB - 8, "last one");
	check_peak(before);
	kst_dump_close(dump);
	remove(file_name());
	container_free(&c);
	image_free(img);
}

/* 2^31 bits: 8 TiB of page frames, of which the file has two. */
static void bitmap_of_2_gbit(void **state)
{
	struct image *img = image_new(KST_PAGING_X64);
	struct container c = container_windows(img, CONTAINER_BITMAP_KERNEL);
	const uint64_t bits = (uint64_t)1 << 31, first = 0x3000 + bits / 8;
	uint64_t before = peak(), start, length;
	struct kst_dump_info info = { .size = sizeof info };
	struct kst_dump *dump;
	FILE *f;

	(void)state;
	c.size = 0x2038;
	container_put64(&c, 0x2020, first);
	container_put64(&c, 0x2028, 2);
	container_put64(&c, 0x2030, bits);
	make_file(first + 0x2000, &c, 0x2038 + bits / 8 - 1, "\x81", 1); /* the last frame, and the seventh before it */
	f = fopen(file_name(), "r+b");
	assert_non_null(f);
	assert_int_equal(fseek(f, (long)first, SEEK_SET), 0);
	assert_true(fwrite("first", 1, 5, f) == 5);
	assert_int_equal(fseek(f, (long)(first + 0x1000), SEEK_SET), 0);
	assert_true(fwrite("second", 1, 6, f) == 6);
	fclose(f);
	dump = open_file(2);
	assert_int_equal(kst_dump_info(dump, &info), KST_OK);
	assert_int_equal(info.anomalies, 0);
	assert_int_equal(info.runs, 2);
	expect(dump, (bits - 8) * 0x1000, "first");
	expect(dump, (bits - 1) * 0x1000, "second");
	assert_int_equal(kst_dump_reader(dump)->next_range(dump, KST_SPACE_PHYSICAL, 0, &start, &length), KST_OK);
	assert_true(start == (bits - 8) * 0x1000 && length == 0x1000);
	check_peak(before);
	kst_dump_close(dump);
	remove(file_name());
	container_free(&c);
	image_free(img);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(raw_of_4_gib),
		cmocka_unit_test(full_of_2_gib),
		cmocka_unit_test(bitmap_of_2_gbit),
	};

#ifdef _WIN32
	is_plain = false; /* clock() counts the time of the wall there, and emulators are slow */
#else
	/* an emulator's code and tables are counted as ours */
	is_plain = peak() > 0 && peak() < 16 * MIB && getenv("MESON_EXE_WRAPPER") == NULL;
#endif
	return cmocka_run_group_tests_name("large", tests, NULL, NULL);
}
