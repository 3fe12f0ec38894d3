/* SPDX-License-Identifier: MIT */
/* Type callbacks that answer from the input: a layout never holds a place that its own checks refuse. */
#include "fuzz.h"

static kst_status fuzz_size(void *user, const char *type, uint64_t *size_out)
{
	struct fuzz_input *in = user;
	uint8_t what = fuzz_u8(in);

	(void)type;
	*size_out = fuzz_u64(in);
	return what < 16 ? KST_E_NO_MEMBER : what < 18 ? -99 : KST_OK;
}

static kst_status fuzz_member(void *user, const char *type, const char *path, struct kst_member *out)
{
	struct fuzz_input *in = user;
	uint8_t what = fuzz_u8(in);

	(void)type;
	(void)path;
	out->offset = fuzz_u32(in);
	out->length = what & 0x20 ? fuzz_u32(in) : fuzz_u8(in);
	out->bit_pos = what & 0x40 ? fuzz_u8(in) : 0;
	out->bit_len = what & 0x80 ? fuzz_u8(in) : 0;
	return what % 8 == 0 ? KST_E_NO_MEMBER : KST_OK;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct fuzz_input in = { data, size };
	struct kst_types_ops ops = { sizeof ops, fuzz_u8(&in) & 1 ? 4 : 8, fuzz_size, fuzz_member, NULL };
	struct kst_layout *layout = malloc(kst_layout_size());
	const char *type, *path;

	TRUTH(layout != NULL);
	if (kst_layout_init(layout, kst_layout_size(), &ops, &in, "fuzz", NULL) == KST_OK) {
		for (uint32_t i = 0; kst_layout_wanted(i, &type, &path) == KST_OK; i++) {
			struct kst_member m = { .size = sizeof m };

			if (strchr(type, '|') == NULL && strchr(path, '|') == NULL &&
			    kst_layout_member(layout, type, path, &m) == KST_OK) {
				TRUTH(m.length > 0);
				TRUTH(m.bit_len == 0 || m.bit_pos + m.bit_len <= 8 * m.length);
			}
		}
	}
	free(layout);
	return 0;
}
