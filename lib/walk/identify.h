/* SPDX-License-Identifier: MIT */
/* What the parts of kst_identify() share: a search that fills an identity. */
#ifndef KST_WALK_IDENTIFY_H
#define KST_WALK_IDENTIFY_H

#include "search.h"

/* Places that are the same in every version. */
enum {
	KST__VERSION_KERNEL_BASE = 0x10, /* of DBGKD_GET_VERSION64 */
	KST__VERSION_DATA_LIST = 0x20,
	KST__PCR_VERSION_32 = 0x34,
	KST__PCR_VERSION_64 = 0x108
};

struct kst__identify {
	struct kst__probe probe;
	struct kst_identity *id;
	uint32_t physical;
	uint32_t block_size; /* of the block that was checked; 0: none */
};

static inline bool kst__known(const struct kst__identify *w, uint64_t what)
{
	return (w->id->present & what) == what;
}

/* A pointer of the machine's width; x86 blocks store them sign-extended or not. */
static inline uint64_t kst__narrow(const struct kst__identify *w, uint64_t value)
{
	return kst__probe_pointer_size(&w->probe) == 4 ? value & UINT32_MAX : value;
}

static inline bool kst__probe_pointer(struct kst__identify *w, uint64_t address, uint64_t *out)
{
	return kst__probe_number(&w->probe, address, kst__probe_pointer_size(&w->probe), out);
}

/* A pointer-valued field of the block; false when it is absent, zero or not the kernel's. */
bool kst__block_pointer(struct kst__identify *w, unsigned offset, uint64_t *out);

/* Build, revision, time stamp and size of the kernel; then the build without those, and the processors. */
void kst__identify_version(struct kst__identify *w);
void kst__identify_build(struct kst__identify *w);

#endif
