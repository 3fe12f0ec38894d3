/* SPDX-License-Identifier: MIT */
/* What the commands of the tool share. Public headers of the library only. */
#ifndef KSTATE_TOOL_H
#define KSTATE_TOOL_H

#include "tsv.h"

#include <inttypes.h>
#include <jansson.h>
#include <kstate/kstate.h>
#include <stdbool.h>
#include <stdio.h>

/* Exit statuses. */
enum { DONE = 0, CANNOT = 1, USAGE = 2 };

/* What one run works on: the source, the target made from it, and how to print. */
struct session {
	bool json;
	const char *path;
	struct kst_dump *dump;
	struct kst_dump_info dump_info;
	struct kst_identity identity;   /* complete: hints, discovery and the command line together */
	struct kst_layout *layout;      /* of --layout; NULL: the target brings its own */
	struct kst_target *target;      /* NULL where nothing could be made of the source (a header-only dump) */
	kst_space space;                /* --space, default KST_SPACE_KERNEL */
	bool option_kernel, option_map; /* options of single commands */
	bool option_all;                /* of bigpool: freed entries too */
	const char *option_svg;
	const char *option_processor;
	const char *option_thread;
};

struct command {
	const char *name;
	const char *arguments; /* for the usage text */
	const char *help;
	int (*run)(struct session *session, int argc, char **argv); /* argv[0] is the first argument */
	int least, most;                                            /* number of arguments; most < 0: any */
};

/* output.c: one record at a time. In text mode commands print with printf instead. */
json_t *record(const char *type);
void put_hex(json_t *record, const char *key, uint64_t value);    /* "0x…" */
void put_number(json_t *record, const char *key, uint64_t value); /* a count, a size, a pid */
void put_text(json_t *record, const char *key, const char *text);
void put_bool(json_t *record, const char *key, bool value);
void put_null(json_t *record, const char *key);
void put_time(json_t *record, const char *key, uint64_t filetime);                /* UTC, seven decimals */
void put_tag(json_t *record, const char *key, const uint8_t tag[4]);              /* protected bit cleared */
void put_data(json_t *record, const char *key, const void *bytes, size_t length); /* hex digits */
/* "anomalies": names of the bits that are set; the key is left out when there are none. */
void put_anomalies(json_t *record, uint64_t bits, const char *(*name)(uint64_t bit));
void emit(json_t *record); /* print as one line and release */
/* The record that ends each walk; in text mode it prints only what a person must know (an end that is not the usual one). */
void emit_walk(const struct session *session, const char *of, const struct kst_cursor *cursor);
/* The same of a search that is no single walk. */
void emit_end(const struct session *session, const char *of, uint64_t count, uint32_t end, uint64_t anomalies);
/* How such a search ended that failed: KST_WALK_BUDGET or _UNREADABLE. */
uint32_t end_of_failure(kst_status status);
/* emit_walk(), then the exit status: a walk that delivered something, or came to its end, has answered. */
int end_walk(const struct session *session, const char *command, const char *of, const struct kst_cursor *cursor,
	     kst_status status, const struct kst_error *error);
/* The line above a table, in text mode; "@name" is as wide as an address. */
void heading(const struct session *session, const char *columns);
/* A failure on standard error, with what to do next; returns CANNOT. */
int complain(const char *what, kst_status status, const struct kst_error *error);
/* A tag as text: '.' for what cannot be printed; out has 5 bytes. */
void tag_text(char out[5], const uint8_t tag[4]);
/* WinDbg's fffff800`01234567 on 64-bit targets, 8 digits on 32-bit ones; one of eight static buffers. */
const char *address_text(const struct session *session, uint64_t address);
int address_width(const struct session *session); /* of such a text: for a column */
/* What the source does not tell is "?": never 0. The last two write to one of eight static buffers. */
const char *known_address(const struct session *session, bool known, uint64_t address);
const char *known_number(bool known, int64_t value);           /* decimal */
const char *known_hex(bool known, int digits, uint64_t value); /* of so many digits at least */
/* "START END" in columns. */
void print_range(const struct session *session, bool has_start, uint64_t start, bool has_end, uint64_t end);
/* A text of the target's memory, fit for a terminal: control characters as \x1b. One of four static buffers, 2 KiB each. */
const char *printable(const char *text);
void print_escaped(const char *text); /* the same, of any length, on standard output */
/* An address with the kernel module it lies in: "fffff800`01234567 (driver.sys+0x567)"; a static buffer. */
const char *place_text(const struct session *session, uint64_t address);
/* The KDPC at an address; false where its routine is not in memory. */
bool dpc_at(const struct session *session, uint64_t address, struct kst_dpc *out);

/* open.c */
bool parse_hex(const char *text, uint64_t *out);     /* with or without 0x, ` allowed */
bool parse_decimal(const char *text, uint64_t *out); /* 0x… is hexadecimal */
/* Call fn for the address given, or for each line of standard input when it is "-". */
int each_address(struct session *session, const char *argument, bool decimal,
		 int (*fn)(struct session *session, uint64_t address, const char *input));
/*
 * In a batch (`input` is its line) what is not in memory and what can be no such thing are answers: one line or record,
 * and the batch goes on. Types that are missing or a reader that fails are none: complain() ends it.
 */
bool answers_line(const char *input, kst_status status);
bool need_target(const struct session *session); /* complains when there is none */
bool need_memory(struct session *session);       /* for reading alone: physical memory needs no Windows kernel */

struct options {
	const char *layout;
	const char *kernel_base;
	const char *dtb;
	const char *space;
	const char **symbols; /* NAME=ADDR */
	size_t symbols_count;
};
int session_open(struct session *session, const char *path, const struct options *options);
void session_close(struct session *session);

/*
 * layout_file.c: a layout from a PDB, an ISF file (.json, .json.xz) or a table, for a source of this architecture (0: not
 * known); NULL after saying why. kst_layout_destroy() it.
 */
struct kst_layout *layout_from_file(const char *path, uint32_t arch);
/* Which PDB describes the kernel, by the kernel's own debug directory: its name ("" when unknown) and its GUID and age. */
struct kernel_pdb {
	char name[128];
	char identity[48];
};
bool find_kernel_pdb(const struct session *session, struct kernel_pdb *out);
void warn_of_other_types(const struct session *session); /* types of another build than the kernel's */

#endif
