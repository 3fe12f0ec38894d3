/* SPDX-License-Identifier: MIT */
/* Forged objects: headers of either generation with creator and name headers, types, lists, for every built-in layout. */
#ifndef KST_TESTS_OBJECTS_H
#define KST_TESTS_OBJECTS_H

#include "image.h"
#include "processes.h"
#include "support.h"

struct forged_objects {
	struct image *img;
	struct kst_layout *layout;
	struct kst_target *target;
	uint32_t width; /* bytes of a pointer */
	uint32_t build;
	uint8_t cookie;
	uint64_t symbols; /* where the globals are, 0x1000 apart from what they hold */
	uint64_t at;      /* the next free address */
	uint64_t type_type;
	uint32_t types; /* how many there are */
};

/* Globals, in the order of their addresses; the type table takes 0x800 bytes after them. */
enum {
	FORGED_OBP_TYPE_OBJECT_TYPE,
	FORGED_OBP_ROOT,
	FORGED_OBP_TYPE_DIRECTORY,
	FORGED_NT_GLOBAL_FLAG,
	FORGED_OB_HEADER_COOKIE,
	FORGED_PSP_CID_TABLE,
	FORGED_TABLE = 16
};
uint64_t objects_symbol(const struct forged_objects *f, unsigned which);

/* A machine with the type Type and nothing else; x86 is not PAE. */
struct forged_objects objects_begin(uint32_t arch, uint32_t build, uint32_t revision);
/* An object of a type with creator and, if name is given, name header; returns its body. */
uint64_t objects_add(struct forged_objects *f, uint64_t type, const char *name, uint64_t directory, uint64_t pid);
uint64_t objects_type(struct forged_objects *f, const char *name);
uint64_t objects_header(const struct forged_objects *f, uint64_t body);
/* The list entry of a body. */
uint64_t objects_entry(const struct forged_objects *f, uint64_t body);
/* Link bodies into the list of a type and set its count. */
void objects_link(struct forged_objects *f, uint64_t type, const uint64_t *bodies, size_t count);
/* Put bodies into a directory, one bucket each. */
void objects_directory(struct forged_objects *f, uint64_t directory, const uint64_t *bodies, size_t count);
/* Bytes at a fresh address. */
uint64_t objects_room(struct forged_objects *f, uint64_t bytes);
/* The target; all globals are known to it. */
struct kst_target *objects_target(struct forged_objects *f);
void objects_end(struct forged_objects *f);

/* Every build that has a built-in table of its own. */
struct forged_build {
	const char *name;
	uint32_t arch, build, revision;
};
extern const struct forged_build forged_builds[];
extern const size_t forged_builds_count;

#endif
