/* SPDX-License-Identifier: MIT */
/* Reading a target's memory in any space. */
#include "target.h"

static kst_status not_there(struct kst__trouble *trouble, uint64_t address, const char *message)
{
	*trouble = (struct kst__trouble){ address, message };
	return KST_E_FAULT;
}

static kst_status host_failed(struct kst__trouble *trouble, uint64_t address, kst_status st)
{
	*trouble = (struct kst__trouble){ address, NULL };
	return st;
}

static kst_status host_read(const struct kst_target *target, kst_space space, uint64_t address, void *buf, size_t len,
			    size_t *done, struct kst__trouble *trouble)
{
	size_t got = 0;
	kst_status st = target->reader.read(target->config.reader_user, space, address, buf, len, &got);

	if (got > len)
		return host_failed(trouble, address, KST_E_ARG); /* breaks the contract */
	*done = got;
	if (st == KST_E_FAULT || (st == KST_OK && got < len))
		return not_there(trouble, address + got, "memory is not present");
	return st == KST_OK ? KST_OK : host_failed(trouble, address, st);
}

bool kst__window_find(const struct kst_target *target, kst_space space, uint64_t address, struct kst__window *window)
{
	uint64_t start = 0, length = 0;
	const void *bytes = NULL;

	if (target->reader.window != NULL)
		bytes = target->reader.window(target->config.reader_user, space, address, &start, &length);
	/* what breaks the contract is no window */
	if (bytes == NULL || address - start >= length || length > SIZE_MAX) {
		*window = (struct kst__window){ 0 };
		return false;
	}
	*window = (struct kst__window){ start, length, bytes };
	return true;
}

kst_status kst__behind_hole(const struct kst_target *target, kst_space space, uint64_t address, uint64_t *next)
{
	uint64_t start = 0, length = 0;
	kst_status st = KST_OK;

	*next = (address | 0xfff) + 1;
	if (target->reader.next_range != NULL)
		st = target->reader.next_range(target->config.reader_user, space, address, &start, &length);
	if (st == KST_OK && start > address)
		*next = start;
	else if (st == KST_E_FAULT)
		st = KST_OK;
	return st == KST_OK && *next == 0 ? KST_END : st;
}

kst_status kst__load_entry(const struct kst_target *target, struct kst__window *window, uint64_t physical,
			   uint32_t width, uint64_t *out)
{
	uint8_t raw[8];
	size_t got = 0;
	kst_status st;

	if (kst__in_window(window, physical, width) ||
	    (target->reader.window != NULL && kst__window_find(target, KST_SPACE_PHYSICAL, physical, window) &&
	     kst__in_window(window, physical, width))) {
		*out = kst__le_entry(kst__window_at(window, physical), width);
		return KST_OK;
	}
	st = target->reader.read(target->config.reader_user, KST_SPACE_PHYSICAL, physical, raw, width, &got);
	if (st != KST_OK)
		return st;
	if (got != width)
		return KST_E_FAULT;
	*out = kst__le_entry(raw, width);
	return KST_OK;
}

static kst_status read_page_file(const struct kst_target *target, const struct kst__page *page, uint64_t address,
				 void *buf, size_t len, size_t *done, struct kst__trouble *trouble)
{
	size_t got = 0;
	kst_status st;

	if (target->config.read_page_file == NULL)
		return not_there(trouble, address, "memory is in a page file");
	st = target->config.read_page_file(target->config.page_file_user, page->page_file_number,
					   page->page_file_offset + (address & 0xfff), buf, len, &got);
	*done = got < len ? got : len;
	if (st == KST_E_FAULT || (st == KST_OK && got < len))
		return not_there(trouble, address + *done, "memory is in a page file that is not at hand");
	return st == KST_OK ? KST_OK : host_failed(trouble, address, st);
}

/* Pointers and numbers are most of what walks read: no call for them. */
static inline void copy(uint8_t *to, const uint8_t *from, size_t len)
{
	if (len == 8)
		memcpy(to, from, 8);
	else if (len == 4)
		memcpy(to, from, 4);
	else if (len == 1)
		*to = *from;
	else
		memcpy(to, from, len);
}

/* One contiguous part of a translated read. */
static KST__HOT kst_status read_part(const struct kst_target *target, kst_space space, uint64_t address, uint8_t *buf,
				     size_t len, size_t *done, struct kst__vad_hint *hint, struct kst__trouble *trouble)
{
	struct kst__page page;
	kst_status st = kst__resolve(target, space, address, hint, &page, trouble);

	if (st == KST_E_FAULT && page.in_page_file) {
		size_t rest = (size_t)(0x1000 - (address & 0xfff));

		return read_page_file(target, &page, address, buf, len < rest ? len : rest, done, trouble);
	}
	if (st != KST_OK)
		return st;
	if (page.contiguous < len)
		len = (size_t)page.contiguous;
	if (kst__in_window(&target->root, page.physical, len)) {
		copy(buf, kst__window_at(&target->root, page.physical), len);
		*done = len;
		return KST_OK;
	}
	return host_read(target, KST_SPACE_PHYSICAL, page.physical, buf, len, done, trouble);
}

/* As kst__read_quietly(), with a hint for the next page; all that a walk reads has none. */
static KST__HOT kst_status read_parts(const struct kst_target *target, kst_space space, uint64_t address, void *buf,
				      size_t len, size_t *done, struct kst__vad_hint *hint,
				      struct kst__trouble *trouble)
{
	kst_status st = KST_OK;

	*done = 0;
	if (space == KST_SPACE_PHYSICAL || (target->reader.flags & KST_READER_PHYSICAL_ONLY) == 0)
		return len == 0 ? KST_OK : host_read(target, space, address, buf, len, done, trouble);
	while (st == KST_OK && *done < len) {
		size_t got = 0;

		st = read_part(target, space, address + *done, (uint8_t *)buf + *done, len - *done, &got, hint,
			       trouble);
		*done += got;
	}
	if (st == KST_E_FAULT)
		trouble->address = address + *done; /* the virtual address, not the physical one */
	return st;
}

static KST__APART kst_status read_with_hint(const struct kst_target *target, kst_space space, uint64_t address,
					    void *buf, size_t len, size_t *done, struct kst__vad_hint *hint,
					    struct kst__trouble *trouble)
{
	return read_parts(target, space, address, buf, len, done, hint, trouble);
}

#define BATCH 4 /* parts of one call of the host; they are on the stack */

/* As kst__read_quietly() over page tables, for a host that would rather be asked for several pages at once. */
static KST__APART kst_status read_batches(const struct kst_target *target, kst_space space, uint64_t address,
					  uint8_t *buf, size_t len, size_t *done, struct kst__vad_hint *hint,
					  struct kst__trouble *trouble)
{
	uint64_t addresses[BATCH];
	size_t lengths[BATCH], got[BATCH];
	void *bufs[BATCH];
	kst_status st = KST_OK;

	while (st == KST_OK && *done < len) {
		struct kst__page page;
		size_t n = 0, end = *done;

		while (n < BATCH && end < len &&
		       kst__resolve(target, space, address + end, hint, &page, trouble) == KST_OK) {
			addresses[n] = page.physical;
			lengths[n] = page.contiguous < len - end ? (size_t)page.contiguous : len - end;
			bufs[n] = buf + end;
			got[n] = 0;
			end += lengths[n++];
		}
		if (n == 0) { /* not in memory: it may be in a page file */
			size_t rest = 0x1000 - (size_t)((address + end) & 0xfff);

			st = read_with_hint(target, space, address + end, buf + end,
					    rest < len - end ? rest : len - end, &got[0], hint, trouble);
			*done += got[0];
			continue;
		}
		st = target->reader.read_batch(target->config.reader_user, KST_SPACE_PHYSICAL, n, addresses, lengths,
					       bufs, got);
		if (st != KST_OK && st != KST_E_FAULT)
			return host_failed(trouble, addresses[0], st);
		st = KST_OK; /* each range says by itself whether it is short */
		for (size_t i = 0; i < n; i++) {
			if (got[i] > lengths[i])
				return host_failed(trouble, addresses[i], KST_E_ARG); /* breaks the contract */
			*done += got[i];
			if (got[i] < lengths[i])
				return not_there(trouble, address + *done, "memory is not present");
		}
	}
	return st;
}

kst_status kst__read_quietly(const struct kst_target *target, kst_space space, uint64_t address, void *buf, size_t len,
			     size_t *done, struct kst__trouble *trouble)
{
	return read_parts(target, space, address, buf, len, done, NULL, trouble);
}

static kst_status tell(kst_status st, const struct kst__trouble *trouble, struct kst_error *err)
{
	if (st == KST_OK)
		return KST_OK;
	return trouble->message == NULL ? kst__fail_host(err, st, trouble->address)
					: kst__fail(err, st, trouble->address, trouble->message);
}

kst_status kst_read(const struct kst_target *target, kst_space space, uint64_t address, void *buf, size_t len,
		    size_t *done, struct kst_error *err)
{
	struct kst__vad_hint hint = { 0 };
	struct kst__trouble trouble;
	size_t total = 0;
	kst_status st;

	if (done != NULL)
		*done = 0;
	if (target == NULL || (buf == NULL && len > 0))
		return kst__fail(err, KST_E_ARG, address, "target or buffer is NULL");
	if (len > 0 && address > UINT64_MAX - (len - 1))
		return kst__fail(err, KST_E_ARG, address, "the range wraps");
	if (target->reader.read_batch != NULL && space != KST_SPACE_PHYSICAL && len > 0x1000 - (address & 0xfff) &&
	    (target->reader.flags & KST_READER_PHYSICAL_ONLY) != 0)
		st = read_batches(target, space, address, buf, len, &total, &hint, &trouble);
	else
		st = read_with_hint(target, space, address, buf, len, &total, &hint, &trouble);
	if (done != NULL)
		*done = total;
	return tell(st, &trouble, err);
}

kst_status kst__read(const struct kst_target *target, kst_space space, uint64_t address, void *buf, size_t len,
		     struct kst_error *err)
{
	struct kst__trouble trouble;
	size_t done;

	if (len > 0 && address > UINT64_MAX - (len - 1))
		return kst__fail(err, KST_E_FAULT, address,
				 "the range wraps"); /* an address from the target, not the caller's */
	return tell(kst__read_quietly(target, space, address, buf, len, &done, &trouble), &trouble, err);
}

kst_status kst__read_number(const struct kst_target *target, kst_space space, uint64_t address, size_t width,
			    uint64_t *out, struct kst_error *err)
{
	uint8_t raw[8];
	kst_status st = kst__read(target, space, address, raw, width, err);

	if (st == KST_OK)
		*out = kst__le(raw, width);
	return st;
}

kst_status kst__read_pointer(const struct kst_target *target, kst_space space, uint64_t address, uint64_t *out,
			     struct kst_error *err)
{
	return kst__read_number(target, space, address, kst__pointer_size(target), out, err);
}

kst_status kst__read_global(const struct kst_target *target, enum kst__symbol_id id, uint64_t *out,
			    struct kst_error *err)
{
	uint64_t address;

	if (!kst__symbol(target, id, &address))
		return kst__fail(err, KST_E_NO_MEMBER, 0, kst__symbol_names(id));
	return kst__read_pointer(target, KST_SPACE_KERNEL, address, out, err);
}

static bool fetch_target(const struct kst__view *view, uint64_t offset, void *buf, size_t len)
{
	struct kst__trouble trouble;
	uint64_t address = view->address + offset;
	size_t done;
	kst_status st;

	if (offset > UINT64_MAX - view->address || (len > 0 && address > UINT64_MAX - (len - 1)))
		return false; /* an object at the end of the address space */
	st = kst__read_quietly(view->target, view->space, address, buf, len, &done, &trouble);
	if (st != KST_OK && st != KST_E_FAULT && view->failure != NULL)
		/* a host that returns a number of ours cannot be told apart later: then the band must do */
		*(kst_status *)view->failure = trouble.message == NULL && kst__is_status(st) ? KST_E_HOST : st;
	return st == KST_OK;
}

struct kst__view kst__view_target(const struct kst_target *target, kst_space space, uint64_t address,
				  kst_status *failure)
{
	struct kst__view view = { &target->layout, NULL, 0, fetch_target, target, space, address, failure };

	return view;
}

bool kst__is_kernel(const struct kst_target *target, uint64_t address)
{
	if (kst__pointer_size(target) == 4)
		return address >= 0x80000000u && address <= UINT32_MAX;
	if (target->identity.paging == KST_PAGING_LA57)
		return address >= 0xff00000000000000u;
	return address >= 0xffff800000000000u;
}

kst_status kst__read_links(const struct kst_target *target, kst_space space, uint64_t entry, uint64_t *flink,
			   uint64_t *blink, struct kst_error *err)
{
	size_t width = kst__pointer_size(target);
	uint8_t raw[16];
	kst_status st = kst__read(target, space, entry, raw, 2 * width, err);

	if (st == KST_OK) {
		*flink = kst__le(raw, width);
		*blink = kst__le(raw + width, width);
	}
	return st;
}

kst_status kst__read_text(const struct kst_target *target, kst_space space, uint64_t buffer, uint32_t bytes, char *text,
			  size_t cap, bool *sound, bool *fits, struct kst_error *err)
{
	uint8_t raw[128]; /* small: names are read deep in other calls */
	size_t used = 0;

	text[0] = '\0';
	*sound = bytes % 2 == 0;
	*fits = true;
	while (bytes > 1 && *fits) {
		size_t n = bytes < sizeof raw ? bytes & ~1u : sizeof raw;
		kst_status st = kst__read(target, space, buffer, raw, n, err);

		if (st != KST_OK)
			return st;
		if (n == sizeof raw && (raw[n - 1] & 0xfc) == 0xd8)
			n -= 2; /* a high surrogate goes with what follows */
		*fits = kst__utf16_append(text, cap, &used, raw, n, sound);
		buffer += n;
		bytes -= (uint32_t)n;
	}
	return KST_OK;
}

kst_status kst__read_utf16(const struct kst_target *target, kst_space space, uint64_t buffer, uint32_t bytes,
			   char *text, size_t cap, struct kst__string *out, struct kst_error *err)
{
	const uint32_t most = 1024; /* enough for every fixed array of the public structs: 512 characters */
	bool sound, fits;
	kst_status st;

	out->buffer = buffer;
	out->bytes = bytes;
	out->readable = false;
	out->sound = false;
	st = kst__read_text(target, space, buffer, bytes < most ? bytes : most, text, cap, &sound, &fits, err);
	if (st != KST_OK) {
		text[0] = '\0';
		return st == KST_E_FAULT ? KST_OK : st; /* a name that is not there is an answer: readable says so */
	}
	out->readable = true;
	out->sound = sound && fits && bytes <= most;
	return KST_OK;
}

kst_status kst__read_string(const struct kst_target *target, kst_space space, uint64_t address, char *text, size_t cap,
			    struct kst__string *out, struct kst_error *err)
{
	uint8_t raw[16];
	size_t width = kst__pointer_size(target);
	kst_status st = kst__read(target, space, address, raw, 2 * width, err);

	memset(out, 0, sizeof *out);
	text[0] = '\0';
	if (st == KST_E_FAULT)
		return KST_OK;
	if (st != KST_OK)
		return st;
	out->maximum = kst__le16(raw + 2);
	st = kst__read_utf16(target, space, kst__le(raw + width, width), kst__le16(raw), text, cap, out, err);
	if (out->bytes > out->maximum)
		out->sound = false;
	return st;
}
