/* SPDX-License-Identifier: MIT */
/* A GDB stub that says anything: each call ends, and what it says is there is within what was asked for. */
#include "../../examples/gdb-stub/rsp.h"
#include "fuzz.h"

#define MEMORY 0x1800u /* more than a page, more than one request */

static size_t sent;

static ptrdiff_t take(void *user, const void *bytes, size_t len)
{
	(void)user;
	TRUTH(len > 0 && bytes != NULL);
	sent += len;
	return (ptrdiff_t)len;
}

static ptrdiff_t give(void *user, void *buf, size_t len)
{
	struct fuzz_input *in = user;
	size_t n = in->size < len ? in->size : len;

	memcpy(buf, in->data, n);
	in->data += n;
	in->size -= n;
	return (ptrdiff_t)n;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct fuzz_input in = { data, size };
	const struct rsp_line line = { .send = take, .receive = give, .user = &in };
	struct rsp *rsp = malloc(sizeof *rsp); /* on the heap: one byte too far is seen */
	bool open = (fuzz_u8(&in) & 1) == 0;
	int st = RSP_OK;

	TRUTH(rsp != NULL);
	sent = 0;
	if (open) {
		st = rsp_open(rsp, &line);
		TRUTH(st == RSP_OK || st == RSP_CLOSED || st == RSP_GARBLED);
	} else { /* the whole input is answers to requests */
		memset(rsp, 0, sizeof *rsp);
		rsp->line = line;
		rsp->read_most = 1 + fuzz_u8(&in) * (size_t)8;
		rsp->quiet = (fuzz_u8(&in) & 1) != 0;
	}
	TRUTH(rsp->read_most > 0 && rsp->read_most <= RSP_PACKET_MOST / 2);
	if (st == RSP_OK)
		st = rsp_physical(rsp);
	for (int i = 0; i < 4 && (st == RSP_OK || st == RSP_REFUSED); i++) {
		size_t len = MEMORY >> (3 * i), done = len + 1;
		uint8_t *memory = malloc(len);

		TRUTH(memory != NULL);
		st = rsp_read(rsp, UINT64_C(0xff0) << i, memory, len, &done);
		TRUTH(done <= len && rsp->length <= RSP_PACKET_MOST);
		free(memory);
	}
	rsp_close(rsp);
	TRUTH(rsp->length <= RSP_PACKET_MOST);
	/* what it sends is bounded by what it hears: five tries of each packet */
	TRUTH(sent <= 0x1000 + size * 5 * 128);
	free(rsp);
	return 0;
}
