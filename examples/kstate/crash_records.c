/* SPDX-License-Identifier: MIT */
#include "crash_records.h"

#define CONTEXT_BYTES   0x600
#define EXCEPTION_BYTES 0x98

static bool find_exception(const struct session *session, struct kst_exception *out)
{
	uint8_t bytes[EXCEPTION_BYTES];
	size_t done = 0;

	out->size = sizeof *out;
	return kst_dump_exception(session->dump, bytes, sizeof bytes, &done) == KST_OK &&
	       kst_decode_exception(session->identity.arch == KST_ARCH_X86 ? 4 : 8, bytes, done, 0, out, NULL) ==
		       KST_OK &&
	       (out->present & KST_EXCEPTION_HAS_CODE) != 0 && (out->anomalies & KST_EXCEPTION_ANOMALY_FILL) == 0 &&
	       out->code != 0;
}

static bool find_context(const struct session *session, struct kst_context *out)
{
	uint8_t bytes[CONTEXT_BYTES];
	size_t done = 0;

	out->size = sizeof *out;
	return kst_dump_context(session->dump, bytes, sizeof bytes, &done) == KST_OK &&
	       kst_decode_context(session->identity.arch, bytes, done, 0, out, NULL) == KST_OK &&
	       (out->present & KST_CONTEXT_HAS_CONTROL) != 0 && out->ip != 0;
}

static const char *register_name(uint32_t arch, uint32_t number)
{
	static const char *const x86[] = { "eax", "ecx", "edx", "ebx", "esp", "ebp", "esi", "edi" };
	static const char *const x64[] = { "rax", "rcx", "rdx", "rbx", "rsp", "rbp", "rsi", "rdi",
					   "r8",  "r9",  "r10", "r11", "r12", "r13", "r14", "r15" };
	static const char *const last[] = { "fp", "lr", "sp", "pc" };
	static char text[8];

	if (arch == KST_ARCH_X86)
		return x86[number % 8];
	if (arch == KST_ARCH_X64)
		return x64[number % 16];
	if (number >= 29)
		return last[number % 29 % 4];
	snprintf(text, sizeof text, "x%" PRIu32, number);
	return text;
}

static json_t *hex_list(const uint64_t *values, size_t count)
{
	json_t *list = json_array();

	for (size_t i = 0; i < count; i++)
		json_array_append_new(list, json_sprintf("0x%" PRIx64, values[i]));
	return list;
}

static void put_exception(const struct session *session, json_t *r)
{
	struct kst_exception exception;
	json_t *object;

	if (!find_exception(session, &exception))
		return;
	object = json_object();
	put_hex(object, "code", exception.code);
	put_hex(object, "flags", exception.flags);
	if (exception.present & KST_EXCEPTION_HAS_ADDRESS)
		put_hex(object, "address", exception.exception_address);
	if (exception.present & KST_EXCEPTION_HAS_INFORMATION)
		json_object_set_new(object, "parameters", hex_list(exception.information, exception.information_count));
	put_anomalies(object, exception.anomalies, kst_exception_anomaly_name);
	json_object_set_new(r, "exception", object);
}

static void put_context(const struct session *session, json_t *r)
{
	struct kst_context context;
	json_t *object, *registers;

	if (!find_context(session, &context))
		return;
	object = json_object();
	put_hex(object, "ip", context.ip);
	put_hex(object, "sp", context.sp);
	put_hex(object, "fp", context.fp);
	put_hex(object, "eflags", context.eflags);
	if (context.present & KST_CONTEXT_HAS_INTEGER) {
		registers = json_object();
		for (uint32_t i = 0; i < context.gpr_count; i++)
			put_hex(registers, register_name(context.arch, i), context.gpr[i]);
		json_object_set_new(object, "registers", registers);
	}
	put_anomalies(object, context.anomalies, kst_context_anomaly_name);
	json_object_set_new(r, "context", object);
}

void put_crash(const struct session *session, json_t *r)
{
	const struct kst_dump_info *info = &session->dump_info;
	const char *name = kst_bugcheck_name(info->bugcheck_code);

	if ((info->present & KST_DUMP_HAS_BUGCHECK) != 0) {
		put_hex(r, "bugcheck", info->bugcheck_code);
		json_object_set_new(r, "parameters", hex_list(info->bugcheck_parameters, 4));
		if (name != NULL)
			put_text(r, "bugcheck_name", name);
		put_bool(r, "manual_crash",
			 kst_bugcheck_is_manual(info->bugcheck_code, info->bugcheck_parameters) != 0);
	}
	put_exception(session, r);
	put_context(session, r);
}

static const char *code_text(uint32_t code)
{
	static const struct {
		uint32_t code;
		const char *text;
	} known[] = {
		{ 0x80000003, "Break instruction exception" },
		{ 0x80000004, "Single step exception" },
		{ 0xc0000005, "Access violation" },
		{ 0xc0000006, "In-page I/O error" },
		{ 0xc000001d, "Illegal instruction" },
		{ 0xc0000094, "Integer divide-by-zero" },
		{ 0xc0000096, "Privileged instruction" },
		{ 0xc00000fd, "Stack overflow" },
		{ 0xc0000409, "Security check failure" },
		{ 0xc0000420, "Assertion failure" },
	};

	for (size_t i = 0; i < sizeof known / sizeof known[0]; i++)
		if (known[i].code == code)
			return known[i].text;
	return NULL;
}

static void exception_text(const struct session *session, const struct kst_exception *e)
{
	const char *text = code_text(e->code);

	if (e->present & KST_EXCEPTION_HAS_ADDRESS)
		printf("ExceptionAddress: %s\n", place_text(session, e->exception_address));
	printf("   ExceptionCode: %08" PRIx32 "%s%s%s\n  ExceptionFlags: %08" PRIx32 "\n", e->code,
	       text != NULL ? " (" : "", text != NULL ? text : "", text != NULL ? ")" : "", e->flags);
	if ((e->present & KST_EXCEPTION_HAS_INFORMATION) == 0)
		return;
	printf("NumberParameters: %" PRIu32 "\n", e->information_count);
	for (uint32_t i = 0; i < e->information_count; i++)
		printf("   Parameter[%" PRIu32 "]: %s\n", i, address_text(session, e->information[i]));
	if (e->code == 0xc0000005 && e->information_count >= 2)
		printf("Attempt to %s address %s\n",
		       e->information[0] == 0   ? "read from"
		       : e->information[0] == 1 ? "write to"
						: "execute",
		       address_text(session, e->information[1]));
}

static void context_text(const struct session *session, const struct kst_context *c)
{
	int digits = c->arch == KST_ARCH_X86 ? 8 : 16;
	uint32_t row = c->arch == KST_ARCH_X86 ? 4 : 3;

	if (c->present & KST_CONTEXT_HAS_INTEGER)
		for (uint32_t i = 0; i < c->gpr_count; i++)
			printf("%3s=%0*" PRIx64 "%c", register_name(c->arch, i), digits, c->gpr[i],
			       i % row == row - 1 || i + 1 == c->gpr_count ? '\n' : ' ');
	printf("%s=%s\n",
	       c->arch == KST_ARCH_X86   ? "eip"
	       : c->arch == KST_ARCH_X64 ? "rip"
					 : " pc",
	       place_text(session, c->ip));
	printf("%s=%s  flags=%08" PRIx32 "\n",
	       c->arch == KST_ARCH_X86   ? "esp"
	       : c->arch == KST_ARCH_X64 ? "rsp"
					 : " sp",
	       address_text(session, c->sp), c->eflags);
}

void crash_text(const struct session *session)
{
	const struct kst_dump_info *info = &session->dump_info;
	const char *name = kst_bugcheck_name(info->bugcheck_code);
	struct kst_exception exception;
	struct kst_context context;

	if ((info->present & KST_DUMP_HAS_BUGCHECK) != 0) {
		printf("Bugcheck code %08" PRIX32 "%s%s%s\nArguments", info->bugcheck_code, name == NULL ? "" : " ",
		       name == NULL ? "" : name,
		       kst_bugcheck_is_manual(info->bugcheck_code, info->bugcheck_parameters) ? " (started by hand)"
											      : "");
		for (int i = 0; i < 4; i++)
			printf(" %s", address_text(session, info->bugcheck_parameters[i]));
		putchar('\n');
	}
	if (find_exception(session, &exception))
		exception_text(session, &exception);
	if (find_context(session, &context))
		context_text(session, &context);
}
