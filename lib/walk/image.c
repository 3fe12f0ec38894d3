/* SPDX-License-Identifier: MIT */
/*
 * An image's header and the identity of its PDB. Offsets are those of the PE format and of the RSDS record; they do not
 * move between versions of Windows.
 */
#include "target.h"

#include <kstate/image.h>

#define DOS_NEW_HEADER   0x3c
#define NEW_HEADER_MOST  0x10000u
#define NT_MACHINE       4
#define NT_STAMP         8
#define NT_OPTIONAL      24
#define OPTIONAL_SIZE    56 /* SizeOfImage */
#define OPTIONAL_DIRS_32 92 /* how many directories; they follow */
#define OPTIONAL_DIRS_64 108
#define DIRECTORY_BYTES  8
#define DIRECTORY_DEBUG  6
#define DEBUG_BYTES      28 /* one entry of the debug directory */
#define DEBUG_TYPE       12
#define DEBUG_SIZE       16
#define DEBUG_ADDRESS    20
#define DEBUG_MOST       32
#define TYPE_CODEVIEW    2
#define RSDS_BYTES       24 /* signature, GUID, age; the name follows */
#define NAME_MOST        256

struct image {
	const struct kst_target *target;
	kst_space space;
	struct kst_image out;
	kst_status failure; /* of the host: it must not pass as absence */
	struct kst_error error;
};

static kst_status noted(struct image *im, kst_status st)
{
	if (st != KST_OK && st != KST_E_FAULT)
		im->failure = st;
	return st;
}

/* A number in the image. */
static kst_status number(struct image *im, uint64_t at, size_t width, uint64_t *out)
{
	return noted(im, kst__read_number(im->target, im->space, im->out.base + at, width, out, &im->error));
}

static bool in_image(struct image *im, uint64_t at, uint64_t length)
{
	if (at != 0 && kst__within(at, length, im->out.size_of_image))
		return true;
	im->out.anomalies |= KST_IMAGE_ANOMALY_RANGE;
	return false;
}

static kst_status not_an_image(struct image *im)
{
	return kst__fail(&im->error, KST_E_CORRUPT, im->out.base, "no image header at that address");
}

/* The header; *directory is where the debug directory is described, 0 when there is none. */
static kst_status read_header(struct image *im, uint64_t *directory)
{
	uint64_t dos = 0, at = 0, nt = 0, machine = 0, stamp = 0, magic = 0, size = 0, dirs = 0, count = 0;
	kst_status st = number(im, 0, 2, &dos);

	if (st == KST_OK)
		st = number(im, DOS_NEW_HEADER, 4, &at);
	if (st == KST_OK && (dos != 0x5a4d || at > NEW_HEADER_MOST))
		return not_an_image(im);
	if (st == KST_OK)
		st = number(im, at, 4, &nt);
	if (st == KST_OK && nt != 0x4550)
		return not_an_image(im);
	if (st == KST_OK)
		st = number(im, at + NT_MACHINE, 2, &machine);
	if (st == KST_OK)
		st = number(im, at + NT_STAMP, 4, &stamp);
	at += NT_OPTIONAL;
	if (st == KST_OK)
		st = number(im, at, 2, &magic);
	if (st == KST_OK && magic != 0x10b && magic != 0x20b)
		return not_an_image(im);
	dirs = at + (magic == 0x10b ? OPTIONAL_DIRS_32 : OPTIONAL_DIRS_64);
	if (st == KST_OK)
		st = number(im, at + OPTIONAL_SIZE, 4, &size);
	if (st == KST_OK)
		st = number(im, dirs, 4, &count);
	if (st != KST_OK)
		return st;
	im->out.machine = (uint32_t)machine;
	im->out.time_date_stamp = (uint32_t)stamp;
	im->out.size_of_image = (uint32_t)size;
	im->out.present |= KST_IMAGE_HAS_HEADER;
	*directory = count > DIRECTORY_DEBUG ? dirs + 4 + DIRECTORY_DEBUG * DIRECTORY_BYTES : 0;
	return KST_OK;
}

/* The file name at the end of a path. */
static void read_name(struct image *im, uint64_t at, uint64_t length)
{
	uint8_t text[NAME_MOST];
	size_t want = length < sizeof text ? (size_t)length : sizeof text;
	size_t got = 0, end = 0, start = 0;

	noted(im, kst_read(im->target, im->space, im->out.base + at, text, want, &got, &im->error));
	while (end < got && text[end] != 0) {
		if (text[end] == '\\' || text[end] == '/')
			start = end + 1;
		end++;
	}
	if (end == got || end - start >= sizeof im->out.pdb_name)
		im->out.anomalies |= KST_IMAGE_ANOMALY_NAME_CUT;
	if (end == start)
		return;
	kst__ascii_text(im->out.pdb_name, sizeof im->out.pdb_name, text + start, end - start);
	im->out.present |= KST_IMAGE_HAS_NAME;
}

/* The record that one entry of the debug directory names; true when it identifies a PDB. */
static bool read_record(struct image *im, uint64_t entry)
{
	uint8_t head[RSDS_BYTES];
	uint64_t type = 0, size = 0, at = 0;
	kst_status st;

	if (number(im, entry + DEBUG_TYPE, 4, &type) != KST_OK || type != TYPE_CODEVIEW ||
	    number(im, entry + DEBUG_SIZE, 4, &size) != KST_OK || number(im, entry + DEBUG_ADDRESS, 4, &at) != KST_OK ||
	    size < RSDS_BYTES || !in_image(im, at, size))
		return false;
	st = noted(im, kst__read(im->target, im->space, im->out.base + at, head, sizeof head, &im->error));
	if (st != KST_OK || memcmp(head, "RSDS", 4) != 0)
		return false;
	memcpy(im->out.pdb_guid, head + 4, sizeof im->out.pdb_guid);
	im->out.pdb_age = kst__le32(head + 20);
	im->out.present |= KST_IMAGE_HAS_PDB;
	read_name(im, at + RSDS_BYTES, size - RSDS_BYTES);
	return true;
}

static void read_debug(struct image *im, uint64_t directory)
{
	uint64_t at = 0, size = 0, count;

	if (number(im, directory, 4, &at) != KST_OK || number(im, directory + 4, 4, &size) != KST_OK ||
	    (at == 0 && size == 0) || !in_image(im, at, size))
		return;
	count = size / DEBUG_BYTES;
	if (count > DEBUG_MOST) {
		count = DEBUG_MOST;
		im->out.anomalies |= KST_IMAGE_ANOMALY_CLAMPED;
	}
	for (uint64_t i = 0; i < count && im->failure == KST_OK; i++)
		if (read_record(im, at + i * DEBUG_BYTES))
			return;
}

kst_status kst_image_read(const struct kst_target *target, kst_space space, uint64_t base, struct kst_image *out,
			  struct kst_error *err)
{
	struct image im = { target, space, { 0 }, KST_OK, { .size = sizeof im.error } };
	uint64_t directory = 0;
	kst_status st;

	if (target == NULL || out == NULL)
		return kst__fail(err, KST_E_ARG, base, "no target, or no place for the result");
	if (!kst__out_ok(out->size, sizeof *out))
		return kst__fail(err, KST_E_ABI, base, "kst_image.size is not known");
	if (base > UINT64_MAX - UINT32_MAX) /* no image is larger: from here on nothing wraps */
		return kst__fail(err, KST_E_FAULT, base, "no image fits at that address");
	im.out.base = base;
	st = read_header(&im, &directory);
	if (st == KST_OK && directory != 0)
		read_debug(&im, directory);
	if (st == KST_OK)
		st = im.failure;
	if (st == KST_OK)
		kst__out_write(out, &im.out, sizeof im.out);
	else if (err != NULL && kst__out_ok(err->size, sizeof *err))
		kst__out_write(err, &im.error, sizeof im.error);
	return st;
}

const char *kst_image_anomaly_name(uint64_t bit)
{
	static const char *const names[] = { "range", "clamped", "name-cut" };

	return kst__bit_name(bit, names, KST__COUNT(names));
}
