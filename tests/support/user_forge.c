/* SPDX-License-Identifier: MIT */
#include "user_forge.h"

#include <stdlib.h>

uint64_t user_place(uint32_t pointer_size, const char *type, const char *path)
{
	struct kst_layout *layout = malloc(kst_layout_size());
	uint64_t place;

	assert_non_null(layout);
	assert_int_equal(kst_layout_init_user(layout, kst_layout_size(), pointer_size, NULL), KST_OK);
	place = place_of(layout, type, path);
	free(layout);
	return place;
}

struct forged_user user_lsass(uint64_t dtb, uint32_t pointer_size)
{
	return (struct forged_user){ .dtb = dtb,
				     .pointer_size = pointer_size,
				     .peb = 0x7ffdd000,
				     .ldr = 0x77164cc0,
				     .parameters = 0x360d90,
				     .environment = 0x3607e8,
				     .strings = 0x370000,
				     .image_base = 0x700000,
				     .process_heap = 0x360000 };
}

void put_in(struct image *img, uint64_t dtb, uint64_t va, uint64_t value, unsigned width)
{
	uint8_t raw[8];

	for (unsigned i = 0; i < width; i++)
		raw[i] = (uint8_t)(value >> (8 * i));
	image_put_in(img, dtb, va, raw, width);
}

/* A UNICODE_STRING at va; its text goes to *strings. */
static void put_text(struct image *img, const struct forged_user *user, uint64_t va, const char *text,
		     uint64_t *strings)
{
	size_t n = strlen(text);

	put_in(img, user->dtb, va, 2 * n, 2);
	put_in(img, user->dtb, va + 2, 2 * n + 2, 2);
	put_in(img, user->dtb, va + user->pointer_size, *strings, user->pointer_size);
	for (size_t i = 0; i <= n; i++, *strings += 2)
		put_in(img, user->dtb, *strings, (uint8_t)text[i], 2);
	*strings = (*strings + 7) & ~(uint64_t)7;
}

static void put_member(struct image *img, const struct forged_user *user, uint64_t object, const char *type,
		       const char *path, uint64_t value, unsigned width)
{
	put_in(img, user->dtb, object + user_place(user->pointer_size, type, path), value, width);
}

/* One list of the loader: `skip` modules at the front are not on it. */
static void put_list(struct image *img, const struct forged_user *user, const char *head_name, const char *links,
		     size_t skip)
{
	uint32_t w = user->pointer_size;
	uint64_t head = user->ldr + user_place(w, "_PEB_LDR_DATA", head_name);
	uint64_t offset = user_place(w, "_LDR_DATA_TABLE_ENTRY", links);
	uint64_t last = head;

	for (size_t i = skip; i < user->count; i++) {
		uint64_t node = user->modules[i].entry + offset;

		put_in(img, user->dtb, last, node, w);
		put_in(img, user->dtb, node + w, last, w);
		last = node;
	}
	put_in(img, user->dtb, last, head, w);
	put_in(img, user->dtb, head + w, last, w);
}

static void put_modules(struct image *img, const struct forged_user *user, uint64_t *strings)
{
	static const char type[] = "_LDR_DATA_TABLE_ENTRY";
	uint32_t w = user->pointer_size;

	for (size_t i = 0; i < user->count; i++) {
		const struct forged_module *m = &user->modules[i];

		put_member(img, user, m->entry, type, "DllBase", m->base, w);
		put_member(img, user, m->entry, type, "EntryPoint", m->base + 0x1000, w);
		put_member(img, user, m->entry, type, "SizeOfImage", m->size, 4);
		put_member(img, user, m->entry, type, "TimeDateStamp", m->stamp, 4);
		put_text(img, user, m->entry + user_place(w, type, "BaseDllName"), m->name, strings);
		put_text(img, user, m->entry + user_place(w, type, "FullDllName"), m->path, strings);
	}
	put_list(img, user, "InLoadOrderModuleList", "InLoadOrderLinks", 0);
	put_list(img, user, "InMemoryOrderModuleList", "InMemoryOrderLinks", 0);
	put_list(img, user, "InInitializationOrderModuleList", "InInitializationOrderLinks", 1);
}

static void put_parameters(struct image *img, const struct forged_user *user, uint64_t *strings)
{
	static const char type[] = "_RTL_USER_PROCESS_PARAMETERS";
	const struct {
		const char *path, *text;
	} texts[] = {
		{ "CurrentDirectory", user->current_directory },
		{ "DllPath", user->dll_path },
		{ "ImagePathName", user->image },
		{ "CommandLine", user->command_line },
		{ "WindowTitle", user->window_title },
	};
	uint64_t at = user->environment;

	put_member(img, user, user->parameters, type, "Flags", 1, 4); /* normalized */
	put_member(img, user, user->parameters, type, "MaximumLength", 0x1000, 4);
	put_member(img, user, user->parameters, type, "Length", 0x1000, 4);
	for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++)
		if (texts[i].text != NULL)
			put_text(img, user, user->parameters + user_place(user->pointer_size, type, texts[i].path),
				 texts[i].text, strings);
	put_member(img, user, user->parameters, type, "Environment", user->environment, user->pointer_size);
	for (const char *const *v = user->variables; v != NULL && *v != NULL; v++)
		for (size_t i = 0; i <= strlen(*v); i++, at += 2)
			put_in(img, user->dtb, at, (uint8_t)(*v)[i], 2);
	put_in(img, user->dtb, at, 0, 2);
}

void forge_user(struct image *img, const struct forged_user *user)
{
	uint32_t w = user->pointer_size;
	uint64_t strings = user->strings;

	put_member(img, user, user->peb, "_PEB", "InheritedAddressSpace", 0, 1);
	put_member(img, user, user->peb, "_PEB", "ImageBaseAddress", user->image_base, w);
	put_member(img, user, user->peb, "_PEB", "Ldr", user->ldr, w);
	put_member(img, user, user->peb, "_PEB", "ProcessParameters", user->parameters, w);
	put_member(img, user, user->peb, "_PEB", "ProcessHeap", user->process_heap, w);
	put_member(img, user, user->ldr, "_PEB_LDR_DATA", "Length", w == 4 ? 0x30 : 0x58, 4);
	put_member(img, user, user->ldr, "_PEB_LDR_DATA", "Initialized", 1, 1);
	put_modules(img, user, &strings);
	put_parameters(img, user, &strings);
}
