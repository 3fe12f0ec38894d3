/* SPDX-License-Identifier: MIT */
/*
 * All objects of a type. TypeList links creator headers, and the creator header is the optional header nearest to the
 * object header in every build: header = entry + sizeof(creator header), body = header + offset of Body.
 */
#include "object.h"

#define KIND KST__KIND('o', 'b', 'j', 'l')

KST__CURSOR_FITS(struct kst__object_list);

uint64_t kst__object_list_header(const struct kst_target *target, uint64_t entry)
{
	const struct kst__member *list = kst__member(&target->layout, KST__M_OBJECT_CREATOR_INFO_TYPE_LIST);

	return (entry - list->offset + kst__type_size(&target->layout, KST__M_OBJECT_CREATOR_INFO)) &
	       kst__object_pointer_mask(&target->layout);
}

kst_status kst__object_list_init(struct kst__object_list *list, const struct kst_target *target, uint64_t type,
				 uint32_t flags, struct kst_error *err)
{
	const struct kst_layout *layout = &target->layout;
	const struct kst__member *member = kst__member(layout, KST__M_OBJECT_TYPE_TYPE_LIST);
	uint64_t flink, blink, body;
	kst_status st;

	if (!member->present || !kst__has(layout, KST__M_OBJECT_CREATOR_INFO_TYPE_LIST) ||
	    kst__type_size(layout, KST__M_OBJECT_CREATOR_INFO) == 0 || !kst__object_body_offset(layout, &body))
		return kst__fail(err, KST_E_NO_MEMBER, type,
				 "the place of TypeList or of creator headers is not known");
	list->type = type;
	list->head = type + member->offset;
	list->previous = list->head;
	list->backwards = flags & KST_OBJECTS_BACKWARDS;
	st = kst__read_links(target, KST_SPACE_KERNEL, list->head, &flink, &blink, err);
	if (st != KST_OK)
		return st;
	list->at = list->backwards != 0 ? blink : flink;
	member = kst__member(layout, KST__M_OBJECT_TYPE_OBJECTS);
	if (member->present) {
		st = kst__read_number(target, KST_SPACE_KERNEL, type + member->offset, member->length, &list->expected,
				      err);
		if (st != KST_OK && st != KST_E_FAULT)
			return st;
		list->has_expected = st == KST_OK;
	}
	return KST_OK;
}

static kst_status close_list(struct kst__object_list *list, struct kst_error *err)
{
	uint64_t flink, blink;
	kst_status st = kst__read_links(list->c.target, KST_SPACE_KERNEL, list->head, &flink, &blink, err);

	if (st != KST_OK)
		return st;
	if ((list->backwards != 0 ? flink : blink) != list->previous)
		list->c.anomalies |= KST_WALK_ANOMALY_BACK_LINK;
	if (list->has_expected != 0 && list->expected != list->c.steps)
		list->c.anomalies |= KST_WALK_ANOMALY_COUNT;
	return kst__cursor_finish(&list->c, KST_WALK_CLOSED, KST_END);
}

kst_status kst__object_list_step(struct kst__object_list *list, uint64_t *entry, bool *back_link_fits,
				 struct kst_error *err)
{
	const struct kst_target *target = list->c.target;
	uint64_t flink, blink;
	kst_status st;

	if (list->at == list->head)
		return close_list(list, err);
	if (!kst__is_kernel(target, list->at) || list->at % kst__pointer_size(target) != 0)
		return kst__cursor_finish(&list->c, KST_WALK_MISMATCH,
					  kst__fail(err, KST_E_CORRUPT, list->at, "the list leaves kernel memory"));
	st = kst__cursor_step(&list->c, list->at, err);
	if (st == KST_OK)
		st = kst__read_links(target, KST_SPACE_KERNEL, list->at, &flink, &blink, err);
	if (st != KST_OK)
		return st;
	*entry = list->at;
	*back_link_fits = (list->backwards != 0 ? flink : blink) == list->previous;
	if (!*back_link_fits)
		list->c.anomalies |= KST_WALK_ANOMALY_BACK_LINK;
	list->previous = list->at;
	list->at = list->backwards != 0 ? blink : flink;
	return KST_OK;
}

kst_status kst_objects_begin(struct kst_cursor *cursor, const struct kst_target *target, uint64_t type, uint32_t flags,
			     struct kst_error *err)
{
	struct kst__object_list *list;
	struct kst__object_list ours = { .head = 0 };
	kst_status st;

	if (cursor == NULL || target == NULL || (flags & ~(uint32_t)KST_OBJECTS_BACKWARDS) != 0)
		return kst__fail(err, KST_E_ARG, type, "cursor or target is NULL, or a flag unknown");
	st = kst__object_list_init(&ours, target, type, flags, err);
	if (st != KST_OK)
		return st;
	list = (struct kst__object_list *)(void *)kst__cursor_begin(cursor, target, KIND);
	ours.c = list->c;
	*list = ours;
	return KST_OK;
}

/* What the entry itself tells where the header is not there, or denies it. */
static kst_status fill_from_entry(const struct kst__object_list *list, uint64_t entry, struct kst_object *out,
				  struct kst_error *err)
{
	const struct kst_target *target = list->c.target;
	const struct kst__member *list_member = kst__member(&target->layout, KST__M_OBJECT_CREATOR_INFO_TYPE_LIST);
	const struct kst__member *pid = kst__member(&target->layout, KST__M_OBJECT_CREATOR_INFO_PROCESS);
	uint64_t value;
	kst_status st;

	if ((out->present & KST_OBJECT_HAS_CREATOR_PID) != 0 || !pid->present || pid->length > sizeof value)
		return KST_OK;
	st = kst__read_number(target, KST_SPACE_KERNEL, entry - list_member->offset + pid->offset, pid->length, &value,
			      err);
	if (st == KST_OK) {
		out->creator_pid = value;
		out->present |= KST_OBJECT_HAS_CREATOR_PID;
	}
	return st == KST_E_FAULT ? KST_OK : st;
}

static kst_status object_of_entry(const struct kst__object_list *list, uint64_t entry, struct kst_object *out,
				  struct kst_error *err)
{
	const struct kst_target *target = list->c.target;
	uint64_t header = kst__object_list_header(target, entry);
	uint64_t body = 0;
	kst_status st = kst__object_read(target, header, out, err);

	if (st == KST_E_FAULT) { /* the entry stands for an object whose header is not at hand */
		memset(out, 0, sizeof *out);
		kst__object_body_offset(&target->layout, &body);
		out->header = header;
		out->body = header + body;
	} else if (st != KST_OK) {
		return st;
	} else {
		st = kst__object_names(target, out, err);
		if (st != KST_OK)
			return st;
		if ((out->present & KST_OBJECT_HAS_TYPE) != 0 && out->type != list->type)
			out->anomalies |= KST_OBJECT_ANOMALY_OTHER_TYPE;
		if ((out->present & KST_OBJECT_HAS_INFOS) != 0 && (out->infos & KST_OBJECT_INFO_CREATOR) == 0)
			out->anomalies |= KST_OBJECT_ANOMALY_NO_CREATOR;
	}
	return fill_from_entry(list, entry, out, err);
}

static kst_status next_object(struct kst__object_list *list, struct kst_object *out, struct kst_error *err)
{
	uint64_t entry;
	bool fits;
	kst_status st = kst__object_list_step(list, &entry, &fits, err);

	if (st == KST_OK)
		st = object_of_entry(list, entry, out, err);
	if (st == KST_OK && !fits)
		out->anomalies |= KST_OBJECT_ANOMALY_BACK_LINK;
	return st;
}

kst_status kst_objects_next(struct kst_cursor *cursor, struct kst_object *out, struct kst_error *err)
{
	struct kst__object_list *walk = (struct kst__object_list *)(void *)cursor;
	struct kst_object ours = { .size = sizeof ours };
	kst_status st = kst__cursor_ready(cursor, KIND, out, sizeof ours, err);

	if (st != KST_OK)
		return st;
	return kst__cursor_deliver(&walk->c, next_object(walk, &ours, err), out, &ours, sizeof ours, err);
}

/* One direction, links only. */
static kst_status count_entries(const struct kst_target *target, uint64_t type, uint32_t flags, uint64_t *count,
				uint64_t *last, uint32_t *end, uint64_t *anomalies, struct kst_error *err)
{
	struct kst_cursor cursor;
	struct kst__object_list *list = (struct kst__object_list *)(void *)&cursor;
	uint64_t entry = 0;
	bool fits;
	kst_status st = kst_objects_begin(&cursor, target, type, flags, err);

	if (st != KST_OK)
		return st;
	*count = 0;
	*last = 0;
	while ((st = kst__object_list_step(list, &entry, &fits, err)) == KST_OK) {
		(*count)++;
		*last = entry;
	}
	kst__cursor_keep(&list->c, st, err);
	*end = kst_cursor_end(&cursor);
	*anomalies |= kst_cursor_anomalies(&cursor) & KST_WALK_ANOMALY_BACK_LINK;
	return st == KST_END || st == KST_E_FAULT || st == KST_E_CORRUPT || st == KST_E_LIMIT ? KST_OK : st;
}

kst_status kst_object_list_check(const struct kst_target *target, uint64_t type, struct kst_object_list *out,
				 struct kst_error *err)
{
	struct kst_object_list ours = { .size = sizeof ours };
	uint64_t anomalies = 0;
	kst_status st;

	if (target == NULL || out == NULL)
		return kst__fail(err, KST_E_ARG, type, "target or result is NULL");
	if (!kst__out_ok(out->size, sizeof *out))
		return kst__fail(err, KST_E_ABI, type, "kst_object_list.size is not known");
	st = count_entries(target, type, 0, &ours.forward, &ours.forward_last, &ours.forward_end, &anomalies, err);
	if (st == KST_OK)
		st = count_entries(target, type, KST_OBJECTS_BACKWARDS, &ours.backward, &ours.backward_last,
				   &ours.backward_end, &anomalies, err);
	if (st != KST_OK)
		return st;
	ours.agree = ours.forward_end == KST_WALK_CLOSED && ours.backward_end == KST_WALK_CLOSED &&
		     ours.forward == ours.backward && anomalies == 0;
	kst__out_write(out, &ours, sizeof ours);
	return KST_OK;
}
