/* SPDX-License-Identifier: MIT */
/* The path of a process's image: what was kept for audits, else by the file object of the image. */
#include "object.h"
#include "process.h"

#define IO_TYPE_FILE 5u /* public constant of the driver kit */

/* UTF-16 units that a sound UTF-8 text stands for. */
static uint32_t units_of(const char *text)
{
	uint32_t units = 0;

	for (; *text != '\0'; text++)
		units += ((unsigned char)*text & 0xc0) != 0x80 ? (unsigned char)*text >= 0xf0 ? 2 : 1 : 0;
	return units;
}

static void has_path(struct kst_process *out, uint32_t bytes, bool sound)
{
	out->present |= KST_PROCESS_HAS_PATH;
	out->path_bytes = bytes;
	if (!sound)
		out->anomalies |= KST_PROCESS_ANOMALY_PATH;
}

/* OBJECT_NAME_INFORMATION is a UNICODE_STRING and its text. */
static kst_status path_for_audit(const struct kst_target *target, struct kst_process *out, struct kst_error *err)
{
	struct kst__string string;
	kst_status st;

	if ((out->present & KST_PROCESS_HAS_AUDIT_NAME) == 0 || !kst__is_kernel(target, out->audit_name))
		return KST_OK;
	st = kst__read_string(target, KST_SPACE_KERNEL, out->audit_name, out->path, sizeof out->path, &string, err);
	if (st == KST_OK && string.readable && string.bytes != 0)
		has_path(out, string.bytes, string.sound);
	return st;
}

/* The device of a file object, if it is one; 0 when that cannot be told. */
static kst_status device_of(const struct kst_target *target, uint64_t file, uint64_t *device, struct kst_error *err)
{
	kst_status failure = KST_OK;
	struct kst__view view = kst__view_target(target, KST_SPACE_KERNEL, file, &failure);
	uint64_t type;

	if (!kst__get(&view, KST__M_FILE_OBJECT_TYPE, &type) || type != IO_TYPE_FILE ||
	    !kst__get_pointer(&view, KST__M_FILE_OBJECT_DEVICE_OBJECT, device) || !kst__is_kernel(target, *device))
		*device = 0;
	return failure == KST_OK ? KST_OK : kst__fail(err, failure, file, "the reader failed");
}

/* Name of the volume's device and, on it, of the file. A name without its device would pass for a path and is none. */
static kst_status path_of_file(const struct kst_target *target, struct kst_process *out, struct kst_error *err)
{
	const struct kst__member *name = kst__member(&target->layout, KST__M_FILE_OBJECT_FILE_NAME);
	struct kst__string string;
	uint64_t device;
	size_t length;
	kst_status st;

	if ((out->present & KST_PROCESS_HAS_FILE_OBJECT) == 0 || !kst__is_kernel(target, out->file_object) ||
	    !name->present)
		return KST_OK;
	st = device_of(target, out->file_object, &device, err);
	if (st != KST_OK || device == 0)
		return st;
	st = kst_object_path(target, device, out->path, sizeof out->path, err);
	if (st != KST_OK)
		return st == KST_E_LIMIT || kst__is_absence(st) ? KST_OK : st;
	if (out->path[0] != '\\')
		return KST_OK;
	length = kst__length(out->path);
	st = kst__read_string(target, KST_SPACE_KERNEL, out->file_object + name->offset, out->path + length,
			      sizeof out->path - length, &string, err);
	/* a file opened relative to another has no name of its own */
	if (st == KST_OK && string.readable && string.bytes != 0 && out->path[length] == '\\') {
		out->path[length] = '\0';
		has_path(out, string.bytes + 2 * units_of(out->path), string.sound);
		out->path[length] = '\\';
	}
	return st;
}

kst_status kst__process_path(const struct kst_target *target, struct kst_process *out, struct kst_error *err)
{
	kst_status st = path_for_audit(target, out, err);

	if (st == KST_OK && (out->present & KST_PROCESS_HAS_PATH) == 0)
		st = path_of_file(target, out, err);
	if ((out->present & KST_PROCESS_HAS_PATH) == 0)
		memset(out->path, 0, sizeof out->path);
	return st;
}
