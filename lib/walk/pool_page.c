/* SPDX-License-Identifier: MIT */
/* Pages of pool in a target's memory, which may hold parts of them only. */
#include "pool.h"

void kst__pool_window_begin(struct kst__pool_window *window, const struct kst_target *target, kst_space space,
			    uint64_t page, struct kst_error *err)
{
	window->target = target;
	window->space = space;
	window->page = page;
	window->start = UINT64_MAX;
	window->valid = 0;
	window->hole_start = UINT64_MAX;
	window->hole_end = 0;
	window->readable = false;
	window->failure = KST_OK;
	window->err = err;
}

/*
 * Where memory goes on behind the byte of the page that is missing. Without the reader's help, and where pages are
 * translated, a hole reaches to the page's end.
 */
static uint64_t hole_end(struct kst__pool_window *window, uint64_t missing)
{
	const struct kst_target *target = window->target;
	uint64_t start, length;
	kst_status st;

	if (target->reader.next_range == NULL ||
	    (window->space != KST_SPACE_PHYSICAL && (target->reader.flags & KST_READER_PHYSICAL_ONLY) != 0))
		return KST__POOL_PAGE;
	st = target->reader.next_range(target->config.reader_user, window->space, window->page + missing, &start,
				       &length);
	if (st != KST_OK && st != KST_END && st != KST_E_FAULT)
		window->failure = kst__fail_host(window->err, st, window->page + missing);
	if (st != KST_OK || start - window->page >= KST__POOL_PAGE)
		return KST__POOL_PAGE;
	return start - window->page > missing ? start - window->page : missing + 1;
}

/* Bring the part of the page that begins at `start` into the window. */
static void load(struct kst__pool_window *window, uint64_t start)
{
	size_t len = KST__POOL_PAGE - start < KST__POOL_WINDOW ? (size_t)(KST__POOL_PAGE - start) : KST__POOL_WINDOW,
	       done = 0;
	struct kst__trouble trouble;
	kst_status st = kst__read_quietly(window->target, window->space, window->page + start, window->bytes, len,
					  &done, &trouble);

	window->start = start;
	window->valid = done;
	if (done > 0)
		window->readable = true;
	if (st == KST_E_FAULT) {
		window->hole_start = start + done;
		window->hole_end = hole_end(window, start + done);
	} else if (st != KST_OK) {
		window->failure = trouble.message == NULL
					  ? kst__fail_host(window->err, st, trouble.address)
					  : kst__fail(window->err, st, trouble.address, trouble.message);
		window->valid = 0;
	}
}

static bool in_window(const struct kst__pool_window *window, uint64_t offset, size_t len)
{
	return window->start != UINT64_MAX && offset >= window->start &&
	       kst__within(offset - window->start, len, window->valid);
}

static bool fetch_window(const struct kst__view *view, uint64_t offset, void *buf, size_t len)
{
	struct kst__pool_window *window = view->failure;

	if (!kst__within(offset, len, KST__POOL_PAGE) || window->failure != KST_OK ||
	    (offset + len > window->hole_start && offset < window->hole_end))
		return false;
	if (!in_window(window, offset, len))
		load(window, offset);
	if (!in_window(window, offset, len))
		return false;
	memcpy(buf, window->bytes + (offset - window->start), len);
	return true;
}

struct kst__view kst__pool_window_view(struct kst__pool_window *window)
{
	struct kst__view view = { &window->target->layout, NULL,         0,     fetch_window, window->target,
				  window->space,           window->page, window };

	return view;
}

bool kst__pool_cookie(const struct kst_target *target, uint64_t *cookie, kst_status *failure)
{
	uint64_t address;
	struct kst__view view;

	if (!kst__symbol(target, KST__S_ExpPoolQuotaCookie, &address))
		return false;
	view = kst__view_target(target, KST_SPACE_KERNEL, address, failure);
	return kst__view_pointer(&view, 0, cookie);
}

void kst__pool_charge(const struct kst_target *target, struct kst_pool_header *header, kst_status *failure)
{
	uint64_t cookie;

	if ((header->present & KST_POOL_HEADER_HAS_QUOTA_RAW) == 0 ||
	    (header->present & KST_POOL_HEADER_HAS_QUOTA_PROCESS) != 0 || !kst__pool_cookie(target, &cookie, failure))
		return;
	if (kst_pool_quota_process(&target->layout, header, cookie, &header->quota_process) == KST_OK)
		header->present |= KST_POOL_HEADER_HAS_QUOTA_PROCESS;
}

kst_status kst_pool_page_read(const struct kst_target *target, kst_space space, uint64_t address, uint32_t start,
			      uint32_t flags, void *records, size_t stride, size_t count, size_t *done,
			      struct kst_pool_page *out, struct kst_error *err)
{
	struct kst__pool_window window;
	struct kst__pool_format format;
	struct kst__records array;
	struct kst_pool_page ours;
	struct kst__view view;
	uint8_t probe[1];
	kst_status st;

	if (done != NULL)
		*done = 0;
	if (target == NULL || out == NULL || (flags & ~(uint32_t)KST_POOL_PAGE_RESYNC) != 0)
		return kst__fail(err, KST_E_ARG, address, "target or result is NULL, or unknown flags");
	if (!kst__out_ok(out->size, sizeof ours))
		return kst__fail(err, KST_E_ABI, address, "size of the result is unknown");
	st = kst__records_begin(&array, records, stride, count, sizeof(struct kst_pool_header), err);
	if (st == KST_OK)
		st = kst__pool_format(&target->layout, &format, err);
	if (st != KST_OK)
		return st;
	if (start >= KST__POOL_PAGE || start % format.unit != 0)
		return kst__fail(err, KST_E_ARG, address, "the start is no place of a header");
	kst__pool_window_begin(&window, target, space, address & ~(uint64_t)(KST__POOL_PAGE - 1), err);
	view = kst__pool_window_view(&window);
	kst__pool_page_walk(&view, &format, start, flags, &array, NULL, &ours);
	/* a page whose start is missing may still hold blocks: look, so that an empty answer is not a wrong one */
	for (uint32_t at = 0; at < KST__POOL_PAGE && !window.readable && window.failure == KST_OK; at += format.unit)
		(void)kst__view_raw(&view, at, probe, 1);
	if (window.failure != KST_OK)
		return window.failure;
	if (!window.readable)
		return kst__fail(err, KST_E_FAULT, view.address, "the page is not present");
	if (done != NULL)
		*done = array.done;
	kst__out_write(out, &ours, sizeof ours);
	return KST_OK;
}
