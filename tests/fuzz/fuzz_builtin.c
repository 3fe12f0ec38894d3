/* SPDX-License-Identifier: MIT */
/* Keys and debugger data blocks of any kind: a layout that is made is sound, the same each time, and says what it is. */
#include "../../lib/layout/layout.h"
#include "fuzz.h"

static void check(const struct kst_layout *layout, const struct kst_layout_key *key)
{
	struct kst_layout_info info = { .size = sizeof info };
	uint32_t present = 0;

	TRUTH(kst_layout_info(layout, &info) == KST_OK);
	TRUTH(info.arch == key->arch);
	TRUTH(info.pointer_size == (key->arch == KST_ARCH_X86 ? 4 : 8));
	TRUTH(info.build != 0 && info.name[0] != '\0' && memchr(info.name, '\0', sizeof info.name) != NULL);
	TRUTH((info.anomalies & ~(uint64_t)0xf) == 0);
	for (int i = 0; i < KST__MEMBER_COUNT; i++) {
		const struct kst__member *m = kst__member(layout, (enum kst__member_id)i);

		if (!m->present)
			continue;
		present++;
		TRUTH(m->length > 0 && m->offset <= 0x1000000 && m->length <= 0x1000000);
		TRUTH(m->bit_len == 0 || (m->length <= 8 && m->bit_pos + m->bit_len <= 8 * m->length));
	}
	TRUTH(info.present == present && info.wanted == KST__MEMBER_COUNT);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const uint32_t builds[] = { 2600,  3790,  6001,  7600,  7601,  9200,  9600,  14393, 17763,
					   18362, 19041, 19045, 20348, 22000, 22621, 22631, 26100 };
	static const uint32_t kernels[][2] = { { 0x0d8333e6, 0x1046000 },
					       { 0x3c5028de, 0x144f000 },
					       { 0x8f8d6d39, 0x1249000 },
					       { 0x7a5ef578, 0x1047000 },
					       { 0x54be00cf, 0x80b000 } };
	struct fuzz_input in = { data, size };
	struct kst_layout_key key = { .size = sizeof key };
	struct kst_kernel_version version = { .size = sizeof version };
	struct kst_debugger_data block = { .size = sizeof block };
	struct kst_layout *one = malloc(kst_layout_size()), *two = malloc(kst_layout_size());
	uint8_t what = fuzz_u8(&in);
	kst_status st;

	TRUTH(one != NULL && two != NULL);
	key.arch = what & 0x80 ? fuzz_u32(&in) : what % 4;
	key.build = what & 0x10 ? fuzz_u32(&in) : builds[fuzz_u8(&in) % (sizeof builds / sizeof builds[0])];
	key.revision = fuzz_u32(&in) & 0x1ffff;
	key.pae = what >> 2 & 3;
	key.prcb_size = fuzz_u32(&in) & 0x1ffff;
	key.eprocess_size = fuzz_u32(&in) & 0x1ffff;
	key.ethread_size = fuzz_u32(&in) & 0x1ffff;
	if (what & 0x20) {
		uint8_t i = fuzz_u8(&in) % (sizeof kernels / sizeof kernels[0]);

		key.time_date_stamp = kernels[i][0];
		key.size_of_image = kernels[i][1];
	} else if (what & 0x40) {
		key.time_date_stamp = fuzz_u32(&in);
		key.size_of_image = fuzz_u32(&in);
	}
	if (kst_kernel_identify(key.time_date_stamp, key.size_of_image, &version) == KST_OK)
		TRUTH(version.build >= 9926 && version.arch != KST_ARCH_UNKNOWN);
	for (size_t i = offsetof(struct kst_debugger_data, valid_length); i < sizeof block; i++)
		((uint8_t *)&block)[i] = fuzz_u8(&in);
	st = kst_layout_init_builtin(one, kst_layout_size(), &key, NULL);
	TRUTH(kst_layout_init_builtin(two, kst_layout_size(), &key, NULL) == st);
	TRUTH(st == KST_OK || st == KST_E_UNSUPPORTED || st == KST_E_ARG);
	{
		struct kst_layout *made = NULL;

		TRUTH(kst_layout_from_builtin(&key, &made, NULL) == st && (st == KST_OK) == (made != NULL));
		kst_layout_destroy(made);
	}
	if (st == KST_OK) {
		TRUTH(memcmp(one, two, kst_layout_size()) == 0);
		check(one, &key);
		TRUTH(kst_layout_refine(one, &block, NULL) == KST_OK);
		check(one, &key); /* whatever a block says, places stay sound */
	}
	free(one);
	free(two);
	return 0;
}
