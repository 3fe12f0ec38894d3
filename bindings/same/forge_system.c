/* SPDX-License-Identifier: MIT */
/*
 * Two made-up machines with what the image of ./dev demo lacks: objects, handles, a hidden process, page frames, tag usage, a table of large
 * allocations that is not whole, callbacks, unloaded modules and ranges of user memory (7601), and a timer (19041). Prints
 * the addresses of globals, a line each: NAME ADDRESS.
 * usage: forge_system objects|timers FILE
 */
#include "support/container.h"
#include "support/objects.h"
#include "support/processor_forge.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#define GLOBALS  UINT64_C(0xfffff80000700000)
#define FRAMES   UINT64_C(0xfffffa8000000000)
#define TRACKER  UINT64_C(0xfffffa8100000000)
#define ROUTINES UINT64_C(0xfffff8a000100000)
#define UNLOADED UINT64_C(0xfffffa8200000000)
#define VADS     UINT64_C(0xfffffa8300000000)
#define LARGE    UINT64_C(0xfffffa8400000000)

static struct image *img;
static struct kst_layout *layout;
static uint64_t next_global = GLOBALS;

static uint64_t tell(const char *name, uint64_t address)
{
	printf("%s %" PRIx64 "\n", name, address);
	return address;
}

/* A new global with a value. */
static void global(const char *name, uint64_t value)
{
	image_put64(img, tell(name, next_global), value);
	next_global += 0x10;
}

static void put_frames(void)
{
	global("MmHighestPhysicalPage", 199);
	global("MmPfnDatabase", FRAMES);
	for (uint64_t i = 0; i < 256; i++) {
		image_put_member(img, layout, FRAMES + i * 0x30, "_MMPFN", "u3.e1.PageLocation", i % 8);
		image_put_member(img, layout, FRAMES + i * 0x30, "_MMPFN", "PteAddress", 0xfffff68000000000 + i * 8);
		image_put_member(img, layout, FRAMES + i * 0x30, "_MMPFN", "OriginalPte", 0x80);
	}
	image_unmap(img, FRAMES + 0x1000);
}

static void put_usage(void)
{
	static const char *const tags[] = { "Proc", "Fil\xe5", "MmCa", "Ovfl" };
	struct kst_member size = { .size = sizeof size };

	kst_layout_member(layout, "_POOL_TRACKER_TABLE", "", &size);
	for (uint64_t i = 0; i < 4; i++) {
		uint64_t at = TRACKER + (2 * i + 1) * size.length;

		image_page(img, at);
		image_put(img, at + place_of(layout, "_POOL_TRACKER_TABLE", "Key"), tags[i], 4);
		image_put_member(img, layout, at, "_POOL_TRACKER_TABLE", "NonPagedAllocs", 10 + i);
		image_put_member(img, layout, at, "_POOL_TRACKER_TABLE", "NonPagedBytes", i == 2 ? (uint64_t)-64 : 640);
	}
	global("PoolTrackTable", TRACKER);
	global("PoolTrackTableSize", 8);
}

/* A table of large allocations that is not whole: two entries, and a page of it that is not in memory. */
static void put_large(void)
{
	struct kst_member size = { .size = sizeof size };

	kst_layout_member(layout, "_POOL_TRACKER_BIG_PAGES", "", &size);
	image_page(img, LARGE);
	image_page(img, LARGE + 0x2000);
	for (uint64_t i = 0; i < 2; i++) {
		uint64_t at = LARGE + (i + 1) * size.length;

		image_put_member(img, layout, at, "_POOL_TRACKER_BIG_PAGES", "Va", 0xfffffa8500000000 + 0x4000 * i);
		image_put_member(img, layout, at, "_POOL_TRACKER_BIG_PAGES", "Key", 0x6153694d); /* MiSa */
		image_put_member(img, layout, at, "_POOL_TRACKER_BIG_PAGES", "NumberOfBytes", 0x3000 - 0x50 * i);
	}
	/* the second one ends in a page with blocks behind it; its contents look like a block */
	image_put64(img, 0xfffffa8500006000, 0x6d61685302fb0000);
	image_put64(img, 0xfffffa8500006fb0, 0x6761724602010000);
	image_put64(img, 0xfffffa8500006fc0, 0x6565724600040001);
	global("PoolBigPageTable", LARGE);
	global("PoolBigPageTableSize", 0x3000 / size.length);
}

static void put_callbacks(void)
{
	static const struct {
		const char *name;
		unsigned slot;
	} arrays[] = { { "PspCreateProcessNotifyRoutine", 0 },
		       { "PspCreateThreadNotifyRoutine", 3 },
		       { "PspLoadImageNotifyRoutine", 7 } };

	for (unsigned i = 0; i < 3; i++) {
		uint64_t array = tell(arrays[i].name, GLOBALS + 0x1000 * (1 + i)), block = ROUTINES + 0x40 * i;

		image_page(img, array);
		image_put64(img, array + 8 * arrays[i].slot, block | 7);
		image_put64(img, block + 8, 0xfffff88001200000 + 0x100 * i);
		image_put64(img, block + 16, i);
	}
}

static void put_unloaded(void)
{
	static const char *const names[] = { "dump_a.sys", "old.sys" };

	global("MmUnloadedDrivers", UNLOADED);
	global("MmLastUnloadedDriver", 2);
	image_page(img, UNLOADED);
	for (uint64_t i = 0; i < 2; i++) {
		uint64_t entry = UNLOADED + 0x28 * i;

		image_put_string(img, entry, UNLOADED + 0x2000 + 0x100 * i, names[i]);
		image_put64(img, entry + 0x10, 0xfffff88001000000 + 0x10000 * i);
		image_put64(img, entry + 0x18, 0xfffff88001008000 + 0x10000 * i);
		image_put64(img, entry + 0x20, 0x1d707f1e00000000 + i);
	}
}

/* Three ranges: a root and its children. */
static void put_ranges(uint64_t process)
{
	uint64_t root = process + place_of(layout, "_EPROCESS", "VadRoot");

	for (uint64_t i = 0; i < 3; i++) {
		image_put_member(img, layout, VADS + 0x1000 * i, "_MMVAD_SHORT", "StartingVpn", 16 * i + 16);
		image_put_member(img, layout, VADS + 0x1000 * i, "_MMVAD_SHORT", "EndingVpn", 16 * i + 23);
		image_put_member(img, layout, VADS + 0x1000 * i, "_MMVAD_SHORT", "LeftChild", i == 1 ? VADS : 0);
		image_put_member(img, layout, VADS + 0x1000 * i, "_MMVAD_SHORT", "RightChild",
				 i == 1 ? VADS + 0x2000 : 0);
	}
	image_put64(img, root + 0x10, VADS + 0x1000);
}

static uint64_t put_handles(struct forged_objects *f, uint64_t type)
{
	uint64_t table = objects_room(f, 0x100), page;

	for (unsigned i = 0; i < 5; i++) {
		uint64_t body = objects_add(f, type, i == 1 ? "Ready" : NULL, 0, 4);

		page = (table & ~UINT64_C(0xfff)) + 0x100000;
		image_put64(img, page + 16 * (i + 1), objects_header(f, body) | 1);
		image_put32(img, page + 16 * (i + 1) + 8, 0x1f0003);
	}
	image_put_member(img, layout, table, "_HANDLE_TABLE", "TableCode", page);
	image_put_member(img, layout, table, "_HANDLE_TABLE", "HandleCount", 5);
	return table;
}

/* The table of ids: the System process, and one that is on no list. */
static void put_ids(const struct forged_objects *f, uint64_t process)
{
	uint64_t hidden = process + 0x1000, table = process + 0x2000, page = process + 0x3000;

	forge_process(img, layout,
		      &(struct forged_process){ hidden, 8, 4, "hidden.exe", image_dtb(img), 0, 0x1d707f1e00000000, 0 });
	image_page(img, page);
	image_put64(img, page + 16, process | 1);
	image_put64(img, page + 32, hidden | 1);
	image_put_member(img, layout, table, "_HANDLE_TABLE", "TableCode", page);
	image_put_member(img, layout, table, "_HANDLE_TABLE", "HandleCount", 2);
	image_put64(img, objects_symbol(f, FORGED_PSP_CID_TABLE), table);
}

static struct image *objects(void)
{
	static const char *const names[] = { "ObpTypeObjectType", "ObpRootDirectoryObject", "ObpTypeDirectoryObject",
					     "NtGlobalFlag",      "ObHeaderCookie",         "PspCidTable" };
	struct forged_objects f = objects_begin(KST_ARCH_X64, 7601, 0);
	uint64_t directory_type, device_type, event_type, root, inner, devices[3], table, process;

	img = f.img;
	layout = f.layout;
	directory_type = objects_type(&f, "Directory");
	device_type = objects_type(&f, "Device");
	event_type = objects_type(&f, "Event");
	root = objects_add(&f, directory_type, "\\", 0, 4);
	inner = objects_add(&f, directory_type, "Device", root, 4);
	for (unsigned i = 0; i < 3; i++)
		devices[i] = objects_add(&f, device_type, i == 0 ? "Null" : i == 1 ? "Beep" : "Harddisk0", inner, 4);
	objects_link(&f, device_type, devices, 3);
	objects_directory(&f, root, &inner, 1);
	objects_directory(&f, inner, devices, 3);
	image_put64(img, objects_symbol(&f, FORGED_OBP_ROOT), root);
	image_put64(img, objects_symbol(&f, FORGED_OBP_TYPE_DIRECTORY), directory_type);
	table = put_handles(&f, event_type);
	process = (objects_room(&f, 0x5000) + 0xfff) & ~UINT64_C(0xfff);
	forge_process(img, layout,
		      &(struct forged_process){ process, 4, 0, "System", image_dtb(img), 0, 0x1d707f1e00000000, 0 });
	image_put_member(img, layout, process, "_EPROCESS", "ObjectTable", table);
	forge_process_list(img, layout, &process, 1);
	put_ids(&f, process);
	image_identity(img)->active_processes = FORGED_HEAD(8);
	image_identity(img)->present |= KST_IDENTITY_HAS_ACTIVE_PROCESSES;
	for (unsigned i = 0; i < sizeof names / sizeof names[0]; i++)
		tell(names[i], objects_symbol(&f, i));
	tell("ObTypeIndexTable", objects_symbol(&f, FORGED_TABLE));
	put_ranges(process);
	put_frames();
	put_usage();
	put_large();
	put_callbacks();
	put_unloaded();
	image_identity(img)->build = 7601;
	return img;
}

static struct image *timers(void)
{
	struct forged_processor f;
	uint64_t timer, link, bucket, process = UINT64_C(0xfffffa8600000000);

	forge_processor(&f, layout_builtin(KST_ARCH_X64, 19041, 0), 2);
	img = f.img;
	layout = f.layout;
	forge_process(img, layout,
		      &(struct forged_process){ process, 4, 0, "System", image_dtb(img), 0, 0x1d707f1e00000000, 0 });
	forge_thread(img, layout,
		     &(struct forged_thread){ f.thread, 4, 8, process, 2, 0, f.stack_high, f.stack_low,
					      f.stack_low + 0x100, 0 });
	bucket = f.kprcb + forge_offset(layout, "_KPRCB", "TimerTable") +
		 forge_offset(layout, "_KTIMER_TABLE", "TimerEntries") +
		 forge_offset(layout, "_KTIMER_TABLE_ENTRY", "Entry");
	timer = f.kprcb + 0x40000;
	link = timer + forge_offset(layout, "_KTIMER", "TimerListEntry");
	for (unsigned i = 0; i < 256; i++)
		image_put_list(img, bucket + i * forge_size(layout, "_KTIMER_TABLE_ENTRY"), i == 7 ? &link : NULL,
			       i == 7);
	image_put_member(img, layout, timer, "_KTIMER", "DueTime", 5000);
	image_put_member(img, layout, timer, "_KTIMER", "Period", 100);
	/* keys of 0: the pointer is stored with its bytes turned around, and the timer's address on top */
	for (unsigned i = 0; i < 8; i++)
		image_put8(img, timer + forge_offset(layout, "_KTIMER", "Dpc") + i,
			   (uint8_t)(f.dpcs[0] >> (56 - 8 * i) ^ timer >> (8 * i)));
	tell("KiProcessorBlock", f.kpcr - 0x10000);
	image_put64(img, tell("KiWaitNever", f.kprcb + 0x50000), 0);
	image_put64(img, tell("KiWaitAlways", f.kprcb + 0x50008), 0);
	image_identity(img)->build = 19041;
	return img;
}

int main(int argc, char **argv)
{
	struct container file;
	FILE *out;

	if (argc != 3)
		return 2;
	if (argv[1][0] == 'o')
		objects();
	else
		timers();
	image_identity(img)->present |= KST_IDENTITY_HAS_BUILD;
	file = container_windows(img, CONTAINER_FULL);
	out = fopen(argv[2], "wb");
	if (out == NULL || fwrite(file.bytes, 1, file.size, out) != file.size || fclose(out) != 0)
		return 1;
	container_free(&file);
	image_free(img);
	free(layout);
	return 0;
}
