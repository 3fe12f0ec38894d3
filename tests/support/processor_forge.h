/* SPDX-License-Identifier: MIT */
/* A forged processor with queues and stacks, for any layout that has a KPRCB. */
#ifndef KST_TESTS_PROCESSOR_FORGE_H
#define KST_TESTS_PROCESSOR_FORGE_H

#include "image.h"
#include "support.h"

struct forged_processor {
	struct image *img;
	struct kst_layout *layout;
	struct kst_target *target;
	uint64_t kprcb, kpcr, thread, idle;
	uint64_t stack_low, stack_high; /* of the thread */
	uint64_t dpc_stack;             /* the value of KPRCB.DpcStack */
	uint64_t dpcs[3];               /* KDPCs in the normal queue */
	bool x86, singly, xp;
	uint64_t queue; /* address of the KDPC_DATA (XP: the KPRCB) */
};

bool forge_has(const struct kst_layout *layout, const char *type, const char *path);
uint64_t forge_offset(const struct kst_layout *layout, const char *type, const char *path);
uint64_t forge_size(const struct kst_layout *layout, const char *type);

/* One processor, number 0, with `count` (0 to 3) DPCs in its normal queue; `layout` is taken over. */
void forge_processor(struct forged_processor *f, struct kst_layout *layout, size_t count);
void forge_processor_free(struct forged_processor *f);

/* The builds that have a KPRCB in the built-in tables. */
struct forge_build {
	const char *name;
	uint32_t arch, build;
};
extern const struct forge_build forge_builds[];
extern const size_t forge_builds_count;

#endif
