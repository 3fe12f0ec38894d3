/* SPDX-License-Identifier: MIT */
/* Opening a dump: what is it? And the questions that every dump answers. */
#include "source.h"

#include <stdlib.h>

static const struct {
	const char *magic;
	uint32_t length;
	kst_status (*open)(struct kst_dump *dump, struct kst_error *err);
	const char *refusal; /* why not, where there is no `open` */
} signatures[] = {
	{ "PAGEDUMP", 8, kst__open_windows, NULL },
	{ "PAGEDU64", 8, kst__open_windows, NULL },
	{ "EMiL", 4, kst__open_lime, NULL },
	{ "\177ELF", 4, kst__open_elf, NULL },
	{ "PAGE", 4, NULL, "a Windows dump of an unknown kind" },
	{ "MDMP", 4, NULL, "a user-mode minidump: it holds one process, not the kernel" },
	{ "HIBR", 4, NULL, "a Windows hibernation file: not covered, convert it to a raw image" },
	{ "hibr", 4, NULL, "a Windows hibernation file: not covered, convert it to a raw image" },
	{ "WAKE", 4, NULL, "a resumed Windows hibernation file: not covered" },
	{ "wake", 4, NULL, "a resumed Windows hibernation file: not covered" },
	{ "RSTR", 4, NULL, "a resumed Windows hibernation file: not covered" },
	{ "\xd2\xbe\xd2\xbe", 4, NULL, "a VMware state (.vmss, .vmsn): not covered, use its .vmem or convert it" },
	{ "\xd3\xbe\xd2\xbe", 4, NULL, "a VMware state (.vmss, .vmsn): not covered, use its .vmem or convert it" },
	{ "\xd3\xbe\xd3\xbe", 4, NULL, "a VMware state (.vmss, .vmsn): not covered, use its .vmem or convert it" },
	{ "\xd0\xbe\xd2\xbe", 4, NULL, "a VMware state (.vmss, .vmsn): not covered, use its .vmem or convert it" },
	{ "\xd1\xba\xd1\xba", 4, NULL, "a VMware state (.vmss, .vmsn): not covered, use its .vmem or convert it" },
	{ "\177VirtualBox SavedState", 22, NULL, "a VirtualBox saved state: not covered, use its core dump" },
	{ "QEVM", 4, NULL, "a QEMU migration stream: not covered, use dump-guest-memory" },
	{ "KDUMP   ", 8, NULL, "a compressed kdump file: not covered, dump without compression" },
	{ "EVF\x09\x0d\x0a\xff\x00", 8, NULL, "an EWF (EnCase) image: not covered, convert it to a raw image" },
	{ "EVF2\x0d\x0a\x81\x00", 8, NULL, "an EWF (EnCase) image: not covered, convert it to a raw image" },
	{ "AVML", 4, NULL, "a compressed AVML image: not covered, convert it to LiME" },
	{ "VMLA", 4, NULL, "a compressed AVML image: not covered, convert it to LiME" },
	{ "PK\x03\x04", 4, NULL, "a ZIP archive (AFF4 images are such): not covered, unpack or convert it" },
	{ "\xfd"
	  "7zXZ",
	  6, NULL, "an xz-compressed file: unpack it first" },
	{ "\x1f\x8b\x08", 3, NULL, "a gzip-compressed file: unpack it first" },
	{ "\x28\xb5\x2f\xfd", 4, NULL, "a zstd-compressed file: unpack it first" },
	{ "7z\xbc\xaf\x27\x1c", 6, NULL, "a 7-Zip archive: unpack it first" },
	{ "BZh", 3, NULL, "a bzip2-compressed file: unpack it first" },
	{ "Rar!\x1a\x07", 6, NULL, "a RAR archive: unpack it first" },
	{ "MSCF", 4, NULL, "a cabinet archive: unpack it first" },
	{ "vhdxfile", 8, NULL, "a virtual disk: not memory" },
	{ "conectix", 8, NULL, "a virtual disk: not memory" },
	{ "KDMV", 4, NULL, "a virtual disk: not memory" },
	{ "QFI\xfb", 4, NULL, "a virtual disk: not memory" },
	{ "\xcf\xfa\xed\xfe", 4, NULL, "a Mach-O file: not covered" },
	{ "Microsoft C/C++ MSF 7.00", 24, NULL, "a PDB symbol file: give it with --layout" },
};

static kst_status open_by_content(struct kst_dump *dump, struct kst_error *err)
{
	for (size_t i = 0; i < sizeof signatures / sizeof signatures[0]; i++) {
		if (!kst__file_is(&dump->file, 0, signatures[i].magic, signatures[i].length))
			continue;
		if (signatures[i].open == NULL)
			return kst__fail(err, KST_E_UNSUPPORTED, 0, signatures[i].refusal);
		return signatures[i].open(dump, err);
	}
	return kst__open_raw(dump, err);
}

static bool same_dtb(const struct kst_dump *dump, kst_space space, uint64_t dtb)
{
	/* a PAE table is 32 bytes; the other bits are PCID and flags */
	uint64_t mask = dump->header_size == 0x1000 ? 0xffffffe0u : 0x000ffffffffff000u;

	return dtb != 0 && ((space ^ dtb) & mask) == 0;
}

/*
 * A triage dump answers virtual addresses, all others physical ones. Its user-mode pieces belong to the process that
 * was current; kernel addresses are everybody's.
 */
static bool answers(const struct kst_dump *dump, kst_space space, uint64_t address)
{
	if (dump->info.format != KST_FORMAT_TRIAGE)
		return space == KST_SPACE_PHYSICAL;
	if (space == KST_SPACE_PHYSICAL)
		return false;
	if (space == KST_SPACE_KERNEL || same_dtb(dump, space, dump->identity.dtb) ||
	    same_dtb(dump, space, dump->triage.process_dtb))
		return true;
	return address >= (dump->header_size == 0x1000 ? 0x80000000u : 0xffff800000000000u);
}

static kst_status read_dump(void *user, kst_space space, uint64_t address, void *buf, size_t len, size_t *done)
{
	const struct kst_dump *dump = user;

	*done = 0;
	while (*done < len) {
		struct kst__run run;
		uint64_t want = len - *done;
		kst_status st;
		size_t got;

		if (!answers(dump, space, address + *done))
			return KST_E_FAULT;
		st = dump->locate(dump, address + *done, want, &run);
		if (st != KST_OK)
			return st == KST_END ? KST_E_FAULT : st;
		if (run.first != address + *done)
			return KST_E_FAULT;
		if (run.last - run.first < want - 1)
			want = run.last - run.first + 1;
		st = kst__file_read(&dump->file, run.offset, (uint8_t *)buf + *done, (size_t)want, &got);
		*done += got;
		if (st != KST_OK)
			return st;
	}
	return KST_OK;
}

static kst_status next_range(void *user, kst_space space, uint64_t address, uint64_t *start_out, uint64_t *length_out)
{
	const struct kst_dump *dump = user;
	bool wide = dump->header_size != 0x1000;
	struct kst__run run, more;
	kst_status st;

	if (!answers(dump, space, UINT64_MAX))
		return KST_END;
	if (!answers(dump, space, address))
		address = wide ? 0xffff800000000000u : 0x80000000u;
	st = dump->locate(dump, address, UINT64_MAX, &run);
	if (st != KST_OK)
		return st;
	while (run.last != UINT64_MAX && dump->locate(dump, run.last + 1, UINT64_MAX, &more) == KST_OK &&
	       more.first == run.last + 1)
		run.last = more.last;
	*start_out = run.first;
	/* a run over the whole address space is not a thing; its length would not fit */
	*length_out = run.last - run.first == UINT64_MAX ? UINT64_MAX : run.last - run.first + 1;
	return KST_OK;
}

static const void *window(void *user, kst_space space, uint64_t address, uint64_t *start_out, uint64_t *length_out)
{
	const struct kst_dump *dump = user;
	uint64_t page = address & ~(uint64_t)(KST__PAGE - 1);
	struct kst__run run;
	const uint8_t *bytes;

	/* from the start of the page on, where it is there: who wants one entry of it wants others */
	if (!answers(dump, space, page) || dump->locate(dump, page, KST__PAGE, &run) != KST_OK || run.first != page) {
		if (!answers(dump, space, address) || dump->locate(dump, address, KST__PAGE, &run) != KST_OK ||
		    run.first != address)
			return NULL;
	}
	*start_out = run.first;
	bytes = kst__file_window(&dump->file, run.offset, length_out);
	if (bytes == NULL)
		return NULL;
	if (*length_out - 1 > run.last - run.first)
		*length_out = run.last - run.first + 1;
	return address - run.first < *length_out ? bytes : NULL;
}

static kst_status finish(struct kst_dump *dump, struct kst_dump **out, struct kst_error *err)
{
	kst_status st;

	dump->info.size = sizeof dump->info;
	dump->info.file_size = dump->file.size;
	dump->identity.size = sizeof dump->identity;
	st = open_by_content(dump, err);
	if (st != KST_OK) {
		kst_dump_close(dump);
		return st;
	}
	dump->ops.size = sizeof dump->ops;
	dump->ops.flags = KST_READER_THREAD_SAFE;
	dump->ops.read = read_dump;
	dump->ops.next_range = next_range;
	dump->ops.window = window;
	if (dump->info.format == KST_FORMAT_TRIAGE) {
		dump->ops.module = kst__triage_module;
		dump->ops.unloaded_module = kst__triage_unloaded;
	} else {
		dump->ops.flags |= KST_READER_PHYSICAL_ONLY;
	}
	*out = dump;
	return KST_OK;
}

static struct kst_dump *new_dump(void)
{
	struct kst_dump *dump = calloc(1, sizeof *dump);

	if (dump != NULL)
		dump->file.handle = -1;
	return dump;
}

kst_status kst_dump_open(const char *path, struct kst_dump **out, struct kst_error *err)
{
	struct kst_dump *dump;
	kst_status st;

	if (path == NULL || out == NULL)
		return kst__fail(err, KST_E_ARG, 0, "no path, or no place for the result");
	dump = new_dump();
	if (dump == NULL)
		return kst__fail(err, KST_E_NO_MEMORY, 0, "out of memory");
	st = kst__file_open(&dump->file, path, err);
	if (st != KST_OK) {
		free(dump);
		return st;
	}
	return finish(dump, out, err);
}

kst_status kst_dump_open_memory(const void *bytes, size_t length, struct kst_dump **out, struct kst_error *err)
{
	struct kst_dump *dump;

	if (bytes == NULL || out == NULL)
		return kst__fail(err, KST_E_ARG, 0, "no bytes, or no place for the result");
	dump = new_dump();
	if (dump == NULL)
		return kst__fail(err, KST_E_NO_MEMORY, 0, "out of memory");
	dump->file.bytes = bytes;
	dump->file.size = length;
	return finish(dump, out, err);
}

void kst_dump_close(struct kst_dump *dump)
{
	if (dump == NULL)
		return;
	kst__file_close(&dump->file);
	free(dump->bitmap.ranks);
	free(dump->runs);
	free(dump);
}

kst_status kst_dump_info(const struct kst_dump *dump, struct kst_dump_info *out)
{
	if (dump == NULL || out == NULL)
		return KST_E_ARG;
	if (!kst__out_ok(out->size, sizeof *out))
		return KST_E_ABI;
	kst__out_write(out, &dump->info, sizeof dump->info);
	return KST_OK;
}

kst_status kst_dump_identity(const struct kst_dump *dump, struct kst_identity *out)
{
	if (dump == NULL || out == NULL)
		return KST_E_ARG;
	if (!kst__out_ok(out->size, sizeof *out))
		return KST_E_ABI;
	kst__out_write(out, &dump->identity, sizeof dump->identity);
	return KST_OK;
}

const struct kst_reader_ops *kst_dump_reader(const struct kst_dump *dump)
{
	return dump == NULL ? NULL : &dump->ops;
}

static kst_status record(const struct kst_dump *dump, uint64_t offset, uint32_t size, void *buf, size_t len,
			 size_t *done)
{
	uint8_t bytes[KST__RECORD_MOST]; /* a call of the system that fails may have written a part */
	kst_status st;
	size_t got;

	if (dump == NULL || buf == NULL || done == NULL)
		return KST_E_ARG;
	if (size == 0 || offset >= dump->file.size)
		return KST_E_NO_MEMBER;
	st = kst__file_read(&dump->file, offset, bytes, len < size ? len : size, &got);
	if (st != KST_OK && st != KST_E_FAULT)
		return st;
	memcpy(buf, bytes, got);
	*done = got;
	return KST_OK;
}

kst_status kst_dump_context(const struct kst_dump *dump, void *buf, size_t len, size_t *done)
{
	return dump == NULL ? KST_E_ARG : record(dump, dump->context_offset, dump->context_size, buf, len, done);
}

kst_status kst_dump_exception(const struct kst_dump *dump, void *buf, size_t len, size_t *done)
{
	return dump == NULL ? KST_E_ARG : record(dump, dump->exception_offset, dump->exception_size, buf, len, done);
}

const char *kst_format_name(uint32_t format)
{
	static const char *const names[] = { "unknown",     "raw",    "lime",        "elf",           "full", "summary",
					     "header-only", "triage", "bitmap-full", "bitmap-kernel", "rdmp" };

	return format < KST__COUNT(names) ? names[format] : "unknown";
}

const char *kst_dump_anomaly_name(uint64_t bit)
{
	static const char *const names[] = { "truncated", "type-differs",  "overlap",
					     "clamped",   "count-differs", "no-end-mark" };

	return kst__bit_name(bit, names, KST__COUNT(names));
}
