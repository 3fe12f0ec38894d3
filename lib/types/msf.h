/* SPDX-License-Identifier: MIT */
/* The container of a PDB: a file of blocks that holds numbered streams (MSF 7.00). */
#ifndef KST_TYPES_MSF_H
#define KST_TYPES_MSF_H

#include "types.h"

struct kst__msf {
	const uint8_t *bytes;
	size_t length;
	uint32_t block_size;
	uint8_t *directory; /* owned */
	uint64_t directory_size;
	uint32_t streams;
};

/* One stream in one piece. */
struct kst__stream {
	uint8_t *bytes; /* owned; NULL when empty */
	size_t length;
};

kst_status kst__msf_open(struct kst__msf *msf, const void *bytes, size_t length, struct kst_error *err);
void kst__msf_close(struct kst__msf *msf);

/*
 * Gather a stream; free() its bytes. KST_E_NO_MEMBER: there is no such stream, or it is empty. KST_E_CORRUPT: it has blocks
 * outside the file. Never longer than the file itself.
 */
kst_status kst__msf_stream(const struct kst__msf *msf, uint32_t number, struct kst__stream *out, struct kst_error *err);

#endif
