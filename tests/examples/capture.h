/* SPDX-License-Identifier: MIT */
/* What a command of the tool prints while it runs. */
#ifndef KST_TESTS_CAPTURE_H
#define KST_TESTS_CAPTURE_H

#include "support/support.h"

#include <stdio.h>
#include <unistd.h>

struct capture {
	FILE *file, *stream;
	int fd, before;
};

static inline struct capture capture_begin(FILE *stream, int fd)
{
	struct capture c = { .file = tmpfile(), .stream = stream, .fd = fd };

	assert_non_null(c.file);
	fflush(stream);
	c.before = dup(fd);
	assert_true(c.before >= 0 && dup2(fileno(c.file), fd) == fd);
	return c;
}

static inline void capture_end(struct capture *c, char *text, size_t cap)
{
	size_t n;

	fflush(c->stream);
	dup2(c->before, c->fd);
	close(c->before);
	rewind(c->file);
	n = fread(text, 1, cap - 1, c->file);
	text[n] = '\0';
	fclose(c->file);
}

#endif
