/* SPDX-License-Identifier: MIT */
/*
 * A machine that the input makes: its first bytes choose the layout and where reads fail, the rest is kernel memory
 * from FUZZ_BASE on (64-bit) or FUZZ_BASE32. Every wanted symbol points into it, so that walks begin at once. A
 * pointer-sized word of the form "base + offset" is made likely by relocating small numbers: word values below 0x10000
 * at even slots are left, those with the top byte 0x7f become addresses.
 */
#ifndef KST_TESTS_FUZZ_MEMORY_H
#define KST_TESTS_FUZZ_MEMORY_H

#include "fuzz.h"

#define FUZZ_BASE        UINT64_C(0xfffff80000000000)
#define FUZZ_BASE32      UINT64_C(0x80000000)
#define FUZZ_BUDGET      4096u
#define FUZZ_MEMORY_MOST 0x10000u

struct fuzz_machine {
	struct kst_layout *layout;
	struct kst_target *target;
	uint8_t *bytes; /* exactly sized */
	size_t size;
	uint64_t base;
	uint8_t fail; /* every read whose offset has these bits faults; 0: none */
};

static inline kst_status fuzz_read(void *user, kst_space space, uint64_t address, void *buf, size_t len, size_t *done)
{
	const struct fuzz_machine *m = user;
	uint64_t off = address - m->base;

	(void)space;
	*done = 0;
	if (address < m->base || off >= m->size || (m->fail != 0 && (off >> 4 & m->fail) == m->fail))
		return KST_E_FAULT;
	*done = len < m->size - off ? len : (size_t)(m->size - off);
	memcpy(buf, m->bytes + off, *done);
	return *done == len ? KST_OK : KST_E_FAULT;
}

/* Words of the form 7fxxxxxx (low dword, high dword zero or ignored) become addresses of the memory. */
static inline void fuzz_relocate(struct fuzz_machine *m, size_t width)
{
	for (size_t i = 0; i + width <= m->size; i += width) {
		uint64_t word = 0;

		for (size_t k = 0; k < width; k++)
			word |= (uint64_t)m->bytes[i + k] << (8 * k);
		if ((word & 0xff000000) != 0x7f000000)
			continue;
		word = m->base + (word & 0xffff);
		for (size_t k = 0; k < width; k++)
			m->bytes[i + k] = (uint8_t)(word >> (8 * k));
	}
}

static inline int fuzz_machine(struct fuzz_machine *m, struct fuzz_input *in)
{
	static const struct {
		uint32_t arch, build, revision;
	} kernels[] = {
		{ KST_ARCH_X86, 2600, 0 },    { KST_ARCH_X86, 3790, 0 },    { KST_ARCH_X86, 7601, 0 },
		{ KST_ARCH_X86, 9600, 0 },    { KST_ARCH_X64, 3790, 0 },    { KST_ARCH_X64, 7601, 0 },
		{ KST_ARCH_X64, 9600, 0 },    { KST_ARCH_X64, 17763, 0 },   { KST_ARCH_X64, 19041, 0 },
		{ KST_ARCH_X64, 22000, 318 }, { KST_ARCH_X64, 22621, 382 }, { KST_ARCH_X86, 18362, 0 },
	};
	struct kst_layout_key key = { .size = sizeof key };
	struct kst_reader_ops ops = { .size = sizeof ops, .read = fuzz_read };
	struct kst_identity id = { .size = sizeof id };
	struct kst_target_config config = {
		.size = sizeof config, .step_budget = FUZZ_BUDGET, .reader = &ops, .reader_user = m, .identity = &id
	};
	struct kst_symbol *symbols;
	size_t which = fuzz_u8(in) % (sizeof kernels / sizeof kernels[0]), count = 0;
	const char *name;

	memset(m, 0, sizeof *m);
	m->fail = fuzz_u8(in);
	key.arch = kernels[which].arch;
	key.build = kernels[which].build;
	key.revision = kernels[which].revision;
	if (in->size > FUZZ_MEMORY_MOST)
		in->size = FUZZ_MEMORY_MOST;
	m->base = key.arch == KST_ARCH_X86 ? FUZZ_BASE32 : FUZZ_BASE;
	m->layout = malloc(kst_layout_size());
	m->bytes = fuzz_rest(in, &m->size);
	TRUTH(m->layout != NULL && kst_layout_init_builtin(m->layout, kst_layout_size(), &key, NULL) == KST_OK);
	fuzz_relocate(m, key.arch == KST_ARCH_X86 ? 4 : 8);
	while (kst_layout_wanted_symbol((uint32_t)count, &name) == KST_OK)
		count++;
	symbols = calloc(count, sizeof *symbols);
	TRUTH(symbols != NULL);
	for (size_t i = 0; i < count; i++) {
		static char names[1024][64];

		kst_layout_wanted_symbol((uint32_t)i, &name);
		TRUTH(i < 1024);
		snprintf(names[i], sizeof names[i], "%.*s", (int)strcspn(name, "|"), name);
		symbols[i].name = names[i];
		symbols[i].address = m->base + 16 * i % (m->size + 1);
	}
	id.arch = key.arch;
	id.processors = 3;
	id.kpcr = m->base;
	id.present = KST_IDENTITY_HAS_ARCH | KST_IDENTITY_HAS_PROCESSORS | KST_IDENTITY_HAS_KPCR;
	config.layout = m->layout;
	config.symbols = symbols;
	config.symbols_count = count;
	TRUTH(kst_target_create(&config, &m->target, NULL) == KST_OK);
	free(symbols);
	return 1;
}

static inline void fuzz_machine_free(struct fuzz_machine *m)
{
	kst_target_destroy(m->target);
	free(m->layout);
	free(m->bytes);
}

#endif
