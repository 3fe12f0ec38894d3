/* SPDX-License-Identifier: MIT */
/*
 * Inputs for Frama-C/Eva: one run of a driver stands for all inputs at once. The layout is any that the library can
 * hold: every member present or absent, at any place. What kst_layout_init() refuses is left out (a bit-field beyond 64 bits,
 * an offset above 16 MiB), sizes of 0 are not.
 */
#ifndef KST_PROVE_H
#define KST_PROVE_H

#include "../../lib/layout/layout.h"

#include "__fc_builtin.h"

#define PROVE_BYTES 0x1800

static struct kst_layout layout;
static uint8_t bytes[PROVE_BYTES];
static struct kst_error err;

static uint64_t any_u64(void)
{
	uint64_t value;

	Frama_C_make_unknown((char *)&value, sizeof value);
	return value;
}

static uint32_t any_u32(void)
{
	return Frama_C_unsigned_int_interval(0, 0xffffffffu);
}

static uint32_t any_up_to(uint32_t most)
{
	return Frama_C_unsigned_int_interval(0, most);
}

static void any_layout(void)
{
	//@ loop unroll KST__MEMBER_COUNT;
	for (int i = 0; i < KST__MEMBER_COUNT; i++) {
		layout.members[i].offset = any_up_to(0x1000000);
		layout.members[i].length = any_up_to(0x1000000);
		layout.members[i].bit_pos = (uint8_t)any_up_to(63);
		layout.members[i].bit_len = (uint8_t)any_up_to(64);
		layout.members[i].present = (uint8_t)any_up_to(1);
	}
	//@ loop unroll KST__SYMBOL_COUNT;
	for (int i = 0; i < KST__SYMBOL_COUNT; i++) {
		layout.symbols[i].rva = any_u64();
		layout.symbols[i].present = any_up_to(1);
	}
	layout.info.arch = any_u32();
	layout.info.pointer_size = any_up_to(1) != 0 ? 4 : 8;
}

/*
 * Any bytes. Their number is exact, which costs nothing: a decoder only learns whether a member is there, and each is or
 * is not, as the layout places it. That nothing is read beyond `len`, whatever it is, is what prove_view.c shows.
 */
static size_t any_bytes(void)
{
	Frama_C_make_unknown((char *)bytes, sizeof bytes);
	return sizeof bytes;
}

/* An error struct of any size a caller may give, or none. */
static struct kst_error *any_error(void)
{
	err.size = any_u32();
	return any_up_to(1) != 0 ? &err : NULL;
}

#endif
