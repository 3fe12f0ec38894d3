/* SPDX-License-Identifier: MIT */
/* KDDEBUGGER_DATA64: fixed places that Windows never moved, valid below the block's Size. */
#ifndef KST_DECODE_SYSTEM_H
#define KST_DECODE_SYSTEM_H

#include "../core/core.h"

enum {
	KST__BLOCK_TAG = 0x10,
	KST__BLOCK_SIZE = 0x14,
	KST__BLOCK_KERNEL_BASE = 0x18,
	KST__BLOCK_LOADED_MODULES = 0x48,
	KST__BLOCK_ACTIVE_PROCESSES = 0x50,
	KST__BLOCK_BUILD_LAB = 0x208,
	KST__BLOCK_PROCESSOR_BLOCK = 0x218,
	KST__BLOCK_SIZE_PROCESS = 0x2a8,
	KST__BLOCK_SIZE_PRCB = 0x2b0,
	KST__BLOCK_SIZE_THREAD = 0x2c0,
	KST__BLOCK_PCR_SELF = 0x2e2,
	KST__BLOCK_PCR_PRCB = 0x2e6,
	KST__BLOCK_PTE_BASE = 0x360,
	KST__BLOCK_LEAST = 0x200, /* no block is smaller */
	KST__BLOCK_MOST = 0x400,  /* ... or larger */
	KST__BLOCK_KNOWN = 0x3a0  /* what this version decodes */
};

#define KST__BLOCK_TAG_VALUE 0x4742444bu /* "KDBG" */

/* Is this the head (0x20 bytes) of a block? Tag, size, a page-aligned kernel base, a sane list. */
bool kst__block_head_ok(const uint8_t *head, uint32_t pointer_size);

#endif
