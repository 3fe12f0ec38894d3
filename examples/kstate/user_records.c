/* SPDX-License-Identifier: MIT */
#include "user_records.h"

#include "process_records.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

#define HAS(object, bit) (((object)->present & (bit)) != 0)

char *text_of(const struct session *session, kst_space space, const struct kst_text *text)
{
	size_t cap = (size_t)text->bytes / 2 * 3 + 1; /* a UTF-16 unit becomes three bytes at most */
	char *out = malloc(cap);

	if (out == NULL)
		return NULL;
	if (kst_read_text(session->target, space, text->address, text->bytes, out, cap, NULL, NULL, NULL) == KST_OK)
		return out;
	free(out);
	return NULL;
}

/* Why there is no user mode to show; NULL when there may be some. */
static const char *peb_answer(const struct kst_peb *peb)
{
	switch (peb->state) {
	case KST_PEB_NONE: return "no user-mode state";
	case KST_PEB_GONE: return "the process has exited, its address space is gone";
	case KST_PEB_INVALID: return "the stored address cannot be a PEB's";
	case KST_PEB_UNKNOWN: return "the address of the PEB is not in the memory at hand";
	default: return NULL;
	}
}

/* Walk an environment; each variable goes to `list`, or to standard output when that is NULL. */
static struct kst_cursor walk_environment(const struct session *session, kst_space space,
					  const struct kst_process_parameters *parameters, json_t *list)
{
	struct kst_variable variable = { .size = sizeof variable };
	struct kst_cursor cursor = { 0 };

	if (kst_environment_begin(&cursor, session->target, space, parameters->environment,
				  parameters->environment_size, NULL) != KST_OK)
		return cursor;
	while (kst_environment_next(&cursor, &variable, NULL) == KST_OK) {
		char *text = text_of(session, space, &variable.text);

		if (text != NULL && list != NULL) {
			json_array_append_new(list, json_string(text));
		} else if (text != NULL) {
			fputs("        ", stdout);
			print_escaped(text);
			putchar('\n');
		}
		free(text);
	}
	return cursor;
}

static const struct {
	const char *key;
	const char *label; /* in !peb; NULL: not printed there */
	uint64_t bit;
	size_t offset;
} texts[] = {
	{ "current_directory", "CurrentDirectory:  ", KST_PROCESS_PARAMETERS_HAS_CURRENT_DIRECTORY,
	  offsetof(struct kst_process_parameters, current_directory) },
	{ "window_title", "WindowTitle:  ", KST_PROCESS_PARAMETERS_HAS_WINDOW_TITLE,
	  offsetof(struct kst_process_parameters, window_title) },
	{ "image_path", "ImageFile:    ", KST_PROCESS_PARAMETERS_HAS_IMAGE_PATH,
	  offsetof(struct kst_process_parameters, image_path) },
	{ "command_line", "CommandLine:  ", KST_PROCESS_PARAMETERS_HAS_COMMAND_LINE,
	  offsetof(struct kst_process_parameters, command_line) },
	{ "dll_path", "DllPath:      ", KST_PROCESS_PARAMETERS_HAS_DLL_PATH,
	  offsetof(struct kst_process_parameters, dll_path) },
	{ "desktop_info", NULL, KST_PROCESS_PARAMETERS_HAS_DESKTOP_INFO,
	  offsetof(struct kst_process_parameters, desktop_info) },
	{ "shell_info", NULL, KST_PROCESS_PARAMETERS_HAS_SHELL_INFO,
	  offsetof(struct kst_process_parameters, shell_info) },
};

static char *parameter_text(const struct session *session, kst_space space,
			    const struct kst_process_parameters *parameters, size_t index)
{
	struct kst_text text;

	if (!HAS(parameters, texts[index].bit))
		return NULL;
	memcpy(&text, (const char *)parameters + texts[index].offset, sizeof text);
	return text_of(session, space, &text);
}

static void parameters_json(const struct session *session, kst_space space, const struct kst_process_parameters *p,
			    json_t *r)
{
	json_t *object = json_object();

	put_hex(object, "address", p->address);
	if (HAS(p, KST_PROCESS_PARAMETERS_HAS_FLAGS))
		put_hex(object, "flags", p->flags);
	for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
		char *text = parameter_text(session, space, p, i);

		if (text != NULL)
			put_text(object, texts[i].key, text);
		else
			put_null(object, texts[i].key);
		free(text);
	}
	put_anomalies(object, p->anomalies, kst_process_parameters_anomaly_name);
	json_object_set_new(r, "parameters", object);
	if (HAS(p, KST_PROCESS_PARAMETERS_HAS_ENVIRONMENT) && p->environment != 0) {
		json_t *environment = json_object(), *list = json_array();
		struct kst_cursor cursor = walk_environment(session, space, p, list);

		put_hex(environment, "address", p->environment);
		json_object_set_new(environment, "variables", list);
		put_text(environment, "end", kst_walk_end_name(kst_cursor_end(&cursor)));
		json_object_set_new(r, "environment", environment);
	}
}

static void peb_json(const struct session *session, kst_space space, const struct kst_process *process,
		     const struct kst_peb *peb)
{
	struct kst_process_parameters parameters = { .size = sizeof parameters };
	json_t *r = record("peb");

	if (HAS(process, KST_PROCESS_HAS_PID))
		put_number(r, "pid", process->pid);
	put_text(r, "state", kst_peb_state_name(peb->state));
	put_number(r, "bits", peb->bits);
	if (peb->address != 0)
		put_hex(r, "address", peb->address);
	else
		put_null(r, "address");
	if (peb->state == KST_PEB_PAGED_OUT)
		put_hex(r, "unreadable", peb->unreadable);
	if (HAS(peb, KST_PEB_HAS_LDR))
		put_hex(r, "ldr", peb->ldr);
	if (HAS(peb, KST_PEB_HAS_IMAGE_BASE))
		put_hex(r, "image_base", peb->image_base);
	if (HAS(peb, KST_PEB_HAS_FLAG_BYTES))
		put_bool(r, "being_debugged", peb->being_debugged != 0);
	if (HAS(peb, KST_PEB_HAS_PROCESS_HEAP))
		put_hex(r, "process_heap", peb->process_heap);
	if (HAS(peb, KST_PEB_HAS_BIT_FIELD))
		put_hex(r, "bit_field", peb->bit_field);
	if (HAS(peb, KST_PEB_HAS_SUBSYSTEM_DATA))
		put_hex(r, "subsystem_data", peb->subsystem_data);
	if (HAS(peb, KST_PEB_HAS_NT_GLOBAL_FLAG))
		put_hex(r, "nt_global_flag", peb->nt_global_flag);
	if (HAS(peb, KST_PEB_HAS_SESSION_ID))
		put_number(r, "session_id", peb->session_id);
	if (HAS(peb, KST_PEB_HAS_OS_MAJOR) && HAS(peb, KST_PEB_HAS_OS_MINOR)) {
		put_number(r, "os_major", peb->os_major);
		put_number(r, "os_minor", peb->os_minor);
	}
	if (HAS(peb, KST_PEB_HAS_OS_BUILD))
		put_number(r, "os_build", peb->os_build);
	if (HAS(peb, KST_PEB_HAS_LDR_INITIALIZED))
		put_bool(r, "ldr_initialized", peb->ldr_initialized != 0);
	if (HAS(peb, KST_PEB_HAS_PARAMETERS) &&
	    kst_process_parameters_read(session->target, space, peb, &parameters, NULL) == KST_OK)
		parameters_json(session, space, &parameters, r);
	put_anomalies(r, peb->anomalies, kst_peb_anomaly_name);
	emit(r);
}

static const char *yes_no(uint32_t value)
{
	return value != 0 ? "Yes" : "No";
}

/* "Jan 19 05:41:16 2008", of seconds since 1970, UTC. */
static void stamp_text(char *out, size_t cap, uint32_t stamp)
{
	static const char months[][4] = { "Jan", "Feb", "Mar", "Apr", "May", "Jun",
					  "Jul", "Aug", "Sep", "Oct", "Nov", "Dec" };
	time_t seconds = (time_t)stamp;
	struct tm *tm = gmtime(&seconds);

	if (tm == NULL)
		snprintf(out, cap, "?");
	else
		snprintf(out, cap, "%s %02d %02d:%02d:%02d %d", months[tm->tm_mon % 12], tm->tm_mday, tm->tm_hour,
			 tm->tm_min, tm->tm_sec, tm->tm_year + 1900);
}

static void modules_text(const struct session *session, kst_space space, const struct kst_peb *peb)
{
	struct kst_user_module module = { .size = sizeof module };
	struct kst_cursor cursor;

	printf("            Base TimeStamp                     Module\n");
	if (kst_user_modules_begin(&cursor, session->target, space, peb, KST_LOADER_LIST_LOAD, NULL) != KST_OK)
		return;
	while (kst_user_modules_next(&cursor, &module, NULL) == KST_OK) {
		bool stamp = HAS(&module, KST_USER_MODULE_HAS_STAMP);
		char date[40] = "?";

		if (stamp)
			stamp_text(date, sizeof date, module.time_date_stamp);
		printf("%16s %8s %-20s ", known_hex(HAS(&module, KST_USER_MODULE_HAS_BASE), 0, module.base),
		       known_hex(stamp, 8, module.time_date_stamp), date);
		print_escaped(HAS(&module, KST_USER_MODULE_HAS_PATH) ? module.path : "< Name not readable >");
		putchar('\n');
	}
	emit_walk(session, "user_module", &cursor);
}

static void list_line(const struct session *session, const char *label, bool has, uint64_t first, uint64_t last)
{
	if (has)
		printf("    %s %s . %s\n", label, address_text(session, first), address_text(session, last));
}

static void parameters_text(const struct session *session, kst_space space, const struct kst_peb *peb)
{
	struct kst_process_parameters parameters = { .size = sizeof parameters };

	if (kst_process_parameters_read(session->target, space, peb, &parameters, NULL) != KST_OK) {
		puts("    ProcessParameters are paged out");
		return;
	}
	for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
		char *text;

		if (texts[i].label == NULL)
			continue;
		text = parameter_text(session, space, &parameters, i);
		printf("    %s'", texts[i].label);
		print_escaped(text != NULL ? text : "< Name not readable >");
		puts("'");
		free(text);
	}
	if (HAS(&parameters, KST_PROCESS_PARAMETERS_HAS_ENVIRONMENT)) {
		struct kst_cursor cursor;

		printf("    Environment:  %s\n", address_text(session, parameters.environment));
		cursor = walk_environment(session, space, &parameters, NULL);
		if (kst_cursor_end(&cursor) != KST_WALK_TERMINATED)
			printf("        (ends here: %s)\n", kst_walk_end_name(kst_cursor_end(&cursor)));
	}
}

static void peb_text(const struct session *session, kst_space space, const struct kst_peb *peb)
{
	const char *answer = peb_answer(peb);

	if (answer != NULL) {
		puts(answer);
		return;
	}
	printf("%s at %s\n", peb->bits == 32 && session->identity.arch != KST_ARCH_X86 ? "Wow64 PEB32" : "PEB",
	       address_text(session, peb->address));
	if (HAS(peb, KST_PEB_HAS_FLAG_BYTES)) {
		printf("    InheritedAddressSpace:    %s\n", yes_no(peb->inherited_address_space));
		printf("    ReadImageFileExecOptions: %s\n", yes_no(peb->read_image_file_exec_options));
		printf("    BeingDebugged:            %s\n", yes_no(peb->being_debugged));
	}
	if (HAS(peb, KST_PEB_HAS_IMAGE_BASE))
		printf("    ImageBaseAddress:         %s\n", address_text(session, peb->image_base));
	if (peb->state == KST_PEB_PAGED_OUT) {
		printf("    PEB is paged out (%s = %s)\n", HAS(peb, KST_PEB_HAS_LDR) ? "Peb.Ldr data" : "Peb.Ldr",
		       address_text(session, peb->unreadable));
	} else {
		printf("    Ldr                       %s\n",
		       known_address(session, HAS(peb, KST_PEB_HAS_LDR), peb->ldr));
		if (HAS(peb, KST_PEB_HAS_LDR_INITIALIZED))
			printf("    Ldr.Initialized:          %s\n", yes_no(peb->ldr_initialized));
		list_line(session, "Ldr.InInitializationOrderModuleList:", HAS(peb, KST_PEB_HAS_INIT_LIST),
			  peb->init_first, peb->init_last);
		list_line(session, "Ldr.InLoadOrderModuleList:          ", HAS(peb, KST_PEB_HAS_LOAD_LIST),
			  peb->load_first, peb->load_last);
		list_line(session, "Ldr.InMemoryOrderModuleList:        ", HAS(peb, KST_PEB_HAS_MEMORY_LIST),
			  peb->memory_first, peb->memory_last);
		modules_text(session, space, peb);
	}
	if (HAS(peb, KST_PEB_HAS_SUBSYSTEM_DATA))
		printf("    SubSystemData:     %s\n", address_text(session, peb->subsystem_data));
	if (HAS(peb, KST_PEB_HAS_PROCESS_HEAP))
		printf("    ProcessHeap:       %s\n", address_text(session, peb->process_heap));
	if (HAS(peb, KST_PEB_HAS_PARAMETERS)) {
		printf("    ProcessParameters: %s\n", address_text(session, peb->parameters));
		parameters_text(session, space, peb);
	}
}

int show_peb(const struct session *session, const struct kst_process *process, uint32_t bits)
{
	struct kst_error error = { .size = sizeof error };
	struct kst_peb peb = { .size = sizeof peb };
	kst_space space = KST_SPACE_KERNEL;
	kst_status st = kst_process_peb(session->target, process, bits, &peb, &error);

	if (st == KST_OK && peb.address != 0)
		st = kst_process_space(process, &space, &error);
	if (st != KST_OK)
		return complain("peb", st, &error);
	if (bits == 32 && peb.state == KST_PEB_NONE && peb.bits != 0 && session->identity.arch != KST_ARCH_X86)
		return DONE; /* not a WOW64 process: nothing more to say */
	if (session->json)
		peb_json(session, space, process, &peb);
	else
		peb_text(session, space, &peb);
	return DONE;
}

static void module_record(const struct kst_process *process, const struct kst_user_module *m, uint32_t list)
{
	json_t *r = record("user_module");

	if (HAS(process, KST_PROCESS_HAS_PID))
		put_number(r, "pid", process->pid);
	put_text(r, "list", kst_loader_list_name(list));
	put_number(r, "bits", m->bits);
	put_hex(r, "entry", m->address);
	if (HAS(m, KST_USER_MODULE_HAS_BASE))
		put_hex(r, "base", m->base);
	if (HAS(m, KST_USER_MODULE_HAS_SIZE))
		put_number(r, "size", m->size_of_image);
	if (HAS(m, KST_USER_MODULE_HAS_NAME))
		put_text(r, "name", m->name);
	if (HAS(m, KST_USER_MODULE_HAS_PATH))
		put_text(r, "path", m->path);
	if (HAS(m, KST_USER_MODULE_HAS_ENTRY_POINT))
		put_hex(r, "entry_point", m->entry_point);
	if (HAS(m, KST_USER_MODULE_HAS_STAMP))
		put_hex(r, "time_date_stamp", m->time_date_stamp);
	if (HAS(m, KST_USER_MODULE_HAS_FLAGS))
		put_hex(r, "flags", m->flags);
	if (HAS(m, KST_USER_MODULE_HAS_LOAD_COUNT))
		put_number(r, "load_count", m->load_count);
	if (HAS(m, KST_USER_MODULE_HAS_LOAD_REASON))
		put_text(r, "load_reason", kst_load_reason_name(m->load_reason));
	if (HAS(m, KST_USER_MODULE_HAS_LOAD_TIME) && m->load_time != 0)
		put_time(r, "load_time", m->load_time);
	put_anomalies(r, m->anomalies, kst_user_module_anomaly_name);
	emit(r);
}

static void module_text(const struct session *session, const struct kst_user_module *m)
{
	bool base = HAS(m, KST_USER_MODULE_HAS_BASE);

	print_range(session, base, m->base, base && HAS(m, KST_USER_MODULE_HAS_SIZE), m->base + m->size_of_image);
	fputs("   ", stdout);
	print_escaped(HAS(m, KST_USER_MODULE_HAS_PATH)   ? m->path
		      : HAS(m, KST_USER_MODULE_HAS_NAME) ? m->name
							 : "< Name not readable >");
	for (uint64_t bit = 1; bit != 0; bit <<= 1)
		if ((m->anomalies & bit) != 0 && kst_user_module_anomaly_name(bit) != NULL)
			printf("  !! %s", kst_user_module_anomaly_name(bit));
	putchar('\n');
}

static void one_list(const struct session *session, const struct kst_process *process, kst_space space,
		     const struct kst_peb *peb, uint32_t list)
{
	struct kst_user_module module = { .size = sizeof module };
	struct kst_cursor cursor;

	if (kst_user_modules_begin(&cursor, session->target, space, peb, list, NULL) != KST_OK)
		return;
	if (!session->json)
		printf("%s order (%" PRIu32 "-bit)\n", kst_loader_list_name(list), peb->bits);
	while (kst_user_modules_next(&cursor, &module, NULL) == KST_OK) {
		if (session->json)
			module_record(process, &module, list);
		else
			module_text(session, &module);
	}
	emit_walk(session, "user_module", &cursor);
}

/* Does one of the loaders of the process know of an image at `address`? */
static bool known_to_loader(const struct session *session, kst_space space, const struct kst_peb *pebs, size_t count,
			    uint64_t address)
{
	for (size_t i = 0; i < count; i++) {
		struct kst_user_module module = { .size = sizeof module };
		struct kst_cursor cursor;

		for (uint32_t list = KST_LOADER_LIST_LOAD; list <= KST_LOADER_LIST_INIT; list++) {
			if (kst_user_modules_begin(&cursor, session->target, space, &pebs[i], list, NULL) != KST_OK)
				continue;
			while (kst_user_modules_next(&cursor, &module, NULL) == KST_OK)
				if (address >= module.base && address - module.base < module.size_of_image)
					return true;
		}
	}
	return false;
}

static void mapped_record(const struct session *session, const struct kst_process *process, const struct kst_vad *vad)
{
	const char *path = HAS(vad, KST_VAD_HAS_PATH) ? vad->path : NULL;
	json_t *r;

	if (!session->json) {
		printf("%s %s   ", address_text(session, vad->start), address_text(session, vad->end + 1));
		print_escaped(path != NULL ? path : "(name not known)");
		puts("  !! mapped, in no loader list");
		return;
	}
	r = record("user_module");
	if (HAS(process, KST_PROCESS_HAS_PID))
		put_number(r, "pid", process->pid);
	put_text(r, "list", "vad");
	put_hex(r, "vad", vad->address);
	put_hex(r, "base", vad->start);
	put_number(r, "size", vad->end - vad->start + 1);
	if (path != NULL) {
		put_text(r, "name", strrchr(path, '\\') != NULL ? strrchr(path, '\\') + 1 : path);
		put_text(r, "path", path);
	}
	emit(r);
}

/* Images that the kernel has mapped and no loader list names: unlinked ones, and those whose entry is paged out. */
static void list_mapped(const struct session *session, const struct kst_process *process, kst_space space,
			const struct kst_peb *pebs, size_t count)
{
	struct kst_vad vad = { .size = sizeof vad };
	struct kst_cursor cursor;

	if (kst_vads_begin(&cursor, session->target, process, NULL) != KST_OK)
		return;
	while (kst_vads_next(&cursor, &vad, NULL) == KST_OK)
		if (HAS(&vad, KST_VAD_HAS_KIND) && vad.kind == KST_VAD_IMAGE && HAS(&vad, KST_VAD_HAS_RANGE) &&
		    !known_to_loader(session, space, pebs, count, vad.start))
			mapped_record(session, process, &vad);
}

int list_user_modules(const struct session *session, const struct kst_process *process)
{
	struct kst_peb pebs[2] = { { .size = sizeof pebs[0] }, { .size = sizeof pebs[1] } };
	kst_space space = KST_SPACE_KERNEL;
	size_t count = 0;
	static const uint32_t widths[] = { 64, 32 };

	for (size_t i = 0; i < 2; i++) {
		struct kst_error error = { .size = sizeof error };
		struct kst_peb peb = { .size = sizeof peb };
		kst_status st;

		/* the other width is that of WOW64; a 32-bit kernel has one only */
		if (widths[i] == 64 && session->identity.arch == KST_ARCH_X86)
			continue;
		st = kst_process_peb(session->target, process, widths[i], &peb, &error);
		if (st == KST_OK && peb.address != 0)
			st = kst_process_space(process, &space, &error);
		if (st != KST_OK)
			return complain("lmu", st, &error);
		if (widths[i] == 32 && session->identity.arch != KST_ARCH_X86 && peb.state == KST_PEB_NONE)
			continue;
		if (peb.state == KST_PEB_PAGED_OUT)
			fprintf(stderr, "kstate: PEB is paged out (%#" PRIx64 ")\n", peb.unreadable);
		else if (peb_answer(&peb) != NULL)
			fprintf(stderr, "kstate: %s\n", peb_answer(&peb));
		for (uint32_t list = KST_LOADER_LIST_LOAD; list <= KST_LOADER_LIST_INIT; list++)
			one_list(session, process, space, &peb, list);
		if (peb.address != 0)
			pebs[count++] = peb;
	}
	if (count > 0) /* System has ntdll mapped without ever running it */
		list_mapped(session, process, space, pebs, count);
	return DONE;
}
