/* SPDX-License-Identifier: MIT */
#include "target.h"

#define DEFAULT_BUDGET 0x1000000u

size_t kst_target_size(void)
{
	return sizeof(struct kst_target);
}

static kst_status take_config(struct kst_target *mem, const struct kst_target_config *config, struct kst_error *err)
{
	kst_status st = kst__in_read(&mem->config, sizeof mem->config, config, sizeof *config);

	if (st != KST_OK)
		return kst__fail(err, st, 0, "kst_target_config.size is not known");
	if ((mem->config.flags & ~(uint32_t)(KST_TARGET_HARDWARE_ONLY | KST_TARGET_HAS_PTE_MASK)) != 0)
		return kst__fail(err, KST_E_ABI, 0, "unknown flag in kst_target_config.flags");
	if (mem->config.reader == NULL || (mem->config.symbols == NULL && mem->config.symbols_count > 0))
		return kst__fail(err, KST_E_ARG, 0, "no reader, or no symbols where some are counted");
	st = kst__in_read(&mem->reader, sizeof mem->reader, mem->config.reader,
			  offsetof(struct kst_reader_ops, next_range));
	if (st != KST_OK)
		return kst__fail(err, st, 0, "kst_reader_ops.size is not known");
	if (mem->reader.read == NULL)
		return kst__fail(err, KST_E_ARG, 0, "kst_reader_ops.read is NULL");
	if (mem->config.identity != NULL) {
		st = kst__in_read(&mem->identity, sizeof mem->identity, mem->config.identity, sizeof mem->identity);
		if (st != KST_OK)
			return kst__fail(err, st, 0, "kst_identity.size is not known");
		/* a number that no machine has is none: nothing that counts with it needs a bound of its own */
		if (mem->identity.processors == 0 || mem->identity.processors > KST__PROCESSORS_MOST)
			mem->identity.present &= ~(uint64_t)KST_IDENTITY_HAS_PROCESSORS;
	}
	if (mem->config.step_budget == 0)
		mem->config.step_budget = DEFAULT_BUDGET;
	return KST_OK;
}

static kst_status take_layout(struct kst_target *mem, struct kst_error *err)
{
	const struct kst_layout *given = mem->config.layout;

	if (given != NULL) {
		if (given->magic != KST__LAYOUT_MAGIC)
			return kst__fail(err, KST_E_ARG, 0, "the layout was not made by kst_layout_init…");
		mem->layout = *given;
		return KST_OK;
	}
	return kst_layout_init_empty(&mem->layout, sizeof mem->layout, mem->identity.arch == KST_ARCH_X86 ? 4 : 8, err);
}

/* Weakest source first, so that a stronger one overwrites: layout, header. The block and the caller come after. */
static void take_symbols(struct kst_target *mem)
{
	const struct kst_identity *id = &mem->identity;

	if (id->present & KST_IDENTITY_HAS_KERNEL_BASE)
		for (int i = 0; i < KST__SYMBOL_COUNT; i++)
			if (mem->layout.symbols[i].present)
				mem->symbols[i] = id->kernel_base + mem->layout.symbols[i].rva;
	if (id->present & KST_IDENTITY_HAS_LOADED_MODULES)
		mem->symbols[KST__S_PsLoadedModuleList] = id->loaded_modules;
	if (id->present & KST_IDENTITY_HAS_ACTIVE_PROCESSES)
		mem->symbols[KST__S_PsActiveProcessHead] = id->active_processes;
}

static void take_callers_symbols(struct kst_target *mem)
{
	for (uint64_t i = 0; i < mem->config.symbols_count; i++) {
		const struct kst_symbol *s = &mem->config.symbols[i];
		enum kst__symbol_id id = s->name == NULL ? KST__SYMBOL_COUNT : kst__symbol_find(s->name);

		if (id != KST__SYMBOL_COUNT)
			mem->symbols[id] = s->address;
	}
}

kst_status kst_target_init(struct kst_target *mem, size_t size, const struct kst_target_config *config,
			   struct kst_error *err)
{
	kst_status st;

	if (mem == NULL || (uintptr_t)mem % 8 != 0 || config == NULL)
		return kst__fail(err, KST_E_ARG, 0, "target memory is NULL or not aligned to 8, or no config");
	if (size < sizeof *mem)
		return kst__fail(err, KST_E_LIMIT, 0, "target memory is smaller than kst_target_size()");
	memset(mem, 0, sizeof *mem);
	st = take_config(mem, config, err);
	if (st == KST_OK)
		st = take_layout(mem, err);
	if (st != KST_OK)
		return st;
	if ((mem->reader.flags & KST_READER_PHYSICAL_ONLY) != 0 &&
	    ((mem->identity.present & KST_IDENTITY_HAS_DTB) == 0 || mem->identity.paging == KST_PAGING_NONE))
		return kst__fail(err, KST_E_ARG, 0, "a physical-only reader needs the paging mode and the system DTB");
	mem->pte.size = sizeof mem->pte;
	mem->pte.paging = mem->identity.paging;
	mem->mode = kst__paging_mode(mem->identity.paging);
	take_symbols(mem);
	take_callers_symbols(mem);
	st = kst__target_apply_block(mem, err);
	take_callers_symbols(mem);
	if (st == KST_OK)
		st = kst__paging_init(mem, err);
	/* What was needed to make it is not kept: these pointers may die with the call. */
	mem->config.reader = NULL;
	mem->config.layout = NULL;
	mem->config.identity = NULL;
	mem->config.symbols = NULL;
	mem->config.symbols_count = 0;
	return st;
}

const struct kst_layout *kst_target_layout(const struct kst_target *target)
{
	return target == NULL ? NULL : &target->layout;
}

kst_status kst_target_identity(const struct kst_target *target, struct kst_identity *out)
{
	if (target == NULL || out == NULL)
		return KST_E_ARG;
	if (!kst__out_ok(out->size, sizeof *out))
		return KST_E_ABI;
	kst__out_write(out, &target->identity, sizeof target->identity);
	return KST_OK;
}

kst_status kst_target_symbol(const struct kst_target *target, const char *name, uint64_t *address_out)
{
	enum kst__symbol_id id;

	if (target == NULL || name == NULL || address_out == NULL)
		return KST_E_ARG;
	id = kst__symbol_find(name);
	return id != KST__SYMBOL_COUNT && kst__symbol(target, id, address_out) ? KST_OK : KST_E_NO_MEMBER;
}

const char *kst_paging_name(uint32_t paging)
{
	static const char *const names[] = { "none", "x86", "pae", "x64", "la57", "arm64" };

	return paging < KST__COUNT(names) ? names[paging] : "unknown";
}

const char *kst_identity_anomaly_name(uint64_t bit)
{
	static const char *const names[] = { "dtb-guessed", "block-encoded", "revision-ambiguous", "header-differs" };

	return kst__bit_name(bit, names, KST__COUNT(names));
}
