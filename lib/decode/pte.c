/* SPDX-License-Identifier: MIT */
/*
 * One entry of a page table or prototype array. Bits that the processor looks at are fixed by the architecture; where the
 * memory manager keeps the rest moved several times, so those positions come from the layout (_MMPTE_SOFTWARE and its
 * siblings), or from the newest known format where there is none.
 */
#include "pte.h"

const struct kst__paging_mode *kst__paging_mode(uint32_t paging)
{
	static const struct kst__paging_mode modes[] = {
		[KST_PAGING_X86] = { 2, 4, 10, 10, 1u << 2, 32, { 0, 0 }, 0xfffff000u, 0xfffff000u },
		[KST_PAGING_PAE] = { 3, 8, 2, 9, 1u << 2, 32, { 0, 0 }, 0x000ffffffffff000u, 0xffffffe0u },
		[KST_PAGING_X64] = { 4,
				     8,
				     9,
				     9,
				     1u << 2 | 1u << 3,
				     48,
				     { 0, 0 },
				     0x000ffffffffff000u,
				     0x000ffffffffff000u },
		[KST_PAGING_LA57] = { 5,
				      8,
				      9,
				      9,
				      1u << 2 | 1u << 3,
				      57,
				      { 0, 0 },
				      0x000ffffffffff000u,
				      0x000ffffffffff000u },
		[KST_PAGING_ARM64] = { 4,
				       8,
				       9,
				       9,
				       1u << 2 | 1u << 3,
				       48,
				       { 0, 0 },
				       0x0000fffffffff000u,
				       0x0000fffffffff000u },
	};

	return paging == KST_PAGING_NONE || paging >= KST__COUNT(modes) ? NULL : &modes[paging];
}

/* The newest format of each mode, for a target without type information; a length of 0: not in this format. */
enum family { FAMILY_X86, FAMILY_PAE, FAMILY_X64, FAMILY_ARM64, FAMILY_COUNT };
#define NEWEST(id) [KST__M_PTE_##id - KST__M_PTE_SOFTWARE_SWIZZLE] /* the first of them in lib/layout/members.h */
static const uint8_t newest[][FAMILY_COUNT][2] = {
	/* lowest bit, bits */
	/* Windows 7 non-PAE, 19045 PAE, 22631 x64, 19569 ARM64 */
	NEWEST(SOFTWARE_PROTECTION) = { { 5, 5 }, { 5, 5 }, { 5, 5 }, { 1, 5 } },
	NEWEST(SOFTWARE_FILE_LOW) = { { 1, 4 }, { 12, 4 }, { 12, 4 }, { 6, 4 } },
	NEWEST(SOFTWARE_FILE_HIGH) = { { 12, 20 }, { 32, 32 }, { 32, 32 }, { 32, 32 } },
	NEWEST(SOFTWARE_USED) = { { 0, 0 }, { 0, 0 }, { 16, 10 }, { 14, 10 } },
	NEWEST(SOFTWARE_SWIZZLE) = { { 0, 0 }, { 4, 1 }, { 4, 1 }, { 0, 0 } },
	NEWEST(SOFTWARE_RESERVED) = { { 0, 0 }, { 1, 1 }, { 1, 1 }, { 12, 1 } },
	NEWEST(SOFTWARE_ALLOCATED) = { { 0, 0 }, { 2, 1 }, { 2, 1 }, { 13, 1 } },
	NEWEST(SOFTWARE_COLD) = { { 0, 0 }, { 0, 0 }, { 3, 1 }, { 24, 1 } },
	NEWEST(SOFTWARE_SHADOW_STACK) = { { 0, 0 }, { 0, 0 }, { 26, 1 }, { 0, 0 } },
	NEWEST(SOFTWARE_LOOKASIDE) = { { 0, 0 }, { 0, 0 }, { 27, 1 }, { 0, 0 } },
	NEWEST(TRANSITION_FRAME) = { { 12, 20 }, { 12, 26 }, { 12, 40 }, { 12, 40 } },
	NEWEST(TRANSITION_PROTECTION) = { { 5, 5 }, { 5, 5 }, { 5, 5 }, { 1, 5 } },
	NEWEST(TRANSITION_WRITE) = { { 1, 1 }, { 1, 1 }, { 1, 1 }, { 0, 0 } },
	NEWEST(TRANSITION_IO_TRACKER) = { { 0, 0 }, { 3, 1 }, { 3, 1 }, { 9, 1 } },
	NEWEST(TRANSITION_LOOKASIDE) = { { 0, 0 }, { 0, 0 }, { 2, 1 }, { 0, 0 } },
	NEWEST(PROTOTYPE_ADDRESS) = { { 0, 0 }, { 32, 32 }, { 16, 48 }, { 16, 48 } },
	NEWEST(PROTOTYPE_LOW) = { { 1, 8 }, { 0, 0 }, { 0, 0 }, { 0, 0 } },
	NEWEST(PROTOTYPE_HIGH) = { { 11, 21 }, { 0, 0 }, { 0, 0 }, { 0, 0 } },
	NEWEST(PROTOTYPE_PROTECTION) = { { 0, 0 }, { 5, 5 }, { 5, 5 }, { 1, 5 } },
	NEWEST(PROTOTYPE_READ_ONLY) = { { 9, 1 }, { 3, 1 }, { 3, 1 }, { 8, 1 } },
	NEWEST(PROTOTYPE_COMBINED) = { { 0, 0 }, { 11, 1 }, { 11, 1 }, { 9, 1 } },
	NEWEST(PROTOTYPE_DEMAND_FILL) = { { 0, 0 }, { 1, 1 }, { 1, 1 }, { 11, 1 } },
	NEWEST(PROTOTYPE_HIBER) = { { 0, 0 }, { 2, 1 }, { 2, 1 }, { 6, 1 } },
	NEWEST(SUBSECTION_ADDRESS) = { { 0, 0 }, { 32, 32 }, { 16, 48 }, { 16, 48 } },
	NEWEST(SUBSECTION_LOW) = { { 1, 9 }, { 0, 0 }, { 0, 0 }, { 0, 0 } },
	NEWEST(SUBSECTION_HIGH) = { { 11, 21 }, { 0, 0 }, { 0, 0 }, { 0, 0 } },
	NEWEST(SUBSECTION_PROTECTION) = { { 0, 0 }, { 5, 5 }, { 5, 5 }, { 1, 5 } },
	NEWEST(SUBSECTION_COLD) = { { 0, 0 }, { 0, 0 }, { 11, 1 }, { 11, 1 } },
	NEWEST(SUBSECTION_LOOKASIDE) = { { 0, 0 }, { 0, 0 }, { 3, 1 }, { 0, 0 } },
	NEWEST(SUBSECTION_EXECUTE) = { { 0, 0 }, { 0, 0 }, { 15, 1 }, { 0, 0 } },
	NEWEST(HARDWARE_WRITE) = { { 1, 1 }, { 11, 1 }, { 11, 1 }, { 55, 1 } },
};

struct decoding {
	const struct kst_layout *layout; /* NULL: the newest format */
	const struct kst_pte_context *context;
	const struct kst__paging_mode *mode;
	enum family family;
	struct kst_pte *out;
};

static bool place_of(const struct decoding *d, enum kst__member_id id, unsigned *pos, unsigned *len)
{
	unsigned from = 0, bits = 0;

	if (d->layout != NULL) {
		const struct kst__member *m = kst__member(d->layout, id);

		if (!m->present)
			return false;
		from = m->offset * 8 + m->bit_pos;
		bits = m->bit_len != 0 ? m->bit_len : m->length * 8;
	} else if (id >= KST__M_PTE_SOFTWARE_SWIZZLE && (size_t)id - KST__M_PTE_SOFTWARE_SWIZZLE < KST__COUNT(newest)) {
		from = newest[id - KST__M_PTE_SOFTWARE_SWIZZLE][d->family][0];
		bits = newest[id - KST__M_PTE_SOFTWARE_SWIZZLE][d->family][1];
	}
	if (bits == 0 || bits > 64 || from > 63 || from + bits > 64)
		return false;
	*pos = from;
	*len = bits;
	return true;
}

static bool field(const struct decoding *d, enum kst__member_id id, uint64_t *out)
{
	unsigned pos = 0, len = 1;

	if (!place_of(d, id, &pos, &len))
		return false;
	*out = d->out->plain >> pos & kst__mask(len);
	return true;
}

static void protection(const struct decoding *d, enum kst__member_id id)
{
	uint64_t value = 0;

	if (!field(d, id, &value))
		return;
	d->out->protection = (uint32_t)value & 0x1f;
	d->out->present |= KST_PTE_HAS_PROTECTION;
}

struct mark {
	uint16_t id;
	uint64_t bit;
};

static void marks(const struct decoding *d, const struct mark *rows, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		uint64_t value = 0;

		if (field(d, (enum kst__member_id)rows[i].id, &value) && value != 0)
			d->out->bits |= rows[i].bit;
	}
}

/* An address in the kernel's half, aligned. */
static bool pointer_sound(const struct decoding *d, uint64_t address, uint64_t alignment)
{
	uint64_t lowest = d->mode->va_bits == 32 ? 0x80000000u : ~kst__mask(d->mode->va_bits - 1u);

	return address >= lowest && address % alignment == 0;
}

/* x86 without PAE splits an address in two parts, the lower one in units of `unit` (a power of two). */
static bool split_address(const struct decoding *d, enum kst__member_id low, enum kst__member_id high, unsigned unit,
			  uint64_t *out)
{
	unsigned pos = 0, len = 1;
	uint64_t l = 0, h = 0;

	if (!field(d, low, &l) || !field(d, high, &h) || !place_of(d, low, &pos, &len) || len > 16)
		return false;
	*out = h << (unit + len) | l << unit;
	return true;
}

static void prototype_address(struct decoding *d)
{
	const struct kst_pte_context *context = d->context;
	uint64_t address = 0, pool = 0;
	unsigned pos = 0, len = 1;

	if (field(d, KST__M_PTE_PROTOTYPE_ADDRESS, &address) && place_of(d, KST__M_PTE_PROTOTYPE_ADDRESS, &pos, &len)) {
		if (d->mode->va_bits > 32)
			address = kst__sign_extend(address, len);
	} else if (split_address(d, KST__M_PTE_PROTOTYPE_LOW, KST__M_PTE_PROTOTYPE_HIGH, 2, &address)) {
		/* WhichPool: before Vista an offset in paged pool, since then bits 2 to 30 of the address */
		if (!field(d, KST__M_PTE_PROTOTYPE_WHICH_POOL, &pool))
			address |= 0x80000000u;
		else if ((context->flags & KST_PTE_CONTEXT_HAS_PAGED_POOL_START) != 0)
			address = (context->paged_pool_start + address) & 0xffffffffu;
		else
			return;
	} else {
		return;
	}
	if (!pointer_sound(d, address, d->mode->entry_size)) {
		d->out->anomalies |= KST_PTE_ANOMALY_BAD_POINTER;
		return;
	}
	d->out->proto_address = address;
	d->out->present |= KST_PTE_HAS_PROTO_ADDRESS;
}

KST__APART static void decode_prototype(struct decoding *d)
{
	static const struct mark rows[] = {
		{ KST__M_PTE_PROTOTYPE_COMBINED, KST_PTE_BIT_COMBINED },
		{ KST__M_PTE_PROTOTYPE_DEMAND_FILL, KST_PTE_BIT_DEMAND_FILL },
		{ KST__M_PTE_PROTOTYPE_HIBER, KST_PTE_BIT_HIBER_VERIFY },
		{ KST__M_PTE_PROTOTYPE_READ_ONLY, KST_PTE_BIT_READ_ONLY },
		{ KST__M_PTE_PROTOTYPE_WHICH_POOL, KST_PTE_BIT_WHICH_POOL },
	};
	/* all ones where the page-file offset stands: the VAD knows; bits of the mask may read as zero there */
	bool marker = d->mode->entry_size == 4 ? d->out->entry >> 12 == 0xfffff
					       : (d->out->entry | d->context->invalid_mask) >> 32 == 0xffffffffu;

	if (marker) {
		d->out->state = KST_PTE_PROTOTYPE_VAD;
		protection(d, KST__M_PTE_SOFTWARE_PROTECTION);
		return;
	}
	d->out->state = KST_PTE_PROTOTYPE;
	d->out->read = KST_PTE_READ_PROTOTYPE;
	protection(d, KST__M_PTE_PROTOTYPE_PROTECTION);
	marks(d, rows, KST__COUNT(rows));
	prototype_address(d);
}

KST__APART static void decode_subsection(struct decoding *d)
{
	static const struct mark rows[] = {
		{ KST__M_PTE_SUBSECTION_COLD, KST_PTE_BIT_COLD },
		{ KST__M_PTE_SUBSECTION_EXECUTE, KST_PTE_BIT_EXECUTE_PRIVILEGE },
		{ KST__M_PTE_SUBSECTION_LOOKASIDE, KST_PTE_BIT_LOOKASIDE },
		{ KST__M_PTE_SUBSECTION_WHICH_POOL, KST_PTE_BIT_WHICH_POOL },
	};
	const struct kst_pte_context *context = d->context;
	uint64_t address = 0, pool = 0;
	unsigned pos = 0, len = 1;

	d->out->state = KST_PTE_SUBSECTION;
	protection(d, KST__M_PTE_SUBSECTION_PROTECTION);
	marks(d, rows, KST__COUNT(rows));
	if (field(d, KST__M_PTE_SUBSECTION_ADDRESS, &address) &&
	    place_of(d, KST__M_PTE_SUBSECTION_ADDRESS, &pos, &len)) {
		if (d->mode->va_bits > 32)
			address = kst__sign_extend(address, len);
	} else if (field(d, KST__M_PTE_SUBSECTION_WHICH_POOL, &pool)) {
		if (!split_address(d, KST__M_PTE_SUBSECTION_LOW, KST__M_PTE_SUBSECTION_HIGH, 3, &address))
			return;
		if (pool != 0 && (context->flags & KST_PTE_CONTEXT_HAS_SUBSECTION_BASE) != 0)
			address = (context->subsection_base + address) & 0xffffffffu;
		else if (pool == 0 && (context->flags & KST_PTE_CONTEXT_HAS_NONPAGED_POOL_END) != 0)
			address = (context->nonpaged_pool_end - address) & 0xffffffffu;
		else
			return;
	} else if (!split_address(d, KST__M_PTE_SUBSECTION_LOW, KST__M_PTE_SUBSECTION_HIGH, 2, &address)) {
		return;
	}
	if (!pointer_sound(d, address, 4)) {
		d->out->anomalies |= KST_PTE_ANOMALY_BAD_POINTER;
		return;
	}
	d->out->subsection = address;
	d->out->present |= KST_PTE_HAS_SUBSECTION;
}

KST__APART static void decode_transition(struct decoding *d)
{
	static const struct mark rows[] = {
		{ KST__M_PTE_TRANSITION_WRITE, KST_PTE_BIT_WRITE },
		{ KST__M_PTE_TRANSITION_IO_TRACKER, KST_PTE_BIT_IO_TRACKER },
		{ KST__M_PTE_TRANSITION_LOOKASIDE, KST_PTE_BIT_LOOKASIDE },
	};
	const struct kst_pte_context *context = d->context;
	bool bounded = (context->flags & KST_PTE_CONTEXT_HAS_HIGHEST_FRAME) != 0;
	uint64_t frame = 0;

	d->out->state = KST_PTE_TRANSITION;
	protection(d, KST__M_PTE_TRANSITION_PROTECTION);
	marks(d, rows, KST__COUNT(rows));
	if (!field(d, KST__M_PTE_TRANSITION_FRAME, &frame))
		return;
	/* the mask that affected machines were seen to use */
	if (bounded && frame > context->highest_frame && (d->out->anomalies & KST_PTE_ANOMALY_MASK_ASSUMED) != 0) {
		d->out->plain &= ~((uint64_t)1 << 45);
		field(d, KST__M_PTE_TRANSITION_FRAME, &frame);
	}
	if (bounded && frame > context->highest_frame) {
		d->out->anomalies |= KST_PTE_ANOMALY_FRAME_RANGE;
		return;
	}
	d->out->frame = frame;
	d->out->read = KST_PTE_READ_TRANSITION;
	d->out->present |= KST_PTE_HAS_FRAME;
}

KST__APART static void decode_software(struct decoding *d)
{
	static const struct mark rows[] = {
		{ KST__M_PTE_SOFTWARE_RESERVED, KST_PTE_BIT_FILE_RESERVED },
		{ KST__M_PTE_SOFTWARE_ALLOCATED, KST_PTE_BIT_FILE_ALLOCATED },
		{ KST__M_PTE_SOFTWARE_IN_STORE, KST_PTE_BIT_IN_STORE },
		{ KST__M_PTE_SOFTWARE_COLD, KST_PTE_BIT_COLD },
		{ KST__M_PTE_SOFTWARE_SHADOW_STACK, KST_PTE_BIT_SHADOW_STACK },
		{ KST__M_PTE_SOFTWARE_LOOKASIDE, KST_PTE_BIT_LOOKASIDE },
		{ KST__M_PTE_SOFTWARE_LOCAL_PARTITION, KST_PTE_BIT_LOCAL_PARTITION },
	};
	struct kst_pte *out = d->out;
	uint64_t low = 0, high = 0, used = 0;

	protection(d, KST__M_PTE_SOFTWARE_PROTECTION);
	marks(d, rows, KST__COUNT(rows));
	if (field(d, KST__M_PTE_SOFTWARE_USED, &used)) {
		out->used_entries = (uint32_t)used;
		out->present |= KST_PTE_HAS_USED_ENTRIES;
	}
	field(d, KST__M_PTE_SOFTWARE_FILE_LOW, &low);
	field(d, KST__M_PTE_SOFTWARE_FILE_HIGH, &high);
	if (high != 0 && out->protection == 0) {
		/* a page in a page file always has a protection; a link of a free system entry has none */
		out->state = KST_PTE_UNKNOWN;
		out->anomalies |= KST_PTE_ANOMALY_LIST_LINK;
	} else if (high != 0) {
		out->state = KST_PTE_PAGE_FILE;
		out->read = KST_PTE_READ_PAGE_FILE;
		out->page_file_number = (uint32_t)low;
		out->page_file_offset = high << 12;
		out->present |= KST_PTE_HAS_PAGE_FILE;
	} else if (out->protection == 0x18) {
		out->state = KST_PTE_NO_ACCESS;
	} else if (out->protection == 0x10) {
		out->state = KST_PTE_DECOMMITTED;
	} else {
		out->state = out->protection != 0 ? KST_PTE_DEMAND_ZERO : KST_PTE_UNKNOWN;
	}
}

/* As !pte prints them. */
static void put_letters(char out[16], uint64_t bits)
{
	static const char set[] = "CGLDANT", clear[] = "-------";
	static const uint16_t order[] = { KST_PTE_BIT_COPY_ON_WRITE, KST_PTE_BIT_GLOBAL,   KST_PTE_BIT_LARGE,
					  KST_PTE_BIT_DIRTY,         KST_PTE_BIT_ACCESSED, KST_PTE_BIT_CACHE_DISABLE,
					  KST_PTE_BIT_WRITE_THROUGH };
	size_t n = 0;

	for (; n < KST__COUNT(order); n++)
		out[n] = bits & order[n] ? set[n] : clear[n];
	out[n++] = bits & KST_PTE_BIT_USER ? 'U' : 'K';
	out[n++] = bits & KST_PTE_BIT_WRITE ? 'W' : 'R';
	out[n++] = bits & KST_PTE_BIT_NO_EXECUTE ? '-' : 'E';
	out[n++] = 'V';
	out[n] = '\0';
}

static uint64_t arm64_bits(uint32_t level, uint64_t entry)
{
	uint64_t bits = KST_PTE_BIT_VALID;
	uint64_t no_execute = entry >> ((entry >> 6 & 1) != 0 ? 54 : 53) & 1; /* user pages: UserNoExecute */

	bits |= entry >> 6 & 1 ? KST_PTE_BIT_USER : 0;
	bits |= entry >> 7 & 1 ? 0
			       : KST_PTE_BIT_WRITE | KST_PTE_BIT_DIRTY; /* NotDirty is the hardware's read-only bit */
	bits |= entry >> 10 & 1 ? KST_PTE_BIT_ACCESSED : 0;
	bits |= entry >> 11 & 1 ? 0 : KST_PTE_BIT_GLOBAL;
	bits |= entry >> 5 & 1 ? KST_PTE_BIT_NOT_SECURE : 0;
	bits |= entry >> 52 & 1 ? KST_PTE_BIT_CONTIGUOUS : 0;
	bits |= entry >> 55 & 1 ? KST_PTE_BIT_SOFTWARE_WRITE : 0;
	bits |= entry >> 56 & 1 ? KST_PTE_BIT_COPY_ON_WRITE : 0;
	bits |= no_execute != 0 ? KST_PTE_BIT_NO_EXECUTE : 0;
	bits |= level > 1 && (entry >> 1 & 1) == 0 ? KST_PTE_BIT_LARGE : 0;
	return bits;
}

static uint64_t x86_bits(const struct kst__paging_mode *mode, uint32_t level, uint64_t entry, bool leaf)
{
	uint64_t bits = entry & 0xf7f;

	if ((entry & 0x80) != 0)
		bits |= level == 1 ? KST_PTE_BIT_PAT : leaf ? KST_PTE_BIT_LARGE : 0;
	if (leaf && level > 1 && (entry >> 12 & 1) != 0)
		bits |= KST_PTE_BIT_PAT;
	if (mode->entry_size == 8 && entry >> 63 != 0)
		bits |= KST_PTE_BIT_NO_EXECUTE;
	return bits;
}

static void leaf_format(const struct decoding *d, struct kst__leaf_format *out)
{
	unsigned pos = 0, len = 1;

	memset(out, 0, sizeof *out);
	if (d->family == FAMILY_ARM64) {
		out->inverted = 1u << 7; /* NotDirty is the hardware's read-only bit */
		out->write = 1u << 7;
		out->copy_on_write = (uint64_t)1 << 56;
		out->user = 1u << 6;
		out->no_execute[0] = (uint64_t)1 << 53;
		out->no_execute[1] = (uint64_t)1 << 54;
	} else {
		out->write = 1u << 1;
		out->copy_on_write = 1u << 9;
		out->no_execute[0] = d->mode->entry_size == 8 ? (uint64_t)1 << 63 : 0;
	}
	if (place_of(d, KST__M_PTE_HARDWARE_WRITE, &pos, &len))
		out->write |= kst__mask(len) << pos;
	if (d->mode->entry_size != 8)
		return;
	for (uint32_t level = 1; level <= d->mode->levels; level++) {
		/* large page: bits between the attribute bit and the base are zero, except PSE-36's */
		if (level > 1)
			out->reserved[level] = kst__mask(12 + (unsigned)d->mode->index_bits * (level - 1)) &
					       ~(uint64_t)0x1fff;
		if (d->layout != NULL && place_of(d, KST__M_PTE_HARDWARE_FRAME, &pos, &len) && pos == 12)
			out->reserved[level] |= d->mode->frame_mask & ~(kst__mask(len) << 12) & ~(uint64_t)0xfff;
	}
}

static uint64_t valid_bits(const struct decoding *d, uint32_t level, uint64_t entry, bool leaf)
{
	return d->family == FAMILY_ARM64 ? arm64_bits(level, entry) : x86_bits(d->mode, level, entry, leaf);
}

KST__APART static void decode_valid(struct decoding *d, uint32_t level)
{
	struct kst_pte *out = d->out;
	bool leaf = kst__pte_is_leaf(d->mode, d->context->paging, level, out->entry);
	uint32_t shift = 12 + (uint32_t)d->mode->index_bits * (level - 1);
	struct kst__leaf_format format;

	out->state = KST_PTE_VALID;
	out->read = KST_PTE_READ_HARDWARE;
	out->bits = valid_bits(d, level, out->entry, leaf);
	out->page_size = leaf ? kst__mask(shift) + 1 : 0;
	out->frame = leaf ? kst__pte_leaf_base(d->mode, level, shift, out->entry) >> 12
			  : (out->entry & d->mode->frame_mask) >> 12;
	out->present |= KST_PTE_HAS_FRAME | KST_PTE_HAS_PROTECTION;
	leaf_format(d, &format);
	/* an entry that leads to a table keeps its low bits for itself */
	if ((out->entry & format.reserved[leaf ? level : 1]) != 0)
		out->anomalies |= KST_PTE_ANOMALY_RESERVED;
	out->protection = kst__leaf_protection(&format, out->entry);
}

/* Is the swizzle family in use, and where is its bit? */
static void unswizzle(struct decoding *d)
{
	const struct kst_pte_context *context = d->context;
	unsigned pos = 0, len = 1;

	if (!place_of(d, KST__M_PTE_SOFTWARE_SWIZZLE, &pos, &len))
		return;
	if ((d->out->entry >> pos & 1) != 0)
		d->out->bits |= KST_PTE_BIT_SWIZZLE;
	else if ((context->flags & KST_PTE_CONTEXT_HAS_MASK) != 0)
		d->out->plain &= ~context->invalid_mask;
	else
		d->out->anomalies |= KST_PTE_ANOMALY_MASK_ASSUMED;
}

static struct decoding format_of(const struct kst_layout *layout, const struct kst_pte_context *context)
{
	const struct kst__paging_mode *mode = kst__paging_mode(context->paging);
	struct decoding d = { layout, context, mode, FAMILY_X64, NULL };

	d.family = mode->entry_size == 4                 ? FAMILY_X86
		   : context->paging == KST_PAGING_PAE   ? FAMILY_PAE
		   : context->paging == KST_PAGING_ARM64 ? FAMILY_ARM64
							 : FAMILY_X64;
	/* a layout of the other x86 kernel (PAE or not) says nothing about these entries */
	if (layout == NULL || !kst__has(layout, KST__M_PTE_SOFTWARE_PROTECTION) ||
	    (kst__has(layout, KST__M_PTE) && kst__type_size(layout, KST__M_PTE) != mode->entry_size))
		d.layout = NULL;
	return d;
}

void kst__leaf_format(const struct kst_layout *layout, const struct kst_pte_context *context,
		      struct kst__leaf_format *out)
{
	struct decoding d = format_of(layout, context);

	leaf_format(&d, out);
}

static void begin(const struct decoding *d, uint64_t entry, struct kst_pte *out)
{
	memset(out, 0, sizeof *out);
	out->entry = d->mode->entry_size == 4 ? entry & 0xffffffffu : entry;
	out->plain = out->entry;
}

void kst__decode_invalid(const struct kst_layout *layout, const struct kst_pte_context *context, bool in_array,
			 uint64_t entry, struct kst_pte *out)
{
	struct decoding d = format_of(layout, context);

	begin(&d, entry, out);
	d.out = out;
	entry = out->entry;
	if (entry == 0)
		return; /* KST_PTE_ZERO */
	if (d.layout == NULL)
		out->anomalies |= KST_PTE_ANOMALY_FORMAT_ASSUMED;
	unswizzle(&d);
	if ((entry & 0x400) != 0) {
		out->bits |= KST_PTE_BIT_PROTOTYPE;
		if (in_array)
			decode_subsection(&d);
		else
			decode_prototype(&d);
	} else if ((entry & 0x800) != 0) {
		out->bits |= KST_PTE_BIT_TRANSITION;
		decode_transition(&d);
	} else {
		decode_software(&d);
	}
	if (out->state == KST_PTE_DEMAND_ZERO || out->state == KST_PTE_NO_ACCESS || out->state == KST_PTE_DECOMMITTED ||
	    out->state == KST_PTE_PROTOTYPE_VAD)
		out->anomalies &= ~(uint64_t)KST_PTE_ANOMALY_MASK_ASSUMED; /* no mask could change these */
}

KST__APART static void decode_whole_valid(const struct kst_layout *layout, const struct kst_pte_context *context,
					  uint32_t level, uint64_t entry, struct kst_pte *out)
{
	struct decoding d = format_of(layout, context);

	begin(&d, entry, out);
	d.out = out;
	decode_valid(&d, level);
	put_letters(out->letters, out->bits);
}

void kst__decode_pte(const struct kst_layout *layout, const struct kst_pte_context *context, uint32_t level,
		     bool in_array, uint64_t entry, struct kst_pte *out)
{
	if ((entry & 1) != 0)
		decode_whole_valid(layout, context, level, entry, out);
	else
		kst__decode_invalid(layout, context, in_array, entry, out);
}

kst_status kst_decode_pte(const struct kst_layout *layout, const struct kst_pte_context *context, uint32_t level,
			  uint32_t flags, uint64_t entry, struct kst_pte *out, struct kst_error *err)
{
	const struct kst__paging_mode *mode;
	struct kst_pte_context ours;
	struct kst_pte result;
	kst_status st;

	if (context == NULL || out == NULL)
		return kst__fail(err, KST_E_ARG, 0, "context or result is NULL");
	st = kst__in_read(&ours, sizeof ours, context, sizeof ours);
	if (st != KST_OK)
		return kst__fail(err, st, 0, "kst_pte_context.size is not known");
	if (!kst__out_ok(out->size, sizeof *out))
		return kst__fail(err, KST_E_ABI, 0, "kst_pte.size is not known");
	mode = kst__paging_mode(ours.paging);
	if (mode == NULL || level == 0 || level > mode->levels || (flags & ~(uint32_t)KST_PTE_IN_PROTOTYPE_ARRAY) != 0)
		return kst__fail(err, KST_E_ARG, 0,
				 "no paging mode, a level that it does not have, or an unknown flag");
	kst__decode_pte(layout, &ours, level, flags != 0, entry, &result);
	kst__out_write(out, &result, sizeof result);
	return KST_OK;
}

const char *kst_pte_state_name(uint32_t state)
{
	static const char *const names[] = { "zero",          "valid",       "transition", "prototype",
					     "prototype-vad", "subsection",  "page-file",  "demand-zero",
					     "no-access",     "decommitted", "unreadable", "unknown" };

	return state < KST__COUNT(names) ? names[state] : "unknown";
}

const char *kst_pte_read_name(uint32_t read)
{
	static const char *const names[] = { "none", "hardware", "transition", "prototype", "page-file" };

	return read < KST__COUNT(names) ? names[read] : "unknown";
}

/* Seven kinds of access, behind what a modifier without them means; the modifier's own words are appended. */
#define PROTECTIONS(alone, read, execute, execute_read, write, copy, execute_write, execute_copy, modifier)            \
	alone, read modifier, execute modifier, execute_read modifier, write modifier, copy modifier,                  \
		execute_write modifier, execute_copy modifier

#define NAMES(alone, modifier)                                                                                         \
	PROTECTIONS(alone, "read-only", "execute", "execute-read", "read-write", "write-copy", "execute-read-write",   \
		    "execute-write-copy", modifier)
#define TEXTS(alone, modifier)                                                                                         \
	PROTECTIONS(alone, "ReadOnly", "Execute", "ExecuteRead", "ReadWrite", "WriteCopy", "ExecuteReadWrite",         \
		    "ExecuteWriteCopy", modifier)

const char *kst_pte_protection_name(uint32_t protection)
{
	static const char *const names[] = { NAMES("no-access", ""), NAMES("no-access-no-cache", "-no-cache"),
					     NAMES("decommitted", "-guard"), NAMES("no-access", "-write-combine") };

	return protection < KST__COUNT(names) ? names[protection] : "unknown";
}

const char *kst_pte_protection_text(uint32_t protection)
{
	static const char *const names[] = { TEXTS("NoAccess", ""), TEXTS("NoAccess NoCache", " NoCache"),
					     TEXTS("Decommitted", " Guard"), TEXTS("NoAccess", " WriteCombine") };

	return protection < KST__COUNT(names) ? names[protection] : "Unknown";
}

const char *kst_pte_anomaly_name(uint64_t bit)
{
	static const char *const names[] = { "format-assumed", "mask-assumed", "frame-range",
					     "reserved",       "bad-pointer",  "list-link" };

	return kst__bit_name(bit, names, KST__COUNT(names));
}
