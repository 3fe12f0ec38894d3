/* SPDX-License-Identifier: MIT */
/* Runs of memory in a file: any number, in any order, overlapping or not, made into a table for binary search. */
#include "source.h"

#include <stdlib.h>

kst_status kst__runs_add(struct kst_dump *dump, uint64_t first, uint64_t length, uint64_t offset)
{
	uint64_t held = offset < dump->file.size ? dump->file.size - offset : 0;

	if (length == 0)
		return KST_OK;
	if (length - 1 > UINT64_MAX - first) {
		dump->info.anomalies |= KST_DUMP_ANOMALY_CLAMPED;
		length = UINT64_MAX - first + 1; /* not 0: first is above 0 here */
	}
	if (length > held) {
		dump->info.anomalies |= KST_DUMP_ANOMALY_TRUNCATED;
		length = held;
	}
	if (length == 0)
		return KST_OK;
	if (dump->runs_count == dump->runs_cap) {
		size_t cap = dump->runs_cap == 0 ? 64 : dump->runs_cap * 2;
		struct kst__run *runs = cap > SIZE_MAX / sizeof *runs ? NULL : realloc(dump->runs, cap * sizeof *runs);

		if (runs == NULL)
			return KST_E_NO_MEMORY;
		dump->runs = runs;
		dump->runs_cap = cap;
	}
	dump->runs[dump->runs_count++] = (struct kst__run){ first, first + (length - 1), offset };
	return KST_OK;
}

/* A run and its place in the order of adding. */
struct ranked {
	struct kst__run run;
	size_t order;
};

static int by_first(const void *a, const void *b)
{
	const struct ranked *x = a, *y = b;

	if (x->run.first != y->run.first)
		return x->run.first < y->run.first ? -1 : 1;
	return x->order < y->order ? -1 : 1;
}

/* The runs that begin at or before the place of the sweep: a heap, the one added first on top. */
struct heap {
	const struct ranked **items;
	size_t count;
};

static void heap_push(struct heap *heap, const struct ranked *item)
{
	size_t at = heap->count++;

	for (; at > 0 && heap->items[(at - 1) / 2]->order > item->order; at = (at - 1) / 2)
		heap->items[at] = heap->items[(at - 1) / 2];
	heap->items[at] = item;
}

static void heap_pop(struct heap *heap)
{
	const struct ranked *item = heap->items[--heap->count];
	size_t at = 0;

	for (size_t child; (child = 2 * at + 1) < heap->count; at = child) {
		if (child + 1 < heap->count && heap->items[child + 1]->order < heap->items[child]->order)
			child++;
		if (heap->items[child]->order > item->order)
			break;
		heap->items[at] = heap->items[child];
	}
	heap->items[at] = item;
}

static void emit(struct kst_dump *dump, struct kst__run run)
{
	struct kst__run *before = dump->runs_count == 0 ? NULL : &dump->runs[dump->runs_count - 1];

	if (before != NULL && before->last + 1 == run.first &&
	    before->offset + (run.first - before->first) == run.offset)
		before->last = run.last;
	else
		dump->runs[dump->runs_count++] = run;
}

/* A page's bytes once in the file and a segment for each of its mappings: such runs say the same (QEMU's paging dumps). */
static bool same_bytes(const struct kst__run *a, const struct kst__run *b)
{
	return a->offset - a->first == b->offset - b->first;
}

/* Copies of one record are usual in a triage dump; only different copies are worth a note. A page is enough to tell. */
static bool differs(const struct kst_dump *dump, const struct kst__run *run, const struct ranked *other)
{
	uint8_t mine[0x200], theirs[0x200];
	uint64_t last = run->last < other->run.last ? run->last : other->run.last;
	size_t len = last - run->first < sizeof mine ? (size_t)(last - run->first) + 1 : sizeof mine;

	if (other->run.last < run->first)
		return false;
	kst__file_load(&dump->file, run->offset, mine, len);
	kst__file_load(&dump->file, other->run.offset + (run->first - other->run.first), theirs, len);
	return memcmp(mine, theirs, len) != 0;
}

/* One sweep over the addresses: at each, the run added first has the say. */
static void sweep(struct kst_dump *dump, const struct ranked *in, size_t count, struct heap *heap)
{
	bool triage = dump->info.format == KST_FORMAT_TRIAGE;
	uint64_t at = 0;
	size_t next = 0;

	dump->runs_count = 0;
	for (;;) {
		const struct ranked *top;
		struct kst__run run;

		while (heap->count > 0 && heap->items[0]->run.last < at)
			heap_pop(heap);
		if (heap->count == 0) {
			if (next == count)
				return;
			at = in[next].run.first;
		}
		for (; next < count && in[next].run.first == at; next++) {
			if (!triage && heap->count > 0 && !same_bytes(&heap->items[0]->run, &in[next].run))
				dump->info.anomalies |= KST_DUMP_ANOMALY_OVERLAP;
			heap_push(heap, &in[next]);
		}
		top = heap->items[0];
		run.first = at;
		run.last = top->run.last;
		if (next < count && in[next].run.first <= run.last)
			run.last = in[next].run.first - 1;
		run.offset = top->run.offset + (at - top->run.first);
		if (triage && heap->count > 1 && differs(dump, &run, heap->items[1]))
			dump->info.anomalies |= KST_DUMP_ANOMALY_OVERLAP;
		emit(dump, run);
		if (run.last == UINT64_MAX)
			return;
		at = run.last + 1;
	}
}

static bool is_settled(const struct kst_dump *dump)
{
	for (size_t i = 1; i < dump->runs_count; i++)
		if (dump->runs[i].first <= dump->runs[i - 1].last)
			return false;
	return true;
}

static kst_status settle(struct kst_dump *dump)
{
	size_t count = dump->runs_count;
	struct ranked *in = calloc(count, sizeof *in);
	struct heap heap = { calloc(count, sizeof *heap.items), 0 };
	/* each start and each end begins one part at most */
	struct kst__run *runs = count > SIZE_MAX / (2 * sizeof *runs) ? NULL : malloc(2 * count * sizeof *runs);
	bool ok = in != NULL && heap.items != NULL && runs != NULL;

	if (ok) {
		for (size_t i = 0; i < count; i++)
			in[i] = (struct ranked){ dump->runs[i], i };
		qsort(in, count, sizeof *in, by_first);
		free(dump->runs);
		dump->runs = runs;
		dump->runs_cap = 2 * count;
		sweep(dump, in, count, &heap);
	} else {
		free(runs);
	}
	free(heap.items);
	free(in);
	return ok ? KST_OK : KST_E_NO_MEMORY;
}

kst_status kst__runs_settle(struct kst_dump *dump, struct kst_error *err)
{
	if (!is_settled(dump) && settle(dump) != KST_OK)
		return kst__fail(err, KST_E_NO_MEMORY, 0, "out of memory");
	for (size_t i = 0; i < dump->runs_count; i++) {
		uint64_t length = dump->runs[i].last - dump->runs[i].first + 1;

		dump->info.memory_size += length;
	}
	dump->info.runs = dump->runs_count;
	dump->locate = kst__runs_locate;
	return KST_OK;
}

kst_status kst__runs_locate(const struct kst_dump *dump, uint64_t address, uint64_t want, struct kst__run *out)
{
	size_t low = 0, high = dump->runs_count;

	(void)want;
	while (low < high) {
		size_t mid = low + (high - low) / 2;

		if (dump->runs[mid].last < address)
			low = mid + 1;
		else
			high = mid;
	}
	if (low == dump->runs_count)
		return KST_END;
	*out = dump->runs[low];
	if (out->first < address) {
		out->offset += address - out->first;
		out->first = address;
	}
	return KST_OK;
}
