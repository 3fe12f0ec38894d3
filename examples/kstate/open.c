/* SPDX-License-Identifier: MIT */
/* From the command line to a target. */
#include "kstate.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#define LINE_MOST 256

bool parse_hex(const char *text, uint64_t *out)
{
	uint64_t value = 0;
	size_t digits = 0;

	if (text[0] == '0' && (text[1] == 'x' || text[1] == 'X'))
		text += 2;
	for (; *text != '\0'; text++) {
		unsigned digit;

		if (*text == '`')
			continue;
		if (*text >= '0' && *text <= '9')
			digit = (unsigned)(*text - '0');
		else if (*text >= 'a' && *text <= 'f')
			digit = (unsigned)(*text - 'a' + 10);
		else if (*text >= 'A' && *text <= 'F')
			digit = (unsigned)(*text - 'A' + 10);
		else
			return false;
		if (++digits > 16)
			return false;
		value = value << 4 | digit;
	}
	*out = value;
	return digits > 0;
}

bool parse_decimal(const char *text, uint64_t *out)
{
	char *end;

	if (text[0] == '0' && (text[1] == 'x' || text[1] == 'X'))
		return parse_hex(text, out);
	if (*text < '0' || *text > '9')
		return false;
	errno = 0;
	*out = strtoull(text, &end, 10);
	return *end == '\0' && errno == 0;
}

int each_address(struct session *session, const char *argument, bool decimal,
                 int (*fn)(struct session *session, uint64_t address, const char *input))
{
	bool (*parse)(const char *, uint64_t *) = decimal ? parse_decimal : parse_hex;
	char line[LINE_MOST];
	uint64_t address;
	int result = DONE;

	if (strcmp(argument, "-") != 0) {
		if (parse(argument, &address))
			return fn(session, address, NULL);
		fprintf(stderr, "kstate: not a number: %s\n", argument);
		return USAGE;
	}
	while (result == DONE && fgets(line, sizeof line, stdin) != NULL) {
		line[strcspn(line, "\r\n")] = '\0';
		if (line[0] == '\0')
			continue;
		if (!parse(line, &address)) {
			fprintf(stderr, "kstate: not a number on standard input: %s\n", line);
			return USAGE;
		}
		result = fn(session, address, line);
	}
	return result;
}

bool need_target(const struct session *session)
{
	if (session->target != NULL)
		return true;
	fprintf(stderr, "kstate: %s holds no memory that can be read\n", session->path);
	return false;
}

int session_open(struct session *session, const char *path, const struct options *options)
{
	(void)options;
	session->path = path;
	return DONE;
}

void session_close(struct session *session)
{
	kst_target_destroy(session->target);
	free(session->layout);
}
