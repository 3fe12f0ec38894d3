/* SPDX-License-Identifier: MIT */
#include "rsp.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#define TRIES      5        /* of one packet */
#define NOISE_MOST 0x10000u /* bytes between packets that are stepped over */
#define STRAY_MOST 64       /* packets that answer something else */
#define READ_LEAST 64u
#define PAGE       0x1000u

static const char digits[] = "0123456789abcdef";

static int hex_digit(int c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

static int next_byte(struct rsp *rsp)
{
	if (rsp->at == rsp->have) {
		ptrdiff_t got = rsp->line.receive(rsp->line.user, rsp->input, sizeof rsp->input);

		if (got <= 0 || (size_t)got > sizeof rsp->input)
			return RSP_CLOSED;
		rsp->at = 0;
		rsp->have = (size_t)got;
	}
	return rsp->input[rsp->at++];
}

static int send_all(struct rsp *rsp, const char *bytes, size_t len)
{
	while (len > 0) {
		ptrdiff_t sent = rsp->line.send(rsp->line.user, bytes, len);

		if (sent <= 0 || (size_t)sent > len)
			return RSP_CLOSED;
		bytes += sent;
		len -= (size_t)sent;
	}
	return RSP_OK;
}

static bool append(struct rsp *rsp, int c, unsigned times)
{
	if (times > RSP_PACKET_MOST - rsp->length)
		return false;
	memset(rsp->packet + rsp->length, c, times);
	rsp->length += times;
	return true;
}

/* The checksum behind a packet. */
static int checksum_matches(struct rsp *rsp, unsigned sum)
{
	int high = next_byte(rsp), low = high < 0 ? high : next_byte(rsp);

	if (low < 0)
		return low;
	high = hex_digit(high);
	low = hex_digit(low);
	return high >= 0 && low >= 0 && (unsigned)(high << 4 | low) == (sum & 0xff) ? RSP_OK : RSP_GARBLED;
}

/* The rest of a packet whose first character was read: RSP_GARBLED may be asked for again. */
static int packet_body(struct rsp *rsp)
{
	unsigned sum = 0, taken = 0;
	bool sound = true;

	rsp->length = 0;
	for (;;) {
		int c = next_byte(rsp);

		if (c < 0 || ++taken > NOISE_MOST)
			return RSP_CLOSED; /* also when it never ends */
		if (c == '#')
			break;
		if (c == '$') { /* the end of the one before was lost */
			rsp->length = 0;
			sum = 0;
			sound = true;
			continue;
		}
		sum += (unsigned)c;
		if (c == '}' || c == '*') { /* the next one is altered, or says how often the last one is repeated */
			int next = next_byte(rsp);

			if (next < 0)
				return next;
			sum += (unsigned)next;
			if (c == '}')
				sound = append(rsp, next ^ 0x20, 1) && sound;
			else
				sound = next > 29 && next <= 126 && rsp->length > 0 &&
					append(rsp, (uint8_t)rsp->packet[rsp->length - 1], (unsigned)next - 29) &&
					sound;
		} else {
			sound = append(rsp, c, 1) && sound;
		}
	}
	rsp->packet[rsp->length] = '\0';
	switch (checksum_matches(rsp, sum)) {
	case RSP_OK: return sound ? RSP_OK : RSP_GARBLED;
	case RSP_GARBLED: return RSP_GARBLED;
	default: return RSP_CLOSED;
	}
}

static int receive_packet(struct rsp *rsp)
{
	unsigned noise = 0;

	for (int try = 0; try < TRIES;) {
		int c = next_byte(rsp), st;
		bool notice = c == '%';

		if (c < 0)
			return c;
		if (c != '$' && !notice) {
			if (++noise > NOISE_MOST)
				return RSP_GARBLED;
			continue;
		}
		st = packet_body(rsp);
		if (notice && st != RSP_CLOSED) { /* tells something that nobody asked for; is not acknowledged */
			noise += (unsigned)rsp->length + 1;
			if (noise > NOISE_MOST)
				return RSP_GARBLED;
			continue;
		}
		if (st == RSP_CLOSED || rsp->quiet) /* without acknowledgement there is no second try */
			return st;
		if (send_all(rsp, st == RSP_OK ? "+" : "-", 1) != RSP_OK)
			return RSP_CLOSED;
		if (st == RSP_OK)
			return RSP_OK;
		try++;
	}
	return RSP_GARBLED;
}

static int send_packet(struct rsp *rsp, const char *request)
{
	char text[128];
	unsigned sum = 0;
	int n;

	for (const char *c = request; *c != '\0'; c++)
		sum += (uint8_t)*c;
	n = snprintf(text, sizeof text, "$%s#%c%c", request, digits[sum >> 4 & 15], digits[sum & 15]);
	if (n < 0 || (size_t)n >= sizeof text)
		return RSP_REFUSED;
	for (int try = 0; try < TRIES; try++) {
		unsigned noise = 0;
		int c;

		if (send_all(rsp, text, (size_t)n) != RSP_OK)
			return RSP_CLOSED;
		if (rsp->quiet)
			return RSP_OK;
		while ((c = next_byte(rsp)) != '-') {
			if (c < 0)
				return c;
			if (c == '+')
				return RSP_OK;
			if (c == '$') { /* the answer is here: the acknowledgement was lost */
				rsp->at--;
				return RSP_OK;
			}
			if (++noise > NOISE_MOST)
				return RSP_GARBLED;
		}
	}
	return RSP_GARBLED;
}

/* Stop notices (T05…, S05) and console output (O and digits) may come at any time and answer nothing. */
static bool is_stray(const struct rsp *rsp)
{
	return rsp->length >= 3 && strchr("OST", rsp->packet[0]) != NULL && hex_digit((uint8_t)rsp->packet[1]) >= 0 &&
	       hex_digit((uint8_t)rsp->packet[2]) >= 0;
}

int rsp_ask(struct rsp *rsp, const char *request)
{
	int st = send_packet(rsp, request);

	if (st == RSP_OK)
		st = receive_packet(rsp);
	for (int stray = 0; st == RSP_OK && is_stray(rsp); stray++)
		st = stray < STRAY_MOST ? receive_packet(rsp) : RSP_GARBLED;
	return st;
}

int rsp_open(struct rsp *rsp, const struct rsp_line *line)
{
	const char *size;
	int st;

	memset(rsp, 0, sizeof *rsp);
	rsp->line = *line;
	rsp->read_most = READ_LEAST;
	st = rsp_ask(rsp, "qSupported");
	if (st != RSP_OK)
		return st;
	size = strstr(rsp->packet, "PacketSize=");
	if (size != NULL) {
		size_t most = 0;

		for (size += 11; hex_digit((uint8_t)*size) >= 0 && most <= RSP_PACKET_MOST; size++)
			most = most << 4 | (size_t)hex_digit((uint8_t)*size);
		if (most > RSP_PACKET_MOST)
			most = RSP_PACKET_MOST;
		if (most / 2 >= READ_LEAST + 2)
			rsp->read_most = most / 2 - 2; /* with the packet's frame around the digits */
	}
	st = rsp_ask(rsp, "QStartNoAckMode");
	if (st == RSP_OK)
		rsp->quiet = strcmp(rsp->packet, "OK") == 0; /* a stub that cannot answers with nothing */
	return st;
}

int rsp_physical(struct rsp *rsp)
{
	int st = rsp_ask(rsp, "Qqemu.PhyMemMode:1");

	if (st == RSP_OK && strcmp(rsp->packet, "OK") != 0)
		return RSP_REFUSED;
	return st;
}

/* Is the last answer an error, such as E14? Bytes have two digits each: three characters cannot be bytes. */
static bool is_error(const struct rsp *rsp)
{
	return rsp->length == 3 && rsp->packet[0] == 'E' && hex_digit((uint8_t)rsp->packet[1]) >= 0 &&
	       hex_digit((uint8_t)rsp->packet[2]) >= 0;
}

static int read_piece(struct rsp *rsp, uint64_t address, uint8_t *buf, size_t len, size_t *done)
{
	char request[64];
	int st;

	*done = 0;
	snprintf(request, sizeof request, "m%" PRIx64 ",%x", address, (unsigned)len);
	st = rsp_ask(rsp, request);
	if (st != RSP_OK)
		return st;
	if (is_error(rsp))
		return RSP_OK;
	if (rsp->length == 0)
		return RSP_REFUSED;
	if (rsp->length % 2 != 0 || rsp->length / 2 > len)
		return RSP_GARBLED;
	for (size_t i = 0; i < rsp->length; i += 2) {
		int high = hex_digit((uint8_t)rsp->packet[i]), low = hex_digit((uint8_t)rsp->packet[i + 1]);

		if (high < 0 || low < 0)
			return RSP_GARBLED;
		buf[i / 2] = (uint8_t)(high << 4 | low);
	}
	*done = rsp->length / 2;
	return RSP_OK;
}

int rsp_read(struct rsp *rsp, uint64_t address, void *buf, size_t len, size_t *done)
{
	*done = 0;
	while (*done < len) {
		uint64_t at = address + *done;
		size_t in_page = (size_t)(PAGE - at % PAGE), n = len - *done, got;
		int st;

		/* a request over the end of what is there fails as a whole: never over the end of a page */
		if (n > in_page)
			n = in_page;
		if (n > rsp->read_most)
			n = rsp->read_most;
		st = read_piece(rsp, at, (uint8_t *)buf + *done, n, &got);
		if (st != RSP_OK)
			return st;
		if (got == 0)
			break;
		*done += got; /* a stub may give less than asked for: ask for the rest */
	}
	return RSP_OK;
}

void rsp_close(struct rsp *rsp)
{
	rsp_ask(rsp, "D");
}
