/* SPDX-License-Identifier: MIT */
/*
 * What every layer shares: failing, size-first structs, bounded little-endian loads, text.
 * Depends on <string.h> and <stdint.h> only.
 */
#ifndef KST_CORE_CORE_H
#define KST_CORE_CORE_H

#include <kstate/api.h>
#include <stdbool.h>
#include <string.h>

#define KST__COUNT(array) (sizeof(array) / sizeof((array)[0]))

/* No Windows has more processors; what a header, a global or the machine says beyond it is not believed. */
#define KST__PROCESSORS_MOST 2048u

/*
 * A function with a large frame that is not to become part of its caller's: what the caller does before and after would
 * stand on it. The stack of every chain of calls is bounded (tests/abi/check_stack.py).
 */
#if defined(__GNUC__)
#define KST__APART __attribute__((noinline))
#else
#define KST__APART
#endif

/* A function that every read goes through: each caller gets a copy of its own, without what it does not ask for. */
#if defined(__GNUC__)
#define KST__HOT inline __attribute__((always_inline))
#else
#define KST__HOT inline
#endif

/*
 * Fill err (may be NULL) and return code. The message is a constant: one line, without what the caller knows. A code that
 * is none of the library's is one that a host's callback returned: then it is KST_E_HOST with the original in host_code.
 */
kst_status kst__fail(struct kst_error *err, kst_status code, uint64_t address, const char *message);
/* Is this one of the library's own statuses? */
bool kst__is_status(kst_status code);
kst_status kst__fail_host(struct kst_error *err, kst_status host_code, uint64_t address);

/*
 * Size-first structs. `first` is the size of the struct's first released version.
 * out: kst__out_ok(out->size, first), then kst__out_write(out, &ours, sizeof ours) keeps out->size.
 * in:  kst__in_read(&ours, sizeof ours, in, first) copies what the caller has and refuses unknown wishes.
 */
#define KST__LARGEST_STRUCT 4096
static inline bool kst__out_ok(uint32_t size, size_t first)
{
	return size >= first && size <= KST__LARGEST_STRUCT;
}
void kst__out_write(void *out, const void *ours, size_t ours_size);
kst_status kst__in_read(void *ours, size_t ours_size, const void *in, size_t first);

/* Does [off, off + want) lie in len bytes? Cannot overflow. */
static inline bool kst__within(uint64_t off, uint64_t want, uint64_t len)
{
	return off <= len && len - off >= want;
}

static inline uint16_t kst__le16(const uint8_t *p)
{
	return (uint16_t)(p[0] | (uint16_t)(p[1] << 8));
}

static inline uint32_t kst__le32(const uint8_t *p)
{
	return (uint32_t)p[0] | (uint32_t)p[1] << 8 | (uint32_t)p[2] << 16 | (uint32_t)p[3] << 24;
}

static inline uint64_t kst__le64(const uint8_t *p)
{
	return (uint64_t)kst__le32(p) | (uint64_t)kst__le32(p + 4) << 32;
}

/* A little-endian number of 1 to 8 bytes; nearly all have a width that the processor knows. */
static inline uint64_t kst__le(const uint8_t *p, size_t width)
{
	uint64_t value = 0;

	if (width == 8)
		return kst__le64(p);
	if (width == 4)
		return kst__le32(p);
	if (width == 2)
		return kst__le16(p);
	for (size_t i = 0; i < width && i < 8; i++)
		value |= (uint64_t)p[i] << (8 * i);
	return value;
}

/* Low n bits set; n may be 0 to 64. */
static inline uint64_t kst__mask(unsigned n)
{
	return n >= 64 ? UINT64_MAX : ((uint64_t)1 << n) - 1;
}

/* Sign-extend the low n bits (1 to 64). */
static inline uint64_t kst__sign_extend(uint64_t value, unsigned n)
{
	uint64_t sign = (uint64_t)1 << (n - 1);

	return n >= 64 ? value : ((value & kst__mask(n)) ^ sign) - sign;
}

/*
 * UTF-16LE to UTF-8 with a NUL; cut at a character. Returns false if the text is cut or not sound (an unpaired
 * surrogate becomes U+FFFD; a NUL inside ends nothing and becomes U+FFFD as well). cap >= 1.
 */
bool kst__utf16_text(char *out, size_t cap, const uint8_t *utf16, size_t bytes);

/* The same in pieces, behind the *used bytes that stand in out. False when one does not fit; then add no more. */
bool kst__utf16_append(char *out, size_t cap, size_t *used, const uint8_t *utf16, size_t bytes, bool *sound);

/* Bytes until NUL to text; bytes outside 20..7e become '.'. cap >= 1. */
void kst__ascii_text(char *out, size_t cap, const uint8_t *bytes, size_t len);

/* strlen, which the pure layers do without. */
size_t kst__length(const char *text);

/* Compare len bytes of a (not terminated) with the string b. */
bool kst__text_is(const char *a, size_t len, const char *b);

/* One name in a list of alternatives "A|B|C": is `name` among them? */
bool kst__among(const char *alternatives, const char *name);

/* Name for one bit of a set: names[i] belongs to bit i. NULL when there is none. */
const char *kst__bit_name(uint64_t bit, const char *const *names, size_t count);

#endif
