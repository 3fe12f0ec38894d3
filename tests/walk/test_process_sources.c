/* SPDX-License-Identifier: MIT */
#include "support/objects.h"

#include <stdlib.h>

enum { PROCESSES = 3 };

#define LIST    KST_PROCESS_SOURCE_LIST
#define KERNEL  KST_PROCESS_SOURCE_KERNEL_LIST
#define CID     KST_PROCESS_SOURCE_CID_TABLE
#define OBJECTS KST_PROCESS_SOURCE_OBJECT_LIST

struct system {
	struct forged_objects f;
	uint64_t type;
	uint64_t bodies[PROCESSES]; /* the tests ask for the middle one */
	uint64_t table, leaf;
	uint64_t links, kernel_links; /* of the middle one; the second is 0 where there are none */
	bool packed;
};

static uint64_t pid_of(size_t i)
{
	return 4 + 40 * i;
}

static void put_cid(struct system *s, uint64_t pid, uint64_t body)
{
	uint64_t value = body | 1;

	if (s->packed && s->f.width == 8)
		value = body >> 4 << 20 | 1;
	image_put_pointer(s->f.img, s->leaf + pid / 4 * 2 * s->f.width, body == 0 ? 0 : value);
}

static uint64_t put_list(struct system *s, const char *type, const char *member)
{
	struct kst_member m = { .size = sizeof m };
	uint64_t entries[PROCESSES], head = objects_room(&s->f, 16);

	if (kst_layout_member(s->f.layout, type, member, &m) != KST_OK)
		return 0;
	for (size_t i = 0; i < PROCESSES; i++)
		entries[i] = s->bodies[i] + m.offset;
	image_put_list(s->f.img, head, entries, PROCESSES);
	return entries[1];
}

static struct system forge(uint32_t arch, uint32_t build, uint32_t revision)
{
	struct system s = { .f = objects_begin(arch, build, revision), .packed = build >= 9200 };

	s.type = objects_type(&s.f, "Process");
	for (size_t i = 0; i < PROCESSES; i++) {
		s.bodies[i] = objects_add(&s.f, s.type, NULL, 0, 4);
		objects_room(&s.f, 0xc00); /* the rest of an EPROCESS */
		image_put_member(s.f.img, s.f.layout, s.bodies[i], "_EPROCESS", "UniqueProcessId", pid_of(i));
	}
	objects_link(&s.f, s.type, s.bodies, PROCESSES);
	s.links = put_list(&s, "_EPROCESS", "ActiveProcessLinks");
	s.kernel_links = put_list(&s, "_KPROCESS", "ProcessListEntry");
	s.table = objects_room(&s.f, 0x100);
	s.leaf = (s.f.at + 0x1fff) & ~(uint64_t)0xfff;
	memset(image_page(s.f.img, s.leaf), 0, 0x1000);
	for (size_t i = 0; i < PROCESSES; i++)
		put_cid(&s, pid_of(i), s.bodies[i]);
	image_put_pointer(s.f.img, s.table + place_of(s.f.layout, "_HANDLE_TABLE", "TableCode"), s.leaf);
	image_put_pointer(s.f.img, objects_symbol(&s.f, FORGED_PSP_CID_TABLE), s.table);
	objects_target(&s.f);
	return s;
}

static uint64_t pointer_at(const struct system *s, uint64_t address)
{
	uint8_t raw[8] = { 0 };
	uint64_t value = 0;

	assert_int_equal(kst_read(s->f.target, KST_SPACE_KERNEL, address, raw, s->f.width, NULL, NULL), KST_OK);
	for (size_t i = 0; i < sizeof raw; i++)
		value |= (uint64_t)raw[i] << (8 * i);
	return value;
}

/* As a rootkit does it: the neighbours are joined, the entry itself keeps its links. */
static void unlink_entry(struct system *s, uint64_t entry)
{
	uint64_t flink = pointer_at(s, entry), blink = pointer_at(s, entry + s->f.width);

	image_put_pointer(s->f.img, blink, flink);
	image_put_pointer(s->f.img, flink + s->f.width, blink);
}

static void nothing(struct system *s)
{
	(void)s;
}

static void put_type(struct system *s, uint8_t type)
{
	for (size_t i = 0; i < PROCESSES; i++)
		image_put8(s->f.img, s->bodies[i], type);
}

static void unlinked(struct system *s)
{
	unlink_entry(s, s->links);
}

static void unlinked_to_itself(struct system *s)
{
	unlink_entry(s, s->links);
	image_put_list(s->f.img, s->links, NULL, 0);
}

static void links_never_used(struct system *s)
{
	image_put_pointer(s->f.img, s->links, 0);
	image_put_pointer(s->f.img, s->links + s->f.width, 0);
}

static void unlinked_from_the_kernel(struct system *s)
{
	if (s->kernel_links != 0)
		unlink_entry(s, s->kernel_links);
}

static void id_freed(struct system *s)
{
	put_cid(s, pid_of(1), 0);
}

static void id_of_another(struct system *s)
{
	put_cid(s, pid_of(1), s->bodies[0]);
}

static void id_beyond_the_table(struct system *s)
{
	image_put_member(s->f.img, s->f.layout, s->bodies[1], "_EPROCESS", "UniqueProcessId", 0x40000004);
}

static void id_of_no_handle(struct system *s)
{
	image_put_member(s->f.img, s->f.layout, s->bodies[1], "_EPROCESS", "UniqueProcessId", pid_of(1) + 1);
}

static void idle(struct system *s)
{
	image_put_member(s->f.img, s->f.layout, s->bodies[1], "_EPROCESS", "UniqueProcessId", 0);
}

static void leaf_absent(struct system *s)
{
	image_unmap(s->f.img, s->leaf);
}

static void table_nowhere(struct system *s)
{
	image_put_pointer(s->f.img, objects_symbol(&s->f, FORGED_PSP_CID_TABLE), 0x1000);
}

static void not_in_the_type(struct system *s)
{
	unlink_entry(s, objects_entry(&s->f, s->bodies[1]));
}

static void list_not_kept(struct system *s)
{
	const char *member = s->f.build >= 7600 ? "InfoMask" : "Flags";

	image_put_member(s->f.img, s->f.layout, objects_header(&s->f, s->bodies[1]), "_OBJECT_HEADER", member, 0);
}

static void hidden_everywhere(struct system *s)
{
	unlinked(s);
	unlinked_from_the_kernel(s);
	id_freed(s);
	not_in_the_type(s);
}

static const struct row {
	const char *name;
	void (*change)(struct system *s);
	uint64_t unknown; /* sources that cannot be asked */
	uint64_t denying; /* those that do not know the process */
} rows[] = {
	{ "all agree", nothing, 0, 0 },
	{ "unlinked", unlinked, 0, LIST },
	{ "unlinked, linked to itself", unlinked_to_itself, 0, LIST },
	{ "links never used", links_never_used, LIST, 0 },
	{ "unlinked from the kernel's list", unlinked_from_the_kernel, 0, KERNEL },
	{ "its id is freed", id_freed, 0, CID },
	{ "its id is another's", id_of_another, 0, CID },
	{ "its id is beyond the table", id_beyond_the_table, 0, CID },
	{ "its id is no multiple of four", id_of_no_handle, 0, CID },
	{ "Idle has no id", idle, CID, 0 },
	{ "the ids are paged out", leaf_absent, CID, 0 },
	{ "the table of ids is none", table_nowhere, CID, 0 },
	{ "not on the list of its type", not_in_the_type, 0, OBJECTS },
	{ "the type keeps no list", list_not_kept, OBJECTS, 0 },
	{ "hidden everywhere", hidden_everywhere, 0, LIST | KERNEL | CID | OBJECTS },
};

static const struct forged_build builds[] = {
	{ "XP x86", KST_ARCH_X86, 2600, 0 },     { "Vista x64", KST_ARCH_X64, 6002, 0 },
	{ "7 x64", KST_ARCH_X64, 7601, 0 },      { "8 x86", KST_ARCH_X86, 9200, 0 },
	{ "10 x64", KST_ARCH_X64, 19041, 3570 }, { "11 x64", KST_ARCH_X64, 22631, 2428 },
};

static void compares(void **state)
{
	const struct row *row = *state;

	for (size_t i = 0; i < sizeof builds / sizeof builds[0]; i++) {
		struct system s = forge(builds[i].arch, builds[i].build, builds[i].revision);
		struct kst_process_sources out = { .size = sizeof out };
		uint64_t all = LIST | CID | OBJECTS | (s.kernel_links != 0 ? KERNEL : 0);

		row->change(&s);
		assert_int_equal(kst_process_sources(s.f.target, s.bodies[1], &out, NULL), KST_OK);
		assert_true(out.address == s.bodies[1]);
		assert_true(out.present == (all & ~row->unknown));
		assert_true(out.found == (all & ~row->unknown & ~row->denying));
		objects_end(&s.f);
	}
}

/* A read that fails takes the answers away that need it, never turns one into a denial; a host failure is told. */
static void sweep(void **state)
{
	static const kst_status failures[] = { KST_E_FAULT, -777 };
	struct system s = forge(KST_ARCH_X64, 19041, 3570);

	(void)state;
	for (size_t f = 0; f < 2; f++)
		for (int on = 0; on < 2; on++)
			for (uint64_t n = 1;; n++) {
				struct kst_process_sources out = { .size = sizeof out, .found = 0x5a5a };
				kst_status st;

				image_fail(s.f.img, n, on, failures[f]);
				st = kst_process_sources(s.f.target, s.bodies[1], &out, NULL);
				if (image_reads(s.f.img) < n) {
					assert_int_equal(st, KST_OK);
					assert_true(out.present == out.found &&
						    out.found == (LIST | KERNEL | CID | OBJECTS));
					break;
				}
				assert_int_equal(st, failures[f] == KST_E_FAULT ? KST_OK : KST_E_HOST);
				assert_true(st != KST_OK || out.present == out.found);
				assert_true(st == KST_OK || out.found == 0x5a5a);
			}
	objects_end(&s.f);
}

static void refuses(void **state)
{
	struct system s = forge(KST_ARCH_X64, 7601, 0);
	struct kst_process_sources out = { .size = sizeof out - 1, .found = 0x5a5a };

	(void)state;
	assert_int_equal(kst_process_sources(NULL, s.bodies[1], &out, NULL), KST_E_ARG);
	assert_int_equal(kst_process_sources(s.f.target, s.bodies[1], NULL, NULL), KST_E_ARG);
	assert_int_equal(kst_process_sources(s.f.target, s.bodies[1], &out, NULL), KST_E_ABI);
	assert_true(out.found == 0x5a5a);
	out.size = sizeof out;
	/* where nothing is, no source is asked */
	assert_int_equal(kst_process_sources(s.f.target, UINT64_C(0xffffb00000000000), &out, NULL), KST_OK);
	assert_true(out.present == 0 && out.found == 0);
	objects_end(&s.f);
}

static void names(void **state)
{
	(void)state;
	assert_string_equal(kst_process_source_name(LIST), "list");
	assert_string_equal(kst_process_source_name(KERNEL), "kernel-list");
	assert_string_equal(kst_process_source_name(CID), "cid-table");
	assert_string_equal(kst_process_source_name(OBJECTS), "object-list");
	assert_null(kst_process_source_name(OBJECTS << 1));
	assert_string_equal(kst_process_anomaly_name(KST_PROCESS_ANOMALY_NOT_IN_OBJECT_LIST), "not-in-object-list");
}

/* A process is found by its id, though the list's head is not known; a thread of this id is none, nor is one with another id. */
static void found_by_the_table_of_ids(void **state)
{
	static const uint32_t numbers[] = { 7601, 19041 };

	(void)state;
	for (size_t i = 0; i < sizeof numbers / sizeof numbers[0]; i++) {
		struct system s = forge(KST_ARCH_X64, numbers[i], 0);
		struct kst_process p = { .size = sizeof p };
		struct kst_error err = { .size = sizeof err };
		uint64_t n = 0;
		bool failed;

		put_type(&s, 3);
		assert_int_equal(kst_process_find(s.f.target, pid_of(1), &p, &err), KST_OK);
		assert_true(p.address == s.bodies[1] && p.pid == pid_of(1));
		do {
			kst_status st;

			image_fail(s.f.img, ++n, true, -77);
			st = kst_process_find(s.f.target, pid_of(1), &p, &err);
			failed = image_reads(s.f.img) >= n;
			assert_int_equal(st, failed ? KST_E_HOST : KST_OK);
			assert_true(!failed || err.host_code == -77);
		} while (failed);
		image_fail(s.f.img, 0, false, KST_OK);
		put_type(&s, 6);
		assert_true(kst_process_find(s.f.target, pid_of(1), &p, &err) != KST_OK);
		put_type(&s, 3);
		put_cid(&s, pid_of(1), s.bodies[0]);
		assert_true(kst_process_find(s.f.target, pid_of(1), &p, &err) != KST_OK);
		objects_end(&s.f);
	}
}

int main(void)
{
	struct CMUnitTest tests[4 + sizeof rows / sizeof rows[0]] = {
		cmocka_unit_test(sweep),
		cmocka_unit_test(found_by_the_table_of_ids),
		cmocka_unit_test(refuses),
		cmocka_unit_test(names),
	};
	size_t n = 4;

	n += ROWS_TO_TESTS(tests + n, rows, compares);
	return _cmocka_run_group_tests("process sources", tests, n, NULL, NULL);
}
