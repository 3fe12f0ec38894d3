/* SPDX-License-Identifier: MIT */
/* Headers of Windows dumps, and full dumps. */
#include "support/container.h"
#include "support/support.h"

static struct image *some_pages(uint32_t paging)
{
	struct image *img = image_new(paging);
	struct kst_identity *id = image_identity(img);
	static const uint64_t pages[] = { 0x1000, 0x3000, 0x4000, 0x5000, 0x9f000, 0x120000 };

	for (size_t i = 0; i < sizeof pages / sizeof pages[0]; i++)
		for (size_t k = 0; k < 0x1000; k++)
			image_physical_page(img, pages[i])[k] = (uint8_t)(k * 3 + i);
	id->build = 7601;
	id->processors = 3;
	id->debugger_data = 0x82001000;
	id->loaded_modules = 0x82002000;
	id->active_processes = 0x82003000;
	id->pfn_database = 0x82004000;
	return img;
}

static const struct paging_row {
	const char *name;
	uint32_t paging, arch;
} pagings[] = {
	{ "x86", KST_PAGING_X86, KST_ARCH_X86 },
	{ "pae", KST_PAGING_PAE, KST_ARCH_X86 },
	{ "x64", KST_PAGING_X64, KST_ARCH_X64 },
	{ "arm64", KST_PAGING_ARM64, KST_ARCH_ARM64 },
};

static void round_trips(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof pagings / sizeof pagings[0]; i++) {
		struct image *img = some_pages(pagings[i].paging);
		struct container c = container_windows(img, CONTAINER_FULL);

		container_check(&c, img);
		container_check_truncation(&c, img);
		container_free(&c);
		image_free(img);
	}
}

static void tells_what_the_header_has(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof pagings / sizeof pagings[0]; i++) {
		struct image *img = some_pages(pagings[i].paging);
		struct container c = container_windows(img, CONTAINER_FULL);
		struct kst_dump *dump = container_open(&c);
		struct kst_dump_info info = { .size = sizeof info };
		struct kst_identity id = { .size = sizeof id };
		uint8_t record[16];
		size_t done;

		assert_int_equal(kst_dump_info(dump, &info), KST_OK);
		assert_int_equal(info.format, KST_FORMAT_FULL);
		assert_int_equal(info.present, KST_DUMP_HAS_TYPE | KST_DUMP_HAS_BUGCHECK | KST_DUMP_HAS_SYSTEM_TIME |
						       KST_DUMP_HAS_UP_TIME | KST_DUMP_HAS_PRODUCT |
						       KST_DUMP_HAS_SUITE);
		assert_int_equal(info.dump_type, 1);
		assert_int_equal(info.bugcheck_code, CONTAINER_BUGCHECK);
		for (unsigned k = 0; k < 4; k++)
			assert_int_equal(info.bugcheck_parameters[k], CONTAINER_PARAMETER + k);
		assert_int_equal(info.system_time, CONTAINER_SYSTEM_TIME);
		assert_int_equal(info.up_time, CONTAINER_UP_TIME);
		assert_int_equal(info.product_type, CONTAINER_PRODUCT);
		assert_int_equal(info.suite_mask, CONTAINER_SUITE);
		assert_int_equal(kst_dump_identity(dump, &id), KST_OK);
		assert_int_equal(id.present, KST_IDENTITY_HAS_ARCH | KST_IDENTITY_HAS_PAGING | KST_IDENTITY_HAS_BUILD |
						     KST_IDENTITY_HAS_PROCESSORS | KST_IDENTITY_HAS_DTB |
						     KST_IDENTITY_HAS_DEBUGGER_DATA | KST_IDENTITY_HAS_LOADED_MODULES |
						     KST_IDENTITY_HAS_ACTIVE_PROCESSES | KST_IDENTITY_HAS_PFN_DATABASE);
		assert_int_equal(id.arch, pagings[i].arch);
		assert_int_equal(id.paging, pagings[i].paging);
		assert_int_equal(id.build, 7601);
		assert_int_equal(id.processors, 3);
		assert_int_equal(id.dtb, image_dtb(img));
		assert_int_equal(id.debugger_data, 0x82001000);
		assert_int_equal(id.loaded_modules, 0x82002000);
		assert_int_equal(id.active_processes, 0x82003000);
		assert_int_equal(id.pfn_database, 0x82004000);
		assert_int_equal(kst_dump_context(dump, record, sizeof record, &done), KST_E_NO_MEMBER);
		assert_int_equal(kst_dump_exception(dump, record, sizeof record, &done), KST_E_NO_MEMBER);
		assert_int_equal(kst_dump_reader(dump)->read(dump, KST_SPACE_PHYSICAL, 0x1000, record, 1, &done),
				 KST_OK);
		kst_dump_close(dump);
		container_free(&c);
		image_free(img);
	}
}

#define FILL   0x45474150u
#define FILL64 0x4547415045474150u

/* A change to a sound full dump, 64-bit or 32-bit. */
static const struct row {
	const char *name;
	uint32_t paging;
	size_t offset;
	uint64_t value;
	size_t width;
	kst_status open;
	uint32_t format;
	uint64_t anomalies;
	uint64_t lacks; /* of the identity */
} rows[] = {
	{ "sound", KST_PAGING_X64, 8, 0xf, 4, KST_OK, KST_FORMAT_FULL, 0, 0 },
	{ "machine of the other width, 64", KST_PAGING_X64, 0x30, 0x14c, 4, KST_E_CORRUPT, 0, 0, 0 },
	{ "machine of the other width, 32", KST_PAGING_X86, 0x20, 0x8664, 4, KST_E_CORRUPT, 0, 0, 0 },
	{ "machine unknown", KST_PAGING_X64, 0x30, 0x200, 4, KST_OK, KST_FORMAT_FULL, 0,
	  KST_IDENTITY_HAS_ARCH | KST_IDENTITY_HAS_PAGING },
	{ "machine not filled", KST_PAGING_X64, 0x30, FILL, 4, KST_OK, KST_FORMAT_FULL, 0,
	  KST_IDENTITY_HAS_ARCH | KST_IDENTITY_HAS_PAGING },
	{ "PaeEnabled is garbage", KST_PAGING_PAE, 0x5c, 0x50, 1, KST_OK, KST_FORMAT_FULL, 0, KST_IDENTITY_HAS_PAGING },
	{ "DTB not filled, 64", KST_PAGING_X64, 0x10, FILL64, 8, KST_OK, KST_FORMAT_FULL, 0, KST_IDENTITY_HAS_DTB },
	{ "DTB not filled, 32", KST_PAGING_X86, 0x10, FILL, 4, KST_OK, KST_FORMAT_FULL, 0, KST_IDENTITY_HAS_DTB },
	{ "debugger data not filled, 32", KST_PAGING_X86, 0x60, FILL, 4, KST_OK, KST_FORMAT_FULL, 0,
	  KST_IDENTITY_HAS_DEBUGGER_DATA },
	{ "no build", KST_PAGING_X64, 0xc, 0, 4, KST_OK, KST_FORMAT_FULL, 0, KST_IDENTITY_HAS_BUILD },
	{ "no processors", KST_PAGING_X64, 0x34, 0, 4, KST_OK, KST_FORMAT_FULL, 0, KST_IDENTITY_HAS_PROCESSORS },
	{ "as many processors as there may be", KST_PAGING_X64, 0x34, 2048, 4, KST_OK, KST_FORMAT_FULL, 0, 0 },
	{ "one processor more", KST_PAGING_X64, 0x34, 2049, 4, KST_OK, KST_FORMAT_FULL, 0,
	  KST_IDENTITY_HAS_PROCESSORS },
	{ "processors without end, 64", KST_PAGING_X64, 0x34, UINT32_MAX, 4, KST_OK, KST_FORMAT_FULL, 0,
	  KST_IDENTITY_HAS_PROCESSORS },
	{ "processors without end, 32", KST_PAGING_X86, 0x24, UINT32_MAX, 4, KST_OK, KST_FORMAT_FULL, 0,
	  KST_IDENTITY_HAS_PROCESSORS },
	{ "processors not filled, 32", KST_PAGING_X86, 0x24, FILL, 4, KST_OK, KST_FORMAT_FULL, 0,
	  KST_IDENTITY_HAS_PROCESSORS },
	{ "too many runs, 64", KST_PAGING_X64, 0x88, UINT32_MAX, 4, KST_OK, KST_FORMAT_FULL, KST_DUMP_ANOMALY_CLAMPED,
	  0 },
	{ "too many runs, 32", KST_PAGING_X86, 0x64, 87, 4, KST_OK, KST_FORMAT_FULL,
	  KST_DUMP_ANOMALY_CLAMPED | KST_DUMP_ANOMALY_COUNT_DIFFERS, 0 },
	{ "runs not filled", KST_PAGING_X64, 0x88, FILL, 4, KST_OK, KST_FORMAT_FULL, KST_DUMP_ANOMALY_COUNT_DIFFERS,
	  0 },
	{ "total differs", KST_PAGING_X64, 0x90, 1, 8, KST_OK, KST_FORMAT_FULL, KST_DUMP_ANOMALY_COUNT_DIFFERS, 0 },
	{ "run beyond any memory", KST_PAGING_X64, 0x98, UINT64_MAX, 8, KST_OK, KST_FORMAT_FULL,
	  KST_DUMP_ANOMALY_CLAMPED | KST_DUMP_ANOMALY_COUNT_DIFFERS, 0 },
	{ "run too long", KST_PAGING_X64, 0xa0, UINT64_MAX, 8, KST_OK, KST_FORMAT_FULL,
	  KST_DUMP_ANOMALY_CLAMPED | KST_DUMP_ANOMALY_COUNT_DIFFERS, 0 },
	{ "runs overlap", KST_PAGING_X64, 0xa8, 1, 8, KST_OK, KST_FORMAT_FULL, KST_DUMP_ANOMALY_OVERLAP, 0 },
	{ "header only", KST_PAGING_X64, 0xf98, 3, 4, KST_OK, KST_FORMAT_HEADER_ONLY, 0, 0 },
	{ "type unknown, runs are there", KST_PAGING_X64, 0xf98, 99, 4, KST_OK, KST_FORMAT_FULL,
	  KST_DUMP_ANOMALY_TYPE_DIFFERS, 0 },
	{ "type not filled, runs are there", KST_PAGING_X86, 0xf88, FILL, 4, KST_OK, KST_FORMAT_FULL,
	  KST_DUMP_ANOMALY_TYPE_DIFFERS, 0 },
	{ "bitmap announced, runs are there", KST_PAGING_X64, 0xf98, 5, 4, KST_OK, KST_FORMAT_FULL,
	  KST_DUMP_ANOMALY_TYPE_DIFFERS, 0 },
	{ "triage announced, 64", KST_PAGING_X64, 0xf98, 4, 4, KST_OK, KST_FORMAT_TRIAGE,
	  KST_DUMP_ANOMALY_NO_END_MARK | KST_DUMP_ANOMALY_CLAMPED, 0 },
};

static void check_row(void **state)
{
	const struct row *row = *state;
	struct image *img = some_pages(row->paging);
	struct container c = container_windows(img, CONTAINER_FULL);
	struct kst_dump_info info = { .size = sizeof info };
	struct kst_identity sound = { .size = sizeof sound }, id = { .size = sizeof id };
	struct kst_dump *dump = container_open(&c);

	assert_int_equal(kst_dump_identity(dump, &sound), KST_OK);
	kst_dump_close(dump);
	dump = NULL;
	for (size_t i = 0; i < row->width; i++)
		c.bytes[row->offset + i] = (uint8_t)(row->value >> (8 * i));
	assert_int_equal(kst_dump_open_memory(c.bytes, c.size, &dump, NULL), row->open);
	if (row->open == KST_OK) {
		assert_int_equal(kst_dump_info(dump, &info), KST_OK);
		assert_int_equal(info.format, row->format);
		assert_int_equal(info.anomalies & ~(uint64_t)KST_DUMP_ANOMALY_TRUNCATED, row->anomalies);
		assert_int_equal(kst_dump_identity(dump, &id), KST_OK);
		assert_int_equal(id.present, sound.present & ~row->lacks);
	}
	kst_dump_close(dump);
	container_free(&c);
	image_free(img);
}

static void header_alone(void **state)
{
	(void)state;
	for (int wide = 0; wide < 2; wide++) {
		struct image *img = some_pages(wide ? KST_PAGING_X64 : KST_PAGING_PAE);
		struct container c = container_windows(img, CONTAINER_FULL);
		struct kst_dump_info info = { .size = sizeof info };
		struct kst_dump *dump;
		uint64_t start, length;
		uint8_t byte;
		size_t done;

		c.size = wide ? 0x2000 : 0x1000;
		dump = container_open(&c);
		assert_int_equal(kst_dump_info(dump, &info), KST_OK);
		assert_int_equal(info.format, KST_FORMAT_FULL);
		assert_int_equal(info.anomalies, KST_DUMP_ANOMALY_TRUNCATED);
		assert_int_equal(info.memory_size, 0);
		assert_int_equal(info.runs, 0);
		assert_int_equal(kst_dump_reader(dump)->read(dump, KST_SPACE_PHYSICAL, 0x1000, &byte, 1, &done),
				 KST_E_FAULT);
		assert_int_equal(kst_dump_reader(dump)->next_range(dump, KST_SPACE_PHYSICAL, 0, &start, &length),
				 KST_END);
		kst_dump_close(dump);
		/* a bitmap dump as well: its map is cut off */
		container_put32(&c, wide ? 0xf98 : 0xf88, 5);
		c.size = wide ? 0x2000 : 0x1000;
		dump = container_open(&c);
		assert_int_equal(kst_dump_info(dump, &info), KST_OK);
		assert_int_equal(info.format, KST_FORMAT_BITMAP_FULL);
		assert_int_equal(info.anomalies, KST_DUMP_ANOMALY_TRUNCATED);
		kst_dump_close(dump);
		container_free(&c);
		image_free(img);
	}
}

static void secondary_data_follow(void **state)
{
	static const enum container_kind kinds[] = { CONTAINER_FULL, CONTAINER_BITMAP_KERNEL, CONTAINER_RDMP_COMPLETE };

	(void)state;
	for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++) {
		struct image *img = some_pages(KST_PAGING_X64);
		struct container c = container_windows(img, kinds[i]);
		struct kst_dump_info info = { .size = sizeof info };
		struct kst_dump *dump;
		size_t end = c.size;

		container_put(&c, end, "DumpBlob", 8);
		dump = container_open(&c);
		assert_int_equal(kst_dump_info(dump, &info), KST_OK);
		assert_true(info.present & KST_DUMP_HAS_SECONDARY);
		assert_int_equal(info.secondary_offset, end);
		kst_dump_close(dump);
		container_free(&c);
		image_free(img);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(round_trips),
		cmocka_unit_test(tells_what_the_header_has),
		cmocka_unit_test(header_alone),
		cmocka_unit_test(secondary_data_follow),
	};

	return RUN_TESTS_AND_ROWS("windows", tests, rows, check_row);
}
