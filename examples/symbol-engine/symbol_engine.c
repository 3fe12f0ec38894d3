/* SPDX-License-Identifier: MIT */
#include "symbol_engine.h"

#include <stdlib.h>
#include <string.h>

/* SymTagEnum of Microsoft's cvconst.h, which DbgHelp's header leaves out. */
enum { TAG_UDT = 11, TAG_ARRAY = 15, TAG_BASE_CLASS = 18 };

#define CHILDREN_MOST 0x10000u
#define DEPTH_MOST    8 /* unnamed structs in each other */

struct place {
	uint64_t offset;
	ULONG member; /* the engine's number of the member, and of its type */
	ULONG type;
};

static BOOL ask(const struct symbol_engine *engine, ULONG id, IMAGEHLP_SYMBOL_TYPE_INFO what, void *out)
{
	return engine->SymGetTypeInfo(engine->process, engine->base, id, what, out);
}

/* Does a member have this name? -1: it has none, and what is in it is reached without. */
static int name_is(const struct symbol_engine *engine, ULONG id, const char *name, size_t length)
{
	WCHAR *text = NULL;
	int result = -1;

	if (!ask(engine, id, TI_GET_SYMNAME, &text) || text == NULL)
		return -1;
	if (text[0] != 0 && text[0] != '<') {
		size_t i = 0;

		while (i < length && text[i] == (uint8_t)name[i])
			i++;
		result = i == length && text[i] == 0;
	}
	engine->free_name(text);
	return result;
}

/* A path through an array goes on in its first element. */
static ULONG without_arrays(const struct symbol_engine *engine, ULONG type)
{
	DWORD tag = 0;
	DWORD element = 0;

	for (int i = 0; i < DEPTH_MOST && ask(engine, type, TI_GET_SYMTAG, &tag) && tag == TAG_ARRAY &&
			ask(engine, type, TI_GET_TYPEID, &element);
	     i++)
		type = element;
	return type;
}

static int find_member(const struct symbol_engine *engine, ULONG type, const char *name, size_t length, int depth,
		       struct place *out)
{
	TI_FINDCHILDREN_PARAMS *children;
	DWORD count = 0;
	int found = 0;

	if (depth > DEPTH_MOST || !ask(engine, type, TI_GET_CHILDRENCOUNT, &count) || count == 0 ||
	    count > CHILDREN_MOST)
		return 0;
	children = calloc(1, sizeof *children + count * sizeof children->ChildId[0]);
	if (children == NULL)
		return 0;
	children->Count = count;
	if (ask(engine, type, TI_FINDCHILDREN, children))
		for (DWORD i = 0; i < count && !found; i++) {
			ULONG id = children->ChildId[i];
			DWORD offset = 0, of = 0, tag = 0;
			int same = name_is(engine, id, name, length);

			if (!ask(engine, id, TI_GET_OFFSET, &offset) || !ask(engine, id, TI_GET_TYPEID, &of))
				continue; /* a method, a constant, a static member */
			if (ask(engine, id, TI_GET_SYMTAG, &tag) && tag == TAG_BASE_CLASS)
				same = -1;
			if (same == 1) {
				*out = (struct place){ .offset = offset, .member = id, .type = of };
				found = 1;
			} else if (same == -1 && find_member(engine, of, name, length, depth + 1, out)) {
				out->offset += offset;
				found = 1;
			}
		}
	free(children);
	return found;
}

static int find_type(const struct symbol_engine *engine, const char *name, ULONG *out)
{
	SYMBOL_INFO symbol;

	memset(&symbol, 0, sizeof symbol);
	symbol.SizeOfStruct = sizeof symbol;
	if (!engine->SymGetTypeFromName(engine->process, engine->base, name, &symbol))
		return 0;
	*out = symbol.TypeIndex;
	return 1;
}

//! [types]
static kst_status type_size(void *user, const char *type, uint64_t *size_out)
{
	const struct symbol_engine *engine = user;
	ULONG64 length = 0;
	ULONG id;

	if (!find_type(engine, type, &id) || !ask(engine, id, TI_GET_LENGTH, &length))
		return KST_E_NO_MEMBER;
	*size_out = length;
	return KST_OK;
}

static kst_status member(void *user, const char *type, const char *path, struct kst_member *out)
{
	const struct symbol_engine *engine = user;
	struct place at = { 0 };
	uint64_t offset = 0;
	ULONG64 length = 0, bits = 0;
	DWORD bit = 0;
	ULONG in;

	if (!find_type(engine, type, &in))
		return KST_E_NO_MEMBER;
	for (;;) { /* one name of the path after the other */
		size_t n = strcspn(path, ".");

		if (n == 0 || !find_member(engine, without_arrays(engine, in), path, n, 0, &at))
			return KST_E_NO_MEMBER;
		offset += at.offset;
		in = at.type;
		if (path[n] == '\0')
			break;
		path += n + 1;
	}
	if (!ask(engine, at.type, TI_GET_LENGTH, &length) || length == 0 || length > UINT32_MAX || offset > UINT32_MAX)
		return KST_E_NO_MEMBER;
	out->offset = (uint32_t)offset;
	out->length = (uint32_t)length;
	out->bit_pos = out->bit_len = 0;
	/* of a bit-field the type is its storage unit, and the length of the member itself counts bits */
	if (ask(engine, at.member, TI_GET_BITPOSITION, &bit) && ask(engine, at.member, TI_GET_LENGTH, &bits) &&
	    bits <= 8 * length && bit <= 8 * length - bits) {
		out->bit_pos = bit;
		out->bit_len = (uint32_t)bits;
	}
	return KST_OK;
}

static kst_status symbol(void *user, const char *name, uint64_t *rva_out)
{
	const struct symbol_engine *engine = user;
	SYMBOL_INFO found;

	memset(&found, 0, sizeof found);
	found.SizeOfStruct = sizeof found;
	if (!engine->SymFromName(engine->process, name, &found) || found.Address < engine->base)
		return KST_E_NO_MEMBER;
	*rva_out = found.Address - engine->base;
	return KST_OK;
}

struct kst_types_ops symbol_engine_types(uint32_t pointer_size)
{
	return (struct kst_types_ops){ .size = sizeof(struct kst_types_ops),
				       .pointer_size = pointer_size,
				       .type_size = type_size,
				       .member = member,
				       .symbol = symbol };
}
//! [types]

#ifdef _WIN32
static void free_local(WCHAR *name)
{
	LocalFree(name);
}

struct symbol_engine symbol_engine_dbghelp(HANDLE process, DWORD64 base)
{
	return (struct symbol_engine){ .process = process,
				       .base = base,
				       .SymGetTypeFromName = SymGetTypeFromName,
				       .SymGetTypeInfo = SymGetTypeInfo,
				       .SymFromName = SymFromName,
				       .free_name = free_local };
}
#endif
