/* SPDX-License-Identifier: MIT */
/* Bug-check names, exception records and contexts: formats that are fixed by the public headers of each architecture. */
#include "../core/core.h"
#include "bugcheck_names.h"

#include <kstate/bugcheck.h>
#include <kstate/layout.h>

#define FILL 0x45474150u /* "PAGE": left alone by the writer of a dump header */

/* One struct of exactly sized arrays, as in lib/layout/layout.c: no pointers, no relocations. */
#define NAME_ROOM(code, name) char at_##code[sizeof(name)];
#define NAME_TEXT(code, name) name,
#define NAME_AT(code, name)   (uint16_t) offsetof(struct bugcheck_names, at_##code),
#define NAME_CODE(code, name) code,
struct bugcheck_names {
	KST__BUGCHECKS(NAME_ROOM)
};
static const struct bugcheck_names names = { KST__BUGCHECKS(NAME_TEXT) };
static const uint16_t name_at[] = { KST__BUGCHECKS(NAME_AT) };
static const uint32_t codes[] = { KST__BUGCHECKS(NAME_CODE) };

_Static_assert(sizeof(struct bugcheck_names) <= UINT16_MAX, "bug-check names outgrew their index");

const char *kst_bugcheck_name(uint32_t code)
{
	size_t low = 0, high = KST__COUNT(codes);

	while (low < high) {
		size_t mid = (low + high) / 2;

		if (codes[mid] == code)
			return (const char *)&names + name_at[mid];
		if (codes[mid] < code)
			low = mid + 1;
		else
			high = mid;
	}
	return NULL;
}

int32_t kst_bugcheck_is_manual(uint32_t code, const uint64_t *parameters)
{
	(void)parameters;
	return code == 0xe2 || code == 0x80 || code == 0xdeaddead;
}

struct exception_form {
	uint8_t next, address, count, information, width;
};

kst_status kst_decode_exception(uint32_t pointer_size, const void *bytes, size_t len, uint64_t address,
				struct kst_exception *out, struct kst_error *err)
{
	static const struct exception_form form32 = { 8, 0xc, 0x10, 0x14, 4 };
	static const struct exception_form form64 = { 8, 0x10, 0x18, 0x20, 8 };
	const struct exception_form *form = pointer_size == 4 ? &form32 : &form64;
	const uint8_t *record = bytes;
	struct kst_exception ours;

	if (out == NULL || (bytes == NULL && len > 0) || (pointer_size != 4 && pointer_size != 8))
		return kst__fail(err, KST_E_ARG, address,
				 "bytes or result is NULL, or the pointer size is neither 4 nor 8");
	if (!kst__out_ok(out->size, sizeof *out))
		return kst__fail(err, KST_E_ABI, address, "kst_exception.size is not known");
	memset(&ours, 0, sizeof ours);
	ours.address = address;
	if (kst__within(0, 8, len) && kst__le32(record) == FILL && kst__le32(record + 4) == FILL) {
		ours.anomalies |= KST_EXCEPTION_ANOMALY_FILL;
		len = 0;
	}
	if (kst__within(0, 8, len)) {
		ours.code = kst__le32(record);
		ours.flags = kst__le32(record + 4);
		ours.present |= KST_EXCEPTION_HAS_CODE;
	}
	if (kst__within(form->address, form->width, len)) {
		ours.next = kst__le(record + form->next, form->width);
		ours.exception_address = kst__le(record + form->address, form->width);
		ours.present |= KST_EXCEPTION_HAS_ADDRESS;
	}
	if (kst__within(form->count, 4, len)) {
		uint32_t count = kst__le32(record + form->count);

		if (count > KST__COUNT(ours.information)) {
			ours.anomalies |= KST_EXCEPTION_ANOMALY_COUNT;
			count = (uint32_t)KST__COUNT(ours.information);
		}
		if (kst__within(form->information, (uint64_t)count * form->width, len)) {
			ours.present |= KST_EXCEPTION_HAS_INFORMATION;
			ours.information_count = count;
			for (uint32_t i = 0; i < count; i++)
				ours.information[i] = kst__le(record + form->information + (size_t)i * form->width,
							      form->width);
		}
	}
	kst__out_write(out, &ours, sizeof ours);
	return KST_OK;
}

/* Where each architecture's CONTEXT keeps what (winnt.h). */
struct context_form {
	uint32_t arch_flag;
	uint16_t flags_at;
	uint16_t eflags_at;
	uint16_t ip_at, sp_at, fp_at;
	uint16_t segments_at[6]; /* cs ds es fs gs ss */
	uint8_t segment_width;   /* 0: none */
	uint8_t width;
	uint8_t gprs;
	uint16_t gpr_at[8]; /* more than 8: in sequence from the first */
};

static const struct context_form context_x86 = {
	0x10000,
	0x00,
	0xc0,
	0xb8,
	0xc4,
	0xb4,
	{ 0xbc, 0x98, 0x94, 0x90, 0x8c, 0xc8 },
	4,
	4,
	8,
	{ 0xb0, 0xac, 0xa8, 0xa4, 0xc4, 0xb4, 0xa0, 0x9c },
};

static const struct context_form context_x64 = {
	0x100000, 0x30, 0x44, 0xf8, 0x98, 0xa0, { 0x38, 0x3a, 0x3c, 0x3e, 0x40, 0x42 }, 2, 8, 16, { 0x78 },
};

static const struct context_form context_arm64 = {
	0x400000, 0x00, 0x04, 0x108, 0x100, 0xf0, { 0 }, 0, 8, 33, { 0x08 },
};

static const struct context_form *context_form(uint32_t arch)
{
	switch (arch) {
	case KST_ARCH_X86: return &context_x86;
	case KST_ARCH_X64: return &context_x64;
	case KST_ARCH_ARM64: return &context_arm64;
	default: return NULL;
	}
}

/* A register; false when the record ends before it. */
static bool take(const uint8_t *record, size_t len, unsigned at, unsigned width, uint64_t *out)
{
	if (!kst__within(at, width, len))
		return false;
	*out = kst__le(record + at, width);
	return true;
}

static void take_control(const struct context_form *form, const uint8_t *record, size_t len, struct kst_context *ours)
{
	uint64_t eflags, cs, ss;

	/* ARM64 has no segments: no bytes, and 0 */
	if (!take(record, len, form->eflags_at, 4, &eflags) ||
	    !take(record, len, form->ip_at, form->width, &ours->ip) ||
	    !take(record, len, form->sp_at, form->width, &ours->sp) ||
	    !take(record, len, form->segments_at[0], form->segment_width, &cs) ||
	    !take(record, len, form->segments_at[5], form->segment_width, &ss))
		return;
	ours->eflags = (uint32_t)eflags;
	ours->cs = (uint16_t)cs;
	ours->ss = (uint16_t)ss;
	ours->present |= KST_CONTEXT_HAS_CONTROL;
}

static void take_segments(const struct context_form *form, const uint8_t *record, size_t len, struct kst_context *ours)
{
	uint64_t s[4];

	for (unsigned i = 0; i < 4; i++)
		if (!take(record, len, form->segments_at[i + 1], form->segment_width, &s[i]))
			return;
	ours->ds = (uint16_t)s[0];
	ours->es = (uint16_t)s[1];
	ours->fs = (uint16_t)s[2];
	ours->gs = (uint16_t)s[3];
	ours->present |= KST_CONTEXT_HAS_SEGMENTS;
}

static void take_integers(const struct context_form *form, const uint8_t *record, size_t len, struct kst_context *ours)
{
	for (unsigned i = 0; i < form->gprs; i++) {
		unsigned at = form->gprs > 8 ? form->gpr_at[0] + 8u * i : form->gpr_at[i];

		if (!take(record, len, at, form->width, &ours->gpr[i]))
			return;
	}
	ours->present |= KST_CONTEXT_HAS_INTEGER;
}

static void decode_registers(const struct context_form *form, const uint8_t *record, size_t len,
			     struct kst_context *ours)
{
	uint64_t flags;

	if (!take(record, len, form->flags_at, 4, &flags))
		return;
	ours->context_flags = (uint32_t)flags;
	ours->present |= KST_CONTEXT_HAS_FLAGS;
	if ((flags & form->arch_flag) == 0) {
		ours->anomalies |= KST_CONTEXT_ANOMALY_ARCH;
		return;
	}
	if (flags & 1)
		take_control(form, record, len, ours);
	if (flags & 2)
		take_integers(form, record, len, ours);
	if ((flags & 3) != 0) /* x64 counts it among the integers, the others as control */
		take(record, len, form->fp_at, form->width, &ours->fp);
	if ((flags & 4) != 0 && form->segment_width != 0)
		take_segments(form, record, len, ours);
}

kst_status kst_decode_context(uint32_t arch, const void *bytes, size_t len, uint64_t address, struct kst_context *out,
			      struct kst_error *err)
{
	const struct context_form *form = context_form(arch);
	struct kst_context ours;

	if (out == NULL || (bytes == NULL && len > 0))
		return kst__fail(err, KST_E_ARG, address, "bytes or result is NULL");
	if (!kst__out_ok(out->size, sizeof *out))
		return kst__fail(err, KST_E_ABI, address, "kst_context.size is not known");
	if (form == NULL)
		return kst__fail(err, KST_E_UNSUPPORTED, address, "no context record is known for this architecture");
	memset(&ours, 0, sizeof ours);
	ours.arch = arch;
	ours.address = address;
	ours.gpr_count = form->gprs;
	decode_registers(form, bytes, len, &ours);
	kst__out_write(out, &ours, sizeof ours);
	return KST_OK;
}

const char *kst_exception_anomaly_name(uint64_t bit)
{
	static const char *const anomalies[] = { "count", "fill" };

	return kst__bit_name(bit, anomalies, KST__COUNT(anomalies));
}

const char *kst_context_anomaly_name(uint64_t bit)
{
	static const char *const anomalies[] = { "arch" };

	return kst__bit_name(bit, anomalies, KST__COUNT(anomalies));
}
