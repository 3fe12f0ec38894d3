/* SPDX-License-Identifier: MIT */
/* The inside of a target, and what every walk needs of it: reading, symbols, cursors. */
#ifndef KST_WALK_TARGET_H
#define KST_WALK_TARGET_H

#include "../decode/pte.h"
#include "../decode/view.h"
#include "../layout/layout.h"

#include <kstate/paging.h>
#include <kstate/target.h>

/* Memory of the host that can be read without asking; length 0: none. */
struct kst__window {
	uint64_t start;
	uint64_t length;
	const uint8_t *bytes;
};

struct kst_target {
	struct kst_target_config
		config; /* pointers: reader_user, read_page_file, page_file_user are live, the rest are not */
	struct kst_reader_ops reader;
	struct kst_identity identity;
	uint64_t pfn_database;                /* where it is (kst__pfn_database); 0: unknown */
	uint64_t symbols[KST__SYMBOL_COUNT];  /* absolute; 0: unknown */
	struct kst_pte_context pte;           /* what entries are decoded with */
	uint64_t lowest_frame;                /* of physical memory; 0: unknown */
	uint64_t pte_base;                    /* self-map: virtual address of the first PTE; 0: unknown */
	uint64_t self_map[6];                 /* by level: where it shows the first entry; 0: it does not */
	struct kst__leaf_format leaf;         /* of entries that map pages */
	const struct kst__paging_mode *mode;  /* of identity.paging; NULL: none */
	struct kst__window root;              /* of physical memory: where the system's root page is */
	_Alignas(8) struct kst_layout layout; /* where the ABI aligns 64-bit numbers to 4 (i386), too */
};

static inline uint32_t kst__pointer_size(const struct kst_target *target)
{
	return target->layout.info.pointer_size;
}

/* How many slots of a table of processors to look at: as many as there are, or as there may be. */
static inline uint32_t kst__processors(const struct kst_target *target)
{
	return (target->identity.present & KST_IDENTITY_HAS_PROCESSORS) != 0 ? target->identity.processors
									     : KST__PROCESSORS_MOST;
}

/* Absolute address of a global; false when unknown. */
static inline bool kst__symbol(const struct kst_target *target, enum kst__symbol_id id, uint64_t *address_out)
{
	if (target->symbols[id] == 0)
		return false;
	*address_out = target->symbols[id];
	return true;
}

static inline bool kst__in_window(const struct kst__window *window, uint64_t address, size_t len)
{
	uint64_t in = address - window->start;

	return in < window->length && window->length - in >= len;
}

static inline const uint8_t *kst__window_at(const struct kst__window *window, uint64_t address)
{
	return window->bytes + (size_t)(address - window->start);
}

/* The host's window around `address`; false, and no window, when there is none. */
bool kst__window_find(const struct kst_target *target, kst_space space, uint64_t address, struct kst__window *window);

/* An entry of a page table: 4 or 8 bytes. */
static inline uint64_t kst__le_entry(const uint8_t *raw, uint32_t width)
{
	return width == 4 ? kst__le32(raw) : kst__le64(raw);
}

/*
 * A page-table entry from physical memory, from the window if it is there; else the window moves on, or the host is
 * called. KST_E_FAULT, or a failure of the host as it came.
 */
kst_status kst__load_entry(const struct kst_target *target, struct kst__window *window, uint64_t physical,
			   uint32_t width, uint64_t *out);

/*
 * Where memory goes on behind a hole at `address`, by the reader's word; else the next page. KST_END: nowhere; a failure of
 * the host as it came.
 */
kst_status kst__behind_hole(const struct kst_target *target, kst_space space, uint64_t address, uint64_t *next);

/* Read exactly len bytes or fail; nothing is written to buf's owner that may be used on failure. */
kst_status kst__read(const struct kst_target *target, kst_space space, uint64_t address, void *buf, size_t len,
		     struct kst_error *err);

/* What went wrong, without a word for people: that is written where somebody wants it. */
struct kst__trouble {
	uint64_t address;
	const char *message; /* NULL: the host's callback failed, and the status is what it returned */
};

/*
 * As kst_read(), arguments checked. Every member of every object comes this way, from deep below: it needs little stack.
 */
kst_status kst__read_quietly(const struct kst_target *target, kst_space space, uint64_t address, void *buf, size_t len,
			     size_t *done, struct kst__trouble *trouble);

/* A number of 1 to 8 bytes; a pointer (x86: zero-extended); the value of a pointer-sized global. */
kst_status kst__read_number(const struct kst_target *target, kst_space space, uint64_t address, size_t width,
			    uint64_t *out, struct kst_error *err);
kst_status kst__read_pointer(const struct kst_target *target, kst_space space, uint64_t address, uint64_t *out,
			     struct kst_error *err);
kst_status kst__read_global(const struct kst_target *target, enum kst__symbol_id id, uint64_t *out,
			    struct kst_error *err);

/*
 * A view that fetches an object at `address` member by member. `failure` (may be NULL, set to KST_OK by the caller)
 * receives what the host returned when a read failed with anything but KST_E_FAULT: after decoding, hand it to
 * kst__fail(), which makes KST_E_HOST of it.
 */
struct kst__view kst__view_target(const struct kst_target *target, kst_space space, uint64_t address,
				  kst_status *failure);

/* Is this a kernel virtual address of the target (canonical, upper half)? */
bool kst__is_kernel(const struct kst_target *target, uint64_t address);

/* Where a list entry leads: Flink and Blink. */
kst_status kst__read_links(const struct kst_target *target, kst_space space, uint64_t entry, uint64_t *flink,
			   uint64_t *blink, struct kst_error *err);

/* A UNICODE_STRING at `address` as UTF-8 text: its buffer may be in another space than the kernel's. */
struct kst__string {
	uint64_t buffer;
	uint32_t bytes;   /* Length */
	uint32_t maximum; /* MaximumLength */
	bool readable;    /* the text could be read */
	bool sound;       /* ... and is whole and sound UTF-16 */
};
kst_status kst__read_string(const struct kst_target *target, kst_space space, uint64_t address, char *text, size_t cap,
			    struct kst__string *out, struct kst_error *err);
/* UTF-16 of any length, read in pieces; *fits tells whether all of it fits, *sound whether it is sound as far as that. */
kst_status kst__read_text(const struct kst_target *target, kst_space space, uint64_t buffer, uint32_t bytes, char *text,
			  size_t cap, bool *sound, bool *fits, struct kst_error *err);
/* The text alone: `bytes` of UTF-16 at `buffer`. */
kst_status kst__read_utf16(const struct kst_target *target, kst_space space, uint64_t buffer, uint32_t bytes,
			   char *text, size_t cap, struct kst__string *out, struct kst_error *err);

/*
 * What every cursor begins with; a walk's own state follows in the same words (KST__CURSOR checks that it fits).
 * Brent's loop detection, the budget and the reason for the end are here, so that no walk writes them again.
 */
struct kst__cursor {
	uint64_t kind; /* KST__WALK_…: a cursor of another walk is KST_E_ARG */
	const struct kst_target *target;
	uint64_t end;      /* KST_WALK_… */
	int32_t status;    /* what ended the walk; KST_OK while it goes on */
	int32_t host_code; /* ... with KST_E_HOST: what the host returned, if the caller had an error to keep it in */
	uint64_t count;
	uint64_t anomalies;
	uint64_t steps;
	uint64_t brent_mark;
	uint64_t brent_left;
	uint64_t brent_power;
};

#define KST__CURSOR_FITS(type) _Static_assert(sizeof(type) <= sizeof(struct kst_cursor), #type " outgrew kst_cursor")

/* Four characters that say which walk a cursor belongs to. */
#define KST__KIND(a, b, c, d) ((uint64_t)(a) << 24 | (uint64_t)(b) << 16 | (uint64_t)(c) << 8 | (uint64_t)(d))

/* Zero the cursor and bind it; returns its common part. */
struct kst__cursor *kst__cursor_begin(struct kst_cursor *cursor, const struct kst_target *target, uint64_t kind);

/*
 * What each public `next` begins with: KST_OK, and the walk goes on. Else what to return: KST_E_ARG for a cursor of another
 * kind or no result, KST_E_ABI for a result whose size is not known (the walk is as it was); or what ended the walk.
 */
kst_status kst__cursor_ready(const struct kst_cursor *cursor, uint64_t kind, const void *out, size_t first,
			     struct kst_error *err);

/* ... and what it ends with: an element is counted and written to `out`; any other status is kept. */
kst_status kst__cursor_deliver(struct kst__cursor *cursor, kst_status status, void *out, const void *ours, size_t size,
			       const struct kst_error *err);

/*
 * End the walk with `status` (KST_END or a failure, which *err explains), which `next` returns from then on, again and
 * again. A failure that named no end is UNREADABLE, or BUDGET with KST_E_LIMIT.
 */
kst_status kst__cursor_keep(struct kst__cursor *cursor, kst_status status, const struct kst_error *err);

/* What has ended the walk, and a word on it. */
kst_status kst__cursor_again(const struct kst__cursor *cursor, struct kst_error *err);

/*
 * One step to the element at `address`: KST_OK, or the walk has ended: KST_E_CORRUPT with end LOOP when the element was
 * seen before, KST_E_LIMIT with end BUDGET.
 */
kst_status kst__cursor_step(struct kst__cursor *cursor, uint64_t address, struct kst_error *err);

/* The same for elements that cannot come twice: the budget alone. */
kst_status kst__cursor_spend(struct kst__cursor *cursor, uint64_t address, struct kst_error *err);

/* Name the end of a walk: the reason, and the status to return (KST_END or a failure). */
kst_status kst__cursor_finish(struct kst__cursor *cursor, uint32_t end, kst_status status);

/* Read the debugger data block that the identity names into symbols and layout (lib/walk/system.c). */
kst_status kst__target_apply_block(struct kst_target *target, struct kst_error *err);

/*
 * Whose address space it is, and the descriptor that was found last: to find them costs many reads, and the next page has
 * the same. Of one space; zeroed before the first page; may be NULL (lib/walk/prototype.c).
 */
struct kst__vad_hint {
	uint64_t process;     /* 0: not looked for; 1: it is not on the list */
	uint64_t vad;         /* 0: none covers these pages */
	uint64_t first, last; /* pages of it; last 0: not looked for */
};

/*
 * The page frame that holds `address` and how many bytes from there on are contiguous (lib/walk/paging.c).
 * KST_E_FAULT when the byte is not in physical memory: maybe it is in a page file.
 */
struct kst__page {
	uint64_t physical;         /* with KST_OK */
	uint64_t contiguous;       /* with KST_OK */
	uint64_t page_file_offset; /* of the page, with in_page_file */
	uint32_t page_file_number; /* with in_page_file */
	bool in_page_file;         /* KST_E_FAULT, and the page is there */
};
kst_status kst__resolve(const struct kst_target *target, kst_space space, uint64_t address, struct kst__vad_hint *hint,
			struct kst__page *out, struct kst__trouble *trouble);

/* As kst_translate(), with a hint. */
kst_status kst__translate(const struct kst_target *target, kst_space space, uint64_t address, uint32_t flags,
			  struct kst__vad_hint *hint, struct kst_translation *out, struct kst_error *err);

/* Bytes of a whole self-map: one entry for each page of the address space. */
static inline uint64_t kst__self_map_size(const struct kst__paging_mode *mode)
{
	return (uint64_t)mode->entry_size << (mode->va_bits - 12u);
}

/* Address of the PTE that maps `address`, in the self-map; 0 when the self-map is not known. */
uint64_t kst__pte_address(const struct kst_target *target, uint64_t address);

/* Is this the address of an entry in the self-map (pte_base is known), and what does the entry stand for from where on? */
static inline bool kst__in_self_map(const struct kst_target *target, uint64_t address)
{
	return address >= target->pte_base && address - target->pte_base < kst__self_map_size(target->mode);
}

static inline uint64_t kst__mapped_by(const struct kst_target *target, uint64_t entry_address)
{
	const struct kst__paging_mode *mode = target->mode;
	uint64_t address = (entry_address - target->pte_base) / mode->entry_size << 12;

	return mode->va_bits == 32 ? address : kst__sign_extend(address, mode->va_bits);
}

/* Swizzle mask, highest frame, self-map: read once when a target is made (lib/walk/selfmap.c). */
kst_status kst__paging_init(struct kst_target *target, struct kst_error *err);

#endif
