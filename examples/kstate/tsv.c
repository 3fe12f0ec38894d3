/* SPDX-License-Identifier: MIT */
/* The table format of layout files (.tsv): type, member and @symbol rows. */
#include "kstate.h"

#include <stdlib.h>

struct tsv {
	struct kst_types_ops ops;
};

struct tsv *tsv_load(const char *path, char *message, size_t cap)
{
	(void)path;
	snprintf(message, cap, "not yet");
	return NULL;
}

void tsv_free(struct tsv *tsv)
{
	free(tsv);
}

const struct kst_types_ops *tsv_ops(const struct tsv *tsv)
{
	return &tsv->ops;
}
