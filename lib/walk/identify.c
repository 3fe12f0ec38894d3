/* SPDX-License-Identifier: MIT */
/* What a machine is, without symbols: from the header's hints, the address space, the debugger data block. */
#include "identify.h"
#include "../decode/system.h"

/* How far behind the kernel's base its own debugger data block may be. */
#define IMAGE_MOST 0x4000000u
/* How far before EPROCESS.ActiveProcessLinks the process object may begin (0x448 on 19041 is the most seen). */
#define LINKS_MOST 0x800u

#define PCR_SELF_32 0x1cu
#define PCR_NT5     0xffdff000u /* processor 0 of NT 5 x86 */
bool kst__block_pointer(struct kst__identify *w, unsigned offset, uint64_t *out)
{
	uint64_t value;

	if (w->block_size < offset + 8 || !kst__probe_number(&w->probe, w->id->debugger_data + offset, 8, &value))
		return false;
	value = kst__narrow(w, value);
	if (!kst__probe_is_kernel(&w->probe, value))
		return false;
	*out = value;
	return true;
}

/*
 * Where the page at the kernel's base is present it must begin with MZ. Its absence says nothing, and zeros say nothing
 * either: raw images and full dumps have them in place of what could not be read.
 */
static bool base_contradicts(struct kst__identify *w, uint64_t base)
{
	uint8_t head[0x80];

	if (!kst__probe_read(&w->probe, base, head, sizeof head) || (head[0] == 'M' && head[1] == 'Z'))
		return false;
	for (size_t i = 0; i < sizeof head; i++)
		if (head[i] != 0)
			return true;
	return false;
}

static bool is_block(struct kst__identify *w, uint64_t address, uint32_t *size_out)
{
	uint8_t head[0x20];

	if (!kst__probe_is_kernel(&w->probe, address) || !kst__probe_read(&w->probe, address, head, sizeof head) ||
	    !kst__block_head_ok(head, kst__probe_pointer_size(&w->probe)) ||
	    base_contradicts(w, kst__narrow(w, kst__le64(head + KST__BLOCK_KERNEL_BASE))))
		return false;
	*size_out = kst__le32(head + KST__BLOCK_SIZE);
	return true;
}

static bool take_block(struct kst__identify *w, uint64_t address)
{
	if (!is_block(w, address, &w->block_size))
		return false;
	w->id->debugger_data = address;
	w->id->present |= KST_IDENTITY_HAS_DEBUGGER_DATA;
	return true;
}

/* The virtual address of a physical one within the image at `base`; 0 when the image does not map it. */
static uint64_t find_in_image(struct kst__identify *w, uint64_t base, uint64_t physical)
{
	for (uint64_t off = 0; off < IMAGE_MOST && base <= UINT64_MAX - IMAGE_MOST;) {
		uint64_t at, span;

		if (kst__probe_translate(&w->probe, base + off, &at, &span) && physical >= at && physical - at < span &&
		    physical - at < IMAGE_MOST - off)
			return base + off + (physical - at);
		off += span;
	}
	return 0;
}

/* One tag in one address space: the block's own kernel base leads to it. */
static bool resolve_tag(struct kst__identify *w, uint64_t tag)
{
	uint64_t base, at;
	uint8_t raw[8];

	if (tag % 0x1000 + 0x10 > 0x1000) { /* the head crosses a page: only a known base helps */
		if (!kst__known(w, KST_IDENTITY_HAS_KERNEL_BASE))
			return false;
		base = w->id->kernel_base;
	} else {
		if (!kst__probe_physical(&w->probe, tag + 8, raw, sizeof raw))
			return false;
		base = kst__narrow(w, kst__le64(raw));
	}
	if (!kst__probe_is_kernel(&w->probe, base) || base % 0x1000 != 0)
		return false;
	at = find_in_image(w, base, tag);
	return at != 0 && take_block(w, at - KST__BLOCK_TAG);
}

static void use_root(struct kst__identify *w, uint32_t paging, uint64_t root)
{
	w->probe.paging = paging;
	w->probe.dtb = root;
	w->id->paging = paging;
	w->id->dtb = root;
	w->id->arch = paging == KST_PAGING_ARM64                             ? KST_ARCH_ARM64
		      : paging == KST_PAGING_X86 || paging == KST_PAGING_PAE ? KST_ARCH_X86
									     : KST_ARCH_X64;
	w->id->present |= KST_IDENTITY_HAS_ARCH | KST_IDENTITY_HAS_PAGING | KST_IDENTITY_HAS_DTB;
}

/* The space that maps the kernel's own block wins; without a block the one that looks best. */
static void choose_root(struct kst__identify *w, struct kst__search *s)
{
	const struct kst__root *best = NULL;

	for (uint32_t i = 0; i < s->roots_count; i++) {
		if (best == NULL || s->roots[i].score > best->score)
			best = &s->roots[i];
		w->probe.paging = s->roots[i].paging;
		w->probe.dtb = s->roots[i].dtb;
		for (uint32_t k = 0; k < s->tags_count; k++) {
			if (resolve_tag(w, s->tags[k])) {
				use_root(w, s->roots[i].paging, s->roots[i].dtb);
				goto chosen;
			}
		}
	}
	if (best == NULL) {
		w->probe.paging = w->id->paging;
		w->probe.dtb = w->id->dtb;
		return;
	}
	use_root(w, best->paging, best->dtb);
chosen:
	if (s->roots_seen > 1)
		w->id->anomalies |= KST_IDENTITY_ANOMALY_DTB_GUESSED;
}

/*
 * The kernel itself knows its system process: the first one on PsActiveProcessHead. Its directory table base lies
 * somewhere before the links; nothing else there is a root that maps itself and the block.
 */
static void refine_root(struct kst__identify *w)
{
	uint32_t width = kst__probe_pointer_size(&w->probe);
	struct kst__probe other = w->probe;
	uint64_t head, links, here, physical, span;

	if (!kst__block_pointer(w, KST__BLOCK_ACTIVE_PROCESSES, &head) || !kst__probe_pointer(w, head, &links) ||
	    links == head || !kst__probe_is_kernel(&w->probe, links) || links < LINKS_MOST ||
	    !kst__probe_translate(&w->probe, w->id->debugger_data, &here, &span))
		return;
	for (uint64_t off = width; off < LINKS_MOST; off += width) {
		uint64_t value;

		if (!kst__probe_pointer(w, links - off, &value))
			break;
		other.dtb = value & kst__root_mask(w->id->paging);
		if (other.dtb == 0 || !kst__root_maps_itself(&other, w->id->paging, other.dtb) ||
		    !kst__probe_translate(&other, w->id->debugger_data, &physical, &span) || physical != here)
			continue;
		use_root(w, w->id->paging, other.dtb);
		w->id->anomalies &= ~(uint64_t)KST_IDENTITY_ANOMALY_DTB_GUESSED;
		break;
	}
	if (w->probe.failure == KST_OK)
		w->probe.failure = other.failure;
}

/* NT 5 x86: KPCR -> KdVersionBlock -> DebuggerDataList -> the block. */
static void find_block_by_pcr(struct kst__identify *w)
{
	uint64_t self, version, list, block;

	if (kst__probe_pointer_size(&w->probe) != 4 || !kst__probe_pointer(w, PCR_NT5 + PCR_SELF_32, &self) ||
	    self != PCR_NT5)
		return;
	w->id->kpcr = PCR_NT5;
	w->id->present |= KST_IDENTITY_HAS_KPCR;
	if (kst__probe_pointer(w, PCR_NT5 + KST__PCR_VERSION_32, &version) &&
	    kst__probe_pointer(w, version + KST__VERSION_DATA_LIST, &list) && kst__probe_pointer(w, list, &block))
		take_block(w, block);
}

/* With the kernel's base known, its image is searched in virtual memory; only what is mapped is read. */
static void find_block_in_image(struct kst__identify *w)
{
	uint64_t base = w->id->kernel_base;

	for (uint64_t off = 0; off < IMAGE_MOST && w->block_size == 0 && base <= UINT64_MAX - IMAGE_MOST;) {
		uint8_t bytes[0x400];

		if (!kst__probe_read(&w->probe, base + off, bytes, sizeof bytes)) {
			off = (off | 0xfff) + 1;
			if (w->probe.failure != KST_OK)
				return;
			continue;
		}
		for (unsigned i = 0; i < sizeof bytes && w->block_size == 0; i += 8)
			if (kst__le32(bytes + i) == KST__BLOCK_TAG_VALUE)
				take_block(w, base + off + i - KST__BLOCK_TAG);
		off += sizeof bytes;
	}
}

static bool hints_hold(struct kst__identify *w)
{
	uint64_t physical, span;

	if (kst__known(w, KST_IDENTITY_HAS_DEBUGGER_DATA) &&
	    kst__probe_translate(&w->probe, w->id->debugger_data, &physical, &span))
		return true;
	if (kst__known(w, KST_IDENTITY_HAS_KERNEL_BASE) &&
	    kst__probe_translate(&w->probe, w->id->kernel_base, &physical, &span))
		return true;
	return kst__root_score(&w->probe, w->id->paging, w->id->dtb) > 0;
}

/* x64 headers do not say whether there are five levels: see which of the two the root is. */
static void settle_paging(struct kst__identify *w)
{
	uint32_t arch = kst__known(w, KST_IDENTITY_HAS_ARCH) ? w->id->arch : KST_ARCH_UNKNOWN;
	uint32_t found;

	if (kst__known(w, KST_IDENTITY_HAS_PAGING) && w->id->paging != KST_PAGING_X64)
		return;
	if (kst__known(w, KST_IDENTITY_HAS_PAGING) && hints_hold(w))
		return;
	found = kst__root_paging(&w->probe, arch, w->id->dtb);
	if (found == KST_PAGING_NONE)
		return;
	w->probe.paging = found;
	w->id->paging = found;
	w->id->present |= KST_IDENTITY_HAS_PAGING;
	if (arch == KST_ARCH_UNKNOWN)
		use_root(w, found, w->id->dtb);
}

/* The address space and the block, over physical memory. */
static void explore_physical(struct kst__identify *w)
{
	struct kst__search search;
	bool hinted = kst__known(w, KST_IDENTITY_HAS_DTB);

	memset(&search, 0, sizeof search);
	if (hinted)
		settle_paging(w);
	hinted = hinted && kst__known(w, KST_IDENTITY_HAS_PAGING) && hints_hold(w);
	if (hinted) {
		if (kst__known(w, KST_IDENTITY_HAS_DEBUGGER_DATA) && take_block(w, w->id->debugger_data))
			return;
		if (kst__known(w, KST_IDENTITY_HAS_KERNEL_BASE))
			find_block_in_image(w);
		if (w->block_size == 0)
			find_block_by_pcr(w);
		if (w->block_size != 0)
			return;
	}
	search.arch = kst__known(w, KST_IDENTITY_HAS_ARCH) ? w->id->arch : KST_ARCH_UNKNOWN;
	search.want_roots = !hinted;
	kst__search_physical(&w->probe, &search);
	if (w->probe.failure != KST_OK)
		return;
	if (hinted) {
		for (uint32_t i = 0; i < search.tags_count && w->block_size == 0; i++)
			resolve_tag(w, search.tags[i]);
		return;
	}
	if (search.roots_count > 0 && kst__known(w, KST_IDENTITY_HAS_DTB))
		w->id->anomalies |= KST_IDENTITY_ANOMALY_HEADER_DIFFERS;
	choose_root(w, &search);
	if (w->block_size == 0 && kst__known(w, KST_IDENTITY_HAS_DTB))
		find_block_by_pcr(w);
	if (w->block_size != 0)
		refine_root(w);
}

/* A value of the block against a hint: the memory is believed. */
static void take_address(struct kst__identify *w, uint64_t bit, uint64_t *place, unsigned offset)
{
	uint64_t value;

	if (!kst__block_pointer(w, offset, &value))
		return;
	if (kst__known(w, bit) && *place != value)
		w->id->anomalies |= KST_IDENTITY_ANOMALY_HEADER_DIFFERS;
	*place = value;
	w->id->present |= bit;
}

/* Processor 0's KPCR lies around its KPRCB; the block knows where, and the KPCR names itself. */
static void take_kpcr(struct kst__identify *w, uint64_t prcb)
{
	uint64_t self_at, prcb_at, self;

	if (kst__known(w, KST_IDENTITY_HAS_KPCR) || w->block_size < KST__BLOCK_PCR_PRCB + 2 ||
	    !kst__probe_number(&w->probe, w->id->debugger_data + KST__BLOCK_PCR_SELF, 2, &self_at) ||
	    !kst__probe_number(&w->probe, w->id->debugger_data + KST__BLOCK_PCR_PRCB, 2, &prcb_at) || prcb < prcb_at ||
	    !kst__probe_pointer(w, prcb - prcb_at + self_at, &self) || self != prcb - prcb_at)
		return;
	w->id->kpcr = self;
	w->id->present |= KST_IDENTITY_HAS_KPCR;
}

static void take_processors(struct kst__identify *w)
{
	uint64_t array, first = 0, prcb;
	uint32_t count = 0;

	if (!kst__block_pointer(w, KST__BLOCK_PROCESSOR_BLOCK, &array))
		return;
	while (count < KST__PROCESSORS_MOST &&
	       kst__probe_pointer(w, array + (uint64_t)count * kst__probe_pointer_size(&w->probe), &prcb) &&
	       kst__probe_is_kernel(&w->probe, prcb)) {
		if (count++ == 0)
			first = prcb;
	}
	if (count == 0)
		return;
	if (!kst__known(w, KST_IDENTITY_HAS_PROCESSORS)) {
		w->id->processors = count;
		w->id->present |= KST_IDENTITY_HAS_PROCESSORS;
	}
	take_kpcr(w, first);
}

static void apply_block(struct kst__identify *w)
{
	if (w->block_size == 0)
		return;
	take_address(w, KST_IDENTITY_HAS_KERNEL_BASE, &w->id->kernel_base, KST__BLOCK_KERNEL_BASE);
	take_address(w, KST_IDENTITY_HAS_LOADED_MODULES, &w->id->loaded_modules, KST__BLOCK_LOADED_MODULES);
	take_address(w, KST_IDENTITY_HAS_ACTIVE_PROCESSES, &w->id->active_processes, KST__BLOCK_ACTIVE_PROCESSES);
	take_processors(w);
}

/* Memory that the host translates: the header's block or nothing. */
static void explore_virtual(struct kst__identify *w)
{
	if (kst__known(w, KST_IDENTITY_HAS_DEBUGGER_DATA) && take_block(w, w->id->debugger_data))
		return;
	find_block_by_pcr(w);
}

/* The block of a running 64-bit Windows 8 or later is encoded; its kernel's image header is not. */
static void find_kernel_image(struct kst__identify *w)
{
	uint64_t base = kst__search_kernel_image(&w->probe);

	if (base == 0)
		return;
	w->id->kernel_base = base;
	w->id->present |= KST_IDENTITY_HAS_KERNEL_BASE;
}

static void explore(struct kst__identify *w)
{
	uint64_t tag;

	if (w->physical)
		explore_physical(w);
	else
		explore_virtual(w);
	if (w->block_size == 0 && kst__known(w, KST_IDENTITY_HAS_DEBUGGER_DATA) &&
	    kst__probe_number(&w->probe, w->id->debugger_data + KST__BLOCK_TAG, 4, &tag) && tag != KST__BLOCK_TAG_VALUE)
		w->id->anomalies |= KST_IDENTITY_ANOMALY_BLOCK_ENCODED;
	apply_block(w);
	if (w->physical && w->block_size == 0 && kst__known(w, KST_IDENTITY_HAS_DTB) &&
	    !kst__known(w, KST_IDENTITY_HAS_KERNEL_BASE))
		find_kernel_image(w);
	kst__identify_version(w);
	kst__identify_build(w);
}

kst_status kst_identify(const struct kst_reader_ops *reader, void *user, struct kst_identity *identity,
			struct kst_error *err)
{
	struct kst_reader_ops ops;
	struct kst_identity id;
	struct kst__identify w;
	kst_status st;

	if (reader == NULL || identity == NULL)
		return kst__fail(err, KST_E_ARG, 0, "no reader or no identity");
	st = kst__in_read(&ops, sizeof ops, reader, offsetof(struct kst_reader_ops, next_range));
	if (st != KST_OK)
		return kst__fail(err, st, 0, "kst_reader_ops.size is not known");
	if (ops.read == NULL)
		return kst__fail(err, KST_E_ARG, 0, "kst_reader_ops.read is NULL");
	if (!kst__out_ok(identity->size, sizeof id) || kst__in_read(&id, sizeof id, identity, sizeof id) != KST_OK)
		return kst__fail(err, KST_E_ABI, 0, "kst_identity.size is not known");
	memset(&w, 0, sizeof w);
	w.probe.reader = &ops;
	w.probe.user = user;
	w.probe.err = err;
	w.probe.paging = id.paging != KST_PAGING_NONE ? id.paging
			 : id.arch == KST_ARCH_X86    ? KST_PAGING_X86
						      : KST_PAGING_X64;
	w.probe.dtb = id.dtb;
	w.id = &id;
	w.physical = ops.flags & KST_READER_PHYSICAL_ONLY;
	explore(&w);
	if (w.probe.failure != KST_OK)
		return w.probe.failure;
	if (id.present == 0)
		return kst__fail(err, KST_E_FAULT, 0, "nothing of a Windows kernel was found");
	kst__out_write(identity, &id, sizeof id);
	return KST_OK;
}
