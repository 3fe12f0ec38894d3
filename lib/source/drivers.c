/* SPDX-License-Identifier: MIT */
/* The lists of loaded and unloaded drivers of a triage dump. */
#include "source.h"

/*
 * A driver: the file offset of its name, then the front part of its loader entry; the time stamp is in the slot after
 * the checksum (builds 17763 to 26100). In 32-bit dumps the same slot is assumed.
 */
struct form {
	uint32_t pointer, entry, base, entry_point, size, flags, load_count, checksum, stamp;
};

static const struct form form32 = { 4, 4, 0x18, 0x1c, 0x20, 0x34, 0x38, 0x40, 0x44 };
static const struct form form64 = { 8, 8, 0x30, 0x38, 0x40, 0x68, 0x6c, 0x78, 0x80 };

/* An unloaded driver: UNICODE_STRING, the name in place, start, end. */
#define UNLOADED_NAME 0x18u

static uint64_t number(const struct kst_dump *dump, const struct form *form, uint64_t offset)
{
	return form->pointer == 4 ? kst__file_u32(&dump->file, offset) : kst__file_u64(&dump->file, offset);
}

static const char *base_name(const char *path)
{
	const char *base = path;

	for (; *path != '\0'; path++)
		if (*path == '\\' || *path == '/')
			base = path + 1;
	return base;
}

static void copy_text(char *out, size_t cap, const char *text, uint64_t *anomalies)
{
	size_t n = strlen(text);

	if (n >= cap) {
		n = cap - 1;
		while (n > 0 && ((uint8_t)text[n] & 0xc0) == 0x80)
			n--;
		*anomalies |= KST_MODULE_ANOMALY_NAME_CUT;
	}
	memcpy(out, text, n);
	out[n] = '\0';
}

/* {length in characters, text}; the length is bounded by the string pool, where there is one, and by the file. */
static void read_name(const struct kst_dump *dump, uint64_t at, struct kst_module *m)
{
	const struct kst__triage *t = &dump->triage;
	uint8_t raw[2 * sizeof m->path];
	uint64_t characters = kst__file_u32(&dump->file, at);
	uint64_t end = dump->file.size;
	size_t bytes;

	if (kst__within(t->strings_offset, t->strings_size, end) && at >= t->strings_offset &&
	    at - t->strings_offset < t->strings_size)
		end = t->strings_offset + t->strings_size;
	if (at == 0 || characters == 0 || !kst__within(at, 4, end))
		return;
	if (!kst__within(at + 4, 2 * characters, end)) {
		m->anomalies |= KST_MODULE_ANOMALY_NAME;
		characters = (end - at - 4) / 2;
	}
	bytes = 2 * characters < sizeof raw ? (size_t)(2 * characters) : sizeof raw;
	kst__file_load(&dump->file, at + 4, raw, bytes);
	if (!kst__utf16_text(m->path, sizeof m->path, raw, bytes))
		m->anomalies |= kst__length(m->path) + 4 >= sizeof m->path ? KST_MODULE_ANOMALY_NAME_CUT
									   : KST_MODULE_ANOMALY_NAME;
	copy_text(m->name, sizeof m->name, base_name(m->path), &m->anomalies);
	m->present |= KST_MODULE_HAS_NAME | KST_MODULE_HAS_PATH;
}

kst_status kst__triage_module(void *user, uint64_t index, struct kst_module *out)
{
	const struct kst_dump *dump = user;
	const struct form *form = dump->header_size == 0x1000 ? &form32 : &form64;
	uint64_t at, entry;
	struct kst_module m;

	if (!kst__out_ok(out->size, sizeof m))
		return KST_E_ABI;
	if (index >= dump->triage.drivers_count)
		return KST_END;
	memset(&m, 0, sizeof m);
	at = dump->triage.drivers_offset + index * dump->triage.driver_size;
	entry = at + form->entry;
	m.base = number(dump, form, entry + form->base);
	m.size_of_image = kst__file_u32(&dump->file, entry + form->size);
	m.checksum = kst__file_u32(&dump->file, entry + form->checksum);
	m.present = KST_MODULE_HAS_BASE | KST_MODULE_HAS_SIZE | KST_MODULE_HAS_CHECKSUM;
	m.entry_point = number(dump, form, entry + form->entry_point);
	if (m.entry_point != 0)
		m.present |= KST_MODULE_HAS_ENTRY_POINT;
	m.flags = kst__file_u32(&dump->file, entry + form->flags);
	if (m.flags != 0)
		m.present |= KST_MODULE_HAS_FLAGS;
	m.load_count = kst__file_u32(&dump->file, entry + form->load_count) & 0xffff;
	if (m.load_count != 0)
		m.present |= KST_MODULE_HAS_LOAD_COUNT;
	if (form->stamp + form->entry + 4 <= dump->triage.driver_size) {
		m.time_date_stamp = kst__file_u32(&dump->file, entry + form->stamp);
		if (m.time_date_stamp != 0)
			m.present |= KST_MODULE_HAS_STAMP;
	}
	if (m.base % KST__PAGE != 0 || m.size_of_image == 0 || m.size_of_image > 0x40000000)
		m.anomalies |= KST_MODULE_ANOMALY_RANGE;
	read_name(dump, kst__file_u32(&dump->file, at), &m);
	kst__out_write(out, &m, sizeof m);
	return KST_OK;
}

kst_status kst__triage_unloaded(void *user, uint64_t index, struct kst_unloaded_module *out)
{
	const struct kst_dump *dump = user;
	const struct form *form = dump->header_size == 0x1000 ? &form32 : &form64;
	uint32_t record_size = UNLOADED_NAME + 4 * form->pointer;
	uint8_t raw[UNLOADED_NAME];
	struct kst_unloaded_module u;
	uint32_t bytes;
	uint64_t at;

	if (!kst__out_ok(out->size, sizeof u))
		return KST_E_ABI;
	if (index >= dump->triage.unloaded_count)
		return KST_END;
	memset(&u, 0, sizeof u);
	at = dump->triage.unloaded_offset + index * record_size;
	bytes = kst__file_u32(&dump->file, at) & 0xffff;
	kst__file_load(&dump->file, at + 2 * form->pointer, raw, sizeof raw);
	u.start = number(dump, form, at + 2 * form->pointer + UNLOADED_NAME);
	u.end = number(dump, form, at + 3 * form->pointer + UNLOADED_NAME);
	u.present = KST_UNLOADED_MODULE_HAS_RANGE;
	if (u.end < u.start)
		u.anomalies |= KST_MODULE_ANOMALY_RANGE;
	if (bytes > sizeof raw) {
		bytes = sizeof raw; /* the name in place holds 12 characters of a longer one */
		u.anomalies |= KST_MODULE_ANOMALY_NAME_CUT;
	}
	/* the length may cover more than the text in place: a NUL ends it */
	for (uint32_t i = 0; i + 1 < bytes; i += 2)
		if (raw[i] == 0 && raw[i + 1] == 0)
			bytes = i;
	if (bytes > 0) {
		if (!kst__utf16_text(u.name, sizeof u.name, raw, bytes))
			u.anomalies |= KST_MODULE_ANOMALY_NAME;
		u.present |= KST_UNLOADED_MODULE_HAS_NAME;
	}
	kst__out_write(out, &u, sizeof u);
	return KST_OK;
}
