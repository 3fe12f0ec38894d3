/* SPDX-License-Identifier: MIT */
/* Triage dumps: hundreds of pieces of virtual memory, a driver list, and a few records without an address. */
#include "source.h"

/* TRIAGE_DUMP, directly after the dump header: the u32 fields that do not depend on the width. */
enum {
	T_SIZE_OF_DUMP = 0x04,
	T_VALID = 0x08,
	T_CONTEXT = 0x0c,
	T_EXCEPTION = 0x10,
	T_UNLOADED = 0x18,
	T_PRCB = 0x1c,
	T_PROCESS = 0x20,
	T_THREAD = 0x24,
	T_CALL_STACK = 0x28,
	T_CALL_STACK_SIZE = 0x2c,
	T_DRIVERS = 0x30,
	T_DRIVERS_COUNT = 0x34,
	T_STRINGS = 0x38,
	T_STRINGS_SIZE = 0x3c,
	T_TOP_OF_STACK = 0x48
};

/* The rest, by width. */
struct form {
	uint32_t pointer;
	uint32_t data_page, data_page_offset, data_page_size;
	uint32_t debugger_data, debugger_data_size;
	uint32_t blocks, blocks_count, block_size;
	uint32_t driver_size;
	uint32_t unloaded_size;
};

static const struct form form32 = { 4, 0x4c, 0x50, 0x54, 0x58, 0x5c, 0x60, 0x64, 0xc, 0x4c, 0x28 };
static const struct form form64 = { 8, 0x60, 0x68, 0x6c, 0x70, 0x74, 0x78, 0x7c, 0x10, 0x90, 0x38 };

static uint32_t u32(const struct kst_dump *dump, uint32_t field)
{
	return kst__file_u32(&dump->file, dump->header_size + field);
}

static uint64_t number(const struct kst_dump *dump, const struct form *form, uint64_t offset)
{
	return form->pointer == 4 ? kst__file_u32(&dump->file, offset) : kst__file_u64(&dump->file, offset);
}

static uint64_t address(const struct kst_dump *dump, const struct form *form, uint32_t field)
{
	return number(dump, form, dump->header_size + field);
}

/* A piece of memory, unless a field of it was left alone by the writer. */
static kst_status piece(struct kst_dump *dump, uint64_t where, uint32_t length, uint32_t offset)
{
	if (where == 0 || offset == 0 || offset == KST__PAGE_FILL || length == KST__PAGE_FILL)
		return KST_OK;
	return kst__runs_add(dump, where, length, offset);
}

/* How many records of a size fit between an offset and the end of the file. */
static uint64_t clamp(struct kst_dump *dump, uint64_t count, uint64_t offset, uint32_t size)
{
	uint64_t room = offset == 0 || offset > dump->file.size ? 0 : (dump->file.size - offset) / size;

	if (offset == 0 || offset == KST__PAGE_FILL || count == KST__PAGE_FILL)
		return 0;
	if (count > room) {
		dump->info.anomalies |= KST_DUMP_ANOMALY_CLAMPED;
		return room;
	}
	return count;
}

static kst_status add_pieces(struct kst_dump *dump, const struct form *form)
{
	uint64_t at = u32(dump, form->blocks);
	uint64_t count = clamp(dump, u32(dump, form->blocks_count), at, form->block_size);
	kst_status st = KST_OK;

	for (uint64_t i = 0; i < count && st == KST_OK; i++, at += form->block_size)
		st = piece(dump, number(dump, form, at), kst__file_u32(&dump->file, at + form->pointer + 4),
			   kst__file_u32(&dump->file, at + form->pointer));
	if (st == KST_OK)
		st = piece(dump, address(dump, form, T_TOP_OF_STACK), u32(dump, T_CALL_STACK_SIZE),
			   u32(dump, T_CALL_STACK));
	if (st == KST_OK)
		st = piece(dump, address(dump, form, form->data_page), u32(dump, form->data_page_size),
			   u32(dump, form->data_page_offset));
	if (st == KST_OK && (dump->identity.present & KST_IDENTITY_HAS_DEBUGGER_DATA) != 0)
		st = piece(dump, dump->identity.debugger_data, u32(dump, form->debugger_data_size),
			   u32(dump, form->debugger_data));
	return st;
}

static void find_records(struct kst_dump *dump, const struct form *form)
{
	const struct {
		uint32_t field;
		uint64_t *offset;
		uint32_t *size;
	} records[] = {
		{ T_CONTEXT, &dump->context_offset, &dump->context_size },
		{ T_EXCEPTION, &dump->exception_offset, &dump->exception_size },
	};

	(void)form;
	for (size_t i = 0; i < KST__COUNT(records); i++) {
		uint32_t offset = u32(dump, records[i].field);

		if (offset != 0 && offset != KST__PAGE_FILL && offset < dump->file.size && *records[i].size != 0)
			*records[i].offset = offset;
	}
}

static void find_drivers(struct kst_dump *dump, const struct form *form)
{
	struct kst__triage *t = &dump->triage;
	uint32_t count = u32(dump, T_DRIVERS_COUNT);
	uint32_t unloaded = u32(dump, T_UNLOADED);

	t->drivers_offset = u32(dump, T_DRIVERS);
	t->strings_offset = u32(dump, T_STRINGS);
	t->strings_size = u32(dump, T_STRINGS_SIZE);
	t->driver_size = form->driver_size;
	/*
	 * The names follow the list in every dump seen (17763 to 26100), so the distance tells the size of an entry where
	 * the loader entry in it is longer or shorter than the usual one (32-bit dumps of several ages).
	 */
	if (count != 0 && t->strings_offset > t->drivers_offset &&
	    (t->strings_offset - t->drivers_offset) % count == 0) {
		uint64_t each = (t->strings_offset - t->drivers_offset) / count;

		if (each >= form->driver_size - form->pointer && each <= 2 * form->driver_size && each % 4 == 0)
			t->driver_size = (uint32_t)each;
	}
	t->drivers_count = clamp(dump, count, t->drivers_offset, t->driver_size);
	if (unloaded == 0 || unloaded == KST__PAGE_FILL)
		return;
	t->unloaded_offset = unloaded + form->pointer;
	t->unloaded_count = clamp(dump, number(dump, form, unloaded), t->unloaded_offset, form->unloaded_size);
}

/*
 * The kernel is the driver at KernBase of the debugger data block; without a block the first driver, which is the
 * kernel in every dump (the loader's order).
 */
static void identify_kernel(struct kst_dump *dump, const struct form *form)
{
	struct kst_identity *id = &dump->identity;
	uint32_t block = u32(dump, form->debugger_data);
	bool has_block = block != 0 && kst__file_is(&dump->file, (uint64_t)block + 0x10, "KDBG", 4);
	uint64_t base = number(dump, form, (uint64_t)block + 0x18);
	struct kst_module module = { .size = sizeof module };

	for (uint64_t i = 0; i < dump->triage.drivers_count; i++) {
		if (kst__triage_module(dump, i, &module) != KST_OK)
			break;
		if (has_block && module.base != base)
			continue;
		if (i > 0)
			id->anomalies |= KST_IDENTITY_ANOMALY_HEADER_DIFFERS;
		id->kernel_base = module.base;
		id->size_of_image = module.size_of_image;
		id->time_date_stamp = module.time_date_stamp;
		id->present |= KST_IDENTITY_HAS_KERNEL_BASE | KST_IDENTITY_HAS_SIZE_OF_IMAGE;
		if ((module.present & KST_MODULE_HAS_STAMP) != 0)
			id->present |= KST_IDENTITY_HAS_TIME_DATE_STAMP;
		return;
	}
	if (has_block && base != 0) {
		id->kernel_base = base;
		id->present |= KST_IDENTITY_HAS_KERNEL_BASE;
		if (dump->triage.drivers_count > 0)
			id->anomalies |= KST_IDENTITY_ANOMALY_HEADER_DIFFERS;
	}
}

kst_status kst__open_triage(struct kst_dump *dump, struct kst_error *err)
{
	const struct form *form = dump->header_size == 0x1000 ? &form32 : &form64;
	uint32_t block = u32(dump, form->debugger_data);
	kst_status st;

	dump->info.format = KST_FORMAT_TRIAGE;
	if (!kst__within(u32(dump, T_SIZE_OF_DUMP), 0, dump->file.size))
		dump->info.anomalies |= KST_DUMP_ANOMALY_TRUNCATED;
	if (!kst__file_is(&dump->file, u32(dump, T_VALID), "TRGD", 4))
		dump->info.anomalies |= KST_DUMP_ANOMALY_NO_END_MARK;
	st = add_pieces(dump, form);
	if (st == KST_OK)
		st = kst__triage_records(dump, block, u32(dump, T_PRCB), u32(dump, T_PROCESS), u32(dump, T_THREAD));
	if (st != KST_OK)
		return kst__fail(err, st, 0, "out of memory");
	find_records(dump, form);
	find_drivers(dump, form);
	identify_kernel(dump, form);
	return kst__runs_settle(dump, err);
}
