/* SPDX-License-Identifier: MIT */
/* Records for programs, text for people. */
#include "kstate.h"

#include <string.h>

#define NUMBER_ROOM 24

json_t *record(const char *type)
{
	return json_pack("{ss}", "type", type);
}

void put_hex(json_t *record, const char *key, uint64_t value)
{
	char text[24];

	snprintf(text, sizeof text, "0x%" PRIx64, value);
	json_object_set_new(record, key, json_string(text));
}

void put_number(json_t *record, const char *key, uint64_t value)
{
	json_object_set_new(record, key, json_integer((json_int_t)value));
}

void put_text(json_t *record, const char *key, const char *text)
{
	json_object_set_new(record, key, json_string(text));
}

void put_bool(json_t *record, const char *key, bool value)
{
	json_object_set_new(record, key, json_boolean(value));
}

void put_null(json_t *record, const char *key)
{
	json_object_set_new(record, key, json_null());
}

/* Civil date of a day number (days since 1601-01-01), by the 400-year cycle. */
static void date_of(uint64_t days, unsigned *year, unsigned *month, unsigned *day)
{
	static const unsigned char lengths[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
	uint64_t cycle = days / 146097, rest = days % 146097;
	uint64_t century = rest / 36524 < 4 ? rest / 36524 : 3;
	uint64_t four, y, d;

	rest -= century * 36524;
	four = rest / 1461;
	rest -= four * 1461;
	y = rest / 365 < 4 ? rest / 365 : 3;
	d = rest - y * 365;
	*year = (unsigned)(1601 + cycle * 400 + century * 100 + four * 4 + y);
	for (*month = 0; *month < 11; (*month)++) {
		bool leap = *month == 1 && *year % 4 == 0 && (*year % 100 != 0 || *year % 400 == 0);
		uint64_t length = lengths[*month] + (leap ? 1u : 0u);

		if (d < length)
			break;
		d -= length;
	}
	(*month)++;
	*day = (unsigned)d + 1;
}

void put_time(json_t *record, const char *key, uint64_t filetime)
{
	uint64_t seconds = filetime / 10000000;
	unsigned year, month, day;
	char text[64];

	date_of(seconds / 86400, &year, &month, &day);
	snprintf(text, sizeof text, "%04u-%02u-%02uT%02u:%02u:%02u.%07uZ", year, month, day,
		 (unsigned)(seconds / 3600 % 24), (unsigned)(seconds / 60 % 60), (unsigned)(seconds % 60),
		 (unsigned)(filetime % 10000000));
	put_text(record, key, text);
}

void put_tag(json_t *record, const char *key, const uint8_t tag[4])
{
	char text[16];
	size_t n = 0;

	for (size_t i = 0; i < 4; i++) {
		uint8_t c = i == 3 ? tag[i] & 0x7f : tag[i];

		if (c < 0x80) {
			text[n++] = (char)c;
		} else {
			text[n++] = (char)(0xc0 | c >> 6);
			text[n++] = (char)(0x80 | (c & 0x3f));
		}
	}
	json_object_set_new(record, key, json_stringn(text, n));
}

void put_data(json_t *record, const char *key, const void *bytes, size_t length)
{
	static const char digits[] = "0123456789abcdef";
	const uint8_t *p = bytes;
	char *text = malloc(2 * length + 1);

	if (text == NULL)
		return;
	for (size_t i = 0; i < length; i++) {
		text[2 * i] = digits[p[i] >> 4];
		text[2 * i + 1] = digits[p[i] & 15];
	}
	json_object_set_new(record, key, json_stringn(text, 2 * length));
	free(text);
}

void put_anomalies(json_t *record, uint64_t bits, const char *(*name)(uint64_t bit))
{
	json_t *list;

	if (bits == 0)
		return;
	list = json_object_get(record, "anomalies"); /* a record may have several sets */
	if (list == NULL) {
		list = json_array();
		json_object_set_new(record, "anomalies", list);
	}
	for (unsigned i = 0; i < 64; i++) {
		const char *text = (bits >> i & 1) != 0 ? name((uint64_t)1 << i) : NULL;

		if (text != NULL)
			json_array_append_new(list, json_string(text));
	}
}

void emit(json_t *record)
{
	json_dumpf(record, stdout, JSON_COMPACT);
	putchar('\n');
	json_decref(record);
}

void emit_end(const struct session *session, const char *of, uint64_t count, uint32_t end, uint64_t anomalies)
{
	json_t *r;

	if (!session->json) {
		if (count == 0 && (end == KST_WALK_CLOSED || end == KST_WALK_TERMINATED))
			printf("-- %s: none\n", of);
		if (end != KST_WALK_CLOSED && end != KST_WALK_TERMINATED)
			printf("-- %s: %" PRIu64 " shown, then the walk ended: %s\n", of, count,
			       kst_walk_end_name(end));
		return;
	}
	r = record("walk");
	put_text(r, "of", of);
	put_number(r, "count", count);
	put_text(r, "end", kst_walk_end_name(end));
	put_anomalies(r, anomalies, kst_walk_anomaly_name);
	emit(r);
}

uint32_t end_of_failure(kst_status status)
{
	return status == KST_E_LIMIT ? KST_WALK_BUDGET : KST_WALK_UNREADABLE;
}

void emit_walk(const struct session *session, const char *of, const struct kst_cursor *cursor)
{
	emit_end(session, of, kst_cursor_count(cursor), kst_cursor_end(cursor), kst_cursor_anomalies(cursor));
}

static const char *advice(kst_status status)
{
	switch (status) {
	case KST_E_NO_MEMBER:
		return "give the kernel's types with --layout FILE (.pdb, .json, .json.xz, .tsv; `kstate info` names "
		       "its PDB), or an\n"
		       "  address with --symbol NAME=ADDR";
	case KST_E_FAULT:
		return "this source does not hold that memory; a dump with more of it (kernel, active, full) may";
	default: return NULL;
	}
}

int complain(const char *what, kst_status status, const struct kst_error *error)
{
	const char *hint = advice(status);
	/* the library's message for what is missing may be its bare name */
	bool bare = status == KST_E_NO_MEMBER && error != NULL && error->message[0] != '\0' &&
		    strchr(error->message, ' ') == NULL;

	fprintf(stderr, "kstate: %s: %s%s", what,
		error != NULL && error->message[0] != '\0' ? error->message : kst_status_name(status),
		bare ? " is not known" : "");
	if (error != NULL && error->address != 0)
		fprintf(stderr, " at 0x%" PRIx64, error->address);
	if (error != NULL && error->host_code != 0)
		fprintf(stderr, " (%s)",
			status == KST_E_IO ? strerror(error->host_code) : kst_status_name(error->host_code));
	fprintf(stderr, hint == NULL ? "\n" : "\n  %s\n", hint);
	return CANNOT;
}

int end_walk(const struct session *session, const char *command, const char *of, const struct kst_cursor *cursor,
	     kst_status status, const struct kst_error *error)
{
	emit_walk(session, of, cursor);
	if (status == KST_END || status == KST_E_LIMIT)
		return DONE;
	complain(command, status, error);
	return status != KST_E_HOST && kst_cursor_count(cursor) > 0 ? DONE : CANNOT;
}

void heading(const struct session *session, const char *columns)
{
	int width = address_width(session);

	if (session->json)
		return;
	for (; *columns != '\0'; columns++) {
		int length = (int)strcspn(columns + 1, " ");

		if (*columns != '@') {
			putchar(*columns);
			continue;
		}
		printf("%-*.*s", columns[1 + length] == '\0' ? 0 : width, length, columns + 1);
		columns += length;
	}
	putchar('\n');
}

/* The character at *text as it may go to a terminal; at most 6 bytes. */
static size_t escape(char *out, const unsigned char **text)
{
	const unsigned char *p = *text;

	*text = p + 1;
	if (*p < 0x20 || *p == 0x7f)
		return (size_t)sprintf(out, "\\x%02x", *p);
	if (*p == 0xc2 && p[1] >= 0x80 && p[1] < 0xa0) { /* the other control characters */
		*text = p + 2;
		return (size_t)sprintf(out, "\\u%04x", p[1]);
	}
	*out = (char)*p;
	return 1;
}

const char *printable(const char *text)
{
	static char texts[4][2048];
	static unsigned next;
	char *out = texts[next++ % 4];
	const unsigned char *p = (const unsigned char *)text;
	size_t n = 0;

	while (*p != '\0' && n + 8 < sizeof texts[0])
		n += escape(out + n, &p);
	out[n] = '\0';
	return out;
}

void print_escaped(const char *text)
{
	const unsigned char *p = (const unsigned char *)text;
	char out[8];

	while (*p != '\0')
		fwrite(out, 1, escape(out, &p), stdout);
}

const char *place_text(const struct session *session, uint64_t address)
{
	static char text[160];
	struct kst_module module = { .size = sizeof module };

	if (session->target != NULL && kst_module_find(session->target, address, &module, NULL) == KST_OK)
		snprintf(text, sizeof text, "%s (%s+0x%" PRIx64 ")", address_text(session, address),
			 printable(module.name), address - module.base);
	else
		snprintf(text, sizeof text, "%s", address_text(session, address));
	return text;
}

bool dpc_at(const struct session *session, uint64_t address, struct kst_dpc *out)
{
	uint8_t bytes[0x40];
	size_t done = 0;

	*out = (struct kst_dpc){ .size = sizeof *out };
	return address != 0 &&
	       kst_read(session->target, KST_SPACE_KERNEL, address, bytes, sizeof bytes, &done, NULL) != KST_E_HOST &&
	       kst_decode_dpc(kst_target_layout(session->target), bytes, done, address, out, NULL) == KST_OK &&
	       (out->present & KST_DPC_HAS_ROUTINE) != 0;
}

void tag_text(char out[5], const uint8_t tag[4])
{
	for (size_t i = 0; i < 4; i++) {
		uint8_t c = i == 3 ? tag[i] & 0x7f : tag[i];

		out[i] = c >= 0x20 && c < 0x7f ? (char)c : '.';
	}
	out[4] = '\0';
}

const char *address_text(const struct session *session, uint64_t address)
{
	static char texts[8][20];
	static unsigned next;
	char *text = texts[next++ % 8];

	if (session->identity.arch == KST_ARCH_X86)
		snprintf(text, sizeof texts[0], "%08" PRIx64, address);
	else
		snprintf(text, sizeof texts[0], "%08" PRIx64 "`%08" PRIx64, address >> 32, address & 0xffffffff);
	return text;
}

int address_width(const struct session *session)
{
	return session->identity.arch == KST_ARCH_X86 ? 8 : 17;
}

const char *known_address(const struct session *session, bool known, uint64_t address)
{
	return known ? address_text(session, address) : "?";
}

void print_range(const struct session *session, bool has_start, uint64_t start, bool has_end, uint64_t end)
{
	int width = address_width(session);

	printf("%-*s %-*s", width, known_address(session, has_start, start), width,
	       known_address(session, has_end, end));
}

static char *number_buffer(void)
{
	static char texts[8][NUMBER_ROOM];
	static unsigned next;

	return texts[next++ % 8];
}

const char *known_number(bool known, int64_t value)
{
	char *text = number_buffer();

	snprintf(text, NUMBER_ROOM, "%" PRId64, value);
	return known ? text : "?";
}

const char *known_hex(bool known, int digits, uint64_t value)
{
	char *text = number_buffer();

	snprintf(text, NUMBER_ROOM, "%0*" PRIx64, digits, value);
	return known ? text : "?";
}
