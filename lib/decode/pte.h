/* SPDX-License-Identifier: MIT */
/* Entries of page tables: what the walk shares with the decoder. */
#ifndef KST_DECODE_PTE_H
#define KST_DECODE_PTE_H

#include "../layout/layout.h"

#include <kstate/pte.h>

/* Shape of a paging mode. */
struct kst__paging_mode {
	uint8_t levels;
	uint8_t entry_size;
	uint8_t top_bits;     /* index bits of the topmost level */
	uint8_t index_bits;   /* of the others */
	uint8_t large_levels; /* bit n: an entry of level n may map a large page */
	uint8_t va_bits;      /* significant bits of a virtual address */
	uint64_t frame_mask;
	uint64_t root_mask;  /* takes PCID and flag bits off a directory table base */
	uint64_t large_mask; /* an entry of a large level maps a page where these bits */
	uint64_t large_is;   /* are these */
};

/* NULL when the mode is none or unknown. */
const struct kst__paging_mode *kst__paging_mode(uint32_t paging);

/* Does a valid entry of this level map a page (rather than lead to a table)? */
static inline bool kst__pte_is_leaf(const struct kst__paging_mode *mode, uint32_t level, uint64_t entry)
{
	if (level == 1)
		return true;
	return (mode->large_levels >> level & 1) != 0 && (entry & mode->large_mask) == mode->large_is;
}

/* Physical base of the page that a valid leaf entry maps; `shift` is log2 of its size. */
static inline uint64_t kst__pte_leaf_base(const struct kst__paging_mode *mode, uint32_t level, uint32_t shift,
					  uint64_t entry)
{
	uint64_t base = entry & mode->frame_mask & ~kst__mask(shift);

	if (mode->entry_size == 4 && level == 2)
		base |= (entry >> 13 & 0xff) << 32; /* PSE-36 */
	return base;
}

/* As kst_decode_pte, arguments checked; *out is written whole. */
void kst__decode_pte(const struct kst_layout *layout, const struct kst_pte_context *context, uint32_t level,
		     bool in_array, uint64_t entry, struct kst_pte *out);

/* The same for an entry that is not valid. */
void kst__decode_invalid(const struct kst_layout *layout, const struct kst_pte_context *context, bool in_array,
			 uint64_t entry, struct kst_pte *out);

/* Which bits of a valid entry that maps a page a walk looks at: found once for a target. */
struct kst__leaf_format {
	uint64_t inverted;      /* bits that are zero for true */
	uint64_t write;         /* any of them: writable */
	uint64_t copy_on_write; /* this one: copied when written */
	uint64_t user;          /* this one: a user page, the second of the two below counts */
	uint64_t no_execute[2];
	uint64_t reserved[6]; /* by level: must be zero */
};

void kst__leaf_format(const struct kst_layout *layout, const struct kst_pte_context *context,
		      struct kst__leaf_format *out);

/* The protection that the bits of a valid entry stand for. */
static inline uint32_t kst__leaf_protection(const struct kst__leaf_format *format, uint64_t entry)
{
	uint64_t bits = entry ^ format->inverted;
	uint32_t protection = (bits & format->copy_on_write) != 0 ? 5 : (bits & format->write) != 0 ? 4 : 1;

	return (bits & format->no_execute[(bits & format->user) != 0]) != 0 ? protection : protection + 2;
}

#endif
