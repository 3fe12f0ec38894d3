/* SPDX-License-Identifier: MIT */
/* Every command: X(name, function, arguments, least, most, help). */
#ifndef KSTATE_TOOL_COMMANDS_H
#define KSTATE_TOOL_COMMANDS_H

/* clang-format off */
#define COMMANDS(X) \
	X("read", cmd_read, "ADDRESS LENGTH", 2, 2, "bytes at an address")
/* clang-format on */

#endif
