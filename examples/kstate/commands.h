/* SPDX-License-Identifier: MIT */
/* Every command: X(name, function, arguments, least, most, help). */
#ifndef KSTATE_TOOL_COMMANDS_H
#define KSTATE_TOOL_COMMANDS_H

/* clang-format off */
#define COMMANDS(X) \
	X("info", cmd_info, "", 0, 0, "what the source is: version, bug check, where the kernel is") \
	X("read", cmd_read, "ADDRESS LENGTH", 2, 2, "bytes at an address") \
	X("vtop", cmd_vtop, "ADDRESS", 1, 1, "physical address of a virtual one") \
	X("pte", cmd_pte, "ADDRESS", 1, 1, "page-table entries of an address") \
	X("ptes", cmd_ptes, "RANGE", 1, 2, "a range of addresses as runs of pages") \
	/* end */
/* clang-format on */

#endif
