/* SPDX-License-Identifier: MIT */
/*
 * A whole machine: the input chooses the layout, the paging mode, what is known beforehand, the memory map, which reads
 * fail and how. Then every walk and every question is put to it. The seeds are the forged machines of the tests.
 *
 *	u8 kernel, u8 reader's abilities, u8 architecture, u8 paging, u8 processors, u8 how reads fail, u16 which one (0: none)
 *	u16 what of the identity is known, then the known addresses (u64) and numbers (u32)
 *	u8 count and u64 each: further address spaces; addresses to ask about; u8 count: symbols { u32 hash, u64 address }
 *	until the end: { u8 space, top bit: zeros; u64 address; u16 length; the bytes, unless zeros }
 */
#include "fuzz.h"

#include <stdbool.h>

#define BUDGET    300u
#define ELEMENTS  40u /* of one walk that are looked into */
#define RUNS      1024u
#define ADDRESSES 24u
#define SPACES    3u
#define SYMBOLS   64u
#define HOST      (-777)

enum { ABLE_PHYSICAL = 1, ABLE_RANGES = 2, ABLE_WINDOW = 4, ABLE_PAGE_FILE = 8, ABLE_MODULES = 16, NO_LAYOUT = 32 };
enum { FAIL_ON = 1, FAIL_HOST = 2 };

/* Memory of one space that comes from one run. Pieces do not overlap. */
struct piece {
	kst_space space;
	uint64_t first, last;
	const uint8_t *bytes; /* NULL: zeros */
};

struct machine {
	uint64_t spaces[SPACES + 2]; /* kernel, physical, and others */
	uint64_t addresses[ADDRESSES];
	size_t addresses_count;
	uint64_t reads, fail_at;
	uint8_t fail_how;
	bool failed; /* the host failed since the last question */
	struct kst_target *target;
	const struct kst_layout *layout;
	size_t count;
	struct piece pieces[2 * RUNS]; /* sorted; each run cuts at most one into two */
};

static const struct {
	uint32_t arch, build, revision;
} kernels[] = {
#include "machine_kernels.h"
};
#define KERNELS (sizeof kernels / sizeof kernels[0])

/* The first piece of a space that does not end before `address`, or NULL. */
static const struct piece *piece_from(const struct machine *m, kst_space space, uint64_t address)
{
	size_t low = 0, high = m->count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;
		const struct piece *p = &m->pieces[middle];

		if (p->space < space || (p->space == space && p->last < address))
			low = middle + 1;
		else
			high = middle;
	}
	return low < m->count && m->pieces[low].space == space ? &m->pieces[low] : NULL;
}

static const struct piece *piece_at(const struct machine *m, kst_space space, uint64_t address)
{
	const struct piece *p = piece_from(m, space, address);

	return p != NULL && p->first <= address ? p : NULL;
}

static kst_status read_memory(void *user, kst_space space, uint64_t address, void *buf, size_t len, size_t *done)
{
	struct machine *m = user;

	*done = 0;
	m->reads++;
	if (m->fail_at != 0 && (m->reads == m->fail_at || ((m->fail_how & FAIL_ON) != 0 && m->reads > m->fail_at))) {
		m->failed = m->failed || (m->fail_how & FAIL_HOST) != 0;
		return (m->fail_how & FAIL_HOST) != 0 ? HOST : KST_E_FAULT;
	}
	while (*done < len) {
		const struct piece *p = piece_at(m, space, address + *done);
		uint64_t off, n;

		if (p == NULL)
			return KST_E_FAULT;
		off = address + *done - p->first;
		n = p->last - p->first - off < len - *done ? p->last - p->first - off + 1 : len - *done;
		if (p->bytes != NULL)
			memcpy((uint8_t *)buf + *done, p->bytes + off, (size_t)n);
		else
			memset((uint8_t *)buf + *done, 0, (size_t)n);
		*done += (size_t)n;
	}
	return KST_OK;
}

static kst_status next_range(void *user, kst_space space, uint64_t address, uint64_t *start, uint64_t *length)
{
	const struct piece *p = piece_from(user, space, address);

	if (p == NULL)
		return KST_END;
	*start = p->first > address ? p->first : address;
	*length = p->last - *start + 1;
	return KST_OK;
}

static const void *window(void *user, kst_space space, uint64_t address, uint64_t *start, uint64_t *length)
{
	const struct piece *p = piece_at(user, space, address);

	if (p == NULL || p->bytes == NULL)
		return NULL;
	*start = p->first;
	*length = p->last - p->first + 1;
	return p->bytes;
}

static kst_status read_page_file(void *user, uint32_t number, uint64_t offset, void *buf, size_t len, size_t *done)
{
	return read_memory(user, KST_SPACE_PHYSICAL, offset + number, buf, len, done);
}

/* A triage dump's own list: the first addresses. */
static kst_status module(void *user, uint64_t index, struct kst_module *out)
{
	const struct machine *m = user;

	if (index >= m->addresses_count)
		return KST_END;
	memset(out, 0, sizeof *out);
	out->size = sizeof *out;
	out->base = m->addresses[index];
	out->size_of_image = 0x10000;
	out->time_date_stamp = (uint32_t)m->reads;
	out->present = KST_MODULE_HAS_BASE | KST_MODULE_HAS_SIZE | KST_MODULE_HAS_STAMP;
	return KST_OK;
}

static const struct kst_layout *layout_of(size_t which)
{
	static struct kst_layout *layouts[KERNELS];
	struct kst_layout_key key = { .size = sizeof key,
				      .arch = kernels[which].arch,
				      .build = kernels[which].build,
				      .revision = kernels[which].revision };

	if (layouts[which] == NULL) {
		layouts[which] = malloc(kst_layout_size());
		TRUTH(layouts[which] != NULL &&
		      kst_layout_init_builtin(layouts[which], kst_layout_size(), &key, NULL) == KST_OK);
	}
	return layouts[which];
}

static uint16_t fuzz_u16(struct fuzz_input *in)
{
	uint16_t low = fuzz_u8(in);

	return (uint16_t)(low | fuzz_u8(in) << 8);
}

/* The wanted symbol whose name has this hash; NULL: none. */
static const char *symbol_named(uint32_t hash)
{
	static uint32_t hashes[1024];
	static char names[1024][64];
	static uint32_t count;
	const char *name;

	for (; count < 1024 && kst_layout_wanted_symbol(count, &name) == KST_OK; count++) {
		hashes[count] = 2166136261u;
		snprintf(names[count], sizeof names[0], "%.*s", (int)strcspn(name, "|"), name);
		for (const char *c = names[count]; *c != '\0'; c++)
			hashes[count] = (hashes[count] ^ (uint8_t)*c) * 16777619u;
	}
	for (uint32_t i = 0; i < count; i++)
		if (hashes[i] == hash)
			return names[i];
	return NULL;
}

static void read_identity(struct fuzz_input *in, struct kst_identity *id)
{
	uint64_t *const addresses[] = {
		&id->dtb,          &id->kernel_base, &id->debugger_data, &id->loaded_modules, &id->active_processes,
		&id->pfn_database, &id->kpcr
	};
	uint32_t *const numbers[] = { &id->build, &id->revision, NULL, &id->time_date_stamp, &id->size_of_image };

	id->present = fuzz_u16(in) & 0x3fff;
	for (size_t i = 0; i < 7; i++)
		if ((id->present & (uint64_t)KST_IDENTITY_HAS_DTB << i) != 0)
			*addresses[i] = fuzz_u64(in);
	for (size_t i = 0; i < 5; i++)
		if (numbers[i] != NULL && (id->present & (uint64_t)KST_IDENTITY_HAS_BUILD << i) != 0)
			*numbers[i] = fuzz_u32(in);
}

static void add_piece(struct machine *m, const struct piece *p, uint64_t first, uint64_t last)
{
	struct piece *out = &m->pieces[m->count++];

	*out = (struct piece){ p->space, first, last, p->bytes != NULL ? p->bytes + (first - p->first) : NULL };
}

/* The later run wins: a mutation that adds one changes the memory. */
static void add_run(struct machine *m, const struct piece *run)
{
	for (size_t i = m->count; i-- > 0;) {
		struct piece old = m->pieces[i];

		if (old.space != run->space || old.last < run->first || old.first > run->last)
			continue;
		m->pieces[i] = m->pieces[--m->count];
		if (old.first < run->first)
			add_piece(m, &old, old.first, run->first - 1);
		if (old.last > run->last)
			add_piece(m, &old, run->last + 1, old.last);
	}
	add_piece(m, run, run->first, run->last);
}

static int by_place(const void *one, const void *other)
{
	const struct piece *a = one, *b = other;

	return a->space != b->space ? (a->space > b->space ? 1 : -1) : (a->first > b->first) - (a->first < b->first);
}

static void read_runs(struct machine *m, struct fuzz_input *in)
{
	for (unsigned i = 0; i < RUNS && in->size > 11; i++) {
		uint8_t head = fuzz_u8(in);
		struct piece run = { m->spaces[(head & 0x7f) % (SPACES + 2)], fuzz_u64(in), 0, NULL };
		uint32_t length = fuzz_u16(in);

		if ((head & 0x80) == 0) {
			if (length > in->size)
				length = (uint32_t)in->size;
			run.bytes = in->data;
			in->data += length;
			in->size -= length;
		}
		if (length == 0 || run.first > UINT64_MAX - length)
			continue;
		run.last = run.first + length - 1;
		add_run(m, &run);
	}
	qsort(m->pieces, m->count, sizeof m->pieces[0], by_place);
}

#include "machine_questions.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct machine m;
	static struct kst_target *target;
	struct fuzz_input all = { data, size };
	uint8_t *exact = fuzz_rest(&all, &size);
	struct fuzz_input in = { exact, size };
	struct kst_symbol symbols[SYMBOLS];
	struct kst_reader_ops ops = { .size = sizeof ops, .read = read_memory };
	struct kst_identity id = { .size = sizeof id };
	struct kst_target_config config = { .size = sizeof config,
					    .step_budget = BUDGET,
					    .reader = &ops,
					    .reader_user = &m,
					    .identity = &id,
					    .symbols = symbols };
	uint8_t able;

	if (target == NULL)
		target = malloc(kst_target_size());
	memset(&m, 0, offsetof(struct machine, pieces));
	m.layout = layout_of(fuzz_u8(&in) % KERNELS);
	able = fuzz_u8(&in);
	id.arch = fuzz_u8(&in) % 4;
	id.paging = fuzz_u8(&in) % 6;
	id.processors = fuzz_u8(&in);
	m.fail_how = fuzz_u8(&in);
	m.fail_at = fuzz_u16(&in);
	read_identity(&in, &id);
	m.spaces[1] = KST_SPACE_PHYSICAL;
	m.spaces[0] = KST_SPACE_KERNEL;
	for (size_t i = 0, n = fuzz_u8(&in) % (SPACES + 1); i < n; i++)
		m.spaces[2 + i] = fuzz_u64(&in);
	m.addresses_count = fuzz_u8(&in) % (ADDRESSES + 1);
	for (size_t i = 0; i < m.addresses_count; i++)
		m.addresses[i] = fuzz_u64(&in);
	for (size_t n = fuzz_u8(&in) % (SYMBOLS + 1); n > 0; n--) {
		const char *name = symbol_named(fuzz_u32(&in));

		symbols[config.symbols_count].address = fuzz_u64(&in);
		symbols[config.symbols_count].name = name;
		config.symbols_count += name != NULL;
	}
	read_runs(&m, &in);
	ops.flags = (able & ABLE_PHYSICAL) != 0 ? KST_READER_PHYSICAL_ONLY : 0;
	ops.next_range = (able & ABLE_RANGES) != 0 ? next_range : NULL;
	ops.window = (able & ABLE_WINDOW) != 0 ? window : NULL;
	ops.module = (able & ABLE_MODULES) != 0 ? module : NULL;
	config.read_page_file = (able & ABLE_PAGE_FILE) != 0 ? read_page_file : NULL;
	config.page_file_user = &m;
	config.layout = (able & NO_LAYOUT) != 0 ? NULL : m.layout;
	identify(&m, &ops, &id);
	if (target != NULL && kst_target_init(target, kst_target_size(), &config, NULL) == KST_OK) {
		m.target = target;
		ask_all(&m);
	}
	free(exact);
	return 0;
}
