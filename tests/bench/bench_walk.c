/* SPDX-License-Identifier: MIT */
/*
 * Walks over a whole real system: bench_walk IMAGE LAYOUT.tsv. The limit of an element is one read of 64 bytes at its
 * address, translation included: what must be touched before anything can be said of it.
 */
#include "bench.h"

#include "../../examples/kstate/tsv.h"

#define MOST 65536u

static const struct kst_target *target;
static uint64_t addresses[MOST];
static size_t count;

static void remember(uint64_t address)
{
	if (count < MOST)
		addresses[count++] = address;
}

static double bare(void)
{
	uint8_t raw[64];
	double start = now();

	for (size_t i = 0; i < count; i++)
		(void)kst_read(target, KST_SPACE_KERNEL, addresses[i], raw, sizeof raw, NULL, NULL);
	return (now() - start) / (double)count;
}

static double processes(void)
{
	struct kst_process process = { .size = sizeof process };
	struct kst_cursor cursor;
	double start = now();

	count = 0;
	if (kst_processes_begin(&cursor, target, NULL) != KST_OK)
		exit(1);
	while (kst_processes_next(&cursor, &process, NULL) == KST_OK)
		remember(process.address);
	return (now() - start) / (double)count;
}

static double threads(void)
{
	struct kst_process process = { .size = sizeof process };
	struct kst_thread thread = { .size = sizeof thread };
	struct kst_cursor cursor, inner;
	double start = now();

	count = 0;
	if (kst_processes_begin(&cursor, target, NULL) != KST_OK)
		exit(1);
	while (kst_processes_next(&cursor, &process, NULL) == KST_OK)
		if (kst_threads_begin(&inner, target, process.address, KST_THREADS_EXECUTIVE, NULL) == KST_OK)
			while (kst_threads_next(&inner, &thread, NULL) == KST_OK)
				remember(thread.address);
	return (now() - start) / (double)count;
}

static double objects(void)
{
	struct kst_object_type type = { .size = sizeof type };
	struct kst_object object = { .size = sizeof object };
	struct kst_cursor cursor, inner;
	double start = now();

	count = 0;
	if (kst_object_types_begin(&cursor, target, NULL) != KST_OK)
		exit(1);
	while (kst_object_types_next(&cursor, &type, NULL) == KST_OK)
		if (kst_objects_begin(&inner, target, type.address, 0, NULL) == KST_OK)
			while (kst_objects_next(&inner, &object, NULL) == KST_OK)
				remember(object.header);
	return (now() - start) / (double)count;
}

static double handles(void)
{
	struct kst_process process = { .size = sizeof process };
	struct kst_handle handle = { .size = sizeof handle };
	struct kst_cursor cursor, inner;
	double start = now();

	count = 0;
	if (kst_processes_begin(&cursor, target, NULL) != KST_OK)
		exit(1);
	while (kst_processes_next(&cursor, &process, NULL) == KST_OK)
		if (kst_handles_begin(&inner, target, process.handle_table, 0, NULL) == KST_OK)
			while (kst_handles_next(&inner, &handle, NULL) == KST_OK)
				remember(handle.entry);
	return (now() - start) / (double)count;
}

static double opening(const char *path)
{
	struct kst_dump *dump;
	double start = now();

	if (kst_dump_open(path, &dump, NULL) != KST_OK)
		exit(1);
	kst_dump_close(dump);
	return now() - start;
}

/* The least that opening costs: the file, and the page that says what it is. */
static double touching(const char *path)
{
	static char page[4096];
	double start = now();
	FILE *file = fopen(path, "rb");

	if (file == NULL || fread(page, 1, sizeof page, file) != sizeof page)
		exit(1);
	fclose(file);
	return now() - start;
}

static double identifying(const struct kst_dump *dump, struct kst_identity *identity)
{
	double start = now();

	*identity = (struct kst_identity){ .size = sizeof *identity };
	(void)kst_dump_identity(dump, identity);
	if (kst_identify(kst_dump_reader(dump), (void *)(uintptr_t)dump, identity, NULL) != KST_OK)
		exit(1);
	return now() - start;
}

int main(int argc, char **argv)
{
	static const struct {
		const char *name, *what;
		double (*walk)(void);
	} walks[] = {
		{ "process", "a process of the list", processes },
		{ "thread", "a thread of its process", threads },
		{ "object", "an object of its type's list", objects },
		{ "handle", "a handle of a process", handles },
	};
	struct kst_layout *layout = malloc(kst_layout_size());
	struct kst_identity identity = { .size = sizeof identity };
	struct kst_target_config config = { .size = sizeof config, .layout = layout, .identity = &identity };
	struct kst_target *made = NULL;
	struct kst_dump *dump = NULL;
	struct tsv *tsv;
	char message[200], what[80];
	double t, limit;

	if (argc != 3 || layout == NULL) {
		fputs("usage: bench_walk IMAGE LAYOUT\n", stderr);
		return 2;
	}
	LEAST(t, 50, opening(argv[1]));
	LEAST(limit, 50, touching(argv[1]));
	figure("dump-open", "opening an image", t * 1e3, "ms", limit / t, "opening the file and reading a page");
	tsv = tsv_load(argv[2], message, sizeof message);
	if (tsv == NULL || kst_dump_open(argv[1], &dump, NULL) != KST_OK)
		return 1;
	LEAST(t, 5, identifying(dump, &identity));
	figure("identify", "finding out what the image is", t * 1e3, "ms", 0, "");
	if (kst_layout_init(layout, kst_layout_size(), tsv_ops(tsv), tsv, NULL, NULL) != KST_OK)
		return 1;
	config.reader = kst_dump_reader(dump);
	config.reader_user = dump;
	if (kst_target_create(&config, &made, NULL) != KST_OK)
		return 1;
	target = made;
	for (size_t i = 0; i < sizeof walks / sizeof walks[0]; i++) {
		LEAST(t, 20, walks[i].walk());
		LEAST(limit, 20, bare());
		snprintf(what, sizeof what, "%s (%u of them)", walks[i].what, (unsigned)count);
		figure(walks[i].name, what, t * 1e9, "ns", limit / t, "one read of 64 bytes");
	}
	kst_target_destroy(made);
	kst_dump_close(dump);
	tsv_free(tsv);
	free(layout);
	return 0;
}
