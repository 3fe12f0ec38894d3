/* SPDX-License-Identifier: MIT */
/*
 * A layout from a debugger's symbol engine: what the library wants is asked for by name through calls of DbgHelp's kind.
 * The engine here is a stand-in over an ISF file; on Windows symbol_engine_dbghelp() gives DbgHelp's own functions.
 *
 * usage: symbol-engine ISF-FILE [MEMBERS]      (JSON; prints what was found, with any second word every member)
 */
#include "isf_engine.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

static char *read_file(const char *path, size_t *length)
{
	FILE *file = fopen(path, "rb");
	char *text = NULL;
	long size = -1;

	if (file != NULL && fseek(file, 0, SEEK_END) == 0)
		size = ftell(file);
	if (size > 0)
		text = malloc((size_t)size);
	if (text != NULL && (fseek(file, 0, SEEK_SET) != 0 || fread(text, 1, (size_t)size, file) != (size_t)size)) {
		free(text);
		text = NULL;
	}
	if (file != NULL)
		fclose(file);
	*length = text == NULL ? 0 : (size_t)size;
	return text;
}

static void print_members(const struct kst_layout *layout)
{
	const char *type, *path;

	for (uint32_t i = 0; kst_layout_wanted(i, &type, &path) == KST_OK; i++) {
		struct kst_member m = { .size = sizeof m };

		if (kst_layout_member(layout, type, path, &m) == KST_OK)
			printf("%s\t%s\t%#" PRIx32 "\t%" PRIu32 "\t%" PRIu32 "\t%" PRIu32 "\n", type, path, m.offset,
			       m.length, m.bit_pos, m.bit_len);
	}
	for (uint32_t i = 0; kst_layout_wanted_symbol(i, &type) == KST_OK; i++) {
		uint64_t rva;

		if (kst_layout_symbol(layout, type, &rva) == KST_OK)
			printf("%s\t%#" PRIx64 "\n", type, rva);
	}
}

int main(int argc, char **argv)
{
	struct kst_layout_info info = { .size = sizeof info };
	struct kst_error err = { .size = sizeof err };
	struct kst_types_ops ops = symbol_engine_types(8);
	struct symbol_engine engine;
	struct isf_engine *isf = NULL;
	struct kst_layout *layout = NULL;
	size_t length;
	char *text = argc < 2 ? NULL : read_file(argv[1], &length);
	kst_status st = KST_E_ARG;

	if (text != NULL)
		isf = isf_engine_open(text, length);
	if (isf != NULL) {
		engine = isf_engine_calls(isf, UINT64_C(0xfffff80000000000));
		st = kst_layout_from_types(&ops, &engine, "symbol engine", &layout, &err);
	}
	if (st == KST_OK && kst_layout_info(layout, &info) == KST_OK) {
		printf("%s: %" PRIu32 " of %" PRIu32 " members, %" PRIu32 " symbols\n", info.name, info.present,
		       info.wanted, info.symbols);
		if (argc > 2)
			print_members(layout);
	} else {
		fputs("symbol-engine: no types there\n", stderr);
	}
	kst_layout_destroy(layout);
	isf_engine_close(isf);
	free(text);
	return st != KST_OK;
}
