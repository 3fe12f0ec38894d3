/* SPDX-License-Identifier: MIT */
/* What entries of page frames mean: ends of lists, frames of tables, and frames within large pages. */
#include "support/page_tables.h"

#include <stdlib.h>

struct machine {
	struct image *img;
	struct kst_layout *layout;
	struct kst_target *target;
	uint64_t database;
	uint32_t entry;
};

#define HIGHEST 0x3ffffu

/* A machine with 1 GiB of memory and a database, in which nothing is written yet. */
static struct machine machine(uint32_t paging, struct kst_layout *layout)
{
	bool narrow = paging == KST_PAGING_X86 || paging == KST_PAGING_PAE;
	uint64_t globals = narrow ? 0x80500000 : 0xfffff80000500000;
	const struct kst_symbol symbols[] = { { globals, "MmHighestPhysicalPage" }, { globals + 8, "MmPfnDatabase" } };
	struct machine m = { .img = image_new(paging), .layout = layout };
	struct kst_member size = { .size = sizeof size };

	assert_int_equal(kst_layout_member(layout, "_MMPFN", "", &size), KST_OK);
	m.entry = size.length;
	m.database = narrow ? 0xa0000000 : 0xfffffa8000000000;
	image_put_pointer(m.img, globals, HIGHEST);
	image_put_pointer(m.img, globals + 8, m.database);
	m.target = image_target_symbols(m.img, layout, symbols, 2);
	return m;
}

static void end(struct machine *m)
{
	image_free(m->img);
	free(m->layout);
}

static void member(const struct machine *m, uint64_t frame, const char *path, uint64_t value)
{
	image_put_member(m->img, m->layout, m->database + frame * m->entry, "_MMPFN", path, value);
}

static struct kst_pfn read_frame(const struct machine *m, uint64_t frame)
{
	struct kst_pfn pfn = { .size = sizeof pfn };

	assert_int_equal(kst_pfn_read(m->target, frame, &pfn, NULL), KST_OK);
	assert_true(pfn.frame == frame && pfn.address == m->database + frame * m->entry);
	return pfn;
}

static const struct width_row {
	const char *name;
	uint32_t paging, arch, build, revision;
	unsigned blink; /* bits of a back link, and so of the end of a list */
} width_rows[] = {
	{ "xp", KST_PAGING_X86, KST_ARCH_X86, 2600, 0, 32 },
	{ "7 x86", KST_PAGING_PAE, KST_ARCH_X86, 7601, 24000, 32 },
	{ "8 x86", KST_PAGING_PAE, KST_ARCH_X86, 9200, 0, 25 },
	{ "8.1 x86", KST_PAGING_PAE, KST_ARCH_X86, 9600, 0, 24 },
	{ "10 x86", KST_PAGING_PAE, KST_ARCH_X86, 17763, 0, 24 },
	{ "19045 x86", KST_PAGING_PAE, KST_ARCH_X86, 19045, 2965, 23 },
	{ "2003 x64", KST_PAGING_X64, KST_ARCH_X64, 3790, 1830, 64 },
	{ "7 x64", KST_PAGING_X64, KST_ARCH_X64, 7601, 0, 64 },
	{ "10 x64", KST_PAGING_X64, KST_ARCH_X64, 19041, 3570, 36 },
	{ "11 x64", KST_PAGING_X64, KST_ARCH_X64, 22621, 382, 40 },
};

static uint64_t ones(unsigned bits)
{
	return bits == 64 ? UINT64_MAX : ((uint64_t)1 << bits) - 1;
}

static unsigned width_of(const struct kst_layout *layout, const char *path)
{
	struct kst_member m = { .size = sizeof m };

	assert_int_equal(kst_layout_member(layout, "_MMPFN", path, &m), KST_OK);
	return m.bit_len != 0 ? m.bit_len : m.length * 8;
}

static void bounds(void **state)
{
	const struct width_row *row = *state;
	struct machine m = machine(row->paging, layout_builtin(row->arch, row->build, row->revision));
	const unsigned flink = width_of(m.layout, "u1.Flink"), frame = width_of(m.layout, "u4.PteFrame");
	const struct {
		uint64_t flink, blink;
		bool sound;
	} links[] = {
		{ 5, 6, true },
		{ HIGHEST, HIGHEST, true },
		{ ones(flink), 6, true },
		{ ones(flink), ones(row->blink), true },
		{ 5, ones(row->blink), true },
		{ HIGHEST + 1, 6, false },
		{ 5, HIGHEST + 1, false },
		{ 5, ones(row->blink) - 1, false },
	};
	const struct {
		uint64_t table;
		uint32_t location;
		bool sound;
	} frames[] = {
		{ 5, KST_PFN_ACTIVE, true },
		{ HIGHEST, KST_PFN_ACTIVE, true },
		{ HIGHEST + 1, KST_PFN_ACTIVE, false },
		{ HIGHEST + 1, KST_PFN_STANDBY, false },
		{ HIGHEST + 1, KST_PFN_FREE, true }, /* nobody's */
		{ ones(frame), KST_PFN_ACTIVE, true },
		{ ones(frame) - 0x12, KST_PFN_ACTIVE, true }, /* a page that a driver has locked */
		{ ones(frame) - ones(frame - 8) + 7, KST_PFN_ACTIVE, true },
	};

	assert_int_equal(width_of(m.layout, "u2.Blink"), row->blink);
	for (size_t i = 0; i < sizeof links / sizeof links[0]; i++) {
		struct kst_pfn pfn;

		member(&m, i, "u3.e1.PageLocation", KST_PFN_STANDBY);
		member(&m, i, "u1.Flink", links[i].flink);
		member(&m, i, "u2.Blink", links[i].blink);
		pfn = read_frame(&m, i);
		assert_true((pfn.present & KST_PFN_HAS_LINKS) != 0);
		assert_int_equal(pfn.anomalies, links[i].sound ? 0 : KST_PFN_ANOMALY_LINK_RANGE);
	}
	for (size_t i = 0; i < sizeof frames / sizeof frames[0]; i++) {
		struct kst_pfn pfn;

		member(&m, 0x40 + i, "u3.e1.PageLocation", frames[i].location);
		member(&m, 0x40 + i, "u4.PteFrame", frames[i].table);
		pfn = read_frame(&m, 0x40 + i);
		assert_true(pfn.pte_frame == frames[i].table);
		assert_int_equal(pfn.anomalies, frames[i].sound ? 0 : KST_PFN_ANOMALY_FRAME_RANGE);
	}
	end(&m);
}

/* A large page of frames from BASE on, at `va`; the entry of `level` that maps it. */
#define BASE_FRAME 0x800u

static const struct large_row {
	const char *name;
	uint32_t paging, arch, build;
	unsigned entry, va_bits, shift, level;
	uint64_t va, none; /* none: its table is not there */
	uint64_t pte_base;
	unsigned self_level;
} large_rows[] = {
	{ "x86", KST_PAGING_X86, KST_ARCH_X86, 2600, 4, 32, 22, 2, 0x84000000, 0, 0xc0000000, 2 },
	{ "x64", KST_PAGING_X64, KST_ARCH_X64, 7601, 8, 48, 21, 2, 0xfffff80040000000, 0xffffd00000000000,
	  0xfffff68000000000, 4 },
	{ "x64 1 GiB", KST_PAGING_X64, KST_ARCH_X64, 19041, 8, 48, 30, 3, 0xfffff80080000000, 0xffffd00000000000,
	  0xfffff68000000000, 4 },
	{ "la57", KST_PAGING_LA57, KST_ARCH_X64, 22621, 8, 57, 21, 2, 0xff11f80040000000, 0xff80000000000000,
	  0xff40000000000000, 5 },
};

static uint64_t entry_of(const struct large_row *row, uint64_t va, unsigned level)
{
	for (unsigned i = 0; i < level; i++)
		va = row->pte_base + ((va & ones(row->va_bits)) >> 12) * row->entry;
	return va;
}

static uint64_t large_base(const struct large_row *row)
{
	return row->shift == 30 ? 0 : BASE_FRAME;
}

static struct machine with_large_page(const struct large_row *row)
{
	struct machine m = machine(row->paging, layout_builtin(row->arch, row->build, 0));
	const uint64_t values[] = { image_dtb(m.img) | 0x63, large_base(row) << 12 | 0x1e3 };

	put_entry(image_entry(m.img, image_dtb(m.img), row->pte_base, row->self_level), row->entry, values[0]);
	put_entry(image_entry(m.img, image_dtb(m.img), row->va, row->level), row->entry, values[1]);
	/* the self-map is found when a target is made */
	{
		const uint64_t globals = row->entry == 4 ? 0x80500000 : 0xfffff80000500000;
		const struct kst_symbol symbols[] = { { globals, "MmHighestPhysicalPage" },
						      { globals + 8, "MmPfnDatabase" } };

		m.target = image_target_symbols(m.img, m.layout, symbols, 2);
	}
	return m;
}

static void put_frame(const struct machine *m, uint64_t frame, uint64_t pte_address)
{
	member(m, frame, "u3.e1.PageLocation", KST_PFN_ACTIVE);
	member(m, frame, "PteAddress", pte_address);
}

static void expect(const struct machine *m, uint64_t frame, uint32_t use, uint64_t va)
{
	struct kst_pfn pfn = read_frame(m, frame);

	assert_string_equal(kst_pfn_use_name(pfn.use), kst_pfn_use_name(use));
	assert_int_equal((pfn.present & KST_PFN_HAS_VIRTUAL_ADDRESS) != 0, va != 0);
	assert_true(pfn.virtual_address == va);
}

static void tables_and_large_pages(void **state)
{
	const struct large_row *row = *state;
	struct machine m = with_large_page(row);
	const uint64_t first = large_base(row), large = entry_of(row, row->va, row->level), table = 0x123;
	const uint64_t other = row->entry == 4 ? 0x80500000 : 0xfffff80000500000;

	put_frame(&m, first, large);
	expect(&m, first, KST_PFN_USE_SYSTEM, row->va);
	put_frame(&m, first + 5, large);
	expect(&m, first + 5, KST_PFN_USE_SYSTEM, row->va + 0x5000);
	put_frame(&m, first + 6, large | 1); /* the lowest bits are flags */
	expect(&m, first + 6, KST_PFN_USE_SYSTEM, row->va + 0x6000);
	if (row->shift != 30) {
		put_frame(&m, first + (1u << (row->shift - 12)), large);
		expect(&m, first + (1u << (row->shift - 12)), KST_PFN_USE_UNKNOWN, 0);
		put_frame(&m, first - 1, large);
		expect(&m, first - 1, KST_PFN_USE_UNKNOWN, 0);
	}
	/* one by one the frames of a table, a page, and a process's table, which is not the system's */
	put_frame(&m, table, entry_of(row, other, 2));
	expect(&m, table, KST_PFN_USE_PAGE_TABLE, entry_of(row, other, 1) & ~(uint64_t)0xfff);
	put_frame(&m, table, entry_of(row, other, 1));
	expect(&m, table, KST_PFN_USE_SYSTEM, other);
	put_frame(&m, table, entry_of(row, 0x400000, 2));
	expect(&m, table, KST_PFN_USE_PAGE_TABLE, entry_of(row, 0x400000, 1));
	put_frame(&m, table, entry_of(row, 0x400000, 1));
	expect(&m, table, KST_PFN_USE_PROCESS, 0x400000);
	put_frame(&m, table, entry_of(row, row->pte_base, row->self_level)); /* the root */
	expect(&m, table, KST_PFN_USE_PAGE_TABLE, entry_of(row, row->pte_base, row->self_level - 1) & ~(uint64_t)0xfff);
	if (row->none != 0) { /* as of a session */
		put_frame(&m, table, entry_of(row, row->none, 2));
		expect(&m, table, KST_PFN_USE_PAGE_TABLE, entry_of(row, row->none, 1) & ~(uint64_t)0xfff);
	}
	end(&m);
}

/* A host that fails while the table's entry is read fails the call and ends the walk; nothing is written. */
static void host_fails(void **state)
{
	const struct large_row *row = &large_rows[1];
	struct machine m = with_large_page(row);
	unsigned failed = 0;

	(void)state;
	put_frame(&m, BASE_FRAME, entry_of(row, row->va, row->level));
	for (uint64_t n = 1;; n++) {
		struct kst_pfn pfn = { .size = sizeof pfn, .frame = 7777 };
		struct kst_error err = { .size = sizeof err };
		struct kst_cursor cursor;
		kst_status st;

		image_fail(m.img, n, true, -7);
		st = kst_pfn_read(m.target, BASE_FRAME, &pfn, &err);
		if (image_reads(m.img) < n) {
			assert_int_equal(st, KST_OK);
			assert_true(pfn.virtual_address == row->va);
			break;
		}
		assert_int_equal(st, KST_E_HOST);
		assert_int_equal(err.host_code, -7);
		assert_int_equal(pfn.frame, 7777);
		image_fail(m.img, 0, false, KST_E_FAULT);
		assert_int_equal(kst_pfns_begin(&cursor, m.target, BASE_FRAME, BASE_FRAME, NULL), KST_OK);
		image_fail(m.img, n, true, -7);
		st = kst_pfns_next(&cursor, &pfn, &err);
		if (st == KST_E_HOST) {
			assert_int_equal(pfn.frame, 7777);
			assert_int_equal(kst_cursor_end(&cursor), KST_WALK_UNREADABLE);
			assert_int_equal(kst_pfns_next(&cursor, &pfn, &err), KST_E_HOST);
			failed++;
		}
	}
	assert_true(failed > 4);
	end(&m);
}

int main(void)
{
	struct CMUnitTest tests[1 + sizeof width_rows / sizeof width_rows[0] +
				sizeof large_rows / sizeof large_rows[0]] = { cmocka_unit_test(host_fails) };
	size_t n = 1;

	n += ROWS_TO_TESTS(tests + n, width_rows, bounds);
	n += ROWS_TO_TESTS(tests + n, large_rows, tables_and_large_pages);
	return _cmocka_run_group_tests("pfn use", tests, n, NULL, NULL);
}
