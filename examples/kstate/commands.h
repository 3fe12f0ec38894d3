/* SPDX-License-Identifier: MIT */
/* Every command: X(name, function, arguments, least, most, help). */
#ifndef KSTATE_TOOL_COMMANDS_H
#define KSTATE_TOOL_COMMANDS_H

/* clang-format off */
#define COMMANDS(X) \
	X("info", cmd_info, "", 0, 0, "what the source is: version, bug check, exception, registers, where the kernel is") \
	X("modules", cmd_modules, "", 0, 0, "the kernel's modules, in load order, like lm") \
	X("unloaded", cmd_unloaded, "", 0, 0, "kernel modules that were unloaded, newest first") \
	X("read", cmd_read, "ADDRESS LENGTH", 2, 2, "bytes at an address, like db") \
	X("vtop", cmd_vtop, "ADDRESS", 1, 1, "physical address of a virtual one, like !vtop") \
	X("pte", cmd_pte, "ADDRESS", 1, 1, "page-table entries of an address, like !pte") \
	X("ptes", cmd_ptes, "START-END | START LENGTH", 1, 2, "a range of addresses as runs of pages") \
	X("processors", cmd_processors, "", 0, 0, "every processor control block, like !pcr and !prcb") \
	X("timers", cmd_timers, "", 0, 0, "timers that wait, with their DPCs, like !timer") \
	X("dpcs", cmd_dpcs, "", 0, 0, "DPC queues of every processor, like !dpcs") \
	X("stack", cmd_stack, "[--processor N | --thread ADDR]", 0, 0, "stack switches back to the interrupted thread") \
	X("pool", cmd_pool, "ADDRESS [LENGTH]", 1, 2, "the allocation of an address, and its page, like !pool; --map [--svg FILE] draws it") \
	X("poolval", cmd_poolval, "ADDRESS", 1, 1, "does a page of pool hold together? like !poolval") \
	X("bigpool", cmd_bigpool, "", 0, 0, "large allocations; --all: freed ones too") \
	X("poolkey", cmd_poolkey, "", 0, 0, "key of the segment heap, from symbols or recovered from memory") \
	X("poolused", cmd_poolused, "", 0, 0, "allocations by tag, like !poolused") \
	X("poolfind", cmd_poolfind, "TAG...", 1, -1, "allocations that have a tag, like !poolfind") \
	X("object", cmd_object, "ADDRESS", 1, 1, "one object, by its body or header, like !object") \
	X("objects", cmd_objects, "[0] TYPE", 1, 2, "every object of a type, like !object 0 TYPE") \
	X("types", cmd_types, "", 0, 0, "every object type") \
	X("handles", cmd_handles, "PID | ADDRESS | --kernel", 0, 1, "the handles of a process, like !handle") \
	X("directory", cmd_directory, "[PATH]", 0, 1, "the object directory") \
	X("pfn", cmd_pfn, "N", 1, 1, "what the memory manager keeps of a page frame, like !pfn") \
	X("pfnlist", cmd_pfnlist, "", 0, 0, "every page frame") \
	X("callbacks", cmd_callbacks, "", 0, 0, "who asked to be told: registry, process, thread, image, object, bug check") \
	X("processes", cmd_processes, "", 0, 0, "processes, the idle one first, like !process 0 0") \
	X("process", cmd_process, "PID", 1, 1, "everything of one process, like !process PID 1f") \
	X("peb", cmd_peb, "PID", 1, 1, "PEB, parameters and environment, like !peb") \
	X("lmu", cmd_lmu, "PID", 1, 1, "modules of a process: all loader lists, and what is mapped and in none") \
	X("vads", cmd_vads, "PID", 1, 1, "ranges of user memory as the kernel keeps them, like !vad") \
	X("threads", cmd_threads, "[PID]", 0, 1, "threads of all processes, or of one, like !thread") \
	X("verifier", cmd_verifier, "[80 | 100 | 200] [ADDRESS]", 0, 2, "settings of Driver Verifier, or one of its logs, like !verifier") \
	X("ca", cmd_ca, "[ADDRESS]", 0, 1, "a control area with its pages, or all that can be found, like !ca") \
	X("memusage", cmd_memusage, "", 0, 0, "pages by location, and by control area, like !memusage") \
	X("vm", cmd_vm, "", 0, 0, "counters of the memory manager, like !vm") \
	/* end */
/* clang-format on */

struct session;

#define DECLARE(name, function, arguments, least, most, help) \
	int function(struct session *session, int argc, char **argv);
COMMANDS(DECLARE)
#undef DECLARE

#endif
