/* SPDX-License-Identifier: MIT */
#include "support/kernel.h"
#include "support/support.h"

#define FOUND                                                                                                          \
	(KST_IDENTITY_HAS_ARCH | KST_IDENTITY_HAS_PAGING | KST_IDENTITY_HAS_BUILD | KST_IDENTITY_HAS_PROCESSORS |      \
	 KST_IDENTITY_HAS_DTB | KST_IDENTITY_HAS_KERNEL_BASE | KST_IDENTITY_HAS_DEBUGGER_DATA |                        \
	 KST_IDENTITY_HAS_LOADED_MODULES | KST_IDENTITY_HAS_ACTIVE_PROCESSES | KST_IDENTITY_HAS_KPCR)

struct row {
	const char *name;
	uint32_t paging;
	uint32_t arch;
};

static const struct row rows[] = {
	{ "x86", KST_PAGING_X86, KST_ARCH_X86 },       { "pae", KST_PAGING_PAE, KST_ARCH_X86 },
	{ "x64", KST_PAGING_X64, KST_ARCH_X64 },       { "la57", KST_PAGING_LA57, KST_ARCH_X64 },
	{ "arm64", KST_PAGING_ARM64, KST_ARCH_ARM64 },
};

static kst_status identify(struct image *img, struct kst_identity *id)
{
	memset(id, 0, sizeof *id);
	id->size = sizeof *id;
	return kst_identify(image_reader(img), img, id, NULL);
}

static void check(const struct kst_identity *id, const struct row *row, const struct kernel *k, uint64_t dtb)
{
	assert_true(id->present == FOUND);
	assert_int_equal(id->arch, row->arch);
	assert_int_equal(id->paging, row->paging);
	assert_int_equal(id->build, 19041);
	assert_int_equal(id->processors, 2);
	assert_true(id->dtb == dtb);
	assert_true(id->kernel_base == k->base && id->debugger_data == k->block);
	assert_true(id->loaded_modules == k->modules && id->active_processes == k->processes && id->kpcr == k->kpcr);
}

static void found_without_a_hint(void **state)
{
	const struct row *row = *state;
	struct image *img = image_new(row->paging);
	struct kernel k = kernel_put(img, image_dtb(img));
	struct kst_identity id;

	kernel_put_self_map(img, image_dtb(img));
	assert_int_equal(identify(img, &id), KST_OK);
	check(&id, row, &k, image_dtb(img));
	assert_int_equal(id.anomalies, 0);
	image_free(img);
}

/* The lower root is of another process: the kernel's own process list tells which one is the system's. */
static void the_system_process_is_preferred(void **state)
{
	const struct row *row = *state;
	struct image *img = image_new(row->paging);
	uint64_t other = image_dtb(img), system;
	struct kernel k = kernel_put(img, other);
	struct kst_identity id;

	kernel_put_self_map(img, other);
	system = image_new_process(img);
	kernel_put_self_map(img, system);
	if (row->paging == KST_PAGING_PAE) { /* both share the last directory, which maps only one of them */
		image_free(img);
		return;
	}
	image_put_pointer(img, k.system + KERNEL_DTB, system | (row->arch == KST_ARCH_X64 ? 2 : 0)); /* with a PCID */
	assert_int_equal(identify(img, &id), KST_OK);
	check(&id, row, &k, system);
	assert_int_equal(id.anomalies, 0);
	image_put_pointer(img, k.system + KERNEL_DTB, 0); /* and without that knowledge it is a guess */
	assert_int_equal(identify(img, &id), KST_OK);
	check(&id, row, &k, other);
	assert_true(id.anomalies == KST_IDENTITY_ANOMALY_DTB_GUESSED);
	image_free(img);
}

static void found_without_next_range(void **state)
{
	const struct row *row = *state;
	struct image *img = image_new(row->paging);
	struct kernel k = kernel_put(img, image_dtb(img));
	struct kst_reader_ops ops = *image_reader(img);
	struct kst_identity id = { .size = sizeof id };

	kernel_put_self_map(img, image_dtb(img));
	ops.next_range = NULL;
	assert_int_equal(kst_identify(&ops, img, &id, NULL), KST_OK);
	check(&id, row, &k, image_dtb(img));
	image_free(img);
}

static void hints_are_kept_or_corrected(void **state)
{
	const struct row *row = *state;
	struct image *img = image_new(row->paging);
	struct kernel k = kernel_put(img, image_dtb(img));
	struct kst_identity id = *image_identity(img);

	kernel_put_self_map(img, image_dtb(img));
	/* a sound root and base: nothing is searched but the kernel's image */
	id.kernel_base = k.base;
	id.present |= KST_IDENTITY_HAS_KERNEL_BASE;
	assert_int_equal(kst_identify(image_reader(img), img, &id, NULL), KST_OK);
	check(&id, row, &k, image_dtb(img));
	assert_int_equal(id.anomalies, 0);
	/* a header's root that maps nothing */
	id = *image_identity(img);
	id.dtb = 0x7000;
	id.processors = 9;
	id.present |= KST_IDENTITY_HAS_PROCESSORS;
	assert_int_equal(kst_identify(image_reader(img), img, &id, NULL), KST_OK);
	assert_true(id.dtb == image_dtb(img) && id.debugger_data == k.block);
	assert_int_equal(id.processors, 9);
	assert_true(id.anomalies == KST_IDENTITY_ANOMALY_HEADER_DIFFERS);
	/* a header's list that the block contradicts */
	id = *image_identity(img);
	id.loaded_modules = k.modules + 0x100;
	id.present |= KST_IDENTITY_HAS_LOADED_MODULES;
	assert_int_equal(kst_identify(image_reader(img), img, &id, NULL), KST_OK);
	assert_true(id.loaded_modules == k.modules && id.anomalies == KST_IDENTITY_ANOMALY_HEADER_DIFFERS);
	image_free(img);
}

/* The host translates: what the header says is checked, and an encoded block is told. */
static void virtual_memory(void **state)
{
	const struct row *row = *state;
	struct image *img = image_new(row->paging);
	struct kernel k = kernel_put(img, image_dtb(img));
	struct kst_identity id = *image_identity(img);

	image_virtual(img, true);
	id.debugger_data = k.block;
	id.present |= KST_IDENTITY_HAS_DEBUGGER_DATA;
	assert_int_equal(kst_identify(image_reader(img), img, &id, NULL), KST_OK);
	check(&id, row, &k, image_dtb(img));
	id = *image_identity(img);
	id.debugger_data = k.block;
	id.present |= KST_IDENTITY_HAS_DEBUGGER_DATA;
	image_put32(img, k.block + 0x10, 0x11223344);
	assert_int_equal(kst_identify(image_reader(img), img, &id, NULL), KST_OK);
	assert_true(id.anomalies == KST_IDENTITY_ANOMALY_BLOCK_ENCODED);
	assert_true((id.present & KST_IDENTITY_HAS_KERNEL_BASE) == 0);
	image_free(img);
}

struct broken {
	const char *name;
	unsigned at, width;
	uint64_t value;
};

static const struct broken broken_rows[] = {
	{ "another tag", 0x10, 4, 0x4742444c },
	{ "size too small", 0x14, 4, 0x1f8 },
	{ "size too large", 0x14, 4, 0x1000 },
	{ "base off a page", 0x18, 8, 0xfffff80000400001 },
	{ "base in user space", 0x18, 8, 0x400000 },
	{ "base of nothing", 0x18, 8, 0xfffff80300400000 },
	{ "base at the end", 0x18, 8, 0xfffffffffffff000 },
	{ "list of two", 0, 8, 0xfffff80000482000 },
	{ "list of nothing", 8, 8, 0 },
};

static void such_a_block_is_none(void **state)
{
	const struct broken *row = *state;
	struct image *img = image_new(KST_PAGING_X64);
	struct kernel k = kernel_put(img, image_dtb(img));
	struct kst_identity id;

	kernel_put_self_map(img, image_dtb(img));
	if (row->width == 4)
		image_put32(img, k.block + row->at, (uint32_t)row->value);
	else
		image_put64(img, k.block + row->at, row->value);
	assert_int_equal(identify(img, &id), KST_OK);
	assert_true(id.present ==
		    (KST_IDENTITY_HAS_ARCH | KST_IDENTITY_HAS_PAGING | KST_IDENTITY_HAS_BUILD | KST_IDENTITY_HAS_DTB));
	assert_true(id.dtb == image_dtb(img) && id.kernel_base == 0);
	image_free(img);
}

static void the_base_must_be_an_image(void **state)
{
	struct image *img = image_new(KST_PAGING_X64);
	struct kernel k = kernel_put(img, image_dtb(img));
	struct kst_identity id;

	(void)state;
	kernel_put_self_map(img, image_dtb(img));
	image_put16(img, k.base, 0x1234);
	assert_int_equal(identify(img, &id), KST_OK);
	assert_true((id.present & KST_IDENTITY_HAS_KERNEL_BASE) == 0);
	image_free(img);
}

/* Raw images and full dumps have zeros in place of what could not be read: they do not refute the block that names them. */
static void zeros_at_the_base_refute_nothing(void **state)
{
	static const uint8_t zeros[0x1000];
	struct image *img = image_new(KST_PAGING_X64);
	struct kernel k = kernel_put(img, image_dtb(img));
	struct kst_identity id;

	(void)state;
	kernel_put_self_map(img, image_dtb(img));
	image_put(img, k.base, zeros, sizeof zeros);
	assert_int_equal(identify(img, &id), KST_OK);
	assert_true(id.debugger_data == k.block && id.kernel_base == k.base);
	image_put16(img, k.base + 0x7e, 1); /* anything else does, in the first 128 bytes */
	assert_int_equal(identify(img, &id), KST_OK);
	assert_true((id.present & KST_IDENTITY_HAS_KERNEL_BASE) == 0);
	image_free(img);
}

/* Windows 8 and later keep the block encoded while they run: the image's header still names the kernel. */
static void a_running_kernel_by_its_image(void **state)
{
	struct image *img = image_new(KST_PAGING_X64);
	struct kernel k = kernel_put(img, image_dtb(img));
	uint64_t base = 0xfffff8047ba00000;
	struct kst_identity id;

	(void)state;
	kernel_put_self_map(img, image_dtb(img));
	image_put32(img, k.block + 0x10, 0x99887766);
	image_put16(img, base - 0x10000, 0x5a4d); /* another image, and one that is cut */
	image_put32(img, base - 0x10000 + 0x3c, 0xfff);
	image_put16(img, base, 0x5a4d);
	image_put32(img, base + 0x3c, 0x108);
	image_put32(img, base + 0x108, 0x4550);
	image_put32(img, base + 0x108 + 8, 0xd8333e6);
	image_put32(img, base + 0x108 + 0x50, 0x1046000);
	assert_int_equal(identify(img, &id), KST_OK);
	assert_true(id.kernel_base == base && (id.present & KST_IDENTITY_HAS_DEBUGGER_DATA) == 0);
	assert_int_equal(id.revision, 804);
	image_put32(img, base + 0x108 + 8, 0xd8333e7);
	assert_int_equal(identify(img, &id), KST_OK);
	assert_true((id.present & KST_IDENTITY_HAS_KERNEL_BASE) == 0);
	image_free(img);
}

static void nt5_x86_by_its_kpcr(void **state)
{
	struct image *img = image_new(KST_PAGING_X86);
	struct kernel k = kernel_put(img, image_dtb(img));
	uint64_t far = 0x8f000240; /* a block that no search of the image reaches */
	uint8_t block[0x380];
	struct kst_identity id;
	size_t done;

	(void)state;
	kernel_put_self_map(img, image_dtb(img));
	assert_int_equal(kst_read(image_target(img, NULL), KST_SPACE_KERNEL, k.block, block, sizeof block, &done, NULL),
			 KST_OK);
	image_put32(img, k.block + 0x10, 0);
	image_put(img, far, block, sizeof block);
	image_put32(img, far, (uint32_t)far);
	image_put32(img, far + 4, (uint32_t)far);
	image_put32(img, 0xffdff01c, 0xffdff000);
	image_put32(img, 0xffdff034, 0x80496000);
	image_put32(img, 0x80496020, 0x80497000);
	image_put32(img, 0x80497000, (uint32_t)far);
	image_put16(img, 0x80496002, 2600);
	image_put64(img, 0x80496010, k.base);
	image_put32(img, k.shared_data + 0x26c, 5);
	assert_int_equal(identify(img, &id), KST_OK);
	assert_true(id.debugger_data == far && id.kernel_base == k.base && id.kpcr == 0xffdff000);
	assert_int_equal(id.build, 2600);
	image_free(img);
}

static void nothing_and_wrong_arguments(void **state)
{
	struct image *img = image_new(KST_PAGING_X64);
	struct kst_identity id = { .size = sizeof id };
	struct kst_reader_ops ops = *image_reader(img);

	(void)state;
	assert_int_equal(kst_identify(&ops, img, &id, NULL), KST_E_FAULT);
	assert_int_equal(kst_identify(NULL, img, &id, NULL), KST_E_ARG);
	assert_int_equal(kst_identify(&ops, img, NULL, NULL), KST_E_ARG);
	id.size = 8;
	assert_int_equal(kst_identify(&ops, img, &id, NULL), KST_E_ABI);
	id.size = sizeof id;
	ops.size = 8;
	assert_int_equal(kst_identify(&ops, img, &id, NULL), KST_E_ABI);
	ops.size = sizeof ops;
	ops.read = NULL;
	assert_int_equal(kst_identify(&ops, img, &id, NULL), KST_E_ARG);
	image_free(img);
}

/* Read 1, 2, 3 … fails, alone and from there on. */
static void every_read_may_fail(void **state)
{
	const struct row *row = *state;
	struct image *img = image_new(row->paging);
	uint64_t needed;

	kernel_put(img, image_dtb(img));
	kernel_put_self_map(img, image_dtb(img));
	image_fail(img, 0, false, KST_E_FAULT);
	{
		struct kst_identity id;

		assert_int_equal(identify(img, &id), KST_OK);
		needed = image_reads(img);
	}
	assert_true(needed > 100 && needed < 5000);
	for (int host = 0; host < 2; host++) {
		for (int on = 0; on < 2; on++) {
			for (uint64_t n = 1; n <= needed; n += host || n > needed - 60 ? 1 : 7) {
				struct kst_error err = { .size = sizeof err };
				struct kst_identity id = { .size = sizeof id };
				kst_status st;

				image_fail(img, n, on, host ? -99 : KST_E_FAULT);
				st = kst_identify(image_reader(img), img, &id, &err);
				if (host) {
					assert_int_equal(st, KST_E_HOST);
					assert_int_equal(err.host_code, -99);
				} else {
					assert_true(st == KST_OK || st == KST_E_FAULT);
				}
				assert_true(st == KST_OK || id.present == 0);
			}
		}
	}
	image_free(img);
}

int main(void)
{
	struct CMUnitTest tests[96] = {
		cmocka_unit_test(the_base_must_be_an_image),
		cmocka_unit_test(a_running_kernel_by_its_image),
		cmocka_unit_test(nt5_x86_by_its_kpcr),
		cmocka_unit_test(nothing_and_wrong_arguments),
		cmocka_unit_test(zeros_at_the_base_refute_nothing),
	};
	size_t n = 5;

	n += ROWS_TO_TESTS(tests + n, rows, found_without_a_hint);
	n += ROWS_TO_TESTS(tests + n, rows, the_system_process_is_preferred);
	n += ROWS_TO_TESTS(tests + n, rows, found_without_next_range);
	n += ROWS_TO_TESTS(tests + n, rows, hints_are_kept_or_corrected);
	n += ROWS_TO_TESTS(tests + n, rows, virtual_memory);
	n += ROWS_TO_TESTS(tests + n, broken_rows, such_a_block_is_none);
	n += ROWS_TO_TESTS(tests + n, rows, every_read_may_fail);
	return _cmocka_run_group_tests("identify", tests, n, NULL, NULL);
}
