/* SPDX-License-Identifier: MIT */
/* Opening: arguments, refusals, files, and reading without a mapping. */
#include "source/source.h"
#include "support/container.h"
#include "support/support.h"

#include <stdio.h>
#include <stdlib.h>

static void arguments(void **state)
{
	struct kst_dump *dump = NULL;
	struct kst_error err = { .size = sizeof err };
	struct kst_dump_info info = { .size = 4 };
	struct kst_identity id = { .size = 4 };
	struct image *img = image_new(KST_PAGING_X64);
	struct container c = container_lime(img);
	uint8_t b;
	size_t done = 7;

	(void)state;
	assert_int_equal(kst_dump_open(NULL, &dump, &err), KST_E_ARG);
	assert_int_equal(err.code, KST_E_ARG);
	assert_int_equal(kst_dump_open("x", NULL, NULL), KST_E_ARG);
	assert_int_equal(kst_dump_open_memory(NULL, 1, &dump, NULL), KST_E_ARG);
	assert_int_equal(kst_dump_open_memory(&b, 1, NULL, NULL), KST_E_ARG);
	assert_int_equal(kst_dump_info(NULL, &info), KST_E_ARG);
	assert_int_equal(kst_dump_identity(NULL, &id), KST_E_ARG);
	assert_int_equal(kst_dump_context(NULL, &b, 1, &done), KST_E_ARG);
	assert_int_equal(kst_dump_exception(NULL, &b, 1, &done), KST_E_ARG);
	assert_null(kst_dump_reader(NULL));
	kst_dump_close(NULL);
	assert_null(dump);
	dump = container_open(&c);
	assert_int_equal(kst_dump_info(dump, NULL), KST_E_ARG);
	assert_int_equal(kst_dump_identity(dump, NULL), KST_E_ARG);
	assert_int_equal(kst_dump_info(dump, &info), KST_E_ABI);
	assert_int_equal(kst_dump_identity(dump, &id), KST_E_ABI);
	assert_int_equal(kst_dump_context(dump, NULL, 1, &done), KST_E_ARG);
	assert_int_equal(kst_dump_context(dump, &b, 1, NULL), KST_E_ARG);
	assert_int_equal(kst_dump_context(dump, &b, 1, &done), KST_E_NO_MEMBER);
	assert_int_equal(kst_dump_exception(dump, &b, 1, &done), KST_E_NO_MEMBER);
	assert_int_equal(done, 7);
	id.size = sizeof id;
	id.present = 5;
	assert_int_equal(kst_dump_identity(dump, &id), KST_OK);
	assert_int_equal(id.present, 0);
	kst_dump_close(dump);
	container_free(&c);
	image_free(img);
}

static void names(void **state)
{
	(void)state;
	assert_string_equal(kst_format_name(KST_FORMAT_RAW), "raw");
	assert_string_equal(kst_format_name(KST_FORMAT_HEADER_ONLY), "header-only");
	assert_string_equal(kst_format_name(KST_FORMAT_BITMAP_KERNEL), "bitmap-kernel");
	assert_string_equal(kst_format_name(KST_FORMAT_RDMP), "rdmp");
	assert_string_equal(kst_format_name(KST_FORMAT_RDMP + 1), "unknown");
	assert_string_equal(kst_dump_anomaly_name(KST_DUMP_ANOMALY_TRUNCATED), "truncated");
	assert_string_equal(kst_dump_anomaly_name(KST_DUMP_ANOMALY_NO_END_MARK), "no-end-mark");
	assert_null(kst_dump_anomaly_name(KST_DUMP_ANOMALY_NO_END_MARK << 1));
	assert_null(kst_dump_anomaly_name(3));
}

static const char *file_name(void)
{
	static char name[64];

	if (name[0] == '\0')
		snprintf(name, sizeof name, "test_dump_%p.tmp", (void *)name);
	return name;
}

static void put_file(const struct container *c)
{
	FILE *f = fopen(file_name(), "wb");

	assert_non_null(f);
	assert_true(c->size == 0 || fwrite(c->bytes, 1, c->size, f) == c->size);
	assert_int_equal(fclose(f), 0);
}

static void files(void **state)
{
	struct image *img = image_new(KST_PAGING_X64);
	struct container c = container_lime(img);
	struct kst_error err = { .size = sizeof err };
	struct kst_dump *dump = NULL;
	uint8_t page[0x1000];
	size_t done;

	(void)state;
	image_physical_page(img, 0x100000)[5] = 0x55;
	container_free(&c);
	c = container_lime(img);
	put_file(&c);
	assert_int_equal(kst_dump_open(file_name(), &dump, &err), KST_OK);
	assert_int_equal(kst_dump_reader(dump)->read(dump, KST_SPACE_PHYSICAL, 0x100000, page, sizeof page, &done),
			 KST_OK);
	assert_memory_equal(page, image_page_bytes(img, 0), sizeof page);
	kst_dump_close(dump);
	/* an empty file has a size and no content */
	dump = NULL;
	c.size = 0;
	put_file(&c);
	assert_int_equal(kst_dump_open(file_name(), &dump, &err), KST_E_UNSUPPORTED);
	assert_non_null(strstr(err.message, "empty"));
	assert_null(dump);
	remove(file_name());
	assert_int_equal(kst_dump_open("no/such/file", &dump, &err), KST_E_IO);
	assert_int_equal(err.code, KST_E_IO);
	assert_true(err.host_code > 0);
	assert_int_equal(kst_dump_open(".", &dump, &err), KST_E_IO);
	assert_true(err.host_code > 0);
	container_free(&c);
	image_free(img);
}

/* As on a 32-bit machine whose address space the file does not fit: every read is a call. */
static void reads_without_a_mapping(void **state)
{
	(void)state;
	for (unsigned kind = 0; kind < 3; kind++) {
		struct image *img = image_new(KST_PAGING_X64);
		struct container c;
		struct kst_dump *dump = NULL;
		struct kst__file mapped;
		uint64_t start, length;
		uint8_t page[0x1000];
		size_t done;

		image_put64(img, 0xfffff80000001000, 1);
		c = kind == 0 ? container_lime(img)
			      : container_windows(img, kind == 1 ? CONTAINER_FULL : CONTAINER_BITMAP_KERNEL);
		put_file(&c);
		assert_int_equal(kst_dump_open(file_name(), &dump, NULL), KST_OK);
		mapped = dump->file;
		dump->file.bytes = NULL;
		dump->file.mapped = false;
		for (size_t i = 0; i < image_pages(img); i++) {
			uint64_t at = image_page_address(img, i);

			assert_int_equal(
				kst_dump_reader(dump)->read(dump, KST_SPACE_PHYSICAL, at, page, sizeof page, &done),
				KST_OK);
			assert_memory_equal(page, image_page_bytes(img, i), sizeof page);
		}
		assert_int_equal(kst_dump_reader(dump)->next_range(dump, KST_SPACE_PHYSICAL, 0, &start, &length),
				 KST_OK);
		assert_int_equal(start, image_page_address(img, 0));
		assert_int_equal(
			kst_dump_reader(dump)->read(dump, KST_SPACE_PHYSICAL, start + length - 1, page, 2, &done),
			KST_E_FAULT);
		assert_int_equal(done, 1);
		dump->file = mapped;
		kst_dump_close(dump);
		remove(file_name());
		container_free(&c);
		image_free(img);
	}
}

/* A system that cannot read is not the same as memory that is not there. */
static void a_failing_file_is_the_hosts_failure(void **state)
{
	struct image *img = image_new(KST_PAGING_X64);
	struct container c = container_lime(img);
	struct kst_dump *dump = container_open(&c);
	struct kst_target_config config = { .size = sizeof config, .reader_user = dump };
	struct kst_identity id = *image_identity(img);
	struct kst_error err = { .size = sizeof err };
	struct kst_target *target = NULL;
	const uint8_t *bytes = dump->file.bytes;
	uint8_t b;

	(void)state;
	config.reader = kst_dump_reader(dump);
	config.identity = &id;
	assert_int_equal(kst_target_create(&config, &target, NULL), KST_OK);
	dump->file.bytes = NULL; /* and no handle: every read fails */
	assert_int_equal(kst_read(target, KST_SPACE_PHYSICAL, image_dtb(img), &b, 1, NULL, &err), KST_E_HOST);
	assert_int_equal(err.host_code, KST_E_IO);
	dump->file.bytes = bytes;
	kst_target_destroy(target);
	kst_dump_close(dump);
	container_free(&c);
	image_free(img);
}

/* Records of the header: small ones by the mapping, large ones by a call of the system. */
static void records_of_a_failing_file(void **state)
{
	struct image *img = image_new(KST_PAGING_X64);
	struct container c = container_windows(img, CONTAINER_FULL);
	struct kst_dump *dump = NULL;
	struct kst__file sound;
	uint8_t record[0x1000];
	size_t done = 7;

	(void)state;
	container_fill(&c, 0x348, 0x200, 0x5a); /* part of the context record */
	put_file(&c);
	assert_int_equal(kst_dump_open(file_name(), &dump, NULL), KST_OK);
	sound = dump->file;
	dump->file.handle = 0x7fffff; /* none */
	memset(record, 0xcc, sizeof record);
	assert_int_equal(kst_dump_context(dump, record, sizeof record, &done), KST_E_IO);
	assert_int_equal(done, 7);
	for (size_t i = 0; i < sizeof record; i++)
		assert_int_equal(record[i], 0xcc);
	assert_int_equal(kst_dump_context(dump, record, 0x1ff, &done), KST_OK);
	assert_int_equal(done, 0x1ff);
	assert_int_equal(record[0], 0x5a);
	dump->file = sound;
	assert_int_equal(kst_dump_context(dump, record, sizeof record, &done), KST_OK);
	assert_int_equal(done, 0xbb8);
	assert_int_equal(record[0x1ff], 0x5a);
	kst_dump_close(dump);
	remove(file_name());
	container_free(&c);
	image_free(img);
}

static const struct row {
	const char *name;
	const char *magic;
	size_t length;
	const char *word; /* the message names it */
} rows[] = {
	{ "user minidump", "MDMP\x93\xa7", 6, "minidump" },
	{ "hibernation", "HIBR", 4, "hibernation" },
	{ "hibernation, lower case", "hibr", 4, "hibernation" },
	{ "hibernation, resumed", "wake", 4, "hibernation" },
	{ "VMware bed2bed2", "\xd2\xbe\xd2\xbe", 4, "VMware" },
	{ "VMware bed3bed3", "\xd3\xbe\xd3\xbe", 4, "VMware" },
	{ "VMware bed2bed0", "\xd0\xbe\xd2\xbe", 4, "VMware" },
	{ "VMware bad1bad1", "\xd1\xba\xd1\xba", 4, "VMware" },
	{ "QEMU migration", "QEVM", 4, "QEMU" },
	{ "kdump", "KDUMP   ", 8, "kdump" },
	{ "EWF", "EVF\x09\x0d\x0a\xff\x00", 8, "EWF" },
	{ "AFF4", "PK\x03\x04", 4, "AFF4" },
	{ "xz",
	  "\xfd"
	  "7zXZ\0",
	  6, "xz" },
	{ "gzip", "\x1f\x8b\x08", 3, "gzip" },
	{ "zstd", "\x28\xb5\x2f\xfd", 4, "zstd" },
	{ "executable", "\177ELF\2\1\1\0\0\0\0\0\0\0\0\0\2\0", 18, "ELF" },
	{ "Windows dump of another kind", "PAGEXXXX", 8, "Windows" },
	{ "LiME version 2", "EMiL\2\0\0\0", 8, "LiME" },
	{ "PDB", "Microsoft C/C++ MSF 7.00\r\n", 26, "PDB" },
};

/* Each large enough to be raw memory if the signature were not seen. */
static void check_row(void **state)
{
	const struct row *row = *state;
	struct container c = { 0 };
	struct kst_error err = { .size = sizeof err };
	struct kst_dump *dump = NULL;

	container_fill(&c, 0, 0x20000, 0);
	container_put(&c, 0, row->magic, row->length);
	assert_int_equal(kst_dump_open_memory(c.bytes, c.size, &dump, &err), KST_E_UNSUPPORTED);
	assert_null(dump);
	assert_non_null(strstr(err.message, row->word));
	container_free(&c);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(arguments),
		cmocka_unit_test(names),
		cmocka_unit_test(files),
		cmocka_unit_test(reads_without_a_mapping),
		cmocka_unit_test(a_failing_file_is_the_hosts_failure),
		cmocka_unit_test(records_of_a_failing_file),
	};

	return RUN_TESTS_AND_ROWS("dump", tests, rows, check_row);
}
