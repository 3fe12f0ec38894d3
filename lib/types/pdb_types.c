/* SPDX-License-Identifier: MIT */
/*
 * The type stream of a PDB. Record kinds and layouts are those of CodeView's public description; the kinds with counted
 * names (…_ST) are what compilers before 2002 wrote.
 */
#include "pdb.h"

#include <stdlib.h>

enum {
	LF_MODIFIER = 0x1001,
	LF_POINTER = 0x1002,
	LF_ARRAY_ST = 0x1003,
	LF_CLASS_ST = 0x1004,
	LF_STRUCTURE_ST = 0x1005,
	LF_UNION_ST = 0x1006,
	LF_ENUM_ST = 0x1007,
	LF_FIELDLIST = 0x1203,
	LF_BITFIELD = 0x1205,
	LF_ENUMERATE_ST = 0x0403,
	LF_BCLASS = 0x1400,
	LF_VBCLASS = 0x1401,
	LF_IVBCLASS = 0x1402,
	LF_FRIENDFCN_ST = 0x1403,
	LF_INDEX = 0x1404,
	LF_MEMBER_ST = 0x1405,
	LF_STMEMBER_ST = 0x1406,
	LF_METHOD_ST = 0x1407,
	LF_NESTTYPE_ST = 0x1408,
	LF_VFUNCTAB = 0x1409,
	LF_FRIENDCLS = 0x140a,
	LF_ONEMETHOD_ST = 0x140b,
	LF_VFUNCOFF = 0x140c,
	LF_NESTTYPEEX_ST = 0x140d,
	LF_ENUMERATE = 0x1502,
	LF_ARRAY = 0x1503,
	LF_CLASS = 0x1504,
	LF_STRUCTURE = 0x1505,
	LF_UNION = 0x1506,
	LF_ENUM = 0x1507,
	LF_FRIENDFCN = 0x150c,
	LF_MEMBER = 0x150d,
	LF_STMEMBER = 0x150e,
	LF_METHOD = 0x150f,
	LF_NESTTYPE = 0x1510,
	LF_ONEMETHOD = 0x1511,
	LF_NESTTYPEEX = 0x1512,
	LF_INTERFACE = 0x1519,
	LF_BINTERFACE = 0x151a,
	LF_CLASS2 = 0x1608,
	LF_STRUCTURE2 = 0x1609,
	LF_UNION2 = 0x160a,
	LF_INTERFACE2 = 0x160b
};

#define PROPERTY_FORWARD 0x80u
#define PROPERTY_UNIQUE  0x200u

#define BASIC_TYPES 0x1000u /* numbers below name built-in types */
#define PAD_FIRST   0xf0    /* in a field list: fill bytes, the low half says how many */

/* Header of the stream. */
#define TPI_HEADER_SIZE 4
#define TPI_FIRST       8
#define TPI_BYTES       16
#define TPI_HEADER      20 /* what is needed of it */

/* A number: below 0x8000 itself, else the kind of number that follows. Not an integer, or too large: bad. */
static uint64_t take_number(struct kst__record *r)
{
	static const uint8_t width[] = { 1, 2, 2, 4, 4, 0, 0, 0, 0, 8, 8 };
	static const uint8_t is_signed[] = { 1, 1, 0, 1, 0, 0, 0, 0, 0, 1, 0 };
	unsigned kind = kst__take16(r);
	uint64_t value;

	if (kind < 0x8000)
		return kind;
	kind -= 0x8000;
	if (kind >= sizeof width || width[kind] == 0) {
		r->bad = true;
		return 0;
	}
	value = kst__le(kst__take(r, width[kind]), width[kind]);
	return is_signed[kind] ? kst__sign_extend(value, width[kind] * 8u) : value;
}

static bool record_of(const struct kst_pdb *pdb, uint32_t number, uint16_t *kind, struct kst__record *out)
{
	size_t at;
	bool cut = false;

	if (number < pdb->first || number - pdb->first >= pdb->count)
		return false;
	at = pdb->at[number - pdb->first];
	return kst__next_record(&pdb->types, &at, kind, out, &cut);
}

/* The parts of a record before its size, by kind; false for a kind without members. */
static bool take_udt_head(uint16_t kind, struct kst__record *r, unsigned *property, struct kst__udt *out)
{
	switch (kind) {
	case LF_CLASS2:
	case LF_STRUCTURE2:
	case LF_UNION2:
	case LF_INTERFACE2: /* compilers since 2019: wider, and the number of members last */
		*property = kst__take32(r);
		out->fields = kst__take32(r);
		if (kind != LF_UNION2)
			kst__take(r, 8); /* derivation list and shape of the virtual table */
		out->members = (uint32_t)take_number(r);
		break;
	case LF_UNION:
	case LF_UNION_ST:
	case LF_CLASS:
	case LF_STRUCTURE:
	case LF_INTERFACE:
	case LF_CLASS_ST:
	case LF_STRUCTURE_ST:
		out->members = kst__take16(r);
		*property = kst__take16(r);
		out->fields = kst__take32(r);
		if (kind != LF_UNION && kind != LF_UNION_ST)
			kst__take(r, 8);
		break;
	default: return false;
	}
	out->kind = kind == LF_UNION || kind == LF_UNION_ST || kind == LF_UNION2 ? KST_TYPE_UNION : KST_TYPE_STRUCT;
	return true;
}

static bool parse_udt(uint16_t kind, struct kst__record r, struct kst__udt *out)
{
	bool counted = kind < LF_CLASS;
	unsigned property = 0;

	memset(out, 0, sizeof *out);
	if (!take_udt_head(kind, &r, &property, out))
		return false;
	out->forward = (property & PROPERTY_FORWARD) != 0;
	out->length = take_number(&r);
	out->name = kst__take_name(&r, counted);
	if (r.bad)
		return false;
	if ((property & PROPERTY_UNIQUE) != 0)
		out->unique = kst__take_name(&r, counted); /* damage here costs this name only */
	return true;
}

bool kst__pdb_udt(const struct kst_pdb *pdb, uint32_t number, struct kst__udt *out)
{
	struct kst__record r;
	uint16_t kind;

	return record_of(pdb, number, &kind, &r) && parse_udt(kind, r, out);
}

/* By name; then the longest, the one with most members, the lowest number. */
static int compare_types(const void *a, const void *b)
{
	const struct kst__pdb_type *x = a, *y = b;
	int order = kst__name_compare(x->name, y->name);

	if (order != 0)
		return order;
	if (x->length != y->length)
		return x->length > y->length ? -1 : 1;
	if (x->members != y->members)
		return x->members > y->members ? -1 : 1;
	return x->number < y->number ? -1 : x->number > y->number;
}

/* Count records and complete types; the second time, with the tables there, fill them. */
static void scan(struct kst_pdb *pdb, size_t at, struct kst_pdb_info *info)
{
	size_t start = at;
	struct kst__record r;
	struct kst__udt udt;
	uint16_t kind;
	uint32_t n = 0, named = 0;
	bool cut = false;

	for (; kst__next_record(&pdb->types, &at, &kind, &r, &cut); start = at, n++) {
		if (pdb->at != NULL)
			pdb->at[n] = (uint32_t)start;
		if (!parse_udt(kind, r, &udt) || udt.forward)
			continue;
		if (pdb->by_name != NULL)
			pdb->by_name[named] = (struct kst__pdb_type){ udt.name, udt.length, udt.members,
								      pdb->first + n };
		named++;
		*(udt.kind == KST_TYPE_UNION ? &info->unions : &info->structs) += 1;
	}
	pdb->count = n;
	pdb->by_name_count = named;
	info->records = n;
	if (cut)
		info->anomalies |= KST_PDB_ANOMALY_TYPES_CUT;
}

kst_status kst__pdb_index_types(struct kst_pdb *pdb, struct kst_error *err)
{
	struct kst_pdb_info counts = { 0 };
	size_t at;

	if (pdb->types.length < TPI_HEADER)
		return kst__fail(err, KST_E_CORRUPT, 0, "the type stream is shorter than its header");
	at = kst__le32(pdb->types.bytes + TPI_HEADER_SIZE);
	pdb->first = kst__le32(pdb->types.bytes + TPI_FIRST);
	if (at < TPI_HEADER || at > pdb->types.length)
		return kst__fail(err, KST_E_CORRUPT, TPI_HEADER_SIZE, "the header of the type stream is not sound");
	if (pdb->first < BASIC_TYPES || pdb->first > UINT32_MAX / 2)
		return kst__fail(err, KST_E_CORRUPT, TPI_FIRST, "the first type number is not sound");
	if (kst__le32(pdb->types.bytes + TPI_BYTES) < pdb->types.length - at)
		pdb->types.length = at + kst__le32(pdb->types.bytes + TPI_BYTES);
	else if (kst__le32(pdb->types.bytes + TPI_BYTES) > pdb->types.length - at)
		pdb->info.anomalies |= KST_PDB_ANOMALY_TYPES_CUT;
	scan(pdb, at, &counts);
	pdb->at = malloc(((size_t)pdb->count + 1) * sizeof *pdb->at);
	pdb->by_name = malloc(((size_t)pdb->by_name_count + 1) * sizeof *pdb->by_name);
	if (pdb->at == NULL || pdb->by_name == NULL)
		return kst__fail(err, KST_E_NO_MEMORY, 0, "out of memory");
	scan(pdb, at, &pdb->info);
	qsort(pdb->by_name, pdb->by_name_count, sizeof *pdb->by_name, compare_types);
	return KST_OK;
}

/* First entry in by_name that is not below the name. */
static uint32_t lower_bound(const struct kst_pdb *pdb, struct kst__name name)
{
	uint32_t low = 0, high = pdb->by_name_count;

	while (low < high) {
		uint32_t middle = low + (high - low) / 2;

		if (kst__name_compare(pdb->by_name[middle].name, name) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

uint32_t kst__pdb_find(const struct kst_pdb *pdb, struct kst__name name)
{
	uint32_t i = lower_bound(pdb, name);

	return i < pdb->by_name_count && kst__name_compare(pdb->by_name[i].name, name) == 0 ? pdb->by_name[i].number
											    : 0;
}

/*
 * The complete type that a forward reference promises: of those with its name one with its decorated name if there is one,
 * and of several the most complete.
 */
static uint32_t completed(const struct kst_pdb *pdb, const struct kst__udt *promise, uint32_t *budget)
{
	uint32_t found = 0;

	for (uint32_t i = lower_bound(pdb, promise->name);
	     i < pdb->by_name_count && kst__name_compare(pdb->by_name[i].name, promise->name) == 0; i++) {
		struct kst__udt udt;

		if (!kst__pay(budget, promise->name.length + promise->unique.length + 1))
			break;
		if (!kst__pdb_udt(pdb, pdb->by_name[i].number, &udt) || udt.kind != promise->kind)
			continue;
		if (found == 0)
			found = pdb->by_name[i].number;
		if (promise->unique.length == 0)
			break;
		if (kst__name_compare(udt.unique, promise->unique) == 0)
			return pdb->by_name[i].number;
	}
	return found;
}

/* Bytes of a built-in type: its low byte says what, bits 8 to 11 whether it is a pointer to that, and which. */
static uint64_t basic_size(uint32_t number)
{
	static const uint8_t pointer[] = { 0, 2, 4, 4, 4, 6, 8, 16 };
	static const struct {
		uint8_t type, size;
	} direct[] = {
		{ 0x08, 4 },  { 0x10, 1 },  { 0x11, 2 },  { 0x12, 4 }, { 0x13, 8 },  { 0x14, 16 },
		{ 0x20, 1 },  { 0x21, 2 },  { 0x22, 4 },  { 0x23, 8 }, { 0x24, 16 }, { 0x30, 1 },
		{ 0x31, 2 },  { 0x32, 4 },  { 0x33, 8 },  { 0x40, 4 }, { 0x41, 8 },  { 0x42, 10 },
		{ 0x43, 16 }, { 0x44, 6 },  { 0x46, 2 },  { 0x68, 1 }, { 0x69, 1 },  { 0x70, 1 },
		{ 0x71, 2 },  { 0x72, 2 },  { 0x73, 2 },  { 0x74, 4 }, { 0x75, 4 },  { 0x76, 8 },
		{ 0x77, 8 },  { 0x78, 16 }, { 0x79, 16 }, { 0x7a, 2 }, { 0x7b, 4 },  { 0x7c, 1 },
	};
	uint32_t mode = number >> 8 & 0xf;

	if (mode != 0)
		return mode < sizeof pointer ? pointer[mode] : 0;
	for (size_t i = 0; i < KST__COUNT(direct); i++) {
		if (direct[i].type == (number & 0xff))
			return direct[i].size;
	}
	return 0;
}

/* A pointer record states its size since about 2000; before that its kind says it. */
static uint64_t pointer_size(uint32_t attributes)
{
	uint64_t size = attributes >> 13 & 0x3f;

	return size != 0 ? size : (attributes & 0x1f) == 0x0c ? 8 : 4;
}

/*
 * What a member of this type is: length, bit-field, and the struct that a path goes on in. Modifiers, enumerations,
 * bit-fields and arrays are followed; an array's length is its own, its struct that of one element. An array without
 * elements has the length of one: its place matters.
 */
static bool describe(const struct kst_pdb *pdb, uint32_t number, uint32_t *budget, struct kst__place *out)
{
	bool sized = false;

	for (unsigned depth = 0; depth < KST__TYPES_DEPTH; depth++) {
		struct kst__record r;
		struct kst__udt udt;
		uint16_t kind;
		uint64_t length = 0;
		bool last = false;

		if (number < BASIC_TYPES) {
			length = basic_size(number);
			last = true;
		} else if (!record_of(pdb, number, &kind, &r) || !kst__pay(budget, r.left)) {
			return false;
		} else if (parse_udt(kind, r, &udt)) {
			if (udt.forward) {
				number = completed(pdb, &udt, budget);
				if (number == 0 || !kst__pdb_udt(pdb, number, &udt))
					return false;
			}
			length = udt.length;
			out->type = number;
			last = true;
		} else if (kind == LF_POINTER) {
			kst__take32(&r);
			length = pointer_size(kst__take32(&r));
			last = true;
		} else if (kind == LF_ARRAY || kind == LF_ARRAY_ST) {
			number = kst__take32(&r);
			kst__take32(&r); /* type of the index */
			length = take_number(&r);
		} else if (kind == LF_BITFIELD && out->bit_len == 0) {
			number = kst__take32(&r);
			out->bit_len = *kst__take(&r, 1);
			out->bit_pos = *kst__take(&r, 1);
		} else if (kind == LF_ENUM || kind == LF_ENUM_ST) {
			kst__take32(&r); /* number of members and property */
			number = kst__take32(&r);
		} else if (kind == LF_MODIFIER) {
			number = kst__take32(&r);
		} else {
			return false;
		}
		if (number >= BASIC_TYPES && !last && r.bad)
			return false;
		if (!sized && length != 0) {
			out->length = length;
			sized = true;
		}
		if (last)
			return sized && (out->bit_len == 0 ||
					 (out->length <= 8 && out->bit_pos + out->bit_len <= out->length * 8));
	}
	return false;
}

/* One entry of a field list, taken apart. */
struct entry {
	uint16_t kind;
	uint32_t type;
	uint64_t offset;
	struct kst__name name;
};

static bool take_entry(struct kst__record *r, struct entry *out)
{
	unsigned attributes;

	memset(out, 0, sizeof *out);
	out->kind = kst__take16(r);
	attributes = kst__take16(r); /* of some kinds only fill */
	switch (out->kind) {
	case LF_ENUMERATE:
	case LF_ENUMERATE_ST:
		take_number(r);
		kst__take_name(r, out->kind == LF_ENUMERATE_ST);
		break;
	case LF_MEMBER:
	case LF_MEMBER_ST:
		out->type = kst__take32(r);
		out->offset = take_number(r);
		out->name = kst__take_name(r, out->kind == LF_MEMBER_ST);
		break;
	case LF_BCLASS:
	case LF_BINTERFACE:
		out->type = kst__take32(r);
		out->offset = take_number(r);
		break;
	case LF_VBCLASS:
	case LF_IVBCLASS:
		kst__take(r, 8); /* the base and its pointer's type */
		take_number(r);
		take_number(r);
		break;
	case LF_ONEMETHOD:
	case LF_ONEMETHOD_ST:
		kst__take(r, 4);
		if ((attributes >> 2 & 7) == 4 || (attributes >> 2 & 7) == 6)
			kst__take(r, 4); /* a virtual method that is new here has a place in the table */
		kst__take_name(r, out->kind == LF_ONEMETHOD_ST);
		break;
	case LF_STMEMBER:
	case LF_METHOD:
	case LF_NESTTYPE:
	case LF_NESTTYPEEX:
	case LF_FRIENDFCN:
	case LF_STMEMBER_ST:
	case LF_METHOD_ST:
	case LF_NESTTYPE_ST:
	case LF_NESTTYPEEX_ST:
	case LF_FRIENDFCN_ST:
		kst__take(r, 4);
		kst__take_name(r, out->kind < LF_ENUMERATE);
		break;
	case LF_INDEX:
	case LF_VFUNCTAB:
	case LF_FRIENDCLS: out->type = kst__take32(r); break;
	case LF_VFUNCOFF: kst__take(r, 8); break;
	default: return false;
	}
	while (r->left > 0 && *r->p >= PAD_FIRST)
		kst__take(r, (*r->p & 0xf) == 0 ? 1 : *r->p & 0xfu);
	return !r->bad;
}

static bool find_in_list(const struct kst_pdb *pdb, uint32_t list, struct kst__name name, unsigned depth,
			 uint32_t *budget, struct kst__place *out);

static bool find_in_udt(const struct kst_pdb *pdb, uint32_t number, struct kst__name name, unsigned depth,
			uint32_t *budget, struct kst__place *out)
{
	struct kst__udt udt;

	return kst__pdb_udt(pdb, number, &udt) && !udt.forward &&
	       find_in_list(pdb, udt.fields, name, depth, budget, out);
}

/* Look for the name behind a base class or an unnamed member. */
static bool look_through(const struct kst_pdb *pdb, const struct entry *e, struct kst__name name, unsigned depth,
			 uint32_t *budget, struct kst__place *out)
{
	struct kst__place holder = { 0 };

	if (depth + 1 >= KST__TYPES_DEPTH || !describe(pdb, e->type, budget, &holder) || holder.type == 0 ||
	    !find_in_udt(pdb, (uint32_t)holder.type, name, depth + 1, budget, out))
		return false;
	out->offset += e->offset; /* both below 2^33 */
	return true;
}

static bool find_in_list(const struct kst_pdb *pdb, uint32_t list, struct kst__name name, unsigned depth,
			 uint32_t *budget, struct kst__place *out)
{
	struct kst__record r;
	uint16_t kind;

	while (record_of(pdb, list, &kind, &r) && kind == LF_FIELDLIST) {
		uint32_t next = 0;

		while (r.left > 0) {
			size_t before = r.left;
			struct entry e;

			if (!take_entry(&r, &e) || !kst__pay(budget, before - r.left))
				return false;
			if (e.kind == LF_INDEX)
				next = e.type;
			if (e.offset > UINT32_MAX)
				continue;
			if ((e.kind == LF_MEMBER || e.kind == LF_MEMBER_ST) && kst__name_compare(e.name, name) == 0) {
				memset(out, 0, sizeof *out);
				out->offset = e.offset;
				return describe(pdb, e.type, budget, out);
			}
			if ((e.kind == LF_BCLASS || e.kind == LF_BINTERFACE ||
			     ((e.kind == LF_MEMBER || e.kind == LF_MEMBER_ST) && kst__name_is_unnamed(e.name))) &&
			    look_through(pdb, &e, name, depth, budget, out))
				return true;
		}
		list = next; /* the list goes on in another record; cycles end with the budget */
	}
	return false;
}

bool kst__pdb_place(const void *reader, uint64_t type, struct kst__name name, uint32_t *budget, struct kst__place *out)
{
	return find_in_udt(reader, (uint32_t)type, name, 0, budget, out);
}
