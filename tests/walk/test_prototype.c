/* SPDX-License-Identifier: MIT */
/* Prototypes through the VAD tree, and frames in transition that were given out again. */
#include "support/processes.h"

#include <stdlib.h>

struct row {
	const char *name;
	uint32_t paging, arch, build;
	unsigned entry;
	uint64_t kernel; /* where the forged kernel's things are */
	uint64_t marker; /* an entry that asks the tree: protection read-write */
	uint64_t pte_base;
	unsigned self_level;
};

static const struct row rows[] = {
	{ "xp", KST_PAGING_X86, KST_ARCH_X86, 2600, 4, 0x89e10000, 0xfffff480, 0xc0000000, 2 },
	{ "7-x86", KST_PAGING_X86, KST_ARCH_X86, 7601, 4, 0x89e10000, 0xfffff480, 0xc0000000, 2 },
	{ "7-x64", KST_PAGING_X64, KST_ARCH_X64, 7601, 8, 0xffffa80000010000, 0xffffffff00000480, 0xfffff68000000000,
	  4 },
	{ "10-pae", KST_PAGING_PAE, KST_ARCH_X86, 19041, 8, 0x89e10000, 0xffffffff00000490, 0, 0 },
	{ "10-x64", KST_PAGING_X64, KST_ARCH_X64, 19041, 8, 0xffffa80000010000, 0xffffffff00000490, 0xffffec8000000000,
	  4 },
	{ "11-x64", KST_PAGING_X64, KST_ARCH_X64, 22621, 8, 0xffffa80000010000, 0xffffffff00000490, 0xffffec8000000000,
	  4 },
};

#define PAGE(n) ((uint64_t)(n) << 12)
#define FIRST   0x100u /* pages of the view: FIRST to FIRST + 7 */

struct world {
	const struct row *row;
	struct image *img;
	struct kst_layout *layout;
	struct kst_target *target;
	uint64_t dtb, process, vad, entries[2], subsection[2];
	uint64_t pages[8]; /* physical */
};

static void put_number(struct image *img, uint64_t va, unsigned width, uint64_t value)
{
	if (width == 4)
		image_put32(img, va, (uint32_t)value);
	else
		image_put64(img, va, value);
}

static void put_entry(const struct world *w, uint64_t va, uint64_t value)
{
	uint8_t *at = image_entry(w->img, w->dtb, va, 1);

	for (unsigned i = 0; i < w->row->entry; i++)
		at[i] = (uint8_t)(value >> (8 * i));
}

static bool has_subsections(const struct row *row)
{
	return row->build >= 6000;
}

static void member(const struct world *w, uint64_t object, const char *type, const char *path, uint64_t value)
{
	image_put_member(w->img, w->layout, object, type, path, value);
}

/*
 * A process with one view of eight pages: five prototype entries behind each other, and three in a second subsection
 * (before Vista all eight are behind each other). Page n begins with the letter 'a' + n.
 */
static struct world make(const struct row *row)
{
	struct world w = { .row = row,
			   .img = image_new(row->paging),
			   .layout = layout_builtin(row->arch, row->build, 0) };
	unsigned first = has_subsections(row) ? 5 : 8;
	const char *root = row->build >= 9600 ? "VadNode.Left" : "LeftChild";
	uint64_t at = row->kernel, tree;

	if (row->pte_base != 0) {
		uint8_t *self = image_entry(w.img, image_dtb(w.img), row->pte_base, row->self_level);
		uint64_t value = image_dtb(w.img) | 0x63;

		for (unsigned i = 0; i < row->entry; i++)
			self[i] = (uint8_t)(value >> (8 * i));
	}
	w.process = at + 0x1000;
	w.vad = at + 0x4000;
	w.entries[0] = at + 0x6000;
	w.entries[1] = at + 0x7000;
	w.subsection[0] = at + 0x8000;
	w.subsection[1] = at + 0x8800;
	image_page(w.img, at);
	image_put_pointer(w.img, at + 0x9000, 0); /* globals */
	for (uint64_t i = 0; i < 8; i++) {
		uint64_t list = i < first ? w.entries[0] + i * row->entry : w.entries[1] + (i - first) * row->entry;
		uint64_t page = at + 0x10000 + PAGE(i);

		image_put8(w.img, page, (uint8_t)('a' + i));
		w.pages[i] = image_physical(w.img, page);
		put_number(w.img, list, row->entry, w.pages[i] | 0x63);
	}
	w.dtb = image_new_process(w.img);
	forge_process(w.img, w.layout, &(struct forged_process){ .address = w.process, .name = "a", .dtb = w.dtb });
	forge_process_list(w.img, w.layout, &w.process, 1);
	tree = w.process + place_of(w.layout, "_EPROCESS", "VadRoot");
	if (row->build > 2600 && row->build < 9600)
		tree += place_of(w.layout, "_MM_AVL_TABLE", "BalancedRoot.RightChild");
	image_put_pointer(w.img, tree, w.vad + 0x800); /* a node of its own above it */
	member(&w, w.vad + 0x800, "_MMVAD_SHORT", "StartingVpn", FIRST + 0x100);
	member(&w, w.vad + 0x800, "_MMVAD_SHORT", "EndingVpn", FIRST + 0x1ff);
	member(&w, w.vad + 0x800, "_MMVAD_SHORT", root, w.vad);
	member(&w, w.vad, "_MMVAD_SHORT", "StartingVpn", FIRST);
	member(&w, w.vad, "_MMVAD_SHORT", "EndingVpn", FIRST + 7);
	member(&w, w.vad, "_MMVAD", "FirstPrototypePte", w.entries[0]);
	member(&w, w.vad, "_MMVAD", "LastContiguousPte", w.entries[0] + (first - 1) * row->entry);
	if (has_subsections(row)) {
		member(&w, w.vad, "_MMVAD", "Subsection", w.subsection[0]);
		member(&w, w.subsection[0], "_SUBSECTION", "SubsectionBase", w.entries[0]);
		member(&w, w.subsection[0], "_SUBSECTION", "PtesInSubsection", first);
		member(&w, w.subsection[0], "_SUBSECTION", "NextSubsection", w.subsection[1]);
		member(&w, w.subsection[1], "_SUBSECTION", "SubsectionBase", w.entries[1]);
		member(&w, w.subsection[1], "_SUBSECTION", "PtesInSubsection", 3);
	}
	for (uint64_t i = 0; i < 8; i++)
		put_entry(&w, PAGE(FIRST + i), row->marker);
	put_entry(&w, PAGE(FIRST + 0x180), row->marker);
	w.target = forged_target(w.img, w.layout);
	return w;
}

static void end(struct world *w)
{
	image_free(w->img);
	free(w->layout);
}

static struct kst_translation translated(const struct world *w, uint64_t va)
{
	struct kst_translation t = { .size = sizeof t };

	assert_int_equal(kst_translate(w->target, w->dtb, va, 0, &t, NULL), KST_OK);
	return t;
}

static void through_the_tree(void **state)
{
	struct world w = make(*state);
	struct kst_translation t;
	char text[2];

	for (uint64_t i = 0; i < 8; i++) {
		t = translated(&w, PAGE(FIRST + i) + 0x10);
		assert_int_equal(t.state, KST_PTE_PROTOTYPE_VAD);
		assert_int_equal(t.proto_state, KST_PTE_VALID);
		assert_int_equal(t.read, KST_PTE_READ_PROTOTYPE);
		assert_int_equal(t.breakpoint_owed, 1);
		assert_true(t.physical == w.pages[i] + 0x10);
		assert_int_equal(t.anomalies, 0);
		assert_int_equal(kst_read(w.target, w.dtb, PAGE(FIRST + i), text, 1, NULL, NULL), KST_OK);
		assert_int_equal(text[0], 'a' + i);
	}
	assert_true(translated(&w, PAGE(FIRST + 1)).proto_address == w.entries[0] + w.row->entry);
	/* a read that goes on from one to the next */
	assert_int_equal(kst_read(w.target, w.dtb, PAGE(FIRST + 3) - 1, text, 2, NULL, NULL), KST_OK);
	assert_int_equal(text[1], 'd');
	/* as the processor sees it there is nothing */
	t.size = sizeof t;
	assert_int_equal(kst_translate(w.target, w.dtb, PAGE(FIRST), KST_TRANSLATE_HARDWARE_ONLY, &t, NULL), KST_OK);
	assert_int_equal(t.present & (KST_TRANSLATION_HAS_PROTO | KST_TRANSLATION_HAS_PHYSICAL), 0);
	/* a prototype in transition, and one in a page file; the process's protection stays its own */
	put_number(w.img, w.entries[0], w.row->entry, w.pages[0] | 0x820);
	t = translated(&w, PAGE(FIRST));
	assert_int_equal(t.proto_state, KST_PTE_TRANSITION);
	assert_true((t.present & KST_TRANSLATION_HAS_PROTECTION) != 0 && t.protection == 4);
	assert_true(t.physical == w.pages[0]);
	put_number(w.img, w.entries[0], w.row->entry, w.row->entry == 4 ? 0x12345080 : 0x1234500000080);
	t = translated(&w, PAGE(FIRST));
	assert_int_equal(t.proto_state, KST_PTE_PAGE_FILE);
	assert_int_equal(t.present & KST_TRANSLATION_HAS_PHYSICAL, 0);
	end(&w);
}

static kst_status batch(void *user, kst_space space, size_t count, const uint64_t *addresses, const size_t *lengths,
			void *const *bufs, size_t *done)
{
	for (size_t i = 0; i < count; i++)
		image_reader(user)->read(user, space, addresses[i], bufs[i], lengths[i], &done[i]);
	return KST_OK;
}

static uint64_t reads_for(const struct world *w, const struct kst_target *target, uint64_t dtb, uint64_t pages,
			  kst_status want)
{
	static uint8_t buf[0x8000];
	uint64_t before;

	image_fail(w->img, 0, false, KST_OK);
	before = image_reads(w->img);
	assert_int_equal(kst_read(target, dtb, PAGE(FIRST), buf, (size_t)PAGE(pages), NULL, NULL), want);
	for (uint64_t i = 0; i < pages && want == KST_OK; i++)
		assert_int_equal(buf[PAGE(i)], 'a' + i);
	return image_reads(w->img) - before;
}

static uint64_t reads_for_runs(const struct world *w, uint64_t dtb, uint64_t pages)
{
	struct kst_page_run run = { .size = sizeof run };
	struct kst_cursor cursor;
	uint64_t before, covered = 0;
	kst_status st;

	image_fail(w->img, 0, false, KST_OK);
	before = image_reads(w->img);
	assert_int_equal(kst_page_runs_begin(&cursor, w->target, dtb, PAGE(FIRST), PAGE(FIRST + pages) - 1, 0, NULL),
			 KST_OK);
	while ((st = kst_page_runs_next(&cursor, &run, NULL)) == KST_OK) {
		assert_int_equal(run.state, KST_PTE_PROTOTYPE_VAD);
		covered += run.length;
	}
	assert_int_equal(st, KST_END);
	assert_true(covered == PAGE(pages));
	return image_reads(w->img) - before;
}

/* Whose space it is and which descriptor covers it is asked once for all pages, among however many processes. */
static void asked_once(void **state)
{
	struct world w = make(*state);
	struct kst_reader_ops ops = *image_reader(w.img);
	uint64_t links[41], head = FORGED_HEAD(w.row->arch == KST_ARCH_X86 ? 4 : 8), stranger, one;
	const struct kst_symbol symbol = { head, "PsActiveProcessHead" };
	const struct kst_target_config config = { .size = sizeof config,
						  .reader = &ops,
						  .reader_user = w.img,
						  .layout = w.layout,
						  .identity = image_identity(w.img),
						  .symbols = &symbol,
						  .symbols_count = 1 };
	struct kst_target *batches;

	for (uint64_t i = 0; i < 40; i++) {
		links[i] = w.row->kernel + 0x20000 + PAGE(i);
		forge_process(w.img, w.layout,
			      &(struct forged_process){ .address = links[i], .name = "b", .dtb = 0x7000000 + PAGE(i) });
	}
	links[40] = w.process;
	forge_process_list(w.img, w.layout, links, 41);
	stranger = image_new_process(w.img);
	for (uint64_t i = 0; i < 8; i++) {
		uint8_t *at = image_entry(w.img, stranger, PAGE(FIRST + i), 1);

		for (unsigned n = 0; n < w.row->entry; n++)
			at[n] = (uint8_t)(w.row->marker >> (8 * n));
	}
	w.target = forged_target(w.img, w.layout);
	one = reads_for(&w, w.target, w.dtb, 1, KST_OK);
	assert_true(one > 100);
	assert_true(reads_for(&w, w.target, w.dtb, 8, KST_OK) < 2 * one);
	one = reads_for_runs(&w, w.dtb, 1);
	assert_true(reads_for_runs(&w, w.dtb, 8) < 2 * one);
	/* a process that is not on the list is not looked for again either */
	one = reads_for_runs(&w, stranger, 1);
	assert_true(reads_for_runs(&w, stranger, 8) < 2 * one);
	assert_true(reads_for(&w, w.target, stranger, 8, KST_E_FAULT) < 2 * one);
	/* ... nor where the host is asked for several pages at once */
	ops.read_batch = batch;
	assert_int_equal(kst_target_create(&config, &batches, NULL), KST_OK);
	one = reads_for(&w, batches, w.dtb, 1, KST_OK);
	assert_true(reads_for(&w, batches, w.dtb, 8, KST_OK) < 2 * one);
	kst_target_destroy(batches);
	end(&w);
}

static void unresolved(const struct world *w, uint64_t va, const char *why)
{
	struct kst_translation t = translated(w, va);
	char byte;

	if (t.state != KST_PTE_PROTOTYPE_VAD || (t.present & KST_TRANSLATION_HAS_PHYSICAL) != 0)
		fail_msg("%s", why);
	assert_int_equal(t.read, KST_PTE_READ_NONE);
	assert_int_equal(kst_read(w->target, w->dtb, va, &byte, 1, NULL, NULL), KST_E_FAULT);
}

static void not_known(void **state)
{
	struct world w = make(*state);
	uint64_t other, links, head = FORGED_HEAD(w.row->arch == KST_ARCH_X86 ? 4 : 8);

	unresolved(&w, PAGE(FIRST + 0x180), "a range without prototypes");
	put_entry(&w, PAGE(FIRST + 9), w.row->marker);
	unresolved(&w, PAGE(FIRST + 9), "no range");
	/* a process that is not on the list */
	other = w.dtb;
	w.dtb = image_new_process(w.img);
	put_entry(&w, PAGE(FIRST), w.row->marker);
	unresolved(&w, PAGE(FIRST), "an unknown process");
	w.dtb = other;
	/* pointers that lead nowhere */
	member(&w, w.vad, "_MMVAD", "FirstPrototypePte", w.entries[0] + 2);
	assert_true((translated(&w, PAGE(FIRST)).anomalies & KST_TRANSLATION_ANOMALY_BAD_POINTER) != 0);
	member(&w, w.vad, "_MMVAD", "FirstPrototypePte", 0x1000);
	unresolved(&w, PAGE(FIRST), "prototypes in user space");
	member(&w, w.vad, "_MMVAD", "FirstPrototypePte", w.entries[0]);
	/* a tree and a list that go round; subsections as well */
	if (has_subsections(w.row)) {
		member(&w, w.subsection[0], "_SUBSECTION", "PtesInSubsection", 0);
		member(&w, w.subsection[0], "_SUBSECTION", "NextSubsection", w.subsection[0]);
		unresolved(&w, PAGE(FIRST + 7), "subsections in a loop");
		member(&w, w.subsection[0], "_SUBSECTION", "SubsectionBase", w.entries[0] + w.row->entry);
		unresolved(&w, PAGE(FIRST + 7), "a view that begins before its subsection");
	}
	member(&w, w.vad + 0x800, "_MMVAD_SHORT", w.row->build >= 9600 ? "VadNode.Left" : "LeftChild", w.vad + 0x800);
	unresolved(&w, PAGE(FIRST), "a tree in a loop");
	member(&w, w.process, "_KPROCESS", "DirectoryTableBase", 0x123000);
	links = w.process + place_of(w.layout, "_EPROCESS", "ActiveProcessLinks");
	image_put_pointer(w.img, links, links);
	unresolved(&w, PAGE(FIRST), "a list in a loop");
	image_unmap(w.img, head);
	unresolved(&w, PAGE(FIRST), "no list");
	end(&w);
}

/* Every read on the way fails in turn: no answer, or the host's failure; never another page. */
static void sweep(void **state)
{
	for (unsigned kind = 0; kind < 4; kind++) {
		kst_status with = kind & 1 ? -7 : KST_E_FAULT;
		bool done = false;

		for (uint64_t n = 1; !done; n++) {
			struct world w = make(*state);
			struct kst_error err = { .size = sizeof err };
			kst_status st;
			char byte = 'x';

			image_fail(w.img, n, (kind & 2) != 0, with);
			st = kst_read(w.target, w.dtb, PAGE(FIRST + 7), &byte, 1, NULL, &err);
			done = image_reads(w.img) < n;
			if (st == KST_OK)
				assert_int_equal(byte, 'h');
			else
				assert_int_equal(st, with == -7 ? KST_E_HOST : KST_E_FAULT);
			if (st == KST_E_HOST)
				assert_int_equal(err.host_code, -7);
			if (done)
				assert_int_equal(st, KST_OK);
			end(&w);
		}
	}
}

#define DATABASE 0xffffa90000000000u

static void put_pfn(const struct world *w, uint64_t physical, uint32_t location, uint64_t entry)
{
	uint64_t at = DATABASE + (physical >> 12) * 0x30;

	member(w, at, "_MMPFN", "u3.e1.PageLocation", location);
	member(w, at, "_MMPFN", "PteAddress", entry);
}

/* A frame in transition is believed while its _MMPFN agrees. */
static void reused(void **state)
{
	static const struct {
		uint32_t location;
		uint64_t off; /* PteAddress, from the right one */
		bool sound;
	} cases[] = {
		{ KST_PFN_STANDBY, 0, true },
		{ KST_PFN_MODIFIED, 0, true },
		{ KST_PFN_MODIFIED_NO_WRITE, 0, true },
		{ KST_PFN_TRANSITION, 0, true },
		{ KST_PFN_STANDBY, 1, true },
		{ KST_PFN_STANDBY, 8, false },
		{ KST_PFN_STANDBY, 0x1000, false },
		{ KST_PFN_ACTIVE, 0, false },
		{ KST_PFN_FREE, 0, false },
		{ KST_PFN_ZEROED, 0, false },
		{ KST_PFN_BAD, 0, false },
	};
	struct world w = make(*state);
	struct kst_symbol symbols[] = { { FORGED_HEAD(8), "PsActiveProcessHead" },
					{ w.row->kernel + 0x9000, "MmPfnDatabase" } };
	uint64_t own = PAGE(FIRST + 0x20), own_entry = w.row->pte_base + (own >> 9);
	struct kst_translation t;

	put_entry(&w, own, w.pages[7] | 0x880);
	image_put64(w.img, symbols[1].address, DATABASE);
	w.target = image_target_symbols(w.img, w.layout, symbols, 2);
	/* no entry at hand: as without a database */
	t = translated(&w, own);
	assert_int_equal(t.anomalies & ~(uint64_t)KST_TRANSLATION_ANOMALY_MASK_ASSUMED, 0);
	assert_int_equal(t.state, KST_PTE_TRANSITION);
	assert_true(t.physical == w.pages[7]);
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		char byte = 0;

		put_pfn(&w, w.pages[7], cases[i].location, own_entry + cases[i].off);
		t = translated(&w, own);
		assert_int_equal(t.state, KST_PTE_TRANSITION);
		assert_int_equal((t.anomalies & KST_TRANSLATION_ANOMALY_REUSED) == 0, cases[i].sound);
		assert_int_equal((t.present & KST_TRANSLATION_HAS_PHYSICAL) != 0, cases[i].sound);
		assert_int_equal(t.read, cases[i].sound ? KST_PTE_READ_TRANSITION : KST_PTE_READ_NONE);
		assert_int_equal(kst_read(w.target, w.dtb, own, &byte, 1, NULL, NULL),
				 cases[i].sound ? KST_OK : KST_E_FAULT);
		assert_int_equal(byte, cases[i].sound ? 'h' : 0);
		/* the same of a prototype entry, whose own address counts */
		image_put64(w.img, w.entries[0], w.pages[0] | 0x880);
		put_pfn(&w, w.pages[0], cases[i].location, w.entries[0] + cases[i].off);
		t = translated(&w, PAGE(FIRST));
		assert_int_equal(t.proto_state, KST_PTE_TRANSITION);
		assert_int_equal((t.anomalies & KST_TRANSLATION_ANOMALY_REUSED) == 0, cases[i].sound);
		assert_int_equal(t.read, cases[i].sound ? KST_PTE_READ_PROTOTYPE : KST_PTE_READ_NONE);
	}
	assert_string_equal(kst_translation_anomaly_name(KST_TRANSLATION_ANOMALY_REUSED), "reused");
	/* the same where only the dump's header knows the database */
	image_identity(w.img)->pfn_database = symbols[1].address;
	image_identity(w.img)->present |= KST_IDENTITY_HAS_PFN_DATABASE;
	w.target = image_target_symbols(w.img, w.layout, symbols, 1);
	assert_true((translated(&w, own).anomalies & KST_TRANSLATION_ANOMALY_REUSED) != 0);
	/* the host's failures on the way are the host's */
	put_pfn(&w, w.pages[7], KST_PFN_STANDBY, own_entry);
	for (uint64_t n = 1;; n++) {
		struct kst_error err = { .size = sizeof err };
		kst_status st;

		image_fail(w.img, n, false, -7);
		t = (struct kst_translation){ .size = sizeof t };
		st = kst_translate(w.target, w.dtb, own, 0, &t, &err);
		if (image_reads(w.img) < n)
			break;
		assert_int_equal(st, KST_E_HOST);
		assert_int_equal(err.host_code, -7);
	}
	end(&w);
}

/* XP's tree is not balanced. Where it covers nothing is asked once. */
static void deep_tree(void **state)
{
	struct world w = make(&rows[0]);
	uint64_t first = w.row->kernel + 0x40000, last = first + 199 * 0x40, reads;

	(void)state;
	for (uint64_t node = first; node <= last; node += 0x40) {
		member(&w, node, "_MMVAD_SHORT", "StartingVpn", FIRST + 0x1000 + (last - node) / 0x40);
		member(&w, node, "_MMVAD_SHORT", "EndingVpn", FIRST + 0x1000 + (last - node) / 0x40);
		member(&w, node, "_MMVAD_SHORT", "LeftChild", node < last ? node + 0x40 : w.vad + 0x800);
	}
	image_put_pointer(w.img, w.process + place_of(w.layout, "_EPROCESS", "VadRoot"), first);
	assert_true(translated(&w, PAGE(FIRST)).physical == w.pages[0]);
	/* into itself, and to an end */
	for (unsigned i = 0; i < 2; i++) {
		member(&w, last, "_MMVAD_SHORT", "LeftChild", i == 0 ? first : 0);
		assert_int_equal(translated(&w, PAGE(FIRST)).present & KST_TRANSLATION_HAS_PROTO, 0);
		reads = reads_for_runs(&w, w.dtb, 1);
		assert_true(reads > 400 && reads_for_runs(&w, w.dtb, 8) < reads + reads / 2);
	}
	end(&w);
}

int main(void)
{
	const struct row with_database[] = { rows[2], rows[4] };
	struct CMUnitTest tests[4 * sizeof rows / sizeof rows[0] + 3] = { { .name = NULL } };
	size_t n = 0;

	n += ROWS_TO_TESTS(tests + n, rows, through_the_tree);
	n += ROWS_TO_TESTS(tests + n, rows, asked_once);
	n += ROWS_TO_TESTS(tests + n, rows, not_known);
	n += ROWS_TO_TESTS(tests + n, rows, sweep);
	n += ROWS_TO_TESTS(tests + n, with_database, reused);
	tests[n++] = (struct CMUnitTest)cmocka_unit_test(deep_tree);
	return _cmocka_run_group_tests("prototype", tests, n, NULL, NULL);
}
