/* SPDX-License-Identifier: MIT */
/* The packets of the GDB remote protocol against stubs that answer by a script: what is sent, and what comes of it. */
#include "../../examples/gdb-stub/rsp.h"
#include "support/support.h"

#include <stdio.h>

/* A script: the bytes that the stub says, and how many come at a time; what was sent to it is kept. */
struct script {
	const char *says;
	size_t at, step;
	char heard[4096];
	size_t heard_length;
};

static ptrdiff_t script_send(void *user, const void *bytes, size_t len)
{
	struct script *s = user;
	size_t n = s->step < len ? s->step : len;

	assert_true(s->heard_length + n < sizeof s->heard);
	memcpy(s->heard + s->heard_length, bytes, n);
	s->heard_length += n;
	return (ptrdiff_t)n;
}

static ptrdiff_t script_receive(void *user, void *buf, size_t len)
{
	struct script *s = user;
	size_t n = strlen(s->says + s->at);

	n = n < s->step ? n : s->step;
	n = n < len ? n : len;
	memcpy(buf, s->says + s->at, n);
	s->at += n;
	return (ptrdiff_t)n;
}

#define OPENED     "+$PacketSize=1000;multiprocess+#81+$OK#9a"
#define OPENED_ACK "+$PacketSize=1000;multiprocess+#81+$#00"
#define SAID       "$qSupported#37+$QStartNoAckMode#b0+"

struct row {
	const char *name;
	const char *says; /* after opening */
	size_t len;       /* bytes to read at 0x1000 */
	int status;
	size_t done;
	const char *bytes; /* hex of what is read */
	const char *heard; /* after opening */
	bool ack;          /* the stub knows no quiet mode */
};

static const struct row rows[] = {
	{ "four bytes", "$01020304#8a", 4, RSP_OK, 4, "01020304", "$m1000,4#8e", false },
	{ "acknowledged", "+$01020304#8a", 4, RSP_OK, 4, "01020304", "$m1000,4#8e+", true },
	{ "capital digits", "$aAbB#46", 2, RSP_OK, 2, "aabb", "$m1000,2#8c", false },
	{ "not there", "$E14#aa", 4, RSP_OK, 0, "", "$m1000,4#8e", false },
	{ "fewer, then the rest", "$0102#c3$0304#c7", 4, RSP_OK, 4, "01020304", "$m1000,4#8e$m1002,2#8e", false },
	{ "fewer, then not there", "$0102#c3$E14#aa", 4, RSP_OK, 2, "0102", "$m1000,4#8e$m1002,2#8e", false },
	{ "run length", "$0* #7a", 2, RSP_OK, 2, "0000", "$m1000,2#8c", false },
	{ "escaped",
	  "$}\x10"
	  "1#be",
	  1, RSP_OK, 1, "01", "$m1000,1#8b", false },
	{ "wrong checksum, said again", "+$01#00$01#61", 1, RSP_OK, 1, "01", "$m1000,1#8b-+", true },
	{ "request not understood once", "-+$01#61", 1, RSP_OK, 1, "01", "$m1000,1#8b$m1000,1#8b+", true },
	{ "acknowledgement lost", "$01#61", 1, RSP_OK, 1, "01", "$m1000,1#8b+", true },
	{ "end of the packet before was lost", "+$ff$01#61", 1, RSP_OK, 1, "01", "$m1000,1#8b+", true },
	{ "noise before it", "xx+yy$01#61", 1, RSP_OK, 1, "01", "$m1000,1#8b+", true },
	{ "a notice before it", "%Stop:T05#99$01#61", 1, RSP_OK, 1, "01", "$m1000,1#8b", false },
	{ "console output before it", "$O6869#2c$01#61", 1, RSP_OK, 1, "01", "$m1000,1#8b", false },
	{ "a stop notice before it", "$T05thread:01;#07$01#61", 1, RSP_OK, 1, "01", "$m1000,1#8b", false },
	{ "wrong checksum without a second try", "$01#00", 1, RSP_GARBLED, 0, "", "$m1000,1#8b", false },
	{ "wrong five times", "+$01#00$01#00$01#00$01#00$01#00$01#61", 1, RSP_GARBLED, 0, "", "$m1000,1#8b-----",
	  true },
	{ "not understood five times", "------", 1, RSP_GARBLED, 0, "",
	  "$m1000,1#8b$m1000,1#8b$m1000,1#8b$m1000,1#8b$m1000,1#8b", true },
	{ "more than asked for", "$0102#c3", 1, RSP_GARBLED, 0, "", "$m1000,1#8b", false },
	{ "half a byte", "$012#93", 2, RSP_GARBLED, 0, "", "$m1000,2#8c", false },
	{ "no digits", "$0g#97", 1, RSP_GARBLED, 0, "", "$m1000,1#8b", false },
	{ "run of nothing", "$* #4a", 1, RSP_GARBLED, 0, "", "$m1000,1#8b", false },
	{ "no digits in the checksum", "$01#6g", 1, RSP_GARBLED, 0, "", "$m1000,1#8b", false },
	{ "not supported", "$#00", 1, RSP_REFUSED, 0, "", "$m1000,1#8b", false },
	{ "nothing", "", 1, RSP_CLOSED, 0, "", "$m1000,1#8b", false },
	{ "cut in the packet", "$0", 1, RSP_CLOSED, 0, "", "$m1000,1#8b", false },
	{ "cut in an escape", "$0}", 1, RSP_CLOSED, 0, "", "$m1000,1#8b", false },
	{ "cut in the checksum", "$01#6", 1, RSP_CLOSED, 0, "", "$m1000,1#8b", false },
};

static void check_at(const struct row *row, size_t step)
{
	static struct rsp rsp;
	char says[512], hex[64] = "", heard[256];
	struct script script = { .says = says, .step = step };
	const struct rsp_line line = { .send = script_send, .receive = script_receive, .user = &script };
	uint8_t buf[32];
	size_t done = 99;

	snprintf(says, sizeof says, "%s%s", row->ack ? OPENED_ACK : OPENED, row->says);
	assert_int_equal(rsp_open(&rsp, &line), RSP_OK);
	assert_int_equal(rsp.quiet, !row->ack);
	assert_int_equal(rsp.read_most, 0x1000 / 2 - 2);
	assert_int_equal(rsp_read(&rsp, 0x1000, buf, row->len, &done), row->status);
	assert_int_equal(done, row->done);
	for (size_t i = 0; i < done; i++)
		snprintf(hex + 2 * i, sizeof hex - 2 * i, "%02x", buf[i]);
	assert_string_equal(hex, row->bytes);
	script.heard[script.heard_length] = '\0';
	snprintf(heard, sizeof heard, "%s%s", SAID, row->heard);
	assert_string_equal(script.heard, heard);
}

static void check_row(void **state)
{
	check_at(*state, 4096);
	check_at(*state, 1); /* the line may cut anywhere */
	check_at(*state, 3);
}

/* Requests end at pages and are no longer than the stub takes. */
static void splits_requests(void **state)
{
	static struct rsp rsp;
	struct script script = { .says = "+$PacketSize=84#9c+$OK#9a$E01#a6", .step = 4096 };
	const struct rsp_line line = { .send = script_send, .receive = script_receive, .user = &script };
	uint8_t buf[256];
	size_t done = 99;

	(void)state;
	assert_int_equal(rsp_open(&rsp, &line), RSP_OK);
	assert_int_equal(rsp.read_most, 64);
	assert_int_equal(rsp_read(&rsp, 0x1ff0, buf, sizeof buf, &done), RSP_OK);
	assert_int_equal(done, 0);
	assert_non_null(strstr(script.heard, "$m1ff0,10#"));
}

/* A machine that ran until now says that it stopped, before it answers anything. */
static void stops_first(void **state)
{
	static struct rsp rsp;
	struct script script = { .says = "$T05thread:01;#07+$PacketSize=84#9c+$OK#9a$OK#9a", .step = 4096 };
	const struct rsp_line line = { .send = script_send, .receive = script_receive, .user = &script };

	(void)state;
	assert_int_equal(rsp_open(&rsp, &line), RSP_OK);
	assert_int_equal(rsp.read_most, 64);
	assert_true(rsp.quiet);
	assert_int_equal(rsp_physical(&rsp), RSP_OK);
}

/* Physical mode is asked for, and a stub that has none is not taken for one that reads physical memory. */
static void physical_mode(void **state)
{
	static struct rsp rsp;

	(void)state;
	for (int has = 0; has < 2; has++) {
		struct script script = { .says = has ? OPENED "$OK#9a" : OPENED "$#00", .step = 4096 };
		const struct rsp_line line = { .send = script_send, .receive = script_receive, .user = &script };

		assert_int_equal(rsp_open(&rsp, &line), RSP_OK);
		assert_int_equal(rsp_physical(&rsp), has ? RSP_OK : RSP_REFUSED);
		assert_non_null(strstr(script.heard, "$Qqemu.PhyMemMode:1#"));
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(splits_requests), cmocka_unit_test(physical_mode),
					    cmocka_unit_test(stops_first) };

	return RUN_TESTS_AND_ROWS("gdb remote protocol", tests, rows, check_row);
}
