/* SPDX-License-Identifier: MIT */
#include "kstate.h"

#include <stdlib.h>
#include <string.h>

#define MOST 0x1000000

int cmd_read(struct session *session, int argc, char **argv);

static uint64_t wanted;

static void dump_text(const struct session *session, uint64_t address, const uint8_t *bytes, size_t valid)
{
	for (size_t i = 0; i < wanted; i += 16) {
		printf("%s ", address_text(session, address + i));
		for (size_t k = i; k < i + 16; k++) {
			if (k < valid)
				printf(" %02x", bytes[k]);
			else
				fputs(k < wanted ? " ??" : "   ", stdout);
		}
		fputs("  ", stdout);
		for (size_t k = i; k < i + 16 && k < valid; k++)
			putchar(bytes[k] >= 0x20 && bytes[k] < 0x7f ? bytes[k] : '.');
		putchar('\n');
	}
}

static int read_one(struct session *session, uint64_t address, const char *input)
{
	struct kst_error error = { .size = sizeof error };
	uint8_t *bytes = malloc((size_t)wanted);
	size_t valid = 0;
	kst_status st;

	if (bytes == NULL)
		return complain("read", KST_E_NO_MEMORY, NULL);
	st = kst_read(session->target, session->space, address, bytes, (size_t)wanted, &valid, &error);
	if (session->json && (st == KST_OK || st == KST_E_FAULT || answers_line(input, st))) {
		json_t *r = record("bytes");

		if (input != NULL)
			put_text(r, "input", input);
		put_hex(r, "address", address);
		if (valid > 0)
			put_data(r, "data", bytes, valid);
		else
			put_null(r, "data");
		put_number(r, "valid", valid);
		emit(r);
	} else if (valid > 0) {
		dump_text(session, address, bytes, valid);
	} else if (answers_line(input, st)) {
		printf("%s: %s\n", address_text(session, address), error.message);
	}
	free(bytes);
	if (st == KST_OK || (st == KST_E_FAULT && valid > 0) || answers_line(input, st))
		return DONE;
	return complain("read", st, &error);
}

int cmd_read(struct session *session, int argc, char **argv)
{
	(void)argc;
	if (!parse_hex(argv[1], &wanted) || wanted == 0 || wanted > MOST) {
		fprintf(stderr, "kstate: LENGTH is hexadecimal, from 1 to %x\n", MOST);
		return USAGE;
	}
	if (!need_memory(session))
		return CANNOT;
	return each_address(session, argv[0], false, read_one);
}
