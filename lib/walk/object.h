/* SPDX-License-Identifier: MIT */
/* Objects of a target: what the walks of this topic, and others that meet objects, share. */
#ifndef KST_WALK_OBJECT_H
#define KST_WALK_OBJECT_H

#include "../decode/object.h"
#include "target.h"

/*
 * The object whose header is at `header`, straight into *out (whose `size` is kept): header, optional headers, type
 * address and index. KST_E_FAULT when the header is not there. kst__object_names adds both names.
 */
kst_status kst__object_read(const struct kst_target *target, uint64_t header, struct kst_object *out,
			    struct kst_error *err);
kst_status kst__object_names(const struct kst_target *target, struct kst_object *out, struct kst_error *err);

/* Header of a body; KST_E_NO_MEMBER when the layout does not know, KST_E_FAULT when there is no room for one. */
kst_status kst__object_header_of(const struct kst_target *target, uint64_t body, uint64_t *header,
				 struct kst_error *err);

/* As kst_object_type_at, straight into *out. */
kst_status kst__object_type_read(const struct kst_target *target, uint64_t address, struct kst_object_type *out,
				 struct kst_error *err);

/* The value of the type table's slot; 0 when it holds no kernel address. KST_E_NO_MEMBER when there is no table. */
kst_status kst__object_type_slot(const struct kst_target *target, uint32_t index, uint64_t *type,
				 struct kst_error *err);

/* The cookie of type indexes: the global, or what the types themselves show. KST_E_NO_MEMBER when neither is there. */
kst_status kst__object_cookie(const struct kst_target *target, uint32_t *cookie, struct kst_error *err);

/* Is a failure only absence (memory or knowledge not there), which a partial result may tell by a cleared bit? */
static inline bool kst__is_absence(kst_status st)
{
	return st == KST_E_FAULT || st == KST_E_NO_MEMBER || st == KST_E_CORRUPT;
}

/*
 * The entry of one handle, whatever its state, straight into *out. KST_END when the table has no place for it,
 * KST_E_FAULT when that place is not in the memory at hand; else as kst_handles_begin().
 */
kst_status kst__handle_lookup(const struct kst_target *target, uint64_t table, uint32_t flags, uint64_t value,
			      struct kst_handle *out, struct kst_error *err);

/* The walk of one list of objects: also the inside of the walk over types. */
struct kst__object_list {
	struct kst__cursor c;
	uint64_t head;
	uint64_t at;       /* next entry to visit */
	uint64_t previous; /* the one before, or the head */
	uint64_t type;
	uint64_t backwards;
	uint64_t expected; /* TotalNumberOfObjects */
	uint64_t has_expected;
};

/* Fill all but the common part; kst__object_list_step gives the next entry's address and whether its back link fits. */
kst_status kst__object_list_init(struct kst__object_list *list, const struct kst_target *target, uint64_t type,
				 uint32_t flags, struct kst_error *err);
kst_status kst__object_list_step(struct kst__object_list *list, uint64_t *entry, bool *back_link_fits,
				 struct kst_error *err);
/* Header that an entry of a type list belongs to. */
uint64_t kst__object_list_header(const struct kst_target *target, uint64_t entry);

enum { KST__DIRECTORY_LEVELS = 16 };

struct kst__directory_walk {
	struct kst__cursor c;
	uint64_t flags;
	uint64_t type; /* of directories; 0: not known, do not enter any */
	uint64_t depth;
	struct {
		uint64_t directory;
		uint64_t bucket; /* next one to read */
		uint64_t chain;  /* next entry; 0: go on with the next bucket */
	} levels[KST__DIRECTORY_LEVELS];
};

/* Of one directory; 0: the root. */
kst_status kst__directory_init(struct kst__directory_walk *walk, const struct kst_target *target, uint64_t directory,
			       struct kst_error *err);
/* As kst_directory_find(), arguments checked; `memory` is for the walk. */
kst_status kst__directory_find(const struct kst_target *target, const char *path, struct kst_cursor *memory,
			       uint64_t *body_out, struct kst_error *err);
/* `scratch` is for the header of what is met. */
kst_status kst__directory_step(struct kst__directory_walk *walk, struct kst_directory_entry *out,
			       struct kst_object *scratch, struct kst_error *err);

/* ASCII letters compare without case. */
bool kst__same_name(const char *a, const char *b, size_t len);

#endif
