/* SPDX-License-Identifier: MIT */
/*
 * Symbols of a PDB: records with segment and offset, the sections that turn these into addresses, and for images whose
 * code was reordered after linking (Windows XP and 2003) the map from the linker's addresses to the final ones.
 */
#include "pdb.h"

#include <stdlib.h>

/* Header of the debug information stream, and the numbers of further streams at its end. */
#define DBI_SIGNATURE 0
#define DBI_AGE       8
#define DBI_SYMBOLS   20
#define DBI_PARTS                                                                                                      \
	24 /* sizes of the parts that follow the header: modules, contributions, section map, sources, types */
#define DBI_PARTS_COUNT   5
#define DBI_STREAMS_BYTES 48
#define DBI_EC_BYTES      52
#define DBI_MACHINE       58
#define DBI_HEADER        64

enum { STREAM_OMAP = 4, STREAM_SECTIONS = 5, STREAM_ORIGINAL_SECTIONS = 10 };
#define NO_STREAM 0xffffu

/* One section header of a PE image. */
#define SECTION_BYTES   40
#define SECTION_ADDRESS 12
#define OMAP_BYTES      8

enum {
	S_LDATA32_ST = 0x1007,
	S_GDATA32_ST = 0x1008,
	S_PUB32_ST = 0x1009,
	S_LDATA32 = 0x110c,
	S_GDATA32 = 0x110d,
	S_PUB32 = 0x110e
};

struct map {
	struct kst__stream sections;
	struct kst__stream omap; /* { from, to }, sorted by from; to 0: nothing is left of it */
};

/* A stream that may be absent. Damage is noted, only memory is a failure. */
static kst_status optional(const struct kst__msf *msf, uint32_t number, struct kst__stream *out, struct kst_pdb *pdb,
			   struct kst_error *err)
{
	kst_status st;

	memset(out, 0, sizeof *out);
	if (number == NO_STREAM)
		return KST_OK;
	st = kst__msf_stream(msf, number, out, NULL);
	if (st == KST_E_NO_MEMORY)
		return kst__fail(err, st, 0, "out of memory");
	if (st == KST_E_CORRUPT)
		pdb->info.anomalies |= KST_PDB_ANOMALY_STREAM_LOST;
	return KST_OK;
}

/* Number of one of the further streams; NO_STREAM when it is not named. */
static uint32_t further_stream(const struct kst__stream *dbi, uint32_t which)
{
	uint64_t at = DBI_HEADER;

	for (uint32_t i = 0; i < DBI_PARTS_COUNT; i++)
		at += kst__le32(dbi->bytes + DBI_PARTS + i * 4);
	at += kst__le32(dbi->bytes + DBI_EC_BYTES);
	if (kst__le32(dbi->bytes + DBI_STREAMS_BYTES) < (which + 1) * 2 ||
	    !kst__within(at, (which + 1) * 2, dbi->length))
		return NO_STREAM;
	return kst__le16(dbi->bytes + at + which * 2);
}

static bool omap_is_sorted(const struct kst__stream *omap)
{
	for (size_t i = OMAP_BYTES; i + OMAP_BYTES <= omap->length; i += OMAP_BYTES) {
		if (kst__le32(omap->bytes + i) < kst__le32(omap->bytes + i - OMAP_BYTES))
			return false;
	}
	return omap->length % OMAP_BYTES == 0;
}

/* Final address of a linker's address. */
static bool through_omap(const struct kst__stream *omap, uint32_t *rva)
{
	size_t low = 0,
	       high = omap->length / OMAP_BYTES; /* the last entry with from <= rva is below `low` at the end */
	uint32_t from, to;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (kst__le32(omap->bytes + middle * OMAP_BYTES) <= *rva)
			low = middle + 1;
		else
			high = middle;
	}
	if (low == 0)
		return false;
	from = kst__le32(omap->bytes + (low - 1) * OMAP_BYTES);
	to = kst__le32(omap->bytes + (low - 1) * OMAP_BYTES + 4);
	if (to == 0 || *rva - from > UINT32_MAX - to)
		return false;
	*rva = to + (*rva - from);
	return true;
}

static bool address_of(const struct map *map, uint32_t segment, uint32_t offset, uint32_t *rva)
{
	uint32_t base;

	if (segment == 0 || segment > map->sections.length / SECTION_BYTES)
		return false; /* an absolute symbol, or no section */
	base = kst__le32(map->sections.bytes + (size_t)(segment - 1) * SECTION_BYTES + SECTION_ADDRESS);
	if (offset > UINT32_MAX - base)
		return false;
	*rva = base + offset;
	return map->omap.length == 0 || through_omap(&map->omap, rva);
}

static bool parse_symbol(uint16_t kind, struct kst__record r, const struct map *map, struct kst__pdb_symbol *out)
{
	uint32_t segment, offset;

	if ((kind < S_LDATA32_ST || kind > S_PUB32_ST) && (kind < S_LDATA32 || kind > S_PUB32))
		return false;
	kst__take32(&r); /* flags or type */
	offset = kst__take32(&r);
	segment = kst__take16(&r);
	out->name = kst__take_name(&r, kind <= S_PUB32_ST);
	return !r.bad && address_of(map, segment, offset, &out->rva);
}

static int compare_symbols(const void *a, const void *b)
{
	const struct kst__pdb_symbol *x = a, *y = b;
	int order = kst__name_compare(x->name, y->name);

	if (order != 0)
		return order;
	return x->rva < y->rva ? -1 : x->rva > y->rva;
}

static uint32_t scan(struct kst_pdb *pdb, const struct map *map)
{
	struct kst__pdb_symbol symbol;
	struct kst__record r;
	size_t at = 0;
	uint16_t kind;
	uint32_t n = 0;
	bool cut = false;

	while (kst__next_record(&pdb->symbols, &at, &kind, &r, &cut)) {
		if (!parse_symbol(kind, r, map, &symbol))
			continue;
		if (pdb->symbol_by_name != NULL)
			pdb->symbol_by_name[n] = symbol;
		n++;
	}
	if (cut)
		pdb->info.anomalies |= KST_PDB_ANOMALY_SYMBOLS_CUT;
	return n;
}

static kst_status index_symbols(struct kst_pdb *pdb, const struct map *map, struct kst_error *err)
{
	pdb->info.sections = (uint32_t)(map->sections.length / SECTION_BYTES);
	pdb->info.omap = (uint32_t)(map->omap.length / OMAP_BYTES);
	if (pdb->info.sections == 0 || !omap_is_sorted(&map->omap)) {
		if (pdb->symbols.length > 0)
			pdb->info.anomalies |= KST_PDB_ANOMALY_NO_ADDRESSES;
		return KST_OK;
	}
	pdb->symbol_by_name = malloc(((size_t)scan(pdb, map) + 1) * sizeof *pdb->symbol_by_name);
	if (pdb->symbol_by_name == NULL)
		return kst__fail(err, KST_E_NO_MEMORY, 0, "out of memory");
	pdb->symbol_count = scan(pdb, map);
	pdb->info.symbols = pdb->symbol_count;
	qsort(pdb->symbol_by_name, pdb->symbol_count, sizeof *pdb->symbol_by_name, compare_symbols);
	return KST_OK;
}

static kst_status read_dbi(struct kst_pdb *pdb, const struct kst__msf *msf, const struct kst__stream *dbi,
			   struct kst_error *err)
{
	uint32_t original = further_stream(dbi, STREAM_ORIGINAL_SECTIONS);
	uint32_t omap = further_stream(dbi, STREAM_OMAP);
	struct map map = { { NULL, 0 }, { NULL, 0 } };
	kst_status st;

	pdb->info.age = kst__le32(dbi->bytes + DBI_AGE);
	pdb->info.machine = kst__le16(dbi->bytes + DBI_MACHINE);
	st = optional(msf, kst__le16(dbi->bytes + DBI_SYMBOLS), &pdb->symbols, pdb, err);
	if (st == KST_OK)
		st = optional(msf, omap, &map.omap, pdb, err);
	/* with a map the symbols still refer to the sections that the linker made */
	if (st == KST_OK)
		st = optional(msf, map.omap.length > 0 ? original : further_stream(dbi, STREAM_SECTIONS), &map.sections,
			      pdb, err);
	/* a map that is named but lost would give wrong addresses: then there are none */
	if (st == KST_OK && omap != NO_STREAM && map.omap.length == 0 &&
	    (pdb->info.anomalies & KST_PDB_ANOMALY_STREAM_LOST) != 0)
		map.sections.length = 0;
	if (st == KST_OK)
		st = index_symbols(pdb, &map, err);
	free(map.sections.bytes);
	free(map.omap.bytes);
	return st;
}

kst_status kst__pdb_index_symbols(struct kst_pdb *pdb, const struct kst__msf *msf, struct kst_error *err)
{
	enum { DBI_STREAM = 3 };
	struct kst__stream dbi;
	kst_status st = optional(msf, DBI_STREAM, &dbi, pdb, err);

	if (st == KST_OK && dbi.length >= DBI_HEADER && kst__le32(dbi.bytes + DBI_SIGNATURE) == 0xffffffffu)
		st = read_dbi(pdb, msf, &dbi, err);
	else if (dbi.length > 0)
		pdb->info.anomalies |= KST_PDB_ANOMALY_STREAM_LOST;
	free(dbi.bytes);
	return st;
}

/* The first symbol of that name whose text is `before` + name. */
static const struct kst__pdb_symbol *find(const struct kst_pdb *pdb, struct kst__name name, size_t underscores)
{
	uint32_t low = 0, high = pdb->symbol_count;

	while (low < high) {
		uint32_t middle = low + (high - low) / 2;
		struct kst__name have = pdb->symbol_by_name[middle].name;
		int order;

		if (underscores != 0 && (have.length == 0 || have.text[0] != '_')) {
			order = have.length == 0 || (unsigned char)have.text[0] < '_' ? -1 : 1;
		} else {
			have.text += underscores;
			have.length -= underscores;
			order = kst__name_compare(have, name);
		}
		if (order < 0)
			low = middle + 1;
		else
			high = middle;
	}
	if (low < pdb->symbol_count) {
		struct kst__name have = pdb->symbol_by_name[low].name;

		if (have.length == name.length + underscores && (underscores == 0 || have.text[0] == '_') &&
		    memcmp(have.text + underscores, name.text, name.length) == 0)
			return &pdb->symbol_by_name[low];
	}
	return NULL;
}

kst_status kst__pdb_symbol(void *user, const char *name, uint64_t *rva_out)
{
	const struct kst_pdb *pdb = user;
	const struct kst__pdb_symbol *symbol;

	if (pdb == NULL || name == NULL || rva_out == NULL)
		return KST_E_ARG;
	symbol = find(pdb, kst__name_of(name), 0);
	if (symbol == NULL && pdb->info.pointer_size == 4)
		symbol = find(pdb, kst__name_of(name), 1); /* C names of 32-bit images carry an underscore */
	if (symbol == NULL)
		return KST_E_NO_MEMBER;
	*rva_out = symbol->rva;
	return KST_OK;
}
