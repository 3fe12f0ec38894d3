/* SPDX-License-Identifier: MIT */
/* What a source does not tell is "?" in text, or is left out; a 0 would be a statement about the machine. */
#define _POSIX_C_SOURCE 200809L /* fileno */
#include "../../examples/kstate/commands.h"
#include "../../examples/kstate/kstate.h"
#include "capture.h"
#include "support/objects.h"
#include "support/processor_forge.h"
#include "support/user_forge.h"
#include "walk/target.h"

#include <stdlib.h>

#define GLOBALS 0xfffff80000010000u
#define TABLE   0xfffffa8000000000u
#define LSASS   0x884aed90u

struct machine {
	struct image *img;
	struct kst_layout *layout;
	struct kst_target *target;
	uint64_t hole; /* a page that is not in memory the second time; 0: none */
	bool both;     /* that, and members are gone */
	char argument[24];
};

static void forge_cpu(struct machine *m)
{
	struct forged_processor f;

	forge_processor(&f, layout_builtin(KST_ARCH_X64, 19041, 0), 0);
	image_put_member(f.img, f.layout, f.kprcb, "_KPRCB", "NextThread", f.thread + 0x1000);
	image_put_member(f.img, f.layout, f.queue, "_KDPC_DATA", "DpcCount", 7);
	m->img = f.img;
	m->layout = f.layout;
	m->target = f.target;
}

/* As that, with one DPC in the queue. */
static void forge_queued(struct machine *m)
{
	struct forged_processor f;

	forge_processor(&f, layout_builtin(KST_ARCH_X64, 19041, 0), 1);
	m->img = f.img;
	m->layout = f.layout;
	m->target = f.target;
}

/* Of that DPC no more than its address. */
static void forge_cut_queue(struct machine *m)
{
	forge_queued(m);
	m->hole = 0xfffff80000560000;
	m->both = true;
}

/* A 64-bit machine with globals: the names are those of pointers at GLOBALS, 16 bytes apart. */
static void forge_globals(struct machine *m, uint32_t build, const char *const *names, const uint64_t *values,
			  size_t count)
{
	struct kst_symbol symbols[4];

	m->img = image_new(KST_PAGING_X64);
	m->layout = layout_builtin(KST_ARCH_X64, build, 0);
	for (size_t i = 0; i < count; i++) {
		symbols[i] = (struct kst_symbol){ GLOBALS + 16 * i, names[i] };
		image_put64(m->img, symbols[i].address, values[i]);
	}
	m->target = image_target_symbols(m->img, m->layout, symbols, count);
}

static void forge_frames(struct machine *m)
{
	forge_globals(m, 7601, (const char *const[]){ "MmPfnDatabase" }, (const uint64_t[]){ TABLE }, 1);
	image_put64(m->img, TABLE, 0x1234);
	snprintf(m->argument, sizeof m->argument, "0");
}

static void forge_tracker(struct machine *m)
{
	forge_globals(m, 7601, (const char *const[]){ "PoolTrackTable", "PoolTrackTableSize" },
		      (const uint64_t[]){ TABLE, 2 }, 2);
	image_put_member(m->img, m->layout, TABLE, "_POOL_TRACKER_TABLE", "Key", 0x636f7250);
	image_put_member(m->img, m->layout, TABLE, "_POOL_TRACKER_TABLE", "NonPagedAllocs", 5);
}

static void forge_verifier(struct machine *m)
{
	static const struct kst_symbol symbol = { 0x822ffffc, "MmVerifierData" };

	m->img = image_new(KST_PAGING_X86);
	m->layout = layout_builtin(KST_ARCH_X86, 9200, 0);
	image_put32(m->img, symbol.address, 0x9bb);
	image_put_member(m->img, m->layout, symbol.address, "_MM_DRIVER_VERIFIER_DATA", "Loads", 0x11);
	m->target = image_target_symbols(m->img, m->layout, &symbol, 1);
	m->hole = 0x822ff000; /* the level alone lies in it */
}

static void forge_object(struct machine *m)
{
	struct forged_objects f = objects_begin(KST_ARCH_X64, 7601, 0);
	uint64_t type = objects_type(&f, "Thing");
	uint64_t body = objects_add(&f, type, "one", 0xfffffa8000123450, 4);

	m->target = objects_target(&f);
	m->img = f.img;
	m->layout = f.layout;
	snprintf(m->argument, sizeof m->argument, "%" PRIx64, body);
}

static void forge_lsass(struct machine *m)
{
	static const struct forged_module module = { "lsass.exe", "C:\\lsass.exe", 0x361480,
						     0x700000,    0x6000,          0x47918d7c };
	static const char *const variables[] = { "windir=C:\\Windows", NULL };
	uint64_t lsass = LSASS;
	struct forged_user user;

	m->img = image_new(KST_PAGING_PAE);
	m->layout = layout_builtin(KST_ARCH_X86, 6001, 0);
	user = user_lsass(image_new_process(m->img), 4);
	user.current_directory = "C:\\";
	user.image = "C:\\lsass.exe";
	user.command_line = "C:\\lsass.exe";
	user.window_title = "lsass";
	user.dll_path = "C:\\";
	user.variables = variables;
	user.modules = &module;
	user.count = 1;
	forge_process(m->img, m->layout,
		      &(struct forged_process){ lsass, 0x284, 0x21c, "lsass.exe", user.dtb, user.peb, 1, 0 });
	forge_process_list(m->img, m->layout, &lsass, 1);
	forge_user(m->img, &user);
	m->target = forged_target(m->img, m->layout);
	snprintf(m->argument, sizeof m->argument, "%u", 0x284);
}

#define MEMBERS 6
#define TEXTS   4

static const struct row {
	const char *name;
	void (*forge)(struct machine *m);
	int (*run)(struct session *session, int argc, char **argv);
	const char *known;                    /* part of the text where all is there */
	enum kst__member_id without[MEMBERS]; /* then these are gone; none: the machine's hole is */
	const char *unknown[TEXTS];           /* and the text has these */
	const char *never;                    /* and not this */
} rows[] = {
	{ "processors",
	  forge_cpu,
	  cmd_processors,
	  "  0  KPRCB",
	  { KST__M_KPRCB_NUMBER, KST__M_KPRCB_CURRENT_THREAD, KST__M_KPRCB_NEXT_THREAD, KST__M_KPRCB_IDLE_THREAD,
	    KST__M_KPRCB_DPC_STACK, KST__M_KPRCB_DPC_ROUTINE_ACTIVE },
	  { "  ?  KPRCB", "  current ?  next ?  idle ?  DPC stack ?  DPC ?\n" },
	  "00000000`00000000" },
	{ "a queue without its list",
	  forge_cpu,
	  cmd_dpcs,
	  "depth 0, count 7, empty\n",
	  { KST__M_KDPC_DATA_LIST, KST__M_KDPC_DATA_LIST_HEAD, KST__M_KDPC_DATA_QUEUE_DEPTH },
	  { "depth ?, count 7 -- the list ended: unreadable after 0\n" },
	  "empty" },
	{ "a queue without its numbers",
	  forge_cpu,
	  cmd_dpcs,
	  "depth 0, count 7, empty\n",
	  { KST__M_KDPC_DATA_COUNT, KST__M_KDPC_DATA_QUEUE_DEPTH },
	  { "depth ?, count ?, empty\n" },
	  "count 0" },
	{ "a queue of a processor without its number",
	  forge_cpu,
	  cmd_dpcs,
	  "  0: Normal     depth 0, count 7, empty\n",
	  { KST__M_KPRCB_NUMBER },
	  { "  ?: Normal     depth 0, count 7, empty\n" },
	  "  0: " },
	{ "a DPC of a processor without its number",
	  forge_queued,
	  cmd_dpcs,
	  "  0: Normal   : fffff800`00560080  ",
	  { KST__M_KPRCB_NUMBER },
	  { "  ?: Normal   : fffff800`00560080  " },
	  "  0: " },
	{ "a queue without its first DPC and its depth",
	  forge_cut_queue,
	  cmd_dpcs,
	  "  0: Normal     depth 1, count 1001\n",
	  { KST__M_KDPC_DATA_QUEUE_DEPTH },
	  { "depth ?, count 1001 -- the list ended: unreadable after 0\n" },
	  "count 1001, empty" },
	{ "verifier without its level",
	  forge_verifier,
	  cmd_verifier,
	  "Verify Level 9bb ... enabled options\n",
	  { 0 },
	  { "Verify Level ?\n", "Driver Loads                               0x11\n" },
	  "off" },
	{ "verifier without a counter",
	  forge_verifier,
	  cmd_verifier,
	  "Driver Loads",
	  { KST__M_VERIFIER_LOADS },
	  { "Verify Level 9bb ... enabled options\n" },
	  "Driver Loads" },
	{ "a kind of pool that is not counted",
	  forge_tracker,
	  cmd_poolused,
	  " Proc          5          0            0           0          0            0\n",
	  { KST__M_TRACKER_TABLE_PAGED_ALLOCS, KST__M_TRACKER_TABLE_PAGED_FREES, KST__M_TRACKER_TABLE_PAGED_BYTES },
	  { " Proc          5          0            0           ?          ?            ?\n" },
	  "0           0" },
	{ "an object's counts",
	  forge_object,
	  cmd_object,
	  "HandleCount: 1  PointerCount: 3",
	  { KST__M_OBJECT_HEADER_HANDLE_COUNT, KST__M_OBJECT_HEADER_POINTER_COUNT },
	  { "HandleCount: ?  PointerCount: ?" },
	  "Count: 0" },
	{ "an object's directory",
	  forge_object,
	  cmd_object,
	  "Directory Object: fffffa80`00123450",
	  { KST__M_OBJECT_NAME_INFO_DIRECTORY },
	  { "Directory Object: ?  Name:" },
	  "00000000`00000000" },
	{ "a type's counts",
	  forge_object,
	  cmd_types,
	  "        0        0  ",
	  { KST__M_OBJECT_TYPE_OBJECTS, KST__M_OBJECT_TYPE_HANDLES, KST__M_OBJECT_TYPE_INDEX, KST__M_OBJECT_TYPE_KEY },
	  { "      ? ?           ?        ?  " },
	  "        0        0  " },
	{ "a user module without a stamp",
	  forge_lsass,
	  cmd_peb,
	  "  700000 47918d7c Jan 19 05:41:16 2008 C:\\lsass.exe\n",
	  { KST__M_USER_LDR_TIME_DATE_STAMP },
	  { "  700000        ? ?                    C:\\lsass.exe\n" },
	  "1970" },
	{ "a user module without a size",
	  forge_lsass,
	  cmd_lmu,
	  "00700000 00706000   C:\\lsass.exe\n",
	  { KST__M_USER_LDR_SIZE },
	  { "00700000 ?          C:\\lsass.exe\n" },
	  "00700000 00700000" },
	{ "a page frame",
	  forge_frames,
	  cmd_pfn,
	  "pteaddress 00000000`00000000",
	  { KST__M_PFN_PTE_ADDRESS, KST__M_PFN_ORIGINAL_PTE, KST__M_PFN_FRAME },
	  { "pteaddress ?\n", "restore pte ?  containing page ?" },
	  "00000000`00000000" },
};

static void run(const struct row *row, struct machine *m, char *text, size_t cap)
{
	struct session session = { .path = "forged", .target = m->target, .space = KST_SPACE_KERNEL };
	char *argv[] = { m->argument };
	struct capture out = capture_begin(stdout, 1);
	int status;

	session.identity.size = sizeof session.identity;
	kst_target_identity(m->target, &session.identity);
	status = row->run(&session, m->argument[0] != '\0', argv);
	capture_end(&out, text, cap);
	assert_int_equal(status, DONE);
}

static void expect(const char *text, const char *part)
{
	if (strstr(text, part) == NULL)
		fail_msg("\"%s\" is not in:\n%s", part, text);
}

static void is_told(void **state)
{
	const struct row *row = *state;
	struct machine m = { .target = NULL };
	char text[0x4000];

	row->forge(&m);
	run(row, &m, text, sizeof text);
	expect(text, row->known);
	for (size_t i = 0; i < MEMBERS && row->without[i] != 0; i++)
		m.target->layout.members[row->without[i]].present = 0;
	if (row->without[0] == 0 || m.both)
		image_unmap(m.img, m.hole);
	run(row, &m, text, sizeof text);
	for (size_t i = 0; i < TEXTS && row->unknown[i] != NULL; i++)
		expect(text, row->unknown[i]);
	if (strstr(text, row->never) != NULL)
		fail_msg("\"%s\" is in:\n%s", row->never, text);
	image_free(m.img);
	free(m.layout);
}

/* More addresses in one line than a line of any other command has. */
static void five_addresses_in_a_line(void **state)
{
	static const struct row row = { .name = "processors", .forge = forge_cpu, .run = cmd_processors };
	struct machine m = { .target = NULL };
	char text[0x1000], kprcb[32], current[32], next[32], idle[32], stack[32];

	(void)state;
	forge_cpu(&m);
	run(&row, &m, text, sizeof text);
	assert_int_equal(sscanf(text, " 0  KPRCB %31s  current %31s  next %31s  idle %31s  DPC stack %31s", kprcb,
				current, next, idle, stack),
			 5);
	assert_string_not_equal(kprcb, stack);
	assert_string_not_equal(kprcb, idle);
	assert_string_not_equal(kprcb, next);
	assert_string_not_equal(kprcb, current);
	image_free(m.img);
	free(m.layout);
}

/* A resident page of a mapped file: where in the file it belongs is known from the subsection's starting sector only. */
static void offsets_are_not_made_up(void **state)
{
	static const uint64_t segment = TABLE + 0x1000, entries = TABLE + 0x2000, area = TABLE + 0x100;
	struct kst_layout *layout = layout_builtin(KST_ARCH_X64, 7601, 0);
	struct image *img = image_new(KST_PAGING_X64);
	struct session session = { .path = "forged", .json = true, .space = KST_SPACE_KERNEL };
	uint64_t sub = area + forge_size(layout, "_CONTROL_AREA");
	char text[0x2000], word[32];
	char *argv[] = { word };

	(void)state;
	image_put_member(img, layout, area, "_CONTROL_AREA", "Segment", segment);
	image_put_member(img, layout, area, "_CONTROL_AREA", "u.LongFlags", 0x80);
	image_put_member(img, layout, segment, "_SEGMENT", "ControlArea", area);
	image_put_member(img, layout, sub, "_SUBSECTION", "ControlArea", area);
	image_put_member(img, layout, sub, "_SUBSECTION", "SubsectionBase", entries);
	image_put_member(img, layout, sub, "_SUBSECTION", "PtesInSubsection", 1);
	image_put_member(img, layout, sub, "_SUBSECTION", "StartingSector", 7);
	image_put64(img, entries, 0x3000 | 0x63);
	session.target = forged_target(img, layout);
	kst_target_identity(session.target, &session.identity);
	snprintf(word, sizeof word, "%" PRIx64, area);
	for (int known = 1; known >= 0; known--) {
		struct capture out = capture_begin(stdout, 1);
		int status = cmd_ca(&session, 1, argv);

		capture_end(&out, text, sizeof text);
		assert_int_equal(status, DONE);
		expect(text, "\"physical\":\"0x3000\"");
		if ((strstr(text, "\"offset\":") != NULL) != (known != 0))
			fail_msg("the starting sector is %sknown: %s", known ? "" : "un", text);
		session.target->layout.members[KST__M_SUBSECTION_STARTING_SECTOR].present = 0;
	}
	image_free(img);
	free(layout);
}

int main(void)
{
	static const struct CMUnitTest tests[] = { cmocka_unit_test(five_addresses_in_a_line),
						   cmocka_unit_test(offsets_are_not_made_up) };

	return RUN_TESTS_AND_ROWS("what is not known", tests, rows, is_told);
}
