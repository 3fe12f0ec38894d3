/* SPDX-License-Identifier: MIT */
#include "image.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define PAGE         0x1000u
#define TARGETS_MOST 64

/* No cmocka here: the demo forges its image with this file too. */
#define REQUIRE(condition)                                                                                             \
	do {                                                                                                           \
		if (!(condition)) {                                                                                    \
			fprintf(stderr, "%s:%d: not so: %s\n", __FILE__, __LINE__, #condition);                        \
			abort();                                                                                       \
		}                                                                                                      \
	} while (0)

struct page {
	uint64_t address;
	uint8_t *bytes;
};

struct image {
	uint32_t paging;
	bool is_virtual;
	uint32_t windows;
	uint32_t windows_asked;
	struct kst_identity identity;
	struct kst_reader_ops ops;
	struct page *pages; /* ascending */
	size_t count, cap;
	uint64_t next_free;
	uint64_t reads, fail_at;
	bool fail_on;
	kst_status fail_with;
	struct kst_target *targets[TARGETS_MOST];
	size_t targets_count;
};

struct shape {
	unsigned levels, entry, top_bits, bits;
};

static struct shape shape_of(uint32_t paging)
{
	switch (paging) {
	case KST_PAGING_X86: return (struct shape){ 2, 4, 10, 10 };
	case KST_PAGING_PAE: return (struct shape){ 3, 8, 2, 9 };
	case KST_PAGING_LA57: return (struct shape){ 5, 8, 9, 9 };
	default: return (struct shape){ 4, 8, 9, 9 };
	}
}

static size_t place(const struct image *img, uint64_t pa)
{
	size_t low = 0, high = img->count;

	while (low < high) {
		size_t mid = (low + high) / 2;

		if (img->pages[mid].address < pa)
			low = mid + 1;
		else
			high = mid;
	}
	return low;
}

static uint8_t *find_page(const struct image *img, uint64_t pa)
{
	size_t at = place(img, pa & ~(uint64_t)(PAGE - 1));

	return at < img->count && img->pages[at].address == (pa & ~(uint64_t)(PAGE - 1)) ? img->pages[at].bytes : NULL;
}

uint8_t *image_physical_page(struct image *img, uint64_t pa)
{
	uint8_t *bytes = find_page(img, pa);
	size_t at;

	if (bytes != NULL)
		return bytes;
	if (img->count == img->cap) {
		img->cap = img->cap == 0 ? 64 : img->cap * 2;
		img->pages = realloc(img->pages, img->cap * sizeof *img->pages);
		REQUIRE(img->pages != NULL);
	}
	pa &= ~(uint64_t)(PAGE - 1);
	at = place(img, pa);
	memmove(img->pages + at + 1, img->pages + at, (img->count - at) * sizeof *img->pages);
	bytes = calloc(1, PAGE);
	REQUIRE(bytes != NULL);
	img->pages[at] = (struct page){ pa, bytes };
	img->count++;
	return bytes;
}

static uint64_t new_page(struct image *img)
{
	uint64_t pa = img->next_free;

	img->next_free += PAGE;
	image_physical_page(img, pa);
	return pa;
}

static uint64_t entry_get(const uint8_t *at, unsigned width)
{
	uint64_t value = 0;

	for (unsigned i = 0; i < width; i++)
		value |= (uint64_t)at[i] << (8 * i);
	return value;
}

static void entry_set(uint8_t *at, unsigned width, uint64_t value)
{
	for (unsigned i = 0; i < width; i++)
		at[i] = (uint8_t)(value >> (8 * i));
}

static uint64_t valid_bits(const struct image *img, unsigned level)
{
	if (img->paging == KST_PAGING_ARM64)
		return 0x703; /* page or table, accessed */
	if (img->paging == KST_PAGING_PAE && level == 3)
		return 0x1; /* a PDPT entry has no access bits */
	return 0x63;        /* valid, writable, accessed, dirty */
}

static uint8_t *walk(struct image *img, uint64_t dtb, uint64_t va, unsigned want, bool make)
{
	struct shape s = shape_of(img->paging);
	uint64_t table = dtb;

	for (unsigned level = s.levels;; level--) {
		unsigned shift = 12 + s.bits * (level - 1);
		uint64_t index = va >> shift & (((uint64_t)1 << (level == s.levels ? s.top_bits : s.bits)) - 1);
		uint8_t *page = find_page(img, table + index * s.entry);
		uint8_t *at;
		uint64_t entry;

		if (page == NULL)
			return NULL;
		at = page + ((table + index * s.entry) & (PAGE - 1));
		if (level == want)
			return at;
		entry = entry_get(at, s.entry);
		if ((entry & 1) == 0) {
			if (!make)
				return NULL;
			entry = new_page(img) | valid_bits(img, level);
			/* new_page may have moved the page list, not the pages */
			entry_set(at, s.entry, entry);
		}
		table = entry & 0x0000fffffffff000u;
	}
}

uint8_t *image_entry(struct image *img, uint64_t dtb, uint64_t va, unsigned level)
{
	return walk(img, dtb, va, level, true);
}

static uint8_t *map(struct image *img, uint64_t dtb, uint64_t va)
{
	unsigned width = shape_of(img->paging).entry;
	uint8_t *at = walk(img, dtb, va, 1, true);
	uint64_t entry = entry_get(at, width);

	if ((entry & 1) == 0) {
		entry = new_page(img) | valid_bits(img, 1);
		entry_set(at, width, entry);
	}
	return image_physical_page(img, entry & 0x0000fffffffff000u);
}

uint8_t *image_page(struct image *img, uint64_t va)
{
	return map(img, img->identity.dtb, va);
}

uint64_t image_physical(struct image *img, uint64_t va)
{
	map(img, img->identity.dtb, va);
	return (entry_get(walk(img, img->identity.dtb, va, 1, true), shape_of(img->paging).entry) &
		0x0000fffffffff000u) |
	       (va & (PAGE - 1));
}

void image_unmap(struct image *img, uint64_t va)
{
	entry_set(walk(img, img->identity.dtb, va, 1, true), shape_of(img->paging).entry, 0);
}

static kst_status read_physical(struct image *img, uint64_t address, uint8_t *buf, size_t len, size_t *done)
{
	for (*done = 0; *done < len;) {
		const uint8_t *page = find_page(img, address + *done);
		size_t off = (size_t)((address + *done) & (PAGE - 1));
		size_t n = PAGE - off < len - *done ? PAGE - off : len - *done;

		if (page == NULL)
			return KST_E_FAULT;
		memcpy(buf + *done, page + off, n);
		*done += n;
	}
	return KST_OK;
}

static kst_status read_virtual(struct image *img, uint64_t dtb, uint64_t address, uint8_t *buf, size_t len,
			       size_t *done)
{
	for (*done = 0; *done < len;) {
		uint64_t va = address + *done;
		const uint8_t *at = walk(img, dtb, va, 1, false);
		uint64_t entry = at == NULL ? 0 : entry_get(at, shape_of(img->paging).entry);
		size_t off = (size_t)(va & (PAGE - 1));
		size_t n = PAGE - off < len - *done ? PAGE - off : len - *done;
		const uint8_t *page = (entry & 1) == 0 ? NULL : find_page(img, entry & 0x0000fffffffff000u);

		if (page == NULL)
			return KST_E_FAULT;
		memcpy(buf + *done, page + off, n);
		*done += n;
	}
	return KST_OK;
}

static kst_status read_image(void *user, kst_space space, uint64_t address, void *buf, size_t len, size_t *done)
{
	struct image *img = user;

	*done = 0;
	img->reads++;
	if (img->fail_at != 0 && (img->reads == img->fail_at || (img->fail_on && img->reads > img->fail_at)))
		return img->fail_with;
	if (!img->is_virtual)
		return space == KST_SPACE_PHYSICAL ? read_physical(img, address, buf, len, done) : KST_E_FAULT;
	if (space == KST_SPACE_PHYSICAL)
		return KST_E_FAULT;
	return read_virtual(img, space == KST_SPACE_KERNEL ? img->identity.dtb : space, address, buf, len, done);
}

static kst_status next_range(void *user, kst_space space, uint64_t address, uint64_t *start, uint64_t *length)
{
	const struct image *img = user;
	size_t at = place(img, address & ~(uint64_t)(PAGE - 1));

	if (space != KST_SPACE_PHYSICAL || img->is_virtual)
		return KST_END;
	if (at == img->count)
		return KST_END;
	*start = img->pages[at].address < address ? address : img->pages[at].address;
	while (at + 1 < img->count && img->pages[at + 1].address == img->pages[at].address + PAGE)
		at++;
	*length = img->pages[at].address + PAGE - *start;
	return KST_OK;
}

static const void *window(void *user, kst_space space, uint64_t address, uint64_t *start, uint64_t *length)
{
	struct image *img = user;
	const uint8_t *page = space == KST_SPACE_PHYSICAL && !img->is_virtual ? find_page(img, address) : NULL;

	*start = img->windows == IMAGE_WINDOWS_BYTES ? address : address & ~(uint64_t)(PAGE - 1);
	*length = img->windows == IMAGE_WINDOWS_BYTES ? 1 : PAGE;
	if (page != NULL && img->windows == IMAGE_WINDOWS_BYTES)
		return page + address % PAGE;
	if (img->windows != IMAGE_WINDOWS_BROKEN)
		return page;
	switch (img->windows_asked++ % 4) {
	case 0: *length = 0; break;
	case 1: *start = address + 1; break;
	case 2:
		*start = address - 8;
		*length = 8;
		break;
	default:
		*start = 0;
		*length = address;
		break;
	}
	return ""; /* whoever looks there reads beyond it: the sanitizers tell */
}

void image_windows(struct image *img, uint32_t kind)
{
	img->windows = kind;
	img->ops.window = kind == IMAGE_WINDOWS_NONE ? NULL : window;
}

struct image *image_new(uint32_t paging)
{
	struct image *img = calloc(1, sizeof *img);

	REQUIRE(img != NULL);
	img->paging = paging;
	img->next_free = 0x100000;
	img->fail_with = KST_E_FAULT;
	img->ops = (struct kst_reader_ops){
		.size = sizeof img->ops, .flags = KST_READER_PHYSICAL_ONLY, .read = read_image, .next_range = next_range
	};
	img->identity.size = sizeof img->identity;
	img->identity.paging = paging;
	img->identity.arch = paging == KST_PAGING_X86 || paging == KST_PAGING_PAE ? KST_ARCH_X86
			     : paging == KST_PAGING_ARM64                         ? KST_ARCH_ARM64
										  : KST_ARCH_X64;
	img->identity.dtb = new_page(img);
	img->identity.present = KST_IDENTITY_HAS_ARCH | KST_IDENTITY_HAS_PAGING | KST_IDENTITY_HAS_DTB;
	return img;
}

void image_free(struct image *img)
{
	for (size_t i = 0; i < img->targets_count; i++)
		kst_target_destroy(img->targets[i]);
	for (size_t i = 0; i < img->count; i++)
		free(img->pages[i].bytes);
	free(img->pages);
	free(img);
}

struct kst_identity *image_identity(struct image *img)
{
	return &img->identity;
}

uint64_t image_dtb(const struct image *img)
{
	return img->identity.dtb;
}

uint64_t image_new_process(struct image *img)
{
	struct shape s = shape_of(img->paging);
	size_t entries = (size_t)1 << s.top_bits;
	uint64_t dtb = new_page(img);

	/* the kernel half: every top entry there, made now so that later mappings are shared */
	for (size_t i = entries / 2; i < entries; i++) {
		uint8_t *at = find_page(img, img->identity.dtb) + i * s.entry;

		if ((entry_get(at, s.entry) & 1) == 0)
			entry_set(at, s.entry, new_page(img) | valid_bits(img, s.levels));
		memcpy(find_page(img, dtb) + i * s.entry, at, s.entry);
	}
	return dtb;
}

void image_put_in(struct image *img, uint64_t dtb, uint64_t va, const void *bytes, size_t len)
{
	const uint8_t *from = bytes;

	while (len > 0) {
		size_t off = (size_t)(va & (PAGE - 1));
		size_t n = PAGE - off < len ? PAGE - off : len;

		memcpy(map(img, dtb, va) + off, from, n);
		va += n;
		from += n;
		len -= n;
	}
}

void image_put(struct image *img, uint64_t va, const void *bytes, size_t len)
{
	image_put_in(img, img->identity.dtb, va, bytes, len);
}

static void put_number_at(struct image *img, uint64_t va, uint64_t value, unsigned width)
{
	uint8_t raw[8];

	entry_set(raw, width, value);
	image_put(img, va, raw, width);
}

void image_put8(struct image *img, uint64_t va, uint8_t value)
{
	put_number_at(img, va, value, 1);
}

void image_put16(struct image *img, uint64_t va, uint16_t value)
{
	put_number_at(img, va, value, 2);
}

void image_put32(struct image *img, uint64_t va, uint32_t value)
{
	put_number_at(img, va, value, 4);
}

void image_put64(struct image *img, uint64_t va, uint64_t value)
{
	put_number_at(img, va, value, 8);
}

static unsigned pointer_width(const struct image *img)
{
	return img->identity.arch == KST_ARCH_X86 ? 4 : 8;
}

void image_put_pointer(struct image *img, uint64_t va, uint64_t value)
{
	put_number_at(img, va, value, pointer_width(img));
}

void image_put_utf16(struct image *img, uint64_t va, const char *ascii)
{
	for (; *ascii != '\0'; ascii++, va += 2)
		image_put16(img, va, (uint8_t)*ascii);
}

void image_put_string(struct image *img, uint64_t va, uint64_t text_va, const char *ascii)
{
	uint16_t bytes = (uint16_t)(2 * strlen(ascii));

	image_put16(img, va, bytes);
	image_put16(img, va + 2, (uint16_t)(bytes + 2));
	image_put_pointer(img, va + pointer_width(img), text_va);
	image_put_utf16(img, text_va, ascii);
}

void image_put_member(struct image *img, const struct kst_layout *layout, uint64_t object, const char *type,
		      const char *path, uint64_t value)
{
	struct kst_member m = { .size = sizeof m };
	uint64_t old = 0, mask;
	size_t done;

	REQUIRE(kst_layout_member(layout, type, path, &m) == KST_OK);
	REQUIRE(m.length <= 8);
	if (m.bit_len != 0) {
		uint8_t raw[8] = { 0 };

		image_page(img, object + m.offset);
		image_page(img, object + m.offset + m.length - 1);
		REQUIRE(read_virtual(img, img->identity.dtb, object + m.offset, raw, m.length, &done) == KST_OK);
		old = entry_get(raw, m.length);
		mask = (m.bit_len >= 64 ? UINT64_MAX : ((uint64_t)1 << m.bit_len) - 1) << m.bit_pos;
		value = (old & ~mask) | (value << m.bit_pos & mask);
	}
	put_number_at(img, object + m.offset, value, m.length);
}

void image_put_list(struct image *img, uint64_t head, const uint64_t *entries, size_t count)
{
	uint64_t last = head;
	unsigned width = pointer_width(img);

	for (size_t i = 0; i < count; i++) {
		image_put_pointer(img, last, entries[i]);
		image_put_pointer(img, entries[i] + width, last);
		last = entries[i];
	}
	image_put_pointer(img, last, head);
	image_put_pointer(img, head + width, last);
}

size_t image_pages(const struct image *img)
{
	return img->count;
}

uint64_t image_page_address(const struct image *img, size_t index)
{
	return img->pages[index].address;
}

const uint8_t *image_page_bytes(const struct image *img, size_t index)
{
	return img->pages[index].bytes;
}

const struct kst_reader_ops *image_reader(struct image *img)
{
	return &img->ops;
}

void image_virtual(struct image *img, bool on)
{
	img->is_virtual = on;
	img->ops.flags = on ? 0 : KST_READER_PHYSICAL_ONLY;
}

void image_fail(struct image *img, uint64_t n, bool from_there_on, kst_status with)
{
	img->reads = 0;
	img->fail_at = n;
	img->fail_on = from_there_on;
	img->fail_with = with;
}

uint64_t image_reads(const struct image *img)
{
	return img->reads;
}

struct kst_target *image_target_symbols(struct image *img, const struct kst_layout *layout,
					const struct kst_symbol *symbols, size_t count)
{
	struct kst_target_config config = { .size = sizeof config,
					    .symbols_count = count,
					    .reader = &img->ops,
					    .reader_user = img,
					    .layout = layout,
					    .identity = &img->identity,
					    .symbols = symbols };
	struct kst_target *target = NULL;

	REQUIRE(img->targets_count < TARGETS_MOST);
	REQUIRE(kst_target_create(&config, &target, NULL) == KST_OK);
	img->targets[img->targets_count++] = target;
	return target;
}

struct kst_target *image_target(struct image *img, const struct kst_layout *layout)
{
	return image_target_symbols(img, layout, NULL, 0);
}
