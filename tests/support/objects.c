/* SPDX-License-Identifier: MIT */
#include "objects.h"

#include <stdlib.h>

#define X86(build)                                                                                                     \
	{                                                                                                              \
		"x86 " #build, KST_ARCH_X86, build, 0                                                                  \
	}
#define X64(build)                                                                                                     \
	{                                                                                                              \
		"x64 " #build, KST_ARCH_X64, build, 0                                                                  \
	}
#define REVISION(build, revision)                                                                                      \
	{                                                                                                              \
		"x64 " #build "." #revision, KST_ARCH_X64, build, revision                                             \
	}

const struct forged_build forged_builds[] = {
	X86(2600),
	X86(3790),
	X86(6000),
	X86(6001),
	X86(6002),
	X86(7600),
	X86(7601),
	X86(9200),
	X86(9600),
	X86(10240),
	X86(10586),
	X86(14393),
	X86(15063),
	X86(16299),
	X86(17134),
	X86(17763),
	X86(18362),
	X86(19041),
	X64(3790),
	X64(6000),
	X64(6001),
	X64(6002),
	X64(7600),
	X64(7601),
	X64(9200),
	X64(9600),
	X64(10240),
	X64(10586),
	X64(14393),
	X64(15063),
	X64(16299),
	X64(17134),
	X64(17763),
	X64(18362),
	X64(19041),
	REVISION(7601, 24540),
	REVISION(19041, 3570),
	REVISION(20348, 350),
	REVISION(22000, 318),
	REVISION(22621, 382),
	REVISION(22631, 2428),
};
const size_t forged_builds_count = sizeof forged_builds / sizeof forged_builds[0];

static const char *const symbol_names[] = { "ObpTypeObjectType", "ObpRootDirectoryObject", "ObpTypeDirectoryObject",
					    "NtGlobalFlag",      "ObHeaderCookie",         "PspCidTable" };

static bool new_form(const struct forged_objects *f)
{
	return f->build >= 7600;
}

uint64_t objects_symbol(const struct forged_objects *f, unsigned which)
{
	return f->symbols + (uint64_t)which * 16;
}

uint64_t objects_room(struct forged_objects *f, uint64_t bytes)
{
	uint64_t at = f->at;

	f->at += (bytes + 0x1f) & ~(uint64_t)0xf;
	for (uint64_t i = 0; i < bytes; i += 8)
		image_put64(f->img, at + i, 0);
	return at;
}

uint64_t objects_header(const struct forged_objects *f, uint64_t body)
{
	return body - place_of(f->layout, "_OBJECT_HEADER", "Body");
}

static uint64_t creator_size(const struct forged_objects *f)
{
	return 4 * (uint64_t)f->width; /* public type: two links, process id, back trace */
}

uint64_t objects_entry(const struct forged_objects *f, uint64_t body)
{
	return objects_header(f, body) - creator_size(f);
}

static void put(struct forged_objects *f, uint64_t at, const char *type, const char *path, uint64_t value)
{
	image_put_member(f->img, f->layout, at, type, path, value);
}

static uint32_t index_of(const struct forged_objects *f, uint64_t type)
{
	struct kst_object_type t = { .size = sizeof t };
	uint8_t raw[0x200];
	size_t done;
	struct kst_target *target = image_target(f->img, f->layout);

	if (type == 0)
		return 2;
	kst_read(target, KST_SPACE_KERNEL, type, raw, sizeof raw, &done, NULL);
	assert_int_equal(kst_decode_object_type(f->layout, raw, done, type, &t, NULL), KST_OK);
	return t.index;
}

static uint64_t add(struct forged_objects *f, uint32_t index, uint64_t type, const char *name, uint64_t directory,
		    uint64_t pid)
{
	uint64_t block = objects_room(f, 0x100 + 0x180);
	uint64_t body = block + 0x100;
	uint64_t header = objects_header(f, body);
	uint64_t creator = header - creator_size(f);
	uint64_t name_info = creator - creator_size(f); /* of the same size in the builds with public types */

	put(f, header, "_OBJECT_HEADER", "PointerCount", 3);
	put(f, header, "_OBJECT_HEADER", "HandleCount", 1);
	if (new_form(f)) {
		uint32_t stored = f->build >= 10240 ? kst_object_type_index(index, header, f->cookie) : index;

		put(f, header, "_OBJECT_HEADER", "TypeIndex", stored);
		put(f, header, "_OBJECT_HEADER", "InfoMask", name != NULL ? 3u : 1u);
	} else {
		put(f, header, "_OBJECT_HEADER", "Type", type != 0 ? type : body);
		put(f, header, "_OBJECT_HEADER", "Flags", 4);
		put(f, header, "_OBJECT_HEADER", "NameInfoOffset", name != NULL ? header - name_info : 0);
	}
	put(f, creator, "_OBJECT_HEADER_CREATOR_INFO", "CreatorUniqueProcess", pid);
	if (name != NULL) {
		image_put_pointer(f->img, name_info, directory);
		image_put_string(f->img, name_info + f->width, objects_room(f, 2 * strlen(name) + 8), name);
	}
	return body;
}

uint64_t objects_add(struct forged_objects *f, uint64_t type, const char *name, uint64_t directory, uint64_t pid)
{
	return add(f, new_form(f) ? index_of(f, type) : 0, type, name, directory, pid);
}

uint64_t objects_type(struct forged_objects *f, const char *name)
{
	uint64_t type = add(f, 2, f->type_type, name, 0, 4);
	uint32_t index = f->types++ + (new_form(f) ? 2 : 1);
	uint64_t head = type + place_of(f->layout, "_OBJECT_TYPE", "TypeList");

	image_put_string(f->img, type + place_of(f->layout, "_OBJECT_TYPE", "Name"), objects_room(f, 64), name);
	put(f, type, "_OBJECT_TYPE", "Index", index);
	put(f, type, "_OBJECT_TYPE", "Key", (uint64_t)(uint8_t)name[0]);
	image_put_list(f->img, head, NULL, 0);
	if (new_form(f))
		image_put_pointer(f->img, objects_symbol(f, FORGED_TABLE) + (uint64_t)index * f->width, type);
	return type;
}

void objects_link(struct forged_objects *f, uint64_t type, const uint64_t *bodies, size_t count)
{
	uint64_t entries[16];

	assert_true(count <= 16);
	for (size_t i = 0; i < count; i++)
		entries[i] = objects_entry(f, bodies[i]);
	image_put_list(f->img, type + place_of(f->layout, "_OBJECT_TYPE", "TypeList"), entries, count);
	put(f, type, "_OBJECT_TYPE", "TotalNumberOfObjects", count);
	put(f, type, "_OBJECT_TYPE", "HighWaterNumberOfObjects", count);
}

void objects_directory(struct forged_objects *f, uint64_t directory, const uint64_t *bodies, size_t count)
{
	struct kst_member hash = { .size = sizeof hash };
	bool has_hash = kst_layout_member(f->layout, "_OBJECT_DIRECTORY_ENTRY", "HashValue", &hash) == KST_OK;

	for (size_t i = 0; i < count; i++) {
		uint64_t entry = objects_room(f, 4 * (uint64_t)f->width);
		uint64_t bucket = 3 * i % 37;

		put(f, entry, "_OBJECT_DIRECTORY_ENTRY", "Object", bodies[i]);
		if (has_hash)
			put(f, entry, "_OBJECT_DIRECTORY_ENTRY", "HashValue", 37 * i + bucket);
		image_put_pointer(f->img, directory + bucket * f->width, entry);
	}
}

struct forged_objects objects_begin(uint32_t arch, uint32_t build, uint32_t revision)
{
	bool wide = arch == KST_ARCH_X64;
	struct forged_objects f = { .img = image_new(wide ? KST_PAGING_X64 : KST_PAGING_X86),
				    .layout = layout_builtin(arch, build, revision),
				    .width = wide ? 8 : 4,
				    .build = build,
				    .cookie = 0x9c,
				    .symbols = wide ? UINT64_C(0xfffff80000600000) : UINT64_C(0x80600000),
				    .at = wide ? UINT64_C(0xffffa80000010100) : UINT64_C(0x84010100) };

	for (unsigned i = 0; i < 0x1000; i += 8)
		image_put64(f.img, f.symbols + i, 0);
	f.type_type = objects_type(&f, "Type");
	image_put_pointer(f.img, objects_symbol(&f, FORGED_OBP_TYPE_OBJECT_TYPE), f.type_type);
	image_put32(f.img, objects_symbol(&f, FORGED_NT_GLOBAL_FLAG), 0x4000);
	image_put8(f.img, objects_symbol(&f, FORGED_OB_HEADER_COOKIE), f.cookie);
	return f;
}

struct kst_target *objects_target(struct forged_objects *f)
{
	struct kst_symbol symbols[8];
	size_t n = 0;

	for (; n < sizeof symbol_names / sizeof symbol_names[0]; n++)
		symbols[n] = (struct kst_symbol){ objects_symbol(f, (unsigned)n), symbol_names[n] };
	if (new_form(f))
		symbols[n++] = (struct kst_symbol){ objects_symbol(f, FORGED_TABLE), "ObTypeIndexTable" };
	f->target = image_target_symbols(f->img, f->layout, symbols, n);
	return f->target;
}

void objects_end(struct forged_objects *f)
{
	image_free(f->img);
	free(f->layout);
}
