/* SPDX-License-Identifier: MIT */
#include "isf_engine.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

/* A number of the engine is an index of these: a description in the file, and for a member its name. */
struct node {
	json_t *json;
	const char *name; /* of a member or a type */
	int is_member;
};

struct isf_engine {
	json_t *root;
	struct node *nodes;
	size_t count, cap;
	DWORD64 base;
};

static ULONG add(struct isf_engine *isf, json_t *json, const char *name, int is_member)
{
	/* the same thing has the same number; members are asked for again and again */
	for (size_t i = isf->count > 4096 ? isf->count - 4096 : 0; i < isf->count; i++)
		if (isf->nodes[i].json == json && isf->nodes[i].is_member == is_member)
			return (ULONG)i;
	if (isf->count == isf->cap) {
		struct node *more = realloc(isf->nodes, (isf->cap * 2 + 64) * sizeof *more);

		if (more == NULL)
			return 0;
		isf->nodes = more;
		isf->cap = isf->cap * 2 + 64;
	}
	isf->nodes[isf->count] = (struct node){ json, name, is_member };
	return (ULONG)isf->count++;
}

static const char *text_of(const json_t *json, const char *key)
{
	const char *text = json_string_value(json_object_get(json, key));

	return text == NULL ? "" : text;
}

/* The description that a type of a member refers to. */
static json_t *resolve(const struct isf_engine *isf, json_t *type)
{
	static const char *const places[][2] = { { "struct", "user_types" },
						 { "union", "user_types" },
						 { "class", "user_types" },
						 { "enum", "enums" },
						 { "base", "base_types" } };
	const char *kind = text_of(type, "kind");

	for (size_t i = 0; i < sizeof places / sizeof places[0]; i++)
		if (strcmp(kind, places[i][0]) == 0)
			return json_object_get(json_object_get(isf->root, places[i][1]), text_of(type, "name"));
	return type; /* pointers, arrays and bit-fields describe themselves */
}

static ULONG64 length_of(const struct isf_engine *isf, json_t *type, int depth)
{
	const char *kind = text_of(type, "kind");
	json_t *bases = json_object_get(isf->root, "base_types");

	if (type == NULL || depth > 8)
		return 0;
	if (strcmp(kind, "pointer") == 0) {
		const char *base = text_of(type, "base");

		return (ULONG64)json_integer_value(
			json_object_get(json_object_get(bases, base[0] != '\0' ? base : "pointer"), "size"));
	}
	if (strcmp(kind, "array") == 0)
		return (ULONG64)json_integer_value(json_object_get(type, "count")) *
		       length_of(isf, resolve(isf, json_object_get(type, "subtype")), depth + 1);
	if (strcmp(kind, "bitfield") == 0)
		return length_of(isf, resolve(isf, json_object_get(type, "type")), depth + 1);
	return (ULONG64)json_integer_value(json_object_get(type, "size"));
}

static BOOL symbol_name(const struct node *node, WCHAR **out)
{
	const char *name = node->name;
	int unnamed = strncmp(name, "unnamed_field_", 14) == 0 ||
		      json_is_true(json_object_get(node->json, "anonymous"));
	size_t n = unnamed ? 0 : strlen(name);

	*out = calloc(n + 1, sizeof **out);
	for (size_t i = 0; *out != NULL && i < n; i++)
		(*out)[i] = (uint8_t)name[i];
	return *out != NULL;
}

static BOOL WINAPI type_info(HANDLE process, DWORD64 base, ULONG id, IMAGEHLP_SYMBOL_TYPE_INFO what, PVOID out)
{
	struct isf_engine *isf = process;
	struct node node;
	json_t *type, *fields, *field;
	const char *name;

	if (base != isf->base || id >= isf->count)
		return 0;
	node = isf->nodes[id];
	type = node.is_member ? json_object_get(node.json, "type") : node.json;
	fields = node.is_member ? NULL : json_object_get(node.json, "fields");
	switch (what) {
	case TI_GET_SYMTAG:
		*(DWORD *)out = node.is_member                                ? 7
				: fields != NULL                              ? 11
				: strcmp(text_of(type, "kind"), "array") == 0 ? 15
									      : 16;
		return 1;
	case TI_GET_SYMNAME: return symbol_name(&node, out);
	case TI_GET_LENGTH: /* of a bit-field member its bits */
		*(ULONG64 *)out = node.is_member && strcmp(text_of(type, "kind"), "bitfield") == 0
					  ? (ULONG64)json_integer_value(json_object_get(type, "bit_length"))
					  : length_of(isf, type, 0);
		return 1;
	case TI_GET_TYPEID:
		type = node.is_member ? resolve(isf, type) : resolve(isf, json_object_get(type, "subtype"));
		if (type != NULL && strcmp(text_of(type, "kind"), "bitfield") == 0)
			type = resolve(isf, json_object_get(type, "type"));
		if (type == NULL)
			return 0;
		*(DWORD *)out = add(isf, type, "", 0);
		return 1;
	case TI_GET_OFFSET:
		if (!node.is_member)
			return 0;
		*(DWORD *)out = (DWORD)json_integer_value(json_object_get(node.json, "offset"));
		return 1;
	case TI_GET_BITPOSITION:
		if (!node.is_member || strcmp(text_of(type, "kind"), "bitfield") != 0)
			return 0;
		*(DWORD *)out = (DWORD)json_integer_value(json_object_get(type, "bit_position"));
		return 1;
	case TI_GET_CHILDRENCOUNT: *(DWORD *)out = (DWORD)json_object_size(fields); return 1;
	case TI_FINDCHILDREN: {
		TI_FINDCHILDREN_PARAMS *children = out;
		ULONG n = 0, at = 0;

		json_object_foreach(fields, name, field) if (at++ >= children->Start && n < children->Count)
			children->ChildId[n++] = add(isf, field, name, 1);
		return n == children->Count;
	}
	default: return 0;
	}
}

static BOOL WINAPI type_from_name(HANDLE process, ULONG64 base, PCSTR name, PSYMBOL_INFO symbol)
{
	struct isf_engine *isf = process;
	json_t *type = json_object_get(json_object_get(isf->root, "user_types"), name);

	if (type == NULL || base != isf->base)
		return 0;
	symbol->TypeIndex = add(isf, type, name, 0);
	return 1;
}

static BOOL WINAPI from_name(HANDLE process, PCSTR name, PSYMBOL_INFO symbol)
{
	struct isf_engine *isf = process;
	json_t *address = json_object_get(json_object_get(json_object_get(isf->root, "symbols"), name), "address");

	if (!json_is_integer(address) || json_integer_value(address) < 0)
		return 0;
	symbol->Address = isf->base + (ULONG64)json_integer_value(address);
	return 1;
}

static void free_name(WCHAR *name)
{
	free(name);
}

struct isf_engine *isf_engine_open(const char *text, size_t length)
{
	struct isf_engine *isf = calloc(1, sizeof *isf);

	if (isf == NULL)
		return NULL;
	isf->root = json_loadb(text, length, 0, NULL);
	if (!json_is_object(json_object_get(isf->root, "user_types"))) {
		isf_engine_close(isf);
		return NULL;
	}
	return isf;
}

void isf_engine_close(struct isf_engine *isf)
{
	if (isf == NULL)
		return;
	json_decref(isf->root);
	free(isf->nodes);
	free(isf);
}

struct symbol_engine isf_engine_calls(struct isf_engine *isf, DWORD64 base)
{
	isf->base = base;
	return (struct symbol_engine){ .process = isf,
				       .base = base,
				       .SymGetTypeFromName = type_from_name,
				       .SymGetTypeInfo = type_info,
				       .SymFromName = from_name,
				       .free_name = free_name };
}
