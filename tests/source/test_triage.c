/* SPDX-License-Identifier: MIT */
#include "support/container.h"
#include "support/support.h"

#include <stdlib.h>

/* Where things are in the forged system, for a pointer width. */
struct places {
	uint64_t kernel, block, stack, prcb, thread, process, data, far;
};

static struct places places_of(bool wide)
{
	uint64_t high = wide ? 0xfffff80000000000u : 0;

	return (struct places){ high | 0x81000000u, high | 0x81100b20u, high | 0x82000ee8u, high | 0x83000180u,
				high | 0x84000040u, high | 0x85000080u, high | 0x86000f00u, high | 0x8f000000u };
}

#define PRCB_SIZE    0x900
#define THREAD_SIZE  0x120
#define PROCESS_SIZE 0x140
#define STACK_SIZE   0x318
#define USER_DTB     0x7654000u
#define USER_PAGE    0x7f010000u

static const struct triage_unloaded unloaded[] = {
	{ "dam.sys", 0x87de0000, 0x87dfc000 },
	{ "twelve_chars", 0x88000000, 0x88001000 },
};

struct system {
	struct image *img;
	struct places at;
	bool wide;
	struct triage triage;
	struct triage_piece pieces[8];
	struct triage_driver drivers[3];
};

static void put_byte_pattern(struct image *img, uint64_t va, size_t len, unsigned seed)
{
	for (size_t i = 0; i < len; i++)
		image_put8(img, va + i, (uint8_t)(i * 5 + seed + 1));
}

/* KDDEBUGGER_DATA64: what the container reader takes from it. */
static void put_block(struct image *img, const struct places *at)
{
	image_put(img, at->block + 0x10, "KDBG", 4);
	image_put32(img, at->block + 0x14, 0x340);
	image_put64(img, at->block + 0x18, at->kernel);
	image_put16(img, at->block + 0x2a0, 0x38); /* the thread's process */
	image_put16(img, at->block + 0x2a8, PROCESS_SIZE);
	image_put16(img, at->block + 0x2ae, 0x18); /* its directory table base */
	image_put16(img, at->block + 0x2b0, PRCB_SIZE);
	image_put16(img, at->block + 0x2b4, 0x8); /* the current thread */
	image_put16(img, at->block + 0x2c0, THREAD_SIZE);
	image_put16(img, at->block + 0x2e6, 0x180); /* of the KPRCB in the KPCR */
}

static void make(struct system *s, bool wide)
{
	struct kst_identity *id;

	memset(s, 0, sizeof *s);
	s->wide = wide;
	s->at = places_of(wide);
	s->img = image_new(wide ? KST_PAGING_X64 : KST_PAGING_PAE);
	id = image_identity(s->img);
	id->build = 7601;
	id->processors = 2;
	id->debugger_data = s->at.block;
	id->loaded_modules = s->at.kernel + 0x100;
	id->active_processes = s->at.kernel + 0x200;
	put_byte_pattern(s->img, s->at.stack, STACK_SIZE, 1);
	put_byte_pattern(s->img, s->at.data - 0x100, 0x3000, 2);
	put_byte_pattern(s->img, s->at.thread, THREAD_SIZE, 3);
	put_byte_pattern(s->img, s->at.process, PROCESS_SIZE, 4);
	put_byte_pattern(s->img, s->at.prcb, PRCB_SIZE, 5);
	put_byte_pattern(s->img, USER_PAGE, 0x100, 6);
	put_block(s->img, &s->at);
	image_put_pointer(s->img, s->at.prcb + 8, s->at.thread);
	for (unsigned i = 0; i < 64; i++) { /* lookaside lists of a single processor: two equal pointers each */
		uint64_t pair = s->at.prcb + 0x100 + 0x10 * i;

		image_put_pointer(s->img, pair, s->at.data + 0x300 * i);
		image_put_pointer(s->img, pair + (wide ? 8 : 4), s->at.data + 0x300 * i);
	}
	for (unsigned i = 0; i < 6; i++) { /* empty lists */
		uint64_t head = s->at.prcb + 0x600 + 0x20 * i;

		image_put_list(s->img, head, NULL, 0);
	}
	image_put_pointer(s->img, s->at.thread + 0x38, s->at.process);
	image_put_pointer(s->img, s->at.process + 0x18, USER_DTB);
	s->pieces[0] = (struct triage_piece){ s->at.data, 0x80 };
	s->pieces[1] = (struct triage_piece){ s->at.data + 0x80, 0x100 };    /* touches the first, crosses a page */
	s->pieces[2] = (struct triage_piece){ s->at.data + 0x40, 0x20 };     /* lies inside the first */
	s->pieces[3] = (struct triage_piece){ s->at.data + 0x1000, 0x1000 }; /* a page, not aligned */
	s->pieces[4] = (struct triage_piece){ s->at.far, 0x10 };
	s->pieces[5] = (struct triage_piece){ USER_PAGE, 0x100 };
	s->drivers[0] = (struct triage_driver){ "\\SystemRoot\\system32\\ntoskrnl.exe", s->at.kernel, 0x600000,
						0x11223344, 0x5eed };
	s->drivers[1] = (struct triage_driver){ "hal.dll", s->at.kernel + 0x600000, 0x40000, 0x22334455, 0 };
	s->drivers[2] = (struct triage_driver){ "", s->at.kernel + 0x700000, 0x1000, 1, 2 };
	s->triage = (struct triage){ .pieces = s->pieces,
				     .pieces_count = 6,
				     .drivers = s->drivers,
				     .drivers_count = 3,
				     .unloaded = unloaded,
				     .unloaded_count = 2,
				     .stack = { s->at.stack, STACK_SIZE },
				     .data_page = { s->at.data + 0x4000, 0x40 },
				     .debugger_data = { 0, 0x340 },
				     .prcb = { s->at.prcb, PRCB_SIZE },
				     .process = { s->at.process, PROCESS_SIZE },
				     .thread = { s->at.thread, THREAD_SIZE },
				     .context = "CTXTctxt",
				     .context_size = 8,
				     .exception = "EXCP",
				     .exception_size = 4,
				     .secondary = true };
}

static void unmake(struct system *s)
{
	image_free(s->img);
}

static kst_status read_some(const struct kst_dump *dump, kst_space space, uint64_t address, void *buf, size_t len,
			    size_t *done)
{
	return kst_dump_reader(dump)->read((void *)(uintptr_t)dump, space, address, buf, len, done);
}

/* Equal to the image over a range. */
static void check_range(struct system *s, const struct kst_dump *dump, uint64_t address, size_t len)
{
	uint8_t got[0x2000];
	size_t done;

	assert_true(len <= sizeof got);
	assert_int_equal(read_some(dump, KST_SPACE_KERNEL, address, got, len, &done), KST_OK);
	assert_int_equal(done, len);
	for (size_t i = 0; i < len; i++)
		assert_int_equal(got[i], image_page(s->img, address + i)[(address + i) & 0xfff]);
}

static void check_system(bool wide)
{
	struct system s;
	struct container c;
	struct kst_dump *dump;
	struct kst_dump_info info = { .size = sizeof info };
	struct kst_identity id = { .size = sizeof id };
	uint64_t start, length, end;
	uint8_t buf[16];
	size_t done;

	make(&s, wide);
	c = container_triage(s.img, &s.triage);
	dump = container_open(&c);
	assert_int_equal(kst_dump_reader(dump)->flags, KST_READER_THREAD_SAFE);
	assert_int_equal(kst_dump_info(dump, &info), KST_OK);
	assert_int_equal(info.format, KST_FORMAT_TRIAGE);
	assert_int_equal(info.anomalies, 0);
	assert_true(info.present & KST_DUMP_HAS_SECONDARY);
	assert_int_equal(info.secondary_offset, c.size - 0x10);
	/* each piece, and over their joints */
	check_range(&s, dump, s.at.data, 0x180);
	check_range(&s, dump, s.at.data + 0x70, 0x20);
	check_range(&s, dump, s.at.data + 0x1000, 0x1000);
	check_range(&s, dump, s.at.far, 0x10);
	check_range(&s, dump, s.at.stack, STACK_SIZE);
	check_range(&s, dump, s.at.data + 0x4000, 0x40);
	check_range(&s, dump, s.at.block, 0x340);
	/* the records tell their own addresses */
	check_range(&s, dump, s.at.prcb, PRCB_SIZE);
	check_range(&s, dump, s.at.thread, THREAD_SIZE);
	check_range(&s, dump, s.at.process, PROCESS_SIZE);
	/* neighbours read as one run; what is between pieces faults */
	assert_int_equal(kst_dump_reader(dump)->next_range(dump, KST_SPACE_KERNEL, s.at.data - 0x10, &start, &length),
			 KST_OK);
	assert_int_equal(start, s.at.data);
	assert_int_equal(length, 0x180);
	assert_int_equal(read_some(dump, KST_SPACE_KERNEL, s.at.far + 8, buf, 16, &done), KST_E_FAULT);
	assert_int_equal(done, 8);
	assert_int_equal(read_some(dump, KST_SPACE_KERNEL, s.at.far + 0x10, buf, 1, &done), KST_E_FAULT);
	assert_int_equal(read_some(dump, KST_SPACE_KERNEL, s.at.far - 1, buf, 1, &done), KST_E_FAULT);
	end = s.at.far + 0x10;
	assert_int_equal(kst_dump_reader(dump)->next_range(dump, KST_SPACE_KERNEL, end, &start, &length), KST_END);
	/* header and identity */
	assert_int_equal(kst_dump_identity(dump, &id), KST_OK);
	assert_int_equal(id.present, KST_IDENTITY_HAS_ARCH | KST_IDENTITY_HAS_PAGING | KST_IDENTITY_HAS_BUILD |
					     KST_IDENTITY_HAS_PROCESSORS | KST_IDENTITY_HAS_DTB |
					     KST_IDENTITY_HAS_DEBUGGER_DATA | KST_IDENTITY_HAS_LOADED_MODULES |
					     KST_IDENTITY_HAS_ACTIVE_PROCESSES | KST_IDENTITY_HAS_KERNEL_BASE |
					     KST_IDENTITY_HAS_TIME_DATE_STAMP | KST_IDENTITY_HAS_SIZE_OF_IMAGE |
					     KST_IDENTITY_HAS_KPCR);
	assert_int_equal(id.kpcr, s.at.prcb - 0x180);
	assert_int_equal(id.kernel_base, s.at.kernel);
	assert_int_equal(id.time_date_stamp, 0x11223344);
	assert_int_equal(id.size_of_image, 0x600000);
	assert_int_equal(id.anomalies, 0);
	assert_int_equal(kst_dump_context(dump, buf, 8, &done), KST_OK);
	assert_int_equal(done, 8);
	assert_memory_equal(buf, "CTXTctxt", 8);
	assert_int_equal(kst_dump_exception(dump, buf, 4, &done), KST_OK);
	assert_memory_equal(buf, "EXCP", 4);
	kst_dump_close(dump);
	container_free(&c);
	unmake(&s);
}

static void pieces_64(void **state)
{
	(void)state;
	check_system(true);
}

static void pieces_32(void **state)
{
	(void)state;
	check_system(false);
}

static void spaces(void **state)
{
	(void)state;
	for (int wide = 0; wide < 2; wide++) {
		struct system s;
		struct container c;
		struct kst_dump *dump;
		uint64_t dtb, start, length;
		size_t done;
		uint8_t b;

		make(&s, wide);
		c = container_triage(s.img, &s.triage);
		dump = container_open(&c);
		dtb = image_dtb(s.img);
		assert_int_equal(read_some(dump, KST_SPACE_KERNEL, USER_PAGE, &b, 1, &done), KST_OK);
		assert_int_equal(read_some(dump, dtb, USER_PAGE, &b, 1, &done), KST_OK);
		assert_int_equal(read_some(dump, dtb | (wide ? 0x8000000000000002u : 0x18u), USER_PAGE, &b, 1, &done),
				 KST_OK);
		/* the current process owns the user-mode pieces */
		assert_int_equal(read_some(dump, USER_DTB, USER_PAGE, &b, 1, &done), KST_OK);
		/* another process: kernel addresses only */
		assert_int_equal(read_some(dump, 0x5555000, USER_PAGE, &b, 1, &done), KST_E_FAULT);
		assert_int_equal(read_some(dump, 0x5555000, s.at.far, &b, 1, &done), KST_OK);
		assert_int_equal(kst_dump_reader(dump)->next_range(dump, 0x5555000, 0, &start, &length), KST_OK);
		assert_true(start > USER_PAGE + 0x100);
		assert_int_equal(kst_dump_reader(dump)->next_range(dump, KST_SPACE_KERNEL, 0, &start, &length), KST_OK);
		assert_int_equal(start, USER_PAGE);
		assert_int_equal(read_some(dump, KST_SPACE_PHYSICAL, s.at.far, &b, 1, &done), KST_E_FAULT);
		assert_int_equal(kst_dump_reader(dump)->next_range(dump, KST_SPACE_PHYSICAL, 0, &start, &length),
				 KST_END);
		kst_dump_close(dump);
		container_free(&c);
		unmake(&s);
	}
}

static void lists(void **state)
{
	(void)state;
	for (int wide = 0; wide < 2; wide++) {
		struct system s;
		struct container c;
		struct kst_dump *dump;
		const struct kst_reader_ops *ops;
		struct kst_module m = { .size = sizeof m };
		struct kst_unloaded_module u = { .size = sizeof u };

		make(&s, wide);
		c = container_triage(s.img, &s.triage);
		dump = container_open(&c);
		ops = kst_dump_reader(dump);
		assert_int_equal(ops->module(dump, 0, &m), KST_OK);
		assert_string_equal(m.name, "ntoskrnl.exe");
		assert_string_equal(m.path, "\\SystemRoot\\system32\\ntoskrnl.exe");
		assert_int_equal(m.base, s.at.kernel);
		assert_int_equal(m.size_of_image, 0x600000);
		assert_int_equal(m.time_date_stamp, 0x11223344);
		assert_int_equal(m.checksum, 0x5eed);
		assert_int_equal(m.anomalies, 0);
		assert_int_equal(m.present, KST_MODULE_HAS_BASE | KST_MODULE_HAS_SIZE | KST_MODULE_HAS_NAME |
						    KST_MODULE_HAS_PATH | KST_MODULE_HAS_STAMP |
						    KST_MODULE_HAS_CHECKSUM);
		assert_int_equal(ops->module(dump, 1, &m), KST_OK);
		assert_string_equal(m.name, "hal.dll");
		assert_int_equal(m.base, s.at.kernel + 0x600000);
		assert_int_equal(ops->module(dump, 2, &m), KST_OK);
		assert_false(m.present & KST_MODULE_HAS_NAME);
		m.base = 42;
		assert_int_equal(ops->module(dump, 3, &m), KST_END);
		assert_int_equal(ops->module(dump, UINT64_MAX, &m), KST_END);
		assert_int_equal(m.base, 42);
		m.size = 8;
		assert_int_equal(ops->module(dump, 0, &m), KST_E_ABI);
		for (size_t i = 0; i < 2; i++) {
			assert_int_equal(ops->unloaded_module(dump, i, &u), KST_OK);
			assert_string_equal(u.name, unloaded[i].name);
			assert_int_equal(u.start, unloaded[i].start);
			assert_int_equal(u.end, unloaded[i].end);
			assert_int_equal(u.present, KST_UNLOADED_MODULE_HAS_RANGE | KST_UNLOADED_MODULE_HAS_NAME);
		}
		assert_int_equal(ops->unloaded_module(dump, 2, &u), KST_END);
		kst_dump_close(dump);
		container_free(&c);
		unmake(&s);
	}
}

/* 200 characters of three bytes of UTF-8 each do not fit, though as many of one byte would. */
static void long_path(void **state)
{
	char path[201];
	struct system s;
	struct container c;
	struct kst_dump *dump;
	struct kst_module m = { .size = sizeof m };
	size_t at = 0;

	(void)state;
	make(&s, true);
	memset(path, '~', 200);
	path[200] = '\0';
	s.drivers[1].path = path;
	c = container_triage(s.img, &s.triage);
	while (at + 400 <= c.size && memcmp(c.bytes + at, "~\0~", 4) != 0)
		at++;
	for (size_t i = 0; i < 200; i++)
		memcpy(c.bytes + at + 2 * i, "\x2d\x4e", 2);
	dump = container_open(&c);
	assert_int_equal(kst_dump_reader(dump)->module(dump, 1, &m), KST_OK);
	assert_int_equal(m.anomalies & (KST_MODULE_ANOMALY_NAME | KST_MODULE_ANOMALY_NAME_CUT),
			 KST_MODULE_ANOMALY_NAME_CUT);
	assert_int_equal(strlen(m.path) % 3, 0);
	assert_true(strlen(m.path) > 500 && strncmp(m.path, "\xe4\xb8\xad", 3) == 0);
	kst_dump_close(dump);
	container_free(&c);
	unmake(&s);
}

/* Cut at every length: opens or not, never a byte that is not in the file, never a wrong byte. */
static void truncation(void **state)
{
	struct system s;
	struct container c;

	(void)state;
	make(&s, true);
	c = container_triage(s.img, &s.triage);
	for (size_t size = 0x1ff0; size < c.size; size++) {
		uint8_t *bytes = malloc(size);
		struct kst_dump *dump = NULL;
		struct kst_module m = { .size = sizeof m };
		struct kst_unloaded_module u = { .size = sizeof u };
		kst_status st;

		assert_non_null(bytes);
		memcpy(bytes, c.bytes, size);
		st = kst_dump_open_memory(bytes, size, &dump, NULL);
		assert_int_equal(st, size < 0x2000 ? KST_E_CORRUPT : KST_OK);
		if (st == KST_OK) {
			uint8_t buf[0x180];
			size_t done;

			for (size_t i = 0; i < 6; i++) {
				size_t len = s.pieces[i].size < sizeof buf ? s.pieces[i].size : sizeof buf;

				read_some(dump, KST_SPACE_KERNEL, s.pieces[i].address, buf, len, &done);
				for (size_t k = 0; k < done; k++)
					assert_int_equal(
						buf[k],
						image_page(s.img,
							   s.pieces[i].address + k)[(s.pieces[i].address + k) & 0xfff]);
			}
			for (uint64_t i = 0; kst_dump_reader(dump)->module(dump, i, &m) == KST_OK; i++)
				assert_true(i < 3);
			for (uint64_t i = 0; kst_dump_reader(dump)->unloaded_module(dump, i, &u) == KST_OK; i++)
				assert_true(i < 2);
		}
		kst_dump_close(dump);
		free(bytes);
	}
	container_free(&c);
	unmake(&s);
}

/* A change to a sound 64-bit triage dump: a u32 of the triage header. */
static const struct row {
	const char *name;
	size_t offset;
	uint32_t value;
	uint64_t anomalies;
} rows[] = {
	{ "sound", 0, 0, 0 },
	{ "end mark missing", 8, 0x100, KST_DUMP_ANOMALY_NO_END_MARK },
	{ "end mark beyond the file", 8, UINT32_MAX, KST_DUMP_ANOMALY_NO_END_MARK },
	{ "size beyond the file", 4, UINT32_MAX, KST_DUMP_ANOMALY_TRUNCATED },
	{ "too many blocks", 0x7c, UINT32_MAX, KST_DUMP_ANOMALY_CLAMPED },
	{ "blocks beyond the file", 0x78, UINT32_MAX, KST_DUMP_ANOMALY_CLAMPED },
	{ "blocks not filled", 0x78, 0x45474150, 0 },
	{ "too many drivers", 0x34, UINT32_MAX, KST_DUMP_ANOMALY_CLAMPED },
	{ "drivers beyond the file", 0x30, UINT32_MAX, KST_DUMP_ANOMALY_CLAMPED },
	{ "string pool beyond the file", 0x38, UINT32_MAX, 0 },
	{ "string pool absurdly large", 0x3c, UINT32_MAX, 0 },
	{ "unloaded drivers beyond the file", 0x18, UINT32_MAX, 0 },
	{ "unloaded drivers at a wild count", 0x18, 0x2004, KST_DUMP_ANOMALY_CLAMPED },
	{ "stack beyond the file", 0x28, UINT32_MAX, KST_DUMP_ANOMALY_TRUNCATED },
	{ "stack size absurd", 0x2c, UINT32_MAX, KST_DUMP_ANOMALY_TRUNCATED },
	{ "debugger data beyond the file", 0x70, UINT32_MAX, KST_DUMP_ANOMALY_TRUNCATED },
	{ "PRCB beyond the file", 0x1c, UINT32_MAX, 0 },
	{ "thread beyond the file", 0x24, UINT32_MAX, KST_DUMP_ANOMALY_TRUNCATED },
	{ "process beyond the file", 0x20, UINT32_MAX, KST_DUMP_ANOMALY_TRUNCATED },
	{ "context beyond the file", 0x0c, UINT32_MAX, 0 },
	{ "exception not filled", 0x10, 0x45474150, 0 },
};

static void check_row(void **state)
{
	const struct row *row = *state;
	struct system s;
	struct container c;
	struct kst_dump *dump = NULL;
	struct kst_dump_info info = { .size = sizeof info };
	struct kst_module m = { .size = sizeof m };
	struct kst_unloaded_module u = { .size = sizeof u };
	uint64_t start = 0, length = 0, n = 0;
	uint8_t *exact, buf[0x20];
	size_t done;

	make(&s, true);
	c = container_triage(s.img, &s.triage);
	container_put32(&c, 0x2000 + row->offset, row->value);
	exact = malloc(c.size);
	assert_non_null(exact);
	memcpy(exact, c.bytes, c.size);
	assert_int_equal(kst_dump_open_memory(exact, c.size, &dump, NULL), KST_OK);
	assert_int_equal(kst_dump_info(dump, &info), KST_OK);
	assert_true((info.anomalies & row->anomalies) == row->anomalies);
	assert_true(row->anomalies != 0 || info.anomalies == 0);
	for (; kst_dump_reader(dump)->next_range(dump, KST_SPACE_KERNEL, start + length, &start, &length) == KST_OK;
	     n++) {
		assert_true(length <= c.size);
		assert_int_equal(read_some(dump, KST_SPACE_KERNEL, start + length - 1, buf, 1, &done), KST_OK);
	}
	assert_true(n < 32);
	for (n = 0; kst_dump_reader(dump)->module(dump, n, &m) == KST_OK; n++)
		assert_true(n < c.size / 0x40);
	for (n = 0; kst_dump_reader(dump)->unloaded_module(dump, n, &u) == KST_OK; n++)
		assert_true(n < c.size / 0x28);
	kst_dump_context(dump, buf, sizeof buf, &done);
	kst_dump_exception(dump, buf, sizeof buf, &done);
	kst_dump_close(dump);
	free(exact);
	container_free(&c);
	unmake(&s);
}

static uint8_t *find_copy(const struct container *c, struct image *img, struct triage_piece piece)
{
	const uint8_t *wanted = image_page(img, piece.address) + (piece.address & 0xfff);
	uint8_t *found = NULL;

	for (size_t i = 0; i + piece.size <= c->size; i++)
		if (memcmp(c->bytes + i, wanted, piece.size) == 0)
			found = c->bytes + i; /* the last one */
	assert_non_null(found);
	return found;
}

/* Two pieces of one address with different bytes: the first one wins, and it is told. */
static void different_copies(void **state)
{
	struct system s;
	struct container c;
	struct kst_dump *dump;
	struct kst_dump_info info = { .size = sizeof info };
	uint8_t byte;
	size_t done;

	(void)state;
	make(&s, true);
	image_put(s.img, s.pieces[2].address, "these thirty-two bytes are twice", 32);
	c = container_triage(s.img, &s.triage);
	/* the copy that lies inside the first piece, found by its bytes: the second place where they are */
	find_copy(&c, s.img, s.pieces[2])[0] ^= 0xff;
	dump = container_open(&c);
	assert_int_equal(kst_dump_info(dump, &info), KST_OK);
	assert_int_equal(info.anomalies, KST_DUMP_ANOMALY_OVERLAP);
	assert_int_equal(read_some(dump, KST_SPACE_KERNEL, s.pieces[2].address, &byte, 1, &done), KST_OK);
	assert_int_equal(byte, image_page(s.img, s.pieces[2].address)[s.pieces[2].address & 0xfff]);
	kst_dump_close(dump);
	container_free(&c);
	unmake(&s);
}

static void the_kernel_is_where_the_block_says(void **state)
{
	struct system s;
	struct container c;
	struct kst_dump *dump;
	struct kst_identity id = { .size = sizeof id };

	(void)state;
	make(&s, true);
	image_put64(s.img, s.at.block + 0x18, s.at.kernel + 0x600000); /* the second driver */
	c = container_triage(s.img, &s.triage);
	dump = container_open(&c);
	assert_int_equal(kst_dump_identity(dump, &id), KST_OK);
	assert_int_equal(id.kernel_base, s.at.kernel + 0x600000);
	assert_int_equal(id.time_date_stamp, 0x22334455);
	assert_int_equal(id.anomalies, KST_IDENTITY_ANOMALY_HEADER_DIFFERS);
	kst_dump_close(dump);
	container_free(&c);
	image_put64(s.img, s.at.block + 0x18, s.at.kernel - 0x1000); /* none of them */
	c = container_triage(s.img, &s.triage);
	dump = container_open(&c);
	assert_int_equal(kst_dump_identity(dump, &id), KST_OK);
	assert_int_equal(id.kernel_base, s.at.kernel - 0x1000);
	assert_false(id.present & KST_IDENTITY_HAS_TIME_DATE_STAMP);
	assert_int_equal(id.anomalies, KST_IDENTITY_ANOMALY_HEADER_DIFFERS);
	kst_dump_close(dump);
	container_free(&c);
	unmake(&s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(pieces_64),        cmocka_unit_test(pieces_32),
		cmocka_unit_test(spaces),           cmocka_unit_test(lists),
		cmocka_unit_test(long_path),        cmocka_unit_test(truncation),
		cmocka_unit_test(different_copies), cmocka_unit_test(the_kernel_is_where_the_block_says),
	};

	return RUN_TESTS_AND_ROWS("triage", tests, rows, check_row);
}
