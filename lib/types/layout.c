/* SPDX-License-Identifier: MIT */
/* Layouts on the heap: what lib/layout must not do. */
#include "../layout/layout.h"
#include "types.h"

#include <stdlib.h>

/* Memory for a layout; NULL with *st set when there is none. */
static struct kst_layout *allocate(struct kst_layout **out, kst_status *st, struct kst_error *err)
{
	struct kst_layout *layout = NULL;

	if (out == NULL) {
		*st = kst__fail(err, KST_E_ARG, 0, "no place for the result");
		return NULL;
	}
	layout = malloc(kst_layout_size());
	if (layout == NULL)
		*st = kst__fail(err, KST_E_NO_MEMORY, 0, "out of memory");
	return layout;
}

/* Hand the layout over, or release it when making it failed. */
static kst_status deliver(struct kst_layout *layout, kst_status st, struct kst_layout **out)
{
	if (st == KST_OK)
		*out = layout;
	else
		free(layout);
	return st;
}

kst_status kst_layout_from_types(const struct kst_types_ops *ops, void *user, const char *name, struct kst_layout **out,
				 struct kst_error *err)
{
	kst_status st = KST_OK;
	struct kst_layout *layout = allocate(out, &st, err);

	return layout == NULL ? st
			      : deliver(layout, kst_layout_init(layout, kst_layout_size(), ops, user, name, err), out);
}

kst_status kst_layout_from_builtin(const struct kst_layout_key *key, struct kst_layout **out, struct kst_error *err)
{
	kst_status st = KST_OK;
	struct kst_layout *layout = allocate(out, &st, err);

	return layout == NULL ? st : deliver(layout, kst_layout_init_builtin(layout, kst_layout_size(), key, err), out);
}

void kst_layout_destroy(struct kst_layout *layout)
{
	free(layout);
}

/* Append text; cut at the end of the buffer. */
static void append(char *to, size_t cap, const char *text)
{
	size_t used = strlen(to);
	size_t n = strlen(text);

	if (n > cap - 1 - used)
		n = cap - 1 - used;
	memcpy(to + used, text, n);
	to[used + n] = '\0';
}

static void append_hex(char *to, size_t cap, uint32_t value, int digits)
{
	char text[9];

	for (int i = 0; i < digits; i++)
		text[i] = "0123456789ABCDEF"[value >> 4 * (digits - 1 - i) & 0xf];
	text[digits] = '\0';
	append(to, cap, text);
}

/* GUID and age as symbol servers write them: 32 digits, then the age without leading zeros. */
static void append_identity(char *to, size_t cap, const uint8_t guid[16], uint32_t age)
{
	int digits = 1;

	append(to, cap, " ");
	append_hex(to, cap, kst__le32(guid), 8);
	append_hex(to, cap, kst__le16(guid + 4), 4);
	append_hex(to, cap, kst__le16(guid + 6), 4);
	for (int i = 8; i < 16; i++)
		append_hex(to, cap, guid[i], 2);
	while (digits < 8 && age >> 4 * digits != 0)
		digits++;
	append_hex(to, cap, age, digits);
}

/* The layout of a reader that is open, with the architecture that it knows. */
static kst_status finish(const struct kst_types_ops *ops, void *user, const char *name, uint32_t arch,
			 struct kst_layout **out, struct kst_error *err)
{
	kst_status st;

	if (ops->pointer_size == 0)
		return kst__fail(err, KST_E_UNSUPPORTED, 0, "the file does not tell the size of a pointer");
	st = kst_layout_from_types(ops, user, name, out, err);
	if (st == KST_OK)
		(*out)->info.arch = arch;
	return st;
}

kst_status kst_layout_from_pdb(const void *bytes, size_t length, struct kst_layout **out, struct kst_error *err)
{
	struct kst_pdb_info info = { .size = sizeof info };
	char name[64] = "pdb";
	struct kst_pdb *pdb;
	kst_status st;

	if (out == NULL)
		return kst__fail(err, KST_E_ARG, 0, "no place for the result");
	st = kst_pdb_open(bytes, length, &pdb, err);
	if (st != KST_OK)
		return st;
	kst_pdb_info(pdb, &info);
	append_identity(name, sizeof name, info.guid, info.age);
	st = finish(kst_pdb_types(pdb), pdb, name, info.arch, out, err);
	kst_pdb_close(pdb);
	return st;
}

kst_status kst_layout_from_isf(const void *bytes, size_t length, struct kst_layout **out, struct kst_error *err)
{
	struct kst_isf_info info = { .size = sizeof info };
	char name[64] = "isf";
	struct kst_isf *isf;
	kst_status st;

	if (out == NULL)
		return kst__fail(err, KST_E_ARG, 0, "no place for the result");
	st = kst_isf_open(bytes, length, &isf, err);
	if (st != KST_OK)
		return st;
	kst_isf_info(isf, &info);
	if ((info.present & KST_ISF_HAS_IDENTITY) != 0)
		append_identity(name, sizeof name, info.guid, info.age);
	st = finish(kst_isf_types(isf), isf, name, info.arch, out, err);
	kst_isf_close(isf);
	return st;
}
