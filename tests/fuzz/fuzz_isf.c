/* SPDX-License-Identifier: MIT */
/* Bytes that claim to be an ISF file, packed or not: whatever opens answers soundly, and the same way twice. */
#include "fuzz.h"

static void ask(const struct kst_isf *isf, const char *type)
{
	static const char *const paths[] = { "a", "b", "a.b", "u.a" };
	const struct kst_types_ops *ops = kst_isf_types(isf);
	void *user = (void *)(uintptr_t)isf;

	for (size_t i = 0; i < sizeof paths / sizeof paths[0]; i++) {
		struct kst_member m = { .size = sizeof m }, again = { .size = sizeof again };
		kst_status st = ops->member(user, type, paths[i], &m);

		TRUTH(st == KST_OK || st == KST_E_NO_MEMBER);
		TRUTH(ops->member(user, type, paths[i], &again) == st);
		TRUTH(memcmp(&m, &again, sizeof m) == 0);
		TRUTH(st != KST_OK || m.length > 0);
		TRUTH(m.bit_len == 0 || m.bit_pos + m.bit_len <= 8 * m.length);
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct fuzz_input in = { data, size };
	struct kst_isf_info info = { .size = sizeof info };
	struct kst_type type = { .size = sizeof type };
	struct kst_isf *isf = NULL;
	uint64_t rva;
	uint32_t types = 0;
	size_t length;
	uint8_t *bytes = fuzz_rest(&in, &length);
	kst_status st = kst_isf_open(bytes, length, &isf, NULL);

	TRUTH((st == KST_OK) == (isf != NULL));
	if (st == KST_OK) {
		TRUTH(kst_isf_info(isf, &info) == KST_OK);
		TRUTH(memchr(info.pdb_name, 0, sizeof info.pdb_name) != NULL);
		for (; kst_isf_type(isf, types, &type) == KST_OK; types++) {
			TRUTH(memchr(type.name, 0, sizeof type.name) != NULL);
			if (types < 16)
				ask(isf, type.name);
		}
		TRUTH(types == info.structs + info.unions);
		kst_isf_types(isf)->symbol(isf, "s", &rva);
	}
	kst_isf_close(isf);
	{
		struct kst_layout *layout = NULL;

		st = kst_layout_from_isf(bytes, length, &layout, NULL);
		TRUTH((st == KST_OK) == (layout != NULL));
		kst_layout_destroy(layout);
	}
	free(bytes);
	return 0;
}
