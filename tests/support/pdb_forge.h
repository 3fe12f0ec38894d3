/* SPDX-License-Identifier: MIT */
/* PDBs made in code: bytes of records, a container around streams, and one small kernel's worth of types. */
#ifndef KST_TESTS_PDB_FORGE_H
#define KST_TESTS_PDB_FORGE_H

#include "support.h"

#include <stdbool.h>

/* Bytes that grow; little-endian. */
struct forge {
	uint8_t bytes[8192];
	size_t length;
};

void forge_u8(struct forge *f, unsigned value);
void forge_u16(struct forge *f, unsigned value);
void forge_u32(struct forge *f, uint32_t value);
void forge_text(struct forge *f, const char *text); /* with its NUL */
void forge_bytes(struct forge *f, const void *bytes, size_t length);
void forge_set16(struct forge *f, size_t at, unsigned value);
void forge_set32(struct forge *f, size_t at, uint32_t value);

/* A record { u16 length, u16 kind, … }, filled to a multiple of 4: begin, write, end with what begin returned. */
size_t forge_record(struct forge *f, unsigned kind);
void forge_end(struct forge *f, size_t record);

/* One member of a field list. */
void forge_member(struct forge *f, uint32_t type, uint32_t offset, const char *name);
/* A struct, class or union record; property 0x80 makes it a forward reference. */
void forge_struct(struct forge *f, unsigned kind, unsigned property, uint32_t fields, uint32_t size, const char *name);
/* The header of the type stream around records. */
void forge_types(struct forge *out, const struct forge *records, uint32_t first, uint32_t end);

#define FORGE_BLOCK 512

/* A file from streams, its blocks scattered; free() the bytes. */
uint8_t *forge_msf(const struct forge *const *streams, size_t count, size_t *length_out);

/* Which forged kernel. */
enum { FORGE_PLAIN, FORGE_OMAP };
uint8_t *forge_pdb(int which, size_t *length_out);

/* A file around these type records (numbers from 0x1000) with nothing else in it. */
uint8_t *forge_pdb_of_types(const struct forge *records, uint32_t count, size_t *length_out);

#endif
