/* SPDX-License-Identifier: MIT */
/*
 * Two made-up dumps with published values, which check_memory.py prints and compares: the counters of a Windows Server 2008
 * (6001, x86, PAE) and a control area of a Windows 7 (7600, x64). usage: forge_memory vm|ca FILE
 */
#include "support/container.h"
#include "support/support.h"

#include <stdio.h>
#include <stdlib.h>

#define GLOBALS 0x81d00000u /* check_memory.py tells the tool where each is */
#define FILES   0x84000000u
#define AREA    0xfffffa8003c2c770u
#define SEGMENT 0xfffff8a00f39d190u
#define OBJECT  0xfffffa800593dc40u

static struct kst_layout *layout;

static struct image *counters(void)
{
	static const uint32_t values[] = { 130724,        61283,          106796, 427195, 2429,          2424, 3870,
					   95231u * 4096, 5915,           5539,   1629,   5922,          1801, 59129,
					   382336,        523264u * 4096, 1,      FILES,  FILES + 0x1000 };
	struct image *img = image_new(KST_PAGING_PAE);

	layout = layout_builtin(KST_ARCH_X86, 6001, 0);
	for (uint32_t i = 0; i < sizeof values / sizeof values[0]; i++)
		image_put32(img, GLOBALS + i * 0x40, values[i]);
	image_put_member(img, layout, FILES, "_MMPAGING_FILE", "Size", 1048576 / 4);
	image_put_member(img, layout, FILES, "_MMPAGING_FILE", "FreeSpace", 1048572 / 4);
	image_put_member(img, layout, FILES, "_MMPAGING_FILE", "MinimumSize", 1048576 / 4);
	image_put_member(img, layout, FILES, "_MMPAGING_FILE", "MaximumSize", 4194304 / 4);
	image_put_string(img, FILES + 0x24, FILES + 0x200, "\\??\\C:\\pagefile.sys");
	image_put_member(img, layout, FILES + 0x1000, "_PHYSICAL_MEMORY_DESCRIPTOR", "NumberOfRuns", 2);
	image_put32(img, FILES + 0x1008, 1);
	image_put32(img, FILES + 0x100c, 0x9e);
	image_put32(img, FILES + 0x1010, 0x100);
	image_put32(img, FILES + 0x1014, 0x1fe06);
	image_identity(img)->build = 6001;
	return img;
}

static struct image *control_area(void)
{
	static const struct {
		const char *type, *path;
		uint64_t object, value;
	} rows[] = {
		{ "_CONTROL_AREA", "Segment", AREA, SEGMENT },
		{ "_CONTROL_AREA", "NumberOfPfnReferences", AREA, 1 },
		{ "_CONTROL_AREA", "u.LongFlags", AREA, 0x4080 },
		{ "_CONTROL_AREA", "FilePointer", AREA, OBJECT | 4 },
		{ "_SEGMENT", "ControlArea", SEGMENT, AREA },
		{ "_SEGMENT", "TotalNumberOfPtes", SEGMENT, 0x9d },
		{ "_SEGMENT", "SizeOfSegment", SEGMENT, 0x9cd10 },
		{ "_SUBSECTION", "ControlArea", AREA + 0x80, AREA },
		{ "_SUBSECTION", "SubsectionBase", AREA + 0x80, 0xfffff8a00a3e2820 },
		{ "_SUBSECTION", "PtesInSubsection", AREA + 0x80, 0x9d },
		{ "_SUBSECTION", "u.LongFlags", AREA + 0x80, 0xd100000d },
	};
	struct image *img = image_new(KST_PAGING_X64);

	layout = layout_builtin(KST_ARCH_X64, 7600, 0);
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
		image_put_member(img, layout, rows[i].object, rows[i].type, rows[i].path, rows[i].value);
	image_put32(img, SEGMENT + 0xc, 0xc0000); /* SegmentFlags, a union of its own */
	image_put64(img, AREA + 8, 0xfffffa8003c2c3f8);
	image_put64(img, AREA + 0x10, 0xfffffa8003c2c3f8);
	image_put64(img, AREA + 0x80 + 0x50, 0xfffffa8003c2c4c0);
	image_put64(img, AREA + 0x80 + 0x58, 0xfffffa8006a1cae0);
	image_put16(img, OBJECT, 5); /* IO_TYPE_FILE */
	image_put16(img, OBJECT + 2, 0xd8);
	image_put_string(img, OBJECT + 0x58, OBJECT + 0x200,
			 "\\Program Files\\Debugging Tools for Windows (x64)\\windbg.exe");
	image_identity(img)->build = 7600;
	return img;
}

int main(int argc, char **argv)
{
	struct image *img = argc == 3 && argv[1][0] == 'v' ? counters() : control_area();
	struct container file;
	FILE *out;

	image_identity(img)->present |= KST_IDENTITY_HAS_BUILD;
	file = container_windows(img, CONTAINER_FULL);
	out = argc == 3 ? fopen(argv[2], "wb") : NULL;
	if (out == NULL || fwrite(file.bytes, 1, file.size, out) != file.size || fclose(out) != 0)
		return 1;
	container_free(&file);
	image_free(img);
	free(layout);
	return 0;
}
