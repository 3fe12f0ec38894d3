/* SPDX-License-Identifier: MIT */
/* The same machine, its memory seen as the user half of a process. */
#ifndef KST_TESTS_FUZZ_USER_H
#define KST_TESTS_FUZZ_USER_H

#include "fuzz_memory.h"

#define FUZZ_USER  UINT64_C(0x10000)
#define FUZZ_SPACE UINT64_C(0x1aa000)

/* Move the memory to user addresses, the pointers into it too; every space reads it. */
static inline void fuzz_to_user(struct fuzz_machine *m, size_t width)
{
	uint64_t from = m->base;

	m->base = FUZZ_USER;
	for (size_t i = 0; i + width <= m->size; i += width) {
		uint64_t word = 0;

		for (size_t k = 0; k < width; k++)
			word |= (uint64_t)m->bytes[i + k] << (8 * k);
		if (word < from || word - from > 0xffff)
			continue;
		word = m->base + (word - from);
		for (size_t k = 0; k < width; k++)
			m->bytes[i + k] = (uint8_t)(word >> (8 * k));
	}
}

static inline uint32_t fuzz_width(const struct fuzz_machine *m)
{
	struct kst_layout_info info = { .size = sizeof info };

	TRUTH(kst_layout_info(m->layout, &info) == KST_OK);
	return info.pointer_size;
}

#define FUZZ_ENDS(array) (memchr(array, '\0', sizeof(array)) != NULL)

#endif
