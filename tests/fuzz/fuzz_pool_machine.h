/* SPDX-License-Identifier: MIT */
/*
 * A machine with pool that the input makes: byte 0 chooses the layout, byte 1 where reads fail, bytes 2 to 7 the globals;
 * the rest is memory from `memory` on. Entries of a table may name it: words 7fxxxxxx become addresses of the memory.
 */
#ifndef KST_TESTS_FUZZ_POOL_MACHINE_H
#define KST_TESTS_FUZZ_POOL_MACHINE_H

#include "fuzz.h"

#include <stdbool.h>

#define FUZZ_POOL_MOST    0x2000u /* two pages: a longer input only takes longer */
#define FUZZ_POOL_LAYOUTS 10

struct fuzz_pool {
	const struct kst_layout *layout;
	struct kst_target *target;
	uint8_t *bytes; /* exactly sized */
	size_t size;
	uint64_t base;   /* globals */
	uint64_t memory; /* the input */
	uint32_t width;
	uint8_t fail; /* 0x100 bytes whose number has these bits are not there; 0: all are */
	uint8_t globals[0x100];
};

static inline kst_status fuzz_pool_read(void *user, kst_space space, uint64_t address, void *buf, size_t len,
					size_t *done)
{
	const struct fuzz_pool *m = user;
	uint64_t off = address - m->memory;

	(void)space;
	*done = 0;
	if (address >= m->base && address - m->base < sizeof m->globals) {
		uint64_t rest = sizeof m->globals - (address - m->base);

		*done = len < rest ? len : (size_t)rest;
		memcpy(buf, m->globals + (address - m->base), *done);
		return *done == len ? KST_OK : KST_E_FAULT;
	}
	if (address < m->memory || off >= m->size)
		return KST_E_FAULT;
	*done = len < m->size - off ? len : (size_t)(m->size - off);
	for (uint64_t at = off; m->fail != 0 && at < off + *done; at = (at | 0xff) + 1)
		if ((at >> 8 & m->fail) == m->fail)
			*done = (size_t)(at - off);
	memcpy(buf, m->bytes + off, *done);
	return *done == len ? KST_OK : KST_E_FAULT;
}

/* Kept for the next input: making one is most of the work. */
static inline const struct kst_layout *fuzz_pool_layout(uint8_t which)
{
	static const struct {
		uint32_t arch, build, revision;
	} kernels[] = {
		{ KST_ARCH_X86, 2600, 0 },    { KST_ARCH_X86, 3790, 0 },  { KST_ARCH_X86, 7601, 0 },
		{ KST_ARCH_X86, 9600, 0 },    { KST_ARCH_X64, 3790, 0 },  { KST_ARCH_X64, 7601, 0 },
		{ KST_ARCH_X64, 9600, 0 },    { KST_ARCH_X64, 17763, 0 }, { KST_ARCH_X64, 19041, 0 },
		{ KST_ARCH_X64, 22000, 318 },
	};
	struct kst_layout_key key = { .size = sizeof key };
	static struct kst_layout *layouts[sizeof kernels / sizeof kernels[0]];

	which %= FUZZ_POOL_LAYOUTS;
	if (layouts[which] != NULL)
		return layouts[which];
	key.arch = kernels[which].arch;
	key.build = kernels[which].build;
	key.revision = kernels[which].revision;
	layouts[which] = malloc(kst_layout_size());
	TRUTH(layouts[which] != NULL &&
	      kst_layout_init_builtin(layouts[which], kst_layout_size(), &key, NULL) == KST_OK);
	return layouts[which];
}

static inline void fuzz_pool_put(uint8_t *at, uint32_t width, uint64_t value)
{
	for (uint32_t k = 0; k < width; k++)
		at[k] = (uint8_t)(value >> (8 * k));
}

/* The machine of a layout is kept for the next input; only its memory and globals are made anew. */
static inline struct fuzz_pool *fuzz_pool_machine(struct fuzz_input *in)
{
	static struct fuzz_pool machines[FUZZ_POOL_LAYOUTS];
	static const char *const names[] = {
		"PoolBigPageTable",
		"PoolBigPageTableSize",
		"PoolTrackTable",
		"PoolTrackTableSize",
		"ExPoolTagTables",
		"PoolTrackTableExpansion",
		"PoolTrackTableExpansionSize",
		"MmNonPagedPoolStart",
		"MmNonPagedPoolEnd",
		"MmPagedPoolStart",
		"MmPagedPoolEnd",
		"ExpPoolQuotaCookie",
		"MmSpecialPoolStart",
		"MmSpecialPoolEnd",
	};
	enum { NAMES = sizeof names / sizeof names[0] };
	struct kst_symbol symbols[NAMES];
	struct kst_reader_ops ops = { .size = sizeof ops, .read = fuzz_pool_read };
	struct kst_identity id = { .size = sizeof id };
	struct kst_target_config config = {
		.size = sizeof config, .step_budget = 4096, .reader = &ops, .identity = &id, .symbols = symbols
	};
	struct kst_layout_info info = { .size = sizeof info };
	uint64_t values[NAMES];
	uint8_t which = fuzz_u8(in) % FUZZ_POOL_LAYOUTS, kind;
	struct fuzz_pool *m = &machines[which];

	m->layout = fuzz_pool_layout(which);
	TRUTH(kst_layout_info(m->layout, &info) == KST_OK);
	m->width = info.pointer_size;
	m->fail = fuzz_u8(in);
	m->base = m->width == 4 ? 0x80000000 : 0xfffffa8000000000;
	m->memory = m->base + 0x10000;
	values[0] = m->memory + 16 * fuzz_u8(in);
	values[1] = fuzz_u8(in) % 80; /* 64 is the least that a table has */
	values[2] = m->memory + 16 * fuzz_u8(in);
	values[3] = fuzz_u8(in) % 34;
	values[4] = m->memory + 256;
	values[5] = m->memory + 512;
	values[6] = fuzz_u8(in) % 8;
	kind = fuzz_u8(in);
	values[7] = m->memory;
	values[8] = (kind & 1) != 0 ? m->memory + 0x2000 : 0;
	values[9] = m->memory + 0x1000;
	values[10] = (kind & 2) != 0 ? m->memory + 0x2000 : 0;
	values[11] = 0x0123456789abcdef;
	values[12] = (kind & 4) != 0 ? m->memory + 0x1000 : 0;
	values[13] = m->memory + 0x2000;
	if (in->size > FUZZ_POOL_MOST)
		in->size = FUZZ_POOL_MOST;
	m->bytes = fuzz_rest(in, &m->size);
	for (size_t i = 0; i + m->width <= m->size; i += m->width) {
		uint32_t low = (uint32_t)m->bytes[i] | (uint32_t)m->bytes[i + 1] << 8 |
			       (uint32_t)m->bytes[i + 2] << 16 | (uint32_t)m->bytes[i + 3] << 24;

		if (low >> 24 == 0x7f)
			fuzz_pool_put(m->bytes + i, m->width, m->memory + (low & 0xffff));
	}
	for (size_t i = 0; i < NAMES; i++) {
		fuzz_pool_put(m->globals + 8 * i, m->width, values[i]);
		symbols[i].name = names[i];
		symbols[i].address = m->base + 8 * i;
	}
	if (m->target != NULL)
		return m;
	id.arch = info.arch;
	id.processors = 2;
	id.present = KST_IDENTITY_HAS_ARCH | KST_IDENTITY_HAS_PROCESSORS;
	config.layout = m->layout;
	config.symbols_count = NAMES;
	config.reader_user = m;
	TRUTH(kst_target_create(&config, &m->target, NULL) == KST_OK);
	return m;
}

static inline void fuzz_pool_machine_free(struct fuzz_pool *m)
{
	free(m->bytes);
	m->bytes = NULL;
}

#endif
