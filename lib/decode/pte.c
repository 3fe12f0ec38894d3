/* SPDX-License-Identifier: MIT */
/*
 * One entry of a page table or prototype array. Bits that the processor looks at are fixed by the architecture; where the
 * memory manager keeps the rest moved several times, so those positions come from the layout (_MMPTE_SOFTWARE and its
 * siblings), or from the newest known format where there is none.
 */
#include "pte.h"

#define ADDRESS_BITS(end) (((uint64_t)1 << (end)) - 0x1000) /* a page's physical address: bits 12 to end - 1 */
#define LEVEL(n)          (1u << (n))

const struct kst__paging_mode *kst__paging_mode(uint32_t paging)
{
	static const struct kst__paging_mode modes[] = {
		[KST_PAGING_X86] = { 2, 4, 10, 10, LEVEL(2), 32, ADDRESS_BITS(32), ADDRESS_BITS(32), 0x80, 0x80 },
		[KST_PAGING_PAE] = { 3, 8, 2, 9, LEVEL(2), 32, ADDRESS_BITS(52), 0xffffffe0u, 0x80, 0x80 },
		[KST_PAGING_X64] = { 4, 8, 9, 9, LEVEL(2) | LEVEL(3), 48, ADDRESS_BITS(52), ADDRESS_BITS(52), 0x80,
				     0x80 },
		[KST_PAGING_LA57] = { 5, 8, 9, 9, LEVEL(2) | LEVEL(3), 57, ADDRESS_BITS(52), ADDRESS_BITS(52), 0x80,
				      0x80 },
		[KST_PAGING_ARM64] = { 4, 8, 9, 9, LEVEL(2) | LEVEL(3), 48, ADDRESS_BITS(48), ADDRESS_BITS(48), 2, 0 },
	};

	return paging == KST_PAGING_NONE || paging >= KST__COUNT(modes) ? NULL : &modes[paging];
}

/* The newest format of each mode, for a target without type information. */
enum family { FAMILY_X86, FAMILY_PAE, FAMILY_X64, FAMILY_ARM64, FAMILY_COUNT };
#define NEWEST(id) [KST__M_PTE_##id - KST__M_PTE_SOFTWARE_SWIZZLE] /* the first of them in lib/layout/members.h */
#define ABSENT                                                                                                         \
	{                                                                                                              \
		0, 0                                                                                                   \
	}
static const struct place {
	uint8_t low;  /* lowest bit */
	uint8_t bits; /* how many; 0: not in this format */
} newest[][FAMILY_COUNT] = {
	/* Windows 7 non-PAE, 19045 PAE, 22631 x64, 19569 ARM64 */
	NEWEST(SOFTWARE_PROTECTION) = { { 5, 5 }, { 5, 5 }, { 5, 5 }, { 1, 5 } },
	NEWEST(SOFTWARE_FILE_LOW) = { { 1, 4 }, { 12, 4 }, { 12, 4 }, { 6, 4 } },
	NEWEST(SOFTWARE_FILE_HIGH) = { { 12, 20 }, { 32, 32 }, { 32, 32 }, { 32, 32 } },
	NEWEST(SOFTWARE_USED) = { ABSENT, ABSENT, { 16, 10 }, { 14, 10 } },
	NEWEST(SOFTWARE_SWIZZLE) = { ABSENT, { 4, 1 }, { 4, 1 }, ABSENT },
	NEWEST(SOFTWARE_RESERVED) = { ABSENT, { 1, 1 }, { 1, 1 }, { 12, 1 } },
	NEWEST(SOFTWARE_ALLOCATED) = { ABSENT, { 2, 1 }, { 2, 1 }, { 13, 1 } },
	NEWEST(SOFTWARE_COLD) = { ABSENT, ABSENT, { 3, 1 }, { 24, 1 } },
	NEWEST(SOFTWARE_SHADOW_STACK) = { ABSENT, ABSENT, { 26, 1 }, ABSENT },
	NEWEST(SOFTWARE_LOOKASIDE) = { ABSENT, ABSENT, { 27, 1 }, ABSENT },
	NEWEST(TRANSITION_FRAME) = { { 12, 20 }, { 12, 26 }, { 12, 40 }, { 12, 40 } },
	NEWEST(TRANSITION_PROTECTION) = { { 5, 5 }, { 5, 5 }, { 5, 5 }, { 1, 5 } },
	NEWEST(TRANSITION_WRITE) = { { 1, 1 }, { 1, 1 }, { 1, 1 }, ABSENT },
	NEWEST(TRANSITION_IO_TRACKER) = { ABSENT, { 3, 1 }, { 3, 1 }, { 9, 1 } },
	NEWEST(TRANSITION_LOOKASIDE) = { ABSENT, ABSENT, { 2, 1 }, ABSENT },
	NEWEST(PROTOTYPE_ADDRESS) = { ABSENT, { 32, 32 }, { 16, 48 }, { 16, 48 } },
	NEWEST(PROTOTYPE_LOW) = { { 1, 8 }, ABSENT, ABSENT, ABSENT },
	NEWEST(PROTOTYPE_HIGH) = { { 11, 21 }, ABSENT, ABSENT, ABSENT },
	NEWEST(PROTOTYPE_PROTECTION) = { ABSENT, { 5, 5 }, { 5, 5 }, { 1, 5 } },
	NEWEST(PROTOTYPE_READ_ONLY) = { { 9, 1 }, { 3, 1 }, { 3, 1 }, { 8, 1 } },
	NEWEST(PROTOTYPE_COMBINED) = { ABSENT, { 11, 1 }, { 11, 1 }, { 9, 1 } },
	NEWEST(PROTOTYPE_DEMAND_FILL) = { ABSENT, { 1, 1 }, { 1, 1 }, { 11, 1 } },
	NEWEST(PROTOTYPE_HIBER) = { ABSENT, { 2, 1 }, { 2, 1 }, { 6, 1 } },
	NEWEST(SUBSECTION_ADDRESS) = { ABSENT, { 32, 32 }, { 16, 48 }, { 16, 48 } },
	NEWEST(SUBSECTION_LOW) = { { 1, 9 }, ABSENT, ABSENT, ABSENT },
	NEWEST(SUBSECTION_HIGH) = { { 11, 21 }, ABSENT, ABSENT, ABSENT },
	NEWEST(SUBSECTION_PROTECTION) = { ABSENT, { 5, 5 }, { 5, 5 }, { 1, 5 } },
	NEWEST(SUBSECTION_COLD) = { ABSENT, ABSENT, { 11, 1 }, { 11, 1 } },
	NEWEST(SUBSECTION_LOOKASIDE) = { ABSENT, ABSENT, { 3, 1 }, ABSENT },
	NEWEST(SUBSECTION_EXECUTE) = { ABSENT, ABSENT, { 15, 1 }, ABSENT },
	NEWEST(SUBSECTION_WHICH_POOL) = { ABSENT, ABSENT, ABSENT, ABSENT }, /* the last of them: every one has a row */
	NEWEST(HARDWARE_WRITE) = { { 1, 1 }, { 11, 1 }, { 11, 1 }, { 55, 1 } },
};

struct decoding {
	const struct kst_layout *layout; /* NULL: the newest format */
	const struct kst_pte_context *context;
	const struct kst__paging_mode *mode;
	enum family family;
	struct kst_pte *out;
};

static struct place place_of(const struct decoding *d, enum kst__member_id id)
{
	struct place place = newest[id - KST__M_PTE_SOFTWARE_SWIZZLE][d->family];
	uint64_t low = place.low, bits = place.bits, end = d->mode->entry_size * 8u;

	if (d->layout != NULL) {
		const struct kst__member *m = kst__member(d->layout, id);

		low = (uint64_t)m->offset * 8 + m->bit_pos;
		bits = !m->present ? 0 : m->bit_len != 0 ? m->bit_len : (uint64_t)m->length * 8;
	}
	if (bits == 0 || low >= end || bits > end - low)
		return (struct place)ABSENT;
	return (struct place){ (uint8_t)low, (uint8_t)bits };
}

static uint64_t bits_at(const struct decoding *d, struct place place)
{
	return d->out->plain >> place.low & kst__mask(place.bits);
}

/* False, and 0, where the format has no such field. */
static bool field(const struct decoding *d, enum kst__member_id id, uint64_t *out)
{
	struct place place = place_of(d, id);

	*out = bits_at(d, place);
	return place.bits != 0;
}

#define PROTECTION_BITS 5u /* in every format: a type that says more is none of them */

static void take_protection(const struct decoding *d, enum kst__member_id id)
{
	uint64_t value;

	if (place_of(d, id).bits > PROTECTION_BITS || !field(d, id, &value))
		return;
	d->out->protection = (uint32_t)value;
	d->out->present |= KST_PTE_HAS_PROTECTION;
}

struct mark {
	uint16_t id;
	uint64_t bit;
};

static void marks(const struct decoding *d, const struct mark *rows, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		uint64_t value;

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

/* A whole address: where it is narrower than the machine's, its highest bit goes on. */
static bool whole_address(const struct decoding *d, enum kst__member_id id, uint64_t *out)
{
	struct place place = place_of(d, id);

	*out = bits_at(d, place);
	if (place.bits == 0)
		return false;
	if (d->mode->va_bits != 32)
		*out = kst__sign_extend(*out, place.bits);
	return true;
}

/* x86 without PAE splits an address in two parts, the lower one in units of `unit` (a power of two). */
static bool split_address(const struct decoding *d, enum kst__member_id low, enum kst__member_id high, unsigned unit,
			  uint64_t *out)
{
	unsigned bits = place_of(d, low).bits;
	uint64_t l, h;

	if (!field(d, low, &l) || !field(d, high, &h) || bits > 16)
		return false;
	*out = h << (unit + bits) | l << unit;
	return true;
}

static bool find_prototype(const struct decoding *d, uint64_t *out)
{
	if (whole_address(d, KST__M_PTE_PROTOTYPE_ADDRESS, out))
		return true;
	if (!split_address(d, KST__M_PTE_PROTOTYPE_LOW, KST__M_PTE_PROTOTYPE_HIGH, 2, out))
		return false;
	/* WhichPool: before Vista an offset in paged pool, since then bits 2 to 30 of the address */
	if (place_of(d, KST__M_PTE_PROTOTYPE_WHICH_POOL).bits == 0)
		*out |= 0x80000000u;
	else if ((d->context->flags & KST_PTE_CONTEXT_HAS_PAGED_POOL_START) != 0)
		*out = (d->context->paged_pool_start + *out) & 0xffffffffu;
	else
		return false;
	return true;
}

static bool find_subsection(const struct decoding *d, uint64_t *out)
{
	const struct kst_pte_context *context = d->context;
	uint64_t pool;

	if (whole_address(d, KST__M_PTE_SUBSECTION_ADDRESS, out))
		return true;
	if (!field(d, KST__M_PTE_SUBSECTION_WHICH_POOL, &pool))
		return split_address(d, KST__M_PTE_SUBSECTION_LOW, KST__M_PTE_SUBSECTION_HIGH, 2, out);
	if (!split_address(d, KST__M_PTE_SUBSECTION_LOW, KST__M_PTE_SUBSECTION_HIGH, 3, out))
		return false;
	if (pool != 0 && (context->flags & KST_PTE_CONTEXT_HAS_SUBSECTION_BASE) != 0)
		*out = (context->subsection_base + *out) & 0xffffffffu;
	else if (pool == 0 && (context->flags & KST_PTE_CONTEXT_HAS_NONPAGED_POOL_END) != 0)
		*out = (context->nonpaged_pool_end - *out) & 0xffffffffu;
	else
		return false;
	return true;
}

static void prototype_address(struct decoding *d)
{
	uint64_t address;

	if (!find_prototype(d, &address))
		return;
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
	uint64_t mask = (d->context->flags & KST_PTE_CONTEXT_HAS_MASK) != 0 ? d->context->invalid_mask : 0;
	bool marker = d->mode->entry_size == 4 ? d->out->entry >> 12 == 0xfffff
					       : (d->out->entry | mask) >> 32 == 0xffffffffu;

	if (marker) {
		d->out->state = KST_PTE_PROTOTYPE_VAD;
		take_protection(d, KST__M_PTE_SOFTWARE_PROTECTION);
		return;
	}
	d->out->state = KST_PTE_PROTOTYPE;
	d->out->read = KST_PTE_READ_PROTOTYPE;
	take_protection(d, KST__M_PTE_PROTOTYPE_PROTECTION);
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
	uint64_t address;

	d->out->state = KST_PTE_SUBSECTION;
	take_protection(d, KST__M_PTE_SUBSECTION_PROTECTION);
	marks(d, rows, KST__COUNT(rows));
	if (!find_subsection(d, &address))
		return;
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
	uint64_t frame;

	d->out->state = KST_PTE_TRANSITION;
	take_protection(d, KST__M_PTE_TRANSITION_PROTECTION);
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
	uint64_t low, high, used;

	take_protection(d, KST__M_PTE_SOFTWARE_PROTECTION);
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

static uint64_t arm64_bits(uint32_t level, uint64_t entry, bool leaf)
{
	static const struct {
		uint8_t position;
		uint8_t set; /* what the bit there is for these: */
		uint64_t bits;
	} rows[] = {
		{ 5, 1, KST_PTE_BIT_NOT_SECURE },
		{ 6, 1, KST_PTE_BIT_USER },
		{ 7, 0, KST_PTE_BIT_WRITE | KST_PTE_BIT_DIRTY }, /* NotDirty is the hardware's read-only bit */
		{ 10, 1, KST_PTE_BIT_ACCESSED },
		{ 11, 0, KST_PTE_BIT_GLOBAL },
		{ 52, 1, KST_PTE_BIT_CONTIGUOUS },
		{ 55, 1, KST_PTE_BIT_SOFTWARE_WRITE },
		{ 56, 1, KST_PTE_BIT_COPY_ON_WRITE },
	};
	uint64_t bits = KST_PTE_BIT_VALID;

	for (size_t i = 0; i < KST__COUNT(rows); i++)
		if ((entry >> rows[i].position & 1) == rows[i].set)
			bits |= rows[i].bits;
	if ((entry >> ((bits & KST_PTE_BIT_USER) != 0 ? 54 : 53) & 1) != 0) /* user pages: UserNoExecute */
		bits |= KST_PTE_BIT_NO_EXECUTE;
	if (leaf && level > 1)
		bits |= KST_PTE_BIT_LARGE;
	return bits;
}

static uint64_t x86_bits(const struct kst__paging_mode *mode, uint32_t level, uint64_t entry, bool leaf)
{
	uint64_t bits = entry & 0xf7f;
	uint32_t attribute = level == 1 ? 7 : 12; /* where the attribute bit of a page is */

	if (leaf && level > 1)
		bits |= KST_PTE_BIT_LARGE;
	if (leaf && (entry >> attribute & 1) != 0)
		bits |= KST_PTE_BIT_PAT;
	if (mode->entry_size == 8 && entry >> 63 != 0)
		bits |= KST_PTE_BIT_NO_EXECUTE;
	return bits;
}

static void leaf_format(const struct decoding *d, struct kst__leaf_format *out)
{
	struct place write = place_of(d, KST__M_PTE_HARDWARE_WRITE), frame = place_of(d, KST__M_PTE_HARDWARE_FRAME);
	uint64_t beyond; /* address bits that the type's frame number leaves out */

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
	out->write |= kst__mask(write.bits) << write.low;
	if (d->mode->entry_size != 8)
		return;
	beyond = frame.bits == 0 ? 0 : d->mode->frame_mask & ~(kst__mask(frame.bits) << frame.low);
	out->reserved[1] = beyond;
	/* large page: bits between the attribute bit and the base are zero, except PSE-36's */
	for (uint32_t level = 2; d->mode->large_levels >> level != 0; level++)
		out->reserved[level] = beyond | (kst__mask(12 + (unsigned)d->mode->index_bits * (level - 1)) &
						 ~(uint64_t)0x1fff);
}

static uint64_t valid_bits(const struct decoding *d, uint32_t level, uint64_t entry, bool leaf)
{
	return d->family == FAMILY_ARM64 ? arm64_bits(level, entry, leaf) : x86_bits(d->mode, level, entry, leaf);
}

KST__APART static void decode_valid(struct decoding *d, uint32_t level)
{
	struct kst_pte *out = d->out;
	bool leaf = kst__pte_is_leaf(d->mode, level, out->entry);
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
	uint64_t swizzled;

	if (!field(d, KST__M_PTE_SOFTWARE_SWIZZLE, &swizzled))
		return;
	if (swizzled != 0)
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
	if ((entry >> 10 & 1) != 0) {
		out->bits |= KST_PTE_BIT_PROTOTYPE;
		if (in_array)
			decode_subsection(&d);
		else
			decode_prototype(&d);
	} else if ((entry >> 11 & 1) != 0) {
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
