/* SPDX-License-Identifier: MIT */
/* What every fuzz target uses. The input is copied to an exactly sized heap block, so that one byte too far is seen. */
#ifndef KST_TESTS_FUZZ_H
#define KST_TESTS_FUZZ_H

#include <kstate/kstate.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* A truth that must hold for every input. Not assert(): it must not vanish with NDEBUG. */
#define TRUTH(condition)                                                                                               \
	do {                                                                                                           \
		if (!(condition)) {                                                                                    \
			fprintf(stderr, "%s:%d: not true: %s\n", __FILE__, __LINE__, #condition);                      \
			abort();                                                                                       \
		}                                                                                                      \
	} while (0)

/* Bytes of the input, consumed from the front; zeros beyond its end. */
struct fuzz_input {
	const uint8_t *data;
	size_t size;
};

static inline uint8_t fuzz_u8(struct fuzz_input *in)
{
	if (in->size == 0)
		return 0;
	in->size--;
	return *in->data++;
}

static inline uint32_t fuzz_u32(struct fuzz_input *in)
{
	uint32_t v = 0;

	for (int i = 0; i < 4; i++)
		v |= (uint32_t)fuzz_u8(in) << (8 * i);
	return v;
}

static inline uint64_t fuzz_u64(struct fuzz_input *in)
{
	uint64_t low = fuzz_u32(in);

	return low | (uint64_t)fuzz_u32(in) << 32;
}

/* The rest of the input in a heap block of exactly its size; free() it. */
static inline uint8_t *fuzz_rest(struct fuzz_input *in, size_t *size)
{
	uint8_t *block = malloc(in->size == 0 ? 1 : in->size);

	TRUTH(block != NULL);
	if (in->size > 0)
		memcpy(block, in->data, in->size);
	*size = in->size;
	return block;
}

/* Memory that repeats a block without end: len bytes from `address` on. Each block is copied at once. */
static inline void fuzz_tile(const uint8_t *block, size_t size, uint64_t address, void *buf, size_t len)
{
	size_t at = size == 0 ? 0 : (size_t)(address % size);
	uint8_t *to = buf;

	while (len > 0 && size > 0) {
		size_t part = size - at < len ? size - at : len;

		memcpy(to, block + at, part);
		to += part;
		len -= part;
		at = 0;
	}
}

#endif
