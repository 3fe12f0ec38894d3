/* SPDX-License-Identifier: MIT */
/* Unpacking of ISF files; only in builds that read them. */
#ifndef KST_TYPES_ISF_H
#define KST_TYPES_ISF_H

#include "types.h"

/*
 * A kernel's file has 4 to 10 MiB of text; parsed, hostile text takes up to 20 times its size. xz -9 needs 65 MiB to
 * unpack.
 */
#define KST__ISF_TEXT_MOST   0x4000000u
#define KST__ISF_MEMORY_MOST 0x8000000u

bool kst__xz_is(const uint8_t *bytes, size_t length);

/* Unpack an .xz file to *out (free() it). KST_E_CORRUPT, KST_E_LIMIT, KST_E_NO_MEMORY. */
kst_status kst__xz_unpack(const uint8_t *bytes, size_t length, uint8_t **out, size_t *length_out,
			  struct kst_error *err);

#endif
