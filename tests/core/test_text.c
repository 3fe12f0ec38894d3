/* SPDX-License-Identifier: MIT */
/* UTF-16 and ASCII from hostile bytes to text that is always whole characters. */
#include "core/core.h"
#include "support/support.h"

struct row {
	const char *name;
	uint8_t utf16[16];
	size_t bytes, cap;
	const char *text;
	bool sound;
};

static const struct row rows[] = {
	{ "ascii", { 'n', 0, 't', 0 }, 4, 16, "nt", true },
	{ "nothing", { 0 }, 0, 16, "", true },
	{ "two and three bytes", { 0xe9, 0x00, 0xac, 0x20 }, 4, 16, "\xc3\xa9\xe2\x82\xac", true },
	{ "a surrogate pair", { 0x3d, 0xd8, 0x00, 0xde }, 4, 16, "\xf0\x9f\x98\x80", true },
	{ "a high surrogate alone",
	  { 0x3d, 0xd8, 'a', 0 },
	  4,
	  16,
	  "\xef\xbf\xbd"
	  "a",
	  false },
	{ "a high surrogate at the end", { 'a', 0, 0x3d, 0xd8 }, 4, 16, "a\xef\xbf\xbd", false },
	{ "a low surrogate alone", { 0x00, 0xde }, 2, 16, "\xef\xbf\xbd", false },
	{ "a NUL inside",
	  { 'a', 0, 0, 0, 'b', 0 },
	  6,
	  16,
	  "a\xef\xbf\xbd"
	  "b",
	  false },
	{ "an odd length", { 'a', 0, 'b' }, 3, 16, "a", false },
	{ "cut between characters", { 'a', 0, 0xac, 0x20 }, 4, 4, "a", false },
	{ "room for the NUL only", { 'a', 0 }, 2, 1, "", false },
};

static void converts(void **state)
{
	const struct row *row = *state;
	char text[16];

	memset(text, 'x', sizeof text);
	assert_int_equal(kst__utf16_text(text, row->cap, row->utf16, row->bytes), row->sound);
	assert_string_equal(text, row->text);
}

static void ascii_is_printable(void **state)
{
	char text[8];

	(void)state;
	kst__ascii_text(text, sizeof text, (const uint8_t *)"sm\x01s\x80.exe", 9);
	assert_string_equal(text, "sm.s..e");
	kst__ascii_text(text, sizeof text, (const uint8_t *)"ab\0cd", 5);
	assert_string_equal(text, "ab");
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(ascii_is_printable) };

	return RUN_TESTS_AND_ROWS("text", tests, rows, converts);
}
