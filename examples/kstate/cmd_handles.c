/* SPDX-License-Identifier: MIT */
/* The handles of a process, of a handle table, or of the kernel. */
#include "object_record.h"

#include <string.h>

int cmd_handles(struct session *session, int argc, char **argv);

/* Which table, and how to read it. */
struct choice {
	uint64_t table;
	uint64_t pid;
	bool has_pid;
	uint32_t flags;
};

static bool global(const struct session *session, const char *name, uint64_t *value)
{
	uint8_t raw[8] = { 0 };
	size_t width = session->identity.arch == KST_ARCH_X86 ? 4 : 8;
	uint64_t address;

	if (kst_target_symbol(session->target, name, &address) != KST_OK ||
	    kst_read(session->target, KST_SPACE_KERNEL, address, raw, width, NULL, NULL) != KST_OK)
		return false;
	*value = 0;
	for (size_t i = 0; i < width; i++)
		*value |= (uint64_t)raw[i] << (8 * i);
	return *value != 0;
}

static kst_status of_process(const struct kst_process *process, struct choice *choice, struct kst_error *error)
{
	choice->pid = process->pid;
	choice->has_pid = (process->present & KST_PROCESS_HAS_PID) != 0;
	choice->table = process->handle_table;
	if ((process->present & KST_PROCESS_HAS_HANDLE_TABLE) && choice->table != 0)
		return KST_OK;
	snprintf(error->message, sizeof error->message,
		 "the process has no handle table (it is ending, or not whole here)");
	return KST_E_FAULT;
}

static kst_status by_pid(const struct session *session, uint64_t pid, struct choice *choice, struct kst_error *error)
{
	struct kst_process process = { .size = sizeof process };
	kst_status st = kst_process_find(session->target, pid, &process, error);

	if (st == KST_END)
		snprintf(error->message, sizeof error->message, "no process has this id");
	return st == KST_OK ? of_process(&process, choice, error) : st;
}

/* An address is an EPROCESS if its header says so, else a HANDLE_TABLE. */
static kst_status by_address(const struct session *session, uint64_t address, struct choice *choice,
			     struct kst_error *error)
{
	struct kst_object_type type = { .size = sizeof type };
	struct kst_process process = { .size = sizeof process };
	uint64_t cid;

	if (kst_object_type_of(session->target, address, &type, NULL) == KST_OK && strcmp(type.name, "Process") == 0) {
		kst_status st = kst_process_read(session->target, address, &process, error);

		return st == KST_OK ? of_process(&process, choice, error) : st;
	}
	choice->table = address;
	if (global(session, "PspCidTable", &cid) && cid == address)
		choice->flags = KST_HANDLES_CID;
	return KST_OK;
}

static kst_status by_kernel(const struct session *session, struct choice *choice, struct kst_error *error)
{
	if (global(session, "ObpKernelHandleTable", &choice->table))
		return KST_OK;
	return by_pid(session, 4, choice, error); /* the kernel's handles are those of the System process */
}

/* PID is decimal, or 0x… below the kernel; every other number is an address. `address`: the text as one. */
static kst_status choose(const struct session *session, const char *text, uint64_t address, struct choice *choice,
			 struct kst_error *error)
{
	uint64_t number;

	if (parse_decimal(text, &number) && number <= 0x7fffffff) {
		kst_status st = by_pid(session, number, choice, error);

		if (st == KST_OK || address <= 0x7fffffff)
			return st;
	}
	return by_address(session, address, choice, error);
}

static void table_record(const struct session *session, const struct kst_handle_table *table)
{
	json_t *r;

	if (!session->json) {
		printf("Handle table at %s, levels %u", address_text(session, table->address), (unsigned)table->levels);
		if (table->present & KST_HANDLE_TABLE_HAS_HANDLES)
			printf(", %u entries in use", (unsigned)table->handles);
		putchar('\n');
		return;
	}
	r = record("handle_table");
	put_hex(r, "address", table->address);
	put_hex(r, "table", table->table);
	put_number(r, "levels", table->levels);
	if (table->present & KST_HANDLE_TABLE_HAS_PID)
		put_number(r, "pid", table->pid);
	if (table->present & KST_HANDLE_TABLE_HAS_HANDLES)
		put_number(r, "handles", table->handles);
	put_anomalies(r, table->anomalies, kst_handle_table_anomaly_name);
	emit(r);
}

static void handle_json(const struct session *session, const struct choice *choice, const struct kst_handle *h,
			const struct kst_object *object)
{
	json_t *r = record("handle");

	if (choice->has_pid)
		put_number(r, "pid", choice->pid);
	else
		put_null(r, "pid");
	put_hex(r, "handle", h->handle);
	if (h->present & KST_HANDLE_HAS_OBJECT) {
		put_hex(r, "header", h->header);
		put_hex(r, "body", h->body);
	} else {
		put_null(r, "header");
		put_null(r, "body");
	}
	put_object_type(r, object);
	if (h->present & KST_HANDLE_HAS_ACCESS)
		put_hex(r, "access", h->access);
	else
		put_null(r, "access");
	put_object_name(session, r, object);
	put_hex(r, "entry", h->entry);
	put_text(r, "state", kst_handle_state_name(h->state));
	if (h->attributes != 0) {
		json_t *list = json_array();

		for (unsigned i = 0; i < 32; i++)
			if (h->attributes >> i & 1)
				json_array_append_new(list, json_string(kst_handle_attribute_name((uint64_t)1 << i)));
		json_object_set_new(r, "attributes", list);
	}
	if (object->header != 0)
		put_object_body(session, r, object);
	put_anomalies(r, h->anomalies, kst_handle_anomaly_name);
	emit(r);
}

static void handle_text(const struct session *session, const struct kst_handle *h, const struct kst_object *object)
{
	printf("%04" PRIx64 ": Object: %s  GrantedAccess: %s  Entry: %s", h->handle,
	       known_address(session, (h->present & KST_HANDLE_HAS_OBJECT) != 0, h->body),
	       known_hex((h->present & KST_HANDLE_HAS_ACCESS) != 0, 8, h->access), address_text(session, h->entry));
	for (unsigned i = 0; i < 32; i++)
		if (h->attributes >> i & 1)
			printf(" (%s)", kst_handle_attribute_name((uint64_t)1 << i));
	printf("  %s", object->present & KST_OBJECT_HAS_TYPE_NAME ? printable(object->type_name) : "?");
	if (object->header != 0)
		print_object_names(session, object);
	if (h->anomalies != 0)
		printf(" ! bad pointer");
	putchar('\n');
}

int cmd_handles(struct session *session, int argc, char **argv)
{
	struct choice choice = { .table = 0 };
	struct kst_cursor cursor;
	struct kst_handle handle = { .size = sizeof handle };
	struct kst_handle_table table = { .size = sizeof table };
	struct kst_error error = { .size = sizeof error };
	uint64_t address = 0;
	kst_status st;

	if ((argc == 1) == session->option_kernel) {
		fprintf(stderr, "kstate: give a process id, an address, or --kernel\n");
		return USAGE;
	}
	if (argc == 1 && !parse_hex(argv[0], &address)) {
		fprintf(stderr, "kstate: neither a process id nor an address: %s\n", argv[0]);
		return USAGE;
	}
	if (!need_target(session))
		return CANNOT;
	st = session->option_kernel ? by_kernel(session, &choice, &error)
				    : choose(session, argv[0], address, &choice, &error);
	if (st == KST_OK)
		st = kst_handle_table_at(session->target, choice.table, &table, &error);
	if (st == KST_OK)
		st = kst_handles_begin(&cursor, session->target, choice.table, choice.flags, &error);
	if (st != KST_OK)
		return complain("handles", st, &error);
	if (!choice.has_pid && (table.present & KST_HANDLE_TABLE_HAS_PID) && !(choice.flags & KST_HANDLES_CID)) {
		choice.pid = table.pid;
		choice.has_pid = true;
	}
	table_record(session, &table);
	while ((st = kst_handles_next(&cursor, &handle, &error)) == KST_OK) {
		struct kst_object object = { .size = sizeof object };

		if (!(handle.present & KST_HANDLE_HAS_OBJECT) || handle.state == KST_HANDLE_BAD ||
		    kst_object_at(session->target, handle.header, KST_OBJECT_AT_HEADER, &object, NULL) != KST_OK)
			object.header = 0;
		if (session->json)
			handle_json(session, &choice, &handle, &object);
		else
			handle_text(session, &handle, &object);
	}
	if (!session->json)
		printf("-- %" PRIu64 " handles; stepped over: %" PRIu64 " free, %" PRIu64 " reserved, %" PRIu64
		       " not present\n",
		       kst_cursor_count(&cursor), kst_handles_met(&cursor, KST_HANDLE_FREE),
		       kst_handles_met(&cursor, KST_HANDLE_RESERVED), kst_handles_met(&cursor, KST_HANDLE_UNKNOWN));
	emit_walk(session, "handle", &cursor);
	if (st == KST_END &&
	    (kst_cursor_count(&cursor) > 0 || !(kst_cursor_anomalies(&cursor) & KST_WALK_ANOMALY_SKIPPED)))
		return DONE;
	if (st == KST_END)
		st = KST_E_FAULT; /* nothing of it is there: error tells where */
	complain("handles", st, &error);
	return kst_cursor_count(&cursor) > 0 ? DONE : CANNOT;
}
