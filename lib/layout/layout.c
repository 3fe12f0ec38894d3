/* SPDX-License-Identifier: MIT */
#include "layout.h"

/*
 * Names are kept in one read-only struct of exactly sized arrays, not in an array of pointers: no relocations, no
 * writable data. The string of a member is "type\0path".
 */
#define MEMBER_NAME(id, type, path) char id[sizeof(type "\0" path)];
#define MEMBER_TEXT(id, type, path) type "\0" path,
#define MEMBER_AT(id, type, path)   (uint16_t) offsetof(struct member_names, id),
struct member_names {
	KST__MEMBERS(MEMBER_NAME)
};
static const struct member_names member_names = { KST__MEMBERS(MEMBER_TEXT) };
static const uint16_t member_at[] = { KST__MEMBERS(MEMBER_AT) };

#define SYMBOL_NAME(id, names) char id[sizeof(names)];
#define SYMBOL_TEXT(id, names) names,
#define SYMBOL_AT(id, names)   (uint16_t) offsetof(struct symbol_names, id),
struct symbol_names {
	KST__SYMBOLS(SYMBOL_NAME)
};
static const struct symbol_names symbol_names = { KST__SYMBOLS(SYMBOL_TEXT) };
static const uint16_t symbol_at[] = { KST__SYMBOLS(SYMBOL_AT) };

_Static_assert(sizeof(struct member_names) <= UINT16_MAX, "member names outgrew their index");
_Static_assert(sizeof(struct symbol_names) <= UINT16_MAX, "symbol names outgrew their index");

#define NAME_MAX_BYTES 128

const char *kst__member_type(enum kst__member_id id)
{
	return (const char *)&member_names + member_at[id];
}

const char *kst__member_path(enum kst__member_id id)
{
	const char *type = kst__member_type(id);

	return type + kst__length(type) + 1;
}

const char *kst__symbol_names(enum kst__symbol_id id)
{
	return (const char *)&symbol_names + symbol_at[id];
}

size_t kst_layout_size(void)
{
	return sizeof(struct kst_layout);
}

kst_status kst__layout_begin(struct kst_layout *mem, size_t size, uint32_t pointer_size, const char *name,
			     struct kst_error *err)
{
	size_t n = name == NULL ? 0 : kst__length(name);

	if (mem == NULL || (uintptr_t)mem % 8 != 0)
		return kst__fail(err, KST_E_ARG, 0, "layout memory is NULL or not aligned to 8");
	if (size < sizeof *mem)
		return kst__fail(err, KST_E_LIMIT, 0, "layout memory is smaller than kst_layout_size()");
	if (pointer_size != 4 && pointer_size != 8)
		return kst__fail(err, KST_E_ARG, 0, "pointer size is neither 4 nor 8");
	memset(mem, 0, sizeof *mem);
	mem->magic = KST__LAYOUT_MAGIC;
	mem->info.pointer_size = pointer_size;
	mem->info.wanted = KST__MEMBER_COUNT;
	if (n >= sizeof mem->info.name)
		n = sizeof mem->info.name - 1;
	if (n > 0)
		memcpy(mem->info.name, name, n);
	return KST_OK;
}

void kst__layout_set(struct kst_layout *layout, enum kst__member_id id, uint32_t offset, uint32_t length,
		     unsigned bit_pos, unsigned bit_len)
{
	struct kst__member *m = &layout->members[id];

	m->offset = offset;
	m->length = length;
	m->bit_pos = (uint8_t)bit_pos;
	m->bit_len = (uint8_t)bit_len;
	m->present = 1;
}

void kst__layout_finish(struct kst_layout *layout)
{
	layout->info.present = 0;
	layout->info.symbols = 0;
	for (size_t i = 0; i < KST__MEMBER_COUNT; i++)
		layout->info.present += layout->members[i].present;
	for (size_t i = 0; i < KST__SYMBOL_COUNT; i++)
		layout->info.symbols += (uint32_t)layout->symbols[i].present;
}

kst_status kst_layout_init_empty(struct kst_layout *mem, size_t size, uint32_t pointer_size, struct kst_error *err)
{
	kst_status st = kst__layout_begin(mem, size, pointer_size, "empty", err);

	if (st == KST_OK)
		kst__layout_finish(mem);
	return st;
}

/* Copy the alternative that starts at `from` and return the start of the next one, or NULL. */
static const char *next_alternative(const char *from, char out[NAME_MAX_BYTES])
{
	size_t n = 0;

	while (from[n] != '\0' && from[n] != '|')
		n++;
	memcpy(out, from, n < NAME_MAX_BYTES ? n : NAME_MAX_BYTES - 1);
	out[n < NAME_MAX_BYTES ? n : NAME_MAX_BYTES - 1] = '\0';
	return from[n] == '|' ? from + n + 1 : NULL;
}

static kst_status ask(const struct kst_types_ops *ops, void *user, const char *type, const char *path,
		      struct kst_member *out)
{
	uint64_t size = 0;
	kst_status st;

	memset(out, 0, sizeof *out);
	out->size = sizeof *out;
	if (path[0] != '\0')
		return ops->member(user, type, path, out);
	st = ops->type_size(user, type, &size);
	out->length = size > UINT32_MAX ? UINT32_MAX : (uint32_t)size;
	return st;
}

/* A sound place: a bit-field lies in its unit, nothing is absurdly large. */
static bool sound(const struct kst_member *m)
{
	return m->length > 0 && m->offset <= 0x1000000 && m->length <= 0x1000000 &&
	       (m->bit_len == 0 ||
		(m->length <= 8 && m->bit_pos < 64 && m->bit_len <= 64 && m->bit_pos + m->bit_len <= m->length * 8));
}

static kst_status resolve(struct kst_layout *layout, enum kst__member_id id, const struct kst_types_ops *ops,
			  void *user, struct kst_error *err)
{
	char type[NAME_MAX_BYTES];
	char path[NAME_MAX_BYTES];

	for (const char *t = kst__member_type(id); t != NULL;) {
		t = next_alternative(t, type);
		for (const char *p = kst__member_path(id); p != NULL;) {
			struct kst_member m;
			kst_status st;

			p = next_alternative(p, path);
			st = ask(ops, user, type, path, &m);
			if (st == KST_OK && sound(&m)) {
				kst__layout_set(layout, id, m.offset, m.length, m.bit_pos, m.bit_len);
				return KST_OK;
			}
			if (st != KST_OK && st != KST_E_NO_MEMBER)
				return kst__fail_host(err, st, 0);
		}
	}
	return KST_OK;
}

static kst_status resolve_symbol(struct kst_layout *layout, enum kst__symbol_id id, const struct kst_types_ops *ops,
				 void *user, struct kst_error *err)
{
	char name[NAME_MAX_BYTES];

	for (const char *s = kst__symbol_names(id); s != NULL;) {
		uint64_t rva = 0;
		kst_status st;

		s = next_alternative(s, name);
		st = ops->symbol(user, name, &rva);
		if (st == KST_OK) {
			layout->symbols[id].rva = rva;
			layout->symbols[id].present = 1;
			return KST_OK;
		}
		if (st != KST_E_NO_MEMBER)
			return kst__fail_host(err, st, 0);
	}
	return KST_OK;
}

kst_status kst_layout_init(struct kst_layout *mem, size_t size, const struct kst_types_ops *ops, void *user,
			   const char *name, struct kst_error *err)
{
	struct kst_types_ops mine;
	kst_status st;

	if (ops == NULL)
		return kst__fail(err, KST_E_ARG, 0, "no callbacks");
	st = kst__in_read(&mine, sizeof mine, ops, sizeof mine);
	if (st != KST_OK)
		return kst__fail(err, st, 0, "kst_types_ops.size is not known");
	if (mine.type_size == NULL || mine.member == NULL)
		return kst__fail(err, KST_E_ARG, 0, "type_size and member are required");
	st = kst__layout_begin(mem, size, mine.pointer_size, name == NULL ? "host" : name, err);
	for (int i = 0; st == KST_OK && i < KST__MEMBER_COUNT; i++)
		st = resolve(mem, (enum kst__member_id)i, &mine, user, err);
	for (int i = 0; st == KST_OK && mine.symbol != NULL && i < KST__SYMBOL_COUNT; i++)
		st = resolve_symbol(mem, (enum kst__symbol_id)i, &mine, user, err);
	if (st == KST_OK)
		kst__layout_finish(mem);
	return st;
}

kst_status kst_layout_info(const struct kst_layout *layout, struct kst_layout_info *out)
{
	if (layout == NULL || out == NULL)
		return KST_E_ARG;
	if (!kst__out_ok(out->size, sizeof *out))
		return KST_E_ABI;
	kst__out_write(out, &layout->info, sizeof layout->info);
	return KST_OK;
}

kst_status kst_layout_member(const struct kst_layout *layout, const char *type, const char *path,
			     struct kst_member *out)
{
	if (layout == NULL || type == NULL || path == NULL || out == NULL)
		return KST_E_ARG;
	if (!kst__out_ok(out->size, sizeof *out))
		return KST_E_ABI;
	for (int i = 0; i < KST__MEMBER_COUNT; i++) {
		enum kst__member_id id = (enum kst__member_id)i;
		const struct kst__member *m = kst__member(layout, id);

		if (m->present && kst__among(kst__member_type(id), type) && kst__among(kst__member_path(id), path)) {
			struct kst_member ours = { 0, m->offset, m->length, m->bit_pos, m->bit_len };

			kst__out_write(out, &ours, sizeof ours);
			return KST_OK;
		}
	}
	return KST_E_NO_MEMBER;
}

enum kst__symbol_id kst__symbol_find(const char *name)
{
	int i = 0;

	while (i < KST__SYMBOL_COUNT && !kst__among(kst__symbol_names((enum kst__symbol_id)i), name))
		i++;
	return (enum kst__symbol_id)i;
}

kst_status kst_layout_symbol(const struct kst_layout *layout, const char *name, uint64_t *rva_out)
{
	enum kst__symbol_id id;

	if (layout == NULL || name == NULL || rva_out == NULL)
		return KST_E_ARG;
	id = kst__symbol_find(name);
	if (id == KST__SYMBOL_COUNT || !layout->symbols[id].present)
		return KST_E_NO_MEMBER;
	*rva_out = layout->symbols[id].rva;
	return KST_OK;
}

kst_status kst_layout_wanted(uint32_t index, const char **type_out, const char **path_out)
{
	if (type_out == NULL || path_out == NULL)
		return KST_E_ARG;
	if (index >= KST__MEMBER_COUNT)
		return KST_END;
	*type_out = kst__member_type((enum kst__member_id)index);
	*path_out = kst__member_path((enum kst__member_id)index);
	return KST_OK;
}

kst_status kst_layout_wanted_symbol(uint32_t index, const char **name_out)
{
	if (name_out == NULL)
		return KST_E_ARG;
	if (index >= KST__SYMBOL_COUNT)
		return KST_END;
	*name_out = kst__symbol_names((enum kst__symbol_id)index);
	return KST_OK;
}
