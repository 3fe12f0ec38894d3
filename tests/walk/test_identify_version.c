/* SPDX-License-Identifier: MIT */
#include "support/kernel.h"
#include "support/support.h"

static kst_status identify(struct image *img, struct kst_identity *id)
{
	memset(id, 0, sizeof *id);
	id->size = sizeof *id;
	return kst_identify(image_reader(img), img, id, NULL);
}

static void the_image_tells_the_revision(void **state)
{
	struct image *img = image_new(KST_PAGING_X64);
	struct kernel k = kernel_put(img, image_dtb(img));
	struct kst_identity id;

	(void)state;
	kernel_put_self_map(img, image_dtb(img));
	/* 10.0.19041.804 by the reference's list, whatever the shared data say */
	image_put16(img, k.base, 0x5a4d);
	image_put32(img, k.base + 0x3c, 0x108);
	image_put32(img, k.base + 0x108, 0x4550);
	image_put32(img, k.base + 0x108 + 8, 0xd8333e6);
	image_put32(img, k.base + 0x108 + 0x50, 0x1046000);
	image_put32(img, k.shared_data + 0x260, 0xf0000000u | 18362);
	assert_int_equal(identify(img, &id), KST_OK);
	assert_int_equal(id.build, 19041);
	assert_int_equal(id.revision, 804);
	assert_int_equal(id.time_date_stamp, 0xd8333e6);
	assert_int_equal(id.size_of_image, 0x1046000);
	image_free(img);
}

/* Where the page at the base is missing the first loader entry names the kernel. */
static void the_loader_list_tells_the_revision(void **state)
{
	struct image *img = image_new(KST_PAGING_X64);
	struct kernel k = kernel_put(img, image_dtb(img));
	uint64_t entry = 0xfffffa8000008000;
	struct kst_identity id;

	(void)state;
	kernel_put_self_map(img, image_dtb(img));
	image_put_list(img, k.modules, &entry, 1);
	image_put64(img, entry + 0x30, k.base);
	image_put32(img, entry + 0x40, 0x1046000);
	image_put32(img, entry + 0x9c, 0xd8333e6);
	assert_int_equal(identify(img, &id), KST_OK);
	assert_int_equal(id.revision, 804);
	image_put32(img, entry + 0x9c, 0xd8333e7); /* not a known kernel: nothing is said */
	assert_int_equal(identify(img, &id), KST_OK);
	assert_true((id.present & (KST_IDENTITY_HAS_REVISION | KST_IDENTITY_HAS_TIME_DATE_STAMP)) == 0);
	image_free(img);
}

/* Shared data first, then the name of the laboratory that built it: "19041.1.amd64fre…". */
static void the_build_has_several_sources(void **state)
{
	struct image *img = image_new(KST_PAGING_X64);
	struct kernel k = kernel_put(img, image_dtb(img));
	struct kst_identity id;

	(void)state;
	kernel_put_self_map(img, image_dtb(img));
	image_put32(img, k.shared_data + 0x260, 0xf0000000u | 18362);
	assert_int_equal(identify(img, &id), KST_OK);
	assert_int_equal(id.build, 18362);
	assert_true((id.present & KST_IDENTITY_HAS_REVISION) == 0);
	image_put32(img, k.shared_data + 0x26c, 5); /* NtBuildNumber is not there before version 10 */
	assert_int_equal(identify(img, &id), KST_OK);
	assert_true((id.present & KST_IDENTITY_HAS_BUILD) == 0);
	image_free(img);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_image_tells_the_revision),
		cmocka_unit_test(the_loader_list_tells_the_revision),
		cmocka_unit_test(the_build_has_several_sources),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
