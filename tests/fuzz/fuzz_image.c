/* SPDX-License-Identifier: MIT */
/* An image made of the input: the header, then whatever its debug directory leads to. */
#include "fuzz.h"

#define BASE 0xfffff80000400000u

struct memory {
	const uint8_t *bytes;
	size_t length;
};

static kst_status read_memory(void *user, kst_space space, uint64_t address, void *buf, size_t len, size_t *done)
{
	const struct memory *m = user;
	uint64_t at = address - BASE;

	(void)space;
	*done = 0;
	if (address < BASE || at >= m->length)
		return KST_E_FAULT;
	*done = len < m->length - at ? len : (size_t)(m->length - at);
	memcpy(buf, m->bytes + at, *done);
	return *done == len ? KST_OK : KST_E_FAULT;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct fuzz_input in = { data, size };
	struct memory memory = { NULL, 0 };
	struct kst_reader_ops reader = { .size = sizeof reader, .read = read_memory };
	struct kst_identity identity = { .size = sizeof identity,
					 .arch = KST_ARCH_X64,
					 .present = KST_IDENTITY_HAS_ARCH };
	struct kst_target_config config = { .size = sizeof config, .reader = &reader, .identity = &identity };
	struct kst_image im = { .size = sizeof im }, again = { .size = sizeof again };
	struct kst_target *target = NULL;
	uint8_t *bytes = fuzz_rest(&in, &memory.length);
	kst_status st;

	memory.bytes = bytes;
	config.reader_user = &memory;
	TRUTH(kst_target_create(&config, &target, NULL) == KST_OK);
	st = kst_image_read(target, KST_SPACE_KERNEL, BASE, &im, NULL);
	TRUTH(st == KST_OK || st == KST_E_FAULT || st == KST_E_CORRUPT);
	TRUTH(kst_image_read(target, KST_SPACE_KERNEL, BASE, &again, NULL) == st);
	TRUTH(memcmp(&im, &again, sizeof im) == 0);
	TRUTH(st == KST_OK ? (im.present & KST_IMAGE_HAS_HEADER) != 0 : im.present == 0);
	TRUTH((im.present & KST_IMAGE_HAS_NAME) == 0 || (im.present & KST_IMAGE_HAS_PDB) != 0);
	TRUTH((im.present & KST_IMAGE_HAS_PDB) == 0 || memory.length > 0x40 + 24);
	TRUTH(memchr(im.pdb_name, 0, sizeof im.pdb_name) != NULL);
	kst_target_destroy(target);
	free(bytes);
	return 0;
}
