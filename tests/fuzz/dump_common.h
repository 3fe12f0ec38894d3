/* SPDX-License-Identifier: MIT */
/* What must be true of every dump that opens, and headers for formats whose own header would drown the input. */
#ifndef KST_TESTS_FUZZ_DUMP_H
#define KST_TESTS_FUZZ_DUMP_H

#include "fuzz.h"

#define RANGES_MOST 200

static kst_status dump_read(struct kst_dump *dump, kst_space space, uint64_t address, void *buf, size_t len,
			    size_t *done)
{
	kst_status st;

	*done = SIZE_MAX;
	st = kst_dump_reader(dump)->read(dump, space, address, buf, len, done);
	TRUTH(st == KST_OK || st == KST_E_FAULT);
	TRUTH(*done <= len && (st == KST_OK) == (*done == len));
	return st;
}

/* Ranges ascend, do not touch, and are readable from their first to their last byte and not beyond. */
static void dump_ranges(struct kst_dump *dump, const struct kst_dump_info *info, kst_space space)
{
	const struct kst_reader_ops *ops = kst_dump_reader(dump);
	uint64_t at = 0, start, length, total = 0, count = 0;
	uint8_t buf[64], again[64];
	size_t done;

	while (count < RANGES_MOST && ops->next_range(dump, space, at, &start, &length) == KST_OK) {
		uint64_t last = start + (length - 1);

		TRUTH(start >= at && length > 0 && last >= start);
		TRUTH(count == 0 || start > at || at == 0);
		TRUTH(dump_read(dump, space, start, buf, 1, &done) == KST_OK);
		TRUTH(dump_read(dump, space, last, buf, 1, &done) == KST_OK);
		if (length >= sizeof buf) {
			TRUTH(dump_read(dump, space, last - sizeof buf + 1, buf, sizeof buf, &done) == KST_OK);
			TRUTH(dump_read(dump, space, last - sizeof buf + 1, again, sizeof again, &done) == KST_OK);
			TRUTH(memcmp(buf, again, sizeof buf) == 0);
		}
		if (start > 0 && start > at)
			TRUTH(dump_read(dump, space, start - 1, buf, 1, &done) == KST_E_FAULT);
		total += length;
		count++;
		if (last == UINT64_MAX)
			break;
		TRUTH(dump_read(dump, space, last, buf, last == UINT64_MAX - 1 ? 1 : 2, &done) == KST_E_FAULT ||
		      last == UINT64_MAX - 1);
		TRUTH(done == 1);
		at = last + 1;
	}
	TRUTH(count <= info->runs);
	TRUTH(total <= info->memory_size);
	TRUTH(count == RANGES_MOST || total == info->memory_size);
}

static void dump_lists(struct kst_dump *dump, size_t size)
{
	const struct kst_reader_ops *ops = kst_dump_reader(dump);
	struct kst_module m = { .size = sizeof m };
	struct kst_unloaded_module u = { .size = sizeof u };
	uint64_t n = 0;

	for (; ops->module != NULL && n < RANGES_MOST && ops->module(dump, n, &m) == KST_OK; n++)
		TRUTH(strlen(m.name) < sizeof m.name && strlen(m.path) < sizeof m.path);
	TRUTH(n <= size / 0x40);
	for (n = 0; ops->unloaded_module != NULL && n < RANGES_MOST && ops->unloaded_module(dump, n, &u) == KST_OK; n++)
		TRUTH(strlen(u.name) < sizeof u.name);
	TRUTH(n <= size / 0x28);
}

/* Open exactly these bytes and ask everything. */
static void dump_truths(const uint8_t *bytes, size_t size)
{
	struct kst_dump *dump = NULL, *second = NULL;
	struct kst_dump_info info = { .size = sizeof info }, info2 = { .size = sizeof info2 };
	struct kst_identity id = { .size = sizeof id };
	struct kst_error err = { .size = sizeof err };
	kst_status st = kst_dump_open_memory(bytes, size, &dump, &err);
	uint8_t record[0x1000];
	size_t done = 0;

	if (st != KST_OK) {
		TRUTH(st == KST_E_UNSUPPORTED || st == KST_E_CORRUPT);
		TRUTH(err.code == st && err.message[0] != '\0' && dump == NULL);
		return;
	}
	TRUTH(kst_dump_info(dump, &info) == KST_OK && info.file_size == size);
	TRUTH(strcmp(kst_format_name(info.format), "unknown") != 0);
	TRUTH(kst_dump_identity(dump, &id) == KST_OK);
	TRUTH(kst_dump_open_memory(bytes, size, &second, NULL) == KST_OK);
	TRUTH(kst_dump_info(second, &info2) == KST_OK && memcmp(&info, &info2, sizeof info) == 0);
	kst_dump_close(second);
	dump_ranges(dump, &info, info.format == KST_FORMAT_TRIAGE ? KST_SPACE_KERNEL : KST_SPACE_PHYSICAL);
	dump_lists(dump, size);
	if (kst_dump_context(dump, record, sizeof record, &done) == KST_OK)
		TRUTH(done <= sizeof record && done <= size);
	if (kst_dump_exception(dump, record, sizeof record, &done) == KST_OK)
		TRUTH(done <= sizeof record && done <= size);
	{
		struct kst_target *target = NULL;

		st = kst_target_open(dump, NULL, &target, &err);
		TRUTH(st == KST_OK || st == KST_E_FAULT);
		TRUTH((st == KST_OK) == (target != NULL));
		kst_target_destroy(target);
	}
	kst_dump_close(dump);
}

/*
 * A Windows dump whose header is made here: the first byte of the input chooses its width, the rest follows the header.
 * `front` bytes go over the header's front part (from 8 on), for what lies inside it.
 */
static inline void dump_windows(const uint8_t *data, size_t size, uint32_t type, size_t front)
{
	struct fuzz_input in = { data, size };
	int wide = (fuzz_u8(&in) & 1) == 0;
	size_t header = wide ? 0x2000 : 0x1000, rest;
	size_t over = front < in.size ? front : in.size;
	uint8_t *bytes;

	rest = in.size - over;
	bytes = malloc(header + rest);
	TRUTH(bytes != NULL);
	for (size_t i = 0; i < header; i++)
		bytes[i] = (uint8_t) "PAGE"[i % 4];
	memcpy(bytes + 4, wide ? "DU64" : "DUMP", 4);
	memcpy(bytes + (wide ? 0x30 : 0x20), wide ? "\x64\x86\0\0" : "\x4c\1\0\0", 4);
	/* KdDebuggerDataBlock: where the debugger data of a triage dump is */
	memcpy(bytes + (wide ? 0x80 : 0x60), wide ? "\0\x20\0\0\0\xf8\xff\xff" : "\0\x20\0\x80", wide ? 8 : 4);
	memcpy(bytes + (wide ? 0xf98 : 0xf88), (uint8_t[4]){ (uint8_t)type, 0, 0, 0 }, 4);
	if (over > 0)
		memcpy(bytes + (wide ? 0x88 : 0x64), in.data, over);
	if (rest > 0)
		memcpy(bytes + header, in.data + over, rest);
	dump_truths(bytes, header + rest);
	free(bytes);
}

/* The input as the whole file, in an exactly sized block, with a signature put over its front. */
static inline void dump_signed(const uint8_t *data, size_t size, const char *magic, size_t len)
{
	struct fuzz_input in = { data, size };
	size_t rest;
	uint8_t *bytes = fuzz_rest(&in, &rest);

	if (rest >= len && len > 0)
		memcpy(bytes, magic, len);
	dump_truths(bytes, rest);
	free(bytes);
}

#endif
