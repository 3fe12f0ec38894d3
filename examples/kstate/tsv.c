/* SPDX-License-Identifier: MIT */
/* The table format of layout files (.tsv): rows are sorted by name, members found by path. */
#include "tsv.h"

#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define FILE_MOST  ((long)256 << 20)
#define NAME_MOST  512
#define WIDTH_MOST 0x1000000u
#define DEPTH_MOST 8 /* arrays of arrays */

struct row {
	const char *name;  /* "type", "type.field" or "@symbol" */
	const char *ctype; /* of a field */
	uint64_t value;
	size_t line;
};

struct tsv {
	struct kst_types_ops ops;
	char *text;
	struct row *rows; /* sorted by name */
	size_t count;
};

static void *refuse(char *message, size_t cap, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	vsnprintf(message, cap, format, args);
	va_end(args);
	return NULL;
}

/* ---- C types --------------------------------------------------------------------------------------------------- */

enum kind { POINTER, ARRAY, BITS, ENUM, NAMED };

struct ctype {
	enum kind kind;
	uint32_t count;      /* of an array */
	unsigned first, end; /* bits */
	char of[NAME_MOST];  /* the element, the bits' unit, the enumeration's unit, the type's name */
};

static const char *after(const char *text, const char *prefix)
{
	size_t n = strlen(prefix);

	return strncmp(text, prefix, n) == 0 ? text + n : NULL;
}

static const char *without_qualifiers(const char *text)
{
	static const char *const qualifiers[] = { "volatile_", "const_", "struct_", "union_" };

	for (size_t i = 0; i < sizeof qualifiers / sizeof qualifiers[0];) {
		const char *rest = after(text, qualifiers[i]);

		if (rest != NULL && *rest != '{' && *rest != '\0') {
			text = rest;
			i = 0;
		} else {
			i++;
		}
	}
	return text;
}

static uint32_t decimal(const char **at)
{
	uint64_t value = 0;

	for (; **at >= '0' && **at <= '9'; (*at)++)
		value = value > WIDTH_MOST ? value : value * 10 + (unsigned)(**at - '0');
	return value > WIDTH_MOST ? WIDTH_MOST : (uint32_t)value;
}

/* Is the name in a list "|A|B|"? */
static bool among(const char *names, const char *name)
{
	char needle[64];

	return name[0] != '\0' && strchr(name, '|') == NULL &&
	       snprintf(needle, sizeof needle, "|%s|", name) < (int)sizeof needle && strstr(names, needle) != NULL;
}

static const char *skip_space(const char *at)
{
	return *at == ' ' ? at + 1 : at;
}

/* "NAME_[2][3]": the first number is the outermost; what is left is an array of "NAME_[3]". */
static bool parse_brackets(const char *text, size_t len, struct ctype *out)
{
	const char *open = memchr(text, '[', len), *at;
	size_t name;

	if (len == 0 || text[len - 1] != ']' || open == NULL)
		return false;
	name = (size_t)(open - text);
	at = open + 1;
	out->kind = ARRAY;
	out->count = decimal(&at);
	if (*at != ']')
		return false;
	if (at[1] == '\0' && name > 0 && text[name - 1] == '_')
		name--;
	snprintf(out->of, sizeof out->of, "%.*s%s", (int)name, text, at + 1);
	return true;
}

/* False when it is too long or means nothing. */
static bool parse_ctype(const char *text, struct ctype *out)
{
	const char *rest;
	size_t len;

	memset(out, 0, sizeof *out);
	text = without_qualifiers(text);
	if (strcmp(text, "Enumeration") == 0) {
		out->kind = ENUM;
		return true;
	}
	rest = after(text, "enum ");
	if (rest != NULL) {
		out->kind = ENUM;
		len = strcspn(rest, " ");
		if (len >= sizeof out->of)
			return false;
		memcpy(out->of, rest, len);
		return true;
	}
	len = strlen(text);
	if (len == 0 || len >= sizeof out->of)
		return false;
	if (after(text, "ptr ") != NULL || text[len - 1] == '*' || among("|ptr|Pointer|function|", text)) {
		out->kind = POINTER;
		return true;
	}
	rest = after(text, "array ");
	if (rest != NULL) {
		out->kind = ARRAY;
		out->count = decimal(&rest);
		memcpy(out->of, skip_space(rest), strlen(skip_space(rest)));
		return true;
	}
	rest = after(text, "bits ");
	if (rest != NULL) {
		out->kind = BITS;
		out->first = decimal(&rest);
		rest = skip_space(rest);
		out->end = decimal(&rest);
		memcpy(out->of, skip_space(rest), strlen(skip_space(rest)));
		return true;
	}
	if (parse_brackets(text, len, out))
		return true;
	out->kind = NAMED;
	memcpy(out->of, text, len);
	return true;
}

/* Types that the tables use without a row of their own, by width. */
static const char byte_types[] =
	"|char|unsigned_char|signed_char|bool|UCHAR|CHAR|SCHAR|CCHAR|BOOLEAN|BYTE|UINT8|INT8|KIRQL|"
	"KPROCESSOR_MODE|";
static const char short_types[] = "|short|unsigned_short|wchar|USHORT|SHORT|CSHORT|WCHAR|WORD|UINT16|INT16|";
static const char long_types[] =
	"|long|unsigned_long|int|unsigned_int|float|ULONG|LONG|DWORD|INT|UINT|UINT32|INT32|ULONG32|LONG32|BOOL|FLOAT|"
	"NTSTATUS|"
	"HRESULT|ACCESS_MASK|LCID|POOL_TYPE|MMLISTS|TOKEN_TYPE|SECURITY_IMPERSONATION_LEVEL|DEVICE_TYPE|NT_PRODUCT_"
	"TYPE|"
	"SYSTEM_POWER_STATE|DEVICE_POWER_STATE|INTERFACE_TYPE|KINTERRUPT_MODE|KWAIT_REASON|LDR_DLL_LOAD_REASON|";
static const char quad_types[] =
	"|long_long|unsigned_long_long|double|ULONGLONG|LONGLONG|ULONG64|LONG64|UINT64|INT64|DWORD64|DWORDLONG|QUAD|"
	"DOUBLE|"
	"LARGE_INTEGER|ULARGE_INTEGER|ULPTR64|LUID|REGHANDLE|LIST_ENTRY32|";
static const char guid_types[] = "|GUID|LIST_ENTRY64|";
static const char pointer_types[] = "|HANDLE|SIZE_T|SSIZE_T|ULONG_PTR|LONG_PTR|UINT_PTR|INT_PTR|DWORD_PTR|KAFFINITY|"
				    "KSPIN_LOCK|PFN_NUMBER|PFN_COUNT|SPFN_NUMBER|SE_AUDIT_PROCESS_CREATION_INFO|";
/* Structs of public headers whose size in pointers never changed. */
static const char pair_types[] = "|CLIENT_ID|";
static const char six_types[] = "|KAPC_STATE|"; /* two list heads, the process, three flags */

static bool basic_width(const struct tsv *t, const char *name, uint64_t *out)
{
	const struct {
		const char *names;
		uint32_t width;
	} groups[] = { { byte_types, 1 },
		       { short_types, 2 },
		       { long_types, 4 },
		       { quad_types, 8 },
		       { guid_types, 16 },
		       { pointer_types, t->ops.pointer_size },
		       { pair_types, 2 * t->ops.pointer_size },
		       { six_types, 6 * t->ops.pointer_size } };

	for (size_t i = 0; i < sizeof groups / sizeof groups[0]; i++) {
		if (among(groups[i].names, name) || (name[0] == '_' && among(groups[i].names, name + 1))) {
			*out = groups[i].width;
			return true;
		}
	}
	return false;
}

/* ---- Rows ------------------------------------------------------------------------------------------------------ */

static int by_name(const void *a, const void *b)
{
	const struct row *x = a, *y = b;
	int order = strcmp(x->name, y->name);

	return order != 0 ? order : (x->line > y->line) - (x->line < y->line);
}

/* Of rows with one name the first in the file counts. */
static const struct row *find(const struct tsv *t, const char *name)
{
	size_t low = 0, high = t->count;

	while (low < high) {
		size_t mid = low + (high - low) / 2;

		if (strcmp(t->rows[mid].name, name) < 0)
			low = mid + 1;
		else
			high = mid;
	}
	return low < t->count && strcmp(t->rows[low].name, name) == 0 ? &t->rows[low] : NULL;
}

/* The row of a type, spelled as asked for or with Microsoft's underscore. */
static const struct row *find_type(const struct tsv *t, const char *type)
{
	char name[NAME_MOST];
	const struct row *row;

	if (strchr(type, '.') != NULL || type[0] == '@')
		return NULL;
	row = find(t, type);
	if (row != NULL && row->ctype == NULL)
		return row;
	if (snprintf(name, sizeof name, "_%s", type) >= (int)sizeof name)
		return NULL;
	row = find(t, name);
	return row != NULL && row->ctype == NULL ? row : NULL;
}

static bool named_width(const struct tsv *t, const char *name, uint64_t *out)
{
	const struct row *row = find_type(t, name);

	if (row != NULL && row->value != 0) {
		*out = row->value;
		return true;
	}
	if (basic_width(t, name, out))
		return true;
	*out = t->ops.pointer_size; /* PVOID, PEPROCESS, …: a pointer unless the table says otherwise */
	return name[0] == 'P' && name[1] >= 'A' && name[1] <= 'Z';
}

/* Bytes of a C type: the size of the type, else of the basic type; false when it is not known. */
static bool width_of(const struct tsv *t, const char *text, unsigned depth, uint64_t *out)
{
	struct ctype c;

	if (depth > DEPTH_MOST || !parse_ctype(text, &c))
		return false;
	switch (c.kind) {
	case POINTER: *out = t->ops.pointer_size; break;
	case ARRAY:
		if (!width_of(t, c.of, depth + 1, out))
			return false;
		*out *= c.count == 0 ? 1 : c.count; /* [0]: its place is what is wanted */
		break;
	case BITS:
		if (!width_of(t, c.of, depth + 1, out))
			return false;
		break;
	case ENUM:
		if (!basic_width(t, c.of, out))
			*out = 4;
		break;
	case NAMED:
		if (!named_width(t, c.of, out))
			return false;
		break;
	}
	return *out > 0 && *out <= WIDTH_MOST;
}

/* ---- Paths ----------------------------------------------------------------------------------------------------- */

static kst_status walk(const struct tsv *t, const char *type, const char *path, uint64_t base, struct kst_member *out);

/* A field of this C type lies at base; go on along the rest of the path ("" at its end). */
static kst_status step(const struct tsv *t, const char *text, bool indexed, uint32_t index, const char *rest,
		       uint64_t base, struct kst_member *out)
{
	struct ctype c;
	const struct row *type;
	uint64_t width;

	if (!parse_ctype(text, &c))
		return KST_E_NO_MEMBER;
	for (unsigned depth = 0; c.kind == ARRAY && (*rest != '\0' || indexed); depth++) {
		struct ctype element;

		if (depth > DEPTH_MOST || !width_of(t, c.of, depth, &width) || (index > 0 && index >= c.count) ||
		    !parse_ctype(c.of, &element))
			return KST_E_NO_MEMBER;
		base += index * width;
		if (*rest == '\0') {
			out->offset = (uint32_t)base;
			out->length = (uint32_t)width;
			return base <= WIDTH_MOST ? KST_OK : KST_E_NO_MEMBER;
		}
		c = element;
		index = 0;
	}
	if (*rest != '\0') { /* a pointer ends a path: what it points to is another object */
		type = c.kind == NAMED ? find_type(t, c.of) : NULL;
		return type == NULL ? KST_E_NO_MEMBER : walk(t, type->name, rest, base, out);
	}
	if (base > WIDTH_MOST || !width_of(t, text, 0, &width))
		return KST_E_NO_MEMBER;
	out->offset = (uint32_t)base;
	out->length = (uint32_t)width;
	if (c.kind == BITS) {
		if (c.end <= c.first || c.end > 8 * width)
			return KST_E_NO_MEMBER;
		out->bit_pos = c.first;
		out->bit_len = c.end - c.first;
	}
	return KST_OK;
}

/*
 * "union_{...}" tells nothing of its width: what lies between it and the next field, or the end of the type. Such a field
 * can be looked at as a whole only, in at most eight bytes.
 */
static bool opaque_width(const struct tsv *t, const char *type, const struct row *field, uint64_t *out)
{
	size_t n = strlen(type);
	const struct row *whole = find(t, type);
	uint64_t end = whole == NULL ? 0 : whole->value;

	if (after(field->ctype, "union_{") == NULL && after(field->ctype, "struct_{") == NULL)
		return false;
	for (size_t i = 0; i < t->count; i++) {
		const struct row *row = &t->rows[i];

		if (strncmp(row->name, type, n) == 0 && row->name[n] == '.' && row->value > field->value &&
		    row->value < end)
			end = row->value;
	}
	*out = end - field->value > 8 ? 8 : end - field->value;
	return end > field->value;
}

/* An unnamed struct or union whose members are rows of the type around it: as long as they reach. */
static kst_status whole(const struct tsv *t, const struct row *row, uint64_t base, struct kst_member *out)
{
	size_t n = strlen(row->name);
	uint64_t end = row->value, width;

	/* rows are sorted by name: those that begin with this one's follow, others ("_MMPFN.u3x") may stand between */
	for (const struct row *r = row; r < t->rows + t->count && strncmp(r->name, row->name, n) == 0; r++) {
		if (r->name[n] == '.' && r->ctype != NULL && r->value <= WIDTH_MOST &&
		    width_of(t, r->ctype, 0, &width) && r->value + width > end)
			end = r->value + width;
	}
	if (end == row->value || end - row->value > WIDTH_MOST)
		return KST_E_NO_MEMBER;
	out->offset = (uint32_t)(base + row->value);
	out->length = (uint32_t)(end - row->value);
	return KST_OK;
}

/*
 * Members of unnamed structs are rows of the type itself; those of a named sub-struct may be, too ("_MMPFN.u3.e1"), so
 * every beginning of the path is tried. Each call takes a step of the path at least: the depth is bounded by its length.
 */
static kst_status walk(const struct tsv *t, const char *type, const char *path, uint64_t base, struct kst_member *out)
{
	char name[NAME_MOST];
	size_t n = 0;

	do {
		const struct row *row;
		const char *bracket, *rest;
		uint32_t index = 0;
		uint64_t width;
		size_t field;

		n += path[n] == '.';
		n += strcspn(path + n, ".");
		rest = path[n] == '.' ? path + n + 1 : path + n;
		bracket = n > 0 && path[n - 1] == ']' ? memchr(path, '[', n) : NULL;
		field = bracket == NULL ? n : (size_t)(bracket - path);
		if (bracket != NULL) {
			bracket++;
			index = decimal(&bracket);
		}
		if (snprintf(name, sizeof name, "%s.%.*s", type, (int)field, path) >= (int)sizeof name)
			return KST_E_NO_MEMBER;
		row = find(t, name);
		if (row != NULL && row->ctype != NULL && row->value <= WIDTH_MOST && base + row->value <= WIDTH_MOST) {
			if (*rest == '\0' && strcmp(row->ctype, "unnamed") == 0)
				return whole(t, row, base, out);
			kst_status st = step(t, row->ctype, bracket != NULL, index, rest, base + row->value, out);

			if (st == KST_OK)
				return st;
			if (*rest == '\0' && bracket == NULL && opaque_width(t, type, row, &width)) {
				out->offset = (uint32_t)(base + row->value);
				out->length = (uint32_t)width;
				return KST_OK;
			}
		}
	} while (path[n] != '\0');
	return KST_E_NO_MEMBER;
}

static kst_status tsv_type_size(void *user, const char *type, uint64_t *size_out)
{
	const struct row *row = find_type(user, type);

	if (row == NULL || row->value == 0)
		return KST_E_NO_MEMBER;
	*size_out = row->value;
	return KST_OK;
}

static kst_status tsv_member(void *user, const char *type, const char *path, struct kst_member *out)
{
	const struct row *row = find_type(user, type);

	if (row == NULL || strlen(path) >= NAME_MOST)
		return KST_E_NO_MEMBER;
	return walk(user, row->name, path, 0, out);
}

static kst_status tsv_symbol(void *user, const char *symbol, uint64_t *rva_out)
{
	char name[NAME_MOST];
	const struct row *row;

	if (snprintf(name, sizeof name, "@%s", symbol) >= (int)sizeof name)
		return KST_E_NO_MEMBER;
	row = find(user, name);
	if (row == NULL || row->ctype != NULL)
		return KST_E_NO_MEMBER;
	*rva_out = row->value;
	return KST_OK;
}

/* ---- Reading --------------------------------------------------------------------------------------------------- */

static bool parse_value(const char *text, uint64_t *out)
{
	char *end;

	if (after(text, "0x") == NULL || strlen(text) > 18)
		return false;
	*out = strtoull(text, &end, 16);
	return text[2] != '\0' && *end == '\0';
}

/* Cut a line into a row, in place. */
static bool parse_row(char *line, struct row *row)
{
	char *tab = strchr(line, '\t');
	char *second;

	if (tab == NULL || tab == line)
		return false;
	*tab = '\0';
	second = strchr(tab + 1, '\t');
	if (second != NULL)
		*second = '\0';
	row->name = line;
	row->ctype = second == NULL ? NULL : second + 1;
	if (!parse_value(tab + 1, &row->value))
		return false;
	if (second == NULL)
		return line[0] == '@' || strchr(line, '.') == NULL;
	return line[0] != '@' && strchr(line, '.') != NULL && strchr(second + 1, '\t') == NULL;
}

static bool parse_lines(struct tsv *t, char *message, size_t cap)
{
	size_t number = 0;
	char *next;

	for (char *line = t->text; *line != '\0'; line = next) {
		size_t len = strcspn(line, "\n");

		next = line[len] == '\0' ? line + len : line + len + 1;
		line[len] = '\0';
		if (len > 0 && line[len - 1] == '\r')
			line[--len] = '\0';
		number++;
		if (len == 0 || line[0] == '#')
			continue;
		if (!parse_row(line, &t->rows[t->count])) {
			refuse(message, cap,
			       "line %zu is not a row of a layout table (type<TAB>size, type.field<TAB>offset<TAB>C "
			       "type, "
			       "@symbol<TAB>offset)",
			       number);
			return false;
		}
		t->rows[t->count++].line = number;
	}
	return true;
}

static bool find_pointer_size(struct tsv *t, char *message, size_t cap)
{
	const struct row *list = find_type(t, "LIST_ENTRY");

	if (list != NULL && (list->value == 8 || list->value == 16)) {
		t->ops.pointer_size = (uint32_t)list->value / 2;
		return true;
	}
	refuse(message, cap, "no usable row for _LIST_ENTRY, whose size tells the width of a pointer");
	return false;
}

/* Takes over the text, which ends with a NUL. */
static struct tsv *parse_text(char *text, size_t len, char *message, size_t cap)
{
	struct tsv *t = calloc(1, sizeof *t);
	size_t lines = 1;

	for (size_t i = 0; i < len; i++)
		lines += text[i] == '\n';
	if (t == NULL) {
		free(text);
		return refuse(message, cap, "out of memory");
	}
	t->text = text;
	t->rows = calloc(lines, sizeof *t->rows);
	t->ops = (struct kst_types_ops){ sizeof t->ops, 0, tsv_type_size, tsv_member, tsv_symbol };
	if (t->rows == NULL)
		refuse(message, cap, "out of memory");
	else if (memchr(text, '\0', len) != NULL)
		refuse(message, cap, "not a text file");
	else if (parse_lines(t, message, cap)) {
		qsort(t->rows, t->count, sizeof *t->rows, by_name);
		if (find_pointer_size(t, message, cap))
			return t;
	}
	tsv_free(t);
	return NULL;
}

struct tsv *tsv_parse(const char *bytes, size_t len, char *message, size_t cap)
{
	char *text = malloc(len + 1);

	if (text == NULL)
		return refuse(message, cap, "out of memory");
	if (len > 0)
		memcpy(text, bytes, len);
	text[len] = '\0';
	return parse_text(text, len, message, cap);
}

struct tsv *tsv_load(const char *path, char *message, size_t cap)
{
	FILE *f = fopen(path, "rb");
	char *text = NULL;
	long len = -1;
	size_t got = 0;

	if (f == NULL)
		return refuse(message, cap, "cannot be opened");
	if (fseek(f, 0, SEEK_END) == 0)
		len = ftell(f);
	if (len >= 0 && len <= FILE_MOST && fseek(f, 0, SEEK_SET) == 0)
		text = malloc((size_t)len + 1);
	if (text != NULL)
		got = fread(text, 1, (size_t)len, f);
	fclose(f);
	if (text == NULL)
		return refuse(message, cap, "cannot be read, or is far too large for a layout table");
	text[got] = '\0';
	return parse_text(text, got, message, cap);
}

void tsv_free(struct tsv *t)
{
	if (t == NULL)
		return;
	free(t->text);
	free(t->rows);
	free(t);
}

const struct kst_types_ops *tsv_ops(const struct tsv *t)
{
	return &t->ops;
}
