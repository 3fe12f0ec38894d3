/* SPDX-License-Identifier: MIT */
/* The inside of a layout. Decoders and walks use kst__member() and the view of lib/decode/view.h. */
#ifndef KST_LAYOUT_LAYOUT_H
#define KST_LAYOUT_LAYOUT_H

#include "../core/core.h"
#include "members.h"

#include <kstate/layout.h>

/* Indexes of the wanted members and symbols: private, so that the lists may be reordered. */
#define KST__MEMBER_ID(id, type, path) KST__M_##id,
enum kst__member_id { KST__MEMBERS(KST__MEMBER_ID) KST__MEMBER_COUNT };

#define KST__SYMBOL_ID(id, names) KST__S_##id,
enum kst__symbol_id { KST__SYMBOLS(KST__SYMBOL_ID) KST__SYMBOL_COUNT };

struct kst__member {
	uint32_t offset;
	uint32_t length;
	uint8_t bit_pos;
	uint8_t bit_len; /* 0: a plain member */
	uint8_t present;
	uint8_t reserved0;
};

struct kst__symbol {
	uint64_t rva;
	uint64_t present;
};

struct kst_layout {
	uint64_t magic;
	struct kst_layout_info info;
	struct kst__symbol symbols[KST__SYMBOL_COUNT];
	struct kst__member members[KST__MEMBER_COUNT];
};

#define KST__LAYOUT_MAGIC 0x74756f79616c736bu /* "kslayout" */

/* The place of a member; ->present is 0 when it is absent. Never NULL. */
static inline const struct kst__member *kst__member(const struct kst_layout *layout, enum kst__member_id id)
{
	return &layout->members[id];
}

static inline bool kst__has(const struct kst_layout *layout, enum kst__member_id id)
{
	return layout->members[id].present != 0;
}

/* Size of a type that is in the list with an empty path; 0 when unknown. */
static inline uint32_t kst__type_size(const struct kst_layout *layout, enum kst__member_id id)
{
	return layout->members[id].length;
}

/* Memory checks that all initialisers share; on success the layout is empty. */
kst_status kst__layout_begin(struct kst_layout *mem, size_t size, uint32_t pointer_size, const char *name,
			     struct kst_error *err);
void kst__layout_set(struct kst_layout *layout, enum kst__member_id id, uint32_t offset, uint32_t length,
		     unsigned bit_pos, unsigned bit_len);
/* Count what is there; call once at the end. */
void kst__layout_finish(struct kst_layout *layout);

const char *kst__member_type(enum kst__member_id id);
const char *kst__member_path(enum kst__member_id id);
const char *kst__symbol_names(enum kst__symbol_id id);

/* Index of a wanted symbol by one of its names; KST__SYMBOL_COUNT when it is not wanted. */
enum kst__symbol_id kst__symbol_find(const char *name);

#endif
