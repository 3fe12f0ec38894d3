/* SPDX-License-Identifier: MIT */
/*
 * What a layout table (.tsv) answers to the questions of the library, as lines that every language reads easily:
 *	pointer SIZE	size TYPE BYTES	member TYPE PATH OFFSET LENGTH BIT BITS	symbol NAME RVA
 * usage: answers LAYOUT
 */
#include "../../examples/kstate/tsv.h"

#include <inttypes.h>
#include <stdio.h>

static const struct kst_types_ops *ops;

static kst_status type_size(void *user, const char *type, uint64_t *size_out)
{
	kst_status st = ops->type_size(user, type, size_out);

	if (st == KST_OK)
		printf("size %s %" PRIu64 "\n", type, *size_out);
	return st;
}

static kst_status member(void *user, const char *type, const char *path, struct kst_member *out)
{
	kst_status st = ops->member(user, type, path, out);

	if (st == KST_OK)
		printf("member %s %s %u %u %u %u\n", type, path, out->offset, out->length, out->bit_pos, out->bit_len);
	return st;
}

static kst_status symbol(void *user, const char *name, uint64_t *rva_out)
{
	kst_status st = ops->symbol(user, name, rva_out);

	if (st == KST_OK)
		printf("symbol %s %" PRIu64 "\n", name, *rva_out);
	return st;
}

int main(int argc, char **argv)
{
	struct kst_types_ops asked = {
		.size = sizeof asked, .type_size = type_size, .member = member, .symbol = symbol
	};
	struct kst_layout *layout = NULL;
	char message[200] = "no file";
	struct tsv *tsv = argc == 2 ? tsv_load(argv[1], message, sizeof message) : NULL;
	kst_status st;

	if (tsv == NULL) {
		fprintf(stderr, "answers: %s\n", message);
		return 1;
	}
	ops = tsv_ops(tsv);
	asked.pointer_size = ops->pointer_size;
	printf("pointer %u\n", asked.pointer_size);
	st = kst_layout_from_types(&asked, tsv, argv[1], &layout, NULL);
	kst_layout_destroy(layout);
	tsv_free(tsv);
	return st == KST_OK ? 0 : 1;
}
