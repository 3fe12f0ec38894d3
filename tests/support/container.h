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
struct container container_elf(const struct image *img, bool wide); /* ELF64 or ELF32 */

/* Windows dumps; 32-bit or 64-bit headers by the image's architecture, the fields from image_identity. */
enum container_kind {
	CONTAINER_FULL,          /* type 1 */
	CONTAINER_SUMMARY,       /* type 2: bitmap behind the older header */
	CONTAINER_BITMAP_FULL,   /* type 5 */
	CONTAINER_BITMAP_KERNEL, /* type 6 */
	CONTAINER_RDMP_KERNEL,   /* type 8; page frame 0 cannot be in it */
	CONTAINER_RDMP_COMPLETE  /* type 10 */
};
struct container container_windows(struct image *img, enum container_kind kind);

/* The header fields that no image has; what container_windows and container_triage write. */
#define CONTAINER_BUGCHECK    0xd1u
#define CONTAINER_PARAMETER   0xfffff000u /* + 0, 1, 2, 3 */
#define CONTAINER_SYSTEM_TIME 0x01d707f23dbb3399u
#define CONTAINER_UP_TIME     0x23bc1e9u
#define CONTAINER_PRODUCT     3u
#define CONTAINER_SUITE       0x110u

/* A triage dump: pieces of the image's virtual memory, each `size` bytes from `address`; size 0: none. */
struct triage_piece {
	uint64_t address;
	uint32_t size;
};
struct triage_driver {
	const char *path; /* ASCII */
	uint64_t base;
	uint32_t size, stamp, checksum;
};
struct triage_unloaded {
	const char *name; /* up to 12 characters */
	uint64_t start, end;
};
struct triage {
	const struct triage_piece *pieces;
	size_t pieces_count;
	const struct triage_driver *drivers;
	size_t drivers_count;
	const struct triage_unloaded *unloaded;
	size_t unloaded_count;
	struct triage_piece stack; /* call stack from the top of stack on */
	struct triage_piece data_page;
	struct triage_piece debugger_data;         /* at identity's debugger_data if the address is 0 */
	struct triage_piece prcb, process, thread; /* raw records: stored without their address */
	const void *context;                       /* into the header's place */
	size_t context_size;
	const void *exception;
	size_t exception_size;
	bool secondary; /* a DumpBlob after the end */
};
struct container container_triage(struct image *img, const struct triage *triage);

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
