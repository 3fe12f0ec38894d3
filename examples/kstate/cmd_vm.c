/* SPDX-License-Identifier: MIT */
#include "kstate.h"

#include <string.h>

int cmd_vm(struct session *session, int argc, char **argv);

static bool counts_pages(uint32_t counter)
{
	return counter <= KST_MEMORY_PAGED_POOL_COMMIT;
}

int cmd_vm(struct session *session, int argc, char **argv)
{
	struct kst_memory_counters counters = { .size = sizeof counters };
	struct kst_error error = { .size = sizeof error };
	json_t *r;
	kst_status st;

	(void)argc;
	(void)argv;
	if (!need_target(session))
		return CANNOT;
	st = kst_memory_counters_read(session->target, &counters, &error);
	if (st != KST_OK)
		return complain("vm", st, &error);
	r = session->json ? record("memory") : NULL;
	for (uint32_t i = 0; i < KST_MEMORY_COUNT; i++) {
		char key[40];

		if ((counters.present >> i & 1) == 0)
			continue;
		snprintf(key, sizeof key, "%s%s", kst_memory_counter_name(i), counts_pages(i) ? "_pages" : "");
		for (char *c = key; *c != '\0'; c++)
			*c = *c == '-' ? '_' : *c;
		if (r != NULL)
			put_number(r, key, counters.values[i]);
		else if (counts_pages(i))
			printf("  %-24s %10" PRIu64 " (%11" PRIu64 " Kb)\n", kst_memory_counter_name(i),
			       counters.values[i], counters.values[i] * 4);
		else
			printf("  %-24s %10" PRIu64 "\n", kst_memory_counter_name(i), counters.values[i]);
	}
	if (r != NULL)
		emit(r);
	return DONE;
}
