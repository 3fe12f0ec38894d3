/* SPDX-License-Identifier: MIT */
/* Control areas with what belongs to them: segment, subsections, file name, resident pages. */
#include "../decode/section.h"
#include "prototype.h"

#define KIND_SUBSECTIONS KST__KIND('s', 'u', 'b', 's')
#define KIND_PAGES       KST__KIND('s', 'p', 'a', 'g')
#define SUBSECTIONS_MOST 4096

struct subsections {
	struct kst__cursor common;
	uint64_t area;
	uint64_t next;
	uint64_t mapped;
};
KST__CURSOR_FITS(struct subsections);

struct pages {
	struct kst__cursor common;
	uint64_t base;
	uint64_t index;
	uint64_t count;
	uint64_t file_start;
	uint32_t width;
	uint32_t has_file_start;
};
KST__CURSOR_FITS(struct pages);

/* Does the object at `address` name `area` in its back pointer? 1 yes, 0 no, -1 it is not there; a host's failure in *st. */
static int names_area(const struct kst_target *target, uint64_t address, enum kst__member_id back, uint64_t area,
		      kst_status *st, struct kst_error *err)
{
	const struct kst__member *m = kst__member(&target->layout, back);
	uint64_t value;

	if (!m->present || address > UINT64_MAX - m->offset)
		return -1;
	*st = kst__read_pointer(target, KST_SPACE_KERNEL, address + m->offset, &value, err);
	if (*st == KST_E_FAULT)
		*st = KST_OK;
	else if (*st == KST_OK)
		return value == area;
	return -1;
}

static kst_status prove(const struct kst_target *target, struct kst_control_area *area, struct kst_error *err)
{
	uint32_t large = kst__type_size(&target->layout, KST__M_LARGE_CONTROL_AREA);
	kst_status st = KST_OK;
	int by_segment = -1, by_subsection = -1;

	if ((area->present & KST_CONTROL_AREA_HAS_SEGMENT) != 0) {
		if (!kst__is_kernel(target, area->segment))
			area->anomalies |= KST_CONTROL_AREA_ANOMALY_POINTER;
		else
			by_segment = names_area(target, area->segment, KST__M_SEGMENT_CONTROL_AREA, area->address, &st,
						err);
	}
	if (st == KST_OK && (area->present & KST_CONTROL_AREA_HAS_FIRST_SUBSECTION) != 0)
		by_subsection = names_area(target, area->first_subsection, KST__M_SUBSECTION_CONTROL_AREA,
					   area->address, &st, err);
	/* per-session sections of XP and 2003 have a longer head */
	if (st == KST_OK && by_subsection == 0 && large != 0 &&
	    names_area(target, area->address + large, KST__M_SUBSECTION_CONTROL_AREA, area->address, &st, err) == 1) {
		area->first_subsection = area->address + large;
		by_subsection = 1;
	}
	if (by_segment == 0)
		area->anomalies |= KST_CONTROL_AREA_ANOMALY_SEGMENT;
	if (by_subsection == 0)
		area->anomalies |= KST_CONTROL_AREA_ANOMALY_SUBSECTION;
	if (by_segment < 0 && by_subsection < 0)
		area->anomalies |= KST_CONTROL_AREA_ANOMALY_UNPROVED;
	return st;
}

kst_status kst_control_area_read(const struct kst_target *target, uint64_t address, struct kst_control_area *out,
				 struct kst_segment *segment, struct kst_error *err)
{
	kst_status failure = KST_OK, st;
	struct kst_control_area area;
	struct kst_segment seg;
	struct kst__view view;

	if (target == NULL || out == NULL)
		return kst__fail(err, KST_E_ARG, address, "target or result is NULL");
	if (!kst__out_ok(out->size, sizeof *out) || (segment != NULL && !kst__out_ok(segment->size, sizeof *segment)))
		return kst__fail(err, KST_E_ABI, address, "the size of a result is not known");
	if (!kst__has(&target->layout, KST__M_CONTROL_AREA_SEGMENT))
		return kst__fail(err, KST_E_NO_MEMBER, address, "_CONTROL_AREA");
	view = kst__view_target(target, KST_SPACE_KERNEL, address, &failure);
	kst__decode_control_area(&view, address, &area);
	if (failure != KST_OK)
		return kst__fail(err, failure, address, "the host's callback failed");
	if ((area.present & ~(uint64_t)KST_CONTROL_AREA_HAS_FIRST_SUBSECTION) == 0)
		return kst__fail(err, KST_E_FAULT, address, "memory is not present");
	st = prove(target, &area, err);
	if (st != KST_OK)
		return st;
	memset(&seg, 0, sizeof seg);
	if (segment != NULL && (area.present & KST_CONTROL_AREA_HAS_SEGMENT) != 0 &&
	    kst__is_kernel(target, area.segment)) {
		view = kst__view_target(target, KST_SPACE_KERNEL, area.segment, &failure);
		kst__decode_segment(&view, area.segment, &seg);
		if (failure != KST_OK)
			return kst__fail(err, failure, area.segment, "the host's callback failed");
	}
	if (segment != NULL)
		kst__out_write(segment, &seg, sizeof seg);
	kst__out_write(out, &area, sizeof area);
	return KST_OK;
}

kst_status kst_control_area_file(const struct kst_target *target, const struct kst_control_area *area, char *text,
				 size_t cap, struct kst_error *err)
{
	const struct kst__member *name;
	struct kst__string string;
	char whole[512];
	kst_status st;
	size_t n;

	if (target == NULL || area == NULL || text == NULL || cap == 0)
		return kst__fail(err, KST_E_ARG, 0, "target, control area or text is NULL");
	if (!kst__out_ok(area->size, offsetof(struct kst_control_area, first_subsection)))
		return kst__fail(err, KST_E_ABI, 0, "kst_control_area.size is not known");
	name = kst__member(&target->layout, KST__M_FILE_OBJECT_FILE_NAME);
	if ((area->present & KST_CONTROL_AREA_HAS_FILE_OBJECT) == 0 || area->file_object == 0)
		return KST_END;
	if (!name->present)
		return kst__fail(err, KST_E_NO_MEMBER, area->file_object, "_FILE_OBJECT.FileName");
	if (area->file_object > UINT64_MAX - name->offset)
		return kst__fail(err, KST_E_FAULT, area->file_object, "memory is not present");
	st = kst__read_string(target, KST_SPACE_KERNEL, area->file_object + name->offset, whole, sizeof whole, &string,
			      err);
	if (st != KST_OK)
		return st;
	if (!string.readable)
		return kst__fail(err, KST_E_FAULT, string.buffer, "the name is not in the memory at hand");
	n = kst__length(whole);
	if (n >= cap) {
		n = cap - 1;
		while (n > 0 && ((uint8_t)whole[n] & 0xc0) == 0x80)
			n--; /* not in the middle of a character */
	}
	memcpy(text, whole, n);
	text[n] = '\0';
	return KST_OK;
}

kst_status kst_subsections_begin(struct kst_cursor *cursor, const struct kst_target *target,
				 const struct kst_control_area *area, struct kst_error *err)
{
	struct subsections *walk = (struct subsections *)(void *)cursor;

	if (cursor == NULL || target == NULL || area == NULL)
		return kst__fail(err, KST_E_ARG, 0, "cursor, target or control area is NULL");
	if (!kst__out_ok(area->size, offsetof(struct kst_control_area, section_references)))
		return kst__fail(err, KST_E_ABI, 0, "kst_control_area.size is not known");
	if (!kst__has(&target->layout, KST__M_SUBSECTION_CONTROL_AREA) ||
	    !kst__has(&target->layout, KST__M_SUBSECTION_NEXT))
		return kst__fail(err, KST_E_NO_MEMBER, area->address, "_SUBSECTION");
	kst__cursor_begin(cursor, target, KIND_SUBSECTIONS);
	walk->area = area->address;
	walk->mapped = area->kind == KST_SECTION_DATA;
	walk->next = area->present & KST_CONTROL_AREA_HAS_FIRST_SUBSECTION ? area->first_subsection : 0;
	return KST_OK;
}

static kst_status next_subsection(struct subsections *walk, struct kst_subsection *out, struct kst_error *err)
{
	kst_status failure = KST_OK, st;
	struct kst__view view;

	if (walk->next == 0)
		return kst__cursor_finish(&walk->common, KST_WALK_TERMINATED, KST_END);
	st = kst__cursor_step(&walk->common, walk->next, err);
	if (st != KST_OK)
		return st;
	if (walk->common.count >= SUBSECTIONS_MOST)
		return kst__fail(err, KST_E_LIMIT, walk->next, "more subsections than any section has");
	view = kst__view_target(walk->common.target, KST_SPACE_KERNEL, walk->next, &failure);
	kst__decode_subsection(&view, walk->mapped != 0, walk->next, out);
	if (failure != KST_OK)
		return kst__fail(err, failure, walk->next, "the host's callback failed");
	if ((out->present & KST_SUBSECTION_HAS_CONTROL_AREA) == 0)
		return kst__fail(err, KST_E_FAULT, walk->next, "memory is not present");
	if (out->control_area != walk->area)
		return kst__cursor_finish(
			&walk->common, KST_WALK_MISMATCH,
			kst__fail(err, KST_E_CORRUPT, walk->next, "a subsection of another control area"));
	walk->next = out->present & KST_SUBSECTION_HAS_NEXT ? out->next : 0;
	return KST_OK;
}

kst_status kst_subsections_next(struct kst_cursor *cursor, struct kst_subsection *out, struct kst_error *err)
{
	struct subsections *walk = (struct subsections *)(void *)cursor;
	struct kst_subsection ours;
	kst_status st = kst__cursor_ready(cursor, KIND_SUBSECTIONS, out, sizeof ours, err);

	if (st != KST_OK)
		return st;
	return kst__cursor_deliver(&walk->common, next_subsection(walk, &ours, err), out, &ours, sizeof ours, err);
}

kst_status kst_section_pages_begin(struct kst_cursor *cursor, const struct kst_target *target, uint32_t kind,
				   const struct kst_subsection *subsection, struct kst_error *err)
{
	struct pages *walk = (struct pages *)(void *)cursor;
	const struct kst__paging_mode *mode = target == NULL ? NULL : target->mode;

	if (cursor == NULL || target == NULL || subsection == NULL || mode == NULL)
		return kst__fail(err, KST_E_ARG, 0, "cursor, target or subsection is NULL, or no paging mode");
	if (subsection->size < sizeof *subsection)
		return kst__fail(err, KST_E_ABI, 0, "kst_subsection.size is not known");
	kst__cursor_begin(cursor, target, KIND_PAGES);
	walk->width = mode->entry_size;
	/* images count sectors; the sections of data files count pages (inferred) */
	walk->has_file_start = (subsection->present & KST_SUBSECTION_HAS_STARTING_SECTOR) != 0;
	walk->file_start = subsection->starting_sector << (kind == KST_SECTION_IMAGE ? 9 : 12);
	if ((subsection->present & KST_SUBSECTION_HAS_BASE) != 0 &&
	    (subsection->present & KST_SUBSECTION_HAS_PTES) != 0 && subsection->base != 0 &&
	    (subsection->anomalies & (KST_SUBSECTION_ANOMALY_BASE | KST_SUBSECTION_ANOMALY_PTES)) == 0) {
		walk->base = subsection->base;
		walk->count = subsection->ptes;
	}
	return KST_OK;
}

static kst_status next_page(struct pages *walk, struct kst_section_page *out, struct kst_error *err)
{
	const struct kst_target *target = walk->common.target;

	while (walk->index < walk->count) {
		uint64_t at = walk->base + walk->index * walk->width;
		bool reused = false;
		struct kst_pte pte;
		kst_status st = kst__cursor_spend(&walk->common, at, err);

		if (st != KST_OK)
			return st;
		memset(out, 0, sizeof *out);
		out->index = walk->index++;
		out->entry_address = at;
		st = kst__read_number(target, KST_SPACE_KERNEL, at, walk->width, &out->entry, err);
		if (st == KST_E_FAULT) {
			walk->common.anomalies |= KST_WALK_ANOMALY_SKIPPED;
			/* the rest of this page of the array cannot be read either */
			while (walk->index < walk->count && ((walk->base + walk->index * walk->width) & 0xfff) != 0)
				walk->index++;
			continue;
		}
		if (st != KST_OK)
			return st;
		kst__decode_pte(&target->layout, &target->pte, 1, true, out->entry, &pte);
		if ((pte.present & KST_PTE_HAS_FRAME) == 0)
			continue;
		if (pte.state == KST_PTE_TRANSITION)
			st = kst__frame_reused(target, pte.frame, at, &reused);
		if (st != KST_OK)
			return kst__fail_host(err, st, at);
		if (reused)
			continue;
		out->state = pte.state;
		out->physical = pte.frame << 12;
		if (walk->has_file_start) {
			out->file_offset = walk->file_start + (out->index << 12);
			out->present |= KST_SECTION_PAGE_HAS_FILE_OFFSET;
		}
		return KST_OK;
	}
	return kst__cursor_finish(&walk->common, KST_WALK_CLOSED, KST_END);
}

kst_status kst_section_pages_next(struct kst_cursor *cursor, struct kst_section_page *out, struct kst_error *err)
{
	struct pages *walk = (struct pages *)(void *)cursor;
	struct kst_section_page ours;
	kst_status st = kst__cursor_ready(cursor, KIND_PAGES, out, sizeof ours, err);

	if (st != KST_OK)
		return st;
	return kst__cursor_deliver(&walk->common, next_page(walk, &ours, err), out, &ours, sizeof ours, err);
}
