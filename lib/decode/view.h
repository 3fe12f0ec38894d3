/* SPDX-License-Identifier: MIT */
/*
 * How decoders see an object: by layout and member id, never by offset. The object is either bytes in hand (public
 * kst_decode_… calls) or fetched member by member by a walk, so that an object of 48 KiB (KPRCB) needs no buffer and a
 * half-present one gives what is there. A decoder cannot tell the difference.
 */
#ifndef KST_DECODE_VIEW_H
#define KST_DECODE_VIEW_H

#include "../layout/layout.h"

struct kst__view {
	const struct kst_layout *layout;
	const uint8_t *bytes; /* the object, or NULL: use fetch */
	size_t len;           /* bytes at `bytes` */
	/* Get exactly len bytes at offset of the object; false when they are not there. */
	bool (*fetch)(const struct kst__view *view, uint64_t offset, void *buf, size_t len);
	const void *target; /* for fetch (lib/walk/memory.h) */
	uint64_t space;
	uint64_t address;
	void *failure; /* for fetch: where it leaves a host's failure, which must not pass as absence */
};

/* What every public decoder needs: a layout, a result, and bytes unless there are none. */
bool kst__given(const struct kst_layout *layout, const void *bytes, size_t len, const void *out);

static inline struct kst__view kst__view_bytes(const struct kst_layout *layout, const void *bytes, size_t len)
{
	struct kst__view view = { layout, bytes, bytes == NULL ? 0 : len, NULL, NULL, 0, 0, NULL };

	return view;
}

/* Raw bytes at an offset of the object. */
bool kst__view_raw(const struct kst__view *view, uint64_t offset, void *buf, size_t len);

/* A little-endian number of 1 to 8 bytes at an offset. */
bool kst__view_number(const struct kst__view *view, uint64_t offset, size_t width, uint64_t *out);

/*
 * A member's value, bit-fields shifted down. False, and *out untouched, when the layout or the memory lacks it. (Decoders
 * that are proved (tests/prove) begin their locals at 0: the analysis does not keep "true" and "written" together.)
 */
bool kst__get(const struct kst__view *view, enum kst__member_id id, uint64_t *out);

/* The same for a member of a struct that is embedded at `base` of the object. */
bool kst__get_at(const struct kst__view *view, uint64_t base, enum kst__member_id id, uint64_t *out);

/* As kst__get, narrowed to 32 bits; false as well when the value does not fit. */
bool kst__get32(const struct kst__view *view, enum kst__member_id id, uint32_t *out);

/*
 * The pointer or the 64-bit number that a member begins with, whatever the layout says of its width: for structs whose
 * type not every source of types describes (CLIENT_ID, LARGE_INTEGER, EX_FAST_REF) and for arrays.
 */
bool kst__get_pointer(const struct kst__view *view, enum kst__member_id id, uint64_t *out);
bool kst__get_u64(const struct kst__view *view, enum kst__member_id id, uint64_t *out);

/* One row of a table that says which member goes where in a public struct. */
struct kst__field {
	uint16_t id;     /* enum kst__member_id */
	uint16_t offset; /* in the public struct */
	uint8_t width;   /* of the public member: 4 or 8 */
	uint8_t kind;    /* KST__FIELD_… */
	uint8_t bit;     /* number of its present bit */
};
enum { KST__FIELD_NUMBER, KST__FIELD_POINTER, KST__FIELD_U64 };

/* Fill a public struct by a table; returns the present bits of what was there. */
uint64_t kst__get_fields(const struct kst__view *view, const struct kst__field *fields, size_t count, void *out);

/* A pointer of the layout's width at an offset; x86 pointers are zero-extended. */
bool kst__view_pointer(const struct kst__view *view, uint64_t offset, uint64_t *out);

#endif
