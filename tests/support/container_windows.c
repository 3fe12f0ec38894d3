/* SPDX-License-Identifier: MIT */
/* Windows dump files. Written from the published layouts of the headers; offsets are spelled out at each use. */
#include "container.h"
#include "support.h"

#include <stdlib.h>

#define PAGE 0x1000u

static bool is_wide(struct image *img)
{
	return image_identity(img)->arch != KST_ARCH_X86;
}

static void pointer(struct container *c, bool wide, size_t at, uint64_t value)
{
	if (wide)
		container_put64(c, at, value);
	else
		container_put32(c, at, (uint32_t)value);
}

/* The dump header: everything not set keeps the pattern "PAGE". Returns its size. */
static size_t put_header(struct container *c, struct image *img, uint32_t type)
{
	const struct kst_identity *id = image_identity(img);
	bool wide = is_wide(img);
	size_t size = wide ? 0x2000 : 0x1000;

	for (size_t i = 0; i < size; i += 4)
		container_put(c, i, "PAGE", 4);
	container_put(c, 4, wide ? "DU64" : "DUMP", 4);
	container_put32(c, 8, 0xf);
	container_put32(c, 0xc, id->build);
	pointer(c, wide, 0x10, id->dtb);
	pointer(c, wide, wide ? 0x18 : 0x14, id->pfn_database);
	pointer(c, wide, wide ? 0x20 : 0x18, id->loaded_modules);
	pointer(c, wide, wide ? 0x28 : 0x1c, id->active_processes);
	container_put32(c, wide ? 0x30 : 0x20,
			id->arch == KST_ARCH_X86   ? 0x14c
			: id->arch == KST_ARCH_X64 ? 0x8664
						   : 0xaa64);
	container_put32(c, wide ? 0x34 : 0x24, id->processors);
	container_put32(c, wide ? 0x38 : 0x28, CONTAINER_BUGCHECK);
	for (unsigned i = 0; i < 4; i++)
		pointer(c, wide, wide ? 0x40 + 8 * i : 0x2c + 4 * i, CONTAINER_PARAMETER + i);
	if (!wide)
		container_fill(c, 0x5c, 1, id->paging == KST_PAGING_PAE);
	pointer(c, wide, wide ? 0x80 : 0x60, id->debugger_data);
	container_put32(c, wide ? 0xf98 : 0xf88, type);
	container_put32(c, wide ? 0x1040 : 0xf94, CONTAINER_PRODUCT);
	container_put32(c, wide ? 0x1044 : 0xf98, CONTAINER_SUITE);
	container_put64(c, wide ? 0x1030 : 0xfb8, CONTAINER_UP_TIME);
	container_put64(c, wide ? 0xfa8 : 0xfc0, CONTAINER_SYSTEM_TIME);
	return size;
}

static void put_pages(struct container *c, const struct image *img, size_t at)
{
	for (size_t i = 0; i < image_pages(img); i++)
		container_put(c, at + i * PAGE, image_page_bytes(img, i), PAGE);
}

static bool continues(const struct image *img, size_t i)
{
	return i > 0 && image_page_address(img, i) == image_page_address(img, i - 1) + PAGE;
}

static void put_full(struct container *c, struct image *img)
{
	bool wide = is_wide(img);
	size_t size = put_header(c, img, 1), block = wide ? 0x88 : 0x64, run = block + (wide ? 0x10 : 8);
	uint32_t runs = 0;

	for (size_t i = 0, n; i < image_pages(img); i += n, runs++, run += wide ? 0x10 : 8) {
		n = 1;
		while (i + n < image_pages(img) && continues(img, i + n))
			n++;
		pointer(c, wide, run, image_page_address(img, i) / PAGE);
		pointer(c, wide, run + (wide ? 8 : 4), n);
	}
	assert_true(runs <= (wide ? 42 : 86));
	container_put32(c, block, runs);
	pointer(c, wide, block + (wide ? 8 : 4), image_pages(img));
	put_pages(c, img, size);
}

static void put_bitmap(struct container *c, struct image *img, uint32_t type)
{
	size_t size = put_header(c, img, type);
	uint64_t bits = image_page_address(img, image_pages(img) - 1) / PAGE +
			5; /* a few clear ones, not a whole byte */
	bool old = type == 2;
	size_t map = size + (!old ? 0x38 : is_wide(img) ? 0x28 : 0x20);
	size_t first = (map + (size_t)bits / 8 + 1 + PAGE - 1) / PAGE * PAGE;

	container_fill(c, size, first - size, 0);
	container_put(c, size, type == 5 ? "FDMPDUMP" : "SDMPDUMP", 8);
	if (old) {
		container_put32(c, size + 0x0c, (uint32_t)first);
		container_put32(c, size + 0x10, (uint32_t)bits);
		container_put32(c, size + 0x14, (uint32_t)image_pages(img));
		container_put32(c, size + 0x18, (uint32_t)bits);
	} else {
		container_put64(c, size + 0x20, first);
		container_put64(c, size + 0x28, image_pages(img));
		container_put64(c, size + 0x30, bits);
	}
	for (size_t i = 0; i < image_pages(img); i++) {
		uint64_t frame = image_page_address(img, i) / PAGE;

		c->bytes[map + frame / 8] |= (uint8_t)(1 << frame % 8);
	}
	put_pages(c, img, first);
}

static void put_rdmp(struct container *c, struct image *img, uint32_t type)
{
	size_t size = put_header(c, img, type), at = size + 0x30;
	uint32_t ranges = 0;

	for (size_t i = 0, n; i < image_pages(img); i += n, at += 0x10, ranges++) {
		n = 1;
		while (i + n < image_pages(img) && continues(img, i + n))
			n++;
		container_put64(c, at, image_page_address(img, i) / PAGE);
		container_put64(c, at + 8, n);
	}
	if (type != 10) { /* the list of these ends with an entry of zeros */
		container_fill(c, at, 0x10, 0);
		at += 0x10;
	}
	container_put32(c, size, 0x40);
	container_put(c, size + 4, "RDMPDUMP", 8);
	container_put32(c, size + 12, 0);
	container_put64(c, size + 0x10, at - size - 0x20);
	container_put64(c, size + 0x18, at);
	container_put64(c, size + 0x20, type == 10 ? ranges : 0);
	container_put64(c, size + 0x28, type == 10 ? image_pages(img) : 0);
	put_pages(c, img, at);
}

struct container container_windows(struct image *img, enum container_kind kind)
{
	struct container c = { 0 };

	switch (kind) {
	case CONTAINER_FULL: put_full(&c, img); break;
	case CONTAINER_SUMMARY: put_bitmap(&c, img, 2); break;
	case CONTAINER_BITMAP_FULL: put_bitmap(&c, img, 5); break;
	case CONTAINER_BITMAP_KERNEL: put_bitmap(&c, img, 6); break;
	case CONTAINER_RDMP_KERNEL: put_rdmp(&c, img, 8); break;
	case CONTAINER_RDMP_COMPLETE: put_rdmp(&c, img, 10); break;
	}
	return c;
}

/* Bytes of the image's memory, appended; returns their file offset, 0 for none. */
static uint32_t put_memory(struct container *c, struct image *img, struct triage_piece piece)
{
	uint32_t at = (uint32_t)c->size;

	for (uint32_t done = 0; done < piece.size;) {
		uint64_t va = piece.address + done;
		uint32_t off = (uint32_t)(va & (PAGE - 1));
		uint32_t n = PAGE - off < piece.size - done ? PAGE - off : piece.size - done;

		container_put(c, c->size, image_page(img, va) + off, n);
		done += n;
	}
	return piece.size == 0 ? 0 : at;
}

static void align(struct container *c)
{
	if (c->size % 8 != 0)
		container_fill(c, c->size, 8 - c->size % 8, 0);
}

static void put_text(struct container *c, size_t at, const char *ascii)
{
	for (; *ascii != '\0'; ascii++, at += 2)
		container_put16(c, at, (uint8_t)*ascii);
}

static uint32_t put_drivers(struct container *c, const struct triage *t, bool wide, uint32_t *strings)
{
	size_t each = wide ? 0x90 : 0x4c, at;

	align(c);
	at = c->size;
	container_fill(c, at, t->drivers_count * each, 0);
	align(c);
	*strings = (uint32_t)c->size;
	for (size_t i = 0; i < t->drivers_count; i++) {
		const struct triage_driver *d = &t->drivers[i];
		size_t entry = at + i * each, name;

		align(c);
		name = c->size;
		container_put32(c, entry, (uint32_t)name);
		entry += wide ? 8 : 4;
		pointer(c, wide, entry + (wide ? 0x30 : 0x18), d->base);
		container_put32(c, entry + (wide ? 0x40 : 0x20), d->size);
		container_put32(c, entry + (wide ? 0x78 : 0x40), d->checksum);
		container_put32(c, entry + (wide ? 0x80 : 0x44), d->stamp);
		container_put32(c, name, (uint32_t)strlen(d->path));
		put_text(c, name + 4, d->path);
		container_put16(c, c->size, 0);
	}
	return (uint32_t)at;
}

static uint32_t put_unloaded(struct container *c, const struct triage *t, bool wide)
{
	size_t at, p = wide ? 8 : 4;

	align(c);
	at = c->size;
	pointer(c, wide, at, t->unloaded_count);
	for (size_t i = 0; i < t->unloaded_count; i++) {
		size_t record = c->size;

		assert_true(strlen(t->unloaded[i].name) <= 12);
		container_fill(c, record, 0x18 + 4 * p, 0);
		container_put16(c, record, (uint16_t)(2 * strlen(t->unloaded[i].name)));
		container_put16(c, record + 2, (uint16_t)(2 * strlen(t->unloaded[i].name)));
		put_text(c, record + 2 * p, t->unloaded[i].name);
		pointer(c, wide, record + 2 * p + 0x18, t->unloaded[i].start);
		pointer(c, wide, record + 3 * p + 0x18, t->unloaded[i].end);
	}
	return (uint32_t)at;
}

struct container container_triage(struct image *img, const struct triage *t)
{
	struct container c = { 0 };
	bool wide = is_wide(img);
	size_t h = put_header(&c, img, 4), blocks, block = wide ? 0x10 : 0xc;
	uint32_t strings = 0;
	struct triage_piece kd = t->debugger_data;

	container_fill(&c, h, 0x100, 0);
	if (t->context_size > 0)
		container_put(&c, wide ? 0x348 : 0x320, t->context, t->context_size);
	if (t->exception_size > 0)
		container_put(&c, wide ? 0xf00 : 0x7d0, t->exception, t->exception_size);
	container_put32(&c, h + 0x0c, wide ? 0x348 : 0x320);
	container_put32(&c, h + 0x10, wide ? 0xf00 : 0x7d0);
	container_put32(&c, h + 0x1c, put_memory(&c, img, t->prcb));
	container_put32(&c, h + 0x20, put_memory(&c, img, t->process));
	container_put32(&c, h + 0x24, put_memory(&c, img, t->thread));
	container_put32(&c, h + 0x28, put_memory(&c, img, t->stack));
	container_put32(&c, h + 0x2c, t->stack.size);
	pointer(&c, wide, h + 0x48, t->stack.address);
	pointer(&c, wide, h + (wide ? 0x60 : 0x4c), t->data_page.address);
	container_put32(&c, h + (wide ? 0x68 : 0x50), put_memory(&c, img, t->data_page));
	container_put32(&c, h + (wide ? 0x6c : 0x54), t->data_page.size);
	if (kd.address == 0)
		kd.address = image_identity(img)->debugger_data;
	container_put32(&c, h + (wide ? 0x70 : 0x58), put_memory(&c, img, kd));
	container_put32(&c, h + (wide ? 0x74 : 0x5c), kd.size);
	container_put32(&c, h + 0x18, put_unloaded(&c, t, wide));
	container_put32(&c, h + 0x30, put_drivers(&c, t, wide, &strings));
	container_put32(&c, h + 0x34, (uint32_t)t->drivers_count);
	container_put32(&c, h + 0x38, strings);
	container_put32(&c, h + 0x3c, (uint32_t)c.size - strings);
	align(&c);
	blocks = c.size;
	container_fill(&c, blocks, t->pieces_count * block, 0);
	for (size_t i = 0; i < t->pieces_count; i++) {
		pointer(&c, wide, blocks + i * block, t->pieces[i].address);
		container_put32(&c, blocks + i * block + (wide ? 8 : 4), put_memory(&c, img, t->pieces[i]));
		container_put32(&c, blocks + i * block + (wide ? 12 : 8), t->pieces[i].size);
	}
	container_put32(&c, h + (wide ? 0x78 : 0x60), (uint32_t)blocks);
	container_put32(&c, h + (wide ? 0x7c : 0x64), (uint32_t)t->pieces_count);
	align(&c);
	container_put32(&c, h + 8, (uint32_t)c.size);
	container_put(&c, c.size, "TRGD", 4);
	container_put32(&c, h + 4, (uint32_t)c.size);
	if (t->secondary) {
		container_put(&c, c.size, "DumpBlob", 8);
		container_put32(&c, c.size, 0x10);
		container_put32(&c, c.size, 0xf0004a61);
	}
	return c;
}
