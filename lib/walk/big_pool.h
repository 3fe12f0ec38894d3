/* SPDX-License-Identifier: MIT */
/* What the walk over the table of large allocations and its index share. */
#ifndef KST_WALK_BIG_POOL_H
#define KST_WALK_BIG_POOL_H

#include "pool.h"

#define KST__LARGE_ENTRIES_MOST 0x1000000u
#define KST__LARGE_ENTRY_MOST   64u /* bytes; the largest known entry has 0x20 */

/* Where the two numbers are that a lookup needs; everything else is decoded for the entry that is found. */
struct kst__large_format {
	uint32_t size;
	uint32_t va;
	uint32_t va_width;
	uint32_t length;
	uint32_t length_width;
	uint32_t length_shift;
	uint64_t lowest; /* kernel addresses begin here */
	uint64_t top;
};

kst_status kst__large_format(const struct kst_layout *layout, struct kst__large_format *out, struct kst_error *err);

/* Address (bit 0: freed) and length of an entry; false when it is empty or cannot be real. */
bool kst__large_parse(const struct kst__large_format *format, const uint8_t *entry, uint64_t *va, uint64_t *bytes,
		      bool *refused);

/* The table that was given, checked, or the system's. */
kst_status kst__large_table(const struct kst_target *target, const struct kst_large_table *given,
			    struct kst_large_table *out, struct kst_error *err);

/* Read the whole table; `visit` sees the entries of each chunk. *missing counts bytes that are not there. */
kst_status kst__large_each(const struct kst_target *target, const struct kst_large_table *table,
			   void (*visit)(void *user, const uint8_t *entries, uint64_t first, size_t count), void *user,
			   uint64_t *missing, struct kst_error *err);

/* One entry whole, the charged process included. */
kst_status kst__large_decode(const struct kst_target *target, const struct kst_large_table *table, uint64_t index,
			     const uint8_t *bytes, struct kst_large_allocation *out, struct kst_error *err);

/* As kst__large_lookup, by index. */
kst_status kst__large_lookup_index(const struct kst_large_index *index, const struct kst_target *target,
				   uint64_t address, struct kst_large_allocation *out, struct kst__large_hit *hit,
				   struct kst_error *err);

#endif
