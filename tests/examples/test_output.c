/* SPDX-License-Identifier: MIT */
/* Texts of the target go to the terminal of whoever examines it. */
#include "../../examples/kstate/kstate.h"
#include "support/support.h"

struct row {
	const char *name;
	const char *text, *shown;
};

static const struct row rows[] = {
	{ "plain", "ntoskrnl.exe", "ntoskrnl.exe" },
	{ "empty", "", "" },
	{ "letters of other scripts", "\xc3\xa4\xe6\xbc\xa2", "\xc3\xa4\xe6\xbc\xa2" },
	{ "escape sequence", "a\x1b[2Jb", "a\\x1b[2Jb" },
	{ "line feed", "a.sys\nfake line", "a.sys\\x0afake line" },
	{ "delete", "\x7f", "\\x7f" },
	{ "control sequence introducer of eight bits",
	  "\xc2\x9b"
	  "2J",
	  "\\u009b2J" },
	{ "half a character", "\xc2", "\xc2" },
};

static void shows(void **state)
{
	const struct row *row = *state;

	assert_string_equal(printable(row->text), row->shown);
}

static void ends_in_its_buffer(void **state)
{
	char text[10000];

	(void)state;
	memset(text, 0x1b, sizeof text - 1);
	text[sizeof text - 1] = '\0';
	assert_in_range(strlen(printable(text)), 2000, 2047);
}

int main(void)
{
	static const struct CMUnitTest tests[] = { cmocka_unit_test(ends_in_its_buffer) };

	return RUN_TESTS_AND_ROWS("printable", tests, rows, shows);
}
