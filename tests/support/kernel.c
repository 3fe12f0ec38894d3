/* SPDX-License-Identifier: MIT */
#include "kernel.h"

#include "support.h"

static const struct kernel kernel_32 = { 0x80400000, 0x80482240, 0xffdf0000, 0x80490a00,
					 0x81002000, 0x80491000, 0x80492000, 0x80495000 };
static const struct kernel kernel_64 = {
	0xfffff80000400000, 0xfffff80000482ce0, 0xfffff78000000000, 0xfffff80000490a00,
	0xfffffa8000002000, 0xfffff80000491000, 0xfffff80000492000, 0xfffff80000495000
};

static void put_entry(uint8_t *at, unsigned width, uint64_t value)
{
	for (unsigned i = 0; i < width; i++)
		at[i] = (uint8_t)(value >> (8 * i));
}

void kernel_put_self_map(struct image *img, uint64_t dtb)
{
	uint32_t paging = image_identity(img)->paging;
	uint64_t tables[4];

	switch (paging) {
	case KST_PAGING_X86: put_entry(image_physical_page(img, dtb) + 0xc00, 4, dtb | 0x63); break;
	case KST_PAGING_PAE:
		for (unsigned i = 0; i < 4; i++) {
			uint8_t *entry;

			image_entry(img, dtb, (uint64_t)i << 30, 2); /* makes the page directory */
			entry = image_entry(img, dtb, (uint64_t)i << 30, 3);
			tables[i] = ((uint64_t)entry[1] << 8 | (uint64_t)entry[2] << 16 | (uint64_t)entry[3] << 24) &
				    0xfffff000;
		}
		for (unsigned i = 0; i < 4; i++)
			put_entry(image_physical_page(img, tables[3]) + 8 * i, 8, tables[i] | 0x63);
		break;
	case KST_PAGING_ARM64: put_entry(image_physical_page(img, dtb) + 8 * 0x151, 8, dtb | 0x0060000000000703); break;
	default: put_entry(image_physical_page(img, dtb) + 8 * 0x1ed, 8, dtb | 0x8000000000000063); break;
	}
}

struct kernel kernel_put(struct image *img, uint64_t system_dtb)
{
	bool narrow = image_identity(img)->arch == KST_ARCH_X86;
	struct kernel k = narrow ? kernel_32 : kernel_64;
	uint64_t links = k.system + KERNEL_LINKS;
	unsigned width = narrow ? 4 : 8;

	image_put_utf16(img, k.shared_data + 0x30, "C:\\Windows");
	image_put32(img, k.shared_data + 0x26c, 10);
	image_put32(img, k.shared_data + 0x260, 0xf0000000u | 19041);
	image_put_pointer(img, k.block, k.block);
	image_put_pointer(img, k.block + width, k.block);
	image_put32(img, k.block + 0x10, 0x4742444b);
	image_put32(img, k.block + 0x14, 0x380);
	image_put64(img, k.block + 0x18, k.base);
	image_put64(img, k.block + 0x48, k.modules);
	image_put64(img, k.block + 0x50, k.processes);
	image_put64(img, k.block + 0x218, k.prcbs);
	image_put16(img, k.block + 0x2e2, narrow ? 0x1c : 0x18);
	image_put16(img, k.block + 0x2e6, KERNEL_PCR_PRCB);
	image_put_list(img, k.processes, &links, 1);
	image_put_list(img, k.modules, NULL, 0);
	image_put_pointer(img, k.system + KERNEL_DTB, system_dtb);
	image_put_pointer(img, k.prcbs, k.kpcr + KERNEL_PCR_PRCB);
	image_put_pointer(img, k.prcbs + width, k.kpcr + 0x2000);
	image_put_pointer(img, k.prcbs + 2 * width, 0);
	image_put_pointer(img, k.kpcr + (narrow ? 0x1c : 0x18), k.kpcr);
	return k;
}
