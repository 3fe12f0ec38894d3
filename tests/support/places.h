/* SPDX-License-Identifier: MIT */
/*
 * The members of a structure one by one: where the structure has each, and where the decoder puts it. With all bytes 0
 * but those of the member, the result is that of zeros but for that member; with one byte less than it needs, it is
 * absent and nothing stands for it.
 */
#ifndef KST_TESTS_PLACES_H
#define KST_TESTS_PLACES_H

#include "decoding.h"

/* Any decoder; one that cannot fail returns KST_OK. */
typedef kst_status decode_fn(const struct kst_layout *layout, const void *bytes, size_t len, uint64_t address,
			     void *out, struct kst_error *err);

#define PLACE_FORMS 5
#define NOWHERE     0xffff
#define POINTER     0 /* as wide as the layout's pointers */

struct place {
	const char *name;
	uint16_t at[PLACE_FORMS]; /* offset in each form of the structure; NOWHERE: that form lacks it */
	uint8_t width;            /* bytes there, or POINTER */
	uint8_t out_width;        /* of the public member: 4 or 8 */
	uint16_t out;             /* offset of the public member */
	uint64_t present;         /* the bit that says so; 0: none does */
	uint64_t value;           /* cut to the width */
	uint64_t toggles;         /* anomalies that this value brings or takes away */
	uint8_t needs_more;       /* 1: the bit needs members after this one as well */
	uint8_t kind;             /* which structure, in a table of several */
};
/* PLACE("member", AT(offsets), width, INTO(type, public member), its bit, value, toggles) */
#define PLACE(name, at, ...)                                                                                           \
	{                                                                                                              \
		name, at, __VA_ARGS__, 0, 0                                                                            \
	}
#define PLACE_OF(kind, more, name, at, ...)                                                                            \
	{                                                                                                              \
		name, at, __VA_ARGS__, more, kind                                                                      \
	}
#define AT(...)                                                                                                        \
	{                                                                                                              \
		__VA_ARGS__                                                                                            \
	}
#define INTO(type, member) sizeof(((struct type *)0)->member), offsetof(struct type, member)

/* One form of a structure. In the results `size` comes first, `present` is at 8, `anomalies` at 16. */
struct place_form {
	const struct kst_layout *layout;
	size_t size;      /* of the structure */
	const void *zero; /* result of a structure of zeros at PLACE_ADDRESS */
};
#define PLACE_ADDRESS UINT64_C(0x8091a2b3c4d5e6f7)

static inline void put_number(uint8_t *bytes, size_t at, unsigned width, uint64_t value)
{
	put(bytes + at, value, width);
}

static inline uint32_t pointer_size_of(const struct kst_layout *layout)
{
	struct kst_layout_info info = { .size = sizeof info };

	assert_int_equal(kst_layout_info(layout, &info), KST_OK);
	return info.pointer_size;
}

/* Decode a copy of exactly `len` bytes into *out, which held other things before. */
static inline void place_decode(decode_fn *decode, const struct kst_layout *layout, const uint8_t *bytes, size_t len,
				void *out, uint32_t out_size)
{
	uint8_t *exact = exact_copy(bytes, len);

	memset(out, 0xa5, out_size);
	memcpy(out, &out_size, sizeof out_size);
	assert_int_equal(decode(layout, exact, len, PLACE_ADDRESS, out, NULL), KST_OK);
	free(exact);
}

static inline void place_check_form(const struct place *p, const struct place_form *form, size_t at, decode_fn *decode,
				    uint32_t out_size)
{
	unsigned width = p->width == POINTER ? pointer_size_of(form->layout) : p->width;
	uint64_t value = width >= 8 ? p->value : p->value & ((UINT64_C(1) << (8 * width)) - 1), nothing = 0;
	uint8_t *bytes = calloc(1, form->size), *out = malloc(out_size), *expected = malloc(out_size);
	uint32_t value32 = (uint32_t)value;
	uint64_t present, anomalies;

	assert_true(bytes != NULL && out != NULL && expected != NULL && at + width <= form->size);
	memcpy(expected, form->zero, out_size);
	memcpy(expected, &out_size, sizeof out_size);
	memcpy(&present, expected + 8, sizeof present);
	place_decode(decode, form->layout, bytes, form->size, out, out_size);
	assert_memory_equal(out, expected, out_size);
	assert_true((present & p->present) == p->present);
	put_number(bytes, at, width, value);
	if (p->out_width == 4)
		memcpy(expected + p->out, &value32, sizeof value32);
	else
		memcpy(expected + p->out, &value, sizeof value);
	memcpy(&anomalies, expected + 16, sizeof anomalies);
	anomalies ^= p->toggles;
	memcpy(expected + 16, &anomalies, sizeof anomalies);
	place_decode(decode, form->layout, bytes, form->size, out, out_size);
	assert_memory_equal(out, expected, out_size);
	place_decode(decode, form->layout, bytes, at + width, out, out_size);
	memcpy(&present, out + 8, sizeof present);
	assert_true((present & p->present) == (p->needs_more ? 0 : p->present));
	if (!p->needs_more)
		assert_memory_equal(out + p->out, expected + p->out, p->out_width);
	place_decode(decode, form->layout, bytes, at + width - 1, out, out_size);
	memcpy(&present, out + 8, sizeof present);
	assert_true((present & p->present) == 0);
	assert_memory_equal(out + p->out, &nothing, p->out_width);
	free(expected);
	free(out);
	free(bytes);
}

/* The member in every form that has it. */
static inline void place_check(const struct place *p, const struct place_form *forms, size_t count, decode_fn *decode,
			       uint32_t out_size)
{
	for (size_t i = 0; i < count; i++)
		if (p->at[i] != NOWHERE)
			place_check_form(p, &forms[i], p->at[i], decode, out_size);
}

/* Without what it needs, a decoder says so with the address of the object and leaves the result alone. */
static inline void refuses_wrong_calls(const struct kst_layout *layout, decode_fn *decode, uint32_t out_size)
{
	static const uint8_t byte;
	struct kst_error err = { .size = sizeof err };
	uint32_t short_size = out_size - 1;
	uint8_t *out = malloc(out_size), *before = malloc(out_size);

	assert_true(out != NULL && before != NULL);
	memset(before, 0xa5, out_size);
	memcpy(before, &short_size, sizeof short_size);
	memcpy(out, before, out_size);
	assert_int_equal(decode(layout, &byte, 1, PLACE_ADDRESS, out, &err), KST_E_ABI);
	assert_true(err.code == KST_E_ABI && err.address == PLACE_ADDRESS && err.message[0] != '\0');
	assert_memory_equal(out, before, out_size);
	memcpy(before, &out_size, sizeof out_size);
	memcpy(out, before, out_size);
	assert_int_equal(decode(NULL, &byte, 1, PLACE_ADDRESS, out, &err), KST_E_ARG);
	assert_true(err.code == KST_E_ARG && err.address == PLACE_ADDRESS && err.message[0] != '\0');
	assert_int_equal(decode(layout, NULL, 1, PLACE_ADDRESS, out, NULL), KST_E_ARG);
	assert_int_equal(decode(layout, &byte, 1, PLACE_ADDRESS, NULL, NULL), KST_E_ARG);
	assert_memory_equal(out, before, out_size);
	free(before);
	free(out);
}

/* Names of numbers, or of bits, 0, 1, 2 …, written where they are checked. */
#define NAMES_NUMBERS(name, after, ...)                                                                                \
	check_value_names(name, (const char *const[]){ __VA_ARGS__ },                                                  \
			  sizeof((const char *const[]){ __VA_ARGS__ }) / sizeof(char *), after)
#define NAMES_BITS(name, ...)                                                                                          \
	check_bit_names(name, (const char *const[]){ __VA_ARGS__ },                                                    \
			sizeof((const char *const[]){ __VA_ARGS__ }) / sizeof(char *))

#endif
