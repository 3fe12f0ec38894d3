/* SPDX-License-Identifier: MIT */
/* KDPC, KDPC_DATA and KTIMER. */
#include "dpc.h"

/* Canonical, upper half: of 57-bit addresses, since a layout does not tell the paging mode. */
static bool is_kernel(const struct kst__view *view, uint64_t address)
{
	return address >= (view->layout->info.pointer_size == 4 ? 0x80000000u : 0xff00000000000000u);
}

bool kst__decode_dpc(const struct kst__view *view, struct kst_dpc *out)
{
	memset(out, 0, sizeof *out);
	out->address = view->address;
	if (kst__get32(view, KST__M_KDPC_TYPE, &out->type)) {
		out->present |= KST_DPC_HAS_TYPE;
		out->kind = out->type == KST__DPC_OBJECT ? KST_DPC_NORMAL : KST_DPC_THREADED;
		if (out->type != KST__DPC_OBJECT && out->type != KST__THREADED_DPC_OBJECT &&
		    out->type != KST__THREADED_DPC_OBJECT_OLD) {
			out->kind = KST_DPC_NORMAL;
			out->anomalies |= KST_DPC_ANOMALY_TYPE;
		}
	}
	if (kst__get32(view, KST__M_KDPC_IMPORTANCE, &out->importance))
		out->present |= KST_DPC_HAS_IMPORTANCE;
	if (kst__get32(view, KST__M_KDPC_NUMBER, &out->number))
		out->present |= KST_DPC_HAS_NUMBER;
	if (kst__get(view, KST__M_KDPC_ROUTINE, &out->routine)) {
		out->present |= KST_DPC_HAS_ROUTINE;
		if (!is_kernel(view, out->routine))
			out->anomalies |= KST_DPC_ANOMALY_ROUTINE;
	}
	if (kst__get(view, KST__M_KDPC_CONTEXT, &out->context))
		out->present |= KST_DPC_HAS_CONTEXT;
	if (kst__get(view, KST__M_KDPC_ARGUMENT1, &out->arguments[0]) &&
	    kst__get(view, KST__M_KDPC_ARGUMENT2, &out->arguments[1]))
		out->present |= KST_DPC_HAS_ARGUMENTS;
	if (kst__get(view, KST__M_KDPC_DPC_DATA, &out->dpc_data))
		out->present |= KST_DPC_HAS_DPC_DATA;
	if (kst__get(view, KST__M_KDPC_PROCESSOR_HISTORY, &out->processor_history))
		out->present |= KST_DPC_HAS_HISTORY;
	return out->present != 0;
}

kst_status kst_decode_dpc(const struct kst_layout *layout, const void *bytes, size_t len, uint64_t address,
			  struct kst_dpc *out, struct kst_error *err)
{
	struct kst__view view;
	struct kst_dpc ours;

	if (!kst__given(layout, bytes, len, out))
		return kst__fail(err, KST_E_ARG, address, "an argument is NULL");
	if (!kst__out_ok(out->size, sizeof *out))
		return kst__fail(err, KST_E_ABI, address, "kst_dpc.size is not known");
	view = kst__view_bytes(layout, bytes, len);
	view.address = address;
	kst__decode_dpc(&view, &ours);
	kst__out_write(out, &ours, sizeof ours);
	return KST_OK;
}

/*
 * Three forms of the list: LIST_ENTRY in the KPRCB (XP), LIST_ENTRY in KDPC_DATA (2003 to 8), singly linked KDPC_LIST
 * (8.1 and later; empty: Next 0, LastEntry the address of the list itself).
 */
static void decode_ends(const struct kst__view *view, uint64_t offset, bool circular, struct kst_dpc_queue *out)
{
	uint64_t link = kst__member(view->layout, KST__M_KDPC_LIST_ENTRY)->offset;
	uint64_t head = view->address + offset;
	uint64_t first, last;

	if (!kst__has(view->layout, KST__M_KDPC_LIST_ENTRY) || !kst__view_pointer(view, offset, &first) ||
	    !kst__view_pointer(view, offset + view->layout->info.pointer_size, &last))
		return;
	out->present |= KST_DPC_QUEUE_HAS_LIST;
	if ((circular ? first == head : first == 0) != (last == head))
		out->anomalies |= KST_DPC_QUEUE_ANOMALY_ENDS;
	out->first = (circular && first == head) || first == 0 ? 0 : first - link;
	out->last = last == head || last == 0 ? 0 : last - link;
}

void kst__decode_dpc_queue(const struct kst__view *view, struct kst_dpc_queue *out)
{
	const struct kst_layout *layout = view->layout;

	memset(out, 0, sizeof *out);
	out->address = view->address;
	if (kst__has(layout, KST__M_KPRCB_DPC_LIST_HEAD) && !kst__has(layout, KST__M_KPRCB_DPC_DATA)) {
		const struct kst__member *head = kst__member(layout, KST__M_KPRCB_DPC_LIST_HEAD);

		out->address += head->offset;
		decode_ends(view, head->offset, true, out);
		if (kst__get32(view, KST__M_KPRCB_DPC_QUEUE_DEPTH, &out->depth))
			out->present |= KST_DPC_QUEUE_HAS_DEPTH;
	} else {
		if (kst__has(layout, KST__M_KDPC_DATA_LIST_HEAD))
			decode_ends(view, kst__member(layout, KST__M_KDPC_DATA_LIST_HEAD)->offset, true, out);
		else if (kst__has(layout, KST__M_KDPC_DATA_LIST))
			decode_ends(view, kst__member(layout, KST__M_KDPC_DATA_LIST)->offset, false, out);
		if (kst__get32(view, KST__M_KDPC_DATA_QUEUE_DEPTH, &out->depth))
			out->present |= KST_DPC_QUEUE_HAS_DEPTH;
		if (kst__get32(view, KST__M_KDPC_DATA_COUNT, &out->count))
			out->present |= KST_DPC_QUEUE_HAS_COUNT;
		if (kst__get(view, KST__M_KDPC_DATA_LOCK, &out->lock))
			out->present |= KST_DPC_QUEUE_HAS_LOCK;
		if (kst__get(view, KST__M_KDPC_DATA_ACTIVE, &out->active))
			out->present |= KST_DPC_QUEUE_HAS_ACTIVE;
		if (kst__get32(view, KST__M_KDPC_DATA_LONG_PRESENT, &out->long_dpc_present))
			out->present |= KST_DPC_QUEUE_HAS_LONG;
	}
	if ((out->present & KST_DPC_QUEUE_HAS_LIST) != 0 && (out->present & KST_DPC_QUEUE_HAS_DEPTH) != 0 &&
	    (out->first == 0) != (out->depth == 0))
		out->anomalies |= KST_DPC_QUEUE_ANOMALY_DEPTH;
}

static uint64_t rotate_left(uint64_t value, unsigned by)
{
	by &= 63;
	return by == 0 ? value : value << by | value >> (64 - by);
}

static uint64_t swap_bytes(uint64_t value)
{
	uint64_t out = 0;

	for (unsigned i = 0; i < 8; i++)
		out = out << 8 | (value >> (8 * i) & 0xff);
	return out;
}

void kst__decode_timer(const struct kst__view *view, const struct kst__timer_keys *keys, struct kst_timer *out)
{
	uint64_t dpc, period;

	memset(out, 0, sizeof *out);
	out->address = view->address;
	if (kst__get(view, KST__M_KTIMER_DUE_TIME, &out->due_time))
		out->present |= KST_TIMER_HAS_DUE_TIME;
	if (kst__get(view, KST__M_KTIMER_PERIOD, &period)) {
		out->period = (uint32_t)period;
		out->present |= KST_TIMER_HAS_PERIOD;
	}
	if (!kst__get(view, KST__M_KTIMER_DPC, &dpc))
		return;
	/* 64-bit kernels with a timer table in the KPRCB (7 and later) encode the pointer, also that of no DPC. */
	if (view->layout->info.pointer_size == 8 && kst__has(view->layout, KST__M_KPRCB_TIMER_TABLE)) {
		if (keys == NULL) {
			out->anomalies |= KST_TIMER_ANOMALY_DPC_ENCODED;
			return;
		}
		dpc = swap_bytes(rotate_left(dpc ^ keys->never, (unsigned)(keys->never & 0xff)) ^ view->address) ^
		      keys->always;
	}
	if (dpc != 0 && !is_kernel(view, dpc)) { /* Vista x64 may encode it, too */
		out->anomalies |= KST_TIMER_ANOMALY_DPC;
		return;
	}
	out->dpc = dpc;
	out->present |= KST_TIMER_HAS_DPC;
}

const char *kst_dpc_kind_name(uint32_t kind)
{
	static const char *const names[] = { "normal", "threaded" };

	return kind < KST__COUNT(names) ? names[kind] : "unknown";
}

const char *kst_dpc_importance_name(uint32_t importance)
{
	static const char *const names[] = { "low", "medium", "high", "medium-high" };

	return importance < KST__COUNT(names) ? names[importance] : "unknown";
}

const char *kst_dpc_queue_anomaly_name(uint64_t bit)
{
	static const char *const names[] = { "depth", "ends" };

	return kst__bit_name(bit, names, KST__COUNT(names));
}

const char *kst_dpc_anomaly_name(uint64_t bit)
{
	static const char *const names[] = { "type", "not-queued", "routine", "wrong-queue" };

	return kst__bit_name(bit, names, KST__COUNT(names));
}

const char *kst_timer_anomaly_name(uint64_t bit)
{
	static const char *const names[] = { "dpc-encoded", "dpc" };

	return kst__bit_name(bit, names, KST__COUNT(names));
}
