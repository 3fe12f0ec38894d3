/* SPDX-License-Identifier: MIT */
/*
 * The current processor's KPRCB, thread and process are in a triage dump as raw bytes without an address. The thread's
 * address is in the KPRCB and the process' address in the thread, at offsets that the debugger data block tells. The
 * KPRCB tells its own: its many empty lists (dispatcher ready lists, entry lists) point at themselves.
 */
#include "source.h"

#include <stdlib.h>

/* Offsets in KDDEBUGGER_DATA64, which do not move. */
enum {
	B_TAG = 0x10,
	B_SIZE = 0x14,
	B_THREAD_PROCESS = 0x2a0,
	B_PROCESS_SIZE = 0x2a8,
	B_PROCESS_DTB = 0x2ae,
	B_PRCB_SIZE = 0x2b0,
	B_PRCB_THREAD = 0x2b4,
	B_THREAD_SIZE = 0x2c0,
	B_PCR_PRCB = 0x2e6, /* where in the KPCR the KPRCB is */
	B_END = 0x2c2
};

#define VOTES_LEAST 4
#define CANDIDATES  512

static uint32_t u16(const struct kst_dump *dump, uint64_t offset)
{
	return kst__file_u32(&dump->file, offset) & 0xffff;
}

static uint32_t pointer_size(const struct kst_dump *dump)
{
	return dump->header_size == 0x1000 ? 4 : 8;
}

static bool is_kernel(const struct kst_dump *dump, uint64_t address)
{
	return pointer_size(dump) == 4 ? address >= 0x80000000u : address >= 0xffff800000000000u;
}

/*
 * The address that most of the record's empty lists agree on; 0 when they are too few. Any two equal pointers look like
 * such a list: on a single processor each lookaside list of 2003 is such a pair, sixty-four before the first true one.
 */
static uint64_t own_address(const struct kst_dump *dump, const uint8_t *bytes, size_t size)
{
	struct {
		uint64_t address;
		uint32_t votes;
	} tally[CANDIDATES];
	size_t used = 0, best = 0;
	uint32_t width = pointer_size(dump);

	for (size_t at = 0; at + 2 * width <= size; at += width) {
		uint64_t flink = kst__le(bytes + at, width);
		size_t i = 0;

		if (flink != kst__le(bytes + at + width, width) || !is_kernel(dump, flink) || flink % width != 0)
			continue;
		while (i < used && tally[i].address != flink - at)
			i++;
		if (i == used) {
			if (used == CANDIDATES)
				continue;
			tally[used].address = flink - at;
			tally[used++].votes = 0;
		}
		if (++tally[i].votes > tally[best].votes)
			best = i;
	}
	return used > 0 && tally[best].votes >= VOTES_LEAST ? tally[best].address : 0;
}

static kst_status add(struct kst_dump *dump, uint64_t address, uint32_t size, uint64_t offset)
{
	if (!is_kernel(dump, address) || address % pointer_size(dump) != 0)
		return KST_OK;
	return kst__runs_add(dump, address, size, offset);
}

kst_status kst__triage_records(struct kst_dump *dump, uint64_t block, uint64_t prcb, uint64_t process, uint64_t thread)
{
	uint32_t width = pointer_size(dump);
	uint64_t size = dump->file.size;
	uint32_t prcb_size, thread_at, process_at;
	uint64_t prcb_address, thread_address, process_address;
	uint8_t raw[8], *copy;
	kst_status st = KST_OK;

	if (block == 0 || !kst__file_is(&dump->file, block + B_TAG, "KDBG", 4) ||
	    kst__file_u32(&dump->file, block + B_SIZE) < B_END || !kst__within(block, B_END, size))
		return KST_OK;
	prcb_size = u16(dump, block + B_PRCB_SIZE);
	thread_at = u16(dump, block + B_PRCB_THREAD);
	process_at = u16(dump, block + B_THREAD_PROCESS);
	if (prcb == 0 || !kst__within(thread_at, width, prcb_size) || !kst__within(prcb, prcb_size, size))
		return KST_OK;
	copy = malloc(prcb_size);
	if (copy == NULL)
		return KST_E_NO_MEMORY;
	kst__file_load(&dump->file, prcb, copy, prcb_size);
	thread_address = kst__le(copy + thread_at, width);
	prcb_address = own_address(dump, copy, prcb_size);
	st = add(dump, prcb_address, prcb_size, prcb);
	free(copy);
	if (is_kernel(dump, prcb_address) && kst__file_u32(&dump->file, block + B_SIZE) > B_PCR_PRCB + 1 &&
	    u16(dump, block + B_PCR_PRCB) != 0) {
		dump->identity.kpcr = prcb_address - u16(dump, block + B_PCR_PRCB);
		dump->identity.present |= KST_IDENTITY_HAS_KPCR;
	}
	if (st != KST_OK || thread == 0 || !kst__within(process_at, width, u16(dump, block + B_THREAD_SIZE)))
		return st;
	st = add(dump, thread_address, u16(dump, block + B_THREAD_SIZE), thread);
	if (st != KST_OK || process == 0 || !kst__within(thread + process_at, width, size))
		return st;
	kst__file_load(&dump->file, thread + process_at, raw, width);
	process_address = kst__le(raw, width);
	if (kst__within(u16(dump, block + B_PROCESS_DTB), width, u16(dump, block + B_PROCESS_SIZE))) {
		kst__file_load(&dump->file, process + u16(dump, block + B_PROCESS_DTB), raw, width);
		dump->triage.process_dtb = kst__le(raw, width);
	}
	return add(dump, process_address, u16(dump, block + B_PROCESS_SIZE), process);
}
