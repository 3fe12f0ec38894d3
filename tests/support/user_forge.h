/* SPDX-License-Identifier: MIT */
/* A forged user half of a process: PEB, loader data with its three lists, process parameters, environment. */
#ifndef KST_TESTS_USER_FORGE_H
#define KST_TESTS_USER_FORGE_H

#include "processes.h"

struct forged_module {
	const char *name, *path;
	uint64_t entry; /* address of the loader entry */
	uint64_t base;
	uint32_t size, stamp;
};

struct forged_user {
	uint64_t dtb;
	uint32_t pointer_size; /* of the process, which need not be the kernel's */
	uint64_t peb, ldr, parameters, environment;
	uint64_t strings; /* where texts go, one after the other; the pages must be free */
	uint64_t image_base, process_heap;
	const char *current_directory, *image, *command_line, *window_title, *dll_path;
	const char *const *variables;        /* ends with NULL */
	const struct forged_module *modules; /* in load order; the first is not in initialisation order */
	size_t count;
};

/* Where the parts of lsass.exe lie in the reference's worked example; texts, variables and modules are the caller's. */
struct forged_user user_lsass(uint64_t dtb, uint32_t pointer_size);
void forge_user(struct image *img, const struct forged_user *user);

/* Offset of a member of a user structure with pointers of a size. */
uint64_t user_place(uint32_t pointer_size, const char *type, const char *path);
/* Write a number in a process. */
void put_in(struct image *img, uint64_t dtb, uint64_t va, uint64_t value, unsigned width);

#endif
