/* SPDX-License-Identifier: MIT */
/* Callbacks: arrays of fast references, and lists. */
#include "../decode/callback.h"

#include "module.h"

#define KIND      KST__KIND('c', 'l', 'b', 'k')
#define LIST_MOST 4096u /* entries of one list */

enum form { VECTOR, REGISTRY_LIST, OBJECT_LIST, BUGCHECK_LIST, REASON_LIST };

/* Where callbacks are kept, in the order of their kinds. */
static const struct {
	uint16_t kind;
	uint16_t form;
	uint16_t symbol;
} sources[] = {
	{ KST_CALLBACK_REGISTRY, REGISTRY_LIST, KST__S_CallbackListHead },
	{ KST_CALLBACK_REGISTRY, VECTOR, KST__S_CmpCallBackVector },
	{ KST_CALLBACK_PROCESS, VECTOR, KST__S_PspCreateProcessNotifyRoutine },
	{ KST_CALLBACK_THREAD, VECTOR, KST__S_PspCreateThreadNotifyRoutine },
	{ KST_CALLBACK_IMAGE, VECTOR, KST__S_PspLoadImageNotifyRoutine },
	{ KST_CALLBACK_OBJECT, OBJECT_LIST, KST__S_PsProcessType },
	{ KST_CALLBACK_OBJECT, OBJECT_LIST, KST__S_PsThreadType },
	{ KST_CALLBACK_OBJECT, OBJECT_LIST, KST__S_ExDesktopObjectType },
	{ KST_CALLBACK_BUGCHECK, BUGCHECK_LIST, KST__S_KeBugCheckCallbackListHead },
	{ KST_CALLBACK_BUGCHECK, REASON_LIST, KST__S_KeBugCheckReasonCallbackListHead },
};

struct callbacks {
	struct kst__cursor common;
	uint64_t head; /* list head, or address of the array */
	uint64_t next; /* next list entry */
	uint32_t kinds;
	uint32_t source; /* index in sources */
	uint32_t open;   /* 1: head and next are those of the current source */
	uint32_t index;  /* next slot or place in the list */
	uint32_t slots;
	uint32_t reserved0;
	uint64_t looked; /* steps in the list of modules */
};
KST__CURSOR_FITS(struct callbacks);

static bool source_known(const struct kst_target *target, size_t i)
{
	return target->symbols[sources[i].symbol] != 0 &&
	       (sources[i].form != OBJECT_LIST || kst__has(&target->layout, KST__M_OBJECT_TYPE_CALLBACK_LIST));
}

uint32_t kst_callback_kinds(const struct kst_target *target)
{
	uint32_t kinds = 0;

	for (size_t i = 0; target != NULL && i < KST__COUNT(sources); i++)
		if (source_known(target, i))
			kinds |= 1u << sources[i].kind;
	return kinds;
}

kst_status kst_callbacks_begin(struct kst_cursor *cursor, const struct kst_target *target, uint32_t kinds,
			       struct kst_error *err)
{
	struct callbacks *walk = (struct callbacks *)(void *)cursor;

	if (cursor == NULL || target == NULL || kinds >= 2u << KST_CALLBACK_BUGCHECK)
		return kst__fail(err, KST_E_ARG, 0, "an argument is NULL, or an unknown kind");
	if (kinds == 0)
		kinds = (2u << KST_CALLBACK_BUGCHECK) - 1;
	if ((kst_callback_kinds(target) & kinds) == 0)
		return kst__fail(err, KST_E_NO_MEMBER, 0, "no symbol tells where callbacks are kept");
	kst__cursor_begin(cursor, target, KIND);
	walk->kinds = kinds;
	return KST_OK;
}

/*
 * Slots of an array (reference: 8 on XP and 2003; Vista 12 process, 8 others; Vista SP1 and later 64, image 64 from 8.1
 * on and on serviced 7). A layout need not know all: 64, unless a member that is there says the kernel is older. Up to
 * Vista the object header has a Type, and object callbacks came with Vista SP1, ProtectedProcess with Vista; up to 8 DPC
 * lists are doubly linked, and the swizzle bit came with the servicing of 7. No array reaches into the next one that is
 * known.
 */
static uint32_t array_slots(const struct kst_target *target, uint32_t kind, enum kst__symbol_id symbol)
{
	const struct kst_layout *layout = &target->layout;
	bool to_vista = kst__has(layout, KST__M_OBJECT_HEADER_TYPE) &&
			!kst__has(layout, KST__M_OBJECT_TYPE_CALLBACK_LIST);
	bool to_8 = kst__has(layout, KST__M_KDPC_DATA_LIST_HEAD) && !kst__has(layout, KST__M_PTE_SOFTWARE_SWIZZLE);
	uint32_t slots = 64;

	if (kind == KST_CALLBACK_REGISTRY)
		slots = 100;
	else if (to_vista && kind == KST_CALLBACK_PROCESS && kst__has(layout, KST__M_EPROCESS_PROTECTED_PROCESS))
		slots = 12;
	else if (to_vista || (to_8 && kind == KST_CALLBACK_IMAGE))
		slots = 8;
	for (size_t i = 0; i < KST__COUNT(sources); i++) {
		uint64_t other = target->symbols[sources[i].symbol], mine = target->symbols[symbol];
		uint64_t distance = other > mine ? (other - mine) / kst__pointer_size(target) : UINT32_MAX;

		if (distance < slots)
			slots = (uint32_t)distance;
	}
	return slots;
}

/* Open the current source: where its list or array begins. KST_E_FAULT: not in memory. */
static kst_status open_source(struct callbacks *walk, struct kst_error *err)
{
	const struct kst_target *target = walk->common.target;
	enum kst__symbol_id symbol = (enum kst__symbol_id)sources[walk->source].symbol;
	uint64_t blink;
	kst_status st = KST_OK;

	walk->head = target->symbols[symbol];
	walk->index = 0;
	if (sources[walk->source].form == VECTOR) {
		walk->slots = array_slots(target, sources[walk->source].kind, symbol);
		return KST_OK;
	}
	if (sources[walk->source].form == OBJECT_LIST) {
		st = kst__read_pointer(target, KST_SPACE_KERNEL, walk->head, &walk->head, err);
		walk->head += kst__member(&target->layout, KST__M_OBJECT_TYPE_CALLBACK_LIST)->offset;
	}
	if (st == KST_OK)
		st = kst__read_links(target, KST_SPACE_KERNEL, walk->head, &walk->next, &blink, err);
	walk->common.brent_mark = 0; /* loops are looked for in one list */
	walk->common.brent_left = 1;
	walk->common.brent_power = 1;
	return st;
}

/* The next slot that is not empty. KST_END: the array is done. */
static kst_status next_slot(struct callbacks *walk, struct kst_callback *out, struct kst_error *err)
{
	const struct kst_target *target = walk->common.target;
	unsigned width = kst__pointer_size(target);
	uint64_t mask = width == 4 ? 7 : 15;

	while (walk->index < walk->slots) {
		uint32_t slot = walk->index++;
		kst_status failure = KST_OK;
		struct kst__view view;
		uint64_t raw;
		kst_status st = kst__read_pointer(target, KST_SPACE_KERNEL, walk->head + (uint64_t)slot * width, &raw,
						  err);

		if (st != KST_OK)
			return st;
		if (raw == 0)
			continue;
		out->slot = slot;
		out->raw = raw;
		out->block = raw & ~mask;
		out->present |= KST_CALLBACK_HAS_RAW;
		if (!kst__is_kernel(target, raw)) {
			out->anomalies |= KST_CALLBACK_ANOMALY_RAW;
			return KST_OK;
		}
		view = kst__view_target(target, KST_SPACE_KERNEL, out->block, &failure);
		kst__decode_callback_block(&view, out);
		if ((out->present & KST_CALLBACK_HAS_FUNCTION) == 0)
			out->anomalies |= KST_CALLBACK_ANOMALY_UNREADABLE;
		return failure == KST_OK ? KST_OK : kst__fail(err, failure, out->block, "the host's callback failed");
	}
	return KST_END;
}

static kst_status put_altitude(const struct kst_target *target, uint64_t altitude, struct kst_callback *out,
			       struct kst_error *err)
{
	struct kst__string string;
	kst_status st;

	if (altitude == 0)
		return KST_OK;
	st = kst__read_string(target, KST_SPACE_KERNEL, altitude, out->name, sizeof out->name, &string, err);
	if (st == KST_OK && string.readable && string.sound && string.bytes > 0)
		out->present |= KST_CALLBACK_HAS_NAME;
	else
		out->name[0] = '\0';
	return st;
}

static kst_status put_component(const struct kst_target *target, uint64_t component, struct kst_callback *out,
				struct kst_error *err)
{
	uint8_t raw[sizeof out->name - 1];
	size_t done = 0;
	kst_status st;

	if (!kst__is_kernel(target, component) || component > UINT64_MAX - sizeof raw)
		return KST_OK;
	st = kst_read(target, KST_SPACE_KERNEL, component, raw, sizeof raw, &done, err);
	if (done > 0) {
		kst__ascii_text(out->name, sizeof out->name, raw, done);
		out->present |= KST_CALLBACK_HAS_NAME;
	}
	return st == KST_E_FAULT ? KST_OK : st;
}

static kst_status decode_entry(struct callbacks *walk, uint64_t entry, struct kst_callback *out, struct kst_error *err)
{
	const struct kst_target *target = walk->common.target;
	unsigned width = kst__pointer_size(target);
	uint32_t form = sources[walk->source].form;
	kst_status failure = KST_OK, st = KST_OK;
	struct kst__view view = kst__view_target(target, KST_SPACE_KERNEL, entry, &failure);
	uint64_t more = 0;

	if (form == REGISTRY_LIST) {
		kst__decode_registry_callback(&view, out, &more);
		st = put_altitude(target, more, out, err);
	} else if (form == OBJECT_LIST) {
		kst__decode_object_callback(&view, out, &more);
		if (kst__is_kernel(target, more)) {
			view = kst__view_target(target, KST_SPACE_KERNEL, more, &failure);
			if (kst__view_pointer(&view, width, &out->context))
				out->present |= KST_CALLBACK_HAS_CONTEXT;
			st = put_altitude(target, more + 2 * width, out, err);
		}
	} else {
		kst__decode_bugcheck_callback(&view, form == REASON_LIST, out, &more);
		st = put_component(target, more, out, err);
	}
	return failure == KST_OK ? st : kst__fail(err, failure, entry, "the host's callback failed");
}

/* The next list entry. KST_END: back at the head. KST_E_CORRUPT, KST_E_FAULT: the list breaks. */
static kst_status next_entry(struct callbacks *walk, struct kst_callback *out, struct kst_error *err)
{
	const struct kst_target *target = walk->common.target;
	uint64_t entry = walk->next, flink, blink;
	kst_status st;

	if (entry == walk->head)
		return KST_END;
	if (walk->index >= LIST_MOST || !kst__is_kernel(target, entry))
		return KST_E_CORRUPT;
	st = kst__cursor_step(&walk->common, entry, err);
	if (st == KST_OK)
		st = kst__read_links(target, KST_SPACE_KERNEL, entry, &flink, &blink, err);
	if (st != KST_OK)
		return st;
	walk->next = flink;
	out->slot = walk->index++;
	return decode_entry(walk, entry, out, err);
}

/* Which module a routine lies in; where the look-ups have used up their budget, callbacks are given without. */
KST__APART static kst_status put_module(struct callbacks *walk, struct kst_callback *out, struct kst_error *err)
{
	struct kst_module module;
	uint64_t routine = out->function != 0 ? out->function : out->post_function;
	kst_status st;

	if ((out->present & KST_CALLBACK_HAS_FUNCTION) == 0)
		return KST_OK;
	st = kst__module_find(walk->common.target, routine, &walk->looked, &module, err);
	if (st == KST_E_HOST)
		return st;
	if (st == KST_OK) {
		out->module_base = module.base;
		memcpy(out->module, module.name, sizeof out->module - 1);
		out->present |= KST_CALLBACK_HAS_MODULE;
	} else if (st == KST_END) { /* the list of modules is there, and the routine is in none */
		out->anomalies |= KST_CALLBACK_ANOMALY_NO_MODULE;
	}
	return KST_OK;
}

static kst_status next_callback(struct callbacks *walk, struct kst_callback *out, struct kst_error *err)
{
	while (walk->source < KST__COUNT(sources)) {
		kst_status st = KST_OK;

		memset(out, 0, sizeof *out);
		out->kind = sources[walk->source].kind;
		if (!source_known(walk->common.target, walk->source) || (walk->kinds >> out->kind & 1) == 0) {
			walk->source++;
			continue;
		}
		if (!walk->open)
			st = open_source(walk, err);
		walk->open = 1;
		if (st == KST_OK)
			st = sources[walk->source].form == VECTOR ? next_slot(walk, out, err)
								  : next_entry(walk, out, err);
		if (st == KST_OK)
			st = put_module(walk, out, err);
		if (st == KST_OK || st == KST_E_HOST || st == KST_E_LIMIT)
			return st;
		if (st != KST_END)
			walk->common.anomalies |= KST_WALK_ANOMALY_SKIPPED;
		walk->common.end = KST_WALK_RUNNING; /* a list that breaks does not end the walk */
		walk->source++;
		walk->open = 0;
	}
	return kst__cursor_finish(&walk->common, KST_WALK_CLOSED, KST_END);
}

kst_status kst_callbacks_next(struct kst_cursor *cursor, struct kst_callback *out, struct kst_error *err)
{
	struct callbacks *walk = (struct callbacks *)(void *)cursor;
	struct kst_callback ours;
	kst_status st = kst__cursor_ready(cursor, KIND, out, sizeof ours, err);

	if (st != KST_OK)
		return st;
	return kst__cursor_deliver(&walk->common, next_callback(walk, &ours, err), out, &ours, sizeof ours, err);
}
