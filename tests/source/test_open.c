/* SPDX-License-Identifier: MIT */
/* From a dump or a reader to a target in one call: what is found out, what the caller knows better, what no table describes. */
#include "support/container.h"
#include "support/kernel.h"
#include "support/support.h"

#include <stdlib.h>

#define UNKNOWN_BUILD 12345u
#define PEB_OFFSET    0x3a8u

struct machine {
	struct image *img;
	struct kernel k;
	struct container c;
	struct kst_dump *dump;
};

static struct machine machine(uint32_t build)
{
	struct machine m = { .img = image_new(KST_PAGING_X64) };

	m.k = kernel_put(m.img, image_dtb(m.img));
	kernel_put_self_map(m.img, image_dtb(m.img));
	image_put32(m.img, m.k.shared_data + 0x260, 0xf0000000u | build);
	image_put16(m.img, m.k.block + 0x2a8, 0x800); /* SizeEProcess, OffsetEprocessPeb */
	image_put16(m.img, m.k.block + 0x2aa, PEB_OFFSET);
	m.c = container_raw(m.img);
	m.dump = container_open(&m.c);
	return m;
}

static void machine_end(struct machine *m)
{
	kst_dump_close(m->dump);
	container_free(&m->c);
	image_free(m->img);
}

static void known_kernel(void **state)
{
	struct machine m = machine(19041);
	struct kst_layout_info info = { .size = sizeof info };
	struct kst_identity id = { .size = sizeof id };
	struct kst_target *target = NULL;
	uint64_t address;

	(void)state;
	assert_int_equal(kst_target_open(m.dump, NULL, &target, NULL), KST_OK);
	assert_int_equal(kst_target_identity(target, &id), KST_OK);
	assert_true(id.kernel_base == m.k.base && id.dtb == image_dtb(m.img) && id.build == 19041);
	assert_int_equal(kst_layout_info(kst_target_layout(target), &info), KST_OK);
	assert_int_equal(info.build, 19041);
	assert_true((info.anomalies & KST_LAYOUT_ANOMALY_REVISION_GUESSED) != 0);
	assert_int_equal(kst_target_symbol(target, "PsActiveProcessHead", &address), KST_OK);
	assert_true(address == m.k.processes);
	kst_target_destroy(target);
	machine_end(&m);
}

/* Any other reader finds the same, without a header to help. */
static void a_reader(void **state)
{
	struct machine m = machine(19041);
	struct kst_target_config config = { .size = sizeof config,
					    .reader = kst_dump_reader(m.dump),
					    .reader_user = m.dump };
	struct kst_layout_info info = { .size = sizeof info };
	struct kst_identity id = { .size = sizeof id };
	struct kst_target *target = NULL;

	(void)state;
	assert_int_equal(kst_target_open_reader(&config, &target, NULL), KST_OK);
	assert_int_equal(kst_target_identity(target, &id), KST_OK);
	assert_true(id.kernel_base == m.k.base && id.dtb == image_dtb(m.img) && id.build == 19041);
	assert_int_equal(kst_layout_info(kst_target_layout(target), &info), KST_OK);
	assert_int_equal(info.build, 19041);
	kst_target_destroy(target);

	target = NULL;
	assert_int_equal(kst_target_open_reader(NULL, &target, NULL), KST_E_ARG);
	assert_int_equal(kst_target_open_reader(&config, NULL, NULL), KST_E_ARG);
	config.reader = NULL;
	assert_int_equal(kst_target_open_reader(&config, &target, NULL), KST_E_ARG);
	config.size = 3;
	assert_int_equal(kst_target_open_reader(&config, &target, NULL), KST_E_ABI);
	assert_null(target);
	machine_end(&m);
}

/* No table describes the build: what the debugger data block tells of types is there all the same, and nothing else. */
static void unknown_kernel(void **state)
{
	struct machine m = machine(UNKNOWN_BUILD);
	struct kst_layout_info info = { .size = sizeof info };
	struct kst_member peb = { .size = sizeof peb };
	struct kst_target *target = NULL;

	(void)state;
	assert_int_equal(kst_target_open(m.dump, NULL, &target, NULL), KST_OK);
	assert_int_equal(kst_layout_info(kst_target_layout(target), &info), KST_OK);
	assert_int_equal(info.build, 0);
	assert_true(info.present > 0 && info.present < 8);
	assert_int_equal(kst_layout_member(kst_target_layout(target), "_EPROCESS", "Peb", &peb), KST_OK);
	assert_int_equal(peb.offset, PEB_OFFSET);
	assert_int_equal(peb.length, 8);
	kst_target_destroy(target);
	machine_end(&m);
}

/* What the caller gives is taken: its layout, its identity, its symbols. */
static void wishes(void **state)
{
	struct machine m = machine(19041);
	struct kst_layout *layout = malloc(kst_layout_size());
	struct kst_symbol symbol = { .name = "PsLoadedModuleList", .address = 0xfffff80000123450 };
	struct kst_target_config config = {
		.size = sizeof config, .layout = layout, .symbols = &symbol, .symbols_count = 1
	};
	struct kst_identity id = { .size = sizeof id };
	struct kst_layout_info info = { .size = sizeof info };
	struct kst_target *target = NULL;
	uint64_t address;

	(void)state;
	assert_int_equal(kst_layout_init_empty(layout, kst_layout_size(), 8, NULL), KST_OK);
	assert_int_equal(kst_target_open(m.dump, &config, &target, NULL), KST_OK);
	assert_int_equal(kst_layout_info(kst_target_layout(target), &info), KST_OK);
	assert_string_equal(info.name, "empty");
	assert_int_equal(kst_target_symbol(target, symbol.name, &address), KST_OK);
	assert_true(address == symbol.address);
	kst_target_destroy(target);

	/* an identity is the last word: nothing is searched, and this one says too little */
	config.identity = &id;
	target = NULL;
	assert_int_equal(kst_target_open(m.dump, &config, &target, NULL), KST_E_ARG);
	assert_null(target);
	id = *image_identity(m.img);
	assert_int_equal(kst_target_open(m.dump, &config, &target, NULL), KST_OK);
	assert_int_equal(kst_target_identity(target, &id), KST_OK);
	assert_true((id.present & KST_IDENTITY_HAS_BUILD) == 0);
	kst_target_destroy(target);
	free(layout);
	machine_end(&m);
}

static void refused(void **state)
{
	struct machine m = machine(19041);
	struct kst_target_config config = { .size = 3 };
	struct kst_error err = { .size = sizeof err };
	struct kst_target *target = NULL;
	struct image *nothing = image_new(KST_PAGING_X64);
	struct container c;
	struct kst_dump *dump;

	(void)state;
	image_put64(nothing, 0xfffff80000000000, 1);
	c = container_raw(nothing);
	dump = container_open(&c);
	assert_int_equal(kst_target_open(NULL, NULL, &target, &err), KST_E_ARG);
	assert_int_equal(err.code, KST_E_ARG);
	assert_int_equal(kst_target_open(m.dump, NULL, NULL, NULL), KST_E_ARG);
	assert_int_equal(kst_target_open(m.dump, &config, &target, NULL), KST_E_ABI);
	assert_int_equal(kst_target_open(dump, NULL, &target, NULL), KST_E_FAULT); /* no Windows in it */
	assert_null(target);
	kst_dump_close(dump);
	container_free(&c);
	image_free(nothing);
	machine_end(&m);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(known_kernel), cmocka_unit_test(a_reader), cmocka_unit_test(unknown_kernel),
		cmocka_unit_test(wishes),       cmocka_unit_test(refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
