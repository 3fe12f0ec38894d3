/* SPDX-License-Identifier: MIT */
/*
 * Windows dump headers, 32-bit ("PAGEDUMP") and 64-bit ("PAGEDU64"), and the physical runs of full dumps. What follows
 * the header is recognised by its own signature; DumpType only decides where there is none.
 */
#include "source.h"

#define FILL64 0x4547415045474150u

enum {
	F_BUILD,
	F_DTB,
	F_PFN_DATABASE,
	F_LOADED_MODULES,
	F_ACTIVE_PROCESSES,
	F_MACHINE,
	F_PROCESSORS,
	F_BUGCHECK,
	F_PARAMETERS, /* four, one after the other */
	F_DEBUGGER_DATA,
	F_RUNS,
	F_CONTEXT,
	F_EXCEPTION,
	F_TYPE,
	F_SECONDARY_STATE,
	F_PRODUCT,
	F_SUITE,
	F_UP_TIME,
	F_SYSTEM_TIME,
	F_COUNT
};

struct field {
	uint16_t offset;
	uint16_t width;
};

struct form {
	uint32_t header_size;
	uint32_t pointer;
	uint32_t run_size;
	uint32_t runs_first; /* of the first run in the physical memory block */
	uint32_t runs_most;
	uint32_t context_size;
	uint32_t exception_size;
	struct field fields[F_COUNT];
};

static const struct form form32 = {
	.header_size = 0x1000,
	.pointer = 4,
	.run_size = 8,
	.runs_first = 8,
	.runs_most = (0x2bc - 8) / 8,
	.context_size = 0x4b0,
	.exception_size = 0x50,
	.fields = {
		[F_BUILD] = { 0x0c, 4 },
		[F_DTB] = { 0x10, 4 },
		[F_PFN_DATABASE] = { 0x14, 4 },
		[F_LOADED_MODULES] = { 0x18, 4 },
		[F_ACTIVE_PROCESSES] = { 0x1c, 4 },
		[F_MACHINE] = { 0x20, 4 },
		[F_PROCESSORS] = { 0x24, 4 },
		[F_BUGCHECK] = { 0x28, 4 },
		[F_PARAMETERS] = { 0x2c, 4 },
		[F_DEBUGGER_DATA] = { 0x60, 4 },
		[F_RUNS] = { 0x64, 4 },
		[F_CONTEXT] = { 0x320, 4 },
		[F_EXCEPTION] = { 0x7d0, 4 },
		[F_TYPE] = { 0xf88, 4 },
		[F_SECONDARY_STATE] = { 0xf90, 4 },
		[F_PRODUCT] = { 0xf94, 4 },
		[F_SUITE] = { 0xf98, 4 },
		[F_UP_TIME] = { 0xfb8, 8 },
		[F_SYSTEM_TIME] = { 0xfc0, 8 },
	},
};

static const struct form form64 = {
	.header_size = 0x2000,
	.pointer = 8,
	.run_size = 0x10,
	.runs_first = 0x10,
	.runs_most = (0x2bc - 0x10) / 0x10,
	.context_size = KST__RECORD_MOST,
	.exception_size = 0x98,
	.fields = {
		[F_BUILD] = { 0x0c, 4 },
		[F_DTB] = { 0x10, 8 },
		[F_PFN_DATABASE] = { 0x18, 8 },
		[F_LOADED_MODULES] = { 0x20, 8 },
		[F_ACTIVE_PROCESSES] = { 0x28, 8 },
		[F_MACHINE] = { 0x30, 4 },
		[F_PROCESSORS] = { 0x34, 4 },
		[F_BUGCHECK] = { 0x38, 4 },
		[F_PARAMETERS] = { 0x40, 8 },
		[F_DEBUGGER_DATA] = { 0x80, 8 },
		[F_RUNS] = { 0x88, 8 },
		[F_CONTEXT] = { 0x348, 4 },
		[F_EXCEPTION] = { 0xf00, 4 },
		[F_TYPE] = { 0xf98, 4 },
		[F_SECONDARY_STATE] = { 0x103c, 4 },
		[F_PRODUCT] = { 0x1040, 4 },
		[F_SUITE] = { 0x1044, 4 },
		[F_UP_TIME] = { 0x1030, 8 },
		[F_SYSTEM_TIME] = { 0xfa8, 8 },
	},
};

/* A field of the header; false where the writer left its pattern or the file ends. */
static bool get(const struct kst_dump *dump, const struct form *form, unsigned id, uint64_t *out)
{
	uint8_t raw[8];
	const struct field *f = &form->fields[id];

	if (kst__file_load(&dump->file, f->offset, raw, f->width) != f->width)
		return false;
	*out = kst__le(raw, f->width);
	return *out != (f->width == 8 ? FILL64 : KST__PAGE_FILL);
}

static void take_info(struct kst_dump *dump, const struct form *form)
{
	struct kst_dump_info *info = &dump->info;
	uint64_t value;

	if (get(dump, form, F_TYPE, &value)) {
		info->dump_type = (uint32_t)value;
		info->present |= KST_DUMP_HAS_TYPE;
	}
	if (get(dump, form, F_BUGCHECK, &value)) {
		info->bugcheck_code = (uint32_t)value;
		info->present |= KST_DUMP_HAS_BUGCHECK;
		for (unsigned i = 0; i < 4; i++) {
			uint64_t at = form->fields[F_PARAMETERS].offset + i * form->pointer;

			info->bugcheck_parameters[i] = form->pointer == 4 ? kst__file_u32(&dump->file, at)
									  : kst__file_u64(&dump->file, at);
		}
	}
	if (get(dump, form, F_SYSTEM_TIME, &value)) {
		info->system_time = value;
		info->present |= KST_DUMP_HAS_SYSTEM_TIME;
	}
	if (get(dump, form, F_UP_TIME, &value)) {
		info->up_time = value;
		info->present |= KST_DUMP_HAS_UP_TIME;
	}
	if (get(dump, form, F_PRODUCT, &value)) {
		info->product_type = (uint32_t)value;
		info->present |= KST_DUMP_HAS_PRODUCT;
	}
	if (get(dump, form, F_SUITE, &value)) {
		info->suite_mask = (uint32_t)value;
		info->present |= KST_DUMP_HAS_SUITE;
	}
}

static kst_status take_machine(struct kst_dump *dump, const struct form *form, struct kst_error *err)
{
	static const struct {
		uint32_t machine, pointer, arch, paging;
	} machines[] = {
		{ 0x14c, 4, KST_ARCH_X86, KST_PAGING_NONE },
		{ 0x8664, 8, KST_ARCH_X64, KST_PAGING_X64 },
		{ 0xaa64, 8, KST_ARCH_ARM64, KST_PAGING_ARM64 },
	};
	struct kst_identity *id = &dump->identity;
	uint64_t machine;

	if (!get(dump, form, F_MACHINE, &machine))
		return KST_OK;
	for (size_t i = 0; i < KST__COUNT(machines); i++) {
		if (machines[i].machine != machine)
			continue;
		if (machines[i].pointer != form->pointer)
			return kst__fail(err, KST_E_CORRUPT, form->fields[F_MACHINE].offset,
					 "the machine of the dump header does not fit the header's width");
		id->arch = machines[i].arch;
		id->paging = machines[i].paging;
		id->present |= KST_IDENTITY_HAS_ARCH;
	}
	if (id->arch == KST_ARCH_X86) {
		uint8_t pae = 0xff;

		kst__file_load(&dump->file, 0x5c, &pae, 1);
		/* anything else is no answer: kst_identify() finds out */
		if (pae <= 1)
			id->paging = pae == 1 ? KST_PAGING_PAE : KST_PAGING_X86;
	}
	if (id->paging != KST_PAGING_NONE)
		id->present |= KST_IDENTITY_HAS_PAGING;
	return KST_OK;
}

static void take_identity(struct kst_dump *dump, const struct form *form)
{
	struct kst_identity *id = &dump->identity;
	const struct {
		unsigned field;
		uint64_t has;
		uint64_t *place;
	} addresses[] = {
		{ F_DTB, KST_IDENTITY_HAS_DTB, &id->dtb },
		{ F_DEBUGGER_DATA, KST_IDENTITY_HAS_DEBUGGER_DATA, &id->debugger_data },
		{ F_LOADED_MODULES, KST_IDENTITY_HAS_LOADED_MODULES, &id->loaded_modules },
		{ F_ACTIVE_PROCESSES, KST_IDENTITY_HAS_ACTIVE_PROCESSES, &id->active_processes },
		{ F_PFN_DATABASE, KST_IDENTITY_HAS_PFN_DATABASE, &id->pfn_database },
	};
	uint64_t value;

	for (size_t i = 0; i < KST__COUNT(addresses); i++) {
		if (get(dump, form, addresses[i].field, &value) && value != 0) {
			*addresses[i].place = value;
			id->present |= addresses[i].has;
		}
	}
	if (get(dump, form, F_BUILD, &value) && value != 0) {
		id->build = (uint32_t)value;
		id->present |= KST_IDENTITY_HAS_BUILD;
	}
	if (get(dump, form, F_PROCESSORS, &value) && value != 0 && value <= KST__PROCESSORS_MOST) {
		id->processors = (uint32_t)value;
		id->present |= KST_IDENTITY_HAS_PROCESSORS;
	}
}

static void take_records(struct kst_dump *dump, const struct form *form)
{
	uint64_t value;

	if (get(dump, form, F_CONTEXT, &value)) {
		dump->context_offset = form->fields[F_CONTEXT].offset;
		dump->context_size = form->context_size;
	}
	if (get(dump, form, F_EXCEPTION, &value)) {
		dump->exception_offset = form->fields[F_EXCEPTION].offset;
		dump->exception_size = form->exception_size;
	}
}

/* Does the physical memory block look like one? Needed only where nothing else tells what the file is. */
static bool runs_plausible(const struct kst_dump *dump, const struct form *form)
{
	uint64_t at = form->fields[F_RUNS].offset;
	uint32_t count = kst__file_u32(&dump->file, at);

	return count > 0 && count <= form->runs_most;
}

static kst_status open_full(struct kst_dump *dump, const struct form *form, struct kst_error *err)
{
	uint64_t at = form->fields[F_RUNS].offset;
	uint32_t count = kst__file_u32(&dump->file, at);
	uint64_t pages = form->pointer == 4 ? kst__file_u32(&dump->file, at + 4) : kst__file_u64(&dump->file, at + 8);
	uint64_t offset = form->header_size, total = 0;

	dump->info.format = KST_FORMAT_FULL;
	if (count == KST__PAGE_FILL)
		count = 0;
	if (count > form->runs_most) {
		count = form->runs_most;
		dump->info.anomalies |= KST_DUMP_ANOMALY_CLAMPED;
	}
	for (uint32_t i = 0; i < count; i++) {
		uint64_t run = at + form->runs_first + (uint64_t)i * form->run_size;
		uint64_t base = form->pointer == 4 ? kst__file_u32(&dump->file, run) : kst__file_u64(&dump->file, run);
		uint64_t length = form->pointer == 4 ? kst__file_u32(&dump->file, run + 4)
						     : kst__file_u64(&dump->file, run + 8);

		/* no page frame is above 2^40; what follows such a run cannot be placed */
		if (base >= (uint64_t)1 << 40 || length > ((uint64_t)1 << 40) - base) {
			dump->info.anomalies |= KST_DUMP_ANOMALY_CLAMPED;
			break;
		}
		if (kst__runs_add(dump, base * KST__PAGE, length * KST__PAGE, offset) != KST_OK)
			return kst__fail(err, KST_E_NO_MEMORY, 0, "out of memory");
		offset += length * KST__PAGE;
		total += length;
	}
	if (total != pages)
		dump->info.anomalies |= KST_DUMP_ANOMALY_COUNT_DIFFERS;
	return kst__runs_settle(dump, err);
}

static kst_status open_nothing(struct kst_dump *dump, uint32_t format, struct kst_error *err)
{
	dump->info.format = format;
	if (format != KST_FORMAT_HEADER_ONLY)
		dump->info.anomalies |= KST_DUMP_ANOMALY_TRUNCATED;
	return kst__runs_settle(dump, err);
}

/* The format that DumpType announces. */
static uint32_t format_of_type(const struct kst_dump_info *info)
{
	static const uint32_t formats[] = { KST_FORMAT_UNKNOWN,       KST_FORMAT_FULL,          KST_FORMAT_SUMMARY,
					    KST_FORMAT_HEADER_ONLY,   KST_FORMAT_TRIAGE,        KST_FORMAT_BITMAP_FULL,
					    KST_FORMAT_BITMAP_KERNEL, KST_FORMAT_BITMAP_KERNEL, KST_FORMAT_RDMP,
					    KST_FORMAT_RDMP,          KST_FORMAT_RDMP };

	if ((info->present & KST_DUMP_HAS_TYPE) == 0 || info->dump_type >= KST__COUNT(formats))
		return KST_FORMAT_UNKNOWN;
	return formats[info->dump_type];
}

static kst_status open_memory(struct kst_dump *dump, const struct form *form, struct kst_error *err)
{
	const struct kst__file *file = &dump->file;
	uint64_t at = form->header_size;
	uint32_t announced = format_of_type(&dump->info);
	kst_status st;

	if (kst__file_is(file, at, "SDMPDUMP", 8) || kst__file_is(file, at, "FDMPDUMP", 8)) {
		dump->info.format = announced;
		st = kst__open_bitmap(dump, err);
	} else if (kst__file_is(file, at + 4, "RDMPDUMP", 8)) {
		st = kst__open_rdmp(dump, err);
	} else if (announced == KST_FORMAT_TRIAGE) {
		st = kst__open_triage(dump, err);
	} else if (announced == KST_FORMAT_FULL || announced == KST_FORMAT_HEADER_ONLY) {
		return announced == KST_FORMAT_FULL ? open_full(dump, form, err) : open_nothing(dump, announced, err);
	} else if (file->size < at + 0x38 && announced != KST_FORMAT_UNKNOWN) {
		return open_nothing(dump, announced, err);
	} else if (runs_plausible(dump, form)) {
		st = open_full(dump, form, err);
	} else {
		return kst__fail(err, announced == KST_FORMAT_UNKNOWN ? KST_E_UNSUPPORTED : KST_E_CORRUPT, at,
				 announced == KST_FORMAT_UNKNOWN
					 ? "a Windows dump of an unknown type"
					 : "the memory map that the dump header announces is not there");
	}
	if (st == KST_OK && dump->info.format != announced)
		dump->info.anomalies |= KST_DUMP_ANOMALY_TYPE_DIFFERS;
	return st;
}

/* Where the primary dump ends: a triage dump says so, in all others the last page does. */
static uint64_t primary_end(const struct kst_dump *dump)
{
	uint64_t end = 0;

	if (dump->info.format == KST_FORMAT_TRIAGE)
		return kst__file_u32(&dump->file, dump->header_size + 4);
	if (dump->bitmap.ranks != NULL)
		return dump->bitmap.first_page + dump->info.memory_size;
	for (size_t i = 0; i < dump->runs_count; i++) {
		uint64_t last = dump->runs[i].offset + (dump->runs[i].last - dump->runs[i].first);

		if (last >= end)
			end = last + 1;
	}
	return end;
}

static void find_secondary(struct kst_dump *dump)
{
	uint64_t end = primary_end(dump);

	if (end != 0 && kst__file_is(&dump->file, end, "DumpBlob", 8)) {
		dump->info.secondary_offset = end;
		dump->info.present |= KST_DUMP_HAS_SECONDARY;
	}
}

kst_status kst__open_windows(struct kst_dump *dump, struct kst_error *err)
{
	const struct form *form = kst__file_is(&dump->file, 4, "DU64", 4) ? &form64 : &form32;
	kst_status st;

	if (dump->file.size < form->header_size)
		return kst__fail(err, KST_E_CORRUPT, dump->file.size, "the file ends inside the dump header");
	dump->header_size = form->header_size;
	st = take_machine(dump, form, err);
	if (st != KST_OK)
		return st;
	take_info(dump, form);
	take_identity(dump, form);
	take_records(dump, form);
	st = open_memory(dump, form, err);
	if (st == KST_OK)
		find_secondary(dump);
	return st;
}
