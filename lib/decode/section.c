/* SPDX-License-Identifier: MIT */
/* CONTROL_AREA, SEGMENT, SUBSECTION and MSUBSECTION. */
#include "section.h"

/* _MMSECTION_FLAGS: these bits are the same in every build. */
#define FLAG_IMAGE           0x20u
#define FLAG_FILE            0x80u
#define FLAG_PHYSICAL_MEMORY 0x400u

/* The traits by their bit in _MMSECTION_FLAGS; the last one's place is the layout's. */
static const struct {
	uint32_t flag, trait;
	const char *text;
} traits[] = {
	{ 0x1, KST_CONTROL_AREA_IS_BEING_DELETED, "BeingDeleted" },
	{ 0x2, KST_CONTROL_AREA_IS_BEING_CREATED, "BeingCreated" },
	{ 0x4, KST_CONTROL_AREA_IS_BEING_PURGED, "BeingPurged" },
	{ 0x8, KST_CONTROL_AREA_IS_NO_MODIFIED_WRITING, "NoModifiedWriting" },
	{ 0x10, KST_CONTROL_AREA_IS_FAIL_ALL_IO, "FailAllIo" },
	{ FLAG_IMAGE, KST_CONTROL_AREA_IS_IMAGE, "Image" },
	{ 0x40, KST_CONTROL_AREA_IS_BASED, "Based" },
	{ FLAG_FILE, KST_CONTROL_AREA_IS_FILE, "File" },
	{ FLAG_PHYSICAL_MEMORY, KST_CONTROL_AREA_IS_PHYSICAL_MEMORY, "PhysicalMemory" },
	{ 0x1000, KST_CONTROL_AREA_IS_RESERVE, "Reserve" },
	{ 0x2000, KST_CONTROL_AREA_IS_COMMIT, "Commit" },
	{ 0x8000, KST_CONTROL_AREA_IS_WAS_PURGED, "WasPurged" },
	{ 0x10000, KST_CONTROL_AREA_IS_USER_REFERENCE, "UserReference" },
	{ 0x20000, KST_CONTROL_AREA_IS_GLOBAL_MEMORY, "GlobalMemory" },
	{ 0x40000, KST_CONTROL_AREA_IS_DELETE_ON_CLOSE, "DeleteOnClose" },
	{ 0, KST_CONTROL_AREA_IS_ACCESSED, "Accessed" },
};

#define PTES_MOST 0x10000000u /* of one subsection: 1 TiB */

struct wanted {
	uint16_t id;
	uint16_t at; /* offset of the uint64_t in the result */
	uint32_t bit;
};

static void take(const struct kst__view *view, void *out, uint64_t *present, const struct wanted *rows, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		uint64_t value;

		if (!kst__get(view, (enum kst__member_id)rows[i].id, &value))
			continue;
		memcpy((uint8_t *)out + rows[i].at, &value, sizeof value);
		*present |= rows[i].bit;
	}
}

static bool take32(const struct kst__view *view, enum kst__member_id id, uint32_t *out, uint64_t *present, uint64_t bit)
{
	if (!kst__get32(view, id, out))
		return false;
	*present |= bit;
	return true;
}

#define AREA(id, member, bit)                                                                                          \
	{                                                                                                              \
		KST__M_##id, offsetof(struct kst_control_area, member), KST_CONTROL_AREA_HAS_##bit                     \
	}

void kst__decode_control_area(const struct kst__view *view, uint64_t address, struct kst_control_area *out)
{
	static const struct wanted rows[] = {
		AREA(CONTROL_AREA_SEGMENT, segment, SEGMENT),
		AREA(CONTROL_AREA_SECTION_REFERENCES, section_references, SECTION_REFERENCES),
		AREA(CONTROL_AREA_PFN_REFERENCES, pfn_references, PFN_REFERENCES),
		AREA(CONTROL_AREA_MAPPED_VIEWS, mapped_views, MAPPED_VIEWS),
		AREA(CONTROL_AREA_USER_REFERENCES, user_references, USER_REFERENCES),
	};
	const struct kst__member *links = kst__member(view->layout, KST__M_CONTROL_AREA_LINKS);
	const struct kst__member *file = kst__member(view->layout, KST__M_CONTROL_AREA_FILE);
	uint32_t width = view->layout->info.pointer_size;

	memset(out, 0, sizeof *out);
	out->address = address;
	take(view, out, &out->present, rows, KST__COUNT(rows));
	if (links->present && kst__view_pointer(view, links->offset, &out->flink) &&
	    kst__view_pointer(view, links->offset + width, &out->blink))
		out->present |= KST_CONTROL_AREA_HAS_LINKS;
	/* a plain pointer until 2003, since then a fast reference: the low bits of an object's address are zero either way */
	if (file->present && kst__view_pointer(view, file->offset, &out->file_object)) {
		out->file_object &= ~(uint64_t)(width == 8 ? 0xf : 0x7);
		out->present |= KST_CONTROL_AREA_HAS_FILE_OBJECT;
	}
	if (kst__get(view, KST__M_CONTROL_AREA_WAIT, &out->wait_for_deletion))
		out->present |= KST_CONTROL_AREA_HAS_WAIT_FOR_DELETION;
	take32(view, KST__M_CONTROL_AREA_MODIFIED_WRITES, &out->modified_write_count, &out->present,
	       KST_CONTROL_AREA_HAS_MODIFIED_WRITE_COUNT);
	if (take32(view, KST__M_CONTROL_AREA_FLAGS, &out->flags, &out->present, KST_CONTROL_AREA_HAS_FLAGS)) {
		const struct kst__member *accessed = kst__member(view->layout, KST__M_CONTROL_AREA_FLAG_ACCESSED);

		for (size_t i = 0; i < KST__COUNT(traits); i++)
			if ((out->flags & traits[i].flag) != 0)
				out->traits |= traits[i].trait;
		if (accessed->present && accessed->bit_len == 1 && accessed->bit_pos < 32 &&
		    (out->flags >> accessed->bit_pos & 1) != 0)
			out->traits |= KST_CONTROL_AREA_IS_ACCESSED;
		if ((out->flags & FLAG_IMAGE) != 0)
			out->kind = KST_SECTION_IMAGE;
		else if (out->file_object != 0 || (out->flags & FLAG_FILE) != 0)
			out->kind = KST_SECTION_DATA;
		else
			out->kind = (out->flags & FLAG_PHYSICAL_MEMORY) != 0 ? KST_SECTION_PHYSICAL
									     : KST_SECTION_PAGEFILE;
		/* since 8.1 images keep something else in this place */
		if (out->kind != KST_SECTION_IMAGE)
			take32(view, KST__M_CONTROL_AREA_WRITABLE, &out->writable_references, &out->present,
			       KST_CONTROL_AREA_HAS_WRITABLE_REFERENCES);
	}
	if (kst__has(view->layout, KST__M_CONTROL_AREA)) {
		out->first_subsection = address + kst__type_size(view->layout, KST__M_CONTROL_AREA);
		out->present |= KST_CONTROL_AREA_HAS_FIRST_SUBSECTION;
	}
}

#define SEGMENT(id, member, bit)                                                                                       \
	{                                                                                                              \
		KST__M_##id, offsetof(struct kst_segment, member), KST_SEGMENT_HAS_##bit                               \
	}

void kst__decode_segment(const struct kst__view *view, uint64_t address, struct kst_segment *out)
{
	static const struct wanted rows[] = {
		SEGMENT(SEGMENT_CONTROL_AREA, control_area, CONTROL_AREA),
		SEGMENT(SEGMENT_TOTAL_PTES, total_ptes, TOTAL_PTES),
		SEGMENT(SEGMENT_SIZE, size_of_segment, SIZE),
		SEGMENT(SEGMENT_COMMITTED, committed_pages, COMMITTED_PAGES),
		SEGMENT(SEGMENT_BASED_ADDRESS, based_address, BASED_ADDRESS),
		SEGMENT(SEGMENT_PROTOTYPES, prototype_ptes, PROTOTYPE_PTES),
	};
	const struct kst__member *flags = kst__member(view->layout, KST__M_SEGMENT_FLAGS);
	uint64_t value;

	memset(out, 0, sizeof *out);
	out->address = address;
	take(view, out, &out->present, rows, KST__COUNT(rows));
	if (!flags->present)
		return;
	take32(view, KST__M_SEGMENT_FLAGS, &out->flags, &out->present, KST_SEGMENT_HAS_FLAGS);
	if (kst__get_at(view, flags->offset, KST__M_SEGMENT_FLAGS_TOTAL_UPPER, &value))
		out->total_ptes |= value << 32;
	if (kst__get_at(view, flags->offset, KST__M_SEGMENT_FLAGS_PROTECTION, &value)) {
		out->protection = (uint32_t)value & 0x1f;
		out->present |= KST_SEGMENT_HAS_PROTECTION;
	}
}

#define SUB(id, member, bit)                                                                                           \
	{                                                                                                              \
		KST__M_##id, offsetof(struct kst_subsection, member), KST_SUBSECTION_HAS_##bit                         \
	}

void kst__decode_subsection(const struct kst__view *view, bool mapped, uint64_t address, struct kst_subsection *out)
{
	static const struct wanted rows[] = {
		SUB(SUBSECTION_CONTROL_AREA, control_area, CONTROL_AREA),
		SUB(SUBSECTION_BASE, base, BASE),
		SUB(SUBSECTION_NEXT, next, NEXT),
		SUB(SUBSECTION_STARTING_SECTOR, starting_sector, STARTING_SECTOR),
	};
	const struct kst__member *flags = kst__member(view->layout, KST__M_SUBSECTION_FLAGS);
	uint64_t value, lowest;
	uint32_t entry = kst__type_size(view->layout, KST__M_PTE);

	memset(out, 0, sizeof *out);
	out->address = address;
	take(view, out, &out->present, rows, KST__COUNT(rows));
	take32(view, KST__M_SUBSECTION_PTES, &out->ptes, &out->present, KST_SUBSECTION_HAS_PTES);
	take32(view, KST__M_SUBSECTION_UNUSED, &out->unused_ptes, &out->present, KST_SUBSECTION_HAS_UNUSED_PTES);
	take32(view, KST__M_SUBSECTION_FULL_SECTORS, &out->full_sectors, &out->present,
	       KST_SUBSECTION_HAS_FULL_SECTORS);
	if (take32(view, KST__M_SUBSECTION_FLAGS, &out->flags, &out->present, KST_SUBSECTION_HAS_FLAGS)) {
		if (kst__get_at(view, flags->offset, KST__M_SUBSECTION_FLAGS_PROTECTION, &value))
			out->protection = (uint32_t)value & 0x1f;
		if (kst__get_at(view, flags->offset, KST__M_SUBSECTION_FLAGS_UPPER, &value))
			out->starting_sector |= value << 32;
		if (kst__get_at(view, flags->offset, KST__M_SUBSECTION_FLAGS_END, &value))
			out->sector_end_offset = (uint32_t)value;
	}
	if (mapped) {
		const struct kst__member *links = kst__member(view->layout, KST__M_MSUBSECTION_LINKS);

		if (kst__get(view, KST__M_MSUBSECTION_VIEWS, &out->mapped_views))
			out->present |= KST_SUBSECTION_HAS_MAPPED_VIEWS;
		if (links->present && kst__view_pointer(view, links->offset, &out->flink) &&
		    kst__view_pointer(view, links->offset + view->layout->info.pointer_size, &out->blink))
			out->present |= KST_SUBSECTION_HAS_LINKS;
		take32(view, KST__M_MSUBSECTION_PFNS, &out->pfn_references, &out->present,
		       KST_SUBSECTION_HAS_PFN_REFERENCES);
	}
	lowest = view->layout->info.pointer_size == 4 ? 0x80000000u : 0xff00000000000000u;
	if (out->base != 0 && (out->base < lowest || out->base % (entry == 4 ? 4 : 8) != 0))
		out->anomalies |= KST_SUBSECTION_ANOMALY_BASE;
	if (out->ptes > PTES_MOST)
		out->anomalies |= KST_SUBSECTION_ANOMALY_PTES;
}

/* What the three public decoders share. */
static kst_status check(const struct kst_layout *layout, enum kst__member_id type, const void *bytes, size_t len,
			const uint32_t *size, size_t ours, uint64_t address, struct kst_error *err)
{
	if (!kst__given(layout, bytes, len, size))
		return kst__fail(err, KST_E_ARG, address, "layout, bytes or result is NULL");
	if (!kst__out_ok(*size, ours))
		return kst__fail(err, KST_E_ABI, address, "the size of the result is not known");
	if (!kst__has(layout, type))
		return kst__fail(err, KST_E_NO_MEMBER, address, kst__member_type(type));
	return KST_OK;
}

kst_status kst_decode_control_area(const struct kst_layout *layout, const void *bytes, size_t len, uint64_t address,
				   struct kst_control_area *out, struct kst_error *err)
{
	kst_status st = check(layout, KST__M_CONTROL_AREA_SEGMENT, bytes, len, out == NULL ? NULL : &out->size,
			      sizeof *out, address, err);
	struct kst_control_area ours;
	struct kst__view view;

	if (st != KST_OK)
		return st;
	view = kst__view_bytes(layout, bytes, len);
	kst__decode_control_area(&view, address, &ours);
	kst__out_write(out, &ours, sizeof ours);
	return KST_OK;
}

kst_status kst_decode_segment(const struct kst_layout *layout, const void *bytes, size_t len, uint64_t address,
			      struct kst_segment *out, struct kst_error *err)
{
	kst_status st = check(layout, KST__M_SEGMENT_CONTROL_AREA, bytes, len, out == NULL ? NULL : &out->size,
			      sizeof *out, address, err);
	struct kst_segment ours;
	struct kst__view view;

	if (st != KST_OK)
		return st;
	view = kst__view_bytes(layout, bytes, len);
	kst__decode_segment(&view, address, &ours);
	kst__out_write(out, &ours, sizeof ours);
	return KST_OK;
}

kst_status kst_decode_subsection(const struct kst_layout *layout, uint32_t flags, const void *bytes, size_t len,
				 uint64_t address, struct kst_subsection *out, struct kst_error *err)
{
	kst_status st = check(layout, KST__M_SUBSECTION_CONTROL_AREA, bytes, len, out == NULL ? NULL : &out->size,
			      sizeof *out, address, err);
	struct kst_subsection ours;
	struct kst__view view;

	if (st == KST_OK && (flags & ~(uint32_t)KST_SUBSECTION_MAPPED) != 0)
		st = kst__fail(err, KST_E_ARG, address, "unknown flag");
	if (st != KST_OK)
		return st;
	view = kst__view_bytes(layout, bytes, len);
	kst__decode_subsection(&view, flags != 0, address, &ours);
	kst__out_write(out, &ours, sizeof ours);
	return KST_OK;
}

const char *kst_section_kind_name(uint32_t kind)
{
	static const char *const names[] = { "pagefile", "data", "image", "physical" };

	return kind < KST__COUNT(names) ? names[kind] : "unknown";
}

const char *kst_control_area_trait_text(uint32_t trait)
{
	for (size_t i = 0; i < KST__COUNT(traits); i++)
		if (traits[i].trait == trait)
			return traits[i].text;
	return "unknown";
}

const char *kst_control_area_anomaly_name(uint64_t bit)
{
	static const char *const names[] = { "segment", "subsection", "unproved", "pointer" };

	return kst__bit_name(bit, names, KST__COUNT(names));
}

const char *kst_subsection_anomaly_name(uint64_t bit)
{
	static const char *const names[] = { "base", "ptes" };

	return kst__bit_name(bit, names, KST__COUNT(names));
}
