/* SPDX-License-Identifier: MIT */
#include "search.h"

#include "../decode/pte.h"
#include "../decode/system.h"

#define PAGE     0x1000u
#define FRAME_64 0x000ffffffffff000u /* of an 8-byte entry; 4-byte entries have no bits there */
#define CHUNK    0x400u              /* bytes read at a time: stack is scarce */
/* 64-bit kernels load their images here: the 512 GiB of one top-level entry, of which little is mapped. */
#define KERNEL_IMAGES      0xfffff80000000000u
#define KERNEL_IMAGES_SIZE 0x8000000000u
#define IMAGE_STEPS_MOST   0x200000u
/* Without next_range a hole this large ends the search. */
#define HOLE_MOST 0x100000000u

/* KUSER_SHARED_DATA: at the same place in every process of every version. */
#define SHARED_DATA_32     0xffdf0000u
#define SHARED_DATA_64     0xfffff78000000000u
#define SHARED_SYSTEM_ROOT 0x30

static bool host_read(struct kst__probe *probe, kst_space space, uint64_t address, void *buf, size_t len)
{
	size_t done = 0;
	kst_status st;

	if (probe->failure != KST_OK || address > UINT64_MAX - (len - 1))
		return false;
	st = probe->reader->read(probe->user, space, address, buf, len, &done);
	if (st != KST_OK && st != KST_E_FAULT)
		probe->failure = kst__fail_host(probe->err, st, address);
	return st == KST_OK && done == len;
}

bool kst__probe_physical(struct kst__probe *probe, uint64_t address, void *buf, size_t len)
{
	return host_read(probe, KST_SPACE_PHYSICAL, address, buf, len);
}

bool kst__probe_translate(struct kst__probe *probe, uint64_t address, uint64_t *physical_out, uint64_t *span_out)
{
	const struct kst__paging_mode *mode = kst__paging_mode(probe->paging);
	uint64_t table;

	*span_out = PAGE - address % PAGE;
	if (mode == NULL)
		return false;
	table = probe->dtb & mode->root_mask;
	for (unsigned level = mode->levels; level > 0; level--) {
		unsigned shift = 12u + mode->index_bits * (level - 1u);
		uint64_t index = address >> shift &
				 kst__mask(level == mode->levels ? mode->top_bits : mode->index_bits);
		uint64_t in_page = address & kst__mask(shift);
		uint8_t raw[8];
		uint64_t entry;

		*span_out = kst__mask(shift) + 1 - in_page;
		if (!kst__probe_physical(probe, table + index * mode->entry_size, raw, mode->entry_size))
			return false;
		entry = kst__le(raw, mode->entry_size);
		if ((entry & 1) == 0)
			return false;
		if (kst__pte_is_leaf(mode, level, entry)) {
			*physical_out = kst__pte_leaf_base(mode, level, shift, entry) | in_page;
			return true;
		}
		table = entry & mode->frame_mask;
	}
	return false;
}

bool kst__probe_read(struct kst__probe *probe, uint64_t address, void *buf, size_t len)
{
	if ((probe->reader->flags & KST_READER_PHYSICAL_ONLY) == 0)
		return host_read(probe, KST_SPACE_KERNEL, address, buf, len);
	for (size_t done = 0; done < len;) {
		uint64_t physical, span;
		size_t n;

		if (address > UINT64_MAX - done || !kst__probe_translate(probe, address + done, &physical, &span))
			return false;
		n = span < len - done ? (size_t)span : len - done;
		if (!kst__probe_physical(probe, physical, (uint8_t *)buf + done, n))
			return false;
		done += n;
	}
	return true;
}

bool kst__probe_number(struct kst__probe *probe, uint64_t address, size_t width, uint64_t *out)
{
	uint8_t raw[8];

	if (!kst__probe_read(probe, address, raw, width))
		return false;
	*out = kst__le(raw, width);
	return true;
}

uint32_t kst__probe_pointer_size(const struct kst__probe *probe)
{
	return probe->paging == KST_PAGING_X86 || probe->paging == KST_PAGING_PAE ? 4 : 8;
}

bool kst__probe_is_kernel(const struct kst__probe *probe, uint64_t address)
{
	if (kst__probe_pointer_size(probe) == 4)
		return address >= 0x80000000u && address <= UINT32_MAX;
	return address >= (probe->paging == KST_PAGING_LA57 ? 0xff00000000000000u : 0xffff800000000000u);
}

uint64_t kst__root_mask(uint32_t paging)
{
	const struct kst__paging_mode *mode = kst__paging_mode(paging);

	return mode == NULL ? UINT64_MAX : mode->root_mask;
}

/*
 * PAE: the four PDPT entries name four page directories; the last one maps all four as its first four entries
 * (C0600000), itself among them.
 */
static bool pdpt_maps_itself(struct kst__probe *probe, uint64_t root)
{
	uint8_t top[32];
	uint8_t last[32];

	if (root % 32 != 0 || root > UINT32_MAX || !kst__probe_physical(probe, root, top, sizeof top))
		return false;
	for (unsigned i = 0; i < 4; i++) {
		uint64_t entry = kst__le64(top + 8 * i);

		/* valid; but for cache bits, no others may be set */
		if ((entry & 1) == 0 || (entry & ~(FRAME_64 | 0x19)) != 0)
			return false;
	}
	if (!kst__probe_physical(probe, kst__le64(top + 24) & FRAME_64, last, sizeof last))
		return false;
	for (unsigned i = 0; i < 4; i++) {
		uint64_t entry = kst__le64(last + 8 * i);

		if ((entry & 0x81) != 1 || ((entry ^ kst__le64(top + 8 * i)) & FRAME_64) != 0)
			return false;
	}
	return true;
}

/* Is this entry of the upper half of the page `root` its self-map? */
static bool is_self_entry(uint32_t paging, uint64_t root, uint64_t entry)
{
	if (paging == KST_PAGING_ARM64)
		return (entry & 0x0063fffffffff073u) == (root | 0x0060000000000003u);
	return (entry & 0x81) == 1 && (entry & FRAME_64) == root;
}

bool kst__root_maps_itself(struct kst__probe *probe, uint32_t paging, uint64_t root)
{
	uint8_t raw[256];

	if (paging == KST_PAGING_PAE)
		return pdpt_maps_itself(probe, root);
	if (root % PAGE != 0 || (root & ~kst__root_mask(paging)) != 0)
		return false;
	if (paging == KST_PAGING_X86)
		return kst__probe_physical(probe, root + 0xc00, raw, 4) && is_self_entry(paging, root, kst__le32(raw));
	for (unsigned at = 0x800; at < PAGE; at += (unsigned)sizeof raw) {
		if (!kst__probe_physical(probe, root + at, raw, sizeof raw))
			return false;
		for (unsigned i = 0; i < sizeof raw; i += 8)
			if (is_self_entry(paging, root, kst__le64(raw + i)))
				return true;
	}
	return false;
}

/* NtSystemRoot begins with a drive letter, a colon and a backslash. */
static bool is_system_root(const uint8_t text[6])
{
	uint16_t letter = kst__le16(text) | 0x20;

	return letter >= 'a' && letter <= 'z' && kst__le16(text + 2) == ':' && kst__le16(text + 4) == '\\';
}

unsigned kst__root_score(struct kst__probe *probe, uint32_t paging, uint64_t root)
{
	struct kst__probe mine = *probe;
	uint64_t address, physical, span;
	uint8_t text[6];
	unsigned score = 0;

	mine.paging = paging;
	mine.dtb = root;
	address = (kst__probe_pointer_size(&mine) == 4 ? SHARED_DATA_32 : SHARED_DATA_64) + SHARED_SYSTEM_ROOT;
	if (kst__probe_translate(&mine, address, &physical, &span)) {
		score = 1;
		if (kst__probe_physical(&mine, physical, text, sizeof text) && is_system_root(text))
			score = 2;
	}
	probe->failure = mine.failure;
	return score;
}

static bool fits_arch(uint32_t paging, uint32_t arch)
{
	switch (arch) {
	case KST_ARCH_UNKNOWN: return true;
	case KST_ARCH_X86: return paging == KST_PAGING_X86 || paging == KST_PAGING_PAE;
	case KST_ARCH_X64: return paging == KST_PAGING_X64 || paging == KST_PAGING_LA57;
	default: return paging == KST_PAGING_ARM64;
	}
}

uint32_t kst__root_paging(struct kst__probe *probe, uint32_t arch, uint64_t root)
{
	/* ARM64's self-map has bits that x64 leaves alone, not the other way round: it goes first */
	static const uint8_t order[] = { KST_PAGING_ARM64, KST_PAGING_X86, KST_PAGING_PAE, KST_PAGING_X64,
					 KST_PAGING_LA57 };
	uint32_t best = KST_PAGING_NONE;
	unsigned best_score = 0;

	for (size_t i = 0; i < KST__COUNT(order); i++) {
		unsigned score;

		if (!fits_arch(order[i], arch) ||
		    !kst__root_maps_itself(probe, order[i], root & kst__root_mask(order[i])))
			continue;
		score = 1 + kst__root_score(probe, order[i], root);
		if (score > best_score) {
			best = order[i];
			best_score = score;
		}
	}
	return best;
}

/* A page or a PDPT maps itself: keep it if it also maps what every Windows maps. */
static void consider_root(struct kst__probe *probe, struct kst__search *search, uint32_t paging, uint64_t root)
{
	unsigned score;

	if (!fits_arch(paging, search->arch))
		return;
	score = kst__root_score(probe, paging, root);
	if (paging == KST_PAGING_X64 && score < 2) { /* five levels map themselves in the same way */
		unsigned other = kst__root_score(probe, KST_PAGING_LA57, root);

		if (other > score) {
			score = other;
			paging = KST_PAGING_LA57;
		}
	}
	if (score == 0)
		return;
	search->roots_seen++;
	if (search->roots_count < KST__ROOTS_MOST)
		search->roots[search->roots_count++] = (struct kst__root){ root, paging, score };
}

static void look_for_roots(struct kst__probe *probe, struct kst__search *search, uint64_t page, unsigned off,
			   const uint8_t *bytes)
{
	if (off == 0xc00 && page <= UINT32_MAX && is_self_entry(KST_PAGING_X86, page, kst__le32(bytes)))
		consider_root(probe, search, KST_PAGING_X86, page);
	for (unsigned i = 0; i < CHUNK; i += 32) {
		uint64_t entry = kst__le64(bytes + i);

		if ((entry & 1) != 0 && (entry & ~(FRAME_64 | 0x19)) == 0 && pdpt_maps_itself(probe, page + off + i))
			consider_root(probe, search, KST_PAGING_PAE, page + off + i);
	}
	if (off < 0x800)
		return;
	for (unsigned i = 0; i < CHUNK; i += 8) {
		uint64_t entry = kst__le64(bytes + i);

		if ((entry & 1) == 0 || ((entry ^ page) & 0x0000fffffffff000u) != 0)
			continue; /* no kind of self-map */
		if (is_self_entry(KST_PAGING_ARM64, page, entry))
			consider_root(probe, search, KST_PAGING_ARM64, page);
		else if (is_self_entry(KST_PAGING_X64, page, entry))
			consider_root(probe, search, KST_PAGING_X64, page);
		else
			continue;
		return; /* one self-map is enough */
	}
}

/* Tags only: where the head crosses a page the rest of it is checked in virtual memory later. */
static void look_for_tags(struct kst__search *search, uint64_t address, const uint8_t *bytes)
{
	for (unsigned i = 0; i < CHUNK; i += 8) {
		uint32_t size;

		if (kst__le32(bytes + i) != KST__BLOCK_TAG_VALUE)
			continue;
		size = kst__le32(bytes + i + 4);
		if (size >= KST__BLOCK_LEAST && size <= KST__BLOCK_MOST && search->tags_count < KST__TAGS_MOST)
			search->tags[search->tags_count++] = address + i;
	}
}

/* Most of a raw image is. */
static bool is_zero(const uint8_t *bytes)
{
	return bytes[0] == 0 && memcmp(bytes, bytes + 1, CHUNK - 1) == 0;
}

/* False when the page is not there. */
static bool look_at_page(struct kst__probe *probe, struct kst__search *search, uint64_t page)
{
	uint8_t bytes[CHUNK];

	for (unsigned off = 0; off < PAGE; off += CHUNK) {
		if (!kst__probe_physical(probe, page + off, bytes, sizeof bytes))
			return false;
		if (is_zero(bytes))
			continue;
		if (search->want_roots)
			look_for_roots(probe, search, page, off, bytes);
		look_for_tags(search, page + off, bytes);
	}
	return true;
}

void kst__search_physical(struct kst__probe *probe, struct kst__search *search)
{
	uint64_t page = 0, missing = 0;

	if (probe->reader->next_range == NULL) {
		for (; missing < HOLE_MOST && probe->failure == KST_OK; page += PAGE)
			missing = look_at_page(probe, search, page) ? 0 : missing + PAGE;
		return;
	}
	while (probe->failure == KST_OK) {
		uint64_t start = 0, length = 0;
		kst_status st = probe->reader->next_range(probe->user, KST_SPACE_PHYSICAL, page, &start, &length);

		if (st != KST_OK && st != KST_END)
			probe->failure = kst__fail_host(probe->err, st, page);
		if (st != KST_OK || length == 0 || start < page || start > UINT64_MAX / 2 || length > UINT64_MAX / 2)
			return; /* the end, or an answer that would not advance */
		page = (start + PAGE - 1) & ~(uint64_t)(PAGE - 1);
		while (page < start + length && start + length - page >= PAGE && probe->failure == KST_OK) {
			look_at_page(probe, search, page);
			page += PAGE;
		}
		if (page < start + length)
			page = start + length;
	}
}

/* A page that begins an image whose time stamp and size are those of a known kernel. */
static bool is_known_kernel(struct kst__probe *probe, uint64_t base)
{
	struct kst_kernel_version version = { .size = sizeof version };
	uint64_t magic, at, signature, stamp, size;

	return kst__probe_number(probe, base, 2, &magic) && magic == 0x5a4d &&
	       kst__probe_number(probe, base + 0x3c, 4, &at) && at <= PAGE - 0x54 &&
	       kst__probe_number(probe, base + at, 4, &signature) && signature == 0x4550 &&
	       kst__probe_number(probe, base + at + 8, 4, &stamp) &&
	       kst__probe_number(probe, base + at + 0x50, 4, &size) &&
	       kst_kernel_identify((uint32_t)stamp, (uint32_t)size, &version) == KST_OK;
}

uint64_t kst__search_kernel_image(struct kst__probe *probe)
{
	uint64_t address = KERNEL_IMAGES;

	if (kst__probe_pointer_size(probe) != 8)
		return 0; /* no 32-bit kernel is in the list */
	for (uint32_t steps = 0; steps < IMAGE_STEPS_MOST && probe->failure == KST_OK; steps++) {
		uint64_t physical, span;
		bool mapped = kst__probe_translate(probe, address, &physical, &span);

		if (mapped && is_known_kernel(probe, address))
			return address;
		address += mapped ? PAGE : span; /* a page of 2 MiB may begin with several small images */
		if (address - KERNEL_IMAGES >= KERNEL_IMAGES_SIZE)
			break;
	}
	return 0;
}
