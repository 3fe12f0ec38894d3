/* SPDX-License-Identifier: MIT */
/* Forged processes and threads, for the tests and fuzz targets of everything that hangs off a process. */
#ifndef KST_TESTS_PROCESSES_H
#define KST_TESTS_PROCESSES_H

#include "image.h"
#include "support.h"

/* Rows of the real layouts of 10.0.19041 x64 and 5.2.3790 SP1 x86, as far as these tests need them. */
extern const struct member_row rows_19041_x64[];
extern const size_t rows_19041_x64_count;
extern const struct member_row rows_3790_x86[];
extern const size_t rows_3790_x86_count;
struct kst_layout *layout_19041_x64(void); /* free() it */
struct kst_layout *layout_3790_x86(void);

/* Where the symbols of the forged systems are. */
#define FORGED_HEAD(pointer_size) ((pointer_size) == 4 ? UINT64_C(0x80645a00) : UINT64_C(0xfffff80000637840))

/* What forge_process writes; members that are 0 stay 0. */
struct forged_process {
	uint64_t address;
	uint64_t pid, parent_pid;
	const char *name;
	uint64_t dtb;
	uint64_t peb;
	uint64_t create_time;
	uint32_t active_threads;
};

/* Write an EPROCESS without threads (both thread lists are empty). */
void forge_process(struct image *img, const struct kst_layout *layout, const struct forged_process *p);
/* Link processes into PsActiveProcessHead, in order. */
void forge_process_list(struct image *img, const struct kst_layout *layout, const uint64_t *processes, size_t count);

struct forged_thread {
	uint64_t address;
	uint64_t pid, tid;
	uint64_t process;
	uint32_t state, wait_reason;
	uint64_t stack_base, stack_limit, kernel_stack;
	uint64_t teb;
};

void forge_thread(struct image *img, const struct kst_layout *layout, const struct forged_thread *t);
/* Link threads into both lists of a process, in order. */
void forge_thread_lists(struct image *img, const struct kst_layout *layout, uint64_t process, const uint64_t *threads,
			size_t count);

/* Offset of a member; fails the test when the layout lacks it. */
uint64_t place_of(const struct kst_layout *layout, const char *type, const char *path);

/* A target that knows PsActiveProcessHead. */
struct kst_target *forged_target(struct image *img, const struct kst_layout *layout);

#endif
