/* SPDX-License-Identifier: MIT */
/*
 * A machine's physical memory from the input: pages at addresses that its first bytes choose. Words of the form
 * 7e7e7e7e:xxxxxxxx become xxxxxxxx, so that an entry that leads to a page is found quickly.
 */
#include "fuzz.h"

#include <stdbool.h>

#define PAGES_MOST 16u
#define READS_MOST 20000u /* a root that maps everything makes a search of two million pages */

struct memory {
	uint8_t *bytes;
	size_t size;
	uint64_t gap; /* pages between two pages of the input */
	uint32_t reads;
};

static bool place(const struct memory *m, uint64_t address, size_t *off)
{
	uint64_t page = address / 0x1000;

	if (page % (m->gap + 1) != 0)
		return false;
	page /= m->gap + 1;
	if (page >= PAGES_MOST || page * 0x1000 + address % 0x1000 >= m->size)
		return false;
	*off = (size_t)(page * 0x1000 + address % 0x1000);
	return true;
}

static kst_status read_memory(void *user, kst_space space, uint64_t address, void *buf, size_t len, size_t *done)
{
	struct memory *m = user;
	size_t off;

	*done = 0;
	if (space != KST_SPACE_PHYSICAL || m->reads++ >= READS_MOST)
		return KST_E_FAULT;
	while (*done < len && place(m, address + *done, &off)) {
		((uint8_t *)buf)[*done] = m->bytes[off];
		(*done)++;
	}
	return *done == len ? KST_OK : KST_E_FAULT;
}

static kst_status next_range(void *user, kst_space space, uint64_t address, uint64_t *start, uint64_t *length)
{
	struct memory *m = user;

	if (space != KST_SPACE_PHYSICAL)
		return KST_END;
	for (uint64_t i = 0; i < PAGES_MOST && i * 0x1000 < m->size; i++) {
		uint64_t at = i * (m->gap + 1) * 0x1000;
		uint64_t valid = m->size - i * 0x1000 < 0x1000 ? m->size - i * 0x1000 : 0x1000;

		if (address < at + valid) {
			*start = address > at ? address : at;
			*length = at + valid - *start;
			return KST_OK;
		}
	}
	return KST_END;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct fuzz_input in = { data, size };
	struct kst_reader_ops ops = {
		.size = sizeof ops, .flags = KST_READER_PHYSICAL_ONLY, .read = read_memory, .next_range = next_range
	};
	struct kst_identity id[2];
	struct memory m = { 0 };
	uint8_t hints = fuzz_u8(&in);
	uint32_t dtb = fuzz_u32(&in);
	kst_status st[2];

	m.gap = fuzz_u8(&in) % 4;
	if (in.size > PAGES_MOST * 0x1000)
		in.size = PAGES_MOST * 0x1000;
	m.bytes = fuzz_rest(&in, &m.size);
	for (size_t i = 0; i + 8 <= m.size; i += 8)
		if (memcmp(m.bytes + i + 4, "~~~~", 4) == 0)
			memset(m.bytes + i + 4, 0, 4);
	for (int i = 0; i < 2; i++) {
		memset(&id[i], 0, sizeof id[i]);
		id[i].size = sizeof id[i];
		if (hints & 1) {
			id[i].dtb = dtb;
			id[i].present |= KST_IDENTITY_HAS_DTB;
		}
		if (hints & 2) {
			id[i].arch = 1 + hints / 4 % 3u;
			id[i].present |= KST_IDENTITY_HAS_ARCH;
		}
		if (hints & 0x10) {
			id[i].paging = 1 + hints / 0x20 % 5u;
			id[i].present |= KST_IDENTITY_HAS_PAGING;
		}
		m.reads = 0;
		st[i] = kst_identify(&ops, &m, &id[i], NULL);
	}
	TRUTH(st[0] == KST_OK || st[0] == KST_E_FAULT);
	TRUTH(st[0] == st[1] && memcmp(&id[0], &id[1], sizeof id[0]) == 0);
	TRUTH(st[0] != KST_OK || id[0].present != 0);
	/* what a block tells comes with the block */
	TRUTH((id[0].present & KST_IDENTITY_HAS_DEBUGGER_DATA) == 0 ||
	      (id[0].present & KST_IDENTITY_HAS_KERNEL_BASE) != 0);
	TRUTH((id[0].present & KST_IDENTITY_HAS_DTB) != 0 || (id[0].present & KST_IDENTITY_HAS_KERNEL_BASE) == 0);
	free(m.bytes);
	return 0;
}
