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
#define FUZZ_BUDGET      512u
#define FUZZ_MEMORY_MOST 0x10000u
#define FUZZ_SYMBOLS     0x400u /* every symbol points into the first so many bytes */

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

/* The members of a built-in layout, and every wanted symbol somewhere in the first FUZZ_SYMBOLS bytes of the memory. */
static inline kst_status fuzz_type_size(void *user, const char *type, uint64_t *size_out)
{
	struct kst_member m = { .size = sizeof m };
	kst_status st = kst_layout_member(user, type, "", &m);

	if (st == KST_OK)
		*size_out = m.length;
	return st;
}

static inline kst_status fuzz_member(void *user, const char *type, const char *path, struct kst_member *out)
{
	return kst_layout_member(user, type, path, out);
}

static inline kst_status fuzz_symbol(void *user, const char *name, uint64_t *rva_out)
{
	(void)user;
	*rva_out = 0;
	for (; *name != '\0'; name++)
		*rva_out = *rva_out * 31 + (unsigned char)*name;
	*rva_out = *rva_out % (FUZZ_SYMBOLS / 16) * 16;
	return KST_OK;
}

static inline struct kst_layout *fuzz_layout(const struct kst_layout_key *key)
{
	struct kst_layout *builtin = malloc(kst_layout_size()), *layout = malloc(kst_layout_size());
	struct kst_types_ops ops = { .size = sizeof ops,
				     .pointer_size = key->arch == KST_ARCH_X86 ? 4 : 8,
				     .type_size = fuzz_type_size,
				     .member = fuzz_member,
				     .symbol = fuzz_symbol };

	TRUTH(builtin != NULL && kst_layout_init_builtin(builtin, kst_layout_size(), key, NULL) == KST_OK);
	TRUTH(layout != NULL && kst_layout_init(layout, kst_layout_size(), &ops, builtin, "fuzz", NULL) == KST_OK);
	free(builtin);
	return layout;
}

/* Layouts are made at their first use: an input changes the memory, never these. */
static inline void fuzz_machine(struct fuzz_machine *m, struct fuzz_input *in)
{
	static const struct kst_layout_key keys[] = {
#define KERNEL(a, b, r) { .size = sizeof(struct kst_layout_key), .arch = (a), .build = (b), .revision = (r) }
		KERNEL(KST_ARCH_X86, 2600, 0),    KERNEL(KST_ARCH_X86, 3790, 0),    KERNEL(KST_ARCH_X86, 7601, 0),
		KERNEL(KST_ARCH_X86, 9600, 0),    KERNEL(KST_ARCH_X64, 3790, 0),    KERNEL(KST_ARCH_X64, 7601, 0),
		KERNEL(KST_ARCH_X64, 9600, 0),    KERNEL(KST_ARCH_X64, 17763, 0),   KERNEL(KST_ARCH_X64, 19041, 0),
		KERNEL(KST_ARCH_X64, 22000, 318), KERNEL(KST_ARCH_X64, 22621, 382), KERNEL(KST_ARCH_X86, 18362, 0),
#undef KERNEL
	};
	static struct kst_layout *layouts[sizeof keys / sizeof keys[0]];
	static struct kst_target *target; /* made anew in the same memory */
	size_t which = fuzz_u8(in) % (sizeof keys / sizeof keys[0]);
	struct kst_reader_ops ops = { .size = sizeof ops, .read = fuzz_read };
	struct kst_identity id = { .size = sizeof id, .arch = keys[which].arch, .processors = 3 };
	struct kst_target_config config = {
		.size = sizeof config, .step_budget = FUZZ_BUDGET, .reader = &ops, .reader_user = m, .identity = &id
	};

	if (layouts[which] == NULL)
		layouts[which] = fuzz_layout(&keys[which]);
	if (target == NULL)
		target = malloc(kst_target_size());
	memset(m, 0, sizeof *m);
	m->fail = fuzz_u8(in);
	if (in->size > FUZZ_MEMORY_MOST)
		in->size = FUZZ_MEMORY_MOST;
	m->base = id.arch == KST_ARCH_X86 ? FUZZ_BASE32 : FUZZ_BASE;
	m->layout = layouts[which];
	m->target = target;
	m->bytes = fuzz_rest(in, &m->size);
	fuzz_relocate(m, id.arch == KST_ARCH_X86 ? 4 : 8);
	id.kernel_base = m->base;
	id.kpcr = m->base;
	id.present = KST_IDENTITY_HAS_ARCH | KST_IDENTITY_HAS_PROCESSORS | KST_IDENTITY_HAS_KPCR |
		     KST_IDENTITY_HAS_KERNEL_BASE;
	config.layout = m->layout;
	TRUTH(target != NULL && kst_target_init(target, kst_target_size(), &config, NULL) == KST_OK);
}

static inline void fuzz_machine_free(struct fuzz_machine *m)
{
	free(m->bytes);
}

#endif
