/* SPDX-License-Identifier: MIT */
#include "processor.h"

/* Ip, sp and bp in a CONTEXT record: fixed by the architecture, not by the build. */
struct context_places {
	uint32_t ip, sp, bp, width;
};

static struct context_places context_places(const struct kst_layout *layout)
{
	if (layout->info.pointer_size == 4)
		return (struct context_places){ 0xb8, 0xc4, 0xb4, 4 };
	if (layout->info.arch == KST_ARCH_ARM64)
		return (struct context_places){ 0x108, 0x100, 0xf0, 8 };
	return (struct context_places){ 0xf8, 0x98, 0xa0, 8 };
}

void kst__decode_processor_context(const struct kst__view *view, uint64_t base, struct kst_processor *out)
{
	struct context_places at = context_places(view->layout);
	uint64_t ip, sp, bp;

	if (!kst__view_number(view, base + at.ip, at.width, &ip) ||
	    !kst__view_number(view, base + at.sp, at.width, &sp) ||
	    !kst__view_number(view, base + at.bp, at.width, &bp))
		return;
	if (ip == 0 && sp == 0)
		return; /* never written: a processor that was not stopped */
	out->context_ip = ip;
	out->context_sp = sp;
	out->context_bp = bp;
	out->present |= KST_PROCESSOR_HAS_CONTEXT;
}

/*
 * 7 and later save the registers where KPRCB.Context points to, with XSAVE outside of the KPRCB; what ContextFrame holds
 * then was not saved by a stop.
 */
static void decode_context_frame(const struct kst__view *view, struct kst_processor *out)
{
	const struct kst__member *state = kst__member(view->layout, KST__M_KPRCB_PROCESSOR_STATE);
	const struct kst__member *frame = kst__member(view->layout, KST__M_KPROCESSOR_STATE_CONTEXT_FRAME);
	uint64_t base = (uint64_t)state->offset + frame->offset;
	uint64_t pointer;

	if (!state->present || !frame->present ||
	    (kst__get(view, KST__M_KPRCB_CONTEXT, &pointer) && pointer != 0 && pointer != view->address + base))
		return;
	kst__decode_processor_context(view, base, out);
}

void kst__decode_processor(const struct kst__view *view, struct kst_processor *out)
{
	struct {
		enum kst__member_id id;
		uint64_t *place;
		uint64_t bit;
	} const pointers[] = {
		{ KST__M_KPRCB_CURRENT_THREAD, &out->current_thread, KST_PROCESSOR_HAS_CURRENT_THREAD },
		{ KST__M_KPRCB_NEXT_THREAD, &out->next_thread, KST_PROCESSOR_HAS_NEXT_THREAD },
		{ KST__M_KPRCB_IDLE_THREAD, &out->idle_thread, KST_PROCESSOR_HAS_IDLE_THREAD },
		{ KST__M_KPRCB_DPC_STACK, &out->dpc_stack, KST_PROCESSOR_HAS_DPC_STACK },
		{ KST__M_KPRCB_ISR_STACK, &out->isr_stack, KST_PROCESSOR_HAS_ISR_STACK },
		{ KST__M_KPRCB_EXCEPTION_STACK, &out->exception_stack, KST_PROCESSOR_HAS_EXCEPTION_STACK },
		{ KST__M_KPRCB_SAVED_RSP, &out->saved_rsp, KST_PROCESSOR_HAS_SAVED_RSP },
		{ KST__M_KPRCB_DPC_THREAD, &out->dpc_thread, KST_PROCESSOR_HAS_DPC_THREAD },
	};
	uint64_t half = view->layout->info.pointer_size == 4 ? 0x80000000u : 0x8000000000000000u;

	memset(out, 0, sizeof *out);
	out->kprcb = view->address;
	for (size_t i = 0; i < KST__COUNT(pointers); i++)
		if (kst__get(view, pointers[i].id, pointers[i].place))
			out->present |= pointers[i].bit;
	if (kst__get32(view, KST__M_KPRCB_NUMBER, &out->number))
		out->present |= KST_PROCESSOR_HAS_NUMBER;
	if (kst__get32(view, KST__M_KPRCB_DPC_ROUTINE_ACTIVE, &out->dpc_routine_active))
		out->present |= KST_PROCESSOR_HAS_DPC_ACTIVE;
	decode_context_frame(view, out);
	if (((out->present & KST_PROCESSOR_HAS_CURRENT_THREAD) != 0 && out->current_thread < half) ||
	    ((out->present & KST_PROCESSOR_HAS_IDLE_THREAD) != 0 && out->idle_thread < half) ||
	    (out->next_thread != 0 && out->next_thread < half))
		out->anomalies |= KST_PROCESSOR_ANOMALY_THREAD;
}

kst_status kst_decode_processor(const struct kst_layout *layout, const void *bytes, size_t len, uint64_t address,
				struct kst_processor *out, struct kst_error *err)
{
	struct kst__view view;
	struct kst_processor ours;

	if (!kst__given(layout, bytes, len, out))
		return kst__fail(err, KST_E_ARG, address, "an argument is NULL");
	if (!kst__out_ok(out->size, sizeof *out))
		return kst__fail(err, KST_E_ABI, address, "kst_processor.size is not known");
	view = kst__view_bytes(layout, bytes, len);
	view.address = address;
	kst__decode_processor(&view, &ours);
	kst__out_write(out, &ours, sizeof ours);
	return KST_OK;
}

const char *kst_processor_anomaly_name(uint64_t bit)
{
	static const char *const names[] = { "number", "self", "thread" };

	return kst__bit_name(bit, names, KST__COUNT(names));
}
