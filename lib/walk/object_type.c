/* SPDX-License-Identifier: MIT */
/*
 * Object types: one, all, by name. Where they are found differs: a table since Windows 7; before, the list of the type
 * Type (every type is an object of it), the array ObpObjectTypes, or the directory of types.
 */
#include "object.h"

#define KIND            KST__KIND('o', 'b', 'j', 't')
#define FLAG_TYPE_LISTS 0x4000u /* NtGlobalFlag: FLG_MAINTAIN_OBJECT_TYPELIST */
#define FIRST_SLOT      2u      /* of ObTypeIndexTable: 0 is null, 1 a poison value */
#define SLOTS_MOST      256u    /* an index is one byte */

enum { BY_TABLE, BY_LIST, BY_ARRAY, BY_DIRECTORY };

struct types {
	union {
		struct kst__cursor c;
		struct kst__object_list list;
		struct kst__directory_walk directory;
	} u;
	uint64_t mode;
	uint64_t slot;
};
KST__CURSOR_FITS(struct types);

static kst_status find_tracking(const struct kst_target *target, struct kst_object_type *out, struct kst_error *err)
{
	bool own_known = (out->present & KST_OBJECT_TYPE_HAS_FLAGS) != 0;
	uint64_t address, flags = 0;
	kst_status st = KST_E_NO_MEMBER;

	if (kst__symbol(target, KST__S_NtGlobalFlag, &address))
		st = kst__read_number(target, KST_SPACE_KERNEL, address, 4, &flags, err);
	if (st != KST_OK && !kst__is_absence(st))
		return st;
	if (st == KST_OK && (flags & FLAG_TYPE_LISTS) != 0)
		out->tracking = KST_OBJECT_TRACKING_GLOBAL;
	else if (own_known && (out->flags & KST_OBJECT_TYPE_MAINTAIN_LIST) != 0)
		out->tracking = KST_OBJECT_TRACKING_TYPE;
	else if (own_known && st == KST_OK)
		out->tracking = KST_OBJECT_TRACKING_OFF;
	return KST_OK;
}

kst_status kst__object_type_read(const struct kst_target *target, uint64_t address, struct kst_object_type *out,
				 struct kst_error *err)
{
	uint32_t size = out->size;
	kst_status failure = KST_OK;
	struct kst__view view = kst__view_target(target, KST_SPACE_KERNEL, address, &failure);
	struct kst__string text;
	kst_status st;

	kst__decode_object_type(&view, address, out);
	out->size = size;
	if (failure != KST_OK)
		return kst__fail(err, failure, address, "the host failed to read an object type");
	if (out->present == 0)
		return kst__fail(err, KST_E_FAULT, address, "the object type is not present");
	if ((out->present & KST_OBJECT_TYPE_HAS_NAME_STRING) != 0 && out->name_length > 0) {
		st = kst__read_utf16(target, KST_SPACE_KERNEL, out->name_buffer, out->name_length, out->name,
				     sizeof out->name, &text, err);
		if (st != KST_OK)
			return st;
		if (text.readable)
			out->present |= KST_OBJECT_TYPE_HAS_NAME;
		if (text.readable && !text.sound)
			out->anomalies |= KST_OBJECT_TYPE_ANOMALY_NAME;
	}
	return find_tracking(target, out, err);
}

/* A type is an object, and its type is Type: the header must say the same as the first type's header. */
static kst_status check_header(const struct kst_target *target, struct kst_object_type *out, struct kst_error *err)
{
	struct kst_object object = { .size = sizeof object };
	uint64_t header, first;
	kst_status st = kst__object_header_of(target, out->address, &header, err);

	if (st == KST_OK)
		st = kst__object_read(target, header, &object, err);
	if (st != KST_OK)
		return kst__is_absence(st) ? KST_OK : st;
	if ((object.anomalies & (KST_OBJECT_ANOMALY_NOT_A_TYPE | KST_OBJECT_ANOMALY_TYPE_INDEX)) != 0)
		out->anomalies |= KST_OBJECT_TYPE_ANOMALY_NOT_A_TYPE;
	if ((object.present & KST_OBJECT_HAS_TYPE) == 0)
		return KST_OK;
	st = kst__read_global(target, KST__S_ObpTypeObjectType, &first, err);
	if (st == KST_OK && object.type != first)
		out->anomalies |= KST_OBJECT_TYPE_ANOMALY_NOT_A_TYPE;
	return kst__is_absence(st) ? KST_OK : st;
}

kst_status kst_object_type_at(const struct kst_target *target, uint64_t address, struct kst_object_type *out,
			      struct kst_error *err)
{
	struct kst_object_type ours = { .size = sizeof ours };
	kst_status st;

	if (target == NULL || out == NULL)
		return kst__fail(err, KST_E_ARG, address, "target or result is NULL");
	if (!kst__out_ok(out->size, sizeof *out))
		return kst__fail(err, KST_E_ABI, address, "kst_object_type.size is not known");
	st = kst__object_type_read(target, address, &ours, err);
	if (st == KST_OK)
		st = check_header(target, &ours, err);
	if (st == KST_OK)
		kst__out_write(out, &ours, sizeof ours);
	return st;
}

static kst_status type_address_of(const struct kst_target *target, uint64_t body, uint64_t *type, struct kst_error *err)
{
	struct kst_object object = { .size = sizeof object };
	uint64_t header;
	kst_status st = kst__object_header_of(target, body, &header, err);

	if (st == KST_OK)
		st = kst__object_read(target, header, &object, err);
	if (st != KST_OK)
		return st;
	*type = object.type;
	if ((object.present & KST_OBJECT_HAS_TYPE) != 0)
		return KST_OK;
	if ((object.anomalies & (KST_OBJECT_ANOMALY_NOT_A_TYPE | KST_OBJECT_ANOMALY_TYPE_INDEX)) != 0)
		return kst__fail(err, KST_E_CORRUPT, header, "the object header names no type");
	if ((object.anomalies & KST_OBJECT_ANOMALY_COOKIE_UNKNOWN) != 0)
		return kst__fail(err, KST_E_NO_MEMBER, header, "ObHeaderCookie is not known");
	if (!kst__has(&target->layout, KST__M_OBJECT_HEADER_TYPE) && target->symbols[KST__S_ObTypeIndexTable] == 0)
		return kst__fail(err, KST_E_NO_MEMBER, header, "ObTypeIndexTable is not known");
	return kst__fail(err, KST_E_FAULT, header, "the type of the object is not present");
}

kst_status kst_object_type_of(const struct kst_target *target, uint64_t body, struct kst_object_type *out,
			      struct kst_error *err)
{
	uint64_t type = 0;
	kst_status st;

	if (target == NULL || out == NULL)
		return kst__fail(err, KST_E_ARG, body, "target or result is NULL");
	st = type_address_of(target, body, &type, err);
	return st == KST_OK ? kst_object_type_at(target, type, out, err) : st;
}

/* Ways to begin: each returns KST_OK when it leads to at least one type. Absence lets the next one try. */

static kst_status begin_table(struct types *types, const struct kst_target *target, struct kst_error *err)
{
	uint64_t type;
	kst_status st = kst__object_type_slot(target, FIRST_SLOT, &type, err);

	if (st == KST_OK && type == 0)
		st = kst__fail(err, KST_E_FAULT, 0, "ObTypeIndexTable is empty");
	types->mode = BY_TABLE;
	types->slot = FIRST_SLOT;
	return st;
}

static kst_status begin_list(struct types *types, const struct kst_target *target, struct kst_error *err)
{
	uint64_t first;
	kst_status st = kst__read_global(target, KST__S_ObpTypeObjectType, &first, err);

	if (st == KST_OK && !kst__is_kernel(target, first))
		st = kst__fail(err, KST_E_FAULT, first, "ObpTypeObjectType holds no address");
	if (st == KST_OK)
		st = kst__object_list_init(&types->u.list, target, first, 0, err);
	if (st == KST_OK && types->u.list.at == types->u.list.head)
		st = kst__fail(err, KST_E_FAULT, first, "the list of types is empty: objects are not tracked");
	types->mode = BY_LIST;
	return st;
}

static kst_status begin_array(struct types *types, const struct kst_target *target, struct kst_error *err)
{
	uint64_t array, first;
	kst_status st;

	if (!kst__symbol(target, KST__S_ObpObjectTypes, &array))
		return kst__fail(err, KST_E_NO_MEMBER, 0, "ObpObjectTypes is not known");
	st = kst__read_pointer(target, KST_SPACE_KERNEL, array, &first, err);
	if (st == KST_OK && !kst__is_kernel(target, first))
		st = kst__fail(err, KST_E_FAULT, array, "ObpObjectTypes is empty");
	types->mode = BY_ARRAY;
	types->slot = 0;
	return st;
}

static kst_status begin_directory(struct types *types, const struct kst_target *target, struct kst_error *err)
{
	uint64_t directory;
	kst_status st = kst__read_global(target, KST__S_ObpTypeDirectoryObject, &directory, err);

	if (kst__is_absence(st)) {
		/* `types` lies in a cursor, which is not yet in use */
		kst_status found = kst__directory_find(target, "\\ObjectTypes", (struct kst_cursor *)(void *)types,
						       &directory, err);

		memset(types, 0, sizeof *types);
		st = found == KST_E_NO_MEMBER ? st : found; /* the more telling of the two */
	}
	if (st == KST_END)
		st = kst__fail(err, KST_E_FAULT, 0, "there is no directory of types");
	if (st == KST_OK)
		st = kst__directory_init(&types->u.directory, target, directory, err);
	types->mode = BY_DIRECTORY;
	return st;
}

/* Begins in the cursor itself, which is of no use on failure. */
static kst_status begin_in(struct kst_cursor *cursor, const struct kst_target *target, struct kst_error *err)
{
	struct types *types = (struct types *)(void *)kst__cursor_begin(cursor, target, KIND);
	const struct kst__cursor bound = types->u.c;
	kst_status (*const ways[])(struct types *, const struct kst_target *,
				   struct kst_error *) = { begin_table, begin_list, begin_array, begin_directory };
	kst_status worst = KST_E_NO_MEMBER;

	for (size_t i = 0; i < KST__COUNT(ways); i++) {
		kst_status st;

		memset(types, 0, sizeof *types);
		st = ways[i](types, target, err);
		types->u.c = bound;
		if (st == KST_OK)
			return KST_OK;
		if (!kst__is_absence(st) && st != KST_E_LIMIT)
			return st;
		if (st == KST_E_FAULT)
			worst = KST_E_FAULT;
	}
	return kst__fail(err, worst, 0,
			 worst == KST_E_FAULT ? "no table, list or directory of types is present"
					      : "no place of types is known");
}

kst_status kst_object_types_begin(struct kst_cursor *cursor, const struct kst_target *target, struct kst_error *err)
{
	struct kst_cursor ours;
	kst_status st;

	if (cursor == NULL || target == NULL)
		return kst__fail(err, KST_E_ARG, 0, "cursor or target is NULL");
	st = begin_in(&ours, target, err);
	if (st == KST_OK)
		*cursor = ours;
	return st;
}

/* The next slot of the table or the array; the first null one ends it. */
static kst_status next_slot(struct types *types, uint64_t *type, struct kst_error *err)
{
	const struct kst_target *target = types->u.c.target;
	enum kst__symbol_id id = types->mode == BY_TABLE ? KST__S_ObTypeIndexTable : KST__S_ObpObjectTypes;
	uint32_t width = kst__pointer_size(target);
	uint64_t table = 0;

	kst__symbol(target, id, &table);
	while (types->slot < SLOTS_MOST) {
		kst_status st = kst__cursor_step(&types->u.c, types->slot, err);

		if (st == KST_OK)
			st = kst__read_pointer(target, KST_SPACE_KERNEL, table + types->slot * width, type, err);
		if (st != KST_OK)
			return st;
		types->slot++;
		if (*type == 0)
			break;
		if (kst__is_kernel(target, *type))
			return KST_OK;
		types->u.c.anomalies |= KST_WALK_ANOMALY_SKIPPED;
	}
	return kst__cursor_finish(&types->u.c, KST_WALK_CLOSED, KST_END);
}

KST__APART static kst_status next_in_directory(struct types *types, uint64_t *type, struct kst_error *err)
{
	struct kst_directory_entry entry = { .size = sizeof entry };
	struct kst_object scratch = { .size = sizeof scratch };
	kst_status st = kst__directory_step(&types->u.directory, &entry, &scratch, err);

	*type = entry.body;
	return st;
}

static kst_status next_address(struct types *types, uint64_t *type, struct kst_error *err)
{
	const struct kst_target *target = types->u.c.target;
	uint64_t at, body = 0;
	bool fits;
	kst_status st;

	switch (types->mode) {
	case BY_LIST:
		st = kst__object_list_step(&types->u.list, &at, &fits, err);
		kst__object_body_offset(&target->layout, &body);
		if (st == KST_OK)
			*type = (kst__object_list_header(target, at) + body) &
				kst__object_pointer_mask(&target->layout);
		return st;
	case BY_DIRECTORY: return next_in_directory(types, type, err);
	default: return next_slot(types, type, err);
	}
}

static kst_status next_type(struct types *types, struct kst_object_type *out, struct kst_error *err)
{
	uint64_t type = 0;
	kst_status st;

	for (;;) {
		st = next_address(types, &type, err);
		if (st != KST_OK)
			return st;
		st = kst_object_type_at(types->u.c.target, type, out, err);
		if (st != KST_E_FAULT)
			break;
		types->u.c.anomalies |= KST_WALK_ANOMALY_SKIPPED;
	}
	if (st == KST_OK && types->mode == BY_TABLE && (out->present & KST_OBJECT_TYPE_HAS_INDEX) != 0 &&
	    out->index != types->slot - 1)
		out->anomalies |= KST_OBJECT_TYPE_ANOMALY_INDEX;
	return st;
}

kst_status kst_object_types_next(struct kst_cursor *cursor, struct kst_object_type *out, struct kst_error *err)
{
	struct types *walk = (struct types *)(void *)cursor;
	struct kst_object_type ours = { .size = sizeof ours };
	kst_status st = kst__cursor_ready(cursor, KIND, out, sizeof ours, err);

	if (st != KST_OK)
		return st;
	return kst__cursor_deliver(&walk->u.c, next_type(walk, &ours, err), out, &ours, sizeof ours, err);
}

kst_status kst_object_type_find(const struct kst_target *target, const char *name, uint32_t index,
				struct kst_object_type *out, struct kst_error *err)
{
	struct kst_object_type type = { .size = sizeof type };
	struct kst_cursor cursor;
	kst_status st;

	if (target == NULL || out == NULL)
		return kst__fail(err, KST_E_ARG, 0, "target or result is NULL");
	if (!kst__out_ok(out->size, sizeof *out))
		return kst__fail(err, KST_E_ABI, 0, "kst_object_type.size is not known");
	st = begin_in(&cursor, target, err);
	while (st == KST_OK && (st = kst_object_types_next(&cursor, &type, err)) == KST_OK) {
		bool same = name != NULL ? (type.present & KST_OBJECT_TYPE_HAS_NAME) != 0 &&
						   kst__same_name(type.name, name, sizeof type.name)
					 : (type.present & KST_OBJECT_TYPE_HAS_INDEX) != 0 && type.index == index;

		if (same) {
			kst__out_write(out, &type, sizeof type);
			return KST_OK;
		}
	}
	return st;
}
