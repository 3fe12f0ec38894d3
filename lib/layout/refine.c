/* SPDX-License-Identifier: MIT */
/* What the debugger data block says of the kernel's structs: it is the running kernel's own word, table or not. */
#include "layout.h"

#include <kstate/system.h>

/*
 * Names are arrays, not pointers: nothing to relocate. Members of IA64, and those whose width differs between the
 * builds that lack a table, are left out.
 */
enum { A_POINTER = 0, A_PRCB = 0xff }; /* lengths that are not fixed */

#define TYPE_MOST 0x10000u

struct row {
	uint16_t at;
	uint8_t width, length;
	uint8_t within; /* index of sizes */
	uint8_t reserved0;
	char type[12];
	char path[32];
};

enum { EPROCESS, ETHREAD, KPRCB, KPCR };

#define ROW(field, length, within, type, path)                                                                         \
	{                                                                                                              \
		offsetof(struct kst_debugger_data, field), sizeof(((struct kst_debugger_data *)0)->field), length,     \
			within, 0, type, path                                                                          \
	}

static const struct row rows[] = {
	ROW(kthread_teb, A_POINTER, ETHREAD, "_KTHREAD", "Teb"),
	ROW(kthread_kernel_stack, A_POINTER, ETHREAD, "_KTHREAD", "KernelStack"),
	ROW(kthread_initial_stack, A_POINTER, ETHREAD, "_KTHREAD", "InitialStack"),
	ROW(kthread_apc_process, A_POINTER, ETHREAD, "_KTHREAD", "ApcState.Process"),
	ROW(kthread_state, 1, ETHREAD, "_KTHREAD", "State"),
	ROW(kthread_stack_limit, A_POINTER, ETHREAD, "_KTHREAD", "StackLimit"),
	ROW(kthread_stack_base, A_POINTER, ETHREAD, "_KTHREAD", "StackBase"),
	ROW(kthread_wait_reason, 1, ETHREAD, "_KTHREAD", "WaitReason"),
	ROW(eprocess_peb, A_POINTER, EPROCESS, "_EPROCESS", "Peb"),
	ROW(eprocess_parent_cid, A_POINTER, EPROCESS, "_EPROCESS", "InheritedFromUniqueProcessId"),
	ROW(eprocess_directory_table_base, A_POINTER, EPROCESS, "_KPROCESS", "DirectoryTableBase"),
	ROW(prcb_dpc_routine, 1, KPRCB, "_KPRCB", "DpcRoutineActive"),
	ROW(prcb_current_thread, A_POINTER, KPRCB, "_KPRCB", "CurrentThread"),
	ROW(prcb_idle_thread, A_POINTER, KPRCB, "_KPRCB", "IdleThread"),
	ROW(prcb_number, 4, KPRCB, "_KPRCB", "Number"),
	ROW(prcb_mhz, 4, KPRCB, "_KPRCB", "MHz"),
	ROW(prcb_cpu_type, 1, KPRCB, "_KPRCB", "CpuType"),
	ROW(prcb_vendor_string, 13, KPRCB, "_KPRCB", "VendorString"),
	ROW(prcb_dpc_stack, A_POINTER, KPRCB, "_KPRCB", "DpcStack"),
	ROW(prcb_isr_stack, A_POINTER, KPRCB, "_KPRCB", "IsrStack"),
	ROW(prcb_exception_stack, A_POINTER, KPRCB, "_KPRCB", "ExceptionStack"),
	ROW(prcb_context, A_POINTER, KPRCB, "_KPRCB", "Context"),
	ROW(pcr_self, A_POINTER, KPCR, "_KPCR", "Self"),
	ROW(pcr_current_prcb, A_POINTER, KPCR, "_KPCR", "CurrentPrcb"),
	ROW(pcr_contained_prcb, A_PRCB, KPCR, "_KPCR", "PrcbData"),
};

static const struct row sizes[] = {
	ROW(size_eprocess, 0, EPROCESS, "_EPROCESS", ""), ROW(size_ethread, 0, ETHREAD, "_ETHREAD", ""),
	ROW(size_prcb, 0, KPRCB, "_KPRCB", ""),
	ROW(size_pcr, 0, KPCR, "_KPCR", ""), /* a bound only: it counts the KPRCB, which _KPCR may or may not do */
};

/* A 16- or 32-bit number of our own struct; 0 when the block ends before it. */
static uint32_t number(const struct kst_debugger_data *block, const struct row *row)
{
	const uint8_t *at = (const uint8_t *)block + row->at;
	uint16_t narrow;
	uint32_t wide;

	if (!kst__within(row->at, row->width, block->valid_length))
		return 0;
	if (row->width == sizeof narrow) {
		memcpy(&narrow, at, sizeof narrow);
		return narrow;
	}
	memcpy(&wide, at, sizeof wide);
	return wide;
}

/* Size of the type that a row's member lies in: the block's word, else the layout's, else a generous one. */
static uint32_t limit(const struct kst_layout *layout, const struct kst_debugger_data *block, const struct row *row)
{
	struct kst_member size = { .size = sizeof size };
	uint32_t told = number(block, &sizes[row->within]);

	if (told != 0)
		return told;
	return kst_layout_member(layout, sizes[row->within].type, "", &size) == KST_OK ? size.length : TYPE_MOST;
}

static void refine(struct kst_layout *layout, const struct kst_debugger_data *block, const struct row *row)
{
	uint32_t length = row->length == A_PRCB      ? number(block, &sizes[KPRCB])
			  : row->length == A_POINTER ? layout->info.pointer_size
						     : row->length;
	uint32_t value = number(block, row);
	bool is_size = row->path[0] == '\0';

	/* 0 means that the block does not tell, but for a size it would be nonsense, too */
	if (value == 0 || length == 0 || (!is_size && !kst__within(value, length, limit(layout, block, row))))
		return;
	for (uint32_t i = 0; i < KST__MEMBER_COUNT; i++) {
		enum kst__member_id id = (enum kst__member_id)i;
		const struct kst__member *m = kst__member(layout, id);

		if (!kst__among(kst__member_type(id), row->type) ||
		    (is_size ? kst__member_path(id)[0] != '\0' : !kst__among(kst__member_path(id), row->path)))
			continue;
		if (m->present && (is_size ? m->length : m->offset) == value)
			continue;
		if (m->present)
			layout->info.anomalies |= KST_LAYOUT_ANOMALY_BLOCK_DIFFERS;
		if (is_size)
			kst__layout_set(layout, id, 0, value, 0, 0);
		else
			kst__layout_set(layout, id, value, m->present ? m->length : length, 0, 0);
	}
}

kst_status kst_layout_refine(struct kst_layout *layout, const struct kst_debugger_data *block, struct kst_error *err)
{
	if (layout == NULL || block == NULL)
		return kst__fail(err, KST_E_ARG, 0, "no layout or no block");
	if (!kst__out_ok(block->size, sizeof *block))
		return kst__fail(err, KST_E_ABI, 0, "kst_debugger_data.size is not known");
	for (size_t i = 0; i < KPCR; i++)
		refine(layout, block, &sizes[i]);
	for (size_t i = 0; i < KST__COUNT(rows); i++)
		refine(layout, block, &rows[i]);
	kst__layout_finish(layout);
	return KST_OK;
}
