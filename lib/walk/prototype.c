/* SPDX-License-Identifier: MIT */
#include "prototype.h"

#include "../decode/process.h"
#include "../decode/vad.h"

#define PROCESSES_MOST   0x4000u
#define SUBSECTIONS_MOST 4096u
#define NOT_LISTED       1u /* kst__vad_hint.process */

/* As the processor does: what is asked on the way lies in nonpaged memory. *leaf: the last entry, also of KST_E_FAULT. */
static kst_status hardware(const struct kst_target *target, uint64_t address, uint64_t *physical, uint64_t *contiguous,
			   uint64_t *leaf)
{
	const struct kst__paging_mode *mode = target->mode;
	struct kst__window window = target->root;
	uint64_t table, entry;
	uint32_t shift, bits;
	kst_status st;

	*leaf = 0;
	if (mode == NULL)
		return KST_E_FAULT;
	table = target->identity.dtb & mode->root_mask;
	shift = 12 + (uint32_t)mode->index_bits * (mode->levels - 1u);
	bits = mode->top_bits;
	for (uint32_t level = mode->levels; level > 0; level--) {
		st = kst__load_entry(target, &window, table + (address >> shift & kst__mask(bits)) * mode->entry_size,
				     mode->entry_size, &entry);
		if (st == KST_OK && level == 1)
			*leaf = entry;
		if (st != KST_OK || (entry & 1) == 0)
			return st == KST_OK ? KST_E_FAULT : st;
		if (kst__pte_is_leaf(mode, level, entry)) {
			*contiguous = kst__mask(shift) + 1 - (address & kst__mask(shift));
			*physical = kst__pte_leaf_base(mode, level, shift, entry) + (address & kst__mask(shift));
			return KST_OK;
		}
		table = entry & mode->frame_mask;
		bits = mode->index_bits;
		shift -= bits;
	}
	return KST_E_FAULT;
}

kst_status kst__plain_number(const struct kst_target *target, uint64_t address, size_t width, uint64_t *out)
{
	uint64_t at = address, contiguous, leaf;
	uint8_t raw[8];
	size_t got = 0;
	kst_status st;

	if (width == 0 || width > sizeof raw || (address & 0xfff) + width > 0x1000)
		return KST_E_FAULT; /* none of these numbers crosses a page */
	if ((target->reader.flags & KST_READER_PHYSICAL_ONLY) == 0) {
		st = target->reader.read(target->config.reader_user, KST_SPACE_KERNEL, at, raw, width, &got);
	} else {
		st = hardware(target, at, &at, &contiguous, &leaf);
		if (st == KST_OK)
			st = target->reader.read(target->config.reader_user, KST_SPACE_PHYSICAL, at, raw, width, &got);
	}
	if (st == KST_OK && got != width)
		st = KST_E_FAULT;
	if (st == KST_OK)
		*out = kst__le(raw, width);
	return st;
}

/* A member of up to eight bytes, bit-fields shifted down; KST_E_FAULT as well when the layout lacks it. */
static kst_status get(const struct kst_target *target, uint64_t object, enum kst__member_id id, uint64_t *out)
{
	const struct kst__member *m = kst__member(&target->layout, id);
	kst_status st;

	if (!m->present || object > UINT64_MAX - m->offset)
		return KST_E_FAULT;
	st = kst__plain_number(target, object + m->offset, m->length <= 8 ? m->length : kst__pointer_size(target), out);
	if (st == KST_OK && m->bit_len != 0)
		*out = *out >> m->bit_pos & kst__mask(m->bit_len);
	return st;
}

/* The process on the kernel's list that a directory table base belongs to. */
KST__APART static kst_status process_of(const struct kst_target *target, kst_space space, uint64_t *process)
{
	const struct kst__member *links = kst__member(&target->layout, KST__M_EPROCESS_ACTIVE_PROCESS_LINKS);
	const uint64_t mask = target->mode->root_mask;
	uint64_t root = (space == KST_SPACE_KERNEL ? target->identity.dtb : space) & mask;
	uint64_t head, at, table, mark = 0;
	kst_status st;

	if (!links->present || !kst__symbol(target, KST__S_PsActiveProcessHead, &head))
		return KST_E_FAULT;
	st = kst__plain_number(target, head, kst__pointer_size(target), &at);
	for (uint32_t n = 0; st == KST_OK && n < PROCESSES_MOST && at != head && kst__is_kernel(target, at); n++) {
		*process = at - links->offset;
		for (int user = 0; user < 2; user++) {
			st = get(target, *process,
				 user != 0 ? KST__M_KPROCESS_USER_DIRECTORY_TABLE_BASE
					   : KST__M_KPROCESS_DIRECTORY_TABLE_BASE,
				 &table);
			if (st == KST_OK && (table & mask) == root && table > 1)
				return KST_OK;
			if (st != KST_OK && st != KST_E_FAULT)
				return st;
		}
		st = kst__plain_number(target, at, kst__pointer_size(target), &at);
		if (at == mark)
			break; /* a circle without the head */
		if ((n & (n + 1)) == 0)
			mark = at;
	}
	return st == KST_OK ? KST_E_FAULT : st;
}

/* Behind the entries that the descriptor names lie those of the next subsections; `page` counts from `first`. */
KST__APART static kst_status in_subsections(const struct kst_target *target, uint64_t vad, uint64_t first,
					    uint64_t page, uint64_t *entry)
{
	uint64_t subsection, base, count, width = target->mode->entry_size;
	kst_status st = get(target, vad, KST__M_VAD_SUBSECTION, &subsection);

	for (uint32_t n = 0; st == KST_OK && n < SUBSECTIONS_MOST && kst__is_kernel(target, subsection); n++) {
		st = get(target, subsection, KST__M_SUBSECTION_BASE, &base);
		if (st == KST_OK)
			st = get(target, subsection, KST__M_SUBSECTION_PTES, &count);
		if (st != KST_OK)
			return st;
		if (n == 0) {
			if (first < base || (first - base) % width != 0)
				return KST_E_FAULT;
			page += (first - base) / width; /* the view begins within the first subsection */
		}
		if (page < count) {
			*entry = base + page * width;
			return base != 0 ? KST_OK : KST_E_FAULT;
		}
		page -= count;
		st = get(target, subsection, KST__M_SUBSECTION_NEXT, &subsection);
	}
	return st == KST_OK ? KST_E_FAULT : st;
}

/* The descriptor that covers a page; KST_E_FAULT with the range in which none was found (or could be), vad 0. */
KST__APART static kst_status vad_of(const struct kst_target *target, uint64_t page, struct kst__vad_hint *out)
{
	const struct kst_layout *layout = &target->layout;
	static const uint16_t parts[] = { KST__M_VAD_START, KST__M_VAD_END, KST__M_VAD_START_HIGH,
					  KST__M_VAD_END_HIGH };
	const uint32_t most = kst__vad_levels(layout);
	uint64_t pages[2], node, value;
	kst_status st;

	*out = (struct kst__vad_hint){ .process = out->process, .last = UINT64_MAX };
	if (!kst__has(layout, KST__M_EPROCESS_VAD_ROOT))
		return KST_E_FAULT;
	st = kst__plain_number(
		target, kst__vad_top(layout, out->process + kst__member(layout, KST__M_EPROCESS_VAD_ROOT)->offset),
		kst__pointer_size(target), &node);
	for (uint32_t depth = 0; st == KST_OK && depth < most && kst__is_kernel(target, node); depth++) {
		for (uint32_t i = 0; i < KST__COUNT(parts); i++) {
			if (i >= 2 && !kst__has(layout, (enum kst__member_id)parts[i]))
				continue; /* page numbers in one member */
			st = get(target, node, (enum kst__member_id)parts[i], &value);
			if (st != KST_OK)
				return st;
			pages[i % 2] = i < 2 ? value : pages[i % 2] | value << 32;
		}
		if (page >= pages[0] && page <= pages[1]) {
			out->vad = node;
			out->first = pages[0];
			out->last = pages[1];
			return KST_OK;
		}
		/* each step leaves less, or this is no tree */
		if (page < pages[0] ? pages[0] > out->last : pages[1] < out->first)
			return KST_E_FAULT;
		if (page < pages[0])
			out->last = pages[0] - 1;
		else
			out->first = pages[1] + 1;
		st = get(target, node, page < pages[0] ? KST__M_VAD_LEFT : KST__M_VAD_RIGHT, &node);
	}
	return st == KST_OK ? KST_E_FAULT : st;
}

/*
 * The prototype entry of an address whose own entry says that the VAD tree knows. KST_E_FAULT where it does not, or what
 * is needed is not at hand.
 */
static kst_status ask_vad(const struct kst_target *target, kst_space space, uint64_t address,
			  struct kst__vad_hint *hint, uint64_t *entry)
{
	struct kst__vad_hint own = { 0 };
	uint64_t proto, contiguous, page = address >> 12;
	kst_status st = KST_OK;

	if (!kst__is_user_address(kst__pointer_size(target), address))
		return KST_E_FAULT;
	if (hint == NULL)
		hint = &own;
	if (hint->process == 0) {
		st = process_of(target, space, &hint->process);
		if (st != KST_OK)
			hint->process = st == KST_E_FAULT ? NOT_LISTED : 0;
	}
	if (st == KST_OK && hint->process == NOT_LISTED)
		return KST_E_FAULT;
	if (st == KST_OK && (hint->last == 0 || page < hint->first || page > hint->last))
		st = vad_of(target, page, hint);
	if (st == KST_OK && hint->vad == 0)
		return KST_E_FAULT;
	if (st == KST_OK)
		st = get(target, hint->vad, KST__M_VAD_FIRST_PROTOTYPE, &proto);
	if (st != KST_OK || !kst__is_kernel(target, proto))
		return st == KST_OK ? KST_E_FAULT : st;
	*entry = proto + (page - hint->first) * target->mode->entry_size;
	st = get(target, hint->vad, KST__M_VAD_LAST_CONTIGUOUS, &contiguous);
	if (st == KST_OK && *entry > contiguous)
		return in_subsections(target, hint->vad, proto, page - hint->first, entry);
	return st == KST_E_FAULT && !kst__has(&target->layout, KST__M_VAD_LAST_CONTIGUOUS) ? KST_OK : st;
}

static void take_pte(struct kst__fate *fate, const struct kst_pte *pte)
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

/* Read the entry that a prototype pointer leads to, without following a second prototype. */
KST__APART static kst_status read_prototype(const struct kst_target *target, struct kst__fate *fate,
					    struct kst_pte *scratch)
{
	uint32_t width = target->mode->entry_size;
	struct kst__window window = target->root;
	uint64_t physical = 0, contiguous, leaf;
	kst_status st;

	if ((target->reader.flags & KST_READER_PHYSICAL_ONLY) == 0) {
		st = kst__plain_number(target, fate->proto_address, width, &fate->proto_entry);
	} else {
		st = hardware(target, fate->proto_address, &physical, &contiguous, &leaf);
		if (st == KST_E_FAULT && leaf != 0 && (leaf & 1) == 0) {
			/* the array is paged: its page may be in transition */
			kst__decode_invalid(&target->layout, &target->pte, false, leaf, scratch);
			if (scratch->state == KST_PTE_PROTOTYPE || scratch->state == KST_PTE_PROTOTYPE_VAD)
				fate->anomalies |= KST_TRANSLATION_ANOMALY_PROTO_CHAIN;
			if (scratch->state == KST_PTE_TRANSITION && (scratch->present & KST_PTE_HAS_FRAME) != 0) {
				physical = (scratch->frame << 12) + (fate->proto_address & 0xfff);
				st = KST_OK;
			}
		}
		if (st == KST_OK)
			st = kst__load_entry(target, &window, physical, width, &fate->proto_entry);
	}
	if (st == KST_OK)
		fate->present |= KST_TRANSLATION_HAS_PROTO_ENTRY;
	return st == KST_E_FAULT ? KST_OK : st;
}

/* A frame in transition keeps its page until somebody else needs it. */
static kst_status check_frame(const struct kst_target *target, struct kst_pte *pte, uint64_t entry_address,
			      struct kst__fate *fate)
{
	bool reused = false;
	kst_status st;

	if (pte->state != KST_PTE_TRANSITION || (pte->present & KST_PTE_HAS_FRAME) == 0)
		return KST_OK;
	st = kst__frame_reused(target, pte->frame, entry_address, &reused);
	if (st == KST_OK && reused) {
		fate->anomalies |= KST_TRANSLATION_ANOMALY_REUSED;
		fate->present &= ~(uint64_t)KST_TRANSLATION_HAS_PHYSICAL;
	}
	return st;
}

/* Where the prototype entry is: in the entry's own words, or in the tree's. KST_END where there is none. */
static kst_status find_prototype(const struct kst_target *target, kst_space space, uint64_t address,
				 struct kst__fate *fate, struct kst_pte *pte)
{
	kst_status st;

	if (fate->state != KST_PTE_PROTOTYPE_VAD) {
		fate->proto_address = pte->proto_address;
		return (pte->present & KST_PTE_HAS_PROTO_ADDRESS) != 0 ? KST_OK : KST_END;
	}
	st = ask_vad(target, space, address, fate->hint, &fate->proto_address);
	if (st == KST_OK && kst__is_kernel(target, fate->proto_address) &&
	    fate->proto_address % target->mode->entry_size == 0)
		return KST_OK;
	fate->proto_address = 0;
	if (st == KST_OK)
		fate->anomalies |= KST_TRANSLATION_ANOMALY_BAD_POINTER;
	return st == KST_OK || st == KST_E_FAULT ? KST_END : st;
}

kst_status kst__follow(const struct kst_target *target, kst_space space, uint64_t address, uint32_t level,
		       uint64_t entry, uint32_t flags, struct kst_pte *scratch, struct kst__fate *fate)
{
	struct kst__vad_hint *hint = fate->hint;
	kst_status st;

	memset(fate, 0, sizeof *fate);
	fate->hint = hint;
	kst__decode_invalid(&target->layout, &target->pte, false, entry, scratch);
	fate->state = scratch->state;
	take_pte(fate, scratch);
	if (level > 1 || (flags & KST_TRANSLATE_HARDWARE_ONLY) != 0) {
		/* it is the table that is elsewhere (one in transition was followed by the walk), or nobody asks where */
		fate->present &= ~(uint64_t)(KST_TRANSLATION_HAS_PHYSICAL | KST_TRANSLATION_HAS_PAGE_FILE);
		fate->page_file_number = 0;
		fate->page_file_offset = 0;
		return KST_OK;
	}
	if (fate->state == KST_PTE_TRANSITION)
		return check_frame(target, scratch, kst__pte_address(target, address), fate);
	st = find_prototype(target, space, address, fate, scratch);
	if (st != KST_OK)
		return st == KST_END ? KST_OK : st;
	fate->present |= KST_TRANSLATION_HAS_PROTO;
	st = read_prototype(target, fate, scratch);
	if (st != KST_OK || (fate->present & KST_TRANSLATION_HAS_PROTO_ENTRY) == 0)
		return st;
	kst__decode_pte(&target->layout, &target->pte, 1, true, fate->proto_entry, scratch);
	fate->proto_state = scratch->state;
	if (fate->state == KST_PTE_PROTOTYPE_VAD && (fate->present & KST_TRANSLATION_HAS_PROTECTION) != 0)
		scratch->present &= ~(uint64_t)KST_PTE_HAS_PROTECTION; /* the process's entry has its own */
	take_pte(fate, scratch);
	return check_frame(target, scratch, fate->proto_address, fate);
}
