/* SPDX-License-Identifier: MIT */
/*
 * A forged image written as a dump file in memory. An encoder of its own: it shares no table and no offset with
 * lib/source, so that the two can disagree.
 */
#ifndef KST_TESTS_CONTAINER_H
#define KST_TESTS_CONTAINER_H

#include "image.h"

/* The bytes of a file; free with container_free. */
struct container {
	uint8_t *bytes;
	size_t size;
	size_t cap;
};

void container_free(struct container *c);

/* The building blocks, for files that no image makes; numbers are little-endian, gaps are zeros. */
void container_put(struct container *c, size_t offset, const void *bytes, size_t len);
void container_put16(struct container *c, size_t offset, uint16_t value);
void container_put32(struct container *c, size_t offset, uint32_t value);
void container_put64(struct container *c, size_t offset, uint64_t value);
void container_fill(struct container *c, size_t offset, size_t len, uint8_t value);

/* Every physical page of the image. */
struct container container_raw(const struct image *img);
struct container container_lime(const struct image *img);

/* Open it, or fail the test; the container must outlive the dump. */
struct kst_dump *container_open(const struct container *c);

/*
 * Every page of the image reads back equal through the dump's reader, each hole beside a page faults, reads over the
 * edge of a run are cut there, and next_range tells the same runs.
 */
void container_check(const struct container *c, const struct image *img);

/*
 * The same at lengths cut short (every one if the container is small): it opens or fails with a documented status, and
 * what it reads lies within the cut file.
 */
void container_check_truncation(const struct container *c, const struct image *img);

#endif
