/* SPDX-License-Identifier: MIT */
#include "support/kernel.h"
#include "support/support.h"

#include <stdlib.h>

static const struct member_row types[] = {
	{ "_EPROCESS", NULL, 0xa40, 0, 0, 0 },
	{ "_EPROCESS", "Peb", 0x550, 8, 0, 0 },
	{ "_KPRCB", NULL, 0xaf00, 0, 0, 0 },
	{ "_KPRCB", "CurrentThread", 8, 8, 0, 0 },
	{ "@", "PspCidTable", 0x123450, 0, 0, 0 },
	{ "@", "MmPfnDatabase", 0x1000, 0, 0, 0 },
	{ "@", "KiWaitNever", 0x50000, 0, 0, 0 },
	{ "@", "KiWaitAlways", 0x50008, 0, 0, 0 },
	{ "@", "KdpDataBlockEncoded", 0x50010, 0, 0, 0 },
};

struct machine {
	struct image *img;
	struct kernel k;
	struct kst_layout *layout;
};

static struct machine machine_new(size_t rows)
{
	struct machine m = { image_new(KST_PAGING_X64), { 0 }, layout_from_rows(types, rows, 8) };

	m.k = kernel_put(m.img, image_dtb(m.img));
	image_put16(m.img, m.k.block + 0x2a8, 0xa40);
	image_put16(m.img, m.k.block + 0x2aa, 0x550);
	image_put16(m.img, m.k.block + 0x2ae, 0x28);
	image_put16(m.img, m.k.block + 0x2b0, 0xaf00);
	image_put16(m.img, m.k.block + 0x2b4, 8);
	image_put16(m.img, m.k.block + 0x2c0, 0x898);
	image_put64(m.img, m.k.block + 0xc0, 0xfffff80000777000);
	image_put64(m.img, m.k.block + 0x360, 0xfffffd8000000000);
	image_identity(m.img)->debugger_data = m.k.block;
	image_identity(m.img)->present |= KST_IDENTITY_HAS_DEBUGGER_DATA;
	return m;
}

static void machine_free(struct machine *m)
{
	image_free(m->img);
	free(m->layout);
}

static uint64_t symbol(const struct kst_target *t, const char *name)
{
	uint64_t address = 0;

	return kst_target_symbol(t, name, &address) == KST_OK ? address : 0;
}

static uint32_t member(const struct kst_target *t, const char *type, const char *path)
{
	struct kst_member m = { .size = sizeof m };

	if (kst_layout_member(kst_target_layout(t), type, path, &m) != KST_OK)
		return 0;
	return path[0] == '\0' ? m.length : m.offset;
}

static uint64_t layout_anomalies(const struct kst_target *t)
{
	struct kst_layout_info info = { .size = sizeof info };

	assert_int_equal(kst_layout_info(kst_target_layout(t), &info), KST_OK);
	return info.anomalies;
}

static void the_block_completes_a_target(void **state)
{
	struct machine m = machine_new(0);
	struct kst_target *t = image_target(m.img, m.layout);
	struct kst_identity id = { .size = sizeof id };

	(void)state;
	assert_true(symbol(t, "PsLoadedModuleList") == m.k.modules &&
		    symbol(t, "PsActiveProcessHead") == m.k.processes);
	assert_true(symbol(t, "KiProcessorBlock") == m.k.prcbs && symbol(t, "MmPfnDatabase") == 0xfffff80000777000);
	assert_true(symbol(t, "PspCidTable") == 0); /* zero in the block: not told */
	assert_int_equal(member(t, "_EPROCESS", ""), 0xa40);
	assert_int_equal(member(t, "_EPROCESS", "Peb"), 0x550);
	assert_int_equal(member(t, "_KPROCESS", "DirectoryTableBase"), 0x28);
	assert_int_equal(member(t, "_KPRCB", ""), 0xaf00);
	assert_int_equal(member(t, "_KPRCB", "CurrentThread"), 8);
	assert_int_equal(member(t, "_ETHREAD", ""), 0x898);
	assert_int_equal(kst_target_identity(t, &id), KST_OK);
	assert_true(id.kernel_base == m.k.base);
	assert_true(layout_anomalies(t) == 0);
	machine_free(&m);
}

static void sources_of_symbols_in_order(void **state)
{
	struct kst_symbol given = { 0xfffff80000999000, "PsLoadedModuleList" };
	struct machine m = machine_new(6);
	struct kst_target *t = image_target_symbols(m.img, m.layout, &given, 1);

	(void)state;
	assert_true(symbol(t, "PsLoadedModuleList") == given.address); /* the caller */
	assert_true(symbol(t, "MmPfnDatabase") == 0xfffff80000777000); /* the block */
	assert_true(symbol(t, "PspCidTable") == m.k.base + 0x123450);  /* the layout, by the block's base */
	assert_true(layout_anomalies(t) == 0);
	machine_free(&m);
}

struct row {
	const char *name;
	unsigned at, width;
	uint64_t value;
	const char *type, *path;
	uint32_t expected;
	uint64_t anomalies;
};

static const struct row rows[] = {
	{ "another member's place", 0x2aa, 2, 0x3f8, "_EPROCESS", "Peb", 0x3f8, KST_LAYOUT_ANOMALY_BLOCK_DIFFERS },
	{ "another size", 0x2b0, 2, 0x9000, "_KPRCB", "", 0x9000, KST_LAYOUT_ANOMALY_BLOCK_DIFFERS },
	{ "nothing told", 0x2aa, 2, 0, "_EPROCESS", "Peb", 0x550, 0 },
	{ "beyond its type", 0x2aa, 2, 0xa40, "_EPROCESS", "Peb", 0x550, 0 },
	{ "no tag", 0x10, 4, 1, "_KPROCESS", "DirectoryTableBase", 0, 0 },
	{ "absurd size", 0x14, 4, 0x4000, "_KPROCESS", "DirectoryTableBase", 0, 0 },
	{ "short block", 0x14, 4, 0x290, "_KPROCESS", "DirectoryTableBase", 0, 0 },
	{ "of another kernel", 0x18, 8, 0xfffff80000500000, "_KPROCESS", "DirectoryTableBase", 0, 0 },
};

static void only_a_sound_block_is_believed(void **state)
{
	const struct row *row = *state;
	struct machine m = machine_new(6);
	struct kst_target *t;

	image_identity(m.img)->kernel_base = m.k.base;
	image_identity(m.img)->present |= KST_IDENTITY_HAS_KERNEL_BASE;
	for (unsigned i = 0; i < row->width; i++)
		image_put8(m.img, m.k.block + row->at + i, (uint8_t)(row->value >> (8 * i)));
	t = image_target(m.img, m.layout);
	assert_int_equal(member(t, row->type, row->path), row->expected);
	assert_true(layout_anomalies(t) == row->anomalies);
	machine_free(&m);
}

/* The inverse of the reference's decoding, for one word. */
static uint64_t encode(uint64_t plain, uint64_t never, uint64_t always, uint64_t flag)
{
	unsigned by = (unsigned)(never & 0xff) % 64;
	uint64_t v = plain ^ always, swapped = 0;

	for (unsigned i = 0; i < 8; i++)
		swapped |= (v >> (8 * i) & 0xff) << (56 - 8 * i);
	swapped ^= flag | 0xffff000000000000;
	return (by == 0 ? swapped : swapped >> by | swapped << (64 - by)) ^ never;
}

static void an_encoded_block_with_its_keys(void **state)
{
	const uint64_t never = 0x1122334455667713, always = 0x99aabbccddeeff00;
	struct machine m = machine_new(sizeof types / sizeof types[0]);
	struct kst_debugger_data d = { .size = sizeof d };
	struct kst_error err = { .size = sizeof err };
	struct kst_target *t;
	uint8_t plain[0x380];
	size_t done;

	(void)state;
	image_identity(m.img)->kernel_base = m.k.base;
	image_identity(m.img)->present |= KST_IDENTITY_HAS_KERNEL_BASE;
	t = image_target(m.img, m.layout);
	assert_int_equal(kst_debugger_data_read(t, &d, NULL), KST_OK);
	assert_true(d.anomalies == 0 && d.pte_base == 0xfffffd8000000000);
	assert_int_equal(kst_read(t, KST_SPACE_KERNEL, m.k.block, plain, sizeof plain, &done, NULL), KST_OK);
	for (unsigned at = 0; at < sizeof plain; at += 8) {
		uint64_t v = 0;

		for (unsigned i = 0; i < 8; i++)
			v |= (uint64_t)plain[at + i] << (8 * i);
		image_put64(m.img, m.k.block + at, encode(v, never, always, m.k.base + 0x50010));
	}
	t = image_target(m.img, m.layout); /* no keys yet */
	assert_true(symbol(t, "KiProcessorBlock") == 0);
	assert_int_equal(kst_debugger_data_read(t, &d, &err), KST_E_CORRUPT);
	image_put64(m.img, m.k.base + 0x50000, never);
	image_put64(m.img, m.k.base + 0x50008, always);
	t = image_target(m.img, m.layout);
	assert_true(symbol(t, "KiProcessorBlock") == m.k.prcbs);
	assert_int_equal(kst_debugger_data_read(t, &d, NULL), KST_OK);
	assert_true(d.anomalies == KST_DEBUGGER_DATA_ANOMALY_ENCODED && d.kernel_base == m.k.base);
	assert_true(d.processor_block == m.k.prcbs);
	machine_free(&m);
}

static void failures(void **state)
{
	struct machine m = machine_new(6);
	struct kst_debugger_data d = { .size = sizeof d, .valid_length = 5 };
	struct kst_target_config config = { .size = sizeof config,
					    .reader = image_reader(m.img),
					    .reader_user = m.img,
					    .layout = m.layout,
					    .identity = image_identity(m.img) };
	struct kst_target *t = image_target(m.img, m.layout), *made = NULL;
	uint64_t needed;

	(void)state;
	assert_int_equal(kst_debugger_data_read(NULL, &d, NULL), KST_E_ARG);
	assert_int_equal(kst_debugger_data_read(t, NULL, NULL), KST_E_ARG);
	image_fail(m.img, 0, false, KST_OK);
	assert_int_equal(kst_target_create(&config, &made, NULL), KST_OK);
	kst_target_destroy(made);
	needed = image_reads(m.img);
	for (uint64_t n = 1; n <= needed; n++) {
		for (int on = 0; on < 2; on++) {
			made = NULL;
			image_fail(m.img, n, on, KST_E_FAULT);
			assert_int_equal(kst_target_create(&config, &made, NULL), KST_OK); /* less is known, no more */
			kst_target_destroy(made);
			made = NULL;
			image_fail(m.img, n, on, -9);
			assert_int_equal(kst_target_create(&config, &made, NULL), KST_E_HOST);
			assert_null(made);
			image_fail(m.img, n, on, -9);
			assert_true(kst_debugger_data_read(t, &d, NULL) == KST_E_HOST || image_reads(m.img) < n);
		}
	}
	image_fail(m.img, 1, true, KST_E_FAULT);
	d.valid_length = 5;
	assert_int_equal(kst_debugger_data_read(t, &d, NULL), KST_E_FAULT);
	assert_int_equal(d.valid_length, 5);
	image_fail(m.img, 0, false, KST_OK);
	image_identity(m.img)->present &= ~(uint64_t)KST_IDENTITY_HAS_DEBUGGER_DATA;
	t = image_target(m.img, NULL);
	assert_int_equal(kst_debugger_data_read(t, &d, NULL), KST_E_NO_MEMBER);
	d.size = 4;
	assert_int_equal(kst_debugger_data_read(t, &d, NULL), KST_E_ABI);
	machine_free(&m);
}

int main(void)
{
	struct CMUnitTest tests[96] = {
		cmocka_unit_test(the_block_completes_a_target),
		cmocka_unit_test(sources_of_symbols_in_order),
		cmocka_unit_test(an_encoded_block_with_its_keys),
		cmocka_unit_test(failures),
	};
	size_t n = 4;

	n += ROWS_TO_TESTS(tests + n, rows, only_a_sound_block_is_believed);
	return _cmocka_run_group_tests("system", tests, n, NULL, NULL);
}
