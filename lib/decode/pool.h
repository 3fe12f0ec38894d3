/* SPDX-License-Identifier: MIT */
/* What the pool decoders share with the walks: how headers are laid out, and the page walk over any view. */
#ifndef KST_DECODE_POOL_H
#define KST_DECODE_POOL_H

#include "view.h"

#include <kstate/pool.h>

#define KST__POOL_PAGE     0x1000u
#define KST__TAG_PROTECTED 0x80000000u

/* How a layout's POOL_HEADER is read: four fields of the first word. */
struct kst__pool_format {
	uint32_t generation;
	uint32_t unit;
	uint32_t header_size;
	uint32_t tag_offset; /* UINT32_MAX: absent */
	uint8_t shift[4];    /* previous size, index, size, type */
	uint32_t mask[4];    /* 0: absent */
	bool cookie;         /* quota pointers are encoded */
};

enum { KST__POOL_PREVIOUS, KST__POOL_INDEX, KST__POOL_SIZE, KST__POOL_TYPE };

static inline uint32_t kst__pool_field(const struct kst__pool_format *format, uint32_t word, unsigned which)
{
	return word >> format->shift[which] & format->mask[which];
}

/* KST_E_NO_MEMBER when the layout does not describe POOL_HEADER. */
kst_status kst__pool_format(const struct kst_layout *layout, struct kst__pool_format *out, struct kst_error *err);

/* Are pointers to charged processes stored encoded (6.2 and later)? */
bool kst__pool_uses_cookie(const struct kst_layout *layout);

/* State and POOL_TYPE bits of a stored type byte; false when it is none that the generation stores. */
bool kst__pool_type(uint32_t generation, uint32_t index, uint32_t stored, uint32_t *state, uint32_t *base_type);

/* Four bytes of a tag: protected bit cleared and told apart. text has 8 bytes. */
void kst__pool_tag(uint32_t value, uint8_t tag[4], uint32_t *protected_tag, char text[8]);
bool kst__pool_tag_printable(uint32_t value);

/* One header at `offset` of the view, which begins at view->address. */
kst_status kst__decode_pool_header(const struct kst__view *view, const struct kst__pool_format *format, uint64_t offset,
				   struct kst_pool_header *out, struct kst_error *err);

/*
 * Is the word a header that could stand at `offset` of a page? Used where no chain tells: segment-heap pages, candidates,
 * resynchronisation. Needs the whole header.
 */
bool kst__pool_plausible(const struct kst__pool_format *format, uint32_t offset, const uint8_t header[16]);

/* Array of results in the caller's memory. */
struct kst__records {
	uint8_t *at;
	size_t stride;
	size_t count;
	size_t done;
};

/* What a page walk met around one offset. */
struct kst__pool_watch {
	uint32_t offset;     /* in the page */
	uint32_t containing; /* header of the block that contains it, by the chain from the start; UINT32_MAX: none */
	uint32_t before;     /* last header at or before it, resynchronised ones included; UINT32_MAX: none */
	uint32_t after;      /* first header behind it; UINT32_MAX: none */
};
/* KST_E_ARG when the array cannot be used; `first` is the size of a record in its first release. */
kst_status kst__records_begin(struct kst__records *records, void *at, size_t stride, size_t count, size_t first,
			      struct kst_error *err);
/* Write one record of `size` bytes, its own size member set; false when there is no room. */
bool kst__records_put(struct kst__records *records, void *record, size_t size);

/* Walk a page that the view shows from its start; records and watch may be NULL. */
void kst__pool_page_walk(const struct kst__view *page, const struct kst__pool_format *format, uint32_t start,
			 uint32_t flags, struct kst__records *records, struct kst__pool_watch *watch,
			 struct kst_pool_page *out);

kst_status kst__decode_large_allocation(const struct kst__view *view, struct kst_large_allocation *out,
					struct kst_error *err);
kst_status kst__decode_pool_usage(const struct kst__view *view, struct kst_pool_usage *out, struct kst_error *err);
/* The view shows the page; its bytes are fetched in small parts. */
kst_status kst__decode_special_pool(const struct kst__view *page, struct kst_special_pool *out, struct kst_error *err);

/*
 * What a decoder over bytes begins with: the arguments checked, the view made. `out` begins with its size, `first` is that
 * of version one.
 */
kst_status kst__pool_begin(const struct kst_layout *layout, const void *bytes, size_t len, uint64_t address,
			   const void *out, size_t first, struct kst__view *view, struct kst_error *err);

/* What the pointer to a charged process is XORed with; 0 where it is stored as it is. */
uint64_t kst__pool_key(const struct kst_layout *layout, uint64_t cookie, uint64_t address);

/* Can a process be there? Not where nobody is charged (0, -1). */
bool kst__pool_process(const struct kst_layout *layout, uint64_t process, uint64_t *out);

#endif
