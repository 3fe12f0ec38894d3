/* SPDX-License-Identifier: MIT */
/* A layout from a file of any format that is known, told apart by content. */
#include "kstate.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

/* Larger than any PDB or symbol table of a kernel; private PDBs of other programs reach 1 GiB. */
#define FILE_MOST 0x40000000u

static void *read_file(const char *path, size_t *length_out)
{
	FILE *file = fopen(path, "rb");
	size_t room = 0x100000, used = 0;
	uint8_t *bytes = NULL;

	if (file == NULL) {
		fprintf(stderr, "kstate: cannot open %s: %s\n", path, strerror(errno));
		return NULL;
	}
	for (;;) {
		uint8_t *more = room > FILE_MOST ? NULL : realloc(bytes, room);

		if (more == NULL) {
			fprintf(stderr, "kstate: %s is too large for a layout file\n", path);
			break;
		}
		bytes = more;
		used += fread(bytes + used, 1, room - used, file);
		if (used < room) {
			if (ferror(file) != 0) {
				fprintf(stderr, "kstate: cannot read %s: %s\n", path, strerror(errno));
				break;
			}
			fclose(file);
			*length_out = used;
			return bytes;
		}
		room *= 2;
	}
	fclose(file);
	free(bytes);
	return NULL;
}

static struct kst_layout *from_tsv(const char *path)
{
	struct kst_error error = { .size = sizeof error };
	struct kst_layout *layout = NULL;
	char message[160] = "";
	struct tsv *tsv = tsv_load(path, message, sizeof message);
	kst_status status;

	if (tsv == NULL) {
		fprintf(stderr, "kstate: %s: not a PDB (MSF 7.00), ISF (.json, .json.xz) or layout table: %s\n", path,
			message);
		return NULL;
	}
	status = kst_layout_from_types(tsv_ops(tsv), tsv, path, &layout, &error);
	tsv_free(tsv);
	if (status != KST_OK)
		complain(path, status, &error);
	return layout;
}

static bool begins(const uint8_t *bytes, size_t length, const char *with, size_t n)
{
	return length >= n && memcmp(bytes, with, n) == 0;
}

/* Types of another architecture would only mislead. */
static struct kst_layout *only_if_fits(struct kst_layout *layout, const char *path, uint32_t arch)
{
	struct kst_layout_info info = { .size = sizeof info };

	if (layout == NULL || arch == KST_ARCH_UNKNOWN || kst_layout_info(layout, &info) != KST_OK)
		return layout;
	if ((info.arch == KST_ARCH_UNKNOWN || info.arch == arch) && info.pointer_size == (arch == KST_ARCH_X86 ? 4 : 8))
		return layout;
	fprintf(stderr, "kstate: %s: describes %s with %" PRIu32 "-byte pointers, but the source is %s\n", path,
		info.arch == KST_ARCH_UNKNOWN ? "a kernel" : kst_arch_name(info.arch), info.pointer_size,
		kst_arch_name(arch));
	kst_layout_destroy(layout);
	return NULL;
}

struct kst_layout *layout_from_file(const char *path, uint32_t arch)
{
	struct kst_error error = { .size = sizeof error };
	struct kst_layout *layout = NULL;
	kst_status status;
	size_t length = 0, text = 0;
	uint8_t *bytes = read_file(path, &length);

	if (bytes == NULL)
		return NULL;
	while (text < length && strchr(" \t\r\n", bytes[text]) != NULL && bytes[text] != '\0')
		text++;
	if (begins(bytes, length, "Microsoft C/C++ ", 16)) {
		status = kst_layout_from_pdb(bytes, length, &layout, &error);
	} else if (begins(bytes, length,
			  "\xfd"
			  "7zXZ",
			  6) ||
		   (text < length && bytes[text] == '{')) {
		status = kst_layout_from_isf(bytes, length, &layout, &error);
	} else {
		free(bytes);
		return only_if_fits(from_tsv(path), path, arch);
	}
	free(bytes);
	if (status != KST_OK)
		complain(path, status, &error);
	return only_if_fits(layout, path, arch);
}

bool find_kernel_pdb(const struct session *session, struct kernel_pdb *out)
{
	struct kst_image image = { .size = sizeof image };
	const uint8_t *g = image.pdb_guid;

	if (session->target == NULL || (session->identity.present & KST_IDENTITY_HAS_KERNEL_BASE) == 0 ||
	    kst_image_read(session->target, KST_SPACE_KERNEL, session->identity.kernel_base, &image, NULL) != KST_OK ||
	    (image.present & KST_IMAGE_HAS_PDB) == 0)
		return false;
	snprintf(out->name, sizeof out->name, "%s", image.pdb_name);
	/* as symbol servers write it: the first three parts of the GUID are little-endian numbers */
	snprintf(out->identity, sizeof out->identity,
		 "%02X%02X%02X%02X%02X%02X%02X%02X%02X%02X%02X%02X%02X%02X%02X%02X%" PRIX32, g[3], g[2], g[1], g[0],
		 g[5], g[4], g[7], g[6], g[8], g[9], g[10], g[11], g[12], g[13], g[14], g[15], image.pdb_age);
	return true;
}

void warn_of_other_types(const struct session *session)
{
	struct kst_layout_info info = { .size = sizeof info };
	struct kernel_pdb pdb;

	/* a layout from a PDB or ISF file carries the identity in its name: "pdb GUIDage" */
	if (session->layout == NULL || kst_layout_info(session->layout, &info) != KST_OK ||
	    (strncmp(info.name, "pdb ", 4) != 0 && strncmp(info.name, "isf ", 4) != 0) ||
	    !find_kernel_pdb(session, &pdb) || strcmp(info.name + 4, pdb.identity) == 0)
		return;
	fprintf(stderr, "kstate: warning: types of %s, but this kernel needs %s %s\n", info.name + 4, pdb.name,
		pdb.identity);
}
