/* SPDX-License-Identifier: MIT */
/* Which version of the kernel it is: from its image, the list of modules, shared data, the version block. */
#include "../decode/system.h"
#include "identify.h"

#include <kstate/module.h>

enum {
	SHARED_MAJOR = 0x26c,
	SHARED_MAJOR_LEAST = 10, /* NtBuildNumber is there since version 10 */
	SHARED_BUILD = 0x260,
	SHARED_PROCESSORS = 0x3c0, /* ActiveProcessorCount, since 6.1; zero before */
	VERSION_BUILD = 2          /* DBGKD_GET_VERSION64.MinorVersion */
};

#define SHARED_DATA_32 0xffdf0000u
#define SHARED_DATA_64 0xfffff78000000000u

static void take_image(struct kst__identify *w, uint64_t stamp, uint64_t size)
{
	if (!kst__known(w, KST_IDENTITY_HAS_TIME_DATE_STAMP))
		w->id->time_date_stamp = (uint32_t)stamp;
	if (!kst__known(w, KST_IDENTITY_HAS_SIZE_OF_IMAGE))
		w->id->size_of_image = (uint32_t)size;
	w->id->present |= KST_IDENTITY_HAS_TIME_DATE_STAMP | KST_IDENTITY_HAS_SIZE_OF_IMAGE;
}

/* The PE header at the kernel's base. */
static bool image_from_header(struct kst__identify *w)
{
	uint64_t base = w->id->kernel_base, magic, at, signature, stamp, size;

	if (!kst__known(w, KST_IDENTITY_HAS_KERNEL_BASE) || base > UINT64_MAX - 0x2000 ||
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
static void image_from_list(struct kst__identify *w)
{
	bool wide = kst__probe_pointer_size(&w->probe) == 8;
	struct kst_kernel_version version = { .size = sizeof version };
	uint64_t entry, base, size, stamp;

	if (!kst__known(w, KST_IDENTITY_HAS_LOADED_MODULES) || !kst__probe_pointer(w, w->id->loaded_modules, &entry) ||
	    !kst__probe_is_kernel(&w->probe, entry) || !kst__probe_pointer(w, entry + (wide ? 0x30 : 0x18), &base) ||
	    !kst__probe_number(&w->probe, entry + (wide ? 0x40 : 0x20), 4, &size) ||
	    !kst__probe_is_kernel(&w->probe, base) || base % 0x1000 != 0 ||
	    (kst__known(w, KST_IDENTITY_HAS_KERNEL_BASE) && base != w->id->kernel_base))
		return;
	w->id->kernel_base = base;
	w->id->present |= KST_IDENTITY_HAS_KERNEL_BASE;
	if (kst__probe_number(&w->probe, entry + (wide ? 0x9c : 0x58), 4, &stamp) &&
	    kst_kernel_identify((uint32_t)stamp, (uint32_t)size, &version) == KST_OK)
		take_image(w, stamp, size);
}

/* A triage dump's own list of drivers begins with the kernel. */
static void image_from_host(struct kst__identify *w)
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
	    (kst__known(w, KST_IDENTITY_HAS_KERNEL_BASE) && module.base != w->id->kernel_base))
		return;
	w->id->kernel_base = module.base;
	w->id->present |= KST_IDENTITY_HAS_KERNEL_BASE;
	if (module.present & KST_MODULE_HAS_STAMP)
		take_image(w, module.time_date_stamp, module.size_of_image);
}

void kst__identify_version(struct kst__identify *w)
{
	uint64_t both = KST_IDENTITY_HAS_TIME_DATE_STAMP | KST_IDENTITY_HAS_SIZE_OF_IMAGE;
	struct kst_kernel_version version = { .size = sizeof version };

	if (!kst__known(w, both))
		image_from_header(w);
	if (!kst__known(w, both))
		image_from_list(w);
	if (!kst__known(w, both))
		image_from_host(w);
	if (!kst__known(w, both) ||
	    kst_kernel_identify(w->id->time_date_stamp, w->id->size_of_image, &version) != KST_OK)
		return;
	if (kst__known(w, KST_IDENTITY_HAS_BUILD) && w->id->build != version.build)
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
static bool build_from_lab(struct kst__identify *w, uint32_t *build_out)
{
	uint64_t address;
	uint8_t text[8];
	uint32_t build = 0;
	unsigned i = 0;

	if (!kst__block_pointer(w, KST__BLOCK_BUILD_LAB, &address) ||
	    !kst__probe_read(&w->probe, address, text, sizeof text))
		return false;
	for (; i < 6 && text[i] >= '0' && text[i] <= '9'; i++)
		build = build * 10 + (uint32_t)(text[i] - '0');
	*build_out = build;
	return i >= 4 && i < 6 && text[i] == '.';
}

/* DBGKD_GET_VERSION64 repeats the build; 8 and later leave the pointer to it empty. */
static bool build_from_version_block(struct kst__identify *w, uint32_t *build_out)
{
	uint64_t version, base, build;

	if (!kst__known(w, KST_IDENTITY_HAS_KPCR | KST_IDENTITY_HAS_KERNEL_BASE) ||
	    !kst__probe_pointer(
		    w,
		    w->id->kpcr + (kst__probe_pointer_size(&w->probe) == 4 ? KST__PCR_VERSION_32 : KST__PCR_VERSION_64),
		    &version) ||
	    !kst__probe_is_kernel(&w->probe, version) ||
	    !kst__probe_number(&w->probe, version + KST__VERSION_KERNEL_BASE, 8, &base) ||
	    kst__narrow(w, base) != w->id->kernel_base ||
	    !kst__probe_number(&w->probe, version + VERSION_BUILD, 2, &build))
		return false;
	*build_out = (uint32_t)build;
	return build != 0;
}

static bool build_from_shared_data(struct kst__identify *w, uint64_t shared, uint32_t *build_out)
{
	uint64_t major, build;

	if (!kst__probe_number(&w->probe, shared + SHARED_MAJOR, 4, &major) || major < SHARED_MAJOR_LEAST ||
	    major > 99 || !kst__probe_number(&w->probe, shared + SHARED_BUILD, 4, &build))
		return false;
	*build_out = (uint32_t)build & 0xffff; /* the high part says free or checked */
	return *build_out != 0;
}

void kst__identify_build(struct kst__identify *w)
{
	uint64_t shared = kst__probe_pointer_size(&w->probe) == 4 ? SHARED_DATA_32 : SHARED_DATA_64;
	uint64_t processors;
	uint32_t build;

	if (!kst__known(w, KST_IDENTITY_HAS_BUILD) &&
	    (build_from_shared_data(w, shared, &build) || build_from_lab(w, &build) ||
	     build_from_version_block(w, &build))) {
		w->id->build = build;
		w->id->present |= KST_IDENTITY_HAS_BUILD;
	}
	if (!kst__known(w, KST_IDENTITY_HAS_PROCESSORS) &&
	    kst__probe_number(&w->probe, shared + SHARED_PROCESSORS, 4, &processors) && processors > 0 &&
	    processors <= KST__PROCESSORS_MOST) {
		w->id->processors = (uint32_t)processors;
		w->id->present |= KST_IDENTITY_HAS_PROCESSORS;
	}
}
