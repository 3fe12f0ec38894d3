/* SPDX-License-Identifier: MIT */
#include "processor_forge.h"

#include <stdlib.h>

const struct forge_build forge_builds[] = {
	{ "x86 2600", KST_ARCH_X86, 2600 },   { "x86 3790", KST_ARCH_X86, 3790 },
	{ "x86 6000", KST_ARCH_X86, 6000 },   { "x86 6001", KST_ARCH_X86, 6001 },
	{ "x86 7600", KST_ARCH_X86, 7600 },   { "x86 7601", KST_ARCH_X86, 7601 },
	{ "x86 9200", KST_ARCH_X86, 9200 },   { "x86 9600", KST_ARCH_X86, 9600 },
	{ "x86 10240", KST_ARCH_X86, 10240 }, { "x86 16299", KST_ARCH_X86, 16299 },
	{ "x86 18362", KST_ARCH_X86, 18362 }, { "x64 3790", KST_ARCH_X64, 3790 },
	{ "x64 6000", KST_ARCH_X64, 6000 },   { "x64 6001", KST_ARCH_X64, 6001 },
	{ "x64 7600", KST_ARCH_X64, 7600 },   { "x64 7601", KST_ARCH_X64, 7601 },
	{ "x64 9200", KST_ARCH_X64, 9200 },   { "x64 9600", KST_ARCH_X64, 9600 },
	{ "x64 10240", KST_ARCH_X64, 10240 }, { "x64 10586", KST_ARCH_X64, 10586 },
	{ "x64 14393", KST_ARCH_X64, 14393 }, { "x64 15063", KST_ARCH_X64, 15063 },
	{ "x64 16299", KST_ARCH_X64, 16299 }, { "x64 17134", KST_ARCH_X64, 17134 },
	{ "x64 17763", KST_ARCH_X64, 17763 }, { "x64 18362", KST_ARCH_X64, 18362 },
	{ "x64 19041", KST_ARCH_X64, 19041 }, { "x64 20348", KST_ARCH_X64, 20348 },
	{ "x64 22000", KST_ARCH_X64, 22000 },
};
const size_t forge_builds_count = sizeof forge_builds / sizeof forge_builds[0];

bool forge_has(const struct kst_layout *layout, const char *type, const char *path)
{
	struct kst_member m = { .size = sizeof m };

	return kst_layout_member(layout, type, path, &m) == KST_OK;
}

uint64_t forge_offset(const struct kst_layout *layout, const char *type, const char *path)
{
	struct kst_member m = { .size = sizeof m };

	assert_int_equal(kst_layout_member(layout, type, path, &m), KST_OK);
	return m.offset;
}

uint64_t forge_size(const struct kst_layout *layout, const char *type)
{
	struct kst_member m = { .size = sizeof m };

	assert_int_equal(kst_layout_member(layout, type, "", &m), KST_OK);
	return m.length;
}

static void put(struct forged_processor *f, const char *path, uint64_t value)
{
	image_put_member(f->img, f->layout, f->kprcb, "_KPRCB", path, value);
}

static void queue_normal(struct forged_processor *f, size_t count)
{
	uint64_t link = forge_offset(f->layout, "_KDPC", "DpcListEntry");
	uint64_t links[3];

	for (size_t i = 0; i < count; i++) {
		uint64_t d = f->dpcs[i];

		links[i] = d + link;
		image_put_member(f->img, f->layout, d, "_KDPC", "Type", 0x13);
		image_put_member(f->img, f->layout, d, "_KDPC", "Importance", i % 4);
		image_put_member(f->img, f->layout, d, "_KDPC", "DeferredRoutine", f->kprcb + 0x100000 + i);
		image_put_member(f->img, f->layout, d, "_KDPC", "DeferredContext", 0x1000 + i);
		image_put_member(f->img, f->layout, d, "_KDPC", "SystemArgument1", 1);
		image_put_member(f->img, f->layout, d, "_KDPC", "SystemArgument2", 2);
		image_put_member(f->img, f->layout, d, "_KDPC", f->xp ? "Lock" : "DpcData", f->queue);
	}
	if (f->xp) {
		image_put_list(f->img, f->kprcb + forge_offset(f->layout, "_KPRCB", "DpcListHead"), links, count);
		put(f, "DpcQueueDepth", count);
		return;
	}
	image_put_member(f->img, f->layout, f->queue, "_KDPC_DATA", "DpcQueueDepth", count);
	image_put_member(f->img, f->layout, f->queue, "_KDPC_DATA", "DpcCount", 1000 + count);
	if (!f->singly) {
		image_put_list(f->img, f->queue + forge_offset(f->layout, "_KDPC_DATA", "DpcListHead"), links, count);
		return;
	}
	for (uint64_t at = f->queue, i = 0; i <= count; i++) {
		image_put_pointer(f->img, at, i < count ? links[i] : 0);
		at = i < count ? links[i] : at;
	}
	image_put_pointer(f->img, f->queue + (f->x86 ? 4 : 8), count == 0 ? f->queue : links[count - 1]);
}

void forge_processor(struct forged_processor *f, struct kst_layout *layout, size_t count)
{
	struct kst_layout_info info = { .size = sizeof info };
	struct kst_symbol symbol = { 0, "KiProcessorBlock" };
	uint64_t base;

	memset(f, 0, sizeof *f);
	f->layout = layout;
	assert_int_equal(kst_layout_info(layout, &info), KST_OK);
	f->x86 = info.pointer_size == 4;
	f->img = image_new(f->x86 ? KST_PAGING_X86 : KST_PAGING_X64);
	base = f->x86 ? 0x80500000u : 0xfffff80000500000u;
	symbol.address = base;
	f->kpcr = base + 0x10000;
	f->kprcb = f->kpcr + (f->x86 ? 0x120 : 0x180);
	f->thread = base + 0x40000;
	f->idle = base + 0x42000;
	f->stack_low = base + 0x50000;
	f->stack_high = f->stack_low + (f->x86 ? 0x3000 : 0x6000);
	f->dpc_stack = base + 0x70000 - (f->x86 ? 0 : 0x50);
	f->xp = forge_has(layout, "_KPRCB", "DpcListHead");
	f->singly = forge_has(layout, "_KDPC_DATA", "DpcList");
	f->queue = f->xp ? f->kprcb : f->kprcb + forge_offset(layout, "_KPRCB", "DpcData");
	for (size_t i = 0; i < 3; i++)
		f->dpcs[i] = base + 0x60000 + i * 0x1000 + 0x80;
	image_put_pointer(f->img, base, f->kprcb);
	image_put_pointer(f->img, f->kpcr + (f->x86 ? 0x1c : 0x18), f->kpcr);
	for (uint64_t at = f->kprcb; at < f->kprcb + 0xd000; at += 0x1000)
		image_page(f->img, at);
	put(f, "Number", 0);
	put(f, "CurrentThread", f->thread);
	put(f, "IdleThread", f->idle);
	put(f, "DpcStack", f->dpc_stack);
	image_put_member(f->img, layout, f->thread, "_KTHREAD", "StackLimit", f->stack_low);
	image_put_member(f->img, layout, f->thread, "_KTHREAD", "StackBase", f->stack_high);
	queue_normal(f, count);
	if (f->singly) { /* an empty threaded queue points to itself */
		uint64_t second = f->queue + forge_size(layout, "_KDPC_DATA");

		image_put_pointer(f->img, second + (f->x86 ? 4 : 8), second);
	} else if (!f->xp) {
		image_put_list(f->img, f->queue + forge_size(layout, "_KDPC_DATA"), NULL, 0);
	}
	image_identity(f->img)->processors = 1;
	image_identity(f->img)->present |= KST_IDENTITY_HAS_PROCESSORS;
	f->target = image_target_symbols(f->img, layout, &symbol, 1);
}

void forge_processor_free(struct forged_processor *f)
{
	image_free(f->img);
	free(f->layout);
}
