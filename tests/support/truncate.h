/* SPDX-License-Identifier: MIT */
/*
 * Truncation of a decoder's input: at every length what is claimed lies within the bytes (the sanitizers see one byte
 * too far: each length has a heap block of its own), and more bytes never take anything away.
 */
#ifndef KST_TESTS_TRUNCATE_H
#define KST_TESTS_TRUNCATE_H

#include "support.h"

#include <stdlib.h>

/* Decode `len` bytes; returns the present bits. */
typedef uint64_t truncate_fn(const struct kst_layout *layout, const void *bytes, size_t len);

/* Returns the present bits of the whole; `always` are bits that need no bytes. */
static inline uint64_t truncate_all(const struct kst_layout *layout, const uint8_t *bytes, size_t size, uint64_t always,
				    truncate_fn *decode)
{
	uint64_t before = 0;

	for (size_t len = 0; len <= size; len++) {
		uint8_t *exact = malloc(len == 0 ? 1 : len);
		uint64_t present;

		assert_non_null(exact);
		memcpy(exact, bytes, len);
		present = decode(layout, len == 0 ? NULL : exact, len);
		assert_true((before & ~present) == 0);
		if (len == 0)
			assert_true((present & ~always) == 0);
		before = present;
		free(exact);
	}
	return before;
}

#endif
