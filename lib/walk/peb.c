/* SPDX-License-Identifier: MIT */
/* PEBs of processes, their parameters, texts and environments. */
#include "../decode/peb.h"

#include "process.h"
#include "user.h"

#define KIND             KST__KIND('e', 'n', 'v', 'i')
#define ENVIRONMENT_MOST 0x100000u

kst_status kst_layout_init_user(struct kst_layout *mem, size_t size, uint32_t pointer_size, struct kst_error *err)
{
	kst_status st = kst__layout_begin(mem, size, pointer_size, NULL, err);

	if (st != KST_OK)
		return st;
	*mem = *kst__layout_user(pointer_size);
	kst__layout_finish(mem);
	return KST_OK;
}

static void not_readable(struct kst_peb *peb, uint64_t address)
{
	peb->state = KST_PEB_PAGED_OUT;
	peb->unreadable = address;
}

/* Members that this system's own types do not have, though the fixed layout knows a place for them. */
static void drop_later_members(const struct kst_target *target, struct kst_peb *peb)
{
	if (kst__has(&target->layout, KST__M_PEB_LDR) && !kst__has(&target->layout, KST__M_PEB_CROSS_PROCESS_FLAGS)) {
		peb->present &= ~(uint64_t)KST_PEB_HAS_CROSS_PROCESS_FLAGS;
		peb->cross_process_flags = 0;
	}
}

/* *out is ours. KST_OK or KST_E_HOST. */
static kst_status read_peb(const struct kst_target *target, kst_space space, uint64_t address, uint32_t pointer_size,
			   struct kst_peb *out)
{
	const struct kst_layout *layout = kst__user_layout(target, pointer_size);
	uint64_t ldr_at = kst__member(layout, KST__M_PEB_LDR)->offset;
	kst_status failure = KST_OK;
	struct kst__view view = kst__user_view(target, space, layout, address, &failure);

	memset(out, 0, sizeof *out);
	out->address = address;
	out->bits = 8 * pointer_size;
	if (!kst__user_range(target, pointer_size, address, ldr_at + pointer_size)) {
		out->state = address == 0 ? KST_PEB_NONE : KST_PEB_INVALID;
		out->anomalies = address == 0 ? 0 : KST_PEB_ANOMALY_ADDRESS;
		return KST_OK;
	}
	kst__decode_peb(&view, &target->layout, address, out);
	if (failure != KST_OK)
		return failure;
	drop_later_members(target, out);
	if ((out->present & KST_PEB_HAS_LDR) == 0) {
		not_readable(out, address + ldr_at);
		return KST_OK;
	}
	out->state = KST_PEB_PRESENT;
	if (out->ldr == 0)
		return KST_OK; /* the loader has not run */
	if (!kst__user_range(target, pointer_size, out->ldr, kst__member(layout, KST__M_LDR_DATA_INIT_LIST)->offset)) {
		out->anomalies |= KST_PEB_ANOMALY_POINTER;
		return KST_OK;
	}
	view = kst__user_view(target, space, layout, out->ldr, &failure);
	kst__decode_ldr(&view, &target->layout, out);
	if ((out->present & KST_PEB_HAS_LDR_INITIALIZED) == 0)
		not_readable(out, out->ldr + kst__member(layout, KST__M_LDR_DATA_INITIALIZED)->offset);
	else if ((out->present & KST_PEB_HAS_INIT_LIST) == 0)
		not_readable(out, out->ldr + kst__member(layout, KST__M_LDR_DATA_INIT_LIST)->offset);
	return failure;
}

kst_status kst_peb_read(const struct kst_target *target, kst_space space, uint64_t address, uint32_t bits,
			struct kst_peb *out, struct kst_error *err)
{
	struct kst_peb ours;
	kst_status st;

	if (target == NULL || out == NULL || (bits != 32 && bits != 64))
		return kst__fail(err, KST_E_ARG, address, "target or result is NULL, or no such width");
	if (!kst__out_ok(out->size, sizeof *out))
		return kst__fail(err, KST_E_ABI, address, "kst_peb.size is not known");
	st = read_peb(target, space, address, bits / 8, &ours);
	if (st != KST_OK)
		return kst__fail(err, st, address, "the reader failed");
	kst__out_write(out, &ours, sizeof ours);
	return KST_OK;
}

/* Which PEB is meant, if any: sets address, or state when there is none to read. */
static void choose(const struct kst_target *target, const struct kst_process *process, uint32_t bits,
		   struct kst_peb *out)
{
	memset(out, 0, sizeof *out);
	out->bits = bits;
	if (process->user_state == KST_USER_STATE_NONE || process->user_state == KST_USER_STATE_GONE) {
		out->state = process->user_state == KST_USER_STATE_NONE ? KST_PEB_NONE : KST_PEB_GONE;
	} else if (bits == 8 * kst__pointer_size(target)) {
		out->address = process->peb;
		if ((process->present & KST_PROCESS_HAS_PEB) && process->peb == 0)
			out->state = KST_PEB_NONE;
	} else if (bits == 64 || ((process->present & KST_PROCESS_HAS_WOW64) && process->wow64_process == 0)) {
		out->state = KST_PEB_NONE;
	} else if (process->present & KST_PROCESS_HAS_WOW64_PEB) {
		out->address = process->wow64_peb;
	}
}

kst_status kst_process_peb(const struct kst_target *target, const struct kst_process *process, uint32_t bits,
			   struct kst_peb *out, struct kst_error *err)
{
	struct kst_peb ours;
	kst_space space;
	kst_status st;

	if (target == NULL || process == NULL || out == NULL || (bits != 0 && bits != 32 && bits != 64))
		return kst__fail(err, KST_E_ARG, 0, "target, process or result is NULL, or no such width");
	if (!kst__out_ok(out->size, sizeof *out) || !kst__out_ok(process->size, sizeof *process))
		return kst__fail(err, KST_E_ABI, process->address, "kst_peb.size or kst_process.size is not known");
	choose(target, process, bits == 0 ? 8 * kst__pointer_size(target) : bits, &ours);
	if (ours.address != 0) {
		st = kst_process_space(process, &space, err);
		if (st != KST_OK)
			return st;
		st = read_peb(target, space, ours.address, ours.bits / 8, &ours);
		if (st != KST_OK)
			return kst__fail(err, st, process->address, "the reader failed");
	}
	kst__out_write(out, &ours, sizeof ours);
	return KST_OK;
}

kst_status kst_process_parameters_read(const struct kst_target *target, kst_space space, const struct kst_peb *peb,
				       struct kst_process_parameters *out, struct kst_error *err)
{
	struct kst_process_parameters ours;
	const struct kst_layout *layout;
	kst_status failure = KST_OK;
	struct kst__view view;

	if (target == NULL || peb == NULL || out == NULL || (peb->bits != 32 && peb->bits != 64))
		return kst__fail(err, KST_E_ARG, 0, "target, PEB or result is NULL, or the PEB has no width");
	if (!kst__out_ok(out->size, sizeof *out) || !kst__out_ok(peb->size, sizeof *peb))
		return kst__fail(err, KST_E_ABI, 0, "kst_process_parameters.size or kst_peb.size is not known");
	if ((peb->present & KST_PEB_HAS_PARAMETERS) == 0 ||
	    !kst__user_range(target, peb->bits / 8, peb->parameters, 0x10))
		return kst__fail(err, KST_E_FAULT, peb->parameters, "the PEB names no process parameters");
	layout = kst__user_layout(target, peb->bits / 8);
	view = kst__user_view(target, space, layout, peb->parameters, &failure);
	kst__decode_process_parameters(&view, &target->layout, peb->parameters, &ours);
	if (failure != KST_OK)
		return kst__fail(err, failure, peb->parameters, "the reader failed");
	if (kst__has(&target->layout, KST__M_RUPP_COMMAND_LINE) &&
	    !kst__has(&target->layout, KST__M_RUPP_ENVIRONMENT_SIZE)) {
		ours.present &= ~(uint64_t)KST_PROCESS_PARAMETERS_HAS_ENVIRONMENT_SIZE; /* before Vista */
		ours.environment_size = 0;
	}
	if (ours.present == 0)
		return kst__fail(err, KST_E_FAULT, peb->parameters, "the process parameters are paged out");
	kst__out_write(out, &ours, sizeof ours);
	return KST_OK;
}

/* UTF-8 goes to the caller's buffer as long as whole characters fit; all of it is counted. */
struct text_sink {
	char *buf;
	size_t cap, used, needed;
	uint32_t notes;
};

static void sink_put(struct text_sink *sink, const char *utf8)
{
	size_t n = kst__length(utf8);

	sink->needed += n;
	if (sink->notes & KST_TEXT_CUT)
		return;
	if (n > sink->cap - 1 - sink->used) {
		n = sink->cap - 1 - sink->used;
		while (n > 0 && ((uint8_t)utf8[n] & 0xc0) == 0x80)
			n--; /* not within a character */
		sink->notes |= KST_TEXT_CUT;
	}
	memcpy(sink->buf + sink->used, utf8, n);
	sink->used += n;
}

kst_status kst_read_text(const struct kst_target *target, kst_space space, uint64_t address, uint64_t bytes, char *buf,
			 size_t cap, size_t *needed_out, uint32_t *notes_out, struct kst_error *err)
{
	struct text_sink sink = { buf, cap, 0, 1, 0 };
	uint64_t left = bytes & ~(uint64_t)1;
	uint64_t at = address;
	bool first = true;

	if (target == NULL || buf == NULL || cap == 0)
		return kst__fail(err, KST_E_ARG, address, "target or buffer is NULL, or the buffer is empty");
	if (left > 0 && at > UINT64_MAX - (left - 1))
		return kst__fail(err, KST_E_FAULT, address, "the range wraps");
	while (left > 0) {
		uint8_t raw[256];
		char utf8[3 * sizeof raw / 2 + 1];
		size_t want = left < sizeof raw ? (size_t)left : sizeof raw;
		size_t got = 0;
		kst_status st = kst_read(target, space, at, raw, want, &got, err);

		if (st != KST_OK && st != KST_E_FAULT) {
			if (!first)
				buf[0] = '\0';
			return st;
		}
		got &= ~(size_t)1;
		if (got == 0 && first)
			return st;
		first = false;
		if (got < want)
			sink.notes |= KST_TEXT_PARTIAL;
		/* the first half of a pair waits for its second, which the next part brings */
		if (got == want && left > got && got >= 2 && (kst__le16(raw + got - 2) & 0xfc00) == 0xd800)
			got -= 2;
		if (!kst__utf16_text(utf8, sizeof utf8, raw, got))
			sink.notes |= KST_TEXT_UNSOUND;
		sink_put(&sink, utf8);
		at += got;
		left -= got;
		if (sink.notes & KST_TEXT_PARTIAL)
			break;
	}
	buf[sink.used] = '\0';
	if (needed_out != NULL)
		*needed_out = sink.needed;
	if (notes_out != NULL)
		*notes_out = sink.notes;
	return KST_OK;
}

struct environment_walk {
	struct kst__cursor c;
	uint64_t space;
	uint64_t at;
	uint64_t left; /* bytes that may belong to it */
};

KST__CURSOR_FITS(struct environment_walk);

kst_status kst_environment_begin(struct kst_cursor *cursor, const struct kst_target *target, kst_space space,
				 uint64_t address, uint64_t most, struct kst_error *err)
{
	struct environment_walk *walk = (struct environment_walk *)(void *)cursor;

	if (cursor == NULL || target == NULL)
		return kst__fail(err, KST_E_ARG, address, "cursor or target is NULL");
	kst__cursor_begin(cursor, target, KIND);
	walk->space = space;
	walk->at = address;
	walk->left = most == 0 || most > ENVIRONMENT_MOST ? ENVIRONMENT_MOST : most & ~(uint64_t)1;
	if (most > ENVIRONMENT_MOST)
		walk->c.anomalies |= KST_WALK_ANOMALY_CLAMPED;
	return KST_OK;
}

/* Bytes before the NUL of the text at walk->at: KST_OK, KST_END when the size is used up first, KST_E_FAULT. */
static kst_status measure(const struct environment_walk *walk, uint64_t *bytes, struct kst_error *err)
{
	for (uint64_t done = 0; done < walk->left;) {
		uint8_t raw[256];
		size_t want = walk->left - done < sizeof raw ? (size_t)(walk->left - done) : sizeof raw;
		size_t got = 0;
		kst_status st;

		if (walk->at > UINT64_MAX - done - want)
			return kst__fail(err, KST_E_FAULT, walk->at, "the range wraps");
		st = kst_read(walk->c.target, walk->space, walk->at + done, raw, want, &got, err);
		if (st != KST_OK && st != KST_E_FAULT)
			return st;
		for (size_t i = 0; i + 1 < got; i += 2) {
			if (kst__le16(raw + i) != 0)
				continue;
			*bytes = done + i;
			return KST_OK;
		}
		if (st != KST_OK)
			return st;
		done += got;
	}
	return KST_END;
}

static kst_status next_variable(struct environment_walk *walk, struct kst_variable *out, struct kst_error *err)
{
	uint64_t bytes = 0;
	kst_status st;

	if (!kst__user_range(walk->c.target, kst__pointer_size(walk->c.target), walk->at, 2))
		return kst__cursor_finish(
			&walk->c, KST_WALK_MISMATCH,
			kst__fail(err, KST_E_CORRUPT, walk->at, "the environment is not in user space"));
	st = kst__cursor_step(&walk->c, walk->at, err);
	if (st == KST_OK)
		st = measure(walk, &bytes, err);
	if (st == KST_END) /* no empty string came */
		return kst__cursor_finish(&walk->c, KST_WALK_MISMATCH, KST_END);
	if (st != KST_OK)
		return st;
	if (bytes == 0)
		return kst__cursor_finish(&walk->c, KST_WALK_TERMINATED, KST_END);
	memset(out, 0, sizeof *out);
	out->text.address = walk->at;
	out->text.bytes = (uint32_t)bytes;
	out->text.maximum = (uint32_t)bytes + 2;
	walk->at += bytes + 2;
	walk->left -= bytes + 2 < walk->left ? bytes + 2 : walk->left;
	return KST_OK;
}

kst_status kst_environment_next(struct kst_cursor *cursor, struct kst_variable *out, struct kst_error *err)
{
	struct environment_walk *walk = (struct environment_walk *)(void *)cursor;
	struct kst_variable ours;
	kst_status st = kst__cursor_ready(cursor, KIND, out, sizeof ours, err);

	if (st != KST_OK)
		return st;
	return kst__cursor_deliver(&walk->c, next_variable(walk, &ours, err), out, &ours, sizeof ours, err);
}
