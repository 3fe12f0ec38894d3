/* SPDX-License-Identifier: MIT */
#ifndef KST_DECODE_PFN_H
#define KST_DECODE_PFN_H

#include "view.h"

#include <kstate/pfn.h>

/* Members of an entry; those that are one bit of the result first. */
enum {
	KST__PFN_MODIFIED,
	KST__PFN_READ,
	KST__PFN_WRITE,
	KST__PFN_PROTOTYPE,
	KST__PFN_ROM,
	KST__PFN_PARITY_ERROR,
	KST__PFN_REMOVAL,
	KST__PFN_IN_PAGE_ERROR,
	KST__PFN_AWE,
	KST__PFN_KERNEL_STACK,
	KST__PFN_LOCATION,
	KST__PFN_CACHE,
	KST__PFN_PTE_ADDRESS,
	KST__PFN_ORIGINAL_PTE,
	KST__PFN_U1,
	KST__PFN_U2,
	KST__PFN_U4,
	KST__PFN_FRAME,
	KST__PFN_PRIORITY,
	KST__PFN_IDENTITY,
	KST__PFN_REFERENCE_COUNT,
	KST__PFN_FLINK,
	KST__PFN_BLINK,
	KST__PFN_SHARE_COUNT,
	KST__PFN_PLACES
};

#define KST__PFN_LEAST 0x10 /* bytes of an entry: fewer or more are no _MMPFN */
#define KST__PFN_MOST  0xa0

/* Eight bytes at `offset`, shifted right, so many bits of them; 0 bits: absent. */
struct kst__pfn_place {
	uint8_t offset;
	uint8_t shift;
	uint8_t bits;
};

/* Where everything is in one entry: found once for a scan. */
struct kst__pfn_format {
	uint64_t present; /* KST_PFN_HAS_… of every entry */
	struct kst__pfn_place places[KST__PFN_PLACES];
};

/* For entries of which `len` bytes are there and `room` (at least 8) may be loaded. */
void kst__pfn_format(const struct kst_layout *layout, size_t len, size_t room, struct kst__pfn_format *out);

/* Two of them alone: where a frame is, and whose it is. */
void kst__pfn_owner(const struct kst_layout *layout, size_t room, struct kst__pfn_place *location,
		    struct kst__pfn_place *pte_address);

static inline uint64_t kst__pfn_value(const uint8_t *bytes, struct kst__pfn_place place)
{
	return place.bits == 0 ? 0 : kst__le64(bytes + place.offset) >> place.shift & kst__mask(place.bits);
}

/* Everything that the entry itself tells: all of *out but `size` and `address` is written. */
void kst__decode_pfn(const struct kst__pfn_format *format, const uint8_t *bytes, struct kst_pfn *out);

#endif
