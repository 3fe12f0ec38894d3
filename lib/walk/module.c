/* SPDX-License-Identifier: MIT */
/* The kernel's loaded and unloaded modules, and who owns an address. */
#include "../decode/module.h"

#include "module.h"

#define LOADED        KST__KIND('K', 'm', 'o', 'd')
#define UNLOADED      KST__KIND('U', 'm', 'o', 'd')
#define UNLOADED_MOST 50u /* entries of MmUnloadedDrivers [inferred: no symbol tells it] */

struct modules {
	struct kst__cursor common;
	uint64_t head;
	uint64_t next;
	uint64_t previous;
	uint64_t from_host; /* the reader's list, by index `next` */
};

struct unloaded {
	struct kst__cursor common;
	uint64_t table;
	uint64_t slot;
	uint64_t left;
	uint64_t from_host;
	uint64_t next; /* index in the reader's list */
};

KST__CURSOR_FITS(struct modules);
KST__CURSOR_FITS(struct unloaded);

/* Is the list of no use because its first entry is not there? */
static kst_status try_list(const struct kst_target *target, uint64_t *head, uint64_t *first, struct kst_error *err)
{
	uint64_t back, flink;
	kst_status st;

	if (!kst__symbol(target, KST__S_PsLoadedModuleList, head))
		return kst__fail(err, KST_E_NO_MEMBER, 0, "PsLoadedModuleList");
	st = kst__read_links(target, KST_SPACE_KERNEL, *head, first, &back, err);
	if (st == KST_OK && *first != *head && kst__is_kernel(target, *first))
		st = kst__read_links(target, KST_SPACE_KERNEL, *first, &flink, &back, err);
	return st;
}

static kst_status begin_modules(struct modules *m, const struct kst_target *target, struct kst_error *err)
{
	uint64_t head = 0, first = 0;
	kst_status st = try_list(target, &head, &first, err);

	if (st != KST_OK && st != KST_E_FAULT && st != KST_E_NO_MEMBER)
		return st;
	if (st != KST_OK && target->reader.module != NULL) {
		m->from_host = 1;
		return KST_OK;
	}
	if (st != KST_OK && first == 0)
		return st; /* not even the head */
	m->head = head;
	m->previous = head;
	m->next = first;
	return KST_OK;
}

kst_status kst_kernel_modules_begin(struct kst_cursor *cursor, const struct kst_target *target, struct kst_error *err)
{
	struct kst_cursor ours;
	kst_status st;

	if (cursor == NULL || target == NULL)
		return kst__fail(err, KST_E_ARG, 0, "cursor or target is NULL");
	kst__cursor_begin(&ours, target, LOADED);
	st = begin_modules((struct modules *)(void *)&ours, target, err);
	if (st == KST_OK)
		*cursor = ours;
	return st;
}

/* The next entry's address; the walk's end otherwise. */
static kst_status advance(struct modules *m, uint64_t *entry, struct kst_error *err)
{
	const struct kst_target *target = m->common.target;
	uint64_t at = m->next, flink, blink;
	kst_status st;

	if (at == m->head) {
		st = kst__read_links(target, KST_SPACE_KERNEL, m->head, &flink, &blink, err);
		if (st == KST_E_HOST)
			return st;
		if (st == KST_OK && blink != m->previous)
			m->common.anomalies |= KST_WALK_ANOMALY_BACK_LINK;
		return kst__cursor_finish(&m->common, KST_WALK_CLOSED, KST_END);
	}
	if (!kst__is_kernel(target, at))
		return kst__cursor_finish(&m->common, KST_WALK_MISMATCH,
					  kst__fail(err, KST_E_CORRUPT, at, "the module list leads out of the kernel"));
	st = kst__cursor_step(&m->common, at, err);
	if (st == KST_OK)
		st = kst__read_links(target, KST_SPACE_KERNEL, at, &flink, &blink, err);
	if (st != KST_OK)
		return st;
	if (blink != m->previous)
		m->common.anomalies |= KST_WALK_ANOMALY_BACK_LINK;
	m->previous = at;
	m->next = flink;
	*entry = at;
	return KST_OK;
}

/* One text; false in *got when it is not there. */
static kst_status read_text(const struct kst_target *target, uint64_t buffer, uint32_t bytes, char *text, size_t cap,
			    uint64_t *anomalies, bool *got, struct kst_error *err)
{
	struct kst__string string = { 0 };
	kst_status st = kst__read_utf16(target, KST_SPACE_KERNEL, buffer, bytes, text, cap, &string, err);

	*got = st == KST_OK && string.readable;
	if (*got && !string.sound) /* each character takes at least two bytes of UTF-16 and one of UTF-8 */
		*anomalies |= kst__length(text) + 4 >= cap ? KST_MODULE_ANOMALY_NAME_CUT : KST_MODULE_ANOMALY_NAME;
	return st;
}

/* A whole entry with its texts; *ours is nobody's result yet. */
static kst_status fill(const struct kst_target *target, uint64_t entry, struct kst_module *ours, struct kst_error *err)
{
	kst_status failure = KST_OK, st = KST_OK;
	struct kst__view view = kst__view_target(target, KST_SPACE_KERNEL, entry, &failure);
	bool got;

	kst__decode_module(&view, entry, ours);
	if (failure != KST_OK)
		return kst__fail(err, failure, entry, "the host's callback failed");
	if (ours->present & KST_MODULE_HAS_NAME_STRING) {
		st = read_text(target, ours->name_address, ours->name_bytes, ours->name, sizeof ours->name,
			       &ours->anomalies, &got, err);
		ours->present |= got ? KST_MODULE_HAS_NAME : 0;
	}
	if (st == KST_OK && (ours->present & KST_MODULE_HAS_PATH_STRING) != 0) {
		st = read_text(target, ours->path_address, ours->path_bytes, ours->path, sizeof ours->path,
			       &ours->anomalies, &got, err);
		ours->present |= got ? KST_MODULE_HAS_PATH : 0;
	}
	return st;
}

/* One module of the reader's list: KST_OK, KST_END or a failure. */
static kst_status host_module(struct modules *m, struct kst_module *ours, struct kst_error *err)
{
	const struct kst_target *target = m->common.target;
	kst_status st = kst__cursor_spend(&m->common, 0, err);

	if (st != KST_OK)
		return st;
	memset(ours, 0, sizeof *ours);
	ours->size = sizeof *ours;
	st = target->reader.module(target->config.reader_user, m->next, ours);
	if (st == KST_END)
		return kst__cursor_finish(&m->common, KST_WALK_CLOSED, KST_END);
	if (st != KST_OK)
		return st == KST_E_FAULT ? kst__fail(err, st, 0, "the reader's driver list is not there")
					 : kst__fail_host(err, st, 0);
	ours->address = 0;
	m->next++;
	return KST_OK;
}

static kst_status next_module(struct modules *m, struct kst_module *out, struct kst_error *err)
{
	uint64_t entry = 0;
	kst_status st;

	if (m->from_host)
		return host_module(m, out, err);
	st = advance(m, &entry, err);
	return st == KST_OK ? fill(m->common.target, entry, out, err) : st;
}

kst_status kst_kernel_modules_next(struct kst_cursor *cursor, struct kst_module *out, struct kst_error *err)
{
	struct modules *walk = (struct modules *)(void *)cursor;
	struct kst_module ours;
	kst_status st = kst__cursor_ready(cursor, LOADED, out, sizeof ours, err);

	if (st != KST_OK)
		return st;
	return kst__cursor_deliver(&walk->common, next_module(walk, &ours, err), out, &ours, sizeof ours, err);
}

static bool owns(uint64_t base, uint32_t size, uint64_t address)
{
	return address >= base && address - base < size;
}

static kst_status find_from_host(struct modules *m, uint64_t address, struct kst_module *ours, struct kst_error *err)
{
	kst_status st;

	do
		st = host_module(m, ours, err);
	while (st == KST_OK && !owns(ours->base, ours->size_of_image, address));
	return st;
}

static kst_status find_listed(struct modules *m, uint64_t address, struct kst_module *ours, struct kst_error *err)
{
	const struct kst_target *target = m->common.target;
	uint64_t entry = 0, base;
	uint32_t size;
	kst_status st;

	while ((st = advance(m, &entry, err)) == KST_OK) {
		kst_status failure = KST_OK;
		struct kst__view view = kst__view_target(target, KST_SPACE_KERNEL, entry, &failure);

		if (kst__module_range(&view, &base, &size) && owns(base, size, address))
			return fill(target, entry, ours, err);
		if (failure != KST_OK)
			return kst__fail(err, failure, entry, "the host's callback failed");
	}
	return st;
}

kst_status kst__module_find(const struct kst_target *target, uint64_t address, uint64_t *steps, struct kst_module *ours,
			    struct kst_error *err)
{
	struct kst_cursor cursor;
	struct modules *m = (struct modules *)(void *)&cursor;
	kst_status st;

	kst__cursor_begin(&cursor, target, LOADED);
	m->common.steps = *steps;
	st = begin_modules(m, target, err);
	if (st == KST_OK)
		st = m->from_host ? find_from_host(m, address, ours, err) : find_listed(m, address, ours, err);
	*steps = m->common.steps;
	return st;
}

kst_status kst_module_find(const struct kst_target *target, uint64_t address, struct kst_module *out,
			   struct kst_error *err)
{
	struct kst_module ours;
	uint64_t steps = 0;
	kst_status st;

	if (target == NULL || out == NULL)
		return kst__fail(err, KST_E_ARG, address, "target or result is NULL");
	if (!kst__out_ok(out->size, sizeof *out))
		return kst__fail(err, KST_E_ABI, address, "kst_module.size is not known");
	st = kst__module_find(target, address, &steps, &ours, err);
	if (st == KST_OK)
		kst__out_write(out, &ours, sizeof ours);
	return st;
}

static kst_status try_table(const struct kst_target *target, uint64_t *table, uint64_t *last, struct kst_error *err)
{
	uint64_t at;
	kst_status st = kst__read_global(target, KST__S_MmUnloadedDrivers, table, err);

	if (st != KST_OK || *table == 0)
		return st; /* no table has been made: nothing was ever unloaded */
	if (!kst__symbol(target, KST__S_MmLastUnloadedDriver, &at))
		return kst__fail(err, KST_E_NO_MEMBER, 0, "MmLastUnloadedDriver");
	return kst__read_number(target, KST_SPACE_KERNEL, at, 4, last, err);
}

kst_status kst_unloaded_modules_begin(struct kst_cursor *cursor, const struct kst_target *target, struct kst_error *err)
{
	struct kst_cursor ours;
	struct unloaded *u = (struct unloaded *)(void *)&ours;
	uint64_t table = 0, last = 0;
	kst_status st;

	if (cursor == NULL || target == NULL)
		return kst__fail(err, KST_E_ARG, 0, "cursor or target is NULL");
	kst__cursor_begin(&ours, target, UNLOADED);
	st = try_table(target, &table, &last, err);
	if (st != KST_OK && st != KST_E_FAULT && st != KST_E_NO_MEMBER)
		return st;
	if (st == KST_OK) {
		u->table = table;
		u->left = table == 0 ? 0 : UNLOADED_MOST;
		u->slot = last % UNLOADED_MOST; /* the next one to be written */
		if (last > UNLOADED_MOST)
			u->common.anomalies |= KST_WALK_ANOMALY_CLAMPED;
	} else if (target->reader.unloaded_module != NULL) {
		u->from_host = 1;
	} else {
		return st;
	}
	*cursor = ours;
	return KST_OK;
}

/* The next entry backwards in time; the first one without a name was never written. */
static kst_status next_slot(struct unloaded *u, struct kst_unloaded_module *ours, struct kst_error *err)
{
	const struct kst_target *target = u->common.target;
	uint64_t size = kst__pointer_size(target) == 4 ? KST__UNLOADED_SIZE_32 : KST__UNLOADED_SIZE_64;

	while (u->left > 0) {
		uint64_t at, name = 0;
		uint32_t bytes = 0;
		kst_status failure = KST_OK, st;
		struct kst__view view;
		bool got;

		u->left--;
		u->slot = (u->slot + UNLOADED_MOST - 1) % UNLOADED_MOST;
		at = u->table + u->slot * size;
		st = kst__cursor_step(&u->common, at, err);
		if (st != KST_OK)
			return st;
		view = kst__view_target(target, KST_SPACE_KERNEL, at, &failure);
		kst__decode_unloaded_module(&view, ours, &name, &bytes);
		if (failure != KST_OK)
			return kst__fail(err, failure, at, "the host's callback failed");
		if ((ours->present & KST_UNLOADED_MODULE_HAS_RANGE) == 0) {
			u->common.anomalies |= KST_WALK_ANOMALY_SKIPPED;
			continue;
		}
		if (name == 0)
			break;
		st = read_text(target, name, bytes, ours->name, sizeof ours->name, &ours->anomalies, &got, err);
		if (st != KST_OK)
			return st;
		ours->present |= got ? KST_UNLOADED_MODULE_HAS_NAME : 0;
		return KST_OK;
	}
	return kst__cursor_finish(&u->common, KST_WALK_CLOSED, KST_END);
}

static kst_status next_unloaded_from_host(struct unloaded *u, struct kst_unloaded_module *ours, struct kst_error *err)
{
	const struct kst_target *target = u->common.target;
	kst_status st = kst__cursor_spend(&u->common, 0, err);

	if (st != KST_OK)
		return st;
	memset(ours, 0, sizeof *ours);
	ours->size = sizeof *ours;
	st = target->reader.unloaded_module(target->config.reader_user, u->next, ours);
	if (st == KST_END)
		return kst__cursor_finish(&u->common, KST_WALK_CLOSED, KST_END);
	if (st != KST_OK)
		return st == KST_E_FAULT ? kst__fail(err, st, 0, "the reader's list is not there")
					 : kst__fail_host(err, st, 0);
	u->next++;
	return KST_OK;
}

static kst_status next_unloaded(struct unloaded *u, struct kst_unloaded_module *out, struct kst_error *err)
{
	return u->from_host ? next_unloaded_from_host(u, out, err) : next_slot(u, out, err);
}

kst_status kst_unloaded_modules_next(struct kst_cursor *cursor, struct kst_unloaded_module *out, struct kst_error *err)
{
	struct unloaded *walk = (struct unloaded *)(void *)cursor;
	struct kst_unloaded_module ours;
	kst_status st = kst__cursor_ready(cursor, UNLOADED, out, sizeof ours, err);

	if (st != KST_OK)
		return st;
	return kst__cursor_deliver(&walk->common, next_unloaded(walk, &ours, err), out, &ours, sizeof ours, err);
}
