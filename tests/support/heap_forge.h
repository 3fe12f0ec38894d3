/* SPDX-License-Identifier: MIT */
/*
 * A forged segment heap with an encoder of its own: written from the published structures and rules, with its own table
 * of offsets, so that a mistake of the decoder cannot hide in it.
 *
 *	struct heap_forge *f = heap_forge_new(HEAP_19041);
 *	struct kst_target *t = heap_forge_target(f, true);
 *	... f->blocks[i] is what must be found ...
 *	heap_forge_free(f);
 */
#ifndef KST_TESTS_HEAP_FORGE_H
#define KST_TESTS_HEAP_FORGE_H

#include <kstate/kstate.h>
#include <stdbool.h>

enum heap_build {
	HEAP_18362,
	HEAP_19041,
	HEAP_20348,
	HEAP_22000,
	HEAP_22621,
	HEAP_22631,
	HEAP_18362_X86,
	HEAP_19041_X86,
	HEAP_BUILDS
};

#define HEAP_PAGES  1024
#define HEAP_BLOCKS 2048
#define HEAP_OWN    64

/* One block that is in the forged heap. */
struct heap_block {
	uint64_t base;  /* of an allocated block its POOL_HEADER (VS, LFH), else its first byte */
	uint64_t bytes; /* from base */
	uint32_t kind;  /* KST_POOL_KIND_… */
	bool allocated;
	bool header;     /* there is a POOL_HEADER at base */
	char tag[5];     /* of the header */
	uint64_t word;   /* address of the encoded chunk word; 0: none */
	uint64_t bitmap; /* address of the bitmap byte; 0: none */
};

struct heap_forge {
	enum heap_build build;
	uint32_t width;  /* of a pointer: 4 or 8 */
	uint32_t header; /* bytes of a POOL_HEADER, of a chunk header, of a unit of size */
	uint64_t heap_key, lfh_key;
	uint64_t state, globals; /* ExPoolState, RtlpHpHeapGlobals */
	uint64_t heaps[4];       /* the second one is filled, the others are empty */
	uint64_t segment;        /* of 1 MiB */
	uint64_t big_segment;    /* of 16 MiB */
	uint64_t vs, lfh;        /* first subsegment of each kind */
	uint64_t lfh_at[5];      /* all subsegments of blocks of one size, in ascending order */
	uint64_t tree;           /* nodes of the large allocations */
	/* where the tests damage things */
	uint64_t descriptors;       /* of the VS range in `segment` */
	uint32_t descriptor_size;   /* of one range descriptor */
	uint32_t flags_at, unit_at; /* in a range descriptor */
	uint32_t vs_header;         /* offset of size and signature in a VS subsegment */
	uint32_t lfh_word;          /* offset of the encoded word in an LFH subsegment */
	uint32_t signature;         /* offset of a segment's signature */
	uint32_t large_tree;        /* offset of the tree in a heap */
	size_t block_count;
	struct heap_block blocks[HEAP_BLOCKS];
	/* what is no block although it lies in a range: headers, places that cross a page, guard pages */
	size_t own_count;
	uint64_t own[HEAP_OWN];
	/* memory: whole pages in ascending order */
	size_t page_count;
	uint64_t page_at[HEAP_PAGES];
	uint8_t *page_bytes[HEAP_PAGES];
	/* failing reads, as image_fail() */
	uint64_t reads, fail_at;
	bool fail_on;
	kst_status fail_with;
	struct kst_layout *layout;
	struct kst_target *target;
};

struct heap_forge *heap_forge_new(enum heap_build build);
void heap_forge_free(struct heap_forge *f);

/* A target over it, with or without the addresses of the globals; made anew on each call. */
struct kst_target *heap_forge_target(struct heap_forge *f, bool symbols);

/* A byte of the forged memory; NULL: not there. */
uint8_t *heap_forge_byte(struct heap_forge *f, uint64_t va);
/* Take a page away. */
void heap_forge_drop(struct heap_forge *f, uint64_t va);
/* Keep only the pages from va on, count of them. */
void heap_forge_keep(struct heap_forge *f, uint64_t va, size_t count);

#endif
