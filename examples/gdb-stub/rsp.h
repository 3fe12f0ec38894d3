/* SPDX-License-Identifier: MIT */
/* The client's side of GDB's remote serial protocol, as far as reading memory needs it. The line is the caller's. */
#ifndef KST_EXAMPLES_RSP_H
#define KST_EXAMPLES_RSP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* What a call returns. */
enum {
	RSP_OK = 0,
	RSP_REFUSED = -1001, /* the stub cannot do it */
	RSP_CLOSED = -1002,  /* nobody at the other end any more */
	RSP_GARBLED = -1003  /* what came is no answer, also after repeating */
};

#define RSP_PACKET_MOST 0x4000u /* longest packet that is understood */

/* The line: each call moves at most `len` bytes and returns how many; 0 or less: it is closed. */
struct rsp_line {
	ptrdiff_t (*send)(void *user, const void *bytes, size_t len);
	ptrdiff_t (*receive)(void *user, void *buf, size_t len);
	void *user;
};

struct rsp {
	struct rsp_line line;
	bool quiet;       /* packets are not acknowledged any more */
	size_t read_most; /* bytes of memory per request */
	size_t at, have;  /* in `input` */
	size_t length;    /* of `packet` */
	uint8_t input[4096];
	char packet[RSP_PACKET_MOST + 1]; /* the last answer, ended by a NUL */
};

/* Agree on the form of packets. */
int rsp_open(struct rsp *rsp, const struct rsp_line *line);
/* From now on addresses are physical: QEMU's own extension. */
int rsp_physical(struct rsp *rsp);
/* Send a request and wait for its answer, in `packet`. */
int rsp_ask(struct rsp *rsp, const char *request);
/* Read memory; *done is the number of leading bytes that are there, RSP_OK also when that is fewer than asked for. */
int rsp_read(struct rsp *rsp, uint64_t address, void *buf, size_t len, size_t *done);
/* Leave; the machine goes on. */
void rsp_close(struct rsp *rsp);

#endif
