/* SPDX-License-Identifier: MIT */
/*
 * Object directories: 37 hash buckets, each a chain of entries. A directory that is met is entered only if its own name
 * header points back to the one that holds it, so that hostile links cannot make a tree of anything else.
 */
#include "object.h"

#define KIND    KST__KIND('o', 'b', 'j', 'd')
#define BUCKETS 37u /* public type: HashBuckets[37] in every build */

KST__CURSOR_FITS(struct kst__directory_walk);

static kst_status type_of(const struct kst_target *target, uint64_t body, uint64_t *type, uint64_t *parent,
			  struct kst_object *scratch, struct kst_error *err)
{
	uint64_t header;
	kst_status st = kst__object_header_of(target, body, &header, err);

	*type = 0;
	*parent = 0;
	if (st == KST_OK)
		st = kst__object_read(target, header, scratch, err);
	if (st != KST_OK)
		return st;
	if ((scratch->present & KST_OBJECT_HAS_TYPE) != 0)
		*type = scratch->type;
	if ((scratch->present & KST_OBJECT_HAS_DIRECTORY) != 0)
		*parent = scratch->directory;
	return KST_OK;
}

kst_status kst__directory_init(struct kst__directory_walk *walk, const struct kst_target *target, uint64_t directory,
			       struct kst_error *err)
{
	kst_status st = KST_OK;

	if (!kst__has(&target->layout, KST__M_OBJECT_DIRECTORY_BUCKETS) ||
	    !kst__has(&target->layout, KST__M_OBJECT_DIRECTORY_ENTRY_OBJECT) ||
	    !kst__has(&target->layout, KST__M_OBJECT_DIRECTORY_ENTRY_CHAIN))
		return kst__fail(err, KST_E_NO_MEMBER, directory, "the form of object directories is not known");
	if (directory == 0)
		st = kst__read_global(target, KST__S_ObpRootDirectoryObject, &directory, err);
	if (st == KST_OK && !kst__is_kernel(target, directory))
		st = kst__fail(err, KST_E_FAULT, directory, "no directory can be there");
	if (st == KST_OK)
		walk->levels[0].directory = directory;
	return st;
}

kst_status kst_directory_begin(struct kst_cursor *cursor, const struct kst_target *target, uint64_t directory,
			       uint32_t flags, struct kst_error *err)
{
	struct kst_object scratch = { .size = sizeof scratch };
	struct kst__directory_walk ours;
	struct kst__directory_walk *walk;
	uint64_t parent;
	kst_status st;

	if (cursor == NULL || target == NULL || (flags & ~(uint32_t)KST_DIRECTORY_RECURSE) != 0)
		return kst__fail(err, KST_E_ARG, directory, "cursor or target is NULL, or a flag unknown");
	memset(&ours, 0, sizeof ours);
	st = kst__directory_init(&ours, target, directory, err);
	if (st == KST_OK && (flags & KST_DIRECTORY_RECURSE) != 0) {
		st = type_of(target, ours.levels[0].directory, &ours.type, &parent, &scratch, err);
		if (kst__is_absence(st))
			st = KST_OK; /* then no directory can be told from other objects, and none is entered */
	}
	if (st != KST_OK)
		return st;
	ours.flags = flags;
	walk = (struct kst__directory_walk *)(void *)kst__cursor_begin(cursor, target, KIND);
	ours.c = walk->c;
	*walk = ours;
	return KST_OK;
}

/* The next bucket's first entry; KST_END when the directory has no more. A bucket that is not there is stepped over. */
static kst_status next_bucket(struct kst__directory_walk *walk, struct kst_error *err)
{
	const struct kst_target *target = walk->c.target;
	const struct kst__member *buckets = kst__member(&target->layout, KST__M_OBJECT_DIRECTORY_BUCKETS);
	uint64_t level = walk->depth;
	uint64_t at = walk->levels[level].directory + buckets->offset +
		      walk->levels[level].bucket * kst__pointer_size(target);
	kst_status st;

	if (walk->levels[level].bucket >= BUCKETS)
		return KST_END;
	st = kst__read_pointer(target, KST_SPACE_KERNEL, at, &walk->levels[level].chain, err);
	walk->levels[level].bucket++;
	if (st == KST_OK)
		return KST_OK;
	walk->levels[level].chain = 0;
	if (st != KST_E_FAULT)
		return st;
	walk->c.anomalies |= KST_WALK_ANOMALY_SKIPPED;
	return KST_OK;
}

static kst_status read_entry(struct kst__directory_walk *walk, uint64_t address, struct kst_directory_entry *out,
			     struct kst_error *err)
{
	uint32_t size = out->size;
	kst_status failure = KST_OK;
	struct kst__view view = kst__view_target(walk->c.target, KST_SPACE_KERNEL, address, &failure);

	kst__decode_directory_entry(&view, address, out);
	out->size = size;
	if (failure != KST_OK)
		return kst__fail(err, failure, address, "the host failed to read a directory entry");
	return out->present == 0 ? kst__fail(err, KST_E_FAULT, address, "the directory entry is not present") : KST_OK;
}

/* Enter the directory that was just met, if it is one and names this one as its own. */
static kst_status enter(struct kst__directory_walk *walk, struct kst_directory_entry *out, struct kst_object *scratch,
			struct kst_error *err)
{
	uint64_t type, parent;
	kst_status st = type_of(walk->c.target, out->body, &type, &parent, scratch, err);

	if (st != KST_OK)
		return kst__is_absence(st) ? KST_OK : st;
	if (parent != out->directory)
		out->anomalies |= KST_DIRECTORY_ENTRY_ANOMALY_PARENT;
	if ((walk->flags & KST_DIRECTORY_RECURSE) == 0 || walk->type == 0 || type != walk->type)
		return KST_OK;
	if (parent != out->directory || walk->depth + 1 == KST__DIRECTORY_LEVELS) {
		out->anomalies |= KST_DIRECTORY_ENTRY_ANOMALY_NOT_ENTERED;
		return KST_OK;
	}
	for (uint64_t i = 0; i <= walk->depth; i++) {
		if (walk->levels[i].directory == out->body) {
			out->anomalies |= KST_DIRECTORY_ENTRY_ANOMALY_NOT_ENTERED;
			return KST_OK;
		}
	}
	walk->depth++;
	walk->levels[walk->depth].directory = out->body;
	walk->levels[walk->depth].bucket = 0;
	walk->levels[walk->depth].chain = 0;
	return KST_OK;
}

/* The entry at walk->levels[depth].chain. KST_E_FAULT: not there, the rest of its chain neither. */
static kst_status take_entry(struct kst__directory_walk *walk, struct kst_directory_entry *out,
			     struct kst_object *scratch, struct kst_error *err)
{
	const struct kst_target *target = walk->c.target;
	uint64_t level = walk->depth;
	uint64_t address = walk->levels[level].chain;
	kst_status st;

	walk->levels[level].chain = 0;
	if (!kst__is_kernel(target, address))
		return kst__fail(err, KST_E_FAULT, address, "a bucket leads out of kernel memory");
	st = kst__cursor_step(&walk->c, address, err);
	if (st == KST_OK)
		st = read_entry(walk, address, out, err);
	if (st != KST_OK)
		return st;
	walk->levels[level].chain = out->chain;
	out->directory = walk->levels[level].directory;
	out->bucket = (uint32_t)walk->levels[level].bucket - 1;
	out->depth = (uint32_t)level;
	if ((out->present & KST_DIRECTORY_ENTRY_HAS_HASH) != 0 && out->hash % BUCKETS != out->bucket)
		out->anomalies |= KST_DIRECTORY_ENTRY_ANOMALY_BUCKET;
	if ((out->present & KST_DIRECTORY_ENTRY_HAS_OBJECT) != 0 && !kst__is_kernel(target, out->body))
		out->anomalies |= KST_DIRECTORY_ENTRY_ANOMALY_POINTER;
	else if ((out->present & KST_DIRECTORY_ENTRY_HAS_OBJECT) != 0)
		st = enter(walk, out, scratch, err);
	return st;
}

kst_status kst__directory_step(struct kst__directory_walk *walk, struct kst_directory_entry *out,
			       struct kst_object *scratch, struct kst_error *err)
{
	for (;;) {
		kst_status st;

		if (walk->levels[walk->depth].chain != 0) {
			st = take_entry(walk, out, scratch, err);
			if (st != KST_E_FAULT)
				return st;
			walk->c.anomalies |= KST_WALK_ANOMALY_SKIPPED;
			continue;
		}
		st = next_bucket(walk, err);
		if (st == KST_END && walk->depth == 0)
			return kst__cursor_finish(&walk->c, KST_WALK_CLOSED, KST_END);
		if (st == KST_END)
			walk->depth--;
		else if (st != KST_OK)
			return st;
	}
}

kst_status kst_directory_next(struct kst_cursor *cursor, struct kst_directory_entry *out, struct kst_error *err)
{
	struct kst__directory_walk *walk = (struct kst__directory_walk *)(void *)cursor;
	struct kst_directory_entry ours = { .size = sizeof ours };
	struct kst_object scratch = { .size = sizeof scratch };
	kst_status st = kst__cursor_ready(cursor, KIND, out, sizeof ours, err);

	if (st != KST_OK)
		return st;
	return kst__cursor_deliver(&walk->c, kst__directory_step(walk, &ours, &scratch, err), out, &ours, sizeof ours,
				   err);
}

/* The object called name (len bytes) in one directory; KST_END when there is none. */
static kst_status find_in(const struct kst_target *target, uint64_t directory, const char *name, size_t len,
			  struct kst_cursor *memory, uint64_t *body, struct kst_error *err)
{
	struct kst_directory_entry entry = { .size = sizeof entry };
	struct kst_object object = { .size = sizeof object };
	struct kst__directory_walk *walk = (struct kst__directory_walk *)(void *)kst__cursor_begin(memory, target,
												   KIND);
	kst_status st = kst__directory_init(walk, target, directory, err);

	if (st != KST_OK)
		return st;
	while ((st = kst__directory_step(walk, &entry, &object, err)) == KST_OK) {
		uint64_t header;

		if (entry.present == 0 || kst__object_header_of(target, entry.body, &header, err) != KST_OK)
			continue;
		st = kst__object_read(target, header, &object, err);
		if (st == KST_OK)
			st = kst__object_names(target, &object, err);
		if (st != KST_OK && !kst__is_absence(st))
			return st;
		if (st == KST_OK && kst__length(object.name) == len && kst__same_name(object.name, name, len)) {
			*body = entry.body;
			return KST_OK;
		}
	}
	return st;
}

kst_status kst__directory_find(const struct kst_target *target, const char *path, struct kst_cursor *memory,
			       uint64_t *body_out, struct kst_error *err)
{
	uint64_t body;
	kst_status st = kst__read_global(target, KST__S_ObpRootDirectoryObject, &body, err);
	while (st == KST_OK && *path != '\0') {
		size_t len = 0;

		if (*path == '\\') {
			path++;
			continue;
		}
		while (path[len] != '\0' && path[len] != '\\')
			len++;
		st = find_in(target, body, path, len, memory, &body, err);
		path += len;
	}
	if (st == KST_OK)
		*body_out = body;
	return st;
}

kst_status kst_directory_find(const struct kst_target *target, const char *path, uint64_t *body_out,
			      struct kst_error *err)
{
	struct kst_cursor memory;

	if (target == NULL || path == NULL || body_out == NULL || path[0] != '\\')
		return kst__fail(err, KST_E_ARG, 0, "an argument is NULL, or the path does not begin with a backslash");
	return kst__directory_find(target, path, &memory, body_out, err);
}
