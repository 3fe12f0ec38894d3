/* SPDX-License-Identifier: MIT */
/*
 * Page-table walks. The hardware's way is short and runs for every byte that a walk reads from physical memory, so it
 * touches nothing but the entries; what a debugger does beyond it (transition, prototype, page file) stands apart.
 * Tables that lead back to themselves are legal (the self-map) and bounded by the number of levels.
 */
#include "target.h"

/* Where the way down the tables ended. */
struct way {
	uint64_t entry;     /* the entry that decided */
	uint64_t anomalies; /* KST_TRANSLATION_ANOMALY_… */
	uint32_t level;
	uint32_t shift; /* log2 of the bytes that the entry stands for */
	bool valid;     /* the processor translates through it */
	bool readable;  /* the entry could be read */
	bool owed;      /* an entry on the way was not valid in hardware */
};

#define NO_PROTOTYPE 0x100u /* private flag: prototype entries are not followed */

static uint64_t little_endian(const uint8_t *raw, uint32_t width)
{
	return width == 4 ? kst__le32(raw) : kst__le64(raw);
}

/* One entry from physical memory. */
static kst_status read_entry(const struct kst_target *target, uint64_t physical, uint32_t width, uint64_t *out)
{
	uint8_t raw[8];
	size_t got = 0;
	kst_status st = target->reader.read(target->config.reader_user, KST_SPACE_PHYSICAL, physical, raw, width, &got);

	if (st != KST_OK)
		return st;
	if (got != width)
		return KST_E_FAULT;
	*out = little_endian(raw, width);
	return KST_OK;
}

uint64_t kst__pte_address(const struct kst_target *target, uint64_t address)
{
	const struct kst__paging_mode *mode = kst__paging_mode(target->identity.paging);

	if (mode == NULL || target->pte_base == 0)
		return 0;
	return target->pte_base + ((address & kst__mask(mode->va_bits)) >> 12) * mode->entry_size;
}

static bool canonical(const struct kst__paging_mode *mode, uint64_t address)
{
	if (mode->va_bits == 32)
		return address <= UINT32_MAX;
	return kst__sign_extend(address, mode->va_bits) == address;
}

/* A table that is itself in transition still names the frame that holds it. */
static bool upper_transition(const struct kst_target *target, struct way *way, uint64_t *table)
{
	struct kst_pte pte;

	kst__decode_pte(&target->layout, &target->pte, way->level, false, way->entry, &pte);
	if (pte.state != KST_PTE_TRANSITION || (pte.present & KST_PTE_HAS_FRAME) == 0)
		return false;
	*table = pte.frame << 12;
	way->anomalies |= KST_TRANSLATION_ANOMALY_UPPER_TRANSITION;
	return true;
}

/*
 * Down the tables over physical memory. KST_OK with way->readable false where an entry is not there; a failure of the
 * host as it came.
 */
static kst_status descend(const struct kst_target *target, const struct kst__paging_mode *mode, uint64_t table,
			  uint64_t address, uint32_t flags, struct way *way)
{
	kst_status (*const read)(void *, kst_space, uint64_t, void *, size_t, size_t *) = target->reader.read;
	void *const user = target->config.reader_user;
	const uint64_t frame_mask = mode->frame_mask, below_mask = kst__mask(mode->index_bits);
	const uint32_t width = mode->entry_size, step = mode->index_bits, large = mode->large_levels;
	const uint64_t large_mask = target->identity.paging == KST_PAGING_ARM64 ? 2 : 0x80;
	const uint64_t large_is = target->identity.paging == KST_PAGING_ARM64 ? 0 : 0x80;
	uint32_t shift = 12 + step * (mode->levels - 1u);
	uint64_t index_mask = kst__mask(mode->top_bits);

	/* every byte that a walk reads comes this way: one call of the host for each level, and nothing that can wait */
	way->anomalies = 0;
	way->valid = false;
	way->owed = false;
	way->readable = true;
	for (uint32_t level = mode->levels;; level--) {
		uint8_t raw[8];
		size_t got = 0;
		uint64_t entry;
		kst_status st = read(user, KST_SPACE_PHYSICAL, table + (address >> shift & index_mask) * width, raw,
				     width, &got);

		if (st != KST_OK || got != width) {
			way->entry = 0;
			way->level = level;
			way->shift = shift;
			way->readable = false;
			return st == KST_OK || st == KST_E_FAULT ? KST_OK : st;
		}
		entry = little_endian(raw, width);
		if ((entry & 1) != 0) {
			if (level == 1 || ((large >> level & 1) != 0 && (entry & large_mask) == large_is)) {
				way->entry = entry;
				way->level = level;
				way->shift = shift;
				way->valid = true;
				return KST_OK;
			}
			table = entry & frame_mask;
		} else {
			way->entry = entry;
			way->level = level;
			way->shift = shift;
			way->owed = true;
			if (level == 1 || (flags & KST_TRANSLATE_HARDWARE_ONLY) != 0 ||
			    !upper_transition(target, way, &table))
				return KST_OK;
		}
		shift -= step;
		index_mask = below_mask;
	}
}

/* What became of an entry that is not valid. */
struct fate {
	uint64_t present;   /* KST_TRANSLATION_HAS_… */
	uint64_t anomalies; /* KST_TRANSLATION_ANOMALY_… */
	uint64_t base;      /* physical address of the page, with HAS_PHYSICAL */
	uint64_t proto_address, proto_entry, subsection, page_file_offset;
	uint32_t state, proto_state, page_file_number, protection;
};

static void take_pte(struct fate *fate, const struct kst_pte *pte)
{
	static const struct {
		uint32_t from, to;
	} same[] = {
		{ KST_PTE_ANOMALY_FORMAT_ASSUMED, KST_TRANSLATION_ANOMALY_FORMAT_ASSUMED },
		{ KST_PTE_ANOMALY_MASK_ASSUMED, KST_TRANSLATION_ANOMALY_MASK_ASSUMED },
		{ KST_PTE_ANOMALY_FRAME_RANGE, KST_TRANSLATION_ANOMALY_FRAME_RANGE },
		{ KST_PTE_ANOMALY_RESERVED, KST_TRANSLATION_ANOMALY_RESERVED },
		{ KST_PTE_ANOMALY_BAD_POINTER, KST_TRANSLATION_ANOMALY_BAD_POINTER },
	};

	for (size_t i = 0; i < KST__COUNT(same); i++)
		if (pte->anomalies & same[i].from)
			fate->anomalies |= same[i].to;
	if (pte->present & KST_PTE_HAS_FRAME) {
		fate->base = pte->frame << 12;
		fate->present |= KST_TRANSLATION_HAS_PHYSICAL;
	}
	if (pte->present & KST_PTE_HAS_PROTECTION) {
		fate->protection = pte->protection;
		fate->present |= KST_TRANSLATION_HAS_PROTECTION;
	}
	if (pte->present & KST_PTE_HAS_PAGE_FILE) {
		fate->page_file_number = pte->page_file_number;
		fate->page_file_offset = pte->page_file_offset;
		fate->present |= KST_TRANSLATION_HAS_PAGE_FILE;
	}
	if (pte->present & KST_PTE_HAS_SUBSECTION) {
		fate->subsection = pte->subsection;
		fate->present |= KST_TRANSLATION_HAS_SUBSECTION;
	}
}

static kst_status locate(const struct kst_target *target, uint64_t table, uint64_t address, uint32_t flags,
			 uint64_t *physical, bool *chain);

/* Read the entry that a prototype pointer leads to, without following a second prototype. */
static kst_status read_prototype(const struct kst_target *target, struct fate *fate, struct kst_error *err)
{
	uint32_t width = kst__paging_mode(target->identity.paging)->entry_size;
	uint64_t physical = 0;
	bool chain = false;
	kst_status st;

	if ((target->reader.flags & KST_READER_PHYSICAL_ONLY) == 0)
		return kst__read_number(target, KST_SPACE_KERNEL, fate->proto_address, width, &fate->proto_entry, err);
	st = locate(target, target->identity.dtb, fate->proto_address, NO_PROTOTYPE, &physical, &chain);
	if (chain)
		fate->anomalies |= KST_TRANSLATION_ANOMALY_PROTO_CHAIN;
	if (st != KST_OK)
		return st;
	return read_entry(target, physical, width, &fate->proto_entry);
}

/* Follow an entry that the processor does not; a host's failure comes back as it is. */
static kst_status follow(const struct kst_target *target, uint32_t level, uint64_t entry, uint32_t flags,
			 struct fate *fate, struct kst_error *err)
{
	struct kst_pte pte;
	kst_status st;

	memset(fate, 0, sizeof *fate);
	kst__decode_pte(&target->layout, &target->pte, level, false, entry, &pte);
	fate->state = pte.state;
	take_pte(fate, &pte);
	if (level > 1) {
		/* only a table in transition is followed, and descend() has done so */
		fate->present &= ~(uint64_t)(KST_TRANSLATION_HAS_PHYSICAL | KST_TRANSLATION_HAS_PAGE_FILE);
		return KST_OK;
	}
	if ((flags & KST_TRANSLATE_HARDWARE_ONLY) != 0) {
		fate->present &= ~(uint64_t)KST_TRANSLATION_HAS_PHYSICAL;
		return KST_OK;
	}
	if ((pte.present & KST_PTE_HAS_PROTO_ADDRESS) == 0)
		return KST_OK;
	fate->proto_address = pte.proto_address;
	fate->present |= KST_TRANSLATION_HAS_PROTO;
	if ((flags & NO_PROTOTYPE) != 0)
		return KST_OK;
	st = read_prototype(target, fate, err);
	if (st != KST_OK)
		return st == KST_E_FAULT ? KST_OK : st;
	fate->present |= KST_TRANSLATION_HAS_PROTO_ENTRY;
	kst__decode_pte(&target->layout, &target->pte, 1, true, fate->proto_entry, &pte);
	fate->proto_state = pte.state;
	take_pte(fate, &pte);
	return KST_OK;
}

/* Physical address of a virtual one, for the library's own needs on the way. */
static kst_status locate(const struct kst_target *target, uint64_t table, uint64_t address, uint32_t flags,
			 uint64_t *physical, bool *chain)
{
	const struct kst__paging_mode *mode = kst__paging_mode(target->identity.paging);
	struct way way;
	kst_status st;

	if (!canonical(mode, address))
		return KST_E_FAULT;
	st = descend(target, mode, table & mode->root_mask, address, flags, &way);
	if (st != KST_OK)
		return st;
	if (way.valid) {
		*physical = kst__pte_leaf_base(mode, way.level, way.shift, way.entry) +
			    (address & kst__mask(way.shift));
		return KST_OK;
	}
	if (way.readable && way.level == 1) {
		struct kst_pte pte;

		kst__decode_pte(&target->layout, &target->pte, 1, false, way.entry, &pte);
		*chain = pte.state == KST_PTE_PROTOTYPE || pte.state == KST_PTE_PROTOTYPE_VAD;
		if (pte.state == KST_PTE_TRANSITION && (pte.present & KST_PTE_HAS_FRAME) != 0) {
			*physical = (pte.frame << 12) + (address & 0xfff);
			return KST_OK;
		}
	}
	return KST_E_FAULT;
}

static uint32_t flags_of(const struct kst_target *target, uint32_t flags)
{
	return flags | ((target->config.flags & KST_TARGET_HARDWARE_ONLY) != 0 ? KST_TRANSLATE_HARDWARE_ONLY : 0);
}

/* The slow half of kst__resolve. */
static kst_status resolve_software(const struct kst_target *target, const struct way *way, uint64_t address,
				   struct kst__page *out, struct kst_error *err)
{
	struct fate fate;
	kst_status st = follow(target, way->level, way->entry, flags_of(target, 0), &fate, err);

	if (st != KST_OK)
		return kst__fail_host(err, st, address);
	out->state = fate.present & KST_TRANSLATION_HAS_PROTO_ENTRY ? fate.proto_state : fate.state;
	out->page_file_number = fate.page_file_number;
	out->page_file_offset = fate.page_file_offset;
	if ((fate.present & KST_TRANSLATION_HAS_PHYSICAL) == 0)
		return kst__fail(err, KST_E_FAULT, address, "not in memory");
	out->physical = fate.base + (address & 0xfff);
	out->contiguous = 0x1000 - (address & 0xfff);
	return KST_OK;
}

kst_status kst__resolve(const struct kst_target *target, kst_space space, uint64_t address, struct kst__page *out,
			struct kst_error *err)
{
	const struct kst__paging_mode *mode = kst__paging_mode(target->identity.paging);
	uint64_t root = space == KST_SPACE_KERNEL ? target->identity.dtb : space;
	struct way way;
	kst_status st;

	out->state = KST_PTE_UNREADABLE;
	if (mode == NULL)
		return kst__fail(err, KST_E_ARG, address, "the paging mode is not known");
	if (!canonical(mode, address))
		return kst__fail(err, KST_E_FAULT, address, "the address is not canonical");
	st = descend(target, mode, root & mode->root_mask, address, flags_of(target, 0), &way);
	if (st != KST_OK)
		return kst__fail_host(err, st, address);
	if (!way.readable)
		return kst__fail(err, KST_E_FAULT, address, "a page table is not present");
	if (!way.valid)
		return resolve_software(target, &way, address, out, err);
	out->state = KST_PTE_VALID;
	out->physical = kst__pte_leaf_base(mode, way.level, way.shift, way.entry) + (address & kst__mask(way.shift));
	out->contiguous = kst__mask(way.shift) + 1 - (address & kst__mask(way.shift));
	return KST_OK;
}

/* An entry for kst_translate: from physical memory, or from the self-map where the reader has virtual memory only. */
static kst_status fetch(const struct kst_target *target, kst_space space, const struct kst_page_level *at, bool known,
			uint32_t width, uint64_t *out)
{
	kst_status st = KST_E_FAULT;
	uint8_t raw[8];
	size_t got = 0;

	if (known)
		st = read_entry(target, at->entry_physical, width, out);
	if (st != KST_E_FAULT || at->entry_virtual == 0 || (target->reader.flags & KST_READER_PHYSICAL_ONLY) != 0)
		return st;
	st = target->reader.read(target->config.reader_user, space, at->entry_virtual, raw, width, &got);
	if (st == KST_OK && got == width)
		*out = little_endian(raw, width);
	return st == KST_OK && got != width ? KST_E_FAULT : st;
}

/* As descend(), keeping every level. */
static kst_status descend_recorded(const struct kst_target *target, kst_space space, uint32_t flags,
				   struct kst_translation *out, struct way *way)
{
	const struct kst__paging_mode *mode = kst__paging_mode(target->identity.paging);
	uint64_t table = (space == KST_SPACE_KERNEL ? target->identity.dtb : space) & mode->root_mask;
	bool known = space != KST_SPACE_KERNEL || (target->identity.present & KST_IDENTITY_HAS_DTB) != 0;
	uint64_t maps[6] = {
		out->address
	}; /* of the entry of each level: the PTE address of a PTE address is the PDE's */

	for (uint32_t level = 1; level <= mode->levels && target->pte_base != 0; level++)
		maps[level] = kst__pte_address(target, maps[level - 1]);
	if (target->identity.paging == KST_PAGING_PAE)
		maps[3] = 0; /* the four entries of the topmost level are not in the map */
	*way = (struct way){ 0 };
	for (uint32_t level = mode->levels;; level--) {
		struct kst_page_level *at = &out->levels[out->levels_count++];
		uint64_t index;
		kst_status st;

		way->shift = 12 + (uint32_t)mode->index_bits * (level - 1);
		way->level = level;
		index = out->address >> way->shift &
			kst__mask(level == mode->levels ? mode->top_bits : mode->index_bits);
		at->level = level;
		at->state = KST_PTE_UNREADABLE;
		at->entry_virtual = maps[level];
		at->entry_physical = known ? table + index * mode->entry_size : 0;
		st = fetch(target, space, at, known, mode->entry_size, &at->entry);
		way->readable = st == KST_OK;
		if (st != KST_OK && st != KST_E_FAULT)
			return st;
		if (st == KST_E_FAULT) {
			/* the self-map may hold lower entries though this one is missing (pieces of a triage dump) */
			if (level == 1 || (target->reader.flags & KST_READER_PHYSICAL_ONLY) != 0 ||
			    target->pte_base == 0)
				return KST_OK;
			known = false;
			continue;
		}
		way->entry = at->entry;
		if ((at->entry & 1) == 0) {
			struct kst_pte pte;

			way->owed = true;
			kst__decode_pte(&target->layout, &target->pte, level, false, at->entry, &pte);
			at->state = pte.state;
			if (level == 1 || (flags & KST_TRANSLATE_HARDWARE_ONLY) != 0 ||
			    !upper_transition(target, way, &table))
				return KST_OK;
		} else {
			at->state = KST_PTE_VALID;
			if (kst__pte_is_leaf(mode, target->identity.paging, level, at->entry)) {
				way->valid = true;
				return KST_OK;
			}
			table = at->entry & mode->frame_mask;
		}
		known = true;
	}
}

/* How a debugger would read the page; the page-file way needs the host's callback. */
static uint32_t way_to_read(const struct kst_translation *t)
{
	if (t->present & KST_TRANSLATION_HAS_PROTO_ENTRY)
		return (t->present & (KST_TRANSLATION_HAS_PHYSICAL | KST_TRANSLATION_HAS_PAGE_FILE)) != 0
			       ? KST_PTE_READ_PROTOTYPE
			       : KST_PTE_READ_NONE;
	if (t->present & KST_TRANSLATION_HAS_PHYSICAL)
		return t->state == KST_PTE_VALID ? KST_PTE_READ_HARDWARE : KST_PTE_READ_TRANSITION;
	return t->present & KST_TRANSLATION_HAS_PAGE_FILE ? KST_PTE_READ_PAGE_FILE : KST_PTE_READ_NONE;
}

static kst_status fill(const struct kst_target *target, const struct way *way, uint32_t flags,
		       struct kst_translation *t, struct kst_error *err)
{
	const struct kst__paging_mode *mode = kst__paging_mode(target->identity.paging);
	struct kst_pte pte;
	struct fate fate;
	kst_status st;

	t->level = way->level;
	t->page_size = kst__mask(way->shift) + 1;
	t->anomalies = way->anomalies;
	t->state = KST_PTE_UNREADABLE;
	if (!way->readable)
		return KST_OK;
	t->present |= KST_TRANSLATION_HAS_BREAKPOINT;
	t->breakpoint_owed = way->owed || !way->valid;
	if (way->valid) {
		kst__decode_valid(&target->layout, &target->pte, way->level, way->entry, &pte);
		t->state = KST_PTE_VALID;
		t->physical = kst__pte_leaf_base(mode, way->level, way->shift, way->entry) +
			      (t->address & kst__mask(way->shift));
		t->protection = pte.protection;
		t->present |= KST_TRANSLATION_HAS_PHYSICAL | KST_TRANSLATION_HAS_PROTECTION;
		if (pte.anomalies & KST_PTE_ANOMALY_RESERVED)
			t->anomalies |= KST_TRANSLATION_ANOMALY_RESERVED;
		return KST_OK;
	}
	st = follow(target, way->level, way->entry, flags, &fate, err);
	if (st != KST_OK)
		return st;
	t->state = fate.state;
	t->present |= fate.present;
	t->anomalies |= fate.anomalies;
	t->physical = fate.present & KST_TRANSLATION_HAS_PHYSICAL ? fate.base + (t->address & 0xfff) : 0;
	t->proto_address = fate.proto_address;
	t->proto_entry = fate.proto_entry;
	t->proto_state = fate.proto_state;
	t->subsection = fate.subsection;
	t->page_file_number = fate.page_file_number;
	t->page_file_offset = fate.page_file_offset;
	t->protection = fate.protection;
	return KST_OK;
}

kst_status kst_translate(const struct kst_target *target, kst_space space, uint64_t address, uint32_t flags,
			 struct kst_translation *out, struct kst_error *err)
{
	const struct kst__paging_mode *mode;
	struct kst_translation t;
	struct way way;
	kst_status st;

	if (target == NULL || out == NULL || space == KST_SPACE_PHYSICAL ||
	    (flags & ~(uint32_t)KST_TRANSLATE_HARDWARE_ONLY) != 0)
		return kst__fail(err, KST_E_ARG, address, "no target, no result, a physical space or an unknown flag");
	if (!kst__out_ok(out->size, sizeof *out))
		return kst__fail(err, KST_E_ABI, address, "kst_translation.size is not known");
	mode = kst__paging_mode(target->identity.paging);
	if (mode == NULL)
		return kst__fail(err, KST_E_ARG, address, "the paging mode is not known");
	if (!canonical(mode, address))
		return kst__fail(err, KST_E_ARG, address, "the address is not canonical");
	flags = flags_of(target, flags);
	memset(&t, 0, sizeof t);
	t.address = address;
	st = descend_recorded(target, space, flags, &t, &way);
	if (st != KST_OK)
		return kst__fail_host(err, st, address);
	if (t.levels[0].state == KST_PTE_UNREADABLE && way.level == mode->levels)
		return kst__fail(err, KST_E_FAULT, address, "the page tables are not present");
	if (!way.readable && way.entry == 0 && t.levels_count == mode->levels) {
		bool any = false;

		for (uint32_t i = 0; i < t.levels_count; i++)
			any = any || t.levels[i].state != KST_PTE_UNREADABLE;
		if (!any)
			return kst__fail(err, KST_E_FAULT, address, "the page tables are not present");
	}
	st = fill(target, &way, flags, &t, err);
	if (st != KST_OK)
		return st == KST_E_HOST ? st : kst__fail_host(err, st, address);
	t.read = way_to_read(&t);
	kst__out_write(out, &t, sizeof t);
	return KST_OK;
}

const char *kst_translation_anomaly_name(uint64_t bit)
{
	static const char *const names[] = { "frame-range",  "upper-transition", "proto-chain", "reserved",
					     "mask-assumed", "format-assumed",   "bad-pointer" };

	return kst__bit_name(bit, names, KST__COUNT(names));
}
