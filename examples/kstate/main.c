/* SPDX-License-Identifier: MIT */
/* kstate: what a Windows kernel was doing, from a dump. */
#include "commands.h"
#include "kstate.h"

#include <stdlib.h>
#include <string.h>

#define ROW(name, function, arguments, least, most, help) { name, arguments, help, function, least, most },
static const struct command commands[] = { COMMANDS(ROW) };

static void usage(FILE *out)
{
	fputs("usage: kstate COMMAND SOURCE [ARGUMENTS] [--json] [--layout FILE] [--symbol NAME=ADDR]... "
	      "[--kernel-base ADDR]\n"
	      "              [--dtb ADDR] [--space kernel|physical|DTB|pid:N]\n\n",
	      out);
	for (size_t i = 0; i < sizeof commands / sizeof commands[0]; i++)
		fprintf(out, "  %-10s %-32s %s\n", commands[i].name, commands[i].arguments, commands[i].help);
	fputs("\nAddresses and lengths are hexadecimal, ids and numbers decimal or 0x...; '-' for an address reads "
	      "addresses from\n"
	      "standard input. --json prints one record per line. User addresses need --space pid:N.\n",
	      out);
}

static int wrong(const char *what, const char *word)
{
	fprintf(stderr, "kstate: %s%s%s; `kstate --help` lists what there is\n", what, word[0] == '\0' ? "" : " ",
		word);
	return USAGE;
}

static const struct command *find_command(const char *name)
{
	for (size_t i = 0; i < sizeof commands / sizeof commands[0]; i++)
		if (strcmp(commands[i].name, name) == 0)
			return &commands[i];
	return NULL;
}

/* Options that take a value, and where it goes. */
static const char **option_place(const char *name, struct options *options, struct session *session)
{
	const struct {
		const char *name;
		const char **place;
	} known[] = {
		{ "--layout", &options->layout },
		{ "--kernel-base", &options->kernel_base },
		{ "--dtb", &options->dtb },
		{ "--space", &options->space },
		{ "--svg", &session->option_svg },
		{ "--processor", &session->option_processor },
		{ "--thread", &session->option_thread },
	};

	for (size_t i = 0; i < sizeof known / sizeof known[0]; i++)
		if (strcmp(known[i].name, name) == 0)
			return known[i].place;
	return NULL;
}

static bool option_switch(const char *name, struct session *session)
{
	if (strcmp(name, "--json") == 0)
		session->json = true;
	else if (strcmp(name, "--kernel") == 0)
		session->option_kernel = true;
	else if (strcmp(name, "--map") == 0)
		session->option_map = true;
	else if (strcmp(name, "--all") == 0)
		session->option_all = true;
	else
		return false;
	return true;
}

/* The words of the command line that are no options go to `words`, which has room for all. */
static int run(int argc, char **argv, char **words, struct options *options)
{
	struct session session = { .space = KST_SPACE_KERNEL };
	const struct command *command;
	int words_count = 0;
	int result;

	for (int i = 1; i < argc; i++) {
		const char **place;

		if (strcmp(argv[i], "--help") == 0 || strcmp(argv[i], "-h") == 0) {
			usage(stdout);
			return DONE;
		}
		if (strncmp(argv[i], "--", 2) != 0) {
			words[words_count++] = argv[i];
		} else if (option_switch(argv[i], &session)) {
			continue;
		} else if (i + 1 == argc) {
			return wrong("unknown option, or its value is missing:", argv[i]);
		} else if (strcmp(argv[i], "--symbol") == 0) {
			options->symbols[options->symbols_count++] = argv[++i];
		} else if ((place = option_place(argv[i], options, &session)) != NULL) {
			*place = argv[++i];
		} else {
			return wrong("unknown option", argv[i]);
		}
	}
	if (words_count == 0) {
		usage(stderr);
		return USAGE;
	}
	command = find_command(words[0]);
	if (command == NULL)
		return wrong("unknown command", words[0]);
	if (words_count < 2)
		return wrong("no source for", words[0]);
	if (words_count - 2 < command->least || (command->most >= 0 && words_count - 2 > command->most)) {
		fprintf(stderr, "usage: kstate %s SOURCE %s\n", command->name, command->arguments);
		return USAGE;
	}
	result = session_open(&session, words[1], options);
	if (result == DONE)
		result = command->run(&session, words_count - 2, words + 2);
	session_close(&session);
	return result;
}

int main(int argc, char **argv)
{
	struct options options = { .symbols = calloc((size_t)argc + 1, sizeof *options.symbols) };
	char **words = calloc((size_t)argc + 1, sizeof *words);
	int result = CANNOT;

	if (words != NULL && options.symbols != NULL)
		result = run(argc, argv, words, &options);
	free(options.symbols);
	free(words);
	return fflush(stdout) != 0 ? CANNOT : result;
}
