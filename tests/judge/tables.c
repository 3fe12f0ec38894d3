/* SPDX-License-Identifier: MIT */
/*
 * Forge page tables, write them to a file, and print random addresses with the library's translation:
 *	tables MODE SEED FILE COUNT
 * First line: the physical address of the root table. Then "ADDRESS PHYSICAL" or "ADDRESS -", hexadecimal.
 */
#include <inttypes.h>
#include <kstate/kstate.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define PAGES 512
#define PAGE  0x1000u

static uint64_t base; /* physical address of the forged memory */
static uint8_t memory[PAGES * PAGE];
static unsigned used = 1;
static uint64_t seed;

static uint64_t random64(void)
{
	seed ^= seed << 13;
	seed ^= seed >> 7;
	seed ^= seed << 17;
	return seed * 0x2545f4914f6cdd1du;
}

struct mode {
	const char *name;
	uint32_t paging;
	unsigned levels, entry, top_bits, bits, va_bits, large; /* large: bit n, level n may map a page */
	uint64_t base;
};

static const struct mode modes[] = {
	{ "x86", KST_PAGING_X86, 2, 4, 10, 10, 32, 1u << 2, 0x100000 },
	{ "pae", KST_PAGING_PAE, 3, 8, 2, 9, 32, 1u << 2, 0x100000 },
	{ "x64", KST_PAGING_X64, 4, 8, 9, 9, 48, 1u << 2 | 1u << 3, 0x100000 },
	{ "la57", KST_PAGING_LA57, 5, 8, 9, 9, 57, 1u << 2 | 1u << 3, 0x100000 },
	{ "arm64", KST_PAGING_ARM64, 4, 8, 9, 9, 48, 1u << 2 | 1u << 3, 0x40100000 },
};

static void put(uint64_t physical, unsigned width, uint64_t value)
{
	for (unsigned i = 0; i < width; i++)
		memory[physical - base + i] = (uint8_t)(value >> (8 * i));
}

static uint64_t get(uint64_t physical, unsigned width)
{
	uint64_t value = 0;

	for (unsigned i = 0; i < width; i++)
		value |= (uint64_t)memory[physical - base + i] << (8 * i);
	return value;
}

/* A leaf: any frame, any of the bits that a page's entry may have. */
static uint64_t leaf(const struct mode *m, unsigned level)
{
	unsigned shift = 12 + m->bits * (level - 1);
	uint64_t frame = random64() & (m->entry == 4 ? 0xffffffffu : 0xffffffffffu) & ~((1ull << shift) - 1);

	if (m->paging == KST_PAGING_ARM64)
		return (frame & 0xffffffffffu) | 0x700 | (level == 1 ? 3 : 1) | (random64() & 0x00e0000000000000u);
	if (level > 1 && m->entry == 4)
		return frame | 0x81 | (random64() & 0x17e) | (random64() & 0xffu) << 13; /* PSE-36 */
	frame |= 1 | (random64() & 0xf7e) | (level > 1 ? 0x80 : random64() & 0x80);
	if (m->entry == 8 && m->levels > 3)
		frame |= random64() & 0xfff0000000000000u; /* software bits and no-execute */
	return frame;
}

static uint64_t table_entry(const struct mode *m, unsigned level, uint64_t table)
{
	if (m->paging == KST_PAGING_ARM64)
		return table | 3;
	if (m->paging == KST_PAGING_PAE && level == 3)
		return table | 1;
	return table | 0x21 | (random64() & 0x46);
}

static uint64_t build(const struct mode *m, unsigned level)
{
	uint64_t table = base + (uint64_t)used++ * PAGE;
	unsigned entries = 1u << (level == m->levels ? m->top_bits : m->bits);
	unsigned children = level == 1                             ? entries / 2
			    : level == m->levels && m->levels == 3 ? 3
								   : 2 + (unsigned)(random64() % 3);

	for (unsigned i = 0; i < children; i++) {
		uint64_t at = table + random64() % entries * m->entry;

		if (get(at, m->entry) != 0)
			continue;
		if (level == 1 || ((m->large >> level & 1) != 0 && random64() % 3 == 0))
			put(at, m->entry, leaf(m, level));
		else if (used < PAGES - 8)
			put(at, m->entry, table_entry(m, level, build(m, level - 1)));
	}
	/* not present, with other bits set */
	for (unsigned i = 0; i < 8; i++) {
		uint64_t at = table + random64() % entries * m->entry;

		if (get(at, m->entry) == 0)
			put(at, m->entry, random64() & ~(uint64_t)1);
	}
	if (level == m->levels && m->levels >= 4 && m->paging != KST_PAGING_ARM64)
		put(table + (entries - 3) * m->entry, m->entry, table | 0x63); /* a self-map */
	return table;
}

/* An address that follows present entries with probability, so that all levels are met. */
static uint64_t address_in(const struct mode *m, uint64_t root)
{
	uint64_t va = 0, table = root;
	unsigned level;

	for (level = m->levels; level > 0; level--) {
		unsigned shift = 12 + m->bits * (level - 1);
		unsigned entries = 1u << (level == m->levels ? m->top_bits : m->bits);
		uint64_t entry = 0, index = 0;

		for (unsigned tries = 0; tries < 4000; tries++) {
			index = random64() % entries;
			entry = get(table + index * m->entry, m->entry);
			if ((entry & 1) != 0 || random64() % 4000 == 0)
				break;
		}
		va |= index << shift;
		if ((entry & 1) == 0 || level == 1 ||
		    ((m->large >> level & 1) != 0 &&
		     (m->paging == KST_PAGING_ARM64 ? (entry & 2) == 0 : (entry & 0x80) != 0))) {
			va |= random64() & ((1ull << shift) - 1);
			break;
		}
		table = entry & 0xfffffff000u;
	}
	if (m->va_bits < 64 && m->va_bits > 32 && (va >> (m->va_bits - 1) & 1) != 0)
		va |= ~((1ull << m->va_bits) - 1);
	return va;
}

static kst_status read_memory(void *user, kst_space space, uint64_t address, void *buf, size_t len, size_t *done)
{
	(void)user;
	*done = 0;
	if (space != KST_SPACE_PHYSICAL || address < base || address - base > sizeof memory ||
	    sizeof memory - (address - base) < len)
		return KST_E_FAULT;
	memcpy(buf, memory + (address - base), len);
	*done = len;
	return KST_OK;
}

int main(int argc, char **argv)
{
	const struct mode *m = NULL;
	struct kst_reader_ops ops = { .size = sizeof ops, .flags = KST_READER_PHYSICAL_ONLY, .read = read_memory };
	struct kst_identity identity = { .size = sizeof identity };
	struct kst_target_config config = {
		.size = sizeof config, .flags = KST_TARGET_HARDWARE_ONLY, .reader = &ops, .identity = &identity
	};
	struct kst_target *target;
	FILE *out;

	for (size_t i = 0; argc == 5 && i < sizeof modes / sizeof modes[0]; i++)
		if (strcmp(argv[1], modes[i].name) == 0)
			m = &modes[i];
	if (m == NULL)
		return 2;
	base = m->base;
	seed = strtoull(argv[2], NULL, 0) * 0x9e3779b97f4a7c15u + 1;
	identity.paging = m->paging;
	identity.arch = m->entry == 4 || m->levels == 3 ? KST_ARCH_X86
			: m->paging == KST_PAGING_ARM64 ? KST_ARCH_ARM64
							: KST_ARCH_X64;
	identity.dtb = build(m, m->levels);
	identity.present = KST_IDENTITY_HAS_ARCH | KST_IDENTITY_HAS_PAGING | KST_IDENTITY_HAS_DTB;
	out = fopen(argv[3], "wb");
	if (out == NULL || fwrite(memory, 1, sizeof memory, out) != sizeof memory || fclose(out) != 0 ||
	    kst_target_create(&config, &target, NULL) != KST_OK)
		return 1;
	printf("%" PRIx64 "\n", identity.dtb);
	for (unsigned long n = strtoul(argv[4], NULL, 0); n > 0; n--) {
		struct kst_translation t = { .size = sizeof t };
		uint64_t va = n % 8 == 0 ? random64() & (m->va_bits == 32 ? 0xffffffffu : UINT64_MAX)
					 : address_in(m, identity.dtb);

		if (kst_translate(target, KST_SPACE_KERNEL, va, 0, &t, NULL) == KST_OK &&
		    (t.present & KST_TRANSLATION_HAS_PHYSICAL) != 0)
			printf("%" PRIx64 " %" PRIx64 "\n", va, t.physical);
		else
			printf("%" PRIx64 " -\n", va);
	}
	kst_target_destroy(target);
	return 0;
}
