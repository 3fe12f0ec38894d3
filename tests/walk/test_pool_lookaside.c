/* SPDX-License-Identifier: MIT */
/* Blocks on lookaside lists: in pairs of pointers to lists, and in lists in the KPRCB itself; loops and absent lists. */
#include "support/pool_machine.h"

#define UNITS 3u

/* Places by build: published types. */
static const struct row {
	const char *name;
	uint32_t arch, paging, build;
	uint32_t nonpaged, paged; /* in the KPRCB */
	uint8_t in_use;           /* a type byte that looks allocated, nonpaged */
} rows[] = {
	{ "XP x86, pairs of pointers", KST_ARCH_X86, KST_PAGING_X86, 2600, 0x5a0, 0x6a0, 5 },
	{ "2003 x64, pairs of pointers", KST_ARCH_X64, KST_PAGING_X64, 3790, 0x980, 0xb80, 5 },
	{ "7 x86, lists", KST_ARCH_X86, KST_PAGING_X86, 7601, 0x620, 0xf20, 2 },
	{ "7 x64, lists", KST_ARCH_X64, KST_PAGING_X64, 7601, 0x880, 0x1480, 2 },
	{ "8.1 x64, lists", KST_ARCH_X64, KST_PAGING_X64, 9600, 0x1480, 0x2080, 2 },
};

struct machine {
	struct image *img;
	struct kst_layout *layout;
	struct kst_target *target;
	uint64_t page, block, kprcb[2];
	uint32_t width, unit;
};

/* A page of blocks of three units, and two processors. */
static void begin(struct machine *m, const struct row *row)
{
	uint64_t kernel = row->arch == KST_ARCH_X86 ? 0x80000000 : 0xfffffa8000000000, previous = 0;
	struct kst_symbol symbol = { kernel + 0x10000, "KiProcessorBlock" };
	struct kst_identity *identity;
	uint8_t *page;

	memset(m, 0, sizeof *m);
	m->img = image_new(row->paging);
	m->layout = layout_builtin(row->arch, row->build, 0);
	m->width = row->arch == KST_ARCH_X86 ? 4 : 8;
	m->unit = 2 * m->width;
	m->page = kernel + 0x50000;
	page = image_page(m->img, m->page);
	for (uint32_t at = 0; at < 0x1000;) {
		uint32_t units = (0x1000 - at) / m->unit < 2 * UNITS ? (0x1000 - at) / m->unit : UNITS;

		if (m->width == 8)
			memcpy(page + at, (uint8_t[]){ (uint8_t)previous, 0, (uint8_t)units, row->in_use }, 4);
		else
			for (unsigned i = 0; i < 4; i++)
				page[at + i] = (uint8_t)((previous | units << 16 | (uint32_t)row->in_use << 25) >>
							 (8 * i));
		memcpy(page + at + 4, "Test", 4);
		previous = units;
		at += units * m->unit;
	}
	for (unsigned i = 0; i < 2; i++) {
		m->kprcb[i] = kernel + 0x100000 + i * 0x10000u;
		image_put_pointer(m->img, symbol.address + (uint64_t)i * m->width, m->kprcb[i]);
		for (uint32_t at = 0; at < 0x4000; at += 0x1000)
			image_page(m->img, m->kprcb[i] + at);
	}
	m->block = m->page + 4 * UNITS * m->unit + m->unit;
	identity = image_identity(m->img);
	identity->processors = 2;
	identity->present |= KST_IDENTITY_HAS_PROCESSORS;
	m->target = image_target_symbols(m->img, m->layout, &symbol, 1);
}

static void end(struct machine *m)
{
	image_free(m->img);
	free(m->layout);
}

/* The head of a list of blocks of `units`; made where pairs of pointers lead to it. */
static uint64_t head_of(struct machine *m, const struct row *row, unsigned processor, bool paged, uint32_t units)
{
	uint32_t stride = (row->paged - row->nonpaged) / 32;
	uint64_t at = m->kprcb[processor] + (paged ? row->paged : row->nonpaged) + (uint64_t)(units - 1) * stride;

	if (stride != 2 * m->width)
		return at;
	image_put_pointer(m->img, at, m->kprcb[processor] + 0x3000);                   /* of the processor */
	image_put_pointer(m->img, at + m->width, m->kprcb[processor] + 0x3000 + 0x80); /* of all processors */
	return m->kprcb[processor] + 0x3080;
}

static void put_head(struct machine *m, uint64_t head, uint64_t first)
{
	image_put64(m->img, head, 0x00010001); /* depth and sequence */
	image_put_pointer(m->img, m->width == 8 ? head + 8 : head, m->width == 8 ? first | 1 : first);
}

static bool listed(struct machine *m)
{
	struct kst_pool_verdict v = { .size = sizeof v };

	assert_int_equal(kst_pool_find(m->target, NULL, m->block + 4, &v, NULL), KST_OK);
	assert_int_equal(v.kind, KST_POOL_KIND_CLASSIC);
	assert_true(v.data == m->block && v.bytes == UNITS * m->unit);
	assert_string_equal(kst_pool_evidence_name(KST_POOL_EVIDENCE_ON_LOOKASIDE), "on-lookaside");
	/* the header's word stands; the list is told beside it */
	assert_int_equal(v.state, KST_POOL_STATE_ALLOCATED);
	return (v.evidence & KST_POOL_EVIDENCE_ON_LOOKASIDE) != 0;
}

static void on_a_list(void **state)
{
	const struct row *row = *state;

	for (unsigned processor = 0; processor < 2; processor++)
		for (unsigned paged = 0; paged < 2; paged++)
			for (unsigned place = 0; place < 3; place++) {
				struct machine m;
				uint64_t head, other;

				begin(&m, row);
				assert_false(listed(&m));
				other = m.page + 0x10 * UNITS * m.unit + m.unit;
				head = head_of(&m, row, processor, paged != 0, UNITS);
				put_head(&m, head, place == 0 ? m.block : other);
				image_put_pointer(m.img, other, place == 1 ? m.block : 0);
				assert_true(listed(&m) == (place < 2));
				/* a loop ends, a link to nowhere as well */
				image_put_pointer(m.img, other, other);
				assert_true(listed(&m) == (place == 0));
				image_put_pointer(m.img, other, m.kprcb[0] + 0x800000);
				assert_true(listed(&m) == (place == 0));
				end(&m);
			}
}

/* The list of another size says nothing of the block, even if it is on it. */
static void on_another_list(void **state)
{
	const struct row *row = *state;
	struct machine m;

	begin(&m, row);
	put_head(&m, head_of(&m, row, 0, false, UNITS + 1), m.block);
	assert_false(listed(&m));
	end(&m);
}

/* x64 up to 7: the address is in the first quadword, behind depth and sequence; later there is no such form. */
static void in_eight_bytes(void **state)
{
	const struct row *row = *state;
	bool known = row->arch == KST_ARCH_X64 && row->build <= 7601;

	for (unsigned place = 0; place < 3; place++)
		for (unsigned region = 0; region < 2; region++) {
			struct machine m;
			uint64_t head, other, first;

			begin(&m, row);
			other = m.page + 0x10 * UNITS * m.unit + m.unit;
			head = head_of(&m, row, 1, false, UNITS);
			first = place == 0 ? m.block : place == 1 ? other : 0;
			image_put64(m.img, head, (first >> 4) << 25 | 0x1ff0002);
			image_put64(m.img, head + 8, region != 0 ? 0xe000000000000002 : 0);
			image_put_pointer(m.img, other, m.block);
			assert_true(listed(&m) == (known && place < 2));
			end(&m);
		}
}

static void survives_failing_reads(void **state)
{
	const struct row *row = *state;

	for (unsigned i = 0; i < 4; i++) {
		struct machine m;
		bool more = true;

		begin(&m, row);
		put_head(&m, head_of(&m, row, 1, true, UNITS), m.block);
		for (uint64_t n = 1; more; n++) {
			struct kst_pool_verdict v, before;
			struct kst_error err = { .size = sizeof err };
			kst_status st;

			memset(&before, 0x11, sizeof before);
			before.size = sizeof before;
			v = before;
			image_fail(m.img, n, (i & 1) != 0, (i & 2) != 0 ? HOST_FAILURE : KST_E_FAULT);
			st = kst_pool_find(m.target, NULL, m.block, &v, &err);
			more = image_reads(m.img) >= n;
			if ((i & 2) != 0 && more) {
				assert_int_equal(st, KST_E_HOST);
				assert_int_equal(err.host_code, HOST_FAILURE);
				assert_memory_equal(&v, &before, sizeof v);
			} else {
				assert_int_equal(st, KST_OK);
			}
			assert_true(n < 3000);
		}
		end(&m);
	}
}

int main(void)
{
	struct CMUnitTest tests[4 * ROWS_COUNT(rows)];

	for (size_t i = 0; i < ROWS_COUNT(rows); i++) {
		tests[4 * i] = (struct CMUnitTest){ rows[i].name, on_a_list, NULL, NULL, (void *)(uintptr_t)&rows[i] };
		tests[4 * i + 1] = tests[4 * i + 2] = tests[4 * i + 3] = tests[4 * i];
		tests[4 * i + 1].test_func = on_another_list;
		tests[4 * i + 2].test_func = in_eight_bytes;
		tests[4 * i + 3].test_func = survives_failing_reads;
	}
	return cmocka_run_group_tests_name("pool lookaside", tests, NULL, NULL);
}
