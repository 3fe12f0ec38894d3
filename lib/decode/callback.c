/* SPDX-License-Identifier: MIT */
/*
 * Records of callbacks. None of these types is in the public type information: their places are fixed by documented
 * headers or by agreement of several public tools (see doc/structures/callback.md) and depend on the pointer size alone,
 * but for the registry entry of Vista.
 */
#include "callback.h"

static unsigned width_of(const struct kst__view *view)
{
	return view->layout->info.pointer_size;
}

static void take(const struct kst__view *view, unsigned offset, uint64_t *place, uint64_t bit, struct kst_callback *out)
{
	if (kst__view_pointer(view, offset, place))
		out->present |= bit;
}

static void take32(const struct kst__view *view, unsigned offset, size_t width, uint32_t *place, uint64_t bit,
		   struct kst_callback *out)
{
	uint64_t value;

	if (kst__view_number(view, offset, width, &value)) {
		*place = (uint32_t)value;
		out->present |= bit;
	}
}

static void judge(const struct kst__view *view, struct kst_callback *out)
{
	uint64_t half = width_of(view) == 4 ? 0x80000000u : 0x8000000000000000u;

	if ((out->present & KST_CALLBACK_HAS_FUNCTION) != 0 && out->function < half)
		out->anomalies |= KST_CALLBACK_ANOMALY_FUNCTION;
}

void kst__decode_callback_block(const struct kst__view *view, struct kst_callback *out)
{
	unsigned width = width_of(view);

	/* the rundown word comes first */
	out->block = view->address;
	take(view, width, &out->function, KST_CALLBACK_HAS_FUNCTION, out);
	take(view, 2 * width, &out->context, KST_CALLBACK_HAS_CONTEXT, out);
	judge(view, out);
}

void kst__decode_registry_callback(const struct kst__view *view, struct kst_callback *out, uint64_t *altitude)
{
	const struct kst_layout *layout = view->layout;
	/* context, function, altitude, cookie; Vista x64 has eight bytes more before the context */
	static const uint8_t small[] = { 0x18, 0x1c, 0x20, 0x10 };
	static const uint8_t large[] = { 0x20, 0x28, 0x30, 0x18 };
	static const uint8_t vista[] = { 0x28, 0x30, 0x38, 0x18 };
	const uint8_t *at = width_of(view) == 4 ? small : kst__has(layout, KST__M_OBJECT_HEADER_TYPE) ? vista : large;

	out->block = view->address;
	if (kst__has(layout, KST__M_REGISTRY_CALLBACK_FUNCTION)) {
		if (kst__get(view, KST__M_REGISTRY_CALLBACK_FUNCTION, &out->function))
			out->present |= KST_CALLBACK_HAS_FUNCTION;
		if (kst__get(view, KST__M_REGISTRY_CALLBACK_CONTEXT, &out->context))
			out->present |= KST_CALLBACK_HAS_CONTEXT;
		if (kst__get(view, KST__M_REGISTRY_CALLBACK_COOKIE, &out->cookie))
			out->present |= KST_CALLBACK_HAS_COOKIE;
	} else {
		take(view, at[0], &out->context, KST_CALLBACK_HAS_CONTEXT, out);
		take(view, at[1], &out->function, KST_CALLBACK_HAS_FUNCTION, out);
		*altitude = view->address + at[2];
		if (kst__view_number(view, at[3], 8, &out->cookie))
			out->present |= KST_CALLBACK_HAS_COOKIE;
		if (at == vista) /* the function is certain, the members around it are inferred */
			out->anomalies |= KST_CALLBACK_ANOMALY_INFERRED;
	}
	judge(view, out);
}

void kst__decode_object_callback(const struct kst__view *view, struct kst_callback *out, uint64_t *registration)
{
	unsigned width = width_of(view), after = 2 * width;

	out->block = view->address;
	take32(view, after, 4, &out->operations, KST_CALLBACK_HAS_OPERATIONS, out);
	kst__view_pointer(view, after + 8, registration);
	take(view, after + 8 + width, &out->object_type, KST_CALLBACK_HAS_OBJECT_TYPE, out);
	take(view, after + 8 + 2 * width, &out->function, KST_CALLBACK_HAS_FUNCTION, out);
	take(view, after + 8 + 3 * width, &out->post_function, KST_CALLBACK_HAS_POST, out);
	if (width == 4)
		out->anomalies |= KST_CALLBACK_ANOMALY_INFERRED; /* scaled from the 64-bit entry */
	if (out->function == 0 && out->post_function != 0)
		return; /* only the routine after the operation is registered */
	judge(view, out);
}

void kst__decode_bugcheck_callback(const struct kst__view *view, bool reason, struct kst_callback *out,
				   uint64_t *component)
{
	unsigned width = width_of(view), after = 2 * width;

	out->block = view->address;
	take(view, after, &out->function, KST_CALLBACK_HAS_FUNCTION, out);
	if (reason) {
		kst__view_pointer(view, after + width, component);
		take32(view, after + 3 * width, 4, &out->reason, KST_CALLBACK_HAS_REASON, out);
		take32(view, after + 3 * width + 4, 1, &out->state, KST_CALLBACK_HAS_STATE, out);
	} else {
		take(view, after + width, &out->context, KST_CALLBACK_HAS_CONTEXT, out); /* Buffer */
		kst__view_pointer(view, after + 3 * width, component);
		take32(view, after + 5 * width, 1, &out->state, KST_CALLBACK_HAS_STATE, out);
	}
	judge(view, out);
}

kst_status kst_decode_callback(const struct kst_layout *layout, const void *bytes, size_t len, uint64_t address,
			       struct kst_callback *out, struct kst_error *err)
{
	struct kst__view view;
	struct kst_callback ours;

	if (!kst__given(layout, bytes, len, out))
		return kst__fail(err, KST_E_ARG, address, "an argument is NULL");
	if (!kst__out_ok(out->size, sizeof *out))
		return kst__fail(err, KST_E_ABI, address, "kst_callback.size is not known");
	view = kst__view_bytes(layout, bytes, len);
	view.address = address;
	memset(&ours, 0, sizeof ours);
	ours.kind = KST_CALLBACK_PROCESS;
	kst__decode_callback_block(&view, &ours);
	kst__out_write(out, &ours, sizeof ours);
	return KST_OK;
}

const char *kst_callback_kind_name(uint32_t kind)
{
	static const char *const names[] = { "registry", "process", "thread", "image", "object", "bugcheck" };

	return kind < KST__COUNT(names) ? names[kind] : "unknown";
}

const char *kst_callback_anomaly_name(uint64_t bit)
{
	static const char *const names[] = { "no-module", "raw", "function", "unreadable", "inferred" };

	return kst__bit_name(bit, names, KST__COUNT(names));
}
