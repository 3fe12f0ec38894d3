/* SPDX-License-Identifier: MIT */
/*
 * Offsets: reference types of XP to 22631, 32- and 64-bit, and of ARM64 19569; where a member came later than XP, its
 * presence in a given system is for the caller to judge.
 */
#include "user.h"

/* X(id, offset and length with 32-bit pointers, the same with 64-bit pointers) */
#define ROWS(X)                                                                                                        \
	X(LIST_ENTRY, 0, 0x8, 0, 0x10)                                                                                 \
	X(LIST_ENTRY_BLINK, 0x4, 0x4, 0x8, 0x8)                                                                        \
	X(UNICODE_STRING, 0, 0x8, 0, 0x10)                                                                             \
	X(UNICODE_STRING_MAXIMUM_LENGTH, 0x2, 0x2, 0x2, 0x2)                                                           \
	X(UNICODE_STRING_BUFFER, 0x4, 0x4, 0x8, 0x8)                                                                   \
	X(TEB_STACK_BASE, 0x4, 0x4, 0x8, 0x8)                                                                          \
	X(TEB_STACK_LIMIT, 0x8, 0x4, 0x10, 0x8)                                                                        \
	X(PEB_INHERITED_ADDRESS_SPACE, 0x0, 1, 0x0, 1)                                                                 \
	X(PEB_READ_IMAGE_FILE_EXEC_OPTIONS, 0x1, 1, 0x1, 1)                                                            \
	X(PEB_BEING_DEBUGGED, 0x2, 1, 0x2, 1)                                                                          \
	X(PEB_BIT_FIELD, 0x3, 1, 0x3, 1)                                                                               \
	X(PEB_IMAGE_BASE, 0x8, 4, 0x10, 8)                                                                             \
	X(PEB_LDR, 0xc, 4, 0x18, 8)                                                                                    \
	X(PEB_PARAMETERS, 0x10, 4, 0x20, 8)                                                                            \
	X(PEB_SUBSYSTEM_DATA, 0x14, 4, 0x28, 8)                                                                        \
	X(PEB_PROCESS_HEAP, 0x18, 4, 0x30, 8)                                                                          \
	X(PEB_CROSS_PROCESS_FLAGS, 0x28, 4, 0x50, 4)                                                                   \
	X(PEB_NUMBER_OF_PROCESSORS, 0x64, 4, 0xb8, 4)                                                                  \
	X(PEB_NT_GLOBAL_FLAG, 0x68, 4, 0xbc, 4)                                                                        \
	X(PEB_NUMBER_OF_HEAPS, 0x88, 4, 0xe8, 4)                                                                       \
	X(PEB_PROCESS_HEAPS, 0x90, 4, 0xf0, 8)                                                                         \
	X(PEB_OS_MAJOR_VERSION, 0xa4, 4, 0x118, 4)                                                                     \
	X(PEB_OS_MINOR_VERSION, 0xa8, 4, 0x11c, 4)                                                                     \
	X(PEB_OS_BUILD_NUMBER, 0xac, 2, 0x120, 2)                                                                      \
	X(PEB_OS_CSD_VERSION, 0xae, 2, 0x122, 2)                                                                       \
	X(PEB_OS_PLATFORM_ID, 0xb0, 4, 0x124, 4)                                                                       \
	X(PEB_IMAGE_SUBSYSTEM, 0xb4, 4, 0x128, 4)                                                                      \
	X(PEB_SESSION_ID, 0x1d4, 4, 0x2c0, 4)                                                                          \
	X(PEB_CSD_VERSION, 0x1f0, 8, 0x2e8, 0x10)                                                                      \
	X(LDR_DATA_LENGTH, 0x0, 4, 0x0, 4)                                                                             \
	X(LDR_DATA_INITIALIZED, 0x4, 1, 0x4, 1)                                                                        \
	X(LDR_DATA_LOAD_LIST, 0xc, 8, 0x10, 0x10)                                                                      \
	X(LDR_DATA_MEMORY_LIST, 0x14, 8, 0x20, 0x10)                                                                   \
	X(LDR_DATA_INIT_LIST, 0x1c, 8, 0x30, 0x10)                                                                     \
	X(LDR_DATA_ENTRY_IN_PROGRESS, 0x24, 4, 0x40, 8)                                                                \
	X(LDR_DATA_SHUTDOWN_IN_PROGRESS, 0x28, 1, 0x48, 1)                                                             \
	X(USER_LDR_LOAD_LINKS, 0x0, 8, 0x0, 0x10)                                                                      \
	X(USER_LDR_MEMORY_LINKS, 0x8, 8, 0x10, 0x10)                                                                   \
	X(USER_LDR_INIT_LINKS, 0x10, 8, 0x20, 0x10)                                                                    \
	X(USER_LDR_BASE, 0x18, 4, 0x30, 8)                                                                             \
	X(USER_LDR_ENTRY_POINT, 0x1c, 4, 0x38, 8)                                                                      \
	X(USER_LDR_SIZE, 0x20, 4, 0x40, 4)                                                                             \
	X(USER_LDR_FULL_NAME, 0x24, 8, 0x48, 0x10)                                                                     \
	X(USER_LDR_BASE_NAME, 0x2c, 8, 0x58, 0x10)                                                                     \
	X(USER_LDR_FLAGS, 0x34, 4, 0x68, 4)                                                                            \
	X(USER_LDR_LOAD_COUNT, 0x38, 2, 0x6c, 2)                                                                       \
	X(USER_LDR_TLS_INDEX, 0x3a, 2, 0x6e, 2)                                                                        \
	X(USER_LDR_TIME_DATE_STAMP, 0x44, 4, 0x80, 4)                                                                  \
	X(USER_LDR_ORIGINAL_BASE, 0x80, 4, 0xf8, 8)                                                                    \
	X(USER_LDR_LOAD_TIME, 0x88, 8, 0x100, 8)                                                                       \
	X(USER_LDR_LOAD_REASON, 0x94, 4, 0x10c, 4)                                                                     \
	X(RUPP_MAXIMUM_LENGTH, 0x0, 4, 0x0, 4)                                                                         \
	X(RUPP_LENGTH, 0x4, 4, 0x4, 4)                                                                                 \
	X(RUPP_FLAGS, 0x8, 4, 0x8, 4)                                                                                  \
	X(RUPP_CONSOLE_HANDLE, 0x10, 4, 0x10, 8)                                                                       \
	X(RUPP_STANDARD_INPUT, 0x18, 4, 0x20, 8)                                                                       \
	X(RUPP_STANDARD_OUTPUT, 0x1c, 4, 0x28, 8)                                                                      \
	X(RUPP_STANDARD_ERROR, 0x20, 4, 0x30, 8)                                                                       \
	X(RUPP_CURRENT_DIRECTORY, 0x24, 0xc, 0x38, 0x18)                                                               \
	X(RUPP_DLL_PATH, 0x30, 8, 0x50, 0x10)                                                                          \
	X(RUPP_IMAGE_PATH_NAME, 0x38, 8, 0x60, 0x10)                                                                   \
	X(RUPP_COMMAND_LINE, 0x40, 8, 0x70, 0x10)                                                                      \
	X(RUPP_ENVIRONMENT, 0x48, 4, 0x80, 8)                                                                          \
	X(RUPP_WINDOW_FLAGS, 0x68, 4, 0xa4, 4)                                                                         \
	X(RUPP_WINDOW_TITLE, 0x70, 8, 0xb0, 0x10)                                                                      \
	X(RUPP_DESKTOP_INFO, 0x78, 8, 0xc0, 0x10)                                                                      \
	X(RUPP_SHELL_INFO, 0x80, 8, 0xd0, 0x10)                                                                        \
	X(RUPP_RUNTIME_DATA, 0x88, 8, 0xe0, 0x10)                                                                      \
	X(RUPP_ENVIRONMENT_SIZE, 0x290, 4, 0x3f0, 8)

#define ROW_32(id, offset32, length32, offset64, length64) [KST__M_##id] = { offset32, length32, 0, 0, 1, 0 },
#define ROW_64(id, offset32, length32, offset64, length64) [KST__M_##id] = { offset64, length64, 0, 0, 1, 0 },

static const struct kst_layout user_32 = {
	.magic = KST__LAYOUT_MAGIC,
	.info = { .size = sizeof(struct kst_layout_info),
		  .pointer_size = 4,
		  .wanted = KST__MEMBER_COUNT,
		  .name = "user, 32-bit" },
	.members = { ROWS(ROW_32) },
};

static const struct kst_layout user_64 = {
	.magic = KST__LAYOUT_MAGIC,
	.info = { .size = sizeof(struct kst_layout_info),
		  .pointer_size = 8,
		  .wanted = KST__MEMBER_COUNT,
		  .name = "user, 64-bit" },
	.members = { ROWS(ROW_64) },
};

const struct kst_layout *kst__layout_user(uint32_t pointer_size)
{
	return pointer_size == 4 ? &user_32 : pointer_size == 8 ? &user_64 : NULL;
}
