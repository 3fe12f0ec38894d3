/* SPDX-License-Identifier: MIT */
#include "pdb.h"

#include <stdlib.h>

enum { INFO_STREAM = 1, TYPE_STREAM = 2 };

/* The information stream: version, signature, age, GUID. */
#define INFO_AGE  8
#define INFO_GUID 12
#define INFO_SIZE 28

static const struct {
	uint32_t machine, arch, pointer_size;
} machines[] = {
	{ 0x14c, KST_ARCH_X86, 4 },     { 0x8664, KST_ARCH_X64, 8 },
	{ 0xaa64, KST_ARCH_ARM64, 8 },  { 0x1c0, KST_ARCH_UNKNOWN, 4 }, /* ARM */
	{ 0x1c4, KST_ARCH_UNKNOWN, 4 },                                 /* ARM, Thumb-2 */
	{ 0x200, KST_ARCH_UNKNOWN, 8 },                                 /* Itanium */
};

static kst_status pdb_type_size(void *user, const char *type, uint64_t *size_out)
{
	const struct kst_pdb *pdb = user;
	struct kst__udt udt;

	if (pdb == NULL || type == NULL || size_out == NULL)
		return KST_E_ARG;
	if (!kst__pdb_udt(pdb, kst__pdb_find(pdb, kst__name_of(type)), &udt))
		return KST_E_NO_MEMBER;
	*size_out = udt.length;
	return KST_OK;
}

static kst_status pdb_member(void *user, const char *type, const char *path, struct kst_member *out)
{
	const struct kst_pdb *pdb = user;

	if (pdb == NULL || type == NULL || path == NULL || out == NULL)
		return KST_E_ARG;
	if (!kst__out_ok(out->size, sizeof *out))
		return KST_E_ABI;
	return kst__path_resolve(pdb, kst__pdb_place, kst__pdb_find(pdb, kst__name_of(type)), path, out);
}

static void know_machine(struct kst_pdb *pdb)
{
	uint64_t list_entry = 0;

	for (size_t i = 0; i < KST__COUNT(machines); i++) {
		if (machines[i].machine == pdb->info.machine) {
			pdb->info.arch = machines[i].arch;
			pdb->info.pointer_size = machines[i].pointer_size;
			return;
		}
	}
	/* before 2003 the machine was not written: two pointers tell, and 32 bits were x86 */
	if (pdb_type_size(pdb, "_LIST_ENTRY", &list_entry) == KST_OK && (list_entry == 8 || list_entry == 16))
		pdb->info.pointer_size = (uint32_t)list_entry / 2;
	if (pdb->info.machine == 0 && pdb->info.pointer_size == 4)
		pdb->info.arch = KST_ARCH_X86;
}

static kst_status read_identity(struct kst_pdb *pdb, const struct kst__msf *msf, struct kst_error *err)
{
	struct kst__stream info;
	kst_status st = kst__msf_stream(msf, INFO_STREAM, &info, NULL);

	if (st == KST_E_NO_MEMORY)
		return kst__fail(err, st, 0, "out of memory");
	if (st == KST_OK && info.length >= INFO_SIZE) {
		pdb->info.age = kst__le32(info.bytes + INFO_AGE);
		memcpy(pdb->info.guid, info.bytes + INFO_GUID, sizeof pdb->info.guid);
	} else {
		pdb->info.anomalies |= KST_PDB_ANOMALY_STREAM_LOST;
	}
	free(info.bytes);
	return KST_OK;
}

static kst_status read_all(struct kst_pdb *pdb, const struct kst__msf *msf, struct kst_error *err)
{
	kst_status st;

	pdb->info.block_size = msf->block_size;
	st = kst__msf_stream(msf, TYPE_STREAM, &pdb->types, err);
	if (st == KST_E_NO_MEMBER)
		st = kst__fail(err, KST_E_CORRUPT, TYPE_STREAM, "there is no type stream");
	if (st == KST_OK)
		st = kst__pdb_index_types(pdb, err);
	if (st == KST_OK)
		st = read_identity(pdb, msf, err);
	if (st == KST_OK)
		st = kst__pdb_index_symbols(pdb, msf, err);
	if (st == KST_OK)
		know_machine(pdb);
	return st;
}

kst_status kst_pdb_open(const void *bytes, size_t length, struct kst_pdb **out, struct kst_error *err)
{
	struct kst_pdb *pdb;
	struct kst__msf msf;
	kst_status st;

	if (bytes == NULL || out == NULL)
		return kst__fail(err, KST_E_ARG, 0, "no bytes, or no place for the result");
	st = kst__msf_open(&msf, bytes, length, err);
	if (st != KST_OK)
		return st;
	pdb = calloc(1, sizeof *pdb);
	st = pdb == NULL ? kst__fail(err, KST_E_NO_MEMORY, 0, "out of memory") : read_all(pdb, &msf, err);
	kst__msf_close(&msf);
	if (st != KST_OK) {
		kst_pdb_close(pdb);
		return st;
	}
	pdb->ops = (struct kst_types_ops){ sizeof pdb->ops, pdb->info.pointer_size, pdb_type_size, pdb_member,
					   kst__pdb_symbol };
	*out = pdb;
	return KST_OK;
}

void kst_pdb_close(struct kst_pdb *pdb)
{
	if (pdb == NULL)
		return;
	free(pdb->types.bytes);
	free(pdb->symbols.bytes);
	free(pdb->at);
	free(pdb->by_name);
	free(pdb->symbol_by_name);
	free(pdb);
}

const struct kst_types_ops *kst_pdb_types(const struct kst_pdb *pdb)
{
	return pdb == NULL ? NULL : &pdb->ops;
}

kst_status kst_pdb_info(const struct kst_pdb *pdb, struct kst_pdb_info *out)
{
	if (pdb == NULL || out == NULL)
		return KST_E_ARG;
	if (!kst__out_ok(out->size, sizeof *out))
		return KST_E_ABI;
	kst__out_write(out, &pdb->info, sizeof pdb->info);
	return KST_OK;
}

kst_status kst_pdb_type(const struct kst_pdb *pdb, uint32_t index, struct kst_type *out)
{
	struct kst_type ours = { 0 };
	struct kst__udt udt;

	if (pdb == NULL || out == NULL)
		return KST_E_ARG;
	if (!kst__out_ok(out->size, sizeof *out))
		return KST_E_ABI;
	if (index >= pdb->by_name_count || !kst__pdb_udt(pdb, pdb->by_name[index].number, &udt))
		return KST_END;
	ours.kind = udt.kind;
	ours.length = udt.length;
	ours.members = udt.members;
	kst__ascii_text(ours.name, sizeof ours.name, (const uint8_t *)udt.name.text, udt.name.length);
	kst__out_write(out, &ours, sizeof ours);
	return KST_OK;
}

const char *kst_pdb_anomaly_name(uint64_t bit)
{
	static const char *const names[] = { "types-cut", "symbols-cut", "stream-lost", "no-addresses" };

	return kst__bit_name(bit, names, KST__COUNT(names));
}
