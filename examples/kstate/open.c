/* SPDX-License-Identifier: MIT */
/* From the command line to a target. */
#include "kstate.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#define LINE_MOST 256

/* What memory that is not translated already needs, to be a target. */
#define NEEDED (KST_IDENTITY_HAS_PAGING | KST_IDENTITY_HAS_DTB)

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

bool answers_line(const char *input, kst_status status)
{
	return input != NULL && (status == KST_E_FAULT || status == KST_E_ARG || status == KST_E_CORRUPT);
}

bool need_target(const struct session *session)
{
	if (session->target != NULL)
		return true;
	if (session->dump_info.memory_size == 0)
		fprintf(stderr, "kstate: %s holds no memory that can be read\n", session->path);
	else
		fprintf(stderr,
			"kstate: %s: no Windows kernel was found in this memory\n"
			"  --dtb ADDRESS helps where the root of its page tables is known; `kstate read --space "
			"physical` "
			"needs none\n",
			session->path);
	return false;
}

bool need_memory(struct session *session)
{
	struct kst_error error = { .size = sizeof error };
	const struct kst_reader_ops *from = kst_dump_reader(session->dump);
	struct kst_reader_ops reader = { .size = 0 };
	struct kst_target_config config = { .size = sizeof config, .reader = &reader, .reader_user = session->dump };
	kst_status st;

	if (session->target != NULL || session->space != KST_SPACE_PHYSICAL || session->dump_info.memory_size == 0)
		return need_target(session);
	/* a target that knows of no page tables: nothing is translated */
	memcpy(&reader, from, from->size < sizeof reader ? from->size : sizeof reader);
	reader.size = sizeof reader;
	reader.flags &= ~(uint32_t)KST_READER_PHYSICAL_ONLY;
	st = kst_target_create(&config, &session->target, &error);
	if (st != KST_OK)
		complain(session->path, st, &error);
	return st == KST_OK;
}

/* The header's word, the command line's, and what the memory itself shows. */
static int find_identity(struct session *session, const struct options *options)
{
	struct kst_error error = { .size = sizeof error };
	struct kst_identity *id = &session->identity;
	uint64_t dtb = 0, base = 0;
	kst_status st;

	if ((options->dtb != NULL && !parse_hex(options->dtb, &dtb)) ||
	    (options->kernel_base != NULL && !parse_hex(options->kernel_base, &base))) {
		fprintf(stderr, "kstate: --dtb and --kernel-base take a hexadecimal number\n");
		return USAGE;
	}
	for (int round = 0; round < 2; round++) { /* as hints, and again as the last word */
		if (options->dtb != NULL) {
			id->dtb = dtb;
			id->present |= KST_IDENTITY_HAS_DTB;
		}
		if (options->kernel_base != NULL) {
			id->kernel_base = base;
			id->present |= KST_IDENTITY_HAS_KERNEL_BASE;
		}
		if (round > 0)
			break;
		st = kst_identify(kst_dump_reader(session->dump), session->dump, id, &error);
		if (st != KST_OK && st != KST_E_FAULT)
			return complain(session->path, st, &error);
	}
	return DONE;
}

static int find_target(struct session *session, const struct options *options)
{
	struct kst_error error = { .size = sizeof error };
	struct kst_symbol *symbols = calloc(options->symbols_count + 1, sizeof *symbols);
	char **names = calloc(options->symbols_count + 1, sizeof *names);
	struct kst_target_config config = { .size = sizeof config,
					    .symbols_count = options->symbols_count,
					    .identity = &session->identity,
					    .symbols = symbols };
	int result = DONE;
	kst_status st;

	if (options->layout != NULL) {
		session->layout = layout_from_file(options->layout, session->identity.arch);
		result = session->layout == NULL ? CANNOT : DONE;
		config.layout = session->layout;
	}
	if (symbols == NULL || names == NULL)
		result = complain(session->path, KST_E_NO_MEMORY, NULL);
	for (size_t i = 0; i < options->symbols_count && result == DONE; i++) {
		const char *equals = strchr(options->symbols[i], '=');
		size_t length = equals == NULL ? 0 : (size_t)(equals - options->symbols[i]);

		names[i] = calloc(1, length + 1);
		if (length == 0 || names[i] == NULL || !parse_hex(equals + 1, &symbols[i].address)) {
			fprintf(stderr, "kstate: --symbol takes NAME=ADDRESS, not %s\n", options->symbols[i]);
			result = USAGE;
			break;
		}
		memcpy(names[i], options->symbols[i], length);
		symbols[i].name = names[i];
	}
	if (result == DONE) {
		st = kst_target_open(session->dump, &config, &session->target, &error);
		if (st == KST_OK)
			kst_target_identity(session->target, &session->identity);
		else if (st != KST_E_ARG || (session->identity.present & NEEDED) == NEEDED)
			/* without paging mode or root `info` still has something to say */
			result = complain(session->path, st, &error);
	}
	for (size_t i = 0; names != NULL && i < options->symbols_count; i++)
		free(names[i]);
	free(names);
	free(symbols);
	return result;
}

/* The address space of a process, by its id. */
static int find_process_space(struct session *session, const char *pid_text)
{
	struct kst_error error = { .size = sizeof error };
	struct kst_process process = { .size = sizeof process };
	uint64_t pid;
	kst_status st;

	if (!parse_decimal(pid_text, &pid)) {
		fprintf(stderr, "kstate: not a process id: %s\n", pid_text);
		return USAGE;
	}
	if (!need_target(session))
		return CANNOT;
	st = kst_process_find(session->target, pid, &process, &error);
	if (st == KST_END) {
		fprintf(stderr, "kstate: no process has the id %" PRIu64 "\n", pid);
		return CANNOT;
	}
	if (st == KST_OK)
		st = kst_process_space(&process, &session->space, &error);
	return st == KST_OK ? DONE : complain("--space", st, &error);
}

static int find_space(struct session *session, const char *text)
{
	if (text != NULL && strncmp(text, "pid:", 4) == 0)
		return find_process_space(session, text + 4);
	if (text == NULL || strcmp(text, "kernel") == 0) {
		session->space = KST_SPACE_KERNEL;
	} else if (strcmp(text, "physical") == 0) {
		session->space = KST_SPACE_PHYSICAL;
	} else if (!parse_hex(text, &session->space)) {
		fprintf(stderr, "kstate: --space is kernel, physical, pid:N or a directory table base, not %s\n", text);
		return USAGE;
	}
	return DONE;
}

int session_open(struct session *session, const char *path, const struct options *options)
{
	struct kst_error error = { .size = sizeof error };
	kst_status st = kst_dump_open(path, &session->dump, &error);
	int result;

	session->path = path;
	if (st != KST_OK) {
		complain(path, st, &error);
		if (st == KST_E_UNSUPPORTED)
			fputs("  kstate reads Windows dumps, LiME, ELF cores and raw memory\n", stderr);
		return CANNOT;
	}
	session->dump_info.size = sizeof session->dump_info;
	session->identity.size = sizeof session->identity;
	kst_dump_info(session->dump, &session->dump_info);
	kst_dump_identity(session->dump, &session->identity);
	result = find_identity(session, options);
	if (result == DONE)
		result = find_target(session, options);
	if (result == DONE)
		warn_of_other_types(session);
	if (result == DONE)
		result = find_space(session, options->space);
	return result;
}

void session_close(struct session *session)
{
	kst_target_destroy(session->target);
	kst_dump_close(session->dump);
	kst_layout_destroy(session->layout);
}
