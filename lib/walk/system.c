/* SPDX-License-Identifier: MIT */
/* The debugger data block, applied to a target. */
#include "../decode/system.h"

#include "target.h"

#include <kstate/system.h>

struct block {
	uint64_t address;
	size_t len;
	bool encoded;
	uint8_t bytes[KST__BLOCK_KNOWN];
};

/* Windows 8 and later encode the block while they run; dumps hold it decoded. */
static kst_status unveil(const struct kst_target *target, struct block *block, struct kst_error *err)
{
	uint64_t never, always, flag;
	kst_status st = kst__read_global(target, KST__S_KiWaitNever, &never, err);

	if (st == KST_OK)
		st = kst__read_global(target, KST__S_KiWaitAlways, &always, err);
	if (st == KST_OK && !kst__symbol(target, KST__S_KdpDataBlockEncoded, &flag))
		st = KST_E_NO_MEMBER;
	if (st != KST_OK)
		return st;
	kst_debugger_data_unveil(block->bytes, block->len & ~(size_t)7, never, always, flag, block->bytes, err);
	block->encoded = true;
	return KST_OK;
}

/* KST_OK with as much of the block as is there; what it is worth is the decoder's to say. */
static kst_status read_block(const struct kst_target *target, struct block *block, struct kst_error *err)
{
	kst_status st;

	block->encoded = false;
	if (target->identity.present & KST_IDENTITY_HAS_DEBUGGER_DATA)
		block->address = target->identity.debugger_data;
	else if (!kst__symbol(target, KST__S_KdDebuggerDataBlock, &block->address))
		return kst__fail(err, KST_E_NO_MEMBER, 0, "KdDebuggerDataBlock");
	st = kst_read(target, KST_SPACE_KERNEL, block->address, block->bytes, sizeof block->bytes, &block->len, err);
	if (st != KST_OK && st != KST_E_FAULT)
		return st == KST_E_ARG ? kst__fail(err, KST_E_FAULT, block->address, "the range wraps") : st;
	if (block->len >= 0x20 && kst__pointer_size(target) == 8 &&
	    kst__le32(block->bytes + KST__BLOCK_TAG) != KST__BLOCK_TAG_VALUE) {
		st = unveil(target, block, err);
		if (st == KST_E_HOST)
			return st;
	}
	return KST_OK;
}

kst_status kst_debugger_data_read(const struct kst_target *target, struct kst_debugger_data *out, struct kst_error *err)
{
	struct block block;
	kst_status st;

	if (target == NULL || out == NULL)
		return kst__fail(err, KST_E_ARG, 0, "target or result is NULL");
	if (!kst__out_ok(out->size, sizeof *out))
		return kst__fail(err, KST_E_ABI, 0, "kst_debugger_data.size is not known");
	st = read_block(target, &block, err);
	if (st == KST_OK)
		st = kst_decode_debugger_data(&target->layout, block.bytes, block.len, block.address, out, err);
	if (st == KST_OK && block.encoded)
		out->anomalies |= KST_DEBUGGER_DATA_ANOMALY_ENCODED;
	return st;
}

/* Pointer-valued members of the block that are addresses of globals. */
static const struct {
	uint16_t symbol;
	uint16_t offset;
} symbol_rows[] = {
	{ KST__S_PsLoadedModuleList, KST__BLOCK_LOADED_MODULES },
	{ KST__S_PsActiveProcessHead, KST__BLOCK_ACTIVE_PROCESSES },
	{ KST__S_PspCidTable, 0x58 },
	{ KST__S_KeBugCheckCallbackListHead, 0x80 },
	{ KST__S_KiBugcheckData, 0x88 },
	{ KST__S_ObpRootDirectoryObject, 0x98 },
	{ KST__S_ObpTypeObjectType, 0xa0 },
	{ KST__S_MmPfnDatabase, 0xc0 },
	{ KST__S_MmSubsectionBase, 0xd8 },
	{ KST__S_MmNonPagedPoolStart, 0x110 },
	{ KST__S_MmNonPagedPoolEnd, 0x118 },
	{ KST__S_MmPagedPoolStart, 0x120 },
	{ KST__S_MmPagedPoolEnd, 0x128 },
	{ KST__S_PoolTrackTable, 0x1b8 },
	{ KST__S_NonPagedPoolDescriptor, 0x1c0 },
	{ KST__S_NtBuildLab, KST__BLOCK_BUILD_LAB },
	{ KST__S_KiProcessorBlock, KST__BLOCK_PROCESSOR_BLOCK },
	{ KST__S_MmUnloadedDrivers, 0x220 },
	{ KST__S_MmLastUnloadedDriver, 0x228 },
	{ KST__S_MmVerifierData, 0x248 },
	{ KST__S_MmNumberOfPagingFiles, 0xe0 },
	{ KST__S_MmNumberOfPhysicalPages, 0xf8 },
	{ KST__S_MmMaximumNonPagedPoolInBytes, 0x100 },
	{ KST__S_MmPagedPoolInfo, 0x130 },
	{ KST__S_MmTotalCommitLimit, 0x148 },
	{ KST__S_MmTotalCommittedPages, 0x150 },
	{ KST__S_MmSharedCommit, 0x158 },
	{ KST__S_MmDriverCommit, 0x160 },
	{ KST__S_MmProcessCommit, 0x168 },
	{ KST__S_MmPagedPoolCommit, 0x170 },
	{ KST__S_MmZeroedPageListHead, 0x180 },
	{ KST__S_MmFreePageListHead, 0x188 },
	{ KST__S_MmStandbyPageListHead, 0x190 },
	{ KST__S_MmModifiedPageListHead, 0x198 },
	{ KST__S_MmModifiedNoWritePageListHead, 0x1a0 },
	{ KST__S_MmAvailablePages, 0x1a8 },
	{ KST__S_MmResidentAvailablePages, 0x1b0 },
	{ KST__S_MmAllocatedNonPagedPool, 0x250 },
	{ KST__S_MmPeakCommitment, 0x258 },
};

static uint64_t block_number(const struct block *block, unsigned offset, unsigned width)
{
	uint32_t size = kst__le32(block->bytes + KST__BLOCK_SIZE);

	return kst__within(offset, width, size) && kst__within(offset, width, block->len)
		       ? kst__le(block->bytes + offset, width)
		       : 0;
}

static uint64_t block_pointer(const struct kst_target *target, const struct block *block, unsigned offset)
{
	uint64_t value = block_number(block, offset, 8);

	if (kst__pointer_size(target) == 4)
		value &= UINT32_MAX;
	return kst__is_kernel(target, value) ? value : 0;
}

static void apply_symbols(struct kst_target *target, const struct block *block)
{
	uint64_t base = target->identity.kernel_base;

	/* a base that only the block tells gives the layout's symbols their addresses */
	for (size_t i = 0; i < KST__SYMBOL_COUNT; i++)
		if (target->symbols[i] == 0 && target->layout.symbols[i].present)
			target->symbols[i] = base + target->layout.symbols[i].rva;
	for (size_t i = 0; i < KST__COUNT(symbol_rows); i++) {
		uint64_t address = block_pointer(target, block, symbol_rows[i].offset);

		if (address != 0)
			target->symbols[symbol_rows[i].symbol] = address;
	}
}

kst_status kst__target_apply_block(struct kst_target *target, struct kst_error *err)
{
	struct kst_identity *id = &target->identity;
	struct kst_debugger_data told = { .size = sizeof told };
	struct block block;
	uint64_t base;
	kst_status st = read_block(target, &block, err);

	if (st == KST_E_NO_MEMBER || st == KST_E_FAULT)
		return KST_OK; /* a target without a block is less, not wrong */
	if (st != KST_OK)
		return st;
	if (block.len < 0x20 || !kst__block_head_ok(block.bytes, kst__pointer_size(target)))
		return KST_OK;
	base = block_pointer(target, &block, KST__BLOCK_KERNEL_BASE);
	if ((id->present & KST_IDENTITY_HAS_KERNEL_BASE) != 0 && id->kernel_base != base)
		return KST_OK; /* of another kernel, or none: not to be trusted */
	id->kernel_base = base;
	id->debugger_data = block.address;
	id->present |= KST_IDENTITY_HAS_KERNEL_BASE | KST_IDENTITY_HAS_DEBUGGER_DATA;
	id->anomalies &= ~(uint64_t)KST_IDENTITY_ANOMALY_BLOCK_ENCODED;
	apply_symbols(target, &block);
	if (kst_decode_debugger_data(&target->layout, block.bytes, block.len, block.address, &told, NULL) == KST_OK)
		kst_layout_refine(&target->layout, &told, NULL);
	target->pte_base = block_pointer(target, &block, KST__BLOCK_PTE_BASE); /* lib/walk/selfmap.c looks at it */
	return KST_OK;
}
