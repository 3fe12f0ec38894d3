/* SPDX-License-Identifier: MIT */
/* Targets: what they are refused for, whose symbol wins, what they keep. */
#include "support/image.h"
#include "support/support.h"

#include <stdlib.h>

static void refuses(void **state)
{
	struct image *img = image_new(KST_PAGING_X64);
	struct kst_reader_ops ops = *image_reader(img);
	struct kst_target_config config = {
		.size = sizeof config, .reader = &ops, .reader_user = img, .identity = image_identity(img)
	};
	struct kst_target_config other = config;
	struct kst_error err = { .size = sizeof err };
	uint64_t *mem = calloc(1, kst_target_size());
	struct kst_target *t = (struct kst_target *)mem;

	(void)state;
	assert_non_null(mem);
	assert_int_equal(kst_target_init(t, kst_target_size(), &config, &err), KST_OK);
	assert_int_equal(kst_target_init(t, kst_target_size() - 8, &config, &err), KST_E_LIMIT);
	assert_int_equal(kst_target_init((struct kst_target *)((uint8_t *)mem + 4), kst_target_size(), &config, &err),
			 KST_E_ARG);
	assert_int_equal(kst_target_init(NULL, 0, &config, &err), KST_E_ARG);
	assert_int_equal(kst_target_init(t, kst_target_size(), NULL, &err), KST_E_ARG);
	other.size = 4;
	assert_int_equal(kst_target_init(t, kst_target_size(), &other, &err), KST_E_ABI);
	other = config;
	other.flags = 0x80000000;
	assert_int_equal(kst_target_init(t, kst_target_size(), &other, &err), KST_E_ABI);
	other = config;
	other.reader = NULL;
	assert_int_equal(kst_target_init(t, kst_target_size(), &other, &err), KST_E_ARG);
	ops.read = NULL;
	assert_int_equal(kst_target_init(t, kst_target_size(), &config, &err), KST_E_ARG);
	ops = *image_reader(img);
	other = config;
	other.identity = NULL; /* a physical-only reader without a paging mode */
	assert_int_equal(kst_target_init(t, kst_target_size(), &other, &err), KST_E_ARG);
	other = config;
	other.layout = (const struct kst_layout *)calloc(1, kst_layout_size()); /* not made by the library */
	assert_int_equal(kst_target_init(t, kst_target_size(), &other, &err), KST_E_ARG);
	free((void *)(uintptr_t)other.layout);
	free(mem);
	image_free(img);
}

static void the_callers_symbol_wins(void **state)
{
	static const struct member_row rows[] = {
		{ "@", "PsActiveProcessHead", 0x1000, 0, 0, 0 },
		{ "@", "PsLoadedModuleList", 0x2000, 0, 0, 0 },
		{ "@", "PspCidTable", 0x3000, 0, 0, 0 },
	};
	struct kst_layout *layout = layout_from_rows(rows, 3, 8);
	struct image *img = image_new(KST_PAGING_X64);
	struct kst_identity *id = image_identity(img), got = { .size = sizeof got };
	struct kst_symbol symbols[] = { { 0xfffff80000009000, "PspCidTable" }, { 1, "NoSuchThing" } };
	struct kst_target *t;
	uint64_t address;

	(void)state;
	id->kernel_base = 0xfffff80000000000;
	id->loaded_modules = 0xfffff80000008000;
	id->present |= KST_IDENTITY_HAS_KERNEL_BASE | KST_IDENTITY_HAS_LOADED_MODULES;
	t = image_target_symbols(img, layout, symbols, 2);
	free(layout); /* the target keeps its own */
	assert_int_equal(kst_target_symbol(t, "PsActiveProcessHead", &address), KST_OK);
	assert_true(address == 0xfffff80000001000); /* RVA */
	assert_int_equal(kst_target_symbol(t, "PsLoadedModuleList", &address), KST_OK);
	assert_true(address == 0xfffff80000008000); /* the header beats the RVA */
	assert_int_equal(kst_target_symbol(t, "PspCidTable", &address), KST_OK);
	assert_true(address == 0xfffff80000009000); /* the caller beats all */
	assert_int_equal(kst_target_symbol(t, "KiProcessorBlock", &address), KST_E_NO_MEMBER);
	assert_int_equal(kst_target_symbol(t, "NoSuchThing", &address), KST_E_NO_MEMBER);
	assert_int_equal(kst_target_symbol(t, NULL, &address), KST_E_ARG);
	assert_int_equal(kst_target_identity(t, &got), KST_OK);
	assert_true(got.dtb == image_dtb(img) && got.paging == KST_PAGING_X64);
	got.size = 8;
	assert_int_equal(kst_target_identity(t, &got), KST_E_ABI);
	assert_non_null(kst_target_layout(t));
	assert_null(kst_target_layout(NULL));
	assert_string_equal(kst_paging_name(KST_PAGING_LA57), "la57");
	assert_string_equal(kst_paging_name(99), "unknown");
	assert_string_equal(kst_identity_anomaly_name(KST_IDENTITY_ANOMALY_BLOCK_ENCODED), "block-encoded");
	image_free(img);
}

/* A number of processors that no machine has is not known; what an identity does not say is not looked at. */
static void processors_that_cannot_be(void **state)
{
	static const struct {
		uint64_t said;
		uint32_t processors;
		uint64_t known;
	} cases[] = {
		{ KST_IDENTITY_HAS_PROCESSORS, 1, KST_IDENTITY_HAS_PROCESSORS },
		{ KST_IDENTITY_HAS_PROCESSORS, 2048, KST_IDENTITY_HAS_PROCESSORS },
		{ KST_IDENTITY_HAS_PROCESSORS, 2049, 0 },
		{ KST_IDENTITY_HAS_PROCESSORS, UINT32_MAX, 0 },
		{ KST_IDENTITY_HAS_PROCESSORS, 0, 0 },
		{ 0, 4, 0 },
	};
	struct kst_layout *layout = layout_from_rows(NULL, 0, 8);

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct image *img = image_new(KST_PAGING_X64);
		struct kst_identity got = { .size = sizeof got };

		image_identity(img)->present |= cases[i].said;
		image_identity(img)->processors = cases[i].processors;
		assert_int_equal(kst_target_identity(image_target_symbols(img, layout, NULL, 0), &got), KST_OK);
		assert_int_equal(got.present & KST_IDENTITY_HAS_PROCESSORS, cases[i].known);
		assert_true(cases[i].known == 0 || got.processors == cases[i].processors);
		image_free(img);
	}
	free(layout);
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(refuses), cmocka_unit_test(the_callers_symbol_wins),
					    cmocka_unit_test(processors_that_cannot_be) };

	return cmocka_run_group_tests_name("target", tests, NULL, NULL);
}
