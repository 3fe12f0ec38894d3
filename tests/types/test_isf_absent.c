/* SPDX-License-Identifier: MIT */
/* A build without jansson and liblzma: every call is there and says what is missing. */
#include "support/support.h"

static void says_what_the_build_lacks(void **state)
{
	struct kst_error err = { .size = sizeof err };
	struct kst_layout *layout = NULL;
	struct kst_isf *isf = NULL;

	(void)state;
	assert_int_equal(kst_isf_open("{}", 2, &isf, &err), KST_E_UNSUPPORTED);
	assert_non_null(strstr(err.message, "this build"));
	assert_null(isf);
	assert_int_equal(kst_layout_from_isf("{}", 2, &layout, &err), KST_E_UNSUPPORTED);
	assert_null(layout);
	assert_null(kst_isf_types(NULL));
	kst_isf_close(NULL);
}

static void refuses_wrong_arguments(void **state)
{
	struct kst_isf_info info = { .size = sizeof info };
	struct kst_type type = { .size = sizeof type };
	struct kst_isf *isf = NULL;

	(void)state;
	assert_int_equal(kst_isf_open(NULL, 0, &isf, NULL), KST_E_ARG);
	assert_int_equal(kst_isf_info(NULL, &info), KST_E_ARG);
	assert_int_equal(kst_isf_type(NULL, 0, &type), KST_E_ARG);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(says_what_the_build_lacks),
		cmocka_unit_test(refuses_wrong_arguments),
	};

	return cmocka_run_group_tests_name("isf absent", tests, NULL, NULL);
}
