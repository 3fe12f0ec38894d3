/* SPDX-License-Identifier: MIT */
/*
 * The table format of layout files, as the library's type callbacks (the `user` pointer is the table itself). Rows:
 *	type<TAB>size		type.field<TAB>offset<TAB>C type		@symbol<TAB>offset from the kernel's base
 */
#ifndef KSTATE_TSV_H
#define KSTATE_TSV_H

#include <kstate/kstate.h>

struct tsv;
struct tsv *tsv_load(const char *path, char *message, size_t cap); /* NULL: message says why */
struct tsv *tsv_parse(const char *bytes, size_t len, char *message, size_t cap);
void tsv_free(struct tsv *tsv);
const struct kst_types_ops *tsv_ops(const struct tsv *tsv);

#endif
