/* SPDX-License-Identifier: MIT */
/* The ISF calls of a build without jansson and liblzma: they say so. */
#include "types.h"

kst_status kst_isf_open(const void *bytes, size_t length, struct kst_isf **out, struct kst_error *err)
{
	(void)length;
	if (bytes == NULL || out == NULL)
		return kst__fail(err, KST_E_ARG, 0, "no bytes, or no place for the result");
	return kst__fail(err, KST_E_UNSUPPORTED, 0, "this build of the library does not read ISF files");
}

void kst_isf_close(struct kst_isf *isf)
{
	(void)isf;
}

const struct kst_types_ops *kst_isf_types(const struct kst_isf *isf)
{
	(void)isf;
	return NULL;
}

kst_status kst_isf_info(const struct kst_isf *isf, struct kst_isf_info *out)
{
	(void)isf;
	(void)out;
	return KST_E_ARG;
}

kst_status kst_isf_type(const struct kst_isf *isf, uint32_t index, struct kst_type *out)
{
	(void)isf;
	(void)index;
	(void)out;
	return KST_E_ARG;
}
