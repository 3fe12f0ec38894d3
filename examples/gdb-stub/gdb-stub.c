/* SPDX-License-Identifier: MIT */
/*
 * The processes of a virtual machine that runs now, through QEMU's GDB stub (qemu-system-x86_64 -gdb tcp:127.0.0.1:1234).
 * The stub's physical mode makes its packets read guest-physical memory; the library translates. While somebody is
 * connected the machine stands still, so that pages may be kept, and it goes on afterwards.
 *
 * The stub reads what is not memory as zeros, and knows no end: the runs of memory have to be said.
 *
 * usage: gdb-stub HOST:PORT START-END...      such as gdb-stub 127.0.0.1:1234 0-80000000 100000000-180000000
 */
#define _POSIX_C_SOURCE 200809L

#include "rsp.h"

#include <inttypes.h>
#include <kstate/kstate.h>
#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#define PAGE  0x1000u
#define SLOTS 1024u /* pages that are kept */

struct machine {
	struct rsp rsp;
	int socket;
	size_t runs_count;
	struct {
		uint64_t start, end;
	} runs[16];
	uint64_t kept[SLOTS]; /* address + 1 of the page in a slot; 0: none */
	uint8_t pages[SLOTS][PAGE];
};

static ptrdiff_t socket_send(void *user, const void *bytes, size_t len)
{
	return send(*(int *)user, bytes, len, MSG_NOSIGNAL);
}

static ptrdiff_t socket_receive(void *user, void *buf, size_t len)
{
	return recv(*(int *)user, buf, len, 0);
}

static int connect_to(const char *where)
{
	const struct addrinfo hints = { .ai_socktype = SOCK_STREAM };
	struct timeval patience = { .tv_sec = 10 };
	struct addrinfo *found = NULL;
	char host[256];
	const char *colon = strrchr(where, ':');
	int fd = -1, on = 1;

	if (colon == NULL || (size_t)(colon - where) >= sizeof host)
		return -1;
	memcpy(host, where, (size_t)(colon - where));
	host[colon - where] = '\0';
	if (getaddrinfo(host, colon + 1, &hints, &found) != 0)
		return -1;
	for (struct addrinfo *a = found; a != NULL && fd < 0; a = a->ai_next) {
		fd = socket(a->ai_family, a->ai_socktype, a->ai_protocol);
		if (fd >= 0 && connect(fd, a->ai_addr, a->ai_addrlen) != 0) {
			close(fd);
			fd = -1;
		}
	}
	freeaddrinfo(found);
	if (fd >= 0) {
		setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
		setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
	}
	return fd;
}

//! [reader]
static kst_status next_range(void *user, kst_space space, uint64_t address, uint64_t *start_out, uint64_t *length_out)
{
	const struct machine *m = user;

	if (space != KST_SPACE_PHYSICAL)
		return KST_END;
	for (size_t i = 0; i < m->runs_count; i++) {
		if (address >= m->runs[i].end)
			continue;
		*start_out = address > m->runs[i].start ? address : m->runs[i].start;
		*length_out = m->runs[i].end - *start_out;
		return KST_OK;
	}
	return KST_END;
}

static kst_status read_memory(void *user, kst_space space, uint64_t address, void *buf, size_t len, size_t *done)
{
	struct machine *m = user;
	uint64_t start, length;

	*done = 0;
	if (space != KST_SPACE_PHYSICAL)
		return KST_E_FAULT;
	while (*done < len) {
		uint64_t at = address + *done, page = at & ~(uint64_t)(PAGE - 1);
		size_t slot = (size_t)(page / PAGE % SLOTS), in_page = (size_t)(at - page), n = PAGE - in_page;

		if (next_range(m, space, at, &start, &length) != KST_OK || start != at)
			return KST_E_FAULT;
		if (m->kept[slot] != page + 1) {
			size_t got;
			int st;

			m->kept[slot] = 0;
			st = rsp_read(&m->rsp, page, m->pages[slot], PAGE, &got);
			if (st != RSP_OK)
				return st; /* not "not there": the walk ends with KST_E_HOST and this number */
			if (got != PAGE)
				return KST_E_FAULT;
			m->kept[slot] = page + 1;
		}
		if (n > len - *done)
			n = len - *done;
		if (n > length)
			n = (size_t)length;
		memcpy((uint8_t *)buf + *done, m->pages[slot] + in_page, n);
		*done += n;
	}
	return KST_OK;
}
//! [reader]

static int list_processes(struct machine *m, struct kst_error *err)
{
	const struct kst_reader_ops ops = {
		.size = sizeof ops, .flags = KST_READER_PHYSICAL_ONLY, .read = read_memory, .next_range = next_range
	};
	struct kst_process process = { .size = sizeof process };
	struct kst_target_config config = { .size = sizeof config, .reader = &ops, .reader_user = m };
	struct kst_target *target = NULL;
	struct kst_cursor cursor;
	kst_status st = kst_target_open_reader(&config, &target, err);

	if (st == KST_OK)
		st = kst_processes_begin(&cursor, target, err);
	while (st == KST_OK && (st = kst_processes_next(&cursor, &process, err)) == KST_OK)
		printf("%6" PRIu64 "  %s\n", process.pid, process.name);
	kst_target_destroy(target);
	return st;
}

static bool parse_runs(struct machine *m, int count, char **words)
{
	uint64_t end = 0;

	if (count < 1 || (size_t)count > sizeof m->runs / sizeof m->runs[0])
		return false;
	for (int i = 0; i < count; i++) {
		char *rest;

		m->runs[i].start = strtoull(words[i], &rest, 16);
		if (*rest != '-')
			return false;
		m->runs[i].end = strtoull(rest + 1, &rest, 16);
		if (*rest != '\0' || m->runs[i].start < end || m->runs[i].end <= m->runs[i].start)
			return false;
		end = m->runs[i].end;
	}
	m->runs_count = (size_t)count;
	return true;
}

int main(int argc, char **argv)
{
	struct kst_error err = { .size = sizeof err };
	struct machine *m = calloc(1, sizeof *m);
	struct rsp_line line = { .send = socket_send, .receive = socket_receive };
	int st;

	if (m == NULL || argc < 3 || !parse_runs(m, argc - 2, argv + 2)) {
		fputs("usage: gdb-stub HOST:PORT START-END... (hexadecimal, ascending)\n", stderr);
		free(m);
		return 2;
	}
	m->socket = connect_to(argv[1]);
	line.user = &m->socket;
	st = m->socket < 0 ? RSP_CLOSED : rsp_open(&m->rsp, &line);
	if (st == RSP_OK)
		st = rsp_physical(&m->rsp);
	if (st != RSP_OK) {
		fprintf(stderr, "gdb-stub: %s\n",
			st == RSP_REFUSED ? "this stub has no physical mode" : "nobody answers as a stub there");
	} else {
		st = list_processes(m, &err);
		if (st < 0)
			fprintf(stderr, "%s (%" PRId32 "): %s\n", kst_status_name(st), err.host_code, err.message);
		rsp_close(&m->rsp);
	}
	if (m->socket >= 0)
		close(m->socket);
	free(m);
	return st < 0;
}
