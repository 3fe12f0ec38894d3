/* SPDX-License-Identifier: MIT */
/*
 * The tree of a process' ranges, in order, without recursion: the way down is kept in the cursor. A balanced tree of a
 * million ranges is 29 deep; a deeper one is no tree. XP's is not balanced: what is too deep for the cursor is forgotten,
 * and found again from the root.
 */
#include "../decode/vad.h"

#include "target.h"

#define KIND KST__KIND('v', 'a', 'd', 's')

struct vad_walk {
	struct kst__cursor c;
	uint64_t down[KST__VAD_BALANCED]; /* a ring: nodes whose left branch has been entered */
	uint64_t depth;                   /* how many of them there are */
	uint64_t kept;                    /* ... and how many of the last are in the ring */
	uint64_t top;                     /* where the pointer to the root is */
	uint64_t next;                    /* subtree to enter; 0: none */
	uint64_t last_end;                /* of the range before */
};

KST__CURSOR_FITS(struct vad_walk);

/* Where the tree begins. */
static kst_status find_root(const struct kst_target *target, const struct kst_process *process, uint64_t *root,
			    struct kst_error *err)
{
	const struct kst_layout *layout = &target->layout;

	if ((process->present & KST_PROCESS_HAS_VAD_ROOT) == 0 || !kst__has(layout, KST__M_VAD_LEFT) ||
	    !kst__has(layout, KST__M_VAD_RIGHT) || !kst__has(layout, KST__M_VAD_START))
		return kst__fail(err, KST_E_NO_MEMBER, 0, "VadRoot, or members of _MMVAD");
	return kst__read_pointer(target, KST_SPACE_KERNEL, kst__vad_top(layout, process->vad_root), root, err);
}

kst_status kst_vads_begin(struct kst_cursor *cursor, const struct kst_target *target, const struct kst_process *process,
			  struct kst_error *err)
{
	struct vad_walk *walk = (struct vad_walk *)(void *)cursor;
	uint64_t root;
	kst_status st;

	if (cursor == NULL || target == NULL || process == NULL)
		return kst__fail(err, KST_E_ARG, 0, "cursor, target or process is NULL");
	if (!kst__out_ok(process->size, sizeof *process))
		return kst__fail(err, KST_E_ABI, process->address, "kst_process.size is not known");
	st = find_root(target, process, &root, err);
	if (st != KST_OK)
		return st;
	kst__cursor_begin(cursor, target, KIND);
	walk->top = kst__vad_top(&target->layout, process->vad_root);
	walk->next = root;
	return KST_OK;
}

/* Is there a node at `address`? KST_OK, KST_E_FAULT when it cannot be one or is not in memory, KST_E_HOST. */
static kst_status read_child(const struct vad_walk *walk, uint64_t node, enum kst__member_id id, uint64_t *out,
			     struct kst_error *err)
{
	const struct kst_target *target = walk->c.target;

	return kst__read_pointer(target, KST_SPACE_KERNEL, node + kst__member(&target->layout, id)->offset, out, err);
}

/*
 * Down the left side of the subtree at walk->next; `again`: to the first range behind the last one delivered. `scratch` is
 * for what is met on the way.
 */
static kst_status descend(struct vad_walk *walk, bool again, struct kst_vad *scratch, struct kst_error *err)
{
	const struct kst_target *target = walk->c.target;
	const uint32_t most = kst__vad_levels(&target->layout);
	const bool balanced = most == KST__VAD_BALANCED;

	for (uint32_t levels = 0; walk->next != 0; levels++) {
		kst_status failure = KST_OK, st = balanced ? KST_OK : kst__cursor_spend(&walk->c, walk->next, err);
		enum kst__member_id side = KST__M_VAD_LEFT;
		uint64_t child;

		if (st != KST_OK)
			return st;
		if (walk->depth == most || levels == most)
			return kst__cursor_finish(
				&walk->c, KST_WALK_MISMATCH,
				kst__fail(err, KST_E_CORRUPT, walk->next, "the tree is deeper than one can be"));
		if (!kst__is_kernel(target, walk->next) || walk->next % kst__pointer_size(target) != 0)
			st = KST_E_FAULT;
		if (st == KST_OK && again) {
			struct kst__view view = kst__view_target(target, KST_SPACE_KERNEL, walk->next, &failure);

			kst__decode_vad(&view, walk->next, scratch);
			if (failure != KST_OK)
				return kst__fail(err, failure, walk->next, "the reader failed");
			if ((scratch->present & KST_VAD_HAS_RANGE) == 0)
				st = KST_E_FAULT;
			else if (scratch->end <= walk->last_end)
				side = KST__M_VAD_RIGHT;
		}
		if (st == KST_OK)
			st = read_child(walk, walk->next, side, &child, err);
		if (st == KST_E_FAULT) {
			walk->c.anomalies |= KST_WALK_ANOMALY_SKIPPED;
			walk->next = 0;
			return KST_OK;
		}
		if (st != KST_OK)
			return st;
		if (side == KST__M_VAD_LEFT) {
			walk->down[walk->depth++ % KST__VAD_BALANCED] = walk->next;
			walk->kept += walk->kept < KST__VAD_BALANCED;
		}
		walk->next = child;
	}
	return KST_OK;
}

/* Behind the descriptor: subsection, control area, file, its name. Each may be missing. */
static kst_status complete(const struct kst_target *target, const struct kst__view *view, struct kst_vad *out,
			   struct kst_error *err)
{
	const struct kst_layout *layout = &target->layout;
	const struct kst__member *name = kst__member(layout, KST__M_FILE_OBJECT_FILE_NAME);
	kst_status failure = KST_OK;
	struct kst__string string;
	struct kst__view other;
	uint64_t pointer;
	kst_status st;

	if ((out->present & KST_VAD_HAS_PRIVATE) == 0 || out->private_memory)
		return KST_OK;
	if ((out->present & KST_VAD_HAS_CONTROL_AREA) == 0 && kst__get_pointer(view, KST__M_VAD_SUBSECTION, &pointer) &&
	    kst__is_kernel(target, pointer)) {
		other = kst__view_target(target, KST_SPACE_KERNEL, pointer, &failure);
		if (kst__get_pointer(&other, KST__M_VAD_SUBSECTION_CONTROL_AREA, &out->control_area))
			out->present |= KST_VAD_HAS_CONTROL_AREA;
	}
	if ((out->present & KST_VAD_HAS_CONTROL_AREA) == 0 || !kst__is_kernel(target, out->control_area))
		return failure == KST_OK ? KST_OK : kst__fail(err, failure, out->address, "the reader failed");
	other = kst__view_target(target, KST_SPACE_KERNEL, out->control_area, &failure);
	if (!kst__get_pointer(&other, KST__M_CONTROL_AREA_BODY_FILE, &pointer))
		return failure == KST_OK ? KST_OK : kst__fail(err, failure, out->address, "the reader failed");
	pointer &= ~(uint64_t)(kst__pointer_size(target) == 4 ? 7 : 15); /* EX_FAST_REF */
	if (!name->present || !kst__is_kernel(target, pointer))
		return KST_OK;
	out->present |= KST_VAD_HAS_FILE_OBJECT;
	out->file_object = pointer;
	st = kst__read_string(target, KST_SPACE_KERNEL, pointer + name->offset, out->path, sizeof out->path, &string,
			      err);
	if (st != KST_OK || !string.readable || string.bytes == 0)
		return st;
	out->present |= KST_VAD_HAS_PATH;
	if (!string.sound)
		out->anomalies |= KST_VAD_ANOMALY_PATH;
	return KST_OK;
}

static kst_status advance(struct vad_walk *walk, struct kst_vad *out, struct kst_error *err)
{
	const struct kst_target *target = walk->c.target;
	kst_status failure = KST_OK;
	struct kst__view view;
	uint64_t node, right;
	kst_status st = descend(walk, false, out, err);

	if (st == KST_OK && walk->depth != 0 && walk->kept == 0) {
		walk->depth = 0;
		st = kst__read_pointer(target, KST_SPACE_KERNEL, walk->top, &walk->next, err);
		if (st == KST_OK)
			st = descend(walk, true, out, err);
	}
	if (st != KST_OK)
		return st;
	if (walk->depth == 0)
		return kst__cursor_finish(&walk->c, KST_WALK_CLOSED, KST_END);
	node = walk->down[--walk->depth % KST__VAD_BALANCED];
	walk->kept--;
	st = kst__cursor_step(&walk->c, node, err);
	if (st != KST_OK)
		return st;
	view = kst__view_target(target, KST_SPACE_KERNEL, node, &failure);
	kst__decode_vad(&view, node, out);
	if (failure != KST_OK)
		return kst__fail(err, failure, node, "the reader failed");
	st = complete(target, &view, out, err);
	if (st == KST_OK && failure != KST_OK)
		st = kst__fail(err, failure, node, "the reader failed");
	if (st != KST_OK)
		return st;
	st = read_child(walk, node, KST__M_VAD_RIGHT, &right, err);
	if (st != KST_OK && st != KST_E_FAULT)
		return st;
	if (st == KST_E_FAULT) {
		walk->c.anomalies |= KST_WALK_ANOMALY_SKIPPED;
		right = 0;
	}
	walk->next = right;
	if (out->present & KST_VAD_HAS_RANGE) {
		/* a tree that comes back to an address it has passed is a graph: it would never end */
		if (walk->c.count > 0 && out->end <= walk->last_end)
			return kst__cursor_finish(&walk->c, KST_WALK_MISMATCH,
						  kst__fail(err, KST_E_CORRUPT, node, "the ranges are out of order"));
		if (walk->c.count > 0 && out->start <= walk->last_end)
			out->anomalies |= KST_VAD_ANOMALY_ORDER;
		walk->last_end = out->end;
	}
	return KST_OK;
}

kst_status kst_vads_next(struct kst_cursor *cursor, struct kst_vad *out, struct kst_error *err)
{
	struct vad_walk *walk = (struct vad_walk *)(void *)cursor;
	struct kst_vad ours;
	kst_status st = kst__cursor_ready(cursor, KIND, out, sizeof ours, err);

	if (st != KST_OK)
		return st;
	return kst__cursor_deliver(&walk->c, advance(walk, &ours, err), out, &ours, sizeof ours, err);
}
