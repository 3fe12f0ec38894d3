/* SPDX-License-Identifier: MIT */
/* A file that claims to be a PDB: whatever opens answers soundly, and the same way twice. */
#include "fuzz.h"

static void ask(const struct kst_pdb *pdb, const char *type)
{
	static const char *const paths[] = {
		"InUnion", "Heads.Blink", "u3.e1.PageLocation", "PoolIndex", "Other", "x"
	};
	const struct kst_types_ops *ops = kst_pdb_types(pdb);
	void *user = (void *)(uintptr_t)pdb;

	for (size_t i = 0; i < sizeof paths / sizeof paths[0]; i++) {
		struct kst_member m = { .size = sizeof m }, again = { .size = sizeof again };
		kst_status st = ops->member(user, type, paths[i], &m);

		TRUTH(st == KST_OK || st == KST_E_NO_MEMBER);
		TRUTH(ops->member(user, type, paths[i], &again) == st);
		TRUTH(memcmp(&m, &again, sizeof m) == 0);
		TRUTH(st == KST_OK || (m.offset == 0 && m.length == 0));
		TRUTH(m.bit_len == 0 || m.bit_pos + m.bit_len <= 8 * m.length);
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct fuzz_input in = { data, size };
	struct kst_pdb_info info = { .size = sizeof info };
	struct kst_type type = { .size = sizeof type };
	struct kst_pdb *pdb = NULL;
	uint64_t rva;
	uint32_t types = 0;
	size_t length;
	uint8_t *bytes = fuzz_rest(&in, &length);
	kst_status st = kst_pdb_open(bytes, length, &pdb, NULL);

	TRUTH((st == KST_OK) == (pdb != NULL));
	if (st == KST_OK) {
		TRUTH(kst_pdb_info(pdb, &info) == KST_OK);
		TRUTH((uint64_t)info.records * 4 <= length && (uint64_t)info.symbols * 4 <= length);
		for (; kst_pdb_type(pdb, types, &type) == KST_OK; types++) {
			TRUTH(type.kind == KST_TYPE_STRUCT || type.kind == KST_TYPE_UNION);
			TRUTH(memchr(type.name, 0, sizeof type.name) != NULL);
			if (types < 16)
				ask(pdb, type.name);
		}
		TRUTH(types == info.structs + info.unions);
		kst_pdb_types(pdb)->symbol(pdb, "PsActiveProcessHead", &rva);
		kst_pdb_types(pdb)->symbol(pdb, "local", &rva);
	}
	kst_pdb_close(pdb);
	{
		struct kst_layout *layout = NULL;

		st = kst_layout_from_pdb(bytes, length, &layout, NULL);
		TRUTH((st == KST_OK) == (layout != NULL));
		kst_layout_destroy(layout);
	}
	free(bytes);
	return 0;
}
