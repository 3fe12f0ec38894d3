/* SPDX-License-Identifier: MIT */
/* Somebody else's program without a C library: libkstate-core.a and memory functions of its own. `main` returns 0 where
 * a process that it forges is read back. */
#include <kstate/kstate.h>

void *memcpy(void *to, const void *from, size_t len)
{
	volatile unsigned char *out = to;
	const unsigned char *in = from;

	while (len-- > 0)
		*out++ = *in++;
	return to;
}

void *memset(void *to, int byte, size_t len)
{
	volatile unsigned char *out = to;

	while (len-- > 0)
		*out++ = (unsigned char)byte;
	return to;
}

int memcmp(const void *left, const void *right, size_t len)
{
	const volatile unsigned char *a = left, *b = right;

	for (; len > 0; len--, a++, b++)
		if (*a != *b)
			return *a < *b ? -1 : 1;
	return 0;
}

#define PROCESS UINT64_C(0xffffc08bde100000)

static unsigned char process_bytes[0x1000];
static uint64_t layout_memory[0x1000], target_memory[0x1000];

static kst_status read_kernel(void *user, kst_space space, uint64_t address, void *buf, size_t len, size_t *done)
{
	(void)user;
	*done = 0;
	if (space != KST_SPACE_KERNEL || address < PROCESS || address - PROCESS >= sizeof process_bytes)
		return KST_E_FAULT;
	*done = sizeof process_bytes - (size_t)(address - PROCESS);
	if (*done > len)
		*done = len;
	memcpy(buf, process_bytes + (address - PROCESS), *done);
	return *done == len ? KST_OK : KST_E_FAULT;
}

int main(void)
{
	const struct kst_layout_key key = {
		.size = sizeof key, .arch = KST_ARCH_X64, .build = 19041, .revision = 3570
	};
	const struct kst_reader_ops reader = { .size = sizeof reader, .read = read_kernel };
	struct kst_layout *layout = (struct kst_layout *)layout_memory;
	struct kst_target *target = (struct kst_target *)target_memory;
	struct kst_target_config config = { .size = sizeof config, .reader = &reader, .layout = layout };
	struct kst_member member = { .size = sizeof member };
	struct kst_process process = { .size = sizeof process };

	if (kst_layout_init_builtin(layout, sizeof layout_memory, &key, NULL) != KST_OK)
		return 1;
	if (kst_layout_member(layout, "_EPROCESS", "UniqueProcessId", &member) != KST_OK || member.length != 8 ||
	    member.offset > sizeof process_bytes - 8)
		return 2;
	process_bytes[member.offset] = 0x44;
	process_bytes[member.offset + 1] = 0x1e;
	if (kst_target_init(target, sizeof target_memory, &config, NULL) != KST_OK)
		return 3;
	if (kst_process_read(target, PROCESS, &process, NULL) != KST_OK)
		return 4;
	return process.present & KST_PROCESS_HAS_PID && process.pid == 7748 ? 0 : 5;
}
