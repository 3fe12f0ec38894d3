/* SPDX-License-Identifier: MIT */
/* The three loader lists of a process, and the ring of unloaded modules. */
#include "../decode/user_module.h"

#include "user.h"

#define KIND          KST__KIND('l', 'i', 's', 't')
#define KIND_UNLOADED KST__KIND('u', 'n', 'l', 'd')
#define MODULES_MOST  4096u
#define SLOTS_DEFAULT 64u

/* Which head and which links a list has. */
static const struct {
	uint16_t head;    /* in PEB_LDR_DATA */
	uint16_t links;   /* in LDR_DATA_TABLE_ENTRY */
	uint32_t present; /* of kst_peb */
} lists[] = {
	{ KST__M_LDR_DATA_LOAD_LIST, KST__M_USER_LDR_LOAD_LINKS, KST_PEB_HAS_LOAD_LIST },
	{ KST__M_LDR_DATA_MEMORY_LIST, KST__M_USER_LDR_MEMORY_LINKS, KST_PEB_HAS_MEMORY_LIST },
	{ KST__M_LDR_DATA_INIT_LIST, KST__M_USER_LDR_INIT_LINKS, KST_PEB_HAS_INIT_LIST },
};

struct module_walk {
	struct kst__cursor c;
	uint64_t space;
	uint64_t head;
	uint64_t at;       /* node to visit next */
	uint64_t previous; /* the node before it */
	uint64_t pointer_size;
	uint64_t list;
};

KST__CURSOR_FITS(struct module_walk);

/* Both links of a node; nothing is read outside of user space. */
static kst_status read_links(const struct module_walk *walk, uint64_t node, uint64_t *flink, uint64_t *blink,
			     struct kst_error *err)
{
	size_t width = (size_t)walk->pointer_size;
	uint8_t raw[16];
	kst_status st;

	if (!kst__user_range(walk->c.target, (uint32_t)width, node, 2 * width))
		return kst__fail(err, KST_E_FAULT, node, "a link leads out of user space");
	st = kst__read(walk->c.target, walk->space, node, raw, 2 * width, err);
	if (st == KST_OK) {
		*flink = kst__le(raw, width);
		*blink = kst__le(raw + width, width);
	}
	return st;
}

kst_status kst_user_modules_begin(struct kst_cursor *cursor, const struct kst_target *target, kst_space space,
				  const struct kst_peb *peb, uint32_t list, struct kst_error *err)
{
	struct module_walk *walk = (struct module_walk *)(void *)cursor;
	uint64_t first;

	if (cursor == NULL || target == NULL || peb == NULL || list >= KST__COUNT(lists))
		return kst__fail(err, KST_E_ARG, 0, "cursor, target or PEB is NULL, or no such list");
	if (!kst__out_ok(peb->size, sizeof *peb))
		return kst__fail(err, KST_E_ABI, peb->address, "kst_peb.size is not known");
	if (peb->bits != 32 && peb->bits != 64)
		return kst__fail(err, KST_E_ARG, peb->address, "the PEB has no width");
	if ((peb->present & KST_PEB_HAS_LDR) == 0)
		return kst__fail(err, KST_E_FAULT, peb->unreadable != 0 ? peb->unreadable : peb->address,
				 "the PEB is paged out");
	if (peb->ldr != 0 && (peb->present & lists[list].present) == 0)
		return kst__fail(err, KST_E_FAULT, peb->unreadable != 0 ? peb->unreadable : peb->ldr,
				 "the loader data is paged out");
	first = list == KST_LOADER_LIST_LOAD     ? peb->load_first
		: list == KST_LOADER_LIST_MEMORY ? peb->memory_first
						 : peb->init_first;
	kst__cursor_begin(cursor, target, KIND);
	walk->space = space;
	walk->pointer_size = peb->bits / 8;
	walk->list = list;
	walk->at = first;
	if (peb->ldr == 0 || first == 0) { /* the loader has not run yet */
		kst__cursor_keep(&walk->c, kst__cursor_finish(&walk->c, KST_WALK_TERMINATED, KST_END), NULL);
		return KST_OK;
	}
	walk->head =
		peb->ldr +
		kst__member(kst__user_layout(target, peb->bits / 8), (enum kst__member_id)lists[list].head)->offset;
	walk->previous = walk->head;
	return KST_OK;
}

static kst_status read_name(const struct module_walk *walk, const struct kst_text *text, char *to, size_t cap,
			    uint64_t present, struct kst_user_module *out, struct kst_error *err)
{
	struct kst__string string;
	kst_status st;

	if (text->bytes != 0 &&
	    !kst__user_range(walk->c.target, (uint32_t)walk->pointer_size, text->address, text->bytes))
		return KST_OK;
	st = kst__read_utf16(walk->c.target, walk->space, text->address, text->bytes, to, cap, &string, err);
	if (st != KST_OK || !string.readable)
		return st;
	out->present |= present;
	if (!string.sound)
		out->anomalies |= kst__length(to) + 4 >= cap ? KST_USER_MODULE_ANOMALY_NAME_CUT
							     : KST_USER_MODULE_ANOMALY_NAME;
	return KST_OK;
}

/* Which of the three lists hold the entry: its neighbours there must point back to it. */
static kst_status check_links(const struct module_walk *walk, const struct kst_layout *layout,
			      struct kst_user_module *out, struct kst_error *err)
{
	for (uint32_t i = 0; i < KST__COUNT(lists); i++) {
		uint64_t node = out->address + kst__member(layout, (enum kst__member_id)lists[i].links)->offset;
		uint64_t flink, blink, back, forth, ignored;
		kst_status st = read_links(walk, node, &flink, &blink, err);

		if (st == KST_OK && flink == 0 && blink == 0)
			continue; /* never linked */
		if (st == KST_OK)
			st = read_links(walk, flink, &ignored, &back, err);
		if (st == KST_OK)
			st = read_links(walk, blink, &forth, &ignored, err);
		if (st == KST_E_FAULT)
			continue;
		if (st != KST_OK)
			return st;
		out->checked |= 1u << i;
		if (flink != node && back == node && forth == node)
			out->linked |= 1u << i;
	}
	/* in initialisation order not every module is: the program itself, images loaded as data */
	if ((out->checked & ~out->linked & 1u << KST_LOADER_LIST_LOAD) != 0)
		out->anomalies |= KST_USER_MODULE_ANOMALY_NOT_IN_LOAD_ORDER;
	if ((out->checked & ~out->linked & 1u << KST_LOADER_LIST_MEMORY) != 0)
		out->anomalies |= KST_USER_MODULE_ANOMALY_NOT_IN_MEMORY_ORDER;
	return KST_OK;
}

/* Members that this system's own types do not have, though the fixed layout knows a place for them. */
static void drop_later_members(const struct kst_layout *native, struct kst_user_module *out)
{
	if (!kst__has(native, KST__M_USER_LDR_BASE) || !kst__has(native, KST__M_PEB_LDR) ||
	    kst__has(native, KST__M_USER_LDR_DDAG_NODE) || out->bits == 8 * native->info.pointer_size)
		return;
	out->present &= ~(uint64_t)(KST_USER_MODULE_HAS_ORIGINAL_BASE | KST_USER_MODULE_HAS_LOAD_TIME |
				    KST_USER_MODULE_HAS_LOAD_REASON);
	out->original_base = 0;
	out->load_time = 0;
	out->load_reason = 0;
}

static kst_status read_module(const struct module_walk *walk, uint64_t entry, struct kst_user_module *out,
			      struct kst_error *err)
{
	const struct kst_target *target = walk->c.target;
	const struct kst_layout *layout = kst__user_layout(target, (uint32_t)walk->pointer_size);
	kst_status failure = KST_OK;
	struct kst__view view = kst__user_view(target, walk->space, layout, entry, &failure);
	kst_status st;

	kst__decode_user_module(&view, &target->layout, entry, out);
	if (failure != KST_OK)
		return kst__fail(err, failure, entry, "the reader failed");
	st = check_links(walk, layout, out, err);
	if (st != KST_OK)
		return st;
	drop_later_members(&target->layout, out);
	if (out->present & KST_USER_MODULE_HAS_NAME_TEXT)
		st = read_name(walk, &out->name_text, out->name, sizeof out->name, KST_USER_MODULE_HAS_NAME, out, err);
	if (st == KST_OK && (out->present & KST_USER_MODULE_HAS_PATH_TEXT))
		st = read_name(walk, &out->path_text, out->path, sizeof out->path, KST_USER_MODULE_HAS_PATH, out, err);
	return st;
}

/* One step: the entry at walk->at. On KST_OK the cursor has moved on. */
static kst_status advance(struct module_walk *walk, struct kst_user_module *out, struct kst_error *err)
{
	const struct kst_layout *layout = kst__user_layout(walk->c.target, (uint32_t)walk->pointer_size);
	uint64_t offset = kst__member(layout, (enum kst__member_id)lists[walk->list].links)->offset;
	uint64_t flink, blink;
	kst_status st;

	if (walk->at == walk->head)
		return kst__cursor_finish(&walk->c, KST_WALK_CLOSED, KST_END);
	if (walk->at < offset || walk->at % walk->pointer_size != 0 ||
	    !kst__user_range(walk->c.target, (uint32_t)walk->pointer_size, walk->at - offset,
			     offset + 2 * walk->pointer_size))
		return kst__cursor_finish(&walk->c, KST_WALK_MISMATCH,
					  kst__fail(err, KST_E_CORRUPT, walk->at, "a link leads out of user space"));
	if (walk->c.count >= MODULES_MOST)
		return kst__fail(err, KST_E_LIMIT, walk->at, "a process has no more than 4096 modules");
	st = kst__cursor_step(&walk->c, walk->at, err);
	if (st != KST_OK)
		return st;
	st = read_links(walk, walk->at, &flink, &blink, err);
	if (st == KST_OK)
		st = read_module(walk, walk->at - offset, out, err);
	if (st != KST_OK)
		return st;
	if (blink != walk->previous) {
		walk->c.anomalies |= KST_WALK_ANOMALY_BACK_LINK;
		out->anomalies |= KST_USER_MODULE_ANOMALY_BACK_LINK;
	}
	walk->previous = walk->at;
	walk->at = flink;
	return KST_OK;
}

kst_status kst_user_modules_next(struct kst_cursor *cursor, struct kst_user_module *out, struct kst_error *err)
{
	struct module_walk *walk = (struct module_walk *)(void *)cursor;
	struct kst_user_module ours;
	kst_status st = kst__cursor_ready(cursor, KIND, out, sizeof ours, err);

	if (st != KST_OK)
		return st;
	return kst__cursor_deliver(&walk->c, advance(walk, &ours, err), out, &ours, sizeof ours, err);
}

struct unloaded_walk {
	struct kst__cursor c;
	uint64_t space;
	uint64_t address;
	uint64_t element_size;
	uint64_t count;
	uint64_t slot; /* to visit next */
	uint64_t left;
	uint64_t pointer_size;
};

KST__CURSOR_FITS(struct unloaded_walk);

static kst_status read_slot(const struct unloaded_walk *walk, uint64_t slot, struct kst_unloaded_user_module *out)
{
	kst_status failure = KST_OK;
	uint64_t at = walk->address + slot * walk->element_size;
	struct kst__view view = kst__user_view(walk->c.target, walk->space,
					       kst__layout_user((uint32_t)walk->pointer_size), at, &failure);

	kst__decode_unloaded_user_module(&view, at, out);
	return failure;
}

/* The slot with the highest sequence number is the newest: the ring is read backwards from there. */
static kst_status find_newest(struct unloaded_walk *walk, bool *found)
{
	uint32_t newest = 0;

	*found = false;
	for (uint64_t i = 0; i < walk->count; i++) {
		struct kst_unloaded_user_module record;
		kst_status st = read_slot(walk, i, &record);

		if (st != KST_OK)
			return st;
		if ((record.present & KST_UNLOADED_USER_MODULE_HAS_SEQUENCE) == 0 ||
		    (record.present & KST_UNLOADED_USER_MODULE_HAS_BASE) == 0)
			continue;
		if (!*found || (record.base != 0 && record.sequence >= newest)) {
			walk->slot = i;
			newest = record.base != 0 ? record.sequence : 0;
		}
		*found = true;
	}
	return KST_OK;
}

kst_status kst_unloaded_user_modules_begin(struct kst_cursor *cursor, const struct kst_target *target, kst_space space,
					   uint32_t bits, uint64_t address, uint32_t element_size, uint32_t count,
					   struct kst_error *err)
{
	struct unloaded_walk *walk;
	struct kst_cursor fresh;
	bool found;
	kst_status st;

	if (cursor == NULL || target == NULL || (bits != 32 && bits != 64) || count > 4096 || element_size > 0x1000 ||
	    (element_size != 0 && element_size < (bits == 32 ? 0x54u : 0x5cu)))
		return kst__fail(err, KST_E_ARG, address, "cursor or target is NULL, or a number is out of range");
	kst__cursor_begin(&fresh, target, KIND_UNLOADED);
	walk = (struct unloaded_walk *)(void *)&fresh;
	walk->space = space;
	walk->pointer_size = bits / 8;
	walk->address = address;
	walk->element_size = element_size != 0 ? element_size : bits == 32 ? 0x5c : 0x68;
	walk->count = count != 0 ? count : SLOTS_DEFAULT;
	walk->left = walk->count;
	if (!kst__user_range(target, bits / 8, address, walk->count * walk->element_size))
		return kst__fail(err, KST_E_FAULT, address, "the trace is not in user space");
	st = find_newest(walk, &found);
	if (st != KST_OK)
		return kst__fail(err, st, address, "the reader failed");
	if (!found)
		return kst__fail(err, KST_E_FAULT, address, "the trace is paged out");
	*cursor = fresh;
	return KST_OK;
}

static kst_status next_unloaded(struct unloaded_walk *walk, struct kst_unloaded_user_module *out, struct kst_error *err)
{
	while (walk->left > 0) {
		uint64_t slot = walk->slot;
		kst_status st = read_slot(walk, slot, out);

		if (st != KST_OK)
			return kst__fail(err, st, walk->address, "the reader failed");
		walk->left--;
		walk->slot = slot == 0 ? walk->count - 1 : slot - 1;
		if ((out->present & KST_UNLOADED_USER_MODULE_HAS_BASE) == 0) {
			walk->c.anomalies |= KST_WALK_ANOMALY_SKIPPED;
			continue;
		}
		if (out->base == 0)
			return kst__cursor_finish(&walk->c, KST_WALK_TERMINATED, KST_END); /* not used yet */
		if ((out->present & KST_UNLOADED_USER_MODULE_HAS_SEQUENCE) && out->sequence % walk->count != slot)
			out->anomalies |= KST_UNLOADED_USER_MODULE_ANOMALY_SLOT;
		return KST_OK;
	}
	return kst__cursor_finish(&walk->c, KST_WALK_CLOSED, KST_END);
}

kst_status kst_unloaded_user_modules_next(struct kst_cursor *cursor, struct kst_unloaded_user_module *out,
					  struct kst_error *err)
{
	struct unloaded_walk *walk = (struct unloaded_walk *)(void *)cursor;
	struct kst_unloaded_user_module ours;
	kst_status st = kst__cursor_ready(cursor, KIND_UNLOADED, out, sizeof ours, err);

	if (st != KST_OK)
		return st;
	return kst__cursor_deliver(&walk->c, next_unloaded(walk, &ours, err), out, &ours, sizeof ours, err);
}
