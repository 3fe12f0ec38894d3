/* SPDX-License-Identifier: MIT */
/* Whose stack was taken: from a processor's registers back over the stack switches to the interrupted thread. */
#include "../decode/process.h"
#include "../decode/processor.h"

#include "target.h"

#define KIND       KST__KIND('s', 't', 'c', 'k')
#define LINKS_MOST 5 /* the first stack and four switches */

/*
 * 64-bit switch frame at the top T of the stack that was switched to (reference: measured on 17763, 19041, 26100):
 * the left stack's Rsp at T - 10, its Rip at T - 28, its Rbp at T - 60 (DPC stack; one dump).
 * x86: DpcStack D; [D - 4] = S; S + 4 saved EBP, S + 8 return address, ESP after it S + c.
 */
#define X64_RSP   0x10u
#define X64_RIP   0x28u
#define X64_RBP   0x60u
#define X64_SCAN  0x80u
#define X64_STACK 0x7000u
#define TSS_STACK 0x6000u /* the largest; the processor itself pushes the frame: Rsp at T - 10, Rip at T - 28 */
#define TSS_IST   0x24u   /* IST1 of a 64-bit TSS: fixed by the architecture */
#define X86_SCAN  0x40u
#define X86_STACK 0x3000u

struct stacks {
	struct kst__cursor common;
	uint64_t thread, thread_low, thread_high;
	uint64_t tops[KST_STACK_DEBUG + 1]; /* by KST_STACK_…; 0: not there */
	uint64_t idle_thread, dpc_thread;
	uint64_t ip, sp, bp;
	uint64_t saved_rsp;
	uint32_t has_ip, has_bp, found, anomalies;
	uint32_t number, visited, dpc_active, has_processor;
	uint32_t x86, frame_known;
};
KST__CURSOR_FITS(struct stacks);

static kst_status thread_limits(struct stacks *walk, uint64_t thread, struct kst_error *err)
{
	kst_status failure = KST_OK;
	struct kst__view view = kst__view_target(walk->common.target, KST_SPACE_KERNEL, thread, &failure);
	uint64_t low, high;

	if (kst__get(&view, KST__M_KTHREAD_STACK_LIMIT, &low) && kst__get(&view, KST__M_KTHREAD_STACK_BASE, &high) &&
	    low < high && high - low <= 0x100000) {
		walk->thread_low = low;
		walk->thread_high = high;
	}
	return failure == KST_OK ? KST_OK : kst__fail(err, failure, thread, "the host's callback failed");
}

static uint64_t page_end(uint64_t address)
{
	return (address + 0xfff) & ~(uint64_t)0xfff; /* up to 7 DpcStack may be the end itself */
}

/* Tops of the stacks that the TSS names for double faults, machine checks, NMIs and debug exceptions. */
static kst_status interrupt_stacks(struct stacks *walk, const struct kst_processor *from, struct kst_error *err)
{
	const struct kst_target *target = walk->common.target;

	if (walk->x86 || target->identity.arch == KST_ARCH_ARM64 || (from->present & KST_PROCESSOR_HAS_TSS) == 0 ||
	    !kst__is_kernel(target, from->tss))
		return KST_OK;
	for (uint32_t i = 0; i < 4; i++) {
		uint64_t top;
		kst_status st = kst__read_pointer(target, KST_SPACE_KERNEL, from->tss + TSS_IST + 8 * i, &top, err);

		if (st == KST_E_FAULT)
			return KST_OK;
		if (st != KST_OK)
			return st;
		if (kst__is_kernel(target, top))
			walk->tops[KST_STACK_DOUBLE_FAULT + i] = top;
	}
	return KST_OK;
}

kst_status kst_stack_begin(struct kst_cursor *cursor, const struct kst_target *target,
			   const struct kst_processor *processor, const struct kst_registers *start,
			   struct kst_error *err)
{
	struct kst_cursor ours;
	struct stacks *walk = (struct stacks *)(void *)&ours;
	struct kst_registers registers = { .size = 0 };
	struct kst_processor from;
	kst_status st;

	if (cursor == NULL || target == NULL || processor == NULL)
		return kst__fail(err, KST_E_ARG, 0, "an argument is NULL");
	if (kst__in_read(&from, sizeof from, processor, sizeof from) != KST_OK ||
	    (start != NULL && kst__in_read(&registers, sizeof registers, start, sizeof registers) != KST_OK))
		return kst__fail(err, KST_E_ABI, 0, "a struct's size is not known");
	if (start == NULL && (from.present & KST_PROCESSOR_HAS_CONTEXT) == 0)
		return kst__fail(err, KST_E_FAULT, from.kprcb, "no context is saved for this processor");
	kst__cursor_begin(&ours, target, KIND);
	walk->ip = start != NULL ? registers.ip : from.context_ip;
	walk->sp = start != NULL ? registers.sp : from.context_sp;
	walk->bp = start != NULL ? registers.bp : from.context_bp;
	walk->has_ip = 1;
	walk->has_bp = 1;
	walk->found = KST_REGISTERS_FOUND_CONTEXT;
	walk->has_processor = (from.present & KST_PROCESSOR_HAS_NUMBER) != 0;
	walk->number = walk->has_processor ? from.number : 0;
	walk->thread = from.current_thread;
	walk->idle_thread = from.idle_thread;
	walk->dpc_thread = from.dpc_thread;
	walk->dpc_active = from.dpc_routine_active;
	walk->saved_rsp = from.saved_rsp;
	walk->x86 = kst__pointer_size(target) == 4;
	/* x86: the seed's XP. x64: measured from 17763 on, where software entries got their shadow-stack bit */
	walk->frame_known = walk->x86 ? !kst__has(&target->layout, KST__M_KPRCB_DPC_DATA)
				      : kst__has(&target->layout, KST__M_PTE_SOFTWARE_SHADOW_STACK) ||
						kst__has(&target->layout, KST__M_KPRCB_EXCEPTION_STACK);
	if (kst__is_kernel(target, from.dpc_stack))
		walk->tops[KST_STACK_DPC] = walk->x86 ? from.dpc_stack : page_end(from.dpc_stack);
	if (!walk->x86 && kst__is_kernel(target, from.isr_stack)) /* what x86 keeps there is not known */
		walk->tops[KST_STACK_INTERRUPT] = from.isr_stack;
	if (kst__is_kernel(target, from.exception_stack))
		walk->tops[KST_STACK_EXCEPTION] = page_end(from.exception_stack);
	st = interrupt_stacks(walk, &from, err);
	if (st == KST_OK && kst__is_kernel(target, walk->thread))
		st = thread_limits(walk, walk->thread, err);
	if (st == KST_OK)
		*cursor = ours;
	return st;
}

kst_status kst_stack_begin_thread(struct kst_cursor *cursor, const struct kst_target *target, uint64_t thread,
				  struct kst_error *err)
{
	struct kst_cursor ours;
	struct stacks *walk = (struct stacks *)(void *)&ours;
	kst_status failure = KST_OK;
	struct kst__view view;
	kst_status st;

	if (cursor == NULL || target == NULL)
		return kst__fail(err, KST_E_ARG, 0, "an argument is NULL");
	kst__cursor_begin(&ours, target, KIND);
	walk->thread = thread;
	walk->found = KST_REGISTERS_FOUND_FIELD;
	walk->x86 = kst__pointer_size(target) == 4;
	st = thread_limits(walk, thread, err);
	if (st != KST_OK)
		return st;
	view = kst__view_target(target, KST_SPACE_KERNEL, thread, &failure);
	if (!kst__get(&view, KST__M_KTHREAD_KERNEL_STACK, &walk->sp))
		kst__cursor_keep(&walk->common, kst__cursor_finish(&walk->common, KST_WALK_UNREADABLE, KST_END), NULL);
	if (failure != KST_OK)
		return kst__fail(err, failure, thread, "the host's callback failed");
	*cursor = ours;
	return KST_OK;
}

/* Interrupt stacks of the TSS lie close together, with sizes that differ: the nearest top above sp decides. */
static uint32_t interrupt_stack_of(const struct stacks *walk, uint64_t sp, uint64_t *low, uint64_t *high)
{
	uint32_t best = KST_STACK_UNKNOWN;

	for (uint32_t i = KST_STACK_DOUBLE_FAULT; i <= KST_STACK_DEBUG; i++)
		if (walk->tops[i] > sp && walk->tops[i] - sp <= TSS_STACK &&
		    (best == KST_STACK_UNKNOWN || walk->tops[i] < walk->tops[best]))
			best = i;
	if (best != KST_STACK_UNKNOWN) {
		*low = walk->tops[best] - TSS_STACK;
		*high = walk->tops[best];
	}
	return best;
}

/* Which stack an address is on, and its limits. */
static uint32_t stack_of(const struct stacks *walk, uint64_t sp, uint64_t *low, uint64_t *high)
{
	uint64_t size = walk->x86 ? X86_STACK : X64_STACK;

	for (uint32_t i = KST_STACK_DPC; i <= KST_STACK_EXCEPTION; i++) {
		if (walk->tops[i] > size && sp < walk->tops[i] && sp >= walk->tops[i] - size) {
			*low = walk->tops[i] - size;
			*high = walk->tops[i];
			return i;
		}
	}
	if (walk->thread_high != 0 && sp >= walk->thread_low && sp < walk->thread_high) {
		*low = walk->thread_low;
		*high = walk->thread_high;
		return KST_STACK_THREAD;
	}
	return interrupt_stack_of(walk, sp, low, high);
}

/* May the chain go on at sp: on the thread's stack, or on a switched stack where it has not been. */
static bool acceptable(const struct stacks *walk, uint64_t sp)
{
	uint64_t low, high;
	uint32_t stack = stack_of(walk, sp, &low, &high);

	return stack != KST_STACK_UNKNOWN && (walk->visited >> stack & 1) == 0;
}

static bool slot(const struct stacks *walk, uint64_t address, uint64_t *out, kst_status *st, struct kst_error *err)
{
	kst_status got = kst__read_pointer(walk->common.target, KST_SPACE_KERNEL, address, out, err);

	if (got != KST_OK && got != KST_E_FAULT)
		*st = got;
	return got == KST_OK;
}

/* The weakest way: a saved stack pointer somewhere at the top. Sets found to SCAN. */
static kst_status scan_top(struct stacks *walk, uint64_t top, bool *readable, struct kst_error *err)
{
	uint64_t width = walk->x86 ? 4 : 8;
	uint64_t span = walk->x86 ? X86_SCAN : X64_SCAN;

	for (uint64_t off = width; off <= span; off += width) {
		kst_status st = KST_OK;
		uint64_t value;

		if (!slot(walk, top - off, &value, &st, err)) {
			if (st != KST_OK)
				return st;
			continue;
		}
		*readable = true;
		if (walk->thread_high != 0 && value >= walk->thread_low && value < walk->thread_high) {
			walk->sp = value;
			walk->has_ip = 0;
			walk->has_bp = 0;
			walk->found = KST_REGISTERS_FOUND_SCAN;
			return KST_OK;
		}
	}
	return KST_END;
}

static kst_status leave_x86(struct stacks *walk, uint64_t top, bool *readable, struct kst_error *err)
{
	kst_status st = KST_OK;
	uint64_t saved, ip, bp;

	if (slot(walk, top - 4, &saved, &st, err)) {
		*readable = true;
		if (acceptable(walk, saved)) {
			walk->has_ip = slot(walk, saved + 8, &ip, &st, err);
			walk->has_bp = slot(walk, saved + 4, &bp, &st, err);
			walk->ip = walk->has_ip ? ip : 0;
			walk->bp = walk->has_bp ? bp : 0;
			walk->sp = walk->has_ip ? saved + 0xc : saved;
			walk->found = KST_REGISTERS_FOUND_FRAME;
			return st;
		}
	}
	return st != KST_OK ? st : scan_top(walk, top, readable, err);
}

static kst_status leave_x64(struct stacks *walk, uint32_t stack, uint64_t top, bool *readable, struct kst_error *err)
{
	kst_status st = KST_OK;
	uint64_t rsp, rip, rbp, low, high;

	if (stack == KST_STACK_DPC && walk->dpc_active != 0 && walk->saved_rsp != 0 &&
	    acceptable(walk, walk->saved_rsp)) {
		walk->sp = walk->saved_rsp; /* 2003 and Vista: a field of the processor block, by its name */
		walk->has_ip = 0;
		walk->has_bp = 0;
		walk->found = KST_REGISTERS_FOUND_FIELD;
		walk->anomalies |= KST_STACK_LINK_ANOMALY_INFERRED;
		return KST_OK;
	}
	if (slot(walk, top - X64_RSP, &rsp, &st, err)) {
		*readable = true;
		if (acceptable(walk, rsp)) {
			walk->has_ip = slot(walk, top - X64_RIP, &rip, &st, err);
			/* Rbp is believed only where it points up the stack that was left */
			walk->has_bp = stack == KST_STACK_DPC && slot(walk, top - X64_RBP, &rbp, &st, err) &&
				       stack_of(walk, rsp, &low, &high) != KST_STACK_UNKNOWN && rbp >= rsp &&
				       rbp < high;
			walk->ip = walk->has_ip ? rip : 0;
			walk->bp = walk->has_bp ? rbp : 0;
			walk->sp = rsp;
			walk->found = KST_REGISTERS_FOUND_FRAME;
			return st;
		}
	}
	return st != KST_OK ? st : scan_top(walk, top, readable, err);
}

/* A processor that was stopped in user mode: its registers lead to no kernel stack, and need not. */
static bool in_user_mode(const struct stacks *walk)
{
	uint32_t width = kst__pointer_size(walk->common.target);

	return walk->has_ip && !kst__is_kernel(walk->common.target, walk->ip) &&
	       !kst__is_kernel(walk->common.target, walk->sp) && kst__is_user_address(width, walk->ip) &&
	       kst__is_user_address(width, walk->sp);
}

static void describe(const struct stacks *walk, struct kst_stack_link *out)
{
	memset(out, 0, sizeof *out);
	out->processor = walk->number;
	out->thread = walk->thread;
	out->sp = walk->sp;
	out->ip = walk->has_ip ? walk->ip : 0;
	out->bp = walk->has_bp ? walk->bp : 0;
	out->found = walk->found;
	out->stack = stack_of(walk, walk->sp, &out->low, &out->high);
	out->checked = out->stack != KST_STACK_UNKNOWN;
	out->present = (walk->has_processor ? KST_STACK_LINK_HAS_PROCESSOR : 0) |
		       (walk->thread != 0 ? KST_STACK_LINK_HAS_THREAD : 0) |
		       (walk->has_ip ? KST_STACK_LINK_HAS_IP : 0) | (walk->has_bp ? KST_STACK_LINK_HAS_BP : 0) |
		       (out->checked ? KST_STACK_LINK_HAS_LIMITS : 0);
	out->anomalies = walk->anomalies;
	if (walk->found == KST_REGISTERS_FOUND_FRAME && !walk->frame_known)
		out->anomalies |= KST_STACK_LINK_ANOMALY_INFERRED;
	if (walk->has_ip && !kst__is_kernel(walk->common.target, walk->ip) && !in_user_mode(walk))
		out->anomalies |= KST_STACK_LINK_ANOMALY_IP;
	if (out->stack == KST_STACK_THREAD && walk->common.count == 0 && walk->dpc_active != 0 &&
	    walk->thread == walk->idle_thread)
		out->notes |= KST_STACK_LINK_NOTE_IDLE;
	if (out->stack == KST_STACK_THREAD && walk->dpc_thread != 0 && walk->thread == walk->dpc_thread)
		out->notes |= KST_STACK_LINK_NOTE_DPC_THREAD;
}

static kst_status next_link(struct stacks *walk, struct kst_stack_link *out, struct kst_error *err)
{
	if (walk->common.count > 0) {
		uint64_t low, high;
		uint32_t stack = stack_of(walk, walk->sp, &low, &high);
		bool readable = false;
		kst_status st;

		if (stack == KST_STACK_THREAD || in_user_mode(walk))
			return kst__cursor_finish(&walk->common, KST_WALK_TERMINATED, KST_END);
		/* what ARM64 leaves at the top of a stack is not known well enough to make a link of it */
		if (stack == KST_STACK_UNKNOWN || walk->common.count >= LINKS_MOST ||
		    walk->common.target->identity.arch == KST_ARCH_ARM64)
			return kst__cursor_finish(&walk->common, KST_WALK_MISMATCH, KST_END);
		walk->visited |= 1u << stack;
		st = walk->x86 ? leave_x86(walk, high, &readable, err) : leave_x64(walk, stack, high, &readable, err);
		if (st == KST_END)
			return kst__cursor_finish(&walk->common, readable ? KST_WALK_MISMATCH : KST_WALK_UNREADABLE,
						  KST_END);
		if (st != KST_OK)
			return st;
	}
	describe(walk, out);
	return KST_OK;
}

kst_status kst_stack_next(struct kst_cursor *cursor, struct kst_stack_link *out, struct kst_error *err)
{
	struct stacks *walk = (struct stacks *)(void *)cursor;
	struct kst_stack_link ours;
	kst_status st = kst__cursor_ready(cursor, KIND, out, sizeof ours, err);

	if (st != KST_OK)
		return st;
	return kst__cursor_deliver(&walk->common, next_link(walk, &ours, err), out, &ours, sizeof ours, err);
}

const char *kst_stack_name(uint32_t stack)
{
	static const char *const names[] = { "unknown",      "thread",        "dpc", "interrupt", "exception",
					     "double-fault", "machine-check", "nmi", "debug" };

	return stack < KST__COUNT(names) ? names[stack] : "unknown";
}

const char *kst_registers_found_name(uint32_t found)
{
	static const char *const names[] = { "unknown", "context", "frame", "field", "scan" };

	return found < KST__COUNT(names) ? names[found] : "unknown";
}

const char *kst_stack_link_anomaly_name(uint64_t bit)
{
	static const char *const names[] = { "ip", "inferred" };

	return kst__bit_name(bit, names, KST__COUNT(names));
}
