/* SPDX-License-Identifier: MIT */
/* Memory before there is a target: reading, hardware-only translation, and the one pass over physical memory. */
#ifndef KST_WALK_SEARCH_H
#define KST_WALK_SEARCH_H

#include "../core/core.h"

#include <kstate/target.h>

/*
 * A reader with a paging mode and a root. Reads answer with false when the bytes are not there; a host's own failure is
 * kept in `failure` (details in `err`) and stops everything after it.
 */
struct kst__probe {
	const struct kst_reader_ops *reader;
	void *user;
	struct kst_error *err;
	uint64_t dtb;
	uint32_t paging;
	kst_status failure;
};

bool kst__probe_physical(struct kst__probe *probe, uint64_t address, void *buf, size_t len);

/* Through valid entries only. *span_out: bytes from `address` to the end of what the deciding entry covers. */
bool kst__probe_translate(struct kst__probe *probe, uint64_t address, uint64_t *physical_out, uint64_t *span_out);

/* Kernel memory: translated here for a reader that is physical only. */
bool kst__probe_read(struct kst__probe *probe, uint64_t address, void *buf, size_t len);
bool kst__probe_number(struct kst__probe *probe, uint64_t address, size_t width, uint64_t *out);

/* 4 or 8, by paging mode; and whether an address can be the kernel's. */
uint32_t kst__probe_pointer_size(const struct kst__probe *probe);
bool kst__probe_is_kernel(const struct kst__probe *probe, uint64_t address);

/* Does the page at `root` (PAE: the 32 bytes) map itself in the way of this paging mode? */
bool kst__root_maps_itself(struct kst__probe *probe, uint32_t paging, uint64_t root);

/* The bits of a directory table base that are an address. */
uint64_t kst__root_mask(uint32_t paging);

/* How well a root fits: 0 not at all, 1 KUSER_SHARED_DATA is mapped, 2 and looks like it. */
unsigned kst__root_score(struct kst__probe *probe, uint32_t paging, uint64_t root);

/* Find the paging mode that makes a self-mapping root of `root`; KST_PAGING_NONE when none does. arch may be unknown. */
uint32_t kst__root_paging(struct kst__probe *probe, uint32_t arch, uint64_t root);

#define KST__ROOTS_MOST 32
#define KST__TAGS_MOST  16

struct kst__root {
	uint64_t dtb;
	uint32_t paging;
	uint32_t score;
};

/* What one pass over physical memory finds. */
struct kst__search {
	uint32_t arch;        /* restricts the roots; KST_ARCH_UNKNOWN: all kinds */
	uint32_t want_roots;  /* 0: the root is known */
	uint32_t roots_count; /* kept */
	uint32_t tags_count;
	uint64_t roots_seen;                     /* also those that found no place */
	struct kst__root roots[KST__ROOTS_MOST]; /* ascending addresses */
	uint64_t tags[KST__TAGS_MOST];           /* physical addresses of what may be a debugger data block */
};

void kst__search_physical(struct kst__probe *probe, struct kst__search *search);

/*
 * Base of a kernel image whose time stamp and size are known, in virtual memory; 0 when there is none. For systems whose
 * debugger data block is encoded.
 */
uint64_t kst__search_kernel_image(struct kst__probe *probe);

#endif
