/* SPDX-License-Identifier: MIT */
/* Driver Verifier's rings, newest entry first. */
#include "../decode/verifier.h"

#include "target.h"

#define KIND       KST__KIND('v', 'r', 'f', 'y')
#define RING_MOST  0x100000u
#define THUNK_MOST 0x200u /* a return address so far behind its function's start still belongs to it */

struct ring {
	struct kst__cursor common;
	uint64_t array;
	uint64_t filter;
	uint32_t log;
	uint32_t length;
	uint32_t newest;
	uint32_t done; /* slots looked at */
	uint32_t ordered;
	uint32_t stride;
};
KST__CURSOR_FITS(struct ring);

/* The pointer to the array, its counter, its length. */
static const struct {
	uint32_t log;
	uint16_t array, index, length;
} symbols[] = {
	{ KST_VERIFIER_POOL, KST__S_VfPoolTraces, KST__S_VfPoolTracesIndex, KST__S_VfPoolTracesLength },
	{ KST_VERIFIER_IRP, KST__S_IovIrpTraces, KST__S_IovIrpTracesIndex, KST__S_IovIrpTracesLength },
	{ KST_VERIFIER_CRITICAL_REGION, KST__S_VfKeCriticalRegionTraces, KST__S_VfKeCriticalRegionTracesIndex,
	  KST__S_VfKeCriticalRegionTracesLength },
};

static kst_status read_u32(const struct kst_target *target, uint16_t symbol, uint32_t *out, struct kst_error *err)
{
	uint64_t address, value;
	kst_status st;

	if (!kst__symbol(target, (enum kst__symbol_id)symbol, &address))
		return kst__fail(err, KST_E_NO_MEMBER, 0, kst__symbol_names((enum kst__symbol_id)symbol));
	st = kst__read_number(target, KST_SPACE_KERNEL, address, 4, &value, err);
	if (st == KST_OK)
		*out = (uint32_t)value;
	return st;
}

kst_status kst_verifier_begin(struct kst_cursor *cursor, const struct kst_target *target, uint32_t log, uint64_t filter,
			      struct kst_error *err)
{
	const struct kst__verifier_record *record = kst__verifier_record(log);
	struct kst_cursor ours;
	struct ring *walk = (struct ring *)(void *)&ours;
	size_t which = 0;
	kst_status st;

	if (cursor == NULL || target == NULL || record == NULL)
		return kst__fail(err, KST_E_ARG, 0, "an argument is NULL, or no such log");
	while (symbols[which].log != log)
		which++;
	kst__cursor_begin(&ours, target, KIND);
	walk->log = log;
	walk->filter = filter;
	walk->stride = kst__type_size(&target->layout, (enum kst__member_id)record->type);
	if (walk->stride == 0)
		return kst__fail(err, KST_E_NO_MEMBER, 0, kst__member_type((enum kst__member_id)record->type));
	st = kst__read_global(target, (enum kst__symbol_id)symbols[which].array, &walk->array, err);
	if (st == KST_OK)
		st = read_u32(target, symbols[which].length, &walk->length, err);
	if (st != KST_OK)
		return st;
	st = read_u32(target, symbols[which].index, &walk->newest, err);
	if (st == KST_E_HOST)
		return st;
	walk->ordered = st == KST_OK;
	if (walk->array == 0) /* Verifier is off, or does not keep this log */
		walk->length = 0;
	if (walk->length > RING_MOST) {
		walk->length = RING_MOST;
		walk->common.anomalies |= KST_WALK_ANOMALY_CLAMPED;
	}
	if (walk->length != 0 && (walk->length & (walk->length - 1)) != 0)
		walk->common.anomalies |= KST_WALK_ANOMALY_COUNT; /* a ring's length is a power of two */
	if (walk->length != 0)
		walk->newest %= walk->length;
	*cursor = ours;
	return KST_OK;
}

/* By the nearest start below the first return address: enter and leave may be only 0x90 bytes apart (20348). */
static uint32_t operation_of(const struct kst_target *target, const struct kst_verifier_entry *entry)
{
	static const struct {
		uint16_t symbol, operation;
	} functions[] = {
		{ KST__S_VerifierKeEnterCriticalRegion, KST_VERIFIER_ENTER },
		{ KST__S_KeEnterCriticalRegion, KST_VERIFIER_ENTER },
		{ KST__S_VerifierKeLeaveCriticalRegion, KST_VERIFIER_LEAVE },
		{ KST__S_KeLeaveCriticalRegion, KST_VERIFIER_LEAVE },
	};
	uint32_t operation = KST_VERIFIER_UNKNOWN;
	uint64_t nearest = THUNK_MOST;

	if (entry->log != KST_VERIFIER_CRITICAL_REGION || entry->stack_count == 0)
		return KST_VERIFIER_UNKNOWN;
	for (size_t i = 0; i < KST__COUNT(functions); i++) {
		uint64_t start;

		if (kst__symbol(target, (enum kst__symbol_id)functions[i].symbol, &start) &&
		    entry->stack[0] - start < nearest) {
			nearest = entry->stack[0] - start;
			operation = functions[i].operation;
		}
	}
	return operation;
}

static bool wanted(const struct ring *walk, const struct kst_verifier_entry *e)
{
	if (walk->filter == 0)
		return true;
	if (walk->log == KST_VERIFIER_POOL)
		return e->address <= walk->filter && walk->filter - e->address < e->bytes;
	return walk->filter == (walk->log == KST_VERIFIER_IRP ? e->address : e->thread) ||
	       (walk->log == KST_VERIFIER_IRP && walk->filter == e->thread);
}

static kst_status next_entry(struct ring *walk, struct kst_verifier_entry *out, struct kst_error *err)
{
	const struct kst_target *target = walk->common.target;

	while (walk->done < walk->length) {
		uint32_t index = (walk->newest + walk->length - walk->done % walk->length) % walk->length;
		uint64_t record = walk->array + (uint64_t)index * walk->stride;
		kst_status failure = KST_OK;
		struct kst__view view = kst__view_target(target, KST_SPACE_KERNEL, record, &failure);
		kst_status st = kst__cursor_spend(&walk->common, record, err);

		if (st != KST_OK)
			return st;
		walk->done++;
		kst__decode_verifier_entry(&view, kst__verifier_record(walk->log), out);
		if (failure != KST_OK)
			return kst__fail(err, failure, record, "the host's callback failed");
		if (out->present == 0)
			walk->common.anomalies |= KST_WALK_ANOMALY_SKIPPED;
		if (out->present == 0 || (out->address == 0 && out->thread == 0 && out->stack_count == 0) ||
		    !wanted(walk, out))
			continue;
		out->index = index;
		out->operation = operation_of(target, out);
		if (!walk->ordered)
			out->anomalies |= KST_VERIFIER_ENTRY_ANOMALY_ORDER;
		return KST_OK;
	}
	return kst__cursor_finish(&walk->common, KST_WALK_CLOSED, KST_END);
}

kst_status kst_verifier_next(struct kst_cursor *cursor, struct kst_verifier_entry *out, struct kst_error *err)
{
	struct ring *walk = (struct ring *)(void *)cursor;
	struct kst_verifier_entry ours;
	kst_status st = kst__cursor_ready(cursor, KIND, out, sizeof ours, err);

	if (st != KST_OK)
		return st;
	return kst__cursor_deliver(&walk->common, next_entry(walk, &ours, err), out, &ours, sizeof ours, err);
}

kst_status kst_verifier_unmatched_enter(const struct kst_target *target, uint64_t thread,
					struct kst_verifier_entry *out, struct kst_error *err)
{
	struct kst_verifier_entry entry = { .size = sizeof entry };
	struct kst_cursor cursor;
	uint64_t leaves = 0, told = 0;
	kst_status st;

	if (target == NULL || out == NULL)
		return kst__fail(err, KST_E_ARG, 0, "an argument is NULL");
	if (!kst__out_ok(out->size, sizeof *out))
		return kst__fail(err, KST_E_ABI, 0, "kst_verifier_entry.size is not known");
	st = kst_verifier_begin(&cursor, target, KST_VERIFIER_CRITICAL_REGION, thread, err);
	while (st == KST_OK && (st = kst_verifier_next(&cursor, &entry, err)) == KST_OK) {
		/* from the newest back: each leave takes the enter before it */
		told += entry.operation != KST_VERIFIER_UNKNOWN;
		if (entry.operation == KST_VERIFIER_LEAVE) {
			leaves++;
		} else if (entry.operation == KST_VERIFIER_ENTER) {
			if (leaves == 0) {
				kst__out_write(out, &entry, sizeof entry);
				return KST_OK;
			}
			leaves--;
		}
	}
	if (st == KST_END && told == 0 && kst_cursor_count(&cursor) > 0)
		return kst__fail(err, KST_E_NO_MEMBER, 0, "KeEnterCriticalRegion and its Verifier thunk are not known");
	return st;
}

kst_status kst_verifier_settings(const struct kst_target *target, struct kst_verifier_settings *out,
				 struct kst_error *err)
{
	struct kst_verifier_settings ours;
	kst_status failure = KST_OK;
	struct kst__view view;
	uint64_t address;

	if (target == NULL || out == NULL)
		return kst__fail(err, KST_E_ARG, 0, "an argument is NULL");
	if (!kst__out_ok(out->size, sizeof *out))
		return kst__fail(err, KST_E_ABI, 0, "kst_verifier_settings.size is not known");
	if (!kst__symbol(target, KST__S_MmVerifierData, &address) || !kst__has(&target->layout, KST__M_VERIFIER_LEVEL))
		return kst__fail(err, KST_E_NO_MEMBER, 0, "MmVerifierData or _MM_DRIVER_VERIFIER_DATA is not known");
	view = kst__view_target(target, KST_SPACE_KERNEL, address, &failure);
	kst__decode_verifier_settings(&view, &ours);
	if (failure != KST_OK)
		return kst__fail(err, failure, address, "the host's callback failed");
	if (ours.present == 0)
		return kst__fail(err, KST_E_FAULT, address, "MmVerifierData is not in memory");
	kst__out_write(out, &ours, sizeof ours);
	return KST_OK;
}
