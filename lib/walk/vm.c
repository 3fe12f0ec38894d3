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
	uint16_t state;  /* member of what MiVisibleState points to; 0: none (it is no counter's) */
	uint16_t shift;  /* that member counts pages where bytes are wanted: 12 */
};

#define PRIORITIES 8u /* of standby pages: each has a list */

/* The totals of list heads that lie one behind the other. */
static kst_status read_totals(const struct kst_target *target, uint64_t heads, uint32_t count, uint64_t *out,
			      struct kst_error *err)
{
	const struct kst__member *total = kst__member(&target->layout, KST__M_PFNLIST_TOTAL);
	uint32_t stride = kst__type_size(&target->layout, KST__M_PFNLIST);
	uint64_t sum = 0, value;

	if (!total->present || total->length > 8 || (count > 1 && stride == 0))
		return KST_E_NO_MEMBER;
	for (uint32_t i = 0; i < count; i++) {
		kst_status st = kst__read_number(target, KST_SPACE_KERNEL, heads + (uint64_t)i * stride + total->offset,
						 total->length, &value, err);

		if (st != KST_OK)
			return st;
		sum += value;
	}
	*out = sum;
	return KST_OK;
}

/* 32-bit counters in 64-bit kernels are read as such: their neighbours are other globals. */
static kst_status read_global(const struct kst_target *target, const struct source *s, uint64_t *out,
			      struct kst_error *err)
{
	uint64_t address;

	if (s->symbol == NO_SYMBOL || !kst__symbol(target, (enum kst__symbol_id)s->symbol, &address))
		return KST_E_NO_MEMBER;
	if (s->symbol == KST__S_MmStandbyPageListHead && kst__has(&target->layout, KST__M_PFN_PRIORITY)) {
		/* since pages have priorities (2003 SP1) nothing is on the list itself */
		if (!kst__symbol(target, KST__S_MmStandbyPageListByPriority, &address))
			return KST_E_NO_MEMBER;
		return read_totals(target, address, PRIORITIES, out, err);
	}
	if (s->list != 0)
		return read_totals(target, address, 1, out, err);
	if (s->symbol == KST__S_MmPagedPoolInfo) {
		const struct kst__member *used = kst__member(&target->layout, KST__M_PAGED_POOL_ALLOCATED);

		if (!used->present || used->length > 8)
			return KST_E_NO_MEMBER;
		return kst__read_number(target, KST_SPACE_KERNEL, address + used->offset, used->length, out, err);
	}
	/* the physical pages: a PFN_COUNT, later a pointer's width; four bytes are enough for 16 TiB either way */
	if (s->symbol == KST__S_MmNumberOfPagingFiles || s->symbol == KST__S_MmTotalFreeSystemPtes ||
	    s->symbol == KST__S_MmNumberOfPhysicalPages)
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
	if (m->present && s->member == KST__M_MI_STANDBY)
		return read_totals(target, partition + m->offset, PRIORITIES, out, err);
	if (!m->present || m->length > 8)
		return KST_E_NO_MEMBER;
	return kst__read_number(target, KST_SPACE_KERNEL, partition + m->offset, m->length, out, err);
}

/* What is counted for all partitions together. */
static kst_status read_visible_state(const struct kst_target *target, const struct source *s, uint64_t *out,
				     struct kst_error *err)
{
	const struct kst__member *m = kst__member(&target->layout, (enum kst__member_id)s->state);
	uint64_t state;
	kst_status st;

	if (s->state == 0 || !m->present || m->length > 8)
		return KST_E_NO_MEMBER;
	st = kst__read_global(target, KST__S_MiVisibleState, &state, err);
	if (st == KST_OK && !kst__is_kernel(target, state))
		return KST_E_FAULT;
	if (st == KST_OK)
		st = kst__read_number(target, KST_SPACE_KERNEL, state + m->offset, m->length, out, err);
	if (st == KST_OK)
		*out <<= s->shift;
	return st;
}

kst_status kst_memory_counters_read(const struct kst_target *target, struct kst_memory_counters *out,
				    struct kst_error *err)
{
	static const struct source sources[KST_MEMORY_COUNT] = {
		[KST_MEMORY_PHYSICAL] = { KST__S_MmNumberOfPhysicalPages, KST__M_MI_PHYSICAL_PAGES, 0, 0, 0 },
		[KST_MEMORY_AVAILABLE] = { KST__S_MmAvailablePages, KST__M_MI_AVAILABLE, 0, 0, 0 },
		[KST_MEMORY_RESIDENT_AVAILABLE] = { KST__S_MmResidentAvailablePages, KST__M_MI_RESIDENT_AVAILABLE, 0, 0,
						    0 },
		[KST_MEMORY_ZEROED] = { KST__S_MmZeroedPageListHead, KST__M_MI_ZEROED, 1, 0, 0 },
		[KST_MEMORY_FREE] = { KST__S_MmFreePageListHead, KST__M_MI_FREE, 1, 0, 0 },
		[KST_MEMORY_STANDBY] = { KST__S_MmStandbyPageListHead, KST__M_MI_STANDBY, 1, 0, 0 },
		[KST_MEMORY_MODIFIED] = { KST__S_MmModifiedPageListHead, KST__M_MI_MODIFIED, 1, 0, 0 },
		[KST_MEMORY_MODIFIED_NO_WRITE] = { KST__S_MmModifiedNoWritePageListHead, KST__M_MI_MODIFIED_NO_WRITE, 1,
						   0, 0 },
		[KST_MEMORY_COMMITTED] = { KST__S_MmTotalCommittedPages, KST__M_MI_COMMITTED, 0, 0, 0 },
		[KST_MEMORY_COMMIT_LIMIT] = { KST__S_MmTotalCommitLimit, KST__M_MI_COMMIT_LIMIT, 0, 0, 0 },
		[KST_MEMORY_COMMIT_PEAK] = { KST__S_MmPeakCommitment, NO_MEMBER, 0, 0, 0 },
		[KST_MEMORY_SHARED_COMMIT] = { KST__S_MmSharedCommit, KST__M_MI_SHARED_COMMIT, 0,
					       KST__M_MI_VISIBLE_SHARED_COMMIT, 0 },
		[KST_MEMORY_PROCESS_COMMIT] = { KST__S_MmProcessCommit, NO_MEMBER, 0, KST__M_MI_VISIBLE_PROCESS_COMMIT,
						0 },
		[KST_MEMORY_DRIVER_COMMIT] = { KST__S_MmDriverCommit, NO_MEMBER, 0, KST__M_MI_VISIBLE_DRIVER_COMMIT,
					       0 },
		[KST_MEMORY_PAGED_POOL_COMMIT] = { KST__S_MmPagedPoolCommit, NO_MEMBER, 0, 0, 0 },
		[KST_MEMORY_PAGING_FILES] = { KST__S_MmNumberOfPagingFiles, KST__M_MI_PAGING_FILES, 0, 0, 0 },
		[KST_MEMORY_NONPAGED_POOL_MAXIMUM] = { KST__S_MmMaximumNonPagedPoolInBytes, NO_MEMBER, 0,
						       KST__M_MI_VISIBLE_NONPAGED_MAXIMUM, 12 },
		[KST_MEMORY_PAGED_POOL_SIZE] = { KST__S_MmSizeOfPagedPoolInBytes, NO_MEMBER, 0,
						 KST__M_MI_VISIBLE_PAGED_SIZE, 12 },
		[KST_MEMORY_LOWEST_PAGE] = { KST__S_MmLowestPhysicalPage, KST__M_MI_LOWEST_PAGE, 0, 0, 0 },
		[KST_MEMORY_HIGHEST_PAGE] = { KST__S_MmHighestPhysicalPage, KST__M_MI_HIGHEST_PAGE, 0, 0, 0 },
		[KST_MEMORY_FREE_SYSTEM_PTES] = { KST__S_MmTotalFreeSystemPtes, NO_MEMBER, 0, 0, 0 },
		[KST_MEMORY_MODIFIED_PAGE_FILE] = { KST__S_MmTotalPagesForPagingFile, KST__M_MI_MODIFIED_PAGE_FILE, 0,
						    0, 0 },
		[KST_MEMORY_NONPAGED_POOL] = { KST__S_MmAllocatedNonPagedPool, NO_MEMBER, 0, 0, 0 },
		[KST_MEMORY_PAGED_POOL] = { KST__S_MmPagedPoolInfo, NO_MEMBER, 0, 0, 0 },
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
		if (st == KST_E_NO_MEMBER)
			st = read_visible_state(target, &sources[i], &ours.values[i], err);
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

#define PAGE_FILES_MOST 16u     /* entries of the table in every build */
#define RUNS_MOST       0x4000u /* runs of memory: far more than any machine has */

/* Address of the table's pointer to page file `number`. */
static kst_status page_file_entry(const struct kst_target *target, uint32_t number, uint64_t *at, struct kst_error *err)
{
	const struct kst__member *table = kst__member(&target->layout, KST__M_MI_PAGE_FILE_TABLE);
	const struct source count = { KST__S_MmNumberOfPagingFiles, KST__M_MI_PAGING_FILES, 0, 0, 0 };
	uint64_t files;
	kst_status st = read_partition(target, &count, &files, err);

	if (st == KST_E_NO_MEMBER)
		st = read_global(target, &count, &files, err);
	if (st == KST_E_NO_MEMBER)
		return kst__fail(err, st, 0, "the number of page files is not known");
	if (st != KST_OK)
		return st;
	if (number >= files || number >= PAGE_FILES_MOST)
		return KST_END;
	if (table->present && kst__symbol(target, KST__S_MiSystemPartition, at))
		*at += table->offset;
	else if (!kst__symbol(target, KST__S_MmPagingFile, at))
		return kst__fail(err, KST_E_NO_MEMBER, 0, "MmPagingFile");
	*at += (uint64_t)number * kst__pointer_size(target);
	return KST_OK;
}

kst_status kst_page_file_read(const struct kst_target *target, uint32_t number, struct kst_page_file *out, char *name,
			      size_t cap, struct kst_error *err)
{
	static const struct {
		uint16_t member, at;
		uint32_t bit;
	} rows[] = {
		{ KST__M_PAGING_FILE_SIZE, offsetof(struct kst_page_file, current_pages), KST_PAGE_FILE_HAS_CURRENT },
		{ KST__M_PAGING_FILE_MINIMUM, offsetof(struct kst_page_file, minimum_pages),
		  KST_PAGE_FILE_HAS_MINIMUM },
		{ KST__M_PAGING_FILE_MAXIMUM, offsetof(struct kst_page_file, maximum_pages),
		  KST_PAGE_FILE_HAS_MAXIMUM },
		{ KST__M_PAGING_FILE_FREE, offsetof(struct kst_page_file, free_pages), KST_PAGE_FILE_HAS_FREE },
	};
	struct kst_page_file ours = { .number = number };
	const struct kst__member *m;
	struct kst__string text;
	char path[264] = "";
	uint64_t at = 0;
	kst_status st;

	if (target == NULL || out == NULL || (name == NULL && cap > 0))
		return kst__fail(err, KST_E_ARG, 0, "target, result or name is NULL");
	if (!kst__out_ok(out->size, sizeof *out))
		return kst__fail(err, KST_E_ABI, 0, "kst_page_file.size is not known");
	st = page_file_entry(target, number, &at, err);
	if (st == KST_OK)
		st = kst__read_pointer(target, KST_SPACE_KERNEL, at, &ours.address, err);
	if (st != KST_OK)
		return st;
	if (!kst__is_kernel(target, ours.address))
		return kst__fail(err, KST_E_FAULT, ours.address, "the page file's address is none of the kernel");
	for (size_t i = 0; i < KST__COUNT(rows); i++) {
		uint64_t value;

		m = kst__member(&target->layout, (enum kst__member_id)rows[i].member);
		if (!m->present || m->length > 8)
			continue;
		st = kst__read_number(target, KST_SPACE_KERNEL, ours.address + m->offset, m->length, &value, err);
		if (st != KST_OK && st != KST_E_FAULT)
			return st;
		if (st != KST_OK)
			continue;
		memcpy((uint8_t *)&ours + rows[i].at, &value, sizeof value);
		ours.present |= rows[i].bit;
	}
	m = kst__member(&target->layout, KST__M_PAGING_FILE_NAME);
	if (m->present) {
		st = kst__read_string(target, KST_SPACE_KERNEL, ours.address + m->offset, path, sizeof path, &text,
				      err);
		if (st != KST_OK && st != KST_E_FAULT)
			return st;
		if (st == KST_OK && text.readable)
			ours.present |= KST_PAGE_FILE_HAS_NAME;
	}
	if (cap > 0) {
		size_t n = kst__length(path);

		n = n < cap ? n : cap - 1;
		/* not in the middle of a character */
		while (n > 0 && ((uint8_t)path[n] & 0xc0) == 0x80)
			n--;
		memcpy(name, path, n);
		name[n] = '\0';
	}
	kst__out_write(out, &ours, sizeof ours);
	return KST_OK;
}

kst_status kst_memory_run_read(const struct kst_target *target, uint32_t number, uint64_t *first, uint64_t *pages,
			       struct kst_error *err)
{
	const struct kst__member *count, *runs, *base, *length;
	uint64_t block, n, from, many, at;
	kst_status st;

	if (target == NULL || first == NULL || pages == NULL)
		return kst__fail(err, KST_E_ARG, 0, "target or a result is NULL");
	count = kst__member(&target->layout, KST__M_MEMORY_RUNS_COUNT);
	runs = kst__member(&target->layout, KST__M_MEMORY_RUNS);
	base = kst__member(&target->layout, KST__M_MEMORY_RUN_BASE);
	length = kst__member(&target->layout, KST__M_MEMORY_RUN_PAGES);
	if (!count->present || !runs->present || !base->present || !length->present || count->length > 8 ||
	    base->length > 8 || length->length > 8 || !kst__has(&target->layout, KST__M_MEMORY_RUN))
		return kst__fail(err, KST_E_NO_MEMBER, 0, "_PHYSICAL_MEMORY_DESCRIPTOR");
	st = kst__read_global(target, KST__S_MmPhysicalMemoryBlock, &block, err);
	if (st != KST_OK)
		return st;
	if (!kst__is_kernel(target, block))
		return kst__fail(err, KST_E_FAULT, block, "MmPhysicalMemoryBlock holds no kernel address");
	st = kst__read_number(target, KST_SPACE_KERNEL, block + count->offset, count->length, &n, err);
	if (st != KST_OK)
		return st;
	if (number >= n || number >= RUNS_MOST)
		return KST_END;
	at = block + runs->offset + (uint64_t)number * kst__type_size(&target->layout, KST__M_MEMORY_RUN);
	st = kst__read_number(target, KST_SPACE_KERNEL, at + base->offset, base->length, &from, err);
	if (st == KST_OK)
		st = kst__read_number(target, KST_SPACE_KERNEL, at + length->offset, length->length, &many, err);
	if (st != KST_OK)
		return st;
	*first = from;
	*pages = many;
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
							     "highest-page",
							     "free-system-ptes",
							     "modified-page-file",
							     "nonpaged-pool",
							     "paged-pool" };

	return counter < KST__COUNT(names) ? names[counter] : "unknown";
}
