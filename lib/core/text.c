/* SPDX-License-Identifier: MIT */
#include "core.h"

static size_t utf8_put(uint8_t *out, uint32_t c)
{
	if (c < 0x80) {
		out[0] = (uint8_t)c;
		return 1;
	}
	if (c < 0x800) {
		out[0] = (uint8_t)(0xc0 | c >> 6);
		out[1] = (uint8_t)(0x80 | (c & 0x3f));
		return 2;
	}
	if (c < 0x10000) {
		out[0] = (uint8_t)(0xe0 | c >> 12);
		out[1] = (uint8_t)(0x80 | (c >> 6 & 0x3f));
		out[2] = (uint8_t)(0x80 | (c & 0x3f));
		return 3;
	}
	out[0] = (uint8_t)(0xf0 | c >> 18);
	out[1] = (uint8_t)(0x80 | (c >> 12 & 0x3f));
	out[2] = (uint8_t)(0x80 | (c >> 6 & 0x3f));
	out[3] = (uint8_t)(0x80 | (c & 0x3f));
	return 4;
}

bool kst__utf16_append(char *out, size_t cap, size_t *used, const uint8_t *utf16, size_t bytes, bool *sound)
{
	for (size_t i = 0; i + 1 < bytes; i += 2) {
		uint32_t c = kst__le16(utf16 + i);
		uint8_t utf8[4];
		size_t n;

		if (c >= 0xd800 && c < 0xdc00 && i + 3 < bytes && (kst__le16(utf16 + i + 2) & 0xfc00) == 0xdc00) {
			c = 0x10000 + ((c & 0x3ff) << 10) + (kst__le16(utf16 + i + 2) & 0x3ffu);
			i += 2;
		} else if (c == 0 || (c >= 0xd800 && c < 0xe000)) {
			c = 0xfffd;
			*sound = false;
		}
		n = utf8_put(utf8, c);
		if (*used + n + 1 > cap) {
			out[*used] = '\0';
			return false;
		}
		memcpy(out + *used, utf8, n);
		*used += n;
	}
	out[*used] = '\0';
	return true;
}

bool kst__utf16_text(char *out, size_t cap, const uint8_t *utf16, size_t bytes)
{
	bool sound = bytes % 2 == 0;
	size_t used = 0;

	return kst__utf16_append(out, cap, &used, utf16, bytes, &sound) && sound;
}

void kst__ascii_text(char *out, size_t cap, const uint8_t *bytes, size_t len)
{
	size_t n = 0;

	while (n < len && n + 1 < cap && bytes[n] != 0) {
		out[n] = bytes[n] >= 0x20 && bytes[n] < 0x7f ? (char)bytes[n] : '.';
		n++;
	}
	out[n] = '\0';
}
