/* SPDX-License-Identifier: MIT */
/*
 * compare_layouts FILE ARCH BUILD REVISION PAE: where a file of types (PDB, ISF, layout table) and the built-in layout
 * put each wanted member and symbol. One line each, "-" where it is absent:
 *	same|differs|builtin|file <TAB> type <TAB> path <TAB> built-in place <TAB> the file's place
 */
#include "../../examples/kstate/tsv.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void *read_all(const char *path, size_t *len)
{
	FILE *f = fopen(path, "rb");
	size_t cap = 0;
	char *bytes = NULL;

	*len = 0;
	while (f != NULL) {
		size_t n;

		if (cap - *len < 0x100000) {
			cap = cap * 2 + 0x200000;
			bytes = realloc(bytes, cap);
			if (bytes == NULL)
				exit(3);
		}
		n = fread(bytes + *len, 1, cap - *len, f);
		*len += n;
		if (n == 0) {
			fclose(f);
			return bytes;
		}
	}
	return NULL;
}

static struct kst_layout *from_file(const char *path)
{
	struct kst_error err = { .size = sizeof err };
	struct kst_layout *layout = NULL;
	char message[160] = "";
	size_t len;
	char *bytes = read_all(path, &len);
	size_t name = strlen(path);
	kst_status st = KST_E_IO;

	if (bytes != NULL && len > 16 && memcmp(bytes, "Microsoft C/C++ ", 16) == 0) {
		st = kst_layout_from_pdb(bytes, len, &layout, &err);
	} else if (bytes != NULL && name > 4 && strcmp(path + name - 4, ".tsv") == 0) {
		struct tsv *tsv = tsv_parse(bytes, len, message, sizeof message);

		if (tsv != NULL)
			st = kst_layout_from_types(tsv_ops(tsv), tsv, path, &layout, &err);
		tsv_free(tsv);
	} else if (bytes != NULL) {
		st = kst_layout_from_isf(bytes, len, &layout, &err);
	}
	free(bytes);
	if (st != KST_OK) {
		fprintf(stderr, "%s: %s %s %s\n", path, kst_status_name(st), err.message, message);
		exit(3);
	}
	return layout;
}

/* One name of the alternatives; any finds the member. */
static void first_of(char out[128], const char *alternatives)
{
	snprintf(out, 128, "%.*s", (int)strcspn(alternatives, "|"), alternatives);
}

static void line(const char *type, const char *path, bool in_builtin, bool in_file, const char *one, const char *other)
{
	const char *what = in_builtin && in_file ? (strcmp(one, other) == 0 ? "same" : "differs")
			   : in_builtin          ? "builtin"
						 : "file";

	if (in_builtin || in_file)
		printf("%s\t%s\t%s\t%s\t%s\n", what, type, path, one, other);
}

static bool place(const struct kst_layout *layout, const char *types, const char *paths, char out[64])
{
	struct kst_member m = { .size = sizeof m };
	char type[128], path[128];

	first_of(type, types);
	first_of(path, paths);
	snprintf(out, 64, "-");
	if (kst_layout_member(layout, type, path, &m) != KST_OK)
		return false;
	snprintf(out, 64, "%x:%x.%u.%u", m.offset, m.length, m.bit_pos, m.bit_len);
	return true;
}

static bool symbol(const struct kst_layout *layout, const char *names, char out[64])
{
	uint64_t rva;
	char name[128];

	first_of(name, names);
	snprintf(out, 64, "-");
	if (kst_layout_symbol(layout, name, &rva) != KST_OK)
		return false;
	snprintf(out, 64, "%llx", (unsigned long long)rva);
	return true;
}

int main(int argc, char **argv)
{
	struct kst_layout_key key = { .size = sizeof key };
	struct kst_layout *builtin = malloc(kst_layout_size()), *file;
	const char *type, *path;
	char one[64], other[64];

	if (argc != 6 || builtin == NULL)
		return 2;
	key.arch = strcmp(argv[2], "x86") == 0 ? KST_ARCH_X86 : KST_ARCH_X64;
	key.build = (uint32_t)strtoul(argv[3], NULL, 10);
	key.revision = (uint32_t)strtoul(argv[4], NULL, 10);
	key.pae = (uint32_t)strtoul(argv[5], NULL, 10);
	if (kst_layout_init_builtin(builtin, kst_layout_size(), &key, NULL) != KST_OK) {
		fprintf(stderr, "no built-in layout\n");
		return 3;
	}
	file = from_file(argv[1]);
	for (uint32_t i = 0; kst_layout_wanted(i, &type, &path) == KST_OK; i++) {
		bool in_builtin = place(builtin, type, path, one);

		line(type, path, in_builtin, place(file, type, path, other), one, other);
	}
	for (uint32_t i = 0; kst_layout_wanted_symbol(i, &type) == KST_OK; i++) {
		bool in_builtin = symbol(builtin, type, one);

		line("@", type, in_builtin, symbol(file, type, other), one, other);
	}
	kst_layout_destroy(file);
	free(builtin);
	return 0;
}
