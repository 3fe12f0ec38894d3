/* SPDX-License-Identifier: MIT */
/* What a machine is, without symbols: from the header's hints, the debugger data block, the kernel image. */
#include "../decode/system.h"
#include "search.h"

#include <kstate/module.h>

/* How far behind the kernel's base its own debugger data block may be. */
#define IMAGE_MOST 0x4000000u
/* How far before EPROCESS.ActiveProcessLinks the process object may begin (0x448 on 19041 is the most seen). */
#define LINKS_MOST      0x800u
#define PROCESSORS_MOST 2048u

/* Places that are the same in every version. */
enum {
	SHARED_MAJOR = 0x26c,
	SHARED_MAJOR_LEAST = 10, /* NtBuildNumber is there since version 10 */
	SHARED_BUILD = 0x260,
	SHARED_PROCESSORS = 0x3c0, /* ActiveProcessorCount, since 6.1; zero before */
	VERSION_BUILD = 2,         /* DBGKD_GET_VERSION64.MinorVersion */
	VERSION_KERNEL_BASE = 0x10,
	VERSION_DATA_LIST = 0x20,
	PCR_VERSION_32 = 0x34,
	PCR_VERSION_64 = 0x108,
	PCR_SELF_32 = 0x1c
};

#define PCR_NT5        0xffdff000u /* processor 0 of NT 5 x86 */
#define SHARED_DATA_32 0xffdf0000u
#define SHARED_DATA_64 0xfffff78000000000u

struct work {
	struct kst__probe probe;
	struct kst_identity *id;
	uint32_t physical;
	uint32_t block_size; /* of the block that was checked; 0: none */
};

static bool has(const struct work *w, uint64_t what)
{
	return (w->id->present & what) == what;
}

/* A pointer of the machine's width; x86 blocks store them sign-extended or not. */
static uint64_t narrow(const struct work *w, uint64_t value)
{
	return kst__probe_pointer_size(&w->probe) == 4 ? value & UINT32_MAX : value;
}

static bool read_pointer(struct work *w, uint64_t address, uint64_t *out)
{
	return kst__probe_number(&w->probe, address, kst__probe_pointer_size(&w->probe), out);
}

/* A pointer-valued field of the block; false when it is absent, zero or not the kernel's. */
static bool block_pointer(struct work *w, unsigned offset, uint64_t *out)
{
	uint64_t value;

	if (w->block_size < offset + 8 || !kst__probe_number(&w->probe, w->id->debugger_data + offset, 8, &value))
		return false;
	value = narrow(w, value);
	if (!kst__probe_is_kernel(&w->probe, value))
		return false;
	*out = value;
	return true;
}

/*
 * Where the page at the kernel's base is present it must begin with MZ. Its absence says nothing, and zeros say nothing
 * either: raw images and full dumps have them in place of what could not be read.
 */
static bool base_contradicts(struct work *w, uint64_t base)
{
	uint8_t head[0x80];

	if (!kst__probe_read(&w->probe, base, head, sizeof head) || (head[0] == 'M' && head[1] == 'Z'))
		return false;
	for (size_t i = 0; i < sizeof head; i++)
		if (head[i] != 0)
			return true;
	return false;
}

static bool is_block(struct work *w, uint64_t address, uint32_t *size_out)
{
	uint8_t head[0x20];

	if (!kst__probe_is_kernel(&w->probe, address) || !kst__probe_read(&w->probe, address, head, sizeof head) ||
	    !kst__block_head_ok(head, kst__probe_pointer_size(&w->probe)) ||
	    base_contradicts(w, narrow(w, kst__le64(head + KST__BLOCK_KERNEL_BASE))))
		return false;
	*size_out = kst__le32(head + KST__BLOCK_SIZE);
	return true;
}

static bool take_block(struct work *w, uint64_t address)
{
	if (!is_block(w, address, &w->block_size))
		return false;
	w->id->debugger_data = address;
	w->id->present |= KST_IDENTITY_HAS_DEBUGGER_DATA;
	return true;
}

/* The virtual address of a physical one within the image at `base`; 0 when the image does not map it. */
static uint64_t find_in_image(struct work *w, uint64_t base, uint64_t physical)
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
static bool resolve_tag(struct work *w, uint64_t tag)
{
	uint64_t base, at;
	uint8_t raw[8];

	if (tag % 0x1000 + 0x10 > 0x1000) { /* the head crosses a page: only a known base helps */
		if (!has(w, KST_IDENTITY_HAS_KERNEL_BASE))
			return false;
		base = w->id->kernel_base;
	} else {
		if (!kst__probe_physical(&w->probe, tag + 8, raw, sizeof raw))
			return false;
		base = narrow(w, kst__le64(raw));
	}
	if (!kst__probe_is_kernel(&w->probe, base) || base % 0x1000 != 0)
		return false;
	at = find_in_image(w, base, tag);
	return at != 0 && take_block(w, at - KST__BLOCK_TAG);
}

static void use_root(struct work *w, uint32_t paging, uint64_t root)
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
static void choose_root(struct work *w, struct kst__search *s)
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
static void refine_root(struct work *w)
{
	uint32_t width = kst__probe_pointer_size(&w->probe);
	struct kst__probe other = w->probe;
	uint64_t head, links, here, physical, span;

	if (!block_pointer(w, KST__BLOCK_ACTIVE_PROCESSES, &head) || !read_pointer(w, head, &links) || links == head ||
	    !kst__probe_is_kernel(&w->probe, links) || links < LINKS_MOST ||
	    !kst__probe_translate(&w->probe, w->id->debugger_data, &here, &span))
		return;
	for (uint64_t off = width; off < LINKS_MOST; off += width) {
		uint64_t value;

		if (!read_pointer(w, links - off, &value))
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
static void find_block_by_pcr(struct work *w)
{
	uint64_t self, version, list, block;

	if (kst__probe_pointer_size(&w->probe) != 4 || !read_pointer(w, PCR_NT5 + PCR_SELF_32, &self) ||
	    self != PCR_NT5)
		return;
	w->id->kpcr = PCR_NT5;
	w->id->present |= KST_IDENTITY_HAS_KPCR;
	if (read_pointer(w, PCR_NT5 + PCR_VERSION_32, &version) &&
	    read_pointer(w, version + VERSION_DATA_LIST, &list) && read_pointer(w, list, &block))
		take_block(w, block);
}

/* With the kernel's base known, its image is searched in virtual memory; only what is mapped is read. */
static void find_block_in_image(struct work *w)
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

static bool hints_hold(struct work *w)
{
	uint64_t physical, span;

	if (has(w, KST_IDENTITY_HAS_DEBUGGER_DATA) &&
	    kst__probe_translate(&w->probe, w->id->debugger_data, &physical, &span))
		return true;
	if (has(w, KST_IDENTITY_HAS_KERNEL_BASE) &&
	    kst__probe_translate(&w->probe, w->id->kernel_base, &physical, &span))
		return true;
	return kst__root_score(&w->probe, w->id->paging, w->id->dtb) > 0;
}

/* x64 headers do not say whether there are five levels: see which of the two the root is. */
static void settle_paging(struct work *w)
{
	uint32_t arch = has(w, KST_IDENTITY_HAS_ARCH) ? w->id->arch : KST_ARCH_UNKNOWN;
	uint32_t found;

	if (has(w, KST_IDENTITY_HAS_PAGING) && w->id->paging != KST_PAGING_X64)
		return;
	if (has(w, KST_IDENTITY_HAS_PAGING) && hints_hold(w))
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
static void explore_physical(struct work *w)
{
	struct kst__search search;
	bool hinted = has(w, KST_IDENTITY_HAS_DTB);

	memset(&search, 0, sizeof search);
	if (hinted)
		settle_paging(w);
	hinted = hinted && has(w, KST_IDENTITY_HAS_PAGING) && hints_hold(w);
	if (hinted) {
		if (has(w, KST_IDENTITY_HAS_DEBUGGER_DATA) && take_block(w, w->id->debugger_data))
			return;
		if (has(w, KST_IDENTITY_HAS_KERNEL_BASE))
			find_block_in_image(w);
		if (w->block_size == 0)
			find_block_by_pcr(w);
		if (w->block_size != 0)
			return;
	}
	search.arch = has(w, KST_IDENTITY_HAS_ARCH) ? w->id->arch : KST_ARCH_UNKNOWN;
	search.want_roots = !hinted;
	kst__search_physical(&w->probe, &search);
	if (w->probe.failure != KST_OK)
		return;
	if (hinted) {
		for (uint32_t i = 0; i < search.tags_count && w->block_size == 0; i++)
			resolve_tag(w, search.tags[i]);
		return;
	}
	if (search.roots_count > 0 && has(w, KST_IDENTITY_HAS_DTB))
		w->id->anomalies |= KST_IDENTITY_ANOMALY_HEADER_DIFFERS;
	choose_root(w, &search);
	if (w->block_size == 0 && has(w, KST_IDENTITY_HAS_DTB))
		find_block_by_pcr(w);
	if (w->block_size != 0)
		refine_root(w);
}

/* A value of the block against a hint: the memory is believed. */
static void take_address(struct work *w, uint64_t bit, uint64_t *place, unsigned offset)
{
	uint64_t value;

	if (!block_pointer(w, offset, &value))
		return;
	if (has(w, bit) && *place != value)
		w->id->anomalies |= KST_IDENTITY_ANOMALY_HEADER_DIFFERS;
	*place = value;
	w->id->present |= bit;
}

/* Processor 0's KPCR lies around its KPRCB; the block knows where, and the KPCR names itself. */
static void take_kpcr(struct work *w, uint64_t prcb)
{
	uint64_t self_at, prcb_at, self;

	if (has(w, KST_IDENTITY_HAS_KPCR) || w->block_size < KST__BLOCK_PCR_PRCB + 2 ||
	    !kst__probe_number(&w->probe, w->id->debugger_data + KST__BLOCK_PCR_SELF, 2, &self_at) ||
	    !kst__probe_number(&w->probe, w->id->debugger_data + KST__BLOCK_PCR_PRCB, 2, &prcb_at) || prcb < prcb_at ||
	    !read_pointer(w, prcb - prcb_at + self_at, &self) || self != prcb - prcb_at)
		return;
	w->id->kpcr = self;
	w->id->present |= KST_IDENTITY_HAS_KPCR;
}

static void take_processors(struct work *w)
{
	uint64_t array, first = 0, prcb;
	uint32_t count = 0;

	if (!block_pointer(w, KST__BLOCK_PROCESSOR_BLOCK, &array))
		return;
	while (count < PROCESSORS_MOST &&
	       read_pointer(w, array + (uint64_t)count * kst__probe_pointer_size(&w->probe), &prcb) &&
	       kst__probe_is_kernel(&w->probe, prcb)) {
		if (count++ == 0)
			first = prcb;
	}
	if (count == 0)
		return;
	if (!has(w, KST_IDENTITY_HAS_PROCESSORS)) {
		w->id->processors = count;
		w->id->present |= KST_IDENTITY_HAS_PROCESSORS;
	}
	take_kpcr(w, first);
}

static void apply_block(struct work *w)
{
	if (w->block_size == 0)
		return;
	take_address(w, KST_IDENTITY_HAS_KERNEL_BASE, &w->id->kernel_base, KST__BLOCK_KERNEL_BASE);
	take_address(w, KST_IDENTITY_HAS_LOADED_MODULES, &w->id->loaded_modules, KST__BLOCK_LOADED_MODULES);
	take_address(w, KST_IDENTITY_HAS_ACTIVE_PROCESSES, &w->id->active_processes, KST__BLOCK_ACTIVE_PROCESSES);
	take_processors(w);
}

static void take_image(struct work *w, uint64_t stamp, uint64_t size)
{
	if (!has(w, KST_IDENTITY_HAS_TIME_DATE_STAMP))
		w->id->time_date_stamp = (uint32_t)stamp;
	if (!has(w, KST_IDENTITY_HAS_SIZE_OF_IMAGE))
		w->id->size_of_image = (uint32_t)size;
	w->id->present |= KST_IDENTITY_HAS_TIME_DATE_STAMP | KST_IDENTITY_HAS_SIZE_OF_IMAGE;
}

/* The PE header at the kernel's base. */
static bool image_from_header(struct work *w)
{
	uint64_t base = w->id->kernel_base, magic, at, signature, stamp, size;

	if (!has(w, KST_IDENTITY_HAS_KERNEL_BASE) || base > UINT64_MAX - 0x2000 ||
	    !kst__probe_number(&w->probe, base, 2, &magic) || magic != 0x5a4d ||
	    !kst__probe_number(&w->probe, base + 0x3c, 4, &at) || at > 0x1000 - 0x54 ||
	    !kst__probe_number(&w->probe, base + at, 4, &signature) || signature != 0x4550 ||
	    !kst__probe_number(&w->probe, base + at + 8, 4, &stamp) ||
	    !kst__probe_number(&w->probe, base + at + 0x50, 4, &size))
		return false;
	take_image(w, stamp, size);
	return true;
}

/*
 * The first loader entry is the kernel's; its first members never moved. The time stamp has its place since 10.0.10240
 * only: it is taken when the pair is one of a known kernel.
 */
static void image_from_list(struct work *w)
{
	bool wide = kst__probe_pointer_size(&w->probe) == 8;
	struct kst_kernel_version version = { .size = sizeof version };
	uint64_t entry, base, size, stamp;

	if (!has(w, KST_IDENTITY_HAS_LOADED_MODULES) || !read_pointer(w, w->id->loaded_modules, &entry) ||
	    !kst__probe_is_kernel(&w->probe, entry) || !read_pointer(w, entry + (wide ? 0x30 : 0x18), &base) ||
	    !kst__probe_number(&w->probe, entry + (wide ? 0x40 : 0x20), 4, &size) ||
	    !kst__probe_is_kernel(&w->probe, base) || base % 0x1000 != 0 ||
	    (has(w, KST_IDENTITY_HAS_KERNEL_BASE) && base != w->id->kernel_base))
		return;
	w->id->kernel_base = base;
	w->id->present |= KST_IDENTITY_HAS_KERNEL_BASE;
	if (kst__probe_number(&w->probe, entry + (wide ? 0x9c : 0x58), 4, &stamp) &&
	    kst_kernel_identify((uint32_t)stamp, (uint32_t)size, &version) == KST_OK)
		take_image(w, stamp, size);
}

/* A triage dump's own list of drivers begins with the kernel. */
static void image_from_host(struct work *w)
{
	struct kst_module module = { .size = sizeof module };
	uint64_t both = KST_MODULE_HAS_BASE | KST_MODULE_HAS_SIZE;
	kst_status st;

	if (w->probe.reader->module == NULL || w->probe.failure != KST_OK)
		return;
	st = w->probe.reader->module(w->probe.user, 0, &module);
	if (st != KST_OK && st != KST_END && st != KST_E_FAULT)
		w->probe.failure = kst__fail_host(w->probe.err, st, 0);
	if (st != KST_OK || (module.present & both) != both ||
	    (has(w, KST_IDENTITY_HAS_KERNEL_BASE) && module.base != w->id->kernel_base))
		return;
	w->id->kernel_base = module.base;
	w->id->present |= KST_IDENTITY_HAS_KERNEL_BASE;
	if (module.present & KST_MODULE_HAS_STAMP)
		take_image(w, module.time_date_stamp, module.size_of_image);
}

static void take_version(struct work *w)
{
	uint64_t both = KST_IDENTITY_HAS_TIME_DATE_STAMP | KST_IDENTITY_HAS_SIZE_OF_IMAGE;
	struct kst_kernel_version version = { .size = sizeof version };

	if (!has(w, both))
		image_from_header(w);
	if (!has(w, both))
		image_from_list(w);
	if (!has(w, both))
		image_from_host(w);
	if (!has(w, both) || kst_kernel_identify(w->id->time_date_stamp, w->id->size_of_image, &version) != KST_OK)
		return;
	if (has(w, KST_IDENTITY_HAS_BUILD) && w->id->build != version.build)
		w->id->anomalies |= KST_IDENTITY_ANOMALY_HEADER_DIFFERS;
	w->id->build = version.build;
	w->id->revision = version.revision;
	w->id->present |= KST_IDENTITY_HAS_BUILD | KST_IDENTITY_HAS_REVISION;
	if (version.ambiguous)
		w->id->anomalies |= KST_IDENTITY_ANOMALY_REVISION_AMBIGUOUS;
	/* this kernel file runs with five levels only; a dump of virtual memory cannot tell otherwise */
	if (version.la57 && !w->physical)
		w->id->paging = KST_PAGING_LA57;
}

/* "19041.1.amd64fre…" */
static bool build_from_lab(struct work *w, uint32_t *build_out)
{
	uint64_t address;
	uint8_t text[8];
	uint32_t build = 0;
	unsigned i = 0;

	if (!block_pointer(w, KST__BLOCK_BUILD_LAB, &address) ||
	    !kst__probe_read(&w->probe, address, text, sizeof text))
		return false;
	for (; i < 6 && text[i] >= '0' && text[i] <= '9'; i++)
		build = build * 10 + (uint32_t)(text[i] - '0');
	*build_out = build;
	return i >= 4 && i < 6 && text[i] == '.';
}

/* DBGKD_GET_VERSION64 repeats the build; 8 and later leave the pointer to it empty. */
static bool build_from_version_block(struct work *w, uint32_t *build_out)
{
	uint64_t version, base, build;

	if (!has(w, KST_IDENTITY_HAS_KPCR | KST_IDENTITY_HAS_KERNEL_BASE) ||
	    !read_pointer(w, w->id->kpcr + (kst__probe_pointer_size(&w->probe) == 4 ? PCR_VERSION_32 : PCR_VERSION_64),
			  &version) ||
	    !kst__probe_is_kernel(&w->probe, version) ||
	    !kst__probe_number(&w->probe, version + VERSION_KERNEL_BASE, 8, &base) ||
	    narrow(w, base) != w->id->kernel_base || !kst__probe_number(&w->probe, version + VERSION_BUILD, 2, &build))
		return false;
	*build_out = (uint32_t)build;
	return build != 0;
}

static bool build_from_shared_data(struct work *w, uint64_t shared, uint32_t *build_out)
{
	uint64_t major, build;

	if (!kst__probe_number(&w->probe, shared + SHARED_MAJOR, 4, &major) || major < SHARED_MAJOR_LEAST ||
	    major > 99 || !kst__probe_number(&w->probe, shared + SHARED_BUILD, 4, &build))
		return false;
	*build_out = (uint32_t)build & 0xffff; /* the high part says free or checked */
	return *build_out != 0;
}

static void take_rest(struct work *w)
{
	uint64_t shared = kst__probe_pointer_size(&w->probe) == 4 ? SHARED_DATA_32 : SHARED_DATA_64;
	uint64_t processors;
	uint32_t build;

	if (!has(w, KST_IDENTITY_HAS_BUILD) && (build_from_shared_data(w, shared, &build) ||
						build_from_lab(w, &build) || build_from_version_block(w, &build))) {
		w->id->build = build;
		w->id->present |= KST_IDENTITY_HAS_BUILD;
	}
	if (!has(w, KST_IDENTITY_HAS_PROCESSORS) &&
	    kst__probe_number(&w->probe, shared + SHARED_PROCESSORS, 4, &processors) && processors > 0 &&
	    processors <= PROCESSORS_MOST) {
		w->id->processors = (uint32_t)processors;
		w->id->present |= KST_IDENTITY_HAS_PROCESSORS;
	}
}

/* Memory that the host translates: the header's block or nothing. */
static void explore_virtual(struct work *w)
{
	if (has(w, KST_IDENTITY_HAS_DEBUGGER_DATA) && take_block(w, w->id->debugger_data))
		return;
	find_block_by_pcr(w);
}

/* The block of a running 64-bit Windows 8 or later is encoded; its kernel's image header is not. */
static void find_kernel_image(struct work *w)
{
	uint64_t base = kst__search_kernel_image(&w->probe);

	if (base == 0)
		return;
	w->id->kernel_base = base;
	w->id->present |= KST_IDENTITY_HAS_KERNEL_BASE;
}

static void explore(struct work *w)
{
	uint64_t tag;

	if (w->physical)
		explore_physical(w);
	else
		explore_virtual(w);
	if (w->block_size == 0 && has(w, KST_IDENTITY_HAS_DEBUGGER_DATA) &&
	    kst__probe_number(&w->probe, w->id->debugger_data + KST__BLOCK_TAG, 4, &tag) && tag != KST__BLOCK_TAG_VALUE)
		w->id->anomalies |= KST_IDENTITY_ANOMALY_BLOCK_ENCODED;
	apply_block(w);
	if (w->physical && w->block_size == 0 && has(w, KST_IDENTITY_HAS_DTB) && !has(w, KST_IDENTITY_HAS_KERNEL_BASE))
		find_kernel_image(w);
	take_version(w);
	take_rest(w);
}

kst_status kst_identify(const struct kst_reader_ops *reader, void *user, struct kst_identity *identity,
			struct kst_error *err)
{
	struct kst_reader_ops ops;
	struct kst_identity id;
	struct work w;
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
