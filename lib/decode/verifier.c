/* SPDX-License-Identifier: MIT */
/* Records of Driver Verifier's logs, settings and counters. */
#include "verifier.h"

#define NONE KST__MEMBER_COUNT

const struct kst__verifier_record *kst__verifier_record(uint32_t log)
{
	static const struct kst__verifier_record records[] = {
		{ KST_VERIFIER_POOL, KST__M_VF_POOL_TRACE, KST__M_VF_POOL_TRACE_ADDRESS, KST__M_VF_POOL_TRACE_SIZE,
		  KST__M_VF_POOL_TRACE_THREAD, KST__M_VF_POOL_TRACE_STACK, NONE, NONE, NONE },
		{ KST_VERIFIER_IRP, KST__M_IOV_IRP_TRACE, KST__M_IOV_IRP_TRACE_IRP, NONE, KST__M_IOV_IRP_TRACE_THREAD,
		  KST__M_IOV_IRP_TRACE_STACK, KST__M_IOV_IRP_TRACE_KERNEL_APC, KST__M_IOV_IRP_TRACE_SPECIAL_APC,
		  KST__M_IOV_IRP_TRACE_IRQL },
		{ KST_VERIFIER_CRITICAL_REGION, KST__M_VF_CRITICAL_TRACE, NONE, NONE, KST__M_VF_CRITICAL_TRACE_THREAD,
		  KST__M_VF_CRITICAL_TRACE_STACK, NONE, NONE, NONE },
	};

	for (size_t i = 0; i < KST__COUNT(records); i++)
		if (records[i].log == log)
			return &records[i];
	return NULL;
}

static bool get(const struct kst__view *view, uint16_t id, uint64_t *out)
{
	return id != NONE && kst__get(view, (enum kst__member_id)id, out);
}

/* The trace ends at 0, or where a value is no kernel address. */
static void decode_stack(const struct kst__view *view, uint16_t id, struct kst_verifier_entry *out)
{
	const struct kst__member *m = kst__member(view->layout, (enum kst__member_id)id);
	uint32_t width = view->layout->info.pointer_size;
	uint64_t half = width == 4 ? 0x80000000u : 0x8000000000000000u;
	uint32_t count = m->present ? m->length / width : 0;
	uint64_t address;

	if (count > KST__COUNT(out->stack)) {
		count = KST__COUNT(out->stack);
		out->anomalies |= KST_VERIFIER_ENTRY_ANOMALY_CUT;
	}
	for (uint32_t i = 0; i < count && kst__view_pointer(view, m->offset + (uint64_t)i * width, &address); i++) {
		out->present |= KST_VERIFIER_ENTRY_HAS_STACK;
		if (address == 0)
			break;
		if (address < half) {
			out->anomalies |= KST_VERIFIER_ENTRY_ANOMALY_STACK;
			break;
		}
		out->stack[out->stack_count++] = address;
	}
}

void kst__decode_verifier_entry(const struct kst__view *view, const struct kst__verifier_record *record,
				struct kst_verifier_entry *out)
{
	uint64_t kernel_apc, special_apc, irql;

	memset(out, 0, sizeof *out);
	out->log = record->log;
	out->record = view->address;
	if (get(view, record->address, &out->address))
		out->present |= KST_VERIFIER_ENTRY_HAS_ADDRESS;
	if (get(view, record->bytes, &out->bytes))
		out->present |= KST_VERIFIER_ENTRY_HAS_BYTES;
	if (get(view, record->thread, &out->thread))
		out->present |= KST_VERIFIER_ENTRY_HAS_THREAD;
	if (get(view, record->kernel_apc, &kernel_apc) && get(view, record->special_apc, &special_apc)) {
		out->kernel_apc_disable = (int32_t)kst__sign_extend(kernel_apc, 16);
		out->special_apc_disable = (int32_t)kst__sign_extend(special_apc, 16);
		out->present |= KST_VERIFIER_ENTRY_HAS_APC;
	}
	if (get(view, record->irql, &irql)) {
		out->irql = (uint32_t)irql;
		out->present |= KST_VERIFIER_ENTRY_HAS_IRQL;
	}
	decode_stack(view, record->stack, out);
}

kst_status kst_decode_verifier_entry(const struct kst_layout *layout, uint32_t log, const void *bytes, size_t len,
				     uint64_t address, struct kst_verifier_entry *out, struct kst_error *err)
{
	const struct kst__verifier_record *record = kst__verifier_record(log);
	struct kst__view view;
	struct kst_verifier_entry ours;

	if (record == NULL || !kst__given(layout, bytes, len, out))
		return kst__fail(err, KST_E_ARG, address, "an argument is NULL, or no such log");
	if (!kst__out_ok(out->size, sizeof *out))
		return kst__fail(err, KST_E_ABI, address, "kst_verifier_entry.size is not known");
	view = kst__view_bytes(layout, bytes, len);
	view.address = address;
	kst__decode_verifier_entry(&view, record, &ours);
	kst__out_write(out, &ours, sizeof ours);
	return KST_OK;
}

void kst__decode_verifier_settings(const struct kst__view *view, struct kst_verifier_settings *out)
{
	struct {
		enum kst__member_id id;
		uint32_t *place;
	} const numbers[] = {
		{ KST__M_VERIFIER_LEVEL, &out->level },
		{ KST__M_VERIFIER_RAISE_IRQLS, &out->raise_irqls },
		{ KST__M_VERIFIER_ACQUIRE_SPIN_LOCKS, &out->acquire_spin_locks },
		{ KST__M_VERIFIER_SYNCHRONIZE_EXECUTIONS, &out->synchronize_executions },
		{ KST__M_VERIFIER_ALLOCATIONS_ATTEMPTED, &out->allocations_attempted },
		{ KST__M_VERIFIER_ALLOCATIONS_SUCCEEDED, &out->allocations_succeeded },
		{ KST__M_VERIFIER_ALLOCATIONS_SUCCEEDED_SPECIAL_POOL, &out->allocations_special_pool },
		{ KST__M_VERIFIER_ALLOCATIONS_WITH_NO_TAG, &out->allocations_no_tag },
		{ KST__M_VERIFIER_TRIM_REQUESTS, &out->trim_requests },
		{ KST__M_VERIFIER_TRIMS, &out->trims },
		{ KST__M_VERIFIER_ALLOCATIONS_FAILED, &out->allocations_failed },
		{ KST__M_VERIFIER_ALLOCATIONS_FAILED_DELIBERATELY, &out->allocations_failed_deliberately },
		{ KST__M_VERIFIER_LOADS, &out->loads },
		{ KST__M_VERIFIER_UNLOADS, &out->unloads },
		{ KST__M_VERIFIER_CURRENT_PAGED_POOL_ALLOCATIONS, &out->paged_allocations },
		{ KST__M_VERIFIER_CURRENT_NON_PAGED_POOL_ALLOCATIONS, &out->nonpaged_allocations },
	};

	memset(out, 0, sizeof *out);
	for (size_t i = 0; i < KST__COUNT(numbers); i++)
		if (kst__get32(view, numbers[i].id, numbers[i].place))
			out->present |= (uint64_t)1 << i;
}

const char *kst_verifier_log_name(uint32_t log)
{
	return log == KST_VERIFIER_POOL              ? "pool"
	       : log == KST_VERIFIER_IRP             ? "irp"
	       : log == KST_VERIFIER_CRITICAL_REGION ? "critical-region"
						     : "unknown";
}

const char *kst_verifier_operation_name(uint32_t operation)
{
	static const char *const names[] = { "unknown", "enter", "leave" };

	return operation < KST__COUNT(names) ? names[operation] : "unknown";
}

const char *kst_verifier_entry_anomaly_name(uint64_t bit)
{
	static const char *const names[] = { "stack", "cut", "order" };

	return kst__bit_name(bit, names, KST__COUNT(names));
}
