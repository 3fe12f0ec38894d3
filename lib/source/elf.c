/* SPDX-License-Identifier: MIT */
/* ELF cores with physical segments (QEMU dump-guest-memory, VirtualBox), 32-bit and 64-bit, little-endian. */
#include "source.h"

struct form {
	uint32_t header_size, program_header_size;
	uint32_t phoff, shoff, phentsize, phnum; /* in the file header */
	uint32_t width;                          /* of offsets */
	uint32_t p_offset, p_paddr, p_filesz;    /* in a program header */
	uint32_t sh_info;                        /* in a section header */
};

static const struct form form32 = { 0x34, 0x20, 0x1c, 0x20, 0x2a, 0x2c, 4, 0x04, 0x0c, 0x10, 0x1c };
static const struct form form64 = { 0x40, 0x38, 0x20, 0x28, 0x36, 0x38, 8, 0x08, 0x18, 0x20, 0x2c };

#define CORE    4u
#define PT_LOAD 1u
#define PN_XNUM 0xffffu /* more segments than 16 bits can count: section header 0 has the number */

static uint64_t number(const struct kst_dump *dump, const struct form *form, uint64_t at)
{
	return form->width == 4 ? kst__file_u32(&dump->file, at) : kst__file_u64(&dump->file, at);
}

static uint32_t u16(const struct kst_dump *dump, uint64_t at)
{
	return kst__file_u32(&dump->file, at) & 0xffff;
}

kst_status kst__open_elf(struct kst_dump *dump, struct kst_error *err)
{
	const struct kst__file *file = &dump->file;
	uint32_t kind = kst__file_u32(file, 4); /* class, byte order */
	const struct form *form = (kind & 0xff) == 1 ? &form32 : &form64;
	uint64_t at, count, size, loads = 0, placed = 0;

	dump->info.format = KST_FORMAT_ELF;
	if (file->size < form->header_size)
		return kst__fail(err, KST_E_CORRUPT, file->size, "the file ends inside the ELF header");
	if ((kind & 0xff) != 1 && (kind & 0xff) != 2)
		return kst__fail(err, KST_E_CORRUPT, 4, "the ELF class is neither 32-bit nor 64-bit");
	if ((kind >> 8 & 0xff) != 1)
		return kst__fail(err, KST_E_UNSUPPORTED, 5, "a big-endian ELF file: Windows does not run there");
	if (u16(dump, 0x10) != CORE)
		return kst__fail(err, KST_E_UNSUPPORTED, 0x10, "an ELF file that is no core dump");
	at = number(dump, form, form->phoff);
	size = u16(dump, form->phentsize);
	count = u16(dump, form->phnum);
	if (count == PN_XNUM && number(dump, form, form->shoff) != 0)
		count = kst__file_u32(file, number(dump, form, form->shoff) + form->sh_info);
	if (size < form->program_header_size)
		return kst__fail(err, KST_E_CORRUPT, form->phentsize, "the ELF program headers are too small");
	if (at > file->size || count > (file->size - at) / size) {
		count = at > file->size ? 0 : (file->size - at) / size;
		dump->info.anomalies |= KST_DUMP_ANOMALY_CLAMPED;
	}
	for (; count > 0; count--, at += size) {
		uint64_t physical = number(dump, form, at + form->p_paddr);

		if (kst__file_u32(file, at) != PT_LOAD)
			continue;
		loads++;
		placed += physical != 0;
		if (kst__runs_add(dump, physical, number(dump, form, at + form->p_filesz),
				  number(dump, form, at + form->p_offset)) != KST_OK)
			return kst__fail(err, KST_E_NO_MEMORY, 0, "out of memory");
	}
	if (loads > 1 && placed == 0)
		return kst__fail(err, KST_E_UNSUPPORTED, 0, "an ELF core of a process: it has no physical addresses");
	return kst__runs_settle(dump, err);
}
