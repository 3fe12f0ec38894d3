/* SPDX-License-Identifier: MIT */
/* One object of a target: header, type, name, path. */
#include "object.h"

#define PATH_DEPTH       32
#define FLAG_CREATE_INFO 0x1u
/* The first type that can be in the type table: slots 0 and 1 hold no types (public: types start at 2). */
#define FIRST_TYPE 2u
/* A live object has few references until Windows 8 and 32768 or so per handle after: far below this. */
#define REFERENCES_MOST ((int64_t)1 << 40)

kst_status kst__object_header_of(const struct kst_target *target, uint64_t body, uint64_t *header,
				 struct kst_error *err)
{
	uint64_t offset;

	if (!kst__object_body_offset(&target->layout, &offset))
		return kst__fail(err, KST_E_NO_MEMBER, body, "_OBJECT_HEADER.Body is not known");
	if (body < offset)
		return kst__fail(err, KST_E_FAULT, body, "no header can lie before this address");
	*header = body - offset;
	return KST_OK;
}

kst_status kst__object_type_slot(const struct kst_target *target, uint32_t index, uint64_t *type, struct kst_error *err)
{
	uint64_t table;
	kst_status st;

	if (!kst__symbol(target, KST__S_ObTypeIndexTable, &table))
		return kst__fail(err, KST_E_NO_MEMBER, 0, "ObTypeIndexTable is not known");
	st = kst__read_pointer(target, KST_SPACE_KERNEL, table + (uint64_t)index * kst__pointer_size(target), type,
			       err);
	if (st == KST_OK && (index < FIRST_TYPE || !kst__is_kernel(target, *type)))
		*type = 0;
	return st;
}

/* Cookie that type number `index` shows: it is itself an object, of the type in slot FIRST_TYPE ("Type"). */
static kst_status cookie_of_type(const struct kst_target *target, uint32_t index, uint32_t *cookie,
				 struct kst_error *err)
{
	const struct kst__member *stored = kst__member(&target->layout, KST__M_OBJECT_HEADER_TYPE_INDEX);
	uint64_t type, header = 0, value;
	kst_status st = kst__object_type_slot(target, index, &type, err);

	if (st == KST_OK && type == 0)
		st = kst__fail(err, KST_E_CORRUPT, 0, "the type table has no type there");
	if (st == KST_OK)
		st = kst__object_header_of(target, type, &header, err);
	if (st == KST_OK)
		st = kst__read_number(target, KST_SPACE_KERNEL, header + stored->offset, 1, &value, err);
	if (st == KST_OK)
		*cookie = kst_object_type_index((uint32_t)value, header, FIRST_TYPE);
	return st;
}

/* As kst__object_index_form(); where the layout does not tell, there being a cookie does. */
static enum kst__index_form index_form(const struct kst_target *target)
{
	enum kst__index_form form = kst__object_index_form(&target->layout);
	uint64_t address;

	if (form == KST__OBJECT_INDEX_UNKNOWN && kst__symbol(target, KST__S_ObHeaderCookie, &address))
		return KST__OBJECT_INDEX_ENCODED;
	return form;
}

kst_status kst__object_cookie(const struct kst_target *target, uint32_t *cookie, struct kst_error *err)
{
	uint64_t address, value;
	uint32_t first, second;
	kst_status st = KST_E_NO_MEMBER;

	switch (index_form(target)) {
	case KST__OBJECT_INDEX_UNKNOWN: return kst__fail(err, st, 0, "whether type indexes are encoded is not known");
	case KST__OBJECT_INDEX_PLAIN: *cookie = 0; return KST_OK;
	case KST__OBJECT_INDEX_ENCODED: break;
	}
	if (kst__symbol(target, KST__S_ObHeaderCookie, &address)) {
		st = kst__read_number(target, KST_SPACE_KERNEL, address, 1, &value, err);
		if (st == KST_OK)
			*cookie = (uint32_t)value;
		if (!kst__is_absence(st))
			return st;
	}
	/* two types must show the same cookie: one alone would make any byte believable */
	st = cookie_of_type(target, FIRST_TYPE, &first, err);
	if (st == KST_OK)
		st = cookie_of_type(target, FIRST_TYPE + 1, &second, err);
	if (st == KST_OK && first != second)
		st = kst__fail(err, KST_E_CORRUPT, 0, "the types show different header cookies");
	if (st == KST_OK)
		*cookie = first;
	return st;
}

/* The type of a type, by the pointer in its header. */
static kst_status type_above(const struct kst_target *target, uint64_t type, uint64_t *above, struct kst_error *err)
{
	uint64_t header = 0;
	kst_status st = kst__object_header_of(target, type, &header, err);

	if (st != KST_OK)
		return st;
	return kst__read_pointer(target, KST_SPACE_KERNEL,
				 header + kst__member(&target->layout, KST__M_OBJECT_HEADER_TYPE)->offset, above, err);
}

/*
 * Up to Vista every type points to the type Type, which points to itself. Contradiction clears the type; what is not
 * there contradicts nothing.
 */
KST__APART static kst_status check_old_type(const struct kst_target *target, struct kst_object *out,
					    struct kst_error *err)
{
	uint64_t above = 0, first;
	bool wrong = !kst__is_kernel(target, out->type);
	kst_status st = wrong ? KST_OK : type_above(target, out->type, &above, err);

	if (st == KST_OK && !wrong) {
		wrong = !kst__is_kernel(target, above);
		/* chance can close a chain of pointers: the global is better, where it is known */
		st = kst__read_global(target, KST__S_ObpTypeObjectType, &first, err);
		if (kst__is_absence(st) && !wrong)
			st = type_above(target, above, &first, err);
		if (st == KST_OK)
			wrong = wrong || above != first;
	}
	if (wrong) {
		out->anomalies |= KST_OBJECT_ANOMALY_NOT_A_TYPE;
		out->present &= ~(uint64_t)KST_OBJECT_HAS_TYPE;
	}
	return kst__is_absence(st) ? KST_OK : st;
}

/* Windows 7 and later: index, cookie, table. */
KST__APART static kst_status find_new_type(const struct kst_target *target, struct kst_object *out,
					   struct kst_error *err)
{
	const struct kst__member *index_member = kst__member(&target->layout, KST__M_OBJECT_TYPE_INDEX);
	uint32_t cookie = 0;
	uint64_t type, index;
	kst_status st = kst__object_cookie(target, &cookie, err);

	if (st != KST_OK) {
		out->anomalies |= KST_OBJECT_ANOMALY_COOKIE_UNKNOWN;
		return kst__is_absence(st) ? KST_OK : st;
	}
	if (index_form(target) == KST__OBJECT_INDEX_ENCODED) {
		out->type_index = kst_object_type_index(out->stored_type_index, out->header, cookie);
		out->present |= KST_OBJECT_HAS_TYPE_INDEX;
	}
	st = kst__object_type_slot(target, out->type_index, &type, err);
	if (st != KST_OK)
		return kst__is_absence(st) ? KST_OK : st;
	if (type == 0) {
		out->anomalies |= KST_OBJECT_ANOMALY_TYPE_INDEX;
		return KST_OK;
	}
	out->type = type;
	out->present |= KST_OBJECT_HAS_TYPE;
	if (!index_member->present)
		return KST_OK;
	st = kst__read_number(target, KST_SPACE_KERNEL, type + index_member->offset, 1, &index, err);
	if (st == KST_OK && index != out->type_index) {
		out->anomalies |= KST_OBJECT_ANOMALY_NOT_A_TYPE;
		out->present &= ~(uint64_t)KST_OBJECT_HAS_TYPE;
	}
	return kst__is_absence(st) ? KST_OK : st;
}

kst_status kst__object_read(const struct kst_target *target, uint64_t header, struct kst_object *out,
			    struct kst_error *err)
{
	uint64_t below = header < KST__OBJECT_BELOW ? header : KST__OBJECT_BELOW;
	uint32_t size = out->size;
	kst_status failure = KST_OK;
	struct kst__view view = kst__view_target(target, KST_SPACE_KERNEL, header - below, &failure);
	uint64_t body;
	kst_status st = KST_OK;

	if (!kst__object_body_offset(&target->layout, &body))
		return kst__fail(err, KST_E_NO_MEMBER, header, "_OBJECT_HEADER.Body is not known");
	if (header > UINT64_MAX - 0x1000)
		return kst__fail(err, KST_E_FAULT, header, "no object can be there");
	kst__decode_object(&view, header - below, below, out);
	out->size = size;
	if (failure != KST_OK)
		return kst__fail(err, failure, header, "the host failed to read an object header");
	if ((out->present & (KST_OBJECT_HAS_POINTER_COUNT | KST_OBJECT_HAS_FLAGS)) == 0)
		return kst__fail(err, KST_E_FAULT, header, "the object header is not present");
	if ((out->present & KST_OBJECT_HAS_TYPE) != 0)
		st = check_old_type(target, out, err);
	else if ((out->present & KST_OBJECT_HAS_STORED_INDEX) != 0)
		st = find_new_type(target, out, err);
	return st;
}

kst_status kst__object_names(const struct kst_target *target, struct kst_object *out, struct kst_error *err)
{
	const struct kst__member *name = kst__member(&target->layout, KST__M_OBJECT_TYPE_NAME);
	struct kst__string text;
	kst_status st;

	if ((out->present & KST_OBJECT_HAS_TYPE) != 0 && name->present) {
		st = kst__read_string(target, KST_SPACE_KERNEL, out->type + name->offset, out->type_name,
				      sizeof out->type_name, &text, err);
		if (st != KST_OK)
			return st;
		if (text.readable && text.bytes > 0)
			out->present |= KST_OBJECT_HAS_TYPE_NAME;
	}
	if ((out->present & KST_OBJECT_HAS_NAME_STRING) == 0 || out->name_length == 0)
		return KST_OK;
	st = kst__read_utf16(target, KST_SPACE_KERNEL, out->name_buffer, out->name_length, out->name, sizeof out->name,
			     &text, err);
	if (st != KST_OK)
		return st;
	if (text.readable) {
		out->present |= KST_OBJECT_HAS_NAME;
		if (!text.sound)
			out->anomalies |= KST_OBJECT_ANOMALY_NAME_CUT;
	}
	return KST_OK;
}

static bool kernel_or_null(const struct kst_target *target, uint64_t address)
{
	return address == 0 || kst__is_kernel(target, address);
}

/* Could this be an object's header? Used where an address may be a body or a header. */
static bool makes_sense(const struct kst_target *target, const struct kst_object *o)
{
	uint64_t wrong = KST_OBJECT_ANOMALY_UNALIGNED | KST_OBJECT_ANOMALY_INFO_OFFSET |
			 KST_OBJECT_ANOMALY_NAME_LENGTH | KST_OBJECT_ANOMALY_TYPE_INDEX | KST_OBJECT_ANOMALY_NOT_A_TYPE;
	bool typed = (o->present & KST_OBJECT_HAS_TYPE) != 0;

	if (kst__object_infos_known(&target->layout)) /* else no bit of the mask has a known header */
		wrong |= KST_OBJECT_ANOMALY_INFO_UNKNOWN;
	if ((o->anomalies & wrong) != 0 || o->pointer_count < 0 || o->pointer_count > REFERENCES_MOST ||
	    o->handle_count < 0)
		return false;
	if (!typed && (o->pointer_count == 0 || o->handle_count > o->pointer_count))
		return false;
	/* a quota block charged may be a small number that stands for the system */
	if ((o->flags & FLAG_CREATE_INFO) != 0 && !kernel_or_null(target, o->create_info))
		return false;
	return kernel_or_null(target, o->security_descriptor) && kernel_or_null(target, o->directory) &&
	       kernel_or_null(target, o->type_list_flink) && kernel_or_null(target, o->type_list_blink);
}

/*
 * Body or header? What makes sense wins; if both do, the one whose type is known; if that does not tell either, the body.
 * `out` is scratch and result.
 */
static kst_status choose_either(const struct kst_target *target, uint64_t address, struct kst_object *out,
				struct kst_error *err)
{
	uint64_t header = 0;
	bool body_sense = false, faulted = true;
	kst_status st = kst__object_header_of(target, address, &header, err);

	if (st == KST_OK) {
		st = kst__object_read(target, header, out, err);
		faulted = st == KST_E_FAULT;
		body_sense = st == KST_OK && makes_sense(target, out);
		if (body_sense && (out->present & KST_OBJECT_HAS_TYPE) != 0)
			return KST_OK;
	}
	if (st != KST_OK && st != KST_E_FAULT)
		return st;
	st = kst__object_read(target, address, out, err);
	if (st != KST_OK && st != KST_E_FAULT)
		return st;
	if (st == KST_OK && makes_sense(target, out) && (!body_sense || (out->present & KST_OBJECT_HAS_TYPE) != 0))
		return KST_OK;
	if (body_sense)
		return kst__object_read(target, header, out, err);
	if (st == KST_E_FAULT && faulted)
		return st;
	return kst__fail(err, KST_E_CORRUPT, address, "no object header that makes sense is there");
}

/* The object that `address` means. */
static kst_status choose(const struct kst_target *target, uint64_t address, uint32_t at, struct kst_object *out,
			 struct kst_error *err)
{
	uint64_t header = 0;
	kst_status st;

	if (at == KST_OBJECT_AT_BODY) {
		st = kst__object_header_of(target, address, &header, err);
		return st == KST_OK ? kst__object_read(target, header, out, err) : st;
	}
	if (at == KST_OBJECT_AT_HEADER)
		return kst__object_read(target, address, out, err);
	return choose_either(target, address, out, err);
}

kst_status kst_object_at(const struct kst_target *target, uint64_t address, uint32_t at, struct kst_object *out,
			 struct kst_error *err)
{
	struct kst_object ours = { .size = sizeof ours };
	kst_status st;

	if (target == NULL || out == NULL || at > KST_OBJECT_AT_EITHER)
		return kst__fail(err, KST_E_ARG, address,
				 "target or result is NULL, or the meaning of the address unknown");
	if (!kst__out_ok(out->size, sizeof *out))
		return kst__fail(err, KST_E_ABI, address, "kst_object.size is not known");
	st = choose(target, address, at, &ours, err);
	if (st == KST_OK)
		st = kst__object_names(target, &ours, err);
	if (st == KST_OK)
		kst__out_write(out, &ours, sizeof ours);
	return st;
}

static kst_status long_text(const struct kst_target *target, uint64_t buffer, uint32_t bytes, char *text, size_t cap,
			    struct kst_error *err)
{
	bool sound, fits;
	kst_status st = kst__read_text(target, KST_SPACE_KERNEL, buffer, bytes, text, cap, &sound, &fits, err);

	if (st != KST_OK)
		return st;
	if (!fits)
		return kst__fail(err, KST_E_LIMIT, buffer, "the name does not fit");
	return sound ? KST_OK : kst__fail(err, KST_E_CORRUPT, buffer, "the name is not sound UTF-16");
}

static kst_status name_of(const struct kst_target *target, const struct kst_object *o, char *text, size_t cap,
			  struct kst_error *err)
{
	text[0] = '\0';
	if ((o->present & KST_OBJECT_HAS_NAME_STRING) == 0) {
		if ((o->present & KST_OBJECT_HAS_INFOS) == 0 || (o->infos & KST_OBJECT_INFO_NAME) != 0)
			return kst__fail(err, KST_E_FAULT, o->header, "the name header is not present");
		return KST_OK;
	}
	return long_text(target, o->name_buffer, o->name_length, text, cap, err);
}

kst_status kst_object_name(const struct kst_target *target, uint64_t body, char *text, size_t cap,
			   struct kst_error *err)
{
	struct kst_object object = { .size = sizeof object };
	kst_status st;

	if (target == NULL || text == NULL || cap == 0)
		return kst__fail(err, KST_E_ARG, body, "target or text is NULL");
	st = choose(target, body, KST_OBJECT_AT_BODY, &object, err);
	return st == KST_OK ? name_of(target, &object, text, cap, err) : st;
}

/* The directories above `body`, nearest first. `scratch` is for one object after the other. */
static kst_status climb(const struct kst_target *target, uint64_t body, uint64_t chain[PATH_DEPTH], size_t *count,
			struct kst_object *scratch, struct kst_error *err)
{
	uint64_t at = body;

	for (*count = 0;; (*count)++) {
		kst_status st = choose(target, at, KST_OBJECT_AT_BODY, scratch, err);

		if (st != KST_OK)
			return st;
		if ((scratch->present & KST_OBJECT_HAS_DIRECTORY) == 0 || scratch->directory == 0)
			return KST_OK;
		at = scratch->directory;
		for (size_t i = 0; i <= *count; i++)
			if ((i == *count ? body : chain[i]) == at)
				return kst__fail(err, KST_E_CORRUPT, at, "a directory contains itself");
		if (*count == PATH_DEPTH)
			return kst__fail(err, KST_E_LIMIT, at, "the directories are nested too deep");
		chain[*count] = at;
	}
}

/*
 * The name of the topmost directory, which a path begins with. The root's own name is the backslash that what follows
 * brings. Any other must not look as if it were in the root: one without a name, or (no directory of Windows) with a
 * backslash in front.
 */
static kst_status begin_path(uint64_t body, char *text, size_t cap, struct kst_error *err)
{
	static const char elsewhere[] = "(not the root)";
	const size_t before = sizeof elsewhere - 1;
	size_t length = kst__length(text);

	if (text[0] == '\\' && length == 1) {
		text[0] = '\0';
		return KST_OK;
	}
	if (text[0] != '\\' && length != 0)
		return KST_OK;
	if (cap - length <= before)
		return kst__fail(err, KST_E_LIMIT, body, "the path does not fit");
	for (size_t i = length + 1; i-- > 0;) /* upwards: from the end */
		text[before + i] = text[i];
	memcpy(text, elsewhere, before);
	return KST_OK;
}

/* Append "\name" of the next object; the one that the path begins with has no backslash before it. */
static kst_status append_name(const struct kst_target *target, uint64_t body, bool first, char *text, size_t cap,
			      struct kst_object *scratch, struct kst_error *err)
{
	size_t used = kst__length(text);
	kst_status st = choose(target, body, KST_OBJECT_AT_BODY, scratch, err);

	if (st != KST_OK)
		return st;
	if (!first) {
		if (cap - used < 2)
			return kst__fail(err, KST_E_LIMIT, body, "the path does not fit");
		text[used++] = '\\';
		text[used] = '\0';
	}
	st = name_of(target, scratch, text + used, cap - used, err);
	return st == KST_OK && first ? begin_path(body, text, cap, err) : st;
}

kst_status kst_object_path(const struct kst_target *target, uint64_t body, char *text, size_t cap,
			   struct kst_error *err)
{
	struct kst_object scratch = { .size = sizeof scratch };
	uint64_t chain[PATH_DEPTH];
	size_t count;
	kst_status st;

	if (target == NULL || text == NULL || cap == 0)
		return kst__fail(err, KST_E_ARG, body, "target or text is NULL");
	text[0] = '\0';
	st = climb(target, body, chain, &count, &scratch, err);
	if (st != KST_OK && st != KST_E_LIMIT)
		return st;
	if (count == 0) { /* in no directory: the root is its own path, everything else has none */
		st = name_of(target, &scratch, text, cap, err);
		if (st == KST_OK && !(text[0] == '\\' && text[1] == '\0'))
			text[0] = '\0';
		return st;
	}
	for (size_t i = count + 1; i-- > 0;) {
		kst_status part = append_name(target, i == 0 ? body : chain[i - 1], i == count && st == KST_OK, text,
					      cap, &scratch, err);

		if (part != KST_OK)
			return part;
	}
	return st;
}

bool kst__same_name(const char *a, const char *b, size_t len)
{
	for (size_t i = 0; i < len; i++) {
		unsigned char x = (unsigned char)a[i], y = (unsigned char)b[i];

		if (x >= 'A' && x <= 'Z')
			x = (unsigned char)(x + 0x20);
		if (y >= 'A' && y <= 'Z')
			y = (unsigned char)(y + 0x20);
		if (x != y)
			return false;
		if (x == '\0')
			return true;
	}
	return true;
}
