/* SPDX-License-Identifier: MIT */
/* What the readers of type files share: names that are not terminated, and member paths. */
#ifndef KST_TYPES_TYPES_H
#define KST_TYPES_TYPES_H

#include "../core/core.h"

#include <kstate/types.h>

/* A name inside somebody else's bytes. */
struct kst__name {
	const char *text;
	size_t length;
};

/* Order of bytes, then of length: what both indexes are sorted by. */
int kst__name_compare(struct kst__name a, struct kst__name b);
struct kst__name kst__name_of(const char *text);

/*
 * Does a member with this name stand for its own members? Compilers leave such members nameless or make up a name that
 * no C source can hold; converters of debug information write unnamed_field_….
 */
bool kst__name_is_unnamed(struct kst__name name);

/* One member as its reader found it. */
struct kst__place {
	uint64_t offset;
	uint64_t length; /* bytes; of a bit-field those of its storage unit */
	uint32_t bit_pos;
	uint32_t bit_len;
	uint64_t type; /* the reader's handle of the struct that a longer path goes on in; 0: there is none */
};

/* Limits of one path: what a hostile file can make a lookup cost. */
#define KST__TYPES_DEPTH  16       /* unnamed members in unnamed members, modifiers of modifiers, … */
#define KST__TYPES_BUDGET 0x40000u /* bytes of records looked at */

/* Pay for looking at n bytes; false when the budget does not allow it. */
static inline bool kst__pay(uint32_t *budget, size_t n)
{
	if (n >= *budget)
		return false;
	*budget -= (uint32_t)n;
	return true;
}

/* Find one member of a type, transparent ones included. The reader pays from *budget and gives up when that fails. */
typedef bool kst__place_find(const void *reader, uint64_t type, struct kst__name name, uint32_t *budget,
			     struct kst__place *out);

/* Follow a path of members from a type. KST_E_NO_MEMBER when a step does not resolve or the place is not sound. */
kst_status kst__path_resolve(const void *reader, kst__place_find *find, uint64_t type, const char *path,
			     struct kst_member *out);

#endif
