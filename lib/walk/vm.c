/* SPDX-License-Identifier: MIT */
/* The memory manager's counters: globals until 8.1, members of the system partition since 10. */
#include "target.h"

#include <kstate/vm.h>

#define NO_SYMBOL KST__SYMBOL_COUNT
#define NO_MEMBER KST__MEMBER_COUNT

struct source {
	uint16_t symbol;
	uint16_t member; /* of the partition */
	uint16_t list;   /* 1: the symbol is a list head, its total counts */
};

/* 32-bit counters in 64-bit kernels are read as such: their neighbours are other globals. */
static kst_status read_global(const struct kst_target *target, const struct source *s, uint64_t *out,
			      struct kst_error *err)
{
	uint64_t address;

	if (s->symbol == NO_SYMBOL || !kst__symbol(target, (enum kst__symbol_id)s->symbol, &address))
		return KST_E_NO_MEMBER;
	if (s->list != 0) {
		const struct kst__member *total = kst__member(&target->layout, KST__M_PFNLIST_TOTAL);

		if (!total->present)
			return KST_E_NO_MEMBER;
		return kst__read_number(target, KST_SPACE_KERNEL, address + total->offset, total->length, out, err);
	}
	if (s->symbol == KST__S_MmNumberOfPagingFiles)
		return kst__read_number(target, KST_SPACE_KERNEL, address, 4, out, err);
	return kst__read_pointer(target, KST_SPACE_KERNEL, address, out, err);
}

static kst_status read_partition(const struct kst_target *target, const struct source *s, uint64_t *out,
				 struct kst_error *err)
{
	const struct kst__member *m;
	uint64_t partition;

	if (s->member == NO_MEMBER || !kst__symbol(target, KST__S_MiSystemPartition, &partition))
		return KST_E_NO_MEMBER;
	m = kst__member(&target->layout, (enum kst__member_id)s->member);
	if (!m->present || m->length > 8)
		return KST_E_NO_MEMBER;
	return kst__read_number(target, KST_SPACE_KERNEL, partition + m->offset, m->length, out, err);
}

kst_status kst_memory_counters_read(const struct kst_target *target, struct kst_memory_counters *out,
				    struct kst_error *err)
{
	static const struct source sources[KST_MEMORY_COUNT] = {
		[KST_MEMORY_PHYSICAL] = { KST__S_MmNumberOfPhysicalPages, KST__M_MI_PHYSICAL_PAGES, 0 },
		[KST_MEMORY_AVAILABLE] = { KST__S_MmAvailablePages, KST__M_MI_AVAILABLE, 0 },
		[KST_MEMORY_RESIDENT_AVAILABLE] = { KST__S_MmResidentAvailablePages, KST__M_MI_RESIDENT_AVAILABLE, 0 },
		[KST_MEMORY_ZEROED] = { KST__S_MmZeroedPageListHead, NO_MEMBER, 1 },
		[KST_MEMORY_FREE] = { KST__S_MmFreePageListHead, NO_MEMBER, 1 },
		[KST_MEMORY_STANDBY] = { KST__S_MmStandbyPageListHead, NO_MEMBER, 1 },
		[KST_MEMORY_MODIFIED] = { KST__S_MmModifiedPageListHead, KST__M_MI_MODIFIED, 1 },
		[KST_MEMORY_MODIFIED_NO_WRITE] = { KST__S_MmModifiedNoWritePageListHead, KST__M_MI_MODIFIED_NO_WRITE,
						   1 },
		[KST_MEMORY_COMMITTED] = { KST__S_MmTotalCommittedPages, KST__M_MI_COMMITTED, 0 },
		[KST_MEMORY_COMMIT_LIMIT] = { KST__S_MmTotalCommitLimit, KST__M_MI_COMMIT_LIMIT, 0 },
		[KST_MEMORY_COMMIT_PEAK] = { KST__S_MmPeakCommitment, NO_MEMBER, 0 },
		[KST_MEMORY_SHARED_COMMIT] = { KST__S_MmSharedCommit, KST__M_MI_SHARED_COMMIT, 0 },
		[KST_MEMORY_PROCESS_COMMIT] = { KST__S_MmProcessCommit, NO_MEMBER, 0 },
		[KST_MEMORY_DRIVER_COMMIT] = { KST__S_MmDriverCommit, NO_MEMBER, 0 },
		[KST_MEMORY_PAGED_POOL_COMMIT] = { KST__S_MmPagedPoolCommit, NO_MEMBER, 0 },
		[KST_MEMORY_PAGING_FILES] = { KST__S_MmNumberOfPagingFiles, KST__M_MI_PAGING_FILES, 0 },
		[KST_MEMORY_NONPAGED_POOL_MAXIMUM] = { KST__S_MmMaximumNonPagedPoolInBytes, NO_MEMBER, 0 },
		[KST_MEMORY_PAGED_POOL_SIZE] = { KST__S_MmSizeOfPagedPoolInBytes, NO_MEMBER, 0 },
		[KST_MEMORY_LOWEST_PAGE] = { KST__S_MmLowestPhysicalPage, KST__M_MI_LOWEST_PAGE, 0 },
		[KST_MEMORY_HIGHEST_PAGE] = { KST__S_MmHighestPhysicalPage, KST__M_MI_HIGHEST_PAGE, 0 },
	};
	struct kst_memory_counters ours = { 0 };
	bool known = false;

	if (target == NULL || out == NULL)
		return kst__fail(err, KST_E_ARG, 0, "target or result is NULL");
	if (!kst__out_ok(out->size, sizeof *out))
		return kst__fail(err, KST_E_ABI, 0, "kst_memory_counters.size is not known");
	for (uint32_t i = 0; i < KST_MEMORY_COUNT; i++) {
		kst_status st = read_partition(target, &sources[i], &ours.values[i], err);

		if (st == KST_E_NO_MEMBER)
			st = read_global(target, &sources[i], &ours.values[i], err);
		if (st != KST_OK && st != KST_E_FAULT && st != KST_E_NO_MEMBER)
			return st;
		known = known || st != KST_E_NO_MEMBER;
		if (st == KST_OK)
			ours.present |= (uint64_t)1 << i;
	}
	if (ours.present == 0)
		return known ? kst__fail(err, KST_E_FAULT, 0, "the counters are not in the memory at hand")
			     : kst__fail(err, KST_E_NO_MEMBER, 0, "no counter of the memory manager is known here");
	kst__out_write(out, &ours, sizeof ours);
	return KST_OK;
}

const char *kst_memory_counter_name(uint32_t counter)
{
	static const char *const names[KST_MEMORY_COUNT] = { "physical",
							     "available",
							     "resident-available",
							     "zeroed",
							     "free",
							     "standby",
							     "modified",
							     "modified-no-write",
							     "committed",
							     "commit-limit",
							     "commit-peak",
							     "shared-commit",
							     "process-commit",
							     "driver-commit",
							     "paged-pool-commit",
							     "paging-files",
							     "nonpaged-pool-maximum",
							     "paged-pool-size",
							     "lowest-page",
							     "highest-page" };

	return counter < KST__COUNT(names) ? names[counter] : "unknown";
}
