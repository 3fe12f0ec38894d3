/* SPDX-License-Identifier: MIT */
#include "pdb_forge.h"

#include <stdlib.h>

void forge_bytes(struct forge *f, const void *bytes, size_t length)
{
	assert_true(length <= sizeof f->bytes - f->length);
	memcpy(f->bytes + f->length, bytes, length);
	f->length += length;
}

void forge_u8(struct forge *f, unsigned value)
{
	uint8_t byte = (uint8_t)value;

	forge_bytes(f, &byte, 1);
}

void forge_u16(struct forge *f, unsigned value)
{
	forge_u8(f, value & 0xff);
	forge_u8(f, value >> 8 & 0xff);
}

void forge_u32(struct forge *f, uint32_t value)
{
	forge_u16(f, value & 0xffff);
	forge_u16(f, value >> 16);
}

void forge_text(struct forge *f, const char *text)
{
	forge_bytes(f, text, strlen(text) + 1);
}

void forge_set16(struct forge *f, size_t at, unsigned value)
{
	f->bytes[at] = (uint8_t)value;
	f->bytes[at + 1] = (uint8_t)(value >> 8);
}

void forge_set32(struct forge *f, size_t at, uint32_t value)
{
	forge_set16(f, at, value & 0xffff);
	forge_set16(f, at + 2, value >> 16);
}

size_t forge_record(struct forge *f, unsigned kind)
{
	size_t at = f->length;

	forge_u16(f, 0);
	forge_u16(f, kind);
	return at;
}

/* Fill bytes of type records count down to the boundary. */
static void pad(struct forge *f)
{
	while (f->length % 4 != 0)
		forge_u8(f, 0xf0 + (unsigned)(4 - f->length % 4));
}

void forge_end(struct forge *f, size_t record)
{
	pad(f);
	forge_set16(f, record, (unsigned)(f->length - record - 2));
}

void forge_member(struct forge *f, uint32_t type, uint32_t offset, const char *name)
{
	forge_u16(f, 0x150d);
	forge_u16(f, 3); /* public */
	forge_u32(f, type);
	if (offset >= 0x8000) {
		forge_u16(f, 0x8004); /* an unsigned long follows */
		forge_u32(f, offset);
	} else {
		forge_u16(f, offset);
	}
	forge_text(f, name);
	pad(f);
}

void forge_struct(struct forge *f, unsigned kind, unsigned property, uint32_t fields, uint32_t size, const char *name)
{
	size_t record = forge_record(f, kind);

	forge_u16(f, 1);
	forge_u16(f, property);
	forge_u32(f, fields);
	if (kind != 0x1506) {
		forge_u32(f, 0);
		forge_u32(f, 0);
	}
	forge_u16(f, size);
	forge_text(f, name);
	forge_end(f, record);
}

void forge_types(struct forge *out, const struct forge *records, uint32_t first, uint32_t end)
{
	out->length = 0;
	forge_u32(out, 20040203);
	forge_u32(out, 56);
	forge_u32(out, first);
	forge_u32(out, end);
	forge_u32(out, (uint32_t)records->length);
	while (out->length < 56)
		forge_u32(out, 0);
	forge_bytes(out, records->bytes, records->length);
}

static uint32_t blocks_of(size_t length)
{
	return (uint32_t)((length + FORGE_BLOCK - 1) / FORGE_BLOCK);
}

/*
 * Block 0 is the superblock, 1 and 2 the free maps, 3 the directory's map, 4 the directory (here always one block); the
 * streams' blocks follow from the last to the first, so that no stream lies in one piece.
 */
uint8_t *forge_msf(const struct forge *const *streams, size_t count, size_t *length_out)
{
	static const char magic[32] = "Microsoft C/C++ MSF 7.00\r\n\x1a"
				      "DS";
	struct forge head = { .length = 0 }, directory = { .length = 0 };
	uint32_t total = 5, next;
	uint8_t *file;

	for (size_t i = 0; i < count; i++)
		total += blocks_of(streams[i]->length);
	next = total;
	file = calloc(total, FORGE_BLOCK);
	assert_non_null(file);
	forge_u32(&directory, (uint32_t)count);
	for (size_t i = 0; i < count; i++)
		forge_u32(&directory, (uint32_t)streams[i]->length);
	for (size_t i = 0; i < count; i++) {
		for (size_t at = 0; at < streams[i]->length; at += FORGE_BLOCK) {
			size_t n = streams[i]->length - at;

			forge_u32(&directory, --next);
			memcpy(file + (size_t)next * FORGE_BLOCK, streams[i]->bytes + at,
			       n < FORGE_BLOCK ? n : FORGE_BLOCK);
		}
	}
	assert_true(directory.length <= FORGE_BLOCK);
	forge_bytes(&head, magic, sizeof magic);
	forge_u32(&head, FORGE_BLOCK);
	forge_u32(&head, 1);
	forge_u32(&head, total);
	forge_u32(&head, (uint32_t)directory.length);
	forge_u32(&head, 0);
	forge_u32(&head, 3);
	memcpy(file, head.bytes, head.length);
	file[3 * FORGE_BLOCK] = 4;
	memcpy(file + (size_t)4 * FORGE_BLOCK, directory.bytes, directory.length);
	*length_out = (size_t)total * FORGE_BLOCK;
	return file;
}

enum { FORWARD = 0x80, STRUCT = 0x1505, UNION = 0x1506, FIELDS = 0x1203, ULONG = 0x22, PVOID = 0x403 };

static void bit_field(struct forge *f, uint32_t type, unsigned length, unsigned position)
{
	size_t record = forge_record(f, 0x1205);

	forge_u32(f, type);
	forge_u8(f, length);
	forge_u8(f, position);
	forge_end(f, record);
}

/* Every entry that a field list can hold and that is no member; a reader has to step over each. */
static void other_entries(struct forge *f)
{
	static const struct {
		uint16_t kind, attributes;
		uint8_t words; /* of 32 bits after the attributes */
		bool named;
	} others[] = {
		{ 0x1409, 0, 1, false }, { 0x1510, 0, 1, true },    { 0x150e, 3, 1, true },  { 0x150f, 2, 1, true },
		{ 0x1511, 3, 1, true },  { 0x1511, 0x13, 2, true }, { 0x140c, 0, 2, false }, { 0x140a, 0, 1, false },
		{ 0x1512, 0, 1, true },  { 0x150c, 0, 1, true },
	};

	for (size_t i = 0; i < sizeof others / sizeof others[0]; i++) {
		forge_u16(f, others[i].kind);
		forge_u16(f, others[i].attributes);
		for (int k = 0; k < others[i].words; k++)
			forge_u32(f, 0x1000);
		if (others[i].named)
			forge_text(f, "Other");
		pad(f);
	}
	forge_u16(f, 0x1401); /* a virtual base class with two places */
	forge_u16(f, 3);
	forge_u32(f, 0x1000);
	forge_u32(f, PVOID);
	forge_u16(f, 4);
	forge_u16(f, 0x8003);
	forge_u32(f, 0xfffffffc);
	pad(f);
	forge_u16(f, 0x1502); /* an enumerator with a negative value */
	forge_u16(f, 3);
	forge_u16(f, 0x8000);
	forge_u8(f, 0xff);
	forge_text(f, "Other");
	pad(f);
}

/* Type records from 0x1000; returns the number after the last one. */
static uint32_t kernel_types(struct forge *f)
{
	size_t record;

	record = forge_record(f, FIELDS); /* 1000 */
	forge_member(f, PVOID, 0, "Flink");
	forge_member(f, PVOID, 4, "Blink");
	forge_end(f, record);
	forge_struct(f, STRUCT, 0, 0x1000, 8, "_LIST_ENTRY"); /* 1001 */
	bit_field(f, 0x21, 9, 0);                             /* 1002 */
	bit_field(f, 0x21, 7, 9);                             /* 1003 */
	record = forge_record(f, FIELDS);                     /* 1004 */
	forge_member(f, 0x1002, 0, "PreviousSize");
	forge_member(f, 0x1003, 0, "PoolIndex");
	forge_member(f, 0x1002, 2, "BlockSize");
	forge_member(f, ULONG, 4, "PoolTag");
	forge_end(f, record);
	forge_struct(f, STRUCT, 0, 0x1004, 8, "_POOL_HEADER"); /* 1005 */
	forge_struct(f, STRUCT, FORWARD, 0, 0, "_MMPFNENTRY"); /* 1006 */
	record = forge_record(f, FIELDS);                      /* 1007 */
	forge_member(f, 0x1006, 0, "e1");
	forge_member(f, ULONG, 0, "e2");
	forge_end(f, record);
	forge_struct(f, UNION, 0, 0x1007, 4, "__unnamed"); /* 1008 */
	record = forge_record(f, FIELDS);                  /* 1009 */
	forge_member(f, ULONG, 0, "u1");
	forge_member(f, 0x1008, 0xc, "u3");
	forge_end(f, record);
	forge_struct(f, STRUCT, 0, 0x1009, 0x18, "_MMPFN"); /* 100a */
	bit_field(f, 0x100c, 3, 8);                         /* 100b */
	record = forge_record(f, 0x1001);                   /* 100c: volatile */
	forge_u32(f, ULONG);
	forge_u16(f, 2);
	forge_end(f, record);
	record = forge_record(f, FIELDS); /* 100d */
	forge_member(f, 0x100b, 0, "PageLocation");
	forge_end(f, record);
	forge_struct(f, STRUCT, 0, 0x100d, 4, "_MMPFNENTRY"); /* 100e */
	record = forge_record(f, 0x1503);                     /* 100f: two list heads */
	forge_u32(f, 0x1001);
	forge_u32(f, ULONG);
	forge_u16(f, 16);
	forge_text(f, "");
	forge_end(f, record);
	record = forge_record(f, 0x1507); /* 1010 */
	forge_u16(f, 0);
	forge_u16(f, 0);
	forge_u32(f, 0x74);
	forge_u32(f, 0);
	forge_text(f, "_MODE");
	forge_end(f, record);
	record = forge_record(f, 0x1002); /* 1011: a 32-bit pointer to _LIST_ENTRY that does not state its size */
	forge_u32(f, 0x1001);
	forge_u32(f, 0xa);
	forge_end(f, record);
	record = forge_record(f, FIELDS); /* 1012: where _EPROCESS goes on */
	forge_member(f, 0x1001, 0x88, "ActiveProcessLinks");
	forge_member(f, 0x100f, 0x90, "Heads");
	forge_member(f, 0x1010, 0xa0, "Mode");
	forge_member(f, 0x1011, 0xa4, "Next");
	forge_member(f, 0x1013, 0xa8, "");
	forge_member(f, 0x1016, 0xb0, "Empty");
	forge_member(f, 0x22, 0x8004, "Far");
	forge_end(f, record);
	forge_struct(f, UNION, FORWARD, 0, 0, "<unnamed-tag>"); /* 1013 */
	record = forge_record(f, FIELDS);                       /* 1014 */
	forge_u16(f, 0x1400);                                   /* the base class */
	forge_u16(f, 3);
	forge_u32(f, 0x1018);
	forge_u16(f, 0);
	pad(f);
	other_entries(f);
	forge_member(f, PVOID, 0x84, "UniqueProcessId");
	forge_u16(f, 0x1404);
	forge_u16(f, 0);
	forge_u32(f, 0x1012);
	forge_end(f, record);
	forge_struct(f, STRUCT, 0, 0x1014, 0x260, "_EPROCESS"); /* 1015 */
	record = forge_record(f, 0x1503);                       /* 1016: no elements */
	forge_u32(f, 0x1001);
	forge_u32(f, ULONG);
	forge_u16(f, 0);
	forge_text(f, "");
	forge_end(f, record);
	record = forge_record(f, FIELDS); /* 1017 */
	forge_member(f, ULONG, 0x18, "DirectoryTableBase");
	forge_end(f, record);
	forge_struct(f, 0x1504, 0, 0x1017, 0x6c, "_KPROCESS"); /* 1018 */
	record = forge_record(f, FIELDS);                      /* 1019 */
	forge_member(f, ULONG, 0, "AsUlong");
	forge_member(f, ULONG, 4, "InUnion");
	forge_end(f, record);
	forge_struct(f, UNION, 0, 0x1019, 8, "<unnamed-tag>"); /* 101a */
	record = forge_record(f, 0x1201);                      /* 101b: an argument list, of no interest */
	forge_u32(f, 0);
	forge_end(f, record);
	record = forge_record(f, 0x1203); /* 101c: counted names, as compilers before 2002 wrote them */
	forge_u16(f, 0x1405);
	forge_u16(f, 3);
	forge_u32(f, ULONG);
	forge_u16(f, 4);
	forge_bytes(f, "\3Old", 4);
	pad(f);
	forge_end(f, record);
	record = forge_record(f, 0x1005); /* 101d */
	forge_u16(f, 1);
	forge_u16(f, 0);
	forge_u32(f, 0x101c);
	forge_u32(f, 0);
	forge_u32(f, 0);
	forge_u16(f, 8);
	forge_bytes(f, "\4_OLD", 5);
	forge_end(f, record);
	record = forge_record(f, 0x1609); /* 101e: a promise as the newest compilers write it, with a decorated name */
	forge_u32(f, FORWARD | 0x200);
	forge_u32(f, 0);
	forge_u32(f, 0);
	forge_u32(f, 0);
	forge_u16(f, 0);
	forge_u16(f, 0);
	forge_text(f, "_NEW");
	forge_text(f, ".?AU_NEW@@");
	forge_end(f, record);
	record = forge_record(f, FIELDS); /* 101f */
	forge_member(f, 0x101e, 8, "Nested");
	forge_member(f, ULONG, 4, "Plain");
	forge_end(f, record);
	record = forge_record(f, 0x1609); /* 1020: another type with that name */
	forge_u32(f, 0x200);
	forge_u32(f, 0x1017);
	forge_u32(f, 0);
	forge_u32(f, 0);
	forge_u16(f, 1);
	forge_u16(f, 0x20);
	forge_text(f, "_NEW");
	forge_text(f, ".?AU_NEW@other@@");
	forge_end(f, record);
	record = forge_record(f, 0x1609); /* 1021: what was promised */
	forge_u32(f, 0x200);
	forge_u32(f, 0x1000);
	forge_u32(f, 0);
	forge_u32(f, 0);
	forge_u16(f, 2);
	forge_u16(f, 0x8002); /* a size that needs a number of its own */
	forge_u16(f, 0x9000);
	forge_text(f, "_NEW");
	forge_text(f, ".?AU_NEW@@");
	forge_end(f, record);
	forge_struct(f, STRUCT, 0, 0x101f, 0x10, "_HOLDER"); /* 1022 */
	return 0x1023;
}

static void symbol(struct forge *f, unsigned kind, unsigned segment, uint32_t offset, const char *name)
{
	size_t record = forge_record(f, kind);

	forge_u32(f, 0);
	forge_u32(f, offset);
	forge_u16(f, segment);
	forge_text(f, name);
	while (f->length % 4 != 0)
		forge_u8(f, 0);
	forge_set16(f, record, (unsigned)(f->length - record - 2));
}

static void section(struct forge *f, uint32_t address)
{
	static const uint8_t rest[24] = { 0 };

	forge_bytes(f, ".section", 8);
	forge_u32(f, 0x1000);
	forge_u32(f, address);
	forge_bytes(f, rest, sizeof rest);
}

/* Numbers of the forged streams; 0 to 3 are given by the format. */
enum { S_OLD, S_INFO, S_TYPES, S_DEBUG, S_SYMBOLS, S_SECTIONS, S_ORIGINAL, S_MAP, S_COUNT };

static void debug_stream(struct forge *f, bool omap)
{
	forge_u32(f, 0xffffffff);
	forge_u32(f, 19990903);
	forge_u32(f, 7); /* age */
	while (f->length < 64)
		forge_u32(f, 0);
	forge_set16(f, 20, S_SYMBOLS);
	forge_set32(f, 24, 4); /* one word of module information, to be stepped over */
	forge_set32(f, 48, 22);
	forge_set16(f, 58, 0x14c);
	forge_u32(f, 0);
	for (unsigned i = 0; i < 11; i++)
		forge_u16(f, i == 5 ? S_SECTIONS : omap && i == 10 ? S_ORIGINAL : omap && i == 4 ? S_MAP : 0xffff);
}

uint8_t *forge_pdb(int which, size_t *length_out)
{
	static struct forge s[S_COUNT], records;
	const struct forge *streams[S_COUNT];
	bool omap = which == FORGE_OMAP;
	uint32_t end;

	memset(s, 0, sizeof s);
	memset(&records, 0, sizeof records);
	for (size_t i = 0; i < S_COUNT; i++)
		streams[i] = &s[i];
	forge_u32(&s[S_INFO], 20000404);
	forge_u32(&s[S_INFO], 0);
	forge_u32(&s[S_INFO], 1);
	for (unsigned i = 0; i < 16; i++)
		forge_u8(&s[S_INFO], 0x10 + i);
	end = kernel_types(&records);
	forge_types(&s[S_TYPES], &records, 0x1000, end);
	debug_stream(&s[S_DEBUG], omap);
	symbol(&s[S_SYMBOLS], 0x110e, 2, 0x158, "_PsActiveProcessHead");
	symbol(&s[S_SYMBOLS], 0x110d, 1, 0x20, "PsLoadedModuleList");
	symbol(&s[S_SYMBOLS], 0x110c, 1, 0x24, "local");
	symbol(&s[S_SYMBOLS], 0x1125, 1, 0x28, "Procedure"); /* a reference to a procedure: another kind */
	symbol(&s[S_SYMBOLS], 0x110e, 9, 0, "_NoSuchSection");
	symbol(&s[S_SYMBOLS], 0x110e, 0, 0x2a, "_Absolute");
	symbol(&s[S_SYMBOLS], 0x110e, 1, 0x800, "_Removed");
	section(&s[S_SECTIONS], omap ? 0x9000 : 0x1000);
	section(&s[S_SECTIONS], omap ? 0x9000 : 0x83000);
	if (omap) {
		section(&s[S_ORIGINAL], 0x1000);
		section(&s[S_ORIGINAL], 0x83000);
		static const uint32_t map[][2] = {
			{ 0x1000, 0x5000 },   { 0x1800, 0 },        { 0x83000, 0x20000 },
			{ 0x83100, 0x21000 }, { 0x84000, 0x22000 },
		};
		for (size_t i = 0; i < sizeof map / sizeof map[0]; i++) {
			forge_u32(&s[S_MAP], map[i][0]);
			forge_u32(&s[S_MAP], map[i][1]);
		}
	}
	return forge_msf(streams, S_COUNT, length_out);
}

uint8_t *forge_pdb_of_types(const struct forge *records, uint32_t count, size_t *length_out)
{
	static struct forge types;
	static const struct forge nothing = { .length = 0 };
	const struct forge *streams[] = { &nothing, &nothing, &types };

	forge_types(&types, records, 0x1000, 0x1000 + count);
	return forge_msf(streams, 3, length_out);
}
