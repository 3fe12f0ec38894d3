/* SPDX-License-Identifier: MIT */
/*
 * Names that objects keep in their bodies. Each body that has a signature is believed only if it is there: I/O objects
 * begin with their type number (public constants of the driver kit), keys with 'ky02'.
 */
#include "object.h"

#define IO_TYPE_DEVICE 3u
#define IO_TYPE_DRIVER 4u
#define IO_TYPE_FILE   5u
#define KEY_SIGNATURE  0x6b793032u
#define KEY_DEPTH      64
#define LINK_CALLBACK  0x10u /* Flags of a symbolic link: a function stands in place of the target (Windows 10) */
/* Low bits of a section's control area (Windows 10): RemoteImageFileObject, RemoteDataFileObject */
#define REMOTE_FILE ((uint64_t)3)

struct body {
	const struct kst_target *target;
	struct kst__view view;
	uint64_t address;
	struct kst_object_body *out;
	struct kst_error *err;
};

static struct body body_at(const struct body *from, uint64_t address, kst_status *failure)
{
	struct body b = *from;

	b.address = address;
	b.view = kst__view_target(from->target, KST_SPACE_KERNEL, address, failure);
	return b;
}

static bool get(const struct body *b, enum kst__member_id id, uint64_t *out, uint64_t bit)
{
	if (!kst__get(&b->view, id, out))
		return false;
	b->out->present |= bit;
	return true;
}

/* A text member that is a UNICODE_STRING, into `name`. */
static kst_status get_name(const struct body *b, enum kst__member_id id)
{
	const struct kst__member *m = kst__member(&b->target->layout, id);
	struct kst__string text;
	kst_status st;

	if (!m->present)
		return KST_OK;
	st = kst__read_string(b->target, KST_SPACE_KERNEL, b->address + m->offset, b->out->name, sizeof b->out->name,
			      &text, b->err);
	if (st == KST_OK && text.readable && text.bytes > 0) {
		b->out->present |= KST_OBJECT_BODY_HAS_NAME;
		if (!text.sound)
			b->out->anomalies |= KST_OBJECT_BODY_ANOMALY_NAME_CUT;
	}
	return st;
}

/* Does a body begin with its number? False as well when it is not there; a contradiction is told as `anomaly`. */
static bool signature(const struct body *b, enum kst__member_id id, uint64_t wanted, uint64_t anomaly)
{
	uint64_t value;

	if (!kst__get(&b->view, id, &value))
		return false;
	if (value == wanted)
		return true;
	b->out->anomalies |= anomaly;
	return false;
}

/* Name of the driver whose object is at `address`, into device_name. */
static kst_status driver_name(const struct body *b, uint64_t address)
{
	const struct kst__member *m = kst__member(&b->target->layout, KST__M_DRIVER_OBJECT_DRIVER_NAME);
	struct kst__string text;
	kst_status st;

	if (!m->present || !kst__is_kernel(b->target, address))
		return KST_OK;
	st = kst__read_string(b->target, KST_SPACE_KERNEL, address + m->offset, b->out->device_name,
			      sizeof b->out->device_name, &text, b->err);
	if (st == KST_OK && text.readable && text.bytes > 0)
		b->out->present |= KST_OBJECT_BODY_HAS_DEVICE_NAME;
	return st;
}

static void device_fields(const struct body *b, uint64_t anomaly)
{
	if (signature(b, KST__M_DEVICE_OBJECT_TYPE, IO_TYPE_DEVICE, anomaly))
		get(b, KST__M_DEVICE_OBJECT_DRIVER_OBJECT, &b->out->driver, KST_OBJECT_BODY_HAS_DRIVER);
}

/* "\Device\Name" of a device object, by its name header and the directory; else its driver's name. */
static kst_status device_name(const struct body *b, uint64_t device)
{
	kst_status failure = KST_OK;
	struct body d = body_at(b, device, &failure);
	kst_status st;

	device_fields(&d, KST_OBJECT_BODY_ANOMALY_REFERENCE);
	if (failure != KST_OK)
		return kst__fail(b->err, failure, device, "the host failed to read a device object");
	if ((b->out->anomalies & KST_OBJECT_BODY_ANOMALY_REFERENCE) != 0)
		return KST_OK;
	st = kst_object_path(b->target, device, b->out->device_name, sizeof b->out->device_name, b->err);
	if (st == KST_OK && b->out->device_name[0] != '\0') {
		b->out->present |= KST_OBJECT_BODY_HAS_DEVICE_NAME;
		return KST_OK;
	}
	b->out->device_name[0] = '\0';
	if (st != KST_OK && st != KST_E_LIMIT && !kst__is_absence(st))
		return st;
	return driver_name(b, b->out->driver);
}

static kst_status of_file(const struct body *b)
{
	uint64_t flags;
	kst_status st;

	if (!signature(b, KST__M_FILE_OBJECT_TYPE, IO_TYPE_FILE, KST_OBJECT_BODY_ANOMALY_SIGNATURE))
		return KST_OK;
	get(b, KST__M_FILE_OBJECT_DEVICE_OBJECT, &b->out->device, KST_OBJECT_BODY_HAS_DEVICE);
	get(b, KST__M_FILE_OBJECT_RELATED, &b->out->file, KST_OBJECT_BODY_HAS_FILE);
	if (get(b, KST__M_FILE_OBJECT_FLAGS, &flags, KST_OBJECT_BODY_HAS_FLAGS))
		b->out->flags = (uint32_t)flags;
	st = get_name(b, KST__M_FILE_OBJECT_FILE_NAME);
	if (st == KST_OK && kst__is_kernel(b->target, b->out->device))
		st = device_name(b, b->out->device);
	return st;
}

static kst_status of_device(const struct body *b)
{
	uint64_t flags;

	device_fields(b, KST_OBJECT_BODY_ANOMALY_SIGNATURE);
	if ((b->out->anomalies & KST_OBJECT_BODY_ANOMALY_SIGNATURE) != 0)
		return KST_OK;
	if (get(b, KST__M_DEVICE_OBJECT_FLAGS, &flags, KST_OBJECT_BODY_HAS_FLAGS))
		b->out->flags = (uint32_t)flags;
	return driver_name(b, b->out->driver);
}

static kst_status of_driver(const struct body *b)
{
	uint64_t flags;

	if (!signature(b, KST__M_DRIVER_OBJECT_TYPE, IO_TYPE_DRIVER, KST_OBJECT_BODY_ANOMALY_SIGNATURE))
		return KST_OK;
	get(b, KST__M_DRIVER_OBJECT_DRIVER_START, &b->out->start, KST_OBJECT_BODY_HAS_START);
	get(b, KST__M_DRIVER_OBJECT_DRIVER_SIZE, &b->out->id, KST_OBJECT_BODY_HAS_ID);
	if (get(b, KST__M_DRIVER_OBJECT_FLAGS, &flags, KST_OBJECT_BODY_HAS_FLAGS))
		b->out->flags = (uint32_t)flags;
	return get_name(b, KST__M_DRIVER_OBJECT_DRIVER_NAME);
}

/* One component of a key's path: bytes of Latin-1 when compressed, else UTF-16. */
KST__APART static kst_status key_component(const struct body *b, uint64_t block, char *text, size_t cap)
{
	kst_status failure = KST_OK;
	struct body n = body_at(b, block, &failure);
	const struct kst__member *name = kst__member(&b->target->layout, KST__M_KEY_NAME_BLOCK_NAME);
	uint8_t raw[128];
	uint64_t length, compressed;
	size_t bytes;
	kst_status st;

	text[0] = '\0';
	if (!name->present || !kst__get(&n.view, KST__M_KEY_NAME_BLOCK_LENGTH, &length) ||
	    !kst__get(&n.view, KST__M_KEY_NAME_BLOCK_COMPRESSED, &compressed))
		return failure != KST_OK ? kst__fail(b->err, failure, block, "the host failed to read a key's name")
					 : KST_E_FAULT;
	bytes = length < sizeof raw / 2 ? (size_t)length : sizeof raw / 2;
	if (compressed == 0)
		bytes = length < sizeof raw ? (size_t)length : sizeof raw;
	st = kst__read(b->target, KST_SPACE_KERNEL, block + name->offset, raw, bytes, b->err);
	if (st != KST_OK)
		return st;
	if (compressed != 0) { /* widen in place, from the end */
		for (size_t i = bytes; i-- > 0;) {
			raw[2 * i] = raw[i];
			raw[2 * i + 1] = 0;
		}
	}
	if (!kst__utf16_text(text, cap, raw, compressed != 0 ? 2 * bytes : bytes) || bytes != length)
		b->out->anomalies |= KST_OBJECT_BODY_ANOMALY_NAME_CUT;
	return KST_OK;
}

/* Put "\component" before what stands in `name`; false when there is no room. */
static bool prepend(struct kst_object_body *out, const char *component)
{
	size_t add = kst__length(component) + 1;
	size_t have = kst__length(out->name);

	if (add + have + 1 > sizeof out->name)
		return false;
	for (size_t i = have + 1; i-- > 0;) /* upwards: from the end */
		out->name[add + i] = out->name[i];
	out->name[0] = '\\';
	memcpy(out->name + 1, component, add - 1);
	return true;
}

/* The path of a key: names of its control block and of the parents, up to the registry's root. */
KST__APART static kst_status of_key(const struct body *b)
{
	char component[200];
	uint64_t block, opener;

	if (!signature(b, KST__M_KEY_BODY_TYPE, KEY_SIGNATURE, KST_OBJECT_BODY_ANOMALY_SIGNATURE) ||
	    !kst__get(&b->view, KST__M_KEY_BODY_CONTROL_BLOCK, &block))
		return KST_OK;
	b->out->start = block;
	b->out->present |= KST_OBJECT_BODY_HAS_START;
	if (get(b, KST__M_KEY_BODY_PROCESS_ID, &opener, KST_OBJECT_BODY_HAS_PID))
		b->out->pid = opener;
	if (!kst__has(&b->target->layout, KST__M_KEY_CONTROL_BLOCK_PARENT))
		return KST_OK;
	for (unsigned depth = 0; kst__is_kernel(b->target, block); depth++) {
		kst_status failure = KST_OK;
		struct body k = body_at(b, block, &failure);
		uint64_t name, parent;
		kst_status st;

		if (!kst__get(&k.view, KST__M_KEY_CONTROL_BLOCK_NAME_BLOCK, &name) ||
		    !kst__get(&k.view, KST__M_KEY_CONTROL_BLOCK_PARENT, &parent)) {
			b->out->anomalies |= KST_OBJECT_BODY_ANOMALY_PARENTS;
			return failure == KST_OK ? KST_OK
						 : kst__fail(b->err, failure, block, "the host failed to read a key");
		}
		st = key_component(b, name, component, sizeof component);
		if (st != KST_OK && st != KST_E_FAULT)
			return st;
		if (st == KST_E_FAULT || depth == KEY_DEPTH || !prepend(b->out, component)) {
			b->out->anomalies |= KST_OBJECT_BODY_ANOMALY_PARENTS;
			return KST_OK;
		}
		b->out->present |= KST_OBJECT_BODY_HAS_NAME;
		block = parent;
	}
	return KST_OK;
}

/*
 * A control area is believed if the segment that it names is the one that led here. Windows 10 keeps the file itself in
 * its place where the file is remote, and says so in the low bits. KST_END: nothing tells of a file.
 */
static kst_status find_section_file(const struct body *b, uint64_t *file, kst_status *failure)
{
	uint64_t area, segment = 0, back;
	uint32_t references;
	struct body a;

	if (kst__get(&b->view, KST__M_SECTION_BODY_CONTROL_AREA, &area)) {
		*file = area & ~REMOTE_FILE;
		if ((area & REMOTE_FILE) != 0)
			return kst__is_kernel(b->target, area) ? KST_OK : KST_END;
	} else if (kst__get(&b->view, KST__M_SECTION_BODY_SEGMENT, &segment)) {
		a = body_at(b, segment, failure);
		if (!kst__get(&a.view, KST__M_SEGMENT_BODY_CONTROL_AREA, &area))
			return KST_END;
	} else {
		return KST_END;
	}
	if (!kst__is_kernel(b->target, area))
		return KST_END;
	a = body_at(b, area, failure);
	if (segment != 0 && (!kst__get(&a.view, KST__M_CONTROL_AREA_BODY_SEGMENT, &back) || back != segment))
		return KST_END;
	b->out->start = area;
	b->out->present |= KST_OBJECT_BODY_HAS_START;
	if (!kst__get(&a.view, KST__M_CONTROL_AREA_BODY_FILE, file))
		return KST_END;
	kst__fast_reference(&b->target->layout, *file, file, &references);
	return *file != 0 ? KST_OK : KST_END;
}

static kst_status of_section(const struct body *b)
{
	kst_status failure = KST_OK;
	uint64_t file = 0;

	if (find_section_file(b, &file, &failure) == KST_OK) {
		struct body f = body_at(b, file, &failure);

		b->out->file = file;
		b->out->present |= KST_OBJECT_BODY_HAS_FILE;
		if (signature(&f, KST__M_FILE_OBJECT_TYPE, IO_TYPE_FILE, KST_OBJECT_BODY_ANOMALY_REFERENCE))
			return get_name(&f, KST__M_FILE_OBJECT_FILE_NAME);
	}
	return failure == KST_OK ? KST_OK : kst__fail(b->err, failure, b->address, "the host failed to read a section");
}

static kst_status of_link(const struct body *b)
{
	uint64_t flags;

	if (get(b, KST__M_SYMBOLIC_LINK_FLAGS, &flags, KST_OBJECT_BODY_HAS_FLAGS)) {
		b->out->flags = (uint32_t)flags;
		if ((flags & LINK_CALLBACK) != 0)
			return KST_OK;
	}
	return get_name(b, KST__M_SYMBOLIC_LINK_TARGET);
}

static kst_status of_process(const struct body *b)
{
	const struct kst__member *m = kst__member(&b->target->layout, KST__M_EPROCESS_IMAGE_FILE_NAME);
	uint8_t raw[16];
	size_t n = m->length < sizeof raw ? m->length : sizeof raw;

	get(b, KST__M_EPROCESS_UNIQUE_PROCESS_ID, &b->out->id, KST_OBJECT_BODY_HAS_ID);
	if (m->present && kst__view_raw(&b->view, m->offset, raw, n)) {
		kst__ascii_text(b->out->name, sizeof b->out->name, raw, n);
		if (b->out->name[0] != '\0')
			b->out->present |= KST_OBJECT_BODY_HAS_NAME;
	}
	return KST_OK;
}

static kst_status of_thread(const struct body *b)
{
	const struct kst__member *m = kst__member(&b->target->layout, KST__M_ETHREAD_CID);
	uint32_t width = kst__pointer_size(b->target);

	if (m->present && kst__view_pointer(&b->view, m->offset, &b->out->pid) &&
	    kst__view_pointer(&b->view, (uint64_t)m->offset + width, &b->out->id))
		b->out->present |= KST_OBJECT_BODY_HAS_PID | KST_OBJECT_BODY_HAS_ID;
	return KST_OK;
}

struct kind {
	char type[16]; /* an array, not a pointer: no relocations */
	uint32_t kind;
};

static const struct kind kinds[] = {
	{ "File", KST_OBJECT_KIND_FILE },       { "Device", KST_OBJECT_KIND_DEVICE },
	{ "Driver", KST_OBJECT_KIND_DRIVER },   { "Key", KST_OBJECT_KIND_KEY },
	{ "Section", KST_OBJECT_KIND_SECTION }, { "SymbolicLink", KST_OBJECT_KIND_LINK },
	{ "Process", KST_OBJECT_KIND_PROCESS }, { "Thread", KST_OBJECT_KIND_THREAD },
};

static kst_status read_body(const struct body *b)
{
	switch (b->out->kind) {
	case KST_OBJECT_KIND_FILE: return of_file(b);
	case KST_OBJECT_KIND_DEVICE: return of_device(b);
	case KST_OBJECT_KIND_DRIVER: return of_driver(b);
	case KST_OBJECT_KIND_KEY: return of_key(b);
	case KST_OBJECT_KIND_SECTION: return of_section(b);
	case KST_OBJECT_KIND_LINK: return of_link(b);
	case KST_OBJECT_KIND_PROCESS: return of_process(b);
	case KST_OBJECT_KIND_THREAD: return of_thread(b);
	default: return KST_OK;
	}
}

kst_status kst_object_body(const struct kst_target *target, const struct kst_object *object,
			   struct kst_object_body *out, struct kst_error *err)
{
	struct kst_object_body ours = { .size = sizeof ours };
	kst_status failure = KST_OK;
	struct body b = { .target = target, .out = &ours, .err = err };
	kst_status st;

	if (target == NULL || object == NULL || out == NULL)
		return kst__fail(err, KST_E_ARG, 0, "an argument is NULL");
	if (!kst__out_ok(out->size, sizeof *out) || !kst__out_ok(object->size, sizeof *object))
		return kst__fail(err, KST_E_ABI, object->body, "the size of a struct is not known");
	for (size_t i = 0; i < KST__COUNT(kinds) && (object->present & KST_OBJECT_HAS_TYPE_NAME) != 0; i++)
		if (kst__same_name(kinds[i].type, object->type_name, sizeof kinds[i].type))
			ours.kind = kinds[i].kind;
	b = body_at(&b, object->body, &failure);
	st = read_body(&b);
	if (st == KST_OK && failure != KST_OK)
		st = kst__fail(err, failure, object->body, "the host failed to read an object");
	if (st == KST_E_FAULT || st == KST_E_NO_MEMBER)
		st = KST_OK; /* parts that are not there are cleared bits */
	if (st == KST_OK)
		kst__out_write(out, &ours, sizeof ours);
	return st;
}

const char *kst_object_body_anomaly_name(uint64_t bit)
{
	static const char *const names[] = { "signature", "name-cut", "parents", "reference" };

	return kst__bit_name(bit, names, KST__COUNT(names));
}

const char *kst_object_kind_name(uint32_t kind)
{
	static const char *const names[] = { "none",    "file", "device",  "driver", "key",
					     "section", "link", "process", "thread" };

	return kind < KST__COUNT(names) ? names[kind] : "unknown";
}
