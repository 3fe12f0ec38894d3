/* SPDX-License-Identifier: MIT */
/*
 * What cannot be read to its end does not end as if it could: the last record of a command says so, standard error says
 * why, and what other sources know is shown all the same. What text tells records tell, too.
 */
#define _POSIX_C_SOURCE 200809L /* fileno */
#include "../../examples/kstate/commands.h"
#include "../../examples/kstate/kstate.h"
#include "capture.h"
#include "support/objects.h"
#include "support/pool_machine.h"
#include "support/processor_forge.h"
#include "walk/target.h"

#include <stdlib.h>

#define PROCESSES UINT64_C(0xfffffa8000600000) /* a page each: two of them, the table of ids and its handles */
#define NOWHERE   UINT64_C(0xfffffa8000700000)

struct answer {
	char out[0x8000], errors[0x1000];
	int status;
};

static const char *asked_processor; /* --processor */

static void ask(struct kst_target *target, int (*run)(struct session *session, int argc, char **argv),
		const char *argument, struct answer *answer)
{
	struct session session = { .json = true,
				   .path = "forged",
				   .target = target,
				   .space = KST_SPACE_KERNEL,
				   .option_processor = asked_processor };
	char word[32];
	char *argv[] = { word, NULL };
	int argc = argument != NULL;
	struct capture out, errors;

	snprintf(word, sizeof word, "%s", argument != NULL ? argument : "");
	argv[1] = strchr(word, ' '); /* two arguments at most */
	if (argv[1] != NULL) {
		*argv[1]++ = '\0';
		argc++;
	}
	session.identity.size = sizeof session.identity;
	kst_target_identity(target, &session.identity);
	out = capture_begin(stdout, 1);
	errors = capture_begin(stderr, 2);
	answer->status = run(&session, argc, argv);
	capture_end(&errors, answer->errors, sizeof answer->errors);
	capture_end(&out, answer->out, sizeof answer->out);
}

static void expect(const char *text, const char *part)
{
	if (strstr(text, part) == NULL)
		fail_msg("\"%s\" is not in:\n%s", part, text);
}

static void never(const char *text, const char *part)
{
	if (strstr(text, part) != NULL)
		fail_msg("\"%s\" is in:\n%s", part, text);
}

/* A processor that runs a thread of a process; no list of processes is known. */
static void processes_without_a_list(void **state)
{
	struct forged_processor f;
	struct answer a;

	(void)state;
	forge_processor(&f, layout_builtin(KST_ARCH_X64, 19041, 0), 0);
	forge_process(f.img, f.layout, &(struct forged_process){ PROCESSES, 4, 0, "System", 0x1000, 0, 1, 0 });
	forge_thread(f.img, f.layout, &(struct forged_thread){ f.thread, 4, 8, PROCESSES, 2, 0, 0, 0, 0, 0 });
	ask(f.target, cmd_processes, NULL, &a);
	assert_int_equal(a.status, DONE);
	expect(a.out, "\"pid\":4,");
	expect(a.out, "{\"type\":\"walk\",\"of\":\"process\",\"count\":1,\"end\":\"unreadable\"}\n");
	expect(a.errors, "PsActiveProcessHead");
	ask(f.target, cmd_threads, NULL, &a);
	assert_int_equal(a.status, DONE);
	expect(a.out, "\"tid\":8,");
	expect(a.out, "{\"type\":\"walk\",\"of\":\"thread\",\"count\":1,\"end\":\"unreadable\"}\n");
	expect(a.errors, "PsActiveProcessHead");
	forge_processor_free(&f);
}

/* Two processes with ids; the list has the first one, and another one behind it that is not in memory. */
static struct forged_objects two_processes(void)
{
	struct forged_objects f = objects_begin(KST_ARCH_X64, 7601, 0);
	const uint64_t list[] = { PROCESSES, NOWHERE };

	forge_process(f.img, f.layout, &(struct forged_process){ PROCESSES, 4, 0, "System", 0x1000, 0, 1, 0 });
	forge_process(f.img, f.layout, &(struct forged_process){ PROCESSES + 0x1000, 8, 4, "b.exe", 0x1000, 0, 1, 0 });
	forge_process_list(f.img, f.layout, list, 2);
	image_unmap(f.img, NOWHERE);
	image_put_member(f.img, f.layout, PROCESSES + 0x2000, "_HANDLE_TABLE", "TableCode", PROCESSES + 0x3000);
	image_page(f.img, PROCESSES + 0x3000);
	image_put64(f.img, PROCESSES + 0x3010, PROCESSES | 1);
	image_put64(f.img, PROCESSES + 0x3020, (PROCESSES + 0x1000) | 1);
	image_put64(f.img, objects_symbol(&f, FORGED_PSP_CID_TABLE), PROCESSES + 0x2000);
	image_identity(f.img)->active_processes = FORGED_HEAD(8);
	image_identity(f.img)->present |= KST_IDENTITY_HAS_ACTIVE_PROCESSES;
	objects_target(&f);
	return f;
}

static void a_list_of_processes_that_breaks(void **state)
{
	struct forged_objects f = two_processes();
	struct answer a;
	char *second;

	(void)state;
	ask(f.target, cmd_processes, NULL, &a);
	assert_int_equal(a.status, DONE);
	expect(a.errors, "kstate: processes: ");
	expect(a.out, "{\"type\":\"walk\",\"of\":\"process\",\"count\":2,\"end\":\"unreadable\"}\n");
	second = strstr(a.out, "\"pid\":8,");
	assert_non_null(second);
	expect(second, "\"sources\":[\"cid-table\"]}\n{\"type\":\"walk\""); /* nothing of the list, and no anomaly */
	never(second, "\"listed\"");
	*second = '\0';
	expect(a.out, "\"listed\":true");
	expect(a.out, "\"sources\":[\"list\",\"cid-table\"]");
	objects_end(&f);
}

/* From whichever read on the host fails: an answer is whole, or the status and standard error say that it is none. */
static void a_host_that_fails_is_told(void **state)
{
	static int (*const commands[])(struct session * session, int argc, char **argv) = { cmd_processes,
											    cmd_threads };
	struct forged_objects f = two_processes();
	struct answer a;

	(void)state;
	forge_process_list(f.img, f.layout, (const uint64_t[]){ PROCESSES, PROCESSES + 0x1000 }, 2);
	for (size_t i = 0; i < sizeof commands / sizeof commands[0]; i++) {
		bool shown = false;

		for (uint64_t n = 1;; n++) {
			image_fail(f.img, n, true, -99);
			ask(f.target, commands[i], NULL, &a);
			if (image_reads(f.img) < n)
				break;
			if (strstr(a.out, "\"end\":\"closed\"") != NULL)
				continue;
			shown = shown || strstr(a.out, "\"pid\":") != NULL;
			if (a.status != CANNOT || a.errors[0] == '\0')
				fail_msg("read %u failed, and the status is %d:\n%s", (unsigned)n, a.status, a.out);
		}
		assert_true(i != 0 || shown); /* also behind the first one */
	}
	image_fail(f.img, 0, false, KST_OK);
	objects_end(&f);
}

/* Objects of a type that are linked: a list that cannot begin has no cursor, and a failing host is no answer. */
static void a_list_of_objects_that_fails(void **state)
{
	struct forged_objects f = objects_begin(KST_ARCH_X64, 7601, 0);
	uint64_t type = objects_type(&f, "Thing"), bodies[3];
	struct answer a;
	bool shown = false;

	(void)state;
	for (size_t i = 0; i < 3; i++)
		bodies[i] = objects_add(&f, type, NULL, 0, 4);
	objects_link(&f, type, bodies, 3);
	objects_target(&f);
	for (uint64_t n = 1;; n++) {
		image_fail(f.img, n, true, -99);
		ask(f.target, cmd_objects, "Thing", &a);
		if (image_reads(f.img) < n)
			break;
		if (strstr(a.out, "\"end\":\"closed\"") != NULL)
			continue;
		shown = shown || strstr(a.out, "\"type\":\"object\"") != NULL;
		if (a.status != CANNOT || a.errors[0] == '\0')
			fail_msg("read %u failed, and the status is %d:\n%s", (unsigned)n, a.status, a.out);
	}
	assert_true(shown);
	image_fail(f.img, 0, false, KST_OK);
	/* the types lose what the walk needs, the type is found all the same */
	f.target->layout.members[KST__M_OBJECT_TYPE_TYPE_LIST].present = 0;
	ask(f.target, cmd_objects, "Thing", &a);
	assert_int_equal(a.status, CANNOT);
	assert_string_equal(a.out, "");
	objects_end(&f);
}

/* Four page frames of the page file, which no control area is named for. */
static void searches_of_page_frames(void **state)
{
	static const char whole[] = "{\"type\":\"walk\",\"of\":\"control_area\",\"count\":1,\"end\":\"closed\"}\n";
	static const struct kst_symbol symbols[] = { { NOWHERE, "MmHighestPhysicalPage" },
						     { NOWHERE + 8, "MmPfnDatabase" } };
	struct kst_layout *layout = layout_builtin(KST_ARCH_X64, 7601, 0);
	struct image *img = image_new(KST_PAGING_X64);
	struct kst_target *target;
	struct answer a;

	(void)state;
	image_put64(img, NOWHERE, 3);
	image_put64(img, NOWHERE + 8, PROCESSES);
	for (uint64_t i = 0; i < 4; i++) {
		image_put_member(img, layout, PROCESSES + i * 0x30, "_MMPFN", "u3.e1.PageLocation", 6);
		image_put_member(img, layout, PROCESSES + i * 0x30, "_MMPFN", "u4.PrototypePte", 1);
		image_put_member(img, layout, PROCESSES + i * 0x30, "_MMPFN", "OriginalPte", 0x80);
	}
	target = image_target_symbols(img, layout, symbols, 2);
	ask(target, cmd_memusage, NULL, &a);
	assert_int_equal(a.status, DONE);
	expect(a.out, "{\"type\":\"control_area\",\"address\":null,");
	expect(a.out, whole);
	ask(target, cmd_ca, NULL, &a); /* without a table of large allocations */
	assert_int_equal(a.status, DONE);
	expect(a.out, "\"count\":1,\"end\":\"closed\",\"anomalies\":[\"skipped\"]}\n");
	for (uint64_t n = 1;; n += n < 64 ? 1 : n / 2) {
		image_fail(img, n, true, -99);
		ask(target, cmd_ca, NULL, &a);
		if (image_reads(img) < n)
			break;
		if (a.status != CANNOT || strstr(a.out, "\"end\":\"unreadable\"") == NULL || a.errors[0] == '\0')
			fail_msg("read %u failed, and the status is %d:\n%s", (unsigned)n, a.status, a.out);
	}
	image_fail(img, 0, false, KST_OK);
	target->layout.members[KST__M_SUBSECTION_CONTROL_AREA].present = 0;
	ask(target, cmd_memusage, NULL, &a);
	assert_int_equal(a.status, DONE);
	expect(a.out, "\"count\":0,\"end\":\"unreadable\"}\n");
	ask(target, cmd_ca, NULL, &a);
	assert_int_equal(a.status, DONE);
	expect(a.out, "\"count\":0,\"end\":\"unreadable\",\"anomalies\":[\"skipped\"]}\n");
	image_free(img);
	free(layout);
}

/* Tags are looked for in two places; which of them could be searched is told. */
static void searches_of_tags(void **state)
{
	(void)state;
	for (int table = 0; table < 3; table++) { /* none, a whole one, one of which a page is not in memory */
		struct pool_machine m;
		struct answer a;

		pool_machine_begin(&m, POOL_7_X64);
		if (table > 0)
			pool_table(&m, 512);
		if (table > 1)
			image_unmap(m.img, m.table + 0x1000);
		pool_global(&m, "MmNonPagedPoolStart", m.kernel + 0x30000);
		pool_global(&m, "MmNonPagedPoolEnd", m.kernel + 0x31000);
		pool_machine_finish(&m);
		ask(m.target, cmd_poolfind, "None", &a);
		assert_int_equal(a.status, DONE);
		expect(a.out, table == 1 ? "\"count\":0,\"end\":\"closed\"}\n"
					 : "\"count\":0,\"end\":\"closed\",\"anomalies\":[\"skipped\"]}\n");
		pool_machine_end(&m);
	}
}

/* Queues of a processor: what is not in memory is no empty queue. */
static void queues_that_are_not_there(void **state)
{
	struct forged_processor f;
	struct answer a;

	(void)state;
	forge_processor(&f, layout_builtin(KST_ARCH_X64, 19041, 0), 1);
	ask(f.target, cmd_dpcs, NULL, &a);
	assert_int_equal(a.status, DONE);
	expect(a.out, "{\"type\":\"walk\",\"of\":\"dpc_queue\",\"count\":2,\"end\":\"closed\"}\n");
	image_unmap(f.img, f.queue);
	ask(f.target, cmd_dpcs, NULL, &a);
	assert_int_equal(a.status, DONE);
	assert_string_equal(a.out,
			    "{\"type\":\"walk\",\"of\":\"dpc_queue\",\"count\":0,\"end\":\"closed\",\"anomalies\":"
			    "[\"skipped\"]}\n");
	forge_processor_free(&f);
}

/* A word that is no number is wrong usage; a processor whose number is not known is none that was asked for. */
static void numbers(void **state)
{
	struct forged_processor f;
	struct answer a;

	(void)state;
	forge_processor(&f, layout_builtin(KST_ARCH_X64, 19041, 0), 0);
	ask(f.target, cmd_handles, "foo", &a);
	assert_int_equal(a.status, USAGE);
	expect(a.errors, "foo");
	asked_processor = "0";
	f.target->layout.members[KST__M_KPRCB_NUMBER].present = 0;
	ask(f.target, cmd_stack, NULL, &a);
	asked_processor = NULL;
	assert_int_equal(a.status, CANNOT);
	expect(a.errors, "no processor has the number 0");
	forge_processor_free(&f);
}

/* Kinds that no symbol leads to. */
static void callbacks_that_are_not_looked_for(void **state)
{
	static const struct kst_symbol symbol = { PROCESSES, "PspLoadImageNotifyRoutine" };
	struct kst_layout *layout = layout_builtin(KST_ARCH_X64, 7601, 0);
	struct image *img = image_new(KST_PAGING_X64);
	struct answer a;

	(void)state;
	image_page(img, PROCESSES);
	ask(image_target_symbols(img, layout, &symbol, 1), cmd_callbacks, NULL, &a);
	assert_int_equal(a.status, DONE);
	expect(a.out, "{\"type\":\"callback_kind\",\"kind\":\"registry\",\"looked_for\":false}\n");
	never(a.out, "\"kind\":\"image\"");
	image_free(img);
	free(layout);
}

/* A thread that enters a critical region and does not leave it. */
static void an_enter_without_a_leave(void **state)
{
	static const struct kst_symbol symbols[] = { { 0x82100000, "VfKeCriticalRegionTraces" },
						     { 0x82100004, "VfKeCriticalRegionTracesIndex" },
						     { 0x82100008, "VfKeCriticalRegionTracesLength" },
						     { 0x82200000, "VerifierKeEnterCriticalRegion" },
						     { 0x82200400, "VerifierKeLeaveCriticalRegion" } };
	struct kst_layout *layout = layout_builtin(KST_ARCH_X86, 9200, 0);
	struct image *img = image_new(KST_PAGING_X86);
	struct kst_target *target;
	struct answer a;

	(void)state;
	image_put32(img, 0x82100000, 0x86000000);
	image_put32(img, 0x82100004, 0);
	image_put32(img, 0x82100008, 1);
	image_put32(img, 0x86000000, 0x85001000);
	image_put32(img, 0x86000004, 0x82200010);
	target = image_target_symbols(img, layout, symbols, 5);
	ask(target, cmd_verifier, "200 85001000", &a);
	assert_int_equal(a.status, DONE);
	expect(a.out, "\"unmatched\":true");
	ask(target, cmd_verifier, "200", &a);
	expect(a.out, "\"verifier_entry\"");
	never(a.out, "\"unmatched\"");
	image_free(img);
	free(layout);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(processes_without_a_list),  cmocka_unit_test(a_list_of_processes_that_breaks),
		cmocka_unit_test(a_host_that_fails_is_told), cmocka_unit_test(a_list_of_objects_that_fails),
		cmocka_unit_test(searches_of_page_frames),   cmocka_unit_test(searches_of_tags),
		cmocka_unit_test(queues_that_are_not_there), cmocka_unit_test(callbacks_that_are_not_looked_for),
		cmocka_unit_test(an_enter_without_a_leave),  cmocka_unit_test(numbers),
	};

	return cmocka_run_group_tests_name("how commands end", tests, NULL, NULL);
}
