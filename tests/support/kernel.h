/* SPDX-License-Identifier: MIT */
/* A forged kernel that can be found without a hint: self-map, KUSER_SHARED_DATA, debugger data block, loader list. */
#ifndef KST_TESTS_KERNEL_H
#define KST_TESTS_KERNEL_H

#include "image.h"

/* Where it is, by pointer size. */
struct kernel {
	uint64_t base;
	uint64_t block;       /* KDDEBUGGER_DATA64 */
	uint64_t shared_data; /* KUSER_SHARED_DATA */
	uint64_t processes;   /* PsActiveProcessHead */
	uint64_t system;      /* the first process; its links are at KERNEL_LINKS, its DTB at KERNEL_DTB */
	uint64_t modules;     /* PsLoadedModuleList, empty */
	uint64_t prcbs;       /* KiProcessorBlock: two */
	uint64_t kpcr;
};

#define KERNEL_LINKS    0x200u
#define KERNEL_DTB      0x28u
#define KERNEL_PCR_PRCB 0x180u

/* Put one into the image; system_dtb is what the system process names as its own. */
struct kernel kernel_put(struct image *img, uint64_t system_dtb);

/* Make `dtb` a root that maps itself in the way of the image's paging mode. */
void kernel_put_self_map(struct image *img, uint64_t dtb);

#endif
