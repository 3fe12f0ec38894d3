/* SPDX-License-Identifier: MIT */
/*
 * Page-table walks. The hardware's way is short and runs for every byte that a walk reads from physical memory, so it
 * touches nothing but the entries; what a debugger does beyond it (transition, prototype, page file) stands apart.
 * Tables that lead back to themselves are legal (the self-map) and bounded by the number of levels.
 */
#include "prototype.h"

/* Where the way down the tables ended. */
struct way {
	uint64_t entry;     /* the entry that decided */
	uint64_t anomalies; /* KST_TRANSLATION_ANOMALY_… */
	uint32_t level;
	uint32_t shift; /* log2 of the bytes that the entry stands for */
	bool valid;     /* the processor translates through it */
	bool readable;  /* the entry could be read */
	bool any;       /* at least one entry on the way could be */
	bool owed;      /* an entry on the way was not valid in hardware */
};

/* The entries of a way down, as kst_translate gives them. */
struct seen {
	uint64_t entries[5];   /* 0: not there */
	uint64_t physicals[5]; /* where they are; 0: not known */
	uint32_t count;
};

/* Where the self-map shows the entry of this level for an address; 0: nowhere. */
static inline uint64_t map_entry(const struct kst_target *target, uint32_t level, uint32_t shift, uint64_t address)
{
	const struct kst__paging_mode *mode = target->mode;
	uint64_t first = target->self_map[level];

	return first == 0 ? 0 : first + ((address & kst__mask(mode->va_bits)) >> shift) * mode->entry_size;
}

uint64_t kst__pte_address(const struct kst_target *target, uint64_t address)
{
	return target->mode == NULL ? 0 : map_entry(target, 1, 12, address);
}

static bool canonical(const struct kst__paging_mode *mode, uint64_t address)
{
	if (mode->va_bits == 32)
		return address <= UINT32_MAX;
	return kst__sign_extend(address, mode->va_bits) == address;
}

/* A table that is itself in transition still names the frame that holds it. */
static bool upper_transition(const struct kst_target *target, struct way *way, struct kst_pte *scratch, uint64_t *table)
{
	kst__decode_invalid(&target->layout, &target->pte, false, way->entry, scratch);
	if (scratch->state != KST_PTE_TRANSITION || (scratch->present & KST_PTE_HAS_FRAME) == 0)
		return false;
	*table = scratch->frame << 12;
	way->anomalies |= KST_TRANSLATION_ANOMALY_UPPER_TRANSITION;
	return true;
}

/* At how many places of a window eight bytes can be read. */
static inline uint64_t whole_entries(const struct kst__window *window)
{
	return window->length < 8 ? 0 : window->length - 7;
}

static inline void see(struct seen *seen, uint32_t n, uint64_t physical, uint64_t entry)
{
	seen->physicals[n] = physical;
	seen->entries[n] = entry;
	seen->count = n + 1;
}

/*
 * Down the tables over physical memory. KST_OK with way->readable false where an entry is not there; a failure of the
 * host as it came. `seen` may be NULL. `scratch` is for entries that are not valid. The mode's widths are arguments, so
 * that the compiler may know them.
 */
static KST__HOT kst_status descend_by(const struct kst_target *target, const struct kst__paging_mode *mode,
				      uint32_t width, uint32_t top_bits, uint32_t step, uint64_t table,
				      uint64_t address, uint32_t flags, struct kst_pte *scratch, struct seen *seen,
				      struct way *way)
{
	const uint64_t frame_mask = mode->frame_mask, below_mask = kst__mask(step), entry_mask = kst__mask(8 * width);
	const uint64_t large_mask = mode->large_mask, large_is = mode->large_is;
	const uint32_t large = mode->large_levels;
	struct kst__window window = { 0 };
	const uint8_t *bytes = target->root.bytes;
	uint64_t start = target->root.start, room = whole_entries(&target->root);
	uint32_t shift = 12 + step * (mode->levels - 1u);
	uint64_t index_mask = kst__mask(top_bits);

	/* every byte that a walk reads comes this way: a load or one call of the host for each level, nothing that can wait */
	way->anomalies = 0;
	way->valid = false;
	way->owed = false;
	way->readable = true;
	way->any = true;
	for (uint32_t level = mode->levels;; level--) {
		uint64_t physical = table + (address >> shift & index_mask) * width, entry;

		if (physical - start < room) {
			entry = kst__le64(bytes + (size_t)(physical - start));
		} else {
			kst_status st = kst__load_entry(target, &window, physical, width, &entry);

			bytes = window.bytes;
			start = window.start;
			room = whole_entries(&window);
			if (st != KST_OK) {
				if (seen != NULL)
					see(seen, mode->levels - level, physical, 0);
				way->entry = 0;
				way->level = level;
				way->shift = shift;
				way->readable = false;
				way->any = level < mode->levels;
				return st == KST_E_FAULT ? KST_OK : st;
			}
		}
		if (seen != NULL)
			see(seen, mode->levels - level, physical, entry & entry_mask);
		if ((entry & 1) != 0) {
			if (level == 1 || ((large >> level & 1) != 0 && (entry & large_mask) == large_is)) {
				way->entry = entry & entry_mask;
				way->level = level;
				way->shift = shift;
				way->valid = true;
				return KST_OK;
			}
			table = entry & frame_mask;
		} else {
			way->entry = entry & entry_mask;
			way->level = level;
			way->shift = shift;
			way->owed = true;
			if (level == 1 || (flags & KST_TRANSLATE_HARDWARE_ONLY) != 0 ||
			    !upper_transition(target, way, scratch, &table))
				return KST_OK;
		}
		shift -= step;
		index_mask = below_mask;
	}
}

/* The same; all 64-bit machines have entries of 8 bytes and 512 of them in a table. */
static KST__HOT kst_status descend(const struct kst_target *target, const struct kst__paging_mode *mode, uint64_t table,
				   uint64_t address, uint32_t flags, struct kst_pte *scratch, struct seen *seen,
				   struct way *way)
{
	if (mode->entry_size == 8 && mode->top_bits == 9 && mode->index_bits == 9)
		return descend_by(target, mode, 8, 9, 9, table, address, flags, scratch, seen, way);
	return descend_by(target, mode, mode->entry_size, mode->top_bits, mode->index_bits, table, address, flags,
			  scratch, seen, way);
}

/* One entry through the host's own translation. */
static kst_status read_virtual(const struct kst_target *target, kst_space space, uint64_t address, uint32_t width,
			       uint64_t *out)
{
	uint8_t raw[8];
	size_t got = 0;
	kst_status st = target->reader.read(target->config.reader_user, space, address, raw, width, &got);

	if (st == KST_OK && got == width)
		*out = kst__le_entry(raw, width);
	return st == KST_OK && got != width ? KST_E_FAULT : st;
}

static uint32_t flags_of(const struct kst_target *target, uint32_t flags)
{
	return flags | ((target->config.flags & KST_TARGET_HARDWARE_ONLY) != 0 ? KST_TRANSLATE_HARDWARE_ONLY : 0);
}

static kst_status trouble_of(struct kst__trouble *trouble, uint64_t address, kst_status st, const char *message)
{
	*trouble = (struct kst__trouble){ address, message };
	return st;
}

/* As descend(), for those who only want the end: apart, so that what follows on the stack does not stand on it. */
static KST__APART kst_status descend_quickly(const struct kst_target *target, const struct kst__paging_mode *mode,
					     uint64_t table, uint64_t address, struct kst_pte *scratch, struct way *way)
{
	return descend(target, mode, table, address, flags_of(target, 0), scratch, NULL, way);
}

/* The slow half of kst__resolve. */
static kst_status resolve_software(const struct kst_target *target, const struct way *way, kst_space space,
				   uint64_t address, struct kst__vad_hint *hint, struct kst_pte *scratch,
				   struct kst__page *out, struct kst__trouble *trouble)
{
	struct kst__fate fate;
	kst_status st;

	fate.hint = hint;
	st = kst__follow(target, space, address, way->level, way->entry, flags_of(target, 0), scratch, &fate);
	if (st != KST_OK)
		return trouble_of(trouble, address, st, NULL);
	out->in_page_file = (fate.present & KST_TRANSLATION_HAS_PAGE_FILE) != 0;
	out->page_file_number = fate.page_file_number;
	out->page_file_offset = fate.page_file_offset;
	if ((fate.present & KST_TRANSLATION_HAS_PHYSICAL) == 0)
		return trouble_of(trouble, address, KST_E_FAULT,
				  (fate.anomalies & KST_TRANSLATION_ANOMALY_REUSED) != 0
					  ? "the page frame in transition is in use for something else"
					  : "not in memory");
	out->physical = fate.base + (address & 0xfff);
	out->contiguous = 0x1000 - (address & 0xfff);
	return KST_OK;
}

kst_status kst__resolve(const struct kst_target *target, kst_space space, uint64_t address, struct kst__vad_hint *hint,
			struct kst__page *out, struct kst__trouble *trouble)
{
	const struct kst__paging_mode *mode = target->mode;
	uint64_t root = space == KST_SPACE_KERNEL ? target->identity.dtb : space;
	struct kst_pte scratch;
	struct way way;
	kst_status st;

	out->in_page_file = false;
	if (mode == NULL)
		return trouble_of(trouble, address, KST_E_ARG, "the paging mode is not known");
	if (!canonical(mode, address))
		return trouble_of(trouble, address, KST_E_FAULT, "the address is not canonical");
	st = descend_quickly(target, mode, root & mode->root_mask, address, &scratch, &way);
	if (st != KST_OK)
		return trouble_of(trouble, address, st, NULL);
	if (!way.readable)
		return trouble_of(trouble, address, KST_E_FAULT, "a page table is not present");
	if (!way.valid)
		return resolve_software(target, &way, space, address, hint, &scratch, out, trouble);
	out->physical = kst__pte_leaf_base(mode, way.level, way.shift, way.entry) + (address & kst__mask(way.shift));
	out->contiguous = kst__mask(way.shift) + 1 - (address & kst__mask(way.shift));
	return KST_OK;
}

/* An entry from physical memory, or from the self-map where the reader has virtual memory only. */
static kst_status fetch(const struct kst_target *target, struct kst__window *window, kst_space space, uint64_t physical,
			uint64_t virtual, bool known, uint32_t width, uint64_t *out)
{
	kst_status st = KST_E_FAULT;

	if (known)
		st = kst__load_entry(target, window, physical, width, out);
	if (st != KST_E_FAULT || virtual == 0)
		return st;
	return read_virtual(target, space, virtual, width, out);
}

/* As descend(), for a reader that has virtual memory, and maybe no physical one. */
static kst_status descend_virtual(const struct kst_target *target, kst_space space, uint64_t address, uint32_t flags,
				  struct kst_pte *scratch, struct seen *seen, struct way *way)
{
	const struct kst__paging_mode *mode = target->mode;
	uint64_t table = (space == KST_SPACE_KERNEL ? target->identity.dtb : space) & mode->root_mask;
	bool known = space != KST_SPACE_KERNEL || (target->identity.present & KST_IDENTITY_HAS_DTB) != 0;
	struct kst__window window = target->root;
	uint64_t index_mask = kst__mask(mode->top_bits);
	uint32_t shift = 12 + (uint32_t)mode->index_bits * (mode->levels - 1u);

	*way = (struct way){ 0 };
	for (uint32_t level = mode->levels;; level--, shift -= mode->index_bits) {
		uint64_t physical = known ? table + (address >> shift & index_mask) * mode->entry_size : 0, entry;
		kst_status st = fetch(target, &window, space, physical, map_entry(target, level, shift, address), known,
				      mode->entry_size, &entry);

		see(seen, mode->levels - level, physical, st == KST_OK ? entry : 0);
		index_mask = kst__mask(mode->index_bits);
		way->shift = shift;
		way->level = level;
		way->readable = st == KST_OK;
		if (st != KST_OK && st != KST_E_FAULT)
			return st;
		if (st == KST_E_FAULT) {
			/* the self-map may hold lower entries though this one is missing (pieces of a triage dump) */
			if (level == 1 || target->pte_base == 0)
				return KST_OK;
			known = false;
			continue;
		}
		way->any = true;
		way->entry = entry;
		if ((entry & 1) == 0) {
			way->owed = true;
			if (level == 1 || (flags & KST_TRANSLATE_HARDWARE_ONLY) != 0 ||
			    !upper_transition(target, way, scratch, &table))
				return KST_OK;
		} else if (kst__pte_is_leaf(mode, level, entry)) {
			way->valid = true;
			return KST_OK;
		} else {
			table = entry & mode->frame_mask;
		}
		known = true;
	}
}

/* The entries that were seen, topmost first. */
static inline void put_levels(const struct kst_target *target, uint64_t address, const struct seen *seen,
			      struct kst_page_level *levels)
{
	const uint32_t step = target->mode->index_bits;
	uint32_t level = target->mode->levels, shift = 12 + step * (level - 1);

	for (uint32_t i = 0; i < seen->count; i++, level--, shift -= step)
		levels[i] = (struct kst_page_level){ seen->physicals[i], map_entry(target, level, shift, address),
						     seen->entries[i], level,
						     (seen->entries[i] & 1) != 0 ? KST_PTE_VALID
						     : seen->entries[i] != 0     ? KST_PTE_TRANSITION
										 : KST_PTE_UNREADABLE };
	for (uint32_t i = seen->count; i < 5; i++)
		levels[i] = (struct kst_page_level){ 0 };
}

/*
 * What the way down tells by itself: all of *t but what an entry that is not valid leads to, and its state (of those in
 * between only one in transition leads on). `size` stays; what a later release appends is written only where it has room.
 */
static KST__HOT void record(const struct kst_target *target, uint64_t address, const struct seen *seen,
			    const struct way *way, struct kst_translation *t)
{
	t->state = way->valid ? KST_PTE_VALID : KST_PTE_UNREADABLE;
	t->present = way->readable ? KST_TRANSLATION_HAS_BREAKPOINT : 0;
	t->anomalies = way->anomalies;
	t->address = address;
	t->physical = 0;
	t->page_size = kst__mask(way->shift) + 1;
	t->proto_address = 0;
	t->proto_entry = 0;
	t->subsection = 0;
	t->page_file_offset = 0;
	t->page_file_number = 0;
	t->level = way->level;
	t->levels_count = seen->count;
	t->proto_state = 0;
	t->protection = 0;
	t->read = KST_PTE_READ_NONE;
	t->breakpoint_owed = way->readable && (way->owed || !way->valid);
	t->reserved0 = 0;
	put_levels(target, address, seen, t->levels);
	if (way->valid) {
		t->protection = kst__leaf_protection(&target->leaf, way->entry);
		t->physical = kst__pte_leaf_base(target->mode, way->level, way->shift, way->entry) +
			      (address & kst__mask(way->shift));
		t->present |= KST_TRANSLATION_HAS_PHYSICAL | KST_TRANSLATION_HAS_PROTECTION;
		t->read = KST_PTE_READ_HARDWARE;
		if ((way->entry & target->leaf.reserved[way->level]) != 0)
			t->anomalies |= KST_TRANSLATION_ANOMALY_RESERVED;
	}
}

/* How a debugger would read a page that is not valid; the page-file way needs the host's callback. */
static uint32_t way_to_read(const struct kst_translation *t)
{
	if (t->present & KST_TRANSLATION_HAS_PROTO_ENTRY)
		return (t->present & (KST_TRANSLATION_HAS_PHYSICAL | KST_TRANSLATION_HAS_PAGE_FILE)) != 0
			       ? KST_PTE_READ_PROTOTYPE
			       : KST_PTE_READ_NONE;
	if (t->present & KST_TRANSLATION_HAS_PHYSICAL)
		return KST_PTE_READ_TRANSITION;
	return t->present & KST_TRANSLATION_HAS_PAGE_FILE ? KST_PTE_READ_PAGE_FILE : KST_PTE_READ_NONE;
}

/* What follows the way down where its last entry is not valid. */
KST__APART static kst_status translate_software(const struct kst_target *target, kst_space space, uint64_t address,
						uint32_t flags, const struct seen *seen, const struct way *way,
						struct kst__vad_hint *hint, struct kst_pte *scratch,
						struct kst_translation *out)
{
	struct kst__fate fate;

	if (way->readable) {
		kst_status st;

		fate.hint = hint;
		st = kst__follow(target, space, address, way->level, way->entry, flags, scratch, &fate);
		if (st != KST_OK)
			return st;
	}
	record(target, address, seen, way, out); /* nothing can fail any more */
	if (!way->readable)
		return KST_OK;
	out->state = fate.state;
	out->levels[out->levels_count - 1].state = fate.state;
	out->present |= fate.present;
	out->anomalies |= fate.anomalies;
	out->physical = fate.present & KST_TRANSLATION_HAS_PHYSICAL ? fate.base + (address & 0xfff) : 0;
	out->proto_address = fate.proto_address;
	out->proto_entry = fate.proto_entry;
	out->proto_state = fate.proto_state;
	out->subsection = fate.subsection;
	out->page_file_number = fate.page_file_number;
	out->page_file_offset = fate.page_file_offset;
	out->protection = fate.protection;
	out->read = way_to_read(out);
	return KST_OK;
}

static KST__HOT kst_status translate(const struct kst_target *target, kst_space space, uint64_t address, uint32_t flags,
				     struct kst__vad_hint *hint, struct kst_translation *out, struct kst_error *err)
{
	const struct kst__paging_mode *mode;
	struct kst_pte scratch;
	struct seen seen;
	struct way way;
	kst_status st;

	if (target == NULL || out == NULL || space == KST_SPACE_PHYSICAL ||
	    (flags & ~(uint32_t)KST_TRANSLATE_HARDWARE_ONLY) != 0)
		return kst__fail(err, KST_E_ARG, address, "no target, no result, a physical space or an unknown flag");
	if (!kst__out_ok(out->size, sizeof *out))
		return kst__fail(err, KST_E_ABI, address, "kst_translation.size is not known");
	mode = target->mode;
	if (mode == NULL)
		return kst__fail(err, KST_E_ARG, address, "the paging mode is not known");
	if (!canonical(mode, address))
		return kst__fail(err, KST_E_ARG, address, "the address is not canonical");
	flags = flags_of(target, flags);
	if ((target->reader.flags & KST_READER_PHYSICAL_ONLY) != 0)
		st = descend(target, mode, (space == KST_SPACE_KERNEL ? target->identity.dtb : space) & mode->root_mask,
			     address, flags, &scratch, &seen, &way);
	else
		st = descend_virtual(target, space, address, flags, &scratch, &seen, &way);
	if (st != KST_OK)
		return kst__fail_host(err, st, address);
	if (way.valid) {
		record(target, address, &seen, &way, out);
		return KST_OK;
	}
	if (!way.any)
		return kst__fail(err, KST_E_FAULT, address, "the page tables are not present");
	st = translate_software(target, space, address, flags, &seen, &way, hint, &scratch, out);
	return st == KST_OK ? KST_OK : kst__fail_host(err, st, address);
}

kst_status kst_translate(const struct kst_target *target, kst_space space, uint64_t address, uint32_t flags,
			 struct kst_translation *out, struct kst_error *err)
{
	return translate(target, space, address, flags, NULL, out, err);
}

kst_status kst__translate(const struct kst_target *target, kst_space space, uint64_t address, uint32_t flags,
			  struct kst__vad_hint *hint, struct kst_translation *out, struct kst_error *err)
{
	return translate(target, space, address, flags, hint, out, err);
}

const char *kst_translation_anomaly_name(uint64_t bit)
{
	static const char *const names[] = { "frame-range",  "upper-transition", "proto-chain", "reserved",
					     "mask-assumed", "format-assumed",   "bad-pointer", "reused" };

	return kst__bit_name(bit, names, KST__COUNT(names));
}
