/* SPDX-License-Identifier: MIT */
/* Object decoders over a view, so that walks run the same code as the public calls. */
#ifndef KST_DECODE_OBJECT_H
#define KST_DECODE_OBJECT_H

#include "view.h"

#include <kstate/object.h>

/* Bytes below a header in which its optional headers lie: eight of 0x20 and one page of padding at most. */
#define KST__OBJECT_BELOW 0x1100u

/* The header at `offset` of the view, whose first byte is at view_address. */
void kst__decode_object(const struct kst__view *view, uint64_t view_address, uint64_t offset, struct kst_object *out);

/* Offset of Body in a header; false when the layout does not know it. */
bool kst__object_body_offset(const struct kst_layout *layout, uint64_t *out);

/* What a pointer with a reference count in its low bits holds. */
void kst__fast_reference(const struct kst_layout *layout, uint64_t value, uint64_t *object, uint32_t *references);

/* Does the layout know any optional header? Layouts that are published in parts may not. */
bool kst__object_infos_known(const struct kst_layout *layout);

/*
 * How the type index of a header is stored: encoded with the cookie since Windows 10, which is when bit 0x80 of InfoMask
 * came. That no header is known for this bit says so only where other headers are known.
 */
enum kst__index_form { KST__OBJECT_INDEX_UNKNOWN, KST__OBJECT_INDEX_PLAIN, KST__OBJECT_INDEX_ENCODED };
enum kst__index_form kst__object_index_form(const struct kst_layout *layout);

/* The layout's pointer width with the upper half of a 32-bit number cleared. */
static inline uint64_t kst__object_pointer_mask(const struct kst_layout *layout)
{
	return layout->info.pointer_size == 4 ? UINT32_MAX : UINT64_MAX;
}

void kst__decode_object_type(const struct kst__view *view, uint64_t address, struct kst_object_type *out);
void kst__decode_handle_table(const struct kst__view *view, uint64_t address, struct kst_handle_table *out);
void kst__decode_handle(const struct kst__view *view, uint64_t address, struct kst_handle *out);
void kst__decode_directory_entry(const struct kst__view *view, uint64_t address, struct kst_directory_entry *out);

/* Bytes of one entry of a handle table; 0 when unknown. */
static inline uint32_t kst__handle_entry_size(const struct kst_layout *layout)
{
	return kst__type_size(layout, KST__M_HANDLE_ENTRY);
}

#endif
