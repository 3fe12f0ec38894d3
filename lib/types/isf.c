/* SPDX-License-Identifier: MIT */
/*
 * ISF: the JSON symbol tables of Volatility 3. The parsed text is kept and answers each question; nothing in it is
 * trusted to have the kind or range that the format says.
 */
#include "isf.h"

#include <jansson.h>
#include <stdlib.h>

#define NAME_MOST   256 /* longer names are not in any kernel */
#define MEMBER_COST 64  /* of a lookup's budget: about what a member takes as text */

struct named_type {
	const char *name;
	const json_t *type;
};

struct kst_isf {
	struct kst_types_ops ops;
	struct kst_isf_info info;
	json_t *root;
	const json_t *user_types, *base_types, *enums, *symbols;
	struct named_type *by_name;
	uint32_t by_name_count;
};

/* A whole number that is not negative; as a real below 2^53, where reals are exact (see parse()). */
static bool number_of(const json_t *object, const char *key, uint64_t *out)
{
	const json_t *value = json_object_get(object, key);
	double real = json_real_value(value);

	if (json_is_integer(value) && json_integer_value(value) >= 0)
		*out = (uint64_t)json_integer_value(value);
	else if (json_is_real(value) && real >= 0 && real < 9007199254740992.0 && (double)(uint64_t)real == real)
		*out = (uint64_t)real;
	else
		return false;
	return true;
}

/* "" when there is no such text. */
static const char *text_of(const json_t *object, const char *key)
{
	const char *text = json_string_value(json_object_get(object, key));

	return text == NULL ? "" : text;
}

/* Kind of a type that has members; 0 when it has none. */
static uint32_t kind_of(const json_t *type)
{
	const char *kind = text_of(type, "kind");

	if (strcmp(kind, "union") == 0)
		return KST_TYPE_UNION;
	return strcmp(kind, "struct") == 0 || strcmp(kind, "class") == 0 ? KST_TYPE_STRUCT : 0;
}

static bool is_one_of(const char *kind, const char *alternatives)
{
	return kind[0] != '\0' && kst__among(alternatives, kind);
}

/*
 * What a member of this type is: length, bit-field, and the struct that a path goes on in. As for PDBs an array has the
 * struct of one element, and one without elements the length of one.
 */
static bool describe(const struct kst_isf *isf, const json_t *type, struct kst__place *out)
{
	uint64_t times = 1, length = 0;

	for (unsigned depth = 0; depth < KST__TYPES_DEPTH; depth++) {
		const char *kind = text_of(type, "kind");
		uint64_t value;

		if (is_one_of(kind, "array")) {
			if (!number_of(type, "count", &value) || value > UINT32_MAX / times)
				return false;
			times *= value == 0 ? 1 : value;
			type = json_object_get(type, "subtype");
			continue;
		}
		if (is_one_of(kind, "bitfield")) {
			uint64_t position;

			if (out->bit_len != 0 || !number_of(type, "bit_position", &position) || position > 63 ||
			    !number_of(type, "bit_length", &value) || value == 0 || value > 64)
				return false;
			out->bit_pos = (uint32_t)position;
			out->bit_len = (uint32_t)value;
			type = json_object_get(type, "type");
			continue;
		}
		if (is_one_of(kind, "struct|union|class")) {
			type = json_object_get(isf->user_types, text_of(type, "name"));
			out->type = (uint64_t)(uintptr_t)type;
		} else if (is_one_of(kind, "enum")) {
			type = json_object_get(isf->enums, text_of(type, "name"));
		} else if (is_one_of(kind, "pointer")) {
			const char *base = text_of(type, "base");

			type = json_object_get(isf->base_types, base[0] == '\0' ? "pointer" : base);
		} else if (is_one_of(kind, "base")) {
			type = json_object_get(isf->base_types, text_of(type, "name"));
		} else {
			return false;
		}
		if (!number_of(type, "size", &length) || length == 0 || length > UINT32_MAX / times)
			return false;
		out->length = length * times;
		return out->bit_len == 0 || (out->length <= 8 && out->bit_pos + out->bit_len <= out->length * 8);
	}
	return false;
}

static bool place(const struct kst_isf *isf, const json_t *field, struct kst__place *out)
{
	memset(out, 0, sizeof *out);
	return number_of(field, "offset", &out->offset) && out->offset <= UINT32_MAX &&
	       describe(isf, json_object_get(field, "type"), out);
}

static bool find(const struct kst_isf *isf, const json_t *type, const char *name, unsigned depth, uint32_t *budget,
		 struct kst__place *out)
{
	json_t *fields = json_object_get(type, "fields");
	const json_t *field = json_object_get(fields, name);
	const char *key;
	json_t *member;

	if (field != NULL)
		return place(isf, field, out);
	if (depth + 1 >= KST__TYPES_DEPTH)
		return false;
	json_object_foreach(fields, key, member)
	{
		struct kst__place holder;

		if (!kst__pay(budget, MEMBER_COST))
			return false;
		if (!kst__name_is_unnamed(kst__name_of(key)) && !json_is_true(json_object_get(member, "anonymous")))
			continue;
		if (place(isf, member, &holder) && holder.type != 0 &&
		    find(isf, (const json_t *)(uintptr_t)holder.type, name, depth + 1, budget, out)) {
			out->offset += holder.offset; /* at most 16 times 2^32 */
			return true;
		}
	}
	return false;
}

static bool isf_field(const void *reader, uint64_t type, struct kst__name name, uint32_t *budget,
		      struct kst__place *out)
{
	char text[NAME_MOST];

	if (name.length >= sizeof text)
		return false;
	memcpy(text, name.text, name.length);
	text[name.length] = '\0';
	return find(reader, (const json_t *)(uintptr_t)type, text, 0, budget, out);
}

static kst_status isf_type_size(void *user, const char *type, uint64_t *size_out)
{
	const struct kst_isf *isf = user;

	if (isf == NULL || type == NULL || size_out == NULL)
		return KST_E_ARG;
	return number_of(json_object_get(isf->user_types, type), "size", size_out) ? KST_OK : KST_E_NO_MEMBER;
}

static kst_status isf_member(void *user, const char *type, const char *path, struct kst_member *out)
{
	const struct kst_isf *isf = user;

	if (isf == NULL || type == NULL || path == NULL || out == NULL)
		return KST_E_ARG;
	if (!kst__out_ok(out->size, sizeof *out))
		return KST_E_ABI;
	return kst__path_resolve(isf, isf_field, (uint64_t)(uintptr_t)json_object_get(isf->user_types, type), path,
				 out);
}

static kst_status isf_symbol(void *user, const char *name, uint64_t *rva_out)
{
	const struct kst_isf *isf = user;
	char text[NAME_MOST] = "_";

	if (isf == NULL || name == NULL || rva_out == NULL)
		return KST_E_ARG;
	if (number_of(json_object_get(isf->symbols, name), "address", rva_out))
		return KST_OK;
	if (isf->info.pointer_size != 4 || strlen(name) + 2 > sizeof text)
		return KST_E_NO_MEMBER;
	memcpy(text + 1, name, strlen(name) + 1); /* C names of 32-bit images carry an underscore */
	return number_of(json_object_get(isf->symbols, text), "address", rva_out) ? KST_OK : KST_E_NO_MEMBER;
}

static int hex_digit(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

/* 32 digits as a person reads a GUID, to the bytes that a PDB stores: the first three parts turn around. */
static bool guid_of(const char *text, uint8_t out[16])
{
	static const uint8_t order[16] = { 3, 2, 1, 0, 5, 4, 7, 6, 8, 9, 10, 11, 12, 13, 14, 15 };

	if (strlen(text) != 32)
		return false;
	for (size_t i = 0; i < 16; i++) {
		int high = hex_digit(text[2 * i]), low = hex_digit(text[2 * i + 1]);

		if (high < 0 || low < 0)
			return false;
		out[order[i]] = (uint8_t)(high << 4 | low);
	}
	return true;
}

static void read_identity(struct kst_isf *isf)
{
	static const struct {
		uint32_t machine, arch;
	} machines[] = { { 0x14c, KST_ARCH_X86 }, { 0x8664, KST_ARCH_X64 }, { 0xaa64, KST_ARCH_ARM64 } };
	const json_t *windows = json_object_get(json_object_get(isf->root, "metadata"), "windows");
	const json_t *pdb = json_object_get(windows, "pdb");
	const char *name = text_of(pdb, "database");
	uint64_t size = 0, machine = 0, age = 0;
	uint8_t guid[16];

	if (number_of(json_object_get(isf->base_types, "pointer"), "size", &size) && (size == 4 || size == 8))
		isf->info.pointer_size = (uint32_t)size;
	if (!guid_of(text_of(pdb, "GUID"), guid) || !number_of(pdb, "age", &age) || age > UINT32_MAX ||
	    !number_of(pdb, "machine_type", &machine) || machine > UINT16_MAX)
		return;
	memcpy(isf->info.guid, guid, sizeof guid);
	isf->info.age = (uint32_t)age;
	isf->info.machine = (uint32_t)machine;
	kst__ascii_text(isf->info.pdb_name, sizeof isf->info.pdb_name, (const uint8_t *)name, strlen(name));
	isf->info.present |= KST_ISF_HAS_IDENTITY;
	for (size_t i = 0; i < KST__COUNT(machines); i++) {
		if (machines[i].machine == machine)
			isf->info.arch = machines[i].arch;
	}
}

static int compare_types(const void *a, const void *b)
{
	const struct named_type *x = a, *y = b;

	return strcmp(x->name, y->name);
}

static kst_status index_types(struct kst_isf *isf, struct kst_error *err)
{
	json_t *user_types = json_object_get(isf->root, "user_types");
	const char *key;
	json_t *type;

	isf->by_name = malloc((json_object_size(user_types) + 1) * sizeof *isf->by_name);
	if (isf->by_name == NULL)
		return kst__fail(err, KST_E_NO_MEMORY, 0, "out of memory");
	json_object_foreach(user_types, key, type)
	{
		uint32_t kind = kind_of(type);

		if (kind == 0)
			continue;
		isf->by_name[isf->by_name_count++] = (struct named_type){ key, type };
		*(kind == KST_TYPE_UNION ? &isf->info.unions : &isf->info.structs) += 1;
	}
	qsort(isf->by_name, isf->by_name_count, sizeof *isf->by_name, compare_types);
	return KST_OK;
}

static kst_status parse(struct kst_isf *isf, const char *text, size_t length, struct kst_error *err)
{
	json_error_t error;

	if (length > KST__ISF_TEXT_MOST)
		return kst__fail(err, KST_E_LIMIT, 0, "the text is larger than 64 MiB");
	isf->root = json_loadb(text, length, JSON_ALLOW_NUL, &error);
	/* constants of enumerations fill 64 bits, more than an integer of the parser holds; nothing here asks for them */
	if (isf->root == NULL && json_error_code(&error) == json_error_numeric_overflow)
		isf->root = json_loadb(text, length, JSON_ALLOW_NUL | JSON_DECODE_INT_AS_REAL, &error);
	if (isf->root == NULL && json_error_code(&error) == json_error_out_of_memory)
		return kst__fail(err, KST_E_NO_MEMORY, 0, "out of memory");
	if (isf->root == NULL)
		return kst__fail(err, KST_E_CORRUPT, (uint64_t)error.position, "the JSON text is damaged or cut off");
	isf->user_types = json_object_get(isf->root, "user_types");
	isf->base_types = json_object_get(isf->root, "base_types");
	isf->enums = json_object_get(isf->root, "enums");
	isf->symbols = json_object_get(isf->root, "symbols");
	if (!json_is_object(isf->user_types) || !json_is_object(isf->base_types))
		return kst__fail(err, KST_E_UNSUPPORTED, 0,
				 "JSON, but not a symbol table: no user_types or base_types");
	isf->info.symbols = (uint32_t)json_object_size(isf->symbols);
	read_identity(isf);
	return index_types(isf, err);
}

static bool looks_like_json(const uint8_t *bytes, size_t length)
{
	size_t i = 0;

	while (i < length && (bytes[i] == ' ' || bytes[i] == '\t' || bytes[i] == '\r' || bytes[i] == '\n'))
		i++;
	return i < length && bytes[i] == '{';
}

static kst_status load(struct kst_isf *isf, const uint8_t *bytes, size_t length, struct kst_error *err)
{
	uint8_t *text = NULL;
	size_t text_length = 0;
	kst_status st = KST_OK;

	if (kst__xz_is(bytes, length)) {
		st = kst__xz_unpack(bytes, length, &text, &text_length, err);
		if (st != KST_OK)
			return st;
		bytes = text;
		length = text_length;
	}
	if (looks_like_json(bytes, length))
		st = parse(isf, (const char *)bytes, length, err);
	else
		st = kst__fail(err, KST_E_UNSUPPORTED, 0, "neither JSON nor xz data that holds JSON");
	free(text);
	return st;
}

kst_status kst_isf_open(const void *bytes, size_t length, struct kst_isf **out, struct kst_error *err)
{
	struct kst_isf *isf;
	kst_status st;

	if (bytes == NULL || out == NULL)
		return kst__fail(err, KST_E_ARG, 0, "no bytes, or no place for the result");
	isf = calloc(1, sizeof *isf);
	if (isf == NULL)
		return kst__fail(err, KST_E_NO_MEMORY, 0, "out of memory");
	st = load(isf, bytes, length, err);
	if (st != KST_OK) {
		kst_isf_close(isf);
		return st;
	}
	isf->ops = (struct kst_types_ops){ sizeof isf->ops, isf->info.pointer_size, isf_type_size, isf_member,
					   isf_symbol };
	*out = isf;
	return KST_OK;
}

void kst_isf_close(struct kst_isf *isf)
{
	if (isf == NULL)
		return;
	json_decref(isf->root);
	free(isf->by_name);
	free(isf);
}

const struct kst_types_ops *kst_isf_types(const struct kst_isf *isf)
{
	return isf == NULL ? NULL : &isf->ops;
}

kst_status kst_isf_info(const struct kst_isf *isf, struct kst_isf_info *out)
{
	if (isf == NULL || out == NULL)
		return KST_E_ARG;
	if (!kst__out_ok(out->size, sizeof *out))
		return KST_E_ABI;
	kst__out_write(out, &isf->info, sizeof isf->info);
	return KST_OK;
}

kst_status kst_isf_type(const struct kst_isf *isf, uint32_t index, struct kst_type *out)
{
	struct kst_type ours = { 0 };
	const struct named_type *t;

	if (isf == NULL || out == NULL)
		return KST_E_ARG;
	if (!kst__out_ok(out->size, sizeof *out))
		return KST_E_ABI;
	if (index >= isf->by_name_count)
		return KST_END;
	t = &isf->by_name[index];
	ours.kind = kind_of(t->type);
	number_of(t->type, "size", &ours.length);
	ours.members = (uint32_t)json_object_size(json_object_get(t->type, "fields"));
	kst__ascii_text(ours.name, sizeof ours.name, (const uint8_t *)t->name, strlen(t->name));
	kst__out_write(out, &ours, sizeof ours);
	return KST_OK;
}
