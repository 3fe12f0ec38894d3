/* SPDX-License-Identifier: MIT */
/* The inside of a PDB: an index of the types by number and by name, and of the symbols by name. */
#ifndef KST_TYPES_PDB_H
#define KST_TYPES_PDB_H

#include "msf.h"

/* A struct, class or union record. */
struct kst__udt {
	uint32_t kind; /* KST_TYPE_… */
	uint32_t members;
	uint32_t fields; /* type number of the field list; 0: none */
	bool forward;    /* a promise only: the complete record has the same name */
	uint64_t length;
	struct kst__name name;
	struct kst__name unique; /* the decorated name, empty when the record has none */
};

/* A complete struct or union by name. Of several with one name the most complete comes first. */
struct kst__pdb_type {
	struct kst__name name;
	uint64_t length;
	uint32_t members;
	uint32_t number;
};

struct kst__pdb_symbol {
	struct kst__name name;
	uint32_t rva;
};

struct kst_pdb {
	struct kst_types_ops ops;
	struct kst_pdb_info info;
	struct kst__stream types;
	struct kst__stream symbols;
	uint32_t first; /* lowest type number of a record */
	uint32_t count;
	uint32_t *at; /* offset of each record in `types` */
	struct kst__pdb_type *by_name;
	uint32_t by_name_count;
	struct kst__pdb_symbol *symbol_by_name;
	uint32_t symbol_count;
};

/* pdb_types.c: read the stream's records and sort the names. */
kst_status kst__pdb_index_types(struct kst_pdb *pdb, struct kst_error *err);
bool kst__pdb_udt(const struct kst_pdb *pdb, uint32_t number, struct kst__udt *out);
/* Number of the most complete type with this name; 0 when there is none. */
uint32_t kst__pdb_find(const struct kst_pdb *pdb, struct kst__name name);
kst__place_find kst__pdb_place;

/* pdb_symbols.c: sections, address map and symbols, as far as the debug information stream names them. */
kst_status kst__pdb_index_symbols(struct kst_pdb *pdb, const struct kst__msf *msf, struct kst_error *err);
kst_status kst__pdb_symbol(void *user, const char *name, uint64_t *rva_out);

/* A record's bytes, taken from the front. After a read beyond the end `bad` is set and all reads give 0. */
struct kst__record {
	const uint8_t *p;
	size_t left;
	bool bad;
};

static inline const uint8_t *kst__take(struct kst__record *r, size_t n)
{
	static const uint8_t zeros[8];
	const uint8_t *p = r->p;

	if (r->bad || n > r->left) {
		r->bad = true;
		r->left = 0;
		return zeros; /* nobody takes more than 8 bytes and looks at them */
	}
	r->p += n;
	r->left -= n;
	return p;
}

static inline uint16_t kst__take16(struct kst__record *r)
{
	return kst__le16(kst__take(r, 2));
}

static inline uint32_t kst__take32(struct kst__record *r)
{
	return kst__le32(kst__take(r, 4));
}

/* A name: terminated by NUL, or (records before 2001) with its length in front. */
static inline struct kst__name kst__take_name(struct kst__record *r, bool counted)
{
	struct kst__name name = { NULL, 0 };

	if (counted) {
		name.length = *kst__take(r, 1);
		name.text = (const char *)kst__take(r, name.length);
	} else {
		const uint8_t *end = r->left == 0 ? NULL : memchr(r->p, 0, r->left);

		if (end == NULL) {
			r->bad = true;
			r->left = 0;
		} else {
			name.length = (size_t)(end - r->p);
			name.text = (const char *)kst__take(r, name.length + 1);
		}
	}
	return r->bad ? (struct kst__name){ "", 0 } : name;
}

/*
 * The next record of a stream of records { u16 length, u16 kind, … } at *at: its bytes after the kind. False at the end
 * or when the rest is not sound (*cut is then set).
 */
static inline bool kst__next_record(const struct kst__stream *stream, size_t *at, uint16_t *kind,
				    struct kst__record *out, bool *cut)
{
	size_t length;

	if (*at == stream->length)
		return false;
	if (!kst__within(*at, 4, stream->length)) {
		*cut = true;
		return false;
	}
	length = kst__le16(stream->bytes + *at);
	if (length < 2 || !kst__within((uint64_t)*at + 2, length, stream->length)) {
		*cut = true;
		return false;
	}
	*kind = kst__le16(stream->bytes + *at + 2);
	*out = (struct kst__record){ stream->bytes + *at + 4, length - 2, false };
	*at += 2 + length;
	return true;
}

#endif
