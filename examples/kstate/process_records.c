/* SPDX-License-Identifier: MIT */
#include "process_records.h"

#define CURRENT_MOST 256

#define HAS(object, bit) (((object)->present & (bit)) != 0)

static void hex_if(json_t *r, bool has, const char *key, uint64_t value)
{
	if (has)
		put_hex(r, key, value);
}

static void number_if(json_t *r, bool has, const char *key, uint64_t value)
{
	if (has)
		put_number(r, key, value);
}

/* A time; null where it never came (FILETIME 0). */
static void time_if(json_t *r, bool has, const char *key, uint64_t filetime)
{
	if (has && filetime != 0)
		put_time(r, key, filetime);
	else if (has)
		put_null(r, key);
}

void judge_sources(struct kst_process *process, const struct kst_process_sources *sources)
{
	static const struct {
		uint64_t source, anomaly;
	} rows[] = {
		{ KST_PROCESS_SOURCE_LIST, KST_PROCESS_ANOMALY_NOT_LISTED },
		{ KST_PROCESS_SOURCE_KERNEL_LIST, KST_PROCESS_ANOMALY_NOT_IN_KERNEL_LIST },
		{ KST_PROCESS_SOURCE_CID_TABLE, KST_PROCESS_ANOMALY_NOT_IN_CID_TABLE },
		{ KST_PROCESS_SOURCE_OBJECT_LIST, KST_PROCESS_ANOMALY_NOT_IN_OBJECT_LIST },
	};

	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
		if ((sources->present & ~sources->found & rows[i].source) != 0 &&
		    /* a process that exits leaves the kernel's list before it is deleted */
		    (rows[i].source != KST_PROCESS_SOURCE_KERNEL_LIST ||
		     (process->traits & KST_PROCESS_IS_EXITING) == 0))
			process->anomalies |= rows[i].anomaly;
}

static void sources_json(json_t *r, const struct kst_process_sources *sources)
{
	json_t *list = json_array();

	for (uint64_t bit = 1; bit <= KST_PROCESS_SOURCE_OBJECT_LIST; bit <<= 1)
		if ((sources->found & bit) != 0)
			json_array_append_new(list, json_string(kst_process_source_name(bit)));
	json_object_set_new(r, "sources", list);
}

static void process_record(const struct kst_process *p, int listed, const struct kst_process_sources *sources)
{
	json_t *r = record("process");

	put_hex(r, "address", p->address);
	number_if(r, HAS(p, KST_PROCESS_HAS_PID), "pid", p->pid);
	number_if(r, HAS(p, KST_PROCESS_HAS_PARENT_PID), "parent_pid", p->parent_pid);
	if (HAS(p, KST_PROCESS_HAS_NAME))
		put_text(r, "name", p->name);
	if (HAS(p, KST_PROCESS_HAS_PATH))
		put_text(r, "path", p->path);
	hex_if(r, HAS(p, KST_PROCESS_HAS_DTB), "dtb", p->dtb);
	hex_if(r, HAS(p, KST_PROCESS_HAS_USER_DTB), "user_dtb", p->user_dtb);
	hex_if(r, HAS(p, KST_PROCESS_HAS_PEB), "peb", p->peb);
	if (HAS(p, KST_PROCESS_HAS_WOW64_PEB))
		put_hex(r, "wow64_peb", p->wow64_peb);
	else if (HAS(p, KST_PROCESS_HAS_WOW64) && p->wow64_process == 0)
		put_null(r, "wow64_peb");
	number_if(r, HAS(p, KST_PROCESS_HAS_THREADS), "threads", p->threads);
	number_if(r, HAS(p, KST_PROCESS_HAS_HANDLES), "handles", p->handles);
	time_if(r, HAS(p, KST_PROCESS_HAS_CREATE_TIME), "create_time", p->create_time);
	time_if(r, HAS(p, KST_PROCESS_HAS_EXIT_TIME), "exit_time", p->exit_time);
	if (HAS(p, KST_PROCESS_HAS_SECURE))
		put_bool(r, "secure", (p->traits & KST_PROCESS_IS_SECURE) != 0);
	if (listed >= 0)
		put_bool(r, "listed", listed != 0);
	put_text(r, "user_state", kst_user_state_name(p->user_state));
	hex_if(r, HAS(p, KST_PROCESS_HAS_HANDLE_TABLE), "handle_table", p->handle_table);
	number_if(r, HAS(p, KST_PROCESS_HAS_SESSION_ID), "session_id", p->session_id);
	hex_if(r, HAS(p, KST_PROCESS_HAS_SESSION), "session", p->session);
	hex_if(r, HAS(p, KST_PROCESS_HAS_TOKEN), "token", p->token);
	hex_if(r, HAS(p, KST_PROCESS_HAS_SECTION), "section", p->section);
	hex_if(r, HAS(p, KST_PROCESS_HAS_SECTION_BASE), "section_base", p->section_base);
	hex_if(r, HAS(p, KST_PROCESS_HAS_PROTECTION), "protection", p->protection);
	if (HAS(p, KST_PROCESS_HAS_MINIMAL))
		put_bool(r, "minimal", (p->traits & KST_PROCESS_IS_MINIMAL) != 0);
	if (HAS(p, KST_PROCESS_HAS_EXITING))
		put_bool(r, "exiting", (p->traits & KST_PROCESS_IS_EXITING) != 0);
	if (sources != NULL && sources->present != 0)
		sources_json(r, sources);
	put_anomalies(r, p->anomalies, kst_process_anomaly_name);
	emit(r);
}

/* A process or thread id as debuggers print it; the text lives until the next call. */
static const char *id_text(bool known, uint64_t id)
{
	static char text[24];

	if (!known)
		return "?";
	snprintf(text, sizeof text, "%04" PRIx64, id);
	return text;
}

static const char *why_no_user_state(const struct kst_process *p)
{
	switch (p->user_state) {
	case KST_USER_STATE_NONE: return "no user-mode state";
	case KST_USER_STATE_GONE: return "exited, the address space is gone";
	case KST_USER_STATE_SECURE: return "isolated user mode: memory of VTL 1 cannot be read from VTL 0";
	default: return NULL;
	}
}

/* As !process 0 0 prints it. */
static void process_text(const struct session *session, const struct kst_process *p, int listed)
{
	const char *why = why_no_user_state(p);

	printf("PROCESS %s", address_text(session, p->address));
	if (HAS(p, KST_PROCESS_HAS_SESSION_ID))
		printf("  SessionId: %" PRIu32, p->session_id);
	else
		fputs(HAS(p, KST_PROCESS_HAS_SESSION) && p->session == 0 ? "  SessionId: none" : "  SessionId: ?",
		      stdout);
	printf("  Cid: %s    Peb: %s", id_text(HAS(p, KST_PROCESS_HAS_PID), p->pid),
	       HAS(p, KST_PROCESS_HAS_PEB) ? address_text(session, p->peb) : "?");
	printf("  ParentCid: %s\n", id_text(HAS(p, KST_PROCESS_HAS_PARENT_PID), p->parent_pid));
	printf("    DirBase: %s", HAS(p, KST_PROCESS_HAS_DTB) ? address_text(session, p->dtb) : "?");
	printf("  ObjectTable: %s",
	       HAS(p, KST_PROCESS_HAS_HANDLE_TABLE) ? address_text(session, p->handle_table) : "?");
	if (HAS(p, KST_PROCESS_HAS_HANDLES))
		printf("  HandleCount: %3" PRIu32 ".", p->handles);
	printf("\n    Image: %s\n", HAS(p, KST_PROCESS_HAS_NAME) ? printable(p->name) : "?");
	if (HAS(p, KST_PROCESS_HAS_PATH)) {
		fputs("    Path: ", stdout);
		print_escaped(p->path);
		putchar('\n');
	}
	if (listed == 0)
		puts("    Not on the list of active processes");
	if (why != NULL)
		printf("    %s\n", why);
	for (uint64_t bit = 1; bit != 0; bit <<= 1)
		if ((p->anomalies & bit) != 0 && kst_process_anomaly_name(bit) != NULL)
			printf("    !! %s\n", kst_process_anomaly_name(bit));
	putchar('\n');
}

void show_process(const struct session *session, const struct kst_process *process, int listed,
		  const struct kst_process_sources *sources)
{
	if (session->json)
		process_record(process, listed, sources);
	else
		process_text(session, process, listed);
}

static void thread_record(const struct kst_thread *t)
{
	json_t *r = record("thread");

	put_hex(r, "address", t->address);
	number_if(r, HAS(t, KST_THREAD_HAS_PID), "pid", t->pid);
	number_if(r, HAS(t, KST_THREAD_HAS_TID), "tid", t->tid);
	if (HAS(t, KST_THREAD_HAS_STATE))
		put_text(r, "state", kst_thread_state_name(t->state));
	if (HAS(t, KST_THREAD_HAS_WAIT_REASON))
		put_text(r, "wait_reason", kst_wait_reason_name(t->wait_reason));
	hex_if(r, HAS(t, KST_THREAD_HAS_START), "start", t->start);
	hex_if(r, HAS(t, KST_THREAD_HAS_WIN32_START), "win32_start", t->win32_start);
	hex_if(r, HAS(t, KST_THREAD_HAS_STACK_BASE), "stack_base", t->stack_base);
	hex_if(r, HAS(t, KST_THREAD_HAS_STACK_LIMIT), "stack_limit", t->stack_limit);
	hex_if(r, HAS(t, KST_THREAD_HAS_INITIAL_STACK), "initial_stack", t->initial_stack);
	hex_if(r, HAS(t, KST_THREAD_HAS_KERNEL_STACK), "kernel_stack", t->kernel_stack);
	hex_if(r, HAS(t, KST_THREAD_HAS_TEB), "teb", t->teb);
	hex_if(r, HAS(t, KST_THREAD_HAS_USER_STACK), "user_stack_base", t->user_stack_base);
	hex_if(r, HAS(t, KST_THREAD_HAS_USER_STACK), "user_stack_limit", t->user_stack_limit);
	hex_if(r, HAS(t, KST_THREAD_HAS_TRAP_FRAME) && t->trap_frame != 0, "trap_frame", t->trap_frame);
	hex_if(r, HAS(t, KST_THREAD_HAS_PROCESS), "process", t->process);
	hex_if(r, HAS(t, KST_THREAD_HAS_ATTACHED), "attached_process", t->attached_process);
	hex_if(r, HAS(t, KST_THREAD_HAS_WIN32_THREAD), "win32_thread", t->win32_thread);
	number_if(r, HAS(t, KST_THREAD_HAS_PRIORITY), "priority", t->priority);
	number_if(r, HAS(t, KST_THREAD_HAS_CONTEXT_SWITCHES), "context_switches", t->context_switches);
	number_if(r, HAS(t, KST_THREAD_HAS_NEXT_PROCESSOR), "processor", t->next_processor);
	time_if(r, HAS(t, KST_THREAD_HAS_CREATE_TIME), "create_time", t->create_time);
	time_if(r, HAS(t, KST_THREAD_HAS_EXIT_TIME), "exit_time", t->exit_time);
	if (HAS(t, KST_THREAD_HAS_NAME))
		put_text(r, "name", t->name);
	if (t->traits & KST_THREAD_IS_TERMINATED)
		put_bool(r, "terminated", true);
	if (t->traits & KST_THREAD_IS_SECURE)
		put_bool(r, "secure", true);
	put_anomalies(r, t->anomalies, kst_thread_anomaly_name);
	emit(r);
}

/* As !thread begins. */
static void thread_text(const struct session *session, const struct kst_thread *t)
{
	printf("THREAD %s  Cid %s", address_text(session, t->address), id_text(HAS(t, KST_THREAD_HAS_PID), t->pid));
	printf(".%s  Teb: %s  Win32Thread: %s  %s", id_text(HAS(t, KST_THREAD_HAS_TID), t->tid),
	       HAS(t, KST_THREAD_HAS_TEB) ? address_text(session, t->teb) : "?",
	       HAS(t, KST_THREAD_HAS_WIN32_THREAD) ? address_text(session, t->win32_thread) : "?",
	       HAS(t, KST_THREAD_HAS_STATE) ? kst_thread_state_name(t->state) : "?");
	if (HAS(t, KST_THREAD_HAS_STATE) && t->state == KST_THREAD_WAITING && HAS(t, KST_THREAD_HAS_WAIT_REASON))
		printf(": (%s)", kst_wait_reason_name(t->wait_reason));
	if (t->traits & KST_THREAD_IS_ATTACHED)
		printf("\n    Attached Process %s", address_text(session, t->attached_process));
	if (HAS(t, KST_THREAD_HAS_START))
		printf("\n    Start Address %s", address_text(session, t->start));
	if (HAS(t, KST_THREAD_HAS_WIN32_START))
		printf("  Win32 Start Address %s", address_text(session, t->win32_start));
	if (HAS(t, KST_THREAD_HAS_STACK_BASE) && HAS(t, KST_THREAD_HAS_STACK_LIMIT))
		printf("\n    Stack Init %s  Current %s  Base %s  Limit %s",
		       HAS(t, KST_THREAD_HAS_INITIAL_STACK) ? address_text(session, t->initial_stack) : "?",
		       HAS(t, KST_THREAD_HAS_KERNEL_STACK) ? address_text(session, t->kernel_stack) : "?",
		       address_text(session, t->stack_base), address_text(session, t->stack_limit));
	if (HAS(t, KST_THREAD_HAS_USER_STACK))
		printf("\n    User stack Base %s  Limit %s", address_text(session, t->user_stack_base),
		       address_text(session, t->user_stack_limit));
	if (HAS(t, KST_THREAD_HAS_NAME)) {
		fputs("\n    Name ", stdout);
		print_escaped(t->name);
	}
	putchar('\n');
	for (uint64_t bit = 1; bit != 0; bit <<= 1)
		if ((t->anomalies & bit) != 0 && kst_thread_anomaly_name(bit) != NULL)
			printf("    !! %s\n", kst_thread_anomaly_name(bit));
}

void show_thread(const struct session *session, const struct kst_thread *thread)
{
	if (session->json)
		thread_record(thread);
	else
		thread_text(session, thread);
}

uint32_t processors_asked(const struct session *session)
{
	return (session->identity.present & KST_IDENTITY_HAS_PROCESSORS) != 0 ? session->identity.processors : 1;
}

/* The threads that the processors were running: of one process, or of all (0). */
static size_t current_threads(const struct session *session, uint64_t process, uint64_t *addresses, size_t most)
{
	size_t count = 0;

	for (uint32_t i = 0; i < processors_asked(session) && count < most; i++) {
		struct kst_thread thread = { .size = sizeof thread };
		bool mine;

		if (kst_thread_current(session->target, i, &thread, NULL) != KST_OK)
			continue;
		mine = (HAS(&thread, KST_THREAD_HAS_PROCESS) && thread.process == process) ||
		       (HAS(&thread, KST_THREAD_HAS_ATTACHED) && thread.attached_process == process);
		if (process == 0 || mine)
			addresses[count++] = thread.address;
	}
	return count;
}

int list_threads(struct session *session, uint64_t process)
{
	struct kst_error error = { .size = sizeof error };
	struct kst_thread thread = { .size = sizeof thread };
	uint64_t current[CURRENT_MOST];
	size_t count = current_threads(session, process, current, CURRENT_MOST);
	uint64_t shown = 0;
	struct kst_cursor cursor;
	kst_status st = kst_threads_begin(&cursor, session->target, process, KST_THREADS_EXECUTIVE, &error);
	bool begun = st == KST_OK;

	while (st == KST_OK && (st = kst_threads_next(&cursor, &thread, &error)) == KST_OK) {
		show_thread(session, &thread);
		shown++;
		for (size_t i = 0; i < count; i++)
			current[i] = current[i] == thread.address ? 0 : current[i];
	}
	/* a triage dump holds no list to its end, but the threads that were running may be there */
	for (size_t i = 0; st != KST_END && st != KST_E_HOST && i < count; i++) {
		if (current[i] == 0 || kst_thread_read(session->target, current[i], &thread, NULL) != KST_OK)
			continue;
		show_thread(session, &thread);
		shown++;
	}
	emit_end(session, "thread", shown, begun ? kst_cursor_end(&cursor) : KST_WALK_UNREADABLE,
		 begun ? kst_cursor_anomalies(&cursor) : 0);
	if (st == KST_END)
		return DONE;
	complain("threads", st, &error);
	return st != KST_E_HOST && shown > 0 ? DONE : CANNOT;
}

int find_process(struct session *session, const char *argument, struct kst_process *out)
{
	struct kst_error error = { .size = sizeof error };
	uint64_t pid;
	kst_status st;

	if (!parse_decimal(argument, &pid)) {
		fprintf(stderr, "kstate: not a process id: %s\n", argument);
		return USAGE;
	}
	if (!need_target(session))
		return CANNOT;
	out->size = sizeof *out;
	st = kst_process_find(session->target, pid, out, &error);
	if (st == KST_OK)
		return DONE;
	if (st == KST_END) {
		fprintf(stderr, "kstate: no process has the id %" PRIu64 "\n", pid);
		return CANNOT;
	}
	return complain("process", st, &error);
}
