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

/* How the block's number says where a member is. */
enum { SIZE_OF_TYPE = 0, PRCB = 0xfe, POINTER = 0xff }; /* else: length of the member */

/* Offsets of members; `within` is the place of the size that bounds them. */
static const struct {
	uint16_t member;
	uint16_t offset;
	uint16_t within;
	uint8_t width;
	uint8_t length;
} member_rows[] = {
	{ KST__M_EPROCESS, KST__BLOCK_SIZE_PROCESS, 0, 2, SIZE_OF_TYPE },
	{ KST__M_EPROCESS_PEB, 0x2aa, KST__BLOCK_SIZE_PROCESS, 2, POINTER },
	{ KST__M_KPROCESS_DIRECTORY_TABLE_BASE, 0x2ae, KST__BLOCK_SIZE_PROCESS, 2, POINTER },
	{ KST__M_KPRCB, KST__BLOCK_SIZE_PRCB, 0, 2, SIZE_OF_TYPE },
	{ KST__M_KPRCB_CURRENT_THREAD, 0x2b4, KST__BLOCK_SIZE_PRCB, 2, POINTER },
	{ KST__M_KPRCB_NUMBER, 0x2be, KST__BLOCK_SIZE_PRCB, 2, 1 },
	{ KST__M_ETHREAD, KST__BLOCK_SIZE_THREAD, 0, 2, SIZE_OF_TYPE },
	{ KST__M_KPCR_SELF, KST__BLOCK_PCR_SELF, 0x2e0, 2, POINTER },
	{ KST__M_KPCR_PRCB, 0x2e4, 0x2e0, 2, POINTER },
	{ KST__M_KPCR_PRCB_DATA, 0x2e6, 0x2e0, 2, POINTER },
	{ KST__M_KPCR_PRCB_DATA, KST__BLOCK_PCR_PRCB, 0x2e0, 2, PRCB },
	{ KST__M_EPROCESS_PARENT, 0x2ac, KST__BLOCK_SIZE_PROCESS, 2, POINTER },
	{ KST__M_KPRCB_IDLE_THREAD, 0x350, KST__BLOCK_SIZE_PRCB, 2, POINTER },
	{ KST__M_KPRCB_DPC_ROUTINE_ACTIVE, 0x2b2, KST__BLOCK_SIZE_PRCB, 2, 1 },
	{ KST__M_KPRCB_CONTEXT, 0x338, KST__BLOCK_SIZE_PRCB, 2, POINTER },
	{ KST__M_KPRCB_DPC_STACK, 0x354, KST__BLOCK_SIZE_PRCB, 2, POINTER },
	{ KST__M_KPRCB_ISR_STACK, 0x356, KST__BLOCK_SIZE_PRCB, 2, POINTER },
	{ KST__M_KPRCB_EXCEPTION_STACK, 0x398, KST__BLOCK_SIZE_PRCB, 2, POINTER },
	{ KST__M_KTHREAD_TEB, 0x29a, KST__BLOCK_SIZE_THREAD, 2, POINTER },
	{ KST__M_KTHREAD_KERNEL_STACK, 0x29c, KST__BLOCK_SIZE_THREAD, 2, POINTER },
	{ KST__M_KTHREAD_INITIAL_STACK, 0x29e, KST__BLOCK_SIZE_THREAD, 2, POINTER },
	{ KST__M_KTHREAD_APC_STATE_PROCESS, 0x2a0, KST__BLOCK_SIZE_THREAD, 2, POINTER },
	{ KST__M_KTHREAD_STATE, 0x2a2, KST__BLOCK_SIZE_THREAD, 2, 1 },
	{ KST__M_KTHREAD_STACK_LIMIT, 0x340, KST__BLOCK_SIZE_THREAD, 4, POINTER },
	{ KST__M_KTHREAD_STACK_BASE, 0x344, KST__BLOCK_SIZE_THREAD, 4, POINTER },
	{ KST__M_KTHREAD_WAIT_REASON, 0x35c, KST__BLOCK_SIZE_THREAD, 2, 1 },
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

static void apply_member(struct kst_target *target, enum kst__member_id id, uint32_t offset, uint32_t length)
{
	struct kst__member *m = &target->layout.members[id];
	bool is_size = kst__member_path(id)[0] == '\0';

	if (!m->present) {
		kst__layout_set(&target->layout, id, offset, length, 0, 0);
	} else if (is_size ? m->length != length : m->offset != offset) {
		m->offset = offset;
		if (is_size)
			m->length = length;
		target->layout.info.anomalies |= KST_LAYOUT_ANOMALY_BLOCK_DIFFERS;
	}
}

static void apply_members(struct kst_target *target, const struct block *block)
{
	for (size_t i = 0; i < KST__COUNT(member_rows); i++) {
		uint32_t value = (uint32_t)block_number(block, member_rows[i].offset, member_rows[i].width);
		uint64_t bound = member_rows[i].within == 0 ? UINT32_MAX
							    : block_number(block, member_rows[i].within, 2);
		enum kst__member_id id = (enum kst__member_id)member_rows[i].member;
		uint32_t length = member_rows[i].length;

		if (value == 0 || value >= bound)
			continue;
		if (length == POINTER)
			length = kst__pointer_size(target);
		else if (length == PRCB)
			length = (uint32_t)block_number(block, KST__BLOCK_SIZE_PRCB, 2);
		if (member_rows[i].length == SIZE_OF_TYPE)
			apply_member(target, id, 0, value);
		else
			apply_member(target, id, value, length);
	}
	kst__layout_finish(&target->layout);
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
	apply_members(target, &block);
	base = block_pointer(target, &block, KST__BLOCK_PTE_BASE);
	if ((base & kst__mask(39)) == 0) /* entry 0 of a self-map; lib/walk/selfmap.c prefers the root's word */
		target->pte_base = base;
	return KST_OK;
}
