/* SPDX-License-Identifier: MIT */
#include "support/section_forge.h"

#include <stdlib.h>

static void usage_by_page_frames(void **state)
{
	struct kst_layout *layout = layout_builtin(KST_ARCH_X64, 7601, 0);
	struct image *img = image_new(KST_PAGING_X64);
	struct kst_target *t = forge(img, layout);
	struct kst_section_usage usages[16];
	size_t done = 0, of_area = 0;

	(void)state;
	assert_int_equal(kst_section_usages(t, usages, sizeof usages[0], 16, &done, NULL), KST_OK);
	assert_int_equal(done, 2);
	for (size_t i = 0; i < 16; i++) {
		if (usages[i].size == 0)
			continue;
		if (usages[i].control_area == AREA) {
			of_area++;
			assert_int_equal(usages[i].standby, 1);
			assert_int_equal(usages[i].dirty, 1);
			assert_int_equal(usages[i].valid, 2);
			assert_int_equal(usages[i].shared, 2);
		} else {
			assert_true(usages[i].control_area == 0 && usages[i].valid == 2);
		}
	}
	assert_int_equal(of_area, 1);
	assert_int_equal(kst_section_usages(t, usages, sizeof usages[0], 1, &done, NULL), KST_E_LIMIT);
	assert_int_equal(done, 1);
	assert_int_equal(kst_section_usages(t, usages, 12, 1, &done, NULL), KST_E_ARG);
	assert_int_equal(kst_section_usages(t, usages, sizeof usages[0] - 8, 1, &done, NULL), KST_E_ARG);
	free(layout);
	image_free(img);
}

/* Every read fails in turn: fewer pages, or the host's failure; never pages of another area. */
static void sweep(void **state)
{
	struct kst_layout *layout = layout_builtin(KST_ARCH_X64, 7601, 0);

	(void)state;
	for (unsigned kind = 0; kind < 4; kind++) {
		kst_status with = kind & 1 ? -7 : KST_E_FAULT;

		for (uint64_t n = 1;; n++) {
			struct image *img = image_new(KST_PAGING_X64);
			struct kst_target *t = forge(img, layout);
			struct kst_section_usage usages[16];
			struct kst_error err = { .size = sizeof err };
			uint64_t pages = 0;
			size_t done = 0;
			bool enough;
			kst_status st;

			image_fail(img, n, (kind & 2) != 0, with);
			st = kst_section_usages(t, usages, sizeof usages[0], 16, &done, &err);
			enough = image_reads(img) < n;
			if (st == KST_E_HOST)
				assert_true(with == -7 && err.host_code == -7);
			else
				assert_true(st == KST_OK || (st == KST_E_FAULT && with == KST_E_FAULT));
			for (size_t i = 0; i < 16; i++) {
				assert_true(usages[i].size == 0 || usages[i].control_area == AREA ||
					    usages[i].control_area == 0);
				pages += usages[i].size == 0 ? 0
							     : usages[i].valid + usages[i].standby + usages[i].dirty;
			}
			assert_true(pages <= 6 && (!enough || (st == KST_OK && pages == 6)));
			image_free(img);
			if (enough)
				break;
		}
	}
	free(layout);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(usage_by_page_frames),
		cmocka_unit_test(sweep),
	};

	return cmocka_run_group_tests_name("section usage", tests, NULL, NULL);
}
