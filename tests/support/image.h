/* SPDX-License-Identifier: MIT */
/*
 * A forged machine: physical pages, page tables for any paging mode, and a reader over them that can be told to fail.
 *
 *	struct image *img = image_new(KST_PAGING_X64);
 *	image_put64(img, 0xfffff80000010000, 42);        // maps what it needs
 *	struct kst_target *t = image_target(img, layout);
 *	...
 *	image_free(img);                                  // ends the targets it made as well
 */
#ifndef KST_TESTS_IMAGE_H
#define KST_TESTS_IMAGE_H

#include <kstate/kstate.h>
#include <stdbool.h>

struct image;

struct image *image_new(uint32_t paging);
void image_free(struct image *img);

/* Paging mode, DTB and everything else a target is told; may be changed before image_target. */
struct kst_identity *image_identity(struct image *img);
uint64_t image_dtb(const struct image *img);

/* A further process: a new root table that shares the kernel half. Returns its DTB. */
uint64_t image_new_process(struct image *img);

/* Write in kernel space (or, _in, in the space of a DTB); pages are mapped on first use. */
void image_put(struct image *img, uint64_t va, const void *bytes, size_t len);
void image_put_in(struct image *img, uint64_t dtb, uint64_t va, const void *bytes, size_t len);
void image_put8(struct image *img, uint64_t va, uint8_t value);
void image_put16(struct image *img, uint64_t va, uint16_t value);
void image_put32(struct image *img, uint64_t va, uint32_t value);
void image_put64(struct image *img, uint64_t va, uint64_t value);
void image_put_pointer(struct image *img, uint64_t va, uint64_t value);  /* 4 or 8 bytes */
void image_put_utf16(struct image *img, uint64_t va, const char *ascii); /* without a NUL */
/* A UNICODE_STRING at va whose text is at text_va. */
void image_put_string(struct image *img, uint64_t va, uint64_t text_va, const char *ascii);
/* A member by layout; fails the test when the layout lacks it. Bit-fields are merged into what is there. */
void image_put_member(struct image *img, const struct kst_layout *layout, uint64_t object, const char *type,
		      const char *path, uint64_t value);
/* A circular list: head and entries linked in order. */
void image_put_list(struct image *img, uint64_t head, const uint64_t *entries, size_t count);

/* Map a page and return its contents (0x1000 bytes), to be written directly. */
uint8_t *image_page(struct image *img, uint64_t va);
uint64_t image_physical(struct image *img, uint64_t va);      /* maps if needed */
uint8_t *image_physical_page(struct image *img, uint64_t pa); /* the page's contents, made if needed */
/* The page-table entry of va at a level (1: PTE), made if needed; write software PTEs there. */
uint8_t *image_entry(struct image *img, uint64_t dtb, uint64_t va, unsigned level);
/* Take the page at va away: its PTE becomes 0. */
void image_unmap(struct image *img, uint64_t va);

/* Physical pages in ascending order, for writing containers. */
size_t image_pages(const struct image *img);
uint64_t image_page_address(const struct image *img, size_t index);
const uint8_t *image_page_bytes(const struct image *img, size_t index);

/*
 * The reader: physical only (the library translates), or virtual when image_virtual(img, true) was called (the image
 * translates, PHYSICAL is refused, as in a triage dump).
 */
const struct kst_reader_ops *image_reader(struct image *img);
void image_virtual(struct image *img, bool on);

/*
 * Windows for targets made from now on: none, pages, a single byte, or runs that break the contract in several ways (then
 * the library must do without). Where there is a window nothing is read, and no read can fail.
 */
enum { IMAGE_WINDOWS_NONE, IMAGE_WINDOWS_PAGES, IMAGE_WINDOWS_BYTES, IMAGE_WINDOWS_BROKEN };
void image_windows(struct image *img, uint32_t kind);

/* Fail read number n (from 1), only that one or from there on; 0: none. Counts from the call. */
void image_fail(struct image *img, uint64_t n, bool from_there_on, kst_status with);
uint64_t image_reads(const struct image *img); /* since the last image_fail */

struct kst_target *image_target(struct image *img, const struct kst_layout *layout);
struct kst_target *image_target_symbols(struct image *img, const struct kst_layout *layout,
					const struct kst_symbol *symbols, size_t count);

#endif
