/* SPDX-License-Identifier: MIT */
/* The parts of the image that `./dev demo` and the documentation show. */
#ifndef KST_TESTS_DEMO_H
#define KST_TESTS_DEMO_H

#include "support/image.h"

#define DEMO_OBJECTS UINT64_C(0xffffc08bde000000)
#define DEMO_POOL    UINT64_C(0xffffc08bdf000000)

struct demo {
	struct image *img;
	struct kst_layout *layout;
};

void demo_member(const struct demo *demo, uint64_t object, const char *type, const char *path, uint64_t value);
uint64_t demo_size(const struct demo *demo, const char *type);
uint64_t demo_symbol(const struct demo *demo, const char *name); /* the address of a global */

/* The table of large allocations and three pages: sound, inside a large allocation, overrun. */
void demo_pool(const struct demo *demo);

/* The user half of a 32-bit process on a 64-bit kernel; one of its modules is hidden. */
struct demo_user {
	uint64_t process, dtb;
};
uint64_t demo_user_peb(void);
void demo_user(const struct demo *demo, const struct demo_user *user);

#endif
