/* SPDX-License-Identifier: MIT */
/*
 * Every walk and every question there is, put to one machine. Truths: the status is one that is documented, a failure
 * of the host comes back as one, nothing is touched without an answer, every walk ends and says why.
 */
#ifndef KST_TESTS_FUZZ_MACHINE_QUESTIONS_H
#define KST_TESTS_FUZZ_MACHINE_QUESTIONS_H

/* questions nest: what one answers is asked about */
#pragma GCC diagnostic ignored "-Wshadow"

static struct kst_error err = { .size = sizeof err };

static bool documented(kst_status st)
{
	return st == KST_OK || st == KST_END || st == KST_E_ARG || st == KST_E_NO_MEMBER || st == KST_E_UNSUPPORTED ||
	       st == KST_E_FAULT || st == KST_E_HOST || st == KST_E_CORRUPT || st == KST_E_LIMIT;
}

static void answered(struct machine *m, kst_status st)
{
	TRUTH(documented(st));
	TRUTH(!m->failed || st == KST_E_HOST);
	m->failed = false;
}

/* One answer in a struct of this type, called out; what follows is done when there is one. */
#define ASK(kind, question)                                                                                            \
	struct kind out = { .size = sizeof out }, before = out;                                                        \
	kst_status st = (question);                                                                                    \
                                                                                                                       \
	answered(m, st);                                                                                               \
	TRUTH(st == KST_OK || memcmp(&out, &before, sizeof out) == 0);                                                 \
	if (st == KST_OK)

/* Elements of this type, called out; what follows is done with each of the first ones. */
#define WALK(kind, begin, next)                                                                                        \
	struct kst_cursor cursor = unused, before = unused;                                                            \
	struct kind out = { .size = sizeof out }, last = out;                                                          \
	kst_status st = (begin);                                                                                       \
	uint64_t n = 0;                                                                                                \
                                                                                                                       \
	answered(m, st);                                                                                               \
	TRUTH(st == KST_OK || memcmp(&cursor, &before, sizeof cursor) == 0);                                           \
	for (bool begun = st == KST_OK;                                                                                \
	     begun && ((st = next(&cursor, &out, &err)) == KST_OK || ended(m, &cursor, &before, st, n) ||              \
		       again(m, &cursor, &before, st, next(&cursor, &out, &err)) ||                                    \
		       again(m, &cursor, &before, st, next(&cursor, &out, &err)) || same(&out, &last, sizeof out));    \
	     memcpy(&last, &out, sizeof out), n++)                                                                     \
		if (n < ELEMENTS)

static const struct kst_cursor unused = { { 0x5a5a5a5a5a5a5a5a } };

/* The end of a walk, as it must stay; always false, as what follows. */
static bool ended(struct machine *m, const struct kst_cursor *cursor, struct kst_cursor *before, kst_status st,
		  uint64_t n)
{
	answered(m, st);
	TRUTH(kst_cursor_end(cursor) != KST_WALK_RUNNING);
	TRUTH(kst_cursor_count(cursor) == n);
	TRUTH(kst_walk_end_name(kst_cursor_end(cursor)) != NULL);
	*before = *cursor;
	return false;
}

static bool again(const struct machine *m, const struct kst_cursor *cursor, const struct kst_cursor *before,
		  kst_status st, kst_status now)
{
	TRUTH(now == st && !m->failed);
	TRUTH(kst_cursor_end(cursor) == kst_cursor_end(before));
	TRUTH(kst_cursor_count(cursor) == kst_cursor_count(before));
	TRUTH(kst_cursor_anomalies(cursor) == kst_cursor_anomalies(before));
	return false;
}

static bool same(const void *out, const void *last, size_t size)
{
	TRUTH(memcmp(out, last, size) == 0);
	return false;
}

static void identify(struct machine *m, const struct kst_reader_ops *ops, const struct kst_identity *given)
{
	struct kst_identity id = *given;
	kst_status st = kst_identify(ops, m, &id, &err);

	answered(m, st);
	TRUTH(st == KST_OK || memcmp(&id, given, sizeof id) == 0);
}

static void ask_text(struct machine *m, kst_space space, const struct kst_text *text)
{
	char name[64];
	size_t needed;
	uint32_t notes;

	answered(m,
		 kst_read_text(m->target, space, text->address, text->bytes, name, sizeof name, &needed, &notes, &err));
}

static void ask_peb(struct machine *m, kst_space space, const struct kst_peb *peb)
{
	for (uint32_t list = 0; list < 4; list++) {
		WALK(kst_user_module, kst_user_modules_begin(&cursor, m->target, space, peb, list, &err),
		     kst_user_modules_next)
		ask_text(m, space, &out.name_text);
	}
	ASK(kst_process_parameters, kst_process_parameters_read(m->target, space, peb, &out, &err))
	{
		struct kst_process_parameters p = out;

		ask_text(m, space, &p.command_line);
		{
			WALK(kst_variable,
			     kst_environment_begin(&cursor, m->target, space, p.environment, p.environment_size, &err),
			     kst_environment_next)
			ask_text(m, space, &out.text);
		}
	}
}

static void ask_handles(struct machine *m, uint64_t table)
{
	{
		ASK(kst_handle_table, kst_handle_table_at(m->target, table, &out, &err))
		TRUTH(out.address == table);
	}
	for (uint32_t flags = 0; flags < 4; flags++) {
		WALK(kst_handle, kst_handles_begin(&cursor, m->target, table, flags, &err), kst_handles_next)
		TRUTH(kst_handle_state_name(out.state) != NULL);
	}
}

static void ask_threads(struct machine *m, uint64_t process)
{
	for (uint32_t list = 0; list < 3; list++) {
		WALK(kst_thread, kst_threads_begin(&cursor, m->target, process, list, &err), kst_threads_next)
		TRUTH(kst_thread_state_name(out.state) != NULL);
	}
}

static void ask_process(struct machine *m, const struct kst_process *process)
{
	kst_space space = KST_SPACE_KERNEL;

	ask_threads(m, process->address);
	{
		ASK(kst_process_sources, kst_process_sources(m->target, process->address, &out, &err))
		TRUTH((out.found & ~out.present) == 0);
	}
	{
		WALK(kst_vad, kst_vads_begin(&cursor, m->target, process, &err), kst_vads_next)
		TRUTH(kst_vad_kind_name(out.kind) != NULL);
	}
	ask_handles(m, process->handle_table);
	(void)kst_process_space(process, &space, &err);
	for (uint32_t bits = 0; bits <= 64; bits += 32) {
		ASK(kst_peb, kst_process_peb(m->target, process, bits, &out, &err))
		ask_peb(m, space, &out);
	}
	{
		WALK(kst_unloaded_user_module,
		     kst_unloaded_user_modules_begin(&cursor, m->target, space, 64, process->peb + 0x400, 0x68, 16,
						     &err),
		     kst_unloaded_user_modules_next)
		TRUTH(kst_unloaded_user_module_anomaly_name(0) == NULL);
	}
}

static void ask_processes(struct machine *m)
{
	for (uint32_t source = 0; source < 6; source++) {
		WALK(kst_process, kst_processes_begin_from(&cursor, m->target, source, &err), kst_processes_next)
		if (n < 4)
			ask_process(m, &out);
	}
	{
		ASK(kst_process, kst_process_idle(m->target, &out, &err))
		ask_threads(m, out.address);
	}
	for (uint32_t i = 0; i < 2; i++) {
		{
			ASK(kst_process, kst_process_current(m->target, i, &out, &err))
			TRUTH(out.size == sizeof out);
		}
		{
			ASK(kst_thread, kst_thread_current(m->target, i, &out, &err))
			TRUTH(out.size == sizeof out);
		}
		{
			ASK(kst_process, kst_process_find(m->target, 4 * i, &out, &err))
			TRUTH(out.pid == 4 * i || (out.present & KST_PROCESS_HAS_PID) == 0);
		}
	}
}

static void ask_stack(struct machine *m, const struct kst_processor *processor, const struct kst_registers *start)
{
	WALK(kst_stack_link, kst_stack_begin(&cursor, m->target, processor, start, &err), kst_stack_next)
	{
		struct kst_stack_link link = out;

		{
			WALK(kst_return_address, kst_return_addresses_begin(&cursor, m->target, &link, &err),
			     kst_return_addresses_next)
			TRUTH(out.size == sizeof out);
		}
	}
}

static void ask_processors(struct machine *m)
{
	{ WALK(kst_processor, kst_processors_begin(&cursor, m->target, &err),
	       kst_processors_next){ struct kst_processor p = out;
	struct kst_registers start = { .size = sizeof start };

	for (uint32_t kind = 0; kind < 2; kind++) {
		ASK(kst_dpc_queue, kst_dpc_queue(m->target, &p, kind, &out, &err))
		{
			struct kst_dpc_queue q = out;

			{
				WALK(kst_dpc, kst_dpcs_begin(&cursor, m->target, &q, &err), kst_dpcs_next)
				TRUTH(out.size == sizeof out);
			}
		}
	}
	ask_stack(m, &p, NULL);
	for (size_t i = 0; i < m->addresses_count && i < 6; i++) {
		start.sp = m->addresses[i];
		start.ip = m->addresses[m->addresses_count - 1];
		ask_stack(m, &p, &start);
	}
}
}
{
	WALK(kst_timer, kst_timers_begin(&cursor, m->target, &err), kst_timers_next)
	TRUTH(out.size == sizeof out);
}
}

static void ask_modules(struct machine *m)
{
	{
		WALK(kst_module, kst_kernel_modules_begin(&cursor, m->target, &err), kst_kernel_modules_next)
		TRUTH(memchr(out.name, '\0', sizeof out.name) != NULL);
	}
	{
		WALK(kst_unloaded_module, kst_unloaded_modules_begin(&cursor, m->target, &err),
		     kst_unloaded_modules_next)
		TRUTH(memchr(out.name, '\0', sizeof out.name) != NULL);
	}
	{
		WALK(kst_callback, kst_callbacks_begin(&cursor, m->target, kst_callback_kinds(m->target), &err),
		     kst_callbacks_next)
		TRUTH(kst_callback_kind_name(out.kind) != NULL);
	}
	for (uint32_t log = 0; log < 4; log++) {
		WALK(kst_verifier_entry, kst_verifier_begin(&cursor, m->target, log, 0, &err), kst_verifier_next)
		TRUTH(kst_verifier_operation_name(out.operation) != NULL);
	}
	{
		ASK(kst_verifier_settings, kst_verifier_settings(m->target, &out, &err))
		TRUTH(out.size == sizeof out);
	}
	{
		ASK(kst_debugger_data, kst_debugger_data_read(m->target, &out, &err))
		TRUTH(out.valid_length <= sizeof out);
	}
}

static void ask_memory(struct machine *m)
{
	struct kst_pool_range ranges[8];
	struct kst_section_usage usages[8];
	struct kst_pool_hit hits[8];
	uint32_t tags[2] = { 0x20707249, 0x656c6946 };
	struct kst_pool_scan scan = {
		.size = sizeof scan, .space = KST_SPACE_KERNEL, .end = UINT64_MAX, .tags_count = 2, .tags = tags
	};
	uint64_t position;
	size_t done = 0;
	char name[32];

	memset(ranges, 0, sizeof ranges);
	memset(usages, 0, sizeof usages);
	memset(hits, 0, sizeof hits);
	answered(m, kst_pool_ranges(m->target, ranges, sizeof ranges[0], 8, &done, &err));
	answered(m, kst_section_usages(m->target, usages, sizeof usages[0], 8, &done, &err));
	for (size_t i = 0; i < m->addresses_count && i < 2; i++) {
		position = m->addresses[i] & ~UINT64_C(0xfff);
		scan.end = position < UINT64_MAX - 0x4000 ? position + 0x4000 : UINT64_MAX;
		scan.flags = (uint32_t)i;
		answered(m, kst_pool_scan(m->target, &scan, &position, hits, sizeof hits[0], 8, &done, &err));
		TRUTH(done <= 8);
	}
	scan.space = KST_SPACE_PHYSICAL;
	position = 0;
	scan.end = 0x200000;
	answered(m, kst_pool_scan(m->target, &scan, &position, hits, sizeof hits[0], 8, &done, &err));
	{
		WALK(kst_pool_usage, kst_pool_usage_begin(&cursor, m->target, &err), kst_pool_usage_next)
		TRUTH(out.size == sizeof out);
	}
	{
		ASK(kst_pfn_counts, kst_pfn_count(m->target, &out, &err))
		TRUTH(out.size == sizeof out);
	}
	{
		ASK(kst_memory_counters, kst_memory_counters_read(m->target, &out, &err))
		TRUTH(out.size == sizeof out);
	}
	for (uint32_t i = 0; i < 3; i++) {
		uint64_t first, pages;

		answered(m, kst_memory_run_read(m->target, i, &first, &pages, &err));
		{
			ASK(kst_page_file, kst_page_file_read(m->target, i, &out, name, sizeof name, &err))
			TRUTH(memchr(name, '\0', sizeof name) != NULL);
		}
	}
	{
		WALK(kst_pfn, kst_pfns_begin(&cursor, m->target, 0, UINT64_MAX, &err), kst_pfns_next)
		TRUTH(kst_pfn_location_name(out.location) != NULL);
	}
	{
		struct kst_heap_key key = { .size = sizeof key };

		answered(m, kst_heap_key(m->target, &key, &err));
		TRUTH((key.key & ~key.bits_known) == 0);
		answered(m, kst_heap_key_recover(m->target, &key, &err));
		TRUTH((key.key & ~key.bits_known) == 0);
	}
}

static void ask_large(struct machine *m, const struct kst_large_table *table)
{
	uint8_t *memory = malloc(kst_large_index_size(64));
	struct kst_large_index *index = (struct kst_large_index *)(void *)memory;

	TRUTH(memory != NULL);
	for (uint32_t flags = 0; flags < 2; flags++) {
		WALK(kst_large_allocation, kst_large_allocations_begin(&cursor, m->target, table, flags, &err),
		     kst_large_allocations_next)
		TRUTH(out.size == sizeof out);
	}
	for (size_t i = 0; i < m->addresses_count; i++) {
		ASK(kst_large_allocation, kst_large_allocation_find(m->target, table, m->addresses[i], &out, &err))
		TRUTH(out.address <= m->addresses[i]);
	}
	{
		kst_status st = kst_large_index_init(index, kst_large_index_size(64), m->target, table, &err);

		answered(m, st);
		for (size_t i = 0; st == KST_OK && i < m->addresses_count; i++) {
			ASK(kst_large_allocation, kst_large_index_find(index, m->target, m->addresses[i], &out, &err))
			TRUTH(out.address <= m->addresses[i]);
			{
				ASK(kst_pool_verdict, kst_pool_find(m->target, index, m->addresses[i], &out, &err))
				TRUTH(kst_pool_kind_name(out.kind) != NULL);
			}
		}
	}
	free(memory);
}

static void ask_types(struct machine *m)
{
	{ WALK(kst_object_type, kst_object_types_begin(&cursor, m->target, &err),
	       kst_object_types_next){ uint64_t type = out.address;

	for (uint32_t flags = 0; flags < 2 && n < 4; flags++) {
		WALK(kst_object, kst_objects_begin(&cursor, m->target, type, flags, &err), kst_objects_next)
		TRUTH(out.size == sizeof out);
	}
	if (n < 4) {
		ASK(kst_object_list, kst_object_list_check(m->target, type, &out, &err))
		TRUTH(out.size == sizeof out);
	}
}
}
{
	ASK(kst_object_type, kst_object_type_find(m->target, "File", 0, &out, &err))
	TRUTH(out.size == sizeof out);
}
{
	ASK(kst_object_type, kst_object_type_find(m->target, NULL, 7, &out, &err))
	TRUTH(out.size == sizeof out);
}
{
	WALK(kst_directory_entry, kst_directory_begin(&cursor, m->target, 0, 1, &err), kst_directory_next)
	TRUTH(out.size == sizeof out);
}
{
	uint64_t body = 0;

	answered(m, kst_directory_find(m->target, "\\Device\\Harddisk0", &body, &err));
}
}

static void ask_section(struct machine *m, uint64_t address)
{
	struct kst_control_area area = { .size = sizeof area };
	struct kst_segment segment = { .size = sizeof segment };
	kst_status st = kst_control_area_read(m->target, address, &area, &segment, &err);
	char name[32];

	answered(m, st);
	if (st != KST_OK)
		return;
	answered(m, kst_control_area_file(m->target, &area, name, sizeof name, &err));
	{
		WALK(kst_subsection, kst_subsections_begin(&cursor, m->target, &area, &err), kst_subsections_next)
		{
			struct kst_subsection sub = out;

			{
				WALK(kst_section_page,
				     kst_section_pages_begin(&cursor, m->target, area.kind, &sub, &err),
				     kst_section_pages_next)
				TRUTH(out.index < sub.ptes);
			}
		}
	}
}

static void ask_object(struct machine *m, uint64_t address)
{
	char name[64];

	for (uint32_t at = 0; at < 3; at++) {
		ASK(kst_object, kst_object_at(m->target, address, at, &out, &err))
		{
			struct kst_object object = out;

			{
				ASK(kst_object_body, kst_object_body(m->target, &object, &out, &err))
				TRUTH(kst_object_kind_name(out.kind) != NULL);
			}
		}
	}
	answered(m, kst_object_name(m->target, address, name, sizeof name, &err));
	answered(m, kst_object_path(m->target, address, name, sizeof name, &err));
	{
		ASK(kst_object_type, kst_object_type_at(m->target, address, &out, &err))
		TRUTH(out.address == address);
	}
	{
		ASK(kst_object_type, kst_object_type_of(m->target, address, &out, &err))
		TRUTH(out.size == sizeof out);
	}
	{
		ASK(kst_object_list, kst_object_list_check(m->target, address, &out, &err))
		TRUTH(out.size == sizeof out);
	}
	for (uint32_t flags = 0; flags < 2; flags++) {
		{
			WALK(kst_object, kst_objects_begin(&cursor, m->target, address, flags, &err), kst_objects_next)
			TRUTH(out.size == sizeof out);
		}
		{
			WALK(kst_directory_entry, kst_directory_begin(&cursor, m->target, address, flags, &err),
			     kst_directory_next)
			TRUTH(out.size == sizeof out);
		}
	}
}

static void ask_space(struct machine *m, kst_space space, uint64_t address)
{
	uint8_t byte[16];
	size_t done = 0;

	for (uint32_t flags = 0; flags < 2; flags++) {
		ASK(kst_translation, kst_translate(m->target, space, address, flags, &out, &err))
		TRUTH(out.levels_count <= 5 && out.address == address);
	}
	answered(m, kst_read(m->target, space, address, byte, sizeof byte, &done, &err));
	TRUTH(done <= sizeof byte);
	for (uint32_t flags = 0; flags < 2; flags++) {
		WALK(kst_page_run, kst_page_runs_begin(&cursor, m->target, space, address, UINT64_MAX, flags, &err),
		     kst_page_runs_next)
		TRUTH(out.length != 0 || out.address == 0);
	}
	{
		ASK(kst_image, kst_image_read(m->target, space, address, &out, &err))
		TRUTH(out.size == sizeof out);
	}
	for (uint32_t bits = 0; bits <= 64; bits += 32) {
		ASK(kst_peb, kst_peb_read(m->target, space, address, bits, &out, &err))
		ask_peb(m, space, &out);
	}
	{
		ASK(kst_large_table, kst_large_table_of_session(m->target, space, address, &out, &err))
		ask_large(m, &out);
	}
	for (uint32_t flags = 0; flags < 2; flags++) {
		struct kst_pool_header headers[4];

		memset(headers, 0, sizeof headers);
		{
			ASK(kst_pool_page, kst_pool_page_read(m->target, space, address & ~UINT64_C(0xfff), 0, flags,
							      headers, sizeof headers[0], 4, &done, &out, &err))
			TRUTH(done <= 4);
		}
	}
	for (uint32_t bits = 32; bits <= 64; bits += 32) {
		WALK(kst_unloaded_user_module,
		     kst_unloaded_user_modules_begin(&cursor, m->target, space, bits, address, 0x5c, 16, &err),
		     kst_unloaded_user_modules_next)
		TRUTH(out.size == sizeof out);
	}
}

static void ask_about(struct machine *m, uint64_t address)
{
	for (size_t i = 0; i < SPACES + 2; i++)
		if (i < 1 || m->spaces[i] != 0)
			ask_space(m, m->spaces[i], address);
	ask_object(m, address);
	ask_section(m, address);
	ask_handles(m, address);
	ask_threads(m, address);
	{
		ASK(kst_process, kst_process_read(m->target, address, &out, &err))
		ask_process(m, &out);
	}
	{
		ASK(kst_thread, kst_thread_read(m->target, address, &out, &err))
		TRUTH(out.address == address);
	}
	{
		ASK(kst_verifier_entry, kst_verifier_unmatched_enter(m->target, address, &out, &err))
		TRUTH(out.size == sizeof out);
	}
	{
		ASK(kst_module, kst_module_find(m->target, address, &out, &err))
		TRUTH(out.size == sizeof out);
	}
	{
		ASK(kst_pfn, kst_pfn_read(m->target, address, &out, &err))
		TRUTH(out.frame == address);
	}
	{
		ASK(kst_pool_verdict, kst_pool_find(m->target, NULL, address, &out, &err))
		TRUTH(kst_pool_kind_name(out.kind) != NULL);
	}
	{
		WALK(kst_stack_link, kst_stack_begin_thread(&cursor, m->target, address, &err), kst_stack_next)
		TRUTH(kst_stack_name(out.stack) != NULL);
	}
}

/* Every name of a bit and of a number: none, or words without capitals or blanks at the ends. */
static void ask_names(void)
{
	static const char *(*const of_bits[])(uint64_t) = {
		kst_callback_anomaly_name,
		kst_context_anomaly_name,
		kst_control_area_anomaly_name,
		kst_debugger_data_anomaly_name,
		kst_directory_entry_anomaly_name,
		kst_dpc_anomaly_name,
		kst_dpc_queue_anomaly_name,
		kst_dump_anomaly_name,
		kst_exception_anomaly_name,
		kst_handle_anomaly_name,
		kst_handle_attribute_name,
		kst_handle_table_anomaly_name,
		kst_heap_key_anomaly_name,
		kst_heap_large_anomaly_name,
		kst_identity_anomaly_name,
		kst_image_anomaly_name,
		kst_large_allocation_anomaly_name,
		kst_large_table_anomaly_name,
		kst_layout_anomaly_name,
		kst_lfh_subsegment_anomaly_name,
		kst_module_anomaly_name,
		kst_object_anomaly_name,
		kst_object_body_anomaly_name,
		kst_object_info_name,
		kst_object_type_anomaly_name,
		kst_heap_range_anomaly_name,
		kst_page_segment_anomaly_name,
		kst_pdb_anomaly_name,
		kst_peb_anomaly_name,
		kst_pfn_anomaly_name,
		kst_pool_evidence_name,
		kst_pool_header_anomaly_name,
		kst_pool_hit_reason_name,
		kst_pool_page_anomaly_name,
		kst_pool_usage_anomaly_name,
		kst_pool_verdict_anomaly_name,
		kst_process_anomaly_name,
		kst_process_parameters_anomaly_name,
		kst_process_source_name,
		kst_processor_anomaly_name,
		kst_pte_anomaly_name,
		kst_special_pool_anomaly_name,
		kst_stack_link_anomaly_name,
		kst_subsection_anomaly_name,
		kst_thread_anomaly_name,
		kst_timer_anomaly_name,
		kst_translation_anomaly_name,
		kst_unloaded_user_module_anomaly_name,
		kst_user_module_anomaly_name,
		kst_vad_anomaly_name,
		kst_verifier_entry_anomaly_name,
		kst_vs_chunk_anomaly_name,
		kst_vs_subsegment_anomaly_name,
		kst_walk_anomaly_name,
	};
	static const char *(*const of_numbers[])(uint32_t) = {
		kst_arch_name,
		kst_object_kind_name,
		kst_bugcheck_name,
		kst_callback_kind_name,
		kst_control_area_trait_text,
		kst_dpc_importance_name,
		kst_dpc_kind_name,
		kst_format_name,
		kst_registers_found_name,
		kst_handle_state_name,
		kst_heap_key_source_name,
		kst_load_reason_name,
		kst_loader_list_name,
		kst_memory_counter_name,
		kst_heap_range_name,
		kst_paging_name,
		kst_peb_state_name,
		kst_pfn_location_name,
		kst_pfn_use_name,
		kst_pool_generation_name,
		kst_pool_kind_name,
		kst_pool_region_name,
		kst_pool_rule_name,
		kst_pool_state_name,
		kst_pte_protection_name,
		kst_pte_protection_text,
		kst_pte_read_name,
		kst_pte_state_name,
		kst_section_kind_name,
		kst_stack_name,
		kst_thread_state_name,
		kst_object_tracking_name,
		kst_user_state_name,
		kst_vad_kind_name,
		kst_verifier_log_name,
		kst_verifier_operation_name,
		kst_wait_reason_name,
		kst_walk_end_name,
	};
	static bool done;

	for (size_t i = 0; i < sizeof of_bits / sizeof of_bits[0] && !done; i++)
		for (uint32_t bit = 0; bit < 64; bit++) {
			const char *name = of_bits[i](UINT64_C(1) << bit);

			TRUTH(name == NULL || name[0] > ' ');
		}
	for (size_t i = 0; i < sizeof of_numbers / sizeof of_numbers[0] && !done; i++)
		for (uint32_t number = 0; number < 0x200; number++) {
			const char *name = of_numbers[i](number);

			TRUTH(name == NULL || name[0] == '\0' || name[0] > ' ');
		}
	for (kst_status st = -100; st < 3 && !done; st++)
		TRUTH(kst_status_name(st) != NULL);
	done = true;
}

static void ask_all(struct machine *m)
{
	ask_names();
	ask_processes(m);
	ask_processors(m);
	ask_modules(m);
	ask_memory(m);
	ask_types(m);
	{
		ASK(kst_large_table, kst_large_table_locate(m->target, &out, &err))
		ask_large(m, &out);
	}
	for (size_t i = 0; i < m->addresses_count; i++)
		ask_about(m, m->addresses[i]);
}

#endif
