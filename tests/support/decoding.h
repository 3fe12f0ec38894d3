/* SPDX-License-Identifier: MIT */
/* What the tests of decoders share: numbers in bytes, copies with nothing behind them, tables of names. */
#ifndef KST_TESTS_DECODING_H
#define KST_TESTS_DECODING_H

#include "support.h"

#include <stdlib.h>

/* A little-endian number of 1 to 8 bytes. */
static inline void put(uint8_t *at, uint64_t value, size_t width)
{
	for (size_t i = 0; i < width; i++)
		at[i] = (uint8_t)(value >> (8 * i));
}

/* The first `len` bytes of an object, with nothing behind them; free() it. */
static inline uint8_t *exact_copy(const void *object, size_t len)
{
	uint8_t *copy = malloc(len == 0 ? 1 : len);

	assert_non_null(copy);
	memcpy(copy, object, len);
	return copy;
}

/* Every bit of a set has its name, in the order of the list; no other bit, no set of bits and not 0 has one. */
static inline void check_bit_names(const char *(*name_of)(uint64_t), const char *const *names, size_t count)
{
	for (unsigned i = 0; i < 64; i++) {
		if (i < count)
			assert_string_equal(name_of((uint64_t)1 << i), names[i]);
		else
			assert_null(name_of((uint64_t)1 << i));
	}
	assert_null(name_of(0));
	assert_null(name_of(3));
}

/* Every value of an enumeration has its name, in the order of the list; all behind are called `after`. */
static inline void check_value_names(const char *(*name_of)(uint32_t), const char *const *names, size_t count,
				     const char *after)
{
	for (uint32_t i = 0; i < count; i++)
		assert_string_equal(name_of(i), names[i]);
	assert_string_equal(name_of((uint32_t)count), after);
	assert_string_equal(name_of((uint32_t)count + 1), after);
	assert_string_equal(name_of(UINT32_MAX), after);
}

#endif
