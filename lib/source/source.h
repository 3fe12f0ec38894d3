/* SPDX-License-Identifier: MIT */
/*
 * What the container readers share. Each format reduces to runs of memory that lie in the file, found by binary search,
 * or to a bitmap with ranks; nothing else knows where a byte is.
 */
#ifndef KST_SOURCE_SOURCE_H
#define KST_SOURCE_SOURCE_H

#include "../core/core.h"

#include <kstate/dump.h>
#include <kstate/module.h>
#include <stdatomic.h>

#define KST__PAGE      0x1000u
#define KST__PAGE_FILL 0x45474150u /* "PAGE": a field that the writer of a Windows dump left alone */

#define KST__RECORD_MOST 0xbb8u /* the longest record of a header: the context of a 64-bit dump */

/* A file, or bytes in memory: mapped whole where the address space allows it, else read call by call. */
struct kst__file {
	const uint8_t *bytes; /* NULL: not mapped */
	uint64_t size;
	intptr_t handle; /* of the open file; -1: none */
	intptr_t mapping;
	bool mapped; /* bytes are ours to unmap */
	/* what the mapping made resident (file.c) */
	_Atomic uint32_t places;
	_Atomic uint32_t seen[256];
};

kst_status kst__file_open(struct kst__file *file, const char *path, struct kst_error *err);
void kst__file_close(struct kst__file *file);

/* KST_E_FAULT beyond the end of the file (*done has the leading part), KST_E_IO when the system cannot read it. */
kst_status kst__file_read(const struct kst__file *file, uint64_t offset, void *buf, size_t len, size_t *done);

/*
 * Where the mapping has `offset`, and how many bytes from there on may be used; NULL when the file is not mapped. They stay
 * mapped until the file is closed.
 */
const uint8_t *kst__file_window(const struct kst__file *file, uint64_t offset, uint64_t *length_out);

/* For headers: zeros beyond the end. Returns how many bytes the file has there. */
size_t kst__file_load(const struct kst__file *file, uint64_t offset, void *buf, size_t len);
/* 0 unless the whole number is in the file: a half one is no number. */
uint32_t kst__file_u32(const struct kst__file *file, uint64_t offset);
uint64_t kst__file_u64(const struct kst__file *file, uint64_t offset);
bool kst__file_is(const struct kst__file *file, uint64_t offset, const char *magic, size_t len);

/* Memory [first, last] is at `offset` of the file. Inclusive, so that the last byte of the address space is no case. */
struct kst__run {
	uint64_t first;
	uint64_t last;
	uint64_t offset;
};

struct kst__bitmap {
	uint64_t offset; /* of the bits in the file */
	uint64_t bits;
	uint64_t first_page; /* file offset of the first page present */
	uint64_t *ranks;     /* set bits before each block; one more than there are blocks */
};

struct kst__triage {
	uint64_t drivers_offset;
	uint64_t drivers_count;
	uint32_t driver_size;
	uint32_t strings_size;
	uint64_t strings_offset;
	uint64_t unloaded_offset; /* of the first record */
	uint64_t unloaded_count;
	uint64_t process_dtb; /* of the process that user-mode pieces belong to; 0: not known */
};

struct kst_dump {
	struct kst__file file;
	struct kst_dump_info info;
	struct kst_identity identity;
	struct kst_reader_ops ops;
	/*
	 * The first memory at or after `address`: a part of a run that begins there and is at least `want` long where the
	 * run is. KST_END when there is none.
	 */
	kst_status (*locate)(const struct kst_dump *dump, uint64_t address, uint64_t want, struct kst__run *out);
	struct kst__run *runs; /* after settling: ascending and disjoint */
	size_t runs_count;
	size_t runs_cap;
	struct kst__bitmap bitmap;
	struct kst__triage triage;
	uint64_t header_size; /* of a Windows dump: 1000 or 2000 */
	uint64_t context_offset;
	uint64_t exception_offset;
	uint32_t context_size; /* 0: none */
	uint32_t exception_size;
};

/* Add memory; what lies beyond the file is cut off and noted. A length of 0 adds nothing. */
kst_status kst__runs_add(struct kst_dump *dump, uint64_t first, uint64_t length, uint64_t offset);
/* Sort, make disjoint (the one added first wins), join neighbours, count. */
kst_status kst__runs_settle(struct kst_dump *dump, struct kst_error *err);
kst_status kst__runs_locate(const struct kst_dump *dump, uint64_t address, uint64_t want, struct kst__run *out);

/* One per format: fill runs or bitmap, info and identity. */
kst_status kst__open_raw(struct kst_dump *dump, struct kst_error *err);
kst_status kst__open_lime(struct kst_dump *dump, struct kst_error *err);
kst_status kst__open_elf(struct kst_dump *dump, struct kst_error *err);
kst_status kst__open_windows(struct kst_dump *dump, struct kst_error *err);
kst_status kst__open_bitmap(struct kst_dump *dump, struct kst_error *err);
kst_status kst__open_rdmp(struct kst_dump *dump, struct kst_error *err);
kst_status kst__open_triage(struct kst_dump *dump, struct kst_error *err);

/* Virtual addresses of the raw PRCB, thread and process records of a triage dump (lib/source/records.c). */
kst_status kst__triage_records(struct kst_dump *dump, uint64_t block, uint64_t prcb, uint64_t process, uint64_t thread);

/* The driver lists of a triage dump (lib/source/drivers.c). */
kst_status kst__triage_module(void *user, uint64_t index, struct kst_module *out);
kst_status kst__triage_unloaded(void *user, uint64_t index, struct kst_unloaded_module *out);

#endif
