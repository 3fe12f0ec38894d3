/* SPDX-License-Identifier: MIT */
/* What the tool says of the PDB that a kernel needs, and of types of another build. */
#define _POSIX_C_SOURCE 200809L /* fileno */
#include "../../examples/kstate/kstate.h"
#include "support/image.h"
#include "support/support.h"

#include <unistd.h>

#define BASE 0xfffff80012340000u

static const char identity[] = "0403020106050807090A0B0C0D0E0F10A";

static struct image *forge(bool with_record)
{
	static const uint8_t guid[16] = { 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16 };
	struct image *img = image_new(KST_PAGING_X64);

	image_put16(img, BASE, 0x5a4d);
	image_put32(img, BASE + 0x3c, 0x40);
	image_put32(img, BASE + 0x40, 0x4550);
	image_put16(img, BASE + 0x58, 0x20b);
	image_put32(img, BASE + 0x58 + 56, 0x3000);
	image_put32(img, BASE + 0x58 + 108, with_record ? 16 : 0);
	image_put32(img, BASE + 0x58 + 112 + 48, 0x1000);
	image_put32(img, BASE + 0x58 + 112 + 52, 28);
	image_put32(img, BASE + 0x1000 + 12, 2);
	image_put32(img, BASE + 0x1000 + 16, 24 + 13);
	image_put32(img, BASE + 0x1000 + 20, 0x2000);
	image_put(img, BASE + 0x2000, "RSDS", 4);
	image_put(img, BASE + 0x2004, guid, sizeof guid);
	image_put32(img, BASE + 0x2014, 10);
	image_put(img, BASE + 0x2018, "ntkrnlmp.pdb", 13);
	return img;
}

/* What a call prints on standard error. */
static void catch_errors(const struct session *session, char *text, size_t cap)
{
	FILE *file = tmpfile();
	int before = dup(2);
	size_t n;

	assert_non_null(file);
	assert_true(before >= 0);
	fflush(stderr);
	dup2(fileno(file), 2);
	warn_of_other_types(session);
	fflush(stderr);
	dup2(before, 2);
	close(before);
	rewind(file);
	n = fread(text, 1, cap - 1, file);
	text[n] = '\0';
	fclose(file);
}

static const struct row {
	const char *name;
	const char *layout; /* its name */
	bool with_record;
	const char *warning;
} rows[] = {
	{ "the right PDB", "pdb 0403020106050807090A0B0C0D0E0F10A", true, "" },
	{ "the right ISF file", "isf 0403020106050807090A0B0C0D0E0F10A", true, "" },
	{ "another age", "pdb 0403020106050807090A0B0C0D0E0F101", true,
	  "kstate: warning: types of 0403020106050807090A0B0C0D0E0F101, but this kernel needs ntkrnlmp.pdb "
	  "0403020106050807090A0B0C0D0E0F10A\n" },
	{ "a table has no identity", "layout.tsv", true, "" },
	{ "a kernel that does not tell", "pdb 0403020106050807090A0B0C0D0E0F101", false, "" },
};

/* A layout of a name: types that know nothing. */
static kst_status no_size(void *user, const char *type, uint64_t *size_out)
{
	(void)user;
	(void)type;
	(void)size_out;
	return KST_E_NO_MEMBER;
}

static kst_status no_member(void *user, const char *type, const char *path, struct kst_member *out)
{
	(void)user;
	(void)type;
	(void)path;
	(void)out;
	return KST_E_NO_MEMBER;
}

static void check_row(void **state)
{
	const struct row *row = *state;
	struct kst_types_ops none = { sizeof none, 8, no_size, no_member, NULL };
	struct image *img = forge(row->with_record);
	struct session session = { .identity.size = sizeof session.identity };
	struct kernel_pdb pdb = { "", "" };
	char text[256];

	assert_int_equal(kst_layout_from_types(&none, NULL, row->layout, &session.layout, NULL), KST_OK);
	session.identity.present = KST_IDENTITY_HAS_KERNEL_BASE;
	session.identity.kernel_base = BASE;
	session.target = image_target(img, NULL);
	assert_int_equal(find_kernel_pdb(&session, &pdb), row->with_record);
	assert_string_equal(pdb.identity, row->with_record ? identity : "");
	assert_string_equal(pdb.name, row->with_record ? "ntkrnlmp.pdb" : "");
	catch_errors(&session, text, sizeof text);
	assert_string_equal(text, row->warning);
	kst_layout_destroy(session.layout);
	image_free(img);
}

int main(void)
{
	return RUN_ROWS("layout file", rows, check_row);
}
